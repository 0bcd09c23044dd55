//! Sổ đăng ký văn bản đi: one row for each number, one link of a hash chain for each act.
//!
//! ```text
//! Wish ──reserve──▶ a number (giu_so) ──append──▶ row and link of the first act ──append──▶ …
//! ```
//!
//! A commit is one sync of SQLite's log (WAL, `synchronous=FULL`); each 2 MiB of log cost three
//! more, when they are brought into the database. A process that ends leaves the log as it is,
//! so a copy of `so_dang_ky.db` alone lacks the newest acts: [`Register::copy_to`] makes a whole one.
//!
//! *Invariants*: the next number is the greatest there is plus one, in the same transaction
//! that writes it, so there is no counter that could disagree; nothing is deleted; the chain
//! is only added to. Triggers hold these against any program (`schema`), [`Register::verify`]
//! finds what was done behind them.

mod chain;
mod give;
mod old;
mod open;
mod read;
mod rebuild;
mod schema;
mod search;
mod trouble;
mod verify;

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use rusqlite::{Connection, Transaction, TransactionBehavior};

pub use chain::link;
pub use rebuild::{Rebuilt, Record};
pub use trouble::Trouble;

use super::place::Place;
use super::{Entry, Event, Failure, Key, RequestId, Result, Series, disk};
use crate::diag::Diagnostic;

/// A wish for a number.
#[derive(Clone, Debug)]
pub struct Wish {
    pub series: Series,
    pub request: RequestId,
    /// Date of the document; its year is the series'.
    pub date: NaiveDate,
    /// A number the clerk asks for, else the next one.
    pub number: Option<(u32, Option<char>)>,
    /// RFC 3339.
    pub at: String,
    pub actor: String,
    /// What is known of the row already; shown while the number is only reserved.
    pub subject: String,
    pub type_name: String,
}

/// A number that was given, now or, for the same request, before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    pub key: Key,
    pub date: NaiveDate,
    /// Whether it was given before.
    pub again: bool,
}

/// The end of the chain. Kept elsewhere, it shows whether the tail was cut off. Its text is one line:
///
/// ```
/// # use vanthu::archive::register::Head;
/// let line = format!("vanthu-dau-chuoi 1 12 {}", "ab".repeat(32));
/// assert_eq!(Head::parse(&line).unwrap().to_string(), line);
/// assert_eq!(Head::parse("vanthu-dau-chuoi 1 12 ab"), None);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Number of links; 0 and 64 noughts while there is none.
    pub seq: u64,
    pub hash: String,
}

/// A version of a record that may stand without the register knowing it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    pub object: String,
    pub version: u32,
}

/// A row as it is read: the entry (of a bare reservation what is known of it), the version of
/// its record, when and by whom it was last changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub entry: Entry,
    /// 0 of a bare reservation.
    pub version: u32,
    pub at: String,
    pub actor: String,
}

/// Which rows.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub year: Option<i32>,
    pub organ: Option<String>,
    pub label: Option<String>,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub states: Vec<super::State>,
    /// Full-text search; words with marks must match with marks, words without match both.
    pub text: Option<String>,
    /// At most so many rows.
    pub limit: Option<usize>,
}

/// The open register.
#[derive(Debug)]
pub struct Register {
    connection: Connection,
    path: PathBuf,
    file: open::FileId,
    /// Whether it was made sure that it has a log.
    has_log: bool,
}

impl Register {
    /// Makes an empty register and opens it.
    ///
    /// # Errors
    /// There is one already; what the disk says.
    pub fn create(place: &Place) -> Result<Self> {
        open::create(place)
    }

    /// Makes the register again from the records, checks it and puts it in the place of the old
    /// one, which is kept as `so_dang_ky.db.cu-N`. Call it under the [`super::Lock`]. `at` and
    /// `actor` are noted of numbers that have no record.
    ///
    /// # Errors
    /// A record that cannot be read, an event that is missing or does not fit the chain (the
    /// old register then stays where it is); what the disk says.
    pub fn rebuild(
        place: &Place,
        records: impl IntoIterator<Item = Result<Record>>,
        at: &str,
        actor: &str,
    ) -> Result<Rebuilt> {
        rebuild::rebuild(place, records, at, actor)
    }

    /// For reading and writing.
    ///
    /// # Errors
    /// There is none, it is not ours, of a newer program, a link, or altered in its structure.
    pub fn open(place: &Place) -> Result<Self> {
        open::open(place, open::Access::Write)
    }

