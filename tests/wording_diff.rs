//! `vanthu wording diff` names the sentences that a change of wording changes, and no other.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod program;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use expect_test::expect;
use program::{stderr, stdout, vanthu_in};
use vanthu::doc::{Block, Document};
use vanthu::form::Stage;
use vanthu::render::{self, Office};

/// Three phrases of the shipped wordings, and what becomes of them.
const EDITS: [(&str, &str, &str); 3] = [
    ("chung/ket_bao_cao.md", "Trên đây là báo cáo", "Sau đây là toàn bộ báo cáo"),
    ("chung/mo_dau_bao_cao.md", "như sau:", "cụ thể như dưới đây:"),
    ("bao_cao/giai_ngan_du_an.md", "Trên đây là", "Trên đây chính là"),
];

#[test]
fn exactly_the_sentences_that_changed_are_named_in_every_sample_and_case() {
    let scratch = tempfile::tempdir().unwrap();
    let (old, new) = (scratch.path().join("cu"), scratch.path().join("moi"));
    copy(&root().join("templates"), &old);
    copy(&root().join("templates"), &new);
    for (file, phrase, with) in EDITS {
        let text = std::fs::read_to_string(new.join(file)).unwrap();
        assert!(text.contains(phrase), "{file} no longer says “{phrase}”");
        std::fs::write(new.join(file), text.replace(phrase, with)).unwrap();
    }
    let cases = cases();
    let mut args = vec!["wording", "diff", "--json", "--root", new.to_str().unwrap()];
    args.extend(["--against", old.to_str().unwrap()]);
    args.extend(cases.iter().map(|case| case.to_str().unwrap()));
    let ran = vanthu_in(scratch.path(), &args);
    assert_eq!(ran.status.code(), Some(0), "{}", stderr(&ran));
    let page: serde_json::Value = serde_json::from_str(&stdout(&ran)).unwrap();

    let (old, new) = (office(&old), office(&new));
    let (mut affected, mut laid) = (0, 0);
    let told = page["van_ban"].as_array().unwrap();
    let samples: Vec<String> =
        old.catalog.templates().samples().into_iter().map(ToOwned::to_owned).collect();
    assert_eq!(told.len(), samples.len() + cases.len());
    for one in told {
        let name = one["ten"].as_str().unwrap();
        let document = |office: &Office| match name.strip_prefix("hồ sơ mẫu ") {
            Some(path) => render::prepare_sample(path, office, Stage::Draft),
            None => render::prepare(Path::new(name), office, Stage::Draft),
        };
        let lines = |office| document(office).ok().map(|prepared| lines(&prepared.document));
        let (Some(old), Some(new)) = (lines(&old), lines(&new)) else {
            assert_eq!(one["ket_qua"], "khong_lap_duoc", "{name}");
            continue;
        };
        laid += 1;
        let named = |side: &str| -> Vec<String> {
            let changes = one["thay_doi"].as_array().unwrap().iter();
            let mut named: Vec<String> =
                changes.map(|change| bare(change[side].as_str().unwrap())).collect();
            named.sort();
            named
        };
        assert_eq!(named("cu"), only_in_the_first(&old, &new), "{name}");
        assert_eq!(named("moi"), only_in_the_first(&new, &old), "{name}");
        let has_changed = !named("moi").is_empty();
        assert_eq!(one["ket_qua"] == "thay_doi", has_changed, "{name}");
        affected += usize::from(has_changed);
    }
    assert!(affected >= 3 && laid >= 10, "{affected} of {laid}");
}

