//! One object: what stands in its folder, what its inventories say, and whether both agree.

use std::collections::{BTreeMap, BTreeSet};

use super::super::digest::Algorithm;
use super::super::folder::{Folder, Kind};
use super::super::inventory::{self, Inventory, Spec};
use super::super::parse::{self, short, shown};
use super::super::read::{MAX_SIDECAR_BYTES, stated_digest};
use super::super::root::EXTENSIONS;
use super::{Declaration, Report, join};

const LOGS: &str = "logs";
const MAX_DEPTH: usize = 100;

const DECLARATION: Declaration = Declaration {
    prefix: "ocfl_object_",
    none: "E003",
    several: "E003",
    tag: "E005",
    version: "E004",
    text: "E007",
};

/// What the root needs to know of an object whose inventory could be read.
pub(super) struct Found {
    pub id: String,
    pub spec: Spec,
}

/// An inventory with its bytes.
struct Read {
    inventory: Inventory,
    bytes: Vec<u8>,
    /// Whether all of it could be understood.
    is_whole: bool,
}

/// A digest that a file should have.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Claim {
    algorithm: Algorithm,
    digest: String,
    code: &'static str,
}

pub(super) fn check(
    report: &mut Report,
    folder: &Folder,
    at: &str,
    entries: &[(String, Kind)],
) -> Option<Found> {
    let declared = DECLARATION.check(report, folder, at, entries);
    let read = inventory(report, folder, at, "E063");
    stray(report, at, entries, read.as_ref());
    if entries.iter().any(|(name, kind)| name == EXTENSIONS && *kind == Kind::Folder)
        && let Some(extensions) = report.folder(folder, at, EXTENSIONS)
    {
        super::extensions(report, &extensions, &join(at, EXTENSIONS), "E067", "W013");
    }
    let Some(root) = read else {
        Object::new(folder, at).unlisted(report, entries);
        return None;
    };
    if declared.is_some_and(|declared| declared != root.inventory.spec) {
        report.add(&join(at, inventory::FILE), "E038", "`type` không đúng như tệp 0=ocfl_object");
    }
    let mut object = Object::new(folder, at);
    object.claim(&root.inventory);
    let not_compared =
        root.inventory.fixity.keys().filter(|name| Algorithm::by_name(name).is_none());
    for name in not_compared {
        let message = format!("không đối chiếu mã băm {} của `fixity`", shown(name));
        report.skip(&join(at, inventory::FILE), message);
    }
    object.versions(report, entries, &root);
    object.compare(report, &root.inventory);
    Some(Found { id: root.inventory.id, spec: root.inventory.spec })
}

/// What has no business in the folder of an object.
fn stray(report: &mut Report, at: &str, entries: &[(String, Kind)], read: Option<&Read>) {
    let sidecar = read.map(|read| read.inventory.sidecar());
    let sidecar_is = |name: &str| match &sidecar {
        Some(sidecar) => name == sidecar,
        None => name.starts_with("inventory.json."),
    };
    for (name, kind) in entries {
        let is_known = match kind {
            Kind::File => name == inventory::FILE || sidecar_is(name) || DECLARATION.is_one(name),
            Kind::Folder => {
                name == LOGS || name == EXTENSIONS || parse::version_number(name).is_some()
            }
            Kind::Other => true,
        };
        if !is_known {
            report.add(&join(at, name), "E001", "không thuộc hồ sơ lưu");
        }
    }
}

/// An inventory with its sidecar; a missing one has the code `missing`.
fn inventory(
    report: &mut Report,
    folder: &Folder,
    at: &str,
    missing: &'static str,
) -> Option<Read> {
    let here = join(at, inventory::FILE);
    let read = folder.read(inventory::FILE, inventory::MAX_BYTES as u64);
    let Some(bytes) = report.try_or_tell(&here, read)? else {
        let what = if missing.starts_with('W') {
            "phiên bản không có bản kê riêng"
        } else {
            "không có bản kê"
        };
        report.add(at, missing, what);
        return None;
    };
    let (parsed, faults) = parse::parse(&bytes);
    faults.iter().for_each(|fault| report.put(&here, fault));
    let algorithm = parsed.as_ref().map_or(Algorithm::Sha512, |inventory| inventory.algorithm);
    sidecar(report, folder, at, algorithm, &bytes);
    let is_whole = !faults.iter().any(parse::Fault::is_error);
    Some(Read { inventory: parsed?, bytes, is_whole })
}

