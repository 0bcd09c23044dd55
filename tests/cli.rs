//! The program as a clerk runs it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod program;

use std::path::{Path, PathBuf};
use std::process::Command;

use program::{stderr, stdout, vanthu, with_another_word};

#[test]
fn render_writes_both_formats_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let out = vanthu(&["render", &example(), "--out", &text(folder.path())]);
    assert_eq!(out.status.code(), Some(0), "{}", stderr(&out));
    assert!(stdout(&out).starts_with("Đã xuất "), "{}", stdout(&out));
    assert_eq!(names(folder.path()), ["kien_giang_2022.docx", "kien_giang_2022.pdf"]);
}

#[test]
fn the_number_of_jobs_does_not_change_a_byte() {
    let cases: Vec<String> = ["so_noi_vu_lam_dong", "so_y_te_hai_phu_luc"]
        .map(|name| text(&root().join("tests/cases/samples").join(name)))
        .into();
    let render = |jobs: &str| {
        let folder = tempfile::tempdir().unwrap();
        let out = text(folder.path());
        let args = ["render", &example(), &cases[0], &cases[1], "--jobs", jobs, "--out", &out];
        assert_eq!(vanthu(&args).status.code(), Some(0));
        let files = names(folder.path());
        let bytes: Vec<Vec<u8>> =
            files.iter().map(|name| std::fs::read(folder.path().join(name)).unwrap()).collect();
        (files, bytes)
    };
    assert!(render("1") == render("2"));
}

#[test]
fn one_bad_case_stops_no_other_and_the_highest_exit_code_counts() {
    let folder = tempfile::tempdir().unwrap();
    let bad = folder.path().join("sai");
    std::fs::create_dir(&bad).unwrap();
    std::fs::write(bad.join("ho_so.yaml"), "loai: bao_cao\n").unwrap();
    let out = folder.path().join("ra");
    let ran = vanthu(&["render", &text(&bad), &example(), "--out", &text(&out)]);
    assert_eq!(ran.status.code(), Some(2));
    assert_eq!(names(&out), ["kien_giang_2022.docx", "kien_giang_2022.pdf"]);
}

#[test]
fn two_cases_of_one_name_are_refused_before_anything_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let ran = vanthu(&["render", &example(), &example(), "--out", &text(folder.path())]);
    assert_eq!(ran.status.code(), Some(2));
    assert!(stderr(&ran).contains("cùng ghi ra"), "{}", stderr(&ran));
    assert!(names(folder.path()).is_empty());
}

#[test]
fn a_final_is_refused_when_the_acceptance_is_taken_away() {
    let folder = tempfile::tempdir().unwrap();
    let case = copy_of_example(folder.path());
    let file = case.join("ho_so.yaml");
    let yaml = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, &yaml[..yaml.find("chap_nhan:").unwrap()]).unwrap();
    let checked = vanthu(&["check", &text(&case)]);
    assert_eq!(checked.status.code(), Some(1));
    assert!(stdout(&checked).contains("lỗi[tong-khong-khop]"), "{}", stdout(&checked));
    let rendered = vanthu(&["render", &text(&case)]);
    assert_eq!(rendered.status.code(), Some(1));
    assert_eq!(names(&case), ["ho_so.yaml", "phu_luc.csv"]);
}

#[test]
fn a_table_too_long_for_one_pdf_still_comes_as_docx() {
    let folder = tempfile::tempdir().unwrap();
    let case = folder.path().join("ho_so");
    std::fs::create_dir(&case).unwrap();
    let sample = root().join("tests/cases/samples/so_noi_vu_lam_dong/ho_so.yaml");
    let appendix = "phu_luc:\n  - tieu_de: Danh mục hồ sơ\n    cot:\n      \
        - {khoa: ten, ten: Tên hồ sơ}\n    dong_tu_tep: {tep: danh_muc.csv}\n";
    let yaml = std::fs::read_to_string(sample).unwrap();
    let yaml = yaml.replacen("1.204 hồ sơ,", "1.204 hồ sơ (kèm theo phụ lục),", 1);
    std::fs::write(case.join("ho_so.yaml"), yaml + appendix).unwrap();
    let rows = |count: usize| "\nHồ sơ".repeat(count);
    std::fs::write(case.join("danh_muc.csv"), "ten".to_owned() + &rows(20_001)).unwrap();
    let rendered = vanthu(&["render", &text(&case)]);
    assert_eq!(rendered.status.code(), Some(1));
    assert!(
        stderr(&rendered).contains(
            "lỗi: bảng có 20.001 dòng, bản PDF nhiều nhất 20.000 dòng một tệp, nên chưa xuất PDF\n  \
             = gợi ý: ghi `chia_tap: 10.100` ở phụ lục để bản PDF ra thành nhiều tệp, mỗi tệp cần không quá 0,5 GB bộ nhớ"
        ),
        "{}",
        stderr(&rendered)
    );
    assert_eq!(names(&case), ["danh_muc.csv", "ho_so.docx", "ho_so.yaml"]);
}

