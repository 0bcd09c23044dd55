//! Numbers read aloud: `1005` is “một nghìn không trăm lẻ năm”.
//!
//! The last digit changes with what stands before it (mốt, tư, lăm), zero hundreds are
//! said as soon as something larger was said, and empty groups of three are skipped.

use std::fmt;

use rust_decimal::Decimal;

use super::case;

/// The largest magnitude read: 10^18, “một tỷ tỷ”.
pub const LIMIT: i128 = 1_000_000_000_000_000_000;

/// Which of two equally good words to use. No rule text decides; an agency does.
///
/// The default is “lẻ” and “nghìn”. It is our choice, not a norm: school books write
/// “linh” and “nghìn”, the South says “lẻ” and “ngàn”.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reading {
    /// The word for an empty tens place, as in 105.
    pub le: Le,
    /// The word for a thousand.
    pub nghin: Nghin,
}

/// The word between the hundreds and a lone unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Le {
    /// “một trăm linh năm”.
    Linh,
    /// “một trăm lẻ năm”.
    #[default]
    Le,
}

/// The word for a thousand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Nghin {
    /// “một nghìn”.
    #[default]
    Nghin,
    /// “một ngàn”.
    Ngan,
}

/// The number is beyond [`LIMIT`] on either side of zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutOfRange;

impl fmt::Display for OutOfRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "chỉ đọc thành chữ được số đến một tỷ tỷ (1 và 18 chữ số 0)")
    }
}

impl std::error::Error for OutOfRange {}

/// Reads a whole number, in small letters.
///
/// ```
/// use vanthu::vi::words::{Reading, cardinal};
///
/// assert_eq!(cardinal(21, Reading::default())?, "hai mươi mốt");
/// assert_eq!(cardinal(-1_005, Reading::default())?, "âm một nghìn không trăm lẻ năm");
/// # Ok::<(), vanthu::vi::words::OutOfRange>(())
/// ```
///
/// # Errors
///
/// [`OutOfRange`] beyond ±10^18.
pub fn cardinal(number: i128, reading: Reading) -> Result<String, OutOfRange> {
    if number.abs_diff(0) > LIMIT.unsigned_abs() {
        return Err(OutOfRange);
    }
    if number == 0 {
        return Ok(DIGITS[0].to_owned());
    }
    let mut words = Vec::new();
    if number < 0 {
        words.push("âm");
    }
    push_number(&mut words, number.unsigned_abs(), false, reading);
    Ok(words.join(" "))
}

/// Reads a number with its decimals, in small letters.
///
/// Zeros that end the decimals are not said. Zeros that begin them are said one by one;
/// what follows is read as a number while it has at most three digits, else digit by
/// digit. This is our choice: nothing regulates it, and no two numbers share a reading.
///
/// ```
/// use vanthu::vi::{number::parse, words::{Reading, decimal}};
///
/// let read = |text| decimal(parse(text).unwrap(), Reading::default());
/// assert_eq!(read("96,25")?, "chín mươi sáu phẩy hai mươi lăm");
/// assert_eq!(read("0,050")?, "không phẩy không năm");
/// assert_eq!(read("3,1416")?, "ba phẩy một bốn một sáu");
/// # Ok::<(), vanthu::vi::words::OutOfRange>(())
/// ```
///
/// # Errors
///
/// [`OutOfRange`] when the whole part is beyond 10^18.
pub fn decimal(number: Decimal, reading: Reading) -> Result<String, OutOfRange> {
    let number = number.normalize();
    // A Decimal has at most 28 decimals, and 10^28 fits an i128.
    let unit = 10_i128.pow(number.scale());
    let magnitude = number.mantissa().abs();

    let mut text = cardinal(magnitude / unit, reading)?;
    if number.mantissa() < 0 {
        text.insert_str(0, "âm ");
    }
    if number.scale() > 0 {
        let digits = format!("{:0width$}", magnitude % unit, width = number.scale() as usize);
        text.push_str(" phẩy");
        text.push_str(&decimals(&digits, reading)?);
    }
    Ok(text)
}

