//! The database as SQL: what it holds, and what it does not let anybody do.
//!
//! *One fact in one place*: what an act says stands in `event.body`, byte for byte as in the
//! record. The other columns of `event` that come from it are computed; those of `entry` are
//! what rows are found by, set from the last event of the number by a trigger that compares,
//! and compared again by `verify`. What is known of a bare reservation stands in `entry`, for
//! there is no event yet.

/// `PRAGMA application_id`: "vthu".
pub const APPLICATION: i32 = 0x7674_6875;

/// `PRAGMA user_version`. A database with a greater one is refused.
pub const VERSION: i32 = 1;

/// The hash before the first link.
pub const NO_HASH: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// Every statement that makes the database, in order. SQLite keeps each as it stands here, so
/// that it can be told whether a table, index or trigger is still ours.
pub const STATEMENTS: &[&str] = &[
    // A row for each number. Its key, request, date and the reservation never change. What a
    // reservation says is in no link of the chain, so it has a digest of its own: against a
    // failing disk, not against malice.
    "CREATE TABLE entry (
  id INTEGER PRIMARY KEY,
  year INTEGER NOT NULL,
  organ TEXT NOT NULL,
  label TEXT NOT NULL,
  number INTEGER NOT NULL CHECK (number BETWEEN 1 AND 9999999),
  letter TEXT NOT NULL CHECK (letter = '' OR letter GLOB '[a-z]'),
  object TEXT NOT NULL UNIQUE,
  request TEXT NOT NULL UNIQUE CHECK (length(request) = 32),
  date TEXT NOT NULL CHECK (date(date) IS date AND CAST(date AS INTEGER) = year),
  given_at TEXT NOT NULL,
  given_by TEXT NOT NULL,
  type_name TEXT NOT NULL,
  subject TEXT NOT NULL,
  given_sha256 TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('giu_so', 'cho_ky', 'phat_hanh', 'huy', 'thu_hoi')),
  version INTEGER NOT NULL,
  seq INTEGER UNIQUE REFERENCES event (seq),
  case_sha256 TEXT NOT NULL,
  under_way INTEGER CHECK (under_way = version + 1),
  UNIQUE (year, organ, label, number, letter),
  CHECK ((state = 'giu_so') = (seq IS NULL) AND (version = 0) = (seq IS NULL))
) STRICT",
    // A link of the chain for each act. `body` is `su_kien.json`.
    "CREATE TABLE event (
  seq INTEGER PRIMARY KEY,
  object TEXT NOT NULL REFERENCES entry (object),
  body TEXT NOT NULL,
  inventory_sha512 TEXT NOT NULL CHECK (length(inventory_sha512) = 128),
  hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
  version INTEGER NOT NULL AS (body ->> '$.version'),
  act TEXT NOT NULL AS (body ->> '$.act'),
  at TEXT NOT NULL AS (body ->> '$.at'),
  actor TEXT NOT NULL AS (body ->> '$.actor'),
  previous TEXT NOT NULL AS (body ->> '$.previous'),
  UNIQUE (object, version),
  CHECK (seq IS body ->> '$.seq')
) STRICT",
    "CREATE INDEX entry_by_number ON entry (number, letter)",
    "CREATE INDEX entry_by_date ON entry (date)",
    "CREATE INDEX entry_by_case ON entry (case_sha256) WHERE case_sha256 <> ''",
    "CREATE INDEX entry_reserved ON entry (state) WHERE state = 'giu_so'",
    "CREATE INDEX entry_under_way ON entry (under_way) WHERE under_way IS NOT NULL",
    // The words of each row: without marks, and with. The words are parted before they come
    // here, so the tokenizer has only to part them at spaces.
    "CREATE VIRTUAL TABLE search USING fts5 (folded, marked, tokenize = 'ascii', prefix = '1 2 3')",
    "CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event BEGIN
  SELECT RAISE(ABORT, 'không được xóa sự kiện của sổ');
END",
    "CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event BEGIN
  SELECT RAISE(ABORT, 'không được sửa sự kiện của sổ');
