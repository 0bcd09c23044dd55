//! `vanthu wording check` and `accept`: versions, locked phrases, and what a document
//! says of the wording it was made with.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod program;

use std::path::PathBuf;
use std::process::Output;

use expect_test::expect;
use program::{stderr, stdout, vanthu_in};

#[test]
fn check_tells_how_much_it_looked_at_and_what_has_changed() {
    let office = Office::new();
    office.run(&["wording", "accept", "--ly-do", "Bản đầu", "--ngay", "2/3/2026"], 0);
    let said = stdout(&office.run(&["wording", "check"], 0));
    assert!(said.starts_with("Đã kiểm tra "), "{said}");
    assert!(said.ends_with(" 0 lỗi, 0 cảnh báo, 0 thông tin.\n"), "{said}");
    office.edit(|text| text.replace("đã xong", "đã làm xong"));
    let said = stdout(&office.run(&["loi-van", "kiem-tra"], 0));
    let told = "cong_tac/noi_dung.md: đã sửa sau phiên bản 1, ghi nhận ngày 02/3/2026.\n";
    assert!(said.starts_with(told), "{said}");
    let json = stdout(&office.run(&["wording", "check", "--json"], 0));
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["da_sua"][0]["tep"], "cong_tac/noi_dung.md");
    assert_eq!(json["da_sua"][0]["phien_ban"], 1);
    assert_eq!(json["ket_qua"].as_array().unwrap().len(), 0);
}

#[test]
fn check_fails_on_errors() {
    let office = Office::new();
    office.edit(|text| text.replace("noi_dung.viec }}", "noi_dung.vietc }}"));
    let ran = office.run(&["wording", "check"], 1);
    assert!(stdout(&ran).contains("lỗi["), "{}", stdout(&ran));
    // And nothing is accepted while there are any.
    let ran = office.run(&["wording", "accept", "--ly-do", "x"], 1);
    assert!(stderr(&ran).ends_with("Chưa ghi nhận gì, vì còn lỗi ở trên.\n"), "{}", stderr(&ran));
    assert!(!office.path("templates/phien_ban.yaml").exists());
}

