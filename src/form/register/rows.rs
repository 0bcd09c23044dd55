//! The rows of the register as rows of the table: every word fits its column, every row a page.

use super::columns::{self, Ten, room};
use super::drawn;
use crate::doc::metrics::{self, Face4, lines};
use crate::doc::{Cell, Length, Row};
use crate::form::table::fit::{AROUND, Fitted, pitch};
use crate::model::RegisterRow;

/// High enough for somebody to sign in Ký nhận.
const HEIGHT: Length = Length::mm(9);

/// Kept free on a page besides the rows: the heading above them, and what another reader's
/// layout may need more.
const SPARE: Length = Length::mm(15);

/// What the columns of each row say, as far as it can be drawn.
pub(super) fn texts(rows: &[RegisterRow]) -> Vec<Ten<String>> {
    rows.iter().map(|row| row.texts().map(|text| drawn(&text))).collect()
}

/// The rows; `height` is what a page has for them.
pub(super) fn rows(texts: Vec<Ten<String>>, fitted: &Fitted, height: Length) -> Vec<Row> {
    let free = height - SPARE - AROUND;
    let most = usize::try_from(free.emu() / pitch(fitted.size).emu()).unwrap_or(1).max(1);
    texts.into_iter().flat_map(|texts| row(texts, fitted, most)).collect()
}

/// A row is never divided between two pages; one that is higher than a page goes on in
/// further rows.
fn row(texts: Ten<String>, fitted: &Fitted, most: usize) -> Vec<Row> {
    let mut column = 0;
    let texts = texts.map(|text| {
        let room = room(fitted, column);
        column += 1;
        (broken(&text, fitted.size, Face4::REGULAR, room), room)
    });
    let counted = texts.iter().map(|(text, room)| broken_lines(text, fitted.size, *room).len());
    let tallest = counted.max().unwrap_or(1);
    if tallest <= most {
        return vec![one(texts.map(|(text, _)| text), fitted.size)];
    }
    let part = |part: usize| {
        let of = |(text, room): &(String, Length)| {
            let lines = broken_lines(text, fitted.size, *room);
            lines.into_iter().skip(part * most).take(most).collect::<Vec<_>>().join(" ")
        };
        one(texts.each_ref().map(of), fitted.size)
    };
    (0..tallest.div_ceil(most)).map(part).collect()
}

fn broken_lines(text: &str, size: Length, room: Length) -> Vec<&str> {
    lines(text, size, Face4::REGULAR, room, Length::ZERO)
}

fn one(texts: Ten<String>, size: Length) -> Row {
    let cell = |(column, text): (u16, String)| Cell {
        column,
        columns: 1,
        rows: 1,
        style: columns::style(usize::from(column), size),
        text,
        upright: None,
    };
    let cells = (0..).zip(texts).map(cell).collect();
    Row { cells, height: Some(HEIGHT), ..Row::default() }
}

/// The text with a line feed within each word that is longer than a line: where Word would
/// break it, and typst would let it run into the next column.
pub(super) fn broken(text: &str, size: Length, face: Face4, room: Length) -> String {
    let width = |piece: &str| metrics::width(piece.trim_end_matches(' '), size, face);
    if metrics::pieces(text).all(|piece| width(piece) <= room) {
        return text.to_owned();
    }
    let mut result = String::new();
    for piece in metrics::pieces(text) {
        if width(piece) <= room {
            result.push_str(piece);
            continue;
        }
        if !result.is_empty() {
            result.truncate(result.trim_end_matches(' ').len());
            result.push('\n');
        }
        let mut so_far = Length::ZERO;
        for c in piece.chars() {
            let own = metrics::width(c.encode_utf8(&mut [0; 4]), size, face);
            if so_far + own > room && c != ' ' {
                result.push('\n');
                so_far = Length::ZERO;
            }
            result.push(c);
            so_far += own;
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_is_longer_than_its_line_is_broken_where_the_line_is_full() {
        let broken = |text| broken(text, Length::pt(10), Face4::REGULAR, Length::mm(20));
        assert_eq!(broken("Báo cáo về tình hình"), "Báo cáo về tình hình");
        assert_eq!(broken(""), "");
        assert_eq!(broken("số WWWWWWWWWWWWWWW kèm theo"), "số\nWWWWWW\nWWWWWW\nWWW kèm theo");
    }
}
