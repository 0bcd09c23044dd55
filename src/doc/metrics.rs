//! How wide text is: the advances of the embedded metric twin of Times New Roman.
//!
//! The form needs it for what the decree says of lengths: a line as long as the
//! tiêu ngữ, a line a third of the longest line of a name, a table that fits.
//! Kerning and ligatures are off in both formats, so the width of a text is the
//! sum of its advances.

use std::iter::Sum;
use std::ops::Add;
use std::sync::LazyLock;

use ttf_parser::Face;

use super::{LINE_END, Length, NO_BREAK_HYPHEN};

/// The four font files, in the order regular, bold, italic, bold italic.
pub const FONTS: [&[u8]; 4] = [
    include_bytes!("../../fonts/LiberationSerif-Regular.ttf"),
    include_bytes!("../../fonts/LiberationSerif-Bold.ttf"),
    include_bytes!("../../fonts/LiberationSerif-Italic.ttf"),
    include_bytes!("../../fonts/LiberationSerif-BoldItalic.ttf"),
];

/// What draws the signs that those lack: boxes to tick, numbers in circles, `Ⅱ`, `℃`. Regular
/// and bold; in italic text they stand upright.
pub const SIGNS: [&[u8]; 2] = [
    include_bytes!("../../fonts/VanthuSymbols-Regular.ttf"),
    include_bytes!("../../fonts/VanthuSymbols-Bold.ttf"),
];

/// What a draft shows in the place of a character that no font draws.
pub const BOX: char = '▯';

/// Font units to the em, the same in all fonts.
const UNITS: i64 = 2048;

/// A line of Times New Roman with the leading that the font asks for, in ten-thousandths
/// of an em.
const LINE: i64 = 11_499;

/// A twelfth of a line of Times New Roman, which is 1.15 em high.
const LEAN: i64 = 197;

/// Advances in font units of every character below U+2100. Looked up once: fitting a table
/// measures each cell many times.
static ADVANCES: LazyLock<[Vec<u16>; 4]> = LazyLock::new(|| {
    [0, 1, 2, 3].map(|style| {
        let advance = |code| char::from_u32(code).map_or(0, |c| looked_up(c, style));
        (0..0x2100_u32).map(advance).collect()
    })
});

static FACES: LazyLock<Vec<Face<'static>>> =
    LazyLock::new(|| FONTS.iter().filter_map(|data| Face::parse(data, 0).ok()).collect());

static SIGN_FACES: LazyLock<Vec<Face<'static>>> =
    LazyLock::new(|| SIGNS.iter().filter_map(|data| Face::parse(data, 0).ok()).collect());

/// For each character of the Basic Multilingual Plane: how many fonts of the text draw it,
/// and how many of the signs.
static DRAWN: LazyLock<Vec<(u8, u8)>> = LazyLock::new(|| {
    let mut drawn = vec![(0, 0); 0x1_0000];
    let mut count = |face: &Face<'_>, add: fn(&mut (u8, u8))| {
        let tables = face.tables().cmap.into_iter().flat_map(|cmap| cmap.subtables);
        if let Some(letters) = tables.into_iter().find(|table| table.is_unicode()) {
            letters.codepoints(|code| {
                let there = letters.glyph_index(code).is_some();
                if let Some(counts) = drawn.get_mut(code as usize).filter(|_| there) {
                    add(counts);
                }
            });
        }
    };
    FACES.iter().for_each(|face| count(face, |counts| counts.0 += 1));
    SIGN_FACES.iter().for_each(|face| count(face, |counts| counts.1 += 1));
    drawn
});

/// The advance in the style of that place among [`FONTS`], as the PDF draws it: in the font
/// of the text, else among the signs, else as the box that a draft shows.
fn looked_up(c: char, style: usize) -> u16 {
    let of = |face: Option<&Face<'static>>, c| {
        face.and_then(|face| face.glyph_hor_advance(face.glyph_index(c)?))
    };
    let sign = SIGN_FACES.get(style % 2);
    let c = if c == NO_BREAK_HYPHEN { '-' } else { c };
    let own = Some(c).filter(|&c| is_drawn(c));
    let own = own.and_then(|c| of(FACES.get(style), c).or_else(|| of(sign, c)));
    // What stands below the space is a line feed or a tab and has no width of its own.
    own.or_else(|| of(sign, BOX).filter(|_| c >= ' ' && c != LINE_END)).unwrap_or(0)
}

