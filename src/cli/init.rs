//! `vanthu init`: the folder of an office.

use std::path::PathBuf;

use clap::Args;

use super::Exit;
use super::office::refused;
use crate::archive::place::Place;
use crate::issuing;

#[derive(Debug, Args)]
pub struct InitArgs {
    /// Thư mục văn phòng sẽ được tạo, trên ổ cứng của máy này
    #[arg(value_name = "THƯ_MỤC", help_heading = "Đầu vào")]
    pub folder: PathBuf,
}

pub fn run(args: &InitArgs) -> Exit {
    let place = Place::new(&args.folder);
    if let Err(failure) = issuing::create(&place) {
        return refused(&failure);
    }
    let shown = |path: PathBuf| path.display().to_string();
    sayln!("Đã tạo văn phòng {}", args.folder.display());
    sayln!("  {}  quy tắc phát hành: thứ tự số và chữ ký, dãy số", shown(place.settings()));
    sayln!("  {}  hồ sơ của các văn bản", shown(place.cases()));
    sayln!(
        "  {}  lời văn, danh mục của cơ quan (`vanthu wording eject`)",
        shown(place.templates())
    );
    sayln!("  {}  hồ sơ lưu và sổ đăng ký; đừng sửa tay", shown(place.archive()));
    sayln!("Tiếp theo: vanthu new bao_cao {}", shown(place.cases().join("van_ban_dau_tien")));
    Exit::Done
}
