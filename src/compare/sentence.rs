//! Text → tokens → sentences, as Vietnamese is written.

use crate::doc::{Inline, LINE_END};

/// A word, a mark or white space, as it looks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Token {
    pub text: String,
    pub bold: bool,
    pub italic: bool,
}

impl Token {
    pub fn is_space(&self) -> bool {
        self.text == " "
    }

    fn is_mark(&self, marks: &[&str]) -> bool {
        marks.contains(&self.text.as_str())
    }

    /// Begins with a capital letter.
    fn is_capital(&self) -> bool {
        self.text.starts_with(char::is_uppercase)
    }
}

/// A space has no look of its own.
fn space() -> Token {
    Token { text: " ".to_owned(), bold: false, italic: false }
}

/// A plain text as tokens.
pub fn plain_tokens(text: &str) -> Vec<Token> {
    tokens(&[Inline::text(text)], 0)
}

/// The tokens of a paragraph after its first `skipped` bytes. White space of any kind,
/// line breaks among it, is one space, and none at either end.
pub fn tokens(content: &[Inline], skipped: usize) -> Vec<Token> {
    let mut all: Vec<Token> = Vec::new();
    // Whether the last token is a word that a letter would go on.
    let mut before = 0;
    for inline in content {
        let (text, bold, italic) = match inline {
            Inline::Text(run) => (run.text.as_str(), run.bold, run.italic),
            Inline::Break => ("\n", false, false),
        };
        let chars = text.char_indices().filter(|&(_, c)| c != LINE_END);
        let chars: Vec<(usize, char)> = chars.collect();
        let mut is_open = false;
        for (position, &(at, c)) in chars.iter().enumerate() {
            if before + at < skipped {
                continue;
            }
            let next = chars.get(position + 1).map(|&(_, next)| next);
            if c.is_whitespace() {
                is_open = false;
                if all.last().is_some_and(|last| !last.is_space()) {
                    all.push(space());
                }
            } else if c.is_alphanumeric() || (is_open && joins(c, next)) {
                match all.last_mut() {
                    Some(word) if is_open => word.text.push(c),
                    _ => all.push(Token { text: c.to_string(), bold, italic }),
                }
                is_open = true;
            } else {
                is_open = false;
                all.push(Token { text: c.to_string(), bold, italic });
            }
        }
        before += text.len();
    }
    if all.last().is_some_and(Token::is_space) {
        all.pop();
    }
    all
}

/// Marks inside `1.234`, `16/8/2022`, `BC-UBND`, `TP.HCM`.
fn joins(c: char, next: Option<char>) -> bool {
    matches!(c, '.' | ',' | '/' | '-' | ':') && next.is_some_and(char::is_alphanumeric)
}

/// Marks that may end a sentence.
const ENDS: [&str; 4] = [".", "?", "!", "…"];
/// Marks that close after the end of a sentence and belong to it.
const CLOSING: [&str; 6] = ["”", "’", "\"", ")", "]", "»"];
/// Marks with which a sentence may begin.
const OPENING: [&str; 6] = ["“", "‘", "\"", "(", "[", "«"];
/// What is shortened by a full stop, and does not end a sentence.
const SHORT: [&str; 23] = [
    "TP", "Tp", "TX", "Tx", "TT", "KT", "TM", "TL", "TUQ", "TS", "ThS", "PGS", "GS", "BS", "KS",
    "CN", "NXB", "Nxb", "v.v", "đ/c", "Đ/c", "STT", "tr",
];

/// The sentences of a paragraph. `;` and `:` end none.
pub fn split(tokens: Vec<Token>) -> Vec<Vec<Token>> {
    let mut sentences = Vec::new();
    let mut open: Vec<Token> = Vec::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let may_end = token.is_mark(&ENDS) && !is_shortened(&token, &open);
        open.push(token);
        if !may_end {
            continue;
        }
        while let Some(closing) = tokens.next_if(|next| next.is_mark(&CLOSING)) {
            open.push(closing);
        }
        let Some(space) = tokens.next_if(Token::is_space) else { continue };
        let begins = tokens.peek().is_some_and(|next| {
            next.is_capital()
                || next.is_mark(&OPENING)
                || next.text.starts_with(|c: char| c.is_ascii_digit())
        });
        if begins {
            sentences.push(std::mem::take(&mut open));
        } else {
            open.push(space);
        }
    }
    if !open.is_empty() {
        sentences.push(open);
    }
    sentences
}

/// Whether a full stop shortens the word before it: `TP.`, `Nguyễn V.`, the number `1.` at
/// the beginning, `Điều 1.`
fn is_shortened(end: &Token, open: &[Token]) -> bool {
    let Some(last) = open.last().filter(|_| end.text == ".") else { return false };
    let is_initial = last.is_capital() && last.text.chars().count() == 1;
    let words = open.iter().filter(|token| !token.is_space()).count();
    let numbers = ["Điều", "Khoản", "Mục", "Chương", "Phần"];
    let is_number = words == 1 && last.text.chars().all(|c| c.is_ascii_digit() || c == '.')
        || words == 2 && open[0].is_mark(&numbers);
    is_initial || is_number || last.is_mark(&SHORT)
}
