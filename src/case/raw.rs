//! The case as it is written: every scalar is text, everything may be missing.
//!
//! The doc comments are Vietnamese because clerks read them: they become
//! `docs/ho_so.md` and the help of an editor (`vanthu schema`). `title` is the
//! term, `x-nd30` the decree's own field name (Phụ lục VI). A field marked
//! `required` is what a final document cannot do without; for serde all are optional,
//! since a derived struct would stop at the first that is missing.
//!
//! *Invariant*: no `flatten`, `untagged` or `tag`, no number types: they would read
//! `20.000` as twenty.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny};

use super::keys;

/// Prose: may hold any character of the language, so a cut at ` #` is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Text(pub String);

/// A key, a number, a date: never prose.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Token(pub String);

/// The keys of every record, in the order of their declaration.
pub fn order() -> BTreeMap<&'static str, &'static [&'static str]> {
    BTreeMap::from([
        ("ho_so", keys::of::<Case>()),
        ("co_quan", keys::of::<Organ>()),
        ("nguoi_ky", keys::of::<Signer>()),
        ("thu_ky", keys::of::<Secretary>()),
        ("luu", keys::of::<Archive>()),
        ("bang", keys::of::<BodyTable>()),
        ("phu_luc", keys::of::<Appendix>()),
        ("cot", keys::of::<Column>()),
        ("nhom", keys::of::<Group>()),
        ("dong_tu_tep", keys::of::<RowsFrom>()),
        ("tong", keys::of::<Total>()),
        ("kem_theo", keys::of::<Attached>()),
        ("van_ban_truoc", keys::of::<Earlier>()),
        ("chap_nhan", keys::of::<Accepted>()),
        ("loai", keys::of::<DocumentType>()),
        ("mau", keys::of::<Wording>()),
        ("truong", keys::of::<Field>()),
        ("co_quan_danh_muc", keys::of::<ListedOrgan>()),
        ("lich_nghi", keys::of::<DaysOff>()),
        ("ngay_nghi", keys::of::<DayOff>()),
        ("lam_bu", keys::of::<DayWorked>()),
    ])
}

/// A part whose keys are declared elsewhere; it is read from the marked tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Free;

/// Cells or figures by the key of their column.
pub type ByColumn = BTreeMap<String, Option<Text>>;

impl JsonSchema for Text {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "chu".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": ["string", "number"], "x-kieu": "chu"})
    }
}

impl JsonSchema for Token {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "ma".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": ["string", "number"], "x-kieu": "ma"})
    }
}

impl JsonSchema for Free {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "tu_do".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "object", "x-kieu": "theo_mau"})
    }
}

impl<'de> Deserialize<'de> for Free {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        IgnoredAny::deserialize(deserializer).map(|_| Self)
    }
}

