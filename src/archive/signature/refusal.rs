//! Why a file is not taken as the signed copy of a document, in the clerk's words.

use std::fmt;

use super::pdf::Odd;
use crate::archive::Failure;

/// The fact ([`fmt::Display`]) and the next step ([`Refusal::hint`]).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// More than that many MiB.
    TooLarge {
        limit: usize,
    },
    NotPdf,
    /// The archived file itself.
    Unsigned,
    /// A print of this program that was signed, but another than the archived one.
    OtherPrint {
        title: String,
        /// Số, ký hiệu.
        code: String,
        kin: Kin,
        signed: bool,
    },
    /// The same document, written anew by another program.
    Resaved {
        program: String,
    },
    /// Bytes of the archived document were changed; the first of them, from 0.
    Altered {
        at: usize,
    },
    /// The beginning of the archived document, so many bytes.
    Cut {
        length: usize,
    },
    /// Another document.
    Foreign {
        title: String,
    },
    /// Something that no reader should have to guess at.
    Odd(Odd),
    /// An update changes more than a signature may; `revision` counts from 1.
    Changed {
        revision: usize,
        what: String,
    },
    NoSignature,
    /// What follows the last signature is covered by none.
    Uncovered {
        revision: usize,
    },
    /// A signature that does not hold.
    Signature {
        field: String,
        fault: Fault,
    },
}

/// What another print of this program is to the archived document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kin {
    /// The same document before it had its number.
    BeforeNumber,
    /// The same document with the same number: printed again, or changed since.
    SameNumber,
    Other,
}

/// What is wrong with a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// `/ByteRange` or `/Contents` is not as it must be.
    Range(&'static str),
    /// Another format than the two that are known.
    Format(String),
    /// The CMS container is not as it must be.
    Container(&'static str),
    /// A digest or a signature algorithm that is not taken, by name.
    Algorithm(String),
    /// The document is not what was signed.
    Digest,
    /// The signature was not made with the key of the certificate.
    Key,
    /// A first signature that forbids what was added after it.
    Locked,
}

pub type Result<T> = std::result::Result<T, Refusal>;

impl From<Odd> for Refusal {
    fn from(odd: Odd) -> Self {
        Self::Odd(odd)
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::refused(refusal.to_string(), refusal.hint())
    }
}

impl std::error::Error for Refusal {}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge { limit } => write!(f, "tệp lớn hơn {limit} MiB"),
            Self::NotPdf => f.write_str("tệp này không phải PDF"),
            Self::Unsigned => {
                f.write_str("tệp này chính là bản đang lưu, chưa có chữ ký số nào")
            }
            Self::OtherPrint { title, code, kin, signed } => {
                other_print(f, title, code, *kin, *signed)
            }
            Self::Resaved { program } if program.is_empty() => f.write_str(
                "tệp đã bị một chương trình khác ghi lại: nội dung có thể như cũ, nhưng không còn từng byte của bản đang lưu",
            ),
            Self::Resaved { program } => write!(
                f,
                "tệp (trong đó ghi {program}) đã bị một chương trình khác ghi lại: nội dung có thể như cũ, nhưng không còn từng byte của bản đang lưu"
            ),
            Self::Altered { at } => {
                write!(f, "tệp là bản đang lưu nhưng đã bị sửa, từ byte thứ {} trở đi", at + 1)
            }
            Self::Cut { length } => {
                write!(f, "tệp bị cắt cụt: chỉ còn {length} byte đầu của bản đang lưu")
            }
            Self::Foreign { title } if title.is_empty() => {
                f.write_str("tệp này không phải bản ký của văn bản đang lưu")
            }
            Self::Foreign { title } => {
                write!(f, "tệp này là một văn bản khác: “{title}”")
            }
            Self::Odd(Odd { at, what }) => {
                write!(f, "phần thêm vào sau bản đang lưu không đúng chuẩn PDF: {what} (byte {at})")
            }
            Self::Changed { revision, what } => {
                write!(f, "lần ghi thêm thứ {revision} sửa điều chữ ký không được sửa: {what}")
            }
            Self::NoSignature => f.write_str("tệp được ghi thêm nhưng không có chữ ký số nào của người ký hay của cơ quan"),
            Self::Uncovered { revision } => write!(
                f,
                "lần ghi thêm thứ {revision} đứng sau chữ ký cuối cùng, nên không chữ ký nào bảo đảm"
            ),
            Self::Signature { field, fault } => write!(f, "chữ ký trong ô “{field}”: {fault}"),
        }
    }
}

