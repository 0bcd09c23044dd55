//! Spaces, marks, brackets and quotes: what a typist's finger slips on.

use super::{Slip, before, from, is_address, token_at};

/// Slips in one paragraph: spaces and marks. Brackets and quotes may go over several, so
/// they are looked for in the whole text ([`brackets`]).
pub fn marks(text: &str) -> Vec<Slip> {
    let mut found = Vec::new();
    for (at, c) in text.char_indices() {
        let slip = match c {
            ' ' | '\u{a0}' | '\t' => spaces(text, at),
            ',' | ';' | ':' | '.' | '!' => mark(text, at, c),
            '"' => straight_quote(text, at, &found),
            _ => None,
        };
        found.extend(slip);
    }
    found
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\t')
}

/// A run of spaces within a line, or one where none belongs.
fn spaces(text: &str, at: usize) -> Option<Slip> {
    let left = before(text, at).filter(|c| !is_space(*c) && *c != '\n')?;
    let rest = text[at..].trim_start_matches(is_space);
    let right = rest.chars().next().filter(|c| *c != '\n')?;
    let run = at..text.len() - rest.len();
    let after = &rest[right.len_utf8()..];
    let ends =
        after.chars().next().is_none_or(|c| c.is_whitespace() || matches!(c, '”' | ')' | '*'));
    let is_closing = match right {
        ',' | ';' => true,
        '.' | '!' | '?' => ends,
        // `1 : 500` is a scale.
        ':' => ends && !left.is_ascii_digit(),
        ')' | ']' | '”' => true,
        _ => false,
    };
    // `- ,` and `( ...` are no words.
    if is_closing && !matches!(left, '…' | '.' | '-' | '–' | '(' | '[') {
        let range = run.start..run.end + right.len_utf8();
        let sort = match right {
            ')' | ']' | '”' => "dấu cách trước dấu đóng ngoặc",
            _ => "dấu cách trước dấu câu",
        };
        return Some(Slip::new(range, sort, format!("bỏ dấu cách trước “{right}”")));
    }
    if matches!(left, '(' | '[' | '“') && !matches!(right, '.' | '…' | ')' | ']') {
        let start = run.start - left.len_utf8();
        let step = format!("bỏ dấu cách sau “{left}”");
        return Some(Slip::new(start..run.end, "dấu cách sau dấu mở ngoặc", step));
    }
    let is_double = text[run.clone()].chars().count() > 1 && !text[run.clone()].contains('\t');
    is_double.then(|| Slip::new(run, "hai dấu cách liền nhau", "chỉ để một dấu cách"))
}

fn mark(text: &str, at: usize, c: char) -> Option<Slip> {
    let left = before(text, at)?;
    let end = at + c.len_utf8();
    let right = from(text, end)?;
    if is_address(token_at(text, at)) {
        return None;
    }
    if matches!(right, ',' | ';' | ':' | '.') {
        return doubled_mark(text, at, c, right);
    }
    let lacks = match c {
        ',' if is_shortened(text, at) => false,
        ',' => {
            is_opening(right)
                || right.is_alphabetic()
                || left.is_alphabetic() && right.is_ascii_digit()
        }
        ';' => right.is_alphanumeric() || is_opening(right),
        ':' => left.is_alphabetic() && right.is_alphabetic() && !is_code(token_at(text, at)),
        '!' => right.is_alphabetic(),
        _ => full_stop(text, at, left),
    };
    let is_word = left.is_alphanumeric() || matches!(left, ')' | '”' | '%' | ']' | '*');
    (lacks && is_word).then(|| {
        let step = format!("thêm dấu cách sau “{c}”");
        Slip::new(at..end + right.len_utf8(), "thiếu dấu cách sau dấu câu", step)
    })
}

fn is_opening(c: char) -> bool {
    matches!(c, '“' | '(' | '[')
}

