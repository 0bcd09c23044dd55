//! Bytes → values (7.2, 7.3), and an object between `obj` and `endobj`.

use std::cell::Cell;
use std::ops::Range;

use super::{Dict, Object, Odd, Result, Value};

/// Arrays and dictionaries within one another.
const MAX_DEPTH: usize = 50;
/// Values of one file that are ever read.
const MAX_VALUES: usize = 3_000_000;

pub struct Parser<'a> {
    bytes: &'a [u8],
    at: usize,
    /// Values that may still be read of this file.
    budget: &'a Budget,
    contents: Option<Range<usize>>,
}

/// What a file may cost, whatever refers to what how often.
pub struct Budget(Cell<usize>);

impl Budget {
    pub const fn new() -> Self {
        Self(Cell::new(MAX_VALUES))
    }

    fn spend(&self, at: usize) -> Result<()> {
        match self.0.get().checked_sub(1) {
            Some(left) => {
                self.0.set(left);
                Ok(())
            }
            None => Err(Odd { at, what: "tệp có quá nhiều đối tượng" }),
        }
    }
}

impl<'a> Parser<'a> {
    pub const fn new(bytes: &'a [u8], at: usize, budget: &'a Budget) -> Self {
        Self { bytes, at, budget, contents: None }
    }

    pub const fn at(&self) -> usize {
        self.at
    }

    pub fn fail<T>(&self, what: &'static str) -> Result<T> {
        Err(Odd { at: self.at, what })
    }

    fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Over white space and comments.
    pub fn skip(&mut self) {
        while let Some(byte) = self.peek() {
            if byte == b'%' {
                let line = self.rest().iter().position(|byte| matches!(byte, b'\n' | b'\r'));
                self.at = line.map_or(self.bytes.len(), |length| self.at + length);
            } else if is_space(byte) {
                self.at += 1;
            } else {
                return;
            }
        }
    }

    /// Over white space only.
    pub fn skip_space(&mut self) {
        while self.peek().is_some_and(is_space) {
            self.at += 1;
        }
    }

    /// One end of line.
    pub fn end_of_line(&mut self) -> bool {
        let length = match self.rest() {
            [b'\r', b'\n', ..] => 2,
            [b'\n' | b'\r', ..] => 1,
            _ => 0,
        };
        self.at += length;
        length > 0
    }

    /// These bytes exactly, if they stand here.
    pub fn literal(&mut self, word: &[u8]) -> bool {
        let stands = self.rest().starts_with(word);
        if stands {
            self.at += word.len();
        }
        stands
    }

    /// A word that ends where it ends, white space before it.
    pub fn keyword(&mut self, word: &[u8]) -> bool {
        let start = self.at;
        self.skip();
        if self.literal(word) && !self.peek().is_some_and(is_regular) {
            return true;
        }
        self.at = start;
        false
    }

    /// Digits only, white space before them.
    pub fn natural(&mut self) -> Result<usize> {
        self.skip();
        let digits = self.rest().iter().take_while(|byte| byte.is_ascii_digit()).count();
        let text = self.rest().get(..digits).unwrap_or_default();
        match std::str::from_utf8(text).ok().and_then(|text| text.parse().ok()) {
            Some(number) => {
                self.at += digits;
                Ok(number)
            }
            None => self.fail("thiếu một số"),
        }
    }

    /// `12 0 obj`
    pub fn object_number(&mut self) -> Result<u32> {
        let number = self.natural()?;
        let generation = self.natural()?;
        let number = u32::try_from(number).ok().filter(|_| generation == 0 && self.keyword(b"obj"));
        number.map_or_else(|| self.fail("không phải đầu của một đối tượng"), Ok)
    }

    /// An object, from its number to `endobj`. `length` answers for a `/Length` elsewhere.
    pub fn object(&mut self, length: &dyn Fn(u32) -> Result<usize>) -> Result<(u32, Object)> {
        let number = self.object_number()?;
        let value = self.value()?;
        let data = if self.keyword(b"stream") { Some(self.data(&value, length)?) } else { None };
        if !self.keyword(b"endobj") {
            return self.fail("đối tượng không kết thúc bằng endobj");
        }
        Ok((number, Object { value, data, contents: self.contents.take() }))
    }

