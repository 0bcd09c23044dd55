//! Days in running text: “ngày 31/4/2025”, “ngày 30 và 31 tháng 6 năm 2024”.

use std::ops::Range;

use chrono::{Datelike, NaiveDate};

use super::super::date::YEARS;
use super::{Slip, before, word_before};

/// A day as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    pub range: Range<usize>,
    day: u32,
    month: u32,
    year: Option<i32>,
}

impl Day {
    /// The day of the calendar, where its year is written and there is such a day.
    pub fn date(&self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.year?, self.month, self.day)
    }

    /// Why the calendar has no such day; a 29 February without a year has one.
    fn fault(&self) -> Option<String> {
        let Self { day, month, .. } = *self;
        if !(1..=12).contains(&month) {
            return Some(format!("không có tháng {month}"));
        }
        // 2024 is a leap year.
        let year = self.year.unwrap_or(2024);
        let first = NaiveDate::from_ymd_opt(year, month, 1)?;
        let last = first.checked_add_months(chrono::Months::new(1))?.pred_opt()?.day();
        let of_year = self.year.map_or(String::new(), |year| format!(" năm {year}"));
        (!(1..=last).contains(&day))
            .then(|| format!("không có ngày {day}; tháng {month}{of_year} có {last} ngày"))
    }
}

/// Days that the calendar does not have.
pub fn impossible(text: &str) -> Vec<Slip> {
    let of = |day: Day| {
        let fact = format!("“{}”: {}", &text[day.range.clone()], day.fault()?);
        let slip =
            Slip::new(day.range, "ngày không có trên lịch", "xem lại ngày, tháng, năm theo lịch");
        Some(slip.fact(fact))
    };
    let mut found: Vec<Slip> = days(text).into_iter().filter_map(of).collect();
    found.extend(months(text).into_iter().filter_map(of));
    found.sort_by_key(|slip| slip.range.start);
    found
}

/// Every day that a text names beyond doubt. `12/13` is a fraction unless “ngày” stands
/// before it, and `số 30/2/2025` a number.
pub fn days(text: &str) -> Vec<Day> {
    let mut found = Vec::new();
    // Where the last number ended that “ngày” speaks of.
    let mut told: Option<usize> = None;
    let mut at = 0;
    while let Some(start) = text[at..].find(|c: char| c.is_ascii_digit()).map(|len| at + len) {
        let end = end_of_digits(text, start);
        at = end;
        if !begins_number(text, start) || end - start > 2 {
            at = end_of_number(text, end);
            continue;
        }
        let is_told = is_told(text, start, told);
        match day(text, start, is_told) {
            Some(day) => {
                at = day.range.end;
                told = is_told.then_some(at);
                found.push(day);
            }
            None => told = is_told.then_some(end),
        }
    }
    found
}

fn end_of_digits(text: &str, start: usize) -> usize {
    text[start..].find(|c: char| !c.is_ascii_digit()).map_or(text.len(), |len| start + len)
}

/// Past what belongs to a number or a code: `12/2025/QĐ-UBND`.
fn end_of_number(text: &str, end: usize) -> usize {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '/' | '-' | '.' | ',');
    let rest = text[end..].trim_start_matches(is_part);
    text.len() - rest.len()
}

fn begins_number(text: &str, start: usize) -> bool {
    let glued = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | ',' | '-' | '–' | '_');
    match before(text, start) {
        // `01/4-30/4`, `1,31/4`: a range of days.
        Some('-' | '–' | ',') => {
            let head = text[..start].trim_end_matches(['-', '–', ',']);
            head.ends_with(|c: char| c.is_ascii_digit())
        }
        Some(c) => !glued(c),
        None => true,
    }
}

/// Whether “ngày” speaks of the number at `start`: right before it, or before those that
/// it is joined to.
fn is_told(text: &str, start: usize, told: Option<usize>) -> bool {
    let word = word_before(text, start).trim_start_matches(['(', '“', '*']).to_lowercase();
    if word == "ngày" && text[..start].ends_with(char::is_whitespace) {
        return true;
    }
    let Some(gap) = told.map(|told| &text[told..start]) else { return false };
    let gap = gap.to_lowercase();
    let words: Vec<&str> = gap.split_whitespace().collect();
    matches!(
        words.join(" ").as_str(),
        "và" | "," | "-" | "–" | "đến" | "đến hết" | "hoặc" | ", và" | "tới" | ";"
    )
}

/// A day that begins with the number at `start`.
fn day(text: &str, start: usize, is_told: bool) -> Option<Day> {
    let end = end_of_digits(text, start);
    let number = |range: Range<usize>| text[range].parse::<u32>().ok();
    let first = number(start..end)?;
    let rest = &text[end..];
    if let Some(mark) = rest.chars().next().filter(|c| matches!(c, '/' | '.' | '-')) {
        let month = end + 1..end_of_digits(text, end + 1);
        if month.is_empty() || month.len() > 2 {
            return None;
        }
        let mut whole =
            Day { range: start..month.end, day: first, month: number(month.clone())?, year: None };
        let tail = &text[month.end..];
        let year =
            tail.strip_prefix(mark).map(|_| month.end + 1..end_of_digits(text, month.end + 1));
        match year.filter(|year| !year.is_empty()) {
            Some(year) if year.len() == 4 || year.len() == 2 && is_told => {
                let number: i32 = text[year.clone()].parse().ok()?;
                let full = if year.len() == 2 { 2000 + number } else { number };
                whole.year = Some(full).filter(|year| YEARS.contains(year));
                whole.year?;
                whole.range.end = year.end;
                let after_label = is_label(word_before(text, start));
                let is_day =
                    is_told || mark == '/' && !after_label && first <= 39 && whole.month <= 39;
                return whole_if(is_day && ends(text, year.end), whole);
            }
            Some(_) => return None,
            None => return whole_if(is_told && mark == '/' && ends(text, month.end), whole),
        }
    }
    let (month_word, month) = next_number(text, end)?;
    if month_word != "tháng" || month.len() > 2 {
        return None;
    }
    let mut whole =
        Day { range: start..month.end, day: first, month: number(month.clone())?, year: None };
    let year = match text[month.end..].strip_prefix('/') {
        Some(_) => Some(month.end + 1..end_of_digits(text, month.end + 1)),
        None => {
            next_number(text, month.end).filter(|(word, _)| *word == "năm").map(|(_, year)| year)
        }
    };
    if let Some(year) = year.filter(|year| year.len() == 4) {
        whole.year = text[year.clone()].parse().ok().filter(|year| YEARS.contains(year));
        whole.range.end = year.end;
    }
    // “36 tháng 15 ngày” is no day.
    whole_if(is_told || whole.year.is_some() && first <= 39, whole)
}

