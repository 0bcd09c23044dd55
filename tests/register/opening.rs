//! A register that is not what it should be is not opened, and the clerk is told what to do.

use std::fs;

use expect_test::{Expect, expect};
use rusqlite::Connection;
use vanthu::archive::place::Place;
use vanthu::archive::register::Register;

use super::office::{Office, empty_place, series, wish};
use super::tampering::{self, Content};

fn says(change: impl FnOnce(&Place), expected: &Expect) {
    expected.assert_eq(&said(change));
}

/// What opening says of an office that was changed so, to read and to write alike.
fn said(change: impl FnOnce(&Place)) -> String {
    let Office { folder, place, register } = tampering::office();
    drop(register);
    change(&place);
    let before = fs::read(place.register()).ok();
    let said = Register::open(&place).unwrap_err().to_string();
    assert_eq!(Register::open_to_read(&place).unwrap_err().to_string(), said);
    assert_eq!(fs::read(place.register()).ok(), before, "what is not ours is left alone");
    let root = folder.path().canonicalize().unwrap();
    said.replace(root.to_str().unwrap(), "…")
}

#[test]
fn a_register_that_is_gone_is_asked_for() {
    says(
        |place| fs::remove_file(place.register()).unwrap(),
        &expect![[r#"
            không có sổ đăng ký …/luu_tru/so_dang_ky.db
              = gợi ý: gõ `vanthu register rebuild` để lập lại sổ từ hồ sơ lưu trữ, hoặc lấy cả kho từ bản sao lưu"#]],
    );
}

#[test]
fn an_archive_that_is_gone_is_named() {
    says(
        |place| fs::remove_dir_all(place.archive()).unwrap(),
        &expect![[r#"
        không đọc, ghi được …/luu_tru: không có tệp hoặc thư mục này
          = gợi ý: kiểm tra đường dẫn rồi chạy lại"#]],
    );
}

#[cfg(unix)]
#[test]
fn a_link_is_not_followed_even_to_a_good_register() {
    says(
        |place| {
            let elsewhere = place.root().join("so.db");
            fs::rename(place.register(), &elsewhere).unwrap();
            std::os::unix::fs::symlink(elsewhere, place.register()).unwrap();
        },
        &expect![[r#"
            …/luu_tru/so_dang_ky.db là liên kết đến nơi khác, không phải tệp sổ đăng ký
              = gợi ý: xóa liên kết rồi gõ `vanthu register rebuild` để lập lại sổ từ hồ sơ"#]],
    );
}

#[test]
fn a_folder_is_no_register() {
    says(
        |place| {
            fs::remove_file(place.register()).unwrap();
            fs::create_dir(place.register()).unwrap();
        },
        &expect![[r#"
            …/luu_tru/so_dang_ky.db không phải một tệp
              = gợi ý: gõ `vanthu register rebuild` để lập lại sổ từ hồ sơ (thứ này được giữ lại, đuôi .cu-N)"#]],
    );
}

#[test]
fn a_text_an_empty_file_and_a_foreign_database_are_no_register() {
    let ways: [fn(&Place); 4] = [
        |place| fs::write(place.register(), "Sổ đăng ký văn bản đi năm 2026\n").unwrap(),
        |place| fs::write(place.register(), [b' '; 10_000]).unwrap(),
        |place| fs::write(place.register(), "").unwrap(),
        |place| {
            fs::remove_file(place.register()).unwrap();
            let foreign = Connection::open(place.register()).unwrap();
            foreign.execute_batch("CREATE TABLE van_ban (so, ngay)").unwrap();
        },
    ];
    let said: Vec<String> = ways.into_iter().map(said).collect();
    assert_eq!(said, [said[0].clone(), said[0].clone(), said[0].clone(), said[0].clone()]);
    expect![[r#"
        …/luu_tru/so_dang_ky.db không phải sổ đăng ký của vanthu, hoặc đã hỏng từ đầu tệp
          = gợi ý: gõ `vanthu register rebuild` để lập lại sổ từ hồ sơ (tệp này được giữ lại, đuôi .cu-N), hoặc lấy cả kho từ bản sao lưu"#]].assert_eq(&said[0]);
}

#[test]
fn a_register_of_a_newer_program_is_left_to_it() {
    says(
        |place| {
            let register = Connection::open(place.register()).unwrap();
            register.pragma_update(None, "user_version", 2).unwrap();
        },
        &expect![[r#"
            …/luu_tru/so_dang_ky.db do bản vanthu mới hơn lập (sổ kiểu 2, bản này đọc được đến kiểu 1)
              = gợi ý: dùng bản vanthu mới hơn"#]],
    );
}

#[test]
fn a_register_with_other_triggers_is_not_trusted() {
    says(
        |place| {
            let register = Connection::open(place.register()).unwrap();
            register.execute_batch("DROP TRIGGER event_is_never_deleted").unwrap();
        },
        &expect![[r#"
            kho lưu trữ không còn nguyên vẹn: cấu trúc của …/luu_tru/so_dang_ky.db đã bị đổi ở “event_is_never_deleted”; lập lại được sổ từ hồ sơ bằng `vanthu register rebuild`
              = gợi ý: đừng ghi gì thêm; gõ `vanthu archive verify` để xem hết, rồi lấy lại từ bản sao lưu"#]],
    );
}

#[test]
fn pages_that_make_no_sense_are_told_as_damage() {
    says(
        |place| {
            let mut bytes = fs::read(place.register()).unwrap();
            bytes[100..4096].fill(0x5a);
            fs::write(place.register(), bytes).unwrap();
        },
        &expect![[r#"
            sổ đăng ký …/luu_tru/so_dang_ky.db đã hỏng, không đọc được hết
              = gợi ý: đừng ghi gì thêm; gõ `vanthu archive verify` để xem hết, rồi `vanthu register rebuild` để lập lại sổ từ hồ sơ; không được thì lấy cả kho từ bản sao lưu"#]],
    );
}

#[cfg(unix)]
#[test]
fn a_link_beside_the_register_is_not_written_through() {
    let said = ["-wal", "-shm", "-journal"].map(|suffix| {
        said(|place| {
            let victim = place.root().join("ghi_chep.txt");
            fs::write(&victim, "").unwrap();
            let link = format!("{}{suffix}", place.register().display());
            let _ = fs::remove_file(&link);
            std::os::unix::fs::symlink(&victim, link).unwrap();
            let _ = Register::open(place).and_then(|mut it| it.reserve(&wish(&series(2026), 77)));
            assert_eq!(fs::read(victim).unwrap(), b"", "{suffix}");
        })
    });
    expect![[r#"
        …/luu_tru/so_dang_ky.db-wal là liên kết đến nơi khác
          = gợi ý: xóa liên kết đó, rồi gõ `vanthu archive verify` xem sổ còn đủ không
        …/luu_tru/so_dang_ky.db-shm là liên kết đến nơi khác
          = gợi ý: xóa liên kết đó, rồi gõ `vanthu archive verify` xem sổ còn đủ không
        …/luu_tru/so_dang_ky.db-journal là liên kết đến nơi khác
          = gợi ý: xóa liên kết đó, rồi gõ `vanthu archive verify` xem sổ còn đủ không"#]]
    .assert_eq(&said.join("\n"));
}

#[test]
fn what_a_stranger_left_beside_the_register_changes_nothing_that_is_read() {
    let office = tampering::office();
    let before = Content::of(&office.register).unwrap();
    let Office { folder: _folder, place, register } = office;
    drop(register);
    let whole = fs::read(place.register()).unwrap();
    let beside = |suffix: &str| format!("{}{suffix}", place.register().display());
    for suffix in ["-wal", "-shm", "-journal"] {
        for bytes in [&b""[..], b"ghi chu", &[0xa5; 40_000]] {
            for old in ["-wal", "-shm", "-journal"] {
                let _ = fs::remove_file(beside(old));
            }
            fs::write(place.register(), &whole).unwrap();
            fs::write(beside(suffix), bytes).unwrap();
            let read = Register::open_to_read(&place).and_then(|register| Content::of(&register));
            assert_eq!(read.unwrap(), before, "{suffix}");
            let mut register = Register::open(&place).unwrap();
            assert_eq!(Content::of(&register).unwrap(), before, "{suffix}");
            register.reserve(&wish(&series(2026), 77)).unwrap();
            assert_eq!(register.verify().unwrap(), [], "{suffix}");
        }
    }
}

/// Who copies an older `so_dang_ky.db` back and leaves the newer log there.
#[test]
fn a_log_of_another_day_is_found_by_verification_or_by_opening() {
    let mut office = tampering::office();
    let old = fs::read(office.place.register()).unwrap();
    for request in 100..140 {
        office.register.reserve(&wish(&series(2026), request)).unwrap();
    }
    office.register.checkpoint().unwrap();
    for request in 140..150 {
        office.register.reserve(&wish(&series(2026), request)).unwrap();
    }
    let Office { folder: _folder, place, register } = office;
    drop(register);
    fs::write(place.register(), old).unwrap();
    let _ = fs::remove_file(format!("{}-shm", place.register().display()));
    // Pages of two days, whatever SQLite makes of them.
    let found = Register::open_to_read(&place).map(|register| register.verify().unwrap().len());
    assert!(found.is_err() || found.is_ok_and(|found| found > 0));
}

#[test]
fn an_archive_has_one_register() {
    let office = Office::new();
    let root = office.folder.path().canonicalize().unwrap();
    let said = Register::create(&office.place).unwrap_err().to_string();
    expect![[r#"
        đã có sổ đăng ký …/luu_tru/so_dang_ky.db
          = gợi ý: dùng sổ đang có; muốn lập lại sổ từ hồ sơ thì gõ `vanthu register rebuild`"#]]
    .assert_eq(&said.replace(root.to_str().unwrap(), "…"));
    let (_folder, place) = empty_place();
    assert!(Register::create(&place).is_ok());
}
