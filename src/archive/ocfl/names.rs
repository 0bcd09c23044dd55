//! Paths inside a record: what may be written, and what may be followed.

use crate::archive::{Failure, Result};
use crate::vi::text::{forbidden_char, nfc};

/// Of a whole logical path.
pub const MAX_BYTES: usize = 200;

/// ASCII signs that every file system takes and no shell or web address is broken by too badly.
const SIGNS: &str = " _-.,()+&'=@#!~[]{};%$^`";
const RESERVED: &[&str] = &["con", "prn", "aux", "nul", "conin$", "conout$", "clock$"];

/// Whether a record may hold a file of that logical path: one that every system can hold
/// under the same name, and that looks like what it is.
///
/// # Errors
/// A refusal that says what is wrong with the path.
pub fn check(path: &str) -> Result<()> {
    fault(path).map_or(Ok(()), |fault| {
        let shown: String = path
            .chars()
            .take(60)
            .map(|c| if forbidden_char(c).is_some() { '?' } else { c })
            .collect();
        Err(Failure::refused(
            format!("không lưu được tệp “{shown}”: {fault}"),
            "đổi tên tệp: chữ, số, dấu cách, - _ . là đủ; không quá 200 byte cả đường dẫn",
        ))
    })
}

/// What is wrong with a logical path, in Vietnamese.
pub(super) fn fault(path: &str) -> Option<String> {
    if path.len() > MAX_BYTES {
        return Some(format!("đường dẫn dài {} byte, nhiều nhất là {MAX_BYTES}", path.len()));
    }
    if nfc(path) != path {
        return Some("dấu tiếng Việt viết rời (không phải Unicode dựng sẵn)".to_owned());
    }
    path.split('/').find_map(part_fault)
}

fn part_fault(part: &str) -> Option<String> {
    if part.is_empty() {
        return Some("có một phần tên để trống".to_owned());
    }
    if part == "." || part == ".." {
        return Some(format!("“{part}” dẫn đi chỗ khác"));
    }
    if let Some(c) = part.chars().find(|&c| !is_allowed(c)) {
        let name = forbidden_char(c).unwrap_or("ký tự không dùng trong tên tệp");
        return Some(format!("có {name} (U+{:04X})", u32::from(c)));
    }
    if part.ends_with(['.', ' ']) || part.starts_with(' ') {
        return Some("tên bắt đầu bằng dấu cách, hoặc kết thúc bằng dấu chấm, dấu cách".to_owned());
    }
    is_reserved(part).then(|| format!("“{part}” là tên thiết bị của Windows"))
}

fn is_allowed(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || SIGNS.contains(c);
    }
    // U+00A0 and its like look like a space and are none.
    forbidden_char(c).is_none() && !c.is_whitespace()
}

/// `NUL`, `nul.txt`, `COM¹`: on Windows a device, in every folder.
pub(super) fn is_reserved(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let letters = stem.trim_end_matches(|c: char| c.is_ascii_digit() || "¹²³".contains(c));
    let digits = stem.strip_prefix(letters).unwrap_or_default().chars().count();
    match letters {
        "com" | "lpt" => digits == 1,
        _ => digits == 0 && RESERVED.contains(&letters),
    }
}

/// One path of a set that is in the way of another: the same but for case, or a file where
/// another has a folder.
pub(super) fn conflict<'a>(paths: impl IntoIterator<Item = &'a str>) -> Option<(&'a str, &'a str)> {
    let mut taken: std::collections::BTreeMap<String, &str> = std::collections::BTreeMap::new();
    for path in paths {
        if let Some(other) = taken.insert(path.to_lowercase(), path) {
            return Some((other, path));
        }
    }
    for (folded, path) in &taken {
        let above = folded.match_indices('/').filter_map(|(at, _)| folded.get(..at));
        for folder in above {
            if let Some(other) = taken.get(folder) {
                return Some((other, path));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_devices_are_known_in_every_guise() {
        for name in
            ["CON", "nul", "NUL.txt", "Com1", "com¹.pdf", "LPT9", "aux .x", "CONIN$", "clock$"]
        {
            assert!(is_reserved(name), "{name}");
        }
        for name in ["com", "com10", "com.txt", "nul1", "console", "null", "lpt", "auxiliary"] {
            assert!(!is_reserved(name), "{name}");
        }
    }

    #[test]
    fn paths_that_are_in_each_others_way_are_found() {
        assert_eq!(conflict(["a", "b/c", "b/d"]), None);
        assert_eq!(conflict(["a/b", "a-", "a"]), Some(("a", "a/b")));
        assert_eq!(conflict(["Đề án.txt", "đề án.txt"]), Some(("Đề án.txt", "đề án.txt")));
    }
}
