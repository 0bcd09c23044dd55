//! Văn bản kèm theo: its own section after the signature, with its own page numbers.
//! PL III, mẫu 1.3; it is not signed, since it stands in the file of the decision (PL I,
//! Phần I, Mục III, khoản 1).

use super::styles::{ATTACHED_SUBJECT, ATTACHED_TYPE};
use super::text::{balanced, inlines};
use super::title::LEAST_INDENT;
use super::{Form, appendix, content, header, styles};
use crate::doc::body::Passage;
use crate::doc::metrics::Face4;
use crate::doc::{Block, Paragraph, Section, Style};
use crate::model::Attached;
use crate::nd30::Measure;
use crate::vi;

/// The section: agency and Quốc hiệu without number and date, the title, what it is
/// attached to, its body.
pub(super) fn section(form: &Form<'_>, attached: &Attached, body: &[Passage]) -> Section {
    let page = form.main_page();
    let type_name = vi::case::upper(&attached.type_name);
    let mut blocks = vec![
        header::names(form),
        Block::Paragraph(Paragraph::new(ATTACHED_TYPE, inlines(&type_name))),
        Block::Paragraph(Paragraph::new(ATTACHED_SUBJECT, inlines(&attached.subject))),
    ];
    blocks.extend(appendix::belongs_to(form, page.text_width()));
    blocks.extend(content::blocks(form, body, &page));
    Section::new(page, blocks)
}

/// The styles of its title, which no other document has.
pub(super) fn styles(form: &Form<'_>) -> Vec<Style> {
    let Some(attached) = &form.case.attached else { return Vec::new() };
    let size = form.length(Measure::SubjectSize);
    let indent = balanced(&attached.subject, size, Face4::BOLD, form.text_width(), LEAST_INDENT);
    styles::attached(form.preset, indent).into()
}
