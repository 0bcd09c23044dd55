//! Wordings that mean harm: each is answered in Vietnamese, with 512 MiB of memory at most
//! and no more than ten times the processor time of a plain wording that uses up what a
//! wording may use, and no file is written.
//!
//! `tests/cases/loi_van_pha/manifest.json` lists them, its README tells the notation; the
//! same list is run under strace by `tests/conformance/hostile.py`. What is said stands in
//! `thong_bao/`; `UPDATE_EXPECT=1` writes it anew, `HOSTILE=ngoac` takes those of that name.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod program;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{LazyLock, Mutex};
use std::time::Duration;

use program::{cost, ended};
use serde::Deserialize;

/// Only ends what waits for ever; no machine is so slow that a call takes an hour.
const PATIENCE: Duration = Duration::from_secs(3600);
/// KiB.
const MEMORY: u32 = 512 << 10;
/// More than this nobody reads on a terminal, in bytes.
const MAX_SAID: usize = 64 << 10;

/// One hostile office: its files, and what is odd about the case.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Hostile {
    name: String,
    why: String,
    /// Files of the office's folder.
    #[serde(default)]
    files: BTreeMap<String, Text>,
    /// The same as hexadecimal digits.
    #[serde(default)]
    bytes: BTreeMap<String, String>,
    #[serde(default)]
    links: BTreeMap<String, String>,
    #[serde(default)]
    pipes: Vec<String>,
    #[serde(default)]
    folders: Vec<String>,
    /// Whether the wording comes without the front matter of `dau.md`.
    #[serde(default)]
    bare: bool,
    /// The fact `noi_dung.ve` of the case.
    #[serde(default)]
    fact: Option<Text>,
    /// Rows of the table.
    #[serde(default = "three")]
    rows: usize,
}

fn three() -> usize {
    3
}

