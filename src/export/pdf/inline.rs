//! Text of a paragraph as typst content: text and nothing that is read as markup.
//!
//! Where lines may break is decided here, as [`metrics::pieces`] has it. typst follows
//! Unicode (UAX 14) and has a rule of its own for links; Word and LibreOffice do not quite:
//! - `2021-2023`: Word breaks after the hyphen, Unicode not before a digit.
//! - `280/QĐ-UBND`: Unicode breaks after the slash, Word does not.
//! - `https://…`: typst breaks where it likes, Word only after a hyphen.
//!
//! No character is added for it, so that the text of the PDF stays the text.

use std::ops::Range;

use typst::foundations::{Content, NativeElement};
use typst::layout::{Abs, BoxElem, HElem};
use typst::syntax::Span;
use typst::text::{FontStyle, FontWeight, HighlightElem, LinebreakElem, TextElem};
use typst::visualize::{Color, Paint};

use super::characters;
use crate::doc::metrics;
use crate::doc::{Inline, LINE_END, NO_BREAK, NO_BREAK_HYPHEN, Run};

/// Ground of a gap: light enough to read on, dark enough to be seen on a grey print.
const GAP_GROUND: [u8; 4] = [0xff, 0xf2, 0x9a, 0xff];

/// What all of a paragraph has in common.
#[derive(Clone, Copy)]
pub struct Look {
    pub justified: bool,
    /// By which its letters are known on the laid out pages (`read`).
    pub mark: Span,
}

/// The content of a paragraph. Of a justified one the line before a break is stretched too, as
/// Word and LibreOffice have it.
pub fn content(content: &[Inline], of: Look) -> Content {
    let line_break = || LinebreakElem::new().with_justify(of.justified).pack();
    let mut pieces = Vec::new();
    let mut line = Vec::new();
    for inline in content {
        match inline {
            Inline::Break => {
                push_line(&mut pieces, &line, of.mark);
                line.clear();
                pieces.push(line_break());
            }
            Inline::Text(run) => {
                let mut texts = run.text.split(['\n', LINE_END]);
                line.extend(texts.next().map(|text| (text, run)));
                for text in texts {
                    push_line(&mut pieces, &line, of.mark);
                    pieces.push(line_break());
                    line = vec![(text, run)];
                }
            }
        }
    }
    push_line(&mut pieces, &line, of.mark);
    Content::sequence(pieces)
}

/// The content of a cell: plain text, a line feed breaks the line.
pub fn text(text: &str, mark: Span) -> Content {
    content(&[Inline::text(text)], Look { justified: false, mark })
}

/// The texts between two line breaks, each with the run that it looks like.
fn push_line(pieces: &mut Vec<Content>, line: &[(&str, &Run)], mark: Span) {
    let text: String = line.iter().map(|(text, _)| *text).collect();
    for segment in segments(&text) {
        match segment {
            Segment::Text(range) => pieces.extend(cut(line, range, mark)),
            Segment::Whole(range) => {
                let body = Content::sequence(cut(line, range, mark));
                pieces.push(BoxElem::new().with_body(Some(body)).pack());
            }
            Segment::MayBreak => pieces.push(may_break()),
        }
    }
}

/// A stretch of a line, in the looks of its runs.
fn cut<'a>(
    line: &'a [(&str, &Run)],
    range: Range<usize>,
    mark: Span,
) -> impl Iterator<Item = Content> + 'a {
    let mut end = 0;
    line.iter().filter_map(move |(text, run)| {
        let start = end;
        end += text.len();
        let (from, to) = (range.start.max(start), range.end.min(end));
        (from < to).then(|| look(run, plain(&text[from - start..to - start], mark)))
    })
}

#[derive(Debug, PartialEq, Eq)]
enum Segment {
    /// Breaks where Unicode says.
    Text(Range<usize>),
    /// Does not break.
    Whole(Range<usize>),
    /// Here a line may break.
    MayBreak,
}

