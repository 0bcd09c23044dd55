//! A declared subtotal that is not the sum of its group.

use crate::check::{Report, Rule, Subject};
use crate::diag::{Route, Severity};
use crate::model::{Amount, GroupTotal};

pub const RULE: Rule = Rule {
    id: "tong-nhom-khong-khop",
    severity: Severity::Error,
    explain: "\
Số cộng khai cho một nhóm (`nhom[…].khai`) không bằng tổng các dòng của nhóm.

Bỏ `khai` và ghi `cong: co` thì chương trình tự cộng.",
    run,
};

fn run(subject: Subject<'_>, report: &mut Report<'_>) {
    for (position, appendix) in subject.case.appendices.iter().enumerate() {
        let Some(table) = &appendix.table else {
            continue;
        };
        let route = Route::root().key("phu_luc").index(position).key("nhom");
        for (index, group) in table.groups.iter().enumerate() {
            let GroupTotal::Declared(figures) = &group.total else {
                continue;
            };
            for leaf in table.leaves() {
                let Some(&written) = figures.get(&leaf.key) else {
                    continue;
                };
                let sum = table.sum(table.rows_of(index), leaf).unwrap_or(Amount::ZERO);
                if written != sum {
                    report.add(
                        route.index(index).key("khai").key(&leaf.key),
                        format!("nhóm {} ghi {written}, cộng các dòng được {sum}", group.key),
                        "sửa số khai, hoặc bỏ `khai` và ghi `cong: co` để chương trình tự cộng",
                    );
                }
            }
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
        expect![["phu_luc[0].nhom[0].khai.b: nhóm I ghi 7, cộng các dòng được 6\n"]]
            .assert_eq(&found(&RULE, &with_table(groups), "./."));
    }
}
