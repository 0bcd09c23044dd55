//! Records of an office that has worked for years, as its register is made again from them.

use vanthu::archive::register::{Record, link};
use vanthu::archive::{Act, Entry, Event, Key, RequestId, Series, State};

use super::office::{AT, body, date, inventory, series};

/// So many issued documents, 5,000 a year from 2001, each an event of its own.
pub fn records(count: u32) -> impl Iterator<Item = vanthu::archive::Result<Record>> {
    let mut previous = "0".repeat(64);
    (0..count).map(move |index| {
        let event = Event {
            seq: u64::from(index) + 1,
            previous: previous.clone(),
            act: Act::Issue,
            at: AT.to_owned(),
            actor: "Trần Thị B".to_owned(),
            version: 1,
            entry: entry(index),
        };
        let body = body(&event);
        previous = link(&previous, &body, &inventory(event.seq));
        let versions = vec![(body, inventory(event.seq))];
        Ok(Record { object: event.entry.key.object_id(), versions })
    })
}

fn entry(index: u32) -> Entry {
    let (year, in_year) = (2001 + index / 5_000, index % 5_000);
    // One number in ten in a series of its own.
    let (label, number) = match in_year % 10 {
        9 => ("quyet_dinh", in_year / 10 + 1),
        _ => ("chung", in_year - in_year / 10 + 1),
    };
    let year = i32::try_from(year).unwrap();
    let series = Series { label: label.to_owned(), ..series(year) };
    let month = in_year / 420 + 1;
    let (type_name, code) = match in_year % 10 {
        9 => ("Quyết định", "QĐ-UBND"),
        8 => ("Tờ trình", "TTr-UBND"),
        _ => ("Báo cáo", "BC-UBND"),
    };
    let date = date(&format!("{year}-{month:02}-{:02}", in_year % 420 / 15 + 1));
    let request = RequestId::of(u128::from(index) + 1);
    Entry {
        code: format!("{number:02}/{code}"),
        state: State::Issued,
        type_name: type_name.to_owned(),
        subject: format!(
            "Báo cáo {} {} tháng {month} năm {year} trên địa bàn huyện {}",
            WORK[index as usize % WORK.len()],
            MATTERS[index as usize / 7 % MATTERS.len()],
            PLACES[index as usize / 3 % PLACES.len()],
        ),
        signer: ["Nguyễn Văn Hòa", "Lê Thị Ánh", "Đặng Quốc Thuý"][index as usize % 3].to_owned(),
        position: "Phó Chủ tịch".to_owned(),
        recipients: ["Bộ Tài chính", "Bộ Kế hoạch và Đầu tư", "TT. Tỉnh ủy", "Lưu: VT, TH"]
            .map(str::to_owned)
            .to_vec(),
        kept_by: "Văn thư".to_owned(),
        copies: Some(12),
        note: if index % 1_000 == 77 { format!("hỏa tốc {index}") } else { String::new() },
        pages: 12,
        case_sha256: format!("{index:064x}"),
        ..Entry::reserved(Key { series, number, letter: None }, request, date)
    }
}

#[rustfmt::skip]
const WORK: &[&str] = &[
    "tình hình thực hiện", "kết quả giải ngân", "công tác kiểm tra", "tiến độ", "sơ kết",
    "tổng kết", "đánh giá", "rà soát", "phương án", "kế hoạch",
];

#[rustfmt::skip]
const MATTERS: &[&str] = &[
    "vốn đầu tư công", "phòng cháy, chữa cháy", "xây dựng nông thôn mới", "cải cách hành chính",
    "an toàn giao thông", "phòng, chống dịch bệnh", "giải phóng mặt bằng", "thu ngân sách",
    "quản lý đất đai", "bảo vệ môi trường", "chuyển đổi số", "giáo dục và đào tạo", "y tế dự phòng",
];

#[rustfmt::skip]
const PLACES: &[&str] = &[
    "Hòa Bình", "Đông Anh", "Thuận Thành", "An Biên", "Gò Quao", "Châu Thành", "Phú Quốc",
    "Giồng Riềng", "U Minh Thượng", "Vĩnh Thuận", "Kiên Lương",
];
