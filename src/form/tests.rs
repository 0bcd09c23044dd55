//! What the form makes of a case, as text; and what it ties together on a page.

mod forms;

use expect_test::{Expect, expect};

use super::{Stage, Texts, document, styles};
use crate::check::testing::case;
use crate::doc::body::{Kind, Passage};
use crate::doc::{Align, Block, Document, Inline, Length, Paragraph, Role, StyleId};
use crate::model::{
    Appendix, ArchiveLine, Attached, Case, Circulation, IssuedDate, Organ, Signer, gap,
};
use crate::nd30::{Measure, Preset};

fn body(lines: &[&str]) -> Texts {
    let passage =
        |line: &&str| Passage { kind: Kind::Text, mark: None, content: vec![Inline::text(*line)] };
    Texts { body: lines.iter().map(passage).collect(), appendices: vec![] }
}

fn laid_out(case: &Case, lines: &[&str], stage: Stage) -> Document {
    document(case, &body(lines), &Preset::default(), stage)
}

/// Every paragraph as `Style: text` (gaps in brackets of their own), every rule in millimetres.
fn check(case: &Case, stage: Stage, expected: Expect) {
    let document = laid_out(case, &["Hết./."], stage);
    let mut out = String::new();
    show(&document.sections[0].blocks, &mut out);
    expected.assert_eq(&out);
}

fn show(blocks: &[Block], out: &mut String) {
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => {
                let text = paragraph.plain().replace('\n', " ⏎ ");
                out.push_str(&format!("{}: {text}\n", paragraph.style));
            }
            Block::Rule(rule) => out.push_str(&format!("— {:.1} mm\n", rule.length.to_mm())),
            Block::Grid(grid) => grid.rows.iter().flatten().for_each(|cell| show(cell, out)),
            Block::Table(_) => out.push_str("table\n"),
        }
    }
}

