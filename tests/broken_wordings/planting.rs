//! Faults planted in the shipped wordings, and what the check must say of them.
//!
//! Each kind of fault is an edit of one template, made at several places of every
//! template under `templates/`. The test knows on which lines the check may speak:
//! the line of the edit, or those that the kind's rule names. It fails when none of
//! them is told, when any other line is told, and when the program panics.
//!
//! The choice of places is the same on every run: a hash of the file and the kind.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Mutex;

use vanthu::templates::{Templates, split_front_matter};

use super::check;

/// Most places of one kind of fault in one file.
const PLACES: usize = 4;
/// How many threes of faults are planted in one file.
const THREES: usize = 12;

/// One fault, planted.
#[derive(Clone, Debug)]
struct Planted {
    kind: &'static str,
    /// What takes the place of what, in bytes of the file.
    edits: Vec<(Range<usize>, String)>,
    /// Lines of the file, from 1, on which it may be told.
    lines: BTreeSet<usize>,
    /// Whether it disturbs the blocks, or what a condition makes sure of, so that a
    /// guard that is missing elsewhere cannot be judged.
    clouds: bool,
}

#[test]
fn a_fault_planted_anywhere_is_told_at_its_line_and_nothing_else_is() {
    let templates = Templates::embedded();
    let paths: Vec<String> = wordings(&templates);
    let queue = Mutex::new(paths.into_iter());
    let failures = Mutex::new(Vec::new());
    let count = Mutex::new((0, 0));
    let work = || {
        while let Some(path) = { queue.lock().unwrap().next() } {
            let (planted, threes) = plant_in(&templates, &path, &failures);
            let mut count = count.lock().unwrap();
            count.0 += planted;
            count.1 += threes;
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(work);
        work();
    });
    let (planted, threes) = count.into_inner().unwrap();
    println!("{planted} faults planted one by one, {threes} times three at once");
    let failures = failures.into_inner().unwrap();
    let shown: Vec<String> = failures.iter().take(40).cloned().collect();
    assert!(failures.is_empty(), "{} failures\n{}", failures.len(), shown.join("\n"));
    assert!(planted >= 1_000 && threes >= 100, "only {planted} and {threes}");
}

fn wordings(templates: &Templates) -> Vec<String> {
    let paths = templates.iter().map(|(path, _)| path.to_owned());
    paths.filter(|path| path.ends_with(".md")).collect()
}

fn plant_in(templates: &Templates, path: &str, failures: &Mutex<Vec<String>>) -> (usize, usize) {
    let text = templates.get(path).unwrap();
    let around = around(templates, path);
    let faults = planted(path, text);
    let mut seed = hash(path);
    let judge = |faults: &[&Planted]| {
        let spoilt = spoil(text, faults);
        if let Err(failure) = told(&around, path, &spoilt, faults) {
            let kinds: Vec<&str> = faults.iter().map(|fault| fault.kind).collect();
            failures.lock().unwrap().push(format!("{path} [{}]: {failure}", kinds.join(", ")));
        }
    };
    faults.iter().for_each(|fault| judge(&[fault]));
    let mut threes = 0;
    for _ in 0..THREES * 8 {
        let three: Vec<&Planted> =
            (0..3).filter_map(|_| faults.get(random(&mut seed, faults.len()))).collect();
        if threes < THREES && go_together(&three) {
            judge(&three);
            threes += 1;
        }
    }
    (faults.len(), threes)
}

/// The templates that a file is judged with: those that use it and what they use, and
/// their document types; no samples, which would be laid out anew for every fault.
fn around(templates: &Templates, path: &str) -> Templates {
    let mentions = |text: &str, other: &str| {
        let name = other.rsplit('/').next().unwrap_or_default().trim_end_matches(".md");
        text.contains(other) || text.contains(&format!("<{name} "))
    };
    let texts: Vec<(&str, &str)> =
        templates.iter().filter(|(path, _)| path.ends_with(".md")).collect();
    let mut kept: BTreeSet<&str> = BTreeSet::from([path]);
    for step in 0..9 {
        // What a shared file may ask for depends on all who use it.
        let users = step == 4;
        let added: Vec<&str> = texts
            .iter()
            .filter(|(other, text)| {
                kept.iter().any(|kept| match users {
                    true => kept.starts_with("chung/") && mentions(text, kept),
                    false => templates.get(kept).is_some_and(|text| mentions(text, other)),
                })
            })
            .map(|(other, _)| *other)
            .collect();
        kept.extend(added);
    }
    templates
        .iter()
        .filter(|(path, _)| match path.strip_suffix("loai.yaml") {
            Some(folder) => kept.iter().any(|kept| kept.starts_with(folder)),
            None => kept.contains(path),
        })
        .fold(Templates::default(), |set, (path, text)| set.with(path, text))
}

