//! What stands in a tag, as a tree: names, filters, conditions.
//!
//! Only the shape that the lint asks about is kept; Tera's parser has the last word on
//! what is an expression. Binding powers are those of Tera 2.

use std::ops::Range;

use super::lex::{Tag, TokenKind};

/// An expression, with its bytes.
#[derive(Clone, Debug)]
pub struct Expr {
    pub range: Range<usize>,
    pub what: What,
}

#[derive(Clone, Debug)]
pub enum What {
    /// `a.b[0]`
    Path(Vec<Step>),
    Text(String),
    Number(String),
    /// `true`, `none` …
    Word,
    List(Vec<Expr>),
    Filter {
        of: Box<Expr>,
        name: Range<usize>,
        arguments: Vec<Argument>,
    },
    Not(Box<Expr>),
    And(Box<Expr>, Box<Expr>),
    Or(Box<Expr>, Box<Expr>),
    /// `x is defined`; the name of the test, and whether it is turned round.
    Test(Box<Expr>, String, bool),
    Compare(Box<Expr>, String, Box<Expr>),
    /// `a if c else b`: a, c, b.
    Choice(Box<Expr>, Box<Expr>, Box<Expr>),
    /// `super()`
    Call(String, Vec<Argument>),
    /// A sum or product.
    Math(Box<Expr>, Box<Expr>),
}

/// One key of a path.
#[derive(Clone, Debug)]
pub struct Step {
    pub key: Key,
    pub range: Range<usize>,
    /// After `?.`: nothing is wrong when what stands before is missing.
    pub optional: bool,
}

#[derive(Clone, Debug)]
pub enum Key {
    Name(String),
    Index(usize),
    /// `[0:2]`
    Slice,
    /// Known only when it runs.
    Some(Box<Expr>),
}

/// `name=value`
#[derive(Clone, Debug)]
pub struct Argument {
    pub name: Range<usize>,
    pub value: Expr,
}

/// Reads all tokens from one on; nothing when they are no expression.
pub fn read(text: &str, tag: &Tag, from: usize, to: usize) -> Option<Expr> {
    let mut reader = Reader { text, tag, at: from, end: to.min(tag.tokens.len()) };
    let expr = reader.choice()?;
    (reader.at == reader.end).then_some(expr)
}

struct Reader<'a> {
    text: &'a str,
    tag: &'a Tag,
    at: usize,
    end: usize,
}

