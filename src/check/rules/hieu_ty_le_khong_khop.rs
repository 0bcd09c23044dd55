//! A cell that is declared a difference or a ratio of others and is not.

use crate::check::tables::{formula_faults, tables};
use crate::check::{Report, Rule, Subject};
use crate::diag::Severity;
use crate::model::Formula;

pub const RULE: Rule = Rule {
    id: "hieu-ty-le-khong-khop",
    severity: Severity::Error,
    explain: "\
Ô hiệu (`hieu_cua`) hoặc ô tỷ lệ (`ty_le_cua`) ghi khác với số tính từ các ô của dòng.

Tỷ lệ được so sánh sau khi làm tròn đến số lẻ của cột (`so_le`, mặc định 2 chữ số), nửa
thì làm tròn lên: 5.884 trên 17.053 là 34,50.",
    run,
};

fn run(subject: Subject<'_>, report: &mut Report<'_>) {
    for (route, table) in tables(subject.case) {
        let is_ours = |formula: &Formula| match formula {
            Formula::Difference(_) | Formula::Ratio { .. } => true,
            Formula::None | Formula::Sum(_) => false,
        };
        for fault in formula_faults(table, &route, is_ours) {
            let (written, parts, computed) = (fault.written, fault.parts, fault.computed);
            report.add(
                fault.route,
                format!("ô ghi {written}, tính từ {parts} được {computed}"),
                "sửa ô này hoặc các ô mà nó tính từ đó; để trống thì chương trình tự tính",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{found, table, with_table};
    use super::*;
    use crate::model::{Column, ColumnKind};
    use expect_test::expect;

    #[test]
    fn a_difference_is_compared_exactly_and_a_ratio_after_rounding() {
        let mut rates = table(&[&[("5.884", "17.053"), ("1", "3")]]);
        let leaf = |key: &str, kind, formula| Column {
            key: key.into(),
            name: key.into(),
            kind,
            formula,
            ..Column::default()
        };
        let [a, b] = ["a", "b"].map(str::to_owned);
        let ratio = Formula::Ratio { part: a.clone(), whole: b.clone(), decimals: 2 };
        rates.columns.push(leaf("ty_le", ColumnKind::Percent, ratio));
        rates.columns.push(leaf("con_lai", ColumnKind::Amount, Formula::Difference(vec![b, a])));
        for (row, ty_le, con_lai) in [(0, "34,5", "11.169"), (1, "33,34", "3")] {
            let cells = [ty_le, con_lai].map(|it| crate::model::Cell::Amount(it.parse().unwrap()));
            rates.rows[row].cells.extend(cells);
        }
        expect![[r#"
            phu_luc[0].dong[1].ty_le: ô ghi 33,34, tính từ a, b được 33,33
            phu_luc[0].dong[1].con_lai: ô ghi 3, tính từ b, a được 2
        "#]]
        .assert_eq(&found(&RULE, &with_table(rates), "./."));
    }
}
