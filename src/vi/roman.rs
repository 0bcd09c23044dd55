//! Roman numbers, for Phần, Chương, Phụ lục and headings `I.` (PL I, Phần I).

/// What a Roman number can write.
pub const RANGE: std::ops::RangeInclusive<u32> = 1..=3999;

/// Capitals, in the usual subtractive form.
///
/// Outside [`RANGE`] there is no Roman number and the Arabic digits come back: no
/// document has four thousand appendices, and a wrong heading beats a lost document.
///
/// ```
/// # use vanthu::vi::roman::to_roman;
/// assert_eq!(to_roman(14), "XIV");
/// assert_eq!(to_roman(0), "0");
/// ```
#[must_use]
pub fn to_roman(number: u32) -> String {
    if !RANGE.contains(&number) {
        return number.to_string();
    }
    let mut rest = number;
    let mut text = String::new();
    for (value, letters) in LETTERS {
        while rest >= value {
            text.push_str(letters);
            rest -= value;
        }
    }
    text
}

/// The number, if the text is written exactly as [`to_roman`] writes it.
///
/// ```
/// # use vanthu::vi::roman::from_roman;
/// assert_eq!(from_roman("XIV"), Some(14));
/// assert_eq!(from_roman("XIIII"), None);
/// assert_eq!(from_roman("xiv"), None);
/// ```
#[must_use]
pub fn from_roman(text: &str) -> Option<u32> {
    let mut rest = text;
    let mut number = 0_u32;
    for (value, letters) in LETTERS {
        while let Some(after) = rest.strip_prefix(letters) {
            rest = after;
            number = number.checked_add(value)?;
        }
    }
    let strict = rest.is_empty() && RANGE.contains(&number) && to_roman(number) == text;
    strict.then_some(number)
}

const LETTERS: [(u32, &str); 13] = [
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_the_subtractive_form() {
        for (number, text) in [
            (1, "I"),
            (4, "IV"),
            (9, "IX"),
            (19, "XIX"),
            (40, "XL"),
            (90, "XC"),
            (494, "CDXCIV"),
            (2026, "MMXXVI"),
            (3999, "MMMCMXCIX"),
            (0, "0"),
            (4000, "4000"),
        ] {
            assert_eq!(to_roman(number), text);
        }
    }

    #[test]
    fn every_roman_number_is_read_back() {
        for number in RANGE {
            assert_eq!(from_roman(&to_roman(number)), Some(number));
        }
    }

    #[test]
    fn what_no_book_prints_is_refused() {
        for text in [
            "", "IIII", "VV", "IC", "IM", "VX", "iv", "I ", " I", "MMMM", "0", "4000", "Ⅳ", "IVI",
            "А",
        ] {
            assert_eq!(from_roman(text), None, "{text}");
        }
    }
}
