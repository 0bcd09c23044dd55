//! Phụ lục: columns, groups, rows, total.

use std::collections::{BTreeMap, BTreeSet};

use super::door::{Door, one_line};
use super::faults::suggest;
use super::limits::{MAX_COLUMNS, MAX_ROWS};
use super::raw::{self, ByColumn, Text, Token};
use super::rows_from::RowsFrom;
use crate::diag::{At, Diagnostic, Route};
use crate::model::{
    Amount, Appendix, Cell, Column, ColumnKind, Group, GroupTotal, Orientation, Row, Table, Total,
    TotalPlace, is_gap,
};

/// The key by which a row names its group.
pub const GROUP: &str = "nhom";

/// What the appendices still ask for: rows that stand in a file.
pub struct Pending {
    pub appendix: usize,
    pub from: RowsFrom,
}

pub fn appendices(
    raw: Option<Vec<Option<raw::Appendix>>>,
    at: &Route,
    door: &mut Door<'_>,
) -> (Vec<Appendix>, Vec<Pending>) {
    let mut appendices = Vec::new();
    let mut pending = Vec::new();
    for (index, raw) in raw.into_iter().flatten().enumerate() {
        let at = at.index(index);
        let (appendix, file) = appendix(raw.unwrap_or_default(), &at, door);
        appendices.push(appendix);
        pending.extend(file.map(|from| Pending { appendix: index, from }));
    }
    (appendices, pending)
}

fn appendix(raw: raw::Appendix, at: &Route, door: &mut Door<'_>) -> (Appendix, Option<RowsFrom>) {
    let title = door.required(raw.title.clone(), &at.key("tieu_de"));
    let orientation = door
        .choice(
            raw.orientation.clone(),
            &at.key("kho_giay"),
            &[("doc", Orientation::Portrait), ("ngang", Orientation::Landscape)],
        )
        .unwrap_or_default();
    let text = door.lines(raw.text.clone());
    let file = rows_from(&raw, at, door);
    let table = table(raw, at, door);
    (Appendix { title, orientation, text, table }, file)
}

fn rows_from(raw: &raw::Appendix, at: &Route, door: &mut Door<'_>) -> Option<RowsFrom> {
    let from = raw.rows_from.clone()?;
    let at = at.key("dong_tu_tep");
    if raw.rows.is_some() {
        door.faults.add(
            Diagnostic::error("sai-kieu", At::Key(at.clone()), "có cả `dong` và `dong_tu_tep`")
                .hint("các dòng viết ở một chỗ; giữ một khóa"),
        );
    }
    super::rows_from::read(from, &at, door)
}

fn table(raw: raw::Appendix, at: &Route, door: &mut Door<'_>) -> Option<Table> {
    let Some(columns) = raw.columns else {
        if raw.rows.is_some() || raw.rows_from.is_some() || raw.total.is_some() {
            door.missing_named(&at.key("cot"), "cột", Some("- {khoa: ten_du_an, ten: Tên dự án}"));
        }
        return None;
    };
    let columns = self::columns(columns, &at.key("cot"), door);
    let mut table = Table { unit: door.text(raw.unit), columns, ..Table::default() };
    judge_columns(&table, &at.key("cot"), door);
    let amounts: Vec<String> = amount_keys(&table);
    let amounts: Vec<&str> = amounts.iter().map(String::as_str).collect();
    table.groups = groups(raw.groups, &at.key("nhom"), &amounts, door);
    table.total = raw.total.map(|raw| total(raw, &at.key("tong"), &amounts, door));
    rows(raw.rows, &mut table, &at.key("dong"), door);
    Some(table)
}

fn amount_keys(table: &Table) -> Vec<String> {
    table
        .leaves()
        .into_iter()
        .filter(|leaf| leaf.kind == ColumnKind::Amount)
        .map(|leaf| leaf.key.clone())
        .collect()
}

fn columns(raw: Vec<Option<raw::Column>>, at: &Route, door: &mut Door<'_>) -> Vec<Column> {
    raw.into_iter()
        .enumerate()
        .map(|(index, raw)| column(raw.unwrap_or_default(), &at.index(index), door))
        .collect()
}

