//! Numbers of headings and items: given by order, never copied from the source.

use crate::vi::{letters, roman};

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
    /// `1. `
    Number,
    /// `a) `
    Letter,
    /// `- `
    Dash,
    /// `+ `
    Plus,
}

/// The counters of one document.
///
/// Items count on within one list. After a plain paragraph a list goes on, unless its
/// source begins again with `1.` or `a)`; after a heading it always begins again.
#[derive(Clone, Debug, Default)]
pub struct Counters {
    headings: Vec<usize>,
    /// The kinds of item that enclose the present one, outermost first.
    open: Vec<ItemKind>,
    numbers: [usize; 4],
    interrupted: [bool; 4],
}

impl Counters {
    /// The mark of the next heading of a level, counted from 1.
    pub fn heading(&mut self, level: usize, mark: &Mark) -> String {
        self.headings.resize(level, 0);
        self.headings[level - 1] += 1;
        self.restart_items();
        mark.write(&self.headings)
    }

    pub fn restart_items(&mut self) {
        self.open.clear();
        self.numbers = [0; 4];
        self.interrupted = [false; 4];
    }

    /// A paragraph between items.
    pub fn text(&mut self) {
        self.open.clear();
        self.interrupted = [true; 4];
    }

    /// The level and the mark of the next item. `begins`: written as the first of its list.
    pub fn item(&mut self, kind: ItemKind, begins: bool) -> (u8, String) {
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
        let mark = match kind {
            ItemKind::Number => format!("{number}."),
            ItemKind::Letter => format!("{})", letters::letter(number - 1)),
            ItemKind::Dash => "-".to_owned(),
            ItemKind::Plus => "+".to_owned(),
        };
        // At most four kinds are open, so the level fits.
        (u8::try_from(level + 1).unwrap_or(u8::MAX), mark)
    }
}
