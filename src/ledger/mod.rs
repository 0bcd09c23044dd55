//! Sổ phiên bản lời văn: which text of each wording the office has accepted, and when.
//!
//! ```text
//! templates/phien_ban.yaml ──read──▶ Ledger ──state(path, text)──▶ as accepted, changed since, unknown
//!                                        └──record, to_yaml──▶ the whole file anew
//! ```
//!
//! *Invariants*: pure, it reads no clock and no disk; a text is known by the SHA-256 of its
//! NFC with line feeds, so that neither the editor nor the system changes its version; the
//! file is always written whole and in one order.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chrono::NaiveDate;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use crate::diag::{At, Diagnostic, Sources};
use crate::templates::{self, Templates};
use crate::vi::{date, text};

/// The ledger among the templates.
pub const FILE: &str = "phien_ban.yaml";

/// A ledger that cannot be read.
pub const BROKEN: &str = "so-phien-ban-sai";

/// An accepted text that was deleted.
pub const GONE: &str = "loi-van-da-mat";

/// The code and the explanation of every fault, for `vanthu explain`.
pub fn faults() -> &'static [(&'static str, &'static str)] {
    &[
        (
            GONE,
            "\
Một lời văn cơ quan đã ghi nhận trong `phien_ban.yaml` không còn tệp trong thư mục mẫu.

Khi thiếu tệp, chương trình dùng bản có sẵn của mình, nên câu chữ đã duyệt lặng lẽ đổi. Lấy
lại tệp từ bản lưu; nếu đúng là bỏ bản riêng, ghi nhận lại bằng `vanthu wording accept`.",
        ),
        (
            BROKEN,
            "\
Sổ phiên bản lời văn `phien_ban.yaml` không đọc được.

Tệp này do `vanthu wording accept` ghi; sửa tay dễ sai. Lấy lại tệp từ bản sao
trước đó (git, bản lưu), hoặc xóa tệp để dùng sổ có sẵn trong chương trình rồi
ghi nhận lại.",
        ),
    ]
}

/// Every accepted version of every wording file, by the path below `templates/`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    files: BTreeMap<String, Vec<Version>>,
}

/// A text that was accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// From 1.
    pub number: u32,
    pub date: NaiveDate,
    /// In small hexadecimal digits ([`sha256`]).
    pub sha256: String,
    pub reason: Option<String>,
    /// Câu khóa: the phrases that stood fast in it.
    pub locked: Vec<String>,
}

/// A text against the last one that was accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State<'a> {
    /// No version was ever accepted.
    Unknown,
    Accepted(&'a Version),
    /// Another text than that of this version, the last.
    Changed(&'a Version),
}

/// A version as it is written; every scalar is text.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    so: String,
    ngay: String,
    sha256: String,
    #[serde(default)]
    ly_do: Option<String>,
    #[serde(default)]
    cau_khoa: Vec<String>,
}

impl Ledger {
    /// The ledger of the templates. Of a file that an office's own ledger does not know,
    /// the versions are those that the program carries.
    ///
    /// # Errors
    /// What is wrong with the file, at its line.
    pub fn read(templates: &Templates, sources: &mut Sources) -> Result<Self, Vec<Diagnostic>> {
        let carried = templates::embedded(FILE).unwrap_or_default();
        let own = templates.get(FILE).filter(|own| *own != carried);
        let mut ledger = parse(&templates.shown_name(FILE), carried, sources)?;
        if let Some(own) = own {
            ledger.files.extend(parse(&templates.shown_name(FILE), own, sources)?.files);
        }
        Ok(ledger)
    }

    /// The last version of a file.
    pub fn last(&self, path: &str) -> Option<&Version> {
        self.files.get(path)?.last()
    }

