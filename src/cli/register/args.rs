//! What can be typed after `vanthu register`.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Subcommand, ValueEnum};

use crate::cli::args::HELP;
use crate::cli::issue::day;
use crate::cli::office::{ActorArgs, OfficeArgs, year};

#[derive(Debug, Args)]
pub struct RegisterArgs {
    #[command(subcommand)]
    pub command: RegisterCommand,
}

#[derive(Debug, Subcommand)]
pub enum RegisterCommand {
    /// Liệt kê sổ đăng ký văn bản đi (tên khác: liet-ke)
    #[command(alias = "liet-ke", help_template = HELP, override_usage = "vanthu register list [TÙY CHỌN]")]
    List(ListArgs),
    /// Tìm trong mọi cột, có dấu hoặc không dấu (tên khác: tim)
    #[command(alias = "tim", help_template = HELP, override_usage = "vanthu register find CHỮ… [TÙY CHỌN]")]
    Find(FindArgs),
    /// Xem mọi điều sổ ghi về một số (tên khác: xem)
    #[command(alias = "xem", help_template = HELP, override_usage = "vanthu register show SỐ [TÙY CHỌN]")]
    Show(NumberArgs),
    /// Hủy một số đã cấp mà không dùng; số không cấp lại (tên khác: huy)
    #[command(alias = "huy", help_template = HELP, override_usage = "vanthu register void SỐ --ly-do \"…\"")]
    Void(ReasonArgs),
    /// Thu hồi một văn bản đã phát hành (tên khác: thu-hoi)
    #[command(alias = "thu-hoi", help_template = HELP, override_usage = "vanthu register recall SỐ --ly-do \"…\"")]
    Recall(ReasonArgs),
    /// Xuất sổ ra XLSX hoặc CSV (tên khác: xuat)
    #[command(alias = "xuat", help_template = HELP, override_usage = "vanthu register export TỆP [TÙY CHỌN]")]
    Export(ExportArgs),
    /// In sổ ra PDF và DOCX: bìa và mười cột theo Phụ lục IV (tên khác: in)
    #[command(alias = "in", help_template = HELP, override_usage = "vanthu register print THƯ_MỤC [TÙY CHỌN]")]
    Print(PrintArgs),
    /// In đầu chuỗi, để cất ở nơi khác (tên khác: dau-chuoi)
    #[command(alias = "dau-chuoi", help_template = HELP, override_usage = "vanthu register head [TÙY CHỌN]")]
    Head(HeadArgs),
    /// Lập lại sổ từ các hồ sơ lưu (tên khác: lap-lai)
    #[command(alias = "lap-lai", help_template = HELP, override_usage = "vanthu register rebuild [TÙY CHỌN]")]
    Rebuild(RebuildArgs),
}

/// Which part of the register.
#[derive(Debug, Args)]
pub struct PartArgs {
    /// Năm của sổ
    #[arg(long = "nam", value_name = "NĂM", value_parser = year, help_heading = "Tùy chọn")]
    pub year: Option<i32>,
    /// Dãy số: chung, hoặc loại văn bản có dãy riêng
    #[arg(long = "day-so", value_name = "DÃY", help_heading = "Tùy chọn")]
    pub label: Option<String>,
    /// Cơ quan ban hành, đủ tên, khi văn phòng có nhiều cơ quan
    #[arg(long = "co-quan", value_name = "TÊN", help_heading = "Tùy chọn")]
    pub organ: Option<String>,
    /// Từ ngày
    #[arg(long = "tu", value_name = "NGÀY", value_parser = day, help_heading = "Tùy chọn")]
    pub from: Option<NaiveDate>,
    /// Đến ngày
    #[arg(long = "den", value_name = "NGÀY", value_parser = day, help_heading = "Tùy chọn")]
    pub to: Option<NaiveDate>,
}

