//! An appendix on A3.

use crate::check::{Report, Rule, Subject};
use crate::diag::{Route, Severity};
use crate::model::Paper;

pub const RULE: Rule = Rule {
    id: "kho-giay-a3",
    severity: Severity::Warning,
    explain: "\
Phụ lục trình bày trên khổ A3.

Văn bản hành chính trình bày trên khổ A4 (Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục
I, khoản 1). Bảng quá rộng có thể cần A3; nên thử A4 ngang, ẩn cột trống hoặc tách bảng trước.",
    run,
};

fn run(subject: Subject<'_>, report: &mut Report<'_>) {
    for (position, appendix) in subject.case.appendices.iter().enumerate() {
        if appendix.paper == Paper::A3 {
            report.add(
                Route::root().key("phu_luc").index(position).key("kho_giay"),
                "phụ lục dùng khổ A3, Nghị định 30/2020/NĐ-CP chỉ quy định khổ A4",
                "thử `kho_giay: ngang`; nếu cần A3 thì có thể để nguyên",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{found, table, with_table};
    use super::*;

    #[test]
    fn a3_is_warned_of_and_a4_is_not() {
        let mut case = with_table(table(&[&[("1", "2")]]));
        assert_eq!(found(&RULE, &case, "./."), "");
        case.appendices[0].paper = Paper::A3;
        assert!(found(&RULE, &case, "./.").starts_with("phu_luc[0].kho_giay: phụ lục dùng khổ A3"));
    }
}