fn sidecar(report: &mut Report, folder: &Folder, at: &str, algorithm: Algorithm, bytes: &[u8]) {
    let name = inventory::sidecar(algorithm);
    let here = join(at, &name);
    let read = folder.read(&name, MAX_SIDECAR_BYTES);
    let Some(read) = report.try_or_tell(&here, read) else { return };
    let Some(text) = read else {
        report.add(&here, "E058", "bản kê không có tệp mã băm đi kèm");
        return;
    };
    match stated_digest(&text) {
        None => report.add(&here, "E061", "không viết theo mẫu “MÃ_BĂM inventory.json”"),
        Some(stated) if !stated.eq_ignore_ascii_case(&algorithm.of(bytes)) => {
            report.add(&here, "E060", "bản kê đã bị sửa: mã băm không khớp");
        }
        Some(_) => {}
    }
}

struct Object<'a> {
    folder: &'a Folder,
    at: &'a str,
    /// What inventories say of files, by content path.
    claims: BTreeMap<String, BTreeSet<Claim>>,
    /// Content files that are there.
    files: BTreeSet<String>,
}

impl<'a> Object<'a> {
    const fn new(folder: &'a Folder, at: &'a str) -> Self {
        Self { folder, at, claims: BTreeMap::new(), files: BTreeSet::new() }
    }

    /// Version folders of an object whose inventory says nothing.
    fn unlisted(&mut self, report: &mut Report, entries: &[(String, Kind)]) {
        for (_, name) in version_folders(entries) {
            if let Some(folder) = report.folder(self.folder, self.at, name) {
                let own = inventory(report, &folder, &join(self.at, name), "W010");
                self.children(
                    report,
                    &folder,
                    name,
                    own.as_ref().map(|own| &own.inventory),
                    own.as_ref(),
                );
            }
        }
    }

    fn claim(&mut self, inventory: &Inventory) {
        self.claim_all(inventory.algorithm, &inventory.manifest, "E092");
        for (name, paths) in &inventory.fixity {
            if let Some(algorithm) = Algorithm::by_name(name) {
                self.claim_all(algorithm, paths, "E093");
            }
        }
    }

    fn claim_all(&mut self, algorithm: Algorithm, paths: &inventory::Paths, code: &'static str) {
        for (digest, paths) in paths {
            for path in paths {
                let digest = digest.to_ascii_lowercase();
                let claim = Claim { algorithm, digest, code };
                self.claims.entry(path.clone()).or_default().insert(claim);
            }
        }
    }

    /// Every version folder, oldest first.
    fn versions(&mut self, report: &mut Report, entries: &[(String, Kind)], root: &Read) {
        let folders = version_folders(entries);
        for number in root.inventory.versions.keys() {
            let name = root.inventory.version_name(*number);
            if !folders.iter().any(|(_, folder)| *folder == name) {
                let code = if *number == root.inventory.head { "E046" } else { "E010" };
                report.add(self.at, code, format!("không có thư mục của phiên bản {name}"));
            }
        }
        let mut before = None;
        for (number, name) in folders {
            let known = root.inventory.versions.contains_key(&number);
            let misnamed = name != root.inventory.version_name(number);
            if root.is_whole && (!known || misnamed) {
                let code = if number > root.inventory.head { "E046" } else { "E001" };
                report.add(&join(self.at, name), code, "bản kê không có phiên bản này");
            }
            if let Some(folder) = report.folder(self.folder, self.at, name) {
                before = self.version(report, &folder, (number, name), root, before);
            }
        }
    }

