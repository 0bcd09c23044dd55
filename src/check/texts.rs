//! What a clerk wrote, for the rules that read it as a proofreader does.
//!
//! The model holds texts as they are printed, where spaces have been put right; a slip is
//! looked for, and shown, in what stands in the file.

use std::borrow::Cow;
use std::ops::Range;

use super::{Report, Subject};
use crate::diag::place_in_words;
use crate::diag::{At, Diagnostic, Form, Place, Route, Sources, Step, TablePlaces, Written};
use crate::model::{Accepted, Case, ColumnKind, figure_marks};
use crate::vi::proof::Slip;
use crate::vi::proof::mark;

/// Every text of a case that is printed.
#[derive(Default)]
pub struct Texts<'a> {
    sources: Option<&'a Sources>,
    all: Vec<Text<'a>>,
}

/// One of them.
pub struct Text<'a> {
    whose: Whose<'a>,
    pub text: Cow<'a, str>,
    pub role: Role,
    /// Its paragraphs as the line grammar parts them, by their bytes: at blank lines and before
    /// the marks of items that it knows. A text that is no passages is one.
    pub paragraphs: Vec<Range<usize>>,
}

enum Whose<'a> {
    Value(&'a Written),
    /// A cell of a data file, by its row and its column.
    Cell(&'a TablePlaces, usize, usize),
}

/// What a text is in the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The name of something that the program numbers.
    Heading,
    /// The title of an appendix.
    Appendix,
    /// A text of a list among the facts.
    Item,
    /// A clerk's own paragraphs.
    Passages,
    /// A line above the signature.
    Post,
    Other,
}

impl<'a> Texts<'a> {
    pub fn new(sources: &'a Sources, case: &Case) -> Self {
        let values = sources.written().iter().map(|written| {
            Text::new(Whose::Value(written), without_figures(written), role(written))
        });
        let mut all: Vec<Text<'_>> = values.filter(|text| says_something(&text.text)).collect();
        for table in sources.tables() {
            for column in prose_columns(table, case) {
                cells(sources, table, column, &mut all);
            }
        }
        Self { sources: Some(sources), all }
    }

    pub fn iter(&self) -> impl Iterator<Item = &Text<'a>> {
        self.all.iter()
    }

    /// Where some words of a text stand.
    pub fn at(&self, text: &Text<'_>, words: Range<usize>) -> At {
        match &text.whose {
            Whose::Value(written) => At::words(text.route(), &written.text, words),
            Whose::Cell(..) => At::words(text.route(), &text.text, words),
        }
    }

    /// A text as it stands in its file; none of a cell.
    pub fn raw(&self, text: &Text<'_>) -> Option<&'a str> {
        let Whose::Value(written) = &text.whose else { return None };
        Some(self.sources?.text_at(&written.place))
    }

    fn in_words(&self, at: &At) -> String {
        match self.sources.and_then(|sources| Some((sources.find(at)?, sources))) {
            Some((place, sources)) => place_in_words(&place, sources),
            None => String::new(),
        }
    }
}

impl<'a> Text<'a> {
    fn new(whose: Whose<'a>, text: Cow<'a, str>, role: Role) -> Self {
        let paragraphs = match role {
            Role::Passages => parted(&text),
            _ => std::iter::once(0..text.len()).collect(),
        };
        Self { whose, text, role, paragraphs }
    }

    pub fn route(&self) -> Route {
        match &self.whose {
            Whose::Value(written) => written.route.clone(),
            Whose::Cell(table, row, column) => table.route.index(*row).key(&table.columns[*column]),
        }
    }

    /// The key that it stands under: `noi_nhan` of `noi_nhan[2]`.
    pub fn key(&self) -> &str {
        match &self.whose {
            Whose::Value(written) => last_key(&written.route),
            Whose::Cell(table, _, column) => &table.columns[*column],
        }
    }
}

/// Where the paragraphs of a clerk's passages begin and end.
fn parted(text: &str) -> Vec<Range<usize>> {
    let mut paragraphs: Vec<Range<usize>> = Vec::new();
    let mut open = false;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim();
        let range = at..at + line.trim_end().len();
        at += line.len();
        let begins = mark::item(bare).is_some_and(|(_, known)| known);
        match paragraphs.last_mut().filter(|_| open && !begins && !bare.is_empty()) {
            Some(last) => last.end = range.end,
            None if bare.is_empty() => {}
            None => paragraphs.push(range),
        }
        open = !bare.is_empty();
    }
    paragraphs
}

