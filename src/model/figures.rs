//! What the cells of a table are worth: given, computed from their row, added up.
//!
//! *Invariants*: exact decimals throughout; only a ratio is rounded, as its column says,
//! and what is printed: sums are of what the cells hold, and are rounded then, as a
//! spreadsheet does; a blank cell is neutral in a sum and is not nought: a sum of blanks
//! is blank.

use std::collections::BTreeMap;

use super::{Amount, Cell, Column, ColumnKind, Formula, GroupTotal, Row, Table};

/// A table with its columns found once.
pub struct Figures<'a> {
    table: &'a Table,
    leaves: Vec<&'a Column>,
    formulas: Vec<Parts>,
}

/// A [`Formula`] with columns by their places.
enum Parts {
    None,
    Sum(Vec<usize>),
    Difference(Vec<usize>),
    Ratio { part: usize, whole: usize, decimals: u32 },
}

/// A figure for each leaf column; nothing where the line is blank.
pub type Line = Vec<Option<Amount>>;

impl<'a> Figures<'a> {
    pub fn new(table: &'a Table) -> Self {
        let leaves = table.leaves();
        let places: BTreeMap<&str, usize> =
            leaves.iter().enumerate().map(|(place, leaf)| (leaf.key.as_str(), place)).collect();
        let formulas = leaves.iter().map(|leaf| parts(leaf, &places)).collect();
        Self { table, leaves, formulas }
    }

    pub fn leaves(&self) -> &[&'a Column] {
        &self.leaves
    }

    /// The place of a column by its key.
    pub fn place(&self, key: &str) -> Option<usize> {
        self.leaves.iter().position(|leaf| leaf.key == key)
    }

    /// What is printed in a cell of a row: the figure given, or what its column computes,
    /// with the decimals of its column.
    pub fn of_row(&self, row: &Row, column: usize) -> Option<Amount> {
        self.printed(column, self.exactly_of_row(row, column))
    }

    /// The same before it is rounded to the decimals that are printed.
    pub fn exactly_of_row(&self, row: &Row, column: usize) -> Option<Amount> {
        self.value(column, &|column| row.given(column))
    }

    /// A figure of a column as it is printed, in a row or in a line of sums.
    pub fn printed(&self, column: usize, figure: Option<Amount>) -> Option<Amount> {
        let leaf = self.leaves[column];
        // Under one head `102` and `33,3` would be of two precisions.
        match (leaf.decimals, leaf.places()) {
            (Some(places), _) => figure.map(|it| it.rounded(places).with_decimals(places)),
            (None, Some(least)) => figure.map(|it| it.with_decimals(least)),
            (None, None) => figure,
        }
    }

    /// Whether two figures of a column are the same where they are printed. Of more decimals
    /// than an office writes the last are the noise of a computation.
    pub fn are_same(&self, column: usize, one: Amount, other: Amount) -> bool {
        let places = self.leaves[column].places().or_else(|| noise_of(one, other));
        match places {
            Some(places) => one.rounded(places) == other.rounded(places),
            None => one == other,
        }
    }

    /// What a column computes in a row, whatever is written there.
    pub fn computed_of_row(&self, row: &Row, column: usize) -> Option<Amount> {
        self.computed(column, &|column| row.given(column))
    }

    /// What a column computes in a line of sums.
    pub fn computed_of_line(&self, line: &Line, column: usize) -> Option<Amount> {
        self.computed(column, &|column| line[column])
    }

