//! The document tree: what is on the paper, and nothing about why.
//!
//! `form` builds it, `export` writes it. Both formats are written from this one
//! tree, so they cannot disagree about a word. The tree knows paragraphs, styles,
//! rules (lines), grids and tables; it does not know what a trích yếu is.
//!
//! *Invariants*: every length is a [`Length`]; space between blocks is only ever
//! `before` (Word, LibreOffice and typst add an `after` to a `before` in three
//! different ways); numbers and marks of lists are literal text.

pub mod body;
pub mod height;
mod length;
pub mod metrics;

use std::borrow::Cow;
use std::fmt;

pub use length::Length;

/// What a grid or a table at the end of a section takes below it: Word wants a paragraph
/// there, which is made as low as a file can say.
pub const SECTION_END: Length = Length::from_twips(1);

/// The space at which no line ends; to a reader it is a space.
pub const NO_BREAK: char = '\u{a0}';

/// The hyphen at which no line ends; to a reader it is a hyphen. Fonts do not have it: both
/// formats draw the hyphen.
pub const NO_BREAK_HYPHEN: char = '\u{2011}';

/// A line ends here in every program, after a space or within a word that is longer than a
/// line. It is no part of the text.
pub const LINE_END: char = '\u{2028}';

/// The words of a text: without what only says where its lines end.
pub fn words(text: &str) -> String {
    let word = |c| match c {
        NO_BREAK => ' ',
        NO_BREAK_HYPHEN => '-',
        c => c,
    };
    text.chars().filter(|&c| c != LINE_END).map(word).collect()
}

/// A whole document, ready to be written in any format.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    pub meta: Meta,
    /// Every style that a paragraph or a cell refers to, in the order shown to the user of Word.
    pub styles: Vec<Style>,
    pub sections: Vec<Section>,
}

impl Document {
    /// The style of that id; a document is built with every style it names.
    pub fn style(&self, id: StyleId) -> &Style {
        self.styles.iter().find(|style| style.id == id).unwrap_or(&self.styles[0])
    }
}

impl Document {
    /// The sections of each volume; of most documents there is one.
    pub fn volumes(&self) -> Vec<&[Section]> {
        let begins = |(at, section): (usize, &Section)| section.new_volume.then_some(at);
        let starts: Vec<usize> = self.sections.iter().enumerate().filter_map(begins).collect();
        let firsts = [0].into_iter().chain(starts.iter().copied());
        let ends = starts.iter().copied().chain([self.sections.len()]);
        firsts.zip(ends).map(|(first, end)| &self.sections[first..end]).collect()
    }

    /// All signature fields, those in grids too, in the order of the text.
    pub fn signature_fields(&self) -> Vec<&SignatureField> {
        let mut found = Vec::new();
        for blocks in self.sections.iter().flat_map(Section::all_blocks) {
            fields_of(blocks, &mut found);
        }
        found
    }

    /// Rows of data in all tables of the volume that has most.
    pub fn row_count(&self) -> usize {
        let rows = |section: &Section| -> usize {
            let rows = section.blocks.iter().map(|block| match block {
                Block::Table(table) => table.rows.len(),
                Block::Paragraph(_) | Block::Rule(_) | Block::Grid(_) => 0,
            });
            rows.sum()
        };
        let volumes = self.volumes().into_iter();
        volumes.map(|sections| sections.iter().map(rows).sum()).max().unwrap_or(0)
    }
}

impl Document {
    /// Every word that is printed, in reading order, a line for each paragraph and each row of
    /// a table, cells parted by tabs. Layout does not show in it.
    pub fn plain(&self) -> String {
        let mut text = String::new();
        for block in self.sections.iter().flat_map(Section::all_blocks).flatten() {
            block.write_plain(&mut text);
        }
        text
    }

    /// Every text as it stands in the tree, with what only says where lines end.
    pub fn each_text(&self, visit: &mut dyn FnMut(&str)) {
        for blocks in self.sections.iter().flat_map(Section::all_blocks) {
            each_text(blocks, visit);
        }
    }
}

