//! Words that are too long for their table: which they are, and where the clerk wrote them.

use std::collections::BTreeMap;

use crate::diag::Route;
use crate::doc::metrics::{Advance, Face4, pieces};
use crate::doc::{Cell, Document, LINE_END, Length, Table};
use crate::model::{self, Case, Column, ColumnKind};

/// A word of fewer letters is none that anybody would call too long.
const LONG: usize = 25;

/// What stands on one line whatever the width: a word, or all of a cell that never wraps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unbreakable {
    pub text: String,
    /// Whether it is the text of a cell whose column is of a kind that does not wrap.
    pub whole_cell: bool,
    /// Cells in which it stands.
    pub count: usize,
}

impl Unbreakable {
    pub fn letters(&self) -> usize {
        self.text.chars().count()
    }
}

/// What stands on one line in a column, by its width: whether it is a whole cell, how often.
type Words = BTreeMap<(Length, String), (bool, usize)>;

/// The long words that make a table wider than `room`, the longest first: without them it
/// would fit. None when it would not, for it has too many columns.
pub fn too_wide(document: &Document, table: &Table, case: &Case, room: Length) -> Vec<Unbreakable> {
    let wraps = wrapping(table, case);
    let mut columns: Vec<Words> = vec![Words::new(); table.columns.len()];
    let heads = table.header.iter().flat_map(|row| &row.cells).map(|cell| (cell, true));
    let cells = table.rows.iter().flat_map(|row| &row.cells).map(|cell| (cell, false));
    for (cell, is_head) in heads.chain(cells).filter(|(cell, _)| is_narrow(cell)) {
        let Some(column) = columns.get_mut(usize::from(cell.column)) else { continue };
        let wraps = is_head || wraps.get(usize::from(cell.column)).copied().unwrap_or(true);
        for (text, width) in unbreakable(document, cell, wraps) {
            column.entry((width, text)).or_insert((!wraps, 0)).1 += 1;
        }
    }
    // What a column is wider than its longest word: the space beside it.
    let around = |at: usize| {
        let longest = columns[at].last_key_value().map(|((width, _), _)| *width);
        (table.columns[at] - longest.unwrap_or_default()).max(Length::ZERO)
    };
    let around: Vec<Length> = (0..columns.len()).map(around).collect();
    let width = |columns: &[Words]| -> Length {
        let one = |(column, around): (&Words, &Length)| {
            column.last_key_value().map_or(Length::ZERO, |((width, _), _)| *width) + *around
        };
        columns.iter().zip(&around).map(one).sum()
    };
    let mut found = Vec::new();
    while width(&columns) > room {
        let is_long = |text: &str| text.chars().count() >= LONG;
        let longest = columns
            .iter_mut()
            .filter(|column| column.last_key_value().is_some_and(|((_, text), _)| is_long(text)));
        let longest = longest.max_by_key(|column| {
            column.last_key_value().map_or(Length::ZERO, |((width, _), _)| *width)
        });
        let Some(((_, text), (whole_cell, count))) = longest.and_then(BTreeMap::pop_last) else {
            return Vec::new();
        };
        found.push(Unbreakable { text, whole_cell, count });
    }
    found
}

/// Whether the text of a cell makes its column as wide as it is.
const fn is_narrow(cell: &Cell) -> bool {
    cell.columns == 1 && cell.upright.is_none()
}

/// Words of cells over several columns that have no room in them.
pub fn too_wide_for_cells(document: &Document, table: &Table) -> Vec<Unbreakable> {
    let mut found: Vec<Unbreakable> = Vec::new();
    let cells = table.header.iter().chain(&table.rows).flat_map(|row| &row.cells);
    for cell in cells.filter(|cell| cell.columns > 1 && cell.upright.is_none()) {
        let room = table.inner_width(cell);
        for (text, _) in unbreakable(document, cell, true).filter(|(_, width)| *width > room) {
            match found.iter_mut().find(|known| known.text == text) {
                Some(known) => known.count += 1,
                None => found.push(Unbreakable { text, whole_cell: false, count: 1 }),
            }
        }
    }
    found
}

