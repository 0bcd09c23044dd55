//! Tera's errors in Vietnamese, at the clerk's own line.

use std::ops::Range;

use tera::{Error, ErrorKind, ReportError};

use super::fault::{self, Fault, guess_or_list};
use super::filters::Complaint;
use super::lex::{Piece, Tag};
use super::scan::Scan;

/// The way from a place in what Tera was given to the file.
pub trait Places {
    /// Bytes of the file, from bytes of the instrumented text.
    fn original(&self, file: &str, range: &Range<usize>) -> Range<usize>;
    /// Byte of the instrumented text at a line and a column (in characters), both from 1.
    fn byte(&self, file: &str, line: usize, column: usize) -> usize;
    /// The whole name that is read at a byte of the file, and its bytes.
    fn name_at(&self, file: &str, at: usize) -> Option<(Range<usize>, &str)>;
}

/// The syntax errors of a file's own text from a byte on, as Tera's parser sees them.
///
/// The instrumented text would give the same errors in terms of what was put in. Tera
/// stops at its first error, so that when there is one, or when the scan has found
/// faults, each tag is given to it alone.
pub fn syntax(file: &str, text: &str, from: usize, scan: &Scan) -> Vec<Fault> {
    let whole = match (scan.faults.is_empty(), first_error(&text[from..])) {
        (true, None) => return vec![],
        (true, whole) => whole,
        (false, _) => None,
    };
    let is_told =
        |tag: &Tag| tag.broken || scan.faults.iter().any(|fault| touches(&tag.range, &fault.range));
    let tags = scan.pieces.iter().filter_map(|piece| match piece {
        Piece::Print(tag) | Piece::Tag(tag) => Some(tag).filter(|tag| !is_told(tag)),
        Piece::Text(_) | Piece::Comment(_) | Piece::Raw(_) => None,
    });
    let mut faults: Vec<Fault> = tags.filter_map(|tag| tag_syntax(file, text, tag)).collect();
    if let (true, Some((mut range, told))) = (faults.is_empty(), whole) {
        // Of text that begins with a line feed the words are meant.
        let marked = &text[from + range.start..from + range.end];
        range.start += marked.len() - marked.trim_start().len();
        faults.push(fault_of(file, from + range.start..from + range.end, told));
    }
    faults
}

fn touches(tag: &Range<usize>, fault: &Range<usize>) -> bool {
    fault.start < tag.end && tag.start < fault.end
}

fn fault_of(file: &str, range: Range<usize>, (code, message, hint): Told) -> Fault {
    Fault { hint, ..Fault::new(code, file, range, message) }
}

fn first_error(text: &str) -> Option<(Range<usize>, Told)> {
    let mut tera = tera::Tera::default();
    // Tera copies the whole line for each filter that it does not know.
    super::filters::register(&mut tera);
    let error = tera.add_raw_template("mau", text).err()?;
    let ErrorKind::SyntaxError(report) = error.kind() else { return None };
    Some((report.span().range.clone(), vietnamese(report.message())))
}

/// What is wrong with one tag, whatever stands around it.
fn tag_syntax(file: &str, text: &str, tag: &Tag) -> Option<Fault> {
    let (before, after) = match tag.word(text, 0) {
        "if" => ("", "{% endif %}"),
        "elif" | "else" => ("{% if 1 %}", "{% endif %}"),
        "endif" => ("{% if 1 %}", ""),
        "for" => ("", "{% endfor %}"),
        "endfor" => ("{% for x in y %}", ""),
        "block" => ("", "{% endblock %}"),
        // What is forbidden anyway, and ends whose block is told.
        "endblock" | "endcomponent" | "endset" | "endfilter" => return None,
        "<" if text[tag.range.clone()].starts_with("{%") => return None,
        "component" => ("", "{% endcomponent %}"),
        "break" | "continue" => ("{% for x in y %}", "{% endfor %}"),
        _ => ("", ""),
    };
    // `super()` is an error outside a block.
    let (before, after) = match (before, after) {
        ("", "") => ("{% block x %}", "{% endblock %}"),
        wrapped => wrapped,
    };
    let is_link = matches!(tag.word(text, 0), "include" | "extends");
    let (before, after) = if is_link { ("", "") } else { (before, after) };
    let (range, told) = first_error(&format!("{before}{}{after}", &text[tag.range.clone()]))?;
    let place = |at: usize| (tag.range.start + at.saturating_sub(before.len())).min(tag.range.end);
    Some(fault_of(file, place(range.start)..place(range.end), told))
}

