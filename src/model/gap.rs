//! A gap: a fact that a draft still lacks, carried inside ordinary text.

/// First and last character of a gap. Private-use characters: the door refuses
/// them in everything a clerk writes, so a gap cannot be forged or broken.
pub const GAP_START: char = '\u{e010}';
pub const GAP_END: char = '\u{e011}';

/// The text that stands for a missing fact: `[thiếu: nguoi_ky.ho_ten]`, marked as a gap.
pub fn gap(route: &str) -> String {
    format!("{GAP_START}[thiếu: {route}]{GAP_END}")
}

/// Whether a text is one gap and nothing else.
pub fn is_gap(text: &str) -> bool {
    text.starts_with(GAP_START) && text.ends_with(GAP_END)
}

/// The pieces of a text, in order: `true` with each piece that is a gap, marks taken off.
pub fn split_gaps(text: &str) -> Vec<(&str, bool)> {
    text.split(GAP_START)
        .enumerate()
        .flat_map(|(position, part)| match part.split_once(GAP_END) {
            Some((gap, after)) if position > 0 => [(gap, true), (after, false)],
            _ => [(part, false), ("", false)],
        })
        .filter(|(piece, _)| !piece.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_falls_into_words_and_gaps() {
        let text = format!("Kính gửi: {}, và {}", gap("a"), gap("b"));
        assert_eq!(
            split_gaps(&text),
            [("Kính gửi: ", false), ("[thiếu: a]", true), (", và ", false), ("[thiếu: b]", true)]
        );
    }
}
