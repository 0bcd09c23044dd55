//! Numbers of headings and items: given by order, never copied from the source.

use crate::vi::{letters, roman};

/// The word before the number of an Điều.
pub const ARTICLE: &str = "Điều";
const PART: &str = "Phần";
const CHAPTER: &str = "Chương";
/// What divides a document above its Điều.
const PARTED: [&str; 4] = [PART, CHAPTER, "Mục", "Tiểu mục"];

/// How a number is written: `I.`, `1.`, `a)`, `(1)`, `Điều 1.`, `1.1.`, `-`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Literal(String),
    Counter(Style),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    Arabic,
    Letter,
    Roman,
    SmallRoman,
}

impl Style {
    fn parse(word: &str) -> Option<Self> {
        match word {
            "1" => Some(Self::Arabic),
            "a" => Some(Self::Letter),
            "I" => Some(Self::Roman),
            "i" => Some(Self::SmallRoman),
            _ => None,
        }
    }

    fn write(self, number: usize) -> String {
        let roman = || roman::to_roman(u32::try_from(number).unwrap_or(u32::MAX));
        match self {
            Self::Arabic => number.to_string(),
            Self::Letter => letters::letter(number.saturating_sub(1)),
            Self::Roman => roman(),
            Self::SmallRoman => roman().to_lowercase(),
        }
    }
}

impl Mark {
    /// Reads a pattern: a word `1`, `a`, `I` or `i` in it is the counter.
    pub fn parse(pattern: &str) -> Self {
        let mut parts = Vec::new();
        let mut rest = pattern;
        while let Some(first) = rest.chars().next() {
            let is_word = first.is_alphanumeric();
            let end = rest.find(|c: char| c.is_alphanumeric() != is_word).unwrap_or(rest.len());
            let (run, after) = rest.split_at(end);
            parts.push(match Style::parse(run) {
                Some(style) => Part::Counter(style),
                None => Part::Literal(run.to_owned()),
            });
            rest = after;
        }
        Self(parts)
    }

    /// Whether there is a counter in it.
    pub fn counts(&self) -> bool {
        self.counters().next().is_some()
    }

    /// Whether its own counter is a Roman number; such headings are set in capitals.
    pub fn is_roman(&self) -> bool {
        self.counters().last() == Some(Style::Roman)
    }

    /// Whether it stands on a line of its own above the title: `Phần I`, `Chương I`, `Mục 1`,
    /// `Tiểu mục 1` without a full stop. PL I, Phần I, Mục II, khoản 6, điểm d.
    pub fn stands_above(&self) -> bool {
        let parted = PARTED.iter().any(|word| self.begins_with(word));
        parted && matches!(self.0.last(), Some(Part::Counter(_)))
    }

    /// Whether it is that of an Điều.
    pub fn is_article(&self) -> bool {
        self.begins_with(ARTICLE)
    }

    /// Whether its numbers go on when a heading above it begins anew: parts, chapters and
    /// Điều are counted through the whole document, a Mục within its Chương.
    fn runs_on(&self) -> bool {
        [PART, CHAPTER, ARTICLE].iter().any(|word| self.begins_with(word))
    }

    fn begins_with(&self, word: &str) -> bool {
        let mut rest = word;
        for part in &self.0 {
            if rest.is_empty() {
                return true;
            }
            let Part::Literal(literal) = part else { return false };
            match rest.strip_prefix(literal.as_str()) {
                Some(after) => rest = after,
                None => return rest.is_empty(),
            }
        }
        false
    }

    fn counters(&self) -> impl Iterator<Item = Style> {
        self.0.iter().filter_map(|part| match part {
            Part::Counter(style) => Some(*style),
            Part::Literal(_) => None,
        })
    }

