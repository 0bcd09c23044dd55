//! What SQLite says of a file, in the clerk's words: the place, the fact, the next step.

use std::fmt;
use std::path::{Path, PathBuf};

use rusqlite::{Error, ErrorCode, ffi};

use crate::archive::disk;

/// SQLite does not do what it is asked.
#[derive(Debug)]
pub struct Trouble {
    /// The register, or the copy that is made of it. Whoever opened the file knows it.
    path: Option<PathBuf>,
    is_copy: bool,
    error: Error,
}

/// What a clerk can do about it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Full,
    Broken,
    Closed,
    Busy,
    Disk,
    Other,
}

impl Trouble {
    pub(super) fn is_no_database(&self) -> bool {
        self.error.sqlite_error_code() == Some(ErrorCode::NotADatabase)
    }

    /// A reader may not take back what was half written.
    pub(super) fn is_half_written(&self) -> bool {
        self.error.sqlite_extended_error_code() == Some(ffi::SQLITE_READONLY_ROLLBACK)
    }

    /// The file, unless a nearer place was named already.
    pub(in crate::archive) fn at(self, path: &Path) -> Self {
        Self { path: self.path.or_else(|| Some(path.to_owned())), ..self }
    }

    /// Of a copy that is being made: what is broken is the register, all else is about the copy.
    pub(super) fn of_copy(self, register: &Path, copy: &Path) -> Self {
        let is_copy = self.kind() != Kind::Broken;
        Self { is_copy, ..self }.at(if is_copy { copy } else { register })
    }

    fn kind(&self) -> Kind {
        let Some(code) = self.error.sqlite_error_code() else {
            return match self.error {
                // A cell that holds another kind of thing than we ever write.
                Error::FromSqlConversionFailure(..)
                | Error::IntegralValueOutOfRange(..)
                | Error::InvalidColumnType(..)
                | Error::Utf8Error(..) => Kind::Broken,
                _ => Kind::Other,
            };
        };
        match code {
            ErrorCode::DiskFull => Kind::Full,
            ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => Kind::Broken,
            ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied => {
                Kind::Closed
            }
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Kind::Busy,
            ErrorCode::SystemIoFailure => Kind::Disk,
            _ => Kind::Other,
        }
    }

    /// What is so, of a file by its name.
    pub(super) fn fact(&self, file: &str) -> String {
        match self.kind() {
            Kind::Full => format!("ổ đĩa đã đầy, không ghi thêm được vào {file}"),
            Kind::Broken => format!("{file} đã hỏng, không đọc được hết"),
            Kind::Closed => format!("không mở hoặc không ghi được {file}"),
            Kind::Busy => format!("chương trình khác đang giữ {file}"),
            Kind::Disk => format!("ổ đĩa báo lỗi khi đọc, ghi {file}"),
            Kind::Other => format!("{file} không dùng được: {}", self.error),
        }
    }

    fn next_step(&self) -> String {
        match self.kind() {
            Kind::Full => {
                "giải phóng ổ đĩa rồi chạy lại đúng lệnh vừa gõ; số đã giữ không mất".to_owned()
            }
            Kind::Broken => "đừng ghi gì thêm; gõ `vanthu archive verify` để xem hết, rồi `vanthu register rebuild` để lập lại sổ từ hồ sơ; không được thì lấy cả kho từ bản sao lưu".to_owned(),
            Kind::Closed => {
                let folder = self.path.as_deref().map(disk::parent);
                format!(
                    "xem thư mục {} có còn và có cho ghi không, rồi chạy lại đúng lệnh vừa gõ",
                    folder.map_or("của sổ".to_owned(), |folder| folder.display().to_string())
                )
            }
            Kind::Busy => "đóng chương trình đó rồi chạy lại đúng lệnh vừa gõ".to_owned(),
            Kind::Disk | Kind::Other => {
                "xem ổ đĩa còn chỗ và còn tốt không, rồi chạy lại đúng lệnh vừa gõ".to_owned()
            }
        }
    }
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        Self { path: None, is_copy: false, error }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut file = if self.is_copy { "bản sao sổ đăng ký" } else { "sổ đăng ký" }.to_owned();
        if let Some(path) = &self.path {
            file = format!("{file} {}", path.display());
        }
        write!(f, "{}\n  = gợi ý: {}", self.fact(&file), self.next_step())
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use expect_test::{Expect, expect};

    use crate::archive::place::Place;
    use crate::archive::register::{Filter, Register, Wish};
    use crate::archive::{RequestId, Series};

    fn office() -> (tempfile::TempDir, Place, Register) {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::new(folder.path().canonicalize().unwrap());
        std::fs::create_dir(place.archive()).unwrap();
        let register = Register::create(&place).unwrap();
        (folder, place, register)
    }