fn each_text(blocks: &[Block], visit: &mut dyn FnMut(&str)) {
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => {
                paragraph.content.iter().for_each(|inline| visit(inline.plain()));
            }
            Block::Rule(_) => {}
            Block::Grid(grid) => {
                grid.rows.iter().flatten().for_each(|cell| each_text(cell, visit));
            }
            Block::Table(table) => {
                let rows = table.header.iter().chain(&table.rows);
                rows.flat_map(|row| &row.cells).for_each(|cell| visit(&cell.text));
            }
        }
    }
}

/// A text of the tree that is set for itself.
#[derive(Clone, Copy, Debug)]
pub enum Text<'a> {
    Paragraph(&'a Paragraph),
    /// Of a head, which repeats on every page of its table.
    Head(&'a Cell),
    Cell(&'a Cell),
}

impl<'a> Text<'a> {
    /// Its text piece by piece, with what only says where its lines end.
    pub fn pieces(self) -> impl Iterator<Item = &'a str> {
        let (content, cell) = match self {
            Self::Paragraph(paragraph) => (paragraph.content.as_slice(), None),
            Self::Head(cell) | Self::Cell(cell) => (&[][..], Some(cell.text.as_str())),
        };
        content.iter().map(Inline::plain).chain(cell)
    }

    /// The words alone.
    pub fn plain(self) -> String {
        words(&self.pieces().collect::<String>())
    }
}

/// Every text of some sections in reading order; a text is known by its place in it.
pub fn texts(sections: &[Section]) -> Vec<Text<'_>> {
    let mut found = Vec::new();
    sections.iter().flat_map(Section::all_blocks).for_each(|blocks| texts_of(blocks, &mut found));
    found
}

/// The same of blocks one under another.
pub fn texts_of<'a>(blocks: &'a [Block], found: &mut Vec<Text<'a>>) {
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => found.push(Text::Paragraph(paragraph)),
            Block::Rule(_) => {}
            Block::Grid(grid) => {
                grid.rows.iter().flatten().for_each(|cell| texts_of(cell, found));
            }
            Block::Table(table) => {
                found.extend(table.header.iter().flat_map(|row| &row.cells).map(Text::Head));
                found.extend(table.rows.iter().flat_map(|row| &row.cells).map(Text::Cell));
            }
        }
    }
}

fn fields_of<'a>(blocks: &'a [Block], found: &mut Vec<&'a SignatureField>) {
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => found.extend(&paragraph.fields),
            Block::Grid(grid) => {
                grid.rows.iter().flatten().for_each(|cell| fields_of(cell, found));
            }
            Block::Rule(_) | Block::Table(_) => (),
        }
    }
}

/// Facts about the document that are not printed but travel in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meta {
    pub title: String,
    pub author: String,
    pub subject: String,
    pub keywords: Vec<String>,
    /// The date of the document; `None` for an undated draft, which then claims no PDF/A.
    pub date: Option<chrono::NaiveDate>,
    /// Whether it is a draft: what no font draws is shown as a box; of any other document it
    /// is refused.
    pub is_draft: bool,
    /// Named facts, each a name and a value: custom properties of a DOCX, keywords of a PDF.
    pub properties: Vec<(String, String)>,
    /// What identifies the document in the PDF's `/ID`, for example its number and notation.
    pub identifier: String,
}

/// Pages of one size and orientation with their own page numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    pub page: Page,
    pub blocks: Vec<Block>,
    /// What its first page alone carries in the top margin, from `number_top` downwards; it
    /// takes no room from `blocks`, and holds no ruled table.
    pub first_top: Vec<Block>,
    /// The same in the bottom margin, down to `foot`.
    pub first_bottom: Vec<Block>,
    /// Whether it begins a further volume: a file of its own where a format is written in
    /// several files.
    pub new_volume: bool,
}

impl Section {
    /// Everything on its pages, the margins of the first one too.
    pub fn all_blocks(&self) -> impl Iterator<Item = &[Block]> {
        [&self.first_top, &self.blocks, &self.first_bottom].into_iter().map(Vec::as_slice)
    }

    /// A section of the document's own volume.
    pub fn new(page: Page, blocks: Vec<Block>) -> Self {
        let (first_top, first_bottom) = (Vec::new(), Vec::new());
        Self { page, blocks, first_top, first_bottom, new_volume: false }
    }
}

