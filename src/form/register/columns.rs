//! How wide the ten columns are, and how large their text.
//!
//! An appendix is set so that its longest text has room. A register is not: one trích yếu
//! of ten lines among two thousand must not make the letters of all others small. So its
//! columns follow what most of its texts need, and a longer one takes more lines.

use super::LOOKS;
use crate::doc::metrics::{Advance, Face4, Pieces};
use crate::doc::{Length, Row, StyleId};
use crate::form::table::fit::{Fitted, SLACK, padding};
use crate::form::table::head::Head;
use crate::model::{Column, REGISTER_COLUMNS};
use crate::nd30::{Measure, Preset};

/// One width, in columns' order, for each of something.
pub(super) type Ten<T> = [T; 10];

/// The most that a word may widen its column, padding not counted; a longer one is broken.
/// Together they are narrower than a page. Dates are never broken.
const WORD_MOST: Ten<Length> = [
    Length::mm(30),
    Length::mm(22),
    Length::mm(36),
    Length::mm(20),
    Length::mm(28),
    Length::mm(20),
    Length::mm(12),
    Length::mm(22),
    Length::mm(16),
    Length::mm(24),
];

/// The least widths besides: room to sign in Ký nhận, and to write in Ghi chú.
const ROOM: Ten<Length> = {
    let mut room = [Length::ZERO; 10];
    room[8] = Length::mm(16);
    room[9] = Length::mm(22);
    room
};

const CODE: usize = 0;

/// Columns whose texts wrap, and so share the width that is left.
const WRAPPING: [usize; 5] = [2, 3, 4, 5, 9];

/// Sizes, the first that serves is taken; the settings may allow only smaller or larger ones.
const SIZES: [Length; 5] =
    [Length::pt(10), Length::centi_pt(950), Length::pt(9), Length::centi_pt(850), Length::pt(8)];
/// Where none serves.
const ELSE: usize = 2;

/// Most texts should need no more lines than this.
const COMFORTABLE_LINES: i64 = 4;

/// Of a hundred texts, so many are no longer than what the columns are made for.
const MOST_OF_A_HUNDRED: usize = 80;

/// The size and the widths for these texts, which fill `available`.
pub(super) fn fit(texts: &[Ten<String>], available: Length, preset: &Preset) -> Fitted {
    let columns: Vec<Needs> = (0..10).map(|column| Needs::new(column, texts)).collect();
    let bounds = preset.length(Measure::TableSizeLeast)..=preset.length(Measure::TableSizeMost);
    let sizes = SIZES.map(|size| size.clamp(*bounds.start(), *bounds.end()));
    let attempts = sizes.map(|size| (size, widths(&columns, size, available)));
    let comfortable = |(_, (_, lines)): &&(Length, (Vec<Length>, i64))| *lines <= COMFORTABLE_LINES;
    let found = attempts.iter().find(comfortable).unwrap_or(&attempts[ELSE]);
    let (size, (widths, _)) = found;
    let widths = balanced(&columns, widths.clone(), *size, &Sample::of(texts));
    Fitted { size: *size, widths, upright: vec![None; 10] }
}

/// Widths at which the rows are lower: as long as the sample takes fewer lines for it, one
/// column that wraps gives some of its width to another.
fn balanced(
    columns: &[Needs],
    mut widths: Vec<Length>,
    size: Length,
    sample: &Sample,
) -> Vec<Length> {
    let mut height = sample.height(&widths, size);
    let pairs = || WRAPPING.into_iter().flat_map(|from| WRAPPING.map(|to| (from, to)));
    for step in STEPS {
        loop {
            let moved = |(from, to): (usize, usize)| {
                let mut moved = widths.clone();
                moved[from] = moved[from] - step;
                moved[to] += step;
                let wide = from != to && moved[from] >= columns[from].least(size);
                wide.then(|| (sample.height(&moved, size), moved))
            };
            let best = pairs().filter_map(moved).min_by_key(|(height, _)| *height);
            match best.filter(|(lower, _)| *lower < height) {
                Some((lower, moved)) => (height, widths) = (lower, moved),
                None => break,
            }
        }
    }
    widths
}

/// What one column gives to another at once.
const STEPS: [Length; 3] = [Length::mm(8), Length::mm(4), Length::mm(2)];

/// Some of the rows, evenly spread, measured once.
struct Sample {
    rows: Vec<[Pieces; WRAPPING.len()]>,
}

