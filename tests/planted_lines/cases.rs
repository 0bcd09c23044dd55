//! Cases, their CSV files and their workbooks.

use std::fs;

use vanthu::form::Stage;
use vanthu::render::{self, Office};

use super::workbook::Parts;
use super::{Ends, account, judge};

const CASE: &str = "\
phien_ban: 1
loai: bao_cao
co_quan: ubnd_tinh_an_giang
so: 46
ngay: 5/3/2026
trich_yeu: Tình hình giải ngân các dự án giao thông năm 2026
huong: len_tren
kinh_gui:
  - Bộ Tài chính
noi_dung:
  ve: tình hình giải ngân các dự án giao thông năm 2026
  muc:
    - tieu_de: Kết quả giải ngân
      noi_dung: |
        Số liệu từng dự án nêu tại Phụ lục kèm theo.

        Tiến độ như sau:

        [bang von]

        Kết thúc.
    - tieu_de: Phương hướng
      noi_dung: >-
        Tiếp tục đôn đốc
        các chủ đầu tư.

        Báo cáo hằng tháng.
nguoi_ky:
  thay_mat: ỦY BAN NHÂN DÂN
  chuc_vu: CHỦ TỊCH
  ho_ten: Trần Văn Lâm
noi_nhan:
  - Như trên
  - Sở Xây dựng
luu:
  noi_luu: VT
bang:
  - khoa: von
    don_vi_tinh: triệu đồng
    cot:
      - {khoa: ten, ten: Nguồn vốn}
      - {khoa: von, ten: Vốn, kieu: so}
    dong:
      - {ten: Trung ương, von: 1.200}
      - ten: Địa phương
        von: \"300,5\"
phu_luc:
  - tieu_de: DANH MỤC DỰ ÁN GIAO THÔNG
    doan: |
      Số liệu đến hết tháng 02.

      Nguồn: Sở Tài chính.
    don_vi_tinh: triệu đồng
    cot:
      - {khoa: stt, ten: STT, kieu: stt}
      - {khoa: ten, ten: Tên dự án}
      - {khoa: kc, ten: Khởi công, kieu: ngay}
      - {khoa: von, ten: Vốn, kieu: so}
      - {khoa: gn, ten: Giải ngân, kieu: so}
    dong_tu_tep: {tep: du_an.csv}
    kiem_tra:
      - gn <= von
    tong: {nhan: TỔNG SỐ, vi_tri: cuoi}
";

const CSV: &str = "\
ten,kc,von,gn
Đường A,05/01/2026,1.200,300
\"Cầu B,
nhánh phải\",12/02/2026,\"2.500,5\",1.000
Trường C,,800,
Bến D,01/03/2026,90,45
";

