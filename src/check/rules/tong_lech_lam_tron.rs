//! A line of sums that is right, but not what a reader gets who adds up the printed figures.

use crate::check::tables::{group_route, tables};
use crate::check::{Report, Rule, Subject};
use crate::diag::{Route, Severity};
use crate::model::{Amount, ColumnKind, Figures, GroupTotal, Line, Origin, Row, Table};

pub const RULE: Rule = Rule {
    id: "tong-lech-lam-tron",
    severity: Severity::Warning,
    explain: "\
Cộng các số đã làm tròn in trên các dòng thì không được số in ở dòng cộng.

Cột có `so_le`, hoặc lấy từ ô Excel hiện ít số lẻ hơn giá trị, được in làm tròn; dòng cộng
tính từ giá trị đầy đủ rồi mới làm tròn, như Excel. Ba ô 33,33 in thành 33 thì tổng in là
100, mà người đọc cộng lại được 99. Cần khớp từng số in ra thì tăng `so_le`, hoặc ghi
`doc_cot` với `nhu_hien` để lấy chính các số đang hiện; giữ nguyên thì nên ghi chú dưới bảng.",
    run,
};

fn run(subject: Subject<'_>, report: &mut Report<'_>) {
    for (route, table) in tables(subject.case) {
        if !table.leaves().iter().any(|leaf| is_rounded(leaf.kind, leaf.places())) {
            continue;
        }
        let figures = Figures::new(table);
        for (index, group) in table.groups.iter().enumerate() {
            let sums = match &group.total {
                GroupTotal::None | GroupTotal::Row => continue,
                GroupTotal::Computed => figures.subtotal(index),
                GroupTotal::Declared(declared) => {
                    figures.declared(&figures.subtotal(index), declared)
                }
            };
            let within = |row: &&Row| row.group.is_some_and(|own| table.is_within(own, index));
            let at = group_route(table, &route, index);
            judge(&figures, table, within, &sums, (at, group.number()), report);
        }
        if let Some(total) = &table.total {
            let sums = figures.declared(&figures.total(), &total.declared);
            judge(&figures, table, |_| true, &sums, (route.key("tong"), &total.label), report);
        }
    }
}

fn is_rounded(kind: ColumnKind, places: Option<u32>) -> bool {
    kind == ColumnKind::Amount && places.is_some()
}

fn judge(
    figures: &Figures<'_>,
    table: &Table,
    within: impl Fn(&&Row) -> bool,
    sums: &Line,
    (at, name): (Route, &str),
    report: &mut Report<'_>,
) {
    let wrong: Vec<String> = figures
        .leaves()
        .iter()
        .enumerate()
        .filter(|(_, leaf)| is_rounded(leaf.kind, leaf.places()))
        .filter_map(|(column, leaf)| {
            let rows = table.rows.iter().filter(&within);
            let printed: Amount = rows.filter_map(|row| figures.of_row(row, column)).sum();
            let total = figures.printed(column, sums[column])?;
            // What differs by more than rounding is the matter of other rules.
            let exact: Amount = table
                .rows
                .iter()
                .filter(&within)
                .filter_map(|row| figures.exactly_of_row(row, column))
                .sum();
            let is_rounding = figures.are_same(column, exact, total);
            (printed != total && is_rounding).then(|| {
                format!("{}: cộng các số in ra được {printed}, dòng cộng in {total}", leaf.key)
            })
        })
        .collect();
    if !wrong.is_empty() {
        let message =
            format!("dòng “{name}” có {} ô lệch với các số in ra, do làm tròn", wrong.len());
        let hint = step(&table.origin);
        report.add_with(at, message, wrong, hint);
    }
}

/// What a clerk can do where the rows were written.
const fn step(origin: &Origin) -> &'static str {
    match origin {
        Origin::Case => {
            "tăng `so_le` của cột, hoặc ghi ở mỗi dòng số đã làm tròn; giữ nguyên thì ghi vào `chap_nhan`"
        }
        Origin::File | Origin::FileWithTotals => {
            "tăng `so_le` của cột, hoặc ghi `doc_cot` với `nhu_hien` để lấy các số đang hiện; giữ nguyên thì ghi vào `chap_nhan`"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{found, table, with_table};
    use super::*;
    use crate::model::{Total, TotalPlace};
    use expect_test::expect;

    #[test]
    fn a_total_of_rounded_figures_that_do_not_add_up_is_told() {
        let third = ("33,3333333333333", "0,5");
        let mut rounded = table(&[&[third, third, third]]);
        rounded.groups.clear();
        for row in &mut rounded.rows {
            row.group = None;
        }
        rounded.total =
            Some(Total {
                label: "TỔNG SỐ".into(), place: TotalPlace::Last, declared: [].into()
            });
        assert_eq!(found(&RULE, &with_table(rounded.clone()), "./."), "");
        for column in &mut rounded.columns {
            column.decimals = Some(if column.key == "a" { 0 } else { 1 });
        }
        expect![[r#"
            phu_luc[0].tong: dòng “TỔNG SỐ” có 1 ô lệch với các số in ra, do làm tròn
                a: cộng các số in ra được 99, dòng cộng in 100
        "#]]
        .assert_eq(&found(&RULE, &with_table(rounded), "./."));
    }

    #[test]
    fn rows_typed_in_the_case_are_not_sent_to_a_key_of_files() {
        assert!(!step(&Origin::Case).contains("doc_cot"));
        assert!(step(&Origin::File).contains("doc_cot"));
    }
}
