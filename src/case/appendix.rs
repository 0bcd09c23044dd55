//! Phụ lục: columns, groups, rows, total.

use std::collections::BTreeMap;

use super::door::{Door, one_line};
use super::faults::suggest;
use super::limits::MAX_ROWS;
use super::raw::{self, ByColumn, Text, Token};
use super::rows_from::RowsFrom;
use super::{columns, constraint, grid};
use crate::diag::{At, Diagnostic, Route};
use crate::model::{
    Amount, Appendix, BodyTable, Cell, ColumnKind, Group, GroupTotal, Orientation, Paper, Row,
    Table, Total, TotalPlace, is_gap,
};
use crate::vi::mark::{self, Mark};
use crate::vi::total::{self, Named};

/// The key by which a row names its group.
pub const GROUP: &str = "nhom";

/// What a table still asks for: rows that stand in a file.
pub struct Pending {
    /// Of the table: `phu_luc[0]`, `bang[1]`.
    pub route: Route,
    pub from: RowsFrom,
}

/// Appendices, and the rows they still ask for, each with the place of its appendix.
pub fn appendices(
    raw: Option<Vec<Option<raw::Appendix>>>,
    at: &Route,
    door: &mut Door<'_>,
) -> (Vec<Appendix>, Vec<(usize, Pending)>) {
    let mut pending = Vec::new();
    let appendices = raw.into_iter().flatten().enumerate().map(|(index, raw)| {
        let at = at.index(index);
        let raw = raw.unwrap_or_default();
        let title = door.required(raw.title, &at.key("tieu_de"));
        let (paper, orientation) =
            door.choice(raw.orientation, &at.key("kho_giay"), &SHEETS).unwrap_or_default();
        let text = door.lines(raw.text);
        let parts = Parts {
            unit: raw.unit,
            columns: raw.columns,
            numbered_columns: raw.numbered_columns,
            folds_blank_columns: raw.folds_blank_columns,
            groups: raw.groups,
            rows: raw.rows,
            rows_from: raw.rows_from,
            total: raw.total,
            constraints: raw.constraints,
        };
        pending.extend(rows_from(&parts, &at, door).map(|pending| (index, pending)));
        let volume_rows = volume_rows(raw.volume_rows, &at.key("chia_tap"), door);
        let table = table(parts, &at, door);
        Appendix { title, paper, orientation, text, table, volume_rows }
    });
    let appendices = appendices.collect();
    (appendices, pending)
}

/// A volume of fewer rows than this is no volume.
const LEAST_VOLUME: usize = 100;

fn volume_rows(raw: Option<Token>, at: &Route, door: &mut Door<'_>) -> Option<usize> {
    let written = door.token(raw)?;
    let rows: Option<usize> =
        written.parse::<Amount>().ok().and_then(|rows| rows.plain().parse().ok());
    let count = rows.filter(|count| *count >= LEAST_VOLUME);
    if count.is_none() {
        let message = match rows {
            Some(_) => format!("mỗi tập {written} dòng là quá ít"),
            None => format!("“{written}” không phải số dòng của một tập"),
        };
        let hint = format!("ghi một số nguyên từ {LEAST_VOLUME} trở lên, ví dụ `chia_tap: 5.000`");
        door.error("gia-tri-la", at, message, hint);
    }
    count
}

/// What may be written for `kho_giay`.
const SHEETS: [(&str, (Paper, Orientation)); 4] = [
    ("doc", (Paper::A4, Orientation::Portrait)),
    ("ngang", (Paper::A4, Orientation::Landscape)),
    ("a3_doc", (Paper::A3, Orientation::Portrait)),
    ("a3_ngang", (Paper::A3, Orientation::Landscape)),
];

