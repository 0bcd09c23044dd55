//! An office with an empty register, and acts on it.

#![allow(dead_code, reason = "not every test needs every part")]

use chrono::NaiveDate;
use tempfile::TempDir;
use vanthu::archive::place::Place;
use vanthu::archive::register::{Head, Register, Wish};
use vanthu::archive::{Act, Entry, Event, Key, RequestId, Result, Series, State};

pub const AT: &str = "2026-01-05T08:00:00+07:00";
pub const ORGAN: &str = "Ủy ban nhân dân tỉnh A";

pub struct Office {
    pub register: Register,
    pub place: Place,
    /// Removed with the office.
    pub folder: TempDir,
}

impl Office {
    pub fn new() -> Self {
        let (folder, place) = empty_place();
        let register = Register::create(&place).unwrap();
        Self { register, place, folder }
    }
}

/// An archive that is still without a register.
pub fn empty_place() -> (TempDir, Place) {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::new(folder.path());
    std::fs::create_dir(place.archive()).unwrap();
    (folder, place)
}

pub fn series(year: i32) -> Series {
    Series { organ: ORGAN.to_owned(), label: "chung".to_owned(), year }
}

pub fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// For the next number, on the fifth of January.
pub fn wish(series: &Series, request: u128) -> Wish {
    Wish {
        series: series.clone(),
        request: RequestId::of(request),
        date: NaiveDate::from_ymd_opt(series.year, 1, 5).unwrap(),
        number: None,
        at: AT.to_owned(),
        actor: "Trần Thị B".to_owned(),
        subject: "Tình hình giải ngân vốn đầu tư công".to_owned(),
        type_name: "Báo cáo".to_owned(),
    }
}

/// The next act on a number, as issuing would write it.
pub fn act(register: &mut Register, key: &Key, act: Act, state: State) -> Result<Head> {
    act_with(register, key, act, state, |_| {})
}

pub fn act_with(
    register: &mut Register,
    key: &Key,
    act: Act,
    state: State,
    change: impl FnOnce(&mut Entry),
) -> Result<Head> {
    let (event, body) = event(register, key, act, state, change);
    register.append(&event, &body, &inventory(event.seq))
}

/// The event that would come next, and its text.
pub fn event(
    register: &Register,
    key: &Key,
    act: Act,
    state: State,
    change: impl FnOnce(&mut Entry),
) -> (Event, String) {
    let head = register.head().unwrap();
    let row = register.by_key(key).unwrap().unwrap();
    let mut entry = Entry { state, ..row.entry };
    if row.version == 0 {
        entry.code = format!("{key}/BC-UBND");
        entry.signer = "Nguyễn Văn Hòa".to_owned();
        entry.position = "Chủ tịch".to_owned();
        entry.recipients = vec!["Bộ Tài chính".to_owned(), "Lưu: VT, TH".to_owned()];
        entry.kept_by = "Văn thư".to_owned();
        entry.pages = 12;
        entry.case_sha256 = format!("{:064x}", head.seq + 1);
    }
    change(&mut entry);
    let event = Event {
        seq: head.seq + 1,
        previous: head.hash,
        act,
        at: AT.to_owned(),
        actor: "Trần Thị B".to_owned(),
        version: row.version + 1,
        entry,
    };
    let body = body(&event);
    (event, body)
}

pub fn body(event: &Event) -> String {
    serde_json::to_string(event).unwrap() + "\n"
}

/// A digest that no other event has.
pub fn inventory(seq: u64) -> String {
    format!("{seq:0128x}")
}
