//! Thể thức: a case and its body, laid out as the decree wants (Phụ lục I, Phần I).
//!
//! One file for each group of boxes. Everything is decided here, once, for every
//! format: sizes, indents, lengths of lines, widths of columns.

mod addressees;
mod appendix;
mod attached;
mod breaks;
mod closing;
mod content;
mod fields;
mod foot;
mod header;
mod opening;
mod register;
pub mod styles;
mod table;
#[cfg(test)]
mod tests;
mod text;
mod title;

pub use self::register::{REGISTER_FRONT_PAGES, register};
pub use fields::{AGENCY, LEADER, add_signature_fields};

use crate::doc::body::{Body, Kind};
use crate::doc::{Block, Document, Length, Meta, Page, Section, Style};
use crate::model::{Case, IssuedDate, Orientation, Paper, Title};
use crate::nd30::{Measure, PAPER_LONG, PAPER_SHORT, Preset};
use crate::vi;

/// What the form needs beside the case.
#[derive(Clone, Debug)]
pub struct Texts {
    /// The body of the document, with that of the attached document after it.
    pub body: Body,
    /// Text of each appendix, in order; empty where there is none.
    pub appendices: Vec<Body>,
}

/// Draft or final.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Bears a boxed DỰ THẢO.
    Draft,
    Final,
}

/// Lays the document out.
pub fn document(case: &Case, texts: &Texts, preset: &Preset, stage: Stage) -> Document {
    let form = Form::new(case, preset);
    let mut bodies = texts.body.split(|passage| passage.kind == Kind::Attached);
    let own = bodies.next().unwrap_or_default();
    let mut blocks = header::blocks(&form, stage);
    blocks.extend(title::blocks(&form));
    blocks.extend(opening::blocks(&form));
    blocks.extend(content::closed(&form, own, &form.main_page()));
    blocks.push(closing::block(&form));
    let mut sections = vec![Section {
        first_top: foot::circulation(&form),
        first_bottom: foot::contact(&form),
        ..Section::new(foot::page(&form, form.main_page()), blocks)
    }];
    let attached = case.attached.as_ref().zip(bodies.next());
    sections.extend(attached.map(|(attached, body)| attached::section(&form, attached, body)));
    sections.extend(appendix::sections(&form, &texts.appendices));
    let styles = form.styles(texts, &sections);
    breaks::settle(&mut sections, &styles);
    let meta = Meta { is_draft: stage == Stage::Draft, ..form.meta() };
    Document { meta, styles, sections }
}

/// A case and the measures it is laid out with.
struct Form<'a> {
    case: &'a Case,
    preset: &'a Preset,
}

impl<'a> Form<'a> {
    const fn new(case: &'a Case, preset: &'a Preset) -> Self {
        Self { case, preset }
    }

