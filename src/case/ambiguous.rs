//! `1,200`: a thousand two hundred to who writes English, one point two to who writes Vietnamese.
//!
//! Both are good notation in one of the two countries a spreadsheet may be set to, and
//! they differ by a thousand, so the door asks. A zero first (`0,125`) or another number
//! of decimals is no group of three, and means one thing.

use crate::model::Amount;
use crate::vi::words::{self, Reading};

/// The two numbers: how each is written without doubt, and how it is read.
pub struct Meanings {
    pub thousands: (String, String),
    pub decimal: (String, String),
}

/// Both meanings of a number with two; nothing for any other text.
pub fn meanings(written: &str) -> Option<Meanings> {
    let (sign, body) = match written.strip_prefix(['-', '\u{2212}']) {
        Some(body) => ("-", body),
        None => ("", written),
    };
    let (whole, decimals) = body.split_once(',')?;
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_group = (1..=3).contains(&whole.len())
        && !whole.starts_with('0')
        && decimals.len() == 3
        && digits(whole)
        && digits(decimals);
    if !is_group {
        return None;
    }
    // Without its last zeros it is no group of three; without any, it gets one.
    let decimal = match decimals.trim_end_matches('0') {
        "" => format!("{sign}{whole}"),
        bare if bare.len() == 3 => format!("{sign}{whole},{bare}0"),
        bare => format!("{sign}{whole},{bare}"),
    };
    Some(Meanings {
        thousands: read(format!("{sign}{whole}.{decimals}"))?,
        decimal: read(decimal)?,
    })
}

fn read(number: String) -> Option<(String, String)> {
    let amount: Amount = number.parse().ok()?;
    let words = words::decimal(amount.decimal(), Reading::default()).ok()?;
    Some((number, words))
}