/// Page size as it lies before the reader: a landscape page is wider than high.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    pub width: Length,
    pub height: Length,
    pub top: Length,
    pub right: Length,
    pub bottom: Length,
    pub left: Length,
    /// Style of the page number, centred in the top margin, not shown on the section's first page.
    pub number_style: StyleId,
    /// From the upper edge of the paper to the top of the page number.
    pub number_top: Length,
    /// From the lower edge of the paper to the end of what stands in the bottom margin.
    pub foot: Length,
}

impl Page {
    pub fn text_width(&self) -> Length {
        self.width - self.left - self.right
    }

    pub fn text_height(&self) -> Length {
        self.height - self.top - self.bottom
    }
}

#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    Paragraph(Paragraph),
    Rule(Rule),
    Grid(Grid),
    Table(Table),
}

impl Block {
    fn write_plain(&self, text: &mut String) {
        match self {
            Self::Paragraph(paragraph) => {
                text.push_str(&paragraph.plain());
                text.push('\n');
            }
            Self::Rule(_) => {}
            Self::Grid(grid) => {
                grid.rows.iter().flatten().flatten().for_each(|block| block.write_plain(text));
            }
            Self::Table(table) => {
                for row in table.header.iter().chain(&table.rows) {
                    let cells: Vec<String> = row.cells.iter().map(Cell::plain).collect();
                    text.push_str(&cells.join("\t"));
                    text.push('\n');
                }
            }
        }
    }
}

/// Name of a style inside a file: ASCII, no spaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StyleId {
    name: &'static str,
    /// Tells apart the styles of tables of different sizes; 0 is not written.
    variant: u16,
}

impl StyleId {
    pub const fn new(name: &'static str) -> Self {
        Self { name, variant: 0 }
    }

    pub const fn variant(name: &'static str, variant: u16) -> Self {
        Self { name, variant }
    }
}

impl fmt::Display for StyleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)?;
        if self.variant == 0 { Ok(()) } else { write!(f, "{}", self.variant) }
    }
}

/// How a paragraph of that style looks. The user of Word sees and can restyle it by `name`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Style {
    pub id: StyleId,
    /// Vietnamese, as listed in Word's style pane.
    pub name: Cow<'static, str>,
    pub size: Length,
    pub bold: bool,
    pub italic: bool,
    pub align: Align,
    /// First line: positive indents it, negative hangs it out of `left`.
    pub first_line: Length,
    pub left: Length,
    pub right: Length,
    /// Space above; dropped at the top of a page. There is no space below (see the module).
    pub before: Length,
    pub line: LineSpacing,
    /// Stays on the page of the block that follows.
    pub keep_next: bool,
    /// Is not divided between two pages.
    pub keep_lines: bool,
    /// A box of a thin line around the paragraph, between its indents.
    pub boxed: bool,
    /// Between the text and the line of its box, above and below; whole points, as Word has it.
    pub box_air: (Length, Length),
    /// Of the text and of the line of its box; black when nothing is said.
    pub color: Option<Color>,
    /// What the paragraph is to a reader of the structure.
    pub role: Role,
}

/// How far the lines of a paragraph stand apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineSpacing {
    /// Hundredths of single: 100 is single, 150 one and a half.
    Multiple(u16),
    /// So far, as long as the type is not larger than its style says: the programs that open a
    /// DOCX round the height of some sizes each in a way of its own, and a table adds that up.
    AtLeast(Length),
}

impl Style {
    /// From one baseline to the next.
    pub const fn pitch(&self) -> Length {
        match self.line {
            LineSpacing::Multiple(percent) => metrics::pitch(self.size, percent),
            LineSpacing::AtLeast(pitch) => pitch,
        }
    }

    /// What a line has below it for being more than single: nothing at the foot of a page.
    pub fn extra(&self) -> Length {
        match self.line {
            LineSpacing::Multiple(_) => self.pitch() - metrics::pitch(self.size, 100),
            LineSpacing::AtLeast(_) => Length::ZERO,
        }
    }
}

/// Red, green, blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Color(pub [u8; 3]);

impl Color {
    pub const RED: Self = Self([0xff, 0, 0]);
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Text,
    /// The document's own title.
    Title,
    /// A heading of level 1 …; shown in bookmarks and in Word's navigation pane.
    Heading(u8),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    Start,
    Center,
    End,
    Justify,
}

