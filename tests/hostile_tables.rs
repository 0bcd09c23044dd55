//! Files of rows that mean harm, or are merely odd: each is answered in Vietnamese at its
//! cell, with 256 MiB of memory at most and no more than ten times the processor time of a
//! large honest workbook.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod program;
mod workbook;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
#[cfg(not(unix))]
use std::process::Command;
#[cfg(unix)]
use std::sync::LazyLock;

use expect_test::{Expect, expect};
#[cfg(unix)]
use program::cost;
use workbook::{MAIN, Parts, cells, content_types, relations, workbook, worksheet};

/// The table of the case: groups I and II, a text, two amounts.
const HEADINGS: &str = "nhom|ten_du_an|nstw|nsdp";

/// What the program says about a case whose rows stand in a file.
fn said(from: &str, file: &str, bytes: &[u8]) -> String {
    said_with("", from, file, bytes)
}

/// The same with something at the end of the case.
fn said_with(end: &str, from: &str, file: &str, bytes: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    lay_out(folder.path(), end, from, file, bytes);
    let said = checked(folder.path());
    #[cfg(unix)]
    {
        let (honest, own) = (*HONEST, cost::of(folder.path()));
        assert!(own <= honest * cost::FACTOR, "{own:.2} s, honest {honest:.2} s\n{said}");
    }
    said
}

fn lay_out(folder: &Path, end: &str, from: &str, file: &str, bytes: &[u8]) {
    let good = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/sai/_tot/csv/ho_so.yaml");
    let case = fs::read_to_string(good).unwrap().replace("      tep: du_an.csv", from) + end;
    fs::create_dir(folder.join("ho_so")).unwrap();
    fs::write(folder.join("ho_so/ho_so.yaml"), case).unwrap();
    fs::write(folder.join("ho_so").join(file), bytes).unwrap();
}

fn checked(folder: &Path) -> String {
    let ran = limited(folder, MEMORY).args(["check", "ho_so"]).output().unwrap();
    let code = ran.status.code();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let said = format!("{}{}", text(ran.stderr), text(ran.stdout));
    // A signal, as when a limit is passed, gives no code or one above 128.
    assert!(matches!(code, Some(0..=2)), "exit code {code:?}: {:?}\n{said}", ran.status);
    said
}

/// KiB.
const MEMORY: u32 = 256 << 10;

#[cfg(unix)]
use cost::limited;

/// What an honest workbook of 80,000 cells costs; the dearest of those that mean harm, which
/// are refused for their size, cost less than twice as much.
#[cfg(unix)]
static HONEST: LazyLock<f64> = LazyLock::new(|| {
    let rows: String = (0..HONEST_ROWS).map(|row| format!("\nI|Dự án {row}|{row}|1")).collect();
    let folder = tempfile::tempdir().unwrap();
    let parts = Parts::of(&format!("{HEADINGS}{rows}"));
    lay_out(folder.path(), "", "      tep: a.xlsx", "a.xlsx", &parts.zip());
    let said = checked(folder.path());
    assert!(!said.contains("tep-khong-doc-duoc") && !said.contains("qua-lon"), "{said}");
    cost::of(folder.path())
});

const HONEST_ROWS: u32 = 20_000;

/// The limits are no empty words.
#[cfg(unix)]
#[test]
fn a_program_that_passes_the_limits_is_ended() {
    let folder = tempfile::tempdir().unwrap();
    let passes =
        |memory| limited(folder.path(), memory).arg("--version").output().unwrap().status.success();
    assert!(passes(MEMORY));
    assert!(!passes(1 << 10), "a mebibyte of memory");
}

/// Other systems are given the same files, without limits.
#[cfg(not(unix))]
fn limited(folder: &Path, _memory: u32) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vanthu"));
    command.current_dir(folder);
    command
}

fn xlsx(bytes: &[u8], expected: &Expect) {
    expected.assert_eq(&said("      tep: a.xlsx", "a.xlsx", bytes));
}

fn keyed(keys: &str, parts: &Parts, expected: &Expect) {
    expected.assert_eq(&said(&format!("      tep: a.xlsx\n{keys}"), "a.xlsx", &parts.zip()));
}

/// A sheet of the right headings with these rows.
fn rows(rows: &str, expected: &Expect) {
    xlsx(&Parts::of(&format!("{HEADINGS}\n{rows}")).zip(), expected);
}

fn csv(bytes: &[u8], expected: &Expect) {
    expected.assert_eq(&said("      tep: a.csv", "a.csv", bytes));
}

fn csv_keyed(keys: &str, text: &str, expected: &Expect) {
    let from = format!("      tep: a.csv\n{keys}");
    expected.assert_eq(&said(&from, "a.csv", text.as_bytes()));
}

