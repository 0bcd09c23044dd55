//! The XML of a part, one tag or text after the other, without anything that can harm.
//!
//! *Invariants*: no document type is read, so there are no entities but XML's own five;
//! tags and texts are counted, and how deep they stand.

use std::borrow::Cow;
use std::cell::Cell;
use std::rc::Rc;

use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::super::limits::MAX_XML_DEPTH;
use super::Refused;

pub struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    depth: usize,
    /// Tags and texts that may still be read, in this part and those after it.
    left: Rc<Cell<usize>>,
}

/// What stands next in a part. An empty element is opened and closed.
pub enum Piece<'a> {
    Open(Tag<'a>),
    Close,
    /// A piece of a text; several make one.
    Text(Cow<'a, str>),
}

pub struct Tag<'a>(BytesStart<'a>);

impl<'a> Xml<'a> {
    pub fn new(text: &'a str, left: Rc<Cell<usize>>) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, depth: 0, left }
    }

    /// The next piece; nothing at the end.
    ///
    /// # Errors
    /// The XML is broken, declares a document type, or is too long or too deep.
    pub fn next(&mut self) -> Result<Option<Piece<'a>>, Refused> {
        loop {
            self.left.set(self.left.get().checked_sub(1).ok_or_else(too_long)?);
            return match self.reader.read_event().map_err(|_| Refused::damaged())? {
                Event::Start(tag) => {
                    self.depth += 1;
                    if self.depth > MAX_XML_DEPTH {
                        return Err(Refused::damaged());
                    }
                    Ok(Some(Piece::Open(Tag(tag))))
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    Ok(Some(Piece::Close))
                }
                Event::Text(text) => Ok(Some(Piece::Text(text.xml10_content()))),
                Event::CData(text) => Ok(Some(Piece::Text(text.xml10_content()))),
                Event::GeneralRef(entity) => {
                    let c = match entity.resolve_char_ref().map_err(|_| Refused::damaged())? {
                        Some(c) => Cow::Owned(c.to_string()),
                        None => Cow::Borrowed(own_entity(&entity).ok_or_else(Refused::damaged)?),
                    };
                    Ok(Some(Piece::Text(c)))
                }
                Event::DocType(_) => Err(document_type()),
                Event::Eof if self.depth > 0 => Err(Refused::damaged()),
                Event::Eof => Ok(None),
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => continue,
            };
        }
    }

    /// The text of the element that was opened last.
    pub fn text(&mut self) -> Result<String, Refused> {
        let depth = self.depth;
        let mut text = String::new();
        while self.depth >= depth {
            if let Piece::Text(piece) = self.next()?.ok_or_else(Refused::damaged)? {
                text.push_str(&piece);
            }
        }
        Ok(text)
    }

    /// The text of the string item (`si`, `is`) that was opened last: all its runs, without
    /// what says how it is read aloud (`rPh`).
    pub fn string(&mut self) -> Result<String, Refused> {
        let depth = self.depth;
        let (mut text, mut within, mut aloud) = (String::new(), None, None);
        while self.depth >= depth {
            match self.next()?.ok_or_else(Refused::damaged)? {
                Piece::Open(tag) if tag.is("rPh") && aloud.is_none() => aloud = Some(self.depth),
                Piece::Open(tag) if tag.is("t") && aloud.is_none() => within = Some(self.depth),
                Piece::Open(_) => {}
                Piece::Close => {
                    within = within.filter(|depth| *depth <= self.depth);
                    aloud = aloud.filter(|depth| *depth <= self.depth);
                }
                Piece::Text(piece) if within.is_some() => text.push_str(&piece),
                Piece::Text(_) => {}
            }
        }
        Ok(spelled_out(text))
    }
}

