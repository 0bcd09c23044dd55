//! Workbooks made part by part, so that any part can be wrong.

#![allow(dead_code, reason = "not every test needs every part")]

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// The parts of a workbook of one sheet, “Biểu 1”.
#[derive(Clone)]
pub struct Parts(pub Vec<(String, Vec<u8>)>);

pub const MAIN: &str = r#"xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main""#;
const RELATIONS: &str = r#"xmlns="http://schemas.openxmlformats.org/package/2006/relationships""#;
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const SHEET: &str = "xl/worksheets/sheet1.xml";

/// Styles 1 to 4: a day, a time, a share, text.
const STYLES: &str = r#"<numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts><cellXfs count="5"><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="20"/><xf numFmtId="9"/><xf numFmtId="49"/></cellXfs>"#;

impl Parts {
    /// A sheet of rows as in [`cells`].
    pub fn of(rows: &str) -> Self {
        Self::of_sheet(&format!("<sheetData>{}</sheetData>", cells(rows)))
    }

    /// A sheet with this inside of its `worksheet`.
    pub fn of_sheet(xml: &str) -> Self {
        Self(Vec::new())
            .with("[Content_Types].xml", &content_types("sheet.main"))
            .with("_rels/.rels", &relations(&[("rId1", "officeDocument", "xl/workbook.xml")]))
            .with("xl/workbook.xml", &workbook("", &[("Biểu 1", "")]))
            .with(
                "xl/_rels/workbook.xml.rels",
                &relations(&[
                    ("rId1", "worksheet", "worksheets/sheet1.xml"),
                    ("rId2", "worksheet", "worksheets/sheet2.xml"),
                    ("rId3", "worksheet", "worksheets/sheet3.xml"),
                    ("rId8", "styles", "styles.xml"),
                    ("rId9", "sharedStrings", "sharedStrings.xml"),
                ]),
            )
            .with("xl/styles.xml", &format!("<styleSheet {MAIN}>{STYLES}</styleSheet>"))
            .with("xl/sharedStrings.xml", &format!("<sst {MAIN}/>"))
            .with(SHEET, &worksheet(xml))
    }

    #[must_use]
    pub fn with(self, name: &str, text: &str) -> Self {
        self.with_bytes(name, text.as_bytes().to_vec())
    }

    #[must_use]
    pub fn with_bytes(mut self, name: &str, bytes: Vec<u8>) -> Self {
        self.0.retain(|(other, _)| other != name);
        self.0.push((name.to_owned(), bytes));
        self
    }

    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.0.retain(|(other, _)| other != name);
        self
    }

    pub fn zip(&self) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in &self.0 {
            writer.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }
}

pub fn content_types(main: &str) -> String {
    format!(
        r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.{main}+xml"/></Types>"#
    )
}

pub fn relations(related: &[(&str, &str, &str)]) -> String {
    let related: String = related
        .iter()
        .map(|(id, kind, target)| {
            format!(r#"<Relationship Id="{id}" Type="{OFFICE}/{kind}" Target="{target}"/>"#)
        })
        .collect();
    format!("<Relationships {RELATIONS}>{related}</Relationships>")
}

/// `xl/workbook.xml` with sheets of these names and states.
pub fn workbook(properties: &str, sheets: &[(&str, &str)]) -> String {
    let sheets: String = sheets
        .iter()
        .zip(1..)
        .map(|((name, state), id)| {
            format!(r#"<sheet name="{name}" sheetId="{id}" {state} r:id="rId{id}"/>"#)
        })
        .collect();
    format!(
        r#"<workbook {MAIN} xmlns:r="{OFFICE}"><workbookPr {properties}/><sheets>{sheets}</sheets></workbook>"#
    )
}

pub fn worksheet(xml: &str) -> String {
    format!(r#"<?xml version="1.0" encoding="UTF-8"?><worksheet {MAIN}>{xml}</worksheet>"#)
}

/// Rows of cells parted by `|`: a number, an error (`#REF!`), a whole cell (`<c …>`), or a text.
pub fn cells(rows: &str) -> String {
    let rows = rows.lines().zip(1..).map(|(line, row)| {
        let cells = line.split('|').enumerate().map(|(column, cell)| {
            let name = format!("{}{row}", char::from(b'A' + u8::try_from(column).unwrap()));
            one_cell(&name, cell.trim())
        });
        format!(r#"<row r="{row}">{}</row>"#, cells.collect::<String>())
    });
    rows.collect()
}

fn one_cell(name: &str, cell: &str) -> String {
    if cell.is_empty() {
        String::new()
    } else if let Some(rest) = cell.strip_prefix("<c") {
        format!(r#"<c r="{name}"{rest}"#)
    } else if cell.starts_with('#') {
        format!(r#"<c r="{name}" t="e"><v>{cell}</v></c>"#)
    } else if cell.parse::<f64>().is_ok() {
        format!(r#"<c r="{name}"><v>{cell}</v></c>"#)
    } else {
        format!(r#"<c r="{name}" t="inlineStr"><is><t>{cell}</t></is></c>"#)
    }
}
