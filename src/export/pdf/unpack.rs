//! A second reader of PDF files, for the tests: it shares nothing with `pack`.

use std::collections::BTreeMap;
use std::io::Read as _;

use flate2::read::ZlibDecoder;

/// Every object by its number, as it stands between `obj` and `endobj`.
pub type Objects = BTreeMap<usize, Vec<u8>>;

/// The objects of a file of typst, and its trailer's keys after `/Size`.
pub fn exported(bytes: &[u8]) -> (Objects, String) {
    let table = &bytes[start(bytes)..];
    let mut lines = table.split(|byte| *byte == b'\n').skip(2);
    let mut objects = Objects::new();
    for number in 0.. {
        let line = String::from_utf8_lossy(lines.next().unwrap());
        match line.trim_end().split(' ').collect::<Vec<_>>()[..] {
            [place, "00000", "n"] => {
                objects.insert(number, object(&bytes[place.parse().unwrap()..], number));
            }
            ["0000000000", "65535", "f"] => assert_eq!(number, 0),
            _ => break,
        }
    }
    let trailer = String::from_utf8_lossy(lines.next().unwrap()).into_owned();
    let keys = &trailer[trailer.find("/Root").unwrap()..];
    (objects, keys.strip_suffix(">>").unwrap().to_owned())
}

/// The objects of a packed file, and the dictionary of its xref stream.
pub fn packed(bytes: &[u8]) -> (Objects, String) {
    let (dictionary, rows) = stream(&bytes[start(bytes)..]);
    assert!(dictionary.contains("/W[1 4 2]/DecodeParms<</Predictor 12/Columns 7>>"));
    let entries = entries(&rows);
    assert_eq!(after(&dictionary, "/Size "), entries.len());
    let mut objects = Objects::new();
    let mut inflated = BTreeMap::new();
    for (number, &[kind, a, b, c, d, e, f]) in entries.iter().enumerate() {
        let place = u32::from_be_bytes([a, b, c, d]) as usize;
        let detail = u16::from_be_bytes([e, f]);
        match (kind, detail) {
            (0, u16::MAX) => assert_eq!((number, place), (0, 0)),
            (1, 0) => _ = objects.insert(number, object(&bytes[place..], number)),
            (2, index) => {
                let at = u32::from_be_bytes(entries[place][1..5].try_into().unwrap()) as usize;
                let inside = inflated.entry(place).or_insert_with(|| members(&bytes[at..]));
                let (found, body) = &inside[usize::from(index)];
                assert_eq!(*found, number, "in object stream {place}");
                objects.insert(number, body.clone());
            }
            _ => panic!("entry {number} is of kind {kind}"),
        }
    }
    (objects, dictionary)
}

/// All objects of a packed file and its trailer, one after the other.
pub fn text(bytes: &[u8]) -> Vec<u8> {
    let (objects, dictionary) = packed(bytes);
    objects.into_values().chain([dictionary.into_bytes()]).collect::<Vec<_>>().concat()
}

/// Undoes the filter "Up" of PNG.
fn entries(rows: &[u8]) -> Vec<[u8; 7]> {
    let mut entry = [0; 7];
    let rows = rows.chunks(8).map(|row| {
        assert_eq!((row[0], row.len()), (2, 8));
        for (byte, step) in entry.iter_mut().zip(&row[1..]) {
            *byte = u8::wrapping_add(*byte, *step);
        }
        entry
    });
    rows.collect()
}

/// Number and bytes of each object in the object stream that begins here.
fn members(bytes: &[u8]) -> Vec<(usize, Vec<u8>)> {
    let (dictionary, text) = stream(bytes);
    assert!(dictionary.contains("/Type/ObjStm"));
    let (head, bodies) = text.split_at(after(&dictionary, "/First "));
    let head = std::str::from_utf8(head).unwrap();
    let numbers: Vec<usize> =
        head.split_ascii_whitespace().map(|word| word.parse().unwrap()).collect();
    assert_eq!(numbers.len(), 2 * after(&dictionary, "/N "));
    let ends = numbers.chunks(2).skip(1).map(|pair| pair[1]).chain([bodies.len()]);
    let pairs = numbers.chunks(2).zip(ends);
    pairs.map(|(pair, end)| (pair[0], bodies[pair[1]..end - 1].to_vec())).collect()
}

/// Dictionary and inflated content of the stream that begins here.
fn stream(bytes: &[u8]) -> (String, Vec<u8>) {
    let begin = find(bytes, b">>\nstream\n") + 10;
    let dictionary = String::from_utf8_lossy(&bytes[..begin]).into_owned();
    let (data, rest) = bytes[begin..].split_at(after(&dictionary, "/Length "));
    assert!(rest.starts_with(b"\nendstream\nendobj\n"));
    let mut content = Vec::new();
    ZlibDecoder::new(data).read_to_end(&mut content).unwrap();
    (dictionary, content)
}

/// The object that begins here.
fn object(bytes: &[u8], number: usize) -> Vec<u8> {
    let bytes = bytes.strip_prefix(format!("{number} 0 obj\n").as_bytes()).unwrap();
    bytes[..find(bytes, b"\nendobj\n")].to_vec()
}

/// What `startxref` says.
fn start(bytes: &[u8]) -> usize {
    let tail = String::from_utf8_lossy(&bytes[bytes.len() - 40..]).into_owned();
    after(&tail, "startxref\n")
}

/// The number after a key.
fn after(text: &str, key: &str) -> usize {
    let (_, rest) = text.split_once(key).unwrap();
    rest.split(|letter: char| !letter.is_ascii_digit()).next().unwrap().parse().unwrap()
}

fn find(bytes: &[u8], needle: &[u8]) -> usize {
    bytes.windows(needle.len()).position(|window| window == needle).unwrap()
}
