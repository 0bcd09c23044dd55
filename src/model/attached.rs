//! Văn bản ban hành kèm theo: what a decision of form 1.3 issues with itself.

use crate::vi::text::fold;

/// The document that is issued with this one, in the same file and under the same
/// signature. PL III, mẫu 1.3.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attached {
    /// Tên loại: `Quy chế`.
    pub type_name: String,
    /// Trích yếu.
    pub subject: String,
}

/// Whether a line is nothing but `[kem_theo]`, or holds it beside something else;
/// nothing of any other line.
pub fn begins_attached(line: &str) -> Option<bool> {
    // Most lines have no bracket, and folding is dear.
    if !line.contains('[') {
        return None;
    }
    let folded = fold(line.trim()).replace([' ', '-'], "_");
    match folded.as_str() {
        "[kem_theo]" => Some(true),
        other => other.contains("[kem_theo]").then_some(false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_is_known_however_a_clerk_writes_it() {
        for line in ["[kem_theo]", " [Kèm theo] ", "[KÈM THEO]", "[kem-theo]"] {
            assert_eq!(begins_attached(line), Some(true), "{line}");
        }
        assert_eq!(begins_attached("- [kem_theo]"), Some(false));
        for line in ["(Kèm theo Quyết định)", "kem_theo", "[bang kem_theo]", ""] {
            assert_eq!(begins_attached(line), None, "{line}");
        }
    }
}
