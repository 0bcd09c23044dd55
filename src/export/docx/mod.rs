//! Document → DOCX: docx-rs builds the elements, a finishing pass of ours completes them.
//!
//! ```text
//! Document ──build──▶ docx-rs's XML ──finish──▶ valid XML ──pack──▶ ZIP ──seal──▶ bytes
//!                  rows of tables, as text ▲      ▲ parts docx-rs has no words for
//! ```
//!
//! *Invariants*: the same document gives the same bytes (no clock, no counter outlives a
//! call); every look is a named style, so that a clerk can restyle the file in Word;
//! space between blocks is the following block's `before` and nothing else.

mod build;
mod finish;
mod pack;
mod parts;
mod rows;
mod seal;
mod styles;
mod text;

#[cfg(test)]
mod tests;

pub use seal::{Seal, seal};

use anyhow::Result;

use super::Written;
use crate::doc::Document;
use build::build;
use pack::Package;
use styles::Styles;

/// Writes the document; Word, not this back end, lays out its pages.
///
/// # Errors
/// When a text holds a character that XML cannot hold, or when the tree is not one
/// (no section, a paragraph style twice, cells of a table over one another).
pub fn write(document: &Document) -> Result<Written> {
    text::check(document)?;
    let styles = Styles::new(document)?;
    let built = build(document, &styles)?;

    let mut package = Package::new();
    package.text(
        "[Content_Types].xml",
        &parts::content_types(built.headers.len(), built.footers.len()),
    )?;
    package.text("_rels/.rels", parts::RELATIONSHIPS)?;
    package.part("word/document.xml", |out| {
        finish::body(&built.document, &built.tables, &styles, out)
    })?;
    package.text(
        "word/_rels/document.xml.rels",
        &parts::document_relationships(built.headers.len(), built.footers.len()),
    )?;
    package.part("word/styles.xml", |out| finish::styles(&built.styles, out))?;
    package.text("word/settings.xml", parts::SETTINGS)?;
    package.text("word/fontTable.xml", parts::FONT_TABLE)?;
    for (index, header) in built.headers.iter().enumerate() {
        package.part(&parts::header_name(index), |out| finish::margin(header, out))?;
    }
    for (index, footer) in built.footers.iter().enumerate() {
        package.part(&parts::footer_name(index), |out| finish::margin(footer, out))?;
    }
    package.text("docProps/core.xml", &parts::core(&document.meta))?;
    package.text("docProps/app.xml", &parts::app())?;
    Ok(Written { files: vec![package.seal(&document.meta)?], layout: None })
}
