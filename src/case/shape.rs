//! Whether a tree has the shape its schema asks for: keys known and single, text where
//! text belongs, lists where lists belong.

use super::ambiguous::{Meanings, meanings};
use super::appendix::GROUP;
use super::faults::{Faults, fact_and_step, guess, suggest};
use super::marked::{Entry, Node, Style, Value};
use super::prescan::shortened;
use super::prose;
use super::schema::{Part, Shape};
use super::text::Mask;
use crate::diag::{At, Diagnostic, Place, Route, SourceId, Sources};
use crate::model::Amount;
use crate::vi::text::{fold, look_alike};

/// Tells [`Sources`] where every key and value of a tree stands.
pub fn place(node: &Node, route: &Route, source: SourceId, sources: &mut Sources) {
    // What is missing from the whole case must not be shown at its first line.
    if !route.steps().is_empty() {
        sources.place_value(route.clone(), Place { source, range: node.range.clone() });
    }
    for entry in node.entries() {
        let route = route.key(&entry.key);
        // Of a key given twice the first counts.
        if node.get(&entry.key).is_some_and(|first| std::ptr::eq(first, &raw const entry.value)) {
            sources.place_key(route.clone(), Place { source, range: entry.key_range.clone() });
            place(&entry.value, &route, source, sources);
        }
    }
    for (index, item) in node.items().iter().enumerate() {
        place(item, &route.index(index), source, sources);
    }
}

/// The check of one file.
pub struct Check<'a> {
    pub text: &'a str,
    pub mask: &'a mut Mask,
    pub faults: &'a mut Faults,
}

impl Check<'_> {
    pub fn node(&mut self, node: &Node, part: Part<'_>, route: &Route) {
        if self.faults.has_given_up(node.range.start) {
            self.faults.hush(route.clone());
        }
        if node.is_null() {
            if let Shape::Scalar { prose: true } = part.shape() {
                prose::cut_off(node, self.text, route, self.faults);
            }
            return;
        }
        match (part.shape(), &node.value) {
            (Shape::Scalar { prose }, Value::Scalar { .. }) => {
                if !prose::is_clean(node, self.text, prose, route, self.faults) {
                    self.mask.null(node.range.clone());
                }
            }
            (Shape::List(part), Value::List { items, flow }) => {
                self.list(items, *flow, part, route)
            }
            (Shape::Record(part), Value::Map { entries, .. }) => self.record(entries, part, route),
            (Shape::Map(part), Value::Map { entries, .. }) => self.map(entries, part, route),
            (Shape::Free, Value::Map { .. }) => {}
            (shape, _) => self.wrong(node, shape, route),
        }
    }

    fn list(&mut self, items: &[Node], flow: bool, part: Part<'_>, route: &Route) {
        let prose = matches!(part.shape(), Shape::Scalar { prose: true });
        if flow && prose {
            in_square_brackets(items, route, self.faults);
        }
        for (index, item) in items.iter().enumerate() {
            self.node(item, part, &route.index(index));
        }
    }

    fn record(&mut self, entries: &[Entry], part: Part<'_>, route: &Route) {
        let keys = part.keys();
        for (position, entry) in entries.iter().enumerate() {
            if self.is_left_over(entries, position, &keys, route) {
                continue;
            }
            match part.field(&entry.key) {
                Some(field) => {
                    self.node(&entry.value, field, &route.key(&entry.key));
                    if !part.requires(&entry.key) && is_blank_record(&entry.value) {
                        self.mask.null(entry.value.range.clone());
                    }
                }
                None if self.belongs_inside(entry, part, route) => {}
                None => unknown_key(entry, &keys, route, self.faults),
            }
        }
    }

    /// Reports a key that stands beside the key it belongs under: its line was not indented.
    fn belongs_inside(&mut self, entry: &Entry, part: Part<'_>, route: &Route) -> bool {
        let holds = |field: Part<'_>| match field.shape() {
            Shape::Record(record) => record.keys().contains(&entry.key.as_str()),
            Shape::Scalar { .. } | Shape::List(_) | Shape::Map(_) | Shape::Free => false,
        };
        let Some((owner, _)) = part.fields().into_iter().find(|(_, field)| holds(*field)) else {
            return false;
        };
        let at = At::Bytes { source: self.faults.source(), range: entry.key_range.clone() };
        self.faults.add(
            Diagnostic::error("khoa-la", at, format!("không có khóa `{}` ở đây", entry.key)).hint(
                format!(
                    "nếu là khóa con của `{owner}`, đặt dưới `{owner}:` và thụt vào hai dấu cách"
                ),
            ),
        );
        self.faults.hush(route.key(owner).key(&entry.key));
        true
    }

    fn map(&mut self, entries: &[Entry], part: Part<'_>, route: &Route) {
        for (position, entry) in entries.iter().enumerate() {
            if !self.is_left_over(entries, position, &[], route) {
                self.node(&entry.value, part, &route.key(&entry.key));
            }
        }
    }

    /// Reports an entry that is no entry of its own, and takes it away.
    fn is_left_over(
        &mut self,
        entries: &[Entry],
        position: usize,
        known: &[&str],
        route: &Route,
    ) -> bool {
        let is_left_over = is_left_over(entries, position, known, route, self.text, self.faults);
        if is_left_over {
            let range = entry_range(&entries[position], self.text);
            // Between curly brackets a comma would be left over.
            let comma = self.text[range.end..].trim_start().starts_with(',');
            let after = self.text[range.end..].find(',').filter(|_| comma).map_or(0, |at| at + 1);
            self.mask.blank(range.start..range.end + after);
        }
        is_left_over
    }

    fn wrong(&mut self, node: &Node, shape: Shape<'_>, route: &Route) {
        let found = match node.entries() {
            // `- Lưu: VT` looks like a key with its value.
            [only] if is_archive_line(route, &only.key) => archive_line(route, self.faults),
            _ => wrong_shape(node, wanted(shape), self.text, route),
        };
        self.faults.add(found);
        self.mask.null(node.range.clone());
    }
}

