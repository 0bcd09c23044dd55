//! Rows that are sums of other rows: they would be added up a second time.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::tables::tables;
use crate::check::{Report, Rule, Subject};
use crate::diag::{Route, Severity};
use crate::model::{Amount, Cell, ColumnKind, Figures, Formula, Origin, Row, Table};
use crate::vi::mark::{Kind, Mark};
use crate::vi::total::{Named, named};

pub const RULE: Rule = Rule {
    id: "dong-la-tong",
    severity: Severity::Error,
    explain: "\
Trong các dòng số liệu có dòng là tổng của những dòng khác.

Chương trình tự cộng các dòng, nên một dòng “Tổng cộng”, “Cộng nhóm I” hay dòng tên nhóm
có sẵn số cộng bị cộng thêm lần nữa, tổng in ra gấp đôi. Dòng được nhận ra theo tên (Tổng,
Cộng, TỔNG SỐ …), theo số thứ tự (I, 1, 2, II, 1 …), hoặc vì mọi cột số của nó đúng bằng
tổng các dòng trên nó hay dưới nó.

Số liệu trong tệp: ghi `nhom: theo_stt` dưới `dong_tu_tep` thì dòng tổng và dòng nhóm được
đọc đúng là tổng, không cộng nữa mà được kiểm tra. Số liệu trong hồ sơ: bỏ dòng ấy, khai ở
`tong` hoặc `nhom`. Nếu đúng là một dòng số liệu, ghi vào `chap_nhan`.",
    run,
};

fn run(subject: Subject<'_>, report: &mut Report<'_>) {
    for (route, table) in tables(subject.case) {
        let totals = Lines::of(table).totals();
        let Some((&first, why)) = totals.first_key_value() else { continue };
        let names = table.names_of_rows();
        let said = |row: usize, why: &Why| match name_of(table, row) {
            Some(name) => format!("dòng {} “{name}” {}", names[row], why.said()),
            None => format!("dòng {} {}", names[row], why.said()),
        };
        let more = match totals.len() - 1 {
            0 => String::new(),
            count => format!(", và {count} dòng khác cũng là tổng"),
        };
        let details = totals.iter().skip(1).take(MOST_NAMED).map(|(row, why)| said(*row, why));
        let mut details: Vec<String> = details.collect();
        if totals.len() > MOST_NAMED + 1 {
            details.push(format!("và {} dòng nữa", totals.len() - 1 - MOST_NAMED));
        }
        report.add_with(
            place(table, &route, first),
            format!("{}{more}: để lẫn với các dòng số liệu thì bị cộng hai lần", said(first, why)),
            details,
            step(table.origin),
        );
    }
}

/// So many rows are named; of more only their count.
const MOST_NAMED: usize = 5;

const fn step(origin: Origin) -> &'static str {
    match origin {
        Origin::Case => {
            "bỏ dòng này khỏi `dong`; tổng của bảng khai ở `tong`, dòng tên nhóm khai ở `nhom`; nếu đúng là một dòng số liệu, ghi vào `chap_nhan`"
        }
        Origin::File => {
            "ghi `nhom: theo_stt` dưới `dong_tu_tep:` để đọc dòng tổng và dòng nhóm như trong tệp; hoặc bỏ dòng này khỏi tệp, khỏi `vung`; nếu đúng là một dòng số liệu, ghi vào `chap_nhan`"
        }
        Origin::FileWithTotals => {
            "xem lại số thứ tự và tên của dòng này trong tệp; nếu đúng là một dòng số liệu, ghi vào `chap_nhan`"
        }
    }
}

/// The cell with the row's name, or the row.
fn place(table: &Table, route: &Route, row: usize) -> Route {
    let at = route.key("dong").index(row);
    match named_cell(table, &table.rows[row]) {
        Some((key, _)) => at.key(key),
        None => at,
    }
}

fn name_of(table: &Table, row: usize) -> Option<&str> {
    named_cell(table, &table.rows[row]).map(|(_, text)| text)
}