/// Tables within the document, and the rows they still ask for, each with the place of its table.
pub fn body_tables(
    raw: Option<Vec<Option<raw::BodyTable>>>,
    at: &Route,
    door: &mut Door<'_>,
) -> (Vec<BodyTable>, Vec<(usize, Pending)>) {
    let mut pending = Vec::new();
    let mut tables: Vec<BodyTable> = Vec::new();
    for (index, raw) in raw.into_iter().flatten().enumerate() {
        let at = at.index(index);
        let raw = raw.unwrap_or_default();
        let key = door.required_token(raw.key, &at.key("khoa"));
        let key = columns::plain_key(key, &at.key("khoa"), "bảng", door);
        if tables.iter().any(|earlier| earlier.key == key) {
            let message = format!("hai bảng cùng có khóa `{key}`");
            door.error("cau-truc-bang", &at.key("khoa"), message, "mỗi bảng một khóa riêng");
        }
        if raw.columns.is_none() {
            missing_columns(&at, door);
        }
        let title = door.text(raw.title);
        let parts = Parts {
            unit: raw.unit,
            columns: raw.columns,
            numbered_columns: raw.numbered_columns,
            folds_blank_columns: raw.folds_blank_columns,
            groups: raw.groups,
            rows: raw.rows,
            rows_from: raw.rows_from,
            total: raw.total,
            constraints: raw.constraints,
        };
        pending.extend(rows_from(&parts, &at, door).map(|pending| (index, pending)));
        let table = table(parts, &at, door).unwrap_or_default();
        tables.push(BodyTable { key, title, table });
    }
    (tables, pending)
}

/// What a table is made from, whether it stands in an appendix or in the document.
struct Parts {
    unit: Option<Text>,
    columns: Option<Vec<Option<raw::Column>>>,
    numbered_columns: Option<Token>,
    folds_blank_columns: Option<Token>,
    groups: Option<Vec<Option<raw::Group>>>,
    rows: Option<Vec<Option<ByColumn>>>,
    rows_from: Option<raw::RowsFrom>,
    total: Option<raw::Total>,
    constraints: Option<Vec<Option<Text>>>,
}

fn rows_from(parts: &Parts, at: &Route, door: &mut Door<'_>) -> Option<Pending> {
    let from = parts.rows_from.clone()?;
    let route = at.clone();
    let at = at.key("dong_tu_tep");
    if parts.rows.is_some() {
        door.faults.add(
            Diagnostic::error("sai-kieu", At::Key(at.clone()), "có cả `dong` và `dong_tu_tep`")
                .hint("các dòng viết ở một chỗ; giữ một khóa"),
        );
    }
    if from.groups.is_some() && parts.groups.is_some() {
        let message = "có cả `nhom` của bảng và `nhom: theo_stt` của tệp";
        door.faults.add(Diagnostic::error("sai-kieu", At::Key(at.key("nhom")), message).hint(
            "nhóm lấy từ tệp thì bỏ `nhom` của bảng; nhóm khai ở bảng thì bỏ `nhom: theo_stt`",
        ));
    }
    super::rows_from::read(from, &at, door).map(|from| Pending { route, from })
}

fn missing_columns(at: &Route, door: &mut Door<'_>) {
    door.missing_named(&at.key("cot"), "cột", Some("- {khoa: ten_du_an, ten: Tên dự án}"));
}

fn table(parts: Parts, at: &Route, door: &mut Door<'_>) -> Option<Table> {
    let Some(raw) = parts.columns else {
        if parts.rows.is_some() || parts.rows_from.is_some() || parts.total.is_some() {
            missing_columns(at, door);
        }
        return None;
    };
    let columns = columns::columns(raw, &at.key("cot"), door);
    let mut table = Table {
        unit: door.text(parts.unit),
        columns,
        numbered_columns: door.yes(parts.numbered_columns, &at.key("danh_so_cot")),
        folds_blank_columns: door.yes_or_no(parts.folds_blank_columns, &at.key("an_cot_trong")),
        ..Table::default()
    };
    columns::judge(&table, &at.key("cot"), door);
    let figures: Vec<String> = columns::figure_keys(&table);
    let figures: Vec<&str> = figures.iter().map(String::as_str).collect();
    groups(parts.groups, None, &at.key("nhom"), &figures, &mut table.groups, door);
    table.total = parts.total.map(|raw| total(raw, &at.key("tong"), &figures, door));
    let constraints = constraint::constraints(parts.constraints, &table, &at.key("kiem_tra"), door);
    table.constraints = constraints;
    rows(parts.rows, &mut table, &at.key("dong"), door);
    Some(table)
}

