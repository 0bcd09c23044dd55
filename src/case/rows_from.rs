//! `dong_tu_tep`: the file in which the rows of an appendix stand, and how it is to be read.

use std::collections::BTreeMap;

use super::appendix::{GROUP, Written};
use super::door::{Door, one_line};
use super::raw;
use crate::diag::{Area, At, CellName, Diagnostic, Route};
use crate::model::{Amount, ColumnKind, Table};
use crate::vi::words::{self, Reading};

/// What the clerk says of the file.
#[derive(Clone, Debug)]
pub struct RowsFrom {
    /// Its route: `phu_luc[0].dong_tu_tep`.
    pub at: Route,
    pub file: String,
    /// Heading of the column of groups.
    pub group_column: String,
    pub sheet: Option<String>,
    pub area: Option<Area>,
    /// Name of a table of the workbook.
    pub table: Option<String>,
    /// The heading row, counted from 0.
    pub heading_row: Option<u32>,
    /// By the key of our column, or `nhom`: a heading of the file, or letters of a column.
    pub columns: Option<BTreeMap<String, String>>,
    pub notation: Option<Notation>,
    /// What is meant where a sheet shows something else than its cells hold: of every
    /// column, and of some by their keys.
    pub read_as: Option<ReadAs>,
    pub read_as_by_column: BTreeMap<String, ReadAs>,
    /// Whether groups and totals are read from the file too, by the numbers of its lines.
    pub is_outline: bool,
}

/// What is read where a sheet shows something else than its cells hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadAs {
    /// What the sheet shows.
    Shown,
    /// What the cells hold.
    Value,
}

/// How numbers that stand in the file as text are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notation {
    /// `1.234,5`
    Vietnamese,
    /// `1,234.5`
    International,
}

/// Nothing when the file cannot be read surely: a key is missing or wrong, and told.
pub fn read(raw: raw::RowsFrom, at: &Route, door: &mut Door<'_>) -> Option<RowsFrom> {
    let before = door.faults.len();
    let file = door.token(raw.file);
    if file.is_none() {
        door.missing(&at.key("tep"));
    }
    let area = door.token(raw.area).and_then(|written| area(&written, &at.key("vung"), door));
    let table = door.token(raw.table);
    if area.is_some() && table.is_some() {
        both("vung", "bang", at, door);
    }
    let heading_row = door.token(raw.heading_row);
    let heading_row =
        heading_row.and_then(|written| heading_row_of(&written, &at.key("dong_dau"), door));
    if heading_row.is_some() && table.is_some() {
        both("dong_dau", "bang", at, door);
    }
    let mut columns = raw.columns.map(|raw| columns(raw, &at.key("cot"), door));
    let group_column = door.token(raw.group_column);
    if let (Some(columns), Some(column)) = (&mut columns, &group_column)
        && columns.insert(GROUP.to_owned(), column.clone()).is_some()
    {
        both("cot_nhom", "cot.nhom", at, door);
    }
    // With a map of columns the group goes by the key of the map.
    let group_column =
        group_column.filter(|_| columns.is_none()).unwrap_or_else(|| GROUP.to_owned());
    let read_as = read_as(raw.read_as, &at.key("doc"), door);
    let read_as_by_column = read_as_by_column(raw.read_as_by_column, &at.key("doc_cot"), door);
    let notations = [("viet_nam", Notation::Vietnamese), ("quoc_te", Notation::International)];
    let from = RowsFrom {
        at: at.clone(),
        file: file?,
        group_column,
        sheet: door.text(raw.sheet),
        area,
        table,
        heading_row,
        columns,
        notation: door.choice(raw.notation, &at.key("so_dang_chu"), &notations),
        read_as,
        read_as_by_column,
        is_outline: door.choice(raw.groups, &at.key("nhom"), &[("theo_stt", ())]).is_some(),
    };
    (door.faults.len() == before).then_some(from)
}

fn read_as(raw: Option<raw::Token>, at: &Route, door: &mut Door<'_>) -> Option<ReadAs> {
    door.choice(raw, at, &[("nhu_hien", ReadAs::Shown), ("gia_tri", ReadAs::Value)])
}

