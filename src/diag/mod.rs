//! What is wrong, where, and what to do next.
//!
//! A [`Diagnostic`] names a [`Route`] into the case; the line and the column are
//! looked up in [`Sources`] only when it is printed.

mod cell;
mod print;
pub mod system;
mod written;

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

pub use cell::{Area, CellName, column, letters};
pub use print::{place_in_words, plain, styled, to_json};
pub use written::{Form, Written};

/// How much a finding matters; `Error` sorts first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    Error,
    Warning,
    Info,
}

/// One finding about a case, a data file or a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    pub severity: Severity,
    /// Names the fault, never the remedy: `tong-khong-khop`. `vanthu explain CODE` tells more.
    pub code: &'static str,
    pub at: At,
    /// The fact, in Vietnamese, one sentence without a full stop.
    pub message: String,
    /// Figures behind the fact, one a line, in Vietnamese.
    pub details: Vec<String>,
    /// The next step, in Vietnamese.
    pub hint: Option<String>,
    /// Why the office accepts it, when it does.
    pub accepted: Option<String>,
}

impl Diagnostic {
    pub fn new(
        severity: Severity,
        code: &'static str,
        at: impl Into<At>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            severity,
            code,
            at: at.into(),
            message: message.into(),
            details: Vec::new(),
            hint: None,
            accepted: None,
        }
    }

    pub fn error(code: &'static str, at: impl Into<At>, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, at, message)
    }

    pub fn warning(code: &'static str, at: impl Into<At>, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, at, message)
    }

    pub fn info(code: &'static str, at: impl Into<At>, message: impl Into<String>) -> Self {
        Self::new(Severity::Info, code, at, message)
    }

    #[must_use]
    pub fn details(mut self, details: Vec<String>) -> Self {
        self.details = details;
        self
    }

    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// Where a finding is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum At {
    /// A value of the case, or the nearest one above it that exists.
    Route(Route),
    /// The key that leads to a value of the case.
    Key(Route),
    /// A line of a value of several lines, counted from 0.
    Line(Route, usize),
    /// Words of a value, by their bytes in its text as it was read. The file may write the
    /// same words on other lines, between quotes or with escapes ([`Sources::word`]).
    Words { route: Route, text: String, words: Range<usize> },
    /// Bytes of one of the sources.
    Bytes { source: SourceId, range: Range<usize> },
    /// A whole file that could not be read.
    File(String),
}

impl At {
    pub fn words(route: Route, text: &str, words: Range<usize>) -> Self {
        Self::Words { route, text: text.to_owned(), words }
    }
}

impl From<Route> for At {
    fn from(route: Route) -> Self {
        Self::Route(route)
    }
}

/// A way into a case: `phu_luc[0].dong[3].kh_2022`. The empty route is the whole case.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Route(Vec<Step>);

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    Key(String),
    Index(usize),
}

impl Route {
    pub fn root() -> Self {
        Self::default()
    }

    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        self.then(Step::Key(key.to_owned()))
    }

    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.then(Step::Index(index))
    }

    fn then(&self, step: Step) -> Self {
        let mut steps = self.0.clone();
        steps.push(step);
        Self(steps)
    }

    pub fn parent(&self) -> Option<Self> {
        let (_, above) = self.0.split_last()?;
        Some(Self(above.to_vec()))
    }

    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// Reads what [`fmt::Display`] writes; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let mut route = Self::root();
        if text.is_empty() {
            return Some(route);
        }
        for part in text.split('.') {
            let (key, mut rest) = part.split_at(part.find('[').unwrap_or(part.len()));
            if key.is_empty() {
                return None;
            }
            route = route.key(key);
            while !rest.is_empty() {
                let (index, tail) = rest.strip_prefix('[')?.split_once(']')?;
                route = route.index(index.parse().ok()?);
                rest = tail;
            }
        }
        Some(route)
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, step) in self.0.iter().enumerate() {
            match step {
                Step::Key(key) if position == 0 => f.write_str(key)?,
                Step::Key(key) => write!(f, ".{key}")?,
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// Index of a file in [`Sources`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(usize);

impl SourceId {
    /// Its place in the order in which the sources were added.
    pub const fn index(self) -> usize {
        self.0
    }
}

/// The texts that findings point into, and which bytes each route of the case came from.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<Source>,
    values: BTreeMap<Route, Place>,
    keys: BTreeMap<Route, Place>,
    tables: Vec<TablePlaces>,
    written: Vec<Written>,
}

/// Where the cells of a data file stand. A million of them are too many to be kept
/// one by one with their routes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TablePlaces {
    /// The list of rows: `phu_luc[0].dong`.
    pub route: Route,
    pub source: SourceId,
    /// Keys of the columns, from left to right.
    pub columns: Vec<String>,
    /// Bytes of the cells, row by row.
    pub rows: Vec<Vec<Range<usize>>>,
}

