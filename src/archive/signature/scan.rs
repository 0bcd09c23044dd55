//! A scan (bản quét) of signed paper: kept as it is, known by how its bytes begin.

use std::fmt;

use crate::archive::Failure;

/// Bytes of a scan.
pub const MAX_SCAN_BYTES: usize = 100 << 20;

/// What a scanner writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScanKind {
    Pdf,
    Jpeg,
    Png,
    Tiff,
}

/// Why a file is no scan: the fact, in Vietnamese; the next step is [`ScanFault::hint`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScanFault {
    TooLarge,
    Empty,
    Unknown,
}

impl ScanKind {
    /// Of the file in the record.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Tiff => "tif",
        }
    }
}

/// What kind of scan these bytes are, by their first bytes alone: what they show is not judged.
///
/// # Errors
/// More than [`MAX_SCAN_BYTES`], none, or another format.
pub fn is_scan(bytes: &[u8]) -> Result<ScanKind, ScanFault> {
    match bytes {
        [] => Err(ScanFault::Empty),
        _ if bytes.len() > MAX_SCAN_BYTES => Err(ScanFault::TooLarge),
        _ if bytes.starts_with(b"%PDF-") => Ok(ScanKind::Pdf),
        _ if bytes.starts_with(b"\xff\xd8\xff") => Ok(ScanKind::Jpeg),
        _ if bytes.starts_with(b"\x89PNG\r\n\x1a\n") => Ok(ScanKind::Png),
        _ if bytes.starts_with(b"II*\0") || bytes.starts_with(b"MM\0*") => Ok(ScanKind::Tiff),
        _ => Err(ScanFault::Unknown),
    }
}

impl ScanFault {
    /// The next step.
    pub const fn hint(self) -> &'static str {
        match self {
            Self::TooLarge => "quét lại ở 200–300 dpi, hoặc tách thành nhiều tệp",
            Self::Empty => "quét lại, rồi mở tệp xem trước khi đính kèm",
            Self::Unknown => "lưu bản quét thành PDF, JPEG, PNG hoặc TIFF rồi đính kèm",
        }
    }
}

impl fmt::Display for ScanFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge => write!(f, "bản quét lớn hơn {} MiB", MAX_SCAN_BYTES >> 20),
            Self::Empty => f.write_str("tệp bản quét không có gì bên trong"),
            Self::Unknown => {
                f.write_str("tệp không phải bản quét: không nhận ra PDF, JPEG, PNG hay TIFF")
            }
        }
    }
}

impl std::error::Error for ScanFault {}

impl From<ScanFault> for Failure {
    fn from(fault: ScanFault) -> Self {
        Self::refused(fault.to_string(), fault.hint())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scan_is_known_by_how_it_begins() {
        let kinds = [
            (&b"%PDF-1.4\n"[..], Ok(ScanKind::Pdf)),
            (b"\xff\xd8\xff\xe0", Ok(ScanKind::Jpeg)),
            (b"\x89PNG\r\n\x1a\n", Ok(ScanKind::Png)),
            (b"II*\0", Ok(ScanKind::Tiff)),
            (b"MM\0*", Ok(ScanKind::Tiff)),
            (b"PK\x03\x04", Err(ScanFault::Unknown)),
            (b"", Err(ScanFault::Empty)),
        ];
        for (bytes, kind) in kinds {
            assert_eq!(is_scan(bytes), kind, "{bytes:?}");
        }
    }

    #[test]
    fn a_scan_of_more_than_100_mib_is_refused() {
        let mut bytes = vec![0; MAX_SCAN_BYTES + 1];
        bytes[..5].copy_from_slice(b"%PDF-");
        assert_eq!(is_scan(&bytes), Err(ScanFault::TooLarge));
    }
}
