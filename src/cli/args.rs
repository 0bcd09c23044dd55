//! What a clerk can type, with its help in Vietnamese.

use std::path::PathBuf;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

use super::Exit;
use super::archive::ArchiveArgs;
use super::init::InitArgs;
use super::issue::IssueArgs;
use super::office::{OfficeArgs, year};
use super::register::RegisterArgs;
use super::wording::WordingArgs;
use crate::export::Format;

/// How the help of every command is laid out.
pub(super) const HELP: &str = "\
{before-help}{about-with-newline}
Cách dùng: {usage}

{all-args}{after-help}
";

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    name = "vanthu",
    version,
    about = "Lập báo cáo và văn bản hành chính từ một hồ sơ, theo Nghị định 30/2020/NĐ-CP",
    override_usage = "vanthu LỆNH [TÙY CHỌN] …",
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    subcommand_help_heading = "Lệnh",
    subcommand_value_name = "LỆNH",
    help_template = HELP,
    after_help = "Gõ `vanthu LỆNH --help` để xem từng lệnh. Mã thoát: 0 xong · 1 có lỗi phải sửa · 2 không dùng được đầu vào."
)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
    /// In trợ giúp này
    #[arg(short = 'h', long = "help", action = clap::ArgAction::Help, global = true, help_heading = "Tùy chọn")]
    help: Option<bool>,
    /// In số phiên bản
    #[arg(short = 'V', long = "version", action = clap::ArgAction::Version, help_heading = "Tùy chọn")]
    version: Option<bool>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Xuất văn bản của hồ sơ ra DOCX và PDF (tên khác: xuat)
    #[command(alias = "xuat", help_template = HELP, override_usage = "vanthu render HỒ_SƠ… [TÙY CHỌN]", disable_help_subcommand = true)]
    Render(RenderArgs),
    /// Xuất văn bản của hồ sơ, rồi xuất lại mỗi khi hồ sơ, bảng hay lời văn được lưu (tên khác: theo-doi)
    #[command(alias = "theo-doi", help_template = HELP, override_usage = "vanthu watch HỒ_SƠ [TÙY CHỌN]", disable_help_subcommand = true)]
    Watch(WatchArgs),
    /// Kiểm tra hồ sơ, không ghi tệp nào (tên khác: kiem-tra)
    #[command(alias = "kiem-tra", help_template = HELP, override_usage = "vanthu check HỒ_SƠ… [TÙY CHỌN]", disable_help_subcommand = true)]
    Check(CheckArgs),
    /// Tạo một hồ sơ mới để điền (tên khác: moi)
    #[command(alias = "moi", help_template = HELP, override_usage = "vanthu new LOẠI THƯ_MỤC [TÙY CHỌN]\n       vanthu new --thay-the SỐ THƯ_MỤC\n       vanthu new --dinh-chinh SỐ THƯ_MỤC", disable_help_subcommand = true)]
    New(NewArgs),
    /// Tạo thư mục văn phòng: quy tắc phát hành, hồ sơ, kho lưu trữ (tên khác: khoi-tao)
    #[command(alias = "khoi-tao", help_template = HELP, override_usage = "vanthu init THƯ_MỤC", disable_help_subcommand = true)]
    Init(InitArgs),
    /// Phát hành hồ sơ: cấp số, lưu, vào sổ, ghi tệp (tên khác: phat-hanh)
    #[command(alias = "phat-hanh", help_template = HELP, override_usage = "vanthu issue HỒ_SƠ [TÙY CHỌN]", disable_help_subcommand = true)]
    Issue(IssueArgs),
    /// Sổ đăng ký văn bản đi: xem, tìm, hủy số, thu hồi, xuất, in (tên khác: so)
    #[command(alias = "so", help_template = HELP, override_usage = "vanthu register LỆNH", disable_help_subcommand = true, subcommand_help_heading = "Lệnh")]
    Register(RegisterArgs),
    /// Kho lưu trữ: gắn bản ký, kiểm tra, giao nộp, sao lưu (tên khác: luu-tru)
    #[command(alias = "luu-tru", help_template = HELP, override_usage = "vanthu archive LỆNH", disable_help_subcommand = true, subcommand_help_heading = "Lệnh")]
    Archive(ArchiveArgs),
    /// Giải thích một mã lỗi (tên khác: giai-thich)
    #[command(alias = "giai-thich", help_template = HELP, override_usage = "vanthu explain [MÃ]", disable_help_subcommand = true)]
    Explain(ExplainArgs),
    /// Xem, sửa, so sánh và ghi nhận lời văn của cơ quan (tên khác: loi-van)
    #[command(alias = "loi-van", help_template = HELP, override_usage = "vanthu wording LỆNH", disable_help_subcommand = true, subcommand_help_heading = "Lệnh")]
    Wording(WordingArgs),
    /// In lược đồ JSON Schema của hồ sơ, cho trình soạn thảo (tên khác: luoc-do)
    #[command(alias = "luoc-do", help_template = HELP, override_usage = "vanthu schema [TÙY CHỌN]", disable_help_subcommand = true)]
    Schema(SchemaArgs),
    /// In đoạn mã gợi ý lệnh cho bash, zsh, fish, powershell (tên khác: goi-y-lenh)
    #[command(alias = "goi-y-lenh", help_template = HELP, override_usage = "vanthu completions SHELL", disable_help_subcommand = true)]
    Completions(CompletionsArgs),
}