/// The cell that calls the row a total, or else the first that is more than a number.
fn named_cell<'t>(table: &'t Table, row: &'t Row) -> Option<(&'t str, &'t str)> {
    let leaves = table.leaves();
    let texts = leaves.into_iter().zip(&row.cells).filter_map(|(leaf, cell)| match cell {
        Cell::Text(text) => Some((leaf.key.as_str(), text.as_str())),
        Cell::Blank | Cell::Amount(_) | Cell::Date(_) => None,
    });
    let texts: Vec<_> = texts.collect();
    let called = texts.iter().find(|(_, text)| named(text).is_some());
    called.or_else(|| texts.iter().find(|(_, text)| Mark::parse(text).is_none())).copied()
}

/// Why a row is taken for a total.
enum Why {
    /// By its name; of the rows that it is the sum of, where it is one, how many.
    Name,
    /// By its number, among rows that are numbered anew below it.
    Number,
    /// It is the sum of so many rows above it, or below.
    Above(usize),
    Below(usize),
}

impl Why {
    fn said(&self) -> String {
        match self {
            Self::Name => "là dòng tổng".to_owned(),
            Self::Number => "là dòng tên nhóm có sẵn số cộng".to_owned(),
            Self::Above(rows) => format!("bằng tổng {rows} dòng trên"),
            Self::Below(rows) => format!("bằng tổng {rows} dòng dưới"),
        }
    }
}

/// The figures of a table's rows.
struct Lines<'t> {
    table: &'t Table,
    figures: Figures<'t>,
    /// The places of the columns of amounts.
    columns: Vec<usize>,
    /// By row, those in columns of amounts.
    values: Vec<Vec<Option<Amount>>>,
    /// Whether a column is not computed from others, so that it says something of its own.
    own: Vec<bool>,
}

/// Sums of some rows, column by column, with the count of rows that are not nought there.
#[derive(Clone, Default)]
struct Sums {
    rows: usize,
    columns: Vec<(Amount, usize)>,
}

impl Sums {
    fn add(&mut self, values: &[Option<Amount>]) {
        self.rows += 1;
        self.columns.resize(values.len(), (Amount::ZERO, 0));
        for ((sum, count), value) in self.columns.iter_mut().zip(values) {
            let value = value.unwrap_or_default();
            *sum = *sum + value;
            *count += usize::from(!value.is_zero());
        }
    }

    /// The same without one of the rows.
    fn without(&self, values: &[Option<Amount>]) -> Self {
        let columns = self.columns.iter().zip(values).map(|(&(sum, count), value)| {
            let value = value.unwrap_or_default();
            (sum - value, count - usize::from(!value.is_zero()))
        });
        Self { rows: self.rows.saturating_sub(1), columns: columns.collect() }
    }
}

/// So many digits that agree are no chance: 1, 2, 3 in one column may well be three figures.
const TELLING_DIGITS: usize = 4;

impl<'t> Lines<'t> {
    fn of(table: &'t Table) -> Self {
        let figures = Figures::new(table);
        let columns: Vec<usize> = (0..figures.leaves().len())
            .filter(|&column| figures.leaves()[column].kind == ColumnKind::Amount)
            .collect();
        let own = columns.iter().map(|&column| figures.leaves()[column].formula == Formula::None);
        let own: Vec<bool> = own.collect();
        let value = |row: &Row| columns.iter().map(|&column| figures.of_row(row, column)).collect();
        let values = table.rows.iter().map(value).collect();
        Self { table, values, own, figures, columns }
    }

    /// The rows that are totals of others, each with the reason.
    fn totals(&self) -> BTreeMap<usize, Why> {
        if self.values.len() < 2 {
            return BTreeMap::new();
        }
        let names = self.table.rows.iter().enumerate().map(|(at, row)| self.name(at, row));
        let names: Vec<Option<Named>> = names.collect();
        let mut totals: BTreeMap<usize, Why> = BTreeMap::new();
        for (at, name) in names.iter().enumerate() {
            if matches!(name, Some(Named::Total { .. })) && self.has_figure(at) {
                totals.insert(at, Why::Name);
            }
        }
        for at in self.numbered_heads() {
            if self.has_figure(at) {
                totals.entry(at).or_insert(Why::Number);
            }
        }
        self.sums_of_others(&names, &mut totals);
        totals
    }

