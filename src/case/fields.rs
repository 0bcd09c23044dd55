//! What a wording asks for, told to whoever fills in a case: as a page, as YAML to paste,
//! as data for programs and as JSON Schema for editors.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::content::{CITED, CITED_EXAMPLES};
use crate::model::{Field, FieldKind};

/// One field after the other, those of a list's items indented below it.
pub fn page(fields: &[Field]) -> String {
    let mut page = String::new();
    describe(fields, "", &mut page);
    page
}

fn describe(fields: &[Field], indent: &str, page: &mut String) {
    for field in fields {
        let needed = if field.required { "bắt buộc" } else { "có thể bỏ" };
        let inner = match &field.kind {
            FieldKind::List(fields) if !fields.is_empty() => "; mỗi mục gồm:",
            _ => "",
        };
        // Writing to a String cannot fail.
        let _ = writeln!(page, "{indent}{}: {}, {needed}{inner}", field.key, in_words(&field.kind));
        let _ = writeln!(page, "{indent}    {}", field.description);
        if let Some(example) = &field.example {
            let mut lines = example.trim().lines();
            let _ = writeln!(page, "{indent}    Ví dụ: {}", lines.next().unwrap_or_default());
            lines.for_each(|line| {
                let _ = writeln!(page, "{}", format!("{indent}           {line}").trim_end());
            });
        }
        match &field.kind {
            FieldKind::List(fields) => describe(fields, &format!("{indent}    "), page),
            FieldKind::Cited => {
                let terms = CITED.map(|(key, term)| format!("`{key}` ({term})"));
                let _ = writeln!(page, "{indent}    Gồm: {}", terms.join(", "));
            }
            FieldKind::Text | FieldKind::Amount | FieldKind::Date | FieldKind::Passages => {}
        }
    }
}

/// How a value of that kind is written.
const fn in_words(kind: &FieldKind) -> &'static str {
    match kind {
        FieldKind::Text => "chữ trên một dòng",
        FieldKind::Amount => "số",
        FieldKind::Date => "ngày/tháng/năm",
        FieldKind::Passages => "các đoạn văn, viết sau dấu |",
        FieldKind::Cited => "văn bản viện dẫn",
        FieldKind::List(fields) if fields.is_empty() => "danh sách, mỗi mục một dòng chữ",
        FieldKind::List(_) => "danh sách",
    }
}

/// `noi_dung` with the examples, to be pasted into a case. What has no example is left
/// blank, so that a draft marks it and a final asks for it; what may be left out stands
/// behind `#`.
pub fn skeleton(fields: &[Field]) -> String {
    if fields.is_empty() {
        return String::new();
    }
    let mut yaml = String::from("noi_dung:\n");
    for field in fields {
        put(&entry(field), !field.required, "  ", &mut yaml);
    }
    yaml
}

/// Lines with an indent, behind `#` where they are only an offer.
fn put(lines: &[String], is_offer: bool, indent: &str, yaml: &mut String) {
    let mark = if is_offer { "# " } else { "" };
    for line in lines {
        let _ = writeln!(yaml, "{}", format!("{indent}{mark}{line}").trim_end());
    }
}

/// A field as lines of YAML.
fn entry(field: &Field) -> Vec<String> {
    let key = &field.key;
    let example = field.example.as_deref().map(str::trim).filter(|example| !example.is_empty());
    let below = |lines: Vec<String>| -> Vec<String> {
        std::iter::once(format!("{key}:")).chain(lines).collect()
    };
    match (&field.kind, example) {
        (FieldKind::Text | FieldKind::Amount | FieldKind::Date, Some(example)) => {
            vec![format!("{key}: {}", scalar(&one_line(example)))]
        }
        (FieldKind::Passages, Some(example)) => {
            let lines = example.lines().map(|line| format!("  {}", line.trim_end()));
            std::iter::once(format!("{key}: |")).chain(lines).collect()
        }
        (FieldKind::Cited, _) => {
            let parts = CITED.iter().zip(CITED_EXAMPLES);
            below(parts.map(|((key, _), example)| format!("  {key}: {example}")).collect())
        }
        (FieldKind::List(fields), Some(example)) if fields.is_empty() => {
            below(vec![format!("  - {}", scalar(&one_line(example)))])
        }
        (FieldKind::List(fields), _) if !fields.is_empty() => below(item(fields)),
        (kind, _) => {
            vec![format!("{key}:   # {}: {}", one_line(&field.description), in_words(kind))]
        }
    }
}

