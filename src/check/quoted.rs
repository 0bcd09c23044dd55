//! The figures of a case's tables as running text quotes them: totals, groups, rows, in
//! whatever unit of money, rounded to the places that are written.

use std::ops::Range;

use super::prose::Word;
use crate::model::{Amount, Case, ColumnKind, Figures, GroupTotal, Line, Table};
use crate::vi::case::lower;
use crate::vi::money;

/// A table with what a sentence may say of it.
pub struct Sheet<'c> {
    /// As a mark calls it: `phu_luc[0]`, `bang.von`.
    pub call: String,
    /// As a reader calls it.
    pub name: String,
    pub table: &'c Table,
    pub figures: Figures<'c>,
    /// The line of totals as it is printed, or would be.
    pub total: Line,
    /// The words of each leaf's head, those above it included.
    heads: Vec<Vec<String>>,
    title: Vec<String>,
    /// What its rows are: `dự án`.
    nouns: Vec<Vec<String>>,
}

/// A number as a sentence writes it.
#[derive(Clone, Debug)]
pub struct Number {
    pub amount: Amount,
    pub unit: Unit,
    /// Bytes of the number and its unit.
    pub range: Range<usize>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A power of ten of the đồng.
    Money(u32),
    Percent,
    /// `ha`, `dự án`
    Words(String),
}

/// Every table of a case.
pub fn sheets(case: &Case) -> Vec<Sheet<'_>> {
    let alone = case.appendices.iter().filter(|appendix| appendix.table.is_some()).count() == 1;
    let appendices = case.appendices.iter().enumerate().filter_map(|(at, appendix)| {
        let name =
            if alone { "phụ lục".to_owned() } else { format!("phụ lục thứ {}", at + 1) };
        let call = format!("phu_luc[{at}]");
        Some(sheet(call, name, &appendix.title, appendix.table.as_ref()?))
    });
    let tables = case.tables.iter().map(|table| {
        let title = table.title.as_deref().unwrap_or_default();
        let (call, name) = (format!("bang.{}", table.key), format!("bảng `{}`", table.key));
        sheet(call, name, title, &table.table)
    });
    appendices.chain(tables).collect()
}

fn sheet<'c>(call: String, name: String, title: &str, table: &'c Table) -> Sheet<'c> {
    let figures = Figures::new(table);
    let total = match &table.total {
        Some(total) => figures.declared(&figures.total(), &total.declared),
        None => figures.total(),
    };
    let mut heads = Vec::new();
    collect_heads(&table.columns, &[], &mut heads);
    let nouns = figures.leaves().iter().find(|leaf| leaf.kind == ColumnKind::Text);
    let nouns = nouns.map(|leaf| nouns_of(&leaf.name)).unwrap_or_default();
    Sheet { call, name, table, figures, total, heads, title: split(title), nouns }
}

fn collect_heads(columns: &[crate::model::Column], above: &[String], heads: &mut Vec<Vec<String>>) {
    for column in columns {
        let path: Vec<String> = above.iter().cloned().chain(split(&column.name)).collect();
        if column.columns.is_empty() {
            heads.push(path);
        } else {
            collect_heads(&column.columns, &path, heads);
        }
    }
}

fn split(text: &str) -> Vec<String> {
    super::prose::words(text, 0..text.len()).iter().map(|word| lower(word.text)).collect()
}

/// What the rows of a table are, by the head over their names: of `Tên công trình, dự án`
/// both.
fn nouns_of(head: &str) -> Vec<Vec<String>> {
    const BEFORE: [&str; 5] = ["tên", "danh", "mục", "các", "những"];
    const NONE: [&str; 8] = [
        "nội dung",
        "họ và tên",
        "họ tên",
        "chỉ tiêu",
        "hạng mục",
        "diễn giải",
        "ghi chú",
        "khoản",
    ];
    let parts = head.split([',', '/', ';', '(']).map(|part| {
        let words = split(part).into_iter();
        words.skip_while(|word| BEFORE.contains(&word.as_str())).collect::<Vec<_>>()
    });
    let is_noun = |words: &Vec<String>| {
        (1..=3).contains(&words.len()) && !NONE.contains(&words.join(" ").as_str())
    };
    parts.filter(is_noun).collect()
}