    fn name(&self, at: usize, row: &Row) -> Option<Named> {
        // A group that is a row of its own is one by its number in the file.
        let is_own_line = row.group.is_some_and(|group| {
            self.table.groups.get(group).is_some_and(|it| it.total == crate::model::GroupTotal::Row)
        });
        if is_own_line || !self.has_figure(at) {
            return None;
        }
        let texts = row.cells.iter().filter_map(|cell| match cell {
            Cell::Text(text) => named(text),
            Cell::Blank | Cell::Amount(_) | Cell::Date(_) => None,
        });
        let texts: Vec<Named> = texts.collect();
        let sure = texts.iter().position(|name| matches!(name, Named::Total { .. }));
        texts.into_iter().nth(sure.unwrap_or(0))
    }

    fn has_figure(&self, at: usize) -> bool {
        self.values[at].iter().any(Option::is_some)
    }

    /// Rows numbered `I`, `A` right above rows that are numbered from `1`, `a`: in the first
    /// column, or before the names.
    fn numbered_heads(&self) -> Vec<usize> {
        let leaves = self.figures.leaves();
        let first = leaves.iter().position(|leaf| leaf.kind != ColumnKind::Ordinal);
        let name = leaves.iter().position(|leaf| leaf.kind == ColumnKind::Text);
        for column in first.into_iter().chain(name) {
            let Some(marks) = self.marks(column) else { continue };
            let is = |at: usize, is_it: &dyn Fn(&Mark) -> bool| {
                marks.get(at).and_then(Option::as_ref).is_some_and(is_it)
            };
            let is_head = |mark: &Mark| mark.may_be(Kind::Roman) || mark.may_be(Kind::Capital);
            let begins = |mark: &Mark| {
                let is_first = |(kind, number): &(Kind, u32)| {
                    *number == 1 && matches!(kind, Kind::Number | Kind::Letter | Kind::Dotted(_))
                };
                mark.readings.iter().any(is_first)
            };
            let heads: Vec<usize> =
                (0..marks.len()).filter(|&at| is(at, &is_head) && is(at + 1, &begins)).collect();
            if !heads.is_empty() {
                return heads;
            }
        }
        Vec::new()
    }

    /// The numbers in a column, or before its names, when it holds nothing else but names of
    /// totals.
    fn marks(&self, column: usize) -> Option<Vec<Option<Mark>>> {
        let mut marks = Vec::with_capacity(self.table.rows.len());
        for row in &self.table.rows {
            match row.cell(column) {
                Cell::Blank => marks.push(None),
                Cell::Text(text) if named(text).is_some() => marks.push(None),
                Cell::Text(text) => {
                    let before = || Mark::before_name(text).map(|(mark, _)| mark);
                    marks.push(Some(Mark::parse(text).or_else(before)?));
                }
                Cell::Amount(_) | Cell::Date(_) => return None,
            }
        }
        marks.iter().any(Option::is_some).then_some(marks)
    }

