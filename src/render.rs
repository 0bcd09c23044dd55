//! The whole way from a case on disk to the bytes of both formats, in a few calls.

pub mod guard;
mod lost;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

pub use self::lost::{Incomplete, LOST, faults};
use anyhow::Result;

use crate::case::{self, Catalog, Mode, Unread};
use crate::check::{self, Subject};
use crate::diag::{At, Diagnostic, Route, Severity, Sources, system};
use crate::doc::{Document, Layout, metrics};
use crate::export::{self, Format, Written, pdf};
use crate::form::{self, Stage, Texts};
use crate::ledger::{self, Ledger, Lost, State};
use crate::model::{Case, Given, Register, WordingSchema};
use crate::nd30::Preset;
use crate::templates::{Reason, Templates, Unreadable};
use crate::wording::{self, Declared, Facts, Serves, Wordings};

/// What an office brings to every case: its catalogue, compiled wordings, measures.
pub struct Office {
    pub catalog: Catalog,
    wordings: Wordings,
    preset: Preset,
    ledger: Ledger,
}

/// Name of the settings file in an office's folder of templates.
pub const SETTINGS: &str = "cau_hinh.yaml";

impl Office {
    /// The embedded templates, or those of an office's folder laid over them.
    ///
    /// # Errors
    /// The findings, when the folder cannot be read or its settings are wrong.
    pub fn open(root: Option<&Path>) -> Result<Self, Findings> {
        let templates = match root {
            None => Templates::embedded(),
            Some(root) => Templates::with_root(root).map_err(|error| unreadable(&error))?,
        };
        Self::of(templates)
    }

    /// The same with templates that were read before.
    ///
    /// # Errors
    /// The findings, when the settings among them are wrong.
    pub fn of(templates: Templates) -> Result<Self, Findings> {
        let mut sources = Sources::default();
        let ledger = match Ledger::read(&templates, &mut sources) {
            Ok(ledger) => ledger,
            Err(diagnostics) => {
                return Err(Findings { diagnostics, sources, ..Findings::default() });
            }
        };
        let preset = match templates.get(SETTINGS) {
            None => Preset::default(),
            Some(text) => case::settings(&templates.shown_name(SETTINGS), text, &mut sources)
                .map_err(|diagnostics| Findings { diagnostics, sources, ..Findings::default() })?,
        };
        let wordings = Wordings::new(&templates);
        Ok(Self { catalog: Catalog::new(templates), wordings, preset, ledger })
    }
}

/// The wording of a case, below `templates/`.
fn wording_path(case: &Case) -> String {
    format!("{}/{}.md", case.document_type.key, case.wording)
}

impl Office {
    /// The accepted versions of the wordings.
    pub const fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// The phrases that a wording file declares as locked.
    pub fn locked(&self, path: &str) -> &[String] {
        let declared = wording_entry(self, path).and_then(|entry| entry.value.as_ref());
        declared.map_or(&[], |declared| &declared.locked)
    }

    /// Every wording file, those that others share among them, as it stands against its
    /// accepted versions.
    pub fn wording_states(&self) -> Vec<(&str, State<'_>)> {
        let files = self.catalog.templates().iter().filter(|(path, _)| path.ends_with(".md"));
        files.map(|(path, text)| (path, self.ledger.state(path, text))).collect()
    }

    /// Whether a text that the office accepted is no more in its folder, so that the program's
    /// own stands in its place.
    pub fn is_gone(&self, path: &str) -> bool {
        let templates = self.catalog.templates();
        let changed = |text| matches!(self.ledger.state(path, text), State::Changed(_));
        templates.is_own(ledger::FILE)
            && !templates.is_own(path)
            && templates.get(path).is_some_and(changed)
    }

    /// The files that the ledger knows and that are nowhere.
    pub fn lost_wordings(&self) -> Vec<&str> {
        let is_there = |path: &&str| self.catalog.templates().get(path).is_some();
        self.ledger.paths().filter(|path| !is_there(path)).collect()
    }

