//! Rows as they are asked for.

use chrono::NaiveDate;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension as _, Params, params, params_from_iter};

use super::{Filter, Pending, Row, search};
use crate::archive::{Entry, Event, Failure, Key, RequestId, Result, Series, State};

/// A row with the body of its last event.
const COLUMNS: &str = "entry.year, entry.organ, entry.label, entry.number, entry.letter,
    entry.request, entry.date, entry.given_at, entry.given_by, entry.type_name, entry.subject,
    entry.version, event.body";

/// What follows `FROM entry` to have it.
const LAST_EVENT: &str = "LEFT JOIN event ON event.seq = entry.seq";

/// The first row that fulfils a condition of ours.
pub(super) fn one(
    connection: &Connection,
    condition: &str,
    parameters: impl Params,
) -> Result<Option<Row>> {
    let sql = format!("SELECT {COLUMNS} FROM entry {LAST_EVENT} WHERE {condition}");
    let mut statement = connection.prepare_cached(&sql)?;
    statement.query_row(parameters, |row| Ok(read(row))).optional()?.transpose()
}

pub(super) fn rows(connection: &Connection, filter: &Filter) -> Result<Vec<Row>> {
    let Some(wanted) = Wanted::of(filter) else { return Ok(Vec::new()) };
    let order = match (&filter.text, filter.limit) {
        _ if wanted.is_search => "ORDER BY search.rowid DESC",
        (_, Some(_)) => "ORDER BY entry.id DESC",
        (_, None) => "ORDER BY entry.year, entry.organ, entry.label, entry.number, entry.letter",
    };
    let limit = filter.limit.map_or(-1, |limit| i64::try_from(limit).unwrap_or(i64::MAX));
    let sql = format!(
        "SELECT {COLUMNS} FROM {} {LAST_EVENT} WHERE {} {order} LIMIT {limit}",
        wanted.tables(true),
        wanted.conditions
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut found = statement.query(params_from_iter(wanted.parameters))?;
    let mut rows = Vec::new();
    while let Some(row) = found.next()? {
        rows.push(read(row)?);
    }
    if !wanted.is_search {
        rows.sort_by(|a, b| in_order(&a.entry.key).cmp(&in_order(&b.entry.key)));
    }
    Ok(rows)
}

pub(super) fn count(connection: &Connection, filter: &Filter) -> Result<usize> {
    let Some(wanted) = Wanted::of(filter) else { return Ok(0) };
    let sql = format!("SELECT count(*) FROM {} WHERE {}", wanted.tables(false), wanted.conditions);
    let mut statement = connection.prepare_cached(&sql)?;
    let count: i64 = statement.query_row(params_from_iter(wanted.parameters), |row| row.get(0))?;
    Ok(usize::try_from(count).unwrap_or(0))
}

fn in_order(key: &Key) -> (i32, &str, &str, u32, Option<char>) {
    (key.series.year, &key.series.organ, &key.series.label, key.number, key.letter)
}

/// A filter as SQL.
struct Wanted {
    conditions: String,
    parameters: Vec<Value>,
    is_search: bool,
}

impl Wanted {
    /// `None` when nothing can match: the text has neither a letter nor a digit.
    fn of(filter: &Filter) -> Option<Self> {
        let mut wanted =
            Self { conditions: "1".to_owned(), parameters: Vec::new(), is_search: false };
        if let Some(text) = filter.text.as_ref().filter(|text| !text.trim().is_empty()) {
            wanted.is_search = true;
            wanted.and("search MATCH ?", search::query(text)?.into());
        }
        let columns = [
            ("entry.year = ?", filter.year.map(Value::from)),
            ("entry.organ = ?", filter.organ.clone().map(Value::from)),
            ("entry.label = ?", filter.label.clone().map(Value::from)),
            ("entry.date >= ?", filter.from.map(|date| iso(date).into())),
            ("entry.date <= ?", filter.to.map(|date| iso(date).into())),
        ];
        for (condition, value) in columns {
            if let Some(value) = value {
                wanted.and(condition, value);
            }
        }
        if !filter.states.is_empty() {
            let states: Vec<_> =
                filter.states.iter().map(|state| format!("'{}'", state_word(*state))).collect();
            wanted.conditions += &format!(" AND entry.state IN ({})", states.join(", "));
        }
        Some(wanted)
    }

    fn and(&mut self, condition: &str, value: Value) {
        self.conditions += " AND ";
        self.conditions += condition;
        self.parameters.push(value);
    }

    /// The words first, so that the newest matches are read and no others. To count words no
    /// row is looked at when the words alone decide.
    fn tables(&self, with_rows: bool) -> &'static str {
        match (self.is_search, with_rows || self.parameters.len() > 1 || self.names_states()) {
            (true, true) => "search CROSS JOIN entry ON entry.id = search.rowid",
            (true, false) => "search",
            (false, _) => "entry",
        }
    }

    fn names_states(&self) -> bool {
        self.conditions.contains("entry.state")
    }
}

