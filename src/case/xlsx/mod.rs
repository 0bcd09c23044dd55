//! Rows of an appendix from a workbook (XLSX, ECMA-376).
//!
//! ```text
//! bytes ──package──▶ parts ──xml, workbook──▶ sheets, strings, formats
//!                                                  │ choice: which sheet, area, heading row
//!        rows ◀──grid── records ◀──view, reading── cells ◀──sheet, value, format
//! ```
//!
//! *Invariants*: no formula is computed, and no result is read of which the workbook says
//! that it is none; where a sheet shows something else than a cell holds, it is printed as
//! the guide says or told, never in silence (`reading`). Each limit of `limits.rs` is checked before the memory for it is taken: a cell
//! may stand at XFD1048576, an archive of 60 kB may hold 60 MB, a text may stand in a
//! million cells. Macros, outside links, document types are never followed.
//!
//! The XML is read here and not by a library of spreadsheets. calamine 0.38, measured: a file
//! of 1.5 kB that declares a great number of strings aborts it (it asks for 240 TB), one of
//! 4.8 kB whose styles name one long font costs it over 8 GB, both when it opens the file;
//! an error value that it does not know ends the whole sheet. What it reads of good
//! workbooks is what the tests compare with.

mod choice;
mod format;
mod kept;
mod namespace;
mod package;
mod reading;
mod sheet;
#[cfg(test)]
mod tests;
mod told;
mod value;
mod view;
mod workbook;
mod xml;

use std::collections::BTreeMap;

use super::Mode;
use super::door::Door;
use super::faults::Faults;
use super::grid::{Filled, count};
use super::limits::{MAX_CELLS, MAX_ROWS, MAX_TEXT_BYTES};
use super::rows_from::RowsFrom;
use super::schema::CASE;
use crate::diag::{At, CellName, Diagnostic, Route, Sources};
use crate::model::Table;
use crate::vi::text::forbidden_char;
use choice::Choice;
use package::Package;
use view::View;
use workbook::Workbook;

/// The rows of a sheet, and the decimals that it shows of the figures of some columns, by
/// their keys.
#[derive(Default)]
pub struct Rows {
    pub filled: Filled,
    pub places: BTreeMap<String, u32>,
}

/// Reads the rows; `at` is their route (`phu_luc[0].dong`). What is found is about the
/// workbook, or about the keys that say how to read it.
pub fn rows(
    name: &str,
    bytes: &[u8],
    table: &Table,
    from: &RowsFrom,
    at: &Route,
    mode: Mode,
    sources: &mut Sources,
) -> (Rows, Vec<Diagnostic>) {
    let mut faults = Faults::of(sources.next_id(), name);
    faults.gather(at.clone());
    let mut door = Door { mode, schema: &CASE, faults: &mut faults };
    let rows = match read(name, bytes, table, from, at, sources, &mut door) {
        Ok(rows) => rows.unwrap_or_default(),
        Err(refused) => {
            door.faults.add(refused.about(name));
            Rows::default()
        }
    };
    (rows, faults.into_gathered(sources))
}

fn read(
    name: &str,
    bytes: &[u8],
    table: &Table,
    from: &RowsFrom,
    at: &Route,
    sources: &mut Sources,
    door: &mut Door<'_>,
) -> Result<Option<Rows>, Refused> {
    let mut package = Package::open(bytes)?;
    let book = Workbook::read(&mut package)?;
    let Some(choice) = Choice::of(&book, &mut package, from, door)? else { return Ok(None) };
    tell_odd_name(name, &choice.name, door);
    let part = book.sheet(choice.sheet, &mut package)?;
    let sheet = sheet::read(&part, choice.window(), &book.context)?;
    drop(part);
    let context = &book.context;
    let mut view = View { file: name, sheet: &sheet, context, choice: &choice, from, door };
    Ok(view.rows(table, at, sources))
}

/// The name of a sheet stands in findings, and in `trang`.
fn tell_odd_name(file: &str, sheet: &str, door: &mut Door<'_>) {
    let Some((what, c)) = sheet.chars().find_map(|c| Some((forbidden_char(c)?, c))) else { return };
    let message = format!("tên trang “{sheet}” có {what} (U+{:04X})", u32::from(c));
    let found = Diagnostic::error("ky-tu-cam", At::File(file.to_owned()), message);
    door.faults.add(found.hint("trong Excel, bấm đúp vào tên trang rồi gõ lại tên"));
}

/// Why a workbook cannot be read at all.
#[derive(Debug)]
pub struct Refused {
    code: &'static str,
    fact: String,
    step: &'static str,
}

impl Refused {
    fn new(code: &'static str, fact: impl Into<String>, step: &'static str) -> Self {
        Self { code, fact: fact.into(), step }
    }

    /// The file is not as Excel writes it.
    fn damaged() -> Self {
        Self::new(
            "tep-khong-doc-duoc",
            "tệp Excel bị hỏng, hoặc không đúng cách Excel lưu",
            "mở bằng Excel rồi lưu lại thành tệp mới; Excel không mở được thì xin lại tệp",
        )
    }

    fn too_many_cells() -> Self {
        Self::new(
            "qua-lon",
            format!("trang tính có hơn {} ô, hoặc quá nhiều chữ", count(MAX_CELLS)),
            "giới hạn bằng `vung`, hoặc chép bảng cần đọc sang một tệp Excel mới",
        )
    }

    /// Excel itself holds 32,767 characters in a cell.
    fn too_long_text(cell: CellName) -> Self {
        Self::new(
            "qua-lon",
            format!("ô {cell} có hơn {} byte chữ", count(MAX_TEXT_BYTES)),
            "rút gọn chữ trong ô, hoặc đặt đoạn văn ấy vào nội dung của văn bản",
        )
    }

    fn too_many_rows() -> Self {
        Self::new(
            "qua-lon",
            format!("trang tính có hơn {} dòng có chữ", count(MAX_ROWS)),
            "giới hạn bằng `vung`, hoặc chia bảng thành nhiều phụ lục",
        )
    }

    fn about(self, name: &str) -> Diagnostic {
        Diagnostic::error(self.code, At::File(name.to_owned()), self.fact).hint(self.step)
    }
}
