//! Ô số 6: căn cứ and the body.

use super::Form;
use super::styles::{BASES, BODY, HEADINGS, HeadingLevel};
use super::text::inlines;
use crate::doc::body::{Body, Kind, Passage};
use crate::doc::metrics::{Face4, lines};
use crate::doc::{Block, Inline, Paragraph, StyleId};
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

/// The passages of a body, one paragraph each.
pub(super) fn blocks(body: &Body) -> Vec<Block> {
    paragraphs(body).into_iter().map(Block::Paragraph).collect()
}

/// The body of the document, its end tied to the signature: at least two lines of
/// it stand on the page of the signature.
pub(super) fn closed(form: &Form<'_>, body: &Body) -> Vec<Block> {
    let mut paragraphs = paragraphs(body);
    let mut tied = 0;
    for paragraph in paragraphs.iter_mut().rev() {
        if tied >= 2 {
            break;
        }
        tied += line_count(form, paragraph);
        paragraph.keep_next = true;
        paragraph.keep_lines = true;
    }
    paragraphs.into_iter().map(Block::Paragraph).collect()
}

fn paragraphs(body: &Body) -> Vec<Paragraph> {
    body.iter().map(paragraph).collect()
}

fn paragraph(passage: &Passage) -> Paragraph {
    let (style, caps) = match passage.kind {
        Kind::Heading { level, caps } => (heading_style(level), caps),
        Kind::Text | Kind::Item { .. } => (BODY, false),
    };
    let mut content = Vec::new();
    if let Some(mark) = &passage.mark {
        content.push(Inline::text(format!("{mark} ")));
    }
    content.extend(passage.content.iter().cloned().map(|inline| capitals(inline, caps)));
    Paragraph::new(style, joined(content))
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
        let Kind::Heading { level, .. } = passage.kind else {
            continue;
        };
        if levels.iter().all(|known| known.level != level) {
            let bold = !passage.mark.as_deref().is_some_and(|mark| mark.ends_with(')'));
            levels.push(HeadingLevel { level, bold });
        }
    }
    levels.sort_by_key(|known| known.level);
    levels
}
