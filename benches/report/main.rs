//! What one report costs, stage by stage; `docs/benchmarks.md` keeps the figures.
//!
//! ```text
//! cargo bench --bench report
//! ```
//!
//! A run goes once through everything below, and the runs are interleaved, so that a
//! busy moment of the machine falls on all rows alike. It prints tables of Markdown and
//! never fails for a time: a slow machine is no fault of a change. A word after `--`
//! leaves out all but one part: `one`, `cold`, `many` or `long`.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench prints its figures, and has nothing to save when something else fails"
)]

mod figures;
mod long;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use vanthu::case::{self, Mode};
use vanthu::check::{self, Subject};
use vanthu::diag::Route;
use vanthu::doc::Document;
use vanthu::export::{Format, docx, pdf};
use vanthu::form::{self, Stage, Texts};
use vanthu::nd30::Preset;
use vanthu::render::{self, Office};
use vanthu::templates::Templates;
use vanthu::wording::{self, Wordings};

use figures::{Table, least, median, middle, millis, ms, verdict};

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The whole, over what typst takes of it.
const RATIO_MOST: f64 = 1.3;

/// From the start of the process to both files on disk.
const COLD_MOST: Duration = Duration::from_millis(100);

/// Reports of the throughput: a second's work and more for one thread.
const MANY: usize = 64;

fn main() {
    if let [_, mode, of] = &std::env::args().collect::<Vec<_>>()[..] {
        match mode.as_str() {
            long::TYPST_ALONE => return long::alone(Path::new(of)),
            long::TOUCH => return long::touch(of),
            _ => {}
        }
    }
    // Without `--bench` (`cargo test --benches`) all it shows is that everything runs.
    let full = std::env::args().any(|argument| argument == "--bench");
    let runs = |count: usize| if full { count } else { 1 };
    let asked: Vec<String> = std::env::args().skip(1).filter(|it| !it.starts_with('-')).collect();
    let is_asked = |part: &str| asked.is_empty() || asked.iter().any(|asked| asked == part);
    let scratch = tempfile::tempdir().unwrap();
    let before = load();
    print!("{}", machine());

    let mut verdicts = Vec::new();
    if is_asked("one") {
        let ratio = stages(runs(101));
        verdicts.push(verdict("whole ÷ typst", ratio, RATIO_MOST, ""));
    }
    if is_asked("cold") {
        let time = cold(runs(41), scratch.path());
        verdicts.push(verdict("cold process", millis(time), millis(COLD_MOST), " ms"));
    }
    if is_asked("many") {
        throughput(runs(5), scratch.path());
    }
    if is_asked("long") {
        verdicts.extend(long::tables(full, scratch.path()));
    }

    println!("\nLoad over the last minute: {before} before, {} after.", load());
    verdicts.iter().for_each(|verdict| println!("{verdict}"));
}

/// The worked example.
fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("reports/kien_giang_2022")
}

// Stages

/// In the order in which a report goes through them.
const STAGES: [&str; 11] = [
    "read the case",
    "wording",
    "form, and which wording it was",
    "check",
    "PDF: value for typst",
    "PDF: typst compile",
    "PDF: typst export",
    "PDF: drop the pages",
    "PDF: pack and seal; from here on typst's cache is emptied beside it",
    "DOCX",
    "until typst's cache is empty",
];
const TYPST: std::ops::RangeInclusive<usize> = 5..=6;

type Laps = [Duration; STAGES.len()];

/// Prints what each stage of the worked example takes, warm; returns the ratio.
fn stages(runs: usize) -> f64 {
    let bench = Bench::new();
    let office = open();
    let folder = example();
    let (expected, _) = whole(&folder, &office);
    bench.report(&folder);

    let mut laps = Vec::with_capacity(runs);
    let mut in_one_go = Vec::with_capacity(runs);
    for _ in 0..runs {
        let (files, lap) = bench.report(&folder);
        assert!(files == expected, "the stages are not what `render` does");
        laps.push(lap);
        in_one_go.push(whole(&folder, &office).1);
    }

    let sums: Vec<Duration> = laps.iter().map(|lap| lap.iter().sum()).collect();
    let of_typst = |lap: &Laps| lap[TYPST].iter().sum::<Duration>();
    let ratios =
        laps.iter().zip(&sums).map(|(lap, sum)| sum.as_secs_f64() / of_typst(lap).as_secs_f64());
    let ratio = middle(ratios);
    let mut table = Table::new("one report, warm", &["median ms", "least ms", "of the whole"]);
    let all = millis(median(&sums));
    let mut row = |name: &str, times: &[Duration]| {
        let share = 100.0 * millis(median(times)) / all;
        table.row(name, &[ms(median(times)), ms(least(times)), format!("{share:.1} %")]);
    };
    for (index, name) in STAGES.iter().enumerate() {
        row(name, &laps.iter().map(|lap| lap[index]).collect::<Vec<_>>());
    }
    row("**whole**", &sums);
    row("of it typst (compile and export)", &laps.iter().map(of_typst).collect::<Vec<_>>());
    row("the whole in one go (`render::prepare`, `render::files`)", &in_one_go);
    table.print();
    println!("\nwhole ÷ typst: {ratio:.3} (median of {runs} runs)");
    ratio
}

