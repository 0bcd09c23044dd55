//! Raw case → [`Case`].

use std::path::Path;

use chrono::Datelike;

use super::appendix::{self, Pending};
use super::catalog::{self, Catalog, Listed};
use super::content;
use super::csv;
use super::door::Door;
use super::faults::{Faults, in_order, suggest};
use super::grid::Filled;
use super::limits::{MAX_CASE_BYTES, MAX_TABLE_BYTES};
use super::rows_from::RowsFrom;
use super::schema::CASE;
use super::shape::{archive_line, is_archive_line};
use super::yaml::{self, Yaml};
use super::{Mode, Read, Unread, people, raw, text, written, xlsx};
use crate::diag::{At, Diagnostic, Route, Severity, Sources};
use crate::model::{
    Addressing, Attached, Boxes, CalendarDay, Case, Circulation, CodeNotation, Direction,
    DocumentType, Earlier, Given, IssuedDate, Number, Organ, Origin, Table, Title, Urgency,
    WordingSchema, gap, is_gap,
};
use crate::vi;

/// The wording of a case that names none.
pub const DEFAULT_WORDING: &str = "noi_dung";

type Data<'a> = &'a dyn Fn(&str) -> Result<Vec<u8>, Unread>;

pub fn read(
    name: &str,
    bytes: &[u8],
    catalog: &Catalog,
    mode: Mode,
    given: Option<&Given>,
    data: Data<'_>,
) -> Read {
    let mut sources = Sources::default();
    let mut diagnostics = Vec::new();
    let (case, schema) = match text::decode(name, bytes, MAX_CASE_BYTES) {
        Ok(text) => {
            let (sources, elsewhere) = (&mut sources, Vec::new());
            let mut reading = Reading { name, catalog, mode, given, data, sources, elsewhere };
            let (case, found) = reading.case(text);
            diagnostics.extend(found.into_diagnostics());
            diagnostics.append(&mut reading.elsewhere);
            case.unzip()
        }
        Err(refused) => {
            diagnostics.push(refused);
            (None, None)
        }
    };
    drop_told_by_encoding(&mut diagnostics, &sources);
    in_order(&mut diagnostics, &sources);
    let broken = diagnostics.iter().any(|found| found.severity == Severity::Error);
    Read {
        case: case.filter(|_| !broken),
        schema: schema.filter(|_| !broken),
        sources,
        diagnostics,
        files: vec![],
    }
}

/// In TCVN3 the soft hyphen is the letter ư: where the encoding is told, it is no finding.
/// Of a file of rows it is told once a column, and stands for the others.
fn drop_told_by_encoding(diagnostics: &mut Vec<Diagnostic>, sources: &Sources) {
    let legacy: Vec<_> = diagnostics
        .iter()
        .filter(|found| found.code == "ma-cu")
        .filter_map(|found| sources.find(&found.at))
        .collect();
    diagnostics.retain(|found| {
        found.code != "ky-tu-cam"
            || sources.find(&found.at).is_none_or(|at| {
                !legacy.iter().any(|told| {
                    let is_within =
                        told.range.start <= at.range.start && at.range.end <= told.range.end;
                    let is_of_rows = told.source.index() > 0 && found.message.contains("U+00AD");
                    told.source == at.source && (is_within || is_of_rows)
                })
            })
    });
}

struct Reading<'a> {
    /// Of the case file, as it is shown.
    name: &'a str,
    catalog: &'a Catalog,
    mode: Mode,
    /// What stands before the number and the date of the case.
    given: Option<&'a Given>,
    data: Data<'a>,
    sources: &'a mut Sources,
    /// Findings in other files than the case.
    elsewhere: Vec<Diagnostic>,
}

