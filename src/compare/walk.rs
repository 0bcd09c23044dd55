//! A document from top to bottom: every sentence with its place.

use std::collections::BTreeMap;

use super::sentence::{Token, plain_tokens, split, tokens};
use super::{Kind, Sentence};
use crate::doc::{Block, Document, Paragraph, Role, Row, Section, Style, StyleId, Table};
use crate::vi::{case, letters, roman};

/// Every sentence, heading, box and row of a document, in order.
pub fn sentences(document: &Document) -> Vec<Sentence> {
    let mut walk = Walk { document, ..Walk::of(document) };
    for (number, section) in document.sections.iter().enumerate() {
        walk.section(section, number);
    }
    walk.found
}

/// Where each text of a document stands, by its number among [`crate::doc::texts`]; of a text
/// without words nothing.
pub fn places(document: &Document) -> Vec<String> {
    let mut walk = Walk::of(document);
    for (number, section) in document.sections.iter().enumerate() {
        walk.section(section, number);
    }
    walk.places
}

struct Walk<'a> {
    document: &'a Document,
    found: Vec<Sentence>,
    /// Of each text so far, where its first sentence stands.
    places: Vec<String>,
    /// `phụ lục I`: what stands before every place of a section after the first.
    prefix: Option<String>,
    /// Where the text stands: the section, then headings and items within one another.
    frames: Vec<Frame>,
    /// How often each box has occurred in its section, and how often it will.
    boxes: BTreeMap<StyleId, (usize, usize)>,
    tables: (usize, usize),
}

/// A heading or an item, and what it holds so far.
struct Frame {
    rank: u8,
    label: String,
    sentences: usize,
    dashes: usize,
    is_article: bool,
}

impl Frame {
    const fn new(rank: u8, label: String) -> Self {
        Self { rank, label, sentences: 0, dashes: 0, is_article: false }
    }
}

/// Ranks of items, below those of headings.
const ARTICLE: u8 = 20;
const NUMBER: u8 = 21;
const LETTER: u8 = 22;
const DASH: u8 = 23;
const PLUS: u8 = 24;

impl<'a> Walk<'a> {
    fn of(document: &'a Document) -> Self {
        Self {
            document,
            found: Vec::new(),
            places: Vec::new(),
            prefix: None,
            frames: Vec::new(),
            boxes: BTreeMap::new(),
            tables: (0, 0),
        }
    }

