//! Which sheet of a workbook is read, which part of it, and where its headings stand.

use super::super::door::Door;
use super::super::faults::suggest;
use super::super::grid::as_letters;
use super::super::rows_from::RowsFrom;
use super::Refused;
use super::package::Package;
use super::workbook::{NamedTable, Workbook};
use crate::diag::Area;
use crate::vi::text::nfc;

pub struct Choice {
    /// Index and name of the sheet.
    pub sheet: usize,
    pub name: String,
    /// Where the rows stand.
    pub area: Area,
    /// Whether the clerk gave the columns of the area, or they are those that are used.
    pub has_columns: bool,
    pub heading: HeadingRow,
}

/// Where the headings stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeadingRow {
    /// In the first row that is not blank.
    First,
    /// In this row, counted from 0.
    At(u32),
    /// In this row, which is not read: the clerk gives the letters of all columns.
    Unread(u32),
    None,
}

impl Choice {
    /// Nothing when the keys do not fit the workbook, which is told at their places.
    pub fn of(
        book: &Workbook,
        package: &mut Package<'_>,
        from: &RowsFrom,
        door: &mut Door<'_>,
    ) -> Result<Option<Self>, Refused> {
        if let Some(wanted) = &from.table {
            let Some(sheets) = sheets(book, from, door) else { return Ok(None) };
            let tables = book.tables(sheets.into_iter(), package)?;
            return Ok(of_table(book, &tables, wanted, from, door));
        }
        let Some(sheet) = sheet(book, from, door) else { return Ok(None) };
        let heading = match (from.heading_row, is_by_letters(from)) {
            (Some(row), true) => HeadingRow::Unread(row),
            (Some(row), false) => HeadingRow::At(row),
            (None, true) if from.area.is_none() && !from.is_outline => {
                door.error(
                    "vung-la",
                    &from.at.key("cot"),
                    "mọi cột ghi bằng chữ cái, nên chưa biết số liệu bắt đầu từ dòng nào",
                    "ghi thêm `vung` là vùng số liệu, ví dụ `vung: A5:F30`; hoặc `dong_dau` là số của dòng đề mục cuối cùng",
                );
                return Ok(None);
            }
            (None, true) => HeadingRow::None,
            (None, false) => HeadingRow::First,
        };
        let mut area = from.area.unwrap_or(Area::WHOLE_SHEET);
        if let HeadingRow::At(row) | HeadingRow::Unread(row) = heading {
            if row >= area.last.row {
                door.error(
                    "vung-la",
                    &from.at.key("dong_dau"),
                    format!(
                        "dòng đề mục {} không ở trên dòng số liệu nào của vùng {area}",
                        row + 1
                    ),
                    "đề mục phải ở trên các dòng số liệu; sửa `dong_dau` hoặc `vung`",
                );
                return Ok(None);
            }
            // Heads of several lines are read from the first of them.
            if !from.is_outline {
                area.first.row = area.first.row.max(row + 1);
            }
        }
        let name = book.sheets[sheet].name.clone();
        Ok(Some(Self { sheet, name, area, has_columns: from.area.is_some(), heading }))
    }

    /// The cells to read: the rows and their headings.
    pub fn window(&self) -> Area {
        let mut window = self.area;
        if let HeadingRow::At(row) | HeadingRow::Unread(row) = self.heading {
            window.first.row = window.first.row.min(row);
        }
        window
    }
}

/// Whether the clerk gives the letters of every column, so that no headings are read.
fn is_by_letters(from: &RowsFrom) -> bool {
    let is_letters = |place: &String| as_letters(place).is_some();
    from.columns.as_ref().is_some_and(|map| !map.is_empty() && map.values().all(is_letters))
}

/// The sheet by its name, or the only one that is shown.
fn sheet(book: &Workbook, from: &RowsFrom, door: &mut Door<'_>) -> Option<usize> {
    let sheets = sheets(book, from, door)?;
    let is_chosen = |index: &&usize| from.sheet.is_some() || !book.sheets[**index].is_hidden;
    let shown: Vec<usize> = sheets.iter().filter(is_chosen).copied().collect();
    let names = shown.iter().map(|&index| book.sheets[index].name.as_str());
    match shown.as_slice() {
        [only] => Some(*only),
        [] => {
            door.error(
                "vung-la",
                &from.at.key("tep"),
                "tệp không có trang tính nào đang hiện",
                "bỏ ẩn trang cần đọc, hoặc ghi tên trang ở `trang`",
            );
            None
        }
        several => {
            door.error(
                "vung-la",
                &from.at.key("tep"),
                format!("tệp có {} trang, chưa biết đọc trang nào", several.len()),
                format!("ghi thêm `trang` dưới `dong_tu_tep:`; {}", suggest("", names)),
            );
            None
        }
    }
}

/// The sheets that may hold the rows: the one that is named, or all.
fn sheets(book: &Workbook, from: &RowsFrom, door: &mut Door<'_>) -> Option<Vec<usize>> {
    let Some(wanted) = &from.sheet else { return Some((0..book.sheets.len()).collect()) };
    let is_it = |name: &str| nfc(name).trim() == wanted.as_str();
    let found = book.sheets.iter().position(|sheet| is_it(&sheet.name));
    if found.is_none() {
        let names = book.sheets.iter().map(|sheet| sheet.name.as_str());
        door.error(
            "vung-la",
            &from.at.key("trang"),
            format!("tệp không có trang “{wanted}”"),
            suggest(wanted, names),
        );
    }
    found.map(|index| vec![index])
}

fn of_table(
    book: &Workbook,
    tables: &[NamedTable],
    wanted: &str,
    from: &RowsFrom,
    door: &mut Door<'_>,
) -> Option<Choice> {
    let at = from.at.key("bang");
    let Some(table) = tables.iter().find(|table| table.name.eq_ignore_ascii_case(wanted)) else {
        let hint = match tables {
            [] => "tệp không có bảng (Table) nào; dùng `vung`, hoặc trong Excel chọn vùng rồi bấm Ctrl+T".to_owned(),
            tables => suggest(wanted, tables.iter().map(|table| table.name.as_str())),
        };
        door.error("vung-la", &at, format!("tệp không có bảng `{wanted}`"), hint);
        return None;
    };
    let mut area = table.area;
    let heading = match (table.has_headings, is_by_letters(from)) {
        (true, true) => HeadingRow::Unread(area.first.row),
        (true, false) => HeadingRow::At(area.first.row),
        (false, true) => HeadingRow::None,
        (false, false) => {
            door.error(
                "vung-la",
                &at,
                format!("bảng `{}` không có dòng đề mục", table.name),
                "ghi `cot` bằng chữ cái của các cột, hoặc trong Excel bật dòng đề mục (Header Row) của bảng",
            );
            return None;
        }
    };
    if table.has_headings {
        area.first.row = (area.first.row + 1).min(area.last.row);
    }
    let name = book.sheets[table.sheet].name.clone();
    Some(Choice { sheet: table.sheet, name, area, has_columns: true, heading })
}
