//! What is read of a cell: by the kind of its column, and by what the clerk wants where the
//! sheet shows something else than the cell holds.
//!
//! A column of text is printed as the sheet shows it, so that codes keep their noughts. A
//! column of figures or days is read by its values; what the sheet shows otherwise is told,
//! and asked about where a reader would take another number or day from it.

use super::super::rows_from::ReadAs;
use super::format::{Format, Kind, Moment, Shown};
use super::value::{self, Value};
use super::workbook::Context;
use crate::model::{Amount, ColumnKind};
use crate::vi::text::fold;

/// What is wanted of the cells of a column.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    pub kind: Option<ColumnKind>,
    /// What the clerk says is meant.
    pub read_as: Option<ReadAs>,
    /// The decimals that the column says it prints.
    pub decimals: Option<u32>,
    /// Those with which a ratio is computed.
    pub ratio: Option<u32>,
    /// Units that the column or its table already names.
    pub units: [Option<&'a str>; 2],
}

/// What is read, the text in which the cell is shown, and what is to be told of it.
pub struct Read {
    pub text: String,
    pub content: Content,
    pub remark: Option<Remark>,
    /// The decimals that the sheet shows, when they are to be those of the column.
    pub places: Option<u32>,
}

pub enum Content {
    Blank,
    /// Read like a text of the clerk's.
    Text,
    /// Printed as it stands, in a column of days too.
    AsShown,
    Amount(Amount),
}

/// What a cell shows and its value does not say, or the other way round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// No value that can be read.
    Bad { fact: String, step: &'static str },
    /// The sheet shows fewer decimals.
    Rounded,
    /// As many decimals as only a computation leaves.
    Long,
    /// Noughts in front, in a column of figures.
    Mask,
    /// Words around a figure.
    Words,
    /// Another number: thousands left out, no sign.
    Other,
    /// Nothing.
    Hidden,
    /// A fraction or a power of ten.
    Power,
    /// A day of which only a part is shown.
    PartOfDay,
    /// A day with a time.
    Time,
}

/// More decimals than this no office writes; so many are printed of a long figure.
const MANY_DECIMALS: u32 = 6;

impl Read {
    fn new(text: impl Into<String>, content: Content) -> Self {
        Self { text: text.into(), content, remark: None, places: None }
    }

    fn remark(self, remark: Option<Remark>) -> Self {
        Self { remark, ..self }
    }

    fn bad(value: Value) -> Self {
        match value {
            Value::Bad { shown, fact, step } => {
                Self::new(shown, Content::Blank).remark(Some(Remark::Bad { fact, step }))
            }
            Value::Text(_) | Value::Number(..) | Value::Day(_) => Self::new("", Content::Blank),
        }
    }
}

pub fn read(value: &Value, wanted: &Wanted<'_>, context: &Context) -> Read {
    let Value::Number(amount, style) = value else {
        return match value {
            Value::Bad { .. } => Read::bad(value.clone()),
            _ => plain(value, context),
        };
    };
    let format = context.format(*style);
    let is_day = matches!(format.kind(), Kind::Date | Kind::Time);
    match wanted.kind {
        Some(ColumnKind::Amount | ColumnKind::Percent) => match format.kind() {
            Kind::Number => figure(*amount, format.show(*amount), format, wanted),
            Kind::Share if wanted.kind == Some(ColumnKind::Percent) => {
                figure(amount.hundredfold(), format.show(*amount), format, wanted)
            }
            Kind::Share | Kind::Date | Kind::Time => plain(value, context),
        },
        Some(ColumnKind::Date) if is_day => day(*amount, format, wanted, context),
        Some(ColumnKind::Date | ColumnKind::Ordinal) => plain(value, context),
        Some(ColumnKind::Text | ColumnKind::Centered) | None => {
            if wanted.read_as == Some(ReadAs::Value) {
                return plain(value, context);
            }
            if is_day {
                return Read::new(value.shown(context), Content::Text);
            }
            text(*amount, value, format, wanted, context)
        }
    }
}

/// The value as text.
fn plain(value: &Value, context: &Context) -> Read {
    match value.plain(context) {
        Ok(text) => Read::new(text, Content::Text),
        Err(bad) => Read::bad(bad),
    }
}

