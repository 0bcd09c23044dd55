//! Whether the register is as it was written, as far as the register alone can tell.

use rusqlite::Connection;

use super::{Head, chain, give, open, read, schema, search};
use crate::archive::{Event, Failure, Key, Result, Series};
use crate::diag::{At, Diagnostic};

/// The database is not as SQLite or our schema wants it.
pub const BROKEN: &str = "so-hong";
/// A link of the chain does not hold.
pub const CHAIN: &str = "so-dut-chuoi";
/// A row is not what its last event says.
pub const ROW: &str = "so-khong-khop-su-kien";
/// A number is missing.
pub const GAP: &str = "so-trong-so";
/// The index of words is not that of the rows.
pub const WORDS: &str = "so-sai-tim-kiem";

const REBUILD: &str =
    "đừng ghi gì thêm; lập lại sổ từ hồ sơ lưu trữ bằng `vanthu register rebuild`";

/// A check adds what it finds.
type Check = fn(&Connection, &mut Vec<Diagnostic>) -> Result<()>;

pub(super) fn verify(connection: &Connection) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let checks: [Check; 5] = [structure, links, rows, numbers, words];
    for check in checks {
        if let Err(failure) = check(connection, &mut found) {
            found.push(unreadable(&failure));
        }
    }
    found
}

pub(super) fn against(connection: &Connection, head: &Head) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    match hash_at(connection, head.seq) {
        Ok(Some(hash)) if hash == head.hash => {}
        Ok(Some(_)) => found.push(fault(
            CHAIN,
            format!("sự kiện số {} không phải sự kiện mà đầu chuỗi đã xuất ghi nhận", head.seq),
        )),
        Ok(None) => found.push(fault(
            CHAIN,
            format!("sổ thiếu sự kiện số {}, có trong đầu chuỗi đã xuất", head.seq),
        )),
        Err(failure) => found.push(unreadable(&failure)),
    }
    found
}

fn hash_at(connection: &Connection, seq: u64) -> Result<Option<String>> {
    use rusqlite::OptionalExtension as _;
    if seq == 0 {
        return Ok(Some(schema::NO_HASH.to_owned()));
    }
    let Ok(seq) = i64::try_from(seq) else { return Ok(None) };
    let mut hash = connection.prepare("SELECT hash FROM event WHERE seq = ?1")?;
    Ok(hash.query_row([seq], |row| row.get(0)).optional()?)
}

fn fault(code: &'static str, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(code, At::File("so_dang_ky.db".to_owned()), message).hint(REBUILD)
}

/// Without the hint that a failure has of its own.
fn unreadable(failure: &Failure) -> Diagnostic {
    let why = match failure {
        Failure::Refused { message, .. } | Failure::Damaged { message } => message.clone(),
        Failure::Disk { error, .. } => crate::diag::system::reason(error),
        Failure::Register(trouble) => trouble.fact("sổ"),
    };
    fault(BROKEN, format!("sổ không đọc được hết: {why}"))
}

/// SQLite's own check, which compares indexes and words with their tables too, and the schema.
fn structure(connection: &Connection, found: &mut Vec<Diagnostic>) -> Result<()> {
    for name in open::foreign_parts(connection)? {
        found.push(fault(BROKEN, format!("cấu trúc sổ đã bị đổi ở “{name}”")));
    }
    let mut check = connection.prepare("PRAGMA integrity_check(20)")?;
    let said = check.query_map([], |row| row.get::<_, String>(0))?;
    for line in said {
        let line = line?;
        if line != "ok" {
            found.push(fault(BROKEN, format!("SQLite báo: {line}")));
        }
    }
    let mut check = connection.prepare("PRAGMA foreign_key_check")?;
    let mut dangling = check.query([])?;
    if dangling.next()?.is_some() {
        found.push(fault(BROKEN, "có dòng hoặc sự kiện trỏ đến nơi không có"));
    }
    Ok(())
}

/// Every link, from the first.
fn links(connection: &Connection, found: &mut Vec<Diagnostic>) -> Result<()> {
    let mut events = connection
        .prepare("SELECT seq, object, body, inventory_sha512, hash FROM event ORDER BY seq")?;
    let mut events = events.query([])?;
    let mut head = Head::none();
    while let Some(row) = events.next()? {
        let seq = row.get::<_, i64>(0)?.cast_unsigned();
        let (object, body): (String, String) = (row.get(1)?, row.get(2)?);
        let (inventory, hash): (String, String) = (row.get(3)?, row.get(4)?);
        if let Some(why) = wrong_link(&head, seq, &object, &body) {
            found.push(fault(CHAIN, format!("sự kiện số {seq}: {why}")));
        } else if chain::link(&head.hash, &body, &inventory) != hash {
            found.push(fault(CHAIN, format!("sự kiện số {seq}: mã băm không khớp nội dung")));
        }
        head = Head { seq, hash };
    }
    Ok(())
}

