//! What a wording can name: the case as Tera values.
//!
//! *Invariant*: amounts and dates cross as text in Vietnamese notation, so a number
//! of Tera's (an f64) is never made of them; what is absent in the case is absent here.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};

use tera::{Context, Value};

use crate::model::{
    Appendix, BodyTable, Case, Cell, CitedDocument, ColumnKind, Content, Field, FieldKind, Figures,
    GAP_END, GAP_START, GroupTotal, Line, Row, Table, WordingSchema, gap, is_gap,
};
use crate::vi::{date, roman};

/// The names of the context with their fixed keys, for faults and for the guide.
pub const NAMES: &[(&str, &[&str])] = &[
    ("so_ky_hieu", &[]),
    ("ngay", &[]),
    ("trich_yeu", &[]),
    ("loai", &["ten", "ky_hieu"]),
    ("co_quan", &["ten", "ten_trong_cau", "dia_danh"]),
    ("kinh_gui", &[]),
    ("noi_nhan", &[]),
    ("noi_dung", &[]),
    ("phu_luc", &[]),
    ("bang", &[]),
];

/// A space that the line grammar must not trim: the first or last one of a value.
pub const HARD_SPACE: char = '\u{e001}';

/// First of the characters that stand for a clerk's own paragraphs: plane 15.
const FIRST_TOKEN: u32 = 0xf_0000;
const TOKENS: usize = 0xfffd;

/// Whether a character is in one of Unicode's private-use areas.
pub fn is_private(c: char) -> bool {
    matches!(u32::from(c), 0xe000..=0xf8ff | 0xf_0000..=0xf_ffff | 0x10_0000..=0x10_ffff)
}

/// The index of the paragraphs that a character stands for.
pub fn token_index(c: char) -> Option<usize> {
    let index = usize::try_from(u32::from(c).checked_sub(FIRST_TOKEN)?).ok()?;
    (index < TOKENS).then_some(index)
}

/// A clerk's own paragraphs, and the route they stand at.
#[derive(Clone, Debug)]
pub struct Passages {
    pub route: String,
    pub text: String,
}

/// The context of a case. `with_tables`: whether the wording reads the appendices at
/// all; a long one is not copied for nothing.
pub fn context(case: &Case, schema: &WordingSchema, with_tables: bool) -> (Context, Vec<Passages>) {
    let mut passages = Vec::new();
    let content = fields(&case.content, &schema.fields, "noi_dung", &mut passages);
    let mut context = Context::new();
    let mut put = |name: &'static str, value: Value| context.insert_value(name, value);
    put("so_ky_hieu", text(&case.code()));
    put("ngay", text(&case.date.whole().map(date::short).unwrap_or_default()));
    put("trich_yeu", text(&case.subject));
    put("loai", document_type(case));
    put("co_quan", organ(case));
    put("kinh_gui", texts(&case.to));
    put("noi_nhan", texts(&case.recipients));
    put("noi_dung", content);
    if with_tables {
        put(
            "phu_luc",
            case.appendices
                .iter()
                .enumerate()
                .map(|(at, one)| appendix(case, at, one))
                .collect::<Vec<_>>()
                .into(),
        );
        put("bang", record(case.tables.iter().map(|it| (it.key.as_str(), Some(body_table(it))))));
    }
    (context, passages)
}

/// Whether a draft is made, for filters that meet a blank cell.
pub const DRAFT: &str = "__du_thao";

/// Whether a clerk's own paragraph is filled in, where there are no conditions.
pub const OWN: &str = "__doan";

/// The names of the rows of a table as a reader knows them (`I.2`), beside its `dong`.
pub const ROW_NAMES: &str = "__ten_dong";

/// Puts a gap where a wording reads what is not there, each a path of keys: a draft
/// shows what is missing. What stands there is not touched.
pub fn fill_gaps(context: &mut Context, needed: &[&[String]]) {
    context.insert_value(DRAFT, Value::from(true));
    for keys in needed {
        let Some((root, below)) = keys.split_first() else { continue };
        let here = context.get(root).cloned();
        if let Some(filled) = filled(here.as_ref(), below, root) {
            context.insert_value(root.clone(), filled);
        }
    }
}

/// The value with a gap at the end of the keys; nothing when one stands there already.
fn filled(here: Option<&Value>, keys: &[String], route: &str) -> Option<Value> {
    let Some((key, below)) = keys.split_first() else {
        return here.is_none().then(|| text(&gap(route)));
    };
    if let Ok(index) = key.parse::<usize>() {
        let mut items = match here.map(|here| here.as_array()) {
            None => vec![],
            Some(items) => items?.to_vec(),
        };
        // Gaps stand where a list is read, one after another, and not by the thousand.
        if index > items.len() {
            return None;
        }
        let item = filled(items.get(index), below, &format!("{route}[{index}]"))?;
        items.truncate(index);
        items.push(item);
        return Some(items.into());
    }
    let mut entries: BTreeMap<String, Value> = BTreeMap::new();
    if let Some(here) = here {
        for (key, value) in here.as_map()? {
            entries.insert(key.as_str()?.to_owned(), value.clone());
        }
    }
    let value = filled(entries.get(key), below, &format!("{route}.{key}"))?;
    entries.insert(key.clone(), value);
    Some(entries.into())
}