/// Texts without quotes in square brackets: a comma would cut one in two, and nobody would see it.
pub fn in_square_brackets(items: &[Node], route: &Route, faults: &mut Faults) {
    if items.iter().any(is_plain) {
        let message =
            "danh sách chữ viết trong ngoặc vuông: dấu phẩy trong một tên sẽ tách tên đó làm hai";
        faults.add(
            Diagnostic::error("sai-kieu", route.clone(), message)
                .hint("viết mỗi mục một dòng, bắt đầu bằng `- `, không dùng ngoặc vuông"),
        );
    }
}

fn is_plain(node: &Node) -> bool {
    matches!(node.value, Value::Scalar { style: Style::Plain, .. })
}

/// Keys with nothing after them: as good as not written.
pub fn is_blank_record(node: &Node) -> bool {
    let is_blank = |node: &Node| match &node.value {
        Value::Scalar { text, .. } => node.is_null() || text.trim().is_empty(),
        Value::Map { .. } => is_blank_record(node),
        Value::List { .. } => false,
    };
    matches!(&node.value, Value::Map { entries, .. } if entries.iter().all(|entry| is_blank(&entry.value)))
}

/// Reports an entry that cannot be read as one: without a colon, or with a key that was there before.
pub fn is_left_over(
    entries: &[Entry],
    position: usize,
    known: &[&str],
    route: &Route,
    text: &str,
    faults: &mut Faults,
) -> bool {
    if entries[position].bare {
        bare_entry(entries, position, known, route, text, faults);
        return true;
    }
    repeated_key(entries, position, route, text, faults)
}

