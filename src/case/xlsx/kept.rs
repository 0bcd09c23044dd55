//! `nhom: theo_stt`: the lines of a sheet as an office keeps it, under heads of several rows.

use super::super::door::one_line;
use super::super::grid::{self, as_letters};
use super::super::heads;
use super::super::limits::MAX_ROWS;
use super::super::outline::{Layout, Outline, Role};
use super::choice::HeadingRow;
use super::value::Value;
use super::view::{Cells, Column, Lines, Shown, View, cell};
use crate::diag::{At, Route};
use crate::model::Table;

/// Merged cells among the heads that are looked at.
const MAX_MERGED: usize = 2_000;

impl View<'_, '_> {
    /// The lines of the table, each with what it is; nothing when the columns cannot be
    /// found, which is told.
    pub(super) fn outlined<'t>(
        &mut self,
        table: &'t Table,
        at: &Route,
        shown: &mut Shown,
    ) -> Option<Lines<'t>> {
        let ordinal = self.from.ordinal_key(table);
        let span = self.span();
        let first = self.sheet.cells.first().map_or(0, |(name, _)| name.row);
        let last = match self.choice.heading {
            HeadingRow::At(row) | HeadingRow::Unread(row) => Some(row),
            HeadingRow::First | HeadingRow::None => None,
        };
        let first = last.map_or(first, |last| first.max(last.saturating_sub(3)));
        let lines = self.heads(first);
        let name = format!("trang “{}”", self.choice.name);
        let letters = |place: &str| {
            let column = as_letters(place)?.checked_sub(*span.start())?;
            usize::try_from(column).ok().filter(|_| span.contains(&(column + span.start())))
        };
        let asked = heads::Asked {
            table,
            from: self.from,
            ordinal: &ordinal,
            name: &name,
            letters: &letters,
        };
        let index = last.map(|last| (last - first) as usize);
        let (keys, found) = heads::columns(&lines, index, &asked, self.door)?;
        let heading = found.and_then(|found| u32::try_from(found).ok()).map(|it| first + it);
        let columns = self.wanted(span.clone(), keys, table);
        let rows = self.data_rows(heading.or(last), &columns);
        if rows.len() > MAX_ROWS {
            grid::too_many_rows(At::Route(self.from.at.key("tep")), self.door.faults);
            return None;
        }
        let texts = |cells: Cells<'_>| -> Vec<String> {
            let text = |column: &Column<'_>| cell(cells, column.number).map(|it| self.text_of(it));
            columns.iter().map(|column| text(column).unwrap_or_default()).collect()
        };
        let lines: Vec<Vec<String>> = rows.iter().map(|(_, cells)| texts(cells)).collect();
        let keys: Vec<Option<String>> = columns.iter().map(|it| Some(it.key.clone())).collect();
        let kinds: Vec<_> = columns.iter().map(|it| it.wanted.kind).collect();
        let outline = Outline::read(&lines, &Layout::of(&keys, &kinds, &ordinal));
        let number = |at: usize| rows.get(at).map_or(0, |(row, _)| *row as usize + 1);
        outline.tell(self.from, &number, self.door);
        let is_item = |role: &Role| matches!(role, Role::Item(_));
        let items = outline.lines.iter().filter(|(_, role)| is_item(role));
        let items: Vec<_> = items.filter_map(|(line, _)| rows.get(*line).copied()).collect();
        // The name of a group or of a total may well be merged over its line.
        self.judge_merged(&items, &columns, at);
        let read: Vec<_> =
            outline.lines.iter().filter_map(|(at, _)| rows.get(*at).copied()).collect();
        self.tell_hidden(&read, &columns);
        self.tell_noughts();
        let route = |index: usize| match outline.lines.get(index) {
            Some((_, role)) => outline.route(*role, at),
            None => at.index(index),
        };
        let (lines, places) = self.lines(&read, &columns, &route, shown);
        Some(Lines { columns, lines, places, outline: Some(outline) })
    }

    /// What a cell says, a figure without what its format adds.
    fn text_of(&self, value: &Value) -> String {
        let shown = || value.shown(self.context);
        one_line(&value.plain(self.context).unwrap_or_else(|_| shown()))
    }

    /// The texts of the lines from a row on in which the heads may stand; a merged cell
    /// says in all of its places what it says in its first.
    fn heads(&self, first: u32) -> Vec<Vec<String>> {
        let span = self.span();
        let rows = first..first.saturating_add(u32::try_from(heads::MAX_LINES).unwrap_or(0));
        let mut lines: Vec<Vec<String>> = rows
            .clone()
            .map(|row| {
                let cells = self.cells_of(row);
                let text = |column| cell(cells, column).map(|value| self.text_of(value));
                span.clone().map(|column| text(column).unwrap_or_default()).collect()
            })
            .collect();
        let merged = self.sheet.merged.iter().filter(|area| rows.contains(&area.first.row));
        for area in merged.take(MAX_MERGED) {
            let text = cell(self.cells_of(area.first.row), area.first.column);
            let Some(text) = text.map(|value| self.text_of(value)) else { continue };
            for row in area.first.row..=area.last.row.min(rows.end - 1) {
                let from = area.first.column.max(*span.start());
                for column in from..=area.last.column.min(*span.end()) {
                    let line = lines.get_mut((row - first) as usize);
                    if let Some(free) =
                        line.and_then(|it| it.get_mut((column - span.start()) as usize))
                    {
                        free.clone_from(&text);
                    }
                }
            }
        }
        lines
    }
}
