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
use crate::model::{Constraint, Linear, Relation, Term, TermValue};

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

/// Every constraint that could be read; `figures` are the keys it may name.
pub fn constraints(
    raw: Option<Vec<Option<Text>>>,
    figures: &[&str],
    at: &Route,
    door: &mut Door<'_>,
) -> Vec<Constraint> {
    let given = raw.into_iter().flatten().enumerate();
    given
        .filter_map(|(index, raw)| {
            let text = door.text(raw)?;
            constraint(&text, figures, &at.index(index), door)
        })
        .collect()
}

fn constraint(text: &str, figures: &[&str], at: &Route, door: &mut Door<'_>) -> Option<Constraint> {
    let Some((left, relation, right)) = sides(text) else {
        let message = format!("điều kiện “{text}” không có đúng một dấu so sánh");
        let hint = "viết như `gn_2022 <= kh_2022`; dấu so sánh là <, <=, =, >=, >";
        door.error("dieu-kien-sai", at, message, hint);
        return None;
    };
    let left = linear(left, figures, at, door);
    let right = linear(right, figures, at, door);
    let (left, right) = (left?, right?);
    let has_column =
        |side: &Linear| side.terms.iter().any(|term| matches!(term.value, TermValue::Column(_)));
    if !has_column(&left) && !has_column(&right) {
        let message = format!("điều kiện “{text}” không nêu cột nào");
        door.error("dieu-kien-sai", at, message, suggest("", figures.iter().copied()));
        return None;
    }
    Some(Constraint { text: text.to_owned(), left, relation, right })
}

/// The two sides, when one sign stands between them.
fn sides(text: &str) -> Option<(&str, Relation, &str)> {
    let first = text.find(['<', '>', '=', '≤', '≥'])?;
    let (sign, relation) = SIGNS.iter().find(|(sign, _)| text[first..].starts_with(sign))?;
    let (left, right) = (&text[..first], &text[first + sign.len()..]);
    (!right.contains(['<', '>', '=', '≤', '≥'])).then_some((left, *relation, right))
}

/// `a + b - 100`; faults are reported.
fn linear(text: &str, figures: &[&str], at: &Route, door: &mut Door<'_>) -> Option<Linear> {
    let mut terms = Vec::new();
    let mut sound = true;
    for (negative, word) in words(text) {
        match value(word, figures, at, door) {
            Some(value) => terms.push(Term { negative, value }),
            None => sound = false,
        }
    }
    if terms.is_empty() && sound {
        let hint = "viết như `gn_2022 <= kh_2022`, mỗi bên ít nhất một cột hoặc một số";
        door.error("dieu-kien-sai", at, "một bên của dấu so sánh để trống", hint);
        sound = false;
    }
    (sound && !terms.is_empty()).then_some(Linear { terms })
}

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
            let end = rest.find(['+', '-', '\u{2212}', '–']).unwrap_or(rest.len());
            words.push((negative, rest[..end].trim_end()));
            (negative, rest) = (false, &rest[end..]);
        }
    }
    words
}

fn value(word: &str, figures: &[&str], at: &Route, door: &mut Door<'_>) -> Option<TermValue> {
    if figures.contains(&word) {
        return Some(TermValue::Column(word.to_owned()));
    }
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return door.amount(word, at).map(TermValue::Number);
    }
    let message = format!("điều kiện nêu “{word}”, mà không có cột số nào như vậy");
    door.error("dieu-kien-sai", at, message, suggest(word, figures.iter().copied()));
    None
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