fn unbreakable<'a>(
    document: &'a Document,
    cell: &'a Cell,
    wraps: bool,
) -> impl Iterator<Item = (String, Length)> + 'a {
    let style = document.style(cell.style);
    let face = Face4 { bold: style.bold, italic: style.italic };
    let text: String = cell.text.chars().filter(|&c| c != LINE_END).collect();
    let texts: Vec<String> = match wraps {
        true => text.split('\n').flat_map(pieces).map(|it| it.trim_end().to_owned()).collect(),
        false => vec![text],
    };
    texts.into_iter().map(move |text| {
        let width = Advance::of(&text, face).with_lean(face).at(style.size);
        (text, width)
    })
}

/// Whether the texts of each column wrap; nothing where blank columns were left out, so that
/// nobody knows here which is which.
fn wrapping(table: &Table, case: &Case) -> Vec<bool> {
    let Some((_, own)) = own(case, &table.name) else { return Vec::new() };
    let leaves = own.leaves();
    if leaves.len() != table.columns.len() {
        return Vec::new();
    }
    leaves.iter().map(|leaf| leaf.kind == ColumnKind::Text).collect()
}

/// Where a clerk wrote a text that stands in a table: its cell, its head, its group; else
/// the columns.
pub fn place(case: &Case, name: &str, text: &str) -> Route {
    let Some((at, table)) = own(case, name) else {
        return Route::parse(name).unwrap_or_default().key("cot");
    };
    let text = crate::doc::words(text);
    let holds = |own: &str| own.contains(text.as_str());
    let leaves = table.leaves();
    for (index, row) in table.rows.iter().enumerate() {
        for (leaf, cell) in leaves.iter().zip(&row.cells) {
            if matches!(cell, model::Cell::Text(own) if holds(own)) {
                return at.key("dong").index(index).key(&leaf.key);
            }
        }
    }
    if let Some(head) = head(&table.columns, &at.key("cot"), &holds) {
        return head;
    }
    if let Some(index) = table.groups.iter().position(|group| holds(&group.name)) {
        return group(table, index, &at).key("ten");
    }
    match &table.total {
        Some(total) if holds(&total.label) => at.key("tong").key("nhan"),
        _ => at.key("cot"),
    }
}

/// The route of a group; one within another is written under it.
fn group(table: &model::Table, index: usize, at: &Route) -> Route {
    let parent = table.groups[index].parent;
    let before = table.groups[..index].iter().filter(|group| group.parent == parent).count();
    let above = parent.filter(|&parent| parent < index);
    let above = above.map_or_else(|| at.clone(), |parent| group(table, parent, at));
    above.key("nhom").index(before)
}

fn head(columns: &[Column], at: &Route, holds: &impl Fn(&str) -> bool) -> Option<Route> {
    columns.iter().enumerate().find_map(|(index, column)| {
        let at = at.index(index);
        if holds(&column.name) {
            return Some(at.key("ten"));
        }
        let unit = column.unit.as_deref().is_some_and(holds);
        unit.then(|| at.key("don_vi_tinh")).or_else(|| head(&column.columns, &at.key("cot"), holds))
    })
}

/// The table of the case that a table of the document shows.
fn own<'c>(case: &'c Case, name: &str) -> Option<(Route, &'c model::Table)> {
    let at = Route::parse(name)?;
    let appendices = case.appendices.iter().enumerate();
    let appendices = appendices.filter_map(|(index, it)| {
        Some((Route::root().key("phu_luc").index(index), it.table.as_ref()?))
    });
    let within = case.tables.iter().enumerate();
    let within = within.map(|(index, it)| (Route::root().key("bang").index(index), &it.table));
    appendices.chain(within).find(|(route, _)| *route == at)
}
