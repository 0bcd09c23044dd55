//! Edited wordings that lie beside a case and were not asked for: one line says which texts
//! were taken.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::ledger::FILE;
use crate::templates::Templates;

/// How many entries of a folder are looked at, and how many folders.
const MAX_ENTRIES: usize = 200;
const MAX_FOLDERS: usize = 8;

/// Says which texts are taken, when a folder of edited wordings lies near and no command and
/// no office named it.
pub fn tell_unused(root: Option<&Path>, cases: &[PathBuf]) {
    if let Some(folder) = root.is_none().then(|| edited(cases)).flatten() {
        let shown = folder.display();
        warnln!(
            "Lời văn là bản có sẵn trong chương trình; dùng lời văn đã sửa ở {shown} thì thêm --root {shown}"
        );
    }
}

/// The first folder of edited wordings here or beside one of the cases.
fn edited(cases: &[PathBuf]) -> Option<PathBuf> {
    let beside = cases.iter().filter_map(|case| match case.parent() {
        Some(parent) if parent.as_os_str().is_empty() => None,
        parent => parent.map(Path::to_owned),
    });
    let folders: BTreeSet<PathBuf> = beside.take(MAX_FOLDERS).collect();
    [PathBuf::new()].into_iter().chain(folders).find_map(|folder| edited_in(&folder))
}

fn edited_in(folder: &Path) -> Option<PathBuf> {
    let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let entries = std::fs::read_dir(here).ok()?.take(MAX_ENTRIES).flatten();
    let mut found: Vec<PathBuf> = entries
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()))
        .map(|entry| folder.join(entry.file_name()))
        .filter(|path| path.join(FILE).is_file() || path.join("chung").is_dir())
        .collect();
    found.sort();
    found.into_iter().find(|path| is_edited(path))
}

/// Whether a folder has a wording of another text than the program carries.
fn is_edited(folder: &Path) -> bool {
    let Ok(templates) = Templates::with_root(folder) else { return false };
    let carried = Templates::embedded();
    let mut wordings = templates.iter().filter(|(path, _)| path.ends_with(".md"));
    wordings.any(|(path, text)| carried.get(path) != Some(text))
}
