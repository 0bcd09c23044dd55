//! Slips of the hand: none in clean texts, and each at its place where one is planted.
//!
//! `tests/cases/sach/*.txt` are texts as offices write them, full of names, numbers,
//! citations, abbreviations and addresses. Slips are planted in them by rule, one at a time.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use vanthu::diag::to_json;
use vanthu::model::Given;
use vanthu::render::{self, Office};

/// A case around the text of its one part.
fn case(text: &str) -> String {
    let mut indented = String::new();
    for line in text.lines() {
        let _ = match line {
            "" => writeln!(indented),
            line => writeln!(indented, "        {line}"),
        };
    }
    format!("{HEAD}{indented}{TAIL}")
}

const HEAD: &str = "\
phien_ban: 1
loai: bao_cao
co_quan: ubnd_tinh_an_giang
so: 7
ngay: 30/12/2025
trich_yeu: Kết quả công tác năm 2025 và phương hướng, nhiệm vụ năm 2026
huong: len_tren
kinh_gui:
  - Bộ Nội vụ và các cơ quan liên quan
can_cu:
  - Căn cứ Luật Lưu trữ ngày 21 tháng 6 năm 2024
noi_dung:
  thuc_hien:
    loai: Công văn
    so_ky_hieu: 8812/BNV-VTLTNN
    ngay: 15/12/2025
    co_quan: Bộ Nội vụ
    trich_yeu: về việc báo cáo công tác năm 2025
  ve: kết quả công tác năm 2025
  muc:
    - tieu_de: Kết quả thực hiện nhiệm vụ
      noi_dung: |
";

const TAIL: &str = "
        Chi tiết tại phụ lục kèm theo.
nguoi_ky:
  thay_mat: ỦY BAN NHÂN DÂN
  ky_thay: CHỦ TỊCH
  chuc_vu: PHÓ CHỦ TỊCH
  ho_ten: Nguyễn Thanh Nhân
noi_nhan:
  - Như trên
  - Văn phòng Tỉnh ủy và các ban của Tỉnh ủy
luu:
  noi_luu: VT
phu_luc:
  - tieu_de: DANH MỤC NHIỆM VỤ
    doan: |
      Số liệu do các cơ quan gửi và đã được đối chiếu.
    cot:
      - {khoa: stt, ten: STT, kieu: stt}
      - {khoa: ten, ten: Tên nhiệm vụ được giao}
      - {khoa: kinh_phi, ten: Kinh phí, kieu: so}
    nhom:
      - {khoa: I, ten: Nhiệm vụ chuyển tiếp và bổ sung}
    dong:
      - {nhom: I, ten: Tập huấn nghiệp vụ văn thư, kinh_phi: 120}
";

/// What is found in a case: code, line and column.
fn found(office: &Office, case: &str) -> Vec<(String, u64, u64)> {
    let date = vanthu::vi::date::parse("30/12/2025").unwrap();
    let given = Given { number: None, date };
    let no_data = |_: &str| Err(vanthu::case::Unread::Failed("không có tệp".to_owned()));
    let findings =
        match render::prepare_given("ho_so.yaml", case.as_bytes(), office, &given, no_data) {
            Ok(prepared) => prepared.findings,
            Err(findings) => findings,
        };
    let found = to_json(&findings.diagnostics, &findings.sources);
    let one = |it: &serde_json::Value| {
        (
            it["ma"].as_str().unwrap_or_default().to_owned(),
            it["dong"].as_u64().unwrap_or(0),
            it["cot"].as_u64().unwrap_or(0),
        )
    };
    found.as_array().unwrap().iter().map(one).collect()
}

/// Line and column of a byte, counted from 1.
fn position(text: &str, at: usize) -> (u64, u64) {
    let line = text[..at].matches('\n').count() + 1;
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    (line as u64, text[start..at].chars().count() as u64 + 1)
}

fn texts() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/sach");
    let mut texts: Vec<(String, String)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .map(|path| {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            (name, fs::read_to_string(path).unwrap())
        })
        .collect();
    texts.sort();
    texts
}

