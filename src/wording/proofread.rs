//! Slips of the hand in the literal words of a template: they warn, as they do in a case.
//!
//! What stands beside a tag is not known, so spaces, punctuation and brackets are not judged.
//! Room left by dots is not either: a form may have lines to be filled in by hand.

use std::ops::Range;

use super::fault::Fault;
use super::lex::Piece;
use crate::vi::proof::Slip;
use crate::vi::proof::day::impossible;
use crate::vi::proof::doubled::doubled;
use crate::vi::proof::placeholder::placeholders;
use crate::vi::proof::spelling::misspelt;

/// The slips of a template, under the codes by which they are told of cases.
pub fn slips(file: &str, text: &str, pieces: &[Piece]) -> Vec<Fault> {
    let literal = pieces.iter().filter_map(|piece| match piece {
        Piece::Text(range) => Some(range),
        Piece::Raw(_) | Piece::Print(_) | Piece::Tag(_) | Piece::Comment(_) => None,
    });
    let mut found = Vec::new();
    for paragraph in literal.flat_map(|range| paragraphs(text, range)) {
        let words = &text[paragraph.clone()];
        let mut tell = |code, slips: Vec<Slip>| {
            let faults =
                slips.into_iter().map(|slip| warning(code, file, words, paragraph.start, slip));
            found.extend(faults);
        };
        let left =
            placeholders(words).into_iter().filter(|slip| is_left(&words[slip.range.clone()]));
        tell("cho-trong-con-sot", left.collect());
        tell("chu-lap", doubled(words));
        tell("chinh-ta", misspelt(words));
        tell("ngay-khong-co", impossible(words));
    }
    found.sort_by_key(|fault: &Fault| fault.range.start);
    found
}

/// Marks of a template that were meant otherwise, and room that no hand fills in.
fn is_left(room: &str) -> bool {
    room.starts_with(['{', '}', '%', 'x', 'X', 'T', 'F'])
}

fn warning(code: &'static str, file: &str, words: &str, start: usize, slip: Slip) -> Fault {
    let shown = &words[slip.range.clone()];
    let message = slip.fact.unwrap_or_else(|| format!("{}: “{shown}”", slip.sort));
    let step = match code {
        "cho-trong-con-sot" => {
            "dữ kiện viết trong hai ngoặc nhọn: `{{ ten }}`; dấu ngoặc thật thì viết `\\{`"
                .to_owned()
        }
        _ => slip.step,
    };
    let range = start + slip.range.start..start + slip.range.end;
    Fault { warns: true, ..Fault::new(code, file, range, message).hint(step) }
}

/// The parts of a stretch between blank lines.
fn paragraphs(text: &str, range: &Range<usize>) -> Vec<Range<usize>> {
    let mut start = range.start;
    let mut parts = Vec::new();
    for part in text[range.clone()].split("\n\n") {
        parts.push(start..start + part.len());
        start += part.len() + 2;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wording::lex;
    use expect_test::{Expect, expect};

    fn check(text: &str, expected: &Expect) {
        let (pieces, _) = lex::pieces("a.md", text, 0);
        let told = slips("a.md", text, &pieces)
            .into_iter()
            .map(|fault| format!("{} [{}] {}\n", &text[fault.range], fault.code, fault.message));
        expected.assert_eq(&told.collect::<String>());
    }

    #[test]
    fn slips_are_told_in_literal_words_only() {
        check(
            "Thực hiện và và {{ x }} của {ten}.\n\n{# nghành #}Các nghành, trước ngày 31/4.\n",
            &expect![[r#"
                và và [chu-lap] “và” viết hai lần liền nhau
                {ten} [cho-trong-con-sot] dấu của lời văn mẫu còn sót: “{ten}”
                nghành [chinh-ta] chữ không có trong chính tả tiếng Việt: “nghành”
                31/4 [ngay-khong-co] “31/4”: không có ngày 31; tháng 4 có 30 ngày
            "#]],
        );
    }

    #[test]
    fn what_stands_beside_a_tag_and_lines_to_fill_in_are_left() {
        check(
            "Kính gửi: {{ x }} , {{ y }}.\n\nÔng (bà): ............\n\nSố: .../GNP\n",
            &expect![""],
        );
        check(r"Trong \{ngoặc\} và {{ x }} và {{ y }}", &expect![""]);
    }
}
