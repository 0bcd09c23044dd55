//! Nội dung: what the wording asks for, read from the marked tree as its schema directs.

use std::collections::BTreeMap;

use super::door::{Door, one_line};
use super::marked::{Node, Value};
use super::prose;
use super::shape::{
    Wanted, in_square_brackets, is_blank_record, is_left_over, unknown_key, wrong_shape,
};
use crate::diag::Route;
use crate::model::{CitedDocument, Content, Field, FieldKind};
use crate::vi::text;

/// The keys of a cited document (`van_ban`), each with its term.
pub const CITED: [(&str, &str); 5] = [
    ("loai", "loại văn bản"),
    ("so_ky_hieu", "số, ký hiệu"),
    ("ngay", "ngày ban hành"),
    ("co_quan", "cơ quan ban hành"),
    ("trich_yeu", "trích yếu"),
];

/// One of them, written out.
pub const CITED_EXAMPLES: [&str; 5] = [
    "Công văn",
    "4691/BKHĐT-KCHTĐT",
    "12/7/2022",
    "Bộ Kế hoạch và Đầu tư",
    "về việc báo cáo tình hình",
];

/// The facts of one map: every field that was given or is required.
pub fn facts(
    node: Option<&Node>,
    fields: &[Field],
    at: &Route,
    text: &str,
    door: &mut Door<'_>,
) -> BTreeMap<String, Content> {
    node.into_iter().for_each(|node| judge_keys(node, &keys_of(fields), at, text, door));
    fields
        .iter()
        .filter_map(|field| {
            let value = node.and_then(|node| node.get(&field.key));
            Some((field.key.clone(), fact(value, field, &at.key(&field.key), text, door)?))
        })
        .collect()
}

fn keys_of(fields: &[Field]) -> Vec<&str> {
    fields.iter().map(|field| field.key.as_str()).collect()
}

/// Every key is known and stands once.
fn judge_keys(node: &Node, known: &[&str], at: &Route, text: &str, door: &mut Door<'_>) {
    let entries = node.entries();
    for (position, entry) in entries.iter().enumerate() {
        if !is_left_over(entries, position, known, at, text, door.faults)
            && !known.contains(&entry.key.as_str())
        {
            unknown_key(entry, known, at, door.faults);
        }
    }
}

/// Whether a value has keys, and nothing after any of them: as a case to fill in has it.
/// Its keys are judged all the same.
fn is_left_blank(
    node: &Node,
    kind: &FieldKind,
    at: &Route,
    text: &str,
    door: &mut Door<'_>,
) -> bool {
    match kind {
        FieldKind::Cited if is_blank_record(node) => {
            judge_keys(node, &CITED.map(|(key, _)| key), at, text, door);
            true
        }
        FieldKind::List(fields)
            if !node.items().is_empty() && node.items().iter().all(is_blank_record) =>
        {
            for (index, item) in node.items().iter().enumerate() {
                judge_keys(item, &keys_of(fields), &at.index(index), text, door);
            }
            true
        }
        FieldKind::List(_)
        | FieldKind::Cited
        | FieldKind::Text
        | FieldKind::Amount
        | FieldKind::Date
        | FieldKind::Passages => false,
    }
}

fn fact(
    node: Option<&Node>,
    field: &Field,
    at: &Route,
    source: &str,
    door: &mut Door<'_>,
) -> Option<Content> {
    match node.filter(|node| !node.is_null()) {
        Some(node) if !field.required && is_left_blank(node, &field.kind, at, source, door) => None,
        Some(node) => value(node, field, at, source, door),
        None => {
            let prose = matches!(field.kind, FieldKind::Text | FieldKind::Passages);
            if let (Some(node), true) = (node, prose) {
                prose::cut_off(node, source, at, door.faults);
            }
            field.required.then(|| missing(field, at, door))
        }
    }
}

/// A gap of the kind that was asked for, so that a draft can be printed.
fn missing(field: &Field, at: &Route, door: &mut Door<'_>) -> Content {
    let gap = door.missing_named(at, &field.description, how(field).as_deref());
    match &field.kind {
        FieldKind::Text | FieldKind::Amount | FieldKind::Date | FieldKind::Cited => {
            Content::Text(gap)
        }
        FieldKind::Passages => Content::Passages(gap),
        FieldKind::List(fields) if fields.is_empty() => Content::List(vec![Content::Text(gap)]),
        FieldKind::List(fields) => {
            let record = fields.iter().map(|field| (field.key.clone(), Content::Text(gap.clone())));
            Content::List(vec![Content::Record(record.collect())])
        }
    }
}

/// How a missing fact is written: its example, in the notation of its kind.
fn how(field: &Field) -> Option<String> {
    let example = field.example.as_deref();
    match &field.kind {
        FieldKind::Text | FieldKind::Amount | FieldKind::Date => example.map(ToOwned::to_owned),
        FieldKind::Passages => Some(example.unwrap_or("|").to_owned()),
        FieldKind::Cited => Some("{loai: Công văn, so_ky_hieu: 12/BNV-VP}".to_owned()),
        FieldKind::List(fields) => {
            let item = match fields.first() {
                Some(first) => {
                    format!("{}: {}", first.key, first.example.as_deref().unwrap_or("…"))
                }
                None => example.unwrap_or("…").to_owned(),
            };
            Some(format!("- {item}"))
        }
    }
}

