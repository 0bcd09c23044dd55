//! Workbooks and CSV files as offices have them: written by programs other than Excel, with
//! formats that show something else than the cells hold. Each is printed as the sheet shows
//! it, or told.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod program;
mod workbook;

use std::fs;
use std::io::{Cursor, Write};

use expect_test::{Expect, expect};
use program::{document_xml, stderr, stdout, vanthu_in};
use workbook::{MAIN, Parts, content_types, relations, workbook, worksheet};

const CASE: &str = "\
phien_ban: 1
loai: bao_cao
mau: noi_dung
co_quan_khac:
  chu_quan: ỦY BAN NHÂN DÂN TỈNH AN GIANG
  ten: SỞ KHOA HỌC VÀ CÔNG NGHỆ
  ten_trong_cau: Sở Khoa học và Công nghệ tỉnh An Giang
  ky_hieu: SKHCN
  dia_danh: An Giang
so: 218
ngay: 15/12/2025
trich_yeu: Kết quả công tác năm 2025
huong: ngang_cap
noi_dung:
  ve: kết quả công tác năm 2025
  muc:
    - tieu_de: Kết quả thực hiện
      noi_dung: Số liệu tại phụ lục kèm theo.
nguoi_ky: {chuc_vu: GIÁM ĐỐC, ho_ten: Trần Minh Khoa}
noi_nhan:
  - Ủy ban nhân dân tỉnh
luu: {noi_luu: VT}
phu_luc:
  - tieu_de: SỐ LIỆU
    kho_giay: doc
";

/// What is told of a file of rows, each finding in a line, and the rows that are printed.
fn read(table: &str, file: &str, bytes: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let case = folder.path().join("ho_so");
    fs::create_dir(&case).unwrap();
    fs::write(case.join("ho_so.yaml"), format!("{CASE}{table}\n")).unwrap();
    fs::write(case.join(file), bytes).unwrap();
    let checked = vanthu_in(folder.path(), &["check", "ho_so"]);
    let told = stdout(&checked) + &stderr(&checked);
    let is_told = |line: &&str| {
        ["lỗi[", "cảnh báo[", "thông tin["].iter().any(|it| line.starts_with(it))
            || line.contains(", ô ")
            || line.contains("chi tiết")
    };
    let mut out: String =
        told.lines().filter(is_told).map(|line| format!("{}\n", line.trim())).collect();
    vanthu_in(folder.path(), &["render", "--format", "docx", "ho_so"]);
    let docx = fs::read_dir(&case).unwrap().map(|entry| entry.unwrap().path());
    let docx = docx.into_iter().find(|path| path.extension().is_some_and(|it| it == "docx"));
    if let Some(path) = docx {
        out += &printed(&fs::read(path).unwrap());
    }
    out
}

/// The rows of the appendix' table in a DOCX.
fn printed(docx: &[u8]) -> String {
    let xml = document_xml(docx);
    let table = &xml[xml.rfind("SỐ LIỆU").unwrap()..];
    let row = |row: &str| {
        let cells: Vec<String> = row.split("</w:tc>").map(text).collect();
        cells[..cells.len() - 1].join(" | ")
    };
    let rows = table.split("</w:tr>").map(row).filter(|row| !row.is_empty());
    rows.skip(1).map(|row| format!("{row}\n")).collect()
}

fn text(xml: &str) -> String {
    let pieces = xml.split("<w:t").skip(1);
    let texts = pieces.filter(|piece| piece.starts_with(['>', ' ']));
    let texts = texts.filter_map(|piece| piece.split_once('>')?.1.split_once("</w:t>"));
    texts.map(|(text, _)| text).collect()
}

/// A table of a column of text and one of another kind, whose rows stand in A1 and B1 on.
fn table(kind: &str, more: &str) -> String {
    format!(
        "    cot:\n      - {{khoa: ten, ten: Tên, kieu: chu}}\n      - {{khoa: gt, ten: Giá trị, kieu: {kind}}}\n    dong_tu_tep:\n      tep: d.xlsx\n      vung: A1:B99\n      cot: {{ten: A, gt: B}}\n{more}"
    )
}

fn sheet(kind: &str, more: &str, parts: &Parts, expected: &Expect) {
    expected.assert_eq(&read(&table(kind, more), "d.xlsx", &parts.zip()));
}

