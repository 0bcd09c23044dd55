//! The heads of a table as offices keep it: on which lines they stand, and which column
//! each of ours is. Merged heads of two or three lines are read as one: `Kế hoạch / NSTW`.

use std::collections::BTreeMap;

use super::door::{Door, one_line};
use super::faults::suggest;
use super::grid::missing_columns;
use super::rows_from::RowsFrom;
use crate::diag::{At, Diagnostic};
use crate::model::{Column, Table};
use crate::vi::mark::{Kind, Mark};
use crate::vi::text::fold;

/// Heads are looked for on so many lines from the top; above them stand titles.
pub const MAX_LINES: usize = 60;

/// So many lines hold the heads of one column.
const MAX_HEIGHT: usize = 4;

/// What a column of numbers is called where the clerk does not say.
const ORDINALS: [&str; 5] = ["stt", "tt", "so tt", "so thu tu", "muc"];

/// Whether a head is the usual name of a column of numbers: `TT`, `STT`.
pub fn is_ordinal_head(text: &str) -> bool {
    ORDINALS.contains(&plain(text).as_str())
}

/// A column that is looked for.
pub struct Wanted {
    pub key: String,
    /// What its head may be.
    pub labels: Vec<String>,
}

impl Wanted {
    /// The columns of a table by their names, each alone or after those above it; the
    /// column of ordinals also by its usual names.
    pub fn of(table: &Table, ordinal: &str) -> Vec<Self> {
        let mut wanted = Vec::new();
        walk(&table.columns, "", &mut wanted);
        let usual = ORDINALS.map(ToOwned::to_owned);
        match wanted.iter_mut().find(|it| it.key == ordinal) {
            Some(it) => it.labels.extend(usual),
            None => wanted.push(Self { key: ordinal.to_owned(), labels: usual.to_vec() }),
        }
        wanted
    }

    /// The column of ordinals by its usual names.
    pub fn ordinal(key: &str) -> Self {
        Self { key: key.to_owned(), labels: ORDINALS.map(ToOwned::to_owned).to_vec() }
    }
}

fn walk(columns: &[Column], above: &str, wanted: &mut Vec<Wanted>) {
    for column in columns {
        let path = format!("{above} {}", column.name);
        if column.columns.is_empty() {
            let labels = vec![path, column.head(), column.name.clone(), column.key.clone()];
            wanted.push(Wanted { key: column.key.clone(), labels });
        } else {
            walk(&column.columns, &path, wanted);
        }
    }
}

/// Where the heads were found.
pub struct Found {
    /// The last line of them.
    pub last: usize,
    /// The column of each key that was found.
    pub columns: BTreeMap<String, usize>,
}

/// What is looked for, and in what.
pub struct Asked<'a> {
    pub table: &'a Table,
    pub from: &'a RowsFrom,
    /// The key of the field with the numbers of the lines.
    pub ordinal: &'a str,
    /// What the lines stand in: `trang “Biểu 1”`.
    pub name: &'a str,
    /// The column that a clerk names by letters.
    pub letters: &'a dyn Fn(&str) -> Option<usize>,
}

