//! What can be wrong with a wording, and how `vanthu explain` tells it.

use std::ops::Range;

/// One fault of a template file. The range is in bytes of the file as it is on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub code: &'static str,
    /// Path below `templates/`.
    pub file: String,
    pub range: Range<usize>,
    pub message: String,
    pub hint: Option<String>,
    /// Whether it only warns: a case is worded all the same.
    pub warns: bool,
    /// Whether a run ended with it.
    pub stops: bool,
}

impl Fault {
    pub fn new(
        code: &'static str,
        file: &str,
        range: Range<usize>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            code,
            file: file.to_owned(),
            range,
            message: message.into(),
            hint: None,
            warns: false,
            stops: false,
        }
    }

    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

pub const NO_WORDING: &str = "loi-van-khong-co";
pub const SYNTAX: &str = "cu-phap-mau";
pub const UNCLOSED: &str = "khoi-khong-dong";
pub const UNKNOWN_TAG: &str = "the-khong-co";
pub const UNKNOWN_NAME: &str = "bien-khong-co";
pub const UNKNOWN_FILTER: &str = "bo-loc-khong-co";
pub const UNKNOWN_FUNCTION: &str = "ham-khong-co";
pub const UNKNOWN_FILE: &str = "tep-khong-co";
pub const CIRCLE: &str = "tep-goi-vong";
pub const SAFE: &str = "safe-bi-cam";
pub const FORBIDDEN: &str = "phep-bi-cam";
pub const NESTING: &str = "vong-lap-qua-sau";
pub const TOO_LARGE: &str = "loi-van-qua-dai";
pub const TOO_LONG: &str = "loi-van-qua-nang";
pub const ARGUMENT: &str = "tham-so-sai";
pub const KIND: &str = "kieu-sai";
pub const PASSAGES_ALONE: &str = "doan-khong-dung-rieng";
pub const HEADING_IN_PASSAGES: &str = "tieu-de-trong-doan";
pub const NUMBERING: &str = "danh-so-sai";
pub const ORDER: &str = "thu-tu-khong-khop";
pub const FOREIGN_MARK: &str = "dau-dong-la";
pub const ATTACHED: &str = "kem-theo-khong-khop";
pub const EMPHASIS: &str = "nhan-manh-khong-dong";
pub const HTML: &str = "the-html";
pub const LINK: &str = "lien-ket";
pub const LONG_PARAGRAPH: &str = "doan-van-qua-dai";
pub const PRIVATE: &str = "ky-tu-rieng";
pub const UNGUARDED: &str = "thieu-dieu-kien";
pub const TABLE_LINE: &str = "dong-bang-sai";
pub const LOCKED: &str = "cau-khoa-bi-sua";
pub const EXAMPLE: &str = "vi-du-khong-hop";
pub const UNUSED: &str = "truong-khong-dung";
pub const NO_SAMPLE: &str = "thieu-ho-so-mau";
pub const NOT_SAMPLED: &str = "truong-khong-co-trong-mau";
/// Told of cases too, and explained there.
pub const FORBIDDEN_CHARACTER: &str = "ky-tu-cam";
pub const LEGACY: &str = "ma-cu";
pub const FALSE_LETTER: &str = "chu-giong-hinh";
pub const OTHER: &str = "loi-mau-khac";

