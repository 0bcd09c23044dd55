//! Sheets as offices keep them: totals among the rows, groups by their numbers, heads of
//! several lines, notes below. What is a total is told or checked, and never added up again.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod program;
mod workbook;

use std::fmt::Write as _;
use std::fs;

use expect_test::{Expect, expect};
use program::{stderr, stdout, vanthu_in};
use proptest::prelude::*;
use vanthu::doc::Block;
use vanthu::form::Stage;
use vanthu::render::{self, Office};
use workbook::{Parts, cells};

/// A report with one appendix, whose table is to follow.
const CASE: &str = "\
phien_ban: 1
loai: bao_cao
mau: noi_dung
co_quan_khac:
  chu_quan: ỦY BAN NHÂN DÂN TỈNH AN GIANG
  ten: SỞ TÀI CHÍNH
  ten_trong_cau: Sở Tài chính tỉnh An Giang
  ky_hieu: STC
  dia_danh: An Giang
so: 218
ngay: 15/12/2025
trich_yeu: Kết quả công tác năm 2025
huong: ngang_cap
noi_dung:
  ve: kết quả công tác năm 2025
  muc:
    - tieu_de: Kết quả thực hiện
      noi_dung: |
        Số liệu tại phụ lục kèm theo.
nguoi_ky:
  chuc_vu: GIÁM ĐỐC
  ho_ten: Trần Minh Khoa
noi_nhan:
  - Ủy ban nhân dân tỉnh
luu:
  noi_luu: VT
phu_luc:
  - tieu_de: SỐ LIỆU
    kho_giay: ngang
";

/// Number, name, plan, spent.
const PROJECTS: &str = "    cot:
      - {khoa: stt, ten: TT, kieu: stt}
      - {khoa: ten, ten: Tên dự án}
      - {khoa: kh, ten: Kế hoạch, kieu: so}
      - {khoa: gn, ten: Giải ngân, kieu: so}
";

/// Name and value.
const PLAIN: &str = "    cot:
      - {khoa: ten, ten: Tên}
      - {khoa: gt, ten: Giá trị, kieu: so}
";

struct Folder(tempfile::TempDir);

