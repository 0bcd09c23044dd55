//! What a wording does with the facts it declares, judged without a case.
//!
//! The tree is walked as Tera would walk it, but through every branch; what a condition
//! makes sure of is known within it. Files that are included or extended and components
//! are walked where they are used, so that each is judged by the wording that uses it.
//!
//! *Invariant*: what is not known is not held against anybody: a value of kind
//! [`Kind::Any`], a condition that cannot be read, blocks that do not fit.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::expr::{Argument, Expr, Key, Step, What};
use super::fault::{self, Fault, guess_or_list};
use super::filters::{self, Filter, Takes};
use super::kinds::{Child, Given, Kind};
use super::tree::{Call, Component, Condition, Loop, Node};
use super::{File, MAX_DEPTH, Wordings};

/// How often files and components are walked for one wording at most; each is walked
/// once for each state it is met in.
const MAX_WALKS: usize = 500;

/// What came of a wording.
#[derive(Default)]
pub struct Judged {
    pub faults: Vec<Fault>,
    /// The declared fields that are read, as places in the declaration.
    pub used: BTreeSet<Vec<usize>>,
    /// Whether a field may be used where it was not seen.
    pub blurred: bool,
}

/// Judges a wording and all that it includes.
pub fn judge<'a>(wordings: &'a Wordings, path: &'a str, given: Given<'a>) -> Judged {
    let mut judge = Judge {
        wordings,
        wording: path,
        given,
        judged: Judged::default(),
        chain: vec![],
        within: vec![],
        met: BTreeSet::new(),
        depth: 0,
        unsure: 0,
    };
    if let Some(file) = wordings.files.get(path) {
        judge.file(file, &mut Env::default());
        judge.own_components(file);
    }
    judge.judged
}

struct Judge<'a> {
    wordings: &'a Wordings,
    wording: &'a str,
    given: Given<'a>,
    judged: Judged,
    /// The blocks of the files that extend one another, the outermost file last.
    chain: Vec<Blocks<'a>>,
    /// The blocks that are being walked: name, place in the chain.
    within: Vec<(String, usize)>,
    met: BTreeSet<String>,
    depth: usize,
    /// How many names could not be understood so far.
    unsure: usize,
}

type Blocks<'a> = BTreeMap<&'a str, (&'a File, &'a [Node])>;
type Known = BTreeSet<String>;

/// What is known at a place.
#[derive(Clone, Default)]
struct Env<'a> {
    names: BTreeMap<String, Value<'a>>,
    /// Names of values that are certainly there.
    known: Known,
    /// Of each of these, at least one is there with all that is named in it.
    either: Vec<Vec<Known>>,
    /// Nothing is asked for: a condition here cannot be read.
    trusts: bool,
    in_loop: bool,
    /// Inside a component only its parameters can be seen.
    isolated: bool,
}

#[derive(Clone)]
struct Value<'a> {
    kind: Kind<'a>,
    /// One name for it, whatever it is called.
    path: Option<String>,
    lack: Option<Lack>,
    /// Of a variable that holds a condition: what is known when it is true, and when not.
    tells: Option<(Known, Known)>,
}

/// How a value may be missing.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lack {
    /// It is not there.
    Absent,
    /// It is a list without anything in it.
    Empty,
}

impl<'a> Value<'a> {
    const fn new(kind: Kind<'a>) -> Self {
        Self { kind, path: None, lack: None, tells: None }
    }
}

impl Env<'_> {
    fn lacks(&self, value: &Value<'_>) -> Option<Lack> {
        let known = value.path.as_ref().is_some_and(|path| self.known.contains(path));
        value.lack.filter(|_| !self.trusts && !known)
    }

    /// Takes a condition for true, or for false.
    fn learn(&mut self, condition: &Expr, truth: bool) {
        self.known.extend(known(condition, self, truth));
        match &condition.what {
            What::Not(of) => self.learn(of, !truth),
            What::And(left, right) | What::Or(left, right) => {
                if matches!(condition.what, What::And(..)) == truth {
                    self.learn(left, truth);
                    self.learn(right, truth);
                } else if truth {
                    let mut either = Vec::new();
                    alternatives(condition, &mut |side| either.push(known(side, self, true)));
                    self.either.push(either);
                }
            }
            What::Path(_) if !truth => self.rules_out(condition),
            What::Test(of, name, negated) if name == "defined" && truth == *negated => {
                self.rules_out(of);
            }
            _ => {}
        }
    }

    /// A value is not there; of two of which one must be, the other is.
    fn rules_out(&mut self, path: &Expr) {
        let Some(path) = there(path, self).into_iter().max_by_key(String::len) else { return };
        for either in &mut self.either {
            either.retain(|known| !known.contains(&path));
            if let [only] = either.as_slice() {
                self.known.extend(only.iter().cloned());
            }
        }
    }

    fn mark(&self) -> String {
        let names: Vec<String> = self
            .names
            .iter()
            .map(|(name, value)| {
                let lack = value.lack.is_some();
                let path = value.path.as_deref().unwrap_or_default();
                format!("{name}:{}:{path}:{lack}:{:?}", value.kind.mark(), value.tells)
            })
            .collect();
        let flags = [self.trusts, self.in_loop, self.isolated];
        format!("{names:?}{:?}{:?}{flags:?}", self.known, self.either)
    }
}

