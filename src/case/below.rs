//! What stands under a table in its sheet and is no row of it: notes, the place and the day,
//! signatures, a second table. Where the clerk gives no area, a sheet is read to its end.
//!
//! Known words are left out, and said so; what may well be a row is asked about. A last row
//! without figures is a row: its number stands before it, or it follows the others at once.

use super::door::Door;
use super::heads::is_ordinal_head;
use super::outline::{is_dash, is_figure};
use super::rows_from::RowsFrom;
use crate::diag::Diagnostic;
use crate::model::ColumnKind;
use crate::vi::mark::Mark;
use crate::vi::text::{fold, quotable};

/// A line below the heads, as far as it tells whether it is a row.
pub struct Line {
    /// Its number in the file.
    pub number: usize,
    /// The first text of the whole line, in a column that is read or not.
    pub first: String,
    /// Whether a column of figures or days holds one.
    pub has_value: bool,
    /// Whether a blank line stands above it.
    pub is_after_gap: bool,
    /// Whether cells side by side are merged.
    pub is_merged: bool,
    /// Whether it says what the heads say.
    pub repeats_heads: bool,
}

/// From which line on there is no row of the table, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Below {
    Notes(usize),
    /// It may be a row.
    Perhaps(usize),
    /// The heads stand once more; in which line.
    Again(usize, usize),
}

impl Below {
    pub const fn start(self) -> usize {
        match self {
            Self::Notes(start) | Self::Perhaps(start) | Self::Again(start, _) => start,
        }
    }
}

/// Of a table without numbers and figures, so many lines under a note belong to it.
const MAX_NOTES: usize = 8;

/// How signatures begin, and the names of some rows as well.
const POSTS: [&str; 9] = [
    "giam doc",
    "hieu truong",
    "ke toan",
    "chu tich",
    "truong phong",
    "truong ban",
    "xac nhan",
    "tm.",
    "kt.",
];

pub fn find(lines: &[Line]) -> Option<Below> {
    let has_number = |line: &Line| Mark::parse(&line.first).is_some();
    let is_row = |line: &Line| line.has_value || has_number(line);
    if let Some(again) = lines.iter().position(|line| line.repeats_heads) {
        let start = lines[..again].iter().rposition(is_row).map_or(again, |last| last + 1);
        return Some(Below::Again(start, again));
    }
    let last_value = lines.iter().rposition(|line| line.has_value);
    let last_row = lines.iter().rposition(is_row);
    let from = last_value.or(last_row).map_or(1, |last| last + 1);
    let note = (from..lines.len()).find(|&at| is_note(&lines[at].first));
    // What is asked about may stand above the first note.
    let end = note.unwrap_or(lines.len());
    let mut tail = lines.get(last_row.map_or(end, |last| last + 1)..end).unwrap_or_default().iter();
    let is_post = |line: &Line| {
        let folded = fold(&line.first);
        POSTS.iter().any(|post| folded.starts_with(post))
    };
    let may_be_none = |line: &Line| line.is_after_gap || line.is_merged || is_post(line);
    if let Some(at) = tail.position(may_be_none) {
        return Some(Below::Perhaps(last_row.map_or(0, |last| last + 1) + at));
    }
    // A table of words only has no rows that are known by more than their place.
    let mut of_words = lines.iter().take(end).skip(1);
    let post = of_words.position(|line| line.is_after_gap && is_post(line));
    if let Some(at) = post.filter(|_| last_row.is_none()) {
        return Some(Below::Perhaps(at + 1));
    }
    let note = note?;
    let is_long = last_row.is_none() && lines.len() - note > MAX_NOTES;
    let is_sure = !is_long && !lines[note..].iter().any(has_number);
    Some(if is_sure { Below::Notes(note) } else { Below::Perhaps(note) })
}

/// Whether a line that begins so is a note, or a line of signatures.
pub fn is_note(first: &str) -> bool {
    const NOTES: [&str; 8] = [
        "ghi chu",
        "chu thich",
        "luu y:",
        "nguoi lap",
        "nguoi ky",
        "thu truong",
        "nguon:",
        "nguon so lieu",
    ];
    let folded = fold(first.trim());
    NOTES.iter().any(|note| folded.starts_with(note)) || folded == "luu y" || is_day_line(&folded)
}

