//! Empty signature fields (ISO 32000-1, 12.7.4.5), of which typst knows nothing.
//!
//! ```text
//! doc::SignatureField ──layout.typ──▶ link to `o-ky:NguoiKy`   typst: place, /OBJR, /StructParent, /Tabs
//!     link annotation ──────here────▶ widget of a field        name, look (empty), /AcroForm; tag Form
//! ```
//!
//! typst gives a link all that a widget needs too: a rectangle on the page, a tag of its own
//! with a reference to the annotation, and the way back. So nothing is measured or numbered
//! here: three kinds of object change in place, and each field gets an empty look, which PDF/A
//! asks for (ISO 19005-2, 6.3.3). PDF/UA-1 wants the tag Form and a `/TU` (7.18.1, 7.18.4).
//!
//! *Invariants*: a file without fields stays as it is; no other object changes; every object
//! keeps its number.

use std::collections::BTreeMap;
use std::io::Write as _;

use anyhow::{Context, Result};

use super::pack::{self, Table};
use crate::doc::SignatureField;

const SCHEME: &str = "o-ky:";

/// Printed, and not to be moved (12.5.3): what PDF/A allows of a widget.
const FLAGS: u8 = 4 + 128;
/// There are fields of signatures, and the file is only to be appended to (12.7.2).
const SIGNATURES: u8 = 1 + 2;

/// The address of the link that stands for a field until [`draw`].
pub fn address(field: &SignatureField) -> String {
    format!("{SCHEME}{}", field.name)
}

/// The file of typst with the fields that it has links for.
///
/// # Errors
/// When these are not bytes as typst writes them.
pub fn draw(bytes: Vec<u8>, fields: &[&SignatureField]) -> Result<Vec<u8>> {
    if fields.is_empty() {
        return Ok(bytes);
    }
    File::read(&bytes)?.with(fields)
}

/// A file as typst wrote it: objects by number, in the order of the file.
struct File<'a> {
    header: &'a [u8],
    bodies: Vec<(usize, &'a [u8])>,
    /// Of the objects that change.
    changed: BTreeMap<usize, Vec<u8>>,
    /// Numbers, that of the free object included.
    size: usize,
    trailer: &'a [u8],
}

impl<'a> File<'a> {
    fn read(bytes: &'a [u8]) -> Result<Self> {
        let (objects, table) = pack::split(bytes)?;
        let table = Table::read(table)?;
        let (changed, size, trailer) = (BTreeMap::new(), table.entries.len(), table.trailer);
        let bodies = table.objects(objects)?;
        let bodies = bodies.into_iter().map(|object| (object.number, object.body)).collect();
        Ok(Self { header: table.header(objects)?, bodies, changed, size, trailer })
    }

    fn with(mut self, fields: &[&SignatureField]) -> Result<Vec<u8>> {
        let mut looks = Vec::new();
        let mut widgets = Vec::new();
        for field in fields {
            if let Some((number, link)) = self.link(field) {
                let look = self.size + looks.len();
                let rectangle = between(link, b"/Rect[", b"]").context("a link without /Rect")?;
                let (tag, page) = self.tag(number)?;
                self.changed.insert(number, widget(field, link, rectangle, page, look)?);
                self.changed.insert(tag, self.form_tag(tag)?);
                looks.push(rectangle.to_vec());
                widgets.push(format!("{number} 0 R"));
            }
        }
        if !widgets.is_empty() {
            self.add_form(&widgets.join(" "))?;
        }
        self.write(&looks)
    }

    /// The annotation that stands for a field.
    fn link(&self, field: &SignatureField) -> Option<(usize, &'a [u8])> {
        let address = format!("/URI({})", address(field));
        let is_it = |body: &[u8]| {
            body.starts_with(b"<</Type/Annot/Subtype/Link/") && contains(body, address.as_bytes())
        };
        self.bodies.iter().find(|(_, body)| is_it(body)).copied()
    }

    /// The tag of an annotation, and the number of its page.
    fn tag(&self, annotation: usize) -> Result<(usize, &'a [u8])> {
        let reference = format!("/Obj {annotation} 0 R>>");
        let is_it =
            |body: &[u8]| body.starts_with(LINK_TAG) && contains(body, reference.as_bytes());
        let (number, body) =
            self.bodies.iter().find(|(_, body)| is_it(body)).context("a link without a tag")?;
        let page = between(body, b"/Pg ", b" 0 R").context("a tag without a page")?;
        Ok((*number, page))
    }

