//! The closing mark `./.` is missing, doubled or broken.

use super::body_text;
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
    let text = body_text(subject.document);
    let end = text.trim_end();
    let whole = end.ends_with("./.") && !end.ends_with("/./.") && !end.ends_with("../.");
    if !whole {
        let line = end.lines().last().unwrap_or_default();
        let skipped = line.chars().count().saturating_sub(30);
        let last: String = line.chars().skip(skipped).collect();
        report.add(
            Route::root().key("noi_dung"),
            format!("nội dung kết thúc bằng “…{last}”, chưa đúng dấu “./.”"),
            "sửa cuối lời văn trong templates/ thành “./.”",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{case, found};
    use super::*;
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
}
