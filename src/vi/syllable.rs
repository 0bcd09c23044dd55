//! Is this a Vietnamese syllable? Spelling only; no dictionary.
//!
//! A syllable is an initial, a rime from a closed list, and at most one tone on the
//! vowel where it belongs. That is enough to tell “hòa” from “hßa” and from “haï”.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

/// Spelt as Vietnamese is spelt: initial, rime, tone, and the place of the tone, old
/// style (hòa) or new (hoà). `word` is in small letters, NFC.
pub(super) fn is_syllable(word: &str) -> bool {
    let Some((letters, tone)) = split_tone(word) else {
        return false;
    };
    readings(&letters).any(|(initial, rime)| tone_fits(rime, tone, initial.chars().count()))
}

/// Like [`is_syllable`] whatever the tone: for words that deserve the benefit of the doubt.
pub(super) fn may_be_syllable(word: &str) -> bool {
    split_tone(word).is_some_and(|(letters, _)| readings(&letters).next().is_some())
}

/// A tone mark and the index of the letter it stands on.
type Tone = Option<(char, usize)>;

const ACUTE: char = '\u{301}';
const DOT: char = '\u{323}';
const TONES: [char; 5] = ['\u{300}', ACUTE, '\u{303}', '\u{309}', DOT];

/// The word without its tone; nothing if it has two.
fn split_tone(word: &str) -> Option<(String, Tone)> {
    let mut letters = String::with_capacity(word.len());
    let mut tone = None;
    for (index, c) in word.chars().enumerate() {
        let (letter, of_letter) = parted(c);
        letters.extend(letter);
        if of_letter.is_some_and(|of_letter| tone.replace((of_letter, index)).is_some()) {
            return None;
        }
    }
    Some((letters, tone))
}

/// A letter and its tone; of a tone that found no letter, the tone alone.
fn parted(c: char) -> (Option<char>, Option<char>) {
    match PARTED.get(c as usize) {
        Some(parted) => *parted,
        None => (Some(c), None),
    }
}

/// [`parted`] of every letter that Vietnamese is written with. A proofreader asks for each
/// letter of a case, some of them many times.
static PARTED: LazyLock<Vec<(Option<char>, Option<char>)>> = LazyLock::new(|| {
    let part = |code: u32| {
        let c = char::from_u32(code).unwrap_or_default();
        let tone = std::iter::once(c).nfd().find(|part| TONES.contains(part));
        let letter = std::iter::once(c).nfd().filter(|part| !TONES.contains(part)).nfc();
        let mut letter = letter.collect::<Vec<char>>().into_iter();
        match (letter.next(), letter.next()) {
            (one, None) => (one, tone),
            // What Unicode parts in several is no letter of ours.
            _ => (Some(c), None),
        }
    };
    (0..PARTED_LETTERS).map(part).collect()
});

/// Past Latin Extended Additional, where the last Vietnamese letters stand.
const PARTED_LETTERS: u32 = 0x1F00;

/// Every way to part the letters into an initial and a rime: `gi` is g-i and gi-.
fn readings(letters: &str) -> impl Iterator<Item = (&'static str, &str)> {
    INITIALS.iter().filter_map(move |&initial| {
        let rime = letters.strip_prefix(initial)?;
        let known =
            SORTED_RIMES.contains(rime) || initial == "qu" && RIMES_AFTER_QU.contains(&rime);
        (known && spelt_together(initial, rime)).then_some((initial, rime))
    })
}

/// k, gh and ngh stand before e, ê, i, y; c, g and ng before the rest.
fn spelt_together(initial: &str, rime: &str) -> bool {
    let front = rime.starts_with(['e', 'ê', 'i', 'y']);
    match initial {
        "k" | "gh" | "ngh" => front,
        "c" | "ng" => !front,
        "g" => !front || rime.starts_with('i'),
        "qu" => !rime.starts_with(['u', 'ư', 'o']),
        _ => true,
    }
}

fn tone_fits(rime: &str, tone: Tone, initial_len: usize) -> bool {
    let stopped = rime.ends_with(['c', 'p', 't']) || rime.ends_with("ch");
    match tone {
        None => !stopped,
        Some((mark, index)) => {
            (!stopped || matches!(mark, ACUTE | DOT))
                && index.checked_sub(initial_len).is_some_and(|at| tone_may_stand(rime, at))
        }
    }
}

