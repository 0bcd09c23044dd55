//! Number formats: what a cell shows of its number (ECMA-376, part 1, 18.8.30 and 18.8.31).
//!
//! *Invariants*: what is shown is shown the Vietnamese way, `1.234,5` and `dd/mm/yyyy`,
//! whatever the settings of the machine are on which the workbook was saved; a format that
//! cannot be shown surely (a fraction, a power of ten) shows nothing rather than a guess.

use chrono::{Datelike, NaiveDate};

use crate::model::Amount;

/// A number format: what is shown of numbers above, below and of nought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Format {
    /// None of the format `General`.
    sections: Vec<Section>,
}

/// What a format is of, as far as it matters here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Number,
    /// In per cent.
    Share,
    Date,
    /// Hours and minutes without a day, or hours beyond a day.
    Time,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Section {
    pieces: Vec<Piece>,
    condition: Option<(Compared, Amount)>,
    is_date: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Compared {
    Less,
    LessOrEqual,
    Equal,
    Unequal,
    GreaterOrEqual,
    Greater,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    /// Printed as it stands.
    Words(String),
    /// The place of a digit: `0`, `#` or `?`.
    Digit(char),
    Point,
    Comma,
    Percent,
    General,
    /// `/` between digits, `E+`: what is not shown here.
    Power,
    /// The text of a cell that holds one.
    Text,
    /// `d`, `m` (a month), `y`, `h`, `n` (minutes), `s`, and how many letters.
    Part(char, usize),
    /// Hours, minutes or seconds beyond a day: `[h]`.
    Elapsed(char, usize),
    /// `AM/PM`
    Half,
}

/// What a cell shows of a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    pub text: String,
    /// The number that a reader takes from it: with its sign, per cent as they are called.
    /// Nothing when there are no digits.
    pub number: Option<Amount>,
    /// Digits after the comma.
    pub places: u32,
    /// Whether there are noughts in front that no number has: `0012`.
    pub has_mask: bool,
    /// Words and signs around the number: `tháng`.
    pub words: String,
}

/// What a cell shows of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownDay {
    pub text: String,
    /// Whether day, month and year are all shown.
    pub is_whole: bool,
    pub has_time: bool,
}

/// A point in time: the day, and seconds of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Nothing of a number that is only a time.
    pub day: Option<NaiveDate>,
    /// Since the beginning of the day.
    pub second: i64,
    /// Since the first day that the workbook knows, for hours beyond a day.
    pub elapsed: i64,
}

impl Format {
    /// `General`: the number as it is.
    pub const fn general() -> Self {
        Self { sections: Vec::new() }
    }

    /// Those of ECMA-376, part 1, 18.8.30, and the dates of East Asian languages.
    pub fn built_in(id: &str) -> Self {
        let code = match id.trim().parse().unwrap_or(0_u32) {
            1 => "0",
            2 => "0.00",
            3 => "#,##0",
            4 => "#,##0.00",
            9 => "0%",
            10 => "0.00%",
            11 => "0.00E+00",
            12 => "# ?/?",
            13 => "# ??/??",
            14 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58 => "dd/mm/yyyy",
            15 => "d-mmm-yy",
            16 => "d-mmm",
            17 => "mmm-yy",
            18 => "h:mm AM/PM",
            19 => "h:mm:ss AM/PM",
            20 | 32 | 55 => "h:mm",
            21 | 33..=35 | 56 => "h:mm:ss",
            37 | 38 => "#,##0;(#,##0)",
            39 | 40 => "#,##0.00;(#,##0.00)",
            41 | 42 => "_(* #,##0_);_(* (#,##0);_(* \"-\"_);_(@_)",
            43 | 44 => "_(* #,##0.00_);_(* (#,##0.00);_(* \"-\"??_);_(@_)",
            45 => "mm:ss",
            46 => "[h]:mm:ss",
            47 => "mm:ss.0",
            48 => "##0.0E+0",
            _ => return Self::default(),
        };
        let code = if id.trim() == "22" { "dd/mm/yyyy h:mm" } else { code };
        Self::of(code)
    }

