//! From the bytes of an inventory to what it says, with every fault on the way by the code of
//! the specification.

use std::collections::{BTreeMap, BTreeSet};

use super::digest::Algorithm;
use super::inventory::{CONTENT, Inventory, Paths, Spec, TYPE, User, Version, is_rfc3339};
use super::json::Json;

/// One thing that is not as OCFL wants it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// `E092`, `W005`: ocfl.io/1.1/spec/validation-codes.html
    pub code: &'static str,
    /// The fact, in Vietnamese.
    pub message: String,
}

impl Fault {
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }

    pub fn is_error(&self) -> bool {
        self.code.starts_with('E')
    }
}

/// What can be said of an inventory alone: all its faults, and what it says as far as it could
/// be understood. Only [`strict`] may be believed.
pub(super) fn parse(bytes: &[u8]) -> (Option<Inventory>, Vec<Fault>) {
    if bytes.len() > super::inventory::MAX_BYTES {
        return (None, vec![Fault::new("E033", "bản kê lớn quá mức đọc được")]);
    }
    let json = match Json::parse(bytes) {
        Ok(json) => json,
        Err(error) => {
            let message = format!("bản kê không phải JSON đúng ({error})");
            return (None, vec![Fault::new("E033", message)]);
        }
    };
    let mut parser = Parser { faults: Vec::new() };
    (parser.inventory(&json), parser.faults)
}

/// An inventory without any error.
///
/// # Errors
/// The first error.
pub(super) fn strict(bytes: &[u8]) -> Result<Inventory, Fault> {
    let (inventory, faults) = parse(bytes);
    if let Some(error) = faults.into_iter().find(Fault::is_error) {
        return Err(error);
    }
    inventory.ok_or_else(|| Fault::new("E033", "bản kê không đọc được"))
}

struct Parser {
    faults: Vec<Fault>,
}

/// Names of versions of one inventory and the digits they are padded to (0: none).
struct Names {
    numbers: BTreeMap<String, u32>,
    padding: usize,
}

const KEYS: &[&str] = &[
    "id",
    "type",
    "digestAlgorithm",
    "head",
    "contentDirectory",
    "manifest",
    "versions",
    "fixity",
];
const VERSION_KEYS: &[&str] = &["created", "state", "message", "user"];
const USER_KEYS: &[&str] = &["name", "address"];
/// Those of the specification and of extension 0001/0009.
const FIXITY: &[&str] = &[
    "md5",
    "sha1",
    "sha256",
    "sha512",
    "blake2b-512",
    "blake2b-160",
    "blake2b-256",
    "blake2b-384",
    "sha512/256",
    "size",
    "crc32",
];

impl Parser {
    fn fault(&mut self, code: &'static str, message: impl Into<String>) {
        self.faults.push(Fault::new(code, message));
    }

    fn inventory(&mut self, json: &Json) -> Option<Inventory> {
        if json.object().is_none() {
            self.fault("E033", "bản kê không phải một đối tượng JSON");
            return None;
        }
        self.only(json, KEYS, "bản kê");
        let id = self.id(json);
        let spec = self.spec(json);
        let algorithm = self.algorithm(json);
        let content_directory = self.content_directory(json);
        let manifest = self.manifest(json.get("manifest"));
        let names = self.names(json.get("versions"));
        let head = self.head(json, names.as_ref());
        let versions = self.versions(json.get("versions"), names.as_ref());
        let fixity = self.fixity(json.get("fixity"));
        let (manifest, names, versions) = (manifest?, names?, versions?);
        self.digests(algorithm, &manifest);
        self.used(&manifest, &versions, versions.len() == names.numbers.len());
        self.content_in_versions(&manifest, &names, content_directory.as_deref());
        Some(Inventory {
            id: id?,
            spec: spec?,
            algorithm: algorithm?,
            head: head?,
            padding: names.padding,
            content_directory,
            manifest,
            versions,
            fixity: fixity?,
        })
    }