/// Hồ sơ của một văn bản: mọi dữ kiện cần để lập văn bản.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[schemars(rename = "ho_so", title = "Hồ sơ", extend("x-ten" = "ho_so"))]
pub struct Case {
    /// Phiên bản của cách viết hồ sơ, để đọc được hồ sơ cũ; hiện là 1. Bỏ trống thì hiểu là 1.
    #[serde(rename = "phien_ban")]
    #[schemars(title = "Phiên bản hồ sơ", example = &"1")]
    pub version: Option<Token>,
    /// Loại văn bản: tên một thư mục trong `templates/`.
    #[serde(rename = "loai")]
    #[schemars(title = "Loại văn bản", required, example = &"bao_cao", extend("x-nd30" = "TypeName"))]
    pub document_type: Option<Token>,
    /// Mẫu lời văn: tên một tệp `.md` trong thư mục của loại văn bản. Bỏ trống thì dùng `noi_dung`.
    #[serde(rename = "mau")]
    #[schemars(title = "Mẫu lời văn", example = &"giai_ngan_du_an")]
    pub wording: Option<Token>,
    /// Cơ quan ban hành: một khóa trong danh mục `templates/chung/co_quan.yaml`. Cơ quan chưa có trong danh mục thì viết ở `co_quan_khac`.
    #[serde(rename = "co_quan")]
    #[schemars(title = "Cơ quan ban hành", example = &"ubnd_tinh_an_giang", extend("x-nd30" = "OrganName", "x-bat_buoc" = "khi không có `co_quan_khac`"))]
    pub organ: Option<Token>,
    /// Cơ quan ban hành chưa có trong danh mục, viết đầy đủ ở đây thay cho `co_quan`.
    #[serde(rename = "co_quan_khac")]
    #[schemars(title = "Cơ quan khác", extend("x-nd30" = "OrganizationInCharge, OrganName"))]
    pub other_organ: Option<Organ>,
    /// Chữ viết tắt tên đơn vị soạn thảo; chỉ công văn cần, để ghép ký hiệu (`UBND-VX`).
    #[serde(rename = "don_vi")]
    #[schemars(title = "Đơn vị soạn thảo", example = &"VX")]
    pub unit: Option<Token>,
    /// Số của văn bản, chỉ ghi số; ký hiệu (`BC-UBND`) do chương trình ghép. Bỏ trống khi chưa phát hành.
    #[serde(rename = "so")]
    #[schemars(title = "Số văn bản", example = &"125", extend("x-nd30" = "CodeNumber"))]
    pub number: Option<Token>,
    /// Ngày ban hành: `16/8/2022`; `/8/2022` khi để trống ngày; bỏ trống khi chưa biết.
    #[serde(rename = "ngay")]
    #[schemars(title = "Ngày ban hành", example = &"16/8/2022", extend("x-nd30" = "PromulgationDate"))]
    pub date: Option<Token>,
    /// Mức độ khẩn, in trong khung đỏ dưới số, ký hiệu: `hoa_toc`, `thuong_khan` hoặc `khan`. Bỏ trống khi không khẩn.
    #[serde(rename = "do_khan")]
    #[schemars(title = "Độ khẩn", example = &"thuong_khan", extend("x-mot_trong" = ["hoa_toc", "thuong_khan", "khan"], "x-nd30" = "Priority"))]
    pub urgency: Option<Token>,
    /// Một câu hoặc cụm từ ngắn khái quát nội dung chủ yếu của văn bản. Với công văn, chữ “V/v” do chương trình ghi. Giấy giới thiệu và giấy nghỉ phép không in trích yếu nên có thể bỏ trống.
    #[serde(rename = "trich_yeu")]
    #[schemars(title = "Trích yếu", example = &"Về tình hình thực hiện và giải ngân các dự án", extend("x-nd30" = "Subject", "x-bat_buoc" = "trừ giấy giới thiệu, giấy nghỉ phép"))]
    pub subject: Option<Text>,
    /// Hướng gửi: `len_tren` (lên cấp trên, có Kính gửi), `ngang_cap`, `xuong_duoi`. Báo cáo cần có.
    #[serde(rename = "huong")]
    #[schemars(title = "Hướng gửi", example = &"len_tren", extend("x-mot_trong" = ["len_tren", "ngang_cap", "xuong_duoi"], "x-bat_buoc" = "báo cáo"))]
    pub direction: Option<Token>,
    /// Nơi nhận chính, sau chữ “Kính gửi” (của công điện: sau chữ “điện:”): mỗi nơi một dòng, bắt đầu bằng `- `. Không cần dấu `;` hay `.` ở cuối.
    #[serde(rename = "kinh_gui")]
    #[schemars(title = "Kính gửi", example = &["Bộ Kế hoạch và Đầu tư"], extend("x-nd30" = "To"))]
    pub to: Option<Vec<Option<Text>>>,
    /// Dòng thẩm quyền ban hành của nghị quyết, quyết định, công điện. Bỏ trống thì chương trình ghép từ `nguoi_ky` và cơ quan: người ký thay mặt tập thể thì ghi tên cơ quan, còn lại ghi chức vụ người đứng đầu kèm tên cơ quan. Chương trình viết hoa.
    #[serde(rename = "tham_quyen")]
    #[schemars(title = "Thẩm quyền ban hành", example = &"CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH AN GIANG")]
    pub authority: Option<Text>,
    /// Căn cứ ban hành, mỗi căn cứ một dòng, bắt đầu bằng `- `. Không cần dấu `;` hay `.` ở cuối.
    #[serde(rename = "can_cu")]
    #[schemars(title = "Căn cứ", example = &["Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015"])]
    pub bases: Option<Vec<Option<Text>>>,
    /// Dữ kiện mà mẫu lời văn hỏi; xem các khóa ở đầu tệp mẫu.
    #[serde(rename = "noi_dung")]
    #[schemars(title = "Nội dung", extend("x-nd30" = "Content"))]
    #[expect(dead_code, reason = "read from the marked tree; here for its key and description")]
    pub content: Option<Free>,
    /// Người ký và quyền hạn ký.
    #[serde(rename = "nguoi_ky")]
    #[schemars(title = "Người ký", required, extend("x-nd30" = "SignerInfo"))]
    pub signer: Option<Signer>,
    /// Thư ký của biên bản, ký bên trái; chủ tọa ghi ở `nguoi_ky`.
    #[serde(rename = "thu_ky")]
    #[schemars(title = "Thư ký", extend("x-bat_buoc" = "biên bản"))]
    pub secretary: Option<Secretary>,
    /// Nơi nhận ở cuối văn bản, mỗi nơi một dòng, trừ dòng Lưu. Không cần dấu `;` hay `.` ở cuối.
    #[serde(rename = "noi_nhan")]
    #[schemars(title = "Nơi nhận", required, example = &["Như trên"], extend("x-nd30" = "ToPlaces"))]
    pub recipients: Option<Vec<Option<Text>>>,
    /// Dòng Lưu, dòng cuối của Nơi nhận.
    #[serde(rename = "luu")]
    #[schemars(title = "Lưu", required)]
    pub archive: Option<Archive>,
    /// Phạm vi lưu hành, đóng khung phía trên Quốc hiệu: `noi_bo` (LƯU HÀNH NỘI BỘ) hoặc `xem_xong_tra_lai` (XEM XONG TRẢ LẠI).
    #[serde(rename = "luu_hanh")]
    #[schemars(title = "Phạm vi lưu hành", example = &"noi_bo", extend("x-mot_trong" = ["noi_bo", "xem_xong_tra_lai"]))]
    pub circulation: Option<Token>,
    /// Địa chỉ liên hệ ở chân trang thứ nhất: `khong` để không in ở văn bản này, `co` để in dù loại văn bản này thường không in. Các dòng ghi ở `lien_he` của cơ quan.
    #[serde(rename = "lien_he")]
    #[schemars(title = "In địa chỉ liên hệ", example = &"khong", extend("x-mot_trong" = ["co", "khong"]))]
    pub contact: Option<Token>,
    /// Các bảng đặt trong thân văn bản; trong đoạn văn, dòng `[bang KHÓA]` cho biết bảng nằm ở đâu.
    #[serde(rename = "bang")]
    #[schemars(title = "Bảng trong văn bản")]
    pub tables: Option<Vec<Option<BodyTable>>>,
    /// Các phụ lục. Số phụ lục và dòng “(Kèm theo …)” do chương trình ghi.
    #[serde(rename = "phu_luc")]
    #[schemars(title = "Phụ lục", extend("x-nd30" = "Appendixes"))]
    pub appendices: Option<Vec<Option<Appendix>>>,
    /// Văn bản ban hành kèm theo (Phụ lục III, mẫu 1.3), ví dụ quy chế kèm theo quyết định; lời văn của nó đứng sau dòng `[kem_theo]` của mẫu lời văn. Dòng “(Kèm theo …)” do chương trình ghi.
    #[serde(rename = "kem_theo")]
    #[schemars(title = "Văn bản kèm theo", extend("x-bat_buoc" = "khi mẫu lời văn có dòng `[kem_theo]`"))]
    pub attached: Option<Attached>,
    /// Văn bản đã phát hành mà văn bản này thay thế, khi nội dung có sai sót; sổ đăng ký ghi mối liên hệ cả hai chiều.
    #[serde(rename = "thay_the")]
    #[schemars(title = "Thay thế văn bản")]
    pub replaces: Option<Earlier>,
    /// Văn bản đã phát hành mà công văn này đính chính, khi thể thức có sai sót; sổ đăng ký ghi mối liên hệ cả hai chiều.
    #[serde(rename = "dinh_chinh")]
    #[schemars(title = "Đính chính văn bản")]
    pub corrects: Option<Earlier>,
    /// Những điều kiểm tra báo mà cơ quan chấp nhận, kèm lý do.
    #[serde(rename = "chap_nhan")]
    #[schemars(title = "Chấp nhận")]
    pub accepted: Option<Vec<Option<Accepted>>>,
}

