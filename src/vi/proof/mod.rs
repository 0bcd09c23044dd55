//! Proofreading: slips of the hand in running text, told by their bytes.
//!
//! It would sooner miss than accuse. Nothing here knows what a text is for; whoever asks
//! says where it stands. A line feed within a text is a space.

pub mod cited;
pub mod columns;
pub mod day;
pub mod doubled;
pub mod mark;
pub mod placeholder;
pub mod post;
pub mod punctuation;
pub mod spelling;

use std::ops::Range;

/// A slip of the hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slip {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// What sort of slip it is; many of one sort can be told together.
    pub sort: &'static str,
    /// The fact itself, where the sort and the words do not say it.
    pub fact: Option<String>,
    /// The next step.
    pub step: String,
}

impl Slip {
    fn new(range: Range<usize>, sort: &'static str, step: impl Into<String>) -> Self {
        Self { range, sort, fact: None, step: step.into() }
    }

    fn fact(mut self, fact: String) -> Self {
        self.fact = Some(fact);
        self
    }
}

/// The letter before a place; none at the start.
fn before(text: &str, at: usize) -> Option<char> {
    text[..at].chars().next_back()
}

/// The letter from a place on; none at the end.
fn from(text: &str, at: usize) -> Option<char> {
    text[at..].chars().next()
}

/// What stands between white space, with the byte at which each begins.
fn tokens(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let start = text.as_ptr() as usize;
    text.split_whitespace().map(move |token| (token.as_ptr() as usize - start, token))
}

/// The token that a byte stands in.
fn token_at(text: &str, at: usize) -> &str {
    let start = text[..at].rfind(char::is_whitespace);
    let start = start.map_or(0, |space| space + from(text, space).map_or(1, char::len_utf8));
    text[start..].split(char::is_whitespace).next().unwrap_or_default()
}

/// The last word before a place, between white space.
fn word_before(text: &str, at: usize) -> &str {
    text[..at].split_whitespace().next_back().unwrap_or_default()
}

/// An address, a link, the name of a file: its points and commas are its own.
fn is_address(token: &str) -> bool {
    const ENDINGS: [&str; 16] = [
        ".vn", ".com", ".org", ".net", ".gov", ".edu", ".docx", ".doc", ".xlsx", ".xls", ".pdf",
        ".csv", ".jpg", ".png", ".zip", ".txt",
    ];
    let ends = |ending: &&str| {
        let after = token.split_once(*ending).map(|(_, after)| after);
        after.is_some_and(|after| !after.starts_with(char::is_alphanumeric))
    };
    token.contains(['@', '\\', '_'])
        || token.contains("://")
        || token.starts_with("www.")
        || ENDINGS.iter().any(ends)
}
