//! Spaces at which no line of an official text ends.
//!
//! A number stays with the word that says what it counts (`ngày 16`, `Điều 5`,
//! `số 325/BC-UBND`, `12 triệu`), an abbreviation with what it stands before (`TM. `,
//! `TP. `), and a dash with the word before it, so that no line looks like an item of
//! a list. The date as a whole may break: `ngày 16` / `tháng 8`.

/// The space at which no line ends; to a reader it is a space.
const NO_BREAK: char = '\u{a0}';

/// Words that a number, a Roman numeral or the letter of a điểm follows.
const LABELS: [&str; 26] = [
    "ngày", "tháng", "năm", "quý", "tuần", "kỳ", "khóa", "lần", "thứ", "số", "phần", "chương",
    "mục", "điều", "khoản", "điểm", "tiết", "lục", "biểu", "mẫu", "bảng", "hình", "tập", "trang",
    "dòng", "cột",
];

/// Words that follow a number.
const UNITS: [&str; 21] = [
    "đồng", "triệu", "tỷ", "nghìn", "%", "km", "km²", "m", "m²", "m³", "ha", "kg", "tấn", "tạ",
    "lít", "giờ", "phút", "USD", "VNĐ", "kWh", "MW",
];

/// Abbreviations that stand before a name, an office or a post.
const ABBREVIATIONS: [&str; 19] = [
    "TM.", "KT.", "TL.", "TUQ.", "Q.", "TP.", "Tp.", "TX.", "TT.", "P.", "X.", "H.", "GS.", "PGS.",
    "TS.", "ThS.", "BS.", "CN.", "KS.",
];

/// Where in a text, in bytes, those spaces stand.
///
/// ```
/// use vanthu::vi::spaces::bonds;
/// assert_eq!(bonds("TM. ỦY BAN").collect::<Vec<_>>(), [3]);
/// ```
pub fn bonds(text: &str) -> impl Iterator<Item = usize> + '_ {
    let mut rest = text;
    let mut start = 0;
    std::iter::from_fn(move || {
        let (left, after) = rest.split_once(' ')?;
        let right = after.split(' ').next().unwrap_or_default();
        let space = start + left.len();
        (start, rest) = (space + 1, after);
        Some(stay_together(left, right).then_some(space))
    })
    .flatten()
}

/// The text with no-break spaces there.
///
/// ```
/// use vanthu::vi::spaces::bound;
/// assert_eq!(bound("số 325/BC-UBND ngày 16 tháng 8"), "số\u{a0}325/BC-UBND ngày\u{a0}16 tháng\u{a0}8");
/// ```
pub fn bound(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut start = 0;
    for space in bonds(text) {
        result.push_str(&text[start..space]);
        result.push(NO_BREAK);
        start = space + 1;
    }
    result.push_str(&text[start..]);
    result
}

fn stay_together(left: &str, right: &str) -> bool {
    let left = left.trim_start_matches(OPENING);
    if left.is_empty() || right.is_empty() {
        return false;
    }
    let bare = right.trim_start_matches(OPENING).trim_end_matches(CLOSING);
    matches!(right, "-" | "–")
        || ABBREVIATIONS.contains(&left)
        || is_number(left) && UNITS.contains(&bare)
        || is_numbering(bare) && LABELS.contains(&left.to_lowercase().as_str())
}

const OPENING: [char; 5] = ['(', '“', '‘', '"', '['];
const CLOSING: [char; 10] = [',', ';', '.', ':', ')', '”', '’', '"', ']', '/'];

fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
        && word.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-'))
        && word.ends_with(|c: char| c.is_ascii_digit())
}

/// `16`, `325/BC-UBND`, `XVIII`, `III/2025`, `a`, `đ`: what follows a label.
fn is_numbering(word: &str) -> bool {
    let mut letters = word.chars();
    let first = letters.next();
    first.is_some_and(|c| c.is_ascii_digit())
        || is_roman(word.split('/').next().unwrap_or_default())
        || first.is_some_and(|c| c.is_ascii_lowercase() || c == 'đ') && letters.next().is_none()
}

fn is_roman(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L' | 'C'))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with `°` where a space binds.
    fn shown(text: &str) -> String {
        bound(text).replace(NO_BREAK, "°")
    }

    #[test]
    fn a_number_stays_with_its_word_and_a_date_may_break_between_its_parts() {
        for (text, wanted) in [
            ("số 325/BC-UBND ngày 16 tháng 8 năm 2022", "số°325/BC-UBND ngày°16 tháng°8 năm°2022"),
            ("tại điểm a khoản 2 Điều 12.", "tại điểm°a khoản°2 Điều°12."),
            ("(Điều 5), “Chương II”", "(Điều°5), “Chương°II”"),
            ("Phụ lục III; mẫu 1.3", "Phụ lục°III; mẫu°1.3"),
            ("chi 1.204,5 triệu đồng, 87 %", "chi 1.204,5°triệu đồng, 87°%"),
            ("NĂM 2025, quý IV/2025", "NĂM°2025, quý°IV/2025"),
        ] {
            assert_eq!(shown(text), wanted);
        }
    }

    #[test]
    fn an_abbreviation_stays_with_its_name_and_a_dash_with_the_word_before_it() {
        assert_eq!(shown("KT. CHỦ TỊCH"), "KT.°CHỦ TỊCH");
        assert_eq!(shown("TP. Hồ Chí Minh"), "TP.°Hồ Chí Minh");
        assert_eq!(shown("kinh tế - xã hội"), "kinh tế°- xã hội");
    }

    #[test]
    fn other_spaces_are_left_alone_and_so_is_the_dash_of_a_list() {
        for text in [
            "- Như trên",
            "a) Tỉnh năm ngoái",
            "từ năm đến tháng",
            "  hai  dấu  cách ",
            "",
            "ngày",
            " ",
            "số liệu, ngày lễ",
        ] {
            assert_eq!(shown(text), text);
        }
    }

    #[test]
    fn binding_changes_no_word() {
        let text = "ngày 16 tháng 8, TP. Huế - Đà Nẵng: 12 tỷ";
        assert_eq!(bound(text).replace(NO_BREAK, " "), text);
    }
}
