//! Files that are whole or not there, and names that last.

use std::io::{self, ErrorKind, Write as _};
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
