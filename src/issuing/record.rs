//! What the record of a document holds.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::archive::metadata::{Facts, Metadata};
use crate::archive::ocfl::NewFile;
use crate::archive::{Entry, Result, sha256};
use crate::diag;
use crate::doc::metrics::FONTS;
use crate::export::Format;
use crate::model::Case;
use crate::render::{File, Prepared};

use super::{CaseFiles, Desk};

/// Names within a record.
pub mod paths {
    pub const EVENT: &str = "su_kien.json";
    pub const MANIFEST: &str = "ban_ke.json";
    pub const CASE: &str = "ho_so.yaml";
    /// Folder of the data files of a case.
    pub const DATA: &str = "du_lieu/";
    /// Folder of the templates.
    pub const TEMPLATES: &str = "mau/";
    pub const SETTINGS: &str = "van_phong.yaml";
    /// The words of the document, to compare with those of a newer program.
    pub const WORDS: &str = "van_ban.txt";
    pub const METADATA_XML: &str = "du_lieu_dac_ta.xml";
    pub const METADATA_JSON: &str = "du_lieu_dac_ta.json";
    /// The newest copy with digital signatures.
    pub const SIGNED: &str = "van_ban_ky.pdf";
    /// A scan of the signed paper; its extension follows.
    pub const SCAN: &str = "ban_quet";

    /// The file of a format: `van_ban.pdf`, of further volumes `van_ban_tap_2.pdf`.
    pub fn rendered(extension: &str, volume: usize) -> String {
        match volume {
            0 => format!("van_ban.{extension}"),
            volume => format!("van_ban_tap_{}.{extension}", volume + 1),
        }
    }
}

/// The program that renders, as records name it.
pub const PROGRAM: &str = concat!("vanthu ", env!("CARGO_PKG_VERSION"));
/// The version of typst that lays out the PDF; `Cargo.toml` pins it.
pub const TYPST: &str = "0.15.1";

/// All that a document was made of and what became of it.
pub fn files(
    desk: &Desk,
    case: &CaseFiles,
    prepared: &Prepared,
    rendered: &[File],
    entry: &Entry,
) -> Result<Vec<NewFile>> {
    let mut files = Vec::new();
    let mut add = |path: String, bytes: Vec<u8>| files.push(NewFile { path, bytes });
    for file in rendered {
        add(paths::rendered(file.format.extension(), file.volume), file.bytes.clone());
    }
    add(paths::WORDS.to_owned(), prepared.document.plain().into_bytes());
    add(paths::CASE.to_owned(), case.case.clone());
    for (name, bytes) in case.data_files() {
        add(format!("{}{name}", paths::DATA), bytes);
    }
    for (path, text) in desk.office.used(&prepared.case) {
        add(format!("{}{path}", paths::TEMPLATES), text.into_bytes());
    }
    add(paths::SETTINGS.to_owned(), desk.settings.clone().into_bytes());
    add(paths::MANIFEST.to_owned(), pretty(&manifest(prepared, rendered, entry)));
    let metadata = metadata(desk, &prepared.case, entry);
    add(paths::METADATA_XML.to_owned(), metadata.xml()?);
    add(paths::METADATA_JSON.to_owned(), metadata.json()?);
    Ok(files)
}

/// The fields of PL VI.
pub fn metadata(desk: &Desk, case: &Case, entry: &Entry) -> Metadata {
    let facts =
        Facts { organ_id: desk.rules.organ_id.clone(), urgency: case.urgency, ..Facts::default() };
    Metadata::new(entry, &facts)
}

/// `ban_ke.json`: by what program, with what fonts, and what the check said.
fn manifest(prepared: &Prepared, rendered: &[File], entry: &Entry) -> Value {
    const STYLES: [&str; 4] = ["Regular", "Bold", "Italic", "BoldItalic"];
    let fonts: BTreeMap<String, String> = STYLES
        .iter()
        .zip(FONTS)
        .map(|(style, font)| (format!("LiberationSerif-{style}.ttf"), sha256(font)))
        .collect();
    let names: Vec<String> =
        rendered.iter().map(|file| paths::rendered(file.format.extension(), file.volume)).collect();
    let findings = &prepared.findings;
    json!({
        "chuong_trinh": PROGRAM,
        "typst": TYPST,
        "phong_chu_sha256": fonts,
        "so_ky_hieu": entry.code,
        "so": entry.key.to_string(),
        "ngay": entry.date,
        "loi_van": prepared.document.meta.properties.iter().cloned().collect::<BTreeMap<_, _>>(),
        "tep": names,
        "so_trang": entry.pages,
        "kiem_tra": diag::to_json(&findings.diagnostics, &findings.sources),
    })
}

pub fn pretty(value: &Value) -> Vec<u8> {
    format!("{value:#}\n").into_bytes()
}

/// The formats that are kept.
pub const FORMATS: [Format; 2] = Format::ALL;
