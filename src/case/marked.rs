//! YAML as a tree that knows where each key and value stands.

use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use super::limits::{MAX_DEPTH, MAX_KEYS, MAX_NODES, MAX_TEXT_BYTES};

/// A value and the bytes it stands on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    pub range: Range<usize>,
    pub value: Value,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Scalar { text: String, style: Style },
    List { items: Vec<Node>, flow: bool },
    Map { entries: Vec<Entry>, flow: bool },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub key: String,
    pub key_range: Range<usize>,
    pub value: Node,
    /// Whether it stands in curly brackets without a colon: YAML makes a key of what is
    /// left over when a comma cuts a value in two.
    pub bare: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    Plain,
    Quoted,
    Block,
}

impl Node {
    /// A scalar's text; nothing when it is left out (empty, `~`, `null`).
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar { text, .. } if !self.is_null() => Some(text),
            Value::Scalar { .. } | Value::List { .. } | Value::Map { .. } => None,
        }
    }

    pub fn is_null(&self) -> bool {
        match &self.value {
            Value::Scalar { text, style: Style::Plain } => {
                matches!(text.as_str(), "" | "~" | "null" | "Null" | "NULL")
            }
            Value::Scalar { .. } | Value::List { .. } | Value::Map { .. } => false,
        }
    }

    pub fn items(&self) -> &[Self] {
        match &self.value {
            Value::List { items, .. } => items,
            Value::Scalar { .. } | Value::Map { .. } => &[],
        }
    }

    pub fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Map { entries, .. } => entries,
            Value::Scalar { .. } | Value::List { .. } => &[],
        }
    }

    /// The value of a key; of a key given twice, the first.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.entries().iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }

    fn null(at: usize) -> Self {
        Self { range: at..at, value: Value::Scalar { text: String::new(), style: Style::Plain } }
    }
}

/// Why a text is no tree of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The parser's own words, to be put into Vietnamese.
    Syntax {
        at: usize,
        info: String,
    },
    /// Anchors, aliases, tags, keys that are no scalars, several documents.
    Advanced {
        range: Range<usize>,
        what: &'static str,
    },
    TooLarge {
        at: usize,
        what: &'static str,
    },
}

/// Reads one document; an empty one is null.
pub fn parse(text: &str) -> Result<Node, Stop> {
    let offsets = Offsets::new(text);
    let mut parser = Parser::new_from_str(text);
    let mut builder = Builder::default();
    while let Some(event) = parser.next_event() {
        let (event, span) = event.map_err(|error| Stop::Syntax {
            at: offsets.byte(error.marker().index()),
            info: error.info().to_owned(),
        })?;
        builder.take(event, text, offsets.range(span))?;
    }
    Ok(builder.root.unwrap_or_else(|| Node::null(0)))
}

/// The parser counts characters, we count bytes.
struct Offsets {
    bytes: Vec<usize>,
    end: usize,
}

impl Offsets {
    fn new(text: &str) -> Self {
        let bytes = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().map(|(at, _)| at).collect()
        };
        Self { bytes, end: text.len() }
    }

    fn byte(&self, index: usize) -> usize {
        if self.bytes.is_empty() {
            index.min(self.end)
        } else {
            self.bytes.get(index).copied().unwrap_or(self.end)
        }
    }

    fn range(&self, span: Span) -> Range<usize> {
        let start = self.byte(span.start.index());
        start..self.byte(span.end.index()).max(start)
    }
}

/// A collection that has not ended yet.
struct Open {
    node: Node,
    /// The key that waits for its value.
    key: Option<(String, Range<usize>)>,
}

#[derive(Default)]
struct Builder {
    open: Vec<Open>,
    root: Option<Node>,
    nodes: usize,
    documents: usize,
}

