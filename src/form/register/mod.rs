//! Sổ đăng ký văn bản đi as a book to be bound: cover, first page, the rows in ten
//! columns. PL IV, Mẫu I; Điều 16.
//!
//! Every sheet is A4 and lies the same way, since they are bound together; ten columns
//! want it landscape.

mod columns;
mod rows;
#[cfg(test)]
mod tests;

use super::styles::{self, CellLook};
use super::table;
use super::text::{inlines, longest_line};
use crate::doc::metrics::{self, Face4};
use crate::doc::{
    Block, Document, Grid, Length, Meta, Page, Paragraph, Rule, Section, Style, StyleId, Table,
};
use crate::model::{Amount, Orientation, Paper, Register};
use crate::nd30::{Measure, Preset};
use crate::vi;

/// The book as a document.
pub fn register(register: &Register, preset: &Preset) -> Document {
    let page = super::page(preset, Paper::A4, Orientation::Landscape);
    let book = Book { register, preset, page, sheet: styles::book(preset) };
    let mut sections = vec![book.cover(), book.first_page(), book.rows()];
    let styles = book.styles(&sections);
    super::breaks::settle(&mut sections, &styles);
    Document { meta: book.meta(), styles, sections }
}

struct Book<'a> {
    register: &'a Register,
    preset: &'a Preset,
    page: Page,
    /// The styles, but those of the table.
    sheet: Vec<Style>,
}

impl Book<'_> {
    /// Bìa.
    fn cover(&self) -> Section {
        Section::new(self.page.clone(), self.title_page(styles::BOOK_TITLE))
    }

    /// Trang đầu: what the cover says, and who opened the book, with signature and seal.
    fn first_page(&self) -> Section {
        let mut blocks = self.title_page(styles::BOOK_TITLE_AGAIN);
        let pages = self.pages();
        let opening = format!(
            "Sổ này có {pages} trang đăng ký, đánh số từ trang 1 đến trang {pages}, dùng để đăng ký văn bản đi."
        );
        blocks.push(self.paragraph(styles::BOOK_STATEMENT, &opening));
        blocks.push(self.signatures(&["", "NGƯỜI CÓ THẨM QUYỀN\n(Ký, ghi rõ họ tên, đóng dấu)"]));
        Section::new(self.page.clone(), blocks)
    }

    /// The rows on pages of their own, numbered from the first, and how the book ends.
    fn rows(&self) -> Section {
        let mut blocks = vec![self.paragraph(styles::BOOK_HEADING, &self.name())];
        if self.register.rows.is_empty() {
            blocks.push(self.paragraph(styles::BOOK_STATEMENT, "Sổ chưa có văn bản nào."));
        } else {
            blocks.push(Block::Table(self.table()));
        }
        blocks.extend(self.closing());
        // A page of a book is numbered from the first on.
        let first = self.paragraph(styles::PAGE_NUMBER, "1");
        Section { first_top: vec![first], ..Section::new(self.page.clone(), blocks) }
    }

    fn table(&self) -> Table {
        let texts = rows::texts(&self.register.rows);
        let fitted = columns::fit(&texts, self.page.text_width(), self.preset);
        let header = columns::head(&fitted);
        let head: Length = header.iter().filter_map(|row| row.height).sum();
        Table {
            name: "so_dang_ky".to_owned(),
            rows: rows::rows(texts, &fitted, self.page.text_height() - head),
            header,
            padding_x: table::fit::padding(fitted.size),
            padding_y: table::fit::PADDING_Y,
            border: table::fit::BORDER,
            before: table::BEFORE,
            summary: format!("{}: mười cột, mỗi dòng một số", self.name()),
            columns: fitted.widths,
        }
    }

    /// `SỔ ĐĂNG KÝ VĂN BẢN ĐI NĂM 2026`
    fn name(&self) -> String {
        let kind = self.register.kind.as_deref();
        let kind = kind.map(|kind| format!(" ({})", vi::case::upper(kind))).unwrap_or_default();
        format!("{TITLE}{kind} NĂM {}", self.register.year)
    }

    /// What cover and first page have in common, the title in its style.
    fn title_page(&self, title: StyleId) -> Vec<Block> {
        let register = self.register;
        let organ = vi::case::upper(&register.organ);
        let mut blocks = Vec::new();
        if let Some(superior) = &register.superior {
            blocks.push(self.paragraph(styles::BOOK_SUPERIOR, &vi::case::upper(superior)));
        }
        blocks.push(self.paragraph(styles::BOOK_ORGAN, &organ));
        blocks.push(Block::Rule(self.rule(&organ)));
        blocks.push(self.paragraph(title, TITLE));
        let kind = register.kind.iter().map(|kind| format!("(Loại văn bản: {kind})"));
        let lines = kind.chain(self.extent());
        blocks.extend(lines.map(|line| self.paragraph(styles::BOOK_LINE, &line)));
        blocks
    }

    /// The lines under the title; dots where something is written by hand.
    fn extent(&self) -> [String; 4] {
        let Register { year, dates, numbers, book, .. } = self.register;
        let dates = dates.map(|(from, to)| [from, to].map(vi::date::short));
        let [from, to] = dates.unwrap_or([DOTS.to_owned(), DOTS.to_owned()]);
        let (first, last) =
            numbers.clone().unwrap_or_else(|| (SHORT_DOTS.to_owned(), SHORT_DOTS.to_owned()));
        let book = book.map_or(SHORT_DOTS.to_owned(), |book| format!("{book:02}"));
        [
            format!("Năm {year}"),
            format!("Từ ngày {from} đến ngày {to}"),
            format!("Từ số {first} đến số {last}"),
            format!("Quyển số: {book}"),
        ]
    }

    /// A line of a third to a half of the agency's name, under it.
    fn rule(&self, organ: &str) -> Rule {
        let width =
            longest_line(organ, styles::BOOK_ORGAN_SIZE, Face4::BOLD, self.page.text_width());
        let percent = i64::from(self.preset.percent(Measure::RulePercent));
        Rule {
            length: width.scale(percent, 100),
            thickness: self.preset.length(Measure::RuleThickness),
            before: Length::pt(2),
            height: Length::pt(2),
        }
    }

    /// How many numbers the book holds, and who closes it. All of it stays together.
    fn closing(&self) -> Vec<Block> {
        let register = self.register;
        let numbers = register.numbers.as_ref();
        let last = numbers.map(|(_, last)| format!(", kết thúc ở số {last}")).unwrap_or_default();
        let counted = format!(
            "Sổ này có {} số đăng ký{last}, trên {} trang.",
            counted(register.rows.len()),
            self.pages()
        );
        let chain = register.chain.as_ref().map(|(links, hash)| {
            let links = counted_links(*links);
            format!("Mã kiểm tra của sổ điện tử khi in ({links} mắt xích): {hash}")
        });
        let mut blocks: Vec<Block> = std::iter::once(counted)
            .chain(chain)
            .map(|line| self.paragraph(styles::BOOK_STATEMENT, &line))
            .collect();
        blocks.push(self.signatures(&[
            "NGƯỜI LẬP SỔ\n(Ký, ghi rõ họ tên)",
            "NGƯỜI CÓ THẨM QUYỀN\n(Ký, ghi rõ họ tên, đóng dấu)",
        ]));
        blocks
    }

    /// Who signs, side by side, with the date above the last and room below.
    fn signatures(&self, signers: &[&str; 2]) -> Block {
        let half = self.page.text_width() / 2;
        let signer = |words: &&str| -> Vec<Block> {
            let Some((post, how)) = words.split_once('\n') else { return vec![] };
            vec![
                self.paragraph(styles::BOOK_SIGNER, post),
                self.paragraph(styles::BOOK_SIGNER_NOTE, how),
                Block::Paragraph(Paragraph::new(styles::BOOK_SIGNER_ROOM, vec![])),
            ]
        };
        let date = self.paragraph(styles::BOOK_DATE, "…………, ngày …… tháng …… năm ………");
        Block::Grid(Grid {
            columns: vec![half, half],
            rows: vec![vec![vec![], vec![date]], signers.iter().map(signer).collect()],
            before: Length::pt(12),
            breaks: false,
        })
    }

    /// A line of the book, no word of which is longer than the page is wide.
    fn paragraph(&self, id: StyleId, text: &str) -> Block {
        let mut text = drawn(text);
        if let Some(style) = self.sheet.iter().find(|style| style.id == id) {
            let face = Face4 { bold: style.bold, italic: style.italic };
            text = rows::broken(&text, style.size, face, self.page.text_width());
        }
        Block::Paragraph(Paragraph::new(id, inlines(&text)))
    }

    /// How many pages there are, or room to write it.
    fn pages(&self) -> String {
        self.register.pages.map_or(SHORT_DOTS.to_owned(), counted)
    }

    fn meta(&self) -> Meta {
        let organ = super::text::one_line(&self.register.organ);
        Meta {
            title: format!("{} - {}", self.name(), vi::case::upper(&organ)),
            author: organ,
            subject: "Sổ đăng ký văn bản đi".to_owned(),
            keywords: Vec::new(),
            date: self.register.printed,
            is_draft: false,
            properties: Vec::new(),
            identifier: format!("{} {}", self.name(), self.register.organ),
        }
    }

    fn styles(&self, sections: &[Section]) -> Vec<Style> {
        let tables = sections
            .iter()
            .flat_map(|section| &section.blocks)
            .filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None });
        self.sheet.iter().cloned().chain(table::styles(tables)).collect()
    }
}