/// What takes the place of what, and the line of the case on which it is told.
const IN_THE_CASE: [(&str, &str, &str, usize); 56] = [
    ("an unknown key", "so: 46", "soo: 46", 4),
    ("a key twice", "huong: len_tren", "huong: len_tren\nhuong: len_tren", 8),
    ("a key twice far below", "luu:\n", "so: 46\nluu:\n", 35),
    ("an unknown type", "loai: bao_cao", "loai: bao_coa", 2),
    ("an unknown agency", "ubnd_tinh_an_giang", "ubnd_tinh_an_gian", 3),
    ("a number with letters", "so: 46", "so: 46a1x", 4),
    ("a day that is none", "5/3/2026", "31/2/2026", 5),
    ("a day in words", "5/3/2026", "mùng năm", 5),
    ("an unknown direction", "len_tren", "len_troi", 7),
    ("a text for a list", "kinh_gui:\n  - Bộ Tài chính", "kinh_gui: Bộ Tài chính", 8),
    ("an unknown fact", "  ve: tình", "  vee: tình", 11),
    (
        "a list for a text",
        "  ve: tình hình giải ngân các dự án giao thông năm 2026",
        "  ve:\n    - tình hình",
        12,
    ),
    (
        "an unknown key of an item",
        "    - tieu_de: Phương hướng",
        "    - tieu_dee: Phương hướng",
        22,
    ),
    ("a heading in a paragraph", "        Tiến độ như sau:", "        # Tiến độ như sau:", 17),
    ("HTML in a paragraph", "        Kết thúc.", "        Kết <b>thúc</b>.", 21),
    ("emphasis in a paragraph", "        Kết thúc.", "        Kết **thúc.", 21),
    ("a link in a paragraph", "        Kết thúc.", "        [Kết](http://a.vn) thúc.", 21),
    ("a foreign mark", "        Kết thúc.", "        * Kết thúc.", 21),
    ("a number out of order", "        Kết thúc.", "        5. Kết thúc.", 21),
    (
        "a fault behind blank first lines",
        "noi_dung: |\n        Số",
        "noi_dung: |\n\n\n        * Số",
        17,
    ),
    ("emphasis in a folded text", "        các chủ đầu tư.", "        các **chủ đầu tư.", 24),
    (
        "HTML at the end of a folded text",
        "        Báo cáo hằng tháng.",
        "        Báo <b>cáo</b>.",
        27,
    ),
    ("an unknown table", "[bang von]", "[bang vonn]", 19),
    ("a table that does not stand alone", "        Kết thúc.", "        Xem [bang von] nhé.", 21),
    ("an unknown figure", "        Kết thúc.", "        Kết {{ bang.von.tong.vonn }} thúc.", 21),
    ("an unknown name of a figure", "        Kết thúc.", "        Kết {{ bangg.von }} thúc.", 21),
    (
        "an unknown filter of a figure",
        "        Kết thúc.",
        "        Kết {{ bang.von.tong.von | tin }}.",
        21,
    ),
    ("a figure that is not closed", "        Kết thúc.", "        Kết {{ bang.von.tong.von.", 21),
    (
        "a figure in a folded text",
        "        Báo cáo hằng tháng.",
        "        Báo cáo {{ bang.x }}.",
        27,
    ),
    ("a figure on a joined line", "        các chủ đầu tư.", "        các {{ bang.x }}.", 25),
    (
        "a figure of an appendix",
        "      Nguồn: Sở Tài chính.",
        "      Nguồn: {{ phu_luc[0].tong.x }}.",
        52,
    ),
    (
        "a typed total",
        "        Kết thúc.",
        "        Tổng số vốn: 1.600 triệu đồng.\n\n        Theo Bảng trên.",
        21,
    ),
    (
        "HTML in the text of an appendix",
        "      Nguồn: Sở Tài chính.",
        "      Nguồn: <i>Sở</i>.",
        52,
    ),
    ("a post with an abbreviation", "chuc_vu: CHỦ TỊCH", "chuc_vu: TM. CHỦ TỊCH", 30),
    ("an unknown key of the signer", "  ho_ten: Trần", "  ho_tenn: Trần", 31),
    ("an item that is blank", "  - Sở Xây dựng", "  -", 34),
    ("a recipient twice", "  - Sở Xây dựng", "  - Sở Xây dựng\n  - Sở Xây dựng", 35),
    ("the archive among the recipients", "  - Sở Xây dựng", "  - \"Lưu: VT\"", 34),
    ("an unknown key of the archive", "  noi_luu: VT", "  noi_luuu: VT", 36),
    ("a column without a key", "{khoa: ten, ten: Nguồn vốn}", "{ten: Nguồn vốn}", 41),
    (
        "an unknown kind of a column",
        "{khoa: von, ten: Vốn, kieu: so}\n    dong",
        "{khoa: von, ten: Vốn, kieu: soo}\n    dong",
        42,
    ),
    (
        "a key of two columns",
        "{khoa: von, ten: Vốn, kieu: so}\n    dong",
        "{khoa: von, ten: Vốn, kieu: so}\n      - {khoa: von, ten: Thêm, kieu: so}\n    dong",
        43,
    ),
    ("an amount in English", "von: 1.200}", "von: 1.20}", 44),
    ("an amount in words", "von: 1.200}", "von: nhiều}", 44),
    ("an amount in a block", "\"300,5\"", "\"300.5,5\"", 46),
    ("an unknown cell", "{ten: Trung ương, von", "{ten: Trung ương, vonn", 44),
    ("an unknown cell in a block", "        von: \"300,5\"", "        vonn: \"300,5\"", 46),
    (
        "an unknown key of a table",
        "    don_vi_tinh: triệu đồng\n    cot:\n      - {khoa: ten, ten: Ng",
        "    donvi: triệu đồng\n    cot:\n      - {khoa: ten, ten: Ng",
        39,
    ),
    ("an unknown file", "du_an.csv", "du_ann.csv", 60),
    ("a condition of an unknown column", "gn <= von", "gnn <= von", 62),
    ("a condition that is none", "gn <= von", "gn von", 62),
    ("an unknown place of the total", "vi_tri: cuoi", "vi_tri: giua", 63),
    ("an anchor", "co_quan: ubnd_tinh_an_giang", "co_quan: &a ubnd_tinh_an_giang", 3),
    ("a tab", "  - Sở Xây dựng", "\t- Sở Xây dựng", 34),
    (
        "a quotation mark that is not closed",
        "  ho_ten: Trần Văn Lâm",
        "  ho_ten: \"Trần Văn Lâm",
        31,
    ),
    ("a letter that only looks like one", "CHỦ TỊCH", "СHỦ TỊCH", 30),
];

