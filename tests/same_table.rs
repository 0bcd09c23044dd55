//! The same table from a CSV file, from a workbook or from the case itself is the same
//! document, byte for byte.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use rust_xlsxwriter::{Format, Table, TableColumn, Workbook, Worksheet};
use vanthu::export::Format as Kind;
use vanthu::form::Stage;
use vanthu::model::Amount;
use vanthu::render::{self, Office};

/// The rows of the worked example: 29 columns under heads of three levels, in two groups.
struct Rows {
    keys: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// Columns of text; the others hold amounts.
const TEXTS: [&str; 5] = ["nhom", "ten_du_an", "dia_diem_xd", "thoi_gian_kc_ht", "so_qd_ngay"];

#[test]
fn a_table_of_29_columns_gives_the_same_bytes_from_every_kind_of_file() {
    let rows = rows();
    let csv = rendered("tep: phu_luc.csv", &[]);
    assert!(csv.iter().all(|bytes| bytes.len() > 10_000));
    let same = |what: &str, from: &str, file: &[u8]| {
        assert!(rendered(from, &[("a.xlsx", file)]) == csv, "{what}");
    };
    same("keys in the first row", "tep: a.xlsx", &by_keys(&rows));
    let map = |place: &dyn Fn(usize) -> String| {
        let columns = rows.keys.iter().enumerate();
        let columns: Vec<String> =
            columns.map(|(index, key)| format!("{key}: {}", place(index))).collect();
        format!("cot: {{{}}}", columns.join(", "))
    };
    let letters = map(&|index| vanthu::diag::letters(u32::try_from(index + 1).unwrap()));
    let headings = map(&|index| format!("Cột {index}"));
    let office = by_office(&rows);
    let last = 5 + rows.rows.len();
    same(
        "letters",
        &format!("tep: a.xlsx, trang: Biểu 1, vung: \"B6:AD{last}\", {letters}"),
        &office,
    );
    same(
        "letters below the headings",
        &format!("tep: a.xlsx, trang: Biểu 1, dong_dau: 5, {letters}"),
        &without_last_row(&rows),
    );
    same(
        "headings",
        &format!("tep: a.xlsx, trang: Biểu 1, dong_dau: 5, vung: \"B5:AD{last}\", {headings}"),
        &office,
    );
    same("a table", &format!("tep: a.xlsx, bang: DuAn, {headings}"), &by_table(&rows));
    assert!(rendered_from_yaml(&rows) == csv, "rows in the case");
}

/// DOCX and PDF of the worked example, its rows taken as `from` says.
fn rendered(from: &str, files: &[(&str, &[u8])]) -> Vec<Vec<u8>> {
    rendered_with(&format!("    dong_tu_tep: {{{from}}}\n"), files)
}

fn rendered_from_yaml(rows: &Rows) -> Vec<Vec<u8>> {
    let mut text = String::from("    dong:\n");
    for row in &rows.rows {
        for (index, (key, cell)) in rows.keys.iter().zip(row).enumerate() {
            let dash = if index == 0 { "- " } else { "  " };
            writeln!(text, "      {dash}{key}: \"{cell}\"").unwrap();
        }
    }
    rendered_with(&text, &[])
}

fn rendered_with(rows: &str, files: &[(&str, &[u8])]) -> Vec<Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let case = fs::read_to_string(example().join("ho_so.yaml")).unwrap();
    let csv = "    dong_tu_tep: {tep: phu_luc.csv}\n";
    assert!(case.contains(csv));
    fs::write(folder.path().join("ho_so.yaml"), case.replace(csv, rows)).unwrap();
    fs::copy(example().join("phu_luc.csv"), folder.path().join("phu_luc.csv")).unwrap();
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    let office = Office::open(None).unwrap_or_else(|_| panic!("the embedded templates are sound"));
    let prepared = render::prepare(folder.path(), &office, Stage::Final);
    let prepared = prepared.unwrap_or_else(|findings| {
        panic!("{rows}\n{}", vanthu::diag::plain(&findings.diagnostics, &findings.sources))
    });
    let (files, _) = render::files(&prepared.document, &Kind::ALL).unwrap();
    files.into_iter().map(|file| file.bytes).collect()
}