#[test]
fn a_docx_edited_by_hand_survives_the_next_render() {
    let folder = tempfile::tempdir().unwrap();
    let render = |extra: &[&str]| {
        let out = text(folder.path());
        let example = example();
        let mut args = vec!["render", &example, "--out", &out];
        args.extend(extra);
        vanthu(&args)
    };
    assert_eq!(render(&[]).status.code(), Some(0));
    let docx = folder.path().join("kien_giang_2022.docx");
    let edited = with_another_word(&std::fs::read(&docx).unwrap(), "Trên đây", "Trên đó");
    std::fs::write(&docx, &edited).unwrap();

    let refused = render(&[]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(stderr(&refused).contains("đã được sửa tay"), "{}", stderr(&refused));
    assert!(std::fs::read(&docx).unwrap() == edited);

    assert_eq!(render(&["--force"]).status.code(), Some(0));
    let beside = folder.path().join("kien_giang_2022.sua-tay-1.docx");
    assert!(std::fs::read(beside).unwrap() == edited);
    assert!(std::fs::read(&docx).unwrap() != edited);
}

#[test]
fn a_file_that_is_not_ours_is_not_overwritten() {
    for name in ["kien_giang_2022.docx", "kien_giang_2022.pdf"] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, "of somebody else").unwrap();
        let ran = vanthu(&["render", &example(), "--out", &text(folder.path())]);
        assert_eq!(ran.status.code(), Some(1));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "of somebody else");
        assert_eq!(names(folder.path()), [name]);
    }
}

#[test]
fn a_signed_pdf_is_not_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let out = text(folder.path());
    assert_eq!(vanthu(&["render", &example(), "--out", &out]).status.code(), Some(0));
    let path = folder.path().join("kien_giang_2022.pdf");
    let mut signed = std::fs::read(&path).unwrap();
    signed.extend_from_slice(b"1 0 obj<</Type/Sig>>endobj\nstartxref\n0\n%%EOF\n");
    std::fs::write(&path, &signed).unwrap();
    assert_eq!(vanthu(&["render", &example(), "--out", &out]).status.code(), Some(1));
    assert!(std::fs::read(&path).unwrap() == signed);
}

#[test]
fn an_undated_unnumbered_draft_renders_with_blanks_and_du_thao_and_is_deterministic() {
    let folder = tempfile::tempdir().unwrap();
    let case = copy_of_example(folder.path());
    let file = case.join("ho_so.yaml");
    let yaml: String = std::fs::read_to_string(&file)
        .unwrap()
        .lines()
        .filter(|line| !line.starts_with("so:") && !line.starts_with("ngay:"))
        .map(|line| format!("{line}\n"))
        .collect();
    std::fs::write(&file, yaml).unwrap();
    let pair = |out: &str| {
        let out = folder.path().join(out);
        let ran = vanthu(&["render", "--draft", &text(&case), "--out", &text(&out)]);
        assert_eq!(ran.status.code(), Some(0), "{}", stderr(&ran));
        names(&out).iter().map(|name| std::fs::read(out.join(name)).unwrap()).collect::<Vec<_>>()
    };
    let first = pair("a");
    assert!(first == pair("b"));
    let xml = part(&first[0], "word/document.xml");
    assert!(xml.contains("DỰ THẢO"));
    assert!(xml.contains("Số: \u{a0}\u{a0}\u{a0}"), "room for the number");
    assert!(xml.contains("ngày\u{a0}\u{a0}"), "room for the day");
}

#[test]
fn new_makes_a_case_that_renders_as_a_draft_and_is_never_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let case = text(&folder.path().join("quy_3"));
    assert_eq!(vanthu(&["new", "bao_cao", &case]).status.code(), Some(0));
    let drafted = vanthu(&["render", "--draft", &case]);
    assert_eq!(drafted.status.code(), Some(0), "{}", stderr(&drafted));
    let again = vanthu(&["moi", "bao_cao", &case]);
    assert_eq!(again.status.code(), Some(2));
    assert!(stderr(&again).contains("đã có"), "{}", stderr(&again));
}