fn read_as_by_column(
    raw: Option<raw::ByColumn>,
    at: &Route,
    door: &mut Door<'_>,
) -> BTreeMap<String, ReadAs> {
    let columns = raw.into_iter().flatten().filter_map(|(key, written)| {
        let written = written.map(|raw::Text(text)| raw::Token(text));
        Some((key.clone(), read_as(written, &at.key(&key), door)?))
    });
    columns.collect()
}

fn both(one: &str, other: &str, at: &Route, door: &mut Door<'_>) {
    door.faults.add(
        Diagnostic::error("sai-kieu", At::Key(at.key(one)), format!("có cả `{one}` và `{other}`"))
            .hint("giữ một khóa, bỏ khóa kia"),
    );
}

fn area(written: &str, at: &Route, door: &mut Door<'_>) -> Option<Area> {
    let area = Area::parse(written);
    if area.is_none() {
        door.error(
            "vung-la",
            at,
            format!("“{written}” không phải một vùng của trang tính"),
            "ghi ô góc trên bên trái và ô góc dưới bên phải, ví dụ `vung: A5:AC30`",
        );
    }
    area
}

fn heading_row_of(written: &str, at: &Route, door: &mut Door<'_>) -> Option<u32> {
    let row = written.parse().ok().filter(|row| (1..=CellName::MAX_ROWS).contains(row));
    if row.is_none() {
        door.error(
            "gia-tri-la",
            at,
            format!("“{written}” không phải số của một dòng"),
            "ghi số của dòng đề mục, đếm từ 1, ví dụ `dong_dau: 4`",
        );
    }
    row.map(|row| row - 1)
}

fn columns(raw: raw::ByColumn, at: &Route, door: &mut Door<'_>) -> BTreeMap<String, String> {
    let mut columns = BTreeMap::new();
    for (key, place) in raw {
        match door.text(place) {
            Some(place) => {
                columns.insert(key, place);
            }
            None if door.faults.speak_of(&at.key(&key)) => {}
            None => door.error(
                "thieu",
                &at.key(&key),
                format!("chưa ghi cột `{key}` lấy từ cột nào của tệp"),
                "ghi đề mục hoặc chữ cái của cột trong tệp; cột không có trong tệp thì xóa khóa này",
            ),
        }
    }
    columns
}

impl RowsFrom {
    /// The key of the field with the numbers of the lines, where groups are read by them:
    /// the column of ordinals, or what the clerk calls the column of groups.
    pub fn ordinal_key(&self, table: &Table) -> String {
        let is_given = self.columns.as_ref().is_some_and(|map| map.contains_key(GROUP));
        let leaves = table.leaves();
        let ordinal = leaves.iter().find(|leaf| leaf.kind == ColumnKind::Ordinal);
        match ordinal.filter(|_| !is_given) {
            Some(leaf) => leaf.key.clone(),
            None => GROUP.to_owned(),
        }
    }

    /// Whether the file is a workbook, by its name.
    pub fn is_workbook(&self) -> bool {
        self.file.to_lowercase().ends_with(".xlsx")
    }

    /// What is meant by the cells of a column.
    pub fn read_as(&self, key: &str) -> Option<ReadAs> {
        self.read_as_by_column.get(key).copied().or(self.read_as)
    }

    /// Reports the keys that only a workbook has.
    pub fn refuse_for_csv(&self, door: &mut Door<'_>) -> bool {
        let given = [
            ("trang", self.sheet.is_some()),
            ("vung", self.area.is_some()),
            ("bang", self.table.is_some()),
            ("doc", self.read_as.is_some()),
            ("doc_cot", !self.read_as_by_column.is_empty()),
        ];
        let given: Vec<&str> =
            given.iter().filter(|(_, is_given)| *is_given).map(|&(key, _)| key).collect();
        for key in &given {
            door.faults.add(
                Diagnostic::error(
                    "vung-la",
                    At::Key(self.at.key(key)),
                    format!("`{key}` chỉ dùng cho tệp Excel (.xlsx), tệp CSV không có"),
                )
                .hint(format!("bỏ `{key}`")),
            );
        }
        !given.is_empty()
    }
}

