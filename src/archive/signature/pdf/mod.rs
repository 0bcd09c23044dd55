//! A strict and small reader of PDF files that were signed: tokens, objects, cross-references.
//!
//! It reads what a signer may append (ISO 32000-1, 7.5.6): one revision after the other,
//! each with its objects and a cross-reference table or stream. What is odd is refused with
//! its place, and nothing is repaired.
//!
//! *Invariants*: no byte of an update is left unread; depth, number of values and inflated
//! bytes are bounded; no input makes it panic.

mod file;
mod filter;
mod parse;
mod xref;

use std::collections::BTreeMap;
use std::ops::Range;

pub use file::File;
pub use parse::{Budget, Parser};

pub type Dict = BTreeMap<Vec<u8>, Value>;
pub type Result<T> = std::result::Result<T, Odd>;

/// What no reader should have to guess at: where, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Odd {
    /// Byte of the file, from 0; in an object stream that of the stream.
    pub at: usize,
    /// In Vietnamese.
    pub what: &'static str,
}

/// A value of a PDF (7.3).
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Null,
    Bool(bool),
    Integer(i64),
    /// As it is written.
    Real(Vec<u8>),
    /// Without the slash, `#` undone.
    Name(Vec<u8>),
    /// The bytes that a string stands for.
    Text(Vec<u8>),
    Array(Vec<Value>),
    Dict(Dict),
    /// Number of an object of generation 0.
    Ref(u32),
}

/// An indirect object.
#[derive(Clone, Debug, PartialEq)]
pub struct Object {
    pub value: Value,
    /// Where the bytes of a stream are in the file, still encoded.
    pub data: Option<Range<usize>>,
    /// Where the value of `/Contents` stands in the file, delimiters included.
    pub contents: Option<Range<usize>>,
}

impl Value {
    pub const fn dict(&self) -> Option<&Dict> {
        match self {
            Self::Dict(dict) => Some(dict),
            _ => None,
        }
    }

    pub fn array(&self) -> Option<&[Self]> {
        match self {
            Self::Array(values) => Some(values),
            _ => None,
        }
    }

    pub const fn integer(&self) -> Option<i64> {
        match self {
            Self::Integer(number) => Some(*number),
            _ => None,
        }
    }

    pub fn name(&self) -> Option<&[u8]> {
        match self {
            Self::Name(name) => Some(name),
            _ => None,
        }
    }

    pub fn text(&self) -> Option<&[u8]> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    pub const fn reference(&self) -> Option<u32> {
        match self {
            Self::Ref(number) => Some(*number),
            _ => None,
        }
    }

    /// A whole or a broken number.
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Integer(number) => Some(*number as f64),
            Self::Real(digits) => std::str::from_utf8(digits).ok()?.parse().ok(),
            _ => None,
        }
    }

    /// A key of a dictionary.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.dict()?.get(key.as_bytes())
    }

    /// Whether `/Type` or another key has this name.
    pub fn is(&self, key: &str, name: &str) -> bool {
        self.get(key).and_then(Self::name) == Some(name.as_bytes())
    }
}

/// A text string: UTF-16 with its mark, UTF-8 with its mark, else bytes as Latin letters.
pub fn text_string(bytes: &[u8]) -> String {
    if let Some(units) = bytes.strip_prefix(&[0xfe, 0xff]) {
        let units = units.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
        return char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect();
    }
    if let Some(text) = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]) {
        return String::from_utf8_lossy(text).into_owned();
    }
    bytes.iter().copied().map(char::from).collect()
}
