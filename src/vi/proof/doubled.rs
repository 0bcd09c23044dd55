//! Words written twice: “và và”, “Công văn số Công văn số”.
//!
//! Vietnamese doubles words on purpose (“từ từ”, “luôn luôn”), and the end of one word is
//! often the start of the next (“tồn tại tại”). So a single word is told only when it is
//! one that no sentence doubles, and phrases from two syllables on.

use std::borrow::Cow;
use std::ops::Range;

use super::super::text::one_line;
use super::{Slip, tokens};

const SORT: &str = "chữ lặp hai lần";

/// The longest phrase that is looked for, in syllables.
const LONGEST: usize = 12;

/// Words that are not doubled, but for those after which the second begins a word of its
/// own: “thiết bị bị hỏng”, “tồn tại tại”, “tiền của của dân”.
#[rustfmt::skip]
const NEVER_DOUBLED: &[(&str, &[&str])] = &[
    ("và", &[]), ("của", &["tiền", "công", "sức", "no"]), ("các", &[]), ("những", &[]),
    ("được", &[]), ("với", &[]), ("cho", &[]), ("theo", &[]), ("để", &[]), ("đã", &[]),
    ("sẽ", &[]), ("đang", &[]), ("hoặc", &[]), ("nhưng", &[]), ("nếu", &[]), ("khi", &[]),
    ("tại", &["tồn", "hiện", "đương", "thực", "ngoại", "nội"]),
    ("về", &["trở", "đi", "quay", "chạy"]), ("trên", &["nêu", "như", "kể", "nói", "bên", "cấp", "ở"]),
    ("là", &["bay"]), ("vào", &["đầu", "ra", "đi"]), ("thuộc", &["trực", "phụ", "thân", "quy"]),
    ("nhằm", &[]), ("gồm", &["bao"]), ("bởi", &[]), ("này", &[]), ("cũng", &[]), ("vẫn", &[]),
    ("bị", &["thiết", "chuẩn", "trang", "phòng"]), ("mọi", &[]), ("tới", &["sắp"]), ("như", &[]),
    ("thì", &[]), ("đối", &[]), ("giữa", &[]), ("trong", &["bên", "nước"]), ("bao", &[]),
    ("đến", &["bản", "văn", "điện"]),
];

/// Phrases that are doubled on purpose, and nouns that are verbs too (“các tổ chức tổ chức”).
#[rustfmt::skip]
const PHRASES_IN_PAIRS: &[&str] = &[
    "tổ chức", "đại diện", "lãnh đạo", "từng bước", "từng chút", "lần lượt",
];

struct Word<'a> {
    range: Range<usize>,
    lower: Cow<'a, str>,
    /// Whether nothing but white space stands between it and the next.
    joined: bool,
}

/// What a text says twice in a row; the bytes are those of both.
pub fn doubled(text: &str) -> Vec<Slip> {
    let words = words(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let Some(len) = (1..=LONGEST).find(|&len| is_doubled(&words, at, len)) else {
            at += 1;
            continue;
        };
        let once = words[at].range.start..words[at + len - 1].range.end;
        let both = once.start..words[at + 2 * len - 1].range.end;
        let said = one_line(&text[once]);
        let slip = Slip::new(both, SORT, format!("bỏ một “{said}”"));
        found.push(slip.fact(format!("“{said}” viết hai lần liền nhau")));
        at += len;
    }
    found
}

fn is_doubled(words: &[Word<'_>], at: usize, len: usize) -> bool {
    let Some(both) = words.get(at..at + 2 * len) else { return false };
    let (first, second) = both.split_at(len);
    let is_same = first.iter().zip(second).all(|(a, b)| a.lower == b.lower);
    if !is_same || !both[..2 * len - 1].iter().all(|word| word.joined) {
        return false;
    }
    if let [word] = first {
        let before = at.checked_sub(1).map(|before| &words[before]).filter(|word| word.joined);
        let before = before.map_or("", |word| word.lower.as_ref());
        let known = NEVER_DOUBLED.iter().find(|(never, _)| *never == word.lower);
        return known.is_some_and(|(_, after)| !after.contains(&before));
    }
    let phrase: Vec<&str> = first.iter().map(|word| word.lower.as_ref()).collect();
    let is_word = |word: &&str| word.chars().filter(|c| c.is_alphabetic()).count() >= 2;
    // “xa xa xa xa” is a word doubled twice.
    let is_one_word = phrase.iter().all(|word| *word == phrase[0]);
    phrase.iter().any(is_word)
        && !is_one_word
        && !PHRASES_IN_PAIRS.contains(&phrase.join(" ").as_str())
}

fn words(text: &str) -> Vec<Word<'_>> {
    let is_edge = |c: char| !c.is_alphanumeric() && !matches!(c, '%' | '+' | '<' | '>' | '=');
    let mut words: Vec<Word<'_>> = Vec::new();
    for (start, token) in tokens(text) {
        let bare = token.trim_start_matches('*').trim_end_matches('*');
        let core = bare.trim_matches(is_edge);
        if core.is_empty() {
            if let Some(last) = words.last_mut() {
                last.joined = false;
            }
            continue;
        }
        let head = core.as_ptr() as usize - token.as_ptr() as usize;
        let opens = !bare.starts_with(core);
        if let Some(last) = words.last_mut().filter(|_| opens) {
            last.joined = false;
        }
        words.push(Word {
            range: start + head..start + head + core.len(),
            lower: match core.chars().any(char::is_uppercase) {
                true => core.to_lowercase().into(),
                false => core.into(),
            },
            joined: bare.ends_with(core),
        });
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<&str> {
        doubled(text).into_iter().map(|slip| &text[slip.range]).collect()
    }

    #[test]
    fn words_and_phrases_that_stand_twice_are_found() {
        for (text, wanted) in [
            ("kế hoạch và và dự toán", "và và"),
            ("nhiệm vụ của của Sở", "của của"),
            ("Các các cơ quan", "Các các"),
            ("theo Công văn số Công văn số 12/UBND", "Công văn số Công văn số"),
            ("Ủy ban nhân dân Ủy ban nhân dân tỉnh", "Ủy ban nhân dân Ủy ban nhân dân"),
            ("báo cáo kết quả báo cáo kết quả năm 2025", "báo cáo kết quả báo cáo kết quả"),
            ("trong **năm 2025** năm 2025", "năm 2025** năm 2025"),
            ("đơn vị\nđơn vị trực thuộc", "đơn vị\nđơn vị"),
            ("thực hiện thực hiện kế hoạch", "thực hiện thực hiện"),
        ] {
            assert_eq!(shown(text), [wanted], "{text}");
        }
    }

    #[test]
    fn what_is_doubled_on_purpose_is_left() {
        for text in [
            "xa xa, luôn luôn, hay hay, từ từ, ngày ngày, nhà nhà, người người, ai ai",
            "đời đời thường thường song song vân vân chầm chậm năm năm",
            "những tồn tại tại cơ quan; hiện tại tại địa phương",
            "thiết bị bị hỏng; tiền của của Nhà nước; một số số liệu; trở về về quê",
            "các tổ chức tổ chức hội nghị; hành chính chính thức; nhà ở ở nông thôn",
            "đi từng bước từng bước một",
            "và, và; của (của) các",
            "Trần Văn A, Trần Văn A",
            "10 10 5 5 10 10 5 5",
            "nêu trên trên địa bàn",
        ] {
            assert_eq!(shown(text), [""; 0], "{text}");
        }
    }
}
