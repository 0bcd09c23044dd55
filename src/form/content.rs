//! Ô số 6: căn cứ and the body.

use super::styles::{BASES, BODY, HEADINGS, HeadingLevel, TABLE_TITLE};
use super::table::Room;
use super::text::{broken, inlines};
use super::{Form, table};
use crate::doc::body::{Body, Kind, Passage};
use crate::doc::metrics::{Face4, lines};
use crate::doc::{Block, Inline, Page, Paragraph, Run, StyleId};
use crate::nd30::Measure;
use crate::vi;

/// Khoản 6, điểm a: each basis on its own line, closed by `;`, the last by `.`.
pub(super) fn bases(form: &Form<'_>) -> Vec<Block> {
    let bases = &form.case.bases;
    let last = bases.len().saturating_sub(1);
    bases
        .iter()
        .enumerate()
        .map(|(position, basis)| {
            let mark = if position == last { '.' } else { ';' };
            Block::Paragraph(Paragraph::new(BASES, inlines(&format!("{}{mark}", basis.trim_end()))))
        })
        .collect()
}

/// The passages of a body: one paragraph each, and the tables placed among them.
pub(super) fn blocks(form: &Form<'_>, body: &[Passage], page: &Page) -> Vec<Block> {
    let next = body.iter().skip(1).map(Some).chain([None]);
    body.iter()
        .zip(next)
        .flat_map(|(passage, next)| match passage.kind {
            Kind::Table => body_table(form, &passage.plain(), page),
            // A body is parted there before it comes here.
            Kind::Attached => Vec::new(),
            Kind::Heading { .. } | Kind::Text | Kind::Article | Kind::Item { .. } => {
                let mut paragraph = paragraph(form, passage, page);
                // “… như sau:” stands with the table that it announces.
                let announces = next.is_some_and(|next| next.kind == Kind::Table);
                paragraph.keep_next |= announces && paragraph.plain().ends_with(':');
                vec![Block::Paragraph(paragraph)]
            }
        })
        .collect()
}

/// The body of the document, its end tied to the signature: at least two lines of
/// it stand on the page of the signature.
pub(super) fn closed(form: &Form<'_>, body: &[Passage], page: &Page) -> Vec<Block> {
    let mut blocks = blocks(form, body, page);
    let mut tied = 0;
    for block in blocks.iter_mut().rev() {
        // A table at the end cannot be tied: its rows keep to themselves.
        let Block::Paragraph(paragraph) = block else { break };
        if tied >= 2 {
            break;
        }
        let lines = line_count(form, paragraph);
        let is_long = lines > WHOLE_LINES;
        if is_long && tied > 0 {
            break;
        }
        tied += lines;
        paragraph.keep_next = true;
        // A long one goes on over pages.
        paragraph.keep_lines = !is_long;
    }
    blocks
}

/// A paragraph at the end of so many lines, about half a page, still stays whole.
const WHOLE_LINES: usize = 20;

/// A table with its title and its unit above it. Of a key that no table has, the line as
/// it was written: the check tells.
fn body_table(form: &Form<'_>, key: &str, page: &Page) -> Vec<Block> {
    let tables = form.case.tables.iter().enumerate();
    let Some((position, found)) = tables.clone().find(|(_, table)| table.key == key) else {
        let line = vec![Inline::text(format!("[bang {key}]"))];
        return vec![Block::Paragraph(Paragraph::new(BODY, line))];
    };
    let mut blocks = Vec::new();
    if let Some(title) = &found.title {
        let size = form.length(Measure::BodySize);
        let title = broken(title, size, Face4::BOLD, page.text_width());
        blocks.push(Block::Paragraph(Paragraph::new(TABLE_TITLE, inlines(&title))));
    }
    let summary = found.title.as_deref().unwrap_or(&form.case.subject);
    // Where on its page it will stand is not known before the pages are laid out.
    let room =
        Room { width: page.text_width(), height: page.text_height(), page: page.text_height() };
    let name = format!("bang[{position}]");
    blocks.extend(table::blocks(form, &found.table, summary, room, name));
    blocks
}

