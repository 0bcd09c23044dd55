//! Styles of the tree → paragraph styles of Word, which carry the whole look.
//!
//! *Architecture invariant*: a paragraph says which style it has and, at most, that it
//! stays with the next one; a clerk who changes a style in Word changes the document.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, ensure};
use docx_rs as word;

use crate::doc::{Align, Color, Document, Length, LineSpacing, Role, SECTION_END, Style, StyleId};

/// The font named in the file. Its metric twin is embedded in the PDF.
pub const FONT: &str = "Times New Roman";

/// The line of a [`crate::doc::Rule`]: a paragraph without text under a border.
pub const RULE: &str = "DuongKe";

/// A paragraph without text: space above a table, or the paragraph that Word wants after one.
pub const SPACER: &str = "KhoangCach";

/// Word's own name for the style that all others are based on.
pub const NORMAL: &str = "Normal";

/// Height of a paragraph that should not be seen, in twips.
pub const LEAST: i32 = 1;

const _: () = assert!(LEAST as i64 == SECTION_END.twips());

/// A style of the document and its id as the file has it.
pub struct Known<'a> {
    pub style: &'a Style,
    pub id: String,
}

impl<'a> Known<'a> {
    fn new(style: &'a Style) -> Self {
        Self { style, id: file_id(style.id) }
    }
}

fn file_id(id: StyleId) -> String {
    id.to_string()
}

/// Word takes what follows a comma for another name of the style.
fn file_name(name: &str) -> String {
    name.replace(',', "")
}

/// The styles of a document by their id.
pub struct Styles<'a> {
    first: Known<'a>,
    by_id: BTreeMap<StyleId, Known<'a>>,
}

impl<'a> Styles<'a> {
    pub fn new(document: &'a Document) -> Result<Self> {
        let first = document.styles.first().context("văn bản không có kiểu đoạn nào")?;
        let mut by_id = BTreeMap::new();
        let mut names = BTreeSet::new();
        for style in &document.styles {
            let known = Known::new(style);
            let taken = [RULE, SPACER, NORMAL].contains(&known.id.as_str());
            ensure!(!taken, "kiểu đoạn “{}” trùng với kiểu của chương trình", known.id);
            let twice = by_id.insert(style.id, known);
            ensure!(twice.is_none(), "có hai kiểu đoạn “{}”", file_id(style.id));
            let name = file_name(&style.name);
            ensure!(names.insert(name.to_lowercase()), "có hai kiểu đoạn tên là “{name}”");
        }
        Ok(Self { first: Known::new(first), by_id })
    }

    /// As [`Document::style`]: an unknown id is the first style.
    pub fn get(&self, id: StyleId) -> &Known<'a> {
        self.by_id.get(&id).unwrap_or(&self.first)
    }
}

/// All paragraph styles, in the order in which Word's style pane shows them.
pub fn all(document: &Document) -> Vec<word::Style> {
    let ours = [technical(RULE, "Đường kẻ"), technical(SPACER, "Khoảng cách")];
    let named = document.styles.iter().map(named);
    // Word sorts its pane by priority and then by name.
    named.chain(ours).enumerate().map(|(index, style)| style.ui_priority(index + 1)).collect()
}

fn named(style: &Style) -> word::Style {
    let mut result = paragraph_style(&file_id(style.id), &file_name(&style.name));
    result.run_property = run_property(style);
    result.paragraph_property = paragraph_property(style);
    result
}

/// A style for paragraphs without text, as low as Word allows.
fn technical(id: &str, name: &str) -> word::Style {
    let mut result = paragraph_style(id, name).size(2);
    result.paragraph_property = word::ParagraphProperty::new().line_spacing(exactly(LEAST));
    result
}

fn paragraph_style(id: &str, name: &str) -> word::Style {
    word::Style::new(id, word::StyleType::Paragraph).name(name).based_on(NORMAL).q_format(true)
}

