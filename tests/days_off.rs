//! Lịch nghỉ: the table `templates/chung/ngay_nghi.yaml`, and what is said of a document's day.
//!
//! The days by the moon are computed here anew, from the moon and the sun as Jean Meeus gives
//! them (*Astronomical Algorithms*, chapters 25 and 49), in the time zone of Vietnam.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod program;

use std::fmt::Write as _;

use chrono::{Datelike as _, Days, NaiveDate, Weekday};
use expect_test::expect;
use program::{stderr, stdout, vanthu_in};
use vanthu::vi::date::{is_weekend, parse};

const YEARS: std::ops::RangeInclusive<i32> = 2020..=2030;

/// Days off: first, last, name.
fn table() -> Vec<(NaiveDate, NaiveDate, String)> {
    let text = vanthu::templates::embedded("chung/ngay_nghi.yaml").unwrap();
    let lines = text.lines().filter(|line| line.contains("ten: "));
    lines
        .map(|line| {
            let value = |key: &str| {
                let (_, rest) = line.split_once(&format!("{key}: "))?;
                Some(rest.split([',', '}']).next().unwrap().to_owned())
            };
            let first = parse(&value("{ngay").unwrap()).unwrap();
            let last = value("den_ngay").map_or(first, |last| parse(&last).unwrap());
            (first, last, value("ten").unwrap())
        })
        .collect()
}

