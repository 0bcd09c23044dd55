//! Printing. A reader that closed the pipe (`vanthu schema | head`) is no fault.

use std::io::Write as _;

use crate::vi::text;

/// Prints text as it is to standard output.
pub fn say(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}

/// Prints text as it is to standard error.
pub fn warn(text: &str) {
    let _ = std::io::stderr().write_all(text.as_bytes());
}

/// Prints JSON. What is not seen is escaped, so that no text in it steers a terminal and none
/// is changed.
pub fn say_json(value: &serde_json::Value) {
    let mut page = String::new();
    for c in format!("{value:#}\n").chars() {
        if text::forbidden_char(c).is_none() {
            page.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                page.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    say(&page);
}

/// Prints a line; see [`text::visible`]: names and texts may hold what steers a terminal.
pub fn say_shown(line: &str) {
    say(&format!("{}\n", text::visible(line)));
}

/// The same to standard error.
pub fn warn_shown(line: &str) {
    warn(&format!("{}\n", text::visible(line)));
}

/// `println!` that minds no closed pipe, by [`say_shown`].
macro_rules! sayln {
    ($($text:tt)*) => { $crate::cli::say::say_shown(&format!($($text)*)) };
}

/// `eprintln!` likewise, by [`warn_shown`].
macro_rules! warnln {
    ($($text:tt)*) => { $crate::cli::say::warn_shown(&format!($($text)*)) };
}
