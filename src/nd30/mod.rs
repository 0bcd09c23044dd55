//! Nghị định 30/2020/NĐ-CP in numbers: each measure beside its clause, with the
//! range the decree allows (for the checker) and one value inside it (for the form).
//!
//! An office changes a value in `cau_hinh.yaml`, within its range. What the decree
//! does not regulate carries no clause: the range is then ours.

use crate::doc::Length;

/// `CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM`: PL I, Phần I, Mục II, khoản 1, điểm a.
pub const QUOC_HIEU: &str = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";

/// Tiêu ngữ, hyphens with spaces around them: PL I, Phần I, Mục II, khoản 1, điểm b.
pub const TIEU_NGU: &str = "Độc lập - Tự do - Hạnh phúc";

/// A4: PL I, Phần I, Mục I, khoản 1.
pub const PAPER_SHORT: Length = Length::mm(210);
pub const PAPER_LONG: Length = Length::mm(297);

/// What an office may set. The order is that of `docs/nd30.md`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    MarginTop,
    MarginBottom,
    MarginLeft,
    MarginRight,
    PageNumberSize,
    PageNumberTop,
    QuocHieuSize,
    TieuNguSize,
    SuperiorSize,
    OrganSize,
    NumberSize,
    DateSize,
    TypeSize,
    SubjectSize,
    LetterSubjectSize,
    AddresseesSize,
    BasesSize,
    BodySize,
    FirstLine,
    ParagraphSpace,
    LineSpacing,
    RulePercent,
    RuleThickness,
    AuthoritySize,
    SignatureSpace,
    SignerSize,
    AppendixTitleSize,
    AppendixReferenceSize,
    CirculationSize,
    ContactSize,
    TableSizeMost,
    TableSizeLeast,
}

/// Unit in which a measure is written in `cau_hinh.yaml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Millimetre,
    Point,
    Percent,
}

impl Unit {
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Millimetre => "mm",
            Self::Point => "pt",
            Self::Percent => "%",
        }
    }
}

/// One measure: key in the settings, name, range, value, clause. Values are hundredths of the unit.
#[derive(Clone, Copy, Debug)]
pub struct Spec {
    pub measure: Measure,
    pub key: &'static str,
    pub name: &'static str,
    pub unit: Unit,
    pub least: i64,
    pub most: i64,
    /// When not empty, only these values are allowed.
    pub only: &'static [i64],
    pub preset: i64,
    /// Empty: not regulated, the range is ours.
    pub clause: &'static str,
}

const fn spec(
    measure: Measure,
    key: &'static str,
    name: &'static str,
    unit: Unit,
    (least, preset, most): (i64, i64, i64),
    clause: &'static str,
) -> Spec {
    Spec {
        measure,
        key,
        name,
        unit,
        least: least * 100,
        most: most * 100,
        only: &[],
        preset: preset * 100,
        clause,
    }
}

const PAGE: &str = "PL I, Phần I, Mục I, khoản 3";
const PAGE_NUMBER: &str = "PL I, Phần I, Mục I, khoản 5";
const BOX_1: &str = "PL I, Phần I, Mục II, khoản 1";
const BOX_2: &str = "PL I, Phần I, Mục II, khoản 2";
const BOX_3: &str = "PL I, Phần I, Mục II, khoản 3";
const BOX_4: &str = "PL I, Phần I, Mục II, khoản 4";
const BOX_5: &str = "PL I, Phần I, Mục II, khoản 5";
const BOX_6: &str = "PL I, Phần I, Mục II, khoản 6";
const BOX_7: &str = "PL I, Phần I, Mục II, khoản 7";
const BOX_9: &str = "PL I, Phần I, Mục II, khoản 9";
const APPENDIX: &str = "PL I, Phần I, Mục III, khoản 1";
const BOX_11: &str = "PL I, Phần I, Mục III, khoản 2";
const BOX_13: &str = "PL I, Phần I, Mục III, khoản 4";
const FREE: &str = "";

