//! A case on disk → [`Case`], with every fault at once, in Vietnamese, at its place.
//!
//! ```text
//! bytes ──text──▶ text ──prescan, marked──▶ tree ──shape──▶ what is left ──serde_yaml──▶ raw case
//!                                                                                        │
//!        Case ◀── convert (people, appendix, csv, xlsx, content, catalog), by the Door ◀─┘
//! ```
//!
//! *Invariants*: only [`read`] and the data files it is told of touch the disk. Nothing
//! is guessed or repaired silently, but for what `docs/ho_so.md` says: line breaks in a
//! one-line value are spaces, the closing `;` or `.` of a list item is taken off, names
//! in the header, the agency's code and posts are set in capitals, wholly blank rows of a data file
//! are passed over. A [`Case`] is given only when no error was found.

mod ambiguous;
mod appendix;
mod below;
mod calendar;
mod catalog;
mod columns;
mod constraint;
mod content;
mod convert;
mod csv;
mod door;
mod faults;
pub mod fields;
mod grid;
mod heads;
mod kept;
mod keys;
mod limits;
mod marked;
mod office;
mod outline;
mod people;
mod prescan;
mod prose;
mod raw;
mod reference;
mod rows_from;
mod schema;
mod settings;
mod shape;
#[cfg(test)]
mod tests;
mod text;
mod written;
mod xlsx;
mod yaml;

use std::cell::RefCell;
use std::path::{Component, Path, PathBuf};

pub use catalog::{Catalog, Entry, ORGANS_FILE};
pub use content::CITED;
pub use convert::DEFAULT_WORDING;
pub use faults::faults;
pub use office::{OFFICE_TEMPLATE, office_rules};
pub use reference::{Blank, blank, reference, wording_of};
pub use schema::schema;
pub use settings::settings;

use crate::diag::{At, Diagnostic, Sources, system};
use crate::model::{Case, Given, WordingSchema};
use crate::vi::text::forbidden_char;

/// The name of the case file within its folder.
pub const FILE_NAME: &str = "ho_so.yaml";

/// How complete a case must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// What is missing is an error.
    Final,
    /// What is missing becomes a gap.
    Draft,
}

/// What came of reading a case.
#[derive(Clone, Debug)]
pub struct Read {
    /// Nothing when a finding is an error.
    pub case: Option<Case>,
    /// What the wording of the case asks for; there when the case is.
    pub schema: Option<WordingSchema>,
    pub sources: Sources,
    /// In the order of the files, each from top to bottom.
    pub diagnostics: Vec<Diagnostic>,
    /// Every file on disk that was asked for, there or not: who waits for a change looks here.
    pub files: Vec<PathBuf>,
}

/// Reads a case folder, or a YAML file itself. Data files are looked for beside it.
pub fn read(path: &Path, catalog: &Catalog, mode: Mode) -> Read {
    let (file, bytes) = match self::bytes(path) {
        Ok(read) => read,
        Err(unreadable) => return *unreadable,
    };
    let name = file.display().to_string();
    let folder = file.parent().map(Path::to_path_buf).unwrap_or_default();
    let asked = RefCell::new(vec![file]);
    let mut read =
        read_texts(&name, &bytes, catalog, mode, |file| data_file(&folder, file, &asked));
    read.files = asked.into_inner();
    read
}

/// What came of a case that cannot be opened.
fn unreadable(file: PathBuf, reason: &str) -> Read {
    let hint = match misnamed(&file) {
        Some(there) => format!("đổi tên tệp `{there}` thành `{FILE_NAME}`"),
        None => format!("kiểm tra tên; thư mục hồ sơ phải có tệp `{FILE_NAME}`"),
    };
    let found = Diagnostic::error(
        "tep-khong-doc-duoc",
        At::File(file.display().to_string()),
        format!("không đọc được hồ sơ: {reason}"),
    )
    .hint(hint);
    unread(file, found)
}

/// What a case file is called by Notepad, which adds an ending that Windows hides.
fn misnamed(file: &Path) -> Option<String> {
    let names = ["ho_so.yaml.txt", "ho_so.yml", "ho_so.txt", "hoso.yaml", "ho so.yaml"];
    let there = |name: &&str| file.with_file_name(name).is_file();
    let is_ours = file.file_name().is_some_and(|name| name == FILE_NAME);
    names.into_iter().filter(|_| is_ours).find(there).map(ToOwned::to_owned)
}

/// The same from bytes; `data` gives the bytes of a data file by its name.
pub fn read_texts(
    name: &str,
    bytes: &[u8],
    catalog: &Catalog,
    mode: Mode,
    data: impl Fn(&str) -> Result<Vec<u8>, Unread>,
) -> Read {
    convert::read(name, bytes, catalog, mode, None, &data)
}

/// The same with number and date as they were given, which stand before those of the case.
pub fn read_given(
    name: &str,
    bytes: &[u8],
    catalog: &Catalog,
    given: &Given,
    data: impl Fn(&str) -> Result<Vec<u8>, Unread>,
) -> Read {
    convert::read(name, bytes, catalog, Mode::Final, Some(given), &data)
}

