//! Slips that once went unseen, or were told in a way that helped nobody.

use expect_test::expect;

use super::*;

#[test]
fn a_comma_in_curly_brackets_cuts_no_figure_silently() {
    changed(
        "kh_dp: 29.747}",
        "kh_dp: 29,747}",
        &expect![[r#"
            lỗi[phay-trong-ngoac]: trong ngoặc nhọn, dấu phẩy cắt “747” khỏi giá trị đứng trước
              --> ho_so.yaml:51:58
               |
            51 |       - {nhom: cu, stt: 1, ten_du_an: Hạ tầng, kh_dp: 29,747}
               |                                                          ^^^
               |
               = gợi ý: nếu là hai mươi chín nghìn bảy trăm bốn mươi bảy, viết `kh_dp: 29.747`; nếu không, đặt giá trị trong dấu nháy kép: `kh_dp: "29,747"`

        "#]],
    );
    changed(
        "kh_dp: 29.747}",
        "kh_dp: 1,234,567}",
        &expect![[r#"
            lỗi[phay-trong-ngoac]: trong ngoặc nhọn, dấu phẩy cắt “234,567” khỏi giá trị đứng trước
              --> ho_so.yaml:51:57
               |
            51 |       - {nhom: cu, stt: 1, ten_du_an: Hạ tầng, kh_dp: 1,234,567}
               |                                                         ^^^^^^^
               |
               = gợi ý: nếu là một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy, viết “1.234.567”; số có dấu phẩy thì đặt trong dấu nháy kép

        "#]],
    );
    changed(
        "kh_dp: 29.747}",
        "kh_dp: 29,5}",
        &expect![[r#"
            lỗi[phay-trong-ngoac]: trong ngoặc nhọn, dấu phẩy cắt “5” khỏi giá trị đứng trước
              --> ho_so.yaml:51:58
               |
            51 |       - {nhom: cu, stt: 1, ten_du_an: Hạ tầng, kh_dp: 29,5}
               |                                                          ^
               |
               = gợi ý: đặt giá trị trong dấu nháy kép: `kh_dp: "29,5"`

        "#]],
    );
}

#[test]
fn a_comma_in_curly_brackets_cuts_no_text_silently() {
    changed(
        "ten_du_an: Hạ tầng,",
        "ten_du_an: Hạ tầng, kho dữ liệu, an toàn,",
        &expect![[r#"
            lỗi[phay-trong-ngoac]: trong ngoặc nhọn, dấu phẩy cắt “kho dữ liệu, an toàn” khỏi giá trị đứng trước
              --> ho_so.yaml:51:48
               |
            51 |       - {nhom: cu, stt: 1, ten_du_an: Hạ tầng, kho dữ liệu, an toàn, kh_dp: 29.747}
               |                                                ^^^^^^^^^^^^^^^^^^^^
               |
               = gợi ý: đặt giá trị trong dấu nháy kép: `ten_du_an: "Hạ tầng, kho dữ liệu, an toàn"`; nếu “kho dữ liệu, an toàn” là mục riêng thì còn thiếu dấu hai chấm

        "#]],
    );
    changed(
        "nguoi_soan: nkguyen,",
        "nguoi_soan: nkguyen, tai nạn,",
        &expect![[r#"
            lỗi[phay-trong-ngoac]: trong ngoặc nhọn, dấu phẩy cắt “tai nạn” khỏi giá trị đứng trước
              --> ho_so.yaml:34:41
               |
            34 | luu: {noi_luu: VT, nguoi_soan: nkguyen, tai nạn, so_ban: 01b}
               |                                         ^^^^^^^
               |
               = gợi ý: đặt giá trị trong dấu nháy kép: `nguoi_soan: "nkguyen, tai nạn"`; nếu “tai nạn” là mục riêng thì còn thiếu dấu hai chấm

        "#]],
    );
}

#[test]
fn an_entry_in_curly_brackets_needs_its_colon_and_a_space() {
    changed(
        "{nhom: cu, stt: 1, ten_du_an: Hạ tầng,",
        "{nhom: cu, stt: 1, ten_du_an Hạ tầng,",
        &expect![[r#"
            lỗi[yaml-hai-cham]: thiếu dấu hai chấm sau `ten_du_an`
              --> ho_so.yaml:51:28
               |
            51 |       - {nhom: cu, stt: 1, ten_du_an Hạ tầng, kh_dp: 29.747}
               |                            ^^^^^^^^^^^^^^^^^
               |
               = gợi ý: viết `ten_du_an: Hạ tầng`

        "#]],
    );
    changed(
        "{nhom: cu,",
        "{nhom cu,",
        &expect![[r#"
        lỗi[yaml-hai-cham]: thiếu dấu hai chấm sau `nhom`
          --> ho_so.yaml:51:10
           |
        51 |       - {nhom cu, stt: 1, ten_du_an: Hạ tầng, kh_dp: 29.747}
           |          ^^^^^^^
           |
           = gợi ý: viết `nhom: cu`

    "#]],
    );
    changed(
        "kh_dp: 29.747}",
        "kh_dp:29.747}",
        &expect![[r#"
        lỗi[yaml-hai-cham]: sau `kh_dp:` thiếu dấu cách
          --> ho_so.yaml:51:48
           |
        51 |       - {nhom: cu, stt: 1, ten_du_an: Hạ tầng, kh_dp:29.747}
           |                                                ^^^^^^^^^^^^
           |
           = gợi ý: viết `kh_dp: 29.747`

    "#]],
    );
    changed(
        "{noi_luu: VT,",
        "{noi_luu VT,",
        &expect![[r#"
        lỗi[yaml-hai-cham]: thiếu dấu hai chấm sau `noi_luu`
          --> ho_so.yaml:34:7
           |
        34 | luu: {noi_luu VT, nguoi_soan: nkguyen, so_ban: 01b}
           |       ^^^^^^^^^^
           |
           = gợi ý: viết `noi_luu: VT`

    "#]],
    );
    changed(
        "{noi_luu: VT,",
        "{VT,",
        &expect![[r#"
            lỗi[yaml-hai-cham]: “VT” trong ngoặc nhọn không có dấu hai chấm
              --> ho_so.yaml:34:7
               |
            34 | luu: {VT, nguoi_soan: nkguyen, so_ban: 01b}
               |       ^^
               |
               = gợi ý: mỗi mục trong ngoặc nhọn viết `khóa: giá trị`; giá trị có dấu phẩy thì đặt trong dấu nháy kép

        "#]],
    );
    changed(
        "so_ky_hieu: 4691/BKHĐT-KCHTĐT",
        "so_ky_hieu 4691/BKHĐT-KCHTĐT",
        &expect![[r#"
        lỗi[yaml-hai-cham]: thiếu dấu hai chấm sau `so_ky_hieu`
          --> ho_so.yaml:13:31
           |
        13 |   thuc_hien: {loai: Công văn, so_ky_hieu 4691/BKHĐT-KCHTĐT, ngay: 12/7/2022, co_quan: Bộ Kế hoạch và Đầu tư, trich_yeu: báo cáo tình...
           |                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
           |
           = gợi ý: viết `so_ky_hieu: 4691/BKHĐT-KCHTĐT`

    "#]],
    );
}

#[test]
fn a_key_without_value_is_unknown_all_the_same() {
    changed(
        "kh_dp: 29.747}",
        "kh_dp: 29.747, kh_xh: }",
        &expect![[r#"
        lỗi[cot-la]: bảng không có cột `kh_xh`
          --> ho_so.yaml:51:63
           |
        51 |       - {nhom: cu, stt: 1, ten_du_an: Hạ tầng, kh_dp: 29.747, kh_xh: }
           |                                                               ^^^^^ phu_luc[0].dong[0].kh_xh
           |
           = gợi ý: chọn một trong: `kh`, `kh_dp`, `kh_tw`, `stt`, `ten_du_an`

    "#]],
    );
    changed(
        "      - {nhom: cu, stt: 1, ten_du_an: Hạ tầng, kh_dp: 29.747}",
        "      - nhom: cu\n        ten_du_an: Hạ tầng\n        kh_xh:\n        kh_dp: 29.747",
        &expect![[r#"
            lỗi[cot-la]: bảng không có cột `kh_xh`
              --> ho_so.yaml:53:9
               |
            53 |         kh_xh:
               |         ^^^^^ phu_luc[0].dong[0].kh_xh
               |
               = gợi ý: chọn một trong: `kh`, `kh_dp`, `kh_tw`, `stt`, `ten_du_an`

        "#]],
    );
}

#[test]
fn texts_of_the_content_in_square_brackets_would_be_split() {
    changed(
        "  kien_nghi:\n    - Bố trí vốn",
        "  kien_nghi: [Bố trí vốn, nhân lực]",
        &expect![[r#"
            lỗi[sai-kieu]: danh sách chữ viết trong ngoặc vuông: dấu phẩy trong một tên sẽ tách tên đó làm hai
              --> ho_so.yaml:21:14
               |
            21 |   kien_nghi: [Bố trí vốn, nhân lực]
               |              ^^^^^^^^^^^^^^^^^^^^^^ noi_dung.kien_nghi
               |
               = gợi ý: viết mỗi mục một dòng, bắt đầu bằng `- `, không dùng ngoặc vuông

        "#]],
    );
}

#[test]
fn a_number_that_two_countries_read_differently_is_refused() {
    changed(
        "  von: 53.652",
        "  von: 1,200",
        &expect![[r#"
        lỗi[so-hai-nghia]: “1,200” có thể hiểu là một nghìn hai trăm hoặc một phẩy hai
          --> ho_so.yaml:15:8
           |
        15 |   von: 1,200
           |        ^^^^^ noi_dung.von
           |
           = gợi ý: viết `1.200` nếu là một nghìn hai trăm; viết `1,2` nếu là một phẩy hai

    "#]],
    );
    changed(
        "  von: 53.652",
        "  von: -12,345",
        &expect![[r#"
        lỗi[so-hai-nghia]: “-12,345” có thể hiểu là âm mười hai nghìn ba trăm bốn mươi lăm hoặc âm mười hai phẩy ba trăm bốn mươi lăm
          --> ho_so.yaml:15:8
           |
        15 |   von: -12,345
           |        ^^^^^^^ noi_dung.von
           |
           = gợi ý: viết `-12.345` nếu là âm mười hai nghìn ba trăm bốn mươi lăm; viết `-12,3450` nếu là âm mười hai phẩy ba trăm bốn mươi lăm

    "#]],
    );
    for von in ["0,125", "1,25", "1.234,567", "1234,567", "1,2340"] {
        let read = read(&GOOD.replace("  von: 53.652", &format!("  von: {von}")), Mode::Final);
        assert_eq!(plain(&read.diagnostics, &read.sources), "", "{von}");
    }
}

#[test]
fn a_missing_agency_is_one_of_its_day() {
    changed(
        "co_quan: ubnd_tinh_kien_giang\n",
        "",
        &expect![[r#"
        lỗi[thieu]: thiếu `co_quan` (cơ quan ban hành)
        --> ho_so.yaml
         = tại: co_quan
         = gợi ý: ghi thêm, ví dụ `co_quan: ubnd_tinh_an_giang`; cơ quan chưa có trong danh mục thì viết đầy đủ ở `co_quan_khac`

    "#]],
    );
    let text =
        GOOD.replace("co_quan: ubnd_tinh_kien_giang\n", "").replace("ngay: 16/8/2022", "ngay:");
    found(
        &text,
        &expect![[r#"
        lỗi[thieu]: thiếu `co_quan` (cơ quan ban hành)
        --> ho_so.yaml
         = tại: co_quan
         = gợi ý: ghi thêm, ví dụ `co_quan: ubnd_tinh_an_giang`; cơ quan chưa có trong danh mục thì viết đầy đủ ở `co_quan_khac`

    "#]],
    );
}

#[test]
fn a_record_left_blank_is_not_there() {
    let blank = GOOD
        .replace("co_quan: ubnd_tinh_kien_giang", "co_quan: ubnd_tinh_kien_giang\nco_quan_khac:\n  ten:   # tên\n  ky_hieu:\n  dia_danh: \"\"")
        .replace("    - {ten: Cổng dữ liệu số, von: 14.906}", "    - ten:\n      von:");
    found(&blank, &expect![[""]]);
    let unknown = GOOD.replace("{ten: Cổng dữ liệu số, von: 14.906}", "{ten: , vốn: }");
    found(
        &unknown,
        &expect![[r#"
        lỗi[khoa-la]: không có khóa `vốn` ở đây
          --> ho_so.yaml:24:15
           |
        24 |     - {ten: , vốn: }
           |               ^^^
           |
           = gợi ý: có phải ý anh/chị là “von”?

    "#]],
    );
}

#[test]
fn a_paragraph_is_indented_like_the_others() {
    changed(
        "    - Thủ tục: nhiều bước.",
        "  - Thủ tục: nhiều bước.\n\n    Một đoạn nữa.",
        &expect![[r#"
            lỗi[yaml-nhieu-dong]: dòng này thuộc về `kho_khan` mà thụt vào quá ít
              --> ho_so.yaml:20:3
               |
            20 |   - Thủ tục: nhiều bước.
               |   ^^^^^^^^^^^^^^^^^^^^^^
               |
               = gợi ý: thụt dòng này vào bằng các dòng trên

        "#]],
    );
    changed(
        "    - Thủ tục: nhiều bước.",
        "   Thủ tục nhiều bước.\n   Và nữa.",
        &expect![[r#"
        lỗi[yaml-nhieu-dong]: dòng này thuộc về `kho_khan` mà thụt vào quá ít
          --> ho_so.yaml:20:4
           |
        20 |    Thủ tục nhiều bước.
           |    ^^^^^^^^^^^^^^^^^^^
           |
           = gợi ý: thụt dòng này vào bằng các dòng trên

    "#]],
    );
    changed(
        "    - Thủ tục: nhiều bước.",
        "  Về thủ tục: nhiều bước.",
        &expect![[r#"
            lỗi[yaml-nhieu-dong]: dòng này thuộc về `kho_khan` mà thụt vào quá ít
              --> ho_so.yaml:20:3
               |
            20 |   Về thủ tục: nhiều bước.
               |   ^^^^^^^^^^^^^^^^^^^^^^^
               |
               = gợi ý: thụt dòng này vào bằng các dòng trên

        "#]],
    );
    changed(
        "    Do diễn biến phức tạp của đại dịch.",
        "  Do diễn biến phức tạp của đại dịch.",
        &expect![[r#"
            lỗi[yaml-nhieu-dong]: dòng này thuộc về `kho_khan` mà thụt vào quá ít
              --> ho_so.yaml:18:3
               |
            18 |   Do diễn biến phức tạp của đại dịch.
               |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
               |
               = gợi ý: thụt dòng này vào sâu hơn `kho_khan` hai dấu cách, các dòng sau cũng vậy

        "#]],
    );
    changed(
        "    - Thủ tục: nhiều bước.",
        "\u{a0}\u{a0}\u{a0}\u{a0}Thủ tục: nhiều bước.\n    Và nữa.",
        &expect![[r#"
            lỗi[yaml-tab]: dòng thụt vào bằng dấu cách không ngắt (U+00A0)
              --> ho_so.yaml:20:1
               |
            20 |     Thủ tục: nhiều bước.
               | ^^^^
               |
               = gợi ý: xóa phần thụt đầu dòng và gõ lại dấu cách, mỗi cấp hai dấu cách

        "#]],
    );
}

#[test]
fn paragraphs_need_a_bar() {
    changed(
        "kho_khan: |",
        "kho_khan:",
        &expect![[r#"
        lỗi[yaml-nhieu-dong]: dưới `kho_khan` có dòng bắt đầu bằng `- `, có dòng không
          --> ho_so.yaml:20:5
           |
        20 |     - Thủ tục: nhiều bước.
           |     ^^^^^^^^^^^^^^^^^^^^^^
           |
           = gợi ý: danh sách thì mọi dòng bắt đầu bằng `- `; đoạn văn thì viết `kho_khan: |`

    "#]],
    );
    changed(
        "kho_khan: |\n    Do",
        "kho_khan: Do",
        &expect![[r#"
        lỗi[yaml-nhieu-dong]: `kho_khan` đã có giá trị, mà dòng dưới bắt đầu bằng `- `
          --> ho_so.yaml:19:5
           |
        19 |     - Thủ tục: nhiều bước.
           |     ^^^^^^^^^^^^^^^^^^^^^^
           |
           = gợi ý: danh sách thì đưa mọi mục xuống dòng dưới; đoạn văn thì viết `kho_khan: |`, mọi dòng ở dưới

    "#]],
    );
    changed(
        "kho_khan: |\n    Do diễn biến phức tạp của đại dịch.\n\n    -",
        "kho_khan: Do ba việc:\n    - Một\n    -",
        &expect![[r#"
            lỗi[yaml-hai-cham]: giá trị của `kho_khan` có dấu hai chấm mà không đặt trong dấu nháy
              --> ho_so.yaml:17:23
               |
            17 |   kho_khan: Do ba việc:
               |                       ^
               |
               = gợi ý: viết `kho_khan: |`, rồi mọi dòng của giá trị ở dưới, thụt vào bằng nhau

        "#]],
    );
    changed(
        "    - Thủ tục: nhiều bước.\n",
        "    Về thủ tục: nhiều bước.\n\n    Về vốn: ít.\n",
        &expect![[""]],
    );
    let text = GOOD.replace("kho_khan: |", "kho_khan:").replace(
        "    - Thủ tục: nhiều bước.\n",
        "    Về thủ tục: nhiều bước.\n\n    Về vốn: ít.\n",
    );
    found(
        &text,
        &expect![[r#"
        lỗi[yaml-nhieu-dong]: `kho_khan` có nhiều đoạn mà thiếu dấu `|`
          --> ho_so.yaml:17:3
           |
        17 |   kho_khan:
           |   ^^^^^^^^
           |
           = gợi ý: viết `kho_khan: |`, rồi mọi đoạn ở các dòng dưới, thụt vào bằng nhau

    "#]],
    );
}

#[test]
fn a_space_that_is_none_is_told_by_its_name() {
    changed(
        "so: 325",
        "so:\u{a0}325",
        &expect![[r#"
        lỗi[yaml-hai-cham]: sau `so:` là dấu cách không ngắt (U+00A0), không phải dấu cách
         --> ho_so.yaml:5:1
          |
        5 | so: 325
          | ^^^^
          |
          = gợi ý: xóa và gõ lại dấu cách: `so: 325`

    "#]],
    );
    changed(
        "  von: 53.652",
        "  von:\u{a0}53.652",
        &expect![[r#"
        lỗi[yaml-hai-cham]: sau `von:` là dấu cách không ngắt (U+00A0), không phải dấu cách
          --> ho_so.yaml:15:3
           |
        15 |   von: 53.652
           |   ^^^^^
           |
           = gợi ý: xóa và gõ lại dấu cách: `von: 53.652`

    "#]],
    );
    changed(
        "noi_nhan:\n",
        "noi_nhan:\u{a0}\n",
        &expect![[r#"
            lỗi[yaml-hai-cham]: sau `noi_nhan:` là dấu cách không ngắt (U+00A0), không phải dấu cách
              --> ho_so.yaml:30:1
               |
            30 | noi_nhan: 
               | ^^^^^^^^^^
               |
               = gợi ý: xóa và gõ lại dấu cách: `noi_nhan:`

        "#]],
    );
    changed(
        "kho_khan: |\n",
        "kho_khan: |\u{a0}\n",
        &expect![[r#"
        lỗi[yaml-hai-cham]: sau dấu `|` có dấu cách không ngắt hoặc dấu cách lạ
          --> ho_so.yaml:17:14
           |
        17 |   kho_khan: | 
           |              ^
           |
           = gợi ý: xóa mọi thứ sau dấu `|`

    "#]],
    );
    changed(
        "  - Như trên;",
        "  -\u{a0}Như trên;",
        &expect![[r#"
        lỗi[yaml-sai]: sau dấu gạch là dấu cách không ngắt (U+00A0), không phải dấu cách
          --> ho_so.yaml:31:3
           |
        31 |   - Như trên;
           |   ^^
           |
           = gợi ý: xóa và gõ lại dấu cách: `- Như trên;`

    "#]],
    );
    changed(
        "  ky_thay: CHỦ",
        "\u{a0}\u{a0}ky_thay:\u{a0}CHỦ",
        &expect![[r#"
            lỗi[yaml-tab]: dòng thụt vào bằng dấu cách không ngắt (U+00A0)
              --> ho_so.yaml:27:1
               |
            27 |   ky_thay: CHỦ TỊCH
               | ^^
               |
               = gợi ý: xóa phần thụt đầu dòng và gõ lại dấu cách, mỗi cấp hai dấu cách

        "#]],
    );
}

#[test]
fn a_key_needs_its_colon() {
    changed(
        "  ky_thay: CHỦ TỊCH",
        "  ky_thay CHỦ TỊCH",
        &expect![[r#"
            lỗi[yaml-hai-cham]: thiếu dấu hai chấm sau `ky_thay`
              --> ho_so.yaml:27:3
               |
            27 |   ky_thay CHỦ TỊCH
               |   ^^^^^^^
               |
               = gợi ý: viết `ky_thay: CHỦ TỊCH`

        "#]],
    );
    changed(
        "  thay_mat: Ủy",
        "  thay_mat Ủy",
        &expect![[r#"
        lỗi[yaml-hai-cham]: thiếu dấu hai chấm sau `thay_mat`
          --> ho_so.yaml:26:3
           |
        26 |   thay_mat Ủy ban nhân dân
           |   ^^^^^^^^
           |
           = gợi ý: viết `thay_mat: Ủy ban nhân dân`

    "#]],
    );
    changed(
        "nguoi_ky:",
        "nguoi_ky",
        &expect![[r#"
        lỗi[yaml-hai-cham]: thiếu dấu hai chấm sau `nguoi_ky`
          --> ho_so.yaml:25:1
           |
        25 | nguoi_ky
           | ^^^^^^^^
           |
           = gợi ý: viết `nguoi_ky:`

    "#]],
    );
    changed(
        "phien_ban: 1\nloai: bao_cao",
        "loai bao_cao",
        &expect![[r#"
            lỗi[yaml-hai-cham]: thiếu dấu hai chấm sau `loai`
             --> ho_so.yaml:1:1
              |
            1 | loai bao_cao
              | ^^^^
              |
              = gợi ý: viết `loai: bao_cao`

        "#]],
    );
    changed(
        "noi_nhan:",
        "noi_nhan",
        &expect![[r#"
        lỗi[yaml-hai-cham]: thiếu dấu hai chấm sau `noi_nhan`
          --> ho_so.yaml:30:1
           |
        30 | noi_nhan
           | ^^^^^^^^
           |
           = gợi ý: viết `noi_nhan:`

    "#]],
    );
}

#[test]
fn the_first_key_of_an_item_needs_its_colon() {
    changed(
        "    - {ten: Cổng dữ liệu số, von: 14.906}",
        "    - ten Cổng dữ liệu số\n      von: 14.906\n    - Hạ tầng\n      von: 1",
        &expect![[r#"
            lỗi[yaml-hai-cham]: thiếu dấu hai chấm sau `ten`
              --> ho_so.yaml:24:7
               |
            24 |     - ten Cổng dữ liệu số
               |       ^^^
               |
               = gợi ý: viết `ten: Cổng dữ liệu số`

            lỗi[yaml-sai]: dòng này không có dạng `khóa: giá trị`
              --> ho_so.yaml:26:7
               |
            26 |     - Hạ tầng
               |       ^^^^^^^
               |
               = gợi ý: thêm khóa và dấu hai chấm; nếu là phần tiếp theo của giá trị ở trên, thụt dòng vào sâu hơn

        "#]],
    );
}

#[test]
fn an_item_needs_a_dash_and_a_space() {
    changed(
        "  - Như trên;",
        "  -Như trên;",
        &expect![[r#"
        lỗi[yaml-sai]: sau dấu gạch thiếu dấu cách
          --> ho_so.yaml:31:3
           |
        31 |   -Như trên;
           |   ^
           |
           = gợi ý: thêm dấu cách sau dấu gạch: `- Như trên;`

    "#]],
    );
    changed(
        "  - LĐVP, P. KT;",
        "  -LĐVP, P. KT;",
        &expect![[r#"
        lỗi[yaml-sai]: sau dấu gạch thiếu dấu cách
          --> ho_so.yaml:33:3
           |
        33 |   -LĐVP, P. KT;
           |   ^
           |
           = gợi ý: thêm dấu cách sau dấu gạch: `- LĐVP, P. KT;`

    "#]],
    );
    changed(
        "  - LĐVP, P. KT;",
        "  LĐVP, P. KT;",
        &expect![[r#"
        lỗi[yaml-sai]: dòng này nằm trong danh sách mà thiếu dấu `- `
          --> ho_so.yaml:33:3
           |
        33 |   LĐVP, P. KT;
           |   ^^^^^^^^^^^^
           |
           = gợi ý: thêm `- ` ở đầu dòng: `- LĐVP, P. KT;`

    "#]],
    );
    changed(
        "  - Như trên;",
        "  Như trên;",
        &expect![[r#"
        lỗi[yaml-sai]: dòng này nằm trong danh sách mà thiếu dấu `- `
          --> ho_so.yaml:31:3
           |
        31 |   Như trên;
           |   ^^^^^^^^^
           |
           = gợi ý: thêm `- ` ở đầu dòng: `- Như trên;`

    "#]],
    );
    changed(
        "  - \"Các Sở: Tài chính, Kế hoạch và Đầu tư\"",
        "  Các Sở: Tài chính",
        &expect![[r#"
        lỗi[yaml-sai]: dòng này nằm trong danh sách mà thiếu dấu `- `
          --> ho_so.yaml:32:3
           |
        32 |   Các Sở: Tài chính
           |   ^^^^^^^^^^^^^^^^^
           |
           = gợi ý: thêm `- ` ở đầu dòng: `- Các Sở: Tài chính`

    "#]],
    );
    changed(
        "  - LĐVP, P. KT;",
        "    - LĐVP, P. KT;",
        &expect![[r#"
        lỗi[yaml-sai]: dấu `- ` không đúng chỗ
          --> ho_so.yaml:33:5
           |
        33 |     - LĐVP, P. KT;
           |     ^
           |
           = gợi ý: các mục của một danh sách phải thụt vào bằng nhau

    "#]],
    );
    changed(
        "    kho_giay: ngang",
        "  kho_giay: ngang",
        &expect![[r#"
        lỗi[yaml-sai]: `kho_giay` đứng thẳng cột với dấu `- ` ở trên
          --> ho_so.yaml:37:3
           |
        37 |   kho_giay: ngang
           |   ^^^^^^^^
           |
           = gợi ý: mục mới thì thêm `- ` ở đầu dòng; thuộc mục ở trên thì thụt vào thẳng với các khóa của mục đó

    "#]],
    );
}

#[test]
fn the_archive_line_is_no_recipient() {
    changed(
        "  - LĐVP, P. KT;",
        "  - Lưu: VT, KSTT.",
        &expect![[r#"
        lỗi[sai-kieu]: dòng Lưu viết trong `noi_nhan`
          --> ho_so.yaml:33:5
           |
        33 |   - Lưu: VT, KSTT.
           |     ^^^^^^^^^^^^^^ noi_nhan[2]
           |
           = gợi ý: xóa dòng này, ghi ở khóa `luu`, ví dụ `luu: {noi_luu: VT, nguoi_soan: KSTT}`

    "#]],
    );
    changed(
        "  - LĐVP, P. KT;\nluu: {noi_luu: VT, nguoi_soan: nkguyen, so_ban: 01b}",
        "  - Lưu: VT, KSTT.",
        &expect![[r#"
            lỗi[sai-kieu]: dòng Lưu viết trong `noi_nhan`
              --> ho_so.yaml:33:5
               |
            33 |   - Lưu: VT, KSTT.
               |     ^^^^^^^^^^^^^^ noi_nhan[2]
               |
               = gợi ý: xóa dòng này, ghi ở khóa `luu`, ví dụ `luu: {noi_luu: VT, nguoi_soan: KSTT}`

        "#]],
    );
}

#[test]
fn the_code_of_an_agency_is_set_in_capitals() {
    let organ = "co_quan_khac: {ten: Sở Tài chính, ten_trong_cau: Sở Tài chính, ky_hieu: stc, dia_danh: An Giang}";
    let read = read(&GOOD.replace("co_quan: ubnd_tinh_kien_giang", organ), Mode::Final);
    assert_eq!(read.case.unwrap().code(), "325/BC-STC");
}

#[test]
fn lines_written_out_are_in_capitals() {
    let stack = "  thay_mat: Ủy ban nhân dân\n  ky_thay: CHỦ TỊCH\n  chuc_vu: PHÓ CHỦ TỊCH\n";
    changed(
        stack,
        "  cac_dong:\n    - TM. ỦY BAN\n    - Trưởng ban\n",
        &expect![[r#"
        cảnh báo[ky-sai]: “Trưởng ban” có chữ thường, mà các dòng quyền hạn, chức vụ viết hoa
          --> ho_so.yaml:28:7
           |
        28 |     - Trưởng ban
           |       ^^^^^^^^^^ nguoi_ky.cac_dong[1]
           |
           = gợi ý: viết `- TRƯỞNG BAN`; `cac_dong` in nguyên văn

    "#]],
    );
}

#[test]
fn a_unit_in_a_report_is_not_used() {
    changed(
        "so: 325",
        "don_vi: VX\nso: 325",
        &expect![[r#"
        cảnh báo[khong-dung]: `don_vi` không dùng cho báo cáo, văn bản có chữ viết tắt tên loại
         --> ho_so.yaml:5:9
          |
        5 | don_vi: VX
          |         ^^ don_vi
          |
          = gợi ý: bỏ `don_vi`; khóa này chỉ ghép vào ký hiệu của công văn

    "#]],
    );
}

/// The findings when the rows stand in a file of this text, in a folder.
fn rows(csv: &str, expected: &expect_test::Expect) {
    let start = GOOD.find("    dong:\n").unwrap();
    let end = GOOD.find("    tong:").unwrap();
    let text = format!("{}    dong_tu_tep: {{tep: so_lieu.csv}}\n{}", &GOOD[..start], &GOOD[end..]);
    let read = read_texts(
        "vu_viec/ho_so.yaml",
        text.as_bytes(),
        &Catalog::new(office()),
        Mode::Final,
        |_| Ok(csv.as_bytes().to_vec()),
    );
    expected.assert_eq(&plain(&read.diagnostics, &read.sources));
}

#[test]
fn a_row_of_another_width_is_told_once() {
    rows(
        "nhom,stt,ten_du_an,kh_tw,kh_dp\ncu,1,A, B,1.000,2\ncu,2,C,1,2\nmoi,7,D,1,2\n",
        &expect![[r#"
            lỗi[csv-sai]: dòng có 6 ô, dòng đầu có 5 cột
             --> vu_viec/so_lieu.csv:2:1
              |
            2 | cu,1,A, B,1.000,2
              | ^^^^^^^^^^^^^^^^^
              |
              = gợi ý: ô có dấu phẩy phải đặt trong dấu nháy kép; ô trống vẫn cần dấu phẩy

        "#]],
    );
}

#[test]
fn a_header_with_titles_is_told_its_keys() {
    rows(
        "Nhóm,STT,TÊN DỰ ÁN,NSTW,nsdp\ncu,1,A,1,2\nmoi,,D,1,\"1,200\"\n",
        &expect![[r#"
        lỗi[cot-la]: bảng không có cột `Nhóm`
         --> vu_viec/so_lieu.csv:1:1
          |
        1 | Nhóm,STT,TÊN DỰ ÁN,NSTW,nsdp
          | ^^^^
          |
          = gợi ý: có phải ý anh/chị là “nhom”?

        lỗi[cot-la]: bảng không có cột `STT`
         --> vu_viec/so_lieu.csv:1:6
          |
        1 | Nhóm,STT,TÊN DỰ ÁN,NSTW,nsdp
          |      ^^^
          |
          = gợi ý: có phải ý anh/chị là “stt”?

        lỗi[cot-la]: bảng không có cột `TÊN DỰ ÁN`
         --> vu_viec/so_lieu.csv:1:10
          |
        1 | Nhóm,STT,TÊN DỰ ÁN,NSTW,nsdp
          |          ^^^^^^^^^
          |
          = gợi ý: có phải ý anh/chị là “ten_du_an”?

        lỗi[cot-la]: bảng không có cột `NSTW`
         --> vu_viec/so_lieu.csv:1:20
          |
        1 | Nhóm,STT,TÊN DỰ ÁN,NSTW,nsdp
          |                    ^^^^
          |
          = gợi ý: có phải ý anh/chị là “kh_tw”?

        lỗi[cot-la]: bảng không có cột `nsdp`
         --> vu_viec/so_lieu.csv:1:25
          |
        1 | Nhóm,STT,TÊN DỰ ÁN,NSTW,nsdp
          |                         ^^^^
          |
          = gợi ý: có phải ý anh/chị là “kh_dp”?

        lỗi[so-hai-nghia]: “1,200” có thể hiểu là một nghìn hai trăm hoặc một phẩy hai
         --> vu_viec/so_lieu.csv:3:10
          |
        3 | moi,,D,1,"1,200"
          |          ^^^^^^^ phu_luc[0].dong[1].kh_dp
          |
          = gợi ý: viết `1.200` nếu là một nghìn hai trăm; viết `1,2` nếu là một phẩy hai

    "#]],
    );
    rows(
        "ten_du_an,kh_tw,kh_dp\nA,1,2\nD,1,2\n",
        &expect![[r#"
        lỗi[cot-la]: dòng đầu của tệp thiếu cột `nhom`
         --> vu_viec/so_lieu.csv:1:1
          |
        1 | ten_du_an,kh_tw,kh_dp
          | ^^^^^^^^^^^^^^^^^^^^^
          |
          = gợi ý: thêm cột vào tệp; ô không có số liệu thì để trống

    "#]],
    );
}

#[test]
fn a_file_of_another_program_is_no_text() {
    rows(
        "PK\u{3}\u{4}rest",
        &expect![[r#"
            lỗi[khong-utf8]: đây là tệp Word, Excel hoặc tệp nén, không phải tệp CSV
            --> vu_viec/so_lieu.csv
             = gợi ý: nếu là tệp Excel kiểu mới, đổi đuôi tên tệp thành .xlsx; nếu không, mở bằng Excel, chọn Lưu thành (Save As), kiểu “CSV UTF-8”

        "#]],
    );
    let read =
        read_texts("x.docx", b"PK\x03\x04\xff\xfe", &Catalog::new(office()), Mode::Final, |_| {
            Ok(Vec::new())
        });
    expect![[r#"
        lỗi[khong-utf8]: đây là tệp Word, Excel hoặc tệp nén, không phải hồ sơ
        --> x.docx
         = gợi ý: hồ sơ là tệp chữ soạn bằng Notepad hay trình soạn thảo tương tự, lưu bằng mã UTF-8

    "#]]
    .assert_eq(&plain(&read.diagnostics, &read.sources));
}

#[test]
fn fields_that_are_never_closed_are_one_fault() {
    let templates = office().with(
        "bao_cao/du_an.md",
        "---\nmo_ta: A\ntruong:\n  - {khoa: a, kieu: chu}\n\nThực hiện.\n",
    );
    let read = read_texts(
        "ho_so.yaml",
        GOOD.as_bytes(),
        &Catalog::new(templates.clone()),
        Mode::Final,
        |_| Ok(Vec::new()),
    );
    expect![[r#"
        lỗi[mau-sai]: phần khai báo mở bằng dòng `---` mà không có dòng `---` đóng lại
         --> templates/bao_cao/du_an.md:1:1
          |
        1 | ---
          | ^^^
          |
          = gợi ý: thêm một dòng `---` sau các khóa, trước lời văn; lời văn không hỏi gì thì xóa dòng này

    "#]].assert_eq(&plain(&read.diagnostics, &read.sources));
}

#[test]
fn a_template_of_an_office_is_shown_in_its_folder() {
    let root = tempfile::tempdir().unwrap();
    std::fs::create_dir(root.path().join("bao_cao")).unwrap();
    std::fs::write(root.path().join("bao_cao/loai.yaml"), "ten: Báo cáo\n").unwrap();
    let templates = Templates::with_root(root.path()).unwrap();
    let read = read_texts(
        "ho_so.yaml",
        GOOD.as_bytes(),
        &Catalog::new(templates.clone()),
        Mode::Final,
        |_| Ok(Vec::new()),
    );
    let name = root.path().join("bao_cao/loai.yaml").display().to_string();
    assert!(plain(&read.diagnostics, &read.sources).contains(&format!("--> {name}\n")));
    assert_eq!(templates.shown_name("chung/co_quan.yaml"), "templates/chung/co_quan.yaml");
}

#[test]
fn settings_agree_with_each_other_and_with_word() {
    let told = |text: &str| {
        let mut sources = crate::diag::Sources::default();
        match super::super::settings("cau_hinh.yaml", text, &mut sources) {
            Ok(_) => String::new(),
            Err(faults) => plain(&faults, &sources),
        }
    };
    assert_eq!(
        told(
            "co_chu_noi_dung: 13,5\nnet_ke: 0,75\nco_chu_bang_lon: 10\nco_chu_bang_nho: 10\nle_trai: 32,25\n"
        ),
        ""
    );
    expect![[r#"
        lỗi[cau-hinh-sai]: so_trang_cach_mep: 50 nằm ngoài khoảng cho phép
         --> cau_hinh.yaml:1:20
          |
        1 | so_trang_cach_mep: 50
          |                    ^^ so_trang_cach_mep
          |
          = gợi ý: chọn 5–15 mm

        lỗi[cau-hinh-sai]: co_chu_noi_dung: 13,25 chia nhỏ quá mức cho phép
         --> cau_hinh.yaml:3:18
          |
        3 | co_chu_noi_dung: 13,25
          |                  ^^^^^ co_chu_noi_dung
          |
          = gợi ý: cỡ chữ đi từng nửa point, ví dụ `13` hoặc `13,5`

        lỗi[cau-hinh-sai]: le_trai: 32,125 chia nhỏ quá mức cho phép
         --> cau_hinh.yaml:4:10
          |
        4 | le_trai: 32,125
          |          ^^^^^^ le_trai
          |
          = gợi ý: ghi nhiều nhất hai chữ số sau dấu phẩy

        lỗi[cau-hinh-sai]: duong_ke: 42,5 chia nhỏ quá mức cho phép
         --> cau_hinh.yaml:5:11
          |
        5 | duong_ke: 42,5
          |           ^^^^ duong_ke
          |
          = gợi ý: ghi số nguyên phần trăm

    "#]].assert_eq(&told("so_trang_cach_mep: 50\nkhoang_ky: 30\nco_chu_noi_dung: 13,25\nle_trai: 32,125\nduong_ke: 42,5\n"));
    expect![[r#"
        lỗi[cau-hinh-sai]: `co_chu_bang_nho` lớn hơn `co_chu_bang_lon`
         --> cau_hinh.yaml:1:18
          |
        1 | co_chu_bang_nho: 10
          |                  ^^ co_chu_bang_nho
          |
          = gợi ý: cỡ chữ nhỏ nhất trong bảng không được vượt cỡ lớn nhất; sửa một trong hai

    "#]]
    .assert_eq(&told("co_chu_bang_nho: 10\nco_chu_bang_lon: 8\n"));
}
