//! Folders and files of the archive, one step at a time and never through a link.
//!
//! *Invariant*: names are single parts; `cap_std` keeps even a link that is put in the way
//! between the look and the step inside the folder that was opened first.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::path::PathBuf;

use cap_std::ambient_authority;
use cap_std::fs::{Dir, File, FileType, OpenOptions};

use super::digest::Algorithm;
use crate::archive::{Failure, Result};

/// An open folder, with its path for messages.
#[derive(Debug)]
pub(in crate::archive) struct Folder {
    dir: Dir,
    path: PathBuf,
}

/// Bytes by path, `/` between folders.
pub(in crate::archive) type Content = BTreeMap<String, Vec<u8>>;

/// What stands under a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::archive) enum Kind {
    File,
    Folder,
    /// A link, a pipe, a device: nothing of the archive's.
    Other,
}

impl From<FileType> for Kind {
    fn from(of: FileType) -> Self {
        if of.is_file() {
            Self::File
        } else if of.is_dir() {
            Self::Folder
        } else {
            Self::Other
        }
    }
}

impl Folder {
    /// A folder of the clerk's, by whatever way leads there.
    pub fn at(path: impl Into<PathBuf>) -> Result<Self> {
        let path = path.into();
        let dir =
            Dir::open_ambient_dir(&path, ambient_authority()).map_err(Failure::disk(&path))?;
        Ok(Self { dir, path })
    }

    /// For messages.
    pub fn path_of(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    pub fn try_clone(&self) -> Result<Self> {
        let dir = self.dir.try_clone().map_err(Failure::disk(&self.path))?;
        Ok(Self { dir, path: self.path.clone() })
    }

    /// `None`: nothing stands there.
    pub fn kind(&self, name: &str) -> Result<Option<Kind>> {
        match self.dir.symlink_metadata(one(name)?) {
            Ok(metadata) => Ok(Some(metadata.file_type().into())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Failure::disk(self.path_of(name))(error)),
        }
    }

    /// Names in order. One that is no UTF-8 comes with signs of loss in it and as [`Kind::Other`].
    pub fn entries(&self) -> Result<Vec<(String, Kind)>> {
        let failed = Failure::disk(&self.path);
        let read = || -> std::io::Result<Vec<(String, Kind)>> {
            let mut entries = Vec::new();
            for entry in self.dir.entries()? {
                let entry = entry?;
                let kind = Kind::from(entry.file_type()?);
                entries.push(match entry.file_name().into_string() {
                    Ok(name) => (name, kind),
                    Err(name) => (name.to_string_lossy().into_owned(), Kind::Other),
                });
            }
            entries.sort_unstable_by(|a, b| a.0.cmp(&b.0));
            Ok(entries)
        };
        read().map_err(failed)
    }

    /// A folder in it; `None` when nothing stands there.
    pub fn folder(&self, name: &str) -> Result<Option<Self>> {
        match self.kind(name)? {
            None => Ok(None),
            Some(Kind::Folder) => {
                let path = self.path_of(name);
                let dir = self.dir.open_dir(one(name)?).map_err(Failure::disk(&path))?;
                Ok(Some(Self { dir, path }))
            }
            Some(Kind::File | Kind::Other) => Err(self.foreign(name, "thư mục")),
        }
    }

    /// A file in it; `None` when nothing stands there.
    pub fn file(&self, name: &str) -> Result<Option<File>> {
        match self.kind(name)? {
            None => Ok(None),
            Some(Kind::File) => {
                let open = self.dir.open(one(name)?);
                Ok(Some(open.map_err(Failure::disk(self.path_of(name)))?))
            }
            Some(Kind::Folder | Kind::Other) => Err(self.foreign(name, "tệp")),
        }
    }

    /// The bytes of a file; one that is larger than the limit is no file of the archive.
    pub fn read(&self, name: &str, limit_bytes: u64) -> Result<Option<Vec<u8>>> {
        let Some(file) = self.file(name)? else { return Ok(None) };
        let mut bytes = Vec::new();
        let read = file.take(limit_bytes.saturating_add(1)).read_to_end(&mut bytes);
        read.map_err(Failure::disk(self.path_of(name)))?;
        if bytes.len() as u64 > limit_bytes {
            let path = self.path_of(name);
            return Err(Failure::damaged(format!("{} lớn hơn {limit_bytes} byte", path.display())));
        }
        Ok(Some(bytes))
    }

    /// The digest of a file of any size; `None` when nothing stands there.
    pub fn digest(&self, name: &str, algorithm: Algorithm) -> Result<Option<String>> {
        let Some(file) = self.file(name)? else { return Ok(None) };
        algorithm.of_reader(file).map(Some).map_err(Failure::disk(self.path_of(name)))
    }

    /// The last part of a path below it, and the folder that holds it; `None` when a folder
    /// on the way is missing.
    pub fn walk<'a>(&self, path: &'a str) -> Result<Option<(Self, &'a str)>> {
        let mut folder = self.try_clone()?;
        let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
        for part in folders.split('/').filter(|_| !folders.is_empty()) {
            let Some(next) = folder.folder(part)? else { return Ok(None) };
            folder = next;
        }
        Ok(Some((folder, name)))
    }

