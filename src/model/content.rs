//! Nội dung: the facts a wording asks for, and their declaration.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::Amount;
use crate::vi;

/// A fact given to the wording.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// One line of text.
    Text(String),
    Amount(Amount),
    Date(NaiveDate),
    /// The clerk's own paragraphs, in the small markup (đoạn).
    Passages(String),
    Cited(CitedDocument),
    List(Vec<Content>),
    /// Named facts, in the order of the declaration.
    Record(BTreeMap<String, Content>),
}

/// Văn bản viện dẫn: PL I, Phần I, Mục II, khoản 6, điểm b asks for type, number,
/// date, issuer and subject at the first citation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CitedDocument {
    pub type_name: String,
    pub code: String,
    pub date: Option<NaiveDate>,
    pub organ: String,
    pub subject: String,
}

impl CitedDocument {
    /// Whether a document of that type is cited by type and name alone, as laws and
    /// ordinances are. PL I, Phần I, Mục II, khoản 6, điểm b.
    pub fn is_named_only(type_name: &str) -> bool {
        ["luật", "bộ luật", "pháp lệnh"].contains(&vi::case::lower(type_name).as_str())
    }
}

/// What a wording declares: how it numbers, and which facts it asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WordingSchema {
    /// Marks of the heading levels, from the outermost: `I.`, `1.`, `a)`.
    pub numbering: Vec<String>,
    pub fields: Vec<Field>,
    /// Câu khóa: texts that must stand, word for word, in the wording.
    pub locked: Vec<String>,
}

/// One fact that a wording asks for (trường).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    pub key: String,
    pub kind: FieldKind,
    pub required: bool,
    /// For the clerk: what it is.
    pub description: String,
    pub example: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// `chu`
    Text,
    /// `so`
    Amount,
    /// `ngay`
    Date,
    /// `doan`
    Passages,
    /// `van_ban`
    Cited,
    /// `danh_sach`, of records when `truong` is given beside it, else of texts
    List(Vec<Field>),
}
