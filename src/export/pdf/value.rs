//! The document as a typst value: the dictionary that `layout.typ` reads.
//!
//! What typst cannot know is settled here, in whole numbers: how wide a place is,
//! where a thing centred in it begins, how high a line is. Keys are the words of
//! `layout.typ`; all lengths become typst lengths in [`length`].

use std::cell::{Cell as Counter, RefCell};
use std::collections::BTreeMap;

use typst::foundations::{Array, Dict, IntoValue, Value, dict};
use typst::layout::{Abs, Alignment, HAlignment};
use typst::syntax::Span;
use typst::visualize::Color as Paint;

use super::{inline, read};
use crate::doc::{
    Align, Block, Cell, Color, Document, Grid, Length, Meta, Page, Paragraph, Role, Row, Rule,
    SECTION_END, Section, SignatureField, Style, StyleId, Table, metrics,
};

/// From the baseline up, in ten-thousandths of an em: Times' ascent, Word's first line.
const ASCENT: i64 = 8_911;
const EM: i64 = 10_000;
/// What typst calls the header of a whole table; a header under it has a higher level.
const HEADER_LEVEL: i64 = 1;

/// Some sections of a report as `layout.typ` reads them.
pub fn report(document: &Document, sections: &[Section]) -> Dict {
    let writer = Writer { document, above: RefCell::default(), texts: Counter::default() };
    dict! {
        "meta" => meta(&document.meta),
        "fonts" => fonts(document),
        "styles" => document.styles.iter().map(style).collect::<Array>(),
        "sections" => sections.iter().map(|s| writer.section(s)).collect::<Array>(),
    }
}

/// What the first lacks the second draws, and nothing else does. typst asks each of them for
/// every text, so the second is named only where a sign stands: it costs a document without
/// signs a twentieth of its layout.
fn fonts(document: &Document) -> Array {
    let mut has_signs = false;
    let is_other = |c: char| metrics::is_sign(c) || !metrics::is_printable(c);
    document.each_text(&mut |text| has_signs |= text.chars().any(is_other));
    let signs = has_signs.then_some("Vanthu Symbols");
    std::iter::once("Liberation Serif").chain(signs).map(IntoValue::into_value).collect()
}

/// The keywords, and the named facts, for which a PDF as typst writes it has no other place.
fn keywords(meta: &Meta) -> Array {
    let properties = meta.properties.iter().map(|(name, value)| format!("{name}: {value}"));
    meta.keywords.iter().cloned().chain(properties).map(IntoValue::into_value).collect()
}

fn meta(meta: &Meta) -> Value {
    let subject = Some(meta.subject.as_str()).filter(|subject| !subject.is_empty());
    let author = Some(meta.author.as_str()).filter(|author| !author.is_empty());
    dict! {
        "title" => meta.title.as_str(),
        "author" => author.into_iter().map(IntoValue::into_value).collect::<Array>(),
        "description" => subject,
        "keywords" => keywords(meta),
    }
    .into_value()
}

/// The exact length in typst's points.
fn length(length: Length) -> Value {
    Abs::pt(length.to_pt()).into_value()
}

fn style(style: &Style) -> Value {
    // A line is as high as a single one. What it is more stands below it, but not at the foot
    // of a page: so LibreOffice measures whether a line still fits on the page.
    let above = style.size.scale(ASCENT, EM);
    let below = above - (style.pitch() - style.extra());
    let mut text = dict! {
        "size" => length(style.size),
        "weight" => if style.bold { "bold" } else { "regular" },
        "style" => if style.italic { "italic" } else { "normal" },
        "top-edge" => length(above),
        "bottom-edge" => length(below),
    };
    let color = style.color.map(|Color([r, g, b])| Paint::from_u8(r, g, b, u8::MAX));
    if let Some(color) = &color {
        text.insert("fill".into(), color.clone().into_value());
    }
    dict! {
        "text" => text,
        "pitch" => length(style.pitch()),
        "leading" => length(style.extra()),
        "align" => align(style.align),
        "justify" => style.align == Align::Justify,
        "left" => length(style.left),
        "right" => length(style.right),
        "first" => length(style.first_line),
        // A paragraph without a block of its own hangs its lines by `left`, which
        // takes the first line back to the margin.
        "start" => length(style.left + style.first_line),
        "boxed" => style.boxed,
        "box-air" => dict! {
            "top" => length(style.box_air.0),
            "bottom" => length(style.box_air.1),
        },
        "color" => color,
    }
    .into_value()
}