impl Sheet<'_> {
    /// The unit of a column.
    pub fn unit(&self, column: usize) -> Option<&str> {
        let leaf = self.figures.leaves().get(column)?;
        leaf.unit.as_deref().or(self.table.unit.as_deref())
    }

    /// The columns whose figures a unit may tell.
    pub fn columns(&self, unit: &Unit) -> Vec<usize> {
        let fits = |&column: &usize| {
            let leaf = self.figures.leaves()[column];
            match unit {
                Unit::Percent => leaf.kind == ColumnKind::Percent,
                Unit::Money(_) => {
                    leaf.kind == ColumnKind::Amount
                        && self.unit(column).is_some_and(|unit| money::power(unit).is_some())
                }
                Unit::Words(words) => {
                    leaf.kind == ColumnKind::Amount
                        && self.unit(column).is_some_and(|unit| lower(unit.trim()) == *words)
                }
            }
        };
        (0..self.figures.leaves().len()).filter(fits).collect()
    }

    /// A figure of a column in another unit.
    pub fn converted(&self, column: usize, figure: Amount, unit: &Unit) -> Option<Amount> {
        match unit {
            Unit::Money(to) => {
                let from = money::power(self.unit(column)?)?;
                figure.shifted(i64::from(from) - i64::from(*to))
            }
            Unit::Percent | Unit::Words(_) => Some(figure),
        }
    }

    /// Whether the number is any figure of the table: of its totals, of a group, of a row,
    /// the sum or the difference of two totals, a total in another per cent.
    pub fn knows(&self, number: &Number) -> bool {
        let is = |figure: Amount| figure.rounds_to(number.amount);
        let columns = self.columns(&number.unit);
        let lines = self.lines();
        let of_line = |line: &Line| {
            columns.iter().any(|&column| {
                let figure = line.get(column).copied().flatten();
                figure.and_then(|it| self.converted(column, it, &number.unit)).is_some_and(is)
            })
        };
        if lines.iter().any(of_line) {
            return true;
        }
        let in_row = self.table.rows.iter().any(|row| {
            columns.iter().any(|&column| {
                let figure = self.figures.of_row(row, column);
                figure.and_then(|it| self.converted(column, it, &number.unit)).is_some_and(is)
            })
        });
        in_row || lines.iter().any(|line| self.derives(line, number))
    }

    /// The lines of sums: total and groups, as they are declared and as they are added up.
    fn lines(&self) -> Vec<Line> {
        let mut lines = vec![self.total.clone(), self.figures.total()];
        for (at, group) in self.table.groups.iter().enumerate() {
            let sums = self.figures.subtotal(at);
            if let GroupTotal::Declared(declared) = &group.total {
                lines.push(self.figures.declared(&sums, declared));
            }
            lines.push(sums);
        }
        lines
    }

    fn derives(&self, line: &Line, number: &Number) -> bool {
        let amounts = match number.unit {
            Unit::Percent => (0..line.len())
                .filter(|&column| self.figures.leaves()[column].kind == ColumnKind::Amount)
                .collect(),
            Unit::Money(_) | Unit::Words(_) => self.columns(&number.unit),
        };
        let figure = |column: usize| {
            let figure = line.get(column).copied().flatten()?;
            self.converted(column, figure, &number.unit)
        };
        let figures: Vec<Amount> = amounts.into_iter().filter_map(figure).collect();
        figures.iter().any(|&a| {
            figures.iter().any(|&b| match number.unit {
                Unit::Percent => {
                    let places = number.amount.places();
                    a.percent_of(b, places) == Some(number.amount)
                }
                Unit::Money(_) | Unit::Words(_) => {
                    (a - b).rounds_to(number.amount)
                        || a.checked_add(b).is_some_and(|sum| sum.rounds_to(number.amount))
                }
            })
        })
    }

    /// How many words in a row a sentence shares with the head of a column.
    pub fn shared_with(&self, column: usize, sentence: &[String]) -> usize {
        longest_run(&self.heads[column], sentence)
    }

    /// How well a sentence fits the head of a column: the years that both name, the words.
    pub fn fits(&self, column: usize, sentence: &[String]) -> (usize, usize) {
        let head = &self.heads[column];
        let of_head: Vec<String> = head.iter().flat_map(|word| years_of(word)).collect();
        let years = sentence.iter().flat_map(|word| years_of(word));
        let years = years.filter(|year| of_head.contains(year)).count();
        (years, head.iter().filter(|word| sentence.contains(word)).count())
    }

    /// The same of the whole table: its title or any head over figures.
    pub fn shared(&self, sentence: &[String]) -> usize {
        let leaves = self.figures.leaves();
        let heads = (0..leaves.len()).filter(|&column| leaves[column].kind.is_figure());
        let of_heads = heads.map(|column| self.shared_with(column, sentence)).max().unwrap_or(0);
        of_heads.max(longest_run(&self.title, sentence))
    }

    /// The years that its title and its heads name.
    pub fn years(&self) -> Vec<String> {
        let words = self.title.iter().chain(self.heads.iter().flatten());
        words.flat_map(|word| years_of(word)).collect()
    }

    /// The noun that follows a count in a sentence.
    pub fn noun_at<'s>(&'s self, following: &[String]) -> Option<&'s [String]> {
        self.nouns.iter().map(Vec::as_slice).find(|noun| following.starts_with(noun))
    }

    /// The counts that a sentence may name: of all rows, of those of a group.
    pub fn counts(&self) -> Vec<usize> {
        let within = |group: usize| {
            let rows = self.table.rows.iter();
            rows.filter(|row| row.group.is_some_and(|own| self.table.is_within(own, group))).count()
        };
        let groups = (0..self.table.groups.len()).map(within);
        [self.table.rows.len(), self.table.groups.len()].into_iter().chain(groups).collect()
    }

    /// Whether the sentence speaks of one row or one group by its name.
    pub fn names_a_part(&self, sentence: &[String]) -> bool {
        let leaves = self.figures.leaves();
        let text = (0..leaves.len()).find(|&column| leaves[column].kind == ColumnKind::Text);
        let rows = self.table.rows.iter().filter_map(|row| match row.cell(text?) {
            crate::model::Cell::Text(name) => Some(name.as_str()),
            _ => None,
        });
        let names = rows.chain(self.table.groups.iter().map(|group| group.name.as_str()));
        names.into_iter().any(|name| {
            let name = split(name);
            let least = name.len().min(4);
            least >= 1 && longest_run(&name, sentence) >= least
        })
    }
}

