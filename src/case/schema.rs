//! The shape of a case, as its raw structs declare it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

use super::catalog::Catalog;
use super::convert::DEFAULT_WORDING;
use super::{fields, raw};
use crate::diag::{Route, Step};

/// The JSON Schema of a case file, with Vietnamese titles and descriptions, and with what
/// each wording of the office asks for. A wording that cannot be read asks for nothing here.
pub fn schema(catalog: &Catalog) -> Value {
    let mut schema = CASE.value.clone();
    for_editors(&mut schema);
    let types = catalog.templates().document_types();
    schema["properties"]["loai"]["enum"] = types.clone().into();
    let conditions = types.into_iter().flat_map(|key| of_type(key, catalog));
    schema["allOf"] = conditions.collect();
    schema
}

/// What the type of a case, and its wording, say about the rest.
fn of_type(key: &str, catalog: &Catalog) -> Vec<Value> {
    let wordings = catalog.wordings(key);
    let is_type = json!({"properties": {"loai": {"const": key}}, "required": ["loai"]});
    let known: Vec<Value> =
        wordings.iter().map(|name| Value::from(*name)).chain([Value::Null]).collect();
    let mut conditions =
        vec![json!({"if": is_type, "then": {"properties": {"mau": {"enum": known}}}})];
    for name in wordings {
        let Some(schema) = catalog.wording(key, name).and_then(|entry| entry.value.as_ref()) else {
            continue;
        };
        let mut condition = is_type.clone();
        if name == DEFAULT_WORDING {
            condition["properties"]["mau"] = json!({"enum": [name, null]});
        } else {
            condition["properties"]["mau"] = json!({"const": name});
            condition["required"] = json!(["loai", "mau"]);
        }
        let mut content = fields::schema(&schema.fields);
        let mut then = json!({});
        if content.get("required").is_some() {
            then["required"] = json!(["noi_dung"]);
        } else {
            content["type"] = json!(["object", "null"]);
        }
        then["properties"] = json!({"noi_dung": content});
        conditions.push(json!({"if": condition, "then": then}));
    }
    conditions
}

/// What an editor can tell while the clerk types: unknown keys, words outside a choice.
fn for_editors(schema: &mut Value) {
    match schema {
        Value::Object(part) => {
            if part.contains_key("properties") {
                part.insert("additionalProperties".to_owned(), false.into());
            }
            if let Some(choices) = part.get("x-mot_trong").and_then(Value::as_array) {
                let with_nothing = choices.iter().cloned().chain([Value::Null]).collect();
                part.insert("enum".to_owned(), Value::Array(with_nothing));
            }
            part.values_mut().for_each(for_editors);
        }
        Value::Array(parts) => parts.iter_mut().for_each(for_editors),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The schema of a case, made once.
pub static CASE: LazyLock<Schema> = LazyLock::new(Schema::of::<raw::Case>);

/// A JSON Schema made from raw structs.
#[derive(Clone, Debug)]
pub struct Schema {
    value: Value,
    /// Keys of each record in the order in which they are declared; JSON keeps none.
    order: BTreeMap<&'static str, Keys>,
}

type Keys = &'static [&'static str];

/// What may stand at a place.
#[derive(Clone, Copy, Debug)]
pub enum Shape<'a> {
    /// Prose (`Text`) or a key, number or date (`Token`).
    Scalar {
        prose: bool,
    },
    List(Part<'a>),
    Record(Part<'a>),
    /// Keys that the clerk chooses, all with values of one shape.
    Map(Part<'a>),
    /// Declared elsewhere.
    Free,
}

/// A part of a schema, with the whole at hand for its references.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    whole: &'a Schema,
    /// As it stands at its key: with title and description of that key.
    own: &'a Value,
    /// With the reference followed.
    followed: &'a Value,
}

impl Schema {
    pub fn of<T: JsonSchema>() -> Self {
        let generator = SchemaSettings::draft2020_12().into_generator();
        Self { value: generator.into_root_schema_for::<T>().to_value(), order: raw::order() }
    }

    pub fn root(&self) -> Part<'_> {
        Part::new(self, &self.value)
    }

    /// The part that a route leads to.
    pub fn at(&self, route: &Route) -> Option<Part<'_>> {
        route.steps().iter().try_fold(self.root(), |part, step| match (part.shape(), step) {
            (Shape::Record(record), Step::Key(key)) => record.field(key),
            (Shape::Map(values), Step::Key(_)) => Some(values),
            (Shape::List(items), Step::Index(_)) => Some(items),
            _ => None,
        })
    }

    /// The records of the schema, each where it is first reached from the root.
    pub fn records(&self) -> Vec<Part<'_>> {
        let mut records: Vec<Part<'_>> = Vec::new();
        self.root().collect(&mut records);
        records
    }

    /// Whether a list of texts stands under a key, in some record of the schema.
    pub fn lists_texts(&self, key: &str) -> bool {
        let is_list = |field: Part<'_>| match field.shape() {
            Shape::List(items) => matches!(items.shape(), Shape::Scalar { .. }),
            Shape::Scalar { .. } | Shape::Record(_) | Shape::Map(_) | Shape::Free => false,
        };
        self.records().into_iter().filter_map(|record| record.field(key)).any(is_list)
    }

    /// Every key that some record of the schema has.
    pub fn has_key(&self, key: &str) -> bool {
        self.order.values().any(|keys| keys.contains(&key))
    }
}

