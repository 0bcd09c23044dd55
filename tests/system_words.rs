//! What the operating system refuses is told in Vietnamese: no word of its own comes through.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod program;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use expect_test::{Expect, expect};
use program::{stderr, stdout, vanthu_in};

/// A desk with the case `ho_so`, which has its rows in `du_an.csv`.
struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        fs::create_dir(desk.path("ho_so")).unwrap();
        for name in ["ho_so.yaml", "du_an.csv"] {
            let good = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/sai/_tot/csv");
            fs::copy(good.join(name), desk.path("ho_so").join(name)).unwrap();
        }
        desk
    }

    fn path(&self, below: &str) -> PathBuf {
        self.0.path().join(below)
    }

    /// The call, the first line of what is said, and the step.
    fn says(&self, args: &[&str]) -> String {
        let out = vanthu_in(self.0.path(), args);
        assert!(!out.status.success(), "{args:?}: {}", stdout(&out));
        let said = (stderr(&out) + &stdout(&out))
            .replace(&long(), "‹300›")
            .replace(&*self.0.path().to_string_lossy(), "…");
        for english in ["os error", "directory", "file", "denied", "too long", "read-only"] {
            assert!(!said.to_lowercase().contains(english), "{args:?}: {said}");
        }
        let told = |line: &&str| line.starts_with("lỗi") || line.contains("gợi ý");
        let lines: Vec<&str> = said.lines().filter(told).take(2).map(str::trim).collect();
        let call = args.join(" ").replace(&long(), "‹300›");
        format!("{call}\n  {}\n", lines.join("\n  "))
    }
}

/// A name that no file system takes.
fn long() -> String {
    "đ".repeat(300)
}

fn check(desk: &Desk, calls: &[&[&str]], expected: Expect) {
    let mut said = String::new();
    for call in calls {
        let _ = write!(said, "{}", desk.says(call));
    }
    expected.assert_eq(&said);
}