    /// Every column over some rows: amounts are added up, ratios are computed of the sums;
    /// not yet rounded to what is [printed](Self::printed).
    pub fn sums<'r>(&self, rows: impl IntoIterator<Item = &'r Row>) -> Line {
        let mut sums: Line = vec![None; self.leaves.len()];
        for row in rows {
            for (column, leaf) in self.leaves.iter().enumerate() {
                if leaf.kind != ColumnKind::Amount {
                    continue;
                }
                if let Some(amount) = self.exactly_of_row(row, column) {
                    sums[column] = Some(sums[column].map_or(amount, |sum| sum + amount));
                }
            }
        }
        self.with_ratios(sums)
    }

    /// The sums of a group, the groups within it included.
    pub fn subtotal(&self, group: usize) -> Line {
        let within = |row: &&Row| row.group.is_some_and(|own| self.table.is_within(own, group));
        self.sums(self.table.rows.iter().filter(within))
    }

    /// The sums of every row.
    pub fn total(&self) -> Line {
        self.sums(&self.table.rows)
    }

    /// A line of sums as it is printed. What is declared stands; what is computed of
    /// something declared follows it, for a line must not contradict itself.
    pub fn declared(&self, sums: &Line, declared: &BTreeMap<String, Amount>) -> Line {
        let given = |column: usize| declared.get(&self.leaves[column].key).copied();
        let settled = |column: usize| {
            given(column).or_else(|| {
                let follows = self.reads(column, &|part| given(part).is_some());
                if follows { None } else { sums[column] }
            })
        };
        (0..self.leaves.len()).map(|column| self.value(column, &settled)).collect()
    }

    /// The places of declared figures that are not those of their sums. Per cents of which
    /// the table does not say how they are computed cannot be wrong; those that are computed
    /// are compared at the places that are printed, and not where what they are computed of
    /// is declared too: then they must fit that.
    pub fn wrong(&self, sums: &Line, declared: &BTreeMap<String, Amount>) -> Vec<usize> {
        let is_wrong = |column: usize| {
            let leaf = self.leaves[column];
            let Some(written) = declared.get(&leaf.key) else { return false };
            let sum = sums[column].unwrap_or(Amount::ZERO);
            let is_declared = |part: usize| declared.contains_key(&self.leaves[part].key);
            match self.formulas[column] {
                Parts::Ratio { part, whole, .. } if is_declared(part) || is_declared(whole) => {
                    false
                }
                Parts::None if leaf.kind == ColumnKind::Percent => false,
                Parts::None | Parts::Sum(_) | Parts::Difference(_) | Parts::Ratio { .. } => {
                    !self.are_same(column, *written, sum)
                }
            }
        };
        (0..self.leaves.len()).filter(|&column| is_wrong(column)).collect()
    }

    /// Whether a formula reads, itself or through others, a column of which something is true.
    fn reads(&self, column: usize, is: &dyn Fn(usize) -> bool) -> bool {
        self.places_of_parts(column).iter().any(|&part| is(part) || self.reads(part, is))
    }

    fn places_of_parts(&self, column: usize) -> Vec<usize> {
        match &self.formulas[column] {
            Parts::None => Vec::new(),
            Parts::Sum(parts) | Parts::Difference(parts) => parts.clone(),
            Parts::Ratio { part, whole, .. } => vec![*part, *whole],
        }
    }

    fn with_ratios(&self, sums: Line) -> Line {
        let value = |column: usize| match self.leaves[column].kind {
            ColumnKind::Percent => self.computed(column, &|part| sums[part]),
            ColumnKind::Amount
            | ColumnKind::Text
            | ColumnKind::Centered
            | ColumnKind::Date
            | ColumnKind::Ordinal => sums[column],
        };
        (0..self.leaves.len()).map(value).collect()
    }

    fn value(&self, column: usize, given: &dyn Fn(usize) -> Option<Amount>) -> Option<Amount> {
        given(column).or_else(|| self.computed(column, given))
    }

    /// The door has refused formulas that lead back to their own column.
    fn computed(&self, column: usize, given: &dyn Fn(usize) -> Option<Amount>) -> Option<Amount> {
        let value = |part: &usize| self.value(*part, given);
        match &self.formulas[column] {
            Parts::None => None,
            Parts::Sum(parts) => parts.iter().filter_map(value).reduce(|sum, part| sum + part),
            Parts::Difference(parts) => {
                let (first, others) = parts.split_first()?;
                let others: Vec<Amount> = others.iter().filter_map(value).collect();
                match value(first) {
                    None if others.is_empty() => None,
                    first => Some(others.into_iter().fold(first.unwrap_or_default(), |a, b| a - b)),
                }
            }
            Parts::Ratio { part, whole, decimals } => {
                value(part)?.percent_of(value(whole)?, *decimals)
            }
        }
    }
}

/// No office writes more decimals; a computation leaves a dozen.
const MANY_DECIMALS: u32 = 6;

/// The decimals at which two figures are compared when one of them comes from a computation.
pub fn noise_of(one: Amount, other: Amount) -> Option<u32> {
    (one.decimals().max(other.decimals()) > MANY_DECIMALS).then_some(MANY_DECIMALS)
}

/// The door has refused formulas that name a column which is not there.
fn parts(leaf: &Column, places: &BTreeMap<&str, usize>) -> Parts {
    let place = |key: &String| places.get(key.as_str()).copied();
    match &leaf.formula {
        Formula::None => Parts::None,
        Formula::Sum(parts) => Parts::Sum(parts.iter().filter_map(place).collect()),
        Formula::Difference(parts) => Parts::Difference(parts.iter().filter_map(place).collect()),
        Formula::Ratio { part, whole, decimals } => match (place(part), place(whole)) {
            (Some(part), Some(whole)) => {
                let decimals = leaf.decimals.unwrap_or(*decimals);
                Parts::Ratio { part, whole, decimals }
            }
            _ => Parts::None,
        },
    }
}

