//! What is read of good workbooks, beside what another reader reads of them.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use calamine::{Data, DataRef, Reader, Xlsx};
use proptest::prelude::*;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula};

use super::package::{Package, Part};
use super::value::Value;
use super::workbook::Workbook;
use crate::diag::{Area, CellName};

/// The cells of the first sheet as text.
fn ours(bytes: &[u8]) -> BTreeMap<CellName, String> {
    let mut package = Package::open(bytes).unwrap();
    let book = Workbook::read(&mut package).unwrap();
    let xml = book.sheet(0, &mut package).unwrap();
    let sheet = super::sheet::read(&xml, Area::WHOLE_SHEET, &book.context).unwrap();
    let as_text = |value: &Value| match value {
        Value::Bad { shown, .. } => format!("bad {shown}"),
        value => value.plain(&book.context).unwrap(),
    };
    sheet.cells.iter().map(|(name, value)| (*name, as_text(value))).collect()
}

/// A workbook as Excel leaves it that has calculated it: without the mark that it is to be
/// calculated, which the writer of these tests sets always.
fn calculated(bytes: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        let options = zip::write::SimpleFileOptions::default();
        writer.start_file(part.name().to_owned(), options).unwrap();
        writer.write_all(text.replace(" fullCalcOnLoad=\"1\"", "").as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The same by calamine.
fn theirs(bytes: &[u8]) -> BTreeMap<CellName, String> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let name = book.sheet_names().remove(0);
    let mut reader = book.worksheet_cells_reader(&name).unwrap();
    let mut cells = BTreeMap::new();
    while let Some(cell) = reader.next_cell().unwrap() {
        let (row, column) = cell.get_position();
        let text = match cell.get_value() {
            DataRef::Empty => continue,
            DataRef::DateTime(day) => {
                let (year, month, day, ..) = day.to_ymd_hms_milli();
                format!("{day:02}/{month:02}/{year}")
            }
            DataRef::Float(number) => format!("{number}").replace('.', ","),
            DataRef::Bool(yes) => yes.to_string().to_uppercase(),
            DataRef::Error(error) => format!("bad {error}"),
            other => match Data::from(other.clone()) {
                Data::String(text) if text.trim().is_empty() => continue,
                Data::String(text) => text,
                other => panic!("{other:?}"),
            },
        };
        cells.insert(CellName { row, column }, text);
    }
    cells
}

fn book(write: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    write(book.add_worksheet());
    book.save_to_buffer().unwrap()
}

#[test]
fn a_workbook_with_a_cell_of_every_kind_is_read_as_calamine_reads_it() {
    let bytes = book(|sheet| {
        let bold = Format::new().set_bold();
        let day = Format::new().set_num_format("dd/mm/yyyy");
        sheet.write_string(0, 0, "Đường “A” & <B>").unwrap();
        sheet.write_string(0, 1, "hai\ndòng").unwrap();
        sheet.write_rich_string(1, 0, &[(&bold, "đậm"), (&Format::new(), " và thường ")]).unwrap();
        sheet.write_boolean(1, 1, true).unwrap();
        sheet.write_blank(1, 2, &bold).unwrap();
        sheet.write_number(2, 0, 1_234_567.5).unwrap();
        sheet.write_formula(2, 1, Formula::new("=1+2").set_result("3")).unwrap();
        sheet.write_formula(2, 2, Formula::new("=\"a\"&\"b\"").set_result("ab")).unwrap();
        sheet.write_formula(2, 3, Formula::new("=NA()").set_result("#N/A")).unwrap();
        for (column, (year, month, date)) in
            [(1900, 1, 1), (1900, 2, 28), (1900, 3, 1), (2022, 8, 16), (9999, 12, 31)]
                .into_iter()
                .enumerate()
        {
            let date = ExcelDateTime::from_ymd(year, month, date).unwrap();
            let column = u16::try_from(column).unwrap();
            sheet.write_datetime_with_format(3, column, &date, &day).unwrap();
        }
        sheet.write_string(1_048_575, 16_383, "xa").unwrap();
    });
    let calculated = calculated(&bytes);
    let read = ours(&calculated);
    assert_eq!(read, theirs(&calculated));
    assert_eq!(read.len(), 14);
    let stale: Vec<String> =
        ours(&bytes).into_values().filter(|text| text.starts_with("bad")).collect();
    assert_eq!(stale, ["bad 3", "bad ab", "bad #N/A"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn numbers_and_texts_are_read_as_calamine_reads_them(
        numbers in prop::collection::vec((-999_999_999_i64..999_999_999, 0_u32..6), 1..40),
        texts in prop::collection::vec("[ -~àÀệỆđ]{0,12}", 1..40),
    ) {
        let bytes = book(|sheet| {
            for (row, (digits, scale)) in (0..).zip(&numbers) {
                let number = format!("{digits}e-{scale}").parse::<f64>().unwrap();
                sheet.write_number(row, 1, number).unwrap();
            }
            for (row, text) in (0..).zip(&texts) {
                sheet.write_string(row, 3, text).unwrap();
            }
        });
        prop_assert_eq!(ours(&bytes), theirs(&bytes));
    }

    /// Any byte of a good workbook may be another.
    #[test]
    fn no_damage_to_a_workbook_is_a_panic(at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<prop::sample::Index>()) {
        let mut bytes = book(|sheet| {
            sheet.write_string(0, 0, "nhom").unwrap();
            sheet.write_number(1, 0, 1.5).unwrap();
        });
        let index = at.index(bytes.len());
        bytes[index] = byte;
        for bytes in [&bytes[..], &bytes[..cut.index(bytes.len())]] {
            if let Ok(mut package) = Package::open(bytes)
                && let Ok(book) = Workbook::read(&mut package)
                && let Ok(xml) = book.sheet(0, &mut package)
            {
                let _ = super::sheet::read(&xml, Area::WHOLE_SHEET, &book.context);
            }
        }
    }

    /// Any piece of the XML of a sheet may stand anywhere.
    #[test]
    fn no_sheet_is_a_panic(xml in sheet_like()) {
        let context = super::workbook::Context::default();
        let _ = super::sheet::read(&Part::of(&xml), Area::WHOLE_SHEET, &context);
    }
}

fn sheet_like() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "<worksheet>",
        "</worksheet>",
        "<sheetData>",
        "<row>",
        "<row r=\"2\">",
        "<row r=\"0\">",
        "<row r=\"99999999999\">",
        "</row>",
        "<c>",
        "<c r=\"A1\">",
        "<c r=\"ZZZZ1\">",
        "<c t=\"s\">",
        "<c t=\"e\">",
        "<c t=\"d\">",
        "<c t=\"q\">",
        "<c s=\"-1\">",
        "</c>",
        "<v>",
        "</v>",
        "1",
        "-0.5",
        "1e999",
        "<f>",
        "<f/>",
        "</f>",
        "<is>",
        "<t>",
        "</t>",
        "</is>",
        "_x",
        "_xD83D_",
        "ệ",
        "&amp;",
        "&#0;",
        "&#xD800;",
        "&a;",
        "<mergeCell ref=\"A1:B2\"/>",
        "<mergeCell ref=\"\"/>",
        "<col min=\"0\" max=\"9\" hidden=\"1\"/>",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<?x",
        "?>",
        "<",
    ]);
    prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat())
}
