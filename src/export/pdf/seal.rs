//! Whether a PDF is still as this program wrote it.
//!
//! The second half of a PDF's `/ID` is to change with its content (ISO 32000-1,
//! 14.4). krilla writes it there and in the XMP metadata, 24 characters long, and
//! neither place is compressed; both are replaced by a digest of all other bytes, so
//! that a signature, a comment or another program's saving shows.

use std::ops::Range;

use sha2::{Digest, Sha256};

use super::pack;

/// Characters of the digest: 96 bits, as many as krilla's identifier has room for.
const WIDTH: usize = 24;
const BLANK: [u8; WIDTH] = [b'0'; WIDTH];

/// Puts the digest into the file. `None` if the file has no `/ID` as krilla writes it.
pub fn seal(bytes: &mut [u8]) -> Option<()> {
    let places = places(bytes)?;
    let digest = digest(bytes, &places);
    for place in places {
        bytes[place].copy_from_slice(&digest);
    }
    Some(())
}

/// Whether these are the bytes that [`super::write`] gave, and nothing was changed or added.
pub fn is_untouched(bytes: &[u8]) -> bool {
    places(bytes).is_some_and(|places| {
        let digest = digest(bytes, &places);
        places.into_iter().all(|place| bytes[place] == digest)
    })
}

/// Everywhere the identifier of the content stands.
fn places(bytes: &[u8]) -> Option<Vec<Range<usize>>> {
    let (objects, trailer) = pack::split(bytes).ok()?;
    let key = objects.len() + find(trailer, b"/ID[(")?;
    let start = key + find(&bytes[key..], b")(")? + 2;
    let identifier = bytes.get(start..start + WIDTH)?;
    let mut places = Vec::new();
    let mut from = 0;
    while let Some(at) = find(&bytes[from..], identifier) {
        from += at + WIDTH;
        places.push(from - WIDTH..from);
    }
    Some(places)
}

fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes.windows(needle.len()).position(|window| window == needle)
}

/// The digest of the file in hexadecimal digits, as if it stood nowhere in it.
fn digest(bytes: &[u8], places: &[Range<usize>]) -> [u8; WIDTH] {
    let mut hasher = Sha256::new();
    let mut from = 0;
    for place in places {
        hasher.update(&bytes[from..place.start]);
        hasher.update(BLANK);
        from = place.end;
    }
    hasher.update(&bytes[from..]);
    let hash = hasher.finalize();
    let mut digits = BLANK;
    for (index, digit) in digits.iter_mut().enumerate() {
        let byte = hash[index / 2];
        let half = if index % 2 == 0 { byte >> 4 } else { byte & 0xf };
        *digit = b"0123456789abcdef"[usize::from(half)];
    }
    digits
}
