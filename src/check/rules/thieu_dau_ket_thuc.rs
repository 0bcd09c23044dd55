//! The closing mark `./.` is missing, doubled or broken.

use super::{attached_text, body_text};
use crate::check::{Report, Rule, Subject};
use crate::diag::{Route, Severity};

pub const RULE: Rule = Rule {
    id: "thieu-dau-ket-thuc",
    severity: Severity::Warning,
    explain: "\
Phần nội dung không kết thúc bằng dấu “./.”.

Các mẫu của Phụ lục III Nghị định 30/2020/NĐ-CP đều kết thúc nội dung bằng “./.” để người
đọc biết văn bản đã hết. Đây là cách trình bày của mẫu, không phải quy định bắt buộc.",
    run,
};

fn run(subject: Subject<'_>, report: &mut Report<'_>) {
    let route = Route::root().key("noi_dung");
    if let Some(last) = badly_closed(&body_text(subject.document)) {
        report.add(
            route.clone(),
            format!("nội dung kết thúc bằng “…{last}”, chưa đúng dấu “./.”"),
            "sửa cuối lời văn trong templates/ thành “./.”",
        );
    }
    if let Some(last) = attached_text(subject).as_deref().and_then(badly_closed) {
        report.add(
            route,
            format!("văn bản kèm theo kết thúc bằng “…{last}”, chưa đúng dấu “./.”"),
            "sửa cuối văn bản kèm theo thành “./.”",
        );
    }
}

/// The last words of a text that does not end in the mark.
fn badly_closed(text: &str) -> Option<String> {
    let end = text.trim_end();
    let whole = end.ends_with("./.") && !end.ends_with("/./.") && !end.ends_with("../.");
    let line = end.lines().last().unwrap_or_default();
    let skipped = line.chars().count().saturating_sub(30);
    (!whole).then(|| line.chars().skip(skipped).collect())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{case, found};
    use super::*;
    use crate::model::{Attached, Case};
    use expect_test::expect;

    #[test]
    fn the_closing_mark_stands_once_at_the_end() {
        assert_eq!(found(&RULE, &case(), "Trên đây là báo cáo./."), "");
        for wrong in ["Trên đây là báo cáo.", "báo cáo././.", "báo cáo../."] {
            assert!(!found(&RULE, &case(), wrong).is_empty(), "{wrong}");
        }
        expect![["noi_dung: nội dung kết thúc bằng “…đây là báo cáo”, chưa đúng dấu “./.”\n"]]
            .assert_eq(&found(&RULE, &case(), "đây là báo cáo"));
    }

    #[test]
    fn an_attached_document_is_closed_too() {
        let attached = Attached { type_name: "Quy chế".into(), subject: "Làm việc".into() };
        let case = Case { attached: Some(attached), ..case() };
        assert_eq!(found(&RULE, &case, "Ban hành./.\n[kem_theo]\nQuy định./."), "");
        expect![["noi_dung: văn bản kèm theo kết thúc bằng “…Quy định.”, chưa đúng dấu “./.”\n"]]
            .assert_eq(&found(&RULE, &case, "Ban hành./.\n[kem_theo]\nQuy định."));
    }
}
