//! What happens to a document after it has its number: signed copies, scans, void, recall, links.

use crate::archive::ocfl::{NewFile, Store};
use crate::archive::place::Place;
use crate::archive::register::Row;
use crate::archive::{Act, Entry, Failure, Link, Result, State, signature};
use crate::export::Format;
use crate::render::File;
use crate::vi::text::{forbidden_char, nfc, one_line};

use super::record::{FORMATS, paths};
use super::{Who, Writer};

/// The files of a document as they were rendered, from its record.
///
/// # Errors
/// A record that is not there or not whole.
pub fn rendered(place: &Place, object_id: &str) -> Result<Vec<File>> {
    let store = Store::open(place)?;
    let object = store.object(object_id)?.ok_or_else(|| missing(object_id))?;
    let mut files = Vec::new();
    for format in FORMATS {
        let mut volume = 0;
        while let Some(bytes) =
            store.read(&object, object.head, &paths::rendered(format.extension(), volume))?
        {
            files.push(File { format, volume, bytes });
            volume += 1;
        }
    }
    Ok(files)
}

fn missing(object_id: &str) -> Failure {
    Failure::damaged(format!("không có hồ sơ lưu {object_id}"))
}

/// The row as it is now, under the lock.
fn current(writer: &Writer, object_id: &str) -> Result<Row> {
    writer.register.by_object(object_id)?.ok_or_else(|| missing(object_id))
}

/// Takes a copy with digital signatures, when it extends the PDF that is kept and its
/// signatures hold. A number that waited for its signature is issued by it.
///
/// # Errors
/// A copy that is not such; a document that is void or recalled; what the disk says.
pub fn attach_signed(
    writer: &mut Writer,
    object_id: &str,
    signed: Vec<u8>,
    who: &Who,
) -> Result<Entry> {
    let row = current(writer, object_id)?;
    let mut entry = row.entry;
    may_attach(&entry)?;
    let object = writer.store.object(object_id)?.ok_or_else(|| missing(object_id))?;
    let name = paths::rendered(Format::Pdf.extension(), 0);
    let kept = writer.store.read(&object, object.head, &name)?.ok_or_else(|| missing(object_id))?;
    let before = writer.store.read(&object, object.head, paths::SIGNED)?;
    if before.as_ref() == Some(&signed) {
        return Err(Failure::refused("bản ký này đã được gắn từ trước", ""));
    }
    entry.signatures = signature::examine(&kept, &signed)
        .map_err(|refusal| Failure::refused(refusal.to_string(), refusal.hint()))?;
    if before.is_some_and(|before| !signed.starts_with(&before)) {
        return Err(Failure::refused(
            "tệp này không chứa các chữ ký đã gắn trước đó",
            "ký tiếp trên bản đã gắn: lấy bản đó bằng `vanthu archive export`",
        ));
    }
    entry.state = State::Issued;
    let files = vec![NewFile { path: paths::SIGNED.to_owned(), bytes: signed }];
    let entry = writer.perform(Act::AttachSigned, entry, files, who)?;
    link_back(writer, &entry, who)?;
    Ok(entry)
}

/// Takes a scan of the signed paper, as a scan: nothing is said of what it shows.
///
/// # Errors
/// A file that is no PDF or picture; a document that is void or recalled; what the disk says.
pub fn attach_scan(
    writer: &mut Writer,
    object_id: &str,
    scan: Vec<u8>,
    who: &Who,
) -> Result<Entry> {
    let row = current(writer, object_id)?;
    may_attach(&row.entry)?;
    if row.entry.state == State::Awaiting {
        return Err(Failure::refused(
            format!("{} đang chờ bản ký số, không nhận bản quét", row.entry.code),
            "gắn tệp PDF đã ký số; bỏ --scan",
        ));
    }
    let kind = signature::is_scan(&scan)
        .map_err(|fault| Failure::refused(fault.to_string(), fault.hint()))?;
    let path = format!("{}.{}", paths::SCAN, kind.extension());
    let object = writer.store.object(object_id)?.ok_or_else(|| missing(object_id))?;
    if writer.store.read(&object, object.head, &path)?.as_ref() == Some(&scan) {
        return Err(Failure::refused("bản quét này đã được gắn từ trước", ""));
    }
    writer.perform(Act::AttachScan, row.entry, vec![NewFile { path, bytes: scan }], who)
}