/// What is wrong with a link but its own hash.
fn wrong_link(before: &Head, seq: u64, object: &str, body: &str) -> Option<String> {
    if seq != before.seq + 1 {
        return Some(format!("không nối tiếp sự kiện số {}", before.seq));
    }
    let Ok(event) = serde_json::from_str::<Event>(body) else {
        return Some("nội dung không đọc được".to_owned());
    };
    if event.seq != seq || event.entry.key.object_id() != object {
        return Some("nội dung là của sự kiện khác".to_owned());
    }
    (event.previous != before.hash).then(|| format!("không nối vào sự kiện số {}", before.seq))
}

/// Every row against the last event of its record.
fn rows(connection: &Connection, found: &mut Vec<Diagnostic>) -> Result<()> {
    let mut rows = connection.prepare(
        "SELECT entry.object, entry.state, entry.version, entry.seq, entry.case_sha256, entry.date,
        entry.year, entry.number, entry.letter, entry.request, entry.organ, entry.label, event.body,
        (SELECT max(seq) FROM event WHERE event.object = entry.object),
        (SELECT count(*) FROM event WHERE event.object = entry.object),
        entry.given_at, entry.given_by, entry.type_name, entry.subject, entry.given_sha256
        FROM entry LEFT JOIN event ON event.seq = entry.seq",
    )?;
    let mut rows = rows.query([])?;
    while let Some(row) = rows.next()? {
        if !is_projection(row)? {
            let (number, letter): (u32, String) = (row.get(7)?, row.get(8)?);
            let year: i32 = row.get(6)?;
            found.push(fault(
                ROW,
                format!("dòng số {number:02}{letter} năm {year} không như lúc cấp số và sự kiện cuối của nó"),
            ));
        }
    }
    Ok(())
}

fn is_projection(row: &rusqlite::Row<'_>) -> Result<bool> {
    let (seq, last): (Option<i64>, Option<i64>) = (row.get(3)?, row.get(13)?);
    let (version, count): (u32, u32) = (row.get(2)?, row.get(14)?);
    if seq != last || version != count {
        return Ok(false);
    }
    let text = |column| row.get::<_, String>(column);
    let given = [text(0)?, text(9)?, text(5)?, text(15)?, text(16)?, text(17)?, text(18)?];
    if give::digest(given.each_ref().map(String::as_str)) != text(19)? {
        return Ok(false);
    }
    let Some(body) = row.get::<_, Option<String>>(12)? else {
        let series = Series { organ: text(10)?, label: text(11)?, year: row.get(6)? };
        let key = Key { series, number: row.get(7)?, letter: text(8)?.chars().next() };
        return Ok(text(1)? == "giu_so" && text(4)?.is_empty() && key.object_id() == text(0)?);
    };
    let Ok(event) = serde_json::from_str::<Event>(&body) else { return Ok(false) };
    let entry = &event.entry;
    let key = &entry.key;
    let is_key = key.object_id() == text(0)?
        && key.series.organ == text(10)?
        && key.series.label == text(11)?
        && key.series.year == row.get::<_, i32>(6)?
        && key.number == row.get::<_, u32>(7)?
        && key.letter.map(String::from).unwrap_or_default() == text(8)?;
    Ok(is_key
        && read::state_word(entry.state) == text(1)?
        && event.version == version
        && entry.case_sha256 == text(4)?
        && read::iso(entry.date) == text(5)?
        && entry.request.as_str() == text(9)?)
}

/// No number of a series is left out after its first.
fn numbers(connection: &Connection, found: &mut Vec<Diagnostic>) -> Result<()> {
    let mut gaps = connection.prepare(
        "SELECT year, organ, number, before FROM (
            SELECT year, organ, number, lag(number) OVER (
                PARTITION BY year, organ, label ORDER BY number) AS before
            FROM entry WHERE letter = '')
        WHERE before IS NOT NULL AND number <> before + 1",
    )?;
    let mut gaps = gaps.query([])?;
    while let Some(row) = gaps.next()? {
        let (year, organ): (i32, String) = (row.get(0)?, row.get(1)?);
        let (number, before): (u32, u32) = (row.get(2)?, row.get(3)?);
        found.push(fault(
            GAP,
            format!("{organ}, năm {year}: thiếu số giữa {before:02} và {number:02}"),
        ));
    }
    Ok(())
}

/// The words that are kept for every row are the row's. Whether the index is that of the words
/// is SQLite's own check.
fn words(connection: &Connection, found: &mut Vec<Diagnostic>) -> Result<()> {
    for row in read::rows(connection, &super::Filter::default())? {
        let key = &row.entry.key;
        let kept = search::kept(connection, &key.object_id())?;
        if kept != Some(search::texts(&row.entry)) {
            found.push(fault(
                WORDS,
                format!("dòng số {key} năm {} không tìm được bằng chữ của nó", key.series.year),
            ));
        }
    }
    let more: bool = connection.query_row(
        "SELECT (SELECT count(*) FROM search) <> (SELECT count(*) FROM entry)",
        [],
        |row| row.get(0),
    )?;
    if more {
        found.push(fault(WORDS, "bảng tìm kiếm có dòng mà sổ không có"));
    }
    Ok(())
}
