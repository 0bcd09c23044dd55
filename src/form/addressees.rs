//! Ô số 9a: Kính gửi. PL I, Phần I, Mục II, khoản 9, điểm a.

use super::Form;
use super::styles::{ADDRESSEE, ADDRESSEES, ADDRESSEES_LABEL, Indents};
use super::text::{inlines, one_line};
use crate::doc::metrics::{Face4, width};
use crate::doc::{Block, Length, Paragraph, StyleId};
use crate::model::Opening;
use crate::nd30::Measure;

const LABEL: &str = "Kính gửi";

/// One addressee stands on the line of its label; several stand below it, each on
/// its own line, closed by `;` and the last by `.`.
pub(super) fn blocks(form: &Form<'_>) -> Vec<Block> {
    let case = form.case;
    if !case.is_addressed() {
        return Vec::new();
    }
    if let [only] = case.to.as_slice() {
        return vec![paragraph(ADDRESSEE, &format!("{LABEL}: {}", one_line_with_gaps(only)))];
    }
    let label = paragraph(ADDRESSEES_LABEL, &format!("{LABEL}:"));
    std::iter::once(label).chain(lines(form)).collect()
}

/// One line for each, closed by `;` and the last by `.`, all on one page.
pub(super) fn lines(form: &Form<'_>) -> Vec<Block> {
    let to = &form.case.to;
    let last = to.len().saturating_sub(1);
    to.iter()
        .enumerate()
        .map(|(position, to)| {
            let mark = if position == last { '.' } else { ';' };
            let line = format!("- {}{mark}", one_line_with_gaps(to));
            let mut line = Paragraph::new(ADDRESSEES, inlines(&line));
            line.keep_next = position != last;
            Block::Paragraph(line)
        })
        .collect()
}

/// The dashes stand under the colon; label and lines together stand in the middle
/// of the page, but never left of the first-line indent. The lines of a công điện stand so
/// without a label beside them.
pub(super) fn indents(form: &Form<'_>) -> Indents {
    let size = form.length(Measure::AddresseesSize);
    let measure = |text: &str| width(text, size, Face4::REGULAR);
    let label_width = match form.case.boxes().opening {
        Opening::Bases | Opening::Enacting(_) => measure(LABEL),
        Opening::Wire => Length::ZERO,
    };
    let longest = form
        .case
        .to
        .iter()
        .map(|to| measure(&format!("- {};", one_line(to))))
        .max()
        .unwrap_or_default();
    let room = form.text_width() - label_width - longest;
    let label = (room / 2).max(form.length(Measure::FirstLine));
    Indents { label, dash: label + label_width, hang: measure("- "), ..Indents::default() }
}

fn one_line_with_gaps(text: &str) -> String {
    crate::vi::text::one_line(text)
}

fn paragraph(style: StyleId, text: &str) -> Block {
    Block::Paragraph(Paragraph::new(style, inlines(text)))
}
