//! The catalogue of an office: document types, wordings, agencies.
//!
//! Its files are read like a case; their faults carry the place in the template file.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

use chrono::NaiveDate;

use super::calendar::{self, Calendar, DAYS_OFF, DAYS_OFF_FILE};
use super::door::Door;
use super::faults::Faults;
use super::raw;
use super::schema::Schema;
use super::text::Mask;
use super::{Mode, yaml};
use crate::diag::{At, Diagnostic, Route, Severity, Source, Sources};
use crate::model::{
    Addressing, DocumentType, Field, FieldKind, IssuedDate, Mau, Organ, To, WordingSchema,
    begins_attached, is_gap,
};
use crate::templates::{Templates, split_front_matter};
use crate::vi::case::upper;
use crate::vi::date;
use crate::vi::text::nfc;

pub static TYPE: LazyLock<Schema> = LazyLock::new(Schema::of::<raw::DocumentType>);
pub static WORDING: LazyLock<Schema> = LazyLock::new(Schema::of::<raw::Wording>);
pub static ORGANS: LazyLock<Schema> = LazyLock::new(Schema::of::<raw::Organs>);

/// The file that lists the agencies.
pub const ORGANS_FILE: &str = "chung/co_quan.yaml";

/// What an office knows before it sees a case. Each file is read when a case first asks
/// for it, and once: what is wrong with it is told to every case that needs it.
#[derive(Debug)]
pub struct Catalog {
    templates: Templates,
    types: BTreeMap<String, OnceLock<Entry<DocumentType>>>,
    /// By the paths of their files.
    wordings: BTreeMap<String, OnceLock<Entry<WordingSchema>>>,
    organs: OnceLock<Entry<Vec<Listed>>>,
    calendar: OnceLock<Entry<Calendar>>,
}

impl Catalog {
    pub fn new(templates: Templates) -> Self {
        let types = templates.document_types().into_iter();
        // Of a type are the wordings in its own folder, not those below it.
        let is_wording = |path: &&str| path.ends_with(".md") && path.matches('/').count() == 1;
        let wordings = templates.iter().map(|(path, _)| path).filter(is_wording);
        Self {
            types: types.map(|key| (key.to_owned(), OnceLock::new())).collect(),
            wordings: wordings.map(|path| (path.to_owned(), OnceLock::new())).collect(),
            organs: OnceLock::new(),
            calendar: OnceLock::new(),
            templates,
        }
    }

    pub const fn templates(&self) -> &Templates {
        &self.templates
    }

    /// A document type by its key.
    pub fn document_type(&self, key: &str) -> Option<&Entry<DocumentType>> {
        let entry = self.types.get(key)?;
        Some(entry.get_or_init(|| document_type(key, &self.templates)))
    }

    /// The names of a type's wordings.
    pub fn wordings<'a>(&'a self, document_type: &str) -> Vec<&'a str> {
        let folder = format!("{document_type}/");
        let name = |path: &'a String| path.strip_prefix(&folder)?.strip_suffix(".md");
        self.wordings.keys().filter_map(name).collect()
    }

    /// What a wording asks for.
    pub fn wording(&self, document_type: &str, name: &str) -> Option<&Entry<WordingSchema>> {
        let path = format!("{document_type}/{name}.md");
        let entry = self.wordings.get(&path)?;
        Some(entry.get_or_init(|| wording(&path, &self.templates)))
    }

    /// Whether a wording has a line `[kem_theo]`, and so asks for the document it begins.
    pub fn attaches(&self, document_type: &str, name: &str) -> bool {
        let text = self.templates.get(&format!("{document_type}/{name}.md")).unwrap_or_default();
        text.lines().any(|line| begins_attached(line) == Some(true))
    }

    /// Every agency, in its order within a key.
    pub fn organs(&self) -> &Entry<Vec<Listed>> {
        self.organs.get_or_init(|| organs(&self.templates))
    }

    /// The days off; none where there is no such file, as in a record made before there was.
    pub fn calendar(&self) -> &Entry<Calendar> {
        self.calendar.get_or_init(|| days_off(&self.templates))
    }
}

/// What came of a template file.
#[derive(Debug)]
pub struct Entry<T> {
    /// Nothing when a finding is an error.
    pub value: Option<T>,
    file: Source,
    found: Vec<(Diagnostic, Option<Range<usize>>)>,
    /// Where each key and value of the file stands.
    places: Sources,
}

impl<T> Entry<T> {
    /// Where each key and value stands, in bytes of the file in NFC.
    pub const fn places(&self) -> &Sources {
        &self.places
    }

