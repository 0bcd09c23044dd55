//! Old sentences and new ones: which belongs to which, and what became of its words.

use std::collections::BTreeMap;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::sentence::Token;
use super::{Change, Piece, Sentence, Told};

/// Two sentences with less than this in common, in hundredths, are two sentences.
const LEAST_ALIKE: usize = 45;

/// Sentences of one place that are compared each with each; more are compared in order.
const MOST_PAIRS: usize = 2_500;

/// What differs between two lists of sentences, in the order of the new one.
pub fn changes_between(old: &[Sentence], new: &[Sentence]) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut numbers = BTreeMap::new();
    let mut keys = |sentences: &[Sentence]| -> Vec<usize> {
        let key = |sentence: &Sentence| {
            let next = numbers.len();
            *numbers.entry((sentence.kind.clone(), sentence.plain())).or_insert(next)
        };
        sentences.iter().map(key).collect()
    };
    let (old_keys, new_keys) = (keys(old), keys(new));
    // What neither side has alike, from the last sentences that are.
    let (mut from_old, mut from_new) = (0, 0);
    for op in capture_diff_slices(Algorithm::Myers, &old_keys, &new_keys) {
        let DiffOp::Equal { old_index, new_index, len } = op else { continue };
        block(old, new, from_old..old_index, from_new..new_index, &mut changes);
        for step in 0..len {
            pair(old, new, old_index + step, new_index + step, &mut changes);
        }
        (from_old, from_new) = (old_index + len, new_index + len);
    }
    block(old, new, from_old..old.len(), from_new..new.len(), &mut changes);
    changes
}

type Span = std::ops::Range<usize>;

/// Sentences that have no like on the other side: reworded, added, removed.
fn block(old: &[Sentence], new: &[Sentence], olds: Span, news: Span, changes: &mut Vec<Change>) {
    let (mut at_old, mut at_new) = (olds.start, news.start);
    let ends = std::iter::once((olds.end, news.end));
    let pairs = pairs(&old[olds.clone()], &new[news.clone()]);
    let pairs = pairs.into_iter().map(|(one, other)| (olds.start + one, news.start + other));
    for (one, other) in pairs.chain(ends) {
        for (index, gone) in (at_old..).zip(&old[at_old..one]) {
            let (place, told) = (gone.place.clone(), Told::Removed(gone.clone()));
            changes.push(Change { old: index, new: at_new, place, told });
        }
        for (index, come) in (at_new..).zip(&new[at_new..other]) {
            let (place, told) = (come.place.clone(), Told::Added(come.clone()));
            changes.push(Change { old: one, new: index, place, told });
        }
        if one < olds.end && other < news.end {
            pair(old, new, one, other, changes);
        }
        (at_old, at_new) = (one + 1, other + 1);
    }
}

/// What became of a sentence.
fn pair(olds: &[Sentence], news: &[Sentence], old: usize, new: usize, changes: &mut Vec<Change>) {
    let (one, other) = (&olds[old], &news[new]);
    let change = |told| Change { old, new, place: other.place.clone(), told };
    if one.mark != other.mark {
        changes.push(change(Told::Renumbered { old: one.mark.clone(), new: other.mark.clone() }));
    }
    if one.tokens != other.tokens {
        changes.push(change(Told::Reworded(pieces(&one.tokens, &other.tokens))));
    }
}

/// The pairs of sentences, in order on both sides, that have most in common together.
fn pairs(old: &[Sentence], new: &[Sentence]) -> Vec<(usize, usize)> {
    if old.len() * new.len() > MOST_PAIRS {
        let all = (0..old.len().min(new.len())).map(|index| (index, index));
        return all.filter(|&(one, other)| alike(&old[one], &new[other]) > 0).collect();
    }
    let width = new.len() + 1;
    let scores: Vec<usize> =
        old.iter().flat_map(|one| new.iter().map(move |other| alike(one, other))).collect();
    let score = |one: usize, other: usize| scores[one * new.len() + other];
    // The best sum for the sentences from (one, other) to the ends.
    let mut best = vec![0; (old.len() + 1) * width];
    for one in (0..old.len()).rev() {
        for other in (0..new.len()).rev() {
            let skipped = best[(one + 1) * width + other].max(best[one * width + other + 1]);
            let paired = match score(one, other) {
                0 => 0,
                score => score + best[(one + 1) * width + other + 1],
            };
            best[one * width + other] = skipped.max(paired);
        }
    }
    let (mut one, mut other, mut found) = (0, 0, Vec::new());
    while one < old.len() && other < new.len() {
        let here = best[one * width + other];
        let score = score(one, other);
        if score > 0 && here == score + best[(one + 1) * width + other + 1] {
            found.push((one, other));
            (one, other) = (one + 1, other + 1);
        } else if here == best[(one + 1) * width + other] {
            one += 1;
        } else {
            other += 1;
        }
    }
    found
}

/// How much two sentences have in common, in hundredths; 0 when they are two.
fn alike(one: &Sentence, other: &Sentence) -> usize {
    if one.kind != other.kind {
        return 0;
    }
    let words = |sentence: &Sentence| -> Vec<String> {
        let words = sentence.tokens.iter().filter(|token| !token.is_space());
        words.map(|token| token.text.to_lowercase()).collect()
    };
    let (one, other) = (words(one), words(other));
    let whole = one.len() + other.len();
    if whole == 0 {
        return 0;
    }
    let common: usize = capture_diff_slices(Algorithm::Myers, &one, &other)
        .into_iter()
        .map(|op| if let DiffOp::Equal { len, .. } = op { len } else { 0 })
        .sum();
    Some(200 * common / whole).filter(|share| *share >= LEAST_ALIKE).unwrap_or(0)
}

/// The tokens of both sentences: the same, gone, come.
fn pieces(old: &[Token], new: &[Token]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, old, new) {
        let (_, olds, news) = op.as_tag_tuple();
        if let DiffOp::Equal { .. } = op {
            pieces.extend(old[olds].iter().cloned().map(Piece::Same));
        } else {
            pieces.extend(old[olds].iter().cloned().map(Piece::Gone));
            pieces.extend(new[news].iter().cloned().map(Piece::Come));
        }
    }
    whole_phrases(pieces)
}

/// A space alone between two changes changes with them: “đề nghị” → “kiến nghị” and not
/// two words, each for another.
fn whole_phrases(pieces: Vec<Piece>) -> Vec<Piece> {
    let changes = |at: Option<&Piece>| !matches!(at, None | Some(Piece::Same(_)));
    let mut whole = Vec::with_capacity(pieces.len());
    // Of one change, what is gone stands before what comes.
    let (mut gone, mut come): (Vec<Piece>, Vec<Piece>) = (Vec::new(), Vec::new());
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Gone(_) => gone.push(piece.clone()),
            Piece::Come(_) => come.push(piece.clone()),
            Piece::Same(token)
                if token.is_space()
                    && changes(at.checked_sub(1).and_then(|before| pieces.get(before)))
                    && changes(pieces.get(at + 1)) =>
            {
                gone.push(Piece::Gone(token.clone()));
                come.push(Piece::Come(token.clone()));
            }
            Piece::Same(_) => {
                whole.append(&mut gone);
                whole.append(&mut come);
                whole.push(piece.clone());
            }
        }
    }
    whole.append(&mut gone);
    whole.append(&mut come);
    whole
}
