//! Whether a storage root and the objects in it are as the specification wants them
//! (ocfl.io/1.1/spec, codes of ocfl.io/1.1/spec/validation-codes.html).
//!
//! ```text
//! root: declaration, layout, extensions, hierarchy ──each object──▶ inventory, sidecar, versions
//!                                                                     └──▶ files against digests
//! ```
//!
//! What the system does not let it read is a fault like another: the rest is looked at all the
//! same. Digests in a fixity block are compared when they are SHA-256 or SHA-512; this
//! program writes no such block, and MD5, SHA-1 and BLAKE2 are not at hand (E027): it says so.

mod object;
mod root;

use super::Store;
use super::folder::{Folder, Kind};
use super::parse::{Fault, shown};
use super::root::{RECORDS, fixed};
use crate::archive::{Failure, Result};
use crate::diag::{At, Diagnostic};

/// A fault that makes a root or an object invalid.
pub const INVALID: &str = "kho-luu-tru-sai";
/// What the specification advises against.
pub const ADVICE: &str = "kho-luu-tru-nen-sua";

/// Codes with their explanations, for `vanthu explain`.
pub const EXPLAIN: &[(&str, &str)] = &[
    (
        INVALID,
        "\
Kho lưu trữ không còn đúng như lúc ghi, hoặc không theo chuẩn OCFL 1.1.

Mỗi văn bản đã phát hành nằm trong một hồ sơ lưu có bản kê ghi mã băm của từng tệp. Tệp bị sửa,
mất, thêm vào, bị thay bằng liên kết, hay bản kê bị sửa đều hiện ra khi đối chiếu.

Đừng sửa tay. Sao lại kho ra chỗ khác để giữ nguyên hiện trạng, rồi lấy hồ sơ lưu ấy từ bản sao
lưu gần nhất. Mã OCFL trong ngoặc (E092…) tra ở ocfl.io/1.1/spec/validation-codes.html.",
    ),
    (
        ADVICE,
        "\
Kho lưu trữ đọc được và nguyên vẹn, nhưng có chỗ chuẩn OCFL 1.1 khuyên làm khác.

Hoặc có mã băm mà chương trình không tính được (fixity: md5, sha1…), nên chỉ đối chiếu bằng mã băm
chính. Chương trình không tự ghi như vậy, nên chỗ ấy do chương trình khác hoặc do người thêm vào. Không
cần làm gì ngay; tra mã OCFL trong ngoặc (W007…) ở ocfl.io/1.1/spec/validation-codes.html.",
    ),
];

impl Store {
    /// Everything the spec demands of the root and of every object in it, and what it advises; each
    /// fault with the spec's code (E092 …) and its place below the archive. Reads every file once.
    ///
    /// # Errors
    /// None as yet: what cannot be read is a fault.
    pub fn validate(&self) -> Result<Vec<Diagnostic>> {
        let mut report = Report::default();
        root::check(&mut report, &self.root, RECORDS);
        Ok(report.faults)
    }

    /// Whether the files of the root itself are as this program writes them, and no others are
    /// beside them: the specification leaves a description, and files next to the declaration,
    /// to whoever made the root.
    pub fn validate_own(&self) -> Vec<Diagnostic> {
        let mut report = Report::default();
        root::check_own(&mut report, &self.root, RECORDS, &fixed());
        report.faults
    }
}

/// What was found, in the order of the walk.
#[derive(Default)]
pub(super) struct Report {
    faults: Vec<Diagnostic>,
}

impl Report {
    fn add(&mut self, at: &str, code: &'static str, message: impl Into<String>) {
        self.put(at, &Fault::new(code, message));
    }

    fn put(&mut self, at: &str, fault: &Fault) {
        let message = format!("{} (OCFL {})", fault.message, fault.code);
        let at = At::File(shown_path(at));
        self.faults.push(if fault.is_error() {
            Diagnostic::error(INVALID, at, message)
        } else {
            Diagnostic::warning(ADVICE, at, message)
        });
    }

    /// What the specification allows and this program never does.
    fn add_own(&mut self, at: &str, message: &str) {
        self.faults.push(Diagnostic::error(INVALID, At::File(shown_path(at)), message));
    }

    /// What this program does not look at, and says so.
    fn skip(&mut self, at: &str, message: impl Into<String>) {
        self.faults.push(Diagnostic::info(ADVICE, At::File(shown_path(at)), message));
    }

    /// What could not be looked at; the walk goes on beside it.
    fn fail(&mut self, at: &str, failure: &Failure) {
        let message = match failure {
            Failure::Damaged { message } => message.clone(),
            other => other.to_string().lines().next().unwrap_or_default().to_owned(),
        };
        let at = At::File(shown_path(at));
        // A link was told of when its folder was looked at.
        if !self.faults.iter().any(|fault| fault.at == at) {
            self.faults.push(Diagnostic::error(INVALID, at, message));
        }
    }

