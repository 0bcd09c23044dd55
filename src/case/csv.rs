//! Rows of an appendix from a CSV file: a line of headings, which are the keys of the
//! columns or are mapped to them, and a line for each row.

use std::collections::BTreeSet;
use std::ops::Range;

use super::appendix::Written;
use super::below::{self, Line};
use super::door::{Door, one_line};
use super::faults::Faults;
use super::grid::{self, Field, Filled, Grid, Headings, Record};
use super::heads;
use super::limits::{MAX_CELLS, MAX_ROWS, MAX_TEXT_BYTES};
use super::outline::{Layout, Outline};
use super::rows_from::{RowsFrom, number};
use crate::diag::{At, Diagnostic, Route, Sources};
use crate::model::{ColumnKind, Table};

/// Reads the rows; `at` is the route of the rows (`phu_luc[0].dong`). Blank lines are passed over.
pub fn rows(
    text: &str,
    table: &Table,
    from: &RowsFrom,
    at: &Route,
    sources: &mut Sources,
    door: &mut Door<'_>,
) -> Filled {
    if from.refuse_for_csv(door) {
        return Filled::default();
    }
    let said = said_delimiter(text);
    let Some(lines) = from_heading(text, from, said.is_some(), door) else {
        return Filled::default();
    };
    if from.is_outline {
        return outlined(text, lines.start, table, from, at, sources, door).unwrap_or_default();
    }
    let delimiter = said.unwrap_or_else(|| delimiter(&text[lines.clone()]));
    let Some(mut records) = records(text, lines, delimiter, door.faults) else {
        return Filled::default();
    };
    if records.is_empty() {
        empty(table, from, door.faults);
        return Filled::default();
    }
    pass_over_blank_columns(&mut records);
    let header = records.remove(0);
    let Some(keys) = keys(&header, table, from, door.faults) else { return Filled::default() };
    if records.first().is_some_and(|record| grid::numbers_columns(record, &keys)) {
        records.remove(0);
    }
    let kinds = grid::kinds(table, &keys);
    leave_below(text, &header, &mut records, &kinds, from, door);
    if records.len() > MAX_ROWS {
        let at = At::Bytes { source: door.faults.source(), range: header.whole.clone() };
        grid::too_many_rows(at, door.faults);
        return Filled::default();
    }
    if from.notation.is_some() {
        for (index, record) in records.iter_mut().enumerate() {
            read_numbers(record, &keys, &kinds, from, &at.index(index), door);
        }
    }
    let grid = Grid { text, keys, records, group_key: &from.group_column, outline: None };
    grid.rows(table, at, sources, door, &mut |record, width, faults| {
        has_width(record, width, delimiter, faults)
    })
}

/// The rows with their groups and totals, as `nhom: theo_stt` asks for; `heading` is where
/// the heading line begins that the clerk names.
fn outlined(
    text: &str,
    heading: usize,
    table: &Table,
    from: &RowsFrom,
    at: &Route,
    sources: &mut Sources,
    door: &mut Door<'_>,
) -> Option<Filled> {
    // Titles above the heads have no marks between cells.
    let marks = |line: &&str| line.matches([',', ';', '\t']).count();
    let widest = text.lines().take(heads::MAX_LINES).max_by_key(marks).unwrap_or_default();
    let delimiter = said_delimiter(text).unwrap_or_else(|| delimiter(widest));
    let mut records = records(text, 0..text.len(), delimiter, door.faults)?;
    if records.len() > MAX_ROWS {
        grid::too_many_rows(At::File(door.faults.source_name().to_owned()), door.faults);
        return None;
    }
    if records.is_empty() {
        empty(table, from, door.faults);
        return None;
    }
    let texts = |record: &Record| -> Vec<String> {
        record.fields.iter().map(|field| one_line(&field.text())).collect()
    };
    let lines: Vec<Vec<String>> = records.iter().map(texts).collect();
    let last = from
        .heading_row
        .and_then(|_| records.iter().position(|record| record.whole.start >= heading));
    let ordinal = from.ordinal_key(table);
    let asked = heads::Asked { table, from, ordinal: &ordinal, name: "tệp", letters: &|_| None };
    let (keys, last) = heads::columns(&lines, last, &asked, door)?;
    let first = last.map_or(0, |last| last + 1);
    let kinds = grid::kinds(table, &keys);
    let outline = Outline::read(&lines[first..], &Layout::of(&keys, &kinds, &ordinal));
    let line_of = |at: usize| text[..records[first + at].whole.start].matches('\n').count() + 1;
    outline.tell(from, &line_of, door);
    let is_kept: BTreeSet<usize> = outline.lines.iter().map(|(line, _)| first + line).collect();
    let mut place = 0;
    records.retain(|_| {
        place += 1;
        is_kept.contains(&(place - 1))
    });
    for (record, (_, role)) in records.iter_mut().zip(&outline.lines) {
        // Cells beyond the heads are blank, or belong to no column.
        record.fields.truncate(keys.len());
        read_numbers(record, &keys, &kinds, from, &outline.route(*role, at), door);
    }
    let group_key = super::appendix::GROUP;
    let grid = Grid { text, keys, records, group_key, outline: Some(outline) };
    Some(grid.rows(table, at, sources, door, &mut |record, width, faults| {
        has_width(record, width, delimiter, faults)
    }))
}

