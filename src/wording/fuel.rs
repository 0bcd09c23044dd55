//! Limits of one rendering: steps and bytes.
//!
//! Tera has no limits of its own, so a loop in a loop could run for hours without
//! printing a letter. Steps are counted instead of seconds: the same template with
//! the same case ends the same way on every machine, and no watching thread is needed.
//! Every loop turn, file, block and component costs a step and more by its length
//! (`instrument`), every filter costs by what it reads and makes (`filters`), and what
//! may walk through a list (`in`, a slice) costs as much as the longest list.
//! Not counted are the single expressions of Tera itself; `scan` forbids those that can
//! grow (`~`, captured blocks, lists of names), and Tera bounds the length of one.

use std::cell::Cell;
use std::io::{self, Write};

use super::running;

/// What one document may use up. The Kiên Giang report uses some hundred steps; a
/// loop over 50,000 rows some hundred thousand.
const STEPS: u64 = 2_000_000;

/// The most text that a wording may make, in bytes.
pub const MAX_BYTES: usize = 4 << 20;

thread_local! {
    // A document is rendered from beginning to end on one thread, and Tera hands
    // nothing of ours to a filter but the template's values.
    static LEFT: Cell<u64> = const { Cell::new(STEPS) };
    static LONGEST: Cell<usize> = const { Cell::new(0) };
}

/// Begins a document. `longest`: length of the longest list that it holds.
pub fn fill(longest: usize) {
    LEFT.set(STEPS);
    LONGEST.set(longest);
}

/// Steps for walking through the longest list so many times.
pub fn steps_for_searches(searches: usize) -> usize {
    searches.saturating_mul(LONGEST.get())
}

/// Uses up steps; false when they have run out.
pub fn burn(steps: usize) -> bool {
    running::step();
    let left = LEFT.get();
    let steps = u64::try_from(steps).unwrap_or(u64::MAX);
    LEFT.set(left.saturating_sub(steps));
    left > steps
}

/// Steps for reading or making so many bytes.
pub const fn steps_for(bytes: usize) -> usize {
    1 + bytes / 64
}

/// Takes what Tera writes, up to [`MAX_BYTES`].
#[derive(Default)]
pub struct Capped {
    pub bytes: Vec<u8>,
}

impl Write for Capped {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + bytes.len() > MAX_BYTES {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
        running::step();
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