fn longest_run(of: &[String], sentence: &[String]) -> usize {
    let run = |(a, b): (usize, usize)| {
        of[a..].iter().zip(&sentence[b..]).take_while(|(one, other)| one == other).count()
    };
    let starts = (0..of.len()).flat_map(|a| (0..sentence.len()).map(move |b| (a, b)));
    starts.map(run).max().unwrap_or(0)
}

/// The years in a word: `2022`, `30/7/2022`, `2021-2025`.
pub fn years_of(word: &str) -> Vec<String> {
    let parts = word.split(|c: char| !c.is_ascii_digit());
    let is_year =
        |part: &&str| part.len() == 4 && (part.starts_with("19") || part.starts_with("20"));
    parts.filter(is_year).map(ToOwned::to_owned).collect()
}

/// The number that a word is, with the unit behind it; nothing of a number without one.
pub fn number_at(words: &[Word<'_>], at: usize) -> Option<Number> {
    let word = words.get(at)?;
    let digits = word.text.trim_end_matches('%');
    // `05 dự án`: a count is written with two digits.
    let significant = digits.trim_start_matches('0');
    let is_count = !significant.is_empty() && significant.bytes().all(|b| b.is_ascii_digit());
    let amount: Amount = if is_count { significant } else { digits }.parse().ok()?;
    let start = word.range.start;
    if digits.len() < word.text.len() {
        return Some(Number { amount, unit: Unit::Percent, range: start..word.range.end });
    }
    if word.pauses {
        return None;
    }
    for length in (1..=3).rev() {
        let Some(behind) = words.get(at + 1..at + 1 + length) else { continue };
        if behind[..length - 1].iter().any(|word| word.pauses) {
            continue;
        }
        let text: Vec<String> = behind.iter().map(|word| lower(word.text)).collect();
        let text = text.join(" ");
        let unit = match (text.as_str(), money::power(&text)) {
            ("%" | "phần trăm", _) => Unit::Percent,
            (_, Some(power)) => Unit::Money(power),
            _ => continue,
        };
        return Some(Number { amount, unit, range: start..behind[length - 1].range.end });
    }
    let next = words.get(at + 1)?;
    let unit = Unit::Words(lower(next.text));
    Some(Number { amount, unit, range: start..next.range.end })
}
