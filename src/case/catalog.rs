//! The catalogue of an office: document types, wordings, agencies.
//!
//! Its files are read like a case; their faults carry the place in the template file.

use std::sync::LazyLock;

use chrono::NaiveDate;

use super::door::Door;
use super::faults::Faults;
use super::raw;
use super::schema::Schema;
use super::text::Mask;
use super::{Mode, yaml};
use crate::diag::{At, Diagnostic, Route, SourceId, Sources};
use crate::model::{
    Addressing, DocumentType, Field, FieldKind, IssuedDate, Mau, Organ, WordingSchema, is_gap,
};
use crate::templates::{Templates, split_front_matter};
use crate::vi::case::upper;
use crate::vi::date;

pub static TYPE: LazyLock<Schema> = LazyLock::new(Schema::of::<raw::DocumentType>);
pub static WORDING: LazyLock<Schema> = LazyLock::new(Schema::of::<raw::Wording>);
pub static ORGANS: LazyLock<Schema> = LazyLock::new(Schema::of::<raw::Organs>);

/// The file that lists the agencies.
pub const ORGANS_FILE: &str = "chung/co_quan.yaml";

/// A template file.
struct File<'a> {
    /// As it is shown.
    name: String,
    text: &'a str,
    schema: &'a Schema,
}

impl File<'_> {
    /// Turns the YAML in it, `yaml`, into a value; faults go to `found` with their place in the file.
    fn read<R, T>(
        &self,
        yaml: &str,
        sources: &mut Sources,
        found: &mut Vec<Diagnostic>,
        convert: impl FnOnce(R, &mut Door<'_>) -> Option<T>,
    ) -> Option<T>
    where
        R: serde::de::DeserializeOwned + Default,
    {
        // The routes of a template must not mix with those of the case.
        let mut own = Sources::default();
        let name = &self.name;
        let mut faults = Faults::of(own.add(name.as_str(), self.text), name);
        let raw =
            yaml::read::<R>(yaml, self.schema, &mut own, &mut faults).and_then(|yaml| yaml.raw);
        let mut door = Door { mode: Mode::Final, schema: self.schema, faults: &mut faults };
        let value = raw.and_then(|raw| convert(raw, &mut door)).filter(|_| !faults.has_errors());
        if !faults.is_empty() {
            let source = sources.add(name.as_str(), self.text);
            found.extend(faults.into_diagnostics().into_iter().map(|mut diagnostic| {
                diagnostic.at = match own.find(&diagnostic.at) {
                    Some(place) => At::Bytes { source, range: place.range },
                    None => At::File(name.clone()),
                };
                diagnostic
            }));
        }
        value
    }
}

/// A document type by its key, which the caller has found among the templates.
pub fn document_type(
    key: &str,
    templates: &Templates,
    sources: &mut Sources,
    found: &mut Vec<Diagnostic>,
) -> Option<DocumentType> {
    let path = format!("{key}/loai.yaml");
    let text = composed(templates.get(&path)?);
    let file = File { name: templates.shown_name(&path), text: &text, schema: &TYPE };
    file.read(&text, sources, found, |raw: raw::DocumentType, door| {
        let root = Route::root();
        let form = door.required_token(raw.form, &root.key("mau"));
        let mau = Mau::parse(&form);
        if mau.is_none() && !is_gap(&form) {
            door.error(
                "gia-tri-la",
                &root.key("mau"),
                format!("chưa có mẫu trình bày {form}"),
                "hiện có mẫu \"1.4\" (văn bản có tên loại)",
            );
        }
        let given = raw.addressing.is_some();
        let words = [
            ("luon", Addressing::Always),
            ("khong", Addressing::Never),
            ("len_tren", Addressing::Upward),
        ];
        let addressing = door.choice(raw.addressing, &root.key("kinh_gui"), &words);
        if !given {
            door.missing(&root.key("kinh_gui"));
        }
        Some(DocumentType {
            key: key.to_owned(),
            name: door.required(raw.name, &root.key("ten")),
            code: door.token(raw.code),
            form: mau?,
            addressing: addressing?,
        })
    })
}

