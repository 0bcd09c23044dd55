//! Letters from the door to the page: what is refused and where, what is drawn, what a draft
//! shows in its place; the same answer from `check`, `render` and `issue`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod program;
mod workbook;

use std::fs;
use std::path::Path;

use expect_test::{Expect, expect};
use program::{document_xml, stderr, stdout, vanthu_in};
use tempfile::TempDir;

/// A report with a paragraph, a table after it, and whatever else is put in.
fn case(paragraph: &str, table: &str) -> String {
    let paragraph: String = paragraph.lines().map(|line| format!("        {line}\n")).collect();
    format!(
        "\
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
      noi_dung: |
{paragraph}nguoi_ky:
  chuc_vu: GIÁM ĐỐC
  ho_ten: Trần Minh Khoa
noi_nhan:
  - Ủy ban nhân dân tỉnh
luu:
  noi_luu: VT
{table}"
    )
}

/// An appendix with a column of text and one that is centred.
fn table(rows: &str) -> String {
    format!(
        "\
phu_luc:
  - tieu_de: SỐ LIỆU
    kho_giay: doc
    cot:
      - {{khoa: ten, ten: \"Tên\", kieu: chu}}
      - {{khoa: gc, ten: \"Ghi chú\", kieu: chu}}
{rows}"
    )
}

fn written(name: &str, text: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), name, text);
    folder
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// What `check` says, the lines that say what and where; and how it ends.
fn told(folder: &Path, args: &[&str]) -> String {
    let out = vanthu_in(folder, args);
    let said = format!("{}{}", stdout(&out), stderr(&out));
    assert!(!said.contains("panicked"), "{said}");
    let is_told = |line: &&str| {
        ["lỗi", "cảnh báo"].iter().any(|start| line.starts_with(start)) || line.contains("-->")
    };
    let lines = said.lines().filter(is_told).map(|line| format!("{}\n", line.trim()));
    format!("{}{}\n", lines.collect::<String>(), out.status.code().unwrap())
}

fn check(folder: &Path, expected: &Expect) {
    expected.assert_eq(&told(folder, &["check", "ho_so"]));
}

/// The words of the case's DOCX, as XML.
fn xml(folder: &Path) -> String {
    document_xml(&fs::read(folder.join("ho_so/ho_so.docx")).unwrap())
}

#[test]
fn boxes_ticks_and_numbers_of_forms_are_printed_in_both_formats() {
    let signs = "Đã hoàn thành ✓, chưa xong ☐, loại Ⅱ, 25℃.";
    let more = "☑ ☒ ✔ ✗ ✘ ▢ ■ □ ● ○ ◯ Ⅻ ⅻ ℉ ㎡ ㎥ ① ⑳ ⇒ ⇔ ★ ☆ ►";
    let rows = table("    dong:\n      - {ten: \"☐ Đường A\", gc: \"☑\"}\n");
    let text = case(&format!("☐ {signs} Số liệu tại Phụ lục kèm theo.\n\n{more}"), &rows);
    let folder = written("ho_so/ho_so.yaml", &text);
    assert_eq!(told(folder.path(), &["check", "ho_so"]), "0\n");
    assert_eq!(told(folder.path(), &["render", "ho_so"]), "0\n");
    let xml = xml(folder.path());
    for word in [signs, more, "☐ Đường A"] {
        assert!(word.split(' ').all(|word| xml.contains(word)), "{word}");
    }
    let pdf = fs::read(folder.path().join("ho_so/ho_so.pdf")).unwrap();
    assert!(pdf.windows(13).any(|bytes| bytes == b"VanthuSymbols") || pdf.len() > 20_000);
}

#[test]
fn a_hyphen_that_does_not_break_is_printed_as_one() {
    let rows = table("    dong:\n      - {ten: \"KT\u{2011}TH\", gc: \"a\u{2011}b & c\"}\n");
    let text = case("Phòng KT\u{2011}TH, **KH\u{2011}TC** & phụ lục.", &rows);
    let folder = written("ho_so/ho_so.yaml", &text);
    assert_eq!(told(folder.path(), &["render", "ho_so"]), "0\n");
    let xml = xml(folder.path());
    assert!(!xml.contains('\u{2011}'), "the letter is left");
    assert_eq!(xml.matches("<w:noBreakHyphen/>").count(), 4);
    assert!(
        xml.contains(r#"b &amp; c</w:t>"#)
            && xml.contains("<w:noBreakHyphen/><w:t xml:space=\"preserve\">TH")
    );
}

#[test]
fn letters_that_no_font_has_are_told_at_their_places_before_anything_is_written() {
    let rows = table("    dong:\n      - {ten: \"Cầu 漢字\", gc: \"\\u6f22 👍\"}\n");
    let text =
        case("Chữ ខ្មែរ và 漢字 tại phụ lục. # 漢", &rows).replace("phu_luc:\n", "# 漢\nphu_luc:\n");
    let folder = written("ho_so/ho_so.yaml", &text);
    check(
        folder.path(),
        &expect![[r#"
            lỗi[khong-co-chu]: bản PDF không in được chữ “ខ្មែរ” (U+1781, U+17D2, U+1798, U+17C2, U+179A)
            --> ho_so/ho_so.yaml:19:13
            lỗi[khong-co-chu]: bản PDF không in được chữ “漢字” (U+6F22, U+5B57), và 1 chỗ khác
            --> ho_so/ho_so.yaml:19:22
            lỗi[khong-co-chu]: bản PDF không in được chữ “漢” (U+6F22), và 1 chỗ khác
            --> ho_so/ho_so.yaml:19:40
            lỗi[khong-co-chu]: bản PDF không in được chữ “👍” (U+1F44D)
            --> ho_so/ho_so.yaml:35:37
            1
        "#]],
    );
    let rendered = told(folder.path(), &["render", "ho_so"]);
    assert!(rendered.starts_with("lỗi[khong-co-chu]") && rendered.ends_with("\n1\n"), "{rendered}");
    assert!(!folder.path().join("ho_so/ho_so.docx").exists());
    let draft = told(folder.path(), &["render", "--draft", "ho_so"]);
    assert!(draft.starts_with("cảnh báo[khong-co-chu]") && draft.ends_with("\n0\n"), "{draft}");
    assert!(xml(folder.path()).contains("漢字"));
    assert!(folder.path().join("ho_so/ho_so.pdf").exists());
}

#[test]
fn a_letter_in_a_csv_file_or_in_a_wording_is_told_there() {
    let rows = "    dong_tu_tep: {tep: d.csv}\n";
    let folder = written("ho_so/ho_so.yaml", &case("Xem phụ lục.", &table(rows)));
    write(folder.path(), "ho_so/d.csv", "ten,gc\nA,漢\nB,ok\nC,漢\n");
    check(
        folder.path(),
        &expect![[r#"
            lỗi[khong-co-chu]: bản PDF không in được chữ “漢” (U+6F22), và 1 chỗ khác
            --> ho_so/d.csv:2:3
            1
        "#]],
    );
    let folder = office("Trên đây là báo cáo 漢./.");
    expect![[r#"
        lỗi[khong-co-chu]: bản PDF không in được chữ “漢” (U+6F22)
        --> mau/bao_cao/thu.md:5:21
        1
    "#]]
    .assert_eq(&told(folder.path(), &["check", "--root", "mau", "ho_so"]));
}

/// A folder of templates with a wording of that body, and a case in it.
fn office(body: &str) -> TempDir {
    let folder =
        written("mau/bao_cao/thu.md", &format!("---\nmo_ta: Thử\ntruong: []\n---\n{body}\n"));
    let text = case("x", "");
    let (before, after) = text.split_once("noi_dung:\n  ve").unwrap();
    let after = after.split_once("nguoi_ky:").unwrap().1;
    let text = format!("{before}nguoi_ky:{after}").replace("mau: noi_dung", "mau: thu");
    write(folder.path(), "ho_so/ho_so.yaml", &text);
    folder
}

#[test]
fn each_of_forty_cases_is_told_by_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let names: Vec<String> = (1..=40).map(|number| format!("ho_so_{number}")).collect();
    for (index, name) in names.iter().enumerate() {
        let text = case(if index % 2 == 0 { "Chữ 漢." } else { "Chữ Việt." }, "");
        write(folder.path(), &format!("{name}/ho_so.yaml"), &text);
    }
    let args: Vec<&str> = ["render", "--format", "docx"]
        .into_iter()
        .chain(names.iter().map(String::as_str))
        .collect();
    let out = vanthu_in(folder.path(), &args);
    let warned = stderr(&out);
    assert_eq!(out.status.code(), Some(1));
    for (index, name) in names.iter().enumerate() {
        let is_told = warned.contains(&format!("--> {name}/ho_so.yaml:19:13"));
        assert_eq!(is_told, index % 2 == 0, "{name}");
        assert_eq!(folder.path().join(name).join(format!("{name}.docx")).exists(), !is_told);
    }
}

/// What may stand in no text: of each kind some, with their numbers.
const FORBIDDEN: &[char] = &[
    '\u{1}',
    '\u{b}',
    '\u{7f}',
    '\u{85}',
    '\u{ad}',
    '\u{34f}',
    '\u{61c}',
    '\u{115f}',
    '\u{1160}',
    '\u{180e}',
    '\u{200b}',
    '\u{200d}',
    '\u{200e}',
    '\u{200f}',
    '\u{2028}',
    '\u{2029}',
    '\u{202e}',
    '\u{2060}',
    '\u{2064}',
    '\u{2066}',
    '\u{206a}',
    '\u{206f}',
    '\u{3164}',
    '\u{e010}',
    '\u{f0b7}',
    '\u{fe0f}',
    '\u{feff}',
    '\u{ffa0}',
    '\u{fff9}',
    '\u{fffb}',
    '\u{fffc}',
    '\u{fffd}',
    '\u{fffe}',
    '\u{e0041}',
    '\u{e0100}',
    '\u{f0000}',
    '\u{10fffe}',
];

#[test]
fn what_is_not_seen_is_refused_in_a_case_a_cell_and_a_wording_with_its_number() {
    for &c in FORBIDDEN {
        let number = format!("U+{:04X}", u32::from(c));
        let in_case = written("ho_so/ho_so.yaml", &case(&format!("Chữ a{c}b."), ""));
        let in_cell = written(
            "ho_so/ho_so.yaml",
            &case("Xem phụ lục.", &table("    dong_tu_tep: {tep: d.csv}\n")),
        );
        write(in_cell.path(), "ho_so/d.csv", &format!("ten,gc\nA,x{c}y\n"));
        let in_wording = office(&format!("Trên đây là a{c}b."));
        let places = [
            (in_case, "ho_so/ho_so.yaml:19", vec!["check", "ho_so"]),
            (in_cell, "ho_so/d.csv:2", vec!["check", "ho_so"]),
            (in_wording, "mau/bao_cao/thu.md:5", vec!["check", "--root", "mau", "ho_so"]),
        ];
        for (folder, place, args) in places {
            let told = told(folder.path(), &args);
            assert!(told.contains(&number), "{number}: {told}");
            assert!(told.contains(&format!("--> {place}:")), "{number}: {told}");
            assert!(told.ends_with("\n2\n"), "{number}: {told}");
        }
    }
}

#[test]
fn nul_and_hidden_marks_are_refused_in_settings_catalogues_ledgers_and_names() {
    let told_in = |name: &str, text: &str| {
        let folder = office("Trên đây là báo cáo./.");
        write(folder.path(), &format!("mau/{name}"), text);
        told(folder.path(), &["check", "--root", "mau", "ho_so"])
    };
    expect![[r#"
        lỗi[ky-tu-cam]: có ký tự không nhìn thấy (U+200B) trong tệp
        --> mau/cau_hinh.yaml:1:8
        2
    "#]]
    .assert_eq(&told_in("cau_hinh.yaml", "le_trai\u{200b}: 30\n"));
    expect![[r#"
        lỗi[so-phien-ban-sai]: có ký tự không nhìn thấy (U+2064) trong sổ phiên bản
        --> mau/phien_ban.yaml:1:1
        2
    "#]]
    .assert_eq(&told_in("phien_ban.yaml", "# a\u{2064}b\n"));
    let loai = fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/bao_cao/loai.yaml"),
    )
    .unwrap();
    let told_type = told_in("bao_cao/loai.yaml", &loai.replacen("Báo cáo", "Báo\u{206a} cáo", 1));
    assert!(told_type.contains("U+206A") && told_type.ends_with("\n2\n"), "{told_type}");

    let folder = written("ho\u{200b}so/ho_so.yaml", &case("Chữ.", ""));
    expect![[r#"
        lỗi[ky-tu-cam]: tên thư mục hoặc tên tệp có ký tự không nhìn thấy (U+200B)
        --> ho[U+200B]so/ho_so.yaml
        2
    "#]]
    .assert_eq(&told(folder.path(), &["render", "ho\u{200b}so"]));
}

#[test]
fn cells_and_names_of_sheets_of_a_workbook_have_the_same_door() {
    let told_of = |parts: workbook::Parts| {
        let rows = table("    dong_tu_tep: {tep: d.xlsx}\n");
        let folder = written("ho_so/ho_so.yaml", &case("Xem phụ lục.", &rows));
        fs::write(folder.path().join("ho_so/d.xlsx"), parts.zip()).unwrap();
        told(folder.path(), &["check", "ho_so"])
    };
    expect![[r#"
        lỗi[ky-tu-cam]: có ký tự không nhìn thấy (U+034F) trong tệp
        --> ho_so/d.xlsx, trang “Biểu 1”, ô A2
        2
    "#]]
    .assert_eq(&told_of(workbook::Parts::of("ten|gc\nA\u{34f}|b")));
    expect![[r#"
        lỗi[khong-co-chu]: bản PDF không in được chữ “漢” (U+6F22)
        --> ho_so/d.xlsx, trang “Biểu 1”, ô B2
        1
    "#]]
    .assert_eq(&told_of(workbook::Parts::of("ten|gc\nA|漢")));
    let odd = workbook::workbook("", &[("Biểu\u{2060} 1", "")]);
    let parts = workbook::Parts::of("ten|gc\nA|b").with("xl/workbook.xml", &odd);
    expect![[r#"
        lỗi[ky-tu-cam]: tên trang “Biểu[U+2060] 1” có ký tự không nhìn thấy (U+2060)
        --> ho_so/d.xlsx
        2
    "#]]
    .assert_eq(&told_of(parts));
}

#[test]
fn a_mark_of_an_issue_that_holds_a_hidden_letter_was_changed() {
    let folder = written("ho_so/ho_so.yaml", &case("Chữ.", ""));
    let mark = "yeu_cau: 0123456789abcdef0123456789abcdef\nso_ky_hieu: \"12\u{200b}/BC-A\"\n";
    write(folder.path(), "ho_so/phat_hanh.yaml", mark);
    let out = vanthu_in(folder.path(), &["render", "ho_so"]);
    let said = stderr(&out);
    assert!(said.contains("đã bị sửa") && !said.contains('\u{200b}'), "{said}");
}

#[test]
fn a_mark_of_the_encoding_at_the_beginning_of_a_file_is_no_letter() {
    let folder = office("Trên đây là báo cáo./.");
    for name in ["mau/bao_cao/thu.md", "ho_so/ho_so.yaml"] {
        let text = fs::read_to_string(folder.path().join(name)).unwrap();
        write(folder.path(), name, &format!("\u{feff}{}", text.replace('\n', "\r\n")));
    }
    write(folder.path(), "mau/cau_hinh.yaml", "\u{feff}le_trai: 30\n");
    assert_eq!(told(folder.path(), &["check", "--root", "mau", "ho_so"]), "0\n");
}

#[test]
fn old_fonts_and_false_letters_are_told_in_a_wording_too() {
    let legacy = office("Céng hßa x· héi chñ nghÜa ViÖt Nam.");
    expect![[r#"
        lỗi[ma-cu]: chữ được gõ bằng mã cũ TCVN3 (phông .VnTime), không phải Unicode
        --> mau/bao_cao/thu.md:5:1
        2
    "#]]
    .assert_eq(&told(legacy.path(), &["check", "--root", "mau", "ho_so"]));
    let vni = office("COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM.");
    assert!(told(vni.path(), &["check", "--root", "mau", "ho_so"]).contains("VNI"));
    let cyrillic = office("Trên đây là b\u{430}o c\u{430}o./.");
    expect![[r#"
        cảnh báo[chu-giong-hinh]: chữ “а” (U+0430) chỉ trông giống “a”, và 1 chỗ khác trong tệp này
        --> mau/bao_cao/thu.md:5:14
        0
    "#]]
    .assert_eq(&told(cyrillic.path(), &["check", "--root", "mau", "ho_so"]));
    let greek = office("Trên đây là \u{391}BC.");
    assert!(told(greek.path(), &["check", "--root", "mau", "ho_so"]).contains("U+0391"));
}

#[test]
fn a_word_without_a_break_is_told_at_its_cell_or_its_head() {
    let long = "DANH_MUC_DU_AN_DAU_TU_CONG_TRUNG_HAN_".repeat(4);
    let in_cell = table(&format!("    dong:\n      - {{ten: Đường A, gc: \"{long}\"}}\n"));
    let folder = written("ho_so/ho_so.yaml", &case("Xem phụ lục.", &in_cell));
    let told_here = |folder: &Path| {
        let out = vanthu_in(folder, &["check", "ho_so"]);
        let said = stdout(&out);
        let place = said.lines().find(|line| line.contains("^^^")).unwrap_or_default();
        let fact = said.lines().next().unwrap_or_default();
        (fact.to_owned(), place.rsplit(' ').next().unwrap_or_default().to_owned())
    };
    let (fact, place) = told_here(folder.path());
    assert!(fact.starts_with("lỗi[bang-khong-vua]: từ “DANH_MUC_DU_AN_DAU_TU"), "{fact}");
    assert_eq!(place, "phu_luc[0].dong[0].gc");

    let head = table("    dong:\n      - {ten: Đường A, gc: b}\n")
        .replace("\"Ghi chú\"", &format!("\"{long}\""));
    let folder = written("ho_so/ho_so.yaml", &case("Xem phụ lục.", &head));
    assert_eq!(told_here(folder.path()).1, "phu_luc[0].cot[1].ten");

    let csv = table("    dong_tu_tep: {tep: d.csv}\n");
    let folder = written("ho_so/ho_so.yaml", &case("Xem phụ lục.", &csv));
    write(folder.path(), "ho_so/d.csv", &format!("ten,gc\nA,b\nB,{long}\n"));
    assert_eq!(told_here(folder.path()).1, "phu_luc[0].dong[1].gc");

    // Too many columns are told as that.
    let columns: String =
        (0..60).map(|n| format!("      - {{khoa: c{n}, ten: \"Cột {n}\", kieu: so}}\n")).collect();
    let row: String = (0..60).map(|n| format!(", c{n}: 123.456.789")).collect();
    let wide = table(&format!("{columns}    dong:\n      - {{ten: A, gc: b{row}}}\n"));
    let folder = written("ho_so/ho_so.yaml", &case("Xem phụ lục.", &wide));
    assert_eq!(told_here(folder.path()).1, "phu_luc[0].cot");
}