/// `An Giang, ngày 15 tháng 12 năm 2025`, `Ngày 15/12/2025`, the day not yet written too.
fn is_day_line(folded: &str) -> bool {
    let rest = match folded.split_once(", ngay") {
        Some((_, rest)) => Some(rest),
        None => folded.strip_prefix("ngay"),
    };
    let Some(rest) = rest.map(str::trim_start) else { return false };
    let begins = rest.starts_with(|c: char| c.is_ascii_digit() || ".…_/".contains(c));
    let is_date = rest.contains("thang") && rest.contains("nam")
        || rest.chars().all(|c| c.is_ascii_digit() || " ./-…_".contains(c));
    (begins || rest.starts_with("thang")) && is_date
}

/// Whether a cell of such a column holds what a row holds.
pub fn is_value(text: &str, kind: Option<ColumnKind>) -> bool {
    let text = text.trim();
    let begins = || text.starts_with(|c: char| c.is_ascii_digit() || "-–−+(".contains(c));
    let Some(kind) = kind else { return false };
    if kind.is_figure() {
        return is_figure(text) || is_dash(text) || begins();
    }
    kind == ColumnKind::Date && begins() && text.len() <= "31/12/2025".len()
}

/// Whether a line says what the heads say, in two columns at least; `pairs` are of a head
/// and the text below it.
pub fn repeats<'t>(pairs: impl Iterator<Item = (&'t str, &'t str)>) -> bool {
    let mut same = 0;
    for (head, text) in pairs.filter(|(_, text)| !text.trim().is_empty()) {
        if head.trim() != text.trim() {
            return false;
        }
        same += 1;
    }
    same >= 2
}

/// Whether a line begins as the heads do, with the name of a column of numbers: those of
/// another table, whatever they say further on.
pub fn begins_anew(heads: &str, first: &str) -> bool {
    heads.trim() == first && is_ordinal_head(first)
}

/// What the clerk may write where the file is a workbook: the area down to a line.
pub type AreaTo<'a> = Option<&'a dyn Fn(&Line) -> String>;

/// Says what is not read, or asks.
pub fn tell(
    found: Below,
    lines: &[Line],
    from: &RowsFrom,
    area_to: AreaTo<'_>,
    door: &mut Door<'_>,
) {
    let at = from.at.key("tep");
    let start = found.start();
    let (Some(first), Some(last)) = (lines.get(start), lines.last()) else { return };
    let above = lines[..start].last();
    let areas = area_to.and_then(|area_to| Some((area_to(above?), area_to(last))));
    let numbers = match (first.number, last.number) {
        (first, last) if first == last => format!("dòng {first}"),
        (first, last) => format!("các dòng {first}–{last}"),
    };
    let name = quotable(&first.first);
    match found {
        Below::Notes(_) => {
            let message = format!("không đọc {numbers} ở dưới bảng, từ “{name}”");
            let hint = match areas {
                Some((_, all)) => format!("nếu là dòng của bảng, ghi `vung: {all}` dưới `dong_tu_tep:`"),
                None => "nếu là dòng của bảng, ghi số thứ tự của nó ở ô đầu, hoặc số liệu (chưa có thì `-`)".to_owned(),
            };
            door.faults.add(Diagnostic::info("duoi-bang", at, message).hint(hint));
        }
        Below::Perhaps(_) => {
            let message =
                format!("{numbers} ở dưới bảng, từ “{name}”, chưa rõ có là dòng của bảng không");
            let hint = match areas {
                Some((table, all)) => {
                    let apart = if first.is_merged { "bỏ gộp ô (Unmerge Cells) rồi " } else { "" };
                    format!(
                        "không phải thì ghi `vung: {table}` dưới `dong_tu_tep:`; phải thì {apart}ghi `vung: {all}`"
                    )
                }
                None if first.is_after_gap => {
                    "không phải thì xóa khỏi tệp; phải thì xóa dòng trống ở trên nó".to_owned()
                }
                None => "không phải thì xóa khỏi tệp; phải thì ghi số thứ tự của nó ở ô đầu, hoặc số liệu (chưa có thì `-`)".to_owned(),
            };
            door.error("duoi-bang", &at, message, hint);
        }
        Below::Again(_, again) => {
            let number = lines[again].number;
            let message = format!("dòng {number} của tệp lại là đề mục của một bảng");
            let hint = match areas {
                Some((table, _)) => format!(
                    "từ đó là một bảng khác thì ghi `vung: {table}` dưới `dong_tu_tep:`; vẫn là bảng ấy thì xóa dòng {number} khỏi tệp"
                ),
                None => format!(
                    "từ đó là một bảng khác thì chép sang tệp riêng; vẫn là bảng ấy thì xóa dòng {number} khỏi tệp"
                ),
            };
            door.error("duoi-bang", &at, message, hint);
        }
    }
}