impl Sample {
    fn of(texts: &[Ten<String>]) -> Self {
        let rows = texts.iter().step_by(texts.len().div_ceil(SAMPLE).max(1));
        let measure = |row: &Ten<String>| WRAPPING.map(|at| Pieces::new(&row[at], Face4::REGULAR));
        Self { rows: rows.map(measure).collect() }
    }

    /// Lines of all its rows; a row is as high as two lines at least.
    fn height(&self, widths: &[Length], size: Length) -> usize {
        let lines = |(at, text): (usize, &Pieces)| {
            text.line_count(size, widths[WRAPPING[at]] - around(size))
        };
        let row = |row: &[Pieces; 5]| row.iter().enumerate().map(lines).max().unwrap_or(0).max(2);
        self.rows.iter().map(row).sum()
    }
}

const SAMPLE: usize = 200;

/// The head, and under it the numbers of the columns.
pub(super) fn head(fitted: &Fitted) -> Vec<Row> {
    let column = |name: &&str| Column { name: (*name).to_owned(), ..Column::default() };
    Head::new(&REGISTER_COLUMNS.iter().map(column).collect::<Vec<_>>(), true).rows(fitted)
}

/// The width that the text of a column has to itself.
pub(super) fn room(fitted: &Fitted, column: usize) -> Length {
    fitted.widths[column] - around(fitted.size)
}

fn around(size: Length) -> Length {
    padding(size) * 2 + SLACK
}

/// What a column needs, in no size yet.
struct Needs {
    column: usize,
    /// Its longest word, and that of its head.
    word: Advance,
    head: Pieces,
    /// A long text of it, but not the longest.
    text: Advance,
}

impl Needs {
    fn new(column: usize, texts: &[Ten<String>]) -> Self {
        let measured = texts.iter().map(|row| Pieces::new(&row[column], Face4::REGULAR));
        let (mut words, mut wholes): (Vec<_>, Vec<_>) =
            measured.map(|text| (text.longest(), text.whole())).unzip();
        words.sort_unstable();
        wholes.sort_unstable();
        let at = wholes.len() * MOST_OF_A_HUNDRED / 100;
        Self {
            column,
            word: words.last().copied().unwrap_or_default(),
            head: Pieces::new(REGISTER_COLUMNS[column], Face4::BOLD),
            text: wholes.get(at).copied().unwrap_or_default(),
        }
    }

    fn least(&self, size: Length) -> Length {
        // Most codes stand on one line: by them a row is found.
        let whole = if self.column == CODE { self.text } else { Advance::default() };
        let word = self.word.max(whole).at(size).min(WORD_MOST[self.column]);
        word.max(self.head.longest().at(size)).max(ROOM[self.column]) + around(size)
    }

    /// The width at which most texts take so many lines; words leave lines a sixth empty.
    fn wanted(&self, lines: i64, size: Length) -> Length {
        let text = self.text.at(size);
        let text = if lines == 1 { text } else { text.scale(7, lines * 6) };
        self.least(size).max(text + around(size))
    }
}

/// Widths that fill the page, and how many lines most texts take.
fn widths(columns: &[Needs], size: Length, available: Length) -> (Vec<Length>, i64) {
    let for_lines = |lines: i64| -> Vec<Length> {
        let width = |needs: &Needs| match WRAPPING.contains(&needs.column) {
            true => needs.wanted(lines, size),
            false => needs.least(size),
        };
        columns.iter().map(width).collect()
    };
    let sum = |widths: &[Length]| widths.iter().copied().sum::<Length>();
    let fits = |(_, widths): &(i64, Vec<Length>)| sum(widths) <= available;
    let found = (1..MOST_LINES).map(|lines| (lines, for_lines(lines))).find(fits);
    let (lines, mut widths) = found.unwrap_or_else(|| (MOST_LINES, for_lines(MOST_LINES)));
    // What is left, or lacks, is shared by the columns that wrap.
    let wrapping: Length = WRAPPING.iter().map(|&at| widths[at]).sum();
    let left = available - sum(&widths);
    for at in WRAPPING {
        let own = widths[at];
        widths[at] += left.scale(own.emu() / 127, wrapping.emu() / 127);
    }
    (widths, lines)
}

const MOST_LINES: i64 = 40;

/// The style of a column's cells at a size.
pub(super) fn style(column: usize, size: Length) -> StyleId {
    LOOKS[column].style(size)
}
