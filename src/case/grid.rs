//! Written cells with their places → the rows of a table: what CSV files and sheets share.

use std::collections::BTreeMap;
use std::ops::{Range, RangeInclusive};

use super::appendix::{GROUP, RowReader, Written};
use super::door::{Door, one_line};
use super::faults::{Faults, guess, is_it, suggest};
use super::heads;
use super::kept::{Keeper, Kept};
use super::limits::{MAX_CELLS, MAX_HEADINGS, MAX_ROWS};
use super::outline::{Outline, Role, is_dash};
use super::prose;
use crate::diag::{At, Diagnostic, Route, Sources, TablePlaces, column, letters};
use crate::model::{ColumnKind, Formula, Row, Table};
use crate::vi::number;
use crate::vi::text::{fold, legacy_encoding};

/// A row of a file.
pub struct Record {
    pub whole: Range<usize>,
    pub fields: Vec<Field>,
}

pub struct Field {
    pub written: Written,
    pub range: Range<usize>,
}

impl Field {
    pub fn text(&self) -> String {
        match &self.written {
            Written::Text(text) | Written::Shown(text) => text.clone(),
            Written::Amount(amount) => amount.plain(),
        }
    }
}

/// The rows of a file, and what its columns are.
pub struct Grid<'a> {
    /// The source in which the fields stand.
    pub text: &'a str,
    /// The key of each field of a record; nothing of those that are not read.
    pub keys: Vec<Option<String>>,
    pub records: Vec<Record>,
    /// The key of the column of groups.
    pub group_key: &'a str,
    /// What each record is, where groups and totals are read too.
    pub outline: Option<Outline>,
}

/// What a file holds.
#[derive(Default)]
pub struct Filled {
    pub rows: Vec<Row>,
    pub kept: Option<Kept>,
}

impl Grid<'_> {
    /// Reads the rows; `at` is their route (`phu_luc[0].dong`). `is_whole` says whether a
    /// record is as wide as the keys, or why not.
    pub fn rows(
        self,
        table: &Table,
        at: &Route,
        sources: &mut Sources,
        door: &mut Door<'_>,
        is_whole: &mut dyn FnMut(&Record, usize, &mut Faults) -> bool,
    ) -> Filled {
        let Self { text, keys, records, group_key, outline } = self;
        let is_item = |index: usize| match &outline {
            Some(outline) => matches!(outline.lines.get(index), Some((_, Role::Item(_)))),
            None => true,
        };
        let items = records.iter().enumerate().filter(|(index, _)| is_item(*index));
        sources.place_table(TablePlaces {
            route: at.clone(),
            source: door.faults.source(),
            columns: keys.iter().map(|key| key.clone().unwrap_or_default()).collect(),
            rows: items
                .map(|(_, record)| record.fields.iter().map(|field| field.range.clone()).collect())
                .collect(),
        });
        let mut reader = RowReader::of_file(table, group_key);
        let has_groups = keys.iter().flatten().any(|key| key == group_key);
        if !table.groups.is_empty() && !has_groups {
            reader.without_groups();
        }
        let legacy = legacy_encoding(text).is_some();
        let kinds = kinds(table, &keys);
        let mut kept = outline.map(|outline| Keeper::new(outline, table, &keys));
        let mut rows = Vec::new();
        for (index, record) in records.into_iter().enumerate() {
            let at = match &mut kept {
                Some(kept) => kept.place(index, &record, &keys, at, sources, door),
                None => at.index(index),
            };
            if !is_whole(&record, keys.len(), door.faults) {
                reader.skip();
                continue;
            }
            prose::false_letters(text, record.whole.clone(), door.faults);
            let cells: Vec<(String, Written)> = keys
                .iter()
                .zip(&kinds)
                .zip(record.fields)
                .filter_map(|((key, kind), field)| {
                    Some((key.clone()?, without_dash(field.written, *kind)))
                })
                .collect();
            for (key, written) in cells.iter().filter(|_| legacy) {
                if let Written::Text(text) = written {
                    prose::legacy(text, &at.key(key), door.faults);
                }
            }
            match &mut kept {
                Some(kept) => {
                    let cells = reader.cells(cells.into_iter(), &at, door);
                    rows.extend(kept.line(index, cells, &at, door));
                }
                None => rows.push(reader.row(cells.into_iter(), &at, door)),
            }
        }
        reader.report_unknown_columns(door);
        Filled { rows, kept: kept.map(|kept| kept.finish(at, door)) }
    }
}

