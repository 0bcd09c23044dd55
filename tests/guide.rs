//! Sections of the clerk's guide, figures in a paragraph, the round of a changed wording and the
//! way of a document through the office, played through: every answer shown there is what the program says. `UPDATE_EXPECT=1` writes the answers anew.
//!
//! In `docs/huong_dan.md`, a block `console` holds commands (`$ …`) and their answers, and a
//! comment `<!-- sửa TỆP: cũ -> mới -->` is what the clerk types into a file in between.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod program;

use std::path::{Path, PathBuf};

use program::{stderr, stdout, vanthu_in};

#[test]
fn what_a_clerk_types_is_answered_as_the_guide_shows() {
    let page = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/huong_dan.md");
    let text = std::fs::read_to_string(&page).unwrap();
    let text = played(&text, "## 12. Sửa lời văn\n", "### Một lời văn gồm hai phần\n", 8);
    let title = "### Số của bảng trong đoạn văn\n";
    let text = played(&text, title, "### Lấy các dòng từ tệp Excel\n", 4);
    let title = "## 14. Phát hành, sổ đăng ký, lưu trữ\n";
    let text = played(&text, title, "## 15. Đọc thông báo\n", 8);
    expect_test::expect_file![page].assert_eq(&text);
}

/// The page with the answers of today from one line to another; so many commands at least.
fn played(page: &str, from: &str, to: &str, commands: usize) -> String {
    let (before, rest) = page.split_once(from).unwrap();
    let (section, after) = rest.split_once(to).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let played = play(section, folder.path());
    assert!(played.matches("$ vanthu").count() >= commands, "{from}: too few commands");
    format!("{before}{from}{played}{to}{after}")
}

/// The section with the answers of today.
fn play(section: &str, folder: &Path) -> String {
    let mut out = String::new();
    let mut in_console = false;
    for line in section.split_inclusive('\n') {
        if let Some(command) = line.strip_prefix("$ vanthu ").filter(|_| in_console) {
            out.push_str(line);
            out.push_str(&answer(command.trim_end(), folder));
            continue;
        }
        if let Some(edit) = line.strip_prefix("<!-- sửa ") {
            type_in(edit.trim_end().strip_suffix(" -->").unwrap(), folder);
        }
        let closes = in_console && line.starts_with("```");
        if !in_console || closes {
            out.push_str(line);
        }
        in_console = !closes && (in_console || line == "```console\n");
    }
    out
}

/// `TỆP: cũ -> mới`; what is replaced stands once in the file.
fn type_in(edit: &str, folder: &Path) {
    let (file, change) = edit.split_once(": ").unwrap();
    let (old, new) = change.split_once(" -> ").unwrap();
    let file = folder.join(file);
    let text = std::fs::read_to_string(&file).unwrap();
    assert_eq!(text.matches(old).count(), 1, "{}: {old}", file.display());
    std::fs::write(&file, text.replace(old, new)).unwrap();
}

/// What the program says, to the screen and of what is wrong.
fn answer(command: &str, folder: &Path) -> String {
    let words = words(command);
    let ran = vanthu_in(folder, &words.iter().map(String::as_str).collect::<Vec<_>>());
    stderr(&ran) + &stdout(&ran)
}

/// The words of a command; what stands between quotes is one.
fn words(command: &str) -> Vec<String> {
    let parts = command.split('"').enumerate();
    parts
        .flat_map(|(at, part)| match at % 2 {
            1 => vec![part.to_owned()],
            _ => part.split_whitespace().map(ToOwned::to_owned).collect(),
        })
        .collect()
}