fn whole_if(is_day: bool, day: Day) -> Option<Day> {
    is_day.then_some(day)
}

/// Words after which figures with bars are a number.
fn is_label(word: &str) -> bool {
    let word = word.trim_start_matches(['(', '“']).to_lowercase();
    matches!(word.as_str(), "số" | "số:" | "khoản" | "điểm" | "mã" | "đạt" | "tỷ" | "lệ")
}

/// What follows a day is not more of a code: `30/2/2025/QĐ-UBND`.
fn ends(text: &str, at: usize) -> bool {
    let mut rest = text[at..].chars();
    match rest.next() {
        Some('/' | '_') => false,
        Some('-' | '–' | '.' | ',') => true,
        Some(c) => !c.is_alphanumeric(),
        None => true,
    }
}

/// The next word and the number right after it: `tháng 6`.
fn next_number(text: &str, at: usize) -> Option<(&str, Range<usize>)> {
    let rest = text[at..].strip_prefix([' ', '\u{a0}', '\n'])?.trim_start();
    let word = &rest[..rest.find(char::is_whitespace)?];
    let after = rest[word.len()..].trim_start();
    let start = text.len() - after.len();
    let end = end_of_digits(text, start);
    (end > start).then_some((word, start..end))
}

/// `tháng 13 năm 2024`, `tháng 0/2025` where no day stands before it.
fn months(text: &str) -> Vec<Day> {
    let mut found = Vec::new();
    let mut at = 0;
    // `Tháng` begins a sentence.
    let after_word = |at: usize| text[at..].find("háng ").map(|len| at + len + "háng ".len());
    while let Some(start) = after_word(at) {
        at = start;
        let before = &text[..start - "háng ".len()];
        let Some(before) = before.strip_suffix(['t', 'T']) else { continue };
        let end = end_of_digits(text, start);
        let Ok(month) = text[start..end].parse::<u32>() else { continue };
        let follows_day = before.trim_end().ends_with(|c: char| c.is_ascii_digit());
        if follows_day || (1..=12).contains(&month) || end - start > 2 {
            continue;
        }
        let year = match text[end..].strip_prefix('/') {
            Some(_) => Some(end + 1..end_of_digits(text, end + 1)),
            None => next_number(text, end).filter(|(word, _)| *word == "năm").map(|(_, year)| year),
        };
        let Some(year) = year.filter(|year| year.len() == 4) else { continue };
        let written = text[year.clone()].parse().ok();
        found.push(Day { range: start..year.end, day: 1, month, year: written });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<&str> {
        impossible(text).into_iter().map(|slip| &text[slip.range]).collect()
    }

    #[test]
    fn days_that_do_not_exist_are_found() {
        for (text, wanted) in [
            ("trước ngày 31/4", "31/4"),
            ("trước ngày 29/02/2023.", "29/02/2023"),
            ("hạn 31/4/2025", "31/4/2025"),
            ("đến ngày 31 tháng 6 năm 2024", "31 tháng 6 năm 2024"),
            ("đến ngày 31 tháng 6", "31 tháng 6"),
            ("ngày 32/1", "32/1"),
            ("họp ngày 15/13/2025", "15/13/2025"),
            ("từ ngày 01/4 đến 31/4", "31/4"),
            ("từ ngày 01/4/2025-31/4/2025", "31/4/2025"),
            ("các ngày 30 và 31 tháng 6 năm 2024", "31 tháng 6 năm 2024"),
            ("ngày 31.4.2025", "31.4.2025"),
            ("ngày 00/5/2025", "00/5/2025"),
            ("trong tháng 13 năm 2024", "13 năm 2024"),
            ("Tháng 13 năm 2024 hoàn thành", "13 năm 2024"),
            ("ngày 30 tháng 02 năm 2024", "30 tháng 02 năm 2024"),
        ] {
            assert_eq!(shown(text), [wanted], "{text}");
        }
    }

    #[test]
    fn fractions_numbers_and_days_of_the_calendar_are_left() {
        for text in [
            "ngày 30/4 và 01/5; ngày 29/02; ngày 29/02/2024",
            "12/13 nhiệm vụ; 74/88; 31/4 xã",
            "Quyết định số 30/2/2025; số 12/13/QĐ-UBND; 31/4/2025/QĐ-UBND",
            "lương tháng 13; thời hạn 36 tháng 15 ngày; 31 tháng 6 lần",
            "các ngày 08 và 09 tháng 10",
            "từ ngày 15/9 đến ngày 14/10/2025; ngày 28, 29/10",
            "24/24 giờ, 31/2 Đường A",
            "giá 1.234.567 đồng; bản 2.13.2025",
            "ngày 05 tháng 3 năm 2020",
        ] {
            assert_eq!(shown(text), [""; 0], "{text}");
        }
    }
}
