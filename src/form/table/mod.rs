//! A table of the case as a table of the document: heads, rows, widths.

pub(in crate::form) mod fit;
pub(in crate::form) mod head;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

pub(in crate::form) use self::fit::{Room, pitch};
use super::Form;
use super::styles::{CellLook, UNIT};
use crate::doc::height::SPARE;
use crate::doc::{Block, Cell, Length, Paragraph, Row, Style, StyleId, Table};
use crate::model::{
    self, Amount, Column, ColumnAlign, ColumnKind, Figures, GroupTotal, TotalPlace,
};
use crate::nd30::Measure;
use crate::vi;

/// A line of the table before its size is known: cells with their look.
pub(super) struct Line {
    cells: Vec<Entry>,
    /// Whether it stands above lines that belong to it.
    heads: bool,
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

/// The table under the line that tells its unit.
pub(super) fn blocks(
    form: &Form<'_>,
    table: &model::Table,
    summary: &str,
    room: Room,
    name: String,
) -> Vec<Block> {
    let ruled = Block::Table(self::table(form, table, summary, room, name));
    unit(table).into_iter().chain([ruled]).collect()
}

/// `Đơn vị tính: triệu đồng`, for a table that has one.
pub(super) fn unit(table: &model::Table) -> Option<Block> {
    let unit = table.unit.as_ref()?;
    let line = super::text::inlines(&format!("Đơn vị tính: {unit}"));
    Some(Block::Paragraph(Paragraph::new(UNIT, line)))
}

/// The table, at the largest size at which it fits the width; `name` is for findings.
pub(super) fn table(
    form: &Form<'_>,
    table: &model::Table,
    summary: &str,
    room: Room,
    name: String,
) -> Table {
    let folded = table.folds_blank_columns == Some(true);
    let folded = folded.then(|| table.without_blank_columns());
    let table = folded.as_ref().unwrap_or(table);
    let figures = Figures::new(table);
    let leaves = figures.leaves();
    let lines = lines(&figures, table);
    let head = head::Head::new(&table.columns, table.numbered_columns);
    let sizes = fit::Sizes {
        least: form.length(Measure::TableSizeLeast),
        most: form.length(Measure::TableSizeMost),
    };
    let fitted = fit::fit(leaves, &head, &lines, room, sizes);
    let most = room.page - head.total_height(&fitted) - SPARE;
    Table {
        name,
        header: head.rows(&fitted),
        rows: rows(lines, &fitted, most),
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

/// The lines as rows of the fitted size. One that heads others never stands alone at the
/// foot of a page; one that is higher than `most`, what a page leaves under the head, with
/// the heads that are held above it, is divided.
fn rows(lines: Vec<Line>, fitted: &fit::Fitted, most: Length) -> Vec<Row> {
    let mut heads = Length::ZERO;
    let rows = lines.into_iter().map(|line| {
        let breaks = fit::is_higher(&line, fitted, most - heads);
        let height = line.heads.then(|| heads + fit::height(&line, fitted));
        let held = height.filter(|&height| height <= HEADS_MOST && !breaks);
        heads = held.unwrap_or_default();
        Row { keep_next: held.is_some(), breaks, ..row(line, fitted.size) }
    });
    let mut rows: Vec<Row> = rows.collect();
    if let Some(last) = rows.last_mut() {
        last.keep_next = false;
    }
    rows
}

/// Heads right under one another stay together up to this height: a total, a group and
/// a group within it, each of several lines. More of them, as of groups without rows,
/// would leave much of a page blank, and beyond a page typst would cut them off.
const HEADS_MOST: Length = Length::mm(50);

fn row(line: Line, size: Length) -> Row {
    let cells = line.cells.into_iter().map(|entry| Cell {
        column: narrow(entry.column),
        columns: narrow(entry.columns),
        rows: 1,
        style: entry.look.style(size),
        text: super::text::unmarked(entry.text),
        upright: None,
    });
    Row { cells: cells.collect(), ..Row::default() }
}

/// A case holds far fewer columns than 65 536: the door says so.
fn narrow(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

/// Total, groups and rows in the order they are printed.
fn lines(figures: &Figures<'_>, table: &model::Table) -> Vec<Line> {
    let mut lines = Vec::with_capacity(table.rows.len() + table.groups.len() + 1);
    let numbered = |rows: &mut dyn Iterator<Item = &model::Row>| -> Vec<Line> {
        rows.enumerate().map(|(position, row)| data(figures, row, position + 1)).collect()
    };
    lines.extend(numbered(&mut table.rows.iter().filter(|row| row.group.is_none())));
    for (index, group) in table.groups.iter().enumerate() {
        if let (GroupTotal::Row, Some(row)) = (&group.total, table.rows_of(index).next()) {
            lines.push(own_line(figures, row, group));
            continue;
        }
        lines.push(group_line(figures, index, group));
        lines.extend(numbered(&mut table.rows_of(index)));
    }
    match &table.total {
        Some(total) if total.place == TotalPlace::First => {
            lines.insert(0, Line { heads: true, ..total_line(figures, total) });
        }
        Some(total) => lines.push(total_line(figures, total)),
        None => {}
    }
    lines
}

fn data(figures: &Figures<'_>, row: &model::Row, ordinal: usize) -> Line {
    let cells = figures.leaves().iter().enumerate().map(|(column, leaf)| {
        let text = match leaf.kind {
            ColumnKind::Ordinal => ordinal.to_string(),
            ColumnKind::Amount | ColumnKind::Percent => printed(figures.of_row(row, column)),
            ColumnKind::Text | ColumnKind::Centered | ColumnKind::Date => match row.cell(column) {
                model::Cell::Text(text) => text.clone(),
                model::Cell::Date(date) => vi::date::short(*date),
                model::Cell::Amount(amount) => amount.to_string(),
                model::Cell::Blank => String::new(),
            },
        };
        Entry { column, columns: 1, look: look(leaf), text }
    });
    Line { cells: cells.collect(), heads: false }
}

/// How the cells of a column look: as it says, else as its kind wants.
fn look(leaf: &Column) -> CellLook {
    match (leaf.align, leaf.kind) {
        (Some(ColumnAlign::Left), _) | (None, ColumnKind::Text) => CellLook::Text,
        (Some(ColumnAlign::Center), _)
        | (None, ColumnKind::Ordinal | ColumnKind::Centered | ColumnKind::Date) => CellLook::Center,
        (Some(ColumnAlign::Right), _) | (None, ColumnKind::Amount | ColumnKind::Percent) => {
            CellLook::Amount
        }
    }
}

/// Blank is not nought: a column without a figure prints nothing.
fn printed(amount: Option<Amount>) -> String {
    amount.map(|amount| amount.to_string()).unwrap_or_default()
}

/// The looks of a line that stands for others: the label in the middle, at the left, figures.
#[derive(Clone, Copy)]
struct Looks {
    center: CellLook,
    text: CellLook,
    figure: CellLook,
}

const GROUP: Looks = Looks {
    center: CellLook::GroupCenter,
    text: CellLook::GroupText,
    figure: CellLook::GroupAmount,
};

/// Of a group within another.
const INNER_GROUP: Looks = Looks {
    center: CellLook::InnerGroupCenter,
    text: CellLook::InnerGroupText,
    figure: CellLook::InnerGroupAmount,
};

/// `I  Danh mục …`: over the whole width when it bears no figures.
fn group_line(figures: &Figures<'_>, index: usize, group: &model::Group) -> Line {
    let looks = if group.parent.is_some() { INNER_GROUP } else { GROUP };
    let leaves = figures.leaves();
    let sums = match &group.total {
        GroupTotal::None | GroupTotal::Row => {
            return Line { cells: group_label(leaves, leaves.len(), group, looks), heads: true };
        }
        GroupTotal::Computed => figures.subtotal(index),
        GroupTotal::Declared(declared) => figures.declared(&figures.subtotal(index), declared),
    };
    let labelled = leading_text(leaves);
    let mut cells = group_label(leaves, labelled, group, looks);
    cells.extend(figure_cells(figures, labelled, &sums, looks));
    Line { cells, heads: true }
}

/// A group that is a row itself: every cell of the row, in the looks of a group.
fn own_line(figures: &Figures<'_>, row: &model::Row, group: &model::Group) -> Line {
    let looks = if group.parent.is_some() { INNER_GROUP } else { GROUP };
    let mut line = data(figures, row, 0);
    if figures.leaves().iter().all(|leaf| leaf.kind != ColumnKind::Ordinal)
        && let Some(first) = line.cells.first_mut()
    {
        first.text = format!("{} {}", group.number(), first.text);
    }
    for (entry, leaf) in line.cells.iter_mut().zip(figures.leaves()) {
        entry.look = match entry.look {
            CellLook::Text => looks.text,
            CellLook::Amount => looks.figure,
            _ => looks.center,
        };
        if leaf.kind == ColumnKind::Ordinal {
            group.number().clone_into(&mut entry.text);
        }
    }
    line
}

/// The number of the group in the column of ordinals, its name over the rest of the label.
fn group_label(leaves: &[&Column], until: usize, group: &model::Group, looks: Looks) -> Vec<Entry> {
    let number = group.number().to_owned();
    let numbered = leaves.first().is_some_and(|leaf| leaf.kind == ColumnKind::Ordinal);
    if numbered && until > 1 {
        return vec![
            Entry { column: 0, columns: 1, look: looks.center, text: number },
            Entry { column: 1, columns: until - 1, look: looks.text, text: group.name.clone() },
        ];
    }
    let text = format!("{number} {}", group.name);
    vec![Entry { column: 0, columns: until.max(1), look: looks.text, text }]
}

fn total_line(figures: &Figures<'_>, total: &model::Total) -> Line {
    let leaves = figures.leaves();
    let labelled = leading_text(leaves).max(1);
    let mut cells =
        vec![Entry { column: 0, columns: labelled, look: GROUP.center, text: total.label.clone() }];
    let sums = figures.declared(&figures.total(), &total.declared);
    cells.extend(figure_cells(figures, labelled, &sums, GROUP));
    Line { cells, heads: false }
}

/// One cell for each leaf after the label; text columns stay blank.
fn figure_cells<'a>(
    figures: &'a Figures<'_>,
    from: usize,
    sums: &'a model::Line,
    looks: Looks,
) -> impl Iterator<Item = Entry> + 'a {
    figures.leaves().iter().enumerate().skip(from).map(move |(column, leaf)| Entry {
        column,
        columns: 1,
        look: looks.figure,
        text: match leaf.kind.is_figure() {
            true => printed(figures.printed(column, sums[column])),
            false => String::new(),
        },
    })
}

/// How many leaves stand before the first column of figures.
fn leading_text(leaves: &[&Column]) -> usize {
    leaves.iter().take_while(|leaf| !leaf.kind.is_figure()).count()
}