/// Whether a record only numbers the columns, `(1)`, `(2)`, `(3)`: all, or those that are read.
pub fn numbers_columns(record: &Record, keys: &[Option<String>]) -> bool {
    let read = record.fields.iter().zip(keys).filter(|(_, key)| key.is_some());
    let read: Vec<String> = read.map(|(field, _)| field.text()).collect();
    let all: Vec<String> = record.fields.iter().map(Field::text).collect();
    [all, read].iter().any(|texts| heads::numbers_columns(texts.iter().map(String::as_str)))
}

/// A dash in a column of figures says that there is none.
fn without_dash(written: Written, kind: Option<ColumnKind>) -> Written {
    match written {
        Written::Text(text) if kind.is_some_and(ColumnKind::is_figure) && is_dash(&text) => {
            Written::Text(String::new())
        }
        written => written,
    }
}

/// The kind of the column that each key names.
pub fn kinds(table: &Table, keys: &[Option<String>]) -> Vec<Option<ColumnKind>> {
    let leaves = table.leaves();
    let kind = |key: &String| leaves.iter().find(|leaf| leaf.key == *key).map(|leaf| leaf.kind);
    keys.iter().map(|key| key.as_ref().and_then(kind)).collect()
}

/// A number as a clerk reads it: `20.000`.
pub fn count(number: usize) -> String {
    number::format(number.into())
}

/// Ends a message that speaks of several cells: `; 9 ô như vậy trong C5:C13`.
pub fn alike(cells: usize, place: &str) -> String {
    format!("; {} ô như vậy{place}", count(cells))
}

pub fn too_many_rows(at: At, faults: &mut Faults) {
    let message = format!("bảng trong tệp có hơn {} dòng", count(MAX_ROWS));
    faults.add(Diagnostic::error("qua-lon", at, message).hint("chia bảng thành nhiều phụ lục"));
}

pub fn too_many_cells(at: At, faults: &mut Faults) {
    let message = format!("tệp có hơn {} ô", count(MAX_CELLS));
    faults.add(
        Diagnostic::error("qua-lon", at, message)
            .hint("chỉ giữ trong tệp bảng cần đọc, hoặc chia bảng thành nhiều phụ lục"),
    );
}

/// The line of a file that says what its columns are.
pub struct Headings {
    /// What the line is called: `dòng đầu của tệp`.
    pub name: String,
    pub whole: Range<usize>,
    pub cells: Vec<(String, Range<usize>)>,
    /// Of a sheet, the columns from the first to the last; a cell for each.
    pub columns: Option<RangeInclusive<u32>>,
    /// Whether columns are found by their headings, not only by letters.
    pub is_read: bool,
    /// Of merged heads, the number of their last row.
    pub last_merged: Option<u32>,
}