    /// One version folder; answers the spec it follows, which the next may not go below.
    fn version(
        &mut self,
        report: &mut Report,
        folder: &Folder,
        (number, name): (u32, &str),
        root: &Read,
        before: Option<Spec>,
    ) -> Option<Spec> {
        let at = join(self.at, name);
        let own = inventory(report, folder, &at, "W010");
        self.children(report, folder, name, Some(&root.inventory), own.as_ref());
        let Some(own) = own else { return before };
        let here = join(&at, inventory::FILE);
        let inventory = &own.inventory;
        if number == root.inventory.head && own.bytes != root.bytes {
            report.add(&here, "E064", "khác bản kê chính, dù là của phiên bản mới nhất");
        }
        if inventory.id != root.inventory.id {
            report.add(
                &here,
                "E037",
                format!("`id` “{}” không phải của hồ sơ lưu này", shown(&inventory.id)),
            );
        }
        if inventory.head != number {
            report.add(&here, "E040", format!("`head` không phải là {name}"));
        }
        if inventory.content_directory() != root.inventory.content_directory() {
            report.add(&here, "E019", "`contentDirectory` khác bản kê chính");
        }
        if inventory.spec > root.inventory.spec
            || before.is_some_and(|before| inventory.spec < before)
        {
            report.add(&here, "E103", "theo bản OCFL không hợp với phiên bản khác");
        }
        same_past(report, &here, inventory, &root.inventory);
        self.claim(inventory);
        self.listed(report, number, inventory);
        Some(inventory.spec)
    }

    /// What stands in a version folder.
    fn children(
        &mut self,
        report: &mut Report,
        folder: &Folder,
        name: &str,
        root: Option<&Inventory>,
        own: Option<&Read>,
    ) {
        let at = join(self.at, name);
        let root_sidecar =
            || root.map_or_else(|| inventory::sidecar(Algorithm::Sha512), Inventory::sidecar);
        let sidecar = own.map_or_else(root_sidecar, |own| own.inventory.sidecar());
        let content = root.map_or(inventory::CONTENT, Inventory::content_directory);
        for (entry, kind) in report.entries(folder, &at) {
            let here = join(&at, &entry);
            match kind {
                Kind::File if entry == inventory::FILE || entry == sidecar => {}
                Kind::File => report.add(&here, "E015", "tệp nằm ngoài thư mục nội dung"),
                Kind::Folder if entry == content => {
                    let Some(content) = report.folder(folder, &at, &entry) else { continue };
                    if report.entries(&content, &here).is_empty() {
                        report.add(&here, "W003", "thư mục nội dung trống");
                    } else {
                        self.content(report, &content, &format!("{name}/{entry}"), 0);
                    }
                }
                Kind::Folder => report.add(&here, "W002", "thư mục ngoài thư mục nội dung"),
                Kind::Other => {}
            }
        }
    }

    /// Files below a content folder, by their content paths.
    fn content(&mut self, report: &mut Report, folder: &Folder, path: &str, depth: usize) {
        let at = join(self.at, path);
        let entries = report.entries(folder, &at);
        if entries.is_empty() {
            report.add(&at, "E024", "thư mục trống");
        }
        for (name, kind) in entries {
            let below = format!("{path}/{name}");
            if kind == Kind::File {
                self.files.insert(below);
            } else if depth >= MAX_DEPTH {
                report.add(&join(self.at, &below), "E024", "thư mục lồng quá sâu");
            } else if let Some(folder) = report.folder(folder, &at, &name) {
                self.content(report, &folder, &below, depth + 1);
            }
        }
    }