    fn only(&mut self, json: &Json, known: &[&str], what: &str) {
        for (key, _) in json.object().unwrap_or_default() {
            if !known.contains(&key.as_str()) {
                self.fault("E102", format!("{what} có khóa lạ “{}”", shown(key)));
            }
        }
    }

    /// A text that must be there.
    fn text(&mut self, json: &Json, key: &str, code: &'static str) -> Option<String> {
        let text = json.get(key).and_then(Json::text).filter(|text| !text.is_empty());
        if text.is_none() {
            self.fault(code, format!("thiếu `{key}`, hoặc `{key}` không phải chữ"));
        }
        text.map(str::to_owned)
    }

    fn id(&mut self, json: &Json) -> Option<String> {
        let id = self.text(json, "id", if json.get("id").is_some() { "E037" } else { "E036" })?;
        if !is_uri(&id) {
            self.fault("W005", format!("`id` “{}” không phải URI", shown(&id)));
        }
        Some(id)
    }

    fn spec(&mut self, json: &Json) -> Option<Spec> {
        let missing = json.get("type").is_none();
        let text = self.text(json, "type", if missing { "E036" } else { "E038" })?;
        let version = text.strip_prefix(TYPE.0).and_then(|rest| rest.strip_suffix(TYPE.1));
        let spec = version.and_then(Spec::by_name);
        if spec.is_none() {
            self.fault(
                "E038",
                format!("`type` “{}” không phải của OCFL 1.0 hay 1.1", shown(&text)),
            );
        }
        spec
    }

    fn algorithm(&mut self, json: &Json) -> Option<Algorithm> {
        let missing = json.get("digestAlgorithm").is_none();
        let name = self.text(json, "digestAlgorithm", if missing { "E036" } else { "E025" })?;
        let algorithm = Algorithm::by_name(&name);
        match algorithm {
            None => {
                self.fault("E025", format!("`digestAlgorithm` “{}” không dùng được", shown(&name)))
            }
            Some(Algorithm::Sha256) => self.fault("W004", "nên dùng sha512 thay cho sha256"),
            Some(Algorithm::Sha512) => {}
        }
        algorithm
    }

    fn content_directory(&mut self, json: &Json) -> Option<String> {
        let value = json.get("contentDirectory")?;
        let Some(name) = value.text() else {
            self.fault("E018", "`contentDirectory` không phải chữ");
            return None;
        };
        if name.contains('/') {
            self.fault("E017", "`contentDirectory` có dấu /");
        } else if matches!(name, "" | "." | "..") {
            self.fault("E018", format!("`contentDirectory` là “{name}”"));
        } else if leads_on(name) {
            self.fault("E108", "`contentDirectory` không phải một thư mục con");
        }
        Some(name.to_owned())
    }

    fn manifest(&mut self, value: Option<&Json>) -> Option<Paths> {
        let Some(value) = value else {
            self.fault("E041", "thiếu `manifest`");
            return None;
        };
        let codes = Codes { object: "E106", list: "E092", digest: "E096" };
        let manifest = self.paths(value, "manifest", &codes)?;
        self.content_paths(&manifest, "manifest", true);
        Some(manifest)
    }

    /// Digest to paths; each digest once, whatever its case.
    fn paths(&mut self, value: &Json, what: &str, codes: &Codes) -> Option<Paths> {
        let Some(entries) = value.object() else {
            self.fault(codes.object, format!("`{what}` không phải một đối tượng JSON"));
            return None;
        };
        let mut paths = Paths::new();
        let mut digests = BTreeSet::new();
        for (digest, value) in entries {
            if !digests.insert(digest.to_ascii_lowercase()) {
                self.fault(codes.digest, format!("`{what}` có mã băm {} hai lần", short(digest)));
            }
            match value.texts() {
                Some(list) => {
                    paths.insert(digest.clone(), list);
                }
                None => self.fault(
                    codes.list,
                    format!("`{what}`: mã băm {} không đi với danh sách tệp", short(digest)),
                ),
            }
        }
        Some(paths)
    }