impl Headings {
    /// The key of each column of the file, which its headings are; of an unknown one the
    /// key that was probably meant, so that no other finding follows from it. Nothing when
    /// the line is no header.
    pub fn keys(
        &self,
        table: &Table,
        group_column: &str,
        faults: &mut Faults,
    ) -> Option<Vec<Option<String>>> {
        let known = known_columns(table, group_column);
        if self.are_too_many(faults) {
            return None;
        }
        if !self.cells.iter().any(|(text, _)| meant(text.trim(), &known, table).is_some()) {
            self.no_keys(table, group_column, faults);
            return None;
        }
        let mut keys: Vec<Option<String>> = Vec::new();
        for (text, range) in &self.cells {
            let key = text.trim().to_owned();
            if key.is_empty() && self.columns.is_some() {
                keys.push(None);
                continue;
            }
            let at = At::Bytes { source: faults.source(), range: range.clone() };
            let is_known = known.contains(&key.as_str());
            let meant = if is_known { Some(key.clone()) } else { meant(&key, &known, table) };
            if is_known && keys.contains(&meant) {
                faults.add(
                    Diagnostic::error("cot-la", at, format!("cột `{key}` có hai lần trong tệp"))
                        .hint("giữ một cột, xóa cột kia"),
                );
            } else if key.is_empty() {
                let message =
                    format!("cột thứ {} của tệp có chữ mà không có đề mục", keys.len() + 1);
                let hint = "ghi khóa của cột vào ô đề mục, hoặc xóa các ô thừa của cột ấy";
                faults.add(Diagnostic::error("cot-la", at, message).hint(hint));
            } else if !is_known {
                let hint =
                    meant.as_deref().map_or_else(|| suggest(&key, known.iter().copied()), is_it);
                faults.add(
                    Diagnostic::error("cot-la", at, format!("bảng không có cột `{key}`"))
                        .hint(hint),
                );
            }
            keys.push(meant.filter(|meant| !keys.contains(&Some(meant.clone()))));
        }
        let missing: Vec<String> = missing_columns(&known, keys.iter().flatten(), table);
        if !missing.is_empty() {
            let at = At::Bytes { source: faults.source(), range: self.whole.clone() };
            let message = format!("{} thiếu cột `{}`", self.name, missing.join("`, `"));
            faults.add(
                Diagnostic::error("cot-la", at, message)
                    .hint("thêm cột vào tệp; ô không có số liệu thì để trống"),
            );
        }
        Some(keys)
    }

    fn no_keys(&self, table: &Table, group_column: &str, faults: &mut Faults) {
        let at = At::Bytes { source: faults.source(), range: self.whole.clone() };
        let wanted = wanted_header(table, group_column);
        let message = format!("{} không ghi khóa của cột nào", self.name);
        let found = if self.columns.is_some() {
            Diagnostic::error("vung-la", at, message).hint(format!(
                "ghi khóa của các cột ở dòng ấy (`{wanted}`); hoặc giữ nguyên tệp: ghi số của dòng đề mục ở `dong_dau` và chỉ ra từng cột ở `cot`; bảng có sẵn dòng tổng, dòng nhóm thì ghi `nhom: theo_stt`"
            ))
        } else if self.cells.len() == 1 && known_columns(table, group_column).len() > 1 {
            Diagnostic::error("csv-sai", at, "dòng đầu chỉ có một ô, không thấy dấu phân cách các cột")
                .hint("các ô cách nhau bằng dấu phẩy, dấu chấm phẩy hoặc Tab; trong Excel chọn Lưu thành (Save As), kiểu “CSV UTF-8”")
        } else {
            Diagnostic::error("csv-sai", at, message)
                .hint(format!("thêm một dòng đầu ghi khóa của các cột: `{wanted}`"))
        };
        faults.add(found);
    }

