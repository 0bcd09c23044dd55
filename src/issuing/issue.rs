//! `issue`: from a case to a number, a record and a row.

use chrono::{Datelike as _, NaiveDate};

use crate::archive::place::Place;
use crate::archive::register::{Register, Row, Wish as NumberWish};
use crate::archive::{Act, Entry, Failure, Key, Link, RequestId, Series, State, sha256};
use crate::case::{self, Blank};
use crate::diag::Sources;
use crate::export::pdf;
use crate::model::{self, Case, Earlier, Number, NumberOrder};
use crate::render::{self, File, Findings, Incomplete, Prepared};
use crate::vi::date;
use crate::vi::number;
use crate::vi::text::one_line;

use super::marker::{self, Marker};
use super::record::{self, FORMATS};
use super::{CaseFiles, Desk, Who, Writer, day, later, unnumbered};

/// How a case is to be issued.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    /// A number of the clerk's choice.
    pub number: Option<Number>,
    /// Date of the document, where the case leaves it open.
    pub date: Option<NaiveDate>,
    /// The clerk has said that a date far from all others is meant.
    pub date_is_meant: bool,
    /// The number is to be given before the document is signed.
    pub reserve: bool,
    /// Số lượng bản.
    pub copies: Option<u32>,
    /// Ghi chú.
    pub note: String,
}

/// What became of it.
pub struct Issued {
    pub entry: Entry,
    /// The files of the document as they are kept.
    pub files: Vec<File>,
    /// Whether it was issued before this call.
    pub again: bool,
}