/// A text in a column of amounts, which is a number when the notation that is declared
/// reads it as one. The door tells of another; of one that it would read as Vietnamese,
/// this.
pub fn number(text: &str, notation: Option<Notation>, at: &Route, door: &mut Door<'_>) -> Written {
    let written = one_line(text);
    let amount = match notation {
        Some(Notation::Vietnamese) => written.parse().ok(),
        Some(Notation::International) => from_international(&written),
        None => None,
    };
    match amount {
        Some(amount) => Written::Amount(amount),
        None if notation == Some(Notation::International) && looks_like_number(&written) => {
            door.error(
                "so-tien-sai",
                at,
                format!("“{written}” không phải số theo lối quốc tế: dấu phẩy phân nhóm ba chữ số, dấu chấm trước phần thập phân"),
                "viết như `1,234.5`; nếu các số viết theo lối Việt Nam, ghi `so_dang_chu: viet_nam`",
            );
            Written::Text(String::new())
        }
        None => Written::Text(written),
    }
}

/// Asks what is meant by a number that a sheet holds as text.
pub fn ask_notation(text: &str, at: &Route, door: &mut Door<'_>) {
    let written = one_line(text);
    let vietnamese: Option<Amount> = written.parse().ok();
    let international = from_international(&written);
    let words = |amount: Amount| words::decimal(amount.decimal(), Reading::default()).ok();
    let hint = match (vietnamese.and_then(words), international.and_then(words)) {
        (Some(one), Some(other)) if one != other => format!(
            "nếu là {one}, ghi `so_dang_chu: viet_nam` dưới `dong_tu_tep:`; nếu là {other}, ghi `so_dang_chu: quoc_te`"
        ),
        (None, Some(only)) => format!(
            "nếu là {only}, ghi `so_dang_chu: quoc_te` dưới `dong_tu_tep:`, hoặc trong Excel đổi ô thành số (Convert to Number)"
        ),
        _ => "trong Excel đổi ô thành số (Convert to Number), hoặc ghi `so_dang_chu: viet_nam` dưới `dong_tu_tep:`".to_owned(),
    };
    door.error("so-dang-chu", at, format!("số “{written}” nằm trong ô dưới dạng chữ"), hint);
}

/// `1,234.5`. The marks change places, so that what is misplaced stays so.
fn from_international(written: &str) -> Option<Amount> {
    let swapped: String = written
        .chars()
        .map(|c| match c {
            ',' => '.',
            '.' => ',',
            c => c,
        })
        .collect();
    swapped.parse().ok()
}

/// Whether a text looks like a number, so that the clerk is asked for its notation.
pub fn looks_like_number(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit())
        && text.trim().chars().all(|c| c.is_ascii_digit() || " \u{a0}.,-+".contains(c))
}

#[cfg(test)]
mod tests {
    use super::super::Mode;
    use super::super::faults::Faults;
    use super::super::schema::CASE;
    use super::*;

    #[test]
    fn a_number_as_text_is_read_in_the_notation_that_is_declared() {
        let amount = |text: &str| Written::Amount(text.parse().unwrap());
        let mut faults = Faults::default();
        let mut door = Door { mode: Mode::Final, schema: &CASE, faults: &mut faults };
        let mut read =
            |text: &str, notation| number(text, Some(notation), &Route::root(), &mut door);
        assert_eq!(read("1,234.5", Notation::International), amount("1.234,5"));
        assert_eq!(read("1,234", Notation::International), amount("1.234"));
        assert_eq!(read("1,234", Notation::Vietnamese), amount("1,234"));
        assert_eq!(read("1.234", Notation::International), amount("1,234"));
        assert_eq!(read("chưa có", Notation::Vietnamese), Written::Text("chưa có".into()));
        assert_eq!(read("12.5", Notation::Vietnamese), Written::Text("12.5".into()));
        for wrong in ["1.234,5", "1,23"] {
            assert_eq!(read(wrong, Notation::International), Written::Text(String::new()));
        }
        assert_eq!(faults.len(), 2);
    }
}
