//! The styles of a document: what the user of Word sees in the style pane and may change.
//!
//! Sizes, weights and cases are those of the table in PL I, Phần I, Mục V.

use std::borrow::Cow;

use crate::doc::{Align, Color, Length, LineSpacing, Role, Style, StyleId};
use crate::model::{Case, Opening, Signatures, Title};
use crate::nd30::{self, Measure, Preset};

use super::table;

pub const BODY: StyleId = StyleId::new("NoiDung");
pub const QUOC_HIEU: StyleId = StyleId::new("QuocHieu");
pub const TIEU_NGU: StyleId = StyleId::new("TieuNgu");
pub const SUPERIOR: StyleId = StyleId::new("CoQuanChuQuan");
pub const ORGAN: StyleId = StyleId::new("CoQuanBanHanh");
pub const NUMBER: StyleId = StyleId::new("SoKyHieu");
pub const DATE: StyleId = StyleId::new("DiaDanhThoiGian");
pub const DRAFT: StyleId = StyleId::new("DuThao");
pub const TYPE: StyleId = StyleId::new("TenLoai");
pub const SUBJECT: StyleId = StyleId::new("TrichYeu");
pub const LETTER_SUBJECT: StyleId = StyleId::new("TrichYeuCongVan");
pub const URGENCY: StyleId = StyleId::new("DoKhan");
pub const ISSUED_BY: StyleId = StyleId::new("ThamQuyenBanHanh");
pub const ENACTING: StyleId = StyleId::new("LoiBanHanh");
pub const WIRED_BY: StyleId = StyleId::new("CoQuanDien");
pub const CONFIRMATION: StyleId = StyleId::new("XacNhan");
pub const CONFIRMATION_ROOM: StyleId = StyleId::new("ChoKyXacNhan");
pub const ATTACHED_TYPE: StyleId = StyleId::new("TenLoaiKemTheo");
pub const ATTACHED_SUBJECT: StyleId = StyleId::new("TrichYeuKemTheo");
pub const CIRCULATION: StyleId = StyleId::new("LuuHanh");
pub const CONTACT: StyleId = StyleId::new("LienHe");
pub const ADDRESSEE: StyleId = StyleId::new("KinhGui");
pub const ADDRESSEES_LABEL: StyleId = StyleId::new("KinhGuiNhieuNoi");
pub const ADDRESSEES: StyleId = StyleId::new("NoiKinhGui");
pub const BASES: StyleId = StyleId::new("CanCu");
pub const HEADINGS: [StyleId; 5] = [
    StyleId::new("DeMuc1"),
    StyleId::new("DeMuc2"),
    StyleId::new("DeMuc3"),
    StyleId::new("DeMuc4"),
    StyleId::new("DeMuc5"),
];
pub const AUTHORITY: StyleId = StyleId::new("QuyenHanChucVu");
pub const SIGNER: StyleId = StyleId::new("HoTen");
pub const RECIPIENTS_LABEL: StyleId = StyleId::new("NoiNhan");
pub const RECIPIENTS: StyleId = StyleId::new("NoiNhanDong");
pub const DRAFTER: StyleId = StyleId::new("NguoiSoan");
pub const APPENDIX: StyleId = StyleId::new("PhuLuc");
pub const APPENDIX_TITLE: StyleId = StyleId::new("TieuDePhuLuc");
pub const APPENDIX_REFERENCE: StyleId = StyleId::new("KemTheo");
pub const UNIT: StyleId = StyleId::new("DonViTinh");
pub const TABLE_TITLE: StyleId = StyleId::new("TenBang");
pub const PAGE_NUMBER: StyleId = StyleId::new("SoTrang");
pub const BOOK_SUPERIOR: StyleId = StyleId::new("SoCoQuanChuQuan");
pub const BOOK_ORGAN: StyleId = StyleId::new("SoCoQuan");
pub const BOOK_TITLE: StyleId = StyleId::new("SoTenBia");
pub const BOOK_TITLE_AGAIN: StyleId = StyleId::new("SoTenTrangDau");
pub const BOOK_LINE: StyleId = StyleId::new("SoDongBia");
pub const BOOK_HEADING: StyleId = StyleId::new("SoTenBang");
pub const BOOK_STATEMENT: StyleId = StyleId::new("SoLoiGhi");
pub const BOOK_DATE: StyleId = StyleId::new("SoNgayKy");
pub const BOOK_SIGNER: StyleId = StyleId::new("SoNguoiKy");
pub const BOOK_SIGNER_NOTE: StyleId = StyleId::new("SoCachKy");
pub const BOOK_SIGNER_ROOM: StyleId = StyleId::new("SoChoKy");
const HEADING_NAMES: [&str; 5] = ["Đề mục 1", "Đề mục 2", "Đề mục 3", "Đề mục 4", "Đề mục 5"];

