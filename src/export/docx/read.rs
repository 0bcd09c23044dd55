//! The XML of a part read back on its way into the package: every letter of the tree.
//!
//! Each text of the tree is one `w:p`, and they stand in the order of the tree; what has no
//! letters, spacers and the room of rows, is passed over. So one look at the tags and at what
//! stands in `w:t` is enough, piece by piece as it is written.

use std::io::Write;

use crate::doc::Text;
use crate::export::Format;
use crate::export::read::{Lost, Wanted, letters, missing_words};

/// The texts that a part is to hold, and how far they were read.
pub struct Reader<'a> {
    texts: Vec<(usize, Text<'a>)>,
    wanted: Wanted,
    /// The next text that is expected.
    next: usize,
    lost: Vec<Lost>,
}

impl<'a> Reader<'a> {
    /// Of texts with their numbers among those of the document.
    pub fn new(texts: Vec<(usize, Text<'a>)>) -> Self {
        let wanted = Wanted::of(&texts.iter().map(|&(_, text)| text).collect::<Vec<_>>());
        Self { texts, wanted, next: 0, lost: Vec::new() }
    }

    /// A paragraph of the file; one that is not the next of the tree is that one with words
    /// missing, or else it is gone as a whole.
    fn paragraph(&mut self, found: &str) {
        while self.next < self.wanted.count() {
            let (at, wanted) = (self.next, self.wanted.text(self.next));
            self.next += 1;
            if wanted.is_empty() {
                continue;
            }
            if wanted == found {
                return;
            }
            let is_later = (self.next..self.wanted.count())
                .take(LOOK_AHEAD)
                .any(|later| self.wanted.text(later) == found);
            self.tell(at, if is_later { "" } else { found });
            if !is_later {
                return;
            }
        }
    }

    fn tell(&mut self, at: usize, found: &str) {
        let (text, of) = self.texts[at];
        let plain = of.plain();
        let words = match missing_words(&plain, found) {
            none if none.is_empty() => plain,
            words => words,
        };
        self.lost.push(Lost { format: Format::Docx, text, words });
    }

    /// What the part does not hold, once all of it is written.
    pub fn lost(mut self) -> Vec<Lost> {
        for at in self.next..self.wanted.count() {
            if !self.wanted.text(at).is_empty() {
                self.tell(at, "");
            }
        }
        self.lost
    }
}

/// So many texts after one that is missing its successor is looked for.
const LOOK_AHEAD: usize = 200;

/// Hands on what goes through, and shows its paragraphs to a reader.
pub struct Reading<'r, 'a, W> {
    out: W,
    reader: &'r mut Reader<'a>,
    at: At,
    /// The name of the tag that is open, or the text of `w:t` so far, escaped.
    open: Vec<u8>,
    /// Letters of the paragraph so far.
    paragraph: String,
    /// Whether it shows what a program computes: the number of the page.
    is_field: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum At {
    /// Between two tags.
    Outside,
    /// Within the name of a tag.
    Name,
    /// After the name of a tag.
    Attributes,
    /// In `w:t`.
    Text,
}

impl<'r, 'a, W> Reading<'r, 'a, W> {
    pub const fn new(out: W, reader: &'r mut Reader<'a>) -> Self {
        Self {
            out,
            reader,
            at: At::Outside,
            open: Vec::new(),
            paragraph: String::new(),
            is_field: false,
        }
    }

    fn look(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            let ends = |byte: &u8| match self.at {
                At::Outside | At::Text => *byte == b'<',
                At::Name => matches!(byte, b' ' | b'>'),
                At::Attributes => *byte == b'>',
            };
            let end = bytes.iter().position(ends);
            let (piece, rest) = bytes.split_at(end.unwrap_or(bytes.len()));
            if matches!(self.at, At::Name | At::Text) {
                self.open.extend_from_slice(piece);
            }
            let Some((&mark, rest)) = rest.split_first() else { return };
            self.step(mark);
            bytes = rest;
        }
    }

    fn step(&mut self, mark: u8) {
        self.at = match (self.at, mark) {
            (At::Text, _) => {
                self.end_text();
                At::Name
            }
            (At::Outside, _) => At::Name,
            (At::Name, b' ') => return self.at = At::Attributes,
            (At::Name | At::Attributes, _) => {
                let at = if self.open == b"w:t" { At::Text } else { At::Outside };
                match self.open.as_slice() {
                    b"/w:p" => self.end_paragraph(),
                    b"w:instrText" => self.is_field = true,
                    b"w:noBreakHyphen" | b"w:noBreakHyphen/" => self.paragraph.push('-'),
                    _ => {}
                }
                at
            }
        };
        self.open.clear();
    }

    fn end_text(&mut self) {
        let text = std::str::from_utf8(&self.open).unwrap_or_default();
        // What cannot be read is not there.
        let text = quick_xml::escape::unescape(text).unwrap_or_default();
        self.paragraph.extend(letters(&text));
    }

    fn end_paragraph(&mut self) {
        if !self.paragraph.is_empty() && !self.is_field {
            self.reader.paragraph(&self.paragraph);
        }
        self.paragraph.clear();
        self.is_field = false;
    }
}

impl<W: Write> Write for Reading<'_, '_, W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.look(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doc::{Cell, StyleId};

    /// What is lost of these texts when that XML is written a byte at a time: `number: words`.
    fn lost(texts: &[&str], xml: &str) -> String {
        let cell = |text: &&str| Cell {
            column: 0,
            columns: 1,
            rows: 1,
            style: StyleId::new("A"),
            text: (*text).to_owned(),
            upright: None,
        };
        let cells: Vec<Cell> = texts.iter().map(cell).collect();
        let mut reader = Reader::new(cells.iter().map(Text::Cell).enumerate().collect());
        let mut reading = Reading::new(Vec::new(), &mut reader);
        for byte in xml.as_bytes() {
            reading.write_all(&[*byte]).unwrap();
        }
        assert_eq!(reading.out, xml.as_bytes());
        let shown = reader.lost().into_iter().map(|lost| format!("{}: {}", lost.text, lost.words));
        shown.collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn the_number_of_a_page_is_no_text() {
        let number = "<w:p><w:r><w:instrText>PAGE</w:instrText><w:t>1</w:t></w:r></w:p>";
        assert_eq!(lost(&["hai"], &format!("{number}<w:p><w:t>hai</w:t></w:p>")), "");
    }

    #[test]
    fn what_stands_between_the_tags_is_compared_paragraph_by_paragraph() {
        let whole = "<w:p><w:pPr/></w:p><w:p w:a=\"1\"><w:r><w:t xml:space=\"preserve\">Ăn &amp; </w:t><w:br/><w:t>ở</w:t></w:r></w:p><w:p><w:t>hai ba</w:t></w:p>";
        assert_eq!(lost(&["Ăn & ở", "", "hai ba"], whole), "");
        assert_eq!(lost(&["Ăn & ở", "giữa", "hai ba"], whole), "1: giữa");
        let hyphen = "<w:p><w:t>34</w:t><w:noBreakHyphen/><w:t>NQ</w:t></w:p>";
        assert_eq!(lost(&["34\u{2011}NQ"], hyphen), "");
        assert_eq!(lost(&["Ăn & ở", "hai ba bốn"], whole), "1: bốn");
        assert_eq!(lost(&["Ăn & ở", "hai ba", "sau", "cùng"], whole), "2: sau; 3: cùng");
        assert_eq!(lost(&["Ăn & ở", "w:t hai ba"], whole), "1: w:t");
    }
}
