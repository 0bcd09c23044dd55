//! Text as it should reach a document: composed, visible, and Latin where it looks Latin.
//!
//! Nothing here changes a clerk's text on its own. The functions say what is there;
//! whoever calls them decides whether to mend or to report.

use std::borrow::Cow;

use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

pub use super::legacy::{Legacy, legacy_encoding};

/// The composed form (NFC), which TCVN 6909:2001 means in practice.
///
/// Text that is composed already, as nearly all is, is not copied.
///
/// ```
/// # use vanthu::vi::text::nfc;
/// assert_eq!(nfc("Vie\u{323}\u{302}t Nam"), "Việt Nam");
/// ```
#[must_use]
pub fn nfc(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_composed) {
        return Cow::Borrowed(text);
    }
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => Cow::Borrowed(text),
        IsNormalized::No | IsNormalized::Maybe => {
            let composed: String = text.nfc().collect();
            if composed == text { Cow::Borrowed(text) } else { Cow::Owned(composed) }
        }
    }
}

/// Whether a character is composed whatever stands beside it: Latin letters, those of
/// Vietnamese among them, and the marks between words. Most texts hold no other.
const fn is_composed(c: char) -> bool {
    matches!(c, '\0'..='\u{2FF}' | '\u{1EA0}'..='\u{1EF9}' | '\u{2010}'..='\u{2027}')
}

/// What is wrong with a character that must not reach a document, in Vietnamese.
///
/// Such characters are unseen, mean different things to different programs, or cannot
/// be written to a DOCX at all: of the sort that must not be in a case, a wording or a
/// setting, nor in the name of a file. This is the one list of them. `\n` and `\t` are allowed, `\r` is not. The non-breaking
/// space is allowed; [`same_words`] treats it as a space.
///
/// ```
/// # use vanthu::vi::text::forbidden_char;
/// assert_eq!(forbidden_char('ế'), None);
/// assert_eq!(forbidden_char('\u{200B}'), Some("ký tự không nhìn thấy"));
/// ```
#[must_use]
pub fn forbidden_char(c: char) -> Option<&'static str> {
    let name = match c {
        '\n' | '\t' => return None,
        _ if c.is_control() => "ký tự điều khiển",
        '\u{202A}'..='\u{202E}'
        | '\u{2066}'..='\u{2069}'
        | '\u{200E}'
        | '\u{200F}'
        | '\u{061C}' => "ký tự đảo chiều chữ",
        _ if is_unseen(c) => "ký tự không nhìn thấy",
        '\u{FFFC}' => "chỗ của một hình hay đối tượng không chép theo được",
        '\u{00AD}' => "dấu nối ẩn",
        '\u{2028}' | '\u{2029}' => "dấu ngắt dòng ẩn",
        '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}' if !is_noncharacter(c) => {
            "ký tự riêng của một phông chữ"
        }
        '\u{FFFD}' => "chữ đã mất khi chuyển mã",
        _ if is_noncharacter(c) => "mã không phải ký tự",
        _ => return None,
    };
    Some(name)
}

/// What leaves no mark on paper and is found by no search: what Unicode lets every program
/// pass over (`Default_Ignorable_Code_Point`, DerivedCoreProperties), the marks of ruby, and
/// the blank of braille. The joiners are among them: no writing of this country needs them.
const fn is_unseen(c: char) -> bool {
    matches!(c,
        '\u{034F}' // joins marks
        | '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}' // fillers of Hangul
        | '\u{17B4}' | '\u{17B5}' // vowels of Khmer that are not written
        | '\u{180B}'..='\u{180F}' // variants of Mongolian letters
        | '\u{200B}'..='\u{200D}'
        | '\u{2060}'..='\u{2065}' | '\u{206A}'..='\u{206F}'
        | '\u{2800}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFF0}'..='\u{FFFB}'
        | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}'
        | '\u{E0000}'..='\u{E0FFF}' // tags, further variants
    )
}

