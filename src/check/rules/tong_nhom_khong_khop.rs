//! A declared subtotal that is not the sum of its group.

use super::tong_khong_khop::IN_FILE;
use crate::check::tables::{covered_rows, details, group_route, tables, wrong_figures};
use crate::check::{Report, Rule, Subject};
use crate::diag::Severity;
use crate::model::{Figures, GroupTotal, Origin, Row};

pub const RULE: Rule = Rule {
    id: "tong-nhom-khong-khop",
    severity: Severity::Error,
    explain: "\
Số cộng khai cho một nhóm (`nhom[…].khai`) không bằng tổng các dòng của nhóm, kể cả
các dòng của nhóm con.

Bỏ `khai` và ghi `cong: co` thì chương trình tự cộng.",
    run,
};

fn run(subject: Subject<'_>, report: &mut Report<'_>) {
    for (route, table) in tables(subject.case) {
        let figures = Figures::new(table);
        for (index, group) in table.groups.iter().enumerate() {
            let GroupTotal::Declared(declared) = &group.total else { continue };
            let wrong = wrong_figures(&figures, &figures.subtotal(index), declared);
            if wrong.is_empty() {
                continue;
            }
            let within = |row: &Row| row.group.is_some_and(|own| table.is_within(own, index));
            let rows: Vec<_> =
                table.rows.iter().enumerate().filter(|(_, row)| within(row)).collect();
            let covered = covered_rows(&figures, declared, &table.names_of_rows(), &rows);
            let (key, count) = (&group.key, wrong.len());
            report.add_with(
                group_route(table, &route, index).key("khai"),
                format!("nhóm {key} có {count} ô không bằng tổng các dòng của nhóm{covered}"),
                details(&figures, &wrong),
                match table.origin {
                    Origin::FileWithTotals => IN_FILE,
                    Origin::Case | Origin::File => {
                        "sửa số khai, hoặc bỏ `khai` và ghi `cong: co` để chương trình tự cộng"
                    }
                },
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{figures, found, table, with_table};
    use super::*;
    use expect_test::expect;

    #[test]
    fn a_subtotal_is_checked_column_by_column() {
        let mut groups = table(&[&[("1", "2"), ("3", "4")], &[("9", "9")]]);
        groups.groups[0].total = GroupTotal::Declared(figures(&[("a", "4"), ("b", "7")]));
        expect![[r#"
            phu_luc[0].nhom[0].khai: nhóm I có 1 ô không bằng tổng các dòng của nhóm
                b: ghi 7, cộng được 6
        "#]]
        .assert_eq(&found(&RULE, &with_table(groups), "./."));
    }
}
