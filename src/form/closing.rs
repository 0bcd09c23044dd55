//! Ô số 7 and 9b side by side: who signs, who receives; ô số 12 under the latter.

use super::Form;
use super::styles::{AUTHORITY, DRAFTER, RECIPIENTS, RECIPIENTS_LABEL, SIGNER};
use super::text::{balanced, inlines};
use crate::doc::metrics::{Face4, lines};
use crate::doc::{Block, Grid, Length, Paragraph, StyleId};
use crate::nd30::Measure;

/// Width of Nơi nhận; the signature has the rest. The samples of PL III draw 51–63 mm;
/// the long lines of real offices read better a little wider.
const RECIPIENTS_WIDTH: Length = Length::mm(70);

pub(super) fn block(form: &Form<'_>) -> Block {
    Block::Grid(Grid {
        columns: vec![RECIPIENTS_WIDTH, form.text_width() - RECIPIENTS_WIDTH],
        rows: vec![vec![recipients(form), signature(form)]],
        before: Length::pt(12),
    })
}

/// Khoản 9, điểm b: each line closed by `;`, the line of the archive copy last, by `.`.
fn recipients(form: &Form<'_>) -> Vec<Block> {
    let case = form.case;
    let mut blocks = vec![paragraph(RECIPIENTS_LABEL, "Nơi nhận:")];
    blocks.extend(case.recipients.iter().map(|to| paragraph(RECIPIENTS, &format!("- {to};"))));
    blocks.push(paragraph(RECIPIENTS, &format!("- {}.", case.archive.text())));
    if let Some(box_12) = case.archive.drafter_and_copies() {
        blocks.push(paragraph(DRAFTER, &box_12));
    }
    blocks
}

/// Khoản 7: authority and post in capitals, room for the signature, then the name.
fn signature(form: &Form<'_>) -> Vec<Block> {
    let signer = &form.case.signer;
    let mut blocks: Vec<Block> =
        signer.lines.iter().map(|line| paragraph(AUTHORITY, &broken_evenly(form, line))).collect();
    blocks.push(paragraph(SIGNER, &signer.full_name));
    blocks
}

/// A long post in lines of about the same length: no word of it alone on its line.
fn broken_evenly(form: &Form<'_>, line: &str) -> String {
    let size = form.length(Measure::AuthoritySize);
    let available = form.text_width() - RECIPIENTS_WIDTH;
    let indent = balanced(line, size, Face4::BOLD, available, Length::ZERO);
    lines(line, size, Face4::BOLD, available - indent * 2, Length::ZERO).join("\n")
}

fn paragraph(style: StyleId, text: &str) -> Block {
    Block::Paragraph(Paragraph::new(style, inlines(text)))
}
