//! One case from disk to its files: what `render` does once and `watch` again and again.

use std::path::{Path, PathBuf};

use super::args::OutputArgs;
use super::output::Refused;
use super::{Exit, issue, output, report};
use crate::diag::{Diagnostic, Severity};
use crate::export::{Format, pdf};
use crate::form::Stage;
use crate::render::{self, Findings, Incomplete, Office, Prepared, guard};
use crate::vi::{number, text};

/// A PDF that takes more memory than this is told of before it is made, in bytes.
const WARN_MEMORY: usize = 1_000_000_000;

/// One case to render: where it is, where its files go, what they are called.
pub struct Job {
    pub case: PathBuf,
    pub folder: PathBuf,
    pub name: String,
}

/// How a case is to be rendered.
pub struct How {
    formats: Vec<Format>,
    pub stage: Stage,
    force: bool,
}

/// What became of one case.
pub struct Done {
    pub exit: Exit,
    /// For the clerk who waits for the result; nothing when no file was written.
    pub said: String,
    /// Findings and refusals.
    pub warned: String,
    /// Whether findings forbade the files.
    pub forbidden: bool,
}

impl Job {
    /// The job of a case, its files beside it or where they are asked for.
    pub fn new(case: &Path, out: Option<&Path>) -> Self {
        let folder = out.map_or_else(|| home(case), Path::to_owned);
        Self { case: case.to_owned(), folder, name: name(case) }
    }
}

impl How {
    pub fn new(args: &OutputArgs) -> Self {
        let mut formats: Vec<Format> = args.format.iter().copied().map(Format::from).collect();
        formats.sort_unstable();
        formats.dedup();
        let stage = if args.draft { Stage::Draft } else { Stage::Final };
        Self { formats, stage, force: args.force }
    }
}