/// Indents that depend on the words of the document.
#[derive(Clone, Copy, Debug, Default)]
pub struct Indents {
    /// On each side of the trích yếu, the superior's and the issuer's name.
    pub subject: Length,
    pub superior: Length,
    pub organ: Length,
    /// On each side of the `V/v …` of a công văn.
    pub letter_subject: Length,
    /// On each side of the frame of the độ khẩn.
    pub urgency: Length,
    /// Where `Kính gửi:` begins when several lines follow it.
    pub label: Length,
    /// Where the dashes stand: under the colon.
    pub dash: Length,
    /// How far the second line of an addressee hangs behind its dash.
    pub hang: Length,
}

/// A heading level used in the document: whether it is bold (a điểm is not), and whether
/// its number stands above its title, both in the middle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeadingLevel {
    pub level: u8,
    /// Its level in the outline.
    pub outline: u8,
    pub bold: bool,
    pub above: bool,
}

/// Plain text, the ground of every style.
const TEXT: Style = Style {
    id: BODY,
    name: Cow::Borrowed("Nội dung"),
    size: Length::ZERO,
    bold: false,
    italic: false,
    align: Align::Start,
    first_line: Length::ZERO,
    left: Length::ZERO,
    right: Length::ZERO,
    before: Length::ZERO,
    line: LineSpacing::Multiple(100),
    keep_next: false,
    keep_lines: false,
    boxed: false,
    box_air: (Length::pt(1), Length::pt(1)),
    color: None,
    role: Role::Text,
};

/// A line that stands alone in the middle: box 1, 2, 3 …
const fn centered(id: StyleId, name: &'static str, size: Length) -> Style {
    Style {
        id,
        name: Cow::Borrowed(name),
        size,
        align: Align::Center,
        keep_next: true,
        keep_lines: true,
        ..TEXT
    }
}

/// The whole sheet. Table styles are added by the tables, which choose their own size.
pub fn sheet(case: &Case, preset: &Preset, headings: &[HeadingLevel], to: Indents) -> Vec<Style> {
    let boxes = case.boxes();
    let mut styles = vec![body(preset)];
    styles.extend(first_page(preset, to));
    styles.extend(case.urgency.map(|_| urgency(to)));
    if boxes.title == Title::UnderNumber {
        styles.push(letter_subject(preset, to));
    }
    styles.extend(opening(preset, boxes.opening));
    styles.extend(addressees(preset, to));
    styles.push(Style {
        id: BASES,
        name: "Căn cứ".into(),
        size: preset.length(Measure::BasesSize),
        italic: true,
        ..body(preset)
    });
    styles.extend(headings.iter().map(|&level| heading(preset, level)));
    styles.extend(last_page(preset, boxes.signatures));
    styles.extend(appendices(preset));
    styles
}

/// PL I, Phần I, Mục II, khoản 6, điểm e: justified, first line in by 1 or 1.27 cm.
fn body(preset: &Preset) -> Style {
    Style {
        size: preset.length(Measure::BodySize),
        align: Align::Justify,
        first_line: preset.length(Measure::FirstLine),
        before: preset.length(Measure::ParagraphSpace),
        line: LineSpacing::Multiple(preset.percent(Measure::LineSpacing)),
        ..TEXT
    }
}

fn heading(preset: &Preset, of: HeadingLevel) -> Style {
    let HeadingLevel { level, outline, bold, above } = of;
    let index = usize::from(level.clamp(1, 5)) - 1;
    let in_line = Style {
        id: HEADINGS[index],
        name: HEADING_NAMES[index].into(),
        bold,
        keep_next: true,
        keep_lines: true,
        role: Role::Heading(outline),
        ..body(preset)
    };
    if !above {
        return in_line;
    }
    Style { align: Align::Center, first_line: Length::ZERO, before: Length::pt(12), ..in_line }
}

