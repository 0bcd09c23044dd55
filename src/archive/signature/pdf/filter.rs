//! What compressed streams hold (7.4.4): deflate, with or without the predictors of PNG.

use std::io::Read as _;

use flate2::read::ZlibDecoder;

use super::Value;

/// The bytes of a stream that was encoded with these keys, no more than `limit` of them.
/// `None` for another filter, for more bytes, and for bytes that are not deflate's.
pub fn decode(data: &[u8], keys: &Value, limit: usize) -> Option<Vec<u8>> {
    let bytes = match one(keys.get("Filter")) {
        None => data.to_vec(),
        Some(filter) if filter.name() == Some(b"FlateDecode") => inflate(data, limit)?,
        Some(_) => return None,
    };
    let parameters = one(keys.get("DecodeParms"));
    let number = |key: &str, default: usize| match parameters.and_then(|p| p.get(key)) {
        None => Some(default),
        Some(value) => usize::try_from(value.integer()?).ok(),
    };
    match number("Predictor", 1)? {
        1 => Some(bytes),
        10..=15 if number("Colors", 1)? == 1 && number("BitsPerComponent", 8)? == 8 => {
            undo_png(&bytes, number("Columns", 1)?)
        }
        _ => None,
    }
}

/// A value that may stand alone or as the only one of an array.
fn one(value: Option<&Value>) -> Option<&Value> {
    match value {
        Some(Value::Array(values)) => match &values[..] {
            [] => None,
            [only] => Some(only),
            _ => Some(&Value::Null),
        },
        Some(Value::Null) | None => None,
        other => other,
    }
}

fn inflate(data: &[u8], limit: usize) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let most = u64::try_from(limit).ok()?.checked_add(1)?;
    ZlibDecoder::new(data).take(most).read_to_end(&mut bytes).ok()?;
    (bytes.len() <= limit).then_some(bytes)
}

/// Each row begins with its filter (PNG, 9.2); a byte is one pixel.
fn undo_png(bytes: &[u8], columns: usize) -> Option<Vec<u8>> {
    if columns == 0 || columns > 1 << 16 || !bytes.len().is_multiple_of(columns + 1) {
        return None;
    }
    let mut above = vec![0; columns];
    let mut plain = Vec::with_capacity(bytes.len());
    for row in bytes.chunks_exact(columns + 1) {
        let (kind, row) = row.split_first()?;
        let (mut left, mut corner) = (0, 0);
        for (byte, above) in row.iter().zip(above.iter_mut()) {
            let guess = match kind {
                0 => 0,
                1 => left,
                2 => *above,
                3 => ((u16::from(left) + u16::from(*above)) / 2) as u8,
                4 => paeth(left, *above, corner),
                _ => return None,
            };
            corner = *above;
            left = byte.wrapping_add(guess);
            *above = left;
        }
        plain.extend_from_slice(&above);
    }
    Some(plain)
}

fn paeth(left: u8, above: u8, corner: u8) -> u8 {
    let guess = i16::from(left) + i16::from(above) - i16::from(corner);
    let far = |byte: u8| (guess - i16::from(byte)).abs();
    if far(left) <= far(above) && far(left) <= far(corner) {
        left
    } else if far(above) <= far(corner) {
        above
    } else {
        corner
    }
}