/// U+FFFE and U+FFFF, their like in every plane, and U+FDD0–FDEF.
fn is_noncharacter(c: char) -> bool {
    u32::from(c) & 0xFFFE == 0xFFFE || matches!(c, '\u{FDD0}'..='\u{FDEF}')
}

/// A character that is not seen, or that turns others round, shown by its number.
///
/// ```
/// # use vanthu::vi::text::visible;
/// assert_eq!(visible("a\u{202E}b\n"), "a[U+202E]b\n");
/// ```
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(|c| forbidden_char(c).is_some()) {
        return Cow::Borrowed(text);
    }
    let shown = |c: char| match forbidden_char(c) {
        Some(_) => format!("[U+{:04X}]", u32::from(c)),
        None => c.to_string(),
    };
    text.chars().map(shown).collect()
}

/// On one line: runs of white space, line breaks among them, are one space.
///
/// ```
/// # use vanthu::vi::text::one_line;
/// assert_eq!(one_line(" ỦY BAN NHÂN DÂN\n  TỈNH A "), "ỦY BAN NHÂN DÂN TỈNH A");
/// ```
#[must_use]
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Without marks and case: `Đề án` gives `de an`. For searching and guessing, never
/// for printing.
///
/// ```
/// # use vanthu::vi::text::fold;
/// assert_eq!(fold("TRÍCH YẾU"), fold("trich yeu"));
/// assert_eq!(fold("Đường số 3"), "duong so 3");
/// ```
#[must_use]
pub fn fold(text: &str) -> String {
    text.nfd()
        .filter(|&c| canonical_combining_class(c) == 0)
        .flat_map(char::to_lowercase)
        // The stroke of đ is part of the letter, so NFD leaves it on. Ð is often typed for Đ.
        .map(|c| if matches!(c, 'đ' | 'ð') { 'd' } else { c })
        // Lowering İ gives back a mark.
        .filter(|&c| canonical_combining_class(c) == 0)
        .collect()
}

/// The letter a look-alike stands for: `Ð` (U+00D0, Icelandic) for `Đ` (U+0110).
///
/// Cyrillic and Greek letters that Times New Roman draws as Latin ones, and full-width
/// forms. Greek letters used in science (α, β, μ, π) look like themselves and are left.
///
/// ```
/// # use vanthu::vi::text::look_alike;
/// assert_eq!(look_alike('\u{00D0}'), Some('Đ'));
/// assert_eq!(look_alike('\u{0430}'), Some('a')); // Cyrillic
/// assert_eq!(look_alike('a'), None);
/// ```
#[must_use]
pub fn look_alike(c: char) -> Option<char> {
    match c {
        // The full-width block repeats ASCII in the same order.
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0),
        '\u{3000}' => Some(' '),
        _ => LOOK_ALIKES.iter().find(|(false_one, _)| *false_one == c).map(|&(_, letter)| letter),
    }
}

/// The false letter, then the true one.
#[rustfmt::skip]
const LOOK_ALIKES: &[(char, char)] = &[
    ('\u{00D0}', 'Đ'), ('\u{0189}', 'Đ'), ('\u{00F0}', 'đ'), ('\u{0131}', 'i'),
    // Cyrillic
    ('\u{0410}', 'A'), ('\u{0412}', 'B'), ('\u{0415}', 'E'), ('\u{041A}', 'K'),
    ('\u{041C}', 'M'), ('\u{041D}', 'H'), ('\u{041E}', 'O'), ('\u{0420}', 'P'),
    ('\u{0421}', 'C'), ('\u{0422}', 'T'), ('\u{0425}', 'X'), ('\u{0405}', 'S'),
    ('\u{0406}', 'I'), ('\u{0408}', 'J'), ('\u{0430}', 'a'), ('\u{0435}', 'e'),
    ('\u{043E}', 'o'), ('\u{0440}', 'p'), ('\u{0441}', 'c'), ('\u{0443}', 'y'),
    ('\u{0445}', 'x'), ('\u{0455}', 's'), ('\u{0456}', 'i'), ('\u{0458}', 'j'),
    ('\u{04BB}', 'h'), ('\u{0501}', 'd'),
    // Greek
    ('\u{0391}', 'A'), ('\u{0392}', 'B'), ('\u{0395}', 'E'), ('\u{0396}', 'Z'),
    ('\u{0397}', 'H'), ('\u{0399}', 'I'), ('\u{039A}', 'K'), ('\u{039C}', 'M'),
    ('\u{039D}', 'N'), ('\u{039F}', 'O'), ('\u{03A1}', 'P'), ('\u{03A4}', 'T'),
    ('\u{03A5}', 'Y'), ('\u{03A7}', 'X'), ('\u{03BF}', 'o'), ('\u{03BD}', 'v'),
];