/// The same in the CSV file; the second row has two lines.
const IN_CSV: [(&str, &str, &str, usize); 14] = [
    ("an unknown heading", "ten,kc,von,gn", "ten,kc,vonn,gn", 1),
    ("an amount in English", ",1.200,300", ",1.20,300", 2),
    ("an amount in words", ",1.200,300", ",nhiều,300", 2),
    ("a day that is none", "05/01/2026", "31/02/2026", 2),
    ("an amount behind a line feed in a cell", "\"2.500,5\",1.000", "\"2.500.5\",1.000", 4),
    ("a day behind a line feed in a cell", "12/02/2026", "32/02/2026", 4),
    ("a condition behind a line feed in a cell", ",1.000\n", ",3.000\n", 4),
    ("an amount after such a row", "Trường C,,800,", "Trường C,,8.0,", 5),
    ("a cell too many", "Trường C,,800,", "Trường C,,800,,9", 5),
    ("a condition of the last row", "90,45", "90,450", 6),
    ("an amount of the last row", "90,45", "90,4.5", 6),
    ("a day of the last row", "01/03/2026", "01/13/2026", 6),
    ("a control character", "Bến D", "Bến\u{7}D", 6),
    ("a letter that only looks like one", "Bến D", "Вến D", 6),
];

fn office() -> Office {
    Office::open(None).unwrap_or_else(|_| unreachable!())
}

/// Checks a case with its data file.
fn check(
    office: &Office,
    case: &str,
    data: (&str, &[u8]),
    kind: &str,
    expected: (&str, &str),
) -> Result<(), String> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("ho_so.yaml"), case).unwrap();
    fs::write(folder.path().join(data.0), data.1).unwrap();
    let path = folder.path().join("ho_so.yaml");
    let found = match render::prepare(&path, office, Stage::Final) {
        Ok(prepared) => prepared.findings,
        Err(findings) => findings,
    };
    let expected = (expected.0.to_owned(), expected.1.to_owned());
    judge(kind, &expected, &found.diagnostics, &found.sources)
}

/// The case with its rows in a workbook, whose fifth row is the first.
fn of_workbook() -> String {
    let from = "{tep: du_an.xlsx, trang: Biểu 1, dong_dau: 4, cot: {ten: Tên, kc: Khởi công, von: Vốn, gn: Giải ngân}}";
    CASE.replace("{tep: du_an.csv}", from)
}