    /// The key of each column of the file by the clerk's map, whose route is `at`. Nothing
    /// when a column is not found, which is told.
    pub fn mapped(
        &self,
        map: &BTreeMap<String, String>,
        table: &Table,
        at: &Route,
        faults: &mut Faults,
    ) -> Option<Vec<Option<String>>> {
        let known = known_columns(table, GROUP);
        let before = faults.len();
        if self.are_too_many(faults) {
            return None;
        }
        let width =
            self.columns.as_ref().map_or(self.cells.len(), |columns| columns.clone().count());
        let mut keys: Vec<Option<String>> = vec![None; width];
        let mut is_told = false;
        for (key, place) in map {
            let at = at.key(key);
            if !known.contains(&key.as_str()) {
                let found =
                    Diagnostic::error("cot-la", At::Key(at), format!("bảng không có cột `{key}`"));
                faults.add(found.hint(suggest(key, known.iter().copied())));
                continue;
            }
            match self.find(place) {
                // Of merged heads one cause hides them all.
                Err(_) if self.last_merged.is_some() && is_told => {}
                Err((message, hint)) => {
                    is_told = true;
                    faults.add(Diagnostic::error("vung-la", at, message).hint(hint));
                }
                Ok(index) => match keys.get_mut(index) {
                    Some(free @ None) => *free = Some(key.clone()),
                    Some(Some(other)) => {
                        let message = format!("`{other}` và `{key}` cùng lấy từ một cột của tệp");
                        faults.add(
                            Diagnostic::error("vung-la", at, message)
                                .hint("mỗi khóa lấy từ một cột riêng"),
                        );
                    }
                    None => {}
                },
            }
        }
        let missing = missing_columns(&known, map.keys(), table);
        if !missing.is_empty() {
            let message =
                format!("`cot` chưa chỉ ra cột nào của tệp là `{}`", missing.join("`, `"));
            faults.add(
                Diagnostic::error("cot-la", At::Key(at.clone()), message)
                    .hint("ghi thêm đề mục hoặc chữ cái của cột ấy trong tệp"),
            );
        }
        (faults.len() == before).then_some(keys)
    }

    /// The index of the column at a place that the clerk names; or the fact and the step.
    fn find(&self, place: &str) -> Result<usize, (String, String)> {
        let is_it = |(text, _): &(String, Range<usize>)| one_line(text) == place;
        let same: Vec<usize> =
            (0..self.cells.len()).filter(|&index| is_it(&self.cells[index])).collect();
        if let (Some(columns), Some(column)) = (&self.columns, as_letters(place)) {
            let index = (column.wrapping_sub(*columns.start())) as usize;
            return match (columns.contains(&column), same.as_slice()) {
                (true, [other]) if self.is_read && *other != index => {
                    Err(self.both(place, index, columns.start() + *other as u32))
                }
                (true, _) => Ok(index),
                (false, [only]) => Ok(*only),
                (false, _) => Err(self.beyond(place, columns)),
            };
        }
        match same.as_slice() {
            [only] => Ok(*only),
            [] if let Some(last) = self.last_merged => Err((
                format!("{} không có đề mục “{place}”", self.name),
                format!(
                    "đề mục có ô gộp: ghi chữ cái của từng cột thay cho đề mục, và `dong_dau: {last}`"
                ),
            )),
            [] => Err((
                format!("{} không có đề mục “{place}”", self.name),
                suggest(
                    place,
                    self.cells
                        .iter()
                        .map(|(text, _)| text.as_str())
                        .filter(|text| !text.is_empty()),
                ),
            )),
            several => Err(match &self.columns {
                Some(columns) => {
                    let names: Vec<String> = several
                        .iter()
                        .filter_map(|&index| columns.clone().nth(index).map(letters))
                        .collect();
                    (
                        format!(
                            "{} có {} đề mục “{place}”: cột {}",
                            self.name,
                            several.len(),
                            names.join(", ")
                        ),
                        format!("ghi chữ cái của cột thay cho đề mục, ví dụ `{}`", names[0]),
                    )
                }
                None => (
                    format!("{} có {} đề mục “{place}”", self.name, several.len()),
                    "sửa đề mục trong tệp để mỗi cột một đề mục riêng".to_owned(),
                ),
            }),
        }
    }

