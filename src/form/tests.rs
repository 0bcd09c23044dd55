//! What the form makes of a case, as text; and what it ties together on a page.

mod forms;

use expect_test::{Expect, expect};

use super::{Stage, Texts, document, styles};
use crate::check::testing::case;
use crate::doc::body::{Kind, Passage};
use crate::doc::{Align, Block, Document, Inline, Length, Paragraph};
use crate::model::{ArchiveLine, Case, IssuedDate, Signer, gap};
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
                let text = paragraph.plain().replace('\n', " ⏎ ").replace('\u{a0}', "_");
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
    assert!(out.contains("SoKyHieu: Số: ________/BC-SNV\nDuThao: DỰ THẢO\n"), "{out}");
    assert!(out.contains("ngày______tháng 02 năm 2026"), "{out}");
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

#[test]
fn the_number_of_an_article_is_bold_and_its_text_upright() {
    let mut texts = body(&["Thành lập Tổ công tác."]);
    texts.body[0].kind = Kind::Item { level: 1 };
    texts.body[0].mark = Some("Điều 1.".to_owned());
    let document = document(&case(), &texts, &Preset::default(), Stage::Final);
    let article = document.sections[0].blocks.iter().find_map(|block| match block {
        Block::Paragraph(paragraph) if paragraph.plain().starts_with("Điều") => Some(paragraph),
        _ => None,
    });
    let runs: Vec<(&str, bool)> = article
        .iter()
        .flat_map(|paragraph| &paragraph.content)
        .map(|inline| (inline.plain(), matches!(inline, Inline::Text(run) if run.bold)))
        .collect();
    assert_eq!(runs, [("Điều 1. ", true), ("Thành lập Tổ công tác.", false)]);
}