/// Reads an amount as a sentence begins: “Năm mươi ba triệu đồng”.
///
/// The unit is put after the words as given; `decimal` says how decimals are read.
/// An amount kept in triệu đồng is best turned into đồng first, or a reader meets
/// “năm mươi ba nghìn triệu đồng”.
///
/// ```
/// use vanthu::vi::{number::parse, words::{Reading, amount_in_words}};
///
/// assert_eq!(
///     amount_in_words(parse("9.488.000.000").unwrap(), "đồng", Reading::default())?,
///     "Chín tỷ bốn trăm tám mươi tám triệu đồng",
/// );
/// # Ok::<(), vanthu::vi::words::OutOfRange>(())
/// ```
///
/// # Errors
///
/// [`OutOfRange`] when the whole part is beyond 10^18.
pub fn amount_in_words(
    amount: Decimal,
    unit: &str,
    reading: Reading,
) -> Result<String, OutOfRange> {
    let words = decimal(amount, reading)?;
    Ok(case::capitalise_first(format!("{words} {}", unit.trim()).trim_end()))
}

const DIGITS: [&str; 10] = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];

const BILLION: u128 = 1_000_000_000;

/// `after`: something larger has been said, so empty hundreds must be said too.
fn push_number(words: &mut Vec<&str>, number: u128, mut after: bool, reading: Reading) {
    if number >= BILLION {
        // Vietnamese has no word above tỷ: 10^12 is “nghìn tỷ”, 10^18 “tỷ tỷ”.
        push_number(words, number / BILLION, after, reading);
        words.push("tỷ");
        after = true;
    }
    let thousand = match reading.nghin {
        Nghin::Nghin => "nghìn",
        Nghin::Ngan => "ngàn",
    };
    for (scale, name) in [(1_000_000, Some("triệu")), (1_000, Some(thousand)), (1, None)] {
        let group = number / scale % 1_000;
        if group > 0 {
            push_group(words, group, after, reading);
            words.extend(name);
            after = true;
        }
    }
}

/// A group of three digits, 1 to 999.
fn push_group(words: &mut Vec<&str>, group: u128, after: bool, reading: Reading) {
    let (hundreds, tens, units) = (group / 100, group / 10 % 10, group % 10);
    let hundreds_said = after || hundreds > 0;
    if hundreds_said {
        words.extend([digit(hundreds), "trăm"]);
    }
    match (tens, units) {
        (0, 0) => {}
        (0, _) => {
            if hundreds_said {
                words.push(match reading.le {
                    Le::Linh => "linh",
                    Le::Le => "lẻ",
                });
            }
            words.push(digit(units));
        }
        (1, _) => words.push("mười"),
        (_, _) => words.extend([digit(tens), "mươi"]),
    }
    match (tens, units) {
        (0, _) | (_, 0) => {}
        (2.., 1) => words.push("mốt"),
        (2.., 4) => words.push("tư"),
        (_, 5) => words.push("lăm"),
        (_, _) => words.push(digit(units)),
    }
}

fn digit(value: u128) -> &'static str {
    DIGITS[(value % 10) as usize]
}

