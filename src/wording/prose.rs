//! The literal text of a template, judged without running it: emphasis, HTML, links,
//! marks of lists, headings, lines that place a table.
//!
//! A paragraph may be made of branches. Each is put together in every way in which its
//! conditions can fall out (two conditions of the same words fall out alike), and read
//! as the line grammar reads a finished text. What a tag prints is one letter that
//! means nothing; only where paragraphs of the clerk's stand is asked about it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::blocks::{self, Slip};
use super::fault::{self, Fault};
use super::inline::{self, Letter};
use super::instrument;
use super::scan::Scan;
use super::tree::{Condition, Node};
use crate::model::{begins_attached, placed_table};
use crate::vi::text::fold;

/// Most ways in which the branches of one paragraph are put together; of a paragraph
/// with more, each branch is seen, but not each with each.
const MAX_WAYS: usize = 64;

/// What a tag prints, in a line that is read.
const PRINTED: char = '\u{e003}';

/// What the literal text of a template was found to hold.
#[derive(Clone, Debug, Default)]
pub struct Prose {
    pub faults: Vec<Fault>,
    /// Headings: level, bytes.
    pub headings: Vec<(usize, Range<usize>)>,
    /// Where the tags begin that print something beside other words.
    pub beside: BTreeSet<usize>,
}

/// Judges a template.
pub fn prose(file: &str, text: &str, from: usize, scan: &Scan, nodes: &[Node]) -> Prose {
    let mut flat =
        Flat { text, breaks: instrument::breaks(text, from, scan), line: 0, ..Flat::default() };
    flat.nodes(nodes, &[]);
    flat.part();
    let mut judge = Judge { file, text, prose: Prose::default() };
    for paragraph in flat.paragraphs.iter().filter(|paragraph| !paragraph.is_empty()) {
        judge.paragraph(paragraph);
    }
    let mut prose = judge.prose;
    prose.faults.sort_by_key(|fault| fault.range.start);
    prose
}

/// A letter of the template, or a tag that prints, and the branches it stands in.
#[derive(Clone, Debug)]
struct Unit {
    c: char,
    at: usize,
    /// Whether it is a tag that prints.
    printed: bool,
    branches: Vec<(Fork, usize)>,
}

/// A choice between branches: its condition, or its place where that says too little.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fork {
    Condition(String),
    Place(usize),
}

#[derive(Default)]
struct Flat<'a> {
    text: &'a str,
    /// Whether each line of the file, by the byte at which it ends, ends a paragraph.
    breaks: Vec<(usize, bool)>,
    line: usize,
    paragraphs: Vec<Vec<Unit>>,
    open: Vec<Unit>,
    forks: usize,
}

