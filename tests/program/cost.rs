//! What a call of the program costs, told by no clock on the wall.
//!
//! Processor time, from the shell's `times`: it grows with the work and not with what else
//! the machine does. Machines differ, so no cost is compared with seconds: a call is
//! compared with an honest one of the same binary in the same test, and may cost
//! [`FACTOR`] times as much.

use std::path::Path;
use std::process::Command;

/// So much dearer than an honest call may be what means harm. What grows with the square
/// of its input is a hundred times dearer.
pub const FACTOR: f64 = 10.0;

/// The name of the file that says what the call cost, in the folder of the call.
const COST: &str = "cost";

/// The program in a folder under a limit of memory, in KiB, which ends it when it passes it.
/// An hour of the processor only ends a run without end, on the slowest machine too.
pub fn limited(folder: &Path, memory: u32) -> Command {
    let mut command = Command::new("sh");
    let script = format!(
        "ulimit -t 3600 && ulimit -d {memory} && \"$0\" \"$@\"; code=$?; times >{COST}; exit $code"
    );
    command.args(["-c", &script, env!("CARGO_BIN_EXE_vanthu")]).current_dir(folder);
    // Each further thread has a stack of its own, and machines have different numbers of cores.
    command.env("LC_ALL", "C").env("RAYON_NUM_THREADS", "2");
    command
}

/// What the call in this folder has cost, in seconds of a processor.
pub fn of(folder: &Path) -> f64 {
    let said = std::fs::read_to_string(folder.join(COST)).unwrap();
    // The shell's own, then that of its children: `0m1.02s 0m0.05s`.
    said.lines().nth(1).unwrap().split_whitespace().map(seconds).sum()
}

fn seconds(time: &str) -> f64 {
    let (minutes, seconds) = time.trim_end_matches('s').split_once('m').unwrap();
    minutes.parse::<f64>().unwrap() * 60.0 + seconds.parse::<f64>().unwrap()
}
