//! The register made again from the records alone: the same chain, the same head.
//!
//! A bare reservation has no record, and a record may be lost. Numbers that only the old register
//! knows are taken over as reservations when it can still be read; numbers that are missing
//! between others become reservations that nobody asked for. So none is given again.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use rusqlite::{Connection, TransactionBehavior};
use sha2::{Digest as _, Sha256};

use super::old::{Given, Old};
use super::{Filter, Head, Register, Wish, chain, give, old, open, read, search, verify};
use crate::archive::place::Place;
use crate::archive::{Event, Failure, Key, RequestId, Result, Series, disk};

/// A record as far as the register has to know it.
#[derive(Clone, Debug)]
pub struct Record {
    pub object: String,
    /// `su_kien.json` and the digest of the inventory of each version, from version 1.
    pub versions: Vec<(String, String)>,
}

/// What came of it.
#[derive(Debug)]
pub struct Rebuilt {
    pub register: Register,
    pub head: Head,
    /// Numbers between others of which nothing is known, now reserved.
    pub unknown: Vec<Key>,
    /// Numbers of which the old register has an act and whose record is gone, now reserved.
    pub lost: Vec<Key>,
    /// Where the old register is now.
    pub old: Option<PathBuf>,
    /// When not every number of the old register could be read: the last one that is known of
    /// each series. What was reserved after it, and for whom, nobody knows; it is given again.
    pub unsure_after: Vec<Key>,
    /// The old register's end of the chain, if the records do not lead there: some are lost or
    /// changed, or the old register was.
    pub contradicts: Option<Head>,
}

/// What a number without a record is shown as.
const UNKNOWN: &str = "không rõ: không có hồ sơ khi lập lại sổ";

/// More reservations in a row that came to nothing are no office's, but a broken archive's.
const MOST_MISSING: u32 = 1_000;

/// A link that is to be.
struct Link {
    event: Event,
    body: String,
    inventory_sha512: String,
}

pub(super) fn rebuild(
    place: &Place,
    records: impl IntoIterator<Item = Result<Record>>,
    at: &str,
    actor: &str,
) -> Result<Rebuilt> {
    let path = open::location(place)?;
    let links = links(records)?;
    let mut wishes = wishes(&links);
    let hashes: Vec<String> = links.iter().map(Link::hash).collect();
    let before = Old::of(&path, &hashes);
    let lost = take_over(before.given, &mut wishes);
    let unknown = fill_gaps(&mut wishes, at, actor)?;
    let unsure_after = if before.is_whole { Vec::new() } else { last_of_each(&wishes) };
    let contradicts = before.head.filter(|head| !old::is_on(&hashes, head));

    let beside = open::beside(&path);
    let written = open::make(&beside).and_then(|connection| write(connection, &wishes, &links));
    let head = written.map_err(|failure| failure.at(&beside))?;
    let old = set_aside(place, &path)?;
    open::put_in_place(&beside, &path)?;
    let register = Register::open(place)?;
    Ok(Rebuilt { register, head, unknown, lost, old, unsure_after, contradicts })
}

/// All events in the order of the chain.
fn links(records: impl IntoIterator<Item = Result<Record>>) -> Result<Vec<Link>> {
    let mut links = Vec::new();
    for record in records {
        let Record { object, versions } = record?;
        for (index, (body, inventory_sha512)) in versions.into_iter().enumerate() {
            let version = index + 1;
            let event: Event = serde_json::from_str(&body).map_err(|error| {
                Failure::damaged(format!("su_kien.json của {object} bản {version}: {error}"))
            })?;
            let is_its_own = event.entry.key.object_id() == object
                && usize::try_from(event.version) == Ok(version);
            if !is_its_own || !give::is_number(event.entry.key.number) {
                return Err(Failure::damaged(format!(
                    "su_kien.json của {object} bản {version} là của hồ sơ khác hoặc bản khác"
                )));
            }
            links.push(Link { event, body, inventory_sha512 });
        }
    }
    links.sort_by_key(|link| link.event.seq);
    must_be_whole(&links)?;
    Ok(links)
}

impl Link {
    fn hash(&self) -> String {
        chain::link(&self.event.previous, &self.body, &self.inventory_sha512)
    }
}

/// Every link from 1, each holding the hash of the one before.
fn must_be_whole(links: &[Link]) -> Result<()> {
    let mut head = Head::none();
    for link in links {
        let event = &link.event;
        let object = event.entry.key.object_id();
        if event.seq > head.seq + 1 {
            return Err(Failure::damaged(format!(
                "các hồ sơ thiếu sự kiện số {}; sau nó là sự kiện số {} của {object}",
                head.seq + 1,
                event.seq
            )));
        }
        if event.seq != head.seq + 1 || event.previous != head.hash {
            return Err(Failure::damaged(format!(
                "sự kiện số {} của {object} không nối vào sự kiện số {}",
                event.seq, head.seq
            )));
        }
        head = Head { seq: event.seq, hash: link.hash() };
    }
    Ok(())
}

/// A number in the order in which it is entered: series, number, letter.
type Wishes = BTreeMap<Key, Wish>;

/// What every number must once have been asked for.
fn wishes(links: &[Link]) -> Wishes {
    let mut wishes = Wishes::new();
    for Link { event, .. } in links {
        let entry = &event.entry;
        wishes.entry(entry.key.clone()).or_insert_with(|| Wish {
            series: entry.key.series.clone(),
            request: entry.request.clone(),
            date: entry.date,
            number: Some((entry.key.number, entry.key.letter)),
            at: event.at.clone(),
            actor: event.actor.clone(),
            subject: entry.subject.clone(),
            type_name: entry.type_name.clone(),
        });
    }
    wishes
}