impl Reading<'_> {
    fn case(&mut self, text: String) -> (Option<(Case, WordingSchema)>, Faults) {
        // The text is composed before it becomes a source, so that places are those of what is shown.
        let id = self.sources.next_id();
        let mut faults = Faults::of(id, self.name);
        let text = text::compose(text, id, &mut faults);
        self.sources.add(self.name, text.as_str());
        let Some(Yaml { raw: Some(raw), tree, text }) =
            yaml::read::<raw::Case>(&text, &CASE, self.sources, &mut faults)
        else {
            return (None, faults);
        };
        if tree.is_null() && !faults.has_errors() {
            let types = self.catalog.templates().document_types();
            let example = types.first().copied().unwrap_or("bao_cao");
            faults.add(
                Diagnostic::error("thieu", At::File(self.name.to_owned()), "hồ sơ chưa ghi gì")
                    .hint(format!("gõ `vanthu new {example} THƯ_MỤC` để có một hồ sơ mẫu mà điền")),
            );
            return (None, faults);
        }
        let mut door = Door { mode: self.mode, schema: &CASE, faults: &mut faults };
        let case = self.convert(raw, tree.get("noi_dung"), &text, &mut door);
        if let Some((_, schema)) = &case {
            written::place(&tree, &schema.fields, id, self.sources);
        }
        (case, faults)
    }

    fn convert(
        &mut self,
        raw: raw::Case,
        content: Option<&super::marked::Node>,
        text: &str,
        door: &mut Door<'_>,
    ) -> Option<(Case, WordingSchema)> {
        let root = Route::root();
        version(raw.version, &root.key("phien_ban"), door);
        let document_type = self.document_type(raw.document_type, &root.key("loai"), door);
        let wording = self.wording(raw.wording, document_type.as_ref(), &root, door);
        let written = date(raw.date, &root.key("ngay"), door);
        let date = self.given.map_or(written, |given| IssuedDate::Whole(given.date));
        let calendar_day = self.calendar_day(date);
        let organ = self.organ(raw.organ, raw.other_organ, date, &root, door);
        let unit = door.token(raw.unit);
        let written = number(raw.number, &root.key("so"), door);
        let number = self.given.and_then(|given| given.number.clone()).or(written);
        let urgency = urgency(raw.urgency, &root.key("do_khan"), door);
        let boxes = document_type.as_ref().map(|kind| kind.form.boxes());
        let subject = subject(raw.subject, boxes, &root.key("trich_yeu"), door);
        let direction = direction(raw.direction, document_type.as_ref(), &root.key("huong"), door);
        let addressed = is_addressed(document_type.as_ref(), direction);
        let at = root.key("kinh_gui");
        let to = if addressed { door.required_items(raw.to, &at) } else { door.items(raw.to, &at) };
        let own_authority =
            authority(raw.authority, document_type.as_ref(), &root.key("tham_quyen"), door);
        let bases = door.items(raw.bases, &root.key("can_cu"));
        let facts = wording.as_ref().map(|(_, schema)| {
            content::facts(content, &schema.fields, &root.key("noi_dung"), text, door)
        });
        let signatures = boxes.map(|boxes| boxes.signatures);
        let signer = people::signer(raw.signer, signatures, &root.key("nguoi_ky"), door);
        let at = root.key("thu_ky");
        let secretary = people::secretary(raw.secretary, document_type.as_ref(), &at, door);
        let recipients = recipients(raw.recipients, &root.key("noi_nhan"), door);
        let archive = people::archive(raw.archive, &root.key("luu"), door);
        let circulation = circulation(raw.circulation, &root.key("luu_hanh"), door);
        let shows_contact =
            shows_contact(raw.contact, document_type.as_ref(), &organ, &root.key("lien_he"), door);
        let (mut tables, pending) = appendix::body_tables(raw.tables, &root.key("bang"), door);
        for (position, pending) in pending {
            self.rows(tables.get_mut(position).map(|it| &mut it.table), pending, door);
        }
        let (mut appendices, pending) =
            appendix::appendices(raw.appendices, &root.key("phu_luc"), door);
        for (position, pending) in pending {
            let table = appendices.get_mut(position).and_then(|it| it.table.as_mut());
            self.rows(table, pending, door);
        }
        let attaches = document_type.as_ref().zip(wording.as_ref());
        let attaches = attaches.is_some_and(|(of, (name, _))| self.catalog.attaches(&of.key, name));
        let attached = attached(raw.attached, attaches, &root.key("kem_theo"), door);
        let replaces = earlier(raw.replaces, &root.key("thay_the"), door);
        let corrects = earlier(raw.corrects, &root.key("dinh_chinh"), door);
        let accepted = people::accepted(raw.accepted, &root.key("chap_nhan"), door);
        let notation = notation(document_type.as_ref(), &organ, unit, &root, door);
        let (wording, schema) = wording?;
        let case = Case {
            document_type: document_type?,
            wording,
            organ,
            number,
            notation,
            date,
            calendar_day,
            urgency,
            subject,
            direction,
            to,
            own_authority,
            bases,
            content: facts?,
            signer,
            secretary,
            recipients,
            archive,
            circulation,
            shows_contact,
            tables,
            appendices,
            attached,
            replaces,
            corrects,
            accepted,
        };
        Some((case, schema))
    }

    fn document_type(
        &mut self,
        raw: Option<raw::Token>,
        at: &Route,
        door: &mut Door<'_>,
    ) -> Option<DocumentType> {
        let Some(key) = door.token(raw) else {
            // A draft cannot do without it: nothing else is known before the type is.
            if !door.faults.speak_of(at) {
                let types = self.catalog.templates().document_types();
                let hint = match types.as_slice() {
                    [only] => format!("ghi thêm `loai: {only}`"),
                    types => suggest("", types.iter().copied()),
                };
                door.error("thieu", at, "thiếu `loai` (loại văn bản)", hint);
            }
            return None;
        };
        let Some(entry) = self.catalog.document_type(&key) else {
            let types = self.catalog.templates().document_types();
            door.error(
                "loai-la",
                at,
                format!("không có loại văn bản `{key}`"),
                suggest(&key, types.iter().copied()),
            );
            return None;
        };
        entry.tell(self.sources, &mut self.elsewhere).cloned()
    }

    fn wording(
        &mut self,
        raw: Option<raw::Token>,
        document_type: Option<&DocumentType>,
        root: &Route,
        door: &mut Door<'_>,
    ) -> Option<(String, WordingSchema)> {
        let at = root.key("mau");
        let name = door.token(raw);
        let document_type = document_type?;
        let given = name.is_some();
        let name = name.unwrap_or_else(|| DEFAULT_WORDING.to_owned());
        let Some(entry) = self.catalog.wording(&document_type.key, &name) else {
            let known = self.catalog.wordings(&document_type.key);
            if !door.faults.speak_of(&at) {
                let (code, message) = match given {
                    true => (
                        "mau-la",
                        format!("loại `{}` không có mẫu lời văn `{name}`", document_type.key),
                    ),
                    false => ("thieu", "thiếu `mau` (mẫu lời văn)".to_owned()),
                };
                door.error(
                    code,
                    &at,
                    message,
                    suggest(if given { &name } else { "" }, known.iter().copied()),
                );
            }
            return None;
        };
        let schema = entry.tell(self.sources, &mut self.elsewhere)?.clone();
        Some((name, schema))
    }

    /// What the office's table of days off says of the date.
    fn calendar_day(&mut self, date: IssuedDate) -> Option<CalendarDay> {
        let IssuedDate::Whole(date) = date else { return None };
        let calendar = self.catalog.calendar().tell(self.sources, &mut self.elsewhere)?;
        calendar.day(date).cloned()
    }

    fn organ(
        &mut self,
        raw: Option<raw::Token>,
        other: Option<raw::Organ>,
        issued: IssuedDate,
        root: &Route,
        door: &mut Door<'_>,
    ) -> Organ {
        let at = root.key("co_quan");
        let key = door.token(raw);
        if let Some(other) = other {
            if key.is_some() {
                let at = At::Key(root.key("co_quan_khac"));
                door.faults.add(
                    Diagnostic::error("sai-kieu", at, "có cả `co_quan` và `co_quan_khac`")
                        .hint("giữ một khóa: cơ quan trong danh mục thì dùng `co_quan`"),
                );
            }
            return catalog::organ(other, &root.key("co_quan_khac"), door);
        }
        if door.faults.speak_of(&root.key("co_quan_khac")) {
            return missing_organ(&at);
        }
        let Some(key) = key else {
            door.missing_with(&at, "cơ quan ban hành", self.an_organ(issued));
            return missing_organ(&at);
        };
        let listed = self.catalog.organs().tell(self.sources, &mut self.elsewhere);
        let listed = listed.map(Vec::as_slice).unwrap_or_default();
        let entries: Vec<&Listed> = listed.iter().filter(|entry| entry.key == key).collect();
        if entries.is_empty() {
            // A catalogue that cannot be read is a fault of its own.
            if !listed.is_empty() || self.elsewhere.is_empty() {
                let mut keys: Vec<&str> = listed.iter().map(|entry| entry.key.as_str()).collect();
                keys.dedup();
                let other = "ếu chưa có trong danh mục, viết đầy đủ ở `co_quan_khac`";
                let hint = match suggest(&key, keys) {
                    guess if guess.ends_with('?') => format!("{guess} N{other}"),
                    list => format!("{list}; n{other}"),
                };
                door.error("co-quan-la", &at, format!("danh mục không có cơ quan `{key}`"), hint);
            }
            return missing_organ(&at);
        }
        match catalog::valid_at(&entries, issued) {
            Some(entry) => entry.organ.clone(),
            None => {
                let periods: Vec<String> = entries.iter().map(|entry| entry.period()).collect();
                door.error(
                    "co-quan-het-hieu-luc",
                    &at,
                    format!(
                        "cơ quan `{key}` mang tên này {}, không phải vào ngày của văn bản",
                        periods.join("; ")
                    ),
                    "kiểm tra `ngay`, hoặc chọn cơ quan mang tên mới trong danh mục",
                );
                missing_organ(&at)
            }
        }
    }

    /// The next step when a case names no agency: one whose name is valid at its date.
    fn an_organ(&self, issued: IssuedDate) -> String {
        // What is wrong with the catalogue is told when a case asks for it.
        let listed = self.catalog.organs().value.as_deref().unwrap_or_default();
        let is_valid = |entry: &&Listed| match issued {
            IssuedDate::Blank => entry.until.is_none(),
            IssuedDate::Whole(_) | IssuedDate::NoDay { .. } => {
                catalog::valid_at(&[*entry], issued).is_some()
            }
        };
        match listed.iter().find(is_valid) {
            Some(entry) => format!(
                "ghi thêm, ví dụ `co_quan: {}`; cơ quan chưa có trong danh mục thì viết đầy đủ ở `co_quan_khac`",
                entry.key
            ),
            None => "danh mục chưa có cơ quan nào dùng được; viết đầy đủ cơ quan ở `co_quan_khac`"
                .to_owned(),
        }
    }

    /// The name of a data file, shown with the folder of the case.
    fn shown_name(&self, file: &str) -> String {
        Path::new(self.name).with_file_name(file).display().to_string()
    }

    /// The rows of a table that stand in a file of their own.
    fn rows(&mut self, table: Option<&mut Table>, pending: Pending, door: &mut Door<'_>) {
        let route = pending.route;
        let at = route.key("dong_tu_tep").key("tep");
        let from = &pending.from;
        if let Some(refused) = csv::refuse_name(&from.file, &at) {
            return door.faults.add(refused);
        }
        let name = self.shown_name(&from.file);
        let Some(table) = table else { return };
        let bytes = match (self.data)(&from.file) {
            Ok(bytes) => bytes,
            Err(Unread::Outside) => {
                return door.error(
                    "tep-ngoai-ho-so",
                    &at,
                    format!("`{}` không nằm trong thư mục hồ sơ", from.file),
                    "chép tệp vào thư mục hồ sơ rồi chỉ ghi tên tệp",
                );
            }
            Err(Unread::Failed(reason)) => {
                return door.error(
                    "tep-khong-doc-duoc",
                    &at,
                    format!("không đọc được `{}`: {reason}", from.file),
                    "tệp phải nằm trong thư mục hồ sơ; kiểm tra tên tệp",
                );
            }
        };
        let at = route.key("dong");
        let (filled, mut found) = if from.is_workbook() {
            let (read, found) =
                xlsx::rows(&name, &bytes, table, from, &at, self.mode, self.sources);
            table.show_places(&read.places);
            (read.filled, found)
        } else {
            self.csv_rows(&name, &bytes, table, from, &at)
        };
        table.rows = filled.rows;
        table.origin = Origin::File;
        if let Some(kept) = filled.kept {
            found.extend(kept.fill(table, &route, self.sources));
        }
        self.elsewhere.extend(found);
    }

    fn csv_rows(
        &mut self,
        name: &str,
        bytes: &[u8],
        table: &Table,
        from: &RowsFrom,
        at: &Route,
    ) -> (Filled, Vec<Diagnostic>) {
        let text = match text::decode(name, bytes, MAX_TABLE_BYTES) {
            Ok(text) => text,
            Err(refused) => return (Filled::default(), vec![refused]),
        };
        let id = self.sources.next_id();
        let mut faults = Faults::of(id, name);
        let text = text::compose(text, id, &mut faults);
        let mut mask = text::Mask::new(&text);
        text::refuse_characters(&text, id, &mut mask, &mut faults);
        self.sources.add(name, text);
        let mut door = Door { mode: self.mode, schema: &CASE, faults: &mut faults };
        door.faults.gather(at.clone());
        let rows = csv::rows(&mask.text(), table, from, at, self.sources, &mut door);
        (rows, faults.into_gathered(self.sources))
    }
}

