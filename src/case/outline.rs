//! `nhom: theo_stt`: the lines of a sheet as offices keep it → rows, groups, totals.
//!
//! ```text
//! TỔNG SỐ            10      the total of the table
//! I    Giao thông     4      a group, with its subtotal
//! 1    Đường A        1      a row of it
//! 2    Cầu B          3
//! Ghi chú: …                 no line of the table
//! ```
//!
//! The numbers of the lines say what stands within what; figures of groups and totals are
//! declared, so that they are checked and not added up again. Nothing is left out unseen: a
//! line that finds no place is told.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::below::is_note;
use super::door::Door;
use super::heads::numbers_columns;
use super::rows_from::RowsFrom;
use crate::diag::{Diagnostic, Route};
use crate::model::{ColumnKind, Group, GroupTotal};
use crate::vi::mark::{Kind, Mark};
use crate::vi::text::fold;
use crate::vi::total::{Named, named};

/// What the fields of a line are.
pub struct Layout {
    /// The field with the numbers of the lines.
    pub ordinal: Option<usize>,
    /// The fields of text, the name first.
    pub texts: Vec<usize>,
    pub figures: Vec<usize>,
}

impl Layout {
    pub fn of(keys: &[Option<String>], kinds: &[Option<ColumnKind>], ordinal: &str) -> Self {
        let of = |wanted: &[ColumnKind]| -> Vec<usize> {
            let fields = kinds.iter().enumerate();
            let is_it = |kind: &Option<ColumnKind>| kind.is_some_and(|kind| wanted.contains(&kind));
            fields.filter(|(_, kind)| is_it(kind)).map(|(at, _)| at).collect()
        };
        let ordinal = keys.iter().position(|key| key.as_deref() == Some(ordinal));
        let mut texts = of(&[ColumnKind::Text]);
        texts.extend(of(&[ColumnKind::Centered]));
        texts.retain(|at| Some(*at) != ordinal);
        Self { ordinal, texts, figures: of(&[ColumnKind::Amount, ColumnKind::Percent]) }
    }
}

/// What a line of the table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A row, by its place among the rows.
    Item(usize),
    /// The line of a group, by the place of the group.
    Group(usize),
    /// A further line with the subtotal of a group.
    Subtotal(usize),
    Total,
}

/// A line that finds no place, or not the one that its number says.
pub struct Stray {
    pub code: &'static str,
    /// The line, and its field.
    pub line: usize,
    pub field: usize,
    pub fact: String,
    pub step: &'static str,
}

#[derive(Default)]
pub struct Outline {
    /// The lines that are read, from the first to the last.
    pub lines: Vec<(usize, Role)>,
    pub groups: Vec<Group>,
    /// The group of each row.
    pub items: Vec<Option<usize>>,
    pub strays: Vec<Stray>,
    /// Lines under the table that are not read.
    pub below: Range<usize>,
    /// Lines among those of the table that say only `Trong đó:`.
    pub aside: Vec<usize>,
    /// A number of the file, and what is printed in its place.
    pub renumbered: Option<(String, String)>,
    /// What the line of the total is called; whether it stands above the rows.
    pub total: Option<(String, bool)>,
}

impl Outline {
    /// Reads lines of fields; none of them is a head.
    pub fn read(lines: &[Vec<String>], layout: &Layout) -> Self {
        let parsed: Vec<Line> = lines.iter().map(|line| Line::of(line, layout)).collect();
        let body = body(lines, &parsed);
        let is_numbered = parsed[body.clone()].iter().any(|line| line.mark.is_some());
        let mut builder = Builder { is_numbered, ..Builder::of(layout) };
        let below = body.end..lines.len();
        for at in body.clone() {
            builder.line(at, &parsed[at], at + 1 == body.end);
        }
        let mut outline = builder.finish(&parsed);
        let is_blank = |at: &usize| lines[*at].iter().all(|text| text.trim().is_empty());
        let last = below.clone().rev().find(|at| !is_blank(at)).map_or(below.start, |at| at + 1);
        outline.below = below.start..last;
        outline
    }