/// Length of the longest list of a case; a long text counts as a list of its parts.
pub fn longest_list(case: &Case) -> usize {
    let rows = case.every_table().map(|(_, _, table)| table.rows.len());
    let lists = [case.to.len(), case.recipients.len(), case.subject.len() / 64];
    case.content.values().map(longest).chain(rows).chain(lists).max().unwrap_or(0)
}

fn longest(fact: &Content) -> usize {
    match fact {
        Content::Text(text) => text.len() / 64,
        Content::List(items) => items.iter().map(longest).max().unwrap_or(0).max(items.len()),
        Content::Record(fields) => {
            fields.values().map(longest).max().unwrap_or(0).max(fields.len())
        }
        Content::Amount(_) | Content::Date(_) | Content::Passages(_) | Content::Cited(_) => 0,
    }
}

/// Text for the context, without the characters that mean something to us.
fn text(text: &str) -> Value {
    Value::from(without_private(text).as_ref())
}

/// The case's door refuses private-use characters; should one come in by another
/// door, it must not pass for a token or a mark. Gaps stay.
fn without_private(text: &str) -> Cow<'_, str> {
    let forged = |c: char| is_private(c) && c != GAP_START && c != GAP_END;
    if text.contains(forged) {
        Cow::Owned(text.replace(forged, "\u{fffd}"))
    } else {
        Cow::Borrowed(text)
    }
}

fn texts(list: &[String]) -> Value {
    list.iter().map(|one| text(one)).collect::<Vec<_>>().into()
}

/// A record; absent values are left out.
fn record<'a>(entries: impl IntoIterator<Item = (&'a str, Option<Value>)>) -> Value {
    entries
        .into_iter()
        .filter_map(|(key, value)| Some((key.to_owned(), value?)))
        .collect::<BTreeMap<String, Value>>()
        .into()
}

fn document_type(case: &Case) -> Value {
    record([
        ("ten", Some(text(&case.document_type.name))),
        ("ky_hieu", case.document_type.code.as_deref().map(text)),
    ])
}

fn organ(case: &Case) -> Value {
    let name = crate::vi::text::one_line(&case.organ.name);
    record([
        ("ten", Some(text(&name))),
        ("ten_trong_cau", Some(text(&case.organ.short_name))),
        ("dia_danh", Some(text(&case.organ.place))),
    ])
}

fn fields(
    content: &BTreeMap<String, Content>,
    declared: &[Field],
    route: &str,
    passages: &mut Vec<Passages>,
) -> Value {
    record(content.iter().map(|(key, fact)| {
        let kind = declared.iter().find(|field| field.key == *key).map(|field| &field.kind);
        (key.as_str(), Some(value(fact, kind, &format!("{route}.{key}"), passages)))
    }))
}

fn value(
    fact: &Content,
    kind: Option<&FieldKind>,
    route: &str,
    passages: &mut Vec<Passages>,
) -> Value {
    match (fact, kind) {
        // The gap of a draft keeps the shape that the wording counts on.
        (Content::Text(gap), Some(FieldKind::Passages)) if is_gap(gap) => {
            token(gap, route, passages)
        }
        (Content::Text(gap), Some(FieldKind::List(of))) if is_gap(gap) => {
            vec![gap_of(gap, of, route, passages)].into()
        }
        (Content::Text(words), _) => text(words),
        (Content::Amount(amount), _) => text(&amount.to_string()),
        (Content::Date(day), _) => text(&date::short(*day)),
        (Content::Passages(words), _) => token(words, route, passages),
        (Content::Cited(document), _) => cited(document),
        (Content::List(list), _) => items(list, kind, route, passages),
        (Content::Record(content), Some(FieldKind::List(of))) => {
            fields(content, of, route, passages)
        }
        (Content::Record(content), _) => fields(content, &[], route, passages),
    }
}

fn items(
    list: &[Content],
    kind: Option<&FieldKind>,
    route: &str,
    passages: &mut Vec<Passages>,
) -> Value {
    let of = match kind {
        Some(FieldKind::List(fields)) if !fields.is_empty() => kind,
        _ => None,
    };
    list.iter()
        .enumerate()
        .map(|(at, item)| value(item, of, &format!("{route}[{at}]"), passages))
        .collect::<Vec<_>>()
        .into()
}

/// One item of a missing list: the gap, or a record of gaps.
fn gap_of(gap: &str, of: &[Field], route: &str, passages: &mut Vec<Passages>) -> Value {
    if of.is_empty() {
        return text(gap);
    }
    let gap = Content::Text(gap.to_owned());
    record(
        of.iter().map(|field| {
            (field.key.as_str(), Some(value(&gap, Some(&field.kind), route, passages)))
        }),
    )
}

