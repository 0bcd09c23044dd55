//! The files under `templates/`: types, wordings, agencies. Embedded in the binary;
//! an office's own folder is laid over them file by file.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

static EMBEDDED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// The largest template file that is read, in bytes.
const MAX_BYTES: u64 = 1 << 20;
/// The most that all template files of a folder may hold, in bytes.
const MAX_TOTAL_BYTES: usize = 16 << 20;
/// How many entries a folder of templates may have, and how deep its folders may go: who
/// gives the whole disk as `--root` is told so, and does not wait until it is read.
const MAX_ENTRIES: usize = 10_000;
const MAX_DEPTH: usize = 16;

/// The text of a file that the binary carries.
pub fn embedded(path: &str) -> Option<&'static str> {
    EMBEDDED.get_file(path)?.contents_utf8()
}

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
        let mut left = MAX_TOTAL_BYTES;
        for (name, path) in Walk::of(root)? {
            let text = read(root, &path)?;
            left = left
                .checked_sub(text.len())
                .ok_or_else(|| Unreadable { path: root.to_owned(), reason: Reason::TooMuch })?;
            templates.shown.insert(name.clone(), path.display().to_string());
            templates.files.insert(name, text);
        }
        Ok(templates)
    }

    /// These with files laid over them: each its path, how findings name it, and its text.
    /// What is no template is passed over, as in an office's folder.
    #[must_use]
    pub fn with_files(mut self, files: impl IntoIterator<Item = (String, String, String)>) -> Self {
        for (path, shown, text) in files.into_iter().filter(|(path, ..)| is_path(path)) {
            self.shown.insert(path.clone(), shown);
            self.files.insert(path, plain(text));
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

    /// Where the template files of an office's folder are; none when it cannot be walked.
    pub fn paths(root: &Path) -> Vec<PathBuf> {
        let found = Walk::of(root).unwrap_or_default();
        found.into_iter().map(|(_, path)| path).collect()
    }

    /// Nothing but these files: what a record keeps of the templates it was made with.
    pub fn only(files: BTreeMap<String, String>) -> Self {
        let files = files.into_iter().map(|(path, text)| (path, plain(text))).collect();
        Self { files, shown: BTreeMap::new() }
    }

    /// A template set given as texts, for tests.
    pub fn with(mut self, path: &str, text: &str) -> Self {
        self.files.insert(path.to_owned(), plain(text.to_owned()));
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

    /// Whether a file is an office's own.
    pub fn is_own(&self, path: &str) -> bool {
        self.shown.contains_key(path)
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

/// The template files below a folder: path with `/`, and where the file is.
struct Walk {
    found: Vec<(String, PathBuf)>,
    /// Entries that may still be seen.
    left: usize,
}

impl Walk {
    fn of(root: &Path) -> Result<Vec<(String, PathBuf)>, Unreadable> {
        let mut walk = Self { found: Vec::new(), left: MAX_ENTRIES };
        walk.enter(root, "", 0)?;
        Ok(walk.found)
    }

    fn enter(&mut self, folder: &Path, prefix: &str, depth: usize) -> Result<(), Unreadable> {
        let failed = |reason| Unreadable { path: folder.to_owned(), reason };
        let io = |error| failed(Reason::Io(error));
        if depth > MAX_DEPTH {
            return Err(failed(Reason::TooMuch));
        }
        for entry in std::fs::read_dir(folder).map_err(io)? {
            let entry = entry.map_err(io)?;
            self.left = self.left.checked_sub(1).ok_or_else(|| failed(Reason::TooMuch))?;
            let Ok(name) = entry.file_name().into_string() else { continue };
            if name.starts_with('.') {
                continue;
            }
            let path = format!("{prefix}{name}");
            // A link to a folder is not followed, so that no folder holds itself.
            if entry.file_type().map_err(io)?.is_dir() {
                self.enter(&entry.path(), &format!("{path}/"), depth + 1)?;
            } else if is_template(&name) {
                self.found.push((path, entry.path()));
            }
        }
        Ok(())
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
    /// More entries, folders in folders or bytes than a folder of templates ever has.
    TooMuch,
    /// A link that leads out of the office's folder.
    Outside,
    /// A link to nothing, or to itself.
    NoTarget,
    /// A pipe, a device, a folder by the name of a file.
    NoFile,
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

/// The text of a file of the office. Nothing outside its folder is ever opened.
fn read(root: &Path, path: &Path) -> Result<String, Unreadable> {
    use std::io::Read as _;
    let failed = |reason| Unreadable { path: path.to_owned(), reason };
    let io = |error| failed(Reason::Io(error));
    let root = root.canonicalize().map_err(io)?;
    let real = path.canonicalize().map_err(|error| {
        let is_link = std::fs::symlink_metadata(path).is_ok_and(|own| own.is_symlink());
        if is_link { failed(Reason::NoTarget) } else { io(error) }
    })?;
    if !real.starts_with(&root) {
        return Err(failed(Reason::Outside));
    }
    let metadata = std::fs::metadata(&real).map_err(io)?;
    // To open a pipe is to wait for somebody to write into it.
    if !metadata.is_file() {
        return Err(failed(Reason::NoFile));
    }
    let mut bytes = Vec::new();
    let file = std::fs::File::open(&real).map_err(io)?;
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(io)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(failed(Reason::TooLarge));
    }
    let text = String::from_utf8(bytes).map_err(|_| failed(Reason::NotUtf8))?;
    Ok(plain(text))
}

/// The text without what editors of other systems do to it: a mark of its encoding before it,
/// lines that end in two characters. The ledger knows it by the same hash.
fn plain(text: String) -> String {
    let text = match text.strip_prefix('\u{feff}') {
        Some(text) => text.to_owned(),
        None => text,
    };
    match text.contains('\r') {
        true => text.replace("\r\n", "\n").replace('\r', "\n"),
        false => text,
    }
}
