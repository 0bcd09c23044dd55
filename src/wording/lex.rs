//! A template cut into text, `{{ … }}`, `{% … %}` and `{# … #}`.
//!
//! Tera stops at its first fault and often points past it. This lexer reads the
//! same language, goes on after a fault, and knows where each tag was opened.

use std::ops::Range;

use super::fault::{self, Fault};
use super::scan;

/// A stretch of a template. Ranges are in bytes of the file.
#[derive(Clone, Debug)]
pub enum Piece {
    Text(Range<usize>),
    /// `{{ … }}`
    Print(Tag),
    /// `{% … %}`
    Tag(Tag),
    /// `{# … #}`
    Comment(Tag),
    /// `{% raw %} … {% endraw %}`, whole.
    Raw(Range<usize>),
}

/// What stands between two delimiters.
#[derive(Clone, Debug)]
pub struct Tag {
    pub range: Range<usize>,
    pub tokens: Vec<Token>,
    /// `{{-`: white space before is dropped.
    pub trims_left: bool,
    /// `-}}`: white space after is dropped.
    pub trims_right: bool,
    /// A fault was found in it; its end is a guess, and only its first word counts.
    pub broken: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub kind: TokenKind,
    pub range: Range<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    Name,
    Text,
    Number,
    Sign,
}

/// Tokens of one tag. The longest of a wording that we know has some sixty; who reads an
/// expression calls himself for each bracket in it.
const MAX_TOKENS: usize = 250;

const OPENERS: [&str; 3] = ["{{", "{%", "{#"];

/// Cuts a template from a byte on; what cannot be read is a fault and is left out.
pub fn pieces(file: &str, text: &str, from: usize) -> (Vec<Piece>, Vec<Fault>) {
    let mut lexer = Lexer { file, text, at: from, pieces: Vec::new(), faults: Vec::new() };
    lexer.run();
    (lexer.pieces, lexer.faults)
}

struct Lexer<'a> {
    file: &'a str,
    text: &'a str,
    at: usize,
    pieces: Vec<Piece>,
    faults: Vec<Fault>,
}

