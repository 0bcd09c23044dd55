//! Traps that break YAML in ways its parser cannot explain.
//!
//! They are looked for line by line before parsing, reported in a clerk's words, and
//! painted over so that the rest of the file can still be read.

use std::ops::Range;

use super::faults::Faults;
use super::text::Mask;
use crate::diag::{At, Diagnostic};
use crate::vi::text::fold;

/// Drawn as white space, but it does not indent or part for YAML.
fn is_false_space(c: char) -> bool {
    c != ' ' && c.is_whitespace()
}

fn name_of_space(c: char) -> String {
    match c {
        '\t' => "phím Tab".to_owned(),
        '\u{a0}' => "dấu cách không ngắt (U+00A0)".to_owned(),
        c => format!("dấu cách lạ (U+{:04X})", u32::from(c)),
    }
}

/// Signs that no plain value may begin with, or that mean what a case does not use.
const SIGNS: [char; 6] = ['*', '&', '!', '%', '@', '`'];

/// The keys that a file may have.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    pub is_key: &'a dyn Fn(&str) -> bool,
    /// Whether a list of texts stands under a key.
    pub is_list: &'a dyn Fn(&str) -> bool,
}

/// Looks through a file.
pub fn prescan(text: &str, known: Known<'_>, mask: &mut Mask, faults: &mut Faults) {
    let mut scan = Scan {
        text,
        known,
        mask,
        faults,
        inside: Inside::Lines,
        above: None,
        columns: Vec::new(),
        dash_columns: Vec::new(),
        key_columns: Vec::new(),
        false_indents: Vec::new(),
        is_painted: false,
        looks: 0,
    };
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        scan.line(Line { text: line.trim_end_matches('\n'), start });
        start += line.len();
        if scan.faults.is_full() {
            break;
        }
    }
    if let (Inside::Open(open), false) = (scan.inside, scan.faults.is_full()) {
        scan.unclosed(open, Line { text: "", start });
    }
    scan.report_false_indents();
}

struct Scan<'a> {
    text: &'a str,
    known: Known<'a>,
    mask: &'a mut Mask,
    faults: &'a mut Faults,
    inside: Inside,
    above: Option<Above>,
    /// Columns at which keys and dashes stand, from the outermost to those of the line above.
    columns: Vec<usize>,
    /// Those of them at which dashes stand, and keys.
    dash_columns: Vec<usize>,
    key_columns: Vec<usize>,
    false_indents: Vec<Range<usize>>,
    /// Whether the line above, with all that belongs to it, was painted over.
    is_painted: bool,
    /// How often it was looked ahead for a closing bracket.
    looks: usize,
}

/// The last line that had a key or a dash.
#[derive(Clone)]
struct Above {
    column: usize,
    /// Its place in the file; nothing for a list item without one.
    key: Option<Range<usize>>,
    /// The first line of its value, when that is text: no key can stand under it.
    text: Option<Range<usize>>,
    /// Whether that text is written without any mark of YAML.
    is_plain: bool,
    /// Whether it begins on the line after the key.
    is_below: bool,
    /// Whether a blank line came after it began.
    has_blank: bool,
}

/// What the next line is part of.
#[derive(Clone, Copy)]
enum Inside {
    Lines,
    /// Lines that are indented by more than this belong to what was reported, and are painted over.
    Reported(usize),
    Block(Block),
    Open(Open),
}

/// The text after a `|` or `>`: lines that are indented by more than its parent.
#[derive(Clone, Copy)]
struct Block {
    parent: usize,
    /// That of its first line, by which all others must be indented.
    indent: Option<usize>,
    /// Whether the clerk wrote the indent beside the mark.
    is_told: bool,
    /// Whether a line above that should be indented has been reported.
    is_low: bool,
    /// Where its key stands.
    key: Option<(usize, usize)>,
}

/// A quote or bracket that is still open. What it holds is indented by more than its key.
#[derive(Clone, Copy)]
struct Open {
    what: Opened,
    parent: usize,
    /// Its place in the file.
    at: usize,
}

#[derive(Clone, Copy)]
enum Opened {
    Quotes(char),
    Brackets(usize),
}

#[derive(Clone, Copy)]
struct Line<'a> {
    text: &'a str,
    start: usize,
}

impl Line<'_> {
    fn indent(&self) -> usize {
        self.text.len() - self.text.trim_start().len()
    }

    /// As YAML counts it.
    fn spaces(&self) -> usize {
        self.text.len() - self.text.trim_start_matches(' ').len()
    }

    fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    fn range(&self, within: Range<usize>) -> Range<usize> {
        self.start + within.start..self.start + within.end
    }
}

