//! The register as files for other programs: a workbook (XLSX) and CSV.
//!
//! Every text of a workbook is typed as a text and its cell is formatted as one, so nothing
//! is read as a formula, now or when somebody edits it. CSV has no types; there a `'` stands
//! before what a spreadsheet would calculate.

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
    XlsxError,
};

use super::{Failure, Result};
use crate::model::{REGISTER_COLUMNS, Register, RegisterRow};

/// The sheet.
const NAME: &str = "Sổ đăng ký văn bản đi";

/// Widths in characters of the ten columns.
const WIDTHS: [u8; 10] = [20, 12, 60, 24, 45, 24, 9, 12, 12, 40];

/// Excel keeps no more characters in a cell, counted in UTF-16.
const CELL_MOST: usize = 32_767;

/// The rows as a workbook of one sheet: dates are dates, counts are numbers, all else is
/// text. The same register gives the same bytes; `created` is the day that the file names
/// as its own.
///
/// # Errors
/// When a text is longer than a cell holds.
pub fn xlsx(register: &Register, created: NaiveDate) -> Result<Vec<u8>> {
    if let Some(row) =
        register.rows.iter().find(|row| row.texts().iter().any(|text| is_too_long(text)))
    {
        return Err(Failure::refused(
            format!("{}: có ô dài hơn 32.767 ký tự, Excel không giữ được", row.code),
            "xuất CSV thay cho XLSX",
        ));
    }
    // Only a fault of this module, such as a column that there is not.
    workbook(register, created).map_err(|error| Failure::damaged(format!("XLSX: {error}")))
}

fn is_too_long(text: &str) -> bool {
    text.encode_utf16().count() > CELL_MOST
}

fn workbook(register: &Register, created: NaiveDate) -> std::result::Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let title = format!("{NAME} năm {}", register.year);
    let properties = DocProperties::new()
        .set_title(&title)
        .set_author(crate::vi::text::one_line(&register.organ))
        .set_creation_datetime(&day(created)?);
    workbook.set_properties(&properties);
    let last = u32::try_from(register.rows.len()).unwrap_or(u32::MAX);
    let sheet = workbook.add_worksheet();
    sheet
        .set_name(NAME)?
        .set_landscape()
        .set_paper_size(A4)
        .set_print_fit_to_pages(1, 0)
        .set_repeat_rows(0, 0)?
        .set_freeze_panes(1, 1)?
        .autofilter(0, 0, last, 9)?;
    let looks = Looks::new();
    for ((column, head), width) in (0..).zip(REGISTER_COLUMNS).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(0, column, head, &looks.head)?;
    }
    for (line, row) in (1..).zip(&register.rows) {
        write(sheet, line, row, &looks)?;
    }
    workbook.save_to_buffer()
}

const A4: u8 = 9;

fn write(
    sheet: &mut Worksheet,
    line: u32,
    row: &RegisterRow,
    looks: &Looks,
) -> std::result::Result<(), XlsxError> {
    let texts = row.texts();
    for (column, text) in (0..).zip(&texts) {
        match column {
            1 => sheet.write_datetime_with_format(line, column, &day(row.date)?, &looks.date)?,
            6 => match row.copies {
                Some(copies) => {
                    sheet.write_number_with_format(line, column, copies, &looks.count)?
                }
                None => sheet.write_blank(line, column, &looks.count)?,
            },
            7 => match row.sent {
                Some(sent) => {
                    sheet.write_datetime_with_format(line, column, &day(sent)?, &looks.date)?
                }
                None => sheet.write_blank(line, column, &looks.date)?,
            },
            // A string of nothing is written as a blank cell.
            _ => sheet.write_string_with_format(line, column, text, &looks.text)?,
        };
    }
    Ok(())
}

/// Dates of documents lie between 1900 and 9999, as Excel's do.
fn day(date: NaiveDate) -> std::result::Result<ExcelDateTime, XlsxError> {
    let [month, day] = [date.month(), date.day()].map(|part| u8::try_from(part).unwrap_or(0));
    ExcelDateTime::from_ymd(u16::try_from(date.year()).unwrap_or(0), month, day)
}

struct Looks {
    head: Format,
    text: Format,
    date: Format,
    count: Format,
}

impl Looks {
    fn new() -> Self {
        let cell = || {
            Format::new()
                .set_font_name("Times New Roman")
                .set_font_size(11)
                .set_border(FormatBorder::Thin)
                .set_align(FormatAlign::Top)
                .set_text_wrap()
        };
        Self {
            head: cell()
                .set_bold()
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::VerticalCenter)
                .set_background_color(Color::RGB(0x00E7_E6E6)),
            // `@`: what is typed into the cell later stays text too.
            text: cell().set_num_format("@"),
            date: cell().set_num_format("dd/mm/yyyy").set_align(FormatAlign::Center),
            count: cell().set_num_format("#,##0").set_align(FormatAlign::Center),
        }
    }
}

/// The rows as CSV: UTF-8 with a byte order mark, without which Excel takes it for ANSI;
/// every cell in quotes; lines end in CR LF (RFC 4180).
///
/// Cells are separated by the comma of RFC 4180, which every program reads that is not told
/// otherwise. Excel splits a file that is opened by a double click at the list separator of
/// its Windows; where that is a semicolon, as it may be beside a decimal comma, the file is
/// imported by Data > From Text/CSV, or the workbook taken, which needs no choice. A line
/// `sep=,` would settle it, but Excel then no longer sees the byte order mark. (Excel was
/// never run here.)
pub fn csv(register: &Register) -> Vec<u8> {
    let mut file = Vec::from(*BYTE_ORDER_MARK);
    line(&mut file, REGISTER_COLUMNS);
    for row in &register.rows {
        line(&mut file, row.texts());
    }
    file
}

const BYTE_ORDER_MARK: &[u8; 3] = b"\xEF\xBB\xBF";

fn line<T: AsRef<str>>(file: &mut Vec<u8>, cells: [T; 10]) {
    let quoted = cells.map(|cell| format!("\"{}\"", literal(cell.as_ref()).replace('"', "\"\"")));
    file.extend(quoted.join(",").bytes());
    file.extend(b"\r\n");
}

/// A text that no spreadsheet calculates: `'` before a sign with which a formula begins.
///
/// OWASP, CSV Injection; the wide forms are those that East Asian settings read as signs.
fn literal(text: &str) -> String {
    let begins = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    if text.starts_with(begins) { format!("'{text}") } else { text.to_owned() }
}
