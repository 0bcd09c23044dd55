//! What stands in a cell: its type, its written value and its number format → text or an amount.

use std::fmt;

use chrono::{Days, NaiveDate};

use super::Refused;
use super::workbook::Context;
use crate::model::Amount;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Text(String),
    Amount(Amount),
    /// No value that can be read: what the cell shows, the fact and the next step.
    Bad {
        shown: String,
        fact: String,
        step: &'static str,
    },
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) | Self::Bad { shown: text, .. } => f.write_str(text),
            Self::Amount(amount) => f.write_str(&amount.plain()),
        }
    }
}

fn bad(shown: &str, fact: impl Into<String>, step: &'static str) -> Value {
    Value::Bad { shown: shown.trim().to_owned(), fact: fact.into(), step }
}

/// What a cell says of itself.
#[derive(Default)]
pub struct Written {
    /// `t`
    pub kind: Kind,
    /// `s`: index of its style.
    pub style: usize,
    pub has_formula: bool,
    /// The text of `v` or `is`.
    pub value: Option<String>,
}

/// What the written value of a cell is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    #[default]
    Number,
    /// Index of a string of the workbook.
    Shared,
    Text,
    Boolean,
    Error,
    /// A day as ISO 8601 writes it.
    Day,
}

impl Kind {
    /// # Errors
    /// There is no such type.
    pub fn of(written: &str) -> Result<Self, Refused> {
        match written {
            "n" => Ok(Self::Number),
            "s" => Ok(Self::Shared),
            "str" | "inlineStr" => Ok(Self::Text),
            "b" => Ok(Self::Boolean),
            "e" => Ok(Self::Error),
            "d" => Ok(Self::Day),
            _ => Err(Refused::damaged()),
        }
    }
}

impl Written {
    /// The value; nothing of a blank cell.
    ///
    /// # Errors
    /// The cell refers to what the workbook does not have.
    pub fn value(self, context: &Context) -> Result<Option<Value>, Refused> {
        let is_formula = self.has_formula;
        let Some(written) = self.value else {
            return Ok(is_formula.then(not_calculated));
        };
        let value = match self.kind {
            Kind::Shared => Value::Text(shared(&written, context)?.to_owned()),
            Kind::Text => Value::Text(written),
            Kind::Boolean => {
                Value::Text(if written.trim() == "0" { "FALSE" } else { "TRUE" }.to_owned())
            }
            Kind::Error => bad(
                &written,
                format!("ô có lỗi {} của Excel", written.trim()),
                "sửa công thức hoặc gõ giá trị vào ô này, rồi lưu lại",
            ),
            Kind::Day => iso_date(&written),
            Kind::Number if written.trim().is_empty() => return Ok(is_formula.then(not_calculated)),
            Kind::Number => {
                let format = context.formats.get(self.style).copied().unwrap_or_default();
                number(&written, format, context.from_1904)
            }
        };
        Ok(match value {
            Value::Text(text) if text.trim().is_empty() => None,
            value => Some(value),
        })
    }
}

fn not_calculated() -> Value {
    bad(
        "",
        "ô có công thức nhưng tệp chưa lưu kết quả",
        "mở tệp bằng Excel, đợi tính xong rồi lưu lại",
    )
}

fn shared<'a>(index: &str, context: &'a Context) -> Result<&'a str, Refused> {
    let index: usize = index.trim().parse().map_err(|_| Refused::damaged())?;
    context.strings.get(index).map(String::as_str).ok_or_else(Refused::damaged)
}

fn number(written: &str, format: Format, from_1904: bool) -> Value {
    let Some(amount) = written.trim().parse().ok().and_then(Amount::from_cell) else {
        return bad(
            written,
            format!("số {} quá lớn, hoặc là phần lẻ thừa của phép tính", written.trim()),
            "nếu là phần lẻ thừa, dùng hàm ROUND trong công thức; nếu không, đổi đơn vị tính",
        );
    };
    match format {
        Format::Plain => Value::Amount(amount),
        Format::Share => Value::Text(format!("{}%", amount.hundredfold().plain())),
        Format::Date => date(amount, from_1904),
        Format::Time => time(&amount.plain()),
    }
}