/// Một cơ quan viết đầy đủ trong hồ sơ.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[schemars(rename = "co_quan", title = "Cơ quan", extend("x-ten" = "co_quan"))]
pub struct Organ {
    /// Cơ quan chủ quản trực tiếp, nếu có; xuống dòng ở chỗ cần xuống dòng. Chương trình viết hoa.
    #[serde(rename = "chu_quan")]
    #[schemars(title = "Cơ quan chủ quản", example = &"ỦY BAN NHÂN DÂN TỈNH AN GIANG", extend("x-nd30" = "OrganizationInCharge", "x-nhieu_dong" = true))]
    pub superior: Option<Text>,
    /// Tên đầy đủ của cơ quan ban hành; xuống dòng ở chỗ cần xuống dòng. Chương trình viết hoa.
    #[serde(rename = "ten")]
    #[schemars(title = "Tên cơ quan", required, example = &"SỞ TÀI CHÍNH", extend("x-nd30" = "OrganName", "x-nhieu_dong" = true))]
    pub name: Option<Text>,
    /// Tên dùng trong câu văn.
    #[serde(rename = "ten_trong_cau")]
    #[schemars(title = "Tên trong câu", required, example = &"Sở Tài chính tỉnh An Giang")]
    pub short_name: Option<Text>,
    /// Chữ viết tắt tên cơ quan trong ký hiệu văn bản. Chương trình viết hoa.
    #[serde(rename = "ky_hieu")]
    #[schemars(title = "Chữ viết tắt tên cơ quan", required, example = &"STC", extend("x-nd30" = "CodeNotation"))]
    pub code: Option<Token>,
    /// Địa danh ghi trước ngày tháng.
    #[serde(rename = "dia_danh")]
    #[schemars(title = "Địa danh", required, example = &"An Giang", extend("x-nd30" = "Place"))]
    pub place: Option<Text>,
    /// Địa chỉ, thư điện tử, điện thoại, trang thông tin điện tử in ở chân trang thứ nhất; mỗi mục là một dòng in, nhiều nhất 2–3 dòng.
    #[serde(rename = "lien_he")]
    #[schemars(title = "Địa chỉ liên hệ", example = &["Địa chỉ: số 2, đường Thủ Khoa Huân; điện thoại: (0296) 3 000 218"])]
    pub contact: Option<Vec<Option<Text>>>,
}

/// Người ký: các dòng quyền hạn, chức vụ được ghép từ các khóa dưới đây.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[schemars(rename = "nguoi_ky", title = "Người ký", extend("x-ten" = "nguoi_ky"))]
pub struct Signer {
    /// Tập thể mà người ký thay mặt; chương trình ghi `TM.` phía trước.
    #[serde(rename = "thay_mat")]
    #[schemars(title = "Thay mặt (TM.)", example = &"ỦY BAN NHÂN DÂN", extend("x-nd30" = "Competence"))]
    pub on_behalf: Option<Text>,
    /// Người đứng đầu đã giao ký thừa lệnh; chương trình ghi `TL.` phía trước.
    #[serde(rename = "thua_lenh")]
    #[schemars(title = "Thừa lệnh (TL.)", example = &"CHỦ TỊCH")]
    pub by_order: Option<Text>,
    /// Người đứng đầu đã ủy quyền; chương trình ghi `TUQ.` phía trước.
    #[serde(rename = "thua_uy_quyen")]
    #[schemars(title = "Thừa ủy quyền (TUQ.)", example = &"CHỦ TỊCH")]
    pub by_authorisation: Option<Text>,
    /// Người đứng đầu mà cấp phó ký thay; chương trình ghi `KT.` phía trước.
    #[serde(rename = "ky_thay")]
    #[schemars(title = "Ký thay (KT.)", example = &"CHỦ TỊCH")]
    pub for_head: Option<Text>,
    /// Ghi `co` khi người ký giữ quyền chức vụ; chương trình ghi `Q.` trước chức vụ.
    #[serde(rename = "quyen")]
    #[schemars(title = "Quyền chức vụ (Q.)", example = &"co", extend("x-mot_trong" = ["co", "khong"]))]
    pub acting: Option<Token>,
    /// Chức vụ của người ký. Chương trình viết hoa. Của biên bản, bỏ trống thì ghi `CHỦ TỌA`.
    #[serde(rename = "chuc_vu")]
    #[schemars(title = "Chức vụ người ký", example = &"PHÓ CHỦ TỊCH", extend("x-nd30" = "Position", "x-bat_buoc" = "khi không có `cac_dong`"))]
    pub post: Option<Text>,
    /// Họ và tên, không ghi học hàm, học vị, danh hiệu.
    #[serde(rename = "ho_ten")]
    #[schemars(title = "Họ và tên người ký", required, example = &"Nguyễn Văn An", extend("x-nd30" = "FullName"))]
    pub full_name: Option<Text>,
    /// Các dòng trên chữ ký, viết hoa và in nguyên văn, cho trường hợp các khóa khác không diễn đạt được.
    #[serde(rename = "cac_dong")]
    #[schemars(title = "Các dòng quyền hạn, chức vụ")]
    pub lines: Option<Vec<Option<Text>>>,
}

/// Thư ký của cuộc họp, ký biên bản cùng chủ tọa.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[schemars(rename = "thu_ky", title = "Thư ký", extend("x-ten" = "thu_ky"))]
pub struct Secretary {
    /// Họ và tên, không ghi học hàm, học vị, danh hiệu.
    #[serde(rename = "ho_ten")]
    #[schemars(title = "Họ và tên thư ký", required, example = &"Trần Thị Bình")]
    pub full_name: Option<Text>,
    /// Chữ trên chữ ký. Chương trình viết hoa; bỏ trống thì ghi `THƯ KÝ`.
    #[serde(rename = "chuc_vu")]
    #[schemars(title = "Chữ trên chữ ký thư ký", example = &"THƯ KÝ")]
    pub post: Option<Text>,
}