impl<'a> Lexer<'a> {
    fn run(&mut self) {
        while self.at < self.text.len() {
            match opener_at(self.text, self.at) {
                Some("{#") => self.comment(),
                Some("{%") => self.tag("%}"),
                Some(_) => self.tag("}}"),
                None => self.plain_text(),
            }
        }
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn fault(&mut self, code: &'static str, range: Range<usize>, message: String, hint: &str) {
        self.faults.push(Fault::new(code, self.file, range, message).hint(hint));
    }

    fn plain_text(&mut self) {
        let start = self.at;
        let next = OPENERS.iter().filter_map(|opener| self.rest().find(opener)).min();
        self.at = next.map_or(self.text.len(), |next| start + next);
        let mut from = start;
        while let Some(found) = self.stray_closer(from) {
            let closer = self.text[found..found + 2].to_owned();
            self.fault(
                fault::SYNTAX,
                found..found + 2,
                format!("dấu đóng `{closer}` không có dấu mở"),
                "thêm dấu mở, hoặc bỏ dấu đóng",
            );
            if let Some(tag) = self.without_opener(from, found) {
                self.pieces.push(Piece::Text(from..tag.range.start));
                self.pieces.push(Piece::Tag(tag));
                self.pieces.push(Piece::Text(found + 2..found + 2));
            }
            from = found + 2;
        }
        let start = match self.pieces.last() {
            Some(Piece::Text(range)) if range.is_empty() && range.start > start => range.start,
            _ => start,
        };
        self.pieces.push(Piece::Text(start..self.at));
    }

    fn stray_closer(&self, from: usize) -> Option<usize> {
        let text = &self.text[from..self.at];
        ["}}", "%}"].iter().filter_map(|closer| text.find(closer)).min().map(|at| from + at)
    }

    /// The tag that a stray `%}` closes, when its opener was spoilt: `{ endif %}`.
    fn without_opener(&self, from: usize, closer: usize) -> Option<Tag> {
        let before = &self.text[from..closer];
        let line = before.rfind('\n').map_or(0, |at| at + 1);
        let opener = line + before[line..].rfind(['{', '%'])?;
        let mut inner = Lexer {
            file: self.file,
            text: &self.text[..closer],
            at: from + opener + 1,
            pieces: vec![],
            faults: vec![],
        };
        let mut tokens = Vec::new();
        loop {
            inner.skip_space();
            if inner.rest().is_empty() {
                break;
            }
            inner.token(&mut tokens, "%}");
        }
        let known = tokens.first().is_some_and(|first| {
            first.kind == TokenKind::Name && scan::TAGS.contains(&&self.text[first.range.clone()])
        });
        let range = from + opener..closer + 2;
        (known && &self.text[closer..closer + 2] == "%}").then_some(Tag {
            range,
            tokens,
            trims_left: false,
            trims_right: false,
            broken: true,
        })
    }

    /// Where a tag that is never closed is taken to end: at a brace on its line that may
    /// have been meant as its end, before the next tag, or with its line.
    fn likely_end(&self, start: usize) -> usize {
        let rest = &self.text[start + 2..];
        let line = rest.find('\n').unwrap_or(rest.len());
        let next = OPENERS.iter().filter_map(|opener| rest.find(opener)).min().unwrap_or(line);
        let within = line.min(next);
        let brace = rest[..within].find(['}', '%']).map(|at| {
            at + rest[at..within].len() - rest[at..within].trim_start_matches(['}', '%']).len()
        });
        start + 2 + brace.unwrap_or(within)
    }

    /// The comment never ends, or another one begins in it: it ends with its line; one
    /// of several lines before a blank one or one that begins with a tag.
    fn unclosed_comment(&mut self, start: usize) {
        self.unclosed(start, "#}");
        let mut end = start;
        for (number, line) in self.text[start..].split_inclusive('\n').enumerate() {
            let is_bare = number == 0 && line.trim_end() == "{#";
            let is_next = line.trim().is_empty() || line.trim_start().starts_with('{');
            if number > 0 && is_next {
                break;
            }
            end += line.trim_end_matches(['\n', '\r']).len();
            if number == 0 && !is_bare {
                break;
            }
            end += line.len() - line.trim_end_matches(['\n', '\r']).len();
        }
        self.at = end;
        let range = start..self.at;
        self.pieces.push(Piece::Comment(Tag {
            range,
            tokens: vec![],
            trims_left: false,
            trims_right: false,
            broken: true,
        }));
    }

    fn comment(&mut self) {
        let start = self.at;
        let inside = &self.text[start + 2..];
        let end = inside.find("#}").filter(|end| !inside[..*end].contains("{#"));
        let Some(end) = end else { return self.unclosed_comment(start) };
        self.at = start + 2 + end + 2;
        let (inside, range) = (&inside[..end], start..self.at);
        self.pieces.push(Piece::Comment(Tag {
            trims_left: inside.starts_with('-'),
            trims_right: inside.ends_with('-'),
            tokens: Vec::new(),
            range,
            broken: false,
        }));
    }

    fn unclosed(&mut self, start: usize, closer: &str) {
        let opener = self.text[start..start + 2].to_owned();
        self.fault(
            fault::UNCLOSED,
            start..start + 2,
            format!("`{opener}` mở ở đây không có `{closer}` đóng"),
            &format!("thêm `{closer}`"),
        );
    }

    fn tag(&mut self, closer: &str) {
        let start = self.at;
        let trims_left = self.text[start + 2..].starts_with('-');
        self.at += if trims_left { 3 } else { 2 };
        let mut tokens = Vec::new();
        let faults_before = self.faults.len();
        let trims_right = loop {
            self.skip_space();
            if self.rest().starts_with(closer) {
                self.at += 2;
                break false;
            }
            if self.rest().strip_prefix('-').is_some_and(|rest| rest.starts_with(closer)) {
                self.at += 3;
                break true;
            }
            if self.rest().is_empty() || opener_at(self.text, self.at).is_some() {
                // What was read on the way is no tag but text.
                self.faults.truncate(faults_before);
                self.unclosed(start, closer);
                self.at = self.likely_end(start);
                tokens.retain(|token: &Token| token.range.end <= self.at);
                while tokens
                    .last()
                    .is_some_and(|last| ["}", "%"].contains(&&self.text[last.range.clone()]))
                {
                    tokens.pop();
                }
                break false;
            }
            self.token(&mut tokens, closer);
        };
        if tokens.len() > MAX_TOKENS {
            let hint = "chia thành nhiều thẻ, hoặc ghi dữ kiện vào hồ sơ";
            let range = start..start + 2;
            self.fault(fault::SYNTAX, range, "biểu thức trong thẻ này quá dài".to_owned(), hint);
        }
        // After the first fault in a tag nothing in it can be relied on.
        let broken = self.faults.len() > faults_before;
        self.faults.truncate(faults_before + 1);
        let tag = Tag { range: start..self.at, tokens, trims_left, trims_right, broken };
        self.push_tag(tag, closer);
    }

    fn push_tag(&mut self, tag: Tag, closer: &str) {
        if closer == "}}" {
            self.pieces.push(Piece::Print(tag));
        } else if tag.is(self.text, 0, "raw") && tag.tokens.len() == 1 {
            self.raw(&tag);
        } else {
            self.pieces.push(Piece::Tag(tag));
        }
    }

    /// The text of a raw block is not looked at until its end.
    fn raw(&mut self, open: &Tag) {
        let mut from = self.at;
        while let Some(found) = self.text[from..].find("{%") {
            let tag = from + found;
            let inside = self.text[tag + 2..].trim_start_matches('-').trim_start();
            if inside.starts_with("endraw")
                && let Some(end) = self.text[tag..].find("%}")
            {
                self.at = tag + end + 2;
                self.pieces.push(Piece::Raw(open.range.start..self.at));
                return;
            }
            from = tag + 2;
        }
        self.fault(
            fault::UNCLOSED,
            open.range.clone(),
            "khối `raw` mở ở đây chưa đóng".to_owned(),
            "thêm `{% endraw %}`",
        );
        // What follows is read as if it were not raw.
        self.at = open.range.end;
    }

    fn skip_space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_whitespace()).len();
    }

    fn token(&mut self, tokens: &mut Vec<Token>, closer: &str) {
        let rest = self.rest();
        let first = rest.chars().next().unwrap_or(' ');
        if !first.is_ascii() {
            let touches = |last: &mut Token| last.range.end == self.at;
            let before = tokens.pop_if(touches);
            return self.foreign(before);
        }
        let (kind, length) = match first {
            // A text with the end of its tag in it was hardly meant so.
            '"' | '\'' | '`' => match text_length(rest) {
                Some(length) if !rest[..length].contains(closer) => (TokenKind::Text, length),
                _ => return self.unclosed_text(closer),
            },
            c if c.is_ascii_digit() => (TokenKind::Number, digits(rest)),
            c if c.is_ascii_alphabetic() || c == '_' => (TokenKind::Name, name_length(rest)),
            _ => (TokenKind::Sign, sign_length(rest)),
        };
        let end = self.at + length;
        tokens.push(Token { kind, range: self.at..end });
        self.at = end;
    }

    fn unclosed_text(&mut self, closer: &str) {
        let start = self.at;
        let line = self.rest().lines().next().unwrap_or_default();
        let end = line.find(closer).unwrap_or(line.len());
        self.fault(
            fault::SYNTAX,
            start..start + 1,
            "chuỗi chữ mở ngoặc ở đây mà không đóng".to_owned(),
            "đóng bằng cùng loại ngoặc: \"…\"",
        );
        self.at = start + end.max(1);
    }

    /// Letters with marks, curly quotes and the like cannot stand in a tag.
    fn foreign(&mut self, before: Option<Token>) {
        // The plain letters before belong to the same word: `tên`.
        if let Some(before) = before.filter(|token| token.kind == TokenKind::Name) {
            self.at = before.range.start;
        }
        let rest = self.rest();
        let length = rest
            .find(|c: char| c.is_ascii() && !c.is_ascii_alphanumeric() && c != '_')
            .unwrap_or(rest.len());
        let word = &rest[..length];
        let hint = if word.starts_with(['“', '”', '‘', '’', '«', '»']) {
            "chuỗi chữ đặt trong ngoặc kép thẳng: \"…\""
        } else {
            "tên viết không dấu, không cách: `ten_du_an`"
        };
        let range = self.at..self.at + length;
        let message = format!("`{word}` không viết được trong `{{{{ }}}}` hay `{{% %}}`");
        self.fault(fault::SYNTAX, range, message, hint);
        self.at += length;
    }
}

