//! Ô số 5a: tên loại và trích yếu.

use super::Form;
use super::styles::{SUBJECT, TYPE};
use super::text::{balanced, inlines, longest_line};
use crate::doc::metrics::Face4;
use crate::doc::{Block, Length, Paragraph};
use crate::nd30::Measure;
use crate::vi;

/// Khoản 5: the type in capitals, the trích yếu under it, then a line of a third to
/// a half of the text. When the trích yếu wraps, “the text” is its longest line.
pub(super) fn blocks(form: &Form<'_>) -> Vec<Block> {
    let case = form.case;
    let size = form.length(Measure::SubjectSize);
    let available = form.text_width() - indent(form) * 2;
    let text = longest_line(&case.subject, size, Face4::BOLD, available);
    vec![
        Block::Paragraph(Paragraph::text(TYPE, vi::case::upper(&case.document_type.name))),
        Block::Paragraph(Paragraph::new(SUBJECT, inlines(&case.subject))),
        Block::Rule(form.rule(form.share(text))),
    ]
}

/// A trích yếu is set at least so much narrower than the body on each side.
pub(super) const LEAST_INDENT: Length = Length::mm(12);

/// The indent of the trích yếu on each side.
pub(super) fn indent(form: &Form<'_>) -> Length {
    let size = form.length(Measure::SubjectSize);
    balanced(&form.case.subject, size, Face4::BOLD, form.text_width(), LEAST_INDENT)
}
