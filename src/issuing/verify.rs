//! Verification of the whole archive, and the register made again from the records.

use std::collections::BTreeMap;

use crate::archive::ocfl::{Object, Store};
use crate::archive::place::Place;
use crate::archive::printed;
use crate::archive::register::{Head, Rebuilt, Record, Register, Row};
use crate::archive::{Event, Failure, Lock, Result, State};
use crate::diag::{At, Diagnostic};
use crate::export::Format;
use crate::vi::{self, number};

use super::printed::lacking;
use super::record::paths;
use super::rerender::{self, Again};
use super::{Who, Writer};

/// What was looked at and what was found.
pub struct Verified {
    pub diagnostics: Vec<Diagnostic>,
    pub records: usize,
    pub rows: usize,
    /// Documents that were made again, byte for byte and by their words.
    pub remade: (usize, usize),
    /// None when the register cannot be read.
    pub head: Option<Head>,
}

/// Every record against its inventory, every row against its record and the chain; `deep`:
/// every document made again and compared; `kept`: a head that was kept elsewhere.
///
/// # Errors
/// An archive that cannot be opened at all.
pub fn verify(place: &Place, deep: bool, kept: Option<&Head>) -> Result<Verified> {
    // What a crash left half done is brought to its end first; what forbids that is told below.
    drop(Writer::open(place));
    // Nobody writes meanwhile, so no record is seen ahead of its row. A copy on a medium that
    // cannot be written to has no writers.
    let _lock = Lock::hold(place).ok();
    let store = Store::open(place)?;
    let mut diagnostics = store.validate()?;
    diagnostics.extend(store.validate_own());
    let ids = store.ids()?;
    let register = match Register::open_to_read(place) {
        Ok(register) => register,
        // The records are looked at all the same.
        Err(failure @ (Failure::Register(_) | Failure::Damaged { .. })) => {
            diagnostics.push(no_register(place, &failure));
            let records = ids.len();
            return Ok(Verified { diagnostics, records, rows: 0, remade: (0, 0), head: None });
        }
        Err(failure) => return Err(failure),
    };
    diagnostics.extend(register.verify()?);
    if let Some(kept) = kept {
        diagnostics.extend(register.verify_against(kept)?);
    }
    let rows = register.rows(&crate::archive::register::Filter::default())?;
    diagnostics.extend(without_rows(&ids, &rows));
    let mut remade = (0, 0);
    for row in &rows {
        diagnostics.extend(against_record(&store, &register, row)?);
        if deep && row.version > 0 && !row.entry.case_sha256.is_empty() {
            diagnostics.extend(made_again(&store, row, &mut remade)?);
        }
    }
    let head = Some(register.head()?);
    Ok(Verified { diagnostics, records: ids.len(), rows: rows.len(), remade, head })
}

fn no_register(place: &Place, failure: &Failure) -> Diagnostic {
    let said = failure.to_string();
    let fact = said.lines().next().unwrap_or_default().to_owned();
    Diagnostic::error("so-hong", At::File(place.register().display().to_string()), fact)
        .hint("sao kho ra chỗ khác để giữ nguyên hiện trạng, rồi lập lại sổ từ các hồ sơ lưu: `vanthu register rebuild`")
}

fn found(object_id: &str, code: &'static str, message: String) -> Diagnostic {
    Diagnostic::error(code, At::File(object_id.to_owned()), message)
        .hint("giữ nguyên kho, lấy lại từ bản sao lưu, rồi kiểm tra lại")
}

/// Records that no row speaks of.
fn without_rows(ids: &[String], rows: &[Row]) -> Vec<Diagnostic> {
    let known: Vec<String> = rows.iter().map(|row| row.entry.key.object_id()).collect();
    let known: std::collections::BTreeSet<&str> = known.iter().map(String::as_str).collect();
    let stray = ids.iter().filter(|id| !known.contains(id.as_str()));
    stray
        .map(|id| {
            found(id, "luu-tru-khong-khop", "hồ sơ lưu này không có trong sổ đăng ký".to_owned())
        })
        .collect()
}

/// A row and its record say the same: as many versions as acts, each with the inventory that
/// the chain holds and the event that the chain holds.
fn against_record(store: &Store, register: &Register, row: &Row) -> Result<Vec<Diagnostic>> {
    let id = row.entry.key.object_id();
    let say = |message: String| found(&id, "luu-tru-khong-khop", message);
    let object = match store.object(&id) {
        Ok(object) => object,
        // What is wrong with it was told by the validation.
        Err(Failure::Damaged { .. }) => {
            return Ok(vec![say("không đọc được hồ sơ lưu".to_owned())]);
        }
        Err(failure) => return Err(failure),
    };
    let Some(object) = object else {
        let bare = row.entry.state == State::Reserved && row.version == 0;
        let message = format!("sổ ghi {} nhưng không có hồ sơ lưu", row.entry.code);
        return Ok(if bare { vec![] } else { vec![say(message)] });
    };
    let mut wrong = Vec::new();
    let links = register.events(&id)?;
    let stored = store.inventories(&object).unwrap_or_default();
    if stored.len() != links.len() {
        wrong.push(say(format!(
            "hồ sơ lưu có {} phiên bản, sổ đăng ký có {} sự kiện",
            stored.len(),
            links.len()
        )));
    }
    for (stored, link) in stored.iter().zip(&links) {
        let (event, inventory_sha512) = link;
        if stored.inventory_sha512 != *inventory_sha512 {
            wrong.push(say(format!(
                "phiên bản {} không còn là bản đã ghi vào sổ (mắt xích {})",
                stored.version, event.seq
            )));
        }
        let body = store.read(&object, stored.version, paths::EVENT).ok().flatten();
        let kept: Option<Event> = body.and_then(|body| serde_json::from_slice(&body).ok());
        if kept.as_ref() != Some(event) {
            wrong.push(say(format!("sự kiện của phiên bản {} không khớp với sổ", stored.version)));
        }
    }
    Ok(wrong)
}

