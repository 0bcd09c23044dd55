//! Whether a DOCX is still as we wrote it.
//!
//! Every file carries a hash of its own parts in a custom property, and of the other
//! custom properties as they stand without it. Word and
//! LibreOffice keep the property when they save, and change the parts: so a file with
//! the property and other parts was edited by hand, and must not be overwritten. It
//! tells an honest clerk's edit, no forgery: whoever wants to can write a new seal.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Cursor, Read};

use anyhow::{Context, Result, ensure};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use sha2::{Digest as _, Sha256};
use zip::ZipArchive;

use super::parts;
use crate::doc::Meta;

/// No package of ours has more parts: ten, and a header for each style of page numbers.
const PARTS_MAX: usize = 64;

/// Bytes of all parts together that are looked at. A million cells are some 200 MB.
const BYTES_MAX: u64 = 1 << 30;

/// Bytes of the custom properties that are looked at; ours are 500.
const CUSTOM_BYTES_MAX: u64 = 1 << 16;

/// What a file's seal tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seal {
    /// Written by this program, not changed since.
    Intact,
    /// Written by this program and then saved by another.
    Edited,
    /// Not a DOCX of this program, or not a DOCX.
    Foreign,
}

/// Looks at a file of any origin; hostile ones cost bounded time and no memory.
pub fn seal(bytes: &[u8]) -> Seal {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else {
        return Seal::Foreign;
    };
    let Ok(Some(claimed)) = claimed(&mut archive) else {
        return Seal::Foreign;
    };
    match matches_parts(&mut archive, &claimed) {
        Ok(true) => Seal::Intact,
        Ok(false) | Err(_) => Seal::Edited,
    }
}

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// A hash over the names and contents of parts, in whatever order they come.
#[derive(Default)]
pub struct Digest {
    parts: BTreeMap<String, [u8; 32]>,
}

impl Digest {
    pub fn add(&mut self, name: &str, hash: [u8; 32]) {
        self.parts.insert(name.to_owned(), hash);
    }

    /// SHA-256 of the lines `<SHA-256 of the part>  <name>` in order of names: what
    /// `sha256sum` prints, so that anyone can check it.
    pub fn hex(&self) -> String {
        let lines: String =
            self.parts.iter().map(|(name, hash)| format!("{}  {name}\n", hex(hash))).collect();
        hex(&Sha256::digest(lines))
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The seal that the file claims to have.
fn claimed(archive: &mut Archive) -> Result<Option<String>> {
    let custom = archive.by_name(parts::CUSTOM_NAME)?;
    let mut xml = String::new();
    custom.take(CUSTOM_BYTES_MAX).read_to_string(&mut xml)?;
    property(&xml)
}

/// Text of the property of ours, however the program that saved the file wrote it down.
fn property(xml: &str) -> Result<Option<String>> {
    let mut reader = Reader::from_str(xml);
    let mut inside = false;
    loop {
        match reader.read_event()? {
            Event::Start(start) if start.local_name().as_ref() == "property" => {
                inside = is_ours(&start)?;
            }
            Event::Text(text) if inside && !text.trim().is_empty() => {
                return Ok(Some(text.trim().to_owned()));
            }
            Event::Eof => return Ok(None),
            _ => {}
        }
    }
}

fn is_ours(property: &BytesStart) -> Result<bool> {
    let name = property.try_get_attribute("name")?;
    Ok(name.is_some_and(|name| name.value == parts::SEAL_PROPERTY))
}

/// Whether the parts are those over which the seal was made.
fn matches_parts(archive: &mut Archive, claimed: &str) -> Result<bool> {
    ensure!(archive.len() <= PARTS_MAX, "quá nhiều phần");
    let mut digest = Digest::default();
    let mut left = BYTES_MAX;
    let mut custom = String::new();
    for index in 0..archive.len() {
        let part = archive.by_index(index)?;
        let name = part.name().to_owned();
        if name == parts::CUSTOM_NAME {
            part.take(CUSTOM_BYTES_MAX).read_to_string(&mut custom)?;
        } else {
            digest.add(&name, read(part, &mut left)?);
        }
    }
    // The first files of this program had no property but the seal, which covered all else.
    if custom == parts::custom(claimed, &Meta::default()) && digest.hex() == claimed {
        return Ok(true);
    }
    let unsealed = custom.replacen(claimed, "", 1);
    digest.add(parts::CUSTOM_NAME, Sha256::digest(unsealed).into());
    Ok(digest.hex() == claimed)
}

/// Hash of a part, read in pieces and only as far as a file of ours can go.
fn read(part: impl Read, left: &mut u64) -> Result<[u8; 32]> {
    let mut hash = Sha256::new();
    let mut part = part.take(*left);
    std::io::copy(&mut part, &mut hash).context("phần hỏng")?;
    *left = part.limit();
    ensure!(*left > 0, "tệp quá lớn");
    Ok(hash.finalize().into())
}