fn time(shown: &str) -> Value {
    bad(
        shown,
        "ô ghi giờ, hoặc cả ngày và giờ",
        "định dạng ô là chữ (Text) rồi gõ lại, hoặc dùng hàm INT để chỉ giữ ngày",
    )
}

/// The day of a serial number, as text.
fn date(serial: Amount, from_1904: bool) -> Value {
    let written = serial.plain();
    let Ok(days) = written.parse::<i64>() else {
        return if written.starts_with('-') { no_day(&written) } else { time(&written) };
    };
    let day = match (from_1904, days) {
        (true, 0..=2_957_003) => from(1904, 1, 1, days),
        (false, 1..=59) => from(1899, 12, 31, days),
        // Excel counts a 29/02/1900, which never was.
        (false, 61..=2_958_465) => from(1899, 12, 30, days),
        _ => None,
    };
    match day {
        Some(day) => Value::Text(day.format("%d/%m/%Y").to_string()),
        None => no_day(&written),
    }
}

fn from(year: i32, month: u32, day: u32, days: i64) -> Option<NaiveDate> {
    let days = Days::new(u64::try_from(days).ok()?);
    NaiveDate::from_ymd_opt(year, month, day)?.checked_add_days(days)
}

fn no_day(serial: &str) -> Value {
    bad(
        serial,
        format!("ô có định dạng ngày nhưng chứa số {serial}, không ứng với ngày nào"),
        "ngày trước năm 1900 thì gõ dưới dạng chữ; nếu là số thì đổi định dạng của ô thành số",
    )
}

/// `2022-08-16T00:00:00`, as some programs write dates.
fn iso_date(written: &str) -> Value {
    let (day, rest) = written.trim().split_once('T').unwrap_or((written.trim(), ""));
    if rest.bytes().any(|byte| (b'1'..=b'9').contains(&byte)) {
        return time(written);
    }
    match NaiveDate::parse_from_str(day, "%Y-%m-%d") {
        Ok(day) => Value::Text(day.format("%d/%m/%Y").to_string()),
        Err(_) => bad(
            written,
            format!("ô ghi ngày “{}”, không có trên lịch", written.trim()),
            "gõ lại ngày trong Excel",
        ),
    }
}

/// What a number format makes of a number, as far as it matters here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    #[default]
    Plain,
    Date,
    Time,
    /// Shown in per cent.
    Share,
}

impl Format {
    /// Those of ECMA-376, part 1, 18.8.30, and the dates of East Asian languages.
    pub fn built_in(id: &str) -> Self {
        match id.trim().parse().unwrap_or(0_u32) {
            9 | 10 => Self::Share,
            14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58 => Self::Date,
            18..=21 | 32..=35 | 45..=47 | 55 | 56 => Self::Time,
            _ => Self::Plain,
        }
    }

    /// By the code that an office made: `dd/mm/yyyy`, `#,##0`.
    ///
    /// A format with hours is one of dates too: whether there are hours, the number tells.
    pub fn of(code: &str) -> Self {
        let letters = meaningful(code);
        let has = |wanted: &str| letters.contains(|c| wanted.contains(c));
        if has("yd") || (has("m") && !has("hs")) {
            Self::Date
        } else if has("hs") {
            Self::Time
        } else if has("%") {
            Self::Share
        } else {
            Self::Plain
        }
    }
}