fn missing_organ(at: &Route) -> Organ {
    let gap = || gap(&at.to_string());
    Organ {
        superior: None,
        name: gap(),
        short_name: gap(),
        code: gap(),
        place: gap(),
        contact: Vec::new(),
    }
}

fn circulation(raw: Option<raw::Token>, at: &Route, door: &mut Door<'_>) -> Option<Circulation> {
    let words =
        [("noi_bo", Circulation::Internal), ("xem_xong_tra_lai", Circulation::ToBeReturned)];
    door.choice(raw, at, &words)
}

/// Whether ô số 13 is printed: as the case says, or else as its type does.
fn shows_contact(
    raw: Option<raw::Token>,
    document_type: Option<&DocumentType>,
    organ: &Organ,
    at: &Route,
    door: &mut Door<'_>,
) -> bool {
    let asked = door.yes_or_no(raw, at);
    if asked == Some(true) && organ.contact.is_empty() {
        door.error(
            "gia-tri-la",
            at,
            "cơ quan chưa có địa chỉ liên hệ để in",
            "ghi các dòng ở `lien_he` của cơ quan, trong danh mục hoặc trong `co_quan_khac`",
        );
    }
    asked.unwrap_or_else(|| document_type.is_some_and(|of| of.contact))
}

/// `kem_theo`; `asked`: the wording has a line `[kem_theo]`.
fn attached(
    raw: Option<raw::Attached>,
    asked: bool,
    at: &Route,
    door: &mut Door<'_>,
) -> Option<Attached> {
    if raw.is_none() && door.faults.speak_of(at) {
        return asked.then(Attached::default);
    }
    if raw.is_none() && asked {
        let hint = "lời văn này có dòng `[kem_theo]`; ghi thêm `kem_theo:`, hai dòng dưới thụt vào: `loai: Quy chế`, `trich_yeu: …`";
        let missing = door.missing_with(at, "văn bản kèm theo", hint.to_owned());
        return Some(Attached { type_name: missing.clone(), subject: missing });
    }
    let raw = raw?;
    Some(Attached {
        type_name: door.required(raw.type_name, &at.key("loai")),
        subject: door.required(raw.subject, &at.key("trich_yeu")),
    })
}