#[test]
fn an_empty_file_is_no_workbook() {
    xlsx(
        b"",
        &expect![[r#"
        lỗi[tep-khong-doc-duoc]: tệp rỗng
        --> ho_so/a.xlsx
         = gợi ý: mở bằng Excel, chọn Lưu thành (Save As), kiểu “Excel Workbook (*.xlsx)”; đổi đuôi tên tệp là chưa đủ

        ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
}

#[test]
fn a_text_that_is_called_a_workbook_is_told() {
    xlsx(
        "nhom,ten_du_an\n".as_bytes(),
        &expect![[r#"
        lỗi[tep-khong-doc-duoc]: đây không phải tệp Excel kiểu .xlsx
        --> ho_so/a.xlsx
         = gợi ý: mở bằng Excel, chọn Lưu thành (Save As), kiểu “Excel Workbook (*.xlsx)”; đổi đuôi tên tệp là chưa đủ

        ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
}

#[test]
fn an_encrypted_workbook_is_refused() {
    let mut bytes = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    bytes.resize(4096, 0);
    xlsx(
        &bytes,
        &expect![[r#"
        lỗi[tep-khong-doc-duoc]: đây là tệp Excel có mật khẩu, hoặc tệp đời cũ (.xls)
        --> ho_so/a.xlsx
         = gợi ý: mở bằng Excel, bỏ mật khẩu (Tệp, Thông tin, Bảo vệ sổ làm việc), rồi chọn Lưu thành (Save As), kiểu “Excel Workbook (*.xlsx)”

        ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
}

#[test]
fn half_an_archive_is_refused() {
    let bytes = Parts::of(HEADINGS).zip();
    xlsx(
        &bytes[..bytes.len() / 2],
        &expect![[r#"
        lỗi[tep-khong-doc-duoc]: tệp Excel bị hỏng, hoặc không đúng cách Excel lưu
        --> ho_so/a.xlsx
         = gợi ý: mở bằng Excel rồi lưu lại thành tệp mới; Excel không mở được thì xin lại tệp

        ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
}

#[test]
fn an_archive_whose_directory_is_cut_is_refused() {
    let mut bytes = Parts::of(HEADINGS).zip();
    let at = bytes.windows(4).rposition(|it| it == b"PK\x01\x02").unwrap();
    bytes[at] = 0;
    xlsx(
        &bytes,
        &expect![[r#"
        lỗi[tep-khong-doc-duoc]: tệp Excel bị hỏng, hoặc không đúng cách Excel lưu
        --> ho_so/a.xlsx
         = gợi ý: mở bằng Excel rồi lưu lại thành tệp mới; Excel không mở được thì xin lại tệp

        ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
}

#[test]
fn an_archive_that_tells_of_more_parts_than_it_has_is_refused() {
    let mut bytes = Parts::of(HEADINGS).zip();
    let end = bytes.len() - 22;
    bytes[end + 8..end + 12].copy_from_slice(&[0xfe, 0xff, 0xfe, 0xff]);
    xlsx(
        &bytes,
        &expect![[r#"
            lỗi[qua-lon]: tệp nén 65.534 phần, tối đa 1.000
            --> ho_so/a.xlsx
             = gợi ý: chép bảng cần đọc sang một tệp Excel mới, không kèm ảnh và trang khác

            ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
        "#]],
    );
}

#[test]
fn an_archive_of_many_parts_is_refused() {
    let parts = (0..2_000)
        .fold(Parts::of(HEADINGS), |parts, index| parts.with(&format!("xl/media/{index}.xml"), ""));
    xlsx(
        &parts.zip(),
        &expect![[r#"
            lỗi[qua-lon]: tệp nén 2.007 phần, tối đa 1.000
            --> ho_so/a.xlsx
             = gợi ý: chép bảng cần đọc sang một tệp Excel mới, không kèm ảnh và trang khác

            ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
        "#]],
    );
}

#[test]
fn a_bomb_that_says_its_size_is_refused_before_it_is_unpacked() {
    let parts = Parts::of(HEADINGS).with_bytes("xl/worksheets/sheet1.xml", vec![b' '; 200 << 20]);
    xlsx(
        &parts.zip(),
        &expect![[r#"
        lỗi[qua-lon]: tệp giải nén ra hơn 64 MiB
        --> ho_so/a.xlsx
         = gợi ý: chép bảng cần đọc sang một tệp Excel mới, không kèm ảnh và trang khác

        ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
}

#[test]
fn a_bomb_that_hides_its_size_is_refused_where_the_limit_is_passed() {
    let name = "xl/worksheets/sheet1.xml";
    let parts = Parts::of(HEADINGS).with_bytes(name, vec![b' '; 200 << 20]);
    let mut bytes = parts.zip();
    // The size in the directory, and the one before the part itself.
    for (mark, size) in [(b"PK\x01\x02", 24), (b"PK\x03\x04", 22)] {
        let name_at = if size == 24 { 46 } else { 30 };
        let at = (0..bytes.len() - name_at - name.len())
            .find(|&at| {
                bytes[at..].starts_with(mark) && bytes[at + name_at..].starts_with(name.as_bytes())
            })
            .unwrap();
        bytes[at + size..at + size + 4].copy_from_slice(&1_000_u32.to_le_bytes());
    }
    xlsx(
        &bytes,
        &expect![[r#"
        lỗi[qua-lon]: tệp giải nén ra hơn 64 MiB
        --> ho_so/a.xlsx
         = gợi ý: chép bảng cần đọc sang một tệp Excel mới, không kèm ảnh và trang khác

        ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
}

#[test]
fn a_file_of_more_than_16_mib_is_refused() {
    let mut bytes = Parts::of(HEADINGS).zip();
    bytes.resize(17 << 20, 0);
    xlsx(
        &bytes,
        &expect![[r#"
        lỗi[qua-lon]: tệp lớn hơn 16 MiB
        --> ho_so/a.xlsx
         = gợi ý: chép bảng cần đọc sang một tệp Excel mới, không kèm ảnh và trang khác

        ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
}

#[test]
fn a_workbook_with_a_macro_is_refused() {
    xlsx(
        &Parts::of(HEADINGS).with("xl/vbaProject.bin", "x").zip(),
        &expect![[r#"
        lỗi[tep-khong-doc-duoc]: tệp Excel có macro, chương trình không đọc
        --> ho_so/a.xlsx
         = gợi ý: trong Excel chọn Lưu thành (Save As), kiểu “Excel Workbook (*.xlsx)”, để bỏ macro

        ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
}

#[test]
fn a_workbook_that_says_it_has_macros_is_refused() {
    let types = content_types("x").replace(
        "openxmlformats-officedocument.spreadsheetml.x",
        "ms-excel.sheet.macroEnabled.main",
    );
    xlsx(
        &Parts::of(HEADINGS).with("[Content_Types].xml", &types).zip(),
        &expect![[r#"
        lỗi[tep-khong-doc-duoc]: tệp Excel có macro, chương trình không đọc
        --> ho_so/a.xlsx
         = gợi ý: trong Excel chọn Lưu thành (Save As), kiểu “Excel Workbook (*.xlsx)”, để bỏ macro

        ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
}

#[test]
fn a_binary_workbook_is_refused() {
    xlsx(
        &Parts::of(HEADINGS).with("xl/workbook.bin", "x").zip(),
        &expect![[r#"
        lỗi[tep-khong-doc-duoc]: đây là tệp Excel kiểu .xlsb, không phải tệp Excel kiểu .xlsx
        --> ho_so/a.xlsx
         = gợi ý: mở bằng Excel, chọn Lưu thành (Save As), kiểu “Excel Workbook (*.xlsx)”; đổi đuôi tên tệp là chưa đủ

        ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
}

#[test]
fn an_opendocument_workbook_is_refused() {
    xlsx(
        &Parts(Vec::new()).with("META-INF/manifest.xml", "<a/>").zip(),
        &expect![[r#"
        lỗi[tep-khong-doc-duoc]: đây là tệp LibreOffice (.ods), không phải tệp Excel kiểu .xlsx
        --> ho_so/a.xlsx
         = gợi ý: mở bằng Excel, chọn Lưu thành (Save As), kiểu “Excel Workbook (*.xlsx)”; đổi đuôi tên tệp là chưa đủ

        ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
}

#[test]
fn a_word_document_is_refused() {
    xlsx(
        &Parts(Vec::new()).with("word/document.xml", "<a/>").zip(),
        &expect![[r#"
        lỗi[tep-khong-doc-duoc]: đây là tệp Word, không phải tệp Excel kiểu .xlsx
        --> ho_so/a.xlsx
         = gợi ý: mở bằng Excel, chọn Lưu thành (Save As), kiểu “Excel Workbook (*.xlsx)”; đổi đuôi tên tệp là chưa đủ

        ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
}

#[test]
fn an_archive_of_something_else_is_refused() {
    xlsx(
        &Parts(Vec::new()).with("doc.txt", "a").zip(),
        &expect![[r#"
        lỗi[tep-khong-doc-duoc]: tệp Excel bị hỏng, hoặc không đúng cách Excel lưu
        --> ho_so/a.xlsx
         = gợi ý: mở bằng Excel rồi lưu lại thành tệp mới; Excel không mở được thì xin lại tệp

        ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
}

#[test]
fn names_of_older_and_other_workbooks_are_refused_before_they_are_opened() {
    let mut all = String::new();
    for name in ["a.xls", "a.xlsb", "a.xlsm", "a.ods", "a.XLS"] {
        let said = said(&format!("      tep: {name}"), name, b"x");
        writeln!(all, "{}", said.lines().next().unwrap()).unwrap();
        if name == "a.XLS" {
            all.push_str(said.lines().find(|line| line.contains("gợi ý")).unwrap().trim());
        }
    }
    expect![[r#"
        lỗi[tep-khong-doc-duoc]: `a.xls` là bảng tính kiểu .xls, chương trình chỉ đọc kiểu .xlsx
        lỗi[tep-khong-doc-duoc]: `a.xlsb` là bảng tính kiểu .xlsb, chương trình chỉ đọc kiểu .xlsx
        lỗi[tep-khong-doc-duoc]: `a.xlsm` là bảng tính kiểu .xlsm, chương trình chỉ đọc kiểu .xlsx
        lỗi[tep-khong-doc-duoc]: `a.ods` là bảng tính kiểu .ods, chương trình chỉ đọc kiểu .xlsx
        lỗi[tep-khong-doc-duoc]: `a.XLS` là bảng tính kiểu .xls, chương trình chỉ đọc kiểu .xlsx
        = gợi ý: trong Excel chọn Lưu thành (Save As), kiểu “Excel Workbook (*.xlsx)”, rồi ghi tên tệp .xlsx"#]].assert_eq(&all);
}

#[test]
fn an_outside_entity_is_not_read() {
    let xml = format!(
        "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>{}",
        worksheet("<sheetData><row><c t=\"inlineStr\"><is><t>&x;</t></is></c></row></sheetData>")
    );
    xlsx(
        &Parts::of(HEADINGS).with("xl/worksheets/sheet1.xml", &xml).zip(),
        &expect![[r#"
        lỗi[tep-khong-doc-duoc]: trong tệp có khai báo DTD, tệp do Excel lưu không bao giờ có
        --> ho_so/a.xlsx
         = gợi ý: không dùng tệp này; xin lại tệp từ nơi lập bảng, hoặc mở bằng Excel rồi lưu thành tệp mới

        ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
}

#[test]
fn a_billion_laughs_are_not_laughed() {
    let mut xml = String::from("<!DOCTYPE a [<!ENTITY a0 \"ha\">");
    for level in 1..30 {
        let inner = format!("&a{};", level - 1).repeat(10);
        write!(xml, "<!ENTITY a{level} \"{inner}\">").unwrap();
    }
    write!(xml, "]><sst {MAIN}><si><t>&a29;</t></si></sst>").unwrap();
    xlsx(
        &Parts::of(HEADINGS).with("xl/sharedStrings.xml", &xml).zip(),
        &expect![[r#"
        lỗi[tep-khong-doc-duoc]: trong tệp có khai báo DTD, tệp do Excel lưu không bao giờ có
        --> ho_so/a.xlsx
         = gợi ý: không dùng tệp này; xin lại tệp từ nơi lập bảng, hoặc mở bằng Excel rồi lưu thành tệp mới

        ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
}

#[test]
fn an_unknown_entity_is_refused() {
    rows(
        "I|a &nbsp; b|1|2",
        &expect![[r#"
        lỗi[tep-khong-doc-duoc]: tệp Excel bị hỏng, hoặc không đúng cách Excel lưu
        --> ho_so/a.xlsx
         = gợi ý: mở bằng Excel rồi lưu lại thành tệp mới; Excel không mở được thì xin lại tệp

        ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
}

#[test]
fn xml_in_another_encoding_is_refused() {
    let utf16: Vec<u8> =
        worksheet("<sheetData/>").encode_utf16().flat_map(u16::to_le_bytes).collect();
    xlsx(
        &Parts::of(HEADINGS).with_bytes("xl/worksheets/sheet1.xml", utf16).zip(),
        &expect![[r#"
        lỗi[tep-khong-doc-duoc]: tệp Excel bị hỏng, hoặc không đúng cách Excel lưu
        --> ho_so/a.xlsx
         = gợi ý: mở bằng Excel rồi lưu lại thành tệp mới; Excel không mở được thì xin lại tệp

        ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
}

#[test]
fn a_tag_that_is_not_closed_is_refused() {
    xlsx(
        &Parts::of_sheet("<sheetData><row><c><v>1</v>").zip(),
        &expect![[r#"
        lỗi[tep-khong-doc-duoc]: tệp Excel bị hỏng, hoặc không đúng cách Excel lưu
        --> ho_so/a.xlsx
         = gợi ý: mở bằng Excel rồi lưu lại thành tệp mới; Excel không mở được thì xin lại tệp

        ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
}

#[test]
fn a_million_tags_within_tags_are_refused() {
    xlsx(
        &Parts::of_sheet(&"<a>".repeat(1_000_000)).zip(),
        &expect![[r#"
        lỗi[tep-khong-doc-duoc]: tệp Excel bị hỏng, hoặc không đúng cách Excel lưu
        --> ho_so/a.xlsx
         = gợi ý: mở bằng Excel rồi lưu lại thành tệp mới; Excel không mở được thì xin lại tệp

        ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
}

#[test]
fn a_tag_of_a_million_attributes_is_read_once() {
    let attributes: String = (0..1_000_000).fold(String::new(), |mut all, index| {
        write!(all, " a{index}='1'").unwrap();
        all
    });
    xlsx(
        &Parts::of_sheet(&format!("<sheetData{attributes}/>")).zip(),
        &expect![[r#"
        lỗi[vung-la]: trang “Biểu 1” không có ô nào có chữ
          --> ho_so/ho_so.yaml:38:12
           |
        38 |       tep: a.xlsx
           |            ^^^^^^ phu_luc[0].dong_tu_tep.tep
           |
           = gợi ý: kiểm tra tên trang và vùng trong Excel

        ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
}

#[test]
fn a_number_of_strings_that_is_a_lie_costs_nothing() {
    let strings = format!(
        "<sst {MAIN} count=\"9999999999999\" uniqueCount=\"9999999999999\"><si><t>I</t></si></sst>"
    );
    let sheet = format!("{HEADINGS}\n<c t=\"s\"><v>0</v></c>|Đường A|1|2");
    xlsx(
        &Parts::of(&sheet).with("xl/sharedStrings.xml", &strings).zip(),
        &expect![[r#"
        ho_so: 0 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
}

#[test]
fn a_font_of_a_million_letters_in_sixty_thousand_styles_costs_nothing() {
    let styles = format!(
        "<styleSheet {MAIN}><fonts><font><name val=\"{}\"/></font></fonts><cellXfs>{}</cellXfs></styleSheet>",
        "a".repeat(1_000_000),
        "<xf fontId=\"0\" applyFont=\"1\"/>".repeat(60_000)
    );
    let sheet = format!("{HEADINGS}\nI|Đường A|1|2");
    xlsx(
        &Parts::of(&sheet).with("xl/styles.xml", &styles).zip(),
        &expect![[r#"
        ho_so: 0 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
}

#[test]
fn a_long_text_in_a_million_cells_is_refused() {
    let strings = format!("<sst {MAIN}><si><t>{}</t></si></sst>", "a".repeat(1_000_000));
    let row = format!("<row>{}</row>", "<c t=\"s\"><v>0</v></c>".repeat(100));
    let parts = Parts::of_sheet(&format!("<sheetData>{}</sheetData>", row.repeat(1_000)));
    xlsx(
        &parts.with("xl/sharedStrings.xml", &strings).zip(),
        &expect![[r#"
            lỗi[qua-lon]: ô A1 có hơn 100.000 byte chữ
            --> ho_so/a.xlsx
             = gợi ý: rút gọn chữ trong ô, hoặc đặt đoạn văn ấy vào nội dung của văn bản

            ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
        "#]],
    );
}

#[test]
fn a_string_that_is_not_there_is_refused() {
    rows(
        "I|<c t=\"s\"><v>7</v></c>|1|2",
        &expect![[r#"
        lỗi[tep-khong-doc-duoc]: tệp Excel bị hỏng, hoặc không đúng cách Excel lưu
        --> ho_so/a.xlsx
         = gợi ý: mở bằng Excel rồi lưu lại thành tệp mới; Excel không mở được thì xin lại tệp

        ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
}

#[test]
fn a_cell_given_twice_is_refused() {
    let twice = r#"<row r="2"><c r="C2"><v>1</v></c><c r="C2"><v>2</v></c></row>"#;
    xlsx(
        &Parts::of_sheet(&format!("<sheetData>{}{twice}</sheetData>", cells(HEADINGS))).zip(),
        &expect![[r#"
            lỗi[tep-khong-doc-duoc]: tệp Excel bị hỏng, hoặc không đúng cách Excel lưu
            --> ho_so/a.xlsx
             = gợi ý: mở bằng Excel rồi lưu lại thành tệp mới; Excel không mở được thì xin lại tệp

            ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
        "#]],
    );
}

#[test]
fn a_part_that_lies_outside_of_the_file_is_not_looked_for() {
    let related = relations(&[("rId1", "worksheet", "../../../../../etc/passwd")]);
    xlsx(
        &Parts::of(HEADINGS).with("xl/_rels/workbook.xml.rels", &related).zip(),
        &expect![[r#"
        lỗi[tep-khong-doc-duoc]: tệp Excel bị hỏng, hoặc không đúng cách Excel lưu
        --> ho_so/a.xlsx
         = gợi ý: mở bằng Excel rồi lưu lại thành tệp mới; Excel không mở được thì xin lại tệp

        ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
}

#[test]
fn what_lies_in_another_file_is_not_looked_for() {
    let outside = "<Relationship Id=\"rId1\" Type=\"x/worksheet\" Target=\"http://127.0.0.1/a.xml\" TargetMode=\"External\"/></Relationships>";
    let related = relations(&[]).replace("</Relationships>", outside);
    xlsx(
        &Parts::of(HEADINGS).with("xl/_rels/workbook.xml.rels", &related).zip(),
        &expect![[r#"
        lỗi[tep-khong-doc-duoc]: tệp Excel bị hỏng, hoặc không đúng cách Excel lưu
        --> ho_so/a.xlsx
         = gợi ý: mở bằng Excel rồi lưu lại thành tệp mới; Excel không mở được thì xin lại tệp

        ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
}

#[test]
fn a_million_sheets_are_refused() {
    let sheets = "<sheet name='a' r:id='rId1'/>".repeat(1_000_000);
    let book = workbook("", &[]).replace("<sheets>", &format!("<sheets>{sheets}"));
    xlsx(
        &Parts::of(HEADINGS).with("xl/workbook.xml", &book).zip(),
        &expect![[r#"
        lỗi[tep-khong-doc-duoc]: tệp Excel bị hỏng, hoặc không đúng cách Excel lưu
        --> ho_so/a.xlsx
         = gợi ý: mở bằng Excel rồi lưu lại thành tệp mới; Excel không mở được thì xin lại tệp

        ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
}

#[test]
fn a_million_relations_are_refused() {
    let related: String = (0..500_000).fold(String::new(), |mut all, index| {
        write!(all, "<Relationship Id='{index}' Type='x/a' Target='a'/>").unwrap();
        all
    });
    let related = relations(&[]).replace("</Relationships>", &format!("{related}</Relationships>"));
    xlsx(
        &Parts::of(HEADINGS).with("xl/_rels/workbook.xml.rels", &related).zip(),
        &expect![[r#"
        lỗi[tep-khong-doc-duoc]: tệp Excel bị hỏng, hoặc không đúng cách Excel lưu
        --> ho_so/a.xlsx
         = gợi ý: mở bằng Excel rồi lưu lại thành tệp mới; Excel không mở được thì xin lại tệp

        ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
}

#[test]
fn as_many_strings_and_cells_as_the_limits_allow_are_answered() {
    let strings = format!("<sst {MAIN}>{}</sst>", "<si><t>Đường số 1</t></si>".repeat(990_000));
    let row = format!("<row>{}</row>", "<c t='s'><v>989999</v></c>".repeat(48));
    let sheet = format!("<sheetData>{}</sheetData>", row.repeat(20_000));
    let parts = Parts::of_sheet(&sheet).with("xl/sharedStrings.xml", &strings);
    xlsx(
        &parts.zip(),
        &expect![[r#"
        lỗi[qua-lon]: tệp có quá nhiều ô (kể cả ô trống đã kẻ khung) hoặc quá nhiều chữ
        --> ho_so/a.xlsx
         = gợi ý: chép bảng cần đọc sang một tệp Excel mới

        ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
}

#[test]
fn a_text_as_long_as_a_workbook_may_be_is_refused() {
    let strings = format!("<sst {MAIN}><si><t>{}</t></si></sst>", "a&lt;".repeat(12_000_000));
    let sheet = format!("{HEADINGS}\nI|<c t=\"s\"><v>0</v></c>|1|2");
    xlsx(
        &Parts::of(&sheet).with("xl/sharedStrings.xml", &strings).zip(),
        &expect![[r#"
            lỗi[qua-lon]: tệp có quá nhiều ô (kể cả ô trống đã kẻ khung) hoặc quá nhiều chữ
            --> ho_so/a.xlsx
             = gợi ý: chép bảng cần đọc sang một tệp Excel mới

            ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
        "#]],
    );
}

#[test]
fn a_cell_in_the_last_corner_of_a_sheet_is_told_by_its_name() {
    let far = r#"<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#;
    let sheet =
        format!("<sheetData>{}{far}</sheetData>", cells(&format!("{HEADINGS}\nI|Đường A|1|2")));
    xlsx(
        &Parts::of_sheet(&sheet).zip(),
        &expect![[r#"
        lỗi[vung-la]: trang “Biểu 1”: ô XFD1048576 có chữ mà cột XFD không có đề mục ở dòng 1
          --> ho_so/ho_so.yaml:38:12
           |
        38 |       tep: a.xlsx
           |            ^^^^^^ phu_luc[0].dong_tu_tep.tep
           |
           = gợi ý: xóa ô thừa, ghi khóa của cột vào ô XFD1, hoặc giới hạn bằng `vung`

        ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
}

#[test]
fn a_cell_beyond_the_last_corner_is_refused() {
    xlsx(
        &Parts::of_sheet(
            r#"<sheetData><row r="1048577"><c r="XFE1048577"><v>1</v></c></row></sheetData>"#,
        )
        .zip(),
        &expect![[r#"
            lỗi[tep-khong-doc-duoc]: tệp Excel bị hỏng, hoặc không đúng cách Excel lưu
            --> ho_so/a.xlsx
             = gợi ý: mở bằng Excel rồi lưu lại thành tệp mới; Excel không mở được thì xin lại tệp

            ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
        "#]],
    );
}

#[test]
fn a_million_rows_are_refused() {
    let sheet =
        format!("<sheetData>{}</sheetData>", "<row><c><v>1</v></c></row>".repeat(1_000_000));
    xlsx(
        &Parts::of_sheet(&sheet).zip(),
        &expect![[r#"
            lỗi[qua-lon]: trang tính có hơn 100.000 dòng có chữ
            --> ho_so/a.xlsx
             = gợi ý: giới hạn bằng `vung`, hoặc chia bảng thành nhiều phụ lục

            ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
        "#]],
    );
}

#[test]
fn sixteen_million_blank_cells_are_refused() {
    let row = format!("<row>{}</row>", "<c/>".repeat(16_000));
    let sheet = format!("<sheetData>{}</sheetData>", row.repeat(1_000));
    xlsx(
        &Parts::of_sheet(&sheet).zip(),
        &expect![[r#"
            lỗi[qua-lon]: tệp có quá nhiều ô (kể cả ô trống đã kẻ khung) hoặc quá nhiều chữ
            --> ho_so/a.xlsx
             = gợi ý: chép bảng cần đọc sang một tệp Excel mới

            ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
        "#]],
    );
}

#[test]
fn more_cells_than_a_million_are_refused() {
    let row = format!("<row>{}</row>", "<c><v>1</v></c>".repeat(60));
    xlsx(
        &Parts::of_sheet(&format!("<sheetData>{}</sheetData>", row.repeat(20_000))).zip(),
        &expect![[r#"
            lỗi[qua-lon]: trang tính có hơn 1.000.000 ô, hoặc quá nhiều chữ
            --> ho_so/a.xlsx
             = gợi ý: giới hạn bằng `vung`, hoặc chép bảng cần đọc sang một tệp Excel mới

            ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
        "#]],
    );
}

#[test]
fn more_headings_than_any_table_has_are_refused() {
    let row = format!("<row>{}</row>", "<c><v>1</v></c>".repeat(10_000));
    xlsx(
        &Parts::of_sheet(&format!("<sheetData>{row}</sheetData>")).zip(),
        &expect![[r#"
            lỗi[qua-lon]: dòng 1 của trang “Biểu 1” có 10.000 ô, tối đa 500
            --> ho_so/a.xlsx
             = gợi ý: xóa các cột không dùng khỏi tệp

            ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
        "#]],
    );
}

#[test]
fn a_million_merged_cells_are_passed_over_where_nothing_is_read() {
    let merged = "<mergeCell ref=\"H1:H9\"/>".repeat(1_000_000);
    let sheet = format!(
        "<sheetData>{}</sheetData><mergeCells>{merged}</mergeCells>",
        cells(&format!("{HEADINGS}\nI|Đường A|1|2"))
    );
    xlsx(
        &Parts::of_sheet(&sheet).zip(),
        &expect![[r#"
        ho_so: 0 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
}

#[test]
fn error_cells_are_told_one_by_one() {
    rows(
        "I|Đường A|#REF!|2\nII|Cầu B|1|#SPILL!",
        &expect![[r#"
            lỗi[o-sai]: ô có lỗi #REF! của Excel
             --> ho_so/a.xlsx, trang “Biểu 1”, ô C2
              |
            2 | I | Đường A | #REF! | 2
              |               ^^^^^ phu_luc[0].dong[0].nstw
              |
              = gợi ý: sửa công thức hoặc gõ giá trị vào ô này, rồi lưu lại

            lỗi[o-sai]: ô có lỗi #SPILL! của Excel
             --> ho_so/a.xlsx, trang “Biểu 1”, ô D3
              |
            3 | II | Cầu B | 1 | #SPILL!
              |                  ^^^^^^^ phu_luc[0].dong[1].nsdp
              |
              = gợi ý: sửa công thức hoặc gõ giá trị vào ô này, rồi lưu lại

            ho_so: 2 lỗi, 0 cảnh báo, 0 thông tin
        "#]],
    );
}

#[test]
fn a_formula_without_its_result_is_told() {
    rows(
        "I|Đường A|<c><f>1+2</f></c>|<c><f>1+2</f><v>3</v></c>",
        &expect![[r#"
            lỗi[o-sai]: ô có công thức nhưng tệp chưa lưu kết quả
             --> ho_so/a.xlsx, trang “Biểu 1”, ô C2
              |
            2 | I | Đường A |  | 3
              |               ^ phu_luc[0].dong[0].nstw
              |
              = gợi ý: mở tệp bằng Excel, đợi tính xong rồi lưu lại

            ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
        "#]],
    );
}

#[test]
fn a_formula_whose_result_is_no_text_is_a_blank_cell() {
    rows(
        "I|Đường A|<c t=\"str\"><f>IF(1,\"\",1)</f><v></v></c>|2",
        &expect![[r#"
            thông tin[cot-trong]: 1 cột không có số liệu nào: `nstw`
              --> ho_so/ho_so.yaml:27:7
               |
            27 |       - {khoa: stt, ten: STT, kieu: stt}
               |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ phu_luc[0].cot
               |
               = gợi ý: muốn bảng gọn hơn thì ghi `an_cot_trong: co`; muốn giữ cột thì ghi `an_cot_trong: khong`

            ho_so: 0 lỗi, 0 cảnh báo, 1 thông tin
        "#]],
    );
}

#[test]
fn merged_cells_among_the_rows_are_refused() {
    let sheet = format!(
        "<sheetData>{}</sheetData><mergeCells><mergeCell ref=\"A2:A3\"/><mergeCell ref=\"A5:D5\"/></mergeCells>",
        cells(&format!("{HEADINGS}\nI|Đường A|1|2\n|Cầu B|3|4\nII|Bến xe|5|6\nTổng cộng"))
    );
    xlsx(
        &Parts::of_sheet(&sheet).zip(),
        &expect![[r#"
            lỗi[duoi-bang]: dòng 5 ở dưới bảng, từ “Tổng cộng”, chưa rõ có là dòng của bảng không
              --> ho_so/ho_so.yaml:38:12
               |
            38 |       tep: a.xlsx
               |            ^^^^^^ phu_luc[0].dong_tu_tep.tep
               |
               = gợi ý: không phải thì ghi `vung: A1:D4` dưới `dong_tu_tep:`; phải thì bỏ gộp ô (Unmerge Cells) rồi ghi `vung: A1:D5`

            lỗi[o-sai]: ô gộp A2:A3 nằm trong số liệu, chỉ ô đầu có giá trị
             --> ho_so/a.xlsx, trang “Biểu 1”, ô A2
              |
            2 | I | Đường A | 1 | 2
              | ^ phu_luc[0].dong[0].nhom
              |
              = gợi ý: trong Excel bỏ gộp ô (Unmerge Cells) rồi ghi giá trị vào từng ô; nếu là đề mục, cho `vung` bắt đầu từ dòng số liệu đầu tiên và ghi `cot` bằng chữ cái

            ho_so: 2 lỗi, 0 cảnh báo, 0 thông tin
        "#]],
    );
}

#[test]
fn days_that_never_were_are_told() {
    rows(
        "I|<c s=\"1\"><v>60</v></c>|1|2\nI|<c s=\"1\"><v>-1</v></c>|1|2\nI|<c s=\"1\"><v>44789</v></c>|1|2",
        &expect![[r#"
            lỗi[o-sai]: ô có định dạng ngày nhưng chứa số 60, không ứng với ngày nào
             --> ho_so/a.xlsx, trang “Biểu 1”, ô B2
              |
            2 | I | 60 | 1 | 2
              |     ^^ phu_luc[0].dong[0].ten_du_an
              |
              = gợi ý: ngày trước năm 1900 thì gõ dưới dạng chữ; nếu là số thì đổi định dạng của ô thành số

            lỗi[o-sai]: ô có định dạng ngày nhưng chứa số -1, không ứng với ngày nào
             --> ho_so/a.xlsx, trang “Biểu 1”, ô B3
              |
            3 | I | -1 | 1 | 2
              |     ^^ phu_luc[0].dong[1].ten_du_an
              |
              = gợi ý: ngày trước năm 1900 thì gõ dưới dạng chữ; nếu là số thì đổi định dạng của ô thành số

            ho_so: 2 lỗi, 0 cảnh báo, 0 thông tin
        "#]],
    );
}

#[test]
fn days_of_a_workbook_from_an_old_macintosh_count_from_1904() {
    let sheet = format!("{HEADINGS}\nI|<c s=\"1\"><v>43327</v></c>|<c s=\"1\"><v>43327</v></c>|2");
    let old = workbook("date1904=\"1\"", &[("Biểu 1", "")]);
    xlsx(
        &Parts::of(&sheet).with("xl/workbook.xml", &old).zip(),
        &expect![[r#"
        lỗi[so-tien-sai]: “16/08/2022” không phải số theo lối viết Việt Nam: ký tự “/” không thuộc một số
         --> ho_so/a.xlsx, trang “Biểu 1”, ô C2
          |
        2 | I | 16/08/2022 | 16/08/2022 | 2
          |                  ^^^^^^^^^^ phu_luc[0].dong[0].nstw
          |
          = gợi ý: số chỉ gồm chữ số, dấu chấm phân nhóm, dấu phẩy thập phân và dấu trừ ở đầu

        ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
}

#[test]
fn a_time_is_told() {
    let cells = "I|<c s=\"2\"><v>0.5</v></c>|1|2\nI|<c s=\"1\"><v>44789.5</v></c>|1|2";
    keyed(
        "      doc: gia_tri",
        &Parts::of(&format!("{HEADINGS}\n{cells}")),
        &expect![[r#"
            lỗi[o-sai]: ô ghi giờ, hoặc cả ngày và giờ; 2 ô như vậy trong B2:B3
             --> ho_so/a.xlsx, trang “Biểu 1”, ô B2
              |
            2 | I | 0,5 | 1 | 2
              |     ^^^ phu_luc[0].dong[0].ten_du_an
              |
              = gợi ý: định dạng ô là chữ (Text) rồi gõ lại, hoặc dùng hàm INT để chỉ giữ ngày

            ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
        "#]],
    );
}

#[test]
fn a_day_in_a_column_of_amounts_is_told() {
    rows(
        "I|Đường A|<c s=\"1\"><v>44789</v></c>|2",
        &expect![[r#"
            lỗi[so-tien-sai]: “16/08/2022” không phải số theo lối viết Việt Nam: ký tự “/” không thuộc một số
             --> ho_so/a.xlsx, trang “Biểu 1”, ô C2
              |
            2 | I | Đường A | 16/08/2022 | 2
              |               ^^^^^^^^^^ phu_luc[0].dong[0].nstw
              |
              = gợi ý: số chỉ gồm chữ số, dấu chấm phân nhóm, dấu phẩy thập phân và dấu trừ ở đầu

            ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
        "#]],
    );
}

#[test]
fn a_share_in_a_column_of_amounts_is_told_as_it_is_shown() {
    rows(
        "I|Đường A|<c s=\"3\"><v>0.25</v></c>|2",
        &expect![[r#"
            lỗi[so-tien-sai]: “25%” không phải số theo lối viết Việt Nam: ký tự “%” không thuộc một số
             --> ho_so/a.xlsx, trang “Biểu 1”, ô C2
              |
            2 | I | Đường A | 25% | 2
              |               ^^^ phu_luc[0].dong[0].nstw
              |
              = gợi ý: số chỉ gồm chữ số, dấu chấm phân nhóm, dấu phẩy thập phân và dấu trừ ở đầu

            ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
        "#]],
    );
}

#[test]
fn a_boolean_in_a_column_of_amounts_is_told() {
    rows(
        "I|Đường A|<c t=\"b\"><v>1</v></c>|2",
        &expect![[r#"
            lỗi[so-tien-sai]: “TRUE” không phải số, mà chỗ này chỉ ghi số
             --> ho_so/a.xlsx, trang “Biểu 1”, ô C2
              |
            2 | I | Đường A | TRUE | 2
              |               ^^^^ phu_luc[0].dong[0].nstw
              |
              = gợi ý: chưa có số liệu thì để trống; lời giải thích ghi ở một cột chữ

            ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
        "#]],
    );
}

#[test]
fn a_text_in_a_column_of_amounts_is_told() {
    rows(
        "I|Đường A|chưa có|2",
        &expect![[r#"
            lỗi[so-tien-sai]: “chưa có” không phải số, mà chỗ này chỉ ghi số
             --> ho_so/a.xlsx, trang “Biểu 1”, ô C2
              |
            2 | I | Đường A | chưa có | 2
              |               ^^^^^^^ phu_luc[0].dong[0].nstw
              |
              = gợi ý: chưa có số liệu thì để trống; lời giải thích ghi ở một cột chữ

            ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
        "#]],
    );
}

#[test]
fn a_number_that_no_amount_holds_is_told() {
    rows(
        "I|Đường A|1e40|5.55111512312578e-17",
        &expect![[r#"
            lỗi[o-sai]: số 1e40 quá lớn, hoặc là phần lẻ thừa của phép tính
             --> ho_so/a.xlsx, trang “Biểu 1”, ô C2
              |
            2 | I | Đường A | 1e40 | 5.55111512312578e-17
              |               ^^^^ phu_luc[0].dong[0].nstw
              |
              = gợi ý: nếu là phần lẻ thừa, dùng hàm ROUND trong công thức; nếu không, đổi đơn vị tính

            lỗi[o-sai]: số 5.55111512312578e-17 quá lớn, hoặc là phần lẻ thừa của phép tính
             --> ho_so/a.xlsx, trang “Biểu 1”, ô D2
              |
            2 | I | Đường A | 1e40 | 5.55111512312578e-17
              |                      ^^^^^^^^^^^^^^^^^^^^ phu_luc[0].dong[0].nsdp
              |
              = gợi ý: nếu là phần lẻ thừa, dùng hàm ROUND trong công thức; nếu không, đổi đơn vị tính

            ho_so: 2 lỗi, 0 cảnh báo, 0 thông tin
        "#]],
    );
}

#[test]
fn numbers_stored_as_text_are_asked_about() {
    let text = |text: &str| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>");
    rows(
        &format!("I|Đường A|{}|{}", text("1,234"), text("1.234,5")),
        &expect![[r#"
            lỗi[so-dang-chu]: số “1,234” nằm trong ô dưới dạng chữ
             --> ho_so/a.xlsx, trang “Biểu 1”, ô C2
              |
            2 | I | Đường A | 1,234 | 1.234,5
              |               ^^^^^ phu_luc[0].dong[0].nstw
              |
              = gợi ý: nếu là một phẩy hai trăm ba mươi tư, ghi `so_dang_chu: viet_nam` dưới `dong_tu_tep:`; nếu là một nghìn hai trăm ba mươi tư, ghi `so_dang_chu: quoc_te`

            lỗi[so-dang-chu]: số “1.234,5” nằm trong ô dưới dạng chữ
             --> ho_so/a.xlsx, trang “Biểu 1”, ô D2
              |
            2 | I | Đường A | 1,234 | 1.234,5
              |                       ^^^^^^^ phu_luc[0].dong[0].nsdp
              |
              = gợi ý: trong Excel đổi ô thành số (Convert to Number), hoặc ghi `so_dang_chu: viet_nam` dưới `dong_tu_tep:`

            ho_so: 2 lỗi, 0 cảnh báo, 0 thông tin
        "#]],
    );
}

#[test]
fn numbers_stored_as_text_are_read_in_the_notation_that_is_declared() {
    let text = |text: &str| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let sheet = format!("{HEADINGS}\nI|Đường A|{}|{}", text("1,234"), text("1,234.5"));
    keyed(
        "      so_dang_chu: quoc_te",
        &Parts::of(&sheet),
        &expect![[r#"
        ho_so: 0 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
    keyed(
        "      so_dang_chu: viet_nam",
        &Parts::of(&sheet),
        &expect![[r#"
            lỗi[so-tien-sai]: “1,234.5” không phải số theo lối viết Việt Nam: dấu chấm phân nhóm ba chữ số, dấu phẩy trước phần thập phân
             --> ho_so/a.xlsx, trang “Biểu 1”, ô D2
              |
            2 | I | Đường A | 1,234 | 1,234.5
              |                       ^^^^^^^ phu_luc[0].dong[0].nsdp
              |
              = gợi ý: nếu là một nghìn hai trăm ba mươi tư phẩy năm, viết “1.234,5”

            ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
        "#]],
    );
}

#[test]
fn hidden_rows_and_columns_are_read_with_a_warning() {
    let hidden = cells(&format!("{HEADINGS}\nI|Đường A|1|2\nII|Cầu B|3|4"))
        .replace("<row r=\"3\"", "<row r=\"3\" hidden=\"1\"");
    let sheet = format!(
        "<cols><col min=\"3\" max=\"3\" hidden=\"1\"/></cols><sheetData>{hidden}</sheetData>"
    );
    xlsx(
        &Parts::of_sheet(&sheet).zip(),
        &expect![[r#"
        cảnh báo[o-an]: trang “Biểu 1” có 1 dòng đang ẩn mà vẫn được đọc: 3
          --> ho_so/ho_so.yaml:38:12
           |
        38 |       tep: a.xlsx
           |            ^^^^^^ phu_luc[0].dong_tu_tep.tep
           |
           = gợi ý: bỏ ẩn để xem lại; dòng không cần thì xóa khỏi tệp

        cảnh báo[o-an]: trang “Biểu 1” có 1 cột đang ẩn mà vẫn được đọc: C
          --> ho_so/ho_so.yaml:38:12
           |
        38 |       tep: a.xlsx
           |            ^^^^^^ phu_luc[0].dong_tu_tep.tep
           |
           = gợi ý: bỏ ẩn để xem lại; cột không cần thì xóa khỏi tệp

        ho_so: 0 lỗi, 2 cảnh báo, 0 thông tin
    "#]],
    );
}

#[test]
fn hidden_rows_may_be_accepted_with_a_reason() {
    let hidden = cells(&format!("{HEADINGS}\nI|Đường A|1|2"))
        .replace("<row r=\"2\"", "<row r=\"2\" hidden=\"1\"");
    let parts = Parts::of_sheet(&format!("<sheetData>{hidden}</sheetData>"));
    let accepted =
        "chap_nhan:\n  - id: o-an\n    tai: phu_luc[0].dong_tu_tep.tep\n    ly_do: Bộ lọc ẩn\n";
    let said = said_with(accepted, "      tep: a.xlsx", "a.xlsx", &parts.zip());
    expect![[r#"
        thông tin[o-an]: trang “Biểu 1” có 1 dòng đang ẩn mà vẫn được đọc: 2
          --> ho_so/ho_so.yaml:38:12
           |
        38 |       tep: a.xlsx
           |            ^^^^^^ phu_luc[0].dong_tu_tep.tep
           |
           = đã chấp nhận: Bộ lọc ẩn

        ho_so: 0 lỗi, 0 cảnh báo, 1 thông tin
    "#]]
    .assert_eq(&said);
}

#[test]
fn letters_that_only_look_right_and_unseen_characters_are_told_at_their_cells() {
    rows(
        "I|Ðường A\u{200b}|1|2\nII|e\u{302}\u{323}|1|2",
        &expect![[r#"
            lỗi[ky-tu-cam]: có ký tự không nhìn thấy (U+200B) trong tệp
             --> ho_so/a.xlsx, trang “Biểu 1”, ô B2
              |
            2 | I | Ðường A[U+200B] | 1 | 2
              |            ^
              |
              = gợi ý: xóa ký tự này: đặt con trỏ ngay sau nó rồi bấm phím xóa lùi

            cảnh báo[chu-giong-hinh]: chữ “Ð” (U+00D0) chỉ trông giống “Đ”
             --> ho_so/a.xlsx, trang “Biểu 1”, ô B2
              |
            2 | I | Ðường A[U+200B] | 1 | 2
              |     ^
              |
              = gợi ý: gõ lại chữ “Đ”

            thông tin[chua-nfc]: 1 ô có dấu tiếng Việt viết rời (Unicode tổ hợp); chương trình đã ghép thành Unicode dựng sẵn
             --> ho_so/a.xlsx, trang “Biểu 1”, ô B3
              |
            3 | II | ệ | 1 | 2
              |      ^
              |
              = gợi ý: trong bộ gõ, chọn bảng mã “Unicode” (dựng sẵn)

            ho_so: 1 lỗi, 1 cảnh báo, 1 thông tin
        "#]],
    );
}

#[test]
fn an_unknown_group_is_told_at_its_cell() {
    rows(
        "III|Đường A|1|2\n|Cầu B|1|2",
        &expect![[r#"
            lỗi[nhom-la]: bảng không có nhóm `III`
             --> ho_so/a.xlsx, trang “Biểu 1”, ô A2
              |
            2 | III | Đường A | 1 | 2
              | ^^^ phu_luc[0].dong[0].nhom
              |
              = gợi ý: có phải ý anh/chị là “II”?

            lỗi[nhom-la]: dòng chưa thuộc nhóm nào
             --> ho_so/a.xlsx, trang “Biểu 1”, ô A3
              |
            3 |  | Cầu B | 1 | 2
              | ^ phu_luc[0].dong[1].nhom
              |
              = gợi ý: chọn một trong: `I`, `II`

            ho_so: 2 lỗi, 0 cảnh báo, 0 thông tin
        "#]],
    );
}

#[test]
fn which_of_several_sheets_is_asked() {
    xlsx(
        &two_sheets().zip(),
        &expect![[r#"
        lỗi[vung-la]: tệp có 2 trang, chưa biết đọc trang nào
          --> ho_so/ho_so.yaml:38:12
           |
        38 |       tep: a.xlsx
           |            ^^^^^^ phu_luc[0].dong_tu_tep.tep
           |
           = gợi ý: ghi thêm `trang` dưới `dong_tu_tep:`; chọn một trong: `Biểu 1`, `Biểu 2`

        ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
}

#[test]
fn an_unknown_sheet_is_guessed() {
    keyed(
        "      trang: bieu 1",
        &two_sheets(),
        &expect![[r#"
        lỗi[vung-la]: tệp không có trang “bieu 1”
          --> ho_so/ho_so.yaml:39:14
           |
        39 |       trang: bieu 1
           |              ^^^^^^ phu_luc[0].dong_tu_tep.trang
           |
           = gợi ý: có phải ý anh/chị là “Biểu 1”?

        ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
}

#[test]
fn a_blank_sheet_is_told() {
    keyed(
        "      trang: Biểu 2",
        &two_sheets(),
        &expect![[r#"
        lỗi[vung-la]: trang “Biểu 2” không có ô nào có chữ
          --> ho_so/ho_so.yaml:38:12
           |
        38 |       tep: a.xlsx
           |            ^^^^^^ phu_luc[0].dong_tu_tep.tep
           |
           = gợi ý: kiểm tra tên trang và vùng trong Excel

        ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
}

#[test]
fn a_sheet_whose_part_is_missing_is_told() {
    keyed(
        "      trang: Nháp",
        &two_sheets(),
        &expect![[r#"
        lỗi[tep-khong-doc-duoc]: tệp Excel bị hỏng, hoặc không đúng cách Excel lưu
        --> ho_so/a.xlsx
         = gợi ý: mở bằng Excel rồi lưu lại thành tệp mới; Excel không mở được thì xin lại tệp

        ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
}

#[test]
fn an_area_where_nothing_stands_is_told() {
    keyed(
        "      vung: F10:H20",
        &Parts::of(HEADINGS),
        &expect![[r#"
        lỗi[vung-la]: vùng F10:H20 của trang “Biểu 1” không có ô nào có chữ
          --> ho_so/ho_so.yaml:39:13
           |
        39 |       vung: F10:H20
           |             ^^^^^^^ phu_luc[0].dong_tu_tep.vung
           |
           = gợi ý: kiểm tra tên trang và vùng trong Excel

        ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
}

#[test]
fn an_area_that_is_none_is_told() {
    keyed(
        "      vung: A5-AC30",
        &Parts::of(HEADINGS),
        &expect![[r#"
        lỗi[vung-la]: “A5-AC30” không phải một vùng của trang tính
          --> ho_so/ho_so.yaml:39:13
           |
        39 |       vung: A5-AC30
           |             ^^^^^^^ phu_luc[0].dong_tu_tep.vung
           |
           = gợi ý: ghi ô góc trên bên trái và ô góc dưới bên phải, ví dụ `vung: A5:AC30`

        ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
}

#[test]
fn two_ways_to_say_where_the_rows_are_are_one_too_many() {
    keyed(
        "      vung: A1:D9\n      bang: Table1",
        &Parts::of(HEADINGS),
        &expect![[r#"
        lỗi[sai-kieu]: có cả `vung` và `bang`
          --> ho_so/ho_so.yaml:39:7
           |
        39 |       vung: A1:D9
           |       ^^^^ phu_luc[0].dong_tu_tep.vung
           |
           = gợi ý: giữ một khóa, bỏ khóa kia

        ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
}

#[test]
fn an_unknown_table_is_told() {
    keyed(
        "      bang: DuAn",
        &Parts::of(HEADINGS),
        &expect![[r#"
        lỗi[vung-la]: tệp không có bảng `DuAn`
          --> ho_so/ho_so.yaml:39:13
           |
        39 |       bang: DuAn
           |             ^^^^ phu_luc[0].dong_tu_tep.bang
           |
           = gợi ý: tệp không có bảng (Table) nào; dùng `vung`, hoặc trong Excel chọn vùng rồi bấm Ctrl+T

        ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
}

#[test]
fn headings_that_are_no_keys_are_told_once() {
    xlsx(
        &Parts::of("Biểu số 01\n\nTT|Công trình|Trung ương|Địa phương\n1|Đường A|1|2").zip(),
        &expect![[r#"
            lỗi[vung-la]: dòng 1 của trang “Biểu 1” không ghi khóa của cột nào
             --> ho_so/a.xlsx, trang “Biểu 1”, ô A1:D1
              |
            1 | Biểu số 01 |  |  | 
              | ^^^^^^^^^^^^^^^^^^^
              |
              = gợi ý: ghi khóa của các cột ở dòng ấy (`nhom,ten_du_an,nstw,nsdp`); hoặc giữ nguyên tệp: ghi số của dòng đề mục ở `dong_dau` và chỉ ra từng cột ở `cot`; bảng có sẵn dòng tổng, dòng nhóm thì ghi `nhom: theo_stt`

            ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
        "#]],
    );
}

#[test]
fn a_cell_without_a_heading_is_told() {
    rows(
        "I|Đường A|1|2|ghi chú",
        &expect![[r#"
        lỗi[vung-la]: trang “Biểu 1”: ô E2 có chữ mà cột E không có đề mục ở dòng 1
          --> ho_so/ho_so.yaml:38:12
           |
        38 |       tep: a.xlsx
           |            ^^^^^^ phu_luc[0].dong_tu_tep.tep
           |
           = gợi ý: xóa ô thừa, ghi khóa của cột vào ô E1, hoặc giới hạn bằng `vung`

        ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
}

#[test]
fn a_heading_that_is_missing_or_given_twice_is_told() {
    xlsx(
        &Parts::of("nhom|ten_du_an|nstw|nstw|ghi_chu\nI|Đường A|1|2").zip(),
        &expect![[r#"
            lỗi[cot-la]: dòng 1 của trang “Biểu 1” thiếu cột `nsdp`
             --> ho_so/a.xlsx, trang “Biểu 1”, ô A1:E1
              |
            1 | nhom | ten_du_an | nstw | nstw | ghi_chu
              | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = gợi ý: thêm cột vào tệp; ô không có số liệu thì để trống

            lỗi[cot-la]: cột `nstw` có hai lần trong tệp
             --> ho_so/a.xlsx, trang “Biểu 1”, ô D1
              |
            1 | nhom | ten_du_an | nstw | nstw | ghi_chu
              |                           ^^^^
              |
              = gợi ý: giữ một cột, xóa cột kia

            lỗi[cot-la]: bảng không có cột `ghi_chu`
             --> ho_so/a.xlsx, trang “Biểu 1”, ô E1
              |
            1 | nhom | ten_du_an | nstw | nstw | ghi_chu
              |                                  ^^^^^^^
              |
              = gợi ý: chọn một trong: `nhom`, `stt`, `ten_du_an`, `tong`, `nstw`, `nsdp`

            ho_so: 3 lỗi, 0 cảnh báo, 0 thông tin
        "#]],
    );
}

#[test]
fn a_map_that_names_what_is_not_there_is_told() {
    keyed(
        "      dong_dau: 2\n      cot: {nhom: Nhóm, ten_du_an: Công trinh, nstw: ZZ, nsdp: Vốn ĐP, kh: Vốn}",
        &office(),
        &expect![[r#"
            lỗi[vung-la]: dòng 2 của trang “Biểu 1” không có đề mục “Công trinh”
              --> ho_so/ho_so.yaml:40:36
               |
            40 |       cot: {nhom: Nhóm, ten_du_an: Công trinh, nstw: ZZ, nsdp: Vốn ĐP, kh: Vốn}
               |                                    ^^^^^^^^^^ phu_luc[0].dong_tu_tep.cot.ten_du_an
               |
               = gợi ý: có phải ý anh/chị là “Công trình”?

            lỗi[vung-la]: dòng 2 của trang “Biểu 1” không có đề mục “ZZ”, và cột ZZ nằm ngoài phần có chữ: A đến E
              --> ho_so/ho_so.yaml:40:54
               |
            40 |       cot: {nhom: Nhóm, ten_du_an: Công trinh, nstw: ZZ, nsdp: Vốn ĐP, kh: Vốn}
               |                                                      ^^ phu_luc[0].dong_tu_tep.cot.nstw
               |
               = gợi ý: ghi chữ cái của một cột trong phần ấy, hoặc đề mục của nó; chọn một trong: `Nhóm`, `Công trình`, `Vốn`, `Ghi chú`

            lỗi[vung-la]: dòng 2 của trang “Biểu 1” không có đề mục “Vốn ĐP”
              --> ho_so/ho_so.yaml:40:64
               |
            40 |       cot: {nhom: Nhóm, ten_du_an: Công trinh, nstw: ZZ, nsdp: Vốn ĐP, kh: Vốn}
               |                                                                ^^^^^^ phu_luc[0].dong_tu_tep.cot.nsdp
               |
               = gợi ý: chọn một trong: `Nhóm`, `Công trình`, `Vốn`, `Ghi chú`

            lỗi[cot-la]: bảng không có cột `kh`
              --> ho_so/ho_so.yaml:40:72
               |
            40 |       cot: {nhom: Nhóm, ten_du_an: Công trinh, nstw: ZZ, nsdp: Vốn ĐP, kh: Vốn}
               |                                                                        ^^ phu_luc[0].dong_tu_tep.cot.kh
               |
               = gợi ý: chọn một trong: `nhom`, `stt`, `ten_du_an`, `tong`, `nstw`, `nsdp`

            ho_so: 4 lỗi, 0 cảnh báo, 0 thông tin
        "#]],
    );
}

#[test]
fn a_heading_that_stands_twice_is_asked_for_its_letters() {
    keyed(
        "      dong_dau: 3\n      cot: {nhom: A, ten_du_an: B, nstw: C, nsdp: Tổng số}",
        &office(),
        &expect![[r#"
            lỗi[vung-la]: dòng 3 của trang “Biểu 1” có 2 đề mục “Tổng số”: cột C, D
              --> ho_so/ho_so.yaml:40:51
               |
            40 |       cot: {nhom: A, ten_du_an: B, nstw: C, nsdp: Tổng số}
               |                                                   ^^^^^^^ phu_luc[0].dong_tu_tep.cot.nsdp
               |
               = gợi ý: ghi chữ cái của cột thay cho đề mục, ví dụ `C`

            ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
        "#]],
    );
}

#[test]
fn a_map_that_leaves_out_a_column_is_told() {
    keyed(
        "      dong_dau: 2\n      cot: {nhom: A, ten_du_an: B, nstw: B}",
        &office(),
        &expect![[r#"
            lỗi[cot-la]: `cot` chưa chỉ ra cột nào của tệp là `nsdp`
              --> ho_so/ho_so.yaml:40:7
               |
            40 |       cot: {nhom: A, ten_du_an: B, nstw: B}
               |       ^^^ phu_luc[0].dong_tu_tep.cot
               |
               = gợi ý: ghi thêm đề mục hoặc chữ cái của cột ấy trong tệp

            lỗi[vung-la]: `nstw` và `ten_du_an` cùng lấy từ một cột của tệp
              --> ho_so/ho_so.yaml:40:33
               |
            40 |       cot: {nhom: A, ten_du_an: B, nstw: B}
               |                                 ^ phu_luc[0].dong_tu_tep.cot.ten_du_an
               |
               = gợi ý: mỗi khóa lấy từ một cột riêng

            ho_so: 2 lỗi, 0 cảnh báo, 0 thông tin
        "#]],
    );
}

#[test]
fn letters_alone_need_to_know_where_the_rows_begin() {
    keyed(
        "      cot: {nhom: A, ten_du_an: B, nstw: C, nsdp: D}",
        &office(),
        &expect![[r#"
        lỗi[vung-la]: mọi cột ghi bằng chữ cái, nên chưa biết số liệu bắt đầu từ dòng nào
          --> ho_so/ho_so.yaml:39:12
           |
        39 |       cot: {nhom: A, ten_du_an: B, nstw: C, nsdp: D}
           |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ phu_luc[0].dong_tu_tep.cot
           |
           = gợi ý: ghi thêm `vung` là vùng số liệu, ví dụ `vung: A5:F30`; hoặc `dong_dau` là số của dòng đề mục cuối cùng

        ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
}

#[test]
fn an_offices_own_sheet_is_read_by_letters_and_an_area() {
    let map = "      cot: {nhom: A, ten_du_an: B, nstw: C, nsdp: D}";
    keyed(
        &format!("      vung: A4:E5\n{map}"),
        &office(),
        &expect![[r#"
        ho_so: 0 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
    keyed(
        &format!("      dong_dau: 3\n{map}"),
        &office(),
        &expect![[r#"
        ho_so: 0 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
}

#[test]
fn a_wrong_total_points_at_the_cell_of_the_workbook() {
    xlsx(
        &Parts::of("nhom|ten_du_an|tong|nstw|nsdp\nI|Đường A|9|1|2").zip(),
        &expect![[r#"
        lỗi[tong-hang-khong-khop]: ô tổng ghi 9, cộng nstw, nsdp được 3
         --> ho_so/a.xlsx, trang “Biểu 1”, ô C2
          |
        2 | I | Đường A | 9 | 1 | 2
          |               ^ phu_luc[0].dong[0].tong
          |
          = gợi ý: sửa ô tổng hoặc các ô thành phần; để trống ô tổng thì chương trình tự cộng

        ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
}

#[test]
fn a_csv_file_of_a_million_rows_is_refused() {
    csv(
        format!("nhom,ten_du_an,nstw,nsdp\n{}", "I,a,1,2\n".repeat(1_000_000)).as_bytes(),
        &expect![[r#"
            lỗi[qua-lon]: tệp có hơn 1.000.000 ô
            --> ho_so/a.csv
             = gợi ý: chỉ giữ trong tệp bảng cần đọc, hoặc chia bảng thành nhiều phụ lục

            ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
        "#]],
    );
}

#[test]
fn a_csv_file_of_sixteen_million_commas_is_refused() {
    csv(
        ",".repeat(16 << 20).as_bytes(),
        &expect![[r#"
            lỗi[qua-lon]: tệp có hơn 1.000.000 ô
            --> ho_so/a.csv
             = gợi ý: chỉ giữ trong tệp bảng cần đọc, hoặc chia bảng thành nhiều phụ lục

            ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
        "#]],
    );
}

#[test]
fn a_csv_file_of_more_than_16_mib_is_refused() {
    csv(
        &vec![b'a'; 17 << 20],
        &expect![[r#"
            lỗi[qua-lon]: tệp lớn hơn 16 MiB
            --> ho_so/a.csv
             = gợi ý: chia bảng thành nhiều phụ lục, mỗi phụ lục một tệp

            ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
        "#]],
    );
}

#[test]
fn a_csv_file_of_one_endless_line_is_refused() {
    csv(
        &vec![b'a'; 16 << 20],
        &expect![[r#"
            lỗi[qua-lon]: một ô có hơn 100.000 byte chữ
            --> ho_so/a.csv
             = gợi ý: kiểm tra dấu phân cách các ô và dấu nháy kép; ô dài thật thì rút gọn

            ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
        "#]],
    );
}

#[test]
fn a_quote_that_is_not_closed_is_told_in_a_long_csv_file() {
    csv(
        format!("nhom,ten_du_an,nstw,nsdp\nI,\"a,1,2\n{}", "I,a,1,2\n".repeat(200_000)).as_bytes(),
        &expect![[r#"
            lỗi[csv-sai]: dấu nháy kép mở ở đây không có dấu đóng
             --> ho_so/a.csv:2:3
              |
            2 | I,"a,1,2
              |   ^
              |
              = gợi ý: thêm dấu nháy kép ở cuối ô; dấu nháy bên trong ô viết hai lần ("")

            ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
        "#]],
    );
}

#[test]
fn a_csv_file_in_another_encoding_is_told() {
    csv(
        b"nhom,ten_du_an,nstw,nsdp\nI,\xd0\xfd\xf2ng A,1,2\n",
        &expect![[r#"
        lỗi[khong-utf8]: tệp không phải UTF-8 (từ dòng 2), có lẽ được lưu bằng mã ANSI của Windows
        --> ho_so/a.csv
         = gợi ý: trong Excel chọn Lưu thành (Save As), kiểu “CSV UTF-8”

        ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
}

#[test]
fn a_csv_file_of_nothing_but_zeros_is_refused() {
    csv(
        &vec![0; 1 << 20],
        &expect![[r#"
        lỗi[khong-utf8]: tệp được lưu bằng mã UTF-16, không phải UTF-8
        --> ho_so/a.csv
         = gợi ý: trong Excel chọn Lưu thành (Save As), kiểu “CSV UTF-8”

        ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
}

#[test]
fn a_csv_file_has_no_sheets() {
    csv_keyed(
        "      trang: Biểu 1\n      vung: A1:B2",
        "nhom,ten_du_an,nstw,nsdp\nI,a,1,2\n",
        &expect![[r#"
            lỗi[vung-la]: `trang` chỉ dùng cho tệp Excel (.xlsx), tệp CSV không có
              --> ho_so/ho_so.yaml:39:7
               |
            39 |       trang: Biểu 1
               |       ^^^^^ phu_luc[0].dong_tu_tep.trang
               |
               = gợi ý: bỏ `trang`

            lỗi[vung-la]: `vung` chỉ dùng cho tệp Excel (.xlsx), tệp CSV không có
              --> ho_so/ho_so.yaml:40:7
               |
            40 |       vung: A1:B2
               |       ^^^^ phu_luc[0].dong_tu_tep.vung
               |
               = gợi ý: bỏ `vung`

            ho_so: 2 lỗi, 0 cảnh báo, 0 thông tin
        "#]],
    );
}

#[test]
fn a_csv_file_is_read_by_a_map_of_headings() {
    let text = "Biểu số 01,,,,\nNhóm,Công trình,TW,ĐP,Ghi chú\nI,Đường A,1,2,x\n";
    csv_keyed(
        "      dong_dau: 2\n      cot: {nhom: Nhóm, ten_du_an: Công trình, nstw: TW, nsdp: ĐP}",
        text,
        &expect![[r#"
            ho_so: 0 lỗi, 0 cảnh báo, 0 thông tin
        "#]],
    );
    csv_keyed(
        "      dong_dau: 2\n      cot: {nhom: Nhóm, ten_du_an: Công trinh, nstw: TW, nsdp: ĐP}",
        text,
        &expect![[r#"
            lỗi[vung-la]: dòng 2 của tệp không có đề mục “Công trinh”
              --> ho_so/ho_so.yaml:40:36
               |
            40 |       cot: {nhom: Nhóm, ten_du_an: Công trinh, nstw: TW, nsdp: ĐP}
               |                                    ^^^^^^^^^^ phu_luc[0].dong_tu_tep.cot.ten_du_an
               |
               = gợi ý: có phải ý anh/chị là “Công trình”?

            ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
        "#]],
    );
    csv_keyed(
        "      dong_dau: 9",
        text,
        &expect![[r#"
        lỗi[vung-la]: tệp chỉ có 3 dòng
          --> ho_so/ho_so.yaml:39:17
           |
        39 |       dong_dau: 9
           |                 ^ phu_luc[0].dong_tu_tep.dong_dau
           |
           = gợi ý: ghi số của dòng đề mục, đếm từ 1

        ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
}

#[test]
fn a_csv_file_of_english_numbers_is_read_when_that_is_declared() {
    let text = "nhom,ten_du_an,nstw,nsdp\nI,Đường A,\"1,234\",12.5\nI,Đường B,\"1.234,5\",x\n";
    csv_keyed(
        "      so_dang_chu: quoc_te",
        text,
        &expect![[r#"
        lỗi[so-tien-sai]: “1.234,5” không phải số theo lối quốc tế: dấu phẩy phân nhóm ba chữ số, dấu chấm trước phần thập phân
         --> ho_so/a.csv:3:11
          |
        3 | I,Đường B,"1.234,5",x
          |           ^^^^^^^^^ phu_luc[0].dong[1].nstw
          |
          = gợi ý: viết như `1,234.5`; nếu các số viết theo lối Việt Nam, ghi `so_dang_chu: viet_nam`

        lỗi[so-tien-sai]: “x” không phải số, mà chỗ này chỉ ghi số
         --> ho_so/a.csv:3:21
          |
        3 | I,Đường B,"1.234,5",x
          |                     ^ phu_luc[0].dong[1].nsdp
          |
          = gợi ý: chưa có số liệu thì để trống; lời giải thích ghi ở một cột chữ

        ho_so: 2 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
}

fn two_sheets() -> Parts {
    let sheets = [("Biểu 1", ""), ("Biểu 2", ""), ("Nháp", "state=\"hidden\"")];
    Parts::of(&format!("{HEADINGS}\nI|Đường A|1|2"))
        .with("xl/workbook.xml", &workbook("", &sheets))
        .with("xl/worksheets/sheet2.xml", &worksheet("<sheetData/>"))
}

/// A sheet as an office makes it: a title, headings of two rows, a column of notes.
fn office() -> Parts {
    Parts::of(
        "BIỂU SỐ 01\nNhóm|Công trình|Vốn||Ghi chú\n||Tổng số|Tổng số\nI|Đường A|1|2|x\nII|Cầu B|3|4",
    )
}
