//! What a template does, and every fault that shows without running it.

use std::ops::Range;

use super::fault::{self, Fault, guess_or_list};
use super::filters;
use super::lex::{self, Piece, Tag, TokenKind};

/// Loops inside loops: three are enough for appendix, group and row.
const MAX_NESTING: usize = 3;

/// Blocks within blocks of any kind, and `elif` of one `if`: Tera calls itself for each.
const MAX_BLOCKS: usize = 30;
const MAX_BRANCHES: usize = 100;
/// Bytes, lines and tags of one wording; the longest that we know has 20 KB and 60 tags.
const MAX_BYTES: usize = 64 << 10;
const MAX_LINES: usize = 2_000;
/// Bytes of one line: Tera copies it for each fault on it.
const MAX_LINE: usize = 16 << 10;
const MAX_TAGS: usize = 2_000;
/// So many faults of a file are told; who has more has one that makes the others.
pub const MAX_FAULTS: usize = 50;

/// A template, read.
#[derive(Clone, Debug, Default)]
pub struct Scan {
    pub pieces: Vec<Piece>,
    pub faults: Vec<Fault>,
    pub uses: Vec<Use>,
    /// Names that the template itself gives: loop variables, `set`, arguments.
    pub bound: Vec<String>,
    /// Templates included or extended.
    pub links: Vec<Link>,
    pub extends: bool,
    /// Where steps are counted: the end of a tag, and the length of what it repeats.
    pub ticks: Vec<Tick>,
    /// Bytes at which a list may be walked through from end to end in one expression.
    pub searches: Vec<usize>,
    /// What each piece does to the blocks.
    pub roles: Vec<Role>,
    /// Blocks that stand in no other block.
    pub blocks: Vec<Link>,
    /// Components called, and those defined here.
    pub calls: Vec<Link>,
    pub components: Vec<Link>,
}

/// What a tag does to the blocks, after faults have been seen through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Nothing.
    Stands,
    Opens(&'static str),
    Branches,
    /// Closes so many blocks.
    Closes(usize),
    /// Cannot be understood, or closes what is not open.
    Ignored,
}

/// A name read in a tag, `noi_dung.thuc_hien.ngay`, as its keys.
#[derive(Clone, Debug)]
pub struct Use {
    pub keys: Vec<String>,
    pub range: Range<usize>,
}

#[derive(Clone, Debug)]
pub struct Link {
    pub target: String,
    pub range: Range<usize>,
}

#[derive(Clone, Debug)]
pub struct Tick {
    pub at: usize,
    pub length: usize,
    pub trims: bool,
}

/// Words of Tera's own inside expressions.
const WORDS: [&str; 14] = [
    "and", "or", "not", "in", "is", "if", "else", "true", "false", "True", "False", "none", "None",
    "null",
];

pub const TAGS: [&str; 21] = [
    "if",
    "elif",
    "else",
    "endif",
    "for",
    "endfor",
    "set",
    "set_global",
    "endset",
    "include",
    "extends",
    "block",
    "endblock",
    "component",
    "endcomponent",
    "raw",
    "endraw",
    "break",
    "continue",
    "filter",
    "endfilter",
];

/// What no wording has: then nothing in it is read, since what reads it takes time and
/// memory by the square of its length here and there.
pub fn too_much(file: &str, text: &str, from: usize) -> Option<Fault> {
    let openers: Vec<usize> = {
        let kinds = ["{{", "{%", "{#"].into_iter();
        let mut found: Vec<usize> = kinds
            .flat_map(|kind| text[from..].match_indices(kind))
            .map(|(at, _)| from + at)
            .collect();
        found.sort_unstable();
        found
    };
    let mut lines = text[from..].split_inclusive('\n').scan(from, |at, line| {
        *at += line.len();
        Some((*at - line.len(), line))
    });
    let (at, message) = if text.len() > MAX_BYTES {
        (text.floor_char_boundary(MAX_BYTES), format!("lời văn dài quá {} KiB", MAX_BYTES >> 10))
    } else if let Some((at, _)) = text.match_indices('\n').nth(MAX_LINES - 1)
        && at + 1 < text.len()
    {
        (at + 1, format!("lời văn dài quá {} dòng", vn(MAX_LINES)))
    } else if let Some(&at) = openers.get(MAX_TAGS) {
        let message = format!(
            "lời văn có {} dấu mở `{{{{`, `{{%`, `{{#`, nhiều nhất là {}",
            vn(openers.len()),
            vn(MAX_TAGS)
        );
        (at, message)
    } else if let Some((at, _)) = lines.find(|(_, line)| line.len() > MAX_LINE) {
        (at, format!("lời văn có một dòng dài quá {} KiB", MAX_LINE >> 10))
    } else {
        return None;
    };
    let hint = "tách lời văn thành nhiều tệp rồi ghép bằng `include`; bảng dài là việc của phụ lục";
    Some(Fault::new(fault::TOO_LARGE, file, at..at, message).hint(hint))
}

