//! Columns that were pasted as text: `A<tab>12`, `| A | 12 |`.

use super::Slip;

/// The first sign that a paragraph was several cells of a table.
pub fn pasted_columns(text: &str) -> Option<Slip> {
    const SORT: &str = "nhiều ô của bảng dán thành chữ";
    const STEP: &str =
        "đưa số liệu vào một bảng (`bang` hoặc `phu_luc`); chỉ là chữ thì thay bằng dấu cách";
    let tab = text.char_indices().find(|(at, c)| {
        *c == '\t'
            && !is_edge(&text[..*at], str::ends_with)
            && !is_edge(&text[at + 1..], str::starts_with)
    });
    if let Some((at, _)) = tab {
        let slip = Slip::new(at..at + 1, SORT, STEP);
        return Some(slip.fact("dấu tab giữa chữ được in thành một dấu cách".to_owned()));
    }
    let bars: Vec<usize> = text.match_indices('|').map(|(at, _)| at).collect();
    let first = *bars.first()?;
    let is_parted =
        text[..first].ends_with(char::is_whitespace) && text[first + 1..].starts_with(' ');
    (bars.len() > 1 || is_parted).then(|| {
        let slip = Slip::new(first..first + 1, SORT, STEP);
        slip.fact("dấu gạch đứng `|` giữa chữ, như khi dán các ô của một bảng".to_owned())
    })
}

/// Whether a side of a tab is the edge of its line.
fn is_edge(side: &str, at: impl Fn(&str, char) -> bool) -> bool {
    side.is_empty() || at(side, '\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabs_and_bars_between_words_are_columns() {
        for (text, at) in
            [("Sở Y tế\t12\t5", 11), ("| Sở Y tế | 12 |", 0), ("Sở Y tế | 12", 12), ("a|b|c", 1)]
        {
            assert_eq!(pasted_columns(text).map(|slip| slip.range.start), Some(at), "{text}");
        }
        for text in ["\tSở Y tế", "Sở Y tế\t", "giá trị |x|"] {
            let found = pasted_columns(text);
            assert_eq!(found.is_some(), text.contains('|'), "{text}");
        }
        assert_eq!(pasted_columns("A|B"), None);
    }
}