#[test]
fn an_office_changes_wording_and_sizes_in_its_own_folder() {
    let folder = tempfile::tempdir().unwrap();
    let mau = folder.path().join("mau");
    assert_eq!(vanthu(&["wording", "eject", &text(&mau)]).status.code(), Some(0));
    let wording = mau.join("bao_cao/giai_ngan_du_an.md");
    let changed = std::fs::read_to_string(&wording).unwrap().replace("Trên đây là", "Dưới đây là");
    std::fs::write(&wording, changed).unwrap();
    std::fs::write(mau.join("cau_hinh.yaml"), "co_chu_noi_dung: 13\n").unwrap();
    let out = folder.path().join("ra");
    let ran = vanthu(&["render", &example(), "--root", &text(&mau), "--out", &text(&out)]);
    assert_eq!(ran.status.code(), Some(0), "{}", stderr(&ran));
    let docx = std::fs::read(out.join("kien_giang_2022.docx")).unwrap();
    assert!(part(&docx, "word/document.xml").contains("Dưới đây là báo cáo"));
    // What an office has changed stays when the defaults are copied again.
    assert_eq!(vanthu(&["wording", "eject", &text(&mau)]).status.code(), Some(0));
    assert!(std::fs::read_to_string(&wording).unwrap().contains("Dưới đây"));
}

#[test]
fn a_size_outside_the_decree_is_refused_with_its_range() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("cau_hinh.yaml"), "le_trai: 25\n").unwrap();
    let ran = vanthu(&["check", &example(), "--root", &text(folder.path())]);
    assert_eq!(ran.status.code(), Some(2));
    assert!(stderr(&ran).contains("30–35 mm"), "{}", stderr(&ran));
}

#[test]
fn the_program_alone_in_an_empty_folder_makes_and_renders_a_case() {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join(format!("vanthu{}", std::env::consts::EXE_SUFFIX));
    std::fs::copy(env!("CARGO_BIN_EXE_vanthu"), &program).unwrap();
    for args in [&["new", "bao_cao", "a"][..], &["render", "--draft", "a"]] {
        let ran = Command::new(&program)
            .args(args)
            .current_dir(folder.path())
            .env_clear()
            .output()
            .unwrap();
        assert_eq!(ran.status.code(), Some(0), "{}", stderr(&ran));
    }
    assert_eq!(names(&folder.path().join("a")), ["a.docx", "a.pdf", "ho_so.yaml"]);
}

#[test]
fn check_prints_json_for_programs() {
    let ran = vanthu(&["check", "--json", &example()]);
    let json: serde_json::Value = serde_json::from_str(&stdout(&ran)).unwrap();
    let found = &json[0]["ket_qua"][0];
    assert_eq!(found["ma"], "tong-khong-khop");
    assert_eq!(found["muc_do"], "thong_tin");
    assert!(found["dong"].is_number());
}

#[test]
fn a_wrong_call_is_explained_in_vietnamese_with_exit_code_2() {
    for (args, said) in [
        (&["rende"][..], "không có lệnh “rende”; có phải ý anh/chị là “render”?"),
        (&["render"], "còn thiếu <HỒ_SƠ>"),
        (&["render", "a", "--formt", "pdf"], "không hiểu “--formt”"),
        (&["render", "a", "--format", "odt"], "“odt” không dùng được cho --format"),
        (&["render", "a", "--jobs", "0"], "“0” không dùng được cho --jobs"),
        (&["render", "khong/co/dau"], "không đọc được hồ sơ: không có tệp này"),
        (&["new", "bao-cao", "x"], "không có loại văn bản “bao-cao”"),
        (&["explain", "tong-khong-khopp"], "có phải ý anh/chị là “tong-khong-khop”?"),
        (&[], "chưa ghi lệnh cần làm"),
    ] {
        let ran = vanthu(args);
        assert_eq!(ran.status.code(), Some(2), "{args:?}");
        assert!(stderr(&ran).contains(said), "{args:?}: {}", stderr(&ran));
    }
}

#[test]
fn explain_tells_what_a_code_means() {
    let ran = vanthu(&["giai-thich", "tong-khong-khop"]);
    assert!(stdout(&ran).contains("Dòng tổng của phụ lục phải bằng tổng các dòng."));
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn example() -> String {
    text(&root().join("reports/kien_giang_2022"))
}

fn text(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn copy_of_example(folder: &Path) -> PathBuf {
    let case = folder.join("ho_so");
    std::fs::create_dir(&case).unwrap();
    for name in ["ho_so.yaml", "phu_luc.csv"] {
        std::fs::copy(root().join("reports/kien_giang_2022").join(name), case.join(name)).unwrap();
    }
    case
}

fn part(docx: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(docx)).unwrap();
    let mut text = String::new();
    std::io::Read::read_to_string(&mut zip.by_name(name).unwrap(), &mut text).unwrap();
    text
}