    pub fn state(&self, path: &str, text: &str) -> State<'_> {
        match self.last(path) {
            None => State::Unknown,
            Some(last) if last.sha256 == sha256(text) => State::Accepted(last),
            Some(last) => State::Changed(last),
        }
    }

    /// The files that it knows.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Adds a version after the last; returns its number.
    pub fn record(
        &mut self,
        path: &str,
        text: &str,
        date: NaiveDate,
        reason: Option<&str>,
        locked: &[String],
    ) -> u32 {
        let versions = self.files.entry(path.to_owned()).or_default();
        let number = versions.last().map_or(1, |last| last.number + 1);
        versions.push(Version {
            number,
            date,
            sha256: sha256(text),
            reason: reason.map(ToOwned::to_owned),
            locked: locked.to_vec(),
        });
        number
    }

    /// Puts a text in the place of the last version's, which nobody has been given yet.
    pub fn amend(&mut self, path: &str, text: &str, date: NaiveDate, locked: &[String]) {
        let versions = self.files.entry(path.to_owned()).or_default();
        let last = versions.pop();
        let number = last.as_ref().map_or(1, |last| last.number);
        let date = last.as_ref().map_or(date, |last| last.date);
        let reason = last.map_or_else(|| Some("Bản đầu".to_owned()), |last| last.reason);
        let (sha256, locked) = (sha256(text), locked.to_vec());
        versions.push(Version { number, date, sha256, reason, locked });
    }

    /// Forgets the files that are no more.
    pub fn retain(&mut self, is_there: impl Fn(&str) -> bool) {
        self.files.retain(|path, _| is_there(path));
    }

    /// The whole file: the same versions, the same bytes.
    pub fn to_yaml(&self) -> String {
        let mut yaml = String::from(HEADER);
        for (path, versions) in &self.files {
            // Writing to a String cannot fail.
            let _ = writeln!(yaml, "\n{path}:");
            for version in versions {
                let _ = writeln!(yaml, "  - so: {}", version.number);
                let _ = writeln!(yaml, "    ngay: {}", date::short(version.date));
                let _ = writeln!(yaml, "    sha256: \"{}\"", version.sha256);
                if let Some(reason) = &version.reason {
                    let _ = writeln!(yaml, "    ly_do: {}", quoted(reason));
                }
                if !version.locked.is_empty() {
                    yaml.push_str("    cau_khoa:\n");
                }
                for phrase in &version.locked {
                    let _ = writeln!(yaml, "      - {}", quoted(phrase));
                }
            }
        }
        yaml
    }
}

const HEADER: &str = "\
# Sổ phiên bản lời văn: các bản đã được ghi nhận của từng tệp lời văn, bản sau cùng ở dưới.
# Tệp này do lệnh `vanthu wording accept` ghi lại toàn bộ; không sửa tay.
";

