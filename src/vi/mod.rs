//! Vietnamese conventions: how numbers, dates, letters and words are written.
//!
//! A leaf: it knows nothing of cases, templates or documents, and imports nothing
//! of ours from outside this folder. Everything is a pure function of its arguments;
//! nothing reads the clock, a file or the locale.
//!
//! ```text
//! clerk's text ──parse──▶ Decimal, NaiveDate ──format, long, in words──▶ document text
//!      └──── nfc, forbidden_char, look_alike, legacy_encoding ────▶ what is wrong with it
//! ```
//!
//! What the clerk can mend comes back as an error whose `Display` is Vietnamese and
//! names the next step; the place (file, line) is the caller's to add.

pub mod case;
pub mod date;
mod legacy;
pub mod letters;
pub mod mark;
pub mod money;
#[allow(clippy::disallowed_types, reason = "the notation of amounts is defined here")]
pub mod number;
pub mod proof;
pub mod roman;
pub mod spaces;
mod syllable;
pub mod text;
pub mod total;
#[allow(clippy::disallowed_types, reason = "the notation of amounts is defined here")]
pub mod words;
