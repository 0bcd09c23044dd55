//! A template as a tree: what stands in which branch, loop and block.

use std::ops::Range;

use super::expr::{self, Expr};
use super::lex::{Piece, Tag, TokenKind};
use super::scan::{Role, Scan};

#[derive(Clone, Debug)]
pub enum Node {
    /// Literal text.
    Text(Range<usize>),
    /// What stands between `raw` and `endraw`.
    Raw(Range<usize>),
    /// `{{ … }}`; no expression when it cannot be read.
    Print(Range<usize>, Option<Expr>),
    /// `{{ <ten a={x}/> }}`
    Call(Range<usize>, Call),
    /// The branches with their conditions, none for `else`.
    If(Vec<(Option<Condition>, Vec<Node>)>),
    For(Box<Loop>),
    Set(String, Expr),
    Include(Range<usize>, String),
    Extends(String),
    Block(String, Vec<Node>),
    Component(Component),
    /// A tag that prints nothing and does nothing to what is known.
    Void,
    /// `break` or `continue`.
    Jump,
}

/// A condition that can be read, or one that cannot.
#[derive(Clone, Debug)]
pub enum Condition {
    Read(Expr),
    Unread,
}

#[derive(Clone, Debug)]
pub struct Loop {
    pub range: Range<usize>,
    pub names: Vec<String>,
    pub of: Option<Expr>,
    pub body: Vec<Node>,
    pub otherwise: Option<Vec<Node>>,
}

#[derive(Clone, Debug)]
pub struct Call {
    pub name: String,
    pub name_range: Range<usize>,
    /// Name, its bytes, value; no value when it cannot be told.
    pub arguments: Vec<(String, Range<usize>, Option<Expr>)>,
    /// Whether more arguments come out of a record.
    pub spreads: bool,
}

#[derive(Clone, Debug)]
pub struct Component {
    pub name: String,
    pub parameters: Vec<Parameter>,
    /// Whether it takes any argument.
    pub takes_all: bool,
    pub body: Vec<Node>,
}

#[derive(Clone, Debug)]
pub struct Parameter {
    pub name: String,
    /// `string`, `array` …
    pub kind: Option<String>,
    pub has_default: bool,
}

/// The tree of a template that was scanned.
pub fn tree(text: &str, scan: &Scan) -> Vec<Node> {
    let mut builder = Builder { text, scan, at: 0, closing: 0 };
    let mut nodes = Vec::new();
    while builder.at < scan.pieces.len() {
        builder.closing = 0;
        nodes.extend(builder.nodes());
        // A branch or an end that belongs to nothing.
        builder.at += usize::from(builder.at < scan.pieces.len() && builder.closing == 0);
    }
    nodes
}

struct Builder<'a> {
    text: &'a str,
    scan: &'a Scan,
    at: usize,
    /// Blocks that the tag before still has to close.
    closing: usize,
}

impl<'a> Builder<'a> {
    /// What stands up to the next branch or end.
    fn nodes(&mut self) -> Vec<Node> {
        let mut nodes = Vec::new();
        while let Some(piece) = self.scan.pieces.get(self.at) {
            let role = self.scan.roles[self.at];
            match role {
                Role::Branches => return nodes,
                Role::Closes(blocks) => {
                    self.closing = blocks;
                    self.at += 1;
                    return nodes;
                }
                Role::Stands | Role::Ignored | Role::Opens(_) => {}
            }
            self.at += 1;
            let node = match piece {
                Piece::Text(range) => Node::Text(range.clone()),
                Piece::Comment(_) => Node::Void,
                Piece::Raw(range) => Node::Raw(self.inside_raw(range)),
                Piece::Print(tag) => self.print(tag),
                Piece::Tag(tag) => match role {
                    Role::Opens(name) => self.block(name, tag),
                    _ => self.tag(tag),
                },
            };
            nodes.push(node);
            if self.closing > 0 {
                return nodes;
            }
        }
        nodes
    }