/// What an [`Office`] holds, within reach.
struct Bench {
    office: Office,
    wordings: Wordings,
}

impl Bench {
    fn new() -> Self {
        Self { office: open(), wordings: Wordings::new(&Templates::embedded()) }
    }

    /// `render::prepare` and `render::files` with a look at the clock after each stage.
    fn report(&self, folder: &Path) -> (Vec<Vec<u8>>, Laps) {
        let mut laps = Laps::default();
        let mut last = Instant::now();
        let mut lap = |stage: usize| {
            let now = Instant::now();
            laps[stage] = now - last;
            last = now;
        };

        let read = case::read(folder, &self.office.catalog, Mode::Final);
        let mut sources = read.sources;
        let (case, schema) = read.case.zip(read.schema).expect("the example is whole");
        lap(0);
        let body = self.wordings.body(&case, &schema, &mut sources).expect("the wording is sound");
        let appendix = |text: &str| wording::passages(text, &Route::root()).expect("plain text");
        let appendices = case.appendices.iter();
        let appendices =
            appendices.map(|it| appendix(it.text.as_deref().unwrap_or_default())).collect();
        lap(1);
        let texts = Texts { body, appendices };
        let mut document = form::document(&case, &texts, &Preset::default(), Stage::Final);
        let path = format!("{}/{}.md", case.document_type.key, case.wording);
        document.meta.properties = self.office.identity(&path);
        lap(2);
        let written = check::Texts::new(&sources, &case);
        check::check(Subject {
            case: &case,
            document: &document,
            sources: &sources,
            texts: &written,
        });
        lap(3);
        let paper = pdf::paper(&document).unwrap();
        lap(4);
        let pages = pdf::compile(&paper).unwrap();
        lap(5);
        let bytes = pdf::export(&paper, &pages, &document.meta).unwrap();
        lap(6);
        drop((pages, paper));
        lap(7);
        let files = std::thread::scope(|scope| {
            scope.spawn(pdf::forget);
            let pdf = pdf::sealed(pdf::packed(&bytes).unwrap()).unwrap();
            lap(8);
            let docx = docx::write(&document).unwrap().files.remove(0);
            lap(9);
            vec![pdf, docx]
        });
        lap(10);
        (files, laps)
    }
}

/// The same as the program does it.
fn whole(folder: &Path, office: &Office) -> (Vec<Vec<u8>>, Duration) {
    let start = Instant::now();
    let document = prepared(folder, office);
    let (files, _) = render::files(&document, &Format::ALL).unwrap();
    let elapsed = start.elapsed();
    (files.into_iter().map(|file| file.bytes).collect(), elapsed)
}

fn prepared(folder: &Path, office: &Office) -> Document {
    match render::prepare(folder, office, Stage::Final) {
        Ok(prepared) => prepared.document,
        Err(findings) => panic!("{:?}", findings.diagnostics),
    }
}

fn open() -> Office {
    Office::open(None).unwrap_or_else(|findings| panic!("{:?}", findings.diagnostics))
}

// The process

