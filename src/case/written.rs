//! Tells [`Sources`] which texts of a case are prose that is printed.

use super::marked::{Node, Value};
use super::schema::{CASE, Part, Shape};
use crate::diag::{Form, Place, Route, SourceId, Sources, Written};
use crate::model::{Field, FieldKind};

/// Keys whose texts are not printed, or are no prose.
const NOT_PROSE: [&str; 4] = ["chap_nhan", "kiem_tra", "dong_tu_tep", "khai"];

pub fn place(tree: &Node, fields: &[Field], source: SourceId, sources: &mut Sources) {
    let mut walk = Walk { source, sources };
    walk.part(tree, CASE.root(), &Route::root());
    if let Some(content) = tree.get("noi_dung") {
        walk.fields(content, fields, &Route::root().key("noi_dung"));
    }
}

struct Walk<'a> {
    source: SourceId,
    sources: &'a mut Sources,
}

impl Walk<'_> {
    fn part(&mut self, node: &Node, part: Part<'_>, route: &Route) {
        match part.shape() {
            Shape::Scalar { prose: true } => {
                let is_passages = part.keeps_lines() && super::door::last_key(route) == "doan";
                self.text(node, if is_passages { Form::Passages } else { Form::Line }, route);
            }
            Shape::List(items) => {
                for (index, item) in node.items().iter().enumerate() {
                    self.part(item, items, &route.index(index));
                }
            }
            Shape::Record(record) => {
                let prose = |key: &str| !NOT_PROSE.contains(&key);
                for entry in node.entries().iter().filter(|entry| prose(&entry.key)) {
                    if let Some(field) = record.field(&entry.key) {
                        self.part(&entry.value, field, &route.key(&entry.key));
                    }
                }
            }
            Shape::Map(values) => {
                for entry in node.entries() {
                    self.part(&entry.value, values, &route.key(&entry.key));
                }
            }
            Shape::Scalar { prose: false } | Shape::Free => {}
        }
    }

    fn fields(&mut self, node: &Node, fields: &[Field], route: &Route) {
        for field in fields {
            if let Some(value) = node.get(&field.key) {
                self.field(value, &field.kind, &route.key(&field.key));
            }
        }
    }

    fn field(&mut self, node: &Node, kind: &FieldKind, route: &Route) {
        match kind {
            FieldKind::Text => self.text(node, Form::Line, route),
            FieldKind::Passages => self.text(node, Form::Passages, route),
            FieldKind::Cited => {
                for entry in node.entries().iter().filter(|entry| entry.key != "ngay") {
                    self.text(&entry.value, Form::Line, &route.key(&entry.key));
                }
            }
            FieldKind::List(fields) => {
                for (index, item) in node.items().iter().enumerate() {
                    let route = route.index(index);
                    if fields.is_empty() {
                        self.text(item, Form::Line, &route);
                    } else {
                        self.fields(item, fields, &route);
                    }
                }
            }
            FieldKind::Amount | FieldKind::Date => {}
        }
    }

    fn text(&mut self, node: &Node, form: Form, route: &Route) {
        let Value::Scalar { text, .. } = &node.value else { return };
        if node.is_null() {
            return;
        }
        let place = Place { source: self.source, range: node.range.clone() };
        let text = text.clone();
        self.sources.place_text(Written { route: route.clone(), place, text, form });
    }
}
