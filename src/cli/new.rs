//! `vanthu new`: a commented case to fill in; or one that replaces or corrects an issued document.

use std::path::{Path, PathBuf};

use super::args::NewArgs;
use super::office::{find, near, refused, templates_of};
use super::output::{reason, write_new};
use super::say::warn;
use super::{Exit, choose, report};
use crate::archive::Failure;
use crate::archive::place::Place;
use crate::archive::register::Register;
use crate::case::{self, Blank};
use crate::issuing;
use crate::render::Office;

pub fn run(args: &NewArgs) -> Exit {
    let made = match (&args.folder, &args.replaces, &args.corrects) {
        (Some(folder), None, None) => return blank(args, folder),
        (None, Some(number), _) => replacing(args, number),
        (None, None, Some(number)) => correcting(args, number),
        (Some(_), ..) => Err(Failure::refused(
            "--thay-the và --dinh-chinh đã cho biết loại văn bản",
            "chỉ ghi thư mục, ví dụ `vanthu new --thay-the 12/BC-SNV ho_so/bao_cao_moi`",
        )),
        (None, None, None) => Err(Failure::refused("chưa ghi thư mục hồ sơ", "")),
    };
    made.unwrap_or_else(|failure| refused(&failure))
}

/// With a link there is one place on the command line: the folder.
fn folder(args: &NewArgs) -> PathBuf {
    PathBuf::from(&args.document_type)
}

/// The office's templates over those of the program, as a case in that folder would have them.
fn office(args: &NewArgs, folder: &Path) -> Result<Office, Exit> {
    let root = templates_of(args.root.as_deref(), &[folder.to_owned()]);
    let root = root.map_err(|failure| refused(&failure))?;
    super::office(root.as_deref()).map_err(|findings| {
        warn(&report::text(&findings, &std::io::stderr()));
        Exit::Unusable
    })
}

fn blank(args: &NewArgs, folder: &Path) -> Exit {
    let office = match office(args, folder) {
        Ok(office) => office,
        Err(exit) => return exit,
    };
    let asked = args.wording.as_deref();
    let Some(wording) = choose::wording(&args.document_type, asked, &office) else {
        return Exit::Unusable;
    };
    let blank = case::blank(&args.document_type, &wording, &office.catalog);
    let (Blank::Sample(text) | Blank::Made(text)) = &blank;
    // In an office the register gives the number; one of the sample would be taken for a wish.
    let text = if near(folder).is_some() { issuing::unnumbered(text) } else { text.clone() };
    if let Err(exit) = write(folder, &text) {
        return exit;
    }
    if let Blank::Made(_) = blank {
        sayln!(
            "Lời văn {}/{wording} chưa có hồ sơ mẫu; các khóa được lập từ những dữ kiện lời văn hỏi.",
            args.document_type
        );
    }
    sayln!("Điền xong, xem thử bằng: {}", next_step(args, folder));
    Exit::Done
}

/// Writes the case of a new folder and says so, or says why not.
fn write(folder: &Path, text: &str) -> Result<(), Exit> {
    let path = folder.join(case::FILE_NAME);
    match write_new(&path, text) {
        Ok(true) => {
            sayln!("Đã tạo {}", path.display());
            Ok(())
        }
        Ok(false) => {
            warnln!("lỗi: {} đã có, không ghi đè", path.display());
            warnln!("  = gợi ý: chọn thư mục khác, hoặc sửa ngay hồ sơ đó");
            Err(Exit::Unusable)
        }
        Err(error) => {
            warnln!("lỗi: không tạo được {}: {}", path.display(), reason(&error));
            warnln!("  = gợi ý: kiểm tra đường dẫn và quyền ghi");
            Err(Exit::Unusable)
        }
    }
}

/// The office whose register knows the document: that of the new folder.
fn place(args: &NewArgs, folder: &Path) -> Result<Place, Failure> {
    match (&args.office.office, near(folder)) {
        (None, Some(place)) => Ok(place),
        _ => args.office.place(None),
    }
}

/// The case of the issued document, without number and date, linked to it.
fn replacing(args: &NewArgs, number: &str) -> Result<Exit, Failure> {
    let folder = folder(args);
    let place = place(args, &folder)?;
    let row = find(&Register::open_to_read(&place)?, number, args.year)?;
    let draft = issuing::replacement(&place, &row.entry)?;
    if let Err(exit) = write(&folder, &draft.case) {
        return Ok(exit);
    }
    for (name, bytes) in &draft.data {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).map_err(Failure::disk(parent))?;
        }
        std::fs::write(&path, bytes).map_err(Failure::disk(&path))?;
    }
    sayln!("Hồ sơ này chép từ {}; sổ sẽ ghi nó thay thế văn bản ấy khi phát hành.", row.entry.code);
    sayln!("Sửa xong, xem thử bằng: {}", next_step(args, &folder));
    Ok(Exit::Done)
}

/// A công văn đính chính that names the issued document.
fn correcting(args: &NewArgs, number: &str) -> Result<Exit, Failure> {
    let folder = folder(args);
    let place = place(args, &folder)?;
    let row = find(&Register::open_to_read(&place)?, number, args.year)?;
    let office = match office(args, &folder) {
        Ok(office) => office,
        Err(exit) => return Ok(exit),
    };
    let draft = issuing::correction(&place, &row.entry, &office)?;
    if let Err(exit) = write(&folder, &draft) {
        return Ok(exit);
    }
    sayln!("Công văn này đính chính {}; sổ sẽ ghi mối liên hệ khi phát hành.", row.entry.code);
    sayln!("Điền các chỗ sai, xem thử bằng: {}", next_step(args, &folder));
    Ok(Exit::Done)
}

/// The call that shows the new case, as it is to be typed.
fn next_step(args: &NewArgs, folder: &Path) -> String {
    let quoted = |path: &Path| {
        let text = path.display().to_string();
        if text.contains(' ') { format!("\"{text}\"") } else { text }
    };
    let root = args.root.as_deref().map(|root| format!(" --root {}", quoted(root)));
    format!("vanthu render --draft {}{}", quoted(folder), root.unwrap_or_default())
}
