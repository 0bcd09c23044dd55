//! The letters of a template: those that no document may hold, those of an old encoding,
//! those that only look like Latin ones.
//!
//! The front matter is read as YAML, by the door of the cases, which tells the same of it.

use std::collections::BTreeMap;
use std::ops::Range;

use super::context;
use super::fault::{self, Fault};
use super::lex::Piece;
use crate::vi::text::{forbidden_char, legacy_encoding, look_alike};

/// What refuses a template: one fault for each such character and for each old encoding, at
/// the first place, with a count of the others.
pub fn faults(file: &str, text: &str, from: usize, pieces: &[Piece]) -> Vec<Fault> {
    let legacy = legacy(file, text, pieces);
    let is_legacy = legacy.is_some();
    let mut found: BTreeMap<char, Places> = BTreeMap::new();
    for (at, c) in text[from..].char_indices().map(|(at, c)| (from + at, c)) {
        // A mark at the beginning of a file says how it is encoded; a line of Windows ends in two.
        let is_mark = at == 0 && c == '\u{feff}';
        let ends_line = c == '\r' && text[at..].starts_with("\r\n");
        // The letter ư of TCVN3.
        let is_told = c == '\u{ad}' && is_legacy;
        if forbidden_char(c).is_some() && !is_mark && !ends_line && !is_told {
            found.entry(c).or_insert(Places { first: at, count: 0 }).count += 1;
        }
    }
    let found = found.into_iter();
    let mut faults: Vec<Fault> =
        found.map(|(c, places)| forbidden(file, c, places)).chain(legacy).collect();
    faults.sort_by_key(|fault| fault.range.start);
    faults
}

/// Letters of another alphabet that look Latin: a warning for each kind.
pub fn false_letters(file: &str, text: &str, pieces: &[Piece]) -> Vec<Fault> {
    let mut found: BTreeMap<char, Places> = BTreeMap::new();
    for range in printed(pieces).filter(|range| !text[range.clone()].is_ascii()) {
        for (at, c) in text[range.clone()].char_indices() {
            if look_alike(c).is_some() {
                let first = range.start + at;
                found.entry(c).or_insert(Places { first, count: 0 }).count += 1;
            }
        }
    }
    let one = |(c, places): (char, Places)| {
        let letter = look_alike(c)?;
        let message = format!(
            "chữ “{c}” (U+{:04X}) chỉ trông giống “{letter}”{}",
            u32::from(c),
            places.others()
        );
        let fault = Fault::new(fault::FALSE_LETTER, file, places.range(c), message);
        Some(Fault { warns: true, ..fault.hint(format!("gõ lại chữ “{letter}”")) })
    };
    found.into_iter().filter_map(one).collect()
}

/// Where a character stands, and how often.
#[derive(Clone, Copy)]
struct Places {
    first: usize,
    count: usize,
}

impl Places {
    const fn range(self, c: char) -> Range<usize> {
        self.first..self.first + c.len_utf8()
    }

    fn others(self) -> String {
        match self.count - 1 {
            0 => String::new(),
            others => format!(", và {others} chỗ khác trong tệp này"),
        }
    }
}

fn forbidden(file: &str, c: char, places: Places) -> Fault {
    let others = places.others();
    let number = u32::from(c);
    if context::is_private(c) {
        let message = format!("ký tự U+{number:04X} thuộc vùng dùng riêng của Unicode{others}");
        return Fault::new(fault::PRIVATE, file, places.range(c), message)
            .hint("gõ lại chữ này bằng bàn phím");
    }
    let what = forbidden_char(c).unwrap_or_default();
    let message = format!("có {what} (U+{number:04X}) trong lời văn{others}");
    Fault::new(fault::FORBIDDEN_CHARACTER, file, places.range(c), message)
        .hint("xóa ký tự này: đặt con trỏ ngay sau nó rồi bấm phím xóa lùi")
}

