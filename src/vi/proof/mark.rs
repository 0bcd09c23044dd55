//! Marks and numbers at the head of a line: `I.`, `1.`, `a)`, `Điều 5.`, `1)`.

use super::Slip;
use crate::vi::letters;

/// The bytes of a mark of an item at the head of a line, and whether the line grammar of a
/// clerk's paragraphs knows it (`1. `, `a) `, `- `, `+ `, `Điều 1. `).
pub fn item(line: &str) -> Option<(usize, bool)> {
    if let Some(len) = label(line, &["Điều"]).filter(|len| line[..*len].ends_with('.')) {
        return Some((len, true));
    }
    let (mark, rest) = line.split_once([' ', '\t', '\u{a0}'])?;
    if rest.trim().is_empty() {
        return None;
    }
    let known = match mark {
        "-" | "+" => true,
        _ if mark.strip_suffix('.').is_some_and(|number| is_digits(number, 3)) => true,
        _ if mark.strip_suffix(')').is_some_and(is_letter) => true,
        _ if is_foreign(mark) => false,
        _ => return None,
    };
    Some((mark.len(), known))
}

/// `1)`, `(1)`, `(a)`, `1/`, `a.`, `I.`, `1.1.`
fn is_foreign(mark: &str) -> bool {
    let one = |part: &str| is_digits(part, 2) || is_letter(part) || is_roman(part);
    let bracketed = mark.strip_suffix(')').map(|part| part.trim_start_matches('('));
    let slashed = mark.strip_suffix(['/', '-']).is_some_and(|part| is_digits(part, 2));
    let dotted = mark.strip_suffix('.');
    let nested = dotted.is_some_and(|part| {
        part.contains('.') && part.split('.').all(|number| is_digits(number, 2))
    });
    bracketed.is_some_and(one)
        || slashed
        || nested
        || dotted.is_some_and(|part| is_letter(part) || is_roman(part))
}

