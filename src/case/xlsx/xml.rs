//! The XML of a part, one tag or text after the other, without anything that can harm.
//!
//! *Invariants*: no document type is read, so there are no entities but XML's own five;
//! tags and texts are counted, and how deep they stand. A name is one of ours only in a
//! namespace of ours: `x15:workbookPr` is no `workbookPr`. What newer programs add
//! (`extLst`) is passed over, and of `mc:AlternateContent` that branch is read which is for
//! readers who know nothing newer (ECMA-376, part 3).

use std::borrow::Cow;
use std::cell::Cell;
use std::rc::Rc;

use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::super::limits::MAX_XML_DEPTH;
use super::Refused;
use super::namespace::{Namespaces, Space};

pub struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    text: &'a str,
    /// Where a namespace is declared next: nearly no tag declares any, and a sheet has a
    /// million.
    declaration: usize,
    depth: usize,
    spaces: Namespaces,
    /// Each `mc:AlternateContent` that is open: its depth, and whether a branch was taken.
    alternatives: Vec<(usize, bool)>,
    /// Depths of the tags that are open and not given: `mc:AlternateContent` and its branch.
    unseen: Vec<usize>,
    /// The depth of a tag that is passed over with all that stands within it.
    passing: Option<usize>,
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

pub struct Tag<'a> {
    start: BytesStart<'a>,
    /// Where its name begins behind the prefix.
    local: usize,
    space: Space,
}

/// What the attributes begin with that declare a namespace.
const DECLARATION: &str = "xmlns";

/// What becomes of a tag that is opened.
enum Way {
    Given,
    /// What stands within it is given.
    Unseen,
    /// With all that stands within it.
    PassedOver,
}

