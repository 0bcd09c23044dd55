//! The small markup: text in, passages out.

use expect_test::expect;

use super::*;

fn printed_alone(text: &str, expect: Expect) {
    check(text, &case(), expect);
}

#[test]
fn a_blank_line_ends_a_paragraph_and_lines_are_joined() {
    printed_alone(
        "Câu một\ncâu hai.\n\n\nĐoạn hai.\r\n \t\r\nĐoạn ba.",
        expect![[r#"
            Câu một câu hai.
            Đoạn hai.
            Đoạn ba.
        "#]],
    );
}

#[test]
fn front_matter_is_not_printed() {
    printed_alone(
        "---\nmo_ta: x\n---\nLời văn.",
        expect![[r#"
        Lời văn.
    "#]],
    );
}

#[test]
fn headings_are_numbered_by_the_scheme_and_start_again_under_their_parent() {
    printed_alone(
        "# kết quả\n## Một\n### Chi tiết\n### chi tiết\n## Hai\n### Chi tiết\n# đề xuất\n## Một",
        expect![[r#"
            #1! I. KẾT QUẢ
            #2 1. Một
            #3 a) Chi tiết
            #3 b) chi tiết
            #2 2. Hai
            #3 a) Chi tiết
            #1! II. ĐỀ XUẤT
            #2 1. Một
        "#]],
    );
}

#[test]
fn a_scheme_may_name_parts_and_repeat_the_number_above() {
    let schema = WordingSchema {
        numbering: vec!["Phần I.".into(), "1.".into(), "1.1.".into()],
        ..WordingSchema::default()
    };
    let text = "# mở đầu\n## A\n### B\n### C\n# sau\n## D\n### E";
    expect![[r#"
        #1! Phần I. MỞ ĐẦU
        #2 1. A
        #3 1.1. B
        #3 1.2. C
        #1! Phần II. SAU
        #2 1. D
        #3 1.1. E
    "#]]
    .assert_eq(&printed_with(&templates(text), &schema, &case()));
}

fn schema(numbering: &[&str]) -> WordingSchema {
    WordingSchema {
        numbering: numbering.iter().map(|&mark| mark.to_owned()).collect(),
        ..WordingSchema::default()
    }
}

#[test]
fn chapters_and_dieu_are_counted_through_and_a_muc_within_its_chapter() {
    let schema = schema(&["Phần I", "Chương I", "Mục 1", "Điều 1.", "1.", "a)"]);
    let text = "# mở đầu\n## chung\n#### Phạm vi\n#### Đối tượng\n## riêng\n### một\n#### A\n##### Khoản\n### hai\n\
                #### B\n##### Khoản\n# sau\n## cuối\n### một\n#### C\n1. một\na) điểm\n#### D\n1. một";
    expect![[r#"
        #1!^ Phần I MỞ ĐẦU
        #2!^ Chương I CHUNG
        #4 Điều 1. Phạm vi
        #4 Điều 2. Đối tượng
        #2!^ Chương II RIÊNG
        #3!^ Mục 1 MỘT
        #4 Điều 3. A
        #5 1. Khoản
        #3!^ Mục 2 HAI
        #4 Điều 4. B
        #5 1. Khoản
        #1!^ Phần II SAU
        #2!^ Chương III CUỐI
        #3!^ Mục 1 MỘT
        #4 Điều 5. C
        ·1 1. một
        ·2 a) điểm
        #4 Điều 6. D
        ·1 1. một
    "#]]
    .assert_eq(&printed_with(&templates(text), &schema, &case()));
}

#[test]
fn a_scheme_without_muc_has_chapters_that_hold_dieu() {
    let text = "# chung\n## A\n# riêng\n## B";
    expect![[r#"
        #1!^ Chương I CHUNG
        #2 Điều 1. A
        #1!^ Chương II RIÊNG
        #2 Điều 2. B
    "#]]
    .assert_eq(&printed_with(&templates(text), &schema(&["Chương I", "Điều 1."]), &case()));
}

#[test]
fn an_item_may_be_an_dieu_and_the_items_below_begin_again() {
    printed_alone(
        "Điều 1. Ban hành:\n1. một\na) x\nb) y\n2. hai\na) z\n\nĐiều 2.\nSửa đổi\n1. một\n\nChữ thường.\n\n2. hai\n\nĐiều\u{a0}3. Thi hành./.",
        expect![[r#"
            § Điều 1. Ban hành:
            ·2 1. một
            ·3 a) x
            ·3 b) y
            ·2 2. hai
            ·3 a) z
            § Điều 2. Sửa đổi
            ·2 1. một
            Chữ thường.
            ·1 2. hai
            § Điều 3. Thi hành./.
        "#]],
    );
}

#[test]
fn dieu_all_written_as_the_first_are_numbered_through_own_paragraphs_and_headings() {
    let case = with(&[("cac_dieu", own("Điều 1. Một.\n\nĐiều 1. Hai."))]);
    let text = "# chung\n## Phạm vi\n\nĐiều 1. Không có tên.\n\n# riêng\n\n{{ noi_dung.cac_dieu }}\n\n\
                Điều 1. Thi hành./.";
    expect![[r#"
        #1!^ Chương I CHUNG
        #2 Điều 1. Phạm vi
        § Điều 2. Không có tên.
        #1!^ Chương II RIÊNG
        § Điều 3. Một.
        § Điều 4. Hai.
        § Điều 5. Thi hành./.
    "#]]
    .assert_eq(&printed_with(&templates(text), &schema(&["Chương I", "Điều 1."]), &case));
}

#[test]
fn an_dieu_out_of_order_or_written_as_elsewhere_is_told() {
    printed_alone(
        "Điều 1. Một.\n\nĐiều 3. Ba.\n\nĐiều 5 Luật Đầu tư công.\n\nĐiều 5\\. Chữ thật.",
        expect![[r#"
            bao_cao/thu.md:3:1 [thu-tu-khong-khop] mục ghi “Điều 3.” nhưng theo thứ tự là “Điều 2.”
        "#]],
    );
    printed_alone(
        "**Điều 3.** Ba.\n\nĐiều 3: Ba.\n\nĐIỀU 3. Ba.",
        expect![[r#"
        bao_cao/thu.md:1:1 [dau-dong-la] “**Điều 3.**” ở đầu dòng không phải dấu đầu dòng của một mục
        bao_cao/thu.md:3:1 [dau-dong-la] “Điều 3:” ở đầu dòng không phải dấu đầu dòng của một mục
        bao_cao/thu.md:5:1 [dau-dong-la] “ĐIỀU 3.” ở đầu dòng không phải dấu đầu dòng của một mục
    "#]],
    );
}

#[test]
fn a_value_is_no_dieu() {
    check(
        "{{ noi_dung.a }}\n\n{{ noi_dung.b }}",
        &with(&[("a", words("Điều 7. Chữ")), ("b", words("Điều 7: Chữ"))]),
        expect![[r#"
            Điều 7. Chữ
            Điều 7: Chữ
        "#]],
    );
}

#[test]
fn a_heading_deeper_than_the_scheme_is_a_fault() {
    printed_alone(
        "# Một\n#### Bốn",
        expect![[r#"
        bao_cao/thu.md:2:1 [danh-so-sai] đề mục cấp 4 không có kiểu số: `danh_so` chỉ có 3 cấp
    "#]],
    );
}

#[test]
fn items_are_numbered_by_order_in_the_vietnamese_alphabet() {
    printed_alone(
        "Gồm:\n1. một\n1. hai\n7. ba\nc) x\na) y\na) z\na) t\na) u\na) v\n- gạch\n+ cộng\n2. bốn\na) lại",
        expect![[r#"
            bao_cao/thu.md:4:1 [thu-tu-khong-khop] mục ghi “7.” nhưng theo thứ tự là “3.”
            bao_cao/thu.md:5:1 [thu-tu-khong-khop] mục ghi “c)” nhưng theo thứ tự là “a)”
            bao_cao/thu.md:13:1 [thu-tu-khong-khop] mục ghi “2.” nhưng theo thứ tự là “4.”
        "#]],
    );
}

#[test]
fn a_list_goes_on_after_a_paragraph_unless_it_begins_with_its_first_mark() {
    printed_alone(
        "1. một\n2. hai\n\nChen giữa.\n\n3. ba\n\nDanh sách khác:\n\n1. một\n\n# Mục\n5. năm",
        expect![[r#"
            bao_cao/thu.md:13:1 [thu-tu-khong-khop] mục ghi “5.” nhưng theo thứ tự là “1.”
        "#]],
    );
}

#[test]
fn what_only_looks_like_a_mark_stays_text() {
    printed_alone(
        "2022. Năm ấy\n\nf) không\n\n1.1. số kép\n\n#1 thăng\n\n-gạch\n\n\\- gạch thật\n\n\\# thăng thật\n\n1\\. số thật\n\n> không trích",
        expect![[r#"
            bao_cao/thu.md:3:1 [dau-dong-la] “f)” ở đầu dòng không phải dấu đầu dòng của một mục
            bao_cao/thu.md:9:1 [dau-dong-la] “-” ở đầu dòng không phải dấu đầu dòng của một mục
        "#]],
    );
}

#[test]
fn bold_and_italic_close_beside_quotes_and_letters() {
    printed_alone(
        "**Nơi nhận:**abc *nghiêng* **đậm *cả hai* đậm** **“Chương trình”**của",
        expect![[r#"
            **Nơi nhận:**abc *nghiêng* **đậm *****cả hai***** đậm** **“Chương trình”**của
        "#]],
    );
}

#[test]
fn asterisks_that_are_no_emphasis_stay() {
    printed_alone(
        "20*30*40 (*) và (**) a * b \\*sao\\* C:\\x",
        expect![[r#"
        20*30*40 (*) và (**) a * b *sao* C:\x
    "#]],
    );
}

#[test]
fn markdown_that_is_not_ours_is_text() {
    printed_alone(
        "`mã` _gạch_ ~~x~~ &amp; 1 < 2 > 1 http://a.vn [1] ![x]\n===\n\n---\n\n    bốn cách\n\n| a | b |",
        expect![[r#"
            `mã` _gạch_ ~~x~~ &amp; 1 < 2 > 1 http://a.vn [1] ![x] ===
            ---
            bốn cách
            | a | b |
        "#]],
    );
}

#[test]
fn a_line_of_tags_alone_is_no_blank_line() {
    printed_alone(
        "Câu một.\n{% if so_ky_hieu %}\nCâu hai.\n{% endif %}\n{% if false %}không{% endif %}\n{# ghi chú #}\nCâu ba.\n\n{% for x in kinh_gui %}\n- {{ x }};\n{% endfor %}\nHết.",
        expect![[r#"
            Câu một. Câu hai. Câu ba.
            ·1 - Bộ Nội vụ;
            ·1 - UBND tỉnh A;
            Hết.
        "#]],
    );
}

#[test]
fn white_space_control_works_as_in_tera() {
    printed_alone(
        "Gửi {% for x in kinh_gui -%}\n   {{ x }},\n{%- endfor %} hết\n{{- \"!\" -}}  \n  rồi",
        expect![[r#"
            Gửi Bộ Nội vụ,UBND tỉnh A, hết!rồi
        "#]],
    );
}

#[test]
fn own_paragraphs_keep_their_lists_and_emphasis() {
    let case = with(&[("kho_khan", own("Một **đậm**:\n\n- gạch\n- gạch\n\n1. số\n5. số\na) chữ"))]);
    check(
        "# Khó khăn\n\n{{ noi_dung.kho_khan }}\n\nHết.",
        &case,
        expect![[r#"
            ? [thu-tu-khong-khop] mục ghi “5.” nhưng theo thứ tự là “2.”
        "#]],
    );
}

#[test]
fn own_paragraphs_print_the_signs_of_tera_as_they_are() {
    check(
        "{{ noi_dung.a }}",
        &with(&[("a", own("\\{{ so_ky_hieu }} {% if %} {# #}"))]),
        expect![[r##"
            {{ so_ky_hieu }} {% if %} {# #}
        "##]],
    );
}

#[test]
fn own_paragraphs_may_be_in_a_list_of_records() {
    let record = |title: &str, text: &str| {
        Content::Record(
            [("ten".to_owned(), words(title)), ("noi_dung".to_owned(), own(text))].into(),
        )
    };
    let case =
        with(&[("muc", Content::List(vec![record("một", "Đoạn A."), record("hai", "- B")]))]);
    check(
        "{% for muc in noi_dung.muc %}\n# {{ muc.ten }}\n{{ muc.noi_dung }}\n{% endfor %}",
        &case,
        expect![[r#"
            #1! I. MỘT
            Đoạn A.
            #1! II. HAI
            ·1 - B
        "#]],
    );
}

#[test]
fn the_text_of_an_appendix_has_the_same_grammar() {
    let route = Route::parse("phu_luc[0].loi_van").unwrap();
    assert_eq!(shown(&passages("Một\n\n- *hai*", &route).unwrap()), "Một\n·1 - *hai*\n");
    let faults = passages("# Một\n\n**hai", &route).unwrap_err();
    expect![[r#"
        ? [tieu-de-trong-doan] đoạn văn không được có đề mục `#`
        ? [nhan-manh-khong-dong] dấu `*` không đóng trong đoạn này
    "#]]
    .assert_eq(&short(&faults, &Sources::default()));
}

#[test]
fn a_number_out_of_order_and_a_mark_that_is_none_are_told_at_their_line() {
    let said = |text: &str| -> String {
        let Err(found) = passages(text, &Route::root().key("doan")) else { return String::new() };
        let lines = found.iter().map(|found| match &found.at {
            crate::diag::At::Line(_, line) => format!("{line}: {}\n", found.message),
            other => format!("{other:?}\n"),
        });
        lines.collect()
    };
    assert_eq!(said("1. Một.\n\n1. Hai.\n\n3. Ba."), "", "1. may stand for any number");
    assert_eq!(said("a) Một;\nb) hai;\nc) ba;\nd) bốn;\nđ) năm."), "");
    expect_test::expect![[r#"
        0: mục ghi “5.” nhưng theo thứ tự là “1.”
    "#]]
    .assert_eq(&said("5. Năm."));
    expect_test::expect![[r#"
        4: mục ghi “e)” nhưng theo thứ tự là “đ)”
        6: “f)” ở đầu dòng không phải dấu đầu dòng của một mục
        8: “•” ở đầu dòng không phải dấu đầu dòng của một mục
    "#]]
    .assert_eq(&said("a) Một;\nb) hai;\nc) ba;\nd) bốn;\ne) năm;\n\nf) sáu.\n\n• Chấm."));
}

#[test]
fn a_line_places_a_table_and_nothing_else_does() {
    check(
        "Như sau:\n[bang tien_do]\n[Bảng von]\n{{ noi_dung.a }}\n\nXem [bang tien_do].",
        &with(&[("a", Content::Text("[bang gia]".into()))]),
        expect![[r#"
            Như sau:
            ⊞ tien_do
            ⊞ von
            [bang gia]
            Xem [bang tien_do].
        "#]],
    );
}

#[test]
fn a_list_goes_on_after_a_table() {
    check(
        "1. Kết quả:\n\n[bang ket_qua]\n\n2. Hạn chế:\n\na) Một;\n\n[bang han_che]\n\nb) hai.",
        &with(&[]),
        expect![[r#"
            ·1 1. Kết quả:
            ⊞ ket_qua
            ·1 2. Hạn chế:
            ·2 a) Một;
            ⊞ han_che
            ·1 b) hai.
        "#]],
    );
}

/// A case with an attached document.
fn attaching(facts: &[(&str, Content)]) -> Case {
    let attached =
        crate::model::Attached { type_name: "Quy chế".into(), subject: "Làm việc".into() };
    Case { attached: Some(attached), ..with(facts) }
}

#[test]
fn the_attached_document_begins_after_its_line_and_counts_anew() {
    let text = "Điều 1. Ban hành.\n\nĐiều 2. Thi hành./.\n\n[kem_theo]\n\n# chung\n## Phạm vi\n1. một\n\n{{ noi_dung.a }}";
    let case = attaching(&[("a", own("Điều 1. Khác./."))]);
    expect![[r#"
        § Điều 1. Ban hành.
        § Điều 2. Thi hành./.
        ⎘
        #1!^ Chương I CHUNG
        #2 Điều 1. Phạm vi
        ·1 1. một
        § Điều 2. Khác./.
    "#]]
    .assert_eq(&printed_with(&templates(text), &schema(&["Chương I", "Điều 1."]), &case));
}

#[test]
fn an_attached_document_that_case_and_wording_do_not_share_is_told() {
    printed_alone(
        "Điều 1. Một.\n\n[kem_theo]\n\nHai.",
        expect![[r#"
        bao_cao/thu.md:3:1 [kem-theo-khong-khop] lời văn có văn bản kèm theo mà hồ sơ không có khóa `kem_theo`
    "#]],
    );
    check(
        "Điều 1. Một.",
        &attaching(&[]),
        expect![[r#"
        ? [kem-theo-khong-khop] hồ sơ có `kem_theo` mà lời văn templates/bao_cao/thu.md không có dòng `[kem_theo]`
    "#]],
    );
    check(
        "Một.\n\n[kem_theo]\n\nHai.\n\n[Kèm theo]\n\n- [kem_theo]\n\n{{ noi_dung.a }}",
        &attaching(&[("a", own("Ba.\n\n[kem_theo]"))]),
        expect![[r#"
            bao_cao/thu.md:7:1 [kem-theo-khong-khop] `[kem_theo]` thứ hai
            bao_cao/thu.md:9:1 [kem-theo-khong-khop] `[kem_theo]` không đứng riêng một dòng
            ? [kem-theo-khong-khop] đoạn văn của hồ sơ không được có dòng `[kem_theo]`
        "#]],
    );
    check(
        "Một.\n\n[kem_theo]\n\n{{ noi_dung.a }}",
        &attaching(&[("a", words("[kem_theo]"))]),
        expect![[r#"
            Một.
            ⎘
            [kem_theo]
        "#]],
    );
}