    /// What a document says of the wording that it was made with: its name, its version and
    /// one hash over all the files that it is put together from. The version bears a `+`
    /// when one of them has changed since.
    pub fn identity(&self, path: &str) -> Vec<(String, String)> {
        let templates = self.catalog.templates();
        let parts = self.wordings.parts(path).into_iter();
        let hashed = parts.filter_map(|path| Some((path, ledger::sha256(templates.get(path)?))));
        let files: BTreeMap<&str, String> = hashed.collect();
        let is_accepted = |(path, hash): (&&str, &String)| {
            self.ledger.last(path).is_some_and(|last| last.sha256 == *hash)
        };
        let version = match self.ledger.last(path) {
            None => "chưa ghi nhận".to_owned(),
            Some(last) if files.iter().all(is_accepted) => last.number.to_string(),
            Some(last) => format!("{}+", last.number),
        };
        let name = path.strip_suffix(".md").unwrap_or(path);
        [
            ("Lời văn", name.to_owned()),
            ("Phiên bản lời văn", version),
            ("SHA-256 lời văn", ledger::sha256_of_all(&files)),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into()
    }

    /// Every template that a case is rendered with: with these alone it is rendered again.
    pub fn used(&self, case: &Case) -> BTreeMap<String, String> {
        let templates = self.catalog.templates();
        let wording = wording_path(case);
        let common = templates.iter().map(|(path, _)| path).filter(|path| {
            !path.contains('/') || (path.starts_with("chung/") && !path.ends_with(".md"))
        });
        let of_type = format!("{}/loai.yaml", case.document_type.key);
        let paths = self.wordings.parts(&wording).into_iter().chain(common).chain([&*of_type]);
        let file = |path: &str| Some((path.to_owned(), templates.get(path)?.to_owned()));
        paths.filter_map(file).collect()
    }

    /// Locked phrases of a wording that were changed since its version was accepted.
    fn unaccepted(&self, path: &str) -> Vec<Diagnostic> {
        let templates = self.catalog.templates();
        let mut found = Vec::new();
        for part in self.wordings.parts(path) {
            if self.is_gone(part) {
                let at = At::File(templates.shown_name(ledger::FILE));
                let message = format!(
                    "lời văn {part} đã ghi nhận không còn trong thư mục của cơ quan; văn bản này dùng bản có sẵn trong chương trình"
                );
                let hint =
                    "lấy lại tệp từ bản lưu; dùng hẳn bản có sẵn thì gõ `vanthu wording accept`";
                found.push(Diagnostic::warning(ledger::GONE, at, message).hint(hint));
            }
            // Of a text that has not changed no phrase is lost.
            let Some(last) = self.ledger.last(part) else { continue };
            for lost in ledger::lost(&last.locked, self.locked(part)) {
                let name = part.strip_suffix(".md").unwrap_or(part);
                let at = At::File(templates.shown_name(part));
                let message = format!("câu khóa đã sửa mà chưa ghi nhận: {}", lost_in_words(&lost));
                let hint = format!(
                    "lấy lại câu cũ; hoặc, khi được phép sửa, gõ `vanthu wording accept {name} --ly-do \"…\"`"
                );
                found.push(Diagnostic::error(wording::LOCKED, at, message).hint(hint));
            }
        }
        found
    }
}

/// `“cũ” → “mới”`, or `bỏ “cũ”`.
pub fn lost_in_words(lost: &Lost) -> String {
    match &lost.new {
        Some(new) => format!("“{}” → “{new}”", lost.old),
        None => format!("bỏ “{}”", lost.old),
    }
}

fn unreadable(unreadable: &Unreadable) -> Findings {
    use std::io::ErrorKind as Kind;
    let check_path = "kiểm tra đường dẫn ghi sau --root";
    let (reason, hint) = match &unreadable.reason {
        Reason::NotUtf8 => ("tệp không phải UTF-8".to_owned(), "mở tệp, lưu lại bằng mã UTF-8"),
        Reason::TooLarge => ("tệp lớn hơn 1 MiB".to_owned(), "bớt nội dung, hoặc đưa tệp ra ngoài"),
        Reason::TooMuch => (
            "thư mục có quá nhiều tệp cho một thư mục mẫu".to_owned(),
            "ghi sau --root đúng thư mục mẫu của cơ quan, không phải thư mục chung của máy",
        ),
        Reason::Outside => (
            "liên kết dẫn ra ngoài thư mục mẫu".to_owned(),
            "chép tệp thật vào thư mục mẫu, thay cho liên kết",
        ),
        Reason::NoTarget => {
            ("liên kết không dẫn tới tệp nào".to_owned(), "chép tệp thật vào chỗ của liên kết")
        }
        Reason::NoFile => {
            ("đây không phải tệp thường".to_owned(), "đổi tên hoặc bỏ nó khỏi thư mục mẫu")
        }
        Reason::Io(error) => match error.kind() {
            Kind::NotFound => ("không có thư mục này".to_owned(), check_path),
            Kind::NotADirectory => ("đây là tệp, không phải thư mục".to_owned(), check_path),
            Kind::PermissionDenied => ("không được phép đọc".to_owned(), check_path),
            _ => (system::reason(error), system::next_step(error).unwrap_or(check_path)),
        },
    };
    let diagnostic = Diagnostic::error(
        "tep-khong-doc-duoc",
        At::File(unreadable.path.display().to_string()),
        format!("không đọc được mẫu của cơ quan: {reason}"),
    )
    .hint(hint);
    Findings { diagnostics: vec![diagnostic], ..Findings::default() }
}

/// Findings with the texts they point into.
#[derive(Default)]
pub struct Findings {
    pub diagnostics: Vec<Diagnostic>,
    pub sources: Sources,
    /// The files of the case that were asked for, there or not.
    pub files: Vec<PathBuf>,
}

impl Findings {
    /// Whether anything in it forbids a final document.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|found| found.severity == Severity::Error)
    }

