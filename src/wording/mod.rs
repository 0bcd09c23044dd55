//! Lời văn: from a case and the clerk's templates to the body of the document.
//!
//! ```text
//! template ──lex, scan──▶ tree ──prose, judge──▶ faults   (all at once, before anything runs)
//!     └──instrument──▶ Tera ◀──context── Case
//!                        │ filters, fuel
//!                        ▼
//!                      text ──blocks, inline, numbering──▶ Body
//! ```
//!
//! *Invariants*: nothing here can place anything on the page; a fact is printed as the
//! words it is, whatever marks it holds ([`context::escape`]); an amount is never an
//! f64; a rendering is bounded in steps and in bytes and reads no clock and no file.

mod blocks;
mod context;
mod expr;
mod fault;
mod filters;
mod front;
mod fuel;
mod inline;
mod instrument;
mod judge;
mod kinds;
mod letters;
mod lex;
mod links;
mod lint;
mod numbering;
mod own;
mod proofread;
mod prose;
mod running;
mod scan;
#[cfg(test)]
mod tests;
mod translate;
mod tree;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::OnceLock;

use tera::Tera;

use crate::diag::{At, Diagnostic, Route, Severity, SourceId, Sources};
use crate::doc::body::{Body, Kind};
use crate::model::{Case, WordingSchema};
use crate::templates::{Templates, split_front_matter};
use crate::vi::text::nfc;
use blocks::Slip;
use context::{NAMES, Passages};
pub use fault::LOCKED;
use fault::{Fault, guess_or_list};
pub use filters::{FILTERS, Filter};
use instrument::{Instrumented, mark_index};
use kinds::Given;
use lex::{Piece, Tag};
pub use lint::{Checked, Declared, Facts, Serves};
use numbering::Mark;
use prose::Prose;
pub use running::{Seen, begin as running, in_progress, step as run_step};
use scan::{Role, Scan};
use tree::{Component, Node};

/// Marks of the heading levels where a wording declares none.
const DEFAULT_NUMBERING: [&str; 3] = ["I.", "1.", "a)"];
/// How deep templates may include or extend one another.
const MAX_DEPTH: usize = 16;

/// Every filter a wording may use, for the guide.
pub fn filters() -> &'static [Filter] {
    FILTERS
}

/// The code and the explanation of every fault, for `vanthu explain`.
pub fn faults() -> &'static [(&'static str, &'static str)] {
    fault::EXPLANATIONS
}

/// The body of one case. Many cases are better served by one [`Wordings`].
///
/// # Errors
/// Every fault found in the wording and in the clerk's own paragraphs.
pub fn body(
    case: &Case,
    schema: &WordingSchema,
    templates: &Templates,
    sources: &mut Sources,
) -> Result<Body, Vec<Diagnostic>> {
    Wordings::new(templates).body(case, schema, sources)
}

/// Paragraphs in the small markup without headings, their figures filled in.
///
/// # Errors
/// What is wrong with the text, reported at its route.
pub fn passages(text: &str, route: &Route) -> Result<Body, Vec<Diagnostic>> {
    let (body, slips) = blocks::passages(text, &route.to_string());
    if slips.is_empty() {
        return Ok(body);
    }
    Err(slips.into_iter().map(|slip| at_route(slip, route.clone())).collect())
}

/// The texts of the appendices of a case: paragraphs in the small markup without headings.
/// `draft`: what their figures read of a table that is not there is a gap.
///
/// # Errors
/// What is wrong with the texts, each reported at its route.
pub fn appendix_texts(
    case: &Case,
    schema: &WordingSchema,
    draft: bool,
) -> Result<Vec<Body>, Vec<Diagnostic>> {
    let route = |at: usize| Route::root().key("phu_luc").index(at).key("doan").to_string();
    let texts = case.appendices.iter().map(|appendix| appendix.text.clone().unwrap_or_default());
    let mut own: Vec<Passages> =
        texts.enumerate().map(|(at, text)| Passages { route: route(at), text }).collect();
    let mut found = own::fill(&mut own, case, schema, draft);
    let mut bodies = Vec::with_capacity(own.len());
    for Passages { route, text } in &own {
        match passages(text, &Route::parse(route).unwrap_or_default()) {
            Ok(body) => bodies.push(body),
            Err(slips) => found.extend(slips),
        }
    }
    if found.is_empty() { Ok(bodies) } else { Err(found) }
}

