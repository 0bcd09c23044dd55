//! Pages that are generated stay what the program says. `UPDATE_EXPECT=1 cargo test` rewrites them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::fmt::Write as _;

use expect_test::expect_file;

#[test]
fn ho_so_md_lists_every_key_of_a_case() {
    expect_file!["../docs/ho_so.md"].assert_eq(&vanthu::case::reference());
}

#[test]
fn the_json_schema_is_the_one_the_program_prints() {
    let catalog = vanthu::case::Catalog::new(vanthu::templates::Templates::embedded());
    let schema = format!("{:#}\n", vanthu::case::schema(&catalog));
    expect_file!["../docs/ho_so.schema.json"].assert_eq(&schema);
}

#[test]
fn kiem_tra_md_explains_every_code() {
    let mut page = String::from(
        "# Mã thông báo\n\n\
         Trang này do chương trình sinh ra. Mỗi thông báo có một mã trong ngoặc vuông; \
         `vanthu explain MÃ` in phần giải thích dưới đây.\n",
    );
    for (code, explanation) in vanthu::cli::explain::codes() {
        write!(page, "\n## {code}\n\n{explanation}\n").unwrap();
    }
    expect_file!["../docs/kiem_tra.md"].assert_eq(&page);
}

#[test]
fn the_guide_lists_every_rule_that_may_be_accepted() {
    let guide = include_str!("../docs/huong_dan.md");
    let list = guide.lines().find(|line| line.starts_with("Những mã chấp nhận được:")).unwrap();
    // Found in the text of a file and not at a key, so that `chap_nhan` cannot name its place.
    const NEVER: &[&str] = &["khong-co-chu"];
    let (list, never) = list.split_once(". ").unwrap();
    for rule in vanthu::check::RULES {
        let place = if NEVER.contains(&rule.id) { never } else { list };
        assert!(place.contains(&format!("`{}`", rule.id)), "{} is not in the list", rule.id);
    }
}

#[test]
fn every_explanation_begins_with_one_whole_sentence() {
    for (code, explanation) in vanthu::cli::explain::codes() {
        let first = explanation.split("\n\n").next().unwrap().trim_end();
        assert!(first.ends_with('.'), "{code}: {first}");
    }
}

#[test]
fn lenh_md_shows_the_help_of_every_command() {
    let mut page =
        String::from("# Các lệnh\n\nTrang này do chương trình sinh ra từ `vanthu --help`.\n");
    help(&mut vanthu::cli::command(), "vanthu", &mut page);
    expect_file!["../docs/lenh.md"].assert_eq(&page);
}

fn help(command: &mut clap::Command, path: &str, page: &mut String) {
    command.build();
    let text = command.clone().bin_name(path).term_width(100).render_long_help().to_string();
    let text: Vec<&str> = text.lines().map(str::trim_end).collect();
    write!(page, "\n## `{path}`\n\n```text\n{}\n```\n", text.join("\n").trim()).unwrap();
    let names: Vec<String> =
        command.get_subcommands().map(|inner| inner.get_name().to_owned()).collect();
    for name in names {
        if let Some(inner) = command.find_subcommand_mut(&name) {
            help(inner, &format!("{path} {name}"), page);
        }
    }
}
