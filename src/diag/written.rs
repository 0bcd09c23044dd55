//! The texts of a case as the clerk wrote them, and the bytes of each of their words.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::{Place, Route, Sources, TablePlaces};

/// A text that a clerk wrote to be printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    pub route: Route,
    /// The bytes it stands on, marks of YAML and indentation among them.
    pub place: Place,
    /// The text itself.
    pub text: String,
    pub form: Form,
}

/// How the lines of a text are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One line: line ends are spaces.
    Line,
    /// A clerk's own paragraphs, a blank line between two.
    Passages,
}

impl Sources {
    pub fn place_text(&mut self, written: Written) {
        self.written.push(written);
    }

    /// The texts of the case file, in their order there.
    pub fn written(&self) -> &[Written] {
        &self.written
    }

    /// The data files whose cells have places.
    pub fn tables(&self) -> &[TablePlaces] {
        &self.tables
    }

    /// What stands at a place.
    pub fn text_at(&self, place: &Place) -> &str {
        self.get(place.source).text.get(place.range.clone()).unwrap_or_default()
    }

    /// The bytes of some words of a text that was read from `place`.
    pub fn word(&self, place: &Place, text: &str, words: Range<usize>) -> Place {
        let range = aligned(text, self.text_at(place), words);
        let start = place.range.start;
        Place { source: place.source, range: start + range.start..start + range.end }
    }
}

/// The bytes of `raw` that were read as the bytes `words` of `text`. What reading takes
/// out is skipped: quotes, backslashes, indentation, line ends that become spaces.
fn aligned(text: &str, raw: &str, words: Range<usize>) -> Range<usize> {
    let mut at = 0;
    let mut start = None;
    let mut end = 0;
    for (index, c) in text.char_indices() {
        if index >= words.end {
            break;
        }
        let place = letter(raw, at, c);
        if index >= words.start {
            start = start.or(Some(place.start));
            end = place.end;
        }
        at = place.end;
    }
    let start = start.unwrap_or(at);
    start..end.max(start)
}

/// Where the letter `c` stands in `raw` from `at` on.
fn letter(raw: &str, at: usize, c: char) -> Range<usize> {
    /// No reader takes out more than a line end with its indentation, or an escape.
    const FARTHEST: usize = 200;
    let rest = &raw[at..];
    if c == '\n' || c == ' ' {
        let spaces = rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
        let holds_end = rest[..spaces].contains('\n');
        return match rest.chars().next() {
            // A line end and the indentation after it; blank lines are line ends of their own.
            Some('\n' | '\r') if c == '\n' => at..at + 1,
            Some(first) if holds_end && first.is_whitespace() => at..at + spaces,
            Some(' ') => at..at + 1,
            _ => at..at,
        };
    }
    // An accent may be a sign of its own after its letter.
    let base = c.nfd().next().unwrap_or(c);
    let skipped = rest.char_indices().take(FARTHEST).find(|&(at, other)| {
        other == c || other == base && accents(&rest[at + other.len_utf8()..]) > 0
    });
    match skipped {
        Some((skipped, found)) => {
            let after = &rest[skipped + found.len_utf8()..];
            at + skipped..at + skipped + found.len_utf8() + accents(after)
        }
        // Written as an escape.
        None => at..at,
    }
}

/// The bytes of the accents that a text begins with.
fn accents(text: &str) -> usize {
    text.len() - text.trim_start_matches(|c| matches!(c, '\u{300}'..='\u{36f}')).len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_where_they_were_written() {
        for (raw, text, word) in [
            ("Về việc A", "Về việc A", "việc"),
            ("\"Về \\\"việc\\\" A\"", "Về \"việc\" A", "việc"),
            ("'Về ''việc'' A'", "Về 'việc' A", "việc"),
            ("Về\n    việc A", "Về việc A", "việc"),
            ("Về A\n\n        và việc", "Về A\n\nvà việc", "việc"),
            ("Về  việc A", "Về  việc A", "  "),
        ] {
            let start = text.find(word).unwrap();
            let found = aligned(text, raw, start..start + word.len());
            assert_eq!(&raw[found], word, "{raw}");
        }
    }
}