fn run_property(style: &Style) -> word::RunProperty {
    let mut result = word::RunProperty::new().size(unsigned(style.size.half_points()));
    if style.bold {
        result = result.bold();
    }
    if style.italic {
        result = result.italic();
    }
    if let Some(color) = style.color {
        result = result.color(hex(color));
    }
    result
}

/// `FF0000`.
fn hex(Color([red, green, blue]): Color) -> String {
    format!("{red:02X}{green:02X}{blue:02X}")
}

fn paragraph_property(style: &Style) -> word::ParagraphProperty {
    let mut result = word::ParagraphProperty::new()
        .align(alignment(style.align))
        .indent(Some(twips(style.left)), first_line(style), Some(twips(style.right)), None)
        .line_spacing(spacing(style))
        .widow_control(true);
    if style.keep_next {
        result = result.keep_next(true);
    }
    if style.keep_lines {
        result = result.keep_lines(true);
    }
    if style.boxed {
        result = result.set_borders(box_borders(style));
    }
    if let Role::Heading(level) = style.role {
        // Word counts levels from 0 and has nine.
        result = result.outline_lvl(usize::from(level.clamp(1, 9)) - 1);
    }
    result
}

fn alignment(align: Align) -> word::AlignmentType {
    match align {
        Align::Start => word::AlignmentType::Left,
        Align::Center => word::AlignmentType::Center,
        Align::End => word::AlignmentType::Right,
        Align::Justify => word::AlignmentType::Both,
    }
}

fn first_line(style: &Style) -> Option<word::SpecialIndentType> {
    let amount = twips(style.first_line);
    match amount {
        0 => None,
        1.. => Some(word::SpecialIndentType::FirstLine(amount)),
        _ => Some(word::SpecialIndentType::Hanging(-amount)),
    }
}

fn spacing(style: &Style) -> word::LineSpacing {
    let result = word::LineSpacing::new().before(twips(style.before).unsigned_abs()).after(0);
    match style.line {
        // Word counts in 240ths of a single line.
        LineSpacing::Multiple(percent) => result
            .line((i32::from(percent) * 240 + 50) / 100)
            .line_rule(word::LineSpacingType::Auto),
        LineSpacing::AtLeast(pitch) => {
            result.line(twips(pitch)).line_rule(word::LineSpacingType::AtLeast)
        }
    }
}

/// Lines of exactly that many twips and no space around.
pub fn exactly(line: i32) -> word::LineSpacing {
    word::LineSpacing::new()
        .before(0)
        .after(0)
        .line(line.max(1))
        .line_rule(word::LineSpacingType::Exact)
}

/// Half a point wide, on the indents.
fn box_borders(style: &Style) -> word::ParagraphBorders {
    use word::ParagraphBorderPosition::{Bottom, Left, Right, Top};
    let points = |air: Length| unsigned((air.half_points() / 2).min(MOST_BORDER_SPACE));
    let (above, below) = (points(style.box_air.0), points(style.box_air.1));
    [(Top, above), (Left, 0), (Bottom, below), (Right, 0)].into_iter().fold(
        word::ParagraphBorders::with_empty(),
        |borders, (side, space)| {
            let border = word::ParagraphBorder::new(side).size(4).space(space);
            borders.set(match style.color {
                Some(color) => border.color(hex(color)),
                None => border,
            })
        },
    )
}

/// Word takes at most 31 points between a text and its border.
const MOST_BORDER_SPACE: i64 = 31;

/// Twips, inside what Word accepts: 22 inches either way.
pub fn twips(length: Length) -> i32 {
    // The clamp makes the conversion one that cannot fail.
    i32::try_from(length.twips().clamp(-31_680, 31_680)).unwrap_or_default()
}

/// A measure that cannot be negative; a tree that says otherwise gets none.
pub fn unsigned(measure: i64) -> usize {
    usize::try_from(measure).unwrap_or_default()
}

/// Eighths of a point, Word's unit for the thickness of lines, inside what it accepts.
pub fn eighths(thickness: Length) -> usize {
    unsigned(((thickness.emu() * 8 + 6_350) / 12_700).clamp(2, 96))
}