fn name_of(date: NaiveDate) -> String {
    let within =
        |(first, last, _): &&(NaiveDate, NaiveDate, String)| (*first..=*last).contains(&date);
    table().iter().find(within).map(|(.., name)| name.clone()).unwrap_or_default()
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

#[test]
fn the_days_of_the_sun_are_there_every_year() {
    for year in YEARS {
        assert_eq!(name_of(day(year, 1, 1)), "Tết Dương lịch");
        assert_eq!(name_of(day(year, 4, 30)), "Ngày Chiến thắng", "{year}");
        assert_eq!(name_of(day(year, 5, 1)), "Ngày Quốc tế Lao động");
        assert_eq!(name_of(day(year, 9, 2)), "Quốc khánh");
        // Beside it one more, from the labour code of 2019 on, in force since 2021.
        let beside = [1, 3].map(|of| name_of(day(year, 9, of)));
        assert_eq!(beside.contains(&"Quốc khánh".to_owned()), year >= 2021, "{year}");
        let culture = if year >= 2026 { "Ngày Văn hóa Việt Nam" } else { "" };
        assert_eq!(name_of(day(year, 11, 24)), culture, "{year}");
    }
}

#[test]
fn the_days_of_the_moon_are_those_that_moon_and_sun_give() {
    for year in YEARS {
        let new_year = moon::month_with(year, 330.0);
        for later in 0..3 {
            let date = new_year + Days::new(later);
            assert!(name_of(date).starts_with("Tết Nguyên đán "), "{date}");
        }
        let (first, last, _) = table()
            .into_iter()
            .find(|(first, last, _)| (*first..=*last).contains(&new_year))
            .unwrap();
        let days = first.iter_days().take_while(|date| *date <= last);
        assert_eq!(days.filter(|date| !is_weekend(*date)).count(), 5, "{year}");
        let kings = moon::month_with(year, 30.0) + Days::new(9);
        assert_eq!(name_of(kings), "Giỗ Tổ Hùng Vương", "{kings}");
    }
}

/// Bộ luật Lao động 2019, Điều 111, khoản 3.
#[test]
fn a_day_off_on_a_weekend_is_made_up_for_on_a_working_day() {
    for (first, _, name) in table().into_iter().filter(|(first, last, _)| first == last) {
        let is_made_up = |name: &str| name.strip_prefix("nghỉ bù ").map(ToOwned::to_owned);
        match is_made_up(&name) {
            Some(_) => assert!(!is_weekend(first), "{first}"),
            // That of 2020 was decided under the code before.
            None if is_weekend(first) && first.year() > 2020 => {
                let after = first.iter_days().skip(1).take(4);
                let made_up = after.filter_map(|date| is_made_up(&name_of(date)));
                assert!(made_up.into_iter().any(|of| of == name), "{first} {name}");
            }
            None => {}
        }
    }
}

#[test]
fn what_is_worked_for_a_day_off_is_a_saturday_and_the_day_off_is_not() {
    let text = vanthu::templates::embedded("chung/ngay_nghi.yaml").unwrap();
    let swaps: Vec<(NaiveDate, NaiveDate)> = text
        .lines()
        .filter_map(|line| line.trim().strip_prefix("- {ngay: ")?.split_once(", thay_cho: "))
        .map(|(worked, off)| (parse(worked).unwrap(), parse(off.trim_end_matches('}')).unwrap()))
        .collect();
    assert_eq!(swaps.len(), 4);
    for (worked, off) in swaps {
        assert_eq!((worked.weekday(), is_weekend(off)), (Weekday::Sat, false), "{worked}");
        assert_eq!(name_of(off), "", "said by the swap alone");
    }
}

#[test]
fn a_document_of_a_day_off_is_pointed_out_and_no_more() {
    let mut said = String::new();
    for date in [
        "30/4/2026",
        "17/2/2026",
        "26/4/2026",
        "27/4/2026",
        "2/1/2026",
        "10/1/2026",
        "17/1/2026",
        "24/11/2026",
        "24/11/2025",
        "3/9/2027",
        "29/12/2031",
    ] {
        let _ = writeln!(said, "{date}: {}", findings(date, None));
    }
    expect![[r#"
        30/4/2026: cảnh báo[ngay-nghi]: ngày 30 tháng 4 năm 2026 là ngày nghỉ: Ngày Chiến thắng
        17/2/2026: cảnh báo[ngay-nghi]: ngày 17 tháng 02 năm 2026 là ngày nghỉ: Tết Nguyên đán Bính Ngọ
        26/4/2026: cảnh báo[ngay-nghi]: ngày 26 tháng 4 năm 2026 là ngày nghỉ: Giỗ Tổ Hùng Vương
        27/4/2026: cảnh báo[ngay-nghi]: ngày 27 tháng 4 năm 2026 là ngày nghỉ: nghỉ bù Giỗ Tổ Hùng Vương
        2/1/2026: cảnh báo[ngay-nghi]: ngày 02 tháng 01 năm 2026 là ngày nghỉ: nghỉ thay ngày làm bù 10/01/2026
        10/1/2026: 
        17/1/2026: cảnh báo[ngay-nghi]: ngày 17 tháng 01 năm 2026 là ngày nghỉ cuối tuần
        24/11/2026: cảnh báo[ngay-nghi]: ngày 24 tháng 11 năm 2026 là ngày nghỉ: Ngày Văn hóa Việt Nam
        24/11/2025: 
        3/9/2027: cảnh báo[ngay-nghi]: ngày 03 tháng 9 năm 2027 là ngày nghỉ dự kiến: Quốc khánh
        29/12/2031: 
    "#]].assert_eq(&said);
}

#[test]
fn an_office_has_days_off_of_its_own_and_a_broken_table_forbids_nothing() {
    let own = "ngay_nghi:\n  - {ngay: 3/3/2026, den_ngay: 4/3/2026, ten: Lễ hội của tỉnh}\n";
    let broken = "ngay_nghi:\n  - {ngay: 31/2/2026, ten: A}\n  - {ngay: 5/3/2026, den_ngay: 4/3/2026, ten: B}\n  - {ten: C}\nlam_bu:\n  - {ngay: 1/3/2026}\n";
    let mut said = String::new();
    for (date, table) in
        [("4/3/2026", own), ("30/4/2026", own), ("4/3/2026", broken), ("7/3/2026", "")]
    {
        let _ = writeln!(said, "{date}:\n{}", findings(date, Some(table)));
    }
    expect![[r#"
        4/3/2026:
        cảnh báo[ngay-nghi]: ngày 04 tháng 3 năm 2026 là ngày nghỉ: Lễ hội của tỉnh
        30/4/2026:

        4/3/2026:
        cảnh báo[ngay-sai]: không có ngày 31/2/2026
        cảnh báo[mau-sai]: ngày cuối đứng trước ngày đầu
        cảnh báo[thieu]: thiếu `ngay` (ngày nghỉ)
        cảnh báo[thieu]: thiếu `thay_cho` (thay cho ngày)
        7/3/2026:
        cảnh báo[ngay-nghi]: ngày 07 tháng 3 năm 2026 là ngày nghỉ cuối tuần
    "#]]
    .assert_eq(&said);
}

/// What `check` says of a case of that day, in an office with that table of its own.
fn findings(date: &str, own: Option<&str>) -> String {
    let folder = tempfile::tempdir().unwrap();
    let text = vanthu::templates::embedded("giay_moi/ho_so_mau.yaml").unwrap();
    let set = |line: &str| match line.starts_with("ngay:") {
        true => format!("ngay: {date}\n"),
        false => format!("{line}\n"),
    };
    std::fs::create_dir_all(folder.path().join("mau/chung")).unwrap();
    let case: String = text.lines().map(set).collect();
    std::fs::write(folder.path().join("ho_so.yaml"), case).unwrap();
    let mut call = vec!["check", "ho_so.yaml"];
    if let Some(own) = own {
        std::fs::write(folder.path().join("mau/chung/ngay_nghi.yaml"), own).unwrap();
        call.extend(["--root", "mau"]);
    }
    let out = vanthu_in(folder.path(), &call);
    assert_eq!(out.status.code(), Some(0), "{}{}", stdout(&out), stderr(&out));
    let said = stderr(&out) + &stdout(&out);
    let told = |line: &&str| line.starts_with("cảnh báo") || line.starts_with("lỗi");
    said.lines().filter(told).collect::<Vec<_>>().join("\n")
}

mod moon {
    use chrono::{Days, NaiveDate};

    /// The first day of the lunar month of a year in which the sun reaches that longitude, in
    /// degrees: 330 in the first month, 30 in the third.
    pub fn month_with(year: i32, longitude: f64) -> NaiveDate {
        let first = ((f64::from(year) - 2000.0) * 12.3685).floor() - 1.0;
        let starts: Vec<i64> = (0..8).map(|month| new_moon(first + f64::from(month))).collect();
        let before = longitude / 30.0 - 1.0;
        let reached = |days: &&[i64]| sign(days[0]) == before && sign(days[1]) != before;
        date(starts.windows(2).find(reached).unwrap()[0])
    }

    /// Midnight in Vietnam, seven hours before that at Greenwich.
    const ZONE: f64 = 7.0 / 24.0;
    /// What the clocks are behind the motion of the Earth in these years, 70 seconds.
    const DELTA_T: f64 = 70.0 / 86_400.0;

    /// The day of the k-th new moon since that of 6 January 2000, as a Julian day number.
    fn new_moon(k: f64) -> i64 {
        let t = k / 1236.85;
        let e = 1.0 - 0.002516 * t;
        let angle = |degrees: f64| degrees.to_radians();
        let sun = angle(2.5534 + 29.105_356_70 * k);
        let moon = angle(201.5643 + 385.816_935_28 * k + 0.010_758_2 * t * t);
        let node = angle(160.7108 + 390.670_502_84 * k);
        let mean = 2_451_550.097_66 + 29.530_588_861 * k + 0.000_154_37 * t * t;
        let periodic = -0.40720 * moon.sin()
            + 0.17241 * e * sun.sin()
            + 0.01608 * (2.0 * moon).sin()
            + 0.01039 * (2.0 * node).sin()
            + 0.00739 * e * (moon - sun).sin()
            - 0.00514 * e * (moon + sun).sin()
            + 0.00208 * e * e * (2.0 * sun).sin()
            - 0.00111 * (moon - 2.0 * node).sin()
            - 0.00057 * (moon + 2.0 * node).sin();
        (mean + periodic - DELTA_T + ZONE + 0.5).floor() as i64
    }

    /// Which twelfth of its way the sun is in when a day begins.
    fn sign(day: i64) -> f64 {
        let t = (day as f64 - 0.5 - ZONE + DELTA_T - 2_451_545.0) / 36_525.0;
        let anomaly = (357.529_11 + 35_999.050_29 * t).to_radians();
        let node = (125.04 - 1934.136 * t).to_radians();
        let centre = (1.914_602 - 0.004_817 * t) * anomaly.sin()
            + 0.019_993 * (2.0 * anomaly).sin()
            + 0.000_289 * (3.0 * anomaly).sin();
        let mean = 280.466_46 + 36_000.769_83 * t;
        ((mean + centre - 0.005_69 - 0.004_78 * node.sin()).rem_euclid(360.0) / 30.0).floor()
    }

    fn date(day: i64) -> NaiveDate {
        // Julian day 2,451,545 begins at noon of 1 January 2000.
        let first = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap();
        first + Days::new(u64::try_from(day - 2_451_545).unwrap())
    }
}