#[test]
fn nothing_is_found_in_clean_texts() {
    let office = Office::open(None).ok().unwrap();
    let mut said = String::new();
    let texts = texts();
    assert!(texts.len() >= 30, "{} texts", texts.len());
    for (name, text) in texts {
        let case = case(&text);
        for (code, line, column) in found(&office, &case) {
            let shown = case.lines().nth((line as usize).saturating_sub(1)).unwrap_or_default();
            let rest: String = shown.chars().skip(column as usize - 1).take(30).collect();
            let _ = writeln!(said, "{name}: {code} {line}:{column} {rest}");
        }
    }
    assert_eq!(said, "");
}

/// A slip in a text: the rule that finds it, the text with it, the byte where it stands.
type Planted = (&'static str, String, usize);

#[test]
fn every_planted_slip_is_found_at_its_place() {
    let office = Office::open(None).ok().unwrap();
    let mut missed = String::new();
    let mut count = 0;
    for (number, (name, text)) in texts().into_iter().enumerate() {
        let every_third = |(kind, _): &(usize, Planted)| kind % 3 == number % 3;
        for (_, (code, slipped, at)) in planted(&text).into_iter().enumerate().filter(every_third) {
            count += 1;
            let whole = case(&slipped);
            // The text stands below the head, each line indented.
            let (line, column) = position(&slipped, at);
            let (line, column) = (line + HEAD.matches('\n').count() as u64, column + 8);
            let found = found(&office, &whole);
            if !found.contains(&(code.to_owned(), line, column)) {
                let around: String = slipped[at..].chars().take(40).collect();
                let _ = writeln!(missed, "{name}: {code} {line}:{column} {around:?}: {found:?}");
            }
        }
    }
    assert!(count >= 400, "{count} slips");
    assert_eq!(missed, "");
}

/// One slip of each kind for which the text has a place.
#[rustfmt::skip]
fn planted(text: &str) -> Vec<Planted> {
    let mut planted = Vec::new();
    let mut put = |code: &'static str, at: Option<usize>, old: &str, new: &str, to: usize| {
        if let Some(at) = at {
            assert!(text[at..].starts_with(old), "{old:?} at {at}");
            let slipped = format!("{}{new}{}", &text[..at], &text[at + old.len()..]);
            planted.push((code, slipped, at + to));
        }
    };
    let gap = gap(text, 0);
    put("dau-cau", gap, " ", "  ", 0);
    put("dau-cau", find(text, ", ", is_small), ", ", " , ", 0);
    put("dau-cau", find(text, ", ", is_small), ", ", ",", 0);
    put("dau-cau", find(text, "; ", is_small), "; ", ";", 0);
    put("dau-cau", find(text, "; ", is_small), "; ", " ; ", 0);
    put("dau-cau", find(text, ". ", is_capital), ". ", ".", 0);
    put("dau-cau", find(text, ". ", is_capital), ". ", " . ", 0);
    put("dau-cau", find(text, ", ", is_small), ", ", ",, ", 0);
    put("dau-cau", find(text, ".\n", |_| true), ".\n", "..\n", 0);
    let last = text.rfind([')', '”']).map_or(0, |at| at + 3);
    let late = self::gap(text, last);
    put("dau-cau", late, " ", " (", 1);
    put("dau-cau", late, " ", " “", 1);
    put("dau-cau", late, " ", ") ", 0);
    put("dau-cau", gap, " ", " \"đợt một\" ", 1);
    for word in ["và", "của", "các", "được", "với", "cho"] {
        let whole = format!(" {word} ");
        let at = find(text, &whole, |rest| !rest.starts_with(word));
        put("chu-lap", at, &whole, &format!(" {word} {word} "), 1);
    }
    put("chu-lap", gap, " ", " theo quy định theo quy định ", 1);
    put("chu-lap", gap, " ", " Công văn Ủy ban Công văn Ủy ban ", 1);
    for room in [
        "[…]", "[...]", "……", "....", "XXX", "xxx", "___", "{tên đơn vị}", "}}", "TODO",
        "???", ".../BC-UBND",
    ] {
        put("cho-trong-con-sot", gap, " ", &format!(" {room} "), 1);
    }
    put("cho-trong-con-sot", gap, " ", " ngày ... tháng 6 ", " ngày ".len());
    put("ngay-khong-co", gap, " ", " ngày 31/4 ", " ngày ".len());
    put("ngay-khong-co", gap, " ", " ngày 29/02/2023 ", " ngày ".len());
    put("ngay-khong-co", gap, " ", " đến 31/11/2025 ", " đến ".len());
    put("ngay-khong-co", gap, " ", " ngày 31 tháng 6 năm 2024 ", " ngày ".len());
    put("ngay-sau-van-ban", gap, " ", " theo Công văn số 12/BNV-VP ngày 05 tháng 3 năm 2027 ", " theo Công văn số 12/BNV-VP ngày ".len());
    for wrong in ["nghành", "ngiên cứu", "kếhoạch", "quyểt", "thựch", "gế", "cuả", "khuyếch"] {
        put("chinh-ta", gap, " ", &format!(" {wrong} "), 1);
    }
    put("chinh-ta", glue(text), " ", "", 0);
    put("o-dan-nhieu-cot", gap, " ", "\t", 0);
    put("o-dan-nhieu-cot", gap, " ", " | ", 1);
    let end = text.trim_end().len();
    put("muc-dinh-lien", Some(end), "", "\n\nNội dung gồm:\n1) Rà soát;\n2) Báo cáo.", "\n\nNội dung gồm:\n".len());
    put("muc-dinh-lien", Some(end), "", "\n\nNội dung gồm:\n(a) Rà soát;\n(b) Báo cáo.", "\n\nNội dung gồm:\n".len());
    for (at, slip) in planted.iter_mut().filter(|(code, ..)| *code == "chinh-ta").map(|(_, text, at)| (at, text)) {
        // A glued word is told at its start.
        let start = slip[..*at].rfind(|c: char| !c.is_alphabetic());
        *at = start.map_or(0, |start| start + slip[start..].chars().next().map_or(1, char::len_utf8));
    }
    planted
}