    /// Writes the mark. The last number is its own; a pattern with several counters
    /// (`1.1.`) takes the numbers above from those before it.
    pub fn write(&self, numbers: &[usize]) -> String {
        let above = numbers.len().saturating_sub(self.counters().count());
        let mut numbers = numbers[above..].iter();
        let mut text = String::new();
        for part in &self.0 {
            match part {
                Part::Literal(literal) => text.push_str(literal),
                Part::Counter(style) => {
                    text.push_str(&style.write(numbers.next().copied().unwrap_or(1)));
                }
            }
        }
        text
    }
}

/// What an item begins with in the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemKind {
    /// `Điều 1. `
    Article,
    /// `1. `
    Number,
    /// `a) `
    Letter,
    /// `- `
    Dash,
    /// `+ `
    Plus,
}

impl ItemKind {
    /// The mark of the item of that number, counted from 1.
    pub fn write(self, number: usize) -> String {
        match self {
            Self::Article => format!("{ARTICLE} {number}."),
            Self::Number => format!("{number}."),
            Self::Letter => format!("{})", letters::letter(number.saturating_sub(1))),
            Self::Dash => "-".to_owned(),
            Self::Plus => "+".to_owned(),
        }
    }
}

/// The counters of one document.
///
/// Items count on within one list. After a plain paragraph a list goes on, unless its
/// source begins again with `1.` or `a)`; after a heading or an Điều it always begins
/// again. The Điều themselves are counted through, whether they are headings or items.
#[derive(Clone, Debug, Default)]
pub struct Counters {
    headings: Vec<usize>,
    articles: usize,
    /// The kinds of item that enclose the present one, outermost first.
    open: Vec<ItemKind>,
    numbers: [usize; KINDS],
    interrupted: [bool; KINDS],
}

/// How many kinds of item there are.
const KINDS: usize = 5;

impl Counters {
    /// Those of the clerk's own paragraphs within the document: their Điều count on.
    pub fn within(&self) -> Self {
        Self { articles: self.articles, ..Self::default() }
    }

    /// What stood within has ended.
    pub fn after(&mut self, within: &Self) {
        self.articles = within.articles;
        self.restart_items();
    }

    /// The mark of the next heading of a level of the scheme, counted from 1.
    pub fn heading(&mut self, level: usize, scheme: &[Mark]) -> String {
        let mark = &scheme[level - 1];
        self.headings.resize(scheme.len(), 0);
        for (number, below) in self.headings.iter_mut().zip(scheme).skip(level) {
            if !below.runs_on() {
                *number = 0;
            }
        }
        let number = &mut self.headings[level - 1];
        if mark.is_article() {
            self.articles += 1;
            *number = self.articles;
        } else {
            *number += 1;
        }
        self.restart_items();
        mark.write(&self.headings[..level])
    }

    pub fn restart_items(&mut self) {
        self.open.clear();
        self.numbers = [0; KINDS];
        self.interrupted = [false; KINDS];
    }

    /// A paragraph between items.
    pub fn text(&mut self) {
        self.open.clear();
        self.interrupted = [true; KINDS];
    }

    /// The level and the mark of the next item. `begins`: written as the first of its list.
    pub fn item(&mut self, kind: ItemKind, begins: bool) -> (u8, String) {
        if kind == ItemKind::Article {
            self.restart_items();
            self.articles += 1;
            self.open.push(kind);
            return (1, kind.write(self.articles));
        }
        let level = match self.open.iter().position(|&open| open == kind) {
            Some(level) => {
                for inner in self.open.drain(level + 1..) {
                    self.numbers[inner as usize] = 0;
                }
                level
            }
            None => {
                if begins || !self.interrupted[kind as usize] {
                    self.numbers[kind as usize] = 0;
                }
                self.open.push(kind);
                self.open.len() - 1
            }
        };
        self.interrupted[kind as usize] = false;
        self.numbers[kind as usize] += 1;
        let number = self.numbers[kind as usize];
        // At most five kinds are open, so the level fits.
        (u8::try_from(level + 1).unwrap_or(u8::MAX), kind.write(number))
    }
}