/// Numbers that no record speaks of stay given; those of which there was an act come back.
fn take_over(given: Vec<Given>, wishes: &mut Wishes) -> Vec<Key> {
    let known: BTreeSet<_> = wishes.values().map(|wish| wish.request.clone()).collect();
    let mut lost = Vec::new();
    for Given { key, wish, has_act } in given {
        if !known.contains(&wish.request) && !wishes.contains_key(&key) {
            lost.extend(has_act.then(|| key.clone()));
            wishes.insert(key, wish);
        }
    }
    lost
}

/// The last number of each series, in the last year that has one.
fn last_of_each(wishes: &Wishes) -> Vec<Key> {
    let mut last = BTreeMap::new();
    for key in wishes.keys() {
        last.insert((&key.series.organ, &key.series.label), key);
    }
    last.into_values().cloned().collect()
}

/// Numbers that are missing between the first and the last of a series, or before a letter.
fn fill_gaps(wishes: &mut Wishes, at: &str, actor: &str) -> Result<Vec<Key>> {
    let mut last: BTreeMap<&Series, (u32, NaiveDate)> = BTreeMap::new();
    let mut missing: Vec<(Key, NaiveDate)> = Vec::new();
    for (key, wish) in wishes.iter() {
        let &(number, date) =
            last.get(&key.series).unwrap_or(&(key.number.saturating_sub(1), wish.date));
        // The number itself comes before its letters, and is missing too if a letter comes first.
        let end = key.number + u32::from(key.letter.is_some());
        if end.saturating_sub(number) > MOST_MISSING {
            return Err(Failure::damaged(format!(
                "các hồ sơ năm {} thiếu quá nhiều số giữa {number:02} và {key}",
                key.series.year
            )));
        }
        for number in number + 1..end {
            missing.push((Key { series: key.series.clone(), number, letter: None }, date));
        }
        last.insert(&key.series, (key.number, wish.date));
    }
    for (key, date) in &missing {
        let wish = Wish {
            series: key.series.clone(),
            request: derived(key),
            date: *date,
            number: Some((key.number, None)),
            at: at.to_owned(),
            actor: actor.to_owned(),
            subject: UNKNOWN.to_owned(),
            type_name: String::new(),
        };
        wishes.insert(key.clone(), wish);
    }
    Ok(missing.into_iter().map(|(key, _)| key).collect())
}

/// A request id for a number nobody is known to have asked for; the same each time.
fn derived(key: &Key) -> RequestId {
    let digest = Sha256::digest(key.object_id());
    RequestId::of(digest.iter().take(16).fold(0, |bits, byte| bits << 8 | u128::from(*byte)))
}

/// Fills the new database, as one transaction, and checks it.
fn write(mut connection: Connection, wishes: &Wishes, links: &[Link]) -> Result<Head> {
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for key in in_order_of_days(wishes) {
        if let Some(wish) = wishes.get(key) {
            give::insert(&tx, key, wish)?;
        }
    }
    let mut head = Head::none();
    for Link { event, body, inventory_sha512 } in links {
        head = chain::append(&tx, event, body, inventory_sha512)?;
    }
    set_words(&tx)?;
    tx.commit()?;
    let faults = verify::verify(&connection);
    if let Some(fault) = faults.first() {
        return Err(Failure::damaged(format!("sổ lập lại không đúng: {}", fault.message)));
    }
    connection.close().map_err(|(_, error)| error)?;
    Ok(head)
}

/// The words of every row, once, after its last event.
fn set_words(connection: &Connection) -> Result<()> {
    for row in read::rows(connection, &Filter::default())? {
        search::set(connection, &row.entry.key.object_id(), &row.entry)?;
    }
    Ok(())
}

/// Rows are entered by day, as far as the numbers of a series allow: the newest is found first.
fn in_order_of_days(wishes: &Wishes) -> Vec<&Key> {
    let mut days: Vec<(NaiveDate, &Key)> = Vec::new();
    let mut later: BTreeMap<&Series, NaiveDate> = BTreeMap::new();
    for (key, wish) in wishes.iter().rev() {
        // A number that was voided may have a later day than those after it.
        let day = later.get(&key.series).map_or(wish.date, |later| wish.date.min(*later));
        later.insert(&key.series, day);
        days.push((day, key));
    }
    days.sort();
    days.into_iter().map(|(_, key)| key).collect()
}

/// Renames the old register to a name after those of older ones, with the log it may still have.
fn set_aside(place: &Place, path: &Path) -> Result<Option<PathBuf>> {
    if path.symlink_metadata().is_err() {
        return Ok(None);
    }
    // If it can be, it is made one file.
    let _ = Register::open(place).and_then(|mut old| old.checkpoint());
    let last = old::asides(path)?.last().copied().unwrap_or(0);
    let Some(number) = last.checked_add(1) else {
        return Err(Failure::refused("không còn tên cho sổ cũ", "chuyển các sổ cũ đi nơi khác"));
    };
    let aside = old::aside(path, number);
    fs::rename(path, &aside).map_err(Failure::disk(path))?;
    for suffix in ["-wal", "-journal"] {
        // An empty log says nothing; one that is not there neither.
        let log = open::with_suffix(path, suffix);
        if log.symlink_metadata().is_ok_and(|log| log.len() > 0) {
            let to = open::with_suffix(&aside, suffix);
            fs::rename(&log, to).map_err(Failure::disk(&log))?;
        }
    }
    disk::sync_folder(disk::parent(path))?;
    Ok(Some(aside))
}
