//! Lưu trữ: numbers given once, records nobody can change unseen, and the register of
//! outgoing documents (sổ đăng ký văn bản đi). It keeps the bytes it is given.
//!
//! ```text
//! luu_tru/                 the archive of one office
//!   ho_so/                 OCFL 1.1 storage root: one object for each number
//!   so_dang_ky.db          the register (SQLite): one row for each number, one link of the chain for each act
//!   khoa                   the lock: one writer at a time
//!   hang_cho/              who waits for it, in order
//!   tam/                   what is being written, on the same disk as `ho_so`
//! ```
//!
//! An act (cấp số, phát hành, bản ký, hủy số, thu hồi …) is one [`Event`]: it goes into a new
//! version of the record as `su_kien.json` and into the register as one link of the hash
//! chain, which also holds the digest of that version's inventory. So the register can be
//! made again from the records alone, with the same chain and the same head; and a record
//! that was rewritten with all its digests no longer fits the chain.
//!
//! *Invariants*: nothing is deleted and no number is given twice; every write is made under
//! the lock, on one thread; the clock, who acts and what is random come as arguments.

pub mod backup;
pub mod bagit;
pub mod disk;
mod entry;
mod failure;
mod faults;
mod lock;
pub mod metadata;
pub mod ocfl;
pub mod place;
pub mod printed;
pub mod register;
mod row;
pub mod sheet;
pub mod signature;
#[cfg(test)]
mod testing;

pub use entry::{Act, Entry, Event, Key, Link, RequestId, Series, Signature, State};
pub use failure::{Failure, Result};
pub use faults::faults;
pub use lock::Lock;
pub use ocfl::digest::{hex, sha256};
pub use row::register_row;
