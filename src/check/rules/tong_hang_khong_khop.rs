//! A cell that is declared the sum of others and is not.

use crate::check::tables::{formula_faults, tables};
use crate::check::{Report, Rule, Subject};
use crate::diag::Severity;
use crate::model::Formula;

pub const RULE: Rule = Rule {
    id: "tong-hang-khong-khop",
    severity: Severity::Error,
    explain: "\
Trong một dòng, ô tổng không bằng tổng các ô mà nó khai là tổng (`tong_cua`).

Ví dụ cột “Tổng số” ghi 100 trong khi NSTW 30 và NSĐP 60. Ô trống được tính là không.
Dòng tổng và dòng nhóm có số khai cũng được kiểm tra như vậy.",
    run,
};

fn run(subject: Subject<'_>, report: &mut Report<'_>) {
    for (route, table) in tables(subject.case) {
        let is_sum = |formula: &Formula| matches!(formula, Formula::Sum(_));
        for fault in formula_faults(table, &route, is_sum) {
            let (written, parts, computed) = (fault.written, fault.parts, fault.computed);
            report.add(
                fault.route,
                format!("ô tổng ghi {written}, cộng {parts} được {computed}"),
                "sửa ô tổng hoặc các ô thành phần; để trống ô tổng thì chương trình tự cộng",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{figures, found, table, with_table};
    use super::*;
    use crate::model::{Total, TotalPlace};
    use expect_test::expect;

    #[test]
    fn a_sum_of_its_parts_is_checked_row_by_row() {
        let mut sums = table(&[&[("5", "5"), ("7", "6"), ("", "3")]]);
        sums.columns[1].formula = Formula::Sum(vec!["b".into()]);
        expect![["phu_luc[0].dong[1].a: ô tổng ghi 7, cộng b được 6\n"]].assert_eq(&found(
            &RULE,
            &with_table(sums),
            "./.",
        ));
    }

    #[test]
    fn a_declared_total_must_agree_with_itself() {
        let mut sums = table(&[&[("", "5")]]);
        sums.columns[1].formula = Formula::Sum(vec!["b".into()]);
        let declared = figures(&[("a", "9"), ("b", "5")]);
        let place = TotalPlace::First;
        sums.total = Some(Total { label: "TỔNG".into(), place, declared });
        expect![["phu_luc[0].tong.khai.a: ô tổng ghi 9, cộng b được 5\n"]].assert_eq(&found(
            &RULE,
            &with_table(sums),
            "./.",
        ));
    }
}