    /// Whether the program stopped in the middle of the document.
    pub fn has_stopped(&self) -> bool {
        self.diagnostics.iter().any(|found| found.code == PANICKED)
    }

    /// How many there are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|found| found.severity == severity).count()
    }

    /// In the order of the names of the files, each from top to bottom.
    fn sort_by_file(&mut self) {
        let sources = &self.sources;
        self.diagnostics.sort_by_cached_key(|found| match (sources.find(&found.at), &found.at) {
            (Some(place), _) => {
                (sources.get(place.source).name.clone(), place.range.start, found.severity)
            }
            (None, At::File(name)) => (name.clone(), 0, found.severity),
            (None, _) => (String::new(), 0, found.severity),
        });
    }

    /// Errors first; within one severity in the order of the files, then as found.
    fn sort(&mut self) {
        let sources = &self.sources;
        self.diagnostics.sort_by_key(|found| {
            let place = sources.find(&found.at);
            (
                found.severity,
                place.map_or((usize::MAX, 0), |place| (place.source.index(), place.range.start)),
            )
        });
    }
}

/// A case that could be laid out, with everything found on the way.
pub struct Prepared {
    pub case: Case,
    pub document: Document,
    pub findings: Findings,
}

/// Reads a case, words it, lays it out and checks it.
///
/// # Errors
/// The findings, when the case or its wording cannot be used.
pub fn prepare(path: &Path, office: &Office, stage: Stage) -> Result<Prepared, Findings> {
    let work = || prepared(case::read(path, &office.catalog, mode(stage)), office, stage);
    unless_panicked(&case::file(path).display().to_string(), work)
}

/// The same of a sample among the templates, by its path there; it has no data files.
///
/// # Errors
/// Those of [`prepare`].
pub fn prepare_sample(path: &str, office: &Office, stage: Stage) -> Result<Prepared, Findings> {
    let work = || prepared(read_sample(path, office, mode(stage)), office, stage);
    unless_panicked(&office.catalog.templates().shown_name(path), work)
}

/// The same of a case given as bytes, as a final, with number and date as they were given.
/// `data` gives the bytes of a data file by its name.
///
/// # Errors
/// Those of [`prepare`].
pub fn prepare_given(
    name: &str,
    bytes: &[u8],
    office: &Office,
    given: &Given,
    data: impl Fn(&str) -> Result<Vec<u8>, Unread>,
) -> Result<Prepared, Findings> {
    let read = || case::read_given(name, bytes, &office.catalog, given, data);
    unless_panicked(name, || prepared(read(), office, Stage::Final))
}

/// What came of the work on one case; that a library panicked is a finding about its file.
fn unless_panicked(
    name: &str,
    work: impl FnOnce() -> Result<Prepared, Findings>,
) -> Result<Prepared, Findings> {
    guard::guarded(work).unwrap_or_else(|panicked| {
        let at = At::File(name.to_owned());
        let found = Diagnostic::error(PANICKED, at, panicked.to_string()).hint(guard::STEP);
        Err(Findings { diagnostics: vec![found], ..Findings::default() })
    })
}

