//! A draft never fails for a fact that is missing: each key of every sample is taken away
//! in turn, and set to blank, and the document still comes, with a gap where it is printed.
//!
//! The document is made in this process, without its PDF, but for one case in fifty.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::fs;
use std::io::Read as _;
use std::iter::Peekable;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use saphyr_parser::{Event, Parser};
use vanthu::export::Format;
use vanthu::form::Stage;
use vanthu::render::{self, Findings, Office};

/// Every so many of the changed cases is written in both formats.
const WHOLE_EVERY: usize = 50;

#[test]
fn a_draft_comes_whatever_key_is_missing() {
    let offices: Vec<(PathBuf, Office)> =
        samples().into_iter().map(|sample| (sample.clone(), office_of(&sample))).collect();
    let mut work = Vec::new();
    for (sample, office) in &offices {
        let text = fs::read_to_string(sample).unwrap();
        for change in changes(&text) {
            work.push((sample, office, change));
        }
    }
    assert!(work.len() > 1_000, "only {} changes", work.len());
    let queue = Mutex::new(work.iter().enumerate());
    let failures = Mutex::new(Vec::new());
    let run = || {
        let folder = tempfile::tempdir().unwrap();
        while let Some((number, (sample, office, change))) = { queue.lock().unwrap().next() } {
            let whole = number % WHOLE_EVERY == 0;
            if let Err(failure) = judge(sample, change, office, folder.path(), whole) {
                let name = sample.strip_prefix(root()).unwrap().display();
                failures.lock().unwrap().push(format!("{name}: {}: {failure}", change.what));
            }
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(run);
        run();
    });
    let mut failures = failures.into_inner().unwrap();
    failures.sort();
    assert!(failures.is_empty(), "{} of {}\n{}", failures.len(), work.len(), failures.join("\n"));
}

#[test]
fn what_the_changes_are_made_from_says_what_the_sample_says() {
    for sample in samples() {
        let office = office_of(&sample);
        let folder = tempfile::tempdir().unwrap();
        lay_out(&sample, &Tree::read(&fs::read_to_string(&sample).unwrap()).yaml(), folder.path());
        let ours = render::prepare(&folder.path().join("ho_so.yaml"), &office, Stage::Draft);
        let theirs = render::prepare(&sample, &office, Stage::Draft);
        let (ours, theirs) = (ours.ok().unwrap(), theirs.ok().unwrap());
        assert_eq!(format!("{:?}", ours.document), format!("{:?}", theirs.document));
    }
}

/// The program's own templates, with those that the sample brings laid over them.
fn office_of(sample: &Path) -> Office {
    let own = sample.with_file_name("templates");
    Office::open(own.is_dir().then_some(own.as_path())).ok().unwrap()
}

/// Required and yet printed nowhere: which findings are accepted, the direction of the
/// letter, the name by which a column or a table is called, where the rows of a table come
/// from. A row without cells and a table without columns have no place for a gap.
const NOT_PRINTED: &[&str] = &["chap_nhan", "huong", "khoa", "dong", "cot", "dong_tu_tep", "bang"];

/// One sample with one key taken away or blank.
struct Change {
    what: String,
    /// The keys that lead there, without the places in lists.
    keys: Vec<String>,
    text: String,
}

fn judge(
    sample: &Path,
    change: &Change,
    office: &Office,
    folder: &Path,
    whole: bool,
) -> Result<(), String> {
    lay_out(sample, &change.text, folder);
    let case = folder.join("ho_so.yaml");
    let prepared = match render::prepare(&case, office, Stage::Draft) {
        Ok(prepared) => prepared,
        Err(_) if may_refuse(change) => return Ok(()),
        Err(findings) => {
            let first: Vec<String> = findings
                .diagnostics
                .iter()
                .map(|found| format!("{}: {}", found.code, found.message))
                .collect();
            return Err(first.join(" | "));
        }
    };
    if prepared.findings.has_errors() {
        return Err("an error forbids the draft".to_owned());
    }
    let formats: &[Format] = if whole { &[Format::Pdf, Format::Docx] } else { &[Format::Docx] };
    let (files, _) =
        render::files(&prepared.document, formats).map_err(|error| error.to_string())?;
    if files.iter().any(|file| file.bytes.is_empty()) {
        return Err("an empty file".to_owned());
    }
    let docx = &files.last().unwrap().bytes;
    if says(docx, "\u{e010}") || says(docx, "\u{e011}") {
        return Err("a mark of a gap stands in the document".to_owned());
    }
    let is_required = match render::prepare(&case, office, Stage::Final) {
        Ok(prepared) => asks_for(&prepared.findings, change),
        Err(findings) => asks_for(&findings, change),
    };
    if is_required && !says(docx, "[thiếu: ") && is_printed(sample, change, office) {
        return Err("no gap in the document".to_owned());
    }
    Ok(())
}

