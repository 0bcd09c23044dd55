//! A constraint on the figures that a row does not meet.

use crate::check::tables::{listed, tables};
use crate::check::{Report, Rule, Subject};
use crate::diag::{Route, Severity};
use crate::model::{Amount, Constraint, Figures, Linear, Row, Table, TermValue, noise_of};

pub const RULE: Rule = Rule {
    id: "dieu-kien-khong-dung",
    severity: Severity::Error,
    explain: "\
Một dòng không thỏa điều kiện ghi ở `kiem_tra` của bảng.

Ví dụ `gn_2022 <= kh_2022`: giải ngân không vượt kế hoạch. Trong một bên, ô trống được tính
là không; dòng mà một bên để trống mọi ô thì không xét, vì chưa có số để so. Mỗi dòng sai được báo tại ô đầu tiên
nêu trong điều kiện; quá 20 dòng thì các dòng còn lại báo gộp.",
    run,
};

/// So many rows of one constraint are shown one by one.
const SHOWN: usize = 20;

fn run(subject: Subject<'_>, report: &mut Report<'_>) {
    for (route, table) in tables(subject.case) {
        let figures = Figures::new(table);
        for (index, constraint) in table.constraints.iter().enumerate() {
            judge(constraint, &route.key("kiem_tra").index(index), &route, table, &figures, report);
        }
    }
}

fn judge(
    constraint: &Constraint,
    own: &Route,
    at: &Route,
    table: &Table,
    figures: &Figures<'_>,
    report: &mut Report<'_>,
) {
    let names = table.names_of_rows();
    let broken: Vec<(usize, Amount, Amount)> = table
        .rows
        .iter()
        .enumerate()
        .filter_map(|(index, row)| {
            let (left, right) = sides(constraint, figures, row)?;
            (!constraint.relation.holds(left, right)).then_some((index, left, right))
        })
        .collect();
    let column = first_column(constraint);
    let hint = "sửa số liệu, hoặc sửa điều kiện; nếu cố ý, ghi vào `chap_nhan`";
    for (index, left, right) in broken.iter().take(SHOWN) {
        let row = at.key("dong").index(*index);
        let (name, sign) = (&names[*index], constraint.relation.sign());
        let message =
            format!("dòng {name} không thỏa “{}”: {left} {sign} {right} là sai", constraint.text);
        report.add(column.map_or_else(|| row.clone(), |key| row.key(key)), message, hint);
    }
    if broken.len() > SHOWN {
        let rest: Vec<&str> =
            broken[SHOWN..].iter().map(|(index, ..)| names[*index].as_str()).collect();
        let message =
            format!("còn {} dòng không thỏa “{}”: {}", rest.len(), constraint.text, listed(&rest));
        report.add(own.clone(), message, hint);
    }
}

/// What both sides are worth in a row; nothing when one of them is blank.
fn sides(constraint: &Constraint, figures: &Figures<'_>, row: &Row) -> Option<(Amount, Amount)> {
    let sides = (worth(&constraint.left, figures, row)?, worth(&constraint.right, figures, row)?);
    Some(match noise_of(sides.0, sides.1) {
        Some(places) => (sides.0.rounded(places), sides.1.rounded(places)),
        None => sides,
    })
}

/// A side of numbers alone is never blank.
fn worth(side: &Linear, figures: &Figures<'_>, row: &Row) -> Option<Amount> {
    let terms = side.terms.iter().filter_map(|term| {
        let value = match &term.value {
            TermValue::Column(key) => value(figures, row, key)?,
            TermValue::Number(number) => *number,
        };
        Some(if term.negative { Amount::ZERO - value } else { value })
    });
    terms.reduce(|sum, term| sum + term)
}

fn value(figures: &Figures<'_>, row: &Row, key: &str) -> Option<Amount> {
    figures.exactly_of_row(row, figures.place(key)?)
}

/// The first column that a constraint names: there its findings stand.
fn first_column(constraint: &Constraint) -> Option<&str> {
    let terms = constraint.left.terms.iter().chain(&constraint.right.terms);
    terms.into_iter().find_map(|term| match &term.value {
        TermValue::Column(key) => Some(key.as_str()),
        TermValue::Number(_) => None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{found, table, with_table};
    use super::*;
    use crate::model::{Relation, Term};
    use expect_test::expect;

    fn column(key: &str) -> Term {
        Term { negative: false, value: TermValue::Column(key.into()) }
    }

    #[test]
    fn a_row_that_breaks_a_constraint_is_named_and_a_blank_one_is_not() {
        let mut plan = table(&[&[("5", "9"), ("9", "5"), ("", "")], &[("7", "")]]);
        plan.constraints = vec![Constraint {
            text: "a <= b".into(),
            left: Linear { terms: vec![column("a")] },
            relation: Relation::LessOrEqual,
            right: Linear { terms: vec![column("b")] },
        }];
        expect![[r#"
            phu_luc[0].dong[1].a: dòng I.2 không thỏa “a <= b”: 9 <= 5 là sai
        "#]]
        .assert_eq(&found(&RULE, &with_table(plan), "./."));
    }

    #[test]
    fn of_very_many_rows_the_rest_is_told_in_one() {
        let rows: Vec<(&str, &str)> = vec![("9", "5"); 35];
        let mut plan = table(&[&rows]);
        plan.constraints = vec![Constraint {
            text: "a <= b".into(),
            left: Linear { terms: vec![column("a")] },
            relation: Relation::LessOrEqual,
            right: Linear { terms: vec![column("b")] },
        }];
        let found = found(&RULE, &with_table(plan), "./.");
        assert_eq!(found.lines().count(), SHOWN + 1);
        assert!(found.ends_with("còn 15 dòng không thỏa “a <= b”: I.21, I.22, I.23, I.24, I.25, I.26, I.27, I.28, I.29, I.30, I.31, I.32 và 3 dòng nữa\n"));
    }
}
