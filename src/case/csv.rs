//! Rows of an appendix from a CSV file: the header line holds the keys of the columns.

use std::ops::Range;

use super::appendix::RowReader;
use super::door::Door;
use super::faults::{Faults, guess, is_it, suggest};
use super::limits::MAX_ROWS;
use super::prose;
use crate::diag::{At, Diagnostic, Route, Sources, TablePlaces};
use crate::model::{ColumnKind, Formula, Row, Table};
use crate::vi::text::{fold, legacy_encoding};

/// Reads the rows; `at` is the route of the rows (`phu_luc[0].dong`). Blank lines are passed over.
pub fn rows(
    text: &str,
    table: &Table,
    group_column: &str,
    at: &Route,
    sources: &mut Sources,
    door: &mut Door<'_>,
) -> Vec<Row> {
    let source = door.faults.source();
    let records = records(text, door.faults);
    let Some((header, records)) = records.split_first() else {
        door.faults.add(
            Diagnostic::error(
                "csv-sai",
                At::File(door.faults.source_name().to_owned()),
                "tệp không có dòng nào",
            )
            .hint(format!(
                "dòng đầu ghi khóa của các cột: `{}`",
                wanted_header(table, group_column)
            )),
        );
        return Vec::new();
    };
    let Some(keys) = header_keys(header, table, group_column, door.faults) else {
        return Vec::new();
    };
    if records.len() > MAX_ROWS {
        let here = At::Bytes { source, range: header.whole.clone() };
        door.faults.add(
            Diagnostic::error(
                "qua-lon",
                here,
                format!("tệp có {} dòng, tối đa {MAX_ROWS}", records.len()),
            )
            .hint("chia bảng thành nhiều phụ lục"),
        );
        return Vec::new();
    }
    sources.place_table(TablePlaces {
        route: at.clone(),
        source,
        columns: keys.iter().map(|key| key.clone().unwrap_or_default()).collect(),
        rows: records
            .iter()
            .map(|record| record.fields.iter().map(|field| field.range.clone()).collect())
            .collect(),
    });
    let mut reader = RowReader::new(table, group_column);
    if !keys.iter().flatten().any(|key| key == group_column) {
        reader.without_groups();
    }
    let legacy = legacy_encoding(text).is_some();
    let rows = records
        .iter()
        .enumerate()
        .filter_map(|(index, record)| {
            let at = at.index(index);
            if !has_width(record, keys.len(), delimiter(text), door.faults) {
                reader.skip();
                return None;
            }
            prose::false_letters(text, record.whole.clone(), door.faults);
            let cells: Vec<(String, String)> = keys
                .iter()
                .zip(&record.fields)
                .filter_map(|(key, field)| Some((key.clone()?, field.text.clone())))
                .collect();
            if legacy {
                cells.iter().for_each(|(key, cell)| prose::legacy(cell, &at.key(key), door.faults));
            }
            Some(reader.row(cells.into_iter(), &at, door))
        })
        .collect();
    reader.report_unknown_columns(door);
    rows
}

struct Record {
    whole: Range<usize>,
    fields: Vec<Field>,
}

struct Field {
    text: String,
    range: Range<usize>,
}

fn records(text: &str, faults: &mut Faults) -> Vec<Record> {
    let delimiter = delimiter(text);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut records = Vec::new();
    let mut record = csv::StringRecord::new();
    // The bytes are UTF-8 and in memory, so reading a record cannot fail.
    while reader.read_record(&mut record).unwrap_or(false) {
        let start = record
            .position()
            .map_or(0, |place| usize::try_from(place.byte()).unwrap_or(usize::MAX))
            .min(text.len());
        let end = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX).min(text.len());
        records.extend(self::record(&record, text, start..end, delimiter, faults));
    }
    records
}

/// A record with the place of each field; nothing when all of them are blank, as in
/// the lines that Excel leaves under a table.
fn record(
    record: &csv::StringRecord,
    text: &str,
    whole: Range<usize>,
    delimiter: u8,
    faults: &mut Faults,
) -> Option<Record> {
    if record.iter().all(|field| field.trim().is_empty()) {
        return None;
    }
    // The reader counts the line break before a record as its own.
    let blank = text[whole.clone()].len() - text[whole.clone()].trim_start_matches('\n').len();
    let whole = whole.start + blank..whole.end;
    let ranges = field_ranges(text, whole.clone(), delimiter, faults);
    let place = |index: usize| ranges.get(index).cloned().unwrap_or_else(|| whole.clone());
    let fields = record
        .iter()
        .enumerate()
        .map(|(index, field)| Field { text: field.to_owned(), range: place(index) })
        .collect();
    Some(Record { whole, fields })
}

