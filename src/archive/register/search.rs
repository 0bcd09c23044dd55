//! Finding rows by words, typed with marks or without.
//!
//! SQLite's own folding leaves đ and Ð as they are and follows tables of Unicode 6.1, so words are
//! parted and folded here; its index only sees words with spaces between. Nothing a clerk types
//! is read as a query: only letters and digits reach it, in quotation marks.

use chrono::{Datelike as _, NaiveDate};
use rusqlite::{Connection, params};
use unicode_normalization::char::canonical_combining_class;

use crate::archive::{Entry, Result};
use crate::vi::text::{fold, look_alike, nfc};

/// Puts the words of a row in the place of those it had.
pub(super) fn set(connection: &Connection, object: &str, entry: &Entry) -> Result<()> {
    let (folded, marked) = texts(entry);
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO search (rowid, folded, marked)
            VALUES ((SELECT id FROM entry WHERE object = ?1), ?2, ?3)",
        )?
        .execute(params![object, folded, marked])?;
    Ok(())
}

/// The words of all fields, without marks and with.
pub(super) fn texts(entry: &Entry) -> (String, String) {
    let marked: Vec<String> = fields(entry).iter().flat_map(|field| words(field)).collect();
    let folded: Vec<String> = marked.iter().map(|word| fold(word)).collect();
    (folded.join(" "), marked.join(" "))
}

fn fields(entry: &Entry) -> Vec<String> {
    let links = [&entry.replaced_by, &entry.corrected_by];
    let links = links.into_iter().flatten().chain(&entry.replaces).chain(&entry.corrects);
    let mut fields = vec![
        entry.key.to_string(),
        entry.code.clone(),
        day(entry.date),
        entry.type_name.clone(),
        entry.subject.clone(),
        entry.signer.clone(),
        entry.position.clone(),
        entry.kept_by.clone(),
        entry.note.clone(),
        entry.reason.clone(),
        entry.state.words().to_owned(),
        entry.key.series.organ.clone(),
        entry.sent.map(day).unwrap_or_default(),
    ];
    fields.extend(entry.recipients.iter().cloned());
    fields.extend(links.map(|link| link.code.clone()));
    fields.extend(entry.signatures.iter().map(|signature| signature.signer.clone()));
    fields
}

/// Noughts before a number do not count, so this finds `05/01/2026` too.
fn day(date: NaiveDate) -> String {
    format!("{}/{}/{}", date.day(), date.month(), date.year())
}

/// Runs of letters and digits, small and composed.
fn words(text: &str) -> Vec<String> {
    let text: String = nfc(text).chars().map(|c| look_alike(c).unwrap_or(c)).collect();
    let text = text.to_lowercase();
    let is_part = |c: char| c.is_alphanumeric() || canonical_combining_class(c) != 0;
    nfc(&text)
        .split(|c| !is_part(c))
        .filter(|word| word.contains(char::is_alphanumeric))
        .map(|word| without_noughts(word).to_owned())
        .collect()
}

/// `05` and `5` are one number.
fn without_noughts(word: &str) -> &str {
    if !is_number(word) {
        return word;
    }
    match word.trim_start_matches('0') {
        "" => "0",
        number => number,
    }
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

/// What a clerk types as a query of FTS5: every word must be there; what has no space within
/// (`125/BC-UBND`) must stand together; the last word may go on, unless it is a number. `None`
/// when there is no letter and no digit.
pub(super) fn query(text: &str) -> Option<String> {
    let mut groups: Vec<Vec<String>> = text.split_whitespace().map(words).collect();
    groups.retain(|group| !group.is_empty());
    let last = groups.len().checked_sub(1)?;
    let terms = groups.iter().enumerate().map(|(index, group)| term(group, index == last));
    let mut terms: Vec<String> = terms.collect();
    terms.dedup();
    Some(terms.join(" AND "))
}

/// Words that stand together, looked for among those with marks if any has marks.
fn term(group: &[String], is_last: bool) -> String {
    let folded: Vec<String> = group.iter().map(|word| fold(word)).collect();
    let goes_on = is_last && group.last().is_some_and(|word| !is_number(word));
    let star = if goes_on { " *" } else { "" };
    if folded == group {
        return format!("folded : \"{}\"{star}", folded.join(" "));
    }
    let phrase = group.join(" ");
    match other_tone_place(&phrase) {
        None => format!("marked : \"{phrase}\"{star}"),
        Some(other) => format!("(marked : \"{phrase}\"{star} OR marked : \"{other}\"{star})"),
    }
}

/// `hòa` for `hoà` and the other way: both are in use for oa, oe and uy at the end of a word.
fn other_tone_place(word: &str) -> Option<String> {
    PAIRS.iter().find_map(|&(old, new)| {
        let other = |ending, other| Some(format!("{}{other}", word.strip_suffix(ending)?));
        other(old, new).or_else(|| other(new, old))
    })
}

/// The tone on the first vowel, and on the second.
#[rustfmt::skip]
const PAIRS: &[(&str, &str)] = &[
    ("òa", "oà"), ("óa", "oá"), ("ỏa", "oả"), ("õa", "oã"), ("ọa", "oạ"),
    ("òe", "oè"), ("óe", "oé"), ("ỏe", "oẻ"), ("õe", "oẽ"), ("ọe", "oẹ"),
    ("ùy", "uỳ"), ("úy", "uý"), ("ủy", "uỷ"), ("ũy", "uỹ"), ("ụy", "uỵ"),
];

/// The words that are kept for a row.
pub(super) fn kept(connection: &Connection, object: &str) -> Result<Option<(String, String)>> {
    use rusqlite::OptionalExtension as _;
    let mut kept = connection.prepare_cached(
        "SELECT folded, marked FROM search
        WHERE rowid = (SELECT id FROM entry WHERE object = ?1)",
    )?;
    Ok(kept.query_row([object], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
}