    fn inside_raw(&self, range: &Range<usize>) -> Range<usize> {
        let whole = &self.text[range.clone()];
        let start = whole.find("%}").map_or(0, |at| at + 2);
        let end = whole.rfind("{%").unwrap_or(whole.len()).max(start);
        range.start + start..range.start + end
    }

    fn expression(&self, tag: &Tag, from: usize, to: usize) -> Option<Expr> {
        if tag.broken { None } else { expr::read(self.text, tag, from, to) }
    }

    fn print(&self, tag: &Tag) -> Node {
        if tag.is(self.text, 0, "<") {
            return Node::Call(tag.range.clone(), self.call(tag));
        }
        Node::Print(tag.range.clone(), self.expression(tag, 0, tag.tokens.len()))
    }

    fn tag(&self, tag: &Tag) -> Node {
        let word = tag.word(self.text, 0);
        let quoted = || match tag.kind(1) {
            Some(TokenKind::Text) => tag.word(self.text, 1).trim_matches(['"', '\'', '`']),
            _ => "",
        };
        match word {
            "set" | "set_global" => match self.expression(tag, 3, tag.tokens.len()) {
                Some(value) => Node::Set(tag.word(self.text, 1).to_owned(), value),
                None => Node::Void,
            },
            "include" => Node::Include(tag.range.clone(), quoted().to_owned()),
            "extends" => Node::Extends(quoted().to_owned()),
            "break" | "continue" => Node::Jump,
            _ => Node::Void,
        }
    }

    fn block(&mut self, name: &str, tag: &Tag) -> Node {
        match name {
            "if" => self.choice(tag),
            "for" => self.repeat(tag),
            "block" => {
                let body = self.body();
                Node::Block(tag.word(self.text, 1).to_owned(), body)
            }
            "component" => {
                let mut component = self.component(tag);
                component.body = self.body();
                Node::Component(component)
            }
            // Text that is kept back, which is a fault already.
            _ => Node::Block(String::new(), self.body()),
        }
    }

    /// The inside of a block without branches.
    fn body(&mut self) -> Vec<Node> {
        let mut nodes = self.nodes();
        while self.closing == 0 && self.at < self.scan.pieces.len() {
            self.at += 1;
            nodes.extend(self.nodes());
        }
        self.closing = self.closing.saturating_sub(1);
        nodes
    }

    fn condition(&self, tag: &Tag, from: usize) -> Condition {
        self.expression(tag, from, tag.tokens.len()).map_or(Condition::Unread, Condition::Read)
    }

