//! Sao lưu: a copy of the archive that is an archive itself.
//!
//! Copying the files of a live register is no backup: what was committed last may still stand
//! in its log. Here the register is copied by SQLite itself, the records after it, all under
//! the lock. Versions of records never change, so only new ones are copied the next time.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::place::{ARCHIVE, OFFICE_FILE, Place, TEMPLATES};
use super::register::{Head, Register};
use super::{Failure, Lock, Result, disk};

/// The head of the chain at the time of a backup, one line, beside the copy.
pub const HEAD_FILE: &str = "dau_chuoi.txt";

/// What was copied.
#[derive(Debug)]
pub struct Backup {
    pub head: Head,
    /// Files that were not there yet or had changed.
    pub copied: usize,
    pub unchanged: usize,
}

/// Brings the backup at a folder up to date, or begins it.
///
/// # Errors
/// A folder that lies in the office, or holds something else or a link; a backup that knows acts which
/// this archive does not; what the disk says.
pub fn backup(place: &Place, target: &Path) -> Result<Backup> {
    let copy = Place::new(target);
    may_hold(place, &copy)?;
    let _lock = Lock::hold(place)?;
    let register = Register::open_to_read(place)?;
    let head = register.head()?;
    if let Some(old) = kept_head(target)? {
        let lost = register.verify_against(&old)?;
        if !lost.is_empty() {
            return Err(Failure::refused(
                format!("bản sao lưu ở {} có những việc mà kho này không còn", target.display()),
                "đừng ghi đè bản sao lưu đó: kho có thể vừa bị quay lui; gõ `vanthu archive verify` để xem, rồi sao lưu vào thư mục khác",
            ));
        }
    }
    for folder in [copy.archive(), copy.staging()] {
        std::fs::create_dir_all(&folder).map_err(Failure::disk(&folder))?;
    }
    let mut copying = Copying::default();
    copying.tree(&place.records(), &copy.records())?;
    if place.templates().is_dir() {
        copying.tree(&place.templates(), &copy.templates())?;
    }
    copying.file(&place.settings(), &copy.settings())?;
    register_copy(&register, &copy)?;
    let line = format!("{head}\n");
    let path = target.join(HEAD_FILE);
    disk::replace(&path, line.as_bytes()).map_err(Failure::disk(&path))?;
    disk::sync_folder(target)?;
    Ok(Backup { head, copied: copying.copied, unchanged: copying.unchanged })
}

/// A head that was kept in a folder or a file.
///
/// # Errors
/// A file that holds something else.
pub fn kept_head(path: &Path) -> Result<Option<Head>> {
    let path = if path.is_dir() { path.join(HEAD_FILE) } else { path.to_owned() };
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Failure::disk(&path)(error)),
    };
    match Head::parse(text.trim()) {
        Some(head) => Ok(Some(head)),
        None => Err(Failure::refused(
            format!("{} không phải đầu chuỗi đã xuất", path.display()),
            "dùng tệp do `vanthu register head` hoặc `vanthu archive backup` ghi ra",
        )),
    }
}

/// The target is a backup of ours, or nothing yet, and lies outside the office.
fn may_hold(place: &Place, copy: &Place) -> Result<()> {
    let own = place.root().canonicalize().map_err(Failure::disk(place.root()))?;
    let full = std::path::absolute(copy.root()).map_err(Failure::disk(copy.root()))?;
    let nearest = full.ancestors().find_map(|folder| folder.canonicalize().ok());
    if nearest.is_some_and(|nearest| nearest.starts_with(&own)) {
        return Err(Failure::refused(
            "bản sao lưu không thể nằm trong chính văn phòng",
            "chọn thư mục ở ổ đĩa khác hoặc máy khác",
        ));
    }
    copy.without_links()?;
    disk::no_link(&copy.root().join(HEAD_FILE))?;
    let entries = match std::fs::read_dir(copy.root()) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(Failure::disk(copy.root())(error)),
    };
    let known = [ARCHIVE, OFFICE_FILE, TEMPLATES, HEAD_FILE];
    for entry in entries {
        let entry = entry.map_err(Failure::disk(copy.root()))?;
        if !known.iter().any(|known| entry.file_name() == *known) {
            return Err(Failure::refused(
                format!("{} có tệp không phải của bản sao lưu", copy.root().display()),
                "chọn một thư mục trống, hoặc thư mục của lần sao lưu trước",
            ));
        }
    }
    Ok(())
}

/// SQLite writes a whole copy of its own beside, then it is put in the old one's place.
fn register_copy(register: &Register, copy: &Place) -> Result<()> {
    let path = copy.register();
    let new = path.with_extension("db.moi");
    disk::remove(&new)?;
    register.copy_to(&new)?;
    for log in ["db-wal", "db-shm"] {
        disk::remove(&path.with_extension(log))?;
    }
    std::fs::rename(&new, &path).map_err(Failure::disk(&path))?;
    disk::sync_folder(&copy.archive())
}

#[derive(Default)]
struct Copying {
    copied: usize,
    unchanged: usize,
}

impl Copying {
    /// Copies what is new or changed below a folder; nothing is taken away.
    fn tree(&mut self, from: &Path, to: &Path) -> Result<()> {
        disk::no_link(to)?;
        std::fs::create_dir_all(to).map_err(Failure::disk(to))?;
        let mut entries: Vec<(PathBuf, std::fs::FileType)> = Vec::new();
        for entry in std::fs::read_dir(from).map_err(Failure::disk(from))? {
            let entry = entry.map_err(Failure::disk(from))?;
            entries.push((entry.path(), entry.file_type().map_err(Failure::disk(from))?));
        }
        entries.sort_by(|(a, _), (b, _)| a.cmp(b));
        // Inventories last: a copy that is cut off has no inventory of what is not there yet.
        entries.sort_by_key(|(path, kind)| !kind.is_dir() && is_inventory(path));
        for (path, kind) in entries {
            let target = to.join(path.file_name().unwrap_or_default());
            if kind.is_dir() {
                self.tree(&path, &target)?;
            } else if kind.is_file() {
                self.file(&path, &target)?;
            } else {
                return Err(Failure::damaged(format!("{} không phải tệp thường", path.display())));
            }
        }
        disk::sync_folder(to)
    }

    fn file(&mut self, from: &Path, to: &Path) -> Result<()> {
        disk::no_link(to)?;
        let bytes = std::fs::read(from).map_err(Failure::disk(from))?;
        if std::fs::read(to).is_ok_and(|there| there == bytes) {
            self.unchanged += 1;
            return Ok(());
        }
        self.copied += 1;
        disk::replace(to, &bytes).map_err(Failure::disk(to))
    }
}

fn is_inventory(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("inventory.json"))
}
