//! All that typst sees of the world: the fonts of text and of signs, one source, one document.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Dict, Duration, Value};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};

use crate::doc::metrics;

static FONTS: LazyLock<Vec<Font>> = LazyLock::new(|| {
    let fonts = metrics::FONTS.iter().chain(&metrics::SIGNS);
    fonts.flat_map(|data| Font::iter(Bytes::new(*data))).collect()
});

static BOOK: LazyLock<LazyHash<FontBook>> =
    LazyLock::new(|| LazyHash::new(FontBook::from_fonts(FONTS.iter())));

static LAYOUT: LazyLock<Source> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "a literal that is a plain file name")]
    let path = VirtualPath::new("layout.typ").expect("a file name");
    let id = FileId::new(RootedPath::new(VirtualRoot::Project, path));
    Source::new(id, include_str!("layout.typ").to_owned())
});

/// The sheet a document is laid out on.
pub struct Paper {
    library: LazyHash<Library>,
}

impl Paper {
    /// The report is what `layout.typ` finds in `sys.inputs.report`.
    pub(super) fn new(report: Dict) -> Self {
        let inputs = Dict::from_iter([("report".into(), Value::Dict(report))]);
        // The summary of a table for those who cannot see it is still an extra.
        let features = [Feature::A11yExtras].into_iter().collect();
        let library = Library::builder().with_inputs(inputs).with_features(features).build();
        Self { library: LazyHash::new(library) }
    }
}

impl World for Paper {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &BOOK
    }

    fn main(&self) -> FileId {
        LAYOUT.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == LAYOUT.id() { Ok(LAYOUT.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, _id: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