    /// The next branch of the present block, if there is one.
    fn branch(&mut self) -> Option<&'a Tag> {
        if self.closing > 0 || self.scan.roles.get(self.at) != Some(&Role::Branches) {
            return None;
        }
        let Some(Piece::Tag(tag)) = self.scan.pieces.get(self.at) else { return None };
        self.at += 1;
        Some(tag)
    }

    fn choice(&mut self, tag: &Tag) -> Node {
        let mut condition = Some(self.condition(tag, 1));
        let mut branches = Vec::new();
        loop {
            let body = self.nodes();
            branches.push((condition, body));
            match self.branch() {
                Some(tag) if tag.is(self.text, 0, "else") => condition = None,
                Some(tag) => condition = Some(self.condition(tag, 1)),
                None => break,
            }
        }
        self.closing = self.closing.saturating_sub(1);
        Node::If(branches)
    }

    fn repeat(&mut self, tag: &Tag) -> Node {
        let of = (1..tag.tokens.len()).find(|&index| tag.is(self.text, index, "in"));
        let names = (1..of.unwrap_or(2).min(tag.tokens.len()))
            .filter(|&index| tag.kind(index) == Some(TokenKind::Name))
            .map(|index| tag.word(self.text, index).to_owned())
            .collect();
        let of = of.and_then(|of| self.expression(tag, of + 1, tag.tokens.len()));
        let body = self.nodes();
        let mut otherwise = None;
        while self.branch().is_some() {
            otherwise = Some(self.nodes());
        }
        self.closing = self.closing.saturating_sub(1);
        Node::For(Box::new(Loop { range: tag.range.clone(), names, of, body, otherwise }))
    }

    /// `component ten(a, b: string = "x", ...con_lai)`
    fn component(&self, tag: &Tag) -> Component {
        let open = (1..tag.tokens.len()).find(|&at| tag.is(self.text, at, "("));
        let name = match (tag.tokens.get(1), open) {
            (Some(first), Some(open)) if open > 1 => {
                self.text[first.range.start..tag.tokens[open - 1].range.end].to_owned()
            }
            _ => String::new(),
        };
        let mut component = Component { name, parameters: vec![], takes_all: false, body: vec![] };
        let mut depth = 0_usize;
        for at in open.unwrap_or(tag.tokens.len())..tag.tokens.len() {
            let word = tag.word(self.text, at);
            match word {
                "(" | "[" | "{" => depth += 1,
                ")" | "]" | "}" => depth = depth.saturating_sub(1),
                "..." => component.takes_all = true,
                "=" if depth == 1 => {
                    component
                        .parameters
                        .iter_mut()
                        .last()
                        .into_iter()
                        .for_each(|last| last.has_default = true);
                }
                _ if depth == 1 && matches!(tag.word(self.text, at - 1), "(" | ",") => {
                    let kind = tag
                        .is(self.text, at + 1, ":")
                        .then(|| tag.word(self.text, at + 2).to_owned());
                    component.parameters.push(Parameter {
                        name: word.to_owned(),
                        kind,
                        has_default: false,
                    });
                }
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
        component
    }

    /// `<ten a={x} b="chữ"/>`
    fn call(&self, tag: &Tag) -> Call {
        let last = tag.tokens.len().saturating_sub(2);
        let mut at = 2;
        while tag.is(self.text, at, ".") {
            at += 2;
        }
        let name_range = match (tag.tokens.get(1), tag.tokens.get(at.min(tag.tokens.len()) - 1)) {
            (Some(first), Some(end)) => first.range.start..end.range.end.max(first.range.end),
            _ => tag.range.clone(),
        };
        let name = self.text[name_range.clone()].to_owned();
        let mut call = Call { name, name_range, arguments: vec![], spreads: tag.broken };
        while at < last {
            let named = tag.tokens[at + usize::from(tag.is(self.text, at, "{"))].range.clone();
            let word = tag.word(self.text, at);
            let (name, value) = match (word, tag.word(self.text, at + 1)) {
                ("{", _) => {
                    let end = self.closing_brace(tag, at, last);
                    call.spreads |= tag.is(self.text, at + 1, "...");
                    let value = self.expression(tag, at + 1, end);
                    let name = tag.word(self.text, at + 1).to_owned();
                    at = end + 1;
                    (name, value)
                }
                (name, "=") if tag.is(self.text, at + 2, "{") => {
                    let end = self.closing_brace(tag, at + 2, last);
                    let value = self.expression(tag, at + 3, end);
                    at = end + 1;
                    (name.to_owned(), value)
                }
                (name, "=") => {
                    let value = self.expression(tag, at + 2, at + 3);
                    at += 3;
                    (name.to_owned(), value)
                }
                (name, _) => {
                    call.spreads |= name == "...";
                    at += 1;
                    (name.to_owned(), None)
                }
            };
            let first = name.as_bytes().first().copied().unwrap_or_default();
            if first.is_ascii_alphabetic() {
                call.arguments.push((name, named, value));
            }
        }
        call
    }

    fn closing_brace(&self, tag: &Tag, open: usize, last: usize) -> usize {
        (open + 1..last).find(|&at| tag.is(self.text, at, "}")).unwrap_or(last)
    }
}
