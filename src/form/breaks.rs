//! Where lines end, the same in every program that opens the document.
//!
//! Programs add up the widths of letters each with a rounding of its own: Word in twips,
//! LibreOffice in pixels of a fine printer, typst exactly. Where a word ends within a
//! hair of the margin one of them keeps it on the line and another does not. So no word
//! is left there: a no-break space ties it to the next one, and both go to the next line
//! for everybody. The spaces of [`vi::spaces`] bind too.
//!
//! Where there is no next word, or LibreOffice has a rule of its own, the line is ended; and
//! a word that is longer than a line, as a link may be, gets line ends within.

use crate::doc::metrics::{Advance, Face4, breaks_after, is_sign};
use crate::doc::{
    Block, Cell, Grid, Inline, LINE_END, Length, NO_BREAK, Paragraph, Section, Style, StyleId,
    Table,
};
use crate::vi;

/// So near to the margin nobody knows whether a word is on the line.
const HAIR: Length = Length::centi_mm(10);

/// Settles every line of a document.
pub(super) fn settle(sections: &mut [Section], styles: &[Style]) {
    let settler = Settler { styles };
    for section in sections {
        let width = section.page.text_width();
        for blocks in [&mut section.first_top, &mut section.blocks, &mut section.first_bottom] {
            settler.blocks(blocks, width);
        }
    }
}

struct Settler<'a> {
    styles: &'a [Style],
}

impl Settler<'_> {
    fn style(&self, id: StyleId) -> Option<&Style> {
        self.styles.iter().find(|style| style.id == id)
    }

    fn blocks(&self, blocks: &mut [Block], width: Length) {
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) => self.paragraph(paragraph, width),
                Block::Grid(grid) => self.grid(grid),
                Block::Table(table) => self.table(table),
                Block::Rule(_) => {}
            }
        }
    }

    fn grid(&self, grid: &mut Grid) {
        for row in &mut grid.rows {
            for (cell, &width) in row.iter_mut().zip(&grid.columns) {
                self.blocks(cell, width);
            }
        }
    }

    fn paragraph(&self, paragraph: &mut Paragraph, width: Length) {
        let Some(style) = self.style(paragraph.style) else { return };
        let mut letters = Letters::default();
        for inline in &paragraph.content {
            letters.push(inline, style);
        }
        letters.bind();
        let room = Room { width: width - style.left - style.right, hair: HAIR, cuts: true };
        letters.settle(style, room);
        letters.write_back(&mut paragraph.content);
    }

    fn table(&self, table: &mut Table) {
        let mut header = std::mem::take(&mut table.header);
        let mut rows = std::mem::take(&mut table.rows);
        for cell in header.iter_mut().chain(&mut rows).flat_map(|row| &mut row.cells) {
            // Some programs take half a border from each side of a cell, and give an upright
            // text the borders between its rows.
            let borders = table.border * cell.upright.map_or(1, |_| i64::from(cell.rows));
            let width = table.inner_width(cell) - table.border / 2;
            let width = cell.upright.unwrap_or(width);
            self.cell(cell, Room { width, hair: HAIR + borders, cuts: false });
        }
        (table.header, table.rows) = (header, rows);
    }

    fn cell(&self, cell: &mut Cell, room: Room) {
        let Some(style) = self.style(cell.style) else { return };
        let face = Face4 { bold: style.bold, italic: style.italic };
        // Most texts of a table are far shorter than their cell.
        let whole = Advance::of(&cell.text, face).with_lean(face);
        if whole.at(style.size) + room.hair < room.width && !cell.text.contains('\n') {
            return;
        }
        let mut letters = Letters::default();
        letters.push(&Inline::text(std::mem::take(&mut cell.text)), style);
        letters.settle(style, room);
        cell.text = letters.0.iter().map(|letter| letter.c).collect();
    }
}

/// What a line has to itself.
#[derive(Clone, Copy)]
struct Room {
    width: Length,
    /// How near to the margin a word is in doubt.
    hair: Length,
    /// Whether a word that is longer than a line is cut; a column is as wide as its words.
    cuts: bool,
}

/// The letters of a paragraph; a line feed ends a line.
#[derive(Default)]
struct Letters(Vec<Letter>);

#[derive(Clone, Copy)]
struct Letter {
    c: char,
    face: Face4,
    width: Advance,
    /// A space at which no line should end.
    binds: bool,
}

impl Letter {
    fn new(c: char, face: Face4) -> Self {
        Self { c, face, width: Advance::of(c.encode_utf8(&mut [0; 4]), face), binds: false }
    }

