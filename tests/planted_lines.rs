//! Faults planted in wordings, cases, CSV files and workbooks, each told at its own line.
//!
//! A kind of fault is a few lines put into something that is right, at several places; the
//! line on which it must be told is known by how it was put there, in files as editors on
//! Windows write them too (CRLF, byte order mark, no line feed at the end).

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test that cannot go on fails, and says how much it tried"
)]

#[path = "planted_lines/cases.rs"]
mod cases;
#[path = "planted_lines/wordings.rs"]
mod wordings;
mod workbook;

use vanthu::diag::{Diagnostic, Severity, Sources};

/// How the lines of a file end.
#[derive(Clone, Copy)]
pub enum Ends {
    Plain,
    Crlf,
    /// With a byte order mark, and nothing behind the last line.
    Marked,
}

impl Ends {
    pub const ALL: [Self; 3] = [Self::Plain, Self::Crlf, Self::Marked];

    pub fn write(self, text: &str) -> String {
        match self {
            Self::Plain => text.to_owned(),
            Self::Crlf => text.replace('\n', "\r\n"),
            Self::Marked => format!("\u{feff}{}", text.trim_end()),
        }
    }
}

/// What must be told where: the end of the file's name, then its line or cell.
pub type Place = (String, String);

/// Where the errors and warnings are told: file, line or cell.
pub fn told(found: &[Diagnostic], sources: &Sources) -> Vec<(Severity, Place)> {
    let place = |finding: &Diagnostic| match sources.find(&finding.at) {
        None => ("?".to_owned(), finding.message.clone()),
        Some(place) => {
            let source = sources.get(place.source);
            let cell = source.sheet.as_ref().and_then(|sheet| sheet.area(&place.range));
            let line = 1 + source.text[..place.range.start].matches('\n').count();
            (source.name.clone(), cell.map_or(line.to_string(), |cell| cell.to_string()))
        }
    };
    found.iter().map(|finding| (finding.severity, place(finding))).collect()
}

/// The planted fault must be told at its place, and no error anywhere else.
pub fn judge(
    kind: &str,
    expected: &Place,
    found: &[Diagnostic],
    sources: &Sources,
) -> Result<(), String> {
    let told = told(found, sources);
    let is = |place: &Place| place.0.ends_with(&expected.0) && place.1 == expected.1;
    let hits = told.iter().any(|(_, place)| is(place));
    let strays = told.iter().any(|(severity, place)| *severity == Severity::Error && !is(place));
    if hits && !strays {
        return Ok(());
    }
    let said: Vec<&str> = found.iter().map(|finding| finding.message.as_str()).collect();
    Err(format!("{kind}: wanted {expected:?}, told {told:?} {said:?}"))
}

/// At least 99 of 100 at their line.
pub fn account(count: usize, least: usize, failures: &[String]) {
    println!("{count} planted, {} not at their line", failures.len());
    assert!(count >= least, "only {count} planted");
    let shown = failures.iter().take(60).cloned().collect::<Vec<_>>().join("\n");
    assert!(failures.len() * 100 <= count, "{} of {count} failed\n{shown}", failures.len());
}
