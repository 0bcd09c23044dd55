//! Plain text of the case as inlines of the document.

use crate::doc::metrics::{Face4, lines, width};
use crate::doc::{Inline, Length, Run};
use crate::model::{GAP_END, GAP_START, split_gaps};
use crate::vi::spaces::bound;

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

/// A text for a cell of a table, which has no runs: its gaps as words, without their marks.
pub fn unmarked(text: String) -> String {
    let marks = [GAP_START, GAP_END];
    if text.contains(marks) { text.replace(marks, "") } else { text }
}

/// The words of a text of several lines on one line, without marks of gaps.
pub fn one_line(text: &str) -> String {
    let bare: String = split_gaps(text).into_iter().map(|(piece, _)| piece).collect();
    crate::vi::text::one_line(&bare)
}

/// Length of the longest line of a text when it is broken to fit `available`.
pub fn longest_line(text: &str, size: Length, face: Face4, available: Length) -> Length {
    lines(&bound(text.trim_end()), size, face, available, Length::ZERO)
        .into_iter()
        .map(|line| width(line.trim(), size, face))
        .max()
        .unwrap_or_default()
}

/// The indent on each side, `least` or more, at which the lines of a centred text are
/// about as long as one another: as narrow as the same number of lines allows, but a
/// number stays with the word before it (“năm 2025”) where there is a way.
pub fn balanced(text: &str, size: Length, face: Face4, available: Length, least: Length) -> Length {
    let text = bound(text.trim_end());
    let broken = |indent: Length| lines(&text, size, face, available - indent * 2, Length::ZERO);
    let wanted = broken(least).len();
    if wanted < 2 {
        return least;
    }
    let more = |indent: &Length| Some(*indent + BALANCE_STEP).filter(|more| *more <= available / 3);
    let indents: Vec<(Length, bool)> = std::iter::successors(Some(least), more)
        .map(|indent| (indent, broken(indent)))
        .take_while(|(_, lines)| lines.len() == wanted)
        .map(|(indent, lines)| (indent, is_torn(&lines)))
        .collect();
    // Not to the last point: a reader whose font is a little wider gets the same lines.
    let safe = || indents.windows(2).rev();
    let whole = safe().find(|pair| !pair[0].1 && !pair[1].1);
    whole.or_else(|| safe().next()).map_or(least, |pair| pair[0].0)
}

/// Whether a line begins with a number or stands beside a dash that belongs to the words
/// on both its sides (“kinh tế - xã hội”), or ends within a word of two parts.
fn is_torn(lines: &[&str]) -> bool {
    let begins = |line: &str| line.starts_with(|c: char| c.is_ascii_digit() || c == '-');
    lines.windows(2).any(|pair| pair[0].ends_with('-') || begins(pair[1]))
}

fn parts_a_word(lines: &[&str]) -> bool {
    lines.windows(2).any(|pair| pair[0].ends_with('-') && !pair[0].ends_with(" -"))
}

/// A centred text with a line feed where its lines are about as long as one another. What
/// the clerk has broken stays so, and a gap stays whole.
pub fn broken(text: &str, size: Length, face: Face4, available: Length) -> String {
    let indent = balanced(text, size, face, available, Length::ZERO);
    let bound = bound(text.trim_end());
    let lines = lines(&bound, size, face, available - indent * 2, Length::ZERO);
    if text.contains(['\n', GAP_START]) || parts_a_word(&lines) {
        return text.to_owned();
    }
    lines.join("\n")
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

    #[test]
    fn a_number_stays_with_the_word_before_it() {
        let text =
            "Kết quả thực hiện Chương trình công tác năm 2025 của Ủy ban nhân dân phường An Hải";
        let (size, available) = (Length::pt(14), Length::mm(165));
        let indent = balanced(text, size, Face4::BOLD, available, Length::mm(12));
        let text = bound(text);
        let lines = lines(&text, size, Face4::BOLD, available - indent * 2, Length::ZERO);
        assert_eq!(
            lines,
            [
                "Kết quả thực hiện Chương trình công tác",
                "năm\u{a0}2025 của Ủy ban nhân dân phường An Hải"
            ]
        );
    }

    #[test]
    fn a_title_is_broken_where_its_lines_are_about_equal_but_not_within_a_range_or_a_gap() {
        let broken = |text| broken(text, Length::pt(14), Face4::BOLD, Length::mm(165));
        assert_eq!(
            broken("TỶ LỆ HỘ DÂN NÔNG THÔN SỬ DỤNG NƯỚC SẠCH ĐẠT QUY CHUẨN NĂM 2025"),
            "TỶ LỆ HỘ DÂN NÔNG THÔN SỬ DỤNG\nNƯỚC SẠCH ĐẠT QUY CHUẨN NĂM\u{a0}2025"
        );
        assert_eq!(broken("DANH MỤC DỰ ÁN"), "DANH MỤC DỰ ÁN");
        let by_hand = "DANH MỤC\nDỰ ÁN";
        assert_eq!(broken(by_hand), by_hand);
        let gap = crate::model::gap(&"phu_luc[0].tieu_de ".repeat(9));
        assert_eq!(broken(&gap), gap);
    }
}