    /// Rows that are the sum of the rows before them, from the start or from the total
    /// before; or, at the start of a table or a group, of all that follow in it.
    fn sums_of_others(&self, names: &[Option<Named>], totals: &mut BTreeMap<usize, Why>) {
        let group = |at: usize| self.table.rows[at].group;
        let (mut all, mut by_group) = (Sums::default(), BTreeMap::<Option<usize>, Sums>::new());
        for at in (0..self.values.len()).filter(|at| !totals.contains_key(at)) {
            all.add(&self.values[at]);
            by_group.entry(group(at)).or_default().add(&self.values[at]);
        }
        let (mut before, mut since) = (Sums::default(), Sums::default());
        let mut in_group = BTreeMap::<Option<usize>, Sums>::new();
        let mut begun = BTreeSet::new();
        for (at, name) in names.iter().enumerate() {
            let is_first = begun.insert(group(at)) || at == 0;
            if totals.contains_key(&at) {
                since = Sums::default();
                in_group.remove(&group(at));
                continue;
            }
            let own = &self.values[at];
            let is_called = name.is_some();
            let mut found = None;
            for sums in
                [Some(&before), Some(&since), in_group.get(&group(at))].into_iter().flatten()
            {
                if found.is_none() && self.is_sum(own, sums, is_called) {
                    found = Some(Why::Above(sums.rows));
                }
            }
            let below = (at == 0).then_some(&all).into_iter();
            let below = below.chain(by_group.get(&group(at)).filter(|_| is_first));
            for sums in below {
                let sums = sums.without(own);
                if found.is_none() && self.is_sum(own, &sums, is_called) {
                    found = Some(Why::Below(sums.rows));
                }
            }
            match found {
                Some(why) => {
                    totals.insert(at, why);
                    since = Sums::default();
                    in_group.remove(&group(at));
                }
                None => {
                    before.add(own);
                    since.add(own);
                    in_group.entry(group(at)).or_default().add(own);
                }
            }
        }
    }

    /// Whether every figure of a row is the sum of some rows, at least two of which are
    /// not nought; unless it is called a total, in so many digits that it is no chance.
    fn is_sum(&self, own: &[Option<Amount>], sums: &Sums, is_called: bool) -> bool {
        let mut digits = 0;
        for (at, &(sum, count)) in sums.columns.iter().enumerate() {
            let Some(value) = own[at] else { continue };
            if !self.figures.are_same(self.columns[at], value, sum) {
                return false;
            }
            if count >= 2 && !value.is_zero() && (self.own[at] || is_called) {
                digits += telling_digits(value);
            }
        }
        digits >= if is_called { 1 } else { TELLING_DIGITS }
    }
}

