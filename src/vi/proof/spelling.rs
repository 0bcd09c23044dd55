//! Syllables that Vietnamese spelling cannot have: “nghành”, “kếhoạch”, “quyểt”.
//!
//! Spelling only; there is no dictionary. A word is judged when it is in small letters and
//! bears a mark of Vietnamese: names, abbreviations, units and foreign words do not.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::super::syllable::{is_syllable, may_be_syllable};
use super::{Slip, is_address, tokens};

const SORT: &str = "chữ không có trong chính tả tiếng Việt";

/// Foreign words and words of science that are written in one piece, with marks.
#[rustfmt::skip]
const BORROWED: &[&str] = &[
    "ôtô", "môtô", "bêtông", "ximăng", "đôla", "kilômét", "kilôgam", "ôxy", "ôxi", "ôzôn",
    "hyđrô", "hiđrô", "nitơ", "phốtpho", "phốtphát", "nitrát", "sunfát", "cácbon", "cácbonic",
    "mêtan", "êtan", "êtylen", "prôtêin", "protêin", "lipít", "glucô", "glucôzơ", "xenlulô",
    "xenlulôzơ", "urê", "bazơ", "amôni", "catốt", "anốt", "rơle", "ăngten", "côngtenơ", "contenơ",
    "côngten", "rơmoóc", "sơmirơmoóc", "rađa", "rađiô", "viđêô", "karaôkê", "sôcôla", "vắcxin",
    "văcxin", "kiốt", "ghisê", "cátxét", "catxê", "sêri", "xêri", "ápphích", "apphích", "lôgô",
    "lôgíc", "logíc", "lôgic", "mácxít", "lêninnít", "phátxít", "pôlyme", "mêgaoát",
    "kilôoát", "oát", "vônfram", "crôm", "môlipđen", "cađimi", "phênol",
    "đioxin", "điôxin", "photpho", "silíc", "xilíc", "bôxít", "bauxít", "graphít", "hécta",
    "bốcxít", "manhêtô", "săngđan", "vécni", "xăngđan", "mêga", "ghiđông", "étxăng",
    "côvít", "côvid", "áptômát", "aptômát", "ămpe", "moócphin", "ôxit", "ôxít", "điôxít", "axít",
    "café", "cafés", "résumé", "pâté", "crêpe", "château", "déjà", "fiancé", "décor", "crème",
    "protégé", "où", "été", "bébé", "señor", "são", "ừm", "uầy", "dzậy", "nguều", "đk", "đc", "đt",
    "alô", "krông", "đăk", "đắk", "pắk", "êđê", "êban", "păh", "blơk", "hrê", "brâu", "rơmăm", "rơngao",
];

/// Words that spelling cannot have.
pub fn misspelt(text: &str) -> Vec<Slip> {
    let mut found = Vec::new();
    for (start, token) in tokens(text) {
        // Most words have no mark that could be wrong, or are plain.
        if token.is_ascii() && !token.contains("ngh") || is_foreign(token) {
            continue;
        }
        for range in words(token) {
            let word = &token[range.clone()];
            if is_misspelt(word) {
                let range = start + range.start..start + range.end;
                let slip = Slip::new(range, SORT, step(&word.to_lowercase()));
                found.push(slip);
            }
        }
    }
    found
}

/// A token that is no word of the language: a code, an address, a name with an apostrophe,
/// a word in pieces (`xen-luy-lô`).
fn is_foreign(token: &str) -> bool {
    let inner = token.trim_matches(|c: char| !c.is_alphanumeric());
    let in_pieces =
        |c: char| matches!(c, '\'' | '’' | 'ʼ' | '‘' | '-' | '_' | '#' | '&') || c.is_ascii_digit();
    inner.contains(in_pieces) || is_address(token)
}