    /// The route of a line, `at` being that of the rows (`phu_luc[0].dong`).
    pub fn route(&self, role: Role, at: &Route) -> Route {
        let table = at.parent().unwrap_or_default();
        match role {
            Role::Item(row) => at.index(row),
            Role::Group(group) | Role::Subtotal(group) => {
                self.group_route(group, &table).key("khai")
            }
            Role::Total => table.key("tong").key("khai"),
        }
    }

    fn group_route(&self, group: usize, table: &Route) -> Route {
        let Some(own) = self.groups.get(group) else { return table.clone() };
        let above = match own.parent {
            Some(parent) => self.group_route(parent, table),
            None => table.clone(),
        };
        let before = self.groups[..group].iter().filter(|other| other.parent == own.parent);
        above.key("nhom").index(before.count())
    }
}

/// What a line says of itself.
struct Line {
    mark: Option<Mark>,
    name: String,
    /// The name of a total, and the field it stands in.
    called: Option<(Named, String, usize)>,
    has_figures: bool,
    has_text: bool,
}

impl Line {
    fn of(fields: &[String], layout: &Layout) -> Self {
        let text = |at: usize| fields.get(at).map_or("", |text| text.trim());
        let written = layout.ordinal.map_or("", text);
        let mut name = layout.texts.iter().map(|&at| text(at)).find(|text| !text.is_empty());
        // A workbook holds 1.1 as a number, which is written 1,1.
        let mut mark = Mark::parse(&written.replace(',', "."));
        if mark.is_none()
            && let Some((own, rest)) = Mark::before_name(written)
        {
            name = name.or(Some(rest));
            mark = Some(own);
        }
        let called = layout.ordinal.iter().chain(&layout.texts).find_map(|&at| {
            let found = named(text(at))?;
            Some((found, text(at).to_owned(), at))
        });
        Self {
            mark,
            name: name.unwrap_or_default().to_owned(),
            called,
            has_figures: layout.figures.iter().any(|&at| is_figure(text(at))),
            has_text: fields.iter().any(|text| !text.trim().is_empty()),
        }
    }

    fn is_total(&self) -> bool {
        matches!(self.called, Some((Named::Total { .. }, ..)))
    }

    /// Whether it can only be a line of the table.
    fn is_of_table(&self) -> bool {
        self.has_figures || (self.mark.is_some() && !self.name.is_empty())
    }

    /// `Trong đó: …`, which names parts of the line above.
    fn is_part(&self) -> bool {
        self.mark.is_none()
            && ["trong do", "bao gom"].iter().any(|it| fold(&self.name).starts_with(it))
    }

    fn is_note(&self, fields: &[String]) -> bool {
        let first = fields.iter().find(|text| !text.trim().is_empty());
        !self.has_figures && first.is_some_and(|text| is_note(text))
    }
}

pub fn is_figure(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || " \u{a0}.,-–−+%()".contains(c))
}

/// Nothing stands there: an office writes a dash.
pub fn is_dash(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && text.chars().all(|c| matches!(c, '-' | '–' | '—' | '−'))
}

/// The lines of the table: from the first that can only be one to the last.
fn body(lines: &[Vec<String>], parsed: &[Line]) -> Range<usize> {
    let is_counting = |at: usize| numbers_columns(lines[at].iter().map(String::as_str));
    let first = (0..parsed.len()).find(|&at| parsed[at].is_of_table() && !is_counting(at));
    let Some(first) = first else { return 0..0 };
    let last_figures = (first..parsed.len()).rev().find(|&at| parsed[at].has_figures);
    let note = (first..parsed.len())
        .find(|&at| last_figures.is_none_or(|last| at > last) && parsed[at].is_note(&lines[at]));
    let end = note.unwrap_or(parsed.len());
    let last = (first..end).rev().find(|&at| parsed[at].is_of_table());
    first..last.map_or(first, |last| last + 1)
}

/// A numbered line.
struct Node {
    line: usize,
    mark: Mark,
    kind: Kind,
    ordinal: u32,
    parent: Option<usize>,
    has_children: bool,
    is_closed: bool,
    has_figures: bool,
}

