//! Lines that begin as items of a list and are printed as one paragraph.

use std::ops::Range;

use crate::check::texts::{Found, Role};
use crate::check::{Report, Rule, Subject};
use crate::diag::{At, Severity};
use crate::vi::proof::{Slip, mark};

pub const RULE: Rule = Rule {
    id: "muc-dinh-lien",
    severity: Severity::Warning,
    explain: "\
Những dòng bắt đầu bằng `1)`, `(1)`, `a.`, `I.` … đứng liền nhau, hoặc những mục viết ở chỗ
chỉ nhận một dòng chữ, nên được in dính thành một đoạn.

Chữ trên các dòng liền nhau là một đoạn văn. Chỉ `1. `, `a) `, `- `, `+ ` và `Điều 1. ` ở
đầu dòng mở một mục mới; các kiểu khác cần một dòng trống ở giữa.

Ví dụ: thay `1) Rà soát` bằng `1. Rà soát`, hoặc để một dòng trống giữa hai mục.",
    run,
};

const SORT: &str = "mục bị in dính vào đoạn văn ở trên";

fn run(subject: Subject<'_>, report: &mut Report<'_>) {
    let mut found = Found::default();
    for text in subject.texts.iter() {
        let Some(raw) = subject.texts.raw(text).filter(|raw| raw.contains('\n')) else { continue };
        // Where YAML itself makes one line of many, no mark begins an item.
        let keeps_lines = text.text.trim_end().matches('\n').count() >= raw.matches('\n').count();
        let only_foreign = text.role == Role::Passages && keeps_lines;
        for (range, line) in glued(raw, only_foreign) {
            let step = match only_foreign {
                true => "viết “1. ” hoặc “a) ” ở đầu dòng, hoặc để một dòng trống trước mục này",
                false if text.role == Role::Passages => {
                    "viết dấu `|` ngay sau tên khóa, để các dòng bên dưới được giữ nguyên"
                }
                false => {
                    "chỗ này in thành một dòng; các mục thì viết ở một trường nhận đoạn văn hoặc danh sách"
                }
            };
            let slip = Slip {
                range: 0..0,
                sort: SORT,
                fact: Some(format!("mục “{line}” được in dính vào đoạn văn ở trên")),
                step: step.to_owned(),
            };
            found.add_at(At::words(text.route(), raw, range), &line, slip);
        }
    }
    found.tell(subject, report);
}

/// The marks of items that begin a line right below another, and the start of each line.
fn glued(raw: &str, only_foreign: bool) -> Vec<(Range<usize>, String)> {
    const SHOWN: usize = 30;
    let lines = lines(raw);
    let mark = |at: usize| {
        let (_, line) = lines.get(at)?;
        mark::item(line).filter(|(_, known)| !(only_foreign && *known))
    };
    let mut found = Vec::new();
    for (number, (start, line)) in lines.iter().enumerate().skip(1) {
        let Some((len, _)) = mark(number) else { continue };
        let (_, above) = lines[number - 1];
        // A sentence may go on with `(2) …`, or with `a. `, at the start of a line.
        let follows = above.ends_with([':', ';', '.', ',']) || mark::item(above).is_some();
        if above.is_empty() || !follows && mark(number + 1).is_none() {
            continue;
        }
        let mut shown: String = line.chars().take(SHOWN).collect();
        if line.chars().nth(SHOWN).is_some() {
            shown.push('…');
        }
        found.push((*start..start + len, shown));
    }
    found
}

/// The lines without the white space around them, each with the byte at which it begins.
fn lines(raw: &str) -> Vec<(usize, &str)> {
    let base = raw.as_ptr() as usize;
    raw.split('\n').map(str::trim).map(|line| (line.as_ptr() as usize - base, line)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(raw: &str, only_foreign: bool) -> Vec<&str> {
        glued(raw, only_foreign).into_iter().map(|(range, _)| &raw[range]).collect()
    }

    #[test]
    fn items_right_below_a_line_are_glued_to_it() {
        let raw = "Nội dung gồm:\n  1) Rà soát;\n  2) Báo cáo.\n\n  3) Riêng một đoạn.";
        assert_eq!(shown(raw, true), ["1)", "2)"]);
        assert_eq!(shown("Nội dung gồm\n  1) Rà soát\n  2) Báo cáo", true), ["1)", "2)"]);
        assert_eq!(shown("Gồm:\n  1. Rà soát\n  - Báo cáo", true), [""; 0]);
        assert_eq!(shown("Gồm:\n  1. Rà soát\n  - Báo cáo", false), ["1.", "-"]);
    }

    #[test]
    fn a_wrapped_sentence_is_no_list() {
        assert_eq!(shown("theo quy định tại khoản\n  a) và khoản b)", false), [""; 0]);
    }
}