fn spoil(text: &str, faults: &[&Planted]) -> String {
    let mut edits: Vec<&(Range<usize>, String)> =
        faults.iter().flat_map(|fault| &fault.edits).collect();
    edits.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
    let mut spoilt = text.to_owned();
    for (range, with) in edits {
        spoilt.replace_range(range.clone(), with);
    }
    spoilt
}

/// Three faults are planted together when none can hide another: on lines of their own,
/// at most one that disturbs the blocks, and none beside it that waits for a guard.
fn go_together(three: &[&Planted]) -> bool {
    let clouds = three.iter().filter(|fault| fault.clouds).count();
    let guards = three.iter().filter(|fault| fault.kind == DROP_GUARD).count();
    let emphases = three.iter().filter(|fault| fault.kind.contains("emphasis")).count();
    let mut lines: Vec<usize> = three.iter().flat_map(|fault| fault.lines.clone()).collect();
    let count = lines.len();
    lines.sort_unstable();
    lines.dedup();
    three.len() == 3
        && lines.len() == count
        && clouds <= 1
        && emphases <= 1
        && (clouds == 0 || guards == 0)
}

/// What the check says of a spoilt file against where it should speak.
fn told(around: &Templates, path: &str, spoilt: &str, faults: &[&Planted]) -> Result<(), String> {
    let found = check(around.clone().with(path, spoilt));
    let mut lines: BTreeSet<usize> = BTreeSet::new();
    for diagnostic in &found.diagnostics {
        // The set has no samples.
        if diagnostic.code == "thieu-ho-so-mau" {
            continue;
        }
        let said = format!("{}: {}", diagnostic.code, diagnostic.message);
        let Some(place) = found.sources.find(&diagnostic.at) else { return Err(said) };
        let source = found.sources.get(place.source);
        let line = 1 + source.text[..place.range.start].matches('\n').count();
        let allowed = faults.iter().any(|fault| fault.lines.contains(&line));
        if source.name != format!("templates/{path}") || !allowed {
            let planted: Vec<_> = faults.iter().map(|fault| (&fault.lines, &fault.edits)).collect();
            return Err(format!("{}:{line}: extra {said}; planted {planted:?}", source.name));
        }
        lines.insert(line);
    }
    match faults.iter().find(|fault| fault.lines.is_disjoint(&lines)) {
        Some(silent) => {
            Err(format!("{} not told: {:?}", silent.kind, (&silent.lines, &silent.edits)))
        }
        None => Ok(()),
    }
}

fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

fn random(seed: &mut u64, below: usize) -> usize {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    usize::try_from(*seed >> 33).unwrap() % below.max(1)
}

// ---- What is planted ----

const DROP_GUARD: &str = "a guard is dropped";

/// A tag of a template, found without the program's own reader.
#[derive(Clone, Debug)]
struct Tag {
    range: Range<usize>,
    /// `{{`, `{%` or `{#`.
    opener: String,
    /// What stands between the delimiters.
    inside: Range<usize>,
    /// The first word.
    word: String,
}

struct Template<'a> {
    text: &'a str,
    from: usize,
    tags: Vec<Tag>,
    /// For each tag that opens a block: the tags of its branches and of its end.
    blocks: Vec<(usize, Vec<usize>)>,
}