/// Khoản 6, điểm d, đ: `Chương I` on its own line above its title, in one paragraph; the
/// number of an Điều bold, whether or not a title follows it.
fn paragraph(form: &Form<'_>, passage: &Passage, page: &Page) -> Paragraph {
    let (style, caps, above) = match passage.kind {
        Kind::Heading { level, caps, above } => (heading_style(level), caps, above),
        Kind::Text | Kind::Article | Kind::Item { .. } | Kind::Table | Kind::Attached => {
            (BODY, false, false)
        }
    };
    let mut content: Vec<Inline> =
        passage.content.iter().cloned().map(|inline| capitals(inline, caps)).collect();
    if above {
        content = evenly_broken(form, content, page);
    }
    let mark = passage.mark.iter().flat_map(|mark| {
        let bold = passage.kind == Kind::Article;
        let look = |text: String, bold| Inline::Text(Run { text, bold, ..Run::default() });
        let gap = if above { Inline::Break } else { Inline::text(" ") };
        [look(mark.clone(), bold), gap]
    });
    Paragraph::new(style, joined(mark.chain(content).collect()))
}

/// A title of one look in lines of about the same length.
fn evenly_broken(form: &Form<'_>, content: Vec<Inline>, page: &Page) -> Vec<Inline> {
    match content.as_slice() {
        [Inline::Text(run)] if !run.gap => {
            let size = form.length(Measure::BodySize);
            let lines = broken(&run.text, size, Face4::BOLD, page.text_width());
            let line = |text: &str| Inline::Text(Run { text: text.to_owned(), ..run.clone() });
            let lines = lines.split('\n').map(line);
            lines.flat_map(|line| [Inline::Break, line]).skip(1).collect()
        }
        _ => content,
    }
}

/// One run for neighbours of one look: the mark and the words after it.
fn joined(content: Vec<Inline>) -> Vec<Inline> {
    let mut runs: Vec<Inline> = Vec::with_capacity(content.len());
    for inline in content {
        match (runs.last_mut(), inline) {
            (Some(Inline::Text(before)), Inline::Text(run))
                if (before.bold, before.italic, before.gap) == (run.bold, run.italic, run.gap) =>
            {
                before.text.push_str(&run.text);
            }
            (_, inline) => runs.push(inline),
        }
    }
    runs
}

fn capitals(inline: Inline, caps: bool) -> Inline {
    match inline {
        Inline::Text(mut run) if caps => {
            run.text = vi::case::upper(&run.text);
            Inline::Text(run)
        }
        other => other,
    }
}

fn heading_style(level: u8) -> StyleId {
    HEADINGS[usize::from(level.clamp(1, 5)) - 1]
}

/// Lines of a paragraph of the body; bold words make it a little longer, never shorter.
fn line_count(form: &Form<'_>, paragraph: &Paragraph) -> usize {
    let indent = form.length(Measure::FirstLine);
    lines(
        &paragraph.plain(),
        form.length(Measure::BodySize),
        Face4::REGULAR,
        form.text_width(),
        -indent,
    )
    .len()
}

/// The heading levels that occur, each once. A điểm (`a)`) is upright, the rest bold:
/// PL I, Phần I, Mục II, khoản 6, điểm đ.
pub(super) fn heading_levels<'b>(bodies: impl Iterator<Item = &'b Body>) -> Vec<HeadingLevel> {
    let mut levels: Vec<HeadingLevel> = Vec::new();
    for passage in bodies.flatten() {
        let Kind::Heading { level, above, .. } = passage.kind else {
            continue;
        };
        if levels.iter().all(|known| known.level != level) {
            let bold = !passage.mark.as_deref().is_some_and(|mark| mark.ends_with(')'));
            levels.push(HeadingLevel { level, outline: level, bold, above });
        }
    }
    levels.sort_by_key(|known| known.level);
    levels
}
