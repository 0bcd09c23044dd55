//! A file as the sum of its revisions, and the objects as each of them left them.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use super::parse::{Budget, Parser};
use super::xref::{self, Entry, Section};
use super::{Object, Odd, Result, Value, filter};

/// Revisions of a file: two signatures, their time stamps, their validation data, twice over.
const MAX_REVISIONS: usize = 64;
/// Bytes of one object stream, inflated.
const MAX_INFLATED: usize = 16 << 20;
/// Bytes of all object streams that are ever inflated.
const MAX_INFLATED_IN_ALL: usize = 1 << 30;
/// Bytes of inflated streams that are kept at hand.
const KEPT: usize = 32 << 20;

pub struct File<'a> {
    bytes: &'a [u8],
    /// The oldest first.
    sections: Vec<Section>,
    budget: Budget,
    inflated: Cell<usize>,
    /// By the place of the object stream.
    members: RefCell<BTreeMap<usize, Rc<Members>>>,
}

/// What an object stream holds (7.5.7).
struct Members {
    text: Vec<u8>,
    /// Number and first byte of each.
    places: Vec<(u32, usize)>,
}

impl<'a> File<'a> {
    /// All revisions, from the last `startxref` back to the first.
    ///
    /// # Errors
    /// The first thing that is odd.
    pub fn open(bytes: &'a [u8]) -> Result<Self> {
        if !bytes.starts_with(b"%PDF-") {
            return Err(Odd { at: 0, what: "tệp không bắt đầu bằng %PDF-" });
        }
        let budget = Budget::new();
        let mut sections = Vec::new();
        let mut next = Some(xref::last_start(bytes)?);
        while let Some(start) = next {
            if sections.len() == MAX_REVISIONS {
                return Err(Odd { at: start, what: "tệp có quá nhiều lần ghi thêm" });
            }
            let section = xref::read(bytes, start, &budget)?;
            next = section.previous()?;
            sections.push(section);
        }
        sections.reverse();
        let (inflated, members) = (Cell::default(), RefCell::default());
        Ok(Self { bytes, sections, budget, inflated, members })
    }

    pub const fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// The oldest first.
    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// An object as it is after a revision; `None` if there is none of this number.
    ///
    /// # Errors
    /// An entry that leads to something else, or to something odd.
    pub fn object(&self, revision: usize, number: u32) -> Result<Option<Object>> {
        match self.entry(revision, number) {
            None | Some(Entry::Free) => Ok(None),
            Some(Entry::At(place)) => {
                self.at(revision, number, place).map(|(object, _)| Some(object))
            }
            Some(Entry::Packed { stream, index }) => {
                self.packed(revision, number, stream, index).map(Some)
            }
        }
    }

    /// A value, or the value of the object that it refers to; `Null` if there is none.
    ///
    /// # Errors
    /// Those of [`File::object`]; a reference to a reference.
    pub fn resolve(&self, revision: usize, value: Option<&Value>) -> Result<Value> {
        match value {
            None => Ok(Value::Null),
            Some(&Value::Ref(number)) => match self.object(revision, number)?.map(|o| o.value) {
                None => Ok(Value::Null),
                Some(Value::Ref(_)) => {
                    Err(Odd { at: 0, what: "tham chiếu trỏ tới tham chiếu" })
                }
                Some(value) => Ok(value),
            },
            Some(value) => Ok(value.clone()),
        }
    }

    /// The decoded bytes of a stream, `None` where it is none or too long.
    pub fn content(&self, object: &Object, limit: usize) -> Option<Vec<u8>> {
        filter::decode(self.bytes.get(object.data.clone()?)?, &object.value, limit)
    }