fn align(align: Align) -> Value {
    let horizontal = match align {
        Align::Start | Align::Justify => HAlignment::Left,
        Align::Center => HAlignment::Center,
        Align::End => HAlignment::Right,
    };
    Alignment::H(horizontal).into_value()
}

struct Writer<'a> {
    document: &'a Document,
    /// The levels of the headings that the present one stands under, with its own.
    above: RefCell<Vec<u8>>,
    /// How many texts were written: they are marked in the order of [`crate::doc::texts`].
    texts: Counter<usize>,
}

impl Writer<'_> {
    fn style(&self, id: StyleId) -> i64 {
        let index = self.document.styles.iter().position(|style| style.id == id);
        // There are fewer styles than an i64 counts; an unknown one is the first, as in `Document`.
        index.unwrap_or(0) as i64
    }

    /// The mark of the text that is written next.
    fn mark(&self) -> Span {
        let text = self.texts.get();
        self.texts.set(text + 1);
        read::mark(text)
    }

    fn section(&self, section: &Section) -> Value {
        let page = &section.page;
        let top = self.blocks(&section.first_top, page.text_width());
        let mut blocks = self.blocks(&section.blocks, page.text_width());
        let bottom = self.blocks(&section.first_bottom, page.text_width());
        // Word drops the space above a paragraph at the top of a page, but not where a
        // section begins. A table has none there: in a DOCX its space is a paragraph.
        if let Some(first @ (Block::Paragraph(_) | Block::Rule(_))) = section.blocks.first() {
            stay(blocks.first_mut(), self.before(first));
        }
        if let Some((Block::Grid(_), grid)) = section.blocks.last().zip(blocks.last_mut()) {
            grid.insert("below".into(), length(SECTION_END));
        }
        dict! {
            "page" => self::page(page),
            "number" => dict! {
                "style" => self.style(page.number_style),
                "top" => length(page.number_top),
            },
            "placed" => placed(page, top, bottom),
            "blocks" => blocks.into_iter().map(Value::Dict).collect::<Array>(),
        }
        .into_value()
    }

    /// `width` is what the blocks have to themselves.
    fn blocks(&self, blocks: &[Block], width: Length) -> Vec<Dict> {
        let mut below = Length::ZERO;
        let with_space = |block: &Block| {
            let mut value = self.block(block, width);
            value.insert("before".into(), length(below + self.before(block)));
            below = self.extra(block);
            value
        };
        blocks.iter().map(with_space).collect()
    }

    fn block(&self, block: &Block, width: Length) -> Dict {
        let mut value = match block {
            Block::Paragraph(paragraph) => self.paragraph(paragraph),
            Block::Rule(rule) => self::rule(rule),
            Block::Grid(grid) => self.grid(grid, width),
            Block::Table(table) => self.table(table, width),
        };
        // Weak space vanishes at the top of a page.
        value.insert("weak".into(), true.into_value());
        value
    }

    /// What the last line of a paragraph has below it.
    fn extra(&self, block: &Block) -> Length {
        match block {
            Block::Paragraph(paragraph) => self.document.style(paragraph.style).extra(),
            Block::Rule(_) | Block::Grid(_) | Block::Table(_) => Length::ZERO,
        }
    }

    fn before(&self, block: &Block) -> Length {
        match block {
            Block::Paragraph(paragraph) => self.document.style(paragraph.style).before,
            Block::Rule(rule) => rule.before,
            Block::Grid(grid) => grid.before,
            Block::Table(table) => table.before,
        }
    }

    fn paragraph(&self, paragraph: &Paragraph) -> Dict {
        let style = self.document.style(paragraph.style);
        let plain = paragraph.plain();
        let is_empty = plain.chars().all(|c| c == ' ' || c == '\n');
        let keep_next = style.keep_next || paragraph.keep_next;
        let keep_lines = style.keep_lines || paragraph.keep_lines;
        let look = inline::Look { justified: style.align == Align::Justify, mark: self.mark() };
        let mut value = dict! {
            "kind" => if is_empty { "space" } else { "paragraph" },
            "style" => self.style(paragraph.style),
            "content" => inline::content(&paragraph.content, look),
            "lines" => 1 + plain.matches('\n').count() as i64,
            "level" => self.level(style.role, is_empty),
            "plain" => plain.replace('\n', " "),
            "keep-next" => keep_next,
            "keep-lines" => keep_lines,
        };
        if !paragraph.fields.is_empty() {
            value.insert(
                "fields".into(),
                paragraph.fields.iter().map(field).collect::<Array>().into_value(),
            );
        }
        value
    }

    /// Level of a heading, 0 for the title; an empty one would be a heading without a name.
    /// PDF/UA-1 (7.4.2) lets no level be left out: an Điều right under its Chương is one
    /// level below it, whether or not other chapters are divided into Mục.
    fn level(&self, role: Role, is_empty: bool) -> Option<i64> {
        match role {
            _ if is_empty => None,
            Role::Text => None,
            Role::Title => Some(0),
            Role::Heading(level) => {
                let mut above = self.above.borrow_mut();
                while above.last().is_some_and(|&last| last >= level) {
                    above.pop();
                }
                above.push(level);
                // No deeper than a u8 counts.
                Some(above.len() as i64)
            }
        }
    }

    fn grid(&self, grid: &Grid, width: Length) -> Dict {
        let total = grid.columns.iter().copied().sum();
        let cells = grid.rows.iter().flat_map(|row| self.grid_row(row, &grid.columns));
        dict! {
            "kind" => "grid",
            "columns" => grid.columns.iter().copied().map(length).collect::<Array>(),
            "indent" => length(middle(width, total)),
            "below" => length(Length::ZERO),
            "breaks" => grid.breaks,
            "cells" => cells.collect::<Array>(),
        }
    }

    /// One cell for each column. First lines of a row are level: the widest space
    /// above any of them counts for all. Word keeps it at the top of a cell.
    fn grid_row<'a>(
        &'a self,
        row: &'a [Vec<Block>],
        columns: &'a [Length],
    ) -> impl Iterator<Item = Value> + 'a {
        let firsts = row.iter().filter_map(|cell| cell.first());
        let above = firsts.map(|block| self.before(block)).max();
        columns.iter().enumerate().map(move |(x, &width)| {
            let cell = row.get(x).map_or(&[][..], Vec::as_slice);
            let mut blocks = self.blocks(cell, width);
            stay(blocks.first_mut(), above.unwrap_or_default());
            blocks.into_iter().map(Value::Dict).collect::<Array>().into_value()
        })
    }

    fn table(&self, table: &Table, width: Length) -> Dict {
        let total = table.columns.iter().copied().sum();
        let summary = Some(table.summary.as_str()).filter(|summary| !summary.is_empty());
        dict! {
            "kind" => "table",
            "style" => self.commonest(table),
            "columns" => table.columns.iter().copied().map(length).collect::<Array>(),
            "indent" => length(middle(width, total)),
            "padding-x" => length(table.padding_x),
            // Word and LibreOffice give every row the thickness of one border besides.
            "padding-y" => length(table.padding_y + table.border / 2),
            "border" => length(table.border),
            "summary" => summary,
            "header" => self.rows(&table.header, 0, table),
            "pieces" => self.pieces(table),
        }
    }

    /// The style of most cells, of those whose text has no colour: who is given another sets
    /// all but that.
    fn commonest(&self, table: &Table) -> i64 {
        let mut counts: BTreeMap<i64, usize> = BTreeMap::new();
        for cell in table.rows.iter().flat_map(|row| &row.cells) {
            *counts.entry(self.style(cell.style)).or_default() += 1;
        }
        let plain = |style: &i64| {
            let style = usize::try_from(*style).ok().and_then(|at| self.document.styles.get(at));
            style.is_some_and(|style| style.color.is_none())
        };
        let plain = counts.into_iter().filter(|(style, _)| plain(style));
        plain.max_by_key(|(_, count)| *count).map_or(0, |(style, _)| style)
    }

    /// The rows of data: those that stay with the next one by one, with their level under
    /// the header and the rows of this kind above them, all others as they come.
    fn pieces(&self, table: &Table) -> Array {
        let (mut y, mut level) = (table.header.len(), HEADER_LEVEL);
        let pieces = table.rows.chunk_by(|row, next| !row.keep_next && !next.keep_next);
        let piece = |rows: &[Row]| {
            let keeps_next = rows.iter().any(|row| row.keep_next);
            level = if keeps_next { level + 1 } else { HEADER_LEVEL };
            let cells = self.rows(rows, y, table);
            y += rows.len();
            dict! { "level" => keeps_next.then_some(level), "cells" => cells }.into_value()
        };
        pieces.map(piece).collect()
    }

    fn rows(&self, rows: &[Row], from: usize, table: &Table) -> Array {
        let rows = rows.iter().enumerate();
        rows.flat_map(|(y, row)| self.row(row, from + y, table)).collect()
    }

    fn row<'a>(&'a self, row: &'a Row, y: usize, table: &'a Table) -> impl Iterator<Item = Value> {
        // A cell of one row carries the height of its row; a spanning one could not.
        let pillar = row.cells.iter().position(|cell| cell.rows == 1);
        row.cells.iter().enumerate().map(move |(index, cell)| {
            let mut value = self.cell(cell, y);
            if row.breaks {
                value.insert("breaks".into(), true.into_value());
            }
            if let Some(height) = row.height.filter(|_| pillar == Some(index)) {
                let inner = height - table.padding_y * 2 - table.border;
                value.insert("height".into(), length(inner.max(Length::ZERO)));
                value.insert("width".into(), length(table.inner_width(cell)));
            }
            value.into_value()
        })
    }

    fn cell(&self, cell: &Cell, y: usize) -> Dict {
        dict! {
            // Column, row, how many of each: a dictionary in each cell would take four times
            // as much.
            "place" => [
                i64::from(cell.column),
                y as i64,
                i64::from(cell.columns),
                i64::from(cell.rows),
            ]
            .into_iter()
            .map(IntoValue::into_value)
            .collect::<Array>(),
            "style" => self.style(cell.style),
            "content" => inline::text(&cell.text, self.mark()),
            "upright" => cell.upright.map(length),
        }
    }
}