fn first_page(preset: &Preset, to: Indents) -> Vec<Style> {
    let size = |measure| preset.length(measure);
    let bold = |style: Style| Style { bold: true, ..style };
    vec![
        bold(centered(QUOC_HIEU, "Quốc hiệu", size(Measure::QuocHieuSize))),
        bold(centered(TIEU_NGU, "Tiêu ngữ", size(Measure::TieuNguSize))),
        Style {
            left: to.superior,
            right: to.superior,
            ..centered(SUPERIOR, "Cơ quan chủ quản", size(Measure::SuperiorSize))
        },
        Style {
            left: to.organ,
            right: to.organ,
            ..bold(centered(ORGAN, "Cơ quan ban hành", size(Measure::OrganSize)))
        },
        Style {
            before: Length::pt(6),
            ..centered(NUMBER, "Số, ký hiệu", size(Measure::NumberSize))
        },
        Style {
            italic: true,
            before: Length::pt(6),
            ..centered(DATE, "Địa danh, thời gian", size(Measure::DateSize))
        },
        Style {
            bold: true,
            boxed: true,
            before: Length::pt(6),
            left: DRAFT_INDENT,
            right: DRAFT_INDENT,
            ..centered(DRAFT, "Dự thảo", Length::pt(13))
        },
        Style {
            before: Length::pt(18),
            role: Role::Title,
            ..bold(centered(TYPE, "Tên loại", size(Measure::TypeSize)))
        },
        Style {
            left: to.subject,
            right: to.subject,
            ..bold(centered(SUBJECT, "Trích yếu", size(Measure::SubjectSize)))
        },
    ]
}

/// Ô số 10b. PL I, Phần I, Mục III, khoản 2, điểm b: capitals, bold, bright red, framed.
fn urgency(to: Indents) -> Style {
    Style {
        bold: true,
        boxed: true,
        box_air: nd30::URGENCY_AIR,
        color: Some(Color::RED),
        before: Length::pt(6),
        left: to.urgency,
        right: to.urgency,
        ..centered(URGENCY, "Độ khẩn", nd30::URGENCY_SIZE)
    }
}

/// Ô số 5b. Khoản 5, điểm b: under the number, 6 pt below it, upright.
fn letter_subject(preset: &Preset, to: Indents) -> Style {
    Style {
        before: Length::pt(6),
        left: to.letter_subject,
        right: to.letter_subject,
        ..centered(LETTER_SUBJECT, "Trích yếu công văn", preset.length(Measure::LetterSubjectSize))
    }
}

/// What stands between title and text. PL III, mẫu 1.1–1.3, 1.6: bold, in the middle.
fn opening(preset: &Preset, opening: Opening) -> Vec<Style> {
    let size = preset.length(Measure::BodySize);
    let line = |id, name| Style { bold: true, before: Length::pt(12), ..centered(id, name, size) };
    match opening {
        Opening::Bases => vec![],
        Opening::Enacting(_) => {
            vec![line(ISSUED_BY, "Thẩm quyền ban hành"), line(ENACTING, "Lời ban hành")]
        }
        Opening::Wire => vec![line(WIRED_BY, "Cơ quan điện")],
    }
}

/// The box of DỰ THẢO is narrower than the column of the agency by this on each side.
const DRAFT_INDENT: Length = Length::mm(14);

fn addressees(preset: &Preset, to: Indents) -> Vec<Style> {
    let size = preset.length(Measure::AddresseesSize);
    let line = LineSpacing::Multiple(preset.percent(Measure::LineSpacing));
    vec![
        Style {
            before: Length::pt(12), line, ..centered(ADDRESSEE, "Kính gửi một nơi", size)
        },
        Style {
            id: ADDRESSEES_LABEL,
            name: "Kính gửi nhiều nơi".into(),
            size,
            line,
            left: to.label,
            before: Length::pt(12),
            keep_next: true,
            ..TEXT
        },
        Style {
            id: ADDRESSEES,
            name: "Nơi kính gửi".into(),
            size,
            line,
            left: to.dash + to.hang,
            first_line: -to.hang,
            keep_lines: true,
            ..TEXT
        },
    ]
}

fn last_page(preset: &Preset, signatures: Signatures) -> Vec<Style> {
    let authority = preset.length(Measure::AuthoritySize);
    let mut styles = vec![
        Style { bold: true, ..centered(AUTHORITY, "Quyền hạn, chức vụ", authority) },
        Style {
            bold: true,
            before: preset.length(Measure::SignatureSpace),
            ..centered(SIGNER, "Họ tên", preset.length(Measure::SignerSize))
        },
        Style {
            id: RECIPIENTS_LABEL,
            name: "Nơi nhận".into(),
            size: nd30::RECIPIENTS_LABEL_SIZE,
            bold: true,
            italic: true,
            // Level with the first line of the signature, or below both signatures.
            before: match signatures {
                Signatures::Signer | Signatures::SignerAndConfirmation => Length::ZERO,
                Signatures::SecretaryAndChair => Length::pt(12),
            },
            ..TEXT
        },
        Style {
            id: RECIPIENTS,
            name: "Nơi nhận, từng dòng".into(),
            size: nd30::RECIPIENTS_SIZE,
            ..TEXT
        },
        Style {
            id: DRAFTER,
            name: "Người soạn thảo".into(),
            size: nd30::RECIPIENTS_SIZE,
            align: Align::End,
            right: Length::mm(8),
            ..TEXT
        },
        Style {
            keep_next: false,
            ..centered(PAGE_NUMBER, "Số trang", preset.length(Measure::PageNumberSize))
        },
    ];
    if signatures == Signatures::SignerAndConfirmation {
        styles.extend(confirmation(preset));
    }
    styles
}

