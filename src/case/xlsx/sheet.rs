//! The XML of a sheet → its cells within an area, what is merged, what is hidden.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::super::limits::{MAX_CELLS, MAX_ROWS, MAX_TABLE_BYTES, MAX_TEXT_BYTES};
use super::Refused;
use super::package::Part;
use super::value::{self, CellKind, Value, Written};
use super::workbook::{Context, is_true};
use super::xml::{Piece, Tag, Xml, spelled_out};
use crate::diag::{Area, CellName};

#[derive(Default)]
pub struct Sheet {
    /// The cells that are not blank, row by row, from left to right.
    pub cells: Vec<(CellName, Value)>,
    pub merged: Vec<Area>,
    pub hidden_rows: BTreeSet<u32>,
    /// First and last of columns side by side.
    pub hidden_columns: Vec<(u32, u32)>,
    /// The cells that formulas fill.
    computed: Computed,
}

/// What formulas fill: their own cells, and the areas of those that fill several.
#[derive(Default)]
struct Computed {
    cells: BTreeSet<CellName>,
    areas: Vec<Area>,
    /// Whether the sheet says of itself that it is still to be calculated.
    is_stale: bool,
}

/// Rows above a table that hold its title; with the rows of the table no sheet has more.
const MAX_TITLE_ROWS: usize = 1_000;

/// Formulas that fill several cells; every cell is looked for in each of them.
const MAX_AREAS: usize = 1_000;

/// Fewer formulas may well all give nought.
const FEW_FORMULAS: usize = 3;

/// Reads the cells of an area.
///
/// # Errors
/// The sheet is broken or holds more than any table.
pub fn read(part: &Part, area: Area, context: &Context) -> Result<Sheet, Refused> {
    let mut reading =
        Reading { xml: part.xml(), area, context, sheet: Sheet::default(), rows: 0, bytes: 0 };
    let mut row = 0;
    while let Some(piece) = reading.xml.next()? {
        let Piece::Open(tag) = piece else { continue };
        if tag.is("row") {
            row = reading.row(&tag, row)?;
        } else if tag.is("col") {
            reading.column(&tag)?;
        } else if tag.is("mergeCell") {
            let merged = tag.attribute("ref")?.and_then(|written| Area::parse(&written));
            reading.sheet.merged.push(merged.ok_or_else(Refused::damaged)?);
        } else if tag.is("sheetCalcPr") {
            let on_load = tag.attribute("fullCalcOnLoad")?;
            reading.sheet.computed.is_stale = on_load.is_some_and(|value| is_true(&value));
        }
    }
    let mut sheet = reading.sheet;
    if context.is_stale || sheet.computed.is_stale {
        sheet.give_up_formulas(context);
    }
    sheet.cells.sort_by_key(|(name, _)| *name);
    if sheet.cells.windows(2).any(|pair| pair[0].0 == pair[1].0) {
        return Err(Refused::damaged());
    }
    Ok(sheet)
}

impl Sheet {
    /// Whether so many formulas as a table has all give nought: then a program has most
    /// likely written them and none has calculated them, though the file does not say so.
    /// (LibreOffice 7.4 keeps such results, and drops the mark that they are none.)
    pub fn has_only_noughts(&self) -> bool {
        let is_computed = |(name, _): &&(CellName, Value)| self.computed.cells.contains(name);
        let results = self.cells.iter().filter(is_computed);
        let is_nought = |(_, value): &(CellName, Value)| match value {
            Value::Number(amount, _) => amount.is_zero(),
            Value::Text(_) | Value::Day(_) | Value::Bad { .. } => false,
        };
        results.clone().count() >= FEW_FORMULAS && results.into_iter().all(is_nought)
    }

    /// Puts a fault in the place of every result that the workbook says is none.
    fn give_up_formulas(&mut self, context: &Context) {
        let Computed { mut cells, areas, .. } = std::mem::take(&mut self.computed);
        for (name, value) in &mut self.cells {
            if cells.remove(name) || areas.iter().any(|area| area.contains(*name)) {
                *value = value::stale(&value.shown(context));
            }
        }
        // Results that are blank.
        self.cells.extend(cells.into_iter().map(|name| (name, value::not_calculated())));
    }
}

struct Reading<'a> {
    xml: Xml<'a>,
    area: Area,
    context: &'a Context,
    sheet: Sheet,
    /// Rows so far that are not blank.
    rows: usize,
    /// Of the texts so far: many cells may show one long text.
    bytes: usize,
}

