//! Phát hành: a number given once, a record kept, a row in the register; all or nothing.
//!
//! ```text
//! hồ sơ ──check──▶ final? ──reserve──▶ number ──render──▶ files ──record──▶ OCFL version ──append──▶ register
//!                  (nothing           (durable)          (pure)            (one rename)            (acknowledged)
//!                   is changed)
//! ```
//!
//! It joins `render`, which makes bytes, and `archive`, which keeps them. Whatever is cut off
//! on the way is taken up where it stopped when the same command is run again: the request id
//! beside the case says which wish it was, and [`Writer`] brings a record that is ahead of the
//! register to its end before it writes anything else.
//!
//! *Invariants*: the clock, the actor and random bits come as arguments ([`Who`], request id).
//! A number is given only to a case that could be a final.

mod case_files;
mod day;
mod desk;
mod draft;
mod issue;
mod later;
pub mod marker;
mod printed;
mod record;
mod rerender;
mod verify;
mod writer;

pub use case_files::CaseFiles;
pub use desk::{Desk, create};
pub use draft::{Replacement, correction, replacement, unnumbered};
pub use issue::{Issued, Stop, Wish, issue};
pub use later::{attach_scan, attach_signed, recall, void};
pub use record::paths;
pub use rerender::{Again, rerender};
pub use verify::{Verified, rebuild, verify};
pub use writer::{Who, Writer};
