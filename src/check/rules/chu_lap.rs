//! Words that stand twice in a row, in what the clerk wrote or in what it makes with the
//! wording.

use crate::check::texts::{Found, Text};
use crate::check::{Report, Rule, Subject};
use crate::diag::{At, Route, Severity};
use crate::doc::{Block, Document};
use crate::vi::proof::Slip;
use crate::vi::proof::doubled::doubled;
use crate::vi::text::{fold, one_line};

pub const RULE: Rule = Rule {
    id: "chu-lap",
    severity: Severity::Warning,
    explain: "\
Một chữ hoặc một cụm từ viết hai lần liền nhau, trong hồ sơ hoặc khi ghép với lời văn.

Thường do chép dán, hoặc do hồ sơ ghi lại chữ mà chương trình tự ghi: số, ký hiệu viện dẫn
chỉ ghi `12/UBND-VX`, không ghi `Công văn số 12/UBND-VX`. Từ láy (“từ từ”, “luôn luôn”)
không bị báo.

Ví dụ: “kế hoạch và và dự toán”; “Công văn số Công văn số 12/UBND-VX”.",
    run,
};

/// Words that the program writes itself, by the key of the text that must not begin so.
const PRINTED: [(&str, &[&str]); 4] = [
    ("so_ky_hieu", &["số"]),
    ("kinh_gui", &["kính gửi"]),
    ("noi_nhan", &["nơi nhận"]),
    ("noi_luu", &["lưu"]),
];

fn run(subject: Subject<'_>, report: &mut Report<'_>) {
    let mut found = Found::in_paragraphs(subject, doubled);
    for text in subject.texts.iter() {
        if let Some(slip) = printed_anyway(text) {
            found.add(subject, text, 0, slip);
        }
    }
    for (said, rest, slip) in in_document(subject.document) {
        // What the clerk wrote twice has been told.
        let said_folded = fold(&said);
        let is_own = |text: &Text<'_>| fold(&one_line(&text.text)).contains(&said_folded);
        if !subject.texts.iter().any(is_own) {
            found.add_at(beginning_of(subject, &rest), &said, slip);
        }
    }
    found.tell(subject, report);
}

/// A text that begins with a word that is printed before it.
fn printed_anyway(text: &Text<'_>) -> Option<Slip> {
    let (_, words) = PRINTED.iter().find(|(key, _)| *key == text.key())?;
    let lower = text.text.to_lowercase();
    let word = words.iter().find(|word| {
        let rest = lower.strip_prefix(**word);
        rest.is_some_and(|rest| rest.starts_with([' ', ':']) && rest.len() > 1)
    })?;
    let written = text.text.get(..word.len())?;
    Some(Slip {
        range: 0..word.len(),
        sort: "chữ mà chương trình tự ghi",
        fact: Some(format!("ghi sẵn “{written}”, mà chương trình tự ghi chữ này")),
        step: format!("bỏ “{written}”"),
    })
}

/// What paragraphs of the document say twice: the words, and the paragraph from where they
/// begin again.
fn in_document(document: &Document) -> Vec<(String, String, Slip)> {
    let mut found = Vec::new();
    for block in document.sections.iter().flat_map(|section| &section.blocks) {
        let Block::Paragraph(paragraph) = block else { continue };
        let text = paragraph.plain();
        for slip in doubled(&text) {
            let said = one_line(&text[slip.range.clone()]);
            let middle = slip.range.start + middle(&text[slip.range.clone()]);
            found.push((said, one_line(&text[middle..]), slip));
        }
    }
    found
}

/// Where the second half of some words begins.
fn middle(both: &str) -> usize {
    let words: Vec<&str> = both.split_whitespace().collect();
    let second = words.get(words.len() / 2).copied().unwrap_or(both);
    second.as_ptr() as usize - both.as_ptr() as usize
}

/// The text of the case that a paragraph goes on with; else the whole content.
fn beginning_of(subject: Subject<'_>, rest: &str) -> At {
    let rest = fold(rest);
    let is_its = |text: &&Text<'_>| {
        let own = fold(&one_line(&text.text));
        let head: String = own.chars().take(40).collect();
        own.contains(' ') && rest.starts_with(&head)
    };
    match subject.texts.iter().find(is_its) {
        Some(text) => {
            let words = text.text.len() - text.text.trim_start().len();
            let end = text.text[words..].find('\n').map_or(text.text.len(), |len| words + len);
            subject.texts.at(text, words..end)
        }
        None => At::Route(Route::root().key("noi_dung")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{case, found};
    use super::*;
    use expect_test::expect;

    #[test]
    fn what_only_the_document_says_twice_is_found() {
        assert_eq!(found(&RULE, &case(), "Thực hiện Công văn số 12/UBND-VX./."), "");
        expect![["noi_dung: “Công văn số” viết hai lần liền nhau\n"]].assert_eq(&found(
            &RULE,
            &case(),
            "Thực hiện Công văn số Công văn số 12./.",
        ));
    }
}