/// The program stopped in the middle of a document.
const PANICKED: &str = "loi-chuong-trinh";

/// Gives a document the two empty signature fields of leader and agency.
pub fn add_signature_fields(prepared: &mut Prepared) {
    form::add_signature_fields(&mut prepared.document);
}

fn read_sample(path: &str, office: &Office, mode: Mode) -> case::Read {
    let templates = office.catalog.templates();
    let text = templates.get(path).unwrap_or_default();
    let no_data = |_: &str| Err(case::Unread::Failed("hồ sơ mẫu không có tệp bên cạnh".to_owned()));
    let name = templates.shown_name(path);
    case::read_texts(&name, text.as_bytes(), &office.catalog, mode, no_data)
}

const fn mode(stage: Stage) -> Mode {
    match stage {
        Stage::Draft => Mode::Draft,
        Stage::Final => Mode::Final,
    }
}

fn prepared(read: case::Read, office: &Office, stage: Stage) -> Result<Prepared, Findings> {
    laid_out(read, office, stage, |case, sources| {
        let path = wording_path(case);
        let mut found = office.wordings.warnings(&path, sources);
        found.extend(office.unaccepted(&path));
        found
    })
}

/// `of_wording`: what is said of the wording of a case beside it.
fn laid_out(
    read: case::Read,
    office: &Office,
    stage: Stage,
    of_wording: impl Fn(&Case, &mut Sources) -> Vec<Diagnostic>,
) -> Result<Prepared, Findings> {
    let mut findings =
        Findings { diagnostics: read.diagnostics, sources: read.sources, files: read.files };
    let Some((case, schema)) = read.case.zip(read.schema) else {
        findings.sort();
        return Err(findings);
    };
    match texts(&case, &schema, office, stage, &mut findings.sources) {
        Ok(texts) => {
            let mut document = form::document(&case, &texts, &office.preset, stage);
            document.meta.properties = office.identity(&wording_path(&case));
            show_letters(&case, office, &document, &mut findings.sources);
            let sources = &findings.sources;
            let written = check::Texts::new(sources, &case);
            let subject = Subject { case: &case, document: &document, sources, texts: &written };
            let mut found = check::check(subject);
            found.extend(of_wording(&case, &mut findings.sources));
            place_in_wording(&mut found, office, &wording_path(&case), &mut findings.sources);
            if stage == Stage::Draft {
                soften(&mut found);
            }
            findings.diagnostics.extend(found);
            findings.diagnostics = check::accept::apply(&case.accepted, findings.diagnostics);
            findings.sort();
            Ok(Prepared { case, document, findings })
        }
        Err(faults) => {
            findings.diagnostics.extend(faults);
            findings.sort();
            Err(findings)
        }
    }
}

/// Adds the templates that hold a letter which cannot be printed, so that it is shown where
/// it stands.
fn show_letters(case: &Case, office: &Office, document: &Document, sources: &mut Sources) {
    let is_odd = |c: char| !(c.is_control() || metrics::is_printable(c));
    let mut has_odd = false;
    document.each_text(&mut |text| has_odd |= text.contains(is_odd));
    if !has_odd {
        return;
    }
    let (templates, wording) = (office.catalog.templates(), wording_path(case));
    let of_type = format!("{}/loai.yaml", case.document_type.key);
    let shared = [case::ORGANS_FILE, of_type.as_str()];
    for path in office.wordings.parts(&wording).into_iter().chain(shared) {
        let text = templates.get(path).unwrap_or_default();
        if text.contains(is_odd) {
            sources.add(templates.shown_name(path), text);
        }
    }
}

/// A rule sees the case alone: what it says of a table that the wording places, and the
/// clerk's paragraphs do not, is told at the wording's line.
fn place_in_wording(
    found: &mut [Diagnostic],
    office: &Office,
    wording: &str,
    sources: &mut Sources,
) {
    let nowhere = At::Route(Route::root().key("bang"));
    if found.iter().all(|finding| finding.at != nowhere) {
        return;
    }
    let lines = office.wordings.table_lines(wording, sources);
    for finding in found.iter_mut().filter(|finding| finding.at == nowhere) {
        let speaks_of = |key: &str| {
            let names = [format!("`{key}`"), format!("[bang {key}]")];
            names.iter().any(|name| finding.message.contains(name))
        };
        if let Some((_, at)) = lines.iter().find(|(key, _)| speaks_of(key)) {
            finding.at = at.clone();
        }
    }
}

