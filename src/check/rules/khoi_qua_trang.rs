//! What may not be divided between two pages is higher than a page.

use crate::check::{Report, Rule, Subject};
use crate::diag::{At, Route, Severity};
use crate::doc::height::{Heights, SPARE};
use crate::doc::{Block, Document, Grid, Length, Paragraph, Section, Table};

pub const RULE: Rule = Rule {
    id: "khoi-qua-trang",
    severity: Severity::Error,
    explain: "\
Một khối không được chia giữa hai trang mà lại cao hơn một trang, nên không in hết được.

Tên cơ quan, trích yếu, đề mục, chức vụ và họ tên người ký, một nơi nhận, đầu bảng in lại ở
mỗi trang: mỗi khối ấy đứng trọn trên một trang. Đầu bảng còn phải chừa chỗ cho ít nhất một
dòng ở dưới. Danh sách nơi nhận và dòng của bảng thì tự sang trang, dài mấy cũng in hết.",
    run,
};

/// What a head leaves on its page at least: a row of two or three lines.
const LEAST_ROOM: Length = Length::mm(20);

fn run(subject: Subject<'_>, report: &mut Report<'_>) {
    let document = subject.document;
    let mut look = Look { document, heights: Heights::of(document), report };
    let first_appendix = if subject.case.attached.is_some() { 2 } else { 1 };
    let mut appendix = None;
    for (number, section) in document.sections.iter().enumerate() {
        if number >= first_appendix && !section.new_volume {
            appendix = Some(appendix.map_or(0, |before: usize| before + 1));
        }
        look.section(section, appendix);
    }
}

struct Look<'a, 'r, 'f> {
    document: &'a Document,
    heights: Heights<'a>,
    report: &'r mut Report<'f>,
}

impl Look<'_, '_, '_> {
    fn section(&mut self, section: &Section, appendix: Option<usize>) {
        let (width, page) = (section.page.text_width(), section.page.text_height());
        for block in &section.blocks {
            match block {
                Block::Paragraph(paragraph) => {
                    let style = self.document.style(paragraph.style);
                    let height = self.heights.paragraph(paragraph, width) - style.before;
                    if (style.keep_lines || paragraph.keep_lines) && height > page {
                        self.tell(paragraph, height, page, appendix);
                    }
                }
                Block::Grid(grid) => self.grid(grid, page, appendix),
                Block::Table(table) => self.table(table, page),
                Block::Rule(_) => {}
            }
        }
    }

    /// All rows together, or each of one that breaks: the highest paragraph is named.
    fn grid(&mut self, grid: &Grid, page: Length, appendix: Option<usize>) {
        let rows = self.heights.rows(grid);
        let all: Length = rows.iter().copied().sum();
        let heights = if grid.breaks { rows } else { vec![all; grid.rows.len()] };
        let too_high = grid.rows.iter().zip(&heights).filter(|(_, height)| **height > page);
        let paragraphs = too_high.flat_map(|(row, &height)| {
            let cells = row.iter().zip(&grid.columns);
            cells.flat_map(move |(cell, &width)| {
                cell.iter().map(move |block| (block, width, height))
            })
        });
        let highest = paragraphs.filter_map(|(block, width, height)| match block {
            Block::Paragraph(paragraph) => {
                Some((self.heights.paragraph(paragraph, width), paragraph, height))
            }
            Block::Rule(_) | Block::Grid(_) | Block::Table(_) => None,
        });
        if let Some((_, paragraph, height)) = highest.max_by_key(|(own, ..)| *own) {
            self.tell(paragraph, height, page, appendix);
        }
    }

    fn table(&mut self, table: &Table, page: Length) {
        let head = self.heights.head(table);
        if head > page - LEAST_ROOM - SPARE {
            let (head, page) = (millimetres(head), millimetres(page));
            let route = Route::parse(&table.name).unwrap_or_default();
            self.report.add(
                At::Key(route.key("cot")),
                format!(
                    "đầu bảng cao {head} mm, trang chứa {page} mm, nên không còn chỗ cho dòng nào"
                ),
                "rút ngắn tên cột, nhất là từ dài không có dấu cách, hoặc bớt tầng của đầu bảng",
            );
        }
    }

    fn tell(
        &mut self,
        paragraph: &Paragraph,
        height: Length,
        page: Length,
        appendix: Option<usize>,
    ) {
        let name = self.document.style(paragraph.style).name.split(',').next().unwrap_or_default();
        let (height, page) = (millimetres(height), millimetres(page));
        self.report.add(
            At::Key(route(&self.document.style(paragraph.style).name, appendix)),
            format!("“{name}” cao {height} mm, không chia được giữa hai trang, mà trang chỉ chứa {page} mm"),
            "rút ngắn nội dung ấy, hoặc chia ra nhiều phần",
        );
    }
}

