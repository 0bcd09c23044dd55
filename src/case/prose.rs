//! What can be wrong with one text that a clerk wrote.

use std::ops::Range;

use super::faults::Faults;
use super::marked::{Node, Style, Value};
use super::prescan::shortened;
use crate::diag::{At, Diagnostic, Route};
use crate::vi::text::{forbidden_char, legacy_encoding, look_alike};

/// Reports what is wrong with a scalar; `false` when it cannot be used at all.
pub fn is_clean(
    node: &Node,
    source: &str,
    prose: bool,
    route: &Route,
    faults: &mut Faults,
) -> bool {
    let Value::Scalar { text, style } = &node.value else { return true };
    if *style == Style::Quoted
        && !escapes_are_clean(text, &source[node.range.clone()], route, faults)
    {
        return false;
    }
    if prose {
        cut_off(node, source, route, faults);
        in_curly_quotes(text, *style, route, faults);
    }
    swallowed_item(node, source, faults);
    false_letters(source, node.range.clone(), faults);
    legacy(text, route, faults);
    true
}

/// A `- ` that is indented by more than the text above it is part of that text for YAML:
/// two recipients would become one in silence.
fn swallowed_item(node: &Node, source: &str, faults: &mut Faults) {
    if !matches!(node.value, Value::Scalar { style: Style::Plain, .. }) {
        return;
    }
    let mut start = node.range.start;
    for (number, line) in source[node.range.clone()].split_inclusive('\n').enumerate() {
        let at = start + line.len() - line.trim_start_matches(' ').len();
        start += line.len();
        if number > 0 && source[at..].starts_with("- ") {
            faults.add(
                Diagnostic::error(
                    "yaml-sai",
                    At::Bytes { source: faults.source(), range: at..at + 1 },
                    "dấu `- ` thụt vào sâu hơn dòng chữ ở trên, nên YAML nối dòng này vào dòng đó",
                )
                .hint("các mục của một danh sách phải thụt vào bằng nhau; đoạn nhiều dòng thì viết dấu `|` sau tên khóa"),
            );
        }
    }
}

/// `"\u200b"` writes a forbidden character without showing it in the file.
fn escapes_are_clean(text: &str, written: &str, route: &Route, faults: &mut Faults) -> bool {
    let Some(c) = text.chars().find(|&c| forbidden_char(c).is_some()) else { return true };
    if !written.contains('\\') {
        // Standing there as itself it has been reported already.
        return true;
    }
    let what = forbidden_char(c).unwrap_or_default();
    faults.add(
        Diagnostic::error(
            "ky-tu-cam",
            route.clone(),
            format!("mã viết sau dấu `\\` là {what} (U+{:04X})", u32::from(c)),
        )
        .hint(
            "bỏ mã này; dấu `\\` có nghĩa riêng trong dấu nháy kép, viết `\\\\` nếu cần chính nó",
        ),
    );
    false
}

/// What stands after ` #` is a comment. Before a space it is meant as one.
pub fn cut_off(node: &Node, source: &str, route: &Route, faults: &mut Faults) {
    if !matches!(node.value, Value::Scalar { style: Style::Plain, .. }) {
        return;
    }
    let rest = source[node.range.end..].lines().next().unwrap_or_default();
    // The range of an empty value ends before its colon on some lines.
    let rest_at = node.range.end + rest.len() - rest.trim_start_matches([':', ' ']).len();
    let Some(cut) = source[rest_at..].strip_prefix('#') else { return };
    let cut = cut.lines().next().unwrap_or_default();
    let parted = source[..rest_at].ends_with(' ');
    if !parted || cut.is_empty() || cut.starts_with([' ', '\t', '#', '=', '-']) {
        return;
    }
    let range = rest_at..rest_at + 1 + cut.trim_end().len();
    let whole = format!("{} #{cut}", node.text().unwrap_or_default());
    faults.add(
        Diagnostic::error(
            "chu-bi-cat",
            At::Bytes { source: faults.source(), range },
            format!("chữ “#{}” bị bỏ, vì ` #` mở đầu lời ghi chú", shortened(cut)),
        )
        .hint(format!(
            "đặt cả giá trị trong dấu nháy kép: \"{}\"; nếu là ghi chú thật, thêm dấu cách sau #",
            shortened(&whole)
        )),
    );
    faults.hush(route.clone());
}

/// Curly quotes around a whole value are printed, which is seldom meant.
fn in_curly_quotes(text: &str, style: Style, route: &Route, faults: &mut Faults) {
    let text = text.trim();
    let inner = text.strip_prefix(['“', '”']).and_then(|inner| inner.strip_suffix(['”', '“']));
    if style == Style::Plain && inner.is_some_and(|inner| !inner.contains(['“', '”'])) {
        faults.add(
            Diagnostic::warning(
                "nhay-cong",
                route.clone(),
                "cả giá trị nằm trong dấu nháy cong, dấu nháy sẽ được in ra",
            )
            .hint("nếu chỉ để bao giá trị, bỏ dấu nháy hoặc thay bằng dấu nháy kép thẳng"),
        );
    }
}

/// Letters of another alphabet within a range of a file.
pub fn false_letters(source: &str, range: Range<usize>, faults: &mut Faults) {
    let written = &source[range.clone()];
    if written.is_ascii() {
        return;
    }
    let mut found =
        written.char_indices().filter_map(|(at, c)| look_alike(c).map(|letter| (at, c, letter)));
    let Some((at, c, letter)) = found.next() else { return };
    let start = range.start + at;
    let more = match found.count() {
        0 => String::new(),
        count => format!(", và {count} chữ khác trong giá trị này"),
    };
    let message = format!("chữ “{c}” (U+{:04X}) chỉ trông giống “{letter}”{more}", u32::from(c));
    let at = At::Bytes { source: faults.source(), range: start..start + c.len_utf8() };
    faults.add(
        Diagnostic::warning("chu-giong-hinh", at, message).hint(format!("gõ lại chữ “{letter}”")),
    );
}

/// Text typed in an old font.
pub fn legacy(text: &str, route: &Route, faults: &mut Faults) {
    if text.is_ascii() {
        return;
    }
    if let Some(legacy) = legacy_encoding(text) {
        faults.add(
            Diagnostic::error(
                "ma-cu",
                route.clone(),
                format!("chữ được gõ bằng mã cũ {legacy}, không phải Unicode"),
            )
            .hint("chuyển mã sang Unicode bằng công cụ của bộ gõ rồi dán lại"),
        );
    }
}
