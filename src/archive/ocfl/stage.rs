//! Writing a version so that a crash at any moment leaves the old state, the new one, or one
//! that [`Store::settle`] brings to the new one.
//!
//! What is synced, and why no more:
//!
//! | when | what | without it, after a power cut |
//! |---|---|---|
//! | stage | each file once | a name in the root that leads to an empty file |
//! | stage | each new folder that will stand in the root, bottom up | a version with files missing |
//! | commit, new object | the one folder that the object is renamed into | the object is gone though it was said to stand |
//! | commit, further version | the object's folder after its version folder | an inventory that tells of a version that is not there |
//! | commit, further version | the object's folder after inventory and sidecar | the version is not told of though it was said to stand |
//!
//! The folder in `tam` that all this is renamed out of is not synced: what is left in it is
//! never needed. So a first version costs n + 5 files, d + 3 folders (content folders below
//! `content`; `content`, `v1`, the object), the tuples that are new (0–3), and 1; a further one
//! n + 4 files, d + 2 folders, and 2. (n files and d folders are those not in the object yet.)

use super::folder::{Content, Folder};
use super::inventory::{self, Inventory, Spec};
use super::layout::{self, TUPLES};
use super::root::object_declaration;
use super::{NewVersion, Store, Stored, digest, read};
use crate::archive::{Failure, Result};

/// Of an id: it is in every path and every link of the chain.
const MAX_ID_BYTES: usize = 400;
/// Of a message and of a name of a user.
const MAX_TEXT_BYTES: usize = 4_000;

/// A version that lies whole and synced in `tam`.
#[derive(Debug)]
pub struct Staged {
    root: Store,
    id: String,
    stored: Stored,
    /// Names of the files and folders in `tam/<hash>.v<n>` that go into the object.
    version_name: String,
    sidecar: String,
}

impl Store {
    /// Writes a version whole into `tam`, synced; nothing in the root has changed yet.
    ///
    /// # Errors
    /// A refusal when the version is not the next one, or of a path, id, date or name.
    pub fn stage(&self, new: NewVersion<'_>) -> Result<Staged> {
        let NewVersion { id, version, files, commit } = new;
        check_texts(id, &[&commit.message, &commit.user])?;
        self.check_declared()?;
        let before = self.before(id, version)?;
        let (inventory, content) = Inventory::next(before.as_ref(), id, files, &commit)?;
        let described = Described::new(&inventory)?;
        let staging = self.staging()?;
        self.clear(id)?;
        let folder = staging.make(&staging_name(id, version))?;
        if version == 1 {
            self.stage_object(&folder, id, &described, content)?;
        } else {
            stage_version(&folder, &described, content)?;
        }
        Ok(Staged {
            root: Self { archive: self.archive.try_clone()?, root: self.root.try_clone()? },
            id: id.to_owned(),
            stored: Stored { version, inventory_sha512: described.digest },
            version_name: described.version,
            sidecar: described.sidecar,
        })
    }

    /// The inventory that the new version goes on top of; `None` for a new object.
    fn before(&self, id: &str, version: u32) -> Result<Option<Inventory>> {
        let object = self.object(id)?;
        let head = object.as_ref().map_or(0, |object| object.head);
        let unsettled = match self.folder_of(id)? {
            Some(folder) => read::newest(&folder)? > head,
            None => false,
        };
        if unsettled || head.checked_add(1) != Some(version) {
            return Err(Failure::refused(
                format!("hồ sơ lưu {id} đang ở lần ghi {head}, không ghi được lần {version}"),
                "chạy lại đúng lệnh vừa gõ",
            ));
        }
        Ok(object.map(|object| object.inventory))
    }

    /// The object with as many folders above it as the root has not got: they come into the
    /// root with it, by one rename, so that no folder there is ever empty (E073).
    fn stage_object(
        &self,
        folder: &Folder,
        id: &str,
        of: &Described,
        content: Content,
    ) -> Result<()> {
        let folders = layout::folders(id);
        let (_, depth) = self.descend(&folders)?;
        let (name, text) = object_declaration(Spec::V1_1);
        let mut files = of.files();
        files.insert(name, format!("{text}\n").into_bytes());
        files.extend(of.in_version());
        files.extend(content);
        let missing = folders.get(depth..).unwrap_or_default();
        let [top, below @ ..] = missing else { return Ok(()) };
        let below: String = below.iter().flat_map(|name| [name.as_str(), "/"]).collect();
        let files = files.into_iter().map(|(path, bytes)| (format!("{below}{path}"), bytes));
        folder.make(top)?.write_tree(files.collect())
    }

