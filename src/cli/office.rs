//! Which office a command is for, who acts and when: the clock, the name of the clerk and
//! randomness are read here and nowhere else.

use std::path::{Path, PathBuf};

use chrono::{FixedOffset, Utc};
use clap::Args;

use super::say::warn;
use super::{Exit, report};
use crate::archive::place::{OFFICE_FILE, Place};
use crate::archive::register::{Register, Row};
use crate::archive::{Failure, RequestId};
use crate::issuing::Who;
use crate::render::Findings;
use crate::vi::{date, text};

/// The office and the clerk, for every command that reads or writes the archive.
#[derive(Debug, Args)]
pub struct OfficeArgs {
    /// Thư mục văn phòng (có tệp van_phong.yaml); nếu không có, tìm từ thư mục đang đứng trở lên
    #[arg(long = "van-phong", value_name = "THƯ_MỤC", help_heading = "Tùy chọn")]
    pub office: Option<PathBuf>,
}

/// Who acts.
#[derive(Debug, Args)]
pub struct ActorArgs {
    /// Tên người làm, ghi vào sổ; nếu không có, lấy tên đăng nhập máy
    #[arg(
        long = "nguoi",
        allow_hyphen_values = true,
        value_name = "TÊN",
        help_heading = "Tùy chọn"
    )]
    pub actor: Option<String>,
}

impl OfficeArgs {
    /// The office that is meant; of a case the one it lies in.
    ///
    /// # Errors
    /// None is there.
    pub fn place(&self, near: Option<&Path>) -> Result<Place, Failure> {
        if let Some(office) = &self.office {
            let place = Place::new(office);
            if !place.settings().is_file() {
                return Err(Failure::refused(
                    format!(
                        "{} không phải thư mục văn phòng: không có {OFFICE_FILE}",
                        office.display()
                    ),
                    "kiểm tra đường dẫn sau --van-phong; văn phòng mới thì gõ `vanthu init THƯ_MỤC`",
                ));
            }
            return place.without_links().map(|()| place);
        }
        let place = Place::around(near.unwrap_or(Path::new("."))).ok_or_else(|| {
            Failure::refused(
                "chưa biết văn phòng nào: từ đây trở lên không có tệp van_phong.yaml",
                "vào thư mục văn phòng, ghi --van-phong THƯ_MỤC, hoặc tạo văn phòng mới: `vanthu init THƯ_MỤC`",
            )
        })?;
        place.without_links().map(|()| place)
    }
}

/// The longest name of a clerk, in characters.
const MAX_ACTOR: usize = 100;

impl ActorArgs {
    /// Who acts now.
    ///
    /// # Errors
    /// A name that cannot be written into the register.
    pub fn who(&self) -> Result<Who, Failure> {
        let of_system =
            || ["USER", "USERNAME", "LOGNAME"].iter().find_map(|name| std::env::var(name).ok());
        let actor = self.actor.clone().or_else(of_system).unwrap_or_default();
        let actor = text::one_line(&text::nfc(&actor));
        let actor = if actor.is_empty() { "không rõ".to_owned() } else { actor };
        let odd = actor.chars().any(|c| text::forbidden_char(c).is_some());
        if odd || actor.chars().count() > MAX_ACTOR {
            return Err(Failure::refused(
                "tên người làm không ghi vào sổ được",
                format!("ghi họ tên sau --nguoi, nhiều nhất {MAX_ACTOR} chữ"),
            ));
        }
        let now = now();
        Ok(Who {
            actor,
            at: now.to_rfc3339_opts(chrono::SecondsFormat::Secs, false),
            today: now.date_naive(),
        })
    }
}

/// The time in Vietnam (Asia/Ho_Chi_Minh), which has been seven hours ahead of UTC all year since 1975.
#[allow(clippy::disallowed_methods, reason = "only the command line reads the clock")]
pub fn now() -> chrono::DateTime<FixedOffset> {
    const OFFSET_SECONDS: i32 = 7 * 3600;
    let now = Utc::now();
    match FixedOffset::east_opt(OFFSET_SECONDS) {
        Some(offset) => now.with_timezone(&offset),
        None => now.fixed_offset(),
    }
}

