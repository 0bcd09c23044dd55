//! Ô ký: where the digital signatures of the leader and of the agency go (PL I, Phần I, Mục II, khoản 7, 8).

use super::styles::SIGNER;
use crate::doc::{Block, Document, Grid, Length, Paragraph, SignatureField};

/// Name of the leader's field in the file.
pub const LEADER: &str = "NguoiKy";
/// Name of the agency's field in the file.
pub const AGENCY: &str = "CoQuan";

/// Room for the picture of a signature, which has no prescribed size.
const SIGNATURE_WIDTH: Length = Length::mm(54);
/// Between the signature and the lines above and below it.
const AIR: Length = Length::mm(2);
/// The picture of the seal is as large as the seal (khoản 8), which is 36 mm across.
const SEAL: Length = Length::mm(36);

/// Adds two empty signature fields, [`LEADER`] and [`AGENCY`], to the block of the signer.
///
/// The leader's lies between title and name, on their axis; the seal covers a third of it
/// from its left, and where it is higher than the room it reaches over the lines around.
pub fn add_signature_fields(document: &mut Document) {
    let room = document.style(SIGNER).before;
    let blocks = document.sections.iter_mut().flat_map(|section| &mut section.blocks);
    let grids =
        blocks.filter_map(|block| if let Block::Grid(grid) = block { Some(grid) } else { None });
    if let Some((name, width)) = grids.filter_map(signer).last() {
        name.fields = fields(width, room);
    }
}

/// The name of who signs, last in the first row, and the width of its column.
fn signer(grid: &mut Grid) -> Option<(&mut Paragraph, Length)> {
    let width = *grid.columns.last()?;
    match grid.rows.first_mut()?.last_mut()?.last_mut()? {
        Block::Paragraph(paragraph) if paragraph.style == SIGNER => Some((paragraph, width)),
        _ => None,
    }
}

fn fields(column: Length, room: Length) -> Vec<SignatureField> {
    let left = (column - SIGNATURE_WIDTH) / 2;
    let leader = SignatureField {
        name: LEADER.to_owned(),
        label: "Chữ ký số của người có thẩm quyền".to_owned(),
        left,
        above: AIR,
        width: SIGNATURE_WIDTH,
        height: room - AIR * 2,
    };
    let agency = SignatureField {
        name: AGENCY.to_owned(),
        label: "Chữ ký số của cơ quan, tổ chức".to_owned(),
        left: left + SIGNATURE_WIDTH / 3 - SEAL,
        above: (room - SEAL) / 2,
        width: SEAL,
        height: SEAL,
    };
    vec![leader, agency]
}
