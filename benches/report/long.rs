//! Long tables, each call a process of its own: its time, how much of it the program itself
//! was at work, its peak of memory.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use vanthu::export::pdf;

use super::{Table, least, median, middle, ms, verdict};
use super::{copy, open, prepared};

/// Rows of the appendix, each twice or so as many as before; 20,000 is the most there may be.
const ROWS_DOCX: [usize; 4] = [1_000, 5_000, 10_000, 20_000];
const ROWS_PDF: [usize; 4] = [1_000, 2_500, 5_000, 10_000];

/// Of these many rows the verdicts speak.
const ROWS: usize = 10_000;

/// A DOCX of them, in MiB.
const DOCX_MIB_MOST: f64 = 200.0;

/// A PDF, in time and in memory, over what typst takes of both.
const TYPST_MOST: f64 = 1.15;

/// Twice the rows, in time and in memory: twice as much, and a tenth for the noise.
const DOUBLE_MOST: f64 = 2.2;

/// The argument with which this executable does only what is typst's.
pub const TYPST_ALONE: &str = "--typst-alone";

/// The argument with which it only asks the system for memory, in MiB.
pub const TOUCH: &str = "--touch";

/// More than any call on a table takes. A machine in a machine may have given back the
/// memory it does not use, and then the call that first asks for it again waits for it.
const LIGHT_MIB: usize = 300;
const HEAVY_MIB: usize = 5_000;

/// Prints what long tables take; returns what is said of the bounds.
pub fn tables(full: bool, scratch: &Path) -> Vec<String> {
    let runs = |count: usize| if full { count } else { 1 };
    let warm = |mib: usize| if full { mib } else { 0 };
    let docx = Call { name: "DOCX", of: |case| render(case, "docx") };
    let check = Call { name: "check", of: check };
    let pdf = Call { name: "PDF", of: |case| render(case, "pdf") };
    let alone = Call { name: "typst alone", of: typst_alone };
    let few = if full { 4 } else { 1 };
    let light = measure(&[docx, check], &ROWS_DOCX[..few], runs(11), warm(LIGHT_MIB), scratch);
    print(&light, &ROWS_DOCX[..few]);
    let heavy = measure(&[pdf, alone], &ROWS_PDF[..few], runs(5), warm(HEAVY_MIB), scratch);
    print(&heavy, &ROWS_PDF[..few]);
    if full { verdicts(&light, &heavy) } else { Vec::new() }
}

/// One of the things that are measured.
struct Call {
    name: &'static str,
    of: fn(&Path) -> Command,
}

fn vanthu() -> Command {
    Command::new(env!("CARGO_BIN_EXE_vanthu"))
}

fn render(case: &Path, format: &str) -> Command {
    let out = case.join("out");
    let _ = fs::remove_dir_all(&out);
    let mut command = vanthu();
    command.args(["render", "--format", format]).arg(case).arg("--out").arg(out);
    command
}

fn check(case: &Path) -> Command {
    let mut command = vanthu();
    command.arg("check").arg(case);
    command
}

fn typst_alone(case: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.arg(TYPST_ALONE).arg(case);
    command
}

/// What a process of [`typst_alone`] does: the pages and the bytes of the same paper.
/// Only the two calls of typst count; that the case was read before is not in its time.
pub fn alone(case: &Path) {
    let document = prepared(case, &open());
    let paper = pdf::paper(&document).unwrap();
    let meta = document.meta.clone();
    drop(document);
    let before = (Instant::now(), user("self"));
    let pages = pdf::compile(&paper).unwrap();
    let bytes = pdf::export(&paper, &pages, &meta).unwrap();
    let (wall, user) = (before.0.elapsed(), user("self") - before.1);
    assert!(!bytes.is_empty());
    println!("{} {}", wall.as_nanos(), user.as_nanos());
    // What typst does not need to do, it does not do: the system takes the memory back.
    std::process::exit(0);
}