/// Groups in the order in which they are printed: each before those within it.
fn groups(
    raw: Option<Vec<Option<raw::Group>>>,
    parent: Option<usize>,
    at: &Route,
    figures: &[&str],
    groups: &mut Vec<Group>,
    door: &mut Door<'_>,
) {
    for (index, raw) in raw.into_iter().flatten().enumerate() {
        let at = at.index(index);
        let mut raw = raw.unwrap_or_default();
        let inner = raw.groups.take();
        let group = Group { parent, ..group(raw, &at, figures, door) };
        if groups.iter().any(|earlier| earlier.key == group.key) {
            door.error(
                "cau-truc-bang",
                &at.key("khoa"),
                format!("hai nhóm cùng có khóa `{}`", group.key),
                "mỗi nhóm một khóa riêng; nhóm con viết như `I.1`",
            );
        }
        groups.push(group);
        let own = groups.len() - 1;
        self::groups(inner, Some(own), &at.key("nhom"), figures, groups, door);
    }
}

fn group(raw: raw::Group, at: &Route, figures: &[&str], door: &mut Door<'_>) -> Group {
    let summed = door.yes(raw.summed, &at.key("cong"));
    let declared = raw.declared.is_some();
    let figures = door.figures(raw.declared, &at.key("khai"), figures);
    Group {
        key: door.required_token(raw.key, &at.key("khoa")),
        name: door.required(raw.name, &at.key("ten")),
        total: match (declared, summed) {
            (true, _) => GroupTotal::Declared(figures),
            (false, true) => GroupTotal::Computed,
            (false, false) => GroupTotal::None,
        },
        parent: None,
    }
}

fn total(raw: raw::Total, at: &Route, figures: &[&str], door: &mut Door<'_>) -> Total {
    // `tat_ca` is the only scope so far; naming it keeps old cases readable when others come.
    door.choice(raw.scope, &at.key("pham_vi"), &[("tat_ca", ())]);
    let places = [("dau", TotalPlace::First), ("cuoi", TotalPlace::Last)];
    Total {
        label: door.required(raw.label, &at.key("nhan")),
        place: door.choice(raw.place, &at.key("vi_tri"), &places).unwrap_or_default(),
        declared: door.figures(raw.declared, &at.key("khai"), figures),
    }
}

