//! Điều kiện số liệu: what must hold in every row, in a form that a clerk reads aloud.
//!
//! ```text
//! kh_2021 + kh_2022 + dk_2023 <= trung_han
//! gn_2022 <= kh_2022
//! con_lai = kh_2022 - gn_2022
//! ```
//! Keys of columns and numbers, `+` and `-` between them, and one sign that compares.

use super::door::Door;
use super::faults::suggest;
use super::raw::Text;
use crate::diag::Route;
use crate::model::{Column, Constraint, Linear, Relation, Table, Term, TermValue};

/// Longest first: `<=` begins with `<`.
const SIGNS: [(&str, Relation); 8] = [
    ("<=", Relation::LessOrEqual),
    (">=", Relation::GreaterOrEqual),
    ("==", Relation::Equal),
    ("≤", Relation::LessOrEqual),
    ("≥", Relation::GreaterOrEqual),
    ("<", Relation::Less),
    (">", Relation::Greater),
    ("=", Relation::Equal),
];

/// What a sign that compares begins with.
const COMPARED: [char; 5] = ['<', '>', '=', '≤', '≥'];

/// Every constraint that could be read.
pub fn constraints(
    raw: Option<Vec<Option<Text>>>,
    table: &Table,
    at: &Route,
    door: &mut Door<'_>,
) -> Vec<Constraint> {
    let keys = Keys { leaves: table.leaves() };
    let given = raw.into_iter().flatten().enumerate();
    given
        .filter_map(|(index, raw)| {
            let text = door.text(raw)?;
            constraint(&text, &keys, &at.index(index), door)
        })
        .collect()
}

fn constraint(text: &str, keys: &Keys<'_>, at: &Route, door: &mut Door<'_>) -> Option<Constraint> {
    let Some((left, relation, right)) = sides(text) else {
        let (what, hint) = if text.contains(COMPARED) {
            ("có hơn một dấu so sánh", "tách thành hai điều kiện, mỗi điều kiện một dòng")
        } else {
            (
                "không có dấu so sánh",
                "viết như `gn_2022 <= kh_2022`; dấu so sánh là <, <=, =, >=, >",
            )
        };
        door.error("dieu-kien-sai", at, format!("điều kiện “{text}” {what}"), hint);
        return None;
    };
    let left = linear(left, keys, at, door);
    let right = linear(right, keys, at, door);
    let (left, right) = (left?, right?);
    let has_column =
        |side: &Linear| side.terms.iter().any(|term| matches!(term.value, TermValue::Column(_)));
    if !has_column(&left) && !has_column(&right) {
        let message = format!("điều kiện “{text}” không nêu cột nào");
        door.error("dieu-kien-sai", at, message, suggest("", keys.figures()));
        return None;
    }
    Some(Constraint { text: text.to_owned(), left, relation, right })
}

/// The two sides, when one sign stands between them.
fn sides(text: &str) -> Option<(&str, Relation, &str)> {
    let first = text.find(COMPARED)?;
    let (sign, relation) = SIGNS.iter().find(|(sign, _)| text[first..].starts_with(sign))?;
    let (left, right) = (&text[..first], &text[first + sign.len()..]);
    (!right.contains(COMPARED)).then_some((left, *relation, right))
}

/// `a + b - 100`; faults are reported.
fn linear(text: &str, keys: &Keys<'_>, at: &Route, door: &mut Door<'_>) -> Option<Linear> {
    let mut terms = Vec::new();
    let mut sound = true;
    for (negative, word) in words(text) {
        match value(word, keys, at, door) {
            Some(value) => terms.push(Term { negative, value }),
            None => sound = false,
        }
    }
    if terms.is_empty() && sound {
        let hint = "viết như `gn_2022 <= kh_2022`, mỗi bên ít nhất một cột hoặc một số";
        door.error("dieu-kien-sai", at, "một bên của dấu so sánh để trống", hint);
        sound = false;
    } else if let Some(sign) = text.trim_end().chars().next_back().filter(|last| SUM.contains(last))
    {
        let message = format!("sau dấu “{sign}” không có cột hay số nào");
        door.error("dieu-kien-sai", at, message, format!("bỏ dấu “{sign}” ấy, hoặc ghi thêm cột"));
        sound = false;
    }
    (sound && !terms.is_empty()).then_some(Linear { terms })
}