/// A document of the office that was issued before.
fn earlier(raw: Option<raw::Earlier>, at: &Route, door: &mut Door<'_>) -> Option<Earlier> {
    let raw = raw?;
    let code = door.required_token(raw.code, &at.key("so_ky_hieu"));
    let written = door.required_token(raw.date, &at.key("ngay"));
    let date = if is_gap(&written) { None } else { door.date(&written, &at.key("ngay")) };
    Some(Earlier { code, date })
}

fn version(raw: Option<raw::Token>, at: &Route, door: &mut Door<'_>) {
    if let Some(version) = door.token(raw).filter(|version| version != "1") {
        door.error(
            "phien-ban-la",
            at,
            format!("không biết phiên bản hồ sơ “{version}”"),
            "ghi `phien_ban: 1`, hoặc dùng bản chương trình mới hơn",
        );
    }
}

fn number(raw: Option<raw::Token>, at: &Route, door: &mut Door<'_>) -> Option<Number> {
    let written = door.token(raw)?;
    let number = Number::parse(&written);
    if number.is_none() {
        let start = written.find(|c: char| c.is_ascii_digit()).unwrap_or(written.len());
        let rest = written[start..].trim_start_matches(|c: char| c.is_ascii_digit());
        let digits = &written[start..written.len() - rest.len()];
        let hint = match Number::parse(digits).filter(|_| !rest.starts_with(['.', ','])) {
            Some(meant) => format!("chỉ ghi số, viết `so: {meant}`; ký hiệu do chương trình ghép"),
            None => "ghi số từ 1 trở lên, ví dụ `so: 125`; bỏ trống khi chưa có số".to_owned(),
        };
        door.error("so-sai", at, format!("“{written}” không phải số văn bản"), hint);
    }
    number
}

