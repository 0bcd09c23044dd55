//! A record handed over: a BagIt 1.0 folder (RFC 8493), which any archive can check.
//!
//! ```text
//! TARGET/
//!   bagit.txt  bag-info.txt  manifest-sha512.txt  tagmanifest-sha512.txt
//!   inventory.json  inventory.json.sha512     what the record says of itself
//!   data/                                     the files
//! ```
//!
//! The clerk's folder is written beside itself and renamed: whoever finds it finds it whole.

use std::ffi::OsStr;
use std::path::Path;

use chrono::NaiveDate;

use super::ocfl::digest::sha512;
use super::ocfl::folder::{Content, Folder, Kind};
use super::ocfl::{Object, Store};
use super::{Failure, Result};
use crate::vi::text::forbidden_char;

/// What `data` holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payload {
    /// The files of the newest version, as the record names them.
    Newest,
    /// The whole OCFL object in `data/ho_so_luu`, with all its versions.
    Record,
}

/// What `bag-info.txt` says beside the id and the size.
#[derive(Clone, Copy, Debug)]
pub struct Info<'a> {
    /// Cơ quan giao nộp.
    pub source_organization: &'a str,
    pub bagging_date: NaiveDate,
    /// Trích yếu; empty: none.
    pub external_description: &'a str,
}

/// A bag that was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bag {
    /// Files in `data`.
    pub files: usize,
    /// Their bytes together.
    pub bytes: u64,
}

/// Names of the folder that holds an OCFL object whole.
const RECORD: &str = "ho_so_luu";

/// Writes a record as a bag into a folder that is not there yet, or is empty.
///
/// # Errors
/// A refusal of a folder with something in it; damage of the record; what the system says.
pub fn export(
    store: &Store,
    object: &Object,
    payload: Payload,
    info: &Info<'_>,
    target: &Path,
) -> Result<Bag> {
    let (parent, name) = place(target)?;
    let data = match payload {
        Payload::Newest => store.files(object, object.head)?,
        Payload::Record => below(RECORD, store.whole(object)?),
    };
    let bag = Bag { files: data.len(), bytes: data.values().map(|bytes| bytes.len() as u64).sum() };
    let data = below("data", data);
    let mut tags = store.description(object)?;
    tags.insert("bagit.txt".to_owned(), DECLARATION.as_bytes().to_vec());
    tags.insert("bag-info.txt".to_owned(), bag_info(&object.id, info, bag)?.into_bytes());
    tags.insert("manifest-sha512.txt".to_owned(), manifest(&data));
    tags.insert("tagmanifest-sha512.txt".to_owned(), manifest(&tags));
    tags.extend(data);
    write(&parent, &name, tags, bag.files == 0)?;
    Ok(bag)
}

const DECLARATION: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

fn below(folder: &str, files: Content) -> Content {
    files.into_iter().map(|(path, bytes)| (format!("{folder}/{path}"), bytes)).collect()
}

/// The folder that the bag comes into, and its name there.
fn place(target: &Path) -> Result<(Folder, String)> {
    let shown = target.display();
    let taken =
        |what: &str| Failure::refused(format!("{shown} {what}"), "chọn một thư mục chưa có");
    let name = target
        .file_name()
        .and_then(OsStr::to_str)
        .ok_or_else(|| taken("không phải tên thư mục"))?;
    let parent = target.parent().filter(|parent| !parent.as_os_str().is_empty());
    let parent = Folder::at(parent.unwrap_or_else(|| Path::new(".")))?;
    match parent.kind(name)? {
        None => {}
        Some(Kind::Folder) => {
            let folder = parent.folder(name)?;
            if folder
                .is_some_and(|folder| folder.entries().is_ok_and(|entries| !entries.is_empty()))
            {
                return Err(taken("đã có tệp bên trong"));
            }
        }
        Some(Kind::File | Kind::Other) => return Err(taken("đã có và không phải thư mục")),
    }
    Ok((parent, name.to_owned()))
}

fn write(parent: &Folder, name: &str, files: Content, no_data: bool) -> Result<()> {
    let staged = format!(".{name}.vanthu-tam");
    parent.remove(&staged)?;
    let folder = parent.make(&staged)?;
    if no_data {
        folder.make("data")?.sync()?;
    }
    folder.write_tree(files)?;
    // No system renames a folder that is open everywhere, nor over one that is there.
    drop(folder);
    parent.remove_empty(name)?;
    parent.rename(&staged, parent, name)?;
    parent.sync()
}

/// `DIGEST  PATH` a line, in the order of the paths.
fn manifest(files: &Content) -> Vec<u8> {
    let line =
        |(path, bytes): (&String, &Vec<u8>)| format!("{}  {}\n", sha512(bytes), encoded(path));
    files.iter().map(line).collect::<String>().into_bytes()
}

/// CR, LF and % are the only ones that are written otherwise (RFC 8493, 2.1.3).
fn encoded(path: &str) -> String {
    path.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn bag_info(id: &str, info: &Info<'_>, bag: Bag) -> Result<String> {
    let mut text = String::new();
    for (label, value) in [
        ("Source-Organization", info.source_organization),
        ("External-Description", info.external_description),
        ("External-Identifier", id),
        ("Bagging-Date", &info.bagging_date.format("%Y-%m-%d").to_string()),
        ("Payload-Oxum", &format!("{}.{}", bag.bytes, bag.files)),
    ] {
        if value.chars().any(|c| c == '\n' || forbidden_char(c).is_some()) {
            return Err(Failure::refused(
                format!(
                    "không ghi được {label} vào gói giao nộp: có xuống dòng hoặc ký tự không nhìn thấy"
                ),
                "sửa tên cơ quan hoặc trích yếu thành một dòng",
            ));
        }
        if !value.trim().is_empty() {
            text.push_str(&format!("{label}: {}\n", value.trim()));
        }
    }
    Ok(text)
}
