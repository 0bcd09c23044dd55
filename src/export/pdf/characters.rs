//! Characters the embedded fonts cannot draw.
//!
//! typst would print a box for such a character and PDF/A refuses it late and in
//! words that help no clerk, so it is found before layout.

use std::sync::LazyLock;

use anyhow::{Result, bail};

use super::world;
use crate::doc::{Block, Document, Inline, LINE_END, Row};

/// For each character of the Basic Multilingual Plane: do all four fonts draw it?
static DRAWN: LazyLock<Vec<bool>> = LazyLock::new(|| {
    let mut fonts = vec![0; 0x1_0000];
    for code in world::fonts().iter().flat_map(|font| font.info().coverage.iter()) {
        if let Some(count) = fonts.get_mut(code as usize) {
            *count += 1;
        }
    }
    fonts.into_iter().map(|count| count == world::fonts().len()).collect()
});

/// # Errors
/// Names the first character that cannot be printed, and the text it stands in.
pub fn check(document: &Document) -> Result<()> {
    document.sections.iter().flat_map(|section| section.all_blocks()).try_for_each(blocks)
}

fn blocks(blocks: &[Block]) -> Result<()> {
    blocks.iter().try_for_each(|block| match block {
        Block::Paragraph(paragraph) => inlines(&paragraph.content),
        Block::Rule(_) => Ok(()),
        Block::Grid(grid) => grid.rows.iter().flatten().try_for_each(|cell| self::blocks(cell)),
        Block::Table(table) => table.header.iter().chain(&table.rows).try_for_each(row),
    })
}

fn inlines(content: &[Inline]) -> Result<()> {
    content.iter().try_for_each(|inline| match inline {
        Inline::Text(run) => text(&run.text),
        Inline::Break => Ok(()),
    })
}

fn row(row: &Row) -> Result<()> {
    row.cells.iter().try_for_each(|cell| text(&cell.text))
}

fn text(text: &str) -> Result<()> {
    let Some(missing) = text.chars().find(|&c| !is_printable(c)) else { return Ok(()) };
    bail!(
        "phông chữ của văn bản không có ký tự “{missing}” (U+{:04X}), trong “{}”",
        u32::from(missing),
        text.chars().take(60).collect::<String>(),
    )
}

/// A line feed is a line break and a tab a space; zero-width characters draw nothing.
fn is_printable(c: char) -> bool {
    matches!(
        c,
        '\n' | LINE_END | '\t' | '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}'
    ) || DRAWN.get(c as usize).copied().unwrap_or(false)
}
