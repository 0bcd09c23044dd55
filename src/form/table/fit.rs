//! How wide the columns are and how large the text: the largest size at which every
//! number stands on one line, no word is broken and no row grows too tall.
//!
//! The decree has no rule for the text of tables; the floor is a setting (6 pt).

use super::head::{Head, HeadCell};
use super::{CellLook, Entry, Line};
use crate::doc::Length;
use crate::doc::metrics::{self, Advance, Face4, Pieces, lines};
use crate::model::{Column, ColumnKind};

/// A row of data should not need more lines than this while a smaller size is left.
const COMFORTABLE_LINES: usize = 6;

/// A head that needs more lines than this in its column is set upright.
const HEAD_LINES: usize = 4;

/// Heads lie flat where that makes no row of data taller than this, whatever their columns.
const FLAT_LINES: usize = 3;

/// Sizes allowed by the settings.
#[derive(Clone, Copy)]
pub(super) struct Sizes {
    pub least: Length,
    pub most: Length,
}

/// What was decided.
pub(in crate::form) struct Fitted {
    pub size: Length,
    pub widths: Vec<Length>,
    /// For each leaf: the length of the line when its head is upright.
    pub upright: Vec<Option<Length>>,
}

/// Every half point from 14 down to 6.
pub(super) fn steps() -> impl Iterator<Item = Length> {
    (12..=28).rev().map(|half_points| Length::centi_pt(half_points * 50))
}

/// Space on each side of a cell's text: narrow where a table has to be.
pub(in crate::form) fn padding(size: Length) -> Length {
    if size < Length::pt(8) {
        Length::centi_mm(55)
    } else if size < Length::pt(10) {
        Length::centi_mm(90)
    } else {
        Length::centi_mm(150)
    }
}

/// Height of a line in a table: single, and a twip more, so that no program makes it higher.
pub(in crate::form) fn pitch(size: Length) -> Length {
    metrics::pitch(size, 100) + Length::from_twips(1)
}

/// The room a table has: the width of the text, the height left on its first page, and the
/// height of the text of every other.
#[derive(Clone, Copy)]
pub(in crate::form) struct Room {
    pub width: Length,
    pub height: Length,
    pub page: Length,
}

/// The largest comfortable size; if none is, the smallest. A table that does not fit
/// even there comes out wider than the page, and the check says so.
pub(super) fn fit(
    leaves: &[&Column],
    head: &Head,
    rows: &[Line],
    room: Room,
    sizes: Sizes,
) -> Fitted {
    let texts: Vec<Texts> = leaves
        .iter()
        .enumerate()
        .map(|(column, leaf)| Texts::new(column, leaf, head, rows))
        .collect();
    let attempt = |size| Attempt::lightest(&texts, size, room.width);
    let mut wanted = steps().filter(|size| (sizes.least..=sizes.most).contains(size));
    let mut last = None;
    while let Some(size) = wanted.next() {
        match attempt(size) {
            (attempt_here, Some((widths, tallest))) if tallest <= COMFORTABLE_LINES => {
                let fitted = attempt_here.fitted(widths);
                return ending_on_its_page(fitted, wanted.map(attempt), head, rows, room);
            }
            found => last = Some(found),
        }
    }
    // The settings may leave no size between their bounds.
    let (attempt, found) = last.unwrap_or_else(|| attempt(sizes.least));
    let widths = match found {
        Some((widths, _)) => widths,
        None => attempt.columns.iter().map(|column| column.least).collect(),
    };
    attempt.fitted(widths)
}