/// What a line was found to be, before the groups are known.
enum Found {
    Node(usize),
    /// A line without a number, within a numbered one.
    Plain(Option<usize>),
    Subtotal(usize),
    Total,
}

struct Builder<'a> {
    layout: &'a Layout,
    is_numbered: bool,
    nodes: Vec<Node>,
    /// From the outermost numbered line to the last.
    stack: Vec<usize>,
    found: Vec<(usize, Found)>,
    strays: Vec<Stray>,
    total: Option<(String, bool)>,
    /// The names of lines with subtotals.
    subtotals: Vec<String>,
    /// Lines with subtotals whose group only their place says: line, field, name.
    by_place: Vec<(usize, usize, String)>,
    renumbered: Option<(String, String)>,
    aside: Vec<usize>,
}

const STEP_NUMBER: &str =
    "sửa số thứ tự trong tệp; nếu có dòng đã mất hoặc đổi chỗ thì ghi lại dòng ấy";

impl<'a> Builder<'a> {
    const fn of(layout: &'a Layout) -> Self {
        Self {
            layout,
            is_numbered: false,
            nodes: Vec::new(),
            stack: Vec::new(),
            found: Vec::new(),
            strays: Vec::new(),
            total: None,
            subtotals: Vec::new(),
            by_place: Vec::new(),
            renumbered: None,
            aside: Vec::new(),
        }
    }

    fn stray(&mut self, line: usize, field: usize, fact: impl Into<String>, step: &'static str) {
        self.strays.push(Stray { code: "nhom-la", line, field, fact: fact.into(), step });
    }

    fn name_field(&self) -> usize {
        self.layout.texts.first().copied().or(self.layout.ordinal).unwrap_or(0)
    }

    fn line(&mut self, at: usize, line: &Line, is_last: bool) {
        let is_first = self.found.is_empty();
        if !line.has_text {
            return;
        }
        if line.is_total() || self.is_total_by_place(line, is_first, is_last) {
            self.total(at, line, is_first, is_last);
            return;
        }
        if let Some(mark) = &line.mark {
            self.numbered(at, mark, line);
            return;
        }
        let parent = self.stack.last().copied();
        if line.is_part() {
            if line.has_figures {
                let fact = "dòng này là một phần của dòng trên, cộng vào thì thừa";
                let step = "bỏ dòng này khỏi tệp, hoặc đưa các số của nó thành một cột riêng";
                self.stray(at, self.name_field(), fact, step);
                self.found.push((at, Found::Plain(None)));
            } else {
                self.aside.push(at);
            }
            return;
        }
        if !line.has_figures && self.layout.ordinal.is_some() && self.is_numbered {
            let fact = "dòng này có chữ mà không có số thứ tự và không có số liệu";
            let step = "bỏ dòng này khỏi tệp, hoặc ghi số thứ tự của nó ở cột đầu (I, 1 …)";
            self.stray(at, self.name_field(), fact, step);
            self.found.push((at, Found::Plain(None)));
            return;
        }
        if parent.is_none() && self.is_numbered {
            let fact = "dòng này chưa có số thứ tự, chưa biết là một dòng hay là dòng tổng";
            let step =
                "ghi số thứ tự của dòng; nếu là dòng tổng, ghi tên bắt đầu bằng “Tổng” hoặc “Cộng”";
            self.stray(at, self.layout.ordinal.unwrap_or(0), fact, step);
        }
        if let Some(parent) = parent {
            self.nodes[parent].has_children = true;
        }
        self.found.push((at, Found::Plain(parent)));
    }

    /// `Tổng vốn đầu tư` without a number, above or below all lines that have one.
    fn is_total_by_place(&self, line: &Line, is_first: bool, is_last: bool) -> bool {
        line.called.is_some()
            && line.mark.is_none()
            && line.has_figures
            && self.is_numbered
            && (is_first || (is_last && self.total.is_none()))
    }

