//! Document → PDF, through typst as a library.
//!
//! ```text
//! Document ──value──▶ typst Value ──layout.typ──▶ laid out pages ──typst-pdf──▶ bytes
//!                                                ──fields──▶ ──pack──▶ ──seal──▶ file
//! ```
//!
//! *Invariants*: text goes in as values and never as markup; nothing is read from
//! disk, clock, network or environment; the same document gives the same bytes,
//! whatever was written before it.

mod characters;
mod fields;
mod inline;
mod memory;
mod pack;
mod read;
mod seal;
mod value;
mod world;

use std::fmt::Write as _;

use anyhow::{Context, Result, anyhow};
use chrono::{Datelike, NaiveDate};
use typst::diag::{SourceDiagnostic, Warned};
use typst::foundations::{Datetime, Smart};
use typst::{World, WorldExt};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

pub use self::memory::{memory, rows_of_a_volume};
pub use self::seal::is_untouched;
pub use self::world::Paper;
use super::Written;
use super::read::Lost;
use crate::doc::{self, Document, Layout, Meta};

/// How many documents an unused result of typst outlives in its cache: none.
///
/// Documents that differ share next to nothing (three pages and a table of 29 × 14,
/// warm): 0, 1, 2, 5 and 10 take the same 21 ms each, with 38, 46, 55, 78 and 104 MB.
/// Two threads that write at once lose nothing by it either.
const CACHE_AGE: usize = 0;

/// Rows of data in the tables of one volume. Of 29 columns, so many take some 7 GB of memory
/// ([`memory`]); the command line begins no longer one.
pub const MAX_ROWS: usize = 20_000;

/// Vietnam is seven hours ahead of UTC all year; typst wants minutes.
const VIETNAM_OFFSET_MINUTES: i32 = 7 * 60;

/// Lays the document out and writes it as PDF.
///
/// A dated document claims PDF/A-2a and PDF/UA-1, made at 00:00 Vietnamese time of
/// its date; an undated one is tagged in the same way but claims neither, since
/// PDF/A asks for a date. The file ends with a line feed, so that a signature may
/// be appended without breaking PDF/A (ISO 19005-2, 6.1.9).
///
/// The laid out pages are read back: what they do not hold of the tree is told in
/// [`Written::lost`].
///
/// What it leaves in typst's cache goes when the next document is written: emptying the
/// cache after one of 10,000 rows takes a second, which a process at its end can spare.
///
/// # Errors
/// A character that the font lacks. Anything else that fails is a fault of this
/// module, and its message says where in `layout.typ`.
pub fn write(document: &Document) -> Result<Written> {
    write_as(document, document)
}

pub(super) fn write_as(document: &Document, told: &Document) -> Result<Written> {
    forget();
    lay_out_as(document, told)?.finish()
}

/// A document as typst wrote it: the bytes of each volume, not yet packed and sealed.
pub struct Laid {
    volumes: Vec<Vec<u8>>,
    pages: usize,
    lost: Vec<Lost>,
}

/// The part of [`write`] that is typst's. Its cache is left full: whoever calls this
/// calls [`forget`] afterwards, or meanwhile.
///
/// # Errors
/// Those of [`write`].
pub fn lay_out(document: &Document) -> Result<Laid> {
    lay_out_as(document, document)
}

/// The same, the pages read back against another tree: that of the document but in tests.
pub(super) fn lay_out_as(document: &Document, told: &Document) -> Result<Laid> {
    characters::check(document)?;
    let fields = document.signature_fields();
    let mut laid = Laid { volumes: Vec::new(), pages: 0, lost: Vec::new() };
    let mut first = 0;
    for (sections, told) in document.volumes().into_iter().zip(told.volumes()) {
        if !laid.volumes.is_empty() {
            // One volume at a time is in memory.
            forget();
        }
        let paper = Paper::new(value::report(document, sections));
        let pages = compile(&paper)?;
        laid.lost.extend(read::lost(&pages, told, first));
        first += doc::texts(told).len();
        let bytes = export(&paper, &pages, &document.meta)?;
        laid.volumes.push(fields::draw(bytes, &fields).context("signature fields in a PDF")?);
        laid.pages += pages.pages().len();
    }
    Ok(laid)
}

impl Laid {
    /// The finished files.
    ///
    /// # Errors
    /// Only a fault of this module.
    pub fn finish(self) -> Result<Written> {
        let finished = |bytes: Vec<u8>| sealed(packed(&bytes)?);
        let files = self.volumes.into_iter().map(finished).collect::<Result<_>>()?;
        Ok(Written { files, layout: Some(Layout { pages: self.pages }), lost: self.lost })
    }
}

