//! How high blocks stand: what has to be known of a thing that may not be divided.
//!
//! The lines are counted as [`metrics::lines`] breaks them. A program may need a line more or
//! less, so whoever asks whether something fits a page leaves [`SPARE`] free.

use super::metrics::{self, Face4};
use super::{Block, Cell, Document, Grid, Length, Paragraph, Row, Style, StyleId, Table};

/// What another reader's layout may need more than is measured here, on one page.
pub const SPARE: Length = Length::mm(3);

/// Measures blocks in the styles of one document.
#[derive(Clone, Copy)]
pub struct Heights<'a> {
    styles: &'a [Style],
}

impl<'a> Heights<'a> {
    pub const fn new(styles: &'a [Style]) -> Self {
        Self { styles }
    }

    pub fn of(document: &'a Document) -> Self {
        Self::new(&document.styles)
    }

    fn style(&self, id: StyleId) -> Option<&'a Style> {
        self.styles.iter().find(|style| style.id == id)
    }

    /// Height of some blocks under one another in that width, the space above the first
    /// included. A table counts as its head: its rows go on over pages.
    pub fn blocks(&self, blocks: &[Block], width: Length) -> Length {
        blocks.iter().map(|block| self.block(block, width)).sum()
    }

    fn block(&self, block: &Block, width: Length) -> Length {
        match block {
            Block::Paragraph(paragraph) => self.paragraph(paragraph, width),
            Block::Rule(rule) => rule.before + rule.height,
            Block::Grid(grid) => grid.before + self.rows(grid).into_iter().sum(),
            Block::Table(table) => table.before + self.head(table),
        }
    }

    /// With the space above it.
    pub fn paragraph(&self, paragraph: &Paragraph, width: Length) -> Length {
        let Some(style) = self.style(paragraph.style) else { return Length::ZERO };
        let air = if style.boxed { style.box_air.0 + style.box_air.1 } else { Length::ZERO };
        let room = width - style.left - style.right;
        style.before + text(&paragraph.plain(), style, room) + air
    }

    /// Height of each row of a grid.
    pub fn rows(&self, grid: &Grid) -> Vec<Length> {
        let cell = |(blocks, &width): (&Vec<Block>, &Length)| self.blocks(blocks, width);
        let row = |row: &Vec<Vec<Block>>| row.iter().zip(&grid.columns).map(cell).max();
        grid.rows.iter().map(|cells| row(cells).unwrap_or_default()).collect()
    }

    /// Height of what repeats above the rows of a table on every page.
    pub fn head(&self, table: &Table) -> Length {
        table.header.iter().map(|row| self.row(row, table)).sum()
    }

    /// Height of a row of a table, padding and one border included.
    pub fn row(&self, row: &Row, table: &Table) -> Length {
        let cells = row.cells.iter().filter(|cell| cell.rows == 1);
        let highest = cells.map(|cell| self.cell(cell, table)).max().unwrap_or_default();
        highest.max(row.height.unwrap_or_default())
    }

    fn cell(&self, cell: &Cell, table: &Table) -> Length {
        let around = table.padding_y * 2 + table.border;
        let Some(style) = self.style(cell.style) else { return around };
        let own = match cell.upright {
            Some(line) => line,
            None => text(&cell.plain(), style, table.inner_width(cell)),
        };
        own + around
    }
}

/// Height of the lines of a text in that room.
fn text(text: &str, style: &Style, room: Length) -> Length {
    let face = Face4 { bold: style.bold, italic: style.italic };
    let lines = metrics::lines(text, style.size, face, room, -style.first_line);
    style.pitch() * lines.len().try_into().unwrap_or(1)
}