/// Dòng Lưu: nơi lưu, người soạn thảo, số bản.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[schemars(rename = "luu", title = "Lưu", extend("x-ten" = "luu"))]
pub struct Archive {
    /// Nơi lưu bản gốc.
    #[serde(rename = "noi_luu")]
    #[schemars(title = "Nơi lưu", required, example = &"VT")]
    pub kept_by: Option<Text>,
    /// Đơn vị soạn thảo hoặc ký hiệu người soạn thảo.
    #[serde(rename = "nguoi_soan")]
    #[schemars(title = "Người soạn thảo", example = &"KSTT")]
    pub drafter: Option<Text>,
    /// Số lượng bản lưu, in trong ngoặc đơn.
    #[serde(rename = "so_ban")]
    #[schemars(title = "Số lượng bản lưu", example = &"01b")]
    pub copies: Option<Text>,
    /// Số lượng bản phát hành.
    #[serde(rename = "so_phat_hanh")]
    #[schemars(title = "Số lượng bản phát hành", example = &"300", extend("x-nd30" = "PromulgationAmount"))]
    pub issued_copies: Option<Text>,
}

/// Một bảng trong thân văn bản.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[schemars(rename = "bang", title = "Bảng trong văn bản", extend("x-ten" = "bang"))]
pub struct BodyTable {
    /// Khóa của bảng, để gọi trong đoạn văn: `[bang tien_do]`.
    #[serde(rename = "khoa")]
    #[schemars(title = "Khóa của bảng", required, example = &"tien_do")]
    pub key: Option<Token>,
    /// Tên bảng, in phía trên bảng.
    #[serde(rename = "tieu_de")]
    #[schemars(title = "Tên bảng", example = &"Tiến độ giải ngân theo quý")]
    pub title: Option<Text>,
    /// Đơn vị tính của mọi số tiền trong bảng.
    #[serde(rename = "don_vi_tinh")]
    #[schemars(title = "Đơn vị tính", example = &"triệu đồng")]
    pub unit: Option<Text>,
    /// Các cột, từ trái sang phải; một cột có thể gồm nhiều cột con.
    #[serde(rename = "cot")]
    #[schemars(title = "Cột", required)]
    pub columns: Option<Vec<Option<Column>>>,
    /// Ghi `co` để in thêm hàng số cột (1) (2) (3) dưới đầu bảng.
    #[serde(rename = "danh_so_cot")]
    #[schemars(title = "Đánh số cột", example = &"co", extend("x-mot_trong" = ["co", "khong"]))]
    pub numbered_columns: Option<Token>,
    /// Ghi `co` để không in những cột không có số liệu nào; `khong` để giữ lại và thôi nhắc.
    #[serde(rename = "an_cot_trong")]
    #[schemars(title = "Ẩn cột trống", example = &"co", extend("x-mot_trong" = ["co", "khong"]))]
    pub folds_blank_columns: Option<Token>,
    /// Các mục của bảng (I, II …), theo thứ tự.
    #[serde(rename = "nhom")]
    #[schemars(title = "Nhóm dòng")]
    pub groups: Option<Vec<Option<Group>>>,
    /// Các dòng viết ngay ở đây: mỗi dòng ghi giá trị theo khóa của cột; khóa `nhom` cho biết dòng thuộc nhóm nào.
    #[serde(rename = "dong")]
    #[schemars(title = "Dòng")]
    pub rows: Option<Vec<Option<ByColumn>>>,
    /// Các dòng lấy từ một tệp, thay cho `dong`.
    #[serde(rename = "dong_tu_tep")]
    #[schemars(title = "Dòng từ tệp")]
    pub rows_from: Option<RowsFrom>,
    /// Dòng tổng của cả bảng.
    #[serde(rename = "tong")]
    #[schemars(title = "Dòng tổng")]
    pub total: Option<Total>,
    /// Các điều phải đúng ở mỗi dòng, viết bằng khóa cột, `+`, `-`, số và một dấu so sánh.
    #[serde(rename = "kiem_tra")]
    #[schemars(title = "Điều kiện số liệu", example = &["gn_2022 <= kh_2022"])]
    pub constraints: Option<Vec<Option<Text>>>,
}

/// Một phụ lục: chữ và một bảng.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[schemars(rename = "phu_luc", title = "Phụ lục", extend("x-ten" = "phu_luc"))]
pub struct Appendix {
    /// Tiêu đề phụ lục, viết hoa.
    #[serde(rename = "tieu_de")]
    #[schemars(title = "Tiêu đề phụ lục", required, example = &"DANH MỤC CÁC DỰ ÁN")]
    pub title: Option<Text>,
    /// Khổ giấy A4: `doc` (đứng) hoặc `ngang`. Bỏ trống thì là `doc`. Bảng quá rộng thì dùng `a3_ngang` hoặc `a3_doc`, tuy Nghị định chỉ nói đến A4.
    #[serde(rename = "kho_giay")]
    #[schemars(title = "Khổ giấy", example = &"ngang", extend("x-mot_trong" = ["doc", "ngang", "a3_doc", "a3_ngang"]))]
    pub orientation: Option<Token>,
    /// Đơn vị tính của mọi số tiền trong bảng.
    #[serde(rename = "don_vi_tinh")]
    #[schemars(title = "Đơn vị tính", example = &"triệu đồng")]
    pub unit: Option<Text>,
    /// Chữ đặt trước bảng.
    #[serde(rename = "doan")]
    #[schemars(title = "Đoạn văn", extend("x-nhieu_dong" = true))]
    pub text: Option<Text>,
    /// Các cột, từ trái sang phải; một cột có thể gồm nhiều cột con.
    #[serde(rename = "cot")]
    #[schemars(title = "Cột")]
    pub columns: Option<Vec<Option<Column>>>,
    /// Ghi `co` để in thêm hàng số cột (1) (2) (3) dưới đầu bảng.
    #[serde(rename = "danh_so_cot")]
    #[schemars(title = "Đánh số cột", example = &"co", extend("x-mot_trong" = ["co", "khong"]))]
    pub numbered_columns: Option<Token>,
    /// Ghi `co` để không in những cột không có số liệu nào; `khong` để giữ lại và thôi nhắc.
    #[serde(rename = "an_cot_trong")]
    #[schemars(title = "Ẩn cột trống", example = &"co", extend("x-mot_trong" = ["co", "khong"]))]
    pub folds_blank_columns: Option<Token>,
    /// Các mục của bảng (I, II …), theo thứ tự.
    #[serde(rename = "nhom")]
    #[schemars(title = "Nhóm dòng")]
    pub groups: Option<Vec<Option<Group>>>,
    /// Các dòng viết ngay ở đây: mỗi dòng ghi giá trị theo khóa của cột; khóa `nhom` cho biết dòng thuộc nhóm nào.
    #[serde(rename = "dong")]
    #[schemars(title = "Dòng")]
    pub rows: Option<Vec<Option<ByColumn>>>,
    /// Các dòng lấy từ một tệp CSV hoặc Excel, thay cho `dong`.
    #[serde(rename = "dong_tu_tep")]
    #[schemars(title = "Dòng từ tệp")]
    pub rows_from: Option<RowsFrom>,
    /// Dòng tổng của cả bảng.
    #[serde(rename = "tong")]
    #[schemars(title = "Dòng tổng")]
    pub total: Option<Total>,
    /// Số dòng của mỗi tập khi bảng rất dài: bản PDF ra thành nhiều tệp, bản DOCX sang trang mới ở mỗi tập. Từ 100 trở lên.
    #[serde(rename = "chia_tap")]
    #[schemars(title = "Chia tập", example = &"5.000")]
    pub volume_rows: Option<Token>,
    /// Các điều phải đúng ở mỗi dòng, viết bằng khóa cột, `+`, `-`, số và một dấu so sánh.
    #[serde(rename = "kiem_tra")]
    #[schemars(title = "Điều kiện số liệu", example = &["gn_2022 <= kh_2022"])]
    pub constraints: Option<Vec<Option<Text>>>,
}

