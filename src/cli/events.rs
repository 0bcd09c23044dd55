//! Wakes up when something happens in a folder.
//!
//! *Invariants*: an event says only that it is time to look, never what to think of it;
//! who waits looks by himself every second too, since a drive of the network tells
//! nothing of what another machine writes there, and a system may watch only so many
//! folders.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

/// The folders that are watched, and the bell that rings.
pub struct Events {
    /// Nothing where the system has no events.
    watcher: Option<RecommendedWatcher>,
    bell: Receiver<()>,
    /// Keeps the bell whole where there is no watcher.
    _rope: SyncSender<()>,
    /// Which folder stood at a path when the system began to watch it.
    watched: BTreeMap<PathBuf, Identity>,
}

/// Tells a folder from another that took its name.
type Identity = Option<(u64, u64)>;

impl Events {
    pub fn new() -> Self {
        let (rope, bell) = sync_channel(1);
        let ring = rope.clone();
        let told = move |event: notify::Result<notify::Event>| {
            if event.is_ok_and(|event| is_reading(event.kind)) {
                return;
            }
            // One ring is as good as many.
            let _ = ring.try_send(());
        };
        let watcher = notify::recommended_watcher(told).ok();
        Self { watcher, bell, _rope: rope, watched: BTreeMap::new() }
    }

    /// Without the system's help, as on a drive that tells nothing.
    #[cfg(test)]
    pub fn none() -> Self {
        Self { watcher: None, ..Self::new() }
    }

    /// Watches these folders, and no others. Answers whether the system takes them all.
    pub fn watch(&mut self, folders: &BTreeSet<PathBuf>) -> bool {
        let Some(watcher) = &mut self.watcher else { return false };
        self.watched.retain(|folder, _| {
            let stays = folders.contains(folder) && folder.is_dir();
            if !stays {
                // A folder that is gone is no longer watched anyway.
                let _ = watcher.unwatch(folder);
            }
            stays
        });
        let mut all = true;
        for folder in folders.iter().filter(|folder| folder.is_dir()) {
            let now = identity(folder);
            if self.watched.get(folder) == Some(&now) {
                continue;
            }
            match watcher.watch(folder, RecursiveMode::NonRecursive) {
                Ok(()) => _ = self.watched.insert(folder.clone(), now),
                Err(_) => all = false,
            }
        }
        all
    }

    /// Waits until something happens; `false` when nothing did for so long.
    pub fn wait(&self, at_most: Duration) -> bool {
        match self.bell.recv_timeout(at_most) {
            Ok(()) => true,
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => false,
        }
    }

    /// Waits until nothing has happened for a while, so that several files that are saved
    /// together are seen together; after ten such whiles no longer.
    pub fn quiet(&self, while_: Duration) {
        let begun = Instant::now();
        while self.wait(while_) && begun.elapsed() < while_ * 10 {}
    }
}

/// Whether a file was only looked at, as by this program itself.
fn is_reading(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(access) => access != AccessKind::Close(AccessMode::Write),
        _ => false,
    }
}

#[cfg(unix)]
fn identity(folder: &Path) -> Identity {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::metadata(folder).ok().map(|metadata| (metadata.dev(), metadata.ino()))
}

/// By the time when it was made.
#[cfg(not(unix))]
fn identity(folder: &Path) -> Identity {
    let made = std::fs::metadata(folder).and_then(|metadata| metadata.created()).ok()?;
    let made = made.duration_since(std::time::UNIX_EPOCH).ok()?;
    Some((made.as_secs(), u64::from(made.subsec_nanos())))
}