/// The name of the agency within a sentence is asked of every case; not every wording says it.
fn is_printed(sample: &Path, change: &Change, office: &Office) -> bool {
    if change.keys.last().is_none_or(|key| key != "ten_trong_cau") {
        return true;
    }
    let whole = render::prepare(sample, office, Stage::Draft).ok().unwrap();
    format!("{:?}", whole.document.sections).contains(&whole.case.organ.short_name)
}

/// Whether a final misses this very key.
fn asks_for(findings: &Findings, change: &Change) -> bool {
    findings.diagnostics.iter().any(|found| found.code == "thieu")
        && !change.keys.iter().any(|key| NOT_PRINTED.contains(&key.as_str()))
}

fn says(docx: &[u8], words: &str) -> bool {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(docx)).unwrap();
    // The foot of the first page is a part of its own.
    let parts: Vec<String> = zip
        .file_names()
        .filter(|name| ["word/document", "word/footer"].iter().any(|begin| name.starts_with(begin)))
        .map(ToOwned::to_owned)
        .collect();
    parts.iter().any(|part| {
        let mut text = String::new();
        zip.by_name(part).unwrap().read_to_string(&mut text).unwrap();
        // A heading and the name of an agency stand in capitals.
        text.to_lowercase().contains(words)
    })
}

fn lay_out(sample: &Path, text: &str, folder: &Path) {
    for entry in fs::read_dir(sample.parent().unwrap()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "csv" || ending == "xlsx") {
            fs::copy(&path, folder.join(path.file_name().unwrap())).unwrap();
        }
    }
    fs::write(folder.join("ho_so.yaml"), text).unwrap();
}

/// A case as a tree of texts.
#[derive(Clone)]
enum Tree {
    Text(String),
    List(Vec<Tree>),
    Record(Vec<(String, Tree)>),
    Blank,
}

impl Tree {
    fn read(yaml: &str) -> Self {
        let mut events = Parser::new_from_str(yaml).map(|event| event.unwrap().0).peekable();
        while !matches!(events.next().unwrap(), Event::DocumentStart(_)) {}
        node(&mut events)
    }

    fn yaml(&self) -> String {
        let mut out = String::new();
        self.write(0, &mut out);
        out
    }

    fn write(&self, indent: usize, out: &mut String) {
        let spaces = " ".repeat(indent);
        match self {
            Self::Text(_) | Self::Blank => {}
            Self::List(items) => {
                for item in items {
                    out.push_str(&format!("{spaces}-"));
                    item.write_value(indent, out);
                }
            }
            Self::Record(fields) => {
                for (key, value) in fields {
                    out.push_str(&format!("{spaces}{key}:"));
                    value.write_value(indent, out);
                }
            }
        }
    }

    fn write_value(&self, indent: usize, out: &mut String) {
        match self {
            Self::Text(text) => out.push_str(&format!(" {}\n", serde_json::json!(text))),
            Self::Blank => out.push('\n'),
            Self::List(items) if items.is_empty() => out.push_str(" []\n"),
            Self::Record(fields) if fields.is_empty() => out.push_str(" {}\n"),
            Self::List(_) | Self::Record(_) => {
                out.push('\n');
                self.write(indent + 2, out);
            }
        }
    }

    /// Every place below, each as the position of the child at every level.
    fn places(&self) -> Vec<Vec<usize>> {
        let children: Vec<&Self> = match self {
            Self::Text(_) | Self::Blank => vec![],
            Self::List(items) => items.iter().collect(),
            Self::Record(fields) => fields.iter().map(|(_, value)| value).collect(),
        };
        let mut places = Vec::new();
        for (at, child) in children.into_iter().enumerate() {
            places.push(vec![at]);
            places.extend(child.places().into_iter().map(|below| [vec![at], below].concat()));
        }
        places
    }