fn rows() -> Rows {
    let mut reader = csv::Reader::from_path(example().join("phu_luc.csv")).unwrap();
    let keys = reader.headers().unwrap().iter().map(ToOwned::to_owned).collect();
    let rows = reader
        .records()
        .map(|record| record.unwrap().iter().map(ToOwned::to_owned).collect::<Vec<String>>());
    let rows: Vec<Vec<String>> = rows.collect();
    assert_eq!(rows.len(), 8);
    Rows { keys, rows }
}

fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("reports/kien_giang_2022")
}

fn column(index: usize) -> u16 {
    u16::try_from(index).unwrap()
}

/// Writes the rows with numbers as numbers, from a row and a column on.
fn write(sheet: &mut Worksheet, rows: &Rows, first_row: u32, first_column: u16) {
    for (row, cells) in (first_row..).zip(&rows.rows) {
        for (index, (key, cell)) in rows.keys.iter().zip(cells).enumerate() {
            let column = first_column + column(index);
            if TEXTS.contains(&key.as_str()) {
                sheet.write_string(row, column, cell).unwrap();
            } else if !cell.is_empty() {
                let amount: Amount = cell.parse().unwrap();
                let number: f64 = amount.plain().replace(',', ".").parse().unwrap();
                let format = Format::new().set_num_format("#,##0.0");
                sheet.write_number_with_format(row, column, number, &format).unwrap();
            }
        }
    }
}

fn by_keys(rows: &Rows) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (index, key) in rows.keys.iter().enumerate() {
        sheet.write_string(0, column(index), key).unwrap();
    }
    write(sheet, rows, 1, 0);
    book.save_to_buffer().unwrap()
}

/// As an office makes it: a title, merged headings, a column of numbers, a total below.
fn by_office(rows: &Rows) -> Vec<u8> {
    let mut book = office_book(rows);
    let sheet = book.worksheet_from_index(1).unwrap();
    sheet.write_string(5 + u32::try_from(rows.rows.len()).unwrap(), 2, "TỔNG CỘNG").unwrap();
    book.save_to_buffer().unwrap()
}

fn without_last_row(rows: &Rows) -> Vec<u8> {
    office_book(rows).save_to_buffer().unwrap()
}

fn office_book(rows: &Rows) -> Workbook {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("Bìa").unwrap().write_string(0, 0, "Báo cáo").unwrap();
    let sheet = book.add_worksheet().set_name("Biểu 1").unwrap();
    let format = Format::new();
    sheet.merge_range(0, 0, 0, 29, "DANH MỤC DỰ ÁN", &format).unwrap();
    sheet.merge_range(2, 0, 3, 0, "TT", &format).unwrap();
    sheet.merge_range(2, 6, 2, 29, "Kế hoạch", &format).unwrap();
    for index in 0..rows.keys.len() {
        sheet.write_string(4, column(index) + 1, format!("Cột {index}")).unwrap();
    }
    for row in 0..rows.rows.len() {
        let row = u32::try_from(row).unwrap();
        sheet.write_number(5 + row, 0, f64::from(row + 1)).unwrap();
    }
    write(sheet, rows, 5, 1);
    book
}

fn by_table(rows: &Rows) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "DANH MỤC DỰ ÁN").unwrap();
    let headings =
        (0..rows.keys.len()).map(|index| TableColumn::new().set_header(format!("Cột {index}")));
    let table = Table::new()
        .set_name("DuAn")
        .set_columns(&headings.collect::<Vec<TableColumn>>())
        .set_total_row(true);
    let last = 4 + u32::try_from(rows.rows.len()).unwrap();
    sheet.add_table(3, 2, last, column(rows.keys.len()) + 1, &table).unwrap();
    write(sheet, rows, 4, 2);
    book.save_to_buffer().unwrap()
}