impl<'a> Judge<'a> {
    fn fault(
        &mut self,
        file: &File,
        code: &'static str,
        range: Range<usize>,
        message: String,
        hint: Option<String>,
    ) {
        let message = if file.path == self.wording {
            message
        } else {
            format!("{message} (khi dùng trong {})", self.wording)
        };
        let fault = Fault { hint, ..Fault::new(code, &file.path, range, message) };
        if !self.judged.faults.contains(&fault) {
            self.judged.faults.push(fault);
        }
    }

    fn file(&mut self, file: &'a File, env: &mut Env<'a>) {
        self.depth += 1;
        if self.depth <= MAX_DEPTH {
            let nodes = file.tree();
            let parent = nodes.iter().find_map(|node| match node {
                Node::Extends(target) => Some(target.as_str()),
                _ => None,
            });
            match parent {
                Some(parent) => self.extends(file, parent, env),
                None => {
                    self.walk(file, nodes, env);
                }
            }
        }
        self.depth -= 1;
    }

    fn extends(&mut self, file: &'a File, parent: &str, env: &mut Env<'a>) {
        let mut blocks = Blocks::new();
        collect_blocks(file, file.tree(), &mut blocks);
        self.chain.push(blocks);
        match self.wordings.files.get(parent) {
            Some(parent) => {
                let extends = parent.tree().iter().any(|node| matches!(node, Node::Extends(_)));
                if !extends {
                    let mut blocks = Blocks::new();
                    collect_blocks(parent, parent.tree(), &mut blocks);
                    self.chain.push(blocks);
                }
                self.file(parent, env);
                if !extends {
                    self.chain.pop();
                }
            }
            None => {
                self.judged.blurred = true;
                for node in file.tree() {
                    if let Node::Block(_, body) = node {
                        self.walk(file, body, &mut env.clone());
                    }
                }
            }
        }
        self.chain.pop();
    }

    /// Walks nodes; false when nothing after them is reached.
    fn walk(&mut self, file: &'a File, nodes: &'a [Node], env: &mut Env<'a>) -> bool {
        for node in nodes {
            match node {
                Node::Text(_) | Node::Raw(_) | Node::Void | Node::Extends(_) => {}
                Node::Component(_) => {}
                Node::Print(range, Some(expr)) => self.print(file, range, expr, env),
                Node::Print(_, None) => self.judged.blurred = true,
                Node::Call(_, call) => self.call(file, call, env),
                Node::If(branches) => {
                    if !self.choose(file, branches, env) {
                        return false;
                    }
                }
                Node::For(repeat) => self.repeat(file, repeat, env),
                Node::Set(name, value) => self.set(file, name, value, env),
                Node::Include(_, target) => self.include(target, env),
                Node::Block(name, own) => self.block(file, name, own, env),
                Node::Jump => return false,
            }
        }
        true
    }

    fn block(&mut self, file: &'a File, name: &str, own: &'a [Node], env: &mut Env<'a>) {
        let found = self.chain.iter().position(|blocks| blocks.contains_key(name));
        let Some(level) = found else {
            self.walk(file, own, env);
            return;
        };
        self.block_at(name, level, env);
    }

    fn block_at(&mut self, name: &str, level: usize, env: &Env<'a>) {
        let Some((file, nodes)) = self.chain[level].get(name).copied() else { return };
        if self.within.len() < MAX_DEPTH {
            self.within.push((name.to_owned(), level));
            self.walk(file, nodes, &mut env.clone());
            self.within.pop();
        }
    }

    /// `super()`: the same block in the file that is extended.
    fn super_block(&mut self, env: &Env<'a>) {
        let Some((name, level)) = self.within.last().cloned() else { return };
        let above = (level + 1..self.chain.len()).find(|&at| self.chain[at].contains_key(&*name));
        if let Some(above) = above {
            self.block_at(&name, above, env);
        }
    }

    fn include(&mut self, target: &str, env: &Env<'a>) {
        let Some(file) = self.wordings.files.get(target) else {
            self.judged.blurred = true;
            return;
        };
        if self.is_new(format!("{target} {}", env.mark())) {
            let (chain, within) =
                (std::mem::take(&mut self.chain), std::mem::take(&mut self.within));
            self.file(file, &mut env.clone());
            (self.chain, self.within) = (chain, within);
        }
    }

    fn is_new(&mut self, state: String) -> bool {
        self.met.len() < MAX_WALKS && self.met.insert(state)
    }

    // ---- What is printed ----

