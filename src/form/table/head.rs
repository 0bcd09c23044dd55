//! The head of a table: a tree of columns as rows of merged cells.

use super::fit::{self, Fitted};
use super::{CellLook, narrow};
use crate::doc::metrics::{Face4, lines};
use crate::doc::{Cell, Length, Row};
use crate::model::Column;

/// Every head cell with its place in the grid.
pub(in crate::form) struct Head {
    pub depth: usize,
    pub cells: Vec<HeadCell>,
    /// Whether a row `(1) (2) (3)` stands below, one cell for each of so many leaves.
    numbers: Option<usize>,
}

pub(in crate::form) struct HeadCell {
    pub row: usize,
    pub rows: usize,
    pub column: usize,
    pub columns: usize,
    pub text: String,
}

impl HeadCell {
    pub const fn is_leaf(&self, depth: usize) -> bool {
        self.row + self.rows == depth
    }
}

impl Head {
    pub fn new(columns: &[Column], numbered: bool) -> Self {
        let depth = depth(columns);
        let mut cells = Vec::new();
        let mut next = 0;
        for column in columns {
            next += place(column, 0, next, depth, &mut cells);
        }
        Self { depth, cells, numbers: numbered.then_some(next) }
    }

    /// The head as rows, each as high as its text needs: LibreOffice cuts merged
    /// cells of a repeated head unless every row states its height.
    pub fn rows(&self, fitted: &Fitted) -> Vec<Row> {
        let heights = self.heights(fitted);
        (0..self.depth)
            .map(|row| Row {
                cells: self
                    .cells
                    .iter()
                    .filter(|cell| cell.row == row)
                    .map(|cell| self.cell(cell, fitted, &heights))
                    .collect(),
                height: Some(heights[row]),
                ..Row::default()
            })
            .chain(self.numbers.map(|count| numbers(count, fitted)))
            .collect()
    }

    /// What the row of numbers has of a column, where there is one.
    pub fn number(&self, column: usize) -> Option<String> {
        self.numbers.map(|_| number(column))
    }

    /// Height of the whole head, with the borders of its rows.
    pub fn total_height(&self, fitted: &Fitted) -> Length {
        let numbers = self.numbers.map(|_| fit::row_height(fitted.size, 1)).unwrap_or_default();
        self.heights(fitted).into_iter().sum::<Length>() + numbers
    }

    fn cell(&self, cell: &HeadCell, fitted: &Fitted, heights: &[Length]) -> Cell {
        // An upright line is as long as its cell is high, for so Word breaks it.
        let rows = cell.row..cell.row + cell.rows;
        let height: Length = heights[rows].iter().copied().sum();
        Cell {
            column: narrow(cell.column),
            columns: narrow(cell.columns),
            rows: narrow(cell.rows),
            style: CellLook::Head.style(fitted.size),
            text: super::super::text::unmarked(cell.text.clone()),
            upright: self.upright(cell, fitted).map(|_| height - fit::AROUND),
        }
    }

    fn upright(&self, cell: &HeadCell, fitted: &Fitted) -> Option<Length> {
        let leaf = cell.is_leaf(self.depth) && cell.columns == 1;
        fitted.upright[cell.column].filter(|_| leaf)
    }

    /// Height of one head cell, with what is around its text.
    fn height(&self, cell: &HeadCell, fitted: &Fitted) -> Length {
        if let Some(length) = self.upright(cell, fitted) {
            // LibreOffice makes a cell as high as its lines would lie under one another.
            let count = lines(&cell.text, fitted.size, Face4::BOLD, length, Length::ZERO).len();
            let flat = fit::row_height(fitted.size, count);
            return (length + fit::AROUND).up_to_twips().max(flat);
        }
        let width: Length =
            fitted.widths[cell.column..cell.column + cell.columns].iter().copied().sum();
        let room = width - fit::padding(fitted.size) * 2;
        let count = lines(&cell.text, fitted.size, Face4::BOLD, room, Length::ZERO).len();
        fit::row_height(fitted.size, count)
    }

    /// Heights from the cells of one row first; what a merged cell still lacks goes
    /// to its last row.
    fn heights(&self, fitted: &Fitted) -> Vec<Length> {
        let mut heights = vec![fit::row_height(fitted.size, 1); self.depth];
        let mut by_span: Vec<&HeadCell> = self.cells.iter().collect();
        by_span.sort_by_key(|cell| cell.rows);
        for cell in by_span {
            let rows = cell.row..cell.row + cell.rows;
            let has: Length = heights[rows.clone()].iter().copied().sum();
            let lacks = self.height(cell, fitted) - has;
            if lacks > Length::ZERO {
                heights[rows.end - 1] += lacks;
            }
        }
        heights
    }
}

fn number(column: usize) -> String {
    format!("({})", column + 1)
}

/// `(1) (2) (3)`, by which a text names a column.
fn numbers(count: usize, fitted: &Fitted) -> Row {
    let cell = |column: usize| Cell {
        column: narrow(column),
        columns: 1,
        rows: 1,
        style: CellLook::HeadNumber.style(fitted.size),
        text: number(column),
        upright: None,
    };
    let height = Some(fit::row_height(fitted.size, 1));
    Row { cells: (0..count).map(cell).collect(), height, ..Row::default() }
}

fn depth(columns: &[Column]) -> usize {
    columns.iter().map(|column| 1 + depth(&column.columns)).max().unwrap_or(0)
}

/// Places a column and what is under it; returns how many leaves it covers.
fn place(column: &Column, row: usize, at: usize, depth: usize, cells: &mut Vec<HeadCell>) -> usize {
    let own = cells.len();
    cells.push(HeadCell {
        row,
        rows: if column.columns.is_empty() { depth - row } else { 1 },
        column: at,
        columns: 1,
        text: column.head(),
    });
    let mut covered = 0;
    for inner in &column.columns {
        covered += place(inner, row + 1, at + covered, depth, cells);
    }
    cells[own].columns = covered.max(1);
    covered.max(1)
}
