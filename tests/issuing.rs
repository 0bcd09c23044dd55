//! An office from its first document to its backup, as a clerk goes through it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod program;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Output;

use expect_test::{Expect, expect};
use program::{stderr, stdout, vanthu_in};
use vanthu::archive::ocfl::Store;
use vanthu::archive::place::Place;
use vanthu::issuing::{paths, rerender};

/// An office of its own in a folder that is no checkout.
struct Office {
    folder: tempfile::TempDir,
}

impl Office {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let made = vanthu_in(folder.path(), &["init", "vp"]);
        assert!(made.status.success(), "{}", stderr(&made));
        Self { folder }
    }

    /// One whose `van_phong.yaml` says something else.
    fn with(from: &str, to: &str) -> Self {
        let office = Self::new();
        let path = office.path("van_phong.yaml");
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains(from));
        std::fs::write(path, text.replace(from, to)).unwrap();
        office
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("vp")
    }

    fn path(&self, inside: &str) -> PathBuf {
        self.root().join(inside)
    }

    fn place(&self) -> Place {
        Place::new(self.root())
    }

    fn run(&self, args: &[&str]) -> Output {
        vanthu_in(&self.root(), args)
    }

    /// What a command says when it does what it is asked.
    fn says(&self, args: &[&str]) -> String {
        let out = self.run(args);
        assert!(out.status.success(), "{args:?}: {}{}", stdout(&out), stderr(&out));
        stdout(&out)
    }

    /// What it says when it does not, with the exit code.
    fn refuses(&self, args: &[&str]) -> String {
        let out = self.run(args);
        assert!(!out.status.success(), "{args:?}: {}", stdout(&out));
        format!("{}{}[{}]\n", stdout(&out), stderr(&out), out.status.code().unwrap())
    }

    /// A case in `ho_so/`, after the sample of its type, with number and date as given.
    fn case(&self, kind: &str, name: &str, number: &str, date: &str, subject: &str) -> String {
        let case = format!("ho_so/{name}");
        self.says(&["new", kind, &case]);
        self.edit(&case, &[("so", number), ("ngay", date), ("trich_yeu", subject)]);
        case
    }

    /// Sets keys of a case that stand on one line.
    fn edit(&self, case: &str, keys: &[(&str, &str)]) {
        let path = self.path(case).join("ho_so.yaml");
        let text = std::fs::read_to_string(&path).unwrap();
        let set = |line: &str| {
            let own = keys.iter().find(|(key, _)| line.starts_with(&format!("{key}:")));
            own.map_or_else(|| line.to_owned(), |(key, value)| format!("{key}: {value}"))
        };
        let lines: Vec<String> = text.lines().map(set).collect();
        std::fs::write(path, lines.join("\n") + "\n").unwrap();
    }

    /// A báo cáo of a day, issued.
    fn issued(&self, name: &str, date: &str) -> String {
        let case = self.case("bao_cao", name, "", date, &format!("Về việc {name}"));
        self.says(&["issue", &case]);
        case
    }

    fn whole(&self) {
        self.says(&["archive", "verify", "--deep"]);
    }
}

fn check(actual: &str, expected: Expect) {
    expected.assert_eq(actual);
}

