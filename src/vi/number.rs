//! Numbers as Vietnamese documents write them: `1.234.567,8`.
//!
//! The point groups thousands and the comma marks decimals. (Luật Kế toán 2015, cited
//! from memory; Nghị định 30 does not regulate separators.) The danger is silence: `10.000` is ten thousand here and ten in a program, so whatever
//! is not surely one number is refused, with what the clerk may have meant.

use std::fmt;

use rust_decimal::{Decimal, RoundingStrategy};

use super::text;
use super::words::{self, Reading};

/// The most digits, whole and decimal together, that [`Decimal`] keeps exactly.
pub const MAX_DIGITS: usize = 28;

/// Reads a number in Vietnamese notation.
///
/// A minus sign (`-` or U+2212) may stand first. The whole part is plain digits or
/// groups of three parted by points; decimals follow one comma, and their zeros are kept.
///
/// ```
/// use vanthu::vi::number::{format, parse};
///
/// assert_eq!(parse("29.747")?, 29747.into());
/// assert_eq!(parse("1234,50").map(format)?, "1.234,50");
/// assert!(parse("29.74").is_err());
/// assert!(parse("1,234.5").is_err());
/// # Ok::<(), vanthu::vi::number::NotationError>(())
/// ```
///
/// # Errors
///
/// Everything else is refused: a sign `+`, spaces, exponents, misplaced marks, a zero
/// before other digits, more than [`MAX_DIGITS`] digits.
pub fn parse(text: &str) -> Result<Decimal, NotationError> {
    let (negative, body) = split_sign(text);
    if let Some(found) = body.chars().find(|&c| !is_digit_or_mark(c)) {
        return Err(NotationError::Character { text: text.to_owned(), found });
    }
    if !body.contains(|c: char| c.is_ascii_digit()) {
        return Err(NotationError::NoDigits);
    }
    let (whole, decimals) = split_decimals(body)
        .ok_or_else(|| NotationError::MisplacedMark { text: text.to_owned() })?;
    if whole.len() > 1 && whole.starts_with('0') {
        return Err(NotationError::LeadingZero { text: text.to_owned() });
    }
    value(negative, &whole, decimals)
}

/// Why a text is not a number; `Display` says what was probably meant.
///
/// ```
/// let error = vanthu::vi::number::parse("1,234.5").unwrap_err().to_string();
/// assert!(error.ends_with(
///     "nếu là một nghìn hai trăm ba mươi tư phẩy năm, viết “1.234,5”"
/// ));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotationError {
    /// Nothing, or signs and marks alone.
    NoDigits,
    /// Something that never stands in a number: a space, a letter, `_`, `+`, `%`.
    Character {
        /// What the clerk wrote.
        text: String,
        /// The first character that does not belong.
        found: char,
    },
    /// A point that does not part groups of three, or a comma with no decimals after it.
    MisplacedMark {
        /// What the clerk wrote.
        text: String,
    },
    /// `007`, `01.234`: a code, or a slip of the hand.
    LeadingZero {
        /// What the clerk wrote.
        text: String,
    },
    /// More than [`MAX_DIGITS`] digits.
    TooLong {
        /// How many digits were written.
        digits: usize,
    },
}

impl fmt::Display for NotationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoDigits => {
                write!(f, "chưa có chữ số nào; viết số, ví dụ “1.234.567” hoặc “20,5”")
            }
            Self::Character { text, found } => write!(
                f,
                "“{}” không phải số theo lối viết Việt Nam: {} không thuộc một số; số chỉ gồm \
                 chữ số, dấu chấm phân nhóm, dấu phẩy thập phân và dấu trừ ở đầu{}",
                text::quotable(text),
                name_of(*found),
                Advice(text),
            ),
            Self::MisplacedMark { text } => write!(
                f,
                "“{}” không phải số theo lối viết Việt Nam: dấu chấm phân nhóm ba chữ số, \
                 dấu phẩy trước phần thập phân{}",
                text::quotable(text),
                Advice(text),
            ),
            Self::LeadingZero { text } => write!(
                f,
                "“{}” có chữ số 0 thừa ở đầu{}; nếu là mã hiệu thì đó là chữ, không phải số",
                text::quotable(text),
                Advice(text),
            ),
            Self::TooLong { digits } => write!(
                f,
                "số có {digits} chữ số, chỉ tính đúng được đến {MAX_DIGITS} chữ số; \
                 đổi sang đơn vị lớn hơn"
            ),
        }
    }
}