/// A sheet with a title, heads in row 4 and nine rows below.
fn sheet(row: usize, cells: &[(&str, &str)]) -> Vec<u8> {
    let mut xml =
        String::from("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>DANH MỤC</t></is></c></row>");
    xml += "<row r=\"4\">";
    for (column, head) in ["A", "B", "C", "D"].iter().zip(["Tên", "Khởi công", "Vốn", "Giải ngân"])
    {
        xml += &format!("<c r=\"{column}4\" t=\"inlineStr\"><is><t>{head}</t></is></c>");
    }
    xml += "</row>";
    for number in 5..=13 {
        let own = |column: &str| {
            let spoilt = cells.iter().find(|(name, _)| number == row && *name == column);
            spoilt.map(|(_, cell)| (*cell).to_owned())
        };
        xml += &format!("<row r=\"{number}\">");
        xml += &own("A").unwrap_or_else(|| text("A", number, &format!("Dự án {number}")));
        xml += &own("B").unwrap_or_else(|| format!("<c r=\"B{number}\" s=\"1\"><v>46027</v></c>"));
        xml += &own("C").unwrap_or_else(|| format!("<c r=\"C{number}\"><v>{number}00</v></c>"));
        xml += &own("D").unwrap_or_else(|| format!("<c r=\"D{number}\"><v>{number}</v></c>"));
        xml += "</row>";
    }
    Parts::of_sheet(&format!("<sheetData>{xml}</sheetData>")).zip()
}

fn text(column: &str, row: usize, text: &str) -> String {
    format!("<c r=\"{column}{row}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

/// What a cell of a row can hold that is wrong.
fn wrong_cells(row: usize) -> Vec<(&'static str, &'static str, String)> {
    vec![
        ("an error of a formula", "C", format!("<c r=\"C{row}\" t=\"e\"><v>#REF!</v></c>")),
        ("words for an amount", "C", text("C", row, "nhiều")),
        ("a number with two commas", "C", text("C", row, "1,2,3")),
        ("a condition that does not hold", "D", format!("<c r=\"D{row}\"><v>99999</v></c>")),
        ("words for a day", "B", text("B", row, "đầu năm")),
        ("a day that is none", "B", text("B", row, "31/02/2026")),
        ("a formula that was never calculated", "C", format!("<c r=\"C{row}\"><f>A1+1</f></c>")),
        ("yes or no for an amount", "C", format!("<c r=\"C{row}\" t=\"b\"><v>1</v></c>")),
    ]
}

#[test]
fn what_the_faults_are_planted_in_is_right() {
    let office = office();
    for ends in Ends::ALL {
        let nothing = ("", "0");
        for (case, name, data) in [
            (CASE.to_owned(), "du_an.csv", ends.write(CSV).into_bytes()),
            (of_workbook(), "du_an.xlsx", sheet(0, &[])),
        ] {
            let said = check(&office, &ends.write(&case), (name, &data), "", nothing).unwrap_err();
            assert!(said.ends_with("told [] []"), "{said}");
        }
    }
}

#[test]
fn a_fault_of_a_case_and_its_data_is_told_at_its_line() {
    let office = office();
    let mut failures = Vec::new();
    let mut count = 0;
    let mut plant = |outcome: Result<(), String>| {
        count += 1;
        failures.extend(outcome.err());
    };
    for (kind, old, new, line) in IN_THE_CASE {
        assert_eq!(CASE.matches(old).count(), 1, "{kind}");
        for ends in &Ends::ALL[..2] {
            let case = ends.write(&CASE.replace(old, new));
            let data = ("du_an.csv", CSV.as_bytes());
            plant(check(&office, &case, data, kind, ("ho_so.yaml", &line.to_string())));
        }
    }
    for (kind, old, new, line) in IN_CSV {
        assert_eq!(CSV.matches(old).count(), 1, "{kind}");
        for ends in Ends::ALL {
            let data = ends.write(&CSV.replace(old, new));
            let data = ("du_an.csv", data.as_bytes());
            plant(check(&office, CASE, data, kind, ("du_an.csv", &line.to_string())));
        }
    }
    for row in [5, 6, 9, 11, 12, 13] {
        for (kind, column, cell) in wrong_cells(row) {
            let data = sheet(row, &[(column, &cell)]);
            let cell = format!("{column}{row}");
            let data = ("du_an.xlsx", data.as_slice());
            plant(check(&office, &of_workbook(), data, kind, ("du_an.xlsx", &cell)));
        }
    }
    account(count, 200, &failures);
}