/// The letters and signs of a code's first section, without what it prints as it stands.
fn meaningful(code: &str) -> String {
    let mut letters = String::new();
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        match c {
            ';' => break,
            // The next character is printed, left as a space, or repeated.
            '\\' | '_' | '*' => {
                chars.next();
            }
            '"' => {
                chars.by_ref().take_while(|c| *c != '"').for_each(drop);
            }
            // A colour, a language, a condition; or hours beyond a day: `[h]:mm`.
            '[' => {
                let inner: String = chars.by_ref().take_while(|c| *c != ']').collect();
                let inner = inner.to_ascii_lowercase();
                if !inner.is_empty() && inner.chars().all(|c| "hms".contains(c)) {
                    letters.push_str("hs");
                }
            }
            c => letters.push(c.to_ascii_lowercase()),
        }
    }
    if letters.contains("general") {
        return letters.replace("general", "");
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(kind: Kind, style: usize, value: &str) -> Value {
        let context = Context {
            strings: vec!["Đường A".to_owned()],
            formats: vec![Format::Plain, Format::Date, Format::Share, Format::Time],
            from_1904: false,
        };
        let value = Some(value.to_owned());
        let written = Written { kind, style, has_formula: false, value };
        written.value(&context).unwrap_or(None).unwrap_or(Value::Text("blank".to_owned()))
    }

    #[test]
    fn a_number_is_exact_and_a_day_is_a_day() {
        let amount = |text: &str| Value::Amount(text.parse().unwrap());
        let text = |text: &str| Value::Text(text.to_owned());
        assert_eq!(shown(Kind::Number, 0, "1234.5"), amount("1234,5"));
        assert_eq!(shown(Kind::Number, 0, "0.30000000000000004"), amount("0,3"));
        assert_eq!(shown(Kind::Number, 0, "1.2E+3"), amount("1200"));
        assert_eq!(shown(Kind::Number, 2, "0.285"), text("28,5%"));
        assert_eq!(shown(Kind::Shared, 0, "0"), text("Đường A"));
        assert_eq!(shown(Kind::Boolean, 0, "1"), text("TRUE"));
        assert_eq!(shown(Kind::Text, 0, " "), text("blank"));
        for (serial, day) in [
            ("1", "01/01/1900"),
            ("59", "28/02/1900"),
            ("61", "01/03/1900"),
            ("44789", "16/08/2022"),
            ("2958465", "31/12/9999"),
        ] {
            assert_eq!(shown(Kind::Number, 1, serial), text(day));
        }
        assert_eq!(date("0".parse().unwrap(), true), text("01/01/1904"));
        assert_eq!(date("43327".parse().unwrap(), true), text("16/08/2022"));
        assert_eq!(shown(Kind::Day, 1, "2022-08-16T00:00:00"), text("16/08/2022"));
    }

    #[test]
    fn what_is_no_value_says_why() {
        let why = |kind, style, value: &str| match shown(kind, style, value) {
            Value::Bad { fact, .. } => fact,
            value => format!("{value:?}"),
        };
        assert_eq!(why(Kind::Error, 0, "#REF!"), "ô có lỗi #REF! của Excel");
        for serial in ["0", "60", "-1", "2958466", "-0.5"] {
            let fact = why(Kind::Number, 1, serial);
            assert!(fact.ends_with("không ứng với ngày nào"), "{serial}: {fact}");
        }
        assert_eq!(why(Kind::Number, 1, "44789.5"), "ô ghi giờ, hoặc cả ngày và giờ");
        assert_eq!(why(Kind::Number, 3, "0.5"), "ô ghi giờ, hoặc cả ngày và giờ");
        for number in ["1e40", "5.55111512312578E-17", "nan", "inf", "abc", "1e400"] {
            assert!(why(Kind::Number, 0, number).starts_with("số "), "{number}");
        }
        assert_eq!(why(Kind::Day, 0, "2022-02-30"), "ô ghi ngày “2022-02-30”, không có trên lịch");
    }

    #[test]
    fn a_format_is_known_by_its_code() {
        for (code, format) in [
            ("General", Format::Plain),
            ("#,##0", Format::Plain),
            ("#,##0\\ \"đồng\"", Format::Plain),
            ("#,##0\\ [$đ-42A]", Format::Plain),
            ("_(* #,##0_);_(* (#,##0);_(* \"-\"_);_(@_)", Format::Plain),
            ("[Red]0.00", Format::Plain),
            ("0.0%", Format::Share),
            ("dd/mm/yyyy", Format::Date),
            ("[$-42A]dd\\ \"tháng\"\\ mm", Format::Date),
            ("mmm", Format::Date),
            ("dd/mm/yyyy hh:mm", Format::Date),
            ("h:mm AM/PM", Format::Time),
            ("[h]:mm", Format::Time),
        ] {
            assert_eq!(Format::of(code), format, "{code}");
        }
    }
}