impl<'a> Template<'a> {
    fn read(text: &'a str) -> Self {
        let (_, from) = split_front_matter(text);
        let mut tags = Vec::new();
        let mut at = from;
        while let Some(found) = text[at..].find('{').map(|found| at + found) {
            let opener = text.get(found..found + 2).unwrap_or_default();
            let closer = match opener {
                "{{" => "}}",
                "{%" => "%}",
                "{#" => "#}",
                _ => {
                    at = found + 1;
                    continue;
                }
            };
            // An argument of a component ends in a brace just before the tag does.
            let end = found + 2 + text[found + 2..].find(closer).unwrap() + 2;
            let inside = found + 2..end - 2;
            let word = text[inside.clone()].trim_matches(['-', ' ']);
            let word = word.split([' ', '\n']).next().unwrap().to_owned();
            tags.push(Tag { range: found..end, opener: opener.to_owned(), inside, word });
            at = end;
        }
        let mut blocks = Vec::new();
        let mut open: Vec<(usize, Vec<usize>)> = Vec::new();
        for (index, tag) in tags.iter().enumerate().filter(|(_, tag)| tag.opener == "{%") {
            match tag.word.as_str() {
                "if" | "for" | "block" | "component" => open.push((index, vec![])),
                "else" | "elif" => open.last_mut().unwrap().1.push(index),
                "endif" | "endfor" | "endblock" | "endcomponent" => {
                    let (opened, mut others) = open.pop().unwrap();
                    others.push(index);
                    blocks.push((opened, others));
                }
                _ => {}
            }
        }
        Self { text, from, tags, blocks }
    }

    fn line(&self, at: usize) -> usize {
        1 + self.text[..at].matches('\n').count()
    }

    fn lines(&self, ats: impl IntoIterator<Item = usize>) -> BTreeSet<usize> {
        ats.into_iter().map(|at| self.line(at)).collect()
    }

    /// The lines of literal text alone, outside comments: start, text.
    fn plain_lines(&self) -> Vec<(usize, &'a str)> {
        let mut at = self.from;
        let mut lines = Vec::new();
        for line in self.text[self.from..].split_inclusive('\n') {
            let range = at..at + line.len();
            at += line.len();
            let in_comment = self.tags.iter().any(|tag| {
                tag.opener == "{#" && tag.range.start < range.end && range.start < tag.range.end
            });
            let begins = line.chars().next().is_some_and(char::is_alphabetic);
            if !in_comment && begins {
                lines.push((range.start, line.trim_end()));
            }
        }
        lines
    }

    /// The opening tags of the blocks around a place, innermost first.
    fn around(&self, at: usize) -> Vec<usize> {
        let mut around: Vec<usize> = self
            .blocks
            .iter()
            .filter(|(open, others)| {
                let end = self.tags[*others.last().unwrap()].range.end;
                self.tags[*open].range.end <= at && at < end
            })
            .map(|(open, _)| *open)
            .collect();
        around.sort_by_key(|open| std::cmp::Reverse(self.tags[*open].range.start));
        around
    }
}

/// Gathers the faults of one kind and keeps some of them.
struct Planter<'a> {
    template: Template<'a>,
    path: &'a str,
    planted: Vec<Planted>,
}

impl Planter<'_> {
    fn kind(&mut self, kind: &'static str, clouds: bool, places: Vec<Place>) {
        let mut places = places;
        let mut seed = hash(&format!("{}{kind}", self.path));
        while places.len() > PLACES {
            places.remove(random(&mut seed, places.len()));
        }
        self.planted.extend(places.into_iter().map(|(edits, lines)| Planted {
            kind,
            edits,
            lines,
            clouds,
        }));
    }
}

type Place = (Vec<(Range<usize>, String)>, BTreeSet<usize>);

fn planted(path: &str, text: &str) -> Vec<Planted> {
    let mut planter = Planter { template: Template::read(text), path, planted: vec![] };
    delimiters(&mut planter);
    blocks(&mut planter);
    names(&mut planter);
    arguments(&mut planter);
    guards(&mut planter);
    kinds(&mut planter);
    prose(&mut planter);
    planter.planted
}

/// An edit that is told on its own line.
fn here(template: &Template<'_>, range: Range<usize>, with: &str) -> Place {
    let line = template.line(range.start);
    (vec![(range, with.to_owned())], BTreeSet::from([line]))
}