    /// Brings a version that was begun to its end or away, after a crash: of an object whose
    /// version folder was renamed into place the inventory and sidecar follow; what still lies
    /// in `tam` is removed. What it finds whole it makes durable, since the crash may have come
    /// before the sync. Says which version stands now; `None`: no object.
    ///
    /// # Errors
    /// Damage: what is there is not what a crash leaves.
    pub fn settle(&self, id: &str) -> Result<Option<Stored>> {
        self.clear(id)?;
        let Some(object) = self.folder_of(id)? else { return Ok(None) };
        let stored = self.complete(&object, id)?;
        object.sync()?;
        self.sync_way(&layout::folders(id))?;
        self.clear(id)?;
        Ok(Some(stored))
    }

    /// The folders from the object's up to the root: one of them took it in.
    fn sync_way(&self, folders: &[String; TUPLES + 1]) -> Result<()> {
        let mut folder = self.root.try_clone()?;
        folder.sync()?;
        for name in folders.iter().take(TUPLES) {
            let Some(next) = folder.folder(name)? else { return Ok(()) };
            folder = next;
            folder.sync()?;
        }
        Ok(())
    }

    /// Puts inventory and sidecar of the newest version into the object's folder, when what
    /// stands there is of the version before: no more than a crash leaves, so that settling
    /// never hides what somebody has done to a record.
    fn complete(&self, object: &Folder, id: &str) -> Result<Stored> {
        let newest = read::newest(object)?;
        let (stored, bytes, inventory) = read::version(object, &format!("v{newest}"))?;
        if inventory.id != id || inventory.head != newest {
            return Err(strange(object, id));
        }
        let of = Described::of(bytes, &inventory);
        let root = object.read(inventory::FILE, inventory::MAX_BYTES as u64)?;
        let sidecar = object.read(&of.sidecar, read::MAX_SIDECAR_BYTES)?;
        if root.as_deref() == Some(&of.bytes) && sidecar.as_deref() == Some(of.text().as_bytes()) {
            return Ok(stored);
        }
        if newest < 2 {
            return Err(strange(object, id));
        }
        let (before, before_bytes, old) = read::version(object, &format!("v{}", newest - 1))?;
        let old_text = inventory::sidecar_text(&before.inventory_sha512);
        let is_left_off = [Some(&*of.bytes), Some(&*before_bytes)].contains(&root.as_deref())
            && [Some(of.text().as_bytes()), Some(old_text.as_bytes())]
                .contains(&sidecar.as_deref())
            && old.versions.iter().all(|(n, version)| inventory.versions.get(n) == Some(version));
        if !is_left_off {
            return Err(strange(object, id));
        }
        let folder = self.staging()?.make(&staging_name(id, newest))?;
        of.write(&folder)?;
        put_inventory(&folder, object, &of.sidecar)?;
        Ok(stored)
    }

    /// Removes what lies in `tam` of an object. Not synced: should it come back, it is removed again.
    fn clear(&self, id: &str) -> Result<()> {
        let staging = self.staging()?;
        let prefix = format!("{}.", layout::hash(id));
        for (name, _) in staging.entries()? {
            if name.starts_with(&prefix) {
                staging.remove(&name)?;
            }
        }
        Ok(())
    }
}

impl Staged {
    /// SHA-512 of its inventory, known before it is put in its place.
    pub fn inventory_sha512(&self) -> &str {
        &self.stored.inventory_sha512
    }

    /// Puts it in its place: one rename for a new object; of a further version the rename of
    /// its folder, then inventory and sidecar. Durable when it returns.
    ///
    /// # Errors
    /// What the system says; then [`Store::settle`] says what stands.
    pub fn commit(self) -> Result<Stored> {
        let staging = self.root.staging()?;
        let name = staging_name(&self.id, self.stored.version);
        let gone = || Failure::damaged(format!("{} không còn", staging.path_of(&name).display()));
        let folder = staging.folder(&name)?.ok_or_else(gone)?;
        if self.stored.version == 1 {
            self.commit_object(folder)?;
        } else {
            self.commit_version(folder)?;
        }
        // The version stands; what is left in `tam` is cleared with the next one if not now.
        let _ = staging.remove(&name);
        Ok(self.stored)
    }

