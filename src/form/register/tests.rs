//! A printed register as text: what is on each page, and where a row goes that is too much.

use chrono::NaiveDate;
use expect_test::{Expect, expect};

use super::*;
use crate::model::RegisterRow;

fn row(code: &str, title: &str) -> RegisterRow {
    RegisterRow {
        code: code.into(),
        date: NaiveDate::from_ymd_opt(2026, 1, 5).unwrap(),
        title: title.into(),
        signer: "Lê Văn An".into(),
        recipients: "Bộ Nội vụ; UBND tỉnh".into(),
        kept_by: "VT".into(),
        copies: Some(4),
        sent: NaiveDate::from_ymd_opt(2026, 3, 6),
        receipt: String::new(),
        note: String::new(),
    }
}

fn two_rows() -> Register {
    let rows = vec![
        row("01/BC-SNV", "Báo cáo về tình hình cải cách hành chính"),
        RegisterRow {
            copies: None,
            sent: None,
            note: "Hủy số: ghi nhầm".into(),
            ..row("02/SNV-VP", "")
        },
    ];
    Register {
        superior: Some("Ủy ban nhân dân tỉnh A".into()),
        ..Register::of("Sở Nội vụ", 2026, rows)
    }
}

fn document(register: &Register) -> Document {
    super::register(register, &Preset::default())
}

/// The words of each section, a row of a table or a grid on each line.
fn words(document: &Document) -> String {
    let section = |section: &Section| {
        section.all_blocks().flatten().map(block).collect::<Vec<_>>().join("\n")
    };
    document.sections.iter().map(section).collect::<Vec<_>>().join("\n=====\n")
}

fn block(block: &Block) -> String {
    match block {
        Block::Paragraph(paragraph) => paragraph.plain(),
        Block::Rule(_) => "———".to_owned(),
        Block::Grid(grid) => joined(grid.rows.iter().map(|row| {
            let cell =
                |cell: &Vec<Block>| cell.iter().map(self::block).collect::<Vec<_>>().join(" / ");
            row.iter().map(cell).collect()
        })),
        Block::Table(table) => joined(
            table
                .header
                .iter()
                .chain(&table.rows)
                .map(|row| row.cells.iter().map(|cell| cell.text.clone()).collect()),
        ),
    }
}

fn joined(rows: impl Iterator<Item = Vec<String>>) -> String {
    rows.map(|cells| cells.join(" | ")).collect::<Vec<_>>().join("\n")
}

fn check(register: &Register, expect: Expect) {
    expect.assert_eq(&words(&document(register)));
}

