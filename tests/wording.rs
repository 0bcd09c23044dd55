//! `vanthu wording`, `new --mau` and `schema`, as a clerk calls them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod program;

use std::path::Path;

use expect_test::expect;
use program::{stderr, stdout, vanthu};

#[test]
fn fields_tells_what_a_wording_asks_and_gives_lines_to_paste() {
    let office = small_office();
    let ran = vanthu(&["wording", "fields", "giay_moi", "--root", &text(office.path())]);
    assert_eq!(ran.status.code(), Some(0), "{}", stderr(&ran));
    expect![[r#"
        Lời văn giay_moi/noi_dung hỏi những dữ kiện sau, ghi dưới `noi_dung:` của hồ sơ.

        den: ngày/tháng/năm, bắt buộc
            Ngày mời
            Ví dụ: 16/8/2022
        khach: danh sách, có thể bỏ; mỗi mục gồm:
            Khách mời
            ten: chữ trên một dòng, bắt buộc
                Họ và tên
                Ví dụ: Trần Minh Khoa

        Chép các dòng dưới đây vào hồ sơ rồi sửa; khóa có dấu # ở đầu là khóa có thể bỏ, cần thì xóa dấu # và dấu cách sau nó.

        noi_dung:
          den: 16/8/2022
          # khach:
          #   - ten: Trần Minh Khoa

        Lời văn khác của loại giay_moi: hop, tiep_khach.
    "#]]
    .assert_eq(&stdout(&ran));
}

#[test]
fn fields_prints_json_for_programs() {
    let office = small_office();
    let root = text(office.path());
    let ran = vanthu(&["loi-van", "truong", "giay_moi/hop", "--json", "--root", &root]);
    let page: serde_json::Value = serde_json::from_str(&stdout(&ran)).unwrap();
    assert_eq!(page["loi_van"], "giay_moi/hop");
    assert_eq!(page["truong"][0]["khoa"], "ve");
    assert_eq!(page["truong"][0]["kieu"], "chu");
    assert_eq!(page["khung"], "mau: hop\nnoi_dung:\n  ve: \"họp: giao ban\"\n");
}

#[test]
fn new_copies_the_sample_of_the_wording_that_is_asked_for() {
    let office = small_office();
    let root = text(office.path());
    let made = |wording: &[&str], name: &str| {
        let case = office.path().join(name);
        let mut args = vec!["new", "giay_moi", case.to_str().unwrap(), "--root", &root];
        args.extend(wording);
        let ran = vanthu(&args);
        assert_eq!(ran.status.code(), Some(0), "{}", stderr(&ran));
        (std::fs::read_to_string(case.join("ho_so.yaml")).unwrap(), stdout(&ran))
    };
    assert_eq!(made(&[], "a").0, "loai: giay_moi\n");
    assert_eq!(made(&["--mau", "hop"], "b").0, "loai: giay_moi\nmau: hop\n");
    let (case, said) = made(&["--mau", "tiep_khach"], "c");
    assert!(case.contains("\nmau: tiep_khach\n") && case.contains("\n  khach:"), "{case}");
    assert!(said.contains("Lời văn giay_moi/tiep_khach chưa có hồ sơ mẫu"), "{said}");
}

#[test]
fn the_schema_knows_the_wordings_of_the_office() {
    let office = small_office();
    let ran = vanthu(&["schema", "--root", &text(office.path())]);
    let schema: serde_json::Value = serde_json::from_str(&stdout(&ran)).unwrap();
    let of_hop = schema["allOf"].as_array().unwrap().iter().find(|condition| {
        condition["if"]["properties"]["loai"]["const"] == "giay_moi"
            && condition["if"]["properties"]["mau"]["const"] == "hop"
    });
    expect![[r#"
        {
          "if": {
            "properties": {
              "loai": {
                "const": "giay_moi"
              },
              "mau": {
                "const": "hop"
              }
            },
            "required": [
              "loai",
              "mau"
            ]
          },
          "then": {
            "properties": {
              "noi_dung": {
                "additionalProperties": false,
                "properties": {
                  "ve": {
                    "description": "Việc họp (chữ trên một dòng)",
                    "examples": [
                      "họp: giao ban"
                    ],
                    "type": [
                      "string",
                      "number"
                    ]
                  }
                },
                "required": [
                  "ve"
                ],
                "type": "object"
              }
            },
            "required": [
              "noi_dung"
            ]
          }
        }
    "#]]
    .assert_eq(&format!("{:#}\n", of_hop.unwrap()));
}

/// The embedded templates and one type more, with three wordings.
fn small_office() -> tempfile::TempDir {
    let office = tempfile::tempdir().unwrap();
    let folder = office.path().join("giay_moi");
    std::fs::create_dir(&folder).unwrap();
    let wording = |fields: &str| {
        format!("---\nmo_ta: Giấy mời\ntruong:\n{fields}---\nTrân trọng kính mời./.\n")
    };
    let files = [
        ("loai.yaml", "ten: Giấy mời\nky_hieu: GM\nmau: \"1.4\"\nkinh_gui: khong\n".to_owned()),
        ("ho_so_mau.yaml", "loai: giay_moi\n".to_owned()),
        ("ho_so_mau_hop.yaml", "loai: giay_moi\nmau: hop\n".to_owned()),
        (
            "noi_dung.md",
            wording(
                "  - {khoa: den, kieu: ngay, bat_buoc: co, mo_ta: Ngày mời, vi_du: 16/8/2022}\n  \
                 - khoa: khach\n    kieu: danh_sach\n    mo_ta: Khách mời\n    truong:\n      \
                 - {khoa: ten, kieu: chu, bat_buoc: co, mo_ta: Họ và tên, vi_du: Trần Minh Khoa}\n",
            ),
        ),
        (
            "hop.md",
            wording(
                "  - {khoa: ve, kieu: chu, bat_buoc: co, mo_ta: Việc họp, vi_du: \"họp: giao ban\"}\n",
            ),
        ),
        ("tiep_khach.md", wording("  - {khoa: khach, kieu: chu, bat_buoc: co, mo_ta: Khách}\n")),
    ];
    for (name, text) in files {
        std::fs::write(folder.join(name), text).unwrap();
    }
    office
}

fn text(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}