    fn section(&mut self, section: &Section, number: usize) {
        let paragraphs = paragraphs(&section.blocks);
        self.prefix =
            (number > 0).then(|| paragraphs.first().map(|first| in_text(&first.plain()))).flatten();
        let is_heading = |paragraph: &&&Paragraph| {
            mark(&paragraph.plain(), self.is_heading(self.document.style(paragraph.style)))
                .is_some()
        };
        let has_parts = paragraphs.iter().any(|paragraph| is_heading(&paragraph));
        // Text before the first part; of a document without parts, all of it.
        let label = if has_parts { "mở đầu" } else { "nội dung" };
        self.frames = vec![Frame::new(0, label.to_owned())];
        self.boxes = BTreeMap::new();
        for paragraph in section.all_blocks().flat_map(self::paragraphs) {
            self.boxes.entry(paragraph.style).or_default().1 += 1;
        }
        self.tables = (0, tables(&section.blocks));
        section.all_blocks().for_each(|blocks| self.blocks(blocks));
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) => {
                    let before = self.found.len();
                    self.paragraph(paragraph);
                    self.placed(before, 1);
                }
                Block::Rule(_) => {}
                Block::Grid(grid) => {
                    grid.rows.iter().flatten().for_each(|cell| self.blocks(cell));
                }
                Block::Table(table) => self.table(table),
            }
        }
    }

    /// So many texts stand where the first of the sentences after those `before` stands.
    fn placed(&mut self, before: usize, texts: usize) {
        let place = self.found.get(before).map(|sentence| sentence.place.clone());
        self.places.extend(std::iter::repeat_n(place.unwrap_or_default(), texts));
    }

    fn paragraph(&mut self, paragraph: &Paragraph) {
        let style = self.document.style(paragraph.style);
        let text = paragraph.plain();
        let is_heading = self.is_heading(style);
        if !is_heading && paragraph.style != self.document.styles[0].id {
            return self.boxed(paragraph, style);
        }
        let Some(mark) = mark(&text, is_heading) else { return self.text(paragraph) };
        let level = match style.role {
            Role::Heading(level) if is_heading => level,
            Role::Heading(_) | Role::Text | Role::Title => mark.rank,
        };
        self.open(&mark, level);
        let content = tokens(&paragraph.content, mark.length);
        let is_title = is_heading && !ends_sentence(&content);
        if is_title {
            let place = format!("tên {}", self.place());
            self.push(place, Kind::Heading, Some(mark.text), content);
        } else {
            self.sentences(content, Some(mark.text), false);
        }
    }

    /// A heading of the wording: a title within the outline that bears a number.
    fn is_heading(&self, style: &Style) -> bool {
        matches!(style.role, Role::Heading(_)) && style.id != self.document.styles[0].id
    }

    /// Text under the last heading: an item ends with its paragraph.
    fn text(&mut self, paragraph: &Paragraph) {
        self.close(NUMBER);
        self.sentences(tokens(&paragraph.content, 0), None, true);
    }

    fn sentences(&mut self, content: Vec<Token>, mut mark: Option<String>, may_close: bool) {
        let is_dash = self.frames.last().is_some_and(|frame| frame.rank >= DASH);
        let sentences = split(content);
        let is_whole = sentences.len() == 1 && is_dash;
        for sentence in sentences {
            let closes = may_close && closes_document(&sentence);
            let frame = self.frames.last_mut();
            let number = frame.map_or(0, |frame| {
                frame.sentences += 1;
                frame.sentences
            });
            let place = match closes {
                true => self.prefixed("câu kết"),
                false if is_whole => self.place(),
                false => format!("{}, câu {number}", self.place()),
            };
            self.push(place, Kind::Text, mark.take(), sentence);
        }
    }

    /// Everything that is neither heading nor body: it is called as its style is.
    fn boxed(&mut self, paragraph: &Paragraph, style: &Style) {
        let name = case::lower(style.name.split(", từng dòng").next().unwrap_or_default());
        let counts = self.boxes.entry(paragraph.style).or_default();
        counts.0 += 1;
        let place = match *counts {
            (_, 0 | 1) => name.clone(),
            (number, _) => format!("{name} {number}"),
        };
        let place = self.prefixed(&place);
        self.push(place, Kind::Box(name), None, tokens(&paragraph.content, 0));
    }

    fn table(&mut self, table: &Table) {
        self.tables.0 += 1;
        let name = match self.tables {
            (_, 0 | 1) => "bảng".to_owned(),
            (number, _) => format!("bảng {number}"),
        };
        let name = self.prefixed(&name);
        for (what, rows) in [("đầu bảng, hàng", &table.header), ("hàng", &table.rows)] {
            for (number, row) in rows.iter().enumerate() {
                let place = format!("{name}, {what} {}", number + 1);
                let before = self.found.len();
                self.push(place, Kind::Row, None, row_tokens(row));
                self.placed(before, row.cells.len());
            }
        }
    }

    fn push(&mut self, place: String, kind: Kind, mark: Option<String>, tokens: Vec<Token>) {
        if !tokens.is_empty() || mark.is_some() {
            self.found.push(Sentence { place, kind, mark, tokens });
        }
    }

    /// Leaves everything of that rank and below.
    fn close(&mut self, rank: u8) {
        while self.frames.len() > 1 && self.frames.last().is_some_and(|frame| frame.rank >= rank) {
            self.frames.pop();
        }
    }

    fn open(&mut self, mark: &Mark, rank: u8) {
        self.close(rank);
        if rank == ARTICLE {
            // An Điều with a title is a heading, one without is text: they stand side by side.
            let article = |frame: &Frame| frame.is_article;
            let at = self.frames.iter().position(article).unwrap_or(self.frames.len());
            self.frames.truncate(at);
        }
        let is_under = self.frames.len() > 1;
        let label = match mark.kind {
            MarkKind::Named => mark.label.clone(),
            MarkKind::Roman => format!("mục {}", mark.label),
            MarkKind::Number if rank >= ARTICLE || (is_under && !mark.label.contains('.')) => {
                format!("khoản {}", mark.label)
            }
            MarkKind::Number => format!("mục {}", mark.label),
            MarkKind::Letter => format!("điểm {}", mark.label),
            MarkKind::Dash => {
                let count = self.frames.last_mut().map_or(0, |frame| {
                    frame.dashes += 1;
                    frame.dashes
                });
                format!("gạch đầu dòng {count}")
            }
        };
        let is_article = mark.rank == ARTICLE;
        self.frames.push(Frame { is_article, ..Frame::new(rank, label) });
    }

    /// `phụ lục I, mục II, khoản 1`
    fn place(&self) -> String {
        let parts = if self.frames.len() > 1 { &self.frames[1..] } else { &self.frames[..] };
        let labels: Vec<&str> = parts.iter().map(|frame| frame.label.as_str()).collect();
        self.prefixed(&labels.join(", "))
    }

    fn prefixed(&self, place: &str) -> String {
        match &self.prefix {
            Some(prefix) => format!("{prefix}, {place}"),
            None => place.to_owned(),
        }
    }
}