/// The key of each column, and the last line of the heads where they were read; nothing
/// when a column is not found, which is told.
pub fn columns(
    lines: &[Vec<String>],
    last: Option<usize>,
    asked: &Asked<'_>,
    door: &mut Door<'_>,
) -> Option<(Vec<Option<String>>, Option<usize>)> {
    let Asked { table, from, ordinal, name, letters } = asked;
    let known = known_keys(table, ordinal);
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let before = door.faults.len();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let wanted = match &from.columns {
        None => Wanted::of(table, ordinal),
        Some(map) => {
            let mut wanted = Vec::new();
            for (key, place) in map {
                let at = from.at.key("cot").key(key);
                if !known.contains(&key.as_str()) {
                    let message = format!("bảng không có cột `{key}`");
                    let found = Diagnostic::error("cot-la", At::Key(at), message);
                    door.faults.add(found.hint(suggest(key, known.iter().copied())));
                } else if let Some(column) = letters(place) {
                    places.insert(key.clone(), column);
                } else {
                    wanted.push(Wanted { key: key.clone(), labels: vec![place.clone()] });
                }
            }
            if !map.contains_key(*ordinal) {
                wanted.push(Wanted::ordinal(ordinal));
            }
            wanted
        }
    };
    let found = find(lines, &wanted, last);
    let heads = found.as_ref().map_or_else(Vec::new, |found| called(lines, found.last));
    if let Some(map) = &from.columns {
        let is_there = |key: &String| found.as_ref().is_some_and(|it| it.columns.contains_key(key));
        for it in wanted.iter().filter(|it| map.contains_key(&it.key) && !is_there(&it.key)) {
            let place = &it.labels[0];
            let message = format!("{name} không có đúng một đề mục “{place}” ở đầu bảng");
            door.error(
                "vung-la",
                &from.at.key("cot").key(&it.key),
                message,
                heads_step(place, &heads),
            );
        }
    }
    let last = found.as_ref().map(|found| found.last);
    places.extend(found.into_iter().flat_map(|found| found.columns));
    let missing = missing_columns(&known, places.keys(), table);
    let missing: Vec<String> = missing.into_iter().filter(|key| key != ordinal).collect();
    if !missing.is_empty() && door.faults.len() == before {
        let key = if from.columns.is_some() { "cot" } else { "tep" };
        let message =
            format!("{name} không có đề mục nào là tên của cột `{}`", missing.join("`, `"));
        door.error("cot-la", &from.at.key(key), message, heads_step("", &heads));
    }
    if door.faults.len() > before {
        return None;
    }
    let width = lines.iter().map(Vec::len).max().unwrap_or(0);
    let width = width.max(places.values().max().map_or(0, |last| last + 1));
    let mut keys = vec![None; width];
    for (key, column) in places {
        if let Some(free) = keys.get_mut(column).filter(|free: &&mut Option<String>| free.is_none())
        {
            *free = Some(key);
        }
    }
    Some((keys, last))
}

fn heads_step(place: &str, names: &[String]) -> String {
    let named: Vec<&str> =
        names.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
    if named.is_empty() {
        return "ghi ở `cot` đề mục của từng cột đúng như trong tệp, hoặc số của dòng đề mục cuối cùng ở `dong_dau`".to_owned();
    }
    format!(
        "ghi ở `cot` đúng đề mục trong tệp, đề mục hai dòng viết như “Kế hoạch / NSTW”; {}",
        suggest(place, named)
    )
}

/// The keys that a file may have.
fn known_keys(table: &Table, ordinal: &str) -> Vec<String> {
    let mut known: Vec<String> = table.leaves().iter().map(|leaf| leaf.key.clone()).collect();
    if !known.iter().any(|key| key == ordinal) {
        known.push(ordinal.to_owned());
    }
    known
}

/// The lines on which most of the wanted columns have a head of their own; `last` is the
/// line of the lowest, where the clerk says it.
pub fn find(lines: &[Vec<String>], wanted: &[Wanted], last: Option<usize>) -> Option<Found> {
    let ends = match last {
        Some(last) => last..(last + 1).min(lines.len()),
        None => 0..lines.len().min(MAX_LINES),
    };
    let wanted: Vec<(&str, Vec<String>)> = wanted
        .iter()
        .map(|it| (it.key.as_str(), it.labels.iter().map(|label| plain(label)).collect()))
        .collect();
    let mut best: Option<Found> = None;
    for height in 1..=MAX_HEIGHT {
        for end in ends.clone().filter(|end| *end + 1 >= height) {
            let names = names(&lines[end + 1 - height..=end]);
            let columns = matched(&names, &wanted);
            if columns.len() > best.as_ref().map_or(0, |best| best.columns.len()) {
                best = Some(Found { last: end, columns });
            }
        }
    }
    best
}

/// What the columns are called, for a guess: on a line of heads and those under it.
fn called(lines: &[Vec<String>], first: usize) -> Vec<String> {
    let is_head = |line: &&Vec<String>| {
        let is_number = |text: &String| text.bytes().all(|byte| byte.is_ascii_digit());
        let mut texts = line.iter().filter(|text| !text.is_empty()).peekable();
        texts.peek().is_some() && !texts.any(is_number)
    };
    let below = lines[first + 1..].iter().take(MAX_HEIGHT - 1).take_while(is_head);
    let end =
        first + 1 + below.filter(|line| !numbers_columns(line.iter().map(String::as_str))).count();
    names(&lines[first..end]).iter().map(|parts| parts.join(" / ")).collect()
}