    /// By the code that an office made: `dd/mm/yyyy`, `#,##0`.
    pub fn of(code: &str) -> Self {
        // The formats of the machine's own long day and time.
        if code.contains("[$-F800]") {
            return Self::of("dd/mm/yyyy");
        }
        if code.contains("[$-F400]") {
            return Self::of("h:mm:ss");
        }
        let sections: Vec<Section> = sections(code).into_iter().take(4).collect();
        match sections.as_slice() {
            [only] if only.pieces == [Piece::General] => Self::default(),
            _ => Self { sections },
        }
    }

    /// Of most numbers: of those of the first section.
    pub fn kind(&self) -> Kind {
        let Some(section) = self.sections.first() else { return Kind::Number };
        let has = |wanted: &str| {
            let is_it =
                |piece: &Piece| matches!(piece, Piece::Part(part, _) if wanted.contains(*part));
            section.pieces.iter().any(is_it)
        };
        if section.is_date {
            return if has("dmy") { Kind::Date } else { Kind::Time };
        }
        if section.pieces.contains(&Piece::Percent) { Kind::Share } else { Kind::Number }
    }

    pub fn is_general(&self) -> bool {
        self.sections.is_empty()
    }

    /// What is shown of a number; nothing when it cannot be said surely.
    pub fn show(&self, amount: Amount) -> Option<Shown> {
        if self.is_general() {
            let text = amount.plain();
            let places = decimals(&text);
            return Some(Shown {
                text,
                number: Some(amount),
                places,
                has_mask: false,
                words: String::new(),
            });
        }
        let (section, has_own_sign) = self.section(amount)?;
        if section.is_date || section.pieces.contains(&Piece::Power) {
            return None;
        }
        section.show(amount, has_own_sign)
    }

    /// What is shown of a day; nothing when the format is none of dates.
    pub fn show_day(&self, moment: Moment) -> Option<ShownDay> {
        self.sections.first().filter(|section| section.is_date).map(|section| section.day(moment))
    }

    /// The section of a number, and whether it is only of numbers below nought, so that it
    /// shows the sign itself.
    fn section(&self, amount: Amount) -> Option<(&Section, bool)> {
        let numbers = self.sections.get(..self.sections.len().min(3))?;
        if numbers.iter().any(|section| section.condition.is_some()) {
            let holds = |section: &&Section| section.condition.is_none_or(|it| holds(it, amount));
            let found = numbers.iter().find(holds)?;
            let is_below = found.condition.is_some_and(|(compared, bound)| {
                matches!(compared, Compared::Less | Compared::LessOrEqual) && bound <= Amount::ZERO
            });
            return Some((found, is_below));
        }
        let is_below = amount < Amount::ZERO;
        match (numbers, is_below, amount.is_zero()) {
            ([_, below, ..], true, _) => Some((below, true)),
            ([_, _, nought], _, true) => Some((nought, false)),
            ([first, ..], ..) => Some((first, false)),
            ([], ..) => None,
        }
    }
}

fn holds((compared, bound): (Compared, Amount), amount: Amount) -> bool {
    match compared {
        Compared::Less => amount < bound,
        Compared::LessOrEqual => amount <= bound,
        Compared::Equal => amount == bound,
        Compared::Unequal => amount != bound,
        Compared::GreaterOrEqual => amount >= bound,
        Compared::Greater => amount > bound,
    }
}

/// Digits after the comma of a text.
fn decimals(text: &str) -> u32 {
    let after = text.split_once(',').map_or(0, |(_, after)| after.len());
    u32::try_from(after).unwrap_or(u32::MAX)
}

/// The digits that a section shows, before and after the comma.
struct Digits {
    whole: Vec<char>,
    after: Vec<char>,
}

