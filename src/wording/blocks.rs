//! The line grammar: headings, items, paragraphs, a clerk's own paragraphs.
//!
//! ```text
//! # đề mục        a heading, numbered by the scheme of the wording (`danh_so`); one line
//! Điều 1. chữ     an Điều without a title; below it items begin again
//! 1. mục          an item, numbered anew by order; also `a) `, `- `, `+ `
//! [bang tien_do]  the table of that key stands here
//! [kem_theo]      in a wording, once: what follows is the attached document
//! chữ             a paragraph; its lines are joined with a space
//!                 a blank line ends whatever stands above it
//! ```
//!
//! An Điều with a title is a heading, of a scheme such as `["Chương I", "Mục 1", "Điều 1."]`:
//! Phần, Chương and Điều are counted through the whole document, a Mục within its Chương;
//! a wording without Mục declares a scheme without it.

use super::context::{Passages, token_index};
use super::fault;
use super::inline::{self, inlines};
use super::instrument::{JOIN, mark_index};
use super::numbering::{ARTICLE, Counters, ItemKind, Mark};
use crate::doc::Inline;
use crate::doc::body::{Body, Kind, Passage};
use crate::model::{begins_attached, placed_table};
use crate::vi::{case, letters};

/// Something wrong with the text, found after Tera.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slip {
    pub code: &'static str,
    /// The mark of its line.
    pub mark: Option<usize>,
    /// The route of the clerk's own paragraphs, when it is there.
    pub route: Option<String>,
    /// The line within those paragraphs, counted from 0.
    pub line: usize,
    pub message: String,
    pub hint: String,
}

impl Slip {
    pub fn new(
        code: &'static str,
        mark: Option<usize>,
        message: impl Into<String>,
        hint: &str,
    ) -> Self {
        Self { code, mark, route: None, line: 0, message: message.into(), hint: hint.to_owned() }
    }
}

/// The body of a wording's text.
/// `attaches`: whether the case has an attached document.
pub fn body(text: &str, numbering: &[Mark], own: &[Passages], attaches: bool) -> (Body, Vec<Slip>) {
    let mut blocks = Blocks { numbering: Some(numbering), own, attaches, ..Blocks::default() };
    blocks.read(text);
    (blocks.body, blocks.slips)
}

/// The body of a clerk's own paragraphs: the same grammar without headings.
pub fn passages(text: &str, route: &str) -> (Body, Vec<Slip>) {
    let (body, slips, _) = within(text, route, Counters::default());
    (body, slips)
}

/// The same, counted on from what stands before it.
fn within(text: &str, route: &str, counters: Counters) -> (Body, Vec<Slip>, Counters) {
    let mut blocks = Blocks { counters, ..Blocks::default() };
    blocks.read(text);
    for slip in &mut blocks.slips {
        slip.route = Some(route.to_owned());
        slip.line = slip.mark.take().unwrap_or(slip.line);
    }
    (blocks.body, blocks.slips, blocks.counters)
}

#[derive(Default)]
struct Blocks<'a> {
    /// None where headings are not allowed.
    numbering: Option<&'a [Mark]>,
    own: &'a [Passages],
    attaches: bool,
    counters: Counters,
    /// The passage that is being read.
    open: Option<Open>,
    body: Body,
    slips: Vec<Slip>,
    mark: Option<usize>,
    /// The line that is being read, counted from 0.
    line: usize,
}

struct Open {
    item: Option<Item>,
    text: String,
    mark: Option<usize>,
    line: usize,
}

/// How an item is written in the source.
#[derive(Clone, Copy)]
pub struct Item {
    kind: ItemKind,
    /// Its number there, counted from 1; nothing of a dash.
    number: Option<usize>,
}

impl Item {
    /// Written as the first of its list.
    fn begins(self) -> bool {
        self.number.is_none_or(|number| number == 1)
    }
}