impl std::error::Error for NotationError {}

/// Writes a number with the decimals it has: 12.50 gives `12,50`. Never `-0`.
///
/// ```
/// use vanthu::vi::number::{format, parse};
///
/// assert_eq!(parse("1234567,5").map(format)?, "1.234.567,5");
/// # Ok::<(), vanthu::vi::number::NotationError>(())
/// ```
#[must_use]
pub fn format(number: Decimal) -> String {
    format_places(number, number.scale())
}

/// Writes a number with exactly `places` decimals, halves rounded away from zero.
///
/// This is the rounding of Vietnamese school books and of spreadsheets, not the
/// banker's rounding that `Decimal::round_dp` does.
///
/// ```
/// use vanthu::vi::number::{format_places, parse};
///
/// assert_eq!(format_places(parse("34,505")?, 2), "34,51");
/// assert_eq!(format_places(parse("-7")?, 1), "-7,0");
/// # Ok::<(), vanthu::vi::number::NotationError>(())
/// ```
#[must_use]
pub fn format_places(number: Decimal, places: u32) -> String {
    let rounded = number.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
    let plain = rounded.abs().to_string();
    let (whole, decimals) = plain.split_once('.').unwrap_or((&plain, ""));

    let mut text = String::new();
    if rounded.is_sign_negative() && !rounded.is_zero() {
        text.push('-');
    }
    text.push_str(&group(whole));
    if places > 0 {
        text.push(',');
        text.push_str(decimals);
        let missing = (places as usize).saturating_sub(decimals.len());
        text.extend(std::iter::repeat_n('0', missing));
    }
    text
}

fn split_sign(text: &str) -> (bool, &str) {
    match text.strip_prefix(['-', '\u{2212}']) {
        Some(body) => (true, body),
        None => (false, text),
    }
}

fn is_digit_or_mark(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '.' | ',')
}

/// The whole part without its points, and the decimals; nothing if a mark is misplaced.
fn split_decimals(body: &str) -> Option<(String, &str)> {
    let (whole, decimals) = match body.split_once(',') {
        Some((whole, decimals)) if all_digits(decimals) => (whole, decimals),
        Some(_) => return None,
        None => (body, ""),
    };
    let mut groups = whole.split('.');
    let first = groups.next()?;
    let grouped = whole.contains('.');
    let sound = all_digits(first)
        && (!grouped || first.len() <= 3)
        && groups.all(|group| group.len() == 3 && all_digits(group));
    sound.then(|| (whole.replace('.', ""), decimals))
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

fn value(negative: bool, whole: &str, decimals: &str) -> Result<Decimal, NotationError> {
    // The zero of “0,5” carries nothing, so it does not count.
    let digits = whole.trim_start_matches('0').len() + decimals.len();
    let too_long = || NotationError::TooLong { digits };
    if digits > MAX_DIGITS {
        return Err(too_long());
    }
    let magnitude = whole
        .bytes()
        .chain(decimals.bytes())
        .fold(0_i128, |sum, digit| sum * 10 + i128::from(digit - b'0'));
    let scale = u32::try_from(decimals.len()).map_err(|_| too_long())?;
    // An i128 has no negative zero, so “-0” comes out as 0.
    let signed = if negative { -magnitude } else { magnitude };
    Decimal::try_from_i128_with_scale(signed, scale).map_err(|_| too_long())
}

fn group(whole: &str) -> String {
    let mut text = String::with_capacity(whole.len() + whole.len() / 3);
    for (position, digit) in whole.chars().enumerate() {
        if position > 0 && (whole.len() - position).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}

/// `; nếu là hai mươi phẩy năm, viết “20,50”`, once for each number that may be meant.
struct Advice<'a>(&'a str);

impl fmt::Display for Advice<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for guess in guesses(self.0) {
            let Ok(number) = parse(&guess) else { continue };
            match words::decimal(number, Reading::default()) {
                Ok(words) => write!(f, "; nếu là {words}, viết “{guess}”")?,
                Err(_) => write!(f, "; có lẽ phải viết “{guess}”")?,
            }
        }
        Ok(())
    }
}

