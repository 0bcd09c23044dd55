//! The columns of a table: a tree whose leaves hold cells.

use std::collections::BTreeSet;

use super::appendix::GROUP;
use super::door::Door;
use super::faults::suggest;
use super::limits::MAX_COLUMNS;
use super::raw::{self, Token};
use crate::diag::Route;
use crate::model::{Column, ColumnAlign, ColumnKind, Formula, Table, is_gap};

/// Decimals of a ratio where none are said.
const RATIO_DECIMALS: u32 = 2;

/// No ratio is worth more decimals than this.
const MAX_DECIMALS: u32 = 6;

/// The keys of the columns that hold figures.
pub fn figure_keys(table: &Table) -> Vec<String> {
    let leaves = table.leaves().into_iter();
    leaves.filter(|leaf| leaf.kind.is_figure()).map(|leaf| leaf.key.clone()).collect()
}

pub fn columns(raw: Vec<Option<raw::Column>>, at: &Route, door: &mut Door<'_>) -> Vec<Column> {
    raw.into_iter()
        .enumerate()
        .map(|(index, raw)| column(raw.unwrap_or_default(), &at.index(index), door))
        .collect()
}

fn column(mut raw: raw::Column, at: &Route, door: &mut Door<'_>) -> Column {
    let name = door.required(raw.name.take(), &at.key("ten"));
    let unit = door.text(raw.unit.take());
    let key = door.token(raw.key.take());
    let Some(inner) = raw.columns.take() else {
        let key = key.unwrap_or_else(|| door.missing(&at.key("khoa")));
        let key = plain_key(key, &at.key("khoa"), "cột", door);
        if key == GROUP {
            let message = "khóa `nhom` dành cho nhóm của dòng";
            door.error("cau-truc-bang", &at.key("khoa"), message, "đặt khóa khác cho cột này");
        }
        return Column { unit, ..leaf(raw, key, name, at, door) };
    };
    if key.is_some() {
        door.error(
            "cau-truc-bang",
            &at.key("khoa"),
            "cột có cả `khoa` và `cot`",
            "nhóm cột không có khóa riêng; bỏ `khoa`",
        );
    }
    Column { name, unit, columns: columns(inner, &at.key("cot"), door), ..Column::default() }
}

fn leaf(raw: raw::Column, key: String, name: String, at: &Route, door: &mut Door<'_>) -> Column {
    let kinds = [
        ("chu", ColumnKind::Text),
        ("giua", ColumnKind::Centered),
        ("so", ColumnKind::Amount),
        ("ty_le", ColumnKind::Percent),
        ("ngay", ColumnKind::Date),
        ("stt", ColumnKind::Ordinal),
    ];
    let sides =
        [("trai", ColumnAlign::Left), ("giua", ColumnAlign::Center), ("phai", ColumnAlign::Right)];
    Column {
        kind: door.choice(raw.kind.clone(), &at.key("kieu"), &kinds).unwrap_or_default(),
        weight: weight(raw.weight.clone(), &at.key("rong"), door),
        align: door.choice(raw.align.clone(), &at.key("can_le"), &sides),
        upright: door.yes_or_no(raw.upright.clone(), &at.key("chu_dung")),
        decimals: own_decimals(&raw, at, door),
        formula: formula(raw, at, door),
        key,
        name,
        unit: None,
        columns: Vec::new(),
    }
}

fn weight(raw: Option<Token>, at: &Route, door: &mut Door<'_>) -> Option<u32> {
    let written = door.token(raw)?;
    let weight = written.parse().ok().filter(|weight| (1..=100).contains(weight));
    if weight.is_none() {
        door.error(
            "gia-tri-la",
            at,
            format!("độ rộng “{written}” không phải số từ 1 đến 100"),
            "ghi một số nguyên, ví dụ `rong: 4`",
        );
    }
    weight
}

/// At most one of the three.
fn formula(raw: raw::Column, at: &Route, door: &mut Door<'_>) -> Formula {
    let keys = [
        ("tong_cua", raw.sum_of.is_some()),
        ("hieu_cua", raw.difference_of.is_some()),
        ("ty_le_cua", raw.ratio_of.is_some()),
    ];
    let given: Vec<&str> = keys.iter().filter(|(_, given)| *given).map(|(key, _)| *key).collect();
    if let [first, second, ..] = given.as_slice() {
        let message = format!("cột có cả `{first}` và `{second}`");
        door.error(
            "cau-truc-bang",
            &at.key(second),
            message,
            "mỗi cột một cách tính; giữ một khóa",
        );
    }
    let list = |raw: Option<Vec<Option<Token>>>, door: &mut Door<'_>| -> Option<Vec<String>> {
        Some(raw?.into_iter().filter_map(|part| door.token(part)).collect())
    };
    if let Some(parts) = list(raw.sum_of, door) {
        return Formula::Sum(parts);
    }
    if let Some(parts) = list(raw.difference_of, door) {
        return difference(parts, &at.key("hieu_cua"), door);
    }
    match list(raw.ratio_of, door) {
        Some(parts) => ratio(parts, RATIO_DECIMALS, &at.key("ty_le_cua"), door),
        None => Formula::None,
    }
}

