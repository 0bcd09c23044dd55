//! The changed phrases of a sentence, with some words of context.

use super::Piece;
use super::sentence::Token;

/// Words shown on each side of a change.
const CONTEXT: usize = 4;

/// A phrase before and after, as a clerk quotes it: bold between `**`, italic between `*`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    pub old: String,
    pub new: String,
}

/// The changed phrases of a sentence. Changes that share their context are one phrase.
pub fn phrases(pieces: &[Piece]) -> Vec<Phrase> {
    let mut phrases = Vec::new();
    let changed = |piece: &Piece| !matches!(piece, Piece::Same(_));
    let mut at = 0;
    while let Some(first) = pieces[at..].iter().position(changed).map(|found| at + found) {
        let mut end = after(pieces, first);
        // The next change begins within the context of this one.
        while let Some(next) = pieces[end..].iter().position(changed).map(|found| end + found) {
            if words(&pieces[end..next]) > 2 * CONTEXT {
                break;
            }
            end = after(pieces, next);
        }
        let from = reach(pieces[at..first].iter().rev());
        let until = reach(pieces[end..].iter());
        let shown = &pieces[first - from..end + until];
        let (cut_before, cut_after) = (first - from > 0, end + until < pieces.len());
        let quoted = |side: fn(&Piece) -> Option<&Token>| {
            let tokens: Vec<&Token> = shown.iter().filter_map(side).collect();
            let before = if cut_before { "… " } else { "" };
            let after = if cut_after { " …" } else { "" };
            format!("{before}{}{after}", marked_up(tokens).trim())
        };
        phrases.push(Phrase { old: quoted(Piece::before), new: quoted(Piece::after) });
        at = end;
    }
    phrases
}

/// Where the change that begins at `first` ends.
fn after(pieces: &[Piece], first: usize) -> usize {
    let same = |piece: &Piece| matches!(piece, Piece::Same(_));
    pieces[first..].iter().position(same).map_or(pieces.len(), |found| first + found)
}

fn words(pieces: &[Piece]) -> usize {
    let is_word = |piece: &&Piece| match piece {
        Piece::Same(token) | Piece::Gone(token) | Piece::Come(token) => !token.is_space(),
    };
    pieces.iter().filter(is_word).count()
}

/// How many pieces make the context.
fn reach<'a>(pieces: impl Iterator<Item = &'a Piece>) -> usize {
    let mut count = 0;
    let mut reached = 0;
    for piece in pieces {
        if words(std::slice::from_ref(piece)) == 1 {
            if count == CONTEXT {
                break;
            }
            count += 1;
        }
        reached += 1;
    }
    reached
}

/// Tokens as a clerk writes them.
pub fn marked_up<'a>(tokens: impl IntoIterator<Item = &'a Token>) -> String {
    let mut text = String::new();
    let mut look = (false, false);
    let mut spaces = "";
    for token in tokens {
        if token.is_space() {
            spaces = " ";
            continue;
        }
        let wanted = (token.bold, token.italic);
        if wanted != look {
            text.push_str(stars(look));
            text.push_str(spaces);
            text.push_str(stars(wanted));
        } else {
            text.push_str(spaces);
        }
        spaces = "";
        look = wanted;
        text.push_str(&token.text);
    }
    text.push_str(stars(look));
    text.push_str(spaces);
    text
}

const fn stars((bold, italic): (bool, bool)) -> &'static str {
    match (bold, italic) {
        (false, false) => "",
        (true, false) => "**",
        (false, true) => "*",
        (true, true) => "***",
    }
}
