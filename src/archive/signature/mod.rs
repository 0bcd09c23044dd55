//! Signed copies: a PDF is taken only as an extension of the archived bytes, with
//! signatures whose digests fit.
//!
//! ```text
//! archived ─┐
//! signed ───┴─ prefix? ─▶ pdf (revisions, objects) ─▶ changes (what each may bring)
//!                                                  ─▶ cms (what each signature says) ─▶ Vec<Signature>
//! ```
//!
//! What is judged: the archived document is in the file byte by byte; what was appended
//! brings signatures and nothing that a reader would see or run besides; every signature
//! was made over exactly what it says, with the key of the certificate that is in it.
//!
//! *What is not judged*: whether that certificate is anyone's. The chain of trust, the
//! validity period and revocation need lists that this program has not; the office's
//! signing program and the national validation service (<https://neac.gov.vn>) answer that.
//!
//! *Invariants*: pure functions of bytes; no bytes make them panic, recurse without end or
//! take memory out of proportion ([`MAX_BYTES`], and the limits of `pdf`).

mod changes;
mod cms;
mod key;
mod origin;
pub(super) mod pdf;
mod refusal;
mod scan;
mod time;

pub use refusal::{Fault, Kin, Refusal, Result};
pub use scan::{MAX_SCAN_BYTES, ScanFault, ScanKind, is_scan};

use self::pdf::{File, Object, Value};
use super::Signature;
use crate::vi::text::nfc;

/// Bytes of a signed file.
pub const MAX_BYTES: usize = 200 << 20;
/// Bytes that are appended to the archived document.
const MAX_APPENDED: usize = 64 << 20;
/// What to say of every list of signatures.
pub const NOT_JUDGED: &str = "chương trình kiểm tra chữ ký số khớp với văn bản và với chứng thư số kèm theo; chưa kiểm tra ai cấp chứng thư, còn hạn hay đã bị thu hồi";

/// The signatures of a signed copy of an archived document, in the order in which they were made.
///
/// Whether the certificates are to be trusted is not judged: see the module.
///
/// # Errors
/// Why this is no signed copy of it.
pub fn examine(archived: &[u8], signed: &[u8]) -> Result<Vec<Signature>> {
    if signed.len() > MAX_BYTES || signed.len().saturating_sub(archived.len()) > MAX_APPENDED {
        return Err(Refusal::TooLarge { limit: MAX_BYTES >> 20 });
    }
    if !signed.starts_with(b"%PDF-") {
        return Err(Refusal::NotPdf);
    }
    if signed == archived {
        return Err(Refusal::Unsigned);
    }
    if archived.starts_with(signed) {
        return Err(Refusal::Cut { length: signed.len() });
    }
    if !signed.starts_with(archived) {
        return Err(origin::tell(archived, signed));
    }
    let file = File::open(signed)?;
    let base = File::open(archived)?;
    updates(&file, &base)?;
    changes::judge(&file)?;
    signatures(&file)
}

/// The revisions after the archived one are well-formed, and there is nothing between them.
fn updates(file: &File<'_>, base: &File<'_>) -> Result<()> {
    let odd = |at, what| Err(Refusal::Odd(pdf::Odd { at, what }));
    let archived = base.bytes().len();
    let ([own], Some((first, rest))) = (base.sections(), file.sections().split_first()) else {
        return odd(archived, "bản đang lưu có nhiều lần ghi");
    };
    if first.start != own.start || rest.is_empty() {
        return odd(archived, "chuỗi /Prev không dẫn về bản đang lưu");
    }
    let mut start = archived;
    for (index, section) in rest.iter().enumerate() {
        if section.start < start {
            return odd(section.start, "hai lần ghi thêm chồng lên nhau");
        }
        file.walk(index + 1, start)?;
        start = section.end.1;
    }
    if !file.bytes().get(start..).unwrap_or_default().trim_ascii().is_empty() {
        return odd(start, "sau %%EOF cuối cùng còn dữ liệu");
    }
    Ok(())
}

/// All signatures, the oldest first; what they say is so.
fn signatures(file: &File<'_>) -> Result<Vec<Signature>> {
    let last = file.sections().len() - 1;
    let mut found = Vec::new();
    for field in changes::fields(file, last)? {
        if let Some(number) = field.value {
            let name = field.name.clone();
            let (revision, signature) = signature(file, &field.name, number)
                .map_err(|fault| Refusal::Signature { field: name, fault })?;
            found.push((revision, signature));
        }
    }
    found.sort_by_key(|(revision, _)| *revision);
    // A time stamp says when, and nobody's name.
    let is_signed = found.iter().any(|(_, signature)| !signature.is_time_stamp);
    let Some((covered, _)) = found.last().filter(|_| is_signed) else {
        return Err(Refusal::NoSignature);
    };
    for revision in covered + 1..=last {
        if !changes::only_validates(file, revision)? {
            return Err(Refusal::Uncovered { revision });
        }
    }
    Ok(found.into_iter().map(|(_, signature)| signature).collect())
}