    const fn ends_line(self) -> bool {
        matches!(self.c, '\n' | LINE_END)
    }
}

impl Letters {
    fn push(&mut self, inline: &Inline, style: &Style) {
        let face = match inline {
            Inline::Text(run) => {
                Face4 { bold: style.bold || run.bold, italic: style.italic || run.italic }
            }
            Inline::Break => Face4::REGULAR,
        };
        self.0.extend(inline.plain().chars().map(|c| Letter::new(c, face)));
    }

    /// Ties what Vietnamese typography keeps together; in italics only where a line would end,
    /// for LibreOffice widens an italic text at every no-break space.
    fn bind(&mut self) {
        let text: String = self.0.iter().map(|letter| letter.c).collect();
        let mut bonds = vi::spaces::bonds(&text).peekable();
        let places = text.char_indices().map(|(place, _)| place);
        for (place, letter) in places.zip(&mut self.0) {
            if bonds.next_if_eq(&place).is_some() {
                letter.binds = true;
                if !letter.face.italic {
                    letter.c = NO_BREAK;
                }
            }
        }
    }

    /// Ties what ends within a hair of the margin to what follows it, and ends lines where
    /// that is of no use.
    fn settle(&mut self, style: &Style, mut room: Room) {
        room.width = room.width - style.first_line;
        let mut start = 0;
        while start < self.0.len() {
            if room.cuts {
                self.cut(start, style.size, room);
            }
            let next = self.line(start, style.size, room);
            if start == 0 {
                room.width += style.first_line;
            }
            start = next;
        }
    }

    /// Settles the line that begins there; tells where the next one begins.
    fn line(&mut self, start: usize, size: Length, room: Room) -> usize {
        let (mut last, mut end) = (start, self.piece(start));
        while end < self.0.len() && !self.0[end - 1].ends_line() {
            let mut next = self.piece(end);
            if self.is_unsure(start, next, size, room) {
                if self.tie_within(end, next, size, room) {
                    next = self.piece(end);
                } else {
                    return self.end_line(end);
                }
            }
            if self.width(start, next).at(size) > room.width {
                if self.0[end - 1].binds && self.tie_within(last, end, size, room) {
                    // The line ends before both words.
                    return self.line(start, size, room);
                }
                let Some(word) = self.disputed_word(start, end, next, size, room) else { break };
                return self.end_line(word);
            }
            (last, end) = (end, next);
        }
        end
    }

    /// Where the word begins that the line would divide at a hyphen, but LibreOffice does not:
    /// it goes back to the space when the margin falls behind a slash further on.
    fn disputed_word(
        &self,
        start: usize,
        end: usize,
        next: usize,
        size: Length,
        room: Room,
    ) -> Option<usize> {
        let slash = (end..next.saturating_sub(1))
            .find(|&at| self.0[at].c == '/' && self.0[at + 1].c.is_alphabetic())?;
        let reaches = self.width(start, slash + 1).at(size) < room.width + room.hair;
        let space = (start..end).rfind(|&at| self.0[at].c == ' ').filter(|_| reaches)?;
        (space + 1 < end).then_some(space + 1)
    }

    /// Ends a line there; tells where the next one begins.
    fn end_line(&mut self, at: usize) -> usize {
        self.0.insert(at, Letter::new(LINE_END, Face4::REGULAR));
        at + 1
    }

    /// Where the piece that begins there ends, with the spaces, the hyphen or the line feed
    /// that end it: as [`crate::doc::metrics::pieces`].
    fn piece(&self, start: usize) -> usize {
        let ends = |end: &usize| {
            let (before, after) = (self.0[end - 1].c, self.0[*end].c);
            match before {
                '\n' | LINE_END => true,
                ' ' => !matches!(after, ' ' | '\n' | LINE_END),
                _ => breaks_after(before, after) && *end > start + 1,
            }
        };
        (start + 1..self.0.len()).find(ends).unwrap_or(self.0.len())
    }

    /// What is printed of those letters.
    fn printed(&self, start: usize, end: usize) -> &[Letter] {
        let letters = &self.0[start..end];
        let blank = letters.iter().rev().take_while(|it| it.c == ' ' || it.ends_line());
        &letters[..letters.len() - blank.count()]
    }

    fn width(&self, start: usize, end: usize) -> Advance {
        self.printed(start, end).iter().map(|letter| letter.width).sum()
    }