/// A paragraph; `keep_next` and `keep_lines` add to what the style says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    pub style: StyleId,
    pub content: Vec<Inline>,
    pub keep_next: bool,
    pub keep_lines: bool,
    /// Empty signature fields around the space above it; they take no room.
    pub fields: Vec<SignatureField>,
}

/// A place for a digital signature and its picture, with nothing on it yet. Only a PDF has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignatureField {
    /// What a signing program calls it: ASCII letters. No two fields of a document share one.
    pub name: String,
    /// What a reader is told it is for.
    pub label: String,
    /// From the left edge of the room that its paragraph has.
    pub left: Length,
    /// From the top of its paragraph up to the lower edge; negative where it overlaps the text.
    pub above: Length,
    pub width: Length,
    pub height: Length,
}

impl Paragraph {
    pub fn new(style: StyleId, content: Vec<Inline>) -> Self {
        Self { style, content, keep_next: false, keep_lines: false, fields: Vec::new() }
    }

    /// A paragraph of one run of plain text.
    pub fn text(style: StyleId, text: impl Into<String>) -> Self {
        Self::new(style, vec![Inline::text(text)])
    }

    /// The words alone, a line break as a line feed.
    pub fn plain(&self) -> String {
        words(&self.content.iter().map(Inline::plain).collect::<String>())
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    Text(Run),
    /// A line break inside a paragraph.
    Break,
}

impl Inline {
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(Run { text: text.into(), ..Run::default() })
    }

    pub fn plain(&self) -> &str {
        match self {
            Self::Text(run) => &run.text,
            Self::Break => "\n",
        }
    }
}

/// Text of one look. `bold` and `italic` add to the paragraph's style.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    pub text: String,
    pub bold: bool,
    pub italic: bool,
    /// A gap of a draft, shown on a coloured ground.
    pub gap: bool,
}

/// A centred solid line of a given length: decoration to a reader of the structure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    pub length: Length,
    pub thickness: Length,
    pub before: Length,
    /// The whole height taken, `thickness` included, `before` not.
    pub height: Length,
}

/// Blocks side by side without lines: columns of given widths, one or more rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grid {
    pub columns: Vec<Length>,
    /// Each row holds one list of blocks for each column; none is divided between two pages.
    pub rows: Vec<Vec<Vec<Block>>>,
    /// Space above.
    pub before: Length,
    /// Whether a page may end between two rows; else all of them share one.
    pub breaks: bool,
}

/// A ruled table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// What findings call it; not printed.
    pub name: String,
    /// Widths of the leaf columns.
    pub columns: Vec<Length>,
    /// Rows that repeat at the top of every page.
    pub header: Vec<Row>,
    /// Rows of data; a row is divided between two pages only where it says so.
    pub rows: Vec<Row>,
    pub padding_x: Length,
    pub padding_y: Length,
    pub border: Length,
    /// Space above.
    pub before: Length,
    /// What the table shows, for readers who cannot see it.
    pub summary: String,
}

impl Table {
    /// The room that a cell has for its text.
    pub fn inner_width(&self, cell: &Cell) -> Length {
        let columns = self.columns.iter().skip(cell.column.into()).take(cell.columns.into());
        columns.copied().sum::<Length>() - self.padding_x * 2
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// In order of `column`; cells covered by a span from the left or from above are absent.
    pub cells: Vec<Cell>,
    /// At least so high, padding and one border included; needed where text stands upright.
    pub height: Option<Length>,
    /// Stays on the page of the row after it.
    pub keep_next: bool,
    /// Higher than what a page leaves it: it begins where the row above ends, goes on over
    /// pages, and its texts stand at the top.
    pub breaks: bool,
}

/// One cell: one paragraph of one style. A line feed in `text` is a line break.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Index of its first leaf column.
    pub column: u16,
    /// Leaf columns covered, at least 1.
    pub columns: u16,
    /// Rows covered, at least 1; more than 1 only in the header.
    pub rows: u16,
    pub style: StyleId,
    pub text: String,
    /// Text that runs upwards, in a line of this length.
    pub upright: Option<Length>,
}

impl Cell {
    /// The words alone.
    pub fn plain(&self) -> String {
        words(&self.text)
    }
}

/// What a back end reports of the pages it laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    pub pages: usize,
}
