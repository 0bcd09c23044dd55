//! What the rules about running text share: the clerk's own texts, cut into sentences.

use std::ops::Range;

use crate::diag::Route;
use crate::model::{Case, Content, figure_marks};

/// A text that the clerk wrote for the body or for an appendix.
pub struct Text<'c> {
    pub route: Route,
    pub text: &'c str,
    /// Of the text of an appendix, which; the table below it is the one it speaks of.
    pub appendix: Option<usize>,
}

/// The clerk's own texts: paragraphs, and facts of one line.
pub fn texts(case: &Case) -> Vec<Text<'_>> {
    let mut own = Vec::new();
    for (key, content) in &case.content {
        collect(content, Route::root().key("noi_dung").key(key), &mut own);
    }
    let appendices = Route::root().key("phu_luc");
    for (index, appendix) in case.appendices.iter().enumerate() {
        let route = appendices.index(index).key("doan");
        let text = appendix.text.as_deref();
        own.extend(text.map(|text| Text { route, text, appendix: Some(index) }));
    }
    own
}

fn collect<'c>(content: &'c Content, at: Route, own: &mut Vec<Text<'c>>) {
    match content {
        Content::Passages(text) | Content::Text(text) => {
            own.push(Text { route: at, text, appendix: None });
        }
        Content::List(items) => {
            for (index, item) in items.iter().enumerate() {
                collect(item, at.index(index), own);
            }
        }
        Content::Record(fields) => {
            for (key, field) in fields {
                collect(field, at.key(key), own);
            }
        }
        Content::Amount(_) | Content::Date(_) | Content::Cited(_) => {}
    }
}

/// A paragraph in bytes of its text: the lines between blank ones and lines of their own
/// (`- `, `[bang …]`), since the others are joined.
pub fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let mut paragraphs: Vec<Range<usize>> = Vec::new();
    let mut open = false;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        let own = words.starts_with(['-', '+', '[', '#']);
        match paragraphs.last_mut() {
            _ if words.is_empty() => open = false,
            Some(last) if open && !own => last.end = at + line.trim_end().len(),
            _ => {
                paragraphs.push(at..at + line.trim_end().len());
                open = !words.starts_with('[');
            }
        }
        at += line.len();
    }
    paragraphs
}

/// The sentences of a paragraph, in bytes of the text.
pub fn sentences(text: &str, paragraph: Range<usize>) -> Vec<Range<usize>> {
    let words = &text[paragraph.clone()];
    let mut sentences = Vec::new();
    let mut start = 0;
    for (at, c) in words.char_indices() {
        let end = at + c.len_utf8();
        let ends = match c {
            '.' | '!' | '?' => words[end..].starts_with(char::is_whitespace),
            _ => false,
        };
        if ends {
            sentences.push(paragraph.start + start..paragraph.start + end);
            start = end;
        }
    }
    sentences.push(paragraph.start + start..paragraph.end);
    sentences
}

/// A word with its bytes in the text, without the marks around it.
#[derive(Clone, Debug)]
pub struct Word<'t> {
    pub text: &'t str,
    pub range: Range<usize>,
    /// Whether a comma, a colon or a bracket stands behind it.
    pub pauses: bool,
    /// Whether that is a semicolon.
    pub ends: bool,
}

/// The words of a stretch of a text; what stands in `{{ … }}` is none.
pub fn words(text: &str, within: Range<usize>) -> Vec<Word<'_>> {
    let marks = figure_marks(&text[within.clone()]);
    let masked = |at: usize| marks.iter().any(|mark| mark.range.contains(&at));
    let mut words = Vec::new();
    let mut start = None;
    let part = &text[within.clone()];
    for (at, c) in part.char_indices().chain([(part.len(), ' ')]) {
        let is_gap = c.is_whitespace() || masked(at);
        match (start, is_gap) {
            (None, false) => start = Some(at),
            (Some(from), true) => {
                words.extend(word(text, within.start + from..within.start + at));
                start = None;
            }
            _ => {}
        }
    }
    words
}

/// What stands around a word.
const EDGES: [char; 19] = [
    '(', ')', '[', ']', ',', ';', ':', '.', '“', '”', '"', '\'', '‘', '’', '!', '?', '*', '…', '/',
];

fn word(text: &str, range: Range<usize>) -> Option<Word<'_>> {
    let whole = &text[range.clone()];
    let start = range.start + whole.len() - whole.trim_start_matches(EDGES).len();
    let end = range.end - (whole.len() - whole.trim_end_matches(EDGES).len());
    let behind = text.get(end.max(start)..range.end).unwrap_or_default();
    let pauses = behind.contains([',', ':', ')', '(', ';']);
    let ends = behind.contains(';');
    (start < end).then(|| Word { text: &text[start..end], range: start..end, pauses, ends })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_where_a_reader_would() {
        let text = "Tổng 53.652\ntriệu. Có {{ a }} (12) dự án; hết\n\n- một\n[bang von]\nhai, ba";
        let cut: Vec<Vec<&str>> = paragraphs(text)
            .into_iter()
            .flat_map(|paragraph| sentences(text, paragraph))
            .map(|sentence| words(text, sentence).into_iter().map(|word| word.text).collect())
            .collect();
        assert_eq!(
            cut,
            [
                vec!["Tổng", "53.652", "triệu"],
                vec!["Có", "12", "dự", "án", "hết"],
                vec!["-", "một"],
                vec!["bang", "von"],
                vec!["hai", "ba"]
            ]
        );
    }
}