    /// A new folder, not yet durable: see [`Self::sync`].
    pub fn make(&self, name: &str) -> Result<Self> {
        let path = self.path_of(name);
        self.dir.create_dir(one(name)?).map_err(Failure::disk(&path))?;
        let dir = self.dir.open_dir(name).map_err(Failure::disk(&path))?;
        Ok(Self { dir, path })
    }

    /// A new file. Its bytes are durable when this returns; its name is when the folder is synced.
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<()> {
        let write = || {
            let mut options = OpenOptions::new();
            let mut file = self.dir.open_with(name, options.write(true).create_new(true))?;
            file.write_all(bytes)?;
            file.sync_all()
        };
        one(name)?;
        write().map_err(Failure::disk(self.path_of(name)))
    }

    /// Files by path below it, each synced, then each folder after what is in it, and itself.
    pub fn write_tree(&self, files: Content) -> Result<()> {
        let mut below: BTreeMap<String, Content> = BTreeMap::new();
        for (path, bytes) in files {
            match path.split_once('/') {
                None => self.write(&path, &bytes)?,
                Some((name, rest)) => {
                    below.entry(name.to_owned()).or_default().insert(rest.to_owned(), bytes);
                }
            }
        }
        for (name, files) in below {
            self.make(&name)?.write_tree(files)?;
        }
        self.sync()
    }

    /// Makes the names in it durable.
    #[cfg(not(windows))]
    pub fn sync(&self) -> Result<()> {
        // Opened anew: the handle may be one that only names the folder (O_PATH).
        let sync = || self.dir.open(".")?.sync_all();
        sync().map_err(Failure::disk(&self.path))
    }

    /// Windows has no way to sync a folder (`FlushFileBuffers` refuses its handle); NTFS
    /// writes names through its journal, in order, and so keeps what matters here: a rename
    /// happened whole or not at all, and an older one not after a newer one.
    #[cfg(windows)]
    #[allow(
        clippy::unnecessary_wraps,
        clippy::unused_self,
        reason = "the twin of a call that can fail"
    )]
    pub fn sync(&self) -> Result<()> {
        Ok(())
    }

    /// In one step: whoever looks sees the old or the new. A file that stands there is replaced.
    pub fn rename(&self, name: &str, to: &Self, new: &str) -> Result<()> {
        let renamed = self.dir.rename(one(name)?, &to.dir, one(new)?);
        renamed.map_err(Failure::disk(to.path_of(new)))
    }

    /// With all that is in it; a link goes, what it leads to stays.
    pub fn remove(&self, name: &str) -> Result<()> {
        let removed = match self.kind(name)? {
            None => Ok(()),
            Some(Kind::Folder) => self.dir.remove_dir_all(one(name)?),
            Some(Kind::File | Kind::Other) => self.dir.remove_file(one(name)?),
        };
        removed.map_err(Failure::disk(self.path_of(name)))
    }

    /// An empty folder; nothing happens when nothing stands there.
    pub fn remove_empty(&self, name: &str) -> Result<()> {
        if self.kind(name)?.is_none() {
            return Ok(());
        }
        self.dir.remove_dir(one(name)?).map_err(Failure::disk(self.path_of(name)))
    }

    fn foreign(&self, name: &str, wanted: &str) -> Failure {
        let path = self.path_of(name);
        Failure::damaged(format!("{} không phải là {wanted} của kho", path.display()))
    }
}

/// The name, when it is a single part of a path and leads nowhere else, on any system.
fn one(name: &str) -> Result<&str> {
    let leads_on = name.contains(['/', '\\', '\0', ':']) || matches!(name, "" | "." | "..");
    if leads_on {
        return Err(Failure::damaged(format!("{name:?} không phải là tên tệp")));
    }
    Ok(name)
}
