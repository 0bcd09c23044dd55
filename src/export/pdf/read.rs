//! The laid out pages read back: every letter of the tree, within its page.
//!
//! Each text goes to typst with its number among the texts as the span of its letters (`mark`),
//! and comes back with it on the pages, wherever it was broken, turned or repeated. So nothing
//! is guessed from the order of the text, and nothing is parsed.

use std::collections::BTreeMap;
use std::num::NonZeroU64;

use typst::layout::{Abs, Frame, FrameItem, Point, Size, Transform};
use typst::syntax::Span;
use typst::text::TextItem;
use typst_layout::PagedDocument;

use crate::doc::metrics::{self, BOX};
use crate::doc::{Section, Text, texts};
use crate::export::Format;
use crate::export::read::{Lost, Wanted, letters, missing_words};

/// Spans without a file that typst does not use itself: 1 is a detached one.
const FIRST: u64 = 2;

/// The span of the letters of a text.
pub fn mark(text: usize) -> Span {
    let number = u64::try_from(text).unwrap_or_default() + FIRST;
    NonZeroU64::new(number).map_or(Span::detached(), Span::from_raw)
}

/// The number of the text that a span marks.
fn marked(span: Span) -> Option<usize> {
    let number = span.into_raw().get().checked_sub(FIRST).filter(|_| span.id().is_none())?;
    usize::try_from(number).ok()
}

/// The texts of some sections that the pages do not hold whole; `first` is the number of the
/// first text among those of the document.
pub fn lost(pages: &PagedDocument, sections: &[Section], first: usize) -> Vec<Lost> {
    let texts = texts(sections);
    let wanted = Wanted::of(&texts);
    let mut progress = vec![Progress::default(); wanted.count()];
    for page in pages.pages() {
        walk(&page.frame, &mut |at, item, inside| {
            if let Some(progress) = progress.get_mut(at) {
                progress.read(wanted.text(at), item, inside);
            }
        });
    }
    let is_lost = |&at: &usize| !progress[at].is_whole(wanted.text(at));
    let lost: Vec<usize> = (0..wanted.count()).filter(is_lost).collect();
    if lost.is_empty() { Vec::new() } else { named(pages, &texts, &lost, first) }
}

/// How far a text was read.
#[derive(Clone, Copy, Default)]
struct Progress {
    /// Bytes of its letters.
    read: usize,
    /// How often it was read to its end: a head is, on every page.
    rounds: usize,
    /// Other letters than its own came.
    differs: bool,
}

impl Progress {
    fn read(&mut self, wanted: &str, item: &TextItem, inside: bool) {
        if !inside {
            return;
        }
        if has_no_glyph(item) {
            self.differs = true;
            return;
        }
        for letter in letters(&item.text) {
            let Some(next) = wanted[self.read..].chars().next() else { continue };
            // A draft shows a box for what no font draws, which the check tells.
            if letter != next && (letter != BOX || metrics::is_drawn(next)) {
                self.differs = true;
                return;
            }
            self.read += next.len_utf8();
            if self.read == wanted.len() {
                (self.read, self.rounds) = (0, self.rounds + 1);
            }
        }
    }

    const fn is_whole(self, wanted: &str) -> bool {
        !self.differs && self.read == 0 && (self.rounds > 0 || wanted.is_empty())
    }
}

/// Whether a font has no picture for one of the letters.
fn has_no_glyph(item: &TextItem) -> bool {
    item.glyphs.iter().any(|glyph| glyph.id == 0 && !is_blank(&item.text[glyph.range()]))
}

fn is_blank(text: &str) -> bool {
    letters(text).next().is_none()
}

/// What of the lost texts is not there, read a second time.
fn named(pages: &PagedDocument, texts: &[Text<'_>], lost: &[usize], first: usize) -> Vec<Lost> {
    let mut found: BTreeMap<usize, String> = lost.iter().map(|&at| (at, String::new())).collect();
    for page in pages.pages() {
        walk(&page.frame, &mut |at, item, inside| {
            let Some(found) = found.get_mut(&at).filter(|_| inside) else { return };
            let drawn = item.glyphs.iter().filter(|glyph| glyph.id != 0);
            drawn.for_each(|glyph| found.extend(letters(&item.text[glyph.range()])));
        });
    }
    let one = |(at, found): (usize, String)| {
        let text = texts[at].plain();
        let words = match missing_words(&text, &found) {
            // The letters are there, and something is among them.
            none if none.is_empty() => text,
            words => words,
        };
        Lost { format: Format::Pdf, text: first + at, words }
    };
    found.into_iter().map(one).collect()
}

/// Hands on every marked run of letters, and whether all of it lies within the page.
fn walk(page: &Frame, see: &mut impl FnMut(usize, &TextItem, bool)) {
    let room = Room { size: page.size(), clipped: false };
    frame(page, Transform::identity(), room, see);
}

/// The page, and whether something around the text cuts it off besides.
#[derive(Clone, Copy)]
struct Room {
    size: Size,
    clipped: bool,
}

fn frame(of: &Frame, to_page: Transform, room: Room, see: &mut impl FnMut(usize, &TextItem, bool)) {
    for (place, item) in of.items() {
        match item {
            FrameItem::Group(group) => {
                let within = Transform::translate(place.x, place.y).pre_concat(group.transform);
                // `layout.typ` clips nothing: what is clipped is taken for lost.
                let room = Room { clipped: room.clipped || group.clip.is_some(), ..room };
                frame(&group.frame, to_page.pre_concat(within), room, see);
            }
            FrameItem::Text(item) => {
                let at = item.glyphs.first().and_then(|glyph| marked(glyph.span.0));
                if let Some(at) = at {
                    see(at, item, !room.clipped && lies_within(item, *place, to_page, room.size));
                }
            }
            FrameItem::Shape(..)
            | FrameItem::Image(..)
            | FrameItem::Link(..)
            | FrameItem::Tag(_) => {}
        }
    }
}

/// What a letter reaches above and below its line, in hundredths of its size.
const ABOVE: f64 = 0.66;
const BELOW: f64 = 0.22;

fn lies_within(item: &TextItem, place: Point, to_page: Transform, page: Size) -> bool {
    let (left, right) = (place.x, place.x + item.width());
    let (top, bottom) = (place.y - item.size * ABOVE, place.y + item.size * BELOW);
    let corners = [Point::new(left, top), Point::new(right, bottom)];
    // Rounding may put a letter a hair beside the edge.
    let hair = Abs::pt(0.5);
    corners.into_iter().map(|corner| corner.transform(to_page)).all(|corner| {
        corner.x > -hair && corner.y > -hair && corner.x < page.x + hair && corner.y < page.y + hair
    })
}
