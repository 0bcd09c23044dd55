//! Cấp số: which number a wish gets.

use chrono::{Datelike as _, NaiveDate};
use rusqlite::{Connection, Transaction, params};

use super::{Given, Wish, chain, read, search};
use crate::archive::{Failure, Key, Result, Series, State};
use crate::vi::date::short;

/// No office gives ten million numbers a year; `model::Number` reads seven digits.
const LAST_NUMBER: u32 = 9_999_999;

pub(super) fn reserve(tx: &Transaction<'_>, wish: &Wish) -> Result<Given> {
    if let Some(row) = read::one(tx, "entry.request = ?1", [wish.request.as_str()])? {
        return Ok(Given { key: row.entry.key, date: row.entry.date, again: true });
    }
    let key = choose(tx, wish)?;
    insert(tx, &key, wish)?;
    let object = key.object_id();
    if let Some(row) = read::one(tx, "entry.object = ?1", [&object])? {
        search::set(tx, &object, &row.entry)?;
    }
    Ok(Given { key, date: wish.date, again: false })
}

/// The row of a number that was just given; without its words.
pub(super) fn insert(connection: &Connection, key: &Key, wish: &Wish) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO entry (year, organ, label, number, letter, object, request, date, given_at,
            given_by, type_name, subject, given_sha256, state, version, case_sha256)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, 'giu_so', 0, '')",
        )?
        .execute(params![
            key.series.year,
            key.series.organ,
            key.series.label,
            key.number,
            key.letter.map(String::from).unwrap_or_default(),
            key.object_id(),
            wish.request.as_str(),
            read::iso(wish.date),
            wish.at,
            wish.actor,
            wish.type_name,
            wish.subject,
            digest_of(key, wish),
        ])?;
    Ok(())
}

/// What is kept of a wish as `given_sha256`.
pub(super) fn digest_of(key: &Key, wish: &Wish) -> String {
    digest([
        &key.object_id(),
        wish.request.as_str(),
        &read::iso(wish.date),
        &wish.at,
        &wish.actor,
        &wish.type_name,
        &wish.subject,
    ])
}

/// SHA-256 of what a reservation says: object, request, date, when, who, type, subject, each
/// followed by a line feed.
pub(super) fn digest(said: [&str; 7]) -> String {
    chain::digest(&said)
}

fn choose(connection: &Connection, wish: &Wish) -> Result<Key> {
    let series = &wish.series;
    if wish.date.year() != series.year {
        return Err(Failure::refused(
            format!("ngày {} không thuộc năm {} của dãy số", short(wish.date), series.year),
            "số được tính theo năm của ngày văn bản; sửa lại ngày",
        ));
    }
    let last = last(connection, series)?;
    let key = |number, letter| Key { series: series.clone(), number, letter };
    match (wish.number, last) {
        (Some((number, Some(letter))), _) => {
            let key = key(number, Some(letter));
            must_fit_between(connection, &key, wish.date)?;
            Ok(key)
        }
        (Some((number, None)), None) => in_range(number).map(|number| key(number, None)),
        (None, None) => Ok(key(1, None)),
        (asked, Some(last)) => {
            let next = in_range(last + 1)?;
            if let Some((number, _)) = asked.filter(|(number, _)| *number != next) {
                return Err(not_the_next(connection, &key(number, None), last)?);
            }
            must_not_go_back(connection, series, wish.date)?;
            Ok(key(next, None))
        }
    }
}

pub(super) fn is_number(number: u32) -> bool {
    (1..=LAST_NUMBER).contains(&number)
}

fn in_range(number: u32) -> Result<u32> {
    if is_number(number) {
        return Ok(number);
    }
    Err(Failure::refused(
        format!("không có số {number}"),
        format!("số văn bản từ 1 đến {LAST_NUMBER}"),
    ))
}

/// The greatest number of a series.
pub(super) fn last(connection: &Connection, series: &Series) -> Result<Option<u32>> {
    let mut last = connection.prepare_cached(
        "SELECT max(number) FROM entry WHERE year = ?1 AND organ = ?2 AND label = ?3",
    )?;
    Ok(last.query_row(params![series.year, series.organ, series.label], |row| row.get(0))?)
}

/// A number was asked for that is taken, or that would leave a gap.
fn not_the_next(connection: &Connection, asked: &Key, last: u32) -> Result<Failure> {
    let next = last + 1;
    if let Some(row) = read::one(connection, "entry.object = ?1", [asked.object_id()])? {
        let entry = &row.entry;
        return Ok(Failure::refused(
            format!(
                "số {asked} đã cấp ngày {} ({}): {} {}",
                short(entry.date),
                entry.state.words(),
                entry.type_name,
                entry.subject
            ),
            format!("số tiếp theo là {next:02}; để trống số thì chương trình tự lấy"),
        ));
    }
    Ok(Failure::refused(
        format!("số {asked} không nối tiếp: số cuối của năm {} là {last:02}", asked.series.year),
        format!(
            "số tiếp theo là {next:02}; số đầu tiên của năm thì chọn được, sau đó không được bỏ trống số nào"
        ),
    ))
}