fn column(raw: raw::Column, at: &Route, door: &mut Door<'_>) -> Column {
    let name = door.required(raw.name, &at.key("ten"));
    let kinds = [
        ("chu", ColumnKind::Text),
        ("giua", ColumnKind::Centered),
        ("so", ColumnKind::Amount),
        ("stt", ColumnKind::Ordinal),
    ];
    let kind = door.choice(raw.kind, &at.key("kieu"), &kinds).unwrap_or_default();
    let key = door.token(raw.key);
    let weight = weight(raw.weight, &at.key("rong"), door);
    let sum_of = raw.sum_of.into_iter().flatten().filter_map(|part| door.token(part)).collect();
    let Some(inner) = raw.columns else {
        let key = key.unwrap_or_else(|| door.missing(&at.key("khoa")));
        let key = plain_key(key, &at.key("khoa"), door);
        return Column { key, name, kind, weight, sum_of, columns: Vec::new() };
    };
    if key.is_some() {
        door.error(
            "cau-truc-bang",
            &at.key("khoa"),
            "cột có cả `khoa` và `cot`",
            "nhóm cột không có khóa riêng; bỏ `khoa`",
        );
    }
    Column { name, columns: columns(inner, &at.key("cot"), door), ..Column::default() }
}

fn weight(raw: Option<Token>, at: &Route, door: &mut Door<'_>) -> Option<u32> {
    let written = door.token(raw)?;
    let weight = written.parse().ok().filter(|weight| (1..=100).contains(weight));
    if weight.is_none() {
        door.error(
            "gia-tri-la",
            at,
            format!("độ rộng “{written}” không phải số từ 1 đến 100"),
            "ghi một số nguyên, ví dụ `rong: 4`",
        );
    }
    weight
}

/// Small letters without marks; of another key, what it would be, so that rows still find it.
fn plain_key(key: String, at: &Route, door: &mut Door<'_>) -> String {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if key == GROUP {
        let message = "khóa `nhom` dành cho nhóm của dòng";
        door.error("cau-truc-bang", at, message, "đặt khóa khác cho cột này");
    }
    if key.chars().all(plain) || is_gap(&key) {
        return key;
    }
    let meant: String =
        crate::vi::text::fold(&key).chars().map(|c| if plain(c) { c } else { '_' }).collect();
    let message = format!("khóa cột “{key}” có dấu, dấu cách hoặc chữ hoa");
    door.error("cau-truc-bang", at, message, format!("viết `{meant}`"));
    meant
}

/// Keys are single, and sums are of other columns with amounts.
fn judge_columns(table: &Table, at: &Route, door: &mut Door<'_>) {
    let mut leaves = Vec::new();
    routed(&table.columns, at, &mut leaves);
    if leaves.len() > MAX_COLUMNS {
        let message = format!("bảng có {} cột, tối đa {MAX_COLUMNS}", leaves.len());
        door.error("qua-lon", at, message, "chia bảng thành nhiều phụ lục");
    }
    let mut seen = BTreeSet::new();
    for (leaf, at) in &leaves {
        if !seen.insert(leaf.key.as_str()) {
            let message = format!("hai cột cùng có khóa `{}`", leaf.key);
            door.error("cau-truc-bang", &at.key("khoa"), message, "mỗi cột một khóa riêng");
        }
    }
    let amounts = amount_keys(table);
    // What kind a column is of may be the very thing that is wrong.
    let unsure: Vec<&str> = leaves
        .iter()
        .filter(|(_, at)| door.faults.speak_of(&at.key("kieu")))
        .map(|(leaf, _)| leaf.key.as_str())
        .collect();
    for (leaf, at) in &leaves {
        judge_sum(leaf, &at.key("tong_cua"), &amounts, &unsure, door);
        if sums_itself(&leaf.key, &table.leaves()) {
            let message = format!("cột `{}` là tổng của chính nó", leaf.key);
            door.error("cau-truc-bang", &at.key("tong_cua"), message, "sửa `tong_cua`");
        }
    }
}

/// The leaf columns, each with its route.
fn routed<'a>(columns: &'a [Column], at: &Route, leaves: &mut Vec<(&'a Column, Route)>) {
    for (index, column) in columns.iter().enumerate() {
        let at = at.index(index);
        if column.columns.is_empty() {
            leaves.push((column, at));
        } else {
            routed(&column.columns, &at.key("cot"), leaves);
        }
    }
}

fn judge_sum(leaf: &Column, at: &Route, amounts: &[String], unsure: &[&str], door: &mut Door<'_>) {
    let is_unsure = |key: &str| unsure.contains(&key);
    if !leaf.sum_of.is_empty() && leaf.kind != ColumnKind::Amount && !is_unsure(&leaf.key) {
        let message = format!("cột `{}` có `tong_cua` mà không phải cột số", leaf.key);
        door.error("cau-truc-bang", at, message, "ghi thêm `kieu: so`");
    }
    for part in leaf.sum_of.iter().filter(|part| !amounts.contains(part) && !is_unsure(part)) {
        let others = amounts.iter().map(String::as_str).filter(|key| *key != leaf.key);
        let hint = suggest(part, others);
        let message =
            format!("cột `{}` là tổng của `{part}`, mà không có cột số nào như vậy", leaf.key);
        door.error("cot-la", at, message, hint);
    }
}