/// Within an abbreviation: `VH,TT&DL`.
fn is_shortened(text: &str, at: usize) -> bool {
    let is_short = |letters: &str| {
        (1..=3).contains(&letters.chars().count())
            && letters.chars().all(|c| c.is_uppercase() && !"AEIOUY".contains(c))
    };
    let head = text[..at].trim_end_matches(char::is_alphabetic);
    let rest = text[at + 1..].trim_start_matches(char::is_alphabetic);
    is_short(&text[head.len()..at]) && is_short(&text[at + 1..text.len() - rest.len()])
}

/// Capitals and figures: `TP:HCM`, `Q:1`.
fn is_code(token: &str) -> bool {
    token.chars().all(|c| !c.is_lowercase())
}

/// Whether a full stop that ends a sentence has no space after it. `TP.HCM`, `TS.Nguyễn`,
/// `v.v.` and `1.204` are written so.
fn full_stop(text: &str, at: usize, left: char) -> bool {
    let rest = &text[at + 1..];
    let is_letter = |c: char| c.is_alphabetic();
    let next: &str = &rest[..rest.len() - rest.trim_start_matches(is_letter).len()];
    if next.chars().count() < 2 && !matches!(rest.chars().next(), Some('“' | '(')) {
        return false;
    }
    let head = text[..at].trim_end_matches(is_letter);
    let last = &text[head.len()..at];
    let is_small = |word: &str| word.chars().all(char::is_lowercase);
    let has_marks = |word: &str| !word.is_ascii();
    let begins = next.chars().next().is_some_and(char::is_uppercase)
        && next.chars().skip(1).any(char::is_lowercase);
    if last.is_empty() {
        return begins && (left.is_ascii_digit() || matches!(left, ')' | '”' | '%'));
    }
    // An abbreviation is capitals, one letter, or without a vowel: `Ths.`, `Bs.`, `tr.`
    let has_vowel =
        last.to_lowercase().chars().any(|c| "aeiouy".contains(c) || !c.is_ascii() && c != 'đ');
    let is_abbreviation = last.chars().count() < 2
        || !has_vowel
        || last.chars().skip(1).any(char::is_uppercase)
        || head.ends_with('.');
    if is_abbreviation {
        return false;
    }
    match is_small(last) {
        _ if next.is_empty() => true,
        true => begins || is_small(next) && (has_marks(last) || has_marks(next)),
        // `Nam.Các`; `Tp.Hồ`, `Co.Ltd` are shorter.
        false => begins && (last.chars().count() > 2),
    }
}

/// `,,`, `;.`, `..`
fn doubled_mark(text: &str, at: usize, c: char, right: char) -> Option<Slip> {
    let left = before(text, at)?;
    let end = at + c.len_utf8() + right.len_utf8();
    let next = from(text, end);
    let is_dots = c == '.' && right == '.';
    if matches!(left, '.' | ',' | ';' | ':' | '/') || matches!(next, Some('/')) {
        return None;
    }
    if is_dots && matches!(next, Some('.' | '…'))
        || right == '.' && c != '.' && text[end..].starts_with('.')
    {
        return None;
    }
    if c == '.' && !is_dots {
        // `v.v.,`, `TP.,`: the point belongs to the abbreviation.
        let head = text[..at].trim_end_matches(char::is_alphabetic);
        let word = &text[head.len()..at];
        let is_word = word.chars().count() > 2 && word.chars().all(char::is_lowercase);
        if !is_word && !matches!(left, ')' | '”' | '%') && !left.is_ascii_digit() {
            return None;
        }
    }
    if c == ':' && right == ':' && !left.is_alphabetic() {
        return None;
    }
    Some(Slip::new(
        at..end,
        "hai dấu câu liền nhau",
        format!("chỉ giữ một trong hai dấu “{c}{right}”"),
    ))
}