fn segments(line: &str) -> Vec<Segment> {
    let mut segments = Vec::new();
    let mut push = |segment| {
        if !matches!(&segment, Segment::Text(range) if range.is_empty()) {
            segments.push(segment);
        }
    };
    let (mut start, mut end) = (0, 0);
    for piece in metrics::pieces(line) {
        let at = end;
        end += piece.len();
        let word = piece.trim_end_matches(' ');
        if stays_whole(word) {
            push(Segment::Text(start..at));
            push(Segment::Whole(at..at + word.len()));
            start = at + word.len();
        }
        if !breaks_by_itself(piece, &line[end..]) {
            push(Segment::Text(start..end));
            push(Segment::MayBreak);
            start = end;
        }
    }
    push(Segment::Text(start..line.len()));
    segments
}

/// Whether Unicode too breaks between a piece and what follows.
fn breaks_by_itself(piece: &str, rest: &str) -> bool {
    rest.is_empty()
        || piece.ends_with(' ')
        || piece.ends_with('-') && rest.starts_with(char::is_alphabetic)
}

/// Whether the word is set apart from the line: when Unicode, or typst, might break it
/// inside, for a mark stands in it after which somebody does; or when it holds a no-break
/// space, which LibreOffice does not stretch, or a hyphen that is to keep it together.
fn stays_whole(word: &str) -> bool {
    let breaks = |(c, next): (char, char)| {
        let is_plain = c.is_alphanumeric() || ".,:;'’_(“‘\"".contains(c);
        // Unicode itself keeps `12/7/2022` whole.
        let is_date = c == '/' && next.is_ascii_digit();
        !is_plain && !is_date && (next.is_alphanumeric() || "(“‘\"+/\\-–—".contains(next))
    };
    let is_link = word.starts_with("http") || word.starts_with("www.") || word.contains("://");
    let pairs = || word.chars().zip(word.chars().skip(1));
    is_link || word.contains([NO_BREAK, NO_BREAK_HYPHEN]) || pairs().any(breaks)
}

/// Space too small to be seen, where typst may break a line; it ignores a space of nothing.
fn may_break() -> Content {
    HElem::new(Abs::pt(0.001).into()).pack()
}

/// A tab has no glyph, and there is nothing here for it to align with; nor has a hyphen that
/// does not break, and in a box none does.
fn plain(text: &str, mark: Span) -> Content {
    let drawn = characters::drawn(text).replace('\t', " ").replace(NO_BREAK_HYPHEN, "-");
    TextElem::packed(drawn).spanned(mark)
}

/// `bold` and `italic` add to the style of the paragraph, which `layout.typ` sets.
fn look(run: &Run, mut content: Content) -> Content {
    if run.bold {
        content = content.set(TextElem::weight, FontWeight::BOLD);
    }
    if run.italic {
        content = content.set(TextElem::style, FontStyle::Italic);
    }
    if run.gap {
        let [r, g, b, a] = GAP_GROUND;
        let ground = Paint::Solid(Color::from_u8(r, g, b, a));
        content = HighlightElem::new(content).with_fill(Some(ground)).pack();
    }
    content
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `[…]` does not break, `¦` may.
    fn shown(line: &str) -> String {
        let shown = segments(line).into_iter().map(|segment| match segment {
            Segment::Text(range) => line[range].to_owned(),
            Segment::Whole(range) => format!("[{}]", &line[range]),
            Segment::MayBreak => "¦".to_owned(),
        });
        shown.collect()
    }

    #[test]
    fn a_range_of_years_may_break_after_its_hyphen_and_a_notation_not_after_its_slash() {
        for (line, wanted) in [
            ("từ 2021-2025,", "từ 2021-¦2025,"),
            ("số 4691/BKHĐT-KCHTĐT ngày", "số [4691/BKHĐT-]KCHTĐT ngày"),
            ("- ngày 12/7/2022", "- ngày 12/7/2022"),
            ("(và/hoặc) “Đề án”…", "[(và/hoặc)] “Đề án”…"),
            ("Sở KT\u{2011}TH,", "Sở [KT\u{2011}TH,]"),
            ("từ năm\u{a0}2021-2025,", "từ [năm\u{a0}2021-]¦2025,"),
        ] {
            assert_eq!(shown(line), wanted);
        }
    }

    #[test]
    fn a_link_breaks_only_after_its_hyphens_and_marks_of_question() {
        assert_eq!(
            shown("xem https://vbpl.vn/van-ban?id=1 và"),
            "xem [https://vbpl.vn/van-]ban?¦[id=1] và"
        );
    }
}