#[test]
fn a_clerk_reads_what_changes_where() {
    let office = small_office();
    let edit = |text: String| {
        text.replace("đề nghị", "kiến nghị")
            .replace("Câu bỏ đi. ", "")
            .replace("*khẩn*", "**khẩn**")
    };
    change(&office.path().join("moi/cong_tac/noi_dung.md"), edit);
    let args = ["wording", "diff", "--root", "moi", "--against", "cu"];
    let ran = vanthu_in(office.path(), &args);
    assert_eq!(ran.status.code(), Some(0), "{}", stderr(&ran));
    let said = stdout(&ran);
    assert!(said.starts_with("Cũ:  thư mục cu\nMới: moi\n"), "{said}");
    assert!(said.contains("\n1 văn bản thay đổi, "), "{said}");
    expect![[r#"
        hồ sơ mẫu cong_tac/ho_so_mau.yaml
          mục I, câu 2 (cũ): bỏ “Câu bỏ đi.”
          mục I, câu 2: “Việc này *khẩn* lắm.” → “Việc này **khẩn** lắm.”
          câu kết: “Sở trân trọng đề nghị Ủy ban nhân …” → “Sở trân trọng kiến nghị Ủy ban nhân …”
    "#]]
    .assert_eq(&of_the_small_office(&said));
}

#[test]
fn a_new_error_is_shown_with_its_place_and_fails() {
    let office = small_office();
    change(&office.path().join("moi/cong_tac/noi_dung.md"), |text| {
        text.replace(" Việc này *khẩn* lắm.", "\n\n[bang tien_do]")
    });
    let args = ["wording", "diff", "--root", "moi", "--against", "cu"];
    let ran = vanthu_in(office.path(), &args);
    assert_eq!(ran.status.code(), Some(1), "{}", stderr(&ran));
    expect![[r#"
        hồ sơ mẫu cong_tac/ho_so_mau.yaml
          mục I, câu 3 (cũ): bỏ “Việc này *khẩn* lắm.”
          mục I, câu 3: thêm “[bang tien_do]”
          Lỗi mới:

        lỗi[bang-khong-dat]: đoạn văn đặt bảng `tien_do`, mà hồ sơ không có bảng nào mang khóa ấy
          --> moi/cong_tac/noi_dung.md:10:1
           |
        10 | [bang tien_do]
           | ^^^^^^^^^^^^^^
           |
           = gợi ý: sửa khóa trong dòng `[bang …]`, hoặc thêm bảng vào `bang`
    "#]]
    .assert_eq(&of_the_small_office(&stdout(&ran)));
    assert!(stdout(&ran).ends_with("; 1 lỗi mới.\n"), "{}", stdout(&ran));
    // The other way round, the error is gone.
    let args = ["loi-van", "so-sanh", "--root", "cu", "--against", "moi"];
    let ran = vanthu_in(office.path(), &args);
    assert_eq!(ran.status.code(), Some(0), "{}", stderr(&ran));
    assert!(stdout(&ran).contains("  Hết lỗi[bang-"), "{}", stdout(&ran));
}

#[test]
fn a_wording_that_cannot_be_used_any_more_is_an_error_and_no_crash() {
    let office = small_office();
    change(&office.path().join("moi/cong_tac/noi_dung.md"), |text| text.replace("}}", "}"));
    let args = ["wording", "diff", "--root", "moi", "--against", "cu"];
    let ran = vanthu_in(office.path(), &args);
    assert_eq!(ran.status.code(), Some(1), "{}", stderr(&ran));
    let said = stdout(&ran);
    assert!(said.contains("hồ sơ mẫu cong_tac/ho_so_mau.yaml — chỉ lập được ở bản cũ"), "{said}");
    assert!(said.contains("moi/cong_tac/noi_dung.md:"), "{said}");
}

#[test]
fn the_html_page_is_whole_safe_and_the_same_each_time() {
    let office = small_office();
    change(&office.path().join("moi/cong_tac/noi_dung.md"), |text| {
        text.replace("đề nghị", "kiến nghị \\<b\\> & “xem”")
    });
    let args = ["wording", "diff", "--root", "moi", "--against", "cu", "--html", "a.html"];
    let page = || {
        let ran = vanthu_in(office.path(), &args);
        assert_eq!(ran.status.code(), Some(0), "{}{}", stdout(&ran), stderr(&ran));
        std::fs::read_to_string(office.path().join("a.html")).unwrap()
    };
    let html = page();
    assert_eq!(html, page());
    assert!(html.starts_with("<!DOCTYPE html>\n<html lang=\"vi\">"));
    assert!(
        html.contains("<del>đề</del><ins>kiến</ins> nghị <ins>&lt;b&gt; &amp; “xem” </ins>"),
        "{html}"
    );
    for forbidden in ["<script", "http:", "https:", "url(", "<link", "<img", " on"] {
        assert!(!html.split("<main>").next().unwrap().contains(forbidden), "{forbidden}");
        assert!(forbidden == " on" || !html.contains(forbidden), "{forbidden}");
    }
    // A file that is no such page stays.
    std::fs::write(office.path().join("a.html"), "of somebody else").unwrap();
    let ran = vanthu_in(office.path(), &args);
    assert_eq!(ran.status.code(), Some(2));
    assert!(stderr(&ran).contains("không phải trang so sánh"), "{}", stderr(&ran));
}

#[test]
fn a_revision_of_git_is_the_old_side() {
    let office = small_office();
    let moi = office.path().join("moi");
    let git = |args: &[&str]| {
        let ran = Command::new("git")
            .args(["-c", "user.name=a", "-c", "user.email=a@b", "-c", "core.autocrlf=false"])
            .args(args)
            .current_dir(office.path())
            .output();
        ran.is_ok_and(|ran| ran.status.success())
    };
    if !git(&["--version"]) {
        return; // a machine without git tells so to the clerk too
    }
    let diff = |more: &[&str]| {
        let args = [&["wording", "diff", "--root", "moi"], more].concat();
        vanthu_in(office.path(), &args)
    };
    // Before there is a repository, the program's own wordings are the old side.
    let outside = diff(&["--against", "HEAD"]);
    let is_alone = !stderr(&outside).is_empty();
    if is_alone {
        assert!(stderr(&outside).contains("không nằm trong kho git nào"), "{}", stderr(&outside));
        assert!(stdout(&diff(&[])).starts_with("Cũ:  lời văn có sẵn trong chương trình\n"));
    }
    assert!(git(&["init", "-q"]) && git(&["add", "."]) && git(&["commit", "-q", "-m", "a"]));
    change(&moi.join("cong_tac/noi_dung.md"), |text| text.replace("đề nghị", "kiến nghị"));
    let ran = diff(&[]);
    assert_eq!(ran.status.code(), Some(0), "{}", stderr(&ran));
    let said = stdout(&ran);
    assert!(said.starts_with("Cũ:  bản ghi gần nhất trong git (HEAD)\nMới: moi\n"), "{said}");
    assert!(said.contains("đề nghị") && said.contains("kiến nghị"), "{said}");
    assert!(git(&["commit", "-qam", "b"]));
    assert!(stdout(&diff(&[])).contains("0 văn bản thay đổi"));
    assert!(stdout(&diff(&["--against", "HEAD~1"])).contains("1 văn bản thay đổi"));
    let wrong = diff(&["--against", "HEAD~9"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert_eq!(
        stderr(&wrong),
        "lỗi: không so sánh được với “HEAD~9”: kho git không có bản này\n  \
         = gợi ý: sau --against ghi một thư mục lời văn, hoặc một bản trong git của thư mục lời văn (ví dụ HEAD~1)\n"
    );
    // What was typed is a revision and never an option of git's.
    let option = diff(&["--against=--help"]);
    assert_eq!(option.status.code(), Some(2));
    assert!(stderr(&option).contains("kho git không có bản này"), "{}", stderr(&option));
}

#[test]
fn without_git_a_revision_is_refused_and_the_default_still_compares() {
    let office = small_office();
    let run = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_vanthu"));
        command.args(args).current_dir(office.path()).env("PATH", office.path()).output().unwrap()
    };
    let ran = run(&["wording", "diff", "--root", "moi"]);
    assert_eq!(ran.status.code(), Some(0), "{}", stderr(&ran));
    let ran = run(&["wording", "diff", "--root", "moi", "--against", "HEAD"]);
    assert_eq!(ran.status.code(), Some(2));
    assert!(stderr(&ran).contains("máy này không có chương trình git"), "{}", stderr(&ran));
}

/// What is said of the one sample that the shipped templates do not have.
fn of_the_small_office(said: &str) -> String {
    let start = said.find("hồ sơ mẫu cong_tac").unwrap();
    let end = said[start..].find("\nhồ sơ mẫu ").or_else(|| said[start..].rfind("\n\n"));
    said[start..start + end.unwrap()].trim_end().to_owned() + "\n"
}

/// The paragraphs and rows of a document, as text.
fn lines(document: &Document) -> Vec<String> {
    fn collect(blocks: &[Block], lines: &mut Vec<String>) {
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) => lines.push(paragraph.plain()),
                Block::Rule(_) => {}
                Block::Grid(grid) => {
                    grid.rows.iter().flatten().for_each(|cell| collect(cell, lines));
                }
                Block::Table(table) => {
                    let cells = table.rows.iter().flat_map(|row| &row.cells);
                    lines.extend(cells.map(|cell| cell.text.clone()));
                }
            }
        }
    }
    let mut lines = Vec::new();
    document.sections.iter().for_each(|section| collect(&section.blocks, &mut lines));
    lines
}

/// The sentences that the first text has oftener than the second. A paragraph is cut at
/// every `. `, which is rough and enough for the sentences of the three edits.
fn only_in_the_first(first: &[String], second: &[String]) -> Vec<String> {
    let mut counts: BTreeMap<String, i32> = BTreeMap::new();
    for (lines, step) in [(first, 1), (second, -1)] {
        for sentence in lines.iter().flat_map(|line| line.split(". ")) {
            *counts.entry(bare(sentence)).or_default() += step;
        }
    }
    let more = counts.into_iter().filter(|(_, count)| *count > 0);
    more.flat_map(|(sentence, count)| vec![sentence; count.unsigned_abs() as usize]).collect()
}

/// Without emphasis and the mark at its end.
fn bare(sentence: &str) -> String {
    let words: Vec<&str> = sentence.split_whitespace().collect();
    words.join(" ").replace('*', "").trim_end_matches('.').to_owned()
}

fn cases() -> Vec<PathBuf> {
    let mut cases = vec![root().join("reports/kien_giang_2022")];
    for entry in std::fs::read_dir(root().join("tests/cases/samples")).unwrap() {
        let path = entry.unwrap().path();
        if path.join("ho_so.yaml").is_file() {
            cases.push(path);
        }
    }
    cases
}

fn office(root: &Path) -> Office {
    Office::open(Some(root)).unwrap_or_else(|_| panic!("{} is sound", root.display()))
}

/// A type of one wording and one sample, twice: `cu` and `moi`.
fn small_office() -> tempfile::TempDir {
    let office = tempfile::tempdir().unwrap();
    let sample = std::fs::read_to_string(root().join("templates/bao_cao/ho_so_mau.yaml")).unwrap();
    let (head, rest) = sample.split_once("noi_dung:\n").unwrap();
    let (_, tail) = rest.split_once("\nnguoi_ky:").unwrap();
    let (tail, _) = tail.split_once("\nphu_luc:").unwrap();
    let head = head.replace("loai: bao_cao", "loai: cong_tac");
    let sample = format!("{head}noi_dung:\n  viec: kiểm kê\n\nnguoi_ky:{tail}\n");
    let files = [
        ("loai.yaml", "ten: Báo cáo\nky_hieu: BC\nmau: \"1.4\"\nkinh_gui: len_tren\n"),
        ("ho_so_mau.yaml", sample.as_str()),
        (
            "noi_dung.md",
            "---\nmo_ta: Công tác\ntruong:\n  - {khoa: viec, kieu: chu, bat_buoc: co, mo_ta: Việc}\n---\n\
             # Tình hình\n\nViệc {{ noi_dung.viec }} đã xong. Câu bỏ đi. Việc này *khẩn* lắm.\n\n\
             # Kiến nghị\n\nSở trân trọng đề nghị Ủy ban nhân dân tỉnh xem xét./.\n",
        ),
    ];
    for side in ["cu", "moi"] {
        let folder = office.path().join(side).join("cong_tac");
        std::fs::create_dir_all(&folder).unwrap();
        for (name, text) in files {
            std::fs::write(folder.join(name), text).unwrap();
        }
    }
    office
}

fn change(path: &Path, edit: impl Fn(String) -> String) {
    let text = std::fs::read_to_string(path).unwrap();
    let edited = edit(text.clone());
    assert_ne!(text, edited);
    std::fs::write(path, edited).unwrap();
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::copy(&path, &target).unwrap();
        }
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
