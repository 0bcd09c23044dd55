//! How the database is made and opened: as one file of ours, on a local disk, distrusted.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};

use super::{Register, schema};
use crate::archive::place::Place;
use crate::archive::{Failure, Result, disk};

/// Writers hold the lock of the archive and never meet. A reader may meet a checkpoint, or the
/// first reader after a crash.
const PATIENCE: Duration = Duration::from_secs(10);

/// Pages of the log (4 KiB each) after which a commit also brings them into the database: at
/// most 2 MiB to read again when a process opens it, and three more syncs for some forty acts.
const PAGES_OF_LOG: i32 = 512;

/// Which file a path leads to, so that a connection whose file was put aside is not written to.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct FileId(u64, u64);

pub(super) fn create(place: &Place) -> Result<Register> {
    let path = location(place)?;
    if path.symlink_metadata().is_ok() {
        return Err(Failure::refused(
            format!("đã có sổ đăng ký {}", path.display()),
            "dùng sổ đang có; muốn lập lại sổ từ hồ sơ thì gõ `vanthu register rebuild`",
        ));
    }
    let beside = beside(&path);
    let made = make(&beside).and_then(|made| Ok(made.close().map_err(|(_, error)| error)?));
    made.map_err(|failure| failure.at(&beside))?;
    put_in_place(&beside, &path)?;
    open(place, Access::Write)
}

/// What SQLite keeps beside a database. It follows links there.
const LOGS: [&str; 3] = ["-wal", "-shm", "-journal"];

/// An empty register under another name, as one file and not yet synced with its folder.
pub(super) fn make(path: &Path) -> Result<Connection> {
    for suffix in [""].iter().chain(&LOGS) {
        disk::remove(&with_suffix(path, suffix))?;
    }
    let flags = flags(OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE);
    let mut connection = Connection::open_with_flags(path, flags)?;
    connection.pragma_update(None, "page_size", 4096)?;
    connection.pragma_update(None, "application_id", schema::APPLICATION)?;
    begin_log(&connection)?;
    distrust(&connection)?;
    // One that closes it last leaves one file.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for statement in schema::STATEMENTS {
        tx.execute_batch(statement)?;
    }
    tx.pragma_update(None, "user_version", schema::VERSION)?;
    tx.commit()?;
    Ok(connection)
}

/// A finished database gets the name of the register. The one that was there must be gone.
pub(super) fn put_in_place(beside: &Path, path: &Path) -> Result<()> {
    fs::File::open(beside).and_then(|file| file.sync_all()).map_err(Failure::disk(beside))?;
    // What an older database left behind would be taken for this one's.
    for suffix in LOGS {
        disk::remove(&with_suffix(path, suffix))?;
    }
    fs::rename(beside, path).map_err(Failure::disk(path))?;
    disk::sync_folder(disk::parent(path))
}

pub(super) enum Access {
    Read,
    Write,
}

pub(super) fn open(place: &Place, access: Access) -> Result<Register> {
    open_at(location(place)?, access)
}

pub(super) fn open_at(path: PathBuf, access: Access) -> Result<Register> {
    must_be_a_file(&path)?;
    must_have_logs_of_its_own(&path)?;
    let access = match access {
        Access::Read => OpenFlags::SQLITE_OPEN_READ_ONLY,
        Access::Write => OpenFlags::SQLITE_OPEN_READ_WRITE,
    };
    let connection = match connect(&path, access) {
        // A writer died before the log began. Whoever may write takes its half back.
        Err(Failure::Register(trouble)) if trouble.is_half_written() => {
            connect(&path, OpenFlags::SQLITE_OPEN_READ_WRITE).and_then(|_| connect(&path, access))
        }
        connected => connected,
    };
    let connection = connection.map_err(|failure| match failure {
        Failure::Register(trouble) if trouble.is_no_database() => not_ours(&path),
        failure => failure.at(&path),
    })?;
    let file = file_id(&path)?;
    Ok(Register { connection, path, file, has_log: false })
}

fn connect(path: &Path, access: OpenFlags) -> Result<Connection> {
    let connection = Connection::open_with_flags(path, flags(access))?;
    distrust(&connection)?;
    must_be_ours(&connection, path)?;
    Ok(connection)
}

/// A register that was restored from a copy has no log yet (WAL). It would work without, with
/// more syncs, and readers and writers would wait for one another.
pub(super) fn begin_log(connection: &Connection) -> Result<()> {
    match connection.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(())) {
        // Somebody reads just now; the next writer does it.
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => Ok(()),
        done => Ok(done?),
    }
}

/// The database in the folder of the archive, that folder's own links resolved.
pub(super) fn location(place: &Place) -> Result<PathBuf> {
    let folder = place.archive();
    let folder = folder.canonicalize().map_err(Failure::disk(&folder))?;
    let name = place.register();
    Ok(folder.join(name.file_name().unwrap_or_default()))
}

/// The name under which a new database is made.
pub(super) fn beside(path: &Path) -> PathBuf {
    with_suffix(path, ".moi")
}

pub(super) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

fn flags(access: OpenFlags) -> OpenFlags {
    access
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_NOFOLLOW
        | OpenFlags::SQLITE_OPEN_EXRESCODE
}

