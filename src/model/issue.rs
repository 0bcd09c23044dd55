//! Số, ký hiệu và ngày: what is given when a document is issued.

use std::fmt;

use chrono::NaiveDate;

/// Số: the running number of a document within its year.
///
/// A number under 10 is written with a zero before it (PL I, Phần I, Mục II, khoản 3, điểm a):
///
/// ```
/// use vanthu::model::Number;
/// assert_eq!(Number::parse("5").unwrap().to_string(), "05");
/// assert_eq!(Number::parse("325a").unwrap().to_string(), "325a");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    value: u32,
    /// A letter after the number, as offices write for one that was inserted (325a).
    letter: Option<char>,
}

impl Number {
    /// Digits and at most one small letter; `None` for anything else, zero included.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.trim_end_matches(|c: char| c.is_ascii_lowercase());
        let mut letters = text[digits.len()..].chars();
        let letter = letters.next();
        let well_formed = letters.next().is_none()
            && !digits.is_empty()
            && digits.len() <= 7
            && digits.bytes().all(|byte| byte.is_ascii_digit());
        let value = digits.parse().ok().filter(|&value| well_formed && value > 0)?;
        Some(Self { value, letter })
    }

    /// `None` for nought.
    pub fn new(value: u32, letter: Option<char>) -> Option<Self> {
        (value > 0).then_some(Self { value, letter })
    }

    pub const fn value(&self) -> u32 {
        self.value
    }

    pub const fn letter(&self) -> Option<char> {
        self.letter
    }
}

/// Number and date as they were given when a document is issued; they stand before those of the case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// Left out while only the date is known.
    pub number: Option<Number>,
    pub date: NaiveDate,
}

/// A document that was issued before, by what names it within its agency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earlier {
    /// Số, ký hiệu: `125/BC-UBND`.
    pub code: String,
    /// Its date; nothing where the case leaves it out or has it wrong.
    pub date: Option<NaiveDate>,
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}", self.value)?;
        self.letter.map_or(Ok(()), |letter| write!(f, "{letter}"))
    }
}

/// Ký hiệu: the code of the type and the abbreviation of the agency, `BC-UBND`;
/// for a công văn the agency and the drafting unit, `UBND-VX`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeNotation(pub String);

impl fmt::Display for CodeNotation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Phạm vi lưu hành, ô số 11. PL I, Phần I, Mục III, khoản 2, điểm c.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Circulation {
    /// `noi_bo`
    Internal,
    /// `xem_xong_tra_lai`
    ToBeReturned,
}

impl Circulation {
    /// The words in the frame.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Internal => "LƯU HÀNH NỘI BỘ",
            Self::ToBeReturned => "XEM XONG TRẢ LẠI",
        }
    }
}

/// Ngày ban hành: whole, or with blanks to be filled in by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IssuedDate {
    Whole(NaiveDate),
    /// Month and year are known, the day is left blank.
    NoDay {
        year: i32,
        month: u32,
    },
    Blank,
}

impl IssuedDate {
    pub fn whole(self) -> Option<NaiveDate> {
        match self {
            Self::Whole(date) => Some(date),
            Self::NoDay { .. } | Self::Blank => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_digits_and_at_most_one_small_letter() {
        for wrong in ["", "0", "00", "a", "12ab", "12A", "1.2", "-1", "12345678", "١"] {
            assert_eq!(Number::parse(wrong), None, "{wrong}");
        }
        assert_eq!(Number::parse("05").unwrap().to_string(), "05");
    }
}
