//! The cross-reference of one revision: a table with its trailer (7.5.4, 7.5.5) or a stream (7.5.8).

use super::parse::{Budget, Parser};
use super::{Dict, Object, Odd, Result, Value, filter};

/// Objects of a file.
const MAX_OBJECTS: usize = 8_388_607;
/// Bytes of a cross-reference stream.
const MAX_TABLE: usize = 256 << 20;

/// Where an object is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    Free,
    /// First byte.
    At(usize),
    Packed {
        stream: u32,
        index: usize,
    },
}

/// What one revision says of the objects that it adds or changes.
#[derive(Debug)]
pub struct Section {
    /// Where the table or the object of the stream begins: what `startxref` says.
    pub start: usize,
    /// Right after `%%EOF`, and after the end of its line.
    pub end: (usize, usize),
    /// By number.
    pub entries: Vec<(u32, Entry)>,
    pub trailer: Dict,
    /// Number of the stream that it is.
    pub own: Option<u32>,
}

impl Section {
    pub fn entry(&self, number: u32) -> Option<Entry> {
        let index = self.entries.binary_search_by_key(&number, |(number, _)| *number).ok()?;
        self.entries.get(index).map(|(_, entry)| *entry)
    }

    pub fn reference(&self, key: &str) -> Option<u32> {
        self.trailer.get(key.as_bytes())?.reference()
    }

    /// The revision before.
    pub fn previous(&self) -> Result<Option<usize>> {
        match self.trailer.get(&b"Prev"[..]) {
            None => Ok(None),
            Some(Value::Integer(place)) => match usize::try_from(*place) {
                Ok(place) if place < self.start => Ok(Some(place)),
                _ => Err(Odd { at: self.start, what: "/Prev không trỏ về trước" }),
            },
            Some(_) => Err(Odd { at: self.start, what: "/Prev không phải một số" }),
        }
    }
}

/// What the last `startxref` of these bytes says. Nothing but white space may follow it.
pub fn last_start(bytes: &[u8]) -> Result<usize> {
    let at = bytes.len();
    let odd = |what| Odd { at, what };
    let body = bytes.trim_ascii_end().strip_suffix(b"%%EOF");
    let body = body.ok_or_else(|| odd("tệp không kết thúc bằng %%EOF"))?.trim_ascii_end();
    let digits = body.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let (body, digits) = body.split_at(body.len() - digits);
    if !body.trim_ascii_end().ends_with(b"startxref") {
        return Err(odd("tệp không có startxref ở cuối"));
    }
    let start = std::str::from_utf8(digits).ok().and_then(|digits| digits.parse().ok());
    start.filter(|start| *start < at).ok_or_else(|| odd("startxref trỏ ra ngoài tệp"))
}

/// The section that begins here.
pub fn read(bytes: &[u8], start: usize, budget: &Budget) -> Result<Section> {
    let mut parser = Parser::new(bytes, start, budget);
    let (mut entries, trailer, own) = if parser.literal(b"xref") {
        let entries = table(&mut parser)?;
        if !parser.keyword(b"trailer") {
            return parser.fail("sau bảng xref không có trailer");
        }
        (entries, parser.value()?, None)
    } else {
        let (number, object) = parser.object(&|_| no_length(start))?;
        (stream(bytes, &object, start)?, object.value, Some(number))
    };
    for (key, what) in
        [("XRefStm", "tệp có hai bảng tham chiếu lẫn nhau (hybrid)"), ("Encrypt", "tệp bị mã hóa")]
    {
        if trailer.get(key).is_some() {
            return Err(Odd { at: start, what });
        }
    }
    entries.sort_by_key(|(number, _)| *number);
    if entries.windows(2).any(|pair| pair[0].0 == pair[1].0) {
        return Err(Odd {
            at: start, what: "một đối tượng ghi hai lần trong bảng tham chiếu"
        });
    }
    let end = end(&mut parser, start)?;
    let Value::Dict(trailer) = trailer else { return parser.fail("trailer viết sai") };
    Ok(Section { start, end, entries, trailer, own })
}

