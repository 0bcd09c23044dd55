//! A declared grand total that does not cover every row.

use crate::check::{Report, Rule, Subject};
use crate::diag::{Route, Severity};
use crate::model::{Amount, Column, Row, Table, Total};

pub const RULE: Rule = Rule {
    id: "tong-khong-khop",
    severity: Severity::Error,
    explain: "\
Dòng tổng của phụ lục phải bằng tổng các dòng.

Người đọc cộng lại phụ lục trước khi đọc báo cáo; một tổng sai làm cả văn bản mất tin
cậy. Khi số ghi đúng bằng tổng của một phần các dòng, thông báo nêu phần đó và những
dòng còn thiếu, để biết phải sửa ở đâu. Tìm được trong các bảng tới 20 dòng; bảng dài hơn
chỉ thử trọn từng nhóm và các dòng liền nhau từ đầu bảng.",
    run,
};

/// Up to so many rows every set of them is tried (at worst 2^20 sums: a moment).
const EVERY_SUBSET: usize = 20;

fn run(subject: Subject<'_>, report: &mut Report<'_>) {
    for (position, appendix) in subject.case.appendices.iter().enumerate() {
        let Some((table, total)) =
            appendix.table.as_ref().and_then(|table| Some((table, table.total.as_ref()?)))
        else {
            continue;
        };
        let wrong = wrong_totals(table, total);
        if !wrong.is_empty() {
            let route = Route::root().key("phu_luc").index(position).key("tong");
            report.add_with(
                route,
                message(table, total, &wrong),
                wrong.iter().map(Wrong::text).collect(),
                "sửa các số khai, hoặc bỏ `khai` để chương trình tự cộng; nếu cố ý, ghi vào `chap_nhan`",
            );
        }
    }
}

/// A declared figure beside what the rows add up to.
struct Wrong<'a> {
    leaf: &'a Column,
    written: Amount,
    sum: Amount,
}

impl Wrong<'_> {
    fn text(&self) -> String {
        let Self { leaf, written, sum } = self;
        format!("{}: ghi {written}, cộng được {sum}", leaf.key)
    }
}

fn wrong_totals<'a>(table: &'a Table, total: &Total) -> Vec<Wrong<'a>> {
    let declared = table.leaves().into_iter().filter_map(|leaf| {
        let written = *total.declared.get(&leaf.key)?;
        let sum = table.sum(&table.rows, leaf).unwrap_or(Amount::ZERO);
        (written != sum).then_some(Wrong { leaf, written, sum })
    });
    declared.collect()
}

fn message(table: &Table, total: &Total, wrong: &[Wrong<'_>]) -> String {
    let rows: Vec<(String, &Row)> = labelled(table);
    let covered = match subset(table, total, &rows) {
        Some(covered) => explained(&rows, &covered),
        None => String::new(),
    };
    format!("dòng “{}” có {} ô không bằng tổng các dòng{covered}", total.label, wrong.len())
}

/// `: số ghi bằng tổng các dòng I.1, I.2; chưa cộng I.3, II.1`.
fn explained(rows: &[(String, &Row)], covered: &[bool]) -> String {
    let names = |wanted: bool| {
        let names: Vec<&str> = rows
            .iter()
            .zip(covered)
            .filter(|(_, covered)| **covered == wanted)
            .map(|((name, _), _)| name.as_str())
            .collect();
        names.join(", ")
    };
    format!(": số ghi bằng tổng các dòng {}; chưa cộng {}", names(true), names(false))
}

/// Every row with the name a reader knows it by: its group and its number there.
fn labelled(table: &Table) -> Vec<(String, &Row)> {
    let mut counters = vec![0_usize; table.groups.len() + 1];
    let named = table.rows.iter().map(|row| {
        let slot = row.group.unwrap_or(table.groups.len()).min(table.groups.len());
        counters[slot] += 1;
        let name = match table.groups.get(slot) {
            Some(group) => format!("{}.{}", group.key, counters[slot]),
            None => counters[slot].to_string(),
        };
        (name, row)
    });
    named.collect()
}

/// The rows that add up to every declared figure at once; nothing when there are none,
/// or when more than one choice of rows does (then naming one would be a guess).
fn subset(table: &Table, total: &Total, rows: &[(String, &Row)]) -> Option<Vec<bool>> {
    let columns: Vec<&Column> =
        table.leaves().into_iter().filter(|leaf| total.declared.contains_key(&leaf.key)).collect();
    let target: Vec<Amount> = columns.iter().map(|leaf| total.declared[&leaf.key]).collect();
    let values: Vec<Vec<Amount>> = rows
        .iter()
        .map(|(_, row)| {
            columns.iter().map(|leaf| table.amount(row, leaf).unwrap_or(Amount::ZERO)).collect()
        })
        .collect();
    let search = Search { values: &values, target: &target };
    if rows.len() <= EVERY_SUBSET { search.every() } else { search.likely(table, rows) }
}

struct Search<'a> {
    /// By row, then by column.
    values: &'a [Vec<Amount>],
    target: &'a [Amount],
}

