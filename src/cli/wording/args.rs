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
}

#[derive(Debug, Args)]
pub(super) struct EjectArgs {
    /// Thư mục nhận các tệp
    #[arg(value_name = "THƯ_MỤC", help_heading = "Đầu vào")]
    pub folder: PathBuf,
}
