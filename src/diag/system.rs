//! What the operating system says of a file, in the clerk's words: its own are English, or
//! whatever language the machine was set up in.

use std::io::{Error, ErrorKind as Kind};

/// The fact: `ổ đĩa đã đầy`. What has no words here is called by its number.
///
/// ```
/// # use std::io::{Error, ErrorKind};
/// # use vanthu::diag::system::reason;
/// assert_eq!(reason(&ErrorKind::ReadOnlyFilesystem.into()), "ổ đĩa này chỉ cho đọc");
/// ```
#[must_use]
pub fn reason(error: &Error) -> String {
    let known = match error.kind() {
        Kind::NotFound => "không có tệp hoặc thư mục này",
        Kind::PermissionDenied => "không có quyền, hoặc chương trình khác đang giữ",
        Kind::AlreadyExists => "ở đó đã có tệp hoặc thư mục cùng tên",
        Kind::NotADirectory => "một phần của đường dẫn là tệp, không phải thư mục",
        Kind::IsADirectory => "đây là thư mục, không phải tệp",
        Kind::DirectoryNotEmpty => "thư mục này không trống",
        Kind::ReadOnlyFilesystem => "ổ đĩa này chỉ cho đọc",
        Kind::StorageFull => "ổ đĩa đã đầy",
        Kind::QuotaExceeded => "đã dùng hết dung lượng được cấp trên ổ đĩa",
        Kind::FileTooLarge => "tệp lớn quá mức ổ đĩa cho phép",
        Kind::ResourceBusy | Kind::ExecutableFileBusy | Kind::WouldBlock | Kind::Deadlock => {
            "chương trình khác đang giữ"
        }
        Kind::InvalidFilename | Kind::InvalidInput => {
            "tên quá dài, hoặc có ký tự không dùng được trong tên tệp"
        }
        Kind::InvalidData => "nội dung tệp không phải UTF-8, hoặc bị hỏng",
        Kind::UnexpectedEof => "tệp bị cắt ngang",
        Kind::CrossesDevices => "hai nơi nằm trên hai ổ đĩa khác nhau",
        Kind::TooManyLinks => "có quá nhiều liên kết",
        Kind::StaleNetworkFileHandle
        | Kind::NetworkDown
        | Kind::NetworkUnreachable
        | Kind::HostUnreachable
        | Kind::ConnectionReset
        | Kind::TimedOut
        | Kind::NotConnected => "mất kết nối với ổ đĩa mạng",
        Kind::OutOfMemory => "máy không còn đủ bộ nhớ",
        Kind::Unsupported | Kind::NotSeekable => "ổ đĩa hoặc thiết bị này không làm được việc ấy",
        _ => return by_number(error),
    };
    known.to_owned()
}

/// What the language of the program has no name for.
fn by_number(error: &Error) -> String {
    match error.raw_os_error() {
        #[cfg(unix)]
        Some(5) => "ổ đĩa bị trục trặc khi đọc, ghi".to_owned(),
        #[cfg(unix)]
        Some(23 | 24) => "máy đang mở quá nhiều tệp".to_owned(),
        #[cfg(target_os = "linux")]
        Some(40) => "liên kết dẫn vòng về chính nó".to_owned(),
        Some(number) => format!("hệ thống báo lỗi số {number}"),
        None => "hệ thống báo lỗi".to_owned(),
    }
}

/// The step to take, where it does not depend on what was being done.
#[must_use]
pub fn next_step(error: &Error) -> Option<&'static str> {
    match error.kind() {
        Kind::StorageFull | Kind::QuotaExceeded => Some("giải phóng ổ đĩa rồi chạy lại"),
        Kind::ReadOnlyFilesystem => Some("làm việc ở một thư mục cho ghi, rồi chạy lại"),
        Kind::InvalidFilename => Some("đặt tên ngắn hơn, rồi chạy lại"),
        Kind::IsADirectory => Some("đổi tên hoặc dời thư mục ấy đi, rồi chạy lại"),
        Kind::StaleNetworkFileHandle
        | Kind::NetworkDown
        | Kind::NetworkUnreachable
        | Kind::HostUnreachable
        | Kind::TimedOut => Some("nối lại ổ đĩa mạng rồi chạy lại"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whatever number a system may give, no word of its own comes through.
    #[test]
    fn no_word_of_the_system_comes_through() {
        for number in 1..200 {
            let error = Error::from_raw_os_error(number);
            let english = error.to_string();
            let english = english.split(" (os error").next().unwrap();
            let said = reason(&error);
            assert!(!said.contains(english), "{number}: {said}");
            assert!(!said.is_ascii(), "{number}: {said}");
        }
    }
}