impl Search<'_> {
    /// Tries every set of rows. Rows of nothing but noughts change no sum: they count
    /// as covered, or each would double the number of answers.
    fn every(&self) -> Option<Vec<bool>> {
        let counted: Vec<usize> = (0..self.values.len())
            .filter(|&row| self.values[row].iter().any(|amount| !amount.is_zero()))
            .collect();
        let mut descent = Descent {
            search: self,
            reach: self.reach(&counted),
            counted,
            chosen: vec![true; self.values.len()],
            answers: Vec::new(),
        };
        descent.down(0, &vec![Amount::ZERO; self.target.len()]);
        match descent.answers.as_slice() {
            [only] => Some(only.clone()),
            _ => None,
        }
    }

    /// For each depth and column, the least and the most that the rows from there on can add.
    fn reach(&self, counted: &[usize]) -> Vec<Vec<(Amount, Amount)>> {
        let mut reach = vec![vec![(Amount::ZERO, Amount::ZERO); self.target.len()]];
        for &row in counted.iter().rev() {
            let below = &reach[reach.len() - 1];
            let with = below.iter().zip(&self.values[row]).map(|(&(least, most), &amount)| {
                (least + amount.min(Amount::ZERO), most + amount.max(Amount::ZERO))
            });
            let with = with.collect();
            reach.push(with);
        }
        reach.reverse();
        reach
    }

    /// Of a long table: one whole group left out, or all rows up to some row.
    fn likely(&self, table: &Table, rows: &[(String, &Row)]) -> Option<Vec<bool>> {
        let groups = (0..table.groups.len())
            .map(|group| rows.iter().map(|(_, row)| row.group != Some(group)).collect::<Vec<_>>());
        let from_the_top =
            (1..rows.len()).map(|until| (0..rows.len()).map(|row| row < until).collect());
        let mut answers =
            groups.chain(from_the_top).filter(|chosen| self.sum(chosen) == self.target);
        let first = answers.next()?;
        answers.all(|other| other == first).then_some(first)
    }

    fn sum(&self, chosen: &[bool]) -> Vec<Amount> {
        (0..self.target.len())
            .map(|column| {
                self.values
                    .iter()
                    .zip(chosen)
                    .filter(|(_, on)| **on)
                    .map(|(row, _)| row[column])
                    .sum()
            })
            .collect()
    }
}

/// A walk through all sets of rows, left where the target is out of reach.
struct Descent<'a> {
    search: &'a Search<'a>,
    reach: Vec<Vec<(Amount, Amount)>>,
    counted: Vec<usize>,
    chosen: Vec<bool>,
    /// At most two: more than one is as good as none.
    answers: Vec<Vec<bool>>,
}