    fn content_paths(&mut self, paths: &Paths, what: &str, unique: bool) {
        let all: Vec<&str> = paths.values().flatten().map(String::as_str).collect();
        for path in &all {
            self.path(path, what, ("E100", "E099"));
        }
        if let Some(path) = conflict(&all).filter(|_| unique) {
            self.fault("E101", format!("`{what}`: “{}” trùng hoặc cản tệp khác", shown(path)));
        }
    }

    /// A path of content (E100, E099) or a logical one (E053, E052).
    fn path(&mut self, path: &str, what: &str, (slash, element): (&'static str, &'static str)) {
        if path.starts_with('/') || path.ends_with('/') {
            self.fault(
                slash,
                format!("`{what}`: “{}” bắt đầu hoặc kết thúc bằng dấu /", shown(path)),
            );
        }
        let inner = path.trim_matches('/');
        if inner.split('/').any(|part| matches!(part, "" | "." | "..")) {
            self.fault(element, format!("`{what}`: “{}” có phần trống, . hoặc ..", shown(path)));
        } else if inner.split('/').any(leads_on) {
            // OCFL allows such names; no system would find the same file by them.
            self.fault(element, format!("`{what}`: “{}” có ký tự dẫn ra ngoài", shown(path)));
        }
    }

    fn names(&mut self, value: Option<&Json>) -> Option<Names> {
        let Some(value) = value else {
            self.fault("E043", "thiếu `versions`");
            return None;
        };
        let Some(entries) = value.object() else {
            self.fault("E044", "`versions` không phải một đối tượng JSON");
            return None;
        };
        if entries.is_empty() {
            self.fault("E008", "không có phiên bản nào");
            return None;
        }
        let mut names = Names { numbers: BTreeMap::new(), padding: 0 };
        let mut widths = BTreeSet::new();
        for (name, _) in entries {
            let Some((number, padding)) = version_number(name) else {
                self.fault("E046", format!("“{}” không phải tên phiên bản", shown(name)));
                continue;
            };
            names.numbers.insert(name.clone(), number);
            widths.insert(padding);
        }
        self.sequence(&names);
        if widths.len() > 1 {
            let code = if widths.contains(&0) { "E011" } else { "E012" };
            self.fault(code, "tên các phiên bản viết theo nhiều cách");
        }
        names.padding = widths.first().copied().unwrap_or_default();
        if names.padding > 0 {
            self.fault("W001", "số phiên bản có số 0 đứng trước");
        }
        Some(names)
    }

    fn sequence(&mut self, names: &Names) {
        let numbers: BTreeSet<u32> = names.numbers.values().copied().collect();
        if numbers.first().is_some_and(|first| *first != 1) {
            self.fault("E009", "phiên bản đầu tiên không phải là 1");
        } else if numbers.last().is_some_and(|last| *last as usize != numbers.len()) {
            self.fault("E010", "các phiên bản không liền nhau");
        }
    }

    fn head(&mut self, json: &Json, names: Option<&Names>) -> Option<u32> {
        let missing = json.get("head").is_none();
        let head = self.text(json, "head", if missing { "E036" } else { "E040" })?;
        let names = names?;
        let number = names.numbers.get(&head).copied();
        if number.is_none() || number != names.numbers.values().copied().max() {
            self.fault("E040", format!("`head` “{}” không phải phiên bản mới nhất", shown(&head)));
        }
        number
    }

    fn versions(
        &mut self,
        value: Option<&Json>,
        names: Option<&Names>,
    ) -> Option<BTreeMap<u32, Version>> {
        let mut versions = BTreeMap::new();
        for (name, value) in value?.object()? {
            if let Some(version) = self.version(name, value)
                && let Some(number) = names?.numbers.get(name)
            {
                versions.insert(*number, version);
            }
        }
        Some(versions)
    }

