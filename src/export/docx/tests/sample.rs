//! A report such as `form` builds: header, title, body, signature, landscape appendix.

use chrono::NaiveDate;

use crate::doc::{
    Align, Block, Cell, Document, Grid, Inline, Length, LineSpacing, Meta, Page, Paragraph, Role,
    Row, Rule, Run, Section, Style, StyleId, Table,
};

const ORGAN: StyleId = StyleId::new("CoQuan");
const MOTTO: StyleId = StyleId::new("TieuNgu");
const NUMBER: StyleId = StyleId::new("SoKyHieu");
const PLACE: StyleId = StyleId::new("DiaDanh");
const TITLE: StyleId = StyleId::new("TenLoai");
const SUBJECT: StyleId = StyleId::new("TrichYeu");
const ADDRESSEE: StyleId = StyleId::new("KinhGui");
pub const BODY: StyleId = StyleId::new("NoiDung");
const HEADING: StyleId = StyleId::new("DeMuc1");
const DRAFT: StyleId = StyleId::new("DuThao");
const RECIPIENTS: StyleId = StyleId::new("NoiNhan");
const RECIPIENT: StyleId = StyleId::new("NoiNhanDong");
const SIGNER: StyleId = StyleId::new("ChucVu");
const PAGE_NUMBER: StyleId = StyleId::new("SoTrang");
const UNIT: StyleId = StyleId::new("DonViTinh");
const HEAD_CELL: StyleId = StyleId::new("BangDau");
const TEXT_CELL: StyleId = StyleId::new("BangChu");
const NUMBER_CELL: StyleId = StyleId::new("BangSo");

pub fn report() -> Document {
    Document {
        meta: Meta {
            title: "Báo cáo tình hình thực hiện & giải ngân các dự án".into(),
            author: "Ủy ban nhân dân tỉnh Kiên Giang".into(),
            subject: "Về tình hình thực hiện và giải ngân".into(),
            keywords: vec!["báo cáo".into(), "325/BC-UBND".into()],
            properties: vec![("Lời văn".into(), "bao_cao/a & b".into())],
            date: NaiveDate::from_ymd_opt(2022, 8, 16),
            is_draft: false,
            identifier: "325/BC-UBND".into(),
        },
        styles: styles(),
        sections: vec![main_section(), appendix(60)],
    }
}

/// A document of these blocks alone.
pub fn with_blocks(blocks: Vec<Block>) -> Document {
    Document {
        meta: Meta::default(),
        styles: styles(),
        sections: vec![Section::new(portrait(), blocks)],
    }
}

pub fn paragraph(text: &str) -> Block {
    Block::Paragraph(Paragraph::text(BODY, text))
}

fn main_section() -> Section {
    let mut blocks = vec![
        Block::Grid(header_grid()),
        Block::Paragraph(Paragraph::text(TITLE, "BÁO CÁO")),
        Block::Paragraph(Paragraph::new(
            SUBJECT,
            vec![
                Inline::text("Về tình hình thực hiện và giải ngân các dự án"),
                Inline::Break,
                Inline::text("thuộc lĩnh vực công nghệ thông tin"),
            ],
        )),
        Block::Rule(rule(Length::mm(40))),
        Block::Paragraph(Paragraph::text(ADDRESSEE, "Kính gửi:")),
        Block::Paragraph(Paragraph::text(ADDRESSEE, "- Bộ Kế hoạch và Đầu tư;")),
        Block::Paragraph(Paragraph::text(ADDRESSEE, "- Bộ Thông tin và Truyền thông.")),
        paragraph("UBND tỉnh Kiên Giang báo cáo tình hình thực hiện như sau:"),
    ];
    for number in 1..=5 {
        blocks.push(Block::Paragraph(Paragraph::text(
            HEADING,
            format!(
                "{number}. Đánh giá các khó khăn, vướng mắc khi thực hiện, giải ngân các dự án"
            ),
        )));
        for _ in 0..2 {
            blocks.push(paragraph(
                "Việc cân đối, bố trí vốn cho các dự án công nghệ thông tin được thực hiện dựa trên mục tiêu, quy mô của từng dự án cụ thể và đảm bảo thực hiện hiệu quả, tiết kiệm ngân sách nhà nước. Ngoài ra, việc bố trí vốn còn phụ thuộc vào khả năng cân đối ngân sách của địa phương và các quy định hiện hành giai đoạn 2021-2025.",
            ));
        }
    }
    blocks.push(Block::Paragraph(closing()));
    blocks.push(Block::Grid(signature_grid()));
    Section::new(portrait(), blocks)
}

/// The last paragraph stays with the signature and has a gap and both weights in it.
fn closing() -> Paragraph {
    let run = |text: &str, bold: bool, gap: bool| {
        Inline::Text(Run { text: text.into(), bold, italic: bold, gap })
    };
    Paragraph {
        keep_next: true,
        keep_lines: true,
        ..Paragraph::new(
            BODY,
            vec![
                run("Trên đây là ", false, false),
                run("báo cáo", true, false),
                run(" của UBND tỉnh; người ký ", false, false),
                run("[thiếu: ho_ten]", false, true),
                run("./.", false, false),
            ],
        )
    }
}