impl Descent<'_> {
    fn down(&mut self, depth: usize, sums: &[Amount]) {
        if self.answers.len() > 1 || !self.can_reach(depth, sums) {
            return;
        }
        let Some(&row) = self.counted.get(depth) else {
            self.answers.push(self.chosen.clone());
            return;
        };
        let values = &self.search.values[row];
        let with: Vec<Amount> =
            sums.iter().zip(values).map(|(&sum, &amount)| sum + amount).collect();
        self.chosen[row] = true;
        self.down(depth + 1, &with);
        self.chosen[row] = false;
        self.down(depth + 1, sums);
    }

    /// At the last depth nothing can be added: the sums are the target or they are not.
    fn can_reach(&self, depth: usize, sums: &[Amount]) -> bool {
        sums.iter()
            .zip(self.search.target)
            .zip(&self.reach[depth])
            .all(|((&sum, &target), &(least, most))| (sum + least..=sum + most).contains(&target))
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{figures, found, table, with_table};
    use super::*;
    use crate::model::TotalPlace;
    use expect_test::expect;

    fn declared(mut table: Table, values: &[(&str, &str)]) -> String {
        table.total = Some(Total {
            label: "TỔNG SỐ".into(),
            place: TotalPlace::First,
            declared: figures(values),
        });
        found(&RULE, &with_table(table), "./.")
    }

    fn rows() -> Table {
        table(&[&[("10", "1"), ("20", "2"), ("30", "4")], &[("5", "8"), ("7", "")]])
    }

    #[test]
    fn a_total_of_every_row_is_right() {
        assert_eq!(declared(rows(), &[("a", "72"), ("b", "15")]), "");
    }

    #[test]
    fn a_total_that_leaves_rows_out_names_those_it_covers() {
        expect![[r#"
            phu_luc[0].tong: dòng “TỔNG SỐ” có 2 ô không bằng tổng các dòng: số ghi bằng tổng các dòng I.1, I.2, I.3; chưa cộng II.1, II.2
                a: ghi 60, cộng được 72
                b: ghi 7, cộng được 15
        "#]]
        .assert_eq(&declared(rows(), &[("a", "60"), ("b", "7")]));
    }

    #[test]
    fn a_total_that_no_rows_explain_is_only_compared() {
        expect![[r#"
            phu_luc[0].tong: dòng “TỔNG SỐ” có 1 ô không bằng tổng các dòng
                a: ghi 61, cộng được 72
        "#]]
        .assert_eq(&declared(rows(), &[("a", "61")]));
    }

    #[test]
    fn when_two_choices_of_rows_explain_it_none_is_named() {
        let twins = table(&[&[("5", ""), ("5", "")]]);
        expect![[r#"
            phu_luc[0].tong: dòng “TỔNG SỐ” có 1 ô không bằng tổng các dòng
                a: ghi 5, cộng được 10
        "#]]
        .assert_eq(&declared(twins, &[("a", "5")]));
    }

    #[test]
    fn amounts_below_nought_are_searched_too() {
        let table = table(&[&[("10", "1"), ("-4", "2"), ("7", "-3")]]);
        assert!(
            declared(table, &[("a", "6"), ("b", "3")])
                .contains("tổng các dòng I.1, I.2; chưa cộng I.3")
        );
    }

    proptest::proptest! {
        #[test]
        fn a_planted_choice_of_rows_is_named_or_is_not_the_only_one(
            rows in proptest::collection::vec((-500_i64..5_000, 1_i64..5_000, proptest::bool::ANY), 1..12),
        ) {
            let text: Vec<(String, String)> =
                rows.iter().map(|(a, b, _)| (a.to_string(), b.to_string())).collect();
            let pairs: Vec<(&str, &str)> =
                text.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
            let table = table(&[&pairs]);
            let sum = |column: fn(&(i64, i64, bool)) -> i64| -> i64 {
                rows.iter().filter(|row| row.2).map(column).sum()
            };
            let (a, b) = (sum(|row| row.0).to_string(), sum(|row| row.1).to_string());
            let total = Total {
                label: "T".into(),
                place: TotalPlace::First,
                declared: figures(&[("a", &a), ("b", &b)]),
            };
            if let Some(found) = subset(&table, &total, &labelled(&table)) {
                let of = |column: fn(&(i64, i64, bool)) -> i64| -> i64 {
                    rows.iter().zip(&found).filter(|(_, on)| **on).map(|(row, _)| column(row)).sum()
                };
                proptest::prop_assert_eq!(of(|row| row.0).to_string(), a);
                proptest::prop_assert_eq!(of(|row| row.1).to_string(), b);
            }
        }
    }

    #[test]
    fn in_a_long_table_a_group_left_out_is_still_named() {
        let first: Vec<(&str, &str)> = vec![("1", "1"); 30];
        let long = table(&[&first, &[("5", "8")]]);
        assert!(declared(long, &[("a", "30"), ("b", "30")]).contains("chưa cộng II.1"));
    }
}