impl Scan<'_> {
    fn line(&mut self, line: Line<'_>) {
        let goes_on = match self.inside {
            Inside::Lines => false,
            Inside::Reported(parent) => line.is_blank() || line.indent() > parent,
            Inside::Block(block) => self.is_in_block(line, block),
            Inside::Open(open) => line.is_blank() || !self.is_outside(line, open),
        };
        if goes_on {
            self.go_on(line);
            return;
        }
        if let Inside::Open(open) = self.inside {
            self.unclosed(open, line);
        }
        self.is_painted = false;
        self.inside = self.fresh(line);
    }

    /// A further line of a text begun above.
    fn go_on(&mut self, line: Line<'_>) {
        if self.is_painted || matches!(self.inside, Inside::Reported(_)) {
            self.mask.blank(line.range(0..line.text.len()));
        }
        if let Inside::Open(open) = self.inside {
            self.inside = still_open(line.text, open);
        }
    }

    /// Whether a word is a key for sure, or that of a wording, which are not known here.
    fn is_key(&self, word: &str) -> bool {
        (self.known.is_key)(word) || word.contains('_')
    }

    /// Whether a line belongs to a text after `|`; that it does, and should be indented
    /// as the others are, is reported.
    fn is_in_block(&mut self, line: Line<'_>, mut block: Block) -> bool {
        let spaces = line.spaces();
        if line.is_blank() || block.is_told {
            return line.is_blank() || spaces > block.parent;
        }
        let is_indented = block.indent.map_or(spaces > block.parent, |own| spaces >= own);
        if is_indented {
            block.indent = block.indent.or(Some(spaces));
            block.is_low = false;
            self.inside = Inside::Block(block);
            return true;
        }
        if spaces < line.indent() {
            self.false_indents.push(line.range(0..line.indent()));
            self.mask.blank(line.range(0..line.text.len()));
            if let Some((key, _)) = split_key(line.text.trim_start()) {
                self.faults.hush_key(key);
            }
            return true;
        }
        if line.text[spaces..].starts_with('#') || !self.is_low_text(line, block) {
            return false;
        }
        if !block.is_low {
            self.low_text(line, block);
        }
        self.mask.blank(line.range(0..line.text.len()));
        block.is_low = true;
        self.inside = Inside::Block(block);
        true
    }

    /// Whether a line that is indented too little is a paragraph all the same.
    fn is_low_text(&self, line: Line<'_>, block: Block) -> bool {
        let indent = line.spaces();
        if indent > block.parent {
            return true;
        }
        let entry = &line.text[indent..];
        if block.key.is_none() || is_mark(line.text) || begins_otherwise(entry) {
            return false;
        }
        if dashes(entry) > 0 {
            return indent == block.parent;
        }
        let first = entry.split([' ', ':', '\u{a0}']).next().unwrap_or_default();
        if entry.starts_with('-') || self.is_key(first) {
            return false;
        }
        // `Trích yếu: …` is a key written as its title; `Về tiến độ: …` is a sentence.
        split_key(entry).is_none_or(|(key, _)| {
            key.contains(' ')
                && key.starts_with(char::is_uppercase)
                && !(self.known.is_key)(&fold(key).replace(' ', "_"))
        })
    }

    fn low_text(&mut self, line: Line<'_>, block: Block) {
        let key = block.key.map_or("", |(start, end)| &self.text[start..end]).to_owned();
        let hint = match block.indent {
            Some(_) => "thụt dòng này vào bằng các dòng trên".to_owned(),
            None => {
                format!("thụt dòng này vào sâu hơn `{key}` hai dấu cách, các dòng sau cũng vậy")
            }
        };
        self.report(
            "yaml-nhieu-dong",
            line.range(line.spaces()..line.text.trim_end().len()),
            match key.as_str() {
                "" => "dòng này thụt vào ít hơn các dòng trên của cùng một giá trị".to_owned(),
                key => format!("dòng này thuộc về `{}` mà thụt vào quá ít", shortened(key)),
            },
            hint,
        );
        self.faults.hush_key(&key);
    }

    /// Paints a whole line over, and all that belongs to it.
    fn paint(&mut self, line: Line<'_>, key: Option<&str>) {
        self.mask.blank(line.range(0..line.text.len()));
        self.is_painted = true;
        if let Some(key) = key {
            self.faults.hush_key(key);
        }
    }

    /// Whether a quote or bracket should have been closed before this line.
    fn is_outside(&mut self, line: Line<'_>, open: Open) -> bool {
        line.indent() <= open.parent
            && match open.what {
                Opened::Quotes(_) => self.is_structure(line),
                Opened::Brackets(depth) => !self.closes_soon(line, depth),
            }
    }

    /// Whether a line looks like a key or an item and not like text.
    fn is_structure(&self, line: Line<'_>) -> bool {
        let entry = line.text.trim_start();
        dashes(entry) > 0 || split_key(entry).is_some_and(|(key, _)| self.is_key(key))
    }

    /// YAML lets what stands in brackets begin anywhere, so only a bracket that stays
    /// open is a fault.
    fn closes_soon(&mut self, line: Line<'_>, depth: usize) -> bool {
        const LINES: usize = 50;
        // A file of nothing but brackets must not be read fifty times.
        const LOOKS: usize = 100;
        self.looks += 1;
        if self.looks > LOOKS {
            return false;
        }
        let lines = self.text[line.start..].lines().take(LINES);
        lines
            .scan(depth, |depth, line| {
                *depth = brackets(line, *depth);
                Some(*depth)
            })
            .any(|depth| depth == 0)
    }

    /// A line that begins something of its own.
    fn fresh(&mut self, line: Line<'_>) -> Inside {
        let indent = line.indent();
        let dashes = dashes(&line.text[indent..]);
        let column = indent + dashes;
        let entry = &line.text[column..];
        if line.is_blank() || entry.starts_with('#') || is_mark(line.text) {
            if let Some(above) = self.above.as_mut().filter(|_| line.is_blank()) {
                above.has_blank = above.text.is_some();
            }
            self.mask.blank(line.range(0..indent));
            return Inside::Lines;
        }
        // A text under a bare dash is indented by more than the dash.
        let parent = line.text[indent..column].rfind('-').map_or(column, |dash| indent + dash);
        let key = split_key(entry);
        if line.text[..indent].contains(is_false_space) {
            self.false_indents.push(line.range(0..indent));
            let word = entry.split_once(':').map(|(word, _)| word);
            self.paint(line, key.map(|(key, _)| key).or(word));
            return opens(&entry[key.map_or(0, |(_, at)| at)..], parent, line.start + column);
        }
        let under_text = self.is_under_text(indent);
        if dashes > 0 && under_text {
            return self.dash_under_text(line, indent);
        }
        if dashes == 0 && !under_text {
            if is_dash_without_space(entry) {
                return self.dash_without_space(line, indent);
            }
            if self.dash_columns.contains(&indent) && !self.key_columns.contains(&indent) {
                return self.no_dash(line, key, column);
            }
        }
        if (key.is_some() || dashes > 0)
            && !self.is_aligned(indent, &line.text[indent..column], key.map(|_| column))
        {
            return self.not_aligned(line, key.map(|(key, _)| key), column);
        }
        match key {
            Some((key, value_at)) if dashes == 0 && self.is_under_text(column) => {
                self.too_deep(line, key, column, column + value_at)
            }
            Some((key, value_at)) => self.value(line, Some(key), column, column + value_at),
            None if self.key_without_space(line, column, under_text) => match dashes {
                0 => Inside::Reported(column),
                _ => Inside::Lines,
            },
            None if dashes > 0 || entry.is_empty() => self.value(line, None, parent, column),
            None if under_text => self.next_line_of_text(line),
            None => {
                let is_beside = self.above.as_ref().is_some_and(|above| indent <= above.column);
                let is_first = self.above.is_none() && entry.contains(' ');
                if let Some(key) = self.key_without_colon(entry, is_beside || is_first) {
                    self.no_colon(line, column, key)
                } else if is_beside {
                    self.no_key(line, column)
                } else if begins_otherwise(entry) {
                    // What stands under a key need only be indented by more than the key.
                    let parent = self.above.as_ref().map_or(parent, |above| above.column);
                    opens(entry, parent, line.start + column)
                } else {
                    self.text_below(line, column)
                }
            }
        }
    }

    /// A line of text under a key that has no value yet.
    fn text_below(&mut self, line: Line<'_>, column: usize) -> Inside {
        let Some(above) = &mut self.above else { return Inside::Lines };
        let key = above.key.clone().map(|key| &self.text[key]);
        if key.is_some_and(|key| (self.known.is_list)(key)) {
            return self.no_dash(line, None, column);
        }
        above.text = Some(line.range(column..line.text.len()));
        above.is_plain = true;
        above.is_below = true;
        Inside::Lines
    }

    /// A further line of a text without marks. YAML joins the lines, and paragraphs with them.
    fn next_line_of_text(&mut self, line: Line<'_>) -> Inside {
        match self.above.clone().filter(|above| above.is_plain && above.has_blank) {
            Some(above) => self.no_bar(&above, line),
            None => Inside::Lines,
        }
    }

    /// Several paragraphs without `|`.
    fn no_bar(&mut self, above: &Above, line: Line<'_>) -> Inside {
        let (name, hint) = match above.key.clone() {
            Some(key) => {
                let key = &self.text[key];
                (
                    format!("`{key}` có nhiều đoạn"),
                    format!("viết `{key}: |`, rồi mọi đoạn ở các dòng dưới, thụt vào bằng nhau"),
                )
            }
            None => (
                "mục này có nhiều đoạn".to_owned(),
                "viết `- |`, rồi mọi đoạn ở các dòng dưới, thụt vào bằng nhau".to_owned(),
            ),
        };
        let at = above.key.clone().or_else(|| above.text.clone());
        let at = at.unwrap_or_else(|| line.range(line.indent()..line.text.len()));
        self.report("yaml-nhieu-dong", at, format!("{name} mà thiếu dấu `|`"), hint);
        self.give_up_text(above, line)
    }

    /// Paints a text over from its beginning, and what follows of it.
    fn give_up_text(&mut self, above: &Above, line: Line<'_>) -> Inside {
        let end = line.start + line.text.len();
        let start = above.text.as_ref().map_or(line.start, |text| text.start);
        match above.key.clone() {
            Some(key) => {
                self.faults.hush_key(&self.text[key]);
                self.mask.null(start..end);
            }
            None => {
                let first_line = above.text.clone().unwrap_or(start..end);
                self.mask.blank(start..end);
                self.mask.fill(first_line, b'_');
            }
        }
        Inside::Reported(above.column)
    }

    /// To YAML a dash under a text is part of the text; of an item `prose` tells it.
    fn dash_under_text(&mut self, line: Line<'_>, indent: usize) -> Inside {
        let above = self.above.clone().filter(|above| above.is_plain);
        let Some((above, key)) = above.and_then(|above| Some((above.clone(), above.key?))) else {
            return Inside::Lines;
        };
        let key = &self.text[key];
        let (message, hint) = if above.is_below {
            (
                format!("dưới `{key}` có dòng bắt đầu bằng `- `, có dòng không"),
                format!("danh sách thì mọi dòng bắt đầu bằng `- `; đoạn văn thì viết `{key}: |`"),
            )
        } else {
            (
                format!("`{key}` đã có giá trị, mà dòng dưới bắt đầu bằng `- `"),
                format!(
                    "danh sách thì đưa mọi mục xuống dòng dưới; đoạn văn thì viết `{key}: |`, mọi dòng ở dưới"
                ),
            )
        };
        let range = line.range(indent..line.text.trim_end().len());
        self.report("yaml-nhieu-dong", range, message, hint);
        self.give_up_text(&above, line)
    }

    /// `-Ủy ban nhân dân`.
    fn dash_without_space(&mut self, line: Line<'_>, indent: usize) -> Inside {
        let item = &line.text[indent + 1..];
        let first = item.chars().next().unwrap_or_default();
        let text = shortened(item.trim_start());
        if is_false_space(first) {
            let range = line.range(indent..indent + 1 + first.len_utf8());
            let message = format!("sau dấu gạch là {}, không phải dấu cách", name_of_space(first));
            self.report("yaml-sai", range, message, format!("xóa và gõ lại dấu cách: `- {text}`"));
        } else {
            let hint = format!("thêm dấu cách sau dấu gạch: `- {text}`");
            self.report(
                "yaml-sai",
                line.range(indent..indent + 1),
                "sau dấu gạch thiếu dấu cách",
                hint,
            );
        }
        let is_text = split_key(item.trim_start()).is_none();
        if is_text && self.is_aligned(indent, "-", None) {
            // A list item must stay an item.
            let range = line.range(indent + 1..line.text.len());
            self.mask.fill(range.clone(), b'_');
            self.mask.blank(range.start..range.start + first.len_utf8());
            self.above = Some(Above {
                column: indent,
                key: None,
                text: Some(range),
                is_plain: true,
                is_below: false,
                has_blank: false,
            });
            return Inside::Lines;
        }
        self.mask.blank(line.range(0..line.text.len()));
        self.hush_above();
        Inside::Reported(indent)
    }

    /// A line that stands where only dashes stand.
    fn no_dash(&mut self, line: Line<'_>, key: Option<(&str, usize)>, column: usize) -> Inside {
        let end = line.text.trim_end().len();
        match key.filter(|(key, _)| self.is_key(key) || is_word(key)) {
            Some((key, _)) => self.report(
                "yaml-sai",
                line.range(column..column + key.len()),
                format!("`{key}` đứng thẳng cột với dấu `- ` ở trên"),
                "mục mới thì thêm `- ` ở đầu dòng; thuộc mục ở trên thì thụt vào thẳng với các khóa của mục đó",
            ),
            None => self.report(
                "yaml-sai",
                line.range(column..end),
                "dòng này nằm trong danh sách mà thiếu dấu `- `",
                format!("thêm `- ` ở đầu dòng: `- {}`", shortened(&line.text[column..])),
            ),
        }
        self.paint(line, key.map(|(key, _)| key));
        self.hush_above();
        Inside::Reported(column)
    }

    /// What is missing under the key above is no news.
    fn hush_above(&mut self) {
        if let Some(key) = self.above.as_ref().and_then(|above| above.key.clone()) {
            self.faults.hush_key(&self.text[key]);
        }
    }

    /// The known key that a line without a colon begins with.
    fn key_without_colon<'b>(&self, entry: &'b str, is_beside: bool) -> Option<&'b str> {
        let (key, rest) = entry.split_once([' ', '\u{a0}']).unwrap_or((entry, ""));
        let rest = rest.trim();
        // Under a key without a value it may be the value: `so sánh …`, `bao_cao`.
        let is_value = |rest: &str| {
            !rest.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
                && !key.contains('_')
        };
        let is_entry = is_beside || (!rest.is_empty() && !is_value(rest));
        (is_entry && self.is_key(key)).then_some(key)
    }

    fn no_colon(&mut self, line: Line<'_>, column: usize, key: &str) -> Inside {
        let rest = line.text[column + key.len()..].trim();
        let hint = match rest {
            "" => format!("viết `{key}:`"),
            rest => format!("viết `{key}: {}`", shortened(rest)),
        };
        let range = line.range(column..column + key.len());
        self.report("yaml-hai-cham", range, format!("thiếu dấu hai chấm sau `{key}`"), hint);
        self.paint(line, Some(key));
        Inside::Reported(column)
    }

    /// Tabs and non-breaking spaces at the start of lines, told at the first of them.
    fn report_false_indents(&mut self) {
        let Some(first) = self.false_indents.first().cloned() else { return };
        let false_space = self.text[first.clone()].chars().find(|&c| is_false_space(c));
        let what = name_of_space(false_space.unwrap_or('\t'));
        let message = match self.false_indents.len() {
            1 => format!("dòng thụt vào bằng {what}"),
            lines => format!("dòng thụt vào bằng {what}; cả tệp có {lines} dòng như vậy"),
        };
        let hint = "xóa phần thụt đầu dòng và gõ lại dấu cách, mỗi cấp hai dấu cách";
        self.report("yaml-tab", first, message, hint);
    }

    /// The value of a key, or of a list item without one.
    fn value(
        &mut self,
        line: Line<'_>,
        key: Option<&str>,
        column: usize,
        value_at: usize,
    ) -> Inside {
        let value = &line.text[value_at..];
        let has_text = !value.is_empty() && !value.starts_with('#');
        self.above = Some(Above {
            column,
            key: key.map(|key| line.range(column..column + key.len())),
            text: has_text.then(|| line.range(value_at..line.text.len())),
            is_plain: has_text && !begins_otherwise(value),
            is_below: false,
            has_blank: false,
        });
        let header = value.trim_end();
        if matches!(header, "|" | ">" | "|-" | ">-")
            && value[header.len()..].contains(is_false_space)
        {
            let range = line.range(value_at + header.len()..line.text.len());
            let message = format!("sau dấu `{header}` có dấu cách không ngắt hoặc dấu cách lạ");
            self.report(
                "yaml-hai-cham",
                range.clone(),
                message,
                format!("xóa mọi thứ sau dấu `{header}`"),
            );
            self.mask.blank(range);
        }
        if let Some(sign) =
            value.chars().next().filter(|&sign| SIGNS.contains(&sign) || is_no_block(value))
        {
            self.report(
                "yaml-nang-cao",
                line.range(value_at..value_at + 1),
                format!("giá trị bắt đầu bằng dấu `{sign}`, trong YAML dấu này có nghĩa riêng"),
                format!("đặt cả giá trị trong dấu nháy kép: \"{}\"", shortened(value)),
            );
            self.give_up(line, key, value_at);
            return Inside::Lines;
        }
        if let (Some(at), Some(key)) = (second_colon(value), key) {
            let curly = value.starts_with(['“', '”', '‘']);
            let is_more = self.is_followed_by_more(line, column);
            let hint = if is_more {
                format!("viết `{key}: |`, rồi mọi dòng của giá trị ở dưới, thụt vào bằng nhau")
            } else if curly {
                let inner = value.trim().trim_matches(['“', '”', '‘', '’']);
                format!(
                    "thay dấu nháy cong bằng dấu nháy kép thẳng: {key}: \"{}\"",
                    shortened(inner)
                )
            } else {
                format!("đặt cả giá trị trong dấu nháy kép: {key}: \"{}\"", shortened(value))
            };
            self.report(
                "yaml-hai-cham",
                line.range(value_at + at..value_at + at + 1),
                format!(
                    "giá trị của `{}` có dấu hai chấm mà không đặt trong dấu nháy",
                    shortened(key)
                ),
                hint,
            );
            self.give_up(line, Some(key), value_at);
            return Inside::Reported(column);
        }
        match opens(value, column, line.start + value_at) {
            Inside::Block(block) => {
                let at = line.start + column;
                Inside::Block(Block { key: key.map(|key| (at, at + key.len())), ..block })
            }
            inside => inside,
        }
    }

    /// Whether the next line with something on it goes on with a value that began on this one.
    fn is_followed_by_more(&self, line: Line<'_>, column: usize) -> bool {
        let rest = &self.text[line.start + line.text.len()..];
        let next = rest.lines().take(5).find(|line| !line.trim().is_empty());
        next.is_some_and(|next| next.len() - next.trim_start().len() > column)
    }

    /// Paints a value over: a key is left without one, a list item keeps some text.
    fn give_up(&mut self, line: Line<'_>, key: Option<&str>, value_at: usize) {
        let range = line.range(value_at..line.text.len());
        match key {
            Some(key) => {
                self.faults.hush_key(key);
                self.mask.null(range);
            }
            None => self.mask.fill(range, b'_'),
        }
    }

    /// `ngay:16/8/2022`: to YAML this is no key but a text.
    fn key_without_space(&mut self, line: Line<'_>, column: usize, under_text: bool) -> bool {
        let entry = &line.text[column..];
        let Some((key, value)) = entry.split_once(':') else { return false };
        let false_space = value.chars().next().filter(|&c| is_false_space(c));
        let is_key = self.is_key(key) || (false_space.is_some() && is_word(key) && !under_text);
        if value.is_empty() || value.starts_with([' ', '/']) || !is_key {
            return false;
        }
        let written = format!("{key}: {}", shortened(value));
        let (message, hint) = match false_space {
            Some(c) => (
                format!("sau `{key}:` là {}, không phải dấu cách", name_of_space(c)),
                format!("xóa và gõ lại dấu cách: `{}`", written.trim_end()),
            ),
            None => (format!("sau `{key}:` thiếu dấu cách"), format!("viết `{written}`")),
        };
        let end = column + key.len() + 1 + false_space.map_or(0, char::len_utf8);
        self.report("yaml-hai-cham", line.range(column..end), message, hint);
        self.faults.hush_key(key);
        // A list item must stay an item.
        self.mask.blank(line.range(column..line.text.len()));
        true
    }

    /// Whether a line begins where a line above began, or deeper than all of them.
    fn is_aligned(&mut self, indent: usize, dashes: &str, key_column: Option<usize>) -> bool {
        let kept = self.columns.iter().take_while(|&&above| above <= indent).count();
        let nearest = self.columns[..kept].last();
        if kept < self.columns.len() && nearest.is_some_and(|&nearest| nearest < indent) {
            return false;
        }
        self.columns.truncate(kept);
        let dashes = dashes.match_indices('-').map(|(at, _)| indent + at);
        self.columns.push(indent);
        self.columns.extend(dashes.clone());
        self.columns.extend(key_column);
        self.columns.dedup();
        self.dash_columns.retain(|&above| above < indent);
        self.key_columns.retain(|&above| above <= indent);
        self.dash_columns.extend(dashes);
        self.key_columns.extend(key_column);
        self.key_columns.dedup();
        true
    }

    fn not_aligned(&mut self, line: Line<'_>, key: Option<&str>, column: usize) -> Inside {
        let end = key.map_or(line.text.trim_end().len(), |key| column + key.len());
        self.report(
            "yaml-sai",
            line.range(line.indent()..end),
            "dòng thụt vào không khớp với dòng nào ở trên",
            "các khóa cùng cấp, các mục cùng danh sách phải thụt vào bằng nhau",
        );
        self.paint(line, key);
        let value_at = split_key(&line.text[column..]).map_or(column, |(_, at)| column + at);
        opens(&line.text[value_at..], column, line.start + value_at)
    }

    fn is_under_text(&self, column: usize) -> bool {
        self.above.as_ref().is_some_and(|above| above.text.is_some() && column > above.column)
    }

    /// A key under a value: an uneven indent, or a colon in the second line of a text.
    fn too_deep(&mut self, line: Line<'_>, key: &str, column: usize, value_at: usize) -> Inside {
        let is_key = self.is_key(key) || is_word(key);
        let above = self.above.clone().filter(|above| above.is_plain);
        if let Some(item) = above.clone().filter(|above| is_key && above.key.is_none())
            && item.text.as_ref().is_some_and(|text| self.column_of(text.start) == column)
        {
            return self.key_after_text(&item, line, key, column, value_at);
        }
        if let Some(above) = above.filter(|above| above.is_below || (!is_key && above.has_blank)) {
            if !is_key {
                return self.no_bar(&above, line);
            }
            return self.key_after_text(&above, line, key, column, value_at);
        }
        if is_key {
            self.report(
                "yaml-sai",
                line.range(column..column + key.len()),
                format!("`{key}` thụt vào sâu hơn khóa ở trên, mà khóa đó đã có giá trị"),
                "các khóa cùng cấp phải thụt vào bằng nhau",
            );
        } else {
            let colon = column + line.text[column..value_at].rfind(':').unwrap_or_default();
            self.report(
                "yaml-hai-cham",
                line.range(colon..colon + 1),
                "giá trị viết nhiều dòng có dấu hai chấm mà không đặt trong dấu nháy",
                "viết dấu `|` sau tên khóa rồi xuống dòng, hoặc đặt cả giá trị trong dấu nháy kép",
            );
            if let Some(above) = self.above.clone().filter(|above| above.is_plain) {
                return self.give_up_text(&above, line);
            }
        }
        self.paint(line, Some(key));
        opens(&line.text[value_at..], column, line.start + value_at)
    }

    /// Keys below a line of text: that line is the one that is no key.
    fn key_after_text(
        &mut self,
        above: &Above,
        line: Line<'_>,
        key: &str,
        column: usize,
        value_at: usize,
    ) -> Inside {
        let text = above.text.clone().unwrap_or(line.start..line.start);
        let written = &self.text[text.clone()];
        let (first, rest) = written.split_once(' ').unwrap_or((written, ""));
        if self.is_key(first) || is_word(first) {
            let hint = format!("viết `{first}: {}`", shortened(rest));
            let range = text.start..text.start + first.len();
            let message = format!("thiếu dấu hai chấm sau `{first}`");
            self.report("yaml-hai-cham", range, message, hint);
            self.faults.hush_key(first);
        } else {
            self.no_entry(text.clone());
        }
        self.mask.blank(text.start..line.start);
        self.value(line, Some(key), column, value_at)
    }

    fn no_key(&mut self, line: Line<'_>, column: usize) -> Inside {
        self.no_entry(line.range(column..line.text.trim_end().len()));
        let first_word = line.text[column..].split([' ', '\u{a0}']).next().unwrap_or_default();
        self.faults.hush_key(&fold(first_word));
        self.mask.blank(line.range(0..line.text.len()));
        Inside::Lines
    }

    /// Where a place of the file stands in its line.
    fn column_of(&self, at: usize) -> usize {
        at - self.text[..at].rfind('\n').map_or(0, |newline| newline + 1)
    }

    fn no_entry(&mut self, range: Range<usize>) {
        self.report(
            "yaml-sai",
            range,
            "dòng này không có dạng `khóa: giá trị`",
            "thêm khóa và dấu hai chấm; nếu là phần tiếp theo của giá trị ở trên, thụt dòng vào sâu hơn",
        );
    }

    fn unclosed(&mut self, open: Open, line: Line<'_>) {
        let sign = self.text[open.at..].chars().next().unwrap_or_default();
        let (what, hint) = match open.what {
            Opened::Quotes(_) => ("dấu nháy", format!("thêm dấu nháy {sign} ở cuối giá trị")),
            Opened::Brackets(_) => ("ngoặc", "đóng ngoặc ở cuối giá trị".to_owned()),
        };
        let message = format!("{what} {sign} mở ở đây không có dấu đóng");
        self.report("yaml-sai", open.at..open.at + 1, message, hint);
        let line_start = self.text[..open.at].rfind('\n').map_or(0, |newline| newline + 1);
        if let Some((key, _)) =
            split_key(self.text[line_start..open.at].trim_start_matches([' ', '-']))
        {
            self.faults.hush_key(key);
        }
        self.faults.give_up(open.at..line.start);
        self.mask.null(open.at..line.start);
    }

    fn report(
        &mut self,
        code: &'static str,
        range: Range<usize>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        let at = At::Bytes { source: self.faults.source(), range };
        self.faults.add(Diagnostic::error(code, at, message).hint(hint));
    }
}