/// Every connection alike. The file may have been made by somebody who means harm, so its
/// schema runs nothing but what SQLite calls innocuous, and broken cells are looked for.
fn distrust(connection: &Connection) -> Result<()> {
    connection.busy_timeout(PATIENCE)?;
    for (setting, on) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, true),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, true),
        (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DDL, false),
        // A process that acts once would pay three syncs to empty the log and delete it, and
        // the next one two to make it anew. How a process ends makes no difference this way.
        (DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true),
    ] {
        connection.set_db_config(setting, on)?;
    }
    connection.pragma_update(None, "cell_size_check", true)?;
    // With FULL every commit is on the disk when it returns.
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "fullfsync", true)?; // macOS alone
    // Else INSERT OR REPLACE deletes without asking the triggers.
    connection.pragma_update(None, "recursive_triggers", true)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    // A file that shrinks under a memory map kills the process.
    connection.pragma_update_and_check(None, "mmap_size", 0, |_| Ok(()))?;
    connection.pragma_update_and_check(None, "wal_autocheckpoint", PAGES_OF_LOG, |_| Ok(()))?;
    Ok(())
}

fn must_be_a_file(path: &Path) -> Result<()> {
    let shown = path.display();
    match path.symlink_metadata() {
        Ok(found) if found.is_file() => Ok(()),
        Ok(found) if found.is_symlink() => Err(Failure::refused(
            format!("{shown} là liên kết đến nơi khác, không phải tệp sổ đăng ký"),
            "xóa liên kết rồi gõ `vanthu register rebuild` để lập lại sổ từ hồ sơ",
        )),
        Ok(_) => Err(Failure::refused(
            format!("{shown} không phải một tệp"),
            "gõ `vanthu register rebuild` để lập lại sổ từ hồ sơ (thứ này được giữ lại, đuôi .cu-N)",
        )),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(Failure::refused(
            format!("không có sổ đăng ký {shown}"),
            "gõ `vanthu register rebuild` để lập lại sổ từ hồ sơ lưu trữ, hoặc lấy cả kho từ bản sao lưu",
        )),
        Err(error) => Err(Failure::disk(path)(error)),
    }
}

/// A link there may lead SQLite to a file of somebody else's.
fn must_have_logs_of_its_own(path: &Path) -> Result<()> {
    let logs = LOGS.map(|suffix| with_suffix(path, suffix));
    match logs.iter().find(|log| log.is_symlink()) {
        None => Ok(()),
        Some(log) => Err(Failure::refused(
            format!("{} là liên kết đến nơi khác", log.display()),
            "xóa liên kết đó, rồi gõ `vanthu archive verify` xem sổ còn đủ không",
        )),
    }
}

fn must_be_ours(connection: &Connection, path: &Path) -> Result<()> {
    let number = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
    let (application, version) = (number("application_id")?, number("user_version")?);
    let shown = path.display();
    if application != schema::APPLICATION || version < 1 {
        return Err(not_ours(path));
    }
    if version > schema::VERSION {
        return Err(Failure::refused(
            format!(
                "{shown} do bản vanthu mới hơn lập (sổ kiểu {version}, bản này đọc được đến kiểu {})",
                schema::VERSION
            ),
            "dùng bản vanthu mới hơn",
        ));
    }
    let faults = foreign_parts(connection)?;
    match faults.first() {
        None => Ok(()),
        Some(name) => Err(Failure::damaged(format!(
            "cấu trúc của {shown} đã bị đổi ở “{name}”; lập lại được sổ từ hồ sơ bằng `vanthu register rebuild`"
        ))),
    }
}

/// A text, an empty file, a database of another program, or a register whose first page is gone.
fn not_ours(path: &Path) -> Failure {
    Failure::refused(
        format!("{} không phải sổ đăng ký của vanthu, hoặc đã hỏng từ đầu tệp", path.display()),
        "gõ `vanthu register rebuild` để lập lại sổ từ hồ sơ (tệp này được giữ lại, đuôi .cu-N), hoặc lấy cả kho từ bản sao lưu",
    )
}

/// What FTS5 makes for `search`.
const SEARCH_TABLES: [&str; 5] =
    ["search_data", "search_idx", "search_content", "search_docsize", "search_config"];

/// Tables, indexes and triggers that are not as we made them: missing, other, or not ours.
pub(super) fn foreign_parts(connection: &Connection) -> Result<Vec<String>> {
    let mut ours: std::collections::BTreeSet<&str> = schema::STATEMENTS.iter().copied().collect();
    let mut foreign = Vec::new();
    let mut parts = connection.prepare("SELECT name, sql FROM sqlite_schema")?;
    let mut rows = parts.query([])?;
    while let Some(row) = rows.next()? {
        let (name, sql): (String, Option<String>) = (row.get(0)?, row.get(1)?);
        // Indexes of UNIQUE have no text; FTS5 makes its own tables.
        let by_sqlite = match &sql {
            None => name.starts_with("sqlite_autoindex_"),
            Some(_) => SEARCH_TABLES.contains(&name.as_str()),
        };
        let is_ours = sql.is_some_and(|sql| ours.remove(sql.as_str()));
        if !is_ours && !by_sqlite {
            foreign.push(name);
        }
    }
    let name = |sql: &&str| sql.split_whitespace().nth(2).unwrap_or_default().to_owned();
    foreign.extend(ours.iter().map(name));
    Ok(foreign)
}

#[cfg(unix)]
pub(super) fn file_id(path: &Path) -> Result<FileId> {
    use std::os::unix::fs::MetadataExt as _;
    let found = path.symlink_metadata().map_err(Failure::disk(path))?;
    Ok(FileId(found.dev(), found.ino()))
}

// Elsewhere a file that is open cannot be renamed, so the question does not arise.
#[cfg(not(unix))]
pub(super) fn file_id(path: &Path) -> Result<FileId> {
    path.symlink_metadata().map(|_| FileId(0, 0)).map_err(Failure::disk(path))
}