/// A table that would leave only its last rows for another page is set smaller, if a
/// smaller size brings it onto its page.
fn ending_on_its_page<'a>(
    fitted: Fitted,
    smaller: impl Iterator<Item = (Attempt<'a>, Option<Shared>)>,
    head: &Head,
    rows: &[Line],
    room: Room,
) -> Fitted {
    let all = |fitted: &Fitted| rows.iter().map(|row| self::height(row, fitted)).sum::<Length>();
    let height = |fitted: &Fitted| head.total_height(fitted) + all(fitted);
    let over = room.height - BELOW..room.height * 4 / 3;
    if rows.len() > ONE_PAGE_ROWS || !over.contains(&height(&fitted)) {
        return fitted;
    }
    let fits = |(attempt, shared): (Attempt<'a>, Option<Shared>)| {
        let (widths, _) = shared?;
        Some(attempt.fitted(widths)).filter(|fitted| height(fitted) + BELOW < room.height)
    };
    smaller.into_iter().find_map(fits).unwrap_or(fitted)
}

/// What a DOCX has below a table that ends its section, a paragraph and the last border, and
/// a point more: else they would take a page for themselves.
const BELOW: Length = Length::centi_pt(250);

/// No page holds more rows than this at the least size.
const ONE_PAGE_ROWS: usize = 80;

/// Height of a line of the table as a row.
pub(super) fn height(row: &Line, fitted: &Fitted) -> Length {
    let cell = |entry: &Entry| {
        let width: Length =
            fitted.widths[entry.column..entry.column + entry.columns].iter().copied().sum();
        let room = width - padding(fitted.size) * 2;
        lines(&entry.text, fitted.size, face(entry.look), room, Length::ZERO).len()
    };
    row_height(fitted.size, row.cells.iter().map(cell).max().unwrap_or(1))
}

/// Whether a line of the table is higher than that. Most are plainly not: on each line of a
/// cell stands a letter at least.
pub(super) fn is_higher(row: &Line, fitted: &Fitted, most: Length) -> bool {
    let lines = (most - AROUND).emu().max(0) / pitch(fitted.size).emu();
    let lines = usize::try_from(lines).unwrap_or_default();
    row.cells.iter().any(|entry| entry.text.len() > lines) && height(row, fitted) > most
}

/// Height of a row of so many lines, with its padding and one border.
pub(super) fn row_height(size: Length, lines: usize) -> Length {
    pitch(size) * i64::try_from(lines).unwrap_or(1) + AROUND
}

/// Space above and below the text of a cell, and the thickness of the lines.
pub(in crate::form) const PADDING_Y: Length = Length::pt(1);
pub(in crate::form) const BORDER: Length = Length::centi_pt(50);

/// What a row is higher than its text: the space above and below it, and one line.
pub(in crate::form) const AROUND: Length = Length::from_emu(PADDING_Y.emu() * 2 + BORDER.emu());

/// The texts of one leaf column, measured once for all sizes.
struct Texts {
    kind: ColumnKind,
    weight: Option<u32>,
    /// Whether the head stands upright, where the case says so.
    upright: Option<bool>,
    /// The longest that must not be broken.
    unbreakable: Advance,
    /// The longest text on one line.
    whole: Advance,
    /// The longest of the texts that may wrap.
    wrapping: Vec<Pieces>,
    head: Pieces,
}

impl Texts {
    fn new(column: usize, leaf: &Column, head: &Head, rows: &[Line]) -> Self {
        let wraps = leaf.kind == ColumnKind::Text;
        let entries = rows.iter().flat_map(|row| &row.cells);
        let mut texts: Vec<(&str, Face4)> = entries
            .filter(|entry| entry.column == column && entry.columns == 1 && !entry.text.is_empty())
            .map(|entry| (entry.text.as_str(), face(entry.look)))
            .collect();
        texts.sort_by_key(|(text, _)| std::cmp::Reverse(text.len()));
        let longest = |measure: fn(&str, Face4) -> Advance| {
            texts.iter().map(|&(text, face)| measure(text, face)).max().unwrap_or_default()
        };
        let number = head.number(column).map_or_else(Advance::default, |text| {
            Advance::of(&text, Face4::ITALIC).with_lean(Face4::ITALIC)
        });
        let whole = longest(|text, face| Advance::of(text, face).with_lean(face)).max(number);
        let wrapping = texts.iter().take(if wraps { LONGEST_TEXTS } else { 0 });
        let name = head.leaf(column).map_or("", |cell| cell.text.as_str());
        Self {
            kind: leaf.kind,
            weight: leaf.weight,
            upright: leaf.upright,
            unbreakable: if wraps { longest(longest_piece).max(number) } else { whole },
            whole,
            wrapping: wrapping.map(|&(text, face)| Pieces::new(text, face)).collect(),
            head: Pieces::new(name, Face4::BOLD),
        }
    }
}