/// A clerk's paragraphs with a figure of as many bytes for each `{{ … }}`: what stands in
/// it is no prose, and is judged elsewhere.
fn without_figures(written: &Written) -> Cow<'_, str> {
    let marks = match written.form {
        Form::Passages if written.text.contains("{{") => figure_marks(&written.text),
        Form::Passages | Form::Line => Vec::new(),
    };
    let mut text = Cow::Borrowed(written.text.as_str());
    for mark in marks.into_iter().filter(|mark| mark.closed) {
        let figure = "0".repeat(mark.range.len());
        text.to_mut().replace_range(mark.range, &figure);
    }
    text
}

/// Figures and marks alone are no prose; where room was left they say so.
fn says_something(text: &str) -> bool {
    text.contains(|c: char| c.is_alphabetic() || matches!(c, '…' | '?' | '_'))
        || text.contains("..")
}

fn role(written: &Written) -> Role {
    let steps = written.route.steps();
    let is_in = |key: &str| matches!(steps.first(), Some(Step::Key(first)) if first == key);
    let key = last_key(&written.route);
    if written.form == Form::Passages {
        return Role::Passages;
    }
    match key {
        "tieu_de" if is_in("phu_luc") => Role::Appendix,
        "tieu_de" | "ten" if is_in("noi_dung") => Role::Heading,
        "ten" if under(steps, "nhom") => Role::Heading,
        "chuc_vu" | "ky_thay" | "thua_lenh" | "thua_uy_quyen" | "cac_dong" if is_in("nguoi_ky") => {
            Role::Post
        }
        _ if is_in("noi_dung") && steps.iter().any(|step| matches!(step, Step::Index(_))) => {
            Role::Item
        }
        _ => Role::Other,
    }
}

fn under(steps: &[Step], key: &str) -> bool {
    steps.iter().any(|step| matches!(step, Step::Key(own) if own == key))
}

fn last_key(route: &Route) -> &str {
    let keys = route.steps().iter().rev().filter_map(|step| match step {
        Step::Key(key) => Some(key.as_str()),
        Step::Index(_) => None,
    });
    keys.into_iter().next().unwrap_or_default()
}

/// The columns of a data file that hold words.
fn prose_columns(places: &TablePlaces, case: &Case) -> Vec<usize> {
    let is_its =
        |key: &str, at: usize| Route::root().key(key).index(at).key("dong") == places.route;
    let table = case.every_table().find(|(key, at, _)| is_its(key, *at));
    let Some((_, _, table)) = table else { return Vec::new() };
    let leaves = table.leaves();
    let is_prose = |key: &String| {
        let leaf = leaves.iter().find(|leaf| leaf.key == *key);
        leaf.is_some_and(|leaf| matches!(leaf.kind, ColumnKind::Text | ColumnKind::Centered))
    };
    places.columns.iter().enumerate().filter(|(_, key)| is_prose(key)).map(|(at, _)| at).collect()
}

fn cells<'a>(sources: &'a Sources, table: &'a TablePlaces, column: usize, all: &mut Vec<Text<'a>>) {
    for (row, places) in table.rows.iter().enumerate() {
        let Some(range) = places.get(column) else { continue };
        let place = Place { source: table.source, range: range.clone() };
        let raw = sources.text_at(&place);
        let text = match raw.strip_prefix('"').and_then(|raw| raw.strip_suffix('"')) {
            // A field of a CSV file in quotes.
            Some(inner) if sources.get(table.source).sheet.is_none() => {
                Cow::Owned(inner.replace("\"\"", "\""))
            }
            _ => Cow::Borrowed(raw),
        };
        if says_something(&text) {
            all.push(Text::new(Whose::Cell(table, row, column), text, Role::Other));
        }
    }
}

/// So many findings of one sort are told one by one; more are told together.
const FEW: usize = 5;

/// Most places that are listed of findings that are told together.
const LISTED: usize = 40;

/// Slips of one rule, each with its place and with words that show it.
#[derive(Default)]
pub struct Found(Vec<FoundSlip>);

/// Its place, words that show it, and what it is.
type FoundSlip = (At, String, Slip);

