//! What docx-rs cannot: valid, lean XML out of its parts, in one pass through quick-xml.
//!
//! docx-rs writes children in an order of its own (505 schema errors in the first
//! report measured), gives every paragraph an id from a counter, has no call for a
//! language, for repeated header rows or for a table's description. Each part is read
//! into a small tree, put right, and written; rows of tables are streamed in between.

use std::io::Write;

use anyhow::{Context, Result};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::parts::{DECLARATION, NAMESPACES};
use super::rows;
use super::styles::{NORMAL, Styles};
use super::text::escape;
use crate::doc::{NO_BREAK_HYPHEN, Table};

/// The language of the text, for spelling and for screen readers.
const LANGUAGE: &str = r#"w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="vi-VN""#;

/// Word's own hundreds of styles stay out of the style pane, so that a clerk sees ours.
const LATENT_STYLES: &str = r#"w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1" w:defUnhideWhenUsed="1" w:defQFormat="0" w:count="376""#;

/// `word/document.xml`; `tables` as in [`super::build::Built`].
pub fn body(
    xml: &[u8],
    tables: &[Option<&Table>],
    styles: &Styles,
    out: &mut dyn Write,
) -> Result<()> {
    let root = tidy(parse(xml)?);
    let mut writer = BodyWriter { tables: tables.iter(), styles, out };
    writer.out.write_all(DECLARATION.as_bytes())?;
    writer.element(&root)
}