/// A request of its own for each wish.
///
/// # Errors
/// The system gives no random bits.
pub fn fresh_request() -> Result<RequestId, Failure> {
    let mut bits = [0; 16];
    getrandom::fill(&mut bits).map_err(|error| {
        Failure::refused(
            format!("máy không cho số ngẫu nhiên: {error}"),
            "khởi động lại máy rồi chạy lại",
        )
    })?;
    Ok(RequestId::of(u128::from_ne_bytes(bits)))
}

/// A document by what the clerk calls it: `125/BC-UBND`, or `325` where one year and series has it.
///
/// # Errors
/// There is none, or several: the clerk is shown them.
pub fn find(register: &Register, number: &str, year: Option<i32>) -> Result<Row, Failure> {
    let number = text::nfc(number.trim()).into_owned();
    let mut found = register.by_code(&number, year)?;
    match (found.pop(), found.is_empty()) {
        (Some(row), true) => Ok(row),
        (None, _) => Err(Failure::refused(
            format!("trong sổ đăng ký không có số {number}"),
            "ghi đủ số và ký hiệu, ví dụ 125/BC-UBND; tìm bằng `vanthu register find CHỮ`",
        )),
        (Some(last), false) => {
            found.push(last);
            let listed: Vec<String> = found
                .iter()
                .take(10)
                .map(|row| {
                    let entry = &row.entry;
                    format!(
                        "{} ngày {} ({})",
                        entry.code,
                        date::short(entry.date),
                        entry.key.series.organ
                    )
                })
                .collect();
            Err(Failure::refused(
                format!("có {} văn bản mang số {number}: {}", found.len(), listed.join("; ")),
                "ghi đủ số và ký hiệu, hoặc thêm --nam NĂM",
            ))
        }
    }
}

/// Says why not.
pub fn refused(failure: &Failure) -> Exit {
    warnln!("lỗi: {failure}");
    match failure {
        Failure::Refused { .. } => Exit::Unusable,
        Failure::Damaged { .. } => Exit::Found,
        Failure::Disk { .. } | Failure::Register(_) => Exit::Unusable,
    }
}

/// Says what was found against it.
pub fn forbidden(findings: &Findings) -> Exit {
    warn(&report::text(findings, &std::io::stderr()));
    let is_found = findings.has_errors() && !findings.has_stopped();
    if is_found { Exit::Found } else { Exit::Unusable }
}

/// The templates that cases are rendered with: those of `--root`, else those of the office
/// that the cases lie in, if it has any.
///
/// # Errors
/// Cases of several offices in one call; a link in an office.
pub fn templates_of(root: Option<&Path>, cases: &[PathBuf]) -> Result<Option<PathBuf>, Failure> {
    if root.is_some() {
        return Ok(root.map(Path::to_owned));
    }
    let places: Vec<Option<Place>> = cases.iter().map(|case| near(case)).collect();
    for place in places.iter().flatten() {
        place.without_links()?;
    }
    let mut own = places.iter().map(|place| place.as_ref().map(Place::templates));
    let first = own.next().flatten();
    if own.any(|other| other != first) {
        return Err(Failure::refused(
            "các hồ sơ này không thuộc cùng một văn phòng",
            "làm riêng hồ sơ của từng văn phòng, hoặc ghi --root THƯ_MỤC_MẪU dùng chung",
        ));
    }
    Ok(first.filter(|templates| templates.is_dir()))
}

/// The office that a path lies in, whether or not it is there yet.
pub fn near(path: &Path) -> Option<Place> {
    let path = std::path::absolute(path).ok()?;
    path.ancestors().find(|folder| folder.exists()).and_then(Place::around)
}

/// A year as it is typed.
pub fn year(text: &str) -> Result<i32, String> {
    let year = text.parse().ok().filter(|year| (1945..=9999).contains(year));
    year.ok_or_else(|| "ghi năm đủ bốn chữ số, ví dụ 2026".to_owned())
}
