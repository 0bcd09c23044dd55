//! Reading records. Nothing is believed: an inventory is held against its sidecar, every file
//! against its digest.

use std::collections::BTreeMap;

use super::folder::{Folder, Kind};
use super::inventory::{self, Inventory};
use super::parse::{self, shown};
use super::{Object, Store, Stored, layout};
use crate::archive::{Failure, Result};

/// No file of a record is larger: it is read whole. In bytes.
const MAX_FILE_BYTES: u64 = 1024 * 1024 * 1024;
/// A sidecar is a digest and a name.
pub(super) const MAX_SIDECAR_BYTES: u64 = 1024;

impl Store {
    /// `None` when there is no such object.
    ///
    /// # Errors
    /// Damage: the inventory is not what its sidecar says, or not of this object.
    pub fn object(&self, id: &str) -> Result<Option<Object>> {
        let Some(folder) = self.folder_of(id)? else { return Ok(None) };
        let kept = kept(&folder).or_else(|fault| under_way(&folder)?.ok_or(fault));
        let (_, inventory) = kept?;
        if inventory.id != id {
            return Err(Failure::damaged(format!(
                "bản kê của hồ sơ {id} lại ghi “{}”",
                shown(&inventory.id)
            )));
        }
        Ok(Some(Object { id: inventory.id.clone(), head: inventory.head, inventory }))
    }

    /// Ids of all objects, sorted.
    ///
    /// # Errors
    /// Damage, when neither the folder of an object nor its inventory tells its id.
    pub fn ids(&self) -> Result<Vec<String>> {
        let mut ids = Vec::new();
        self.each_object(&mut |folder, name| {
            ids.push(match layout::id_of(name) {
                Some(id) => id,
                // The name of a long id is cut, so it has to be looked up.
                None => kept(folder)?.1.id,
            });
            Ok(())
        })?;
        ids.sort_unstable();
        Ok(ids)
    }

    /// The bytes of a file of a version, checked against its digest. `None` when the version
    /// has no such file.
    ///
    /// # Errors
    /// Damage: the file is missing or another.
    pub fn read(&self, object: &Object, version: u32, path: &str) -> Result<Option<Vec<u8>>> {
        match object.inventory.logical(version).get(path) {
            None => Ok(None),
            Some(digest) => self.content(object, digest).map(Some),
        }
    }

    /// All files of a version by logical path, checked.
    ///
    /// # Errors
    /// Damage: a file is missing or another.
    pub fn files(&self, object: &Object, version: u32) -> Result<BTreeMap<String, Vec<u8>>> {
        let logical = object.inventory.logical(version);
        let read = |(path, digest): (String, String)| Ok((path, self.content(object, &digest)?));
        logical.into_iter().map(read).collect()
    }

    /// SHA-512 of the inventory of each version, from version 1.
    ///
    /// # Errors
    /// Damage: a version has no inventory, or one that is not what its sidecar says.
    pub fn inventories(&self, object: &Object) -> Result<Vec<Stored>> {
        let folder = self.folder_of(&object.id)?.ok_or_else(|| gone(&object.id))?;
        let versions = 1..=object.head;
        versions.map(|n| Ok(version(&folder, &object.inventory.version_name(n))?.0)).collect()
    }

    /// Every file of the object by its path in the object's folder, checked: a copy that is an
    /// OCFL object too.
    ///
    /// # Errors
    /// Damage: a file is missing or another.
    pub fn whole(&self, object: &Object) -> Result<BTreeMap<String, Vec<u8>>> {
        let inventory = &object.inventory;
        let folder = self.folder_of(&object.id)?.ok_or_else(|| gone(&object.id))?;
        let (name, text) = super::root::object_declaration(inventory.spec);
        let mut files = BTreeMap::from([(name, format!("{text}\n").into_bytes())]);
        for version in 1..=object.head {
            let name = inventory.version_name(version);
            let (_, bytes, own) = self::version(&folder, &name)?;
            let text = inventory::sidecar_text(&own.algorithm.of(&bytes)).into_bytes();
            for prefix in [format!("{name}/"), String::new()] {
                let is_wanted = !prefix.is_empty() || version == object.head;
                if is_wanted {
                    files.insert(format!("{prefix}{}", inventory::FILE), bytes.clone());
                    files.insert(format!("{prefix}{}", own.sidecar()), text.clone());
                }
            }
        }
        for (digest, paths) in &inventory.manifest {
            let bytes = self.content(object, digest)?;
            files.extend(paths.iter().map(|path| (path.clone(), bytes.clone())));
        }
        Ok(files)
    }