fn value(
    node: &Node,
    field: &Field,
    at: &Route,
    source: &str,
    door: &mut Door<'_>,
) -> Option<Content> {
    match &field.kind {
        FieldKind::Text => {
            scalar(node, true, at, source, door).map(|text| Content::Text(one_line(&text)))
        }
        FieldKind::Passages => {
            scalar(node, true, at, source, door).map(|text| Content::Passages(passages(&text)))
        }
        FieldKind::Amount => {
            let written = scalar(node, false, at, source, door)?;
            door.amount(written.trim(), at).map(Content::Amount)
        }
        FieldKind::Date => {
            let written = scalar(node, false, at, source, door)?;
            door.date(written.trim(), at).map(Content::Date)
        }
        FieldKind::Cited => cited(node, at, source, door).map(Content::Cited),
        FieldKind::List(fields) => match &node.value {
            Value::List { items, .. } if items.is_empty() && field.required => {
                Some(missing(field, at, door))
            }
            Value::List { items, flow } => {
                if *flow && fields.is_empty() {
                    in_square_brackets(items, at, door.faults);
                }
                Some(list(items, fields, at, source, door))
            }
            Value::Scalar { .. } | Value::Map { .. } => {
                let first = fields.first().map(|field| field.key.as_str());
                door.faults.add(wrong_shape(node, Wanted::List(first), source, at));
                None
            }
        },
    }
}

fn list(
    items: &[Node],
    fields: &[Field],
    at: &Route,
    source: &str,
    door: &mut Door<'_>,
) -> Content {
    let mut list = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let at = at.index(index);
        if item.is_null() && door.faults.has_given_up(item.range.start) {
            continue;
        }
        if item.is_null() {
            let gap = door.blank_item(&at, "mục này để trống", "ghi nội dung của mục");
            list.push(if fields.is_empty() {
                Content::Text(gap)
            } else {
                let missing = |field: &Field| (field.key.clone(), Content::Text(gap.clone()));
                Content::Record(fields.iter().map(missing).collect())
            });
        } else if fields.is_empty() {
            list.extend(
                scalar(item, true, &at, source, door).map(|text| Content::Text(one_line(&text))),
            );
        } else if matches!(item.value, Value::Map { .. }) {
            list.push(Content::Record(facts(Some(item), fields, &at, source, door)));
        } else {
            let first = fields.first().map(|field| field.key.as_str());
            door.faults.add(wrong_shape(item, Wanted::Record(first), source, &at));
        }
    }
    Content::List(list)
}

fn scalar(
    node: &Node,
    prose: bool,
    at: &Route,
    source: &str,
    door: &mut Door<'_>,
) -> Option<String> {
    let Value::Scalar { text, .. } = &node.value else {
        door.faults.add(wrong_shape(node, Wanted::Text, source, at));
        return None;
    };
    prose::is_clean(node, source, prose, at, door.faults).then(|| text::nfc(text).into_owned())
}

/// Paragraphs as they are, without white space at the ends of lines and of the whole.
fn passages(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n").trim_matches('\n').to_owned()
}

fn cited(node: &Node, at: &Route, source: &str, door: &mut Door<'_>) -> Option<CitedDocument> {
    let known = CITED.map(|(key, _)| key);
    if !matches!(node.value, Value::Map { .. }) {
        door.faults.add(wrong_shape(node, Wanted::Record(Some(known[0])), source, at));
        return None;
    }
    judge_keys(node, &known, at, source, door);
    let mut part = |key: &str| {
        let node = node.get(key).filter(|node| !node.is_null())?;
        scalar(node, key != "ngay", &at.key(key), source, door)
            .map(|text| one_line(&text))
            .filter(|text| !text.is_empty())
    };
    let [type_name, mut code, date, organ, mut subject] = CITED.map(|(key, _)| part(key));
    let date = date.and_then(|date| door.date(&date, &at.key("ngay")));
    let named_only = type_name.as_deref().is_some_and(CitedDocument::is_named_only);
    if named_only && subject.is_none() {
        let at = at.key("trich_yeu");
        subject = Some(door.missing_named(&at, "tên của luật, pháp lệnh", Some("Lưu trữ")));
    } else if code.is_none() && subject.is_none() {
        code = Some(door.missing_named(
            &at.key("so_ky_hieu"),
            "số, ký hiệu của văn bản",
            Some("4691/BKHĐT-KCHTĐT"),
        ));
    }
    Some(CitedDocument {
        type_name: type_name.unwrap_or_else(|| {
            door.missing_named(&at.key("loai"), "loại văn bản", Some("Công văn"))
        }),
        code: code.unwrap_or_default(),
        date,
        organ: organ.unwrap_or_default(),
        subject: subject.unwrap_or_default(),
    })
}