/// A text; or pieces, each a text or a text and how often it stands there, where `⟨i⟩`
/// is the number of the repetition.
#[derive(Deserialize)]
#[serde(untagged)]
enum Text {
    Whole(String),
    Pieces(Vec<Piece>),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Piece {
    Once(String),
    Times(String, usize),
}

#[test]
fn every_hostile_wording_is_answered_within_its_limits() {
    let wanted = std::env::var("HOSTILE").unwrap_or_default();
    let all = all();
    let queue = Mutex::new(all.iter().filter(|one| one.name.contains(&wanted)));
    let failures = Mutex::new(Vec::new());
    let work = || {
        while let Some(one) = { queue.lock().unwrap().next() } {
            if let Err(failure) = one.judge() {
                failures.lock().unwrap().push(format!("{}, {}:\n{failure}", one.name, one.why));
            }
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(work);
        work();
    });
    let failures = failures.into_inner().unwrap();
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

/// A loop in a loop that does nothing but turn, until the fuel is used up: what a wording
/// costs at most that walks into the limit which all are meant to meet.
static PLAIN: LazyLock<f64> = LazyLock::new(|| {
    let plain: Hostile = serde_json::from_str(PLAIN_LOOPS).unwrap();
    let desk = tempfile::tempdir().unwrap();
    plain.lay_out(desk.path());
    let (code, said) = run(desk.path()).unwrap();
    assert!(code == Some(2) && said.contains("lỗi[loi-van-qua-nang]"), "{code:?} {said}");
    cost::of(desk.path())
});

const PLAIN_LOOPS: &str = r#"{
    "name": "plain", "why": "loops that turn", "rows": 2000,
    "files": {"bao_cao/noi_dung.md": "{% for a in phu_luc[0].dong %}{% for b in phu_luc[0].dong %}{% endfor %}{% endfor %}"}
}"#;

#[test]
fn the_limits_are_no_empty_words() {
    let folder = tempfile::tempdir().unwrap();
    let passes = |memory| {
        let mut command = cost::limited(folder.path(), memory);
        let quiet = command.arg("--version").stdout(Stdio::null()).stderr(Stdio::null());
        quiet.status().unwrap().success()
    };
    assert!(passes(MEMORY));
    assert!(!passes(1 << 10), "a mebibyte of memory");
    let spun = "i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done";
    let mut child = Command::new("sh");
    let script = format!("sh -c '{spun}'; times >cost");
    assert!(child.args(["-c", &script]).current_dir(folder.path()).status().unwrap().success());
    assert!(cost::of(folder.path()) > 0.0, "the cost of a child is told");
}

#[test]
fn the_list_is_long_and_every_answer_has_its_wording() {
    let all = all();
    let mut names: Vec<String> = all.iter().map(|one| format!("{}.txt", one.name)).collect();
    names.sort();
    assert!(names.len() >= 100, "only {}", names.len());
    let mut answers: Vec<String> = fs::read_dir(folder().join("thong_bao"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    answers.sort();
    assert_eq!(names, answers);
}

impl Hostile {
    fn judge(&self) -> Result<(), String> {
        let desk = tempfile::tempdir().unwrap();
        self.lay_out(desk.path());
        let (code, said) = run(desk.path())?;
        let (plain, own) = (*PLAIN, cost::of(desk.path()));
        if own > plain * cost::FACTOR {
            return Err(format!("{own:.2} s of a processor, a plain one {plain:.2} s"));
        }
        if !matches!(code, Some(1 | 2)) || said.contains("panicked") {
            return Err(format!("exit code {code:?}\n{}", head(&said)));
        }
        if said.len() > MAX_SAID {
            return Err(format!("{} bytes are said\n{}", said.len(), head(&said)));
        }
        let written = fs::read_dir(desk.path().join("ho_so")).unwrap().count();
        if written != 2 {
            return Err(format!("{written} files stand beside the case"));
        }
        let answer = folder().join("thong_bao").join(format!("{}.txt", self.name));
        let now = format!("{}\n{said}", code.unwrap_or(-1));
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(answer, now).unwrap();
            return Ok(());
        }
        let wanted = fs::read_to_string(answer).unwrap_or_default();
        if now == wanted { Ok(()) } else { Err(format!("said:\n{now}\nnot:\n{wanted}")) }
    }

    fn lay_out(&self, desk: &Path) {
        let office = desk.join("mau");
        fs::create_dir(&office).unwrap();
        for (name, text) in &self.files {
            let is_wording = name == "bao_cao/noi_dung.md" && !self.bare;
            let front = if is_wording { read("dau.md") } else { String::new() };
            write(&office.join(name), (front + &text.whole()).as_bytes());
        }
        for (name, digits) in &self.bytes {
            let byte = |at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap();
            let bytes: Vec<u8> = (0..digits.len()).step_by(2).map(byte).collect();
            write(&office.join(name), &bytes);
        }
        for (name, target) in &self.links {
            fs::create_dir_all(office.join(name).parent().unwrap()).unwrap();
            std::os::unix::fs::symlink(target, office.join(name)).unwrap();
        }
        for name in &self.pipes {
            fs::create_dir_all(office.join(name).parent().unwrap()).unwrap();
            assert!(Command::new("mkfifo").arg(office.join(name)).status().unwrap().success());
        }
        for name in &self.folders {
            fs::create_dir_all(office.join(name)).unwrap();
        }
        write(&desk.join("ngoai.md"), b"Not of this office.\n");
        let fact = self.fact.as_ref().map_or("kết quả công tác (phụ lục)".to_owned(), Text::whole);
        let case = read("ho_so.yaml").replace("«ve»", &format!("\"{fact}\""));
        write(&desk.join("ho_so/ho_so.yaml"), case.as_bytes());
        let rows = "Hồ sơ công việc\n".repeat(self.rows);
        write(&desk.join("ho_so/bang.csv"), format!("ten\n{rows}").as_bytes());
    }
}

impl Text {
    fn whole(&self) -> String {
        match self {
            Self::Whole(text) => text.clone(),
            Self::Pieces(pieces) => pieces.iter().map(Piece::whole).collect(),
        }
    }
}

impl Piece {
    fn whole(&self) -> String {
        match self {
            Self::Once(text) => text.clone(),
            Self::Times(text, times) => {
                (0..*times).map(|turn| text.replace("⟨i⟩", &turn.to_string())).collect()
            }
        }
    }
}

/// Exit code, nothing after a signal; then all that is said.
fn run(desk: &Path) -> Result<(Option<i32>, String), String> {
    let stream = |name| Stdio::from(fs::File::create(desk.join(name)).unwrap());
    let mut child = cost::limited(desk, MEMORY)
        .args(["render", "ho_so", "--root", "mau"])
        .stdin(Stdio::null())
        .stdout(stream("out"))
        .stderr(stream("err"))
        .spawn()
        .unwrap();
    let Some(status) = ended(&mut child, PATIENCE) else {
        return Err("it waits and does not end".to_owned());
    };
    let text = |name| String::from_utf8_lossy(&fs::read(desk.join(name)).unwrap()).into_owned();
    Ok((status.code(), text("err") + &text("out")))
}

fn head(text: &str) -> String {
    text.chars().take(1000).collect()
}

fn all() -> Vec<Hostile> {
    serde_json::from_str(&read("manifest.json")).unwrap()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/loi_van_pha")
}

fn read(name: &str) -> String {
    fs::read_to_string(folder().join(name)).unwrap()
}

fn write(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}
