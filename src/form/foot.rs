//! Ô số 13 at the foot of the first page, and ô số 11 above its Quốc hiệu.
//! PL I, Phần I, Mục III, khoản 2, điểm c and khoản 4.

use super::styles::{CIRCULATION, CONTACT};
use super::text::{broken, inlines};
use super::{Form, header, styles};
use crate::doc::metrics::{Face4, lines, pitch, width};
use crate::doc::{Block, Length, Page, Paragraph, Rule, Style};
use crate::nd30::Measure;

/// From the text of the page to the line above the address.
const ABOVE_LINE: Length = Length::mm(1);

/// From the line to the first address, the line included.
const LINE_HEIGHT: Length = Length::pt(2);

/// What the box of ô số 11 is higher than its text: a point of air and the line itself,
/// above and below.
const FRAME: Length = Length::centi_pt(350);

/// From the frame to the Quốc hiệu, at least.
const AIR: Length = Length::mm(1);

/// What the frame of ô số 11 is wider than its words, on each side.
const FRAME_ROOM: Length = Length::mm(3);

/// Ô số 11: the words of the circulation in a frame.
pub(super) fn circulation(form: &Form<'_>) -> Vec<Block> {
    let words = form.case.circulation.map(|circulation| circulation.words());
    let paragraph = |words| Block::Paragraph(Paragraph::text(CIRCULATION, words));
    words.map(paragraph).into_iter().collect()
}

/// Ô số 13: a line as wide as the text, and the address under it.
pub(super) fn contact(form: &Form<'_>) -> Vec<Block> {
    let contact = addresses(form);
    if contact.is_empty() {
        return Vec::new();
    }
    let line = Rule {
        length: form.text_width(),
        thickness: form.length(Measure::RuleThickness),
        before: Length::ZERO,
        height: LINE_HEIGHT,
    };
    let line = std::iter::once(Block::Rule(line));
    let text = |words: &String| Block::Paragraph(Paragraph::new(CONTACT, inlines(words)));
    line.chain(contact.iter().map(text)).collect()
}

/// The pages of the document with room in the margins for what the first one carries there.
pub(super) fn page(form: &Form<'_>, page: Page) -> Page {
    let mut page = page;
    if form.case.circulation.is_some() {
        let frame = pitch(form.length(Measure::CirculationSize), 100) + FRAME;
        page.number_top = page.number_top.min(page.top - frame - AIR);
    }
    let contact = addresses(form);
    if !contact.is_empty() {
        let size = form.length(Measure::ContactSize);
        let count = |line: &String| {
            let lines = lines(line, size, Face4::REGULAR, form.text_width(), Length::ZERO);
            i64::try_from(lines.len()).unwrap_or(1)
        };
        let text = pitch(size, 100) * contact.iter().map(count).sum::<i64>();
        page.foot = (page.bottom - ABOVE_LINE - LINE_HEIGHT - text).max(Length::ZERO);
    }
    page
}

/// The styles of both boxes, in a document that has them.
pub(super) fn styles(form: &Form<'_>) -> Vec<Style> {
    let mut sheet = Vec::new();
    if let Some(circulation) = form.case.circulation {
        let size = form.length(Measure::CirculationSize);
        let frame = width(circulation.words(), size, Face4::BOLD) + FRAME_ROOM * 2;
        let [left, nation] = header::columns(form);
        let beside = (nation - frame) / 2;
        sheet.push(styles::circulation(size, left + beside, beside));
    }
    if !addresses(form).is_empty() {
        sheet.push(styles::contact(form.length(Measure::ContactSize)));
    }
    sheet
}

/// The lines of ô số 13, each broken evenly where it is too long for one; none where the
/// document does not have it.
fn addresses(form: &Form<'_>) -> Vec<String> {
    let size = form.length(Measure::ContactSize);
    let line = |line: &String| broken(line, size, Face4::REGULAR, form.text_width());
    let contact = form.case.shows_contact.then_some(&form.case.organ.contact);
    contact.into_iter().flatten().map(line).collect()
}
