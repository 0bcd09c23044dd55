//! A document like the seed report, built by hand: what the tests of this folder print.

use chrono::NaiveDate;

use crate::doc::{
    Align, Block, Cell, Document, Grid, Inline, Length, LineSpacing, Meta, Page, Paragraph, Role,
    Row, Rule, Run, Section, Style, StyleId, Table,
};

const BODY: StyleId = StyleId::new("body");

/// A style in which only what is said differs from plain 14 pt text.
pub fn style(id: &'static str) -> Style {
    Style {
        id: StyleId::new(id),
        name: id.into(),
        size: Length::pt(14),
        bold: false,
        italic: false,
        align: Align::Start,
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
    }
}

fn styles() -> Vec<Style> {
    let indent = Length::centi_mm(1270);
    let centred = |id| Style { align: Align::Center, ..style(id) };
    let small = |id| Style { size: Length::centi_pt(600), ..style(id) };
    vec![
        Style {
            align: Align::Justify,
            first_line: indent,
            before: Length::pt(6),
            line: LineSpacing::Multiple(110),
            ..style("body")
        },
        Style { size: Length::pt(13), bold: true, ..centred("bold13") },
        Style { size: Length::pt(13), before: Length::pt(6), ..centred("number") },
        Style { size: Length::pt(14), italic: true, before: Length::pt(6), ..centred("date") },
        Style {
            size: Length::pt(13),
            bold: true,
            boxed: true,
            before: Length::pt(6),
            left: Length::mm(16),
            right: Length::mm(16),
            ..centred("box")
        },
        Style {
            bold: true,
            before: Length::pt(18),
            keep_next: true,
            role: Role::Title,
            ..centred("type")
        },
        Style { bold: true, keep_next: true, keep_lines: true, ..centred("subject") },
        Style {
            first_line: -Length::mm(24),
            left: Length::mm(65),
            before: Length::pt(6),
            ..style("to")
        },
        Style {
            align: Align::Justify,
            bold: true,
            first_line: indent,
            before: Length::pt(6),
            keep_next: true,
            line: LineSpacing::Multiple(110),
            role: Role::Heading(1),
            ..style("heading")
        },
        Style { size: Length::pt(12), bold: true, italic: true, ..style("recipients") },
        Style { size: Length::pt(11), ..style("recipient") },
        Style { bold: true, ..centred("signer") },
        Style { bold: true, before: Length::pt(60), ..centred("name") },
        Style { bold: true, role: Role::Heading(1), before: Length::pt(6), ..centred("annex") },
        Style { bold: true, keep_next: true, ..centred("annex-title") },
        Style {
            italic: true,
            align: Align::End,
            before: Length::pt(6),
            keep_next: true,
            ..style("unit")
        },
        Style { bold: true, align: Align::Center, ..small("head") },
        small("text"),
        Style { align: Align::Center, ..small("middle") },
        Style { align: Align::End, ..small("amount") },
        Style { bold: true, ..small("group") },
        centred("page"),
    ]
}

fn text(style: &'static str, text: &str) -> Block {
    Block::Paragraph(Paragraph::text(StyleId::new(style), text))
}

fn rule(millimetres: i64) -> Block {
    Block::Rule(Rule {
        length: Length::mm(millimetres),
        thickness: Length::centi_pt(75),
        before: Length::ZERO,
        height: Length::pt(4),
    })
}

fn grid(left: i64, right: i64, before: i64, rows: Vec<Vec<Vec<Block>>>) -> Block {
    Block::Grid(Grid {
        columns: vec![Length::mm(left), Length::mm(right)],
        rows,
        before: Length::pt(before),
        breaks: false,
    })
}

pub fn portrait() -> Page {
    Page {
        width: Length::mm(210),
        height: Length::mm(297),
        top: Length::mm(20),
        right: Length::mm(15),
        bottom: Length::mm(20),
        left: Length::mm(30),
        number_style: StyleId::new("page"),
        number_top: Length::mm(10),
        foot: Length::mm(10),
    }
}

fn landscape() -> Page {
    Page {
        width: Length::mm(297),
        height: Length::mm(210),
        right: Length::mm(20),
        left: Length::mm(20),
        ..portrait()
    }
}