/// Một cột, hoặc một nhóm cột có chung đầu đề.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[schemars(rename = "cot", title = "Cột", extend("x-ten" = "cot"))]
pub struct Column {
    /// Khóa của cột: chữ thường không dấu, số và dấu gạch dưới. Nhóm cột không có khóa.
    #[serde(rename = "khoa")]
    #[schemars(title = "Khóa của cột", example = &"kh_2022")]
    pub key: Option<Token>,
    /// Tên in ở đầu cột.
    #[serde(rename = "ten")]
    #[schemars(title = "Tên cột", required, example = &"Kế hoạch năm 2022")]
    pub name: Option<Text>,
    /// Đơn vị tính của riêng cột này, in trong ngoặc sau tên cột.
    #[serde(rename = "don_vi_tinh")]
    #[schemars(title = "Đơn vị tính của cột", example = &"ha")]
    pub unit: Option<Text>,
    /// Kiểu cột: `chu`, `giua` (chữ ngắn đặt giữa), `so` (số lượng, số tiền), `ty_le` (phần trăm), `ngay`, `stt` (số thứ tự, chương trình ghi). Bỏ trống thì là `chu`.
    #[serde(rename = "kieu")]
    #[schemars(title = "Kiểu cột", example = &"so", extend("x-mot_trong" = ["chu", "giua", "so", "ty_le", "ngay", "stt"]))]
    pub kind: Option<Token>,
    /// Căn lề các ô của cột: `trai`, `giua`, `phai`. Bỏ trống thì theo kiểu cột.
    #[serde(rename = "can_le")]
    #[schemars(title = "Căn lề", example = &"giua", extend("x-mot_trong" = ["trai", "giua", "phai"]))]
    pub align: Option<Token>,
    /// Tên cột viết đứng: `co` hoặc `khong`. Bỏ trống thì chương trình chọn theo chiều rộng.
    #[serde(rename = "chu_dung")]
    #[schemars(title = "Chữ đứng", example = &"co", extend("x-mot_trong" = ["co", "khong"]))]
    pub upright: Option<Token>,
    /// Phần chiều rộng còn lại dành cho cột này, so với các cột chữ khác.
    #[serde(rename = "rong")]
    #[schemars(title = "Độ rộng", example = &"4")]
    pub weight: Option<Token>,
    /// Khóa các cột mà cột này là tổng; ô bỏ trống sẽ được cộng.
    #[serde(rename = "tong_cua")]
    #[schemars(title = "Tổng của các cột")]
    pub sum_of: Option<Vec<Option<Token>>>,
    /// Khóa các cột: cột đầu trừ đi các cột sau; ô bỏ trống sẽ được tính.
    #[serde(rename = "hieu_cua")]
    #[schemars(title = "Hiệu của các cột")]
    pub difference_of: Option<Vec<Option<Token>>>,
    /// Hai khóa: phần và toàn bộ. Ô bỏ trống sẽ được tính bằng phần trăm, kể cả ở dòng cộng và dòng tổng.
    #[serde(rename = "ty_le_cua")]
    #[schemars(title = "Tỷ lệ của hai cột", example = &["gn_2022", "kh_2022"])]
    pub ratio_of: Option<Vec<Option<Token>>>,
    /// Cột số, cột tỷ lệ in mấy chữ số sau dấu phẩy, nửa thì làm tròn lên; dòng cộng tính từ giá trị đầy đủ rồi làm tròn. Bỏ trống thì in đủ số lẻ; cột có `ty_le_cua` thì là 2.
    #[serde(rename = "so_le")]
    #[schemars(title = "Số lẻ", example = &"1")]
    pub decimals: Option<Token>,
    /// Các cột con.
    #[serde(rename = "cot")]
    #[schemars(title = "Cột con")]
    pub columns: Option<Vec<Option<Column>>>,
}

