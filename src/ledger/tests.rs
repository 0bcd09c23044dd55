//! The ledger as it is written and read.

use expect_test::expect;

use super::*;
use crate::diag::plain;

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, day).unwrap()
}

fn ledger() -> Ledger {
    let mut ledger = Ledger::default();
    ledger.record("bao_cao/a.md", "một\n", day(1), Some("Bản đầu"), &[]);
    let locked = ["Trên đây là \"báo cáo\"".to_owned()];
    ledger.record("bao_cao/a.md", "hai\n", day(2), None, &locked);
    ledger.record("chung/b.md", "ba\n", day(2), Some("Sửa: câu 1 # rõ hơn"), &[]);
    ledger
}

#[test]
fn it_is_written_whole_and_read_as_it_was() {
    let yaml = ledger().to_yaml();
    expect![[r##"
        # Sổ phiên bản lời văn: các bản đã được ghi nhận của từng tệp lời văn, bản sau cùng ở dưới.
        # Tệp này do lệnh `vanthu wording accept` ghi lại toàn bộ; không sửa tay.

        bao_cao/a.md:
          - so: 1
            ngay: 01/3/2026
            sha256: "f9ae3b14b48e608d0a37375dea415e8b357d724a0b1f116ee978437ac85f298c"
            ly_do: "Bản đầu"
          - so: 2
            ngay: 02/3/2026
            sha256: "ff1d3f6bfdfa05181e51a2e2c1cf44abd33018a3c4213dacd36477c33f8bb9d0"
            cau_khoa:
              - "Trên đây là \"báo cáo\""

        chung/b.md:
          - so: 1
            ngay: 02/3/2026
            sha256: "8bca2b27f1a5568d128c60da480f69e42f76ab2283e2bafe2b9442acb068d4f6"
            ly_do: "Sửa: câu 1 # rõ hơn"
    "##]]
    .assert_eq(&yaml);
    let read = parse("phien_ban.yaml", &yaml, &mut Sources::default()).unwrap();
    assert_eq!(read, ledger());
    assert_eq!(read.to_yaml(), yaml);
}

#[test]
fn a_text_is_as_accepted_whatever_its_line_ends_and_its_composition() {
    let ledger = ledger();
    let is_accepted = |text: &str| matches!(ledger.state("bao_cao/a.md", text), State::Accepted(_));
    assert!(is_accepted("hai\n") && is_accepted("hai\r\n") && is_accepted("\u{feff}hai\n"));
    assert!(!is_accepted("một\n") && !is_accepted("hai"));
    assert_eq!(sha256("Vi\u{ea}\u{323}t"), sha256("Việt"));
    assert_eq!(ledger.state("la.md", "hai\n"), State::Unknown);
}

#[test]
fn a_broken_ledger_is_told_at_its_line() {
    let told = |yaml: &str| {
        let mut sources = Sources::default();
        let found = parse("phien_ban.yaml", yaml, &mut sources).unwrap_err();
        plain(&found, &sources)
    };
    expect![[r#"
        lỗi[so-phien-ban-sai]: sổ phiên bản không đúng cách viết
         --> phien_ban.yaml:5:1
          |
        5 |     sha: x
          | ^^^^^^^^^^
          |
          = gợi ý: lấy lại tệp từ bản sao trước đó, hoặc xóa tệp rồi gõ `vanthu wording accept`

    "#]]
    .assert_eq(&told("# Sổ\na.md:\n  - so: 1\n    ngay: 1/3/2026\n    sha: x\n"));
    expect![[r#"
        lỗi[so-phien-ban-sai]: phiên bản 1 của a.md thiếu hoặc sai số, ngày, sha256
         --> phien_ban.yaml:2:1
          |
        2 | a.md:
          | ^^^^^
          |
          = gợi ý: lấy lại tệp từ bản sao trước đó, hoặc xóa tệp rồi gõ `vanthu wording accept`

    "#]]
    .assert_eq(&told("# Sổ\na.md:\n  - so: 2\n    ngay: 1/3/2026\n    sha256: \"00\"\n"));
}

#[test]
fn an_empty_ledger_knows_nothing() {
    for yaml in ["", "\n", HEADER] {
        assert_eq!(parse("a", yaml, &mut Sources::default()).unwrap(), Ledger::default());
    }
}

#[test]
fn a_locked_phrase_that_was_reworded_is_shown_beside_the_new_one() {
    let texts =
        |phrases: &[&str]| phrases.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    let old = texts(&["Trân trọng  kính mời", "Còn nguyên", "Bỏ hẳn"]);
    let new = texts(&["Còn\nnguyên", "Kính mời", "123456789"]);
    let lost = lost(&old, &new);
    assert_eq!(lost[0], Lost { old: "Trân trọng kính mời".into(), new: Some("Kính mời".into()) });
    assert_eq!(lost[1], Lost { old: "Bỏ hẳn".into(), new: None });
    assert_eq!(lost.len(), 2);
}

#[test]
fn the_hash_of_many_files_is_that_of_their_list() {
    let hashes = |files: [(&'static str, &str); 2]| {
        sha256_of_all(&files.map(|(path, text)| (path, sha256(text))).into())
    };
    let one = hashes([("b", "hai"), ("a", "một")]);
    assert_eq!(one, hashes([("a", "một"), ("b", "hai")]));
    let list = format!("{}  a\n{}  b\n", sha256("một"), sha256("hai"));
    assert_eq!(one, sha256(&list));
}