/// The document of a record made again: the same bytes, or, by a newer program, the same words.
fn made_again(store: &Store, row: &Row, remade: &mut (usize, usize)) -> Result<Vec<Diagnostic>> {
    let id = row.entry.key.object_id();
    let say = |message: String| found(&id, "xuat-lai-khac", message);
    let Ok(Some(object)) = store.object(&id) else { return Ok(vec![]) };
    let Ok(files) = store.files(&object, 1) else { return Ok(vec![]) };
    let mut wrong: Vec<Diagnostic> = against_words(&id, &files).into_iter().collect();
    let again = match rerender::rerender(&files) {
        Ok(again) => again,
        Err(reason) => {
            wrong.push(say(format!("không xuất lại được từ hồ sơ lưu: {reason}")));
            return Ok(wrong);
        }
    };
    let differs = compare(&files, &again);
    match (differs.is_empty(), again.same_program) {
        (true, true) => remade.0 += 1,
        (true, false) => remade.1 += 1,
        (false, _) => {}
    }
    wrong.extend(differs.into_iter().map(say));
    Ok(wrong)
}

/// The PDF of a record against the words that the record keeps: an older program may have cut
/// off what did not fit a page, and its bytes are whole all the same.
fn against_words(id: &str, files: &BTreeMap<String, Vec<u8>>) -> Option<Diagnostic> {
    let words = std::str::from_utf8(files.get(paths::WORDS)?).ok()?;
    let volumes = (0..).map(|volume| paths::rendered(Format::Pdf.extension(), volume));
    let volumes: Vec<&Vec<u8>> = volumes.map_while(|path| files.get(&path)).collect();
    let code = "luu-tru-thieu-chu";
    let at = At::File(id.to_owned());
    let printed: std::result::Result<Vec<String>, _> =
        volumes.into_iter().map(|pdf| printed::letters(pdf)).collect();
    let Ok(printed) = printed else {
        let message = "không đọc được chữ trong bản PDF đã lưu, nên chưa so được với văn bản";
        return Some(
            Diagnostic::warning(code, at, message).hint(
                "mở bản PDF ấy (`vanthu archive export`), đối chiếu bằng mắt với van_ban.txt",
            ),
        );
    };
    let lacking = lacking(words, &printed.concat())?;
    let count = number::format(lacking.letters.into());
    let message = format!("bản PDF đã phát hành thiếu {count} chữ cái so với văn bản");
    let details = lacking.named.iter().map(|piece| format!("không in: “{}”", shortened(piece)));
    Some(Diagnostic::error(code, at, message).details(details.collect()).hint(
        "giữ nguyên kho; báo nơi đã nhận bản ấy, rồi phát hành văn bản thay thế (`vanthu new --thay-the SỐ`) hoặc đính chính (`vanthu new --dinh-chinh SỐ`)",
    ))
}

/// Enough of a line to find it by.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

fn compare(kept: &BTreeMap<String, Vec<u8>>, again: &Again) -> Vec<String> {
    if !again.same_program {
        let words = kept.get(paths::WORDS).and_then(|words| std::str::from_utf8(words).ok());
        // Where lines end is not the words' business.
        let same = words.is_some_and(|words| vi::text::same_words(words, &again.words));
        return if same {
            vec![]
        } else {
            vec!["xuất lại bằng bản chương trình này thì chữ khác đi".to_owned()]
        };
    }
    let differs = |file: &crate::render::File| {
        let path = paths::rendered(file.format.extension(), file.volume);
        let same = kept.get(&path) == Some(&file.bytes);
        (!same).then(|| format!("{path} xuất lại không giống từng byte"))
    };
    again.files.iter().filter_map(differs).collect()
}

/// Makes the register again from the records alone. The old one is kept beside.
///
/// # Errors
/// Records that do not make up one chain; what the disk says.
pub fn rebuild(place: &Place, who: &Who) -> Result<Rebuilt> {
    let _lock = Lock::hold(place)?;
    let store = Store::open(place)?;
    let record = |id: String| -> Result<Record> {
        store.settle(&id)?;
        let missing = || Failure::damaged(format!("không đọc được hồ sơ lưu {id}"));
        let object = store.object(&id)?.ok_or_else(missing)?;
        let versions = events(&store, &object)?;
        Ok(Record { object: id, versions })
    };
    Register::rebuild(place, store.ids()?.into_iter().map(record), &who.at, &who.actor)
}

/// The event of each version with the digest of its inventory.
fn events(store: &Store, object: &Object) -> Result<Vec<(String, String)>> {
    let mut events = Vec::new();
    for stored in store.inventories(object)? {
        let body = store.read(object, stored.version, paths::EVENT)?;
        let body = body.and_then(|body| String::from_utf8(body).ok());
        let missing = || {
            Failure::damaged(format!("{} phiên bản {} không có sự kiện", object.id, stored.version))
        };
        events.push((body.ok_or_else(missing)?, stored.inventory_sha512));
    }
    Ok(events)
}
