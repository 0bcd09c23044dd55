//! Text typed in an old font and read as Latin-1: `Céng hßa x· héi`, `COÄNG HOØA`.
//!
//! Before Unicode each font family had its own bytes. Every word that cannot be
//! Vietnamese as it stands is decoded; when enough of them turn into well-spelt
//! syllables, that is no accident.
//!
//! Only telling is done, no converting. VPS, VIQR, BK HCM and UTF-8 read as Latin-1
//! are not told.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

use super::case;
use super::syllable::{is_syllable, may_be_syllable};
use super::text;

/// An encoding from before Unicode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Legacy {
    /// TCVN 5712:1993, the fonts named `.VnTime`: one byte a letter, in all of 0xA1–0xFE.
    Tcvn3,
    /// VNI, the fonts named `VNI-Times`: a plain letter, then a byte for its marks.
    Vni,
}

impl std::fmt::Display for Legacy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Tcvn3 => "TCVN3 (phông .VnTime)",
            Self::Vni => "VNI (phông VNI-Times)",
        })
    }
}

/// The old encoding a text is in, if there is little doubt.
///
/// It would sooner miss than accuse: one odd word is no evidence, nor are words that
/// read as Vietnamese already, and foreign words speak against. A phrase pasted into
/// good text is found too.
///
/// ```
/// use vanthu::vi::text::{Legacy, legacy_encoding};
///
/// assert_eq!(legacy_encoding("Céng hßa x· héi"), Some(Legacy::Tcvn3));
/// assert_eq!(legacy_encoding("COÄNG HOØA XAÕ HOÄI"), Some(Legacy::Vni));
/// assert_eq!(legacy_encoding("Cộng hòa xã hội"), None);
/// assert_eq!(legacy_encoding("là où il a été"), None);
/// ```
#[must_use]
pub fn legacy_encoding(text: &str) -> Option<Legacy> {
    let text = text::nfc(text);
    let suspects: Vec<&str> = words(&text).filter(|word| is_suspect(word)).collect();
    [Legacy::Tcvn3, Legacy::Vni]
        .into_iter()
        .filter_map(|legacy| Some((weight(legacy, &suspects)?, legacy)))
        .max_by_key(|(weight, _)| *weight)
        .map(|(_, legacy)| legacy)
}

/// Below this the text may be an accident, such as a lone French “où”.
const ENOUGH: usize = 3;

/// How strongly the words speak for `legacy`; nothing if too weakly.
fn weight(legacy: Legacy, suspects: &[&str]) -> Option<usize> {
    let mut for_it = Vec::new();
    let mut against = 0;
    for word in suspects {
        match legacy.decode(word).map(|decoded| case::lower(&decoded)) {
            Some(decoded) if is_syllable(&decoded) => for_it.push(*word),
            // “QĐ” and “NĐ” are in every document and prove nothing.
            Some(decoded) if decoded.chars().all(is_consonant) => {}
            Some(_) | None => against += 1,
        }
    }
    let distinct: BTreeSet<&str> = for_it.iter().copied().collect();
    let weight = distinct.into_iter().map(word_weight).sum();
    (weight >= ENOUGH && for_it.len() > 2 * against).then_some(weight)
}

fn is_consonant(c: char) -> bool {
    c == 'đ' || c.is_ascii_lowercase() && !"aeiouy".contains(c)
}

/// A sign that is no letter (`¸`, `·`, `®`) has little business inside a word.
fn word_weight(word: &str) -> usize {
    word.chars()
        .filter(|c| !c.is_ascii())
        .map(|c| if c.is_alphabetic() && c != 'µ' { 1 } else { 2 })
        .sum()
}

/// Runs of letters and of what TCVN3 uses as letters, `§` and `·` among them.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let is_letter = |c: char| match c {
        c if c.is_ascii() => c.is_ascii_alphabetic(),
        '\u{A1}'..='\u{FF}' => true,
        c => c.is_alphabetic(),
    };
    text.split(move |c| !is_letter(c))
        // Between spaces, “§”, “×” and “·” are what they seem.
        .filter(|word| word.chars().nth(1).is_some() || word.contains(char::is_alphabetic))
}

/// Not ASCII, nothing beyond Latin-1, and not Vietnamese as it stands.
fn is_suspect(word: &str) -> bool {
    // Newton metre and micrometre decode to “nãm” and “àm”.
    const UNITS: [&str; 2] = ["N·m", "µm"];
    !word.is_ascii()
        && word.chars().all(|c| c <= '\u{FF}')
        && !UNITS.contains(&word)
        && !may_be_syllable(&case::lower(word))
}