impl Piece {
    /// The bytes of a tag or a comment.
    pub fn range(&self) -> Option<Range<usize>> {
        match self {
            Self::Print(tag) | Self::Tag(tag) | Self::Comment(tag) => Some(tag.range.clone()),
            Self::Text(_) | Self::Raw(_) => None,
        }
    }
}

impl Tag {
    /// The words of a token.
    pub fn word<'a>(&self, text: &'a str, index: usize) -> &'a str {
        self.tokens.get(index).map_or("", |token| &text[token.range.clone()])
    }

    pub fn is(&self, text: &str, index: usize, word: &str) -> bool {
        self.word(text, index) == word
    }

    pub fn kind(&self, index: usize) -> Option<TokenKind> {
        self.tokens.get(index).map(|token| token.kind)
    }
}

fn opener_at(text: &str, at: usize) -> Option<&'static str> {
    OPENERS.into_iter().find(|opener| text[at..].starts_with(opener))
}

/// Length of a quoted text with its quotes; nothing when it is not closed.
fn text_length(rest: &str) -> Option<usize> {
    let quote = rest.chars().next()?;
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}

fn digits(rest: &str) -> usize {
    rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len())
}

fn name_length(rest: &str) -> usize {
    rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len())
}

fn sign_length(rest: &str) -> usize {
    const LONG: [&str; 9] = ["...", "==", "!=", "<=", ">=", "//", "**", "?.", "?["];
    LONG.into_iter().find(|sign| rest.starts_with(sign)).map_or(1, str::len)
}