fn field_ranges(
    text: &str,
    whole: Range<usize>,
    delimiter: u8,
    faults: &mut Faults,
) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let end = whole.start + text[whole.clone()].trim_end_matches('\n').len();
    let mut ranges = Vec::new();
    let mut at = whole.start;
    loop {
        let start = at;
        if bytes.get(at) == Some(&b'"') {
            at += 1;
            while at < end && !(bytes[at] == b'"' && bytes.get(at + 1) != Some(&b'"')) {
                at += if bytes[at] == b'"' { 2 } else { 1 };
            }
            if at >= end {
                let source = faults.source();
                faults.add(
                    Diagnostic::error(
                        "csv-sai",
                        At::Bytes { source, range: start..start + 1 },
                        "dấu nháy kép mở ở đây không có dấu đóng",
                    )
                    .hint("thêm dấu nháy kép ở cuối ô; dấu nháy bên trong ô viết hai lần (\"\")"),
                );
            }
        }
        while at < end && bytes[at] != delimiter {
            at += 1;
        }
        ranges.push(start..at.min(end).max(start));
        if at >= end {
            return ranges;
        }
        at += 1;
    }
}

/// What parts the fields: Excel with Vietnamese settings writes semicolons.
fn delimiter(text: &str) -> u8 {
    let header = text.lines().next().unwrap_or_default();
    let count = |mark| header.matches(mark).count();
    [(b',', count(',')), (b';', count(';')), (b'\t', count('\t'))]
        .into_iter()
        .rev()
        .max_by_key(|&(_, count)| count)
        .filter(|&(_, count)| count > 0)
        .map_or(b',', |(mark, _)| mark)
}

/// The header line that a file for this table needs at least.
fn wanted_header(table: &Table, group_column: &str) -> String {
    missing_columns(&known_columns(table, group_column), &[], table).join(",")
}

/// The columns that a file may have, the group first.
fn known_columns<'a>(table: &'a Table, group_column: &'a str) -> Vec<&'a str> {
    let group = (!table.groups.is_empty()).then_some(group_column);
    group.into_iter().chain(table.leaves().into_iter().map(|leaf| leaf.key.as_str())).collect()
}

/// The key of each column of the file; of an unknown one the key that was probably meant,
/// so that no other finding follows from it. Nothing when the line is no header.
fn header_keys(
    header: &Record,
    table: &Table,
    group_column: &str,
    faults: &mut Faults,
) -> Option<Vec<Option<String>>> {
    let known = known_columns(table, group_column);
    if !header.fields.iter().any(|field| meant(field.text.trim(), &known, table).is_some()) {
        let at = At::Bytes { source: faults.source(), range: header.whole.clone() };
        let wanted = wanted_header(table, group_column);
        let found = if header.fields.len() == 1 && known.len() > 1 {
            Diagnostic::error("csv-sai", at, "dòng đầu chỉ có một ô, không thấy dấu phân cách các cột")
                .hint("các ô cách nhau bằng dấu phẩy, dấu chấm phẩy hoặc Tab; trong Excel chọn Lưu thành (Save As), kiểu “CSV UTF-8”")
        } else {
            Diagnostic::error("csv-sai", at, "dòng đầu của tệp không ghi khóa của cột nào")
                .hint(format!("thêm một dòng đầu ghi khóa của các cột: `{wanted}`"))
        };
        faults.add(found);
        return None;
    }
    let mut keys: Vec<Option<String>> = Vec::new();
    for field in &header.fields {
        let key = field.text.trim().to_owned();
        let at = At::Bytes { source: faults.source(), range: field.range.clone() };
        let is_known = known.contains(&key.as_str());
        let meant = if is_known { Some(key.clone()) } else { meant(&key, &known, table) };
        if is_known && keys.contains(&meant) {
            faults.add(
                Diagnostic::error("cot-la", at, format!("cột `{key}` có hai lần trong tệp"))
                    .hint("giữ một cột, xóa cột kia"),
            );
        } else if !is_known {
            let hint = meant.as_deref().map_or_else(|| suggest(&key, known.iter().copied()), is_it);
            faults.add(
                Diagnostic::error("cot-la", at, format!("bảng không có cột `{key}`")).hint(hint),
            );
        }
        keys.push(meant.filter(|meant| !keys.contains(&Some(meant.clone()))));
    }
    let missing: Vec<String> = missing_columns(&known, &keys, table);
    if !missing.is_empty() {
        let at = At::Bytes { source: faults.source(), range: header.whole.clone() };
        faults.add(
            Diagnostic::error(
                "cot-la",
                at,
                format!("dòng đầu của tệp thiếu cột `{}`", missing.join("`, `")),
            )
            .hint("thêm cột vào tệp; ô không có số liệu thì để trống"),
        );
    }
    Some(keys)
}