fn at_route(slip: Slip, route: Route) -> Diagnostic {
    Diagnostic::error(slip.code, At::Line(route, slip.line), slip.message).hint(slip.hint)
}

/// Of a draft, the paths of keys at which a gap stands when nothing does; nothing of a final.
type Gaps<'a> = Option<&'a [&'a [String]]>;

/// All wordings of a template folder, compiled once and used by many threads.
pub struct Wordings {
    files: BTreeMap<String, File>,
    tera: Tera,
    /// Where each marked line is: number of its file, byte.
    marks: Vec<(usize, usize)>,
    /// The paths of the files by their number.
    paths: Vec<String>,
}

/// What a run found: faults of templates, and of the clerk's own paragraphs.
type Broken = (Vec<Fault>, Vec<Diagnostic>);

/// A template file, read.
struct File {
    /// Below `templates/`.
    path: String,
    /// Where its front matter ends.
    from: usize,
    /// What is looked at only when somebody uses the file.
    tree: OnceLock<Vec<Node>>,
    prose: OnceLock<Prose>,
    /// The name by which the clerk finds it.
    name: String,
    text: String,
    scan: Scan,
    instrumented: Instrumented,
    faults: Vec<Fault>,
}

impl Wordings {
    /// Reads and compiles every `.md` template; faulty ones are reported when they are used.
    pub fn new(templates: &Templates) -> Self {
        let _running = running::begin("trong thư mục mẫu");
        let mut wordings =
            Self { files: BTreeMap::new(), tera: Tera::default(), marks: vec![], paths: vec![] };
        let texts = templates.iter().filter(|(path, _)| path.ends_with(".md"));
        for (number, (path, text)) in texts.enumerate() {
            running::step();
            let name = templates.shown_name(path);
            let file = read(path, name, &nfc(text), number, &mut wordings.marks);
            wordings.paths.push(path.to_owned());
            wordings.files.insert(path.to_owned(), file);
        }
        wordings.check_names();
        links::check(&mut wordings.files);
        wordings.compile();
        wordings
    }

    /// The body of a case.
    ///
    /// # Errors
    /// Every fault found in the wording and in the clerk's own paragraphs; those of a
    /// template point into its file, which is added to the sources.
    pub fn body(
        &self,
        case: &Case,
        schema: &WordingSchema,
        sources: &mut Sources,
    ) -> Result<Body, Vec<Diagnostic>> {
        self.body_with(case, schema, sources, None)
    }

    fn body_with(
        &self,
        case: &Case,
        schema: &WordingSchema,
        sources: &mut Sources,
        gaps: Gaps<'_>,
    ) -> Result<Body, Vec<Diagnostic>> {
        let path = format!("{}/{}.md", case.document_type.key, case.wording);
        if !self.files.contains_key(&path) {
            return Err(vec![self.no_wording(case, &path)]);
        }
        let declared = |key: &&String| schema.fields.iter().any(|field| field.key == **key);
        let others: Vec<&str> =
            case.content.keys().filter(|key| !declared(key)).map(String::as_str).collect();
        let given = Given {
            schema: Some(schema),
            others: &others,
            serves: Serves::of(&case.document_type),
        };
        let faults = self.refusing(&path, given);
        // What only shows in the words of this case is told with the rest.
        let runs = self.faults_of(&path).is_empty();
        let ran = if runs { self.run(&path, case, schema, gaps) } else { Ok(Body::default()) };
        match ran {
            Ok(body) if faults.is_empty() => Ok(body),
            Ok(_) => Err(self.diagnostics(faults, sources)),
            Err(found) => Err(self.together(&path, faults, found, sources)),
        }
    }

    /// The body of a draft: what the wording reads of a table that is not there is a gap.
    ///
    /// # Errors
    /// As [`Self::body`].
    pub fn draft_body(
        &self,
        case: &Case,
        schema: &WordingSchema,
        sources: &mut Sources,
    ) -> Result<Body, Vec<Diagnostic>> {
        let path = format!("{}/{}.md", case.document_type.key, case.wording);
        let files = self.closure(&path).into_iter().filter_map(|path| self.files.get(path));
        let files: Vec<&File> = files.collect();
        let asked: Vec<&[String]> = files.iter().flat_map(|file| file.asked()).collect();
        let is_asked = |keys: &[String]| asked.iter().any(|asked| keys.starts_with(asked));
        let read = files.iter().flat_map(|file| file.read());
        let tables: Vec<&[String]> = read
            .filter(|keys| matches!(keys[0].as_str(), "phu_luc" | "bang") && !is_asked(keys))
            .collect();
        self.body_with(case, schema, sources, Some(&tables))
    }

    /// What warns of the text of a wording, though it can be worded.
    pub fn warnings(&self, path: &str, sources: &mut Sources) -> Vec<Diagnostic> {
        let files = self.closure(path).into_iter().filter_map(|path| self.files.get(path));
        let mut faults: Vec<Fault> = files.flat_map(File::warnings).collect();
        lint::in_order(&mut faults, path);
        self.diagnostics(faults, sources)
    }

    /// The faults of a wording, and those of its run that they do not tell already.
    fn together(
        &self,
        path: &str,
        faults: Vec<Fault>,
        run: Broken,
        sources: &mut Sources,
    ) -> Vec<Diagnostic> {
        let (in_templates, elsewhere) = run;
        let lines: BTreeSet<(String, usize, &str)> =
            faults.iter().map(|fault| self.line_key(fault)).collect();
        let stopped = in_templates.iter().any(|fault| fault.stops);
        let new = in_templates.into_iter().filter(|fault| !lines.contains(&self.line_key(fault)));
        // A run that stopped did so for what was told without it.
        let new = new.filter(|_| faults.is_empty() || !stopped).collect::<Vec<_>>();
        let mut all: Vec<Fault> = faults.into_iter().chain(new).collect();
        lint::in_order(&mut all, path);
        let mut told = self.diagnostics(all, sources);
        told.extend(elsewhere);
        told
    }

    fn line_key(&self, fault: &Fault) -> (String, usize, &'static str) {
        let text = self.files.get(&fault.file).map_or("", |file| file.text.as_str());
        let before = text.get(..fault.range.start).unwrap_or_default();
        (fault.file.clone(), before.matches('\n').count(), fault.code)
    }

    /// The faults for which a wording is refused, in the order of their places.
    fn refusing(&self, path: &str, given: Given<'_>) -> Vec<Fault> {
        let mut faults = self.faults_of(path);
        for file in self.closure(path).iter().filter_map(|path| self.files.get(*path)) {
            faults.extend(self.prose_faults(file, given));
        }
        faults.extend(judge::judge(self, path, given).faults);
        lint::in_order(&mut faults, path);
        faults
    }

    fn run(
        &self,
        path: &str,
        case: &Case,
        schema: &WordingSchema,
        gaps: Gaps<'_>,
    ) -> Result<Body, Broken> {
        let reads_tables = ["phu_luc", "bang"]
            .iter()
            .any(|name| self.closure(path).iter().any(|file| self.reads(file, name)));
        let (mut context, mut own) = context::context(case, schema, reads_tables);
        let mut marks = own::fill(&mut own, case, schema, gaps.is_some());
        if let Some(needed) = gaps {
            context::fill_gaps(&mut context, needed);
        }
        let mut out = fuel::Capped::default();
        fuel::fill(context::longest_list(case));
        let name = self.files.get(path).map_or(path, |file| file.name.as_str());
        let _running = running::begin(name);
        self.tera.render_to(path, &context, &mut out).map_err(|error| {
            let faults = translate::faults(&error, path, self).into_iter();
            let told = std::mem::take(&mut marks);
            let placed = |fault| self.placed(fault, &error, &out.bytes, path);
            (faults.map(|fault| Fault { stops: true, ..placed(fault) }).collect(), told)
        })?;
        let text = String::from_utf8_lossy(&out.bytes);
        let attaches = case.attached.is_some();
        let (body, slips) = blocks::body(&text, &numbering(schema), &own, attaches);
        if !slips.is_empty() || !marks.is_empty() {
            let (in_templates, elsewhere) = self.broken(slips, path);
            marks.extend(elsewhere);
            return Err((in_templates, marks));
        }
        if attaches && body.iter().all(|passage| passage.kind != Kind::Attached) {
            return Err((vec![], vec![not_attached(path)]));
        }
        Ok(body)
    }

    /// A fault of a run to which Tera gives no place: of a text that grows too long the line
    /// that was written last, of a component that calls itself its call.
    fn placed(&self, fault: Fault, error: &tera::Error, written: &[u8], path: &str) -> Fault {
        if matches!(error.kind(), tera::ErrorKind::Io(_)) {
            let written = String::from_utf8_lossy(written);
            let last = written.chars().rev().find_map(mark_index);
            let (file, range) = self.line_of(last, path);
            return Fault { file: file.to_owned(), range, ..fault };
        }
        if fault.code == fault::NESTING
            && let Some((file, range)) = links::recursive_call(&self.files, &self.closure(path))
        {
            return Fault { file, range, ..fault };
        }
        fault
    }

    fn reads(&self, path: &str, name: &str) -> bool {
        self.files
            .get(path)
            .is_some_and(|file| file.scan.uses.iter().any(|used| used.keys[0] == name))
    }

    fn no_wording(&self, case: &Case, path: &str) -> Diagnostic {
        let folder = format!("{}/", case.document_type.key);
        let known =
            self.files.keys().filter_map(|path| path.strip_prefix(&folder)?.strip_suffix(".md"));
        let route = Route::root().key("mau");
        let message = format!("không có lời văn “{}” (templates/{path})", case.wording);
        let diagnostic = Diagnostic::error(fault::NO_WORDING, route, message);
        match guess_or_list(&case.wording, known, "các lời văn của loại này") {
            Some(hint) => diagnostic.hint(hint),
            None => diagnostic,
        }
    }

    /// Names in every template against what a template can know.
    fn check_names(&mut self) {
        // An included template sees the variables of the one that includes it.
        let bound: BTreeSet<String> =
            self.files.values().flat_map(|file| file.scan.bound.iter().cloned()).collect();
        for (path, file) in &mut self.files {
            let unknown = file.scan.uses.iter().filter_map(|used| unknown_name(path, used, &bound));
            file.faults.extend(unknown);
            file.faults.sort_by_key(|fault| fault.range.start);
        }
    }

    /// Gives Tera all templates without faults, again without those that it refuses.
    fn compile(&mut self) {
        loop {
            let mut tera = Tera::default();
            tera.autoescape_on([".md"]);
            tera.set_escape_fn(context::escape);
            filters::register(&mut tera);
            let sound = self.files.iter().filter(|(path, _)| self.faults_of(path).is_empty());
            let added =
                tera.add_raw_templates(sound.map(|(path, file)| (path, &file.instrumented.text)));
            let Err(error) = added else {
                self.tera = tera;
                return;
            };
            if !self.blame(&error) {
                return;
            }
        }
    }

    /// Notes an error of Tera's at its files; false when no file could be blamed.
    fn blame(&mut self, error: &tera::Error) -> bool {
        let Some(first) = self.sound().next().map(str::to_owned) else { return false };
        let mut blamed = false;
        for fault in translate::faults(error, &first, self) {
            if let Some(file) = self.files.get_mut(&fault.file)
                && !file.faults.contains(&fault)
            {
                file.faults.push(fault);
                blamed = true;
            }
        }
        blamed
    }

    fn sound(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str).filter(|path| self.faults_of(path).is_empty())
    }

    /// A template and all it includes or extends.
    fn closure(&self, path: &str) -> BTreeSet<&str> {
        let mut found = BTreeSet::new();
        let mut waiting: Vec<&str> =
            self.files.get_key_value(path).map(|(path, _)| path.as_str()).into_iter().collect();
        while let Some(path) = waiting.pop() {
            let Some((path, file)) = self.files.get_key_value(path) else { continue };
            if found.insert(path.as_str()) {
                waiting.extend(file.scan.links.iter().map(|link| link.target.as_str()));
                let homes = file.scan.calls.iter().filter_map(|call| self.home(&call.target));
                waiting.extend(homes.map(|home| home.path.as_str()));
            }
        }
        found
    }

    /// The file that defines a component: the first of those that do.
    fn home(&self, component: &str) -> Option<&File> {
        let defines = |file: &&File| file.scan.components.iter().any(|it| it.target == component);
        self.files.values().find(defines)
    }

    fn component(&self, name: &str) -> Option<(&File, &Component)> {
        let file = self.home(name)?;
        let component = file.tree().iter().find_map(|node| match node {
            Node::Component(component) if component.name == name => Some(component),
            _ => None,
        })?;
        Some((file, component))
    }

    /// Whether some wording that a file is part of asks for a fact of that key.
    fn declares_for(&self, shared: &str, key: &str) -> bool {
        let asks = |file: &File| {
            let front = file.text.get(..file.from).unwrap_or_default();
            front.split("khoa:").skip(1).any(|rest| {
                let rest = rest.trim_start().trim_start_matches(['"', '\'']);
                let after = rest.strip_prefix(key);
                after.is_some_and(|after| {
                    !after.starts_with(|c: char| c.is_alphanumeric() || c == '_')
                })
            })
        };
        // One that calls a file that is not there may have meant this one.
        let lost =
            |file: &File| file.scan.links.iter().any(|link| !self.files.contains_key(&link.target));
        let uses = |file: &File| lost(file) || self.closure(&file.path).contains(shared);
        self.files.values().any(|file| asks(file) && uses(file))
    }

    /// Whether any template gives that name to something.
    fn binds(&self, name: &str) -> bool {
        self.files.values().any(|file| file.scan.bound.iter().any(|bound| bound == name))
    }

    fn faults_of(&self, path: &str) -> Vec<Fault> {
        let files = self.closure(path);
        files
            .iter()
            .filter_map(|path| self.files.get(*path))
            .flat_map(|file| file.faults.clone())
            .collect()
    }

    /// At most [`scan::MAX_FAULTS`] of each file.
    fn diagnostics(&self, faults: Vec<Fault>, sources: &mut Sources) -> Vec<Diagnostic> {
        let mut added = Added::default();
        let mut told: BTreeMap<String, usize> = BTreeMap::new();
        let mut is_within = |fault: &Fault| {
            let told = told.entry(fault.file.clone()).or_default();
            *told += 1;
            *told <= scan::MAX_FAULTS
        };
        faults
            .into_iter()
            .filter(|fault| is_within(fault))
            .map(|fault| {
                let source = added.source(&fault.file, self, sources);
                let at = At::Bytes { source, range: fault.range };
                let severity = if fault.warns { Severity::Warning } else { Severity::Error };
                let found = Diagnostic::new(severity, fault.code, at, fault.message);
                Diagnostic { hint: fault.hint, ..found }
            })
            .collect()
    }

    fn broken(&self, slips: Vec<Slip>, path: &str) -> Broken {
        let (mut in_templates, mut elsewhere) = (Vec::new(), Vec::new());
        for slip in slips {
            if let Some(route) = slip.route.as_deref().and_then(Route::parse) {
                elsewhere.push(at_route(slip, route));
                continue;
            }
            let (file, range) = self.line_of(slip.mark, path);
            in_templates.push(Fault::new(slip.code, file, range, slip.message).hint(slip.hint));
        }
        (in_templates, elsewhere)
    }

    /// The line that a mark stands for: file, bytes.
    fn line_of<'a>(&'a self, mark: Option<usize>, path: &'a str) -> (&'a str, Range<usize>) {
        let place = mark.and_then(|mark| self.marks.get(mark));
        let Some((path, at)) = place.and_then(|(file, at)| Some((self.paths.get(*file)?, *at)))
        else {
            return (path, 0..0);
        };
        let text = self.files.get(path).map_or("", |file| file.text.as_str());
        let line = text[at..].lines().next().unwrap_or_default();
        (path, at..at + line.trim_end().len())
    }
}

