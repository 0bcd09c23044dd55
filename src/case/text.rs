//! Bytes → text, and what is wrong with the text of a whole file.

use std::ops::Range;

use super::faults::Faults;
use super::limits::{MAX_CHARACTER_FAULTS, MIB};
use crate::diag::{At, Diagnostic, SourceId};
use crate::vi::text::{self, forbidden_char};

/// Decodes a file: UTF-8 with or without a byte order mark, any line ends.
///
/// # Errors
/// The file is too large or not UTF-8; the finding says how to save it as UTF-8.
pub fn decode(name: &str, bytes: &[u8], max_bytes: usize) -> Result<String, Diagnostic> {
    if let Some(what) = foreign(bytes) {
        return Err(no_text(name, what));
    }
    if bytes.len() > max_bytes {
        let message = format!("tệp lớn hơn {} MiB", max_bytes / MIB);
        let hint = if name.to_lowercase().ends_with(".csv") {
            "chia bảng thành nhiều phụ lục, mỗi phụ lục một tệp"
        } else {
            "chia hồ sơ, hoặc đưa bảng dài vào tệp CSV hoặc Excel"
        };
        return Err(Diagnostic::error("qua-lon", At::File(name.to_owned()), message).hint(hint));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    // A file of Latin letters in UTF-16 without a mark is valid UTF-8, full of NULs.
    let text = std::str::from_utf8(bytes)
        .ok()
        .filter(|_| !is_utf16(bytes))
        .ok_or_else(|| not_utf8(name, bytes))?;
    Ok(text.replace("\r\n", "\n").replace('\r', "\n"))
}

fn no_text(name: &str, what: &str) -> Diagnostic {
    let (wanted, hint) = if name.to_lowercase().ends_with(".csv") {
        (
            "tệp CSV",
            "nếu là tệp Excel kiểu mới, đổi đuôi tên tệp thành .xlsx; nếu không, mở bằng Excel, chọn Lưu thành (Save As), kiểu “CSV UTF-8”",
        )
    } else {
        (
            "hồ sơ",
            "hồ sơ là tệp chữ soạn bằng Notepad hay trình soạn thảo tương tự, lưu bằng mã UTF-8",
        )
    };
    let message = format!("đây là {what}, không phải {wanted}");
    Diagnostic::error("khong-utf8", At::File(name.to_owned()), message).hint(hint)
}

/// A file of another program, by its first bytes.
fn foreign(bytes: &[u8]) -> Option<&'static str> {
    const KINDS: [(&[u8], &str); 4] = [
        (b"PK\x03\x04", "tệp Word, Excel hoặc tệp nén"),
        (b"\xd0\xcf\x11\xe0", "tệp Word hoặc Excel đời cũ"),
        (b"%PDF-", "tệp PDF"),
        (b"{\\rtf", "tệp RTF của Word"),
    ];
    KINDS.iter().find(|(start, _)| bytes.starts_with(start)).map(|&(_, what)| what)
}

fn is_utf16(bytes: &[u8]) -> bool {
    let nuls = bytes.iter().take(512).filter(|&&byte| byte == 0).count();
    bytes.starts_with(b"\xff\xfe")
        || bytes.starts_with(b"\xfe\xff")
        || nuls * 8 > bytes.len().min(512)
}

fn not_utf8(name: &str, bytes: &[u8]) -> Diagnostic {
    let good = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), |_| 0);
    let line = bytes[..good].iter().filter(|&&byte| byte == b'\n').count() + 1;
    let latin_1: String = bytes.iter().map(|&byte| char::from(byte)).collect();
    let message = if is_utf16(bytes) {
        "tệp được lưu bằng mã UTF-16, không phải UTF-8".to_owned()
    } else if let Some(legacy) = text::legacy_encoding(&latin_1) {
        format!("tệp được gõ bằng mã cũ {legacy}, không phải Unicode UTF-8")
    } else {
        format!("tệp không phải UTF-8 (từ dòng {line}), có lẽ được lưu bằng mã ANSI của Windows")
    };
    let hint = if name.to_lowercase().ends_with(".csv") {
        "trong Excel chọn Lưu thành (Save As), kiểu “CSV UTF-8”"
    } else {
        "mở bằng Notepad, chọn Lưu thành (Save As), mục Mã hóa (Encoding) chọn UTF-8"
    };
    Diagnostic::error("khong-utf8", At::File(name.to_owned()), message).hint(hint)
}

