//! Room left for words that were to come: `[…]`, `……`, `XXX`, `{tên}`, `.../BC-UBND`.

use std::ops::Range;

use super::{Slip, before, from, word_before};

const SORT: &str = "chỗ trống chưa điền";
const TEMPLATE: &str = "dấu của lời văn mẫu còn sót";

/// Where a text still waits for words.
pub fn placeholders(text: &str) -> Vec<Slip> {
    let bytes = text.as_bytes();
    let mut found: Vec<Slip> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let end = match bytes[at] {
            b'.' | 0xE2 => dots(text, at),
            b'[' => bracketed(text, at),
            b'<' => angled(text, at),
            b'_' => run(text, at, '_', 3),
            b'?' => run(text, at, '?', 2),
            b'{' | b'}' | b'%' => braces(text, at),
            b'x' | b'X' => crosses(text, at),
            b'T' | b'F' | b'L' => note(text, at),
            _ => None,
        };
        // What stands after `\\` is meant to be printed.
        let end = end.filter(|(range, _)| !text[..range.start].ends_with('\\'));
        let Some((range, sort)) = end else {
            at += 1;
            continue;
        };
        at = range.end.max(at + 1);
        let step = match sort {
            TEMPLATE if names_figure(&text[range.clone()]) => {
                "số liệu của bảng viết giữa hai dấu ngoặc, ví dụ `{{ phu_luc[0].tong.von }}`"
            }
            TEMPLATE => {
                "thay bằng chữ thật; dữ kiện thì ghi thẳng vào hồ sơ, không viết trong ngoặc"
            }
            _ => "điền cho đủ; chưa biết thì hỏi nơi cung cấp trước khi phát hành",
        };
        found.push(Slip::new(range, sort, step));
    }
    found
}

/// `{ phu_luc[0].tong.von }`: a figure of a table with a brace too few.
fn names_figure(text: &str) -> bool {
    let inner = text.trim_matches(['{', '}', ' ']);
    text.starts_with('{') && (inner.starts_with("phu_luc[") || inner.starts_with("bang."))
}

