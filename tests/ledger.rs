//! The shipped wordings and their ledger, `templates/phien_ban.yaml`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use vanthu::diag::Sources;
use vanthu::ledger::{FILE, Ledger, State};
use vanthu::render::Office;
use vanthu::templates::Templates;

/// Changes between two releases go into the version of the next one:
/// `UPDATE_EXPECT=1 cargo test --test ledger`. What was released once is changed by
/// `vanthu wording accept --root templates --ly-do …`.
#[test]
fn every_shipped_wording_is_as_its_last_version_was_accepted() {
    let templates = Templates::with_root(&root().join("templates")).unwrap();
    let office = Office::of(templates).unwrap_or_else(|_| panic!("the ledger can be read"));
    let templates = office.catalog.templates();
    let mut ledger = office.ledger().clone();
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        let first = NaiveDate::from_ymd_opt(2026, 11, 26).unwrap();
        ledger.retain(|path| templates.get(path).is_some());
        for (path, state) in office.wording_states() {
            if !matches!(state, State::Accepted(_)) {
                ledger.amend(path, templates.get(path).unwrap(), first, office.locked(path));
            }
        }
        std::fs::write(root().join("templates").join(FILE), ledger.to_yaml()).unwrap();
    }
    let mut wrong = Vec::new();
    for (path, text) in templates.iter().filter(|(path, _)| path.ends_with(".md")) {
        match ledger.state(path, text) {
            State::Accepted(last) if last.locked == office.locked(path) => {}
            _ => wrong.push(path),
        }
    }
    let gone: Vec<&str> = ledger.paths().filter(|path| templates.get(path).is_none()).collect();
    assert!(
        wrong.is_empty() && gone.is_empty(),
        "not as in templates/{FILE}: {wrong:?}, no more there: {gone:?}; before a release: \
         UPDATE_EXPECT=1 cargo test --test ledger; after it: \
         vanthu wording accept --root templates --ly-do \"…\""
    );
}

#[test]
fn the_shipped_ledger_is_written_as_the_program_writes_it() {
    let text = std::fs::read_to_string(root().join("templates").join(FILE)).unwrap();
    let templates = Templates::default().with(FILE, &text);
    let ledger = Ledger::read(&templates, &mut Sources::default()).unwrap();
    assert_eq!(ledger.to_yaml(), text);
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}
