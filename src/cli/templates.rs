//! `vanthu templates eject`: the embedded wording as files to edit.

use std::path::Path;

use super::Exit;
use super::args::{TemplatesAction, TemplatesArgs};
use super::output::reason;
use crate::templates::Templates;

pub fn run(args: &TemplatesArgs) -> Exit {
    match &args.action {
        TemplatesAction::Eject { folder } => eject(folder),
    }
}

/// Writes every template that is not there yet; what an office has changed stays.
fn eject(folder: &Path) -> Exit {
    let (mut written, mut kept) = (0, 0);
    for (path, text) in Templates::embedded().iter() {
        match write_new(&folder.join(path), text) {
            Ok(true) => written += 1,
            Ok(false) => kept += 1,
            Err(error) => {
                let path = folder.join(path);
                warnln!("lỗi: không ghi được {}: {}", path.display(), reason(&error));
                warnln!("  = gợi ý: chọn một thư mục khác, chưa có hoặc còn trống");
                return Exit::Unusable;
            }
        }
    }
    sayln!("Đã chép {written} tệp vào {}; giữ nguyên {kept} tệp đã có.", folder.display());
    sayln!("Sửa xong, xuất bằng: vanthu render HỒ_SƠ --root {}", folder.display());
    Exit::Done
}

/// Whether the file was written; `false` when there was one already.
pub(super) fn write_new(path: &Path, text: &str) -> std::io::Result<bool> {
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent)?;
    }
    let file = std::fs::OpenOptions::new().write(true).create_new(true).open(path);
    match file {
        Ok(mut file) => std::io::Write::write_all(&mut file, text.as_bytes()).map(|()| true),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error),
    }
}