/// `{ho_so: 1,234}`, `{don_vi Văn phòng, …}`: a comma cut a value in two, or a colon was forgotten.
fn bare_entry(
    entries: &[Entry],
    position: usize,
    known: &[&str],
    route: &Route,
    text: &str,
    faults: &mut Faults,
) {
    if faults.is_full() {
        return;
    }
    let entry = &entries[position];
    let source = faults.source();
    let add = |range, code, message: String, hint: String, faults: &mut Faults| {
        faults.add(Diagnostic::error(code, At::Bytes { source, range }, message).hint(hint));
    };
    // What the row says of it now has been reported.
    faults.hush(route.key(&entry.key));
    if let Some((key, value)) =
        entry.key.split_once(':').filter(|(key, _)| is_known(key, known, text))
    {
        faults.hush(route.key(key));
        let message = format!("sau `{key}:` thiếu dấu cách");
        let hint = format!("viết `{key}: {}`", value.trim());
        return add(entry.key_range.clone(), "yaml-hai-cham", message, hint, faults);
    }
    if let Some((key, rest)) = forgotten_colon(entry, known, text) {
        faults.hush(route.key(key));
        let message = format!("thiếu dấu hai chấm sau `{key}`");
        let hint = format!("viết `{key}: {}`", if rest.is_empty() { "…" } else { rest });
        return add(entry.key_range.clone(), "yaml-hai-cham", message, hint, faults);
    }
    let is_part = |entry: &&Entry| entry.bare && forgotten_colon(entry, known, text).is_none();
    let before = entries[..position].iter().rev().take_while(is_part).count();
    if before > 0 {
        // The first part has told of the others.
        return;
    }
    let last = entries[position..].iter().take_while(is_part).last().unwrap_or(entry);
    let part = shortened(&text[entry.key_range.start..last.key_range.end]);
    let cut = position.checked_sub(1).map(|before| &entries[before]).filter(|cut| is_cut(cut));
    let Some(cut) = cut else {
        // What of the record it was meant for nobody knows.
        faults.hush(route.clone());
        let message = format!("“{part}” trong ngoặc nhọn không có dấu hai chấm");
        let hint = "mỗi mục trong ngoặc nhọn viết `khóa: giá trị`; giá trị có dấu phẩy thì đặt trong dấu nháy kép";
        return add(
            entry.key_range.start..last.key_range.end,
            "yaml-hai-cham",
            message,
            hint.to_owned(),
            faults,
        );
    };
    let whole = &text[cut.value.range.start..last.key_range.end];
    let whole = crate::vi::text::one_line(whole);
    let message = format!("trong ngoặc nhọn, dấu phẩy cắt “{part}” khỏi giá trị đứng trước");
    let hint = rejoined(&cut.key, &whole, &part);
    faults.hush(route.key(&cut.key));
    add(entry.key_range.start..last.key_range.end, "phay-trong-ngoac", message, hint, faults);
}

/// How to write a value that was cut; a figure in English notation may be meant.
fn rejoined(key: &str, whole: &str, part: &str) -> String {
    let quoted = format!("đặt giá trị trong dấu nháy kép: `{key}: \"{whole}\"`");
    if whole.contains(|c: char| !c.is_ascii_digit() && c != ',' && c != '.') {
        return format!("{quoted}; nếu “{part}” là mục riêng thì còn thiếu dấu hai chấm");
    }
    if let Some(Meanings { thousands: (number, words), .. }) = meanings(whole) {
        return format!("nếu là {words}, viết `{key}: {number}`; nếu không, {quoted}");
    }
    // What would be refused in quotes too is told how to be written at once.
    let refused = whole.parse::<Amount>().err();
    match refused.and_then(|error| fact_and_step(&error.to_string()).1) {
        Some(step) => format!("{step}; số có dấu phẩy thì đặt trong dấu nháy kép"),
        None => quoted,
    }
}

/// Whether a comma may have cut this value: it is written without quotes and brackets.
fn is_cut(entry: &Entry) -> bool {
    matches!(&entry.value.value, Value::Scalar { style: Style::Plain, text } if !text.is_empty() && !text.contains('"'))
}

/// The key and the value of `don_vi Văn phòng`, when its first word is a key here.
fn forgotten_colon<'a>(entry: &'a Entry, known: &[&str], text: &str) -> Option<(&'a str, &'a str)> {
    let (first, rest) = entry.key.split_once([' ', '\u{a0}']).unwrap_or((&entry.key, ""));
    is_known(first, known, text).then(|| (first, rest.trim()))
}

fn is_known(key: &str, known: &[&str], text: &str) -> bool {
    match known {
        [] => is_column(key, text),
        known => known.contains(&key),
    }
}

/// Whether a word is declared as the key of a column. What keys a row may have is not
/// known before the columns are read.
fn is_column(word: &str, text: &str) -> bool {
    !word.is_empty()
        && (word == GROUP
            || text.match_indices(word).any(|(at, _)| {
                text[..at].ends_with("khoa: ")
                    && text[at + word.len()..].starts_with([',', '}', '\n', ' '])
            }))
}

