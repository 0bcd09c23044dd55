//! The files under `templates/`: types, wordings, agencies. Embedded in the binary;
//! an office's own folder is laid over them file by file.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

static EMBEDDED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// The largest template file that is read, in bytes.
const MAX_BYTES: u64 = 1 << 20;

/// Template files by their path below `templates/`, with `/` on every system.
#[derive(Clone, Debug, Default)]
pub struct Templates {
    files: BTreeMap<String, String>,
    /// The files of an office's folder, each as its findings name it.
    shown: BTreeMap<String, String>,
}

impl Templates {
    /// What the binary carries.
    pub fn embedded() -> Self {
        let mut files = BTreeMap::new();
        collect(&EMBEDDED, &mut files);
        Self { files, shown: BTreeMap::new() }
    }

    /// The embedded files with those of an office's folder laid over them.
    ///
    /// # Errors
    /// What cannot be read: the folder, or a file in it.
    pub fn with_root(root: &Path) -> Result<Self, Unreadable> {
        let mut templates = Self::embedded();
        templates.lay_over(root, "")?;
        Ok(templates)
    }

    /// These with files laid over them: each its path, how findings name it, and its text.
    /// What is no template is passed over, as in an office's folder.
    #[must_use]
    pub fn with_files(mut self, files: impl IntoIterator<Item = (String, String, String)>) -> Self {
        for (path, shown, text) in files.into_iter().filter(|(path, ..)| is_path(path)) {
            self.shown.insert(path.clone(), shown);
            self.files.insert(path, text);
        }
        self
    }

    /// The samples of all types: `<loại>/ho_so_mau*.yaml`, in order of their paths.
    pub fn samples(&self) -> Vec<&str> {
        let is_sample = |path: &&str| {
            path.split_once('/').is_some_and(|(folder, name)| {
                name.starts_with("ho_so_mau")
                    && name.ends_with(".yaml")
                    && self.files.contains_key(&format!("{folder}/loai.yaml"))
            })
        };
        self.files.keys().map(String::as_str).filter(is_sample).collect()
    }

    fn lay_over(&mut self, folder: &Path, prefix: &str) -> Result<(), Unreadable> {
        let failed = |error| Unreadable { path: folder.to_owned(), reason: Reason::Io(error) };
        for entry in std::fs::read_dir(folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let Ok(name) = entry.file_name().into_string() else { continue };
            if name.starts_with('.') {
                continue;
            }
            let path = format!("{prefix}{name}");
            if entry.file_type().map_err(failed)?.is_dir() {
                self.lay_over(&entry.path(), &format!("{path}/"))?;
            } else if is_template(&name) {
                self.shown.insert(path.clone(), entry.path().display().to_string());
                self.files.insert(path, read(&entry.path())?);
            }
        }
        Ok(())
    }

    /// A template set given as texts, for tests.
    pub fn with(mut self, path: &str, text: &str) -> Self {
        self.files.insert(path.to_owned(), text.to_owned());
        self
    }

    pub fn get(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// Where a clerk finds a file: `templates/<path>` of those the binary carries, the
    /// office's folder and the path of those laid over them.
    pub fn shown_name(&self, path: &str) -> String {
        self.shown.get(path).cloned().unwrap_or_else(|| format!("templates/{path}"))
    }

    /// Whether a type's or the common files of an office's own are among them.
    pub fn has_own(&self) -> bool {
        self.shown.keys().any(|path| path.contains('/'))
    }

    /// Every file, in order of its path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The keys of the document types: folders that hold a `loai.yaml`.
    pub fn document_types(&self) -> Vec<&str> {
        self.files.keys().filter_map(|path| path.strip_suffix("/loai.yaml")).collect()
    }
}

/// A folder or a file of an office that could not be read.
#[derive(Debug)]
pub struct Unreadable {
    pub path: PathBuf,
    pub reason: Reason,
}

#[derive(Debug)]
pub enum Reason {
    NotUtf8,
    /// Larger than 1 MiB.
    TooLarge,
    Io(io::Error),
}

/// The front matter of a template, without its `---` lines, and the byte at which the body begins.
///
/// A file that does not begin with a `---` line, or never closes it, is all body.
pub fn split_front_matter(text: &str) -> (Option<&str>, usize) {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut lines = text[start..].split_inclusive('\n').map(|line| (line.trim_end(), line.len()));
    let Some(("---", opening)) = lines.next() else { return (None, start) };
    let first = start + opening;
    let mut end = first;
    for (line, length) in lines {
        if line == "---" {
            return (Some(&text[first..end]), end + length);
        }
        end += length;
    }
    (None, start)
}

fn collect(folder: &Dir<'_>, files: &mut BTreeMap<String, String>) {
    for file in folder.files() {
        if let (Some(path), Some(text)) = (file.path().to_str(), file.contents_utf8()) {
            files.insert(path.replace('\\', "/"), text.to_owned());
        }
    }
    for inner in folder.dirs() {
        collect(inner, files);
    }
}

/// Whether a path, with `/` on every system, is that of a template.
pub fn is_path(path: &str) -> bool {
    path.split('/').all(|name| !name.starts_with('.') && !name.is_empty()) && is_template(path)
}

fn is_template(name: &str) -> bool {
    [".md", ".yaml", ".txt"].iter().any(|ending| name.ends_with(ending))
}

fn read(path: &Path) -> Result<String, Unreadable> {
    let failed = |reason| Unreadable { path: path.to_owned(), reason };
    let io = |error| failed(Reason::Io(error));
    if std::fs::metadata(path).map_err(io)?.len() > MAX_BYTES {
        return Err(failed(Reason::TooLarge));
    }
    let bytes = std::fs::read(path).map_err(io)?;
    String::from_utf8(bytes).map_err(|_| failed(Reason::NotUtf8))
}