/// The digits after the comma, each word with a space before it.
fn decimals(digits: &str, reading: Reading) -> Result<String, OutOfRange> {
    const READ_AS_NUMBER: usize = 3;
    let rest = digits.trim_start_matches('0');
    let (one_by_one, as_number) = if rest.len() <= READ_AS_NUMBER {
        digits.split_at(digits.len() - rest.len())
    } else {
        (digits, "")
    };

    let mut text = String::new();
    for byte in one_by_one.bytes() {
        text.push(' ');
        text.push_str(digit(u128::from(byte - b'0')));
    }
    if let Ok(number) = as_number.parse() {
        text.push(' ');
        text.push_str(&cardinal(number, reading)?);
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::number;
    use super::*;

    const SCHOOL: Reading = Reading { le: Le::Linh, nghin: Nghin::Nghin };
    const SOUTH: Reading = Reading { le: Le::Le, nghin: Nghin::Ngan };

    fn read(number: i128) -> String {
        cardinal(number, Reading::default()).unwrap()
    }

    #[test]
    fn whole_numbers_are_read_as_people_say_them() {
        for (number, words) in READINGS {
            assert_eq!(read(*number), *words, "{number}");
        }
    }

    const READINGS: &[(i128, &str)] = &[
        (0, "không"),
        (1, "một"),
        (4, "bốn"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (25, "hai mươi lăm"),
        (41, "bốn mươi mốt"),
        (44, "bốn mươi tư"),
        (55, "năm mươi lăm"),
        (99, "chín mươi chín"),
        (100, "một trăm"),
        (101, "một trăm lẻ một"),
        (104, "một trăm lẻ bốn"),
        (105, "một trăm lẻ năm"),
        (110, "một trăm mười"),
        (111, "một trăm mười một"),
        (115, "một trăm mười lăm"),
        (121, "một trăm hai mươi mốt"),
        (505, "năm trăm lẻ năm"),
        (555, "năm trăm năm mươi lăm"),
        (1_000, "một nghìn"),
        (1_001, "một nghìn không trăm lẻ một"),
        (1_005, "một nghìn không trăm lẻ năm"),
        (1_015, "một nghìn không trăm mười lăm"),
        (1_050, "một nghìn không trăm năm mươi"),
        (1_100, "một nghìn một trăm"),
        (2_022, "hai nghìn không trăm hai mươi hai"),
        (21_000, "hai mươi mốt nghìn"),
        (53_652, "năm mươi ba nghìn sáu trăm năm mươi hai"),
        (100_000, "một trăm nghìn"),
        (1_000_005, "một triệu không trăm lẻ năm"),
        (1_005_000, "một triệu không trăm lẻ năm nghìn"),
        (24_024_024, "hai mươi tư triệu không trăm hai mươi tư nghìn không trăm hai mươi tư"),
        (1_000_000_000, "một tỷ"),
        (1_000_000_001, "một tỷ không trăm lẻ một"),
        (9_488_000_000, "chín tỷ bốn trăm tám mươi tám triệu"),
        (1_000_000_000_000, "một nghìn tỷ"),
        (1_005_000_000_000, "một nghìn không trăm lẻ năm tỷ"),
        (1_000_000_000_005, "một nghìn tỷ không trăm lẻ năm"),
        (15_000_021_000_000, "mười lăm nghìn tỷ không trăm hai mươi mốt triệu"),
        (1_000_000_000_000_000, "một triệu tỷ"),
        (1_000_000_000_000_000_000, "một tỷ tỷ"),
        (-1, "âm một"),
        (-1_000_000_000_000_000_000, "âm một tỷ tỷ"),
    ];

    #[test]
    fn linh_or_le_and_nghin_or_ngan_are_the_callers_choice() {
        assert_eq!(cardinal(1_105, SCHOOL).unwrap(), "một nghìn một trăm linh năm");
        assert_eq!(cardinal(1_105, SOUTH).unwrap(), "một ngàn một trăm lẻ năm");
        assert_eq!(Reading::default(), Reading { le: Le::Le, nghin: Nghin::Nghin });
    }

    #[test]
    fn beyond_a_billion_billions_nothing_is_read() {
        for number in [LIMIT + 1, -LIMIT - 1, i128::MAX, i128::MIN] {
            assert_eq!(cardinal(number, Reading::default()), Err(OutOfRange));
        }
        assert_eq!(amount_in_words(Decimal::MAX, "đồng", Reading::default()), Err(OutOfRange));
    }

    #[test]
    fn an_amount_begins_with_a_capital_and_ends_with_its_unit() {
        for (amount, words) in [
            ("0", "Không đồng"),
            ("53.652.000.000", "Năm mươi ba tỷ sáu trăm năm mươi hai triệu đồng"),
            ("-5.505", "Âm năm nghìn năm trăm lẻ năm đồng"),
            ("-0,5", "Âm không phẩy năm đồng"),
            ("12,50", "Mười hai phẩy năm đồng"),
            ("12,00", "Mười hai đồng"),
            ("12,05", "Mười hai phẩy không năm đồng"),
            ("34,51", "Ba mươi tư phẩy năm mươi mốt đồng"),
            ("1,105", "Một phẩy một trăm lẻ năm đồng"),
            ("1,0015", "Một phẩy không không mười lăm đồng"),
            ("0,1234", "Không phẩy một hai ba bốn đồng"),
            ("0,01234", "Không phẩy không một hai ba bốn đồng"),
        ] {
            let number = number::parse(amount).unwrap();
            assert_eq!(amount_in_words(number, "đồng", Reading::default()).unwrap(), words);
        }
    }

    #[test]
    fn without_a_unit_no_space_is_left_behind() {
        let read = |unit| amount_in_words(Decimal::TWO, unit, Reading::default()).unwrap();
        assert_eq!(read(""), "Hai");
        assert_eq!(read(" triệu đồng "), "Hai triệu đồng");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn another_reader_gets_the_number_back(
            digits in prop::collection::vec(prop_oneof![3 => Just(0_i128), 2 => 0_i128..10, 1 => prop::sample::select(vec![1, 4, 5])], 1..=18),
            negative: bool,
            reading in prop::sample::select(vec![Reading::default(), SCHOOL, SOUTH]),
        ) {
            let magnitude = digits.iter().fold(0, |sum, digit| sum * 10 + digit);
            let number = if negative { -magnitude } else { magnitude };
            let words = cardinal(number, reading).unwrap();
            prop_assert_eq!(reader::number(&words), Some(number), "{}", words);
        }

        #[test]
        fn another_reader_gets_any_large_number_back(number in -LIMIT..=LIMIT) {
            let words = cardinal(number, Reading::default()).unwrap();
            prop_assert_eq!(reader::number(&words), Some(number), "{}", words);
        }

        #[test]
        fn decimals_are_told_apart(a in 0_i64..100_000, b in 0_i64..100_000, scale in 0_u32..5) {
            let (a, b) = (Decimal::new(a, scale), Decimal::new(b, scale));
            let read = |number| decimal(number, Reading::default()).unwrap();
            prop_assert_eq!(a == b, read(a) == read(b));
        }
    }

    #[test]
    fn the_other_reader_refuses_what_nobody_says() {
        for words in [
            "hai mươi một",
            "hai mươi năm",
            "mười mốt",
            "mười tư",
            "một trăm năm",
            "lẻ năm",
            "hai mươi không",
        ] {
            assert_eq!(reader::number(words), None, "{words}");
        }
    }

    /// Words to number, written from the grammar and sharing nothing with the writer.
    mod reader {
        pub fn number(words: &str) -> Option<i128> {
            match words.strip_prefix("âm ") {
                Some(rest) => magnitude(&split(rest), false).map(|n| -n),
                None if words == "không" => Some(0),
                None => magnitude(&split(words), false),
            }
        }

        fn split(words: &str) -> Vec<&str> {
            words.split(' ').collect()
        }

        fn magnitude(words: &[&str], inner: bool) -> Option<i128> {
            for (names, scale) in [
                (["tỷ", "tỷ"], 1_000_000_000),
                (["triệu", "triệu"], 1_000_000),
                (["nghìn", "ngàn"], 1_000),
            ] {
                if let Some(at) = words.iter().rposition(|word| names.contains(word)) {
                    let high = magnitude(&words[..at], inner)?;
                    let low = match &words[at + 1..] {
                        [] => 0,
                        rest => magnitude(rest, true)?,
                    };
                    return (low < scale).then_some(high * scale + low);
                }
            }
            hundreds(words, inner)
        }

        fn hundreds(words: &[&str], inner: bool) -> Option<i128> {
            match words {
                [count, "trăm", rest @ ..] => {
                    let low = match rest {
                        [] => 0,
                        ["lẻ" | "linh", unit] => plain(unit)?,
                        rest => tens(rest)?,
                    };
                    Some(plain_or_zero(count)? * 100 + low)
                }
                _ if inner => None,
                [unit] if *unit != "mười" => plain(unit),
                _ => tens(words),
            }
        }

        fn tens(words: &[&str]) -> Option<i128> {
            match words {
                ["mười"] => Some(10),
                ["mười", "lăm"] => Some(15),
                ["mười", unit] if *unit != "năm" => Some(10 + plain(unit)?),
                [count, "mươi"] => Some(plain(count)? * 10),
                [count, "mươi", unit] => {
                    let unit = match *unit {
                        "mốt" => 1,
                        "tư" => 4,
                        "lăm" => 5,
                        "một" | "bốn" | "năm" => return None,
                        other => plain(other)?,
                    };
                    Some(plain(count)? * 10 + unit)
                }
                _ => None,
            }
        }

        fn plain_or_zero(word: &str) -> Option<i128> {
            if word == "không" { Some(0) } else { plain(word) }
        }

        fn plain(word: &str) -> Option<i128> {
            Some(match word {
                "một" => 1,
                "hai" => 2,
                "ba" => 3,
                "bốn" => 4,
                "năm" => 5,
                "sáu" => 6,
                "bảy" => 7,
                "tám" => 8,
                "chín" => 9,
                _ => return None,
            })
        }
    }
}