#[test]
fn a_case_gets_the_next_number_and_its_files_a_record_and_a_row() {
    let office = Office::new();
    let case = office.case("bao_cao", "quy_1", "", "15/4/2025", "Về công tác quý I");
    check(
        &office.says(&["issue", &case, "--nguoi", "Lê Thị Hoa"]),
        expect![[r#"
            Đã phát hành 01/BC-SKHCN ngày 15/4/2025 (2 trang)
            Đã ghi ho_so/quy_1/quy_1.pdf, ho_so/quy_1/quy_1.docx
        "#]],
    );
    check(
        &office.says(&["register", "list"]),
        expect![[r#"
            01/BC-SKHCN  15/4/2025   Báo cáo Về công tác quý I
            1 dòng
        "#]],
    );
    let shown = office.says(&["register", "show", "1"]);
    assert!(shown.contains("phát hành, Lê Thị Hoa"), "{shown}");
    let mark = std::fs::read_to_string(office.path("ho_so/quy_1/phat_hanh.yaml")).unwrap();
    assert!(mark.contains("so_ky_hieu: 01/BC-SKHCN\nngay: 15/4/2025\n"), "{mark}");
    office.whole();
}

#[test]
fn the_same_command_again_gives_the_same_number_and_brings_back_its_files() {
    let office = Office::new();
    let case = office.issued("mot", "15/4/2025");
    let pdf = office.path("ho_so/mot/mot.pdf");
    let first = std::fs::read(&pdf).unwrap();
    std::fs::remove_file(&pdf).unwrap();
    let again = office.says(&["issue", &case]);
    assert!(again.starts_with("Đã phát hành từ trước: 01/BC-SKHCN"), "{again}");
    assert_eq!(std::fs::read(&pdf).unwrap(), first);
    assert_eq!(office.says(&["register", "list"]).lines().count(), 2);
}

#[test]
fn an_issued_case_is_not_rendered_again_and_a_copy_of_it_is_not_issued() {
    let office = Office::new();
    let case = office.issued("mot", "15/4/2025");
    for command in [["render", &case].as_slice(), &["render", &case, "--draft"], &["watch", &case]]
    {
        let said = office.refuses(command);
        assert!(said.contains("đã có số 01/BC-SKHCN ngày 15/4/2025"), "{said}");
    }
    std::fs::create_dir(office.path("ho_so/hai")).unwrap();
    let copy = |name: &str| {
        std::fs::copy(office.path("ho_so/mot").join(name), office.path("ho_so/hai").join(name))
    };
    copy("ho_so.yaml").unwrap();
    check(
        &office.refuses(&["issue", "ho_so/hai"]),
        expect![[r#"
            lỗi: hồ sơ này giống hệt hồ sơ đã phát hành thành 01/BC-SKHCN ngày 15/4/2025
              = gợi ý: văn bản đã phát hành không phát hành lại; cần thay thì gõ `vanthu new --thay-the 01/BC-SKHCN THƯ_MỤC`
            [2]
        "#]],
    );
}

#[test]
fn a_case_that_changed_after_it_was_issued_does_not_get_the_files_of_what_it_was() {
    let office = Office::new();
    let case = office.issued("mot", "15/4/2025");
    let pdf = std::fs::read(office.path("ho_so/mot/mot.pdf")).unwrap();
    office.edit(&case, &[("trich_yeu", "Về việc khác")]);
    check(
        &office.refuses(&["issue", &case]),
        expect![[r#"
            lỗi: hồ sơ này không còn như khi phát hành thành 01/BC-SKHCN ngày 15/4/2025
              = gợi ý: lấy văn bản đã phát hành bằng `vanthu archive export 01/BC-SKHCN THƯ_MỤC`; nội dung cần đổi thì gõ `vanthu new --thay-the 01/BC-SKHCN THƯ_MỤC`; hồ sơ chép từ hồ sơ khác thì bỏ tệp phat_hanh.yaml trong bản chép
            [2]
        "#]],
    );
    assert!(std::fs::read(office.path("ho_so/mot/mot.pdf")).unwrap() == pdf);
    // A folder copied with its mark, then filled in anew, is no copy of the old document.
    let other = office.case("bao_cao", "hai", "", "16/4/2025", "Về việc hai");
    let mark = office.path("ho_so/mot/phat_hanh.yaml");
    std::fs::copy(mark, office.path("ho_so/hai/phat_hanh.yaml")).unwrap();
    let said = office.refuses(&["issue", &other]);
    assert!(said.contains("bỏ tệp phat_hanh.yaml trong bản chép"), "{said}");
    std::fs::remove_file(office.path("ho_so/hai/phat_hanh.yaml")).unwrap();
    assert!(office.says(&["issue", &other]).starts_with("Đã phát hành 02/"));
}

/// Wherever a link stands that the clerk did not name, it is not followed.
#[cfg(unix)]
#[test]
fn a_link_in_an_office_leads_nowhere() {
    const TO_FILE: &str = "../ngoai/tep";
    let issue = ["issue", "ho_so/hai"].as_slice();
    let spots = [
        ("ho_so/hai/phat_hanh.yaml", issue, TO_FILE),
        ("ho_so/hai/phat_hanh.yaml", &["render", "ho_so/hai"], TO_FILE),
        ("ho_so/mot/phat_hanh.yaml", &["issue", "ho_so/mot"], "khong_co"),
        ("ho_so/hai/ho_so.yaml", issue, TO_FILE),
        ("ho_so/hai/ho_so.yaml", &["render", "ho_so/hai"], TO_FILE),
        ("mau", &["render", "ho_so/hai"], "../ngoai"),
        ("mau", issue, "../ngoai"),
        ("luu_tru/ho_so", &["archive", "verify"], "../ngoai"),
        ("luu_tru/so_dang_ky.db", &["register", "list"], TO_FILE),
        ("dau.txt", &["register", "head", "--ra", "dau.txt"], TO_FILE),
        ("../sao_luu/dau_chuoi.txt", &["archive", "backup", "../sao_luu"], TO_FILE),
        ("../sao_luu/luu_tru", &["archive", "backup", "../sao_luu"], "../ngoai"),
        ("../sao_luu/luu_tru/ho_so", &["archive", "backup", "../sao_luu"], "../ngoai"),
        ("../sao_luu/luu_tru/ho_so/0=ocfl_1.1", &["archive", "backup", "../sao_luu"], TO_FILE),
    ];
    let office = Office::new();
    office.issued("mot", "15/4/2025");
    office.case("bao_cao", "hai", "", "16/4/2025", "Về việc hai");
    let outside = office.folder.path().join("ngoai");
    std::fs::create_dir(&outside).unwrap();
    std::fs::write(outside.join("tep"), "bên ngoài").unwrap();
    let mut lines = String::new();
    for (spot, command, target) in spots {
        let at = office.path(spot);
        let aside = office.folder.path().join("cat_di");
        std::fs::create_dir_all(at.parent().unwrap()).unwrap();
        let was_there = std::fs::rename(&at, &aside).is_ok();
        std::os::unix::fs::symlink(office.path(target), &at).unwrap();
        let said = office.refuses(command).replace(&*office.root().to_string_lossy(), "…");
        lines.push_str(&format!("{}: {}\n", command.join(" "), said.lines().next().unwrap()));
        std::fs::remove_file(&at).unwrap();
        if was_there {
            std::fs::rename(&aside, &at).unwrap();
        }
    }
    check(
        &lines,
        expect![[r#"
        issue ho_so/hai: lỗi: ho_so/hai/phat_hanh.yaml là liên kết dẫn đi nơi khác
        render ho_so/hai: lỗi: ho_so/hai/phat_hanh.yaml là liên kết dẫn đi nơi khác
        issue ho_so/mot: lỗi: ho_so/mot/phat_hanh.yaml là liên kết dẫn đi nơi khác
        issue ho_so/hai: lỗi[tep-khong-doc-duoc]: không đọc được hồ sơ: tệp này là liên kết dẫn ra ngoài thư mục hồ sơ
        render ho_so/hai: lỗi[tep-khong-doc-duoc]: không đọc được hồ sơ: tệp này là liên kết dẫn ra ngoài thư mục hồ sơ
        render ho_so/hai: lỗi: …/mau là liên kết dẫn đi nơi khác
        issue ho_so/hai: lỗi: …/mau là liên kết dẫn đi nơi khác
        archive verify: lỗi: …/luu_tru/ho_so là liên kết dẫn đi nơi khác
        register list: lỗi: …/luu_tru/so_dang_ky.db là liên kết dẫn đi nơi khác
        register head --ra dau.txt: lỗi: dau.txt là liên kết dẫn đi nơi khác
        archive backup ../sao_luu: lỗi: ../sao_luu/dau_chuoi.txt là liên kết dẫn đi nơi khác
        archive backup ../sao_luu: lỗi: ../sao_luu/luu_tru là liên kết dẫn đi nơi khác
        archive backup ../sao_luu: lỗi: ../sao_luu/luu_tru/ho_so là liên kết dẫn đi nơi khác
        archive backup ../sao_luu: lỗi: ../sao_luu/luu_tru/ho_so/0=ocfl_1.1 là liên kết dẫn đi nơi khác
    "#]],
    );
    assert_eq!(std::fs::read_to_string(outside.join("tep")).unwrap(), "bên ngoài");
    assert_eq!(std::fs::read_dir(&outside).unwrap().count(), 1);
    office.whole();
    office.says(&["issue", "ho_so/hai"]);
}

/// A name may turn the text around it round, or hold what steers a terminal.
#[test]
fn a_message_shows_what_a_name_hides() {
    let office = Office::new();
    let name = "ho_so/x\u{202E}gnp\u{1B}[31m";
    let said = office.refuses(&["render", name]);
    assert!(said.contains("ho_so/x[U+202E]gnp[U+001B][31m"), "{said}");
    let told = office.run(&["check", name, "--json"]);
    assert!(stdout(&told).contains(r"ho_so/x\u202egnp"), "{}", stdout(&told));
}

#[test]
fn a_case_with_a_fault_takes_no_number_and_leaves_no_mark() {
    let office = Office::new();
    let case = office.case("bao_cao", "mot", "", "15/4/2025", "");
    let said = office.refuses(&["issue", &case]);
    assert!(said.contains("thiếu `trich_yeu`") && said.contains("chưa phát hành"), "{said}");
    assert!(!office.path("ho_so/mot/phat_hanh.yaml").exists());
    assert_eq!(office.says(&["register", "list"]), "Sổ chưa có dòng nào như vậy.\n");
}

#[test]
fn a_case_that_nobody_filled_in_takes_no_number() {
    let office = Office::new();
    office.says(&["new", "bao_cao", "ho_so/mot"]);
    check(
        &office.refuses(&["issue", "ho_so/mot"]),
        expect![[r#"
            lỗi: ho_so/mot/ho_so.yaml vẫn y nguyên hồ sơ mẫu, chưa sửa chữ nào
              = gợi ý: điền nội dung của cơ quan vào hồ sơ, xem thử bằng `vanthu render --draft`, rồi phát hành
            [2]
        "#]],
    );
    assert_eq!(office.says(&["register", "list"]), "Sổ chưa có dòng nào như vậy.\n");
    assert!(!office.path("ho_so/mot/phat_hanh.yaml").exists());
}

/// The check passes such a case: only the layout knows the letters of the fonts.
#[test]
fn a_letter_that_no_font_has_is_told_of_before_a_number_is_given() {
    let office = Office::new();
    let case = office.case("bao_cao", "mot", "", "15/4/2025", "Về 文字");
    check(
        &office.refuses(&["issue", &case]),
        expect![[r#"
            lỗi[khong-co-chu]: bản PDF không in được chữ “文字” (U+6587, U+5B57)
              --> ho_so/mot/ho_so.yaml:31:15
               |
            31 | trich_yeu: Về 文字
               |               ^^^^
               |
               = gợi ý: thay bằng chữ khác, hoặc bỏ đi; bản dự thảo (`--draft`) in ▯ vào chỗ này

            cảnh báo[ngay-sau-van-ban]: văn bản viện dẫn ngày 20/11/2025, sau ngày của văn bản này (15/4/2025)
              --> ho_so/mot/ho_so.yaml:48:11
               |
            48 |     ngay: 20/11/2025
               |           ^^^^^^^^^^ noi_dung.thuc_hien.ngay
               |
               = gợi ý: xem lại ngày, nhất là năm, của văn bản viện dẫn và `ngay` của văn bản này

            ho_so/mot: chưa phát hành, vì còn lỗi ở trên.
            [1]
        "#]],
    );
    assert_eq!(office.says(&["register", "list"]), "Sổ chưa có dòng nào như vậy.\n");
    assert!(!office.path("ho_so/mot/phat_hanh.yaml").exists());
}

#[test]
fn a_note_or_a_reason_may_begin_with_a_hyphen() {
    let office = Office::new();
    let case = office.case("bao_cao", "mot", "", "15/4/2025", "Về việc một");
    office.says(&["issue", &case, "--ghi-chu", "-5 độ"]);
    assert!(office.says(&["register", "show", "1"]).contains("-5 độ"));
    office.says(&["register", "recall", "1", "--ly-do", "- sai nội dung"]);
    assert!(office.says(&["register", "show", "1"]).contains("- sai nội dung"));
}

/// The clerk who is sent to `archive verify` learns there what to do.
#[test]
fn a_register_that_cannot_be_read_does_not_keep_the_records_from_being_verified() {
    let office = Office::new();
    office.issued("mot", "15/4/2025");
    let register = office.path("luu_tru/so_dang_ky.db");
    let mut bytes = std::fs::read(&register).unwrap();
    bytes[4096..].fill(0x55);
    std::fs::write(&register, bytes).unwrap();
    let said = office.refuses(&["archive", "verify"]);
    check(
        &said.replace(&*office.root().to_string_lossy(), "…"),
        expect![[r#"
            Đã kiểm tra 1 hồ sơ lưu; không đọc được sổ đăng ký
            lỗi[so-hong]: sổ đăng ký …/luu_tru/so_dang_ky.db đã hỏng, không đọc được hết
            --> …/luu_tru/so_dang_ky.db
             = gợi ý: sao kho ra chỗ khác để giữ nguyên hiện trạng, rồi lập lại sổ từ các hồ sơ lưu: `vanthu register rebuild`

            [1]
        "#]],
    );
    office.says(&["register", "rebuild"]);
    office.whole();
}

#[test]
fn a_file_that_somebody_edited_is_told_of_before_a_number_is_given() {
    let office = Office::new();
    let case = office.case("bao_cao", "mot", "", "15/4/2025", "Về việc một");
    std::fs::write(office.path("ho_so/mot/mot.docx"), "của lãnh đạo").unwrap();
    let said = office.refuses(&["issue", &case]);
    assert!(said.contains("không phải tệp do chương trình xuất"), "{said}");
    assert_eq!(office.says(&["register", "list"]), "Sổ chưa có dòng nào như vậy.\n");
    office.says(&["issue", &case, "--force"]);
    assert!(office.path("ho_so/mot/mot.sua-tay-1.docx").exists());
}

#[test]
fn numbers_begin_again_with_each_year_and_each_series() {
    let office = Office::with("# day_so_rieng:\n#   - quyet_dinh", "day_so_rieng:\n  - quyet_dinh");
    office.issued("mot", "30/12/2024");
    office.issued("hai", "31/12/2024");
    office.issued("ba", "2/1/2025");
    for (name, date) in [("qd1", "3/1/2025"), ("qd2", "3/1/2025")] {
        let case = office.case("quyet_dinh", name, "", date, &format!("Về việc {name}"));
        office.says(&["issue", &case]);
    }
    let rows = office.says(&["register", "list"]);
    let codes: Vec<&str> = rows.lines().filter_map(|line| line.split('/').next()).collect();
    assert_eq!(codes[..5], ["01", "02", "01", "01", "02"], "{rows}");
    office.whole();
}

#[test]
fn a_year_that_began_on_paper_goes_on_from_its_last_number() {
    let office = Office::new();
    let case = office.case("bao_cao", "mot", "", "15/4/2025", "Về việc một");
    office.says(&["issue", &case, "--so", "126"]);
    let case = office.case("bao_cao", "hai", "130", "16/4/2025", "Về việc hai");
    check(
        &office.refuses(&["issue", &case]),
        expect![[r#"
            lỗi: số 130 không nối tiếp: số cuối của năm 2025 là 126
              = gợi ý: số tiếp theo là 127; số đầu tiên của năm thì chọn được, sau đó không được bỏ trống số nào
            [2]
        "#]],
    );
    // The refused wish left nothing behind.
    office.edit(&case, &[("so", "")]);
    let said = office.says(&["issue", &case]);
    assert!(said.starts_with("Đã phát hành 127/BC-SKHCN"), "{said}");
}

#[test]
fn a_document_of_an_older_day_gets_a_number_between() {
    let office = Office::new();
    office.issued("mot", "15/4/2025");
    office.issued("hai", "17/4/2025");
    let case = office.case("bao_cao", "chen", "", "16/4/2025", "Về việc chen");
    check(
        &office.refuses(&["issue", &case]),
        expect![[r#"
            lỗi: ngày 16/4/2025 trước ngày 17/4/2025 của số 02 đã cấp
              = gợi ý: văn bản ngày cũ thì xin số chen giữa: `--so 01a`; nếu ngày của số 02 ghi sai thì hủy số đó trước
            [2]
        "#]],
    );
    let said = office.says(&["issue", &case, "--so", "01a"]);
    assert!(said.starts_with("Đã phát hành 01a/BC-SKHCN ngày 16/4/2025"), "{said}");
    office.whole();
}

#[test]
fn the_date_is_the_cases_or_the_clerks_and_never_of_tomorrow() {
    let office = Office::new();
    let case = office.case("bao_cao", "mot", "", "15/4/2025", "Về việc một");
    let said = office.refuses(&["issue", &case, "--ngay", "16/4/2025"]);
    assert!(said.contains("hồ sơ ghi ngày 15/4/2025, văn bản lấy ngày 16/4/2025"), "{said}");
    office.edit(&case, &[("ngay", "/4/2025")]);
    let said = office.refuses(&["issue", &case, "--ngay", "16/5/2025"]);
    assert!(said.contains("hồ sơ ghi tháng 4/2025"), "{said}");
    office.edit(&case, &[("ngay", "")]);
    let said = office.refuses(&["issue", &case, "--ngay", "1/1/2099"]);
    assert!(said.contains("ngày 01/01/2099 chưa tới"), "{said}");
    let said = office.says(&["issue", &case, "--ngay", "16/4/2025"]);
    assert!(said.starts_with("Đã phát hành 01/BC-SKHCN ngày 16/4/2025"), "{said}");
}

#[test]
fn a_date_of_another_year_than_the_registers_takes_no_number_until_it_is_confirmed() {
    let office = Office::new();
    office.issued("mot", "15/4/2025");
    let case = office.case("bao_cao", "hai", "", "", "Về việc hai");
    check(
        &office.refuses(&["issue", &case, "--ngay", "21/3/1999"]),
        expect![[r#"
        lỗi: văn bản lấy ngày 21/3/1999, trong khi sổ đã ghi văn bản ngày 15/4/2025; số cấp theo năm 1999 rồi thì không lấy lại được
          = gợi ý: gõ nhầm năm thì sửa --ngay, hoặc `ngay` trong hồ sơ; đúng là ngày ấy thì gõ lại lệnh, thêm --dung-ngay
        [2]
    "#]],
    );
    // In the case itself; a number asked for; the day of a month given beside it.
    office.edit(&case, &[("ngay", "15/4/2015")]);
    let said = office.refuses(&["issue", &case, "--so", "7"]);
    assert!(
        said.contains("lấy ngày 15/4/2015, trong khi sổ đã ghi văn bản ngày 15/4/2025"),
        "{said}"
    );
    office.edit(&case, &[("ngay", "/4/2024")]);
    let said = office.refuses(&["issue", &case, "--ngay", "16/4/2024"]);
    assert!(said.contains("lấy ngày 16/4/2024") && said.contains("--dung-ngay"), "{said}");
    assert!(!office.path("ho_so/hai/phat_hanh.yaml").exists());
    assert_eq!(office.says(&["register", "list"]).lines().count(), 2);
    let said = office.says(&["issue", &case, "--ngay", "16/4/2024", "--dung-ngay"]);
    assert!(said.starts_with("Đã phát hành 01/BC-SKHCN ngày 16/4/2024"), "{said}");
    // The same wish again needs no second word.
    let said = office.says(&["issue", &case]);
    assert!(said.starts_with("Đã phát hành từ trước: 01/BC-SKHCN"), "{said}");
    office.whole();
}

#[test]
fn a_number_before_the_signature_is_not_given_for_a_slip_of_the_year_either() {
    let office = Office::with("thu_tu: ky_truoc", "thu_tu: so_truoc");
    let first = office.case("bao_cao", "mot", "", "5/1/2026", "Về việc một");
    office.says(&["issue", &first, "--reserve"]);
    let slip = office.case("bao_cao", "hai", "", "6/1/2025", "Về việc hai");
    let said = office.refuses(&["issue", &slip, "--reserve"]);
    assert!(
        said.contains("lấy ngày 06/01/2025, trong khi sổ đã ghi văn bản ngày 05/01/2026"),
        "{said}"
    );
    let late = office.case("bao_cao", "ba", "", "31/12/2025", "Về việc ba");
    let said = office.says(&["issue", &late, "--reserve"]);
    assert!(said.starts_with("Đã cấp số 01/BC-SKHCN ngày 31/12/2025"), "{said}");
    office.whole();
}

#[test]
fn the_first_document_of_a_register_is_not_of_another_decade_unasked() {
    let office = Office::new();
    let case = office.case("bao_cao", "mot", "", "21/3/1999", "Về việc một");
    let said = office.refuses(&["issue", &case]);
    assert!(said.contains("lấy ngày 21/3/1999, đã hơn mười năm"), "{said}");
    let said = office.says(&["issue", &case, "--dung-ngay"]);
    assert!(said.starts_with("Đã phát hành 01/BC-SKHCN ngày 21/3/1999"), "{said}");
}

#[test]
fn an_office_that_numbers_first_waits_for_the_signature() {
    let office = Office::with("thu_tu: ky_truoc", "thu_tu: so_truoc");
    let case = office.case("bao_cao", "mot", "", "15/4/2025", "Về việc một");
    let said = office.refuses(&["issue", &case]);
    assert!(said.contains("văn phòng này lấy số trước rồi mới ký"), "{said}");
    check(
        &office.says(&["issue", &case, "--reserve"]),
        expect![[r#"
            Đã cấp số 01/BC-SKHCN ngày 15/4/2025 (2 trang)
            Đã ghi ho_so/mot/mot.pdf, ho_so/mot/mot.docx
            Đem bản PDF đi ký, ký xong: vanthu archive attach 01/BC-SKHCN TỆP_ĐÃ_KÝ.pdf
        "#]],
    );
    check(
        &office.says(&["register", "list", "--cho"]),
        expect![[r#"
            01/BC-SKHCN  15/4/2025   Báo cáo Về việc một  [chờ ký, từ hôm nay]
            1 dòng
        "#]],
    );
    // The unsigned file itself is no signed copy.
    let said = office.refuses(&["archive", "attach", "01", "ho_so/mot/mot.pdf"]);
    assert!(said.contains("chưa"), "{said}");
    office.whole();
}

#[test]
fn a_voided_number_keeps_its_row_and_frees_its_case() {
    let office = Office::with("thu_tu: ky_truoc", "thu_tu: so_truoc");
    let case = office.case("bao_cao", "mot", "", "15/4/2025", "Về việc một");
    office.says(&["issue", &case, "--reserve"]);
    check(
        &office.says(&["register", "void", "1", "--ly-do", "Lãnh đạo không ký"]),
        expect![[r#"
            Đã hủy số 01/BC-SKHCN: Lãnh đạo không ký
            Số này giữ nguyên trong sổ, không cấp lại.
        "#]],
    );
    let said = office.refuses(&["register", "void", "1", "--ly-do", "Lần nữa"]);
    assert!(said.contains("đã hủy từ trước"), "{said}");
    let said = office.says(&["issue", &case, "--reserve"]);
    assert!(said.starts_with("Đã cấp số 02/BC-SKHCN"), "{said}");
    office.whole();
}

#[test]
fn a_recalled_document_is_frozen() {
    let office = Office::new();
    office.issued("mot", "15/4/2025");
    let said = office.refuses(&["register", "void", "1", "--ly-do", "Sai"]);
    assert!(said.contains("đã phát hành, không hủy số được"), "{said}");
    office.says(&["register", "recall", "1", "--ly-do", "Sai thẩm quyền"]);
    std::fs::write(office.path("quet.png"), b"\x89PNG\r\n\x1a\n0").unwrap();
    let said = office.refuses(&["archive", "attach", "1", "quet.png", "--scan"]);
    assert!(said.contains("đã thu hồi, không gắn thêm gì được"), "{said}");
    let said = office.refuses(&["new", "--thay-the", "1", "ho_so/hai"]);
    assert!(said.contains("không thay thế hay đính chính được"), "{said}");
    office.whole();
}

#[test]
fn a_scan_of_the_signed_paper_is_kept_as_a_scan() {
    let office = Office::new();
    office.issued("mot", "15/4/2025");
    std::fs::write(office.path("quet.png"), b"\x89PNG\r\n\x1a\n0").unwrap();
    office.says(&["archive", "attach", "1", "quet.png", "--scan"]);
    let said = office.refuses(&["archive", "attach", "1", "ho_so/mot/ho_so.yaml", "--scan"]);
    assert!(said.contains("lỗi:"), "{said}");
    let shown = office.says(&["register", "show", "1"]);
    assert!(shown.contains("Phiên bản 2") && shown.contains("gắn bản quét"), "{shown}");
    office.whole();
}

#[test]
fn what_replaces_and_what_corrects_a_document_is_linked_both_ways() {
    let office = Office::new();
    office.issued("mot", "15/4/2025");
    office.says(&["new", "--thay-the", "01/BC-SKHCN", "ho_so/moi"]);
    office.edit(
        "ho_so/moi",
        &[("ngay", "16/4/2025"), ("trich_yeu", "Về việc thay thế Báo cáo số 01/BC-SKHCN")],
    );
    office.says(&["issue", "ho_so/moi"]);
    office.says(&["new", "--dinh-chinh", "02/BC-SKHCN", "ho_so/cong_van"]);
    // Nothing of the sample's own facts can be issued by mistake.
    let said = office.refuses(&["issue", "ho_so/cong_van"]);
    assert!(said.contains("thiếu `vi_tri`"), "{said}");
    let path = office.path("ho_so/cong_van/ho_so.yaml");
    let text = std::fs::read_to_string(&path).unwrap();
    let text = text.replace("- vi_tri:", "- vi_tri: mục I").replace("da_in:", "da_in: một");
    std::fs::write(path, text.replace("sua_thanh:", "sua_thanh: hai")).unwrap();
    office.edit("ho_so/cong_van", &[("ngay", "17/4/2025")]);
    office.says(&["issue", "ho_so/cong_van"]);
    let line = |number: &str, what: &str| {
        let shown = office.says(&["register", "show", number]);
        let line = shown.lines().find(|line| line.starts_with(what)).map(str::to_owned);
        line.unwrap_or_else(|| panic!("no {what} in {shown}"))
    };
    assert_eq!(line("1", "Được thay thế bởi"), "Được thay thế bởi    02/BC-SKHCN ngày 16/4/2025");
    assert_eq!(line("2", "Thay thế"), "Thay thế             01/BC-SKHCN ngày 15/4/2025");
    assert_eq!(line("2", "Được đính chính"), "Được đính chính bởi  03/SKHCN-VP ngày 17/4/2025");
    assert_eq!(line("3", "Đính chính"), "Đính chính           02/BC-SKHCN ngày 16/4/2025");
    office.whole();
}

#[test]
fn every_sample_is_issued_and_made_again_from_its_record_alone() {
    let office = Office::with("day_so: chung", "day_so: theo_loai");
    let samples = vanthu::templates::Templates::embedded();
    for (position, path) in samples.samples().into_iter().enumerate() {
        let case = format!("ho_so/mau_{position}");
        std::fs::create_dir_all(office.path(&case)).unwrap();
        let text = samples.get(path).unwrap();
        std::fs::write(office.path(&case).join("ho_so.yaml"), text).unwrap();
        office.edit(&case, &[("so", ""), ("ngay", "15/10/2026")]);
        office.says(&["issue", &case]);
    }
    let store = Store::open(&office.place()).unwrap();
    let ids = store.ids().unwrap();
    assert_eq!(ids.len(), samples.samples().len());
    for id in ids {
        let object = store.object(&id).unwrap().unwrap();
        let files = store.files(&object, 1).unwrap();
        made_again(&id, &files);
    }
    office.whole();
}

fn made_again(id: &str, files: &BTreeMap<String, Vec<u8>>) {
    let again = rerender(files).unwrap_or_else(|reason| panic!("{id}: {reason}"));
    assert!(again.same_program);
    for file in &again.files {
        let path = paths::rendered(file.format.extension(), file.volume);
        assert!(files[&path] == file.bytes, "{id}: {path} differs");
    }
    assert_eq!(files[paths::WORDS], again.words.into_bytes(), "{id}");
}

#[test]
fn the_worked_example_is_kept_with_its_table_and_made_again() {
    let office = Office::new();
    copy(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("reports/kien_giang_2022"),
        &office.path("ho_so/kg"),
    );
    std::fs::remove_file(office.path("ho_so/kg/kien_giang_2022.pdf")).unwrap();
    std::fs::remove_file(office.path("ho_so/kg/kien_giang_2022.docx")).unwrap();
    let said = office.says(&["issue", "ho_so/kg"]);
    assert!(said.starts_with("Đã phát hành 325/BC-UBND ngày 16/8/2022"), "{said}");
    // The number is the case's own, so the files are those that are kept beside it.
    for ending in ["pdf", "docx"] {
        let kept = format!("reports/kien_giang_2022/kien_giang_2022.{ending}");
        let kept = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(kept)).unwrap();
        assert!(std::fs::read(office.path(&format!("ho_so/kg/kg.{ending}"))).unwrap() == kept);
    }
    office.whole();
}

/// Copies the files of a folder.
fn copy(from: PathBuf, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
    }
}

#[test]
fn empty_signature_fields_are_kept_and_made_again() {
    let office = Office::with("o_ky: khong", "o_ky: co\nday_so_rieng:\n  - quyet_dinh");
    office.issued("mot", "15/4/2025");
    let plain = Office::new();
    plain.issued("mot", "15/4/2025");
    let pdf = |office: &Office| std::fs::read(office.path("ho_so/mot/mot.pdf")).unwrap();
    assert!(pdf(&office) != pdf(&plain));
    office.whole();
}

#[test]
fn a_newer_program_compares_the_words() {
    let office = Office::new();
    office.issued("mot", "15/4/2025");
    let store = Store::open(&office.place()).unwrap();
    let object = store.object(&store.ids().unwrap()[0]).unwrap().unwrap();
    let mut files = store.files(&object, 1).unwrap();
    let manifest = String::from_utf8(files[paths::MANIFEST].clone()).unwrap();
    let older = manifest.replace("\"vanthu ", "\"vanthu 0.0.");
    files.insert(paths::MANIFEST.to_owned(), older.into_bytes());
    let again = rerender(&files).unwrap();
    assert!(!again.same_program);
    assert_eq!(files[paths::WORDS], again.words.into_bytes());
}

#[test]
fn the_register_made_again_from_the_records_has_the_same_chain() {
    let office = Office::new();
    office.issued("mot", "15/4/2025");
    office.issued("hai", "16/4/2025");
    office.says(&["register", "recall", "1", "--ly-do", "Sai"]);
    let (rows, head) = (office.says(&["register", "list"]), office.says(&["register", "head"]));
    for name in ["so_dang_ky.db", "so_dang_ky.db-wal", "so_dang_ky.db-shm"] {
        let _ = std::fs::remove_file(office.path("luu_tru").join(name));
    }
    office.says(&["register", "rebuild"]);
    assert_eq!(office.says(&["register", "list"]), rows);
    assert_eq!(office.says(&["register", "head"]), head);
    office.whole();
    office.issued("ba", "17/4/2025");
}

#[test]
fn a_backup_is_an_archive_and_is_brought_up_to_date() {
    let office = Office::new();
    office.issued("mot", "15/4/2025");
    let copy = office.folder.path().join("sao_luu");
    let copy = copy.to_str().unwrap();
    office.says(&["archive", "backup", copy]);
    let issued = office.issued("hai", "16/4/2025");
    office.says(&["archive", "backup", copy]);
    let verified = office.says(&["archive", "verify", "--deep", "--van-phong", copy]);
    assert!(verified.contains("2 hồ sơ lưu, 2 dòng sổ, 2 sự kiện"), "{verified}");
    // The office is lost; the backup, copied back, goes on where it was.
    std::fs::remove_dir_all(office.path("luu_tru")).unwrap();
    copy_tree(&Path::new(copy).join("luu_tru"), &office.path("luu_tru"));
    office.says(&["archive", "verify", "--deep", "--dau-chuoi", copy]);
    assert!(office.says(&["issue", &issued]).starts_with("Đã phát hành từ trước: 02/"));
    office.issued("ba", "17/4/2025");
    office.says(&["archive", "backup", copy]);
}

fn copy_tree(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let (path, name) = (entry.as_ref().unwrap().path(), entry.unwrap().file_name());
        if path.is_dir() {
            copy_tree(&path, &to.join(name));
        } else {
            std::fs::copy(&path, to.join(name)).unwrap();
        }
    }
}

#[test]
fn what_was_issued_after_the_backup_is_issued_again_with_its_own_number() {
    let office = Office::new();
    office.issued("mot", "15/4/2025");
    let copy = office.folder.path().join("sao_luu");
    office.says(&["archive", "backup", copy.to_str().unwrap()]);
    let lost = office.issued("hai", "16/4/2025");
    let pdf = std::fs::read(office.path("ho_so/hai/hai.pdf")).unwrap();
    std::fs::remove_dir_all(office.path("luu_tru")).unwrap();
    copy_tree(&copy.join("luu_tru"), &office.path("luu_tru"));
    let said = office.refuses(&["issue", &lost]);
    assert!(said.contains("thêm --so 02 --ngay 16/4/2025"), "{said}");
    office.says(&["issue", &lost, "--so", "02", "--ngay", "16/4/2025"]);
    assert!(std::fs::read(office.path("ho_so/hai/hai.pdf")).unwrap() == pdf);
    office.whole();
}

#[test]
fn a_register_put_back_to_an_older_day_shows_against_a_head_kept_elsewhere() {
    let office = Office::new();
    office.issued("mot", "15/4/2025");
    let (old, new) = (office.folder.path().join("cu"), office.folder.path().join("moi"));
    office.says(&["archive", "backup", old.to_str().unwrap()]);
    office.issued("hai", "16/4/2025");
    office.says(&["archive", "backup", new.to_str().unwrap()]);
    std::fs::remove_dir_all(office.path("luu_tru")).unwrap();
    copy_tree(&old.join("luu_tru"), &office.path("luu_tru"));
    // By itself the older archive is whole.
    office.whole();
    let said = office.refuses(&["archive", "verify", "--dau-chuoi", new.to_str().unwrap()]);
    assert!(said.contains("so-dut-chuoi") && said.ends_with("[1]\n"), "{said}");
    let said = office.refuses(&["archive", "backup", new.to_str().unwrap()]);
    assert!(said.contains("có những việc mà kho này không còn"), "{said}");
}

#[test]
fn an_office_is_not_made_in_a_checkout_nor_over_another() {
    let office = Office::new();
    let said = office.refuses(&["init", "."]);
    assert!(said.contains("đã là thư mục của một văn phòng"), "{said}");
    std::fs::create_dir(office.folder.path().join(".git")).unwrap();
    let said = office.refuses(&["init", "../moi"]);
    assert!(said.contains("là thư mục mã nguồn, không phải nơi lưu trữ"), "{said}");
    assert!(!office.folder.path().join("moi").exists());
}

#[test]
fn a_command_outside_every_office_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let out = vanthu_in(folder.path(), &["register", "list"]);
    check(
        &stderr(&out),
        expect![[r#"
            lỗi: chưa biết văn phòng nào: từ đây trở lên không có tệp van_phong.yaml
              = gợi ý: vào thư mục văn phòng, ghi --van-phong THƯ_MỤC, hoặc tạo văn phòng mới: `vanthu init THƯ_MỤC`
        "#]],
    );
    assert_eq!(out.status.code(), Some(2));
}

#[test]
fn sixteen_clerks_who_issue_one_case_at_once_get_one_number() {
    let office = Office::new();
    let case = office.case("bao_cao", "mot", "", "15/4/2025", "Về việc một");
    let clerks: Vec<_> = (0..16)
        .map(|_| {
            let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_vanthu"));
            command.args(["issue", &case]).current_dir(office.root());
            command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
            command.spawn().unwrap()
        })
        .collect();
    for clerk in clerks {
        let out = clerk.wait_with_output().unwrap();
        assert!(stdout(&out).contains("01/BC-SKHCN"), "{}{}", stdout(&out), stderr(&out));
    }
    assert_eq!(office.says(&["register", "list"]).lines().count(), 2);
    office.whole();
}
