//! Raw text → values of the model, one at a time, never stopping at a fault.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::Mode;
use super::ambiguous::meanings;
use super::faults::{Faults, fact_and_step, suggest};
use super::raw::{ByColumn, Text, Token};
use super::schema::Schema;
use crate::diag::{At, Diagnostic, Route, Severity};
use crate::model::{Amount, DocumentType, gap};
use crate::vi;
use crate::vi::date::{self, DateError};
use crate::vi::text;

/// Where the raw parts of one file are judged.
pub struct Door<'a> {
    pub mode: Mode,
    pub schema: &'a Schema,
    pub faults: &'a mut Faults,
}

impl Door<'_> {
    /// A text on one line: line breaks inside it count as spaces, as YAML's own folding has it.
    pub fn text(&mut self, raw: Option<Text>) -> Option<String> {
        raw.map(|Text(text)| one_line(&text)).filter(|text| !text.is_empty())
    }

    /// A text whose line breaks are kept, without blank lines around it.
    pub fn lines(&mut self, raw: Option<Text>) -> Option<String> {
        let kept = |Text(text): Text| {
            let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
            text::nfc(lines.join("\n").trim()).into_owned()
        };
        raw.map(kept).filter(|text| !text.is_empty())
    }

    pub fn token(&mut self, raw: Option<Token>) -> Option<String> {
        self.text(raw.map(|Token(token)| Text(token)))
    }

    pub fn required(&mut self, raw: Option<Text>, at: &Route) -> String {
        self.text(raw).unwrap_or_else(|| self.missing(at))
    }

    pub fn required_token(&mut self, raw: Option<Token>, at: &Route) -> String {
        self.token(raw).unwrap_or_else(|| self.missing(at))
    }

    pub fn required_lines(&mut self, raw: Option<Text>, at: &Route) -> String {
        self.lines(raw).unwrap_or_else(|| self.missing(at))
    }

    /// Reports a fact that is not there, and gives what a draft prints in its place.
    pub fn missing(&mut self, at: &Route) -> String {
        let term = self.schema.at(at).map(|part| part.title().to_owned()).unwrap_or_default();
        let example = self.schema.at(at).and_then(|part| part.example().map(example_text));
        self.missing_named(at, &term, example.as_deref())
    }

    /// The same for what the schema of the case does not know.
    pub fn missing_named(&mut self, at: &Route, term: &str, example: Option<&str>) -> String {
        let key = last_key(at);
        let hint = match example {
            Some(example) if example.starts_with("- ") => {
                format!("ghi thêm khóa `{key}`, dòng dưới thụt vào, ví dụ `{example}`")
            }
            Some("|") => format!("ghi `{key}: |`, xuống dòng, thụt vào rồi viết các đoạn văn"),
            Some(example) => format!("ghi thêm{}, ví dụ `{key}: {example}`", under(at)),
            None => format!("ghi thêm `{key}`{}", under(at)),
        };
        self.missing_with(at, term, hint)
    }

    /// The same with a next step of its own.
    pub fn missing_with(&mut self, at: &Route, term: &str, hint: String) -> String {
        if !self.faults.speak_of(at) {
            let key = last_key(at);
            let message = match term {
                "" => format!("thiếu `{key}`"),
                term => format!("thiếu `{key}` ({})", decapitalised(term)),
            };
            let severity = match self.mode {
                Mode::Final => Severity::Error,
                Mode::Draft => Severity::Info,
            };
            self.faults.add(Diagnostic::new(severity, "thieu", at.clone(), message).hint(hint));
        }
        gap(&at.to_string())
    }

    /// One of a few words.
    pub fn choice<T: Copy>(
        &mut self,
        raw: Option<Token>,
        at: &Route,
        choices: &[(&str, T)],
    ) -> Option<T> {
        let written = self.token(raw)?;
        let found = choices.iter().find(|(word, _)| *word == written).map(|&(_, value)| value);
        if found.is_none() {
            let hint = suggest(&written, choices.iter().map(|(word, _)| *word));
            self.error(
                "gia-tri-la",
                at,
                format!("`{}` không nhận giá trị “{written}”", last_key(at)),
                hint,
            );
        }
        found
    }

    /// `co` or `khong`.
    pub fn yes(&mut self, raw: Option<Token>, at: &Route) -> bool {
        self.yes_or_no(raw, at).unwrap_or(false)
    }

    /// `co` or `khong`; nothing when neither is said.
    pub fn yes_or_no(&mut self, raw: Option<Token>, at: &Route) -> Option<bool> {
        self.choice(raw, at, &[("co", true), ("khong", false)])
    }

    /// Items of a list of texts; the closing `;` or `.` that clerks type is taken off.
    pub fn items(&mut self, raw: Option<Vec<Option<Text>>>, at: &Route) -> Vec<String> {
        let items = raw.into_iter().flatten().enumerate();
        let mut texts = Vec::new();
        for (index, item) in items {
            let at = at.index(index);
            match self.text(item) {
                Some(text) => texts.push(without_closing_mark(&text).to_owned()),
                None if self.faults.speak_of(&at) => {}
                None => {
                    texts.push(self.blank_item(&at, "mục này để trống", "ghi nội dung của mục"))
                }
            }
        }
        texts
    }

    /// Reports an item of a list that is blank, and gives what a draft prints in its place.
    pub fn blank_item(&mut self, at: &Route, message: &str, step: &str) -> String {
        let severity = match self.mode {
            Mode::Final => Severity::Error,
            Mode::Draft => Severity::Info,
        };
        let hint = format!("{step}, hoặc xóa dấu `- `");
        self.faults.add(Diagnostic::new(severity, "thieu", at.clone(), message).hint(hint));
        gap(&at.to_string())
    }

    /// A list that must have an item.
    pub fn required_items(&mut self, raw: Option<Vec<Option<Text>>>, at: &Route) -> Vec<String> {
        let given = raw.as_ref().map_or(0, Vec::len);
        let items = self.items(raw, at);
        match (items.is_empty(), given) {
            (false, _) => items,
            (true, 0) => vec![self.missing(at)],
            // What is wrong with its items has been told.
            (true, _) => vec![gap(&at.to_string())],
        }
    }

    pub fn date(&mut self, written: &str, at: &Route) -> Option<NaiveDate> {
        let said = match date::parse(written) {
            Ok(date) => return Some(date),
            Err(DateError::Day { month, year, last, .. }) => {
                format!("không có ngày {written}; tháng {month} năm {year} có {last} ngày")
            }
            Err(error) => curly_quotes(written).unwrap_or_else(|| error.to_string()),
        };
        self.told("ngay-sai", at, &said, "xem lại ngày, tháng, năm theo lịch");
        None
    }

    /// A date in a cell, where a clerk may know no more than a month.
    pub fn day(&mut self, written: &str, at: &Route) -> Option<NaiveDate> {
        if matches!(date::parse(written), Err(DateError::Shape { .. })) {
            let message = format!("“{written}” không phải ngày viết theo thứ tự ngày/tháng/năm");
            let hint = "viết như “16/8/2022”, năm đủ bốn chữ số; cột ghi tháng, quý hay chữ thì đặt `kieu: giua`";
            self.error("ngay-sai", at, message, hint);
            return None;
        }
        self.date(written, at)
    }

    /// An amount; one that could be read as two is refused.
    pub fn amount(&mut self, written: &str, at: &Route) -> Option<Amount> {
        let Some(meanings) = meanings(written) else { return self.number(written, at) };
        let (thousands, decimal) = (meanings.thousands, meanings.decimal);
        self.error(
            "so-hai-nghia",
            at,
            format!("“{written}” có thể hiểu là {} hoặc {}", thousands.1, decimal.1),
            format!(
                "viết `{}` nếu là {}; viết `{}` nếu là {}",
                thousands.0, thousands.1, decimal.0, decimal.1
            ),
        );
        None
    }

    /// A number that no thousands are expected of.
    pub fn number(&mut self, written: &str, at: &Route) -> Option<Amount> {
        let read = written.parse::<Amount>();
        read.map_err(|error| {
            let route = at.to_string();
            let in_table = route.starts_with("phu_luc") || route.starts_with("bang");
            if !written.contains(|c: char| c.is_ascii_digit()) {
                let message = format!("“{written}” không phải số, mà chỗ này chỉ ghi số");
                let hint = if in_table {
                    "chưa có số liệu thì để trống; lời giải thích ghi ở một cột chữ"
                } else {
                    "ghi bằng chữ số, ví dụ “30” hoặc “20,5”"
                };
                return self.error("so-tien-sai", at, message, hint);
            }
            let mut said = curly_quotes(written).unwrap_or_else(|| error.to_string());
            if in_table && written.chars().any(char::is_alphabetic) {
                said.push_str("; đơn vị thì ghi ở `don_vi_tinh`");
            }
            self.told("so-tien-sai", at, &said, "viết số như “1.234.567” hoặc “20,5”");
        })
        .ok()
    }

    /// Declared figures; the caller says which columns hold amounts.
    pub fn figures(
        &mut self,
        raw: Option<ByColumn>,
        at: &Route,
        columns: &[&str],
    ) -> BTreeMap<String, Amount> {
        let mut figures = BTreeMap::new();
        for (column, figure) in raw.into_iter().flatten() {
            let at = at.key(&column);
            if !columns.contains(&column.as_str()) {
                let hint = suggest(&column, columns.iter().copied());
                let message = format!("bảng không có cột số `{column}`");
                self.faults.add(Diagnostic::error("cot-la", At::Key(at), message).hint(hint));
            } else if let Some(amount) =
                self.text(figure).and_then(|written| self.amount(&written, &at))
            {
                figures.insert(column, amount);
            }
        }
        figures
    }

    /// A key that the form of this type of document has no place for; `hint` is the next step.
    pub fn no_place(&mut self, at: &Route, document_type: &DocumentType, hint: &str) {
        let key = last_key(at);
        let name = vi::case::lower(&document_type.name);
        let found = Diagnostic::error(
            "khong-dung",
            At::Key(at.clone()),
            format!("{name} không có chỗ cho `{key}`"),
        );
        self.faults.add(found.hint(hint));
    }

    pub fn error(
        &mut self,
        code: &'static str,
        at: &Route,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.faults.add(Diagnostic::error(code, at.clone(), message).hint(hint));
    }

    pub fn warning(
        &mut self,
        code: &'static str,
        at: &Route,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.faults.add(Diagnostic::warning(code, at.clone(), message).hint(hint));
    }

    /// What `vi` says about a text, parted into the fact and the next step; or a general step.
    fn told(&mut self, code: &'static str, at: &Route, said: &str, general: &str) {
        let (fact, step) = fact_and_step(said);
        self.error(code, at, fact, step.unwrap_or_else(|| general.to_owned()));
    }
}

