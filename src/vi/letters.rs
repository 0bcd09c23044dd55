//! The letters that number điểm: a, b, c, d, đ, e, g …
//!
//! PL I, Phần I: points are lettered in the order of the Vietnamese alphabet.
//! The decree's own points run a b c d đ e g h i k l m n o: no f, j, w, z and none of
//! ă â ê ô ơ ư. The rest, p to y, follows from the same principle.

/// In the order of the alphabet.
pub const LETTERS: [char; 23] = [
    'a', 'b', 'c', 'd', 'đ', 'e', 'g', 'h', 'i', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't',
    'u', 'v', 'x', 'y',
];

/// The letter of the point at `index`, counted from 0, without its `)`.
///
/// After `y` the decree says nothing; `aa`, `ab` … `ay`, `ba` are ours.
///
/// ```
/// # use vanthu::vi::letters::letter;
/// let first: Vec<_> = (0..7).map(letter).collect();
/// assert_eq!(first.join(" "), "a b c d đ e g");
/// assert_eq!(letter(23), "aa");
/// ```
#[must_use]
pub fn letter(index: usize) -> String {
    let mut reversed = vec![LETTERS[index % LETTERS.len()]];
    let mut rest = index / LETTERS.len();
    while rest > 0 {
        rest -= 1;
        reversed.push(LETTERS[rest % LETTERS.len()]);
        rest /= LETTERS.len();
    }
    reversed.iter().rev().collect()
}

/// The index of a point's letter: the inverse of [`letter`].
///
/// Nothing for capitals, for letters that number no point, and for `đ` in two
/// code points.
///
/// ```
/// # use vanthu::vi::letters::index;
/// assert_eq!(index("đ"), Some(4));
/// assert_eq!(index("f"), None);
/// ```
#[must_use]
pub fn index(text: &str) -> Option<usize> {
    let mut count = 0_usize;
    for c in text.chars() {
        let position = LETTERS.iter().position(|&letter| letter == c)?;
        count = count.checked_mul(LETTERS.len())?.checked_add(position + 1)?;
    }
    count.checked_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_follow_the_vietnamese_alphabet() {
        let all: Vec<_> = (0..23).map(letter).collect();
        assert_eq!(all.join(" "), "a b c d đ e g h i k l m n o p q r s t u v x y");
    }

    #[test]
    fn after_y_letters_are_doubled() {
        for (at, text) in
            [(23, "aa"), (24, "ab"), (27, "ađ"), (45, "ay"), (46, "ba"), (551, "yy"), (552, "aaa")]
        {
            assert_eq!(letter(at), text);
        }
    }

    #[test]
    fn every_letter_leads_back_to_its_place() {
        for at in (0..20_000).chain([usize::MAX - 1, usize::MAX / 2]) {
            assert_eq!(index(&letter(at)), Some(at));
        }
    }

    #[test]
    fn letters_that_number_no_point_are_refused() {
        for text in ["", "f", "j", "w", "z", "ă", "ô", "A", "Đ", "1", "a)", " a"] {
            assert_eq!(index(text), None, "{text}");
        }
        assert_eq!(index(&"y".repeat(100)), None);
    }
}
