//! Which texts a command took: an office's edited wordings that lie near and were not asked
//! for, accepted ones that were deleted, a type's code that holds the agency's too.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod program;

use std::fs;
use std::path::Path;

use program::{stderr, stdout, vanthu_in};

const ENDING: &str = "mau/chung/ket_bao_cao.md";

fn said(folder: &Path, call: &str) -> String {
    let ran = vanthu_in(folder, &call.split(' ').collect::<Vec<_>>());
    stderr(&ran) + &stdout(&ran)
}

fn edit(file: &Path, old: &str, new: &str) {
    let text = fs::read_to_string(file).unwrap();
    assert!(text.contains(old));
    fs::write(file, text.replace(old, new)).unwrap();
}

/// A folder with the wordings in `mau` and a case `quy_3`.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    said(folder.path(), "wording eject mau");
    said(folder.path(), "new bao_cao quy_3");
    folder
}

#[test]
fn edited_wordings_that_lie_near_and_are_not_used_are_told_in_one_line() {
    let folder = folder();
    let here = folder.path();
    let told =
        "Lời văn là bản có sẵn trong chương trình; dùng lời văn đã sửa ở mau thì thêm --root mau\n";
    let quiet = "quy_3: 0 lỗi, 0 cảnh báo, 0 thông tin\n";
    assert_eq!(said(here, "check quy_3"), quiet, "nothing is edited yet");
    edit(&here.join(ENDING), "kính báo cáo", "trân trọng báo cáo");
    assert_eq!(said(here, "check quy_3"), format!("{told}{quiet}"));
    assert_eq!(said(here, "check quy_3 --root mau"), quiet);
    assert!(said(here, "render --draft quy_3").starts_with(told));
    assert!(said(here, "wording check").starts_with(told));
    assert!(!said(here, "wording check --root mau").contains("có sẵn trong chương trình"));
    fs::create_dir(here.join("khac")).unwrap();
    let from_elsewhere = said(&here.join("khac"), "check ../quy_3");
    assert!(from_elsewhere.contains("--root ../mau"), "{from_elsewhere}");
}

#[test]
fn an_accepted_wording_that_was_deleted_is_told_as_gone() {
    let folder = folder();
    let here = folder.path();
    edit(&here.join(ENDING), "kính báo cáo", "trân trọng báo cáo");
    fs::write(here.join("mau/chung/them.md"), "Thêm.\n").unwrap();
    said(here, "wording accept --root mau --ngay 1/12/2025");
    fs::remove_file(here.join(ENDING)).unwrap();
    fs::remove_file(here.join("mau/chung/them.md")).unwrap();
    let told = said(here, "wording check --root mau");
    assert!(
        told.contains(
            "chung/ket_bao_cao.md: phiên bản 2, ghi nhận ngày 01/12/2025, không còn trong thư mục; \
             đang dùng bản có sẵn trong chương trình."
        ),
        "{told}"
    );
    assert!(
        told.contains("chung/them.md: phiên bản 1, ghi nhận ngày 01/12/2025, không còn tệp nào"),
        "{told}"
    );
    let told = said(here, "check quy_3 --root mau");
    assert!(told.contains("cảnh báo[loi-van-da-mat]: lời văn chung/ket_bao_cao.md"), "{told}");
    said(here, "wording accept --root mau --ngay 2/12/2025");
    assert_eq!(said(here, "check quy_3 --root mau"), "quy_3: 0 lỗi, 0 cảnh báo, 0 thông tin\n");
}

#[test]
fn a_code_of_a_type_that_holds_the_agencys_is_told_with_the_step() {
    let folder = folder();
    let here = folder.path();
    edit(&here.join("mau/bao_cao/loai.yaml"), "ky_hieu: BC", "ky_hieu: BC-UBND");
    let told = said(here, "wording check --root mau");
    assert!(told.contains("có cả ký hiệu cơ quan “UBND”"), "{told}");
    assert!(told.contains("`ky_hieu: BC`"), "{told}");
}