impl Table {
    /// The places of the leaf columns in which nothing is printed, neither in a row nor in a sum.
    pub fn blank_columns(&self) -> Vec<usize> {
        let figures = Figures::new(self);
        let is_blank = |column: usize| {
            let leaf = figures.leaves[column];
            let is_declared = |figures: &BTreeMap<String, Amount>| figures.contains_key(&leaf.key);
            leaf.kind != ColumnKind::Ordinal
                && !self.total.as_ref().is_some_and(|total| is_declared(&total.declared))
                && !self.groups.iter().any(|group| match &group.total {
                    GroupTotal::Declared(figures) => is_declared(figures),
                    GroupTotal::None | GroupTotal::Computed | GroupTotal::Row => false,
                })
                && self
                    .rows
                    .iter()
                    .all(|row| row.cell(column).is_blank() && figures.of_row(row, column).is_none())
        };
        (0..figures.leaves.len()).filter(|&column| is_blank(column)).collect()
    }

    /// The table as it is when its blank columns are folded away; one with nothing in it
    /// stays whole, for a table of no columns would not be seen at all.
    #[must_use]
    pub fn without_blank_columns(&self) -> Self {
        let blank = self.blank_columns();
        let leaves = self.leaves();
        let holds = |(place, leaf): (usize, &&Column)| {
            leaf.kind != ColumnKind::Ordinal && !blank.contains(&place)
        };
        if !leaves.iter().enumerate().any(holds) {
            return self.clone();
        }
        let mut place = 0;
        let kept = |cells: &[Cell]| -> Vec<Cell> {
            let cells = cells.iter().enumerate();
            cells.filter(|(at, _)| !blank.contains(at)).map(|(_, cell)| cell.clone()).collect()
        };
        Self {
            columns: fold(&self.columns, &blank, &mut place),
            rows: self
                .rows
                .iter()
                .map(|row| Row { group: row.group, cells: kept(&row.cells) })
                .collect(),
            ..self.clone()
        }
    }
}