fn difference(parts: Vec<String>, at: &Route, door: &mut Door<'_>) -> Formula {
    if parts.len() < 2 {
        let hint = "ghi cột đầu rồi các cột trừ đi, ví dụ `hieu_cua: [ke_hoach, giai_ngan]`";
        door.error("cau-truc-bang", at, "hiệu cần ít nhất hai cột", hint);
        return Formula::None;
    }
    Formula::Difference(parts)
}

fn ratio(parts: Vec<String>, decimals: u32, at: &Route, door: &mut Door<'_>) -> Formula {
    match <[String; 2]>::try_from(parts) {
        Ok([part, whole]) => Formula::Ratio { part, whole, decimals },
        Err(_) => {
            let hint = "ghi phần trước, toàn bộ sau, ví dụ `ty_le_cua: [giai_ngan, ke_hoach]`";
            door.error("cau-truc-bang", at, "tỷ lệ cần đúng hai cột", hint);
            Formula::None
        }
    }
}

fn decimals(raw: Option<Token>, at: &Route, door: &mut Door<'_>) -> Option<u32> {
    let written = door.token(raw)?;
    let decimals = written.parse().ok().filter(|decimals| *decimals <= MAX_DECIMALS);
    if decimals.is_none() {
        let message = format!("số lẻ “{written}” không phải số từ 0 đến {MAX_DECIMALS}");
        door.error("gia-tri-la", at, message, "ghi một số nguyên, ví dụ `so_le: 1`");
    }
    decimals
}

/// The decimals that a column of figures is printed with, where it says so.
fn own_decimals(raw: &raw::Column, at: &Route, door: &mut Door<'_>) -> Option<u32> {
    decimals(raw.decimals.clone(), &at.key("so_le"), door)
}

/// Small letters without marks; of another key, what it would be, so that rows still find it.
pub fn plain_key(key: String, at: &Route, of: &str, door: &mut Door<'_>) -> String {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if key.chars().all(plain) || is_gap(&key) {
        return key;
    }
    let meant: String =
        crate::vi::text::fold(&key).chars().map(|c| if plain(c) { c } else { '_' }).collect();
    let message = format!("khóa {of} “{key}” có dấu, dấu cách hoặc chữ hoa");
    door.error("cau-truc-bang", at, message, format!("viết `{meant}`"));
    meant
}

/// Keys are single, and formulas are of other columns with amounts.
pub fn judge(table: &Table, at: &Route, door: &mut Door<'_>) {
    let mut leaves = Vec::new();
    routed(&table.columns, at, &mut leaves);
    if leaves.len() > MAX_COLUMNS {
        let message = format!("bảng có {} cột, tối đa {MAX_COLUMNS}", leaves.len());
        door.error("qua-lon", at, message, "chia bảng thành nhiều phụ lục");
    }
    let mut seen = BTreeSet::new();
    for (leaf, at) in &leaves {
        if !seen.insert(leaf.key.as_str()) {
            let message = format!("hai cột cùng có khóa `{}`", leaf.key);
            door.error("cau-truc-bang", &at.key("khoa"), message, "mỗi cột một khóa riêng");
        }
    }
    let amounts: Vec<&str> = leaves
        .iter()
        .filter(|(leaf, _)| leaf.kind == ColumnKind::Amount)
        .map(|(leaf, _)| leaf.key.as_str())
        .collect();
    // What kind a column is of may be the very thing that is wrong.
    let unsure: Vec<&str> = leaves
        .iter()
        .filter(|(_, at)| door.faults.speak_of(&at.key("kieu")))
        .map(|(leaf, _)| leaf.key.as_str())
        .collect();
    let mut circling = BTreeSet::new();
    for (leaf, at) in &leaves {
        let is_unsure = unsure.contains(&leaf.key.as_str());
        if leaf.decimals.is_some() && !leaf.kind.is_figure() && !is_unsure {
            let hint = "bỏ `so_le`, hoặc ghi `kieu: so` hay `kieu: ty_le`";
            let message = "`so_le` chỉ dùng cho cột số và cột tỷ lệ";
            door.error("cau-truc-bang", &at.key("so_le"), message, hint);
        }
    }
    for (leaf, at) in &leaves {
        let Some((key, kind)) = key_of(&leaf.formula) else { continue };
        let at = at.key(key);
        if leaf.kind != kind.0 && !unsure.contains(&leaf.key.as_str()) {
            let message = format!("cột `{}` có `{key}` mà không phải {}", leaf.key, kind.1);
            let verb = if leaf.kind == ColumnKind::Text { "ghi thêm" } else { "đổi thành" };
            door.error("cau-truc-bang", &at, message, format!("{verb} `kieu: {}`", kind.2));
        }
        let others = Others { leaves: &leaves, amounts: &amounts, unsure: &unsure };
        judge_parts(leaf, &at, &others, door);
        if circling.contains(leaf.key.as_str()) {
            continue;
        }
        if let Some(circle) = circle(&leaf.key, &table.leaves()) {
            let (message, hint) = circular(leaf, key, &circle);
            door.error("cau-truc-bang", &at, message, hint);
            circling.extend(circle);
        }
    }
}