/// What stays open after a line within quotes or brackets.
fn still_open(text: &str, open: Open) -> Inside {
    let what = match open.what {
        Opened::Quotes(mark) if closes(text, mark).is_some() => return Inside::Lines,
        Opened::Quotes(_) => open.what,
        Opened::Brackets(depth) => match brackets(text, depth) {
            0 => return Inside::Lines,
            depth => Opened::Brackets(depth),
        },
    };
    Inside::Open(Open { what, ..open })
}

/// Counts brackets outside quotes.
fn brackets(text: &str, mut depth: usize) -> usize {
    let mut at = 0;
    let mut before = ',';
    while let Some(c) = text[at..].chars().next() {
        at += c.len_utf8();
        match c {
            '{' | '[' => depth += 1,
            '}' | ']' => depth = depth.saturating_sub(1),
            '#' if before == ' ' => break,
            '"' | '\'' if "{[,: ".contains(before) => {
                at += closes(&text[at..], c).unwrap_or(text.len() - at);
            }
            _ => {}
        }
        before = c;
    }
    depth
}

/// Where a quoted text ends: after its closing mark.
fn closes(text: &str, mark: char) -> Option<usize> {
    let mut escaped = false;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if escaped {
            escaped = false;
        } else if c == '\\' && mark == '"' {
            escaped = true;
        } else if c == mark {
            // Two of them stand for one.
            escaped = mark == '\'' && chars.peek().is_some_and(|&(_, next)| next == mark);
            if !escaped {
                return Some(at + 1);
            }
        }
    }
    None
}

