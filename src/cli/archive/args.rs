//! What can be typed after `vanthu archive`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::cli::args::HELP;
use crate::cli::office::{ActorArgs, OfficeArgs};
use crate::cli::register::{FindArgs, NumberArgs};

#[derive(Debug, Args)]
pub struct ArchiveArgs {
    #[command(subcommand)]
    pub command: ArchiveCommand,
}

#[derive(Debug, Subcommand)]
pub enum ArchiveCommand {
    /// Gắn bản PDF đã ký số, hoặc bản quét, vào hồ sơ lưu của một số (tên khác: gan)
    #[command(alias = "gan", help_template = HELP, override_usage = "vanthu archive attach SỐ TỆP [TÙY CHỌN]")]
    Attach(AttachArgs),
    /// Kiểm tra toàn bộ kho: hồ sơ lưu, sổ đăng ký, chuỗi (tên khác: kiem-tra)
    #[command(alias = "kiem-tra", help_template = HELP, override_usage = "vanthu archive verify [TÙY CHỌN]")]
    Verify(VerifyArgs),
    /// Xuất hồ sơ lưu của một số thành gói BagIt để giao nộp (tên khác: xuat)
    #[command(alias = "xuat", help_template = HELP, override_usage = "vanthu archive export SỐ THƯ_MỤC [TÙY CHỌN]")]
    Export(ExportArgs),
    /// Tìm hồ sơ lưu, in nơi chứa từng hồ sơ (tên khác: tim)
    #[command(alias = "tim", help_template = HELP, override_usage = "vanthu archive find CHỮ… [TÙY CHỌN]")]
    Find(FindArgs),
    /// Sao lưu kho và sổ đăng ký ra thư mục khác (tên khác: sao-luu)
    #[command(alias = "sao-luu", help_template = HELP, override_usage = "vanthu archive backup THƯ_MỤC [TÙY CHỌN]")]
    Backup(BackupArgs),
}

#[derive(Debug, Args)]
pub struct AttachArgs {
    #[command(flatten)]
    pub number: NumberArgs,
    /// Tệp PDF đã ký; với --scan là tệp PDF, JPEG, PNG hoặc TIFF
    #[arg(value_name = "TỆP", help_heading = "Đầu vào")]
    pub file: PathBuf,
    /// Đây là bản quét của bản giấy đã ký; chương trình không kiểm tra chữ ký trong đó
    #[arg(long, alias = "ban-quet", help_heading = "Tùy chọn")]
    pub scan: bool,
    #[command(flatten)]
    pub actor: ActorArgs,
}

#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// Xuất lại mọi văn bản từ hồ sơ lưu và so từng byte
    #[arg(long, alias = "ky", help_heading = "Tùy chọn")]
    pub deep: bool,
    /// Tệp hoặc thư mục giữ đầu chuỗi cất ở nơi khác; phát hiện được sổ bị cắt bớt phần cuối
    #[arg(long = "dau-chuoi", value_name = "TỆP", help_heading = "Tùy chọn")]
    pub head: Option<PathBuf>,
    #[command(flatten)]
    pub office: OfficeArgs,
}

#[derive(Debug, Args)]
pub struct ExportArgs {
    #[command(flatten)]
    pub number: NumberArgs,
    /// Thư mục mới sẽ chứa gói
    #[arg(value_name = "THƯ_MỤC", help_heading = "Đầu vào")]
    pub folder: PathBuf,
    /// Kèm mọi phiên bản của hồ sơ lưu, nguyên dạng OCFL; nếu không có, chỉ các tệp mới nhất
    #[arg(long = "ca-ho-so", help_heading = "Tùy chọn")]
    pub record: bool,
}

#[derive(Debug, Args)]
pub struct BackupArgs {
    /// Thư mục sao lưu, nên ở ổ đĩa hoặc máy khác; lần sau chỉ chép phần mới
    #[arg(value_name = "THƯ_MỤC", help_heading = "Đầu vào")]
    pub folder: PathBuf,
    #[command(flatten)]
    pub office: OfficeArgs,
}