/// Cells in column B, each with its number format; a letter names each in column A.
fn formatted(cells: &[(&str, &str)]) -> Parts {
    let rows = cells.iter().zip(1..).map(|((_, value), row)| {
        let name = char::from(b'a' + u8::try_from(row - 1).unwrap());
        format!(
            "<row r=\"{row}\"><c r=\"A{row}\" t=\"inlineStr\"><is><t>{name}</t></is></c><c r=\"B{row}\" s=\"{row}\"><v>{value}</v></c></row>"
        )
    });
    let rows: String = rows.collect();
    let codes = cells.iter().zip(200..).map(|((code, _), id)| {
        let code = code.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
        format!("<numFmt numFmtId=\"{id}\" formatCode=\"{code}\"/>")
    });
    let codes: String = codes.collect();
    let styles: String =
        (0..cells.len()).map(|index| format!("<xf numFmtId=\"{}\"/>", 200 + index)).collect();
    let styles = format!(
        "<styleSheet {MAIN}><numFmts>{codes}</numFmts><cellXfs><xf numFmtId=\"0\"/>{styles}</cellXfs><dxfs><dxf><numFmt numFmtId=\"200\" formatCode=\"yyyy\"/></dxf></dxfs></styleSheet>"
    );
    Parts::of_sheet(&format!("<sheetData>{rows}</sheetData>")).with("xl/styles.xml", &styles)
}

fn shown(kind: &str, more: &str, cells: &[(&str, &str)], expected: &Expect) {
    sheet(kind, more, &formatted(cells), expected);
}

/// `xl/workbook.xml` with something after its sheets.
fn book(properties: &str, after: &str) -> String {
    workbook(properties, &[("Biểu 1", "")]).replace("</workbook>", &format!("{after}</workbook>"))
}

const FORMULAS: &str = "A|5\nB|<c><f>B1*2</f><v>0</v></c>\nC|<c><f>B1*3</f><v>0</v></c>\nD|<c t=\"str\"><f>\"\"</f><v></v></c>";

// Formulas that nobody calculated.

