//! Phụ lục: its own section, its own page numbers. PL I, Phần I, Mục III, khoản 1.

use super::styles::{APPENDIX, APPENDIX_REFERENCE, APPENDIX_TITLE};
use super::table::Room;
use super::text::{broken, inlines, longest_line};
use super::{Form, content, styles, table};
use crate::doc::body::Body;
use crate::doc::metrics::{Face4, lines};
use crate::doc::{Block, Length, Page, Paragraph, Row, Section, StyleId, Table};
use crate::model::Appendix;
use crate::nd30::Measure;
use crate::vi;

/// One section for each appendix, or for each of its volumes.
pub(super) fn sections(form: &Form<'_>, texts: &[Body]) -> Vec<Section> {
    let empty = Body::new();
    let appendices = form.case.appendices.iter().enumerate();
    appendices
        .flat_map(|(position, appendix)| {
            volumes(form, appendix, position, texts.get(position).unwrap_or(&empty))
        })
        .collect()
}

/// The appendix as one section; or, when it asks for volumes, as several that each
/// begin with its head and bear a part of its table.
fn volumes(form: &Form<'_>, appendix: &Appendix, position: usize, text: &Body) -> Vec<Section> {
    let page = form.page(appendix.paper, appendix.orientation);
    let head = || head(form, appendix, position, page.text_width());
    let text = content::blocks(form, text, &page);
    let Some(table) = &appendix.table else {
        let blocks = head().into_iter().chain(text).collect();
        return vec![Section::new(page, blocks)];
    };
    let unit = table::unit(table);
    let above: Vec<Block> = head().into_iter().chain(text.clone()).chain(unit.clone()).collect();
    let room = Room {
        width: page.text_width(),
        height: room_below(form, &page, &above),
        page: page.text_height(),
    };
    let name = format!("phu_luc[{position}]");
    let table = table::table(form, table, &appendix.title, room, name);
    let parts = match appendix.volume_rows {
        Some(rows) => parts(table, rows),
        None => vec![table],
    };
    let count = parts.len();
    let volume = |(number, table): (usize, Table)| {
        let mut blocks = head();
        if count > 1 {
            let line = format!("(Tập {} trong {count} tập)", number + 1);
            // Above the line under the head.
            blocks.insert(blocks.len() - 1, paragraph(APPENDIX_REFERENCE, &line));
        }
        blocks.extend(text.iter().filter(|_| number == 0).cloned());
        blocks.extend(unit.clone());
        blocks.push(Block::Table(table));
        Section { new_volume: number > 0, ..Section::new(page.clone(), blocks) }
    };
    parts.into_iter().enumerate().map(volume).collect()
}

/// A table as several of at most so many rows.
fn parts(table: Table, rows: usize) -> Vec<Table> {
    let (mut all, frame) = (table.rows, Table { rows: Vec::new(), ..table });
    let mut parts = Vec::new();
    while !all.is_empty() {
        let rest = all.split_off(part(&all, rows));
        parts.push(Table { rows: all, ..frame.clone() });
        all = rest;
    }
    if parts.is_empty() { vec![frame] } else { parts }
}

/// How many rows the first part takes: a row that stays with the next begins the part
/// after it. The form ties a few rows together, and a part has a hundred at least.
fn part(all: &[Row], rows: usize) -> usize {
    let most = rows.clamp(1, all.len().max(1));
    (1..=most).rev().find(|&count| !all[count - 1].keep_next).unwrap_or(most)
}

/// Điểm c, d: the word and its number, the title, and the document it belongs to,
/// which is never typed a second time.
fn head(form: &Form<'_>, appendix: &Appendix, position: usize, available: Length) -> Vec<Block> {
    let title = vi::case::upper(&appendix.title);
    let title = broken(&title, form.length(Measure::AppendixTitleSize), Face4::BOLD, available);
    let mut blocks = vec![
        paragraph(APPENDIX, &form.case.appendix_name(position)),
        paragraph(APPENDIX_TITLE, &title),
    ];
    blocks.extend(belongs_to(form, available));
    blocks
}

/// `(Kèm theo …)` and a short line under it.
pub(super) fn belongs_to(form: &Form<'_>, available: Length) -> [Block; 2] {
    let size = form.length(Measure::AppendixReferenceSize);
    let reference = reference(form, size, available);
    let text = longest_line(&reference, size, Face4::ITALIC, available);
    [
        paragraph(APPENDIX_REFERENCE, &reference),
        Block::Rule(form.rule(form.share(text).min(form.text_width() / 3))),
    ]
}

/// `(Kèm theo … số … ngày … của …)`; of two lines, the second is the agency.
fn reference(form: &Form<'_>, size: Length, available: Length) -> String {
    let whole = format!("(Kèm theo {})", form.reference());
    let organ = format!("của {})", form.case.organ.short_name);
    let fits = |text: &str| lines(text, size, Face4::ITALIC, available, Length::ZERO).len() == 1;
    match whole.strip_suffix(&organ) {
        Some(issued) if !fits(&whole) && fits(issued) && fits(&organ) => {
            format!("{}\n{organ}", issued.trim_end())
        }
        _ => whole,
    }
}

/// The height a table has on its first page, under the blocks that stand there. Blocks
/// that fill more than a page leave it none.
fn room_below(form: &Form<'_>, page: &Page, above: &[Block]) -> Length {
    let sheet = styles::sheet(form.case, form.preset, &[], styles::Indents::default());
    let height = |block: &Block| match block {
        Block::Paragraph(paragraph) => {
            let Some(style) = sheet.iter().find(|style| style.id == paragraph.style) else {
                return Length::ZERO;
            };
            let face = Face4 { bold: style.bold, italic: style.italic };
            let text = paragraph.plain();
            let count = lines(&text, style.size, face, page.text_width(), Length::ZERO).len();
            style.before + style.pitch() * i64::try_from(count).unwrap_or(1)
        }
        Block::Rule(rule) => rule.before + rule.height,
        Block::Grid(_) | Block::Table(_) => Length::ZERO,
    };
    let used: Length = above.iter().map(height).sum();
    page.text_height() - used - table::BEFORE - MARGIN_OF_ERROR
}

/// What another reader's layout may need more: a table is not set so tightly that it
/// ends on its page in one program and not in the other.
const MARGIN_OF_ERROR: Length = Length::mm(3);

fn paragraph(style: StyleId, text: &str) -> Block {
    Block::Paragraph(Paragraph::new(style, inlines(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rows of each part of a table: `+` one that stays with the next, `.` any other.
    fn parted(rows: &str, most: usize) -> String {
        let table = Table {
            rows: rows.chars().map(|row| Row { keep_next: row == '+', ..Row::default() }).collect(),
            ..Table::default()
        };
        let shown = |row: &Row| if row.keep_next { '+' } else { '.' };
        let parts = parts(table, most);
        let parts = parts.iter().map(|part| part.rows.iter().map(shown).collect::<String>());
        parts.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_volume_never_ends_on_a_row_that_heads_others() {
        assert_eq!(parted("++...+.+..", 6), "++... +.+..");
        assert_eq!(parted("....++.", 5), ".... ++.");
        assert_eq!(parted("....++.", 6), ".... ++.");
    }

    #[test]
    fn a_volume_has_as_many_rows_as_are_asked_for_where_it_may_end() {
        assert_eq!(parted(".......", 3), "... ... .");
        assert_eq!(parted("+..+..", 3), "+.. +..");
        assert_eq!(parted("", 3), "");
    }
}
