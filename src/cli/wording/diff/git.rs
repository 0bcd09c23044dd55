//! The templates of an earlier revision, by the program `git`. Nothing is checked out and
//! nothing is written: two commands that only read.

use std::fmt;
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::templates::is_path;

/// The largest template that is read, in bytes, as from a folder.
const MAX_BYTES: usize = 1 << 20;

/// Why there are no templates of that revision.
#[derive(Debug)]
pub enum Refused {
    /// The program is not installed.
    NoGit,
    /// The folder is in no repository.
    NoRepository,
    NoRevision,
    /// The revision holds no template in that folder.
    Nothing,
    /// A file of it cannot be read as a template.
    File(String),
    /// What git said.
    Failed(String),
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoGit => f.write_str("máy này không có chương trình git"),
            Self::NoRepository => f.write_str("thư mục lời văn không nằm trong kho git nào"),
            Self::NoRevision => f.write_str("kho git không có bản này"),
            Self::Nothing => {
                f.write_str("trong bản này của kho git, thư mục lời văn chưa có tệp nào")
            }
            Self::File(path) => {
                write!(f, "tệp {path} của bản này lớn hơn 1 MiB hoặc không phải UTF-8")
            }
            Self::Failed(said) => write!(f, "git báo: {said}"),
        }
    }
}

/// The path and the text of every template that a folder had in a revision.
///
/// # Errors
/// Why it cannot be told.
pub fn templates(root: &Path, revision: &str) -> Result<Vec<(String, String)>, Refused> {
    if revision.is_empty() || revision.starts_with('-') {
        return Err(Refused::NoRevision);
    }
    let inside = run(root, &["rev-parse", "--is-inside-work-tree"])?;
    if !inside.status.success() {
        return Err(Refused::NoRepository);
    }
    let commit = format!("{revision}^{{commit}}");
    let found = run(root, &["rev-parse", "--verify", "--quiet", &commit])?;
    if !found.status.success() {
        return Err(Refused::NoRevision);
    }
    let commit = String::from_utf8_lossy(&found.stdout).trim().to_owned();
    let listed = run(root, &["ls-tree", "-r", "-z", &commit])?;
    if !listed.status.success() {
        return Err(Refused::Failed(first_line(&listed.stderr)));
    }
    let entries = entries(&listed.stdout);
    if entries.is_empty() {
        return Err(Refused::Nothing);
    }
    let ids: Vec<&str> = entries.iter().map(|(id, _)| id.as_str()).collect();
    let texts = blobs(root, &ids)?;
    let texts = entries.iter().zip(texts).map(|((_, path), bytes)| {
        let text = String::from_utf8(bytes).ok().filter(|text| text.len() <= MAX_BYTES);
        let text = text.ok_or_else(|| Refused::File(path.clone()))?;
        Ok((path.clone(), text))
    });
    texts.collect()
}

fn git(root: &Path) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(root).env("LC_ALL", "C").env("GIT_OPTIONAL_LOCKS", "0");
    // A hook that runs this program names its own repository in these.
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
        command.env_remove(name);
    }
    command
}

fn run(root: &Path, arguments: &[&str]) -> Result<Output, Refused> {
    git(root).args(arguments).stdin(Stdio::null()).output().map_err(unavailable)
}

fn unavailable(error: std::io::Error) -> Refused {
    match error.kind() {
        std::io::ErrorKind::NotFound => Refused::NoGit,
        _ => Refused::Failed(crate::diag::system::reason(&error)),
    }
}

fn first_line(said: &[u8]) -> String {
    String::from_utf8_lossy(said).lines().next().unwrap_or_default().trim().to_owned()
}

/// The id and the path of every template in `<mode> blob <id>\t<path>\0 …`; links are none.
fn entries(listed: &[u8]) -> Vec<(String, String)> {
    let entry = |entry: &[u8]| {
        let (head, path) = std::str::from_utf8(entry).ok()?.split_once('\t')?;
        let mut head = head.split(' ');
        let (mode, kind, id) = (head.next()?, head.next()?, head.next()?);
        let is_file = mode.starts_with("100") && kind == "blob" && is_path(path);
        is_file.then(|| (id.to_owned(), path.to_owned()))
    };
    listed.split(|&byte| byte == 0).filter_map(entry).collect()
}

/// The bytes of blobs, by one `git cat-file --batch`.
fn blobs(root: &Path, ids: &[&str]) -> Result<Vec<Vec<u8>>, Refused> {
    let mut child = git(root)
        .args(["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(unavailable)?;
    let wanted: String = ids.iter().map(|id| format!("{id}\n")).collect();
    let (asking, answering) = (child.stdin.take(), child.stdout.take());
    let mut answer = Vec::new();
    // It answers while it is asked: neither side may wait for the other.
    let read = std::thread::scope(|scope| {
        scope.spawn(move || asking.map(|mut asking| asking.write_all(wanted.as_bytes())));
        answering.map_or(Ok(0), |mut answering| answering.read_to_end(&mut answer))
    });
    let ended = child.wait().map_err(unavailable)?;
    read.map_err(unavailable)?;
    let broken = || Refused::Failed("không đọc được nội dung các tệp".to_owned());
    if !ended.success() {
        return Err(broken());
    }
    let mut rest = answer.as_slice();
    let mut blobs = Vec::with_capacity(ids.len());
    for _ in ids {
        // `<id> blob <bytes>\n … \n`
        let line = rest.iter().position(|&byte| byte == b'\n').ok_or_else(broken)?;
        let head = String::from_utf8_lossy(&rest[..line]);
        let length: usize =
            head.rsplit(' ').next().and_then(|length| length.parse().ok()).ok_or_else(broken)?;
        let start = line + 1;
        blobs.push(rest.get(start..start + length).ok_or_else(broken)?.to_vec());
        rest = rest.get(start + length + 1..).unwrap_or_default();
    }
    Ok(blobs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_that_are_templates_are_listed() {
        let listed = [
            "100644 blob aa\tbao_cao/loai.yaml",
            "120000 blob bb\tbao_cao/noi_dung.md",
            "100755 blob cc\tbao_cao/a b.md",
            "100644 blob dd\t.an/a.md",
            "100644 blob ee\tanh.png",
            "160000 commit ff\tkho.md",
        ];
        let listed = listed.join("\0");
        let found = entries(listed.as_bytes());
        let paths: Vec<&str> = found.iter().map(|(_, path)| path.as_str()).collect();
        assert_eq!(paths, ["bao_cao/loai.yaml", "bao_cao/a b.md"]);
    }
}
