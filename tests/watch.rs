//! `vanthu watch` as a clerk uses it: a real process, real saves, and what it says.
//!
//! No test measures time: each waits for a line, however long a loaded machine may need.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod program;

use std::fs;
use std::io::{BufRead as _, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use program::with_another_word;

/// Only ends a test that waits for a line which never comes; no machine needs an hour for one.
const PATIENCE: Duration = Duration::from_secs(3600);
/// For so long the program lets a file be away or half written before it says so.
const FORGIVEN: Duration = Duration::from_millis(300);

#[test]
fn a_save_of_the_case_of_its_table_or_of_a_template_renders_again() {
    let desk = Desk::new();
    let mut watch = desk.watch(&["--root", "mau"]);
    let first = watch.line("Đã xuất");
    assert!(first.contains("ho_so.pdf") && first.contains("ho_so.docx"), "{first}");
    assert!(first.contains(" trang), mất ") && first.ends_with(" giây"), "{first}");

    desk.change("ho_so/ho_so.yaml", "Số liệu từng dự án", "Con số từng dự án");
    let again = watch.line("Đã xuất");
    assert!(again.ends_with("giây (thay đổi: ho_so.yaml)"), "{again}");
    assert!(desk.document().contains("Con số từng dự án"));

    desk.change("ho_so/du_an.csv", "Bến xe Tân Châu", "Bến xe Tân An");
    let again = watch.line("Đã xuất");
    assert!(again.ends_with("giây (thay đổi: du_an.csv)"), "{again}");
    assert!(desk.document().contains("Bến xe Tân An"));

    fs::create_dir_all(desk.path("mau/bao_cao")).unwrap();
    let wording = fs::read_to_string(root().join("templates/bao_cao/noi_dung.md")).unwrap();
    desk.save("mau/bao_cao/noi_dung.md", &format!("{wording}\nXin trân trọng.\n"));
    let again = watch.line("Đã xuất");
    assert!(again.ends_with("giây (thay đổi: bao_cao/noi_dung.md)"), "{again}");
    assert!(desk.document().contains("Xin trân trọng."));

    desk.save("mau/cau_hinh.yaml", "co_chu_noi_dung: 13\n");
    let again = watch.line("Đã xuất");
    assert!(again.ends_with("giây (thay đổi: cau_hinh.yaml)"), "{again}");
    watch.end();
}

#[test]
fn while_something_is_wrong_the_last_files_stay_and_it_is_told_once() {
    let desk = Desk::new();
    let mut watch = desk.watch(&[]);
    watch.line("Đã xuất");
    let good = (desk.bytes("ho_so/ho_so.pdf"), desk.bytes("ho_so/ho_so.docx"));

    desk.change("ho_so/ho_so.yaml", "trich_yeu:", "trich_yeuu:");
    assert!(watch.warning("lỗi[khoa-la]").contains("trich_yeuu"));
    let line = watch.line("Chưa xuất");
    assert!(
        line.ends_with(
            "Chưa xuất (thay đổi: ho_so.yaml): xem thông báo ở trên; bản xuất lần trước giữ nguyên."
        ),
        "{line}"
    );
    desk.change("ho_so/ho_so.yaml", "Số liệu từng dự án", "Con số từng dự án");
    let line = watch.line("Chưa xuất");
    assert!(line.contains("vẫn như đã báo ở trên; bản xuất lần trước giữ nguyên."), "{line}");
    assert!(good == (desk.bytes("ho_so/ho_so.pdf"), desk.bytes("ho_so/ho_so.docx")));

    desk.change("ho_so/ho_so.yaml", "trich_yeuu:", "trich_yeu:");
    let line = watch.line("Đã hết lỗi.");
    assert!(line.contains("Đã hết lỗi. Đã xuất "), "{line}");
    assert!(desk.document().contains("Con số từng dự án"));
    let (_, rest) = watch.end();
    assert!(!rest.contains("lỗi["), "told twice: {rest}");
}

/// As vim, Word or Excel save: a new file under the old name.
#[test]
fn a_save_by_rename_and_a_save_in_place_flash_no_fault() {
    let desk = Desk::new();
    let mut watch = desk.watch(&[]);
    watch.line("Đã xuất");
    let case = desk.path("ho_so/ho_so.yaml");
    let text = fs::read_to_string(&case).unwrap();
    let mut longest_save = Duration::ZERO;
    for turn in 0..4 {
        let changed = text.replace("Số liệu từng dự án", &format!("Số liệu từng dự án lần {turn}"));
        let begun = Instant::now();
        if turn % 2 == 0 {
            fs::write(desk.path("ho_so/4913"), &changed).unwrap();
            fs::rename(&case, desk.path("ho_so/ho_so.yaml~")).unwrap();
            fs::rename(desk.path("ho_so/4913"), &case).unwrap();
        } else {
            fs::write(&case, changed).unwrap();
        }
        longest_save = longest_save.max(begun.elapsed());
        watch.line_until("Đã xuất", || desk.document().contains(&format!("lần {turn}")));
    }
    let (said, warned) = watch.end();
    // A machine that stops this test between two steps of a save makes it a slow save, which
    // is rightly told of.
    if longest_save < FORGIVEN {
        assert!(!warned.contains("lỗi") && !said.contains("Chưa xuất"), "{said}\n{warned}");
    }
}

#[test]
fn files_that_are_saved_together_are_all_in_the_next_document() {
    let desk = Desk::new();
    let mut watch = desk.watch(&[]);
    watch.line("Đã xuất");
    desk.change("ho_so/ho_so.yaml", "Số liệu từng dự án", "Con số từng dự án");
    desk.change("ho_so/du_an.csv", "Bến xe Tân Châu", "Bến xe Tân An");
    watch.line_until("Đã xuất", || {
        let document = desk.document();
        document.contains("Con số từng dự án") && document.contains("Bến xe Tân An")
    });
    watch.end();
}

#[test]
fn neither_its_own_files_nor_those_of_an_editor_make_it_render() {
    let desk = Desk::new();
    let mut watch = desk.watch(&[]);
    watch.line("Đã xuất");
    let others = || {
        for name in [".ho_so.yaml.swp", "ho_so.yaml~", "4913", "#ho_so.yaml#", "~$ho_so.docx"] {
            desk.save(&format!("ho_so/{name}"), "x");
        }
        let pdf = desk.bytes("ho_so/ho_so.pdf");
        fs::write(desk.path("ho_so/ho_so.pdf"), pdf).unwrap();
        desk.save("ho_so/khac.csv", "a,b\n");
    };
    // Whatever they made it render would be said before the next save of the case.
    let words = ["Số liệu từng dự án", "Con số từng dự án", "Kết quả từng dự án"];
    for turn in 0..6 {
        others();
        desk.change("ho_so/ho_so.yaml", words[turn % 3], words[(turn + 1) % 3]);
        let next = watch.line("Đã xuất");
        assert!(next.ends_with("(thay đổi: ho_so.yaml)"), "{next}");
    }
    let (said, warned) = watch.end();
    assert_eq!((said.matches("Đã xuất").count(), warned.as_str()), (0, ""), "{said}");
}

#[test]
fn a_table_that_is_deleted_is_missed_and_found_again() {
    let desk = Desk::new();
    let mut watch = desk.watch(&[]);
    watch.line("Đã xuất");
    let table = fs::read_to_string(desk.path("ho_so/du_an.csv")).unwrap();
    fs::remove_file(desk.path("ho_so/du_an.csv")).unwrap();
    watch.warning("không có tệp này");
    watch.line("Chưa xuất (thay đổi: du_an.csv)");
    desk.save("ho_so/du_an.csv", &table.replace("Bến xe Tân Châu", "Bến xe Tân An"));
    watch.line("Đã hết lỗi. Đã xuất ");
    assert!(desk.document().contains("Bến xe Tân An"));
    watch.end();
}

#[test]
fn a_folder_that_is_renamed_is_waited_for() {
    let desk = Desk::new();
    let mut watch = desk.watch(&[]);
    watch.line("Đã xuất");
    fs::rename(desk.path("ho_so"), desk.path("cho_khac")).unwrap();
    watch.warning("lỗi: không còn thấy hồ sơ ho_so/ho_so.yaml");
    watch.warning("nhấn Ctrl-C rồi chạy lại với tên mới; hồ sơ trở lại chỗ cũ thì");
    watch.line("Chưa xuất");
    assert!(!desk.path("ho_so").exists(), "the folder is not made anew");
    desk.change("cho_khac/ho_so.yaml", "Số liệu từng dự án", "Con số từng dự án");
    fs::rename(desk.path("cho_khac"), desk.path("ho_so")).unwrap();
    watch.line("Đã hết lỗi. Đã xuất ");
    // The new folder is watched as the old one was.
    desk.change("ho_so/ho_so.yaml", "Con số từng dự án", "Kết quả từng dự án");
    watch.line("Đã xuất");
    assert!(desk.document().contains("Kết quả từng dự án"));
    watch.end();
}

#[test]
fn a_docx_edited_by_hand_is_kept_and_told_once() {
    let desk = Desk::new();
    let mut watch = desk.watch(&[]);
    watch.line("Đã xuất");
    let edited = with_another_word(&desk.bytes("ho_so/ho_so.docx"), "Số liệu", "Tình hình");
    fs::write(desk.path("ho_so/ho_so.docx"), &edited).unwrap();
    desk.change("ho_so/ho_so.yaml", "Số liệu từng dự án", "Con số từng dự án");
    watch.warning("ho_so.docx đã được sửa tay sau khi xuất, nên không ghi đè");
    watch.line("xem thông báo ở trên; bản xuất lần trước giữ nguyên.");
    desk.change("ho_so/ho_so.yaml", "Con số từng dự án", "Kết quả từng dự án");
    watch.line("vẫn như đã báo ở trên");
    assert!(desk.bytes("ho_so/ho_so.docx") == edited);
    let (_, warned) = watch.end();
    assert!(!warned.contains("sửa tay sau khi xuất"), "told twice: {warned}");
}

#[test]
fn a_draft_in_another_folder_in_one_format() {
    let desk = Desk::new();
    let mut watch = desk.watch(&["--draft", "--out", "ra", "--format", "docx"]);
    let line = watch.line("Đã xuất bản DỰ THẢO ");
    assert!(line.contains("ra/ho_so.docx, mất "), "{line}");
    assert!(!desk.path("ra/ho_so.pdf").exists());
    watch.end();
}

#[test]
fn a_case_that_is_not_there_ends_it_at_once() {
    let desk = Desk::new();
    for args in [&["watch", "khong_co"][..], &["theo-doi", "ho_so", "--root", "khong_co"]] {
        let ran = desk.vanthu(args).output().unwrap();
        let said = String::from_utf8(ran.stderr).unwrap();
        assert_eq!(ran.status.code(), Some(2), "{said}");
        assert!(said.starts_with("lỗi[tep-khong-doc-duoc]: không"), "{said}");
    }
}

// ---- A clerk's desk ----

/// A folder with the case `ho_so` and an office's folder `mau`, empty yet.
struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        fs::create_dir(desk.path("ho_so")).unwrap();
        fs::create_dir(desk.path("mau")).unwrap();
        for name in ["ho_so.yaml", "du_an.csv"] {
            let good = root().join("tests/cases/sai/_tot/csv").join(name);
            fs::copy(good, desk.path("ho_so").join(name)).unwrap();
        }
        desk
    }

    fn path(&self, below: &str) -> PathBuf {
        self.0.path().join(below)
    }

    fn bytes(&self, below: &str) -> Vec<u8> {
        fs::read(self.path(below)).unwrap()
    }

    fn save(&self, below: &str, text: &str) {
        fs::write(self.path(below), text).unwrap();
    }

    /// Saves a file with one text in place of another.
    fn change(&self, below: &str, old: &str, new: &str) {
        let text = fs::read_to_string(self.path(below)).unwrap();
        assert!(text.contains(old), "{below} has no {old}");
        self.save(below, &text.replace(old, new));
    }

    /// The text of the DOCX.
    fn document(&self) -> String {
        let bytes = self.bytes("ho_so/ho_so.docx");
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let mut text = String::new();
        zip.by_name("word/document.xml").unwrap().read_to_string(&mut text).unwrap();
        text.replace('\u{a0}', " ")
    }

    fn vanthu(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_vanthu"));
        command.args(args).current_dir(self.0.path()).stdin(Stdio::null());
        command
    }

    fn watch(&self, args: &[&str]) -> Watch {
        let mut command = self.vanthu(&["watch", "ho_so"]);
        let child =
            command.args(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        Watch::new(child)
    }
}