    /// What is said of capitals that are neither a heading nor the letters of a column.
    fn beyond(&self, place: &str, columns: &RangeInclusive<u32>) -> (String, String) {
        let (first, last) = (letters(*columns.start()), letters(*columns.end()));
        let is_beyond = format!("cột {place} nằm ngoài phần có chữ: {first} đến {last}");
        let texts = self.cells.iter().map(|(text, _)| text.as_str());
        let headings: Vec<&str> = texts.filter(|text| !text.is_empty()).collect();
        let by_letters = "ghi chữ cái của một cột trong phần ấy";
        if headings.is_empty() {
            return (is_beyond, by_letters.to_owned());
        }
        let message = format!("{} không có đề mục “{place}”, và {is_beyond}", self.name);
        (message, format!("{by_letters}, hoặc đề mục của nó; {}", suggest(place, headings)))
    }

    /// What is asked where capitals are both a heading and the letters of another column.
    fn both(&self, place: &str, by_letters: usize, by_heading: u32) -> (String, String) {
        let heading = self.cells.get(by_letters).map_or("", |(text, _)| text.trim());
        let other = match heading {
            "" => format!("lấy cột {place} thì ghi đề mục cho cột ấy trong tệp"),
            heading => format!("lấy cột {place} thì ghi đề mục của nó: `{heading}`"),
        };
        let own = letters(by_heading);
        (
            format!("“{place}” vừa là chữ cái của một cột, vừa là đề mục của cột {own}"),
            format!("lấy cột có đề mục ấy thì ghi `{own}`; {other}"),
        )
    }

    fn are_too_many(&self, faults: &mut Faults) -> bool {
        let count = self.cells.iter().filter(|(text, _)| !text.trim().is_empty()).count();
        if count > MAX_HEADINGS {
            let at = At::File(faults.source_name().to_owned());
            let message =
                format!("{} có {} ô, tối đa {MAX_HEADINGS}", self.name, self::count(count));
            faults.add(
                Diagnostic::error("qua-lon", at, message).hint("xóa các cột không dùng khỏi tệp"),
            );
        }
        count > MAX_HEADINGS
    }
}

/// One or two capital letters name a column of a sheet; three may well be a heading: `STT`.
pub fn as_letters(place: &str) -> Option<u32> {
    let is_short = place.len() <= 2 && place.bytes().all(|byte| byte.is_ascii_uppercase());
    column(place).filter(|_| is_short)
}

/// The header line that a file for this table needs at least.
pub fn wanted_header(table: &Table, group_column: &str) -> String {
    missing_columns(&known_columns(table, group_column), std::iter::empty(), table).join(",")
}

/// The columns that a file may have, the group first.
fn known_columns<'a>(table: &'a Table, group_column: &'a str) -> Vec<&'a str> {
    let group = (!table.groups.is_empty()).then_some(group_column);
    group.into_iter().chain(table.leaves().into_iter().map(|leaf| leaf.key.as_str())).collect()
}

/// No longer text is compared with the keys of a table: it is none.
const MAX_HEADING_BYTES: usize = 500;

/// The key behind a header cell: the title of one column, written in place of its key, or
/// a slip of the hand.
fn meant(written: &str, known: &[&str], table: &Table) -> Option<String> {
    if written.len() > MAX_HEADING_BYTES {
        return None;
    }
    let leaves = table.leaves();
    let mut titled = leaves.iter().filter(|leaf| fold(&leaf.name) == fold(written));
    match (titled.next(), titled.next()) {
        (Some(leaf), None) => Some(leaf.key.clone()),
        _ => guess(written, known.iter().copied()).map(ToOwned::to_owned),
    }
}

/// Ordinals and sums are given by the program, the others by the file.
pub fn missing_columns<'a>(
    known: &[&str],
    keys: impl Iterator<Item = &'a String> + Clone,
    table: &Table,
) -> Vec<String> {
    let leaves = table.leaves();
    let is_given_by_program = |key: &str| {
        leaves.iter().any(|leaf| {
            leaf.key == key && (leaf.kind == ColumnKind::Ordinal || leaf.formula != Formula::None)
        })
    };
    let is_there = |key: &str| keys.clone().any(|there| there == key);
    known
        .iter()
        .filter(|key| !is_there(key) && !is_given_by_program(key))
        .map(|key| (*key).to_owned())
        .collect()
}
