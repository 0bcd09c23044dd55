//! Keys that only some forms have a place for, and types that ask more than their form holds.

use expect_test::{Expect, expect};

use super::*;
use crate::case::Blank;

/// The small office with types of other forms.
fn with_forms() -> Templates {
    office()
        .with("bien_ban/loai.yaml", "ten: Biên bản\nky_hieu: BB\nmau: \"1.9\"\nkinh_gui: khong\n")
        .with("bien_ban/noi_dung.md", "Không hỏi gì.\n")
        .with(
            "quyet_dinh/loai.yaml",
            "ten: Quyết định\nky_hieu: QĐ\nmau: \"1.2\"\nkinh_gui: khong\n",
        )
        .with("quyet_dinh/noi_dung.md", "Không hỏi gì.\n")
        .with(
            "giay_gioi_thieu/loai.yaml",
            "ten: Giấy giới thiệu\nky_hieu: GGT\nmau: \"1.8\"\nkinh_gui: khong\n",
        )
        .with("giay_gioi_thieu/noi_dung.md", "Không hỏi gì.\n")
}

/// Every case below has these lines after its own.
const COMMON: &str = "
co_quan: ubnd_tinh_an_giang
so: 7
ngay: 12/12/2025
noi_nhan:
  - Sở Y tế
luu: {noi_luu: VT}
";

fn told(templates: Templates, text: &str) -> (Option<crate::model::Case>, String) {
    let text = format!("{text}{COMMON}");
    let read =
        read_texts("ho_so.yaml", text.as_bytes(), &Catalog::new(templates), Mode::Final, |_| {
            Err(Unread::Outside)
        });
    (read.case, plain(&read.diagnostics, &read.sources))
}

fn found(text: &str, expected: &Expect) {
    expected.assert_eq(&told(with_forms(), text).1);
}