    fn print(&mut self, file: &'a File, range: &Range<usize>, expr: &'a Expr, env: &Env<'a>) {
        if let What::Call(name, _) = &expr.what
            && name == "super"
        {
            return self.super_block(env);
        }
        if let What::Number(number) = &expr.what
            && number.contains('.')
        {
            let message = format!("{number} không phải chữ, cũng không phải số đếm");
            let hint = "số lẻ viết là chữ: \"12,5\"".to_owned();
            self.fault(file, fault::KIND, expr.range.clone(), message, Some(hint));
        }
        let value = self.value(file, expr, env);
        self.needs(file, expr, &value, env, "in");
        let name = &file.text[expr.range.clone()];
        match &value.kind {
            Kind::Passages if !file.stands_alone(range.start) => {
                let message = format!("đoạn văn {name} phải đứng một mình trên một dòng");
                let hint = "đưa `{{ … }}` của nó xuống một dòng riêng, không có chữ nào bên cạnh";
                self.fault(file, fault::PASSAGES_ALONE, range.clone(), message, Some(hint.into()));
            }
            Kind::List(_) => self.unprintable(
                file,
                expr,
                &value.kind,
                "nối bằng `| noi`, đánh số bằng `| liet_ke`, hoặc lặp bằng `{% for %}`",
            ),
            Kind::Cited => {
                self.unprintable(file, expr, &value.kind, "văn bản viện dẫn thì dùng `| vien_dan`");
            }
            Kind::Flag => {
                self.unprintable(file, expr, &value.kind, "đúng sai chỉ dùng trong `{% if %}`");
            }
            Kind::Fields(..)
            | Kind::Fixed(_)
            | Kind::Facts
            | Kind::Appendix
            | Kind::Tables
            | Kind::BodyTable
            | Kind::Groups
            | Kind::Group
            | Kind::Sums
            | Kind::Row
            | Kind::Loop => {
                self.unprintable(file, expr, &value.kind, "in từng trường của nó");
            }
            Kind::Any
            | Kind::Words
            | Kind::Text
            | Kind::Amount
            | Kind::Date
            | Kind::Count
            | Kind::Passages => {}
        }
    }

    fn unprintable(&mut self, file: &File, expr: &Expr, kind: &Kind<'_>, hint: &str) {
        let name = &file.text[expr.range.clone()];
        let message = format!("{name} là {}, không in ra được", kind.name());
        self.fault(file, fault::KIND, expr.range.clone(), message, Some(hint.to_owned()));
    }

    /// A value that may be missing must stand under a condition.
    fn needs(&mut self, file: &File, expr: &Expr, value: &Value<'_>, env: &Env<'_>, does: &str) {
        if env.lacks(value) != Some(Lack::Absent) {
            return;
        }
        self.unguarded(file, expr, &value.kind, does);
    }

    fn unguarded(&mut self, file: &File, expr: &Expr, kind: &Kind<'_>, does: &str) {
        // Which blocks stand around it cannot be told.
        if expr.range.start < file.blind_until() {
            return;
        }
        let name = &file.text[expr.range.clone()];
        let message = format!("`{name}` có thể để trống mà chỗ này {does} không có điều kiện");
        let guard = format!("đặt trong `{{% if {name} %}} … {{% endif %}}`");
        let hint = match kind {
            Kind::Passages | Kind::Cited | Kind::List(_) | Kind::Fields(..) => guard,
            _ => format!("{guard}, hoặc thêm `| mac_dinh(bang=\"…\")`"),
        };
        self.fault(file, fault::UNGUARDED, expr.range.clone(), message, Some(hint));
    }

    // ---- Values ----

    fn value(&mut self, file: &'a File, expr: &'a Expr, env: &Env<'a>) -> Value<'a> {
        match &expr.what {
            What::Path(steps) => self.path(file, expr, steps, env),
            What::Text(_) => Value::new(Kind::Words),
            What::Number(_) => Value::new(Kind::Count),
            What::Word => Value::new(Kind::Flag),
            What::List(items) => {
                for item in items {
                    self.value(file, item, env);
                }
                Value::new(Kind::List(Box::new(Kind::Words)))
            }
            What::Filter { of, name, arguments } => self.filtered(file, of, name, arguments, env),
            What::Choice(then, condition, otherwise) => {
                self.condition(file, condition, env);
                let mut held = env.clone();
                held.learn(condition, true);
                let first = self.value(file, then, &held);
                let mut failed = env.clone();
                failed.learn(condition, false);
                self.value(file, otherwise, &failed);
                self.needs(file, then, &first, &held, "dùng");
                Value { lack: None, ..first }
            }
            What::Math(left, right) => {
                for side in [left, right] {
                    let value = self.value(file, side, env);
                    self.needs(file, side, &value, env, "tính");
                    if !matches!(value.kind, Kind::Any | Kind::Count) {
                        let message = format!(
                            "phép tính chỉ làm với số đếm, mà `{}` là {}",
                            &file.text[side.range.clone()],
                            value.kind.name()
                        );
                        let hint = "tiền và tỷ lệ tính bằng bộ lọc: `cong`, `ty_le`, `doi_don_vi`";
                        let range = side.range.clone();
                        self.fault(file, fault::KIND, range, message, Some(hint.to_owned()));
                    }
                }
                Value::new(Kind::Any)
            }
            What::Call(_, arguments) => {
                for argument in arguments {
                    self.value(file, &argument.value, env);
                }
                Value::new(Kind::Any)
            }
            What::Not(_) | What::Test(..) | What::Compare(..) => {
                self.condition(file, expr, env);
                Value::new(Kind::Flag)
            }
            What::And(..) | What::Or(..) => {
                self.condition(file, expr, env);
                Value::new(Kind::Any)
            }
        }
    }

    fn path(
        &mut self,
        file: &'a File,
        expr: &'a Expr,
        steps: &'a [Step],
        env: &Env<'a>,
    ) -> Value<'a> {
        let Some((first, rest)) = steps.split_first() else { return Value::new(Kind::Any) };
        let Some(mut value) = self.root(file, first, env) else { return Value::new(Kind::Any) };
        let mut end = first.range.end;
        for step in rest {
            if env.lacks(&value) == Some(Lack::Absent) && !step.optional {
                let so_far = Expr { range: expr.range.start..end, what: What::Word };
                self.unguarded(file, &so_far, &value.kind, "đọc");
                value.lack = None;
            }
            end = step.range.end;
            let range = expr.range.start..end;
            let Some(next) = self.step(file, value, step, range, env) else {
                return Value::new(Kind::Any);
            };
            value = next;
            if step.optional && value.lack.is_none() {
                value.lack = None;
            }
        }
        value
    }

