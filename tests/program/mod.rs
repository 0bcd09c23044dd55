//! The program as a clerk runs it, and a DOCX as Word leaves it.

#![allow(dead_code, reason = "not every test needs every part")]

#[cfg(unix)]
pub mod cost;

use std::io::{Cursor, Read as _, Write as _};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Output};
use std::time::{Duration, Instant};

/// A call in the folder of the project.
pub fn vanthu(args: &[&str]) -> Output {
    vanthu_in(Path::new(env!("CARGO_MANIFEST_DIR")), args)
}

/// A call in a folder of the clerk's.
pub fn vanthu_in(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vanthu"));
    command.args(args).current_dir(folder).output().unwrap()
}

pub fn stdout(out: &Output) -> String {
    String::from_utf8(out.stdout.clone()).unwrap()
}

pub fn stderr(out: &Output) -> String {
    String::from_utf8(out.stderr.clone()).unwrap()
}

/// How a process ends; nothing, and it is ended, when it takes longer than that.
pub fn ended(child: &mut Child, patience: Duration) -> Option<ExitStatus> {
    let begun = Instant::now();
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return Some(status);
        }
        if begun.elapsed() > patience {
            child.kill().unwrap();
            child.wait().unwrap();
            return None;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// The part of a DOCX that holds its words.
pub fn document_xml(docx: &[u8]) -> String {
    let mut package = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut xml = String::new();
    package.by_name("word/document.xml").unwrap().read_to_string(&mut xml).unwrap();
    xml
}

/// A DOCX as Word leaves it: the same parts, the text of the document changed.
pub fn edited_by_hand<E>(
    docx: &[u8],
    edit: impl Fn(String) -> Result<String, E>,
) -> Result<Vec<u8>, E> {
    let mut old = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut new = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..old.len() {
        let mut entry = old.by_index(index).unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        if entry.name() == "word/document.xml" {
            bytes = edit(String::from_utf8(bytes).unwrap())?.into_bytes();
        }
        new.start_file(entry.name(), zip::write::SimpleFileOptions::default()).unwrap();
        new.write_all(&bytes).unwrap();
    }
    Ok(new.finish().unwrap().into_inner())
}

/// The same with one word in another's place.
pub fn with_another_word(docx: &[u8], old: &str, new: &str) -> Vec<u8> {
    let edit = |text: String| Ok::<_, std::convert::Infallible>(text.replace(old, new));
    edited_by_hand(docx, edit).unwrap()
}