    fn data(
        &mut self,
        value: &Value,
        length: &dyn Fn(u32) -> Result<usize>,
    ) -> Result<Range<usize>> {
        if !self.literal(b"\r\n") && !self.literal(b"\n") {
            return self.fail("sau chữ stream không xuống dòng");
        }
        let length = match value.get("Length") {
            Some(&Value::Integer(length)) => usize::try_from(length).ok(),
            Some(&Value::Ref(number)) => Some(length(number)?),
            _ => None,
        };
        let start = self.at;
        let end = length.and_then(|length| start.checked_add(length));
        let Some(end) = end.filter(|end| *end <= self.bytes.len()) else {
            return self.fail("luồng dữ liệu không có độ dài đúng");
        };
        self.at = end;
        self.end_of_line();
        if !self.literal(b"endstream") {
            return self.fail("luồng dữ liệu không kết thúc ở độ dài nó ghi");
        }
        Ok(start..end)
    }

    /// The next value, white space before it.
    pub fn value(&mut self) -> Result<Value> {
        self.nested(0)
    }

    fn nested(&mut self, depth: usize) -> Result<Value> {
        self.skip();
        self.budget.spend(self.at)?;
        if depth > MAX_DEPTH {
            return self.fail("lồng nhau quá sâu");
        }
        match self.rest() {
            [b'<', b'<', ..] => self.dict(depth),
            [b'<', ..] => self.hexadecimal(),
            [b'(', ..] => self.string(),
            [b'[', ..] => self.array(depth),
            [b'/', ..] => Ok(Value::Name(self.name()?)),
            [b'0'..=b'9' | b'+' | b'-' | b'.', ..] => self.number_or_reference(),
            _ if self.keyword(b"true") => Ok(Value::Bool(true)),
            _ if self.keyword(b"false") => Ok(Value::Bool(false)),
            _ if self.keyword(b"null") => Ok(Value::Null),
            _ => self.fail("không đọc được một giá trị"),
        }
    }

    fn dict(&mut self, depth: usize) -> Result<Value> {
        self.at += 2;
        let mut dict = Dict::new();
        loop {
            self.skip();
            if self.literal(b">>") {
                return Ok(Value::Dict(dict));
            }
            let key = self.name()?;
            self.skip();
            let start = self.at;
            let is_contents = depth == 0 && key == b"Contents";
            let value = self.nested(depth + 1)?;
            if is_contents {
                self.contents = Some(start..self.at);
            }
            if dict.insert(key, value).is_some() {
                return self.fail("một khóa ghi hai lần trong cùng một đối tượng");
            }
        }
    }

    fn array(&mut self, depth: usize) -> Result<Value> {
        self.at += 1;
        let mut values = Vec::new();
        loop {
            self.skip();
            if self.literal(b"]") {
                return Ok(Value::Array(values));
            }
            values.push(self.nested(depth + 1)?);
        }
    }

    fn name(&mut self) -> Result<Vec<u8>> {
        if !self.literal(b"/") {
            return self.fail("thiếu một tên khóa");
        }
        let mut name = Vec::new();
        while let Some(byte) = self.peek().filter(|byte| is_regular(*byte)) {
            self.at += 1;
            name.push(match byte {
                b'#' => self.escaped()?,
                byte => byte,
            });
        }
        Ok(name)
    }

    /// The two digits after `#`.
    fn escaped(&mut self) -> Result<u8> {
        let digits = self.rest().get(..2).and_then(|pair| Some((digit(pair[0])?, digit(pair[1])?)));
        match digits {
            Some((high, low)) => {
                self.at += 2;
                Ok(high << 4 | low)
            }
            None => self.fail("tên khóa viết sai"),
        }
    }