impl TablePlaces {
    /// The bytes of a cell, or of its row.
    fn find(&self, route: &Route) -> Option<Place> {
        let below = route.0.strip_prefix(self.route.0.as_slice())?;
        let (Step::Index(row), cell) = below.split_first()? else { return None };
        let cells = self.rows.get(*row)?;
        let column = match cell.first() {
            Some(Step::Key(key)) => self.columns.iter().position(|column| column == key),
            Some(Step::Index(_)) | None => None,
        };
        let range = match column.and_then(|column| cells.get(column)) {
            Some(range) => range.clone(),
            None => cells.first()?.start..cells.last()?.end,
        };
        Some(Place { source: self.source, range })
    }
}

/// A file by the name the clerk knows it by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    pub name: String,
    pub text: String,
    /// Of a workbook: which sheet the text shows.
    pub sheet: Option<Sheet>,
}

/// A sheet of a workbook, shown as a text of one line for each row that is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    pub name: String,
    /// Where each cell begins in the text, from the first to the last.
    pub cells: Vec<(usize, CellName)>,
}

impl Sheet {
    /// The cells that some bytes show.
    pub fn area(&self, range: &Range<usize>) -> Option<Area> {
        let last_from = |at: usize| self.cells.partition_point(|(start, _)| *start <= at);
        let (_, first) = *self.cells.get(last_from(range.start).checked_sub(1)?)?;
        let (_, last) = *self.cells.get(last_from(range.end).checked_sub(1)?)?;
        Some(Area { first, last: if last.row == first.row { last } else { first } })
    }
}

/// Bytes of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub source: SourceId,
    pub range: Range<usize>,
}

impl Sources {
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> SourceId {
        self.files.push(Source { name: name.into(), text: text.into(), sheet: None });
        SourceId(self.files.len() - 1)
    }

    /// Adds a sheet of a workbook, shown as text.
    pub fn add_sheet(&mut self, name: &str, text: String, sheet: Sheet) -> SourceId {
        self.files.push(Source { name: name.to_owned(), text, sheet: Some(sheet) });
        SourceId(self.files.len() - 1)
    }

    /// The id that the next file will have, for findings made before its text is settled.
    pub fn next_id(&self) -> SourceId {
        SourceId(self.files.len())
    }

    pub fn get(&self, id: SourceId) -> &Source {
        &self.files[id.0]
    }

    pub fn place_value(&mut self, route: Route, place: Place) {
        self.values.insert(route, place);
    }

    pub fn place_table(&mut self, table: TablePlaces) {
        self.tables.push(table);
    }

    /// Where letters stand in what somebody wrote, each run of such letters as one place: in
    /// the values of the case and the cells of its data files, and in all of the other texts.
    /// An escape of YAML, as `\u2713`, stands for its letter.
    pub fn letters(&self, is_one: impl Fn(char) -> bool) -> Vec<(String, Place)> {
        let mut found = Vec::new();
        for (index, file) in self.files.iter().enumerate() {
            let source = SourceId(index);
            let written = self.values_in(source);
            let is_written = |at: usize| {
                let before = written.partition_point(|range| range.start <= at);
                written.is_empty() || before > 0 && at < written[before - 1].end
            };
            for (letters, range) in runs(&file.text, &is_one) {
                if is_written(range.start) {
                    found.push((letters, Place { source, range }));
                }
            }
        }
        found
    }