/// What the first page carries in its margins, each with its way from the text: where it is
/// a header or a footer to typst it is an artifact and unread by a reader of the structure,
/// so it is put there from within the text.
fn placed(page: &Page, top: Vec<Dict>, bottom: Vec<Dict>) -> Array {
    let top = (Alignment::TOP, page.number_top - page.top, top);
    let bottom = (Alignment::BOTTOM, page.bottom - page.foot, bottom);
    let given = [top, bottom].into_iter().filter(|(_, _, blocks)| !blocks.is_empty());
    let placed = given.map(|(at, dy, blocks)| {
        dict! {
            "at" => at,
            "dy" => length(dy),
            "blocks" => blocks.into_iter().map(Value::Dict).collect::<Array>(),
        }
        .into_value()
    });
    placed.collect()
}

/// Keeps this space above a block where weak space would vanish.
fn stay(block: Option<&mut Dict>, before: Length) {
    if let Some(block) = block {
        block.insert("before".into(), length(before));
        block.insert("weak".into(), false.into_value());
    }
}

/// A place that [`super::fields`] finds again by its address.
fn field(field: &SignatureField) -> Value {
    dict! {
        "address" => super::fields::address(field),
        "left" => length(field.left),
        "up" => length(field.above + field.height),
        "width" => length(field.width),
        "height" => length(field.height),
    }
    .into_value()
}

fn page(page: &Page) -> Value {
    dict! {
        "width" => length(page.width),
        "height" => length(page.height),
        "margin" => dict! {
            "top" => length(page.top),
            "right" => length(page.right),
            "bottom" => length(page.bottom),
            "left" => length(page.left),
        },
    }
    .into_value()
}

fn rule(rule: &Rule) -> Dict {
    dict! {
        "kind" => "rule",
        "length" => length(rule.length),
        "thickness" => length(rule.thickness),
        "height" => length(rule.height),
    }
}

/// Where something centred begins; it may begin, and end, outside the text.
fn middle(width: Length, inner: Length) -> Length {
    (width - inner) / 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use typst::layout::Length as TypstLength;

    #[test]
    fn a_centred_thing_wider_than_its_place_begins_left_of_it() {
        assert_eq!(middle(Length::mm(165), Length::mm(172)), Length::centi_mm(-350));
    }

    #[test]
    fn ten_millimetres_are_the_same_points_in_typst() {
        let Value::Length(TypstLength { abs, .. }) = length(Length::mm(10)) else {
            panic!("not a length");
        };
        assert_eq!(abs, Abs::mm(10.0));
    }
}
