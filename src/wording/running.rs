//! Which runs are not over yet, for who has a clock.
//!
//! Fuel and the cap of the output end every run that they can see; Tera's own work between
//! two steps they cannot. Nothing here knows the time, and nothing here reaches a document.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

static NEXT: AtomicU64 = AtomicU64::new(0);
static RUNS: Mutex<BTreeMap<u64, String>> = Mutex::new(BTreeMap::new());

/// A run, over when this is dropped.
pub struct Running(u64);

/// Begins a run over this file or folder.
pub fn begin(name: &str) -> Running {
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    RUNS.lock().unwrap_or_else(PoisonError::into_inner).insert(number, name.to_owned());
    Running(number)
}

impl Drop for Running {
    fn drop(&mut self) {
        RUNS.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.0);
    }
}

/// The runs that are not over: each with a number that no other run ever has, and the name
/// by which the clerk finds its wording.
pub fn in_progress() -> BTreeMap<u64, String> {
    RUNS.lock().unwrap_or_else(PoisonError::into_inner).clone()
}