fn is_small(rest: &str) -> bool {
    rest.chars().next().is_some_and(char::is_lowercase)
}

fn is_capital(rest: &str) -> bool {
    let mut letters = rest.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
}

/// A mark after a word in small letters, before what fits.
fn find(text: &str, mark: &str, fits: impl Fn(&str) -> bool) -> Option<usize> {
    let follows_word = |at: usize| {
        let word = text[..at].rsplit([' ', '\n']).next().unwrap_or_default();
        word.chars().count() > 1 && word.chars().all(char::is_lowercase)
    };
    let places = text.match_indices(mark).map(|(at, _)| at);
    places.into_iter().find(|&at| follows_word(at) && fits(&text[at + mark.len()..]))
}

/// The first space from a byte on between two words of small letters.
fn gap(text: &str, from: usize) -> Option<usize> {
    spaces(text).into_iter().find(|&(at, ..)| at >= from).map(|(at, ..)| at)
}

/// The first space between two words that both bear a mark, and make no word together.
fn glue(text: &str) -> Option<usize> {
    let is_marked = |word: &&str| !word.is_ascii() && word.chars().count() > 2;
    spaces(text).into_iter().find(|(_, a, b)| is_marked(a) && is_marked(b)).map(|(at, ..)| at)
}

fn spaces(text: &str) -> Vec<(usize, &str, &str)> {
    let is_word = |word: &str| {
        word.chars().count() > 1 && word.chars().all(|c| c.is_alphabetic() && c.is_lowercase())
    };
    let between = |(at, _): (usize, &str)| {
        let left = text[..at].rsplit([' ', '\n']).next()?;
        let right = text[at + 1..].split([' ', '\n']).next()?;
        (is_word(left) && is_word(right)).then_some((at, left, right))
    };
    text.match_indices(' ').filter_map(between).collect()
}

