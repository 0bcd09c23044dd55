//! The date that a document is issued with. It chooses the year in which a number is given, and
//! a number is never taken back, so a slip of the year is asked about first.

use chrono::{Datelike as _, Months, NaiveDate, TimeDelta};

use crate::archive::Failure;
use crate::model::{Case, IssuedDate};
use crate::vi::date;

use super::{Who, Wish};

/// How long after the last documents of a year those that were forgotten may follow unasked:
/// what was signed in December is entered until the end of January.
const LATE: TimeDelta = TimeDelta::days(60);
/// A register may begin with documents of some years ago; before this it is a slip.
const OLD: Months = Months::new(12 * 10);

/// The date it is issued with: that of the case, or the clerk's, or today.
///
/// # Errors
/// A case that says another than the clerk; a day that has not come.
pub fn of(read: &Case, wish: &Wish, who: &Who) -> Result<NaiveDate, Failure> {
    let date = wish.date.unwrap_or(who.today);
    let differs = |written: String| {
        Failure::refused(
            format!("hồ sơ ghi {written}, văn bản lấy ngày {}", date::short(date)),
            "sửa `ngay` trong hồ sơ, hoặc ghi --ngay cho khớp",
        )
    };
    let date = match read.date {
        IssuedDate::Whole(written) if wish.date.is_some_and(|asked| asked != written) => {
            return Err(differs(format!("ngày {}", date::short(written))));
        }
        IssuedDate::Whole(written) => written,
        IssuedDate::NoDay { year, month } if (date.year(), date.month()) != (year, month) => {
            return Err(differs(format!("tháng {month}/{year}")));
        }
        IssuedDate::NoDay { .. } | IssuedDate::Blank => date,
    };
    if date > who.today {
        return Err(Failure::refused(
            format!("ngày {} chưa tới", date::short(date)),
            "ghi ngày hôm nay, hoặc đợi đến ngày đó mới phát hành",
        ));
    }
    Ok(date)
}

/// Whether a date lies where this office issues documents: in the year of the newest in its
/// register or little before, and not in another decade.
///
/// # Errors
/// A date that may be a slip, for the clerk to say whether it is.
pub fn near(date: NaiveDate, newest: Option<NaiveDate>, today: NaiveDate) -> Result<(), Failure> {
    let in_another_year =
        newest.filter(|newest| date.year() < newest.year() && *newest - date > LATE);
    let beside = match in_another_year {
        Some(newest) => {
            format!("trong khi sổ đã ghi văn bản ngày {}", date::short(newest))
        }
        None if today.checked_sub_months(OLD).is_some_and(|old| date < old) => {
            "đã hơn mười năm".to_owned()
        }
        None => return Ok(()),
    };
    Err(Failure::refused(
        format!(
            "văn bản lấy ngày {}, {beside}; số cấp theo năm {} rồi thì không lấy lại được",
            date::short(date),
            date.year()
        ),
        "gõ nhầm năm thì sửa --ngay, hoặc `ngay` trong hồ sơ; đúng là ngày ấy thì gõ lại lệnh, thêm --dung-ngay",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    fn said(date: &str, newest: &str, today: &str) -> String {
        let day = |text| date::parse(text).ok();
        let near = near(day(date).unwrap(), day(newest), day(today).unwrap());
        let told = near.map_or_else(|failure| failure.to_string(), |()| "cấp số".to_owned());
        told.lines().next().unwrap_or_default().to_owned()
    }

    #[test]
    fn another_year_than_the_registers_newest_is_asked_about() {
        let told = |date, newest| said(date, newest, "1/12/2026");
        expect!["văn bản lấy ngày 21/3/1999, trong khi sổ đã ghi văn bản ngày 30/11/2026; số cấp theo năm 1999 rồi thì không lấy lại được"]
            .assert_eq(&told("21/3/1999", "30/11/2026"));
        expect!["văn bản lấy ngày 30/11/2025, trong khi sổ đã ghi văn bản ngày 30/11/2026; số cấp theo năm 2025 rồi thì không lấy lại được"]
            .assert_eq(&told("30/11/2025", "30/11/2026"));
        assert_eq!(told("1/12/2026", "30/11/2026"), "cấp số");
        assert_eq!(
            told("5/1/2026", "30/11/2026"),
            "cấp số",
            "the order of dates is the register's"
        );
        assert_eq!(told("1/12/2026", "30/11/2019"), "cấp số");
    }

    #[test]
    fn last_years_last_documents_are_entered_in_january_unasked() {
        let told = |date, newest| said(date, newest, "31/1/2026");
        assert_eq!(told("31/12/2025", "2/1/2026"), "cấp số");
        assert_eq!(told("2/12/2025", "31/1/2026"), "cấp số");
        assert_ne!(told("1/12/2025", "31/1/2026"), "cấp số");
        assert_ne!(told("6/1/2025", "5/1/2026"), "cấp số", "the new year's usual slip");
    }

    #[test]
    fn an_empty_register_may_begin_some_years_ago_but_not_in_another_decade() {
        let told = |date| said(date, "", "1/12/2026");
        assert_eq!(told("16/8/2022"), "cấp số");
        assert_eq!(told("1/12/2016"), "cấp số");
        expect!["văn bản lấy ngày 30/11/2016, đã hơn mười năm; số cấp theo năm 2016 rồi thì không lấy lại được"]
            .assert_eq(&told("30/11/2016"));
    }
}
