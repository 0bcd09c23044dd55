//! Ô số 7 and 9b side by side: who signs, who receives; ô số 12 under the latter.

use super::Form;
use super::styles::{
    self, AUTHORITY, CONFIRMATION, CONFIRMATION_ROOM, DRAFTER, RECIPIENTS, RECIPIENTS_LABEL, SIGNER,
};
use super::text::{balanced, inlines};
use crate::doc::height::Heights;
use crate::doc::metrics::{Face4, lines};
use crate::doc::{Block, Grid, Length, Paragraph, StyleId};
use crate::model::{Signatures, Signer};
use crate::nd30::Measure;
use crate::vi::spaces::bound;

/// Width of Nơi nhận; the signature has the rest. The samples of PL III draw 51–63 mm;
/// the long lines of real offices read better a little wider.
const RECIPIENTS_WIDTH: Length = Length::mm(70);

/// Nơi nhận beside the signer, or both signatures of minutes and Nơi nhận below them. All
/// of it stands on one page, but for a long list, which goes on over pages.
pub(super) fn block(form: &Form<'_>) -> Block {
    let width = form.text_width();
    let signer = || signature(form, &form.case.signer, width - RECIPIENTS_WIDTH);
    let half = width / 2;
    let of_half = |signer| signature(form, signer, half);
    let (columns, rows) = match form.case.boxes().signatures {
        Signatures::Signer => (
            vec![RECIPIENTS_WIDTH, width - RECIPIENTS_WIDTH],
            vec![vec![recipients(form), signer()]],
        ),
        Signatures::SignerAndConfirmation => (
            vec![RECIPIENTS_WIDTH, width - RECIPIENTS_WIDTH],
            vec![vec![recipients(form), signer()], vec![confirmation(), vec![]]],
        ),
        Signatures::SecretaryAndChair => {
            let secretary = form.case.secretary.as_ref().map(of_half).unwrap_or_default();
            let signatures = vec![secretary, of_half(&form.case.signer)];
            (vec![half, width - half], vec![signatures, vec![recipients(form), vec![]]])
        }
    };
    flowing(form, Grid { columns, rows, before: Length::pt(12), breaks: false })
}

/// A block higher than half a page would take the last lines of the body away with it and,
/// higher than a page, would be cut off: its list of receivers flows. The signature still
/// stands whole beside the first of them.
fn flowing(form: &Form<'_>, mut grid: Grid) -> Block {
    let sheet = styles::sheet(form.case, form.preset, &[], styles::Indents::default());
    let heights = Heights::new(&sheet);
    let height: Length = heights.rows(&grid).into_iter().sum();
    let list = grid.rows.iter().position(|row| row.first().is_some_and(|cell| is_list(cell)));
    if let Some(at) = list.filter(|_| height > form.main_page().text_height() / 2) {
        let row = std::mem::take(&mut grid.rows[at]);
        let parted = parted(row, &grid.columns, heights);
        grid.breaks = parted.len() > 1;
        grid.rows.splice(at..=at, parted);
    }
    Block::Grid(grid)
}

fn is_list(cell: &[Block]) -> bool {
    matches!(cell.first(), Some(Block::Paragraph(label)) if label.style == RECIPIENTS_LABEL)
}

/// A row whose first cell is the list as several: the first with as many receivers as stand
/// beside the signature, so that no gap shows where it ends, the last with the line Lưu and the
/// receiver before it, between them one for each receiver.
fn parted(
    mut row: Vec<Vec<Block>>,
    columns: &[Length],
    heights: Heights<'_>,
) -> Vec<Vec<Vec<Block>>> {
    let mut list = std::mem::take(&mut row[0]);
    let beside = row.iter().zip(columns).skip(1);
    let beside = beside.map(|(cell, &width)| heights.blocks(cell, width)).max();
    let reaches =
        |count: &usize| heights.blocks(&list[..*count], columns[0]) >= beside.unwrap_or_default();
    let is_receiver =
        |block: &Block| matches!(block, Block::Paragraph(line) if line.style == RECIPIENTS);
    let archive = list.iter().rposition(is_receiver).unwrap_or_default();
    let first = (LEAST_FIRST..list.len()).find(reaches).unwrap_or(list.len());
    let last = archive.saturating_sub(1);
    if first >= last {
        row[0] = list;
        return vec![row];
    }
    let ending = list.split_off(last);
    let between = list.split_off(first);
    row[0] = list;
    let others = between.into_iter().map(|receiver| vec![receiver]).chain([ending]);
    std::iter::once(row).chain(others.map(|receivers| vec![receivers, vec![]])).collect()
}

/// The words “Nơi nhận:” never stand at the foot of a page without two receivers.
const LEAST_FIRST: usize = 3;

/// PL III, mẫu 1.10: the authority where the leave is spent confirms it, with room to sign.
fn confirmation() -> Vec<Block> {
    vec![
        paragraph(CONFIRMATION, CONFIRMED_BY),
        Block::Paragraph(Paragraph::new(CONFIRMATION_ROOM, vec![])),
    ]
}

const CONFIRMED_BY: &str =
    "Xác nhận của cơ quan, tổ chức hoặc chính quyền địa phương nơi nghỉ phép (nếu cần)";

/// Khoản 9, điểm b: each line closed by `;`, the line of the archive copy last, by `.`.
fn recipients(form: &Form<'_>) -> Vec<Block> {
    let case = form.case;
    let mut blocks = vec![paragraph(RECIPIENTS_LABEL, "Nơi nhận:")];
    blocks.extend(case.recipients.iter().map(|to| paragraph(RECIPIENTS, &format!("- {to};"))));
    blocks.push(paragraph(RECIPIENTS, &format!("- {}.", case.archive.text())));
    if let Some(box_12) = case.archive.drafter_and_copies() {
        blocks.push(paragraph(DRAFTER, &box_12));
    }
    blocks
}

/// Khoản 7: authority and post in capitals, room for the signature, then the name.
fn signature(form: &Form<'_>, signer: &Signer, width: Length) -> Vec<Block> {
    let lines = signer.lines.iter();
    let mut blocks: Vec<Block> =
        lines.map(|line| paragraph(AUTHORITY, &broken_evenly(form, line, width))).collect();
    blocks.push(paragraph(SIGNER, &signer.full_name));
    blocks
}

/// A long post in lines of about the same length: no word of it alone on its line.
fn broken_evenly(form: &Form<'_>, line: &str, available: Length) -> String {
    let size = form.length(Measure::AuthoritySize);
    let indent = balanced(line, size, Face4::BOLD, available, Length::ZERO);
    lines(&bound(line), size, Face4::BOLD, available - indent * 2, Length::ZERO).join("\n")
}

fn paragraph(style: StyleId, text: &str) -> Block {
    Block::Paragraph(Paragraph::new(style, inlines(text)))
}
