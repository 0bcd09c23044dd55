//! Figures that stand in the clerk's own paragraphs.

use expect_test::expect;

use super::values::{appendix, table};
use super::*;

fn with_table(text: &str) -> Case {
    Case { appendices: vec![appendix(table())], ..with(&[("doan", own(text))]) }
}

fn check(text: &str, expect: Expect) {
    expect.assert_eq(&printed("{{ noi_dung.doan }}", &with_table(text)));
}

/// What is wrong, at the line and the column of the paragraph.
fn faults(text: &str) -> String {
    let case = with_table(text);
    let mut sources = Sources::default();
    let source = sources.add("doan", text);
    let place = diag::Place { source, range: 0..text.len() };
    sources.place_value(Route::root().key("noi_dung").key("doan"), place);
    let templates = templates("{{ noi_dung.doan }}");
    let found = body(&case, &WordingSchema::default(), &templates, &mut sources).unwrap_err();
    let hints = found.iter().filter_map(|found| found.hint.as_ref());
    let hints: String = hints.map(|hint| format!("  {hint}\n")).collect();
    short(&found, &sources) + &hints
}

#[test]
fn a_paragraph_says_what_a_wording_can_say_of_a_table() {
    check(
        "Tổng {{ phu_luc[0].tong.tong | tien(don_vi=\"triệu đồng\") }} cho {{ phu_luc[0].dong | dem }} dự án;\n\
         nhóm I **{{ phu_luc[0].nhom.I.cong.a }}**, {{ phu_luc[0] | tra_o(dong=\"II.1\", cot=\"b\") }} cho Trường, \
         {{ phu_luc[0] | tra_o(dong=\"đường\", cot=\"tong\") }} cho Đường, {{ phu_luc[0].don_vi_tinh }}.",
        expect![[r#"
            Tổng 3.007,5 triệu đồng cho 03 dự án; nhóm I **3.000**, 7 cho Trường, 2.000 cho Đường, triệu đồng.
        "#]],
    );
}

#[test]
fn what_a_mark_prints_is_words_and_a_backslash_makes_a_mark_words() {
    let case = Case {
        subject: "# *Một* {{ hai }}".into(),
        ..with_table("{{ trich_yeu }}\n\n- {{ trich_yeu }}\n\n\\{{ so }}")
    };
    expect![[r#"
        # *Một* {{ hai }}
        ·1 - # *Một* {{ hai }}
        {{ so }}
    "#]]
    .assert_eq(&printed("{{ noi_dung.doan }}", &case));
}

#[test]
fn what_is_wrong_with_a_mark_is_told_at_its_words_with_a_guess() {
    expect![[r#"
        doan:1:7 [bien-khong-co] không có tên `phu_luk`
        doan:2:4 [bien-khong-co] `phu_luc[0].tong.aa` không có trong hồ sơ
        doan:2:30 [bien-khong-co] `phu_luc[0].tongg`: không có trường `tongg`
          có phải ý anh/chị là `phu_luc`? các tên dùng được: bang, co_quan, kinh_gui, loai, ngay, noi_dung, noi_nhan, phu_luc, so_ky_hieu, trich_yeu
          có phải ý anh/chị là `a`? ở đây có: a, b, tong
          có phải ý anh/chị là `tong`? các trường: don_vi_tinh, dong, nhom, ten, tieu_de, tong
    "#]].assert_eq(&faults(
        "Có {{ phu_luk[0].tong.a }} và\n{{ phu_luc[0].tong.aa }}; {{ phu_luc[0].tongg.a }}",
    ));
    expect![[r#"
        doan:1:4 [bien-khong-co] `phu_luc[1].tong.a` không có trong hồ sơ
        doan:1:28 [bien-khong-co] `phu_luc[0].nhom.III.cong.a` không có trong hồ sơ
        doan:1:61 [bien-khong-co] `phu_luc[0].dong[9].a` không có trong hồ sơ
          phụ lục thứ nhất là `phu_luc[0]`, dòng thứ nhất là `dong[0]`; cột, nhóm và bảng gọi bằng `khoa` của chúng
          phụ lục thứ nhất là `phu_luc[0]`, dòng thứ nhất là `dong[0]`; cột, nhóm và bảng gọi bằng `khoa` của chúng
          phụ lục thứ nhất là `phu_luc[0]`, dòng thứ nhất là `dong[0]`; cột, nhóm và bảng gọi bằng `khoa` của chúng
    "#]]
    .assert_eq(&faults(
        "{{ phu_luc[1].tong.a }} {{ phu_luc[0].nhom.III.cong.a }} {{ phu_luc[0].dong[9].a }}",
    ));
    expect![[r#"
        doan:1:24 [bo-loc-khong-co] không có bộ lọc `tine`
        doan:2:27 [tham-so-sai] bộ lọc `so` không có tham số `lee`
        doan:2:57 [kieu-sai] bộ lọc `so` dùng cho số (trường kiểu `so`), mà `phu_luc[0].ten` là chữ
          có phải ý anh/chị là `tien`? các bộ lọc: bang_chu, cong, dem, doi_don_vi, gio, hoa, la_ma, liet_ke, lon_nhat, mac_dinh, ngay, ngay_ngan, nho_nhat, noi, so, so_luong, thang, thuong_dau, tien, tien_bang_chu, tra_o, ty_le, vien_dan, vien_dan_lai, viet_hoa_dau
          có phải ý anh/chị là `le`? các tham số: le
          viết như `{{ "48215,5" | so(le=2) }}`
    "#]].assert_eq(&faults(
        "{{ phu_luc[0].tong.a | tine }}\n{{ phu_luc[0].tong.a | so(lee=2) }} {{ phu_luc[0].ten | so }}",
    ));
    expect![[r#"
        doan:1:4 [kieu-sai] phu_luc[0].tong là cả một bản ghi, không in ra được
        doan:3:4 [kieu-sai] phu_luc[0].dong là cả một danh sách, không in ra được
        doan:5:1 [doan-khong-dung-rieng] một trường kiểu đoạn văn không đặt được trong đoạn văn khác
        doan:7:5 [phep-bi-cam] thành phần không gọi được trong đoạn văn của hồ sơ
          in từng trường của nó
          viết như `{{ phu_luc[0].tong.KHÓA_CỘT }}`; danh sách thì nối bằng `| noi`
          chỉ đặt số liệu và dữ kiện một dòng trong `{{ … }}`
          thành phần chỉ dùng trong lời văn, dưới templates/
    "#]].assert_eq(&faults(
        "{{ phu_luc[0].tong }}\n\n{{ phu_luc[0].dong }}\n\n{{ noi_dung.doan }}\n\n{{ <so_tien a={1}/> }}",
    ));
    expect![[r#"
        doan:1:4 [khoi-khong-dong] `{{` mở ở đây không có `}}` đóng trên cùng một dòng
        doan:2:7 [cu-phap-mau] `{{ }}` không có gì bên trong
        doan:2:21 [cu-phap-mau] gặp một tên, đáng lẽ là }}
          thêm `}}`; hai dấu ngoặc thật thì viết `\{{`
          viết tên dữ kiện cần in
          xem lại dấu ngoặc, dấu phẩy và dấu đóng của thẻ
    "#]]
    .assert_eq(&faults("Mở {{ phu_luc[0].tong.a\n}} và {{ }} và {{ a b }}"));
    expect![[r#"
        doan:1:17 [tham-so-sai] tham số `dong` của bộ lọc `tra_o` nêu một dòng mà bảng không có
        doan:1:65 [tham-so-sai] tham số `cot` của bộ lọc `tra_o` nêu một cột mà bảng không có
        doan:2:17 [bien-khong-co] ô `a` của dòng “II.1” để trống
        doan:2:51 [kieu-sai] phép tính chỉ làm với số đếm, mà `phu_luc[0].tong.a` là số
          có phải ý anh/chị là `II.1`? các dòng: I.1, I.2, II.1
          có phải ý anh/chị là `a`? các cột: a, b, stt, ten, tong
          ghi ô ấy trong hồ sơ, hoặc bỏ chỗ này khỏi câu
          tiền và tỷ lệ tính bằng bộ lọc: `cong`, `ty_le`, `doi_don_vi`
    "#]].assert_eq(&faults(
        "{{ phu_luc[0] | tra_o(dong=\"III.1\", cot=\"a\") }} {{ phu_luc[0] | tra_o(dong=\"I.1\", cot=\"c\") }}\n\
         {{ phu_luc[0] | tra_o(dong=\"II.1\", cot=\"a\") }} {{ phu_luc[0].tong.a + 1 }}",
    ));
}

#[test]
fn the_text_of_an_appendix_names_figures_too() {
    let mut case = with_table("x");
    case.appendices[0].text = Some("Tổng {{ phu_luc[0].tong.a }}, {{ phu_luc[0].tong.x }}".into());
    let found = appendix_texts(&case, &WordingSchema::default(), false).unwrap_err();
    let told: Vec<String> =
        found.iter().map(|found| format!("{:?} {}", found.at, found.message)).collect();
    expect![[r#"Words { route: Route([Key("phu_luc"), Index(0), Key("doan")]), text: "Tổng {{ phu_luc[0].tong.a }}, {{ phu_luc[0].tong.x }}", words: 35..52 } `phu_luc[0].tong.x` không có trong hồ sơ"#]].assert_eq(&told.join("\n"));
    case.appendices[0].text = Some("Tổng {{ phu_luc[0].tong.a }}".into());
    let texts = appendix_texts(&case, &WordingSchema::default(), false).unwrap();
    assert_eq!(shown(&texts[0]), "Tổng 3.000\n");
}

#[test]
fn a_draft_has_a_gap_where_the_table_is_not_there_yet() {
    let case =
        with(&[("doan", own("Tổng {{ phu_luc[0].tong.a | so }} của {{ bang.von.dong | dem }}"))]);
    let templates = templates("{{ noi_dung.doan }}");
    let mut sources = Sources::default();
    let wordings = Wordings::new(&templates);
    let body = wordings.draft_body(&case, &WordingSchema::default(), &mut sources).unwrap();
    expect![[r#"
        Tổng ⟦[thiếu: phu_luc[0].tong.a]⟧ của ⟦[thiếu: bang.von.dong]⟧
    "#]]
    .assert_eq(&shown(&body));
}
