//! What the rules about tables share: routes, names of rows, lines that leave rows out.

use std::collections::BTreeMap;

use super::subset::{Covered, Search};
use crate::diag::Route;
use crate::model::{
    Amount, Case, Column, ColumnKind, Figures, Formula, GroupTotal, Line, Row, Table,
};

/// Every table of a case with its route.
pub fn tables(case: &Case) -> impl Iterator<Item = (Route, &Table)> {
    case.every_table().map(|(key, at, table)| (Route::root().key(key).index(at), table))
}

/// The route of a group: `phu_luc[0].nhom[1].nhom[0]`.
pub fn group_route(table: &Table, at: &Route, group: usize) -> Route {
    let Some(own) = table.groups.get(group) else { return at.clone() };
    let above = match own.parent {
        Some(parent) => group_route(table, at, parent),
        None => at.clone(),
    };
    let before = table.groups[..group].iter().filter(|other| other.parent == own.parent);
    above.key("nhom").index(before.count())
}

/// A declared figure beside what it should be.
pub struct Wrong {
    pub column: usize,
    pub written: Amount,
    pub sum: Amount,
}

/// The figures of a declared line that are not those of its sums.
pub fn wrong_figures(
    figures: &Figures<'_>,
    sums: &Line,
    declared: &BTreeMap<String, Amount>,
) -> Vec<Wrong> {
    let wrong = figures.wrong(sums, declared).into_iter().filter_map(|column| {
        let written = *declared.get(&figures.leaves()[column].key)?;
        Some(Wrong { column, written, sum: sums[column].unwrap_or(Amount::ZERO) })
    });
    wrong.collect()
}

/// `kh_2022: ghi 9.820, cộng được 17.053`, one a line.
pub fn details(figures: &Figures<'_>, wrong: &[Wrong]) -> Vec<String> {
    let leaves = figures.leaves();
    let detail = |Wrong { column, written, sum }: &Wrong| {
        let leaf = leaves[*column];
        let how = if leaf.kind == ColumnKind::Percent { "tính" } else { "cộng" };
        let sum = figures.printed(*column, Some(*sum)).unwrap_or(*sum);
        format!("{}: ghi {written}, {how} được {sum}", leaf.key)
    };
    wrong.iter().map(detail).collect()
}

/// `: số ghi bằng tổng các dòng I.1, I.2; chưa cộng I.3, II.1`; nothing when no rows
/// were found that add up to every declared amount at once.
pub fn covered_rows(
    figures: &Figures<'_>,
    declared: &BTreeMap<String, Amount>,
    names: &[String],
    rows: &[(usize, &Row)],
) -> String {
    let columns: Vec<(usize, Amount)> = figures
        .leaves()
        .iter()
        .enumerate()
        .filter(|(_, leaf)| leaf.kind == ColumnKind::Amount)
        .filter_map(|(column, leaf)| Some((column, *declared.get(&leaf.key)?)))
        .collect();
    let target: Vec<Amount> = columns.iter().map(|(_, amount)| *amount).collect();
    let value =
        |row: &Row, column: usize| figures.exactly_of_row(row, column).unwrap_or(Amount::ZERO);
    let values: Vec<Vec<Amount>> = rows
        .iter()
        .map(|(_, row)| columns.iter().map(|&(column, _)| value(row, column)).collect())
        .collect();
    let groups: Vec<Option<usize>> = rows.iter().map(|(_, row)| row.group).collect();
    if target.is_empty() {
        return String::new();
    }
    match (Search { values: &values, target: &target, groups: &groups }).run() {
        Some(covered) => explained(&covered, names, rows),
        None => String::new(),
    }
}

fn explained(covered: &Covered, names: &[String], rows: &[(usize, &Row)]) -> String {
    let named = |wanted: bool| {
        let named: Vec<&str> = rows
            .iter()
            .zip(&covered.rows)
            .filter(|(_, covered)| **covered == wanted)
            .map(|((row, _), _)| names[*row].as_str())
            .collect();
        listed(&named)
    };
    let other = if covered.only { "" } else { " (có thể còn cách chọn khác)" };
    format!(": số ghi bằng tổng các dòng {}; chưa cộng {}{other}", named(true), named(false))
}

/// A cell whose figure is not what its column computes.
pub struct FormulaFault {
    pub route: Route,
    pub written: Amount,
    /// Keys of the columns it is computed from.
    pub parts: String,
    pub computed: Amount,
}

/// Cells with both a figure and a formula that give another one, row by row, then in
/// declared sums whose parts are declared too.
pub fn formula_faults(
    table: &Table,
    at: &Route,
    is_wanted: impl Fn(&Formula) -> bool,
) -> Vec<FormulaFault> {
    let figures = Figures::new(table);
    let leaves: Vec<(usize, &Column)> = figures
        .leaves()
        .iter()
        .enumerate()
        .filter(|(_, leaf)| is_wanted(&leaf.formula))
        .map(|(column, leaf)| (column, *leaf))
        .collect();
    let fault = |column: usize, route: Route, written: Amount, computed: Option<Amount>| {
        let leaf = figures.leaves()[column];
        let computed = computed.filter(|it| !figures.are_same(column, *it, written))?;
        let computed = figures.printed(column, Some(computed))?;
        let parts = leaf.formula.parts().join(", ");
        Some(FormulaFault { route: route.key(&leaf.key), written, parts, computed })
    };
    let mut faults = Vec::new();
    for (index, row) in table.rows.iter().enumerate() {
        for &(column, _) in &leaves {
            let Some(written) = row.given(column) else { continue };
            let route = at.key("dong").index(index);
            faults.extend(fault(column, route, written, figures.computed_of_row(row, column)));
        }
    }
    for (route, sums, declared) in declared_lines(table, at, &figures) {
        let line = figures.declared(&sums, declared);
        for &(column, leaf) in &leaves {
            let from_declared =
                leaf.formula.parts().iter().any(|part| declared.contains_key(*part));
            let Some(&written) = declared.get(&leaf.key).filter(|_| from_declared) else {
                continue;
            };
            let computed = figures.computed_of_line(&line, column);
            faults.extend(fault(column, route.clone(), written, computed));
        }
    }
    faults
}

/// Every declared line of sums: its route, what the rows add up to, what is declared.
fn declared_lines<'t>(
    table: &'t Table,
    at: &Route,
    figures: &Figures<'_>,
) -> Vec<(Route, Line, &'t BTreeMap<String, Amount>)> {
    let groups = table.groups.iter().enumerate().filter_map(|(index, group)| {
        let GroupTotal::Declared(declared) = &group.total else { return None };
        let route = group_route(table, at, index).key("khai");
        Some((route, figures.subtotal(index), declared))
    });
    let total = table.total.iter().filter(|total| !total.declared.is_empty());
    let total = total.map(|total| (at.key("tong").key("khai"), figures.total(), &total.declared));
    groups.chain(total).collect()
}

/// So many names are read; of more only their count.
const NAMES_MAX: usize = 12;

/// `I.1, I.2`; of a long list the first names and how many follow.
pub fn listed(names: &[&str]) -> String {
    match names.len() {
        0 => "nào cả".to_owned(),
        count if count > NAMES_MAX => {
            let more = count - NAMES_MAX;
            format!("{} và {more} dòng nữa", names[..NAMES_MAX].join(", "))
        }
        _ => names.join(", "),
    }
}