/// The columns without the leaves at some places; a group without leaves goes too.
fn fold(columns: &[Column], blank: &[usize], place: &mut usize) -> Vec<Column> {
    let mut kept = Vec::new();
    for column in columns {
        if column.columns.is_empty() {
            if !blank.contains(place) {
                kept.push(column.clone());
            }
            *place += 1;
            continue;
        }
        let inner = fold(&column.columns, blank, place);
        if !inner.is_empty() {
            kept.push(Column { columns: inner, ..column.clone() });
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn leaf(key: &str, kind: ColumnKind, formula: Formula) -> Column {
        Column { key: key.into(), name: key.into(), kind, formula, ..Column::default() }
    }

    /// The cells a and b of a row.
    type Pair = (Option<i64>, Option<i64>);

    /// Columns a and b, their sum, their difference, and a in b per cent.
    fn table(decimals: u32, rows: &[Pair]) -> Table {
        let [a, b] = ["a", "b"].map(str::to_owned);
        let parts = vec![a.clone(), b.clone()];
        let ratio = Formula::Ratio { part: a, whole: b, decimals };
        let cell = |figure: &Option<i64>| figure.map_or(Cell::Blank, |it| Cell::Amount(amount(it)));
        let row = |(a, b): &Pair| Row { group: None, cells: vec![cell(a), cell(b)] };
        Table {
            columns: vec![
                leaf("a", ColumnKind::Amount, Formula::None),
                leaf("b", ColumnKind::Amount, Formula::None),
                leaf("tong", ColumnKind::Amount, Formula::Sum(parts.clone())),
                leaf("hieu", ColumnKind::Amount, Formula::Difference(parts)),
                leaf("ty_le", ColumnKind::Percent, ratio),
            ],
            rows: rows.iter().map(row).collect(),
            ..Table::default()
        }
    }

    fn amount(hundredths: i64) -> Amount {
        let sign = if hundredths < 0 { "-" } else { "" };
        format!("{sign}{},{:02}", hundredths.abs() / 100, hundredths.abs() % 100).parse().unwrap()
    }

    /// The same in whole numbers: a in b per cent, in units of the last decimal.
    fn per_cent(a: i128, b: i128, decimals: u32) -> Option<i128> {
        let scaled = a.abs() * 100 * 10_i128.pow(decimals);
        let rounded = (2 * scaled + b.abs()).checked_div(2 * b.abs())?;
        Some(if (a < 0) == (b < 0) { rounded } else { -rounded })
    }

    fn hundredths(amount: Option<Amount>) -> Option<i128> {
        Some(amount?.shifted(2)?.plain().parse().unwrap())
    }

    fn figure() -> impl Strategy<Value = Option<i64>> {
        prop_oneof![
            1 => Just(None),
            1 => Just(Some(0)),
            6 => (-99_999_999_999_i64..999_999_999_999).prop_map(Some),
            2 => (-500_i64..500).prop_map(Some),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn sums_differences_and_ratios_are_those_of_whole_numbers(
            rows in proptest::collection::vec((figure(), figure()), 1..12),
            decimals in 0_u32..=4,
        ) {
            let table = table(decimals, &rows);
            let figures = Figures::new(&table);
            let total = figures.total();
            let sum = |column: fn(&Pair) -> Option<i64>| {
                let given: Vec<i128> = rows.iter().filter_map(column).map(i128::from).collect();
                (!given.is_empty()).then(|| given.iter().sum::<i128>())
            };
            let (a, b) = (sum(|row| row.0), sum(|row| row.1));
            prop_assert_eq!(hundredths(total[0]), a);
            prop_assert_eq!(hundredths(total[1]), b);
            let either = a.or(b).map(|_| (a.unwrap_or(0), b.unwrap_or(0)));
            prop_assert_eq!(hundredths(total[2]), either.map(|(a, b)| a + b));
            prop_assert_eq!(hundredths(total[3]), either.map(|(a, b)| a - b));
            let ratio = a.zip(b).and_then(|(a, b)| per_cent(a, b, decimals));
            let shifted = total[4].and_then(|it| it.shifted(i64::from(decimals)));
            prop_assert_eq!(shifted.map(|it| it.plain().parse::<i128>().unwrap()), ratio);
            for (row, (a, b)) in table.rows.iter().zip(&rows) {
                let ratio = a.zip(*b).and_then(|(a, b)| per_cent(a.into(), b.into(), decimals));
                let shifted = figures.of_row(row, 4).and_then(|it| it.shifted(i64::from(decimals)));
                prop_assert_eq!(shifted.map(|it| it.plain().parse::<i128>().unwrap()), ratio);
            }
        }
    }

    #[test]
    fn a_ratio_that_is_written_shows_as_many_decimals_as_one_that_is_computed() {
        let mut table = table(1, &[(Some(10_000), Some(40_000))]);
        table.rows[0].cells.extend([Cell::Blank, Cell::Blank, Cell::Amount(amount(2_500))]);
        let figures = Figures::new(&table);
        let shown = |row: &Row| figures.of_row(row, 4).map(|it| it.to_string());
        assert_eq!(shown(&table.rows[0]).as_deref(), Some("25,00"));
        table.rows[0].cells[4] = Cell::Amount("25".parse().unwrap());
        let figures = Figures::new(&table);
        let shown = |row: &Row| figures.of_row(row, 4).map(|it| it.to_string());
        assert_eq!(shown(&table.rows[0]).as_deref(), Some("25,0"));
    }

    #[test]
    fn what_is_computed_of_a_declared_figure_follows_it() {
        let table = table(1, &[(Some(10_000), Some(40_000))]);
        let figures = Figures::new(&table);
        let declared = BTreeMap::from([("a".to_owned(), amount(20_000))]);
        let line = figures.declared(&figures.total(), &declared);
        let shown: Vec<String> =
            line.iter().map(|it| it.map(|it| it.to_string()).unwrap_or_default()).collect();
        assert_eq!(shown, ["200,00", "400,00", "600,00", "-200,00", "50,0"]);
    }

    #[test]
    fn a_sum_is_of_what_the_cells_hold_and_is_rounded_then() {
        let mut table = table(1, &[(None, None), (None, None), (None, None)]);
        table.columns[0].decimals = Some(0);
        for row in &mut table.rows {
            row.cells = vec![Cell::Amount("33,3333333333333".parse().unwrap())];
        }
        let figures = Figures::new(&table);
        let printed = |amount| figures.printed(0, amount).map(|it| it.to_string());
        assert_eq!(printed(figures.of_row(&table.rows[0], 0)).as_deref(), Some("33"));
        assert_eq!(printed(figures.total()[0]).as_deref(), Some("100"));
        let [sum, hundred]: [Amount; 2] = ["99,9999999999999", "100"].map(|it| it.parse().unwrap());
        assert!(figures.are_same(0, sum, hundred) && figures.are_same(1, sum, hundred));
        let [one, other]: [Amount; 2] = ["1,25", "1,3"].map(|it| it.parse().unwrap());
        assert!(figures.are_same(4, one, other) && !figures.are_same(1, one, other));
    }
}
