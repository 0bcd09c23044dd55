//! Input that means harm, or was never a case.

use std::time::Instant;

use expect_test::expect;
use proptest::prelude::*;

use super::super::faults::Faults;
use super::super::marked::{self, Node, Value};
use super::super::prescan::{Known, prescan};
use super::super::text::Mask;
use super::*;
use crate::diag::Diagnostic;

/// The codes found, in no more than ten times what an honest file as large as one may be takes.
/// One of five attempts decides, since a busy machine may stop either.
fn codes(text: &str) -> String {
    let took = |text: &str| {
        let before = Instant::now();
        let read = read(text, Mode::Final);
        (before.elapsed(), read)
    };
    let honest = honest();
    let mut times = Vec::new();
    for _ in 0..5 {
        let (plain, _) = took(&honest);
        let (own, read) = took(text);
        assert!(read.case.is_none());
        if own < plain * 10 {
            let mut codes: Vec<&str> = read.diagnostics.iter().map(|found| found.code).collect();
            codes.sort_unstable();
            codes.dedup();
            return codes.join(" ");
        }
        times.push((own, plain));
    }
    panic!("{times:?}");
}

/// A case with as many rows as the number of values in a file allows.
fn honest() -> String {
    let rows: String = (0..20_000).map(|row| format!("    - [Việc {row}, {row}]\n")).collect();
    format!("loai: bao_cao\nphu_luc:\n- tieu_de: A\n  dong:\n{rows}")
}

#[test]
fn hostile_files_are_refused_quickly() {
    let mut bomb = String::from("a: &a [x, x]\n");
    for (this, before) in ('b'..='z').zip('a'..='y') {
        bomb.push_str(&format!("{this}: &{this} [*{before}, *{before}, *{before}]\n"));
    }
    expect!["khoa-la thieu yaml-nang-cao"].assert_eq(&codes(&bomb));
    expect!["khoa-la thieu yaml-hai-cham yaml-nang-cao"]
        .assert_eq(&codes(&format!("trich_yeu: {bomb}")));
    expect!["yaml-sai"].assert_eq(&codes(&"[".repeat(1_000_000)));
    expect!["yaml-sai"].assert_eq(&codes(&"[\n".repeat(1_000_000)));
    expect!["yaml-sai"].assert_eq(&codes(&"{a: ".repeat(250_000)));
    expect!["qua-lon"].assert_eq(&codes(&"- ".repeat(500_000)));
    expect!["qua-lon"].assert_eq(&codes(
        &(0..5_000).map(|depth| format!("{}a:\n", " ".repeat(depth % 400))).collect::<String>(),
    ));
    expect!["qua-lon"].assert_eq(&codes(&format!("noi_dung:\n  a: [{}]\n", "1,".repeat(500_000))));
    expect!["qua-lon"].assert_eq(&codes(&format!("trich_yeu: {}\n", "a ".repeat(60_000))));
    expect!["qua-lon"].assert_eq(&codes(&"a: 1\n".repeat(50_000)));
    let keys: String = (0..100_000).map(|key| format!("k{key}: 1\n")).collect();
    expect!["qua-lon"].assert_eq(&codes(&keys));
    expect!["ky-tu-cam qua-lon"].assert_eq(&codes(&"\u{200b}".repeat(300_000)));
    expect!["qua-lon"].assert_eq(&codes(&" ".repeat(5_000_000)));
    expect!["khong-utf8"].assert_eq(&codes("\0\0\0\0"));
    expect!["thieu yaml-sai"].assert_eq(&codes(&"\"".repeat(1_000_001)));
    expect!["qua-lon"].assert_eq(&codes(&"? ".repeat(100_000)));
    expect!["yaml-hai-cham"].assert_eq(&codes(&"a: b: c\n".repeat(100_000)));
    expect!["yaml-nang-cao"].assert_eq(&codes(&"&a ".repeat(100_000)));
}

/// Every scalar of a tree, in order.
fn scalars(node: &Node, found: &mut Vec<String>) {
    match &node.value {
        Value::Scalar { .. } => found.extend(node.text().map(ToOwned::to_owned)),
        Value::List { .. } => node.items().iter().for_each(|item| scalars(item, found)),
        Value::Map { .. } => node.entries().iter().for_each(|entry| scalars(&entry.value, found)),
    }
}