impl Blocks<'_> {
    fn read(&mut self, text: &str) {
        for (number, line) in text.split('\n').enumerate() {
            super::running::step();
            self.line = number;
            if self.numbering.is_none() {
                // Of the clerk's own lines the number itself is the mark.
                self.mark = Some(number);
            }
            self.line(line);
        }
        self.close();
    }

    fn line(&mut self, line: &str) {
        let is_edge = |c: char| matches!(c, ' ' | '\t' | '\r' | JOIN);
        let joined = line.contains(JOIN);
        let marked = line.trim_matches(is_edge);
        let line = marked.trim_start_matches(|c| is_edge(c) || mark_index(c).is_some());
        if let Some(mark) = marked.chars().find_map(mark_index) {
            self.mark = Some(mark);
        }
        if line.is_empty() {
            // A line whose tags printed nothing is as if it were not there.
            if !joined {
                self.close();
            }
        } else if inline::holds_token(line) {
            self.own_paragraphs(line);
        } else if let Some(level) = heading_level(line) {
            self.heading(level, line[level..].trim_start());
        } else if let Some(alone) = begins_attached(line) {
            self.attached(alone);
        } else if let Some(key) = table_key(line) {
            self.close();
            // A list goes on after its table, as it does after a paragraph.
            self.counters.text();
            let content = vec![Inline::text(key)];
            self.body.push(Passage { kind: Kind::Table, mark: None, content });
        } else if let Some((item, rest)) = item(line) {
            self.close();
            self.begin(Some(item), rest);
        } else {
            self.no_foreign_mark(line);
            self.text(line);
        }
    }

    /// The attached document has headings and Điều of its own, counted from 1.
    fn attached(&mut self, alone: bool) {
        self.close();
        let twice = self.body.iter().any(|passage| passage.kind == Kind::Attached);
        let (message, hint) = if self.numbering.is_none() {
            (
                "đoạn văn của hồ sơ không được có dòng `[kem_theo]`",
                "dòng này chỉ đứng trong lời văn, dưới templates/",
            )
        } else if !alone {
            (
                "`[kem_theo]` không đứng riêng một dòng",
                "đưa xuống một dòng riêng, không có chữ hay dấu đầu dòng bên cạnh",
            )
        } else if twice {
            (
                "`[kem_theo]` thứ hai",
                "một văn bản chỉ kèm theo một văn bản; giữ một dòng `[kem_theo]`",
            )
        } else if !self.attaches {
            (
                "lời văn có văn bản kèm theo mà hồ sơ không có khóa `kem_theo`",
                "ghi vào hồ sơ `kem_theo:`, hai dòng dưới thụt vào: `loai: Quy chế`, `trich_yeu: …`",
            )
        } else {
            self.counters = Counters::default();
            self.body.push(Passage { kind: Kind::Attached, mark: None, content: vec![] });
            return;
        };
        self.slip(Slip::new(fault::ATTACHED, self.mark, message, hint), self.line);
    }

    fn begin(&mut self, item: Option<Item>, text: &str) {
        let (mark, line) = (self.mark, self.line);
        self.open = Some(Open { item, text: text.to_owned(), mark, line });
    }

    /// `* `, `• ` and `f) ` look like items and are none.
    fn no_foreign_mark(&mut self, line: &str) {
        let Some((mark, hint)) = foreign_mark(line) else { return };
        // In a template it may come from a value, where only ASCII signs are told apart.
        if self.numbering.is_some() && !mark.contains(|c: char| c.is_ascii_punctuation()) {
            return;
        }
        let message = format!("“{mark}” ở đầu dòng không phải dấu đầu dòng của một mục");
        self.slip(Slip::new(fault::FOREIGN_MARK, self.mark, message, hint), self.line);
    }

    fn slip(&mut self, slip: Slip, line: usize) {
        self.slips.push(Slip { line, ..slip });
    }

    /// The words of a paragraph; what is wrong in them is reported at its first line.
    fn inlines(&mut self, text: &str, mark: Option<usize>, line: usize) -> Vec<Inline> {
        let before = self.slips.len();
        let content = inlines(text, mark, &mut self.slips);
        for slip in &mut self.slips[before..] {
            slip.line = line;
        }
        content
    }

    fn text(&mut self, line: &str) {
        match &mut self.open {
            Some(open) => {
                if !open.text.is_empty() {
                    open.text.push(' ');
                }
                // The line's own mark, for faults in it.
                open.text.extend(self.mark.and_then(super::instrument::mark));
                open.text.push_str(line);
            }
            None => self.begin(None, line),
        }
    }

    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        let content = self.inlines(&open.text, open.mark, open.line);
        let (kind, mark) = match open.item {
            Some(item) => {
                let (level, mark) = self.counters.item(item.kind, item.begins());
                self.same_number(item, &mark, &open);
                let kind = match item.kind {
                    ItemKind::Article => Kind::Article,
                    _ => Kind::Item { level },
                };
                (kind, Some(mark))
            }
            None => {
                self.counters.text();
                (Kind::Text, None)
            }
        };
        self.body.push(Passage { kind, mark, content });
    }

    /// A number that says something else than the order is not silently put right: a
    /// sentence elsewhere may refer to it. Only `1.` or `a)` may stand for any number.
    fn same_number(&mut self, item: Item, mark: &str, open: &Open) {
        let Some(number) = item.number.filter(|&number| number > 1) else { return };
        let written = item.kind.write(number);
        if written != mark {
            let message = format!("mục ghi “{written}” nhưng theo thứ tự là “{mark}”");
            let hint = match item.kind {
                ItemKind::Article => {
                    "sửa số cho đúng thứ tự; để chương trình tự đánh số, ghi mọi điều là “Điều 1.”; câu văn bắt đầu bằng chữ ấy thì viết “Điều 5\\.”"
                }
                _ => {
                    "sửa số cho đúng thứ tự (a b c d đ e g h i …); để chương trình tự đánh số, ghi mọi mục là “1.” hoặc “a)”"
                }
            };
            self.slip(Slip::new(fault::ORDER, open.mark, message, hint), open.line);
        }
    }

    fn heading(&mut self, level: usize, text: &str) {
        self.close();
        let content = self.inlines(text, self.mark, self.line);
        let Some(numbering) = self.numbering else {
            let slip = Slip::new(
                fault::HEADING_IN_PASSAGES,
                None,
                "đoạn văn không được có đề mục `#`",
                "bỏ dấu `#` ở đầu dòng; dấu thăng thật thì viết `\\#`",
            );
            self.slip(slip, self.line);
            return;
        };
        let Some(mark) = numbering.get(level - 1) else {
            self.slips.push(Slip::new(
                fault::NUMBERING,
                self.mark,
                format!(
                    "đề mục cấp {level} không có kiểu số: `danh_so` chỉ có {} cấp",
                    numbering.len()
                ),
                "thêm một kiểu vào `danh_so` ở đầu tệp, hoặc bớt dấu `#`",
            ));
            return;
        };
        let above = mark.stands_above();
        let caps = above || mark.is_roman();
        let number = self.counters.heading(level, numbering);
        let content = if caps { capitals(content) } else { content };
        // At most as many levels as the numbering has.
        let level = u8::try_from(level).unwrap_or(u8::MAX);
        self.body.push(Passage {
            kind: Kind::Heading { level, caps, above },
            mark: Some(number),
            content,
        });
    }

    fn own_paragraphs(&mut self, line: &str) {
        self.close();
        let mut letters = line.chars().filter(|&c| mark_index(c).is_none() && c != JOIN);
        let index = letters.next().and_then(token_index);
        let (Some(own), None) = (index.and_then(|index| self.own.get(index)), letters.next())
        else {
            let route = line.chars().find_map(token_index).and_then(|index| self.own.get(index));
            let name = route.map_or("đoạn văn", |own| own.route.as_str());
            self.slips.push(Slip::new(
                fault::PASSAGES_ALONE,
                self.mark,
                format!("đoạn văn {name} phải đứng một mình trên một dòng"),
                "đưa `{{ … }}` của nó xuống một dòng riêng, không có chữ nào bên cạnh",
            ));
            return;
        };
        let (body, slips, counters) = within(&own.text, &own.route, self.counters.within());
        self.body.extend(body);
        self.slips.extend(slips);
        self.counters.after(&counters);
    }
}