/// `"Đề án"`; `21"` are inches, `"` after a figure that closes nothing.
fn straight_quote(text: &str, at: usize, found: &[Slip]) -> Option<Slip> {
    const SORT: &str = "dấu nháy thẳng";
    let last = found.iter().rev().find(|slip| slip.sort == SORT);
    if last.is_some_and(|slip| slip.range.contains(&at)) {
        return None;
    }
    let closes =
        before(text, at).is_some_and(|c| c.is_ascii_digit() || matches!(c, '\'' | '″' | '′'));
    if closes {
        return None;
    }
    let step = "thay \"…\" bằng dấu nháy cong “…”";
    // The pair is one slip.
    let end = text[at + 1..].find('"').map_or(at + 1, |len| at + len + 2);
    let end = if text[at..end].contains('\n') { at + 1 } else { end };
    Some(Slip::new(at..end, SORT, step))
}

/// Brackets and curly quotes that do not close what was opened.
pub fn brackets(text: &str) -> Vec<Slip> {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut found = Vec::new();
    let begins = |at: usize| text[..at].trim_end_matches(is_space).ends_with('\n');
    for (at, c) in text.char_indices() {
        match c {
            // Each paragraph of a long quotation opens anew.
            '“' if begins(at) && open.iter().any(|(_, open)| *open == '“') => {}
            '(' | '[' | '“' => open.push((at, c)),
            ')' | ']' | '”' => close(text, at, c, &mut open, &mut found),
            _ => {}
        }
    }
    found.extend(open.into_iter().map(|(at, c)| {
        let step = format!("thêm “{}” ở chỗ kết thúc, hoặc bỏ “{c}”", closing(c));
        let slip = Slip::new(at..at + c.len_utf8(), "ngoặc mở mà không đóng", step);
        slip.fact(format!("dấu mở “{c}” không có dấu đóng"))
    }));
    found.sort_by_key(|slip| slip.range.start);
    found
}

fn closing(open: char) -> char {
    match open {
        '(' => ')',
        '[' => ']',
        _ => '”',
    }
}

fn close(text: &str, at: usize, c: char, open: &mut Vec<(usize, char)>, found: &mut Vec<Slip>) {
    let range = at..at + c.len_utf8();
    match open.last().copied() {
        // `1) Rà soát` at the head of a line closes nothing.
        _ if c == ')' && is_item_mark(text, at) && heads_line(text, at) => {}
        Some((_, last)) if closing(last) == c => {
            open.pop();
        }
        _ if c == ')' && is_item_mark(text, at) => {}
        // Closed beyond another that was forgotten: that one is told at the end.
        Some(_) if open.iter().any(|(_, open)| closing(*open) == c) => {
            while let Some((start, last)) = open.pop().filter(|(_, last)| closing(*last) != c) {
                let step = format!("thêm “{}” trước “{c}”, hoặc bỏ “{last}”", closing(last));
                let slip =
                    Slip::new(start..start + last.len_utf8(), "ngoặc mở mà không đóng", step);
                found.push(slip.fact(format!("dấu mở “{last}” không có dấu đóng")));
            }
        }
        _ => {
            let slip =
                Slip::new(range, "ngoặc đóng mà không mở", format!("thêm dấu mở, hoặc bỏ “{c}”"));
            found.push(slip.fact(format!("dấu đóng “{c}” không có dấu mở")));
        }
    }
}

/// Whether a mark that closes at `at` is the first word of its line.
fn heads_line(text: &str, at: usize) -> bool {
    let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
    !text[line..at].trim_start().contains(|c: char| c.is_whitespace() || c == '(')
}

