//! `inventory.json`: what an object holds, version by version.

use std::collections::{BTreeMap, BTreeSet};

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

use super::digest::{self, Algorithm};
use super::folder::Content;
use super::{Commit, NewFile, names};
use crate::archive::{Failure, Result};

/// Larger ones are not read: a record of a thousand versions with a hundred files is smaller.
pub(super) const MAX_BYTES: usize = 4 * 1024 * 1024;
pub(super) const FILE: &str = "inventory.json";
/// `type` up to the version of the specification and after it.
pub(super) const TYPE: (&str, &str) = ("https://ocfl.io/", "/spec/#inventory");
pub(super) const CONTENT: &str = "content";

/// Version of the specification, of those that there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Spec {
    V1_0,
    V1_1,
}

impl Spec {
    pub const fn name(self) -> &'static str {
        match self {
            Self::V1_0 => "1.0",
            Self::V1_1 => "1.1",
        }
    }

    pub fn by_name(name: &str) -> Option<Self> {
        [Self::V1_0, Self::V1_1].into_iter().find(|spec| spec.name() == name)
    }
}

/// Digest to paths: of content in a manifest, logical ones in a state.
pub(super) type Paths = BTreeMap<String, Vec<String>>;

/// What an inventory says, checked in itself; whether the files are so is another matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Inventory {
    pub id: String,
    pub spec: Spec,
    pub algorithm: Algorithm,
    pub head: u32,
    /// Digits of a version's name when they begin with a nought (`v0001`); else 0.
    pub padding: usize,
    /// The key `contentDirectory`, when it is there.
    pub content_directory: Option<String>,
    pub manifest: Paths,
    pub versions: BTreeMap<u32, Version>,
    /// Further digests by the name of the algorithm. This program writes none.
    pub fixity: BTreeMap<String, Paths>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Version {
    pub created: String,
    pub state: Paths,
    pub message: Option<String>,
    pub user: Option<User>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct User {
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
}

impl Inventory {
    /// Name of a version and of its folder.
    pub fn version_name(&self, version: u32) -> String {
        format!("v{version:0width$}", width = self.padding)
    }

    pub fn content_directory(&self) -> &str {
        self.content_directory.as_deref().unwrap_or(CONTENT)
    }

    /// `inventory.json.sha512`
    pub fn sidecar(&self) -> String {
        sidecar(self.algorithm)
    }

    /// A further version on top of this inventory, or the first of a new object; and the files
    /// that are not yet in the object. Of files with the same bytes one is kept.
    ///
    /// # Errors
    /// A refusal of a path, of the date or of a name.
    pub fn next(
        before: Option<&Self>,
        id: &str,
        files: Vec<NewFile>,
        commit: &Commit,
    ) -> Result<(Self, Content)> {
        let mut inventory = before.cloned().map_or_else(|| Ok(Self::empty(id)), Self::ready)?;
        inventory.head += 1;
        let content = format!("{}/{CONTENT}", inventory.version_name(inventory.head));
        let mut state = inventory.logical(inventory.head - 1);
        let mut fresh = Content::new();
        let mut seen = BTreeSet::new();
        for file in files {
            names::check(&file.path)?;
            if !seen.insert(file.path.clone()) {
                return Err(in_the_way(&file.path, &file.path));
            }
            let digest = digest::sha512(&file.bytes);
            if !inventory.manifest.contains_key(&digest) {
                let path = format!("{content}/{}", file.path);
                inventory.manifest.insert(digest.clone(), vec![path.clone()]);
                fresh.insert(path, file.bytes);
            }
            state.insert(file.path, digest);
        }
        if let Some((one, other)) = names::conflict(state.keys().map(String::as_str)) {
            return Err(in_the_way(one, other));
        }
        inventory.versions.insert(inventory.head, Version::new(state, commit)?);
        Ok((inventory, fresh))
    }

    fn empty(id: &str) -> Self {
        Self {
            id: id.to_owned(),
            spec: Spec::V1_1,
            algorithm: Algorithm::Sha512,
            head: 0,
            padding: 0,
            content_directory: None,
            manifest: Paths::new(),
            versions: BTreeMap::new(),
            fixity: BTreeMap::new(),
        }
    }

    /// Only what this program writes is written on.
    fn ready(self) -> Result<Self> {
        let is_ours = self.algorithm == Algorithm::Sha512
            && self.spec == Spec::V1_1
            && self.padding == 0
            && self.content_directory.is_none()
            && self.head < u32::MAX
            && self
                .manifest
                .keys()
                .all(|digest| !digest.contains(|c: char| c.is_ascii_uppercase()));
        if !is_ours {
            return Err(Failure::refused(
                format!("hồ sơ lưu {} do chương trình khác ghi theo cách khác", self.id),
                "giữ nguyên hồ sơ ấy; không ghi thêm vào đó bằng vanthu",
            ));
        }
        Ok(self)
    }

    /// Logical path to digest of a version; empty when there is no such version.
    pub fn logical(&self, version: u32) -> BTreeMap<String, String> {
        let state = self.versions.get(&version).map(|version| &version.state);
        let pairs = state.into_iter().flatten().flat_map(|(digest, paths)| {
            paths.iter().map(move |path| (path.clone(), digest.clone()))
        });
        pairs.collect()
    }

    /// As it is written: the same inventory gives the same bytes.
    pub fn to_bytes(&self) -> Result<Vec<u8>> {
        let bytes = serde_json::to_vec_pretty(self);
        let mut bytes = bytes.map_err(|error| Failure::damaged(error.to_string()))?;
        bytes.push(b'\n');
        if bytes.len() > MAX_BYTES {
            return Err(Failure::refused(
                format!("hồ sơ lưu {} có quá nhiều tệp hoặc quá nhiều lần ghi", self.id),
                "bớt tệp đính kèm",
            ));
        }
        Ok(bytes)
    }
}

impl Version {
    fn new(logical: BTreeMap<String, String>, commit: &Commit) -> Result<Self> {
        if !is_rfc3339(&commit.created) {
            return Err(Failure::refused(
                format!("thời điểm “{}” không viết theo RFC 3339", commit.created),
                "viết như 2026-11-26T08:30:00+07:00",
            ));
        }
        let mut state = Paths::new();
        for (path, digest) in logical {
            state.entry(digest).or_default().push(path);
        }
        Ok(Self {
            created: commit.created.clone(),
            state,
            message: Some(commit.message.clone()),
            user: Some(User::of(&commit.user)?),
        })
    }
}

impl User {
    /// `Trần Thị B <b@tinh.gov.vn>` has a `mailto:`; who gives no address gets a URN of the name.
    fn of(user: &str) -> Result<Self> {
        let user = user.trim();
        if user.is_empty() {
            return Err(Failure::refused(
                "chưa có tên người thực hiện",
                "cho biết tên: --nguoi \"Trần Thị B\"",
            ));
        }
        let mail = user.split_once('<').and_then(|(_, rest)| rest.strip_suffix('>'));
        let address = mail.filter(|mail| is_mail(mail)).map_or_else(
            || format!("urn:vanthu:nguoi:{}", super::layout::encoded(user)),
            |mail| format!("mailto:{mail}"),
        );
        Ok(Self { name: user.to_owned(), address: Some(address) })
    }
}

/// Plain addresses; whatever else RFC 5322 allows is not worth a wrong URI.
fn is_mail(text: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || ".-_+".contains(c);
    text.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty()
            && domain.contains('.')
            && local.chars().all(is_plain)
            && domain.chars().all(is_plain)
    })
}

