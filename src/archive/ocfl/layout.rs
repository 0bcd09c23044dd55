//! From an object's id to its folder: OCFL extension 0003, hash-and-id n-tuple storage layout.
//!
//! ```
//! # use vanthu::archive::ocfl::layout;
//! assert_eq!(layout::path("..hor/rib:le-$id"), "487/326/d8c/%2e%2ehor%2frib%3ale-%24id");
//! ```

use sha2::{Digest as _, Sha256};

use super::digest;

/// The registered name of the extension.
pub const NAME: &str = "0003-hash-and-id-n-tuple-storage-layout";

/// The parameters of the extension that this program uses: its defaults. Others are not read.
pub const CONFIG: &str = r#"{
  "extensionName": "0003-hash-and-id-n-tuple-storage-layout",
  "digestAlgorithm": "sha256",
  "tupleSize": 3,
  "numberOfTuples": 3
}
"#;

/// Folders between the root and an object.
pub const TUPLES: usize = 3;
const TUPLE_CHARS: usize = 3;
/// Characters of an encoded id that are kept in the name of the folder.
const NAME_CHARS: usize = 100;

/// The folder of an object below the storage root.
pub fn path(id: &str) -> String {
    folders(id).join("/")
}

/// The same, folder by folder: three tuples of the hash, then the id.
pub(super) fn folders(id: &str) -> [String; TUPLES + 1] {
    let hash = hash(id);
    let tuple = |n: usize| hash.chars().skip(n * TUPLE_CHARS).take(TUPLE_CHARS).collect();
    [tuple(0), tuple(1), tuple(2), name(id, &hash)]
}

/// SHA-256 of an id, in small hexadecimal digits.
pub(super) fn hash(id: &str) -> String {
    digest::hex(&Sha256::digest(id.as_bytes()))
}

fn name(id: &str, hash: &str) -> String {
    let encoded = encoded(id);
    // Cut on the encoded text, which is ASCII; an escape may be cut in two, as the extension says.
    encoded
        .get(..NAME_CHARS)
        .filter(|_| encoded.len() > NAME_CHARS)
        .map_or_else(|| encoded.clone(), |start| format!("{start}-{hash}"))
}

/// Every byte but ASCII letters, digits, `-` and `_` as `%` and two small hexadecimal digits.
pub(super) fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_') {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02x}"));
        }
    }
    encoded
}

/// The id of an object by the name of its folder; `None` when the name was cut, or is none.
pub(super) fn id_of(name: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(name.len());
    let mut rest = name.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digits = [rest.next()?, rest.next()?];
        bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
    }
    let id = String::from_utf8(bytes).ok()?;
    (folders(&id)[TUPLES] == name).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_gives_back_the_id_unless_it_was_cut() {
        for id in ["a", "vanthu:2026:a-1f:chung:325a", "..Hor/rib:lè-$id", &"a".repeat(100)] {
            assert_eq!(id_of(&folders(id)[TUPLES]).as_deref(), Some(id));
        }
        assert_eq!(id_of(&folders(&"a".repeat(101))[TUPLES]), None);
        for name in ["%", "%4", "%zz", "%ff", "a.b", "%61", "%2E"] {
            assert_eq!(id_of(name), None, "{name}");
        }
    }
}