/// The document as typst is given it, in one volume. This and what follows are the steps
/// of [`write`], one by one for the benchmarks.
///
/// # Errors
/// A character that the font lacks.
pub fn paper(document: &Document) -> Result<Paper> {
    characters::check(document)?;
    Ok(Paper::new(value::report(document, &document.sections)))
}

/// Lays out all pages. Warnings count as errors: `layout.typ` gives none when it is right.
///
/// # Errors
/// Only a fault of this module.
pub fn compile(paper: &Paper) -> Result<PagedDocument> {
    let Warned { output, warnings } = typst::compile::<PagedDocument>(paper);
    let pages = output.map_err(|errors| fault(paper, "layout", &errors))?;
    if !warnings.is_empty() {
        return Err(fault(paper, "layout", &warnings));
    }
    Ok(pages)
}

/// The pages as typst writes them, neither packed nor sealed.
///
/// # Errors
/// Only a fault of this module.
pub fn export(paper: &Paper, pages: &PagedDocument, meta: &Meta) -> Result<Vec<u8>> {
    let options = options(meta)?;
    typst_pdf::pdf(pages, &options).map_err(|errors| fault(paper, "export", &errors))
}

/// The same in about half the bytes, or a fifth where tables are long ([`pack`]).
///
/// # Errors
/// When these are not the bytes of [`export`].
pub fn packed(bytes: &[u8]) -> Result<Vec<u8>> {
    pack::pack(bytes).context("PDF pack failed; this is a fault of the program")
}

/// The finished file.
///
/// # Errors
/// When these are not the bytes of [`packed`].
pub fn sealed(mut bytes: Vec<u8>) -> Result<Vec<u8>> {
    seal::seal(&mut bytes).context("a PDF without the /ID that krilla writes")?;
    Ok(bytes)
}

/// Empties typst's cache, as [`CACHE_AGE`] says.
pub fn forget() {
    comemo::evict(CACHE_AGE);
}

/// The first half of `/ID` stays with the document (its identifier, or else title
/// and author); the second half is made from the content ([`seal`]).
fn options(meta: &Meta) -> Result<PdfOptions> {
    let claims: &[PdfStandard] = match meta.date {
        Some(_) => &[PdfStandard::A_2a, PdfStandard::Ua_1],
        None => &[PdfStandard::V_1_7],
    };
    let identifier = Some(meta.identifier.clone()).filter(|identifier| !identifier.is_empty());
    Ok(PdfOptions {
        ident: identifier.map_or(Smart::Auto, Smart::Custom),
        creator: Smart::Custom(Some(concat!("vanthu ", env!("CARGO_PKG_VERSION")).into())),
        timestamp: meta.date.map(midnight).transpose()?,
        page_ranges: None,
        standards: PdfStandards::new(claims).map_err(|error| anyhow!("{}", error.message()))?,
        tagged: true,
        pretty: false,
    })
}

/// 00:00 of that day in Vietnam.
fn midnight(date: NaiveDate) -> Result<Timestamp> {
    let [month, day] = [date.month(), date.day()].map(|part| u8::try_from(part).unwrap_or(0));
    Datetime::from_ymd_hms(date.year(), month, day, 0, 0, 0)
        .and_then(|datetime| Timestamp::new_local(datetime, VIETNAM_OFFSET_MINUTES))
        .with_context(|| format!("{date} is no date of a PDF"))
}

/// What typst said, with the place in our own source.
fn fault(paper: &Paper, step: &str, diagnostics: &[SourceDiagnostic]) -> anyhow::Error {
    let mut message = format!("PDF {step} failed; this is a fault of the program");
    for diagnostic in diagnostics {
        let place = place(paper, diagnostic).unwrap_or_default();
        // Writing to a string cannot fail.
        let _ = write!(message, "\n{place}{}", diagnostic.message);
        for hint in &diagnostic.hints {
            let _ = write!(message, "\n  hint: {}", hint.v);
        }
    }
    anyhow!(message)
}

fn place(paper: &Paper, diagnostic: &SourceDiagnostic) -> Option<String> {
    let file = diagnostic.span.id()?;
    let range = paper.range(diagnostic.span)?;
    let source = paper.source(file).ok()?;
    let (line, column) = source.lines().byte_to_line_column(range.start)?;
    let name = file.vpath().get_without_slash();
    Some(format!("{name}:{}:{}: ", line + 1, column + 1))
}

#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod unpack;