    fn total(&mut self, at: usize, line: &Line, is_first: bool, is_last: bool) {
        let Some((called, label, field)) = &line.called else { return };
        let of = match called {
            Named::Total { of } => of.as_deref(),
            Named::Perhaps => None,
        };
        let group = of.and_then(|of| {
            self.nodes.iter().rposition(|node| node.mark.last().eq_ignore_ascii_case(of))
        });
        let open = || {
            let mut inner = self.stack.iter().rev().copied();
            inner.find(|&node| self.nodes[node].has_children && !self.nodes[node].is_closed)
        };
        let is_as_before = self.subtotals.iter().any(|name| name == label);
        let is_of_many = self.nodes.iter().filter(|node| node.parent.is_none()).count() > 1;
        let is_named = group.is_some();
        let group = match group {
            Some(group) => Some(group),
            None if is_first => None,
            None if is_last && self.total.is_none() && !is_as_before => None,
            // The total once more, at the foot: no subtotal of the last group.
            None if is_last && !is_as_before && is_of_many => None,
            None => open(),
        };
        if let Some(group) = group {
            self.nodes[group].is_closed = true;
            self.nodes[group].has_children = true;
            self.subtotals.push(label.clone());
            if !is_named {
                self.by_place.push((at, *field, label.clone()));
            }
            self.found.push((at, Found::Subtotal(group)));
            return;
        }
        if is_first || is_last {
            if self.total.is_some() {
                let fact = format!("“{label}”: bảng đã có một dòng tổng ở trên");
                self.stray(at, *field, fact, "giữ một dòng tổng trong tệp");
            }
            self.total = Some((label.clone(), is_first));
            self.found.push((at, Found::Total));
            return;
        }
        self.total_of_unknown(at, *field, label);
        self.found.push((at, Found::Plain(None)));
    }

    fn total_of_unknown(&mut self, at: usize, field: usize, label: &str) {
        let fact = format!("“{label}” là dòng tổng, mà chưa biết là tổng của những dòng nào");
        let step = "ghi tên nhóm vào sau, ví dụ “Cộng nhóm I”; hoặc đặt dòng tổng của bảng ở dòng đầu, dòng cuối";
        self.stray(at, field, fact, step);
    }

    /// A total of its own among the groups of a table that has no other: the subtotal of the
    /// group above it, or the total of the table to which groups were added later. Taken for
    /// the former, it would not be printed.
    fn lone_total(&mut self) {
        if let [(at, field, label)] = self.by_place.as_slice()
            && self.total.is_none()
            && self.nodes.iter().any(|node| node.line > *at)
        {
            let (at, field, label) = (*at, *field, label.clone());
            self.total_of_unknown(at, field, &label);
        }
    }

    fn numbered(&mut self, at: usize, mark: &Mark, line: &Line) {
        let (parent, kind, ordinal, expected) = self.place(mark);
        if let Some(expected) = expected {
            let field = self.layout.ordinal.unwrap_or(0);
            let fact = format!("ghi số thứ tự {}, theo thứ tự là số {expected}", mark.text);
            let code = "stt-sai";
            self.strays.push(Stray { code, line: at, field, fact, step: STEP_NUMBER });
        }
        if let Some(parent) = parent {
            self.nodes[parent].has_children = true;
        }
        self.nodes.push(Node {
            line: at,
            mark: mark.clone(),
            kind,
            ordinal,
            parent,
            has_children: false,
            is_closed: false,
            has_figures: line.has_figures,
        });
        self.stack.push(self.nodes.len() - 1);
        self.found.push((at, Found::Node(self.nodes.len() - 1)));
    }

