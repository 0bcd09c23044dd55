//! Phụ lục: a table that follows the document.

use std::collections::BTreeMap;

use super::Amount;

/// One appendix. Its number and its “(Kèm theo …)” line are generated, never typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Appendix {
    pub title: String,
    pub orientation: Orientation,
    /// Text before the table, in the small markup.
    pub text: Option<String>,
    pub table: Option<Table>,
}

/// Khổ giấy: how the A4 sheet lies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Orientation {
    /// `doc`
    #[default]
    Portrait,
    /// `ngang`
    Landscape,
}

/// A table: a tree of columns, rows in groups, a total.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Đơn vị tính: `triệu đồng`.
    pub unit: Option<String>,
    pub columns: Vec<Column>,
    /// Sections of the table (I, II …); rows refer to them by index.
    pub groups: Vec<Group>,
    pub rows: Vec<Row>,
    pub total: Option<Total>,
}

impl Table {
    /// The leaf columns from left to right.
    pub fn leaves(&self) -> Vec<&Column> {
        fn walk<'a>(columns: &'a [Column], leaves: &mut Vec<&'a Column>) {
            for column in columns {
                if column.columns.is_empty() {
                    leaves.push(column);
                } else {
                    walk(&column.columns, leaves);
                }
            }
        }
        let mut leaves = Vec::new();
        walk(&self.columns, &mut leaves);
        leaves
    }

    /// The rows of a group, in order.
    pub fn rows_of(&self, group: usize) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(move |row| row.group == Some(group))
    }

    /// What a cell is worth: the value given, or the sum of the columns it is the sum of.
    pub fn amount(&self, row: &Row, leaf: &Column) -> Option<Amount> {
        row.given(&leaf.key).or_else(|| self.sum_of_parts(leaf, |part| row.given(part)))
    }

    /// The sum of a column over some rows; nothing when all of them are blank.
    pub fn sum<'a>(
        &self,
        rows: impl IntoIterator<Item = &'a Row>,
        leaf: &Column,
    ) -> Option<Amount> {
        sum_if_any(rows.into_iter().map(|row| self.amount(row, leaf)))
    }

    /// The sum of the parts that a column declares (`tong_cua`); nothing without parts or when all are blank.
    pub fn sum_of_parts(
        &self,
        leaf: &Column,
        value: impl Fn(&str) -> Option<Amount>,
    ) -> Option<Amount> {
        sum_if_any(leaf.sum_of.iter().map(|part| value(part)))
    }
}

fn sum_if_any(amounts: impl Iterator<Item = Option<Amount>>) -> Option<Amount> {
    amounts.flatten().reduce(|sum, amount| sum + amount)
}

/// A column, or a group of columns under one head.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Column {
    /// Key of a leaf; empty for a group.
    pub key: String,
    pub name: String,
    pub kind: ColumnKind,
    /// Share of the free width among the text columns.
    pub weight: Option<u32>,
    /// Keys of the columns whose sum this one is (`tong_cua`).
    pub sum_of: Vec<String>,
    pub columns: Vec<Column>,
}

/// Kiểu cột.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColumnKind {
    /// `chu`
    #[default]
    Text,
    /// `giua`: short text, centred (a year, a code).
    Centered,
    /// `so`
    Amount,
    /// `stt`: the number of the row within its group, given by the program.
    Ordinal,
}

/// A section of the table: `I  Danh mục các dự án đang thực hiện`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    pub key: String,
    pub name: String,
    pub total: GroupTotal,
}

/// Whether a group's row carries its subtotal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum GroupTotal {
    #[default]
    None,
    Computed,
    /// As the office declares it, by column.
    Declared(BTreeMap<String, Amount>),
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Index of its group.
    pub group: Option<usize>,
    /// By the key of the leaf column; a blank cell is absent.
    pub cells: BTreeMap<String, Cell>,
}

impl Row {
    /// The amount written in a cell; nothing when it is blank or holds text.
    pub fn given(&self, key: &str) -> Option<Amount> {
        match self.cells.get(key) {
            Some(Cell::Amount(amount)) => Some(*amount),
            Some(Cell::Text(_)) | None => None,
        }
    }

    /// The text written in a cell.
    pub fn text(&self, key: &str) -> Option<&str> {
        match self.cells.get(key) {
            Some(Cell::Text(text)) => Some(text),
            Some(Cell::Amount(_)) | None => None,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    Text(String),
    Amount(Amount),
}

/// Dòng tổng: it covers every row of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Total {
    /// `TỔNG SỐ`
    pub label: String,
    pub place: TotalPlace,
    /// Figures the office declares, by column; the rest is computed.
    pub declared: BTreeMap<String, Amount>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TotalPlace {
    /// `dau`
    #[default]
    First,
    /// `cuoi`
    Last,
}