END",
    "CREATE TRIGGER event_continues_the_chain BEFORE INSERT ON event BEGIN
  SELECT RAISE(ABORT, 'sự kiện không nối tiếp chuỗi')
  WHERE NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM event)
  OR NEW.body ->> '$.previous' IS NOT coalesce(
    (SELECT hash FROM event ORDER BY seq DESC LIMIT 1),
    '0000000000000000000000000000000000000000000000000000000000000000')
  OR EXISTS (SELECT 1 FROM event WHERE hash = NEW.hash);
  SELECT RAISE(ABORT, 'sự kiện không nối tiếp hồ sơ')
  WHERE NEW.body ->> '$.version' IS NOT
    (SELECT version + 1 FROM entry WHERE object = NEW.object);
END",
    "CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON entry BEGIN
  SELECT RAISE(ABORT, 'không được xóa số khỏi sổ');
END",
    // The next number, any number as the first of a series, or a letter after a number.
    "CREATE TRIGGER entry_begins_as_the_next_number BEFORE INSERT ON entry BEGIN
  SELECT RAISE(ABORT, 'số phải bắt đầu ở trạng thái giữ số')
  WHERE NEW.state <> 'giu_so' OR NEW.under_way IS NOT NULL OR NEW.case_sha256 <> '';
  SELECT RAISE(ABORT, 'số hoặc yêu cầu đã có trong sổ')
  WHERE EXISTS (SELECT 1 FROM entry WHERE id = NEW.id OR object = NEW.object
    OR request = NEW.request OR (year = NEW.year AND organ = NEW.organ AND label = NEW.label
    AND number = NEW.number AND letter = NEW.letter));
  SELECT RAISE(ABORT, 'số không nối tiếp số trước')
  WHERE NEW.letter = '' AND NEW.number <> (SELECT coalesce(max(number) + 1, NEW.number)
    FROM entry WHERE year = NEW.year AND organ = NEW.organ AND label = NEW.label);
  SELECT RAISE(ABORT, 'số chen giữa phải có số gốc')
  WHERE NEW.letter <> '' AND NOT EXISTS (SELECT 1 FROM entry WHERE year = NEW.year
    AND organ = NEW.organ AND label = NEW.label AND number = NEW.number AND letter = '');
END",
    "CREATE TRIGGER entry_keeps_its_key BEFORE UPDATE ON entry BEGIN
  SELECT RAISE(ABORT, 'không được đổi số, ngày, yêu cầu đã ghi sổ')
  WHERE (NEW.id, NEW.year, NEW.organ, NEW.label, NEW.number, NEW.letter, NEW.object, NEW.request,
    NEW.date, NEW.given_at, NEW.given_by, NEW.type_name, NEW.subject, NEW.given_sha256)
  IS NOT (OLD.id, OLD.year, OLD.organ, OLD.label, OLD.number, OLD.letter, OLD.object, OLD.request,
    OLD.date, OLD.given_at, OLD.given_by, OLD.type_name, OLD.subject, OLD.given_sha256);
END",
    // Only with the event that says so, and only these steps.
    "CREATE TRIGGER entry_follows_its_events
BEFORE UPDATE OF state, version, seq, case_sha256 ON entry BEGIN
  SELECT RAISE(ABORT, 'bước chuyển trạng thái không được phép')
  WHERE OLD.state || '>' || NEW.state NOT IN ('giu_so>cho_ky', 'giu_so>phat_hanh', 'giu_so>huy',
    'cho_ky>phat_hanh', 'cho_ky>huy', 'phat_hanh>phat_hanh', 'phat_hanh>thu_hoi');
  SELECT RAISE(ABORT, 'dòng sổ không theo sự kiện')
  WHERE NEW.version <> OLD.version + 1 OR NOT EXISTS (SELECT 1 FROM event
    WHERE seq = NEW.seq AND seq = (SELECT max(seq) FROM event) AND object = NEW.object
    AND version = NEW.version AND body ->> '$.entry.state' = NEW.state
    AND body ->> '$.entry.case_sha256' = NEW.case_sha256);
END",
];
