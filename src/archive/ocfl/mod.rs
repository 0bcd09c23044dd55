//! Records as OCFL 1.1 objects (ocfl.io/1.1/spec) in a storage root of layout 0003
//! (hash-and-id n-tuple), digests SHA-512.
//!
//! ```text
//! NewVersion ──stage──▶ tam/<hash>.v<n>/ (whole, synced) ──commit──▶ ho_so/abc/def/012/<id>/
//!                            └──────────────── settle: after a crash, to the end or away
//! ```
//!
//! *Invariants*: nothing below the archive is reached but through [`folder::Folder`], which follows
//! no link and takes no path of several parts; a version folder that stands in the root is whole
//! and synced; what stands there is never changed, but for the inventory of an object and its
//! sidecar, which are replaced by rename.

pub(super) mod digest;
pub(super) mod folder;
mod inventory;
mod json;
pub mod layout;
pub mod names;
mod parse;
mod read;
mod root;
mod stage;
mod validate;

use inventory::Inventory;
pub use root::Store;
pub use stage::Staged;
pub use validate::{ADVICE, EXPLAIN, INVALID};

/// A file of a new version: its logical path (see [`names::check`], `/` between folders) and bytes.
#[derive(Clone, Debug)]
pub struct NewFile {
    pub path: String,
    pub bytes: Vec<u8>,
}

/// What goes into a version's block in the inventory.
#[derive(Clone, Debug)]
pub struct Commit {
    /// RFC 3339.
    pub created: String,
    pub message: String,
    /// Who: a name, or `Trần Thị B <b@tinh.gov.vn>`.
    pub user: String,
}

/// A version that is being written.
#[derive(Clone, Debug)]
pub struct NewVersion<'a> {
    /// An ASCII URI, as `Key::object_id` makes them.
    pub id: &'a str,
    /// 1 for a new object.
    pub version: u32,
    /// Files that are new or changed; all others of the version before stay as they are.
    pub files: Vec<NewFile>,
    pub commit: Commit,
}

/// A version that stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    pub version: u32,
    /// SHA-512 of the version's inventory, small hexadecimal digits: what the chain holds.
    pub inventory_sha512: String,
}

/// An object as its inventory describes it (checked against the sidecar, not yet its files).
#[derive(Clone, Debug)]
pub struct Object {
    pub id: String,
    pub head: u32,
    inventory: Inventory,
}
