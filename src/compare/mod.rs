//! What differs between two laid-out documents, in a clerk's terms.
//!
//! ```text
//! Document ──walk──▶ sentences at their places ──align──▶ changes ──phrases──▶ “đề nghị” → “kiến nghị”
//! ```
//!
//! *Invariants*: sentences are paired by what they say and not by where they stand, so a
//! section more does not change those after it; the changes, applied to the old sentences,
//! give the new ones; how a line breaks is no change.

mod align;
mod phrase;
mod sentence;
#[cfg(test)]
mod tests;
mod walk;

pub use align::changes_between;
pub use phrase::{Phrase, marked_up, phrases};
pub use sentence::Token;
pub use walk::{places, sentences};

use crate::doc::Document;

/// A sentence of a document: what it says and where a clerk finds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// `mục II, khoản 1, điểm a, câu 3`
    pub place: String,
    /// What it is part of; a sentence is paired only with its like.
    pub kind: Kind,
    /// The number or mark before it, when it begins a heading or an item: `II.`, `a)`, `-`.
    pub mark: Option<String>,
    pub tokens: Vec<Token>,
}

impl Sentence {
    /// The words alone.
    pub fn plain(&self) -> String {
        self.tokens.iter().map(|token| token.text.as_str()).collect()
    }
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Heading,
    Text,
    /// A paragraph of another style, by the style's name: `căn cứ`, `trích yếu`.
    Box(String),
    /// A row of a table.
    Row,
}

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Index of the sentence among the old ones; of an added one, of the sentence before
    /// which it comes.
    pub old: usize,
    /// Index among the new ones; of a removed one, of the sentence before which it stood.
    pub new: usize,
    /// Where it stands in the new document; of a removed one, where it stood in the old.
    pub place: String,
    pub told: Told,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    Added(Sentence),
    Removed(Sentence),
    /// Other words, marks or emphasis: every token of the old and of the new sentence.
    Reworded(Vec<Piece>),
    /// The same words under another number. What is reworded too is told apart.
    Renumbered {
        old: Option<String>,
        new: Option<String>,
    },
}

/// A token of a sentence that was reworded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    Same(Token),
    /// Only the old sentence has it.
    Gone(Token),
    /// Only the new one.
    Come(Token),
}

impl Piece {
    /// Its token, when the old sentence has it.
    pub const fn before(&self) -> Option<&Token> {
        match self {
            Self::Same(token) | Self::Gone(token) => Some(token),
            Self::Come(_) => None,
        }
    }

    /// Its token, when the new sentence has it.
    pub const fn after(&self) -> Option<&Token> {
        match self {
            Self::Same(token) | Self::Come(token) => Some(token),
            Self::Gone(_) => None,
        }
    }
}

/// What differs, in the order of the new document.
pub fn changes(old: &Document, new: &Document) -> Vec<Change> {
    changes_between(&sentences(old), &sentences(new))
}