    fn hexadecimal(&mut self) -> Result<Value> {
        self.at += 1;
        let mut bytes = Vec::new();
        let mut high = None;
        while let Some(byte) = self.peek() {
            self.at += 1;
            match (byte, high) {
                (b'>', None) => return Ok(Value::Text(bytes)),
                (b'>', Some(last)) => {
                    bytes.push(last << 4);
                    return Ok(Value::Text(bytes));
                }
                (byte, _) if is_space(byte) => (),
                (byte, before) => {
                    let Some(digit) = digit(byte) else {
                        return self.fail("chuỗi thập lục phân có ký tự lạ");
                    };
                    high = match before {
                        None => Some(digit),
                        Some(before) => {
                            bytes.push(before << 4 | digit);
                            None
                        }
                    };
                }
            }
        }
        self.fail("chuỗi không đóng")
    }

    fn string(&mut self) -> Result<Value> {
        self.at += 1;
        let mut bytes = Vec::new();
        let mut open = 0_usize;
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'\\' => self.escape(&mut bytes),
                b'(' => open += 1,
                b')' if open == 0 => return Ok(Value::Text(bytes)),
                b')' => open -= 1,
                _ => (),
            }
            match byte {
                b'\\' => (),
                b'\r' => {
                    self.literal(b"\n");
                    bytes.push(b'\n');
                }
                byte => bytes.push(byte),
            }
        }
        self.fail("chuỗi không đóng")
    }

    /// What follows a backslash.
    fn escape(&mut self, bytes: &mut Vec<u8>) {
        if self.end_of_line() {
            return;
        }
        let Some(byte) = self.peek() else { return };
        if matches!(byte, b'0'..=b'7') {
            let digits = self.rest().iter().take(3).take_while(|byte| matches!(byte, b'0'..=b'7'));
            let (count, code) = digits.fold((0, 0_u32), |(count, code), digit| {
                (count + 1, code * 8 + u32::from(digit - b'0'))
            });
            self.at += count;
            // A high-order overflow is to be ignored (7.3.4.2).
            bytes.push((code & 0xff) as u8);
            return;
        }
        self.at += 1;
        bytes.push(match byte {
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'b' => 8,
            b'f' => 12,
            byte => byte,
        });
    }

    fn number_or_reference(&mut self) -> Result<Value> {
        let number = self.number()?;
        let Value::Integer(first) = number else { return Ok(number) };
        let after = self.at;
        let reference = u32::try_from(first).ok().filter(|_| self.peek().is_some_and(is_space));
        if let Some(reference) = reference {
            let generation = self.natural().ok();
            if generation.is_some() && self.keyword(b"R") {
                return match generation {
                    Some(0) => Ok(Value::Ref(reference)),
                    _ => self.fail("đối tượng có số thế hệ khác 0"),
                };
            }
        }
        self.at = after;
        Ok(number)
    }

    fn number(&mut self) -> Result<Value> {
        let is_part = |byte: &&u8| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.');
        let digits: Vec<u8> = self.rest().iter().take_while(is_part).copied().collect();
        self.at += digits.len();
        let text = std::str::from_utf8(&digits).unwrap_or_default();
        let is_sound = text.bytes().any(|byte| byte.is_ascii_digit())
            && text.bytes().filter(|byte| *byte == b'.').count() <= 1
            && !text.get(1..).unwrap_or_default().contains(['+', '-'])
            && digits.len() <= 40
            && !self.peek().is_some_and(is_regular);
        if !is_sound {
            return self.fail("số viết sai");
        }
        if text.contains('.') {
            return Ok(Value::Real(digits));
        }
        text.parse().map_or_else(|_| self.fail("số quá lớn"), |number| Ok(Value::Integer(number)))
    }
}

const fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 12 | b'\r' | b' ')
}

const fn is_regular(byte: u8) -> bool {
    let is_delimiter =
        matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%');
    !is_space(byte) && !is_delimiter
}

const fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}