/// Reports a key that stands a second time in one map.
fn repeated_key(
    entries: &[Entry],
    position: usize,
    route: &Route,
    text: &str,
    faults: &mut Faults,
) -> bool {
    let entry = &entries[position];
    let mut earlier = entries[..position].iter().filter(|earlier| !earlier.bare);
    let Some(first) = earlier.find(|earlier| earlier.key == entry.key) else {
        return false;
    };
    let line_of = |entry: &Entry| text[..entry.key_range.start].matches('\n').count() + 1;
    let line = line_of(first);
    let place = if line == line_of(entry) {
        "ngay trên dòng này".to_owned()
    } else {
        format!("ở dòng {line}")
    };
    let at = At::Bytes { source: faults.source(), range: entry.key_range.clone() };
    faults.add(
        Diagnostic::error("khoa-trung", at, format!("khóa `{}` đã có {place}", entry.key))
            .hint("giữ một chỗ, xóa chỗ kia"),
    );
    faults.hush(route.key(&entry.key));
    true
}

/// A whole entry, its colon too.
fn entry_range(entry: &Entry, text: &str) -> std::ops::Range<usize> {
    if entry.bare {
        return entry.key_range.clone();
    }
    let start = entry.key_range.start;
    let colon = text[entry.key_range.end..].find(':').map_or(0, |at| entry.key_range.end + at + 1);
    start..entry.value.range.end.max(colon)
}

/// Reports a key that is not among those known, with a guess.
pub fn unknown_key(entry: &Entry, known: &[&str], route: &Route, faults: &mut Faults) {
    let key = &entry.key;
    let guessed = guess(key, known.iter().copied());
    if let Some(meant) = guessed {
        faults.hush(route.key(meant));
    }
    // A hidden character within the key is told already, and is why the key is unknown.
    if faults.speak_within(&entry.key_range) {
        return;
    }
    let at = At::Bytes { source: faults.source(), range: entry.key_range.clone() };
    let false_letter = key.chars().find_map(|c| Some((c, look_alike(c)?)));
    let found = if key == "<<" {
        Diagnostic::error("yaml-nang-cao", at, "hồ sơ không dùng khóa trộn `<<`")
            .hint("ghi từng khóa ra")
    } else if key.contains(['“', '”', '‘', '’']) {
        Diagnostic::error("nhay-cong", at, format!("khóa {key} nằm trong dấu nháy cong")).hint(
            match guessed {
                Some(meant) => format!("bỏ dấu nháy cong, viết `{meant}`"),
                None => "bỏ dấu nháy cong".to_owned(),
            },
        )
    } else if let (Some((c, letter)), Some(meant)) = (false_letter, guessed) {
        Diagnostic::error("khoa-la", at, format!("không có khóa `{}` ở đây", shortened(key))).hint(
            format!(
                "chữ “{c}” (U+{:04X}) chỉ trông giống “{letter}”; gõ lại `{meant}`",
                u32::from(c)
            ),
        )
    } else {
        Diagnostic::error("khoa-la", at, format!("không có khóa `{}` ở đây", shortened(key))).hint(
            only_of_an_appendix(key, route).unwrap_or_else(|| suggest(key, known.iter().copied())),
        )
    };
    faults.add(found);
}

/// What is said of a key that a table of an appendix has, and one of the document has not.
fn only_of_an_appendix(key: &str, route: &Route) -> Option<String> {
    let of_appendix = matches!(key, "kho_giay" | "chia_tap" | "doan")
        && route.parent() == Some(Route::root().key("bang"));
    of_appendix
        .then(|| format!("bảng trong bài không có khóa này; bảng cần `{key}` thì đặt ở `phu_luc`"))
}

/// Whether a recipient is the archive line.
pub fn is_archive_line(route: &Route, recipient: &str) -> bool {
    let word = recipient.split([' ', ':']).next().unwrap_or_default();
    route.parent() == Some(Route::root().key("noi_nhan")) && fold(word) == "luu"
}