/// The faults that an error stands for. `file` is the template that was asked for, in
/// case the error names none.
pub fn faults(error: &Error, file: &str, places: &impl Places) -> Vec<Fault> {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            vec![reported(report, file, places)]
        }
        ErrorKind::Msg(text) => {
            let found = listed(text, places).into_iter().chain(doubled(text)).collect::<Vec<_>>();
            if found.is_empty() { vec![plain(text, file)] } else { found }
        }
        ErrorKind::Io(_) => vec![
            Fault::new(fault::TOO_LARGE, file, 0..0, "văn bản sinh ra vượt 4 MiB")
                .hint("xem lại các vòng lặp của lời văn"),
        ],
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => {
            vec![Fault::new(fault::CIRCLE, tpl, 0..0, "các tệp lời văn gọi nhau thành vòng")]
        }
        ErrorKind::MissingParent { current, parent } => {
            vec![Fault::new(fault::UNKNOWN_FILE, current, 0..0, format!("không có tệp {parent}"))]
        }
        other => vec![plain(&other.to_string(), file)],
    }
}

fn plain(text: &str, file: &str) -> Fault {
    let (code, message, hint) = vietnamese(text.lines().next().unwrap_or_default());
    fault_of(file, 0..0, (code, message, hint))
}

fn reported(report: &ReportError, file: &str, places: &impl Places) -> Fault {
    let file = if report.filename().is_empty() { file } else { report.filename() };
    let mut range = places.original(file, &report.span().range);
    let (code, mut message, hint) = vietnamese(report.message());
    if report.message().contains("is not defined")
        && let Some((whole, name)) = places.name_at(file, range.start)
    {
        range = whole;
        message = format!("`{name}` không có trong hồ sơ");
    }
    fault_of(file, range, (code, message, hint))
}

/// Tera reports unknown filters, functions and files as one text: `error: … --> file:1:2`.
fn listed(text: &str, places: &impl Places) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut message = "";
    for line in text.lines() {
        if let Some(said) = line.strip_prefix("error: ") {
            message = said;
        } else if let Some(place) = line.trim_start().strip_prefix("--> ") {
            let mut parts = place.rsplitn(3, ':');
            let column = parts.next().and_then(|part| part.parse().ok());
            let row = parts.next().and_then(|part| part.parse().ok());
            if let (Some(column), Some(row), Some(file)) = (column, row, parts.next()) {
                let at = places.byte(file, row, column);
                let range = places.original(file, &(at..at + 1));
                let (code, message, hint) = vietnamese(message);
                faults.push(fault_of(file, range, (code, message, hint)));
            }
        }
    }
    faults
}

/// Two files that define one component: the later one is blamed.
fn doubled(text: &str) -> Option<Fault> {
    let (component, files) = text.split_once(" is defined in both ")?;
    let file = files.rsplit('`').nth(1)?;
    let name = between(component, "`", "`")?;
    let message = format!("thành phần `{name}` đã có ở một tệp khác");
    Some(Fault::new(fault::SYNTAX, file, 0..0, message).hint("đặt tên khác"))
}

