//! What the register says, on the screen.

use chrono::NaiveDate;

use super::args::{FindArgs, ListArgs, NumberArgs, PartArgs};
use crate::archive::register::{Filter, Register, Row};
use crate::archive::{Failure, Link, State};
use crate::cli::Exit;
use crate::cli::office::{find as by_number, now};
use crate::vi::date;

pub fn filter(part: &PartArgs) -> Filter {
    Filter {
        year: part.year,
        organ: part.organ.as_ref().map(|organ| crate::vi::text::nfc(organ).into_owned()),
        label: part.label.clone(),
        from: part.from,
        to: part.to,
        ..Filter::default()
    }
}

pub fn list(args: &ListArgs) -> Result<Exit, Failure> {
    let register = Register::open_to_read(&args.office.place(None)?)?;
    let states = if args.waiting { vec![State::Reserved, State::Awaiting] } else { Vec::new() };
    let rows = register.rows(&Filter { states, limit: args.limit, ..filter(&args.part) })?;
    Ok(table(&rows, "Sổ chưa có dòng nào như vậy."))
}

pub fn find(args: &FindArgs) -> Result<Exit, Failure> {
    let register = Register::open_to_read(&args.office.place(None)?)?;
    let text = Some(args.words.join(" "));
    let rows = register.rows(&Filter { text, limit: Some(args.limit), ..filter(&args.part) })?;
    Ok(table(&rows, "Không tìm thấy dòng nào; gõ ít chữ hơn, hoặc gõ không dấu."))
}

fn table(rows: &[Row], none: &str) -> Exit {
    if rows.is_empty() {
        sayln!("{none}");
        return Exit::Done;
    }
    let today = now().date_naive();
    let width = rows.iter().map(|row| row.entry.code.chars().count()).max().unwrap_or(0);
    for row in rows {
        let entry = &row.entry;
        let what = [entry.type_name.as_str(), entry.subject.as_str()].join(" ");
        sayln!(
            "{:width$}  {:10}  {}{}",
            row.entry.code,
            date::short(entry.date),
            what.trim(),
            standing(row, today)
        );
    }
    sayln!("{} dòng", rows.len());
    Exit::Done
}

/// `  [chờ ký, 3 ngày]`; nothing of a document that was simply issued.
fn standing(row: &Row, today: NaiveDate) -> String {
    match row.entry.state {
        State::Issued if row.entry.replaced_by.is_empty() => String::new(),
        State::Issued => "  [đã bị thay thế]".to_owned(),
        state @ (State::Void | State::Recalled) => format!("  [{}]", state.words()),
        state @ (State::Reserved | State::Awaiting) => {
            format!("  [{}, {}]", state.words(), age(row, today))
        }
    }
}

/// How long a number has waited.
fn age(row: &Row, today: NaiveDate) -> String {
    let since = row.at.get(..10).and_then(|day| day.parse::<NaiveDate>().ok());
    match since.map(|since| (today - since).num_days()) {
        Some(days) if days > 0 => format!("đã {days} ngày"),
        _ => "từ hôm nay".to_owned(),
    }
}

pub fn show(args: &NumberArgs) -> Result<Exit, Failure> {
    let register = Register::open_to_read(&args.office.place(None)?)?;
    let row = by_number(&register, &args.number, args.year)?;
    let entry = &row.entry;
    let copies = entry.copies.map(|copies| copies.to_string()).unwrap_or_default();
    let sent = entry.sent.map(date::short).unwrap_or_default();
    let pages = if entry.pages == 0 { String::new() } else { entry.pages.to_string() };
    let waits = matches!(entry.state, State::Reserved | State::Awaiting);
    let state = match waits {
        true => format!("{}, {}", entry.state.words(), age(&row, now().date_naive())),
        false => entry.state.words().to_owned(),
    };
    let signer = match (entry.position.as_str(), entry.signer.as_str()) {
        ("", signer) => signer.to_owned(),
        (position, signer) => format!("{signer}, {position}"),
    };
    let facts = [
        ("Số, ký hiệu", entry.code.clone()),
        ("Ngày", date::short(entry.date)),
        ("Trạng thái", state),
        ("Lý do", entry.reason.clone()),
        ("Cơ quan", entry.key.series.organ.clone()),
        ("Dãy số", format!("{}, năm {}", entry.key.series.label, entry.key.series.year)),
        ("Tên loại", entry.type_name.clone()),
        ("Trích yếu", entry.subject.clone()),
        ("Người ký", signer),
        ("Nơi nhận", entry.recipients.join("; ")),
        ("Bản lưu", entry.kept_by.clone()),
        ("Số lượng bản", copies),
        ("Số trang", pages),
        ("Ngày chuyển", sent),
        ("Ghi chú", entry.note.clone()),
        ("Thay thế", links(entry.replaces.as_slice())),
        ("Đính chính", links(entry.corrects.as_slice())),
        ("Được thay thế bởi", links(&entry.replaced_by)),
        ("Được đính chính bởi", links(&entry.corrected_by)),
        ("Hồ sơ lưu", entry.key.object_id()),
    ];
    for (name, value) in facts.iter().filter(|(_, value)| !value.is_empty()) {
        sayln!("{name:19}  {value}");
    }
    for signature in &entry.signatures {
        let time = signature.time.as_deref().map(|time| format!(", {time}")).unwrap_or_default();
        let what = if signature.is_time_stamp { "Dấu thời gian" } else { "Chữ ký số" };
        sayln!("{what:19}  {}{time} (ô {})", signature.signer, signature.field);
    }
    for (event, _) in register.events(&entry.key.object_id())? {
        sayln!(
            "{:19}  {} {}, {}",
            format!("Phiên bản {}", event.version),
            event.at,
            event.act.words(),
            event.actor
        );
    }
    Ok(Exit::Done)
}

fn links(links: &[Link]) -> String {
    let one = |link: &Link| format!("{} ngày {}", link.code, date::short(link.date));
    links.iter().map(one).collect::<Vec<_>>().join("; ")
}
