//! The ZIP archive of a workbook → its parts as text, within limits.
//!
//! *Invariants*: nothing is unpacked that is not asked for, and of all parts together no
//! more than [`MAX_UNPACKED_BYTES`], whatever the archive says of their sizes.

use std::cell::Cell;
use std::io::{Cursor, Read};
use std::rc::Rc;

use zip::ZipArchive;

use super::super::grid::count;
use super::super::limits::{MAX_PARTS, MAX_TABLE_BYTES, MAX_UNPACKED_BYTES, MAX_XML_EVENTS, MIB};
use super::Refused;
use super::xml::Xml;

pub struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// What may still be unpacked, in bytes.
    left: usize,
    /// What may still be read of it, in tags and texts.
    events_left: Rc<Cell<usize>>,
}

/// The text of a part.
pub struct Part {
    text: String,
    events_left: Rc<Cell<usize>>,
}

impl Part {
    pub fn xml(&self) -> Xml<'_> {
        Xml::new(&self.text, Rc::clone(&self.events_left))
    }

    #[cfg(test)]
    pub fn of(text: &str) -> Self {
        Self { text: text.to_owned(), events_left: Rc::new(Cell::new(MAX_XML_EVENTS)) }
    }
}

impl<'a> Package<'a> {
    /// # Errors
    /// The file is no workbook of this kind, means harm, or is too large.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Refused> {
        if bytes.len() > MAX_TABLE_BYTES {
            return Err(too_large(format!("tệp lớn hơn {} MiB", MAX_TABLE_BYTES / MIB)));
        }
        if let Some(refused) = foreign(bytes) {
            return Err(refused);
        }
        let Directory { parts, bytes } = directory(bytes).ok_or_else(Refused::damaged)?;
        if parts > MAX_PARTS {
            return Err(too_large(format!(
                "tệp nén {} phần, tối đa {}",
                count(parts),
                count(MAX_PARTS)
            )));
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refused::damaged())?;
        let mut package = Self {
            archive,
            left: MAX_UNPACKED_BYTES,
            events_left: Rc::new(Cell::new(MAX_XML_EVENTS)),
        };
        package.refuse_kind()?;
        package.refuse_sizes()?;
        Ok(package)
    }

    /// Refuses what an archive is by the names of its parts.
    fn refuse_kind(&self) -> Result<(), Refused> {
        let has = |end: &str| self.archive.file_names().any(|name| slashed(name).ends_with(end));
        if has("vbaproject.bin") {
            return Err(macros());
        }
        if has("workbook.bin") {
            return Err(other_kind("tệp Excel kiểu .xlsb"));
        }
        if has("word/document.xml") {
            return Err(other_kind("tệp Word"));
        }
        if has("ppt/presentation.xml") {
            return Err(other_kind("tệp PowerPoint"));
        }
        if has("meta-inf/manifest.xml") {
            return Err(other_kind("tệp LibreOffice (.ods)"));
        }
        Ok(())
    }

    /// Refuses an archive that says itself how large it becomes.
    fn refuse_sizes(&mut self) -> Result<(), Refused> {
        let mut declared: u64 = 0;
        for index in 0..self.archive.len() {
            let part = self.archive.by_index_raw(index).map_err(|_| Refused::damaged())?;
            if part.encrypted() {
                return Err(password());
            }
            declared = declared.saturating_add(part.size());
        }
        match usize::try_from(declared) {
            Ok(declared) if declared <= MAX_UNPACKED_BYTES => Ok(()),
            _ => Err(too_unpacked()),
        }
    }

    /// A part; nothing when there is none of that name.
    ///
    /// # Errors
    /// It cannot be unpacked, is larger than what is left, or is no text in UTF-8.
    pub fn part(&mut self, path: &str) -> Result<Option<Part>, Refused> {
        let Some(name) = self.name_of(path) else { return Ok(None) };
        let part = self.archive.by_name(&name).map_err(|_| Refused::damaged())?;
        let mut bytes = Vec::new();
        let read = part.take(self.left as u64 + 1).read_to_end(&mut bytes);
        // A part that says a smaller size than it has fails at its end, after the limit.
        if bytes.len() > self.left {
            return Err(too_unpacked());
        }
        read.map_err(|_| Refused::damaged())?;
        self.left -= bytes.len();
        let mut text = String::from_utf8(bytes).map_err(|_| Refused::damaged())?;
        if text.starts_with('\u{feff}') {
            text.remove(0);
        }
        Ok(Some(Part { text, events_left: Rc::clone(&self.events_left) }))
    }

    /// The name as the archive writes it: names of parts are the same in any case of letters.
    fn name_of(&self, path: &str) -> Option<String> {
        let mut names = self.archive.file_names();
        let path = slashed(path);
        names.find(|name| slashed(name) == path).map(ToOwned::to_owned)
    }
}

/// The name of a part as names are compared: in small letters, its folders parted by `/`.
/// Some programs on Windows write `\`, and a `/` in front.
fn slashed(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_ascii_lowercase()
}

/// What the end of an archive says of it.
struct Directory<'a> {
    parts: usize,
    /// The archive, without what stands after it.
    bytes: &'a [u8],
}

/// Some programs fill a file up with noughts; more than this is no filling.
const MAX_FILLING: usize = 1024;