impl<'a> Xml<'a> {
    pub fn new(text: &'a str, left: Rc<Cell<usize>>) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self {
            reader,
            text,
            declaration: text.find(DECLARATION).unwrap_or(usize::MAX),
            depth: 0,
            spaces: Namespaces::new(),
            alternatives: Vec::new(),
            unseen: Vec::new(),
            passing: None,
            left,
        }
    }

    /// The next piece; nothing at the end.
    ///
    /// # Errors
    /// The XML is broken, declares a document type, or is too long or too deep.
    pub fn next(&mut self) -> Result<Option<Piece<'a>>, Refused> {
        loop {
            self.left.set(self.left.get().checked_sub(1).ok_or_else(too_long)?);
            match self.reader.read_event().map_err(|_| Refused::damaged())? {
                Event::Start(start) => {
                    let tag = self.open(start)?;
                    match self.way(&tag) {
                        Way::Given => return Ok(Some(Piece::Open(tag))),
                        Way::Unseen => self.unseen.push(self.depth),
                        Way::PassedOver => self.passing = self.passing.or(Some(self.depth)),
                    }
                }
                Event::End(_) => {
                    if self.close() {
                        return Ok(Some(Piece::Close));
                    }
                }
                Event::DocType(_) => return Err(document_type()),
                Event::Eof if self.depth > 0 => return Err(Refused::damaged()),
                Event::Eof => return Ok(None),
                _ if self.passing.is_some() => {}
                Event::Text(text) => return Ok(Some(Piece::Text(text.xml10_content()))),
                Event::CData(text) => return Ok(Some(Piece::Text(text.xml10_content()))),
                Event::GeneralRef(entity) => {
                    let c = match entity.resolve_char_ref().map_err(|_| Refused::damaged())? {
                        Some(c) => Cow::Owned(c.to_string()),
                        None => Cow::Borrowed(own_entity(&entity).ok_or_else(Refused::damaged)?),
                    };
                    return Ok(Some(Piece::Text(c)));
                }
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            }
        }
    }

    fn open(&mut self, start: BytesStart<'a>) -> Result<Tag<'a>, Refused> {
        self.depth += 1;
        if self.depth > MAX_XML_DEPTH {
            return Err(Refused::damaged());
        }
        let end = usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX);
        if end > self.declaration {
            self.spaces.open(&start, self.depth)?;
            let next = self.text.get(end..).and_then(|rest| rest.find(DECLARATION));
            self.declaration = next.map_or(usize::MAX, |next| end + next);
        }
        let name = start.name().into_inner();
        let (local, space) = match name.split_once(':') {
            Some((prefix, _)) => (prefix.len() + 1, self.spaces.space(prefix)),
            None => (0, self.spaces.space("")),
        };
        Ok(Tag { start, local, space })
    }

    /// Whether the tag that is closed was given.
    fn close(&mut self) -> bool {
        self.depth = self.depth.saturating_sub(1);
        self.spaces.close(self.depth);
        if let Some(depth) = self.passing {
            self.passing = Some(depth).filter(|depth| *depth <= self.depth);
            return false;
        }
        if self.unseen.last().is_none_or(|depth| *depth <= self.depth) {
            return true;
        }
        self.unseen.pop();
        if self.alternatives.last().is_some_and(|(depth, _)| *depth > self.depth) {
            self.alternatives.pop();
        }
        false
    }

    fn way(&mut self, tag: &Tag<'_>) -> Way {
        if self.passing.is_some() {
            return Way::PassedOver;
        }
        if tag.space == Space::Ours {
            return if tag.name() == "extLst" { Way::PassedOver } else { Way::Given };
        }
        match (tag.space, tag.name()) {
            (Space::Markup, "AlternateContent") => {
                self.alternatives.push((self.depth, false));
                Way::Unseen
            }
            (Space::Markup, branch @ ("Choice" | "Fallback")) => {
                let fits = branch == "Fallback" || self.is_known(tag);
                match self.alternatives.last_mut() {
                    Some((_, taken)) if fits && !*taken => {
                        *taken = true;
                        Way::Unseen
                    }
                    _ => Way::PassedOver,
                }
            }
            _ => Way::Given,
        }
    }

    /// Whether everything that a choice requires of its reader is known here.
    fn is_known(&self, choice: &Tag<'_>) -> bool {
        let required = choice.attribute("Requires").ok().flatten().unwrap_or_default();
        let is_known = |prefix| matches!(self.spaces.space(prefix), Space::Ours | Space::Office);
        !required.trim().is_empty() && required.split_whitespace().all(is_known)
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

    /// The attribute by which a tag that stands open refers to another part: `r:id`,
    /// whatever `r` is called.
    pub fn reference<'t>(
        &self,
        tag: &'t Tag<'_>,
        name: &str,
    ) -> Result<Option<Cow<'t, str>>, Refused> {
        let mut found = None;
        tag.each(|key, attribute| {
            let (prefix, local) = key.split_once(':').unwrap_or_default();
            if local == name && self.spaces.space(prefix) == Space::Office {
                found = Some(value(attribute)?);
            }
            Ok(())
        })?;
        Ok(found)
    }
}

impl Tag<'_> {
    /// Whether it has this name, in a namespace of ours.
    pub fn is(&self, name: &str) -> bool {
        self.space == Space::Ours && self.name() == name
    }

    /// Its name without a prefix.
    fn name(&self) -> &str {
        &self.start.name().into_inner()[self.local..]
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

    fn each<'t>(
        &'t self,
        mut judge: impl FnMut(&str, &Attribute<'t>) -> Result<(), Refused>,
    ) -> Result<(), Refused> {
        let mut attributes = self.start.attributes();
        // Each is compared with all before it otherwise, and a tag may have millions.
        attributes.with_checks(false);
        for attribute in attributes {
            let attribute = attribute.map_err(|_| Refused::damaged())?;
            judge(attribute.key.as_ref(), &attribute)?;
        }
        Ok(())
    }
}

pub fn value<'t>(attribute: &Attribute<'t>) -> Result<Cow<'t, str>, Refused> {
    attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|_| Refused::damaged())
}