impl translate::Places for Wordings {
    fn original(&self, file: &str, range: &Range<usize>) -> Range<usize> {
        let Some(file) = self.files.get(file) else { return 0..0 };
        let original = file.instrumented.original(range);
        if original.is_empty() { file.tag_at(original.start).unwrap_or(original) } else { original }
    }

    fn byte(&self, file: &str, line: usize, column: usize) -> usize {
        let text = self.files.get(file).map_or("", |file| file.instrumented.text.as_str());
        let before: usize =
            text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
        let within =
            text[before..].char_indices().nth(column.saturating_sub(1)).map_or(0, |(at, _)| at);
        before + within
    }

    fn name_at(&self, file: &str, at: usize) -> Option<(Range<usize>, &str)> {
        let file = self.files.get(file)?;
        let used =
            file.scan.uses.iter().find(|used| (used.range.start..used.range.end).contains(&at))?;
        Some((used.range.clone(), &file.text[used.range.clone()]))
    }
}

impl File {
    fn warnings(&self) -> Vec<Fault> {
        let pieces = &self.scan.pieces;
        let mut warnings = letters::false_letters(&self.path, &self.text, pieces);
        warnings.extend(proofread::slips(&self.path, &self.text, pieces));
        warnings
    }

    /// The names whose being there the wording asks after, in `if` and `elif`.
    fn asked(&self) -> impl Iterator<Item = &[String]> {
        let asks = |tag: &&Tag| matches!(tag.word(&self.text, 0), "if" | "elif");
        let tags = self.scan.pieces.iter().filter_map(|piece| match piece {
            Piece::Tag(tag) => Some(tag),
            _ => None,
        });
        let ranges: Vec<&Range<usize>> = tags.filter(asks).map(|tag| &tag.range).collect();
        let is_within =
            move |used: &&scan::Use| ranges.iter().any(|range| range.contains(&used.range.start));
        self.scan.uses.iter().filter(is_within).map(|used| used.keys.as_slice())
    }