impl Section {
    fn show(&self, amount: Amount, has_own_sign: bool) -> Option<Shown> {
        let pieces = &self.pieces;
        let is_below = amount < Amount::ZERO;
        let own_words: String = pieces.iter().filter_map(words).collect();
        let is_number = |piece: &Piece| matches!(piece, Piece::General | Piece::Text);
        if pieces.iter().any(is_number) {
            let digits = amount.plain();
            let digits = if has_own_sign { digits.trim_start_matches('-') } else { &digits };
            let text = pieces.iter().map(|piece| match piece {
                Piece::General | Piece::Text => digits,
                Piece::Words(words) => words,
                _ => "",
            });
            let is_negative = digits.starts_with('-') || own_words.contains(['-', '(', '−']);
            let number = if is_below && !is_negative { Amount::ZERO - amount } else { amount };
            return Some(Shown {
                text: text.collect(),
                number: Some(number),
                places: decimals(digits),
                has_mask: false,
                words: around(&own_words),
            });
        }
        let places = pieces.iter().filter(|piece| matches!(piece, Piece::Digit(_))).count();
        if places == 0 {
            return Some(Shown {
                text: own_words.clone(),
                number: None,
                places: 0,
                has_mask: false,
                words: around(&own_words),
            });
        }
        let point = pieces.iter().position(|piece| *piece == Piece::Point);
        let (before, after) = pieces.split_at(point.unwrap_or(pieces.len()));
        let after_places =
            u32::try_from(after.iter().filter(|it| matches!(it, Piece::Digit(_))).count()).ok()?;
        let hundredfolds = pieces.iter().filter(|piece| **piece == Piece::Percent).count();
        let scale = scale(before) + scale(after);
        let shift = i64::try_from(hundredfolds).ok()? * 2 - i64::try_from(scale).ok()? * 3;
        let shown = amount.shifted(shift)?.rounded(after_places);
        let digits = digits(shown, after);
        let is_shown_below = (is_below && !has_own_sign && !shown.is_zero())
            || (is_below && own_words.contains(['-', '(', '−']));
        let size = if shown < Amount::ZERO { Amount::ZERO - shown } else { shown };
        let (whole, has_mask) = self.whole(before, &digits.whole);
        let mut text = String::new();
        if is_below && !has_own_sign && !shown.is_zero() {
            text.push('-');
        }
        text.push_str(&whole);
        text.push_str(&fraction(after, &digits.after));
        Some(Shown {
            places: u32::try_from(digits.after.len()).ok()?,
            text,
            number: Some(if is_shown_below { Amount::ZERO - size } else { size }),
            has_mask,
            words: around(&own_words),
        })
    }

    /// What stands before the comma; and whether there are noughts that no number has.
    fn whole(&self, pieces: &[Piece], digits: &[char]) -> (String, bool) {
        let is_digit = |piece: &&Piece| matches!(piece, Piece::Digit(_));
        let places = pieces.iter().filter(is_digit).count();
        let last = pieces.iter().rposition(|piece| matches!(piece, Piece::Digit(_)));
        let first = pieces.iter().position(|piece| matches!(piece, Piece::Digit(_)));
        let is_grouped = first.zip(last).is_some_and(|(first, last)| {
            pieces.get(first..last).is_some_and(|within| within.contains(&Piece::Comma))
        });
        // Of `#0000` as many digits as there are places from the first nought on.
        let mut left = places;
        let mut least = 0;
        for piece in pieces {
            if let Piece::Digit(place) = piece {
                if *place == '0' {
                    least = least.max(left);
                }
                left -= 1;
            }
        }
        let filled = least.saturating_sub(digits.len());
        let has_mask = filled > 0 && least > 1;
        let all: Vec<char> =
            std::iter::repeat_n('0', filled).chain(digits.iter().copied()).collect();
        let mut out = String::new();
        let mut left = places;
        let mut next = 0;
        for piece in pieces {
            match piece {
                Piece::Digit(_) => {
                    // The first place takes all that the others have no room for.
                    let until = all.len().saturating_sub(left - 1).max(next);
                    while next < until {
                        out.push(all[next]);
                        next += 1;
                        let rest = all.len() - next;
                        if is_grouped && rest > 0 && rest.is_multiple_of(3) {
                            out.push('.');
                        }
                    }
                    left -= 1;
                }
                Piece::Words(words) => out.push_str(words),
                Piece::Percent => out.push('%'),
                _ => {}
            }
        }
        (out, has_mask)
    }