/// Double quotes and the escapes of JSON, which YAML reads alike.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn parse(name: &str, yaml: &str, sources: &mut Sources) -> Result<Ledger, Vec<Diagnostic>> {
    let wrong = |sources: &mut Sources, at: usize, message: String| {
        let line = yaml[at..].lines().next().unwrap_or_default().len();
        let source = sources.add(name, yaml);
        let at = At::Bytes { source, range: at..at + line };
        let hint = "lấy lại tệp từ bản sao trước đó, hoặc xóa tệp rồi gõ `vanthu wording accept`";
        vec![Diagnostic::error(BROKEN, at, message).hint(hint)]
    };
    if yaml.trim().is_empty() {
        return Ok(Ledger::default());
    }
    let is_odd = |c: char| c != '\r' && text::forbidden_char(c).is_some();
    let odd = yaml.char_indices().find(|&(_, c)| is_odd(c));
    if let Some((at, c)) = odd {
        let line = yaml[..at].rfind('\n').map_or(0, |end| end + 1);
        let what = text::forbidden_char(c).unwrap_or_default();
        let message = format!("có {what} (U+{:04X}) trong sổ phiên bản", u32::from(c));
        return Err(wrong(sources, line, message));
    }
    let raw: BTreeMap<String, Vec<Raw>> = match serde_yaml::from_str(yaml) {
        Ok(raw) => raw,
        // Nothing but comments.
        Err(_) if yaml.lines().all(|line| line.trim().is_empty() || line.starts_with('#')) => {
            BTreeMap::new()
        }
        Err(error) => {
            let at = error.location().map_or(0, |place| place.index());
            let at = yaml.floor_char_boundary(at.min(yaml.len()));
            let line = yaml[..at].rfind('\n').map_or(0, |end| end + 1);
            return Err(wrong(sources, line, "sổ phiên bản không đúng cách viết".to_owned()));
        }
    };
    let mut files = BTreeMap::new();
    for (path, versions) in raw {
        // Written as `\u200b` it stands in no line.
        let written = versions.iter().flat_map(|raw| raw.ly_do.iter().chain(&raw.cau_khoa));
        let escaped = written.chain([&path]).flat_map(|text| text.chars());
        if let Some(c) = escaped.into_iter().find(|&c| is_odd(c)) {
            let at = yaml.find(&format!("{path}:")).unwrap_or(0);
            let what = text::forbidden_char(c).unwrap_or_default();
            let message = format!("{path}: có {what} (U+{:04X})", u32::from(c));
            return Err(wrong(sources, at, message));
        }
        let mut read = Vec::with_capacity(versions.len());
        for (position, raw) in versions.into_iter().enumerate() {
            let number = u32::try_from(position + 1).unwrap_or(u32::MAX);
            let date = date::parse(&raw.ngay).ok();
            let is_hash = raw.sha256.len() == 64
                && raw.sha256.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
            let (Some(date), true, true) = (date, is_hash, raw.so == number.to_string()) else {
                let at = yaml.find(&format!("{path}:")).unwrap_or(0);
                let message =
                    format!("phiên bản {number} của {path} thiếu hoặc sai số, ngày, sha256");
                return Err(wrong(sources, at, message));
            };
            read.push(Version {
                number,
                date,
                sha256: raw.sha256,
                reason: raw.ly_do,
                locked: raw.cau_khoa,
            });
        }
        files.insert(path, read);
    }
    Ok(Ledger { files })
}

/// SHA-256 of a text in NFC with line feeds, in small hexadecimal digits.
pub fn sha256(text: &str) -> String {
    let text = text::nfc(text.strip_prefix('\u{feff}').unwrap_or(text));
    if text.contains('\r') {
        return hex(&Sha256::digest(text.replace("\r\n", "\n").replace('\r', "\n")));
    }
    hex(&Sha256::digest(text.as_bytes()))
}

/// SHA-256 of the lines `<SHA-256 of the file>  <path>` in order of the paths: what
/// `sha256sum` prints, so that anyone can check it. `files`: the hash of each by its path.
pub fn sha256_of_all(files: &BTreeMap<&str, String>) -> String {
    let lines = files.iter().map(|(path, hash)| format!("{hash}  {path}\n"));
    hex(&Sha256::digest(lines.collect::<String>()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// A locked phrase that a change takes away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    pub old: String,
    /// The phrase that is locked in its place, if one is.
    pub new: Option<String>,
}

/// The phrases locked in a version that are not locked any more, word for word but for
/// white space. (Whether those that are still stand in the text, the wordings check.)
pub fn lost(accepted: &[String], now: &[String]) -> Vec<Lost> {
    let folded = |text: &String| crate::vi::text::one_line(text);
    let accepted: Vec<String> = accepted.iter().map(folded).collect();
    let now: Vec<String> = now.iter().map(folded).collect();
    let mut new: Vec<&String> = now.iter().filter(|phrase| !accepted.contains(phrase)).collect();
    let lost = accepted.iter().filter(|phrase| !now.contains(phrase));
    let one = |old: &String| {
        let like = |new: &&String| strsim::normalized_levenshtein(old, new);
        let nearest = (0..new.len()).max_by(|&a, &b| like(&new[a]).total_cmp(&like(&new[b])));
        let nearest =
            nearest.filter(|&at| like(&new[at]) >= ALIKE).map(|at| new.remove(at).clone());
        Lost { old: old.clone(), new: nearest }
    };
    lost.map(one).collect()
}

/// How like a phrase must be to have taken another's place, from 0 to 1.
const ALIKE: f64 = 0.3;
