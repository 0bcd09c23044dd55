//! Broken templates, each with its fault at its line.

use expect_test::expect;

use super::*;

/// Each part before `⇒` is a template, `⏎` its line ends.
fn table(templates: &[&str], case: &Case) -> String {
    templates
        .iter()
        .map(|text| format!("{text}\n{}\n", printed(&text.replace('⏎', "\n"), case)))
        .collect()
}

fn facts() -> Case {
    with(&[
        ("ten", words("Sở")),
        ("von", Content::Amount("1.000".parse().unwrap())),
        ("han", Content::Date(day(2026, 1, 5))),
        ("doan", own("Đoạn.")),
        ("ds", Content::List(vec![Content::Record([("ten".to_owned(), words("A"))].into())])),
    ])
}

#[test]
fn syntax_is_reported_where_it_was_opened() {
    expect![[r#"
        a⏎{{ ngay⏎b
        bao_cao/thu.md:2:1 [khoi-khong-dong] `{{` mở ở đây không có `}}` đóng

        a⏎{{ ngay⏎b {{ ngay }}
        bao_cao/thu.md:2:1 [khoi-khong-dong] `{{` mở ở đây không có `}}` đóng

        a⏎{% if ngay⏎b
        bao_cao/thu.md:2:1 [khoi-khong-dong] `{%` mở ở đây không có `%}` đóng

        a⏎{# ghi chú
        bao_cao/thu.md:2:1 [khoi-khong-dong] `{#` mở ở đây không có `#}` đóng

        a⏎ngay }} b
        bao_cao/thu.md:2:6 [cu-phap-mau] dấu đóng `}}` không có dấu mở

        a⏎{% if ngay %}⏎b
        bao_cao/thu.md:2:1 [khoi-khong-dong] khối `if` mở ở đây chưa đóng

        a⏎{% for x in kinh_gui %}{% if ngay %}⏎{% endfor %}⏎{% endif %}
        bao_cao/thu.md:2:24 [khoi-khong-dong] khối `if` mở ở đây chưa đóng thì dòng 3 đã đóng khối `for` bên ngoài

        a⏎{% endif %}
        bao_cao/thu.md:2:1 [khoi-khong-dong] thẻ đóng `endif` không có `if` mở trước nó

        a⏎{% else %}
        bao_cao/thu.md:2:1 [khoi-khong-dong] `else` không nằm ngay trong khối if, for

        a⏎{% for x kinh_gui %}{% endfor %}
        bao_cao/thu.md:2:1 [cu-phap-mau] `for` thiếu `in`

        a⏎{% neu ngay %}⏎{% endneu %}
        bao_cao/thu.md:2:1 [the-khong-co] không có thẻ `neu`
        bao_cao/thu.md:3:1 [the-khong-co] không có thẻ `endneu`

        a⏎{% fro x in kinh_gui %}
        bao_cao/thu.md:2:1 [the-khong-co] không có thẻ `fro`

        a⏎{{ }}
        bao_cao/thu.md:2:1 [cu-phap-mau] `{{ }}` không có gì bên trong

        a⏎{{ ngày }}
        bao_cao/thu.md:2:4 [cu-phap-mau] `ngày` không viết được trong `{{ }}` hay `{% %}`

        a⏎{{ noi_dung.ds | noi(truong=“ten”) }}
        bao_cao/thu.md:2:29 [cu-phap-mau] `“ten”` không viết được trong `{{ }}` hay `{% %}`

        a⏎{{ kinh_gui | noi(bang=", ) }}
        bao_cao/thu.md:2:24 [cu-phap-mau] chuỗi chữ mở ngoặc ở đây mà không đóng

        a⏎{{ ngay ngay }}
        bao_cao/thu.md:2:9 [cu-phap-mau] gặp một tên, đáng lẽ là }}

        a⏎{{ kinh_gui[ }}
        bao_cao/thu.md:2:14 [cu-phap-mau] gặp `}}`, đáng lẽ là một tên, một số hoặc chuỗi chữ

        a⏎{% if %}{% endif %}
        bao_cao/thu.md:2:1 [cu-phap-mau] `if` thiếu phần sau nó

        a⏎{% include %}
        bao_cao/thu.md:2:1 [cu-phap-mau] `include` cần đúng một tên tệp trong ngoặc kép

        a⏎{% raw %}b
        bao_cao/thu.md:2:1 [khoi-khong-dong] khối `raw` mở ở đây chưa đóng

        ---⏎mo_ta: x⏎---⏎a⏎{% if ngay %}
        bao_cao/thu.md:5:1 [khoi-khong-dong] khối `if` mở ở đây chưa đóng

    "#]].assert_eq(&table(
        &[
            "a⏎{{ ngay⏎b",
            "a⏎{{ ngay⏎b {{ ngay }}",
            "a⏎{% if ngay⏎b",
            "a⏎{# ghi chú",
            "a⏎ngay }} b",
            "a⏎{% if ngay %}⏎b",
            "a⏎{% for x in kinh_gui %}{% if ngay %}⏎{% endfor %}⏎{% endif %}",
            "a⏎{% endif %}",
            "a⏎{% else %}",
            "a⏎{% for x kinh_gui %}{% endfor %}",
            "a⏎{% neu ngay %}⏎{% endneu %}",
            "a⏎{% fro x in kinh_gui %}",
            "a⏎{{ }}",
            "a⏎{{ ngày }}",
            "a⏎{{ noi_dung.ds | noi(truong=“ten”) }}",
            "a⏎{{ kinh_gui | noi(bang=\", ) }}",
            "a⏎{{ ngay ngay }}",
            "a⏎{{ kinh_gui[ }}",
            "a⏎{% if %}{% endif %}",
            "a⏎{% include %}",
            "a⏎{% raw %}b",
            "---⏎mo_ta: x⏎---⏎a⏎{% if ngay %}",
        ],
        &facts(),
    ));
}

#[test]
fn unknown_names_come_with_a_guess() {
    expect![[r#"
        a⏎{{ ngya }}
        bao_cao/thu.md:2:4 [bien-khong-co] không có tên `ngya`

        a⏎{% if ngya %}b{% endif %}
        bao_cao/thu.md:2:7 [bien-khong-co] không có tên `ngya`

        a⏎{{ co_quan.ten_trong_cau_ }}
        bao_cao/thu.md:2:4 [bien-khong-co] `co_quan` không có trường `ten_trong_cau_`

        a⏎{{ noi_dung.tenn }}
        bao_cao/thu.md:2:4 [bien-khong-co] `noi_dung.tenn` không có trong `truong` của lời văn này

        a⏎{% if noi_dung.tenn %}{% endif %}
        bao_cao/thu.md:2:7 [bien-khong-co] `noi_dung.tenn` không có trong `truong` của lời văn này

        a⏎{% for d in noi_dung.ds %}⏎{{ d.tne }}⏎{% endfor %}
        bao_cao/thu.md:3:4 [bien-khong-co] `d.tne` không có trong hồ sơ

        a⏎{% for d in noi_dung.ds %}⏎{{ d.tne | hoa }}⏎{% endfor %}
        bao_cao/thu.md:3:4 [bien-khong-co] `d.tne` không có trong hồ sơ

        a⏎{{ kinh_gui[5] }}
        bao_cao/thu.md:2:4 [thieu-dieu-kien] `kinh_gui[5]` có thể để trống mà chỗ này in không có điều kiện

        a⏎{{ phu_luc[0].tong.a }}
        bao_cao/thu.md:2:4 [bien-khong-co] `phu_luc[0].tong.a` không có trong hồ sơ

        a⏎{{ ngay | ngay_dai }}
        bao_cao/thu.md:2:11 [bo-loc-khong-co] không có bộ lọc `ngay_dai`

        a⏎{{ ngay | upper }}
        bao_cao/thu.md:2:11 [bo-loc-khong-co] không có bộ lọc `upper`

        a⏎{{ range(end=5) }}
        bao_cao/thu.md:2:4 [ham-khong-co] không có hàm `range`

        a⏎{{ so(von) }}
        bao_cao/thu.md:2:4 [ham-khong-co] không có hàm `so`
        bao_cao/thu.md:2:7 [bien-khong-co] không có tên `von`

        a⏎{% include "chung/kett.md" %}
        bao_cao/thu.md:2:12 [tep-khong-co] không có tệp templates/chung/kett.md

        a⏎{% include "../../etc/passwd" %}
        bao_cao/thu.md:2:12 [tep-khong-co] không có tệp templates/../../etc/passwd

        a⏎{% include "bao_cao/thu.md" %}
        bao_cao/thu.md:2:12 [tep-goi-vong] tệp bao_cao/thu.md gọi vòng trở lại chính nó

        a⏎{{ <khong/> }}
        bao_cao/thu.md:2:5 [bien-khong-co] không có thành phần `khong`

        a⏎{% if ngay is dinh_nghia %}{% endif %}
        bao_cao/thu.md:2:15 [cu-phap-mau] không có phép thử `is dinh_nghia`

        a⏎{{ __nhip }}
        bao_cao/thu.md:2:4 [bien-khong-co] tên `__nhip` dành cho chương trình

        a⏎{{ loop.index }}
        bao_cao/thu.md:2:4 [bien-khong-co] `loop` chỉ có trong `{% for %}`

    "#]]
    .assert_eq(&table(
        &[
            "a⏎{{ ngya }}",
            "a⏎{% if ngya %}b{% endif %}",
            "a⏎{{ co_quan.ten_trong_cau_ }}",
            "a⏎{{ noi_dung.tenn }}",
            "a⏎{% if noi_dung.tenn %}{% endif %}",
            "a⏎{% for d in noi_dung.ds %}⏎{{ d.tne }}⏎{% endfor %}",
            "a⏎{% for d in noi_dung.ds %}⏎{{ d.tne | hoa }}⏎{% endfor %}",
            "a⏎{{ kinh_gui[5] }}",
            "a⏎{{ phu_luc[0].tong.a }}",
            "a⏎{{ ngay | ngay_dai }}",
            "a⏎{{ ngay | upper }}",
            "a⏎{{ range(end=5) }}",
            "a⏎{{ so(von) }}",
            "a⏎{% include \"chung/kett.md\" %}",
            "a⏎{% include \"../../etc/passwd\" %}",
            "a⏎{% include \"bao_cao/thu.md\" %}",
            "a⏎{{ <khong/> }}",
            "a⏎{% if ngay is dinh_nghia %}{% endif %}",
            "a⏎{{ __nhip }}",
            "a⏎{{ loop.index }}",
        ],
        &facts(),
    ));
}

#[test]
fn what_a_wording_may_not_do_is_refused() {
    expect![[r#"
        a⏎{{ ngay | safe }}
        bao_cao/thu.md:2:11 [safe-bi-cam] không dùng bộ lọc `safe`

        a⏎{{ ngay ~ ngay }}
        bao_cao/thu.md:2:9 [phep-bi-cam] không nối chữ bằng `~`

        a⏎{% set x %}b{% endset %}
        bao_cao/thu.md:2:1 [phep-bi-cam] khối `set` giữ chữ lại không dùng trong lời văn

        a⏎{% filter hoa %}b{% endfilter %}
        bao_cao/thu.md:2:1 [phep-bi-cam] khối `filter` giữ chữ lại không dùng trong lời văn

        a⏎{% set x = [ngay, ngay] %}
        bao_cao/thu.md:2:12 [phep-bi-cam] danh sách viết trong lời văn chỉ gồm chữ và số

        a⏎{% set x = {"a": 1} %}
        bao_cao/thu.md:2:12 [phep-bi-cam] không đặt bản ghi trong lời văn

        a⏎{% set x = [y for y in kinh_gui] %}
        bao_cao/thu.md:2:12 [phep-bi-cam] danh sách viết trong lời văn chỉ gồm chữ và số
        bao_cao/thu.md:2:15 [phep-bi-cam] không dùng danh sách rút gọn `[… for …]`

        a⏎{% if noi_dung.von > noi_dung.von %}{% endif %}
        bao_cao/thu.md:2:20 [phep-bi-cam] số tiền và ngày là chữ, so sánh lớn nhỏ ở đây sẽ sai

        a⏎{% for a in kinh_gui %}{% for b in kinh_gui %}{% for c in kinh_gui %}⏎{% for d in kinh_gui %}{% endfor %}{% endfor %}{% endfor %}{% endfor %}
        bao_cao/thu.md:3:1 [vong-lap-qua-sau] vòng lặp này nằm trong 3 vòng lặp khác, nhiều nhất là 2

        a⏎{% <c> %}b{% </c> %}
        bao_cao/thu.md:2:1 [phep-bi-cam] thành phần có thân không dùng trong lời văn

        a⏎b 
        bao_cao/thu.md:2:3 [ky-tu-rieng] ký tự U+E001 thuộc vùng dùng riêng của Unicode

    "#]].assert_eq(&table(
        &[
            "a⏎{{ ngay | safe }}",
            "a⏎{{ ngay ~ ngay }}",
            "a⏎{% set x %}b{% endset %}",
            "a⏎{% filter hoa %}b{% endfilter %}",
            "a⏎{% set x = [ngay, ngay] %}",
            "a⏎{% set x = {\"a\": 1} %}",
            "a⏎{% set x = [y for y in kinh_gui] %}",
            "a⏎{% if noi_dung.von > noi_dung.von %}{% endif %}",
            "a⏎{% for a in kinh_gui %}{% for b in kinh_gui %}{% for c in kinh_gui %}⏎{% for d in kinh_gui %}{% endfor %}{% endfor %}{% endfor %}{% endfor %}",
            "a⏎{% <c> %}b{% </c> %}",
            "a⏎b \u{e001}",
        ],
        &facts(),
    ));
}

#[test]
fn the_wrong_kind_of_value_is_refused_at_its_line() {
    expect![[r#"
        a⏎{{ kinh_gui }}
        bao_cao/thu.md:2:4 [kieu-sai] kinh_gui là cả một danh sách, không in ra được

        a⏎{{ noi_dung.ds[0] }}
        bao_cao/thu.md:2:4 [kieu-sai] noi_dung.ds[0] là một bản ghi gồm ten, không in ra được

        a⏎{{ ngay == ngay }}
        bao_cao/thu.md:2:4 [kieu-sai] ngay == ngay là đúng hoặc sai, không in ra được

        a⏎{{ 1.5 }}
        bao_cao/thu.md:2:4 [kieu-sai] 1.5 không phải chữ, cũng không phải số đếm

        a⏎{% for x in trich_yeu %}{{ x }}{% endfor %}
        bao_cao/thu.md:2:13 [kieu-sai] trich_yeu là chữ, không lặp được

        a⏎{{ noi_dung.ten | so }}
        bao_cao/thu.md:2:19 [kieu-sai] “Sở” không phải số theo lối viết Việt Nam: ký tự “S” không thuộc một số; số chỉ gồm chữ số, dấu chấm phân nhóm, dấu phẩy thập phân và dấu trừ ở đầu

        a⏎{{ noi_dung.von | ngay }}
        bao_cao/thu.md:2:19 [kieu-sai] “1.000” không phải ngày viết theo thứ tự ngày/tháng/năm; viết như “16/8/2022”, năm đủ bốn chữ số

        a⏎{{ noi_dung.ten | noi }}
        bao_cao/thu.md:2:19 [kieu-sai] bộ lọc `noi` cần một danh sách

        a⏎{{ noi_dung.ds | noi }}
        bao_cao/thu.md:2:18 [kieu-sai] mỗi phần tử là một bản ghi gồm ten

        a⏎{{ noi_dung.ds | noi(truong="tne") }}
        bao_cao/thu.md:2:18 [tham-so-sai] tham số `truong` của bộ lọc `noi` nêu trường “tne” mà phần tử không có

        a⏎{{ noi_dung.ten | vien_dan }}
        bao_cao/thu.md:2:19 [kieu-sai] chỗ này cần một văn bản viện dẫn

        a⏎{{ noi_dung.von | so(le=99) }}
        bao_cao/thu.md:2:25 [tham-so-sai] tham số `le` của bộ lọc `so` phải là số từ 0 đến 6

        a⏎{{ noi_dung.von | so(lẻ=1) }}
        bao_cao/thu.md:2:22 [cu-phap-mau] `lẻ` không viết được trong `{{ }}` hay `{% %}`

        a⏎{{ noi_dung.von | so(phay=1) }}
        bao_cao/thu.md:2:22 [tham-so-sai] bộ lọc `so` không có tham số `phay`

        a⏎{{ noi_dung.von | ty_le }}
        bao_cao/thu.md:2:19 [tham-so-sai] bộ lọc `ty_le` thiếu tham số `cua`

        a⏎{{ noi_dung.von | ty_le(cua="0") }}
        bao_cao/thu.md:2:19 [tham-so-sai] tham số `cua` của bộ lọc `ty_le` là 0 hoặc quá lớn, không tính được tỷ lệ

        a⏎{{ noi_dung.von | la_ma }}
        bao_cao/thu.md:2:19 [kieu-sai] “1.000” không viết được bằng số La Mã

        a⏎{{ "5000" | la_ma }}
        bao_cao/thu.md:2:13 [kieu-sai] “5000” không viết được bằng số La Mã

        a⏎{{ noi_dung.ds | liet_ke(truong="ten", kieu="x") }}
        bao_cao/thu.md:2:45 [tham-so-sai] tham số `kieu` của bộ lọc `liet_ke` phải có 1, a hoặc I trong đó

        a⏎{{ noi_dung.von + 1 }}
        bao_cao/thu.md:2:4 [kieu-sai] phép `+` chỉ làm với số đếm; tiền được cộng trong phụ lục

        a⏎{% if kinh_gui | so_luong > 1 and noi_dung.von > 1 %}{% endif %}
        bao_cao/thu.md:2:35 [kieu-sai] hai giá trị khác loại, không so sánh được

    "#]].assert_eq(&table(
        &[
            "a⏎{{ kinh_gui }}",
            "a⏎{{ noi_dung.ds[0] }}",
            "a⏎{{ ngay == ngay }}",
            "a⏎{{ 1.5 }}",
            "a⏎{% for x in trich_yeu %}{{ x }}{% endfor %}",
            "a⏎{{ noi_dung.ten | so }}",
            "a⏎{{ noi_dung.von | ngay }}",
            "a⏎{{ noi_dung.ten | noi }}",
            "a⏎{{ noi_dung.ds | noi }}",
            "a⏎{{ noi_dung.ds | noi(truong=\"tne\") }}",
            "a⏎{{ noi_dung.ten | vien_dan }}",
            "a⏎{{ noi_dung.von | so(le=99) }}",
            "a⏎{{ noi_dung.von | so(lẻ=1) }}",
            "a⏎{{ noi_dung.von | so(phay=1) }}",
            "a⏎{{ noi_dung.von | ty_le }}",
            "a⏎{{ noi_dung.von | ty_le(cua=\"0\") }}",
            "a⏎{{ noi_dung.von | la_ma }}",
            "a⏎{{ \"5000\" | la_ma }}",
            "a⏎{{ noi_dung.ds | liet_ke(truong=\"ten\", kieu=\"x\") }}",
            "a⏎{{ noi_dung.von + 1 }}",
            "a⏎{% if kinh_gui | so_luong > 1 and noi_dung.von > 1 %}{% endif %}",
        ],
        &facts(),
    ));
}

#[test]
fn markup_is_reported_at_the_line_of_the_template() {
    expect![[r#"
        a⏎b⏎⏎Một **đậm⏎hai.
        bao_cao/thu.md:4:5 [nhan-manh-khong-dong] dấu `*` không đóng trong đoạn này

        a⏎⏎{% if ngay %}⏎Một⏎hai *nghiêng⏎{% endif %}
        bao_cao/thu.md:5:5 [nhan-manh-khong-dong] dấu `*` không đóng trong đoạn này

        a⏎⏎<b>đậm</b>
        bao_cao/thu.md:3:1 [the-html] thẻ HTML không dùng trong lời văn

        a⏎⏎[x](http://y)
        bao_cao/thu.md:3:1 [lien-ket] liên kết kiểu `[chữ](địa chỉ)` không dùng trong lời văn

        a⏎⏎Đây: {{ noi_dung.doan }}
        bao_cao/thu.md:3:1 [doan-khong-dung-rieng] đoạn văn noi_dung.doan phải đứng một mình trên một dòng

        a⏎⏎- {{ noi_dung.doan }}
        bao_cao/thu.md:3:1 [doan-khong-dung-rieng] đoạn văn noi_dung.doan phải đứng một mình trên một dòng

        a⏎⏎{{ noi_dung.doan | hoa }}
        bao_cao/thu.md:3:20 [doan-khong-dung-rieng] đoạn văn không qua được bộ lọc `hoa`

        a⏎⏎{{ noi_dung.doan }}{{ noi_dung.doan }}
        bao_cao/thu.md:3:1 [doan-khong-dung-rieng] đoạn văn noi_dung.doan phải đứng một mình trên một dòng

    "#]].assert_eq(&table(
        &[
            "a⏎b⏎⏎Một **đậm⏎hai.",
            "a⏎⏎{% if ngay %}⏎Một⏎hai *nghiêng⏎{% endif %}",
            "a⏎⏎<b>đậm</b>",
            "a⏎⏎[x](http://y)",
            "a⏎⏎Đây: {{ noi_dung.doan }}",
            "a⏎⏎- {{ noi_dung.doan }}",
            "a⏎⏎{{ noi_dung.doan | hoa }}",
            "a⏎⏎{{ noi_dung.doan }}{{ noi_dung.doan }}",
        ],
        &facts(),
    ));
}

#[test]
fn faults_of_own_paragraphs_are_reported_at_their_route() {
    let case = with(&[("a", own("Một\n# Hai")), ("b", own("**ba")), ("c", own("<i>x</i>"))]);
    check(
        "{{ noi_dung.a }}\n\n{{ noi_dung.b }}\n\n{{ noi_dung.c }}",
        &case,
        expect![[r#"
            ? [tieu-de-trong-doan] đoạn văn không được có đề mục `#`
            ? [nhan-manh-khong-dong] dấu `*` không đóng trong đoạn này
            ? [the-html] thẻ HTML không dùng trong lời văn
        "#]],
    );
}

#[test]
fn a_wording_that_is_not_there_is_guessed() {
    let case = Case { wording: "giai_ngan".into(), ..case() };
    let templates = Templates::embedded();
    let mut sources = Sources::default();
    let faults = body(&case, &WordingSchema::default(), &templates, &mut sources).unwrap_err();
    expect![[r#"
        lỗi[loi-van-khong-co]: không có lời văn “giai_ngan” (templates/bao_cao/giai_ngan.md)
         |
         = tại: mau
         = gợi ý: có phải ý anh/chị là `giai_ngan_du_an`? các lời văn của loại này: chuyen_de, dinh_ky, giai_ngan_du_an, giai_trinh, noi_dung

    "#]].assert_eq(&diag::plain(&faults, &sources));
}

#[test]
fn a_fault_is_shown_with_its_line_a_caret_and_a_hint() {
    let mut sources = Sources::default();
    let templates =
        templates("---\nmo_ta: x\n---\nKính gửi {{ kinh_gui | noi }},\nsố {{ so_ky_hieuu }}.");
    let faults = body(&case(), &WordingSchema::default(), &templates, &mut sources).unwrap_err();
    expect![[r#"
        lỗi[bien-khong-co]: không có tên `so_ky_hieuu`
         --> templates/bao_cao/thu.md:5:7
          |
        5 | số {{ so_ky_hieuu }}.
          |       ^^^^^^^^^^^
          |
          = gợi ý: có phải ý anh/chị là `so_ky_hieu`? các tên dùng được: bang, co_quan, kinh_gui, loai, ngay, noi_dung, noi_nhan, phu_luc, so_ky_hieu, trich_yeu

    "#]].assert_eq(&diag::plain(&faults, &sources));
}

#[test]
fn every_code_has_one_explanation() {
    let mut codes: Vec<_> = faults().iter().map(|(code, _)| code).collect();
    codes.sort_unstable();
    let count = codes.len();
    codes.dedup();
    assert_eq!(codes.len(), count);
    assert!(faults().iter().all(|(code, text)| !text.is_empty() && code.is_ascii()));
}