    /// The first name of a path; nothing when it is not known here.
    fn root(&mut self, file: &File, step: &Step, env: &Env<'a>) -> Option<Value<'a>> {
        let Key::Name(name) = &step.key else { return None };
        if let Some(value) = env.names.get(name) {
            return Some(value.clone());
        }
        if name == "loop" && env.in_loop {
            return Some(Value::new(Kind::Loop));
        }
        let kind = Kind::of_name(name).filter(|_| !env.isolated);
        if let Some(kind) = kind {
            let lack = (name == "kinh_gui" && !self.given.serves.addressed).then_some(Lack::Empty);
            return Some(Value { path: Some(name.clone()), lack, ..Value::new(kind) });
        }
        self.unsure += 1;
        self.unknown_here(file, name, step, env);
        None
    }

    fn unknown_here(&mut self, file: &File, name: &str, step: &Step, env: &Env<'_>) {
        // Names that no template gives are told of the file itself; a file that nobody
        // includes may get any name from who will.
        let is_told = !self.wordings.binds(name) && Kind::of_name(name).is_none() && name != "loop";
        if is_told || self.given.schema.is_none() && !env.isolated || env.trusts {
            return;
        }
        let (message, hint) = if env.isolated {
            let hint = format!("thêm tham số `{name}` cho thành phần, rồi truyền vào khi gọi");
            (
                format!("trong thành phần không có tên `{name}`: chỉ có các tham số của nó"),
                Some(hint),
            )
        } else if name == "loop" {
            ("`loop` chỉ có trong `{% for %}`".to_owned(), None)
        } else {
            let names = env.names.keys().map(String::as_str);
            let known = names.chain(super::NAMES.iter().map(|(name, _)| *name));
            (
                format!("ở đây không có tên `{name}`"),
                guess_or_list(name, known, "các tên dùng được"),
            )
        };
        self.fault(file, fault::UNKNOWN_NAME, step.range.clone(), message, hint);
    }

    fn step(
        &mut self,
        file: &'a File,
        value: Value<'a>,
        step: &'a Step,
        range: Range<usize>,
        env: &Env<'a>,
    ) -> Option<Value<'a>> {
        match &step.key {
            Key::Name(key) => self.key(file, &value, key, range),
            Key::Slice => Some(Value { kind: value.kind, ..Value::new(Kind::Any) }),
            Key::Some(inner) => {
                self.value(file, inner, env);
                match value.kind {
                    Kind::List(of) => Some(Value::new(*of)),
                    _ => None,
                }
            }
            Key::Index(index) => match &value.kind {
                Kind::List(of) => {
                    let of = (**of).clone();
                    let is_table = matches!(of, Kind::Appendix | Kind::Row | Kind::Any);
                    // A list that must be given has at least one item.
                    let lacks = !is_table && (*index > 0 || env.lacks(&value).is_some());
                    let path = value.path.as_ref().map(|path| format!("{path}[{index}]"));
                    let lack = lacks.then_some(Lack::Absent);
                    Some(Value { path, lack, ..Value::new(of) })
                }
                _ => None,
            },
        }
    }