#[test]
fn a_case_that_cannot_be_opened() {
    let desk = Desk::new();
    fs::create_dir_all(desk.path("thu_muc/ho_so.yaml")).unwrap();
    std::os::unix::fs::symlink("vong", desk.path("vong")).unwrap();
    let long = long();
    let text = fs::read_to_string(desk.path("ho_so/ho_so.yaml")).unwrap();
    fs::create_dir(desk.path("bang")).unwrap();
    fs::create_dir_all(desk.path("thu_muc_bang/du_an.csv")).unwrap();
    fs::write(desk.path("thu_muc_bang/ho_so.yaml"), &text).unwrap();
    fs::write(desk.path("bang/ho_so.yaml"), text.replace("du_an.csv", &format!("{long}.csv")))
        .unwrap();
    check(
        &desk,
        &[
            &["check", "thu_muc"],
            &["check", "ho_so/ho_so.yaml/x"],
            &["check", &long],
            &["check", "vong"],
            &["check", "bang"],
            &["check", "thu_muc_bang"],
        ],
        expect![[r#"
            check thu_muc
              lỗi[tep-khong-doc-duoc]: không đọc được hồ sơ: đây là thư mục, không phải tệp
              = gợi ý: kiểm tra tên; thư mục hồ sơ phải có tệp `ho_so.yaml`
            check ho_so/ho_so.yaml/x
              lỗi[tep-khong-doc-duoc]: không đọc được hồ sơ: một phần của đường dẫn là tệp, không phải thư mục
              = gợi ý: kiểm tra tên; thư mục hồ sơ phải có tệp `ho_so.yaml`
            check ‹300›
              lỗi[tep-khong-doc-duoc]: không đọc được hồ sơ: tên quá dài, hoặc có ký tự không dùng được trong tên tệp
              = gợi ý: kiểm tra tên; thư mục hồ sơ phải có tệp `ho_so.yaml`
            check vong
              lỗi[tep-khong-doc-duoc]: không đọc được hồ sơ: liên kết dẫn vòng về chính nó
              = gợi ý: kiểm tra tên; thư mục hồ sơ phải có tệp `ho_so.yaml`
            check bang
              lỗi[tep-khong-doc-duoc]: không đọc được `‹300›.csv`: tên quá dài, hoặc có ký tự không dùng được trong tên tệp
              = gợi ý: tệp phải nằm trong thư mục hồ sơ; kiểm tra tên tệp
            check thu_muc_bang
              lỗi[tep-khong-doc-duoc]: không đọc được `du_an.csv`: đây là thư mục, không phải tệp
              = gợi ý: tệp phải nằm trong thư mục hồ sơ; kiểm tra tên tệp
        "#]],
    );
}

#[test]
fn a_place_where_nothing_can_be_written() {
    let desk = Desk::new();
    let long = long();
    fs::create_dir(desk.path("ra")).unwrap();
    fs::create_dir(desk.path("ra/ho_so.pdf")).unwrap();
    check(
        &desk,
        &[
            &["render", "ho_so", "--draft", "--out", "ho_so/du_an.csv"],
            &["render", "ho_so", "--draft", "--out", "ho_so/du_an.csv/ra"],
            &["render", "ho_so", "--draft", "--out", &long],
            &["render", "ho_so", "--draft", "--out", "ra"],
            &["render", "ho_so", "--draft", "--out", "/proc/ra"],
            &["new", "bao_cao", &long],
            &["new", "bao_cao", "ho_so/du_an.csv/x"],
            &["new", "bao_cao", "/proc/x"],
            &["wording", "eject", "/proc/x"],
            &["wording", "eject", "ho_so/du_an.csv"],
            &["init", "/proc/vp"],
            &["init", &long],
        ],
        expect![[r#"
            render ho_so --draft --out ho_so/du_an.csv
              lỗi: không ghi được ho_so/du_an.csv/ho_so.pdf: nơi ghi không phải thư mục
              = gợi ý: kiểm tra đường dẫn ghi sau --out, rồi chạy lại
            render ho_so --draft --out ho_so/du_an.csv/ra
              lỗi: không ghi được ho_so/du_an.csv/ra/ho_so.pdf: nơi ghi không phải thư mục
              = gợi ý: kiểm tra đường dẫn ghi sau --out, rồi chạy lại
            render ho_so --draft --out ‹300›
              lỗi: không ghi được ‹300›/ho_so.pdf: tên quá dài, hoặc có ký tự không dùng được trong tên tệp
              = gợi ý: đặt tên ngắn hơn, rồi chạy lại
            render ho_so --draft --out ra
              lỗi: không ghi được ra/ho_so.pdf: đây là thư mục, không phải tệp
              = gợi ý: đổi tên hoặc dời thư mục ấy đi, rồi chạy lại
            render ho_so --draft --out /proc/ra
              lỗi: không ghi được /proc/ra: thư mục không tồn tại
              = gợi ý: kiểm tra đường dẫn ghi sau --out, rồi chạy lại
            new bao_cao ‹300›
              lỗi: không tạo được ‹300›/ho_so.yaml: tên quá dài, hoặc có ký tự không dùng được trong tên tệp
              = gợi ý: kiểm tra đường dẫn và quyền ghi
            new bao_cao ho_so/du_an.csv/x
              lỗi: không tạo được ho_so/du_an.csv/x/ho_so.yaml: nơi ghi không phải thư mục
              = gợi ý: kiểm tra đường dẫn và quyền ghi
            new bao_cao /proc/x
              lỗi: không tạo được /proc/x/ho_so.yaml: thư mục không tồn tại
              = gợi ý: kiểm tra đường dẫn và quyền ghi
            wording eject /proc/x
              lỗi: không ghi được /proc/x/bao_cao/chuyen_de.md: thư mục không tồn tại
              = gợi ý: chọn một thư mục khác, chưa có hoặc còn trống
            wording eject ho_so/du_an.csv
              lỗi: không ghi được ho_so/du_an.csv/bao_cao/chuyen_de.md: nơi ghi không phải thư mục
              = gợi ý: chọn một thư mục khác, chưa có hoặc còn trống
            init /proc/vp
              lỗi: không đọc, ghi được /proc/vp/mau: không có tệp hoặc thư mục này
              = gợi ý: kiểm tra đường dẫn rồi chạy lại
            init ‹300›
              lỗi: không đọc, ghi được ‹300›/mau: tên quá dài, hoặc có ký tự không dùng được trong tên tệp
              = gợi ý: đặt tên ngắn hơn, rồi chạy lại
        "#]],
    );
}

#[test]
fn an_office_that_cannot_be_read() {
    let desk = Desk::new();
    let long = long();
    let made = vanthu_in(desk.0.path(), &["init", "vp"]);
    assert!(made.status.success(), "{}", stderr(&made));
    fs::rename(desk.path("ho_so"), desk.path("vp/ho_so/mot")).unwrap();
    fs::write(desk.path("vp/van_phong.yaml"), b"\xff\xfe\x00").unwrap();
    fs::create_dir_all(desk.path("vp2/van_phong.yaml")).unwrap();
    fs::write(desk.path("tep"), "x").unwrap();
    check(
        &desk,
        &[
            &["issue", "vp/ho_so/mot"],
            &["register", "list", "--van-phong", "vp2"],
            &["check", "vp/ho_so/mot", "--root", &long],
            &["check", "vp/ho_so/mot", "--root", "tep"],
            &["check", "vp/ho_so/mot", "--root", "tep/x"],
            &["archive", "backup", "tep", "--van-phong", "vp"],
            &["archive", "backup", &long, "--van-phong", "vp"],
            &["archive", "backup", "/proc/x", "--van-phong", "vp"],
            &["register", "head", "--ra", "vp/ho_so", "--van-phong", "vp"],
            &["register", "head", "--ra", &long, "--van-phong", "vp"],
        ],
        expect![[r#"
            issue vp/ho_so/mot
              lỗi[tep-khong-doc-duoc]: không đọc được quy tắc của văn phòng: nội dung tệp không phải UTF-8, hoặc bị hỏng
              = gợi ý: kiểm tra tệp này; văn phòng mới thì gõ `vanthu init THƯ_MỤC`
            register list --van-phong vp2
              lỗi: vp2 không phải thư mục văn phòng: không có van_phong.yaml
              = gợi ý: kiểm tra đường dẫn sau --van-phong; văn phòng mới thì gõ `vanthu init THƯ_MỤC`
            check vp/ho_so/mot --root ‹300›
              lỗi[tep-khong-doc-duoc]: không có thư mục mẫu này
              = gợi ý: kiểm tra đường dẫn ghi sau --root; chưa có mẫu riêng thì gõ `vanthu wording eject THƯ_MỤC`
            check vp/ho_so/mot --root tep
              lỗi[tep-khong-doc-duoc]: đây là tệp, không phải thư mục mẫu
              = gợi ý: kiểm tra đường dẫn ghi sau --root; chưa có mẫu riêng thì gõ `vanthu wording eject THƯ_MỤC`
            check vp/ho_so/mot --root tep/x
              lỗi[tep-khong-doc-duoc]: không có thư mục mẫu này
              = gợi ý: kiểm tra đường dẫn ghi sau --root; chưa có mẫu riêng thì gõ `vanthu wording eject THƯ_MỤC`
            archive backup tep --van-phong vp
              lỗi: không đọc, ghi được tep: một phần của đường dẫn là tệp, không phải thư mục
              = gợi ý: kiểm tra đường dẫn rồi chạy lại
            archive backup ‹300› --van-phong vp
              lỗi: không đọc, ghi được ‹300›: tên quá dài, hoặc có ký tự không dùng được trong tên tệp
              = gợi ý: đặt tên ngắn hơn, rồi chạy lại
            archive backup /proc/x --van-phong vp
              lỗi: không đọc, ghi được /proc/x/luu_tru: không có tệp hoặc thư mục này
              = gợi ý: kiểm tra đường dẫn rồi chạy lại
            register head --ra vp/ho_so --van-phong vp
              lỗi: không đọc, ghi được vp/ho_so: đây là thư mục, không phải tệp
              = gợi ý: đổi tên hoặc dời thư mục ấy đi, rồi chạy lại
            register head --ra ‹300› --van-phong vp
              lỗi: không đọc, ghi được ‹300›: tên quá dài, hoặc có ký tự không dùng được trong tên tệp
              = gợi ý: đặt tên ngắn hơn, rồi chạy lại
        "#]],
    );
}