impl Folder {
    fn new(table: &str, files: &[(&str, Vec<u8>)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("ho_so");
        fs::create_dir(&inner).unwrap();
        fs::write(inner.join("ho_so.yaml"), format!("{CASE}{table}")).unwrap();
        for (name, bytes) in files {
            fs::write(inner.join(name), bytes).unwrap();
        }
        Self(folder)
    }

    /// What `check` says.
    fn said(&self) -> String {
        let ran = vanthu_in(self.0.path(), &["check", "ho_so"]);
        stderr(&ran) + &stdout(&ran)
    }

    /// The lines of the printed table, without its head.
    fn printed(&self) -> String {
        let office = Office::open(None).unwrap_or_else(|_| panic!("the embedded templates"));
        let folder = self.0.path().join("ho_so");
        let prepared = render::prepare(&folder, &office, Stage::Final).unwrap_or_else(|found| {
            panic!("{}", vanthu::diag::plain(&found.diagnostics, &found.sources))
        });
        let blocks = prepared.document.sections.iter().flat_map(|section| &section.blocks);
        let mut out = String::new();
        for block in blocks {
            let Block::Table(table) = block else { continue };
            for row in &table.rows {
                let texts: Vec<&str> = row.cells.iter().map(|cell| cell.text.as_str()).collect();
                writeln!(out, "{}", texts.join(" | ").trim_end()).unwrap();
            }
        }
        // Spaces that hold words together are layout.
        out.replace(['\u{a0}', '\u{2028}'], " ")
    }
}

fn sheet(rows: &str) -> Vec<u8> {
    Parts::of(rows).zip()
}

/// The same rows as a workbook and as a CSV file with semicolons.
fn files(rows: &str) -> [(&'static str, Vec<u8>); 2] {
    let csv: String = rows.lines().map(|line| line.replace('|', ";") + "\n").collect();
    [("a.xlsx", sheet(rows)), ("a.csv", csv.into_bytes())]
}

fn told(table: &str, file: &str, bytes: Vec<u8>, expected: &Expect) {
    expected.assert_eq(&Folder::new(table, &[(file, bytes)]).said());
}

/// What both kinds of files print, which is the same.
fn printed(columns: &str, from: &str, rows: &str, expected: &Expect) {
    let files = files(rows);
    for (name, _) in &files {
        let table = format!("{columns}    dong_tu_tep: {{tep: {name}{from}}}\n");
        expected.assert_eq(&Folder::new(&table, &files).printed());
    }
}

const OFFICE_SHEET: &str = "\
BIỂU SỐ 2|||
TÌNH HÌNH GIẢI NGÂN VỐN ĐẦU TƯ CÔNG|||
|||Đơn vị tính: triệu đồng
TT|Tên dự án|Kế hoạch|Giải ngân
A|B|1|2
|TỔNG SỐ|10|6
I|Giao thông|4|3
1|Đường A|1|1
2|Cầu B|3|2
II|Thủy lợi|6|3
1|Kè C|6|3
|||
Ghi chú: số liệu ước đến 15/12/2025|||
|Người lập biểu||Giám đốc";

#[test]
fn an_office_sheet_is_read_as_it_stands() {
    printed(
        PROJECTS,
        ", nhom: theo_stt",
        OFFICE_SHEET,
        &expect![[r#"
            TỔNG SỐ | 10 | 6
            I | Giao thông | 4 | 3
            1 | Đường A | 1 | 1
            2 | Cầu B | 3 | 2
            II | Thủy lợi | 6 | 3
            1 | Kè C | 6 | 3
        "#]],
    );
    let table = format!("{PROJECTS}    dong_tu_tep: {{tep: a.xlsx, nhom: theo_stt}}\n");
    told(
        &table,
        "a.xlsx",
        sheet(OFFICE_SHEET),
        &expect![[r#"
            thông tin[doc-theo-stt]: đọc 3 dòng, 2 nhóm, dòng tổng “TỔNG SỐ”; không đọc các dòng 13–14 ở dưới bảng
              --> ho_so/ho_so.yaml:35:38
               |
            35 |     dong_tu_tep: {tep: a.xlsx, nhom: theo_stt}
               |                                      ^^^^^^^^ phu_luc[0].dong_tu_tep.nhom
               |
               = gợi ý: xem lại bản in; dòng cần đọc thì ghi số thứ tự hoặc số liệu của nó trong tệp

            ho_so: 0 lỗi, 0 cảnh báo, 1 thông tin
        "#]],
    );
}

#[test]
fn heads_of_two_lines_with_merged_cells_are_found_by_their_names() {
    let rows = "\
DANH MỤC||||||
TT|Dự án|Kế hoạch||Giải ngân||Tỷ lệ (%)
||NSTW|NSĐP|NSTW|NSĐP|
(1)|(2)|(3)|(4)|(5)|(6)|(7)=(5)/(3)
I|Giao thông|3|5|2|1|0.5
1|Đường A|1|2|1|1|1
2|Cầu B|2|3|1||0.5
|Tổng cộng|3|5|2|1|";
    let columns = "    cot:
      - {khoa: stt, ten: STT, kieu: stt}
      - {khoa: ten, ten: Tên dự án}
      - {khoa: dp, ten: Địa phương, kieu: so}
      - {khoa: gn, ten: Trung ương, kieu: so}
";
    let merged = "<mergeCells count=\"6\"><mergeCell ref=\"A1:G1\"/><mergeCell ref=\"A2:A3\"/><mergeCell ref=\"B2:B3\"/><mergeCell ref=\"C2:D2\"/><mergeCell ref=\"E2:F2\"/><mergeCell ref=\"G2:G3\"/></mergeCells>";
    let xml = format!("<sheetData>{}</sheetData>{merged}", cells(rows));
    let from = ", nhom: theo_stt, cot: {ten: Dự án, dp: Kế hoạch / NSĐP, gn: Giải ngân NSTW}";
    let expected = expect![[r#"
        I | Giao thông | 5 | 2
        1 | Đường A | 2 | 1
        2 | Cầu B | 3 | 1
        Tổng cộng | 5 | 2
    "#]];
    printed(columns, from, rows, &expected);
    let table = format!("{columns}    dong_tu_tep: {{tep: a.xlsx{from}}}\n");
    let bytes = Parts::of_sheet(&xml).zip();
    expected.assert_eq(&Folder::new(&table, &[("a.xlsx", bytes.clone())]).printed());
    let wrong = table.replace("Kế hoạch / NSĐP", "NSĐP").replace("Giải ngân NSTW", "Giải ngân");
    told(
        &wrong,
        "a.xlsx",
        bytes,
        &expect![[r#"
            lỗi[vung-la]: trang “Biểu 1” không có đúng một đề mục “NSĐP” ở đầu bảng
              --> ho_so/ho_so.yaml:35:70
               |
            35 |     dong_tu_tep: {tep: a.xlsx, nhom: theo_stt, cot: {ten: Dự án, dp: NSĐP, gn: Giải ngân}}
               |                                                                      ^^^^ phu_luc[0].dong_tu_tep.cot.dp
               |
               = gợi ý: ghi ở `cot` đúng đề mục trong tệp, đề mục hai dòng viết như “Kế hoạch / NSTW”; chọn một trong: `TT`, `Dự án`, `Kế hoạch / NSTW`, `Kế hoạch / NSĐP`, `Giải ngân / NSTW`, `Giải ngân / NSĐP`, `Tỷ lệ (%)`

            lỗi[vung-la]: trang “Biểu 1” không có đúng một đề mục “Giải ngân” ở đầu bảng
              --> ho_so/ho_so.yaml:35:80
               |
            35 |     dong_tu_tep: {tep: a.xlsx, nhom: theo_stt, cot: {ten: Dự án, dp: NSĐP, gn: Giải ngân}}
               |                                                                                ^^^^^^^^^ phu_luc[0].dong_tu_tep.cot.gn
               |
               = gợi ý: ghi ở `cot` đúng đề mục trong tệp, đề mục hai dòng viết như “Kế hoạch / NSTW”; chọn một trong: `TT`, `Dự án`, `Kế hoạch / NSTW`, `Kế hoạch / NSĐP`, `Giải ngân / NSTW`, `Giải ngân / NSĐP`, `Tỷ lệ (%)`

            ho_so: 2 lỗi, 0 cảnh báo, 0 thông tin
        "#]],
    );
}

#[test]
fn columns_may_be_given_by_letters() {
    let table = format!(
        "{PROJECTS}    dong_tu_tep: {{tep: a.xlsx, nhom: theo_stt, cot: {{stt: A, ten: B, kh: C, gn: D}}}}\n"
    );
    let printed = Folder::new(&table, &[("a.xlsx", sheet(OFFICE_SHEET))]).printed();
    assert!(printed.starts_with("TỔNG SỐ | 10 | 6\nI | Giao thông | 4 | 3\n"), "{printed}");
    let table = table.replace("nhom: theo_stt", "nhom: theo_stt, dong_dau: 4");
    assert_eq!(Folder::new(&table, &[("a.xlsx", sheet(OFFICE_SHEET))]).printed(), printed);
}

#[test]
fn an_area_may_bound_what_is_read() {
    let rows = format!("{OFFICE_SHEET}\nTT|Bảng khác|Kế hoạch|Giải ngân\n1|Khác|9|9");
    let read = |from: &str| {
        let table = format!("{PROJECTS}    dong_tu_tep: {{tep: a.xlsx, nhom: theo_stt, {from}}}\n");
        Folder::new(&table, &[("a.xlsx", sheet(&rows))]).printed()
    };
    let whole = Folder::new(
        &format!("{PROJECTS}    dong_tu_tep: {{tep: a.xlsx, nhom: theo_stt}}\n"),
        &[("a.xlsx", sheet(OFFICE_SHEET))],
    );
    assert_eq!(read("vung: \"A4:D14\""), whole.printed());
    assert_eq!(read("vung: \"A6:D11\", cot: {stt: A, ten: B, kh: C, gn: D}"), whole.printed());
    assert_eq!(read("vung: \"A1:D12\", dong_dau: 4"), whole.printed());
}

#[test]
fn groups_within_groups_and_rows_beside_groups_stay_in_their_places() {
    printed(
        PROJECTS,
        ", nhom: theo_stt",
        "\
TT|Tên dự án|Kế hoạch|Giải ngân
A|Thu ngân sách|115|
I|Thu nội địa|15|
1|Thuế|10|
2|Phí|5|
II|Thu dầu thô|100|-
B|Chi ngân sách|7|2
1.|Chi thường xuyên|4|1
2.|Chi đầu tư|3|1
|Tổng cộng|122|2",
        &expect![[r#"
            A | Thu ngân sách | 115 |
            I | Thu nội địa | 15 |
            1 | Thuế | 10 |
            2 | Phí | 5 |
            II | Thu dầu thô | 100 |
            B | Chi ngân sách | 7 | 2
            1 | Chi thường xuyên | 4 | 1
            2 | Chi đầu tư | 3 | 1
            Tổng cộng | 122 | 2
        "#]],
    );
}

#[test]
fn the_total_may_be_called_in_merged_cells_over_number_and_name() {
    let rows = "TT|Tên dự án|Kế hoạch|Giải ngân\nI. Giao thông||3|1\n1|Đường A|3|1\nTỔNG CỘNG||3|1";
    let merged =
        "<mergeCells count=\"2\"><mergeCell ref=\"A2:B2\"/><mergeCell ref=\"A4:B4\"/></mergeCells>";
    let xml = format!("<sheetData>{}</sheetData>{merged}", cells(rows));
    let table = format!("{PROJECTS}    dong_tu_tep: {{tep: a.xlsx, nhom: theo_stt}}\n");
    let folder = Folder::new(&table, &[("a.xlsx", Parts::of_sheet(&xml).zip())]);
    expect![[r#"
        I | Giao thông | 3 | 1
        1 | Đường A | 3 | 1
        TỔNG CỘNG | 3 | 1
    "#]]
    .assert_eq(&folder.printed());
    assert_eq!(folder.said(), "ho_so: 0 lỗi, 0 cảnh báo, 0 thông tin\n");
}

#[test]
fn numbers_that_go_on_over_the_groups_are_read_and_that_they_begin_anew_is_told() {
    let rows =
        "TT|Tên dự án|Kế hoạch|Giải ngân\nI|Một|3|1\n1|A|1|1\n2|B|2|\nII|Hai|7|2\n3|C|3|2\n4|D|4|";
    let table = format!(
        "{PROJECTS}    dong_tu_tep: {{tep: a.xlsx, nhom: theo_stt}}\n    tong: {{nhan: TỔNG SỐ}}\n"
    );
    let folder = Folder::new(&table, &[("a.xlsx", sheet(rows))]);
    expect![[r#"
        thông tin[doc-theo-stt]: đọc 4 dòng, 2 nhóm; số thứ tự in lại theo từng nhóm, ví dụ “3” thành 1
          --> ho_so/ho_so.yaml:35:38
           |
        35 |     dong_tu_tep: {tep: a.xlsx, nhom: theo_stt}
           |                                      ^^^^^^^^ phu_luc[0].dong_tu_tep.nhom
           |
           = gợi ý: xem lại bản in; dòng cần đọc thì ghi số thứ tự hoặc số liệu của nó trong tệp

        ho_so: 0 lỗi, 0 cảnh báo, 1 thông tin
    "#]].assert_eq(&folder.said());
    expect![[r#"
        TỔNG SỐ | 10 | 3
        I | Một | 3 | 1
        1 | A | 1 | 1
        2 | B | 2 |
        II | Hai | 7 | 2
        1 | C | 3 | 2
        2 | D | 4 |
    "#]]
    .assert_eq(&folder.printed());
}

#[test]
fn rows_without_numbers_belong_to_the_group_above_them() {
    printed(
        PROJECTS,
        ", nhom: theo_stt",
        "TT|Tên dự án|Kế hoạch|Giải ngân\nI|Một|3|1\n|A|1|1\n-|B|2|\nII|Hai|7|2\n|C|3|2\n+|D|4|\n|Tổng vốn đầu tư|10|3",
        &expect![[r#"
            I | Một | 3 | 1
            1 | A | 1 | 1
            2 | B | 2 |
            II | Hai | 7 | 2
            1 | C | 3 | 2
            2 | D | 4 |
            Tổng vốn đầu tư | 10 | 3
        "#]],
    );
    let plain = "Báo cáo|\nTên|Giá trị\nA|1\nB|\nC|2\nTỔNG CỘNG|3\nNgười lập|";
    printed(
        PLAIN,
        ", nhom: theo_stt",
        plain,
        &expect![[r#"
        A | 1
        B |
        C | 2
        TỔNG CỘNG | 3
    "#]],
    );
}

#[test]
fn per_cents_and_lines_with_subtotals_are_checked() {
    let columns = "    cot:
      - {khoa: stt, ten: TT, kieu: stt}
      - {khoa: ten, ten: Đơn vị, kieu: chu}
      - {khoa: kh, ten: Kế hoạch, kieu: so, don_vi_tinh: triệu đồng}
      - {khoa: gn, ten: Giải ngân, kieu: so}
      - {khoa: tl, ten: Tỷ lệ, kieu: ty_le, ty_le_cua: [gn, kh], so_le: 1}
";
    let share = |value: &str| format!("<c s=\"3\"><v>{value}</v></c>");
    let rows = format!(
        "TT|Đơn vị|Kế hoạch (triệu đồng)|Giải ngân|Tỷ lệ (%)\nI|Khối tỉnh||||\n1|Sở A|4|1|{}\n2|Sở B|4|2|{}\n|Cộng I|8|3|{}\nII|Khối xã||||\n1|Xã C|2|1|{}\n|Cộng II|2|1|{}\n|Tổng cộng (I+II)|10|4|{}",
        share("0.25"),
        share("0.5"),
        share("0.375"),
        share("0.5"),
        share("0.5"),
        share("0.4")
    );
    let table = format!("{columns}    dong_tu_tep: {{tep: a.xlsx, nhom: theo_stt}}\n");
    let folder = Folder::new(&table, &[("a.xlsx", sheet(&rows))]);
    assert_eq!(folder.said(), "ho_so: 0 lỗi, 0 cảnh báo, 0 thông tin\n");
    expect![[r#"
        I | Khối tỉnh | 8 | 3 | 37,5
        1 | Sở A | 4 | 1 | 25,0
        2 | Sở B | 4 | 2 | 50,0
        II | Khối xã | 2 | 1 | 50,0
        1 | Xã C | 2 | 1 | 50,0
        Tổng cộng (I+II) | 10 | 4 | 40,0
    "#]]
    .assert_eq(&folder.printed());
    let wrong = rows.replace("|Cộng II|2|1|", "|Cộng II|3|1|").replace("0.375", "0.5");
    told(
        &table,
        "a.xlsx",
        sheet(&wrong),
        &expect![[r#"
            lỗi[hieu-ty-le-khong-khop]: ô ghi 50, tính từ gn, kh được 37,5
             --> ho_so/a.xlsx, trang “Biểu 1”, ô E5
              |
            5 |  | Cộng I | 8 | 3 | 50
              |                     ^^ phu_luc[0].nhom[0].khai.tl
              |
              = gợi ý: sửa ô này hoặc các ô mà nó tính từ đó; để trống thì chương trình tự tính

            lỗi[tong-nhom-khong-khop]: nhóm II có 1 ô không bằng tổng các dòng của nhóm
             --> ho_so/a.xlsx, trang “Biểu 1”, ô C8
              |
            8 |  | Cộng II | 3 | 1 | 50
              |              ^ phu_luc[0].nhom[1].khai
              |
              = chi tiết: kh: ghi 3, cộng được 2
              = gợi ý: sửa số này trong tệp, hoặc sửa các dòng mà nó cộng; nếu cố ý, ghi vào `chap_nhan`

            lỗi[hieu-ty-le-khong-khop]: ô ghi 50, tính từ gn, kh được 33,3
             --> ho_so/a.xlsx, trang “Biểu 1”, ô E8
              |
            8 |  | Cộng II | 3 | 1 | 50
              |                      ^^ phu_luc[0].nhom[1].khai.tl
              |
              = gợi ý: sửa ô này hoặc các ô mà nó tính từ đó; để trống thì chương trình tự tính

            ho_so: 3 lỗi, 0 cảnh báo, 0 thông tin
        "#]],
    );
}

#[test]
fn text_that_a_line_of_a_group_has_no_room_for_is_told() {
    let columns = PROJECTS.to_owned() + "      - {khoa: gc, ten: Ghi chú}\n";
    let table = format!("{columns}    dong_tu_tep: {{tep: a.xlsx, nhom: theo_stt}}\n");
    let rows = "TT|Tên dự án|Kế hoạch|Giải ngân|Ghi chú\nI|Một|3|1|chưa quyết toán\n1|A|3|1|xong";
    told(
        &table,
        "a.xlsx",
        sheet(rows),
        &expect![[r#"
        cảnh báo[chu-khong-in]: dòng nhóm có chữ ở cột `gc`, mà dòng nhóm chỉ in tên và các số
         --> ho_so/a.xlsx, trang “Biểu 1”, ô E2
          |
        2 | I | Một | 3 | 1 | chưa quyết toán
          |                   ^^^^^^^^^^^^^^^ phu_luc[0].nhom[0].khai.gc
          |
          = gợi ý: chuyển chữ ấy vào tên của dòng, hoặc xóa ô này

        ho_so: 0 lỗi, 1 cảnh báo, 0 thông tin
    "#]],
    );
}

#[test]
fn a_wrong_total_is_told_at_its_cell() {
    let table = format!("{PROJECTS}    dong_tu_tep: {{tep: a.xlsx, nhom: theo_stt}}\n");
    let wrong = |from: &str, to: &str, expected: &Expect| {
        assert!(OFFICE_SHEET.contains(from));
        let rows =
            OFFICE_SHEET.replace(from, to).replace("Ghi chú: số liệu ước đến 15/12/2025|||\n", "");
        let rows = rows.replace("|Người lập biểu||Giám đốc", "");
        told(&table, "a.xlsx", sheet(&rows), expected);
    };
    wrong(
        "|TỔNG SỐ|10|6",
        "|TỔNG SỐ|4|6",
        &expect![[r#"
        lỗi[tong-khong-khop]: dòng “TỔNG SỐ” có 1 ô không bằng tổng các dòng
         --> ho_so/a.xlsx, trang “Biểu 1”, ô C6
          |
        6 |  | TỔNG SỐ | 4 | 6
          |              ^ phu_luc[0].tong
          |
          = chi tiết: kh: ghi 4, cộng được 10
          = gợi ý: sửa số này trong tệp, hoặc sửa các dòng mà nó cộng; nếu cố ý, ghi vào `chap_nhan`

        ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
    wrong(
        "|TỔNG SỐ|10|6",
        "|TỔNG SỐ|4|3",
        &expect![[r#"
        lỗi[tong-khong-khop]: dòng “TỔNG SỐ” có 2 ô không bằng tổng các dòng: số ghi bằng tổng các dòng I.1, I.2; chưa cộng II.1
         --> ho_so/a.xlsx, trang “Biểu 1”, ô C6:D6
          |
        6 |  | TỔNG SỐ | 4 | 3
          |              ^^^^^ phu_luc[0].tong
          |
          = chi tiết: kh: ghi 4, cộng được 10
                      gn: ghi 3, cộng được 6
          = gợi ý: sửa số này trong tệp, hoặc sửa các dòng mà nó cộng; nếu cố ý, ghi vào `chap_nhan`

        ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
    wrong(
        "|TỔNG SỐ|10|6",
        "|TỔNG SỐ|20|12",
        &expect![[r#"
        lỗi[tong-khong-khop]: dòng “TỔNG SỐ” có 2 ô không bằng tổng các dòng
         --> ho_so/a.xlsx, trang “Biểu 1”, ô C6:D6
          |
        6 |  | TỔNG SỐ | 20 | 12
          |              ^^^^^^^ phu_luc[0].tong
          |
          = chi tiết: kh: ghi 20, cộng được 10
                      gn: ghi 12, cộng được 6
          = gợi ý: sửa số này trong tệp, hoặc sửa các dòng mà nó cộng; nếu cố ý, ghi vào `chap_nhan`

        ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
    wrong(
        "I|Giao thông|4|3",
        "I|Giao thông|4|2",
        &expect![[r#"
        lỗi[tong-nhom-khong-khop]: nhóm I có 1 ô không bằng tổng các dòng của nhóm
         --> ho_so/a.xlsx, trang “Biểu 1”, ô D7
          |
        7 | I | Giao thông | 4 | 2
          |                      ^ phu_luc[0].nhom[0].khai
          |
          = chi tiết: gn: ghi 2, cộng được 3
          = gợi ý: sửa số này trong tệp, hoặc sửa các dòng mà nó cộng; nếu cố ý, ghi vào `chap_nhan`

        ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
    wrong(
        "2|Cầu B|3|2",
        "3|Cầu B|3|2",
        &expect![[r#"
            lỗi[stt-sai]: ghi số thứ tự 3, theo thứ tự là số 2
             --> ho_so/a.xlsx, trang “Biểu 1”, ô A9
              |
            9 | 3 | Cầu B | 3 | 2
              | ^ phu_luc[0].dong[1].stt
              |
              = gợi ý: sửa số thứ tự trong tệp; nếu có dòng đã mất hoặc đổi chỗ thì ghi lại dòng ấy

            ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
        "#]],
    );
    let csv = format!("{PROJECTS}    dong_tu_tep: {{tep: a.csv, nhom: theo_stt}}\n");
    let [_, (_, bytes)] = files(&OFFICE_SHEET.replace("II|Thủy lợi|6|3", "II|Thủy lợi|7|3"));
    told(
        &csv,
        "a.csv",
        bytes,
        &expect![[r#"
        lỗi[tong-nhom-khong-khop]: nhóm II có 1 ô không bằng tổng các dòng của nhóm
          --> ho_so/a.csv:10:13
           |
        10 | II;Thủy lợi;7;3
           |             ^ phu_luc[0].nhom[1].khai
           |
           = chi tiết: kh: ghi 7, cộng được 6
           = gợi ý: sửa số này trong tệp, hoặc sửa các dòng mà nó cộng; nếu cố ý, ghi vào `chap_nhan`

        thông tin[doc-theo-stt]: đọc 3 dòng, 2 nhóm, dòng tổng “TỔNG SỐ”; không đọc các dòng 13–14 ở dưới bảng
          --> ho_so/ho_so.yaml:35:37
           |
        35 |     dong_tu_tep: {tep: a.csv, nhom: theo_stt}
           |                                     ^^^^^^^^ phu_luc[0].dong_tu_tep.nhom
           |
           = gợi ý: xem lại bản in; dòng cần đọc thì ghi số thứ tự hoặc số liệu của nó trong tệp

        ho_so: 1 lỗi, 0 cảnh báo, 1 thông tin
    "#]],
    );
}

#[test]
fn a_total_among_the_rows_is_told_whatever_file_it_stands_in() {
    let with_total = format!(
        "{PLAIN}    dong_tu_tep: {{tep: FILE}}\n    tong: {{nhan: TỔNG SỐ, vi_tri: cuoi}}\n"
    );
    let rows = "ten|gt\nA|1\nB|2\nTổng cộng|3";
    for (name, bytes) in files(rows) {
        let said = Folder::new(&with_total.replace("FILE", name), &[(name, bytes)]).said();
        assert!(said.contains("lỗi[dong-la-tong]: dòng 3 “Tổng cộng” là dòng tổng"), "{said}");
        assert!(said.contains("nhom: theo_stt"), "{said}");
        assert!(said.ends_with("ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin\n"), "{said}");
    }
    let letters =
        with_total.replace("tep: FILE", "tep: a.xlsx, vung: \"A2:B4\", cot: {ten: A, gt: B}");
    let said = Folder::new(&letters, &[("a.xlsx", sheet(rows))]).said();
    assert!(said.contains("lỗi[dong-la-tong]"), "{said}");
    assert!(said.contains("ô A4"), "{said}");
    let inline = format!(
        "{PLAIN}    dong:\n      - {{ten: TỔNG SỐ, gt: 10}}\n      - {{ten: Cộng mục I, gt: 4}}\n      - {{ten: A, gt: 1}}\n      - {{ten: B, gt: 3}}\n      - {{ten: Cộng mục II, gt: 6}}\n      - {{ten: C, gt: 6}}\n    tong: {{nhan: TỔNG SỐ}}\n"
    );
    expect![[r#"
        lỗi[dong-la-tong]: dòng 1 “TỔNG SỐ” là dòng tổng, và 2 dòng khác cũng là tổng: để lẫn với các dòng số liệu thì bị cộng hai lần
          --> ho_so/ho_so.yaml:34:15
           |
        34 |       - {ten: TỔNG SỐ, gt: 10}
           |               ^^^^^^^ phu_luc[0].dong[0].ten
           |
           = chi tiết: dòng 2 “Cộng mục I” là dòng tổng
                       dòng 5 “Cộng mục II” là dòng tổng
           = gợi ý: bỏ dòng này khỏi `dong`; tổng của bảng khai ở `tong`, dòng tên nhóm khai ở `nhom`; nếu đúng là một dòng số liệu, ghi vào `chap_nhan`

        ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
    "#]].assert_eq(&Folder::new(&inline, &[]).said());
}

#[test]
fn subtotals_by_their_numbers_are_told_in_every_kind_of_column() {
    // The numbers stand in a column of text.
    let text = "    cot:\n      - {khoa: tt, ten: TT, kieu: giua}\n      - {khoa: ten, ten: Tên}\n      - {khoa: gt, ten: Giá trị, kieu: so}\n";
    let rows = "tt|ten|gt\n|TỔNG SỐ|10\nI|Nhóm một|4\n1|A|1\n2|B|3\nII|Nhóm hai|6\n1|C|6";
    let table = format!("{text}    dong_tu_tep: {{tep: a.xlsx}}\n    tong: {{nhan: TỔNG SỐ}}\n");
    told(
        &table,
        "a.xlsx",
        sheet(rows),
        &expect![[r#"
        lỗi[dong-la-tong]: dòng 1 “TỔNG SỐ” là dòng tổng, và 2 dòng khác cũng là tổng: để lẫn với các dòng số liệu thì bị cộng hai lần
         --> ho_so/a.xlsx, trang “Biểu 1”, ô B2
          |
        2 |  | TỔNG SỐ | 10
          |    ^^^^^^^ phu_luc[0].dong[0].ten
          |
          = chi tiết: dòng 2 “Nhóm một” là dòng tên nhóm có sẵn số cộng
                      dòng 5 “Nhóm hai” là dòng tên nhóm có sẵn số cộng
          = gợi ý: ghi `nhom: theo_stt` dưới `dong_tu_tep:` để đọc dòng tổng và dòng nhóm như trong tệp; hoặc bỏ dòng này khỏi tệp, khỏi `vung`; nếu đúng là một dòng số liệu, ghi vào `chap_nhan`

        ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
    // They stand in a column of ordinals.
    let ordinal =
        table.replace("{khoa: tt, ten: TT, kieu: giua}", "{khoa: tt, ten: TT, kieu: stt}");
    told(
        &ordinal,
        "a.xlsx",
        sheet(rows),
        &expect![[r#"
        lỗi[stt-sai]: số thứ tự I là của một nhóm, không phải của một dòng số liệu
         --> ho_so/a.xlsx, trang “Biểu 1”, ô A3
          |
        3 | I | Nhóm một | 4
          | ^ phu_luc[0].dong[1].tt
          |
          = gợi ý: ghi `nhom: theo_stt` dưới `dong_tu_tep:` để đọc nhóm và tổng như trong tệp; hoặc bỏ các dòng tên nhóm khỏi tệp rồi khai ở `nhom`

        ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
    let kept = ordinal.replace("tep: a.xlsx", "tep: a.xlsx, nhom: theo_stt");
    let folder = Folder::new(&kept, &[("a.xlsx", sheet(rows))]);
    assert_eq!(folder.said(), "ho_so: 0 lỗi, 0 cảnh báo, 0 thông tin\n");
    expect![[r#"
        TỔNG SỐ | 10
        I | Nhóm một | 4
        1 | A | 1
        2 | B | 3
        II | Nhóm hai | 6
        1 | C | 6
    "#]]
    .assert_eq(&folder.printed());
}

#[test]
fn no_hint_leads_a_total_into_a_group() {
    let table = format!(
        "{PLAIN}    nhom:\n      - {{khoa: I, ten: Một, cong: co}}\n      - {{khoa: II, ten: Hai, cong: co}}\n    dong_tu_tep: {{tep: FILE}}\n    tong: {{nhan: TỔNG SỐ}}\n"
    );
    for rows in [
        "nhom|ten|gt\nI|A|1\nII|B|2\nTỔNG CỘNG||3",
        "nhom|ten|gt\nI|A|1\nII|B|2\n|Tổng cộng|3",
        "nhom|ten|gt\nTỔNG SỐ||3\nI|A|1\nII|B|2",
    ] {
        for (name, bytes) in files(rows) {
            let said = Folder::new(&table.replace("FILE", name), &[(name, bytes)]).said();
            assert!(said.contains("là dòng tổng"), "{said}");
            assert!(said.contains("bỏ dòng này khỏi tệp"), "{said}");
            assert!(!said.contains("chọn một trong"), "{said}");
            assert!(said.ends_with("ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin\n"), "{said}");
        }
    }
}

#[test]
fn a_lost_row_is_told_in_a_table_without_groups() {
    let table = format!("{PROJECTS}    dong_tu_tep: {{tep: FILE}}\n");
    for rows in [
        "stt|ten|kh|gn\n1|A|1|1\n2|B|2|2\n4|D|4|4\n5|E|5|5",
        "stt|ten|kh|gn\n1.|A|1|1\n2.|B|2|2\n4.|D|4|4\n5.|E|5|5",
        "stt|ten|kh|gn\n01|A|1|1\n(2)|B|2|2\n4)|D|4|4\n5|E|5|5",
    ] {
        for (name, bytes) in files(rows) {
            let said = Folder::new(&table.replace("FILE", name), &[(name, bytes)]).said();
            assert!(said.contains("lỗi[stt-sai]: ghi số thứ tự 4"), "{said}");
            assert!(said.contains("dòng này là dòng 3 của nhóm"), "{said}");
            assert!(said.contains("phu_luc[0].dong[2].stt"), "{said}");
            assert!(said.ends_with("ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin\n"), "{said}");
        }
    }
    let good = "stt|ten|kh|gn\n1.|A|1|-\n2)|B|–|2\n(3)|C|—|";
    printed(
        PROJECTS,
        "",
        good,
        &expect![[r#"
        1 | A | 1 |
        2 | B |  | 2
        3 | C |  |
    "#]],
    );
}

#[test]
fn a_line_that_numbers_the_columns_is_no_row() {
    for line in ["(1)|(2)|(3)|(4)", "A|B|1|2", "A|B|1|2=1*80%"] {
        let rows = format!("stt|ten|kh|gn\n{line}\n1|Đường A|5|4");
        printed(
            PROJECTS,
            "",
            &rows,
            &expect![[r#"
            1 | Đường A | 5 | 4
        "#]],
        );
    }
}

#[test]
fn a_line_that_numbers_all_columns_is_no_row_where_some_are_not_read() {
    for line in ["A|B|1|2|3", "(1)|(2)|(3)|(4)|(5)", "1|2|3|4|5"] {
        let rows = format!("TT|Tên|Kế hoạch|Giá trị|Ghi chú\n{line}\n1|Đường A|5|4|x");
        printed(
            PLAIN,
            ", dong_dau: 1, cot: {ten: Tên, gt: Giá trị}",
            &rows,
            &expect![[r#"
                Đường A | 4
            "#]],
        );
    }
}

#[test]
fn a_column_with_one_cause_is_one_message() {
    let text = |number: u32| format!("<c t=\"inlineStr\"><is><t>{number}.000</t></is></c>");
    let mut rows = "ten|gt".to_owned();
    for row in 1..=9 {
        write!(rows, "\nA{row}|{}", text(row)).unwrap();
    }
    let table = format!("{PLAIN}    dong_tu_tep: {{tep: a.xlsx}}\n");
    told(
        &table,
        "a.xlsx",
        sheet(&rows),
        &expect![[r#"
            lỗi[so-dang-chu]: số “1.000” nằm trong ô dưới dạng chữ; 9 ô như vậy trong B2:B10
             --> ho_so/a.xlsx, trang “Biểu 1”, ô B2
              |
            2 | A1 | 1.000
              |      ^^^^^ phu_luc[0].dong[0].gt
              |
              = gợi ý: nếu là một nghìn, ghi `so_dang_chu: viet_nam` dưới `dong_tu_tep:`; nếu là một, ghi `so_dang_chu: quoc_te`

            ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
        "#]],
    );
    let mut rows = "ten|gt".to_owned();
    for row in 1..=9 {
        let cell = if row == 4 { "7".to_owned() } else { "<c><f>B1*2</f></c>".to_owned() };
        write!(rows, "\nA{row}|{cell}").unwrap();
    }
    told(
        &table,
        "a.xlsx",
        sheet(&rows),
        &expect![[r#"
            lỗi[o-sai]: ô có công thức nhưng tệp chưa lưu kết quả; 8 ô như vậy trong B2:B10
             --> ho_so/a.xlsx, trang “Biểu 1”, ô B2
              |
            2 | A1 | 
              |      ^ phu_luc[0].dong[0].gt
              |
              = gợi ý: mở tệp bằng Excel, đợi tính xong rồi lưu lại

            ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
        "#]],
    );
    let csv = "ten;gt\nA;1,200\nB;1,300\nC;x\nD;y\n";
    told(
        &table.replace("a.xlsx", "a.csv"),
        "a.csv",
        csv.into(),
        &expect![[r#"
            lỗi[so-hai-nghia]: “1,200” có thể hiểu là một nghìn hai trăm hoặc một phẩy hai; 2 ô như vậy ở dòng 2–3
             --> ho_so/a.csv:2:3
              |
            2 | A;1,200
              |   ^^^^^ phu_luc[0].dong[0].gt
              |
              = gợi ý: viết `1.200` nếu là một nghìn hai trăm; viết `1,2` nếu là một phẩy hai

            lỗi[so-tien-sai]: “x” không phải số, mà chỗ này chỉ ghi số; 2 ô như vậy ở dòng 4–5
             --> ho_so/a.csv:4:3
              |
            4 | C;x
              |   ^ phu_luc[0].dong[2].gt
              |
              = gợi ý: chưa có số liệu thì để trống; lời giải thích ghi ở một cột chữ

            ho_so: 2 lỗi, 0 cảnh báo, 0 thông tin
        "#]],
    );
}

#[test]
fn a_line_that_finds_no_place_is_told() {
    let table = format!("{PROJECTS}    dong_tu_tep: {{tep: a.xlsx, nhom: theo_stt}}\n");
    let head = "TT|Tên dự án|Kế hoạch|Giải ngân\n";
    let wrong = |rows: &str, expected: &Expect| {
        told(&table, "a.xlsx", sheet(&format!("{head}{rows}")), expected);
    };
    wrong(
        "I|Một|1|1\n1|A|1|1\n|(vốn nước ngoài)||\n2|B|2|2",
        &expect![[r#"
            lỗi[nhom-la]: dòng này có chữ mà không có số thứ tự và không có số liệu
             --> ho_so/a.xlsx, trang “Biểu 1”, ô B4
              |
            4 |  | (vốn nước ngoài) |  | 
              |    ^^^^^^^^^^^^^^^^ phu_luc[0].dong[1].ten
              |
              = gợi ý: bỏ dòng này khỏi tệp, hoặc ghi số thứ tự của nó ở cột đầu (I, 1 …)

            ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
        "#]],
    );
    wrong(
        "1|A|1|1\n|Cộng|1|1\n2|B|2|2\n|Tổng cộng|3|3",
        &expect![[r#"
        lỗi[nhom-la]: “Cộng” là dòng tổng, mà chưa biết là tổng của những dòng nào
         --> ho_so/a.xlsx, trang “Biểu 1”, ô B3
          |
        3 |  | Cộng | 1 | 1
          |    ^^^^ phu_luc[0].dong[1].ten
          |
          = gợi ý: ghi tên nhóm vào sau, ví dụ “Cộng nhóm I”; hoặc đặt dòng tổng của bảng ở dòng đầu, dòng cuối

        ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
    wrong(
        "I|Một|1|1\n1|A|1|1\n1|B|2|2\nIII|Ba|1|1\n1|C|1|1",
        &expect![[r#"
            lỗi[stt-sai]: ghi số thứ tự 1, theo thứ tự là số 2
             --> ho_so/a.xlsx, trang “Biểu 1”, ô A4
              |
            4 | 1 | B | 2 | 2
              | ^ phu_luc[0].dong[1].stt
              |
              = gợi ý: sửa số thứ tự trong tệp; nếu có dòng đã mất hoặc đổi chỗ thì ghi lại dòng ấy

            lỗi[stt-sai]: ghi số thứ tự III, theo thứ tự là số 2
             --> ho_so/a.xlsx, trang “Biểu 1”, ô A5
              |
            5 | III | Ba | 1 | 1
              | ^^^ phu_luc[0].nhom[1].khai.stt
              |
              = gợi ý: sửa số thứ tự trong tệp; nếu có dòng đã mất hoặc đổi chỗ thì ghi lại dòng ấy

            ho_so: 2 lỗi, 0 cảnh báo, 0 thông tin
        "#]],
    );
    wrong(
        "|TỔNG SỐ|3|3\n|Trong đó:||\n1|A|1|1\n2|B|2|2",
        &expect![[r#"
        thông tin[doc-theo-stt]: đọc 2 dòng, 0 nhóm, dòng tổng “TỔNG SỐ”; không in 1 dòng “Trong đó” (dòng 3)
          --> ho_so/ho_so.yaml:35:38
           |
        35 |     dong_tu_tep: {tep: a.xlsx, nhom: theo_stt}
           |                                      ^^^^^^^^ phu_luc[0].dong_tu_tep.nhom
           |
           = gợi ý: xem lại bản in; dòng cần đọc thì ghi số thứ tự hoặc số liệu của nó trong tệp

        ho_so: 0 lỗi, 0 cảnh báo, 1 thông tin
    "#]],
    );
    wrong(
        "1|A|3|1\n|Trong đó: vốn vay|1|1\n2|B|2|2",
        &expect![[r#"
        lỗi[nhom-la]: dòng này là một phần của dòng trên, cộng vào thì thừa
         --> ho_so/a.xlsx, trang “Biểu 1”, ô B3
          |
        3 |  | Trong đó: vốn vay | 1 | 1
          |    ^^^^^^^^^^^^^^^^^ phu_luc[0].dong[1].ten
          |
          = gợi ý: bỏ dòng này khỏi tệp, hoặc đưa các số của nó thành một cột riêng

        ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
    let both =
        table.replace("    dong_tu_tep", "    nhom:\n      - {khoa: I, ten: Một}\n    dong_tu_tep");
    told(
        &both,
        "a.xlsx",
        sheet(&format!("{head}1|A|1|1")),
        &expect![[r#"
        lỗi[sai-kieu]: có cả `nhom` của bảng và `nhom: theo_stt` của tệp
          --> ho_so/ho_so.yaml:37:32
           |
        37 |     dong_tu_tep: {tep: a.xlsx, nhom: theo_stt}
           |                                ^^^^ phu_luc[0].dong_tu_tep.nhom
           |
           = gợi ý: nhóm lấy từ tệp thì bỏ `nhom` của bảng; nhóm khai ở bảng thì bỏ `nhom: theo_stt`

        ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
    let no_head = table.replace("Giải ngân", "Đã chi").replace("Kế hoạch", "Vốn");
    told(
        &no_head,
        "a.xlsx",
        sheet(&format!("{head}1|A|1|1")),
        &expect![[r#"
        lỗi[cot-la]: trang “Biểu 1” không có đề mục nào là tên của cột `kh`, `gn`
          --> ho_so/ho_so.yaml:35:24
           |
        35 |     dong_tu_tep: {tep: a.xlsx, nhom: theo_stt}
           |                        ^^^^^^ phu_luc[0].dong_tu_tep.tep
           |
           = gợi ý: ghi ở `cot` đúng đề mục trong tệp, đề mục hai dòng viết như “Kế hoạch / NSTW”; chọn một trong: `TT`, `Tên dự án`, `Kế hoạch`, `Giải ngân`

        ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
}

/// Groups of rows with two figures each: what a clerk would type by hand, and the sheet.
fn by_hand_and_as_a_sheet(groups: &[Vec<(u32, u32)>], total_first: bool) -> (String, String) {
    let sum =
        |rows: &[(u32, u32)]| rows.iter().fold((0, 0), |sum, row| (sum.0 + row.0, sum.1 + row.1));
    let roman = ["I", "II", "III", "IV", "V", "VI"];
    let mut groups_by_hand = String::from("    nhom:\n");
    let mut rows_by_hand = String::from("    dong:\n");
    let mut lines = Vec::new();
    for (group, rows) in groups.iter().enumerate() {
        let (key, (kh, gn)) = (roman[group], sum(rows));
        writeln!(
            groups_by_hand,
            "      - {{khoa: {key}, ten: Nhóm {key}, khai: {{kh: {kh}, gn: {gn}}}}}"
        )
        .unwrap();
        lines.push(format!("{key}|Nhóm {key}|{kh}|{gn}"));
        for (row, (kh, gn)) in rows.iter().enumerate() {
            writeln!(rows_by_hand, "      - {{nhom: {key}, ten: Dự án {row}, kh: {kh}, gn: {gn}}}")
                .unwrap();
            lines.push(format!("{}|Dự án {row}|{kh}|{gn}", row + 1));
        }
    }
    let (kh, gn) = sum(&groups.concat());
    let line = format!("|TỔNG SỐ|{kh}|{gn}");
    let place = if total_first { "dau" } else { "cuoi" };
    lines.insert(if total_first { 0 } else { lines.len() }, line);
    let by_hand = format!(
        "{PROJECTS}{groups_by_hand}{rows_by_hand}    tong: {{nhan: TỔNG SỐ, vi_tri: {place}, khai: {{kh: {kh}, gn: {gn}}}}}\n"
    );
    let sheet = format!(
        "PHỤ LỤC|||\n|||\nTT|Tên dự án|Kế hoạch|Giải ngân\n(1)|(2)|(3)|(4)\n{}\n|||\n|Người lập biểu||",
        lines.join("\n")
    );
    (by_hand, sheet)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_sheet_gives_the_same_table_as_rows_typed_by_hand(
        groups in prop::collection::vec(
            prop::collection::vec((1_u32..900, 0_u32..900), 1..5), 1..6
        ),
        total_first: bool,
    ) {
        let (by_hand, rows) = by_hand_and_as_a_sheet(&groups, total_first);
        let expected = Folder::new(&by_hand, &[]).printed();
        for (name, bytes) in files(&rows) {
            let table = format!("{PROJECTS}    dong_tu_tep: {{tep: {name}, nhom: theo_stt}}\n");
            prop_assert_eq!(Folder::new(&table, &[(name, bytes)]).printed(), expected.clone());
        }
    }
}

/// Rows of number, name, plan, spent with what stands under them; `dong_dau` and `cot` by
/// headings, by letters, and keys in the heading row.
fn under(more: &str) -> [(&'static str, String); 3] {
    let rows = format!("1|Đường A|5|4\n2|Cầu B|3|\n3|Kè C||\n{more}");
    let heads = "TT|Tên dự án|KH|Đã chi";
    [
        (
            ", dong_dau: 2, cot: {stt: TT, ten: Tên dự án, kh: KH, gn: Đã chi}",
            format!("BIỂU|||\n{heads}\n{rows}"),
        ),
        (
            ", dong_dau: 2, cot: {ten: Tên dự án, kh: KH, gn: Đã chi}",
            format!("BIỂU|||\n{heads}\n{rows}"),
        ),
        ("", format!("stt|ten|kh|gn\n{rows}")),
    ]
}

#[test]
fn notes_and_signatures_under_a_table_are_left_out_and_said_so() {
    for more in [
        "Ghi chú: số liệu tạm tính|||\n|Người lập biểu||",
        "|||\n|Người lập biểu||Giám đốc\n|||\n|Lê Văn Tám||Trần Văn Chín",
        "||An Giang, ngày 15 tháng 12 năm 2025|\n|Kế toán|Giám đốc|",
        "||An Giang, ngày … tháng … năm 2025|\nKế toán|||Giám đốc",
        "|||\nNguồn: Sở Tài chính|||\nNgày 15/12/2025|||",
        "|Lưu ý: chưa có số liệu tháng 12||",
    ] {
        for (from, rows) in under(more) {
            for (name, bytes) in files(&rows) {
                let table = format!("{PROJECTS}    dong_tu_tep: {{tep: {name}{from}}}\n");
                let folder = Folder::new(&table, &[(name, bytes)]);
                let said = folder.said();
                assert!(said.contains("thông tin[duoi-bang]: không đọc "), "{rows}\n{said}");
                assert!(
                    said.ends_with("ho_so: 0 lỗi, 0 cảnh báo, 1 thông tin\n"),
                    "{rows}\n{said}"
                );
                let printed = folder.printed();
                assert_eq!(
                    printed, "1 | Đường A | 5 | 4\n2 | Cầu B | 3 |\n3 | Kè C |  |\n",
                    "{rows}"
                );
            }
        }
    }
    let table =
        format!("{PLAIN}    dong_tu_tep: {{tep: a.xlsx, dong_dau: 1, cot: {{ten: A, gt: B}}}}\n");
    told(
        &table,
        "a.xlsx",
        sheet("Tên|Số\nA|1\nB|2\nGhi chú: tạm tính|\n|Người lập"),
        &expect![[r#"
            thông tin[duoi-bang]: không đọc các dòng 4–5 ở dưới bảng, từ “Ghi chú: tạm tính”
              --> ho_so/ho_so.yaml:33:24
               |
            33 |     dong_tu_tep: {tep: a.xlsx, dong_dau: 1, cot: {ten: A, gt: B}}
               |                        ^^^^^^ phu_luc[0].dong_tu_tep.tep
               |
               = gợi ý: nếu là dòng của bảng, ghi `vung: A2:B5` dưới `dong_tu_tep:`

            ho_so: 0 lỗi, 0 cảnh báo, 1 thông tin
        "#]],
    );
}

#[test]
fn what_may_be_a_row_under_the_table_is_asked_and_the_answer_is_obeyed() {
    let under = under("|||\n|GIÁM ĐỐC||\n|||\n|Trần Minh Khoa||");
    for (at, (from, rows)) in under.iter().enumerate() {
        for (name, bytes) in files(rows) {
            let table =
                |more: &str| format!("{PROJECTS}    dong_tu_tep: {{tep: {name}{from}{more}}}\n");
            let folder = |more: &str| Folder::new(&table(more), &[(name, bytes.clone())]);
            let said = folder("").said();
            assert!(said.contains("lỗi[duoi-bang]"), "{rows}\n{said}");
            assert!(said.ends_with("ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin\n"), "{rows}\n{said}");
            if name == "a.csv" {
                continue;
            }
            let (table_only, all) = if at == 2 { ("A1:D4", "A1:D8") } else { ("A3:D5", "A3:D9") };
            for area in [table_only, all] {
                assert!(said.contains(&format!("`vung: {area}`")), "{said}");
            }
            let rows = "1 | Đường A | 5 | 4\n2 | Cầu B | 3 |\n3 | Kè C |  |\n";
            assert_eq!(folder(&format!(", vung: \"{table_only}\"")).printed(), rows);
            let whole = folder(&format!(", vung: \"{all}\"")).printed();
            assert!(whole.contains("GIÁM ĐỐC") && whole.contains("Trần Minh Khoa"), "{whole}");
        }
    }
}

#[test]
fn signatures_under_a_table_of_words_are_asked_about() {
    let rows =
        "Tên|Chức vụ\nLê Văn Tám|Kế toán\nGiám định viên Hoa|Thủ quỹ\n|\nTRƯỞNG PHÒNG|GIÁM ĐỐC";
    let columns = "    cot:\n      - {khoa: ten, ten: Tên}\n      - {khoa: cv, ten: Chức vụ}\n";
    for (name, bytes) in files(rows) {
        let table = format!(
            "{columns}    dong_tu_tep: {{tep: {name}, dong_dau: 1, cot: {{ten: Tên, cv: Chức vụ}}}}\n"
        );
        let said = Folder::new(&table, &[(name, bytes)]).said();
        assert!(said.contains("lỗi[duoi-bang]: dòng 5 ở dưới bảng, từ “TRƯỞNG PHÒNG”"), "{said}");
        assert!(said.ends_with("ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin\n"), "{said}");
    }
}

#[test]
fn a_last_row_without_figures_is_a_row() {
    for (rows, last) in [
        ("ten|gt\nA|1\nGiám sát|", "Giám sát |\n"),
        ("ten|gt\nA|1\nKỷ niệm 50 năm ngày giải phóng|", "Kỷ niệm 50 năm ngày giải phóng |\n"),
        ("ten|gt\nA|1\nNgày hội văn hóa các dân tộc|", "Ngày hội văn hóa các dân tộc |\n"),
        ("ten|gt\nA|1\nB|-", "B |\n"),
        ("ten|gt\nA|1\n|\nB|-", "B |\n"),
        ("ten|gt\nNguồn: vốn tỉnh|1\nB|2", "B | 2\n"),
    ] {
        for (name, bytes) in files(rows) {
            let table = format!("{PLAIN}    dong_tu_tep: {{tep: {name}}}\n");
            let folder = Folder::new(&table, &[(name, bytes)]);
            let said = folder.said();
            assert!(said.ends_with("ho_so: 0 lỗi, 0 cảnh báo, 0 thông tin\n"), "{rows}\n{said}");
            assert!(folder.printed().ends_with(last), "{rows}\n{}", folder.printed());
        }
    }
}

#[test]
fn the_heads_of_a_second_table_are_told_once() {
    for more in [
        "|||\nBIỂU SỐ 2|||\nTT|Tên dự án|KH|Đã chi\n1|Trường D|7|7",
        "TT|Tên dự án|KH|Đã chi\n4|Trường D|7|7",
        "|||\nTT|Tên dự án|Quý I|Quý II\n1|Trường D|7|7",
    ] {
        let [first, second, _] = under(more);
        for (from, rows) in [first, second] {
            for (name, bytes) in files(&rows) {
                let table = |more: &str| {
                    format!("{PROJECTS}    dong_tu_tep: {{tep: {name}{from}{more}}}\n")
                };
                let said = Folder::new(&table(""), &[(name, bytes.clone())]).said();
                assert!(said.contains("lỗi[duoi-bang]: dòng "), "{rows}\n{said}");
                assert!(
                    said.ends_with("ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin\n"),
                    "{rows}\n{said}"
                );
                if name == "a.xlsx" {
                    let obeyed = Folder::new(&table(", vung: \"A3:D5\""), &[(name, bytes)]);
                    assert!(said.contains("`vung: A3:D5`"), "{said}");
                    assert!(obeyed.printed().ends_with("3 | Kè C |  |\n"));
                }
            }
        }
    }
}

#[test]
fn a_heading_of_two_capitals_is_found_where_its_letters_are_no_column() {
    let rows = "TT|ND|KL\n1|Đào đất|5\n2|Đắp đất|6";
    let columns = "    cot:
      - {khoa: stt, ten: TT, kieu: stt}
      - {khoa: ten, ten: Nội dung}
      - {khoa: kl, ten: Khối lượng, kieu: so}
";
    for cot in ["stt: TT, ten: ND, kl: KL", "stt: TT, ten: B, kl: KL", "ten: ND, kl: C"] {
        let table =
            format!("{columns}    dong_tu_tep: {{tep: a.xlsx, dong_dau: 1, cot: {{{cot}}}}}\n");
        let folder = Folder::new(&table, &[("a.xlsx", sheet(rows))]);
        assert_eq!(folder.printed(), "1 | Đào đất | 5\n2 | Đắp đất | 6\n", "{cot}");
    }
    let told_of = |cot: &str, rows: &str, expected: Expect| {
        let table =
            format!("{PLAIN}    dong_tu_tep: {{tep: a.xlsx, dong_dau: 1, cot: {{{cot}}}}}\n");
        told(&table, "a.xlsx", sheet(rows), &expected);
    };
    told_of(
        "ten: Tên, gt: B",
        "Tên|Số|B\nĐường A|1|2",
        expect![[r#"
        lỗi[vung-la]: “B” vừa là chữ cái của một cột, vừa là đề mục của cột C
          --> ho_so/ho_so.yaml:33:65
           |
        33 |     dong_tu_tep: {tep: a.xlsx, dong_dau: 1, cot: {ten: Tên, gt: B}}
           |                                                                 ^ phu_luc[0].dong_tu_tep.cot.gt
           |
           = gợi ý: lấy cột có đề mục ấy thì ghi `C`; lấy cột B thì ghi đề mục của nó: `Số`

        ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
    told_of(
        "ten: Tên, gt: GT",
        "Tên|Số|B\nĐường A|1|2",
        expect![[r#"
            lỗi[vung-la]: dòng 1 của trang “Biểu 1” không có đề mục “GT”, và cột GT nằm ngoài phần có chữ: A đến C
              --> ho_so/ho_so.yaml:33:65
               |
            33 |     dong_tu_tep: {tep: a.xlsx, dong_dau: 1, cot: {ten: Tên, gt: GT}}
               |                                                                 ^^ phu_luc[0].dong_tu_tep.cot.gt
               |
               = gợi ý: ghi chữ cái của một cột trong phần ấy, hoặc đề mục của nó; chọn một trong: `Tên`, `Số`, `B`

            ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
        "#]],
    );
}

/// Heads of two rows in rows 2 and 3, merged, under a title.
fn merged_heads() -> Vec<u8> {
    let rows = "BIỂU|||\nTT|Tên|Kế hoạch|\n||NSTW|NSĐP\n1|Đường A|5|4\n2|Cầu B|6|3";
    let merged: String =
        ["A2:A3", "B2:B3", "C2:D2"].map(|area| format!(r#"<mergeCell ref="{area}"/>"#)).concat();
    let xml = format!("<sheetData>{}</sheetData><mergeCells>{merged}</mergeCells>", cells(rows));
    Parts::of_sheet(&xml).zip()
}

#[test]
fn a_heading_row_that_is_not_the_last_of_merged_heads_is_told_once_with_the_right_one() {
    let told_of = |from: &str, expected: Expect| {
        let table = format!("{PLAIN}    dong_tu_tep: {{tep: a.xlsx{from}}}\n");
        told(&table, "a.xlsx", merged_heads(), &expected);
    };
    told_of(
        ", dong_dau: 2, cot: {ten: B, gt: C}",
        expect![[r#"
        lỗi[vung-la]: đề mục có ô gộp, xuống đến dòng 3
          --> ho_so/ho_so.yaml:33:42
           |
        33 |     dong_tu_tep: {tep: a.xlsx, dong_dau: 2, cot: {ten: B, gt: C}}
           |                                          ^ phu_luc[0].dong_tu_tep.dong_dau
           |
           = gợi ý: ghi `dong_dau: 3`; đề mục của một cột ở dòng trên thì ghi chữ cái của cột ở `cot`

        ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
    told_of(
        ", dong_dau: 2, cot: {ten: Tên, gt: NSTW}",
        expect![[r#"
        lỗi[vung-la]: dòng 2 của trang “Biểu 1” không có đề mục “NSTW”
          --> ho_so/ho_so.yaml:33:65
           |
        33 |     dong_tu_tep: {tep: a.xlsx, dong_dau: 2, cot: {ten: Tên, gt: NSTW}}
           |                                                                 ^^^^ phu_luc[0].dong_tu_tep.cot.gt
           |
           = gợi ý: đề mục có ô gộp: ghi chữ cái của từng cột thay cho đề mục, và `dong_dau: 3`

        ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
    told_of(
        ", dong_dau: 3, cot: {ten: Tên gọi, gt: Số}",
        expect![[r#"
        lỗi[vung-la]: dòng 3 của trang “Biểu 1” không có đề mục “Số”
          --> ho_so/ho_so.yaml:33:69
           |
        33 |     dong_tu_tep: {tep: a.xlsx, dong_dau: 3, cot: {ten: Tên gọi, gt: Số}}
           |                                                                     ^^ phu_luc[0].dong_tu_tep.cot.gt
           |
           = gợi ý: đề mục có ô gộp: ghi chữ cái của từng cột thay cho đề mục, và `dong_dau: 3`

        ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
    told_of(
        ", cot: {ten: Tên, gt: NSTW}",
        expect![[r#"
        lỗi[vung-la]: dòng 1 của trang “Biểu 1” không phải dòng đề mục, các đề mục ở dòng 2
          --> ho_so/ho_so.yaml:33:24
           |
        33 |     dong_tu_tep: {tep: a.xlsx, cot: {ten: Tên, gt: NSTW}}
           |                        ^^^^^^ phu_luc[0].dong_tu_tep.tep
           |
           = gợi ý: ghi `dong_dau: 3` dưới `dong_tu_tep:`, và chữ cái của từng cột ở `cot`

        ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
    told_of(
        ", dong_dau: 3, cot: {ten: B, gt: C}",
        expect![[r#"
        ho_so: 0 lỗi, 0 cảnh báo, 0 thông tin
    "#]],
    );
}

#[test]
fn a_title_is_not_taken_for_the_heading_row() {
    let rows = "BIỂU SỐ 1||\n\nTT|Tên|Giá trị\n1|Đường A|5";
    for wrong in ["", ", dong_dau: 1"] {
        let table = |from: &str| {
            format!(
                "{PLAIN}    dong_tu_tep: {{tep: a.xlsx{from}, cot: {{ten: Tên, gt: Giá trị}}}}\n"
            )
        };
        let said = Folder::new(&table(wrong), &[("a.xlsx", sheet(rows))]).said();
        assert!(said.contains("ghi `dong_dau: 3`"), "{said}");
        assert!(said.ends_with("ho_so: 1 lỗi, 0 cảnh báo, 0 thông tin\n"), "{said}");
        let obeyed = Folder::new(&table(", dong_dau: 3"), &[("a.xlsx", sheet(rows))]);
        assert_eq!(obeyed.printed(), "Đường A | 5\n");
    }
}
