//! Letters that the fonts of the PDF do not have.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::{Report, Rule, Subject};
use crate::diag::{At, Place, Severity};
use crate::doc::{Document, LINE_END, metrics};
use crate::vi::text::forbidden_char;

pub const RULE: Rule = Rule {
    id: "khong-co-chu",
    severity: Severity::Error,
    explain: "\
Văn bản có chữ mà bản PDF không in được: chữ Hán, chữ Khmer, chữ viết từ phải sang trái, biểu
tượng cảm xúc.

Bản chính thức không được in thiếu chữ, nên chương trình không xuất khi còn chữ như vậy. Bản dự
thảo in một ô ▯ vào chỗ ấy. Phông chữ có đủ chữ Việt, chữ của các ngôn ngữ viết bằng chữ La-tinh,
Hy Lạp, Nga, và các dấu thường gặp trong biểu mẫu: ☐ ☑ ☒ ✓ ✗ ■ □ ● ○ ★ ① … ⑳, Ⅰ … Ⅻ, ℃, ㎡, →, ≥.

Ví dụ: “漢字” thì viết bằng chữ quốc ngữ; “👍” thì bỏ đi, hoặc thay bằng ☑.",
    run,
};

/// Kinds that are told one by one; text in another script may hold hundreds.
const MAX_TOLD: usize = 20;

/// Letters of a run that are shown.
const MAX_SHOWN: usize = 12;

fn run(subject: Subject<'_>, report: &mut Report<'_>) {
    let mut left = undrawn(subject.document);
    if left.is_empty() {
        return;
    }
    // What is printed in capitals is written in small letters too.
    let is_one = |c: char| !is_drawn(c) && (left.contains(&c) || has_capital_in(c, &left));
    let mut kinds: Vec<(String, Place, usize)> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for (letters, place) in subject.sources.letters(is_one) {
        match known.get(&letters) {
            Some(&at) => kinds[at].2 += 1,
            None => {
                known.insert(letters.clone(), kinds.len());
                kinds.push((letters, place, 1));
            }
        }
    }
    for (letters, ..) in &kinds {
        for c in letters.chars() {
            left.remove(&c);
            c.to_uppercase().for_each(|c| {
                left.remove(&c);
            });
        }
    }
    let more = kinds.len().saturating_sub(MAX_TOLD);
    for (index, (letters, place, count)) in kinds.into_iter().take(MAX_TOLD).enumerate() {
        let others = match count - 1 {
            0 => String::new(),
            others => format!(", và {others} chỗ khác"),
        };
        let rest = if index + 1 == MAX_TOLD && more > 0 {
            format!("; còn {more} chữ hoặc cụm chữ khác như vậy nữa")
        } else {
            String::new()
        };
        let at = At::Bytes { source: place.source, range: place.range };
        report.add(at, format!("{}{others}{rest}", message(&letters)), HINT);
    }
    if !left.is_empty() {
        let letters: String = left.into_iter().collect();
        let name = subject.sources.main_name().unwrap_or_default();
        report.add(At::File(name.to_owned()), message(&letters), HINT);
    }
}

const HINT: &str = "thay bằng chữ khác, hoặc bỏ đi; bản dự thảo (`--draft`) in ▯ vào chỗ này";

/// `bản PDF không in được chữ “漢字” (U+6F22, U+5B57)`
fn message(letters: &str) -> String {
    let shown: String = letters.chars().take(MAX_SHOWN).collect();
    let numbers: Vec<String> = shown.chars().map(|c| format!("U+{:04X}", u32::from(c))).collect();
    let dots = if letters.chars().nth(MAX_SHOWN).is_some() { " …" } else { "" };
    format!("bản PDF không in được chữ “{shown}{dots}” ({}{dots})", numbers.join(", "))
}

fn is_drawn(c: char) -> bool {
    c == LINE_END || metrics::is_printable(c) && forbidden_char(c).is_none()
}

fn has_capital_in(c: char, letters: &BTreeSet<char>) -> bool {
    c.to_uppercase().any(|capital| letters.contains(&capital))
}

/// The letters of a document that cannot be drawn.
fn undrawn(document: &Document) -> BTreeSet<char> {
    let mut found = BTreeSet::new();
    document.each_text(&mut |text| found.extend(text.chars().filter(|&c| !is_drawn(c))));
    found
}

#[cfg(test)]
mod tests {
    use super::super::testing::{case, document};
    use super::*;
    use crate::diag::{Diagnostic, Sources};
    use expect_test::{Expect, expect};

    fn found(body: &str, sources: &Sources) -> Vec<Diagnostic> {
        let (case, mut found) = (case(), Vec::new());
        let document = document(&case, body);
        let texts = crate::check::Texts::default();
        let subject = Subject { case: &case, document: &document, sources, texts: &texts };
        (RULE.run)(subject, &mut Report { rule: &RULE, findings: &mut found });
        found
    }

    /// What is found in a body that stands in a file: the bytes, then the message.
    fn check(text: &str, expected: &Expect) {
        let mut sources = Sources::default();
        sources.add("bao_cao/noi_dung.md", text);
        let found = found(text, &sources);
        let told = found.iter().map(|found| match sources.find(&found.at) {
            Some(place) => format!("{}: {}\n", &text[place.range], found.message),
            None => format!("{}\n", found.message),
        });
        expected.assert_eq(&told.collect::<String>());
    }

    #[test]
    fn one_message_a_kind_of_letter_at_its_first_place() {
        check(
            "漢字 và 漢字, ខ្មែរ, 👍, שלום.",
            &expect![[r#"
                漢字: bản PDF không in được chữ “漢字” (U+6F22, U+5B57), và 1 chỗ khác
                ខ្មែរ: bản PDF không in được chữ “ខ្មែរ” (U+1781, U+17D2, U+1798, U+17C2, U+179A)
                👍: bản PDF không in được chữ “👍” (U+1F44D)
                שלום: bản PDF không in được chữ “שלום” (U+05E9, U+05DC, U+05D5, U+05DD)
            "#]],
        );
    }

    #[test]
    fn signs_of_forms_and_letters_of_all_latin_languages_are_drawn() {
        check(
            "☐ ☑ ☒ ✓ ✔ ✗ ✘ ▢ ■ □ ● ○ ◯ Ⅱ ⅻ 25℃ ℉ ㎡ ㎥ ① ⑳ ⇒ ⇔ ★ ☆ ► KT\u{2011}TH ‰ ½ ₫ Łódź Ærø Ђ Ωμέγα",
            &expect![""],
        );
    }

    #[test]
    fn letters_that_stand_in_no_file_are_told_all_the_same() {
        assert_eq!(found("漢", &Sources::default()).len(), 1);
    }
}
