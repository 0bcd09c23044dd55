//! The file made small: objects that are not streams go into compressed object streams.
//!
//! ```text
//! header │ object, object, stream, object …  │ xref table, trailer    as typst writes it
//! header │ streams │ streams full of objects │ xref stream            packed
//! ```
//!
//! The tags are an object for each cell and each paragraph, and typst compresses none of
//! them; PDF since 1.5 and PDF/A-2 allow both kinds of stream (ISO 32000-1, 7.5.7, 7.5.8).
//!
//! *Invariants*: every object keeps its number and its bytes. No PDF is parsed: the xref
//! table of pdf-writer says where each object begins, and it ends where the next one does.
//! Time and memory grow with the file and no faster.

use std::io::Write as _;

use anyhow::{Context, Result, ensure};
use flate2::Compression;
use flate2::write::ZlibEncoder;

/// Objects of one object stream. A reader inflates them all, some 30 KB, to get at one.
///
/// A table of 1,000 rows takes 1,194 KB with 100 objects each, 1,177 with 200, 1,173 with
/// 400 and 1,150 with all in one.
const GROUP: usize = 200;

/// Of deflate. The worked example takes 83.4 KB and 0.15 ms at level 1, 79.7 and 0.26 at
/// 2, 78.2 and 0.38 at 5, 78.2 and 0.45 at 6, 78.1 and 0.77 at 9; 1,000 rows likewise.
const LEVEL: Compression = Compression::new(5);

/// Bytes of an entry in the xref table, `0000000016 00000 n␍␊` (7.5.4).
const ENTRY: usize = 20;

/// Bytes of an entry in the xref stream: a kind, four of a place, two of a detail.
const COLUMNS: usize = 7;

/// The same document in fewer bytes, with a line feed at its end.
///
/// # Errors
/// When these are not bytes as pdf-writer lays them out; the message says which are not.
pub fn pack(bytes: &[u8]) -> Result<Vec<u8>> {
    let (objects, table) = split(bytes)?;
    let table = Table::read(table)?;
    let bodies = table.objects(objects)?;
    let mut loose = Vec::with_capacity(bodies.len());
    let mut writer = Writer::new(table.header(objects)?, table.entries);
    for Object { number, whole, body } in bodies {
        // Nothing but a stream ends so: a string would end with `)`, and a line feed stands
        // in no name.
        if body.ends_with(b"\nendstream") {
            writer.copy(number, whole);
        } else {
            loose.push((number, body));
        }
    }
    for group in loose.chunks(GROUP) {
        writer.object_stream(group)?;
    }
    writer.finish(table.trailer)
}

/// The objects with the header before them, and what `startxref` leads to.
pub fn split(bytes: &[u8]) -> Result<(&[u8], &[u8])> {
    let end = bytes.trim_ascii_end().strip_suffix(b"\n%%EOF").context("no %%EOF at the end")?;
    let line = end.iter().rposition(|byte| *byte == b'\n').context("no startxref")? + 1;
    let tail = end[..line].strip_suffix(b"startxref\n").context("no startxref")?;
    let (start, rest) = digits(&end[line..]).context("no number after startxref")?;
    ensure!(rest.is_empty(), "no number after startxref");
    tail.split_at_checked(start).context("startxref leads out of the file")
}

/// An object of typst's.
pub struct Object<'a> {
    pub number: usize,
    /// With its number, and the empty line after it.
    pub whole: &'a [u8],
    /// What stands between `12 0 obj` and `endobj`.
    pub body: &'a [u8],
}

/// What stands between `12 0 obj` and `endobj`.
fn body(object: &[u8], number: usize) -> Option<&[u8]> {
    let (read, rest) = digits(object)?;
    let body = rest.strip_prefix(b" 0 obj\n")?.trim_ascii_end().strip_suffix(b"\nendobj")?;
    (read == number).then_some(body)
}

/// The number at the beginning, and what follows it.
fn digits(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let end = bytes.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(bytes.len());
    let (digits, rest) = bytes.split_at(end);
    Some((std::str::from_utf8(digits).ok()?.parse().ok()?, rest))
}

/// The xref table and trailer of pdf-writer.
pub struct Table<'a> {
    /// Where each object begins, and its number, in the order of the file.
    places: Vec<(usize, usize)>,
    /// One for each number.
    pub entries: Vec<Entry>,
    /// The trailer's keys after `/Size`.
    pub trailer: &'a [u8],
}

impl<'a> Table<'a> {
    pub fn read(bytes: &'a [u8]) -> Result<Self> {
        let bytes = bytes.strip_prefix(b"xref\n0 ").context("no xref table at startxref")?;
        let (size, bytes) = digits(bytes).context("an xref table without its size")?;
        let bytes = bytes.strip_prefix(b"\n").context("an xref table of several parts")?;
        let length = size.checked_mul(ENTRY).context("an xref table too large")?;
        let (table, trailer) = bytes.split_at_checked(length).context("an xref table cut short")?;
        let key = format!("trailer\n<</Size {size}");
        let trailer = trailer.strip_prefix(key.as_bytes()).context("no trailer after the table")?;
        let trailer = trailer.trim_ascii_end().strip_suffix(b">>").context("an open trailer")?;

        let entries = table.chunks_exact(ENTRY).map(Entry::read).collect::<Option<Vec<_>>>();
        let entries = entries.context("an xref table with an entry that is none")?;
        let used = entries.iter().enumerate().filter(|(_, entry)| entry.kind == Kind::Used);
        let mut places: Vec<_> = used.map(|(number, entry)| (entry.place, number)).collect();
        places.sort_unstable();
        Ok(Self { places, entries, trailer })
    }