#[test]
fn formulas_of_a_workbook_that_is_to_be_calculated_on_load_are_refused_once() {
    for (properties, is_stale) in [
        ("<calcPr calcId=\"124519\" fullCalcOnLoad=\"1\"/>", true),
        ("<calcPr fullCalcOnLoad=\"true\"/>", true),
        ("<calcPr calcMode=\"manual\" calcCompleted=\"0\" calcOnSave=\"0\"/>", true),
        ("<calcPr calcId=\"191029\"/>", false),
        ("<calcPr calcId=\"191029\" calcMode=\"manual\"/>", false),
        ("<calcPr calcId=\"191029\" forceFullCalc=\"1\" calcCompleted=\"1\"/>", false),
        ("<calcPr iterateCount=\"100\" refMode=\"A1\" iterate=\"false\"/>", false),
        ("<x15:calcPr xmlns:x15=\"x15\" fullCalcOnLoad=\"1\"/>", false),
        ("", false),
    ] {
        let parts = Parts::of(FORMULAS).with("xl/workbook.xml", &book("", properties));
        let said = read(&table("so", ""), "d.xlsx", &parts.zip());
        assert_eq!(said.contains("phải tính lại"), is_stale, "{properties}\n{said}");
    }
    let parts = Parts::of(FORMULAS)
        .with("xl/workbook.xml", &book("", "<calcPr calcId=\"124519\" fullCalcOnLoad=\"1\"/>"));
    sheet(
        "so",
        "",
        &parts,
        &expect![[r#"
        lỗi[o-sai]: ô có công thức chưa được tính: tệp ghi rằng phải tính lại khi mở; 2 ô như vậy trong B2:B3
        --> ho_so/d.xlsx, trang “Biểu 1”, ô B2
        lỗi[o-sai]: ô có công thức nhưng tệp chưa lưu kết quả
        --> ho_so/d.xlsx, trang “Biểu 1”, ô B4
    "#]],
    );
}

#[test]
fn a_sheet_may_say_it_of_itself_and_a_formula_may_fill_several_cells() {
    let parts = Parts::of("A|5\nB|<c><f>B1*2</f><v>10</v></c>");
    let xml = String::from_utf8(parts.0.last().unwrap().1.clone()).unwrap();
    let of_sheet = xml.replace("</sheetData>", "</sheetData><sheetCalcPr fullCalcOnLoad=\"1\"/>");
    sheet(
        "so",
        "",
        &parts.clone().with("xl/worksheets/sheet1.xml", &of_sheet),
        &expect![[r#"
        lỗi[o-sai]: ô có công thức chưa được tính: tệp ghi rằng phải tính lại khi mở
        --> ho_so/d.xlsx, trang “Biểu 1”, ô B2
    "#]],
    );
    let parts =
        Parts::of("A|5\nB|<c><f t=\"array\" ref=\"B2:B3\">B1*{1;2}</f><v>0</v></c>\nC|0\nD|7")
            .with("xl/workbook.xml", &book("", "<calcPr fullCalcOnLoad=\"1\"/>"));
    sheet(
        "so",
        "",
        &parts,
        &expect![[r#"
        lỗi[o-sai]: ô có công thức chưa được tính: tệp ghi rằng phải tính lại khi mở; 2 ô như vậy trong B2:B3
        --> ho_so/d.xlsx, trang “Biểu 1”, ô B2
    "#]],
    );
}

#[test]
fn a_workbook_that_was_written_by_rust_xlsxwriter_is_refused_at_its_formulas() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for row in 0..40 {
        sheet.write_string(row, 0, "dòng").unwrap();
        sheet.write_formula(row, 1, "=1+2").unwrap();
    }
    let said = read(&table("so", ""), "d.xlsx", &book.save_to_buffer().unwrap());
    expect![[r#"
        lỗi[o-sai]: ô có công thức chưa được tính: tệp ghi rằng phải tính lại khi mở; 40 ô như vậy trong B1:B40
        --> ho_so/d.xlsx, trang “Sheet1”, ô B1
    "#]].assert_eq(&said);
}

#[test]
fn formulas_that_all_give_nought_are_asked_about() {
    let rows = "A|5\nB|<c><f>B1*2</f><v>0</v></c>\nC|<c><f>B1*3</f><v>0</v></c>\nD|<c><f>B1*4</f><v>0</v></c>";
    sheet(
        "so",
        "",
        &Parts::of(rows),
        &expect![[r#"
        cảnh báo[o-chua-tinh]: mọi công thức của trang “Biểu 1” đều cho kết quả 0
        A | 5
        B | 0
        C | 0
        D | 0
    "#]],
    );
    sheet(
        "so",
        "",
        &Parts::of(&rows.replace("<f>B1*4</f><v>0", "<f>B1*4</f><v>20")),
        &expect![[r#"
            A | 5
            B | 0
            C | 0
            D | 20
        "#]],
    );
}

// Names and their namespaces.

#[test]
fn days_count_from_1904_whatever_newer_programs_add() {
    let days = formatted(&[("dd/mm/yyyy", "43327")]);
    let x15 = "xmlns:x15=\"http://schemas.microsoft.com/office/spreadsheetml/2010/11/main\"";
    for (properties, after) in [
        ("date1904=\"1\"", String::new()),
        (
            "date1904=\"true\"",
            format!(
                "<extLst><ext {x15}><x15:workbookPr chartTrackingRefBase=\"1\"/></ext></extLst>"
            ),
        ),
        ("date1904=\"1\"", format!("<x15:workbookPr {x15}/>")),
        ("date1904=\"1\"", "<extLst><ext><workbookPr/></ext></extLst>".to_owned()),
    ] {
        let parts = days.clone().with("xl/workbook.xml", &book(properties, &after));
        let said = read(&table("ngay", ""), "d.xlsx", &parts.zip());
        assert_eq!(said, "a | 16/8/2022\n", "{properties} {after}");
    }
}

#[test]
fn a_strict_workbook_and_one_with_prefixes_are_read() {
    let strict = |xml: &str| {
        xml.replace(
            "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            "http://purl.oclc.org/ooxml/spreadsheetml/main",
        )
        .replace(
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            "http://purl.oclc.org/ooxml/officeDocument/relationships",
        )
    };
    let parts = Parts::of("Đường A|5");
    let mut changed = parts.clone();
    for (_, bytes) in &mut changed.0 {
        *bytes = strict(&String::from_utf8(bytes.clone()).unwrap()).into_bytes();
    }
    sheet(
        "so",
        "",
        &changed,
        &expect![[r#"
        Đường A | 5
    "#]],
    );
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let prefixed = format!(
        "<x:worksheet xmlns:x=\"{main}\" xmlns:o=\"khac\"><x:sheetData><x:row><o:c><x:v>9</x:v></o:c><x:c t=\"inlineStr\"><x:is><x:t>Đường B</x:t></x:is></x:c><x:c><x:v>6</x:v></x:c></x:row><o:row><x:c><x:v>1</x:v></x:c></o:row></x:sheetData></x:worksheet>"
    );
    sheet(
        "so",
        "",
        &parts.with("xl/worksheets/sheet1.xml", &prefixed),
        &expect![[r#"
        Đường B | 6
    "#]],
    );
}

#[test]
fn of_alternate_content_one_branch_is_read() {
    let cell = |text: &str| format!("<is><t>{text}</t></is>");
    let xml = format!(
        "<sheetData><row><c t=\"inlineStr\"><m:AlternateContent xmlns:m=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"><m:Choice xmlns:n=\"moi\" Requires=\"n\">{}</m:Choice><m:Fallback>{}</m:Fallback></m:AlternateContent></c><c><v>5</v></c></row></sheetData>",
        cell("mới"),
        cell("cũ")
    );
    sheet(
        "so",
        "",
        &Parts::of_sheet(&xml),
        &expect![[r#"
        cũ | 5
    "#]],
    );
}

// What other programs write.

#[test]
fn a_content_type_that_is_there_for_any_case_is_no_macro() {
    let default = "<Default Extension=\"bin\" ContentType=\"application/vnd.ms-excel.sheet.binary.macroEnabled.main\"/>";
    let types = content_types("sheet.main").replace("<Override", &format!("{default}<Override"));
    let parts = Parts::of("Đường A|5").with("[Content_Types].xml", &types);
    sheet(
        "so",
        "",
        &parts,
        &expect![[r#"
        Đường A | 5
    "#]],
    );
    // A part with macros under another name, by its content type and by its relation.
    let part =
        "<Override PartName=\"/xl/a.bin\" ContentType=\"application/vnd.ms-office.vbaProject\"/>";
    let by_type = types.replace("<Override", &format!("{part}<Override"));
    sheet(
        "so",
        "",
        &parts.clone().with("[Content_Types].xml", &by_type),
        &expect![[r#"
        lỗi[tep-khong-doc-duoc]: tệp Excel có macro, chương trình không đọc
    "#]],
    );
    let related = relations(&[("rId1", "worksheet", "worksheets/sheet1.xml")]).replace(
        "</Relationships>",
        "<Relationship Id=\"rId2\" Type=\"http://schemas.microsoft.com/office/2006/relationships/vbaProject\" Target=\"a.bin\"/></Relationships>",
    );
    sheet(
        "so",
        "",
        &parts.with("xl/_rels/workbook.xml.rels", &related),
        &expect![[r#"
        lỗi[tep-khong-doc-duoc]: tệp Excel có macro, chương trình không đọc
    "#]],
    );
}

#[test]
fn a_cell_without_a_value_is_blank_whatever_its_type() {
    for kind in ["s", "n", "b", "e", "d", "str"] {
        for value in ["<v/>", "<v></v>", "<v> </v>"] {
            let parts = Parts::of(&format!("A|1\n<c t=\"{kind}\">{value}</c>|2"));
            let said = read(&table("so", ""), "d.xlsx", &parts.zip());
            assert_eq!(said, "A | 1\n | 2\n", "{kind} {value}");
        }
    }
}

#[test]
fn characters_that_are_spelled_out_are_read_wherever_a_text_may_stand() {
    let strings = format!("<sst {MAIN}><si><t>Hai_x000D_\nBa</t></si></sst>");
    let rows = "<c t=\"str\"><f>A9</f><v>Một_x000D_ Hai</v></c>|1\n<c t=\"s\"><v>0</v></c>|2\nBa_x1EA1_n|3\n_x005F_x000D_|4";
    let parts = Parts::of(rows).with("xl/sharedStrings.xml", &strings);
    sheet(
        "so",
        "",
        &parts,
        &expect![[r#"
        Một Hai | 1
        Hai Ba | 2
        Baạn | 3
        _x000D_ | 4
    "#]],
    );
    let named = Parts::of("Đường A|5")
        .with("xl/workbook.xml", &workbook("", &[("Bi_x1EC3_u 1", ""), ("x", "")]));
    sheet(
        "so",
        "      trang: Biểu 1",
        &named,
        &expect![[r#"
        Đường A | 5
    "#]],
    );
}

#[test]
fn archives_of_other_programs_are_read() {
    let good = Parts::of("Đường A|5");
    let read_bytes = |bytes: &[u8]| read(&table("so", ""), "d.xlsx", bytes);
    let mut backslashes = good.clone();
    for (name, _) in &mut backslashes.0 {
        *name = name.replace('/', "\\");
    }
    assert_eq!(read_bytes(&backslashes.zip()), "Đường A | 5\n");
    let mut bytes = good.zip();
    for filling in [1, 4, 1_024] {
        bytes.resize(good.zip().len() + filling, 0);
        assert_eq!(read_bytes(&bytes), "Đường A | 5\n", "{filling}");
    }
    bytes.resize(good.zip().len() + 1_025, 0);
    assert!(read_bytes(&bytes).contains("bị hỏng"));
    for are_full in [false, true] {
        assert_eq!(read_bytes(&with_long_end(&good.zip(), are_full)), "Đường A | 5\n");
    }
    let mut lying = with_long_end(&good.zip(), true);
    let record = lying.len() - 22 - 20 - 56;
    lying[record + 32..record + 40].copy_from_slice(&u64::MAX.to_le_bytes());
    assert!(!read_bytes(&lying).contains("Đường A"));
}

/// The archive with a longer record of its end (ZIP64), which stands alone when the fields
/// of the shorter one are full.
fn with_long_end(bytes: &[u8], are_full: bool) -> Vec<u8> {
    let end = bytes.len() - 22;
    let number = |at: usize, length: usize| {
        let mut field = [0; 8];
        field[..length].copy_from_slice(&bytes[end + at..end + at + length]);
        u64::from_le_bytes(field)
    };
    let mut out = Cursor::new(bytes[..end].to_vec());
    out.set_position(end as u64);
    out.write_all(b"PK\x06\x06").unwrap();
    out.write_all(&44_u64.to_le_bytes()).unwrap();
    out.write_all(&[45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]).unwrap();
    for (at, length) in [(8, 2), (10, 2), (12, 4), (16, 4)] {
        out.write_all(&number(at, length).to_le_bytes()).unwrap();
    }
    out.write_all(b"PK\x06\x07\0\0\0\0").unwrap();
    out.write_all(&(end as u64).to_le_bytes()).unwrap();
    out.write_all(&1_u32.to_le_bytes()).unwrap();
    let mut short = bytes[end..].to_vec();
    if are_full {
        short[8..20].fill(0xff);
    }
    out.write_all(&short).unwrap();
    out.into_inner()
}

#[test]
fn a_row_without_height_and_a_column_without_width_are_hidden() {
    let rows = "<row r=\"1\" ht=\"0\" customHeight=\"1\"><c t=\"inlineStr\"><is><t>A</t></is></c><c><v>1</v></c></row>";
    let xml = worksheet(&format!(
        "<cols><col min=\"2\" max=\"2\" width=\"0\" customWidth=\"1\"/></cols><sheetData>{rows}</sheetData>"
    ));
    let parts = Parts::of("").with("xl/worksheets/sheet1.xml", &xml);
    sheet(
        "so",
        "",
        &parts,
        &expect![[r#"
        cảnh báo[o-an]: trang “Biểu 1” có 1 dòng đang ẩn mà vẫn được đọc: 1
        cảnh báo[o-an]: trang “Biểu 1” có 1 cột đang ẩn mà vẫn được đọc: B
        A | 1
    "#]],
    );
}

// What a format shows and the value does not say.

#[test]
fn a_column_of_text_is_printed_as_the_sheet_shows_it() {
    let cells = [
        ("000000000000", "12345678901"),
        ("0000", "12"),
        ("\"DA-\"0000", "12"),
        ("0\" tháng\"", "12"),
        ("#,##0", "1234567"),
        ("General", "2022"),
        ("0.0%", "0.285"),
        ("dd/mm/yyyy", "44789"),
        ("mm/yyyy", "44789"),
        ("dd/mm/yyyy hh:mm", "44789.5"),
        ("[h]:mm", "1.25"),
        ("#,##0,", "1234567000"),
        ("@", "0.5"),
    ];
    shown(
        "chu",
        "",
        &cells,
        &expect![[r#"
            a | 012345678901
            b | 0012
            c | DA-0012
            d | 12 tháng
            e | 1.234.567
            f | 2022
            g | 28,5%
            h | 16/08/2022
            i | 08/2022
            j | 16/08/2022 12:00
            k | 30:00
            l | 1.234.567
            m | 0,5
        "#]],
    );
    shown(
        "giua",
        "      doc: gia_tri",
        &cells[..9],
        &expect![[r#"
        a | 12345678901
        b | 12
        c | 12
        d | 12
        e | 1234567
        f | 2022
        g | 28,5%
        h | 16/08/2022
        i | 16/08/2022
    "#]],
    );
}

#[test]
fn noughts_in_front_are_asked_about_in_a_column_of_figures() {
    let cells = [("0000", "12"), ("0000", "13"), ("000000000000", "12345678901"), ("0000", "2022")];
    shown(
        "so",
        "",
        &cells,
        &expect![[r#"
        lỗi[o-hien-khac]: ô hiện “0012” mà cột số sẽ in 12; 3 ô như vậy trong B1:B3
        --> ho_so/d.xlsx, trang “Biểu 1”, ô B1
    "#]],
    );
    shown(
        "so",
        "      doc_cot: {gt: gia_tri}",
        &cells,
        &expect![[r#"
        a | 12
        b | 13
        c | 12.345.678.901
        d | 2.022
    "#]],
    );
}

#[test]
fn another_number_than_the_value_is_asked_about() {
    let scaled = [("#,##0,", "1234567000"), ("#,##0,,", "5000000"), ("#,##0;#,##0", "-5")];
    shown(
        "so",
        "",
        &scaled,
        &expect![[r#"
        lỗi[o-hien-khac]: ô hiện “1.234.567” mà giá trị là 1.234.567.000; 3 ô như vậy trong B1:B3
        --> ho_so/d.xlsx, trang “Biểu 1”, ô B1
    "#]],
    );
    shown(
        "so",
        "      doc: nhu_hien",
        &scaled,
        &expect![[r#"
        a | 1.234.567
        b | 5
        c | 5
    "#]],
    );
    shown(
        "so",
        "      doc_cot: {gt: gia_tri}",
        &scaled,
        &expect![[r#"
        a | 1.234.567.000
        b | 5.000.000
        c | -5
    "#]],
    );
    let others = [(";;;", "5"), ("0\"/12\"", "5"), ("# ?/?", "0.5"), ("0.00E+00", "1234567")];
    shown(
        "so",
        "",
        &others,
        &expect![[r#"
        lỗi[o-hien-khac]: ô không hiện gì mà có giá trị 5
        --> ho_so/d.xlsx, trang “Biểu 1”, ô B1
        lỗi[o-hien-khac]: ô hiện “5/12” mà giá trị là 5
        --> ho_so/d.xlsx, trang “Biểu 1”, ô B2
        lỗi[o-hien-khac]: ô có giá trị 0,5 nhưng hiện dưới dạng phân số hoặc lũy thừa của 10; 2 ô như vậy trong B3:B4
        --> ho_so/d.xlsx, trang “Biểu 1”, ô B3
    "#]],
    );
    // What says the same in another way is no news.
    let same = [
        ("#,##0;(#,##0);\"-\"", "-5"),
        ("#,##0;(#,##0);\"-\"", "0"),
        ("0.00", "2"),
        ("[Red]#,##0", "7"),
    ];
    shown(
        "so",
        "",
        &same,
        &expect![[r#"
        a | -5
        b | 0
        c | 2
        d | 7
    "#]],
    );
}

#[test]
fn words_around_a_figure_are_told_unless_they_are_its_unit() {
    let cells = [("0\" tháng\"", "12"), ("0\" tháng\"", "3"), ("General\" đ\"", "5000")];
    shown(
        "so",
        "",
        &cells,
        &expect![[r#"
        cảnh báo[o-kem-chu]: ô hiện “12 tháng”, cột số chỉ in 12; 3 ô như vậy trong B1:B3
        --> ho_so/d.xlsx, trang “Biểu 1”, ô B1
        a | 12
        b | 3
        c | 5.000
    "#]],
    );
    shown(
        "so, don_vi_tinh: tháng",
        "",
        &cells[..2],
        &expect![[r#"
        a | 12
        b | 3
    "#]],
    );
    shown(
        "so",
        "    don_vi_tinh: đồng",
        &cells[2..],
        &expect![[r#"
        a | 5.000
    "#]],
    );
}

#[test]
fn a_day_of_which_only_a_part_is_shown_is_asked_about() {
    let cells = [
        ("mm/yyyy", "44774"),
        ("yyyy", "44562"),
        ("mmm-yy", "44774"),
        ("d/m", "44789"),
        ("dd/mm/yyyy", "44789"),
    ];
    shown(
        "ngay",
        "",
        &cells,
        &expect![[r#"
        lỗi[o-hien-khac]: ô chỉ hiện “08/2022” mà giá trị là cả ngày 01/08/2022; 4 ô như vậy trong B1:B4
        --> ho_so/d.xlsx, trang “Biểu 1”, ô B1
    "#]],
    );
    shown(
        "ngay",
        "      doc: nhu_hien",
        &cells,
        &expect![[r#"
        a | 08/2022
        b | 2022
        c | Thg8-22
        d | 16/8
        e | 16/8/2022
    "#]],
    );
    shown(
        "ngay",
        "      doc_cot: {gt: gia_tri}",
        &cells,
        &expect![[r#"
        a | 01/8/2022
        b | 01/01/2022
        c | 01/8/2022
        d | 16/8/2022
        e | 16/8/2022
    "#]],
    );
    let times = [
        ("dd/mm/yyyy hh:mm", "44789.5"),
        ("dd/mm/yyyy", "44789.25"),
        ("dd/mm/yyyy hh:mm", "44789"),
    ];
    shown(
        "ngay",
        "",
        &times,
        &expect![[r#"
        lỗi[o-sai]: ô ghi giờ, hoặc cả ngày và giờ; 2 ô như vậy trong B1:B2
        --> ho_so/d.xlsx, trang “Biểu 1”, ô B1
    "#]],
    );
    shown(
        "ngay",
        "      doc: nhu_hien",
        &times,
        &expect![[r#"
        a | 16/08/2022 12:00
        b | 16/8/2022
        c | 16/8/2022
    "#]],
    );
}

#[test]
fn a_wish_for_a_column_that_is_not_there_is_told() {
    let more = "      doc_cot: {gia: nhu_hien, ten: hien}\n      doc: tat_ca";
    shown(
        "so",
        more,
        &[("0", "1")],
        &expect![[r#"
        lỗi[gia-tri-la]: `ten` không nhận giá trị “hien”
        lỗi[gia-tri-la]: `doc` không nhận giá trị “tat_ca”
    "#]],
    );
    let csv =
        "    cot:\n      - {khoa: ten, ten: Tên}\n    dong_tu_tep: {tep: d.csv, doc: nhu_hien}";
    expect![[r#"
        lỗi[vung-la]: `doc` chỉ dùng cho tệp Excel (.xlsx), tệp CSV không có
    "#]]
    .assert_eq(&read(csv, "d.csv", "ten\nA\n".as_bytes()));
}

// Rounding.

#[test]
fn quotients_are_printed_with_the_decimals_that_the_sheet_shows_and_told_once() {
    let thirds =
        [("0", "33.333333333333336"), ("0", "33.333333333333336"), ("0", "33.333333333333336")];
    let total = "    tong: {nhan: TỔNG SỐ, vi_tri: cuoi}";
    shown(
        "so",
        total,
        &thirds,
        &expect![[r#"
        cảnh báo[tong-lech-lam-tron]: dòng “TỔNG SỐ” có 1 ô lệch với các số in ra, do làm tròn
        = chi tiết: gt: cộng các số in ra được 99, dòng cộng in 100
        cảnh báo[o-lam-tron]: ô hiện 33 mà giá trị là 33,3333333333333; 3 ô như vậy trong B1:B3; cột in số lẻ như trang tính hiện, dòng cộng tính từ giá trị đầy đủ
        --> ho_so/d.xlsx, trang “Biểu 1”, ô B1
        a | 33
        b | 33
        c | 33
        TỔNG SỐ | 100
    "#]],
    );
    shown(
        "so, so_le: 0",
        total,
        &thirds,
        &expect![[r#"
        cảnh báo[tong-lech-lam-tron]: dòng “TỔNG SỐ” có 1 ô lệch với các số in ra, do làm tròn
        = chi tiết: gt: cộng các số in ra được 99, dòng cộng in 100
        a | 33
        b | 33
        c | 33
        TỔNG SỐ | 100
    "#]],
    );
    shown(
        "so, so_le: 2",
        total,
        &thirds,
        &expect![[r#"
        cảnh báo[tong-lech-lam-tron]: dòng “TỔNG SỐ” có 1 ô lệch với các số in ra, do làm tròn
        = chi tiết: gt: cộng các số in ra được 99,99, dòng cộng in 100,00
        a | 33,33
        b | 33,33
        c | 33,33
        TỔNG SỐ | 100,00
    "#]],
    );
    shown(
        "so",
        &format!("      doc: nhu_hien\n{total}"),
        &thirds,
        &expect![[r#"
        a | 33
        b | 33
        c | 33
        TỔNG SỐ | 99
    "#]],
    );
    shown(
        "so",
        &format!("      doc: gia_tri\n{total}"),
        &thirds,
        &expect![[r#"
        a | 33,3333333333333
        b | 33,3333333333333
        c | 33,3333333333333
        TỔNG SỐ | 99,9999999999999
    "#]],
    );
    let declared = "    tong: {nhan: TỔNG SỐ, vi_tri: cuoi, khai: {gt: 100}}";
    shown(
        "so, so_le: 1",
        declared,
        &thirds,
        &expect![[r#"
        cảnh báo[tong-lech-lam-tron]: dòng “TỔNG SỐ” có 1 ô lệch với các số in ra, do làm tròn
        = chi tiết: gt: cộng các số in ra được 99,9, dòng cộng in 100,0
        a | 33,3
        b | 33,3
        c | 33,3
        TỔNG SỐ | 100,0
    "#]],
    );
    shown(
        "so",
        "",
        &[("General", "33.333333333333336"), ("#,##0.00", "666666.66666")],
        &expect![[r#"
            cảnh báo[o-lam-tron]: ô chứa số lẻ dài: 33,3333333333333
            --> ho_so/d.xlsx, trang “Biểu 1”, ô B1
            cảnh báo[o-lam-tron]: ô hiện 666.666,67 mà giá trị là 666.666,66666; cột in số lẻ như trang tính hiện, dòng cộng tính từ giá trị đầy đủ
            --> ho_so/d.xlsx, trang “Biểu 1”, ô B2
            a | 33,333333
            b | 666.666,666660
        "#]],
    );
    shown(
        "so",
        "",
        &[("0", "33.333"), ("#,##0", "666666.667")],
        &expect![[r#"
        cảnh báo[o-lam-tron]: ô hiện 33 mà giá trị là 33,333; 2 ô như vậy trong B1:B2; cột in số lẻ như trang tính hiện, dòng cộng tính từ giá trị đầy đủ
        --> ho_so/d.xlsx, trang “Biểu 1”, ô B1
        a | 33
        b | 666.667
    "#]],
    );
}

#[test]
fn a_ratio_or_a_difference_of_the_sheet_is_the_same_where_it_is_printed() {
    let rows = "A|7|3|42.857142857142854|4\nB|0.3|0.1|33.333333333333336|0.19999999999999998\nC|5|1|20.5|4";
    let columns = |so_le: &str| {
        format!(
            "    cot:\n      - {{khoa: ten, ten: Tên}}\n      - {{khoa: kh, ten: Kế hoạch, kieu: so}}\n      - {{khoa: gn, ten: Giải ngân, kieu: so}}\n      - {{khoa: tl, ten: Tỷ lệ, kieu: ty_le, ty_le_cua: [gn, kh]{so_le}}}\n      - {{khoa: cl, ten: Còn lại, kieu: so, hieu_cua: [kh, gn]}}\n    dong_tu_tep:\n      tep: d.xlsx\n      vung: A1:E3\n      cot: {{ten: A, kh: B, gn: C, tl: D, cl: E}}"
        )
    };
    let bytes = Parts::of(rows).zip();
    expect![[r#"
        lỗi[hieu-ty-le-khong-khop]: ô ghi 20,5, tính từ gn, kh được 20,00
        --> ho_so/d.xlsx, trang “Biểu 1”, ô D3
    "#]]
    .assert_eq(&read(&columns(""), "d.xlsx", &bytes));
    let right = Parts::of(&rows[..rows.rfind("\nC").unwrap()]).zip();
    expect![[r#"
        A | 7 | 3 | 42,9 | 4
        B | 0,3 | 0,1 | 33,3 | 0,2
    "#]]
    .assert_eq(&read(&columns(", so_le: 1"), "d.xlsx", &right));
}

#[test]
fn decimals_are_a_matter_of_figures() {
    shown(
        "chu, so_le: 1",
        "",
        &[("0", "1")],
        &expect![[r#"
        lỗi[cau-truc-bang]: `so_le` chỉ dùng cho cột số và cột tỷ lệ
    "#]],
    );
    shown(
        "so, so_le: 9",
        "",
        &[("0", "1")],
        &expect![[r#"
        lỗi[gia-tri-la]: số lẻ “9” không phải số từ 0 đến 6
    "#]],
    );
    let typed = "    cot:\n      - {khoa: ten, ten: Tên}\n      - {khoa: gt, ten: Giá trị, kieu: so, so_le: 1}\n    dong:\n      - {ten: A, gt: '12,34'}\n      - {ten: B, gt: '0,05'}\n      - {ten: C, gt: '3'}\n    tong: {nhan: Cộng}";
    expect![[r#"
        Cộng | 15,4
        A | 12,3
        B | 0,1
        C | 3,0
    "#]]
    .assert_eq(&read(typed, "khong.csv", b""));
}

// CSV.

#[test]
fn columns_without_heading_and_cells_are_passed_over() {
    let table = |more: &str| {
        format!(
            "    cot:\n      - {{khoa: ten, ten: Tên}}\n      - {{khoa: gt, ten: Giá trị, kieu: so}}\n    dong_tu_tep: {{tep: d.csv{more}}}"
        )
    };
    for (text, more) in [
        ("ten;gt;;\nA;5;;\n", ""),
        ("ten;gt;;\nA;5\n", ""),
        ("ten;;gt;\nA;;5;\n;;;\n", ""),
        ("ten;gt\nA;5;;;\n", ""),
        ("Biểu;;;\nTên;Giá trị;;\nA;5;;\n", ", dong_dau: 2, cot: {ten: Tên, gt: Giá trị}"),
    ] {
        assert_eq!(read(&table(more), "d.csv", text.as_bytes()), "A | 5\n", "{text}");
    }
    expect![[r#"
        lỗi[cot-la]: cột thứ 3 của tệp có chữ mà không có đề mục
    "#]]
    .assert_eq(&read(&table(""), "d.csv", "ten;gt;\nA;5;x\n".as_bytes()));
}

#[test]
fn a_line_that_says_what_parts_the_cells_is_no_line_of_the_table() {
    let table = |more: &str| {
        format!(
            "    cot:\n      - {{khoa: ten, ten: Tên}}\n      - {{khoa: gt, ten: Giá trị, kieu: so}}\n    dong_tu_tep: {{tep: d.csv{more}}}"
        )
    };
    for (text, more) in [
        ("sep=;\nten;gt\nA;5\n", ""),
        ("\u{feff}SEP=,\r\nten,gt\r\nA,5\r\n", ""),
        ("\"sep=|\"\nten|gt\nA|5\n", ""),
        ("sep=\t\nten\tgt\nA\t5\n", ""),
        ("sep=;\nBiểu\nten;gt\nA;5\n", ", dong_dau: 3"),
    ] {
        assert_eq!(read(&table(more), "d.csv", text.as_bytes()), "A | 5\n", "{text}");
    }
}
