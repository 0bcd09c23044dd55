//! Document tree → elements of docx-rs → its XML, not yet valid (see `finish`).
//!
//! The rows of a [`Table`] stay out: an object for each cell takes 4.4 KB, so that a
//! million cells would need gigabytes. docx-rs builds the table around them and
//! `finish` streams them in as text.

use anyhow::{Result, ensure};
use docx_rs as word;

use super::rows::column_edges;
use super::styles::{self, Known, LEAST, RULE, SPACER, Styles, eighths, exactly, twips, unsigned};
use crate::doc::{
    Align, Block, Document, Grid, Inline, LINE_END, Length, Page, Paragraph, Rule, Run, Section,
    StyleId, Table,
};

/// What docx-rs wrote, and what is still to be put in.
pub struct Built<'a> {
    pub document: Vec<u8>,
    pub styles: Vec<u8>,
    /// The first one is empty; one follows for each style of page numbers, and one for each
    /// first page that carries something in its top margin.
    pub headers: Vec<Vec<u8>>,
    /// None at all, or an empty one and one for each first page that carries something in
    /// its bottom margin.
    pub footers: Vec<Vec<u8>>,
    /// One entry for each `w:tbl` in the order of their start tags: the table whose
    /// rows are to be written there, or `None` for a grid, which is complete.
    pub tables: Vec<Option<&'a Table>>,
}

pub fn build<'a>(document: &'a Document, styles: &Styles<'a>) -> Result<Built<'a>> {
    let mut builder = Builder {
        styles,
        tables: Vec::new(),
        numbers: Vec::new(),
        headers: vec![header(vec![empty(SPACER).into()])],
        footers: Vec::new(),
    };
    if document.sections.iter().any(|section| !section.first_bottom.is_empty()) {
        // Word gives a section without a footer that of the section before it.
        builder.footers.push(footer(vec![empty(SPACER).into()]));
    }
    let built = builder.document(document)?;
    let Builder { headers, footers, tables, .. } = builder;
    Ok(Built { document: built.document, styles: built.styles, headers, footers, tables })
}

/// A block of Word: docx-rs has no type of its own for "paragraph or table".
enum Item {
    Paragraph(Box<word::Paragraph>),
    Table(Box<word::Table>),
}

impl From<word::Paragraph> for Item {
    fn from(paragraph: word::Paragraph) -> Self {
        Self::Paragraph(Box::new(paragraph))
    }
}

impl From<word::Table> for Item {
    fn from(table: word::Table) -> Self {
        Self::Table(Box::new(table))
    }
}

/// Where blocks stand.
#[derive(Clone, Copy)]
struct Place {
    width: Length,
    /// Every paragraph stays with the next: the rows of a grid share a page.
    keep: bool,
    /// Space above the first block is dropped, as at the top of a page.
    at_top: bool,
}

struct Builder<'a, 's> {
    styles: &'s Styles<'a>,
    tables: Vec<Option<&'a Table>>,
    /// Styles of page numbers met so far, each with the index of its header part.
    numbers: Vec<(StyleId, usize)>,
    headers: Vec<Vec<u8>>,
    footers: Vec<Vec<u8>>,
}