/// The numbers a refused text may stand for, in good notation, likeliest first.
fn guesses(text: &str) -> Vec<String> {
    let (negative, body) = split_sign(text.trim());
    let body: String = body
        .chars()
        .map(|c| text::look_alike(c).unwrap_or(c))
        .filter(|c| !c.is_whitespace() && !matches!(c, '_' | '\'' | '+'))
        .collect();
    let is_near = body.chars().all(is_digit_or_mark) && body.contains(|c: char| c.is_ascii_digit());
    if !is_near || body.len() > 2 * MAX_DIGITS {
        return Vec::new();
    }
    let sign = if negative { "-" } else { "" };
    let mut found: Vec<String> = Vec::new();
    for number in [last_mark_is_decimal(&body), all_marks_are_groups(&body)].into_iter().flatten() {
        let number = format!("{sign}{number}");
        if !found.contains(&number) {
            found.push(number);
        }
    }
    found
}

/// `20.50` as 20,50 and `1,234.5` as 1.234,5.
fn last_mark_is_decimal(body: &str) -> Option<String> {
    let at = body.rfind(['.', ','])?;
    let (whole, decimals) = (&body[..at], &body[at + 1..]);
    let mark = &body[at..=at];
    // The same mark before means groups, unless this last one is followed by no group.
    let may_be = !whole.contains(mark) || !matches!(decimals.len(), 0 | 3);
    may_be.then(|| canonical(whole, decimals))?
}

/// `20.50` as a slip for 2.050, `1,234,567` as 1.234.567, and `007` as 7.
fn all_marks_are_groups(body: &str) -> Option<String> {
    let points = body.matches('.').count();
    let commas = body.matches(',').count();
    let may_be = match (points, commas) {
        (0, 0) => true,
        // One comma is the decimal mark, and under four digits there is nothing to group.
        (1.., 0) | (0, 2..) => body.len() - points - commas > 3,
        _ => false,
    };
    let inside = !body.starts_with(['.', ',']) && !body.ends_with(['.', ',']);
    (may_be && inside).then(|| canonical(body, ""))?
}

fn canonical(whole: &str, decimals: &str) -> Option<String> {
    let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        digits => digits,
    };
    match decimals {
        "" => Some(group(whole)),
        _ if all_digits(decimals) => Some(format!("{},{decimals}", group(whole))),
        _ => None,
    }
}