    fn version(&mut self, name: &str, value: &Json) -> Option<Version> {
        if value.object().is_none() {
            self.fault("E047", format!("phiên bản {} không phải một đối tượng JSON", shown(name)));
            return None;
        }
        self.only(value, VERSION_KEYS, name);
        let created = self.created(name, value);
        let state = self.state(name, value);
        let message = self.message(name, value);
        let user = self.user(name, value);
        Some(Version { created: created?, state: state?, message, user })
    }

    fn created(&mut self, name: &str, value: &Json) -> Option<String> {
        let Some(created) = value.get("created") else {
            self.fault("E048", format!("phiên bản {name} thiếu `created`"));
            return None;
        };
        let created = created.text().filter(|text| is_rfc3339(text)).map(str::to_owned);
        if created.is_none() {
            self.fault("E049", format!("`created` của {name} không viết theo RFC 3339"));
        }
        created
    }

    fn state(&mut self, name: &str, value: &Json) -> Option<Paths> {
        let Some(value) = value.get("state") else {
            self.fault("E048", format!("phiên bản {name} thiếu `state`"));
            return None;
        };
        let codes = Codes { object: "E050", list: "E051", digest: "E050" };
        let state = self.paths(value, &format!("state {name}"), &codes)?;
        let all: Vec<&str> = state.values().flatten().map(String::as_str).collect();
        for path in &all {
            self.path(path, name, ("E053", "E052"));
        }
        if let Some(path) = conflict(&all) {
            self.fault("E095", format!("{name}: “{}” trùng hoặc cản tệp khác", shown(path)));
        }
        Some(state)
    }

    fn message(&mut self, name: &str, value: &Json) -> Option<String> {
        let Some(message) = value.get("message") else {
            self.fault("W007", format!("phiên bản {name} không có `message`"));
            return None;
        };
        if message.text().is_none() {
            self.fault("E094", format!("`message` của {name} không phải chữ"));
        }
        message.text().map(str::to_owned)
    }

    fn user(&mut self, name: &str, value: &Json) -> Option<User> {
        let Some(user) = value.get("user") else {
            self.fault("W007", format!("phiên bản {name} không có `user`"));
            return None;
        };
        let Some(who) = user.get("name").and_then(Json::text).filter(|name| !name.is_empty())
        else {
            self.fault("E054", format!("`user` của {name} không có `name`"));
            return None;
        };
        self.only(user, USER_KEYS, &format!("`user` của {name}"));
        let address = user.get("address").map(|address| address.text().unwrap_or_default());
        match address {
            None => self.fault("W008", format!("`user` của {name} không có `address`")),
            Some(address) if !is_uri(address) => {
                self.fault("W009", format!("`address` của {name} không phải URI"));
            }
            Some(_) => {}
        }
        Some(User { name: who.to_owned(), address: address.map(str::to_owned) })
    }

    fn fixity(&mut self, value: Option<&Json>) -> Option<BTreeMap<String, Paths>> {
        let mut fixity = BTreeMap::new();
        let Some(value) = value else { return Some(fixity) };
        let Some(entries) = value.object() else {
            self.fault("E111", "`fixity` không phải một đối tượng JSON");
            return None;
        };
        for (algorithm, value) in entries {
            if !FIXITY.contains(&algorithm.as_str()) {
                self.fault("E056", format!("`fixity` có thuật toán lạ “{}”", shown(algorithm)));
            }
            let codes = Codes { object: "E057", list: "E057", digest: "E097" };
            let what = format!("fixity {}", shown(algorithm));
            let Some(paths) = self.paths(value, &what, &codes) else { continue };
            self.content_paths(&paths, &what, false);
            fixity.insert(algorithm.clone(), paths);
        }
        Some(fixity)
    }

    /// E025 when the digests are of another length than the algorithm gives.
    fn digests(&mut self, algorithm: Option<Algorithm>, manifest: &Paths) {
        let chars = match algorithm {
            None => return,
            Some(Algorithm::Sha256) => 64,
            Some(Algorithm::Sha512) => 128,
        };
        let is_digest =
            |text: &str| text.len() == chars && text.bytes().all(|b| b.is_ascii_hexdigit());
        if let Some(wrong) = manifest.keys().find(|digest| !is_digest(digest)) {
            self.fault(
                "E039",
                format!("“{}” không phải mã băm của `digestAlgorithm`", short(wrong)),
            );
        }
    }

