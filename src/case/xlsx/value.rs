//! What stands in a cell: its type, its written value and its number format → text or a number.

use chrono::{Days, NaiveDate};

use super::Refused;
use super::format::{Format, Kind, Moment};
use super::workbook::Context;
use crate::model::Amount;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Text(String),
    /// A number, and the index of its number format.
    Number(Amount, usize),
    /// A day that is written as one, not as a number.
    Day(NaiveDate),
    /// No value that can be read: what the cell shows, the fact and the next step.
    Bad {
        shown: String,
        fact: String,
        step: &'static str,
    },
}

impl Value {
    /// The value as text, whatever the cell shows of it; of what is no day, the fault.
    pub fn plain(&self, context: &Context) -> Result<String, Self> {
        match self {
            Self::Text(text) | Self::Bad { shown: text, .. } => Ok(text.clone()),
            Self::Day(day) => Ok(as_day(*day)),
            Self::Number(amount, format) => match context.format(*format).kind() {
                Kind::Number => Ok(amount.plain()),
                Kind::Share => Ok(format!("{}%", amount.hundredfold().plain())),
                Kind::Date | Kind::Time => match moment(*amount, context.from_1904)? {
                    Moment { day: Some(day), second: 0, .. } => Ok(as_day(day)),
                    Moment { .. } => Err(time(&amount.plain())),
                },
            },
        }
    }

    /// The value as the sheet shows it; of what cannot be shown, as [`Self::plain`].
    pub fn shown(&self, context: &Context) -> String {
        let shown = match self {
            Self::Number(amount, format) => {
                let format = context.format(*format);
                match format.kind() {
                    Kind::Number | Kind::Share => format.show(*amount).map(|shown| shown.text),
                    Kind::Date | Kind::Time => moment(*amount, context.from_1904)
                        .ok()
                        .and_then(|moment| shown_day(format, moment)),
                }
            }
            Self::Text(_) | Self::Day(_) | Self::Bad { .. } => None,
        };
        shown.unwrap_or_else(|| match self.plain(context) {
            Ok(plain) | Err(Self::Bad { shown: plain, .. }) => plain,
            Err(_) => String::new(),
        })
    }
}

/// A day as a text column prints it: a whole one the house's way, another as it is shown.
fn shown_day(format: &Format, moment: Moment) -> Option<String> {
    let shown = format.show_day(moment)?;
    match (moment.day, shown.is_whole, shown.has_time) {
        (Some(day), true, false) => Some(as_day(day)),
        _ => Some(shown.text),
    }
}

/// As a date is written into a cell of text.
pub fn as_day(day: NaiveDate) -> String {
    day.format("%d/%m/%Y").to_string()
}

fn bad(shown: &str, fact: impl Into<String>, step: &'static str) -> Value {
    Value::Bad { shown: shown.trim().to_owned(), fact: fact.into(), step }
}

/// What a cell says of itself.
#[derive(Default)]
pub struct Written {
    /// `t`
    pub kind: CellKind,
    /// `s`: index of its style.
    pub style: usize,
    pub has_formula: bool,
    /// The text of `v` or `is`.
    pub value: Option<String>,
}

/// What the written value of a cell is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CellKind {
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

impl CellKind {
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
        if written.trim().is_empty() && self.kind != CellKind::Text {
            // As other programs write a blank cell: `<c t="s"><v/></c>`.
            return Ok(is_formula.then(not_calculated));
        }
        let value = match self.kind {
            CellKind::Shared => Value::Text(in_lines(shared(&written, context)?.to_owned())),
            CellKind::Text => Value::Text(in_lines(written)),
            CellKind::Boolean => {
                Value::Text(if written.trim() == "0" { "FALSE" } else { "TRUE" }.to_owned())
            }
            CellKind::Error => bad(
                &written,
                format!("ô có lỗi {} của Excel", written.trim()),
                "sửa công thức hoặc gõ giá trị vào ô này, rồi lưu lại",
            ),
            CellKind::Day => iso_date(&written),
            CellKind::Number => number(&written, self.style, context),
        };
        Ok(match value {
            Value::Text(text) if text.trim().is_empty() => None,
            value => Some(value),
        })
    }
}

/// A text whose lines end as everywhere else: Windows writes `_x000D_` and a line feed.
fn in_lines(text: String) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text }
}

pub fn not_calculated() -> Value {
    bad(
        "",
        "ô có công thức nhưng tệp chưa lưu kết quả",
        "mở tệp bằng Excel, đợi tính xong rồi lưu lại",
    )
}

/// The result of a formula in a workbook that says its formulas are still to be calculated.
pub fn stale(shown: &str) -> Value {
    bad(
        shown,
        "ô có công thức chưa được tính: tệp ghi rằng phải tính lại khi mở",
        "mở tệp bằng Excel, đợi tính xong (hoặc bấm F9) rồi lưu lại; không được thì chép công thức rồi dán đè giá trị (Paste Special, Values)",
    )
}

fn shared<'a>(index: &str, context: &'a Context) -> Result<&'a str, Refused> {
    let index: usize = index.trim().parse().map_err(|_| Refused::damaged())?;
    context.strings.get(index).map(String::as_str).ok_or_else(Refused::damaged)
}

