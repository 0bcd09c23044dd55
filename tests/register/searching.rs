//! How long it takes to find words in a register of many years.

use std::time::{Duration, Instant};

use vanthu::archive::register::{Filter, Register};
use vanthu::archive::{Act, Entry, State};

use super::office::{AT, Office, act_with, empty_place, series, wish};
use super::records::records;

/// What a clerk may type: rare, broad, broad and rare, as prefix, with marks, as a code, as a date.
const QUERIES: &[&str] = &[
    "bao cao",
    "báo cáo",
    "b",
    "t",
    "bao cao t",
    "báo cáo tháng",
    "nam",
    "uy ban nhan dan",
    "hoa toc",
    "hỏa tốc",
    "bao cao hoa toc",
    "quyet dinh hoa toc",
    "Đặng Quốc Thúy giải ngân",
    "325/BC-UBND",
    "325/bc",
    "325",
    "2015",
    "16/8/2015",
    "không có chữ này",
    "bao cao khong co",
    "bao cao chuy",
    "báo cáo vốn đầu tư công Phú Quốc 2019",
];

/// A register of so many rows, then each query several times, as `find` asks it: the newest
/// fifty, and how many there are. Gives how often the slowest goes into one reading of all rows,
/// by their medians: what the machine does besides lengthens both.
pub fn measured(rows: u32) -> f64 {
    let (_folder, place) = empty_place();
    let begun = Instant::now();
    let rebuilt = Register::rebuild(&place, records(rows), AT, "Trần Thị B").unwrap();
    let size = std::fs::metadata(place.register()).unwrap().len() / 1_000_000;
    println!("{rows} rows made in {:.1?}, {size} MB", begun.elapsed());
    drop(rebuilt);
    let register = Register::open_to_read(&place).unwrap();
    let mut reading: Vec<Duration> = Vec::new();
    for _ in 0..9 {
        let begun = Instant::now();
        assert_eq!(register.rows(&Filter::default()).unwrap().len(), rows as usize);
        reading.push(begun.elapsed());
    }
    reading.sort();
    println!("all rows: median {:.2?}", reading[4]);
    let mut slowest = Duration::ZERO;
    for text in QUERIES {
        let filter =
            Filter { text: Some((*text).to_owned()), limit: Some(50), ..Filter::default() };
        let (mut finding, mut counting) = (Vec::new(), Vec::new());
        let (mut found, mut count) = (0, 0);
        for _ in 0..9 {
            let begun = Instant::now();
            found = register.rows(&filter).unwrap().len();
            finding.push(begun.elapsed());
            let begun = Instant::now();
            count = register.count(&filter).unwrap();
            counting.push(begun.elapsed());
        }
        assert_eq!(found, count.min(50), "{text}");
        finding.sort();
        counting.sort();
        println!(
            "{text:40} {count:6} rows; the newest 50: median {:6.2?}, worst {:6.2?}; how many: median {:6.2?}, worst {:6.2?}",
            finding[4], finding[8], counting[4], counting[8]
        );
        slowest = slowest.max(finding[4]).max(counting[4]);
    }
    reading[4].as_secs_f64() / slowest.as_secs_f64()
}

/// The numbers of the rows that each text finds.
pub fn found(texts: &[&str]) -> String {
    let mut office = Office::new();
    let change: [fn(&mut Entry); 5] = [
        |entry| entry.subject = "Báo cáo tình hình giải ngân vốn đầu tư công".to_owned(),
        |entry| entry.subject = "Về việc bao gồm các khoản cào bằng".to_owned(),
        |entry| {
            entry.code = "03/QĐ-UBND".to_owned();
            entry.subject = "Thành lập Tổ công tác Đề án 06 ở Hoà Bình".to_owned();
        },
        |entry| {
            entry.subject = "Trả lời NEAR(kiến nghị) \"cử tri\" * -huyện 1.234,5 đồng".to_owned();
            entry.note = "hỏa tốc; gửi qua Đảng ủy".to_owned();
        },
        |entry| entry.recipients = vec!["Ðội Cảnh sát giao thông".to_owned()], // U+00D0
    ];
    for (request, change) in change.into_iter().enumerate() {
        let wish = wish(&series(2026), u128::try_from(request).unwrap());
        let key = office.register.reserve(&wish).unwrap().key;
        act_with(&mut office.register, &key, Act::Issue, State::Issued, change).unwrap();
    }
    let mut wish = wish(&series(2026), 99);
    wish.subject = "Đang soạn thảo".to_owned();
    office.register.reserve(&wish).unwrap();
    // A text that is typed in pieces is shown whole.
    let shown = |text: &str| vanthu::vi::text::nfc(text).into_owned();
    let line = |text: &&str| format!("{}: {}\n", shown(text), numbers(&office.register, text));
    texts.iter().map(line).collect()
}

fn numbers(register: &Register, text: &str) -> String {
    let filter = Filter { text: Some(text.to_owned()), ..Filter::default() };
    let rows = register.rows(&filter).unwrap();
    assert_eq!(register.count(&filter).unwrap(), rows.len());
    let numbers: Vec<String> = rows.iter().map(|row| row.entry.key.number.to_string()).collect();
    numbers.join(" ")
}
