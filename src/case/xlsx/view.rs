//! The cells of a sheet → the rows of the table, and the text in which findings show them.
//!
//! The text has a line for each row that is read, its cells parted by ` | `. It stands in
//! [`Sources`] like any file, so that a rule that finds a wrong amount later points at
//! its cell.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::{Range, RangeInclusive};

use super::super::appendix::Written;
use super::super::below::{self, Line as Under};
use super::super::door::{Door, one_line};
use super::super::faults::suggest;
use super::super::grid::{self, Field, Grid, Headings, Record};
use super::super::heads;
use super::super::limits::MAX_ROWS;
use super::super::outline::Outline;
use super::super::rows_from::{RowsFrom, ask_notation, looks_like_number, number};
use super::super::text::{Mask, refuse_characters};
use super::Rows;
use super::choice::{Choice, HeadingRow};
use super::reading::{self, Content, Wanted};
use super::sheet::Sheet;
use super::told::{self, Told};
use super::value::Value;
use super::workbook::Context;
use crate::diag::{self, Area, At, CellName, Diagnostic, Route, Sources, letters};
use crate::model::{self, Amount, ColumnKind, Table};
use crate::vi::text::nfc;

pub struct View<'a, 'b> {
    /// Name of the file as it is shown.
    pub file: &'a str,
    pub sheet: &'a Sheet,
    pub context: &'a Context,
    pub choice: &'a Choice,
    pub from: &'a RowsFrom,
    pub door: &'a mut Door<'b>,
}

/// A column that is read: its place in the sheet, its key, what is wanted of its cells.
pub(super) struct Column<'t> {
    pub number: u32,
    pub key: String,
    pub wanted: Wanted<'t>,
}

/// The cells of one row, from left to right.
pub(super) type Cells<'a> = &'a [(CellName, Value)];

/// After so many merged cells in a sheet, nobody reads on.
const MAX_MERGED_TOLD: usize = 20;

/// Hidden rows or columns that are named.
const MAX_HIDDEN_LISTED: usize = 10;