    fn key(
        &mut self,
        file: &File,
        value: &Value<'a>,
        key: &str,
        range: Range<usize>,
    ) -> Option<Value<'a>> {
        let path = value.path.as_ref().map(|path| format!("{path}.{key}"));
        match value.kind.child(key, &self.given) {
            Child::Known { kind, lacking, place } => {
                self.judged.used.extend(place);
                let lack = lacking.then_some(Lack::Absent);
                Some(Value { path, lack, ..Value::new(kind) })
            }
            // A file that wordings share may ask for what only some of them have.
            Child::Unknown(_)
                if matches!(value.kind, Kind::Facts)
                    && file.path != self.wording
                    && self.wordings.declares_for(&file.path, key) =>
            {
                Some(Value { path, lack: Some(Lack::Absent), ..Value::new(Kind::Any) })
            }
            Child::Unknown(known) => {
                self.unknown_key(file, value, key, &known, range);
                None
            }
            Child::NoRecord => {
                let name =
                    file.text[range.clone()].rsplit_once(key).map_or("", |(before, _)| before);
                let name = name.trim_end_matches(['.', '?', '[', '"', '\'']);
                let message = format!("`{name}` là {}, không có trường `{key}`", value.kind.name());
                self.fault(file, fault::UNKNOWN_NAME, range, message, None);
                None
            }
        }
    }

    fn unknown_key(
        &mut self,
        file: &File,
        value: &Value<'a>,
        key: &str,
        known: &[&str],
        range: Range<usize>,
    ) {
        self.unsure += 1;
        // The field that was meant is no field without use.
        if let Some(near) = fault::guess(key, known)
            && let Child::Known { place, .. } = value.kind.child(near, &self.given)
        {
            self.judged.used.extend(place);
        }
        let whole = &file.text[range.clone()];
        let message = match value.kind {
            Kind::Facts => format!("`noi_dung.{key}` không có trong `truong` của lời văn này"),
            Kind::Cited => format!("`{whole}`: văn bản viện dẫn không có phần `{key}`"),
            _ => format!("`{whole}`: không có trường `{key}`"),
        };
        let hint = guess_or_list(key, known.iter().copied(), "các trường");
        self.fault(file, fault::UNKNOWN_NAME, range, message, hint);
    }

    // ---- Filters ----

    fn filtered(
        &mut self,
        file: &'a File,
        of: &'a Expr,
        name: &Range<usize>,
        arguments: &'a [Argument],
        env: &Env<'a>,
    ) -> Value<'a> {
        let value = self.value(file, of, env);
        let word = &file.text[name.clone()];
        if matches!(word, "mac_dinh" | "default") {
            for argument in arguments {
                let given = self.value(file, &argument.value, env);
                self.needs(file, &argument.value, &given, env, "dùng");
            }
            return Value { lack: None, path: None, tells: None, kind: value.kind };
        }
        let Some(filter) = filters::find(word) else {
            self.unsure += 1;
            self.needs(file, of, &value, env, "dùng");
            return Value::new(Kind::Any);
        };
        self.needs(file, of, &value, env, "dùng");
        if env.lacks(&value) == Some(Lack::Empty) && matches!(word, "noi" | "liet_ke") {
            self.unguarded(file, of, &value.kind, "in");
        }
        self.takes(file, filter, of, &value.kind, name);
        let names_field = arguments.iter().any(|it| &file.text[it.name.clone()] == "truong");
        if let (Takes::List, Kind::List(item), false) = (filter.takes, &value.kind, names_field)
            && !Takes::Words.fits(item)
        {
            let message =
                format!("mỗi phần tử của `{}` là {}", &file.text[of.range.clone()], item.name());
            let hint = Some("chọn một trường: `(truong=\"…\")`".to_owned());
            self.fault(file, fault::KIND, name.clone(), message, hint);
        }
        for argument in arguments {
            self.argument(file, filter, argument, &value.kind, env);
        }
        Value::new(match word {
            "so_luong" => Kind::Count,
            "cong" => Kind::Amount,
            _ => Kind::Words,
        })
    }

    fn takes(
        &mut self,
        file: &File,
        filter: &Filter,
        of: &Expr,
        kind: &Kind<'_>,
        name: &Range<usize>,
    ) {
        if matches!(kind, Kind::Passages) && !matches!(filter.takes, Takes::Any) {
            let message = format!("đoạn văn không qua được bộ lọc `{}`", filter.name);
            let hint = "đặt `{{ … }}` của đoạn văn một mình trên một dòng, không có bộ lọc";
            self.fault(file, fault::PASSAGES_ALONE, name.clone(), message, Some(hint.into()));
            return;
        }
        if let What::Text(text) = &of.what {
            if let Some(complaint) = filter.takes.refuses(text) {
                let hint = Some(complaint.hint);
                self.fault(file, complaint.code, name.clone(), complaint.message, hint);
            }
            return;
        }
        if filter.takes.fits(kind) {
            return;
        }
        let message = format!(
            "bộ lọc `{}` dùng cho {}, mà `{}` là {}",
            filter.name,
            filter.takes.name(),
            &file.text[of.range.clone()],
            kind.name()
        );
        let hint = format!("viết như `{}`", filter.example);
        self.fault(file, fault::KIND, name.clone(), message, Some(hint));
    }

    fn argument(
        &mut self,
        file: &'a File,
        filter: &'static Filter,
        argument: &'a Argument,
        of: &Kind<'a>,
        env: &Env<'a>,
    ) {
        let name = &file.text[argument.name.clone()];
        let value = self.value(file, &argument.value, env);
        self.needs(file, &argument.value, &value, env, "dùng");
        let range = argument.value.range.clone();
        let literal = match &argument.value.what {
            What::Text(text) => Some(filters::Literal::Text(text)),
            What::Number(number) => Some(filters::Literal::Number(number)),
            What::Word | What::List(_) => Some(filters::Literal::Other),
            _ => None,
        };
        let is_known = filter.arguments().any(|known| known == name);
        let literal = literal.filter(|_| is_known);
        let refused = literal.and_then(|literal| filter.refuses_argument(name, &literal));
        if let Some(complaint) = refused {
            let hint = Some(complaint.hint);
            self.fault(file, complaint.code, range, complaint.message, hint);
            return;
        }
        if name == "cua" && !Takes::Amount.fits(&value.kind) {
            let message = format!("tham số `cua` cần số, mà chỗ này là {}", value.kind.name());
            self.fault(file, fault::KIND, range.clone(), message, None);
        }
        if let (true, What::Text(key)) = (matches!(name, "truong" | "lay"), &argument.value.what) {
            self.column(file, filter, name, key, of, range);
        }
    }

    /// The field that a filter takes of each item.
    fn column(
        &mut self,
        file: &File,
        filter: &Filter,
        argument: &str,
        key: &str,
        of: &Kind<'a>,
        range: Range<usize>,
    ) {
        let Kind::List(item) = of else { return };
        match item.child(key, &self.given) {
            Child::Known { kind, place, .. } => {
                self.judged.used.extend(place);
                let sums = argument == "truong" && matches!(filter.takes, Takes::Rows);
                let wanted = if sums { Takes::Amount } else { Takes::Words };
                if !wanted.fits(&kind) {
                    let message = format!(
                        "trường `{key}` là {}, bộ lọc `{}` cần {}",
                        kind.name(),
                        filter.name,
                        wanted.name()
                    );
                    self.fault(file, fault::KIND, range, message, None);
                }
            }
            Child::Unknown(known) => {
                if let Some(near) = fault::guess(key, &known)
                    && let Child::Known { place, .. } = item.child(near, &self.given)
                {
                    self.judged.used.extend(place);
                }
                let message = format!(
                    "tham số `{argument}` của bộ lọc `{}` nêu trường “{key}” mà phần tử không có",
                    filter.name
                );
                let hint = guess_or_list(key, known.iter().copied(), "các trường");
                self.fault(file, fault::ARGUMENT, range, message, hint);
            }
            Child::NoRecord => {
                let message = format!(
                    "tham số `{argument}` chọn trường của bản ghi, mà mỗi phần tử ở đây là {}",
                    item.name()
                );
                self.fault(file, fault::ARGUMENT, range, message, Some(format!("bỏ `{argument}`")));
            }
        }
    }

    // ---- Conditions, loops, variables ----

    /// Judges a condition; a name may stand in it bare though it may be missing.
    fn condition(&mut self, file: &'a File, expr: &'a Expr, env: &Env<'a>) {
        match &expr.what {
            What::Not(of) => self.condition(file, of, env),
            What::And(left, right) | What::Or(left, right) => {
                self.condition(file, left, env);
                let mut then = env.clone();
                then.learn(left, matches!(expr.what, What::And(..)));
                self.condition(file, right, &then);
            }
            What::Test(of, _, _) => {
                self.value(file, of, env);
            }
            What::Compare(left, _, right) => {
                self.value(file, left, env);
                self.value(file, right, env);
            }
            _ => {
                self.value(file, expr, env);
            }
        }
    }

    /// Walks the branches; false when none of them goes on.
    fn choose(
        &mut self,
        file: &'a File,
        branches: &'a [(Option<Condition>, Vec<Node>)],
        env: &mut Env<'a>,
    ) -> bool {
        let mut rest = env.clone();
        let mut ends: Vec<Env<'a>> = Vec::new();
        let mut covers_all = false;
        for (condition, body) in branches {
            let mut inside = rest.clone();
            match condition {
                Some(Condition::Read(expr)) => {
                    let before = self.unsure;
                    self.condition(file, expr, &rest);
                    inside.learn(expr, true);
                    rest.learn(expr, false);
                    // What a misspelt condition was to make sure of, nobody knows.
                    inside.trusts |= self.unsure > before;
                    rest.trusts |= self.unsure > before;
                }
                Some(Condition::Unread) => {
                    self.judged.blurred = true;
                    (inside.trusts, rest.trusts) = (true, true);
                }
                None => covers_all = true,
            }
            if self.walk(file, body, &mut inside) {
                ends.push(inside);
            }
        }
        if !covers_all {
            ends.push(rest);
        }
        let Some(first) = ends.first() else { return false };
        env.known = ends[1..].iter().fold(first.known.clone(), |known, end| {
            known.intersection(&end.known).cloned().collect()
        });
        for end in ends {
            for (name, value) in end.names {
                let is_other =
                    |known: &Value<'_>| known.path != value.path || known.lack != value.lack;
                match env.names.get(&name) {
                    Some(known) if !is_other(known) => {}
                    Some(_) => {
                        env.names.insert(name, Value::new(Kind::Any));
                    }
                    None => {
                        env.names.insert(name, value);
                    }
                }
            }
        }
        true
    }

    fn repeat(&mut self, file: &'a File, repeat: &'a Loop, env: &mut Env<'a>) {
        let mut inside = env.clone();
        let mut item = Kind::Any;
        match &repeat.of {
            Some(of) => {
                let value = self.value(file, of, env);
                self.needs(file, of, &value, env, "lặp");
                match value.kind.item() {
                    Some(kind) => item = kind,
                    None => {
                        let name = &file.text[of.range.clone()];
                        let message = format!("{name} là {}, không lặp được", value.kind.name());
                        let hint = "`for` chỉ lặp trên danh sách hoặc bản ghi".to_owned();
                        self.fault(file, fault::KIND, of.range.clone(), message, Some(hint));
                    }
                }
                if repeat.names.len() > 1 && matches!(value.kind, Kind::List(_)) {
                    let message = "`for khoa, gia_tri in …` chỉ lặp trên bản ghi".to_owned();
                    let hint = "danh sách thì lặp bằng một tên: `{% for x in … %}`".to_owned();
                    self.fault(file, fault::KIND, of.range.clone(), message, Some(hint));
                }
                inside.known.extend(value.path);
            }
            None => {
                self.judged.blurred = true;
                inside.trusts = true;
            }
        }
        for name in &repeat.names {
            let kind = if repeat.names.len() > 1 { Kind::Any } else { item.clone() };
            let path = format!("{name}#{}", repeat.range.start);
            inside.names.insert(name.clone(), Value { path: Some(path), ..Value::new(kind) });
        }
        inside.in_loop = true;
        self.walk(file, &repeat.body, &mut inside);
        if let Some(otherwise) = &repeat.otherwise {
            self.walk(file, otherwise, &mut env.clone());
        }
        // What `set_global` gave inside is there afterwards.
        for (name, _) in inside.names {
            if !repeat.names.contains(&name) && self.wordings.binds(&name) {
                env.names.entry(name).or_insert_with(|| Value::new(Kind::Any));
            }
        }
    }

    fn set(&mut self, file: &'a File, name: &str, expr: &'a Expr, env: &mut Env<'a>) {
        let tells = Some((known(expr, env, true), known(expr, env, false)));
        let value = self.value(file, expr, env);
        let path = value.path.clone();
        env.names.insert(name.to_owned(), Value { path, tells, ..value });
    }

    // ---- Components ----

    fn call(&mut self, file: &'a File, call: &'a Call, env: &Env<'a>) {
        let mut inside = Env { isolated: true, ..Env::default() };
        inside.trusts = env.trusts;
        for (name, _, value) in &call.arguments {
            let Some(expr) = value else {
                self.judged.blurred = true;
                inside.names.insert(name.clone(), Value::new(Kind::Any));
                continue;
            };
            let value = self.value(file, expr, env);
            self.needs(file, expr, &value, env, "dùng");
            let fits = self.fits_parameter(file, call, name, expr, &value.kind);
            let kind = if fits { value.kind } else { Kind::Any };
            inside
                .names
                .insert(name.clone(), Value { path: Some(name.clone()), ..Value::new(kind) });
        }
        // One that is not there is told of the file itself.
        let Some((home, component)) = self.wordings.component(&call.name) else {
            self.judged.blurred = true;
            return;
        };
        self.judge_arguments(file, call, component);
        for parameter in &component.parameters {
            let name = parameter.name.clone();
            inside.names.entry(name).or_insert_with(|| Value::new(Kind::Any));
        }
        if self.depth < MAX_DEPTH && self.is_new(format!("<{}> {}", call.name, inside.mark())) {
            self.depth += 1;
            self.walk(home, &component.body, &mut inside);
            self.depth -= 1;
        }
    }

    /// A value for a parameter that declares its type.
    fn fits_parameter(
        &mut self,
        file: &File,
        call: &Call,
        name: &str,
        expr: &Expr,
        kind: &Kind<'_>,
    ) -> bool {
        let Some((_, component)) = self.wordings.component(&call.name) else { return true };
        let parameter = component.parameters.iter().find(|it| it.name == name);
        let Some(declared) = parameter.and_then(|it| it.kind.as_deref()) else {
            return true;
        };
        let fits = match (declared, kind) {
            (_, Kind::Any) => true,
            ("string", _) => {
                matches!(kind, Kind::Words | Kind::Text | Kind::Amount | Kind::Date)
            }
            ("array", _) => matches!(kind, Kind::List(_)),
            ("integer" | "float" | "number", _) => matches!(kind, Kind::Count),
            ("bool", _) => matches!(kind, Kind::Flag),
            _ => true,
        };
        if !fits {
            let message = format!(
                "tham số `{name}` của thành phần `{}` khai là {declared}, mà chỗ này là {}",
                call.name,
                kind.name()
            );
            self.fault(file, fault::KIND, expr.range.clone(), message, None);
        }
        fits
    }

    fn judge_arguments(&mut self, file: &File, call: &Call, component: &Component) {
        let parameters: Vec<&str> =
            component.parameters.iter().map(|it| it.name.as_str()).collect();
        for (name, range, _) in &call.arguments {
            if !component.takes_all && !parameters.contains(&name.as_str()) {
                let message = format!("thành phần `{}` không có tham số `{name}`", call.name);
                let hint = guess_or_list(name, parameters.iter().copied(), "các tham số");
                self.fault(file, fault::ARGUMENT, range.clone(), message, hint);
            }
        }
        for parameter in component.parameters.iter().filter(|it| !it.has_default && !call.spreads) {
            if !call.arguments.iter().any(|(name, _, _)| *name == parameter.name) {
                let message = format!(
                    "lời gọi thành phần `{}` thiếu tham số `{}`",
                    call.name, parameter.name
                );
                let hint = format!("viết `{{{{ <{} {}={{…}}/> }}}}`", call.name, parameter.name);
                self.fault(file, fault::ARGUMENT, call.name_range.clone(), message, Some(hint));
            }
        }
    }

    /// Components of a file, when nothing calls them; whoever does judges them better.
    fn own_components(&mut self, file: &'a File) {
        if self.given.schema.is_some() {
            return;
        }
        for node in file.tree() {
            let Node::Component(component) = node else { continue };
            let mut inside = Env { isolated: true, ..Env::default() };
            for parameter in &component.parameters {
                inside.names.insert(parameter.name.clone(), Value::new(Kind::Any));
            }
            self.walk(file, &component.body, &mut inside);
        }
    }
}

