//! What a PDF of ours prints: the letters within its pages, as a reader's program finds them.
//!
//! ```text
//! file ──pages──▶ content streams ──operators──▶ glyphs at their places ──ToUnicode──▶ letters
//! ```
//!
//! The bytes are read, and nothing that made them: so a record of any version of the program
//! can be held against its own words. Only what typst writes is understood: fonts of two
//! bytes a glyph, with a map to Unicode; texts in hexadecimal; no forms within pages.
//!
//! *Invariants*: what a page repeats (heads of tables, its number) is marked as an artifact
//! and not handed on; a glyph that begins outside its page is not printed.

use std::collections::BTreeMap;

use super::signature::pdf::{Budget, File, Odd, Parser, Result, Value, text_string};

/// Nodes of the tree of pages.
const MAX_NODES: usize = 200_000;
/// Bytes of the content of one page, inflated.
const MAX_CONTENT: usize = 64 << 20;

/// The letters that the pages of a file print, without spaces, in the order of its content.
///
/// # Errors
/// The first thing in it that is not as typst writes it.
pub fn letters(bytes: &[u8]) -> Result<String> {
    let file = File::open(bytes)?;
    let newest = file.sections().len().saturating_sub(1);
    let mut reader =
        Reader { file: &file, revision: newest, fonts: BTreeMap::new(), found: String::new() };
    for page in reader.pages()? {
        reader.page(&page)?;
    }
    Ok(reader.found)
}

const fn odd(what: &'static str) -> Odd {
    Odd { at: 0, what }
}

struct Reader<'a> {
    file: &'a File<'a>,
    revision: usize,
    /// By the numbers of their objects.
    fonts: BTreeMap<u32, Font>,
    found: String,
}

impl Reader<'_> {
    fn resolve(&self, value: Option<&Value>) -> Result<Value> {
        self.file.resolve(self.revision, value)
    }

    /// The pages in their order.
    fn pages(&self) -> Result<Vec<Value>> {
        let root =
            self.file.sections().last().and_then(|section| section.trailer.get(&b"Root"[..]));
        let catalog = self.resolve(root)?;
        let mut waiting: Vec<Value> = catalog.get("Pages").cloned().into_iter().collect();
        let (mut pages, mut nodes) = (Vec::new(), 0);
        while let Some(node) = waiting.pop() {
            nodes += 1;
            if nodes > MAX_NODES {
                return Err(odd("cây trang quá lớn"));
            }
            let node = self.resolve(Some(&node))?;
            match self.resolve(node.get("Kids"))?.array() {
                None => pages.push(node),
                Some(kids) => waiting.extend(kids.iter().rev().cloned()),
            }
        }
        Ok(pages)
    }

    fn page(&mut self, page: &Value) -> Result<()> {
        let sheet = self.resolve(page.get("MediaBox"))?;
        let sheet = numbers::<4>(sheet.array().unwrap_or_default());
        let sheet = sheet.ok_or_else(|| odd("trang không có khổ giấy"))?;
        let resources = self.resolve(page.get("Resources"))?;
        let fonts = self.resolve(resources.get("Font"))?;
        let names = fonts.dict().into_iter().flatten();
        let names: BTreeMap<Vec<u8>, u32> =
            names.filter_map(|(name, font)| Some((name.clone(), font.reference()?))).collect();
        for &number in names.values() {
            if !self.fonts.contains_key(&number) {
                let font = self.font(number)?;
                self.fonts.insert(number, font);
            }
        }
        let content = page.get("Contents").and_then(Value::reference);
        let Some(content) = content else { return Ok(()) };
        let content = self.stream(content)?;
        let mut screen = Screen::new(sheet, |name| self.fonts.get(names.get(name)?));
        screen.run(&content)?;
        self.found.push_str(&screen.found);
        Ok(())
    }

    fn stream(&self, number: u32) -> Result<Vec<u8>> {
        let object = self.file.object(self.revision, number)?;
        let content = object.and_then(|object| self.file.content(&object, MAX_CONTENT));
        content.ok_or_else(|| odd("luồng dữ liệu không giải nén được"))
    }

    fn font(&self, number: u32) -> Result<Font> {
        let font = self.resolve(Some(&Value::Ref(number)))?;
        let map = font.get("ToUnicode").and_then(Value::reference);
        let map = map.ok_or_else(|| odd("phông chữ không có bảng ToUnicode"))?;
        let letters = to_unicode(&self.stream(map)?)?;
        let below = self.resolve(font.get("DescendantFonts"))?;
        let below = self.resolve(below.array().and_then(<[Value]>::first))?;
        let widths = self.resolve(below.get("W"))?;
        let width = self.resolve(below.get("DW"))?.number().unwrap_or(1000.0);
        Ok(Font { letters, widths: self.widths(widths.array().unwrap_or_default())?, width })
    }

    /// `first [w w w]` and `first last w` (9.7.4.3).
    fn widths(&self, array: &[Value]) -> Result<BTreeMap<u16, f64>> {
        let mut widths = BTreeMap::new();
        let mut rest = array;
        while let [first, second, more @ ..] = rest {
            let first = glyph(first)?;
            if let Some(list) = self.resolve(Some(second))?.array() {
                let each = (first..).zip(list);
                widths.extend(each.filter_map(|(glyph, width)| Some((glyph, width.number()?))));
                rest = more;
            } else {
                let (Some(width), last) = (more.first().and_then(Value::number), glyph(second)?)
                else {
                    return Err(odd("bảng độ rộng của phông chữ viết sai"));
                };
                widths.extend((first..=last).map(|glyph| (glyph, width)));
                rest = &more[1..];
            }
        }
        Ok(widths)
    }
}

