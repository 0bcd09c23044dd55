//! One YAML file → its raw structs and its marked tree, with every fault of notation and shape.

use serde::de::DeserializeOwned;

use super::faults::Faults;
use super::limits::MAX_SYNTAX_FAULTS;
use super::marked::{self, Node, Stop};
use super::prescan::{Known, prescan};
use super::schema::Schema;
use super::shape::{Check, place};
use super::text::{Mask, refuse_characters};
use crate::diag::{At, Diagnostic, Route, Sources};

/// What could be read of a file.
pub struct Yaml<T> {
    /// Nothing when even what was left after painting over the faults could not be read.
    pub raw: Option<T>,
    pub tree: Node,
    /// The text that the places of the tree are in: what was reported is painted over.
    pub text: String,
}

/// Reads a text that is already in `sources`; routes start at its root.
pub fn read<T: DeserializeOwned + Default>(
    text: &str,
    schema: &Schema,
    sources: &mut Sources,
    faults: &mut Faults,
) -> Option<Yaml<T>> {
    let mut mask = Mask::new(text);
    refuse_characters(text, faults.source(), &mut mask, faults);
    let before = faults.len();
    let known =
        Known { is_key: &|key| schema.has_key(key), is_list: &|key| schema.lists_texts(key) };
    prescan(text, known, &mut mask, faults);
    let trapped = faults.len() > before;
    let tree = parse(&mut mask, trapped, faults)?;
    place(&tree, &Route::root(), faults.source(), sources);
    let painted = mask.text().into_owned();
    Check { text: &painted, mask: &mut mask, faults }.node(&tree, schema.root(), &Route::root());
    let raw = deserialize(&mask.text(), faults);
    Some(Yaml { raw, tree, text: painted })
}

/// Parses; after an error of notation the block it stands in is painted over and the
/// rest tried again, so that the faults after it are reported too.
fn parse(mask: &mut Mask, trapped: bool, faults: &mut Faults) -> Option<Node> {
    for _ in 0..MAX_SYNTAX_FAULTS {
        let text = mask.text().into_owned();
        let stop = match marked::parse(&text) {
            Ok(tree) => return Some(tree),
            Err(stop) => stop,
        };
        let Stop::Syntax { at, info } = stop else {
            faults.add(describe(stop, faults));
            return None;
        };
        if trapped {
            // The traps explain it, and more surely than the parser does.
            return None;
        }
        let at = before_blanks(&text, at);
        faults.add(syntax_fault(&text, at, &info, faults));
        let block = block_at(&text, at);
        if text[block.clone()].trim().is_empty() {
            return None;
        }
        for line in text[block.clone()].lines() {
            if let Some((key, _)) = line.trim_start_matches([' ', '-']).split_once(':') {
                faults.hush_key(key);
            }
        }
        hush_list(&text, block.start, faults);
        mask.blank(block);
    }
    None
}

/// The parser often stops at the start of the line after the fault.
fn before_blanks(text: &str, at: usize) -> usize {
    let line_start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let at_line_start = text[line_start..at].trim().is_empty();
    let at_end = text[at..].trim().is_empty();
    if at_line_start && at_end { text[..at].trim_end().len() } else { at }
}

/// Of an item that is painted over, the list may be left without any.
fn hush_list(text: &str, item: usize, faults: &mut Faults) {
    if !text[item..].trim_start_matches(' ').starts_with("- ") {
        return;
    }
    let above = text[..item].lines().rev().find(|line| !line.trim_start().starts_with('-'));
    if let Some(key) = above.and_then(|line| line.trim().strip_suffix(':')) {
        faults.hush_key(key);
    }
}

/// The line at a place and the lines that are indented under it.
fn block_at(text: &str, at: usize) -> std::ops::Range<usize> {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let own = text[start..].lines().next().map_or(0, indent);
    let mut end = start;
    for (number, line) in text[start..].split_inclusive('\n').enumerate() {
        if number > 0 && !line.trim().is_empty() && indent(line) <= own {
            break;
        }
        end += line.len();
    }
    start..end
}

fn describe(stop: Stop, faults: &Faults) -> Diagnostic {
    let at = |range| At::Bytes { source: faults.source(), range };
    match stop {
        Stop::Syntax { at: place, info } => Diagnostic::error("yaml-sai", at(place..place), info),
        Stop::Advanced { range, what } => {
            let hint = if what.contains("---") {
                "mỗi hồ sơ một tệp: chuyển phần sau `---` sang thư mục khác, hoặc xóa đi"
            } else {
                "ghi thẳng giá trị; chữ bắt đầu bằng dấu này thì đặt trong dấu nháy kép"
            };
            Diagnostic::error("yaml-nang-cao", at(range), format!("hồ sơ không dùng {what}"))
                .hint(hint)
        }
        Stop::TooLarge { at: place, what } => {
            let hint = if what.contains("đoạn chữ") {
                "tách thành nhiều mục, hoặc đưa phần dài sang một phụ lục"
            } else if what.contains("lồng nhau") {
                "bỏ bớt dấu `- ` hoặc bớt cấp thụt dòng; hồ sơ không cần quá mười cấp"
            } else {
                "bảng dài thì đưa vào tệp CSV (`dong_tu_tep`)"
            };
            Diagnostic::error("qua-lon", at(place..place), what).hint(hint)
        }
    }
}

fn syntax_fault(text: &str, at: usize, info: &str, faults: &Faults) -> Diagnostic {
    let end = at + text[at..].chars().next().map_or(0, char::len_utf8);
    let (message, hint) = in_vietnamese(info, &text[at..]);
    Diagnostic::error("yaml-sai", At::Bytes { source: faults.source(), range: at..end }, message)
        .hint(hint)
}