    /// The value, or the fault told of and `None`.
    fn try_or_tell<T>(&mut self, at: &str, result: Result<T>) -> Option<T> {
        result.map_err(|failure| self.fail(at, &failure)).ok()
    }

    /// What stands in a folder, without links and the like, which are told of.
    fn entries(&mut self, folder: &Folder, at: &str) -> Vec<(String, Kind)> {
        let entries = self.try_or_tell(at, folder.entries()).unwrap_or_default();
        entries
            .into_iter()
            .filter(|(name, kind)| {
                if *kind == Kind::Other {
                    self.add(&join(at, name), "E090", "là liên kết hoặc không phải tệp thường");
                }
                *kind != Kind::Other
            })
            .collect()
    }

    /// A folder that was just seen in [`Self::entries`].
    fn folder(&mut self, above: &Folder, at: &str, name: &str) -> Option<Folder> {
        let at = join(at, name);
        self.try_or_tell(&at, above.folder(name)).flatten()
    }

    /// A small file; `None` when it is missing, or told of.
    fn read(&mut self, folder: &Folder, at: &str, name: &str, limit_bytes: u64) -> Option<Vec<u8>> {
        let at = join(at, name);
        self.try_or_tell(&at, folder.read(name, limit_bytes)).flatten()
    }
}

fn join(at: &str, name: &str) -> String {
    format!("{at}/{name}")
}

/// Paths that others made may hold anything.
fn shown_path(path: &str) -> String {
    path.split('/').map(shown).collect::<Vec<_>>().join("/")
}

/// The extensions of ocfl.github.io/extensions, which a folder of extensions should be named by.
const REGISTERED: &[&str] = &[
    "0001-digest-algorithms",
    "0002-flat-direct-storage-layout",
    "0003-hash-and-id-n-tuple-storage-layout",
    "0004-hashed-n-tuple-storage-layout",
    "0005-mutable-head",
    "0006-flat-omit-prefix-storage-layout",
    "0007-n-tuple-omit-prefix-storage-layout",
    "0008-schema-registry",
    "0009-digest-algorithms",
    "0010-differential-n-tuple-omit-prefix-storage-layout",
    "0011-direct-clean-path-layout",
    "initial",
];

/// A folder of extensions: of an object (E067, W013) or of a root (E112, W016).
fn extensions(
    report: &mut Report,
    folder: &Folder,
    at: &str,
    file: &'static str,
    name: &'static str,
) {
    for (entry, kind) in report.entries(folder, at) {
        let at = join(at, &entry);
        if kind == Kind::File {
            report.add(&at, file, "tệp nằm lẫn giữa các phần mở rộng");
        } else if !REGISTERED.contains(&entry.as_str()) {
            report.add(&at, name, "phần mở rộng không có trong danh mục của OCFL");
        }
    }
}

/// The one file that declares a root or an object, and the version it declares.
struct Declaration {
    /// `ocfl_` or `ocfl_object_`.
    prefix: &'static str,
    /// Codes when there is none, when there are several, of a wrong tag, of a wrong version, of wrong contents.
    none: &'static str,
    several: &'static str,
    tag: &'static str,
    version: &'static str,
    text: &'static str,
}

impl Declaration {
    fn check(
        &self,
        report: &mut Report,
        folder: &Folder,
        at: &str,
        entries: &[(String, Kind)],
    ) -> Option<super::inventory::Spec> {
        let declarations: Vec<&str> = entries
            .iter()
            .filter(|(name, kind)| *kind == Kind::File && self.is_one(name))
            .map(|(name, _)| name.as_str())
            .collect();
        let [name] = declarations.as_slice() else {
            let (code, what) = if declarations.is_empty() {
                (self.none, "không có")
            } else {
                (self.several, "có nhiều hơn một")
            };
            report.add(at, code, format!("{what} tệp 0={}1.1", self.prefix));
            return None;
        };
        let at = join(at, name);
        let (tag, text) = name.split_once('=').unwrap_or_default();
        if tag != "0" {
            report.add(&at, self.tag, "tên không bắt đầu bằng 0=");
        }
        let spec = text.strip_prefix(self.prefix).and_then(super::inventory::Spec::by_name);
        if spec.is_none() {
            report.add(&at, self.version, "không phải OCFL 1.0 hay 1.1");
        }
        let contents = report.try_or_tell(&at, folder.read(name, 256)).flatten();
        if contents.is_some_and(|contents| contents != format!("{text}\n").as_bytes()) {
            report.add(&at, self.text, "nội dung không đúng như tên tệp");
        }
        spec
    }

    /// `0=ocfl_object_1.1`; not `0=ocfl_object_1.1` for a root.
    fn is_one(&self, name: &str) -> bool {
        let Some((_, text)) = name.split_once('=') else { return false };
        text.strip_prefix(self.prefix).is_some_and(|version| !version.starts_with("object_"))
    }
}