    /// The bytes of a stream as they stand in the file.
    pub fn raw(&self, object: &Object) -> Option<&'a [u8]> {
        self.bytes.get(object.data.clone()?)
    }

    /// Reads an update from its first byte to its last: objects, cross-reference, nothing else.
    ///
    /// # Errors
    /// A byte that belongs to no object; an object that begins before the update does.
    pub fn walk(&self, revision: usize, start: usize) -> Result<()> {
        let Some(section) = self.sections.get(revision) else { return Ok(()) };
        let places = section.entries.iter().filter_map(|&(number, entry)| match entry {
            Entry::At(place) => Some((place, number)),
            Entry::Free | Entry::Packed { .. } => None,
        });
        let mut places: Vec<_> = places
            .filter(|&(place, number)| section.own != Some(number) || place != section.start)
            .collect();
        places.sort_unstable();
        let mut at = start;
        for (place, number) in places {
            self.gap(at, place)?;
            at = self.at(revision, number, place)?.1;
        }
        self.gap(at, section.start)
    }

    /// Nothing but white space and comments stands between two places.
    fn gap(&self, from: usize, to: usize) -> Result<()> {
        let mut parser = Parser::new(self.bytes, from, &self.budget);
        parser.skip();
        if from <= to && parser.at() == to {
            return Ok(());
        }
        let what = "phần ghi thêm có những byte không thuộc đối tượng nào";
        Err(Odd { at: from.min(to), what })
    }

    /// What the newest of the revisions up to this one says of a number.
    pub fn entry(&self, revision: usize, number: u32) -> Option<Entry> {
        self.sections.iter().take(revision + 1).rev().find_map(|section| section.entry(number))
    }

    /// The object that begins here, and where it ends.
    fn at(&self, revision: usize, number: u32, place: usize) -> Result<(Object, usize)> {
        let mut parser = Parser::new(self.bytes, place, &self.budget);
        if !self.bytes.get(place).is_some_and(u8::is_ascii_digit) {
            return parser.fail("bảng tham chiếu trỏ sai chỗ");
        }
        let (found, object) = parser.object(&|number| self.length(revision, number))?;
        if found != number {
            return Err(Odd {
                at: place, what: "bảng tham chiếu trỏ tới đối tượng khác"
            });
        }
        Ok((object, parser.at()))
    }

    /// A `/Length` that is an object of its own, which is no stream.
    fn length(&self, revision: usize, number: u32) -> Result<usize> {
        let Some(Entry::At(place)) = self.entry(revision, number) else {
            return Err(Odd {
                at: 0, what: "độ dài của luồng dữ liệu không tìm thấy"
            });
        };
        let mut parser = Parser::new(self.bytes, place, &self.budget);
        if parser.object_number()? != number {
            return parser.fail("bảng tham chiếu trỏ tới đối tượng khác");
        }
        let length = parser.natural()?;
        if !parser.keyword(b"endobj") {
            return parser.fail("độ dài của luồng dữ liệu không phải một số");
        }
        Ok(length)
    }

    fn packed(&self, revision: usize, number: u32, stream: u32, index: usize) -> Result<Object> {
        let Some(Entry::At(place)) = self.entry(revision, stream) else {
            return Err(Odd { at: 0, what: "luồng đối tượng không tìm thấy" });
        };
        let members = self.members(revision, stream, place)?;
        let Some(&(found, start)) = members.places.get(index) else {
            return Err(Odd {
                at: place, what: "luồng đối tượng không có đối tượng ấy"
            });
        };
        if found != number {
            return Err(Odd {
                at: place, what: "luồng đối tượng chứa đối tượng khác"
            });
        }
        let end = members.places.get(index + 1).map_or(members.text.len(), |&(_, next)| next);
        let text = members.text.get(..end).unwrap_or_default();
        let mut parser = Parser::new(text, start, &self.budget);
        let value = parser.value().map_err(|odd| Odd { at: place, ..odd })?;
        parser.skip();
        if parser.at() != end {
            return Err(Odd { at: place, what: "luồng đối tượng viết sai" });
        }
        Ok(Object { value, data: None, contents: None })
    }

    fn members(&self, revision: usize, stream: u32, place: usize) -> Result<Rc<Members>> {
        if let Some(members) = self.members.borrow().get(&place) {
            return Ok(Rc::clone(members));
        }
        let odd = |what| Odd { at: place, what };
        let (object, _) = self.at(revision, stream, place)?;
        if !object.value.is("Type", "ObjStm") || object.value.get("Extends").is_some() {
            return Err(odd("luồng đối tượng viết sai"));
        }
        let text = self
            .content(&object, MAX_INFLATED)
            .ok_or_else(|| odd("luồng đối tượng không giải nén được"))?;
        self.inflated.set(self.inflated.get().saturating_add(text.len()));
        if self.inflated.get() > MAX_INFLATED_IN_ALL {
            return Err(odd("tệp giải nén ra quá lớn"));
        }
        let places =
            self.places(&object.value, &text).ok_or_else(|| odd("luồng đối tượng viết sai"))?;
        let members = Rc::new(Members { text, places });
        let mut kept = self.members.borrow_mut();
        if kept.values().map(|members| members.text.len()).sum::<usize>() > KEPT {
            kept.clear();
        }
        kept.insert(place, Rc::clone(&members));
        Ok(members)
    }

    /// The pairs at the head of an object stream.
    fn places(&self, keys: &Value, text: &[u8]) -> Option<Vec<(u32, usize)>> {
        let number = |key: &str| usize::try_from(keys.get(key)?.integer()?).ok();
        let (count, first) = (number("N")?, number("First")?);
        let head = text.get(..first).filter(|head| count <= head.len())?;
        let mut parser = Parser::new(head, 0, &self.budget);
        let mut places: Vec<(u32, usize)> = Vec::with_capacity(count);
        for _ in 0..count {
            let number = u32::try_from(parser.natural().ok()?).ok()?;
            let place = parser.natural().ok()?.checked_add(first).filter(|at| *at <= text.len())?;
            if places.last().is_some_and(|&(_, before)| before > place) {
                return None;
            }
            places.push((number, place));
        }
        parser.skip();
        (parser.at() == first).then_some(places)
    }
}
