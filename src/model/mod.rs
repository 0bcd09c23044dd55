//! A case (hồ sơ), once valid: what the document says, nothing about how it looks.
//!
//! *Invariants*: no I/O, no clock; every text is NFC; every amount is a [`Amount`]
//! that was read as the clerk wrote it. A draft may hold gaps: texts made by
//! [`gap`], which both formats show on a coloured ground.

#[allow(clippy::disallowed_types, reason = "Amount wraps it")]
mod amount;
mod appendix;
mod attached;
mod calendar;
mod content;
mod figures;
mod gap;
mod issue;
mod mark;
mod mau;
mod office;
mod organ;
mod people;
mod register;

pub use amount::Amount;
pub use appendix::{
    Appendix, BodyTable, Cell, Column, ColumnAlign, ColumnKind, Constraint, Formula, Group,
    GroupTotal, Linear, Orientation, Origin, Paper, Relation, Row, Table, Term, TermValue, Total,
    TotalPlace, placed_table,
};
pub use attached::{Attached, begins_attached};
pub use calendar::CalendarDay;
pub use content::{CitedDocument, Content, Field, FieldKind, WordingSchema};
pub use figures::{Figures, Line, noise_of};
pub use gap::{GAP_END, GAP_START, gap, is_gap, split_gaps};
pub use issue::{Circulation, CodeNotation, Earlier, Given, IssuedDate, Number};
pub use mark::{FigureMark, figure_marks};
pub use mau::{Boxes, Mau, Opening, Signatures, Title, To};
pub use office::{NumberOrder, OfficeRules, SHARED_SERIES};
pub use organ::Organ;
pub use people::{ArchiveLine, Signer};
pub use register::{REGISTER_COLUMNS, Register, RegisterRow};

use std::collections::BTreeMap;

use crate::vi;

/// Everything a document is made from.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    pub document_type: DocumentType,
    /// Name of the wording among the type's wordings (mẫu lời văn).
    pub wording: String,
    pub organ: Organ,
    /// Số: left out until the document is issued.
    pub number: Option<Number>,
    /// Ký hiệu.
    pub notation: CodeNotation,
    pub date: IssuedDate,
    /// What the office's table of days off says of that day; nothing of an ordinary one.
    pub calendar_day: Option<CalendarDay>,
    /// Độ khẩn, box 10b.
    pub urgency: Option<Urgency>,
    /// Trích yếu: one short phrase that sums up the content. Empty only where the form
    /// prints none ([`Title::Type`]) and the clerk gave none.
    pub subject: String,
    /// Hướng: whether a báo cáo goes to a higher body and so has Kính gửi.
    pub direction: Option<Direction>,
    /// Kính gửi; of a công điện those it goes to.
    pub to: Vec<String>,
    /// Thẩm quyền ban hành in capitals, where the office writes another than [`Case::authority`] derives.
    pub own_authority: Option<String>,
    /// Căn cứ: the legal bases, each without its closing mark.
    pub bases: Vec<String>,
    /// What the wording asks for, by the name of its field.
    pub content: BTreeMap<String, Content>,
    /// Who signs; of minutes the chair.
    pub signer: Signer,
    /// Thư ký of minutes: signs beside the chair.
    pub secretary: Option<Signer>,
    /// Nơi nhận, each without its dash and closing mark, the archive line left out.
    pub recipients: Vec<String>,
    /// The last line of Nơi nhận: `Lưu: VT, …`.
    pub archive: ArchiveLine,
    /// Lưu hành: who may read it, ô số 11.
    pub circulation: Option<Circulation>,
    /// Whether the address of the agency, where it is known, stands at the foot of page 1: ô số 13.
    pub shows_contact: bool,
    /// Tables within the document.
    pub tables: Vec<BodyTable>,
    pub appendices: Vec<Appendix>,
    /// Kèm theo: the document issued with this one.
    pub attached: Option<Attached>,
    /// Thay thế: the issued document that this one replaces.
    pub replaces: Option<Earlier>,
    /// Đính chính: the issued document whose slips of form this one corrects.
    pub corrects: Option<Earlier>,
    /// Findings the office has accepted, each with its reason (chấp nhận).
    pub accepted: Vec<Accepted>,
}

