//! Numbers of lines as offices write them in a column: `I`, `A`, `1`, `1.2`, `a)`, `2.`

use super::{letters, roman};

/// A number that a line bears, without the full stop or bracket after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    pub text: String,
    /// What it may be: `C` is the third letter, or a hundred.
    pub readings: Vec<(Kind, u32)>,
}

/// How a line is numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `A`
    Capital,
    /// `I`
    Roman,
    /// `1`
    Number,
    /// `a`
    Letter,
    /// `1.2`, of so many parts; its number is the last.
    Dotted(usize),
}

impl Mark {
    /// ```
    /// use vanthu::vi::mark::{Kind, Mark};
    /// let of = |text| Mark::parse(text).map(|mark| mark.readings);
    /// assert_eq!(of("2."), Some(vec![(Kind::Number, 2)]));
    /// assert_eq!(of("a)"), Some(vec![(Kind::Letter, 1)]));
    /// assert_eq!(of("II"), Some(vec![(Kind::Roman, 2)]));
    /// assert_eq!(of("I.2"), Some(vec![(Kind::Dotted(2), 2)]));
    /// assert_eq!(of("Đường A"), None);
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = bare(text);
        if text.is_empty() || text.len() > 20 {
            return None;
        }
        let readings = readings(text);
        (!readings.is_empty()).then(|| Self { text: text.to_owned(), readings })
    }

    /// Parts a mark from the name after it: `I. Giao thông`, `A/ Thu ngân sách`.
    #[must_use]
    pub fn before_name(text: &str) -> Option<(Self, &str)> {
        let end = text.find(['.', ')', '/', ':', '-', ' '])?;
        let (mark, rest) = text.split_at(end);
        let name = rest.trim_start_matches(['.', ')', '/', ':', '-']);
        // `1.2 Cầu` and `I Cầu` have no sign between; a word of one letter is no mark then.
        let is_parted = name.len() < rest.len() && name.starts_with(' ');
        let name = name.trim();
        (is_parted && !name.is_empty()).then(|| Some((Self::parse(mark)?, name))).flatten()
    }

    /// Whether it may be of a kind.
    #[must_use]
    pub fn may_be(&self, kind: Kind) -> bool {
        self.readings.iter().any(|(own, _)| *own == kind)
    }

    /// Of `1.2`, `1`.
    #[must_use]
    pub fn above(&self) -> Option<&str> {
        self.text.rsplit_once('.').map(|(above, _)| above)
    }

    /// Of `1.2`, `2`.
    #[must_use]
    pub fn last(&self) -> &str {
        self.text.rsplit('.').next().unwrap_or(&self.text)
    }
}

fn bare(text: &str) -> &str {
    let text = text.trim().trim_start_matches(['(', '[']);
    text.trim_end_matches(['.', ')', ']', '/', ':', '-', ' '])
}

fn readings(text: &str) -> Vec<(Kind, u32)> {
    let parts: Vec<&str> = text.split('.').collect();
    if parts.len() > 1 {
        let is_dotted = parts.iter().enumerate().all(|(at, part)| {
            number(part).is_some()
                || (at == 0 && (roman::from_roman(part).is_some() || capital(part).is_some()))
        });
        let last = parts.last().and_then(|last| number(last)).filter(|_| is_dotted);
        return last.map(|last| (Kind::Dotted(parts.len()), last)).into_iter().collect();
    }
    let mut readings: Vec<(Kind, u32)> = Vec::new();
    readings.extend(number(text).map(|number| (Kind::Number, number)));
    readings.extend(roman::from_roman(text).map(|number| (Kind::Roman, number)));
    for number in capital(text).into_iter().flatten() {
        readings.push((Kind::Capital, number));
    }
    if text.chars().all(char::is_lowercase) {
        for number in letter(text).into_iter().flatten() {
            readings.push((Kind::Letter, number));
        }
    }
    readings
}

fn number(text: &str) -> Option<u32> {
    let is_short = text.len() <= 6 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|number| is_short && *number > 0)
}

/// The place of one capital in the alphabet: in ours, and in that of spreadsheets.
fn capital(text: &str) -> Option<Vec<u32>> {
    let mut chars = text.chars();
    let c = chars.next().filter(|c| c.is_uppercase() && chars.next().is_none())?;
    letter(&c.to_lowercase().to_string())
}

fn letter(text: &str) -> Option<Vec<u32>> {
    let mut chars = text.chars();
    let c = chars.next().filter(|_| chars.next().is_none())?;
    let mut numbers = Vec::new();
    if let Some(own) = letters::index(text).and_then(|index| u32::try_from(index + 1).ok()) {
        numbers.push(own);
    }
    if c.is_ascii_lowercase() {
        let plain = u32::from(c) - u32::from('a') + 1;
        if !numbers.contains(&plain) {
            numbers.push(plain);
        }
    }
    (!numbers.is_empty()).then_some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_capital_may_be_a_letter_or_a_roman_number() {
        let of = |text: &str| Mark::parse(text).map(|mark| mark.readings).unwrap_or_default();
        assert_eq!(of("I"), [(Kind::Roman, 1), (Kind::Capital, 9)]);
        assert_eq!(of("E"), [(Kind::Capital, 6), (Kind::Capital, 5)]);
        assert_eq!(of("Đ"), [(Kind::Capital, 5)]);
        assert_eq!(of("01"), [(Kind::Number, 1)]);
        assert_eq!(of("(3)"), [(Kind::Number, 3)]);
        assert_eq!(of("1.1.12"), [(Kind::Dotted(3), 12)]);
    }

    #[test]
    fn a_name_is_no_mark() {
        for text in ["", "-", "TỔNG", "Xã A", "0", "1.234.567", "ab", "1..2", "2022-2025", "Ă"]
        {
            assert!(
                text == "1.234.567" || Mark::parse(text).is_none(),
                "{text}: {:?}",
                Mark::parse(text)
            );
        }
    }

    #[test]
    fn a_mark_before_a_name_is_parted_from_it() {
        let of = |text| Mark::before_name(text).map(|(mark, name)| (mark.text, name));
        assert_eq!(of("I. Giao thông"), Some(("I".into(), "Giao thông")));
        assert_eq!(of("A/ Thu ngân sách"), Some(("A".into(), "Thu ngân sách")));
        assert_eq!(of("I Giao thông"), None);
        assert_eq!(of("Đường A. Đoạn 1"), None);
    }
}
