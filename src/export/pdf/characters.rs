//! Characters that the embedded fonts cannot draw.
//!
//! typst would print nothing for such a character and PDF/A refuses it late and in words that
//! help no clerk, so it is found before layout: a draft shows a box in its place, and every
//! other document is refused. (What tells a clerk of it, with its line, is the check.)

use std::borrow::Cow;

use anyhow::{Result, bail};

use crate::doc::Document;
use crate::doc::metrics::{BOX, is_printable};

/// # Errors
/// Names the first character that cannot be printed, and the text it stands in; not of a
/// draft.
pub fn check(document: &Document) -> Result<()> {
    if document.meta.is_draft {
        return Ok(());
    }
    let mut missing = None;
    document.each_text(&mut |text| {
        if missing.is_none() {
            let c = text.chars().find(|&c| !is_printable(c));
            missing = c.map(|c| (c, text.chars().take(60).collect::<String>()));
        }
    });
    let Some((c, text)) = missing else { return Ok(()) };
    bail!("phông chữ của văn bản không có ký tự “{c}” (U+{:04X}), trong “{text}”", u32::from(c))
}

/// The text as it is drawn: a box for what no font has.
pub fn drawn(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_printable) {
        return Cow::Borrowed(text);
    }
    text.chars().map(|c| if is_printable(c) { c } else { BOX }).collect::<String>().into()
}