/// Takes out what stands under the table and is no row of it, which is told.
fn leave_below(
    text: &str,
    header: &Record,
    records: &mut Vec<Record>,
    kinds: &[Option<ColumnKind>],
    from: &RowsFrom,
    door: &mut Door<'_>,
) {
    let heads: Vec<String> = header.fields.iter().map(Field::text).collect();
    let first_of = |texts: &[String]| -> String {
        texts.iter().map(|text| one_line(text)).find(|text| !text.is_empty()).unwrap_or_default()
    };
    let heads_begin = first_of(&heads);
    let (mut number, mut counted, mut before) = (1, 0, header);
    let mut lines = Vec::new();
    for record in records.iter() {
        let texts: Vec<String> = record.fields.iter().map(Field::text).collect();
        let start = record.whole.start;
        number += text[counted..start].matches('\n').count();
        counted = start;
        let end = before.fields.last().map_or(before.whole.start, |field| field.range.end);
        let pairs = heads.iter().map(String::as_str).zip(texts.iter().map(String::as_str));
        let first = first_of(&texts);
        lines.push(Line {
            number,
            has_value: texts.iter().zip(kinds).any(|(text, kind)| below::is_value(text, *kind)),
            is_after_gap: text.get(end..start).is_some_and(|it| it.matches('\n').count() > 1),
            is_merged: false,
            repeats_heads: below::repeats(pairs) || below::begins_anew(&heads_begin, &first),
            first,
        });
        before = record;
    }
    if let Some(found) = below::find(&lines) {
        below::tell(found, &lines, from, None, door);
        records.truncate(found.start());
    }
}

/// The mark that a first line `sep=;` gives, as Excel reads it: it is no line of the table.
fn said_delimiter(text: &str) -> Option<u8> {
    let line = text.lines().next()?.trim_end_matches('\r').trim_matches('"');
    let (word, mark) = line.split_at_checked(4)?;
    let mark = *mark.as_bytes().first().filter(|_| mark.len() == 1)?;
    (word.eq_ignore_ascii_case("sep=") && b",;\t|".contains(&mark)).then_some(mark)
}

/// Takes out the columns that have neither heading nor cells: Excel writes such where a
/// further column was once used.
fn pass_over_blank_columns(records: &mut [Record]) {
    let width = records.iter().map(|record| record.fields.len()).max().unwrap_or(0);
    let is_blank = |column: usize| {
        let fields = records.iter().filter_map(|record| record.fields.get(column));
        fields.into_iter().all(|field| field.text().trim().is_empty())
    };
    let blank: Vec<bool> = (0..width).map(is_blank).collect();
    for record in records {
        let mut column = 0;
        record.fields.retain(|_| {
            column += 1;
            !blank[column - 1]
        });
    }
}

/// The lines from the heading line on; `is_said`: the first says what parts the cells.
fn from_heading(
    text: &str,
    from: &RowsFrom,
    is_said: bool,
    door: &mut Door<'_>,
) -> Option<Range<usize>> {
    let first = if is_said { text.find('\n').map_or(text.len(), |at| at + 1) } else { 0 };
    let Some(row) = from.heading_row else { return Some(first..text.len()) };
    let before: usize = text.split_inclusive('\n').take(row as usize).map(str::len).sum();
    if text[before..].trim().is_empty() {
        let lines = text.trim_end().lines().count();
        door.error(
            "vung-la",
            &from.at.key("dong_dau"),
            format!("tệp chỉ có {lines} dòng"),
            "ghi số của dòng đề mục, đếm từ 1",
        );
        return None;
    }
    Some(before.max(first)..text.len())
}

