//! `vanthu new`: a commented case to fill in.

use super::Exit;
use super::args::NewArgs;
use super::output::{reason, write_new};
use super::report;
use super::say::warn;
use crate::case;

pub fn run(args: &NewArgs) -> Exit {
    let office = match super::office(args.root.as_deref()) {
        Ok(office) => office,
        Err(findings) => {
            warn(&report::text(&findings, &std::io::stderr()));
            return Exit::Unusable;
        }
    };
    let known = office.catalog.templates().document_types();
    if !known.contains(&args.document_type.as_str()) {
        warnln!("lỗi: không có loại văn bản “{}”", args.document_type);
        warnln!("  = gợi ý: dùng một trong: {}", known.join(", "));
        return Exit::Unusable;
    }
    let text = case::blank(&args.document_type, &office.catalog);
    let path = args.folder.join(case::FILE_NAME);
    match write_new(&path, &text) {
        Ok(true) => {
            sayln!("Đã tạo {}", path.display());
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