/// Pieces that matter to YAML, and some that do not.
fn yaml_like() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "a",
        "ngay",
        "ten",
        ":",
        ": ",
        " ",
        "  ",
        "\n",
        "\n  ",
        "\n    ",
        "\n      ",
        "\n\n    ",
        "x",
        "k: ",
        "k:",
        "Về việc: ",
        "x: |\n    ",
        "\n- ",
        "- ",
        "#",
        " #",
        "'",
        "\"",
        "|\n  ",
        ">\n ",
        "{",
        "}",
        "[",
        "]",
        ",",
        ", ",
        "~",
        "null",
        "\\",
        "\\n",
        "Đề án",
        "ệ",
        "“",
        "”",
        "\t",
        "20.000",
        "07",
        "&a",
        "*a",
        "!",
        "%",
        "@",
        "---",
        "...",
        "<<",
        "? ",
        "dong",
        "\u{a0}",
        "1:30",
        "no",
        "0x1F",
        "e\u{301}",
        "\u{200b}",
        "Ð",
    ]);
    prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_text_makes_the_reader_panic(text in "\\PC{0,60}", yaml in yaml_like()) {
        for text in [text.as_str(), yaml.as_str(), &format!("{GOOD}{yaml}"), &format!("{yaml}\n{GOOD}")] {
            for mode in [Mode::Draft, Mode::Final] {
                let read = read(text, mode);
                plain(&read.diagnostics, &read.sources);
            }
        }
    }

    #[test]
    fn no_change_to_a_good_case_makes_the_reader_panic(at in 0..GOOD.chars().count(), cut in 0_usize..20, yaml in yaml_like()) {
        let text: String = GOOD.chars().take(at).chain(yaml.chars()).chain(GOOD.chars().skip(at + cut)).collect();
        let read = read(&text, Mode::Final);
        plain(&read.diagnostics, &read.sources);
    }

    #[test]
    fn no_csv_makes_the_reader_panic(rows in "[a,;\"\n\r 1.ệ]{0,60}") {
        let start = GOOD.find("    dong:\n").unwrap();
        let end = GOOD.find("    tong:").unwrap();
        let text = format!("{}    dong_tu_tep: {{tep: a.csv}}\n{}", &GOOD[..start], &GOOD[end..]);
        let mapped = text.replace(
            "{tep: a.csv}",
            "{tep: a.csv, dong_dau: 2, cot: {nhom: a, ten_du_an: \"1\", kh_tw: ệ, kh_dp: B}, so_dang_chu: quoc_te}",
        );
        let csv = format!("nhom,ten_du_an,kh_tw,kh_dp\n{rows}");
        for csv in [csv.as_str(), rows.as_str(), &format!("\na,1,ệ,B\n{rows}")] {
            for text in [&text, &mapped] {
                let read = with_files(text, Mode::Final, &[("a.csv", csv)]);
                plain(&read.diagnostics, &read.sources);
            }
        }
    }

    #[test]
    fn what_both_parsers_accept_is_no_trap(value in yaml_like()) {
        for text in [
            format!("a: {value}\n"),
            format!("a: {value}\nb:\n  - c: {value}\n"),
            format!("a:\n  - {value}\nb: c"),
        ] {
            // Refused by us, or never there when the file is scanned.
            let refused = ['&', '*', '!', '\u{a0}', '\t', '\u{200b}', '?', '.'];
            let accepted = marked::parse(&text).is_ok() && serde_yaml::from_str::<serde::de::IgnoredAny>(&text).is_ok();
            if text.contains(refused) || !accepted {
                continue;
            }
            let mut faults = Faults::default();
            let known = Known { is_key: &|_| false, is_list: &|_| false };
            prescan(&text, known, &mut Mask::new(&text), &mut faults);
            let found = faults.into_diagnostics();
            // Lines that YAML would join are refused, and a quote that runs on to a line
            // with a dash, not indented.
            let joined = |found: &Diagnostic| found.code == "yaml-nhieu-dong" || found.message.starts_with("dấu nháy");
            if !found.iter().any(joined) {
                prop_assert_eq!(found, vec![], "{:?}", text);
            }
        }
    }

    #[test]
    fn both_parsers_see_the_same_text(value in yaml_like()) {
        let text = format!("a: {value}\n");
        if text.contains(['&', '*', '!', '\u{200b}']) {
            return Ok(());
        }
        let (Ok(tree), Ok(seen)) = (marked::parse(&text), serde_yaml::from_str::<BTreeMap<String, Option<String>>>(&text)) else {
            return Ok(());
        };
        let mut expected = Vec::new();
        scalars(&tree, &mut expected);
        let keys: Vec<&String> = tree.entries().iter().map(|entry| &entry.key).collect();
        // Keys given twice are reported before serde_yaml sees them.
        prop_assume!(keys.iter().collect::<std::collections::BTreeSet<_>>().len() == keys.len());
        let mut by_key: Vec<(&String, Option<&str>)> =
            tree.entries().iter().map(|entry| (&entry.key, entry.value.text())).collect();
        by_key.sort_unstable();
        let seen: Vec<(&String, Option<&str>)> = seen.iter().map(|(key, value)| (key, value.as_deref())).collect();
        prop_assert_eq!(by_key, seen);
    }
}