    fn day(&self, moment: Moment) -> ShownDay {
        let has = |wanted: char| {
            self.pieces.iter().any(|piece| matches!(piece, Piece::Part(part, _) if *part == wanted))
        };
        let has_half = self.pieces.contains(&Piece::Half);
        let text = self.pieces.iter().map(|piece| match piece {
            Piece::Words(words) => words.clone(),
            Piece::Part(part, length) => part_of(moment, *part, *length, has_half),
            Piece::Elapsed(part, length) => {
                let seconds = match part {
                    'h' => 3_600,
                    'n' => 60,
                    _ => 1,
                };
                padded(moment.elapsed / seconds, *length)
            }
            Piece::Half => if moment.second < 43_200 { "SA" } else { "CH" }.to_owned(),
            Piece::Point => ".".to_owned(),
            Piece::Comma => ",".to_owned(),
            Piece::Digit(_) | Piece::Percent | Piece::General | Piece::Power | Piece::Text => {
                String::new()
            }
        });
        let text: String = text.collect();
        let has_time = has('h')
            || has('n')
            || has('s')
            || self.pieces.iter().any(|piece| matches!(piece, Piece::Elapsed(..)));
        ShownDay {
            text: text.split_whitespace().collect::<Vec<_>>().join(" "),
            is_whole: has('d') && has('m') && has('y'),
            has_time,
        }
    }
}

fn padded(number: i64, length: usize) -> String {
    format!("{number:0length$}")
}

/// A part of a day or a time as it is shown. Months and days of the week are called by
/// their numbers, since their names depend on the language of the machine.
fn part_of(moment: Moment, part: char, length: usize, has_half: bool) -> String {
    let hour = moment.second / 3_600;
    match (part, moment.day) {
        ('h', _) if has_half => padded((hour + 11) % 12 + 1, length),
        ('h', _) => padded(hour, length),
        ('n', _) => padded(moment.second / 60 % 60, length),
        ('s', _) => padded(moment.second % 60, length),
        ('d', Some(day)) if length >= 3 => match day.weekday().number_from_monday() {
            7 => "Chủ nhật".to_owned(),
            number => {
                format!("Thứ {}", ["Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy"][number as usize - 1])
            }
        },
        ('d', Some(day)) => padded(day.day().into(), length),
        ('m', Some(day)) if length >= 4 => format!("Tháng {}", day.month()),
        ('m', Some(day)) if length == 3 => format!("Thg{}", day.month()),
        ('m', Some(day)) => padded(day.month().into(), length),
        ('y', Some(day)) if length <= 2 => padded((day.year() % 100).into(), 2),
        ('y', Some(day)) => padded(day.year().into(), 4),
        _ => String::new(),
    }
}

fn words(piece: &Piece) -> Option<&str> {
    match piece {
        Piece::Words(words) => Some(words),
        _ => None,
    }
}

/// Of what stands around a number, what says something: no spaces, brackets, signs.
fn around(words: &str) -> String {
    let says_nothing = |c: char| c.is_whitespace() || "()-−+.,:".contains(c);
    words.trim_matches(says_nothing).to_owned()
}

/// How many thousands are left out: the commas right behind the last digit.
fn scale(pieces: &[Piece]) -> usize {
    let Some(last) = pieces.iter().rposition(|piece| matches!(piece, Piece::Digit(_))) else {
        return 0;
    };
    pieces[last + 1..].iter().take_while(|piece| **piece == Piece::Comma).count()
}

/// The digits of an amount as the places after the comma show them.
fn digits(shown: Amount, after: &[Piece]) -> Digits {
    let written = shown.plain();
    let written = written.trim_start_matches('-');
    let (whole, decimals) = written.split_once(',').unwrap_or((written, ""));
    let whole = whole.trim_start_matches('0').chars().collect();
    let mut decimals = decimals.chars();
    let places = after.iter().filter_map(|piece| match piece {
        Piece::Digit(place) => Some(*place),
        _ => None,
    });
    let mut shown: Vec<(char, char)> =
        places.map(|place| (place, decimals.next().unwrap_or('0'))).collect();
    while shown.last().is_some_and(|&(place, digit)| place != '0' && digit == '0') {
        shown.pop();
    }
    Digits { whole, after: shown.into_iter().map(|(_, digit)| digit).collect() }
}

/// What stands from the comma on.
fn fraction(pieces: &[Piece], digits: &[char]) -> String {
    let mut digits = digits.iter();
    let mut out = String::new();
    for piece in pieces {
        match piece {
            Piece::Point if !digits.as_slice().is_empty() => out.push(','),
            Piece::Digit(_) => out.extend(digits.next()),
            Piece::Words(words) => out.push_str(words),
            Piece::Percent => out.push('%'),
            _ => {}
        }
    }
    out
}