fn name_of(c: char) -> String {
    match c {
        _ if c.is_whitespace() => "dấu cách".to_owned(),
        '-' | '\u{2212}' => "dấu trừ thừa".to_owned(),
        _ if c.is_control() => format!("ký tự U+{:04X}", u32::from(c)),
        _ => format!("ký tự “{c}”"),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expect: Expect) {
        let outcome = match parse(text) {
            Ok(number) => format!("{number} → {}", format(number)),
            Err(error) => error.to_string(),
        };
        expect.assert_eq(&outcome);
    }

    /// A line for each text: its kind of error, and what it may have meant.
    fn check_refused(texts: &[&str], expect: Expect) {
        let line = |text: &&str| {
            let kind = match parse(text) {
                Ok(_) => "accepted!",
                Err(NotationError::NoDigits) => "no digits",
                Err(NotationError::Character { .. }) => "character",
                Err(NotationError::MisplacedMark { .. }) => "misplaced mark",
                Err(NotationError::LeadingZero { .. }) => "leading zero",
                Err(NotationError::TooLong { .. }) => "too long",
            };
            format!("{text:?}: {kind} {:?}", guesses(text))
        };
        expect.assert_eq(&texts.iter().map(line).collect::<Vec<_>>().join("\n"));
    }

    #[test]
    fn points_group_thousands_and_a_comma_marks_decimals() {
        check("0", expect!["0 → 0"]);
        check("0,5", expect!["0.5 → 0,5"]);
        check("53.652", expect!["53652 → 53.652"]);
        check("53652", expect!["53652 → 53.652"]);
        check("1.234.567,80", expect!["1234567.80 → 1.234.567,80"]);
        check("1234,5", expect!["1234.5 → 1.234,5"]);
        check("1,234", expect!["1.234 → 1,234"]);
    }

    #[test]
    fn a_minus_may_be_a_hyphen_or_the_real_sign_and_zero_has_none() {
        check("-1.000", expect!["-1000 → -1.000"]);
        check("\u{2212}0,5", expect!["-0.5 → -0,5"]);
        check("-0", expect!["0 → 0"]);
        check("-0,00", expect!["0.00 → 0,00"]);
    }

    #[test]
    fn a_message_gives_the_fact_and_reads_out_what_may_be_meant() {
        check(
            "20.50",
            expect![
                "“20.50” không phải số theo lối viết Việt Nam: dấu chấm phân nhóm ba chữ số, dấu phẩy trước phần thập phân; nếu là hai mươi phẩy năm, viết “20,50”; nếu là hai nghìn không trăm năm mươi, viết “2.050”"
            ],
        );
        check(
            "1_000",
            expect![
                "“1_000” không phải số theo lối viết Việt Nam: ký tự “_” không thuộc một số; số chỉ gồm chữ số, dấu chấm phân nhóm, dấu phẩy thập phân và dấu trừ ở đầu; nếu là một nghìn, viết “1.000”"
            ],
        );
        check(
            "5%",
            expect![
                "“5%” không phải số theo lối viết Việt Nam: ký tự “%” không thuộc một số; số chỉ gồm chữ số, dấu chấm phân nhóm, dấu phẩy thập phân và dấu trừ ở đầu"
            ],
        );
        check(
            "5-3",
            expect![
                "“5-3” không phải số theo lối viết Việt Nam: dấu trừ thừa không thuộc một số; số chỉ gồm chữ số, dấu chấm phân nhóm, dấu phẩy thập phân và dấu trừ ở đầu"
            ],
        );
        check(
            "1 triệu\nđồng",
            expect![
                "“1 triệu đồng” không phải số theo lối viết Việt Nam: dấu cách không thuộc một số; số chỉ gồm chữ số, dấu chấm phân nhóm, dấu phẩy thập phân và dấu trừ ở đầu"
            ],
        );
        check(
            "007",
            expect![
                "“007” có chữ số 0 thừa ở đầu; nếu là bảy, viết “7”; nếu là mã hiệu thì đó là chữ, không phải số"
            ],
        );
        check("", expect!["chưa có chữ số nào; viết số, ví dụ “1.234.567” hoặc “20,5”"]);
        check(
            &"9".repeat(29),
            expect!["số có 29 chữ số, chỉ tính đúng được đến 28 chữ số; đổi sang đơn vị lớn hơn"],
        );
        check(
            &"đồng ".repeat(1_000),
            expect![
                "“đồng đồng đồng đồng đồng đồng đồng đồng …” không phải số theo lối viết Việt Nam: ký tự “đ” không thuộc một số; số chỉ gồm chữ số, dấu chấm phân nhóm, dấu phẩy thập phân và dấu trừ ở đầu"
            ],
        );
    }

    #[test]
    fn points_that_group_no_thousands_are_refused() {
        check_refused(
            &["20.50", "-3.5", "1.23.456", "1.23,5", "1.2345", "1234.567", "1..000"],
            expect![[r#"
                "20.50": misplaced mark ["20,50", "2.050"]
                "-3.5": misplaced mark ["-3,5"]
                "1.23.456": misplaced mark ["123.456"]
                "1.23,5": misplaced mark ["123,5"]
                "1.2345": misplaced mark ["1,2345", "12.345"]
                "1234.567": misplaced mark ["1.234,567", "1.234.567"]
                "1..000": misplaced mark ["1.000"]"#]],
        );
    }

    #[test]
    fn the_english_notation_is_refused_and_turned_round() {
        check_refused(
            &["1,234.5", "1,234,567", "1,234,567.89", "-1,234.50"],
            expect![[r#"
                "1,234.5": misplaced mark ["1.234,5"]
                "1,234,567": misplaced mark ["1.234.567"]
                "1,234,567.89": misplaced mark ["1.234.567,89"]
                "-1,234.50": misplaced mark ["-1.234,50"]"#]],
        );
    }

    #[test]
    fn what_never_stands_in_a_number_is_refused() {
        check_refused(
            &[
                "1_000",
                "1 000",
                "1\u{A0}000",
                " 5",
                "5\n",
                "+5",
                "1e3",
                "5%",
                "5-3",
                "--5",
                "１２",
                "mười",
                "NaN",
            ],
            expect![[r#"
                "1_000": character ["1.000"]
                "1 000": character ["1.000"]
                "1\u{a0}000": character ["1.000"]
                " 5": character ["5"]
                "5\n": character ["5"]
                "+5": character ["5"]
                "1e3": character []
                "5%": character []
                "5-3": character []
                "--5": character []
                "１２": character ["12"]
                "mười": character []
                "NaN": character []"#]],
        );
    }

    #[test]
    fn a_zero_before_other_digits_is_refused() {
        check_refused(
            &["007", "01.234", "0.123", "0.000", "00", "00,5"],
            expect![[r#"
                "007": leading zero ["7"]
                "01.234": leading zero ["1,234", "1.234"]
                "0.123": leading zero ["0,123", "123"]
                "0.000": leading zero ["0,000", "0"]
                "00": leading zero ["0"]
                "00,5": leading zero ["0,5"]"#]],
        );
    }

    #[test]
    fn a_mark_with_nothing_on_one_side_is_refused() {
        check_refused(
            &["", "-", ".", ",", ",5", ".5", "5,", "5.", "1,5,", "1.000,"],
            expect![[r#"
                "": no digits []
                "-": no digits []
                ".": no digits []
                ",": no digits []
                ",5": misplaced mark ["0,5"]
                ".5": misplaced mark ["0,5"]
                "5,": misplaced mark ["5"]
                "5.": misplaced mark ["5"]
                "1,5,": misplaced mark []
                "1.000,": misplaced mark ["1.000"]"#]],
        );
    }

    #[test]
    fn twenty_eight_digits_are_kept_and_the_twenty_ninth_is_refused() {
        let nines = "9".repeat(28);
        assert_eq!(parse(&nines).unwrap().to_string(), nines);
        assert_eq!(parse(&format!("0,{nines}")).unwrap().to_string(), format!("0.{nines}"));
        assert_eq!(parse(&format!("1,{nines}")), Err(NotationError::TooLong { digits: 29 }));
        assert!(parse(&"1".repeat(100_000)).is_err());
    }

    #[test]
    fn decimals_are_kept_as_given() {
        assert_eq!(format(Decimal::new(1250, 2)), "12,50");
        assert_eq!(format(Decimal::new(-5, 1)), "-0,5");
        assert_eq!(format(-Decimal::ZERO), "0");
        assert_eq!(format(Decimal::MAX), "79.228.162.514.264.337.593.543.950.335");
    }

    #[test]
    fn halves_are_rounded_away_from_zero() {
        assert_eq!(format_places(Decimal::new(25, 1), 0), "3");
        assert_eq!(format_places(Decimal::new(-25, 1), 0), "-3");
        assert_eq!(format_places(Decimal::new(96_024, 3), 2), "96,02");
        assert_eq!(format_places(Decimal::new(99_995, 2), 1), "1.000,0");
        assert_eq!(format_places(Decimal::new(-4, 3), 2), "0,00");
        assert_eq!(format_places(Decimal::new(5, 0), 30), format!("5,{}", "0".repeat(30)));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(mantissa in -(10_i128.pow(28) - 1)..10_i128.pow(28), scale in 0_u32..=28) {
            let number = Decimal::from_i128_with_scale(mantissa, scale);
            let text = format(number);
            let back = parse(&text).unwrap();
            prop_assert_eq!(back, number);
            prop_assert_eq!(back.scale(), number.scale());
            prop_assert_eq!(format(back), text);
        }

        #[test]
        fn good_notation_comes_back_letter_for_letter(
            text in "-?[1-9][0-9]{0,2}(\\.[0-9]{3}){0,5}(,[0-9]{1,10})?"
        ) {
            prop_assert_eq!(format(parse(&text).unwrap()), text);
        }

        #[test]
        fn any_text_gives_a_number_or_a_message(text in "\\PC{0,12}|[-+0-9.,_ ]{0,12}") {
            match parse(&text) {
                Ok(number) => prop_assert_eq!(parse(&format(number)).unwrap(), number),
                Err(error) => prop_assert!(!error.to_string().is_empty()),
            }
        }

        #[test]
        fn every_guess_is_good_notation(text in "[-+0-9., _]{1,12}") {
            for guess in guesses(&text) {
                prop_assert!(parse(&guess).is_ok(), "{}", guess);
            }
        }
    }
}