impl<'a> Part<'a> {
    fn new(whole: &'a Schema, own: &'a Value) -> Self {
        Self { whole, own, followed: follow(&whole.value, own) }
    }

    fn collect(self, records: &mut Vec<Self>) {
        match self.shape() {
            Shape::List(items) | Shape::Map(items) => items.collect(records),
            Shape::Record(record) if records.iter().all(|known| known.name() != record.name()) => {
                records.push(record);
                record.fields().into_iter().for_each(|(_, field)| field.collect(records));
            }
            Shape::Record(_) | Shape::Scalar { .. } | Shape::Free => {}
        }
    }

    pub fn shape(self) -> Shape<'a> {
        let inner = |key| self.followed.get(key).filter(|found| found.is_object());
        if let Some(kind) = self.followed.get("x-kieu").and_then(Value::as_str) {
            return match kind {
                "theo_mau" => Shape::Free,
                kind => Shape::Scalar { prose: kind == "chu" },
            };
        }
        if let Some(items) = inner("items") {
            Shape::List(Part::new(self.whole, items))
        } else if inner("properties").is_some() {
            Shape::Record(self)
        } else if let Some(values) = inner("additionalProperties") {
            Shape::Map(Part::new(self.whole, values))
        } else {
            Shape::Free
        }
    }

    pub fn field(self, key: &str) -> Option<Self> {
        let field = self.followed.get("properties")?.get(key)?;
        Some(Self::new(self.whole, field))
    }

    /// The fields in the order of their declaration.
    pub fn fields(self) -> Vec<(&'static str, Self)> {
        let keys = self.whole.order.get(self.name()).copied().unwrap_or_default();
        keys.iter().filter_map(|&key| Some((key, self.field(key)?))).collect()
    }

    pub fn keys(self) -> Vec<&'static str> {
        self.fields().into_iter().map(|(key, _)| key).collect()
    }

    pub fn requires(self, key: &str) -> bool {
        let required = self.followed.get("required").and_then(Value::as_array);
        required.is_some_and(|keys| keys.iter().any(|known| known == key))
    }

    /// The Vietnamese term.
    pub fn title(self) -> &'a str {
        self.word("title")
    }

    /// Of a record, its own and not those of the key it stands at.
    pub fn record_title(self) -> &'a str {
        self.followed.get("title").and_then(Value::as_str).unwrap_or_default()
    }

    pub fn record_description(self) -> &'a str {
        self.followed.get("description").and_then(Value::as_str).unwrap_or_default()
    }

    pub fn description(self) -> &'a str {
        self.word("description")
    }

    /// The decree's field name, Phụ lục VI.
    pub fn decree_field(self) -> &'a str {
        self.word("x-nd30")
    }

    pub fn example(self) -> Option<&'a Value> {
        self.own.get("examples")?.get(0)
    }

    /// Whether line breaks of the value are kept.
    pub fn keeps_lines(self) -> bool {
        self.own.get("x-nhieu_dong").is_some()
    }

    /// The words that may stand here, when it is a choice.
    pub fn choices(self) -> Vec<&'a str> {
        let choices = self.own.get("x-mot_trong").and_then(Value::as_array);
        choices.into_iter().flatten().filter_map(Value::as_str).collect()
    }

    /// Name of the record; its definition may stand in place, without a reference.
    pub fn name(self) -> &'a str {
        self.followed.get("x-ten").and_then(Value::as_str).unwrap_or_default()
    }

    /// How a value is written, where its shape does not tell.
    pub fn how_written(self) -> &'a str {
        self.word("x-cach_viet")
    }

    /// When the field is needed, in words.
    pub fn needed(self) -> &'a str {
        self.word("x-bat_buoc")
    }

    fn word(self, key: &str) -> &'a str {
        let word = self.own.get(key).or_else(|| self.followed.get(key));
        word.and_then(Value::as_str).unwrap_or_default()
    }
}

fn follow<'a>(whole: &'a Value, part: &'a Value) -> &'a Value {
    match reference(part) {
        Some(reference) => whole.pointer(reference.trim_start_matches('#')).unwrap_or(part),
        None => not_null(part),
    }
}

fn reference(part: &Value) -> Option<&str> {
    part.get("$ref").or_else(|| not_null(part).get("$ref"))?.as_str()
}

/// Of “this or nothing”, this.
fn not_null(part: &Value) -> &Value {
    let either = part.get("anyOf").and_then(Value::as_array);
    let this = either.and_then(|either| {
        either.iter().find(|one| one.get("type").is_none_or(|kind| kind != "null"))
    });
    this.unwrap_or(part)
}