impl Builder {
    fn take(&mut self, event: Event<'_>, text: &str, range: Range<usize>) -> Result<(), Stop> {
        match event {
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Ok(()),
            Event::DocumentStart(_) => {
                self.documents += 1;
                if self.documents > 1 {
                    Err(Stop::Advanced {
                        range, what: "nhiều tài liệu trong một tệp (`---`)"
                    })
                } else {
                    Ok(())
                }
            }
            Event::Alias(_) => Err(Stop::Advanced { range, what: "tham chiếu (`*`)" }),
            Event::Scalar(value, style, anchor, tag) => {
                plain_yaml(anchor, tag.is_some(), &range)?;
                if value.len() > MAX_TEXT_BYTES {
                    return Err(Stop::TooLarge {
                        at: range.start,
                        what: "một đoạn chữ dài hơn 100.000 byte (khoảng 40 trang)",
                    });
                }
                let style = match style {
                    ScalarStyle::Plain => Style::Plain,
                    ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => Style::Quoted,
                    ScalarStyle::Literal | ScalarStyle::Folded => Style::Block,
                };
                let range = trimmed(text, range);
                self.value(Node { range, value: Value::Scalar { text: value.into_owned(), style } })
            }
            Event::SequenceStart(anchor, tag) => {
                plain_yaml(anchor, tag.is_some(), &range)?;
                let flow = text[range.clone()].starts_with('[');
                self.start(Node { range, value: Value::List { items: Vec::new(), flow } })
            }
            Event::MappingStart(anchor, tag) => {
                plain_yaml(anchor, tag.is_some(), &range)?;
                let flow = text[range.clone()].starts_with('{');
                self.start(Node { range, value: Value::Map { entries: Vec::new(), flow } })
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(text, range.end),
        }
    }

    fn start(&mut self, node: Node) -> Result<(), Stop> {
        if self.open.len() >= MAX_DEPTH {
            return Err(Stop::TooLarge {
                at: node.range.start,
                what: "các mục lồng nhau quá 32 cấp",
            });
        }
        self.open.push(Open { node, key: None });
        Ok(())
    }

    fn end(&mut self, text: &str, end: usize) -> Result<(), Stop> {
        let Some(Open { mut node, .. }) = self.open.pop() else { return Ok(()) };
        let start = node.range.start;
        node.range = trimmed(text, start..end.max(start));
        if let Value::Map { entries, flow: true } = &mut node.value {
            for entry in entries {
                let after = text[entry.key_range.end..].trim_start();
                entry.bare = entry.value.is_null() && !after.starts_with(':');
            }
        }
        self.value(node)
    }

    fn value(&mut self, node: Node) -> Result<(), Stop> {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            return Err(Stop::TooLarge {
                at: node.range.start,
                what: "tệp có hơn 200.000 giá trị",
            });
        }
        let Some(Open { node: above, key: waiting }) = self.open.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        match &mut above.value {
            Value::List { items, .. } => items.push(node),
            Value::Map { entries, .. } if entries.len() >= MAX_KEYS => {
                return Err(Stop::TooLarge {
                    at: node.range.start,
                    what: "một mục có hơn 5.000 khóa",
                });
            }
            Value::Map { entries, .. } => match waiting.take() {
                Some((key, key_range)) => {
                    entries.push(Entry { key, key_range, value: node, bare: false })
                }
                None => *waiting = Some(key(node)?),
            },
            // Scalars are never opened.
            Value::Scalar { .. } => {}
        }
        Ok(())
    }
}

fn key(node: Node) -> Result<(String, Range<usize>), Stop> {
    match node.value {
        Value::Scalar { text, .. } => Ok((text, node.range)),
        Value::List { .. } | Value::Map { .. } => {
            Err(Stop::Advanced { range: node.range, what: "khóa không phải là chữ" })
        }
    }
}

fn plain_yaml(anchor: usize, tagged: bool, range: &Range<usize>) -> Result<(), Stop> {
    let what = match (anchor > 0, tagged) {
        (true, _) => "neo (`&`)",
        (false, true) => "thẻ kiểu (`!`)",
        (false, false) => return Ok(()),
    };
    Err(Stop::Advanced { range: range.clone(), what })
}

/// Without the blank lines and comments' indentation that the parser counts at the end.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let kept = text[range.clone()].trim_end().len();
    range.start..range.start + kept
}
