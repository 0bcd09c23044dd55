//! An appendix the body never mentions, or a mention without an appendix.

use super::{attached_text, body_text};
use crate::check::{Report, Rule, Subject};
use crate::diag::{Route, Severity};
use crate::vi::text::fold;

pub const RULE: Rule = Rule {
    id: "phu-luc-khong-nhac",
    severity: Severity::Error,
    explain: "\
Văn bản có phụ lục mà nội dung không nhắc tới, hoặc nhắc tới phụ lục kèm theo mà không có.

Văn bản có phụ lục kèm theo thì trong văn bản phải có chỉ dẫn về phụ lục đó (Nghị định
30/2020/NĐ-CP, Phụ lục I, Phần I, Mục III, khoản 1, điểm a).",
    run,
};

fn run(subject: Subject<'_>, report: &mut Report<'_>) {
    // What is attached may be what speaks of the appendices.
    let issued_with_it = attached_text(subject).unwrap_or_default();
    let text = fold(&format!("{}\n{issued_with_it}", body_text(subject.document)));
    let mentioned = text.contains("phu luc");
    let attached = text.contains("kem theo phu luc") || text.contains("phu luc kem theo");
    let route = Route::root().key("phu_luc");
    let appendices = &subject.case.appendices;
    if appendices.is_empty() && attached {
        report.add(
            route,
            "nội dung nhắc tới phụ lục kèm theo nhưng hồ sơ không có phụ lục",
            "thêm `phu_luc`, hoặc bỏ chỗ nhắc trong lời văn",
        );
    } else if !appendices.is_empty() && !mentioned {
        report.add(
            route,
            "nội dung không nhắc tới phụ lục",
            "thêm “(kèm theo phụ lục)” vào chỗ thích hợp trong lời văn",
        );
    } else if appendices.len() > 1 {
        each_by_number(subject, &text, report);
    }
}

/// With two or more, the body names each by its Roman number, or all of them as “các phụ lục”.
fn each_by_number(subject: Subject<'_>, text: &str, report: &mut Report<'_>) {
    if text.contains("cac phu luc") || text.contains("phu luc kem theo") {
        return;
    }
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    for position in 0..subject.case.appendices.len() {
        let name = subject.case.appendix_name(position);
        let folded = fold(&name);
        let wanted: Vec<&str> = folded.split(' ').collect();
        if !words.windows(wanted.len()).any(|window| window == wanted) {
            report.add(
                Route::root().key("phu_luc").index(position),
                format!("nội dung không nhắc tới {name}"),
                format!("thêm “({name} kèm theo)” vào chỗ thích hợp trong lời văn"),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{case, found, table, with_table};
    use super::*;
    use expect_test::expect;

    #[test]
    fn an_appendix_is_mentioned_and_a_mention_has_its_appendix() {
        let with = with_table(table(&[&[("1", "2")]]));
        expect![["phu_luc: nội dung không nhắc tới phụ lục\n"]]
            .assert_eq(&found(&RULE, &with, "Hết./."));
        assert_eq!(found(&RULE, &with, "Số liệu (kèm theo Phụ lục)./."), "");
        expect![["phu_luc: nội dung nhắc tới phụ lục kèm theo nhưng hồ sơ không có phụ lục\n"]]
            .assert_eq(&found(&RULE, &case(), "Số liệu (phụ lục kèm theo)./."));
    }

    #[test]
    fn the_attached_document_may_be_what_mentions_an_appendix() {
        let mut one = with_table(table(&[&[("1", "2")]]));
        one.attached = Some(crate::model::Attached::default());
        assert_eq!(found(&RULE, &one, "Ban hành./.\n[kem_theo]\nTheo mẫu tại Phụ lục./."), "");
        assert_ne!(found(&RULE, &one, "Ban hành./.\n[kem_theo]\nQuy định./."), "");
    }

    #[test]
    fn of_two_appendices_each_is_named() {
        let mut two = with_table(table(&[&[("1", "2")]]));
        two.appendices.push(two.appendices[0].clone());
        expect![["phu_luc[1]: nội dung không nhắc tới Phụ lục II\n"]].assert_eq(&found(
            &RULE,
            &two,
            "Xem Phụ lục I./.",
        ));
        assert_eq!(found(&RULE, &two, "Xem Phụ lục I, Phụ lục II./."), "");
    }
}