fn glyph(value: &Value) -> Result<u16> {
    let number = value.integer().and_then(|number| u16::try_from(number).ok());
    number.ok_or_else(|| odd("phông chữ có số hiệu nét chữ sai"))
}

/// So many numbers, if the values are just these.
fn numbers<const N: usize>(values: &[Value]) -> Option<[f64; N]> {
    let numbers: Option<Vec<f64>> = values.iter().map(Value::number).collect();
    numbers?.try_into().ok()
}

struct Font {
    letters: BTreeMap<u16, String>,
    /// In thousandths of an em.
    widths: BTreeMap<u16, f64>,
    /// Of all other glyphs.
    width: f64,
}

/// The pairs of `beginbfchar` and the ranges of `beginbfrange` (9.10.3).
fn to_unicode(map: &[u8]) -> Result<BTreeMap<u16, String>> {
    let mut letters = BTreeMap::new();
    let budget = Budget::new();
    let mut strings: Vec<Vec<u8>> = Vec::new();
    let mut rest = map;
    while let Some(at) = rest.iter().position(|byte| *byte == b'<' || *byte == b'e') {
        rest = &rest[at..];
        if rest.starts_with(b"endbfchar") || rest.starts_with(b"endbfrange") {
            let size = if rest.starts_with(b"endbfchar") { 2 } else { 3 };
            for entry in strings.chunks_exact(size) {
                enter(&mut letters, entry);
            }
            strings.clear();
        } else if rest.starts_with(b"endcodespacerange") {
            strings.clear();
        } else if rest.starts_with(b"<") && !rest.starts_with(b"<<") {
            let mut parser = Parser::new(rest, 0, &budget);
            if let Value::Text(bytes) = parser.value()? {
                strings.push(bytes);
            }
            rest = &rest[parser.at()..];
            continue;
        }
        rest = &rest[1..];
    }
    Ok(letters)
}

fn enter(letters: &mut BTreeMap<u16, String>, entry: &[Vec<u8>]) {
    let code = |bytes: &[u8]| Some(u16::from_be_bytes(bytes.try_into().ok()?));
    let text = |bytes: &[u8]| text_string(&[&[0xfe, 0xff], bytes].concat());
    match entry {
        [glyph, unicode] => {
            letters.extend(code(glyph).map(|glyph| (glyph, text(unicode))));
        }
        [first, last, unicode] => {
            let Some(((first, last), start)) = code(first).zip(code(last)).zip(code(unicode))
            else {
                return;
            };
            let units = (first..=last).zip(start..);
            letters.extend(units.map(|(glyph, unit)| (glyph, text(&unit.to_be_bytes()))));
        }
        _ => {}
    }
}

/// A way from one plane into another: `a b c d e f` (8.3.3).
type Matrix = [f64; 6];

const UNMOVED: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// First the one, then the other.
fn then(first: Matrix, second: Matrix) -> Matrix {
    let [a, b, c, d, e, f] = first;
    let [g, h, i, j, k, l] = second;
    [
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + l,
    ]
}

/// What is marked between `BDC` and `EMC` (14.6).
enum Marked {
    Text,
    /// No part of the text: what a page repeats.
    Artifact,
    /// Stands for the glyphs within, once.
    Instead(String),
}

/// A page being drawn.
struct Screen<'f, F> {
    sheet: [f64; 4],
    font_of: F,
    font: Option<&'f Font>,
    size: f64,
    /// Of the page, and those that `Q` brings back.
    plane: Matrix,
    kept: Vec<Matrix>,
    text: Matrix,
    marked: Vec<Marked>,
    found: String,
}