fn vn(count: usize) -> String {
    crate::vi::number::format(count.into())
}

/// Reads a template from a byte on.
pub fn scan(file: &str, text: &str, from: usize) -> Scan {
    let (pieces, faults) = lex::pieces(file, text, from);
    let mut scanner = Scanner {
        file,
        text,
        pieces: &pieces,
        scan: Scan { faults, ..Scan::default() },
        open: vec![],
        crossed: vec![],
        role: Role::Stands,
        at: 0,
    };
    for (at, piece) in pieces.iter().enumerate() {
        (scanner.at, scanner.role) = (at, Role::Stands);
        match piece {
            Piece::Print(tag) => scanner.sound(tag, |scanner| scanner.print(tag)),
            Piece::Tag(tag) => scanner.sound(tag, |scanner| scanner.tag(tag)),
            Piece::Text(_) | Piece::Comment(_) | Piece::Raw(_) => {}
        }
        scanner.scan.roles.push(scanner.role);
    }
    scanner.finish(from);
    let mut scan = scanner.scan;
    scan.pieces = pieces;
    scan.faults.sort_by_key(|fault| fault.range.start);
    scan
}

struct Scanner<'a> {
    file: &'a str,
    text: &'a str,
    pieces: &'a [Piece],
    scan: Scan,
    open: Vec<Open>,
    /// Blocks that were closed by the end of one around them, and may meet their own yet.
    crossed: Vec<&'static str>,
    /// What the present piece does, and its place.
    role: Role,
    at: usize,
}

/// A block that waits for its end.
struct Open {
    name: &'static str,
    range: Range<usize>,
    tick: Option<usize>,
    /// How many `elif` it has.
    branches: usize,
    /// Whether its `else` has come.
    has_else: bool,
}