fn rule(length: Length) -> Rule {
    Rule { length, thickness: Length::centi_pt(75), before: Length::pt(2), height: Length::pt(4) }
}

fn header_grid() -> Grid {
    let p = |style, text: &str| Block::Paragraph(Paragraph::text(style, text));
    Grid {
        columns: vec![Length::mm(66), Length::mm(99)],
        rows: vec![
            vec![
                vec![
                    p(ORGAN, "ỦY BAN NHÂN DÂN"),
                    p(ORGAN, "TỈNH KIÊN GIANG"),
                    Block::Rule(rule(Length::mm(20))),
                ],
                vec![
                    p(ORGAN, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
                    p(MOTTO, "Độc lập - Tự do - Hạnh phúc"),
                    Block::Rule(rule(Length::centi_mm(6050))),
                ],
            ],
            vec![
                vec![p(NUMBER, "Số: 325/BC-UBND"), p(DRAFT, "DỰ THẢO")],
                vec![p(PLACE, "Kiên Giang, ngày 16 tháng 8 năm 2022")],
            ],
        ],
        before: Length::ZERO,
        breaks: false,
    }
}

fn signature_grid() -> Grid {
    let p = |style, text: &str| Block::Paragraph(Paragraph::text(style, text));
    let blank = || p(SIGNER, "");
    Grid {
        columns: vec![Length::mm(80), Length::mm(85)],
        rows: vec![vec![
            vec![
                p(RECIPIENTS, "Nơi nhận:"),
                p(RECIPIENT, "- Như trên;"),
                p(RECIPIENT, "- CT và các PCT UBND tỉnh;"),
                p(RECIPIENT, "- Các Sở: Tài chính, Kế hoạch và Đầu tư, Thông tin và Truyền thông;"),
                p(RECIPIENT, "- Lưu: VT, nkguyen (01b)."),
            ],
            vec![
                p(SIGNER, "TM. ỦY BAN NHÂN DÂN"),
                p(SIGNER, "KT. CHỦ TỊCH"),
                p(SIGNER, "PHÓ CHỦ TỊCH"),
                blank(),
                blank(),
                blank(),
                p(SIGNER, "Nguyễn Thanh Nhân"),
            ],
        ]],
        before: Length::pt(12),
        breaks: false,
    }
}

pub fn appendix(rows: usize) -> Section {
    Section::new(
        landscape(),
        vec![
            Block::Paragraph(Paragraph::text(SUBJECT, "Phụ lục")),
            Block::Paragraph(Paragraph::text(
                SUBJECT,
                "DANH MỤC CÁC DỰ ÁN CÔNG NGHỆ THÔNG TIN GIAI ĐOẠN 2021-2025",
            )),
            Block::Paragraph(Paragraph::text(UNIT, "Đơn vị tính: triệu đồng")),
            Block::Table(table(rows)),
        ],
    )
}

/// 29 columns under a head of three levels, the money columns' heads upright.
pub fn table(rows: usize) -> Table {
    let mut columns =
        vec![Length::mm(7), Length::mm(28), Length::mm(14), Length::mm(14), Length::mm(20)];
    columns.extend([Length::centi_mm(704); 24]);
    Table {
        name: String::new(),
        columns,
        header: header_rows(),
        rows: (0..rows).map(data_row).collect(),
        padding_x: Length::centi_mm(50),
        padding_y: Length::centi_mm(30),
        border: Length::centi_pt(50),
        before: Length::pt(3),
        summary: "Danh mục dự án, kế hoạch và giải ngân “2021-2025” <triệu đồng>".into(),
    }
}

fn header_rows() -> Vec<Row> {
    const GROUPS: [&str; 7] = [
        "Lũy kế vốn bố trí đến hết năm 2020",
        "Trung hạn giai đoạn 2021-2025",
        "Kế hoạch năm 2021",
        "Giải ngân năm 2021",
        "Kế hoạch năm 2022",
        "Giải ngân năm 2022",
        "Dự kiến năm 2023",
    ];
    let mut rows = vec![Row::default(); 3];
    for (column, text) in ["STT", "Tên dự án", "Địa điểm XD", "Thời gian khởi công - hoàn thành"]
        .into_iter()
        .enumerate()
    {
        rows[0].cells.push(head(column, 1, 3, text));
    }
    rows[0].cells.push(head(4, 4, 1, "Quyết định đầu tư/\nQuyết định chủ trương đầu tư"));
    rows[1].cells.push(head(4, 1, 2, "Số quyết định; ngày, tháng, năm ban hành"));
    rows[1].cells.push(head(5, 3, 1, "TMĐT"));
    rows[2].cells.extend(triple(5, 1));
    for (index, text) in GROUPS.into_iter().enumerate() {
        let column = 8 + 3 * index;
        rows[0].cells.push(head(column, 3, 1, text));
        rows[1].cells.extend(triple(column, 2));
    }
    rows[2].height = Some(Length::mm(30));
    rows
}

fn triple(column: usize, rows: u16) -> Vec<Cell> {
    let texts = ["Tổng số (tất cả các nguồn vốn)", "NSTW", "NSĐP"];
    let cells = texts.into_iter().enumerate().map(|(index, text)| Cell {
        upright: Some(Length::mm(28)),
        ..head(column + index, 1, rows, text)
    });
    cells.collect()
}

fn head(column: usize, columns: u16, rows: u16, text: &str) -> Cell {
    Cell {
        column: column.try_into().unwrap(),
        columns,
        rows,
        style: HEAD_CELL,
        text: text.into(),
        upright: None,
    }
}

fn data_row(index: usize) -> Row {
    if index == 0 {
        return Row {
            cells: vec![Cell { style: TEXT_CELL, ..head(0, 29, 1, "I. Danh mục các dự án") }],
            ..Row::default()
        };
    }
    let texts = [
        index.to_string(),
        format!("Xây dựng hệ thống số {index} của tỉnh Kiên Giang"),
        "Rạch Giá".into(),
        "2021-2023".into(),
        "280/QĐ-UBND ngày 20/01/2022".into(),
    ];
    let mut cells: Vec<Cell> = texts
        .iter()
        .enumerate()
        .map(|(column, text)| Cell { style: TEXT_CELL, ..head(column, 1, 1, text) })
        .collect();
    cells.extend((5..29).map(|column| Cell { style: NUMBER_CELL, ..head(column, 1, 1, "53.652") }));
    Row { cells, ..Row::default() }
}

fn portrait() -> Page {
    Page {
        width: Length::mm(210),
        height: Length::mm(297),
        top: Length::mm(20),
        right: Length::mm(15),
        bottom: Length::mm(20),
        left: Length::mm(30),
        number_style: PAGE_NUMBER,
        number_top: Length::mm(10),
        foot: Length::mm(10),
    }
}

fn landscape() -> Page {
    let page = portrait();
    Page { width: page.height, height: page.width, ..page }
}

fn styles() -> Vec<Style> {
    let base = |id: StyleId, name: &'static str, size: i64, align: Align| Style {
        id,
        name: name.into(),
        size: Length::pt(size),
        bold: false,
        italic: false,
        align,
        first_line: Length::ZERO,
        left: Length::ZERO,
        right: Length::ZERO,
        before: Length::ZERO,
        line: LineSpacing::Multiple(100),
        keep_next: false,
        keep_lines: false,
        boxed: false,
        box_air: (Length::pt(1), Length::pt(1)),
        color: None,
        role: Role::Text,
    };
    let bold = |style: Style| Style { bold: true, ..style };
    let cell = |id, name, align| Style { size: Length::centi_pt(600), ..base(id, name, 6, align) };
    vec![
        bold(base(ORGAN, "Cơ quan", 13, Align::Center)),
        bold(base(MOTTO, "Tiêu ngữ", 14, Align::Center)),
        Style { before: Length::pt(6), ..base(NUMBER, "Số, ký hiệu", 13, Align::Center) },
        Style {
            before: Length::pt(6), italic: true, ..base(PLACE, "Địa danh", 14, Align::Center)
        },
        Style {
            before: Length::pt(18),
            keep_next: true,
            role: Role::Title,
            ..bold(base(TITLE, "Tên loại văn bản", 14, Align::Center))
        },
        Style { keep_next: true, ..bold(base(SUBJECT, "Trích yếu", 14, Align::Center)) },
        Style {
            before: Length::pt(6),
            left: Length::mm(40),
            ..base(ADDRESSEE, "Kính gửi", 14, Align::Start)
        },
        Style {
            before: Length::pt(6),
            first_line: Length::centi_mm(1270),
            line: LineSpacing::Multiple(115),
            ..base(BODY, "Nội dung", 14, Align::Justify)
        },
        Style {
            before: Length::pt(6),
            first_line: Length::centi_mm(1270),
            keep_next: true,
            keep_lines: true,
            role: Role::Heading(1),
            ..bold(base(HEADING, "Đề mục 1", 14, Align::Justify))
        },
        Style {
            before: Length::pt(6),
            boxed: true,
            left: Length::mm(18),
            right: Length::mm(18),
            ..bold(base(DRAFT, "Dự thảo", 13, Align::Center))
        },
        Style { italic: true, ..bold(base(RECIPIENTS, "Nơi nhận", 12, Align::Start)) },
        Style {
            left: Length::mm(3),
            first_line: -Length::mm(3),
            ..base(RECIPIENT, "Nơi nhận (dòng)", 11, Align::Start)
        },
        bold(base(SIGNER, "Chức vụ, họ tên", 14, Align::Center)),
        base(PAGE_NUMBER, "Số trang", 14, Align::Center),
        Style {
            italic: true, before: Length::pt(6), ..base(UNIT, "Đơn vị tính", 12, Align::End)
        },
        bold(cell(HEAD_CELL, "Bảng: đầu cột", Align::Center)),
        cell(TEXT_CELL, "Bảng: chữ", Align::Start),
        cell(NUMBER_CELL, "Bảng: số", Align::End),
    ]
}