/// Has so much memory at hand for the process that comes next.
fn warm_up(mib: usize) {
    let mut touch = Command::new(std::env::current_exe().unwrap());
    assert!(touch.arg(TOUCH).arg(mib.to_string()).status().unwrap().success());
}

/// What a process of [`TOUCH`] does.
pub fn touch(mib: &str) {
    std::hint::black_box(vec![1_u8; mib.parse::<usize>().unwrap() << 20]);
}

/// What one process took.
#[derive(Clone, Copy)]
struct Took {
    wall: Duration,
    /// Without the system's time for it, which is that of finding memory.
    user: Duration,
    mib: f64,
}

/// The runs of a call on so many rows.
struct Row {
    name: &'static str,
    rows: usize,
    runs: Vec<Took>,
}

/// Every call on every number of rows, again and again.
fn measure(
    calls: &[Call],
    sizes: &[usize],
    runs: usize,
    warm_mib: usize,
    scratch: &Path,
) -> Vec<Row> {
    let case = |rows: &usize| case(&scratch.join(format!("rows{rows}")), *rows);
    let cases: Vec<PathBuf> = sizes.iter().map(case).collect();
    let row = |call: &Call, rows: &usize| Row { name: call.name, rows: *rows, runs: Vec::new() };
    let mut measured: Vec<Row> =
        sizes.iter().flat_map(|rows| calls.iter().map(move |call| row(call, rows))).collect();
    for _ in 0..runs {
        let all = cases.iter().flat_map(|case| calls.iter().map(move |call| (call.of)(case)));
        for (command, row) in all.zip(&mut measured) {
            warm_up(warm_mib);
            row.runs.push(process(command));
        }
    }
    measured
}

/// Runs a process to its end and looks at what the system tells of it meanwhile. The
/// peak of memory only ever grows, so that the last look before the end is enough.
fn process(mut command: Command) -> Took {
    let start = Instant::now();
    let child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let process = child.id().to_string();
    let mut took = Took { wall: Duration::ZERO, user: Duration::ZERO, mib: 0.0 };
    while !is_over(&process) {
        took.mib = peak(&process).unwrap_or(took.mib);
        std::thread::sleep(Duration::from_millis(1));
    }
    took.wall = start.elapsed();
    took.user = user(&process);
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", output.status);
    // What typst takes it tells itself.
    let said = String::from_utf8_lossy(&output.stdout);
    let nanos: Vec<u64> = said.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    if let [wall, user] = nanos[..] {
        (took.wall, took.user) = (Duration::from_nanos(wall), Duration::from_nanos(user));
    }
    took
}

/// What the system tells of a process after its name: its state and then numbers.
fn stat(process: &str) -> Option<Vec<String>> {
    let text = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let (_, facts) = text.rsplit_once(") ")?;
    Some(facts.split(' ').map(ToOwned::to_owned).collect())
}

/// Whether it has ended and only waits to be looked after.
fn is_over(process: &str) -> bool {
    stat(process).is_none_or(|facts| facts[0] == "Z")
}

/// Its own time, in hundredths of a second.
fn user(process: &str) -> Duration {
    let facts = stat(process).unwrap_or_default();
    let ticks = facts.get(11).and_then(|ticks| ticks.parse().ok());
    Duration::from_millis(10 * ticks.unwrap_or(0))
}

/// The most memory it ever held, in MiB.
fn peak(process: &str) -> Option<f64> {
    let text = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix(" kB")?.parse::<f64>().ok()? / 1024.0)
}

impl Row {
    fn times(&self, of: fn(&Took) -> Duration) -> Vec<Duration> {
        self.runs.iter().map(of).collect()
    }

    fn mib(&self) -> f64 {
        self.runs.iter().map(|took| took.mib).fold(0.0, f64::max)
    }
}

