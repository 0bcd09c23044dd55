//! `vanthu issue`: number, record, register; then the files beside the case.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;

use super::job::Job;
use super::office::{ActorArgs, OfficeArgs, forbidden, fresh_request, refused};
use super::{Exit, output};
use crate::archive::{Failure, State};
use crate::case;
use crate::issuing::marker::{self, Marker};
use crate::issuing::{self, CaseFiles, Desk, Issued, Stop, Wish};
use crate::model::Number;
use crate::vi::date;

#[derive(Debug, Args)]
pub struct IssueArgs {
    /// Thư mục hồ sơ (có tệp ho_so.yaml), hoặc một tệp hồ sơ .yaml
    #[arg(value_name = "HỒ_SƠ", help_heading = "Đầu vào")]
    pub case: PathBuf,
    /// Số muốn lấy: số đầu tiên khi sổ còn trống, hoặc số chèn như 325a; nếu không có, lấy số kế tiếp
    #[arg(long = "so", value_name = "SỐ", value_parser = number, help_heading = "Tùy chọn")]
    pub number: Option<Number>,
    /// Ngày ban hành, ví dụ 16/8/2022; nếu không có, theo hồ sơ, rồi đến ngày hôm nay
    #[arg(long = "ngay", value_name = "NGÀY", value_parser = day, help_heading = "Tùy chọn")]
    pub date: Option<NaiveDate>,
    /// Đúng là ngày ấy, dù sổ đã sang năm khác hoặc ngày đã hơn mười năm
    #[arg(long = "dung-ngay", help_heading = "Tùy chọn")]
    pub date_is_meant: bool,
    /// Lấy số trước khi ký: lưu bản có số, chờ bản đã ký
    #[arg(long, alias = "giu-so", help_heading = "Tùy chọn")]
    pub reserve: bool,
    /// Số lượng bản phát hành, ghi vào sổ
    #[arg(long = "so-luong", value_name = "SỐ", value_parser = copies, help_heading = "Tùy chọn")]
    pub copies: Option<u32>,
    /// Ghi chú, ghi vào sổ
    #[arg(
        long = "ghi-chu",
        allow_hyphen_values = true,
        value_name = "CHỮ",
        help_heading = "Tùy chọn"
    )]
    pub note: Option<String>,
    /// Ghi đè cả tệp đã sửa tay cạnh hồ sơ; bản sửa tay được giữ lại bên cạnh
    #[arg(long, help_heading = "Tùy chọn")]
    pub force: bool,
    #[command(flatten)]
    pub office: OfficeArgs,
    #[command(flatten)]
    pub actor: ActorArgs,
}

fn number(text: &str) -> Result<Number, String> {
    Number::parse(text).ok_or_else(|| "ghi số từ 1 trở lên, ví dụ 125 hoặc 125a".to_owned())
}

fn copies(text: &str) -> Result<u32, String> {
    let number = text.parse().ok().filter(|number| (1..=100_000).contains(number));
    number.ok_or_else(|| "ghi một số từ 1 đến 100000".to_owned())
}

pub(super) fn day(text: &str) -> Result<NaiveDate, String> {
    date::parse(text).map_err(|_| "ghi ngày như 16/8/2022".to_owned())
}

pub fn run(args: &IssueArgs) -> Exit {
    match issued(args) {
        Ok((job, done)) => finish(args, &job, &done),
        Err(Stop::Findings(findings)) => {
            let exit = forbidden(&findings);
            warnln!("{}: chưa phát hành, vì còn lỗi ở trên.", args.case.display());
            exit
        }
        Err(Stop::Failure(failure)) => refused(&failure),
    }
}

fn issued(args: &IssueArgs) -> Result<(Job, Issued), Stop> {
    let place = args.office.place(Some(&args.case))?;
    let desk = Desk::open(place).map_err(Stop::Findings)?;
    let who = args.actor.who()?;
    let case = CaseFiles::read(&args.case).map_err(Stop::Findings)?;
    let job = Job::new(&args.case, None);
    // A file that somebody edited is told of before a number is given.
    if marker::read(&case.path)?.is_none() {
        output::may_write(&job.folder, &job.name, args.force)
            .map_err(|refused| Failure::refused(refused.to_string(), ""))?;
    }
    let wish = Wish {
        number: args.number.clone(),
        date: args.date,
        date_is_meant: args.date_is_meant,
        reserve: args.reserve,
        copies: args.copies,
        note: args.note.clone().unwrap_or_default(),
    };
    let done = issuing::issue(&desk, &case, &wish, &who, &fresh_request()?)?;
    Ok((job, done))
}

/// The number is given and kept; what follows can be repeated by the same command.
fn finish(args: &IssueArgs, job: &Job, done: &Issued) -> Exit {
    let entry = &done.entry;
    let what = match (entry.state, done.again) {
        (State::Awaiting, false) => "Đã cấp số",
        (State::Awaiting, true) => "Đã cấp số từ trước:",
        (_, false) => "Đã phát hành",
        (_, true) => "Đã phát hành từ trước:",
    };
    sayln!("{what} {} ngày {} ({} trang)", entry.code, date::short(entry.date), entry.pages);
    let case = case::file(&args.case);
    match output::write(&job.folder, &job.name, &done.files, args.force) {
        Ok(paths) => {
            let listed: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
            sayln!("Đã ghi {}", listed.join(", "));
        }
        Err(refused) => {
            // The record holds the files; the number stands.
            warnln!("lỗi: {refused}");
            warnln!("Số đã cấp vẫn giữ nguyên; sửa xong chạy lại đúng lệnh vừa gõ để lấy các tệp.");
            return Exit::Found;
        }
    }
    if let Err(failure) = marker::replace(&case, &Marker::of(entry)) {
        return refused(&failure);
    }
    if entry.state == State::Awaiting {
        sayln!("Đem bản PDF đi ký, ký xong: vanthu archive attach {} TỆP_ĐÃ_KÝ.pdf", entry.code);
    }
    Exit::Done
}

/// Why a case is not to be rendered: it was issued, and what is issued does not change; or its
/// mark does not say whether it was.
pub fn standing(case: &std::path::Path) -> Option<String> {
    let file = case::file(case);
    let marker = match marker::read(&file) {
        Ok(marker) => marker?,
        Err(failure) => return Some(format!("lỗi: {failure}\n")),
    };
    let code = marker.code?;
    let row = crate::archive::place::Place::around(case)
        .and_then(|place| crate::archive::register::Register::open_to_read(&place).ok())
        .and_then(|register| register.by_request(&marker.request).ok().flatten());
    // A voided number frees its case.
    if row.is_some_and(|row| row.entry.state == State::Void) {
        return None;
    }
    let on = marker.date.map(|date| format!(" ngày {date}")).unwrap_or_default();
    Some(format!(
        "lỗi: {} đã có số {code}{on}, nên không xuất lại\n  = gợi ý: lấy các tệp đã phát hành bằng `vanthu issue {}`; cần sửa nội dung thì gõ `vanthu new --thay-the {code} THƯ_MỤC`, sửa thể thức thì `vanthu new --dinh-chinh {code} THƯ_MỤC`\n",
        case.display(),
        case.display(),
    ))
}