impl<'a> Builder<'a, '_> {
    fn document(&mut self, document: &'a Document) -> Result<word::XMLDocx> {
        let mut docx = base(document);
        let last = document.sections.len().checked_sub(1);
        ensure!(last.is_some(), "văn bản không có phần nào");
        for (index, section) in document.sections.iter().enumerate() {
            let property = self.section_property(section)?;
            let mut items = self.section(section);
            if Some(index) == last {
                docx.document.section_property = property;
            } else {
                end_section(&mut items, property);
            }
            for item in items {
                docx = match item {
                    Item::Paragraph(paragraph) => docx.add_paragraph(*paragraph),
                    Item::Table(table) => docx.add_table(*table),
                };
            }
        }
        Ok(docx.build())
    }

    fn section(&mut self, section: &'a Section) -> Vec<Item> {
        let place = Place { width: section.page.text_width(), keep: false, at_top: true };
        self.blocks(&section.blocks, place)
    }

    /// Blocks one under another, ending in a paragraph as Word demands of a section and of a cell.
    fn blocks(&mut self, blocks: &'a [Block], place: Place) -> Vec<Item> {
        let mut items = Vec::new();
        let last = blocks.len().saturating_sub(1);
        for (index, block) in blocks.iter().enumerate() {
            match block {
                Block::Paragraph(paragraph) => {
                    items.push(self.paragraph(paragraph, place.keep).into());
                }
                Block::Rule(rule) => items.push(self.rule(rule, place).into()),
                Block::Grid(grid) => {
                    space(&mut items, grid.before, place.at_top);
                    // The paragraph after it would take a page for itself.
                    let keep = place.keep || index == last;
                    let grid = self.grid(grid, Place { keep, ..place });
                    items.push(grid.into());
                }
                Block::Table(table) => {
                    space(&mut items, table.before, place.at_top);
                    self.tables.push(Some(table));
                    items.push(table_without_rows(table, place.width).into());
                }
            }
        }
        if !matches!(items.last(), Some(Item::Paragraph(_))) {
            items.push(keeping(empty(SPACER), place.keep).into());
        }
        items
    }

    fn paragraph(&self, paragraph: &Paragraph, keep: bool) -> word::Paragraph {
        let Known { style, id } = self.styles.get(paragraph.style);
        let mut result = empty(id);
        if (paragraph.keep_next || keep) && !style.keep_next {
            result = result.keep_next(true);
        }
        if paragraph.keep_lines && !style.keep_lines {
            result = result.keep_lines(true);
        }
        paragraph.content.iter().fold(result, |result, inline| match inline {
            Inline::Text(text) if text.text.is_empty() => result,
            Inline::Text(text) => {
                result.add_run(run(text, text.bold && !style.bold, text.italic && !style.italic))
            }
            Inline::Break => result.add_run(line_break(word::Run::new())),
        })
    }

    /// A line of exactly its length: the border of an empty paragraph between two indents.
    fn rule(&self, rule: &Rule, place: Place) -> word::Paragraph {
        let room = twips(place.width);
        let length = twips(rule.length).min(room);
        let left = (room - length) / 2;
        // Word adds the border to the height of the line under it.
        let spacing =
            exactly(twips(rule.height - rule.thickness)).before(twips(rule.before).unsigned_abs());
        let border = word::ParagraphBorder::new(word::ParagraphBorderPosition::Top)
            .size(eighths(rule.thickness));
        let mut result = with_spacing(empty(RULE), spacing);
        result.property = result
            .property
            .indent(Some(left), None, Some(room - length - left), None)
            .set_borders(word::ParagraphBorders::with_empty().set(border));
        keeping(result, place.keep)
    }

    fn grid(&mut self, grid: &'a Grid, place: Place) -> word::Table {
        self.tables.push(None);
        let edges = column_edges(&grid.columns);
        let last = grid.rows.len().saturating_sub(1);
        let rows = grid.rows.iter().enumerate().map(|(index, row)| {
            // `place.keep` ties the whole grid to what follows; of one that breaks, its end.
            let keep = match grid.breaks {
                true => place.keep && index == last,
                false => place.keep || index < last,
            };
            self.grid_row(row, grid, &edges, keep)
        });
        let table = word::Table::without_borders(rows.collect())
            .margins(word::TableCellMargins::new().margin(0, 0, 0, 0));
        fixed(table, &edges, place.width)
    }

    fn grid_row(
        &mut self,
        row: &'a [Vec<Block>],
        grid: &Grid,
        edges: &[i32],
        keep: bool,
    ) -> word::TableRow {
        let cells = grid.columns.iter().enumerate().map(|(column, &width)| {
            let blocks = row.get(column).map_or(&[][..], Vec::as_slice);
            let items = self.blocks(blocks, Place { width, keep, at_top: false });
            let width = unsigned(i64::from(edges[column + 1] - edges[column]));
            cell(items).width(width, word::WidthType::Dxa)
        });
        word::TableRow::new(cells.collect()).cant_split()
    }

    /// Everything about the pages of a section, with its page numbers.
    fn section_property(&mut self, section: &'a Section) -> Result<word::SectionProperty> {
        let page = &section.page;
        let number = self.number_part(page.number_style);
        let first_header = match self.margin(&section.first_top, page)? {
            Some(items) => {
                self.headers.push(header(items));
                self.headers.len() - 1
            }
            None => 0,
        };
        if let Some(items) = self.margin(&section.first_bottom, page)? {
            self.footers.push(footer(items));
        }
        let mut result = word::SectionProperty::new()
            .page_size(page_size(page))
            .page_margin(page_margin(page))
            .page_num_type(word::PageNumType::new().start(1))
            .title_pg();
        result.first_header_reference = Some(reference("first", first_header));
        result.header_reference = Some(reference("default", number));
        if !self.footers.is_empty() {
            let own = if section.first_bottom.is_empty() { 0 } else { self.footers.len() - 1 };
            let id = super::parts::footer_id(own);
            result.first_footer_reference = Some(word::FooterReference::new("first", id));
        }
        Ok(result)
    }

    /// What a first page carries in one of its margins, where there is something.
    fn margin(&mut self, blocks: &'a [Block], page: &Page) -> Result<Option<Vec<Item>>> {
        if blocks.is_empty() {
            return Ok(None);
        }
        // The tables of the body are counted by themselves.
        let body = std::mem::take(&mut self.tables);
        let place = Place { width: page.text_width(), keep: false, at_top: true };
        let items = self.blocks(blocks, place);
        let own = std::mem::replace(&mut self.tables, body);
        ensure!(own.iter().all(Option::is_none), "lề của trang đầu không chứa bảng");
        Ok(Some(items))
    }

    /// Index of the header part that shows the page number in that style.
    fn number_part(&mut self, style: StyleId) -> usize {
        if let Some(&(_, known)) = self.numbers.iter().find(|(other, _)| *other == style) {
            return known;
        }
        self.headers.push(header(vec![self.page_number(style).into()]));
        let index = self.headers.len() - 1;
        self.numbers.push((style, index));
        index
    }

    fn page_number(&self, style: StyleId) -> word::Paragraph {
        let Known { style, id } = self.styles.get(style);
        let result = empty(id).add_page_num(word::PageNum::new());
        match style.align {
            Align::Center => result,
            Align::Start | Align::End | Align::Justify => result.align(word::AlignmentType::Center),
        }
    }
}