    /// The names that it reads without another value for one that is not there.
    fn read(&self) -> impl Iterator<Item = &[String]> {
        let has_default = |used: &&scan::Use| {
            let after = self.text[used.range.end..].trim_start();
            let filter = after.strip_prefix('|').map(str::trim_start).unwrap_or_default();
            filter.starts_with("mac_dinh") || filter.starts_with("default")
        };
        let read = self.scan.uses.iter().filter(move |used| !has_default(used));
        read.map(|used| used.keys.as_slice())
    }

    fn tree(&self) -> &[Node] {
        self.tree.get_or_init(|| tree::tree(&self.text, &self.scan))
    }

    fn prose(&self) -> &Prose {
        self.prose.get_or_init(|| {
            prose::prose(&self.path, &self.text, self.from, &self.scan, self.tree())
        })
    }

    /// Whether the tag that begins at a byte prints nothing beside other words.
    fn stands_alone(&self, tag: usize) -> bool {
        !self.prose().beside.contains(&tag)
    }

    /// Up to where the blocks do not fit, so that nobody knows what stands in which.
    fn blind_until(&self) -> usize {
        let pieces = self.scan.pieces.iter().zip(&self.scan.roles).rev();
        let ignored = pieces.filter(|(_, role)| **role == Role::Ignored);
        ignored.filter_map(|(piece, _)| piece.range()).map(|range| range.end).next().unwrap_or(0)
    }