    /// The values of a file that hold no others, and its cells, from top to bottom; none of a
    /// text that is no case and no table.
    fn values_in(&self, source: SourceId) -> Vec<Range<usize>> {
        let values = self.values.values().filter(|place| place.source == source);
        let mut ranges: Vec<Range<usize>> = values.map(|place| place.range.clone()).collect();
        ranges.sort_unstable_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
        let holds_others = |at: usize| {
            ranges.get(at + 1).is_some_and(|next: &Range<usize>| next.start < ranges[at].end)
        };
        let mut written: Vec<Range<usize>> = (0..ranges.len())
            .filter(|&at| !holds_others(at))
            .map(|at| ranges[at].clone())
            .collect();
        let tables = self.tables.iter().filter(|table| table.source == source);
        written.extend(tables.flat_map(|table| &table.rows).flatten().cloned());
        written.sort_unstable_by_key(|range| range.start);
        written
    }

    /// The name of the case file, which was added first.
    pub fn main_name(&self) -> Option<&str> {
        self.files.first().map(|source| source.name.as_str())
    }

    pub fn place_key(&mut self, route: Route, place: Place) {
        self.keys.insert(route, place);
    }

    /// The bytes a finding points at; of a route that does not exist, those of the
    /// nearest key above it; `None` for the whole case or an unreadable file.
    pub fn find(&self, at: &At) -> Option<Place> {
        let place = match at {
            At::Bytes { source, range } => Place { source: *source, range: range.clone() },
            At::Key(route) => match self.keys.get(route) {
                Some(place) => place.clone(),
                None => self.find_route(route)?,
            },
            At::Route(route) => self.find_route(route)?,
            At::Line(route, line) => self.line(self.find_route(route)?, *line),
            At::Words { route, text, words } => {
                self.word(&self.find_route(route)?, text, words.clone())
            }
            At::File(_) => return None,
        };
        // A reader may have counted in a text in which a character was painted over.
        let text = &self.get(place.source).text;
        let start = text.floor_char_boundary(place.range.start);
        let end = text.ceil_char_boundary(place.range.end).max(start);
        Some(Place { source: place.source, range: start..end })
    }

    /// A line of a place, without the spaces before and after it.
    fn line(&self, place: Place, line: usize) -> Place {
        let text = &self.get(place.source).text;
        let value = text.get(place.range.clone()).unwrap_or_default();
        let header = text[..place.range.start].trim_end().trim_end_matches(['-', '+']);
        let header = header.trim_end_matches(|c: char| c.is_ascii_digit());
        let is_literal = header.ends_with('|') || value.starts_with('|');
        let mut number = 0;
        let mut at = place.range.start;
        let (mut blank, mut begun) = (0, false);
        for found in value.split_inclusive('\n') {
            let start = at + found.len() - found.trim_start().len();
            at += found.len();
            if found.trim().is_empty() {
                blank += 1;
                continue;
            }
            // A value begins with its first words. Where its lines are folded, those that
            // stand together are one, and blank ones count one less.
            number += match (begun, is_literal) {
                (false, _) => 0,
                (true, true) => blank + 1,
                (true, false) => blank,
            };
            (blank, begun) = (0, true);
            if number >= line {
                return Place { source: place.source, range: start..start + found.trim().len() };
            }
        }
        place
    }

    fn find_route(&self, route: &Route) -> Option<Place> {
        if let Some(place) = self.values.get(route) {
            return Some(place.clone());
        }
        if let Some(place) = self.tables.iter().find_map(|table| table.find(route)) {
            return Some(place);
        }
        let mut above = route.parent();
        while let Some(route) = above {
            if let Some(place) = self.keys.get(&route).or_else(|| self.values.get(&route)) {
                return Some(place.clone());
            }
            above = route.parent();
        }
        None
    }
}

/// The runs of such letters in a text, and the escapes of YAML that stand for one.
fn runs(text: &str, is_one: &impl Fn(char) -> bool) -> Vec<(String, Range<usize>)> {
    let mut found: Vec<(String, Range<usize>)> = Vec::new();
    let mut push = |c: char, range: Range<usize>| match found.last_mut() {
        Some((run, last)) if last.end == range.start => {
            run.push(c);
            last.end = range.end;
        }
        _ => found.push((c.to_string(), range)),
    };
    for (at, c) in text.char_indices() {
        if is_one(c) {
            push(c, at..at + c.len_utf8());
        } else if c == '\\'
            && let Some((c, length)) = escaped(&text[at..]).filter(|(c, _)| is_one(*c))
        {
            push(c, at..at + length);
        }
    }
    found
}