fn number(written: &str, style: usize, context: &Context) -> Value {
    let Some(amount) = written.trim().parse().ok().and_then(Amount::from_cell) else {
        return bad(
            written,
            format!("số {} quá lớn, hoặc là phần lẻ thừa của phép tính", written.trim()),
            "nếu là phần lẻ thừa, dùng hàm ROUND trong công thức; nếu không, đổi đơn vị tính",
        );
    };
    let kind = context.format(style).kind();
    if matches!(kind, Kind::Number | Kind::Share) {
        return Value::Number(amount, style);
    }
    match (kind, moment(amount, context.from_1904)) {
        (Kind::Number | Kind::Share, _) | (Kind::Time, Ok(_)) => Value::Number(amount, style),
        (Kind::Date, Ok(Moment { day: Some(_), .. })) => Value::Number(amount, style),
        (Kind::Date, Ok(Moment { second: 0, .. })) => no_day(written),
        (Kind::Date, Ok(_)) => time(written),
        (Kind::Date | Kind::Time, Err(bad)) => bad,
    }
}

pub fn time(shown: &str) -> Value {
    bad(
        shown,
        "ô ghi giờ, hoặc cả ngày và giờ",
        "định dạng ô là chữ (Text) rồi gõ lại, hoặc dùng hàm INT để chỉ giữ ngày",
    )
}

/// The point in time of a serial number.
///
/// # Errors
/// The calendar has no such day; the fault as a value.
pub fn moment(serial: Amount, from_1904: bool) -> Result<Moment, Value> {
    let written = serial.plain();
    let Some((days, second)) = serial.days_and_seconds() else { return Err(no_day(&written)) };
    let day = match (from_1904, days) {
        (true, 0..=2_957_003) => from(1904, 1, 1, days),
        (false, 1..=59) => from(1899, 12, 31, days),
        // Excel counts a 29/02/1900, which never was.
        (false, 61..=2_958_465) => from(1899, 12, 30, days),
        // A time alone.
        (false, 0) => None,
        _ => return Err(no_day(&written)),
    };
    Ok(Moment { day, second, elapsed: days * DAY + second })
}

/// Seconds of a day.
const DAY: i64 = 86_400;

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
        Ok(day) => Value::Day(day),
        Err(_) => bad(
            written,
            format!("ô ghi ngày “{}”, không có trên lịch", written.trim()),
            "gõ lại ngày trong Excel",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(kind: CellKind, style: usize, value: &str) -> Option<Value> {
        let written = Written { kind, style, has_formula: false, value: Some(value.to_owned()) };
        written.value(&context()).unwrap_or(None)
    }

    fn context() -> Context {
        Context {
            strings: vec!["Đường A".to_owned()],
            formats: ["General", "dd/mm/yyyy", "0%", "h:mm"].map(Format::of).to_vec(),
            ..Context::default()
        }
    }

    fn plain(kind: CellKind, style: usize, text: &str) -> String {
        value(kind, style, text).map_or("blank".to_owned(), |it| it.plain(&context()).unwrap())
    }

    #[test]
    fn a_number_is_exact_and_a_day_is_a_day() {
        assert_eq!(plain(CellKind::Number, 0, "1234.5"), "1234,5");
        assert_eq!(plain(CellKind::Number, 0, "0.30000000000000004"), "0,3");
        assert_eq!(plain(CellKind::Number, 0, "1.2E+3"), "1200");
        assert_eq!(plain(CellKind::Number, 2, "0.285"), "28,5%");
        assert_eq!(plain(CellKind::Shared, 0, "0"), "Đường A");
        assert_eq!(plain(CellKind::Boolean, 0, "1"), "TRUE");
        assert_eq!(plain(CellKind::Text, 0, " "), "blank");
        for (serial, day) in [
            ("1", "01/01/1900"),
            ("59", "28/02/1900"),
            ("61", "01/03/1900"),
            ("44789", "16/08/2022"),
            ("2958465", "31/12/9999"),
        ] {
            assert_eq!(plain(CellKind::Number, 1, serial), day);
        }
        let from_1904 = |serial: &str| moment(serial.parse().unwrap(), true).unwrap().day;
        assert_eq!(from_1904("0"), NaiveDate::from_ymd_opt(1904, 1, 1));
        assert_eq!(from_1904("43327"), NaiveDate::from_ymd_opt(2022, 8, 16));
        assert_eq!(plain(CellKind::Day, 1, "2022-08-16T00:00:00"), "16/08/2022");
    }

    #[test]
    fn a_value_that_is_written_as_nothing_is_a_blank_cell() {
        for kind in ["n", "s", "str", "b", "e", "d"] {
            assert_eq!(plain(CellKind::of(kind).unwrap(), 0, ""), "blank", "{kind}");
        }
    }

    #[test]
    fn what_is_no_value_says_why() {
        let why = |kind, style, text: &str| match value(kind, style, text).unwrap() {
            Value::Bad { fact, .. } => fact,
            value => match value.plain(&context()) {
                Err(Value::Bad { fact, .. }) => fact,
                other => format!("{other:?}"),
            },
        };
        assert_eq!(why(CellKind::Error, 0, "#REF!"), "ô có lỗi #REF! của Excel");
        for serial in ["0", "60", "-1", "2958466", "-0.5"] {
            let fact = why(CellKind::Number, 1, serial);
            assert!(fact.ends_with("không ứng với ngày nào"), "{serial}: {fact}");
        }
        assert_eq!(why(CellKind::Number, 1, "44789.5"), "ô ghi giờ, hoặc cả ngày và giờ");
        assert_eq!(why(CellKind::Number, 3, "0.5"), "ô ghi giờ, hoặc cả ngày và giờ");
        for number in ["1e40", "5.55111512312578E-17", "nan", "inf", "abc", "1e400"] {
            assert!(why(CellKind::Number, 0, number).starts_with("số "), "{number}");
        }
        let fact = why(CellKind::Day, 0, "2022-02-30");
        assert_eq!(fact, "ô ghi ngày “2022-02-30”, không có trên lịch");
    }
}