/// The names of a type's wordings.
pub fn wordings<'a>(document_type: &str, templates: &'a Templates) -> Vec<&'a str> {
    let folder = format!("{document_type}/");
    let name = |path: &'a str| {
        path.strip_prefix(&folder)?.strip_suffix(".md").filter(|name| !name.contains('/'))
    };
    templates.iter().filter_map(|(path, _)| name(path)).collect()
}

/// What a wording declares between its two `---` lines; a wording without them asks for nothing.
pub fn wording(
    document_type: &str,
    name: &str,
    templates: &Templates,
    sources: &mut Sources,
    found: &mut Vec<Diagnostic>,
) -> Option<WordingSchema> {
    let path = format!("{document_type}/{name}.md");
    let text = composed(templates.get(&path)?);
    let (front, body) = split_front_matter(&text);
    let Some(front) = front else {
        if text[body..].lines().next().map(str::trim_end) != Some("---") {
            return Some(WordingSchema::default());
        }
        let source = sources.add(templates.shown_name(&path), text.as_str());
        found.push(unclosed_front_matter(source, body));
        return None;
    };
    // What is not front matter is painted over, so that places stay those of the file.
    let mut mask = Mask::new(&text);
    let start = front.as_ptr().addr() - text.as_ptr().addr();
    mask.blank(0..start);
    mask.blank(start + front.len()..text.len());
    let file = File { name: templates.shown_name(&path), text: &text, schema: &WORDING };
    file.read(&mask.text(), sources, found, |raw: raw::Wording, door| {
        let numbering =
            raw.numbering.into_iter().flatten().filter_map(|mark| door.token(mark)).collect();
        Some(WordingSchema {
            numbering,
            fields: fields(raw.fields, &Route::root().key("truong"), door),
        })
    })
}

/// Taken as wording, the fields would be unknown to every case.
fn unclosed_front_matter(source: SourceId, start: usize) -> Diagnostic {
    Diagnostic::error(
        "mau-sai",
        At::Bytes { source, range: start..start + "---".len() },
        "phần khai báo mở bằng dòng `---` mà không có dòng `---` đóng lại",
    )
    .hint("thêm một dòng `---` sau các khóa, trước lời văn; lời văn không hỏi gì thì xóa dòng này")
}

fn fields(raw: Option<Vec<Option<raw::Field>>>, at: &Route, door: &mut Door<'_>) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    for (index, raw) in raw.into_iter().flatten().enumerate() {
        let at = at.index(index);
        let Some(field) = field(raw.unwrap_or_default(), &at, door) else { continue };
        if fields.iter().any(|earlier| earlier.key == field.key) {
            door.error(
                "mau-sai",
                &at.key("khoa"),
                format!("hai trường cùng có khóa `{}`", field.key),
                "mỗi trường một khóa riêng",
            );
        }
        fields.push(field);
    }
    fields
}

fn field(raw: raw::Field, at: &Route, door: &mut Door<'_>) -> Option<Field> {
    let given = raw.kind.is_some();
    let has_fields = raw.fields.is_some();
    let inner = fields(raw.fields, &at.key("truong"), door);
    let kinds = [("chu", 0), ("so", 1), ("ngay", 2), ("doan", 3), ("van_ban", 4), ("danh_sach", 5)];
    let kind = door.choice(raw.kind, &at.key("kieu"), &kinds);
    if !given {
        door.missing(&at.key("kieu"));
    }
    if has_fields && kind.is_some_and(|kind| kind != 5) {
        door.error(
            "mau-sai",
            &at.key("truong"),
            "chỉ trường kiểu `danh_sach` có trường con",
            "sửa `kieu`, hoặc bỏ `truong`",
        );
    }
    let field = Field {
        key: door.required_token(raw.key, &at.key("khoa")),
        kind: match kind? {
            0 => FieldKind::Text,
            1 => FieldKind::Amount,
            2 => FieldKind::Date,
            3 => FieldKind::Passages,
            4 => FieldKind::Cited,
            _ => FieldKind::List(inner),
        },
        required: door.yes(raw.required, &at.key("bat_buoc")),
        description: door.required(raw.description, &at.key("mo_ta")),
        example: door.text(raw.example),
    };
    Some(field)
}