/// The key behind a header cell: the title of one column, written in place of its key, or
/// a slip of the hand.
fn meant(written: &str, known: &[&str], table: &Table) -> Option<String> {
    let leaves = table.leaves();
    let mut titled = leaves.iter().filter(|leaf| fold(&leaf.name) == fold(written));
    match (titled.next(), titled.next()) {
        (Some(leaf), None) => Some(leaf.key.clone()),
        _ => guess(written, known.iter().copied()).map(ToOwned::to_owned),
    }
}

/// Ordinals and sums are given by the program, the others by the file.
fn missing_columns(known: &[&str], keys: &[Option<String>], table: &Table) -> Vec<String> {
    let leaves = table.leaves();
    let is_given_by_program = |key: &str| {
        leaves.iter().any(|leaf| {
            leaf.key == key && (leaf.kind == ColumnKind::Ordinal || leaf.formula != Formula::None)
        })
    };
    let is_there = |key: &str| keys.iter().flatten().any(|there| there == key);
    known
        .iter()
        .filter(|key| !is_there(key) && !is_given_by_program(key))
        .map(|key| (*key).to_owned())
        .collect()
}

/// Whether a row has as many cells as the header; of another nothing is surely in its column.
fn has_width(record: &Record, width: usize, delimiter: u8, faults: &mut Faults) -> bool {
    let found = record.fields.len();
    // An open quote swallows fields, and is told.
    if found != width && !faults.speak_within(&record.whole) {
        let at = At::Bytes { source: faults.source(), range: record.whole.clone() };
        let mark = match delimiter {
            b';' => "dấu chấm phẩy",
            b'\t' => "Tab",
            _ => "dấu phẩy",
        };
        faults.add(
            Diagnostic::error("csv-sai", at, format!("dòng có {found} ô, dòng đầu có {width} cột"))
                .hint(format!("ô có {mark} phải đặt trong dấu nháy kép; ô trống vẫn cần {mark}")),
        );
    }
    found == width
}

/// What a file's name says about it, before it is opened.
pub fn refuse_name(file: &str, at: &Route) -> Option<Diagnostic> {
    let lower = file.to_lowercase();
    if lower.ends_with(".xlsx") || lower.ends_with(".xls") || lower.ends_with(".ods") {
        return Some(
            Diagnostic::error(
                "tep-khong-doc-duoc",
                at.clone(),
                format!("`{file}` là bảng tính, bản chương trình này chưa đọc được"),
            )
            .hint("trong Excel chọn Lưu thành (Save As), kiểu “CSV UTF-8”, rồi ghi tên tệp .csv"),
        );
    }
    let path = std::path::Path::new(file);
    let inside = path.components().all(|part| matches!(part, std::path::Component::Normal(_)));
    // On Linux a backslash is no separator, but the case may come from Windows.
    if !inside || file.contains('\\') || file.contains(':') {
        return Some(
            Diagnostic::error(
                "tep-ngoai-ho-so",
                at.clone(),
                format!("`{file}` không nằm trong thư mục hồ sơ"),
            )
            .hint("chép tệp vào thư mục hồ sơ rồi chỉ ghi tên tệp; thư mục con viết với dấu `/`"),
        );
    }
    None
}