/// A draft is there to be looked at: what would forbid a final only warns.
fn soften(findings: &mut [Diagnostic]) {
    for found in findings.iter_mut().filter(|found| found.severity == Severity::Error) {
        found.severity = Severity::Warning;
    }
}

/// Every fault of every wording and of what they share, without a case, in the order
/// of the files; what the samples of the wordings leave untried warns.
pub fn check_wordings(office: &Office) -> Findings {
    let mut findings = Findings::default();
    let (mut found, sources) = (Vec::new(), &mut findings.sources);
    for key in office.catalog.templates().document_types() {
        if let Some(entry) = office.catalog.document_type(key) {
            entry.tell(sources, &mut found);
        }
    }
    let paths: Vec<&str> = office.catalog.templates().iter().map(|(path, _)| path).collect();
    for entry in paths.iter().filter_map(|path| wording_entry(office, path)) {
        entry.tell(sources, &mut found);
    }
    let declared = declared(office, &paths);
    let checked = office.wordings.check_all(&declared, sources);
    found.extend(checked.diagnostics);
    let samples = office.catalog.templates().samples();
    let samples: Vec<Sample> = samples.iter().filter_map(|path| sample(office, path)).collect();
    for sample in &samples {
        let of_sample = sample.findings(office, checked.sound.contains(&sample.wording));
        adopt(of_sample, sources, &mut found);
    }
    for (path, declared) in declared.iter().filter(|(_, declared)| declared.serves.is_some()) {
        let own: Vec<_> = samples.iter().filter(|sample| sample.wording == **path).collect();
        let given: Option<Vec<_>> = own.iter().map(|sample| sample.facts()).collect();
        // What a sample that cannot be read would give, nobody knows.
        if let Some(given) = given {
            found.extend(office.wordings.check_samples(path, declared, &given, sources));
        }
    }
    findings.diagnostics = found;
    findings.sort_by_file();
    findings
}

fn wording_entry<'a>(office: &'a Office, path: &str) -> Option<&'a case::Entry<WordingSchema>> {
    let (folder, file) = path.split_once('/')?;
    office.catalog.wording(folder, file.strip_suffix(".md")?)
}

/// What the front matter of some templates says; of those whose front matter can be read.
fn declared<'a>(office: &'a Office, paths: &[&'a str]) -> BTreeMap<&'a str, Declared<'a>> {
    let one = |path: &&'a str| {
        let entry = wording_entry(office, path)?;
        let (folder, _) = path.split_once('/')?;
        let serves = office.catalog.document_type(folder).map(|entry| {
            // Nothing is held against a wording of a type that cannot be read.
            let unread = Serves { addressed: true, coded: true };
            entry.value.as_ref().map_or(unread, Serves::of)
        });
        Some((*path, Declared { schema: entry.value.as_ref()?, places: entry.places(), serves }))
    };
    paths.iter().filter_map(one).collect()
}

/// A case that is filled in to be copied.
struct Sample {
    /// The wording it is for, below `templates/`.
    wording: String,
    read: case::Read,
}

/// Reads a sample.
fn sample(office: &Office, path: &str) -> Option<Sample> {
    let (folder, _) = path.split_once('/')?;
    let text = office.catalog.templates().get(path)?;
    let read = read_sample(path, office, Mode::Final);
    let wording = match &read.case {
        Some(case) => case.wording.as_str(),
        None => case::wording_of(text),
    };
    Some(Sample { wording: format!("{folder}/{wording}.md"), read })
}

impl Sample {
    fn facts(&self) -> Option<&Facts> {
        self.read.case.as_ref().map(|case| &case.content)
    }

    /// What is wrong with it: as it is read, and as its wording words it, if it can.
    fn findings(&self, office: &Office, words: bool) -> Findings {
        if words {
            let name = self.read.sources.main_name().unwrap_or_default();
            // What is not accepted yet may be right all the same.
            let read = || self.read.clone();
            let laid_out = || laid_out(read(), office, Stage::Final, |_, _| Vec::new());
            return match unless_panicked(name, laid_out) {
                Ok(prepared) => prepared.findings,
                Err(findings) => findings,
            };
        }
        let case::Read { sources, diagnostics, .. } = self.read.clone();
        Findings { diagnostics, sources, ..Findings::default() }
    }
}

