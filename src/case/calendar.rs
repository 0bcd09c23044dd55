//! The office's table of days off (`chung/ngay_nghi.yaml`): what it says of a day.
//!
//! *Invariant*: a table that cannot be read forbids no document; what is wrong with it is a
//! warning, and no day is known from it.

use std::sync::LazyLock;

use chrono::NaiveDate;

use super::door::Door;
use super::raw;
use super::schema::Schema;
use crate::diag::Route;
use crate::model::CalendarDay;

pub static DAYS_OFF: LazyLock<Schema> = LazyLock::new(Schema::of::<raw::DaysOff>);

/// The file of the table.
pub const DAYS_OFF_FILE: &str = "chung/ngay_nghi.yaml";

/// Days that are not what their place in the week says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    /// First day, last day, what they are.
    spans: Vec<(NaiveDate, NaiveDate, CalendarDay)>,
}

impl Calendar {
    /// What the table says of a day: nothing of an ordinary one.
    pub fn day(&self, date: NaiveDate) -> Option<&CalendarDay> {
        let within = |(first, last, _): &&(NaiveDate, NaiveDate, CalendarDay)| {
            (*first..=*last).contains(&date)
        };
        self.spans.iter().find(within).map(|(_, _, day)| day)
    }
}

pub fn calendar(raw: raw::DaysOff, door: &mut Door<'_>) -> Calendar {
    let mut spans = Vec::new();
    let at = Route::root().key("ngay_nghi");
    for (index, raw) in raw.off.into_iter().flatten().enumerate() {
        spans.extend(off(raw.unwrap_or_default(), &at.index(index), door));
    }
    let at = Route::root().key("lam_bu");
    for (index, raw) in raw.worked.into_iter().flatten().enumerate() {
        let (raw, at) = (raw.unwrap_or_default(), at.index(index));
        let worked = day(raw.date, &at.key("ngay"), door);
        let instead = day(raw.instead_of, &at.key("thay_cho"), door);
        if let (Some(worked), Some(instead)) = (worked, instead) {
            let name = format!("nghỉ thay ngày làm bù {}", crate::vi::date::short(worked));
            spans.push((worked, worked, CalendarDay::Worked));
            spans.push((instead, instead, CalendarDay::Off { name, is_expected: false }));
        }
    }
    Calendar { spans }
}

fn off(
    raw: raw::DayOff,
    at: &Route,
    door: &mut Door<'_>,
) -> Option<(NaiveDate, NaiveDate, CalendarDay)> {
    let first = day(raw.date, &at.key("ngay"), door);
    let is_one_day = raw.last.is_none();
    let last = match is_one_day {
        true => first,
        false => day(raw.last, &at.key("den_ngay"), door),
    };
    let name = door.required(raw.name, &at.key("ten"));
    let is_expected = door.yes(raw.is_expected, &at.key("du_kien"));
    let (first, last) = (first?, last?);
    if last < first {
        door.error(
            "mau-sai",
            &at.key("den_ngay"),
            "ngày cuối đứng trước ngày đầu",
            "sửa `ngay` hoặc `den_ngay`",
        );
        return None;
    }
    Some((first, last, CalendarDay::Off { name, is_expected }))
}

fn day(raw: Option<raw::Token>, at: &Route, door: &mut Door<'_>) -> Option<NaiveDate> {
    let Some(written) = door.token(raw) else {
        door.missing(at);
        return None;
    };
    door.date(&written, at)
}
