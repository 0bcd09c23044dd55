//! The findings of the door: collected, never thrown; and what each code means.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::limits::MAX_FAULTS;
use crate::diag::{At, Diagnostic, Place, Route, Severity, SourceId, Sources, Step};
use crate::vi::text::fold;

/// Findings about one file, and which routes they already speak of.
#[derive(Clone, Debug, Default)]
pub struct Faults {
    diagnostics: Vec<Diagnostic>,
    reported: BTreeSet<Route>,
    hushed: BTreeSet<String>,
    given_up: Vec<Range<usize>>,
    source: SourceId,
    source_name: String,
    /// Of a file of rows, their route: what is found there is told once a column.
    rows: Option<Route>,
    kinds: BTreeMap<Kind, Cells>,
}

/// Findings that have one cause: the code, the key of the column, the message without what
/// differs from cell to cell.
type Kind = (&'static str, String, String);

/// The cells of which one finding speaks.
#[derive(Clone, Debug)]
struct Cells {
    /// The place of the finding among the others.
    finding: usize,
    count: usize,
    last: Route,
}

impl Faults {
    pub fn of(source: SourceId, source_name: &str) -> Self {
        Self { source, source_name: source_name.to_owned(), ..Self::default() }
    }

    pub const fn source(&self) -> SourceId {
        self.source
    }

    pub fn source_name(&self) -> &str {
        &self.source_name
    }

    pub fn add(&mut self, diagnostic: Diagnostic) {
        if let At::Route(route) | At::Key(route) = &diagnostic.at {
            self.reported.insert(route.clone());
        }
        if self.is_told_of_its_column(&diagnostic) {
            return;
        }
        if !self.is_full() {
            self.diagnostics.push(diagnostic);
        }
    }

    /// Whether the same has been found in the same column of a file. A column of a thousand
    /// numbers that stand as text has one cause, and is one message.
    fn is_told_of_its_column(&mut self, diagnostic: &Diagnostic) -> bool {
        let (Some(rows), At::Route(route)) = (&self.rows, &diagnostic.at) else { return false };
        let Some([Step::Index(_), Step::Key(column)]) = route.steps().strip_prefix(rows.steps())
        else {
            return false;
        };
        let common = match diagnostic.code {
            // Both readings of the number stand in the message.
            "so-hai-nghia" => String::new(),
            _ => common(&diagnostic.message),
        };
        let kind = (diagnostic.code, column.clone(), common);
        if let Some(cells) = self.kinds.get_mut(&kind) {
            cells.count += 1;
            cells.last = route.clone();
            return true;
        }
        let cells = Cells { finding: self.diagnostics.len(), count: 1, last: route.clone() };
        self.kinds.insert(kind, cells);
        false
    }

    /// What is found in the rows of a file from now on is told once a column.
    pub fn gather(&mut self, rows: Route) {
        self.rows = Some(rows);
    }

    /// What stands at a route has been reported, so that it is missing is no news.
    pub fn hush(&mut self, route: Route) {
        self.reported.insert(route);
    }

    /// The same for a key whose place in the tree is unknown, since its line could not be read.
    pub fn hush_key(&mut self, key: &str) {
        self.hushed.insert(key.to_owned());
    }

    /// Bytes that were painted over with a finding: the value that stands there is none.
    pub fn give_up(&mut self, range: Range<usize>) {
        self.given_up.push(range);
    }

    pub fn has_given_up(&self, at: usize) -> bool {
        self.given_up.iter().any(|range| range.contains(&at))
    }

    /// Whether something within these bytes of the file has been reported.
    pub fn speak_within(&self, range: &Range<usize>) -> bool {
        self.diagnostics.iter().any(|found| match &found.at {
            At::Bytes { source, range: at } => {
                *source == self.source && range.start <= at.start && at.end <= range.end
            }
            At::Route(_) | At::Key(_) | At::Line(..) | At::Words { .. } | At::File(_) => false,
        })
    }

    /// Whether a route, or one above it, has been reported.
    pub fn speak_of(&self, route: &Route) -> bool {
        let mut above = Some(route.clone());
        while let Some(route) = above {
            let hushed = match route.steps().last() {
                Some(crate::diag::Step::Key(key)) => self.hushed.contains(key),
                Some(crate::diag::Step::Index(_)) | None => false,
            };
            if hushed || self.reported.contains(&route) {
                return true;
            }
            above = route.parent();
        }
        false
    }

    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|found| found.severity == Severity::Error)
    }

    pub fn len(&self) -> usize {
        self.diagnostics.len()
    }

    /// Whether no more findings are taken.
    pub fn is_full(&self) -> bool {
        self.diagnostics.len() >= MAX_FAULTS
    }

    pub fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.diagnostics
    }

    /// The same, each with the cells that it speaks of: `9 ô như vậy trong C5:C13`.
    pub fn into_gathered(mut self, sources: &Sources) -> Vec<Diagnostic> {
        for cells in self.kinds.values().filter(|cells| cells.count > 1) {
            let Some(found) = self.diagnostics.get_mut(cells.finding) else { continue };
            let ends = [found.at.clone(), At::Route(cells.last.clone())];
            let ends = ends.map(|at| sources.find(&at));
            let count = cells.count;
            let cells = match ends {
                [Some(first), Some(last)] => between(&first, &last, sources),
                _ => String::new(),
            };
            found.message.push_str(&super::grid::alike(count, &cells));
        }
        self.diagnostics
    }
}