impl Reading<'_> {
    /// Reads a row to its end, and gives the number of the next.
    fn row(&mut self, tag: &Tag<'_>, next: u32) -> Result<u32, Refused> {
        let [number, hidden, height] = tag.attributes(["r", "hidden", "ht"])?;
        let row = match number {
            Some(number) => number.trim().parse::<u32>().ok().and_then(|row| row.checked_sub(1)),
            None => Some(next),
        };
        let row = row.filter(|row| *row < CellName::MAX_ROWS).ok_or_else(Refused::damaged)?;
        if hidden.is_some_and(|value| is_true(&value)) || height.is_some_and(|it| is_nought(&it)) {
            self.sheet.hidden_rows.insert(row);
        }
        let before = self.sheet.cells.len();
        let mut column = 0;
        let mut depth = 1;
        while depth > 0 {
            match self.xml.next()?.ok_or_else(Refused::damaged)? {
                Piece::Open(tag) if depth == 1 && tag.is("c") => {
                    column = self.cell(&tag, CellName { row, column })? + 1;
                }
                Piece::Open(_) => depth += 1,
                Piece::Close => depth -= 1,
                Piece::Text(_) => {}
            }
        }
        self.rows += usize::from(self.sheet.cells.len() > before);
        if self.rows > MAX_ROWS + MAX_TITLE_ROWS {
            return Err(Refused::too_many_rows());
        }
        Ok(row + 1)
    }

    /// Reads a cell to its end, and gives its column.
    fn cell(&mut self, tag: &Tag<'_>, next: CellName) -> Result<u32, Refused> {
        let [name, kind, style] = tag.attributes(["r", "t", "s"])?;
        let name = match name {
            Some(written) => CellName::parse(&written),
            None => Some(next).filter(|name| name.column < CellName::MAX_COLUMNS),
        };
        let name = name.filter(|name| name.row == next.row).ok_or_else(Refused::damaged)?;
        let mut written = Written {
            kind: kind.map_or(Ok(CellKind::Number), |kind| CellKind::of(&kind))?,
            style: style.and_then(|style| style.trim().parse().ok()).unwrap_or(0),
            ..Written::default()
        };
        loop {
            match self.xml.next()?.ok_or_else(Refused::damaged)? {
                Piece::Open(tag) if tag.is("v") => {
                    let text = self.xml.text()?;
                    let is_text = written.kind == CellKind::Text;
                    written.value = Some(if is_text { spelled_out(text) } else { text });
                }
                Piece::Open(tag) if tag.is("is") => written.value = Some(self.xml.string()?),
                Piece::Open(tag) => {
                    if tag.is("f") {
                        written.has_formula = true;
                        self.formula(&tag, name)?;
                    }
                    self.xml.text()?;
                }
                Piece::Close => break,
                Piece::Text(_) => {}
            }
        }
        if self.area.contains(name)
            && let Some(value) = written.value(self.context)?
        {
            self.add(name, value)?;
        }
        Ok(name.column)
    }

    fn formula(&mut self, tag: &Tag<'_>, name: CellName) -> Result<(), Refused> {
        let [kind, area] = tag.attributes(["t", "ref"])?;
        let computed = &mut self.sheet.computed;
        if kind.is_some_and(|kind| matches!(kind.as_ref(), "array" | "dataTable")) {
            computed.areas.extend(area.and_then(|written| Area::parse(&written)));
        }
        if self.area.contains(name) {
            computed.cells.insert(name);
        }
        if computed.cells.len() > MAX_CELLS || computed.areas.len() > MAX_AREAS {
            return Err(Refused::too_many_cells());
        }
        Ok(())
    }

    fn add(&mut self, name: CellName, value: Value) -> Result<(), Refused> {
        if let Value::Text(text) = &value {
            self.bytes += text.len();
            if text.len() > MAX_TEXT_BYTES {
                return Err(Refused::too_long_text(name));
            }
        }
        if self.bytes > MAX_TABLE_BYTES || self.sheet.cells.len() == MAX_CELLS {
            return Err(Refused::too_many_cells());
        }
        self.sheet.cells.push((name, value));
        Ok(())
    }

    fn column(&mut self, tag: &Tag<'_>) -> Result<(), Refused> {
        let number = |written: Option<Cow<'_, str>>| {
            let number = written.and_then(|written| written.trim().parse::<u32>().ok());
            number.and_then(|number| number.checked_sub(1)).ok_or_else(Refused::damaged)
        };
        let [min, max, hidden, width] = tag.attributes(["min", "max", "hidden", "width"])?;
        if hidden.is_some_and(|value| is_true(&value)) || width.is_some_and(|it| is_nought(&it)) {
            let columns = (number(min)?, number(max)?);
            self.sheet.hidden_columns.push(columns);
            if self.sheet.hidden_columns.len() > CellName::MAX_COLUMNS as usize {
                return Err(Refused::damaged());
            }
        }
        Ok(())
    }
}

/// Whether a height or a width is none: nobody sees such a row or column.
fn is_nought(length: &str) -> bool {
    let length = length.trim();
    !length.is_empty() && length.chars().all(|c| matches!(c, '0' | '.' | '-'))
}
