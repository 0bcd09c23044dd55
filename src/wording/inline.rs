//! Inside a paragraph: **bold**, *italic*, backslash, gaps.
//!
//! Emphasis is resolved by pulldown-cmark, over a skeleton of the paragraph: one ASCII
//! letter for each character, but `*` for a live asterisk and a space for a space.
//! So nothing but an asterisk can mean anything, no line can begin a block, brackets
//! cannot make the parser slow, and a quotation mark beside `**` does not undo it
//! (CommonMark would leave `**“…”**của` as asterisks).

use std::collections::BTreeSet;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::blocks::Slip;
use super::context::{HARD_SPACE, token_index};
use super::fault;
use super::instrument::{JOIN, mark_index};
use crate::doc::{Inline, Run};
use crate::model::{GAP_END, GAP_START};

/// Longest paragraph, in characters.
const MAX_CHARS: usize = 20_000;

/// One character of a paragraph, read.
#[derive(Clone, Copy)]
pub struct Letter {
    pub c: char,
    /// An asterisk that may begin or end emphasis, or a space that may be trimmed.
    pub live: bool,
    pub gap: bool,
    /// The line it came from, or its own place where the letters are given.
    pub mark: Option<usize>,
}

/// The runs of a paragraph; what is wrong with it is added to the slips.
pub fn inlines(text: &str, mark: Option<usize>, slips: &mut Vec<Slip>) -> Vec<Inline> {
    let letters = read(text, mark);
    if letters.len() > MAX_CHARS {
        slips.push(Slip::new(
            fault::LONG_PARAGRAPH,
            mark,
            format!("đoạn văn dài {} chữ cái, nhiều nhất là 20.000", letters.len()),
            "tách đoạn bằng một dòng trống",
        ));
        return Vec::new();
    }
    marked_up(&letters, slips)
}

/// What is wrong with letters that were put together without running a template.
pub fn judge(mut letters: Vec<Letter>, slips: &mut Vec<Slip>) {
    real_asterisks(&mut letters);
    letters.retain(|letter| letter.c != EMPTY_BOLD);
    marked_up(&letters, slips);
}

fn marked_up(letters: &[Letter], slips: &mut Vec<Slip>) -> Vec<Inline> {
    refuse_foreign_markup(letters, slips);
    if !letters.iter().any(|letter| letter.live && letter.c == '*') {
        return plain(letters);
    }
    emphasised(letters, slips)
}

/// Takes off backslashes, marks and gap marks.
fn read(text: &str, mut mark: Option<usize>) -> Vec<Letter> {
    let mut letters: Vec<Letter> = Vec::with_capacity(text.len());
    let mut gap = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let (c, live) = match c {
            JOIN => continue,
            GAP_START => {
                gap = true;
                continue;
            }
            GAP_END => {
                gap = false;
                continue;
            }
            HARD_SPACE => (' ', false),
            '\\' => match chars.next_if(char::is_ascii_punctuation) {
                Some(escaped) => (escaped, false),
                None => (c, false),
            },
            c => {
                if let Some(index) = mark_index(c) {
                    mark = Some(index);
                    continue;
                }
                (c, !gap)
            }
        };
        letters.push(Letter { c, live, gap, mark });
    }
    real_asterisks(&mut letters);
    letters.retain(|letter| letter.c != EMPTY_BOLD);
    letters
}

/// Takes the place of `****`: bold around a fact that is an empty text.
const EMPTY_BOLD: char = '\0';

/// `2*3`, `(*)` and an asterisk between spaces are asterisks.
fn real_asterisks(letters: &mut [Letter]) {
    let mut start = 0;
    while start < letters.len() {
        if letters[start].c != '*' || !letters[start].live {
            start += 1;
            continue;
        }
        let length =
            letters[start..].iter().take_while(|letter| letter.c == '*' && letter.live).count();
        let before = start.checked_sub(1).map_or(' ', |at| letters[at].c);
        let after = letters.get(start + length).map_or(' ', |letter| letter.c);
        let is_real = before.is_ascii_digit() && after.is_ascii_digit()
            || before == '(' && after == ')'
            || is_space(before) && is_space(after);
        if length == 4 {
            letters[start..start + length].iter_mut().for_each(|letter| letter.c = EMPTY_BOLD);
        } else if is_real {
            letters[start..start + length].iter_mut().for_each(|letter| letter.live = false);
        }
        start += length;
    }
}