/// No format of Excel is longer (its own limit is 255 characters).
const MAX_CODE: usize = 1_000;

fn sections(code: &str) -> Vec<Section> {
    let mut sections = vec![Section::default()];
    let chars: Vec<char> = code.chars().take(MAX_CODE).collect();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let rest = &chars[at..];
        let Some(section) = sections.last_mut() else { break };
        let pieces = &mut section.pieces;
        at += match c {
            ';' => {
                sections.push(Section::default());
                1
            }
            '\\' => {
                word(pieces, rest.get(1).copied());
                2
            }
            // As wide as the next character.
            '_' => {
                word(pieces, Some(' '));
                2
            }
            // The next character, as often as there is room for it.
            '*' => 2,
            '"' => {
                let inner: Vec<char> =
                    rest[1..].iter().copied().take_while(|c| *c != '"').collect();
                inner.iter().for_each(|c| word(pieces, Some(*c)));
                inner.len() + 2
            }
            '[' => {
                let inner: String = rest[1..].iter().take_while(|c| **c != ']').collect();
                bracket(section, &inner);
                inner.chars().count() + 2
            }
            '0' | '#' | '?' => one(pieces, Piece::Digit(c)),
            '.' => one(pieces, Piece::Point),
            ',' => one(pieces, Piece::Comma),
            '%' => one(pieces, Piece::Percent),
            '@' => one(pieces, Piece::Text),
            _ if starts(rest, "general") => {
                pieces.push(Piece::General);
                7
            }
            _ if starts(rest, "am/pm") => {
                pieces.push(Piece::Half);
                5
            }
            _ if starts(rest, "a/p") => {
                pieces.push(Piece::Half);
                3
            }
            _ if starts(rest, "e+") || starts(rest, "e-") => {
                pieces.push(Piece::Power);
                2
            }
            _ if "dmyhs".contains(c.to_ascii_lowercase()) => {
                let letter = c.to_ascii_lowercase();
                let length = rest.iter().take_while(|it| it.to_ascii_lowercase() == letter).count();
                pieces.push(Piece::Part(letter, length));
                length
            }
            c => {
                word(pieces, Some(c));
                1
            }
        };
    }
    sections.iter_mut().for_each(settle);
    sections
}

fn one(pieces: &mut Vec<Piece>, piece: Piece) -> usize {
    pieces.push(piece);
    1
}

fn word(pieces: &mut Vec<Piece>, c: Option<char>) {
    let Some(c) = c else { return };
    match pieces.last_mut() {
        Some(Piece::Words(words)) => words.push(c),
        _ => pieces.push(Piece::Words(c.to_string())),
    }
}

fn starts(chars: &[char], wanted: &str) -> bool {
    let mut wanted = wanted.chars();
    let is_it = chars.iter().zip(wanted.by_ref()).all(|(c, it)| c.to_ascii_lowercase() == it);
    is_it && wanted.next().is_none()
}

/// `[Red]`, `[$đ-42A]`, `[>=1000]`, `[h]`.
fn bracket(section: &mut Section, inner: &str) {
    let lower = inner.to_ascii_lowercase();
    let letter = lower.chars().next().unwrap_or(' ');
    if "hms".contains(letter) && lower.chars().all(|c| c == letter) {
        let letter = if letter == 'm' { 'n' } else { letter };
        section.pieces.push(Piece::Elapsed(letter, lower.len()));
    } else if let Some(sign) = inner.strip_prefix('$') {
        let sign = sign.rsplit_once('-').map_or(sign, |(sign, _)| sign);
        sign.chars().for_each(|c| word(&mut section.pieces, Some(c)));
    } else {
        const SIGNS: [(&str, Compared); 6] = [
            ("<=", Compared::LessOrEqual),
            (">=", Compared::GreaterOrEqual),
            ("<>", Compared::Unequal),
            ("<", Compared::Less),
            (">", Compared::Greater),
            ("=", Compared::Equal),
        ];
        let condition = SIGNS.iter().find_map(|(sign, compared)| {
            let bound = inner.strip_prefix(sign)?.trim().parse().ok().and_then(Amount::from_cell);
            Some((*compared, bound?))
        });
        section.condition = section.condition.or(condition);
    }
}