fn sums_itself(key: &str, leaves: &[&Column]) -> bool {
    let mut waiting = vec![key];
    let mut seen = BTreeSet::new();
    while let Some(next) = waiting.pop() {
        let parts = leaves.iter().filter(|leaf| leaf.key == next).flat_map(|leaf| &leaf.sum_of);
        for part in parts {
            if part == key {
                return true;
            }
            if seen.insert(part) {
                waiting.push(part);
            }
        }
    }
    false
}

fn groups(
    raw: Option<Vec<Option<raw::Group>>>,
    at: &Route,
    amounts: &[&str],
    door: &mut Door<'_>,
) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (index, raw) in raw.into_iter().flatten().enumerate() {
        let at = at.index(index);
        let group = group(raw.unwrap_or_default(), &at, amounts, door);
        if groups.iter().any(|earlier| earlier.key == group.key) {
            door.error(
                "cau-truc-bang",
                &at.key("khoa"),
                format!("hai nhóm cùng có khóa `{}`", group.key),
                "mỗi nhóm một khóa riêng",
            );
        }
        groups.push(group);
    }
    groups
}

fn group(raw: raw::Group, at: &Route, amounts: &[&str], door: &mut Door<'_>) -> Group {
    let summed = door.yes(raw.summed, &at.key("cong"));
    let declared = raw.declared.is_some();
    let figures = door.figures(raw.declared, &at.key("khai"), amounts);
    Group {
        key: door.required_token(raw.key, &at.key("khoa")),
        name: door.required(raw.name, &at.key("ten")),
        total: match (declared, summed) {
            (true, _) => GroupTotal::Declared(figures),
            (false, true) => GroupTotal::Computed,
            (false, false) => GroupTotal::None,
        },
    }
}

fn total(raw: raw::Total, at: &Route, amounts: &[&str], door: &mut Door<'_>) -> Total {
    // `tat_ca` is the only scope so far; naming it keeps old cases readable when others come.
    door.choice(raw.scope, &at.key("pham_vi"), &[("tat_ca", ())]);
    let places = [("dau", TotalPlace::First), ("cuoi", TotalPlace::Last)];
    Total {
        label: door.required(raw.label, &at.key("nhan")),
        place: door.choice(raw.place, &at.key("vi_tri"), &places).unwrap_or_default(),
        declared: door.figures(raw.declared, &at.key("khai"), amounts),
    }
}

fn rows(raw: Option<Vec<Option<ByColumn>>>, table: &mut Table, at: &Route, door: &mut Door<'_>) {
    let raw = raw.unwrap_or_default();
    if raw.len() > MAX_ROWS {
        return door.error(
            "qua-lon",
            at,
            format!("bảng có {} dòng, tối đa {MAX_ROWS}", raw.len()),
            "chia bảng thành nhiều phụ lục",
        );
    }
    let mut reader = RowReader::new(table, GROUP);
    let mut rows = Vec::with_capacity(raw.len());
    for (index, cells) in raw.into_iter().enumerate() {
        if cells.is_none() && !door.faults.speak_of(&at.index(index)) {
            let hint = "ghi các ô của dòng, hoặc xóa dấu `- `";
            door.error("thieu", &at.index(index), "dòng này để trống", hint);
        }
        let cells = cells.into_iter().flatten();
        // A cell may be blank, but not of a column that is not there.
        let cells = cells.map(|(key, cell)| {
            (key, Written::Text(cell.map(|Text(text)| text).unwrap_or_default()))
        });
        rows.push(reader.row(cells, &at.index(index), door));
    }
    reader.report_unknown_columns(door);
    table.rows = rows;
}

/// What stands in a cell of a row: text, or a number of a workbook, which can be read in
/// one way only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    Text(String),
    Amount(Amount),
}

/// Rows of one table, from the case or from a file.
pub struct RowReader {
    kinds: BTreeMap<String, ColumnKind>,
    groups: Vec<String>,
    group_key: String,
    /// Rows so far, by group.
    counts: BTreeMap<Option<usize>, usize>,
    /// Whether a row before could not be read, so that the numbers of the others are unsure.
    is_unsure: bool,
    /// Whether the file has no column of groups, which is told once.
    is_ungrouped: bool,
    /// Columns that the table lacks: where each stands first, and in how many rows.
    unknown: BTreeMap<String, (Route, usize)>,
}