    /// The value; what is wrong goes to `found`, and the file to the sources it points into.
    pub fn tell(&self, sources: &mut Sources, found: &mut Vec<Diagnostic>) -> Option<&T> {
        if !self.found.is_empty() {
            let source = sources.add(self.file.name.as_str(), self.file.text.as_str());
            found.extend(self.found.iter().map(|(diagnostic, range)| {
                let at = match range {
                    Some(range) => At::Bytes { source, range: range.clone() },
                    None => At::File(self.file.name.clone()),
                };
                Diagnostic { at, ..diagnostic.clone() }
            }));
        }
        self.value.as_ref()
    }
}

/// Turns the YAML in a template file, `yaml`, into a value.
fn entry<R, T>(
    file: Source,
    yaml: &str,
    schema: &Schema,
    convert: impl FnOnce(R, &mut Door<'_>) -> Option<T>,
) -> Entry<T>
where
    R: serde::de::DeserializeOwned + Default,
{
    // The routes of a template must not mix with those of the case.
    let mut own = Sources::default();
    let mut faults = Faults::of(own.add(file.name.as_str(), file.text.as_str()), &file.name);
    let raw = yaml::read::<R>(yaml, schema, &mut own, &mut faults).and_then(|yaml| yaml.raw);
    let mut door = Door { mode: Mode::Final, schema, faults: &mut faults };
    let value = raw.and_then(|raw| convert(raw, &mut door)).filter(|_| !faults.has_errors());
    let placed = |found: Diagnostic| {
        let range = own.find(&found.at).map(|place| place.range);
        (found, range)
    };
    let found = faults.into_diagnostics().into_iter().map(placed).collect();
    Entry { value, file, found, places: own }
}

/// A template file in NFC; an office's own may not be.
fn source(path: &str, templates: &Templates) -> Source {
    let text = templates.get(path).map(nfc).unwrap_or_default();
    Source { name: templates.shown_name(path), text: text.into_owned(), sheet: None }
}

fn document_type(key: &str, templates: &Templates) -> Entry<DocumentType> {
    let file = source(&format!("{key}/loai.yaml"), templates);
    let text = file.text.clone();
    entry(file, &text, &TYPE, |raw: raw::DocumentType, door| {
        let root = Route::root();
        let form = door.required_token(raw.form, &root.key("mau"));
        let mau = Mau::parse(&form);
        if mau.is_none() && !is_gap(&form) {
            door.error(
                "gia-tri-la",
                &root.key("mau"),
                format!("không có mẫu trình bày {form}"),
                "ghi số của mẫu ở Phụ lục III, từ \"1.1\" đến \"1.10\", ví dụ \"1.4\" (văn bản có tên loại)",
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
        let code = door.token(raw.code);
        if let Some((own, agency)) = code.as_deref().and_then(|code| code.split_once(['-', '/'])) {
            let message = format!("`ky_hieu` của loại văn bản có cả ký hiệu cơ quan “{agency}”");
            let hint = format!(
                "chỉ ghi chữ viết tắt tên loại: `ky_hieu: {own}`; chương trình tự thêm ký hiệu cơ quan"
            );
            door.error("mau-sai", &root.key("ky_hieu"), message, hint);
        }
        if let Some(mau) = mau {
            fits_its_form(mau, &form, addressing, code.is_some(), &root, door);
        }
        Some(DocumentType {
            key: key.to_owned(),
            name: door.required(raw.name, &root.key("ten")),
            code,
            form: mau?,
            addressing: addressing?,
            contact: door.yes(raw.contact, &root.key("lien_he")),
        })
    })
}

/// Whether a type says of Kính gửi and of its code what its form can hold.
fn fits_its_form(
    mau: Mau,
    number: &str,
    addressing: Option<Addressing>,
    has_code: bool,
    root: &Route,
    door: &mut Door<'_>,
) {
    if addressing.is_some_and(|addressing| !mau.boxes().allow(addressing)) {
        let (message, hint) = match mau.boxes().to {
            To::Somebody => ("luôn ghi nơi gửi đến", "ghi `kinh_gui: luon`"),
            To::Nobody | To::AsTyped => ("không có Kính gửi", "ghi `kinh_gui: khong`"),
        };
        let message = format!("văn bản theo mẫu {number} {message}");
        door.error("mau-sai", &root.key("kinh_gui"), message, hint);
    }
    // PL I, Phần I, Mục II, khoản 3, điểm b: the notation of a công văn is agency and unit.
    if mau == Mau::OfficialLetter && has_code {
        door.error(
            "mau-sai",
            &root.key("ky_hieu"),
            "công văn không có chữ viết tắt tên loại trong ký hiệu",
            "bỏ `ky_hieu`; ký hiệu của công văn gồm cơ quan và đơn vị soạn thảo, ví dụ UBND-VX",
        );
    }
}

/// What a wording declares between its two `---` lines; a wording without them asks for nothing.
fn wording(path: &str, templates: &Templates) -> Entry<WordingSchema> {
    let file = source(path, templates);
    let (front, body) = split_front_matter(&file.text);
    let Some(front) = front else {
        let opened = file.text[body..].lines().next().map(str::trim_end) == Some("---");
        let found = opened.then(|| unclosed_front_matter(&file.name, body));
        let value = (!opened).then(WordingSchema::default);
        return Entry {
            value,
            file,
            found: found.into_iter().collect(),
            places: Sources::default(),
        };
    };
    // What is not front matter is painted over, so that places stay those of the file.
    let mut mask = Mask::new(&file.text);
    let start = front.as_ptr().addr() - file.text.as_ptr().addr();
    mask.blank(0..start);
    mask.blank(start + front.len()..file.text.len());
    let yaml = mask.text().into_owned();
    entry(file, &yaml, &WORDING, |raw: raw::Wording, door| {
        let numbering =
            raw.numbering.into_iter().flatten().filter_map(|mark| door.token(mark)).collect();
        Some(WordingSchema {
            numbering,
            fields: fields(raw.fields, &Route::root().key("truong"), door),
            locked: locked(raw.locked, &Route::root().key("cau_khoa"), door),
        })
    })
}

/// Taken as wording, the fields would be unknown to every case.
fn unclosed_front_matter(name: &str, start: usize) -> (Diagnostic, Option<Range<usize>>) {
    let found = Diagnostic::error(
        "mau-sai",
        At::File(name.to_owned()),
        "phần khai báo mở bằng dòng `---` mà không có dòng `---` đóng lại",
    )
    .hint("thêm một dòng `---` sau các khóa, trước lời văn; lời văn không hỏi gì thì xóa dòng này");
    (found, Some(start..start + "---".len()))
}

fn locked(raw: Option<Vec<Option<raw::Text>>>, at: &Route, door: &mut Door<'_>) -> Vec<String> {
    let texts = raw.into_iter().flatten().enumerate();
    texts.map(|(index, text)| door.required(text, &at.index(index))).collect()
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
    let key = door.required_token(raw.key, &at.key("khoa"));
    let is_name = |key: &str| {
        key.starts_with(|c: char| c.is_ascii_alphabetic())
            && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    };
    // A wording cannot name it.
    if !key.is_empty() && !crate::model::is_gap(&key) && !is_name(&key) {
        let plain = crate::vi::text::fold(&key);
        let plain = plain.replace(|c: char| !c.is_ascii_alphanumeric(), "_");
        let hint = match is_name(&plain) {
            true => format!("viết `khoa: {plain}`"),
            false => "bắt đầu bằng một chữ cái, ví dụ `khoa: nam_2025`".to_owned(),
        };
        let message = format!(
            "khóa “{key}” không gọi được trong lời văn: chỉ gồm chữ không dấu, số và dấu gạch dưới"
        );
        door.error("mau-sai", &at.key("khoa"), message, hint);
    }
    let field = Field {
        key,
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

fn organs(templates: &Templates) -> Entry<Vec<Listed>> {
    let file = source(ORGANS_FILE, templates);
    let text = file.text.clone();
    entry(file, &text, &ORGANS, |raw: raw::Organs, door| {
        let mut all = Vec::new();
        for (key, entries) in raw {
            let at = Route::root().key(&key);
            for (index, raw) in entries.into_iter().flatten().enumerate() {
                all.push(listed(&key, raw.unwrap_or_default(), &at.index(index), door));
            }
        }
        Some(all)
    })
}

/// What is wrong with the table is a warning: it forbids no document.
fn days_off(templates: &Templates) -> Entry<Calendar> {
    let file = source(DAYS_OFF_FILE, templates);
    let text = file.text.clone();
    let mut entry = entry(file, &text, &DAYS_OFF, |raw: raw::DaysOff, door| {
        Some(calendar::calendar(raw, door))
    });
    for (found, _) in &mut entry.found {
        found.severity = found.severity.max(Severity::Warning);
    }
    entry
}

fn listed(key: &str, raw: raw::ListedOrgan, at: &Route, door: &mut Door<'_>) -> Listed {
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
        contact: raw.contact,
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
        contact: door.items(raw.contact, &at.key("lien_he")),
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
