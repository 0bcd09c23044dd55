//! The times of a signature, as RFC 3339 at +07:00.

use chrono::{DateTime, FixedOffset, NaiveDateTime, SecondsFormat, TimeDelta};

const VIETNAM: i32 = 7 * 3600;

/// Seconds since 1970, UTC.
pub fn of_unix(seconds: u64) -> Option<String> {
    let utc = DateTime::from_timestamp(i64::try_from(seconds).ok()?, 0)?;
    let here = utc.with_timezone(&FixedOffset::east_opt(VIETNAM)?);
    Some(here.to_rfc3339_opts(SecondsFormat::Secs, true))
}

/// `D:20261126151203+07'00'` (7.9.4); a time without zone is none.
pub fn of_pdf(text: &str) -> Option<String> {
    let text = text.strip_prefix("D:")?;
    let (time, zone) = text.split_at_checked(14)?;
    let time = NaiveDateTime::parse_from_str(time, "%Y%m%d%H%M%S").ok()?;
    let offset = offset(zone)?;
    let utc = time.checked_sub_signed(TimeDelta::try_seconds(offset)?)?.and_utc();
    of_unix(u64::try_from(utc.timestamp()).ok()?)
}

/// `20261126081203Z` of ASN.1, with or without a part of a second.
pub fn of_generalized(text: &str) -> Option<String> {
    let whole = text.strip_suffix('Z')?.split('.').next()?;
    of_pdf(&format!("D:{whole}Z"))
}

/// Seconds east of Greenwich: `Z`, `+07'00'`, `+07'00`, `+07`.
fn offset(zone: &str) -> Option<i64> {
    if zone.starts_with('Z') {
        return Some(0);
    }
    let sign = match zone.chars().next()? {
        '+' => 1,
        '-' => -1,
        _ => return None,
    };
    let number = |text: Option<&str>| text.map_or(Some(0), |text| text.parse::<i64>().ok());
    let mut parts = zone.get(1..)?.split('\'').filter(|part| !part.is_empty());
    let (hours, minutes) = (number(parts.next())?, number(parts.next())?);
    let is_sound = (0..24).contains(&hours) && (0..60).contains(&minutes);
    is_sound.then_some(sign * (hours * 3600 + minutes * 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_as_they_are_in_vietnam() {
        let told = Some("2026-11-26T15:12:03+07:00".to_owned());
        assert_eq!(of_pdf("D:20261126151203+07'00'"), told);
        assert_eq!(of_pdf("D:20261126081203Z"), told);
        assert_eq!(of_pdf("D:20261126081203Z00'00'"), told);
        assert_eq!(of_generalized("20261126081203.25Z"), told);
        assert_eq!(of_pdf("D:20261126151203"), None);
        assert_eq!(of_pdf("D:2026"), None);
    }
}