/// The program while it watches.
struct Watch {
    child: Child,
    said: Receiver<String>,
    warned: Receiver<String>,
}

impl Watch {
    fn new(mut child: Child) -> Self {
        let (to_said, said) = channel();
        let (to_warned, warned) = channel();
        lines(child.stdout.take().unwrap(), to_said);
        lines(child.stderr.take().unwrap(), to_warned);
        let mut watch = Self { child, said, warned };
        let first = watch.line("Đang theo dõi");
        assert!(first.contains("ho_so") && first.ends_with("; nhấn Ctrl-C để dừng."), "{first}");
        watch
    }

    /// The next line to the clerk that holds this.
    fn line(&mut self, part: &str) -> String {
        self.line_until(part, || true)
    }

    /// The same, when besides something holds after it.
    fn line_until(&mut self, part: &str, holds: impl Fn() -> bool) -> String {
        loop {
            let Ok(line) = self.said.recv_timeout(PATIENCE) else { self.give_up(part) };
            if line.contains(part) && holds() {
                return line;
            }
        }
    }

    /// The next line of findings that holds this.
    fn warning(&mut self, part: &str) -> String {
        loop {
            let Ok(line) = self.warned.recv_timeout(PATIENCE) else { self.give_up(part) };
            if line.contains(part) {
                return line;
            }
        }
    }