impl Flat<'_> {
    fn part(&mut self) {
        let open = std::mem::take(&mut self.open);
        self.paragraphs.push(open);
    }

    fn push(&mut self, c: char, at: usize, printed: bool, branches: &[(Fork, usize)]) {
        self.open.push(Unit { c, at, printed, branches: branches.to_vec() });
    }

    fn nodes(&mut self, nodes: &[Node], branches: &[(Fork, usize)]) {
        for node in nodes {
            match node {
                Node::Text(range) | Node::Raw(range) => self.literal(range, branches),
                Node::Print(range, _) | Node::Call(range, _) | Node::Include(range, _) => {
                    self.printed(range, branches);
                }
                Node::If(choices) => self.choices(choices, branches),
                Node::For(repeat) => {
                    let fork = Fork::Place(self.fork());
                    let is_forked = repeat.otherwise.is_some();
                    let inner =
                        if is_forked { also(branches, &fork, 0) } else { branches.to_vec() };
                    self.nodes(&repeat.body, &inner);
                    if let Some(otherwise) = &repeat.otherwise {
                        self.nodes(otherwise, &also(branches, &fork, 1));
                    }
                }
                Node::Block(_, body) => self.nodes(body, branches),
                // The text of a component is put elsewhere.
                Node::Component(component) => {
                    self.part();
                    self.nodes(&component.body, &[]);
                    self.part();
                }
                Node::Set(..) | Node::Extends(_) | Node::Void | Node::Jump => {}
            }
        }
    }

    fn fork(&mut self) -> usize {
        self.forks += 1;
        self.forks
    }

    fn choices(&mut self, choices: &[(Option<Condition>, Vec<Node>)], branches: &[(Fork, usize)]) {
        let place = self.fork();
        let is_simple = choices.len() == 1
            || choices.len() == 2 && choices.last().is_some_and(|it| it.0.is_none());
        let fork = match choices.first() {
            Some((Some(Condition::Read(expr)), _)) if is_simple => {
                let words: Vec<&str> = self.text[expr.range.clone()].split_whitespace().collect();
                Fork::Condition(words.concat())
            }
            _ => Fork::Place(place),
        };
        for (at, (_, body)) in choices.iter().enumerate() {
            self.nodes(body, &also(branches, &fork, at));
        }
    }

    fn printed(&mut self, range: &Range<usize>, branches: &[(Fork, usize)]) {
        if self.text[range.start + 2..].starts_with('-') {
            self.trim_end();
        }
        self.push(PRINTED, range.start, true, branches);
    }

    fn trim_end(&mut self) {
        while self.open.last().is_some_and(|unit| !unit.printed && unit.c.is_whitespace()) {
            self.open.pop();
        }
    }

    fn literal(&mut self, range: &Range<usize>, branches: &[(Fork, usize)]) {
        let literal = &self.text[range.clone()];
        // `-%}` before it takes its white space away, as `{%-` after it does.
        let before = &self.text[..range.start];
        let trimmed = ["-}}", "-%}", "-#}"].iter().any(|tag| before.ends_with(tag));
        let start = if trimmed { literal.len() - literal.trim_start().len() } else { 0 };
        let trims = ["{{-", "{%-", "{#-"].iter().any(|tag| self.text[range.end..].starts_with(tag));
        let end = if trims { literal.trim_end().len().max(start) } else { literal.len() };
        for (offset, c) in literal.char_indices() {
            let at = range.start + offset;
            let kept = (start..end).contains(&offset);
            if c != '\n' {
                if kept {
                    self.push(c, at, false, branches);
                }
                continue;
            }
            while self.breaks.get(self.line).is_some_and(|(end, _)| *end < at) {
                self.line += 1;
            }
            if kept && self.breaks.get(self.line).is_some_and(|(_, parts)| *parts) {
                self.part();
            } else if kept {
                self.push('\n', at, false, branches);
            }
        }
    }
}

fn also(branches: &[(Fork, usize)], fork: &Fork, branch: usize) -> Vec<(Fork, usize)> {
    branches.iter().cloned().chain([(fork.clone(), branch)]).collect()
}

/// One way in which conditions fall out.
type Way<'a> = BTreeMap<&'a Fork, usize>;

/// Every way that makes a difference to a paragraph.
fn ways(units: &[Unit]) -> Vec<Way<'_>> {
    let mut options: BTreeMap<&Fork, BTreeSet<usize>> = BTreeMap::new();
    for unit in units {
        for (fork, branch) in &unit.branches {
            options.entry(fork).or_default().insert(*branch);
        }
    }
    for (fork, branches) in &mut options {
        // Where something stands in no branch of it, none of them may be taken.
        let is_free = units.iter().any(|unit| unit.branches.iter().all(|(own, _)| own != *fork));
        if is_free && branches.len() < 2 {
            branches.insert(branches.iter().max().map_or(0, |last| last + 1));
        }
    }
    let count = options.values().map(BTreeSet::len).try_fold(1_usize, usize::checked_mul);
    if count.is_some_and(|count| count <= MAX_WAYS) {
        let mut ways = vec![Way::new()];
        for (fork, branches) in &options {
            ways = ways
                .iter()
                .flat_map(|way| {
                    branches.iter().map(|branch| {
                        let mut way = way.clone();
                        way.insert(*fork, *branch);
                        way
                    })
                })
                .collect();
        }
        return ways;
    }
    let first: Way<'_> =
        options.iter().filter_map(|(fork, of)| Some((*fork, *of.first()?))).collect();
    let others = options.iter().flat_map(|(fork, of)| of.iter().map(|branch| (*fork, *branch)));
    let single = others.map(|(fork, branch)| {
        let mut way = first.clone();
        way.insert(fork, branch);
        way
    });
    std::iter::once(first.clone()).chain(single).collect()
}