/// Space above a table, which Word has no measure for: the least of lines and the rest above it.
///
/// Word and LibreOffice drop what is above a paragraph at the top of a page, so the space is
/// gone where a table begins a page. It stays with the table: without that LibreOffice leaves
/// half a page blank in some tables whose head repeats.
fn space(items: &mut Vec<Item>, before: Length, at_top: bool) {
    let height = match items.last() {
        None if at_top => 0,
        None | Some(Item::Paragraph(_)) => twips(before),
        // Word joins two tables that touch.
        Some(Item::Table(_)) => twips(before).max(LEAST),
    };
    if height > 0 {
        let line = height.min(LEAST);
        let above = (height - line).unsigned_abs();
        let spacer = with_spacing(empty(SPACER), exactly(line).before(above));
        items.push(keeping(spacer, true).into());
    }
}

/// A document with styles and without content.
fn base(document: &Document) -> word::Docx {
    let font = word::RunFonts::new()
        .ascii(styles::FONT)
        .hi_ansi(styles::FONT)
        .east_asia(styles::FONT)
        .cs(styles::FONT);
    // 14 pt, the decree's size for the body, for what a clerk adds in no style.
    let docx = word::Docx::new().default_fonts(font).default_size(28);
    styles::all(document).into_iter().fold(docx, word::Docx::add_style)
}

/// docx-rs builds the parts of headers and footers only with a document around them.
fn header(items: Vec<Item>) -> Vec<u8> {
    let header = items.into_iter().fold(word::Header::new(), |header, item| match item {
        Item::Paragraph(paragraph) => header.add_paragraph(*paragraph),
        Item::Table(table) => header.add_table(*table),
    });
    word::Docx::new().header(header).build().headers.swap_remove(0)
}

fn footer(items: Vec<Item>) -> Vec<u8> {
    let footer = items.into_iter().fold(word::Footer::new(), |footer, item| match item {
        Item::Paragraph(paragraph) => footer.add_paragraph(*paragraph),
        Item::Table(table) => footer.add_table(*table),
    });
    word::Docx::new().footer(footer).build().footers.swap_remove(0)
}