/// Whether an entry begins with a mark of YAML, or with what it takes for one.
fn begins_otherwise(entry: &str) -> bool {
    entry.starts_with(['"', '\'', '{', '[', '|', '>', '&', '*', '!', '%', '@', '`', '#', '?'])
}

/// Whether a text could be a key: one word of small letters without marks.
fn is_word(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// `-Ủy ban`, but not `-5`.
fn is_dash_without_space(entry: &str) -> bool {
    let Some(item) = entry.strip_prefix('-') else { return false };
    item.starts_with(|c: char| c.is_alphabetic() || is_false_space(c) || "\"“".contains(c))
}

/// `---` and `...` part documents.
fn is_mark(line: &str) -> bool {
    let rest = line.strip_prefix("---").or_else(|| line.strip_prefix("..."));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
}

/// `> 5 tỷ` begins no block.
fn is_no_block(value: &str) -> bool {
    let Some(header) = value.strip_prefix(['|', '>']) else { return false };
    let header = without_comment(header).trim();
    !header.chars().all(|c| matches!(c, '+' | '-' | '1'..='9')) && !header.starts_with('#')
}

/// Length of the `- ` marks an entry begins with.
fn dashes(text: &str) -> usize {
    let mut at = 0;
    while let Some(rest) = text[at..].strip_prefix('-') {
        let blanks = rest.len() - rest.trim_start_matches(' ').len();
        if blanks == 0 && !rest.is_empty() {
            break;
        }
        at += 1 + blanks;
    }
    at
}

/// The key of an entry and where its value begins; nothing for flow style and texts.
fn split_key(entry: &str) -> Option<(&str, usize)> {
    if let Some(mark @ ('"' | '\'')) = entry.chars().next() {
        let end = 1 + closes(&entry[1..], mark)?;
        let value = entry[end..].trim_start().strip_prefix(':')?.trim_start_matches([' ', '\t']);
        return Some((&entry[..end], entry.len() - value.len()));
    }
    if entry.starts_with(['{', '[', '|', '>', '&', '*', '!', '%', '@', '`']) {
        return None;
    }
    let plain = without_comment(entry);
    let colon = plain.match_indices(':').map(|(at, _)| at).find(|at| {
        let after = &plain[at + 1..];
        after.is_empty() || after.starts_with([' ', '\t'])
    })?;
    let after = &entry[colon + 1..];
    let value_at = entry.len() - after.trim_start_matches([' ', '\t']).len();
    Some((entry[..colon].trim_end(), value_at))
}

/// A colon inside a plain value, where YAML allows none.
fn second_colon(value: &str) -> Option<usize> {
    if value.starts_with(['"', '\'', '{', '[', '|', '>', '&', '*', '!', '#', '%', '@', '`']) {
        return None;
    }
    let plain = without_comment(value);
    plain.match_indices(':').map(|(at, _)| at).find(|at| {
        let after = &plain[at + 1..];
        after.is_empty() || after.starts_with([' ', '\t'])
    })
}

fn without_comment(text: &str) -> &str {
    let end = text.find(" #").unwrap_or(text.len());
    text[..end].trim_end_matches([' ', '\t'])
}

/// What a value leaves open at the end of its line.
fn opens(value: &str, parent: usize, at: usize) -> Inside {
    let open = |what| Inside::Open(Open { what, parent, at });
    match value.chars().next() {
        Some('|' | '>') => Inside::Block(Block {
            parent,
            indent: None,
            is_told: without_comment(value).contains(|c: char| c.is_ascii_digit()),
            is_low: false,
            key: None,
        }),
        Some('{' | '[') => match brackets(value, 0) {
            0 => Inside::Lines,
            depth => open(Opened::Brackets(depth)),
        },
        Some(mark @ ('"' | '\'')) if closes(&value[1..], mark).is_none() => {
            open(Opened::Quotes(mark))
        }
        _ => Inside::Lines,
    }
}

/// A value as a hint repeats it.
pub fn shortened(value: &str) -> String {
    const SHOWN_CHARS: usize = 60;
    let value = value.trim();
    match value.char_indices().nth(SHOWN_CHARS) {
        Some((end, _)) => format!("{}…", &value[..end]),
        None => value.to_owned(),
    }
}