/// The clerk's case: the leader signed before the number was given.
fn other_print(
    f: &mut fmt::Formatter<'_>,
    title: &str,
    code: &str,
    kin: Kin,
    signed: bool,
) -> fmt::Result {
    match (kin, signed) {
        (Kin::BeforeNumber, true) => f.write_str(
            "tệp này được ký trước khi văn bản có số: số và ngày được in vào trang sau đó, nên bản đang lưu là một tệp khác và chữ ký không gắn với nó",
        ),
        (Kin::BeforeNumber, false) => {
            f.write_str("tệp này là bản in khi văn bản chưa có số, và chưa có chữ ký số nào")
        }
        (Kin::SameNumber, true) => write!(
            f,
            "tệp này là một bản in khác của {code}, không phải bản đang lưu; chữ ký gắn với bản in ấy"
        ),
        (Kin::SameNumber, false) => {
            write!(f, "tệp này là một bản in khác của {code}, và chưa có chữ ký số nào")
        }
        (Kin::Other, _) => {
            write!(f, "tệp này là một văn bản khác do chương trình lập: {code} “{title}”")
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Range(what) => write!(f, "phạm vi ký (ByteRange) không đúng: {what}"),
            Self::Format(name) => write!(f, "dạng chữ ký {name} không được nhận"),
            Self::Container(what) => write!(f, "gói chữ ký (CMS) không đọc được: {what}"),
            Self::Algorithm(name) => write!(f, "thuật toán {name} không được nhận"),
            Self::Digest => f.write_str("văn bản không còn như lúc ký (giá trị băm không khớp)"),
            Self::Key => f.write_str("chữ ký không khớp với chứng thư số kèm theo"),
            Self::Locked => {
                f.write_str("người ký đầu đã khóa văn bản, mà sau đó tệp vẫn được ghi thêm")
            }
        }
    }
}

impl Refusal {
    /// The next step.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "giảm kích thước ảnh chữ ký, ảnh dấu rồi ký lại bản đang lưu",
            Self::NotPdf => "đưa tệp PDF đã ký số; bản chụp giấy đã ký thì gắn bằng --scan",
            Self::Unsigned => "ký số tệp ấy bằng phần mềm ký của cơ quan, rồi đính kèm tệp đã ký",
            Self::OtherPrint { kin: Kin::BeforeNumber, signed: true, .. } => {
                "lấy số trước (`vanthu issue --reserve`), lấy đúng tệp PDF có số đang lưu trình ký; đã ký trên giấy thì đính kèm bản quét"
            }
            Self::OtherPrint { kin: Kin::BeforeNumber | Kin::SameNumber, .. } => {
                "lấy đúng tệp PDF đang lưu, ký số tệp ấy rồi đính kèm"
            }
            Self::OtherPrint { kin: Kin::Other, .. } | Self::Foreign { .. } => {
                "kiểm tra lại số văn bản và tệp; chỉ nhận bản ký của đúng tệp PDF đang lưu"
            }
            Self::Resaved { .. } => {
                "ký thẳng tệp PDF đang lưu và đưa đúng tệp vừa ký: không mở rồi “Lưu”, “In ra PDF”, nén hay ghép tệp, trước cũng như sau khi ký"
            }
            Self::Altered { .. } => "đừng dùng tệp này; lấy lại tệp PDF đang lưu và ký đúng tệp ấy",
            Self::Cut { .. } => "chép lại tệp đã ký từ máy ký",
            Self::Odd(_) => {
                "chép lại tệp đã ký, có thể tệp bị cắt khi chép; hoặc ký lại bằng phần mềm ghi thêm chữ ký vào cuối tệp (incremental update); nếu vẫn vậy, gửi tệp cho người quản trị"
            }
            Self::Changed { .. } => {
                "lấy lại tệp PDF đang lưu và chỉ ký, không thêm chú thích, chữ, trang hay tệp kèm"
            }
            Self::NoSignature => "ký số tệp PDF đang lưu rồi đính kèm tệp đã ký",
            Self::Uncovered { .. } => "lấy bản ngay sau khi ký, hoặc ký lại tệp PDF đang lưu",
            Self::Signature { fault: Fault::Algorithm(_), .. } => {
                "ký lại bằng chứng thư số và phần mềm dùng SHA-256 trở lên, RSA 2048 bit trở lên hoặc ECDSA P-256, P-384"
            }
            Self::Signature { fault: Fault::Format(_), .. } => {
                "chọn trong phần mềm ký dạng PAdES (ETSI.CAdES.detached) hoặc adbe.pkcs7.detached"
            }
            Self::Signature { .. } => "đừng dùng tệp này; lấy lại tệp PDF đang lưu và ký lại",
        }
    }
}