/// `a)`, `12)`, `iv)`, after a space, a bracket or a comma.
fn is_item_mark(text: &str, at: usize) -> bool {
    let head =
        text[..at].trim_end_matches(|c: char| c.is_ascii_alphanumeric() || c == 'đ' || c == '.');
    let mark = &text[head.len()..at];
    let is_free = head.chars().next_back().is_none_or(|c| !c.is_alphanumeric());
    let letters = mark.chars().count();
    let is_roman = mark.chars().all(|c| "ivxIVX".contains(c));
    let is_number = mark.chars().all(|c| c.is_ascii_digit() || c == '.');
    is_free
        && (1..=5).contains(&letters)
        && (letters == 1
            || is_roman
            || is_number
            || letters == 2 && mark.chars().all(char::is_lowercase) && head.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let slips = marks(text).into_iter().chain(brackets(text));
        slips.map(|slip| format!("{}: {}", slip.sort, &text[slip.range])).collect()
    }

    #[test]
    fn spaces_and_marks_that_slipped_are_found() {
        for (text, wanted) in [
            ("công  tác", "hai dấu cách liền nhau:   "),
            ("công tác , văn thư", "dấu cách trước dấu câu:  ,"),
            ("công tác .", "dấu cách trước dấu câu:  ."),
            ("công tác ; văn thư", "dấu cách trước dấu câu:  ;"),
            ("gồm : một", "dấu cách trước dấu câu:  :"),
            ("(năm 2025 )", "dấu cách trước dấu đóng ngoặc:  )"),
            ("( năm 2025)", "dấu cách sau dấu mở ngoặc: ( "),
            ("công tác,văn thư", "thiếu dấu cách sau dấu câu: ,v"),
            ("công tác;văn thư", "thiếu dấu cách sau dấu câu: ;v"),
            ("gồm:một", "thiếu dấu cách sau dấu câu: :m"),
            ("công tác.Văn thư", "thiếu dấu cách sau dấu câu: .V"),
            ("năm 2025.Văn thư", "thiếu dấu cách sau dấu câu: .V"),
            ("Việt Nam.Các tỉnh", "thiếu dấu cách sau dấu câu: .C"),
            ("công tác.văn thư", "thiếu dấu cách sau dấu câu: .v"),
            ("công tác,, văn thư", "hai dấu câu liền nhau: ,,"),
            ("công tác;.", "hai dấu câu liền nhau: ;."),
            ("công tác..", "hai dấu câu liền nhau: .."),
            ("công tác., văn thư", "hai dấu câu liền nhau: .,"),
            ("Về \"Đề án 06\" năm 2025", "dấu nháy thẳng: \"Đề án 06\""),
            ("thực hiện (đợt 1", "ngoặc mở mà không đóng: ("),
            ("thực hiện đợt một)", "ngoặc đóng mà không mở: )"),
            ("thực hiện “Đề án", "ngoặc mở mà không đóng: “"),
            ("thực hiện Đề án”", "ngoặc đóng mà không mở: ”"),
            ("thực hiện (đợt\n1) một", "ngoặc mở mà không đóng: ("),
            ("thực hiện (đợt một]", "ngoặc đóng mà không mở: ]|ngoặc mở mà không đóng: ("),
        ] {
            let mut found = shown(text);
            found.sort();
            let mut wanted: Vec<&str> = wanted.split('|').collect();
            wanted.sort_unstable();
            assert_eq!(found, wanted, "{text}");
        }
    }

    #[test]
    fn numbers_abbreviations_and_addresses_are_written_right() {
        for text in [
            "1.234.567,5 triệu đồng; 0,5%; 8:30; tỷ lệ 1:500, 1 : 500",
            "TP.HCM, TT. Tân An, Q.1, P.KT, TS.Nguyễn Văn A, PGS.TS. Lê B, ThS.Trần C, Ths.Hà",
            "thư điện tử: snv@lamdong.gov.vn; https://lamdong.gov.vn/a,b;c",
            "Luật số 26/2022/QH15, Nghị định 30/2020/NĐ-CP",
            "các sở, ngành v.v., huyện v.v.; xã v.v...",
            "Trên đây là báo cáo./.",
            "điểm a), b) khoản 1; a) Nội dung; 1) Nội dung; (1) Nội dung",
            "đường, trường, trạm…, chợ ...",
            "Công ty Co., Ltd. và tệp bao_cao.docx, baocao.xlsx",
            "màn hình 21\" và ống 27\"",
            "“Điều 1. A\n“Điều 2. B”",
            "**Bước 1.** Tiếp nhận; *trụ sở cũ*.",
            "Đ/c Nguyễn Văn A (Tr.P), tr. 12",
            "Tel: (0263) 3 000 218",
            "các Sở: NV, TC, VH,TT&DL; Thanh tra",
        ] {
            assert_eq!(shown(text), [""; 0], "{text}");
        }
    }
}