    /// What stands in the tag at a byte: of a check or a step that was put in, the
    /// clerk sees the tag it belongs to.
    fn tag_at(&self, at: usize) -> Option<Range<usize>> {
        let tag = self.scan.pieces.iter().find_map(|piece| match piece {
            Piece::Print(tag) | Piece::Tag(tag) if tag.range.start <= at && at <= tag.range.end => {
                Some(tag)
            }
            _ => None,
        })?;
        Some(tag.tokens.first()?.range.start..tag.tokens.last()?.range.end)
    }
}

/// Template files that have been added to the sources.
#[derive(Default)]
struct Added(BTreeMap<String, SourceId>);

impl Added {
    fn source(&mut self, path: &str, wordings: &Wordings, sources: &mut Sources) -> SourceId {
        *self.0.entry(path.to_owned()).or_insert_with(|| match wordings.files.get(path) {
            Some(file) => sources.add(file.name.as_str(), file.text.as_str()),
            None => sources.add(format!("templates/{path}"), ""),
        })
    }
}

fn read(
    path: &str,
    name: String,
    text: &str,
    number: usize,
    marks: &mut Vec<(usize, usize)>,
) -> File {
    let (_, from) = split_front_matter(text);
    let mut scan = match scan::too_much(path, text, from) {
        Some(fault) => Scan { faults: vec![fault], ..Scan::default() },
        None => scan::scan(path, text, from),
    };
    let syntax = translate::syntax(path, text, from, &scan);
    // The names in a tag that cannot be read mean nothing.
    let tags = scan.pieces.iter().filter_map(Piece::range);
    let unread: Vec<_> =
        tags.filter(|tag| syntax.iter().any(|fault| tag.contains(&fault.range.start))).collect();
    scan.uses.retain(|used| !unread.iter().any(|tag| tag.contains(&used.range.start)));
    scan.faults.extend(syntax);
    scan.faults.extend(letters::faults(path, text, from, &scan.pieces));
    scan.faults.sort_by_key(|fault| fault.range.start);
    let instrumented = if scan.faults.is_empty() {
        instrument::instrument(text, from, &scan, number, marks)
    } else {
        Instrumented::default()
    };
    File {
        path: path.to_owned(),
        from,
        tree: OnceLock::new(),
        prose: OnceLock::new(),
        name,
        text: text.to_owned(),
        faults: scan.faults.clone(),
        scan,
        instrumented,
    }
}