impl Legacy {
    /// The word as it was typed; nothing if it holds what this encoding has not.
    fn decode(self, word: &str) -> Option<String> {
        match self {
            Self::Tcvn3 => decode_tcvn3(word),
            Self::Vni => decode_vni(word),
        }
    }
}

fn decode_tcvn3(word: &str) -> Option<String> {
    word.chars()
        .map(|c| {
            if c.is_ascii() {
                return Some(c);
            }
            TCVN3.iter().find(|(byte, _)| *byte == c).map(|&(_, letter)| letter)
        })
        .collect()
}

/// Capitals and small letters run in parallel in VNI, so small ones are enough.
fn decode_vni(word: &str) -> Option<String> {
    let mut decoded = String::new();
    let mut base = ' ';
    for c in case::lower(word).chars() {
        match VNI_LETTERS.iter().find(|(byte, _)| *byte == c) {
            _ if c.is_ascii() => decoded.push(c),
            Some((_, letter)) => decoded.push_str(letter),
            None => {
                let (_, _, marks) =
                    VNI_MARKS.iter().find(|(byte, bases, _)| *byte == c && bases.contains(base))?;
                decoded.push_str(marks);
            }
        }
        base = c;
    }
    Some(decoded.nfc().collect())
}

/// TCVN 5712:1993 VN3, each byte as Latin-1 shows it, then its letter. The standard has
/// capitals only for the plain letters; `.VnTimeH` draws the rest large.
#[rustfmt::skip]
const TCVN3: &[(char, char)] = &[
    ('¡', 'Ă'), ('¢', 'Â'), ('£', 'Ê'), ('¤', 'Ô'), ('¥', 'Ơ'), ('¦', 'Ư'), ('§', 'Đ'),
    ('¨', 'ă'), ('©', 'â'), ('ª', 'ê'), ('«', 'ô'), ('¬', 'ơ'), ('\u{AD}', 'ư'), ('®', 'đ'),
    ('µ', 'à'), ('¶', 'ả'), ('·', 'ã'), ('¸', 'á'), ('¹', 'ạ'),
    ('»', 'ằ'), ('¼', 'ẳ'), ('½', 'ẵ'), ('¾', 'ắ'), ('Æ', 'ặ'),
    ('Ç', 'ầ'), ('È', 'ẩ'), ('É', 'ẫ'), ('Ê', 'ấ'), ('Ë', 'ậ'),
    ('Ì', 'è'), ('Î', 'ẻ'), ('Ï', 'ẽ'), ('Ð', 'é'), ('Ñ', 'ẹ'),
    ('Ò', 'ề'), ('Ó', 'ể'), ('Ô', 'ễ'), ('Õ', 'ế'), ('Ö', 'ệ'),
    ('×', 'ì'), ('Ø', 'ỉ'), ('Ü', 'ĩ'), ('Ý', 'í'), ('Þ', 'ị'),
    ('ß', 'ò'), ('á', 'ỏ'), ('â', 'õ'), ('ã', 'ó'), ('ä', 'ọ'),
    ('å', 'ồ'), ('æ', 'ổ'), ('ç', 'ỗ'), ('è', 'ố'), ('é', 'ộ'),
    ('ê', 'ờ'), ('ë', 'ở'), ('ì', 'ỡ'), ('í', 'ớ'), ('î', 'ợ'),
    ('ï', 'ù'), ('ñ', 'ủ'), ('ò', 'ũ'), ('ó', 'ú'), ('ô', 'ụ'),
    ('õ', 'ừ'), ('ö', 'ử'), ('÷', 'ữ'), ('ø', 'ứ'), ('ù', 'ự'),
    ('ú', 'ỳ'), ('û', 'ỷ'), ('ü', 'ỹ'), ('ý', 'ý'), ('þ', 'ỵ'),
];

/// VNI bytes that are a letter by themselves; ơ and ư may take a tone from below.
const VNI_LETTERS: &[(char, &str)] = &[
    ('ñ', "đ"),
    ('ô', "ơ"),
    ('ö', "ư"),
    ('ì', "ì"),
    ('í', "í"),
    ('æ', "ỉ"),
    ('ó', "ĩ"),
    ('ò', "ị"),
    ('î', "ỵ"),
];

