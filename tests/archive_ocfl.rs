//! Records as OCFL objects: what is put in comes out, after a crash too, and nothing leads outside.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::PathBuf;

use chrono::NaiveDate;
use expect_test::{Expect, expect};
use proptest::prelude::*;
use vanthu::archive::bagit::{self, Info, Payload};
use vanthu::archive::ocfl::{Store, layout};
use vanthu::archive::place::Place;

#[path = "archive_ocfl/bag.rs"]
mod bag;
#[path = "archive_ocfl/crash.rs"]
mod crash;
#[path = "archive_ocfl/damage.rs"]
mod damage;
#[path = "archive_ocfl/hostile.rs"]
mod hostile;
#[path = "archive_ocfl/office.rs"]
mod office;

use office::{ID, Office, codes, copy, id_path, stage, tree};

fn check(actual: &str, expected: &Expect) {
    expected.assert_eq(actual);
}

#[test]
fn an_empty_root_says_what_it_is() {
    let office = Office::new();
    check(
        &tree(&office.place.archive()),
        &expect![[r#"
            ho_so/0=ocfl_1.1
            ho_so/extensions/0003-hash-and-id-n-tuple-storage-layout/config.json
            ho_so/ocfl_layout.json
            tam/
        "#]],
    );
    assert!(Store::create(&office.place).unwrap_err().to_string().contains("đã có kho"));
    assert_eq!(office.store.ids().unwrap(), Vec::<String>::new());
    assert!(office.store.object(ID).unwrap().is_none());
    assert_eq!(office.store.settle(ID).unwrap(), None);
}

#[test]
fn what_is_put_in_comes_out_version_by_version() {
    let office = Office::new();
    let first = office.put(
        1,
        &[("ho_so.yaml", "số: 325"), ("mau/chung/a.md", "Kính gửi"), ("b.txt", "Kính gửi")],
    );
    let second = office.put(2, &[("su_kien.json", "{}"), ("ho_so.yaml", "số: 325")]);
    let third = office.put(3, &[("su_kien.json", "{ }")]);
    check(
        &tree(&office.place.archive()),
        &expect![[r#"
            ho_so/0=ocfl_1.1
            ho_so/217/c21/008/vanthu%3a2026%3auy-ban-nhan-dan-tinh-a-1f0c22ab%3achung%3a325/0=ocfl_object_1.1
            ho_so/217/c21/008/vanthu%3a2026%3auy-ban-nhan-dan-tinh-a-1f0c22ab%3achung%3a325/inventory.json
            ho_so/217/c21/008/vanthu%3a2026%3auy-ban-nhan-dan-tinh-a-1f0c22ab%3achung%3a325/inventory.json.sha512
            ho_so/217/c21/008/vanthu%3a2026%3auy-ban-nhan-dan-tinh-a-1f0c22ab%3achung%3a325/v1/content/ho_so.yaml
            ho_so/217/c21/008/vanthu%3a2026%3auy-ban-nhan-dan-tinh-a-1f0c22ab%3achung%3a325/v1/content/mau/chung/a.md
            ho_so/217/c21/008/vanthu%3a2026%3auy-ban-nhan-dan-tinh-a-1f0c22ab%3achung%3a325/v1/inventory.json
            ho_so/217/c21/008/vanthu%3a2026%3auy-ban-nhan-dan-tinh-a-1f0c22ab%3achung%3a325/v1/inventory.json.sha512
            ho_so/217/c21/008/vanthu%3a2026%3auy-ban-nhan-dan-tinh-a-1f0c22ab%3achung%3a325/v2/content/su_kien.json
            ho_so/217/c21/008/vanthu%3a2026%3auy-ban-nhan-dan-tinh-a-1f0c22ab%3achung%3a325/v2/inventory.json
            ho_so/217/c21/008/vanthu%3a2026%3auy-ban-nhan-dan-tinh-a-1f0c22ab%3achung%3a325/v2/inventory.json.sha512
            ho_so/217/c21/008/vanthu%3a2026%3auy-ban-nhan-dan-tinh-a-1f0c22ab%3achung%3a325/v3/content/su_kien.json
            ho_so/217/c21/008/vanthu%3a2026%3auy-ban-nhan-dan-tinh-a-1f0c22ab%3achung%3a325/v3/inventory.json
            ho_so/217/c21/008/vanthu%3a2026%3auy-ban-nhan-dan-tinh-a-1f0c22ab%3achung%3a325/v3/inventory.json.sha512
            ho_so/extensions/0003-hash-and-id-n-tuple-storage-layout/config.json
            ho_so/ocfl_layout.json
            tam/
        "#]],
    );
    check(
        &office.text(1),
        &expect![[r#"
        b.txt: Kính gửi
        ho_so.yaml: số: 325
        mau/chung/a.md: Kính gửi
    "#]],
    );
    check(
        &office.text(3),
        &expect![[r#"
        b.txt: Kính gửi
        ho_so.yaml: số: 325
        mau/chung/a.md: Kính gửi
        su_kien.json: { }
    "#]],
    );
    let object = office.store.object(ID).unwrap().unwrap();
    assert_eq!((object.id.as_str(), object.head), (ID, 3));
    assert_eq!(office.store.inventories(&object).unwrap(), [first, second, third]);
    assert_eq!(office.store.read(&object, 2, "su_kien.json").unwrap().unwrap(), b"{}");
    assert_eq!(office.store.read(&object, 1, "su_kien.json").unwrap(), None);
    assert_eq!(office.store.read(&object, 9, "su_kien.json").unwrap(), None);
    assert_eq!(office.store.ids().unwrap(), [ID]);
    assert!(office.store.validate().unwrap().is_empty());
}

#[test]
fn the_inventory_tells_who_did_what_when() {
    let office = Office::new();
    office.put(1, &[("a.txt", "một"), ("b.txt", "một")]);
    check(
        &fs::read_to_string(office.object().join("inventory.json")).unwrap(),
        &expect![[r#"
        {
          "id": "vanthu:2026:uy-ban-nhan-dan-tinh-a-1f0c22ab:chung:325",
          "type": "https://ocfl.io/1.1/spec/#inventory",
          "digestAlgorithm": "sha512",
          "head": "v1",
          "manifest": {
            "efb66807b48a56c1d49df7341da4683aa269f3cc3a46a24f451cf9c02f0d2b2e6502a4e7ee1ebfc9b77bc6ae0825a814db6125e7cad276862d19ef0ae8e6bb38": [
              "v1/content/a.txt"
            ]
          },
          "versions": {
            "v1": {
              "created": "2026-11-26T08:30:01+07:00",
              "message": "Phát hành",
              "user": {
                "name": "Trần Thị B",
                "address": "urn:vanthu:nguoi:Tr%e1%ba%a7n%20Th%e1%bb%8b%20B"
              },
              "state": {
                "efb66807b48a56c1d49df7341da4683aa269f3cc3a46a24f451cf9c02f0d2b2e6502a4e7ee1ebfc9b77bc6ae0825a814db6125e7cad276862d19ef0ae8e6bb38": [
                  "a.txt",
                  "b.txt"
                ]
              }
            }
          }
        }
    "#]],
    );
}

#[test]
fn a_version_that_was_only_staged_is_gone_after_settling() {
    let office = Office::new();
    drop(office.stage(1, &[("a", "1")]).unwrap());
    assert_eq!(office.store.settle(ID).unwrap(), None);
    let first = office.put(1, &[("a", "1")]);
    drop(office.stage(2, &[("a", "2")]).unwrap());
    assert_eq!(office.store.settle(ID).unwrap(), Some(first));
    assert!(fs::read_dir(office.place.staging()).unwrap().next().is_none());
}

/// `validate` of a folder of example objects, each named by the codes it should have
/// (`E040_head_not_most_recent`, or no code when it is good): the official fixtures are such a folder.
/// `VANTHU_OCFL_FIXTURES=… cargo test --test archive_ocfl fixtures -- --ignored`
#[test]
#[ignore = "needs a folder of example objects"]
fn the_fixtures_are_judged_as_they_are_named() {
    let folder = PathBuf::from(std::env::var_os("VANTHU_OCFL_FIXTURES").unwrap());
    let mut wrong = Vec::new();
    for kind in ["error", "valid", "warn"] {
        for entry in fs::read_dir(folder.join(kind)).unwrap() {
            let object = entry.unwrap().path();
            let name = object.file_name().unwrap().to_str().unwrap().to_owned();
            let office = Office::new();
            copy(&object, &office.place.records().join(id_path(&object)));
            let found = codes(&office.store);
            let mut wanted: Vec<&str> = name.split('_').take_while(|word| is_code(word)).collect();
            wanted.extend(ALSO.iter().filter(|(object, _)| *object == name).map(|(_, code)| *code));
            let is_right = match kind {
                "error" => wanted.iter().any(|code| found.iter().any(|f| f == code)),
                "valid" => found.is_empty(),
                _ => {
                    wanted.iter().all(|code| found.iter().any(|f| f == code))
                        && found.iter().all(|f| f.starts_with('W'))
                }
            };
            if !is_right && !NOT_COMPARED.contains(&name.as_str()) {
                wrong.push(format!("{kind}/{name}: {found:?}"));
            }
            println!("{kind}/{name}: {found:?}");
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Of what OCFL 1.0 had no code for, or what another code says as well.
const ALSO: &[(&str, &str)] = &[
    ("E003_E063_empty", "E072"), // a folder without anything of an object's
    ("E023_missing_file", "E092"),
    ("E050_file_in_manifest_not_used", "E107"),
];

/// Its fixity is MD5, which is not at hand; `validate` says that it did not compare.
const NOT_COMPARED: &[&str] = &["E093_fixity_digest_mismatch"];

fn is_code(word: &str) -> bool {
    word.len() == 4 && word.starts_with(['E', 'W']) && word[1..].bytes().all(|b| b.is_ascii_digit())
}

/// More than a process may have files open at a time.
#[test]
fn the_records_of_a_large_archive_are_counted() {
    let office = Office::new();
    for number in 0..3_000 {
        let path = layout::path(&format!("vanthu:2026:a:chung:{number}"));
        fs::create_dir_all(office.place.records().join(path)).unwrap();
    }
    assert_eq!(office.store.ids().unwrap().len(), 3_000);
    assert_eq!(codes(&office.store), ["E073"]);
}

#[test]
fn a_record_with_a_long_id_is_found_and_listed() {
    let office = Office::new();
    let id = format!("vanthu:2026:{}:chung:325", "uy-ban-nhan-dan-tinh-a".repeat(8));
    stage(&office.store, &id, 1, &[("a", "a")]).unwrap().commit().unwrap();
    assert_eq!(office.store.ids().unwrap(), std::slice::from_ref(&id));
    assert_eq!(office.store.object(&id).unwrap().unwrap().id, id);
    assert_eq!(codes(&office.store), Vec::<String>::new());
}

#[test]
fn the_way_to_a_record_is_that_of_the_extension() {
    let long = "abcdefghij".repeat(26);
    let just_too_long = "abcdefghij".repeat(10) + "a";
    // As printed in the text of extension 0003.
    for (id, path) in [
        ("object-01", "3c0/ff4/240/object-01".to_owned()),
        ("..hor/rib:le-$id", "487/326/d8c/%2e%2ehor%2frib%3ale-%24id".to_owned()),
        ("..Hor/rib:lè-$id", "373/529/21a/%2e%2eHor%2frib%3al%c3%a8-%24id".to_owned()),
        (
            &long,
            format!(
                "55b/432/806/{}-55b432806f4e270da0cf23815ed338742179002153cd8d896f23b3e2d8a14359",
                &long[..100]
            ),
        ),
        (
            &just_too_long,
            format!(
                "5cc/73e/648/{}-5cc73e648fbcff136510e330871180922ddacf193b68fdeff855683a01464220",
                &long[..100]
            ),
        ),
    ] {
        assert_eq!(layout::path(id), path);
    }
}

proptest! {
    #[test]
    fn any_id_leads_to_one_folder_four_deep(id in ".{0,300}") {
        let path = layout::path(&id);
        let parts: Vec<&str> = path.split('/').collect();
        prop_assert_eq!(parts.len(), 4);
        let is_hex = |part: &str| part.len() == 3 && part.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        prop_assert!(parts[..3].iter().all(|part| is_hex(part)));
        let is_plain = |b: u8| b.is_ascii_alphanumeric() || b"-_%".contains(&b);
        prop_assert!(parts[3].bytes().all(is_plain) && parts[3].len() <= 165);
        // What was not cut can be read back.
        if parts[3].len() <= 100 {
            let mut bytes = Vec::new();
            let mut rest = parts[3].bytes();
            while let Some(b) = rest.next() {
                bytes.push(if b == b'%' {
                    let digits = [rest.next().unwrap(), rest.next().unwrap()];
                    u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap()
                } else { b });
            }
            prop_assert_eq!(String::from_utf8(bytes).unwrap(), id);
        }
    }
}

/// For outside judges: `VANTHU_OCFL_OUT=DIR cargo test --test archive_ocfl judges -- --ignored` makes an office
/// in a folder that is empty, with 60 records
/// of 1 to 4 versions, and one of them as two bags.
#[test]
#[ignore = "writes into a folder that is named"]
fn an_archive_for_outside_judges_is_written() {
    let folder = PathBuf::from(std::env::var_os("VANTHU_OCFL_OUT").unwrap());
    fs::create_dir_all(&folder).unwrap();
    let store = Store::create(&Place::new(&folder)).unwrap();
    for number in 1..=60 {
        let id = format!("vanthu:2026:uy-ban-nhan-dan-tinh-a-1f0c22ab:chung:{number:02}");
        let case =
            format!("so: {number}\ntrich_yeu: Kết quả thực hiện Đề án 06 quý {}\n", number % 4 + 1);
        let first = [
            ("van_ban.pdf", format!("%PDF-1.7 {number}")),
            ("van_ban.txt", format!("ỦY BAN NHÂN DÂN TỈNH A\nSố: {number:02}/BC-UBND\n")),
            ("ho_so.yaml", case.clone()),
            (
                "du_lieu/Biểu 01 – vốn đầu tư (lần 2).csv",
                "đơn vị,số tiền\nSở Y tế,29.747\n".to_owned(),
            ),
            ("mau/chung/ket.md", "Nơi nhận: như trên\n".to_owned()),
            ("mau/bao_cao/ket.md", "Nơi nhận: như trên\n".to_owned()),
            ("su_kien.json", format!("{{\"seq\":{number}}}\n")),
        ];
        let first = first.each_ref().map(|(path, text)| (*path, text.as_str()));
        stage(&store, &id, 1, &first).unwrap().commit().unwrap();
        for version in 2..=number % 4 + 1 {
            let event = format!("{{\"seq\":{number},\"version\":{version}}}\n");
            let signed = format!("%PDF-1.7 {number} đã ký lần {version}");
            // Every other one adds no content but the event; some none at all.
            let files: &[(&str, &str)] = match (number % 3, version) {
                (0, 3) => &[("ho_so_ban_sao.yaml", &case)],
                (_, 2) => &[("van_ban_ky.pdf", &signed), ("su_kien.json", &event)],
                _ => &[("su_kien.json", &event)],
            };
            stage(&store, &id, version, files).unwrap().commit().unwrap();
        }
    }
    assert!(store.validate().unwrap().is_empty());
    let object =
        store.object("vanthu:2026:uy-ban-nhan-dan-tinh-a-1f0c22ab:chung:03").unwrap().unwrap();
    for (name, payload) in [("tep", Payload::Newest), ("ho_so", Payload::Record)] {
        let info = Info {
            source_organization: "Ủy ban nhân dân tỉnh A",
            bagging_date: NaiveDate::from_ymd_opt(2026, 11, 26).unwrap(),
            external_description: "Kết quả thực hiện Đề án 06",
        };
        let target = folder.join("giao_nop").join(name);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        bagit::export(&store, &object, payload, &info, &target).unwrap();
    }
}

/// `VANTHU_OCFL_IN=DIR` names an office: says the codes of what is wrong with its archive.
#[test]
#[ignore = "judges a folder that is named"]
fn an_archive_that_is_named_is_judged() {
    let place = Place::new(PathBuf::from(std::env::var_os("VANTHU_OCFL_IN").unwrap()));
    let codes = codes(&Store::open(&place).unwrap());
    assert!(codes.is_empty(), "CODES {}", codes.join(" "));
}

/// `VANTHU_OCFL_ACT=DIR` names an office that is there or not: settles the record and writes its next version.
/// For whoever stops it in the middle.
#[test]
#[ignore = "writes into a folder that is named"]
fn the_next_version_is_written_into_an_office_that_is_named() {
    let place = Place::new(PathBuf::from(std::env::var_os("VANTHU_OCFL_ACT").unwrap()));
    let store = Store::open(&place).or_else(|_| Store::create(&place)).unwrap();
    let version = store.settle(ID).unwrap().map_or(1, |stored| stored.version + 1);
    let event = format!("{{\"version\":{version}}}");
    let signed = format!("%PDF {version}");
    let files = [
        ("su_kien.json", event.as_str()),
        ("ký/van_ban_ky.pdf", &signed),
        ("ho_so.yaml", "số: 325"),
    ];
    stage(&store, ID, version, &files).unwrap().commit().unwrap();
    println!("DONE {version}");
}
