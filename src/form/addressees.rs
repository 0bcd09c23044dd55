//! Ô số 9a: Kính gửi. PL I, Phần I, Mục II, khoản 9, điểm a.

use super::Form;
use super::styles::{ADDRESSEE, ADDRESSEES, ADDRESSEES_LABEL, Indents};
use super::text::{inlines, one_line};
use crate::doc::metrics::{Face4, width};
use crate::doc::{Block, Paragraph, StyleId};
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
    let last = case.to.len().saturating_sub(1);
    let lines = case.to.iter().enumerate().map(|(position, to)| {
        let mark = if position == last { '.' } else { ';' };
        let mut line =
            Paragraph::new(ADDRESSEES, inlines(&format!("- {}{mark}", one_line_with_gaps(to))));
        line.keep_next = position != last;
        Block::Paragraph(line)
    });
    std::iter::once(label).chain(lines).collect()
}

/// The dashes stand under the colon; label and lines together stand in the middle
/// of the page, but never left of the first-line indent.
pub(super) fn indents(form: &Form<'_>) -> Indents {
    let size = form.length(Measure::AddresseesSize);
    let measure = |text: &str| width(text, size, Face4::REGULAR);
    let longest = form
        .case
        .to
        .iter()
        .map(|to| measure(&format!("- {};", one_line(to))))
        .max()
        .unwrap_or_default();
    let room = form.text_width() - measure(LABEL) - longest;
    let label = (room / 2).max(form.length(Measure::FirstLine));
    Indents { label, dash: label + measure(LABEL), hang: measure("- "), ..Indents::default() }
}

fn one_line_with_gaps(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn paragraph(style: StyleId, text: &str) -> Block {
    Block::Paragraph(Paragraph::new(style, inlines(text)))
}
