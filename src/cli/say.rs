//! Printing. A reader that closed the pipe (`vanthu schema | head`) is no fault.

use std::io::Write as _;

/// Prints text as it is to standard output.
pub fn say(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}

/// Prints text as it is to standard error.
pub fn warn(text: &str) {
    let _ = std::io::stderr().write_all(text.as_bytes());
}

/// `println!` that minds no closed pipe.
macro_rules! sayln {
    ($($text:tt)*) => { $crate::cli::say::say(&format!("{}\n", format_args!($($text)*))) };
}

/// `eprintln!` that minds no closed pipe.
macro_rules! warnln {
    ($($text:tt)*) => { $crate::cli::say::warn(&format!("{}\n", format_args!($($text)*))) };
}