/// One name of an agency and when it was in use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub key: String,
    pub organ: Organ,
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
}

impl Listed {
    /// Whether the name is in use on some day of a span.
    fn is_valid(&self, first: NaiveDate, last: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= last) && self.until.is_none_or(|until| first <= until)
    }

    /// `từ ngày 01/7/2025`, `đến hết ngày 30/6/2025`, or both.
    pub fn period(&self) -> String {
        let from = self.from.map(|from| format!("từ ngày {}", date::short(from)));
        let until = self.until.map(|until| format!("đến hết ngày {}", date::short(until)));
        [from, until].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

/// Every agency of the catalogue, in its order within a key.
pub fn organs(
    templates: &Templates,
    sources: &mut Sources,
    found: &mut Vec<Diagnostic>,
) -> Vec<Listed> {
    let Some(text) = templates.get(ORGANS_FILE) else { return Vec::new() };
    let text = composed(text);
    let file = File { name: templates.shown_name(ORGANS_FILE), text: &text, schema: &ORGANS };
    file.read(&text, sources, found, |raw: raw::Organs, door| {
        let mut listed = Vec::new();
        for (key, entries) in raw {
            let at = Route::root().key(&key);
            for (index, raw) in entries.into_iter().flatten().enumerate() {
                listed.push(entry(&key, raw.unwrap_or_default(), &at.index(index), door));
            }
        }
        Some(listed)
    })
    .unwrap_or_default()
}

fn entry(key: &str, raw: raw::ListedOrgan, at: &Route, door: &mut Door<'_>) -> Listed {
    let mut day = |raw, name| {
        let at = at.key(name);
        door.token(raw).and_then(|written| door.date(&written, &at))
    };
    let from = day(raw.from, "tu_ngay");
    let until = day(raw.until, "den_ngay");
    let raw = raw::Organ {
        superior: raw.superior,
        name: raw.name,
        short_name: raw.short_name,
        code: raw.code,
        place: raw.place,
    };
    if let (Some(from), Some(until)) = (from, until)
        && until < from
    {
        door.error(
            "mau-sai",
            &at.key("den_ngay"),
            "ngày cuối đứng trước ngày đầu",
            "sửa `tu_ngay` hoặc `den_ngay`",
        );
    }
    Listed { key: key.to_owned(), organ: organ(raw, at, door), from, until }
}

/// An agency written out; its names in the header and its code are set in capitals.
pub fn organ(raw: raw::Organ, at: &Route, door: &mut Door<'_>) -> Organ {
    let capitals = |text: String| if is_gap(&text) { text } else { upper(&text) };
    Organ {
        superior: door.lines(raw.superior).map(capitals),
        name: capitals(door.required_lines(raw.name, &at.key("ten"))),
        short_name: door.required(raw.short_name, &at.key("ten_trong_cau")),
        code: capitals(door.required_token(raw.code, &at.key("ky_hieu"))),
        place: door.required(raw.place, &at.key("dia_danh")),
    }
}

/// The name that is valid at the document's date; of an undated document, today's is
/// not known here, so the one without an end.
pub fn valid_at<'a>(entries: &[&'a Listed], issued: IssuedDate) -> Option<&'a Listed> {
    let within = |first, last| entries.iter().find(|entry| entry.is_valid(first, last)).copied();
    match issued {
        IssuedDate::Whole(date) => within(date, date),
        IssuedDate::NoDay { year, month } => {
            let first = NaiveDate::from_ymd_opt(year, month, 1)?;
            let last = first.checked_add_months(chrono::Months::new(1))?.pred_opt()?;
            within(first, last)
        }
        IssuedDate::Blank => {
            let current = entries.iter().find(|entry| entry.until.is_none());
            current.or_else(|| entries.iter().max_by_key(|entry| entry.until)).copied()
        }
    }
}

/// The text of a template file in NFC; an office's own file may not be.
fn composed(text: &str) -> String {
    crate::vi::text::nfc(text).into_owned()
}
