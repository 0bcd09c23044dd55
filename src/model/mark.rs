//! Số liệu trong đoạn văn: `{{ … }}`, a mark in a clerk's own paragraph that prints a figure.

use std::ops::Range;

/// A mark, or what begins like one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureMark {
    /// Bytes of the text, brackets and all; of one that is not closed its `{{`.
    pub range: Range<usize>,
    /// Whether `}}` follows on the same line.
    pub closed: bool,
}

/// Every `{{ … }}` of a text from top to bottom. `\\{{` is no mark but two brackets.
pub fn figure_marks(text: &str) -> Vec<FigureMark> {
    let mut marks = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find(['\\', '{']) {
        at += found;
        let rest = &text[at..];
        if let Some(escaped) = rest.strip_prefix('\\') {
            at += 1 + usize::from(escaped.starts_with(|c: char| c.is_ascii_punctuation()));
        } else if let Some(inside) = rest.strip_prefix("{{") {
            let line = inside.lines().next().unwrap_or_default();
            let end = line.find("}}").filter(|end| !line[..*end].contains("{{"));
            let length = end.map_or(2, |end| 2 + end + 2);
            marks.push(FigureMark { range: at..at + length, closed: end.is_some() });
            at += length;
        } else {
            at += 1;
        }
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_ends_on_its_line_and_a_backslash_makes_it_words() {
        let text = "Có {{ a }} và \\{{ b }}, \\\\{{c}}, { d }, {{ e\n}} {{ f {{ g }}";
        let marks = figure_marks(text);
        let found: Vec<(&str, bool)> =
            marks.iter().map(|mark| (&text[mark.range.clone()], mark.closed)).collect();
        assert_eq!(
            found,
            [("{{ a }}", true), ("{{c}}", true), ("{{", false), ("{{", false), ("{{ g }}", true)]
        );
    }
}