/// Một mục của bảng: `I  Danh mục các dự án đang thực hiện`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[schemars(rename = "nhom", title = "Nhóm dòng", extend("x-ten" = "nhom"))]
pub struct Group {
    /// Khóa của nhóm, các dòng gọi nhóm bằng khóa này. Nhóm con viết như `I.1`: in ra là phần sau dấu chấm cuối.
    #[serde(rename = "khoa")]
    #[schemars(title = "Khóa của nhóm", required, example = &"dang_thuc_hien")]
    pub key: Option<Token>,
    /// Tên in trên dòng của nhóm.
    #[serde(rename = "ten")]
    #[schemars(title = "Tên nhóm", required, example = &"Danh mục các dự án đang thực hiện")]
    pub name: Option<Text>,
    /// Ghi `co` để chương trình cộng và in tổng của nhóm.
    #[serde(rename = "cong")]
    #[schemars(title = "Cộng nhóm", example = &"co", extend("x-mot_trong" = ["co", "khong"]))]
    pub summed: Option<Token>,
    /// Tổng của nhóm do cơ quan ghi, theo khóa của cột.
    #[serde(rename = "khai")]
    #[schemars(title = "Số liệu khai")]
    pub declared: Option<ByColumn>,
    /// Các nhóm con, theo thứ tự.
    #[serde(rename = "nhom")]
    #[schemars(title = "Nhóm con")]
    pub groups: Option<Vec<Option<Group>>>,
}

/// Tệp chứa các dòng của bảng.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[schemars(rename = "dong_tu_tep", title = "Dòng từ tệp", extend("x-ten" = "dong_tu_tep"))]
pub struct RowsFrom {
    /// Tên tệp CSV hoặc Excel (`.xlsx`) trong thư mục hồ sơ. Dòng đầu là khóa của các cột, trừ khi có `cot`.
    #[serde(rename = "tep")]
    #[schemars(title = "Tệp", required, example = &"phu_luc.csv")]
    pub file: Option<Token>,
    /// Cột của tệp cho biết dòng thuộc nhóm nào. Bỏ trống thì là `nhom`.
    #[serde(rename = "cot_nhom")]
    #[schemars(title = "Cột ghi nhóm", example = &"nhom")]
    pub group_column: Option<Token>,
    /// Tên trang tính của tệp Excel. Bỏ trống khi tệp chỉ có một trang.
    #[serde(rename = "trang")]
    #[schemars(title = "Trang tính", example = &"Biểu 1")]
    pub sheet: Option<Text>,
    /// Vùng của trang tính, từ ô góc trên bên trái đến ô góc dưới bên phải. Bỏ trống thì là cả trang.
    #[serde(rename = "vung")]
    #[schemars(title = "Vùng", example = &"A5:AC30")]
    pub area: Option<Token>,
    /// Tên một bảng (Table) của Excel, thay cho `vung`.
    #[serde(rename = "bang")]
    #[schemars(title = "Bảng của Excel", example = &"Table1")]
    pub table: Option<Token>,
    /// Số của dòng đề mục trong trang tính hoặc tệp CSV; các dòng số liệu ở dưới dòng ấy. Bỏ trống thì là dòng đầu tiên có chữ của trang, của vùng hoặc của tệp.
    #[serde(rename = "dong_dau")]
    #[schemars(title = "Dòng đề mục", example = &"4")]
    pub heading_row: Option<Token>,
    /// Cột nào của tệp ứng với khóa nào: ghi đề mục đúng như trong tệp, hoặc chữ cái của cột trong tệp Excel (`B`, `AC`). Khóa `nhom` là cột ghi nhóm. Cột không nhắc đến thì bỏ qua. Mọi cột đều ghi bằng chữ cái thì không đọc dòng đề mục: `vung` chỉ gồm các dòng số liệu.
    #[serde(rename = "cot")]
    #[schemars(title = "Cột của tệp", extend("x-cach_viet" = "cột của tệp theo khóa cột"))]
    pub columns: Option<ByColumn>,
    /// Ghi `theo_stt` khi tệp có sẵn dòng tổng và dòng nhóm đánh số I, 1, 2, II, 1: nhóm, tổng của nhóm, tổng của bảng lấy như trong tệp và được kiểm tra. Đề mục của bảng được tự tìm, chú thích dưới bảng được bỏ qua.
    #[serde(rename = "nhom")]
    #[schemars(title = "Nhóm lấy từ tệp", example = &"theo_stt", extend("x-mot_trong" = ["theo_stt"]))]
    pub groups: Option<Token>,
    /// Lối viết của những số nằm trong tệp dưới dạng chữ: `viet_nam` (`1.234,5`) hoặc `quoc_te` (`1,234.5`). Bỏ trống thì số dạng chữ trong tệp Excel bị hỏi lại, số trong tệp CSV đọc theo lối Việt Nam.
    #[serde(rename = "so_dang_chu")]
    #[schemars(title = "Lối viết số dạng chữ", example = &"viet_nam", extend("x-mot_trong" = ["viet_nam", "quoc_te"]))]
    pub notation: Option<Token>,
    /// Đọc gì khi ô của tệp Excel hiện một đằng, chứa giá trị một nẻo (`#,##0,`, `mm/yyyy`, làm tròn): `nhu_hien` (như ô hiện) hoặc `gia_tri`. Bỏ trống thì chương trình hỏi lại; cột chữ in như ô hiện.
    #[serde(rename = "doc")]
    #[schemars(title = "Cách đọc ô", example = &"nhu_hien", extend("x-mot_trong" = ["nhu_hien", "gia_tri"]))]
    pub read_as: Option<Token>,
    /// Như `doc`, riêng cho từng cột: ghi khóa của cột rồi `nhu_hien` hoặc `gia_tri`.
    #[serde(rename = "doc_cot")]
    #[schemars(title = "Cách đọc ô của từng cột", extend("x-cach_viet" = "cách đọc theo khóa cột"))]
    pub read_as_by_column: Option<ByColumn>,
}

/// Dòng tổng của cả bảng.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[schemars(rename = "tong", title = "Dòng tổng", extend("x-ten" = "tong"))]
pub struct Total {
    /// Chữ trên dòng tổng.
    #[serde(rename = "nhan")]
    #[schemars(title = "Nhãn dòng tổng", required, example = &"TỔNG SỐ")]
    pub label: Option<Text>,
    /// Vị trí dòng tổng: `dau` hoặc `cuoi` bảng. Bỏ trống thì là `dau`.
    #[serde(rename = "vi_tri")]
    #[schemars(title = "Vị trí dòng tổng", example = &"dau", extend("x-mot_trong" = ["dau", "cuoi"]))]
    pub place: Option<Token>,
    /// Tổng gồm những dòng nào; hiện chỉ có `tat_ca`.
    #[serde(rename = "pham_vi")]
    #[schemars(title = "Phạm vi tổng", example = &"tat_ca", extend("x-mot_trong" = ["tat_ca"]))]
    pub scope: Option<Token>,
    /// Số tổng do cơ quan ghi, theo khóa của cột; cột không ghi thì chương trình cộng.
    #[serde(rename = "khai")]
    #[schemars(title = "Số liệu khai")]
    pub declared: Option<ByColumn>,
}