/// Delimiters lose a character or go whole. Told where the tag opens; a tag without
/// its opener where it closes. An end of a comment or of a print that other braces
/// follow at once is left out: what is left is another text, not this fault.
fn delimiters(planter: &mut Planter<'_>) {
    let template = &planter.template;
    let closing = |of: &str, cut: usize, whole: bool| -> Vec<Place> {
        let tags = template.tags.iter().filter(|tag| tag.opener == of);
        tags.map(|tag| {
            let start = tag.range.end - 2 + if whole { 0 } else { cut };
            let end = if whole { tag.range.end } else { start + 1 };
            let lines = template.lines([tag.range.start]);
            (vec![(start..end, String::new())], lines)
        })
        .collect()
    };
    let opening = |of: &str, length: usize| -> Vec<Place> {
        let tags = template.tags.iter().filter(|tag| tag.opener == of);
        tags.map(|tag| {
            let range = tag.range.start..tag.range.start + length;
            (vec![(range, String::new())], template.lines([tag.range.end - 2]))
        })
        .collect()
    };
    let kinds: [(&'static str, bool, Vec<Place>); 9] = [
        ("one brace of }} is missing", true, closing("{{", 0, false)),
        ("}} is missing", true, closing("{{", 0, true)),
        ("the % of %} is missing", true, closing("{%", 0, false)),
        ("the } of %} is missing", true, closing("{%", 1, false)),
        ("%} is missing", true, closing("{%", 0, true)),
        ("one brace of {{ is missing", true, opening("{{", 1)),
        ("{{ is missing", true, opening("{{", 2)),
        ("the { of {% is missing", true, opening("{%", 1)),
        ("#} is missing", true, closing("{#", 0, true)),
    ];
    let percent: Vec<Place> = template
        .tags
        .iter()
        .filter(|tag| tag.opener == "{%")
        .map(|tag| {
            let range = tag.range.start + 1..tag.range.start + 2;
            (vec![(range, String::new())], template.lines([tag.range.end - 2]))
        })
        .collect();
    for (kind, clouds, places) in kinds {
        planter.kind(kind, clouds, places);
    }
    planter.kind("the % of {% is missing", true, percent);
}

/// Blocks lose their end or their beginning, or are closed as others are.
fn blocks(planter: &mut Planter<'_>) {
    let template = &planter.template;
    let tag = |index: usize| &template.tags[index];
    let mut no_end = Vec::new();
    let mut other_end = Vec::new();
    let mut no_opening = Vec::new();
    let mut misspelt = Vec::new();
    let mut no_in = Vec::new();
    for (open, others) in &template.blocks {
        let (opened, closed) = (tag(*open), tag(*others.last().unwrap()));
        // A block around it of the same kind takes its end, so any of them may be told.
        let around = template.around(opened.range.start);
        let same = around.into_iter().filter(|at| tag(*at).word == opened.word).chain([*open]);
        let lines = template.lines(same.map(|at| tag(at).range.start));
        no_end.push((vec![(closed.range.clone(), String::new())], lines));
        let wrong = if opened.word == "if" { "{% endfor %}" } else { "{% endif %}" };
        other_end.push(here(template, closed.range.clone(), wrong));
        // Without it its end is that of the block of its kind around it, whose own end
        // is then one too many.
        let ends_of = |open: &usize| {
            let (_, others) = template.blocks.iter().find(|(opened, _)| opened == open).unwrap();
            others.clone()
        };
        let around = template.around(opened.range.start);
        let outer = around.iter().filter(|at| tag(**at).word == opened.word).flat_map(ends_of);
        let late = others.iter().copied().chain(outer);
        let mut lines = template.lines(late.map(|at| tag(at).range.start));
        // Without its `for` or its `component`, the names that it gives mean nothing.
        let body = opened.range.end..closed.range.start;
        let given: Vec<&str> = match opened.word.as_str() {
            "for" => {
                template.text[opened.inside.clone()].split_whitespace().skip(1).take(1).collect()
            }
            "component" => {
                let inside = &template.text[opened.inside.clone()];
                let inside = inside.split_once('(').unwrap().1.split(')').next().unwrap();
                inside.split([',', ' ']).collect()
            }
            _ => vec![],
        };
        for tag in template.tags.iter().filter(|tag| body.contains(&tag.range.start)) {
            let reads =
                |name: &&&str| words(&template.text[tag.inside.clone()]).any(|word| word == **name);
            if tag.opener != "{#" && given.iter().find(reads).is_some() {
                lines.extend(template.lines([tag.range.start]));
            }
        }
        // A component that is gone is missed where it is called, in other files.
        if opened.word != "component" {
            no_opening.push((vec![(opened.range.clone(), String::new())], lines));
        }
        for at in others.iter().chain([open]).filter(|_| opened.word != "component") {
            let (start, word) = (tag(*at).inside.start, &tag(*at).word);
            let start = start + template.text[start..].find(word.as_str()).unwrap();
            misspelt.push(here(template, start + word.len()..start + word.len(), "z"));
        }
        if opened.word == "for" {
            let start =
                opened.inside.start + template.text[opened.inside.clone()].find(" in ").unwrap();
            no_in.push(here(template, start..start + 3, ""));
        }
    }
    planter.kind("an end is missing", true, no_end);
    planter.kind("an end is that of another block", true, other_end);
    planter.kind("a beginning is missing", true, no_opening);
    planter.kind("a tag is misspelt", true, misspelt);
    planter.kind("in is missing", true, no_in);
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|word| !word.is_empty())
}

