//! Cells of a sheet by the names that spreadsheets give them: `C12`, `A5:AC30`.

use std::fmt;

/// One cell, its row and its column counted from 0.
///
/// ```
/// use vanthu::diag::CellName;
/// assert_eq!(CellName { row: 11, column: 28 }.to_string(), "AC12");
/// assert_eq!(CellName::parse("$AC$12"), Some(CellName { row: 11, column: 28 }));
/// assert_eq!(CellName::parse("XFE1"), None);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct CellName {
    pub row: u32,
    pub column: u32,
}

impl CellName {
    /// As many as a spreadsheet has.
    pub const MAX_ROWS: u32 = 1_048_576;
    pub const MAX_COLUMNS: u32 = 16_384;

    pub fn parse(text: &str) -> Option<Self> {
        let text = text.strip_prefix('$').unwrap_or(text);
        let digits = text.find(|c: char| !c.is_ascii_alphabetic())?;
        let (letters, digits) = text.split_at(digits);
        let digits = digits.strip_prefix('$').unwrap_or(digits);
        let is_number = digits.len() <= 7 && digits.bytes().all(|byte| byte.is_ascii_digit());
        let row: u32 = digits.parse().ok().filter(|_| is_number)?;
        let row = row.checked_sub(1).filter(|row| *row < Self::MAX_ROWS)?;
        Some(Self { row, column: column(letters)? })
    }
}

impl fmt::Display for CellName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", letters(self.column), self.row + 1)
    }
}

/// The letters of a column counted from 0: 28 → `AC`.
pub fn letters(column: u32) -> String {
    let mut left = column + 1;
    let mut letters = Vec::new();
    while left > 0 {
        let digit = (left - 1) % 26;
        letters.extend(char::from_digit(digit + 10, 36));
        left = (left - 1) / 26;
    }
    letters.iter().rev().map(char::to_ascii_uppercase).collect()
}

/// The column of some letters: `AC` → 28.
pub fn column(letters: &str) -> Option<u32> {
    if letters.is_empty() || letters.len() > 3 {
        return None;
    }
    let mut column = 0;
    for letter in letters.chars() {
        let digit = Some(letter).filter(char::is_ascii_alphabetic)?.to_digit(36)? - 9;
        column = column * 26 + digit;
    }
    (column <= CellName::MAX_COLUMNS).then(|| column - 1)
}

/// A rectangle of cells, both corners within it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    pub first: CellName,
    pub last: CellName,
}

impl Area {
    pub const WHOLE_SHEET: Self = Self {
        first: CellName { row: 0, column: 0 },
        last: CellName { row: CellName::MAX_ROWS - 1, column: CellName::MAX_COLUMNS - 1 },
    };

    /// `A5:AC30`, the corners in this order; `B2` alone is one cell.
    pub fn parse(text: &str) -> Option<Self> {
        let (first, last) = text.split_once(':').unwrap_or((text, text));
        let (first, last) = (CellName::parse(first.trim())?, CellName::parse(last.trim())?);
        let in_order = first.row <= last.row && first.column <= last.column;
        in_order.then_some(Self { first, last })
    }

    pub fn contains(&self, cell: CellName) -> bool {
        (self.first.row..=self.last.row).contains(&cell.row)
            && (self.first.column..=self.last.column).contains(&cell.column)
    }

    pub fn has_column(&self, column: u32) -> bool {
        (self.first.column..=self.last.column).contains(&column)
    }
}

impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last {
            return write!(f, "{}", self.first);
        }
        write!(f, "{}:{}", self.first, self.last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_comes_back_from_its_letters() {
        for number in 0..CellName::MAX_COLUMNS {
            assert_eq!(column(&letters(number)), Some(number));
        }
        assert_eq!((letters(0).as_str(), letters(25).as_str()), ("A", "Z"));
        assert_eq!((letters(26).as_str(), letters(16_383).as_str()), ("AA", "XFD"));
    }

    #[test]
    fn what_is_no_cell_of_a_sheet_is_refused() {
        let none = ["", "A", "1", "A0", "A1048577", "XFE1", "AAAA1", "A1B", "Ă1", "A-1", "A+1"];
        for text in none {
            assert_eq!(CellName::parse(text), None, "{text}");
        }
        for text in ["B5:A9", "A9:B5", "A1:", ":A1", "A1:B2:C3", "A:C"] {
            assert_eq!(Area::parse(text), None, "{text}");
        }
        assert_eq!(Area::parse("$A$5:AC30").unwrap().to_string(), "A5:AC30");
    }
}