/// The first item of a list of records.
fn item(fields: &[Field]) -> Vec<String> {
    let mut yaml = String::new();
    // A dash needs a key beside it, so what is required comes first.
    let (required, offered): (Vec<&Field>, Vec<&Field>) =
        fields.iter().partition(|field| field.required);
    for (position, field) in required.iter().chain(&offered).enumerate() {
        put(&entry(field), !field.required && position > 0, "", &mut yaml);
    }
    let dashed = |(number, line): (usize, &str)| match number {
        0 => format!("  - {line}"),
        _ => format!("    {line}").trim_end().to_owned(),
    };
    yaml.lines().enumerate().map(dashed).collect()
}

fn one_line(text: &str) -> String {
    crate::vi::text::one_line(text)
}

/// A text as a YAML scalar, quoted where plain text would be read as something else.
fn scalar(text: &str) -> String {
    let words = ["null", "true", "false", "yes", "no", "on", "off"];
    let is_plain = text.starts_with(char::is_alphanumeric)
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with(':')
        && !words.contains(&text.to_lowercase().as_str());
    if is_plain { text.to_owned() } else { Value::from(text).to_string() }
}

/// The same as data.
pub fn data(fields: &[Field]) -> Value {
    let one = |field: &Field| {
        let mut one = json!({
            "khoa": field.key,
            "kieu": kind_key(&field.kind),
            "bat_buoc": field.required,
            "mo_ta": field.description,
        });
        if let Some(example) = &field.example {
            one["vi_du"] = example.as_str().into();
        }
        if let FieldKind::List(fields) = &field.kind
            && !fields.is_empty()
        {
            one["truong"] = data(fields);
        }
        one
    };
    fields.iter().map(one).collect()
}

/// The word for a kind in `truong`.
const fn kind_key(kind: &FieldKind) -> &'static str {
    match kind {
        FieldKind::Text => "chu",
        FieldKind::Amount => "so",
        FieldKind::Date => "ngay",
        FieldKind::Passages => "doan",
        FieldKind::Cited => "van_ban",
        FieldKind::List(_) => "danh_sach",
    }
}

/// The JSON Schema of a record with these fields.
pub fn schema(fields: &[Field]) -> Value {
    let properties: Map<String, Value> =
        fields.iter().map(|field| (field.key.clone(), of_field(field))).collect();
    let required: Vec<&str> =
        fields.iter().filter(|field| field.required).map(|field| field.key.as_str()).collect();
    let mut schema =
        json!({"type": "object", "properties": properties, "additionalProperties": false});
    if !required.is_empty() {
        schema["required"] = required.into();
    }
    schema
}

fn of_field(field: &Field) -> Value {
    let text = || json!({"type": ["string", "number"]});
    let mut schema = match &field.kind {
        FieldKind::Text | FieldKind::Amount | FieldKind::Date | FieldKind::Passages => text(),
        FieldKind::Cited => cited(),
        FieldKind::List(fields) if fields.is_empty() => json!({"type": "array", "items": text()}),
        FieldKind::List(fields) => json!({"type": "array", "items": self::schema(fields)}),
    };
    if field.required {
        if let FieldKind::List(_) = field.kind {
            schema["minItems"] = 1.into();
        }
    } else {
        // A key that may be left out may stand without a value.
        let kinds = match &schema["type"] {
            Value::Array(kinds) => kinds.clone(),
            one => vec![one.clone()],
        };
        schema["type"] = kinds.into_iter().chain(["null".into()]).collect();
    }
    let how = in_words(&field.kind);
    schema["description"] = format!("{} ({how})", field.description).into();
    if let Some(example) = &field.example {
        schema["examples"] = match &field.kind {
            FieldKind::List(_) => json!([[example]]),
            _ => json!([example]),
        };
    }
    schema
}

/// A cited document has a type, and a number or a subject.
fn cited() -> Value {
    let part = |((key, term), example): (&(&str, &str), &str)| {
        let one = json!({"type": ["string", "number", "null"], "description": term, "examples": [example]});
        ((*key).to_owned(), one)
    };
    let properties: Map<String, Value> = CITED.iter().zip(CITED_EXAMPLES).map(part).collect();
    json!({
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
        "required": ["loai"],
        "anyOf": [{"required": ["so_ky_hieu"]}, {"required": ["trich_yeu"]}],
    })
}
