//! Rows of a ruled table as XML text, written one by one: nothing grows with the table.

use std::fmt::Write as _;
use std::io::Write;
use std::ops::Range;

use anyhow::{Result, bail, ensure};

use super::styles::{Styles, twips};
use super::text::escape;
use crate::doc::metrics::{self, Face4};
use crate::doc::{Cell, LINE_END, Length, NO_BREAK_HYPHEN, Row, Style, Table};

/// Where columns begin and end, in twips from the left edge.
///
/// Rounded as places, not as widths: 29 rounded widths would add up to a table a
/// quarter of a millimetre too wide.
pub fn column_edges(columns: &[Length]) -> Vec<i32> {
    let mut place = Length::ZERO;
    let mut edges = vec![0];
    edges.extend(columns.iter().map(|&width| {
        place += width;
        twips(place)
    }));
    edges
}

/// Writes the header rows, which repeat on every page, and the rows of data.
///
/// # Errors
/// When a cell lies over another one or outside the table.
pub fn write<'t>(out: &mut dyn Write, table: &'t Table, styles: &'t Styles<'t>) -> Result<()> {
    let mut rows = Rows {
        table,
        styles,
        edges: column_edges(&table.columns),
        above: vec![Covered::default(); table.columns.len()],
        keep_next: false,
        breaks: false,
        buffer: String::new(),
    };
    let heights = header_heights(table, styles);
    for (row, height) in table.header.iter().zip(heights) {
        rows.row(row, Some(height), true)?;
        rows.flush(out)?;
    }
    // A cell of the header cannot reach into the data.
    rows.above.fill(Covered::default());
    for row in &table.rows {
        rows.row(row, row.height, false)?;
        rows.flush(out)?;
    }
    Ok(())
}

/// A column that a cell from above still covers.
#[derive(Clone, Copy, Default)]
struct Covered<'t> {
    /// Rows still to be covered.
    rows: u16,
    /// Columns of the cell; 0 in all but its first column.
    columns: u16,
    /// Id of the cell's style: the rest of a cell must not be higher than its neighbours.
    style: &'t str,
}

struct Rows<'t> {
    table: &'t Table,
    styles: &'t Styles<'t>,
    edges: Vec<i32>,
    above: Vec<Covered<'t>>,
    /// Whether the row being written stays with the next; each of its paragraphs says so.
    keep_next: bool,
    /// Whether it goes on over pages.
    breaks: bool,
    /// The row being written.
    buffer: String,
}

impl<'t> Rows<'t> {
    fn flush(&mut self, out: &mut dyn Write) -> Result<()> {
        out.write_all(self.buffer.as_bytes())?;
        self.buffer.clear();
        Ok(())
    }

    fn row(&mut self, row: &Row, height: Option<Length>, header: bool) -> Result<()> {
        (self.keep_next, self.breaks) = (row.keep_next, row.breaks);
        self.buffer.push_str("<w:tr>");
        self.row_properties(row, height, header)?;
        self.cells(row)?;
        self.buffer.push_str("</w:tr>");
        Ok(())
    }

