//! The rules of an office (`van_phong.yaml`): how it numbers and signs.

use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::Deserialize;

use super::Mode;
use super::door::Door;
use super::faults::{Faults, in_order};
use super::raw::{Text, Token};
use super::schema::Schema;
use super::{text, yaml};
use crate::diag::{Diagnostic, Route, Sources};
use crate::model::{NumberOrder, OfficeRules};

/// Văn phòng: quy tắc phát hành của cơ quan.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[schemars(rename = "van_phong", title = "Văn phòng", extend("x-ten" = "van_phong"))]
struct Raw {
    /// Phiên bản của tệp này; hiện là 1.
    #[serde(rename = "phien_ban")]
    #[schemars(title = "Phiên bản", example = &"1")]
    version: Option<Token>,
    /// Số và chữ ký, cái nào có trước: `ky_truoc` hoặc `so_truoc`.
    #[serde(rename = "thu_tu")]
    #[schemars(title = "Thứ tự số và chữ ký", example = &"ky_truoc")]
    order: Option<Token>,
    /// Các loại văn bản dùng `chung` một dãy số, hay đánh số `theo_loai`.
    #[serde(rename = "day_so")]
    #[schemars(title = "Dãy số", example = &"chung")]
    series: Option<Token>,
    /// Những loại có dãy số riêng khi các loại khác dùng chung.
    #[serde(rename = "day_so_rieng")]
    #[schemars(title = "Loại có dãy số riêng", example = &"- quyet_dinh")]
    own_series: Option<Vec<Option<Text>>>,
    /// Mã định danh của cơ quan, ghi vào dữ liệu đặc tả.
    #[serde(rename = "ma_dinh_danh")]
    #[schemars(title = "Mã định danh", example = &"000.00.01.H01")]
    organ_id: Option<Token>,
    /// Bản PDF có hai ô chữ ký số để trống: `co` hoặc `khong`.
    #[serde(rename = "o_ky")]
    #[schemars(title = "Ô chữ ký số", example = &"khong")]
    signature_fields: Option<Token>,
}

static RULES: LazyLock<Schema> = LazyLock::new(Schema::of::<Raw>);

/// The longest OrganId. PL VI, Phần II.
const MAX_ORGAN_ID: usize = 13;

/// Reads the rules of an office; `types` are the document types it knows, where those are all there.
///
/// # Errors
/// Every fault of the file.
pub fn office_rules(
    name: &str,
    text: &str,
    types: Option<&[&str]>,
    sources: &mut Sources,
) -> Result<OfficeRules, Vec<Diagnostic>> {
    let id = sources.next_id();
    let mut faults = Faults::of(id, name);
    let text = text::compose(text.to_owned(), id, &mut faults);
    sources.add(name, text.as_str());
    let raw = yaml::read::<Raw>(&text, &RULES, sources, &mut faults).and_then(|yaml| yaml.raw);
    let mut door = Door { mode: Mode::Final, schema: &RULES, faults: &mut faults };
    let rules = rules(raw.unwrap_or_default(), types, &mut door);
    if !faults.has_errors() {
        return Ok(rules);
    }
    let mut found = faults.into_diagnostics();
    in_order(&mut found, sources);
    Err(found)
}

