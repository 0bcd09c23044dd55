//! What somebody does to the database behind the program's back.

use std::fs;
use std::path::Path;

use rusqlite::Connection;
use vanthu::archive::place::Place;
use vanthu::archive::register::{Filter, Head, Register, Row};
use vanthu::archive::{Act, Event, State};
use vanthu::diag::Diagnostic;

use super::office::{Office, act, act_with, series, wish};
use super::random::Random;

/// A register with numbers in every state, as one file.
pub fn office() -> Office {
    let mut office = Office::new();
    for request in 0..12 {
        let key = office.register.reserve(&wish(&series(2026), request)).unwrap().key;
        let register = &mut office.register;
        match request % 6 {
            0 => {}
            1 => drop(act(register, &key, Act::Void, State::Void).unwrap()),
            2 => drop(act(register, &key, Act::Reserve, State::Awaiting).unwrap()),
            3 => {
                act(register, &key, Act::Issue, State::Issued).unwrap();
                act(register, &key, Act::Recall, State::Recalled).unwrap();
            }
            _ => {
                let change = |entry: &mut vanthu::archive::Entry| {
                    entry.note = "ghi chú dài hơn một trang của cơ sở dữ liệu ".repeat(120);
                };
                act_with(register, &key, Act::Issue, State::Issued, change).unwrap();
                act(register, &key, Act::AttachScan, State::Issued).unwrap();
            }
        }
    }
    office.register.checkpoint().unwrap();
    assert_eq!(office.register.verify().unwrap(), []);
    office
}

/// Everything that can be read of a register but by words.
#[derive(Debug, PartialEq)]
pub struct Content {
    rows: Vec<Row>,
    events: Vec<Vec<(Event, String)>>,
    head: Head,
}

impl Content {
    pub fn of(register: &Register) -> vanthu::archive::Result<Self> {
        let rows = register.rows(&Filter::default())?;
        let events = rows.iter().map(|row| register.events(&row.entry.key.object_id()));
        Ok(Self { events: events.collect::<Result<_, _>>()?, head: register.head()?, rows })
    }
}

/// How many changes of one byte were found by opening, by verifying, or changed nothing that is read.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub refused: usize,
    pub found: usize,
    pub same: usize,
    /// Neither found nor the same: must be none.
    pub missed: Vec<String>,
}

/// Changes one byte at a time, then opens, reads, searches, verifies and writes.
pub fn change_bytes(samples: usize) -> Tally {
    let office = office();
    let before = Content::of(&office.register).unwrap();
    let whole = fs::read(office.place.register()).unwrap();
    let Office { folder, place, register } = office;
    drop(register);
    let mut random = Random(1);
    let mut tally = Tally::default();
    for _ in 0..samples {
        let at = random.below(whole.len());
        let mask = u8::try_from(random.below(255) + 1).unwrap();
        let mut changed = whole.clone();
        changed[at] ^= mask;
        put(&place, &changed);
        match Register::open_to_read(&place).map(|register| judge(&register, &before)) {
            Err(_) => tally.refused += 1,
            Ok(Verdict::Found) => tally.found += 1,
            Ok(Verdict::Same) => tally.same += 1,
            Ok(Verdict::Missed) => tally.missed.push(format!("byte {at} ^ {mask:#04x}")),
        }
        use_it(&place);
    }
    drop(folder);
    tally
}

enum Verdict {
    Found,
    Same,
    Missed,
}

fn judge(register: &Register, before: &Content) -> Verdict {
    let after = Content::of(register);
    if !register.verify().unwrap().is_empty() {
        return Verdict::Found;
    }
    match after {
        Ok(after) if after == *before && all_words_find_the_same(register) => Verdict::Same,
        _ => Verdict::Missed,
    }
}

/// Some words of every field.
fn all_words_find_the_same(register: &Register) -> bool {
    let count = |text: &str| {
        let text = Some(text.to_owned());
        register.count(&Filter { text, ..Filter::default() }).ok()
    };
    [("bao cao", 12), ("báo cáo", 12), ("hòa", 10), ("5/BC-UBND", 1), ("trang của cơ sở", 4)]
        .iter()
        .all(|(text, rows)| count(text) == Some(*rows))
}

/// Whatever it holds, using it neither panics nor aborts.
fn use_it(place: &Place) {
    let Ok(mut register) = Register::open(place) else { return };
    let text = Some("báo cáo".to_owned());
    let _ = register.rows(&Filter { text, ..Filter::default() });
    let _ = register.by_code("3/BC-UBND", None);
    let _ = register.pending();
    let Ok(given) = register.reserve(&wish(&series(2026), 1_000)) else { return };
    if register.head().is_ok() && matches!(register.by_key(&given.key), Ok(Some(_))) {
        let _ = act(&mut register, &given.key, Act::Void, State::Void);
    }
    let _ = register.checkpoint();
}

/// Longer damage: runs of bytes, pages swapped, the end cut off. Nothing but that it ends well.
pub fn damage(samples: usize) {
    let office = office();
    let whole = fs::read(office.place.register()).unwrap();
    let Office { folder, place, register } = office;
    drop(register);
    let mut random = Random(1);
    for sample in 0..samples {
        let mut below = |limit| random.below(limit);
        let mut changed = whole.clone();
        match sample % 4 {
            0 => {
                let (at, length) = (below(whole.len()), below(5_000));
                let end = (at + length).min(whole.len());
                let value = u8::try_from(below(256)).unwrap();
                changed[at..end].fill(value);
            }
            1 => {
                let (a, b) = (below(whole.len() / 4096), below(whole.len() / 4096));
                let page = whole[a * 4096..][..4096].to_vec();
                changed[b * 4096..][..4096].copy_from_slice(&page);
            }
            2 => changed.truncate(below(whole.len())),
            _ => {
                for _ in 0..20 {
                    let at = below(whole.len());
                    changed[at] = u8::try_from(below(256)).unwrap();
                }
            }
        }
        put(&place, &changed);
        if let Ok(register) = Register::open_to_read(&place) {
            let _ = Content::of(&register);
            let _ = register.verify().unwrap();
        }
        use_it(&place);
    }
    drop(folder);
}

fn put(place: &Place, bytes: &[u8]) {
    for suffix in ["-wal", "-shm"] {
        let _ = fs::remove_file(format!("{}{suffix}", place.register().display()));
    }
    fs::write(place.register(), bytes).unwrap();
}

/// Runs SQL as any program could, after taking the triggers away and before putting them back.
pub fn behind_the_triggers(path: &Path, sql: &str) {
    let connection = Connection::open(path).unwrap();
    connection.pragma_update(None, "foreign_keys", false).unwrap();
    let mut triggers =
        connection.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").unwrap();
    let triggers: Vec<(String, String)> = triggers
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    for (name, _) in &triggers {
        connection.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
    }
    connection.execute_batch(sql).unwrap();
    for (_, sql) in &triggers {
        connection.execute_batch(sql).unwrap();
    }
}

/// What `verify` says of a register that was changed so.
pub fn after(sql: &str) -> String {
    let office = office();
    behind_the_triggers(&office.place.register(), sql);
    said(&office.register.verify().unwrap())
}

pub fn said(found: &[Diagnostic]) -> String {
    found.iter().map(|found| format!("{}: {}\n", found.code, found.message)).collect()
}

/// What SQLite answers to SQL while the triggers stand.
pub fn refused(office: &Office, sql: &str) -> String {
    let connection = Connection::open(office.place.register()).unwrap();
    match connection.execute_batch(sql) {
        Ok(()) => "done".to_owned(),
        Err(error) => error.to_string(),
    }
}