impl<'a> View<'a, '_> {
    /// Nothing when the columns cannot be found, which is told. `at` is the route of the rows.
    pub fn rows(&mut self, table: &Table, at: &Route, sources: &mut Sources) -> Option<Rows> {
        let mut shown = Shown::default();
        let rows = self.records(table, at, &mut shown).map(|records| {
            let mut mask = Mask::new(&shown.text);
            let source = self.door.faults.source();
            refuse_characters(&shown.text, source, &mut mask, self.door.faults);
            (records, mask)
        });
        shown.tell_composed(self.door);
        let sheet = diag::Sheet { name: self.choice.name.clone(), cells: shown.cells };
        sources.add_sheet(self.file, shown.text, sheet);
        let (Lines { columns, lines: records, places, outline }, mask) = rows?;
        let text = mask.text();
        let grid = Grid {
            text: &text,
            keys: columns.iter().map(|column| Some(column.key.clone())).collect(),
            records: records.into_iter().map(|record| record.with(&text)).collect(),
            group_key: &self.from.group_column,
            outline,
        };
        let filled = grid.rows(table, at, sources, self.door, &mut |_, _, _| true);
        Some(Rows { filled, places })
    }

    fn records<'t>(
        &mut self,
        table: &'t Table,
        at: &Route,
        shown: &mut Shown,
    ) -> Option<Lines<'t>> {
        let Some(&(first, _)) = self.sheet.cells.first() else {
            self.blank();
            return None;
        };
        if self.from.is_outline {
            return self.outlined(table, at, shown);
        }
        let heading = match self.choice.heading {
            HeadingRow::First => Some(first.row),
            HeadingRow::At(row) | HeadingRow::Unread(row) => Some(row),
            HeadingRow::None => None,
        };
        let columns = self.columns(heading, table, shown)?;
        let mut rows = self.data_rows(heading, &columns);
        if let (Some(heading), Some((first, _))) = (heading, rows.first())
            && self.tell_more_heads(heading, *first)
        {
            return None;
        }
        if let Some(end) = self.below(heading, &columns) {
            rows.retain(|(row, _)| *row < end);
        }
        if rows.first().is_some_and(|(_, cells)| self.numbers_columns(cells, &columns)) {
            rows.remove(0);
        }
        if rows.len() > MAX_ROWS {
            grid::too_many_rows(At::Route(self.from.at.key("tep")), self.door.faults);
            return None;
        }
        self.judge_merged(&rows, &columns, at);
        self.tell_hidden(&rows, &columns);
        self.tell_noughts();
        let (lines, places) = self.lines(&rows, &columns, &|index| at.index(index), shown);
        Some(Lines { columns, lines, places, outline: None })
    }

    /// The last row of heads whose merged cells begin in a row or above it.
    fn last_of_heads(&self, heading: u32) -> u32 {
        let span = self.span();
        let is_head = |area: &&Area| {
            (area.first.row..=area.last.row).contains(&heading)
                && area.first.column <= *span.end()
                && area.last.column >= *span.start()
        };
        let ends = self.sheet.merged.iter().filter(is_head).map(|area| area.last.row);
        ends.max().unwrap_or(heading)
    }

    /// Says that the heads go on where the first row is to stand.
    fn tell_more_heads(&mut self, heading: u32, first: u32) -> bool {
        let last = self.last_of_heads(heading);
        let is_among = self.from.heading_row.is_some() && first <= last;
        if is_among {
            self.door.error(
                "vung-la",
                &self.from.at.key("dong_dau"),
                format!("đề mục có ô gộp, xuống đến dòng {}", last + 1),
                format!(
                    "ghi `dong_dau: {}`; đề mục của một cột ở dòng trên thì ghi chữ cái của cột ở `cot`",
                    last + 1
                ),
            );
        }
        is_among
    }

    /// Says, of a row that has none of the headings of the clerk's map, where they may be.
    fn tell_other_heads(&mut self, headings: &Headings) -> bool {
        let Some(map) = &self.from.columns else { return false };
        let wanted: Vec<&str> =
            map.values().map(String::as_str).filter(|it| grid::as_letters(it).is_none()).collect();
        if wanted.is_empty()
            || headings.cells.iter().any(|(text, _)| wanted.contains(&text.as_str()))
        {
            return false;
        }
        let found = |row: u32| {
            let texts = self.cells_of(row).iter().map(|(_, it)| one_line(&it.shown(self.context)));
            texts.filter(|text| wanted.contains(&text.as_str())).count()
        };
        let first = self.sheet.cells.first().map_or(0, |(name, _)| name.row);
        let last = first.saturating_add(u32::try_from(heads::MAX_LINES).unwrap_or(0));
        // Of rows that hold as many, the first.
        let best = (first..last).rev().max_by_key(|row| found(*row)).filter(|row| found(*row) > 0);
        let Some(best) = best else { return false };
        let step = format!("`dong_dau: {}`", self.last_of_heads(best) + 1);
        let hint = if self.last_of_heads(best) == best {
            format!("ghi {step} dưới `dong_tu_tep:`")
        } else {
            format!("ghi {step} dưới `dong_tu_tep:`, và chữ cái của từng cột ở `cot`")
        };
        let key = if self.from.heading_row.is_some() { "dong_dau" } else { "tep" };
        let message =
            format!("{} không phải dòng đề mục, các đề mục ở dòng {}", headings.name, best + 1);
        self.door.error("vung-la", &self.from.at.key(key), message, hint);
        true
    }

    /// The first row under the table that is none of its rows, which is told.
    fn below(&mut self, heading: Option<u32>, columns: &[Column<'_>]) -> Option<u32> {
        let heading = heading.filter(|_| !self.choice.has_columns)?;
        let merged = self.sheet.merged.iter().filter(|area| area.first.column < area.last.column);
        let merged: BTreeSet<u32> = merged.map(|area| area.first.row).collect();
        let heads: Vec<String> = columns
            .iter()
            .map(|column| cell(self.cells_of(heading), column.number))
            .map(|value| value.map_or(String::new(), |value| value.shown(self.context)))
            .collect();
        let is_head = |cells: Cells<'_>| {
            let texts = columns.iter().map(|column| match cell(cells, column.number) {
                Some(Value::Text(text)) => text.as_str(),
                _ => "",
            });
            below::repeats(heads.iter().map(String::as_str).zip(texts))
        };
        let has_value = |cells: Cells<'_>| {
            columns.iter().any(|column| {
                let kind = column.wanted.kind;
                match cell(cells, column.number) {
                    None => false,
                    Some(Value::Text(text)) => below::is_value(text, kind),
                    Some(Value::Number(..) | Value::Day(_) | Value::Bad { .. }) => {
                        kind.is_some_and(|kind| kind.is_figure() || kind == ColumnKind::Date)
                    }
                }
            })
        };
        let heads_begin = self.cells_of(heading).first();
        let heads_begin = heads_begin.map_or(String::new(), |(_, it)| it.shown(self.context));
        let mut lines = Vec::new();
        let mut before = heading;
        let cells = &self.sheet.cells[self.sheet.cells.partition_point(|it| it.0.row <= heading)..];
        for cells in cells.chunk_by(|(one, _), (next, _)| one.row == next.row) {
            let shown = |(_, value): &(CellName, Value)| one_line(&value.shown(self.context));
            let Some(first) = cells.iter().map(shown).find(|text| !text.is_empty()) else {
                continue;
            };
            let row = cells[0].0.row;
            let repeats_heads = is_head(cells) || below::begins_anew(&heads_begin, &first);
            lines.push(Under {
                number: row as usize + 1,
                first,
                has_value: has_value(cells),
                is_after_gap: row > before + 1,
                is_merged: merged.contains(&row),
                repeats_heads,
            });
            before = row;
        }
        let found = below::find(&lines)?;
        let span = self.span();
        let top = heading + u32::from(self.choice.heading != HeadingRow::First);
        let area_to = |line: &Under| {
            let row = u32::try_from(line.number - 1).unwrap_or(top).max(top);
            let first = CellName { row: top, column: *span.start() };
            Area { first, last: CellName { row, column: *span.end() } }.to_string()
        };
        below::tell(found, &lines, self.from, Some(&area_to), self.door);
        let start = lines.get(found.start())?;
        u32::try_from(start.number - 1).ok()
    }

    /// The lines of some rows, each of which has a route; and the decimals of their columns.
    pub(super) fn lines(
        &mut self,
        rows: &[(u32, Cells<'_>)],
        columns: &[Column<'_>],
        route: &dyn Fn(usize) -> Route,
        shown: &mut Shown,
    ) -> (Vec<Line>, BTreeMap<String, u32>) {
        let mut told = Told::default();
        let mut places = BTreeMap::new();
        let lines = rows.iter().enumerate().map(|(index, (row, cells))| {
            let line = self.line(*row, cells, columns, &route(index), &mut told);
            for (column, cell) in columns.iter().zip(&line) {
                if let Some(cell) = cell.places {
                    let places = places.entry(column.key.clone()).or_insert(cell);
                    *places = cell.max(*places);
                }
            }
            let texts = columns.iter().zip(&line);
            let texts = texts.map(|(column, cell)| (column.number, cell.text.as_str()));
            let ranges = shown.line(*row, texts);
            Line(ranges.into_iter().zip(line.into_iter().map(|cell| cell.reading)).collect())
        });
        let lines = lines.collect();
        told.tell(self.door);
        (lines, places)
    }

    /// Whether a row only numbers the columns: all of them, or those that are read.
    fn numbers_columns(&self, cells: Cells<'_>, columns: &[Column<'_>]) -> bool {
        let numbers = |values: &mut dyn Iterator<Item = &Value>| {
            let texts: Vec<String> = values.map(|value| value.shown(self.context)).collect();
            heads::numbers_columns(texts.iter().map(String::as_str))
        };
        numbers(&mut cells.iter().map(|(_, value)| value))
            || numbers(&mut columns.iter().filter_map(|column| cell(cells, column.number)))
    }

    fn blank(&mut self) {
        let what = match (&self.from.area, &self.from.table) {
            (Some(area), _) => format!("vùng {area} của trang"),
            (None, Some(table)) => format!("bảng `{table}` ở trang"),
            (None, None) => "trang".to_owned(),
        };
        let key = if self.from.area.is_some() { "vung" } else { "tep" };
        self.door.error(
            "vung-la",
            &self.from.at.key(key),
            format!("{what} “{}” không có ô nào có chữ", self.choice.name),
            "kiểm tra tên trang và vùng trong Excel",
        );
    }

    /// The columns to read, from left to right, by the headings or the clerk's map.
    fn columns<'t>(
        &mut self,
        heading: Option<u32>,
        table: &'t Table,
        shown: &mut Shown,
    ) -> Option<Vec<Column<'t>>> {
        let span = self.span();
        let name = match heading {
            Some(row) => format!("dòng {} của trang “{}”", row + 1, self.choice.name),
            None => format!("trang “{}”", self.choice.name),
        };
        let is_read = matches!(self.choice.heading, HeadingRow::First | HeadingRow::At(_));
        // A heading that is not read may still be one of capitals that are no column: TT.
        let mut unseen = Shown::default();
        let cells = match heading {
            Some(row) if is_read => self.headings(row, &span, shown),
            Some(row) => self.headings(row, &span, &mut unseen),
            None => Vec::new(),
        };
        let whole = cells.first().map_or(0, |(_, range)| range.start)
            ..cells.last().map_or(0, |(_, range)| range.end);
        let is_blank = |(text, _): &(String, Range<usize>)| text.is_empty();
        let without_heading: BTreeSet<u32> =
            span.clone().zip(&cells).filter(|(_, cell)| is_blank(cell)).map(|it| it.0).collect();
        let is_merged = |row: &u32| {
            let merged = &mut self.sheet.merged.iter();
            merged.any(|area| (area.first.row..=area.last.row).contains(row))
        };
        let last_merged = heading.filter(is_merged).map(|row| self.last_of_heads(row) + 1);
        let headings =
            Headings { name, whole, cells, columns: Some(span.clone()), is_read, last_merged };
        if is_read && self.tell_other_heads(&headings) {
            return None;
        }
        let keys = match &self.from.columns {
            None => headings.keys(table, &self.from.group_column, self.door.faults)?,
            Some(map) => headings.mapped(map, table, &self.from.at.key("cot"), self.door.faults)?,
        };
        if let (None, Some(heading)) = (&self.from.columns, heading) {
            self.judge_stray(heading, &without_heading);
        }
        Some(self.wanted(span, keys, table))
    }

    /// The columns that have a key, each with what is wanted of its cells.
    pub(super) fn wanted<'t>(
        &mut self,
        span: RangeInclusive<u32>,
        keys: Vec<Option<String>>,
        table: &'t Table,
    ) -> Vec<Column<'t>> {
        let leaves = table.leaves();
        self.judge_read_as(&leaves);
        let columns = span.zip(keys).filter_map(|(number, key)| {
            let key = key?;
            let leaf = leaves.iter().find(|leaf| leaf.key == key);
            let wanted = Wanted {
                kind: leaf.map(|leaf| leaf.kind),
                read_as: self.from.read_as(&key),
                decimals: leaf.and_then(|leaf| leaf.decimals),
                ratio: leaf.and_then(|leaf| leaf.places()),
                units: [leaf.and_then(|leaf| leaf.unit.as_deref()), table.unit.as_deref()],
            };
            Some(Column { number, key, wanted })
        });
        columns.collect()
    }

    /// Reports keys of `doc_cot` that are none of the table's columns.
    fn judge_read_as(&mut self, leaves: &[&model::Column]) {
        let known = || leaves.iter().map(|leaf| leaf.key.as_str());
        for key in self.from.read_as_by_column.keys() {
            if !known().any(|it| it == key) {
                let message = format!("bảng không có cột `{key}`");
                let at = self.from.at.key("doc_cot").key(key);
                self.door.error("cot-la", &at, message, suggest(key, known()));
            }
        }
    }

    /// The columns that the clerk gave, or the first to the last that is used.
    pub(super) fn span(&self) -> RangeInclusive<u32> {
        let area = self.choice.area;
        if self.choice.has_columns {
            return area.first.column..=area.last.column;
        }
        let used = self.sheet.cells.iter().map(|(name, _)| name.column);
        used.clone().min().unwrap_or(0)..=used.max().unwrap_or(0)
    }

    fn headings(
        &self,
        row: u32,
        span: &RangeInclusive<u32>,
        shown: &mut Shown,
    ) -> Vec<(String, Range<usize>)> {
        let cells = self.cells_of(row);
        let shown_text = |value: &Value| value.shown(self.context);
        let text = |column| cell(cells, column).map_or(String::new(), shown_text);
        let texts: Vec<(u32, String)> =
            span.clone().map(|column| (column, one_line(&text(column)))).collect();
        let ranges = shown.line(row, texts.iter().map(|(column, text)| (*column, text.as_str())));
        texts.into_iter().map(|(_, text)| text).zip(ranges).collect()
    }

    pub(super) fn cells_of(&self, row: u32) -> Cells<'a> {
        let start = self.sheet.cells.partition_point(|(name, _)| name.row < row);
        let end = self.sheet.cells.partition_point(|(name, _)| name.row <= row);
        &self.sheet.cells[start..end]
    }

    /// A cell in a column that has no heading would be lost.
    fn judge_stray(&mut self, heading: u32, without_heading: &BTreeSet<u32>) {
        let is_stray =
            |name: &CellName| name.row > heading && without_heading.contains(&name.column);
        let Some((name, _)) = self.sheet.cells.iter().find(|(name, _)| is_stray(name)) else {
            return;
        };
        let message = format!(
            "trang “{}”: ô {name} có chữ mà cột {} không có đề mục ở dòng {}",
            self.choice.name,
            letters(name.column),
            heading + 1
        );
        let hint = format!(
            "xóa ô thừa, ghi khóa của cột vào ô {}, hoặc giới hạn bằng `vung`",
            CellName { row: heading, column: name.column }
        );
        self.door.error("vung-la", &self.from.at.key("tep"), message, hint);
    }

    /// The rows of which a cell is read.
    pub(super) fn data_rows(
        &self,
        heading: Option<u32>,
        columns: &[Column<'_>],
    ) -> Vec<(u32, Cells<'a>)> {
        let numbers: BTreeSet<u32> = columns.iter().map(|column| column.number).collect();
        let sheet: &'a Sheet = self.sheet;
        let rows = sheet.cells.chunk_by(|(one, _), (next, _)| one.row == next.row);
        let rows = rows.filter_map(|cells| Some((cells.first()?.0.row, cells)));
        let is_read =
            |cells: Cells<'_>| cells.iter().any(|(name, _)| numbers.contains(&name.column));
        let area = self.choice.area;
        rows.filter(|(row, cells)| {
            let is_below = heading.is_none_or(|heading| *row > heading);
            is_below && (area.first.row..=area.last.row).contains(row) && is_read(cells)
        })
        .collect()
    }

    /// Refuses merged cells among those that are read: only the first of them holds a value.
    pub(super) fn judge_merged(
        &mut self,
        rows: &[(u32, Cells<'_>)],
        columns: &[Column<'_>],
        at: &Route,
    ) {
        let mut told = 0;
        for merged in &self.sheet.merged {
            let from = rows.partition_point(|(row, _)| *row < merged.first.row);
            let to = rows.partition_point(|(row, _)| *row <= merged.last.row);
            if to <= from {
                continue;
            }
            let left = columns.partition_point(|column| column.number < merged.first.column);
            let right = columns.partition_point(|column| column.number <= merged.last.column);
            let within = columns.get(left..right).unwrap_or_default();
            let (Some((row, _)), Some(column)) = (rows.get(from), within.first()) else { continue };
            let first = CellName { row: *row, column: column.number };
            if to - from == 1 && within.len() == 1 && first == merged.first {
                continue;
            }
            for index in from..to {
                // That its group is not known is then no news.
                let at = at.index(index).key(&self.from.group_column);
                if within.iter().any(|column| column.key == self.from.group_column) {
                    self.door.faults.hush(at);
                }
            }
            self.door.error(
                "o-sai",
                &at.index(from).key(&column.key),
                format!("ô gộp {merged} nằm trong số liệu, chỉ ô đầu có giá trị"),
                "trong Excel bỏ gộp ô (Unmerge Cells) rồi ghi giá trị vào từng ô; nếu là đề mục, cho `vung` bắt đầu từ dòng số liệu đầu tiên và ghi `cot` bằng chữ cái",
            );
            told += 1;
            if told == MAX_MERGED_TOLD {
                return;
            }
        }
    }

    pub(super) fn tell_noughts(&mut self) {
        if self.sheet.has_only_noughts() {
            self.door.warning(
                "o-chua-tinh",
                &self.from.at.key("tep"),
                format!("mọi công thức của trang “{}” đều cho kết quả 0", self.choice.name),
                "có lẽ tệp do một chương trình khác tạo và chưa được tính: mở bằng Excel, bấm Ctrl+Alt+F9 rồi lưu lại",
            );
        }
    }

    pub(super) fn tell_hidden(&mut self, rows: &[(u32, Cells<'_>)], columns: &[Column<'_>]) {
        let at = self.from.at.key("tep");
        let rows: Vec<String> = rows
            .iter()
            .filter(|(row, _)| self.sheet.hidden_rows.contains(row))
            .map(|(row, _)| (row + 1).to_string())
            .collect();
        let is_hidden = |column: &&Column| {
            let hidden = &mut self.sheet.hidden_columns.iter();
            hidden.any(|(first, last)| (*first..=*last).contains(&column.number))
        };
        let columns: Vec<String> =
            columns.iter().filter(is_hidden).map(|column| letters(column.number)).collect();
        for (what, hidden) in [("dòng", rows), ("cột", columns)] {
            if hidden.is_empty() {
                continue;
            }
            let more = if hidden.len() > MAX_HIDDEN_LISTED { ", …" } else { "" };
            let list: Vec<&str> =
                hidden.iter().take(MAX_HIDDEN_LISTED).map(String::as_str).collect();
            self.door.warning(
                "o-an",
                &at,
                format!(
                    "trang “{}” có {} {what} đang ẩn mà vẫn được đọc: {}{more}",
                    self.choice.name,
                    hidden.len(),
                    list.join(", ")
                ),
                format!("bỏ ẩn để xem lại; {what} không cần thì xóa khỏi tệp"),
            );
        }
    }

    fn line(
        &mut self,
        row: u32,
        cells: Cells<'_>,
        columns: &[Column<'_>],
        at: &Route,
        told: &mut Told,
    ) -> Vec<CellRead> {
        let cells = columns.iter().map(|column| {
            let Some(value) = cell(cells, column.number) else { return CellRead::blank() };
            self.cell(value, row, column, at.key(&column.key), told)
        });
        cells.collect()
    }

    fn cell(
        &mut self,
        value: &Value,
        row: u32,
        column: &Column<'_>,
        at: Route,
        told: &mut Told,
    ) -> CellRead {
        let read = reading::read(value, &column.wanted, self.context);
        let (text, places) = (read.text, read.places);
        if self.door.faults.speak_of(&at) {
            // A merged cell.
            return CellRead { text, reading: Reading::Blank, places: None };
        }
        if let Some(remark) = read.remark {
            let name = CellName { row, column: column.number };
            let plain = match read.content {
                Content::Amount(amount) => amount.to_string(),
                _ => value.plain(self.context).unwrap_or_default(),
            };
            let shown = value.shown(self.context).trim().to_owned();
            let key = column.key.as_str();
            told.add(remark, told::Cell { name, key, at: at.clone(), shown, value: plain });
        }
        let reading = match read.content {
            Content::Blank => Reading::Blank,
            Content::Amount(amount) => Reading::Amount(amount),
            Content::AsShown => Reading::AsShown,
            Content::Text => self.text(&text, value, column, &at),
        };
        CellRead { text, reading, places }
    }

    fn text(&mut self, text: &str, value: &Value, column: &Column<'_>, at: &Route) -> Reading {
        let is_typed = matches!(value, Value::Text(_));
        let kind = column.wanted.kind;
        if !kind.is_some_and(ColumnKind::is_figure) {
            return Reading::Shown;
        }
        // A number that is typed with its sign of per cent.
        if kind == Some(ColumnKind::Percent) && text.ends_with('%') {
            return Reading::Shown;
        }
        if is_typed && self.from.notation.is_none() && looks_like_number(text) {
            ask_notation(text, at, self.door);
            return Reading::Blank;
        }
        match number(text, self.from.notation, at, self.door) {
            Written::Amount(amount) => Reading::Amount(amount),
            Written::Text(text) if text.is_empty() => Reading::Blank,
            Written::Text(_) | Written::Shown(_) => Reading::Shown,
        }
    }
}

/// The rows of a sheet as they are read.
pub(super) struct Lines<'t> {
    pub columns: Vec<Column<'t>>,
    pub lines: Vec<Line>,
    /// Decimals by the key of their column.
    pub places: BTreeMap<String, u32>,
    /// What each line is, where groups and totals are read too.
    pub outline: Option<Outline>,
}

/// What is read of a cell, and the text in which it is shown.
struct CellRead {
    text: String,
    reading: Reading,
    places: Option<u32>,
}

impl CellRead {
    const fn blank() -> Self {
        Self { text: String::new(), reading: Reading::Blank, places: None }
    }
}

/// Of the cells of a row, that of a column.
pub(super) fn cell<'c>(cells: Cells<'c>, column: u32) -> Option<&'c Value> {
    let index = cells.binary_search_by_key(&column, |(name, _)| name.column).ok()?;
    cells.get(index).map(|(_, value)| value)
}

/// What is read of a cell.
pub(super) enum Reading {
    /// The text that is shown.
    Shown,
    /// The same, as it stands, whatever its column is of.
    AsShown,
    Amount(Amount),
    Blank,
}

/// The cells of a row that are read, each with its bytes in the text that is shown.
pub(super) struct Line(Vec<(Range<usize>, Reading)>);

impl Line {
    /// The record, with its texts out of the text that is shown.
    fn with(self, text: &str) -> Record {
        let start = self.0.first().map_or(0, |(range, _)| range.start);
        let end = self.0.last().map_or(0, |(range, _)| range.end);
        let field = |(range, reading): (Range<usize>, Reading)| {
            let written = match reading {
                Reading::Shown => Written::Text(text[range.clone()].to_owned()),
                Reading::AsShown => Written::Shown(text[range.clone()].to_owned()),
                Reading::Amount(amount) => Written::Amount(amount),
                Reading::Blank => Written::Text(String::new()),
            };
            Field { written, range }
        };
        Record { whole: start..end, fields: self.0.into_iter().map(field).collect() }
    }
}

/// The text in which the sheet is shown, and where each cell begins in it.
#[derive(Default)]
pub(super) struct Shown {
    text: String,
    cells: Vec<(usize, CellName)>,
    /// The first cell whose text was composed, and how many were.
    composed: Option<(Range<usize>, usize)>,
}

impl Shown {
    /// Adds the line of a row, and gives the bytes of its cells.
    fn line<'t>(
        &mut self,
        row: u32,
        cells: impl Iterator<Item = (u32, &'t str)>,
    ) -> Vec<Range<usize>> {
        let mut ranges = Vec::new();
        for (column, text) in cells {
            if !ranges.is_empty() {
                self.text.push_str(" | ");
            }
            let start = self.text.len();
            self.text.push_str(&one_line(text));
            let range = start..self.text.len();
            self.cells.push((start, CellName { row, column }));
            if matches!(nfc(text), Cow::Owned(_)) {
                self.composed.get_or_insert((range.clone(), 0)).1 += 1;
            }
            ranges.push(range);
        }
        self.text.push('\n');
        ranges
    }

    fn tell_composed(&self, door: &mut Door<'_>) {
        let Some((range, count)) = &self.composed else { return };
        let at = At::Bytes { source: door.faults.source(), range: range.clone() };
        door.faults.add(
            Diagnostic::info(
                "chua-nfc",
                at,
                format!("{count} ô có dấu tiếng Việt viết rời (Unicode tổ hợp); chương trình đã ghép thành Unicode dựng sẵn"),
            )
            .hint("trong bộ gõ, chọn bảng mã “Unicode” (dựng sẵn)"),
        );
    }
}
