//! A document type that the program does not ship: three text files, no Rust.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod program;

use std::path::Path;

use program::{stderr, stdout, vanthu_in};

/// Hướng dẫn (HD), PL III, mẫu 1.4.
const TYPE: &str = "\
ten: Hướng dẫn
ky_hieu: HD
mau: \"1.4\"
kinh_gui: khong
";

const WORDING: &str = "\
---
mo_ta: Hướng dẫn thực hiện một văn bản
danh_so: [\"I.\", \"1.\", \"a)\"]
cau_khoa:
  - Trong quá trình thực hiện, nếu có vướng mắc
truong:
  - {khoa: thuc_hien, kieu: van_ban, bat_buoc: co, mo_ta: Văn bản được hướng dẫn}
  - {khoa: ve, kieu: chu, bat_buoc: co, mo_ta: \"Việc được hướng dẫn, viết trong câu\", vi_du: việc lập hồ sơ điện tử}
  - {khoa: hieu_luc, kieu: ngay, bat_buoc: khong, mo_ta: Ngày áp dụng, vi_du: 01/01/2026}
  - khoa: muc
    kieu: danh_sach
    bat_buoc: co
    mo_ta: Các mục
    truong:
      - {khoa: tieu_de, kieu: chu, bat_buoc: co, mo_ta: Tên mục, vi_du: Đối tượng áp dụng}
      - {khoa: noi_dung, kieu: doan, bat_buoc: co, mo_ta: Nội dung của mục}
---
Thực hiện {{ noi_dung.thuc_hien | vien_dan }}, {{ co_quan.ten_trong_cau }} hướng dẫn {{ noi_dung.ve }} như sau:

{% for muc in noi_dung.muc %}
# {{ muc.tieu_de }}

{{ muc.noi_dung }}

{% endfor %}
{% if noi_dung.hieu_luc %}
Hướng dẫn này được áp dụng từ {{ noi_dung.hieu_luc | ngay }}.

{% endif %}
Trong quá trình thực hiện, nếu có vướng mắc, đề nghị các cơ quan, đơn vị phản ánh về {{ co_quan.ten_trong_cau }} để được xem xét, giải quyết./.
";

const SAMPLE: &str = "\
loai: huong_dan
co_quan_khac:
  chu_quan: ỦY BAN NHÂN DÂN TỈNH AN GIANG
  ten: SỞ NỘI VỤ
  ten_trong_cau: Sở Nội vụ tỉnh An Giang
  ky_hieu: SNV
  dia_danh: An Giang
so: 12
ngay: 10/12/2025
trich_yeu: Lập hồ sơ điện tử tại các cơ quan, đơn vị
noi_dung:
  thuc_hien:
    loai: Công văn
    so_ky_hieu: 3208/UBND-KSTT
    ngay: 20/11/2025
    co_quan: Ủy ban nhân dân tỉnh An Giang
    trich_yeu: về việc lập hồ sơ điện tử
  ve: việc lập hồ sơ điện tử
  hieu_luc: 01/01/2026
  muc:
    - tieu_de: Đối tượng áp dụng
      noi_dung: |
        Các cơ quan, đơn vị thuộc tỉnh.
    - tieu_de: Cách thực hiện
      noi_dung: |
        1. Mở hồ sơ khi công việc bắt đầu.

        2. Kết thúc hồ sơ khi công việc đã xong.
nguoi_ky:
  chuc_vu: GIÁM ĐỐC
  ho_ten: Trần Minh Khoa
noi_nhan:
  - Các sở, ban, ngành tỉnh
luu: {noi_luu: VT, nguoi_soan: QLVTLT}
";

#[test]
fn three_text_files_make_a_new_type_that_is_created_checked_and_rendered() {
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("mau/huong_dan");
    std::fs::create_dir_all(&own).unwrap();
    std::fs::write(own.join("loai.yaml"), TYPE).unwrap();
    std::fs::write(own.join("noi_dung.md"), WORDING).unwrap();
    std::fs::write(own.join("ho_so_mau.yaml"), SAMPLE).unwrap();

    let judged = vanthu(folder.path(), &["wording", "check", "--root", "mau"]);
    assert!(judged.starts_with("huong_dan/noi_dung.md: chưa ghi nhận lần nào.\n"), "{judged}");
    assert!(judged.ends_with(" 0 lỗi, 0 cảnh báo, 0 thông tin.\n"), "{judged}");
    let fields = vanthu(folder.path(), &["wording", "fields", "huong_dan", "--root", "mau"]);
    for key in ["thuc_hien", "hieu_luc", "tieu_de", "Đối tượng áp dụng"] {
        assert!(fields.contains(key), "{key}: {fields}");
    }
    assert!(vanthu(folder.path(), &["schema", "--root", "mau"]).contains("huong_dan"));

    vanthu(folder.path(), &["new", "huong_dan", "hd_12", "--root", "mau"]);
    assert_eq!(
        vanthu(folder.path(), &["check", "hd_12", "--root", "mau"]),
        "hd_12: 0 lỗi, 0 cảnh báo, 0 thông tin\n"
    );
    let rendered = vanthu(folder.path(), &["render", "hd_12", "--root", "mau"]);
    assert_eq!(rendered, "Đã xuất hd_12/hd_12.pdf, hd_12/hd_12.docx (1 trang)\n");
    let words = words_of_docx(&folder.path().join("hd_12/hd_12.docx"));
    for printed in [
        "Số: 12/HD-SNV",
        "HƯỚNG DẪN",
        "I. ĐỐI TƯỢNG ÁP DỤNG",
        "Hướng dẫn này được áp dụng từ ngày 01 tháng 01 năm 2026.",
        "- Lưu: VT, QLVTLT.",
    ] {
        assert!(words.contains(printed), "{printed}: {words}");
    }
}

/// What the program says to a clerk in a folder; it must have gone well.
fn vanthu(folder: &Path, args: &[&str]) -> String {
    let ran = vanthu_in(folder, args);
    assert!(ran.status.success(), "{args:?}: {}{}", stdout(&ran), stderr(&ran));
    stdout(&ran)
}

/// The words of a DOCX: its text without tags, one line a paragraph.
fn words_of_docx(path: &Path) -> String {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    let mut xml = String::new();
    let mut part = archive.by_name("word/document.xml").unwrap();
    std::io::Read::read_to_string(&mut part, &mut xml).unwrap();
    let mut words = String::new();
    for piece in xml.replace("</w:p>", "\n").split('<') {
        words.push_str(piece.split_once('>').map_or(piece, |(_, text)| text));
    }
    words.replace('\u{a0}', " ")
}
