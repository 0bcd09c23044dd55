//! Columns of a table in which nothing is printed.

use crate::check::tables::tables;
use crate::check::{Report, Rule, Subject};
use crate::diag::Severity;

pub const RULE: Rule = Rule {
    id: "cot-trong",
    severity: Severity::Info,
    explain: "\
Bảng có cột mà mọi ô đều trống.

Cột trống chiếm chỗ, làm chữ trong bảng nhỏ đi. Ghi `an_cot_trong: co` thì chương trình
không in các cột ấy; ghi `an_cot_trong: khong` thì giữ lại và thôi nhắc. Chương trình
không tự bỏ cột nào.",
    run,
};

fn run(subject: Subject<'_>, report: &mut Report<'_>) {
    for (route, table) in tables(subject.case) {
        if table.folds_blank_columns.is_some() || table.rows.is_empty() {
            continue;
        }
        let blank = table.blank_columns();
        if blank.is_empty() {
            continue;
        }
        let leaves = table.leaves();
        let keys: Vec<String> =
            blank.iter().map(|&column| format!("`{}`", leaves[column].key)).collect();
        report.add(
            route.key("cot"),
            format!("{} cột không có số liệu nào: {}", keys.len(), keys.join(", ")),
            "muốn bảng gọn hơn thì ghi `an_cot_trong: co`; muốn giữ cột thì ghi `an_cot_trong: khong`",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{found, table, with_table};
    use super::*;
    use expect_test::expect;

    #[test]
    fn a_blank_column_is_told_until_the_office_has_decided() {
        let mut half = table(&[&[("1", ""), ("2", "")]]);
        expect![["phu_luc[0].cot: 1 cột không có số liệu nào: `b`\n"]].assert_eq(&found(
            &RULE,
            &with_table(half.clone()),
            "./.",
        ));
        half.folds_blank_columns = Some(false);
        assert_eq!(found(&RULE, &with_table(half), "./."), "");
    }
}
