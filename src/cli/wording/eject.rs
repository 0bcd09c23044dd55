//! `vanthu wording eject`: the embedded wordings as files to edit.

use super::args::EjectArgs;
use crate::cli::Exit;
use crate::cli::output::{reason, write_new};
use crate::templates::Templates;

/// Writes every template that is not there yet; what an office has changed stays.
pub fn run(EjectArgs { folder }: &EjectArgs) -> Exit {
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