    fn wish(request: u128) -> Wish {
        Wish {
            series: Series { organ: "UBND tỉnh A".into(), label: "chung".into(), year: 2026 },
            request: RequestId::of(request),
            date: NaiveDate::from_ymd_opt(2026, 1, 5).unwrap(),
            number: None,
            at: "2026-01-05T08:00:00+07:00".into(),
            actor: "Trần Thị B".into(),
            subject: "Tình hình giải ngân vốn đầu tư công ".repeat(200),
            type_name: "Báo cáo".into(),
        }
    }

    fn check(place: &Place, said: &str, expected: &Expect) {
        expected.assert_eq(&said.replace(place.root().to_str().unwrap(), "…"));
    }

    #[test]
    fn on_a_full_disk_no_number_is_given_and_the_same_wish_gets_it_once_there_is_room() {
        let (_folder, place, mut register) = office();
        register.reserve(&wish(1)).unwrap();
        let pages = |register: &Register, name: &str| -> i64 {
            register.connection.pragma_query_value(None, name, |row| row.get(0)).unwrap()
        };
        let full = pages(&register, "page_count") + 4;
        register
            .connection
            .pragma_update_and_check(None, "max_page_count", full, |_| Ok(()))
            .unwrap();
        let mut given = 1;
        let said = loop {
            match register.reserve(&wish(given + 1)) {
                Ok(_) => given += 1,
                Err(failure) => break failure.to_string(),
            }
        };
        check(
            &place,
            &said,
            &expect![[r#"
            ổ đĩa đã đầy, không ghi thêm được vào sổ đăng ký …/luu_tru/so_dang_ky.db
              = gợi ý: giải phóng ổ đĩa rồi chạy lại đúng lệnh vừa gõ; số đã giữ không mất"#]],
        );
        let rows = register.count(&Filter::default()).unwrap();
        assert_eq!(u128::try_from(rows).unwrap(), given);
        assert_eq!(register.verify().unwrap(), []);
        register
            .connection
            .pragma_update_and_check(None, "max_page_count", 1_000_000, |_| Ok(()))
            .unwrap();
        let again = register.reserve(&wish(given + 1)).unwrap();
        assert_eq!((u128::from(again.key.number), again.again), (given + 1, false));
        assert_eq!(register.verify().unwrap(), []);
    }

    #[test]
    fn a_register_that_may_only_be_read_takes_nothing() {
        let (_folder, place, mut register) = office();
        register.reserve(&wish(1)).unwrap();
        let mut reader = Register::open_to_read(&place).unwrap();
        check(
            &place,
            &reader.reserve(&wish(2)).unwrap_err().to_string(),
            &expect![[r#"
            không mở hoặc không ghi được sổ đăng ký …/luu_tru/so_dang_ky.db
              = gợi ý: xem thư mục …/luu_tru có còn và có cho ghi không, rồi chạy lại đúng lệnh vừa gõ"#]],
        );
        assert_eq!(register.count(&Filter::default()).unwrap(), 1);
    }

    #[test]
    fn somebody_else_who_writes_for_too_long_is_told() {
        let (_folder, place, mut register) = office();
        let other = Register::open(&place).unwrap();
        other.connection.execute_batch("BEGIN IMMEDIATE").unwrap();
        register.connection.busy_timeout(std::time::Duration::ZERO).unwrap();
        check(
            &place,
            &register.reserve(&wish(1)).unwrap_err().to_string(),
            &expect![[r#"
            chương trình khác đang giữ sổ đăng ký …/luu_tru/so_dang_ky.db
              = gợi ý: đóng chương trình đó rồi chạy lại đúng lệnh vừa gõ"#]],
        );
        other.connection.execute_batch("ROLLBACK").unwrap();
        assert_eq!(register.reserve(&wish(1)).unwrap().key.number, 1);
    }

    /// No disk fails when a test wants it to, so this is about the words alone.
    #[test]
    fn what_the_disk_refuses_is_told_as_the_disks() {
        let (_folder, place, register) = office();
        let error = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_IOERR_FSYNC);
        let failure = crate::archive::Failure::from(rusqlite::Error::SqliteFailure(error, None));
        check(
            &place,
            &failure.at(&register.path).to_string(),
            &expect![[r#"
            ổ đĩa báo lỗi khi đọc, ghi sổ đăng ký …/luu_tru/so_dang_ky.db
              = gợi ý: xem ổ đĩa còn chỗ và còn tốt không, rồi chạy lại đúng lệnh vừa gõ"#]],
        );
    }
}
