//! Ô số 1–4: Quốc hiệu, Tiêu ngữ, agency, number, place and date; 5b and 10b under the number.

use super::styles::{self, ORGAN, QUOC_HIEU, SUPERIOR, TIEU_NGU};
use super::text::{balanced, inlines, longest_line};
use super::{Form, Stage, date_in_words};
use crate::doc::metrics::{Face4, width};
use crate::doc::{Block, Grid, Length, Paragraph, Rule};
use crate::model::{Title, Urgency};
use crate::nd30::{self, Measure};
use crate::vi;

/// What stands beside the Quốc hiệu on its line, so that it never wraps.
const SLACK: Length = Length::centi_mm(330);

pub(super) fn blocks(form: &Form<'_>, stage: Stage) -> Vec<Block> {
    let columns = columns(form);
    let date = if form.case.boxes().place_and_date { vec![date(form)] } else { vec![] };
    vec![Block::Grid(Grid {
        rows: vec![
            vec![agency(form, columns[0]), nation(form)],
            vec![under_agency(form, stage), date],
        ],
        columns: columns.to_vec(),
        before: Length::ZERO,
        breaks: false,
    })]
}

/// Ô số 3, and below it what the document has of 5b and 10b, and the mark of a draft.
fn under_agency(form: &Form<'_>, stage: Stage) -> Vec<Block> {
    let mut blocks = vec![number(form)];
    if form.case.boxes().title == Title::UnderNumber {
        blocks.push(paragraph(styles::LETTER_SUBJECT, &letter_subject(form)));
    }
    if let Some((words, _)) = urgency(form) {
        blocks.push(paragraph(styles::URGENCY, words));
    }
    if stage == Stage::Draft {
        blocks.push(Block::Paragraph(Paragraph::text(styles::DRAFT, "DỰ THẢO")));
    }
    blocks
}

/// Ô số 5b. Khoản 5, điểm b: `V/v …`, which the clerk does not type.
fn letter_subject(form: &Form<'_>) -> String {
    format!("V/v {}", form.case.subject)
}

/// The indent of `V/v …` on each side, so that its lines are about as long as one another.
pub(super) fn letter_subject_indent(form: &Form<'_>) -> Length {
    let size = form.length(Measure::LetterSubjectSize);
    let [available, _] = columns(form);
    balanced(&letter_subject(form), size, Face4::REGULAR, available, Length::mm(3))
}

/// Ô số 10b: the words, and how wide their frame is.
fn urgency(form: &Form<'_>) -> Option<(&'static str, Length)> {
    form.case.urgency.map(|urgency| match urgency {
        Urgency::Express => nd30::EXPRESS,
        Urgency::Urgent => nd30::URGENT,
        Urgency::Prompt => nd30::PROMPT,
    })
}

/// The frame stands in the middle of its column.
pub(super) fn urgency_indent(form: &Form<'_>) -> Length {
    let [available, _] = columns(form);
    urgency(form).map_or(Length::ZERO, |(_, width)| (available - width) / 2)
}

/// Ô số 1 and 2 alone, above an attached document: PL III, mẫu 1.3.
pub(super) fn names(form: &Form<'_>) -> Block {
    let columns = columns(form);
    Block::Grid(Grid {
        rows: vec![vec![agency(form, columns[0]), nation(form)]],
        columns: columns.to_vec(),
        before: Length::ZERO,
        breaks: false,
    })
}

/// The right column holds the Quốc hiệu and the date on one line each, as far as that
/// leaves the agency a column to stand in.
pub(super) fn columns(form: &Form<'_>) -> [Length; 2] {
    let quoc_hieu = width(nd30::QUOC_HIEU, form.length(Measure::QuocHieuSize), Face4::BOLD);
    let date = match form.case.boxes().place_and_date {
        true => width(&date_text(form), form.length(Measure::DateSize), Face4::ITALIC),
        false => Length::ZERO,
    };
    let most = (form.text_width() - LEAST_AGENCY).max(quoc_hieu + SLACK);
    let right = (quoc_hieu.max(date) + SLACK).min(most);
    [form.text_width() - right, right]
}

/// The agency's column is never made narrower for the sake of a long place name.
const LEAST_AGENCY: Length = Length::mm(55);

/// Ô số 2. Khoản 2: the superior is not bold, the issuer is; below it a line of a
/// third to a half of the text's length, in the middle.
fn agency(form: &Form<'_>, available: Length) -> Vec<Block> {
    let organ = &form.case.organ;
    let name = vi::case::upper(&organ.name);
    let size = form.length(Measure::OrganSize);
    let mut blocks = Vec::new();
    if let Some(superior) = &organ.superior {
        blocks.push(paragraph(SUPERIOR, &vi::case::upper(superior)));
    }
    blocks.push(paragraph(ORGAN, &name));
    let (_, indent) = indents(form);
    let text = longest_line(&name, size, Face4::BOLD, available - indent * 2);
    blocks.push(Block::Rule(form.rule(form.share(text))));
    blocks
}

/// The indents of the superior's and the issuer's name, so that long names break evenly.
pub(super) fn indents(form: &Form<'_>) -> (Length, Length) {
    let organ = &form.case.organ;
    let [available, _] = columns(form);
    let indent = |name: &str, measure, face| {
        balanced(&vi::case::upper(name), form.length(measure), face, available, Length::ZERO)
    };
    let superior = organ.superior.as_deref().unwrap_or_default();
    (
        indent(superior, Measure::SuperiorSize, Face4::REGULAR),
        indent(&organ.name, Measure::OrganSize, Face4::BOLD),
    )
}

/// Ô số 1. Khoản 1: below the Tiêu ngữ a line exactly as long as its text.
fn nation(form: &Form<'_>) -> Vec<Block> {
    let length = width(nd30::TIEU_NGU, form.length(Measure::TieuNguSize), Face4::BOLD);
    vec![
        paragraph(QUOC_HIEU, nd30::QUOC_HIEU),
        paragraph(TIEU_NGU, nd30::TIEU_NGU),
        Block::Rule(form.rule(length)),
    ]
}

/// Ô số 3. Khoản 3: `Số: 325/BC-UBND`, no spaces around the stroke or the hyphen.
fn number(form: &Form<'_>) -> Block {
    paragraph(styles::NUMBER, &format!("Số: {}", form.case.code()))
}

/// Ô số 4. Khoản 4: `Kiên Giang, ngày 16 tháng 8 năm 2022`.
fn date(form: &Form<'_>) -> Block {
    paragraph(styles::DATE, &date_text(form))
}

fn date_text(form: &Form<'_>) -> String {
    format!("{}, {}", form.case.organ.place, date_in_words(form.case.date))
}

fn paragraph(style: crate::doc::StyleId, text: &str) -> Block {
    Block::Paragraph(Paragraph::new(style, inlines(text)))
}

impl Form<'_> {
    /// The length of a line under a text that long.
    pub(super) fn share(&self, text: Length) -> Length {
        text.scale(i64::from(self.preset.percent(Measure::RulePercent)), 100)
    }

    /// A line under a box: close to the text, and never against what follows.
    pub(super) fn rule(&self, length: Length) -> Rule {
        Rule {
            length,
            thickness: self.length(Measure::RuleThickness),
            before: Length::pt(2),
            height: Length::pt(2),
        }
    }
}
