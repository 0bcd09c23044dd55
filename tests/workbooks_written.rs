//! Workbooks as rust_xlsxwriter makes them: what a formula that nobody calculated looks like.
//!
//! With `VANTHU_WORKBOOKS` set to a list of the outside judges (`tests/conformance/workbooks.py`), the
//! workbooks of the list are written where it says.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use serde_json::{Value, json};

#[test]
fn a_formula_without_a_result_is_stored_as_0_in_a_workbook_that_asks_to_be_calculated() {
    let cell = json!({"row": 0, "column": 0, "value": null, "formula": "6*7", "format": "0"});
    let bytes = written(&json!({"sheet": "Biểu 1", "cells": [cell], "merges": [], "hidden": []}));
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes.clone())).unwrap();
    let stored = workbook.worksheet_range("Biểu 1").unwrap();
    assert_eq!(stored.get_value((0, 0)), Some(&Data::Float(0.0)));
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let xml = std::io::read_to_string(package.by_name("xl/workbook.xml").unwrap()).unwrap();
    assert!(xml.contains(r#"fullCalcOnLoad="1""#), "{xml}");
}

#[test]
fn the_workbooks_of_the_judges_are_written() {
    let Some(list) = std::env::var_os("VANTHU_WORKBOOKS") else { return };
    let list: Vec<Value> = serde_json::from_slice(&std::fs::read(list).unwrap()).unwrap();
    assert!(!list.is_empty());
    for book in &list {
        std::fs::write(book["path"].as_str().unwrap(), written(book)).unwrap();
    }
}

/// The workbook of a specification: its cells, merged areas and hidden rows.
fn written(book: &Value) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name(book["sheet"].as_str().unwrap()).unwrap();
    for area in book["merges"].as_array().unwrap() {
        let ((top, left), (bottom, right)) = (place(&area[0]), place(&area[1]));
        sheet.merge_range(top, left, bottom, right, "", &Format::new()).unwrap();
    }
    for cell in book["cells"].as_array().unwrap() {
        let (row, column) = (number(&cell["row"]) as u32, number(&cell["column"]) as u16);
        let format = Format::new().set_num_format(cell["format"].as_str().unwrap());
        let formula = cell["formula"].as_str().filter(|formula| !formula.is_empty());
        match (formula, &cell["value"]) {
            (Some(formula), Value::Null) => {
                sheet.write_formula_with_format(row, column, formula, &format)
            }
            (Some(formula), result) => {
                let formula = Formula::new(formula).set_result(result.to_string());
                sheet.write_formula_with_format(row, column, formula, &format)
            }
            // The dates of 1904 have their own numbers; this crate writes those of 1900 alone.
            (None, Value::Number(_))
                if cell["day"].is_string() && book["from_1904"] != json!(true) =>
            {
                let day = ExcelDateTime::parse_from_str(cell["day"].as_str().unwrap()).unwrap();
                sheet.write_datetime_with_format(row, column, &day, &format)
            }
            (None, Value::Number(value)) => {
                sheet.write_number_with_format(row, column, value.as_f64().unwrap(), &format)
            }
            (None, value) => {
                sheet.write_string_with_format(row, column, value.as_str().unwrap(), &format)
            }
        }
        .unwrap();
    }
    for line in book["hidden"].as_array().unwrap() {
        let row = number(&line["row"]) as u32;
        if line["how"] == "flat" {
            sheet.set_row_height(row, 0)
        } else {
            sheet.set_row_hidden(row)
        }
        .unwrap();
    }
    workbook.save_to_buffer().unwrap()
}

/// `B3` as row 2 and column 1.
fn place(name: &Value) -> (u32, u16) {
    let name = name.as_str().unwrap();
    let (letters, row) = name.split_at(name.find(|letter: char| letter.is_ascii_digit()).unwrap());
    let column = letters.bytes().fold(0, |sum, letter| sum * 26 + u16::from(letter - b'A') + 1);
    (row.parse::<u32>().unwrap() - 1, column - 1)
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap()
}
