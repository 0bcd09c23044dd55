//! The storage root: what declares it, its layout, and the folders down to the objects.

use super::super::folder::{Content, Folder, Kind};
use super::super::inventory::{self, Spec};
use super::super::json::Json;
use super::super::layout;
use super::super::root::{EXTENSION_CONFIG, EXTENSIONS, LAYOUT_FILE};
use super::{Declaration, Report, join, object};

/// Deeper hierarchies than any layout makes are not followed.
const MAX_DEPTH: usize = 40;
const MAX_SETTINGS_BYTES: u64 = 64 * 1024;

const DECLARATION: Declaration = Declaration {
    prefix: "ocfl_",
    none: "E069",
    several: "E076",
    tag: "E078",
    version: "E079",
    text: "E080",
};

pub(super) fn check(report: &mut Report, root: &Folder, at: &str) {
    let entries = report.entries(root, at);
    let spec = DECLARATION.check(report, root, at, &entries);
    settings(report, root, at);
    let mut walk = Walk { root: at.to_owned(), spec };
    for (name, kind) in &entries {
        // Other files beside the declaration may be anything (E087).
        if *kind != Kind::Folder {
            continue;
        }
        let Some(folder) = report.folder(root, at, name) else { continue };
        let at = join(at, name);
        if name == EXTENSIONS {
            super::extensions(report, &folder, &at, "E112", "W016");
        } else {
            walk.below(report, &folder, &at, 1);
        }
    }
}

/// `ocfl_layout.json` and the parameters of the extension it names.
fn settings(report: &mut Report, root: &Folder, at: &str) {
    let here = join(at, LAYOUT_FILE);
    let Some(bytes) = report.read(root, at, LAYOUT_FILE, MAX_SETTINGS_BYTES) else { return };
    let json = Json::parse(&bytes).unwrap_or(Json::Null);
    let text = |key| json.get(key).and_then(Json::text);
    let (Some(extension), Some(_)) = (text("extension"), text("description")) else {
        report.add(&here, "E070", "không phải JSON có `extension` và `description`");
        return;
    };
    if extension != layout::NAME {
        report.add(&here, "E071", "cách xếp hồ sơ lưu không phải cách của chương trình này");
        return;
    }
    let at = format!("{at}/{EXTENSIONS}/{}", layout::NAME);
    let path = format!("{EXTENSIONS}/{}/{EXTENSION_CONFIG}", layout::NAME);
    let config = root.walk(&path);
    let Some(Some((folder, name))) = report.try_or_tell(&at, config) else { return };
    let Some(bytes) = report.read(&folder, &at, name, MAX_SETTINGS_BYTES) else { return };
    // Numbers are not told apart by `Json`, so the values are compared.
    let value = |bytes: &[u8]| serde_json::from_slice::<serde_json::Value>(bytes).ok();
    if value(&bytes) != value(layout::CONFIG.as_bytes()) {
        report.add(&join(&at, name), "E071", "tham số xếp hồ sơ lưu đã bị đổi");
    }
}

/// See [`super::super::Store::validate_own`]; `wanted`: what is to be below the folder.
pub(super) fn check_own(report: &mut Report, folder: &Folder, at: &str, wanted: &Content) {
    let is_root = wanted.contains_key(LAYOUT_FILE);
    let mut rest = wanted.clone();
    for (name, kind) in report.try_or_tell(at, folder.entries()).unwrap_or_default() {
        let here = join(at, &name);
        let inside = format!("{name}/");
        let below: Content = rest
            .extract_if(.., |path, _| path.starts_with(&inside))
            .map(|(path, text)| (path[inside.len()..].to_owned(), text))
            .collect();
        match (kind, rest.remove(&name)) {
            (Kind::File, Some(text)) => {
                let read = report.try_or_tell(&here, folder.read(&name, MAX_SETTINGS_BYTES));
                if read.flatten().is_some_and(|bytes| bytes != text) {
                    report.add_own(&here, "không còn như chương trình đã ghi");
                }
            }
            (Kind::Folder, _) if !below.is_empty() => {
                if let Some(folder) = report.folder(folder, at, &name) {
                    check_own(report, &folder, &here, &below);
                }
            }
            // A folder of the root that holds records.
            (Kind::Folder, None) if is_root => {}
            (Kind::File | Kind::Folder, _) => report.add_own(&here, "không phải của kho"),
            // A link was told of when the spec was asked.
            (Kind::Other, _) => {}
        }
    }
    for path in rest.keys() {
        report.add_own(&join(at, path), "tệp này của kho không còn");
    }
}

struct Walk {
    root: String,
    spec: Option<Spec>,
}

impl Walk {
    fn below(&mut self, report: &mut Report, folder: &Folder, at: &str, depth: usize) {
        let entries = report.entries(folder, at);
        if is_object(&entries) {
            self.object(report, folder, at, &entries);
            return;
        }
        if entries.is_empty() {
            report.add(at, "E073", "thư mục trống");
        }
        for (name, kind) in &entries {
            let here = join(at, name);
            match kind {
                Kind::Folder if depth < MAX_DEPTH => {
                    if let Some(folder) = report.folder(folder, at, name) {
                        self.below(report, &folder, &here, depth + 1);
                    }
                }
                Kind::Folder => report.add(&here, "E085", "thư mục lồng quá sâu"),
                Kind::File if name.contains("=ocfl_") => {
                    report.add(&here, "E088", "một kho khác nằm trong kho này");
                }
                Kind::File => report.add(&here, "E072", "tệp nằm ngoài mọi hồ sơ lưu"),
                Kind::Other => {}
            }
        }
    }

    fn object(&self, report: &mut Report, folder: &Folder, at: &str, entries: &[(String, Kind)]) {
        let Some(found) = object::check(report, folder, at, entries) else { return };
        if self.spec.is_some_and(|root| found.spec > root) {
            report.add(at, "E081", "hồ sơ lưu theo bản OCFL mới hơn kho");
        }
        if at != join(&self.root, &layout::path(&found.id)) {
            report.add(at, "E083", "hồ sơ lưu không nằm đúng chỗ của `id`");
        }
    }
}

/// Whether a folder is an object's, be it one that lost its declaration.
fn is_object(entries: &[(String, Kind)]) -> bool {
    entries.iter().any(|(name, kind)| {
        *kind == Kind::File && (name.contains("=ocfl_object_") || name == inventory::FILE)
            || *kind == Kind::Folder && name == "v1"
    })
}