fn rows(raw: Option<Vec<Option<ByColumn>>>, table: &mut Table, at: &Route, door: &mut Door<'_>) {
    let raw = raw.unwrap_or_default();
    if raw.len() > MAX_ROWS {
        return door.error(
            "qua-lon",
            at,
            format!("bảng có {} dòng, tối đa {}", grid::count(raw.len()), grid::count(MAX_ROWS)),
            "chia bảng thành nhiều phụ lục",
        );
    }
    let mut reader = RowReader::new(table, GROUP);
    let mut rows = Vec::with_capacity(raw.len());
    for (index, cells) in raw.into_iter().enumerate() {
        if cells.is_none() && !door.faults.speak_of(&at.index(index)) {
            // Its cells stay blank: which of them may be, nobody knows yet.
            door.blank_item(&at.index(index), "dòng này để trống", "ghi các ô của dòng");
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
    /// What a sheet shows, which is printed as it stands even where its column is of days.
    Shown(String),
}

/// Rows of one table, from the case or from a file.
pub struct RowReader {
    /// How many leaf columns there are.
    width: usize,
    /// Place and kind of each, by its key.
    columns: BTreeMap<String, (usize, ColumnKind)>,
    groups: Vec<String>,
    group_key: String,
    /// Rows so far, by group.
    counts: BTreeMap<Option<usize>, usize>,
    /// Whether a row before could not be read, so that the numbers of the others are unsure.
    is_unsure: bool,
    /// Whether the file has no column of groups, which is told once.
    is_ungrouped: bool,
    /// Whether the rows stand in a file of their own.
    in_file: bool,
    /// Columns that the table lacks: where each stands first, and in how many rows.
    unknown: BTreeMap<String, (Route, usize)>,
}

impl RowReader {
    pub fn new(table: &Table, group_key: &str) -> Self {
        Self {
            width: table.leaves().len(),
            columns: places(table),
            groups: table.groups.iter().map(|group| group.key.clone()).collect(),
            group_key: group_key.to_owned(),
            counts: BTreeMap::new(),
            is_unsure: false,
            is_ungrouped: false,
            in_file: false,
            unknown: BTreeMap::new(),
        }
    }

    /// The same for rows that stand in a file.
    pub fn of_file(table: &Table, group_key: &str) -> Self {
        Self { in_file: true, ..Self::new(table, group_key) }
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
        let read = self.cells(cells, at, door);
        let mut row = read.row;
        row.group = self.group(read.group, &read.texts, at, door);
        let count = self.counts.entry(row.group).or_default();
        // A row that is a total, which is told, is not counted among those that it adds up.
        if !read.ordinals.is_empty() || !read.texts.iter().any(|text| is_total(text)) {
            *count += 1;
        }
        for (at, written) in read.ordinals {
            if self.is_unsure {
                break;
            }
            let Err((fact, step)) = judge_ordinal(&written, *count, self.in_file) else { continue };
            door.error("stt-sai", &at, fact, step);
            match ordinal(&written) {
                // Where a row was lost, the next ones go on from it.
                Some(number) => *count = number,
                // What follows is numbered anew.
                None => self.is_unsure = true,
            }
        }
        row
    }

    /// The cells of a row: what they hold, and what is said of its group and its number.
    pub fn cells(
        &mut self,
        cells: impl Iterator<Item = (String, Written)>,
        at: &Route,
        door: &mut Door<'_>,
    ) -> Cells {
        let mut row = Row { group: None, cells: vec![Cell::Blank; self.width] };
        let mut read = Cells::default();
        for (key, written) in cells {
            let at = at.key(&key);
            let column = self.columns.get(&key).filter(|_| key != self.group_key).copied();
            if let (Written::Amount(amount), Some((place, kind))) = (&written, column)
                && kind.is_figure()
            {
                put(&mut row, place, Cell::Amount(*amount));
                continue;
            }
            if let (Written::Shown(text), Some((place, _))) = (&written, column) {
                put(&mut row, place, Cell::Text(one_line(text)));
                continue;
            }
            let written = match written {
                Written::Amount(amount) => amount.plain(),
                Written::Text(text) | Written::Shown(text) => one_line(&text),
            };
            if key == self.group_key {
                read.group = Some(written).filter(|written| !written.is_empty());
                continue;
            }
            let Some((place, kind)) = column else {
                self.unknown.entry(key).or_insert((at, 0)).1 += 1;
                continue;
            };
            if written.is_empty() {
                continue;
            }
            let figure = |written: &str, door: &mut Door<'_>| {
                Cell::Amount(door.amount(written, &at).unwrap_or(Amount::ZERO))
            };
            let cell = match kind {
                ColumnKind::Ordinal => {
                    read.ordinals.push((at, written));
                    continue;
                }
                ColumnKind::Amount => figure(&written, door),
                // The head of the column says per cent; a cell may say it again.
                ColumnKind::Percent => figure(written.trim_end_matches('%').trim_end(), door),
                ColumnKind::Date => door.day(&written, &at).map_or(Cell::Blank, Cell::Date),
                ColumnKind::Text | ColumnKind::Centered => {
                    read.texts.push(written.clone());
                    Cell::Text(written)
                }
            };
            put(&mut row, place, cell);
        }
        read.row = row;
        read
    }

    /// Tells each column once, for a whole table may have it.
    pub fn report_unknown_columns(self, door: &mut Door<'_>) {
        // When a column has no key, the rows name it by one that nobody knows.
        if self.columns.keys().any(|key| is_gap(key)) {
            return;
        }
        for (key, (at, rows)) in self.unknown {
            let known: Vec<&str> = self.columns.keys().map(String::as_str).collect();
            let more = if rows > 1 { format!(", ghi ở {rows} dòng") } else { String::new() };
            let message = format!("bảng không có cột `{key}`{more}");
            let found = Diagnostic::error("cot-la", At::Key(at), message);
            door.faults.add(found.hint(suggest(&key, known)));
        }
    }

    fn group(
        &self,
        written: Option<String>,
        texts: &[String],
        at: &Route,
        door: &mut Door<'_>,
    ) -> Option<usize> {
        if door.faults.speak_of(at) {
            return None;
        }
        let at = at.key(&self.group_key);
        let is_known = |written: &String| self.groups.contains(written);
        if !self.groups.is_empty() && !written.as_ref().is_some_and(is_known) {
            // To name a group would lead to a total that is added up again.
            let called = written.iter().chain(texts).find(|text| is_total(text));
            if let Some(called) = called.filter(|_| !door.faults.speak_of(&at)) {
                let from = if self.in_file { "tệp, hoặc khỏi `vung`" } else { "`dong`" };
                door.error(
                    "nhom-la",
                    &at,
                    format!("dòng “{called}” là dòng tổng, không phải một dòng số liệu của nhóm nào"),
                    format!("bỏ dòng này khỏi {from}; tổng của bảng khai ở `tong`, tổng của nhóm ghi `cong: co`"),
                );
                return None;
            }
        }
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
            door.error("nhom-la", &at, format!("bảng không có nhóm `{written}`"), hint);
        }
        group
    }
}

