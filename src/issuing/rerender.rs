//! A document made again from its record alone.

use std::collections::BTreeMap;

use crate::archive::{Entry, Event};
use crate::model::{Given, Number};
use crate::render::{self, File, Office};
use crate::templates::Templates;

use super::record::{FORMATS, PROGRAM, paths};
use super::{CaseFiles, desk};

/// What came of making a document again.
pub struct Again {
    pub files: Vec<File>,
    /// The words of the document.
    pub words: String,
    /// Whether the record was made by this very version of the program, so that the bytes must be equal.
    pub same_program: bool,
}

/// Makes a document again from the files of its record; nothing else is read.
///
/// # Errors
/// In Vietnamese, why it cannot be made.
pub fn rerender(files: &BTreeMap<String, Vec<u8>>) -> Result<Again, String> {
    let text = |path: &str| {
        let bytes = files.get(path).ok_or_else(|| format!("hồ sơ lưu không có {path}"))?;
        String::from_utf8(bytes.clone()).map_err(|_| format!("{path} không phải UTF-8"))
    };
    let manifest: serde_json::Value = serde_json::from_str(&text(paths::MANIFEST)?)
        .map_err(|error| format!("{} hỏng: {error}", paths::MANIFEST))?;
    let event: Event = serde_json::from_str(&text(paths::EVENT)?)
        .map_err(|error| format!("{} hỏng: {error}", paths::EVENT))?;
    let Entry { key, date, .. } = event.entry;
    let given = Given { number: Number::new(key.number, key.letter), date };
    let below = |folder: &str| -> BTreeMap<String, Vec<u8>> {
        let inside = |(path, bytes): (&String, &Vec<u8>)| {
            Some((path.strip_prefix(folder)?.to_owned(), bytes.clone()))
        };
        files.iter().filter_map(inside).collect()
    };
    let templates = below(paths::TEMPLATES).into_iter();
    let templates: BTreeMap<String, String> = templates
        .filter_map(|(path, bytes)| Some((path, String::from_utf8(bytes).ok()?)))
        .collect();
    let office = Office::of(Templates::only(templates)).map_err(|found| first(&found))?;
    let case = files.get(paths::CASE).ok_or("hồ sơ lưu không có hồ sơ")?.clone();
    let case = CaseFiles::kept(case, below(paths::DATA));
    let rules = desk::rules(paths::SETTINGS, &text(paths::SETTINGS)?, None)
        .map_err(|found| first(&found))?;
    let prepared = case.prepare(&office, &rules, &given).map_err(|found| first(&found))?;
    let (files, _) =
        render::files(&prepared.document, &FORMATS).map_err(|error| format!("{error:#}"))?;
    let same_program = manifest["chuong_trinh"] == PROGRAM;
    Ok(Again { files, words: prepared.document.plain(), same_program })
}

fn first(found: &render::Findings) -> String {
    let first = found.diagnostics.first();
    first.map_or_else(String::new, |found| format!("{}: {}", found.code, found.message))
}
