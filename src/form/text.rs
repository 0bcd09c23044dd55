//! Plain text of the case as inlines of the document.

use crate::doc::metrics::{Face4, lines, width};
use crate::doc::{Inline, Length, Run};
use crate::model::split_gaps;

/// A text with its gaps marked; a line feed becomes a line break.
pub fn inlines(text: &str) -> Vec<Inline> {
    let mut inlines = Vec::new();
    for (position, line) in text.trim_end().split('\n').enumerate() {
        if position > 0 {
            inlines.push(Inline::Break);
        }
        inlines.extend(
            split_gaps(line.trim()).into_iter().map(|(text, gap)| {
                Inline::Text(Run { text: text.to_owned(), gap, ..Run::default() })
            }),
        );
    }
    inlines
}

/// The words of a text of several lines on one line, without marks of gaps.
pub fn one_line(text: &str) -> String {
    let bare: String = split_gaps(text).into_iter().map(|(piece, _)| piece).collect();
    bare.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Length of the longest line of a text when it is broken to fit `available`.
pub fn longest_line(text: &str, size: Length, face: Face4, available: Length) -> Length {
    lines(text.trim_end(), size, face, available, Length::ZERO)
        .into_iter()
        .map(|line| width(line.trim(), size, face))
        .max()
        .unwrap_or_default()
}

/// The indent on each side, `least` or more, at which the lines of a centred text are
/// about as long as one another: as narrow as the same number of lines allows.
pub fn balanced(text: &str, size: Length, face: Face4, available: Length, least: Length) -> Length {
    let count = |indent: Length| {
        lines(text.trim_end(), size, face, available - indent * 2, Length::ZERO).len()
    };
    let wanted = count(least);
    let mut indent = least;
    while wanted > 1 && indent < available / 3 && count(indent + BALANCE_STEP) == wanted {
        indent += BALANCE_STEP;
    }
    // Not to the last point: a reader whose font is a little wider gets the same lines.
    if indent > least { indent - BALANCE_STEP } else { indent }
}

const BALANCE_STEP: Length = Length::mm(1);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_two_lines_breaks_where_they_are_about_equal() {
        let text = "ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG";
        let (size, available) = (Length::pt(13), Length::mm(66));
        let indent = balanced(text, size, Face4::REGULAR, available, Length::ZERO);
        let broken = lines(text, size, Face4::REGULAR, available - indent * 2, Length::ZERO);
        assert_eq!(broken, ["ỦY BAN NHÂN DÂN", "TỈNH LÂM ĐỒNG"]);
    }

    #[test]
    fn a_text_of_one_line_is_not_indented() {
        let indent = balanced("SỞ Y TẾ", Length::pt(13), Face4::BOLD, Length::mm(66), Length::ZERO);
        assert_eq!(indent, Length::ZERO);
    }
}