    fn styles(&self, texts: &Texts, sections: &[Section]) -> Vec<Style> {
        let mut levels =
            content::heading_levels(std::iter::once(&texts.body).chain(&texts.appendices));
        if self.case.attached.is_some() {
            // Its headings stand under its title, which is the heading of its section.
            levels.iter_mut().for_each(|level| level.outline += 1);
        }
        let (superior, organ) = header::indents(self);
        let subject = title::indent(self);
        let indents = styles::Indents {
            subject,
            superior,
            organ,
            letter_subject: header::letter_subject_indent(self),
            urgency: header::urgency_indent(self),
            ..addressees::indents(self)
        };
        let mut sheet = styles::sheet(self.case, self.preset, &levels, indents);
        sheet.extend(attached::styles(self));
        sheet.extend(foot::styles(self));
        let tables = sections
            .iter()
            .flat_map(|section| &section.blocks)
            .filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None });
        sheet.extend(table::styles(tables));
        sheet
    }

    fn length(&self, measure: Measure) -> Length {
        self.preset.length(measure)
    }

    /// The pages of the document itself.
    fn main_page(&self) -> Page {
        self.page(Paper::A4, Orientation::Portrait)
    }

    /// A page of the office's margins.
    fn page(&self, paper: Paper, orientation: Orientation) -> Page {
        page(self.preset, paper, orientation)
    }

    /// Width of the text of a portrait page.
    fn text_width(&self) -> Length {
        self.main_page().text_width()
    }

    fn meta(&self) -> Meta {
        let case = self.case;
        let subject = match text::one_line(&case.subject) {
            none if none.is_empty() => case.document_type.name.clone(),
            subject => subject,
        };
        Meta {
            title: self.name(),
            author: text::one_line(&case.organ.short_name),
            subject,
            keywords: vec![text::one_line(&case.code())],
            properties: Vec::new(),
            is_draft: false,
            date: case.date.whole(),
            identifier: format!(
                "{} {}",
                text::one_line(&case.organ.name),
                text::one_line(&case.code())
            ),
        }
    }

    /// What a reader's program calls the document: `BÁO CÁO Về tình hình …`; where no tên
    /// loại or no trích yếu is printed, `Công văn số 12/UBND-VX V/v …`.
    fn name(&self) -> String {
        let case = self.case;
        let kind = &case.document_type.name;
        let subject = text::one_line(&case.subject);
        let numbered = |kind: &str| match &case.number {
            Some(_) => format!("{kind} số {}", text::one_line(&case.code())),
            None => kind.to_owned(),
        };
        let name = match case.boxes().title {
            Title::TypeAndSubject => format!("{} {subject}", vi::case::upper(kind)),
            Title::Type => format!("{} {subject}", numbered(&vi::case::upper(kind))),
            Title::UnderNumber => format!("{} V/v {subject}", numbered(kind)),
        };
        name.trim_end().to_owned()
    }

    /// `Báo cáo số 325/BC-UBND ngày 16 tháng 8 năm 2022 của UBND tỉnh Kiên Giang`.
    fn reference(&self) -> String {
        let case = self.case;
        format!(
            "{} số {} {} của {}",
            case.document_type.name,
            case.code(),
            date_in_words(case.date),
            case.organ.short_name
        )
    }
}

/// A page; its margins are the same whichever way it lies. Its measures are whole twips, as a
/// DOCX has them, so that a line and a row have the same room in every format.
fn page(preset: &Preset, paper: Paper, orientation: Orientation) -> Page {
    // A3 is two sheets of A4 side by side.
    let (short, long) = match paper {
        Paper::A4 => (PAPER_SHORT, PAPER_LONG),
        Paper::A3 => (PAPER_LONG, PAPER_SHORT * 2),
    };
    let (width, height) = match orientation {
        Orientation::Portrait => (short, long),
        Orientation::Landscape => (long, short),
    };
    let whole = |length: Length| Length::from_twips(length.twips());
    let measure = |measure| whole(preset.length(measure));
    Page {
        width: whole(width),
        height: whole(height),
        top: measure(Measure::MarginTop),
        right: measure(Measure::MarginRight),
        bottom: measure(Measure::MarginBottom),
        left: measure(Measure::MarginLeft),
        number_style: styles::PAGE_NUMBER,
        number_top: measure(Measure::PageNumberTop),
        // Half the margin is where a clerk would expect a foot.
        foot: whole(preset.length(Measure::MarginBottom) / 2),
    }
}

/// Room for a day or a month, and for a year, written by hand.
const BLANK_DAY: &str = "\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}";
const BLANK_YEAR: &str = "\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}";

/// The date as box 4 and the appendices write it, blanks where it is not yet known.
fn date_in_words(date: IssuedDate) -> String {
    match date {
        IssuedDate::Whole(date) => vi::date::long(date),
        IssuedDate::NoDay { year, month } => {
            format!("ngày{BLANK_DAY}tháng {} năm {year}", vi::date::month(month))
        }
        IssuedDate::Blank => format!("ngày{BLANK_DAY}tháng{BLANK_DAY}năm{BLANK_YEAR}"),
    }
}