/// What is said of columns that are computed from one another: once for all of them.
fn circular(leaf: &Column, key: &str, circle: &[&str]) -> (String, String) {
    let own = &leaf.key;
    if circle.len() > 1 {
        let next = circle.iter().cycle().skip(1);
        let steps: Vec<String> =
            circle.iter().zip(next).map(|(one, from)| format!("`{one}` từ `{from}`")).collect();
        let message = format!("cột `{own}` được tính từ chính nó: {}", steps.join(", "));
        return (message, "bỏ cách tính ở một trong các cột này, ghi số liệu vào đó".to_owned());
    }
    let what = if matches!(leaf.formula, Formula::Sum(_)) {
        "là tổng của"
    } else {
        "được tính từ"
    };
    (format!("cột `{own}` {what} chính nó"), format!("bỏ `{own}` khỏi `{key}`"))
}

type Wanted = (ColumnKind, &'static str, &'static str);

/// Under which key a formula stands, and the kind of column it belongs to.
const fn key_of(formula: &Formula) -> Option<(&'static str, Wanted)> {
    const AMOUNT: Wanted = (ColumnKind::Amount, "cột số", "so");
    const PERCENT: Wanted = (ColumnKind::Percent, "cột tỷ lệ", "ty_le");
    match formula {
        Formula::None => None,
        Formula::Sum(_) => Some(("tong_cua", AMOUNT)),
        Formula::Difference(_) => Some(("hieu_cua", AMOUNT)),
        Formula::Ratio { .. } => Some(("ty_le_cua", PERCENT)),
    }
}

/// The leaf columns, each with its route.
fn routed<'a>(columns: &'a [Column], at: &Route, leaves: &mut Vec<(&'a Column, Route)>) {
    for (index, column) in columns.iter().enumerate() {
        let at = at.index(index);
        if column.columns.is_empty() {
            leaves.push((column, at));
        } else {
            routed(&column.columns, &at.key("cot"), leaves);
        }
    }
}

/// What a formula may read.
struct Others<'a> {
    leaves: &'a [(&'a Column, Route)],
    amounts: &'a [&'a str],
    unsure: &'a [&'a str],
}

fn judge_parts(leaf: &Column, at: &Route, others: &Others<'_>, door: &mut Door<'_>) {
    let computed = match leaf.formula {
        Formula::Sum(_) => "là tổng của",
        Formula::None | Formula::Difference(_) | Formula::Ratio { .. } => "tính từ",
    };
    for (index, part) in leaf.formula.parts().into_iter().enumerate() {
        if others.amounts.contains(&part) || others.unsure.contains(&part) {
            continue;
        }
        let usable = others.amounts.iter().copied().filter(|key| *key != leaf.key);
        let is_there = others.leaves.iter().any(|(other, _)| other.key == part);
        let (why, hint) = if is_there {
            (format!("`{part}` không phải cột số"), suggest("", usable))
        } else {
            ("không có cột số nào như vậy".to_owned(), suggest(part, usable))
        };
        let message = format!("cột `{}` {computed} `{part}`, mà {why}", leaf.key);
        door.error("cot-la", &at.index(index), message, hint);
    }
}

/// The columns from one to the next that it is computed from, back to itself.
fn circle<'a>(key: &'a str, leaves: &[&'a Column]) -> Option<Vec<&'a str>> {
    let mut ways = vec![vec![key]];
    let mut seen = BTreeSet::new();
    while let Some(way) = ways.pop() {
        let at = way.last().copied().unwrap_or(key);
        let parts = leaves.iter().filter(|leaf| leaf.key == at);
        for part in parts.flat_map(|leaf| leaf.formula.parts()) {
            if part == key {
                return Some(way);
            }
            if seen.insert(part) {
                ways.push(way.iter().copied().chain([part]).collect());
            }
        }
    }
    None
}