/// The relationship is named as in `parts::document_relationships`.
fn reference(kind: &str, index: usize) -> word::HeaderReference {
    word::HeaderReference::new(kind, super::parts::header_id(index))
}

fn empty(style: &str) -> word::Paragraph {
    word::Paragraph::new().style(style)
}

fn keeping(paragraph: word::Paragraph, keep: bool) -> word::Paragraph {
    if keep { paragraph.keep_next(true) } else { paragraph }
}

fn with_spacing(mut paragraph: word::Paragraph, spacing: word::LineSpacing) -> word::Paragraph {
    paragraph.property = paragraph.property.line_spacing(spacing);
    paragraph
}

/// A section ends in the paragraph that describes it; the last one at the end of the body.
fn end_section(items: &mut [Item], property: word::SectionProperty) {
    if let Some(Item::Paragraph(last)) = items.last_mut() {
        last.property = std::mem::take(&mut last.property).section_property(property);
    }
}

/// A run; docx-rs drops line feeds and leaves tabs to chance, so both become elements.
fn run(text: &Run, bold: bool, italic: bool) -> word::Run {
    let mut result = word::Run::new();
    for (index, line) in text.text.split(['\n', LINE_END]).enumerate() {
        if index > 0 {
            result = line_break(result);
        }
        for (index, piece) in line.split('\t').enumerate() {
            if index > 0 {
                result = result.add_tab();
            }
            if !piece.is_empty() {
                result = result.add_text(piece);
            }
        }
    }
    if bold {
        result = result.bold();
    }
    if italic {
        result = result.italic();
    }
    if text.gap {
        result = result.highlight("yellow");
    }
    result
}

fn line_break(run: word::Run) -> word::Run {
    run.add_break(word::BreakType::TextWrapping)
}

fn cell(items: Vec<Item>) -> word::TableCell {
    items.into_iter().fold(word::TableCell::new(), |cell, item| match item {
        Item::Paragraph(paragraph) => cell.add_paragraph(*paragraph),
        Item::Table(table) => cell.add_table(*table),
    })
}

fn table_without_rows(table: &Table, width: Length) -> word::Table {
    let x = unsigned(table.padding_x.twips());
    let y = unsigned(table.padding_y.twips());
    let result = word::Table::new(Vec::new())
        .margins(word::TableCellMargins::new().margin(y, x, y, x))
        .set_borders(table_borders(eighths(table.border)));
    fixed(result, &column_edges(&table.columns), width)
}

fn table_borders(size: usize) -> word::TableBorders {
    use word::TableBorderPosition::{Bottom, InsideH, InsideV, Left, Right, Top};
    [Top, Left, Bottom, Right, InsideH, InsideV]
        .into_iter()
        .fold(word::TableBorders::with_empty(), |borders, side| {
            borders.set(word::TableBorder::new(side).size(size).color("auto"))
        })
}

/// Columns of exactly these edges, centred on the room there is: wider ones stick out on both sides.
fn fixed(table: word::Table, edges: &[i32], room: Length) -> word::Table {
    let total = edges.last().copied().unwrap_or_default();
    let columns = edges.windows(2).map(|edge| unsigned(i64::from(edge[1] - edge[0])));
    table
        .layout(word::TableLayoutType::Fixed)
        .width(unsigned(i64::from(total)), word::WidthType::Dxa)
        .indent((twips(room) - total) / 2)
        .set_grid(columns.collect())
}

fn page_size(page: &Page) -> word::PageSize {
    let side = |length: Length| twips(length).unsigned_abs();
    let size = word::PageSize::new().size(side(page.width), side(page.height));
    if page.width > page.height { size.orient(word::PageOrientationType::Landscape) } else { size }
}

fn page_margin(page: &Page) -> word::PageMargin {
    word::PageMargin {
        top: twips(page.top),
        right: twips(page.right),
        bottom: twips(page.bottom),
        left: twips(page.left),
        header: twips(page.number_top),
        footer: twips(page.foot),
        gutter: 0,
    }
}