/// Paragraphs cross as one character, which is legal only alone on a line.
fn token(words: &str, route: &str, passages: &mut Vec<Passages>) -> Value {
    let index = passages.len().min(TOKENS - 1);
    passages.push(Passages { route: route.to_owned(), text: without_private(words).into_owned() });
    let c = u32::try_from(index).ok().and_then(|index| char::from_u32(FIRST_TOKEN + index));
    Value::safe_string(&c.map(String::from).unwrap_or_default())
}

fn cited(document: &CitedDocument) -> Value {
    let given = |words: &str| (!words.is_empty()).then(|| text(words));
    record([
        ("loai", given(&document.type_name)),
        ("so_ky_hieu", given(&document.code)),
        ("ngay", document.date.map(|day| text(&date::short(day)))),
        ("co_quan", given(&document.organ)),
        ("trich_yeu", given(&document.subject)),
    ])
}

fn appendix(case: &Case, position: usize, appendix: &Appendix) -> Value {
    let number = u32::try_from(position + 1).unwrap_or(u32::MAX);
    let name = if case.appendices.len() > 1 {
        format!("Phụ lục {}", roman::to_roman(number))
    } else {
        "Phụ lục".to_owned()
    };
    let own = [("tieu_de", Some(text(&appendix.title))), ("ten", Some(text(&name)))];
    let table = appendix.table.as_ref().map(table_entries);
    record(own.into_iter().chain(table.into_iter().flatten()))
}

fn body_table(table: &BodyTable) -> Value {
    let own = [("tieu_de", table.title.as_deref().map(text))];
    record(own.into_iter().chain(table_entries(&table.table)))
}

/// What a wording can name of a table.
fn table_entries(table: &Table) -> [(&'static str, Option<Value>); 5] {
    let figures = Figures::new(table);
    [
        (ROW_NAMES, Some(texts(&table.names_of_rows()))),
        ("don_vi_tinh", table.unit.as_deref().map(text)),
        ("dong", Some(rows(&figures, table.rows.iter()))),
        ("nhom", Some(groups(&figures, table))),
        ("tong", Some(totals(&figures, table))),
    ]
}

fn rows<'a>(figures: &Figures<'_>, rows: impl Iterator<Item = &'a Row>) -> Value {
    rows.enumerate().map(|(at, row)| row_record(figures, row, at)).collect::<Vec<_>>().into()
}

fn row_record(figures: &Figures<'_>, row: &Row, position: usize) -> Value {
    record(figures.leaves().iter().enumerate().map(|(column, leaf)| {
        let cell = match leaf.kind {
            ColumnKind::Ordinal => Some(text(&(position + 1).to_string())),
            ColumnKind::Amount | ColumnKind::Percent => {
                figures.of_row(row, column).map(|amount| text(&amount.to_string()))
            }
            ColumnKind::Text | ColumnKind::Centered | ColumnKind::Date => match row.cell(column) {
                Cell::Text(words) => Some(text(words)),
                Cell::Date(day) => Some(text(&date::short(*day))),
                Cell::Amount(_) | Cell::Blank => None,
            },
        };
        (leaf.key.as_str(), cell)
    }))
}

fn groups(figures: &Figures<'_>, table: &Table) -> Value {
    record(table.groups.iter().enumerate().map(|(at, group)| {
        let sums = figures.subtotal(at);
        let sums = match &group.total {
            GroupTotal::Declared(declared) => figures.declared(&sums, declared),
            GroupTotal::None | GroupTotal::Computed | GroupTotal::Row => sums,
        };
        let within = |row: &&Row| row.group.is_some_and(|own| table.is_within(own, at));
        let entry = record([
            ("ten", Some(text(&group.name))),
            ("dong", Some(rows(figures, table.rows.iter().filter(within)))),
            ("cong", Some(line(figures, &sums))),
        ]);
        (group.key.as_str(), Some(entry))
    }))
}

fn totals(figures: &Figures<'_>, table: &Table) -> Value {
    let sums = figures.total();
    let sums = match &table.total {
        Some(total) => figures.declared(&sums, &total.declared),
        None => sums,
    };
    line(figures, &sums)
}

/// The figures of a line of sums, by column.
fn line(figures: &Figures<'_>, sums: &Line) -> Value {
    let leaves = figures.leaves().iter().zip(sums).enumerate();
    let leaves = leaves.filter(|(_, (leaf, _))| leaf.kind.is_figure());
    record(leaves.map(|(column, (leaf, sum))| {
        let printed = figures.printed(column, *sum).map(|sum| text(&sum.to_string()));
        (leaf.key.as_str(), printed)
    }))
}

/// Escapes a value so that the markup reads it as the same words: a backslash before
/// every ASCII punctuation mark, white space as a space, the outer spaces kept.
pub fn escape(value: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut escaped = String::with_capacity(value.len() + value.len() / 8);
    let last = value.chars().count().saturating_sub(1);
    for (position, c) in value.chars().enumerate() {
        match c {
            ' ' | '\n' | '\r' | '\t' if position == 0 || position == last => {
                escaped.push(HARD_SPACE)
            }
            '\n' | '\r' | '\t' => escaped.push(' '),
            c if c.is_ascii_punctuation() => escaped.extend(['\\', c]),
            c => escaped.push(c),
        }
    }
    out.write_all(escaped.as_bytes())
}
