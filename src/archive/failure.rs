//! Why the archive does not do what it is asked, in the clerk's words.

use std::fmt;
use std::path::Path;

use super::register::Trouble;
use crate::diag::system;

pub type Result<T> = std::result::Result<T, Failure>;

/// A refusal or a trouble: the fact, and the next step.
#[derive(Debug)]
pub enum Failure {
    /// The act is not allowed; nothing was changed.
    Refused { message: String, hint: String },
    /// What is kept is not as it was written.
    Damaged { message: String },
    /// The disk or the system says no.
    Disk { path: String, error: std::io::Error },
    /// SQLite says no.
    Register(Trouble),
}

impl Failure {
    pub fn refused(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Refused { message: message.into(), hint: hint.into() }
    }

    pub fn damaged(message: impl Into<String>) -> Self {
        Self::Damaged { message: message.into() }
    }

    /// For `map_err`: what the system said of a path.
    pub fn disk(path: impl AsRef<Path>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.as_ref().display().to_string();
        move |error| Self::Disk { path, error }
    }

    /// For `map_err`: which file SQLite speaks of.
    pub(super) fn at(self, path: &Path) -> Self {
        match self {
            Self::Register(trouble) => Self::Register(trouble.at(path)),
            other => other,
        }
    }
}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        Self::Register(error.into())
    }
}

impl std::error::Error for Failure {}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused { message, hint } if hint.is_empty() => f.write_str(message),
            Self::Refused { message, hint } => write!(f, "{message}\n  = gợi ý: {hint}"),
            Self::Damaged { message } => write!(
                f,
                "kho lưu trữ không còn nguyên vẹn: {message}\n  = gợi ý: đừng ghi gì thêm; gõ `vanthu archive verify` để xem hết, rồi lấy lại từ bản sao lưu"
            ),
            Self::Disk { path, error } => write!(
                f,
                "không đọc, ghi được {path}: {}\n  = gợi ý: {}",
                system::reason(error),
                next_step(error)
            ),
            Self::Register(trouble) => trouble.fmt(f),
        }
    }
}

fn next_step(error: &std::io::Error) -> &'static str {
    use std::io::ErrorKind as Kind;
    match error.kind() {
        Kind::StorageFull => "giải phóng ổ đĩa rồi chạy lại đúng lệnh vừa gõ",
        Kind::NotFound | Kind::NotADirectory => "kiểm tra đường dẫn rồi chạy lại",
        _ => system::next_step(error)
            .unwrap_or("chạy lại đúng lệnh vừa gõ; nếu vẫn vậy, kiểm tra ổ đĩa và quyền ghi"),
    }
}