/// Văn bản ban hành kèm theo văn bản này.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[schemars(rename = "kem_theo", title = "Văn bản kèm theo", extend("x-ten" = "kem_theo"))]
pub struct Attached {
    /// Tên loại của văn bản kèm theo. Chương trình viết hoa.
    #[serde(rename = "loai")]
    #[schemars(title = "Tên loại văn bản kèm theo", required, example = &"Quy chế")]
    pub type_name: Option<Text>,
    /// Trích yếu của văn bản kèm theo.
    #[serde(rename = "trich_yeu")]
    #[schemars(title = "Trích yếu văn bản kèm theo", required, example = &"Làm việc của Sở Nội vụ")]
    pub subject: Option<Text>,
}

/// Một văn bản đã phát hành của chính cơ quan.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[schemars(rename = "van_ban_truoc", title = "Văn bản đã phát hành", extend("x-ten" = "van_ban_truoc"))]
pub struct Earlier {
    /// Số, ký hiệu của văn bản, như trong sổ đăng ký.
    #[serde(rename = "so_ky_hieu")]
    #[schemars(title = "Số, ký hiệu", required, example = &"125/BC-UBND")]
    pub code: Option<Token>,
    /// Ngày ban hành của văn bản.
    #[serde(rename = "ngay")]
    #[schemars(title = "Ngày ban hành", required, example = &"16/8/2022")]
    pub date: Option<Token>,
}

/// Một điều kiểm tra báo mà cơ quan chấp nhận.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[schemars(rename = "chap_nhan", title = "Chấp nhận", extend("x-ten" = "chap_nhan"))]
pub struct Accepted {
    /// Mã của điều được báo, như in trong ngoặc vuông.
    #[serde(rename = "id")]
    #[schemars(title = "Mã điều được báo", required, example = &"tong-khong-khop")]
    pub id: Option<Token>,
    /// Chỗ được báo, như in cạnh dấu mũ.
    #[serde(rename = "tai")]
    #[schemars(title = "Chỗ được báo", required, example = &"phu_luc[0].tong")]
    pub at: Option<Token>,
    /// Lý do chấp nhận.
    #[serde(rename = "ly_do")]
    #[schemars(title = "Lý do chấp nhận", required, example = &"Số liệu đã in trong văn bản giấy")]
    pub reason: Option<Text>,
}

// ---- Files of `templates/` ----

/// Loại văn bản: `loai.yaml`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[schemars(rename = "loai", title = "Loại văn bản", extend("x-ten" = "loai"))]
pub struct DocumentType {
    /// Tên loại văn bản; công văn cũng ghi tên ở đây nhưng không in.
    #[serde(rename = "ten")]
    #[schemars(title = "Tên loại văn bản", required, example = &"Báo cáo")]
    pub name: Option<Text>,
    /// Chữ viết tắt tên loại, Phụ lục III; công văn không có.
    #[serde(rename = "ky_hieu")]
    #[schemars(title = "Chữ viết tắt tên loại", example = &"BC")]
    pub code: Option<Token>,
    /// Mẫu trình bày, Phụ lục III: `1.1` nghị quyết, `1.2` quyết định trực tiếp, `1.3` quyết định gián tiếp, `1.4` văn bản có tên loại, `1.5` công văn, `1.6` công điện, `1.7` giấy mời, `1.8` giấy giới thiệu, `1.9` biên bản, `1.10` giấy nghỉ phép.
    #[serde(rename = "mau")]
    #[schemars(title = "Mẫu trình bày", required, example = &"1.4")]
    pub form: Option<Token>,
    /// Kính gửi: `luon` có (công văn, công điện, tờ trình), `khong` có, `len_tren` (chỉ khi gửi cấp trên: báo cáo). Chỉ mẫu 1.4 được chọn.
    #[serde(rename = "kinh_gui")]
    #[schemars(title = "Kính gửi", required, example = &"len_tren", extend("x-mot_trong" = ["luon", "khong", "len_tren"]))]
    pub addressing: Option<Token>,
    /// Ghi `co` để in địa chỉ liên hệ của cơ quan (`lien_he` trong danh mục) ở chân trang thứ nhất.
    #[serde(rename = "lien_he")]
    #[schemars(title = "Địa chỉ liên hệ", example = &"co", extend("x-mot_trong" = ["co", "khong"]))]
    pub contact: Option<Token>,
}

/// Phần đầu của một tệp mẫu lời văn, giữa hai dòng `---`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[schemars(rename = "mau", title = "Mẫu lời văn", extend("x-ten" = "mau"))]
pub struct Wording {
    /// Mẫu này dùng để làm gì.
    #[serde(rename = "mo_ta")]
    #[schemars(title = "Mô tả")]
    #[expect(dead_code, reason = "for whoever reads the file")]
    pub description: Option<Text>,
    /// Dấu của từng cấp đề mục, từ ngoài vào trong.
    #[serde(rename = "danh_so")]
    #[schemars(title = "Cách đánh số", example = &["I.", "1.", "a)"])]
    pub numbering: Option<Vec<Option<Token>>>,
    /// Các dữ kiện mà mẫu hỏi.
    #[serde(rename = "truong")]
    #[schemars(title = "Trường")]
    pub fields: Option<Vec<Option<Field>>>,
    /// Những câu phải có nguyên văn trong tệp lời văn này, mỗi câu một dòng.
    #[serde(rename = "cau_khoa")]
    #[schemars(title = "Câu khóa")]
    pub locked: Option<Vec<Option<Text>>>,
}

