//! What lines that add up others are called: `Tổng cộng`, `TỔNG SỐ (I+II)`, `Cộng nhóm I`.

use super::mark::Mark;

/// What the name of a line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// Nothing but the name of a total; with the mark of the group that it says it closes.
    Total { of: Option<String> },
    /// `Tổng vốn đầu tư`: a total, or a figure of that name.
    Perhaps,
}

/// Words that may follow `tổng`, `cộng` without making them the name of something.
const TAIL: [&str; 28] = [
    "nhóm", "mục", "phần", "loại", "khối", "chương", "bảng", "biểu", "trang", "các", "cả", "toàn",
    "tỉnh", "huyện", "xã", "bộ", "quốc", "ngành", "chung", "và", "dòng", "đồng", "nghìn", "triệu",
    "tỷ", "tỉ", "trđ", "đvt",
];

/// After `tổng`: `Tổng công ty`, `Tổng cục`, which are names.
const NAMES_OF_TONG: [&str; 22] = [
    "công", "cục", "hợp", "đài", "thống", "lãnh", "giám", "đội", "kho", "biên", "bí", "liên",
    "thanh", "tham", "quan", "thể", "quát", "kết", "duyệt", "đạo", "phổ", "thư",
];

/// After `cộng`: `Cộng hòa`, `Cộng đồng`.
const NAMES_OF_CONG: [&str; 10] =
    ["hòa", "hoà", "đồng", "tác", "sự", "sinh", "hưởng", "sản", "điểm", "hoả"];

/// What a table of places calls the sum of all of them.
const WHOLE: [(&str, &str); 8] = [
    ("toàn", "tỉnh"),
    ("toàn", "quốc"),
    ("toàn", "ngành"),
    ("toàn", "huyện"),
    ("toàn", "xã"),
    ("toàn", "thành"),
    ("cả", "nước"),
    ("cả", "tỉnh"),
];

/// Whether a text is called a total.
///
/// ```
/// use vanthu::vi::total::{Named, named};
/// assert_eq!(named("TỔNG CỘNG:"), Some(Named::Total { of: None }));
/// assert_eq!(named("Cộng nhóm II"), Some(Named::Total { of: Some("II".into()) }));
/// assert_eq!(named("Tổng vốn đầu tư"), Some(Named::Perhaps));
/// assert_eq!(named("Tổng công ty Điện lực"), None);
/// assert_eq!(named("Cộng Hòa"), None);
/// ```
#[must_use]
pub fn named(text: &str) -> Option<Named> {
    // Every cell of every table is asked.
    let first = text.chars().find(|c| c.is_alphabetic())?;
    if !matches!(first, 't' | 'T' | 'c' | 'C') {
        return None;
    }
    let (outside, within) = brackets(text);
    // What follows a colon is a unit.
    let outside = outside.split_once(':').map_or(outside.as_str(), |(before, _)| before);
    let words = words(outside);
    let lower: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    let lower: Vec<&str> = lower.iter().map(String::as_str).collect();
    let head = match lower.as_slice() {
        ["tổng", "cộng" | "số", ..] | ["tong", "cong" | "so", ..] => 2,
        ["tổng", name, ..] if NAMES_OF_TONG.contains(name) => return None,
        ["cộng", name, ..] if NAMES_OF_CONG.contains(name) => return None,
        ["tổng" | "cộng", ..] | ["tong"] => 1,
        [one, other, ..] if WHOLE.contains(&(one, other)) => return Some(Named::Perhaps),
        _ => return None,
    };
    let (tail, tail_lower) = (&words[head..], &lower[head..]);
    let is_mark = |word: &&str| Mark::parse(word).is_some();
    let is_plain = tail.iter().zip(tail_lower).all(|(word, lower)| {
        TAIL.contains(lower) || *lower == "số" || *lower == "cộng" || is_mark(word)
    });
    if !is_plain {
        return Some(Named::Perhaps);
    }
    let own: Vec<&str> = tail.iter().copied().filter(is_mark).collect();
    let in_brackets = self::words(&within);
    let of = match (own.as_slice(), in_brackets.as_slice()) {
        ([only], _) => Some((*only).to_owned()),
        ([], [only]) if is_mark(only) => Some((*only).to_owned()),
        _ => None,
    };
    Some(Named::Total { of })
}

/// What stands outside of brackets, and within them.
fn brackets(text: &str) -> (String, String) {
    let (mut outside, mut within, mut depth) = (String::new(), String::new(), 0_usize);
    for c in text.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            c if depth == 0 => outside.push(c),
            c => within.push(c),
        }
    }
    (outside, within)
}

fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_says_only_total_is_one() {
        for text in [
            "Tổng",
            "TỔNG SỐ",
            "Tổng cộng",
            "TỔNG CỘNG:",
            "Cộng",
            "* Cộng",
            "Tong cong",
            "TONG SO",
            "Tổng cộng (triệu đồng)",
            "Tổng số: triệu đồng",
            "TỔNG SỐ (I+II+III)",
            "Tổng cộng (A+B)",
            "TỔNG = I + II",
            "Cộng các nhóm",
            "Tổng cộng toàn tỉnh",
            "Tổng số tỷ đồng",
        ] {
            assert!(matches!(named(text), Some(Named::Total { of: None })), "{text}");
        }
        for (text, of) in
            [("Cộng nhóm I", "I"), ("Cộng (II)", "II"), ("Tổng mục 3", "3"), ("CỘNG A", "A")]
        {
            assert_eq!(named(text), Some(Named::Total { of: Some(of.to_owned()) }), "{text}");
        }
    }

    #[test]
    fn another_name_is_no_total_by_its_words_alone() {
        for text in ["Tổng vốn đầu tư", "Tổng thu ngân sách", "Tổng số hộ nghèo", "Toàn tỉnh"]
        {
            assert_eq!(named(text), Some(Named::Perhaps), "{text}");
        }
        for text in [
            "Tổng công ty Điện lực",
            "TỔNG CỤC THUẾ",
            "Tổng hợp số liệu",
            "Cộng Hòa",
            "Xã Cộng Hòa",
            "Cộng đồng dân cư",
            "Công an tỉnh",
            "Tống Văn Tâm",
            "Đường A",
            "",
            "(I)",
            "Cổng thông tin",
        ] {
            assert_eq!(named(text), None, "{text}");
        }
    }
}