/// Why nothing was issued.
pub enum Stop {
    /// The case cannot be a final.
    Findings(Findings),
    Failure(Failure),
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

/// Issues a case, or takes up where an earlier call for it was cut off. `fresh` is used when
/// the case has no request yet.
///
/// # Errors
/// Findings that forbid a final; a refusal; what the disk says. A number that was given stays
/// with the case, and the same call goes on with it.
pub fn issue(
    desk: &Desk,
    case: &CaseFiles,
    wish: &Wish,
    who: &Who,
    fresh: &RequestId,
) -> Result<Issued, Stop> {
    right_order(desk, wish)?;
    let begun = begun(&desk.place, case, wish, fresh)?;
    if let Some(done) = begun.as_ref().filter(|row| row.entry.state != State::Reserved) {
        return again(desk, case, done.entry.clone(), who);
    }
    // All that can be said against the case is said before a number is given.
    let read = case.case(&desk.office).map_err(Stop::Findings)?;
    let (foreseen, plan) = match &begun {
        Some(row) => (given(&row.entry.key, row.entry.date), None),
        None => {
            let plan = plan(desk, &read, wish, who)?;
            (foresee(desk, case, &read, &plan, who.today)?, Some(plan))
        }
    };
    let ready = prepare(desk, case, &foreseen)?;
    let marker = marker::begin(&case.path, fresh)?;
    let request = marker.request.clone();
    let got = match plan {
        None => foreseen.clone(),
        Some(plan) => {
            let got = number(desk, &ready.prepared.case, &plan, who, &request);
            if matches!(&got, Err(Failure::Refused { .. })) && marker.code.is_none() {
                // No number was given, so nothing is to be taken up again.
                marker::forget(&case.path)?;
            }
            got?
        }
    };
    // Somebody else may have taken the number that was foreseen.
    let ready = if got == foreseen { ready } else { prepare(desk, case, &got)? };
    keep(desk, case, ready, wish, who, &request)
}

/// The row of a wish for this case that was begun; a wish whose number was voided is over.
fn begun(
    place: &Place,
    case: &CaseFiles,
    wish: &Wish,
    fresh: &RequestId,
) -> Result<Option<Row>, Failure> {
    let Some(marker) = marker::read(&case.path)? else { return Ok(None) };
    let row = Register::open_to_read(place)?.by_request(&marker.request)?;
    match (row, &marker.code) {
        (Some(row), _) if row.entry.state == State::Void => {
            marker::replace(&case.path, &Marker::begun(fresh))?;
            Ok(None)
        }
        (None, Some(code)) if !asks_again(&marker, wish) => Err(Failure::refused(
            format!("hồ sơ này đã có số {code} nhưng sổ đăng ký của văn phòng này không có số đó"),
            format!(
                "kiểm tra đúng thư mục văn phòng chưa; sổ vừa lấy lại từ bản sao lưu cũ thì phát hành lại đúng số ấy: thêm --so {} --ngay {}; hồ sơ chép từ nơi khác thì bỏ tệp phat_hanh.yaml trong bản chép",
                code.split('/').next().unwrap_or_default(),
                marker.date.as_deref().unwrap_or_default(),
            ),
        )),
        (row, _) => Ok(row),
    }
}

/// Whether the clerk asks for the very number and day that a mark holds: the register was lost
/// and came back without them.
fn asks_again(marker: &Marker, wish: &Wish) -> bool {
    let number = wish.number.as_ref().map(ToString::to_string);
    let day = wish.date.map(date::short);
    let code = marker.code.as_deref().unwrap_or_default();
    number.as_deref() == code.split('/').next() && day == marker.date
}

/// The files of a document that was issued before, from its record. A case that says something
/// else now, or that has the mark of another, does not get them.
fn again(desk: &Desk, case: &CaseFiles, entry: Entry, who: &Who) -> Result<Issued, Stop> {
    if entry.case_sha256 != sha256(&case.case) {
        let (code, date) = (&entry.code, date::short(entry.date));
        return Err(Stop::Failure(Failure::refused(
            format!("hồ sơ này không còn như khi phát hành thành {code} ngày {date}"),
            format!(
                "lấy văn bản đã phát hành bằng `vanthu archive export {code} THƯ_MỤC`; nội dung cần đổi thì gõ `vanthu new --thay-the {code} THƯ_MỤC`; hồ sơ chép từ hồ sơ khác thì bỏ tệp phat_hanh.yaml trong bản chép"
            ),
        )));
    }
    let files = later::rendered(&desk.place, &entry.key.object_id())?;
    if entry.state == State::Issued && (entry.replaces.is_some() || entry.corrects.is_some()) {
        later::link_back(&mut Writer::open(&desk.place)?, &entry, who)?;
    }
    Ok(Issued { entry, files, again: true })
}

/// The order of number and signature is the office's.
fn right_order(desk: &Desk, wish: &Wish) -> Result<(), Failure> {
    let (message, hint) = match (desk.rules.order, wish.reserve) {
        (NumberOrder::SignedFirst, true) => (
            "văn phòng này ký trước rồi mới lấy số, nên không giữ số trước khi ký",
            "bỏ --reserve; hoặc ghi `thu_tu: so_truoc` trong van_phong.yaml nếu cơ quan ký số trên bản có số",
        ),
        (NumberOrder::NumberedFirst, false) => (
            "văn phòng này lấy số trước rồi mới ký",
            "thêm --reserve để lấy số và bản PDF đem ký, ký xong gõ `vanthu archive attach SỐ TỆP_ĐÃ_KÝ`",
        ),
        (NumberOrder::SignedFirst, false) | (NumberOrder::NumberedFirst, true) => return Ok(()),
    };
    Err(Failure::refused(message, hint))
}

/// A document with its number and date, and its files.
struct Ready {
    prepared: Prepared,
    files: Vec<File>,
    pages: usize,
}

/// The case as a final that nothing forbids, rendered: a letter that no font has is found before
/// a number is given, too.
fn prepare(desk: &Desk, case: &CaseFiles, given: &model::Given) -> Result<Ready, Stop> {
    let prepared = case.prepare(&desk.office, &desk.rules, given).map_err(Stop::Findings)?;
    if prepared.findings.has_errors() {
        return Err(Stop::Findings(prepared.findings));
    }
    if prepared.document.row_count() > pdf::MAX_ROWS {
        return Err(Stop::Failure(Failure::refused(
            format!("bảng có quá {} dòng trong một tệp PDF", pdf::MAX_ROWS),
            format!(
                "ghi `chia_tap: {}` ở phụ lục để bản PDF ra thành nhiều tệp nhỏ hơn",
                number::format(pdf::rows_of_a_volume(&prepared.document).into())
            ),
        )));
    }
    let (files, layout) = match render::files(&prepared.document, &FORMATS) {
        Ok(rendered) => rendered,
        Err(error) => return Err(not_rendered(error, case, prepared.findings.sources)),
    };
    let pages = layout.map_or(0, |layout| layout.pages);
    Ok(Ready { prepared, files, pages })
}

/// Files that do not hold every word are no final, as a case with errors is none.
fn not_rendered(error: anyhow::Error, case: &CaseFiles, sources: Sources) -> Stop {
    match error.downcast::<Incomplete>() {
        Ok(Incomplete(lost)) => {
            let diagnostics = vec![lost];
            Stop::Findings(Findings { diagnostics, sources, ..Findings::default() })
        }
        Err(error) => Stop::Failure(Failure::refused(
            format!("không xuất được {}: {error:#}", case.path.display()),
            "xem lại chỗ đó trong hồ sơ, xem thử bằng `vanthu render --draft`, rồi phát hành",
        )),
    }
}

/// The number the clerk wants: of the call, or of the case.
fn wanted(read: &Case, wish: &Wish) -> Result<Option<Number>, Failure> {
    match (&read.number, &wish.number) {
        (Some(written), Some(asked)) if written != asked => Err(Failure::refused(
            format!("hồ sơ ghi số {written}, lệnh ghi số {asked}"),
            "bỏ --so, hoặc xóa `so` trong hồ sơ để sổ cấp số",
        )),
        (written, asked) => Ok(asked.clone().or_else(|| written.clone())),
    }
}

/// What is asked of the register for a case.
struct Plan {
    series: Series,
    date: NaiveDate,
    /// Whether the clerk has said that this date is meant.
    date_is_meant: bool,
    /// The number the clerk wants.
    number: Option<Number>,
}

fn plan(desk: &Desk, read: &Case, wish: &Wish, who: &Who) -> Result<Plan, Failure> {
    let date = day::of(read, wish, who)?;
    let series = Series {
        organ: one_line(&read.organ.name),
        label: desk.rules.series(&read.document_type.key).to_owned(),
        year: date.year(),
    };
    Ok(Plan { series, date, date_is_meant: wish.date_is_meant, number: wanted(read, wish)? })
}

fn given(key: &Key, date: NaiveDate) -> model::Given {
    model::Given { number: Number::new(key.number, key.letter), date }
}

/// What forbids a number is said before one is given; and the number that will be given, if
/// nobody is faster.
fn foresee(
    desk: &Desk,
    case: &CaseFiles,
    read: &Case,
    plan: &Plan,
    today: NaiveDate,
) -> Result<model::Given, Failure> {
    if is_sample(desk, case, read) {
        return Err(Failure::refused(
            format!("{} vẫn y nguyên hồ sơ mẫu, chưa sửa chữ nào", case.path.display()),
            "điền nội dung của cơ quan vào hồ sơ, xem thử bằng `vanthu render --draft`, rồi phát hành",
        ));
    }
    let register = Register::open_to_read(&desk.place)?;
    if let Some(row) = register.by_case(&sha256(&case.case))? {
        let (code, date) = (row.entry.code, date::short(row.entry.date));
        return Err(Failure::refused(
            format!("hồ sơ này giống hệt hồ sơ đã phát hành thành {code} ngày {date}"),
            format!(
                "văn bản đã phát hành không phát hành lại; cần thay thì gõ `vanthu new --thay-the {code} THƯ_MỤC`"
            ),
        ));
    }
    for earlier in [&read.replaces, &read.corrects].into_iter().flatten() {
        link(&register, earlier, &plan.series)?;
    }
    if !plan.date_is_meant {
        day::near(plan.date, register.newest_date()?, today)?;
    }
    let number = match &plan.number {
        Some(number) => Some(number.clone()),
        None => Number::new(register.next(&plan.series)?, None),
    };
    Ok(model::Given { number, date: plan.date })
}

/// Whether a case is as `vanthu new` made it: a number would be spent on somebody's example.
fn is_sample(desk: &Desk, case: &CaseFiles, read: &Case) -> bool {
    let Ok(text) = str::from_utf8(&case.case) else { return false };
    let wording = &read.wording;
    let blank = case::blank(&read.document_type.key, wording, &desk.office.catalog);
    let (Blank::Sample(sample) | Blank::Made(sample)) = blank;
    text == unnumbered(&sample)
}

/// The document of this office that a case names.
fn link(register: &Register, earlier: &Earlier, series: &Series) -> Result<Link, Failure> {
    let found = register.by_code(&earlier.code, earlier.date.map(|date| date.year()))?;
    let mut found: Vec<Row> = found
        .into_iter()
        .filter(|row| row.entry.key.series.organ == series.organ)
        .filter(|row| earlier.date.is_none_or(|date| date == row.entry.date))
        .collect();
    match (found.pop(), found.is_empty()) {
        (Some(row), true) if row.entry.state == State::Issued => {
            let Entry { key, code, date, .. } = row.entry;
            Ok(Link { object: key.object_id(), code, date })
        }
        (Some(row), true) => Err(Failure::refused(
            format!(
                "{} {}, không thay thế hay đính chính được",
                row.entry.code,
                row.entry.state.words()
            ),
            "chỉ văn bản đã phát hành mới được thay thế, đính chính",
        )),
        _ => Err(Failure::refused(
            format!("không có văn bản {} đúng ngày ấy trong sổ đăng ký", earlier.code),
            "xem số và ngày bằng `vanthu register find`, rồi sửa `thay_the` hoặc `dinh_chinh` trong hồ sơ",
        )),
    }
}

/// Takes the number.
fn number(
    desk: &Desk,
    read: &Case,
    plan: &Plan,
    who: &Who,
    request: &RequestId,
) -> Result<model::Given, Failure> {
    let wish = NumberWish {
        series: plan.series.clone(),
        request: request.clone(),
        date: plan.date,
        number: plan.number.as_ref().map(|number| (number.value(), number.letter())),
        at: who.at.clone(),
        actor: who.actor.clone(),
        subject: one_line(&read.subject),
        type_name: read.document_type.name.clone(),
    };
    Writer::open(&desk.place)?.reserve(&wish).map(|got| given(&got.key, got.date))
}

/// Keeps a document with its number and enters it.
fn keep(
    desk: &Desk,
    case: &CaseFiles,
    ready: Ready,
    wish: &Wish,
    who: &Who,
    request: &RequestId,
) -> Result<Issued, Stop> {
    let Ready { prepared, files, pages } = ready;
    let mut writer = Writer::open(&desk.place)?;
    let row = writer
        .register
        .by_request(request)?
        .ok_or_else(|| Failure::damaged("số vừa giữ không còn trong sổ đăng ký".to_owned()))?;
    if row.entry.state != State::Reserved {
        // Another clerk has done the same wish meanwhile.
        drop(writer);
        return again(desk, case, row.entry, who);
    }
    let (act, state) = match wish.reserve {
        true => (Act::Reserve, State::Awaiting),
        false => (Act::Issue, State::Issued),
    };
    let case_facts = &prepared.case;
    let link = |earlier: &Option<Earlier>| {
        let one = |earlier| link(&writer.register, earlier, &row.entry.key.series);
        earlier.as_ref().map(one).transpose()
    };
    let entry = Entry {
        state,
        code: case_facts.code(),
        type_name: case_facts.document_type.name.clone(),
        subject: one_line(&case_facts.subject),
        signer: one_line(&case_facts.signer.full_name),
        position: one_line(case_facts.signer.lines.last().map_or("", |line| line)),
        recipients: recipients(case_facts),
        kept_by: kept_by(case_facts),
        copies: wish.copies.or_else(|| issued_copies(case_facts)),
        sent: Some(who.today),
        note: one_line(&wish.note),
        pages,
        case_sha256: sha256(&case.case),
        replaces: link(&case_facts.replaces)?,
        corrects: link(&case_facts.corrects)?,
        ..Entry::reserved(row.entry.key, request.clone(), row.entry.date)
    };
    let kept = record::files(desk, case, &prepared, &files, &entry)?;
    let entry = writer.perform(act, entry, kept, who)?;
    later::link_back(&mut writer, &entry, who)?;
    Ok(Issued { entry, files, again: false })
}

/// Who gets it: Kính gửi, then Nơi nhận without those that only point elsewhere.
fn recipients(case: &Case) -> Vec<String> {
    let own = case.recipients.iter().filter(|to| !to.starts_with("Như "));
    case.to.iter().chain(own).map(|to| one_line(to)).collect()
}

/// `VT, nkguyen`
fn kept_by(case: &Case) -> String {
    let parts = [Some(&case.archive.kept_by), case.archive.drafter.as_ref()];
    let parts: Vec<String> = parts.into_iter().flatten().map(|part| one_line(part)).collect();
    parts.join(", ")
}

fn issued_copies(case: &Case) -> Option<u32> {
    case.archive.issued_copies.as_ref()?.trim().parse().ok()
}