/// Every use of a name in a tag: where the whole path stands.
fn paths(template: &Template<'_>) -> Vec<(usize, Range<usize>)> {
    let mut found = Vec::new();
    for (index, tag) in template.tags.iter().enumerate().filter(|(_, tag)| tag.opener != "{#") {
        let inside = &template.text[tag.inside.clone()];
        let mut at = 0;
        let mut quoted = false;
        while at < inside.len() {
            let rest = &inside[at..];
            let c = rest.chars().next().unwrap();
            if c == '"' {
                quoted = !quoted;
            }
            if quoted || !(c.is_alphabetic() || c == '_') {
                at += c.len_utf8();
                continue;
            }
            let end = rest
                .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.' | '[' | ']')))
                .unwrap_or(rest.len());
            let start = tag.inside.start + at;
            found.push((index, start..start + end));
            at += end;
        }
    }
    found
}

/// Names, keys, filters, files and components that are misspelt.
fn names(planter: &mut Planter<'_>) {
    let template = &planter.template;
    let mut roots = Vec::new();
    let mut keys = Vec::new();
    for (_, range) in paths(template) {
        let path = &template.text[range.clone()];
        let Some((root, rest)) = path.split_once(['.', '[']) else { continue };
        let is_free = |key: &str| ["nhom", "tong", "cong", "bang", "dong"].contains(&key);
        roots.push(here(template, range.start..range.start + root.len(), &format!("{root}zz")));
        // Keys of groups, of tables and of columns only a case knows.
        let mut all: Vec<&str> =
            path.split(['.', '[', ']']).filter(|key| !key.is_empty()).collect();
        let last = all.pop().unwrap();
        let above = all.last().copied().unwrap_or_default();
        let in_row = row_variables(template).contains(&root.to_owned());
        if is_free(above) || in_row || last.parse::<usize>().is_ok() || rest.is_empty() {
            continue;
        }
        keys.push(here(template, range.end..range.end, "zz"));
    }
    let mut filters = Vec::new();
    let mut files = Vec::new();
    let mut components = Vec::new();
    for tag in template.tags.iter().filter(|tag| tag.opener != "{#") {
        let inside = &template.text[tag.inside.clone()];
        for (at, _) in inside.match_indices("| ") {
            let name = inside[at + 2..]
                .split(|c: char| !(c.is_alphanumeric() || c == '_'))
                .next()
                .unwrap();
            let end = tag.inside.start + at + 2 + name.len();
            filters.push(here(template, end..end, "zz"));
        }
        if matches!(tag.word.as_str(), "include" | "extends") {
            let end = tag.inside.start + inside.rfind(".md").unwrap();
            files.push(here(template, end..end, "zz"));
        }
        if let Some(name) = tag.word.strip_prefix('<').filter(|_| tag.opener == "{{") {
            let name = name.trim_end_matches("/>");
            let end = tag.inside.start + inside.find(name).unwrap() + name.len();
            components.push(here(template, end..end, "zz"));
        }
    }
    planter.kind("a name is misspelt", true, roots);
    planter.kind("a key is misspelt", true, keys);
    planter.kind("a filter is misspelt", true, filters);
    planter.kind("a file is misspelt", true, files);
    planter.kind("a component is misspelt", true, components);
}