/// The archive's directory, which must stand whole at its end.
///
/// Checked before the archive is opened, since the reader sets aside memory for as many
/// parts as it is told of.
fn directory(bytes: &[u8]) -> Option<Directory<'_>> {
    const END: usize = 22;
    let latest = bytes.len().checked_sub(END)?;
    let earliest = latest.saturating_sub(usize::from(u16::MAX) + MAX_FILLING);
    // A comment may follow; the record of the end says how long it is.
    let after = |at: usize| {
        let comment = usize::from(u16::from_le_bytes(*bytes.get(at + 20..)?.first_chunk()?));
        Some(at + END + comment).filter(|after| *after <= bytes.len())
    };
    let is_end = |at: &usize| {
        let is_near = |after: usize| bytes.len() - after <= MAX_FILLING;
        bytes[*at..].starts_with(b"PK\x05\x06") && after(*at).is_some_and(is_near)
    };
    let end = (earliest..=latest).rev().find(is_end)?;
    let bytes = &bytes[..after(end)?];
    let short = |at: usize| Some(usize::from(u16::from_le_bytes(*bytes.get(at..)?.first_chunk()?)));
    let listed = match of_long(bytes, end) {
        Some(listed) => listed,
        None => Listed {
            parts: short(end + 10)?,
            size: long(bytes, end + 12)?,
            at: long(bytes, end + 16)?,
            end,
        },
    };
    let Listed { parts, size, mut at, end } = listed;
    if at.checked_add(size)? != end || parts > MAX_PARTS {
        return (parts > MAX_PARTS).then_some(Directory { parts, bytes });
    }
    for _ in 0..parts {
        if !bytes.get(at..)?.starts_with(b"PK\x01\x02") {
            return None;
        }
        at += 46 + short(at + 28)? + short(at + 30)? + short(at + 32)?;
    }
    (at == end).then_some(Directory { parts, bytes })
}

/// Where the directory of an archive begins and ends, and how many parts it lists.
struct Listed {
    parts: usize,
    size: usize,
    at: usize,
    end: usize,
}

/// What the longer record of the end (ZIP64) says, when one stands before that of the end:
/// a locator of 20 bytes, and before it the record.
fn of_long(bytes: &[u8], end: usize) -> Option<Listed> {
    let locator = end.checked_sub(20)?;
    if !bytes.get(locator..)?.starts_with(b"PK\x06\x07") {
        return None;
    }
    let record = longer(bytes, locator + 8)?;
    let is_whole = bytes.get(record..)?.starts_with(b"PK\x06\x06")
        && record.checked_add(12)?.checked_add(longer(bytes, record + 4)?)? == locator;
    is_whole.then_some(())?;
    let field = |offset: usize| longer(bytes, record + offset);
    Some(Listed { parts: field(32)?, size: field(40)?, at: field(48)?, end: record })
}

/// Four bytes of a number.
fn long(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?)).ok()
}

/// Eight bytes of a number.
fn longer(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u64::from_le_bytes(*bytes.get(at..)?.first_chunk()?)).ok()
}

/// Another kind of file, by its first bytes.
fn foreign(bytes: &[u8]) -> Option<Refused> {
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Some(Refused::new(
            "tep-khong-doc-duoc",
            "đây là tệp Excel có mật khẩu, hoặc tệp đời cũ (.xls)",
            "mở bằng Excel, bỏ mật khẩu (Tệp, Thông tin, Bảo vệ sổ làm việc), rồi chọn Lưu thành (Save As), kiểu “Excel Workbook (*.xlsx)”",
        ));
    }
    if !bytes.starts_with(b"PK") {
        return Some(Refused::new(
            "tep-khong-doc-duoc",
            if bytes.is_empty() {
                "tệp rỗng"
            } else {
                "đây không phải tệp Excel kiểu .xlsx"
            },
            "mở bằng Excel, chọn Lưu thành (Save As), kiểu “Excel Workbook (*.xlsx)”; đổi đuôi tên tệp là chưa đủ",
        ));
    }
    None
}

fn too_large(fact: String) -> Refused {
    Refused::new(
        "qua-lon",
        fact,
        "chép bảng cần đọc sang một tệp Excel mới, không kèm ảnh và trang khác",
    )
}

fn too_unpacked() -> Refused {
    too_large(format!("tệp giải nén ra hơn {} MiB", MAX_UNPACKED_BYTES / MIB))
}

pub fn macros() -> Refused {
    Refused::new(
        "tep-khong-doc-duoc",
        "tệp Excel có macro, chương trình không đọc",
        "trong Excel chọn Lưu thành (Save As), kiểu “Excel Workbook (*.xlsx)”, để bỏ macro",
    )
}

fn password() -> Refused {
    Refused::new("tep-khong-doc-duoc", "tệp có mật khẩu", "bỏ mật khẩu rồi lưu lại bằng Excel")
}

fn other_kind(what: &str) -> Refused {
    Refused::new(
        "tep-khong-doc-duoc",
        format!("đây là {what}, không phải tệp Excel kiểu .xlsx"),
        "mở bằng Excel, chọn Lưu thành (Save As), kiểu “Excel Workbook (*.xlsx)”; đổi đuôi tên tệp là chưa đủ",
    )
}