/// The finding for it; that `luu` itself is missing is then no news.
pub fn archive_line(route: &Route, faults: &mut Faults) -> Diagnostic {
    faults.hush(Route::root().key("luu"));
    Diagnostic::error("sai-kieu", route.clone(), "dòng Lưu viết trong `noi_nhan`")
        .hint("xóa dòng này, ghi ở khóa `luu`, ví dụ `luu: {noi_luu: VT, nguoi_soan: KSTT}`")
}

/// What a shape is called.
fn wanted(shape: Shape<'_>) -> Wanted<'_> {
    let first = |record: Part<'_>| record.keys().first().copied();
    match shape {
        Shape::Scalar { .. } => Wanted::Text,
        Shape::List(items) => match items.shape() {
            Shape::Record(record) => Wanted::List(first(record)),
            Shape::Scalar { .. } | Shape::List(_) | Shape::Map(_) | Shape::Free => {
                Wanted::List(None)
            }
        },
        Shape::Record(record) => Wanted::Record(first(record)),
        Shape::Map(_) | Shape::Free => Wanted::Record(None),
    }
}

/// What should stand somewhere; of records, the first key that a clerk would write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted<'a> {
    Text,
    List(Option<&'a str>),
    Record(Option<&'a str>),
}

/// The finding for a value of another shape, with how to write it.
pub fn wrong_shape(node: &Node, wanted: Wanted<'_>, text: &str, route: &Route) -> Diagnostic {
    let key = route.to_string();
    let found = match &node.value {
        Value::Scalar { .. } => "một giá trị",
        Value::List { .. } => "một danh sách",
        Value::Map { .. } => "các khóa con",
    };
    let needed = match wanted {
        Wanted::Text => "một giá trị",
        Wanted::List(_) => "một danh sách",
        Wanted::Record(_) => "các khóa con",
    };
    let hint = match (wanted, &node.value) {
        (Wanted::Text, Value::Map { entries, flow: false }) if is_sentence(entries) => {
            let line = text[node.range.clone()].lines().next().unwrap_or_default();
            let line = line.trim().trim_matches(['“', '”', '‘', '’']);
            format!(
                "dấu hai chấm làm YAML hiểu thành khóa; đặt cả dòng trong dấu nháy kép: \"{}\"",
                shortened(line)
            )
        }
        (Wanted::Text, Value::List { .. } | Value::Map { .. }) => {
            "viết giá trị ngay sau dấu hai chấm, trên cùng một dòng".to_owned()
        }
        (Wanted::List(Some(first)), Value::Scalar { .. }) => {
            format!("xuống dòng, thụt vào, viết mỗi mục bắt đầu bằng `- {first}: …`")
        }
        (Wanted::List(None), Value::Scalar { text, .. }) => {
            format!("xuống dòng, thụt vào, viết `- {}`", shortened(first_line(text)))
        }
        (Wanted::List(_), Value::Map { .. }) => "viết mỗi mục bắt đầu bằng `- `".to_owned(),
        (Wanted::Record(_), Value::Scalar { .. }) if key.is_empty() => {
            "viết mỗi dòng một `khóa: giá trị`".to_owned()
        }
        (Wanted::Record(Some(first)), Value::Scalar { .. }) => {
            format!("xuống dòng, thụt vào, viết mỗi dòng một khóa, ví dụ `{first}: …`")
        }
        (Wanted::Record(None), Value::Scalar { .. }) => {
            "viết từng `khóa: giá trị`, mỗi khóa một dòng hoặc trong ngoặc nhọn".to_owned()
        }
        (Wanted::Record(_), Value::List { .. }) => "bỏ dấu `- ` ở đầu các khóa".to_owned(),
        (Wanted::Text, Value::Scalar { .. })
        | (Wanted::List(_), Value::List { .. })
        | (Wanted::Record(_), Value::Map { .. }) => String::new(),
    };
    let place = if key.is_empty() { "tệp này".to_owned() } else { format!("`{key}`") };
    Diagnostic::error("sai-kieu", route.clone(), format!("{place} cần {needed}, ở đây là {found}"))
        .hint(hint)
}

/// One “key” of several words or capitals: a sentence with a colon in it.
fn is_sentence(entries: &[Entry]) -> bool {
    matches!(entries, [only] if only.key.contains([' ', '“']) || only.key.chars().any(char::is_uppercase))
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}