    /// For reading alone; does not wait for writers.
    ///
    /// # Errors
    /// Those of [`Register::open`].
    pub fn open_to_read(place: &Place) -> Result<Self> {
        open::open(place, open::Access::Read)
    }

    /// Gives a number, durable when it returns. The same request gets the same number. Call
    /// it under the [`super::Lock`].
    ///
    /// # Errors
    /// A number, letter or date that does not follow; what the disk says.
    pub fn reserve(&mut self, wish: &Wish) -> Result<Given> {
        self.transact(|tx| give::reserve(tx, wish))
    }

    /// The number that a series would give now, if nobody is faster.
    ///
    /// # Errors
    /// What the disk says.
    pub fn next(&self, series: &Series) -> Result<u32> {
        self.look(|connection| Ok(give::last(connection, series)?.unwrap_or(0) + 1))
    }

    /// The newest date of any document in it, of whatever agency and series.
    ///
    /// # Errors
    /// What the disk says.
    pub fn newest_date(&self) -> Result<Option<NaiveDate>> {
        self.look(read::newest_date)
    }

    /// The end of the chain.
    ///
    /// # Errors
    /// What the disk says.
    pub fn head(&self) -> Result<Head> {
        self.look(chain::head)
    }

    /// Appends a link and sets the row: one transaction, durable when it returns.
    /// `event.seq` and `event.previous` must continue the chain; `body` is the event as it
    /// stands in `su_kien.json`, kept byte for byte.
    ///
    /// # Errors
    /// An event that does not continue the chain or its record, or that takes a step the
    /// state does not allow; what the disk says.
    pub fn append(&mut self, event: &Event, body: &str, inventory_sha512: &str) -> Result<Head> {
        self.transact(|tx| {
            let head = chain::append(tx, event, body, inventory_sha512)?;
            search::set(tx, &event.entry.key.object_id(), &event.entry)?;
            Ok(head)
        })
    }

    /// Does what [`Register::append`] does and takes it back, so that a record is not put in
    /// its place which the register would then refuse.
    ///
    /// # Errors
    /// Those of [`Register::append`].
    pub fn rehearse(&mut self, event: &Event, body: &str, inventory_sha512: &str) -> Result<()> {
        let tried = self.write().and_then(|tx| {
            chain::append(&tx, event, body, inventory_sha512)?;
            Ok(tx.rollback()?)
        });
        tried.map_err(|failure| failure.at(&self.path))
    }

    /// Notes, durably, that this version of a record is about to be put in its place.
    /// [`Register::append`] of that version takes the note away. A first version needs none:
    /// the reserved number is the note.
    ///
    /// # Errors
    /// The version does not follow the row's; what the disk says.
    pub fn begin(&mut self, object_id: &str, version: u32) -> Result<()> {
        self.note(object_id, Some(version))
    }

    /// Takes the note of [`Register::begin`] away, when the version turned out not to stand.
    ///
    /// # Errors
    /// What the disk says.
    pub fn forget(&mut self, object_id: &str) -> Result<()> {
        self.note(object_id, None)
    }

    /// Which versions may stand without the register knowing them: the first of each reserved
    /// number, and what was begun and not appended.
    ///
    /// # Errors
    /// What the disk says.
    pub fn pending(&self) -> Result<Vec<Pending>> {
        self.look(read::pending)
    }

    pub fn by_request(&self, request: &RequestId) -> Result<Option<Row>> {
        self.look(|connection| read::one(connection, "entry.request = ?1", [request.as_str()]))
    }

    pub fn by_key(&self, key: &Key) -> Result<Option<Row>> {
        self.by_object(&key.object_id())
    }

    pub fn by_object(&self, object_id: &str) -> Result<Option<Row>> {
        self.look(|connection| read::one(connection, "entry.object = ?1", [object_id]))
    }

    /// Rows whose code is so (`125/BC-UBND`), or whose number is (`325`, `05`, `325a`). While a
    /// number is only reserved its code is not known yet, and the number decides.
    pub fn by_code(&self, code: &str, year: Option<i32>) -> Result<Vec<Row>> {
        self.look(|connection| read::by_code(connection, code, year))
    }

    /// The row of a case with that digest that was numbered and not voided, the newest if
    /// there are several.
    pub fn by_case(&self, case_sha256: &str) -> Result<Option<Row>> {
        let newest = "entry.case_sha256 = ?1 AND entry.case_sha256 <> '' AND entry.state <> 'huy'
            ORDER BY entry.id DESC LIMIT 1";
        self.look(|connection| read::one(connection, newest, [case_sha256]))
    }