/// A type of document (loại văn bản): what `templates/<loại>/loai.yaml` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentType {
    /// Name of its folder: `bao_cao`.
    pub key: String,
    /// Tên loại: `Báo cáo`.
    pub name: String,
    /// Its code in the notation, PL III: `BC`; none for a công văn.
    pub code: Option<String>,
    pub form: Mau,
    pub addressing: Addressing,
    /// Whether it bears the agency's address (lien_he), unless a case says otherwise.
    pub contact: bool,
}

/// Whether a type of document has Kính gửi. PL I, Phần I, Mục II, khoản 9, điểm a.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Addressing {
    Never,
    Always,
    /// Only when it goes to a higher body: báo cáo.
    Upward,
}

/// Mức độ khẩn. PL I, Phần I, Mục III, khoản 2, điểm b.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urgency {
    /// Hỏa tốc.
    Express,
    /// Thượng khẩn.
    Urgent,
    /// Khẩn.
    Prompt,
}

/// Hướng gửi.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// To a higher body.
    Up,
    /// Between equals.
    Level,
    /// To lower bodies.
    Down,
}

/// A finding that the office accepts: it becomes information, with the reason beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// Code of the finding.
    pub id: String,
    /// Route at which it is reported.
    pub at: String,
    pub reason: String,
}

impl Case {
    /// Whether the document has Kính gửi.
    pub fn is_addressed(&self) -> bool {
        match self.document_type.addressing {
            Addressing::Never => false,
            Addressing::Always => true,
            Addressing::Upward => self.direction == Some(Direction::Up),
        }
    }

    /// The boxes of its form.
    pub const fn boxes(&self) -> Boxes {
        self.document_type.form.boxes()
    }

    /// Thẩm quyền ban hành, in capitals. PL III, mẫu 1.1–1.3: the agency where it decides as
    /// a collective (nghị quyết, TM.), else the post of its head.
    pub fn authority(&self) -> String {
        let organ = &self.organ.name;
        let own = self.own_authority.clone();
        own.unwrap_or_else(|| match self.document_type.form {
            // Whoever signs it: the chairman of a Hội đồng nhân dân signs without TM.
            Mau::Resolution => vi::text::one_line(organ),
            Mau::Decision
            | Mau::IndirectDecision
            | Mau::Named
            | Mau::OfficialLetter
            | Mau::Telegram
            | Mau::Invitation
            | Mau::Introduction
            | Mau::Minutes
            | Mau::LeavePermit => self.signer.authority(organ),
        })
    }

    /// `Phụ lục`, or `Phụ lục I` … when there are two or more. PL I, Phần I, Mục III, khoản 1, điểm b.
    pub fn appendix_name(&self, position: usize) -> String {
        match u32::try_from(position + 1) {
            Ok(number) if self.appendices.len() > 1 => {
                format!("Phụ lục {}", vi::roman::to_roman(number))
            }
            _ => "Phụ lục".to_owned(),
        }
    }

    /// Every table with the key and the place at which the case holds it: `("phu_luc", 0)`.
    pub fn every_table(&self) -> impl Iterator<Item = (&'static str, usize, &Table)> {
        let body = self.tables.iter().enumerate().map(|(at, it)| ("bang", at, &it.table));
        let appendices = self.appendices.iter().enumerate();
        body.chain(appendices.filter_map(|(at, it)| Some(("phu_luc", at, it.table.as_ref()?))))
    }

    /// `325/BC-UBND`, or `/BC-UBND` with room for the number while there is none.
    pub fn code(&self) -> String {
        match &self.number {
            Some(number) => format!("{number}/{}", self.notation),
            None => format!("{BLANK_NUMBER}/{}", self.notation),
        }
    }
}

/// Room for a number written by hand: no-break spaces, so that both formats keep it.
pub const BLANK_NUMBER: &str = "\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}";