/// Runs of letters.
fn words(token: &str) -> impl Iterator<Item = Range<usize>> {
    let base = token.as_ptr() as usize;
    let words = token.split(|c: char| !c.is_alphabetic() && !is_mark(c));
    words.filter(|word| !word.is_empty()).map(move |word| {
        let start = word.as_ptr() as usize - base;
        start..start + word.len()
    })
}

/// A mark that found no letter to stand on.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{323}')
}

fn is_misspelt(word: &str) -> bool {
    let mut letters = word.chars();
    let Some(first) = letters.next() else { return false };
    let is_small = first.is_lowercase() && letters.clone().all(|c| !c.is_uppercase());
    if !is_small {
        // `Nghành` at the start of a sentence; names are written otherwise.
        let is_capitalised = first == 'N' && letters.all(|c| !c.is_uppercase());
        return is_capitalised && is_before_back_vowel(&word.to_lowercase(), "ngh");
    }
    if word.is_ascii() {
        return is_before_back_vowel(word, "ngh") && word.len() > 4;
    }
    // Nearly every word is one, and the rest is dearer to ask.
    if is_syllable(word) {
        return false;
    }
    let is_vietnamese = |c: char| c.is_ascii_lowercase() || is_mark(c) || VIETNAMESE.contains(c);
    let has_vowel = word.chars().any(|c| "aeiouy".contains(c) || !c.is_ascii() && c != 'đ');
    has_vowel
        && word.chars().count() > 1
        && word.chars().all(is_vietnamese)
        && !word.contains(['f', 'j', 'w', 'z'])
        && !BORROWED.contains(&word)
}

const VIETNAMESE: &str = "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ";

/// `ngh`, `gh` before a, o, u and their like, where the rest is a rime.
fn is_before_back_vowel(word: &str, initial: &str) -> bool {
    let Some(rime) = word.strip_prefix(initial) else { return false };
    let is_front = rime.starts_with([
        'e', 'i', 'y', 'ê', 'è', 'é', 'ẻ', 'ẽ', 'ẹ', 'ề', 'ế', 'ể', 'ễ', 'ệ', 'ì', 'í', 'ỉ', 'ĩ',
        'ị',
    ]);
    !rime.is_empty() && !is_front && may_be_syllable(&format!("ng{rime}"))
}

/// What is likely meant.
fn step(word: &str) -> String {
    let swapped = [("ngh", "ng"), ("ng", "ngh"), ("gh", "g"), ("g", "gh"), ("k", "c"), ("c", "k")];
    let of_initials =
        swapped.iter().filter_map(|(from, to)| Some(format!("{to}{}", word.strip_prefix(from)?)));
    let is_right = |guess: &String| is_syllable(guess);
    if let Some(guess) = of_initials.into_iter().find(is_right) {
        return format!("có lẽ là “{guess}”");
    }
    if let Some(guess) = with_tone_moved(word) {
        return format!("có lẽ là “{guess}”");
    }
    let cuts = word.char_indices().map(|(at, _)| at).skip(1);
    let parted = cuts.map(|at| word.split_at(at)).find(|(a, b)| is_syllable(a) && is_syllable(b));
    // Two words that lost their space: a vowel is seldom cut from a vowel.
    let is_cut = |(a, b): &(&str, &str)| {
        a.len() > 1 && b.len() > 1 && !(a.ends_with(is_vowel) && b.starts_with(is_vowel))
    };
    if let Some((a, b)) = parted.filter(is_cut) {
        return format!("có lẽ là “{a} {b}”");
    }
    "gõ lại chữ này; tên riêng, chữ nước ngoài thì viết hoa chữ đầu hoặc có dấu nối".to_owned()
}

fn is_vowel(c: char) -> bool {
    let base = std::iter::once(c).nfd().next().unwrap_or(c);
    "aeiouy".contains(base)
}