#[derive(Debug, Args)]
pub struct ListArgs {
    #[command(flatten)]
    pub part: PartArgs,
    /// Chỉ những số đang giữ hoặc chờ ký
    #[arg(long = "cho", help_heading = "Tùy chọn")]
    pub waiting: bool,
    /// Nhiều nhất bao nhiêu dòng, những dòng mới nhất
    #[arg(long = "so-dong", value_name = "SỐ", help_heading = "Tùy chọn")]
    pub limit: Option<usize>,
    #[command(flatten)]
    pub office: OfficeArgs,
}

#[derive(Debug, Args)]
pub struct FindArgs {
    /// Chữ cần tìm; gõ không dấu thì tìm cả có dấu
    #[arg(required = true, value_name = "CHỮ", help_heading = "Đầu vào")]
    pub words: Vec<String>,
    #[command(flatten)]
    pub part: PartArgs,
    /// Nhiều nhất bao nhiêu dòng
    #[arg(
        long = "so-dong",
        value_name = "SỐ",
        default_value_t = 50,
        hide_default_value = true,
        help_heading = "Tùy chọn"
    )]
    pub limit: usize,
    #[command(flatten)]
    pub office: OfficeArgs,
}

/// A document by its number.
#[derive(Debug, Args)]
pub struct NumberArgs {
    /// Số, ký hiệu của văn bản, ví dụ 125/BC-UBND
    #[arg(value_name = "SỐ", help_heading = "Đầu vào")]
    pub number: String,
    /// Năm, khi nhiều năm có cùng số
    #[arg(long = "nam", value_name = "NĂM", value_parser = year, help_heading = "Tùy chọn")]
    pub year: Option<i32>,
    #[command(flatten)]
    pub office: OfficeArgs,
}

#[derive(Debug, Args)]
pub struct ReasonArgs {
    #[command(flatten)]
    pub number: NumberArgs,
    /// Lý do, ghi vào sổ
    #[arg(
        long = "ly-do",
        allow_hyphen_values = true,
        value_name = "CHỮ",
        required = true,
        help_heading = "Tùy chọn"
    )]
    pub reason: String,
    #[command(flatten)]
    pub actor: ActorArgs,
}

/// Kind of file the register is exported to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SheetArg {
    Xlsx,
    Csv,
}

#[derive(Debug, Args)]
pub struct ExportArgs {
    /// Tệp sẽ ghi, .xlsx hoặc .csv
    #[arg(value_name = "TỆP", help_heading = "Đầu vào")]
    pub file: PathBuf,
    #[command(flatten)]
    pub part: PartArgs,
    /// xlsx hoặc csv; nếu không có, theo đuôi tệp
    #[arg(
        long = "dinh-dang",
        value_name = "ĐỊNH_DẠNG",
        hide_possible_values = true,
        help_heading = "Tùy chọn"
    )]
    pub format: Option<SheetArg>,
    /// Ghi đè tệp đã có
    #[arg(long, help_heading = "Tùy chọn")]
    pub force: bool,
    #[command(flatten)]
    pub office: OfficeArgs,
}

#[derive(Debug, Args)]
pub struct PrintArgs {
    /// Thư mục sẽ ghi bản in
    #[arg(value_name = "THƯ_MỤC", help_heading = "Đầu vào")]
    pub folder: PathBuf,
    #[command(flatten)]
    pub part: PartArgs,
    /// Quyển số, ghi ở bìa
    #[arg(long = "quyen", value_name = "SỐ", help_heading = "Tùy chọn")]
    pub book: Option<u32>,
    /// Ghi đè bản in đã có
    #[arg(long, help_heading = "Tùy chọn")]
    pub force: bool,
    #[command(flatten)]
    pub office: OfficeArgs,
}

#[derive(Debug, Args)]
pub struct HeadArgs {
    /// Ghi thêm vào tệp này, thay cho in ra màn hình
    #[arg(long = "ra", value_name = "TỆP", help_heading = "Tùy chọn")]
    pub file: Option<PathBuf>,
    #[command(flatten)]
    pub office: OfficeArgs,
}

#[derive(Debug, Args)]
pub struct RebuildArgs {
    #[command(flatten)]
    pub office: OfficeArgs,
    #[command(flatten)]
    pub actor: ActorArgs,
}