/// Words between white space (U+00A0 too); a lone dash or `./.` is no word.
///
/// ```
/// # use vanthu::vi::text::count_words;
/// assert_eq!(count_words("Độc lập - Tự do - Hạnh phúc"), 6);
/// ```
#[must_use]
pub fn count_words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
}

/// Equal but for white space: U+00A0, line breaks and runs of spaces count as one
/// space, and at either end they do not count.
///
/// ```
/// # use vanthu::vi::text::same_words;
/// assert!(same_words("Kiên\u{A0}Giang", "Kiên  Giang"));
/// assert!(!same_words("Kiên Giang", "KiênGiang"));
/// ```
#[must_use]
pub fn same_words(a: &str, b: &str) -> bool {
    a.split_whitespace().eq(b.split_whitespace())
}

/// A text as an error message quotes it: on one line, and not a pasted paragraph.
#[must_use]
pub fn quotable(text: &str) -> String {
    const SHOWN_CHARS: usize = 40;
    let visible = |c| {
        if forbidden_char(c).is_some() || c == '\n' { ' ' } else { c }
    };
    let mut shown: String = text.chars().take(SHOWN_CHARS).map(visible).collect();
    if text.chars().nth(SHOWN_CHARS).is_some() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn composed_text_is_not_copied() {
        assert!(matches!(nfc("Cộng hòa xã hội chủ nghĩa Việt Nam"), Cow::Borrowed(_)));
        assert!(matches!(nfc("Co\u{323}\u{302}ng"), Cow::Owned(_)));
        assert_eq!(nfc("Giao duc\u{323}"), "Giao duc\u{323}"); // no letter c with a dot exists
    }

    #[test]
    fn what_is_taken_for_composed_is_composed_whatever_stands_beside_it() {
        let composed = ('\0'..=char::MAX).filter(|&c| is_composed(c));
        for c in composed {
            assert_eq!(is_nfc_quick(std::iter::once(c)), IsNormalized::Yes, "{c:?}");
            assert_eq!(canonical_combining_class(c), 0, "{c:?}");
        }
    }

    #[test]
    fn vietnamese_text_has_no_forbidden_character() {
        let text = "Số: 325/BC-UBND\n\t“Đề án 06” – 34,5\u{A0}% … ./.";
        assert!(text.chars().all(|c| forbidden_char(c).is_none()));
    }

    #[test]
    fn unseen_characters_are_named() {
        for (c, name) in [
            ('\0', "ký tự điều khiển"),
            ('\r', "ký tự điều khiển"),
            ('\u{7F}', "ký tự điều khiển"),
            ('\u{85}', "ký tự điều khiển"),
            ('\u{202E}', "ký tự đảo chiều chữ"),
            ('\u{2066}', "ký tự đảo chiều chữ"),
            ('\u{200F}', "ký tự đảo chiều chữ"),
            ('\u{200B}', "ký tự không nhìn thấy"),
            ('\u{FEFF}', "ký tự không nhìn thấy"),
            ('\u{E0041}', "ký tự không nhìn thấy"),
            ('\u{E0100}', "ký tự không nhìn thấy"),
            ('\u{FE0F}', "ký tự không nhìn thấy"),
            ('\u{034F}', "ký tự không nhìn thấy"),
            ('\u{200D}', "ký tự không nhìn thấy"),
            ('\u{2064}', "ký tự không nhìn thấy"),
            ('\u{206F}', "ký tự không nhìn thấy"),
            ('\u{180E}', "ký tự không nhìn thấy"),
            ('\u{115F}', "ký tự không nhìn thấy"),
            ('\u{3164}', "ký tự không nhìn thấy"),
            ('\u{FFA0}', "ký tự không nhìn thấy"),
            ('\u{FFF9}', "ký tự không nhìn thấy"),
            ('\u{FFFC}', "chỗ của một hình hay đối tượng không chép theo được"),
            ('\u{AD}', "dấu nối ẩn"),
            ('\u{2028}', "dấu ngắt dòng ẩn"),
            ('\u{E000}', "ký tự riêng của một phông chữ"),
            ('\u{F0B7}', "ký tự riêng của một phông chữ"),
            ('\u{F0000}', "ký tự riêng của một phông chữ"),
            ('\u{10FFFD}', "ký tự riêng của một phông chữ"),
            ('\u{FFFD}', "chữ đã mất khi chuyển mã"),
            ('\u{FFFE}', "mã không phải ký tự"),
            ('\u{FFFF}', "mã không phải ký tự"),
            ('\u{10FFFF}', "mã không phải ký tự"),
        ] {
            assert_eq!(forbidden_char(c), Some(name), "U+{:04X}", u32::from(c));
        }
    }

    #[test]
    fn folding_leaves_plain_small_letters() {
        for (text, folded) in [
            ("ĐƠN VỊ TÍNH", "don vi tinh"),
            ("Ðơn", "don"),
            ("đơn_vị_tính", "don_vi_tinh"),
            ("Giao duc\u{323}", "giao duc"),
            ("Ngưỡng", "nguong"),
            ("Łódź 5 %", "łodz 5 %"),
            ("", ""),
        ] {
            assert_eq!(fold(text), folded);
        }
    }

    #[test]
    fn false_letters_are_told_from_true_ones() {
        let mend =
            |text: &str| text.chars().map(|c| look_alike(c).unwrap_or(c)).collect::<String>();
        assert_eq!(mend("Ðồng, \u{00F0}ồng"), "Đồng, đồng");
        assert_eq!(mend("\u{0422}\u{041E}\u{0420}"), "TOP");
        assert_eq!(mend("\u{039D}\u{0391}\u{039C}"), "NAM");
        assert_eq!(mend("ＵＢＮＤ\u{3000}１２％"), "UBND 12%");
        assert_eq!(mend("α, β, 5 μm, я"), "α, β, 5 μm, я");
    }

    #[test]
    fn no_true_letter_is_called_false() {
        let vietnamese = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ“”–…";
        for c in vietnamese.chars().chain(' '..='~') {
            assert_eq!(look_alike(c), None, "{c}");
        }
        for (_, letter) in LOOK_ALIKES {
            assert_eq!(look_alike(*letter), None);
        }
    }

    #[test]
    fn words_are_counted_between_white_space() {
        for (text, words) in [
            ("", 0),
            ("  ", 0),
            ("một", 1),
            ("Kiên\u{A0}Giang", 2),
            ("a - b ./.", 2),
            ("53.652 triệu\nđồng", 3),
        ] {
            assert_eq!(count_words(text), words, "{text:?}");
        }
    }

    #[test]
    fn white_space_makes_no_difference_and_letters_do() {
        assert!(same_words(" a\u{A0}\n b ", "a b"));
        assert!(same_words("", "  "));
        assert!(!same_words("a b", "a B"));
        assert!(!same_words("a b", "a"));
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,20}") {
            let folded = fold(&text);
            prop_assert_eq!(fold(&folded), folded);
        }
    }
}