    /// `all`: every version could be read, so that what none uses is used by none.
    fn used(&mut self, manifest: &Paths, versions: &BTreeMap<u32, Version>, all: bool) {
        let mut used: BTreeSet<&String> = BTreeSet::new();
        for (number, version) in versions {
            for digest in version.state.keys() {
                used.insert(digest);
                if !manifest.contains_key(digest) {
                    let digest = short(digest);
                    self.fault(
                        "E050",
                        format!("v{number}: mã băm {digest} không có trong `manifest`"),
                    );
                }
            }
        }
        let unused = manifest.keys().find(|digest| !used.contains(digest));
        if let Some(digest) = unused.filter(|_| all) {
            self.fault(
                "E107",
                format!("`manifest`: không phiên bản nào dùng mã băm {}", short(digest)),
            );
        }
    }

    /// Content lies in the content folder of a version that there is.
    fn content_in_versions(&mut self, manifest: &Paths, names: &Names, content: Option<&str>) {
        let content = content.unwrap_or(CONTENT);
        let is_inside = |path: &str| {
            let version =
                path.split_once('/').filter(|(version, _)| names.numbers.contains_key(*version));
            let rest = version.and_then(|(_, rest)| rest.strip_prefix(content));
            rest.is_some_and(|rest| rest.starts_with('/'))
        };
        for path in manifest.values().flatten() {
            if !is_inside(path) {
                let path = shown(path);
                self.fault("E042", format!("`manifest`: “{path}” không nằm trong phiên bản nào"));
            }
        }
    }
}

/// What a block of paths is faulted with.
struct Codes {
    object: &'static str,
    list: &'static str,
    digest: &'static str,
}

/// `v3` → 3 and no padding; `v0003` → 3 and 4 digits.
pub(super) fn version_number(name: &str) -> Option<(u32, usize)> {
    let digits = name.strip_prefix('v')?;
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let number: u32 = digits.parse().ok().filter(|number| is_number && *number > 0)?;
    let padding = if digits.starts_with('0') { digits.len() } else { 0 };
    Some((number, padding))
}

/// Signs that some system takes for more than a letter of a name.
fn leads_on(part: &str) -> bool {
    part.contains(['\\', '\0', ':']) || part.chars().any(char::is_control)
}

/// A path that stands twice, or as a folder of another.
fn conflict<'a>(paths: &[&'a str]) -> Option<&'a str> {
    let mut set = BTreeSet::new();
    let twice = paths.iter().find(|path| !set.insert(**path));
    twice.copied().or_else(|| {
        paths.iter().copied().find(|path| {
            path.match_indices('/')
                .any(|(at, _)| path.get(..at).is_some_and(|above| set.contains(above)))
        })
    })
}

/// A scheme and something after it, in characters that a URI may have (RFC 3986).
pub(super) fn is_uri(text: &str) -> bool {
    let is_scheme = |scheme: &str| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    };
    let is_allowed = |c: char| c.is_ascii_graphic() && !"<>\"{}|\\^`".contains(c);
    text.split_once(':').is_some_and(|(scheme, rest)| {
        is_scheme(scheme) && !rest.is_empty() && rest.chars().all(is_allowed)
    })
}

/// A text out of a file that may hold anything, for a message of one line.
pub(super) fn shown(text: &str) -> String {
    const CHARS: usize = 80;
    let visible =
        |c| if crate::vi::text::forbidden_char(c).is_some() || c == '\n' { '?' } else { c };
    let mut shown: String = text.chars().take(CHARS).map(visible).collect();
    if text.chars().nth(CHARS).is_some() {
        shown.push('…');
    }
    shown
}

/// The first digits of a digest.
pub(super) fn short(digest: &str) -> String {
    let digits: String = digest.chars().take(12).collect();
    format!("{}…", shown(&digits))
}