/// The parser's words for the faults that clerks make; the rest in general terms.
fn in_vietnamese(info: &str, rest: &str) -> (&'static str, &'static str) {
    const SAYINGS: &[(&str, &str, &str)] = &[
        ("end of stream", "thiếu dấu nháy đóng", "thêm dấu nháy ở cuối giá trị"),
        ("in quoted scalar", "dấu nháy mở ở đây không có dấu đóng", "thêm dấu nháy ở cuối giá trị"),
        (
            "unknown anchor",
            "giá trị bắt đầu bằng dấu `*`, YAML hiểu là tham chiếu",
            "đặt cả giá trị trong dấu nháy kép",
        ),
        (
            "anchor or alias",
            "giá trị bắt đầu bằng dấu `&` hoặc `*`",
            "đặt cả giá trị trong dấu nháy kép",
        ),
        ("a tag", "giá trị bắt đầu bằng dấu `!`", "đặt cả giá trị trong dấu nháy kép"),
        ("directive", "dòng bắt đầu bằng dấu `%`", "đặt cả giá trị trong dấu nháy kép"),
        (
            "unexpected character",
            "giá trị bắt đầu bằng một dấu đặc biệt của YAML",
            "đặt cả giá trị trong dấu nháy kép",
        ),
        (
            "trailing content after double-quoted",
            "sau dấu nháy đóng còn chữ",
            "đặt cả giá trị trong một cặp dấu nháy; dấu nháy bên trong viết “ ”",
        ),
        (
            "unknown escape",
            "dấu `\\` trong dấu nháy kép có nghĩa riêng",
            "viết `\\\\`, hoặc dùng dấu nháy đơn",
        ),
        ("escape", "mã viết sau dấu `\\` bị sai", "viết `\\\\`, hoặc dùng dấu nháy đơn"),
        (
            "flow mapping",
            "thiếu dấu `,` hoặc `}`",
            "đóng ngoặc nhọn; giá trị có dấu phẩy hay dấu hai chấm thì đặt trong dấu nháy kép",
        ),
        (
            "flow sequence",
            "thiếu dấu `,` hoặc `]`",
            "đóng ngoặc vuông; giá trị có dấu phẩy hay dấu hai chấm thì đặt trong dấu nháy kép",
        ),
        (
            "flow construct",
            "ngoặc mở ở trên chưa đóng",
            "đóng ngoặc, hoặc thụt các dòng bên trong vào",
        ),
        (
            "misplaced bracket",
            "thừa dấu đóng ngoặc",
            "xóa dấu này, hoặc đặt cả giá trị trong dấu nháy kép",
        ),
        ("recursion limit", "ngoặc lồng nhau quá sâu", "bỏ bớt ngoặc"),
        (
            "mapping values are not allowed",
            "dấu hai chấm ở đây làm YAML hiểu sai",
            "nếu là chữ của giá trị, đặt cả giá trị trong dấu nháy kép; nếu là khóa, kiểm tra thụt dòng",
        ),
        (
            "indentation",
            "dòng thụt vào không khớp với các dòng trên",
            "các khóa cùng cấp phải thụt vào bằng nhau",
        ),
        (
            "multiline text",
            "lời ghi chú cắt ngang một giá trị nhiều dòng",
            "bỏ ghi chú, hoặc đặt cả giá trị trong dấu nháy kép",
        ),
        ("'-'", "dấu `- ` không đúng chỗ", "các mục của một danh sách phải thụt vào bằng nhau"),
        (
            "block sequence entries",
            "dấu `- ` không đúng chỗ",
            "xuống dòng sau dấu hai chấm rồi mới viết `- `",
        ),
        (
            "simple key",
            "dòng này không có dạng `khóa: giá trị`",
            "thêm khóa và dấu hai chấm, hoặc thụt dòng vào cho khớp với giá trị ở trên",
        ),
        (
            "expected key",
            "dòng thụt vào không khớp với các dòng trên",
            "các khóa cùng cấp phải thụt vào bằng nhau",
        ),
        (
            "document",
            "dòng này không thuộc về mục nào",
            "kiểm tra thụt dòng và dấu nháy ở các dòng trên",
        ),
    ];
    if rest.starts_with(['“', '”']) {
        return ("dấu nháy cong không phải dấu nháy của YAML", "thay bằng dấu nháy kép thẳng");
    }
    SAYINGS.iter().find(|(part, ..)| info.contains(part)).map_or(
        (
            "không đọc được từ đây theo cách viết YAML",
            "kiểm tra thụt dòng, dấu hai chấm và dấu nháy ở dòng này và dòng trên",
        ),
        |&(_, message, hint)| (message, hint),
    )
}

/// serde_yaml reads what is left. What it refuses now was overlooked above, so its own
/// words are all there is to say.
fn deserialize<T: DeserializeOwned + Default>(text: &str, faults: &mut Faults) -> Option<T> {
    match serde_yaml::from_str::<Option<T>>(text) {
        Ok(raw) => Some(raw.unwrap_or_default()),
        Err(error) => {
            let at =
                error.location().map_or(0, |place| byte_at(text, place.line(), place.column()));
            let end = at + text[at..].chars().next().map_or(0, char::len_utf8);
            let range = at..end;
            faults.add(
                Diagnostic::error(
                    "yaml-sai",
                    At::Bytes { source: faults.source(), range },
                    "không đọc được từ đây theo cách viết YAML",
                )
                .hint(format!("kiểm tra thụt dòng, dấu hai chấm và dấu nháy ở dòng này ({error})")),
            );
            None
        }
    }
}

/// Lines and columns count from 1, columns in characters.
fn byte_at(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = &text[start.min(text.len())..];
    start.min(text.len())
        + rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at)
}
