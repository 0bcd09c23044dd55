//! The chain: each act holds the hash of the one before.

use std::fmt;

use rusqlite::{Connection, OptionalExtension as _, Transaction, params};
use sha2::{Digest as _, Sha256};

use super::{Head, read, schema};
use crate::archive::{Event, Failure, Result, State, hex};

/// What a line with a head begins with; the figure is the version of this form.
const HEAD: &str = "vanthu-dau-chuoi 1";

impl Head {
    /// Reads what [`fmt::Display`] writes; `None` for anything else.
    pub fn parse(line: &str) -> Option<Self> {
        let (seq, hash) = line.trim().strip_prefix(HEAD)?.strip_prefix(' ')?.split_once(' ')?;
        let is_plain = seq == "0" || !seq.starts_with(['0', '+']);
        let seq = seq.parse().ok().filter(|_| is_plain)?;
        is_hex(hash, 64).then(|| Self { seq, hash: hash.to_owned() })
    }

    /// Before the first link.
    pub(super) fn none() -> Self {
        Self { seq: 0, hash: schema::NO_HASH.to_owned() }
    }
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{HEAD} {} {}", self.seq, self.hash)
    }
}

/// The hash of a link: SHA-256 over the hash before, the bytes of `su_kien.json` and the digest of
/// the inventory that holds it, each followed by a line feed.
pub fn link(previous: &str, body: &str, inventory_sha512: &str) -> String {
    digest(&[previous, body, inventory_sha512])
}

/// SHA-256 over texts, each followed by a line feed.
pub(super) fn digest(parts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part);
        hasher.update("\n");
    }
    hex(&hasher.finalize())
}

pub(super) fn head(connection: &Connection) -> Result<Head> {
    let mut last =
        connection.prepare_cached("SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1")?;
    let head = last.query_row([], |row| {
        let seq = row.get::<_, i64>(0)?.cast_unsigned();
        Ok(Head { seq, hash: row.get(1)? })
    });
    Ok(head.optional()?.unwrap_or_else(Head::none))
}

/// The link and the row; without its words.
pub(super) fn append(
    tx: &Transaction<'_>,
    event: &Event,
    body: &str,
    inventory_sha512: &str,
) -> Result<Head> {
    must_be_the_event(event, body, inventory_sha512)?;
    let head = head(tx)?;
    if event.seq != head.seq + 1 || event.previous != head.hash {
        return Err(Failure::refused(
            format!("sự kiện số {} không nối tiếp sổ đăng ký (đang ở {})", event.seq, head.seq),
            "chạy lại đúng lệnh vừa gõ",
        ));
    }
    let object = event.entry.key.object_id();
    must_follow(tx, event, &object)?;
    let hash = link(&event.previous, body, inventory_sha512);
    tx.prepare_cached(
        "INSERT INTO event (seq, object, body, inventory_sha512, hash) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![event.seq.cast_signed(), object, body, inventory_sha512, hash])?;
    tx.prepare_cached(
        "UPDATE entry SET state = ?2, version = ?3, seq = ?4, case_sha256 = ?5, under_way = NULL
        WHERE object = ?1",
    )?
    .execute(params![
        object,
        read::state_word(event.entry.state),
        event.version,
        event.seq.cast_signed(),
        event.entry.case_sha256,
    ])?;
    Ok(Head { seq: event.seq, hash })
}

/// `body` is kept and hashed, `event` is acted on: they must be one.
fn must_be_the_event(event: &Event, body: &str, inventory_sha512: &str) -> Result<()> {
    let one_line = body.ends_with('\n') && body.matches('\n').count() == 1;
    let is_same = serde_json::from_str::<Event>(body).is_ok_and(|read| read == *event);
    if one_line && is_same && is_hex(inventory_sha512, 128) {
        return Ok(());
    }
    Err(Failure::damaged(format!("su_kien.json của sự kiện số {} không đúng dạng", event.seq)))
}

/// The row it changes must be there, one version older, and in a state that leads on.
fn must_follow(tx: &Transaction<'_>, event: &Event, object: &str) -> Result<()> {
    let entry = &event.entry;
    let number = &entry.key;
    let Some(row) = read::one(tx, "entry.object = ?1", [object])? else {
        return Err(Failure::refused(format!("số {number} chưa được cấp trong sổ"), ""));
    };
    if row.version + 1 != event.version {
        return Err(Failure::refused(
            format!(
                "hồ sơ số {number} đang ở bản {}, không ghi được bản {}",
                row.version, event.version
            ),
            "chạy lại đúng lệnh vừa gõ",
        ));
    }
    if !leads_to(row.entry.state, entry.state) {
        return Err(Failure::refused(
            format!(
                "số {number} {}, không chuyển được thành “{}”",
                row.entry.state.words(),
                entry.state.words()
            ),
            format!("xem lại bằng `vanthu register show {number}`"),
        ));
    }
    let is_code_kept = row.version == 0 || row.entry.code == entry.code;
    if row.entry.request != entry.request || row.entry.date != entry.date || !is_code_kept {
        return Err(Failure::refused(
            format!("ngày, ký hiệu hoặc mã yêu cầu của số {number} khác với lúc cấp số"),
            format!("xem lại bằng `vanthu register show {number}`"),
        ));
    }
    Ok(())
}

/// The steps of a number's life. The trigger `entry_follows_its_events` holds the same.
const fn leads_to(from: State, to: State) -> bool {
    match from {
        State::Reserved => matches!(to, State::Awaiting | State::Issued | State::Void),
        State::Awaiting => matches!(to, State::Issued | State::Void),
        State::Issued => matches!(to, State::Issued | State::Recalled),
        State::Void | State::Recalled => false,
    }
}

fn is_hex(text: &str, digits: usize) -> bool {
    let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    text.len() == digits && text.bytes().all(is_digit)
}