fn collect_blocks<'a>(file: &'a File, nodes: &'a [Node], blocks: &mut Blocks<'a>) {
    for node in nodes {
        match node {
            Node::Block(name, body) => {
                blocks.insert(name, (file, body));
                collect_blocks(file, body, blocks);
            }
            Node::If(branches) => {
                branches.iter().for_each(|(_, body)| collect_blocks(file, body, blocks));
            }
            Node::For(repeat) => collect_blocks(file, &repeat.body, blocks),
            _ => {}
        }
    }
}

/// The sides of an `or` of any length.
fn alternatives<'e>(expr: &'e Expr, visit: &mut impl FnMut(&'e Expr)) {
    match &expr.what {
        What::Or(left, right) => {
            alternatives(left, visit);
            alternatives(right, visit);
        }
        _ => visit(expr),
    }
}

/// What is certainly there when a condition is true, or when it is false.
fn known(expr: &Expr, env: &Env<'_>, truth: bool) -> Known {
    match &expr.what {
        What::Not(of) => known(of, env, !truth),
        What::And(left, right) | What::Or(left, right) => {
            let first = known(left, env, truth);
            let second = known(right, env, truth);
            // Of a true `and` and a false `or` both sides are settled.
            if matches!(expr.what, What::And(..)) == truth {
                first.into_iter().chain(second).collect()
            } else {
                first.intersection(&second).cloned().collect()
            }
        }
        What::Test(of, name, negated) => {
            let holds = truth != *negated;
            match name.as_str() {
                "defined" if holds => there(of, env),
                "undefined" if !holds => there(of, env),
                "defined" | "undefined" => Known::new(),
                _ if truth => there(of, env),
                _ => Known::new(),
            }
        }
        What::Compare(left, sign, right) => compared(left, sign, right, env, truth),
        What::Path(steps) => {
            let tells = match (steps.as_slice(), steps.first().map(|step| &step.key)) {
                ([_], Some(Key::Name(name))) => env.names.get(name).and_then(|it| it.tells.clone()),
                _ => None,
            };
            let told = tells.map(|(held, failed)| if truth { held } else { failed });
            let own = if truth { there(expr, env) } else { Known::new() };
            own.into_iter().chain(told.into_iter().flatten()).collect()
        }
        What::Filter { of, .. } if truth => there(of, env),
        _ => Known::new(),
    }
}

