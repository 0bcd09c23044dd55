//! `vanthu wording check`: every wording and every sample, without a case.

use serde_json::{Value, json};

use super::args::CheckArgs;
use super::root::{self, Refused};
use crate::cli::say::{say, say_json};
use crate::cli::{Exit, near, report};
use crate::diag::{self, Severity};
use crate::ledger::{self, State};
use crate::render::{self, Findings, Office};
use crate::templates::Templates;
use crate::vi::{date, text};

pub fn run(args: &CheckArgs) -> Exit {
    let office = match office(args) {
        Ok(office) => office,
        Err(refused) => {
            refused.tell();
            return Exit::Unusable;
        }
    };
    let findings = render::check_wordings(&office);
    if args.json {
        say_json(&data(&office, &findings));
    } else {
        say(&report::text(&findings, &std::io::stdout()));
        changed(&office);
        lost(&office);
        say(&text::visible(&summary(&office, &findings)));
    }
    if findings.has_errors() { Exit::Found } else { Exit::Done }
}

/// The office of `--root`, or of the folder here, or else what the program carries.
fn office(args: &CheckArgs) -> Result<Office, Refused> {
    match (&args.root, root::folder(None)) {
        (Some(root), _) => root::office(root),
        (None, Ok(here)) => root::office(&here),
        (None, Err(_)) => {
            near::tell_unused(None, &[]);
            Ok(Office::of(Templates::embedded())?)
        }
    }
}

/// The files that are another text than the one that was accepted last.
fn changed(office: &Office) {
    for (path, state) in office.wording_states() {
        match state {
            State::Accepted(_) => {}
            State::Unknown => sayln!("{path}: chưa ghi nhận lần nào."),
            State::Changed(last) if office.is_gone(path) => {
                let (number, day) = (last.number, date::short(last.date));
                sayln!(
                    "{path}: phiên bản {number}, ghi nhận ngày {day}, không còn trong thư mục; đang dùng bản có sẵn trong chương trình."
                );
            }
            State::Changed(last) => {
                let (number, day) = (last.number, date::short(last.date));
                sayln!("{path}: đã sửa sau phiên bản {number}, ghi nhận ngày {day}.");
                for lost in ledger::lost(&last.locked, office.locked(path)) {
                    sayln!("  Sửa câu khóa: {}", render::lost_in_words(&lost));
                }
            }
        }
    }
}

/// The accepted wordings of which there is no text at all any more.
fn lost(office: &Office) {
    for path in office.lost_wordings() {
        if let Some(last) = office.ledger().last(path) {
            let (number, day) = (last.number, date::short(last.date));
            sayln!(
                "{path}: phiên bản {number}, ghi nhận ngày {day}, không còn tệp nào; lấy lại từ bản lưu, hoặc xóa mục của nó trong {}.",
                ledger::FILE
            );
        }
    }
}

/// `Đã kiểm tra 12 lời văn, 14 hồ sơ mẫu: 0 lỗi, 2 cảnh báo, 0 thông tin.`
fn summary(office: &Office, findings: &Findings) -> String {
    format!(
        "Đã kiểm tra {} lời văn, {} hồ sơ mẫu: {} lỗi, {} cảnh báo, {} thông tin.\n",
        office.wording_states().len(),
        office.catalog.templates().samples().len(),
        findings.count(Severity::Error),
        findings.count(Severity::Warning),
        findings.count(Severity::Info)
    )
}

fn data(office: &Office, findings: &Findings) -> Value {
    let changed = office.wording_states().into_iter().filter_map(|(path, state)| match state {
        State::Accepted(_) => None,
        State::Unknown => Some(json!({"tep": path, "phien_ban": null})),
        State::Changed(last) => Some(json!({"tep": path, "phien_ban": last.number})),
    });
    json!({
        "loi_van": office.wording_states().len(),
        "ho_so_mau": office.catalog.templates().samples().len(),
        "ket_qua": diag::to_json(&findings.diagnostics, &findings.sources),
        "da_sua": changed.collect::<Vec<Value>>(),
        "da_mat": office.lost_wordings(),
    })
}
