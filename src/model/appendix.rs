//! Phụ lục: a table that follows the document.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::Amount;
use crate::vi::text::fold;

/// One appendix. Its number and its “(Kèm theo …)” line are generated, never typed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Appendix {
    pub title: String,
    pub paper: Paper,
    pub orientation: Orientation,
    /// Text before the table, in the small markup.
    pub text: Option<String>,
    pub table: Option<Table>,
    /// Rows of each volume (chia tập), at least 100; nothing when the table stays whole.
    pub volume_rows: Option<usize>,
}

/// A table within the document; a line `[bang KHÓA]` of its text says where.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BodyTable {
    pub key: String,
    /// Printed above it.
    pub title: Option<String>,
    pub table: Table,
}

/// The key in a line that is nothing but `[bang KEY]`, however the word is written.
pub fn placed_table(line: &str) -> Option<&str> {
    let (word, key) = line.strip_prefix('[')?.strip_suffix(']')?.split_once(' ')?;
    (fold(word) == "bang").then_some(key.trim())
}

/// Khổ giấy. The decree knows A4 only (PL I, Phần I, Mục I, khoản 1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Paper {
    #[default]
    A4,
    /// `a3`: for tables that A4 cannot hold.
    A3,
}

/// How the sheet lies.
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
    /// Whether a row `(1) (2) (3)` stands under the heads.
    pub numbered_columns: bool,
    /// Whether columns without any figure or word are left out of the print; `None`
    /// when the office has not said.
    pub folds_blank_columns: Option<bool>,
    /// Sections of the table (I, II …), each followed by the sections within it; rows
    /// refer to them by index.
    pub groups: Vec<Group>,
    pub rows: Vec<Row>,
    pub total: Option<Total>,
    /// Where its rows were written, by which a finding names its next step.
    pub origin: Origin,
    /// What must hold in every row (`kiem_tra`).
    pub constraints: Vec<Constraint>,
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

    /// Gives columns the decimals that a file shows, where they state none; by their keys.
    pub fn show_places(&mut self, places: &BTreeMap<String, u32>) {
        fn walk(columns: &mut [Column], places: &BTreeMap<String, u32>) {
            for column in columns {
                if column.columns.is_empty() && column.decimals.is_none() {
                    column.decimals = places.get(&column.key).copied();
                }
                walk(&mut column.columns, places);
            }
        }
        walk(&mut self.columns, places);
    }

    /// The rows that stand right under a group, not under a group within it, in order.
    pub fn rows_of(&self, group: usize) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(move |row| row.group == Some(group))
    }

    /// Whether a group is another, or stands within it.
    pub fn is_within(&self, group: usize, outer: usize) -> bool {
        let mut above = Some(group);
        while let Some(index) = above {
            if index == outer {
                return true;
            }
            above = self.groups.get(index).and_then(|group| group.parent);
        }
        false
    }

    /// Every row with the name a reader knows it by: its group and its number there (`I.2`).
    pub fn names_of_rows(&self) -> Vec<String> {
        let mut counters = vec![0_usize; self.groups.len() + 1];
        let named = self.rows.iter().map(|row| {
            let slot = row.group.unwrap_or(self.groups.len()).min(self.groups.len());
            counters[slot] += 1;
            match self.groups.get(slot) {
                Some(group) if group.total == GroupTotal::Row => group.key.clone(),
                Some(group) => format!("{}.{}", group.key, counters[slot]),
                None => counters[slot].to_string(),
            }
        });
        named.collect()
    }
}

/// Where the rows of a table were written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Origin {
    /// In the case.
    #[default]
    Case,
    /// In a file of their own.
    File,
    /// In a file, together with the groups and the totals.
    FileWithTotals,
}

/// A column, or a group of columns under one head.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Column {
    /// Key of a leaf; empty for a group.
    pub key: String,
    pub name: String,
    /// Đơn vị tính of this column alone, printed under its name.
    pub unit: Option<String>,
    pub kind: ColumnKind,
    /// Share of the free width among the text columns.
    pub weight: Option<u32>,
    /// Whether its head stands upright; decided by the fit where it is not said.
    pub upright: Option<bool>,
    /// How its cells are aligned; as its kind wants where it is not said.
    pub align: Option<ColumnAlign>,
    /// What fills a cell that is left blank.
    pub formula: Formula,
    /// Decimals that its figures are printed with; nothing when each is printed as it is.
    pub decimals: Option<u32>,
    pub columns: Vec<Column>,
}

