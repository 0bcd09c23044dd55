//! Files on disk: never half-written, never over a file that somebody edited.

use std::fmt;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::ending;
use crate::archive::disk;
use crate::diag::system;
use crate::export::docx::{self, Seal};
use crate::export::{Format, pdf};
use crate::render::File;

/// Why a file was not written.
#[derive(Debug)]
pub enum Refused {
    /// The DOCX there was saved by hand after it was rendered.
    Edited(PathBuf),
    /// A file of that name is there that this program did not make, or that was signed since.
    Foreign(PathBuf),
    /// Another program holds the file, or the disk says no.
    Disk(PathBuf, std::io::Error),
}

impl std::error::Error for Refused {}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Edited(path) => write!(
                f,
                "{} đã được sửa tay sau khi xuất, nên không ghi đè\n  = gợi ý: chép phần đã sửa vào hồ sơ hoặc lời văn rồi đổi tên tệp này; hoặc thêm --force, bản sửa tay sẽ được giữ lại bên cạnh",
                path.display()
            ),
            Self::Foreign(path) => write!(
                f,
                "{} không phải tệp do chương trình xuất (hoặc đã được ký), nên không ghi đè\n  = gợi ý: đổi tên tệp đó, xuất ra thư mục khác bằng --out, hoặc thêm --force để giữ tệp cũ bên cạnh",
                path.display()
            ),
            Self::Disk(path, error) => write!(
                f,
                "không ghi được {}: {}\n  = gợi ý: {}",
                path.display(),
                reason(error),
                next_step(error)
            ),
        }
    }
}

/// What the system says, in Vietnamese.
pub fn reason(error: &std::io::Error) -> String {
    use std::io::ErrorKind as Kind;
    match error.kind() {
        Kind::NotFound => "thư mục không tồn tại".to_owned(),
        Kind::PermissionDenied => "không có quyền ghi, hoặc tệp đang mở".to_owned(),
        Kind::NotADirectory | Kind::AlreadyExists => "nơi ghi không phải thư mục".to_owned(),
        _ => system::reason(error),
    }
}

fn next_step(error: &std::io::Error) -> &'static str {
    use std::io::ErrorKind as Kind;
    match error.kind() {
        Kind::PermissionDenied => {
            "đóng tệp trong Word hoặc trình xem PDF rồi chạy lại; hoặc ghi ra thư mục khác bằng --out"
        }
        _ => system::next_step(error).unwrap_or("kiểm tra đường dẫn ghi sau --out, rồi chạy lại"),
    }
}

/// Writes a file where nothing is yet; `false` when there was a file already.
///
/// # Errors
/// What the system says.
pub fn write_new(path: &Path, bytes: impl AsRef<[u8]>) -> std::io::Result<bool> {
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent)?;
    }
    let file = std::fs::OpenOptions::new().write(true).create_new(true).open(path);
    match file {
        Ok(mut file) => file.write_all(bytes.as_ref()).map(|()| true),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error),
    }
}

/// Puts bytes in the place of whatever file is there, whole or not at all.
///
/// # Errors
/// What the system says; the old file is still there then.
pub fn replace(path: &Path, bytes: impl AsRef<[u8]>) -> std::io::Result<()> {
    disk::replace(path, bytes.as_ref())
}

/// What is at a path already.
enum Present {
    Nothing,
    /// The very bytes that are to be written.
    Same,
    /// A file of ours, untouched.
    Ours,
    Edited,
    Foreign,
}

/// Writes all the files of one document, or none. Returns their paths.
///
/// # Errors
/// The first reason not to; nothing has been changed then.
pub fn write(
    folder: &Path,
    name: &str,
    files: &[File],
    force: bool,
) -> Result<Vec<PathBuf>, Refused> {
    let targets: Vec<(PathBuf, &File)> =
        files.iter().map(|file| (folder.join(file_name(name, file)), file)).collect();
    let mut present = Vec::with_capacity(targets.len());
    for (path, file) in &targets {
        present.push(judge(path, file.format, Some(&file.bytes), force)?);
    }
    let disk = |path: &Path| {
        let path = path.to_owned();
        move |error| Refused::Disk(path, error)
    };
    // Who ends the program meanwhile waits until all stand there.
    let _whole = ending::hold();
    std::fs::create_dir_all(folder).map_err(disk(folder))?;
    let mut staged = Vec::with_capacity(targets.len());
    for ((path, file), present) in targets.iter().zip(&present) {
        if !matches!(present, Present::Same) {
            staged.push((disk::staged(folder, &file.bytes).map_err(disk(path))?, path, present));
        }
    }
    for (temporary, path, present) in staged {
        if matches!(present, Present::Edited | Present::Foreign) {
            set_aside(path).map_err(disk(path))?;
        }
        temporary.persist(path).map_err(|error| Refused::Disk(path.clone(), error.error))?;
    }
    Ok(targets.into_iter().map(|(path, _)| path).collect())
}

/// Whether the files that stand where those of a document would go may be replaced.
///
/// # Errors
/// One was edited by hand or is none of ours; nothing has been changed.
pub fn may_write(folder: &Path, name: &str, force: bool) -> Result<(), Refused> {
    for format in Format::ALL {
        judge(&folder.join(format!("{name}.{}", format.extension())), format, None, force)?;
    }
    Ok(())
}

/// `bao_cao.pdf`; of further volumes `bao_cao_tap_2.pdf`.
fn file_name(name: &str, file: &File) -> String {
    let ending = file.format.extension();
    match file.volume {
        0 => format!("{name}.{ending}"),
        volume => format!("{name}_tap_{}.{ending}", volume + 1),
    }
}

/// `new`: the bytes that are to stand there, if they are known.
fn judge(path: &Path, format: Format, new: Option<&[u8]>, force: bool) -> Result<Present, Refused> {
    // What a link leads to is not ours, and is not read.
    if path.is_symlink() {
        return if force { Ok(Present::Foreign) } else { Err(Refused::Foreign(path.to_owned())) };
    }
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Present::Nothing),
        Err(error) => return Err(Refused::Disk(path.to_owned(), error)),
    };
    let same = new.is_some_and(|new| new == bytes);
    let present = if same { Present::Same } else { whose(&bytes, format) };
    match present {
        Present::Edited if !force => Err(Refused::Edited(path.to_owned())),
        Present::Foreign if !force => Err(Refused::Foreign(path.to_owned())),
        present => Ok(present),
    }
}

fn whose(bytes: &[u8], format: Format) -> Present {
    match format {
        Format::Docx => match docx::seal(bytes) {
            Seal::Intact => Present::Ours,
            Seal::Edited => Present::Edited,
            Seal::Foreign => Present::Foreign,
        },
        Format::Pdf if pdf::is_untouched(bytes) => Present::Ours,
        Format::Pdf => Present::Foreign,
    }
}

/// Renames a file that must not be lost: `a.docx` → `a.sua-tay-1.docx`.
fn set_aside(path: &Path) -> std::io::Result<()> {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let ending = path.extension().unwrap_or_default().to_string_lossy().into_owned();
    let free = (1..)
        .map(|number| path.with_file_name(format!("{stem}.sua-tay-{number}.{ending}")))
        .find(|aside| !aside.exists());
    match free {
        Some(aside) => std::fs::rename(path, aside),
        None => Ok(()),
    }
}
