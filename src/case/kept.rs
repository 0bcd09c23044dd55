//! Groups and totals of a file as they stand there: declared figures with their cells.

use std::collections::BTreeMap;
use std::ops::Range;

use super::appendix::Cells;
use super::door::Door;
use super::grid::Record;
use super::outline::{Outline, Role};
use crate::diag::{At, Diagnostic, Place, Route, Sources};
use crate::model::{
    Amount, Cell, ColumnKind, Figures, Group, GroupTotal, Line, Origin, Row, Table, Total,
    TotalPlace,
};

/// Puts the lines of an outline where they belong, one after the other.
pub struct Keeper {
    outline: Outline,
    /// Key and kind of each leaf column.
    leaves: Vec<(String, ColumnKind)>,
    /// The key of the column with the names of groups.
    name: Option<String>,
    keys: Vec<Option<String>>,
    groups: BTreeMap<usize, BTreeMap<String, Amount>>,
    total: BTreeMap<String, Amount>,
    declared: Vec<Declared>,
}

/// The cells of a line with declared figures.
struct Declared {
    role: Role,
    at: Route,
    whole: Range<usize>,
    cells: BTreeMap<String, Range<usize>>,
}

/// What a file says of its groups and totals.
pub struct Kept {
    groups: Vec<Group>,
    total: Option<Total>,
    declared: Vec<Declared>,
    source: crate::diag::SourceId,
}

impl Keeper {
    pub fn new(outline: Outline, table: &Table, keys: &[Option<String>]) -> Self {
        let leaves = table.leaves();
        let is_read = |key: &String| keys.iter().flatten().any(|read| read == key);
        let name = leaves.iter().find(|leaf| leaf.kind == ColumnKind::Text && is_read(&leaf.key));
        Self {
            name: name.map(|leaf| leaf.key.clone()),
            leaves: leaves.iter().map(|leaf| (leaf.key.clone(), leaf.kind)).collect(),
            keys: keys.to_vec(),
            outline,
            groups: BTreeMap::new(),
            total: BTreeMap::new(),
            declared: Vec::new(),
        }
    }

    /// The route of a record, `at` being that of the rows. What is declared gets its cells.
    pub fn place(
        &mut self,
        index: usize,
        record: &Record,
        keys: &[Option<String>],
        at: &Route,
        sources: &mut Sources,
        door: &Door<'_>,
    ) -> Route {
        let Some(&(_, role)) = self.outline.lines.get(index) else { return at.index(index) };
        let route = self.outline.route(role, at);
        if matches!(role, Role::Item(_)) {
            return route;
        }
        let source = door.faults.source();
        let cells = keys.iter().zip(&record.fields);
        let cells = cells.filter_map(|(key, field)| Some((key.clone()?, field.range.clone())));
        let cells: BTreeMap<String, Range<usize>> = cells.collect();
        for (key, range) in &cells {
            sources.place_value(route.key(key), Place { source, range: range.clone() });
        }
        let (at, whole) = (route.clone(), record.whole.clone());
        sources.place_value(at.clone(), Place { source, range: whole.clone() });
        self.declared.push(Declared { role, at, whole, cells });
        route
    }

    /// Takes a line in; gives it back when it is a row.
    pub fn line(
        &mut self,
        index: usize,
        cells: Cells,
        at: &Route,
        door: &mut Door<'_>,
    ) -> Option<Row> {
        let &(_, role) = self.outline.lines.get(index)?;
        if let Role::Item(item) = role {
            let group = self.outline.items.get(item).copied().flatten();
            return Some(Row { group, ..cells.row });
        }
        self.tell_lost_text(role, &cells.row, at, door);
        for (key, amount) in figures(&self.leaves, &cells.row) {
            let declared = match role {
                Role::Group(group) | Role::Subtotal(group) => self.groups.entry(group).or_default(),
                Role::Total | Role::Item(_) => &mut self.total,
            };
            let before = declared.insert(key.clone(), amount);
            if let Some(before) = before.filter(|before| *before != amount) {
                door.error(
                    "nhom-la",
                    &at.key(&key),
                    format!("dòng này ghi {amount}, mà dòng trên của cùng nhóm hay cùng bảng ghi {before}"),
                    "sửa cho hai dòng khớp nhau",
                );
            }
        }
        None
    }

    /// A line of a group or of a total has room for a name and figures.
    fn tell_lost_text(&self, role: Role, row: &Row, at: &Route, door: &mut Door<'_>) {
        let what = match role {
            Role::Group(_) | Role::Subtotal(_) => "dòng nhóm",
            Role::Total | Role::Item(_) => "dòng tổng",
        };
        let label = self.outline.total.as_ref().map(|(label, _)| label.as_str());
        for ((key, _), cell) in self.leaves.iter().zip(&row.cells) {
            let is_shown = match cell {
                Cell::Text(text) => {
                    self.name.as_ref() == Some(key)
                        || label == Some(text)
                        || crate::vi::total::named(text).is_some()
                }
                Cell::Date(_) => false,
                Cell::Blank | Cell::Amount(_) => true,
            };
            if !is_shown {
                door.warning(
                    "chu-khong-in",
                    &at.key(key),
                    format!("{what} có chữ ở cột `{key}`, mà {what} chỉ in tên và các số"),
                    "chuyển chữ ấy vào tên của dòng, hoặc xóa ô này",
                );
            }
        }
    }

