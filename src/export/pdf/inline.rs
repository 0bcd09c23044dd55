//! Text of a paragraph as typst content: text and nothing that is read as markup.
//!
//! Where lines may break is decided here. typst follows Unicode (UAX 14) and Word
//! does not quite:
//! - `2021-2023`: Word breaks after the hyphen, Unicode not before a digit.
//! - `280/QĐ-UBND`: Unicode breaks after the slash, Word does not.
//!
//! No character is added for it, so that the text of the PDF stays the text.

use typst::foundations::{Content, NativeElement};
use typst::layout::{Abs, BoxElem, HElem};
use typst::text::{FontStyle, FontWeight, HighlightElem, LinebreakElem, TextElem};
use typst::visualize::{Color, Paint};

use crate::doc::metrics;
use crate::doc::{Inline, Run};

/// A longer piece may break where Unicode says, or it might not fit at all.
const LONGEST_WHOLE: usize = 40;

/// Ground of a gap: light enough to read on, dark enough to be seen on a grey print.
const GAP_GROUND: [u8; 4] = [0xff, 0xf2, 0x9a, 0xff];

/// The content of a paragraph.
pub fn content(content: &[Inline]) -> Content {
    let mut pieces = Vec::new();
    for (index, inline) in content.iter().enumerate() {
        match inline {
            Inline::Break => pieces.push(line_break()),
            Inline::Text(run) => {
                let joins = Joins {
                    before: index.checked_sub(1).is_some_and(|i| ends_in_word(&content[i])),
                    after: content.get(index + 1).is_some_and(starts_in_word),
                };
                push_run(&mut pieces, run, joins);
            }
        }
    }
    Content::sequence(pieces)
}

/// The content of a cell: plain text, a line feed breaks the line.
pub fn text(text: &str) -> Content {
    let mut pieces = Vec::new();
    let run = Run { text: text.to_owned(), ..Run::default() };
    push_run(&mut pieces, &run, Joins::default());
    Content::sequence(pieces)
}

/// Whether a word goes on in the neighbouring runs.
#[derive(Clone, Copy, Default)]
struct Joins {
    before: bool,
    after: bool,
}

fn ends_in_word(inline: &Inline) -> bool {
    matches!(inline, Inline::Text(run) if run.text.ends_with(|c: char| !c.is_whitespace()))
}

fn starts_in_word(inline: &Inline) -> bool {
    matches!(inline, Inline::Text(run) if run.text.starts_with(|c: char| !c.is_whitespace()))
}

fn push_run(pieces: &mut Vec<Content>, run: &Run, joins: Joins) {
    let last = run.text.matches('\n').count();
    for (index, line) in run.text.split('\n').enumerate() {
        if index > 0 {
            pieces.push(line_break());
        }
        let before = joins.before && index == 0;
        let after = joins.after && index == last;
        pieces.extend(split(line, Joins { before, after }).into_iter().map(|piece| match piece {
            Piece::Text(text) => look(run, plain(text)),
            Piece::Whole(text) => look(run, whole(text)),
            Piece::MayBreak => may_break(),
        }));
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Piece<'a> {
    /// Breaks where Unicode says.
    Text(&'a str),
    /// Does not break.
    Whole(&'a str),
    /// Here a line may break.
    MayBreak,
}

fn split(line: &str, joins: Joins) -> Vec<Piece<'_>> {
    let mut split = Vec::new();
    let mut push = |piece| {
        if piece != Piece::Text("") {
            split.push(piece);
        }
    };
    let (mut start, mut end) = (0, 0);
    for piece in metrics::pieces(line) {
        let at = end;
        end += piece.len();
        let word = piece.trim_end_matches(' ');
        let is_joined = (joins.before && at == 0) || (joins.after && at + word.len() == line.len());
        if !is_joined && stays_whole(word) {
            push(Piece::Text(&line[start..at]));
            push(Piece::Whole(word));
            start = at + word.len();
        } else if piece.ends_with('-') && line[end..].starts_with(|c: char| c.is_ascii_digit()) {
            push(Piece::Text(&line[start..end]));
            push(Piece::MayBreak);
            start = end;
        }
    }
    push(Piece::Text(&line[start..]));
    split
}

/// Whether Unicode would break this word where Word does not.
fn stays_whole(word: &str) -> bool {
    let breaks = |(c, next): (char, char)| match c {
        // Unicode itself keeps `12/7/2022` whole.
        '/' => next.is_alphabetic(),
        '?' | '!' | '…' => next.is_alphanumeric(),
        '|' | '}' => true,
        _ => false,
    };
    word.chars().zip(word.chars().skip(1)).any(breaks) && word.chars().count() <= LONGEST_WHOLE
}

fn line_break() -> Content {
    LinebreakElem::shared().clone()
}

/// Space too small to be seen, where typst may break a line; it ignores a space of nothing.
fn may_break() -> Content {
    HElem::new(Abs::pt(0.001).into()).pack()
}

/// A tab has no glyph, and there is nothing here for it to align with.
fn plain(text: &str) -> Content {
    TextElem::packed(text.replace('\t', " "))
}

fn whole(text: &str) -> Content {
    BoxElem::new().with_body(Some(plain(text))).pack()
}

/// `bold` and `italic` add to the style of the paragraph, which `layout.typ` sets.
fn look(run: &Run, mut content: Content) -> Content {
    if run.bold {
        content = content.set(TextElem::weight, FontWeight::BOLD);
    }
    if run.italic {
        content = content.set(TextElem::style, FontStyle::Italic);
    }
    if run.gap {
        let [r, g, b, a] = GAP_GROUND;
        let ground = Paint::Solid(Color::from_u8(r, g, b, a));
        content = HighlightElem::new(content).with_fill(Some(ground)).pack();
    }
    content
}

#[cfg(test)]
mod tests {
    use super::Piece::{MayBreak, Text, Whole};
    use super::*;

    #[test]
    fn a_range_of_years_may_break_after_its_hyphen_and_a_notation_not_after_its_slash() {
        let split = |line| split(line, Joins::default());
        assert_eq!(split("từ 2021-2025,"), [Text("từ 2021-"), MayBreak, Text("2025,")]);
        assert_eq!(
            split("số 4691/BKHĐT-KCHTĐT ngày"),
            [Text("số "), Whole("4691/BKHĐT-"), Text("KCHTĐT ngày")],
        );
        assert_eq!(split("- ngày 12/7/2022"), [Text("- ngày 12/7/2022")]);
    }

    #[test]
    fn a_word_that_goes_on_in_the_next_run_is_not_kept_apart_from_it() {
        let joins = Joins { before: false, after: true };
        assert_eq!(split("số 30/NĐ", joins), [Text("số 30/NĐ")]);
    }
}
