//! The lock of the archive: one writer at a time, in the order in which they came.
//!
//! The system wakes those that wait for a file lock all at once, and whoever runs first has it:
//! of 64 writers one waited eleven times its turn. So each takes a ticket first, a file of its own
//! that it keeps locked, and waits for the one before it:
//!
//! ```text
//! luu_tru/khoa            held by the writer: this alone keeps others out
//! luu_tru/hang_cho/cua    held while a ticket is taken
//! luu_tru/hang_cho/7      held by the one whose turn comes after 6, until it is done or dead
//! ```
//!
//! The system lets a dead process' files go, and the next one takes its ticket away. What goes
//! wrong with tickets costs the order and no more.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use super::place::Place;
use super::{Failure, Result};

/// Held while something is written; the system lets it go when the process ends, however it
/// ends. Who holds it must not ask for it again.
#[derive(Debug)]
pub struct Lock {
    // Dropped in this order: who waits for the ticket finds the lock free.
    _file: File,
    _ticket: Option<Ticket>,
}

impl Lock {
    /// Waits until all that came before have written.
    ///
    /// # Errors
    /// What the system says of the lock file.
    pub fn hold(place: &Place) -> Result<Self> {
        let ticket = Ticket::take(&place.queue()).ok();
        if let Some(ticket) = &ticket {
            ticket.wait();
        }
        let path = place.lock();
        let file = open(&path).map_err(Failure::disk(&path))?;
        file.lock().map_err(Failure::disk(&path))?;
        Ok(Self { _file: file, _ticket: ticket })
    }
}

/// A place in the queue.
#[derive(Debug)]
struct Ticket {
    path: PathBuf,
    _file: File,
    /// Tickets before this one, the last first.
    before: Vec<PathBuf>,
}

impl Ticket {
    fn take(queue: &Path) -> io::Result<Self> {
        if !queue.is_dir() {
            fs::create_dir(queue).or_else(|error| queue.is_dir().then_some(()).ok_or(error))?;
        }
        let gate = open(&queue.join("cua"))?;
        gate.lock()?;
        let mut taken = numbers(queue)?;
        taken.sort_unstable_by(|a, b| b.cmp(a));
        // Greater than any that lives, so none is used again while somebody waits for it.
        let number = taken.first().copied().unwrap_or(0) + 1;
        let path = queue.join(number.to_string());
        let file = OpenOptions::new().write(true).create_new(true).open(&path)?;
        file.lock()?;
        let before = taken.iter().map(|number| queue.join(number.to_string())).collect();
        Ok(Self { path, _file: file, before })
    }

    /// The one before may have died while it waited, so those before it are looked at too; as a
    /// rule they are gone.
    fn wait(&self) {
        for path in &self.before {
            let Ok(file) = OpenOptions::new().write(true).open(path) else { continue };
            if file.lock_shared().is_ok() {
                // Its own process has done so, unless it died.
                let _ = fs::remove_file(path);
            }
        }
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        // Who comes next takes it away if this fails.
        let _ = fs::remove_file(&self.path);
    }
}

fn numbers(queue: &Path) -> io::Result<Vec<u32>> {
    let mut numbers = Vec::new();
    for entry in fs::read_dir(queue)? {
        numbers.extend(entry?.file_name().to_str().and_then(|name| name.parse::<u32>().ok()));
    }
    Ok(numbers)
}

fn open(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create(true).truncate(false).open(path)
}
