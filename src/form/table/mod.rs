//! A table of the case as a table of the document: heads, rows, widths.

mod fit;
mod head;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

pub(in crate::form) use self::fit::{Room, pitch};
use super::Form;
use super::styles::CellLook;
use crate::doc::{Cell, Length, Row, Style, StyleId, Table};
use crate::model::{self, Amount, Column, ColumnKind, GroupTotal, TotalPlace};
use crate::nd30::Measure;

/// A line of the table before its size is known: cells with their look.
pub(super) struct Line {
    cells: Vec<Entry>,
}

/// One cell of a [`Line`].
pub(super) struct Entry {
    column: usize,
    columns: usize,
    look: CellLook,
    text: String,
}

/// Space above a table.
pub(super) const BEFORE: Length = Length::pt(6);

/// The table, at the largest size at which it fits the width.
pub(super) fn table(form: &Form<'_>, table: &model::Table, summary: &str, room: Room) -> Table {
    let leaves = table.leaves();
    let lines = lines(table, &leaves);
    let head = head::Head::new(&table.columns);
    let sizes = fit::Sizes {
        least: form.length(Measure::TableSizeLeast),
        most: form.length(Measure::TableSizeMost),
    };
    let fitted = fit::fit(&leaves, &head, &lines, room, sizes);
    Table {
        header: head.rows(&fitted),
        rows: lines.into_iter().map(|line| row(line, fitted.size)).collect(),
        columns: fitted.widths,
        padding_x: fit::padding(fitted.size),
        padding_y: fit::PADDING_Y,
        border: fit::BORDER,
        before: BEFORE,
        summary: super::text::one_line(summary),
    }
}

/// The styles that the cells of some tables use, each once, largest size first.
pub(super) fn styles<'t>(tables: impl Iterator<Item = &'t Table>) -> Vec<Style> {
    let used: BTreeSet<StyleId> = tables
        .flat_map(|table| table.header.iter().chain(&table.rows))
        .flat_map(|row| &row.cells)
        .map(|cell| cell.style)
        .collect();
    fit::steps()
        .flat_map(|size| CellLook::ALL.map(|look| look.at(size)))
        .filter(|style| used.contains(&style.id))
        .collect()
}

fn row(line: Line, size: Length) -> Row {
    let cells = line.cells.into_iter().map(|entry| Cell {
        column: narrow(entry.column),
        columns: narrow(entry.columns),
        rows: 1,
        style: entry.look.style(size),
        text: entry.text,
        upright: None,
    });
    Row { cells: cells.collect(), height: None }
}