/// A comparison with a literal tells that the other side is there.
fn compared(left: &Expr, sign: &str, right: &Expr, env: &Env<'_>, truth: bool) -> Known {
    let is_literal = |side: &Expr| matches!(side.what, What::Text(_) | What::Number(_));
    let side = match (is_literal(left), is_literal(right)) {
        (false, true) => left,
        (true, false) => right,
        _ if sign == "in" && truth => left,
        _ => return Known::new(),
    };
    let is_nought = |side: &Expr| matches!(&side.what, What::Number(number) if number == "0");
    let against_nought = is_nought(left) || is_nought(right);
    let settles = match sign {
        "==" => truth && !against_nought,
        "!=" => truth == against_nought,
        ">" => truth,
        ">=" => truth && !against_nought,
        "in" => truth,
        _ => false,
    };
    if settles { there(side, env) } else { Known::new() }
}

/// The value of a path and all that it stands in.
fn there(expr: &Expr, env: &Env<'_>) -> Known {
    let steps = match &expr.what {
        What::Path(steps) => steps,
        What::Filter { of, .. } => return there(of, env),
        _ => return Known::new(),
    };
    let mut known = Known::new();
    let mut path = String::new();
    for (position, step) in steps.iter().enumerate() {
        match &step.key {
            Key::Name(name) if position == 0 => {
                path = match env.names.get(name) {
                    Some(value) => match &value.path {
                        Some(path) => path.clone(),
                        None => return known,
                    },
                    None => name.clone(),
                };
            }
            Key::Name(name) => path = format!("{path}.{name}"),
            Key::Index(index) => path = format!("{path}[{index}]"),
            Key::Slice | Key::Some(_) => return known,
        }
        known.insert(path.clone());
    }
    known
}