    fn form_tag(&self, number: usize) -> Result<Vec<u8>> {
        let body = self.bodies.iter().find(|(found, _)| *found == number);
        let rest = body.and_then(|(_, body)| body.strip_prefix(LINK_TAG)).context("no tag")?;
        Ok([FORM_TAG, rest].concat())
    }

    fn add_form(&mut self, widgets: &str) -> Result<()> {
        let is_it = |body: &&(usize, &[u8])| body.1.starts_with(b"<</Type/Catalog/");
        let &(number, catalog) = self.bodies.iter().find(is_it).context("no catalog")?;
        let keys = catalog.strip_suffix(b">>").context("an open catalog")?;
        let form = format!("/AcroForm<</Fields[{widgets}]/SigFlags {SIGNATURES}>>>>");
        self.changed.insert(number, [keys, form.as_bytes()].concat());
        Ok(())
    }

    /// The file anew, as pdf-writer lays it out, the looks at its end.
    fn write(&self, looks: &[Vec<u8>]) -> Result<Vec<u8>> {
        let mut bytes = self.header.to_vec();
        let mut places = vec![None; self.size + looks.len()];
        for (number, body) in &self.bodies {
            let body = self.changed.get(number).map_or(*body, Vec::as_slice);
            *places.get_mut(*number).context("a number beyond the table")? = Some(bytes.len());
            object(&mut bytes, *number, body)?;
        }
        for (rectangle, number) in looks.iter().zip(self.size..) {
            places[number] = Some(bytes.len());
            object(&mut bytes, number, &look(rectangle))?;
        }
        let start = bytes.len();
        write!(bytes, "xref\n0 {}\n", places.len())?;
        for (index, place) in places.iter().enumerate() {
            match place {
                Some(place) => write!(bytes, "{place:010} 00000 n\r\n")?,
                None if index == 0 => write!(bytes, "0000000000 65535 f\r\n")?,
                None => anyhow::bail!("object {index} is free"),
            }
        }
        write!(bytes, "trailer\n<</Size {}", places.len())?;
        bytes.extend_from_slice(self.trailer);
        write!(bytes, ">>\nstartxref\n{start}\n%%EOF")?;
        Ok(bytes)
    }
}

const LINK_TAG: &[u8] = b"<</Type/StructElem/S/Link/";
const FORM_TAG: &[u8] = b"<</Type/StructElem/S/Form/";

fn object(bytes: &mut Vec<u8>, number: usize, body: &[u8]) -> Result<()> {
    writeln!(bytes, "{number} 0 obj")?;
    bytes.extend_from_slice(body);
    bytes.extend_from_slice(b"\nendobj\n\n");
    Ok(())
}

/// The field and its only widget in one.
fn widget(
    field: &SignatureField,
    link: &[u8],
    rectangle: &[u8],
    page: &[u8],
    look: usize,
) -> Result<Vec<u8>> {
    let parent = between(link, b"/StructParent ", b"/").context("a link without /StructParent")?;
    let mut body = format!("<</Type/Annot/Subtype/Widget/FT/Sig/T({})/TU", field.name).into_bytes();
    write!(body, "<FEFF")?;
    for unit in field.label.encode_utf16() {
        write!(body, "{unit:04X}")?;
    }
    write!(body, ">/F {FLAGS}/Rect[")?;
    body.extend_from_slice(rectangle);
    body.extend_from_slice(b"]/P ");
    body.extend_from_slice(page);
    body.extend_from_slice(b" 0 R/StructParent ");
    body.extend_from_slice(parent);
    write!(body, "/AP<</N {look} 0 R>>>>")?;
    Ok(body)
}

/// Nothing, where the field is.
fn look(rectangle: &[u8]) -> Vec<u8> {
    let keys = b"<</Length 0/Type/XObject/Subtype/Form/Resources<<>>/BBox[";
    [keys, rectangle, b"]>>\nstream\n\nendstream"].concat()
}

fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}

/// What stands after the first `open` and before the `close` that follows it.
fn between<'a>(bytes: &'a [u8], open: &[u8], close: &[u8]) -> Option<&'a [u8]> {
    let find = |bytes: &[u8], needle: &[u8]| bytes.windows(needle.len()).position(|w| w == needle);
    let rest = bytes.get(find(bytes, open)? + open.len()..)?;
    rest.get(..find(rest, close)?)
}