/// A case holds far fewer columns than 65 536: the door says so.
fn narrow(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

/// Total, groups and rows in the order they are printed.
fn lines(table: &model::Table, leaves: &[&Column]) -> Vec<Line> {
    let mut lines = Vec::with_capacity(table.rows.len() + table.groups.len() + 1);
    lines.extend(
        table
            .rows
            .iter()
            .filter(|row| row.group.is_none())
            .enumerate()
            .map(|(position, row)| data(table, leaves, row, position + 1)),
    );
    for (index, group) in table.groups.iter().enumerate() {
        lines.push(group_line(table, leaves, index, group));
        lines.extend(
            table
                .rows_of(index)
                .enumerate()
                .map(|(position, row)| data(table, leaves, row, position + 1)),
        );
    }
    match &table.total {
        Some(total) if total.place == TotalPlace::First => {
            lines.insert(0, total_line(table, leaves, total))
        }
        Some(total) => lines.push(total_line(table, leaves, total)),
        None => {}
    }
    lines
}

fn data(table: &model::Table, leaves: &[&Column], row: &model::Row, ordinal: usize) -> Line {
    let cells = leaves.iter().enumerate().map(|(column, leaf)| {
        let (look, text) = match leaf.kind {
            ColumnKind::Ordinal => (CellLook::Center, ordinal.to_string()),
            ColumnKind::Amount => (CellLook::Amount, printed(table.amount(row, leaf))),
            ColumnKind::Text => {
                (CellLook::Text, row.text(&leaf.key).unwrap_or_default().to_owned())
            }
            ColumnKind::Centered => {
                (CellLook::Center, row.text(&leaf.key).unwrap_or_default().to_owned())
            }
        };
        Entry { column, columns: 1, look, text }
    });
    Line { cells: cells.collect() }
}

/// Blank is not nought: a column without a figure prints nothing.
fn printed(amount: Option<Amount>) -> String {
    amount.map(|amount| amount.to_string()).unwrap_or_default()
}

/// `I  Danh mục …`: over the whole width when it bears no figures.
fn group_line(
    table: &model::Table,
    leaves: &[&Column],
    index: usize,
    group: &model::Group,
) -> Line {
    let declared = match &group.total {
        GroupTotal::None => {
            return Line { cells: group_label(leaves, leaves.len(), group) };
        }
        GroupTotal::Computed => None,
        GroupTotal::Declared(figures) => Some(figures),
    };
    let labelled = leading_text(leaves);
    let mut cells = group_label(leaves, labelled, group);
    let none = BTreeMap::new();
    cells.extend(figures(leaves, labelled, |leaf| {
        total_figure(leaf, declared.unwrap_or(&none), |key| {
            let leaf = leaves.iter().find(|leaf| leaf.key == key)?;
            table.sum(table.rows_of(index), leaf)
        })
    }));
    Line { cells }
}

/// The number of the group in the column of ordinals, its name over the rest of the label.
fn group_label(leaves: &[&Column], until: usize, group: &model::Group) -> Vec<Entry> {
    let numbered = leaves.first().is_some_and(|leaf| leaf.kind == ColumnKind::Ordinal);
    if numbered && until > 1 {
        return vec![
            Entry { column: 0, columns: 1, look: CellLook::GroupCenter, text: group.key.clone() },
            Entry {
                column: 1,
                columns: until - 1,
                look: CellLook::GroupText,
                text: group.name.clone(),
            },
        ];
    }
    let text = format!("{} {}", group.key, group.name);
    vec![Entry { column: 0, columns: until.max(1), look: CellLook::GroupText, text }]
}

fn total_line(table: &model::Table, leaves: &[&Column], total: &model::Total) -> Line {
    let labelled = leading_text(leaves).max(1);
    let mut cells = vec![Entry {
        column: 0,
        columns: labelled,
        look: CellLook::GroupCenter,
        text: total.label.clone(),
    }];
    cells.extend(figures(leaves, labelled, |leaf| {
        total_figure(leaf, &total.declared, |key| {
            let leaf = leaves.iter().find(|leaf| leaf.key == key)?;
            table.sum(&table.rows, leaf)
        })
    }));
    Line { cells }
}

/// A figure of a total: declared, else the sum of its parts when one of them is declared
/// (a line must not contradict itself), else computed from the rows.
fn total_figure(
    leaf: &Column,
    declared: &BTreeMap<String, Amount>,
    computed: impl Fn(&str) -> Option<Amount>,
) -> Option<Amount> {
    let printed = |key: &str| declared.get(key).copied().or_else(|| computed(key));
    if !declared.contains_key(&leaf.key)
        && leaf.sum_of.iter().any(|part| declared.contains_key(part))
    {
        return leaf.sum_of.iter().filter_map(|part| printed(part)).reduce(|sum, part| sum + part);
    }
    printed(&leaf.key)
}

/// One bold cell for each leaf after the label; text columns stay blank.
fn figures<'a>(
    leaves: &'a [&Column],
    from: usize,
    amount: impl Fn(&Column) -> Option<Amount> + 'a,
) -> impl Iterator<Item = Entry> + 'a {
    leaves.iter().enumerate().skip(from).map(move |(column, leaf)| Entry {
        column,
        columns: 1,
        look: CellLook::GroupAmount,
        text: match leaf.kind {
            ColumnKind::Amount => printed(amount(leaf)),
            ColumnKind::Text | ColumnKind::Centered | ColumnKind::Ordinal => String::new(),
        },
    })
}

/// How many leaves stand before the first column of amounts.
fn leading_text(leaves: &[&Column]) -> usize {
    leaves.iter().take_while(|leaf| leaf.kind != ColumnKind::Amount).count()
}