/// Signs of a sum: also the minus sign and the dash that Word puts for a hyphen.
const SUM: [char; 4] = ['+', '-', '\u{2212}', '–'];

/// The words of a sum, each with whether it is taken away.
fn words(text: &str) -> Vec<(bool, &str)> {
    let mut words = Vec::new();
    let mut rest = text.trim();
    let mut negative = false;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix(['-', '\u{2212}', '–']) {
            (negative, rest) = (!negative, after.trim_start());
        } else if let Some(after) = rest.strip_prefix('+') {
            rest = after.trim_start();
        } else {
            let end = rest.find(SUM).unwrap_or(rest.len());
            words.push((negative, rest[..end].trim_end()));
            (negative, rest) = (false, &rest[end..]);
        }
    }
    words
}

/// The columns that a constraint may name, and those that it may not.
struct Keys<'a> {
    leaves: Vec<&'a Column>,
}

impl<'a> Keys<'a> {
    fn figures(&self) -> impl Iterator<Item = &'a str> + Clone + '_ {
        let figures = self.leaves.iter().filter(|leaf| leaf.kind.is_figure());
        figures.map(|leaf| leaf.key.as_str())
    }

    fn has(&self, key: &str) -> bool {
        self.leaves.iter().any(|leaf| leaf.key == key)
    }
}

fn value(word: &str, keys: &Keys<'_>, at: &Route, door: &mut Door<'_>) -> Option<TermValue> {
    if keys.figures().any(|key| key == word) {
        return Some(TermValue::Column(word.to_owned()));
    }
    let refused = |message: String, hint: String, door: &mut Door<'_>| {
        door.error("dieu-kien-sai", at, message, hint);
        None
    };
    if let Some(mark) = word.chars().find(|mark| "*/×:()%".contains(*mark)) {
        let message = format!("điều kiện có dấu “{mark}”, mà ở đây chỉ cộng và trừ được");
        let hint =
            "chỉ dùng khóa của cột, số, dấu + và dấu -; tỷ lệ thì làm thành một cột có `ty_le_cua`";
        return refused(message, hint.to_owned(), door);
    }
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return door.amount(word, at).map(TermValue::Number);
    }
    if keys.has(word) {
        let message = format!("điều kiện nêu `{word}`, mà `{word}` không phải cột số");
        return refused(message, suggest("", keys.figures()), door);
    }
    if let Some((one, rest)) = word.split_once(' ')
        && keys.has(one)
    {
        let message = format!("giữa “{one}” và “{}” không có dấu + hay -", rest.trim_start());
        return refused(message, format!("viết như `{one} + …` hoặc `{one} - …`"), door);
    }
    let message = format!("điều kiện nêu “{word}”, mà không có cột số nào như vậy");
    refused(message, suggest(word, keys.figures()), door)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every side with all its signs.
    fn shown(text: &str) -> Vec<(bool, &str)> {
        words(text)
    }

    #[test]
    fn a_sum_is_words_with_their_signs() {
        assert_eq!(shown("a + b - 100"), [(false, "a"), (false, "b"), (true, "100")]);
        assert_eq!(shown("-a − b"), [(true, "a"), (true, "b")]);
        assert_eq!(shown(""), []);
    }

    #[test]
    fn one_sign_parts_two_sides() {
        assert_eq!(sides("a <= b"), Some(("a ", Relation::LessOrEqual, " b")));
        assert_eq!(sides("a ≥ b + 1"), Some(("a ", Relation::GreaterOrEqual, " b + 1")));
        assert_eq!(sides("a < b < c"), None);
        assert_eq!(sides("a b"), None);
    }
}