#[test]
fn a_change_without_a_locked_phrase_needs_no_reason() {
    let office = Office::new();
    office.run(&["wording", "accept", "--ly-do", "Bản đầu", "--ngay", "2/3/2026"], 0);
    office.edit(|text| text.replace("đã xong", "đã làm xong"));
    let ran = office.run(&["wording", "accept", "cong_tac/noi_dung", "--ngay", "5/3/2026"], 0);
    expect![[r#"
        Đã ghi nhận cong_tac/noi_dung.md: phiên bản 2
        Sổ phiên bản: templates/phien_ban.yaml
    "#]]
    .assert_eq(&stdout(&ran));
    let again = office.run(&["wording", "accept"], 0);
    assert_eq!(stdout(&again), "Không có lời văn nào sửa sau lần ghi nhận trước.\n");
    let ledger = std::fs::read_to_string(office.path("templates/phien_ban.yaml")).unwrap();
    let (_, ours) = ledger.split_once("\ncong_tac/noi_dung.md:\n").unwrap();
    let dates: Vec<&str> =
        ours.lines().filter(|line| line.contains("ngay:")).take(2).map(str::trim).collect();
    assert_eq!(dates, ["ngay: 02/3/2026", "ngay: 05/3/2026"]);
}

#[test]
fn a_locked_phrase_is_changed_only_with_a_reason() {
    let office = Office::new();
    office.run(&["wording", "accept", "--ly-do", "Bản đầu", "--ngay", "2/3/2026"], 0);
    let before = std::fs::read(office.path("templates/phien_ban.yaml")).unwrap();
    office.edit(|text| text.replace("trân trọng đề nghị", "kính đề nghị"));
    let refused = office.run(&["wording", "accept"], 1);
    expect![[r#"
        lỗi[cau-khoa-bi-sua]: cong_tac/noi_dung.md sửa câu khóa: “trân trọng đề nghị” → “kính đề nghị”
          = gợi ý: câu khóa chỉ sửa khi được phép; ghi căn cứ sau --ly-do, ví dụ --ly-do "theo Công văn số 15/STP-VBPQ"
        Chưa ghi nhận gì.
    "#]]
    .assert_eq(&stderr(&refused));
    assert!(std::fs::read(office.path("templates/phien_ban.yaml")).unwrap() == before);

    // Meanwhile a draft shows it, and a final is refused.
    let draft = office.run(&["render", "--draft", "ho_so", "--root", "templates"], 0);
    assert!(stderr(&draft).contains("cảnh báo[cau-khoa-bi-sua]"), "{}", stderr(&draft));
    let last = office.run(&["render", "ho_so", "--root", "templates", "--out", "ra"], 1);
    expect![[r#"
        lỗi[cau-khoa-bi-sua]: câu khóa đã sửa mà chưa ghi nhận: “trân trọng đề nghị” → “kính đề nghị”
        --> templates/cong_tac/noi_dung.md
         = gợi ý: lấy lại câu cũ; hoặc, khi được phép sửa, gõ `vanthu wording accept cong_tac/noi_dung --ly-do "…"`

        ho_so: chưa xuất, vì còn lỗi ở trên.
    "#]]
    .assert_eq(&stderr(&last));
    assert!(!office.path("ra").exists());

    let reason = ["wording", "accept", "--ly-do", "theo Công văn số 15/STP-VBPQ"];
    office.run(&reason, 0);
    office.run(&["render", "ho_so", "--root", "templates", "--out", "ra"], 0);
}

#[test]
fn a_document_says_which_version_of_which_wording_it_was_made_with() {
    let office = Office::new();
    let properties = || {
        office
            .run(&["render", "ho_so", "--root", "templates", "--out", "ra", "--format", "docx"], 0);
        let docx = std::fs::read(office.path("ra/ho_so.docx")).unwrap();
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(docx)).unwrap();
        let mut xml = String::new();
        let mut part = zip.by_name("docProps/custom.xml").unwrap();
        std::io::Read::read_to_string(&mut part, &mut xml).unwrap();
        let value = |name: &str| {
            let (_, rest) = xml.split_once(&format!("name=\"{name}\"><vt:lpwstr>")).unwrap();
            rest.split('<').next().unwrap().to_owned()
        };
        (value("Lời văn"), value("Phiên bản lời văn"), value("SHA-256 lời văn"))
    };
    let (name, version, unknown) = properties();
    assert_eq!((name.as_str(), version.as_str()), ("cong_tac/noi_dung", "chưa ghi nhận"));
    office.run(&["wording", "accept", "--ly-do", "Bản đầu"], 0);
    let (_, version, first) = properties();
    assert_eq!((version.as_str(), &first), ("1", &unknown));
    // One hash over the file and all that it includes.
    let shared = office.path("templates/chung/ket_cong_tac.md");
    std::fs::write(&shared, "Trên đây là công tác của Sở./.\n").unwrap();
    let (_, version, second) = properties();
    assert_eq!(version, "1+");
    assert_ne!(first, second);
    office.run(&["wording", "accept"], 0);
    let (_, version, third) = properties();
    assert_eq!((version.as_str(), third), ("1", second));
}

#[test]
fn a_wrong_call_is_explained() {
    let office = Office::new();
    let ran = office.run(&["wording", "accept", "cong_tac/noi_dun"], 2);
    assert!(
        stderr(&ran).starts_with("lỗi: không có lời văn “cong_tac/noi_dun”\n  = gợi ý: có phải ý anh/chị là “cong_tac/noi_dung”? "),
        "{}",
        stderr(&ran)
    );
    let ran = office.run(&["ghi-nhan"], 2);
    assert!(stderr(&ran).contains("không có lệnh “ghi-nhan”"), "{}", stderr(&ran));
    let ran = office.run(&["wording", "accept", "--ngay", "30/2/2026"], 2);
    assert!(stderr(&ran).contains("“30/2/2026” không dùng được cho --ngay"), "{}", stderr(&ran));
    std::fs::create_dir(office.path("rong")).unwrap();
    let ran = office.run(&["wording", "accept", "--root", "rong"], 2);
    assert!(stderr(&ran).contains("không có tệp lời văn nào"), "{}", stderr(&ran));
    std::fs::write(office.path("templates/phien_ban.yaml"), "a: [\n").unwrap();
    let ran = office.run(&["wording", "check"], 2);
    assert!(stderr(&ran).contains("lỗi[so-phien-ban-sai]"), "{}", stderr(&ran));
}

/// A folder with `templates/` and a case of the one type that is there.
struct Office(tempfile::TempDir);

impl Office {
    fn new() -> Self {
        let office = Self(tempfile::tempdir().unwrap());
        let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
        let sample =
            std::fs::read_to_string(root.join("templates/bao_cao/ho_so_mau.yaml")).unwrap();
        let (head, rest) = sample.split_once("noi_dung:\n").unwrap();
        let (_, tail) = rest.split_once("\nnguoi_ky:").unwrap();
        let (tail, _) = tail.split_once("\nphu_luc:").unwrap();
        let head = head.replace("loai: bao_cao", "loai: cong_tac");
        let case = format!("{head}noi_dung:\n  viec: kiểm kê\n\nnguoi_ky:{tail}\n");
        for (path, text) in [
            (
                "templates/cong_tac/loai.yaml",
                "ten: Báo cáo\nky_hieu: BC\nmau: \"1.4\"\nkinh_gui: len_tren\n",
            ),
            ("templates/cong_tac/ho_so_mau.yaml", case.as_str()),
            ("templates/chung/ket_cong_tac.md", "Trên đây là công tác./.\n"),
            (
                "templates/cong_tac/noi_dung.md",
                "---\nmo_ta: Công tác\ncau_khoa:\n  - trân trọng đề nghị\ntruong:\n  \
                 - {khoa: viec, kieu: chu, bat_buoc: co, mo_ta: Việc, vi_du: kiểm kê}\n---\n\
                 Việc {{ noi_dung.viec }} đã xong. Sở trân trọng đề nghị Ủy ban nhân dân tỉnh xem xét.\n\n\
                 {% include \"chung/ket_cong_tac.md\" %}\n",
            ),
            ("ho_so/ho_so.yaml", case.as_str()),
        ] {
            let path = office.path(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        office
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn edit(&self, edit: impl Fn(String) -> String) {
        let path = self.path("templates/cong_tac/noi_dung.md");
        let text = std::fs::read_to_string(&path).unwrap();
        let edited = edit(text.clone());
        assert_ne!(text, edited);
        std::fs::write(path, edited).unwrap();
    }

    fn run(&self, args: &[&str], code: i32) -> Output {
        let ran = vanthu_in(self.0.path(), args);
        assert_eq!(ran.status.code(), Some(code), "{args:?}\n{}{}", stdout(&ran), stderr(&ran));
        ran
    }
}
