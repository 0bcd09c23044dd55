//! What was written, read back: does it hold every letter of the tree?
//!
//! ```text
//! Document ──back end──▶ laid out pages, XML ──its reader──▶ letters of each text ──here──▶ Lost
//! ```
//!
//! Letters are compared and not words: where lines end, what is tied and how wide a space is
//! are layout. A text is known by its place among [`doc::texts`](crate::doc::texts).

use super::Format;
use crate::doc::Text;

/// A text of the tree that a format does not hold whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    pub format: Format,
    /// Its place among the texts of the document, from 0.
    pub text: usize,
    /// The words that are not there.
    pub words: String,
}

/// The letters of a text: what a reader sees of it.
pub fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|&c| !c.is_whitespace() && !draws_nothing(c)).map(|c| match c {
        // Hyphens at which a line ends or does not.
        '\u{2010}' | '\u{2011}' => '-',
        other => other,
    })
}

/// Marks that only say where lines end, and the like.
const fn draws_nothing(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

/// The letters of all texts, one after the other.
pub struct Wanted {
    letters: String,
    /// Where the letters of each text begin, and where the last ones end.
    starts: Vec<usize>,
}

impl Wanted {
    pub fn of(texts: &[Text<'_>]) -> Self {
        let mut wanted =
            Self { letters: String::new(), starts: Vec::with_capacity(texts.len() + 1) };
        wanted.starts.push(0);
        for text in texts {
            text.pieces().for_each(|piece| wanted.letters.extend(letters(piece)));
            wanted.starts.push(wanted.letters.len());
        }
        wanted
    }

    /// How many texts there are.
    pub const fn count(&self) -> usize {
        self.starts.len() - 1
    }

    /// The letters of a text.
    pub fn text(&self, at: usize) -> &str {
        &self.letters[self.starts[at]..self.starts[at + 1]]
    }
}

/// The words of a text of which not every letter was found, in the order of the text.
pub fn missing_words(text: &str, found: &str) -> String {
    let mut rest = found;
    let is_missing = |word: &&str| {
        let wanted: String = letters(word).collect();
        match rest.strip_prefix(wanted.as_str()) {
            Some(after) => {
                rest = after;
                false
            }
            None => true,
        }
    };
    text.split_whitespace().filter(is_missing).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_line_ends_and_soft_marks_are_no_letters() {
        let read = |text: &str| letters(text).collect::<String>();
        assert_eq!(read("số\u{a0}57 \u{2028}NQ\u{2011}TW\u{200b}"), "số57NQ-TW");
    }

    #[test]
    fn the_words_that_are_not_there_are_named() {
        assert_eq!(missing_words("một hai ba bốn", "mộthai"), "ba bốn");
        assert_eq!(missing_words("một hai ba bốn", "mộtbốn"), "hai ba");
        assert_eq!(missing_words("một hai", "mộtha"), "hai");
        assert_eq!(missing_words("một hai", "mộthai"), "");
    }
}
