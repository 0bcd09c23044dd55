//! Document → bytes. Each format is one folder, the only place that knows its library.
//!
//! A back end knows paragraphs, styles, rules, grids and tables. It never imports
//! `model`: a back end that knows what a trích yếu is becomes a second form.

pub mod docx;
pub mod pdf;
mod read;

pub use read::Lost;

use anyhow::{Context, Result};

use crate::doc::{Document, Layout};

/// The formats a document is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    Pdf,
    Docx,
}

impl Format {
    pub const ALL: [Self; 2] = [Self::Pdf, Self::Docx];

    /// The extension of its files, without the dot.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
        }
    }

    /// Writes the document; the same document gives the same bytes, always.
    pub fn write(self, document: &Document) -> Result<Written> {
        self.write_as(document, document)
    }

    fn write_as(self, document: &Document, told: &Document) -> Result<Written> {
        match self {
            Self::Pdf => pdf::write_as(document, told),
            Self::Docx => docx::write_as(document, told),
        }
    }
}

/// Writes the document in each of the formats, in their order.
///
/// # Errors
/// Only when a back end fails, which is a fault of the program; its message names the format.
pub fn write(document: &Document, formats: &[Format]) -> Result<Vec<Written>> {
    write_as(document, document, formats)
}

/// The same, read back against another tree than the one that is written: so a test plants a
/// loss in what is written.
///
/// # Errors
/// Those of [`write`].
pub fn write_as(document: &Document, told: &Document, formats: &[Format]) -> Result<Vec<Written>> {
    let named = |format: Format| format!("không ghi được định dạng {}", format.extension());
    if let [Format::Pdf, Format::Docx] = formats {
        let laid = pdf::lay_out_as(document, told).with_context(|| named(Format::Pdf));
        // What typst keeps takes as long to throw away as the rest takes to write.
        return std::thread::scope(|scope| {
            scope.spawn(pdf::forget);
            let pdf = laid?.finish().with_context(|| named(Format::Pdf))?;
            let docx = docx::write_as(document, told).with_context(|| named(Format::Docx))?;
            Ok(vec![pdf, docx])
        });
    }
    let one = |&format: &Format| format.write_as(document, told).with_context(|| named(format));
    formats.iter().map(one).collect()
}

/// The bytes of its files and, where the back end lays pages out itself, what it saw of them.
pub struct Written {
    /// One file, or one for each volume of the document.
    pub files: Vec<Vec<u8>>,
    pub layout: Option<Layout>,
    /// The texts of the document that the files do not hold whole; none is to be lost.
    pub lost: Vec<Lost>,
}