    /// Whether programs differ about those letters on one line.
    fn is_unsure(&self, start: usize, end: usize, size: Length, room: Room) -> bool {
        let least = self.width(start, end);
        let most = least + self.leaning(start, end);
        let doubt = room.hair + self.strangeness(start, end, size);
        most.at(size) + doubt > room.width && least.at(size) < room.width + doubt
    }

    /// How much wider or narrower the signs among those letters may be in a DOCX, which is
    /// drawn with another font: a fifth of an em each.
    fn strangeness(&self, start: usize, end: usize, size: Length) -> Length {
        let signs = self.printed(start, end).iter().filter(|letter| is_sign(letter.c)).count();
        size * i64::try_from(signs).unwrap_or(0) / 5
    }

    /// What LibreOffice adds for italic letters to lean into, at each end of italics and at
    /// each no-break space within.
    fn leaning(&self, start: usize, end: usize) -> Advance {
        let printed = self.printed(start, end);
        let after = printed.iter().skip(1).map(Some).chain([None]);
        let leans = printed.iter().zip(after).filter(|(letter, after)| {
            letter.face.italic && after.is_none_or(|it| !it.face.italic || it.c == NO_BREAK)
        });
        leans.map(|(letter, _)| Advance::lean(letter.face)).sum()
    }

    /// Ties a piece to the next one if both have room on a line.
    fn tie_within(&mut self, start: usize, end: usize, size: Length, room: Room) -> bool {
        let both = end < self.0.len() && {
            let width = self.width(start, self.piece(end)) + self.leaning(start, end);
            width.at(size) + room.hair < room.width
        };
        both && self.tie(end)
    }

    /// Ties a piece that ends there in a space to the next one. After a dash it would not hold:
    /// a line may end between the two (UAX 14, LB12a).
    fn tie(&mut self, end: usize) -> bool {
        let dash = end > 1 && matches!(self.0[end - 2].c, '-' | '–');
        let ties = end < self.0.len() && self.0[end - 1].c == ' ' && !dash;
        if ties {
            self.0[end - 1].c = NO_BREAK;
        }
        ties
    }

    /// Ends a line within the piece that begins there when it is longer than a line: after
    /// the last mark that fits, or else after the last letter.
    fn cut(&mut self, start: usize, size: Length, room: Room) {
        let end = self.piece(start);
        let fits = |cut: &usize| self.width(start, *cut).at(size) + room.hair < room.width;
        if fits(&end) {
            return;
        }
        let fitting: Vec<usize> = (start + 1..end).take_while(fits).collect();
        let mark = fitting.iter().rfind(|cut| MARKS.contains(&self.0[**cut - 1].c));
        if let Some(&cut) = mark.or(fitting.last()) {
            self.end_line(cut);
        }
    }

    /// Puts the letters in place of those of the content; a line end goes with what is before it.
    fn write_back(self, content: &mut [Inline]) {
        let mut letters = self.0.into_iter().map(|letter| letter.c).peekable();
        for inline in content {
            let mut left = inline.plain().chars().count();
            let mut text = String::with_capacity(inline.plain().len());
            while let Some(c) = letters.next_if(|&c| left > 0 || c == LINE_END) {
                left -= usize::from(c != LINE_END);
                text.push(c);
            }
            if let Inline::Text(run) = inline {
                run.text = text;
            }
        }
    }
}

