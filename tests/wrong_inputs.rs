//! What a clerk can do wrong, and what the program answers: `tests/cases/sai/*.txt`.
//!
//! Each file is text in, text out: the files of a case folder, the call, the exit code
//! and every word that is printed. `tests/cases/sai/README.md` tells the notation.
//! `UPDATE_EXPECT=1 cargo test --test wrong_inputs` writes code and words anew.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test that cannot go on fails"
)]

mod program;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::time::Duration;

use program::{edited_by_hand, ended};

/// Only ends what waits for ever; no machine is so slow that a call takes an hour. What each
/// may cost is bounded where files mean harm (`hostile_tables`, `hostile_wordings`).
const PATIENCE: Duration = Duration::from_secs(3600);

#[test]
fn every_wrong_input_is_answered_as_its_file_says() {
    let queue = Mutex::new(inputs().into_iter());
    let failures = Mutex::new(Vec::new());
    let work = || {
        while let Some(path) = { queue.lock().unwrap().next() } {
            if let Err(failure) = Input::read(&path).and_then(|input| input.judge()) {
                failures.lock().unwrap().push(format!("{}\n{failure}", path.display()));
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

#[test]
fn what_the_wrong_inputs_are_made_from_is_right() {
    for name in good_cases() {
        let folder = tempfile::tempdir().unwrap();
        copy(&sai().join("_tot").join(&name), &folder.path().join("ho_so"));
        let ran = run("check ho_so", folder.path()).unwrap();
        assert_eq!(
            (ran.code, ran.said.as_str()),
            (0, "ho_so: 0 lỗi, 0 cảnh báo, 0 thông tin\n"),
            "{name}"
        );
    }
}

#[test]
fn the_table_is_long_and_speaks_vietnamese() {
    // Names that the clerk meets in other programs stay as they are there.
    const ENGLISH: &[&str] = &[
        "error",
        "expected",
        "invalid",
        "found",
        "failed",
        "unknown",
        "missing",
        "line ",
        "column",
        "No such",
        "denied",
        "directory",
        "None",
        "Some(",
        "Err(",
        "must",
        "while",
        "did not",
    ];
    // Not in Vietnamese yet: the reason why an office's file cannot be read.
    let inputs: Vec<Input> = inputs().iter().map(|path| Input::read(path).unwrap()).collect();
    assert!(inputs.len() >= 75, "only {} wrong inputs", inputs.len());
    let mut wrong = String::new();
    for input in &inputs {
        let name = input.path.file_name().unwrap().to_string_lossy();
        let is_english = |word: &str| input.expected_said.contains(word);
        for word in ENGLISH.iter().filter(|word| is_english(word)) {
            let _ = writeln!(wrong, "{name}: `{word}` is no Vietnamese");
        }
        if !matches!(input.expected_code, 1 | 2) {
            let _ = writeln!(wrong, "{name}: exit code {}", input.expected_code);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

// ---- One file of the table ----

struct Input {
    path: PathBuf,
    /// The file up to the expectation, as it stands.
    given: String,
    sections: Vec<Section>,
    expected_code: i32,
    expected_said: String,
}

/// `== name (flag, flag)` and the lines under it.
struct Section {
    name: String,
    flags: Vec<String>,
    text: String,
}

impl Input {
    fn read(path: &Path) -> Result<Self, String> {
        let whole = fs::read_to_string(path).unwrap();
        let at = whole.find("\n== mã thoát\n").map_or(whole.len(), |at| at + 1);
        let (given, expected) = whole.split_at(at);
        let title: Vec<&str> = given.lines().take_while(|line| line.starts_with("# ")).collect();
        if title.len() != 2 {
            return Err("begins with two comment lines, Vietnamese and English".to_owned());
        }
        let mut given = given.trim_end().to_owned();
        given.push('\n');
        let expected = sections(expected);
        let text = |name: &str| {
            let section = expected.iter().find(|section| section.name == name);
            section.map(|section| section.text.clone()).unwrap_or_default()
        };
        Ok(Self {
            path: path.to_owned(),
            sections: sections(&given),
            given,
            expected_code: text("mã thoát").trim().parse().unwrap_or(-1),
            expected_said: text("thông báo"),
        })
    }

    /// Runs the call in a fresh folder and compares everything.
    fn judge(&self) -> Result<(), String> {
        let folder = tempfile::tempdir().unwrap();
        if !self.lay_out(folder.path())? {
            return Ok(());
        }
        let before = contents(folder.path());
        let ran = run(&self.command()?, folder.path())?;
        if contents(folder.path()) != before {
            return Err(format!("the folder was changed:\n{}", ran.said));
        }
        if ran.said.contains("panicked") || !matches!(ran.code, 1 | 2) {
            return Err(format!("exit code {}\n{}", ran.code, ran.said));
        }
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            let whole =
                format!("{}== mã thoát\n{}\n== thông báo\n{}", self.given, ran.code, ran.said);
            fs::write(&self.path, whole).unwrap();
            return Ok(());
        }
        if ran.code != self.expected_code {
            return Err(format!("exit code {}, not {}", ran.code, self.expected_code));
        }
        difference(&self.expected_said, &ran.said).map_or(Ok(()), Err)
    }

    fn command(&self) -> Result<String, String> {
        let section = self.sections.iter().find(|section| section.name == "lệnh");
        section.map(|section| section.text.trim().to_owned()).ok_or("no section `lệnh`".to_owned())
    }

    /// Writes the folder; `false` where this system cannot have such a folder.
    fn lay_out(&self, folder: &Path) -> Result<bool, String> {
        for section in &self.sections {
            let (kind, of) = section.name.split_once(' ').unwrap_or((&section.name, ""));
            let path = folder.join(of);
            match (kind, of) {
                ("lệnh", "") => {}
                ("như", name) => copy(&sai().join("_tot").join(name), &folder.join("ho_so")),
                ("thay", "") => replace(&folder.join("ho_so/ho_so.yaml"), &section.text)?,
                ("thay", _) => replace(&path, &section.text)?,
                ("xuất", "trước") => {
                    let ran = run(section.text.trim(), folder)?;
                    if ran.code != 0 {
                        return Err(format!("the render before failed:\n{}", ran.said));
                    }
                }
                ("xóa", _) => fs::remove_file(&path).unwrap(),
                ("thư", _) => {
                    let name = section.name.strip_prefix("thư mục ").unwrap_or_default();
                    fs::create_dir_all(folder.join(name)).unwrap();
                }
                ("sửa", _) => {
                    let name = section.name.strip_prefix("sửa tay ").unwrap_or_default();
                    edit_by_hand(&folder.join(name), &section.text)?;
                }
                ("nối", _) => {
                    let name = section.name.strip_prefix("nối vào ").unwrap_or_default();
                    let mut bytes = fs::read(folder.join(name)).unwrap();
                    bytes.extend_from_slice(section.text.as_bytes());
                    fs::write(folder.join(name), bytes).unwrap();
                }
                ("liên", _) => {
                    let name = section.name.strip_prefix("liên kết ").unwrap_or_default();
                    if !link(section.text.trim(), &folder.join(name)) {
                        return Ok(false);
                    }
                }
                _ => write(&folder.join(&section.name), &section.bytes()?),
            }
        }
        Ok(true)
    }
}

fn sections(text: &str) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for line in text.lines() {
        if let Some(head) = line.strip_prefix("== ") {
            let (name, flags) = match head.split_once(" (") {
                Some((name, flags)) => (name, flags.trim_end_matches(')')),
                None => (head, ""),
            };
            sections.push(Section {
                name: name.trim().to_owned(),
                flags: flags.split(", ").filter(|flag| !flag.is_empty()).map(Into::into).collect(),
                text: String::new(),
            });
        } else if let Some(section) = sections.last_mut() {
            section.text.push_str(line);
            section.text.push('\n');
        }
    }
    sections
}

impl Section {
    /// The text as the bytes that its flags ask for.
    fn bytes(&self) -> Result<Vec<u8>, String> {
        let mut text = repeated(&self.text);
        let mut encode: fn(&str) -> Vec<u8> = |text| text.as_bytes().to_vec();
        for flag in &self.flags {
            match flag.as_str() {
                "escape" => text = unescaped(&text),
                "crlf" => text = text.replace('\n', "\r\n"),
                "bom" => text.insert(0, '\u{feff}'),
                "trống" => text.clear(),
                "latin1" => {
                    encode = |text| text.chars().map(|c| u8::try_from(c).unwrap_or(b'?')).collect();
                }
                "utf16" => {
                    encode = |text| {
                        let units = text.encode_utf16().flat_map(u16::to_le_bytes);
                        [0xff, 0xfe].into_iter().chain(units).collect()
                    };
                }
                other => return Err(format!("no flag `{other}`")),
            }
        }
        Ok(encode(&text))
    }
}

/// `⟪ab×3⟫` → `ababab`.
fn repeated(text: &str) -> String {
    let Some((before, rest)) = text.split_once('⟪') else { return text.to_owned() };
    let (inner, after) = rest.split_once('⟫').unwrap();
    let (unit, times) = inner.rsplit_once('×').unwrap();
    format!("{before}{}{}", unit.repeat(times.trim().parse().unwrap()), repeated(after))
}

/// `\n`, `\t`, `\\` and `\u{200b}`.
fn unescaped(text: &str) -> String {
    let Some((before, rest)) = text.split_once('\\') else { return text.to_owned() };
    let (c, after) = match rest.chars().next() {
        Some('n') => ('\n', &rest[1..]),
        Some('t') => ('\t', &rest[1..]),
        Some('u') => {
            let (code, after) =
                rest.strip_prefix("u{").and_then(|rest| rest.split_once('}')).unwrap();
            (char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap(), after)
        }
        _ => ('\\', rest.strip_prefix('\\').unwrap_or(rest)),
    };
    format!("{before}{c}{}", unescaped(after))
}

/// Replaces `old → new`, line by line; the old must stand there exactly once.
fn replace(path: &Path, changes: &str) -> Result<(), String> {
    let text = fs::read_to_string(path).map_err(|_| format!("no {}", path.display()))?;
    fs::write(path, replaced(text, changes)?).unwrap();
    Ok(())
}

fn replaced(mut text: String, changes: &str) -> Result<String, String> {
    for change in changes.lines().filter(|line| !line.is_empty()) {
        let (old, new) = change.split_once(" →").ok_or(format!("no arrow in `{change}`"))?;
        let (old, new) = (unescaped(old), unescaped(new.strip_prefix(' ').unwrap_or(new)));
        let count = text.matches(&old).count();
        if count != 1 {
            return Err(format!("`{old}` stands there {count} times"));
        }
        text = text.replace(&old, &repeated(&new));
    }
    Ok(text)
}

/// As Word leaves a DOCX: the same parts, some words changed.
fn edit_by_hand(path: &Path, changes: &str) -> Result<(), String> {
    let edited = edited_by_hand(&fs::read(path).unwrap(), |text| replaced(text, changes))?;
    fs::write(path, edited).unwrap();
    Ok(())
}

#[cfg(unix)]
fn link(target: &str, path: &Path) -> bool {
    std::os::unix::fs::symlink(target, path).unwrap();
    true
}

/// On Windows a link needs rights that a clerk does not have.
#[cfg(not(unix))]
fn link(_: &str, _: &Path) -> bool {
    false
}

// ---- Running ----

struct Ran {
    code: i32,
    /// What went to stderr, then what went to stdout.
    said: String,
}

/// Runs the program in a folder; the words of the call are parted by blanks.
fn run(command: &str, folder: &Path) -> Result<Ran, String> {
    let aside = tempfile::tempdir().unwrap();
    let stream = |name| Stdio::from(fs::File::create(aside.path().join(name)).unwrap());
    let mut child = Command::new(env!("CARGO_BIN_EXE_vanthu"))
        .args(command.split_whitespace())
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(stream("out"))
        .stderr(stream("err"))
        .spawn()
        .unwrap();
    let Some(status) = ended(&mut child, PATIENCE) else {
        return Err(format!("`{command}` takes longer than {PATIENCE:?}"));
    };
    let text = |name| fs::read_to_string(aside.path().join(name)).unwrap();
    let said =
        format!("{}{}", text("err"), text("out")).replace(folder.to_str().unwrap(), "[thư mục]");
    Ok(Ran { code: status.code().unwrap_or(-1), said })
}

/// Every path under a folder, with the bytes of a file.
fn contents(folder: &Path) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let is_folder = fs::symlink_metadata(&path).unwrap().is_dir();
        if is_folder {
            found.extend(contents(&path));
        }
        let bytes = if is_folder { None } else { fs::read(&path).ok() };
        found.insert(path, bytes);
    }
    found
}

/// The lines that differ, between the same lines before and after; nothing when none do.
fn difference(expected: &str, actual: &str) -> Option<String> {
    if expected == actual {
        return None;
    }
    let (old, new): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), actual.lines().collect());
    let same = |pairs: &mut dyn Iterator<Item = (&&str, &&str)>| {
        pairs.take_while(|(old, new)| old == new).count()
    };
    let head = same(&mut old.iter().zip(&new));
    let rest = (&old[head..], &new[head..]);
    let tail = same(&mut rest.0.iter().rev().zip(rest.1.iter().rev()));
    let mut shown = String::from("(-) expected, (+) printed; UPDATE_EXPECT=1 writes it anew\n");
    let mut lines = |sign: char, lines: &[&str]| {
        for line in lines {
            let _ = writeln!(shown, "{sign} {line}");
        }
    };
    lines(' ', &old[..head]);
    lines('-', &rest.0[..rest.0.len() - tail]);
    lines('+', &rest.1[..rest.1.len() - tail]);
    lines(' ', &old[old.len() - tail..]);
    Some(shown)
}

// ---- Files ----

fn sai() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/sai")
}

/// The table, in order of its names; `WRONG_INPUT=csv` takes those that hold `csv`.
fn inputs() -> Vec<PathBuf> {
    let wanted = std::env::var("WRONG_INPUT").unwrap_or_default();
    let mut paths: Vec<PathBuf> = fs::read_dir(sai())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .filter(|path| path.to_str().unwrap().contains(&wanted))
        .collect();
    paths.sort();
    paths
}

fn good_cases() -> Vec<String> {
    let folders = fs::read_dir(sai().join("_tot")).unwrap();
    folders.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

fn write(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let from = entry.unwrap().path();
        write(&to.join(from.file_name().unwrap()), &fs::read(&from).unwrap());
    }
}
