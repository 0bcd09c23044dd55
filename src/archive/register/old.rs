//! What the old register knows besides the records, when the register is made again.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, Row};

use super::open::Access;
use super::{Head, Wish, give, open};
use crate::archive::{Failure, Key, RequestId, Result, Series, disk};

/// A number as the old register has it.
pub(super) struct Given {
    pub key: Key,
    pub wish: Wish,
    /// Whether anything came of it.
    pub has_act: bool,
}

/// What the old register knows besides the records.
#[derive(Default)]
pub(super) struct Old {
    /// Numbers that were given, whether or not anything came of them.
    pub given: Vec<Given>,
    /// Whether these are all.
    pub is_whole: bool,
    /// Its end of the chain.
    pub head: Option<Head>,
}

impl Old {
    /// It may be anything, or not be there: then one that was put aside, since a rebuild was cut
    /// off at the wrong moment, or somebody took it away. What was given after that is not known.
    pub fn of(path: &Path, hashes: &[String]) -> Self {
        let open = |path: PathBuf| {
            let old = open::open_at(path, Access::Read).ok()?;
            is_of_these(&old.connection, hashes).ok()?.then_some(old)
        };
        if let Some(old) = open(path.to_owned()) {
            return Self { head: old.head().ok(), ..Self::read(&old.connection) };
        }
        let numbers = asides(path).unwrap_or_default().into_iter().rev();
        let newest = numbers.filter_map(|n| open(aside(path, n))).next();
        Self {
            is_whole: false,
            head: None,
            ..newest.map_or_else(Self::default, |old| Self::read(&old.connection))
        }
    }

    fn read(old: &Connection) -> Self {
        let mut whole = Self { is_whole: true, ..Self::default() };
        let read = |whole: &mut Self| -> Result<()> {
            let mut rows = old.prepare(
                "SELECT year, organ, label, number, letter, request, date, given_at, given_by,
                type_name, subject, given_sha256, state <> 'giu_so' FROM entry ORDER BY id",
            )?;
            let mut rows = rows.query([])?;
            while let Some(row) = rows.next()? {
                match given(row) {
                    Some(given) => whole.given.push(given),
                    None => whole.is_whole = false,
                }
            }
            Ok(())
        };
        if read(&mut whole).is_err() {
            whole.is_whole = false;
        }
        whole
    }
}

/// Whether a register and these records ever had an act in common. Another office's is as sound.
fn is_of_these(old: &Connection, hashes: &[String]) -> Result<bool> {
    let mut events = old.prepare("SELECT seq, hash FROM event ORDER BY seq")?;
    let mut events = events.query([])?;
    let mut is_empty = true;
    while let Some(event) = events.next()? {
        is_empty = false;
        let (seq, hash): (i64, String) = (event.get(0)?, event.get(1)?);
        if is_on(hashes, &Head { seq: seq.cast_unsigned(), hash }) {
            return Ok(true);
        }
    }
    Ok(is_empty || hashes.is_empty())
}

/// How a number was given, unless it is not what was once written.
fn given(row: &Row<'_>) -> Option<Given> {
    let text = |column| row.get::<_, String>(column).ok();
    let series = Series { year: row.get(0).ok()?, organ: text(1)?, label: text(2)? };
    let (number, letter) = (row.get(3).ok()?, text(4)?.chars().next());
    let wish = Wish {
        series: series.clone(),
        request: RequestId::parse(&text(5)?)?,
        date: text(6)?.parse().ok()?,
        number: Some((number, letter)),
        at: text(7)?,
        actor: text(8)?,
        type_name: text(9)?,
        subject: text(10)?,
    };
    let key = Key { series, number, letter };
    let is_sound = give::digest_of(&key, &wish) == text(11)?;
    is_sound.then_some(Given { key, wish, has_act: row.get(12).ok()? })
}

/// Whether a chain, as the hashes of its links, comes by a head.
pub(super) fn is_on(hashes: &[String], head: &Head) -> bool {
    match head.seq.checked_sub(1).map(usize::try_from) {
        None => *head == Head::none(),
        Some(Ok(index)) => hashes.get(index) == Some(&head.hash),
        Some(Err(_)) => false,
    }
}

/// Where an old register is kept.
pub(super) fn aside(path: &Path, n: u32) -> PathBuf {
    open::with_suffix(path, &format!(".cu-{n}"))
}

/// The numbers of all that are kept, smallest first.
pub(super) fn asides(path: &Path) -> Result<BTreeSet<u32>> {
    let folder = disk::parent(path);
    let stem = aside(path, 0);
    let stem = stem.file_name().and_then(|name| name.to_str()?.strip_suffix('0'));
    let mut numbers = BTreeSet::new();
    for entry in fs::read_dir(folder).map_err(Failure::disk(folder))? {
        let name = entry.map_err(Failure::disk(folder))?.file_name();
        let number = name.to_str().and_then(|name| name.strip_prefix(stem?)?.parse::<u32>().ok());
        numbers.extend(number);
    }
    Ok(numbers)
}