/// Whether the fonts draw the character: what is not drawn cannot be printed.
///
/// ```
/// use vanthu::doc::metrics::is_drawn;
/// assert!("Đề án số 05/2026 – “ưu tiên”… ☐ Ⅱ ℃ ①".chars().all(is_drawn));
/// assert!(!is_drawn('文') && !is_drawn('😀') && !is_drawn('א') && !is_drawn('\u{7}'));
/// ```
pub fn is_drawn(c: char) -> bool {
    matches!(c, ' '..='~' | NO_BREAK_HYPHEN) || !runs_leftwards(c) && (of_text(c) || is_sign(c))
}

/// Whether a text of the tree may hold the character: what is drawn, and what only says how
/// the text is laid out: a line feed and [`LINE_END`] are line breaks, a tab a space.
pub fn is_printable(c: char) -> bool {
    matches!(c, '\n' | LINE_END | '\t') || is_drawn(c)
}

/// Blocks of the scripts that are written from right to left (Unicode, UAX 9). The fonts have
/// Hebrew, but typst 0.15.1 lays no word of it out: two letters in a row panic where it checks
/// itself, and nobody has seen that the order comes out right where it does not.
const fn runs_leftwards(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}'
        | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

/// Whether all four fonts of the text draw it.
fn of_text(c: char) -> bool {
    DRAWN.get(c as usize).is_some_and(|counts| usize::from(counts.0) == FONTS.len())
}

/// Whether the character is drawn from [`SIGNS`], and in a DOCX from a font of the machine,
/// where it may be wider or narrower.
pub fn is_sign(c: char) -> bool {
    let signs = |counts: &(u8, u8)| usize::from(counts.1) == SIGNS.len();
    !of_text(c) && DRAWN.get(c as usize).is_some_and(signs)
}

/// A look that changes the width of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Face4 {
    pub bold: bool,
    pub italic: bool,
}

impl Face4 {
    pub const REGULAR: Self = Self { bold: false, italic: false };
    pub const BOLD: Self = Self { bold: true, italic: false };
    pub const ITALIC: Self = Self { bold: false, italic: true };

    fn index(self) -> usize {
        usize::from(self.bold) + 2 * usize::from(self.italic)
    }
}

/// From one baseline to the next, at a spacing in hundredths of single. A single line is a
/// whole number of twips, and so is what is made of it: that is how LibreOffice sets a DOCX,
/// and how Word shows its measures.
///
/// ```
/// use vanthu::doc::{Length, metrics::pitch};
/// assert_eq!(pitch(Length::pt(14), 100).twips(), 322);
/// assert_eq!(pitch(Length::pt(14), 115).twips(), 370);
/// ```
pub const fn pitch(size: Length, percent: u16) -> Length {
    let single = size.scale(LINE, 10_000).twips();
    Length::from_twips(single * percent as i64 / 100)
}

/// Width of a text set on one line.
///
/// ```
/// use vanthu::doc::{Length, metrics::{width, Face4}};
/// let quoc_hieu = width("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", Length::pt(13), Face4::BOLD);
/// assert_eq!(quoc_hieu.to_mm().round(), 96.0);
/// ```
pub fn width(text: &str, size: Length, face: Face4) -> Length {
    Advance::of(text, face).at(size)
}

/// Width of a text whatever its size, in font units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Advance(i64);

impl Advance {
    pub fn of(text: &str, face: Face4) -> Self {
        Self(units(text, face))
    }

    pub const fn at(self, size: Length) -> Length {
        size.scale(self.0, UNITS)
    }

    /// With what LibreOffice keeps free at the end of an italic line, for letters that
    /// lean out of it: a twelfth of the line's height. Without that room it breaks the
    /// line, and be it within a number.
    #[must_use]
    pub const fn with_lean(self, face: Face4) -> Self {
        Self(self.0 + Self::lean(face).0)
    }

    /// That room alone.
    pub const fn lean(face: Face4) -> Self {
        Self(if face.italic { LEAN } else { 0 })
    }
}