pub(super) fn newest_date(connection: &Connection) -> Result<Option<NaiveDate>> {
    let newest: Option<String> =
        connection.query_row("SELECT max(date) FROM entry", [], |row| row.get(0))?;
    Ok(newest.and_then(|date| date.parse().ok()))
}

pub(super) fn by_code(connection: &Connection, code: &str, year: Option<i32>) -> Result<Vec<Row>> {
    let code = crate::vi::text::nfc(code.trim());
    let (number, notation) = match code.split_once('/') {
        Some((number, notation)) => (number, Some(notation.trim().to_lowercase())),
        None => (code.as_ref(), None),
    };
    let Some((number, letter)) = parse_number(number.trim()) else { return Ok(Vec::new()) };
    let sql = format!(
        "SELECT {COLUMNS} FROM entry {LAST_EVENT} WHERE entry.number = ?1 AND entry.letter = ?2
        AND (?3 IS NULL OR entry.year = ?3)
        ORDER BY entry.year, entry.organ, entry.label"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut found = statement.query(params![number, letter, year])?;
    let mut rows = Vec::new();
    while let Some(row) = found.next()? {
        let row = read(row)?;
        let is_so = match (&notation, row.entry.code.split_once('/')) {
            (Some(wanted), Some((_, notation))) => notation.to_lowercase() == *wanted,
            (None, _) | (Some(_), None) => true,
        };
        if is_so {
            rows.push(row);
        }
    }
    Ok(rows)
}

/// `325a`: number and letter, or the empty letter.
fn parse_number(text: &str) -> Option<(u32, &str)> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let (number, letter) = (digits, text.get(digits.len()..)?);
    let is_plain = number.bytes().all(|byte| byte.is_ascii_digit()) && letter.len() <= 1;
    Some((number.parse().ok().filter(|_| is_plain)?, letter))
}

pub(super) fn events(connection: &Connection, object_id: &str) -> Result<Vec<(Event, String)>> {
    let mut statement = connection.prepare_cached(
        "SELECT body, inventory_sha512 FROM event WHERE object = ?1 ORDER BY seq",
    )?;
    let mut found = statement.query([object_id])?;
    let mut events = Vec::new();
    while let Some(row) = found.next()? {
        events.push((event(&row.get::<_, String>(0)?)?, row.get(1)?));
    }
    Ok(events)
}

pub(super) fn pending(connection: &Connection) -> Result<Vec<Pending>> {
    let mut statement = connection.prepare_cached(
        "SELECT object, 1 FROM entry WHERE state = 'giu_so'
        UNION SELECT object, under_way FROM entry WHERE under_way IS NOT NULL ORDER BY object",
    )?;
    let found =
        statement.query_map([], |row| Ok(Pending { object: row.get(0)?, version: row.get(1)? }))?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

/// A row as it stands in [`COLUMNS`].
fn read(row: &rusqlite::Row<'_>) -> Result<Row> {
    let key = Key {
        series: Series { year: row.get(0)?, organ: row.get(1)?, label: row.get(2)? },
        number: row.get(3)?,
        letter: row.get::<_, String>(4)?.chars().next(),
    };
    let request: String = row.get(5)?;
    let request = RequestId::parse(&request);
    let version: u32 = row.get(11)?;
    let Some(body) = row.get::<_, Option<String>>(12)? else {
        let request = request.ok_or_else(|| unlike(&key))?;
        return Ok(Row {
            entry: Entry {
                type_name: row.get(9)?,
                subject: row.get(10)?,
                ..Entry::reserved(key, request, date(&row.get::<_, String>(6)?)?)
            },
            version,
            at: row.get(7)?,
            actor: row.get(8)?,
        });
    };
    let Event { entry, at, actor, .. } = event(&body)?;
    if entry.key != key || Some(&entry.request) != request.as_ref() {
        return Err(unlike(&key));
    }
    Ok(Row { entry, version, at, actor })
}

fn unlike(key: &Key) -> Failure {
    Failure::damaged(format!(
        "dòng số {key} năm {} của sổ đăng ký không khớp sự kiện của nó",
        key.series.year
    ))
}

fn event(body: &str) -> Result<Event> {
    serde_json::from_str(body).map_err(|error| {
        Failure::damaged(format!("sự kiện trong sổ đăng ký không đọc được: {error}"))
    })
}

fn date(text: &str) -> Result<NaiveDate> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .map_err(|_| Failure::damaged(format!("ngày “{text}” trong sổ đăng ký không đọc được")))
}

/// `2026-01-05`: sorts as it runs.
pub(super) fn iso(date: NaiveDate) -> String {
    date.format("%Y-%m-%d").to_string()
}

/// A state as it stands in the database and in `su_kien.json`.
pub(super) const fn state_word(state: State) -> &'static str {
    match state {
        State::Reserved => "giu_so",
        State::Awaiting => "cho_ky",
        State::Issued => "phat_hanh",
        State::Void => "huy",
        State::Recalled => "thu_hoi",
    }
}