/// Says what only the whole section tells: whether it is of dates, whether `m` is a month.
fn settle(section: &mut Section) {
    let is_part = |piece: &Piece| matches!(piece, Piece::Part(..) | Piece::Elapsed(..));
    section.is_date = section.pieces.iter().any(is_part);
    let parts: Vec<usize> =
        (0..section.pieces.len()).filter(|&index| is_part(&section.pieces[index])).collect();
    let is_near = |index: Option<&usize>, wanted: &str| {
        index.and_then(|&index| section.pieces.get(index)).is_some_and(|piece| match piece {
            Piece::Part(part, _) | Piece::Elapsed(part, _) => wanted.contains(*part),
            _ => false,
        })
    };
    let minutes: Vec<usize> = (0..parts.len())
        .filter(|&place| {
            let is_short = matches!(section.pieces[parts[place]], Piece::Part('m', 1..=2));
            let before = place.checked_sub(1).and_then(|place| parts.get(place));
            is_short && (is_near(before, "h") || is_near(parts.get(place + 1), "s"))
        })
        .map(|place| parts[place])
        .collect();
    for index in minutes {
        if let Piece::Part(part, _) = &mut section.pieces[index] {
            *part = 'n';
        }
    }
    if section.is_date {
        return;
    }
    // Digits on both sides of a stroke are a fraction.
    let digits: Vec<usize> = (0..section.pieces.len())
        .filter(|&index| matches!(section.pieces[index], Piece::Digit(_)))
        .collect();
    if let (Some(&first), Some(&last)) = (digits.first(), digits.last()) {
        for index in first..last {
            if matches!(&section.pieces[index], Piece::Words(words) if words.trim() == "/") {
                section.pieces[index] = Piece::Power;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(code: &str, number: f64) -> String {
        let shown = Format::of(code).show(Amount::from_cell(number).unwrap());
        shown.map_or_else(|| "?".to_owned(), |shown| shown.text.trim().to_owned())
    }

    #[test]
    fn a_number_is_shown_as_its_format_says() {
        for (code, number, text) in [
            ("General", 1_234.5, "1234,5"),
            ("General\" đ\"", 5.0, "5 đ"),
            ("@", 0.5, "0,5"),
            ("0", 33.333, "33"),
            ("0", -0.4, "0"),
            ("0.00", 2.0 / 3.0, "0,67"),
            ("0.0#", 2.0, "2,0"),
            ("#,##0", 1_234_567.0, "1.234.567"),
            ("#,##0", 0.0, "0"),
            ("#", 0.0, ""),
            ("#,##0,", 1_234_567_000.0, "1.234.567"),
            ("#,##0,,", 1_234_567_000.0, "1.235"),
            ("#,##0.0,,\" triệu\"", 1_250_000.0, "1,3 triệu"),
            ("000000000000", 12_345_678_901.0, "012345678901"),
            ("0000", 12.0, "0012"),
            ("\"DA-\"0000", 12.0, "DA-0012"),
            ("000\\.000\\.000", 1_234_567.0, "001.234.567"),
            ("0\" tháng\"", 12.0, "12 tháng"),
            ("0\"/12\"", 5.0, "5/12"),
            ("0\\%", 5.0, "5%"),
            ("0%", 0.285, "29%"),
            ("0.0%", 2.0 / 7.0, "28,6%"),
            ("#,##0;(#,##0)", -1_234.0, "(1.234)"),
            ("#,##0;#,##0", -1_234.0, "1.234"),
            ("_(* #,##0_);_(* (#,##0);_(* \"-\"??_);_(@_)", 0.0, "-"),
            ("_(* #,##0_);_(* (#,##0);_(* \"-\"??_);_(@_)", 1_234.0, "1.234"),
            (";;;", 5.0, ""),
            ("[Red]#,##0", -5.0, "-5"),
            ("#,##0\\ [$đ-42A]", 1_234.0, "1.234 đ"),
            ("[>=1000000]#,##0,,\" tr\";#,##0", 2_500_000.0, "3 tr"),
            ("[>=1000000]#,##0,,\" tr\";#,##0", 2_500.0, "2.500"),
            ("# ?/?", 0.5, "?"),
            ("0.00E+00", 5.0, "?"),
        ] {
            assert_eq!(shown(code, number), text, "{code} of {number}");
        }
    }

    #[test]
    fn the_number_that_a_reader_takes_from_it_is_known() {
        let read = |code: &str, number: f64| {
            let shown = Format::of(code).show(Amount::from_cell(number).unwrap()).unwrap();
            let number = shown.number.map_or("–".to_owned(), Amount::plain);
            format!("{number} {} {} {}", shown.places, shown.has_mask, shown.words)
        };
        assert_eq!(read("#,##0,", 1_234_567_000.0), "1234567 0 false ");
        assert_eq!(read("0000", 12.0), "12 0 true ");
        assert_eq!(read("0.00", 12.0), "12 2 false ");
        assert_eq!(read("0\" tháng\"", 12.0), "12 0 false tháng");
        assert_eq!(read("#,##0;(#,##0)", -12.0), "-12 0 false ");
        assert_eq!(read("#,##0;#,##0", -12.0), "12 0 false ");
        assert_eq!(read("0.0%", 0.285), "28,5 1 false ");
        assert_eq!(read(";;;", 12.0), "– 0 false ");
    }

    #[test]
    fn a_format_is_known_by_its_code() {
        for (code, kind) in [
            ("General", Kind::Number),
            ("#,##0", Kind::Number),
            ("#,##0\\ \"đồng\"", Kind::Number),
            ("#,##0\\ [$đ-42A]", Kind::Number),
            ("_(* #,##0_);_(* (#,##0);_(* \"-\"_);_(@_)", Kind::Number),
            ("[Red]0.00", Kind::Number),
            ("0.0%", Kind::Share),
            ("dd/mm/yyyy", Kind::Date),
            ("[$-42A]dd\\ \"tháng\"\\ mm", Kind::Date),
            ("mmm", Kind::Date),
            ("dd/mm/yyyy hh:mm", Kind::Date),
            ("h:mm AM/PM", Kind::Time),
            ("[h]:mm", Kind::Time),
            ("mm:ss", Kind::Time),
        ] {
            assert_eq!(Format::of(code).kind(), kind, "{code}");
        }
    }

    #[test]
    fn a_day_is_shown_as_its_format_says() {
        let moment = Moment {
            day: NaiveDate::from_ymd_opt(2022, 8, 6),
            second: 13 * 3_600 + 5 * 60,
            elapsed: 27 * 3_600,
        };
        for (code, text, is_whole, has_time) in [
            ("dd/mm/yyyy", "06/08/2022", true, false),
            ("d/m/yy", "6/8/22", true, false),
            ("mm/yyyy", "08/2022", false, false),
            ("yyyy", "2022", false, false),
            ("mmm-yy", "Thg8-22", false, false),
            ("\"Tháng \"m\" năm \"yyyy", "Tháng 8 năm 2022", false, false),
            ("dddd, dd/mm/yyyy", "Thứ Bảy, 06/08/2022", true, false),
            ("dd/mm/yyyy hh:mm", "06/08/2022 13:05", true, true),
            ("h:mm AM/PM", "1:05 CH", false, true),
            ("[h]:mm", "27:05", false, true),
            ("[$-F800]dddd, mmmm dd, yyyy", "06/08/2022", true, false),
        ] {
            let shown = Format::of(code).show_day(moment).unwrap();
            let expected = ShownDay { text: text.to_owned(), is_whole, has_time };
            assert_eq!(shown, expected, "{code}");
        }
    }

    #[test]
    fn no_code_is_a_panic() {
        for code in [
            "", ";", ";;;;;", "\\", "\"", "[", "[]", "*", "_", "[$", "E+", "0/", "/0", "[>x]0",
            ",,,", "0.0.0", "%%%0", "?.?",
        ] {
            let format = Format::of(code);
            for number in [0.0, -1.5, 1e27, 1e-20] {
                let _ = Amount::from_cell(number).map(|amount| format.show(amount));
            }
        }
    }
}