/// PL III, mẫu 1.10: who confirms the leave signs under these words.
fn confirmation(preset: &Preset) -> [Style; 2] {
    let size = preset.length(Measure::BodySize);
    [
        Style { before: Length::pt(12), ..centered(CONFIRMATION, "Xác nhận", size) },
        Style {
            before: preset.length(Measure::SignatureSpace),
            ..centered(CONFIRMATION_ROOM, "Chỗ ký xác nhận", size)
        },
    ]
}

fn appendices(preset: &Preset) -> Vec<Style> {
    let reference = preset.length(Measure::AppendixReferenceSize);
    vec![
        Style {
            bold: true,
            role: Role::Heading(1),
            ..centered(APPENDIX, "Phụ lục", nd30::APPENDIX_SIZE)
        },
        Style {
            bold: true,
            role: Role::Heading(2),
            ..centered(APPENDIX_TITLE, "Tiêu đề phụ lục", preset.length(Measure::AppendixTitleSize))
        },
        Style { italic: true, ..centered(APPENDIX_REFERENCE, "Kèm theo", reference) },
        Style {
            bold: true,
            before: Length::pt(6),
            ..centered(TABLE_TITLE, "Tên bảng", preset.length(Measure::BodySize))
        },
        Style {
            id: UNIT,
            name: "Đơn vị tính".into(),
            size: Length::pt(12),
            italic: true,
            align: Align::End,
            before: Length::pt(6),
            keep_next: true,
            ..TEXT
        },
    ]
}

/// Ô số 11: bold in a frame between these indents.
pub fn circulation(size: Length, left: Length, right: Length) -> Style {
    Style {
        bold: true,
        boxed: true,
        left,
        right,
        keep_next: false,
        ..centered(CIRCULATION, "Phạm vi lưu hành", size)
    }
}

/// Ô số 13: upright, in the middle.
pub fn contact(size: Length) -> Style {
    Style { keep_next: false, ..centered(CONTACT, "Địa chỉ liên hệ", size) }
}

/// The title of the attached document; `indent` on each side of its trích yếu.
pub fn attached(preset: &Preset, indent: Length) -> [Style; 2] {
    let bold = |style: Style| Style { bold: true, ..style };
    let size = |measure| preset.length(measure);
    [
        Style {
            before: Length::pt(18),
            role: Role::Heading(1),
            ..bold(centered(ATTACHED_TYPE, "Tên loại văn bản kèm theo", size(Measure::TypeSize)))
        },
        Style {
            left: indent,
            right: indent,
            ..bold(centered(
                ATTACHED_SUBJECT,
                "Trích yếu văn bản kèm theo",
                size(Measure::SubjectSize),
            ))
        },
    ]
}

/// Type size of the agency on the cover of a register.
pub const BOOK_ORGAN_SIZE: Length = Length::pt(16);

