//! The two sides of a comparison: the templates that are revised, and those before.

use std::path::Path;

use super::git;
use crate::cli::wording::root::{self, Refused};
use crate::render::{Findings, Office};
use crate::templates::Templates;

/// Templates and what they are called.
pub struct Side {
    pub title: String,
    pub office: Office,
}

pub struct Sides {
    pub old: Side,
    pub new: Side,
}

impl Sides {
    /// The templates of `--root` against those of `--against`: a folder, or a revision of
    /// git; of neither, against the last commit, or against those that the program carries.
    pub fn open(root: Option<&Path>, against: Option<&str>) -> Result<Self, Refused> {
        let root = root::folder(root)?;
        let new = Side { title: root.display().to_string(), office: root::office(&root)? };
        let old = match against {
            Some(against) if Path::new(against).is_dir() => Side {
                title: format!("thư mục {against}"),
                office: root::office(Path::new(against))?,
            },
            Some(against) => {
                revision(&root, against).map_err(|refused| not_there(against, &refused))??
            }
            None => match revision(&root, "HEAD") {
                Ok(side) => side?,
                Err(_) => Side {
                    title: "lời văn có sẵn trong chương trình".to_owned(),
                    office: Office::of(Templates::embedded())?,
                },
            },
        };
        Ok(Self { old, new })
    }
}

/// What git knows is found first, and read only then.
fn revision(root: &Path, name: &str) -> Result<Result<Side, Findings>, git::Refused> {
    let files = git::templates(root, name)?;
    let shown = |path: &str| format!("{name}:{path}");
    let files = files.into_iter().map(|(path, text)| (path.clone(), shown(&path), text));
    let templates = Templates::embedded().with_files(files);
    let title = match name {
        "HEAD" => "bản ghi gần nhất trong git (HEAD)".to_owned(),
        name => format!("bản {name} trong git"),
    };
    Ok(Office::of(templates).map(|office| Side { title, office }))
}

fn not_there(against: &str, refused: &git::Refused) -> Refused {
    Refused::Said(format!(
        "lỗi: không so sánh được với “{against}”: {refused}\n  \
         = gợi ý: sau --against ghi một thư mục lời văn, hoặc một bản trong git của thư mục lời văn (ví dụ HEAD~1)\n"
    ))
}