#[test]
fn a_report_to_one_addressee() {
    check(
        &case(),
        Stage::Final,
        expect![[r#"
            CoQuanBanHanh: SỞ NỘI VỤ
            — 10.0 mm
            QuocHieu: CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
            TieuNgu: Độc lập - Tự do - Hạnh phúc
            — 60.5 mm
            SoKyHieu: Số: 12/BC-SNV
            DiaDanhThoiGian: Kiên Giang, ngày 16 tháng 8 năm 2022
            TenLoai: BÁO CÁO
            TrichYeu: Tình hình thực hiện
            — 17.7 mm
            KinhGui: Kính gửi: Bộ Nội vụ
            NoiDung: Hết./.
            NoiNhan: Nơi nhận:
            NoiNhanDong: - Như trên;
            NoiNhanDong: - Lưu: VT.
            QuyenHanChucVu: GIÁM ĐỐC
            HoTen: Trần Văn A
        "#]],
    );
}

#[test]
fn a_draft_without_number_day_and_name_leaves_room_and_marks_the_gap() {
    let case = Case {
        number: None,
        date: IssuedDate::NoDay { year: 2026, month: 2 },
        signer: Signer { lines: vec!["TM. ỦY BAN NHÂN DÂN".into()], full_name: gap("ho_ten") },
        ..case()
    };
    let document = laid_out(&case, &["Hết./."], Stage::Draft);
    let mut out = String::new();
    show(&document.sections[0].blocks, &mut out);
    let room = |count| " ".repeat(count);
    let number = format!("SoKyHieu: Số: {}/BC-SNV\nDuThao: DỰ THẢO\n", room(8));
    assert!(out.contains(&number), "{out}");
    assert!(out.contains(&format!("ngày{}tháng 02 năm 2026", room(6))), "{out}");
    assert!(out.contains("HoTen: [thiếu: ho_ten]\n"), "{out}");
}

#[test]
fn several_addressees_stand_below_with_their_dashes_under_the_colon() {
    let case = Case { to: vec!["Bộ Tài chính".into(), "Bộ Nội vụ".into()], ..case() };
    let document = laid_out(&case, &["Hết./."], Stage::Final);
    let mut out = String::new();
    show(&document.sections[0].blocks, &mut out);
    assert!(
        out.contains(
            "KinhGuiNhieuNoi: Kính gửi:\nNoiKinhGui: - Bộ Tài chính;\nNoiKinhGui: - Bộ Nội vụ.\n"
        ),
        "{out}"
    );
    let label = document.style(styles::ADDRESSEES_LABEL);
    let line = document.style(styles::ADDRESSEES);
    let word =
        crate::doc::metrics::width("Kính gửi", label.size, crate::doc::metrics::Face4::REGULAR);
    assert_eq!(line.left + line.first_line, label.left + word);
}

#[test]
fn the_drafter_moves_to_box_12_when_the_copies_issued_are_given() {
    let archive = ArchiveLine {
        kept_by: "VT".into(),
        drafter: Some("PL".into()),
        copies: Some("2b".into()),
        issued_copies: Some("300".into()),
    };
    let document = laid_out(&Case { archive, ..case() }, &["Hết./."], Stage::Final);
    let mut out = String::new();
    show(&document.sections[0].blocks, &mut out);
    assert!(out.contains("NoiNhanDong: - Lưu: VT (2b).\nNguoiSoan: PL.(300)\n"), "{out}");
}

fn tied(document: &Document) -> Vec<bool> {
    let body = |block: &Block| match block {
        Block::Paragraph(Paragraph { style, keep_next, .. }) if *style == styles::BODY => {
            Some(*keep_next)
        }
        _ => None,
    };
    document.sections[0].blocks.iter().filter_map(body).collect()
}

#[test]
fn at_least_two_lines_of_the_body_are_tied_to_the_signature() {
    let long = "Trên đây là báo cáo về tình hình thực hiện nhiệm vụ được giao trong năm, kính gửi Bộ xem xét, tổng hợp./.";
    assert_eq!(
        tied(&laid_out(&case(), &["Một.", "Hai.", long], Stage::Final)),
        [false, false, true]
    );
    assert_eq!(
        tied(&laid_out(&case(), &["Một.", "Hai.", "Hết./."], Stage::Final)),
        [false, true, true]
    );
}

#[test]
fn an_office_sets_sizes_and_the_lines_under_the_names_follow() {
    let mut preset = Preset::default();
    preset.set(Measure::BodySize, 1300).unwrap();
    preset.set(Measure::TieuNguSize, 1300).unwrap();
    let document = document(&case(), &body(&["Hết./."]), &preset, Stage::Final);
    assert_eq!(document.style(styles::BODY).size, Length::pt(13));
    assert_eq!(document.style(styles::BODY).align, Align::Justify);
    let mut out = String::new();
    show(&document.sections[0].blocks, &mut out);
    assert!(out.contains("— 56.1 mm"), "{out}");
}

#[test]
fn the_line_that_announces_a_table_stands_with_it() {
    let table = crate::model::BodyTable {
        key: "tien_do".into(),
        title: None,
        table: crate::check::testing::table(&[&[("1", "2")]]),
    };
    let case = Case { tables: vec![table], ..case() };
    let mut texts = body(&["Kết quả như sau:", "tien_do", "Nhận xét.", "tien_do", "Hết./."]);
    for at in [1, 3] {
        texts.body[at].kind = Kind::Table;
    }
    let document = document(&case, &texts, &Preset::default(), Stage::Final);
    assert_eq!(tied(&document), [true, false, true]);
}

fn passage(kind: Kind, mark: &str, text: &str) -> Passage {
    Passage { kind, mark: Some(mark.to_owned()), content: vec![Inline::text(text)] }
}

#[test]
fn a_chapter_is_one_heading_of_two_lines_in_the_middle_and_the_number_of_an_dieu_is_bold() {
    let above = |level| Kind::Heading { level, caps: true, above: true };
    let dieu = Kind::Heading { level: 3, caps: false, above: false };
    let long = "Trách nhiệm của các cơ quan, đơn vị và cá nhân trong việc tổ chức thực hiện";
    let texts = Texts {
        body: vec![
            passage(above(1), "Chương I", "Quy định chung"),
            passage(above(2), "Mục 1", long),
            passage(dieu, "Điều 1.", "Phạm vi điều chỉnh"),
            passage(Kind::Item { level: 1 }, "1.", "Khoản."),
            passage(Kind::Article, "Điều 2.", "Không có tên./."),
        ],
        appendices: vec![],
    };
    let document = document(&case(), &texts, &Preset::default(), Stage::Final);
    let mut out = String::new();
    show(&document.sections[0].blocks, &mut out);
    let (_, body) = out.split_once("KinhGui: Kính gửi: Bộ Nội vụ\n").unwrap();
    let (body, _) = body.split_once("NoiNhan: ").unwrap();
    expect![[r#"
        DeMuc1: Chương I ⏎ QUY ĐỊNH CHUNG
        DeMuc2: Mục 1 ⏎ TRÁCH NHIỆM CỦA CÁC CƠ QUAN, ĐƠN VỊ VÀ ⏎ CÁ NHÂN TRONG VIỆC TỔ CHỨC THỰC HIỆN
        DeMuc3: Điều 1. Phạm vi điều chỉnh
        NoiDung: 1. Khoản.
        NoiDung: Điều 2. Không có tên./.
    "#]]
    .assert_eq(body);
    let looks: Vec<(StyleId, Align, bool, Length, bool, Role)> = styles::HEADINGS[..3]
        .iter()
        .map(|&id| document.style(id))
        .map(|s| (s.id, s.align, s.bold, s.first_line, s.keep_next, s.role))
        .collect();
    let indent = Preset::default().length(Measure::FirstLine);
    assert_eq!(
        looks,
        [
            (styles::HEADINGS[0], Align::Center, true, Length::ZERO, true, Role::Heading(1)),
            (styles::HEADINGS[1], Align::Center, true, Length::ZERO, true, Role::Heading(2)),
            (styles::HEADINGS[2], Align::Justify, true, indent, true, Role::Heading(3)),
        ]
    );
    let last = document.sections[0].blocks.iter().rev().nth(1);
    let Some(Block::Paragraph(last)) = last else { panic!("{last:?}") };
    let bold = last.content.iter().map(|inline| (inline.plain(), is_bold(inline)));
    assert_eq!(bold.collect::<Vec<_>>(), [("Điều\u{a0}2.", true), (" Không có tên./.", false)]);
}

fn is_bold(inline: &Inline) -> bool {
    matches!(inline, Inline::Text(run) if run.bold)
}

#[test]
fn the_attached_document_has_pages_of_its_own_after_the_signature_and_is_not_signed() {
    let attached = Attached {
        type_name: "Quy chế".into(),
        subject: "Làm việc của Sở Nội vụ".into(),
    };
    let chapter = Kind::Heading { level: 1, caps: true, above: true };
    let texts = Texts {
        body: vec![
            passage(Kind::Article, "Điều 1.", "Ban hành./."),
            Passage { kind: Kind::Attached, mark: None, content: vec![] },
            passage(chapter, "Chương I", "Quy định chung"),
            passage(Kind::Article, "Điều 1.", "Nguyên tắc./."),
        ],
        appendices: vec![vec![]],
    };
    let appendix = Appendix { title: "DANH MỤC".into(), ..Appendix::default() };
    let case = Case { attached: Some(attached), appendices: vec![appendix], ..case() };
    let document = document(&case, &texts, &Preset::default(), Stage::Final);
    let shown = |index: usize| {
        let mut out = String::new();
        show(&document.sections[index].blocks, &mut out);
        out
    };
    assert_eq!(document.sections.len(), 3);
    assert!(shown(0).contains("NoiDung: Điều 1. Ban hành./.\nNoiNhan: "), "{}", shown(0));
    expect![[r#"
        CoQuanBanHanh: SỞ NỘI VỤ
        — 10.0 mm
        QuocHieu: CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
        TieuNgu: Độc lập - Tự do - Hạnh phúc
        — 60.5 mm
        TenLoaiKemTheo: QUY CHẾ
        TrichYeuKemTheo: Làm việc của Sở Nội vụ
        KemTheo: (Kèm theo Báo cáo số 12/BC-SNV ngày 16 tháng 8 năm 2022 của Sở Nội vụ)
        — 55.0 mm
        DeMuc1: Chương I ⏎ QUY ĐỊNH CHUNG
        NoiDung: Điều 1. Nguyên tắc./.
    "#]]
    .assert_eq(&shown(1));
    assert!(shown(2).starts_with("PhuLuc: Phụ lục\n"), "{}", shown(2));
    assert_eq!(document.style(styles::ATTACHED_TYPE).role, Role::Heading(1));
    assert_eq!(document.style(styles::HEADINGS[0]).role, Role::Heading(2), "under its title");
}

#[test]
fn circulation_and_address_stand_in_the_margins_of_the_first_page_alone() {
    let organ = Organ {
        contact: vec!["Địa chỉ: số 36, đường Trần Phú".into(), "Thư điện tử: a@b.gov.vn".into()],
        ..case().organ
    };
    let case = Case {
        organ,
        circulation: Some(Circulation::ToBeReturned),
        shows_contact: true,
        appendices: vec![Appendix::default()],
        ..case()
    };
    let texts = Texts { appendices: vec![vec![]], ..body(&["Hết./."]) };
    let mut preset = Preset::default();
    let laid = document(&case, &texts, &preset, Stage::Final);
    let shown = |blocks: &[Block]| {
        let mut out = String::new();
        show(blocks, &mut out);
        out
    };
    expect![[r#"
        LuuHanh: XEM XONG TRẢ LẠI
        — 165.0 mm
        LienHe: Địa chỉ: số 36, đường Trần Phú
        LienHe: Thư điện tử: a@b.gov.vn
    "#]]
    .assert_eq(&(shown(&laid.sections[0].first_top) + &shown(&laid.sections[0].first_bottom)));
    assert!(laid.sections[1].first_top.is_empty() && laid.sections[1].first_bottom.is_empty());

    let frame = laid.style(styles::CIRCULATION);
    assert!(frame.boxed && frame.bold && frame.size == Length::pt(13));
    // Its middle is that of the Quốc hiệu.
    let Block::Grid(header) = &laid.sections[0].blocks[0] else { panic!("no header") };
    let nation = header.columns[0] + header.columns[1] / 2;
    let page = &laid.sections[0].page;
    let middle = frame.left + (page.text_width() - frame.left - frame.right) / 2;
    assert!((middle - nation).to_mm().abs() < 0.1, "{middle:?} {nation:?}");
    // The line of the address begins 1 mm under the text; the frame ends above it.
    let address = laid.style(styles::CONTACT);
    assert_eq!((address.size, address.bold, address.italic), (Length::pt(11), false, false));
    let text = address.pitch() * 2 + Length::pt(2) + Length::mm(1);
    assert!((page.bottom - page.foot - text).to_mm().abs() < 0.01, "{:?}", page.foot);
    preset.set(Measure::PageNumberTop, 1500).unwrap();
    let low = document(&case, &texts, &preset, Stage::Final).sections[0].page.clone();
    assert!((low.top - low.number_top).to_mm() > 7.0, "the frame ends above the text");
    assert_eq!(low.text_height(), page.text_height());

    let without = Case { shows_contact: false, circulation: None, ..case };
    let laid = document(&without, &texts, &preset, Stage::Final);
    assert!(laid.sections[0].first_top.is_empty() && laid.sections[0].first_bottom.is_empty());
    assert!(laid.styles.iter().all(|style| style.id != styles::CONTACT));
}

/// Left, right, lower and upper edge of each field in millimetres, from the left edge of its
/// column and from the top of the name.
fn check_fields(case: &Case, expected: Expect) {
    let mut document = laid_out(case, &["Hết./."], Stage::Final);
    let plain = document.clone();
    super::add_signature_fields(&mut document);
    let mut out = String::new();
    for field in document.signature_fields() {
        let edges = [field.left, field.left + field.width, field.above, field.above + field.height];
        let [left, right, low, high] = edges.map(Length::to_mm);
        out += &format!("{}: {left:.1}–{right:.1}, {low:.1}–{high:.1}\n", field.name);
    }
    expected.assert_eq(&out);
    let mut without = document;
    for section in &mut without.sections {
        section.blocks.iter_mut().for_each(clear);
    }
    assert_eq!(without, plain, "nothing else changed");
}

fn clear(block: &mut Block) {
    match block {
        Block::Paragraph(paragraph) => paragraph.fields.clear(),
        Block::Grid(grid) => grid.rows.iter_mut().flatten().flatten().for_each(clear),
        Block::Rule(_) | Block::Table(_) => (),
    }
}

/// The room is 28 mm high, the column 95 mm wide.
#[test]
fn the_seal_covers_a_third_of_the_signature_between_title_and_name() {
    check_fields(
        &case(),
        expect![[r#"
            NguoiKy: 20.5–74.5, 2.0–26.0
            CoQuan: 2.5–38.5, -4.0–32.0
        "#]],
    );
}

#[test]
fn of_minutes_the_chair_signs_in_fields_and_the_secretary_does_not() {
    let mut case = case();
    case.document_type.form = crate::model::Mau::Minutes;
    case.secretary = Some(case.signer.clone());
    check_fields(
        &case,
        expect![[r#"
            NguoiKy: 14.3–68.3, 2.0–26.0
            CoQuan: -3.7–32.3, -4.0–32.0
        "#]],
    );
}