    /// What stands before the first object.
    pub fn header<'b>(&self, objects: &'b [u8]) -> Result<&'b [u8]> {
        let start = self.places.first().context("no objects")?.0;
        objects.get(..start).context("an object after the xref table")
    }

    /// Each object, in the order of the file.
    pub fn objects<'b>(&self, objects: &'b [u8]) -> Result<Vec<Object<'b>>> {
        let object = |(index, &(start, number)): (usize, &(usize, usize))| {
            let end = self.places.get(index + 1).map_or(objects.len(), |&(next, _)| next);
            let whole = objects.get(start..end).context("an object after the xref table")?;
            let body = body(whole, number)
                .with_context(|| format!("object {number} is not at {start} alone"))?;
            Ok(Object { number, whole, body })
        };
        self.places.iter().enumerate().map(object).collect()
    }
}

/// What the cross-reference says of a number, with the figure of an xref stream (Table 18).
#[derive(Clone, Copy, PartialEq)]
#[repr(u8)]
enum Kind {
    Free = 0,
    Used = 1,
    Packed = 2,
}

#[derive(Clone, Copy)]
pub struct Entry {
    kind: Kind,
    /// The next free number, the object's first byte, or the number of its object stream.
    place: usize,
    /// The generation, or the index within the object stream.
    detail: u16,
}

impl Entry {
    /// From the xref table. An object with a generation is none of pdf-writer's.
    fn read(line: &[u8]) -> Option<Self> {
        let (place, line) = digits(line)?;
        let (generation, line) = digits(line.strip_prefix(b" ")?)?;
        let kind = match line {
            b" n\r\n" if generation == 0 => Kind::Used,
            b" f\r\n" => Kind::Free,
            _ => return None,
        };
        Some(Self { kind, place, detail: u16::try_from(generation).ok()? })
    }

    /// For the xref stream.
    fn row(self) -> Result<[u8; COLUMNS]> {
        let [a, b, c, d] = u32::try_from(self.place).context("more than 4 GB")?.to_be_bytes();
        let [e, f] = self.detail.to_be_bytes();
        Ok([self.kind as u8, a, b, c, d, e, f])
    }
}

/// The packed file so far.
struct Writer {
    bytes: Vec<u8>,
    entries: Vec<Entry>,
    deflate: ZlibEncoder<Vec<u8>>,
}

impl Writer {
    fn new(header: &[u8], entries: Vec<Entry>) -> Self {
        Self { bytes: header.to_vec(), entries, deflate: ZlibEncoder::new(Vec::new(), LEVEL) }
    }

    /// An object that stays as it is.
    fn copy(&mut self, number: usize, object: &[u8]) {
        self.entries[number].place = self.bytes.len();
        self.bytes.extend_from_slice(object);
    }

    /// Numbers and places of the objects, then the objects (7.5.7).
    fn object_stream(&mut self, objects: &[(usize, &[u8])]) -> Result<()> {
        let stream = self.begin();
        let (mut head, mut bodies) = (Vec::new(), Vec::new());
        for (index, &(number, body)) in objects.iter().enumerate() {
            write!(head, "{number} {} ", bodies.len())?;
            bodies.extend_from_slice(body);
            bodies.push(b'\n');
            let detail = u16::try_from(index)?;
            self.entries[number] = Entry { kind: Kind::Packed, place: stream, detail };
        }
        let keys = format!("/Type/ObjStm/N {}/First {}", objects.len(), head.len());
        self.stream(stream, keys.as_bytes(), &[&head, &bodies])
    }

    /// The cross-reference, which is the trailer too (7.5.8), and the end of the file.
    fn finish(mut self, trailer: &[u8]) -> Result<Vec<u8>> {
        let number = self.begin();
        let start = self.entries[number].place;
        let size = self.entries.len();
        let mut keys = format!("/Type/XRef/Size {size}/W[1 4 2]").into_bytes();
        write!(keys, "/DecodeParms<</Predictor 12/Columns {COLUMNS}>>")?;
        keys.extend_from_slice(trailer);
        let rows = rows(&self.entries)?;
        self.stream(number, &keys, &[&rows])?;
        write!(self.bytes, "startxref\n{start}\n%%EOF\n")?;
        Ok(self.bytes)
    }

    /// The number of a new object that begins here.
    fn begin(&mut self) -> usize {
        self.entries.push(Entry { kind: Kind::Used, place: self.bytes.len(), detail: 0 });
        self.entries.len() - 1
    }

    /// The object that was begun: the parts, one after the other, compressed.
    fn stream(&mut self, number: usize, keys: &[u8], parts: &[&[u8]]) -> Result<()> {
        for part in parts {
            self.deflate.write_all(part)?;
        }
        let data = self.deflate.reset(Vec::new())?;
        write!(self.bytes, "{number} 0 obj\n<</Length {}", data.len())?;
        self.bytes.extend_from_slice(keys);
        self.bytes.extend_from_slice(b"/Filter/FlateDecode>>\nstream\n");
        self.bytes.extend_from_slice(&data);
        self.bytes.extend_from_slice(b"\nendstream\nendobj\n\n");
        Ok(())
    }
}

/// The entries as the rows of a PNG, each byte less the one above it ("Up", 7.4.4.4):
/// neighbours differ by the same steps, so that deflate leaves next to nothing of them.
fn rows(entries: &[Entry]) -> Result<Vec<u8>> {
    const UP: u8 = 2;
    let mut rows = Vec::with_capacity(entries.len() * (1 + COLUMNS));
    let mut above = [0; COLUMNS];
    for entry in entries {
        let row = entry.row()?;
        rows.push(UP);
        rows.extend(row.iter().zip(above).map(|(byte, above)| byte.wrapping_sub(above)));
        above = row;
    }
    Ok(rows)
}
