//! What stands between title and text: Kính gửi, căn cứ; of decisions by whose authority.

use super::styles::{ENACTING, ISSUED_BY, WIRED_BY};
use super::text::{broken, inlines};
use super::{Form, addressees, content};
use crate::doc::metrics::Face4;
use crate::doc::{Block, Paragraph, StyleId};
use crate::model::Opening;
use crate::nd30::Measure;

pub(super) fn blocks(form: &Form<'_>) -> Vec<Block> {
    let authority = form.case.authority();
    let mut blocks = Vec::new();
    match form.case.boxes().opening {
        Opening::Bases => {
            blocks.extend(addressees::blocks(form));
            blocks.extend(content::bases(form));
        }
        Opening::Enacting(words) => {
            blocks.push(line(form, ISSUED_BY, &authority));
            blocks.extend(content::bases(form));
            blocks.push(line(form, ENACTING, words));
        }
        Opening::Wire => {
            blocks.push(line(form, WIRED_BY, &format!("{authority} điện:")));
            blocks.extend(addressees::lines(form));
            blocks.extend(content::bases(form));
        }
    }
    blocks
}

/// A line in the middle; a long one in lines of about the same length.
fn line(form: &Form<'_>, style: StyleId, text: &str) -> Block {
    let size = form.length(Measure::BodySize);
    let text = broken(text, size, Face4::BOLD, form.text_width());
    Block::Paragraph(Paragraph::new(style, inlines(&text)))
}