    /// What the file says of its groups and totals; what has found no place is told.
    pub fn finish(self, at: &Route, door: &mut Door<'_>) -> Kept {
        for stray in &self.outline.strays {
            let role = self.outline.lines.iter().find(|(line, _)| *line == stray.line);
            let Some(&(_, role)) = role else { continue };
            let at = self.outline.route(role, at);
            let at = match self.keys.get(stray.field).cloned().flatten() {
                Some(key) => at.key(&key),
                None => at,
            };
            door.error(stray.code, &at, stray.fact.as_str(), stray.step);
        }
        let mut groups = self.outline.groups;
        for (index, declared) in self.groups {
            if let Some(group) = groups.get_mut(index) {
                group.total = GroupTotal::Declared(declared);
            }
        }
        let total = self.outline.total.map(|(label, is_first)| Total {
            label: label.trim_end_matches([':', '.', ' ']).to_owned(),
            place: if is_first { TotalPlace::First } else { TotalPlace::Last },
            declared: self.total,
        });
        Kept { groups, total, declared: self.declared, source: door.faults.source() }
    }
}

/// The figures of a line by their keys.
fn figures<'r>(
    leaves: &'r [(String, ColumnKind)],
    row: &'r Row,
) -> impl Iterator<Item = (String, Amount)> + 'r {
    let cells = leaves.iter().zip(&row.cells).filter(|((_, kind), _)| kind.is_figure());
    cells.filter_map(|((key, _), cell)| match cell {
        Cell::Amount(amount) => Some((key.clone(), *amount)),
        Cell::Blank | Cell::Text(_) | Cell::Date(_) => None,
    })
}

impl Kept {
    /// Gives a table, whose rows are there, its groups and totals. What the case says of the
    /// total stands; a declared line is found at those of its cells that are not the sum.
    pub fn fill(self, table: &mut Table, route: &Route, sources: &mut Sources) -> Vec<Diagnostic> {
        table.origin = Origin::FileWithTotals;
        table.groups = self.groups;
        let mut told = Vec::new();
        match (&mut table.total, self.total) {
            (Some(total), Some(found)) => {
                for (key, amount) in found.declared {
                    let own = *total.declared.entry(key.clone()).or_insert(amount);
                    if own != amount {
                        let at = route.key("tong").key("khai").key(&key);
                        let message = format!("tệp ghi tổng {amount}, hồ sơ khai {own}");
                        told.push(
                            Diagnostic::error("cau-truc-bang", At::Route(at), message)
                                .hint("bỏ số khai ở `tong`, hoặc sửa một trong hai"),
                        );
                    }
                }
            }
            (total @ None, found) => *total = found,
            (Some(_), None) => {}
        }
        let places = places(table, &self.declared);
        for (declared, range) in self.declared.iter().zip(places) {
            let place = Place { source: self.source, range };
            sources.place_value(declared.at.clone(), place.clone());
            if declared.role == Role::Total {
                sources.place_value(route.key("tong"), place);
            }
        }
        told
    }
}

/// Of each declared line, the cells from the first that is not the sum to the last; or all.
fn places(table: &Table, declared: &[Declared]) -> Vec<Range<usize>> {
    let figures = Figures::new(table);
    let wrong = |sums: &Line, declared: &BTreeMap<String, Amount>| -> Vec<String> {
        let wrong = figures.wrong(sums, declared).into_iter();
        wrong.map(|column| figures.leaves()[column].key.clone()).collect()
    };
    let place = |line: &Declared| {
        let wrong = match line.role {
            Role::Group(group) | Role::Subtotal(group) => match table.groups.get(group) {
                Some(Group { total: GroupTotal::Declared(declared), .. }) => {
                    wrong(&figures.subtotal(group), declared)
                }
                _ => Vec::new(),
            },
            Role::Total => match &table.total {
                Some(total) => wrong(&figures.total(), &total.declared),
                None => Vec::new(),
            },
            Role::Item(_) => Vec::new(),
        };
        let cells: Vec<&Range<usize>> =
            wrong.iter().filter_map(|key| line.cells.get(key)).collect();
        let start = cells.iter().map(|range| range.start).min();
        let end = cells.iter().map(|range| range.end).max();
        match (start, end) {
            (Some(start), Some(end)) => start..end,
            _ => line.whole.clone(),
        }
    };
    declared.iter().map(place).collect()
}