/// A cell of a column of text: what the sheet shows.
fn text(
    amount: Amount,
    value: &Value,
    format: &Format,
    wanted: &Wanted<'_>,
    context: &Context,
) -> Read {
    let is_asked = wanted.read_as.is_none();
    let Some(shown) = format.show(amount) else {
        return plain(value, context).remark(Some(Remark::Power));
    };
    if shown.text.trim().is_empty() && !amount.is_zero() {
        return match wanted.read_as {
            Some(_) => Read::new("", Content::Blank),
            None => plain(value, context).remark(Some(Remark::Hidden)),
        };
    }
    let is_long = is_asked && format.is_general() && amount.decimals() > MANY_DECIMALS;
    Read::new(shown.text.trim(), Content::Text).remark(is_long.then_some(Remark::Long))
}

/// A cell of a column of figures; `value` in the unit of the column, per cent where it is one.
fn figure(value: Amount, shown: Option<Shown>, format: &Format, wanted: &Wanted<'_>) -> Read {
    let read = |amount: Amount| Read::new(amount.plain(), Content::Amount(amount));
    let Some(shown) = shown else {
        let is_told = wanted.read_as != Some(ReadAs::Value);
        return read(value).remark(is_told.then_some(Remark::Power));
    };
    match wanted.read_as {
        Some(ReadAs::Value) => return read(value),
        Some(ReadAs::Shown) => {
            return match shown.number {
                Some(number) => Read {
                    places: (!format.is_general()).then_some(shown.places),
                    ..Read::new(number.plain(), Content::Amount(number))
                },
                None => Read::new("", Content::Blank),
            };
        }
        None => {}
    }
    let remark = match shown.number {
        // A dash is how many sheets show nought.
        None if value.is_zero() => None,
        None => Some(Remark::Hidden),
        Some(number) if number == value => remark_of_same(&shown, wanted),
        Some(number) if number == value.rounded(shown.places) => {
            wanted.decimals.is_none().then_some(Remark::Rounded)
        }
        Some(_) => Some(Remark::Other),
    };
    let is_long = format.is_general() && value.decimals() > MANY_DECIMALS;
    let (remark, places) = match remark {
        Some(Remark::Rounded) => (remark, Some(shown.places)),
        None if is_long && wanted.decimals.is_none() => match wanted.ratio {
            // The sheet computes what the program would.
            Some(places) => (None, Some(places)),
            None => (Some(Remark::Long), Some(MANY_DECIMALS)),
        },
        _ => (remark, None),
    };
    Read { places, ..read(value).remark(remark) }
}

/// Of a cell that shows its number, what else it shows.
fn remark_of_same(shown: &Shown, wanted: &Wanted<'_>) -> Option<Remark> {
    let words = match wanted.kind {
        Some(ColumnKind::Percent) => shown.words.trim_matches('%').trim(),
        _ => shown.words.as_str(),
    };
    let is_unit = |unit: &Option<&str>| unit.is_some_and(|unit| names(unit, words));
    if shown.has_mask {
        Some(Remark::Mask)
    } else if words.contains(|c: char| c.is_ascii_digit()) {
        Some(Remark::Other)
    } else if !words.is_empty() && !wanted.units.iter().any(is_unit) {
        Some(Remark::Words)
    } else {
        None
    }
}

/// Whether a unit is what stands around a number: `đồng`, `đ`.
fn names(unit: &str, words: &str) -> bool {
    let (unit, words) = (fold(unit.trim()), fold(words));
    unit == words || (unit == "dong" && matches!(words.as_str(), "d" | "₫" | "vnd"))
}

/// A cell of a column of days.
fn day(serial: Amount, format: &Format, wanted: &Wanted<'_>, context: &Context) -> Read {
    let moment: Moment = match value::moment(serial, context.from_1904) {
        Ok(moment) => moment,
        Err(bad) => return Read::bad(bad),
    };
    let Some(shown) = format.show_day(moment) else { return Read::bad(value::time("")) };
    let whole = moment.day.map(value::as_day);
    let is_shown = wanted.read_as == Some(ReadAs::Shown);
    match (whole, moment.second) {
        (Some(day), 0) if shown.is_whole || wanted.read_as == Some(ReadAs::Value) => {
            Read::new(day, Content::Text)
        }
        (Some(day), _) if is_shown && shown.is_whole && !shown.has_time => {
            Read::new(day, Content::Text)
        }
        _ if is_shown => Read::new(shown.text, Content::AsShown),
        (Some(_), 0) => Read::new(shown.text, Content::Blank).remark(Some(Remark::PartOfDay)),
        _ => Read::new(shown.text, Content::Blank).remark(Some(Remark::Time)),
    }
}