/// `_x000D_` → a carriage return: how a text of a workbook (ST_Xstring) writes characters
/// that XML does not allow, in UTF-16. `_x005F_` is the first sign of what only looks so.
pub fn spelled_out(text: String) -> String {
    if !text.contains("_x") {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find("_x") {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (first, second) = (unit(rest), rest.get(ESCAPE..).and_then(unit));
        let pair = first.zip(second).and_then(|(first, second)| {
            char::decode_utf16([first, second]).next()?.ok().filter(|c| c.len_utf16() == 2)
        });
        let alone = first.and_then(|unit| char::from_u32(unit.into()));
        let (c, length) = match (pair, alone) {
            (Some(c), _) => (c, 2 * ESCAPE),
            (None, Some(c)) => (c, ESCAPE),
            (None, None) => ('_', 1),
        };
        out.push(c);
        rest = &rest[length..];
    }
    out.push_str(rest);
    out
}

/// The length of `_x000D_`.
const ESCAPE: usize = 7;

/// The unit of UTF-16 that a text begins with, spelled out.
fn unit(text: &str) -> Option<u16> {
    let code = text.strip_prefix("_x")?.get(..4).filter(|_| text[6..].starts_with('_'))?;
    let is_hex = code.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hex.then(|| u16::from_str_radix(code, 16).ok())?
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
    fn a_character_may_be_spelled_out_in_one_unit_or_in_two() {
        let said = |text: &str| spelled_out(text.to_owned());
        assert_eq!(said("Một_x000D_ Hai_x1EA0_"), "Một\r HaiẠ");
        assert_eq!(said("_xD83D__xDE00_ _xD83D_ _x+00D_"), "😀 _xD83D_ _x+00D_");
        assert_eq!(said("_x005F_x000D_ _x00ệ"), "_x000D_ _x00ệ");
    }

    /// The names of the tags that are given.
    fn given(xml: &str) -> String {
        let mut xml = Xml::new(xml, plenty());
        let mut names = String::new();
        while let Some(piece) = xml.next().unwrap() {
            if let Piece::Open(tag) = piece {
                let mark = if tag.is(tag.start.local_name().as_ref()) { "" } else { "?" };
                names += &format!("{}{mark} ", tag.start.local_name().as_ref());
            }
        }
        names
    }

    #[test]
    fn a_name_is_ours_only_in_a_namespace_of_ours() {
        const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        let of = |root: &str, inner: &str| given(&format!("<{root}>{inner}</a>"));
        let main = format!("a xmlns='{MAIN}' xmlns:x15='x15'");
        assert_eq!(of(&main, "<x15:b/><b/><c xmlns='y'><b/></c><b/>"), "a b? b c? b? b ");
        assert_eq!(given("<a><b/></a>"), "a b ");
        assert_eq!(given(&format!("<x:a xmlns:x='{MAIN}'><x:b/><y:b/></x:a>")), "a b b? ");
        let strict = "a xmlns='http://purl.oclc.org/ooxml/spreadsheetml/main'";
        assert_eq!(of(strict, "<b/><extLst><ext><b/></ext></extLst><b/>"), "a b b ");
    }

    #[test]
    fn of_several_contents_the_one_for_an_older_reader_is_read() {
        let root = "a xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main' xmlns:m='http://schemas.openxmlformats.org/markup-compatibility/2006' xmlns:n='new' xmlns:o='http://schemas.openxmlformats.org/spreadsheetml/2006/main'";
        let of = |inner: &str| {
            given(&format!("<{root}><m:AlternateContent>{inner}</m:AlternateContent><z/></a>"))
        };
        let new = "<m:Choice Requires='n'><b><c/></b></m:Choice>";
        let known = "<m:Choice Requires='o'><d/></m:Choice>";
        let old = "<m:Fallback><e><f/></e></m:Fallback>";
        assert_eq!(of(&format!("{new}{old}")), "a e f z ");
        assert_eq!(of(&format!("{new}{known}{known}{old}")), "a d z ");
        assert_eq!(of(new), "a z ");
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