    /// What a numbered line stands within, what kind its number is, its place there, and
    /// the place it should have where that is another. The stack is cut down to its parent.
    fn place(&mut self, mark: &Mark) -> (Option<usize>, Kind, u32, Option<u32>) {
        if let (Some(above), Some(&(kind @ Kind::Dotted(_), ordinal))) =
            (mark.above(), mark.readings.first())
        {
            let is_above = |&at: &usize| self.nodes[self.stack[at]].mark.text == above;
            if let Some(at) = (0..self.stack.len()).rev().find(is_above) {
                let parent = self.stack[at];
                self.stack.truncate(at + 1);
                let last = self.nodes.iter().rev().find(|node| node.parent == Some(parent));
                let next = last.map_or(1, |node| node.ordinal + 1);
                return (Some(parent), kind, ordinal, (next != ordinal).then_some(next));
            }
        }
        let of_kind = |kind: Kind| {
            (0..self.stack.len()).rev().find(|&at| self.nodes[self.stack[at]].kind == kind)
        };
        let mut placed = None;
        for &(kind, ordinal) in &mark.readings {
            let next = |at: usize| self.nodes[self.stack[at]].ordinal + 1 == ordinal;
            if let Some(at) = of_kind(kind).filter(|&at| next(at)) {
                placed = placed.or(Some((at, kind, ordinal, None)));
            }
        }
        for &(kind, ordinal) in &mark.readings {
            if ordinal == 1 && of_kind(kind).is_none() {
                placed = placed.or(Some((self.stack.len(), kind, ordinal, None)));
            }
        }
        for &(kind, ordinal) in &mark.readings {
            if placed.is_some() || of_kind(kind).is_some() {
                continue;
            }
            // Counted on over the groups: I, 1, 2, II, 3.
            let last = self.nodes.iter().rev().find(|node| node.kind == kind);
            if last.is_some_and(|last| last.ordinal + 1 == ordinal) {
                placed = placed.or(Some((self.stack.len(), kind, ordinal, None)));
            }
        }
        for &(kind, ordinal) in &mark.readings {
            if let Some(at) = of_kind(kind) {
                let next = self.nodes[self.stack[at]].ordinal + 1;
                placed = placed.or(Some((at, kind, ordinal, Some(next))));
            }
        }
        let first = mark.readings.first().copied().unwrap_or((Kind::Number, 1));
        let (at, kind, ordinal, expected) =
            placed.unwrap_or((self.stack.len(), first.0, first.1, Some(1)));
        self.stack.truncate(at);
        (self.stack.last().copied(), kind, ordinal, expected)
    }

    fn finish(mut self, parsed: &[Line]) -> Outline {
        self.lone_total();
        let groups = self.nodes.iter().filter(|node| node.has_children);
        let beside: BTreeSet<Option<usize>> = groups.map(|node| node.parent).collect();
        let is_group: Vec<bool> =
            self.nodes.iter().map(|node| beside.contains(&node.parent)).collect();
        let mut outline = Outline::default();
        let mut group_of: Vec<Option<usize>> = vec![None; self.nodes.len()];
        let mut counts: BTreeMap<Option<usize>, usize> = BTreeMap::new();
        for (at, found) in std::mem::take(&mut self.found) {
            let role = match found {
                Found::Total => Role::Total,
                Found::Subtotal(node) => Role::Subtotal(group_of[node].unwrap_or(0)),
                Found::Plain(parent) => {
                    Role::Item(outline.item(parent.and_then(|node| group_of[node])))
                }
                Found::Node(node) if is_group[node] => {
                    let group = self.group(node, &group_of, &outline.groups, &parsed[at]);
                    outline.groups.push(group);
                    let group = outline.groups.len() - 1;
                    group_of[node] = Some(group);
                    if self.nodes[node].has_children || !self.nodes[node].has_figures {
                        Role::Group(group)
                    } else {
                        outline.groups[group].total = GroupTotal::Row;
                        Role::Item(outline.item(Some(group)))
                    }
                }
                Found::Node(node) => {
                    let group = self.nodes[node].parent.and_then(|parent| group_of[parent]);
                    let row = outline.item(group);
                    let number = counts.entry(group).or_default();
                    *number += 1;
                    let written = &self.nodes[node].mark.text;
                    if written.trim_start_matches('0') != number.to_string() {
                        self.renumbered.get_or_insert((written.clone(), number.to_string()));
                    }
                    Role::Item(row)
                }
            };
            outline.lines.push((at, role));
        }
        // Where a number is wrong, that another is printed is no news.
        outline.renumbered = self.renumbered.filter(|_| self.strays.is_empty());
        outline.strays = self.strays;
        outline.aside = self.aside;
        outline.total = self.total;
        outline
    }

