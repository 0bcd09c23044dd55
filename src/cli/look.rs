//! What files are like at one moment, to tell which of them have changed since.
//!
//! The events of a system only say that it is time to look: they come late, twice, under
//! another name, or for files of ours and of the editor's. What counts is what is read.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Files as they were; nothing for one that was not there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look(BTreeMap<PathBuf, Option<State>>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct State {
    len: u64,
    /// When it was saved. Some drives tell only every other second, hence the content.
    modified: Option<SystemTime>,
    content: u64,
}

/// How closely to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Care {
    /// At what stands in each file.
    Content,
    /// At what stands in those whose length or time has changed.
    Outside,
}

impl Look {
    pub fn at(paths: &BTreeSet<PathBuf>, before: &Self, care: Care) -> Self {
        let look = |path: &PathBuf| {
            let known = before.0.get(path).and_then(Option::as_ref);
            (path.clone(), state(path, known.filter(|_| care == Care::Outside)))
        };
        Self(paths.iter().map(look).collect())
    }

    /// Forgets all other files.
    pub fn keep(&mut self, paths: &BTreeSet<PathBuf>) {
        self.0.retain(|path, _| paths.contains(path));
    }

    /// Whether a file was there.
    pub fn has(&self, path: &Path) -> bool {
        self.0.get(path).is_some_and(Option::is_some)
    }

    /// What was saved, made or deleted since, in order of the paths.
    pub fn since<'a>(&'a self, before: &'a Self) -> impl Iterator<Item = &'a Path> {
        let gone = before.0.keys().filter(|path| !self.0.contains_key(*path));
        let other = self.0.iter().filter(|(path, state)| before.0.get(*path) != Some(state));
        other.map(|(path, _)| path).chain(gone).map(PathBuf::as_path)
    }

    /// Whether an editor may be at it: a file that held something is gone or empty.
    pub fn is_unfinished(&self, before: &Self) -> bool {
        let held = |state: &Option<State>| state.as_ref().is_some_and(|state| state.len > 0);
        let path = |(path, state)| held(state) && self.0.get(path).is_some_and(|now| !held(now));
        before.0.iter().any(path)
    }
}

fn state(path: &Path, known: Option<&State>) -> Option<State> {
    let metadata = std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file)?;
    let (len, modified) = (metadata.len(), metadata.modified().ok());
    let content = match known {
        Some(known) if (known.len, known.modified) == (len, modified) => known.content,
        _ => content(path),
    };
    Some(State { len, modified, content })
}

fn content(path: &Path) -> u64 {
    // No file that is longer is ever read.
    const MAX_BYTES: u64 = (16 << 20) + 1;
    let mut bytes = Vec::new();
    if let Ok(file) = std::fs::File::open(path) {
        // Of a file that cannot be read to its end, what could be read is looked at.
        let _ = file.take(MAX_BYTES).read_to_end(&mut bytes);
    }
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(path: &Path, before: &Look, care: Care) -> Look {
        Look::at(&BTreeSet::from([path.to_owned()]), before, care)
    }

    #[test]
    fn a_file_with_other_letters_at_the_same_time_has_changed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        std::fs::write(&path, "một").unwrap();
        let time = std::fs::metadata(&path).unwrap().modified().unwrap();
        let before = look(&path, &Look::default(), Care::Content);
        std::fs::write(&path, "mốt").unwrap();
        std::fs::File::options().append(true).open(&path).unwrap().set_modified(time).unwrap();
        assert!(look(&path, &before, Care::Outside) == before);
        let after = look(&path, &before, Care::Content);
        assert_eq!(after.since(&before).collect::<Vec<_>>(), [path.as_path()]);
    }

    #[test]
    fn a_file_that_is_emptied_or_gone_is_unfinished_until_it_holds_something() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        std::fs::write(&path, "một").unwrap();
        let before = look(&path, &Look::default(), Care::Content);
        std::fs::write(&path, "").unwrap();
        assert!(look(&path, &before, Care::Content).is_unfinished(&before));
        std::fs::remove_file(&path).unwrap();
        let gone = look(&path, &before, Care::Content);
        assert!(gone.is_unfinished(&before));
        assert_eq!(gone.since(&before).count(), 1);
        std::fs::write(&path, "hai").unwrap();
        assert!(!look(&path, &before, Care::Content).is_unfinished(&before));
    }
}