impl<'f, F: Fn(&[u8]) -> Option<&'f Font>> Screen<'f, F> {
    const fn new(sheet: [f64; 4], font_of: F) -> Self {
        Self {
            sheet,
            font_of,
            font: None,
            size: 0.0,
            plane: UNMOVED,
            kept: Vec::new(),
            text: UNMOVED,
            marked: Vec::new(),
            found: String::new(),
        }
    }

    fn run(&mut self, content: &[u8]) -> Result<()> {
        let budget = Budget::new();
        let mut operands = Vec::new();
        let mut at = 0;
        loop {
            let mut parser = Parser::new(content, at, &budget);
            parser.skip();
            at = parser.at();
            match content.get(at) {
                None => return Ok(()),
                Some(b'a'..=b'z' | b'A'..=b'Z' | b'\'' | b'"') => {
                    let is_part =
                        |byte: &&u8| byte.is_ascii_alphabetic() || b"'\"*01".contains(byte);
                    let length = content[at..].iter().take_while(is_part).count();
                    let operator = &content[at..at + length];
                    at += length;
                    self.operate(operator, &operands)?;
                    operands.clear();
                }
                Some(_) => {
                    operands.push(parser.value()?);
                    at = parser.at();
                }
            }
        }
    }

    fn operate(&mut self, operator: &[u8], operands: &[Value]) -> Result<()> {
        let matrix = || numbers::<6>(operands).ok_or_else(|| odd("phép đặt chỗ viết sai"));
        match operator {
            b"q" => self.kept.push(self.plane),
            b"Q" => self.plane = self.kept.pop().unwrap_or(UNMOVED),
            b"cm" => self.plane = then(matrix()?, self.plane),
            b"BT" => self.text = UNMOVED,
            b"Tm" => self.text = matrix()?,
            b"Td" => {
                let [x, y] = numbers(operands).ok_or_else(|| odd("phép đặt chỗ viết sai"))?;
                self.text = then([1.0, 0.0, 0.0, 1.0, x, y], self.text);
            }
            b"Tf" => {
                let name = operands.first().and_then(Value::name);
                self.font = name.and_then(&self.font_of);
                self.size = operands.get(1).and_then(Value::number).unwrap_or_default();
            }
            b"Tj" | b"TJ" => self.show(operands)?,
            b"BMC" | b"BDC" => self.marked.push(marked(operands)),
            b"EMC" => _ = self.marked.pop(),
            _ => {}
        }
        Ok(())
    }

    fn show(&mut self, operands: &[Value]) -> Result<()> {
        let pieces = match operands.first() {
            Some(Value::Array(pieces)) => pieces.as_slice(),
            _ => operands,
        };
        let font = self.font.ok_or_else(|| odd("chữ không có phông"))?;
        for piece in pieces {
            match piece {
                Value::Text(bytes) => {
                    for pair in bytes.chunks_exact(2) {
                        self.glyph(font, u16::from_be_bytes([pair[0], pair[1]]));
                    }
                }
                other => {
                    let back = other.number().ok_or_else(|| odd("chữ viết sai"))?;
                    self.advance(-back);
                }
            }
        }
        Ok(())
    }

    fn glyph(&mut self, font: &Font, glyph: u16) {
        let [.., x, y] = then(self.text, self.plane);
        let [left, bottom, right, top] = self.sheet;
        let is_inside = x > left - HAIR && x < right + HAIR && y > bottom - HAIR && y < top + HAIR;
        let is_artifact = self.marked.iter().any(|marked| matches!(marked, Marked::Artifact));
        if is_inside && !is_artifact {
            let instead = self.marked.iter_mut().rev().find_map(|marked| match marked {
                Marked::Instead(text) => Some(std::mem::take(text)),
                Marked::Text | Marked::Artifact => None,
            });
            let own = || font.letters.get(&glyph).cloned().unwrap_or_default();
            let text = instead.unwrap_or_else(own);
            self.found.extend(text.chars().filter(|c| !c.is_whitespace()));
        }
        self.advance(font.widths.get(&glyph).copied().unwrap_or(font.width));
    }

    /// In thousandths of the size.
    fn advance(&mut self, thousandths: f64) {
        let along = [1.0, 0.0, 0.0, 1.0, thousandths / 1000.0 * self.size, 0.0];
        self.text = then(along, self.text);
    }
}

/// Points by which rounding may put a letter beside the edge.
const HAIR: f64 = 0.5;

fn marked(operands: &[Value]) -> Marked {
    let instead = operands.get(1).and_then(|keys| keys.get("ActualText"));
    match (operands.first().and_then(Value::name), instead) {
        (Some(b"Artifact"), _) => Marked::Artifact,
        (_, Some(Value::Text(text))) => Marked::Instead(text_string(text)),
        _ => Marked::Text,
    }
}
