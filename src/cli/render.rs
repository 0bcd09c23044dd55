//! `vanthu render`: cases in, files out.

use std::collections::BTreeMap;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use super::args::RenderArgs;
use super::job::{self, Done, How, Job};
use super::office::{refused, templates_of};
use super::say::{say, warn};
use super::{Exit, report};
use crate::vi::text;
use indicatif::{ProgressBar, ProgressStyle};

pub fn run(args: &RenderArgs) -> Exit {
    let root = match templates_of(args.output.root.as_deref(), &args.cases) {
        Ok(root) => root,
        Err(failure) => return refused(&failure),
    };
    super::near::tell_unused(root.as_deref(), &args.cases);
    let office = match super::office(root.as_deref()) {
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
    let how = How::new(&args.output);
    let bar = progress(jobs.len());
    let one = |job: &Job| {
        let mut done = job::run(job, &office, &how);
        if done.forbidden {
            done.warned.push_str(&text::visible(&not_written(job)));
        }
        bar.inc(1);
        done
    };
    let done = in_parallel(&jobs, workers(args.jobs), one);
    bar.finish_and_clear();
    finish(done)
}

fn jobs(args: &RenderArgs) -> Vec<Job> {
    let out = args.output.out.as_deref();
    args.cases.iter().map(|case| Job::new(case, out)).collect()
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

fn not_written(job: &Job) -> String {
    format!("{}: chưa xuất, vì còn lỗi ở trên.\n", job.case.display())
}

/// Prints in the order of the call, whatever finished first.
fn finish(done: Vec<Done>) -> Exit {
    let mut exit = Exit::Done;
    for one in done {
        warn(&one.warned);
        say(&text::visible(&one.said));
        exit = exit.max(one.exit);
    }
    exit
}