fn head() -> Vec<Block> {
    let agency = vec![text("bold13", "ỦY BAN NHÂN DÂN\nTỈNH KIÊN GIANG"), rule(17)];
    let country = vec![
        text("bold13", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        text("bold13", "Độc lập - Tự do - Hạnh phúc"),
        rule(56),
    ];
    let number = vec![text("number", "Số:      /BC-UBND"), text("box", "DỰ THẢO")];
    let date = vec![text("date", "Kiên Giang, ngày 16 tháng 8 năm 2022")];
    vec![
        grid(66, 99, 0, vec![vec![agency, country], vec![number, date]]),
        text("type", "BÁO CÁO"),
        text(
            "subject",
            "Về tình hình thực hiện và giải ngân các dự án\nthuộc lĩnh vực công nghệ thông tin",
        ),
        rule(40),
        text("to", "Kính gửi:"),
        text("to", "- Bộ Kế hoạch và Đầu tư;"),
        text("to", "- Bộ Thông tin và Truyền thông."),
    ]
}

fn body() -> Vec<Block> {
    let opening = "Thực hiện Công văn số 4691/BKHĐT-KCHTĐT ngày 12/7/2022 của Bộ Kế hoạch và Đầu tư về việc báo cáo tình hình thực hiện và giải ngân các dự án thuộc lĩnh vực công nghệ thông tin.";
    let principle = "Danh mục dự án công nghệ thông tin được lựa chọn dựa trên các mục tiêu, yêu cầu tại Nghị quyết số 17/NQ-CP ngày 07/03/2019 của Chính phủ về một số nhiệm vụ, giải pháp trọng tâm phát triển Chính phủ điện tử giai đoạn 2019 - 2020, định hướng đến 2025 và Quyết định số 749/QĐ-TTg ngày 03/6/2020 của Thủ tướng Chính phủ về việc phê duyệt “Chương trình Chuyển đổi số quốc gia đến năm 2025, định hướng đến năm 2030”.";
    let balance = "Việc cân đối, bố trí vốn cho các dự án công nghệ thông tin được thực hiện dựa trên mục tiêu, quy mô của từng dự án cụ thể và đảm bảo thực hiện hiệu quả, tiết kiệm ngân sách nhà nước. Ngoài ra, việc bố trí vốn còn phụ thuộc vào khả năng cân đối ngân sách của địa phương và các quy định hiện hành.";
    let gap = Paragraph::new(
        BODY,
        vec![
            Inline::text("Tổng vốn "),
            Inline::Text(Run { text: "[thiếu: tong_von]".into(), gap: true, ..Run::default() }),
            Inline::text(" triệu đồng, "),
            Inline::Text(Run { text: "đã giải ngân".into(), bold: true, ..Run::default() }),
            Inline::text(" một phần trong giai đoạn 2021-2025 theo "),
            Inline::Text(Run {
                text: "kế hoạch được giao".into(), italic: true, ..Run::default()
            }),
            Inline::text("."),
        ],
    );
    let mut blocks = vec![
        text("body", opening),
        text("body", "UBND tỉnh Kiên Giang báo cáo tình hình thực hiện như sau:"),
        text(
            "heading",
            "1. Nguyên tắc lựa chọn danh mục, mức vốn bố trí cho các dự án công nghệ thông tin kế hoạch đầu tư công trung hạn giai đoạn 2021-2025 từ nguồn ngân sách Trung ương và địa phương",
        ),
        text("body", principle),
        text("body", balance),
        Block::Paragraph(gap),
    ];
    for number in 2..=5 {
        blocks.push(text(
            "heading",
            &format!("{number}. Đánh giá các khó khăn, vướng mắc khi thực hiện"),
        ));
        blocks.push(text("body", balance));
        blocks.push(text("body", principle));
    }
    blocks
}

fn signature() -> Block {
    let recipients = [
        "- Như trên;",
        "- CT và các PCT UBND tỉnh;",
        "- LĐVP, P. KT;",
        "- Lưu: VT, nkguyen (01b).",
    ];
    let mut left = vec![text("recipients", "Nơi nhận:")];
    left.extend(recipients.map(|line| text("recipient", line)));
    let right = vec![
        text("signer", "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH"),
        text("name", "Nguyễn Thanh Nhân"),
    ];
    grid(75, 90, 12, vec![vec![left, right]])
}

fn cell(column: u16, columns: u16, rows: u16, style: &'static str, text: &str) -> Cell {
    Cell { column, columns, rows, style: StyleId::new(style), text: text.into(), upright: None }
}

const TEXT_COLUMNS: [(i64, &str); 5] = [
    (6, "STT"),
    (28, "Tên dự án"),
    (18, "Địa điểm XD"),
    (10, "Thời gian khởi công - hoàn thành"),
    (20, "Số quyết định; ngày, tháng, năm ban hành"),
];

/// Three levels of header over 5 text columns and 8 groups of 3 amounts.
fn header() -> Vec<Row> {
    let mut top: Vec<Cell> = Vec::new();
    for (column, (_, name)) in (0_u16..).zip(TEXT_COLUMNS) {
        top.push(cell(column, 1, 3, "head", name));
    }
    let (mut middle, mut bottom) = (Vec::new(), Vec::new());
    for column in (5..29).step_by(3) {
        top.push(cell(column, 3, 1, "head", "Kế hoạch năm 2022 đã được phân bổ"));
        let total = "Tổng số (tất cả các nguồn vốn)";
        let upright = Some(Length::mm(24));
        middle.push(Cell { upright, ..cell(column, 1, 2, "head", total) });
        middle.push(cell(column + 1, 2, 1, "head", "Trong đó"));
        for (offset, name) in [(1, "NSTW"), (2, "NSĐP")] {
            let upright = Some(Length::mm(18));
            bottom.push(Cell { upright, ..cell(column + offset, 1, 1, "head", name) });
        }
    }
    vec![
        Row { cells: top, ..Row::default() },
        Row { cells: middle, ..Row::default() },
        Row { cells: bottom, height: Some(Length::mm(20)), ..Row::default() },
    ]
}

fn data_row(index: usize) -> Row {
    if index % 12 == 1 {
        return Row {
            cells: vec![cell(0, 29, 1, "group", "I. Danh mục các dự án đang thực hiện")],
            ..Row::default()
        };
    }
    let mut cells = vec![
        cell(0, 1, 1, "middle", &index.to_string()),
        cell(
            1,
            1,
            1,
            "text",
            "Đầu tư, nâng cấp hạ tầng CNTT tại các xã, phường, thị trấn trên địa bàn tỉnh",
        ),
        cell(2, 1, 1, "text", "Các xã, phường, thị trấn"),
        cell(3, 1, 1, "middle", "2021-2023"),
        cell(4, 1, 1, "text", "280/QĐ-UBND ngày 20/01/2022"),
    ];
    cells.extend((5..29).map(|column| {
        let amount =
            if column % 3 == 0 { String::new() } else { format!("{}.{:03}", column, index) };
        cell(column, 1, 1, "amount", &amount)
    }));
    Row { cells, ..Row::default() }
}

pub fn table(rows: usize) -> Table {
    let texts = TEXT_COLUMNS.map(|(width, _)| Length::mm(width));
    let amounts = std::iter::repeat_n(Length::centi_mm(730), 24);
    Table {
        name: String::new(),
        columns: texts.into_iter().chain(amounts).collect(),
        header: header(),
        rows: (0..rows).map(data_row).collect(),
        padding_x: Length::centi_mm(40),
        padding_y: Length::centi_mm(30),
        border: Length::centi_pt(50),
        before: Length::pt(3),
        summary: "Danh mục dự án, mỗi dòng một dự án, mỗi nhóm cột một kế hoạch vốn.".into(),
    }
}

/// Three pages of report and an appendix of so many rows.
pub fn report(rows: usize) -> Document {
    let mut blocks = head();
    blocks.extend(body());
    blocks.push(signature());
    let annex = vec![
        text("annex", "Phụ lục"),
        text("annex-title", "DANH MỤC CÁC DỰ ÁN CÔNG NGHỆ THÔNG TIN GIAI ĐOẠN 2021-2025"),
        text("unit", "Đơn vị tính: triệu đồng"),
        Block::Table(table(rows)),
    ];
    Document {
        meta: Meta {
            title: "Báo cáo về tình hình thực hiện và giải ngân".into(),
            author: "ỦY BAN NHÂN DÂN TỈNH KIÊN GIANG".into(),
            subject: "Về tình hình thực hiện và giải ngân các dự án".into(),
            keywords: vec!["báo cáo".into(), "325/BC-UBND".into()],
            properties: vec![("Lời văn".into(), "bao_cao/a & b".into())],
            date: NaiveDate::from_ymd_opt(2022, 8, 16),
            is_draft: false,
            identifier: "325/BC-UBND".into(),
        },
        styles: styles(),
        sections: vec![Section::new(portrait(), blocks), Section::new(landscape(), annex)],
    }
}

/// One section of plain paragraphs.
pub fn plain(texts: &[&str]) -> Document {
    let blocks = texts.iter().map(|line| text("body", line)).collect();
    Document { sections: vec![Section::new(portrait(), blocks)], ..report(0) }
}