type Found = Option<(Range<usize>, &'static str)>;

/// At least `least` of one letter.
fn run(text: &str, at: usize, c: char, least: usize) -> Found {
    let len = text[at..].len() - text[at..].trim_start_matches(c).len();
    (len >= least).then_some((at..at + len, SORT))
}

/// `....`, `……`; three dots where a number or a day is to stand.
fn dots(text: &str, at: usize) -> Found {
    let rest = text[at..].trim_start_matches(['.', '…']);
    let end = text.len() - rest.len();
    let run = &text[at..end];
    let count: usize = run.chars().map(|c| if c == '…' { 3 } else { 1 }).sum();
    let whole = (at..end, SORT);
    if count < 3 || before(text, at) == Some('.') || before(text, at) == Some('…') {
        return None;
    }
    // `hạn chế ….`: the full stop after an ellipsis.
    if count > 3 && run == "…." && rest.trim_start_matches(['”', ')', '*']).trim().is_empty() {
        return None;
    }
    if count > 3 {
        return Some(whole);
    }
    // `.../BC-UBND`, `…/2025/QĐ-UBND`
    if rest.starts_with('/') && rest[1..].starts_with(|c: char| c.is_alphanumeric()) {
        return Some(whole);
    }
    let left = word_before(text, at).trim_start_matches(['(', '“', '[']).to_lowercase();
    let right = rest.split_whitespace().next().unwrap_or_default();
    let right = right.trim_end_matches([',', '.', ';', ')']);
    let stands_alone = before(text, at).is_some_and(char::is_whitespace);
    let waits = match left.as_str() {
        "ngày" => right == "tháng",
        "tháng" => right == "năm",
        "số" => matches!(right, "ngày" | "của"),
        _ => false,
    };
    (stands_alone && waits).then_some(whole)
}

/// `[…]`, `[   ]`, `[^1]`, `[tên cơ quan]`.
fn bracketed(text: &str, at: usize) -> Found {
    const ASKED: [&str; 11] = [
        "điền",
        "nhập",
        "ghi ",
        "tên ",
        "họ ",
        "chèn",
        "cập nhật",
        "bổ sung",
        "số ",
        "ngày ",
        "địa danh",
    ];
    let len = text[at..].char_indices().take(80).find(|(_, c)| *c == ']')?.0;
    let inner = &text[at + 1..at + len];
    let is_blank = inner.chars().all(|c| matches!(c, '.' | '…' | '_' | ' ' | '\u{a0}' | '-' | '?'));
    let is_note =
        inner.strip_prefix('^').is_some_and(|note| note.chars().all(char::is_alphanumeric));
    let lower = inner.to_lowercase();
    let is_asked = ASKED.iter().any(|word| lower.starts_with(word));
    match (is_note, is_blank || is_asked) {
        (true, _) => Some((at..at + len + 1, TEMPLATE)),
        (false, true) => Some((at..at + len + 1, SORT)),
        (false, false) => None,
    }
}

/// `<tên>`; `a < b` is a comparison.
fn angled(text: &str, at: usize) -> Found {
    let rest = &text[at + 1..];
    if !rest.starts_with(char::is_alphabetic) {
        return None;
    }
    let len = rest.char_indices().take(40).find(|(_, c)| matches!(c, '>' | '<' | '\n'))?.0;
    let closed = rest[len..].starts_with('>');
    closed.then_some((at..at + len + 2, SORT))
}

/// `{{ ten }}`, `{ten}`, `{% if %}`, one brace alone.
fn braces(text: &str, at: usize) -> Found {
    let rest = &text[at..];
    if rest.starts_with('%') {
        return rest.starts_with("%}").then_some((at..at + 2, TEMPLATE));
    }
    let close = rest.char_indices().take(60).find(|(_, c)| *c == '}').map(|(len, _)| len);
    let end = match close.filter(|_| rest.starts_with('{')) {
        Some(len) => at + len + if rest[len..].starts_with("}}") { 2 } else { 1 },
        None if rest.starts_with("{{") || rest.starts_with("{%") || rest.starts_with("}}") => {
            at + 2
        }
        None => at + 1,
    };
    Some((at..end, TEMPLATE))
}

/// `XXX`, `xxx`, `xx/xx/2025`; `khóa XXX` is the thirtieth.
fn crosses(text: &str, at: usize) -> Found {
    const LABELS: [&str; 14] = [
        "khóa", "khoá", "thứ", "lần", "lục", "chương", "mục", "phần", "quyển", "tập", "điều", "kỳ",
        "kỷ", "đội",
    ];
    let is_outside = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    if !is_outside(before(text, at)) {
        return None;
    }
    let rest = text[at..].trim_start_matches(['x', 'X']);
    let end = text.len() - rest.len();
    let run = &text[at..end];
    let is_roman = run.bytes().all(|b| b == b'X') && run.len() <= 3;
    let is_number = is_roman && LABELS.contains(&word_before(text, at).to_lowercase().as_str());
    let is_room =
        run.len() >= 3 || run == "xx" && (rest.starts_with('/') || before(text, at) == Some('/'));
    (is_room && !is_number && is_outside(rest.chars().next())).then_some((at..end, SORT))
}

/// `TODO` and its like.
fn note(text: &str, at: usize) -> Found {
    let word = ["TODO", "FIXME", "Lorem ipsum"].into_iter().find(|w| text[at..].starts_with(w))?;
    let end = at + word.len();
    let is_inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    (!is_inside(before(text, at)) && !is_inside(from(text, end))).then_some((at..end, SORT))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<&str> {
        placeholders(text).into_iter().map(|slip| &text[slip.range]).collect()
    }

    #[test]
    fn room_for_words_is_found_whole() {
        for (text, wanted) in [
            ("giao […] chủ trì", "[…]"),
            ("giao [...] chủ trì", "[...]"),
            ("giao [ ] chủ trì", "[ ]"),
            ("giao [Tên đơn vị] chủ trì", "[Tên đơn vị]"),
            ("đạt ……% kế hoạch", "……"),
            ("đạt .... tỷ đồng", "...."),
            ("đạt ….. tỷ đồng", "….."),
            ("ông XXX làm tổ trưởng", "XXX"),
            ("tổng số xxx hồ sơ", "xxx"),
            ("đến ngày xx/9/2025", "xx"),
            ("ông ___ làm", "___"),
            ("giao {tên đơn vị} chủ trì", "{tên đơn vị}"),
            ("giao {{ ten }} chủ trì", "{{ ten }}"),
            ("giao }} chủ trì", "}}"),
            ("giao {% if a %} chủ trì", "{% if a %}"),
            ("theo quy định[^1] hiện hành", "[^1]"),
            ("giao <tên> chủ trì", "<tên>"),
            ("TODO bổ sung số liệu", "TODO"),
            ("đạt ??? hồ sơ", "???"),
            ("tại Báo cáo số .../BC-UBND", "..."),
            ("tại Báo cáo số …/BC-UBND", "…"),
            ("ngày ... tháng 6 năm 2025", "..."),
            ("ngày 02 tháng … năm 2025", "…"),
            ("Công văn số … ngày 02 tháng 6", "…"),
        ] {
            assert_eq!(shown(text), [wanted], "{text}");
        }
        assert_eq!(shown("ngày ... tháng ... năm 2025"), ["...", "..."]);
    }

    #[test]
    fn a_figure_with_a_brace_too_few_is_told_its_braces() {
        let step = |text: &str| placeholders(text).remove(0).step;
        assert!(step("là { phu_luc[0].tong.tw } đồng").contains("{{ phu_luc[0].tong.von }}"));
        assert!(step("là {bang.kinh_phi.tong.tw} đồng").contains("{{ phu_luc[0].tong.von }}"));
        assert!(step("là {tên} đồng").contains("chữ thật"));
    }

    #[test]
    fn what_is_written_on_purpose_is_left() {
        for text in [
            "các sở, ban, ngành...; các huyện, v.v...",
            "đường, trường, trạm… được xây mới",
            "Đại hội khóa XXX, kỳ họp thứ XXX",
            "Trên đây là báo cáo./.",
            "tỷ lệ 20% và a < b, b > c",
            "theo tài liệu [1], [2]",
            "Vì sao chậm?",
            "các ngày ..., đến nay đã xong",
            "nguồn lực còn hạn chế ….",
            r"dấu \{ và \<tên> được in ra",
            "tệp bao_cao_2025.docx",
            "quy mô 20 x 30 m, xe XX",
        ] {
            assert_eq!(shown(text), [""; 0], "{text}");
        }
    }
}