#[test]
fn a_book_has_a_cover_a_first_page_to_sign_and_its_rows() {
    check(
        &two_rows(),
        expect![[r#"
            ỦY BAN NHÂN DÂN TỈNH A
            SỞ NỘI VỤ
            ———
            SỔ ĐĂNG KÝ VĂN BẢN ĐI
            Năm 2026
            Từ ngày 05/01/2026 đến ngày 05/01/2026
            Từ số 01 đến số 02
            Quyển số: ………
            =====
            ỦY BAN NHÂN DÂN TỈNH A
            SỞ NỘI VỤ
            ———
            SỔ ĐĂNG KÝ VĂN BẢN ĐI
            Năm 2026
            Từ ngày 05/01/2026 đến ngày 05/01/2026
            Từ số 01 đến số 02
            Quyển số: ………
            Sổ này có ……… trang đăng ký, đánh số từ trang 1 đến trang ………, dùng để đăng ký văn bản đi.
             | …………, ngày …… tháng …… năm ………
             | NGƯỜI CÓ THẨM QUYỀN / (Ký, ghi rõ họ tên, đóng dấu) / 
            =====
            1
            SỔ ĐĂNG KÝ VĂN BẢN ĐI NĂM 2026
            Số, ký hiệu văn bản | Ngày tháng văn bản | Tên loại và trích yếu nội dung | Người ký | Nơi nhận văn bản | Đơn vị, người nhận bản lưu | Số lượng bản | Ngày chuyển | Ký nhận | Ghi chú
            (1) | (2) | (3) | (4) | (5) | (6) | (7) | (8) | (9) | (10)
            01/BC- SNV | 05/01/2026 | Báo cáo về tình hình cải cách hành chính | Lê Văn An | Bộ Nội vụ; UBND tỉnh | VT | 4 | 06/3/2026 |  | 
            02/SNV-VP | 05/01/2026 |  | Lê Văn An | Bộ Nội vụ; UBND tỉnh | VT |  |  |  | Hủy số: ghi nhầm
            Sổ này có 2 số đăng ký, kết thúc ở số 02, trên ……… trang.
             | …………, ngày …… tháng …… năm ………
            NGƯỜI LẬP SỔ / (Ký, ghi rõ họ tên) /  | NGƯỜI CÓ THẨM QUYỀN / (Ký, ghi rõ họ tên, đóng dấu) / "#]],
    );
}

#[test]
fn what_is_known_stands_where_else_there_is_room_to_write_it() {
    let known = Register {
        kind: Some("Quyết định".into()),
        book: Some(2),
        pages: Some(1_245),
        chain: Some((2_345, "0a1b".into())),
        ..two_rows()
    };
    let words = words(&document(&known));
    for line in [
        "(Loại văn bản: Quyết định)",
        "Quyển số: 02",
        "SỔ ĐĂNG KÝ VĂN BẢN ĐI (QUYẾT ĐỊNH) NĂM 2026",
        "Sổ này có 1.245 trang đăng ký, đánh số từ trang 1 đến trang 1.245, dùng để đăng ký văn bản đi.",
        "Sổ này có 2 số đăng ký, kết thúc ở số 02, trên 1.245 trang.",
        "Mã kiểm tra của sổ điện tử khi in (2.345 mắt xích): 0a1b",
    ] {
        assert!(words.lines().any(|found| found == line), "{line}\n{words}");
    }
}

#[test]
fn an_empty_book_says_so() {
    let words = words(&document(&Register::of("Sở Nội vụ", 2026, vec![])));
    assert!(words.contains("Từ ngày ……………… đến ngày ………………\nTừ số ……… đến số ………"), "{words}");
    assert!(words.contains("Sổ chưa có văn bản nào.\nSổ này có 0 số đăng ký, trên ……… trang."));
}

#[test]
fn a_character_without_a_glyph_or_from_right_to_left_is_printed_as_its_number() {
    let words =
        words(&document(&Register::of("Sở", 2026, vec![row("01/BC", "Báo cáo 文😀\u{5d0}")])));
    assert!(words.contains("Báo cáo [U+6587][U+1F600][U+05D0]"), "{words}");
}

/// The table of a register of some rows.
fn table(rows: Vec<RegisterRow>) -> Table {
    let document = document(&Register::of("Sở Nội vụ", 2026, rows));
    let mut blocks = document.sections.into_iter().flat_map(|section| section.blocks);
    blocks
        .find_map(|block| if let Block::Table(table) = block { Some(table) } else { None })
        .unwrap()
}

#[test]
fn the_table_is_as_wide_as_the_page_whatever_stands_in_it() {
    let long = "x".repeat(300);
    let of = |set: fn(&mut RegisterRow, String), text: &str| {
        let mut row = row("01/BC-SNV", "Báo cáo");
        set(&mut row, text.to_owned());
        row
    };
    let every = [
        of(|row, text| row.code = text, &long),
        of(|row, text| row.title = text, &long),
        of(|row, text| row.signer = text, &long),
        of(|row, text| row.recipients = text, &long),
        of(|row, text| row.kept_by = text, &long),
        of(|row, text| row.receipt = text, &long),
        of(|row, text| row.note = text, &long),
        of(|row, _| row.copies = Some(u32::MAX), ""),
        of(|row, text| row.title = text, ""),
    ];
    for rows in [every.to_vec(), vec![every[8].clone()]] {
        let table = table(rows);
        let width: Length = table.columns.iter().copied().sum();
        let page = Length::from_twips(14_287); // 252 mm, each measure of the page rounded
        assert!(width <= page && page - width < Length::mm(1), "{}", width.to_mm());
        assert!(table.columns.iter().all(|&width| width > Length::mm(8)));
    }
}

#[test]
fn no_line_of_any_cell_is_wider_than_its_column() {
    let words = ["x", "WW", "http://a.b/c/d-e-f", "325/BC-UBND-KSTTHC", "đẩy", "…", "2021-2025"];
    let texts = (0..400_usize).map(|at| {
        let count = 1 + at % 23;
        let text = (0..count)
            .map(|step| words[(at * 7 + step * step) % words.len()].repeat(1 + (at + step) % 29));
        text.collect::<Vec<_>>().join(if at % 3 == 0 { "" } else { " " })
    });
    let rows = texts.map(|text| RegisterRow {
        note: text.clone(),
        signer: text.clone(),
        ..row(&text, &text)
    });
    let table = table(rows.collect());
    for cell in table.rows.iter().flat_map(|row| &row.cells) {
        let column = table.columns[usize::from(cell.column)];
        let room = column - table.padding_x * 2;
        let size = Length::pt(9);
        for line in metrics::lines(&cell.text, size, Face4::REGULAR, room, Length::ZERO) {
            let width = metrics::width(line, size, Face4::REGULAR);
            assert!(width <= room, "{line}: {} > {}", width.to_mm(), room.to_mm());
        }
    }
}

#[test]
fn a_row_that_is_higher_than_a_page_goes_on_in_further_rows_and_loses_no_word() {
    let title: Vec<String> = (0..3_000).map(|at| format!("từ{at}")).collect();
    let table =
        table(vec![row("01/BC", "Báo cáo"), row("02/BC", &title.join(" ")), row("03/BC", "Hết")]);
    assert!(table.rows.len() > 5, "{}", table.rows.len());
    let column = |at: usize| -> String {
        table.rows.iter().map(|row| row.cells[at].plain()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(column(2), format!("Báo cáo {} Hết", title.join(" ")));
    assert_eq!(column(0).split_whitespace().collect::<Vec<_>>(), ["01/BC", "02/BC", "03/BC"]);
}