/// Prints what the program takes from its start to its end; returns it for both files.
fn cold(runs: usize, scratch: &Path) -> Duration {
    let calls: [(&str, &[&str]); 4] = [
        ("`vanthu --version`: the process alone", &["--version"]),
        ("`vanthu render … --format docx`", &["render", "--format", "docx"]),
        ("`vanthu render … --format pdf`", &["render", "--format", "pdf"]),
        ("**`vanthu render …`**", &["render"]),
    ];
    let mut times = calls.map(|_| Vec::with_capacity(runs));
    // The first one of all brings the binary into memory and does not count.
    for run in 0..=runs {
        for ((_, call), times) in calls.iter().zip(&mut times) {
            let time = process(call, &scratch.join("cold"));
            if run > 0 {
                times.push(time);
            }
        }
    }
    let mut table = Table::new("cold: one process, files on disk", &["median ms", "least ms"]);
    for ((name, _), times) in calls.iter().zip(&times) {
        table.row(name, &[ms(median(times)), ms(least(times))]);
    }
    table.print();
    median(&times[calls.len() - 1])
}

/// One call, into a new folder when it writes.
fn process(call: &[&str], out: &Path) -> Duration {
    let _ = fs::remove_dir_all(out);
    let mut command = Command::new(env!("CARGO_BIN_EXE_vanthu"));
    command.args(call).stdout(Stdio::null()).stderr(Stdio::null());
    if call[0] == "render" {
        command.arg(example()).arg("--out").arg(out);
    }
    let start = Instant::now();
    let status = command.status().unwrap();
    let elapsed = start.elapsed();
    assert!(status.success(), "{call:?}: {status}");
    elapsed
}

// Many

/// Reports a second, each of a case of its own.
fn throughput(runs: usize, scratch: &Path) {
    let office = open();
    let cases: Vec<PathBuf> = (0..MANY)
        .map(|number| {
            let other = |text: String| text.replace("Kiên Giang", &format!("Kiên Giang {number}"));
            copy(&scratch.join(format!("case{number}")), other, other)
        })
        .collect();
    let mut table = Table::new("many reports, both formats", &["ms a report", "reports a second"]);
    let threads = [1, 2];
    let mut times = threads.map(|_| Vec::with_capacity(runs));
    for _ in 0..runs {
        for (threads, times) in threads.iter().zip(&mut times) {
            times.push(all(&cases, *threads, &office));
        }
    }
    for (threads, times) in threads.iter().zip(&times) {
        let each = median(times) / u32::try_from(MANY).unwrap();
        let name = if *threads == 1 { "1 thread" } else { "2 threads" };
        table.row(name, &[ms(each), format!("{:.0}", 1.0 / each.as_secs_f64())]);
    }
    table.print();
}

/// Every case once, on plain threads as `vanthu render --jobs` does.
fn all(cases: &[PathBuf], threads: usize, office: &Office) -> Duration {
    let start = Instant::now();
    std::thread::scope(|scope| {
        for first in 0..threads {
            scope.spawn(move || {
                for case in cases.iter().skip(first).step_by(threads) {
                    whole(case, office);
                }
            });
        }
    });
    start.elapsed()
}

// Cases

/// The example's case in another folder, its two files changed.
fn copy(folder: &Path, case: impl Fn(String) -> String, csv: impl Fn(String) -> String) -> PathBuf {
    fs::create_dir_all(folder).unwrap();
    let text = |name: &str| fs::read_to_string(example().join(name)).unwrap();
    fs::write(folder.join("ho_so.yaml"), case(text("ho_so.yaml"))).unwrap();
    fs::write(folder.join("phu_luc.csv"), csv(text("phu_luc.csv"))).unwrap();
    folder.to_owned()
}

// The machine

/// What the figures depend on; a line is left out where the system does not tell it.
fn machine() -> String {
    let file = |path: &str| fs::read_to_string(path).ok();
    let processor = file("/proc/cpuinfo").and_then(|text| {
        let line = text.lines().find(|line| line.starts_with("model name"))?;
        Some(line.split_once(": ")?.1.to_owned())
    });
    let cores = std::thread::available_parallelism().ok().map(|cores| cores.to_string());
    let kernel = file("/proc/sys/kernel/osrelease");
    let rustc = Command::new("rustc").arg("--version").output().ok();
    let rustc = rustc.and_then(|output| String::from_utf8(output.stdout).ok());
    let facts =
        [("Processor", processor), ("Cores", cores), ("Kernel", kernel), ("Compiler", rustc)];
    let known = facts.iter().filter_map(|(name, fact)| Some((name, fact.as_deref()?.trim())));
    known.map(|(name, fact)| format!("{name}: {fact}\n")).collect()
}

/// Processes that wanted to run, on average over the last minute.
fn load() -> String {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().filter(|load| !load.is_empty()).unwrap_or("unknown").to_owned()
}