    /// In the order of year, series, number, letter; those that hold a text, the newest first.
    /// Of more rows than the limit the newest are kept.
    pub fn rows(&self, filter: &Filter) -> Result<Vec<Row>> {
        self.look(|connection| read::rows(connection, filter))
    }

    /// How many rows there are, whatever the limit.
    pub fn count(&self, filter: &Filter) -> Result<usize> {
        self.look(|connection| read::count(connection, filter))
    }

    /// Links of one record, oldest first: the event, and the inventory digest it was entered with.
    pub fn events(&self, object_id: &str) -> Result<Vec<(Event, String)>> {
        self.look(|connection| read::events(connection, object_id))
    }

    /// Everything that can be checked in the register alone: SQLite's own integrity check,
    /// the chain link by link, every row against its last link, numbers without gaps, the
    /// full-text index.
    pub fn verify(&self) -> Result<Vec<Diagnostic>> {
        Ok(verify::verify(&self.connection))
    }

    /// Whether the chain still holds a head that was kept elsewhere: else its tail was cut
    /// off, or it was made anew.
    pub fn verify_against(&self, head: &Head) -> Result<Vec<Diagnostic>> {
        Ok(verify::against(&self.connection, head))
    }

    /// Brings the log into the database file, which then holds everything.
    ///
    /// # Errors
    /// Somebody reads an older state for longer than some seconds; what the disk says.
    pub fn checkpoint(&mut self) -> Result<()> {
        let busy: bool = self.look(|connection| {
            Ok(connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?)
        })?;
        if busy {
            return Err(Failure::refused(
                "một chương trình khác đang đọc sổ đăng ký",
                "đóng chương trình đó rồi chạy lại",
            ));
        }
        Ok(())
    }

    /// A whole copy in a new file, as of one moment, whoever writes meanwhile. It has no log, so
    /// it can be read where nothing can be written; who first writes to it begins one.
    ///
    /// # Errors
    /// The file exists; what the disk says.
    pub fn copy_to(&self, path: &Path) -> Result<()> {
        let name = path.to_str().ok_or_else(|| {
            Failure::refused(format!("tên tệp {} không phải UTF-8", path.display()), "đặt tên khác")
        })?;
        if path.symlink_metadata().is_ok() {
            return Err(Failure::refused(format!("đã có tệp {name}"), "đặt tên khác"));
        }
        if let Err(error) = self.connection.execute("VACUUM INTO ?1", [name]) {
            // Half a copy would be taken for one, and stand in the way of the next.
            let _ = disk::remove(path);
            return Err(Failure::Register(Trouble::from(error).of_copy(&self.path, path)));
        }
        std::fs::File::open(path).and_then(|file| file.sync_all()).map_err(Failure::disk(path))?;
        disk::sync_folder(disk::parent(path))
    }

    fn note(&mut self, object_id: &str, version: Option<u32>) -> Result<()> {
        self.transact(|tx| {
            let changed = tx.execute(
                "UPDATE entry SET under_way = ?2 WHERE object = ?1 AND coalesce(?2, version + 1) = version + 1",
                rusqlite::params![object_id, version],
            )?;
            if changed == 0 {
                return Err(Failure::refused(
                    format!(
                        "sổ đăng ký không có hồ sơ {object_id} chờ bản {}",
                        version.unwrap_or(0)
                    ),
                    "chạy lại đúng lệnh vừa gõ",
                ));
            }
            Ok(())
        })
    }

    /// Reads; a trouble names the file.
    fn look<T>(&self, read: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        read(&self.connection).map_err(|failure| failure.at(&self.path))
    }

    /// Writes, durably when it returns; a trouble names the file.
    fn transact<T>(&mut self, act: impl FnOnce(&Transaction<'_>) -> Result<T>) -> Result<T> {
        let done = self.write().and_then(|tx| {
            let done = act(&tx)?;
            tx.commit()?;
            Ok(done)
        });
        done.map_err(|failure| failure.at(&self.path))
    }

    /// A transaction that may write, on the file that now has the register's name.
    fn write(&mut self) -> Result<Transaction<'_>> {
        if open::file_id(&self.path)? != self.file {
            return Err(Failure::refused(
                "sổ đăng ký vừa được lập lại trong khi chương trình đang chạy",
                "chạy lại lệnh vừa gõ",
            ));
        }
        if !self.has_log {
            open::begin_log(&self.connection)?;
            self.has_log = true;
        }
        Ok(self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?)
    }
}