struct Judge<'a> {
    file: &'a str,
    text: &'a str,
    prose: Prose,
}

impl Judge<'_> {
    fn paragraph(&mut self, units: &[Unit]) {
        for way in ways(units) {
            let taken: Vec<&Unit> = units
                .iter()
                .filter(|unit| unit.branches.iter().all(|(fork, at)| way.get(fork) == Some(at)))
                .collect();
            self.lines(&taken);
        }
    }

    /// Reads the lines as `blocks` does.
    fn lines(&mut self, units: &[&Unit]) {
        let mut open: Vec<&Unit> = Vec::new();
        for line in units.split(|unit| unit.c == '\n') {
            let is_space = |unit: &&&Unit| matches!(unit.c, ' ' | '\t' | '\r');
            let start = line.iter().take_while(is_space).count();
            let end = line.len() - line[start..].iter().rev().take_while(is_space).count();
            let line = &line[start..end];
            let Some(first) = line.first() else { continue };
            if line.len() > 1 {
                let printed = line.iter().filter(|unit| unit.printed);
                self.prose.beside.extend(printed.map(|unit| unit.at));
            }
            let words: String = line.iter().map(|unit| unit.c).collect();
            if let Some(level) = blocks::heading_level(&words) {
                self.words(&std::mem::take(&mut open));
                let heading = (level, first.at..first.at + level);
                if !self.prose.headings.contains(&heading) {
                    self.prose.headings.push(heading);
                }
                self.words(&line[level..]);
                continue;
            }
            if let Some(alone) = begins_attached(&words) {
                self.words(&std::mem::take(&mut open));
                if !alone {
                    let range = first.at..first.at + first.c.len_utf8();
                    self.fault(
                        fault::ATTACHED,
                        range,
                        "`[kem_theo]` không đứng riêng một dòng".to_owned(),
                        "đưa xuống một dòng riêng, không có chữ hay dấu đầu dòng bên cạnh",
                    );
                }
                continue;
            }
            if placed_table(&words).is_some_and(|key| !key.is_empty()) {
                self.words(&std::mem::take(&mut open));
                continue;
            }
            if blocks::item(&words).is_some() {
                self.words(&std::mem::take(&mut open));
            } else {
                self.foreign(&words, first.at);
            }
            self.table(&words, line);
            if !open.is_empty() {
                open.push(&SPACE);
            }
            open.extend(line);
        }
        self.words(&open);
    }

    fn fault(&mut self, code: &'static str, range: Range<usize>, message: String, hint: &str) {
        let fault = Fault::new(code, self.file, range, message).hint(hint);
        // An opening and a closing HTML tag of one line are one fault.
        let on_one_line = |known: &Fault| {
            let (a, b) = (known.range.start, fault.range.start);
            matches!(code, fault::HTML | fault::LINK)
                && !self.text[a.min(b)..a.max(b)].contains('\n')
        };
        let is_told = |known: &Fault| {
            known.code == code && (known.range.start == fault.range.start || on_one_line(known))
        };
        if !self.prose.faults.iter().any(is_told) {
            self.prose.faults.push(fault);
        }
    }

    /// A mark at the head of a line that is none of ours.
    fn foreign(&mut self, line: &str, at: usize) {
        let Some((mark, hint)) = blocks::foreign_mark(line).or_else(|| stuck_mark(line)) else {
            return;
        };
        let message = format!("“{mark}” ở đầu dòng không phải dấu đầu dòng của một mục");
        self.fault(fault::FOREIGN_MARK, at..at + mark.len(), message, hint);
    }

    /// A line that was meant to place a table: `[bang: von]`, `[bang von].`, `[bang von`.
    fn table(&mut self, line: &str, units: &[&Unit]) {
        let Some(inside) = line.strip_prefix('[') else { return };
        let (inside, after) = inside.split_once(']').unwrap_or((inside, ""));
        let inside = inside.trim_start();
        let end = inside.find([' ', ':', '_', '-', '=']).unwrap_or(inside.len());
        let (word, key) = inside.split_at(end);
        let key = key.trim_start_matches([' ', ':', '_', '-', '=']);
        let is_meant = fold(word) == "bang" && key.split_whitespace().count() <= 1;
        let (Some(first), Some(last)) = (units.first(), units.last()) else { return };
        if is_meant && after.chars().count() <= 1 {
            self.fault(
                fault::TABLE_LINE,
                first.at..last.at + last.c.len_utf8(),
                "dòng đặt bảng viết chưa đúng".to_owned(),
                "viết `[bang khoa_cua_bang]` một mình trên một dòng; dấu ngoặc thật thì viết `\\[`",
            );
        }
    }

    /// Emphasis, HTML and links of one paragraph.
    fn words(&mut self, units: &[&Unit]) {
        let letters = letters(units);
        let mut slips = Vec::new();
        inline::judge(letters, &mut slips);
        for slip in slips {
            let Some(at) = slip.mark else { continue };
            let Slip { code, message, hint, .. } = slip;
            let range = self.range_of(code, at);
            self.fault(code, range, message, &hint);
        }
    }

    /// The bytes of the mark at a place.
    fn range_of(&self, code: &'static str, at: usize) -> Range<usize> {
        let rest = &self.text[at..];
        let length = match code {
            fault::EMPHASIS => rest.len() - rest.trim_start_matches('*').len(),
            fault::HTML => {
                rest.find('>').filter(|end| !rest[..*end].contains('\n')).map_or(1, |end| end + 1)
            }
            fault::LINK => {
                rest.find(')').filter(|end| !rest[..*end].contains('\n')).map_or(2, |end| end + 1)
            }
            _ => 1,
        };
        at..at + length.max(1)
    }
}