/// From one cell of a column to another: ` trong C5:C13`; in a file of lines, ` ở dòng 5–13`.
fn between(first: &Place, last: &Place, sources: &Sources) -> String {
    let source = sources.get(first.source);
    let name = |place: &Place| source.sheet.as_ref().and_then(|sheet| sheet.area(&place.range));
    if let (Some(first), Some(last)) = (name(first), name(last)) {
        return format!(" trong {}:{}", first.first, last.first);
    }
    let line = |place: &Place| source.text[..place.range.start].matches('\n').count() + 1;
    format!(" ở dòng {}–{}", line(first), line(last))
}

/// A message without what it quotes and without digits.
fn common(message: &str) -> String {
    let mut is_quoted = false;
    let kept = message.chars().filter(|&c| {
        match c {
            '“' => is_quoted = true,
            '”' => is_quoted = false,
            _ => {}
        }
        !is_quoted && !c.is_ascii_digit()
    });
    kept.collect()
}

/// Puts findings in the order of the files, each from top to bottom.
pub fn in_order(diagnostics: &mut [Diagnostic], sources: &Sources) {
    diagnostics.sort_by_key(|found| {
        sources
            .find(&found.at)
            .map_or((usize::MAX, usize::MAX), |place| (place.source.index(), place.range.start))
    });
}

/// The known word that was probably meant: the same letters but for marks and signs,
/// or a slip of one or two letters.
pub fn guess<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let bare =
        |word: &str| -> String { fold(word).chars().filter(|c| c.is_alphanumeric()).collect() };
    let written = bare(written);
    if written.is_empty() || written.len() > 60 {
        return None;
    }
    let distance = |word: &str| strsim::osa_distance(&written, &bare(word));
    let allowed = (written.chars().count() / 3).min(2);
    known
        .into_iter()
        .map(|word| (distance(word), word))
        .filter(|(off, _)| *off <= allowed)
        .min_by_key(|(off, _)| *off)
        .map(|(_, word)| word)
}

/// The one way in which a guess is put.
pub fn is_it(meant: &str) -> String {
    format!("có phải ý anh/chị là “{meant}”?")
}

/// Words listed in a hint; a catalogue of agencies may hold hundreds.
const MAX_SUGGESTED: usize = 20;

/// The next step for a word that is not in a list: the guess, or the list itself.
pub fn suggest<'a>(written: &str, known: impl IntoIterator<Item = &'a str> + Clone) -> String {
    if let Some(meant) = guess(written, known.clone()) {
        return is_it(meant);
    }
    let mut list: Vec<String> = Vec::new();
    for word in known.into_iter().map(|word| format!("`{word}`")) {
        if list.len() == MAX_SUGGESTED {
            list.push("…".to_owned());
            break;
        }
        if !list.contains(&word) {
            list.push(word);
        }
    }
    match list.as_slice() {
        [] => "chưa có mục nào để chọn".to_owned(),
        [only] => format!("hiện chỉ có {only}"),
        _ => format!("chọn một trong: {}", list.join(", ")),
    }
}

/// Splits what `vi` says into the fact and the next step.
pub fn fact_and_step(message: &str) -> (String, Option<String>) {
    // What the clerk wrote stands in curly quotes and may hold a semicolon itself.
    let is_quoted = |at: usize| {
        let before = &message[..at];
        before.rfind('“') > before.rfind('”')
    };
    let parting = message.match_indices("; ").map(|(at, _)| at).find(|&at| !is_quoted(at));
    match parting {
        Some(at) => (message[..at].to_owned(), Some(message[at + "; ".len()..].to_owned())),
        None => (message.to_owned(), None),
    }
}

