//! A copy of the register is a register.

use std::fs;
use std::path::Path;

use expect_test::expect;
use vanthu::archive::place::Place;
use vanthu::archive::register::{Filter, Register};

use super::office::{Office, empty_place, series, wish};
use super::processes::start;
use super::tampering::{self, Content};

fn without(folder: &Path, said: &str) -> String {
    said.replace(folder.to_str().unwrap(), "…")
}

#[test]
fn a_copy_reads_the_same_and_goes_on_by_itself() {
    let mut office = tampering::office();
    // Some of it stands only in the log.
    office.register.reserve(&wish(&series(2026), 50)).unwrap();
    let before = Content::of(&office.register).unwrap();
    let (_folder, place) = empty_place();
    office.register.copy_to(&place.register()).unwrap();
    assert_eq!(names(&place), ["so_dang_ky.db"]);

    let copy = Register::open_to_read(&place).unwrap();
    assert_eq!(Content::of(&copy).unwrap(), before);
    assert_eq!(copy.verify().unwrap(), []);
    let text = Filter { text: Some("báo cáo".to_owned()), ..Filter::default() };
    assert_eq!(copy.rows(&text).unwrap(), office.register.rows(&text).unwrap());
    drop(copy);

    let mut copy = Register::open(&place).unwrap();
    assert_eq!(copy.reserve(&wish(&series(2026), 51)).unwrap().key.number, 14);
    assert_eq!(copy.verify().unwrap(), []);
    assert_eq!(Content::of(&office.register).unwrap(), before);
    // Readers and the writer do not wait for one another, as in the register it was made of.
    let mode: String = rusqlite::Connection::open(place.register())
        .unwrap()
        .pragma_query_value(None, "journal_mode", |row| row.get(0))
        .unwrap();
    assert_eq!(mode, "wal");
}

fn names(place: &Place) -> Vec<String> {
    let names = fs::read_dir(place.archive()).unwrap();
    let mut names: Vec<String> =
        names.map(|name| name.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_copy_is_made_over_nothing() {
    let office = tampering::office();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ban_chep.db");
    fs::write(&path, "của người khác").unwrap();
    let said = office.register.copy_to(&path).unwrap_err().to_string();
    expect![[r#"
        đã có tệp …/ban_chep.db
          = gợi ý: đặt tên khác"#]]
    .assert_eq(&without(folder.path(), &said));
    assert_eq!(fs::read_to_string(&path).unwrap(), "của người khác");
    #[cfg(unix)]
    {
        let link = folder.path().join("lien_ket.db");
        std::os::unix::fs::symlink(folder.path().join("khong_co"), &link).unwrap();
        let said = office.register.copy_to(&link).unwrap_err().to_string();
        expect![[r#"
            đã có tệp …/lien_ket.db
              = gợi ý: đặt tên khác"#]]
        .assert_eq(&without(folder.path(), &said));
        assert!(!folder.path().join("khong_co").exists());
    }
}

#[test]
fn a_copy_into_a_folder_that_is_not_there_names_the_folder() {
    let office = tampering::office();
    let folder = tempfile::tempdir().unwrap();
    let said = office.register.copy_to(&folder.path().join("o_usb/ban_chep.db")).unwrap_err();
    expect![[r#"
        không mở hoặc không ghi được bản sao sổ đăng ký …/o_usb/ban_chep.db
          = gợi ý: xem thư mục …/o_usb có còn và có cho ghi không, rồi chạy lại đúng lệnh vừa gõ"#]]
    .assert_eq(&without(folder.path(), &said.to_string()));
}

#[test]
fn a_copy_of_a_broken_register_names_the_register_and_leaves_no_half() {
    let office = tampering::office();
    let mut bytes = fs::read(office.place.register()).unwrap();
    let Office { folder, place, register } = office;
    drop(register);
    // The last page but two, behind what opening looks at.
    let at = bytes.len() - 3 * 4096;
    bytes[at..at + 4096].fill(0x5a);
    fs::write(place.register(), bytes).unwrap();
    let register = Register::open_to_read(&place).unwrap();
    let copy = folder.path().join("ban_chep.db");
    let said = register.copy_to(&copy).unwrap_err().to_string();
    expect![[r#"
        sổ đăng ký …/luu_tru/so_dang_ky.db đã hỏng, không đọc được hết
          = gợi ý: đừng ghi gì thêm; gõ `vanthu archive verify` để xem hết, rồi `vanthu register rebuild` để lập lại sổ từ hồ sơ; không được thì lấy cả kho từ bản sao lưu"#]].assert_eq(&without(&folder.path().canonicalize().unwrap(), &said));
    assert!(!copy.exists());
}

#[test]
fn copies_made_while_another_process_writes_are_each_of_one_moment() {
    let office = Office::new();
    let mut process = start("work", office.folder.path(), &["0".to_owned(), "0".to_owned()]);
    assert_eq!(process.line().as_deref(), Some("ready"));
    process.go();
    let mut seen = Vec::new();
    for _ in 0..8 {
        assert!(process.line().is_some(), "the writer goes on");
        let (_folder, place) = empty_place();
        office.register.copy_to(&place.register()).unwrap();
        let copy = Register::open(&place).unwrap();
        assert_eq!(copy.verify().unwrap(), []);
        // What it knows, the register knows too.
        assert_eq!(office.register.verify_against(&copy.head().unwrap()).unwrap(), []);
        let rows = copy.rows(&Filter::default()).unwrap();
        for row in &rows {
            let now = office.register.by_key(&row.entry.key).unwrap().unwrap();
            assert_eq!(now.entry.request, row.entry.request);
        }
        seen.push(rows.len());
    }
    process.child.kill().unwrap();
    process.child.wait().unwrap();
    assert!(seen.is_sorted() && seen.first() < seen.last(), "{seen:?}");
}