#[derive(Debug, Args)]
pub struct RenderArgs {
    /// Thư mục hồ sơ (có tệp ho_so.yaml), hoặc một tệp hồ sơ .yaml
    #[arg(required = true, value_name = "HỒ_SƠ", help_heading = "Đầu vào")]
    pub cases: Vec<PathBuf>,
    #[command(flatten)]
    pub output: OutputArgs,
    /// Số hồ sơ làm cùng lúc; nếu không có, theo số lõi của máy
    #[arg(long, value_name = "SỐ", value_parser = clap::value_parser!(u16).range(1..=256), help_heading = "Tùy chọn")]
    pub jobs: Option<u16>,
}

#[derive(Debug, Args)]
pub struct WatchArgs {
    /// Thư mục hồ sơ (có tệp ho_so.yaml), hoặc một tệp hồ sơ .yaml
    #[arg(value_name = "HỒ_SƠ", help_heading = "Đầu vào")]
    pub case: PathBuf,
    #[command(flatten)]
    pub output: OutputArgs,
}

/// What is written of a case, and where.
#[derive(Debug, Args)]
pub struct OutputArgs {
    /// Ghi tệp vào thư mục này; nếu không có, ghi cạnh hồ sơ
    #[arg(long, value_name = "THƯ_MỤC", help_heading = "Tùy chọn")]
    pub out: Option<PathBuf>,
    /// Định dạng cần xuất, cách nhau bằng dấu phẩy
    #[arg(long, value_name = "ĐỊNH_DẠNG", value_delimiter = ',', default_values = ["pdf", "docx"], hide_default_value = true, hide_possible_values = true, help_heading = "Tùy chọn")]
    pub format: Vec<FormatArg>,
    /// Xuất bản dự thảo: đóng khung DỰ THẢO, đánh dấu chỗ còn thiếu
    #[arg(long, help_heading = "Tùy chọn")]
    pub draft: bool,
    /// Ghi đè cả tệp đã sửa tay; bản sửa tay được giữ lại bên cạnh
    #[arg(long, help_heading = "Tùy chọn")]
    pub force: bool,
    /// Thư mục lời văn và danh mục của cơ quan
    #[arg(long, value_name = "THƯ_MỤC", help_heading = "Tùy chọn")]
    pub root: Option<PathBuf>,
}

/// A format as it is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FormatArg {
    Pdf,
    Docx,
}

impl From<FormatArg> for Format {
    fn from(format: FormatArg) -> Self {
        match format {
            FormatArg::Pdf => Self::Pdf,
            FormatArg::Docx => Self::Docx,
        }
    }
}

#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Thư mục hồ sơ (có tệp ho_so.yaml), hoặc một tệp hồ sơ .yaml
    #[arg(required = true, value_name = "HỒ_SƠ", help_heading = "Đầu vào")]
    pub cases: Vec<PathBuf>,
    /// In kết quả dạng JSON
    #[arg(long, help_heading = "Tùy chọn")]
    pub json: bool,
    /// Thư mục lời văn và danh mục của cơ quan
    #[arg(long, value_name = "THƯ_MỤC", help_heading = "Tùy chọn")]
    pub root: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct NewArgs {
    /// Loại văn bản, ví dụ bao_cao; không ghi khi có --thay-the hay --dinh-chinh
    #[arg(value_name = "LOẠI", help_heading = "Đầu vào")]
    pub document_type: String,
    /// Thư mục hồ sơ sẽ được tạo
    #[arg(value_name = "THƯ_MỤC", required_unless_present_any = ["replaces", "corrects"], help_heading = "Đầu vào")]
    pub folder: Option<PathBuf>,
    /// Thay thế văn bản đã phát hành có số này: hồ sơ mới chép từ hồ sơ lưu
    #[arg(
        long = "thay-the",
        id = "replaces",
        value_name = "SỐ",
        conflicts_with = "corrects",
        help_heading = "Tùy chọn"
    )]
    pub replaces: Option<String>,
    /// Công văn đính chính văn bản đã phát hành có số này
    #[arg(long = "dinh-chinh", id = "corrects", value_name = "SỐ", help_heading = "Tùy chọn")]
    pub corrects: Option<String>,
    /// Năm của văn bản đó, khi nhiều năm có cùng số
    #[arg(long = "nam", value_name = "NĂM", value_parser = year, help_heading = "Tùy chọn")]
    pub year: Option<i32>,
    /// Lời văn của loại văn bản; nếu không có, dùng noi_dung
    #[arg(long = "mau", value_name = "MẪU", help_heading = "Tùy chọn")]
    pub wording: Option<String>,
    /// Thư mục lời văn và danh mục của cơ quan
    #[arg(long, value_name = "THƯ_MỤC", help_heading = "Tùy chọn")]
    pub root: Option<PathBuf>,
    #[command(flatten)]
    pub office: OfficeArgs,
}

