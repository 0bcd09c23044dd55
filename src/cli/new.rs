//! `vanthu new`: a commented case to fill in.

use super::args::NewArgs;
use super::output::{reason, write_new};
use super::say::warn;
use super::{Exit, choose, report};
use crate::case::{self, Blank};

pub fn run(args: &NewArgs) -> Exit {
    let office = match super::office(args.root.as_deref()) {
        Ok(office) => office,
        Err(findings) => {
            warn(&report::text(&findings, &std::io::stderr()));
            return Exit::Unusable;
        }
    };
    let asked = args.wording.as_deref();
    let Some(wording) = choose::wording(&args.document_type, asked, &office) else {
        return Exit::Unusable;
    };
    let blank = case::blank(&args.document_type, &wording, &office.catalog);
    let path = args.folder.join(case::FILE_NAME);
    let (Blank::Sample(text) | Blank::Made(text)) = &blank;
    match write_new(&path, text) {
        Ok(true) => {
            sayln!("Đã tạo {}", path.display());
            if let Blank::Made(_) = blank {
                sayln!(
                    "Lời văn {}/{wording} chưa có hồ sơ mẫu; các khóa được lập từ những dữ kiện lời văn hỏi.",
                    args.document_type
                );
            }
            sayln!("Điền xong, xem thử bằng: {}", next_step(args));
            Exit::Done
        }
        Ok(false) => {
            warnln!("lỗi: {} đã có, không ghi đè", path.display());
            warnln!("  = gợi ý: chọn thư mục khác, hoặc sửa ngay hồ sơ đó");
            Exit::Unusable
        }
        Err(error) => {
            warnln!("lỗi: không tạo được {}: {}", path.display(), reason(&error));
            warnln!("  = gợi ý: kiểm tra đường dẫn và quyền ghi");
            Exit::Unusable
        }
    }
}

/// The call that shows the new case, as it is to be typed.
fn next_step(args: &NewArgs) -> String {
    let quoted = |path: &std::path::Path| {
        let text = path.display().to_string();
        if text.contains(' ') { format!("\"{text}\"") } else { text }
    };
    let root = args.root.as_deref().map(|root| format!(" --root {}", quoted(root)));
    format!("vanthu render --draft {}{}", quoted(&args.folder), root.unwrap_or_default())
}