/// The character that an escape of YAML at the beginning of a text stands for, and its bytes.
fn escaped(text: &str) -> Option<(char, usize)> {
    let digits = match text.as_bytes().get(1)? {
        b'x' => 2,
        b'u' => 4,
        b'U' => 8,
        _ => return None,
    };
    let code = u32::from_str_radix(text.get(2..2 + digits)?, 16).ok()?;
    Some((char::from_u32(code)?, 2 + digits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_however_the_file_writes_the_value() {
        let text = "Một \"hai\" ba";
        let at = At::words(Route::root().key("a"), text, text.find("ba").unwrap()..text.len());
        for file in [
            "a: Một \"hai\" ba",
            "a: \"Một \\\"hai\\\" ba\"",
            "a: 'Một \"hai\" ba'",
            "a: |\n\n  Một\n  \"hai\"\n  ba\n",
            "a: Mo\u{302}\u{323}t\n  \"hai\"\n  ba",
        ] {
            let mut sources = Sources::default();
            let source = sources.add("ho_so.yaml", file);
            let start = if file.contains('|') { 5 } else { 3 };
            let place = Place { source, range: start..file.len() };
            sources.place_value(Route::root().key("a"), place);
            let place = sources.find(&at).unwrap();
            assert_eq!(&file[place.range], "ba", "{file}");
        }
    }

    #[test]
    fn letters_are_found_in_values_and_not_in_comments() {
        let text = "a: x ✓✓ y # ✓\nb:\n  c: \"\\u2713\"\n";
        let mut sources = Sources::default();
        let source = sources.add("ho_so.yaml", text);
        let mut place = |route: &str, value: &str| {
            let start = text.find(value).unwrap();
            let place = Place { source, range: start..start + value.len() };
            sources.place_value(Route::parse(route).unwrap(), place);
        };
        place("a", "x ✓✓ y");
        place("b", "c: \"\\u2713\"");
        place("b.c", "\"\\u2713\"");
        let found = sources.letters(|c| c == '✓');
        let shown: Vec<_> =
            found.iter().map(|(run, place)| (run.as_str(), &text[place.range.clone()])).collect();
        assert_eq!(shown, [("✓✓", "✓✓"), ("✓", "\\u2713")]);
    }

    #[test]
    fn a_route_is_read_as_it_is_written() {
        for text in ["", "ngay", "phu_luc[0].dong[3].kh_2022", "a[1][2].b"] {
            assert_eq!(Route::parse(text).unwrap().to_string(), text);
        }
        for text in [".a", "a[", "a[x]", "a]"] {
            assert_eq!(
                Route::parse(text).filter(|route| route.to_string() == text && text != "a]"),
                None
            );
        }
    }

    #[test]
    fn bytes_of_a_sheet_are_shown_by_the_names_of_its_cells() {
        let cell = |row, column| CellName { row, column };
        // `ab |  | c`, then `d`.
        let cells = vec![(0, cell(4, 0)), (5, cell(4, 1)), (8, cell(4, 2)), (10, cell(5, 0))];
        let sheet = Sheet { name: "Biểu 1".to_owned(), cells };
        let area = |range| sheet.area(&range).unwrap().to_string();
        assert_eq!([area(0..2), area(5..5), area(8..9)], ["A5", "B5", "C5"]);
        assert_eq!([area(0..9), area(10..11)], ["A5:C5", "A6"]);
    }

    #[test]
    fn a_missing_value_is_shown_at_the_nearest_key_above_it() {
        let mut sources = Sources::default();
        let source = sources.add("ho_so.yaml", "nguoi_ky:\n  chuc_vu: A\n");
        let route = Route::root().key("nguoi_ky");
        sources.place_key(route.clone(), Place { source, range: 0..8 });
        let place = sources.find(&At::Route(route.key("ho_ten"))).unwrap();
        assert_eq!(place.range, 0..8);
    }
}
