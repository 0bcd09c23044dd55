//! Posts: two of them in one line are two people, or one who signs in one capacity only.

use std::ops::Range;

#[rustfmt::skip]
const POSTS: &[&[&str]] = &[
    &["chủ", "tịch"], &["tổng", "giám", "đốc"], &["giám", "đốc"], &["bộ", "trưởng"],
    &["thứ", "trưởng"], &["tổng", "cục", "trưởng"], &["chi", "cục", "trưởng"],
    &["cục", "trưởng"], &["vụ", "trưởng"], &["chánh", "văn", "phòng"],
    &["chánh", "thanh", "tra"], &["chánh", "án"], &["viện", "trưởng"], &["hiệu", "trưởng"],
    &["trưởng", "phòng"], &["trưởng", "ban"], &["trưởng", "đoàn"], &["trưởng", "khoa"],
    &["trưởng", "công", "an"], &["chủ", "nhiệm"], &["bí", "thư"], &["đội", "trưởng"],
    &["trạm", "trưởng"], &["kế", "toán", "trưởng"], &["chỉ", "huy", "trưởng"],
];

/// The second post of a line that names two; one `kiêm` another is right.
///
/// ```
/// use vanthu::vi::proof::post::second;
/// let line = "CHỦ TỊCH PHÓ CHỦ TỊCH";
/// assert_eq!(second(line).map(|second| &line[second]), Some("PHÓ CHỦ TỊCH"));
/// assert_eq!(second("PHÓ CHỦ TỊCH THƯỜNG TRỰC"), None);
/// ```
#[must_use]
pub fn second(text: &str) -> Option<Range<usize>> {
    nth(text, 1)
}

/// The first post that a line names.
#[must_use]
pub fn first(text: &str) -> Option<Range<usize>> {
    nth(text, 0)
}

fn nth(text: &str, wanted: usize) -> Option<Range<usize>> {
    let base = text.as_ptr() as usize;
    let words: Vec<(Range<usize>, String)> = text
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
        .map(|word| {
            let start = word.as_ptr() as usize - base;
            (start..start + word.len(), word.to_lowercase())
        })
        .collect();
    let mut passed = 0;
    let mut at = 0;
    while at < words.len() {
        let Some(len) = post(&words[at..]) else {
            if words[at].1 == "kiêm" {
                return None;
            }
            at += 1;
            continue;
        };
        if passed == wanted {
            return Some(words[at].0.start..words[at + len - 1].0.end);
        }
        passed += 1;
        at += len;
    }
    None
}

/// How many words the post has that begins here.
fn post(words: &[(Range<usize>, String)]) -> Option<usize> {
    let deputy = usize::from(words.first().is_some_and(|(_, word)| word == "phó"));
    let is_here = |post: &&&[&str]| {
        let named = words.get(deputy..deputy + post.len());
        let same =
            named.is_some_and(|named| named.iter().zip(post.iter()).all(|((_, a), b)| a == b));
        // Văn phòng Chủ tịch nước is an office.
        let next = words.get(deputy + post.len()).map(|(_, word)| word.as_str());
        same && !(post.first() == Some(&"chủ") && next == Some("nước"))
    };
    POSTS.iter().find(is_here).map(|post| deputy + post.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_with_two_posts_is_known_from_a_long_one() {
        for (text, wanted) in [
            ("KT. CHỦ TỊCH PHÓ CHỦ TỊCH", Some("PHÓ CHỦ TỊCH")),
            ("GIÁM ĐỐC PHÓ GIÁM ĐỐC", Some("PHÓ GIÁM ĐỐC")),
            ("Trưởng phòng, Phó Trưởng phòng", Some("Phó Trưởng phòng")),
            ("CHÁNH VĂN PHÒNG/PHÓ CHÁNH VĂN PHÒNG", Some("PHÓ CHÁNH VĂN PHÒNG")),
            ("PHÓ CHÁNH VĂN PHÒNG", None),
            ("PHÓ TỔNG GIÁM ĐỐC", None),
            ("CHỦ TỊCH KIÊM GIÁM ĐỐC", None),
            ("PHÓ CHỦ NHIỆM VĂN PHÒNG CHỦ TỊCH NƯỚC", None),
            ("GIÁM ĐỐC", None),
        ] {
            assert_eq!(second(text).map(|range| &text[range]), wanted, "{text}");
        }
    }
}