/// A name that no template can know.
fn unknown_name(path: &str, used: &scan::Use, bound: &BTreeSet<String>) -> Option<Fault> {
    let root = &used.keys[0];
    if root == "loop" || bound.contains(root) || root.starts_with("__") {
        return None;
    }
    let Some((_, keys)) = NAMES.iter().find(|(name, _)| name == root) else {
        let known = NAMES.iter().map(|(name, _)| *name).chain(bound.iter().map(String::as_str));
        let mut fault = Fault::new(
            fault::UNKNOWN_NAME,
            path,
            used.range.clone(),
            format!("không có tên `{root}`"),
        );
        fault.hint = guess_or_list(root, known, "các tên dùng được");
        return Some(fault);
    };
    let key = used.keys.get(1).filter(|key| !keys.is_empty() && !keys.contains(&key.as_str()))?;
    let message = format!("`{root}` không có trường `{key}`");
    let mut fault = Fault::new(fault::UNKNOWN_NAME, path, used.range.clone(), message);
    fault.hint = guess_or_list(key, keys.iter().copied(), "các trường");
    Some(fault)
}

/// The case has an attached document that this wording says nothing of.
fn not_attached(path: &str) -> Diagnostic {
    let route = At::Key(Route::root().key("kem_theo"));
    let message =
        format!("hồ sơ có `kem_theo` mà lời văn templates/{path} không có dòng `[kem_theo]`");
    Diagnostic::error(fault::ATTACHED, route, message)
        .hint("chọn ở `mau` một lời văn có văn bản kèm theo, hoặc bỏ khóa `kem_theo`")
}

fn numbering(schema: &WordingSchema) -> Vec<Mark> {
    if schema.numbering.is_empty() {
        return DEFAULT_NUMBERING.map(Mark::parse).to_vec();
    }
    schema.numbering.iter().map(|pattern| Mark::parse(pattern)).collect()
}
