//! A nghị quyết or quyết định that says on what it rests nowhere.

use crate::check::{Report, Rule, Subject};
use crate::diag::{Route, Severity};
use crate::model::Opening;
use crate::vi;

pub const RULE: Rule = Rule {
    id: "thieu-can-cu",
    severity: Severity::Error,
    explain: "\
Nghị quyết hoặc quyết định không ghi căn cứ nào.

Căn cứ gồm văn bản quy định thẩm quyền, chức năng, nhiệm vụ của cơ quan ban hành và văn
bản quy định nội dung, cơ sở để ban hành (Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục
II, khoản 6, điểm a; Phụ lục III, mẫu 1.1, 1.2, 1.3).

Ví dụ: `can_cu` có dòng `- Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025`.",
    run,
};

fn run(subject: Subject<'_>, report: &mut Report<'_>) {
    let case = subject.case;
    match case.boxes().opening {
        Opening::Enacting(_) if case.bases.is_empty() => report.add(
            Route::root().key("can_cu"),
            format!("{} chưa ghi căn cứ nào", vi::case::lower(&case.document_type.name)),
            "thêm `can_cu:` và mỗi căn cứ một dòng bắt đầu bằng “- ”",
        ),
        Opening::Enacting(_) | Opening::Bases | Opening::Wire => {}
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{found, of};
    use super::*;
    use crate::model::{Case, Mau};
    use expect_test::expect;

    #[test]
    fn a_decision_rests_on_something() {
        expect![["can_cu: quyết định chưa ghi căn cứ nào\n"]].assert_eq(&found(
            &RULE,
            &Case { bases: vec![], ..of(Mau::Decision) },
            "./.",
        ));
        assert_eq!(found(&RULE, &of(Mau::Decision), "./."), "");
        assert_eq!(found(&RULE, &Case { bases: vec![], ..of(Mau::Named) }, "./."), "");
    }
}