impl Tag<'_> {
    /// Whether it has this name, in any namespace.
    pub fn is(&self, name: &str) -> bool {
        self.0.local_name().as_ref() == name
    }

    /// An attribute that stands in no namespace.
    pub fn attribute(&self, name: &str) -> Result<Option<Cow<'_, str>>, Refused> {
        let [value] = self.attributes([name])?;
        Ok(value)
    }

    /// Some attributes that stand in no namespace.
    pub fn attributes<const N: usize>(
        &self,
        names: [&str; N],
    ) -> Result<[Option<Cow<'_, str>>; N], Refused> {
        let mut values = [const { None }; N];
        self.each(|key, attribute| {
            if let Some(index) = names.iter().position(|name| *name == key) {
                values[index] = Some(value(attribute)?);
            }
            Ok(())
        })?;
        Ok(values)
    }

    /// An attribute of another namespace: `r:id`, whatever `r` is called.
    pub fn foreign_attribute(&self, name: &str) -> Result<Option<Cow<'_, str>>, Refused> {
        let mut found = None;
        self.each(|key, attribute| {
            if key.split_once(':').is_some_and(|(_, local)| local == name) {
                found = Some(value(attribute)?);
            }
            Ok(())
        })?;
        Ok(found)
    }

    fn each<'t>(
        &'t self,
        mut judge: impl FnMut(&str, &Attribute<'t>) -> Result<(), Refused>,
    ) -> Result<(), Refused> {
        let mut attributes = self.0.attributes();
        // Each is compared with all before it otherwise, and a tag may have millions.
        attributes.with_checks(false);
        for attribute in attributes {
            let attribute = attribute.map_err(|_| Refused::damaged())?;
            judge(attribute.key.as_ref(), &attribute)?;
        }
        Ok(())
    }
}

fn value<'t>(attribute: &Attribute<'t>) -> Result<Cow<'t, str>, Refused> {
    attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|_| Refused::damaged())
}

/// `_x000D_` → a carriage return: how characters are written that XML does not allow.
fn spelled_out(text: String) -> String {
    if !text.contains("_x") {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find("_x") {
        let code = rest.get(at + 2..at + 6).filter(|_| rest[at + 6..].starts_with('_'));
        let c = code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        out.push_str(&rest[..at]);
        match c {
            Some(c) => {
                out.push(c);
                rest = &rest[at + 7..];
            }
            None => {
                out.push_str("_x");
                rest = &rest[at + 2..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn own_entity(name: &str) -> Option<&'static str> {
    match name {
        "lt" => Some("<"),
        "gt" => Some(">"),
        "amp" => Some("&"),
        "apos" => Some("'"),
        "quot" => Some("\""),
        _ => None,
    }
}

fn document_type() -> Refused {
    Refused::new(
        "tep-khong-doc-duoc",
        "trong tệp có khai báo DTD, tệp do Excel lưu không bao giờ có",
        "không dùng tệp này; xin lại tệp từ nơi lập bảng, hoặc mở bằng Excel rồi lưu thành tệp mới",
    )
}

fn too_long() -> Refused {
    Refused::new(
        "qua-lon",
        "tệp có quá nhiều ô (kể cả ô trống đã kẻ khung) hoặc quá nhiều chữ",
        "chép bảng cần đọc sang một tệp Excel mới",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plenty() -> Rc<Cell<usize>> {
        Rc::new(Cell::new(1_000))
    }

    fn string(xml: &str) -> Option<String> {
        let mut xml = Xml::new(xml, plenty());
        assert!(matches!(xml.next(), Ok(Some(Piece::Open(_)))));
        xml.string().ok()
    }

    #[test]
    fn a_string_is_the_text_of_all_its_runs() {
        let rich = "<si><r><rPr><b/></rPr><t>Đường </t></r><r><t xml:space='preserve'>A &amp; B</t></r><rPh sb='0'><t>x</t></rPh></si>";
        assert_eq!(string(rich).unwrap(), "Đường A & B");
        assert_eq!(
            string("<si><t>a_x000D_b_x_ _x12 &#x1ea0;<![CDATA[<c>]]></t></si>").unwrap(),
            "a\rb_x_ _x12 Ạ<c>"
        );
        assert_eq!(string("<si/>").unwrap(), "");
    }

    #[test]
    fn what_can_harm_is_refused() {
        assert_eq!(string("<si><t>&xxe;</t></si>"), None);
        assert_eq!(string("<si><t>a</si>"), None);
        assert_eq!(string("<si><t>a"), None);
        assert_eq!(string(&format!("<si>{}", "<a>".repeat(100))), None);
        assert!(Xml::new("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", plenty()).next().is_err());
    }
}