fn no_length(at: usize) -> Result<usize> {
    Err(Odd { at, what: "luồng tham chiếu không ghi độ dài tại chỗ" })
}

/// `startxref`, the place once more, `%%EOF`.
fn end(parser: &mut Parser<'_>, start: usize) -> Result<(usize, usize)> {
    if !parser.keyword(b"startxref") || parser.natural()? != start {
        return parser.fail("startxref không trỏ đúng bảng tham chiếu đứng trước nó");
    }
    parser.skip_space();
    if !parser.literal(b"%%EOF") {
        return parser.fail("thiếu %%EOF");
    }
    let marker = parser.at();
    parser.end_of_line();
    Ok((marker, parser.at()))
}

fn table(parser: &mut Parser<'_>) -> Result<Vec<(u32, Entry)>> {
    let mut entries = Vec::new();
    loop {
        parser.skip();
        let before = parser.at();
        let Ok(first) = parser.natural() else {
            return Ok(entries);
        };
        let count = parser.natural()?;
        if first.checked_add(count).is_none_or(|last| last > MAX_OBJECTS) {
            return Err(Odd { at: before, what: "bảng xref quá lớn" });
        }
        for number in first..first + count {
            entries.push((number as u32, table_entry(parser)?));
        }
    }
}

/// `0000000016 00000 n`
fn table_entry(parser: &mut Parser<'_>) -> Result<Entry> {
    let place = parser.natural()?;
    let generation = parser.natural()?;
    if parser.keyword(b"f") {
        return Ok(Entry::Free);
    }
    if !parser.keyword(b"n") || generation != 0 {
        return parser.fail("dòng của bảng xref viết sai");
    }
    Ok(Entry::At(place))
}

fn stream(bytes: &[u8], object: &Object, at: usize) -> Result<Vec<(u32, Entry)>> {
    let odd = Odd { at, what: "luồng tham chiếu (xref stream) viết sai" };
    entries(bytes, object).ok_or(odd)
}

fn entries(bytes: &[u8], object: &Object) -> Option<Vec<(u32, Entry)>> {
    let keys = &object.value;
    let size = usize::try_from(keys.get("Size")?.integer()?).ok().filter(|n| *n <= MAX_OBJECTS)?;
    if !keys.is("Type", "XRef") {
        return None;
    }
    let widths = numbers(keys.get("W")?)?;
    let &[kind, place, detail] = &widths[..] else { return None };
    let width = kind.checked_add(place)?.checked_add(detail)?;
    if widths.iter().any(|width| *width > 8) || width == 0 {
        return None;
    }
    let index = keys.get("Index").map_or_else(|| Some(vec![0, size]), numbers)?;
    let rows = filter::decode(bytes.get(object.data.clone()?)?, keys, MAX_TABLE)?;
    let mut rows = rows.chunks_exact(width);
    let mut entries = Vec::new();
    for pair in index.chunks(2) {
        let &[first, count] = pair else { return None };
        if first.checked_add(count)? > size {
            return None;
        }
        for number in first..first + count {
            let (kind_bytes, row) = rows.next()?.split_at_checked(kind)?;
            let (place_bytes, detail_bytes) = row.split_at_checked(place)?;
            let kind = if kind == 0 { 1 } else { big_endian(kind_bytes)? };
            let place = big_endian(place_bytes)?;
            let entry = match (kind, big_endian(detail_bytes)?) {
                (0, _) => Entry::Free,
                (1, 0) => Entry::At(place),
                (2, index) => Entry::Packed { stream: u32::try_from(place).ok()?, index },
                _ => return None,
            };
            entries.push((u32::try_from(number).ok()?, entry));
        }
    }
    (rows.next().is_none() && rows.remainder().is_empty()).then_some(entries)
}

fn numbers(value: &Value) -> Option<Vec<usize>> {
    value.array()?.iter().map(|value| usize::try_from(value.integer()?).ok()).collect()
}

fn big_endian(bytes: &[u8]) -> Option<usize> {
    bytes
        .iter()
        .try_fold(0_usize, |number, byte| number.checked_mul(256)?.checked_add(usize::from(*byte)))
}