/// `16/8/2022`; `/8/2022` or `…/8/2022` with the day left blank; nothing.
fn date(raw: Option<raw::Token>, at: &Route, door: &mut Door<'_>) -> IssuedDate {
    let Some(written) = door.token(raw) else { return IssuedDate::Blank };
    match written.trim_start_matches(['.', '…', '_', ' ']).strip_prefix('/') {
        Some(rest) => no_day(rest, at, door),
        None => door.date(&written, at).map_or(IssuedDate::Blank, IssuedDate::Whole),
    }
}

fn no_day(month_and_year: &str, at: &Route, door: &mut Door<'_>) -> IssuedDate {
    // Any month has a first day.
    match vi::date::parse(&format!("1/{month_and_year}")) {
        Ok(first) => IssuedDate::NoDay { year: first.year(), month: first.month() },
        Err(_) => {
            let message = format!("“/{month_and_year}” không phải tháng và năm để trống ngày");
            door.error("ngay-sai", at, message, "viết như `/8/2022`, năm đủ bốn chữ số");
            IssuedDate::Blank
        }
    }
}

fn urgency(raw: Option<raw::Token>, at: &Route, door: &mut Door<'_>) -> Option<Urgency> {
    let words = [
        ("hoa_toc", Urgency::Express),
        ("thuong_khan", Urgency::Urgent),
        ("khan", Urgency::Prompt),
    ];
    door.choice(raw, at, &words)
}