impl Add for Advance {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sum for Advance {
    fn sum<I: Iterator<Item = Self>>(advances: I) -> Self {
        Self(advances.map(|advance| advance.0).sum())
    }
}

fn units(text: &str, face: Face4) -> i64 {
    let style = face.index();
    let advances = &ADVANCES[style];
    let advance = |c| advances.get(c as usize).copied().unwrap_or_else(|| looked_up(c, style));
    text.chars().map(|c| i64::from(advance(c))).sum()
}

/// The lines of a text when broken greedily at spaces and after hyphens, as Word
/// and typst's simple line breaking do. A word wider than `available` stands alone
/// on its line. `first` is added to the first line's room (a hanging or indented
/// first line).
pub fn lines(text: &str, size: Length, face: Face4, available: Length, first: Length) -> Vec<&str> {
    let mut lines = Vec::new();
    for paragraph in text.split(['\n', LINE_END]) {
        let mut start = 0;
        let mut end = 0;
        // Of the line so far, in font units: measured piece by piece, never twice.
        let mut so_far = 0;
        let mut room = available + if lines.is_empty() { first } else { Length::ZERO };
        for piece in pieces(paragraph) {
            let words = units(piece.trim_end_matches(' '), face);
            if end > start && size.scale(so_far + words, UNITS) > room {
                lines.push(paragraph[start..end].trim_end_matches(' '));
                start = end;
                so_far = 0;
                room = available;
            }
            so_far += units(piece, face);
            end += piece.len();
        }
        lines.push(paragraph[start..].trim_end_matches(' '));
    }
    lines
}

/// A text measured once, to be asked at many sizes and widths.
#[derive(Clone, Debug)]
pub struct Pieces {
    whole: Advance,
    /// Of each paragraph the units of every piece, without and with the spaces that end it.
    paragraphs: Vec<Vec<(i64, i64)>>,
}

impl Pieces {
    pub fn new(text: &str, face: Face4) -> Self {
        let measure = |piece: &str| {
            let word = piece.trim_end_matches(' ');
            let own = units(word, face);
            (own, own + units(&piece[word.len()..], face))
        };
        let paragraph = |text| pieces(text).map(measure).collect();
        Self {
            whole: Advance::of(text, face),
            paragraphs: text.split('\n').map(paragraph).collect(),
        }
    }

    /// The text on one line.
    pub fn whole(&self) -> Advance {
        self.whole
    }

    /// The longest piece, without the spaces that end it.
    pub fn longest(&self) -> Advance {
        let words = self.paragraphs.iter().flatten().map(|&(word, _)| word);
        Advance(words.max().unwrap_or_default())
    }

    /// As many as [`lines`] gives.
    pub fn line_count(&self, size: Length, available: Length) -> usize {
        self.paragraphs.iter().map(|pieces| line_count(pieces, size, available)).sum()
    }
}

fn line_count(pieces: &[(i64, i64)], size: Length, available: Length) -> usize {
    let (mut count, mut start, mut filled) = (1, 0, 0);
    for (index, (word, whole)) in pieces.iter().enumerate() {
        if index > start && size.scale(filled + word, UNITS) > available {
            count += 1;
            start = index;
            filled = 0;
        }
        filled += whole;
    }
    count
}

/// Whether a line may end between two letters, none of them a space.
///
/// ```
/// use vanthu::doc::metrics::breaks_after;
/// assert!(breaks_after('-', '2') && breaks_after('–', 'x') && breaks_after('?', 'i'));
/// assert!(!breaks_after('/', 'Q') && !breaks_after('-', ','));
/// ```
pub fn breaks_after(before: char, after: char) -> bool {
    matches!(before, '-' | '–' | '?' | '!' | '…' | '|' | '\\') && after.is_alphanumeric()
}

/// Unbreakable pieces with the spaces or the hyphen that end them.
///
/// A hyphen or an en dash ends a piece only between letters or digits: `KT-TH` breaks, `- a`
/// does not. After a slash no line ends: Word and LibreOffice have it so.
pub fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut previous = ' ';
        let mut cut = rest.len();
        let mut in_spaces = false;
        for (at, c) in rest.char_indices() {
            if in_spaces && c != ' ' {
                cut = at;
                break;
            }
            if at > previous.len_utf8() && breaks_after(previous, c) {
                cut = at;
                break;
            }
            in_spaces = c == ' ';
            previous = c;
        }
        let (piece, tail) = rest.split_at(cut);
        rest = tail;
        Some(piece)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_four_fonts_are_read_and_have_every_vietnamese_letter() {
        let letters = "aăâbcdđeêghiklmnoôơpqrstuưvxyAĂÂĐÊÔƠƯạảãáàậẩẫấầặẳẵắằẹẻẽéèệểễếềịỉĩíìọỏõóòộổỗốồợởỡớờụủũúùựửữứừỵỷỹýỳ“”‘’–…₫";
        for (index, data) in FONTS.iter().enumerate() {
            let face = Face::parse(data, 0).unwrap();
            assert_eq!(i64::from(face.units_per_em()), UNITS);
            for letter in letters.chars() {
                assert!(face.glyph_index(letter).is_some(), "font {index} lacks {letter}");
            }
        }
    }