/// Variables of loops over the rows of a table, whose keys only a case knows.
fn row_variables(template: &Template<'_>) -> Vec<String> {
    let loops = template.tags.iter().filter(|tag| tag.word == "for");
    loops
        .filter_map(|tag| {
            let inside = &template.text[tag.inside.clone()];
            let (name, of) = inside.trim().strip_prefix("for ")?.split_once(" in ")?;
            (of.contains("dong") || of.contains("bang")).then(|| name.trim().to_owned())
        })
        .collect()
}

/// Arguments that lose their quotation marks or their right name, `safe`, other signs.
fn arguments(planter: &mut Planter<'_>) {
    let template = &planter.template;
    let (mut unquoted, mut half, mut named, mut safe, mut bar, mut dot) =
        (vec![], vec![], vec![], vec![], vec![], vec![]);
    for tag in template.tags.iter().filter(|tag| tag.opener != "{#") {
        let inside = &template.text[tag.inside.clone()];
        let is_call = tag.word.starts_with('<');
        for (at, _) in inside.match_indices("=\"") {
            let start = tag.inside.start + at + 1;
            let end = start + 1 + template.text[start + 1..].find('"').unwrap() + 1;
            half.push(here(template, end - 1..end, ""));
            let both = vec![(start..start + 1, String::new()), (end - 1..end, String::new())];
            unquoted.push((both, template.lines([start])));
            if !is_call {
                named.push(here(template, start - 1..start - 1, "zz"));
            }
        }
        if tag.opener == "{{" && !is_call && !inside.contains("super()") {
            let end = tag.inside.start + inside.trim_end_matches(['-', ' ']).len();
            safe.push(here(template, end..end, " | safe"));
            bar.push(here(template, end..end, " |"));
            dot.push(here(template, end..end, " ."));
        }
    }
    planter.kind("an argument has no quotation marks", true, unquoted);
    planter.kind("a quotation mark is missing", true, half);
    planter.kind("an argument is misspelt", true, named);
    planter.kind("safe", false, safe);
    planter.kind("a bar without a filter", true, bar);
    planter.kind("a dot without a key", true, dot);
}

/// A condition on a fact that may be blank goes, with its end. Told at each line that
/// reads the fact then; where none does, or another condition still holds it, nothing
/// is wrong and nothing is planted.
fn guards(planter: &mut Planter<'_>) {
    let template = &planter.template;
    let front = &template.text[..template.from];
    let optional = |path: &str| {
        let Some(key) = path.strip_prefix("noi_dung.") else { return false };
        front.lines().any(|line| {
            line.contains(&format!("{{khoa: {key},")) && line.contains("bat_buoc: khong")
        })
    };
    let mut places = Vec::new();
    for (open, others) in &template.blocks {
        let opened = &template.tags[*open];
        let condition = template.text[opened.inside.clone()].trim().trim_start_matches("if").trim();
        if opened.word != "if" || others.len() != 1 || !optional(condition) {
            continue;
        }
        let closed = &template.tags[others[0]];
        let conditions = |at: usize| &template.text[template.tags[at].inside.clone()];
        let is_held = template.around(opened.range.start).into_iter().any(|at| {
            words(conditions(at))
                .collect::<Vec<_>>()
                .windows(2)
                .any(|pair| format!("{}.{}", pair[0], pair[1]) == condition)
        });
        let body = opened.range.end..closed.range.start;
        let readers = paths(template).into_iter().filter(|(index, range)| {
            let tag = &template.tags[*index];
            let path = &template.text[range.clone()];
            let asks = tag.word == "if" || tag.word == "elif";
            let inside = &template.text[tag.inside.clone()];
            let reads = path == condition && !asks || path.starts_with(&format!("{condition}."));
            body.contains(&range.start) && reads && !inside.contains("mac_dinh") && {
                let held = template.around(range.start).into_iter().any(|at| {
                    at != *open
                        && words(conditions(at))
                            .collect::<Vec<_>>()
                            .windows(2)
                            .any(|pair| format!("{}.{}", pair[0], pair[1]) == condition)
                });
                !held
            }
        });
        let lines = template.lines(readers.map(|(_, range)| range.start));
        if !lines.is_empty() && !is_held {
            let edits =
                vec![(opened.range.clone(), String::new()), (closed.range.clone(), String::new())];
            places.push((edits, lines));
        }
    }
    planter.kind(DROP_GUARD, false, places);
}

