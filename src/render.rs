//! The whole way from a case on disk to the bytes of both formats, in a few calls.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::case::{self, Catalog, Mode};
use crate::check::{self, Subject};
use crate::diag::{At, Diagnostic, Route, Severity, Sources};
use crate::doc::{Document, Layout};
use crate::export::{self, Format, Written};
use crate::form::{self, Stage, Texts};
use crate::model::Case;
use crate::nd30::Preset;
use crate::templates::{Reason, Templates, Unreadable};
use crate::wording::{self, Wordings};

/// What an office brings to every case: its catalogue, compiled wordings, measures.
pub struct Office {
    pub catalog: Catalog,
    wordings: Wordings,
    preset: Preset,
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
        let mut sources = Sources::default();
        let preset = match templates.get(SETTINGS) {
            None => Preset::default(),
            Some(text) => case::settings(&templates.shown_name(SETTINGS), text, &mut sources)
                .map_err(|diagnostics| Findings { diagnostics, sources, ..Findings::default() })?,
        };
        let wordings = Wordings::new(&templates);
        Ok(Self { catalog: Catalog::new(templates), wordings, preset })
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
            _ => (error.to_string(), check_path),
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
    let mode = match stage {
        Stage::Draft => Mode::Draft,
        Stage::Final => Mode::Final,
    };
    let read = case::read(path, &office.catalog, mode);
    let mut findings =
        Findings { diagnostics: read.diagnostics, sources: read.sources, files: read.files };
    let Some((case, schema)) = read.case.zip(read.schema) else {
        findings.sort();
        return Err(findings);
    };
    match texts(&case, &schema, office, stage, &mut findings.sources) {
        Ok(texts) => {
            let document = form::document(&case, &texts, &office.preset, stage);
            let mut found = check::check(Subject { case: &case, document: &document });
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

/// A draft is there to be looked at: what would forbid a final only warns.
fn soften(findings: &mut [Diagnostic]) {
    for found in findings.iter_mut().filter(|found| found.severity == Severity::Error) {
        found.severity = Severity::Warning;
    }
}

fn texts(
    case: &Case,
    schema: &crate::model::WordingSchema,
    office: &Office,
    stage: Stage,
    sources: &mut Sources,
) -> Result<Texts, Vec<Diagnostic>> {
    let body = match stage {
        Stage::Draft => office.wordings.draft_body(case, schema, sources)?,
        Stage::Final => office.wordings.body(case, schema, sources)?,
    };
    let mut appendices = Vec::with_capacity(case.appendices.len());
    for (position, appendix) in case.appendices.iter().enumerate() {
        let route = Route::root().key("phu_luc").index(position).key("doan");
        let text = appendix.text.as_deref().unwrap_or_default();
        appendices.push(wording::passages(text, &route)?);
    }
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
/// Only when a back end fails, which is a fault of the program.
pub fn files(document: &Document, formats: &[Format]) -> Result<(Vec<File>, Option<Layout>)> {
    let written = export::write(document, formats)?;
    let layout = written.iter().find_map(|written| written.layout);
    let files = |(&format, written): (&Format, Written)| {
        let files = written.files.into_iter().enumerate();
        files.map(move |(volume, bytes)| File { format, volume, bytes })
    };
    Ok((formats.iter().zip(written).flat_map(files).collect(), layout))
}