fn curly_quotes(written: &str) -> Option<String> {
    let inner = written.strip_prefix(['“', '”', '‘', '’'])?.trim_end_matches(['“', '”', '‘', '’']);
    Some(format!(
        "giá trị “{inner}” nằm trong dấu nháy cong, không phải dấu nháy của YAML; bỏ dấu nháy, viết {inner}"
    ))
}

/// On one line, in NFC, without white space at either end.
pub fn one_line(text: &str) -> String {
    let joined =
        text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
    text::nfc(&joined.replace('\t', " ")).trim().to_owned()
}

/// `Như trên;` → `Như trên`: the form puts the marks. `./.` and `…` are not such marks.
pub fn without_closing_mark(text: &str) -> &str {
    let bare = text
        .strip_suffix(';')
        .or_else(|| text.strip_suffix('.').filter(|bare| !bare.ends_with(['.', '/'])));
    bare.map_or(text, str::trim_end)
}

/// Where a missing key belongs; nothing at the top of the file.
fn under(at: &Route) -> String {
    use crate::diag::Step;
    match at.parent().as_ref().and_then(|parent| parent.steps().last().cloned()) {
        Some(Step::Key(parent)) => format!(" dưới `{parent}:`"),
        Some(Step::Index(_)) => " vào mục này".to_owned(),
        None => String::new(),
    }
}

pub fn last_key(route: &Route) -> String {
    use crate::diag::Step;
    let keys = route.steps().iter().rev().filter_map(|step| match step {
        Step::Key(key) => Some(key.clone()),
        Step::Index(_) => None,
    });
    keys.into_iter().next().unwrap_or_default()
}

/// A term inside a sentence: `Họ và tên` → `họ và tên`.
fn decapitalised(term: &str) -> String {
    let mut chars = term.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// An example as a clerk would type it; of a list, its first item.
pub fn example_text(example: &serde_json::Value) -> String {
    match example {
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Array(items) => {
            items.first().map_or_else(String::new, |item| format!("- {}", example_text(item)))
        }
        other => other.to_string(),
    }
}