fn put(row: &mut Row, place: usize, cell: Cell) {
    if let Some(there) = row.cells.get_mut(place) {
        *there = cell;
    }
}

/// Place and kind of each leaf; of two with one key, which is told, the first.
fn places(table: &Table) -> BTreeMap<String, (usize, ColumnKind)> {
    let leaves = table.leaves();
    let places = leaves.iter().enumerate().rev();
    places.map(|(place, leaf)| (leaf.key.clone(), (place, leaf.kind))).collect()
}

/// What the cells of a row say.
#[derive(Default)]
pub struct Cells {
    pub row: Row,
    /// Numbers that are given, each with its place.
    pub ordinals: Vec<(Route, String)>,
    /// What stands in the column of groups.
    pub group: Option<String>,
    /// What stands in columns of text, from left to right.
    pub texts: Vec<String>,
}

fn is_total(text: &str) -> bool {
    matches!(total::named(text), Some(Named::Total { .. }))
}

/// `2`, `2.` or `(2)`.
fn ordinal(written: &str) -> Option<usize> {
    let mark = Mark::parse(written)?;
    let number = mark.readings.iter().find(|(kind, _)| *kind == mark::Kind::Number);
    number.and_then(|(_, number)| usize::try_from(*number).ok())
}

/// The program numbers the rows; a number that is given must be the same, or else the fact
/// and the next step are told.
fn judge_ordinal(written: &str, count: usize, in_file: bool) -> Result<(), (String, &'static str)> {
    if is_total(written) {
        let step = if in_file {
            "ghi `nhom: theo_stt` dưới `dong_tu_tep:` để đọc dòng tổng và nhóm như trong tệp; hoặc bỏ dòng này khỏi tệp, khỏi `vung`, rồi khai tổng ở `tong`"
        } else {
            "bỏ dòng này khỏi `dong`; tổng của bảng khai ở `tong`, tổng của nhóm ghi `cong: co`"
        };
        return Err((format!("“{written}” là dòng tổng, không phải một dòng số liệu"), step));
    }
    if ordinal(written) == Some(count) {
        return Ok(());
    }
    let is_head = |mark: Mark| mark.may_be(mark::Kind::Roman) || mark.may_be(mark::Kind::Capital);
    if Mark::parse(written).is_some_and(is_head) {
        let step = if in_file {
            "ghi `nhom: theo_stt` dưới `dong_tu_tep:` để đọc nhóm và tổng như trong tệp; hoặc bỏ các dòng tên nhóm khỏi tệp rồi khai ở `nhom`"
        } else {
            "bỏ dòng này khỏi `dong`, khai nhóm ở `nhom`"
        };
        return Err((
            format!("số thứ tự {written} là của một nhóm, không phải của một dòng số liệu"),
            step,
        ));
    }
    Err((
        format!("ghi số thứ tự {written}, dòng này là dòng {count} của nhóm"),
        "bỏ trống ô này, chương trình tự đánh số",
    ))
}