fn capitals(mut content: Vec<Inline>) -> Vec<Inline> {
    for inline in &mut content {
        if let Inline::Text(run) = inline
            && !run.gap
        {
            run.text = case::upper(&run.text);
        }
    }
    content
}

/// `# `, `## `, `### ` …; `#1` is text.
pub fn heading_level(line: &str) -> Option<usize> {
    let level = line.len() - line.trim_start_matches('#').len();
    (level > 0 && line[level..].starts_with([' ', '\t'])).then_some(level)
}

/// The key of a table that the line places; one that no table has is for the check to
/// tell. In a template a value cannot forge such a line, since its brackets are escaped.
fn table_key(line: &str) -> Option<&str> {
    placed_table(line).filter(|key| !key.is_empty())
}

/// How an item is written, and its text.
pub fn item(line: &str) -> Option<(Item, &str)> {
    if let Some(article) = article(line) {
        return Some(article);
    }
    let (mark, rest) = line.split_once([' ', '\t'])?;
    let item = match mark {
        "-" => Item { kind: ItemKind::Dash, number: None },
        "+" => Item { kind: ItemKind::Plus, number: None },
        _ => numbered(mark)?,
    };
    Some((item, rest.trim_start_matches([' ', '\t'])))
}

/// `Điều 1. ` to `Điều 999. `, its text on the same line or on those below.
fn article(line: &str) -> Option<(Item, &str)> {
    const SPACES: [char; 3] = [' ', '\t', '\u{a0}'];
    let rest = line.strip_prefix(ARTICLE)?.strip_prefix(SPACES)?.trim_start_matches(SPACES);
    let end = rest.find(SPACES).unwrap_or(rest.len());
    let number = number(&rest[..end])?;
    let item = Item { kind: ItemKind::Article, number: Some(number) };
    Some((item, rest[end..].trim_start_matches(SPACES)))
}