/// Trích yếu; a form that prints none may do without.
fn subject(
    raw: Option<raw::Text>,
    boxes: Option<Boxes>,
    at: &Route,
    door: &mut Door<'_>,
) -> String {
    match boxes.map(|boxes| boxes.title) {
        Some(Title::Type) => door.text(raw).unwrap_or_default(),
        Some(Title::TypeAndSubject | Title::UnderNumber) | None => door.required(raw, at),
    }
}

/// `tham_quyen`, where a line of the document says it.
fn authority(
    raw: Option<raw::Text>,
    document_type: Option<&DocumentType>,
    at: &Route,
    door: &mut Door<'_>,
) -> Option<String> {
    let written = door.text(raw)?;
    if let Some(kind) = document_type.filter(|kind| !kind.form.boxes().names_authority()) {
        door.no_place(
            at,
            kind,
            "chỉ nghị quyết, quyết định và công điện ghi thẩm quyền ban hành; bỏ khóa này",
        );
    }
    Some(vi::case::upper(&written))
}

fn direction(
    raw: Option<raw::Token>,
    document_type: Option<&DocumentType>,
    at: &Route,
    door: &mut Door<'_>,
) -> Option<Direction> {
    let given = raw.is_some();
    let words = [
        ("len_tren", Direction::Up),
        ("ngang_cap", Direction::Level),
        ("xuong_duoi", Direction::Down),
    ];
    let direction = door.choice(raw, at, &words);
    let needed = document_type.is_some_and(|kind| kind.addressing == Addressing::Upward);
    if needed && !given {
        door.missing(at);
    }
    direction
}

fn is_addressed(document_type: Option<&DocumentType>, direction: Option<Direction>) -> bool {
    document_type.is_some_and(|kind| match kind.addressing {
        Addressing::Never => false,
        Addressing::Always => true,
        Addressing::Upward => direction == Some(Direction::Up),
    })
}

/// The archive line has its own key.
fn recipients(raw: Option<Vec<Option<raw::Text>>>, at: &Route, door: &mut Door<'_>) -> Vec<String> {
    let recipients = door.required_items(raw, at);
    for (index, recipient) in recipients.iter().enumerate() {
        let at = at.index(index);
        if is_archive_line(&at, recipient) {
            let found = archive_line(&at, door.faults);
            door.faults.add(found);
        }
    }
    recipients
}

/// `BC-UBND`; of a công văn, which has no code, `UBND-VX`.
fn notation(
    document_type: Option<&DocumentType>,
    organ: &Organ,
    unit: Option<String>,
    root: &Route,
    door: &mut Door<'_>,
) -> CodeNotation {
    let code = document_type.and_then(|kind| kind.code.as_deref());
    CodeNotation(match (document_type, code) {
        (None, _) => organ.code.clone(),
        (Some(kind), Some(code)) => {
            if unit.is_some() {
                door.warning(
                    "khong-dung",
                    &root.key("don_vi"),
                    format!(
                        "`don_vi` không dùng cho {}, văn bản có chữ viết tắt tên loại",
                        vi::case::lower(&kind.name)
                    ),
                    "bỏ `don_vi`; khóa này chỉ ghép vào ký hiệu của công văn",
                );
            }
            format!("{code}-{}", organ.code)
        }
        (Some(_), None) => {
            let unit = unit.unwrap_or_else(|| door.missing(&root.key("don_vi")));
            format!("{}-{unit}", organ.code)
        }
    })
}
