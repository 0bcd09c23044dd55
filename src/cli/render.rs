//! `vanthu render`: cases in, files out.

use std::collections::BTreeMap;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use super::args::RenderArgs;
use super::output::Refused;
use super::say::{say, warn};
use super::{Exit, output, report};
use crate::export::{Format, pdf};
use crate::form::Stage;
use crate::render::{self, Office};
use crate::vi::number;
use indicatif::{ProgressBar, ProgressStyle};

/// A PDF of more rows in one volume than this takes gigabytes of memory.
const WARN_ROWS: usize = 5_000;

pub fn run(args: &RenderArgs) -> Exit {
    let office = match super::office(args.root.as_deref()) {
        Ok(office) => office,
        Err(findings) => {
            warn(&report::text(&findings, &std::io::stderr()));
            return Exit::Unusable;
        }
    };
    let jobs = jobs(args);
    if let Some(clash) = clash(&jobs) {
        warnln!("{clash}");
        return Exit::Unusable;
    }
    let formats = formats(args);
    let stage = if args.draft { Stage::Draft } else { Stage::Final };
    let bar = progress(jobs.len());
    let one = |job: &Job| {
        let done = one(job, &office, &formats, stage, args.force);
        bar.inc(1);
        done
    };
    let done = in_parallel(&jobs, workers(args.jobs), one);
    bar.finish_and_clear();
    finish(done)
}

/// One case to render: where it is, where its files go, what they are called.
struct Job {
    case: PathBuf,
    folder: PathBuf,
    name: String,
}

/// What became of one case.
struct Done {
    exit: Exit,
    /// For the clerk who waits for the result.
    said: String,
    /// Findings and refusals.
    warned: String,
}