/// Widths that fill the page, and the number of lines of the tallest row.
type Shared = (Vec<Length>, usize);

/// The columns measured at one size.
struct Attempt<'a> {
    size: Length,
    columns: Vec<Measured<'a>>,
}

/// One leaf column measured.
struct Measured<'a> {
    texts: &'a Texts,
    flexible: bool,
    weight: Option<u32>,
    /// No word or number breaks above this width.
    least: Length,
    /// Everything stands on one line at this width.
    most: Length,
    /// The head is upright.
    upright: bool,
}

/// How the heads lie that the case says nothing of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Heads {
    Flat,
    /// Upright where the column is narrow.
    AsNarrow,
    Upright,
}

impl<'a> Attempt<'a> {
    /// Heads upright where their columns are narrow, unless there is room to lay them flat.
    fn lightest(texts: &'a [Texts], size: Length, available: Length) -> (Self, Option<Shared>) {
        let attempt = Self::new(texts, size);
        let shared = attempt.share(available);
        if let Some((_, tallest)) = &shared
            && attempt.columns.iter().any(|column| column.upright)
        {
            let flat = Self::flat(texts, size);
            match flat.share(available) {
                Some(found) if found.1 <= FLAT_LINES.max(*tallest) => return (flat, Some(found)),
                _ => {}
            }
        }
        (attempt, shared)
    }

