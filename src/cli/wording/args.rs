//! What can be typed after `vanthu wording`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::cli::args::HELP;

#[derive(Debug, Args)]
pub struct WordingArgs {
    #[command(subcommand)]
    pub(super) action: Action,
}

#[derive(Debug, Subcommand)]
pub(super) enum Action {
    /// Chép lời văn và danh mục có sẵn ra thư mục, không ghi đè tệp đã có (tên khác: chep)
    #[command(alias = "chep", help_template = HELP, override_usage = "vanthu wording eject THƯ_MỤC", disable_help_subcommand = true)]
    Eject(EjectArgs),
    /// Kiểm tra mọi lời văn và hồ sơ mẫu, cho biết tệp nào đã sửa (tên khác: kiem-tra)
    #[command(alias = "kiem-tra", help_template = HELP, override_usage = "vanthu wording check [TÙY CHỌN]", disable_help_subcommand = true)]
    Check(CheckArgs),
    /// Cho biết một lời văn hỏi những dữ kiện nào, kèm khung để chép vào hồ sơ (tên khác: truong)
    #[command(alias = "truong", help_template = HELP, override_usage = "vanthu wording fields LOẠI[/MẪU] [TÙY CHỌN]", disable_help_subcommand = true)]
    Fields(FieldsArgs),
    /// Cho biết sửa lời văn làm thay đổi câu nào của các hồ sơ mẫu và hồ sơ (tên khác: so-sanh)
    #[command(alias = "so-sanh", help_template = HELP, override_usage = "vanthu wording diff [HỒ_SƠ…] [TÙY CHỌN]", disable_help_subcommand = true)]
    Diff(DiffArgs),
    /// Ghi nhận các lời văn đã sửa thành phiên bản mới trong sổ phiên bản (tên khác: ghi-nhan)
    #[command(alias = "ghi-nhan", help_template = HELP, override_usage = "vanthu wording accept [LOẠI/MẪU…] --ly-do \"…\" [TÙY CHỌN]", disable_help_subcommand = true)]
    Accept(AcceptArgs),
}

#[derive(Debug, Args)]
pub(super) struct EjectArgs {
    /// Thư mục nhận các tệp
    #[arg(value_name = "THƯ_MỤC", help_heading = "Đầu vào")]
    pub folder: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct FieldsArgs {
    /// Loại văn bản, hoặc loại và lời văn, ví dụ bao_cao/giai_ngan_du_an
    #[arg(value_name = "LOẠI[/MẪU]", help_heading = "Đầu vào")]
    pub wording: String,
    /// In kết quả dạng JSON
    #[arg(long, help_heading = "Tùy chọn")]
    pub json: bool,
    /// Thư mục lời văn và danh mục của cơ quan
    #[arg(long, value_name = "THƯ_MỤC", help_heading = "Tùy chọn")]
    pub root: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct DiffArgs {
    /// Hồ sơ cần so sánh thêm; nếu không có, mọi hồ sơ trong thư mục reports ở đây
    #[arg(value_name = "HỒ_SƠ", help_heading = "Đầu vào")]
    pub cases: Vec<PathBuf>,
    /// Bản cũ: một thư mục lời văn, hoặc một bản trong git; nếu không có, bản ghi gần nhất trong git, hoặc lời văn có sẵn
    #[arg(long, value_name = "BẢN", help_heading = "Tùy chọn")]
    pub against: Option<String>,
    /// Bản mới: thư mục lời văn của cơ quan; nếu không có, thư mục templates ở đây
    #[arg(long, value_name = "THƯ_MỤC", help_heading = "Tùy chọn")]
    pub root: Option<PathBuf>,
    /// Ghi thêm một trang HTML để đọc và in
    #[arg(long, value_name = "TỆP", help_heading = "Tùy chọn")]
    pub html: Option<PathBuf>,
    /// In kết quả dạng JSON
    #[arg(long, help_heading = "Tùy chọn")]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// Thư mục lời văn của cơ quan; nếu không có, thư mục templates ở đây, hoặc lời văn có sẵn
    #[arg(long, value_name = "THƯ_MỤC", help_heading = "Tùy chọn")]
    pub root: Option<PathBuf>,
    /// In kết quả dạng JSON
    #[arg(long, help_heading = "Tùy chọn")]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(super) struct AcceptArgs {
    /// Lời văn cần ghi nhận, ví dụ bao_cao/giai_trinh; nếu không có, mọi lời văn đã sửa
    #[arg(value_name = "LOẠI/MẪU", help_heading = "Đầu vào")]
    pub wordings: Vec<String>,
    /// Vì sao sửa; phải có khi sửa câu khóa
    #[arg(
        long = "ly-do",
        allow_hyphen_values = true,
        value_name = "LÝ_DO",
        help_heading = "Tùy chọn"
    )]
    pub reason: Option<String>,
    /// Ngày ghi nhận, như 16/8/2026; nếu không có, hôm nay
    #[arg(long = "ngay", value_name = "NGÀY", help_heading = "Tùy chọn")]
    pub date: Option<String>,
    /// Thư mục lời văn của cơ quan; nếu không có, thư mục templates ở đây
    #[arg(long, value_name = "THƯ_MỤC", help_heading = "Tùy chọn")]
    pub root: Option<PathBuf>,
}