/// The first line that is typed in an old font; of a template whose lines are each too short
/// to tell, the first line that is not plain.
fn legacy(file: &str, text: &str, pieces: &[Piece]) -> Option<Fault> {
    let ranges: Vec<Range<usize>> = printed(pieces).collect();
    if ranges.iter().all(|range| text[range.clone()].is_ascii()) {
        return None;
    }
    let lines = || ranges.iter().flat_map(|range| lines(text, range));
    let in_line = |line: &Range<usize>| legacy_encoding(&text[line.clone()]);
    let told: Vec<_> = lines().filter_map(|line| Some((in_line(&line)?, line))).collect();
    let (legacy, line, others) = match told.first() {
        Some((legacy, line)) => (*legacy, line.clone(), told.len() - 1),
        None => {
            let whole: String = lines().map(|line| &text[line]).collect::<Vec<_>>().join("\n");
            let line = lines().find(|line| !text[line.clone()].is_ascii())?;
            (legacy_encoding(&whole)?, line, 0)
        }
    };
    let others = match others {
        0 => String::new(),
        others => format!(", dòng này và {others} dòng nữa"),
    };
    let message = format!("chữ được gõ bằng mã cũ {legacy}, không phải Unicode{others}");
    let fault = Fault::new(fault::LEGACY, file, line, message);
    Some(fault.hint("chuyển mã sang Unicode bằng công cụ của bộ gõ rồi dán lại"))
}

/// All but the comments.
fn printed(pieces: &[Piece]) -> impl Iterator<Item = Range<usize>> {
    pieces.iter().filter_map(|piece| match piece {
        Piece::Text(range) | Piece::Raw(range) => Some(range.clone()),
        Piece::Print(tag) | Piece::Tag(tag) => Some(tag.range.clone()),
        Piece::Comment(_) => None,
    })
}

/// The lines of a stretch, without the white space around them.
fn lines<'a>(text: &'a str, range: &Range<usize>) -> impl Iterator<Item = Range<usize>> + 'a {
    let mut end = range.start;
    text[range.clone()].split_inclusive('\n').map(move |line| {
        let start = end + line.len() - line.trim_start().len();
        end += line.len();
        start..start + line.trim().len()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wording::lex;
    use expect_test::{Expect, expect};

    fn check(text: &str, expected: &Expect) {
        let (pieces, _) = lex::pieces("a.md", text, 0);
        let found = faults("a.md", text, 0, &pieces);
        let found = found.into_iter().chain(false_letters("a.md", text, &pieces));
        let told = found
            .map(|fault| format!("{} [{}] {}\n", fault.range.start, fault.code, fault.message));
        expected.assert_eq(&told.collect::<String>());
    }

    #[test]
    fn what_is_not_seen_or_turns_text_is_told_once_a_kind() {
        check(
            "a\u{200b}b\u{200b}c {{ x }}\n{# \u{202e} #}\u{0}\u{34f}\u{fffc}",
            &expect![[r#"
                1 [ky-tu-cam] có ký tự không nhìn thấy (U+200B) trong lời văn, và 1 chỗ khác trong tệp này
                21 [ky-tu-cam] có ký tự đảo chiều chữ (U+202E) trong lời văn
                27 [ky-tu-cam] có ký tự điều khiển (U+0000) trong lời văn
                28 [ky-tu-cam] có ký tự không nhìn thấy (U+034F) trong lời văn
                30 [ky-tu-cam] có chỗ của một hình hay đối tượng không chép theo được (U+FFFC) trong lời văn
            "#]],
        );
    }

    #[test]
    fn lines_of_windows_and_the_mark_of_an_encoding_are_no_fault_but_a_lone_return_is() {
        check("\u{feff}a\r\nb\r\n", &expect![""]);
        check(
            "a\rb\r\n\u{feff}",
            &expect![[r#"
                1 [ky-tu-cam] có ký tự điều khiển (U+000D) trong lời văn
                5 [ky-tu-cam] có ký tự không nhìn thấy (U+FEFF) trong lời văn
            "#]],
        );
    }

    #[test]
    fn old_fonts_and_letters_of_other_alphabets_are_told_outside_comments() {
        check(
            "Céng hßa x· héi\nchñ nghÜa ViÖt Nam",
            &expect![[r#"
                0 [ma-cu] chữ được gõ bằng mã cũ TCVN3 (phông .VnTime), không phải Unicode, dòng này và 1 dòng nữa
            "#]],
        );
        check("{# Céng hßa x· héi, \u{430} #}", &expect![""]);
        check(
            "B\u{430}o c\u{430}o \u{391}",
            &expect![[r#"
                10 [chu-giong-hinh] chữ “Α” (U+0391) chỉ trông giống “A”
                1 [chu-giong-hinh] chữ “а” (U+0430) chỉ trông giống “a”, và 1 chỗ khác trong tệp này
            "#]],
        );
        check("Nghị định số 30/2020/NĐ-CP, β, 5 μm", &expect![""]);
    }
}