/// Every measure, in the order of [`Measure`].
pub const SPECS: [Spec; 32] = {
    use Measure as M;
    use Unit::{Millimetre as Mm, Percent, Point as Pt};
    [
        spec(M::MarginTop, "le_tren", "Lề trên", Mm, (20, 20, 25), PAGE),
        spec(M::MarginBottom, "le_duoi", "Lề dưới", Mm, (20, 20, 25), PAGE),
        spec(M::MarginLeft, "le_trai", "Lề trái", Mm, (30, 30, 35), PAGE),
        spec(M::MarginRight, "le_phai", "Lề phải", Mm, (15, 15, 20), PAGE),
        spec(
            M::PageNumberSize,
            "co_chu_so_trang",
            "Cỡ chữ số trang",
            Pt,
            (13, 13, 14),
            PAGE_NUMBER,
        ),
        spec(
            M::PageNumberTop,
            "so_trang_cach_mep",
            "Số trang cách mép trên",
            Mm,
            (5, 10, 15),
            FREE,
        ),
        spec(M::QuocHieuSize, "co_chu_quoc_hieu", "Cỡ chữ Quốc hiệu", Pt, (12, 13, 13), BOX_1),
        spec(M::TieuNguSize, "co_chu_tieu_ngu", "Cỡ chữ Tiêu ngữ", Pt, (13, 14, 14), BOX_1),
        spec(
            M::SuperiorSize,
            "co_chu_chu_quan",
            "Cỡ chữ cơ quan chủ quản",
            Pt,
            (12, 13, 13),
            BOX_2,
        ),
        spec(M::OrganSize, "co_chu_co_quan", "Cỡ chữ cơ quan ban hành", Pt, (12, 13, 13), BOX_2),
        spec(M::NumberSize, "co_chu_so", "Cỡ chữ số, ký hiệu", Pt, (13, 13, 13), BOX_3),
        spec(M::DateSize, "co_chu_ngay", "Cỡ chữ địa danh, thời gian", Pt, (13, 13, 14), BOX_4),
        spec(M::TypeSize, "co_chu_ten_loai", "Cỡ chữ tên loại", Pt, (13, 14, 14), BOX_5),
        spec(M::SubjectSize, "co_chu_trich_yeu", "Cỡ chữ trích yếu", Pt, (13, 14, 14), BOX_5),
        spec(
            M::LetterSubjectSize,
            "co_chu_trich_yeu_cong_van",
            "Cỡ chữ trích yếu công văn",
            Pt,
            (12, 12, 13),
            BOX_5,
        ),
        spec(M::AddresseesSize, "co_chu_kinh_gui", "Cỡ chữ Kính gửi", Pt, (13, 14, 14), BOX_9),
        spec(M::BasesSize, "co_chu_can_cu", "Cỡ chữ căn cứ", Pt, (13, 14, 14), BOX_6),
        spec(M::BodySize, "co_chu_noi_dung", "Cỡ chữ nội dung", Pt, (13, 14, 14), BOX_6),
        Spec {
            only: &[1000, 1270],
            preset: 1270,
            ..spec(M::FirstLine, "thut_dau_dong", "Lùi đầu dòng", Mm, (10, 10, 13), BOX_6)
        },
        // The decree says “tối thiểu 6pt”; the upper end is ours.
        spec(M::ParagraphSpace, "cach_doan", "Cách giữa các đoạn", Pt, (6, 6, 12), BOX_6),
        spec(
            M::LineSpacing,
            "cach_dong",
            "Cách dòng (100 là dòng đơn)",
            Percent,
            (100, 100, 150),
            BOX_6,
        ),
        // “Từ 1/3 đến 1/2 độ dài của dòng chữ”; 34 keeps a rounded third inside.
        spec(M::RulePercent, "duong_ke", "Đường kẻ so với dòng chữ", Percent, (34, 42, 50), BOX_2),
        Spec {
            least: 50,
            preset: 75,
            most: 150,
            ..spec(M::RuleThickness, "net_ke", "Nét kẻ", Pt, (0, 0, 0), FREE)
        },
        spec(
            M::AuthoritySize,
            "co_chu_chuc_vu",
            "Cỡ chữ quyền hạn, chức vụ",
            Pt,
            (13, 14, 14),
            BOX_7,
        ),
        spec(M::SignatureSpace, "khoang_ky", "Khoảng ký", Mm, (15, 28, 45), FREE),
        spec(M::SignerSize, "co_chu_ho_ten", "Cỡ chữ họ tên người ký", Pt, (13, 14, 14), BOX_7),
        spec(
            M::AppendixTitleSize,
            "co_chu_ten_phu_luc",
            "Cỡ chữ tiêu đề phụ lục",
            Pt,
            (13, 14, 14),
            APPENDIX,
        ),
        spec(
            M::AppendixReferenceSize,
            "co_chu_kem_theo",
            "Cỡ chữ dòng Kèm theo",
            Pt,
            (13, 14, 14),
            APPENDIX,
        ),
        spec(
            M::CirculationSize,
            "co_chu_luu_hanh",
            "Cỡ chữ phạm vi lưu hành",
            Pt,
            (13, 13, 14),
            BOX_11,
        ),
        spec(M::ContactSize, "co_chu_lien_he", "Cỡ chữ địa chỉ liên hệ", Pt, (11, 11, 12), BOX_13),
        spec(
            M::TableSizeMost,
            "co_chu_bang_lon",
            "Cỡ chữ lớn nhất trong bảng",
            Pt,
            (8, 12, 14),
            FREE,
        ),
        spec(
            M::TableSizeLeast,
            "co_chu_bang_nho",
            "Cỡ chữ nhỏ nhất trong bảng",
            Pt,
            (6, 6, 10),
            FREE,
        ),
    ]
};

