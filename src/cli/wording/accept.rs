//! `vanthu wording accept`: what was changed becomes a version in the ledger.

use chrono::NaiveDate;

use super::args::AcceptArgs;
use super::root;
use crate::cli::say::warn;
use crate::cli::{Exit, choose, output, report};
use crate::ledger::{self, FILE, State};
use crate::render::{self, Office, lost_in_words};
use crate::vi::{date, text};

pub fn run(args: &AcceptArgs) -> Exit {
    let opened =
        root::folder(args.root.as_deref()).and_then(|folder| Ok((root::office(&folder)?, folder)));
    let (office, folder) = match opened {
        Ok(opened) => opened,
        Err(refused) => {
            refused.tell();
            return Exit::Unusable;
        }
    };
    let Some(day) = day(args.date.as_deref()) else { return Exit::Unusable };
    let Some(paths) = chosen(args, &office) else { return Exit::Unusable };
    let findings = render::check_wordings(&office);
    if findings.has_errors() {
        warn(&report::text(&findings, &std::io::stderr()));
        warnln!("Chưa ghi nhận gì, vì còn lỗi ở trên.");
        return Exit::Found;
    }
    let reason = args.reason.as_deref().map(one_line).filter(|reason| !reason.is_empty());
    if reason.is_none() && !tell_lost(&paths, &office) {
        return Exit::Found;
    }
    record(&paths, &office, &folder, day, reason.as_deref())
}

/// Writes the versions; tells them.
fn record(
    paths: &[&str],
    office: &Office,
    folder: &std::path::Path,
    day: NaiveDate,
    reason: Option<&str>,
) -> Exit {
    if paths.is_empty() {
        sayln!("Không có lời văn nào sửa sau lần ghi nhận trước.");
        return Exit::Done;
    }
    let mut ledger = office.ledger().clone();
    let mut said = String::new();
    for path in paths {
        let text = office.catalog.templates().get(path).unwrap_or_default();
        let number = ledger.record(path, text, day, reason, office.locked(path));
        said.push_str(&format!("Đã ghi nhận {path}: phiên bản {number}\n"));
    }
    let file = folder.join(FILE);
    if let Err(error) = output::replace(&file, ledger.to_yaml()) {
        warnln!("lỗi: không ghi được {}: {}", file.display(), output::reason(&error));
        warnln!("  = gợi ý: kiểm tra quyền ghi của thư mục lời văn");
        return Exit::Unusable;
    }
    crate::cli::say::say(&text::visible(&said));
    sayln!("Sổ phiên bản: {}", file.display());
    Exit::Done
}

/// The files to record: those that are asked for, or all; only what has changed. Nothing,
/// and said so, when a name is not there.
fn chosen<'a>(args: &AcceptArgs, office: &'a Office) -> Option<Vec<&'a str>> {
    let states = office.wording_states();
    let known: Vec<&str> = states.iter().filter_map(|(path, _)| path.strip_suffix(".md")).collect();
    let asked: Vec<&str> = args.wordings.iter().map(|name| name.trim_end_matches(".md")).collect();
    if let Some(unknown) = asked.iter().find(|name| !known.contains(name)) {
        warnln!("lỗi: không có lời văn “{unknown}”");
        warnln!("  = gợi ý: {}", choose::hint(unknown, &known, "các lời văn"));
        return None;
    }
    let is_asked = |path: &str| {
        asked.is_empty() || path.strip_suffix(".md").is_some_and(|name| asked.contains(&name))
    };
    let changed = states.into_iter().filter(|(_, state)| !matches!(state, State::Accepted(_)));
    Some(changed.map(|(path, _)| path).filter(|path| is_asked(path)).collect())
}

/// Tells the locked phrases that are changed without a reason; whether there are none.
fn tell_lost(paths: &[&str], office: &Office) -> bool {
    let mut is_free = true;
    for path in paths {
        let accepted = office.ledger().last(path).map_or(&[][..], |last| &last.locked);
        for lost in ledger::lost(accepted, office.locked(path)) {
            warnln!(
                "lỗi[{}]: {path} sửa câu khóa: {}",
                crate::wording::LOCKED,
                lost_in_words(&lost)
            );
            is_free = false;
        }
    }
    if !is_free {
        warnln!(
            "  = gợi ý: câu khóa chỉ sửa khi được phép; ghi căn cứ sau --ly-do, ví dụ --ly-do \"theo Công văn số 15/STP-VBPQ\""
        );
        warnln!("Chưa ghi nhận gì.");
    }
    is_free
}

/// The day that is given, or today; nothing, and said so, when it is no day.
fn day(written: Option<&str>) -> Option<NaiveDate> {
    let Some(written) = written else { return Some(today()) };
    match date::parse(written) {
        Ok(day) => Some(day),
        Err(error) => {
            warnln!("lỗi: “{written}” không dùng được cho --ngay: {error}");
            None
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "only the command line reads the clock")]
fn today() -> NaiveDate {
    chrono::Local::now().date_naive()
}

fn one_line(written: &str) -> String {
    text::nfc(&text::one_line(written)).into_owned()
}