/// The composed text, and an information when it was not composed.
pub fn compose(text: String, source: SourceId, faults: &mut Faults) -> String {
    let composed = match text::nfc(&text) {
        std::borrow::Cow::Borrowed(_) => return text,
        std::borrow::Cow::Owned(composed) => composed,
    };
    let lines =
        text.lines().zip(composed.lines()).filter(|(before, after)| before != after).count();
    let first = first_difference(&text, &composed);
    let end = first + composed[first..].chars().next().map_or(0, char::len_utf8);
    faults.add(
        Diagnostic::info(
            "chua-nfc",
            At::Bytes { source, range: first..end },
            format!("{lines} dòng có dấu tiếng Việt viết rời (Unicode tổ hợp); chương trình đã ghép thành Unicode dựng sẵn"),
        )
        .hint("trong bộ gõ, chọn bảng mã “Unicode” (dựng sẵn)"),
    );
    composed
}

fn first_difference(before: &str, after: &str) -> usize {
    let common = before.chars().zip(after.chars()).take_while(|(a, b)| a == b);
    common.map(|(c, _)| c.len_utf8()).sum()
}

/// Reports characters that must not reach a document, and blanks them out in `masked`.
pub fn refuse_characters(text: &str, source: SourceId, masked: &mut Mask, faults: &mut Faults) {
    let mut found = 0;
    for (at, c) in text.char_indices() {
        let Some(what) = forbidden_char(c) else { continue };
        let range = at..at + c.len_utf8();
        // The letter ư of TCVN3, by which that encoding is known.
        if c != '\u{ad}' || text::legacy_encoding(line_at(text, at)).is_none() {
            masked.fill(range.clone(), b'_');
        }
        found += 1;
        if found <= MAX_CHARACTER_FAULTS {
            let message = format!("có {what} (U+{:04X}) trong tệp", u32::from(c));
            faults.add(
                Diagnostic::error("ky-tu-cam", At::Bytes { source, range }, message)
                    .hint("xóa ký tự này: đặt con trỏ ngay sau nó rồi bấm phím xóa lùi"),
            );
        }
    }
    if found > MAX_CHARACTER_FAULTS {
        let message = format!("còn {} ký tự không được phép nữa", found - MAX_CHARACTER_FAULTS);
        faults.add(Diagnostic::error(
            "ky-tu-cam",
            At::File(faults.source_name().to_owned()),
            message,
        ));
    }
}

fn line_at(text: &str, at: usize) -> &str {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    text[start..].lines().next().unwrap_or_default()
}

/// A text in which what was reported is painted over, every offset staying where it is.
#[derive(Clone, Debug)]
pub struct Mask {
    bytes: Vec<u8>,
}

impl Mask {
    pub fn new(text: &str) -> Self {
        Self { bytes: text.as_bytes().to_vec() }
    }

    /// Paints whole characters with an ASCII one; line breaks stay.
    pub fn fill(&mut self, range: Range<usize>, with: u8) {
        for byte in &mut self.bytes[range] {
            if *byte != b'\n' {
                *byte = with;
            }
        }
    }

    pub fn blank(&mut self, range: Range<usize>) {
        self.fill(range, b' ');
    }

    /// In place of a value: nothing given.
    pub fn null(&mut self, range: Range<usize>) {
        let start = range.start;
        self.blank(range.clone());
        if !range.is_empty() {
            self.bytes[start] = b'~';
        }
    }

    pub fn text(&self) -> std::borrow::Cow<'_, str> {
        // Only whole characters are painted, so nothing is lost here.
        String::from_utf8_lossy(&self.bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    fn refused(bytes: &[u8], expected: &Expect) {
        let found = decode("ho_so.yaml", bytes, MIB).unwrap_err();
        expected.assert_eq(&found.message);
    }

    #[test]
    fn a_file_in_another_encoding_is_refused_by_its_name() {
        let utf16: Vec<u8> = "loai: báo\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        refused(&utf16, &expect!["tệp được lưu bằng mã UTF-16, không phải UTF-8"]);
        let tcvn3: Vec<u8> =
            "C\u{e9}ng h\u{df}a x\u{b7} h\u{e9}i".chars().map(|c| c as u8).collect();
        refused(
            &tcvn3,
            &expect!["tệp được gõ bằng mã cũ TCVN3 (phông .VnTime), không phải Unicode UTF-8"],
        );
        refused(
            b"loai: a\nten: \xd2\xff\n",
            &expect!["tệp không phải UTF-8 (từ dòng 2), có lẽ được lưu bằng mã ANSI của Windows"],
        );
        refused(&vec![b' '; MIB + 1], &expect!["tệp lớn hơn 1 MiB"]);
    }

    #[test]
    fn a_mark_and_line_ends_of_windows_are_taken_off() {
        assert_eq!(decode("a", b"\xef\xbb\xbfa: 1\r\nb: 2\r", MIB).unwrap(), "a: 1\nb: 2\n");
    }
}