fn print(rows: &[Row], sizes: &[usize]) {
    let head = ["median ms", "least ms", "user ms", "peak MiB", "rows a second"];
    let mut table = Table::new("appendix of 29 columns, one process", &head);
    for row in sizes.iter().flat_map(|size| rows.iter().filter(move |row| row.rows == *size)) {
        let walls = row.times(|took| took.wall);
        let speed = row.rows as f64 / median(&walls).as_secs_f64();
        table.row(
            &format!("{}, {} rows", row.name, row.rows),
            &[
                ms(median(&walls)),
                ms(least(&walls)),
                ms(median(&row.times(|took| took.user))),
                format!("{:.0}", row.mib()),
                format!("{speed:.0}"),
            ],
        );
    }
    table.print();
}

/// Each bound, and whether it is held.
fn verdicts(light: &[Row], heavy: &[Row]) -> Vec<String> {
    let docx = of(light, "DOCX", ROWS);
    let (whole, alone) = (of(heavy, "PDF", ROWS), of(heavy, "typst alone", ROWS));
    let mut verdicts =
        vec![verdict(&format!("DOCX of {ROWS} rows, peak"), docx.mib(), DOCX_MIB_MOST, " MiB")];
    verdicts.extend(compared(&format!("PDF ÷ typst alone, {ROWS} rows"), whole, alone, TYPST_MOST));
    verdicts.extend(doubled(light, "DOCX", &ROWS_DOCX));
    verdicts.extend(doubled(light, "check", &ROWS_DOCX));
    verdicts.extend(doubled(heavy, "PDF", &ROWS_PDF));
    verdicts.extend(doubled(heavy, "typst alone", &ROWS_PDF));
    verdicts
}

fn of<'a>(all: &'a [Row], name: &str, rows: usize) -> &'a Row {
    all.iter().find(|row| row.name == name && row.rows == rows).unwrap()
}

/// From the second number of rows on each is twice the one before.
fn doubled(all: &[Row], name: &str, sizes: &[usize]) -> Vec<String> {
    let pair = |pair: &[usize]| {
        let [less, more] = [pair[0], pair[1]].map(|rows| of(all, name, rows));
        compared(&format!("{name}, {} rows ÷ {}", pair[1], pair[0]), more, less, DOUBLE_MOST)
    };
    sizes[1..].windows(2).flat_map(pair).collect()
}

fn compared(what: &str, one: &Row, other: &Row, most: f64) -> [String; 3] {
    [
        verdict(&format!("{what}, time"), ratio(one, other, |took| took.wall), most, ""),
        verdict(&format!("{what}, user time"), ratio(one, other, |took| took.user), most, ""),
        verdict(&format!("{what}, memory"), one.mib() / other.mib(), most, ""),
    ]
}

/// How many times as long, as the median of the runs, each with its own.
fn ratio(more: &Row, less: &Row, of: fn(&Took) -> Duration) -> f64 {
    let pairs = more.runs.iter().zip(&less.runs);
    middle(pairs.map(|(more, less)| of(more).as_secs_f64() / of(less).as_secs_f64()))
}

/// The worked example with so many rows.
fn case(folder: &Path, rows: usize) -> PathBuf {
    copy(folder, without_total, |csv| long(&csv, rows))
}

/// The sum of more rows has more digits, for which the columns are set wider and the
/// letters smaller: the same rows would stand on other lines. So there is none.
fn without_total(case: String) -> String {
    case.split("    tong:\n").next().unwrap_or_default().to_owned()
}

/// The rows of group I again and again under other names, until there are so many in
/// all. Those of group II stay as they are: the wording lists them in a sentence.
fn long(csv: &str, rows: usize) -> String {
    let (head, data) = csv.split_once('\n').unwrap();
    let (repeated, kept): (Vec<&str>, Vec<&str>) =
        data.lines().partition(|line| line.starts_with("I,"));
    let mut text = format!("{head}\n");
    // Names of one width, for the same reason.
    for (line, number) in repeated.iter().cycle().zip(10_000..).take(rows - kept.len()) {
        let name = &line["I,".len()..];
        let (quote, name) = name.strip_prefix('"').map_or(("", name), |name| ("\"", name));
        writeln!(text, "I,{quote}Dự án {number}: {name}").unwrap();
    }
    text + &kept.join("\n")
}