/// Sizes with no choice: PL I, Phần I, Mục V, bảng mẫu chữ.
pub const RECIPIENTS_LABEL_SIZE: Length = Length::pt(12);
pub const RECIPIENTS_SIZE: Length = Length::pt(11);
pub const APPENDIX_SIZE: Length = Length::pt(14);

/// Độ khẩn: the words and the width of their frame. PL I, Phần I, Mục III, khoản 2, điểm b.
pub const EXPRESS: (&str, Length) = ("HỎA TỐC", Length::mm(30));
pub const URGENT: (&str, Length) = ("THƯỢNG KHẨN", Length::mm(40));
pub const PROMPT: (&str, Length) = ("KHẨN", Length::mm(20));

/// 13–14 pt; the table of PL I, Phần I, Mục V shows 13.
pub const URGENCY_SIZE: Length = Length::pt(13);

/// Above and below the words in their frame, so that it is 8 mm high: at 13 pt a line is
/// 14,9 pt high, and Word counts the air in whole points and half a point for each line.
pub const URGENCY_AIR: (Length, Length) = (Length::pt(4), Length::pt(3));

/// One value for every measure, all inside their ranges.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preset {
    hundredths: [i64; SPECS.len()],
}

impl Default for Preset {
    fn default() -> Self {
        Self { hundredths: SPECS.map(|spec| spec.preset) }
    }
}

impl Preset {
    /// A length; for a measure in percent, use [`Preset::percent`].
    pub fn length(&self, measure: Measure) -> Length {
        let hundredths = self.hundredths[measure as usize];
        match SPECS[measure as usize].unit {
            Unit::Millimetre => Length::centi_mm(hundredths),
            Unit::Point | Unit::Percent => Length::centi_pt(hundredths),
        }
    }

    /// A measure in percent, whole.
    pub fn percent(&self, measure: Measure) -> u16 {
        u16::try_from(self.hundredths[measure as usize] / 100).unwrap_or(100)
    }

    /// Sets one measure, in hundredths of its unit.
    ///
    /// # Errors
    /// The spec, when the value is outside its range.
    pub fn set(&mut self, measure: Measure, hundredths: i64) -> Result<(), &'static Spec> {
        let spec = &SPECS[measure as usize];
        if !spec.allows(hundredths) {
            return Err(spec);
        }
        self.hundredths[measure as usize] = hundredths;
        Ok(())
    }
}

impl Spec {
    /// The measure of that key in `cau_hinh.yaml`.
    pub fn by_key(key: &str) -> Option<&'static Self> {
        SPECS.iter().find(|spec| spec.key == key)
    }

    pub fn allows(&self, hundredths: i64) -> bool {
        (self.least..=self.most).contains(&hundredths)
            && (self.only.is_empty() || self.only.contains(&hundredths))
    }

    /// `20–25 mm`, `10 hoặc 12,7 mm`, `13 pt`: what is allowed, in words.
    pub fn range(&self) -> String {
        let unit = self.unit.symbol();
        let one = |hundredths: i64| {
            let text = format!("{},{:02}", hundredths / 100, hundredths % 100);
            text.trim_end_matches('0').trim_end_matches(',').to_owned()
        };
        if !self.only.is_empty() {
            let values: Vec<String> = self.only.iter().copied().map(one).collect();
            return format!("{} {unit}", values.join(" hoặc "));
        }
        if self.least == self.most {
            return format!("{} {unit}", one(self.least));
        }
        format!("{}–{} {unit}", one(self.least), one(self.most))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spec_stands_at_its_measure_and_its_preset_is_allowed() {
        for (position, spec) in SPECS.iter().enumerate() {
            assert_eq!(spec.measure as usize, position, "{}", spec.key);
            assert!(spec.allows(spec.preset), "{}", spec.key);
        }
    }

    #[test]
    fn a_value_outside_the_decree_is_refused_with_its_range() {
        let mut preset = Preset::default();
        let spec = preset.set(Measure::MarginLeft, 2_500).unwrap_err();
        assert_eq!((spec.key, spec.range().as_str()), ("le_trai", "30–35 mm"));
        let spec = preset.set(Measure::FirstLine, 1_100).unwrap_err();
        assert_eq!(spec.range(), "10 hoặc 12,7 mm");
        assert_eq!(preset, Preset::default());
    }
}
