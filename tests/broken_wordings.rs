//! What is wrong with a wording, and what the check answers without a case.
//!
//! By hand: `tests/cases/loi_van_hong/*.txt`, whose README tells the notation. By
//! planting: every shipped wording is spoilt in every way a clerk may spoil it
//! (`broken_wordings/planting.rs`), and the check must tell the line, and no other.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that cannot go on fails, and says how much it tried"
)]

#[path = "broken_wordings/planting.rs"]
mod planting;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use expect_test::expect_file;
use vanthu::diag::{At, Diagnostic, Severity, Sources};
use vanthu::render::{self, Findings, Office};
use vanthu::templates::{Templates, split_front_matter};

#[test]
fn every_broken_wording_is_answered_as_its_file_says() {
    for path in files() {
        let whole = fs::read_to_string(&path).unwrap();
        let given = whole.split_once("\n== thông báo\n").map_or(whole.as_str(), |(given, _)| given);
        let given = given.trim_end();
        let said = Set::read(given).check();
        expect_file![path].assert_eq(&format!("{given}\n== thông báo\n{said}"));
    }
}

#[test]
fn the_table_of_broken_wordings_is_long_and_speaks_vietnamese() {
    const ENGLISH: &[&str] =
        &["expected", "Found ", "Unknown", "undefined", "Tera:", "None", "Err("];
    let mut count = 0;
    for path in files() {
        let whole = fs::read_to_string(&path).unwrap();
        let (given, said) = whole.split_once("\n== thông báo\n").unwrap();
        let wordings: Vec<_> = Set::read(given).files.into_iter().map(|(path, _)| path).collect();
        let told = |wording: &&String| said.lines().any(|line| line.starts_with(&***wording));
        count += wordings.iter().filter(told).count();
        let english = ENGLISH.iter().find(|word| said.contains(**word));
        assert_eq!(english, None, "{}", path.display());
    }
    println!("{count} broken templates by hand");
    assert!(count >= 120, "only {count} broken templates");
}

#[test]
fn good_wordings_are_told_nothing() {
    let whole = fs::read_to_string(folder().join("tot.txt")).unwrap();
    let (_, said) = whole.split_once("\n== thông báo\n").unwrap();
    assert_eq!(said, "");
    let found = check(Templates::embedded());
    assert_eq!(vanthu::diag::plain(&found.diagnostics, &found.sources), "");
}

pub fn check(templates: Templates) -> Findings {
    match Office::of(templates) {
        Ok(office) => render::check_wordings(&office),
        Err(findings) => findings,
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/loi_van_hong")
}

fn files() -> Vec<PathBuf> {
    let entries = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|ending| ending == "txt")).collect();
    files.sort();
    files
}

/// What a document type is when a file of the table does not say it.
const TYPE: &str = "ten: Báo cáo\nky_hieu: BC\nmau: \"1.4\"\nkinh_gui: len_tren\n";

/// The templates of one file of the table.
struct Set {
    /// Path below `templates/`, text.
    files: Vec<(String, String)>,
    /// Lines of front matter that a wording was given.
    shared: usize,
}

impl Set {
    fn read(given: &str) -> Self {
        let shared = fs::read_to_string(folder().join("_dau_tep.yaml")).unwrap();
        let shared = format!("---\n{shared}---\n");
        let mut files = Vec::new();
        for part in given.split("\n== ").skip(1) {
            let (path, text) = part.split_once('\n').unwrap_or((part, ""));
            let is_bare =
                path.ends_with(".md") && !path.starts_with("chung/") && !text.starts_with("---");
            let text = if is_bare { format!("{shared}{text}\n") } else { format!("{text}\n") };
            files.push((path.to_owned(), text));
        }
        if !files.iter().any(|(path, _)| path == "bao_cao/loai.yaml") {
            files.push(("bao_cao/loai.yaml".to_owned(), TYPE.to_owned()));
        }
        Self { files, shared: shared.lines().count() }
    }

    fn check(&self) -> String {
        let templates = self
            .files
            .iter()
            .fold(Templates::default(), |templates, (path, text)| templates.with(path, text));
        let found = check(templates);
        let mut said = String::new();
        for diagnostic in &found.diagnostics {
            if let Some(line) = self.line(diagnostic, &found.sources) {
                let _ = writeln!(said, "{line}");
            }
        }
        said
    }

    /// A finding in one line; nothing of a warning that the notation brings about.
    fn line(&self, found: &Diagnostic, sources: &Sources) -> Option<String> {
        let samples = self.files.iter().any(|(path, _)| path.contains("/ho_so_mau"));
        if !samples && ["thieu-ho-so-mau", "truong-khong-co-trong-mau"].contains(&found.code) {
            return None;
        }
        let (place, marked) = match (sources.find(&found.at), &found.at) {
            (Some(place), _) => {
                let source = sources.get(place.source);
                let name = source.name.trim_start_matches("templates/");
                let is_shared = self.files.iter().any(|(path, text)| {
                    path == name && text.lines().nth(1) == Some("mo_ta: Lời văn thử")
                });
                if is_shared && found.severity == Severity::Warning {
                    return None;
                }
                let before = &source.text[..place.range.start];
                let line = 1 + before.matches('\n').count();
                let line = if is_shared { line.saturating_sub(self.shared) } else { line };
                let column = 1 + before.chars().rev().take_while(|&c| c != '\n').count();
                (format!("{name}:{line}:{column}"), source.text[place.range].to_owned())
            }
            (None, At::File(name)) => (name.clone(), String::new()),
            (None, at) => panic!("{at:?}"),
        };
        let warns = if found.severity == Severity::Warning { "cảnh báo " } else { "" };
        let hint = found.hint.as_ref().map(|hint| format!("; gợi ý: {hint}")).unwrap_or_default();
        let code = found.code;
        let line = format!("{place} {warns}[{code}] ⟦{marked}⟧ {}{hint}", found.message);
        Some(line.replace('\n', "⏎"))
    }
}

/// The number of lines of a template's front matter with its `---` lines.
pub fn front_lines(text: &str) -> usize {
    let (_, from) = split_front_matter(text);
    text[..from].matches('\n').count()
}
