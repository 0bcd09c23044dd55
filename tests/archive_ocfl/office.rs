//! An office with an archive, and what its tests ask of it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use vanthu::archive::Result;
use vanthu::archive::ocfl::{Commit, NewFile, NewVersion, Staged, Store, Stored, layout};
use vanthu::archive::place::Place;
use vanthu::diag::Severity;

pub const ID: &str = "vanthu:2026:uy-ban-nhan-dan-tinh-a-1f0c22ab:chung:325";

/// An office with an empty archive.
pub struct Office {
    _folder: tempfile::TempDir,
    pub place: Place,
    pub store: Store,
}

impl Office {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::new(folder.path());
        let store = Store::create(&place).unwrap();
        Self { _folder: folder, place, store }
    }

    /// A copy of the archive as it stands; nothing of it is synced, which takes long.
    pub fn copy(&self) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::new(folder.path());
        copy(&self.place.archive(), &place.archive());
        let store = Store::open(&place).unwrap();
        Self { _folder: folder, place, store }
    }

    pub fn stage(&self, version: u32, files: &[(&str, &str)]) -> Result<Staged> {
        stage(&self.store, ID, version, files)
    }

    pub fn put(&self, version: u32, files: &[(&str, &str)]) -> Stored {
        self.stage(version, files).unwrap().commit().unwrap()
    }

    /// `path: text` of each file of a version.
    pub fn text(&self, version: u32) -> String {
        let object = self.store.object(ID).unwrap().unwrap();
        let files = self.store.files(&object, version).unwrap();
        let line = |(path, bytes): (String, Vec<u8>)| {
            format!("{path}: {}\n", String::from_utf8(bytes).unwrap())
        };
        files.into_iter().map(line).collect()
    }

    pub fn object(&self) -> PathBuf {
        self.place.records().join(layout::path(ID))
    }
}

pub fn stage(store: &Store, id: &str, version: u32, files: &[(&str, &str)]) -> Result<Staged> {
    let file = |(path, text): &(&str, &str)| NewFile {
        path: (*path).to_owned(),
        bytes: text.as_bytes().to_vec(),
    };
    store.stage(NewVersion {
        id,
        version,
        files: files.iter().map(file).collect(),
        commit: Commit {
            created: format!("2026-11-26T08:30:{version:02}+07:00"),
            message: "Phát hành".to_owned(),
            user: "Trần Thị B".to_owned(),
        },
    })
}

/// Every file below a folder, one a line.
pub fn tree(folder: &Path) -> String {
    fn walk(folder: &Path, base: &Path, lines: &mut Vec<String>) {
        let mut entries: Vec<_> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        entries.sort();
        if entries.is_empty() {
            lines.push(format!("{}/\n", folder.strip_prefix(base).unwrap().display()));
        }
        for path in entries {
            if path.is_dir() {
                walk(&path, base, lines);
            } else {
                lines.push(format!("{}\n", path.strip_prefix(base).unwrap().display()));
            }
        }
    }
    let mut lines = Vec::new();
    walk(folder, folder, &mut lines);
    lines.concat()
}

/// Where an object belongs by its id, as far as it has one.
pub fn id_path(object: &Path) -> String {
    let text = fs::read_to_string(object.join("inventory.json")).unwrap_or_default();
    let json: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
    layout::path(json["id"].as_str().unwrap_or("urn:none"))
}

/// The codes of the specification that `validate` gives, each once; of a fault that has none, its message.
pub fn codes(store: &Store) -> Vec<String> {
    let code = |message: &str| match message.rsplit_once("(OCFL ") {
        Some((_, code)) => code.trim_end_matches(')').to_owned(),
        None => message.to_owned(),
    };
    let faults = store.validate().unwrap();
    let faults = faults.iter().filter(|fault| fault.severity != Severity::Info);
    let codes: BTreeSet<String> = faults.map(|fault| code(&fault.message)).collect();
    codes.into_iter().collect()
}

pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &to);
        } else {
            fs::copy(&path, &to).unwrap();
        }
    }
}