fn is_digits(text: &str, most: usize) -> bool {
    (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_letter(text: &str) -> bool {
    text.chars().count() == 1 && letters::index(text).is_some()
}

fn is_roman(text: &str) -> bool {
    (1..=6).contains(&text.len()) && text.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'))
}

/// `Điều 5.`, `Chương II`, `Phần thứ nhất`: the bytes of a label with its number and its mark.
fn label(text: &str, labels: &[&str]) -> Option<usize> {
    const SPACES: [char; 2] = [' ', '\u{a0}'];
    let rest = labels.iter().find_map(|label| {
        let head = text.get(..label.len())?;
        (head.to_lowercase() == label.to_lowercase()).then(|| &text[label.len()..])
    })?;
    let rest = rest.strip_prefix(SPACES)?.trim_start_matches(SPACES);
    let word = rest.split(SPACES).next()?;
    let number = word.trim_end_matches(['.', ':', '-', ')']);
    let ordinal = || {
        let after = rest.get("thứ".len()..)?;
        let name = after.trim_start_matches(SPACES).split(SPACES).next()?;
        let end = text.len() - after.trim_start_matches(SPACES).len() + name.len();
        (word.to_lowercase() == "thứ" && !name.is_empty()).then_some(end)
    };
    let end = text.len() - rest.len() + word.len();
    if is_digits(number, 3) || is_roman(number) { Some(end) } else { ordinal() }
}

/// How much of a number at its head a text may not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbered {
    /// A heading: no number of any kind.
    Heading,
    /// The title of an appendix: neither its own name.
    Appendix,
    /// An item of a list, which may begin with `Điều 5` of something else.
    Item,
}

/// The number with which a text begins that is numbered by the program.
pub fn own_number(text: &str, numbered: Numbered) -> Option<Slip> {
    let head = text.len() - text.trim_start().len();
    let line = &text[head..];
    let labels: &[&str] = match numbered {
        Numbered::Heading => &["Điều", "Chương", "Mục", "Phần", "Tiểu mục"],
        Numbered::Appendix => &["Phụ lục"],
        Numbered::Item => &[],
    };
    let len = label(line, labels).or_else(|| {
        let (mark, rest) = line.split_once([' ', '\t', '\u{a0}'])?;
        let is_mark = match mark {
            "-" | "+" | "•" | "*" | "–" => true,
            // Points of 100 and more are years and amounts.
            _ => mark.strip_suffix(['.', ')']).is_some_and(|part| is_number(part, numbered)),
        };
        (is_mark && rest.contains(char::is_alphabetic)).then_some(mark.len())
    })?;
    let number = line[..len].trim_end();
    let fact = format!("tự ghi số “{number}”, mà chương trình đánh số chỗ này");
    let slip = Slip::new(head..head + len, "số ghi sẵn ở đầu", format!("bỏ “{number}”"));
    Some(slip.fact(fact))
}

fn is_number(part: &str, numbered: Numbered) -> bool {
    let nested = part.contains('.') && part.split('.').all(|number| is_digits(number, 2));
    // `X. Hòa Bình` is a commune, `A. Tuấn` a man, but not at the head of a heading.
    let roman = match numbered {
        Numbered::Heading | Numbered::Appendix => {
            is_roman(part) || matches!(part, "A" | "B" | "C" | "D")
        }
        Numbered::Item => is_roman(part) && part != "X" && part != "V",
    };
    is_digits(part, 2) || is_letter(part) || nested || roman
}

/// The second of two like numbers at the head of a line: `1. 1. Kết quả`.
pub fn numbered_twice(line: &str) -> Option<Slip> {
    let (len, _) = item(line)?;
    let rest = line[len..].trim_start();
    let start = line.len() - rest.len();
    let (again, _) = item(rest)?;
    let mark = &line[..len];
    if matches!(mark, "-" | "+") && rest[..again] != *mark {
        return None;
    }
    let is_like = rest[..again] == *mark
        || mark.ends_with('.') == rest[..again].ends_with('.')
            && mark.starts_with(|c: char| c.is_ascii_digit())
                == rest.starts_with(|c: char| c.is_ascii_digit());
    let slip =
        Slip::new(start..start + again, "số ghi hai lần", format!("bỏ một “{}”", &rest[..again]));
    is_like.then(|| slip.fact(format!("đầu mục ghi hai lần số: “{mark} {}”", &rest[..again])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_at_the_head_is_found() {
        for (text, mark) in [
            ("I. Kết quả", "I."),
            ("1. Kết quả", "1."),
            ("1.2. Kết quả", "1.2."),
            ("a) Kết quả", "a)"),
            ("2) Kết quả", "2)"),
            ("Điều 5. Tổ chức", "Điều 5."),
            ("Chương II Quy định", "Chương II"),
            ("Phần thứ nhất Quy định", "Phần thứ nhất"),
            ("- Kết quả", "-"),
        ] {
            let slip = own_number(text, Numbered::Heading).expect(text);
            assert_eq!(&text[slip.range], mark);
        }
        let slip = own_number("PHỤ LỤC I. DANH MỤC", Numbered::Appendix);
        assert_eq!(slip.unwrap().range, 0.."PHỤ LỤC I.".len());
    }

    #[test]
    fn a_text_that_begins_with_a_figure_has_no_number() {
        for text in [
            "12 dự án đang thực hiện",
            "Kết quả",
            "2025. Năm",
            "1.204 hồ sơ",
            "Mục tiêu",
            "Phần mềm quản lý",
            "Điều kiện thực hiện",
            "Đ/c Nguyễn Văn A",
            "06 tháng đầu năm",
            "I",
        ] {
            assert_eq!(own_number(text, Numbered::Heading), None, "{text}");
        }
        assert_eq!(own_number("Điều 5 Luật Lưu trữ", Numbered::Item), None);
        assert_eq!(own_number("X. Hòa Bình", Numbered::Item), None);
    }

    #[test]
    fn marks_of_items_are_known_from_foreign_ones() {
        for (line, wanted) in [
            ("1. Kết quả", Some((2, true))),
            ("a) Kết quả", Some((2, true))),
            ("đ) Kết quả", Some((3, true))),
            ("- Kết quả", Some((1, true))),
            ("1) Kết quả", Some((2, false))),
            ("(1) Kết quả", Some((3, false))),
            ("I. Kết quả", Some((2, false))),
            ("1.1. Kết quả", Some((4, false))),
            ("a. Kết quả", Some((2, false))),
            ("Kết quả", None),
            ("2025. Năm", None),
            ("1.204 hồ sơ", None),
        ] {
            assert_eq!(item(line), wanted, "{line}");
        }
    }

    #[test]
    fn a_number_written_twice_is_found_at_the_second() {
        assert_eq!(numbered_twice("1. 1. Kết quả").unwrap().range, 3..5);
        assert_eq!(numbered_twice("a) a) Kết quả").unwrap().range, 3..5);
        assert_eq!(numbered_twice("1. a) Kết quả"), None);
        assert_eq!(numbered_twice("- 1. Kết quả"), None);
    }
}
