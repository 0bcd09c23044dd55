//! Faults of notation and shape.

use expect_test::expect;

use super::*;

#[test]
fn an_indent_of_tabs_is_reported() {
    changed(
        "  ho_ten: Nguyễn",
        "\tho_ten: Nguyễn",
        &expect![[r#"
            lỗi[yaml-tab]: dòng thụt vào bằng phím Tab
              --> ho_so.yaml:29:1
               |
            29 |     ho_ten: Nguyễn Thanh Nhân
               | ^^^^
               |
               = gợi ý: xóa phần thụt đầu dòng và gõ lại dấu cách, mỗi cấp hai dấu cách

        "#]],
    );
}

#[test]
fn an_indent_of_false_spaces_is_reported() {
    changed(
        "  ho_ten: Nguyễn",
        "\u{a0}\u{a0}ho_ten: Nguyễn",
        &expect![[r#"
            lỗi[yaml-tab]: dòng thụt vào bằng dấu cách không ngắt (U+00A0)
              --> ho_so.yaml:29:1
               |
            29 |   ho_ten: Nguyễn Thanh Nhân
               | ^^
               |
               = gợi ý: xóa phần thụt đầu dòng và gõ lại dấu cách, mỗi cấp hai dấu cách

        "#]],
    );
}

#[test]
fn a_second_colon_needs_quotes() {
    changed(
        "trich_yeu: Về tình",
        "trich_yeu: Về việc: tình",
        &expect![[r#"
        lỗi[yaml-hai-cham]: giá trị của `trich_yeu` có dấu hai chấm mà không đặt trong dấu nháy
         --> ho_so.yaml:7:19
          |
        7 | trich_yeu: Về việc: tình hình thực hiện và giải ngân các dự án
          |                   ^
          |
          = gợi ý: đặt cả giá trị trong dấu nháy kép: trich_yeu: "Về việc: tình hình thực hiện và giải ngân các dự án"

    "#]],
    );
}

#[test]
fn curly_quotes_do_not_quote() {
    changed(
        "trich_yeu: Về tình hình thực hiện và giải ngân các dự án",
        "trich_yeu: “Về việc: tình hình”",
        &expect![[r#"
            lỗi[yaml-hai-cham]: giá trị của `trich_yeu` có dấu hai chấm mà không đặt trong dấu nháy
             --> ho_so.yaml:7:20
              |
            7 | trich_yeu: “Về việc: tình hình”
              |                    ^
              |
              = gợi ý: thay dấu nháy cong bằng dấu nháy kép thẳng: trich_yeu: "Về việc: tình hình"

        "#]],
    );
}

#[test]
fn curly_quotes_around_a_value_are_printed() {
    changed(
        "trich_yeu: Về tình hình thực hiện và giải ngân các dự án",
        "trich_yeu: “Về tình hình”",
        &expect![[r#"
            cảnh báo[nhay-cong]: cả giá trị nằm trong dấu nháy cong, dấu nháy sẽ được in ra
             --> ho_so.yaml:7:12
              |
            7 | trich_yeu: “Về tình hình”
              |            ^^^^^^^^^^^^^^ trich_yeu
              |
              = gợi ý: nếu chỉ để bao giá trị, bỏ dấu nháy hoặc thay bằng dấu nháy kép thẳng

        "#]],
    );
}

#[test]
fn curly_quotes_around_a_key_are_reported() {
    changed(
        "ngay: 16/8/2022",
        "“ngay”: 16/8/2022",
        &expect![[r#"
            lỗi[nhay-cong]: khóa “ngay” nằm trong dấu nháy cong
             --> ho_so.yaml:6:1
              |
            6 | “ngay”: 16/8/2022
              | ^^^^^^
              |
              = gợi ý: bỏ dấu nháy cong, viết `ngay`

        "#]],
    );
}

#[test]
fn curly_quotes_around_a_date_are_reported() {
    changed(
        "ngay: 16/8/2022",
        "ngay: “16/8/2022”",
        &expect![[r#"
        lỗi[ngay-sai]: giá trị “16/8/2022” nằm trong dấu nháy cong, không phải dấu nháy của YAML
         --> ho_so.yaml:6:7
          |
        6 | ngay: “16/8/2022”
          |       ^^^^^^^^^^^ ngay
          |
          = gợi ý: bỏ dấu nháy, viết 16/8/2022

    "#]],
    );
}

#[test]
fn a_key_needs_a_space_after_its_colon() {
    changed(
        "ngay: 16/8/2022",
        "ngay:16/8/2022",
        &expect![[r#"
        lỗi[yaml-hai-cham]: sau `ngay:` thiếu dấu cách
         --> ho_so.yaml:6:1
          |
        6 | ngay:16/8/2022
          | ^^^^^
          |
          = gợi ý: viết `ngay: 16/8/2022`

    "#]],
    );
}

#[test]
fn a_false_space_after_the_colon_is_no_space() {
    changed(
        "ngay: 16/8/2022",
        "ngay:\u{a0}16/8/2022",
        &expect![[r#"
            lỗi[yaml-hai-cham]: sau `ngay:` là dấu cách không ngắt (U+00A0), không phải dấu cách
             --> ho_so.yaml:6:1
              |
            6 | ngay: 16/8/2022
              | ^^^^^^
              |
              = gợi ý: xóa và gõ lại dấu cách: `ngay: 16/8/2022`

        "#]],
    );
}

#[test]
fn a_line_without_a_key_is_reported() {
    changed(
        "ngay: 16/8/2022",
        "ngày 16/8/2022",
        &expect![[r#"
            lỗi[yaml-sai]: dòng này không có dạng `khóa: giá trị`
             --> ho_so.yaml:6:1
              |
            6 | ngày 16/8/2022
              | ^^^^^^^^^^^^^^
              |
              = gợi ý: thêm khóa và dấu hai chấm; nếu là phần tiếp theo của giá trị ở trên, thụt dòng vào sâu hơn

        "#]],
    );
}

#[test]
fn an_open_quote_is_reported() {
    changed(
        "trich_yeu: Về",
        "trich_yeu: \"Về",
        &expect![[r#"
            lỗi[yaml-sai]: dấu nháy " mở ở đây không có dấu đóng
             --> ho_so.yaml:7:12
              |
            7 | trich_yeu: "Về tình hình thực hiện và giải ngân các dự án
              |            ^
              |
              = gợi ý: thêm dấu nháy " ở cuối giá trị

        "#]],
    );
}

#[test]
fn text_after_a_closing_quote_is_reported() {
    changed(
        "trich_yeu: Về tình hình thực hiện",
        "trich_yeu: \"Về tình hình\" thực hiện",
        &expect![[r#"
            lỗi[yaml-sai]: sau dấu nháy đóng còn chữ
             --> ho_so.yaml:7:27
              |
            7 | trich_yeu: "Về tình hình" thực hiện và giải ngân các dự án
              |                           ^
              |
              = gợi ý: đặt cả giá trị trong một cặp dấu nháy; dấu nháy bên trong viết “ ”

        "#]],
    );
}

#[test]
fn a_value_that_begins_with_a_mark_of_yaml_is_reported() {
    changed(
        "linh_vuc: công",
        "linh_vuc: *công",
        &expect![[r#"
            lỗi[yaml-nang-cao]: giá trị bắt đầu bằng dấu `*`, trong YAML dấu này có nghĩa riêng
              --> ho_so.yaml:14:13
               |
            14 |   linh_vuc: *công nghệ thông tin
               |             ^
               |
               = gợi ý: đặt cả giá trị trong dấu nháy kép: "*công nghệ thông tin"

        "#]],
    );
    changed(
        "linh_vuc: công",
        "linh_vuc: &công",
        &expect![[r#"
            lỗi[yaml-nang-cao]: giá trị bắt đầu bằng dấu `&`, trong YAML dấu này có nghĩa riêng
              --> ho_so.yaml:14:13
               |
            14 |   linh_vuc: &công nghệ thông tin
               |             ^
               |
               = gợi ý: đặt cả giá trị trong dấu nháy kép: "&công nghệ thông tin"

        "#]],
    );
    changed(
        "linh_vuc: công",
        "linh_vuc: !công",
        &expect![[r#"
            lỗi[yaml-nang-cao]: giá trị bắt đầu bằng dấu `!`, trong YAML dấu này có nghĩa riêng
              --> ho_so.yaml:14:13
               |
            14 |   linh_vuc: !công nghệ thông tin
               |             ^
               |
               = gợi ý: đặt cả giá trị trong dấu nháy kép: "!công nghệ thông tin"

        "#]],
    );
    changed(
        "linh_vuc: công",
        "linh_vuc: @công",
        &expect![[r#"
            lỗi[yaml-nang-cao]: giá trị bắt đầu bằng dấu `@`, trong YAML dấu này có nghĩa riêng
              --> ho_so.yaml:14:13
               |
            14 |   linh_vuc: @công nghệ thông tin
               |             ^
               |
               = gợi ý: đặt cả giá trị trong dấu nháy kép: "@công nghệ thông tin"

        "#]],
    );
    changed(
        "linh_vuc: công",
        "linh_vuc: %công",
        &expect![[r#"
            lỗi[yaml-nang-cao]: giá trị bắt đầu bằng dấu `%`, trong YAML dấu này có nghĩa riêng
              --> ho_so.yaml:14:13
               |
            14 |   linh_vuc: %công nghệ thông tin
               |             ^
               |
               = gợi ý: đặt cả giá trị trong dấu nháy kép: "%công nghệ thông tin"

        "#]],
    );
    changed(
        "linh_vuc: công",
        "linh_vuc: - công",
        &expect![[r#"
        lỗi[yaml-sai]: dấu `- ` không đúng chỗ
          --> ho_so.yaml:14:13
           |
        14 |   linh_vuc: - công nghệ thông tin
           |             ^
           |
           = gợi ý: xuống dòng sau dấu hai chấm rồi mới viết `- `

    "#]],
    );
}

#[test]
fn a_reference_is_not_followed() {
    found(
        "loai: &a bao_cao\nmau: *a\n",
        &expect![[r#"
            lỗi[yaml-nang-cao]: giá trị bắt đầu bằng dấu `&`, trong YAML dấu này có nghĩa riêng
             --> ho_so.yaml:1:7
              |
            1 | loai: &a bao_cao
              |       ^
              |
              = gợi ý: đặt cả giá trị trong dấu nháy kép: "&a bao_cao"

            lỗi[yaml-nang-cao]: giá trị bắt đầu bằng dấu `*`, trong YAML dấu này có nghĩa riêng
             --> ho_so.yaml:2:6
              |
            2 | mau: *a
              |      ^
              |
              = gợi ý: đặt cả giá trị trong dấu nháy kép: "*a"

            lỗi[thieu]: thiếu `co_quan` (cơ quan ban hành)
            --> ho_so.yaml
             = tại: co_quan
             = gợi ý: ghi thêm, ví dụ `co_quan: ubnd_tinh_an_giang`; cơ quan chưa có trong danh mục thì viết đầy đủ ở `co_quan_khac`

            lỗi[thieu]: thiếu `trich_yeu` (trích yếu)
            --> ho_so.yaml
             = tại: trich_yeu
             = gợi ý: ghi thêm, ví dụ `trich_yeu: Về tình hình thực hiện và giải ngân các dự án`

            lỗi[thieu]: thiếu `chuc_vu` (chức vụ người ký)
            --> ho_so.yaml
             = tại: nguoi_ky.chuc_vu
             = gợi ý: ghi thêm dưới `nguoi_ky:`, ví dụ `chuc_vu: PHÓ CHỦ TỊCH`

            lỗi[thieu]: thiếu `ho_ten` (họ và tên người ký)
            --> ho_so.yaml
             = tại: nguoi_ky.ho_ten
             = gợi ý: ghi thêm dưới `nguoi_ky:`, ví dụ `ho_ten: Nguyễn Văn An`

            lỗi[thieu]: thiếu `noi_nhan` (nơi nhận)
            --> ho_so.yaml
             = tại: noi_nhan
             = gợi ý: ghi thêm khóa `noi_nhan`, dòng dưới thụt vào, ví dụ `- Như trên`

            lỗi[thieu]: thiếu `noi_luu` (nơi lưu)
            --> ho_so.yaml
             = tại: luu.noi_luu
             = gợi ý: ghi thêm dưới `luu:`, ví dụ `noi_luu: VT`

        "#]],
    );
}

#[test]
fn a_merge_key_is_refused() {
    changed(
        "ngay: 16/8/2022",
        "<<: {ngay: 16/8/2022}",
        &expect![[r#"
        lỗi[yaml-nang-cao]: hồ sơ không dùng khóa trộn `<<`
         --> ho_so.yaml:6:1
          |
        6 | <<: {ngay: 16/8/2022}
          | ^^
          |
          = gợi ý: ghi từng khóa ra

    "#]],
    );
}

#[test]
fn a_second_document_is_refused() {
    changed(
        "ngay: 16/8/2022",
        "---\nngay: 16/8/2022",
        &expect![[r#"
            lỗi[yaml-nang-cao]: hồ sơ không dùng nhiều tài liệu trong một tệp (`---`)
             --> ho_so.yaml:6:1
              |
            6 | ---
              | ^^^
              |
              = gợi ý: mỗi hồ sơ một tệp: chuyển phần sau `---` sang thư mục khác, hoặc xóa đi

        "#]],
    );
}

#[test]
fn an_open_bracket_is_reported() {
    changed(
        "so_ban: 01b}",
        "so_ban: 01b",
        &expect![[r#"
            lỗi[yaml-sai]: ngoặc { mở ở đây không có dấu đóng
              --> ho_so.yaml:34:6
               |
            34 | luu: {noi_luu: VT, nguoi_soan: nkguyen, so_ban: 01b
               |      ^
               |
               = gợi ý: đóng ngoặc ở cuối giá trị

        "#]],
    );
}

#[test]
fn an_uneven_indent_is_reported() {
    changed(
        "  chuc_vu: PHÓ",
        "   chuc_vu: PHÓ",
        &expect![[r#"
            lỗi[yaml-sai]: `chuc_vu` thụt vào sâu hơn khóa ở trên, mà khóa đó đã có giá trị
              --> ho_so.yaml:28:4
               |
            28 |    chuc_vu: PHÓ CHỦ TỊCH
               |    ^^^^^^^
               |
               = gợi ý: các khóa cùng cấp phải thụt vào bằng nhau

        "#]],
    );
    changed(
        "  chuc_vu: PHÓ",
        " chuc_vu: PHÓ",
        &expect![[r#"
            lỗi[yaml-sai]: dòng thụt vào không khớp với dòng nào ở trên
              --> ho_so.yaml:28:2
               |
            28 |  chuc_vu: PHÓ CHỦ TỊCH
               |  ^^^^^^^
               |
               = gợi ý: các khóa cùng cấp, các mục cùng danh sách phải thụt vào bằng nhau

        "#]],
    );
}

#[test]
fn the_faults_after_a_fault_of_notation_are_reported_too() {
    let text =
        GOOD.replace("  ho_ten: Nguyễn", "   ho_ten: Nguyễn").replace("so: 325", "so: 325/BC-UBND");
    found(
        &text.replace("01b}", "01b, so_to: 3}"),
        &expect![[r#"
            lỗi[so-sai]: “325/BC-UBND” không phải số văn bản
             --> ho_so.yaml:5:5
              |
            5 | so: 325/BC-UBND
              |     ^^^^^^^^^^^ so
              |
              = gợi ý: chỉ ghi số, viết `so: 325`; ký hiệu do chương trình ghép

            lỗi[yaml-sai]: `ho_ten` thụt vào sâu hơn khóa ở trên, mà khóa đó đã có giá trị
              --> ho_so.yaml:29:4
               |
            29 |    ho_ten: Nguyễn Thanh Nhân
               |    ^^^^^^
               |
               = gợi ý: các khóa cùng cấp phải thụt vào bằng nhau

            lỗi[khoa-la]: không có khóa `so_to` ở đây
              --> ho_so.yaml:34:54
               |
            34 | luu: {noi_luu: VT, nguoi_soan: nkguyen, so_ban: 01b, so_to: 3}
               |                                                      ^^^^^
               |
               = gợi ý: chọn một trong: `noi_luu`, `nguoi_soan`, `so_ban`, `so_phat_hanh`

        "#]],
    );
}

#[test]
fn an_unknown_key_is_reported_with_a_guess() {
    changed(
        "trich_yeu:",
        "trích_yếu:",
        &expect![[r#"
            lỗi[khoa-la]: không có khóa `trích_yếu` ở đây
             --> ho_so.yaml:7:1
              |
            7 | trích_yếu: Về tình hình thực hiện và giải ngân các dự án
              | ^^^^^^^^^
              |
              = gợi ý: có phải ý anh/chị là “trich_yeu”?

        "#]],
    );
    changed(
        "trich_yeu:",
        "trich-yeu:",
        &expect![[r#"
            lỗi[khoa-la]: không có khóa `trich-yeu` ở đây
             --> ho_so.yaml:7:1
              |
            7 | trich-yeu: Về tình hình thực hiện và giải ngân các dự án
              | ^^^^^^^^^
              |
              = gợi ý: có phải ý anh/chị là “trich_yeu”?

        "#]],
    );
    changed(
        "trich_yeu:",
        "Trichyeu:",
        &expect![[r#"
            lỗi[khoa-la]: không có khóa `Trichyeu` ở đây
             --> ho_so.yaml:7:1
              |
            7 | Trichyeu: Về tình hình thực hiện và giải ngân các dự án
              | ^^^^^^^^
              |
              = gợi ý: có phải ý anh/chị là “trich_yeu”?

        "#]],
    );
    changed(
        "  ho_ten:",
        "  hoten:",
        &expect![[r#"
            lỗi[khoa-la]: không có khóa `hoten` ở đây
              --> ho_so.yaml:29:3
               |
            29 |   hoten: Nguyễn Thanh Nhân
               |   ^^^^^
               |
               = gợi ý: có phải ý anh/chị là “ho_ten”?

        "#]],
    );
    changed(
        "luu: {noi_luu: VT",
        "luu: {noi_luu: VT, ghi_chu: a",
        &expect![[r#"
            lỗi[khoa-la]: không có khóa `ghi_chu` ở đây
              --> ho_so.yaml:34:20
               |
            34 | luu: {noi_luu: VT, ghi_chu: a, nguoi_soan: nkguyen, so_ban: 01b}
               |                    ^^^^^^^
               |
               = gợi ý: chọn một trong: `noi_luu`, `nguoi_soan`, `so_ban`, `so_phat_hanh`

        "#]],
    );
}

#[test]
fn a_key_given_twice_is_reported() {
    changed(
        "huong: len_tren",
        "huong: len_tren\nngay: 17/8/2022",
        &expect![[r#"
            lỗi[khoa-trung]: khóa `ngay` đã có ở dòng 6
             --> ho_so.yaml:9:1
              |
            9 | ngay: 17/8/2022
              | ^^^^
              |
              = gợi ý: giữ một chỗ, xóa chỗ kia

        "#]],
    );
    changed(
        "{noi_luu: VT,",
        "{noi_luu: VT, noi_luu: VP,",
        &expect![[r#"
            lỗi[khoa-trung]: khóa `noi_luu` đã có ngay trên dòng này
              --> ho_so.yaml:34:20
               |
            34 | luu: {noi_luu: VT, noi_luu: VP, nguoi_soan: nkguyen, so_ban: 01b}
               |                    ^^^^^^^
               |
               = gợi ý: giữ một chỗ, xóa chỗ kia

        "#]],
    );
    changed(
        "  linh_vuc: công",
        "  linh_vuc: y tế\n  linh_vuc: công",
        &expect![[r#"
            lỗi[khoa-trung]: khóa `linh_vuc` đã có ở dòng 14
              --> ho_so.yaml:15:3
               |
            15 |   linh_vuc: công nghệ thông tin
               |   ^^^^^^^^
               |
               = gợi ý: giữ một chỗ, xóa chỗ kia

        "#]],
    );
    changed(
        "kh_dp: 29.747}",
        "kh_dp: 29.747, kh_dp: 1}",
        &expect![[r#"
            lỗi[khoa-trung]: khóa `kh_dp` đã có ngay trên dòng này
              --> ho_so.yaml:51:63
               |
            51 |       - {nhom: cu, stt: 1, ten_du_an: Hạ tầng, kh_dp: 29.747, kh_dp: 1}
               |                                                               ^^^^^
               |
               = gợi ý: giữ một chỗ, xóa chỗ kia

        "#]],
    );
}

#[test]
fn a_text_where_a_list_belongs_is_reported() {
    changed(
        "kinh_gui:\n  - Bộ Kế hoạch và Đầu tư;\n  - Bộ Thông tin và Truyền thông.",
        "kinh_gui: Bộ Kế hoạch và Đầu tư",
        &expect![[r#"
            lỗi[sai-kieu]: `kinh_gui` cần một danh sách, ở đây là một giá trị
             --> ho_so.yaml:9:11
              |
            9 | kinh_gui: Bộ Kế hoạch và Đầu tư
              |           ^^^^^^^^^^^^^^^^^^^^^ kinh_gui
              |
              = gợi ý: xuống dòng, thụt vào, viết `- Bộ Kế hoạch và Đầu tư`

        "#]],
    );
}

#[test]
fn a_list_where_a_text_belongs_is_reported() {
    changed(
        "so: 325",
        "so: [325, 326]",
        &expect![[r#"
        lỗi[sai-kieu]: `so` cần một giá trị, ở đây là một danh sách
         --> ho_so.yaml:5:5
          |
        5 | so: [325, 326]
          |     ^^^^^^^^^^ so
          |
          = gợi ý: viết giá trị ngay sau dấu hai chấm, trên cùng một dòng

    "#]],
    );
    changed(
        "so: 325",
        "so:\n  - 325\n  - 326",
        &expect![[r#"
        lỗi[sai-kieu]: `so` cần một giá trị, ở đây là một danh sách
         --> ho_so.yaml:6:3
          |
        6 |   - 325
          |   ^^^^^ so
          |
          = gợi ý: viết giá trị ngay sau dấu hai chấm, trên cùng một dòng

    "#]],
    );
}

#[test]
fn a_text_where_keys_belong_is_reported() {
    changed(
        "luu: {noi_luu: VT, nguoi_soan: nkguyen, so_ban: 01b}",
        "luu: VT, nkguyen (01b)",
        &expect![[r#"
            lỗi[sai-kieu]: `luu` cần các khóa con, ở đây là một giá trị
              --> ho_so.yaml:34:6
               |
            34 | luu: VT, nkguyen (01b)
               |      ^^^^^^^^^^^^^^^^^ luu
               |
               = gợi ý: xuống dòng, thụt vào, viết mỗi dòng một khóa, ví dụ `noi_luu: …`

        "#]],
    );
}

#[test]
fn a_list_where_keys_belong_is_reported() {
    changed(
        "  thay_mat: Ủy ban nhân dân\n  ky_thay: CHỦ TỊCH\n  chuc_vu: PHÓ CHỦ TỊCH\n  ho_ten: Nguyễn",
        "  - thay_mat: Ủy ban nhân dân\n    ky_thay: CHỦ TỊCH\n    chuc_vu: PHÓ CHỦ TỊCH\n    ho_ten: Nguyễn",
        &expect![[r#"
            lỗi[sai-kieu]: `nguoi_ky` cần các khóa con, ở đây là một danh sách
              --> ho_so.yaml:26:3
               |
            26 |   - thay_mat: Ủy ban nhân dân
               |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^ nguoi_ky
               |
               = gợi ý: bỏ dấu `- ` ở đầu các khóa

        "#]],
    );
}

#[test]
fn an_item_with_a_colon_needs_quotes() {
    changed(
        "  - \"Các Sở: Tài chính, Kế hoạch và Đầu tư\"",
        "  - Các Sở: Tài chính, Kế hoạch và Đầu tư",
        &expect![[r#"
            lỗi[sai-kieu]: `noi_nhan[1]` cần một giá trị, ở đây là các khóa con
              --> ho_so.yaml:32:5
               |
            32 |   - Các Sở: Tài chính, Kế hoạch và Đầu tư
               |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ noi_nhan[1]
               |
               = gợi ý: dấu hai chấm làm YAML hiểu thành khóa; đặt cả dòng trong dấu nháy kép: "Các Sở: Tài chính, Kế hoạch và Đầu tư"

        "#]],
    );
}

#[test]
fn names_in_square_brackets_would_be_split() {
    changed(
        "kinh_gui:\n  - Bộ Kế hoạch và Đầu tư;\n  - Bộ Thông tin và Truyền thông.",
        "kinh_gui: [Bộ Văn hóa, Thể thao và Du lịch]",
        &expect![[r#"
            lỗi[sai-kieu]: danh sách chữ viết trong ngoặc vuông: dấu phẩy trong một tên sẽ tách tên đó làm hai
             --> ho_so.yaml:9:11
              |
            9 | kinh_gui: [Bộ Văn hóa, Thể thao và Du lịch]
              |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ kinh_gui
              |
              = gợi ý: viết mỗi mục một dòng, bắt đầu bằng `- `, không dùng ngoặc vuông

        "#]],
    );
}

#[test]
fn a_comma_in_curly_brackets_splits_a_value() {
    changed(
        "trich_yeu: báo cáo tình hình}",
        "trich_yeu: báo cáo tình hình, kết quả}",
        &expect![[r#"
            lỗi[phay-trong-ngoac]: trong ngoặc nhọn, dấu phẩy cắt “kết quả” khỏi giá trị đứng trước
              --> ho_so.yaml:13:141
               |
            13 | ...o_quan: Bộ Kế hoạch và Đầu tư, trich_yeu: báo cáo tình hình, kết quả}
               |                                                                 ^^^^^^^
               |
               = gợi ý: đặt giá trị trong dấu nháy kép: `trich_yeu: "báo cáo tình hình, kết quả"`; nếu “kết quả” là mục riêng thì còn thiếu dấu hai chấm

        "#]],
    );
}

#[test]
fn text_cut_off_as_a_comment_is_reported() {
    changed(
        "linh_vuc: công nghệ thông tin",
        "linh_vuc: gói thầu #3 và #4",
        &expect![[r#"
        lỗi[chu-bi-cat]: chữ “#3 và #4” bị bỏ, vì ` #` mở đầu lời ghi chú
          --> ho_so.yaml:14:22
           |
        14 |   linh_vuc: gói thầu #3 và #4
           |                      ^^^^^^^^
           |
           = gợi ý: đặt cả giá trị trong dấu nháy kép: "gói thầu #3 và #4"; nếu là ghi chú thật, thêm dấu cách sau #

    "#]],
    );
    changed(
        "linh_vuc: công nghệ thông tin",
        "linh_vuc: #3",
        &expect![[r##"
        lỗi[chu-bi-cat]: chữ “#3” bị bỏ, vì ` #` mở đầu lời ghi chú
          --> ho_so.yaml:14:13
           |
        14 |   linh_vuc: #3
           |             ^^
           |
           = gợi ý: đặt cả giá trị trong dấu nháy kép: "#3"; nếu là ghi chú thật, thêm dấu cách sau #

    "##]],
    );
    changed(
        "trich_yeu: Về",
        "trich_yeu: #Về",
        &expect![[r##"
        lỗi[chu-bi-cat]: chữ “#Về tình hình thực hiện và giải ngân các dự án” bị bỏ, vì ` #` mở đầu lời ghi chú
         --> ho_so.yaml:7:12
          |
        7 | trich_yeu: #Về tình hình thực hiện và giải ngân các dự án
          |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          |
          = gợi ý: đặt cả giá trị trong dấu nháy kép: "#Về tình hình thực hiện và giải ngân các dự án"; nếu là ghi chú thật, thêm dấu cách sau #

    "##]],
    );
}
