//! The wordings that are meant: those of `--root`, or of the folder `templates` here.

use std::path::{Path, PathBuf};

use crate::cli::{report, say};
use crate::render::{Findings, Office};
use crate::vi::text;

/// The templates of an office where they usually are.
const ROOT: &str = "templates";

/// Why a command has no wordings to work on.
pub enum Refused {
    Said(String),
    Found(Findings),
}

impl From<Findings> for Refused {
    fn from(findings: Findings) -> Self {
        Self::Found(findings)
    }
}

impl Refused {
    /// Tells it to the clerk.
    pub fn tell(&self) {
        match self {
            Self::Said(said) => say::warn(&text::visible(said)),
            Self::Found(findings) => say::warn(&report::text(findings, &std::io::stderr())),
        }
    }
}

/// The folder of `--root`, or `templates` here.
pub fn folder(root: Option<&Path>) -> Result<PathBuf, Refused> {
    match root {
        Some(root) => Ok(root.to_owned()),
        None if Path::new(ROOT).is_dir() => Ok(PathBuf::from(ROOT)),
        None => Err(Refused::Said(format!(
            "lỗi: chưa biết lời văn nào: ở đây không có thư mục `{ROOT}`\n  \
             = gợi ý: thêm `--root THƯ_MỤC` là thư mục lời văn của cơ quan; chưa có thì gõ `vanthu wording eject THƯ_MỤC`\n"
        ))),
    }
}

/// The office of a folder that has wordings: of one that has none everything would be the
/// same as what the program carries.
pub fn office(root: &Path) -> Result<Office, Refused> {
    let office = crate::cli::office(Some(root))?;
    if office.catalog.templates().has_own() {
        return Ok(office);
    }
    Err(Refused::Said(format!(
        "lỗi: thư mục {} không có tệp lời văn nào\n  \
         = gợi ý: ghi thư mục chứa các loại văn bản, như thư mục do `vanthu wording eject THƯ_MỤC` lập ra\n",
        root.display()
    )))
}
