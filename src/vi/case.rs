//! Capitals and small letters that keep their marks: `Đề án` ↔ `ĐỀ ÁN`.
//!
//! NFC in, NFC out, and one letter stays one letter. A letter whose other case is
//! written with more than one character (ß → SS, İ → i̇, ŉ) is left as it is: no
//! Vietnamese word has one, and a name must not grow when it is set in capitals.

use super::text;

/// Capitals.
///
/// ```
/// # use vanthu::vi::case::upper;
/// assert_eq!(upper("Ủy ban nhân dân tỉnh Đắk Lắk"), "ỦY BAN NHÂN DÂN TỈNH ĐẮK LẮK");
/// ```
#[must_use]
pub fn upper(text: &str) -> String {
    nfc(text.chars().map(upper_char).collect())
}

/// Small letters.
///
/// ```
/// # use vanthu::vi::case::lower;
/// assert_eq!(lower("ĐỀ ÁN ƯU TIÊN"), "đề án ưu tiên");
/// ```
#[must_use]
pub fn lower(text: &str) -> String {
    nfc(text.chars().map(lower_char).collect())
}

/// A capital at the beginning, the rest untouched.
///
/// Opening quotes, brackets and white space are passed over; a text that begins with
/// a digit already begins, so `12 dự án` stays.
///
/// ```
/// # use vanthu::vi::case::capitalise_first;
/// assert_eq!(capitalise_first("đề nghị UBND tỉnh"), "Đề nghị UBND tỉnh");
/// assert_eq!(capitalise_first("“ủy ban”"), "“Ủy ban”");
/// ```
#[must_use]
pub fn capitalise_first(text: &str) -> String {
    let Some((at, first)) = text.char_indices().find(|(_, c)| c.is_alphanumeric()) else {
        return nfc(text.to_owned());
    };
    let (before, from) = text.split_at(at);
    let mut capitalised = String::with_capacity(text.len());
    capitalised.push_str(before);
    capitalised.push(upper_char(first));
    capitalised.push_str(&from[first.len_utf8()..]);
    nfc(capitalised)
}

fn upper_char(c: char) -> char {
    only(c.to_uppercase()).unwrap_or(c)
}

fn lower_char(c: char) -> char {
    only(c.to_lowercase()).unwrap_or(c)
}

fn only(mut chars: impl Iterator<Item = char>) -> Option<char> {
    let first = chars.next()?;
    chars.next().is_none().then_some(first)
}

fn nfc(text: String) -> String {
    match text::nfc(&text) {
        std::borrow::Cow::Borrowed(_) => text,
        std::borrow::Cow::Owned(composed) => composed,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SMALL: &str = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ";
    const CAPITAL: &str =
        "AÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬEÈÉẺẼẸÊỀẾỂỄỆIÌÍỈĨỊOÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢUÙÚỦŨỤƯỪỨỬỮỰYỲÝỶỸỴĐ";

    #[test]
    fn every_vietnamese_letter_has_its_capital() {
        assert_eq!(upper(SMALL), CAPITAL);
        assert_eq!(lower(CAPITAL), SMALL);
        assert_eq!(SMALL.chars().count(), 73);
    }

    #[test]
    fn decomposed_text_comes_out_composed() {
        assert_eq!(upper("o\u{302}\u{301}ng"), "ỐNG");
        assert_eq!(lower("U\u{31B}\u{301}"), "ứ");
        assert_eq!(capitalise_first("o\u{302}ng"), "Ông");
    }

    #[test]
    fn a_letter_without_a_single_capital_stays() {
        assert_eq!(upper("Straße"), "STRAßE");
        assert_eq!(lower("İ"), "İ");
        assert_eq!(upper("ﬁ"), "ﬁ");
    }

    #[test]
    fn only_the_first_letter_is_raised() {
        for (text, raised) in [
            ("", ""),
            ("…", "…"),
            ("ư", "Ư"),
            ("đồng", "Đồng"),
            ("  (ông A)", "  (Ông A)"),
            ("12 dự án", "12 dự án"),
            ("Đã HOA", "Đã HOA"),
        ] {
            assert_eq!(capitalise_first(text), raised);
        }
    }

    proptest! {
        #[test]
        fn whatever_goes_in_nfc_comes_out(text in "\\PC{0,20}") {
            for result in [upper(&text), lower(&text), capitalise_first(&text)] {
                prop_assert!(unicode_normalization::is_nfc(&result));
            }
        }
    }
}