#[test]
fn a_secretary_signs_minutes_and_nothing_else() {
    found(
        "\
loai: quyet_dinh
trich_yeu: Về việc ban hành Quy chế
nguoi_ky: {chuc_vu: CHỦ TỊCH, ho_ten: Trần Văn A}
thu_ky: {ho_ten: Lê Thị B}",
        &expect![[r#"
            lỗi[khong-dung]: quyết định không có chỗ cho `thu_ky`
             --> ho_so.yaml:4:1
              |
            4 | thu_ky: {ho_ten: Lê Thị B}
              | ^^^^^^ thu_ky
              |
              = gợi ý: thư ký chỉ ký biên bản; bỏ khóa này

        "#]],
    );
}

#[test]
fn minutes_need_their_secretary() {
    let without = "\
loai: bien_ban
trich_yeu: Họp rà soát tiến độ
nguoi_ky: {ho_ten: Trần Văn A}";
    found(
        without,
        &expect![[r#"
            lỗi[thieu]: thiếu `thu_ky` (thư ký)
            --> ho_so.yaml
             = tại: thu_ky
             = gợi ý: ghi thêm `thu_ky:`, dòng dưới thụt vào, ví dụ `ho_ten: Trần Thị Bình`

        "#]],
    );
    found(
        &format!("{without}\nthu_ky: Lê Thị B"),
        &expect![[r#"
            lỗi[sai-kieu]: `thu_ky` cần các khóa con, ở đây là một giá trị
             --> ho_so.yaml:4:9
              |
            4 | thu_ky: Lê Thị B
              |         ^^^^^^^^ thu_ky
              |
              = gợi ý: xuống dòng, thụt vào, viết mỗi dòng một khóa, ví dụ `ho_ten: …`

        "#]],
    );
    let (case, said) = told(with_forms(), &format!("{without}\nthu_ky: {{ho_ten: Lê Thị B}}"));
    assert_eq!(said, "");
    let case = case.unwrap();
    assert_eq!(case.signer.lines, ["CHỦ TỌA"]);
    assert_eq!(case.secretary.unwrap().lines, ["THƯ KÝ"]);
}

#[test]
fn the_authority_stands_only_where_a_line_says_it() {
    found(
        "\
loai: thong_bao
trich_yeu: Kết quả cuộc họp
tham_quyen: CHỦ TỊCH
nguoi_ky: {chuc_vu: CHỦ TỊCH, ho_ten: Trần Văn A}",
        &expect![[r#"
            lỗi[khong-dung]: thông báo không có chỗ cho `tham_quyen`
             --> ho_so.yaml:3:1
              |
            3 | tham_quyen: CHỦ TỊCH
              | ^^^^^^^^^^ tham_quyen
              |
              = gợi ý: chỉ nghị quyết, quyết định và công điện ghi thẩm quyền ban hành; bỏ khóa này

        "#]],
    );
}

#[test]
fn urgency_is_one_of_three_words() {
    found(
        "\
loai: thong_bao
do_khan: hoa toc
trich_yeu: Kết quả cuộc họp
nguoi_ky: {chuc_vu: CHỦ TỊCH, ho_ten: Trần Văn A}",
        &expect![[r#"
            lỗi[gia-tri-la]: `do_khan` không nhận giá trị “hoa toc”
             --> ho_so.yaml:2:10
              |
            2 | do_khan: hoa toc
              |          ^^^^^^^ do_khan
              |
              = gợi ý: có phải ý anh/chị là “hoa_toc”?

        "#]],
    );
}

#[test]
fn only_a_form_that_prints_no_subject_does_without() {
    let case =
        |kind: &str| format!("loai: {kind}\nnguoi_ky: {{chuc_vu: CHỦ TỊCH, ho_ten: Trần Văn A}}");
    found(&case("giay_gioi_thieu"), &expect![""]);
    found(
        &case("quyet_dinh"),
        &expect![[r#"
        lỗi[thieu]: thiếu `trich_yeu` (trích yếu)
        --> ho_so.yaml
         = tại: trich_yeu
         = gợi ý: ghi thêm, ví dụ `trich_yeu: Về tình hình thực hiện và giải ngân các dự án`

    "#]],
    );
}

#[test]
fn a_type_asks_no_more_than_its_form_holds() {
    let case = "\
loai: loai_moi
trich_yeu: Kết quả cuộc họp
don_vi: VP
kinh_gui:
  - Sở Y tế
nguoi_ky: {chuc_vu: CHỦ TỊCH, ho_ten: Trần Văn A}";
    let of = |loai: &str| {
        let templates = office()
            .with("loai_moi/loai.yaml", loai)
            .with("loai_moi/noi_dung.md", "Không hỏi gì.\n");
        told(templates, case).1
    };
    expect![[r#"
        lỗi[mau-sai]: văn bản theo mẫu 1.7 không có Kính gửi
         --> templates/loai_moi/loai.yaml:4:11
          |
        4 | kinh_gui: luon
          |           ^^^^
          |
          = gợi ý: ghi `kinh_gui: khong`

    "#]]
    .assert_eq(&of("ten: Giấy mời\nky_hieu: GM\nmau: \"1.7\"\nkinh_gui: luon\n"));
    expect![[r#"
        lỗi[mau-sai]: công văn không có chữ viết tắt tên loại trong ký hiệu
         --> templates/loai_moi/loai.yaml:2:10
          |
        2 | ky_hieu: CV
          |          ^^
          |
          = gợi ý: bỏ `ky_hieu`; ký hiệu của công văn gồm cơ quan và đơn vị soạn thảo, ví dụ UBND-VX

        lỗi[mau-sai]: văn bản theo mẫu 1.5 luôn ghi nơi gửi đến
         --> templates/loai_moi/loai.yaml:4:11
          |
        4 | kinh_gui: khong
          |           ^^^^^
          |
          = gợi ý: ghi `kinh_gui: luon`

    "#]]
    .assert_eq(&of("ten: Công văn\nky_hieu: CV\nmau: \"1.5\"\nkinh_gui: khong\n"));
}

#[test]
fn a_blank_case_asks_for_what_its_form_has() {
    let catalog = Catalog::new(with_forms());
    let asks = |kind: &str| {
        let Blank::Made(blank) = crate::case::blank(kind, "noi_dung", &catalog) else {
            panic!("{kind} has no sample here");
        };
        ["huong", "kinh_gui", "can_cu", "trich_yeu", "thu_ky"]
            .into_iter()
            .filter(|key| blank.contains(&format!("\n{key}:")))
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(asks("bao_cao"), "huong kinh_gui trich_yeu");
    assert_eq!(asks("bien_ban"), "trich_yeu thu_ky");
    assert_eq!(asks("quyet_dinh"), "can_cu trich_yeu");
    assert_eq!(asks("giay_gioi_thieu"), "");
}