/// With seconds and a time zone. `T` and `Z` in capitals, as every reader takes them.
pub(super) fn is_rfc3339(text: &str) -> bool {
    let letters_are_large = !text.contains(['t', 'z', ' ']);
    letters_are_large && text.is_ascii() && chrono::DateTime::parse_from_rfc3339(text).is_ok()
}

pub(super) fn sidecar(algorithm: Algorithm) -> String {
    format!("{FILE}.{}", algorithm.name())
}

/// What the sidecar of an inventory with that digest holds.
pub(super) fn sidecar_text(digest: &str) -> String {
    format!("{digest} {FILE}\n")
}

fn in_the_way(one: &str, other: &str) -> Failure {
    Failure::refused(
        format!("hai tệp “{one}” và “{other}” không lưu cạnh nhau được"),
        "đổi tên một trong hai: trên Windows, chữ hoa và chữ thường là một",
    )
}

impl Serialize for Inventory {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &self.id)?;
        map.serialize_entry("type", &format!("{}{}{}", TYPE.0, self.spec.name(), TYPE.1))?;
        map.serialize_entry("digestAlgorithm", self.algorithm.name())?;
        map.serialize_entry("head", &self.version_name(self.head))?;
        if let Some(name) = &self.content_directory {
            map.serialize_entry("contentDirectory", name)?;
        }
        map.serialize_entry("manifest", &self.manifest)?;
        map.serialize_entry("versions", &Versions(self))?;
        if !self.fixity.is_empty() {
            map.serialize_entry("fixity", &self.fixity)?;
        }
        map.end()
    }
}

/// In the order of their numbers: v2 before v10.
struct Versions<'a>(&'a Inventory);

impl Serialize for Versions<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let versions = &self.0.versions;
        serializer
            .collect_map(versions.iter().map(|(n, version)| (self.0.version_name(*n), version)))
    }
}

impl Serialize for Version {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("created", &self.created)?;
        if let Some(message) = &self.message {
            map.serialize_entry("message", message)?;
        }
        if let Some(user) = &self.user {
            map.serialize_entry("user", user)?;
        }
        map.serialize_entry("state", &self.state)?;
        map.end()
    }
}