#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// Mã trong ngoặc vuông của thông báo, ví dụ tong-khong-khop; để trống thì liệt kê mọi mã
    #[arg(value_name = "MÃ", help_heading = "Đầu vào")]
    pub id: Option<String>,
}

#[derive(Debug, Args)]
pub struct SchemaArgs {
    /// Thư mục lời văn và danh mục của cơ quan
    #[arg(long, value_name = "THƯ_MỤC", help_heading = "Tùy chọn")]
    pub root: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// bash, zsh, fish, powershell hoặc elvish
    #[arg(value_name = "SHELL", hide_possible_values = true, help_heading = "Đầu vào")]
    pub shell: clap_complete::Shell,
}

/// The command line as data, for help pages and completions.
pub fn command() -> clap::Command {
    Cli::command()
}

/// Help and version are printed as they are; a wrong call is explained in Vietnamese.
pub(super) fn explain(error: &clap::Error) -> Exit {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        // A closed pipe is no reason to fail.
        let _ = error.print();
        return Exit::Done;
    }
    warnln!("lỗi: {}\n", reason(error));
    warnln!("Gõ `vanthu --help` để xem cách dùng, `vanthu LỆNH --help` để xem từng lệnh.");
    Exit::Unusable
}

fn reason(error: &clap::Error) -> String {
    let named = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        _ => String::new(),
    };
    let argument = named(ContextKind::InvalidArg);
    let value = named(ContextKind::InvalidValue);
    let guess = match named(ContextKind::SuggestedArg)
        + &named(ContextKind::SuggestedSubcommand)
        + &named(ContextKind::SuggestedValue)
    {
        guess if guess.is_empty() => String::new(),
        guess => format!("; có phải ý anh/chị là “{guess}”?"),
    };
    match error.kind() {
        ErrorKind::InvalidSubcommand if named(ContextKind::InvalidSubcommand) == "help" => {
            "xem trợ giúp bằng --help".to_owned()
        }
        ErrorKind::InvalidSubcommand => {
            format!("không có lệnh “{}”{guess}", named(ContextKind::InvalidSubcommand))
        }
        ErrorKind::UnknownArgument if argument.starts_with('-') => {
            format!("không hiểu “{argument}”{guess}")
        }
        ErrorKind::UnknownArgument => format!(
            "thừa “{argument}”; tên có dấu cách thì đặt trong dấu nháy kép, ví dụ \"Báo cáo quý 4\""
        ),
        ErrorKind::MissingRequiredArgument => {
            format!("còn thiếu {}", argument.trim_end_matches("..."))
        }
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "chưa ghi lệnh cần làm".to_owned()
        }
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} cần một giá trị"),
        ErrorKind::ValueValidation if !argument.starts_with("--jobs") => {
            use std::error::Error as _;
            let why = error.source().map(|why| format!("; {why}")).unwrap_or_default();
            format!("“{value}” không dùng được cho {argument}{why}")
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let numbers = if argument.starts_with("--jobs") {
                "; ghi một số từ 1 đến 256"
            } else {
                ""
            };
            format!("“{value}” không dùng được cho {argument}{numbers}{}", allowed(error))
        }
        _ => format!("lời gọi chưa đúng ở “{argument}{value}”"),
    }
}

fn allowed(error: &clap::Error) -> String {
    match error.get(ContextKind::ValidValue) {
        Some(ContextValue::Strings(values)) if !values.is_empty() => {
            format!("; dùng một trong: {}", values.join(", "))
        }
        _ => String::new(),
    }
}