impl Found {
    /// A slip in a paragraph of a text that begins at the byte `from`.
    pub fn add(&mut self, subject: Subject<'_>, text: &Text<'_>, from: usize, slip: Slip) {
        let words = from + slip.range.start..from + slip.range.end;
        let shown = shown(&text.text, words.clone());
        self.0.push((subject.texts.at(text, words), shown, slip));
    }

    /// A slip whose place is known.
    pub fn add_at(&mut self, at: At, shown: &str, slip: Slip) {
        self.0.push((at, shown.to_owned(), slip));
    }

    /// What `find` finds in every paragraph.
    pub fn in_paragraphs(subject: Subject<'_>, find: impl Fn(&str) -> Vec<Slip>) -> Self {
        let mut found = Self::default();
        for text in subject.texts.iter() {
            for paragraph in &text.paragraphs {
                for slip in find(&text.text[paragraph.clone()]) {
                    found.add(subject, text, paragraph.start, slip);
                }
            }
        }
        found
    }

    /// Tells them: one by one, or, where there are many of one sort, in one finding with
    /// their number and their places. What the office has accepted is not counted among them.
    pub fn tell(self, subject: Subject<'_>, report: &mut Report<'_>) {
        let id = report.rule.id;
        let accepted = |found: &Diagnostic| is_accepted(&subject.case.accepted, id, &found.at);
        let mut sorts: Vec<(&'static str, Vec<FoundSlip>)> = Vec::new();
        for (at, shown, slip) in self.0 {
            let found = one(report, at.clone(), &shown, &slip);
            if accepted(&found) {
                report.findings.push(found);
                continue;
            }
            match sorts.iter_mut().find(|(sort, _)| *sort == slip.sort) {
                Some((_, many)) => many.push((at, shown, slip)),
                None => sorts.push((slip.sort, vec![(at, shown, slip)])),
            }
        }
        for (sort, many) in sorts {
            if many.len() <= FEW {
                for (at, shown, slip) in many {
                    let found = one(report, at, &shown, &slip);
                    report.findings.push(found);
                }
                continue;
            }
            let count = many.len();
            let mut details: Vec<String> = many
                .iter()
                .take(LISTED)
                .map(|(at, shown, _)| format!("{}: “{shown}”", subject.texts.in_words(at)))
                .collect();
            if count > LISTED {
                details.push(format!("và {} chỗ nữa", count - LISTED));
            }
            let hint = "sửa từng chỗ kể trên";
            if let Some((at, ..)) = many.into_iter().next() {
                report.add_with(at, format!("{sort}: {count} chỗ"), details, hint);
            }
        }
    }
}

fn one(report: &Report<'_>, at: At, shown: &str, slip: &Slip) -> Diagnostic {
    let fact = slip.fact.clone().unwrap_or_else(|| format!("{}: “{shown}”", slip.sort));
    Diagnostic::new(report.rule.severity, report.rule.id, at, fact).hint(slip.step.clone())
}

fn is_accepted(accepted: &[Accepted], id: &str, at: &At) -> bool {
    let (At::Words { route, .. } | At::Route(route)) = at else { return false };
    let mut own = accepted.iter().filter(|accepted| accepted.id == id).peekable();
    own.peek().is_some() && {
        let route = route.to_string();
        own.any(|accepted| accepted.at == route)
    }
}

/// Some words with what stands right beside them, on one line.
fn shown(text: &str, words: Range<usize>) -> String {
    const MOST_CHARACTERS: usize = 60;
    let is_space = |c: char| c.is_whitespace();
    let own = &text[words.clone()];
    let needs_context = !own.chars().any(char::is_alphanumeric) || own.chars().count() < 3;
    let (start, end) = match needs_context {
        true => {
            let before = text[..words.start].trim_end();
            let start = before.rfind(is_space).map_or(0, |at| at + from_len(before, at));
            let after = text[words.end..].trim_start();
            let from = text.len() - after.len();
            (start, from + after.find(is_space).unwrap_or(after.len()))
        }
        false => (words.start, words.end),
    };
    let whole = text[start..end].replace(['\n', '\t'], " ");
    let mut shown: String = whole.chars().take(MOST_CHARACTERS).collect();
    if whole.chars().nth(MOST_CHARACTERS).is_some() {
        shown.push('…');
    }
    shown
}

fn from_len(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(1, char::len_utf8)
}