    fn group(
        &mut self,
        node: usize,
        group_of: &[Option<usize>],
        groups: &[Group],
        line: &Line,
    ) -> Group {
        let own = &self.nodes[node];
        let parent = own.parent.and_then(|parent| group_of[parent]);
        let last = own.mark.last();
        let key = match parent.and_then(|parent| groups.get(parent)) {
            Some(parent) => format!("{}.{last}", parent.key),
            None => last.to_owned(),
        };
        if own.mark.text != last {
            let written = (own.mark.text.clone(), last.to_owned());
            self.renumbered.get_or_insert(written);
        }
        if line.name.is_empty() {
            let (at, field) = (self.nodes[node].line, self.name_field());
            self.stray(at, field, "dòng tên nhóm chưa ghi tên", "ghi tên nhóm ở cột tên");
        }
        Group { key, name: line.name.clone(), total: GroupTotal::None, parent }
    }
}

impl Outline {
    /// Says what was left out under the table and what is numbered anew. `number` is that
    /// of a line in the file.
    pub fn tell(&self, from: &RowsFrom, number: &dyn Fn(usize) -> usize, door: &mut Door<'_>) {
        let mut said = Vec::new();
        if !self.below.is_empty() {
            let (first, last) = (number(self.below.start), number(self.below.end - 1));
            said.push(if first == last {
                format!("không đọc dòng {first} ở dưới bảng")
            } else {
                format!("không đọc các dòng {first}–{last} ở dưới bảng")
            });
        }
        if let Some(first) = self.aside.first() {
            let count = self.aside.len();
            said.push(format!("không in {count} dòng “Trong đó” (dòng {})", number(*first)));
        }
        if let Some((written, printed)) = &self.renumbered {
            said.push(format!(
                "số thứ tự in lại theo từng nhóm, ví dụ “{written}” thành {printed}"
            ));
        }
        if said.is_empty() {
            return;
        }
        let (rows, groups) = (self.items.len(), self.groups.len());
        let total = match &self.total {
            Some((label, _)) => format!(", dòng tổng “{label}”"),
            None => String::new(),
        };
        let message = format!("đọc {rows} dòng, {groups} nhóm{total}; {}", said.join("; "));
        let found = Diagnostic::info("doc-theo-stt", from.at.key("nhom"), message);
        door.faults.add(
            found.hint(
                "xem lại bản in; dòng cần đọc thì ghi số thứ tự hoặc số liệu của nó trong tệp",
            ),
        );
    }