    /// Files of this version and those before, by this version's own inventory.
    fn listed(&self, report: &mut Report, number: u32, inventory: &Inventory) {
        let listed: BTreeSet<&String> = inventory.manifest.values().flatten().collect();
        let up_to: Vec<String> =
            (1..=number).map(|n| format!("{}/", inventory.version_name(n))).collect();
        let unlisted = self.files.iter().filter(|path| {
            !listed.contains(path) && up_to.iter().any(|folder| path.starts_with(folder.as_str()))
        });
        let name = inventory.version_name(number);
        for path in unlisted {
            report.add(&join(self.at, path), "E023", format!("bản kê của {name} không có tệp này"));
        }
    }

    /// Every file against what the inventories say.
    fn compare(&self, report: &mut Report, root: &Inventory) {
        let listed: BTreeSet<&String> = root.manifest.values().flatten().collect();
        for path in self.files.iter().filter(|path| !listed.contains(path)) {
            report.add(&join(self.at, path), "E023", "bản kê không có tệp này");
        }
        for (path, claims) in &self.claims {
            if self.files.contains(path) {
                self.digests(report, path, claims);
            } else {
                let code = claims.iter().map(|claim| claim.code).min().unwrap_or("E092");
                report.add(&join(self.at, path), code, "tệp có trong bản kê mà không còn");
            }
        }
    }

    fn digests(&self, report: &mut Report, path: &str, claims: &BTreeSet<Claim>) {
        let at = join(self.at, path);
        let mut found: BTreeMap<Algorithm, String> = BTreeMap::new();
        for algorithm in claims.iter().map(|claim| claim.algorithm).collect::<BTreeSet<_>>() {
            let walked = report.try_or_tell(&at, self.folder.walk(path)).flatten();
            let Some((folder, name)) = walked else { return };
            let digest = folder.digest(name, algorithm);
            let Some(digest) = report.try_or_tell(&at, digest).flatten() else { return };
            found.insert(algorithm, digest);
        }
        for claim in claims {
            let digest = found.get(&claim.algorithm);
            if let Some(digest) = digest.filter(|digest| **digest != claim.digest) {
                let (found, claimed) = (short(digest), short(&claim.digest));
                let message = format!("đã bị sửa: mã băm {found}, bản kê ghi {claimed}");
                report.add(&at, claim.code, message);
            }
        }
    }
}

/// Version folders, oldest first.
fn version_folders(entries: &[(String, Kind)]) -> Vec<(u32, &str)> {
    let folders = entries.iter().filter(|(_, kind)| *kind == Kind::Folder);
    let numbers =
        folders.filter_map(|(name, _)| Some((parse::version_number(name)?.0, name.as_str())));
    let mut folders: Vec<(u32, &str)> = numbers.collect();
    folders.sort_unstable();
    folders
}

/// Versions that two inventories both tell of are the same in both.
fn same_past(report: &mut Report, at: &str, old: &Inventory, root: &Inventory) {
    for (number, version) in &old.versions {
        let Some(now) = root.versions.get(number) else { continue };
        if !same_state(old, root, *number) {
            report.add(at, "E066", format!("trạng thái v{number} khác bản kê chính"));
        }
        let metadata = |version: &inventory::Version| {
            (version.created.clone(), version.message.clone(), version.user.clone())
        };
        if metadata(version) != metadata(now) {
            report.add(
                at,
                "W011",
                format!("thời điểm, lời ghi hoặc người ghi của v{number} khác bản kê chính"),
            );
        }
    }
}

/// The same logical paths with the same content; digests of two algorithms are the same
/// content when they lead to the same file.
fn same_state(old: &Inventory, new: &Inventory, version: u32) -> bool {
    let (before, after) = (old.logical(version), new.logical(version));
    before.len() == after.len()
        && before.iter().all(|(path, digest)| {
            after.get(path).is_some_and(|other| {
                if old.algorithm == new.algorithm {
                    return digest.eq_ignore_ascii_case(other);
                }
                let files = |inventory: &Inventory, digest: &String| -> BTreeSet<String> {
                    inventory.manifest.get(digest).into_iter().flatten().cloned().collect()
                };
                !files(old, digest).is_disjoint(&files(new, other))
            })
        })
}