/// The number or mark at the beginning of a paragraph.
struct Mark {
    text: String,
    kind: MarkKind,
    /// What a place calls it: `II`, `1`, `a`, `Điều 2`.
    label: String,
    rank: u8,
    /// Bytes of the paragraph up to its text.
    length: usize,
}

#[derive(Clone, Copy, PartialEq)]
enum MarkKind {
    /// `Chương I`, `Điều 2.`
    Named,
    Roman,
    Number,
    Letter,
    Dash,
}

/// Only a heading bears a Roman number or stands under `Chương I`.
fn mark(text: &str, is_heading: bool) -> Option<Mark> {
    let made = |text: &str, kind, label: &str, rank, length| {
        Some(Mark { text: text.to_owned(), kind, label: label.to_owned(), rank, length })
    };
    if let Some((first, _)) = text.split_once('\n')
        && is_heading
        && ["Phần ", "Chương ", "Mục "].iter().any(|word| first.starts_with(word))
    {
        return made(first, MarkKind::Named, first, 1, first.len());
    }
    let (word, rest) = text.split_once(' ')?;
    if word == "Điều" {
        let (number, _) = rest.split_once(' ').unwrap_or((rest, ""));
        let bare = number.strip_suffix('.').filter(|bare| is_number(bare))?;
        let whole = &text[..word.len() + 1 + number.len()];
        return made(whole, MarkKind::Named, &format!("Điều {bare}"), ARTICLE, whole.len());
    }
    let length = word.len();
    if let Some(bare) = word.strip_suffix('.') {
        if is_heading && roman::from_roman(bare).is_some() {
            return made(word, MarkKind::Roman, bare, 1, length);
        }
        let is_dotted = bare.split('.').all(is_number);
        return if is_dotted { made(word, MarkKind::Number, bare, NUMBER, length) } else { None };
    }
    if let Some(letter) = word.strip_suffix(')') {
        letters::index(letter).filter(|_| letter.chars().count() <= 2)?;
        return made(word, MarkKind::Letter, letter, LETTER, length);
    }
    match word {
        "-" => made(word, MarkKind::Dash, "", DASH, length),
        "+" => made(word, MarkKind::Dash, "", PLUS, length),
        _ => None,
    }
}

/// `1` to `999`; a year is none.
fn is_number(text: &str) -> bool {
    (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Text with a mark at its end is no title.
fn ends_sentence(content: &[Token]) -> bool {
    content.last().is_some_and(|last| [".", ";", ":", "?", "!"].contains(&last.text.as_str()))
}

/// `./.` ends the last sentence of a document.
fn closes_document(sentence: &[Token]) -> bool {
    let end: String = sentence.iter().rev().take(3).map(|token| token.text.as_str()).collect();
    end == "./."
}

fn row_tokens(row: &Row) -> Vec<Token> {
    let cells: Vec<&str> = row.cells.iter().map(|cell| cell.text.as_str()).collect();
    plain_tokens(&cells.join(" | "))
}

fn paragraphs(blocks: &[Block]) -> Vec<&Paragraph> {
    let mut found = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => found.push(paragraph),
            Block::Rule(_) | Block::Table(_) => {}
            Block::Grid(grid) => {
                grid.rows.iter().flatten().for_each(|cell| found.extend(paragraphs(cell)));
            }
        }
    }
    found
}

fn tables(blocks: &[Block]) -> usize {
    blocks.iter().filter(|block| matches!(block, Block::Table(_))).count()
}

/// A title within a sentence: `PHỤ LỤC I` → `phụ lục I`.
fn in_text(title: &str) -> String {
    let word = |word: &str| match roman::from_roman(word) {
        Some(_) => word.to_owned(),
        None => case::lower(word),
    };
    title.split_whitespace().map(word).collect::<Vec<_>>().join(" ")
}
