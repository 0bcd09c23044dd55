//! A template as Tera gets it: the clerk's text with three things put in.
//!
//! * *Steps*: `{{ __nhip(…) }}` at the start of whatever can be repeated (loops,
//!   components, blocks, files) uses up fuel, so that no template runs for ever; the
//!   count is the same on every machine, unlike a clock.
//! * *Checks*: `| __in(…)` on what is printed and `| __ds(…)` on what is looped over
//!   refuse a missing name, a whole list, a yes/no; Tera would print `["a", "b"]`
//!   or walk through the letters of a text.
//! * *Marks*: one private character before the first word of each line tells later
//!   which line of which file a paragraph came from; a line with tags gets [`JOIN`],
//!   so that it is no blank line when its tags print nothing (but for a line of
//!   `for`, `endfor`, `include` or `block` alone, which sets paragraphs apart).
//!
//! Only insertions are made, so a place in the new text leads back to the old one.

use std::ops::Range;

use super::lex::{Piece, Tag};
use super::scan::{self, Scan};

/// Stands on a line that holds a tag.
pub const JOIN: char = '\u{e002}';

/// First of the characters that mark a line: the plane 16 private-use area.
const FIRST_MARK: u32 = 0x10_0000;
const MARKS: usize = 0xfffd;

/// The character of a mark; none once all are used, and such lines have no place.
pub fn mark(index: usize) -> Option<char> {
    if index >= MARKS {
        return None;
    }
    char::from_u32(FIRST_MARK + u32::try_from(index).ok()?)
}

/// The index of a mark.
pub fn mark_index(c: char) -> Option<usize> {
    u32::from(c).checked_sub(FIRST_MARK).and_then(|index| usize::try_from(index).ok())
}

/// A template for Tera, and the way back from it.
#[derive(Clone, Debug, Default)]
pub struct Instrumented {
    pub text: String,
    from: usize,
    /// Each insertion: place in the new text, length.
    inserted: Vec<(usize, usize)>,
}

impl Instrumented {
    /// The bytes of the file that a place in the new text stands for.
    ///
    /// Empty when the place lies in what was put in.
    pub fn original(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.back(range.start);
        start..self.back(range.end).max(start)
    }

    fn back(&self, at: usize) -> usize {
        let mut original = self.from + at;
        for &(place, length) in &self.inserted {
            if place >= at {
                break;
            }
            original -= length.min(at - place);
        }
        original
    }
}

/// Puts everything in. `marks` gets the file's number and the byte of each line marked.
pub fn instrument(
    text: &str,
    from: usize,
    scan: &Scan,
    file: usize,
    marks: &mut Vec<(usize, usize)>,
) -> Instrumented {
    let mut insertions: Vec<(usize, String)> = Vec::new();
    for tick in &scan.ticks {
        let end = if tick.trims { "-}}" } else { "}}" };
        let inside = tick.at..tick.at + tick.length;
        let searches = scan.searches.iter().filter(|at| inside.contains(at)).count();
        let step = format!("{{{{ __nhip(n={}, t={searches}) {end}", tick.length);
        insertions.push((tick.at, step));
    }
    for piece in &scan.pieces {
        match piece {
            Piece::Print(tag) => check_print(text, tag, &mut insertions),
            Piece::Tag(tag) if tag.is(text, 0, "for") => check_loop(text, tag, &mut insertions),
            _ => {}
        }
    }
    mark_lines(text, from, scan, file, marks, &mut insertions);
    insertions.sort_by_key(|(at, _)| *at);
    apply(text, from, &insertions)
}

fn apply(text: &str, from: usize, insertions: &[(usize, String)]) -> Instrumented {
    let mut result = Instrumented { from, ..Instrumented::default() };
    let mut done = from;
    for (at, inserted) in insertions {
        result.text.push_str(&text[done..*at]);
        result.inserted.push((result.text.len(), inserted.len()));
        result.text.push_str(inserted);
        done = *at;
    }
    result.text.push_str(&text[done..]);
    result
}

/// The name by which a check calls what it checks, as an argument.
fn origin(name: &str) -> String {
    if name.contains('`') { String::new() } else { format!("(o=`{name}`)") }
}

fn check_print(text: &str, tag: &Tag, insertions: &mut Vec<(usize, String)>) {
    let (Some(first), Some(last)) = (tag.tokens.first(), tag.tokens.last()) else { return };
    if tag.is(text, 0, "<") {
        return;
    }
    let (end, _) = scan::path(tag, text, 0);
    let name = &text[first.range.start..tag.tokens[end - 1].range.end];
    let starts_with_name = first.range.start < first.range.end
        && tag.kind(0) == Some(super::lex::TokenKind::Name)
        && !tag.is(text, end, "(")
        && !tag.is(text, 0, "not");
    if starts_with_name && end == tag.tokens.len() {
        insertions.push((last.range.end, format!(" | __in{}", origin(name))));
        return;
    }
    if starts_with_name
        && tag.is(text, end, "|")
        && !matches!(tag.word(text, end + 1), "mac_dinh" | "default")
    {
        insertions.push((tag.tokens[end - 1].range.end, format!(" | __co{}", origin(name))));
    }
    insertions.push((first.range.start, "(".to_owned()));
    insertions.push((last.range.end, ") | __in".to_owned()));
}