/// The styles of a printed register, but those of its table. No rule; PL IV draws a cover
/// and says what stands on it.
pub fn book(preset: &Preset) -> Vec<Style> {
    let size = preset.length(Measure::BodySize);
    let bold = |style: Style| Style { bold: true, ..style };
    let title = |id, name, size, before, role| Style {
        before: Length::mm(before),
        role,
        ..bold(centered(id, name, Length::pt(size)))
    };
    vec![
        body(preset),
        Style {
            before: Length::mm(6),
            ..centered(BOOK_SUPERIOR, "Sổ: cơ quan chủ quản", Length::pt(15))
        },
        bold(centered(BOOK_ORGAN, "Sổ: cơ quan", BOOK_ORGAN_SIZE)),
        title(BOOK_TITLE, "Sổ: tên sổ", 32, 34, Role::Title),
        title(BOOK_TITLE_AGAIN, "Sổ: tên sổ, trang đầu", 22, 8, Role::Text),
        Style {
            before: Length::pt(6), ..centered(BOOK_LINE, "Sổ: dòng trên bìa", Length::pt(15))
        },
        title(BOOK_HEADING, "Sổ: tên trên bảng", 13, 0, Role::Heading(1)),
        Style {
            id: BOOK_STATEMENT,
            name: "Sổ: lời ghi".into(),
            size,
            before: Length::pt(9),
            keep_next: true,
            keep_lines: true,
            ..TEXT
        },
        Style { italic: true, ..centered(BOOK_DATE, "Sổ: ngày ký", size) },
        bold(centered(BOOK_SIGNER, "Sổ: người ký", size)),
        Style { italic: true, ..centered(BOOK_SIGNER_NOTE, "Sổ: cách ký", Length::pt(12)) },
        Style {
            keep_next: false,
            before: Length::mm(20),
            ..centered(BOOK_SIGNER_ROOM, "Sổ: chỗ ký", Length::pt(12))
        },
        Style {
            keep_next: false,
            ..centered(PAGE_NUMBER, "Số trang", preset.length(Measure::PageNumberSize))
        },
    ]
}

/// Looks of a cell. A closed set: one style for each look and size used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellLook {
    Head,
    /// The row `(1) (2) (3)` under the heads.
    HeadNumber,
    Text,
    Center,
    Amount,
    GroupText,
    GroupCenter,
    GroupAmount,
    /// A group within another, and so below it in rank.
    InnerGroupText,
    InnerGroupCenter,
    InnerGroupAmount,
}

impl CellLook {
    pub const ALL: [Self; 11] = [
        Self::Head,
        Self::HeadNumber,
        Self::Text,
        Self::Center,
        Self::Amount,
        Self::GroupText,
        Self::GroupCenter,
        Self::GroupAmount,
        Self::InnerGroupText,
        Self::InnerGroupCenter,
        Self::InnerGroupAmount,
    ];

    pub const fn bold(self) -> bool {
        match self {
            Self::Head
            | Self::GroupText
            | Self::GroupCenter
            | Self::GroupAmount
            | Self::InnerGroupText
            | Self::InnerGroupCenter
            | Self::InnerGroupAmount => true,
            Self::HeadNumber | Self::Text | Self::Center | Self::Amount => false,
        }
    }

    pub const fn italic(self) -> bool {
        match self {
            Self::HeadNumber
            | Self::InnerGroupText
            | Self::InnerGroupCenter
            | Self::InnerGroupAmount => true,
            Self::Head
            | Self::Text
            | Self::Center
            | Self::Amount
            | Self::GroupText
            | Self::GroupCenter
            | Self::GroupAmount => false,
        }
    }

    const fn align(self) -> Align {
        match self {
            Self::Head
            | Self::HeadNumber
            | Self::Center
            | Self::GroupCenter
            | Self::InnerGroupCenter => Align::Center,
            Self::Text | Self::GroupText | Self::InnerGroupText => Align::Start,
            Self::Amount | Self::GroupAmount | Self::InnerGroupAmount => Align::End,
        }
    }

    const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Head => ("BangDau", "Bảng: đầu cột"),
            Self::HeadNumber => ("BangSoCot", "Bảng: số cột"),
            Self::Text => ("BangChu", "Bảng: chữ"),
            Self::Center => ("BangGiua", "Bảng: giữa"),
            Self::Amount => ("BangSo", "Bảng: số"),
            Self::GroupText => ("BangNhomChu", "Bảng: nhóm, chữ"),
            Self::GroupCenter => ("BangNhomGiua", "Bảng: nhóm, giữa"),
            Self::GroupAmount => ("BangNhomSo", "Bảng: nhóm, số"),
            Self::InnerGroupText => ("BangNhomConChu", "Bảng: nhóm con, chữ"),
            Self::InnerGroupCenter => ("BangNhomConGiua", "Bảng: nhóm con, giữa"),
            Self::InnerGroupAmount => ("BangNhomConSo", "Bảng: nhóm con, số"),
        }
    }

    /// The style of that look at a size; the id ends in the size in half points.
    pub fn style(self, size: Length) -> StyleId {
        StyleId::variant(self.names().0, u16::try_from(size.half_points()).unwrap_or(0))
    }

    /// That style in full.
    pub fn at(self, size: Length) -> Style {
        Style {
            id: self.style(size),
            name: format!("{} ({} pt)", self.names().1, size.to_pt()).into(),
            size,
            bold: self.bold(),
            italic: self.italic(),
            align: self.align(),
            line: LineSpacing::AtLeast(table::pitch(size)),
            ..TEXT
        }
    }
}