/// Every code with its explanation, for `vanthu explain`.
pub const EXPLANATIONS: &[(&str, &str)] = &[
    (
        NO_WORDING,
        "Hồ sơ chọn một lời văn (`mau`) mà thư mục templates/<loại>/ không có.\n\n\
         Lời văn là tệp templates/<loại>/<mẫu>.md. Bỏ dòng `mau` thì dùng noi_dung.md.",
    ),
    (
        SYNTAX,
        "Phần trong `{{ … }}` hoặc `{% … %}` viết chưa đúng cú pháp.\n\n\
         `{{ ten }}` in một dữ kiện; `{% if … %} … {% endif %}` chọn; \
         `{% for x in ds %} … {% endfor %}` lặp; `{# … #}` là ghi chú, không in ra.",
    ),
    (
        UNCLOSED,
        "Một dấu mở hoặc một khối (`if`, `for`, `block` …) không có dấu hay thẻ đóng, \
         hoặc hai khối đan chéo nhau.\n\nLỗi được chỉ ở chỗ mở khối.",
    ),
    (
        UNKNOWN_TAG,
        "Thẻ `{% … %}` này không có. Các thẻ dùng được: if, elif, else, for, set, set_global, \
         include, extends, block, component, raw, break, continue, và thẻ đóng của chúng.",
    ),
    (
        UNKNOWN_NAME,
        "Lời văn dùng một tên không có trong hồ sơ, hoặc một dữ kiện tùy chọn mà hồ sơ để trống.\n\n\
         Dữ kiện có thể trống phải đặt trong `{% if noi_dung.x %} … {% endif %}`, \
         hoặc có giá trị thay: `{{ noi_dung.x | mac_dinh(bang=\"…\") }}`.",
    ),
    (
        UNKNOWN_FILTER,
        "Bộ lọc sau dấu `|` không có trong danh sách. Xem danh sách bộ lọc trong tài liệu lời văn.",
    ),
    (UNKNOWN_FUNCTION, "Lời văn không gọi hàm: mọi phép biến đổi đều là bộ lọc, viết sau dấu `|`."),
    (
        UNKNOWN_FILE,
        "Tệp trong `{% include %}` hoặc `{% extends %}` không có dưới templates/.\n\n\
         Đường dẫn tính từ thư mục templates: `{% include \"chung/ket.md\" %}`.",
    ),
    (CIRCLE, "Các tệp lời văn gọi nhau thành vòng, hoặc gọi nhau quá 16 tầng."),
    (
        SAFE,
        "Bộ lọc `safe` tắt việc giữ nguyên chữ trong dữ kiện: một dấu `*` hay `#` của hồ sơ \
         sẽ thành định dạng. Đoạn văn có định dạng là trường kiểu `doan`.",
    ),
    (
        FORBIDDEN,
        "Phép này của Tera không dùng trong lời văn, vì nó có thể làm chương trình chạy mãi, \
         tốn hết bộ nhớ, hoặc cho kết quả sai mà không báo (so sánh hai số tiền như so hai chuỗi chữ).",
    ),
    (
        NESTING,
        "Vòng lặp `for` lồng nhau quá 3 tầng, các khối lồng nhau quá 30 tầng, hoặc một `if` có quá 100 nhánh.",
    ),
    (
        TOO_LARGE,
        "Lời văn dài quá 64 KiB hay 2.000 dòng, có quá 2.000 dấu mở, có một dòng dài quá 16 KiB, hoặc văn bản sinh ra vượt 4 MiB.\n\n\
         Văn bản sinh ra quá dài thì một vòng lặp của lời văn chắc đã lặp quá nhiều.",
    ),
    (
        TOO_LONG,
        "Lời văn lặp quá nhiều lần: mỗi văn bản chỉ được một số bước nhất định, đếm như nhau trên mọi máy.",
    ),
    (
        ARGUMENT,
        "Tham số của bộ lọc không có, thiếu, hoặc sai giá trị. Tham số viết `ten=giá_trị`, \
         chữ đặt trong ngoặc kép: `noi(cuoi=\" và \")`.",
    ),
    (
        KIND,
        "Dữ kiện không thuộc loại mà chỗ này cần: ví dụ in cả một danh sách, hoặc đọc chữ như số tiền.",
    ),
    (
        PASSAGES_ALONE,
        "Trường kiểu `doan` là cả một hay nhiều đoạn văn, nên `{{ noi_dung.x }}` của nó phải đứng \
         một mình trên một dòng, không có chữ hay dấu nào bên cạnh, không qua bộ lọc.",
    ),
    (
        ORDER,
        "Số của một mục khác với thứ tự của nó.\n\n\
         Chương trình đánh số theo thứ tự và không lặng lẽ sửa số đã ghi, vì câu khác có thể nhắc \
         tới số ấy. Các điểm theo chữ cái tiếng Việt: sau d) là đ), sau e) là g).\n\n\
         Ghi mọi mục là “1.” hoặc “a)” (mọi điều là “Điều 1.”) thì chương trình tự đánh số. Điều \
         đánh số liên tục trong cả văn bản; khoản bắt đầu lại ở mỗi điều, điểm ở mỗi khoản.",
    ),
    (
        FOREIGN_MARK,
        "Đầu dòng có dấu mà chương trình không hiểu là một mục: “*”, “•”, “–”, “f)”, “Điều 1:”.\n\n\
         Dấu gạch đầu dòng viết “- ”; các điểm viết theo chữ cái tiếng Việt, không có f, j, w, z; \
         điều viết “Điều 1. ”, chương trình tự in đậm. Dấu thật ở đầu dòng thì viết thêm `\\` ở trước.",
    ),
    (
        HEADING_IN_PASSAGES,
        "Đoạn văn của hồ sơ không được có đề mục `#`: đề mục và số của nó do lời văn đặt.",
    ),
    (
        NUMBERING,
        "Lời văn dùng một cấp đề mục mà `danh_so` ở đầu tệp không khai báo.\n\n\
         `danh_so: [\"I.\", \"1.\", \"a)\"]` cho `#`, `##`, `###`.",
    ),
    (
        ATTACHED,
        "Dòng `[kem_theo]` của lời văn và khóa `kem_theo` của hồ sơ không đi đôi, hoặc dòng ấy có hai \
         lần, không đứng riêng một dòng, hay nằm trong đoạn văn của hồ sơ.\n\n\
         Từ dòng `[kem_theo]` trở đi là văn bản ban hành kèm theo (quy chế, quy định …), in sang trang \
         mới sau chữ ký, với tên loại và trích yếu ghi ở `kem_theo` của hồ sơ.",
    ),
    (
        EMPHASIS,
        "Dấu `*` (in nghiêng) hoặc `**` (in đậm) mở mà không đóng trong cùng một đoạn.\n\n\
         Dấu sao thật thì viết `\\*`; ghi chú `(*)` và phép nhân `2*3` được hiểu là dấu sao thật.",
    ),
    (HTML, "Lời văn không dùng thẻ HTML. Đậm là `**chữ**`, nghiêng là `*chữ*`."),
    (LINK, "Lời văn không dùng liên kết hay ảnh kiểu Markdown; viết địa chỉ ra thành chữ."),
    (LONG_PARAGRAPH, "Một đoạn văn dài quá 20.000 chữ cái; tách đoạn bằng một dòng trống."),
    (
        PRIVATE,
        "Tệp có ký tự thuộc vùng dùng riêng của Unicode; chương trình dành vùng ấy cho việc nội bộ. \
         Ký tự này thường do phông chữ cũ hoặc do chép từ Word.",
    ),
    (
        UNGUARDED,
        "Lời văn in, lọc hoặc lặp một dữ kiện mà hồ sơ có thể để trống (`bat_buoc: khong`, \
         một phần của văn bản viện dẫn, Kính gửi của loại văn bản không phải lúc nào cũng có) \
         mà không hỏi trước là có hay không.\n\n\
         Đặt chỗ ấy trong `{% if noi_dung.x %} … {% endif %}`, hoặc ghi giá trị thay: \
         `{{ noi_dung.x | mac_dinh(bang=\"…\") }}`. Dữ kiện lúc nào cũng có thì khai `bat_buoc: co`.",
    ),
    (
        TABLE_LINE,
        "Một dòng giống như dòng đặt bảng mà viết chưa đúng, nên sẽ in ra thành chữ.\n\n\
         Dòng đặt bảng chỉ có `[bang khoa_cua_bang]`, một mình trên một dòng.",
    ),
    (
        LOCKED,
        "Một câu mà đầu tệp khai là câu khóa (`cau_khoa`) không còn nguyên văn trong lời văn.\n\n\
         Câu khóa là câu phải giữ từng chữ: câu của luật, câu đã được duyệt. Dấu cách và chỗ xuống dòng \
         không tính. Câu chỉ đứng trong ghi chú `{# … #}` cũng là không có.\n\n\
         Câu khóa đã được ghi nhận (`vanthu wording accept`) mà nay sửa hoặc bỏ khỏi `cau_khoa` thì phải \
         ghi nhận lại, kèm lý do, trước khi xuất văn bản chính thức.",
    ),
    (
        EXAMPLE,
        "Ví dụ (`vi_du`) của một trường không viết đúng lối của kiểu đã khai: trường `so` phải có \
         ví dụ là số, trường `ngay` phải có ví dụ là ngày.\n\nVí dụ được chép vào hồ sơ mẫu để điền.",
    ),
    (
        UNUSED,
        "Một trường được khai ở đầu tệp, tức là hỏi người soạn, mà lời văn và các tệp nó gọi không dùng đến.",
    ),
    (
        NO_SAMPLE,
        "Lời văn chưa có hồ sơ mẫu: không tệp `ho_so_mau*.yaml` nào trong thư mục của loại văn bản có `mau` \
         là lời văn này.\n\nHồ sơ mẫu là hồ sơ điền sẵn mà người soạn chép về để bắt đầu.",
    ),
    (
        NOT_SAMPLED,
        "Không hồ sơ mẫu nào của lời văn này ghi trường này, nên người soạn không thấy cách viết, và \
         phần lời văn dùng nó chưa được thử lần nào.",
    ),
    (OTHER, "Tera báo một lỗi chưa có lời giải thích tiếng Việt; nguyên văn được chép lại."),
];

/// The known name that is nearest, if one is near or begins with what was written.
pub fn guess<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let begun = known.iter().find(|known| name.len() >= 4 && known.starts_with(name));
    known
        .iter()
        .copied()
        .map(|candidate| (strsim::damerau_levenshtein(name, candidate), candidate))
        .filter(|(distance, candidate)| {
            *distance <= 1 + candidate.chars().count().min(name.chars().count()) / 4
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
        .or(begun.copied())
}

/// A hint that guesses, then lists what there is.
pub fn guess_or_list<'a>(
    name: &str,
    known: impl IntoIterator<Item = &'a str>,
    what: &str,
) -> Option<String> {
    let mut known: Vec<&str> = known.into_iter().collect();
    known.sort_unstable();
    known.dedup();
    if known.is_empty() {
        return None;
    }
    let list = known.join(", ");
    Some(match guess(name, &known) {
        Some(near) => format!("có phải ý anh/chị là `{near}`? {what}: {list}"),
        None => format!("{what}: {list}"),
    })
}