/// The folder of a case.
fn home(case: &Path) -> PathBuf {
    if case.is_dir() {
        return case.to_owned();
    }
    match case.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// The name of a case: its folder's, or its file's when that is not `ho_so.yaml`.
fn name(case: &Path) -> String {
    let own_file =
        !case.is_dir() && case.file_name().is_some_and(|name| name != crate::case::FILE_NAME);
    let named = if own_file {
        case.file_stem().map(ToOwned::to_owned)
    } else {
        let folder = home(case);
        // `.` has a name only once it is resolved.
        let folder = folder.canonicalize().unwrap_or(folder);
        folder.file_name().map(ToOwned::to_owned)
    };
    named.map_or_else(|| "van_ban".to_owned(), |name| name.to_string_lossy().into_owned())
}

/// Reads a case and writes its files.
pub fn run(job: &Job, office: &Office, how: &How) -> Done {
    if let Some(standing) = issue::standing(&job.case) {
        let (said, warned) = (String::new(), text::visible(&standing).into_owned());
        return Done { exit: Exit::Found, said, warned, forbidden: false };
    }
    write(job, render::prepare(&job.case, office, how.stage), how)
}

/// Writes the files of a case that was read, if nothing forbids it.
pub fn write(job: &Job, prepared: Result<Prepared, Findings>, how: &How) -> Done {
    let forbidden = |exit, warned| Done { exit, said: String::new(), warned, forbidden: true };
    let prepared = match prepared {
        Ok(prepared) => prepared,
        Err(findings) => {
            return forbidden(Exit::Unusable, report::text(&findings, &std::io::stderr()));
        }
    };
    let mut warned = report::text(&prepared.findings, &std::io::stderr());
    if prepared.findings.has_errors() {
        return forbidden(Exit::Found, warned);
    }
    let mut formats = how.formats.clone();
    let mut exit = Exit::Done;
    let rows = prepared.document.row_count();
    let is_too_long = rows > pdf::MAX_ROWS;
    let memory = pdf::memory(&prepared.document);
    if formats.contains(&Format::Pdf) && (is_too_long || memory > WARN_MEMORY) {
        let volume = pdf::rows_of_a_volume(&prepared.document);
        warned.push_str(&long_table(rows, memory, volume));
        if is_too_long {
            // A DOCX has no such bound; Word lays out its pages.
            formats.retain(|format| *format != Format::Pdf);
            exit = Exit::Found;
        }
    }
    if formats.is_empty() {
        return forbidden(exit, warned);
    }
    match files(job, &prepared, &formats, how) {
        Ok((said, lost)) => {
            warned.push_str(&lost.map(|lost| found_late(lost, &prepared)).unwrap_or_default());
            Done { exit, said, warned, forbidden: false }
        }
        Err(problem) => {
            if let Some(Incomplete(lost)) = problem.downcast_ref() {
                warned.push_str(&found_late(lost.clone(), &prepared));
                return forbidden(Exit::Found, warned);
            }
            // A file that must not be overwritten is a finding; a place that cannot be
            // written to is a call that cannot be used.
            let exit = match problem.downcast_ref::<Refused>() {
                Some(Refused::Edited(_) | Refused::Foreign(_)) => Exit::Found,
                Some(Refused::Disk(..)) | None => Exit::Unusable,
            };
            warned.push_str(&text::visible(&told(&job.case, &problem)));
            Done { exit, said: String::new(), warned, forbidden: false }
        }
    }
}

/// Why the files were not written. Of many cases in one command it is said of which.
fn told(case: &Path, problem: &anyhow::Error) -> String {
    if problem.is::<Refused>() {
        return format!("lỗi: {problem:#}\n");
    }
    let file = crate::case::file(case);
    let step = match problem.is::<guard::Panicked>() {
        true => format!("  = gợi ý: {}\n", guard::STEP),
        false => String::new(),
    };
    format!("lỗi: {}: {problem:#}\n{step}", file.display())
}

/// What is said of a volume of so many rows that takes so many bytes, and how many rows one
/// should have.
fn long_table(rows: usize, memory: usize, volume: usize) -> String {
    let count = |count: usize| number::format(count.into());
    let what = if rows > pdf::MAX_ROWS {
        let (rows, most) = (count(rows), count(pdf::MAX_ROWS));
        format!(
            "lỗi: bảng có {rows} dòng, bản PDF nhiều nhất {most} dòng một tệp, nên chưa xuất PDF"
        )
    } else {
        let tenths = memory.div_ceil(100_000_000);
        let gigabytes = format!("{},{}", tenths / 10, tenths % 10);
        format!("cảnh báo: bảng có {} dòng; bản PDF cần khoảng {gigabytes} GB bộ nhớ", count(rows))
    };
    let volume = count(volume);
    format!(
        "{what}\n  = gợi ý: ghi `chia_tap: {volume}` ở phụ lục để bản PDF ra thành nhiều tệp, mỗi tệp cần không quá 0,5 GB bộ nhớ\n"
    )
}

/// A finding that came after the others.
fn found_late(found: Diagnostic, prepared: &Prepared) -> String {
    let sources = prepared.findings.sources.clone();
    let findings = Findings { diagnostics: vec![found], sources, ..Findings::default() };
    report::text(&findings, &std::io::stderr())
}

/// Writes the files; gives what is said of them, and of a draft what they lack.
fn files(
    job: &Job,
    prepared: &Prepared,
    formats: &[Format],
    how: &How,
) -> anyhow::Result<(String, Option<Diagnostic>)> {
    let (files, layout, lost) = match how.stage {
        Stage::Draft => render::draft_files(&prepared.document, formats)?,
        Stage::Final => {
            let (files, layout) = render::files(&prepared.document, formats)?;
            (files, layout, None)
        }
    };
    let lost = lost.map(|lost| Diagnostic { severity: Severity::Warning, ..lost });
    let paths = output::write(&job.folder, &job.name, &files, how.force)?;
    let pages = layout.map(|layout| format!(" ({} trang)", layout.pages)).unwrap_or_default();
    let listed: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
    let draft = if how.stage == Stage::Draft { " bản DỰ THẢO" } else { "" };
    Ok((format!("Đã xuất{draft} {}{pages}\n", listed.join(", ")), lost))
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    #[test]
    fn the_memory_that_is_told_is_measured_and_the_volumes_are_even() {
        expect![["cảnh báo: bảng có 5.009 dòng; bản PDF cần khoảng 1,7 GB bộ nhớ\n  = gợi ý: ghi `chia_tap: 1.300` ở phụ lục để bản PDF ra thành nhiều tệp, mỗi tệp cần không quá 0,5 GB bộ nhớ\n"]]
            .assert_eq(&long_table(5_009, 1_630_000_000, 1_300));
        expect![["lỗi: bảng có 20.001 dòng, bản PDF nhiều nhất 20.000 dòng một tệp, nên chưa xuất PDF\n  = gợi ý: ghi `chia_tap: 6.700` ở phụ lục để bản PDF ra thành nhiều tệp, mỗi tệp cần không quá 0,5 GB bộ nhớ\n"]]
            .assert_eq(&long_table(20_001, 1_200_000_000, 6_700));
    }
}
