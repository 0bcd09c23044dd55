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
mod read;
mod rows;
mod seal;
mod styles;
mod text;

#[cfg(test)]
mod tests;

pub use seal::{Seal, seal};

use anyhow::Result;

use super::Written;
use super::read::Lost;
use crate::doc::{Document, texts_of};
use build::build;
use pack::Package;
use read::Reader;
use styles::Styles;

/// Writes the document; Word, not this back end, lays out its pages.
///
/// # Errors
/// When a text holds a character that XML cannot hold, or when the tree is not one
/// (no section, a paragraph style twice, cells of a table over one another).
///
/// What the XML does not hold of the tree is told in [`Written::lost`].
pub fn write(document: &Document) -> Result<Written> {
    write_as(document, document)
}

/// The same, the XML read back against another tree: that of the document but in tests.
pub(super) fn write_as(document: &Document, told: &Document) -> Result<Written> {
    let mut readers = Readers::of(told);
    text::check(document)?;
    let styles = Styles::new(document)?;
    let built = build(document, &styles)?;

    let mut package = Package::new();
    package.text(
        "[Content_Types].xml",
        &parts::content_types(built.headers.len(), built.footers.len()),
    )?;
    package.text("_rels/.rels", parts::RELATIONSHIPS)?;
    package.read_part("word/document.xml", &mut readers.body, |out| {
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
        let name = parts::header_name(index);
        package.read_part(&name, &mut readers.headers, |out| finish::margin(header, out))?;
    }
    for (index, footer) in built.footers.iter().enumerate() {
        let name = parts::footer_name(index);
        package.read_part(&name, &mut readers.footers, |out| finish::margin(footer, out))?;
    }
    package.text("docProps/core.xml", &parts::core(&document.meta))?;
    package.text("docProps/app.xml", &parts::app())?;
    let lost = readers.lost();
    Ok(Written { files: vec![package.seal(&document.meta)?], layout: None, lost })
}

/// What the parts of a document are to hold: the headers together what its first pages carry in
/// their top margins, section by section, the footers likewise.
struct Readers<'a> {
    body: Reader<'a>,
    headers: Reader<'a>,
    footers: Reader<'a>,
}

impl<'a> Readers<'a> {
    fn of(document: &'a Document) -> Self {
        let [mut body, mut headers, mut footers] = [(); 3].map(|()| Vec::new());
        let mut number = 0;
        for section in &document.sections {
            let parts = [&mut headers, &mut body, &mut footers];
            for (blocks, part) in section.all_blocks().zip(parts) {
                let mut texts = Vec::new();
                texts_of(blocks, &mut texts);
                part.extend(texts.into_iter().map(|text| {
                    number += 1;
                    (number - 1, text)
                }));
            }
        }
        let [body, headers, footers] = [body, headers, footers].map(Reader::new);
        Self { body, headers, footers }
    }

    fn lost(self) -> Vec<Lost> {
        [self.headers, self.body, self.footers].into_iter().flat_map(Reader::lost).collect()
    }
}
