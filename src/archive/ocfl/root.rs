//! The storage root: making it, opening it, and the way from an id to a folder.

use super::folder::{Content, Folder, Kind};
use super::inventory::Spec;
use super::layout::{self, TUPLES};
use crate::archive::place::Place;
use crate::archive::{Failure, Result};

/// The storage root, and beside it the folder where versions are written.
#[derive(Debug)]
pub struct Store {
    pub(super) archive: Folder,
    pub(super) root: Folder,
}

/// Names below the archive: see [`Place::records`] and [`Place::staging`].
pub(super) const RECORDS: &str = "ho_so";
const STAGING: &str = "tam";
/// Where a root is made before it is put in its place.
const NEW_ROOT: &str = "kho_moi";

pub(super) const LAYOUT_FILE: &str = "ocfl_layout.json";
pub(super) const EXTENSIONS: &str = "extensions";
pub(super) const EXTENSION_CONFIG: &str = "config.json";
const LAYOUT: &str = r#"{
  "extension": "0003-hash-and-id-n-tuple-storage-layout",
  "description": "Each object lies three folders deep, by the SHA-256 of its id, in a folder named by its percent-encoded id."
}
"#;

/// Name of the file that declares a root, and its text without the line feed.
pub(super) fn declaration(spec: Spec) -> (String, String) {
    let text = format!("ocfl_{}", spec.name());
    (format!("0={text}"), text)
}

/// The same for an object.
pub(super) fn object_declaration(spec: Spec) -> (String, String) {
    let text = format!("ocfl_object_{}", spec.name());
    (format!("0={text}"), text)
}

/// What this program writes into every root, the same in all its versions, by path.
pub(super) fn fixed() -> Content {
    let (name, text) = declaration(Spec::V1_1);
    [
        (name, format!("{text}\n")),
        (LAYOUT_FILE.to_owned(), LAYOUT.to_owned()),
        (format!("{EXTENSIONS}/{}/{EXTENSION_CONFIG}", layout::NAME), layout::CONFIG.to_owned()),
    ]
    .map(|(path, text)| (path, text.into_bytes()))
    .into()
}

impl Store {
    /// Makes an empty storage root, and the folder of the archive when it is missing.
    ///
    /// # Errors
    /// A refusal when there is a root already.
    pub fn create(place: &Place) -> Result<Self> {
        let path = place.archive();
        if let Err(error) = std::fs::create_dir(&path)
            && error.kind() != std::io::ErrorKind::AlreadyExists
        {
            return Err(Failure::disk(&path)(error));
        }
        let archive = Folder::at(path)?;
        if archive.kind(RECORDS)?.is_some() {
            return Err(Failure::refused(
                format!("đã có kho lưu trữ ở {}", archive.path_of(RECORDS).display()),
                "dùng kho đang có",
            ));
        }
        let staging = Self::staging_in(&archive)?;
        staging.remove(NEW_ROOT)?;
        let root = staging.make(NEW_ROOT)?;
        root.write_tree(fixed())?;
        staging.rename(NEW_ROOT, &archive, RECORDS)?;
        archive.sync()?;
        Folder::at(place.root())?.sync()?;
        Self::open(place)
    }

    /// # Errors
    /// A refusal when there is no root. That it says that it is one is asked before it is written to.
    pub fn open(place: &Place) -> Result<Self> {
        let none = || {
            Failure::refused(
                format!("chưa có kho lưu trữ ở {}", place.archive().display()),
                "gõ `vanthu init` để lập văn phòng",
            )
        };
        if !place.archive().is_dir() {
            return Err(none());
        }
        let archive = Folder::at(place.archive())?;
        let root = archive.folder(RECORDS)?.ok_or_else(none)?;
        Ok(Self { archive, root })
    }

    /// Only a root that says that it is one is written to.
    pub(super) fn check_declared(&self) -> Result<()> {
        let (name, text) = declaration(Spec::V1_1);
        if self.root.read(&name, 64)?.as_deref() != Some(format!("{text}\n").as_bytes()) {
            let path = self.root.path_of(&name);
            return Err(Failure::damaged(format!("thiếu hoặc sai tệp {}", path.display())));
        }
        Ok(())
    }

    /// Where versions are written; made when it is missing, as it is after a copy that leaves
    /// out empty folders.
    pub(super) fn staging(&self) -> Result<Folder> {
        Self::staging_in(&self.archive)
    }

    fn staging_in(archive: &Folder) -> Result<Folder> {
        archive.folder(STAGING)?.map_or_else(|| archive.make(STAGING), Ok)
    }

    /// The folder of an object; `None` when there is none.
    pub(super) fn folder_of(&self, id: &str) -> Result<Option<Folder>> {
        let folders = layout::folders(id);
        if id.is_empty() {
            return Ok(None);
        }
        let (above, depth) = self.descend(&folders)?;
        if depth < TUPLES { Ok(None) } else { above.folder(&folders[TUPLES]) }
    }

    /// The deepest folder above an object that is there, and how many of the tuples it is below the root.
    pub(super) fn descend(&self, folders: &[String; TUPLES + 1]) -> Result<(Folder, usize)> {
        let mut folder = self.root.try_clone()?;
        for (depth, name) in folders.iter().take(TUPLES).enumerate() {
            match folder.folder(name)? {
                Some(next) => folder = next,
                None => return Ok((folder, depth)),
            }
        }
        Ok((folder, TUPLES))
    }

    /// Every folder that is where an object belongs, with its name. No more are open at a time
    /// than lie one in the other.
    pub(super) fn each_object(&self, visit: &mut Visit<'_>) -> Result<()> {
        below(&self.root, 0, visit)
    }
}

/// What is done with the folder of an object and its name.
pub(super) type Visit<'a> = dyn FnMut(&Folder, &str) -> Result<()> + 'a;

fn below(folder: &Folder, depth: usize, visit: &mut Visit<'_>) -> Result<()> {
    for (name, kind) in folder.entries()? {
        let is_extensions = depth == 0 && name == EXTENSIONS;
        if kind != Kind::Folder || is_extensions {
            continue;
        }
        let Some(next) = folder.folder(&name)? else { continue };
        if depth < TUPLES {
            below(&next, depth + 1, visit)?;
        } else {
            visit(&next, &name)?;
        }
    }
    Ok(())
}