/// What joins two lines of a paragraph.
static SPACE: Unit = Unit { c: ' ', at: 0, printed: false, branches: Vec::new() };

/// The letters without their backslashes, each with its byte for a mark.
fn letters(units: &[&Unit]) -> Vec<Letter> {
    let mut letters = Vec::with_capacity(units.len());
    let mut units = units.iter().peekable();
    while let Some(unit) = units.next() {
        let escaped = (unit.c == '\\' && !unit.printed)
            .then(|| units.next_if(|next| next.c.is_ascii_punctuation() && !next.printed))
            .flatten();
        let (c, live) = match escaped {
            Some(escaped) => (escaped.c, false),
            None if unit.printed => ('x', false),
            None => (unit.c, true),
        };
        letters.push(Letter { c, live, gap: false, mark: Some(unit.at) });
    }
    letters
}

/// A mark of a list that is written as other programs write it, or without its blank.
fn stuck_mark(line: &str) -> Option<(&str, &'static str)> {
    let (first, rest) = line.split_once([' ', '\t']).unwrap_or((line, ""));
    if !rest.is_empty() {
        let small = |mark: &str| {
            let mut letters = mark.chars();
            letters.next().is_some_and(char::is_lowercase) && letters.next().is_none()
        };
        let number = |mark: &str| {
            (1..=3).contains(&mark.len()) && mark.bytes().all(|byte| byte.is_ascii_digit())
        };
        if first.strip_suffix(')').is_some_and(number) {
            return Some((
                first,
                "mục đánh số viết “1. ”; dấu thật ở đầu dòng thì viết thêm `\\` ở trước",
            ));
        }
        if first.strip_suffix('.').is_some_and(small) {
            return Some((
                first,
                "điểm viết “a) ”; dấu thật ở đầu dòng thì viết thêm `\\` ở trước",
            ));
        }
    }
    let sign = line.chars().next()?;
    let after = line[sign.len_utf8()..].chars().next()?;
    let begins_word = after.is_alphabetic() || after == PRINTED;
    if matches!(sign, '-' | '+' | '–' | '—' | '•' | '▪' | '●' | '·') && begins_word {
        let hint =
            "dùng “- ” với một dấu cách cho dấu gạch đầu dòng; dấu thật thì viết thêm `\\` ở trước";
        return Some((&line[..sign.len_utf8()], hint));
    }
    let level = line.len() - line.trim_start_matches('#').len();
    let named = line[level..].chars().next().is_some_and(|c| c.is_alphabetic() || c == PRINTED);
    if level > 0 && named {
        return Some((
            &line[..level],
            "đề mục viết “# ” với một dấu cách; dấu thăng thật thì viết `\\#`",
        ));
    }
    None
}
