//! A table without rows.

use crate::check::tables::tables;
use crate::check::{Report, Rule, Subject};
use crate::diag::Severity;

pub const RULE: Rule = Rule {
    id: "bang-khong-dong",
    severity: Severity::Warning,
    explain: "\
Bảng có cột mà không có dòng số liệu nào.

Bảng in ra chỉ có đầu bảng. Thường là quên `dong` hoặc `dong_tu_tep`; chưa có số liệu thì
bỏ cả bảng.",
    run,
};

fn run(subject: Subject<'_>, report: &mut Report<'_>) {
    for (route, table) in tables(subject.case) {
        if table.rows.is_empty() {
            report.add(
                route.key("dong"),
                "bảng không có dòng nào, in ra chỉ có đầu bảng",
                "ghi các dòng ở `dong` hoặc `dong_tu_tep`; chưa có số liệu thì bỏ bảng",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{found, table, with_table};
    use super::*;
    use expect_test::expect;

    #[test]
    fn a_table_without_rows_is_told() {
        expect![["phu_luc[0].dong: bảng không có dòng nào, in ra chỉ có đầu bảng\n"]]
            .assert_eq(&found(&RULE, &with_table(table(&[])), "./."));
        assert_eq!(found(&RULE, &with_table(table(&[&[("1", "2")]])), "./."), "");
    }
}