    /// Adds a row of a group, and gives its place.
    fn item(&mut self, group: Option<usize>) -> usize {
        self.items.push(group);
        self.items.len() - 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    /// Lines of number, name and a figure → what each was found to be.
    fn read(text: &str) -> String {
        let layout = Layout { ordinal: Some(0), texts: vec![1], figures: vec![2] };
        let lines: Vec<Vec<String>> = text
            .lines()
            .map(|line| line.split('|').map(|cell| cell.trim().to_owned()).collect())
            .collect();
        let outline = Outline::read(&lines, &layout);
        let mut out = String::new();
        for (line, role) in &outline.lines {
            let name = |group: usize| outline.groups[group].key.clone();
            let said = match role {
                Role::Item(row) => match outline.items[*row] {
                    Some(group) if outline.groups[group].total == GroupTotal::Row => {
                        format!("group and row {}", name(group))
                    }
                    Some(group) => format!("row of {}", name(group)),
                    None => "row".to_owned(),
                },
                Role::Group(group) => format!("group {}", name(*group)),
                Role::Subtotal(group) => format!("subtotal of {}", name(*group)),
                Role::Total => "total".to_owned(),
            };
            out.push_str(&format!("{line} {said}\n"));
        }
        for stray in &outline.strays {
            out.push_str(&format!("! {} {}\n", stray.line, stray.fact));
        }
        if !outline.below.is_empty() {
            out.push_str(&format!("below {:?}\n", outline.below));
        }
        out
    }

    #[test]
    fn the_usual_sheet_is_read_with_its_groups_and_totals() {
        expect![[r#"
            1 total
            2 group I
            3 row of I
            4 row of I
            5 group II
            6 row of II
            below 7..10
        "#]]
        .assert_eq(&read(
            "A|B|1\n|TỔNG SỐ|10\nI|Giao thông|4\n1|Đường A|1\n2|Cầu B|3\nII|Thủy lợi|6\n1|Kè C|6\n||\nGhi chú: số tạm tính||\n|Người lập biểu|Thủ trưởng",
        ));
    }

    #[test]
    fn groups_within_groups_and_lines_with_subtotals_find_their_places() {
        expect![[r#"
            0 group A
            1 group A.I
            2 row of A.I
            3 group A.II
            4 row of A.II
            5 subtotal of A.II
            6 group B
            7 group B.I
            8 row of B.I
            9 total
        "#]]
        .assert_eq(&read(
            "A|Nhóm A|\nI|Một|\n1|a|1\nII|Hai|\n1|b|2\n|Cộng II|2\nB|Nhóm B|\nI.|Ba|3\n1)|c|3\nTỔNG CỘNG||6",
        ));
        expect![[r#"
            0 group I
            1 row of I
            2 subtotal of I
            3 group II
            4 row of II
            5 subtotal of II
        "#]]
        .assert_eq(&read("I|Một|\n1|a|1\n|Cộng|1\nII|Hai|\n1|b|2\n|Cộng|2"));
    }

    #[test]
    fn a_numbered_line_beside_groups_is_a_row_in_its_own_place() {
        expect![[r#"
            0 group I
            1 row of I
            2 group and row II
            3 group III
            4 row of III
        "#]]
        .assert_eq(&read("I|Thu nội địa|5\n1|a|5\nII|Thu dầu thô|7\nIII|Thu khác|1\n1|b|1"));
    }

    #[test]
    fn numbers_in_parts_say_what_they_stand_within() {
        expect![[r#"
            0 group 1
            1 row of 1
            2 row of 1
            3 group 2
            4 row of 2
        "#]]
        .assert_eq(&read("1|Một|3\n1,1|a|1\n1.2|b|2\n2|Hai|5\n2.1|c|5"));
    }

    #[test]
    fn a_number_out_of_order_is_told() {
        expect![[r#"
            0 group I
            1 row of I
            2 row of I
            ! 2 ghi số thứ tự 4, theo thứ tự là số 2
        "#]]
        .assert_eq(&read("I|Một|\n1|a|1\n4|b|2"));
        expect![[r#"
            0 row
            1 row
            2 row
            ! 1 dòng này có chữ mà không có số thứ tự và không có số liệu
        "#]]
        .assert_eq(&read("1|a|1\n|tiếp theo|\n2|b|2"));
    }

    #[test]
    fn a_lone_total_among_the_groups_is_never_taken_for_a_subtotal_in_silence() {
        expect![[r#"
            0 group I
            1 row of I
            2 row of I
            3 subtotal of I
            4 group II
            5 row of II
            ! 3 “TỔNG SỐ” là dòng tổng, mà chưa biết là tổng của những dòng nào
        "#]]
        .assert_eq(&read("I|Một|3\n1|a|1\n2|b|2\n|TỔNG SỐ|3\nII|Hai|5\n1|c|5"));
    }

    #[test]
    fn the_total_above_and_once_more_below_is_told_as_a_second_total() {
        expect![[r#"
            0 total
            1 group I
            2 row of I
            3 group II
            4 row of II
            5 total
            ! 5 “Cộng”: bảng đã có một dòng tổng ở trên
        "#]]
        .assert_eq(&read("|TỔNG SỐ|8\nI|Một|3\n1|a|3\nII|Hai|5\n1|c|5\n|Cộng|8"));
    }

    #[test]
    fn a_table_without_groups_has_rows_and_a_total() {
        expect![[r#"
            0 row
            1 row
            2 total
        "#]]
        .assert_eq(&read("1|a|1\n2|b|2\n|Tổng cộng|3"));
    }
}