/// The heads over each column, from the top to the bottom.
fn names(block: &[Vec<String>]) -> Vec<Vec<String>> {
    let width = block.iter().map(Vec::len).max().unwrap_or(0);
    let text = |row: usize, column: usize| block[row].get(column).map_or("", String::as_str);
    let has_below = |row: usize, column: usize| {
        (row + 1..block.len()).any(|below| !text(below, column).is_empty())
    };
    let over = |row: usize, column: usize| -> String {
        if !text(row, column).is_empty() || !has_below(row, column) {
            return one_line(text(row, column));
        }
        // A head over several columns whose cells are merged, or were before they became a
        // CSV file: it stands over the first of them.
        let left = (0..column).rev().take_while(|&left| has_below(row, left));
        let found = left.map(|left| text(row, left)).find(|text| !text.is_empty());
        one_line(found.unwrap_or_default())
    };
    let parts = |column: usize| {
        let mut parts: Vec<String> = (0..block.len()).map(|row| over(row, column)).collect();
        parts.retain(|part| !part.is_empty());
        parts.dedup();
        parts
    };
    (0..width).map(parts).collect()
}

fn matched(names: &[Vec<String>], wanted: &[(&str, Vec<String>)]) -> BTreeMap<String, usize> {
    let folded: Vec<Vec<[String; 2]>> = names.iter().map(|parts| forms(parts)).collect();
    let mut columns = BTreeMap::new();
    for (key, labels) in wanted {
        let found = labels.iter().filter(|label| !label.is_empty()).find_map(|label| {
            // The whole head before its end, and with its unit before without.
            let only = |is_it: &dyn Fn(&[[String; 2]]) -> bool| {
                let mut found = (0..folded.len()).filter(|&at| is_it(&folded[at]));
                found.next().filter(|_| found.next().is_none())
            };
            only(&|forms| forms.first().is_some_and(|form| form[0] == *label))
                .or_else(|| only(&|forms| forms.iter().any(|form| form[0] == *label)))
                .or_else(|| only(&|forms| forms.iter().any(|form| form[1] == *label)))
        });
        if let Some(found) = found.filter(|found| !columns.values().any(|taken| taken == found)) {
            columns.insert((*key).to_owned(), found);
        }
    }
    columns
}

/// A head as it may be called: with all that stands above it, and with less and less of
/// it; each with and without what stands in brackets.
fn forms(parts: &[String]) -> Vec<[String; 2]> {
    let form = |from: usize| {
        let whole = parts[from..].join(" ");
        [plain(&whole), plain(&without_brackets(&whole))]
    };
    (0..parts.len()).map(form).collect()
}

