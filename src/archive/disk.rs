//! Files that are whole or not there, and names that last.

use std::fs::OpenOptions;
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::path::Path;

use tempfile::NamedTempFile;

use super::{Failure, Result};

/// The folder that a file lies in; of a bare name the one in which the program runs.
pub fn parent(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Bytes in a file of their own beside where they are to stand, synced, so that the last step
/// is a rename.
///
/// # Errors
/// What the system says.
pub fn staged(folder: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let mut file = tempfile::Builder::new().prefix(".vanthu-").tempfile_in(folder)?;
    file.write_all(bytes)?;
    // A temporary file is private; this one is to be as readable as any file of the clerk's.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        file.as_file().set_permissions(std::fs::Permissions::from_mode(0o644))?;
    }
    file.as_file().sync_all()?;
    Ok(file)
}

/// Puts bytes in the place of whatever file is there, whole or not at all. The name lasts once
/// its folder is synced.
///
/// # Errors
/// What the system says; the old file is still there then.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    staged(parent(path), bytes)?.persist(path).map(|_| ()).map_err(|error| error.error)
}

/// A link where a file or folder is to be would lead reading and writing elsewhere.
///
/// # Errors
/// A refusal that names the link.
pub fn no_link(path: &Path) -> Result<()> {
    if !path.is_symlink() {
        return Ok(());
    }
    Err(Failure::refused(
        format!("{} là liên kết dẫn đi nơi khác", path.display()),
        "để chính tệp hoặc thư mục ở chỗ đó, không dùng liên kết",
    ))
}

/// A small file of the program's own; `None` when there is none. More than `limit_bytes` is
/// not read.
///
/// # Errors
/// A link; what the system says.
pub fn read(path: &Path, limit_bytes: u64) -> Result<Option<Vec<u8>>> {
    no_link(path)?;
    match following_no_link().read(true).open(path) {
        Ok(file) => {
            let mut bytes = Vec::new();
            file.take(limit_bytes).read_to_end(&mut bytes).map_err(Failure::disk(path))?;
            Ok(Some(bytes))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::disk(path)(error)),
    }
}

/// Adds to the end of a file, which is made when it is not there, and makes it last.
///
/// # Errors
/// A link; what the system says.
pub fn append(path: &Path, bytes: &[u8]) -> Result<()> {
    no_link(path)?;
    let write = || {
        let mut file = following_no_link().append(true).create(true).open(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    };
    write().map_err(Failure::disk(path))
}

/// A link that is put there between the look and the opening is not followed either.
fn following_no_link() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.custom_flags(rustix::fs::OFlags::NOFOLLOW.bits().cast_signed());
    }
    options
}

/// Takes a file away; one that is not there is no trouble.
///
/// # Errors
/// What the system says.
pub fn remove(path: &Path) -> Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(Failure::disk(path)(error)),
        _ => Ok(()),
    }
}

/// Makes the names in a folder durable. Windows keeps them so by itself and has no such call.
///
/// # Errors
/// What the system says.
pub fn sync_folder(folder: &Path) -> Result<()> {
    #[cfg(unix)]
    std::fs::File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(Failure::disk(folder))?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}
