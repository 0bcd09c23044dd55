//! The comparison as text.

use std::fmt::Write as _;

use super::{Compared, Outcome, Pair};
use crate::cli::report;
use crate::compare::{Change, Told, marked_up, phrases};

/// The comparison, the documents that change first to last, then how many there are.
pub fn text(compared: &Compared) -> String {
    let sides = &compared.sides;
    let mut page = format!("Cũ:  {}\nMới: {}\n", sides.old.title, sides.new.title);
    for pair in &compared.documents {
        document(pair, &mut page);
    }
    let _ = writeln!(page, "\n{}", summary(compared));
    page
}

fn document(pair: &Pair, page: &mut String) {
    let (new, gone) = (&pair.new_errors, &pair.gone_errors);
    let said = match &pair.outcome {
        Outcome::Both(_) => "",
        Outcome::OnlyOld => " — chỉ lập được ở bản cũ",
        Outcome::OnlyNew => " — chỉ lập được ở bản mới",
        Outcome::Neither => " — không lập được ở cả hai bản, vì còn lỗi từ trước",
    };
    if is_unaffected(pair) {
        return;
    }
    // Writing to a String cannot fail.
    let _ = writeln!(page, "\n{}{said}", pair.name);
    if let Outcome::Both(changes) = &pair.outcome {
        changes.iter().flat_map(lines).for_each(|line| {
            let _ = writeln!(page, "  {line}");
        });
    }
    if !new.diagnostics.is_empty() {
        let _ = writeln!(page, "  Lỗi mới:\n");
        page.push_str(&report::text(new, &std::io::stdout()));
    }
    for error in &gone.diagnostics {
        let _ = writeln!(page, "  Hết lỗi[{}]: {}", error.code, error.message);
    }
}

/// Whether the new templates change nothing in a document.
pub fn is_unaffected(pair: &Pair) -> bool {
    matches!(&pair.outcome, Outcome::Both(changes) if changes.is_empty())
        && pair.new_errors.diagnostics.is_empty()
        && pair.gone_errors.diagnostics.is_empty()
}

/// A change as a clerk reads it; one line for each phrase of a sentence.
fn lines(change: &Change) -> Vec<String> {
    let place = &change.place;
    match &change.told {
        Told::Added(sentence) => {
            vec![format!("{place}: thêm “{}”", whole(sentence.mark.as_deref(), &sentence.tokens))]
        }
        Told::Removed(sentence) => {
            vec![format!(
                "{place} (cũ): bỏ “{}”",
                whole(sentence.mark.as_deref(), &sentence.tokens)
            )]
        }
        Told::Renumbered { old, new } => {
            vec![format!("{place}: đánh số {} → {}", number(old), number(new))]
        }
        Told::Reworded(pieces) => phrases(pieces)
            .into_iter()
            .map(|phrase| format!("{place}: “{}” → “{}”", phrase.old, phrase.new))
            .collect(),
    }
}

fn whole(mark: Option<&str>, tokens: &[crate::compare::Token]) -> String {
    let text = marked_up(tokens);
    match mark {
        Some(mark) => format!("{mark} {text}"),
        None => text,
    }
}

pub fn number(mark: &Option<String>) -> String {
    mark.as_ref().map_or_else(|| "không số".to_owned(), |mark| format!("“{mark}”"))
}

/// `2 văn bản thay đổi, 12 văn bản không thay đổi; 1 lỗi mới.`
pub fn summary(compared: &Compared) -> String {
    let all = &compared.documents;
    let count = |test: fn(&Pair) -> bool| all.iter().filter(|pair| test(pair)).count();
    let same = count(is_unaffected);
    let one_sided = count(|pair| {
        matches!(pair.outcome, Outcome::OnlyOld | Outcome::OnlyNew | Outcome::Neither)
    });
    let mut said =
        format!("{} văn bản thay đổi, {same} văn bản không thay đổi", all.len() - same - one_sided);
    if one_sided > 0 {
        let _ = write!(said, ", {one_sided} văn bản không so sánh được");
    }
    let new: usize = all.iter().map(|pair| pair.new_errors.diagnostics.len()).sum();
    let gone: usize = all.iter().map(|pair| pair.gone_errors.diagnostics.len()).sum();
    match new {
        0 => said.push_str("; không có lỗi mới"),
        new => {
            let _ = write!(said, "; {new} lỗi mới");
        }
    }
    if gone > 0 {
        let _ = write!(said, "; hết {gone} lỗi cũ");
    }
    said.push('.');
    said
}