/// After these a word that is longer than a line is cut.
const MARKS: [char; 9] = ['/', '.', '?', '&', '=', '_', ':', '@', ','];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doc::{LineSpacing, Page, Run};
    use crate::form::styles;

    const SIZE: Length = Length::pt(14);

    /// The paragraph as it is set in lines of that width: `°` a no-break space, `⏎` a line end.
    fn settled(content: Vec<Inline>, width: Length) -> String {
        let style = Style { size: SIZE, line: LineSpacing::Multiple(100), ..plain() };
        let page = Page { width, height: width, ..page() };
        let block = Block::Paragraph(Paragraph::new(style.id, content));
        let mut sections = [Section::new(page, vec![block])];
        settle(&mut sections, &[style]);
        let [Block::Paragraph(paragraph)] = sections[0].blocks.as_slice() else { unreachable!() };
        let shown: String = paragraph.content.iter().map(Inline::plain).collect();
        shown.replace(NO_BREAK, "°").replace(LINE_END, "⏎")
    }

    fn plain() -> Style {
        Style { first_line: Length::ZERO, ..styles::CellLook::Text.at(SIZE) }
    }

    fn page() -> Page {
        let zero = Length::ZERO;
        let number_style = styles::PAGE_NUMBER;
        Page {
            width: zero,
            height: zero,
            top: zero,
            right: zero,
            bottom: zero,
            left: zero,
            number_style,
            number_top: zero,
            foot: zero,
        }
    }

    fn width(text: &str) -> Length {
        Advance::of(text, Face4::REGULAR).at(SIZE)
    }

    fn text(text: &str, room: Length) -> String {
        settled(vec![Inline::text(text)], room)
    }

    #[test]
    fn a_word_that_ends_at_the_margin_goes_to_the_next_line_with_the_one_after_it() {
        let sentence = "báo cáo cấp có thẩm quyền xem xét, quyết định";
        let margin = width("báo cáo cấp có thẩm");
        for near in [Length::ZERO, Length::centi_mm(5), -Length::centi_mm(5)] {
            assert_eq!(text(sentence, margin + near), sentence.replace("thẩm quyền", "thẩm°quyền"));
        }
        for far in [Length::mm(1), -Length::mm(1)] {
            assert_eq!(text(sentence, margin + far), sentence);
        }
    }

    #[test]
    fn a_line_with_a_sign_keeps_further_from_the_margin() {
        let sentence = "báo cáo ☐ có thẩm quyền xem xét, quyết định";
        let margin = width("báo cáo ☐ có thẩm");
        for near in [Length::centi_pt(270), -Length::centi_pt(270)] {
            assert_eq!(text(sentence, margin + near), sentence.replace("thẩm quyền", "thẩm°quyền"));
        }
        assert_eq!(text(sentence, margin + Length::mm(2)), sentence);
    }

    #[test]
    fn the_last_word_at_the_margin_gets_a_line_of_its_own() {
        assert_eq!(text("theo quy định", width("theo quy định")), "theo quy ⏎định");
    }

    #[test]
    fn numbers_stay_with_their_words_and_in_italics_only_where_the_line_ends() {
        assert_eq!(text("ngày 16 tháng 8", Length::mm(200)), "ngày°16 tháng°8");
        let italic = |room| {
            let run = Run { italic: true, ..Run::default() };
            let run =
                Run { text: "Căn cứ Nghị định số 30/2020/NĐ-CP".to_owned(), ..run };
            settled(vec![Inline::Text(run)], room)
        };
        assert_eq!(italic(Length::mm(200)), "Căn cứ Nghị định số 30/2020/NĐ-CP");
        let margin = width("Căn cứ Nghị định số 30");
        assert_eq!(italic(margin), "Căn cứ Nghị định số°30/2020/NĐ-CP");
    }

    #[test]
    fn a_word_with_a_hyphen_before_a_slash_is_not_divided_where_libreoffice_does_not() {
        let sentence = "quyết số-57-NQ/TW của";
        assert_eq!(text(sentence, width("quyết số-57-NQ/T")), "quyết ⏎số-57-NQ/TW của");
        assert_eq!(text(sentence, width("quyết số-57-N")), sentence);
        let link = "Cổng dịch vụ công quốc gia (https://angiang.gov.vn/van-ban-chi-dao-dieu-hanh/chi-tiet?id=2";
        assert_eq!(text(link, Length::mm(165)), link.replace("(https", "⏎(https"));
    }

    #[test]
    fn a_word_longer_than_a_line_is_cut_after_a_mark() {
        let word = "Bieu_so_lieu_giai_ngan_von_dau_tu_cong.xlsx";
        assert_eq!(text(word, Length::mm(60)), "Bieu_so_lieu_giai_ngan_⏎von_dau_tu_cong.xlsx");
        assert_eq!(text("theo aaaaaaaaaaaa", width("aaaaaaaaa.")), "theo aaaaaaaaa⏎aaa");
    }

    #[test]
    fn the_looks_of_a_paragraph_stay_with_their_letters() {
        let bold = Run { text: "số 57".to_owned(), bold: true, ..Run::default() };
        let content =
            vec![Inline::text("theo "), Inline::Text(bold.clone()), Inline::text(" năm 2025")];
        let style = plain();
        let mut block = [Block::Paragraph(Paragraph::new(style.id, content))];
        Settler { styles: &[style] }.blocks(&mut block, Length::mm(200));
        let bold = Run { text: "số\u{a0}57".to_owned(), ..bold };
        let wanted =
            vec![Inline::text("theo "), Inline::Text(bold), Inline::text(" năm\u{a0}2025")];
        let [Block::Paragraph(paragraph)] = block else { unreachable!() };
        assert_eq!(paragraph.content, wanted);
    }
}