/// `1.` to `999.`
fn number(mark: &str) -> Option<usize> {
    let digits = mark.strip_suffix('.')?;
    let is_number = (1..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    digits.parse().ok().filter(|_| is_number)
}

/// `1.` to `999.` and `a)` …; `2022. Năm` is a sentence.
fn numbered(mark: &str) -> Option<Item> {
    if let Some(number) = number(mark) {
        return Some(Item { kind: ItemKind::Number, number: Some(number) });
    }
    let letter = mark.strip_suffix(')')?;
    let index = letters::index(letter).filter(|_| letter.chars().count() <= 2)?;
    Some(Item { kind: ItemKind::Letter, number: Some(index + 1) })
}

/// A mark that clerks type for an item and the grammar does not know, with the next step.
pub fn foreign_mark(line: &str) -> Option<(&str, &'static str)> {
    if let Some(mark) = foreign_article(line) {
        let hint = "viết “Điều 1. ” với dấu chấm, không có dấu sao; chương trình tự in đậm";
        return Some((mark, hint));
    }
    let (mark, _) = line.split_once([' ', '\t'])?;
    match mark {
        "*" | "•" | "–" | "—" | "·" | "▪" | "●" => {
            Some((mark, "dùng “- ” cho dấu gạch đầu dòng; dấu thật thì viết thêm `\\` ở trước"))
        }
        "f)" | "j)" | "w)" | "z)" => Some((
            mark,
            "các điểm theo thứ tự chữ cái tiếng Việt: a) b) c) d) đ) e) g) h) i) k) l) m) …",
        )),
        _ => None,
    }
}

/// `**Điều 1.**`, `Điều 1:` and `ĐIỀU 1.`, as clerks write them in other programs.
fn foreign_article(line: &str) -> Option<&str> {
    let bare = line.trim_start_matches('*');
    let word =
        bare.get(..ARTICLE.len()).filter(|word| case::upper(word) == case::upper(ARTICLE))?;
    let rest = bare[word.len()..].strip_prefix([' ', '\u{a0}'])?;
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let closing = rest[digits..].len() - rest[digits..].trim_start_matches(['.', ':', '*']).len();
    let is_mark = digits > 0 && rest[digits..digits + closing].contains(['.', ':']);
    let stands_alone = rest[digits + closing..].chars().next().is_none_or(|c| c == ' ');
    let foreign = bare.len() < line.len() || word != ARTICLE || rest[digits..].starts_with(':');
    let end = line.len() - rest.len() + digits + closing;
    (is_mark && stands_alone && foreign).then(|| &line[..end])
}