/// Codes that may be only warnings, which an office may accept.
pub const WARNINGS: &[&str] = &[
    "chu-giong-hinh",
    "chu-khong-in",
    "ho-ten-la",
    "khong-dung",
    "ky-sai",
    "nhay-cong",
    "o-an",
    "o-chua-tinh",
    "o-kem-chu",
    "o-lam-tron",
];

/// Every code that reading a case can report, with its text for `vanthu explain`.
pub fn faults() -> &'static [(&'static str, &'static str)] {
    EXPLANATIONS
}

macro_rules! explanations {
    ($($code:literal: $text:literal)*) => {
        /// In alphabetical order.
        const EXPLANATIONS: &[(&str, &str)] = &[$(($code, $text)),*];
    };
}

explanations! {
"cau-hinh-sai": "\
Một số đo trong `cau_hinh.yaml` nằm ngoài khoảng cho phép, hoặc trái với số đo khác.

Cơ quan được chọn cỡ chữ, lề và khoảng cách trong khoảng của Phụ lục I, Nghị định 30/2020/NĐ-CP; ngoài khoảng đó văn bản sai thể thức. Cỡ chữ đi từng nửa point như trong Word; số đo khác có nhiều nhất hai chữ số thập phân.

Ví dụ: `le_trai: 30` (30–35 mm)."
"cau-truc-bang": "\
Cấu trúc bảng của phụ lục không nhất quán: khóa trùng nhau, cột vừa có khóa vừa có cột con, cột là tổng của chính nó.

Chương trình tìm ô, cộng dòng và in đầu bảng theo khóa của cột, nên mỗi cột cuối phải có đúng một khóa.

Ví dụ đúng:
  cot:
    - {khoa: ten_du_an, ten: Tên dự án}
    - ten: Kế hoạch
      cot:
        - {khoa: tong, ten: Tổng số, kieu: so, tong_cua: [tw, dp]}
        - {khoa: tw, ten: NSTW, kieu: so}
        - {khoa: dp, ten: NSĐP, kieu: so}"
"chu-bi-cat": "\
Chữ đứng sau ` #` bị bỏ đi mà không báo, vì YAML coi đó là lời ghi chú.

Văn bản in ra sẽ thiếu chữ. Đặt cả giá trị trong dấu nháy kép thì dấu # được giữ lại.

Ví dụ: viết `ten: \"Gói thầu #3\"`, không viết `ten: Gói thầu #3`."
"chu-giong-hinh": "\
Trong chữ có ký tự của bảng chữ khác (Nga, Hy Lạp, Ð của Iceland, chữ toàn khổ) trông giống chữ Việt.

Mắt không thấy khác nhưng máy không tìm ra, không đọc đúng và phông chữ có thể vẽ khác. Thường do chép từ tệp PDF hoặc quét ảnh.

Ví dụ: “Ðồng” (U+00D0) phải là “Đồng” (U+0110)."
"chu-khong-in": "\
Dòng nhóm hoặc dòng tổng của tệp có chữ ở một cột mà dòng ấy không in.

Dòng nhóm, dòng tổng chỉ in tên và các số, nên chữ ở cột khác (ghi chú, địa điểm) sẽ không có trong văn bản.

Ví dụ: dòng “I  Giao thông” có ghi chú “chưa quyết toán”: chuyển ghi chú vào tên nhóm."
"chua-nfc": "\
Tệp có dấu tiếng Việt viết rời khỏi chữ (Unicode tổ hợp); chương trình đã tự ghép lại.

TCVN 6909:2001 dùng chữ dựng sẵn. Không cần sửa, nhưng nên chọn bảng mã “Unicode” (dựng sẵn) trong bộ gõ.

Ví dụ: “e” + dấu mũ + dấu nặng được ghép thành “ệ”."
"co-quan-het-hieu-luc": "\
Ngày của văn bản nằm ngoài thời gian cơ quan mang tên này.

Tên cơ quan đổi khi sáp nhập, chia tách; văn bản phải ghi tên đúng vào ngày ban hành. Danh mục `templates/chung/co_quan.yaml` ghi `tu_ngay`, `den_ngay` của từng tên.

Ví dụ: UBND tỉnh Hà Giang chỉ dùng đến ngày 30/6/2025."
"co-quan-la": "\
Khóa ghi ở `co_quan` không có trong danh mục `templates/chung/co_quan.yaml`.

Tên, chữ viết tắt và địa danh lấy từ danh mục để mọi văn bản ghi giống nhau. Cơ quan chưa có trong danh mục thì thêm vào, hoặc viết đầy đủ ở `co_quan_khac`.

Ví dụ: `co_quan: ubnd_tinh_an_giang`."
"cot-la": "\
Một dòng, một tổng hoặc tệp số liệu nhắc đến cột mà bảng không có, hoặc tệp thiếu, thừa, trùng cột.

Ô không tìm được cột sẽ mất khỏi bảng, nên chương trình báo thay vì bỏ qua.

Ví dụ: bảng có cột `kh_2022` mà dòng ghi `kh2022: 820`."
"csv-sai": "\
Tệp CSV viết sai: dòng thừa hoặc thiếu ô, dấu nháy kép không đóng.

Một ô lệch làm lệch mọi ô sau nó, nên số liệu sẽ vào nhầm cột. Ô có dấu phẩy phải đặt trong dấu nháy kép.

Ví dụ: `\"Các xã, phường\",29.747`."
"dieu-kien-sai": "\
Một điều kiện ở `kiem_tra` viết sai.

Điều kiện gồm khóa của các cột số, dấu `+` `-`, số viết theo lối Việt Nam, và đúng một dấu so sánh `<` `<=` `=` `>=` `>`.

Ví dụ: `kh_2021 + kh_2022 <= trung_han`, không viết `kh_2021 + kh_2022 không quá trung hạn`."
"doc-theo-stt": "\
Điều đã bỏ qua hoặc đánh số lại khi đọc tệp theo số thứ tự (`nhom: theo_stt`).

Chú thích, chữ ký ở dưới bảng không phải dòng của bảng nên không được đọc. Số thứ tự của dòng được in lại từ 1 trong từng nhóm.

Ví dụ: tệp ghi “1.2” dưới nhóm 1, văn bản in 2."
"duoi-bang": "\
Dưới bảng trong tệp còn những dòng không phải, hoặc chưa rõ có phải, là dòng của bảng.

Ghi chú, ngày tháng, “Người lập biểu”, chữ ký ở dưới bảng không được đọc, và chương trình nói rõ từ dòng nào. Dòng không có số liệu nằm sau một dòng trống, dòng ô gộp, hay đề mục lặp lại (bảng thứ hai) thì bị hỏi. Ghi `vung` thì chỉ đọc, và đọc hết, các dòng của vùng ấy.

Ví dụ: dòng 12 ghi “GIÁM ĐỐC” sau dòng trống: ghi `vung: A5:C10` để dừng ở dòng 10."
"gia-tri-la": "\
Giá trị không thuộc danh sách được chọn.

Một số khóa chỉ nhận vài từ định trước, viết không dấu.

Ví dụ: `huong` nhận `len_tren`, `ngang_cap`, `xuong_duoi`."
"ho-ten-la": "\
Họ tên người ký có học hàm, học vị, danh hiệu hoặc viết hoa toàn bộ.

Phụ lục I, Phần I, Mục II, khoản 7: trước họ tên không ghi học hàm, học vị và các danh hiệu danh dự khác, trừ văn bản của các tổ chức sự nghiệp giáo dục, y tế, khoa học và lực lượng vũ trang. Họ tên viết bằng chữ in thường.

Ví dụ: `ho_ten: Nguyễn Văn An`, không viết `TS. Nguyễn Văn An` hay `NGUYỄN VĂN AN`."
"khoa-la": "\
Khóa này không có trong hồ sơ hoặc trong mẫu lời văn.

Một khóa gõ nhầm nếu bị bỏ qua thì dữ kiện sẽ thiếu trong văn bản. Khóa viết chữ thường, không dấu, nối bằng dấu gạch dưới; danh sách đầy đủ ở `docs/ho_so.md`.

Ví dụ: `trich_yeu`, không phải `trích yếu` hay `trich-yeu`."
"khoa-trung": "\
Một khóa được ghi hai lần trong cùng một mục.

Chương trình không biết lấy giá trị nào, nên không tự chọn. Giữ một dòng, xóa dòng kia.

Ví dụ: `ngay: 16/8/2022` ở đầu tệp và `ngay: 17/8/2022` ở cuối tệp."
"khong-dung": "\
Khóa được ghi nhưng loại văn bản này không dùng đến.

Người đọc hồ sơ tưởng giá trị đó có trong văn bản mà không tìm thấy. `don_vi` chỉ ghép vào ký hiệu của công văn; văn bản có tên loại lấy chữ viết tắt tên loại. `thu_ky` chỉ ký biên bản. `tham_quyen` chỉ in ở nghị quyết, quyết định và công điện.

Ví dụ: báo cáo có ký hiệu `BC-UBND`, nên không cần `don_vi: VX`."
"khong-utf8": "\
Tệp không được lưu bằng mã UTF-8.

Đọc nhầm mã thì mất dấu tiếng Việt. Lưu lại tệp: trong Notepad chọn Lưu thành (Save As), mục Mã hóa (Encoding) chọn UTF-8; trong Excel chọn kiểu “CSV UTF-8”.

Ví dụ: tệp CSV Excel lưu theo kiểu thường dùng mã ANSI."
"ky-sai": "\
Các dòng quyền hạn, chức vụ trên chữ ký không đúng thể thức.

Điều 13 và Phụ lục I, Phần I, Mục II, khoản 7: TM. đứng trước tên tập thể, KT. trước chức vụ người đứng đầu, TL. và TUQ. trước chức vụ người giao; chương trình ghi các chữ này, hồ sơ chỉ ghi phần sau.

Ví dụ: `thay_mat: ỦY BAN NHÂN DÂN`, `ky_thay: CHỦ TỊCH`, `chuc_vu: PHÓ CHỦ TỊCH`."
"ky-tu-cam": "\
Trong tệp có ký tự không nhìn thấy hoặc ký tự điều khiển.

Ký tự này làm hỏng tệp Word, làm sai tìm kiếm và sắp chữ. Thường do chép từ trang web, tệp PDF, Word.

Ví dụ: dấu cách không độ rộng (U+200B) nằm giữa hai chữ."
"loai-la": "\
Không có loại văn bản này trong `templates/`.

Mỗi loại văn bản là một thư mục có tệp `loai.yaml`.

Ví dụ: `loai: bao_cao`."
"loi-chuong-trinh": "\
Chương trình, hoặc một thư viện trong nó, dừng giữa chừng khi đang làm văn bản này.

Hồ sơ có thể không sai gì. Văn bản này chưa được ghi; các hồ sơ khác của cùng lệnh không bị ảnh hưởng. Xem lại chữ lạ mới chép vào, thử bỏ dần từng đoạn để tìm chỗ gây lỗi, rồi gửi hồ sơ cho người phát triển chương trình.

Ví dụ: một ký tự hiếm chép từ trang web làm thư viện dàn trang dừng lại."
"ma-cu": "\
Chữ được gõ bằng mã cũ (TCVN3, VNI) rồi đọc như Unicode.

Văn bản in ra sẽ là chữ vô nghĩa. Chuyển mã sang Unicode bằng công cụ của bộ gõ (Unikey: Ctrl+Shift+F6) rồi dán lại.

Ví dụ: “Céng hßa x· héi” là “Cộng hòa xã hội” gõ bằng TCVN3."
"mau-la": "\
Loại văn bản này không có mẫu lời văn mang tên đó.

Mẫu lời văn là một tệp `.md` trong thư mục của loại văn bản. Bỏ trống khóa `mau` thì dùng mẫu `noi_dung`.

Ví dụ: `mau: giai_ngan_du_an` dùng `templates/bao_cao/giai_ngan_du_an.md`."
"mau-sai": "\
Một tệp trong `templates/` viết sai.

Lỗi nằm ở mẫu của cơ quan, không nằm ở hồ sơ; người giữ mẫu cần sửa.

Ví dụ: trường kiểu `danh_sach` có `truong` nhưng trường con thiếu `khoa`."
"ngay-sai": "\
Ngày viết sai hoặc không có trên lịch.

Ngày viết theo thứ tự ngày/tháng/năm, năm đủ bốn chữ số. Ngày ban hành có thể để trống ngày: `/8/2022`.

Ví dụ: `16/8/2022`, không viết `2022-08-16`."
"nhay-cong": "\
Dấu nháy cong “ ” không phải dấu nháy của YAML.

Word tự đổi dấu nháy thẳng thành cong; YAML coi dấu nháy cong là chữ và sẽ in ra. Chỉ dùng dấu nháy thẳng để bao giá trị.

Ví dụ: `\"Các Sở: Tài chính\"`, không viết `“Các Sở: Tài chính”`."
"nhom-la": "\
Dòng thuộc về một nhóm không khai ở `nhom`, thiếu nhóm, hoặc không phải dòng của nhóm nào.

Tên và tổng của nhóm lấy từ mục `nhom` của phụ lục, nên dòng phải ghi đúng khóa. Dòng tổng trong tệp không thuộc nhóm nào: bỏ khỏi vùng được đọc, hoặc đọc tệp theo số thứ tự (`nhom: theo_stt`).

Ví dụ: `nhom: dang_thuc_hien`."
"o-an": "\
Trong phần được đọc của trang tính có dòng hoặc cột đang ẩn.

Dòng ẩn (tự ẩn hay do bộ lọc) vẫn được đọc và cộng như các dòng khác; người làm bảng có thể không biết. Bỏ ẩn để xem lại; không cần thì xóa khỏi tệp, hoặc giới hạn bằng `vung`.

Ví dụ: bảng lọc chỉ còn thấy 10 dòng mà tệp có 12 dòng."
"o-chua-tinh": "\
Mọi công thức trong phần được đọc đều cho kết quả 0: có lẽ chưa được tính.

Chương trình khác (không phải Excel) tạo tệp thường ghi sẵn số 0 làm kết quả; tệp chuyển qua LibreOffice có thể giữ nguyên số 0 ấy. Mở bằng Excel, bấm Ctrl+Alt+F9 rồi lưu lại; nếu kết quả đúng là 0 thì ghi vào `chap_nhan`.

Ví dụ: bảng có 30 công thức mà cột nào cũng là 0."
"o-hien-khac": "\
Ô của trang tính hiện một đằng, chứa giá trị một nẻo, nên không biết in cái nào.

Định dạng của ô (Number Format) làm ô chứa 1.234.567.000 hiện 1.234.567 (`#,##0,`), ngày 01/8/2022 hiện 08/2022 (`mm/yyyy`), số 12 hiện 0012 (`0000`). Chương trình không đoán: ghi `doc_cot` với khóa của cột và `nhu_hien` (in như ô hiện) hoặc `gia_tri` (in theo giá trị); ghi `doc` nếu mọi cột cùng một cách. Cột chữ luôn in như ô hiện.

Ví dụ: `dong_tu_tep: {tep: du_an.xlsx, doc_cot: {ngay: nhu_hien, von: gia_tri}}`."
"o-kem-chu": "\
Ô số hiện kèm chữ mà giá trị không có, ví dụ `12 tháng`; cột số chỉ in số.

Chữ do định dạng của ô thêm vào. Cần in thì ghi ở `don_vi_tinh` của cột, hoặc đổi thành cột chữ (`kieu: chu`), cột chữ in như ô hiện.

Ví dụ: `- {khoa: tg, ten: Thời gian, kieu: so, don_vi_tinh: tháng}`."
"o-lam-tron": "\
Ô chứa nhiều số lẻ hơn trang tính hiện, thường là kết quả của phép chia.

Cột số in làm tròn đến số lẻ mà trang tính hiện; dòng cộng tính từ giá trị đầy đủ rồi mới làm tròn, như Excel. Cột có `so_le` thì không nhắc. Muốn cộng chính các số đang hiện thì ghi `doc_cot` với `nhu_hien`; muốn in đủ số lẻ thì `gia_tri`.

Ví dụ: `- {khoa: gt, ten: Giá trị, kieu: so, so_le: 1}`."
"o-sai": "\
Một ô của trang tính không có giá trị đọc được: có lỗi công thức, chưa được tính, bị gộp, ghi giờ hoặc ngày không có thật.

Bỏ qua ô ấy thì bảng thiếu số mà không ai biết. Sửa ô trong Excel rồi lưu lại.

Ví dụ: ô C12 có lỗi #REF!; ô A5:A9 gộp làm một nên các dòng sau không có nhóm."
"phay-trong-ngoac": "\
Dấu phẩy trong ngoặc nhọn đã cắt một giá trị làm hai.

Giữa `{` và `}`, dấu phẩy kết thúc giá trị; phần sau nó sẽ mất, và `1.250,5` chỉ còn `1.250`. Giá trị có dấu phẩy thì đặt trong dấu nháy kép thẳng.

Ví dụ: `{ten: \"Cầu A, gói 2\", von: \"1.250,5\"}`."
"phien-ban-la": "\
Hồ sơ viết theo một phiên bản mà chương trình này chưa biết.

Hồ sơ được giữ nhiều năm; `phien_ban` cho biết cách đọc. Bản chương trình này đọc phiên bản 1.

Ví dụ: `phien_ban: 1`."
"qua-lon": "\
Tệp, bảng hoặc đoạn chữ vượt giới hạn.

Giới hạn giữ cho máy không cạn bộ nhớ vì một tệp hỏng: hồ sơ 4 MiB, tệp CSV hoặc Excel 16 MiB (64 MiB khi giải nén), bảng 100.000 dòng và 100 cột, tệp của bảng 1.000.000 ô, một đoạn chữ 100.000 byte, lồng nhau 32 cấp.

Ví dụ: bảng dài thì chia thành nhiều phụ lục."
"sai-kieu": "\
Giá trị có dạng khác với dạng khóa này cần: chữ, danh sách, hoặc mục có các khóa con.

Danh sách viết mỗi mục một dòng, bắt đầu bằng `- `. Một mục có dấu hai chấm phải đặt trong dấu nháy kép.

Ví dụ:
  kinh_gui:
    - Bộ Kế hoạch và Đầu tư
    - \"Các Sở: Tài chính, Xây dựng\""
"so-dang-chu": "\
Một số nằm trong trang tính dưới dạng chữ, nên không biết viết theo lối nào.

Excel giữ nguyên chữ người nhập gõ: `1,234` là một nghìn hai trăm ba mươi tư theo lối quốc tế, là một phẩy hai ba bốn theo lối Việt Nam. Đổi ô thành số trong Excel (Convert to Number), hoặc cho biết lối viết bằng `so_dang_chu`.

Ví dụ: `dong_tu_tep: {tep: du_an.xlsx, so_dang_chu: viet_nam}`."
"so-hai-nghia": "\
Một số có dấu phẩy trước ba chữ số, đọc theo lối Anh và lối Việt ra hai số hơn kém nhau nghìn lần.

Bảng tính đặt theo lối Anh viết một nghìn hai trăm là `1,200`; theo lối Việt Nam đó là một phẩy hai. Chương trình không đoán.

Ví dụ: viết `1.200` nếu là một nghìn hai trăm, `1,2` nếu là một phẩy hai."
"so-sai": "\
Số văn bản viết sai.

Chỉ ghi số, có thể kèm một chữ thường; ký hiệu như `BC-UBND` do chương trình ghép từ loại văn bản và cơ quan.

Ví dụ: `so: 125`, không viết `so: 125/BC-UBND`."
"so-tien-sai": "\
Số viết sai lối Việt Nam.

Dấu chấm phân nhóm ba chữ số, dấu phẩy trước phần thập phân; `20.000` là hai mươi nghìn. Chương trình không đoán, vì đoán sai thì số tiền sai nghìn lần.

Ví dụ: `1.234.567,8`, không viết `1,234,567.8`."
"stt-sai": "\
Số thứ tự ghi ở dòng khác với thứ tự của dòng trong nhóm.

Cột kiểu `stt` do chương trình đánh số; nếu tệp đã có số thì phải đúng, kẻo một dòng đã bị mất hoặc đổi chỗ. `2`, `2.`, `2)` đều được. Số của nhóm (I, II) hay chữ “Tổng” cho biết dòng ấy không phải dòng số liệu; tệp như vậy thì đọc bằng `nhom: theo_stt`.

Ví dụ: dòng thứ ba của nhóm mà ghi 4."
"tep-khong-doc-duoc": "\
Không mở được tệp.

Tệp không có, tên viết sai, hoặc chương trình khác đang giữ; hoặc là tệp mà chương trình không đọc: có mật khẩu, có macro, `.xls`, `.xlsb`, `.ods`, hỏng. Tệp số liệu tìm trong thư mục hồ sơ.

Ví dụ: `dong_tu_tep: {tep: phu_luc.csv}` nhưng thư mục chỉ có `phu luc.csv`."
"tep-ngoai-ho-so": "\
Tệp số liệu nằm ngoài thư mục hồ sơ.

Hồ sơ phải trọn trong một thư mục để lưu trữ và kiểm chứng được, nên không nhận đường dẫn tuyệt đối, `..` hay liên kết ra ngoài.

Ví dụ: chép tệp vào thư mục hồ sơ rồi ghi `tep: phu_luc.csv`."
"thieu": "\
Thiếu một dữ kiện mà văn bản phải có.

Bản chính thức không phát hành khi còn thiếu. Bản dự thảo (`--draft`) vẫn lập được và đánh dấu chỗ thiếu.

Ví dụ: `nguoi_ky` chưa có `ho_ten`."
"vung-la": "\
Các khóa dưới `dong_tu_tep` không khớp với tệp: không có trang, vùng, bảng, dòng đề mục hoặc cột như vậy.

Chương trình không đoán trang hay cột, vì đọc nhầm cột thì số liệu sai mà vẫn giống thật. Mở tệp xem tên trang, đề mục, chữ cái của cột rồi ghi lại cho đúng.

Ví dụ: `dong_tu_tep: {tep: du_an.xlsx, trang: Biểu 1, vung: \"A5:F30\"}`."
"yaml-hai-cham": "\
Dấu hai chấm làm YAML hiểu sai: giá trị có dấu hai chấm mà không đặt trong dấu nháy, hoặc sau khóa thiếu dấu cách.

YAML coi `: ` là ranh giới giữa khóa và giá trị. Giá trị có dấu hai chấm thì đặt trong dấu nháy kép thẳng.

Ví dụ: `trich_yeu: \"Về việc: báo cáo\"`; `ngay: 16/8/2022`, không viết `ngay:16/8/2022`."
"yaml-nang-cao": "\
Hồ sơ dùng phần của YAML mà chương trình không nhận: neo `&`, tham chiếu `*`, thẻ `!`, khóa trộn `<<`, nhiều tài liệu trong một tệp.

Hồ sơ phải đọc được bằng mắt từ trên xuống dưới, nên mỗi dữ kiện ghi thẳng ở chỗ của nó. Chữ bắt đầu bằng các dấu này thì đặt trong dấu nháy kép.

Ví dụ: `ghi_chu: \"*Số liệu đến 31/7\"`."
"yaml-nhieu-dong": "\
Giá trị viết trên nhiều dòng mà thiếu dấu `|`, hoặc các dòng của nó thụt vào không bằng nhau.

Không có dấu `|` thì YAML nối các dòng làm một, các đoạn dính liền nhau. Viết `|` ngay sau dấu hai chấm, rồi mọi dòng của giá trị ở bên dưới, thụt vào bằng nhau, sâu hơn tên khóa.

Ví dụ:
  kho_khan: |
    Đoạn thứ nhất.

    Đoạn thứ hai."
"yaml-sai": "\
Tệp không đúng cách viết YAML, nên không đọc được từ chỗ này.

Thường do thiếu dấu nháy đóng, thiếu dấu cách sau dấu gạch đầu dòng, thụt dòng không đều, hoặc giá trị bắt đầu bằng dấu đặc biệt (`-`, `%`, `@`, `` ` ``, `*`, `&`, `!`). Các khóa cùng cấp phải thụt vào bằng nhau.

Ví dụ: `ten: \"Dự án A\"` có đủ hai dấu nháy."
"yaml-tab": "\
Dòng thụt vào bằng phím Tab hoặc dấu cách không ngắt.

YAML chỉ nhận dấu cách thường để thụt dòng. Dấu cách không ngắt thường do chép từ Word, trang web. Thay mỗi Tab bằng hai dấu cách; đặt trình soạn thảo tự đổi Tab thành dấu cách.

Ví dụ: hai dấu cách trước `ho_ten`."
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_hand_is_guessed() {
        let known = ["trich_yeu", "noi_nhan", "noi_dung", "so", "ngay"];
        for (written, meant) in [
            ("trích_yếu", Some("trich_yeu")),
            ("trich-yeu", Some("trich_yeu")),
            ("TrichYeu", Some("trich_yeu")),
            ("trich_yue", Some("trich_yeu")),
            ("noi nhan", Some("noi_nhan")),
            ("“ngay”", Some("ngay")),
            ("ghi_chu", None),
            ("", None),
        ] {
            assert_eq!(guess(written, known), meant, "{written}");
        }
    }

    #[test]
    fn every_code_is_explained_once_and_in_order() {
        assert!(EXPLANATIONS.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert!(EXPLANATIONS.iter().all(|(_, text)| text.contains("Ví dụ")));
    }
}