    /// None at all where there is nothing to say.
    fn row_properties(&mut self, row: &Row, height: Option<Length>, header: bool) -> Result<()> {
        if row.breaks && height.is_none() && !header {
            return Ok(());
        }
        self.buffer.push_str("<w:trPr>");
        if !row.breaks {
            self.buffer.push_str("<w:cantSplit/>");
        }
        if let Some(height) = height {
            let twips = twips(height);
            write!(self.buffer, r#"<w:trHeight w:val="{twips}" w:hRule="atLeast"/>"#)?;
        }
        if header {
            self.buffer.push_str("<w:tblHeader/>");
        }
        self.buffer.push_str("</w:trPr>");
        Ok(())
    }

    /// The cells of a row; what they leave open is filled, so that every column has a cell.
    fn cells(&mut self, row: &Row) -> Result<()> {
        let mut column = 0;
        // An empty cell must not be higher than its neighbours.
        let style = row.cells.first().map_or("", |cell| &self.styles.get(cell.style).id);
        for cell in &row.cells {
            let first = usize::from(cell.column);
            self.fill(column..first, style)?;
            self.cell(cell)?;
            column = first + usize::from(cell.columns.max(1));
        }
        self.fill(column..self.table.columns.len(), style)
    }

    /// Columns without a cell of their own: the rest of a cell from above, or an empty cell.
    fn fill(&mut self, columns: Range<usize>, style: &str) -> Result<()> {
        ensure!(columns.start <= columns.end, "bảng có hai ô chồng nhau ở cột {}", columns.end + 1);
        let mut column = columns.start;
        while column < columns.end {
            column += match self.above.get(column) {
                Some(&above) if above.rows > 0 => self.rest(column, above)?,
                _ => self.empty(column, style)?,
            };
        }
        ensure!(column == columns.end, "bảng có ô chồng lên ô phía trên ở cột {}", column + 1);
        Ok(())
    }

    /// What a cell from above covers in this row; gives the columns it takes.
    fn rest(&mut self, column: usize, above: Covered<'t>) -> Result<usize> {
        let span = usize::from(above.columns.max(1));
        for covered in &mut self.above[column..column + span] {
            covered.rows -= 1;
        }
        self.open(column, span, Some("continue"))?;
        self.close(above.style, "")?;
        Ok(span)
    }

    fn empty(&mut self, column: usize, style: &str) -> Result<usize> {
        ensure!(column < self.table.columns.len(), "bảng có ô ở cột {}, ngoài bảng", column + 1);
        self.open(column, 1, None)?;
        self.close(style, "")?;
        Ok(1)
    }

    fn cell(&mut self, cell: &Cell) -> Result<()> {
        let (first, span) = (usize::from(cell.column), cell.columns.max(1));
        let style = &self.styles.get(cell.style).id;
        self.cover(cell, style)?;
        self.open(first, span.into(), (cell.rows > 1).then_some("restart"))?;
        if cell.upright.is_some() {
            self.buffer.push_str(r#"<w:textDirection w:val="btLr"/>"#);
        }
        self.close(style, &cell.text)
    }

    /// Claims the columns of a cell, in the rows below too.
    fn cover(&mut self, cell: &Cell, style: &'t str) -> Result<()> {
        let first = usize::from(cell.column);
        let span = cell.columns.max(1);
        let columns = self.above.get_mut(first..first + usize::from(span));
        let free = columns.filter(|columns| columns.iter().all(|above| above.rows == 0));
        let Some(free) = free else {
            bail!("bảng có ô chồng lên ô phía trên hoặc ra ngoài bảng ở cột {}", first + 1);
        };
        free.fill(Covered { rows: cell.rows.saturating_sub(1), columns: 0, style });
        free[0].columns = span;
        Ok(())
    }

    /// A cell and its properties as far as all cells have them, in schema order.
    fn open(&mut self, first: usize, span: usize, merge: Option<&str>) -> Result<()> {
        let width = self.edges[first + span] - self.edges[first];
        write!(self.buffer, r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>"#)?;
        if span > 1 {
            write!(self.buffer, r#"<w:gridSpan w:val="{span}"/>"#)?;
        }
        if let Some(merge) = merge {
            write!(self.buffer, r#"<w:vMerge w:val="{merge}"/>"#)?;
        }
        Ok(())
    }

    /// The rest of a cell: its paragraph.
    fn close(&mut self, style: &str, text: &str) -> Result<()> {
        let place = if self.breaks { "top" } else { "center" };
        write!(self.buffer, r#"<w:vAlign w:val="{place}"/></w:tcPr><w:p>"#)?;
        self.paragraph_properties(style)?;
        if !text.is_empty() {
            self.buffer.push_str("<w:r>");
            self.lines(text)?;
            self.buffer.push_str("</w:r>");
        }
        self.buffer.push_str("</w:p></w:tc>");
        Ok(())
    }

    fn paragraph_properties(&mut self, style: &str) -> Result<()> {
        if style.is_empty() && !self.keep_next {
            return Ok(());
        }
        self.buffer.push_str("<w:pPr>");
        if !style.is_empty() {
            write!(self.buffer, r#"<w:pStyle w:val="{style}"/>"#)?;
        }
        if self.keep_next {
            self.buffer.push_str("<w:keepNext/>");
        }
        self.buffer.push_str("</w:pPr>");
        Ok(())
    }

    fn lines(&mut self, text: &str) -> Result<()> {
        for (index, line) in text.split(['\n', LINE_END]).enumerate() {
            if index > 0 {
                self.buffer.push_str("<w:br/>");
            }
            for (index, piece) in line.split('\t').enumerate() {
                if index > 0 {
                    self.buffer.push_str("<w:tab/>");
                }
                for (index, piece) in piece.split(NO_BREAK_HYPHEN).enumerate() {
                    if index > 0 {
                        self.buffer.push_str("<w:noBreakHyphen/>");
                    }
                    if !piece.is_empty() {
                        let text = escape(piece);
                        write!(self.buffer, r#"<w:t xml:space="preserve">{text}</w:t>"#)?;
                    }
                }
            }
        }
        Ok(())
    }
}

/// How high each header row is, said aloud: LibreOffice clips merged cells where it
/// repeats rows whose height it has to find out itself.
fn header_heights(table: &Table, styles: &Styles) -> Vec<Length> {
    let mut heights: Vec<Length> =
        table.header.iter().map(|row| row.height.unwrap_or_default()).collect();
    let cells = || {
        let rows = table.header.iter().enumerate();
        rows.flat_map(|(index, row)| row.cells.iter().map(move |cell| (index, cell)))
    };
    for (row, cell) in cells().filter(|(_, cell)| cell.rows <= 1) {
        heights[row] = heights[row].max(cell_height(cell, table, styles.get(cell.style).style));
    }
    // What a merged cell lacks goes to its last row, as in Word.
    for (row, cell) in cells().filter(|(_, cell)| cell.rows > 1) {
        let last = (row + usize::from(cell.rows)).min(heights.len()) - 1;
        let there: Length = heights[row..=last].iter().copied().sum();
        let needed = cell_height(cell, table, styles.get(cell.style).style);
        heights[last] += (needed - there).max(Length::ZERO);
    }
    heights
}

fn cell_height(cell: &Cell, table: &Table, style: &Style) -> Length {
    // A row is higher by the thickness of one border.
    let around = table.padding_y * 2 + table.border;
    match cell.upright {
        Some(line) => line + around,
        None => lines_height(cell, table, style) + around,
    }
}

fn lines_height(cell: &Cell, table: &Table, style: &Style) -> Length {
    let face = Face4 { bold: style.bold, italic: style.italic };
    let width = table.inner_width(cell) - style.left - style.right;
    let lines = metrics::lines(&cell.text, style.size, face, width, -style.first_line);
    style.pitch() * lines.len().try_into().unwrap_or(1) + style.before
}