    fn new(texts: &'a [Texts], size: Length) -> Self {
        let measure = |turned: bool| -> Vec<Measured<'a>> {
            let turn = |texts: &Texts| match turned && texts.kind.is_figure() {
                true => Heads::Upright,
                false => Heads::AsNarrow,
            };
            texts.iter().map(|texts| Measured::new(texts, size, turn(texts))).collect()
        };
        let columns = measure(false);
        // One head upright, all heads of figures upright: a mixed row is hard to read.
        let turned = columns.iter().any(|column| column.upright && column.texts.upright.is_none());
        Self { size, columns: if turned { measure(true) } else { columns } }
    }

    /// Every head flat that the case does not want upright.
    fn flat(texts: &'a [Texts], size: Length) -> Self {
        let columns = texts.iter().map(|texts| Measured::new(texts, size, Heads::Flat)).collect();
        Self { size, columns }
    }

    /// Widths that fill the page and the number of lines of the tallest row; nothing
    /// when even the least widths do not fit.
    fn share(&self, available: Length) -> Option<Shared> {
        let least: Length = self.columns.iter().map(|column| column.least).sum();
        if least > available {
            return None;
        }
        let weighted = self.columns.iter().any(|column| column.weight.is_some());
        if weighted {
            return Some(self.by_weight(available - least));
        }
        let (tallest, mut widths) = (1..=40)
            .map(|count| (count, self.widths_for(count)))
            .find(|(_, widths)| widths.iter().copied().sum::<Length>() <= available)
            .unwrap_or_else(|| (41, self.columns.iter().map(|column| column.least).collect()));
        self.widen_heads(&mut widths, available);
        self.spread(&mut widths, available);
        Some((widths, tallest))
    }

    /// The least width of every column at which no text needs more lines than `count`.
    fn widths_for(&self, count: usize) -> Vec<Length> {
        self.columns.iter().map(|column| column.width_for(count, self.size)).collect()
    }

    /// Text columns share what is free by their weights (`rong`), one where none is given.
    fn by_weight(&self, free: Length) -> Shared {
        let weight = |column: &Measured<'_>| match column.flexible {
            true => i64::from(column.weight.unwrap_or(1)),
            false => 0,
        };
        let sum: i64 = self.columns.iter().map(weight).sum::<i64>().max(1);
        let widths: Vec<Length> = self
            .columns
            .iter()
            .map(|column| column.least + free.scale(weight(column), sum))
            .collect();
        let tallest = self
            .columns
            .iter()
            .zip(&widths)
            .map(|(column, &width)| column.lines_at(width, self.size))
            .max()
            .unwrap_or(1);
        (widths, tallest)
    }

    /// Heads over narrow columns of figures get room for one line where they are short,
    /// else for two, or for as few as there is room for.
    fn widen_heads(&self, widths: &mut [Length], available: Length) {
        let wider = |count: usize| -> Vec<Length> {
            let wanted = |(column, &width): (&Measured<'_>, &Length)| {
                width.max(column.width_of_head(count, self.size))
            };
            self.columns.iter().zip(widths.iter()).map(wanted).collect()
        };
        let fits = |wider: &Vec<Length>| wider.iter().copied().sum::<Length>() <= available;
        if let Some(found) = (1..HEAD_LINES).map(wider).find(fits) {
            widths.copy_from_slice(&found);
        }
    }

    /// What is left goes to the text columns in proportion until all their texts stand on
    /// one line, then to every column but ordinals and those with an upright head, twice as
    /// much of it to texts: figures do not crowd beside an empty width.
    fn spread(&self, widths: &mut [Length], available: Length) {
        let left = |widths: &[Length]| available - widths.iter().copied().sum();
        let texts = self.flexible();
        let wanted: Length =
            texts.iter().map(|&at| (self.columns[at].most - widths[at]).max(Length::ZERO)).sum();
        if wanted > left(widths) {
            let rest = left(widths);
            return grow(widths, &texts, rest);
        }
        for &at in &texts {
            widths[at] = widths[at].max(self.columns[at].most);
        }
        let grows =
            |column: &Measured<'_>| column.texts.kind != ColumnKind::Ordinal && !column.upright;
        let mut all: Vec<usize> =
            (0..widths.len()).filter(|&at| grows(&self.columns[at])).chain(texts).collect();
        if all.is_empty() {
            all.extend(0..widths.len());
        }
        let rest = left(widths);
        grow(widths, &all, rest);
    }

    fn flexible(&self) -> Vec<usize> {
        (0..self.columns.len()).filter(|&column| self.columns[column].flexible).collect()
    }

    fn fitted(self, widths: Vec<Length>) -> Fitted {
        let upright = self
            .columns
            .iter()
            .enumerate()
            .map(|(column, measured)| {
                measured.upright.then(|| self.upright_length(column, widths[column]))
            })
            .collect();
        Fitted { size: self.size, widths, upright }
    }

    /// The shortest upright line with which a head fits into the width of its column.
    fn upright_length(&self, column: usize, width_: Length) -> Length {
        let head = &self.columns[column].texts.head;
        let room = width_ - padding(self.size) * 2;
        let most = (room.emu() / pitch(self.size).emu()).max(1);
        let mut length = head.longest().at(self.size);
        let whole = head.whole().at(self.size);
        while length < whole {
            let count = head.line_count(self.size, length);
            if i64::try_from(count).is_ok_and(|count| count <= most) {
                break;
            }
            length += Length::mm(1);
        }
        length + Length::pt(1)
    }
}

impl Head {
    /// The head cell right above a leaf column.
    fn leaf(&self, column: usize) -> Option<&HeadCell> {
        self.cells.iter().find(|cell| cell.column == column && cell.is_leaf(self.depth))
    }
}