/// Slips elsewhere than in a clerk's paragraphs, each at its place.
#[test]
fn slips_are_found_wherever_a_clerk_writes() {
    let office = Office::open(None).ok().unwrap();
    let clean = case("Công tác đã hoàn thành.\n");
    assert_eq!(found(&office, &clean), []);
    let mut missed = String::new();
    for (code, old, new, at) in [
        ("dau-cau", "Kết quả công tác năm 2025 và", "Kết quả  công tác năm 2025 và", "  "),
        ("chu-lap", "Bộ Nội vụ và các", "Bộ Nội vụ và và các", "và và"),
        ("dau-cau", "ngày 21 tháng 6", "ngày 21  tháng 6", "  "),
        (
            "ngay-sau-van-ban",
            "Lưu trữ ngày 21 tháng 6 năm 2024",
            "Lưu trữ ngày 21 tháng 6 năm 2026",
            "21 tháng 6 năm 2026",
        ),
        ("ngay-sau-van-ban", "ngay: 15/12/2025", "ngay: 15/12/2026", "15/12/2026"),
        ("chu-lap", "so_ky_hieu: 8812", "so_ky_hieu: số 8812", "số"),
        ("cho-trong-con-sot", "ve: kết quả công tác", "ve: kết quả <tên>", "<tên>"),
        ("cho-trong-con-sot", "ve: kết quả công tác", "ve: kết quả {{ ten }}", "{{ ten }}"),
        ("cho-trong-con-sot", "so_ky_hieu: 8812/", "so_ky_hieu: .../", "..."),
        ("so-trong-tieu-de", "tieu_de: Kết quả", "tieu_de: I. Kết quả", "I."),
        ("so-trong-tieu-de", "tieu_de: Kết quả", "tieu_de: 1. Kết quả", "1."),
        ("so-trong-tieu-de", "tieu_de: Kết quả", "tieu_de: a) Kết quả", "a)"),
        ("so-trong-tieu-de", "tieu_de: Kết quả", "tieu_de: \"Điều 5. Kết quả", "Điều 5."),
        ("so-trong-tieu-de", "tieu_de: DANH MỤC", "tieu_de: PHỤ LỤC I. DANH MỤC", "PHỤ LỤC I."),
        ("so-trong-tieu-de", "ten: Nhiệm vụ chuyển", "ten: I. Nhiệm vụ chuyển", "I."),
        (
            "hai-chuc-vu",
            "chuc_vu: PHÓ CHỦ TỊCH",
            "chuc_vu: CHỦ TỊCH PHÓ CHỦ TỊCH",
            "PHÓ CHỦ TỊCH\n",
        ),
        ("chu-lap", "và các ban của Tỉnh ủy", "và các các ban của Tỉnh ủy", "các các"),
        ("chinh-ta", "Số liệu do các", "Số liệu do nghành và các", "nghành"),
        ("chinh-ta", "Tên nhiệm vụ được", "Tên nhiệmvụ được", "nhiệmvụ"),
        ("dau-cau", "Tập huấn nghiệp vụ", "Tập huấn  nghiệp vụ", "  nghiệp"),
        ("o-dan-nhieu-cot", "Tập huấn nghiệp vụ", "Tập huấn | nghiệp vụ", "| nghiệp"),
        ("chu-lap", "chuyển tiếp và bổ", "chuyển tiếp và và bổ", "và và"),
    ] {
        assert!(clean.contains(old), "{old}");
        let quoted = new
            .contains("\"Điều")
            .then(|| clean.replacen("thực hiện nhiệm vụ\n", "thực hiện nhiệm vụ\"\n", 1));
        let slipped = quoted.as_deref().unwrap_or(&clean).replacen(old, new, 1);
        let start = slipped.find(new).unwrap();
        let place = start + slipped[start..].find(at).unwrap();
        // The longer post is the second.
        let place = if code == "hai-chuc-vu" {
            place.max(start + "chuc_vu: CHỦ TỊCH ".len())
        } else {
            place
        };
        let (line, column) = position(&slipped, place);
        let found = found(&office, &slipped);
        if found != [(code.to_owned(), line, column)] {
            let _ = writeln!(missed, "{code} {line}:{column} {new:?}: {found:?}");
        }
    }
    assert_eq!(missed, "");
}
