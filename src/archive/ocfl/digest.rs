//! Digests of bytes and of files of any size.

use std::io::{self, Read};

use sha2::{Digest as _, Sha256, Sha512};

/// Bytes held at once of a file that is digested.
const PIECE_BYTES: usize = 64 * 1024;

/// What content is addressed by in an inventory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::archive) enum Algorithm {
    Sha256,
    Sha512,
}

impl Algorithm {
    /// `None` for what OCFL does not allow for addressing content.
    pub fn by_name(name: &str) -> Option<Self> {
        match name {
            "sha256" => Some(Self::Sha256),
            "sha512" => Some(Self::Sha512),
            _ => None,
        }
    }

    pub const fn name(self) -> &'static str {
        match self {
            Self::Sha256 => "sha256",
            Self::Sha512 => "sha512",
        }
    }

    /// In small hexadecimal digits.
    pub fn of(self, bytes: &[u8]) -> String {
        match self {
            Self::Sha256 => hex(&Sha256::digest(bytes)),
            Self::Sha512 => hex(&Sha512::digest(bytes)),
        }
    }

    /// Of what a reader gives, piece by piece.
    ///
    /// # Errors
    /// Those of the reader.
    pub fn of_reader(self, reader: impl Read) -> io::Result<String> {
        match self {
            Self::Sha256 => streamed::<Sha256>(reader),
            Self::Sha512 => streamed::<Sha512>(reader),
        }
    }
}

fn streamed<D: sha2::Digest>(mut reader: impl Read) -> io::Result<String> {
    let mut digest = D::new();
    let mut piece = vec![0; PIECE_BYTES];
    loop {
        let read = match reader.read(&mut piece) {
            Ok(0) => return Ok(hex(&digest.finalize())),
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        digest.update(piece.get(..read).unwrap_or_default());
    }
}

/// SHA-256 in small hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    Algorithm::Sha256.of(bytes)
}

/// SHA-512, what this program writes.
pub(in crate::archive) fn sha512(bytes: &[u8]) -> String {
    Algorithm::Sha512.of(bytes)
}

/// In small hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