impl Scanner<'_> {
    fn fault(
        &mut self,
        code: &'static str,
        range: Range<usize>,
        message: impl Into<String>,
    ) -> &mut Fault {
        self.scan.faults.push(Fault::new(code, self.file, range, message));
        let last = self.scan.faults.len() - 1;
        &mut self.scan.faults[last]
    }

    fn hinted(
        &mut self,
        code: &'static str,
        range: Range<usize>,
        message: impl Into<String>,
        hint: &str,
    ) {
        self.fault(code, range, message).hint = Some(hint.to_owned());
    }

    /// Of a tag with a fault only its part among the blocks counts.
    fn sound(&mut self, tag: &Tag, read: impl FnOnce(&mut Self)) {
        let (faults, uses) = (self.scan.faults.len(), self.scan.uses.len());
        read(self);
        if tag.broken {
            self.scan.uses.truncate(uses);
            let within = |fault: &Fault| {
                tag.range.start <= fault.range.start && fault.range.end <= tag.range.end
            };
            let mut index = 0;
            self.scan.faults.retain(|fault| {
                index += 1;
                index <= faults || !within(fault)
            });
        }
    }

    fn print(&mut self, tag: &Tag) {
        if tag.tokens.is_empty() {
            self.hinted(
                fault::SYNTAX,
                tag.range.clone(),
                "`{{ }}` không có gì bên trong",
                "viết tên dữ kiện cần in",
            );
        } else if tag.is(self.text, 0, "<") {
            self.component_call(tag);
        } else {
            self.expression(tag, 0);
        }
    }

    /// A component is printed at once and only by itself: put into a variable, its
    /// text could be doubled again and again until memory ends.
    fn component_call(&mut self, tag: &Tag) {
        let last = tag.tokens.len();
        let closed =
            last > 3 && tag.is(self.text, last - 2, "/") && tag.is(self.text, last - 1, ">");
        if !closed {
            self.hinted(
                fault::SYNTAX,
                tag.range.clone(),
                "lời gọi thành phần phải đứng một mình và đóng bằng `/>`",
                "viết `{{ <ten a={x}/> }}`",
            );
            return;
        }
        let mut index = 2;
        while tag.is(self.text, index, ".") {
            index += 2;
        }
        let range = tag.tokens[1].range.start..tag.tokens[index.min(last) - 1].range.end;
        let target = self.text[range.clone()].to_owned();
        self.scan.calls.push(Link { target, range });
        self.names(tag, index, last - 2);
    }

    fn tag(&mut self, tag: &Tag) {
        let word = tag.word(self.text, 0).to_owned();
        self.tag_called(tag, &word);
    }

    fn tag_called(&mut self, tag: &Tag, word: &str) {
        match word {
            "if" => self.opens("if", tag, 1),
            "elif" => self.branch(tag, &["if"], 1),
            "else" => self.branch(tag, &["if", "for"], 1),
            "for" => self.for_loop(tag),
            "set" | "set_global" => self.set(tag),
            "include" | "extends" => self.link(tag),
            "block" => {
                let within = self.open.iter().any(|open| open.name == "block");
                if let (false, Some(name)) = (within, tag.tokens.get(1)) {
                    let target = self.text[name.range.clone()].to_owned();
                    self.scan.blocks.push(Link { target, range: name.range.clone() });
                }
                self.opens("block", tag, usize::MAX);
            }
            "component" => self.component(tag),
            "endif" => self.closes("if", tag),
            "endfor" => self.closes("for", tag),
            "endblock" => self.closes("block", tag),
            "endcomponent" => self.closes("component", tag),
            "break" | "continue" => self.jump(tag),
            "filter" => self.captures("filter", tag),
            "endfilter" => self.closes("filter", tag),
            "endset" => self.closes("set", tag),
            "<" if tag.is(self.text, 1, "/") => {}
            "<" => self.hinted(
                fault::FORBIDDEN,
                tag.range.clone(),
                "thành phần có thân không dùng trong lời văn",
                "viết `{{ <ten a={x}/> }}`",
            ),
            _ => self.unknown_tag(tag, word),
        }
    }

    fn unknown_tag(&mut self, tag: &Tag, word: &str) {
        if word == "endraw" {
            self.hinted(
                fault::UNCLOSED,
                tag.range.clone(),
                "`endraw` không có `raw` mở",
                "bỏ thẻ này",
            );
            return;
        }
        let hint = guess_or_list(word, TAGS, "các thẻ dùng được");
        self.fault(fault::UNKNOWN_TAG, tag.range.clone(), format!("không có thẻ `{word}`")).hint =
            hint;
        self.meant(tag, word);
    }

    /// A misspelt tag is taken for the one it is like, when the blocks then fit better.
    fn meant(&mut self, tag: &Tag, word: &str) {
        let Some(meant) = fault::guess(word, &TAGS).and_then(Step::of) else {
            self.role = Role::Ignored;
            return;
        };
        let (faults, mut open) = (self.scan.faults.len(), self.open_names());
        let ignored = self.faults_ahead(&open);
        let taken = meant.take(&mut open) + self.faults_ahead(&open);
        if taken >= ignored {
            self.role = Role::Ignored;
            return;
        }
        match meant {
            Step::Opens("for") => self.for_loop(tag),
            Step::Opens(name) => self.opens(name, tag, usize::MAX),
            Step::Closes(name) => self.closes(name, tag),
            Step::Branches => self.role = Role::Branches,
        }
        self.scan.faults.truncate(faults);
    }

    fn open_names(&self) -> Vec<&'static str> {
        self.open.iter().map(|open| open.name).collect()
    }

    /// How many faults the blocks after the present tag would have.
    fn faults_ahead(&self, open: &[&'static str]) -> usize {
        let mut open = open.to_vec();
        let steps = self.pieces[self.at + 1..].iter().filter_map(|piece| match piece {
            Piece::Tag(tag) => {
                let sets = tag.is(self.text, 0, "set") && tag.is(self.text, 2, "=");
                Step::of(tag.word(self.text, 0)).filter(|_| !sets)
            }
            _ => None,
        });
        let faults: usize = steps.map(|step| step.take(&mut open)).sum();
        faults + open.len()
    }

    fn opens(&mut self, name: &'static str, tag: &Tag, expression: usize) {
        if tag.tokens.len() < 2 {
            self.hinted(
                fault::SYNTAX,
                tag.range.clone(),
                format!("`{name}` thiếu phần sau nó"),
                "viết đủ: `{% if noi_dung.x %}`, `{% for x in ds %}`, `{% block ten %}`",
            );
        } else {
            self.expression(tag, expression);
        }
        let tick = matches!(name, "for" | "component" | "block").then(|| {
            self.scan.ticks.push(Tick { at: tag.range.end, length: 0, trims: tag.trims_right });
            self.scan.ticks.len() - 1
        });
        self.open.push(Open { name, range: tag.range.clone(), tick, has_else: false, branches: 0 });
        self.role = Role::Opens(name);
        if self.open.len() == MAX_BLOCKS + 1 {
            self.hinted(
                fault::NESTING,
                tag.range.clone(),
                format!("các khối lồng nhau quá {MAX_BLOCKS} tầng"),
                "bớt một tầng, hoặc gộp các điều kiện bằng `and`",
            );
        }
    }

    fn closes(&mut self, name: &'static str, tag: &Tag) {
        let top = self.open.last().map(|open| open.name);
        if top == Some(name) {
            return self.close_to(self.open.len() - 1, tag);
        }
        // As the blocks fit best: as it is written, as the end of the innermost block, or
        // as no end at all, its own beginning being spoilt.
        let written = self.faults_if(Some(name));
        let innermost = 1 + top.map_or(usize::MAX - 1, |top| self.faults_if(Some(top)));
        let nothing = 1 + self.faults_if(None);
        if innermost < written.min(nothing) {
            return self.mistaken(name, tag);
        }
        match self.open.iter().rposition(|open| open.name == name) {
            Some(depth) if written <= nothing => self.crosses(depth, name, tag),
            _ => self.stray(name, tag),
        }
    }

    /// How many faults there would be from here on if this tag ended a block.
    fn faults_if(&self, ends: Option<&'static str>) -> usize {
        let mut open = self.open_names();
        let now = ends.map_or(0, |name| Step::Closes(name).take(&mut open));
        now + self.faults_ahead(&open)
    }

    fn mistaken(&mut self, name: &str, tag: &Tag) {
        let depth = self.open.len() - 1;
        let (inner, line) = (self.open[depth].name, self.line(self.open[depth].range.start));
        let message = format!("`end{name}` ở đây, nhưng khối đang mở là `{inner}` ở dòng {line}");
        let hint = format!("viết `{{% end{inner} %}}`");
        self.hinted(fault::UNCLOSED, tag.range.clone(), message, &hint);
        self.close_to(depth, tag);
    }

    /// Closes a block and those in it, which are told where they were opened.
    fn crosses(&mut self, depth: usize, name: &str, tag: &Tag) {
        let line = self.line(tag.range.start);
        let inner: Vec<_> =
            self.open[depth + 1..].iter().map(|open| (open.name, open.range.clone())).collect();
        for (inner, range) in inner {
            let message = format!(
                "khối `{inner}` mở ở đây chưa đóng thì dòng {line} đã đóng khối `{name}` bên ngoài"
            );
            let hint = format!("thêm `{{% end{inner} %}}` trước dòng {line}");
            self.hinted(fault::UNCLOSED, range, message, &hint);
            self.crossed.push(inner);
        }
        self.close_to(depth, tag);
    }

    /// The late end of a crossed block is no second fault.
    fn stray(&mut self, name: &str, tag: &Tag) {
        self.role = Role::Ignored;
        if let Some(crossed) = self.crossed.iter().position(|crossed| *crossed == name) {
            self.crossed.remove(crossed);
            return;
        }
        self.hinted(
            fault::UNCLOSED,
            tag.range.clone(),
            format!("thẻ đóng `end{name}` không có `{name}` mở trước nó"),
            "bỏ thẻ này, hoặc thêm thẻ mở",
        );
    }

    fn close_to(&mut self, depth: usize, tag: &Tag) {
        self.role = Role::Closes(self.open.len() - depth);
        for open in self.open.split_off(depth) {
            self.measure(&open, tag.range.start);
        }
    }

    fn line(&self, at: usize) -> usize {
        1 + self.text[..at].matches('\n').count()
    }

    fn measure(&mut self, open: &Open, end: usize) {
        if let Some(tick) = open.tick {
            self.scan.ticks[tick].length = end.saturating_sub(open.range.end);
        }
    }

    fn branch(&mut self, tag: &Tag, owners: &[&str], expression: usize) {
        self.role = Role::Branches;
        if let Some(open) = self.open.last_mut() {
            let is_late = open.has_else;
            open.has_else |= tag.is(self.text, 0, "else");
            if is_late {
                let (name, start) = (open.name, open.range.start);
                let word = tag.word(self.text, 0).to_owned();
                let message = format!("`{word}` đứng sau `else` của khối `{name}`");
                let hint = format!("`else` là nhánh cuối của khối mở ở dòng {}", self.line(start));
                self.hinted(fault::UNCLOSED, tag.range.clone(), message, &hint);
                return;
            }
        }
        if self.open.last().is_none_or(|open| !owners.contains(&open.name)) {
            let word = tag.word(self.text, 0).to_owned();
            self.role = Role::Ignored;
            self.hinted(
                fault::UNCLOSED,
                tag.range.clone(),
                format!("`{word}` không nằm ngay trong khối {}", owners.join(", ")),
                "kiểm tra các thẻ mở và đóng phía trên",
            );
        }
        let branches = self.open.last_mut().map_or(0, |open| {
            open.branches += 1;
            open.branches
        });
        if branches == MAX_BRANCHES + 1 {
            self.hinted(
                fault::NESTING,
                tag.range.clone(),
                format!("một `if` có quá {MAX_BRANCHES} nhánh"),
                "chia thành nhiều `if`",
            );
        }
        self.expression(tag, expression);
    }

    fn jump(&mut self, tag: &Tag) {
        if !self.open.iter().any(|open| open.name == "for") {
            let word = tag.word(self.text, 0).to_owned();
            self.hinted(
                fault::SYNTAX,
                tag.range.clone(),
                format!("`{word}` chỉ dùng trong `for`"),
                "bỏ thẻ này",
            );
        }
    }

    /// Captured text can be doubled without being written, so no limit would see it.
    fn captures(&mut self, name: &'static str, tag: &Tag) {
        self.open.push(Open {
            name,
            range: tag.range.clone(),
            tick: None,
            has_else: false,
            branches: 0,
        });
        self.role = Role::Opens(name);
        self.hinted(
            fault::FORBIDDEN,
            tag.range.clone(),
            format!("khối `{name}` giữ chữ lại không dùng trong lời văn"),
            "viết `{% set ten = … %}`, hoặc đặt bộ lọc sau từng dữ kiện",
        );
    }

    fn for_loop(&mut self, tag: &Tag) {
        let Some(of) = (1..tag.tokens.len()).find(|&index| tag.is(self.text, index, "in")) else {
            self.hinted(
                fault::SYNTAX,
                tag.range.clone(),
                "`for` thiếu `in`",
                "viết `{% for du_an in phu_luc[0].dong %}`",
            );
            self.bind(tag, 1, tag.tokens.len().min(2));
            self.open.push(Open {
                name: "for",
                range: tag.range.clone(),
                tick: None,
                has_else: false,
                branches: 0,
            });
            self.role = Role::Opens("for");
            return;
        };
        self.bind(tag, 1, of);
        self.opens("for", tag, of + 1);
        let depth = self.open.iter().filter(|open| open.name == "for").count();
        if depth > MAX_NESTING {
            self.hinted(
                fault::NESTING,
                tag.range.clone(),
                format!(
                    "vòng lặp này nằm trong {} vòng lặp khác, nhiều nhất là {}",
                    depth - 1,
                    MAX_NESTING - 1
                ),
                "bớt một tầng lặp",
            );
        }
    }

    fn bind(&mut self, tag: &Tag, from: usize, to: usize) {
        for index in from..to {
            if tag.kind(index) == Some(TokenKind::Name) {
                self.scan.bound.push(tag.word(self.text, index).to_owned());
            }
        }
    }

    fn set(&mut self, tag: &Tag) {
        if tag.kind(1) == Some(TokenKind::Name) && tag.is(self.text, 2, "=") && tag.tokens.len() > 3
        {
            self.bind(tag, 1, 2);
            self.expression(tag, 3);
        } else {
            self.captures("set", tag);
        }
    }

    fn component(&mut self, tag: &Tag) {
        for index in 2..tag.tokens.len() {
            if matches!(tag.word(self.text, index - 1), "(" | ",") {
                self.bind(tag, index, index + 1);
            }
        }
        let end = (1..tag.tokens.len()).find(|&at| tag.is(self.text, at, "("));
        if let (Some(first), Some(end)) = (tag.tokens.get(1), end) {
            let range = first.range.start..tag.tokens[end - 1].range.end;
            let target = self.text[range.clone()].to_owned();
            self.scan.components.push(Link { target, range });
        }
        self.opens("component", tag, usize::MAX);
    }

    fn link(&mut self, tag: &Tag) {
        if tag.kind(1) != Some(TokenKind::Text) || tag.tokens.len() != 2 {
            self.hinted(
                fault::SYNTAX,
                tag.range.clone(),
                format!("`{}` cần đúng một tên tệp trong ngoặc kép", tag.word(self.text, 0)),
                "viết `{% include \"chung/ket.md\" %}`",
            );
            return;
        }
        let quoted = tag.word(self.text, 1);
        let target = quoted[1..quoted.len() - 1].to_owned();
        self.scan.extends |= tag.is(self.text, 0, "extends");
        self.scan.links.push(Link { target, range: tag.tokens[1].range.clone() });
    }

    /// Everything from a token on is one expression.
    fn expression(&mut self, tag: &Tag, from: usize) {
        let faults = self.scan.faults.len();
        self.signs(tag, from);
        if self.scan.faults.len() == faults {
            self.names(tag, from, tag.tokens.len());
        }
    }

    /// `x in list`, `is containing`, a slice, and `==` between two names: each may cost
    /// as much as the longest list there is.
    fn is_search(&self, tag: &Tag, index: usize) -> bool {
        let is_literal =
            |index: usize| matches!(tag.kind(index), Some(TokenKind::Text | TokenKind::Number));
        match tag.word(self.text, index) {
            "in" | "containing" | ":" => true,
            "==" | "!=" => !(is_literal(index + 1) || index > 0 && is_literal(index - 1)),
            _ => false,
        }
    }

    /// Signs that a wording does not use.
    fn signs(&mut self, tag: &Tag, from: usize) {
        for index in from..tag.tokens.len() {
            if self.is_search(tag, index) {
                self.scan.searches.push(tag.tokens[index].range.start);
            }
            let range = tag.tokens[index].range.clone();
            match tag.word(self.text, index) {
                "~" => self.hinted(
                    fault::FORBIDDEN,
                    range,
                    "không nối chữ bằng `~`",
                    "viết hai `{{ }}` liền nhau",
                ),
                "..." => {
                    self.hinted(fault::FORBIDDEN, range, "không dùng `...`", "viết từng phần tử")
                }
                "{" => self.hinted(
                    fault::FORBIDDEN,
                    range,
                    "không đặt bản ghi trong lời văn",
                    "ghi dữ kiện vào hồ sơ",
                ),
                "for" => self.hinted(
                    fault::FORBIDDEN,
                    range,
                    "không dùng danh sách rút gọn `[… for …]`",
                    "dùng bộ lọc `noi` hoặc `liet_ke`",
                ),
                "<" | ">" | "<=" | ">=" if !self.compares_counts(tag, index) => self.hinted(
                    fault::FORBIDDEN,
                    range,
                    "số tiền và ngày là chữ, so sánh lớn nhỏ ở đây sẽ sai",
                    "chỉ so sánh số đếm với một số: `{% if kinh_gui | so_luong > 1 %}`",
                ),
                "[" if self.is_list_of_names(tag, index) => self.hinted(
                    fault::FORBIDDEN,
                    range,
                    "danh sách viết trong lời văn chỉ gồm chữ và số",
                    "ghi danh sách vào hồ sơ",
                ),
                _ => {}
            }
        }
    }

    fn compares_counts(&self, tag: &Tag, index: usize) -> bool {
        let is_count = |index: usize| {
            tag.kind(index) == Some(TokenKind::Number) || tag.is(self.text, index, "so_luong")
        };
        is_count(index + 1) || index > 0 && is_count(index - 1)
    }

    /// A `[` that begins a list (and is no index) with names in it.
    fn is_list_of_names(&self, tag: &Tag, index: usize) -> bool {
        let is_index = index > 0
            && (tag.kind(index - 1) == Some(TokenKind::Name)
                && !WORDS.contains(&tag.word(self.text, index - 1))
                || matches!(tag.word(self.text, index - 1), "]" | ")"));
        !is_index
            && (index + 1..tag.tokens.len())
                .take_while(|&inside| !tag.is(self.text, inside, "]"))
                .any(|inside| {
                    tag.kind(inside) == Some(TokenKind::Name) || tag.is(self.text, inside, "[")
                })
    }

    /// Sorts the names of an expression into filters, functions and names read.
    fn names(&mut self, tag: &Tag, from: usize, to: usize) {
        let mut index = from;
        while index < to {
            if tag.kind(index) == Some(TokenKind::Name) && !self.is_syntax(tag, index) {
                index = self.name_or_call(tag, index);
            } else {
                index += 1;
            }
        }
    }

    fn name_or_call(&mut self, tag: &Tag, index: usize) -> usize {
        if index > 0 && tag.is(self.text, index - 1, "|") {
            self.filter(tag, index);
        } else if tag.is(self.text, index + 1, "(") {
            self.function(tag, index);
        } else {
            return self.name(tag, index);
        }
        index + 1
    }

    /// A word of Tera's, a key after a dot, the name of an argument or of a test.
    fn is_syntax(&self, tag: &Tag, index: usize) -> bool {
        let back = |steps: usize| index.checked_sub(steps).map_or("", |at| tag.word(self.text, at));
        let is_test = back(1) == "is" || back(1) == "not" && back(2) == "is";
        is_test
            || matches!(back(1), "." | "?.")
            || WORDS.contains(&tag.word(self.text, index))
            || tag.is(self.text, index + 1, "=")
    }

    fn name(&mut self, tag: &Tag, index: usize) -> usize {
        let (end, keys) = path(tag, self.text, index);
        let range = tag.tokens[index].range.start..tag.tokens[end - 1].range.end;
        if keys[0].starts_with("__") {
            self.hinted(
                fault::UNKNOWN_NAME,
                range.clone(),
                format!("tên `{}` dành cho chương trình", keys[0]),
                "đặt tên khác",
            );
        }
        self.scan.uses.push(Use { keys, range });
        end
    }

    fn function(&mut self, tag: &Tag, index: usize) {
        let name = tag.word(self.text, index);
        if name == "super" {
            if !self.open.iter().any(|open| open.name == "block") {
                let range = tag.tokens[index].range.clone();
                let hint = "`super()` in nội dung của khối cùng tên ở tệp được `extends`";
                self.hinted(fault::SYNTAX, range, "`super()` chỉ dùng trong `block`", hint);
            }
            return;
        }
        let range = tag.tokens[index].range.clone();
        let hint = if filters::find(name).is_some() {
            format!("`{name}` là bộ lọc, viết sau dấu `|`: `{{{{ x | {name} }}}}`")
        } else {
            "phép biến đổi là bộ lọc, viết sau dấu `|`".to_owned()
        };
        self.hinted(fault::UNKNOWN_FUNCTION, range, format!("không có hàm `{name}`"), &hint);
    }

    fn filter(&mut self, tag: &Tag, index: usize) {
        let name = tag.word(self.text, index);
        let range = tag.tokens[index].range.clone();
        if name == "safe" {
            self.hinted(
                fault::SAFE,
                range,
                "không dùng bộ lọc `safe`",
                "bỏ `| safe`; đoạn văn có đậm, nghiêng là trường kiểu `doan`",
            );
        } else if name == "default" {
            // Tera's own name of mac_dinh; known from every tutorial, so it is let through.
        } else if let Some(filter) = filters::find(name) {
            self.arguments(tag, index + 1, filter);
        } else {
            let hint = guess_or_list(name, filters::names(), "các bộ lọc");
            self.fault(fault::UNKNOWN_FILTER, range, format!("không có bộ lọc `{name}`")).hint =
                hint;
        }
    }

    /// Names of the arguments of a filter, from its `(` on.
    fn arguments(&mut self, tag: &Tag, open: usize, filter: &filters::Filter) {
        let mut given = Vec::new();
        if tag.is(self.text, open, "(") {
            let mut depth = 0_usize;
            for index in open..tag.tokens.len() {
                match tag.word(self.text, index) {
                    "(" | "[" => depth += 1,
                    ")" | "]" => depth = depth.saturating_sub(1),
                    _ if depth == 1 && tag.is(self.text, index + 1, "=") => given.push(index),
                    _ => {}
                }
                if depth == 0 {
                    break;
                }
            }
        }
        for &index in &given {
            self.known_argument(tag, index, filter);
        }
        let has = |name: &str| given.iter().any(|&index| tag.is(self.text, index, name));
        if let Some(missing) = filter.required.iter().find(|name| !has(name)) {
            let range = tag.tokens[open - 1].range.clone();
            let message = format!("bộ lọc `{}` thiếu tham số `{missing}`", filter.name);
            let hint = format!("viết như `{}`", filter.example);
            self.hinted(fault::ARGUMENT, range, message, &hint);
        }
    }

    fn known_argument(&mut self, tag: &Tag, index: usize, filter: &filters::Filter) {
        let name = tag.word(self.text, index);
        if filter.arguments().any(|known| known == name) {
            return;
        }
        let hint = guess_or_list(name, filter.arguments(), "các tham số")
            .unwrap_or_else(|| format!("`{}` không có tham số", filter.name));
        let message = format!("bộ lọc `{}` không có tham số `{name}`", filter.name);
        self.hinted(fault::ARGUMENT, tag.tokens[index].range.clone(), message, &hint);
    }

    fn finish(&mut self, from: usize) {
        for open in std::mem::take(&mut self.open) {
            let message = format!("khối `{}` mở ở đây chưa đóng", open.name);
            let hint = format!("thêm `{{% end{} %}}`", open.name);
            self.measure(&open, self.text.len());
            self.hinted(fault::UNCLOSED, open.range, message, &hint);
        }
        if !self.scan.extends {
            let length = self.text.len() - from;
            self.scan.ticks.push(Tick { at: from, length, trims: false });
        }
    }
}

