//! How much memory a PDF of long tables takes, and how it is split to take less.
//!
//! typst keeps every cell and every letter of a volume until it is written, and what it
//! remembers of laying each out. The two costs were fitted to three tables, one of 5,000 rows of
//! 8 columns, one of 29 and one of 1,000 rows with a hundred letters in a cell, and are within a
//! tenth of what these took. Of other tables it is an estimate, good enough to advise by.

use super::MAX_ROWS;
use crate::doc::{Block, Document, Section, Table};

/// Bytes of memory.
const BYTES_OF_CELL: usize = 9_000;
const BYTES_OF_LETTER: usize = 420;
/// What a volume may take where somebody is to choose, in bytes.
const COMFORTABLE: usize = 500_000_000;
/// Rows of a volume are suggested in steps of so many, and at least one step.
const STEP: usize = 100;

/// What the tables of the volume that has most in them take, in bytes.
pub fn memory(document: &Document) -> usize {
    let of = |sections: &[Section]| tables(sections).map(bytes).sum();
    document.volumes().into_iter().map(of).max().unwrap_or(0)
}

/// How many rows a volume should have to take no more than half a gigabyte, and to be written.
pub fn rows_of_a_volume(document: &Document) -> usize {
    let cost = |sections: &[Section]| -> (usize, usize) {
        let rows = tables(sections).map(|table| table.rows.len()).sum();
        (tables(sections).map(bytes).sum(), rows)
    };
    let (bytes, rows) = document.volumes().into_iter().map(cost).max().unwrap_or_default();
    let volumes = bytes.div_ceil(COMFORTABLE).max(rows.div_ceil(MAX_ROWS)).max(1);
    rows.div_ceil(volumes).div_ceil(STEP).max(1) * STEP
}

fn tables(sections: &[Section]) -> impl Iterator<Item = &Table> {
    sections.iter().flat_map(|section| &section.blocks).filter_map(|block| match block {
        Block::Table(table) => Some(table),
        Block::Paragraph(_) | Block::Rule(_) | Block::Grid(_) => None,
    })
}

fn bytes(table: &Table) -> usize {
    let cells = table.rows.iter().flat_map(|row| &row.cells);
    let letters = |cell: &crate::doc::Cell| cell.text.chars().count();
    cells.map(|cell| BYTES_OF_CELL + BYTES_OF_LETTER * letters(cell)).sum()
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn twice_the_rows_take_twice_the_memory_and_half_of_them_make_a_volume() {
        let (short, long) = (sample::report(1_000), sample::report(4_000));
        let ratio = memory(&long) * 10 / memory(&short);
        assert!((39..=40).contains(&ratio), "{ratio}");
        let volume = rows_of_a_volume(&long);
        assert!(volume.is_multiple_of(STEP) && volume < 4_000, "{volume}");
        let rows = long.row_count();
        let bytes = memory(&long) / rows * volume;
        assert!(bytes <= COMFORTABLE + memory(&long) / rows * STEP, "{bytes}");
    }

    #[test]
    fn a_document_without_a_long_table_is_one_volume() {
        assert!(rows_of_a_volume(&sample::report(50)) >= 50);
    }
}