/// Một dữ kiện mà mẫu lời văn hỏi.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[schemars(rename = "truong", title = "Trường", extend("x-ten" = "truong"))]
pub struct Field {
    /// Khóa dùng trong hồ sơ.
    #[serde(rename = "khoa")]
    #[schemars(title = "Khóa", required)]
    pub key: Option<Token>,
    /// Kiểu: `chu`, `so`, `ngay`, `doan`, `van_ban`, `danh_sach`.
    #[serde(rename = "kieu")]
    #[schemars(title = "Kiểu", required, extend("x-mot_trong" = ["chu", "so", "ngay", "doan", "van_ban", "danh_sach"]))]
    pub kind: Option<Token>,
    /// Có bắt buộc không: `co` hoặc `khong`. Bỏ trống thì là `khong`.
    #[serde(rename = "bat_buoc")]
    #[schemars(title = "Bắt buộc", extend("x-mot_trong" = ["co", "khong"]))]
    pub required: Option<Token>,
    /// Dữ kiện này là gì.
    #[serde(rename = "mo_ta")]
    #[schemars(title = "Mô tả", required)]
    pub description: Option<Text>,
    /// Một ví dụ.
    #[serde(rename = "vi_du")]
    #[schemars(title = "Ví dụ")]
    pub example: Option<Text>,
    /// Các trường của mỗi mục trong danh sách.
    #[serde(rename = "truong")]
    #[schemars(title = "Trường con")]
    pub fields: Option<Vec<Option<Field>>>,
}

/// Danh mục cơ quan: khóa, rồi các mục nối tiếp nhau theo thời gian.
pub type Organs = BTreeMap<String, Option<Vec<Option<ListedOrgan>>>>;

/// Một cơ quan trong danh mục, trong thời gian dùng một tên.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[schemars(rename = "co_quan_danh_muc", title = "Cơ quan trong danh mục", extend("x-ten" = "co_quan_danh_muc"))]
pub struct ListedOrgan {
    /// Cơ quan chủ quản trực tiếp, nếu có.
    #[serde(rename = "chu_quan")]
    #[schemars(title = "Cơ quan chủ quản", extend("x-nhieu_dong" = true))]
    pub superior: Option<Text>,
    /// Tên đầy đủ.
    #[serde(rename = "ten")]
    #[schemars(title = "Tên cơ quan", required, extend("x-nhieu_dong" = true))]
    pub name: Option<Text>,
    /// Tên dùng trong câu văn.
    #[serde(rename = "ten_trong_cau")]
    #[schemars(title = "Tên trong câu", required)]
    pub short_name: Option<Text>,
    /// Chữ viết tắt tên cơ quan. Chương trình viết hoa.
    #[serde(rename = "ky_hieu")]
    #[schemars(title = "Chữ viết tắt tên cơ quan", required)]
    pub code: Option<Token>,
    /// Địa danh.
    #[serde(rename = "dia_danh")]
    #[schemars(title = "Địa danh", required)]
    pub place: Option<Text>,
    /// Địa chỉ, thư điện tử, điện thoại, trang thông tin điện tử in ở chân trang thứ nhất; mỗi mục là một dòng in.
    #[serde(rename = "lien_he")]
    #[schemars(title = "Địa chỉ liên hệ")]
    pub contact: Option<Vec<Option<Text>>>,
    /// Ngày đầu dùng tên này.
    #[serde(rename = "tu_ngay")]
    #[schemars(title = "Từ ngày", example = &"1/7/2025")]
    pub from: Option<Token>,
    /// Ngày cuối dùng tên này.
    #[serde(rename = "den_ngay")]
    #[schemars(title = "Đến ngày", example = &"30/6/2025")]
    pub until: Option<Token>,
}

/// Lịch nghỉ: các ngày nghỉ lễ, tết và các ngày nghỉ hằng tuần phải làm bù.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[schemars(rename = "lich_nghi", title = "Lịch nghỉ", extend("x-ten" = "lich_nghi"))]
pub struct DaysOff {
    /// Các ngày nghỉ lễ, tết, kể cả ngày nghỉ bù.
    #[serde(rename = "ngay_nghi")]
    #[schemars(title = "Ngày nghỉ")]
    pub off: Option<Vec<Option<DayOff>>>,
    /// Các ngày làm bù, do hoán đổi ngày làm việc.
    #[serde(rename = "lam_bu")]
    #[schemars(title = "Ngày làm bù")]
    pub worked: Option<Vec<Option<DayWorked>>>,
}

/// Một ngày nghỉ, hoặc nhiều ngày nghỉ liền nhau.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[schemars(rename = "ngay_nghi", title = "Ngày nghỉ", extend("x-ten" = "ngay_nghi"))]
pub struct DayOff {
    /// Ngày nghỉ, hoặc ngày nghỉ đầu tiên.
    #[serde(rename = "ngay")]
    #[schemars(title = "Ngày nghỉ", required, example = &"30/4/2026")]
    pub date: Option<Token>,
    /// Ngày nghỉ cuối cùng, khi nghỉ nhiều ngày liền nhau.
    #[serde(rename = "den_ngay")]
    #[schemars(title = "Đến ngày", example = &"20/2/2026")]
    pub last: Option<Token>,
    /// Tên ngày nghỉ, in trong lời nhắc.
    #[serde(rename = "ten")]
    #[schemars(title = "Tên ngày nghỉ", required, example = &"Ngày Chiến thắng")]
    pub name: Option<Text>,
    /// Ghi `co` khi ngày này mới tính trước, chưa có thông báo của cơ quan có thẩm quyền.
    #[serde(rename = "du_kien")]
    #[schemars(title = "Dự kiến", extend("x-mot_trong" = ["co", "khong"]))]
    pub is_expected: Option<Token>,
}

/// Một ngày nghỉ hằng tuần phải làm bù cho một ngày làm việc được nghỉ.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[schemars(rename = "lam_bu", title = "Ngày làm bù", extend("x-ten" = "lam_bu"))]
pub struct DayWorked {
    /// Ngày làm bù.
    #[serde(rename = "ngay")]
    #[schemars(title = "Ngày làm bù", required, example = &"10/1/2026")]
    pub date: Option<Token>,
    /// Ngày làm việc được nghỉ thay.
    #[serde(rename = "thay_cho")]
    #[schemars(title = "Thay cho ngày", required, example = &"2/1/2026")]
    pub instead_of: Option<Token>,
}