/// Takes findings over with the texts they point into.
fn adopt(findings: Findings, sources: &mut Sources, found: &mut Vec<Diagnostic>) {
    let mut ids = BTreeMap::new();
    for diagnostic in findings.diagnostics {
        let Some(place) = findings.sources.find(&diagnostic.at) else {
            let at = match diagnostic.at {
                At::File(name) => At::File(name),
                _ => At::File(findings.sources.main_name().unwrap_or_default().to_owned()),
            };
            found.push(Diagnostic { at, ..diagnostic });
            continue;
        };
        let source = *ids.entry(place.source).or_insert_with(|| {
            let own = findings.sources.get(place.source);
            sources.add(own.name.as_str(), own.text.as_str())
        });
        found.push(Diagnostic { at: At::Bytes { source, range: place.range }, ..diagnostic });
    }
}

fn texts(
    case: &Case,
    schema: &WordingSchema,
    office: &Office,
    stage: Stage,
    sources: &mut Sources,
) -> Result<Texts, Vec<Diagnostic>> {
    let path = wording_path(case);
    let parts = office.wordings.parts(&path);
    let mut faults = office.wordings.check_locked(&path, &declared(office, &parts), sources);
    let worded = match stage {
        Stage::Draft => office.wordings.draft_body(case, schema, sources),
        Stage::Final => office.wordings.body(case, schema, sources),
    };
    let body = match worded {
        Ok(body) if faults.is_empty() => body,
        Ok(_) => return Err(faults),
        Err(others) => {
            faults.extend(others);
            return Err(faults);
        }
    };
    let appendices = wording::appendix_texts(case, schema, stage == Stage::Draft)?;
    Ok(Texts { body, appendices })
}

/// One file of a document.
pub struct File {
    pub format: Format,
    /// Its place among the volumes, from 0.
    pub volume: usize,
    pub bytes: Vec<u8>,
}

/// The document in each of the formats, and how many pages it has, where a format knows.
///
/// # Errors
/// [`Incomplete`] when what was written, read back, does not hold every word of the document;
/// else only when a back end fails or panics, which is a fault of the program.
pub fn files(document: &Document, formats: &[Format]) -> Result<(Vec<File>, Option<Layout>)> {
    let (files, layout, lost) = draft_files(document, formats)?;
    match lost {
        None => Ok((files, layout)),
        Some(lost) => Err(Incomplete(lost).into()),
    }
}

/// The same of a draft, which is there to be looked at: what its files lack only warns.
///
/// # Errors
/// Only when a back end fails or panics, which is a fault of the program.
pub fn draft_files(document: &Document, formats: &[Format]) -> Result<DraftFiles> {
    let written = guard::guarded(|| export::write(document, formats))??;
    let layout = written.iter().find_map(|written| written.layout);
    let lost: Vec<&export::Lost> = written.iter().flat_map(|written| &written.lost).collect();
    let lost = lost::told(document, &lost);
    let files = |(&format, written): (&Format, Written)| {
        let files = written.files.into_iter().enumerate();
        files.map(move |(volume, bytes)| File { format, volume, bytes })
    };
    Ok((formats.iter().zip(written).flat_map(files).collect(), layout, lost))
}

/// Files, what a format knows of its pages, and what the files lack.
pub type DraftFiles = (Vec<File>, Option<Layout>, Option<Diagnostic>);

impl Office {
    /// A register as a book that says how many pages its rows fill, in the office's measures.
    /// It is laid out once to count them.
    ///
    /// # Errors
    /// Only when the PDF back end fails, which is a fault of the program.
    pub fn register(&self, register: &Register) -> Result<Document> {
        let uncounted = form::register(register, &self.preset);
        let pages = || anyhow::Ok(pdf::compile(&pdf::paper(&uncounted)?)?.pages().len());
        let pages = guard::guarded(pages)??;
        pdf::forget();
        let pages = pages.checked_sub(form::REGISTER_FRONT_PAGES);
        Ok(form::register(&Register { pages, ..register.clone() }, &self.preset))
    }
}
