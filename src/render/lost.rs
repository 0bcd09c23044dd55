//! What was written does not say all that the document says: the place and the words.

use std::fmt;

use crate::compare;
use crate::diag::{At, Diagnostic, Route};
use crate::doc::Document;
use crate::export::Lost;

/// The code of the finding.
pub const LOST: &str = "ban-in-thieu-chu";

/// Every code of reading back, with its explanation.
pub const fn faults() -> &'static [(&'static str, &'static str)] {
    &[(
        LOST,
        "\
Bản PDF hoặc DOCX vừa lập không chứa đủ chữ của văn bản.

Mỗi lần `render` và `issue` ghi tệp, chương trình đọc lại tệp ấy, so từng chữ với văn bản.
Thiếu một chữ thì bản chính không được ghi ra, số không bị lấy mất; bản dự thảo vẫn ghi, kèm
cảnh báo này. Thường là một khối không chia được giữa hai trang mà cao hơn một trang, như một
tên gọi dài hàng trăm chữ: rút ngắn nó, hoặc chia thành nhiều đoạn. Gặp lỗi này mà không
thấy khối nào quá dài là lỗi của chương trình: gửi hồ sơ cho người phụ trách.",
    )]
}

/// Places that are told one by one.
const TOLD: usize = 10;

/// Letters of a text that are shown.
const SHOWN: usize = 60;

/// Why a final has no files: they would not say all that the document says.
#[derive(Debug)]
pub struct Incomplete(pub Diagnostic);

impl fmt::Display for Incomplete {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)?;
        self.0.details.iter().try_for_each(|detail| write!(f, "\n  {detail}"))
    }
}

impl std::error::Error for Incomplete {}

/// The finding about what the files of a document lack; none where they lack nothing.
pub fn told(document: &Document, lost: &[&Lost]) -> Option<Diagnostic> {
    let formats = [crate::export::Format::Pdf, crate::export::Format::Docx].into_iter();
    let formats = formats.filter(|format| lost.iter().any(|lost| lost.format == *format));
    let formats: Vec<String> = formats.map(|format| format.extension().to_uppercase()).collect();
    if formats.is_empty() {
        return None;
    }
    let places = compare::places(document);
    let detail = |lost: &&Lost| {
        let place = places.get(lost.text).filter(|place| !place.is_empty());
        let place = place.map_or("văn bản", String::as_str);
        format!("{}, {place}: mất “{}”", lost.format.extension().to_uppercase(), shown(&lost.words))
    };
    let mut details: Vec<String> = lost.iter().take(TOLD).map(detail).collect();
    if let Some(more) = lost.len().checked_sub(TOLD).filter(|more| *more > 0) {
        details.push(format!("và {more} chỗ nữa"));
    }
    let message = format!("bản {} thiếu chữ ở {} chỗ", formats.join(" và "), lost.len());
    let found = Diagnostic::error(LOST, At::Route(Route::root()), message).details(details);
    Some(found.hint(
        "rút ngắn hoặc chia nhỏ nội dung ở chỗ ấy; xem chỗ bị cắt bằng `vanthu render --draft`",
    ))
}

fn shown(words: &str) -> String {
    match words.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", words[..end].trim_end()),
        None => words.to_owned(),
    }
}