impl RowReader {
    pub fn new(table: &Table, group_key: &str) -> Self {
        Self {
            kinds: table.leaves().into_iter().map(|leaf| (leaf.key.clone(), leaf.kind)).collect(),
            groups: table.groups.iter().map(|group| group.key.clone()).collect(),
            group_key: group_key.to_owned(),
            counts: BTreeMap::new(),
            is_unsure: false,
            is_ungrouped: false,
            unknown: BTreeMap::new(),
        }
    }

    /// Passes over a row that cannot be read.
    pub const fn skip(&mut self) {
        self.is_unsure = true;
    }

    /// No row says what group it belongs to.
    pub const fn without_groups(&mut self) {
        self.is_ungrouped = true;
        self.is_unsure = true;
    }

    pub fn row(
        &mut self,
        cells: impl Iterator<Item = (String, Written)>,
        at: &Route,
        door: &mut Door<'_>,
    ) -> Row {
        let mut row = Row::default();
        let mut ordinals = Vec::new();
        let mut group = None;
        for (key, written) in cells {
            let written = match (written, self.kinds.get(&key)) {
                (Written::Amount(amount), Some(ColumnKind::Amount)) => {
                    row.cells.insert(key, Cell::Amount(amount));
                    continue;
                }
                (Written::Amount(amount), _) => amount.plain(),
                (Written::Text(text), _) => one_line(&text),
            };
            let at = at.key(&key);
            if key == self.group_key {
                group = Some(written).filter(|written| !written.is_empty());
                continue;
            }
            match self.kinds.get(&key) {
                None => self.unknown.entry(key).or_insert((at, 0)).1 += 1,
                Some(_) if written.is_empty() => {}
                Some(ColumnKind::Ordinal) => ordinals.push((at, written)),
                Some(ColumnKind::Amount) => {
                    let amount = door.amount(&written, &at).unwrap_or(Amount::ZERO);
                    row.cells.insert(key, Cell::Amount(amount));
                }
                Some(ColumnKind::Text | ColumnKind::Centered) => {
                    row.cells.insert(key, Cell::Text(written));
                }
            }
        }
        row.group = self.group(group, at, door);
        let count = self.counts.entry(row.group).or_default();
        *count += 1;
        if !self.is_unsure {
            judge_ordinals(ordinals, *count, door);
        }
        row
    }

    /// Tells each column once, for a whole table may have it.
    pub fn report_unknown_columns(self, door: &mut Door<'_>) {
        // When a column has no key, the rows name it by one that nobody knows.
        if self.kinds.keys().any(|key| is_gap(key)) {
            return;
        }
        for (key, (at, rows)) in self.unknown {
            let known: Vec<&str> = self.kinds.keys().map(String::as_str).collect();
            let more = if rows > 1 { format!(", ghi ở {rows} dòng") } else { String::new() };
            let message = format!("bảng không có cột `{key}`{more}");
            let found = Diagnostic::error("cot-la", At::Key(at), message);
            door.faults.add(found.hint(suggest(&key, known)));
        }
    }

    fn group(&self, written: Option<String>, at: &Route, door: &mut Door<'_>) -> Option<usize> {
        if door.faults.speak_of(at) {
            return None;
        }
        let at = at.key(&self.group_key);
        let Some(written) = written else {
            if !self.groups.is_empty() && !self.is_ungrouped && !door.faults.speak_of(&at) {
                door.error(
                    "nhom-la",
                    &at,
                    "dòng chưa thuộc nhóm nào",
                    suggest("", self.groups.iter().map(String::as_str)),
                );
            }
            return None;
        };
        let group = self.groups.iter().position(|known| *known == written);
        if group.is_none() {
            let hint = suggest(&written, self.groups.iter().map(String::as_str));
            door.error("nhom-la", &at, format!("phụ lục không có nhóm `{written}`"), hint);
        }
        group
    }
}

/// The program numbers the rows; a number that is given must be the same.
fn judge_ordinals(given: Vec<(Route, String)>, count: usize, door: &mut Door<'_>) {
    for (at, written) in given {
        if written.parse() != Ok(count) {
            door.error(
                "stt-sai",
                &at,
                format!("ghi số thứ tự {written}, dòng này là dòng {count} của nhóm"),
                "bỏ trống ô này, chương trình tự đánh số",
            );
        }
    }
}