    /// The folders that another object has brought in the meantime are stepped over.
    fn commit_object(&self, staged: Folder) -> Result<()> {
        let folders = layout::folders(&self.id);
        let (into, depth) = self.root.descend(&folders)?;
        let mut from = staged;
        for name in folders.get(..depth).unwrap_or_default() {
            if let Some(next) = from.folder(name)? {
                from = next;
            }
        }
        let name = folders.get(depth).map(String::as_str).unwrap_or_default();
        if into.kind(name)?.is_some() {
            return Err(strange(&into, &self.id));
        }
        from.rename(name, &into, name)?;
        into.sync()
    }

    fn commit_version(&self, staged: Folder) -> Result<()> {
        let object = self.root.folder_of(&self.id)?;
        let object = object.ok_or_else(|| strange(&self.root.root, &self.id))?;
        if object.kind(&self.version_name)?.is_some() {
            return Err(strange(&object, &self.id));
        }
        staged.rename(&self.version_name, &object, &self.version_name)?;
        object.sync()?;
        put_inventory(&staged, &object, &self.sidecar)?;
        object.sync()
    }
}

/// An inventory with what is written beside it.
struct Described {
    bytes: Vec<u8>,
    digest: String,
    sidecar: String,
    version: String,
}

impl Described {
    fn new(inventory: &Inventory) -> Result<Self> {
        Ok(Self::of(inventory.to_bytes()?, inventory))
    }

    fn of(bytes: Vec<u8>, inventory: &Inventory) -> Self {
        Self {
            digest: digest::sha512(&bytes),
            bytes,
            sidecar: inventory.sidecar(),
            version: inventory.version_name(inventory.head),
        }
    }

    fn text(&self) -> String {
        inventory::sidecar_text(&self.digest)
    }

    /// Inventory and sidecar by name.
    fn files(&self) -> Content {
        let inventory = (inventory::FILE.to_owned(), self.bytes.clone());
        [inventory, (self.sidecar.clone(), self.text().into_bytes())].into()
    }

    /// The same as they stand in the version's folder.
    fn in_version(&self) -> Content {
        let files = self.files().into_iter();
        files.map(|(name, bytes)| (format!("{}/{name}", self.version), bytes)).collect()
    }

    fn write(&self, folder: &Folder) -> Result<()> {
        self.files().iter().try_for_each(|(name, bytes)| folder.write(name, bytes))
    }
}

/// The version's folder, and beside it the inventory and sidecar that go into the object's.
fn stage_version(folder: &Folder, of: &Described, content: Content) -> Result<()> {
    of.write(folder)?;
    let mut files = of.in_version();
    files.extend(content);
    let prefix = format!("{}/", of.version);
    let below = |(path, bytes): (String, Vec<u8>)| {
        (path.strip_prefix(&prefix).unwrap_or(&path).to_owned(), bytes)
    };
    folder.make(&of.version)?.write_tree(files.into_iter().map(below).collect())
}

/// The inventory first: a sidecar that is behind is seen by whoever reads, and
/// the version's own folder vouches for the inventory meanwhile.
fn put_inventory(from: &Folder, object: &Folder, sidecar: &str) -> Result<()> {
    from.rename(inventory::FILE, object, inventory::FILE)?;
    from.rename(sidecar, object, sidecar)
}

/// One for each version of each object, so that a crash leaves nothing that is not found again.
fn staging_name(id: &str, version: u32) -> String {
    format!("{}.v{version}", layout::hash(id))
}

fn check_texts(id: &str, texts: &[&str]) -> Result<()> {
    let is_reserved = super::names::is_reserved(&layout::folders(id)[TUPLES]);
    if id.len() > MAX_ID_BYTES || !super::parse::is_uri(id) || is_reserved {
        return Err(Failure::refused(
            format!("“{}” không dùng làm tên hồ sơ lưu được", super::parse::shown(id)),
            "tên hồ sơ lưu là một URI, chỉ có chữ không dấu",
        ));
    }
    let is_wrong = |c: char| c != '\n' && crate::vi::text::forbidden_char(c).is_some();
    if texts.iter().any(|text| text.len() > MAX_TEXT_BYTES || text.chars().any(is_wrong)) {
        return Err(Failure::refused(
            "tên người thực hiện hoặc lời ghi quá dài, hoặc có ký tự không nhìn thấy",
            "gõ lại tên và lời ghi",
        ));
    }
    Ok(())
}

fn strange(object: &Folder, id: &str) -> Failure {
    Failure::damaged(format!(
        "hồ sơ lưu {id} ở {} không ở trạng thái đã ghi",
        object.path_of("").display()
    ))
}