fn check_loop(text: &str, tag: &Tag, insertions: &mut Vec<(usize, String)>) {
    let Some(of) = (1..tag.tokens.len()).find(|&index| tag.is(text, index, "in")) else { return };
    let (Some(first), Some(last)) = (tag.tokens.get(of + 1), tag.tokens.last()) else { return };
    let (end, _) = scan::path(tag, text, of + 1);
    let name = if end == tag.tokens.len() { &text[first.range.start..last.range.end] } else { "" };
    insertions.push((first.range.start, "(".to_owned()));
    insertions.push((last.range.end, format!(") | __ds{}", origin(name))));
}

/// What stands on a line of the file.
#[derive(Clone, Copy, Default)]
struct Line {
    /// Whether something is printed or written on it.
    content: bool,
    /// Where its mark goes, if white space before it is not trimmed by `{{-`.
    mark: Option<usize>,
    join: Option<usize>,
    /// Whether a tag on it sets paragraphs apart when nothing else is there.
    parts: bool,
}

fn mark_lines(
    text: &str,
    from: usize,
    scan: &Scan,
    file: usize,
    marks: &mut Vec<(usize, usize)>,
    insertions: &mut Vec<(usize, String)>,
) {
    for line in lines(text, from, scan) {
        push_marks(line, file, marks, insertions);
    }
}

/// The lines of a template by the byte at which each ends, and whether it ends the
/// paragraph above it: a blank one, and a loop or an include alone on its line.
pub fn breaks(text: &str, from: usize, scan: &Scan) -> Vec<(usize, bool)> {
    let ends = text[from..].match_indices('\n').map(|(at, _)| from + at).chain([text.len()]);
    let parts = |line: &Line| !line.content && (line.parts || line.join.is_none());
    ends.zip(lines(text, from, scan).iter().map(parts)).collect()
}

fn push_marks(
    line: Line,
    file: usize,
    marks: &mut Vec<(usize, usize)>,
    insertions: &mut Vec<(usize, String)>,
) {
    if let (true, Some(at)) = (line.content, line.mark)
        && let Some(c) = mark(marks.len())
    {
        marks.push((file, at));
        insertions.push((at, c.to_string()));
    }
    if let Some(at) = line.join.filter(|_| line.content || !line.parts) {
        insertions.push((at, JOIN.to_string()));
    }
}

fn lines(text: &str, from: usize, scan: &Scan) -> Vec<Line> {
    let starts: Vec<usize> = std::iter::once(from)
        .chain(text[from..].match_indices('\n').map(|(at, _)| from + at + 1))
        .collect();
    let mut lines = vec![Line::default(); starts.len()];
    let line_of = |at: usize| starts.partition_point(|&start| start <= at).saturating_sub(1);
    for piece in &scan.pieces {
        match piece {
            Piece::Text(range) => {
                for (at, line_text) in lines_of(text, range) {
                    let blank = line_text.len()
                        - line_text.trim_start_matches(|c: char| c.is_ascii_whitespace()).len();
                    if blank < line_text.len() {
                        note_content(&mut lines[line_of(at)], Some(at + blank));
                    }
                }
            }
            Piece::Print(tag) => {
                let place = (!tag.trims_left).then_some(tag.range.start);
                note_content(&mut lines[line_of(tag.range.start)], place);
            }
            Piece::Raw(range) => note_content(&mut lines[line_of(range.start)], Some(range.start)),
            // Outside its blocks a child template may hold nothing but white space.
            Piece::Tag(tag) | Piece::Comment(tag) if scan.extends && frames_blocks(text, tag) => {}
            Piece::Tag(tag) | Piece::Comment(tag) => {
                let line = &mut lines[line_of(tag.range.start)];
                line.parts |= parts_paragraphs(text, tag);
                let place = match (tag.trims_left, tag.trims_right) {
                    (false, _) => Some(tag.range.start),
                    (true, false) => Some(tag.range.end),
                    (true, true) => None,
                };
                line.join = line.join.or(place);
            }
        }
    }
    lines
}

/// Each turn of a loop and each file begins a paragraph; `{% if %}` does not.
fn parts_paragraphs(text: &str, tag: &Tag) -> bool {
    const PARTS: [&str; 5] = ["for", "endfor", "include", "block", "endblock"];
    PARTS.contains(&tag.word(text, 0))
}

fn frames_blocks(text: &str, tag: &Tag) -> bool {
    const FRAMES: [&str; 6] = ["", "extends", "block", "endblock", "component", "endcomponent"];
    FRAMES.contains(&tag.word(text, 0))
}

fn note_content(line: &mut Line, place: Option<usize>) {
    line.content = true;
    line.mark = line.mark.or(place);
}

/// The parts of a range on each line, with the byte at which they begin.
fn lines_of<'a>(text: &'a str, range: &Range<usize>) -> impl Iterator<Item = (usize, &'a str)> {
    let mut at = range.start;
    text[range.clone()].split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line)
    })
}