impl<'a> Measured<'a> {
    fn new(texts: &'a Texts, size: Length, heads: Heads) -> Self {
        let flexible = texts.kind == ColumnKind::Text;
        let content = texts.unbreakable.at(size);
        let upright = texts.upright.unwrap_or_else(|| match heads {
            Heads::Flat => false,
            Heads::AsNarrow => !flexible && stands_upright(&texts.head, content, size),
            Heads::Upright => true,
        });
        let least = if upright {
            content.max(upright_width(&texts.head, size))
        } else if heads == Heads::Flat && !flexible {
            content.max(width_for_lines(&texts.head, HEAD_LINES, size))
        } else {
            content.max(texts.head.longest().at(size))
        };
        let around = padding(size) * 2 + SLACK;
        Self {
            texts,
            flexible,
            weight: texts.weight,
            least: least + around,
            most: texts.whole.max(texts.head.whole()).at(size).max(least) + around,
            upright,
        }
    }

    /// The least width at which the head needs no more lines than `count`, a long one no
    /// more than two; of a column that wraps and of an upright head, what the column needs
    /// anyway.
    fn width_of_head(&self, count: usize, size: Length) -> Length {
        if self.flexible || self.upright {
            return self.least;
        }
        let is_long = self.texts.head.whole().at(size) > size * SHORT_HEAD;
        let count = if is_long { count.max(2) } else { count };
        width_for_lines(&self.texts.head, count, size) + padding(size) * 2 + SLACK
    }

    /// The least width at which no text needs more lines than `count`, to half a millimetre.
    fn width_for(&self, count: usize, size: Length) -> Length {
        let (mut low, mut high) = (self.least, self.most);
        if !self.flexible || self.lines_at(low, size) <= count {
            return low;
        }
        while high - low > Length::centi_mm(50) {
            let middle = low + (high - low) / 2;
            if self.lines_at(middle, size) <= count {
                high = middle;
            } else {
                low = middle;
            }
        }
        high
    }

    /// Lines of the tallest text at a width.
    fn lines_at(&self, width: Length, size: Length) -> usize {
        let room = width - padding(size) * 2 - SLACK;
        let counts = self.texts.wrapping.iter().map(|text| text.line_count(size, room));
        counts.max().unwrap_or(1)
    }
}

/// Shares a width among some columns in proportion to their own; one named twice gets
/// twice as much.
fn grow(widths: &mut [Length], columns: &[usize], left: Length) {
    let sum: Length = columns.iter().map(|&column| widths[column]).sum();
    if sum <= Length::ZERO {
        return;
    }
    let before = widths.to_vec();
    for &column in columns {
        widths[column] += left.scale(before[column].emu() / 127, sum.emu() / 127);
    }
}

/// How many of the longest texts of a column decide its width.
const LONGEST_TEXTS: usize = 16;

/// Half a border on each side, and what rounding to twips may take.
pub(in crate::form) const SLACK: Length = Length::centi_pt(80);

/// The least width, to half a millimetre, at which a head needs no more lines than `count`.
fn width_for_lines(head: &Pieces, count: usize, size: Length) -> Length {
    let mut room = head.longest().at(size);
    while head.line_count(size, room) > count {
        room += Length::centi_mm(50);
    }
    room
}

/// A head is set upright when it would widen its column, or grow too tall in it.
fn stands_upright(head: &Pieces, content: Length, size: Length) -> bool {
    let word = head.longest().at(size);
    word > content.max(size * 3) || head.line_count(size, content.max(word)) > HEAD_LINES
}

/// Room for two upright lines when one would be long, else for one.
fn upright_width(head: &Pieces, size: Length) -> Length {
    let long = head.whole().at(size) > LONG_HEAD;
    pitch(size) * if long { 2 } else { 1 }
}

/// A head of figures no longer than so many times the size of its letters stands on one
/// line where there is room: “Kế hoạch”, “Tỷ lệ (%)”.
const SHORT_HEAD: i64 = 6;

/// An upright head longer than this is worth two lines.
const LONG_HEAD: Length = Length::mm(25);

fn face(look: CellLook) -> Face4 {
    Face4 { bold: look.bold(), italic: look.italic() }
}

fn longest_piece(text: &str, face: Face4) -> Advance {
    Pieces::new(text, face).longest().with_lean(face)
}
