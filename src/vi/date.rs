//! Dates: day, month, year, in that order, and the decree's odd zero.
//!
//! PL I, Phần I, Mục II, khoản 4: a zero stands before a day under 10 and before the
//! months 1 and 2, and before no other month. Nothing regulates the short form
//! `12/7/2022`; practice pads it the same way.

use std::fmt;
use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate, Weekday};

use super::text;

/// The years a case can be about; outside them a slip of the hand is likelier.
pub const YEARS: RangeInclusive<i32> = 1900..=2200;

/// Reads `ngày/tháng/năm`: one or two digits, one or two digits, four digits.
///
/// ```
/// use vanthu::vi::date::{parse, short};
///
/// assert_eq!(parse("16/8/2022"), parse("16/08/2022"));
/// assert_eq!(parse("3/06/2020").map(short)?, "03/6/2020");
/// assert!(parse("2022-08-16").is_err());
/// assert!(parse("29/2/2023").is_err());
/// # Ok::<(), vanthu::vi::date::DateError>(())
/// ```
///
/// # Errors
///
/// Another shape, a year outside [`YEARS`], a month or day the calendar does not have.
pub fn parse(text: &str) -> Result<NaiveDate, DateError> {
    let shape = || DateError::Shape { text: text.to_owned() };
    let [day, month, year] = parts(text, '/').ok_or_else(shape)?;
    if day.len() > 2 || month.len() > 2 || year.len() != 4 {
        return Err(shape());
    }
    // At most four ASCII digits each, so these cannot fail.
    let (Ok(day), Ok(month), Ok(year)) = (day.parse(), month.parse(), year.parse()) else {
        return Err(shape());
    };
    calendar_day(day, month, year)
}

/// Why a text is not a date; `Display` says how to write it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DateError {
    /// Not `ngày/tháng/năm` with a year of four digits.
    Shape {
        /// What the clerk wrote.
        text: String,
    },
    /// Outside [`YEARS`].
    Year {
        /// The year written.
        year: i32,
    },
    /// No such month.
    Month {
        /// The day written, perhaps the month of someone used to American dates.
        day: u32,
        /// The month written.
        month: u32,
        /// The year written.
        year: i32,
    },
    /// The month has no such day.
    Day {
        /// The day written.
        day: u32,
        /// The month, 1 to 12.
        month: u32,
        /// The year written.
        year: i32,
        /// How many days that month has.
        last: u32,
    },
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shape { text } => {
                let shown = text::quotable(text);
                write!(f, "“{shown}” không phải ngày viết theo thứ tự ngày/tháng/năm; ")?;
                match meant(text) {
                    Some(date) => write!(f, "viết “{}”", short(date)),
                    None => write!(f, "viết như “16/8/2022”, năm đủ bốn chữ số"),
                }
            }
            Self::Year { year } => write!(
                f,
                "năm {year} nằm ngoài khoảng {}–{}; kiểm tra lại năm",
                YEARS.start(),
                YEARS.end()
            ),
            Self::Month { day, month, year } => {
                write!(f, "không có tháng {month}; ngày viết trước, tháng viết sau")?;
                match calendar_day(*month, *day, *year) {
                    Ok(date) => write!(f, ": có lẽ là “{}”", short(date)),
                    Err(_) => Ok(()),
                }
            }
            Self::Day { day, month, year, last } => write!(
                f,
                "không có ngày {day}: tháng {month} năm {year} có từ ngày 1 đến ngày {last}"
            ),
        }
    }
}

impl std::error::Error for DateError {}

/// `ngày 05 tháng 01 năm 2026`, as under quốc hiệu. PL I, Phần I, Mục II, khoản 4.
///
/// ```
/// # use vanthu::vi::date::{long, parse};
/// assert_eq!(parse("29/6/2022").map(long)?, "ngày 29 tháng 6 năm 2022");
/// # Ok::<(), vanthu::vi::date::DateError>(())
/// ```
#[must_use]
pub fn long(date: NaiveDate) -> String {
    format!("ngày {:02} tháng {} năm {}", date.day(), month(date.month()), date.year())
}

/// `05/01/2026`, `12/7/2022`, `03/6/2020`: padded as [`long`] is. No rule; practice.
#[must_use]
pub fn short(date: NaiveDate) -> String {
    format!("{:02}/{}/{}", date.day(), month(date.month()), date.year())
}

