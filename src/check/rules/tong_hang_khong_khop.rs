//! A cell that is declared the sum of others and is not.

use crate::check::{Report, Rule, Subject};
use crate::diag::{Route, Severity};

pub const RULE: Rule = Rule {
    id: "tong-hang-khong-khop",
    severity: Severity::Error,
    explain: "\
Trong một dòng, ô tổng không bằng tổng các ô mà nó khai là tổng (`tong_cua`).

Ví dụ cột “Tổng số” ghi 100 trong khi NSTW 30 và NSĐP 60. Ô trống được tính là không.",
    run,
};

fn run(subject: Subject<'_>, report: &mut Report<'_>) {
    for (position, appendix) in subject.case.appendices.iter().enumerate() {
        let Some(table) = &appendix.table else {
            continue;
        };
        let route = Route::root().key("phu_luc").index(position).key("dong");
        for (index, row) in table.rows.iter().enumerate() {
            for leaf in table.leaves() {
                let Some(written) = row.given(&leaf.key) else {
                    continue;
                };
                let Some(sum) = table.sum_of_parts(leaf, |part| row.given(part)) else {
                    continue;
                };
                if written != sum {
                    report.add(
                        route.index(index).key(&leaf.key),
                        format!("ô tổng ghi {written}, cộng {} được {sum}", leaf.sum_of.join(", ")),
                        "sửa ô tổng hoặc các ô thành phần; để trống ô tổng thì chương trình tự cộng",
                    );
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{found, table, with_table};
    use super::*;
    use expect_test::expect;

    #[test]
    fn a_sum_of_its_parts_is_checked_row_by_row() {
        let mut sums = table(&[&[("5", "5"), ("7", "6"), ("", "3")]]);
        sums.columns[1].sum_of = vec!["b".into()];
        expect![["phu_luc[0].dong[1].a: ô tổng ghi 7, cộng b được 6\n"]].assert_eq(&found(
            &RULE,
            &with_table(sums),
            "./.",
        ));
    }
}
