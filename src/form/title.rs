//! Ô số 5a: tên loại và trích yếu.

use super::Form;
use super::styles::{SUBJECT, TYPE};
use super::text::{balanced, inlines, longest_line};
use crate::doc::metrics::{Face4, width};
use crate::doc::{Block, Length, Paragraph};
use crate::model::Title;
use crate::nd30::Measure;
use crate::vi;

/// Khoản 5: the type in capitals, the trích yếu under it, then a line of a third to
/// a half of the text. When the trích yếu wraps, “the text” is its longest line; where
/// none is printed, it is the type.
pub(super) fn blocks(form: &Form<'_>) -> Vec<Block> {
    let kind = vi::case::upper(&form.case.document_type.name);
    let line = |text: Length| Block::Rule(form.rule(form.share(text)));
    let title = Block::Paragraph(Paragraph::text(TYPE, &*kind));
    match form.case.boxes().title {
        Title::TypeAndSubject => {
            let subject = &form.case.subject;
            let size = form.length(Measure::SubjectSize);
            let available = form.text_width() - indent(form) * 2;
            let text = longest_line(subject, size, Face4::BOLD, available);
            let subject = Block::Paragraph(Paragraph::new(SUBJECT, inlines(subject)));
            vec![title, subject, line(text)]
        }
        Title::Type => {
            let text = width(&kind, form.length(Measure::TypeSize), Face4::BOLD);
            vec![title, line(text)]
        }
        Title::UnderNumber => vec![],
    }
}

/// A trích yếu is set at least so much narrower than the body on each side.
pub(super) const LEAST_INDENT: Length = Length::mm(12);

/// The indent of the trích yếu on each side.
pub(super) fn indent(form: &Form<'_>) -> Length {
    let size = form.length(Measure::SubjectSize);
    balanced(&form.case.subject, size, Face4::BOLD, form.text_width(), LEAST_INDENT)
}