type Told = (&'static str, String, Option<String>);

/// What a message of Tera's says.
fn vietnamese(message: &str) -> Told {
    if let Some((code, message, hint)) = Complaint::read(message) {
        return (code, message.to_owned(), Some(hint.to_owned()));
    }
    undefined(message)
        .or_else(|| expected(message))
        .or_else(|| unknown(message))
        .or_else(|| known_sentence(message))
        .unwrap_or_else(|| (fault::OTHER, format!("lỗi của Tera: {message}"), None))
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(before)?;
    rest.split_once(after).map(|(inside, _)| inside)
}

fn undefined(message: &str) -> Option<Told> {
    if !message.contains("is not defined") {
        return None;
    }
    let name = between(message, "`", "`")?;
    let known = message
        .split_once("Available variables: ")
        .or_else(|| message.split_once("Available fields: "))
        .map(|(_, list)| list)
        .unwrap_or_default();
    let known = known.split(", ").filter(|name| !name.is_empty());
    let hint = guess_or_list(name, known, "ở đây có");
    Some((fault::UNKNOWN_NAME, format!("`{name}` không có trong hồ sơ"), hint))
}

fn expected(message: &str) -> Option<Told> {
    let rest = message.strip_prefix("Found ")?;
    let (found, wanted) =
        rest.split_once(" but expected ").or_else(|| rest.split_once(" but was expecting "))?;
    let message =
        format!("gặp {}, đáng lẽ là {}", token(found), token(wanted.trim_end_matches('.')));
    Some((
        fault::SYNTAX,
        message,
        Some("xem lại dấu ngoặc, dấu phẩy và dấu đóng của thẻ".to_owned()),
    ))
}

/// Names of Tera's tokens.
fn token(text: &str) -> String {
    if text.starts_with("one of:") {
        return "một tên, một số hoặc chuỗi chữ".to_owned();
    }
    text.replace("identifier", "một tên")
        .replace("string", "chuỗi chữ")
        .replace("integer", "số nguyên")
        .replace("float", "số lẻ")
        .replace("content", "chữ thường")
        .replace(" or ", " hoặc ")
}

fn unknown(message: &str) -> Option<Told> {
    let what = message.strip_prefix("Unknown ")?;
    let name = between(message, "`", "`").unwrap_or_default();
    let (kind, _) = what.split_once(' ').unwrap_or((what, ""));
    Some(match kind {
        "filter" => (fault::UNKNOWN_FILTER, format!("không có bộ lọc `{name}`"), None),
        "function" => (fault::UNKNOWN_FUNCTION, format!("không có hàm `{name}`"), None),
        "template" => (fault::UNKNOWN_FILE, format!("không có tệp {name}"), None),
        "test" => (
            fault::SYNTAX,
            format!("không có phép thử `is {name}`"),
            Some("dùng `is defined`".to_owned()),
        ),
        "component" => (fault::UNKNOWN_NAME, format!("không có thành phần `{name}`"), None),
        _ => (fault::UNKNOWN_TAG, "không có thẻ này".to_owned(), None),
    })
}

/// Sentences of Tera's that a clerk can meet, by how they begin.
const SENTENCES: &[(&str, &str, &str)] = &[
    ("Unexpected end of input", fault::SYNTAX, "mẫu kết thúc giữa chừng một thẻ"),
    (
        "Math operations",
        fault::KIND,
        "phép tính chỉ làm với số đếm; tiền và tỷ lệ tính bằng bộ lọc",
    ),
    ("`+` requires", fault::KIND, "phép `+` chỉ làm với số đếm; tiền được cộng trong phụ lục"),
    ("Cannot compare", fault::KIND, "hai giá trị khác loại, không so sánh được"),
    ("Iteration not possible", fault::KIND, "chỉ lặp được trên danh sách"),
    ("Key/value iteration", fault::KIND, "`for khoa, gia_tri in …` chỉ lặp trên bản ghi"),
    ("Keyword argument", fault::ARGUMENT, "một tham số viết hai lần"),
    (
        "Found invalid field of `loop`",
        fault::UNKNOWN_NAME,
        "`loop` chỉ có index, index0, first, last, length",
    ),
    ("`extends` needs", fault::SYNTAX, "`extends` phải là thẻ đầu tiên của tệp"),
    ("Template is already extending", fault::SYNTAX, "một tệp chỉ `extends` một tệp khác"),
    ("This content would be ignored", fault::SYNTAX, "tệp có `extends` chỉ viết chữ trong `block`"),
    (
        "Template already contains a block",
        fault::SYNTAX,
        "hai khối `block` trùng tên trong một tệp",
    ),
    (
        "Template already contains a component",
        fault::SYNTAX,
        "hai thành phần trùng tên trong một tệp",
    ),
    ("Block `", fault::UNKNOWN_NAME, "tệp được `extends` không có khối `block` này"),
    ("Blocks cannot be written", fault::SYNTAX, "`block` không đặt được ở đây"),
    ("Tried to use super()", fault::SYNTAX, "`super()` không có khối nào ở tệp trên để gọi"),
    ("super() called", fault::SYNTAX, "`super()` chỉ dùng trong `block`"),
    ("The expression is too complex", fault::SYNTAX, "biểu thức này quá dài"),
    ("The template nesting is too deep", fault::NESTING, "các khối lồng nhau quá sâu"),
    ("Maximum render recursion", fault::NESTING, "thành phần tự gọi mình quá sâu"),
    ("Field `", fault::UNKNOWN_NAME, "trường này không có"),
    ("Invalid type for the value", fault::KIND, "giá trị không thuộc loại mà chỗ này cần"),
    ("Missing keyword argument", fault::ARGUMENT, "thiếu một tham số"),
    ("Invalid Integer", fault::SYNTAX, "số viết trong lời văn quá lớn"),
    ("Invalid integer", fault::SYNTAX, "số viết trong lời văn quá lớn"),
    ("Cannot divide by 0", fault::KIND, "phép chia cho 0"),
    ("Unable to perform", fault::KIND, "phép tính này vượt quá số lớn nhất tính được"),
    ("Slicing step cannot be 0", fault::SYNTAX, "bước của phép cắt danh sách không thể là 0"),
    ("Identifiers can only have", fault::SYNTAX, "ngoặc vuông lồng nhau quá 4 tầng"),
    ("`-` and `not` cannot be", fault::SYNTAX, "dấu `-` và `not` không viết liền hai lần"),
    ("Argument `", fault::ARGUMENT, "lời gọi thành phần thiếu một tham số"),
    ("Component argument", fault::KIND, "tham số của thành phần không thuộc loại đã khai"),
    ("Missing required argument", fault::ARGUMENT, "lời gọi thành phần thiếu một tham số"),
];

fn known_sentence(message: &str) -> Option<Told> {
    let (_, code, told) = SENTENCES.iter().find(|(begins, _, _)| message.starts_with(begins))?;
    let named = between(message, "`", "`").filter(|name| name.len() < 60 && !name.is_empty());
    let hint = named.map(|name| format!("xem lại `{name}`"));
    let reserved = message.contains("reserved keyword");
    Some((
        code,
        if reserved { "tên này dành cho Tera".to_owned() } else { (*told).to_owned() },
        hint,
    ))
}