/// The digits of a number without the noughts at its end: 12.500 has three.
fn telling_digits(amount: Amount) -> usize {
    let digits: String = amount.plain().chars().filter(char::is_ascii_digit).collect();
    digits.trim_matches('0').len()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{found, with_table};
    use super::*;
    use crate::model::{Column, Group};
    use expect_test::expect;

    /// Rows of a name and figures, parted by `|`; a group before `>`.
    fn table(rows: &str) -> Table {
        let width = rows.lines().next().unwrap_or_default().split('|').count();
        let column = |at: usize| Column {
            key: if at == 0 { "ten".to_owned() } else { format!("c{at}") },
            kind: if at == 0 { ColumnKind::Text } else { ColumnKind::Amount },
            ..Column::default()
        };
        let row = |line: &str| {
            let (group, line) = match line.split_once("> ") {
                Some((group, rest)) => (Some(group.len() - 1), rest),
                None => (None, line),
            };
            let cells =
                line.split('|').map(str::trim).enumerate().map(|(at, text)| match (at, text) {
                    (_, "") => Cell::Blank,
                    (0, text) => Cell::Text(text.to_owned()),
                    (_, text) => Cell::Amount(text.parse().unwrap()),
                });
            Row { group, cells: cells.collect() }
        };
        let group = |key: &str| Group { key: key.to_owned(), ..Group::default() };
        Table {
            columns: (0..width).map(column).collect(),
            groups: if rows.contains("> ") { vec![group("I"), group("II")] } else { vec![] },
            rows: rows.lines().map(row).collect(),
            ..Table::default()
        }
    }

    fn told(rows: &str) -> String {
        found(&RULE, &with_table(table(rows)), "./.")
    }

    #[test]
    fn a_row_that_is_called_a_total_is_one_whatever_it_adds_up_to() {
        expect![[r#"
            phu_luc[0].dong[2].ten: dòng 3 “Tổng cộng” là dòng tổng: để lẫn với các dòng số liệu thì bị cộng hai lần
        "#]]
        .assert_eq(&told("A | 1\nB | 2\nTổng cộng | 3"));
        assert_ne!(told("A | 1\nB | 2\nTỔNG SỐ: | 4"), "");
        assert_ne!(told("Cộng (triệu đồng) | 3\nA | 3"), "");
    }

    #[test]
    fn subtotals_and_the_total_are_told_once() {
        expect![[r#"
            phu_luc[0].dong[0].ten: dòng 1 “TỔNG SỐ” là dòng tổng, và 2 dòng khác cũng là tổng: để lẫn với các dòng số liệu thì bị cộng hai lần
                dòng 2 “Tổng mục I” là dòng tổng
                dòng 5 “Tổng mục II” là dòng tổng
        "#]]
        .assert_eq(&told(
            "TỔNG SỐ | 10\nTổng mục I | 4\nA | 1\nB | 3\nTổng mục II | 6\nC | 6",
        ));
    }

    #[test]
    fn rows_numbered_as_groups_are_told_by_their_numbers() {
        let mut numbered = table("I | 4\n1 | 1\n2 | 3\nII | 6\n1 | 6");
        numbered.columns[0].key = "tt".to_owned();
        expect![[r#"
            phu_luc[0].dong[0]: dòng 1 là dòng tên nhóm có sẵn số cộng, và 1 dòng khác cũng là tổng: để lẫn với các dòng số liệu thì bị cộng hai lần
                dòng 4 là dòng tên nhóm có sẵn số cộng
        "#]]
        .assert_eq(&found(&RULE, &with_table(numbered), "./."));
    }

    #[test]
    fn numbers_before_the_names_are_read_too() {
        expect![[r#"
            phu_luc[0].dong[0].ten: dòng 1 “I. Một” là dòng tên nhóm có sẵn số cộng, và 1 dòng khác cũng là tổng: để lẫn với các dòng số liệu thì bị cộng hai lần
                dòng 4 “II. Hai” là dòng tên nhóm có sẵn số cộng
        "#]].assert_eq(&told("I. Một | 9\n1. A | 1\n2. B | 3\nII. Hai | 6\n1. C | 6"));
    }

    #[test]
    fn a_row_without_a_telling_name_is_told_by_its_figures() {
        expect![[r#"
            phu_luc[0].dong[2].ten: dòng 3 “Các xã” bằng tổng 2 dòng trên: để lẫn với các dòng số liệu thì bị cộng hai lần
        "#]]
        .assert_eq(&told("A | 1.234 | 5\nB | 2.345 | 6\nCác xã | 3.579 | 11"));
        assert_ne!(told("Các xã | 3.579\nA | 1.234\nB | 2.345"), "");
        assert_ne!(told("Tổng vốn đầu tư | 3\nA | 1\nB | 2"), "");
        assert_ne!(told("I> A | 1.234\nI> B | 2.345\nI> X | 3.579\nII> C | 5"), "");
    }

    #[test]
    fn what_is_no_total_is_not_told() {
        for rows in [
            "Tổng cộng | 3",
            "A | 0\nB | 0\nC | 0",
            "A | 12.345\nB | 12.345",
            "A | 12.345\nB | 0\nC | 12.345",
            "A | 1\nB | 2\nC | 3",
            "A | 15 | 0\nB | 12 | 0\nC | 27 | 0",
            "Công ty A | 10\nTổng công ty Điện lực | 20",
            "Xã Cộng Hòa | 5\nCộng Hòa | 7",
            "Tổng thu | 100\nTổng chi | 90",
            "Tổng cộng | \nA | 3\nB | 4",
            "A | 1.234\nB | 2.345\nC | 3.580",
            "A | 5\nB | 6\nA | 7\nC | 8",
            "I | 5\nII | 6\nIII | 11",
        ] {
            assert_eq!(told(rows), "", "{rows}");
        }
    }

    #[test]
    fn a_long_table_of_ordinary_figures_is_quiet() {
        let rows: Vec<String> =
            (0..2_000_u32).map(|at| format!("Xã {at} | {}", (at * 7_919 + 13) % 9_973)).collect();
        assert_eq!(told(&rows.join("\n")), "");
    }
}