    #[test]
    fn signs_of_forms_are_measured_as_they_are_drawn() {
        let mm = |text, face| width(text, Length::pt(100), face).to_mm().round();
        let signs = "☐☑☒✓✔✗✘▢■□●○◯ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹⅺⅻ℃℉㎡㎥①⑩⑪⑳⑴⇒⇔★☆►";
        for data in SIGNS {
            let face = Face::parse(data, 0).unwrap();
            assert_eq!(i64::from(face.units_per_em()), UNITS);
            assert!(face.glyph_index(BOX).is_some());
        }
        for c in signs.chars() {
            assert!(is_drawn(c), "{c}");
            let advance = looked_up(c, 0);
            assert!((400..3_400).contains(&advance), "{c}: {advance}");
        }
        assert_eq!([mm("☐", Face4::REGULAR), mm("☐", Face4::ITALIC)], [32.0, 32.0]);
        // What nothing draws is as wide as the box in its place.
        assert_eq!(mm("文", Face4::BOLD), mm("\u{25AF}", Face4::BOLD));
        assert_eq!(mm("KT\u{2011}TH", Face4::BOLD), mm("KT-TH", Face4::BOLD));
    }

    #[test]
    fn the_quoc_hieu_and_tieu_ngu_are_as_wide_as_measured_in_times_new_roman() {
        let mm =
            |text, size| (width(text, Length::pt(size), Face4::BOLD).to_mm() * 10.0).round() / 10.0;
        assert_eq!(mm("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12), 88.3);
        assert_eq!(mm("Độc lập - Tự do - Hạnh phúc", 13), 56.1);
    }

    #[test]
    fn an_italic_line_has_room_to_lean_and_an_upright_one_needs_none() {
        let of = |face| Advance::of("180.500", face);
        assert_eq!(of(Face4::BOLD).with_lean(Face4::BOLD), of(Face4::BOLD));
        let more = of(Face4::ITALIC).with_lean(Face4::ITALIC).at(Length::pt(12))
            - of(Face4::ITALIC).at(Length::pt(12));
        assert!(more > Length::centi_pt(115) && more < Length::centi_pt(120));
    }

    #[test]
    fn lines_break_at_spaces_and_after_hyphens_of_ranges_but_not_at_dashes_of_lists() {
        let broken = lines(
            "- giai đoạn 2021-2025 và",
            Length::pt(14),
            Face4::REGULAR,
            Length::mm(37),
            Length::ZERO,
        );
        assert_eq!(broken, ["- giai đoạn 2021-", "2025 và"]);
    }

    #[test]
    fn a_hyphen_that_does_not_break_ends_no_line() {
        assert_eq!(
            pieces("KT\u{2011}TH 2021-2025").collect::<Vec<_>>(),
            ["KT\u{2011}TH ", "2021-", "2025"]
        );
    }

    #[test]
    fn pieces_count_as_many_lines_as_there_are() {
        let text =
            "  Đầu tư, nâng cấp  hạ tầng 2021-2025\n\nKT-TH, số 280/QĐ-UBND ngày 20/01/2022 ";
        let face = Face4::BOLD;
        for (size, width) in (6..14).flat_map(|size| (1..80).map(move |width| (size, width))) {
            let (size, width) = (Length::pt(size), Length::mm(width));
            let lines = lines(text, size, face, width, Length::ZERO).len();
            assert_eq!(Pieces::new(text, face).line_count(size, width), lines, "{width:?}");
        }
    }
}
