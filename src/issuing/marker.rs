//! The mark beside a case (`phat_hanh.yaml`): which wish to issue it is, and what came of it.
//!
//! It is written before a number is asked for, so that the same command, run again after a
//! crash, asks for the same number; and once more when the case is issued.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::archive::{Entry, Failure, RequestId, Result, State, disk};
use crate::case;
use crate::vi::date;
use crate::vi::text::forbidden_char;

/// Name of the mark of a case that is named `ho_so.yaml`.
pub const FILE_NAME: &str = "phat_hanh.yaml";

/// The largest mark that is read, in bytes; it is a few lines.
const MAX_BYTES: u64 = 16 << 10;

/// What the mark says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marker {
    #[serde(rename = "yeu_cau")]
    pub request: RequestId,
    /// Số, ký hiệu; nothing until the document has been kept.
    #[serde(rename = "so_ky_hieu", default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// As the clerk reads it: `16/8/2022`.
    #[serde(rename = "ngay", default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    #[serde(rename = "trang_thai", default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    #[serde(rename = "ma_ho_so_luu", default, skip_serializing_if = "Option::is_none")]
    pub object: Option<String>,
}

impl Marker {
    /// The mark of a wish that has no number yet.
    pub fn begun(request: &RequestId) -> Self {
        Self { request: request.clone(), code: None, date: None, state: None, object: None }
    }

    /// The mark of a case that has its number.
    pub fn of(entry: &Entry) -> Self {
        let state = match entry.state {
            State::Reserved | State::Awaiting => "chờ ký",
            State::Issued | State::Void | State::Recalled => "đã phát hành",
        };
        Self {
            request: entry.request.clone(),
            code: Some(entry.code.clone()),
            date: Some(date::short(entry.date)),
            state: Some(state.to_owned()),
            object: Some(entry.key.object_id()),
        }
    }

    fn text(&self) -> String {
        let facts = serde_yaml::to_string(self).unwrap_or_default();
        format!(
            "# Chương trình ghi tệp này khi phát hành. Đừng sửa, đừng xóa: nó nối hồ sơ với số đã cấp.\n{facts}"
        )
    }
}

/// Where the mark of a case is: `phat_hanh.yaml`, or beside `quy_3.yaml` `quy_3.phat_hanh.yaml`.
pub fn path(case_file: &Path) -> PathBuf {
    let stem = case_file.file_stem().unwrap_or_default().to_string_lossy();
    if case_file.file_name().is_some_and(|name| name == case::FILE_NAME) {
        case_file.with_file_name(FILE_NAME)
    } else {
        case_file.with_file_name(format!("{stem}.{FILE_NAME}"))
    }
}

/// The mark of a case, if there is one.
///
/// # Errors
/// A mark that is a link, cannot be read, or was changed so that it says nothing.
pub fn read(case_file: &Path) -> Result<Option<Marker>> {
    let path = path(case_file);
    let Some(bytes) = disk::read(&path, MAX_BYTES)? else { return Ok(None) };
    let changed = |what: &str| {
        Failure::refused(
            format!("{} đã bị sửa, {what}", path.display()),
            "lấy lại tệp này từ bản sao lưu; nếu không còn, tìm hồ sơ trong sổ bằng `vanthu register find`, và chỉ xóa tệp này khi chắc rằng hồ sơ chưa có số",
        )
    };
    let marker: Marker =
        serde_yaml::from_slice(&bytes).map_err(|_| changed("không còn đọc được"))?;
    // What it says is printed, and a number is looked for by it.
    let said = [&marker.code, &marker.date, &marker.state, &marker.object];
    let text = String::from_utf8_lossy(&bytes);
    let said = said.into_iter().flatten().flat_map(|said| said.chars());
    let odd = text.chars().skip_while(|&c| c == '\u{feff}').chain(said);
    let odd = odd.filter(|&c| c != '\r').find_map(|c| Some((c, forbidden_char(c)?)));
    match odd {
        Some((c, what)) => Err(changed(&format!("có {what} (U+{:04X})", u32::from(c)))),
        None => Ok(Some(marker)),
    }
}

/// The request of a case: the one that was begun, or `fresh`, written and durable when this
/// returns. Of several clerks who begin at once the first one's counts.
///
/// # Errors
/// Those of [`read`]; what the disk says.
pub fn begin(case_file: &Path, fresh: &RequestId) -> Result<Marker> {
    if let Some(marker) = read(case_file)? {
        return Ok(marker);
    }
    let marker = Marker::begun(fresh);
    let path = path(case_file);
    let staged = disk::staged(disk::parent(&path), marker.text().as_bytes());
    match staged.map_err(Failure::disk(&path))?.persist_noclobber(&path) {
        Ok(_) => disk::sync_folder(disk::parent(&path))?,
        Err(error) if error.error.kind() == std::io::ErrorKind::AlreadyExists => {
            return read(case_file)?.ok_or_else(|| {
                Failure::refused(format!("{} vừa bị xóa", path.display()), "chạy lại lệnh vừa gõ")
            });
        }
        Err(error) => return Err(Failure::disk(&path)(error.error)),
    }
    Ok(marker)
}

/// Puts a mark in the place of the one that is there.
///
/// # Errors
/// What the disk says.
pub fn replace(case_file: &Path, marker: &Marker) -> Result<()> {
    let path = path(case_file);
    disk::replace(&path, marker.text().as_bytes()).map_err(Failure::disk(&path))?;
    disk::sync_folder(disk::parent(&path))
}

/// Takes away the mark of a wish that came to nothing: no number was given for it.
///
/// # Errors
/// What the disk says.
pub fn forget(case_file: &Path) -> Result<()> {
    disk::remove(&path(case_file))
}