/// Numbers follow the calendar: not before the last one that was not voided.
fn must_not_go_back(connection: &Connection, series: &Series, date: NaiveDate) -> Result<()> {
    let Some((number, before)) = neighbour(connection, series, "1 ORDER BY number DESC")? else {
        return Ok(());
    };
    if before <= date {
        return Ok(());
    }
    let way = match earlier(connection, series, date)? {
        Some(key) => format!("văn bản ngày cũ thì xin số chen giữa: `--so {key}`"),
        None => format!("ghi ngày từ {} trở đi", short(before)),
    };
    Err(Failure::refused(
        format!("ngày {} trước ngày {} của số {number} đã cấp", short(date), short(before)),
        format!("{way}; nếu ngày của số {number} ghi sai thì hủy số đó trước"),
    ))
}

/// The number with a letter that a document of an older day could take.
fn earlier(connection: &Connection, series: &Series, date: NaiveDate) -> Result<Option<Key>> {
    let mut base = connection.prepare_cached(
        "SELECT max(number) FROM entry
        WHERE year = ?1 AND organ = ?2 AND label = ?3 AND date <= ?4 AND state <> 'huy'",
    )?;
    let parameters = params![series.year, series.organ, series.label, read::iso(date)];
    let Some(number) = base.query_row(parameters, |row| row.get::<_, Option<u32>>(0))? else {
        return Ok(None);
    };
    let letter = next_letter(connection, series, number)?;
    Ok(letter.map(|letter| Key { series: series.clone(), number, letter: Some(letter) }))
}

/// 325a: after a number that exists, the next free letter, a day that lies between.
fn must_fit_between(connection: &Connection, key: &Key, date: NaiveDate) -> Result<()> {
    let Key { series, number, .. } = key;
    let base = Key { letter: None, ..key.clone() };
    if read::one(connection, "entry.object = ?1", [base.object_id()])?.is_none() {
        return Err(Failure::refused(
            format!("không chen được số {key}: sổ chưa có số {base} năm {}", series.year),
            "số chen giữa mang số của văn bản đứng ngay trước, như 325a sau 325",
        ));
    }
    let free = next_letter(connection, series, *number)?;
    if key.letter != free {
        let hint = free.map_or_else(
            || format!("số {base} đã hết chữ cái; chọn số gốc khác"),
            |letter| format!("chữ tiếp theo của số {base} là “{letter}”: `--so {base}{letter}`"),
        );
        return Err(Failure::refused(format!("không cấp được số {key}"), hint));
    }
    let upper = format!("number > {number} ORDER BY number, letter");
    let lower = format!("number <= {number} ORDER BY number DESC, letter DESC");
    let after = neighbour(connection, series, &upper)?;
    let before = neighbour(connection, series, &lower)?;
    let is_early = before.as_ref().is_some_and(|(_, before)| date < *before);
    let is_late = after.as_ref().is_some_and(|(_, after)| *after < date);
    if !is_early && !is_late {
        return Ok(());
    }
    let side = |side: Option<(String, NaiveDate)>, word: &str| {
        side.map(|(number, date)| format!("{word} ngày {} của số {number}", short(date)))
    };
    let bounds = [side(before, "không trước"), side(after, "không sau")];
    Err(Failure::refused(
        format!("ngày {} không hợp với số {key}", short(date)),
        format!("ngày phải {}", bounds.into_iter().flatten().collect::<Vec<_>>().join(" và ")),
    ))
}

/// The first letter after a number that is not in use; `None` after z.
fn next_letter(connection: &Connection, series: &Series, number: u32) -> Result<Option<char>> {
    let mut last = connection.prepare_cached(
        "SELECT max(letter) FROM entry
        WHERE year = ?1 AND organ = ?2 AND label = ?3 AND number = ?4",
    )?;
    let parameters = params![series.year, series.organ, series.label, number];
    let last: Option<String> = last.query_row(parameters, |row| row.get(0))?;
    let last = last.and_then(|last| last.chars().next());
    Ok(last.map_or(Some('a'), |last| ('a'..='z').find(|letter| *letter > last)))
}

/// The first number, and its date, that is not voided and fulfils a condition of ours.
fn neighbour(
    connection: &Connection,
    series: &Series,
    condition: &str,
) -> Result<Option<(String, NaiveDate)>> {
    let condition = format!(
        "entry.year = ?1 AND entry.organ = ?2 AND entry.label = ?3 AND entry.state <> '{}' AND {condition} LIMIT 1",
        read::state_word(State::Void)
    );
    let parameters = params![series.year, series.organ, series.label];
    let row = read::one(connection, &condition, parameters)?;
    Ok(row.map(|row| (row.entry.key.to_string(), row.entry.date)))
}