fn plain(text: &str) -> String {
    let folded = fold(text);
    let words = folded.split(|c: char| !c.is_alphanumeric() && c != '%');
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn without_brackets(text: &str) -> String {
    let mut depth = 0_usize;
    let kept = text.chars().filter(|&c| {
        match c {
            '(' => depth += 1,
            ')' => {
                depth = depth.saturating_sub(1);
                return false;
            }
            _ => {}
        }
        depth == 0
    });
    kept.collect()
}

/// Whether a line under the heads only numbers the columns: `(1) (2) (3)`, `A B 1 2 3=1+2`.
pub fn numbers_columns<'t>(line: impl Iterator<Item = &'t str>) -> bool {
    let mut marks = Vec::new();
    let mut bracketed = 0;
    for text in line.map(str::trim).filter(|text| !text.is_empty()) {
        let (own, formula) =
            text.split_once('=').map_or((text, None), |(own, rest)| (own, Some(rest)));
        let is_formula =
            |rest: &str| rest.chars().all(|c| c.is_ascii_digit() || "+-–*/x:%()[]., ".contains(c));
        let Some(mark) = Mark::parse(own).filter(|_| formula.is_none_or(is_formula)) else {
            return false;
        };
        bracketed += usize::from(own.trim().starts_with(['(', '[']));
        marks.push(mark);
    }
    let numbers: Vec<u32> = marks.iter().filter_map(|mark| reading(mark, Kind::Number)).collect();
    let letters: Vec<u32> = marks.iter().filter_map(|mark| reading(mark, Kind::Capital)).collect();
    let first_letter = marks.iter().take(letters.len()).all(|mark| mark.may_be(Kind::Capital));
    // Of some columns only those that are read are seen here: (1) (2) (5).
    let may_skip = bracketed == marks.len() || letters.len() >= 2;
    let is_counted = |numbers: &[u32]| {
        let follows = |pair: &[u32]| pair[1] == pair[0] + 1 || may_skip && pair[1] > pair[0];
        numbers.windows(2).all(follows)
    };
    numbers.len() + letters.len() == marks.len()
        && first_letter
        && is_counted(&numbers)
        && is_counted(&letters)
        && numbers.first().is_none_or(|first| *first == 1 || may_skip)
        && letters.first().is_none_or(|first| *first == 1)
        && (marks.len() >= 3 || bracketed == marks.len() && marks.len() >= 2)
        // Three figures may well be 1, 2, 3; without letters or brackets the line begins at 1.
        && (bracketed + letters.len() > 0 || marks.len() >= 3 && numbers.first() == Some(&1))
}

fn reading(mark: &Mark, kind: Kind) -> Option<u32> {
    // Of a capital, its place in the alphabet of spreadsheets.
    mark.readings.iter().rev().find(|(own, _)| *own == kind).map(|(_, number)| *number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<Vec<String>> {
        text.lines()
            .map(|line| line.split('|').map(|cell| cell.trim().to_owned()).collect())
            .collect()
    }

    fn wanted(labels: &[(&str, &str)]) -> Vec<Wanted> {
        let one = |&(key, label): &(&str, &str)| Wanted {
            key: key.to_owned(),
            labels: vec![label.to_owned()],
        };
        labels.iter().map(one).collect()
    }

    fn found(text: &str, labels: &[(&str, &str)]) -> String {
        let found = find(&lines(text), &wanted(labels), None);
        found.map_or("none".to_owned(), |found| {
            let columns = found.columns.iter().map(|(key, at)| format!("{key}={at}"));
            format!("{} {}", found.last, columns.collect::<Vec<_>>().join(" "))
        })
    }

    #[test]
    fn heads_are_found_under_the_titles() {
        let sheet =
            "BIỂU SỐ 1 |  |\n | Đơn vị tính: đồng |\nTT | Tên dự án | Kế hoạch (đồng)\n1 | A | 3";
        assert_eq!(
            found(sheet, &[("stt", "tt"), ("ten", "Tên dự án"), ("kh", "Kế hoạch")]),
            "2 kh=2 stt=0 ten=1"
        );
    }

    #[test]
    fn a_head_over_several_columns_is_part_of_their_names() {
        let sheet = "Biểu | | | | |\nTT | Tên | Kế hoạch | | Giải ngân |\n | | NSTW | NSĐP | NSTW | NSĐP\n1 | A | 1 | 2 | 3 | 4";
        assert_eq!(
            found(sheet, &[("ten", "Tên"), ("a", "Kế hoạch / NSĐP"), ("b", "Giải ngân / NSTW")]),
            "2 a=3 b=4 ten=1"
        );
        assert_eq!(found(sheet, &[("a", "NSĐP")]), "none");
    }

    #[test]
    fn a_line_that_numbers_the_columns_is_known() {
        for line in [
            "(1)|(2)|(3)",
            "A|B|1|2|3=1+2",
            "1|2|3|4",
            "A|B|C|1",
            "[1]|[2]",
            "(1)|(2)|(3)=(1)+(2)",
            "A|B|1|2=1/3*100",
        ] {
            assert!(numbers_columns(line.split('|')), "{line}");
        }
        for line in ["1|Đường A|2", "I||5|6", "1|2", "2|3|4", "1|5|7", "A|1|5", "||", "A||3"] {
            assert!(!numbers_columns(line.split('|')), "{line}");
        }
    }
}