/// The case file of a case folder; a file is itself.
pub fn file(path: &Path) -> PathBuf {
    if path.is_dir() { path.join(FILE_NAME) } else { path.to_path_buf() }
}

/// The bytes of a case file, for who reads it more than once; `Err` says why not, as [`read`] does.
///
/// # Errors
/// The findings of a case that cannot be opened.
pub fn bytes(path: &Path) -> Result<(PathBuf, Vec<u8>), Box<Read>> {
    let file = file(path);
    if let Some((what, c)) = odd_name(&file) {
        return Err(Box::new(oddly_named(file, what, c)));
    }
    // The clerk named the folder: a link in it is not to lead out of it, as with a data file.
    let is_outside = file != path && leads_out(path, &file);
    let read = match is_outside {
        true => Err("tệp này là liên kết dẫn ra ngoài thư mục hồ sơ".to_owned()),
        false => bytes_of(&file, limits::MAX_CASE_BYTES),
    };
    read.map(|bytes| (file.clone(), bytes)).map_err(|reason| Box::new(unreadable(file, &reason)))
}

/// What is wrong with the name of a case: its file's or its folder's, by which the documents
/// are called.
fn odd_name(file: &Path) -> Option<(&'static str, char)> {
    let folder = file.parent().and_then(Path::file_name);
    let names = [file.file_name(), folder].into_iter().flatten();
    names.into_iter().find_map(|name| {
        let name = name.to_string_lossy();
        // What is no text at all is a question of the disk.
        name.chars().filter(|&c| c != '\u{fffd}').find_map(|c| Some((forbidden_char(c)?, c)))
    })
}

fn oddly_named(file: PathBuf, what: &str, c: char) -> Read {
    let message = format!("tên thư mục hoặc tên tệp có {what} (U+{:04X})", u32::from(c));
    let found = Diagnostic::error("ky-tu-cam", At::File(file.display().to_string()), message)
        .hint("gõ lại tên thư mục, tên tệp bằng bàn phím");
    unread(file, found)
}

/// A file of which nothing was read, and why.
fn unread(file: PathBuf, found: Diagnostic) -> Read {
    Read {
        case: None,
        schema: None,
        sources: Sources::default(),
        diagnostics: vec![found],
        files: vec![file],
    }
}

/// Whether a file of a folder lies elsewhere, by a link.
fn leads_out(folder: &Path, file: &Path) -> bool {
    match (folder.canonicalize(), file.canonicalize()) {
        (Ok(folder), Ok(file)) => !file.starts_with(folder),
        _ => false,
    }
}

/// The bytes of a data file that the case file at `case` names.
///
/// # Errors
/// Why it cannot be read.
pub fn data(case: &Path, file: &str) -> Result<Vec<u8>, Unread> {
    data_file(case.parent().unwrap_or(Path::new("")), file, &RefCell::default())
}

/// Why a data file could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unread {
    /// A link leads out of the case folder.
    Outside,
    /// In Vietnamese.
    Failed(String),
}

/// `asked` gets the path that the case names, and the one that a link leads to.
fn data_file(folder: &Path, file: &str, asked: &RefCell<Vec<PathBuf>>) -> Result<Vec<u8>, Unread> {
    let failed = |error: &std::io::Error| Unread::Failed(reason(error));
    let relative = Path::new(file);
    if !relative.components().all(|part| matches!(part, Component::Normal(_))) {
        return Err(Unread::Outside);
    }
    let named = folder.join(relative);
    asked.borrow_mut().push(named.clone());
    let folder =
        if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder.to_path_buf() };
    let root = folder.canonicalize().map_err(|error| failed(&error))?;
    let path = root.join(relative).canonicalize().map_err(|error| failed(&error))?;
    if !path.starts_with(&root) {
        return Err(Unread::Outside);
    }
    if std::fs::symlink_metadata(&named).is_ok_and(|named| named.is_symlink()) {
        asked.borrow_mut().push(path.clone());
    }
    bytes_of(&path, limits::MAX_TABLE_BYTES).map_err(Unread::Failed)
}

/// The bytes of a file, one more than allowed at most: `text::decode` refuses that.
fn bytes_of(path: &Path, max_bytes: usize) -> Result<Vec<u8>, String> {
    use std::io::Read as _;
    let metadata = std::fs::metadata(path).map_err(|error| reason(&error))?;
    if metadata.is_dir() {
        return Err("đây là thư mục, không phải tệp".to_owned());
    }
    // To open a pipe is to wait for somebody to write into it.
    if !metadata.is_file() {
        return Err("đây không phải tệp thường".to_owned());
    }
    let file = std::fs::File::open(path).map_err(|error| reason(&error))?;
    let mut bytes = Vec::new();
    file.take(max_bytes as u64 + 1).read_to_end(&mut bytes).map_err(|error| reason(&error))?;
    Ok(bytes)
}

fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "không có tệp này".to_owned(),
        std::io::ErrorKind::PermissionDenied => {
            "không được phép đọc tệp này, hoặc chương trình khác đang giữ".to_owned()
        }
        _ => system::reason(error),
    }
}
