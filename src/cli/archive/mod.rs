//! `vanthu archive`: records, their verification, signed copies, backups.

mod args;

use std::io::Read as _;

use crate::archive::backup;
use crate::archive::bagit::{self, Info, Payload};
use crate::archive::ocfl::Store;
use crate::archive::register::{Filter, Register};
use crate::archive::{Failure, State};
use crate::cli::office::{find, now, refused};
use crate::cli::register::{FindArgs, filter};
use crate::cli::say::warn;
use crate::cli::{Exit, report};
use crate::issuing::{self, Writer};
use crate::render::Findings;
use crate::vi::date;

pub use args::ArchiveArgs;
use args::{ArchiveCommand, AttachArgs, BackupArgs, ExportArgs, VerifyArgs};

pub fn run(args: &ArchiveArgs) -> Exit {
    let done = match &args.command {
        ArchiveCommand::Attach(args) => attach(args),
        ArchiveCommand::Verify(args) => verify(args),
        ArchiveCommand::Export(args) => export(args),
        ArchiveCommand::Find(args) => find_records(args),
        ArchiveCommand::Backup(args) => back_up(args),
    };
    done.unwrap_or_else(|failure| refused(&failure))
}

/// The largest signed copy or scan that is taken, in bytes.
const MAX_ATTACHED: u64 = 100 << 20;

fn attach(args: &AttachArgs) -> Result<Exit, Failure> {
    let place = args.number.office.place(None)?;
    let who = args.actor.who()?;
    let bytes = file(&args.file)?;
    let mut writer = Writer::open(&place)?;
    let row = find(&writer.register, &args.number.number, args.number.year)?;
    let id = row.entry.key.object_id();
    if args.scan {
        let entry = issuing::attach_scan(&mut writer, &id, bytes, &who)?;
        sayln!("Đã gắn bản quét vào {} ngày {}", entry.code, date::short(entry.date));
        return Ok(Exit::Done);
    }
    let entry = issuing::attach_signed(&mut writer, &id, bytes, &who)?;
    sayln!("Đã gắn bản ký số vào {} ngày {}:", entry.code, date::short(entry.date));
    for signature in &entry.signatures {
        let time = signature.time.as_deref().unwrap_or("không ghi giờ ký");
        let what = if signature.is_time_stamp { ", dấu thời gian" } else { "" };
        sayln!("  {} ({time}), ô {}{what}", signature.signer, signature.field);
    }
    sayln!(
        "Chữ ký khớp với tệp. Chương trình không kiểm tra chứng thư có được tin cậy, còn hạn hay bị thu hồi không."
    );
    if row.entry.state == State::Awaiting {
        sayln!("{} đã phát hành.", entry.code);
    }
    Ok(Exit::Done)
}

/// The bytes of a file that a clerk names.
fn file(path: &std::path::Path) -> Result<Vec<u8>, Failure> {
    let metadata = std::fs::metadata(path).map_err(Failure::disk(path))?;
    if !metadata.is_file() {
        return Err(Failure::refused(
            format!("{} không phải tệp", path.display()),
            "ghi đường dẫn tới tệp đã ký",
        ));
    }
    if metadata.len() > MAX_ATTACHED {
        return Err(Failure::refused(
            format!("{} lớn hơn 100 MiB", path.display()),
            "quét lại với độ phân giải thấp hơn (200 dpi là đủ)",
        ));
    }
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(Failure::disk(path))?;
    file.take(MAX_ATTACHED + 1).read_to_end(&mut bytes).map_err(Failure::disk(path))?;
    Ok(bytes)
}

fn verify(args: &VerifyArgs) -> Result<Exit, Failure> {
    let place = args.office.place(None)?;
    let kept = match &args.head {
        None => None,
        Some(path) => Some(backup::kept_head(path)?.ok_or_else(|| {
            Failure::refused(format!("không có {}", path.display()), "ghi đúng tệp giữ đầu chuỗi")
        })?),
    };
    let verified = issuing::verify(&place, args.deep, kept.as_ref())?;
    let findings = Findings { diagnostics: verified.diagnostics, ..Findings::default() };
    warn(&report::text(&findings, &std::io::stderr()));
    let Some(head) = verified.head else {
        sayln!("Đã kiểm tra {} hồ sơ lưu; không đọc được sổ đăng ký", verified.records);
        return Ok(Exit::Found);
    };
    sayln!(
        "Đã kiểm tra {} hồ sơ lưu, {} dòng sổ, {} sự kiện",
        verified.records,
        verified.rows,
        head.seq
    );
    if args.deep {
        let (bytes, words) = verified.remade;
        sayln!(
            "Xuất lại giống từng byte: {bytes}; giống từng chữ (bản chương trình khác): {words}"
        );
    }
    sayln!("Đầu chuỗi: {head}");
    if findings.has_errors() {
        return Ok(Exit::Found);
    }
    sayln!("Kho nguyên vẹn.");
    if kept.is_none() {
        sayln!(
            "(Sổ bị cắt bớt phần cuối chỉ phát hiện được khi so với đầu chuỗi cất ở nơi khác: --dau-chuoi TỆP)"
        );
    }
    Ok(Exit::Done)
}

/// The whole record as a bag, with all its versions.
fn export(args: &ExportArgs) -> Result<Exit, Failure> {
    let place = args.number.office.place(None)?;
    let row = find(&Register::open_to_read(&place)?, &args.number.number, args.number.year)?;
    let entry = &row.entry;
    let store = Store::open(&place)?;
    let object = store.object(&entry.key.object_id())?.ok_or_else(|| {
        Failure::refused(
            format!("số {} mới được giữ, chưa có hồ sơ lưu", entry.key),
            "phát hành hoặc hủy số đó trước",
        )
    })?;
    let info = Info {
        source_organization: &entry.key.series.organ,
        bagging_date: now().date_naive(),
        external_description: &entry.subject,
    };
    let payload = if args.record { Payload::Record } else { Payload::Newest };
    let bag = bagit::export(&store, &object, payload, &info, &args.folder)?;
    sayln!(
        "Đã xuất hồ sơ lưu của {} ra {}: {} tệp, {} byte",
        entry.code,
        args.folder.display(),
        bag.files,
        bag.bytes
    );
    Ok(Exit::Done)
}

fn find_records(args: &FindArgs) -> Result<Exit, Failure> {
    let place = args.office.place(None)?;
    let register = Register::open_to_read(&place)?;
    let text = Some(args.words.join(" "));
    let rows = register.rows(&Filter { text, limit: Some(args.limit), ..filter(&args.part) })?;
    let kept: Vec<_> = rows.iter().filter(|row| row.version > 0).collect();
    for row in &kept {
        let entry = &row.entry;
        sayln!(
            "{}  {}  {}  [{}]",
            entry.code,
            date::short(entry.date),
            entry.subject,
            entry.state.words()
        );
        sayln!("  {} ({} phiên bản)", entry.key.object_id(), row.version);
    }
    sayln!("{} hồ sơ lưu", kept.len());
    Ok(Exit::Done)
}

fn back_up(args: &BackupArgs) -> Result<Exit, Failure> {
    let place = args.office.place(None)?;
    let done = backup::backup(&place, &args.folder)?;
    sayln!(
        "Đã sao lưu vào {}: {} tệp mới, {} tệp giữ nguyên",
        args.folder.display(),
        done.copied,
        done.unchanged
    );
    sayln!("Đầu chuỗi: {}", done.head);
    sayln!("Thử bản sao lưu: vanthu archive verify --van-phong {}", args.folder.display());
    Ok(Exit::Done)
}