fn jobs(args: &RenderArgs) -> Vec<Job> {
    let job = |case: &PathBuf| Job {
        case: case.clone(),
        folder: args.out.clone().unwrap_or_else(|| home(case)),
        name: name(case),
    };
    args.cases.iter().map(job).collect()
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

/// Two cases that would write the same files.
fn clash(jobs: &[Job]) -> Option<String> {
    let mut seen: BTreeMap<PathBuf, &Path> = BTreeMap::new();
    jobs.iter().find_map(|job| {
        let target = job.folder.join(&job.name);
        let first = seen.insert(target.clone(), &job.case)?;
        Some(format!(
            "lỗi: {} và {} cùng ghi ra {}.*\n  = gợi ý: đổi tên một hồ sơ, hoặc xuất riêng từng hồ sơ",
            first.display(),
            job.case.display(),
            target.display()
        ))
    })
}

fn formats(args: &RenderArgs) -> Vec<Format> {
    let mut formats: Vec<Format> = args.format.iter().copied().map(Format::from).collect();
    formats.sort_unstable();
    formats.dedup();
    formats
}

/// How many cases at once: as asked, else as many as the machine has cores.
fn workers(jobs: Option<u16>) -> usize {
    jobs.map_or_else(|| std::thread::available_parallelism().map_or(1, usize::from), usize::from)
}

/// Runs the work on plain threads and gives the results in the order of the jobs.
/// Not on a pool of rayon's: typst uses that pool inside, and a thread that waits in
/// it would begin another whole document (measured: ten times the memory).
fn in_parallel<J: Sync, D: Send>(
    jobs: &[J],
    workers: usize,
    one: impl Fn(&J) -> D + Sync,
) -> Vec<D> {
    let queue = Mutex::new(jobs.iter().enumerate());
    let done: Mutex<Vec<(usize, D)>> = Mutex::new(Vec::with_capacity(jobs.len()));
    let take = || queue.lock().map_or(None, |mut queue| queue.next());
    let work = || {
        while let Some((position, job)) = take() {
            let result = one(job);
            if let Ok(mut done) = done.lock() {
                done.push((position, result));
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..workers.min(jobs.len()) {
            scope.spawn(work);
        }
        work();
    });
    let mut done = done.into_inner().unwrap_or_default();
    done.sort_by_key(|(position, _)| *position);
    done.into_iter().map(|(_, result)| result).collect()
}

/// A bar on a terminal when there is something to wait for; nothing elsewhere.
fn progress(cases: usize) -> ProgressBar {
    if cases < 2 || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} hồ sơ, còn {eta}")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(cases as u64).with_style(style)
}

fn one(job: &Job, office: &Office, formats: &[Format], stage: Stage, force: bool) -> Done {
    let prepared = match render::prepare(&job.case, office, stage) {
        Ok(prepared) => prepared,
        Err(findings) => {
            let mut warned = report::text(&findings, &std::io::stderr());
            warned.push_str(&not_written(job));
            return Done { exit: Exit::Unusable, said: String::new(), warned };
        }
    };
    let mut warned = report::text(&prepared.findings, &std::io::stderr());
    if prepared.findings.has_errors() {
        warned.push_str(&not_written(job));
        return Done { exit: Exit::Found, said: String::new(), warned };
    }
    let mut formats = formats.to_vec();
    let mut exit = Exit::Done;
    let rows = prepared.document.row_count();
    if formats.contains(&Format::Pdf) && rows > WARN_ROWS {
        warned.push_str(&long_table(rows));
        if rows > pdf::MAX_ROWS {
            // A DOCX has no such bound; Word lays out its pages.
            formats.retain(|format| *format != Format::Pdf);
            exit = Exit::Found;
        }
    }
    if formats.is_empty() {
        warned.push_str(&not_written(job));
        return Done { exit, said: String::new(), warned };
    }
    match files(job, &prepared, &formats, stage, force) {
        Ok(said) => Done { exit, said, warned },
        Err(problem) => {
            // A file that must not be overwritten is a finding; a place that cannot be
            // written to is a call that cannot be used.
            let exit = match problem.downcast_ref::<Refused>() {
                Some(Refused::Edited(_) | Refused::Foreign(_)) => Exit::Found,
                Some(Refused::Disk(..)) | None => Exit::Unusable,
            };
            warned.push_str(&format!("lỗi: {problem:#}\n"));
            Done { exit, said: String::new(), warned }
        }
    }
}

fn not_written(job: &Job) -> String {
    format!("{}: chưa xuất, vì còn lỗi ở trên.\n", job.case.display())
}

/// What is said of a volume with more rows than [`WARN_ROWS`].
fn long_table(rows: usize) -> String {
    let written = number::format(rows.into());
    let what = if rows > pdf::MAX_ROWS {
        let most = number::format(pdf::MAX_ROWS.into());
        format!(
            "lỗi: bảng có {written} dòng, bản PDF nhiều nhất {most} dòng một tệp, nên chưa xuất PDF"
        )
    } else {
        let gigabytes = (rows * 45).div_ceil(100_000);
        format!(
            "cảnh báo: bảng có {written} dòng; bản PDF cần khoảng {gigabytes} GB bộ nhớ và có thể mất vài phút"
        )
    };
    format!(
        "{what}\n  = gợi ý: ghi `chia_tap: 5.000` ở phụ lục để bản PDF ra thành nhiều tệp nhỏ hơn\n"
    )
}

fn files(
    job: &Job,
    prepared: &render::Prepared,
    formats: &[Format],
    stage: Stage,
    force: bool,
) -> anyhow::Result<String> {
    let (files, layout) = render::files(&prepared.document, formats)?;
    let paths = output::write(&job.folder, &job.name, &files, force)?;
    let pages = layout.map(|layout| format!(" ({} trang)", layout.pages)).unwrap_or_default();
    let listed: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
    let draft = if stage == Stage::Draft { " bản DỰ THẢO" } else { "" };
    Ok(format!("Đã xuất{draft} {}{pages}\n", listed.join(", ")))
}

/// Prints in the order of the call, whatever finished first.
fn finish(done: Vec<Done>) -> Exit {
    let mut exit = Exit::Done;
    for one in done {
        warn(&one.warned);
        say(&one.said);
        exit = exit.max(one.exit);
    }
    exit
}