/// Cover and first page, which stand before the pages of the rows.
pub const REGISTER_FRONT_PAGES: usize = 2;

const TITLE: &str = "SỔ ĐĂNG KÝ VĂN BẢN ĐI";

/// Room for a date, and for a number, written by hand.
const DOTS: &str = "………………";
const SHORT_DOTS: &str = "………";

/// `2.000`
fn counted(count: usize) -> String {
    counted_links(count.try_into().unwrap_or(u64::MAX))
}

fn counted_links(count: u64) -> String {
    let digits = count.to_string();
    digits.parse::<Amount>().map_or(digits, |amount| amount.to_string())
}

/// The text with the number of each character in its place that the fonts cannot draw, or
/// that turns the line round: a word in another script must neither keep a whole register
/// from being printed nor change the order in which a row is read.
fn drawn(text: &str) -> String {
    let is_plain = |c: char| c == '\n' || metrics::is_drawn(c);
    if text.chars().all(is_plain) {
        return text.to_owned();
    }
    let shown = |c: char| match is_plain(c) {
        true => c.to_string(),
        false => format!("[U+{:04X}]", u32::from(c)),
    };
    text.chars().map(shown).collect()
}

/// The look of the cells of each column.
const LOOKS: [CellLook; 10] = [
    CellLook::Center,
    CellLook::Center,
    CellLook::Text,
    CellLook::Text,
    CellLook::Text,
    CellLook::Text,
    CellLook::Center,
    CellLook::Center,
    CellLook::Text,
    CellLook::Text,
];