/// The syllable whose mark of tone, or of `ơ`, a hand put on the letter beside: `cuả`,
/// `phưòng`. None where more than one is possible.
fn with_tone_moved(word: &str) -> Option<String> {
    const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];
    let tones: Vec<char> = word.nfd().filter(|c| TONES.contains(c)).collect();
    let [tone] = tones.as_slice() else { return None };
    let toneless: String = word.nfd().filter(|c| !TONES.contains(c)).nfc().collect();
    let horned = toneless.replace("ưo", "ươ").replace("uơ", "ươ");
    let mut guesses: Vec<String> = Vec::new();
    for plain in [toneless, horned] {
        for (at, letter) in plain.char_indices().filter(|(_, letter)| is_vowel(*letter)) {
            let (left, right) = plain.split_at(at + letter.len_utf8());
            let guess: String = format!("{left}{tone}{right}").nfc().collect();
            if is_syllable(&guess) && !guesses.contains(&guess) {
                guesses.push(guess);
            }
        }
    }
    match guesses.as_slice() {
        [guess] => Some(guess.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<&str> {
        misspelt(text).into_iter().map(|slip| &text[slip.range]).collect()
    }

    #[test]
    fn what_spelling_cannot_have_is_found() {
        for wrong in [
            "nghành",
            "kếhoạch",
            "ngiên",
            "thựch",
            "quyểt",
            "nghànhh",
            "kỹthuật",
            "nhiềm̀",
            "vănbản",
            "báocáo",
            "khuyếch",
            "đựơc",
            "cuả",
            "hoàanh",
            "phảt",
            "các̣",
            "nguời̛",
            "kưu",
            "gế",
            "nghổ",
            "cếp",
            "thưc̣",
            "tiếnn",
            "bịênh",
            "nghanh",
            "Nghành",
        ] {
            // Some bear a mark twice.
            assert_eq!(shown(&format!("trong {wrong} này")), [wrong]);
        }
        assert_eq!(misspelt("nghành")[0].step, "có lẽ là “ngành”");
        assert_eq!(misspelt("ngiên")[0].step, "có lẽ là “nghiên”");
        assert_eq!(misspelt("kếhoạch")[0].step, "có lẽ là “kế hoạch”");
    }

    #[test]
    fn a_tone_on_the_wrong_letter_is_moved_and_no_vowel_is_cut_in_two() {
        for (wrong, right) in [
            ("phưòng", "phường"),
            ("trưòng", "trường"),
            ("ngưòi", "người"),
            ("đựơc", "được"),
            ("cuả", "của"),
            ("bịênh", "bệnh"),
        ] {
            let step = misspelt(wrong).remove(0).step;
            if wrong == "bịênh" {
                // Nobody knows what was meant.
                assert!(!step.contains("có lẽ"), "{step}");
            } else {
                assert_eq!(step, format!("có lẽ là “{right}”"));
            }
        }
    }

    #[test]
    fn names_foreign_words_and_both_ways_of_tones_are_left() {
        for text in [
            "Ea H’Leo, Chư Păh, Y Blơk Êban, K’Bang, Đắk Lắk, Krông Pắc, Plei, Kbang, Lộc Ninh",
            "hoà hòa thuý thúy uỷ ủy khoẻ khỏe quý quí tuỳ tùy xoà xòa",
            "email website marketing Internet online blockchain high-tech",
            "5.000đ/kg, m³/ngày đêm, 20 km², °C, điểm đ khoản 2",
            "QĐ-UBND, NĐ-CP, HĐND, NSĐP, đ/c, TTĐT",
            "alô, ôtô, bêtông, xen-luy-lô, ki-ốt, vắc-xin, café",
            "Nestlé, François, São Tomé, Müller, naïve",
            "khúc khuỷu, ngoằn ngoèo, quýt, quỳnh, huỵch, giếng, gìn giữ, khuya, xoong",
            "báo_cáo.docx, a@báocáo.vn",
            "kinh tế-xã hội và/hoặc Bru-Vân Kiều",
        ] {
            assert_eq!(shown(text), [""; 0], "{text}");
        }
    }
}