impl<'a> Reader<'a> {
    fn word(&self) -> &'a str {
        if self.at < self.end { self.tag.word(self.text, self.at) } else { "" }
    }

    fn next_word(&self) -> &'a str {
        if self.at + 1 < self.end { self.tag.word(self.text, self.at + 1) } else { "" }
    }

    fn kind(&self) -> Option<TokenKind> {
        if self.at < self.end { self.tag.kind(self.at) } else { None }
    }

    fn range(&self) -> Range<usize> {
        self.tag.tokens[self.at].range.clone()
    }

    fn take(&mut self, word: &str) -> Option<()> {
        (self.word() == word).then(|| self.at += 1)
    }

    /// The end of the token before.
    fn done(&self) -> usize {
        self.tag.tokens[self.at - 1].range.end
    }

    fn choice(&mut self) -> Option<Expr> {
        let then = self.operation(0)?;
        if self.take("if").is_none() {
            return Some(then);
        }
        let condition = self.operation(0)?;
        self.take("else")?;
        let otherwise = self.choice()?;
        let range = then.range.start..otherwise.range.end;
        let what = What::Choice(Box::new(then), Box::new(condition), Box::new(otherwise));
        Some(Expr { range, what })
    }

    fn operation(&mut self, least: u8) -> Option<Expr> {
        let mut left = self.unary()?;
        loop {
            let negated = self.word() == "not" && self.next_word() == "in";
            let (power, right) = match if negated { "in" } else { self.word() } {
                "or" => (1, 2),
                "and" => (3, 4),
                "in" | "is" => (5, 6),
                "==" | "!=" | "<" | "<=" | ">" | ">=" => (7, 8),
                "+" | "-" => (11, 12),
                "*" | "/" | "%" | "~" | "//" => (13, 14),
                "**" => (16, 15),
                "|" => (17, 18),
                _ => return Some(left),
            };
            if power < least {
                return Some(left);
            }
            let sign = self.word();
            self.at += if negated { 2 } else { 1 };
            left = match sign {
                "|" => self.filter(left)?,
                "is" => self.test(left)?,
                _ => {
                    let right = self.operation(right)?;
                    join(left, if negated { "in" } else { sign }, right)
                }
            };
        }
    }

    fn unary(&mut self) -> Option<Expr> {
        let start = self.tag.tokens.get(self.at).filter(|_| self.at < self.end)?.range.start;
        if self.take("not").is_some() {
            let of = self.operation(5)?;
            return Some(Expr { range: start..of.range.end, what: What::Not(Box::new(of)) });
        }
        if self.take("-").is_some() {
            let of = self.operation(20)?;
            let range = start..of.range.end;
            let what = match of.what {
                What::Number(number) => What::Number(format!("-{number}")),
                what => what,
            };
            return Some(Expr { range, what });
        }
        self.primary(start)
    }

    fn primary(&mut self, start: usize) -> Option<Expr> {
        let word = self.word();
        let what = match self.kind()? {
            TokenKind::Text => {
                self.at += 1;
                What::Text(word[1..word.len() - 1].to_owned())
            }
            TokenKind::Number => {
                self.at += 1;
                if self.word() == "." {
                    self.at += 1;
                    (self.kind()? == TokenKind::Number).then(|| self.at += 1)?;
                }
                What::Number(self.text[start..self.done()].to_owned())
            }
            TokenKind::Name if CONSTANTS.contains(&word) => {
                self.at += 1;
                What::Word
            }
            TokenKind::Name if RESERVED.contains(&word) => return None,
            TokenKind::Name if self.next_word() == "(" => {
                self.at += 1;
                What::Call(word.to_owned(), self.arguments()?)
            }
            TokenKind::Name => return self.path(),
            TokenKind::Sign if self.take("(").is_some() => {
                let inner = self.choice()?;
                self.take(")")?;
                return Some(Expr { range: start..self.done(), what: inner.what });
            }
            TokenKind::Sign if self.take("[").is_some() => What::List(self.list()?),
            TokenKind::Sign => return None,
        };
        Some(Expr { range: start..self.done(), what })
    }

    fn list(&mut self) -> Option<Vec<Expr>> {
        let mut items = Vec::new();
        while self.take("]").is_none() {
            items.push(self.choice()?);
            if self.take(",").is_none() && self.word() != "]" {
                return None;
            }
        }
        Some(items)
    }

    fn path(&mut self) -> Option<Expr> {
        let first = self.range();
        let root =
            Step { key: Key::Name(self.word().to_owned()), range: first.clone(), optional: false };
        self.at += 1;
        let mut steps = vec![root];
        while matches!(self.word(), "." | "?." | "[" | "?[") {
            let sign = self.word();
            self.at += 1;
            steps.push(if sign.ends_with('.') { self.key(sign)? } else { self.index(sign)? });
        }
        Some(Expr { range: first.start..self.done(), what: What::Path(steps) })
    }

    fn key(&mut self, sign: &str) -> Option<Step> {
        if self.kind()? != TokenKind::Name {
            return None;
        }
        let (key, range) = (Key::Name(self.word().to_owned()), self.range());
        self.at += 1;
        Some(Step { key, range, optional: sign.starts_with('?') })
    }

    fn index(&mut self, sign: &str) -> Option<Step> {
        let start = self.at;
        let inner = if self.word() == ":" { None } else { Some(self.choice()?) };
        let key = if self.word() == ":" {
            while self.word() != "]" {
                self.kind()?;
                self.at += 1;
            }
            Key::Slice
        } else {
            match inner?.what_of_index() {
                Ok(key) => key,
                Err(expr) => Key::Some(Box::new(expr)),
            }
        };
        let range = self.tag.tokens[start].range.start..self.done();
        self.take("]")?;
        Some(Step { key, range, optional: sign.starts_with('?') })
    }

    fn filter(&mut self, of: Expr) -> Option<Expr> {
        if self.kind()? != TokenKind::Name {
            return None;
        }
        let name = self.range();
        self.at += 1;
        let arguments = if self.word() == "(" { self.arguments()? } else { vec![] };
        let range = of.range.start..self.done();
        Some(Expr { range, what: What::Filter { of: Box::new(of), name, arguments } })
    }

    fn test(&mut self, of: Expr) -> Option<Expr> {
        let negated = self.take("not").is_some();
        if self.kind()? != TokenKind::Name {
            return None;
        }
        let name = self.word().to_owned();
        self.at += 1;
        if self.word() == "(" {
            self.arguments()?;
        }
        let range = of.range.start..self.done();
        Some(Expr { range, what: What::Test(Box::new(of), name, negated) })
    }

    fn arguments(&mut self) -> Option<Vec<Argument>> {
        self.take("(")?;
        let mut arguments = Vec::new();
        while self.take(")").is_none() {
            if self.kind()? != TokenKind::Name {
                return None;
            }
            let name = self.range();
            self.at += 1;
            self.take("=")?;
            arguments.push(Argument { name, value: self.choice()? });
            if self.take(",").is_none() && self.word() != ")" {
                return None;
            }
        }
        Some(arguments)
    }
}

const CONSTANTS: [&str; 7] = ["true", "false", "True", "False", "none", "None", "null"];
const RESERVED: [&str; 6] = ["and", "or", "in", "is", "if", "else"];

fn join(left: Expr, sign: &str, right: Expr) -> Expr {
    let range = left.range.start..right.range.end;
    let (left, right) = (Box::new(left), Box::new(right));
    let what = match sign {
        "and" => What::And(left, right),
        // Of the forbidden `~` only the names in it are asked about.
        "or" | "~" => What::Or(left, right),
        "in" | "==" | "!=" | "<" | "<=" | ">" | ">=" => What::Compare(left, sign.to_owned(), right),
        _ => What::Math(left, right),
    };
    Expr { range, what }
}

impl Expr {
    /// A fixed key in brackets.
    fn what_of_index(self) -> Result<Key, Self> {
        match self.what {
            What::Text(text) => Ok(Key::Name(text)),
            What::Number(number) => match number.parse() {
                Ok(index) => Ok(Key::Index(index)),
                Err(_) => Err(Self { range: self.range, what: What::Number(number) }),
            },
            what => Err(Self { range: self.range, what }),
        }
    }
}