/// Saturday or Sunday. Public holidays move every year: they are data (`case::calendar`).
#[must_use]
pub fn is_weekend(date: NaiveDate) -> bool {
    matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}

/// Only months 1 and 2 take a zero; without it, 1 and 2 are easily made into 11 and 12.
#[must_use]
pub fn month(month: u32) -> String {
    match month {
        1..=2 => format!("0{month}"),
        month => month.to_string(),
    }
}

fn parts(text: &str, separator: char) -> Option<[&str; 3]> {
    let mut parts = text.split(separator);
    let found = [parts.next()?, parts.next()?, parts.next()?];
    let digits = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    (parts.next().is_none() && found.iter().all(digits)).then_some(found)
}

fn calendar_day(day: u32, month: u32, year: i32) -> Result<NaiveDate, DateError> {
    if !YEARS.contains(&year) {
        return Err(DateError::Year { year });
    }
    let Some(first) = NaiveDate::from_ymd_opt(year, month, 1) else {
        return Err(DateError::Month { day, month, year });
    };
    let last = u32::from(first.num_days_in_month());
    first.with_day(day).ok_or(DateError::Day { day, month, year, last })
}

/// The date behind `2022-08-16`, `16.8.2022`, `16-8-2022` or ` 16/8/2022 `.
///
/// A year of two digits is not guessed: `01/02/03` is anybody's.
fn meant(text: &str) -> Option<NaiveDate> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let [first, middle, last] = ['/', '-', '.'].into_iter().find_map(|mark| parts(&text, mark))?;
    let (day, year) = match (first.len(), last.len()) {
        (4, 1..=2) => (last, first),
        (1..=2, 4) => (first, last),
        _ => return None,
    };
    calendar_day(day.parse().ok()?, middle.parse().ok()?, year.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    use super::*;

    /// A line for each text: the two ways to print the date, or the message.
    fn check(texts: &[&str], expect: Expect) {
        let line = |text: &&str| match parse(text) {
            Ok(date) => format!("{text}: {} | {}", short(date), long(date)),
            Err(error) => format!("{text}: {error}"),
        };
        expect.assert_eq(&texts.iter().map(line).collect::<Vec<_>>().join("\n"));
    }

    #[test]
    fn a_zero_stands_before_small_days_and_the_months_one_and_two_only() {
        check(
            &["5/1/2026", "28/2/2026", "3/06/2020", "12/07/2022", "08/10/2022", "31/12/2200"],
            expect![[r#"
                5/1/2026: 05/01/2026 | ngày 05 tháng 01 năm 2026
                28/2/2026: 28/02/2026 | ngày 28 tháng 02 năm 2026
                3/06/2020: 03/6/2020 | ngày 03 tháng 6 năm 2020
                12/07/2022: 12/7/2022 | ngày 12 tháng 7 năm 2022
                08/10/2022: 08/10/2022 | ngày 08 tháng 10 năm 2022
                31/12/2200: 31/12/2200 | ngày 31 tháng 12 năm 2200"#]],
        );
    }

    #[test]
    fn other_orders_and_marks_are_refused_and_rewritten() {
        check(
            &["2022-08-16", "16-8-2022", "16.8.2022", " 16/8/2022", "16 / 8 / 2022", "2022/8/16"],
            expect![[r#"
                2022-08-16: “2022-08-16” không phải ngày viết theo thứ tự ngày/tháng/năm; viết “16/8/2022”
                16-8-2022: “16-8-2022” không phải ngày viết theo thứ tự ngày/tháng/năm; viết “16/8/2022”
                16.8.2022: “16.8.2022” không phải ngày viết theo thứ tự ngày/tháng/năm; viết “16/8/2022”
                 16/8/2022: “ 16/8/2022” không phải ngày viết theo thứ tự ngày/tháng/năm; viết “16/8/2022”
                16 / 8 / 2022: “16 / 8 / 2022” không phải ngày viết theo thứ tự ngày/tháng/năm; viết “16/8/2022”
                2022/8/16: “2022/8/16” không phải ngày viết theo thứ tự ngày/tháng/năm; viết “16/8/2022”"#]],
        );
    }

    #[test]
    fn what_can_be_read_in_two_ways_is_not_guessed() {
        check(
            &[
                "16/8/22",
                "01/02/03",
                "016/8/2022",
                "16/8",
                "16/8/2022/1",
                "16//2022",
                "-1/8/2022",
                "１６/8/2022",
                "",
                "ngày 16 tháng 8 năm 2022",
            ],
            expect![[r#"
                16/8/22: “16/8/22” không phải ngày viết theo thứ tự ngày/tháng/năm; viết như “16/8/2022”, năm đủ bốn chữ số
                01/02/03: “01/02/03” không phải ngày viết theo thứ tự ngày/tháng/năm; viết như “16/8/2022”, năm đủ bốn chữ số
                016/8/2022: “016/8/2022” không phải ngày viết theo thứ tự ngày/tháng/năm; viết như “16/8/2022”, năm đủ bốn chữ số
                16/8: “16/8” không phải ngày viết theo thứ tự ngày/tháng/năm; viết như “16/8/2022”, năm đủ bốn chữ số
                16/8/2022/1: “16/8/2022/1” không phải ngày viết theo thứ tự ngày/tháng/năm; viết như “16/8/2022”, năm đủ bốn chữ số
                16//2022: “16//2022” không phải ngày viết theo thứ tự ngày/tháng/năm; viết như “16/8/2022”, năm đủ bốn chữ số
                -1/8/2022: “-1/8/2022” không phải ngày viết theo thứ tự ngày/tháng/năm; viết như “16/8/2022”, năm đủ bốn chữ số
                １６/8/2022: “１６/8/2022” không phải ngày viết theo thứ tự ngày/tháng/năm; viết như “16/8/2022”, năm đủ bốn chữ số
                : “” không phải ngày viết theo thứ tự ngày/tháng/năm; viết như “16/8/2022”, năm đủ bốn chữ số
                ngày 16 tháng 8 năm 2022: “ngày 16 tháng 8 năm 2022” không phải ngày viết theo thứ tự ngày/tháng/năm; viết như “16/8/2022”, năm đủ bốn chữ số"#]],
        );
    }

    #[test]
    fn the_calendar_is_asked() {
        check(
            &[
                "29/2/2024",
                "29/2/2023",
                "29/2/1900",
                "31/4/2022",
                "0/4/2022",
                "16/0/2022",
                "8/16/2022",
                "31/31/2022",
                "16/8/0022",
                "16/8/2201",
                "2023-02-29",
            ],
            expect![[r#"
                29/2/2024: 29/02/2024 | ngày 29 tháng 02 năm 2024
                29/2/2023: không có ngày 29: tháng 2 năm 2023 có từ ngày 1 đến ngày 28
                29/2/1900: không có ngày 29: tháng 2 năm 1900 có từ ngày 1 đến ngày 28
                31/4/2022: không có ngày 31: tháng 4 năm 2022 có từ ngày 1 đến ngày 30
                0/4/2022: không có ngày 0: tháng 4 năm 2022 có từ ngày 1 đến ngày 30
                16/0/2022: không có tháng 0; ngày viết trước, tháng viết sau
                8/16/2022: không có tháng 16; ngày viết trước, tháng viết sau: có lẽ là “16/8/2022”
                31/31/2022: không có tháng 31; ngày viết trước, tháng viết sau
                16/8/0022: năm 22 nằm ngoài khoảng 1900–2200; kiểm tra lại năm
                16/8/2201: năm 2201 nằm ngoài khoảng 1900–2200; kiểm tra lại năm
                2023-02-29: “2023-02-29” không phải ngày viết theo thứ tự ngày/tháng/năm; viết như “16/8/2022”, năm đủ bốn chữ số"#]],
        );
    }

    #[test]
    fn saturday_and_sunday_are_days_off() {
        let off = |text| is_weekend(parse(text).unwrap());
        assert!(off("20/8/2022"));
        assert!(off("21/8/2022"));
        assert!(!off("16/8/2022"));
        assert!(!off("22/8/2022"));
    }

    proptest! {
        #[test]
        fn every_day_is_read_back_from_its_short_form(days in 0_u64..109_937) {
            let date = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap() + chrono::Days::new(days);
            prop_assert_eq!(parse(&short(date)), Ok(date));
        }

        #[test]
        fn any_text_gives_a_date_or_a_message(text in "\\PC{0,14}|[0-9/. -]{0,12}") {
            if let Err(error) = parse(&text) {
                prop_assert!(!error.to_string().is_empty());
            }
        }
    }
}
