//! What the register says of a number, and the acts that made it so.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Which numbers run together: those of one agency, all types in one or each on its own.
/// The year is that of the document's date.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Series {
    /// Cơ quan ban hành, in one line.
    pub organ: String,
    /// Type of document (`quyet_dinh`) where it has numbers of its own; else `chung`.
    pub label: String,
    pub year: i32,
}

/// One number of a series. It names the record: see [`Key::object_id`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Key {
    pub series: Series,
    pub number: u32,
    /// Of a number that was inserted later: 325a.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letter: Option<char>,
}

/// Names one wish to issue, through crashes and repeats: 32 hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RequestId(String);

/// Where a number stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Given, and nothing kept yet: an issue that is under way or was cut off.
    #[serde(rename = "giu_so")]
    Reserved,
    /// Given, printed and kept; waits for the signed copy.
    #[serde(rename = "cho_ky")]
    Awaiting,
    #[serde(rename = "phat_hanh")]
    Issued,
    /// Hủy số: never issued; the number stays.
    #[serde(rename = "huy")]
    Void,
    /// Thu hồi: issued, and taken back. Frozen.
    #[serde(rename = "thu_hoi")]
    Recalled,
}

/// What was done. Each is a version of a record and a link of the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Act {
    /// Cấp số trước khi ký: the numbered document is kept and waits for its signature.
    #[serde(rename = "cap_so")]
    Reserve,
    #[serde(rename = "phat_hanh")]
    Issue,
    /// A copy with digital signatures.
    #[serde(rename = "ban_ky")]
    AttachSigned,
    /// A scan of the signed paper.
    #[serde(rename = "ban_quet")]
    AttachScan,
    #[serde(rename = "huy_so")]
    Void,
    #[serde(rename = "thu_hoi")]
    Recall,
    /// Another document replaces or corrects this one.
    #[serde(rename = "lien_ket")]
    Link,
}

/// A document that this one has to do with, by its record and as it is cited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    pub object: String,
    /// `125/BC-UBND`
    pub code: String,
    pub date: NaiveDate,
}

/// One digital signature of an attached copy. Texts are NFC and of one line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// Common name of the certificate.
    pub signer: String,
    /// As the signature gives it; RFC 3339, +07:00.
    pub time: Option<String>,
    /// Name of the signature field.
    pub field: String,
    /// Organisation of the certificate.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub organisation: String,
    /// Common name of who gave the certificate.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub issuer: String,
    /// `RSA 2048, SHA-256`
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub algorithm: String,
    /// A time stamp of the document (RFC 3161), which says when and not who.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_time_stamp: bool,
}

/// The row of a number in the register, whole, as it is after an act. Texts are NFC and of one line.
/// The columns are those of PL IV, Mẫu I.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub key: Key,
    pub state: State,
    pub request: RequestId,
    /// Số, ký hiệu: `125/BC-UBND`.
    pub code: String,
    pub date: NaiveDate,
    /// Tên loại: `Báo cáo`.
    pub type_name: String,
    /// Trích yếu.
    pub subject: String,
    /// Họ tên người ký.
    pub signer: String,
    /// Chức vụ.
    pub position: String,
    /// Kính gửi và Nơi nhận.
    pub recipients: Vec<String>,
    /// Đơn vị, người nhận bản lưu.
    pub kept_by: String,
    /// Số lượng bản.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copies: Option<u32>,
    /// Ngày chuyển.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent: Option<NaiveDate>,
    /// Ghi chú.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    pub pages: usize,
    /// SHA-256 of the case file, so that the same case is not issued twice under another name.
    pub case_sha256: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<Link>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrects: Option<Link>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replaced_by: Vec<Link>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrected_by: Vec<Link>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signatures: Vec<Signature>,
    /// Lý do of a void or a recall.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// One act on one number: `su_kien.json` of a version of its record, and the body of a link
/// of the chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Place in the chain, from 1, without gaps.
    pub seq: u64,
    /// Hash of the link before; 64 noughts before the first.
    pub previous: String,
    pub act: Act,
    /// RFC 3339, +07:00.
    pub at: String,
    /// Who did it.
    pub actor: String,
    /// Version of the record that holds this event, from 1.
    pub version: u32,
    /// The row of the register after the act.
    pub entry: Entry,
}

impl Entry {
    /// The row of a number that is given and no more: nothing else is known of it, and its code
    /// is the number alone.
    pub fn reserved(key: Key, request: RequestId, date: NaiveDate) -> Self {
        Self {
            code: key.to_string(),
            key,
            state: State::Reserved,
            request,
            date,
            type_name: String::new(),
            subject: String::new(),
            signer: String::new(),
            position: String::new(),
            recipients: Vec::new(),
            kept_by: String::new(),
            copies: None,
            sent: None,
            note: String::new(),
            pages: 0,
            case_sha256: String::new(),
            replaces: None,
            corrects: None,
            replaced_by: Vec::new(),
            corrected_by: Vec::new(),
            signatures: Vec::new(),
            reason: String::new(),
        }
    }
}

impl RequestId {
    /// `None` unless it is 32 small hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        (text.len() == 32 && text.bytes().all(is_digit)).then(|| Self(text.to_owned()))
    }

    /// From 128 random bits.
    pub fn of(bits: u128) -> Self {
        Self(format!("{bits:032x}"))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for RequestId {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("not 32 hexadecimal digits")
    }
}

impl From<RequestId> for String {
    fn from(id: RequestId) -> Self {
        id.0
    }
}

impl Key {
    /// The id of its record: `vanthu:2026:uy-ban-nhan-dan-tinh-a-1f0c22ab:chung:325a`. ASCII; the hash keeps
    /// apart agencies whose names differ only in marks.
    pub fn object_id(&self) -> String {
        let organ = &self.series.organ;
        let slug: String = crate::vi::text::fold(organ)
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join("-")
            .chars()
            .take(40)
            .collect();
        let hash = super::sha256(organ.as_bytes());
        let hash = &hash[..8];
        format!(
            "vanthu:{}:{slug}-{hash}:{}:{self}",
            self.series.year,
            self.series.label.replace('_', "-"),
        )
    }
}

/// `05`, `325a`: as it stands before the `/` of a code.
impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}", self.number)?;
        self.letter.map_or(Ok(()), |letter| write!(f, "{letter}"))
    }
}

impl State {
    /// In the clerk's words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Reserved => "đang giữ số",
            Self::Awaiting => "chờ ký",
            Self::Issued => "đã phát hành",
            Self::Void => "đã hủy số",
            Self::Recalled => "đã thu hồi",
        }
    }
}

impl Act {
    /// In the clerk's words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Reserve => "cấp số, chờ ký",
            Self::Issue => "phát hành",
            Self::AttachSigned => "gắn bản ký số",
            Self::AttachScan => "gắn bản quét",
            Self::Void => "hủy số",
            Self::Recall => "thu hồi",
            Self::Link => "ghi liên kết",
        }
    }
}