/// Facts used as what they are not.
fn kinds(planter: &mut Planter<'_>) {
    let template = &planter.template;
    let front = &template.text[..template.from];
    let kind_of = |path: &str| {
        let key = path.strip_prefix("noi_dung.")?;
        let line = front.lines().find(|line| line.contains(&format!("{{khoa: {key},")))?;
        Some(line.split_once("kieu: ")?.1.split([',', '}']).next()?.trim())
    };
    let (mut bare, mut as_money, mut beside, mut looped) = (vec![], vec![], vec![], vec![]);
    for tag in &template.tags {
        let inside = &template.text[tag.inside.clone()];
        if tag.opener == "{{" {
            let (path, filter) = inside.split_once('|').unwrap_or((inside, ""));
            let (path, filter) = (path.trim(), filter.trim());
            let whole = tag.inside.start..tag.inside.end;
            let first = filter.split(['(', ' ']).next().unwrap();
            if ["noi", "liet_ke", "vien_dan", "vien_dan_lai"].contains(&first)
                && !filter.contains('|')
            {
                // A parameter of a component may be anything where nobody calls it.
                let is_fact = path.contains('.') || path == "kinh_gui";
                if is_fact && !path.contains('[') {
                    bare.push(here(template, whole.clone(), &format!(" {path} ")));
                    as_money.push(here(template, whole.clone(), &format!(" {path} | tien ")));
                }
            }
            if kind_of(path) == Some("doan") && filter.is_empty() {
                beside.push(here(template, tag.range.start..tag.range.start, "Đây: "));
            }
            if kind_of(path) == Some("chu") && filter.is_empty() {
                let end = tag.inside.start + inside.trim_end().len();
                as_money.push(here(template, end..end, " | tien"));
            }
        }
        if tag.word == "for"
            && let Some(at) = inside.find("noi_dung.")
        {
            let start = tag.inside.start + at;
            let length = template.text[start..].find(' ').unwrap();
            looped.push(here(template, start..start + length, "trich_yeu"));
        }
    }
    planter.kind("a list or a citation is printed bare", false, bare);
    planter.kind("a filter on the wrong kind", false, as_money);
    planter.kind("paragraphs beside other words", false, beside);
    planter.kind("a loop over a text", true, looped);
}

/// The literal text: emphasis, HTML, links, marks of lists, headings.
fn prose(planter: &mut Planter<'_>) {
    let template = &planter.template;
    let (mut emphasis, mut html, mut link, mut bullet, mut deep, mut stuck) =
        (vec![], vec![], vec![], vec![], vec![], vec![]);
    for (start, line) in template.plain_lines() {
        let end = start + line.len();
        // A line of literal text ends or begins outside its tags.
        let is_clear =
            |at: usize| !template.tags.iter().any(|tag| tag.range.start < at && at < tag.range.end);
        if !is_clear(end) || !is_clear(start) {
            continue;
        }
        emphasis.push(here(template, start..start, "**"));
        html.push(here(template, end..end, " <b>chữ</b>"));
        link.push(here(template, end..end, " [chữ](http://vidu.vn)"));
        bullet.push(here(template, start..start, "• "));
        bullet.push(here(template, start..start, "1) "));
        stuck.push(here(template, start..start, "-"));
        deep.push(here(template, start..start, "##### "));
    }
    for (at, _) in template.text[template.from..].match_indices("\n- ") {
        let at = template.from + at + 1;
        bullet.push(here(template, at..at + 1, "*"));
        stuck.push(here(template, at + 1..at + 2, ""));
    }
    for (at, _) in template.text[template.from..].match_indices("\n# ") {
        let at = template.from + at + 1;
        deep.push(here(template, at..at, "####"));
        stuck.push(here(template, at + 1..at + 2, ""));
    }
    planter.kind("emphasis that does not close", false, emphasis);
    planter.kind("HTML", false, html);
    planter.kind("a link", false, link);
    planter.kind("a foreign mark", false, bullet);
    planter.kind("a heading that is too deep", false, deep);
    planter.kind("a mark without its blank", false, stuck);
}
