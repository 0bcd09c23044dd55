//! `vanthu wording diff`: what a change of the wordings does to every sample and case,
//! told before the change counts.

mod git;
mod html;
mod json;
mod page;
mod sides;

use std::path::{Path, PathBuf};

use super::args::DiffArgs;
use crate::case;
use crate::cli::Exit;
use crate::cli::output::{self, reason};
use crate::cli::say::{say, say_json};
use crate::compare::{self, Change};
use crate::diag::{Diagnostic, Severity, Sources};
use crate::doc::Document;
use crate::form::Stage;
use crate::render::{self, Findings, Office, Prepared};
use sides::Sides;

/// The folder whose cases are compared when none is named.
const REPORTS: &str = "reports";

pub fn run(args: &DiffArgs) -> Exit {
    let sides = match Sides::open(args.root.as_deref(), args.against.as_deref()) {
        Ok(sides) => sides,
        Err(refused) => {
            refused.tell();
            return Exit::Unusable;
        }
    };
    let cases =
        if args.cases.is_empty() { cases_below(Path::new(REPORTS), 8) } else { args.cases.clone() };
    if let Some(missing) = cases.iter().find(|case| !case.exists()) {
        warnln!("lỗi: không có hồ sơ {}", missing.display());
        warnln!("  = gợi ý: kiểm tra đường dẫn");
        return Exit::Unusable;
    }
    let compared = Compared { documents: documents(&sides, &cases), sides };
    if let Some(file) = &args.html
        && let Err(said) = write_page(file, &html::page(&compared))
    {
        warnln!("{said}");
        return Exit::Unusable;
    }
    if args.json {
        say_json(&json::page(&compared));
    } else {
        say(&page::text(&compared));
        if let Some(file) = &args.html {
            sayln!("Đã ghi trang so sánh: {}", file.display());
        }
    }
    if compared.documents.iter().any(|one| !one.new_errors.diagnostics.is_empty()) {
        Exit::Found
    } else {
        Exit::Done
    }
}

/// Everything that was compared.
struct Compared {
    sides: Sides,
    documents: Vec<Pair>,
}

/// A document under the old and under the new templates.
struct Pair {
    name: String,
    outcome: Outcome,
    /// Errors of a final that only the new templates give, with the texts they point into.
    new_errors: Findings,
    /// Errors that only the old ones gave.
    gone_errors: Findings,
}

enum Outcome {
    /// Laid out on both sides; nothing when nothing differs.
    Both(Vec<Change>),
    /// The sample exists on one side only, or only there can it be laid out.
    OnlyOld,
    OnlyNew,
    /// On neither side can it be laid out.
    Neither,
}

fn documents(sides: &Sides, cases: &[PathBuf]) -> Vec<Pair> {
    let samples = |office: &Office| -> Vec<String> {
        office.catalog.templates().samples().into_iter().map(ToOwned::to_owned).collect()
    };
    let mut paths = samples(&sides.old.office);
    paths.extend(samples(&sides.new.office));
    paths.sort_unstable();
    paths.dedup();
    let of_samples = paths.iter().map(|path| {
        let one = |office: &Office| {
            office.catalog.templates().get(path)?;
            Some(Laid::of(|stage| render::prepare_sample(path, office, stage)))
        };
        pair(format!("hồ sơ mẫu {path}"), one(&sides.old.office), one(&sides.new.office))
    });
    let of_cases = cases.iter().map(|case| {
        let one = |office: &Office| Some(Laid::of(|stage| render::prepare(case, office, stage)));
        pair(case.display().to_string(), one(&sides.old.office), one(&sides.new.office))
    });
    of_samples.chain(of_cases).collect()
}

/// A document of one side.
struct Laid {
    /// As a draft, so that a fact that is missing hides no difference.
    document: Option<Document>,
    /// What forbids a final.
    errors: Findings,
}

impl Laid {
    fn of(prepare: impl Fn(Stage) -> Result<Prepared, Findings>) -> Self {
        let findings = match prepare(Stage::Final) {
            Ok(prepared) => prepared.findings,
            Err(findings) => findings,
        };
        let errors = findings.diagnostics.into_iter();
        let errors = errors.filter(|found| found.severity == Severity::Error).collect();
        Self {
            document: prepare(Stage::Draft).ok().map(|prepared| prepared.document),
            errors: Findings {
                diagnostics: errors,
                sources: findings.sources,
                ..Findings::default()
            },
        }
    }
}

fn pair(name: String, old: Option<Laid>, new: Option<Laid>) -> Pair {
    let document = |laid: &Option<Laid>| laid.as_ref().and_then(|laid| laid.document.clone());
    let outcome = match (document(&old), document(&new)) {
        (Some(old), Some(new)) => Outcome::Both(compare::changes(&old, &new)),
        (Some(_), None) => Outcome::OnlyOld,
        (None, Some(_)) => Outcome::OnlyNew,
        (None, None) => Outcome::Neither,
    };
    let errors = |laid: Option<Laid>| laid.map(|laid| laid.errors).unwrap_or_default();
    // A sample that was taken away takes its errors with it.
    let (old, new) = (errors(old), errors(new));
    Pair { name, outcome, new_errors: without(&new, &old), gone_errors: without(&old, &new) }
}

/// The errors of one side that the other does not have as often.
fn without(errors: &Findings, others: &Findings) -> Findings {
    let same = |one: &Diagnostic, other: &Diagnostic| {
        one.code == other.code && one.message == other.message
    };
    let mut others: Vec<&Diagnostic> = others.diagnostics.iter().collect();
    let mut left = Vec::new();
    for found in &errors.diagnostics {
        match others.iter().position(|other| same(found, other)) {
            Some(at) => drop(others.swap_remove(at)),
            None => left.push(found.clone()),
        }
    }
    let sources = if left.is_empty() { Sources::default() } else { errors.sources.clone() };
    Findings { diagnostics: left, sources, ..Findings::default() }
}

/// The case folders in a folder and the folders within it, in order of their paths.
fn cases_below(folder: &Path, depth: usize) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut folders: Vec<PathBuf> =
        entries.flatten().map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    let mut found = Vec::new();
    for folder in folders {
        if folder.join(case::FILE_NAME).is_file() {
            found.push(folder);
        } else if depth > 0 {
            found.extend(cases_below(&folder, depth - 1));
        }
    }
    found
}

/// Writes the page, but over no file that is not such a page.
fn write_page(file: &Path, page: &str) -> Result<(), String> {
    if let Ok(there) = std::fs::read(file)
        && !String::from_utf8_lossy(&there).contains(html::GENERATOR)
    {
        return Err(format!(
            "lỗi: {} không phải trang so sánh do chương trình ghi, nên không ghi đè\n  = gợi ý: ghi ra tên khác sau --html",
            file.display()
        ));
    }
    output::replace(file, page).map_err(|error| {
        format!(
            "lỗi: không ghi được {}: {}\n  = gợi ý: kiểm tra đường dẫn ghi sau --html",
            file.display(),
            reason(&error)
        )
    })
}