/// A tag as one of the steps by which blocks open and close.
#[derive(Clone, Copy)]
enum Step {
    Opens(&'static str),
    Closes(&'static str),
    Branches,
}

impl Step {
    fn of(word: &str) -> Option<Self> {
        const BLOCKS: [&str; 6] = ["if", "for", "block", "component", "set", "filter"];
        let named = |word: &str| BLOCKS.into_iter().find(|block| *block == word);
        match word {
            "else" | "elif" => Some(Self::Branches),
            _ => match word.strip_prefix("end") {
                Some(block) => named(block).map(Self::Closes),
                None => named(word).map(Self::Opens),
            },
        }
    }

    /// Takes the step among the open blocks; how many faults it makes.
    fn take(self, open: &mut Vec<&'static str>) -> usize {
        match self {
            Self::Opens(name) => open.push(name),
            Self::Branches => {
                return usize::from(!matches!(open.last(), Some(&("if" | "for"))));
            }
            Self::Closes(name) => {
                let Some(depth) = open.iter().rposition(|block| *block == name) else { return 1 };
                let crossed = open.len() - depth - 1;
                open.truncate(depth);
                return crossed;
            }
        }
        0
    }
}

/// The tokens of `a.b[0]["c"]` from a name on: where they end, and the keys.
pub fn path(tag: &Tag, text: &str, start: usize) -> (usize, Vec<String>) {
    let mut keys = vec![tag.word(text, start).to_owned()];
    let mut end = start + 1;
    loop {
        let next = tag.word(text, end);
        if (next == "." || next == "?.") && tag.kind(end + 1) == Some(TokenKind::Name) {
            keys.push(tag.word(text, end + 1).to_owned());
            end += 2;
        } else if (next == "[" || next == "?[")
            && matches!(tag.kind(end + 1), Some(TokenKind::Number | TokenKind::Text))
            && tag.is(text, end + 2, "]")
        {
            keys.push(tag.word(text, end + 1).trim_matches(['"', '\'', '`']).to_owned());
            end += 3;
        } else {
            return (end, keys);
        }
    }
}
