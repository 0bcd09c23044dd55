//! A record handed over as a BagIt folder.

use std::fs;
use std::path::Path;

use chrono::NaiveDate;
use expect_test::expect;
use vanthu::archive::Result;
use vanthu::archive::bagit::{self, Bag, Info, Payload};

use crate::office::{ID, Office, codes, copy, id_path, tree};

fn export(office: &Office, payload: Payload, target: &Path) -> Result<Bag> {
    let object = office.store.object(ID).unwrap().unwrap();
    let info = Info {
        source_organization: "Ủy ban nhân dân tỉnh A",
        bagging_date: NaiveDate::from_ymd_opt(2026, 11, 26).unwrap(),
        external_description: "Kết quả thực hiện Đề án 06",
    };
    bagit::export(&office.store, &object, payload, &info, target)
}

fn office() -> Office {
    let office = Office::new();
    office.put(
        1,
        &[("ho_so.yaml", "số: 325"), ("du_lieu/tăng 5%.csv", "một"), ("su_kien.json", "1")],
    );
    office.put(2, &[("su_kien.json", "2")]);
    office
}

#[test]
fn a_bag_holds_the_newest_files_under_their_names() {
    let office = office();
    let target = office.place.root().join("giao_nop");
    let bag = export(&office, Payload::Newest, &target).unwrap();
    assert_eq!(bag, Bag { files: 3, bytes: 15 });
    expect![[r#"
        bag-info.txt
        bagit.txt
        data/du_lieu/tăng 5%.csv
        data/ho_so.yaml
        data/su_kien.json
        inventory.json
        inventory.json.sha512
        manifest-sha512.txt
        tagmanifest-sha512.txt
    "#]]
    .assert_eq(&tree(&target));
    expect![[r#"
        Source-Organization: Ủy ban nhân dân tỉnh A
        External-Description: Kết quả thực hiện Đề án 06
        External-Identifier: vanthu:2026:uy-ban-nhan-dan-tinh-a-1f0c22ab:chung:325
        Bagging-Date: 2026-11-26
        Payload-Oxum: 15.3
    "#]]
    .assert_eq(&fs::read_to_string(target.join("bag-info.txt")).unwrap());
    expect![[r#"
        BagIt-Version: 1.0
        Tag-File-Character-Encoding: UTF-8
    "#]]
    .assert_eq(&fs::read_to_string(target.join("bagit.txt")).unwrap());
    expect![[r#"
        efb66807…  data/du_lieu/tăng 5%25.csv
        d5b067dc…  data/ho_so.yaml
        40b24411…  data/su_kien.json
    "#]]
    .assert_eq(&short(&fs::read_to_string(target.join("manifest-sha512.txt")).unwrap()));
    expect![[r#"
        c3c20b15…  bag-info.txt
        1d73ae10…  bagit.txt
        02785347…  inventory.json
        f7238a17…  inventory.json.sha512
        d1f3904b…  manifest-sha512.txt
    "#]]
    .assert_eq(&short(&fs::read_to_string(target.join("tagmanifest-sha512.txt")).unwrap()));
    assert_eq!(fs::read_to_string(target.join("data/su_kien.json")).unwrap(), "2");
}

/// A manifest with the first digits of each digest.
fn short(manifest: &str) -> String {
    manifest.lines().map(|line| format!("{}…{}\n", &line[..8], &line[128..])).collect()
}

#[test]
fn a_bag_of_a_whole_record_holds_an_object_that_is_valid() {
    let office = office();
    let target = office.place.root().join("giao_nop");
    export(&office, Payload::Record, &target).unwrap();
    let other = Office::new();
    let object = target.join("data/ho_so_luu");
    copy(&object, &other.place.records().join(id_path(&object)));
    assert_eq!(codes(&other.store), Vec::<String>::new());
    assert_eq!(other.text(1), office.text(1));
    assert_eq!(other.text(2), office.text(2));
}

#[test]
fn a_folder_with_something_in_it_is_left_alone() {
    let office = office();
    let target = office.place.root().join("giao_nop");
    fs::create_dir(&target).unwrap();
    fs::write(target.join("cua_toi.txt"), "a").unwrap();
    let refused = export(&office, Payload::Newest, &target).unwrap_err().to_string();
    assert!(refused.contains("đã có tệp bên trong"), "{refused}");
    assert_eq!(tree(&target), "cua_toi.txt\n");
    fs::remove_file(target.join("cua_toi.txt")).unwrap();
    export(&office, Payload::Newest, &target).unwrap();
    assert!(export(&office, Payload::Newest, &target).is_err());
    fs::write(office.place.root().join("tep"), "a").unwrap();
    assert!(export(&office, Payload::Newest, &office.place.root().join("tep")).is_err());
    assert!(
        export(&office, Payload::Newest, &office.place.root().join("khong_co/giao_nop")).is_err()
    );
    assert!(export(&office, Payload::Newest, &office.place.root().join("..")).is_err());
}

#[test]
fn a_bag_that_was_left_in_the_middle_is_not_in_the_way() {
    let office = office();
    let staged = office.place.root().join(".giao_nop.vanthu-tam");
    fs::create_dir(&staged).unwrap();
    fs::write(staged.join("bagit.txt"), "").unwrap();
    export(&office, Payload::Newest, &office.place.root().join("giao_nop")).unwrap();
    assert!(!staged.exists());
}

#[test]
fn a_damaged_record_is_not_handed_over() {
    let office = office();
    fs::write(office.object().join("v1/content/ho_so.yaml"), "số: 326").unwrap();
    let target = office.place.root().join("giao_nop");
    for payload in [Payload::Newest, Payload::Record] {
        let fault = export(&office, payload, &target).unwrap_err().to_string();
        assert!(fault.contains("ho_so.yaml đã bị sửa"), "{fault}");
        assert!(!target.exists());
    }
}