/// `word/styles.xml`.
pub fn styles(xml: &[u8], out: &mut dyn Write) -> Result<()> {
    let mut root = tidy(parse(xml)?);
    if let Some(run) =
        root.find("w:docDefaults").and_then(|it| it.find("w:rPrDefault")?.find("w:rPr"))
    {
        run.push(Element::new("w:lang", LANGUAGE));
    }
    if let Some(normal) = root.children_mut().find(|it| it.is_style(NORMAL)) {
        normal.attributes.push_str(r#" w:default="1""#);
    }
    root.content.insert(1, Node::Element(Element::new("w:latentStyles", LATENT_STYLES)));
    out.write_all(DECLARATION.as_bytes())?;
    root.write(out)
}

/// `word/header….xml` and `word/footer….xml`.
pub fn margin(xml: &[u8], out: &mut dyn Write) -> Result<()> {
    out.write_all(DECLARATION.as_bytes())?;
    tidy(parse(xml)?).write(out)
}

/// An element with its attributes and texts as they stood in the file, escaped.
struct Element {
    name: String,
    attributes: String,
    content: Vec<Node>,
}

enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    fn new(name: &str, attributes: &str) -> Self {
        Self {
            name: name.to_owned(),
            attributes: attributes.trim().to_owned(),
            content: Vec::new(),
        }
    }

    fn read(start: &BytesStart) -> Self {
        Self::new(start.name().as_ref(), start.attributes_raw())
    }

    fn push(&mut self, child: Self) {
        self.content.push(Node::Element(child));
    }

    fn push_text(&mut self, text: &str) {
        match self.content.last_mut() {
            Some(Node::Text(before)) => before.push_str(text),
            _ => self.content.push(Node::Text(text.to_owned())),
        }
    }

    fn children_mut(&mut self) -> impl Iterator<Item = &mut Self> {
        self.content.iter_mut().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    fn find(&mut self, name: &str) -> Option<&mut Self> {
        self.children_mut().find(|child| child.name == name)
    }

    fn texts(&self) -> impl Iterator<Item = &str> {
        self.content.iter().filter_map(|node| match node {
            Node::Text(text) => Some(text.as_str()),
            Node::Element(_) => None,
        })
    }

    fn holds(&self, c: char) -> bool {
        self.texts().any(|text| text.contains(c))
    }

    fn is_style(&self, id: &str) -> bool {
        self.name == "w:style" && self.attributes.contains(&format!(r#"w:styleId="{id}""#))
    }

    fn open(&self, out: &mut dyn Write) -> Result<()> {
        let space = if self.attributes.is_empty() { "" } else { " " };
        let end = if self.content.is_empty() { "/" } else { "" };
        write!(out, "<{}{space}{}{end}>", self.name, self.attributes)?;
        Ok(())
    }

    fn close(&self, out: &mut dyn Write) -> Result<()> {
        if !self.content.is_empty() {
            write!(out, "</{}>", self.name)?;
        }
        Ok(())
    }

    fn write(&self, out: &mut dyn Write) -> Result<()> {
        self.open(out)?;
        for node in &self.content {
            match node {
                Node::Element(child) => child.write(out)?,
                Node::Text(text) => out.write_all(text.as_bytes())?,
            }
        }
        self.close(out)
    }
}

fn parse(xml: &[u8]) -> Result<Element> {
    let mut reader = Reader::from_str(std::str::from_utf8(xml)?);
    // A root around the root, so that every element has a parent to go to.
    let mut open = vec![Element::new("", "")];
    loop {
        let event = reader.read_event()?;
        let parent = open.last_mut().context("XML đóng thẻ chưa mở")?;
        match event {
            Event::Start(start) => open.push(Element::read(&start)),
            Event::Empty(start) => parent.push(Element::read(&start)),
            Event::Text(text) => parent.push_text(&text),
            Event::GeneralRef(reference) => parent.push_text(&format!("&{};", &*reference)),
            Event::End(_) => close(&mut open)?,
            Event::Eof => break,
            Event::Decl(_)
            | Event::CData(_)
            | Event::Comment(_)
            | Event::PI(_)
            | Event::DocType(_) => {}
        }
    }
    let root = open.pop().into_iter().flat_map(|it| it.content).find_map(|node| match node {
        Node::Element(element) => Some(element),
        Node::Text(_) => None,
    });
    root.context("phần XML rỗng")
}

/// Puts the element that ends into its parent.
fn close(open: &mut Vec<Element>) -> Result<()> {
    let element = open.pop().context("XML đóng thẻ chưa mở")?;
    open.last_mut().context("XML đóng thẻ chưa mở")?.push(element);
    Ok(())
}

/// The part with everything in its place, under the namespaces that are used.
fn tidy(mut root: Element) -> Element {
    settle(&mut root);
    root.attributes = NAMESPACES.to_owned();
    root
}

/// Puts an element and all in it right.
fn settle(element: &mut Element) {
    element.children_mut().for_each(settle);
    element.content.retain(|node| !is_idle(node));
    match element.name.as_str() {
        // docx-rs numbers paragraphs by a counter that others on this thread move too.
        "w:p" => element.attributes.clear(),
        "w:r" => with_hyphens(element),
        "w:gridCol" => element.attributes = element.attributes.replace(r#" w:type="dxa""#, ""),
        _ => {}
    }
    if let Some(order) = schema_order(&element.name) {
        element.content.sort_by_key(|node| place(node, order));
    }
}

/// Word has an element for the hyphen at which no line ends; as a letter it may come from
/// another font.
fn with_hyphens(run: &mut Element) {
    let is_split = |node: &Node| matches!(node, Node::Element(text) if text.name == "w:t" && text.holds(NO_BREAK_HYPHEN));
    if !run.content.iter().any(is_split) {
        return;
    }
    for node in std::mem::take(&mut run.content) {
        let Node::Element(text) = node else { continue };
        if !text.holds(NO_BREAK_HYPHEN) {
            run.push(text);
            continue;
        }
        let words: String = text.texts().collect();
        for (index, piece) in words.split(NO_BREAK_HYPHEN).enumerate() {
            if index > 0 {
                run.push(Element::new("w:noBreakHyphen", ""));
            }
            if !piece.is_empty() {
                let mut part = Element::new("w:t", &text.attributes);
                part.push_text(piece);
                run.push(part);
            }
        }
    }
}

/// Properties without any: docx-rs writes them everywhere, and in styles they are not allowed.
fn is_idle(node: &Node) -> bool {
    const PROPERTIES: [&str; 6] = ["w:rPr", "w:pPr", "w:trPr", "w:tcPr", "w:pBdr", "w:tblBorders"];
    matches!(node, Node::Element(element)
        if element.content.is_empty() && PROPERTIES.contains(&element.name.as_str()))
}

/// Where the schema wants a child; what the table does not know stays at the end.
fn place(node: &Node, order: &[&str]) -> usize {
    match node {
        Node::Element(child) => {
            order.iter().position(|&name| child.name == name).unwrap_or(order.len())
        }
        Node::Text(_) => order.len(),
    }
}

/// Children in the order of their complex type in `wml.xsd` (ECMA-376, transitional),
/// as far as docx-rs and we write them.
fn schema_order(name: &str) -> Option<&'static [&'static str]> {
    Some(match name {
        "w:pPr" => &[
            "w:pStyle",
            "w:keepNext",
            "w:keepLines",
            "w:widowControl",
            "w:pBdr",
            "w:spacing",
            "w:ind",
            "w:jc",
            "w:outlineLvl",
            "w:rPr",
            "w:sectPr",
        ],
        "w:rPr" => &[
            "w:rFonts",
            "w:b",
            "w:bCs",
            "w:i",
            "w:iCs",
            "w:color",
            "w:sz",
            "w:szCs",
            "w:highlight",
            "w:lang",
        ],
        "w:pBdr" => &["w:top", "w:left", "w:bottom", "w:right"],
        "w:sectPr" => &[
            "w:headerReference",
            "w:footerReference",
            "w:type",
            "w:pgSz",
            "w:pgMar",
            "w:pgNumType",
            "w:cols",
            "w:titlePg",
        ],
        "w:tblPr" => &[
            "w:tblStyle",
            "w:tblW",
            "w:jc",
            "w:tblInd",
            "w:tblBorders",
            "w:tblLayout",
            "w:tblCellMar",
            "w:tblCaption",
            "w:tblDescription",
        ],
        "w:tcPr" => &["w:tcW", "w:gridSpan", "w:vMerge", "w:textDirection", "w:vAlign"],
        "w:style" => &[
            "w:name",
            "w:basedOn",
            "w:next",
            "w:uiPriority",
            "w:semiHidden",
            "w:qFormat",
            "w:pPr",
            "w:rPr",
        ],
        _ => return None,
    })
}

/// Writes the body and, inside each table that has none yet, its rows.
struct BodyWriter<'t, 'o> {
    tables: std::slice::Iter<'t, Option<&'t Table>>,
    styles: &'t Styles<'t>,
    out: &'o mut dyn Write,
}

impl BodyWriter<'_, '_> {
    fn element(&mut self, element: &Element) -> Result<()> {
        let table = match element.name.as_str() {
            "w:tbl" => self.tables.next().copied().flatten(),
            _ => None,
        };
        element.open(self.out)?;
        for node in &element.content {
            match (node, table) {
                (Node::Element(child), Some(table)) if child.name == "w:tblPr" => {
                    described(child, &table.summary, self.out)?;
                }
                (Node::Element(child), _) => self.element(child)?,
                (Node::Text(text), _) => self.out.write_all(text.as_bytes())?,
            }
        }
        if let Some(table) = table {
            rows::write(self.out, table, self.styles)?;
        }
        element.close(self.out)
    }
}

/// Table properties with the words for readers who cannot see the table: the last two there are.
fn described(properties: &Element, summary: &str, out: &mut dyn Write) -> Result<()> {
    properties.open(out)?;
    for node in &properties.content {
        if let Node::Element(child) = node {
            child.write(out)?;
        }
    }
    if !summary.is_empty() {
        let summary = escape(summary);
        write!(out, r#"<w:tblCaption w:val="{summary}"/><w:tblDescription w:val="{summary}"/>"#)?;
    }
    properties.close(out)
}