fn is_space(c: char) -> bool {
    c == ' ' || c == '\t'
}

/// `<b>` and `[chữ](địa chỉ)` from other markups would otherwise be printed as they are.
fn refuse_foreign_markup(letters: &[Letter], slips: &mut Vec<Slip>) {
    let mut bracket = None;
    let last_close = letters.iter().rposition(|letter| letter.live && letter.c == '>');
    for (at, pair) in letters.windows(2).enumerate() {
        let [first, second] = pair else { continue };
        if !first.live || !second.live {
            continue;
        }
        match (first.c, second.c) {
            ('[', _) => bracket = first.mark,
            (']', '(') => slips.push(Slip::new(
                fault::LINK,
                bracket.or(first.mark),
                "liên kết kiểu `[chữ](địa chỉ)` không dùng trong lời văn",
                "viết địa chỉ ra thành chữ; ngoặc thật thì viết `\\[`",
            )),
            ('<', c)
                if (c.is_ascii_alphabetic() || c == '/' || c == '!')
                    && last_close.is_some_and(|last| last > at) =>
            {
                slips.push(Slip::new(
                    fault::HTML,
                    first.mark,
                    "thẻ HTML không dùng trong lời văn",
                    "đậm là `**chữ**`, nghiêng là `*chữ*`; dấu `<` thật thì viết `\\<`",
                ));
            }
            _ => {}
        }
    }
    // One of each on a line tells enough.
    let mut told = BTreeSet::new();
    slips.retain(|slip| {
        let is_markup = matches!(slip.code, fault::LINK | fault::HTML);
        !is_markup || told.insert((slip.code, slip.mark))
    });
}

fn plain(letters: &[Letter]) -> Vec<Inline> {
    let mut runs = Runs::default();
    letters.iter().for_each(|letter| runs.push(*letter, false, false));
    runs.0
}

/// Two characters before the skeleton keep its first ones from beginning a block; the
/// second is a space, as before any paragraph.
const GUARD: &str = "x ";

fn emphasised(letters: &[Letter], slips: &mut Vec<Slip>) -> Vec<Inline> {
    let skeleton: String = GUARD
        .chars()
        .chain(letters.iter().map(|letter| match letter.c {
            '*' if letter.live => '*',
            c if is_space(c) && letter.live => ' ',
            _ => 'x',
        }))
        .collect();
    let mut runs = Runs::default();
    let (mut bold, mut italic) = (0_usize, 0_usize);
    let mut left_over = None;
    for (event, range) in Parser::new(&skeleton).into_offset_iter() {
        match event {
            Event::Start(Tag::Strong) => bold += 1,
            Event::End(TagEnd::Strong) => bold = bold.saturating_sub(1),
            Event::Start(Tag::Emphasis) => italic += 1,
            Event::End(TagEnd::Emphasis) => italic = italic.saturating_sub(1),
            Event::Text(_) => {
                let (start, end) = (range.start.max(GUARD.len()), range.end.max(GUARD.len()));
                for letter in &letters[start - GUARD.len()..end - GUARD.len()] {
                    if letter.c == '*' && letter.live {
                        left_over.get_or_insert(letter.mark);
                    }
                    runs.push(*letter, bold > 0, italic > 0);
                }
            }
            _ => {}
        }
    }
    if let Some(mark) = left_over {
        slips.push(Slip::new(
            fault::EMPHASIS,
            mark,
            "dấu `*` không đóng trong đoạn này",
            "đóng `*nghiêng*`, `**đậm**` sát chữ; dấu sao thật thì viết `\\*`",
        ));
    }
    runs.0
}

/// Runs that grow by letters of the same look.
#[derive(Default)]
struct Runs(Vec<Inline>);

impl Runs {
    fn push(&mut self, letter: Letter, bold: bool, italic: bool) {
        if let Some(Inline::Text(run)) = self.0.last_mut()
            && (run.bold, run.italic, run.gap) == (bold, italic, letter.gap)
        {
            run.text.push(letter.c);
            return;
        }
        let text = letter.c.to_string();
        self.0.push(Inline::Text(Run { text, bold, italic, gap: letter.gap }));
    }
}

/// Whether a line holds the sign of a clerk's own paragraphs.
pub fn holds_token(line: &str) -> bool {
    line.chars().any(|c| token_index(c).is_some())
}
