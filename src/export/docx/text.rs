//! What may stand in XML, and how.

use std::borrow::Cow;

use anyhow::{Result, ensure};

use crate::doc::{Block, Document, Grid, Inline, Meta, Table};

/// Text between tags, and values between double quotes.
pub fn escape(text: &str) -> Cow<'_, str> {
    quick_xml::escape::escape(text)
}

/// Refuses the first text with a character that a DOCX cannot hold.
///
/// Cases are cleaned where they are read; this is the last door, because one such
/// character makes Word call the whole file corrupt.
pub fn check(document: &Document) -> Result<()> {
    check_meta(&document.meta)?;
    for style in &document.styles {
        check_text(&style.name)?;
    }
    document.sections.iter().flat_map(|section| section.all_blocks()).try_for_each(check_blocks)
}

fn check_meta(meta: &Meta) -> Result<()> {
    [&meta.title, &meta.author, &meta.subject, &meta.identifier]
        .into_iter()
        .chain(&meta.keywords)
        .chain(meta.properties.iter().flat_map(|(name, value)| [name, value]))
        .try_for_each(|text| check_text(text))
}

fn check_blocks(blocks: &[Block]) -> Result<()> {
    blocks.iter().try_for_each(|block| match block {
        Block::Paragraph(paragraph) => check_inlines(&paragraph.content),
        Block::Rule(_) => Ok(()),
        Block::Grid(grid) => check_grid(grid),
        Block::Table(table) => check_table(table),
    })
}

fn check_inlines(content: &[Inline]) -> Result<()> {
    content.iter().try_for_each(|inline| match inline {
        Inline::Text(run) => check_text(&run.text),
        Inline::Break => Ok(()),
    })
}

fn check_grid(grid: &Grid) -> Result<()> {
    grid.rows.iter().flatten().try_for_each(|blocks| check_blocks(blocks))
}

fn check_table(table: &Table) -> Result<()> {
    check_text(&table.summary)?;
    let rows = table.header.iter().chain(&table.rows);
    rows.flat_map(|row| &row.cells).try_for_each(|cell| check_text(&cell.text))
}

fn check_text(text: &str) -> Result<()> {
    let found = text.chars().find(|&c| !is_allowed(c));
    ensure!(
        found.is_none(),
        "chữ có ký tự U+{:04X} mà tệp Word không chứa được: “{}”",
        found.map_or(0, u32::from),
        excerpt(text)
    );
    Ok(())
}

/// The characters of XML 1.0 without the carriage return, which XML readers turn
/// into a line feed, so that it would not come back as it was written.
fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | ' '..='\u{fffd}' | '\u{10000}'..)
}

/// Enough of a text to find it by, with nothing in it that upsets a terminal.
fn excerpt(text: &str) -> String {
    text.chars().take(60).flat_map(char::escape_debug).collect()
}