    fn give_up(&mut self, part: &str) -> ! {
        let _ = self.child.kill();
        let rest: Vec<String> = self.said.iter().chain(self.warned.iter()).collect();
        panic!("no line with “{part}”; else it said:\n{}", rest.join("\n"));
    }

    /// Presses Ctrl-C; what was said and warned that no test has asked for.
    fn end(mut self) -> (String, String) {
        let status = self.interrupted();
        if cfg!(unix) {
            assert_eq!(status.code(), Some(0), "{status:?}");
        }
        let said: Vec<String> = self.said.iter().collect();
        let warned: Vec<String> = self.warned.iter().collect();
        if cfg!(unix) {
            assert_eq!(said.last().map(String::as_str), Some("Đã dừng theo dõi."));
        }
        (said.join("\n"), warned.join("\n"))
    }

    #[cfg(unix)]
    fn interrupted(&mut self) -> ExitStatus {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
        self.child.wait().unwrap()
    }

    /// There is no Ctrl-C for one process alone.
    #[cfg(not(unix))]
    fn interrupted(&mut self) -> ExitStatus {
        self.child.kill().unwrap();
        self.child.wait().unwrap()
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        // After `end` it is over already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn lines(from: impl Read + Send + 'static, to: Sender<String>) {
    std::thread::spawn(move || {
        for line in BufReader::new(from).lines() {
            if to.send(line.unwrap()).is_err() {
                return;
            }
        }
    });
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}