    /// The keys on the way to a place, `[2]` for the third of a list.
    fn keys(&self, place: &[usize]) -> Vec<String> {
        let Some((&at, below)) = place.split_first() else { return vec![] };
        let (key, child) = match self {
            Self::Text(_) | Self::Blank => panic!("a place below a text"),
            Self::List(items) => (format!("[{at}]"), &items[at]),
            Self::Record(fields) => (fields[at].0.clone(), &fields[at].1),
        };
        [vec![key], child.keys(below)].concat()
    }

    fn remove(&mut self, place: &[usize]) {
        match (self, place) {
            (Self::List(items), [at]) => drop(items.remove(*at)),
            (Self::Record(fields), [at]) => drop(fields.remove(*at)),
            (Self::List(items), [at, below @ ..]) => items[*at].remove(below),
            (Self::Record(fields), [at, below @ ..]) => fields[*at].1.remove(below),
            _ => panic!("no such place"),
        }
    }

    fn blank(&mut self, place: &[usize]) {
        match (self, place) {
            (tree, []) => *tree = Self::Blank,
            (Self::List(items), [at, below @ ..]) => items[*at].blank(below),
            (Self::Record(fields), [at, below @ ..]) => fields[*at].1.blank(below),
            _ => panic!("no such place"),
        }
    }
}

fn node<'a>(events: &mut Peekable<impl Iterator<Item = Event<'a>>>) -> Tree {
    match events.next().unwrap() {
        Event::Scalar(text, ..) => Tree::Text(text.into_owned()),
        Event::SequenceStart(..) => {
            let mut items = Vec::new();
            while !matches!(events.peek().unwrap(), Event::SequenceEnd) {
                items.push(node(events));
            }
            events.next();
            Tree::List(items)
        }
        Event::MappingStart(..) => {
            let mut fields = Vec::new();
            while !matches!(events.peek().unwrap(), Event::MappingEnd) {
                let Tree::Text(key) = node(events) else { panic!("a key is a text") };
                fields.push((key, node(events)));
            }
            events.next();
            Tree::Record(fields)
        }
        other => panic!("{other:?}"),
    }
}

fn changes(yaml: &str) -> Vec<Change> {
    let tree = Tree::read(yaml);
    let mut changes = Vec::new();
    for place in tree.places() {
        let keys = tree.keys(&place);
        let (mut without, mut blank) = (tree.clone(), tree.clone());
        without.remove(&place);
        blank.blank(&place);
        let path = keys.join(".").replace(".[", "[");
        for (how, tree) in [("without", without), ("blank", blank)] {
            changes.push(Change {
                what: format!("{how} {path}"),
                keys: keys.clone(),
                text: tree.yaml(),
            });
        }
    }
    changes
}

/// Without these the case contradicts itself, and the clerk must see it in a draft too:
///
/// * `loai`: nothing can be laid out;
/// * `mau`: the facts of the case are those of another wording;
/// * `nguoi_ky.ky_thay`: a deputy signs with nobody's authority;
/// * `dong[].nhom`: a row that is in no group is in no sum either;
/// * the plan of a table (its columns, groups, and where its rows come from): rows, sums
///   and checks name parts that are no more there, and figures would stand under a wrong head.
fn may_refuse(change: &Change) -> bool {
    const PLAN: &[&str] = &["cot", "nhom", "dong_tu_tep", "kiem_tra"];
    let keys: Vec<&str> = change.keys.iter().map(String::as_str).collect();
    match keys[..] {
        ["loai" | "mau"] | ["nguoi_ky", "ky_thay"] => true,
        ["phu_luc" | "bang", _, "dong", _, "nhom"] => true,
        ["phu_luc" | "bang", _, key, ..] => PLAN.contains(&key),
        _ => false,
    }
}

/// Every `*.yaml` case that the project shows.
fn samples() -> Vec<PathBuf> {
    let mut found = Vec::new();
    for kind in fs::read_dir(root().join("templates")).unwrap() {
        let kind = kind.unwrap().path();
        if kind.is_dir() {
            found.extend(fs::read_dir(kind).unwrap().map(|entry| entry.unwrap().path()).filter(
                |path| {
                    let name = path.file_name().unwrap().to_str().unwrap();
                    name.starts_with("ho_so_mau") && name.ends_with(".yaml")
                },
            ));
        }
    }
    for folder in ["tests/cases/samples", "reports"] {
        let cases = fs::read_dir(root().join(folder)).unwrap();
        found.extend(cases.map(|entry| entry.unwrap().path().join("ho_so.yaml")));
    }
    found.retain(|path| path.is_file());
    found.sort();
    found
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