fn millimetres(length: Length) -> String {
    format!("{:.0}", length.to_mm())
}

/// The key of the case from which the text of a style comes.
fn route(style: &str, appendix: Option<usize>) -> Route {
    let root = Route::root();
    let of_appendix = |key: &str| match appendix {
        Some(at) => root.key("phu_luc").index(at).key(key),
        None => root.clone(),
    };
    match style {
        "Cơ quan chủ quản" | "Cơ quan ban hành" => root.key("co_quan"),
        "Tên loại" => root.key("loai"),
        "Trích yếu" | "Trích yếu công văn" => root.key("trich_yeu"),
        "Kính gửi một nơi" | "Kính gửi nhiều nơi" | "Nơi kính gửi" => {
            root.key("kinh_gui")
        }
        "Quyền hạn, chức vụ" => root.key("nguoi_ky").key("chuc_vu"),
        "Họ tên" => root.key("nguoi_ky").key("ho_ten"),
        "Nơi nhận" | "Nơi nhận, từng dòng" => root.key("noi_nhan"),
        "Người soạn thảo" => root.key("luu"),
        "Tiêu đề phụ lục" => of_appendix("tieu_de"),
        _ if appendix.is_some() => of_appendix("doan"),
        _ => root.key("noi_dung"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{case, found, table, with_table};
    use super::*;
    use crate::model::{Case, Signer};
    use expect_test::expect;

    fn words(count: usize) -> String {
        (1..=count).map(|number| format!("chữ{number}")).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_subject_higher_than_a_page_is_told_at_its_key() {
        let of = |count| Case { subject: words(count), ..case() };
        assert_eq!(found(&RULE, &of(100), "Hết./."), "");
        expect![[r#"
            trich_yeu: “Trích yếu” cao 863 mm, không chia được giữa hai trang, mà trang chỉ chứa 257 mm
        "#]]
        .assert_eq(&found(&RULE, &of(1200), "Hết./."));
    }

    #[test]
    fn a_long_list_of_receivers_flows_and_one_endless_receiver_does_not() {
        let of = |recipients| Case { recipients, ..case() };
        let list = (1..=200).map(|number| format!("Xã số {number}")).collect();
        assert_eq!(found(&RULE, &of(list), "Hết./."), "");
        let endless = vec!["Như trên".to_owned(), words(900), "Sở Y tế".to_owned()];
        assert!(found(&RULE, &of(endless), "Hết./.").starts_with("noi_nhan: “Nơi nhận” cao"));
    }

    #[test]
    fn a_post_of_hundreds_of_words_is_told() {
        let signer = Signer { lines: vec![words(500)], full_name: "Trần Văn A".into() };
        let found = found(&RULE, &Case { signer, ..case() }, "Hết./.");
        assert!(found.starts_with("nguoi_ky.chuc_vu: “Quyền hạn” cao"), "{found}");
    }

    #[test]
    fn a_head_that_leaves_no_room_for_a_row_is_told() {
        let mut tall = table(&[&[("1", "2")]]);
        assert_eq!(found(&RULE, &with_table(tall.clone()), "phụ lục./."), "");
        tall.columns[1].name = "W".repeat(300);
        let found = found(&RULE, &with_table(tall), "phụ lục./.");
        assert!(found.starts_with("phu_luc[0].cot: đầu bảng cao"), "{found}");
    }
}