/// VNI bytes that follow a letter: the byte, the letters it may follow, its marks.
#[rustfmt::skip]
const VNI_MARKS: &[(char, &str, &str)] = &[
    ('ø', "aeouyôö", "\u{300}"), ('ù', "aeouyôö", "\u{301}"), ('û', "aeouyôö", "\u{309}"),
    ('õ', "aeouyôö", "\u{303}"), ('ï', "aeouôö", "\u{323}"),
    ('â', "aeo", "\u{302}"), ('à', "aeo", "\u{302}\u{300}"), ('á', "aeo", "\u{302}\u{301}"),
    ('å', "aeo", "\u{302}\u{309}"), ('ã', "aeo", "\u{302}\u{303}"), ('ä', "aeo", "\u{302}\u{323}"),
    ('ê', "a", "\u{306}"), ('è', "a", "\u{306}\u{300}"), ('é', "a", "\u{306}\u{301}"),
    ('ú', "a", "\u{306}\u{309}"), ('ü', "a", "\u{306}\u{303}"), ('ë', "a", "\u{306}\u{323}"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_fonts_are_told_from_a_line_of_text() {
        for (text, legacy) in [
            ("Céng hßa x· héi chñ nghÜa ViÖt Nam", Legacy::Tcvn3),
            ("§éc lËp - Tù do - H¹nh phóc", Legacy::Tcvn3),
            ("CéNG HßA X· HéI CHñ NGHÜA VIÖT NAM", Legacy::Tcvn3),
            ("C¨n cø LuËt Tæ chøc chÝnh quyÒn ®Þa ph\u{AD}¬ng", Legacy::Tcvn3),
            ("B¸o c¸o", Legacy::Tcvn3),
            ("§iÒu 1", Legacy::Tcvn3),
            ("QuyÕt ®Þnh sè 12/Q§-BKH&§T · 5 × 3", Legacy::Tcvn3),
            ("Quyeát ñònh soá 12/QÑ-BKH&ÑT · 5 × 3", Legacy::Vni),
            ("COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM", Legacy::Vni),
            ("Ñoäc laäp - Töï do - Haïnh phuùc", Legacy::Vni),
            ("Caên cöù Luaät Toå chöùc chính quyeàn ñòa phöông", Legacy::Vni),
            ("Ủy ban nhân dân tỉnh báo cáo: Caên cöù Luaät Toå chöùc", Legacy::Vni),
        ] {
            assert_eq!(legacy_encoding(text), Some(legacy), "{text}");
        }
    }

    #[test]
    fn good_text_is_not_accused() {
        for text in GOOD {
            assert_eq!(legacy_encoding(text), None, "{text}");
            for word in text.split(' ') {
                assert_eq!(legacy_encoding(word), None, "{word}");
            }
        }
    }

    const GOOD: &[&str] = &[
        "",
        "UBND",
        "Cộng hòa xã hội chủ nghĩa Việt Nam. Độc lập - Tự do - Hạnh phúc.",
        "Báo cáo tình hình hoà giải, uỷ quyền; là lý do có án phí, ô tô, áo, é, à, ừ.",
        "Ba\u{301}o ca\u{301}o ti\u{300}nh hi\u{300}nh ho\u{300}a gia\u{309}i",
        "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020; điểm đ khoản 2 Điều 5 § 3",
        "The naïve café owner's résumé was a fait accompli in São Paulo, © 2022 Microsoft® Windows™",
        "Là où il a été, l'élève français est déjà très tôt allé à l'hôpital, où « le garçon » thaï \
         parlait d'un État laïc. Ça lui plaît: même à Noël, son cœur est dû à sa mère.",
        "Où est-ce ? Là où tu as vu le bébé né à Huế.",
        "Für die schöne Straße in Köln muß man größere Füße haben, daß es süß heiße",
        "El niño español comió piña en la mañana con mamá y papá; ¿qué más?",
        "A mãe não são irmãos; então é só português à mão, João e Conceição.",
        "På svenska är det så att man får gå när än man må",
        "Perché può già più città è così",
        "Ðã xem, Ðoàn Ðông Ðình; ðào tạo ðã xong",
        "10 µm, 5 N·m, 20 °C, 3×5 m², ½ kg, 5 § 2, A·h, kW·h, µs, a÷b",
    ];

    #[test]
    fn the_tables_cover_every_small_letter_with_a_mark() {
        let marked = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ";
        for letter in marked.chars() {
            assert_eq!(TCVN3.iter().filter(|(_, to)| *to == letter).count(), 1, "{letter}");
        }
        let mut bytes: Vec<char> = TCVN3.iter().map(|(byte, _)| *byte).collect();
        bytes.sort_unstable();
        bytes.dedup();
        assert_eq!(bytes.len(), TCVN3.len());

        let mut vni: BTreeSet<String> =
            VNI_LETTERS.iter().map(|(_, to)| (*to).to_owned()).collect();
        for (byte, bases, _) in VNI_MARKS {
            vni.extend(bases.chars().filter_map(|base| decode_vni(&format!("{base}{byte}"))));
        }
        let expected: BTreeSet<String> = marked.chars().map(String::from).collect();
        assert_eq!(vni, expected);
    }
}