fn may_attach(entry: &Entry) -> Result<()> {
    match entry.state {
        State::Awaiting | State::Issued => Ok(()),
        State::Reserved => Err(Failure::refused(
            format!("số {} mới được giữ, văn bản chưa được lưu", entry.key),
            "chạy lại `vanthu issue` với hồ sơ của số này",
        )),
        State::Void | State::Recalled => Err(Failure::refused(
            format!("{} {}, không gắn thêm gì được", entry.code, entry.state.words()),
            "xem số bằng `vanthu register show`",
        )),
    }
}

/// Hủy số: a number that will not be used. It stays in the register with its reason.
///
/// # Errors
/// A document that was issued; what the disk says.
pub fn void(writer: &mut Writer, object_id: &str, reason: &str, who: &Who) -> Result<Entry> {
    let mut entry = current(writer, object_id)?.entry;
    match entry.state {
        State::Reserved | State::Awaiting => {}
        State::Void => {
            return Err(Failure::refused(format!("số {} đã hủy từ trước", entry.key), ""));
        }
        State::Issued | State::Recalled => {
            return Err(Failure::refused(
                format!("{} {}, không hủy số được", entry.code, entry.state.words()),
                "văn bản đã phát hành thì thu hồi (`vanthu register recall`), thay thế (`vanthu new --thay-the`) hoặc đính chính (`vanthu new --dinh-chinh`)",
            ));
        }
    }
    entry.state = State::Void;
    entry.reason = reason_of(reason)?;
    writer.perform(Act::Void, entry, Vec::new(), who)
}

/// Thu hồi: an issued document is taken back; its record is frozen.
///
/// # Errors
/// A document that was not issued; what the disk says.
pub fn recall(writer: &mut Writer, object_id: &str, reason: &str, who: &Who) -> Result<Entry> {
    let mut entry = current(writer, object_id)?.entry;
    if entry.state != State::Issued {
        return Err(Failure::refused(
            format!("{} {}, không thu hồi được", entry.code, entry.state.words()),
            "chỉ văn bản đã phát hành mới thu hồi; số chưa dùng thì hủy bằng `vanthu register void`",
        ));
    }
    entry.state = State::Recalled;
    entry.reason = reason_of(reason)?;
    writer.perform(Act::Recall, entry, Vec::new(), who)
}

/// The longest reason, in characters.
const MAX_REASON: usize = 500;

fn reason_of(reason: &str) -> Result<String> {
    let reason = one_line(&nfc(reason));
    let length = reason.chars().count();
    if length == 0 || length > MAX_REASON || reason.chars().any(|c| forbidden_char(c).is_some()) {
        return Err(Failure::refused(
            "chưa ghi lý do, hoặc lý do không dùng được",
            format!("ghi lý do trong một câu, nhiều nhất {MAX_REASON} chữ: --ly-do \"…\""),
        ));
    }
    Ok(reason)
}

/// Says in the records of those documents that a document replaces or corrects that it does.
/// Done before, it does nothing.
///
/// # Errors
/// What the disk or the register says; the next call for the same document does the rest.
pub fn link_back(writer: &mut Writer, entry: &Entry, who: &Who) -> Result<()> {
    if entry.state != State::Issued {
        return Ok(());
    }
    let own = Link { object: entry.key.object_id(), code: entry.code.clone(), date: entry.date };
    let replaced = entry.replaces.as_ref().map(|link| (link, false));
    let corrected = entry.corrects.as_ref().map(|link| (link, true));
    for (link, corrects) in [replaced, corrected].into_iter().flatten() {
        let mut earlier = current(writer, &link.object)?.entry;
        let links = if corrects { &mut earlier.corrected_by } else { &mut earlier.replaced_by };
        // A recalled document is frozen; the link stands at the newer one.
        if links.contains(&own) || earlier.state != State::Issued {
            continue;
        }
        links.push(own.clone());
        writer.perform(Act::Link, earlier, Vec::new(), who)?;
    }
    Ok(())
}