fn empty(table: &Table, from: &RowsFrom, faults: &mut Faults) {
    let wanted = grid::wanted_header(table, &from.group_column);
    let at = At::File(faults.source_name().to_owned());
    faults.add(
        Diagnostic::error("csv-sai", at, "tệp không có dòng nào")
            .hint(format!("dòng đầu ghi khóa của các cột: `{wanted}`")),
    );
}

/// The key of each field, by the header line or by the map of columns.
fn keys(
    header: &Record,
    table: &Table,
    from: &RowsFrom,
    faults: &mut Faults,
) -> Option<Vec<Option<String>>> {
    let name = match from.heading_row {
        None => "dòng đầu của tệp".to_owned(),
        Some(row) => format!("dòng {} của tệp", row + 1),
    };
    let cells = header.fields.iter().map(|field| (field.text(), field.range.clone())).collect();
    let headings = Headings {
        name,
        whole: header.whole.clone(),
        cells,
        columns: None,
        is_read: true,
        last_merged: None,
    };
    match &from.columns {
        None => headings.keys(table, &from.group_column, faults),
        Some(columns) => headings.mapped(columns, table, &from.at.key("cot"), faults),
    }
}

/// Reads the numbers in columns of amounts, when the clerk says how they are written.
fn read_numbers(
    record: &mut Record,
    keys: &[Option<String>],
    kinds: &[Option<ColumnKind>],
    from: &RowsFrom,
    at: &Route,
    door: &mut Door<'_>,
) {
    for ((field, key), kind) in record.fields.iter_mut().zip(keys).zip(kinds) {
        if let (Written::Text(text), Some(key)) = (&field.written, key)
            && kind.is_some_and(ColumnKind::is_figure)
        {
            field.written = number(text, from.notation, &at.key(key), door);
        }
    }
}

/// The records of some lines; nothing when they are too many for any table.
fn records(
    text: &str,
    lines: Range<usize>,
    delimiter: u8,
    faults: &mut Faults,
) -> Option<Vec<Record>> {
    let offset = lines.start;
    let text_below = &text[lines];
    let cells = text_below.bytes().filter(|&byte| byte == delimiter).count();
    if cells > MAX_CELLS {
        grid::too_many_cells(At::File(faults.source_name().to_owned()), faults);
        return None;
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text_below.as_bytes());
    let mut records = Vec::new();
    let mut record = csv::StringRecord::new();
    let place = |byte: u64| {
        let byte = usize::try_from(byte).unwrap_or(usize::MAX);
        offset.saturating_add(byte).min(text.len())
    };
    // The bytes are UTF-8 and in memory, so reading a record cannot fail. One row more
    // than allowed is enough to know.
    while records.len() <= MAX_ROWS + 1 && reader.read_record(&mut record).unwrap_or(false) {
        let start = record.position().map_or(offset, |position| place(position.byte()));
        let end = place(reader.position().byte());
        let before = faults.len();
        records.extend(self::record(&record, text, start..end, delimiter, faults));
        let is_told = faults.len() > before;
        if !is_told && record.iter().any(|field| field.len() > MAX_TEXT_BYTES) {
            let message = format!("một ô có hơn {} byte chữ", grid::count(MAX_TEXT_BYTES));
            let at = At::File(faults.source_name().to_owned());
            faults.add(
                Diagnostic::error("qua-lon", at, message)
                    .hint("kiểm tra dấu phân cách các ô và dấu nháy kép; ô dài thật thì rút gọn"),
            );
            return None;
        }
    }
    Some(records)
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
        .map(|(index, field)| Field {
            written: Written::Text(field.to_owned()),
            range: place(index),
        })
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

/// Whether a row has as many cells as the header; of another nothing is surely in its column.
fn has_width(record: &Record, width: usize, delimiter: u8, faults: &mut Faults) -> bool {
    let found = record.fields.len();
    // An open quote swallows fields, and is told.
    if found != width && !faults.speak_within(&record.whole) {
        let at = At::Bytes { source: faults.source(), range: record.whole.clone() };
        let mark = match delimiter {
            b';' => "dấu chấm phẩy",
            b'\t' => "Tab",
            b'|' => "dấu gạch đứng",
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
    let ending =
        [".xls", ".xlsb", ".xlsm", ".xltx", ".ods"].into_iter().find(|it| lower.ends_with(it));
    if let Some(ending) = ending {
        return Some(
            Diagnostic::error(
                "tep-khong-doc-duoc",
                at.clone(),
                format!("`{file}` là bảng tính kiểu {ending}, chương trình chỉ đọc kiểu .xlsx"),
            )
            .hint("trong Excel chọn Lưu thành (Save As), kiểu “Excel Workbook (*.xlsx)”, rồi ghi tên tệp .xlsx"),
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