/// May the tone stand on the letter at `at` of this rime?
fn tone_may_stand(rime: &str, at: usize) -> bool {
    let vowels: Vec<char> = rime.chars().take_while(|c| VOWELS.contains(*c)).collect();
    let closed = vowels.len() < rime.chars().count();
    let marked = vowels.iter().rposition(|c| "ăâêôơ".contains(*c));
    match (marked, vowels.as_slice()) {
        (Some(marked), _) => at == marked,
        (None, ['o', 'a' | 'e'] | ['u', 'y']) if !closed => at <= 1,
        (None, [_, _]) => at == usize::from(closed),
        (None, vowels) => at == vowels.len() / 2,
    }
}

const VOWELS: &str = "aăâeêioôơuưy";

#[rustfmt::skip]
const INITIALS: &[&str] = &[
    "", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh",
    "nh", "p", "ph", "qu", "r", "s", "t", "th", "tr", "v", "x",
];

#[rustfmt::skip]
const RIMES: &[&str] = &[
    "a", "ac", "ach", "ai", "am", "an", "ang", "anh", "ao", "ap", "at", "au", "ay",
    "ăc", "ăm", "ăn", "ăng", "ăp", "ăt",
    "âc", "âm", "ân", "âng", "âp", "ât", "âu", "ây",
    "e", "ec", "em", "en", "eng", "eo", "ep", "et",
    "ê", "êch", "êm", "ên", "ênh", "êp", "êt", "êu",
    "i", "ia", "ich", "im", "in", "inh", "ip", "it", "iu",
    "iêc", "iêm", "iên", "iêng", "iêp", "iêt", "iêu",
    "o", "oc", "oi", "om", "on", "ong", "op", "ot", "ooc", "oong",
    "oa", "oac", "oach", "oai", "oam", "oan", "oang", "oanh", "oao", "oap", "oat", "oay",
    "oăc", "oăm", "oăn", "oăng", "oăt", "oe", "oen", "oeo", "oet",
    "ô", "ôc", "ôi", "ôm", "ôn", "ông", "ôp", "ôt",
    "ơ", "ơi", "ơm", "ơn", "ơp", "ơt",
    "u", "ua", "uc", "ui", "um", "un", "ung", "up", "ut",
    "uân", "uâng", "uât", "uây", "uê", "uêch", "uên", "uênh", "uêt", "uơ",
    "uôc", "uôi", "uôm", "uôn", "uông", "uôt",
    "uy", "uya", "uych", "uyên", "uyêt", "uynh", "uyp", "uyt", "uyu",
    "ư", "ưa", "ưc", "ưi", "ưng", "ưt", "ưu",
    "ươc", "ươi", "ươm", "ươn", "ương", "ươp", "ươt", "ươu",
    "y", "yêm", "yên", "yêng", "yêt", "yêu",
];

/// Every word of a case is looked up here, some of them many times.
static SORTED_RIMES: LazyLock<BTreeSet<&str>> = LazyLock::new(|| RIMES.iter().copied().collect());

/// “quýt”, “quỳnh”, “quỵch”: after qu, uy is written without its u.
const RIMES_AFTER_QU: &[&str] = &["ych", "ynh", "yt"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_document_are_syllables() {
        let text = "cộng hòa hoà xã hội chủ nghĩa việt nam độc lập tự do hạnh phúc căn cứ luật tổ \
            chức chính quyền địa phương ngày tháng quyết định về việc phê duyệt kế hoạch giai đoạn \
            xét đề nghị của giám đốc sở thông tin truyền khuya quýt quỳnh giếng gì giữ ghế nghiêng \
            ngoằn xoong ủy uỷ thuý thúy quốc huyện kiên giang rượu hươu yếu ước oái ngoéo khuỷu thuở \
            muốn của mía giặc xoắn ngược quảng trường ỷ ê ý kỹ";
        for word in text.split_whitespace() {
            assert!(is_syllable(word), "{word}");
            assert!(may_be_syllable(word), "{word}");
        }
    }

    #[test]
    fn what_is_spelt_otherwise_is_not() {
        for word in [
            "",
            "hßa",
            "céng",
            "nam2",
            "việtnam",
            "fôn",
            "ứừ",
            "cuả",
            "ngiêng",
            "haï",
            "được̣",
            "sach",
            "sàch",
            "qúy",
            "b",
            "ng",
        ] {
            assert!(!is_syllable(word), "{word}");
        }
    }
}