impl Column {
    /// The decimals at which its figures are compared: its own, or those of its ratio.
    pub const fn places(&self) -> Option<u32> {
        match (self.decimals, &self.formula) {
            (Some(decimals), _) => Some(decimals),
            (None, Formula::Ratio { decimals, .. }) => Some(*decimals),
            (None, Formula::None | Formula::Sum(_) | Formula::Difference(_)) => None,
        }
    }

    /// What its head says: `Kế hoạch (triệu đồng)`.
    pub fn head(&self) -> String {
        match &self.unit {
            Some(unit) => format!("{} ({unit})", self.name.trim()),
            None => self.name.trim().to_owned(),
        }
    }
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
    /// `ty_le`: per cent; never added up.
    Percent,
    /// `ngay`
    Date,
    /// `stt`: the number of the row within its group, given by the program.
    Ordinal,
}

impl ColumnKind {
    /// Whether its cells hold figures.
    pub const fn is_figure(self) -> bool {
        match self {
            Self::Amount | Self::Percent => true,
            Self::Text | Self::Centered | Self::Date | Self::Ordinal => false,
        }
    }
}

/// Căn lề của một cột.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnAlign {
    /// `trai`
    Left,
    /// `giua`
    Center,
    /// `phai`
    Right,
}

/// What a cell is computed from when it is left blank, by the keys of other columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Formula {
    /// Nothing: a blank cell stays blank.
    #[default]
    None,
    /// `tong_cua`
    Sum(Vec<String>),
    /// `hieu_cua`: the first less all the others.
    Difference(Vec<String>),
    /// `ty_le_cua`: the part in the whole, per cent, rounded to so many decimals, half
    /// away from nought.
    Ratio { part: String, whole: String, decimals: u32 },
}

impl Formula {
    /// The keys it reads.
    pub fn parts(&self) -> Vec<&str> {
        match self {
            Self::None => Vec::new(),
            Self::Sum(parts) | Self::Difference(parts) => {
                parts.iter().map(String::as_str).collect()
            }
            Self::Ratio { part, whole, .. } => vec![part, whole],
        }
    }
}

/// A section of the table: `I  Danh mục các dự án đang thực hiện`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// Single in its table; of a section within another it may be `I.1`.
    pub key: String,
    pub name: String,
    pub total: GroupTotal,
    /// Index of the group it stands within.
    pub parent: Option<usize>,
}

impl Group {
    /// The number printed before its name: the last part of its key.
    pub fn number(&self) -> &str {
        self.key.rsplit('.').next().unwrap_or(&self.key)
    }
}

/// Whether a group's row carries its subtotal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum GroupTotal {
    #[default]
    None,
    Computed,
    /// As the office declares it, by column.
    Declared(BTreeMap<String, Amount>),
    /// It is a row itself, beside groups that have rows: its only row is printed in its line.
    Row,
}

/// One row of data.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Index of its group.
    pub group: Option<usize>,
    /// By leaf column; what lies beyond the end is blank.
    pub cells: Vec<Cell>,
}

impl Row {
    pub fn cell(&self, column: usize) -> &Cell {
        self.cells.get(column).unwrap_or(&Cell::Blank)
    }

    /// The figure written in a cell; nothing when it is blank or holds text.
    pub fn given(&self, column: usize) -> Option<Amount> {
        match self.cell(column) {
            Cell::Amount(amount) => Some(*amount),
            Cell::Blank | Cell::Text(_) | Cell::Date(_) => None,
        }
    }
}

/// What is written in a cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Cell {
    #[default]
    Blank,
    Text(String),
    Amount(Amount),
    Date(NaiveDate),
}

impl Cell {
    pub fn is_blank(&self) -> bool {
        *self == Self::Blank
    }
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

/// What must hold in every row: `gn_2022 <= kh_2022`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Constraint {
    /// As the clerk wrote it, for the finding.
    pub text: String,
    pub left: Linear,
    pub relation: Relation,
    pub right: Linear,
}

/// A sum of columns and numbers, each added or taken away.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Linear {
    pub terms: Vec<Term>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    pub negative: bool,
    pub value: TermValue,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TermValue {
    /// Key of a column with figures.
    Column(String),
    Number(Amount),
}

/// How the two sides of a constraint stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    Less,
    LessOrEqual,
    Equal,
    GreaterOrEqual,
    Greater,
}

impl Relation {
    pub fn holds(self, left: Amount, right: Amount) -> bool {
        match self {
            Self::Less => left < right,
            Self::LessOrEqual => left <= right,
            Self::Equal => left == right,
            Self::GreaterOrEqual => left >= right,
            Self::Greater => left > right,
        }
    }

    /// As it is written.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Equal => "=",
            Self::GreaterOrEqual => ">=",
            Self::Greater => ">",
        }
    }
}