/// A signature dictionary (12.8.1): its revision, and what it says.
fn signature(
    file: &File<'_>,
    field: &str,
    number: u32,
) -> std::result::Result<(usize, Signature), Fault> {
    let of_revision = file.sections().iter().position(|section| section.entry(number).is_some());
    let revision = of_revision.filter(|revision| *revision > 0);
    let revision = revision.ok_or(Fault::Range("chữ ký không nằm trong phần ghi thêm"))?;
    let object = file.object(revision, number).ok().flatten();
    let object = object.ok_or(Fault::Range("không đọc được chữ ký"))?;
    let parts = parts(file, revision, &object)?;
    if object.value.is("Type", "DocTimeStamp") || object.value.is("SubFilter", "ETSI.RFC3161") {
        return Ok((revision, cms::time_stamp(&parts, field)?));
    }
    match object.value.get("SubFilter").and_then(Value::name) {
        Some(b"adbe.pkcs7.detached" | b"ETSI.CAdES.detached") => (),
        other => {
            let name = other.map_or("không ghi tên".into(), String::from_utf8_lossy);
            return Err(Fault::Format(one_line(&name)));
        }
    }
    if locks(&object.value) && !nothing_follows(file, revision) {
        return Err(Fault::Locked);
    }
    let mut signature = cms::signature(&parts, field)?;
    if signature.time.is_none() {
        let date = object.value.get("M").and_then(Value::text);
        signature.time = date.and_then(|date| time::of_pdf(&pdf::text_string(date)));
    }
    Ok((revision, signature))
}

/// Whether a signature permits no change at all (`/DocMDP` with `/P 1`, 12.8.2.2).
fn locks(signature: &Value) -> bool {
    let references = signature.get("Reference").and_then(Value::array).unwrap_or_default();
    references.iter().any(|reference| {
        let permission = reference.get("TransformParams").and_then(|keys| keys.get("P"));
        reference.is("TransformMethod", "DocMDP") && permission == Some(&Value::Integer(1))
    })
}

fn nothing_follows(file: &File<'_>, revision: usize) -> bool {
    let mut later = revision + 1..file.sections().len();
    later.all(|later| changes::only_validates(file, later).unwrap_or(false))
}

/// The signed bytes, before and after the signature itself, and the signature.
struct Parts<'a> {
    before: &'a [u8],
    after: &'a [u8],
    container: Vec<u8>,
}

/// The file up to the end of a revision, but for the string of `/Contents`, no byte more or less.
fn parts<'a>(
    file: &File<'a>,
    revision: usize,
    object: &Object,
) -> std::result::Result<Parts<'a>, Fault> {
    let bytes = file.bytes();
    let range = object.value.get("ByteRange").and_then(Value::array).unwrap_or_default();
    let range = range.iter().map(|n| n.integer().and_then(|n| usize::try_from(n).ok()));
    let range: Option<Vec<usize>> = range.collect();
    let Some(&[0, gap, rest, length]) = range.as_deref() else {
        return Err(Fault::Range("phải gồm bốn số, bắt đầu bằng 0"));
    };
    let contents = object.contents.clone().ok_or(Fault::Range("không có /Contents"))?;
    let is_hexadecimal = bytes.get(contents.start) == Some(&b'<');
    if (gap, rest) != (contents.start, contents.end) || !is_hexadecimal {
        return Err(Fault::Range("phần chừa ra không đúng bằng chữ ký"));
    }
    let marker = file.sections().get(revision).map(|section| section.end.0).unwrap_or_default();
    let end = rest.checked_add(length).unwrap_or_default();
    let tail = bytes.get(marker..end).filter(|_| marker >= rest);
    if !tail.is_some_and(|tail| tail.iter().all(u8::is_ascii_whitespace)) {
        return Err(Fault::Range("không phủ hết tệp như khi ký"));
    }
    let is_last = revision + 1 == file.sections().len();
    if is_last && end != bytes.len() {
        return Err(Fault::Range("không phủ đến cuối tệp"));
    }
    let container = object.value.get("Contents").and_then(Value::text).unwrap_or_default().to_vec();
    let (before, after) = (bytes.get(..gap), bytes.get(rest..end));
    Ok(Parts { before: before.unwrap_or_default(), after: after.unwrap_or_default(), container })
}

/// Composed, and without ends of line or other controls.
fn one_line(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    nfc(plain.trim()).into_owned()
}