fn rules(raw: Raw, types: Option<&[&str]>, door: &mut Door<'_>) -> OfficeRules {
    let root = Route::root();
    let at = |key: &str| Route::root().key(key);
    if let Some(version) = door.token(raw.version).filter(|version| version != "1") {
        let message = format!("không biết phiên bản “{version}” của tệp này");
        door.error(
            "phien-ban-la",
            &at("phien_ban"),
            message,
            "ghi `phien_ban: 1`, hoặc dùng bản chương trình mới hơn",
        );
    }
    let orders = [("ky_truoc", NumberOrder::SignedFirst), ("so_truoc", NumberOrder::NumberedFirst)];
    let order = door.choice(raw.order, &at("thu_tu"), &orders).unwrap_or_default();
    let by_type = [("chung", false), ("theo_loai", true)];
    let series_by_type = door.choice(raw.series, &at("day_so"), &by_type).unwrap_or_default();
    let own_series = door.items(raw.own_series, &root.key("day_so_rieng"));
    for (index, own) in own_series.iter().enumerate() {
        if let Some(types) = types.filter(|types| !types.contains(&own.as_str())) {
            let message = format!("không có loại văn bản `{own}`");
            let hint = super::faults::suggest(own, types.iter().copied());
            door.error("gia-tri-la", &at("day_so_rieng").index(index), message, hint);
        }
    }
    let organ_id = door.token(raw.organ_id);
    if organ_id.as_ref().is_some_and(|id| id.chars().count() > MAX_ORGAN_ID) {
        let message = format!("mã định danh dài quá {MAX_ORGAN_ID} ký tự");
        door.error(
            "gia-tri-la",
            &at("ma_dinh_danh"),
            message,
            "ghi mã như cơ quan được cấp, ví dụ `000.00.01.H01`",
        );
    }
    OfficeRules {
        order,
        series_by_type,
        own_series,
        organ_id,
        signature_fields: door.yes(raw.signature_fields, &at("o_ky")),
    }
}

/// `van_phong.yaml` of a new office, every key with its meaning.
pub const OFFICE_TEMPLATE: &str = "\
# Văn phòng: quy tắc phát hành của cơ quan. Có tệp này, thư mục là thư mục của một cơ quan.
phien_ban: 1

# Số và chữ ký, cái nào có trước:
#   ky_truoc  ký trên giấy, rồi mới lấy số và ngày (`vanthu issue HỒ_SƠ`);
#   so_truoc  lấy số trước, đem bản PDF có số đi ký số, rồi gắn bản đã ký (`vanthu archive attach`).
thu_tu: ky_truoc

# Các loại văn bản dùng chung một dãy số (chung), hay mỗi loại một dãy (theo_loai).
day_so: chung
# Loại có dãy số riêng khi các loại khác dùng chung, ví dụ quyết định:
# day_so_rieng:
#   - quyet_dinh

# Mã định danh của cơ quan, ghi vào dữ liệu đặc tả của văn bản:
# ma_dinh_danh: 000.00.01.H01

# Bản PDF có hai ô để trống cho chữ ký số của người ký và của cơ quan (co) hay không (khong).
o_ky: khong
";

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<OfficeRules, Vec<String>> {
        let mut sources = Sources::default();
        office_rules("van_phong.yaml", text, Some(&["bao_cao", "quyet_dinh"]), &mut sources)
            .map_err(|found| {
                found.into_iter().map(|one| format!("{}: {}", one.code, one.message)).collect()
            })
    }

    #[test]
    fn a_new_office_signs_first_and_numbers_all_types_together() {
        assert_eq!(read(OFFICE_TEMPLATE).unwrap(), OfficeRules::default());
    }

    #[test]
    fn an_office_chooses_order_series_and_fields() {
        let rules = read("thu_tu: so_truoc\nday_so: chung\nday_so_rieng:\n  - quyet_dinh\nma_dinh_danh: 000.00.12.H33\no_ky: co\n").unwrap();
        assert_eq!(rules.order, NumberOrder::NumberedFirst);
        assert_eq!((rules.series("quyet_dinh"), rules.series("bao_cao")), ("quyet_dinh", "chung"));
        assert!(rules.signature_fields);
    }

    #[test]
    fn what_is_not_known_is_refused_all_at_once() {
        let found =
            read("thu_tu: truoc\nday_so_rieng:\n  - bao_coa\nmau: 1\nphien_ban: 2\n").unwrap_err();
        assert_eq!(
            found,
            [
                "gia-tri-la: `thu_tu` không nhận giá trị “truoc”",
                "gia-tri-la: không có loại văn bản `bao_coa`",
                "khoa-la: không có khóa `mau` ở đây",
                "phien-ban-la: không biết phiên bản “2” của tệp này",
            ]
        );
    }
}
