//! The words that a record keeps against the letters that its PDF prints.

use std::collections::BTreeMap;

use crate::vi::text::nfc;

/// What the PDF files of a record lack of its words.
#[derive(Debug, PartialEq, Eq)]
pub struct Lacking {
    /// The first lines and cells that are not there whole.
    pub named: Vec<String>,
    /// How many letters there are fewer.
    pub letters: usize,
}

/// So many lines and cells are named; finding one reads the whole text.
const NAMED: usize = 10;
/// So far from the one before a line or a cell is looked for first, in bytes.
const NEAR: usize = 1 << 16;

/// Compares the letters of all; `words` is a line for each paragraph and each row, with cells
/// parted by tabs, `printed` the letters of the files in the order of their content.
///
/// The order is not compared: a row that goes on over pages stands there page by page, and
/// what a first page carries in its margins before its text.
pub fn lacking(words: &str, printed: &str) -> Option<Lacking> {
    let (words, printed) = (nfc(words), letters(&nfc(printed)));
    let mut left: BTreeMap<char, i64> = BTreeMap::new();
    printed.chars().for_each(|letter| *left.entry(letter).or_default() += 1);
    letters(&words).chars().for_each(|letter| *left.entry(letter).or_default() -= 1);
    let missing: i64 = left.values().filter(|count| **count < 0).sum();
    let letters = usize::try_from(-missing).ok().filter(|missing| *missing > 0)?;
    Some(Lacking { named: named(&words, &printed), letters })
}

fn named(words: &str, printed: &str) -> Vec<String> {
    let mut named = Vec::new();
    let mut at = 0;
    for piece in words.split(['\n', '\t']) {
        let wanted = letters(piece);
        let near = printed.get(at..).unwrap_or_default();
        let near = &near[..near.floor_char_boundary(NEAR)];
        if let Some(found) = near.find(&wanted) {
            at += found + wanted.len();
        } else if !printed.contains(&wanted) {
            named.push(piece.trim().to_owned());
            if named.len() == NAMED {
                break;
            }
        }
    }
    named
}

fn letters(text: &str) -> String {
    let seen = |c: &char| {
        !c.is_whitespace()
            && !matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
    };
    let one = |c| if matches!(c, '\u{2010}' | '\u{2011}') { '-' } else { c };
    text.chars().filter(seen).map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn receivers_that_the_page_cut_off_are_named() {
        let words = "Nơi nhận:\n- Xã số 1;\n- Xã số 2;\n- Lưu: VT.\n";
        assert_eq!(lacking(words, "Nơinhận:-Xãsố1;-Xãsố2;-Lưu:VT."), None);
        let cut = lacking(words, "Nơinhận:-Xãsố1;").unwrap();
        assert_eq!(cut.named, ["- Xã số 2;", "- Lưu: VT."]);
        assert_eq!(cut.letters, 15);
    }

    #[test]
    fn cells_that_go_on_page_by_page_are_there_in_any_order() {
        assert_eq!(lacking("một hai\tba bốn\n", "mộtbahaibốn"), None);
        // The decomposed letter of an older text is the same letter.
        assert_eq!(lacking("ba\u{302}\n", "bâ"), None);
    }

    #[test]
    fn a_doubled_letter_elsewhere_does_not_stand_for_a_lost_one() {
        let lost = lacking("chi 5 tỷ\nthu 7 tỷ\n", "chi5tỷthutỷ55").unwrap();
        assert_eq!((lost.named.as_slice(), lost.letters), (&["thu 7 tỷ".to_owned()][..], 1));
    }
}