    /// The inventory of the newest version and its sidecar, by name.
    pub(in crate::archive) fn description(
        &self,
        object: &Object,
    ) -> Result<BTreeMap<String, Vec<u8>>> {
        let folder = self.folder_of(&object.id)?.ok_or_else(|| gone(&object.id))?;
        let (_, bytes, own) = version(&folder, &object.inventory.version_name(object.head))?;
        let text = inventory::sidecar_text(&own.algorithm.of(&bytes)).into_bytes();
        Ok([(inventory::FILE.to_owned(), bytes), (own.sidecar(), text)].into())
    }

    fn content(&self, object: &Object, digest: &str) -> Result<Vec<u8>> {
        let paths = object.inventory.manifest.get(digest);
        let path = paths.and_then(|paths| paths.first()).ok_or_else(|| gone(&object.id))?;
        let folder = self.folder_of(&object.id)?.ok_or_else(|| gone(&object.id))?;
        let walked = folder.walk(path)?;
        let bytes = match &walked {
            Some((folder, name)) => folder.read(name, MAX_FILE_BYTES)?,
            None => None,
        };
        let bytes = bytes.ok_or_else(|| lost(&folder, path, "không còn"))?;
        if !object.inventory.algorithm.of(&bytes).eq_ignore_ascii_case(digest) {
            return Err(lost(&folder, path, "đã bị sửa"));
        }
        Ok(bytes)
    }
}

/// The inventory of a folder of an object or a version, as its sidecar says; and its bytes.
pub(super) fn kept(folder: &Folder) -> Result<(Vec<u8>, Inventory)> {
    let (bytes, inventory) = described(folder)?;
    let sidecar = folder.read(&inventory.sidecar(), MAX_SIDECAR_BYTES)?;
    let stated = sidecar.as_deref().and_then(stated_digest);
    let digest = inventory.algorithm.of(&bytes);
    if !stated.is_some_and(|stated| stated.eq_ignore_ascii_case(&digest)) {
        let path = folder.path_of(&inventory.sidecar());
        return Err(Failure::damaged(format!("{} không khớp bản kê", path.display())));
    }
    Ok((bytes, inventory))
}

/// The inventory alone.
fn described(folder: &Folder) -> Result<(Vec<u8>, Inventory)> {
    let path = folder.path_of(inventory::FILE);
    let damaged = |what: &str| Failure::damaged(format!("{} {what}", path.display()));
    let bytes = folder.read(inventory::FILE, inventory::MAX_BYTES as u64)?;
    let bytes = bytes.ok_or_else(|| damaged("không còn"))?;
    let inventory = parse::strict(&bytes).map_err(|fault| damaged(&fault.message))?;
    Ok((bytes, inventory))
}

/// While a version is put in its place, the inventory is the new one for a moment and the
/// sidecar still the old: then the inventory in the version's own folder vouches for it.
fn under_way(folder: &Folder) -> Result<Option<(Vec<u8>, Inventory)>> {
    let Ok((bytes, inventory)) = described(folder) else { return Ok(None) };
    let newest = folder.folder(&inventory.version_name(inventory.head))?;
    let vouched = match newest {
        Some(newest) => kept(&newest)?.0 == bytes,
        None => false,
    };
    Ok(vouched.then_some((bytes, inventory)))
}

/// A version by the inventory in its folder, and that inventory with its bytes.
pub(super) fn version(object: &Folder, name: &str) -> Result<(Stored, Vec<u8>, Inventory)> {
    let gone = || Failure::damaged(format!("{} không còn", object.path_of(name).display()));
    let folder = object.folder(name)?.ok_or_else(gone)?;
    let (bytes, inventory) = kept(&folder)?;
    let inventory_sha512 = super::digest::sha512(&bytes);
    Ok((Stored { version: inventory.head, inventory_sha512 }, bytes, inventory))
}

/// The highest version that has a folder; 0: none.
pub(super) fn newest(object: &Folder) -> Result<u32> {
    let entries = object.entries()?;
    let folders = entries.iter().filter(|(_, kind)| *kind == Kind::Folder);
    let numbers = folders.filter_map(|(name, _)| parse::version_number(name));
    Ok(numbers.map(|(number, _)| number).max().unwrap_or(0))
}

/// What a sidecar says; `None` when it is none.
pub(super) fn stated_digest(sidecar: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(sidecar).ok()?;
    let line = text.strip_suffix('\n').unwrap_or(text);
    let (digest, name) = line.split_once([' ', '\t'])?;
    let is_sidecar = name.trim_start_matches([' ', '\t']) == inventory::FILE;
    (is_sidecar && !digest.is_empty()).then_some(digest)
}

fn gone(id: &str) -> Failure {
    Failure::damaged(format!("hồ sơ lưu {id} không còn"))
}

fn lost(folder: &Folder, path: &str, what: &str) -> Failure {
    let path = folder.path_of(path);
    Failure::damaged(format!("{} {what}", path.display()))
}
