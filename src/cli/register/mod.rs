//! `vanthu register`: the register of outgoing documents (sổ đăng ký văn bản đi).

mod args;
mod list;
mod out;

use crate::archive::register::{Rebuilt, Register};
use crate::archive::{Failure, Key, disk};
use crate::cli::Exit;
use crate::cli::office::{find, refused};
use crate::issuing::{self, Writer};
use crate::vi::date;

pub use args::{FindArgs, NumberArgs, RegisterArgs};
use args::{HeadArgs, ReasonArgs, RebuildArgs, RegisterCommand};
pub use list::filter;

pub fn run(args: &RegisterArgs) -> Exit {
    let done = match &args.command {
        RegisterCommand::List(args) => list::list(args),
        RegisterCommand::Find(args) => list::find(args),
        RegisterCommand::Show(args) => list::show(args),
        RegisterCommand::Void(args) => void(args),
        RegisterCommand::Recall(args) => recall(args),
        RegisterCommand::Export(args) => out::export(args),
        RegisterCommand::Print(args) => out::print(args),
        RegisterCommand::Head(args) => head(args),
        RegisterCommand::Rebuild(args) => rebuild(args),
    };
    done.unwrap_or_else(|failure| refused(&failure))
}

fn void(args: &ReasonArgs) -> Result<Exit, Failure> {
    let place = args.number.office.place(None)?;
    let who = args.actor.who()?;
    let mut writer = Writer::open(&place)?;
    let row = find(&writer.register, &args.number.number, args.number.year)?;
    let name = row.entry.code;
    let entry = issuing::void(&mut writer, &row.entry.key.object_id(), &args.reason, &who)?;
    sayln!("Đã hủy số {name}: {}", entry.reason);
    sayln!("Số này giữ nguyên trong sổ, không cấp lại.");
    Ok(Exit::Done)
}

fn recall(args: &ReasonArgs) -> Result<Exit, Failure> {
    let place = args.number.office.place(None)?;
    let who = args.actor.who()?;
    let mut writer = Writer::open(&place)?;
    let row = find(&writer.register, &args.number.number, args.number.year)?;
    let entry = issuing::recall(&mut writer, &row.entry.key.object_id(), &args.reason, &who)?;
    sayln!("Đã thu hồi {} ngày {}: {}", entry.code, date::short(entry.date), entry.reason);
    sayln!("Hồ sơ lưu được giữ nguyên, không nhận thêm gì.");
    Ok(Exit::Done)
}

fn head(args: &HeadArgs) -> Result<Exit, Failure> {
    let place = args.office.place(None)?;
    let head = Register::open_to_read(&place)?.head()?;
    let Some(path) = &args.file else {
        sayln!("{head}");
        return Ok(Exit::Done);
    };
    disk::append(path, format!("{head}\n").as_bytes())?;
    sayln!("Đã ghi đầu chuỗi (mắt xích {}) vào {}", head.seq, path.display());
    Ok(Exit::Done)
}

fn rebuild(args: &RebuildArgs) -> Result<Exit, Failure> {
    let place = args.office.place(None)?;
    let rebuilt = issuing::rebuild(&place, &args.actor.who()?)?;
    sayln!("Đã lập lại sổ đăng ký từ các hồ sơ lưu: {} sự kiện", rebuilt.head.seq);
    sayln!("Đầu chuỗi: {}", rebuilt.head);
    if let Some(old) = &rebuilt.old {
        sayln!("Sổ cũ được giữ ở {}", old.display());
    }
    if !rebuilt.unknown.is_empty() {
        let listed: Vec<String> = rebuilt.unknown.iter().map(ToString::to_string).collect();
        sayln!("Số không có hồ sơ lưu, được giữ lại, không cấp cho ai: {}", listed.join(", "));
        sayln!("Hủy từng số bằng: vanthu register void SỐ --ly-do \"…\"");
    }
    doubts(&rebuilt);
    Ok(Exit::Done)
}

/// What the records alone could not make good.
fn doubts(rebuilt: &Rebuilt) {
    let listed = |keys: &[Key]| {
        let named = |key: &Key| format!("{key} năm {}", key.series.year);
        keys.iter().map(named).collect::<Vec<_>>().join(", ")
    };
    if !rebuilt.lost.is_empty() {
        sayln!("Đã mất hồ sơ lưu của số: {}. Số được giữ, không cấp lại.", listed(&rebuilt.lost));
        sayln!(
            "Trước khi phát hành gì thêm: lấy hồ sơ từ bản sao lưu, lập lại sổ; không còn thì mới hủy số."
        );
    }
    if let Some(head) = &rebuilt.contradicts {
        sayln!("Sổ cũ dừng ở {head}; các hồ sơ không dẫn đến đó:");
        sayln!("có hồ sơ đã mất hoặc bị sửa, hoặc chính sổ cũ bị sửa.");
        sayln!("So với đầu chuỗi cất ở nơi khác: vanthu archive verify --dau-chuoi TỆP");
    }
    if !rebuilt.unsure_after.is_empty() {
        let after = listed(&rebuilt.unsure_after);
        sayln!("Không đọc được hết sổ cũ. Số đã giữ sau {after} mà chưa có hồ sơ thì sổ mới không");
        sayln!("biết và sẽ cấp lại; nếu đã ghi số như vậy lên giấy, phát hành văn bản đó trước.");
    }
}
