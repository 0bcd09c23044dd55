//! Which runs are not over yet, and whether they move, for who has a clock.
//!
//! Fuel and the cap of the output end every run that they can see; Tera's own work between
//! two steps they cannot. Nothing here knows the time, and nothing here reaches a document.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

static NEXT: AtomicU64 = AtomicU64::new(0);
static RUNS: Mutex<BTreeMap<u64, Run>> = Mutex::new(BTreeMap::new());

thread_local! {
    /// Steps that this thread has taken in all its runs. A run stays on one thread.
    static TAKEN: OnceCell<Arc<AtomicU64>> = const { OnceCell::new() };
}

struct Run {
    name: String,
    taken: Arc<AtomicU64>,
}

/// A run, over when this is dropped.
pub struct Running(u64);

/// A run that is not over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// By which the clerk finds its wording.
    pub name: String,
    /// A count that grows with every step of the run.
    pub steps: u64,
}

/// Begins a run over this file or folder.
pub fn begin(name: &str) -> Running {
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let taken = TAKEN.with(|taken| Arc::clone(taken.get_or_init(Arc::default)));
    let run = Run { name: name.to_owned(), taken };
    RUNS.lock().unwrap_or_else(PoisonError::into_inner).insert(number, run);
    Running(number)
}

/// One step of whatever runs on this thread: it is slow, perhaps, and does not stand.
pub fn step() {
    TAKEN.with(|taken| {
        taken.get_or_init(Arc::default).fetch_add(1, Ordering::Relaxed);
    });
}

impl Drop for Running {
    fn drop(&mut self) {
        RUNS.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.0);
    }
}

/// The runs that are not over, each under a number that no other run ever has.
pub fn in_progress() -> BTreeMap<u64, Seen> {
    let runs = RUNS.lock().unwrap_or_else(PoisonError::into_inner);
    let seen =
        |run: &Run| Seen { name: run.name.clone(), steps: run.taken.load(Ordering::Relaxed) };
    runs.iter().map(|(number, run)| (*number, seen(run))).collect()
}
