//! Values that are wrong, missing, or of another alphabet.

use expect_test::expect;

use super::*;

#[test]
fn a_date_is_day_month_year() {
    changed(
        "ngay: 16/8/2022",
        "ngay: 2022-08-16",
        &expect![[r#"
        lỗi[ngay-sai]: “2022-08-16” không phải ngày viết theo thứ tự ngày/tháng/năm
         --> ho_so.yaml:6:7
          |
        6 | ngay: 2022-08-16
          |       ^^^^^^^^^^ ngay
          |
          = gợi ý: viết “16/8/2022”

    "#]],
    );
    changed(
        "ngay: 16/8/2022",
        "ngay: 31/6/2022",
        &expect![[r#"
            lỗi[ngay-sai]: không có ngày 31/6/2022
             --> ho_so.yaml:6:7
              |
            6 | ngay: 31/6/2022
              |       ^^^^^^^^^ ngay
              |
              = gợi ý: tháng 6 năm 2022 có 30 ngày

        "#]],
    );
    changed(
        "ngay: 16/8/2022",
        "ngay: /13/2022",
        &expect![[r#"
            lỗi[ngay-sai]: “/13/2022” không phải tháng và năm để trống ngày
             --> ho_so.yaml:6:7
              |
            6 | ngay: /13/2022
              |       ^^^^^^^^ ngay
              |
              = gợi ý: viết như `/8/2022`, năm đủ bốn chữ số

        "#]],
    );
}

#[test]
fn a_number_is_without_its_notation() {
    changed(
        "so: 325",
        "so: 325/BC-UBND",
        &expect![[r#"
        lỗi[so-sai]: “325/BC-UBND” không phải số văn bản
         --> ho_so.yaml:5:5
          |
        5 | so: 325/BC-UBND
          |     ^^^^^^^^^^^ so
          |
          = gợi ý: chỉ ghi số, viết `so: 325`; ký hiệu do chương trình ghép

    "#]],
    );
    changed(
        "so: 325",
        "so: không",
        &expect![[r#"
            lỗi[so-sai]: “không” không phải số văn bản
             --> ho_so.yaml:5:5
              |
            5 | so: không
              |     ^^^^^ so
              |
              = gợi ý: ghi số từ 1 trở lên, ví dụ `so: 125`; bỏ trống khi chưa có số

        "#]],
    );
}

#[test]
fn an_amount_is_in_vietnamese_notation() {
    changed(
        "von: 53.652",
        "von: 53,652.5",
        &expect![[r#"
        lỗi[so-tien-sai]: “53,652.5” không phải số theo lối viết Việt Nam: dấu chấm phân nhóm ba chữ số, dấu phẩy trước phần thập phân
          --> ho_so.yaml:15:8
           |
        15 |   von: 53,652.5
           |        ^^^^^^^^ noi_dung.von
           |
           = gợi ý: nếu là năm mươi ba nghìn sáu trăm năm mươi hai phẩy năm, viết “53.652,5”

    "#]],
    );
    changed(
        "kh_dp: 29.747}",
        "kh_dp: 29.74}",
        &expect![[r#"
        lỗi[so-tien-sai]: “29.74” không phải số theo lối viết Việt Nam: dấu chấm phân nhóm ba chữ số, dấu phẩy trước phần thập phân
          --> ho_so.yaml:51:55
           |
        51 |       - {nhom: cu, stt: 1, ten_du_an: Hạ tầng, kh_dp: 29.74}
           |                                                       ^^^^^ phu_luc[0].dong[0].kh_dp
           |
           = gợi ý: nếu là hai mươi chín phẩy bảy mươi tư, viết “29,74”; nếu là hai nghìn chín trăm bảy mươi tư, viết “2.974”

    "#]],
    );
    changed(
        "khai: {kh: 53.652}",
        "khai: {kh: 53652 triệu}",
        &expect![[r#"
            lỗi[so-tien-sai]: “53652 triệu” không phải số theo lối viết Việt Nam: dấu cách không thuộc một số
              --> ho_so.yaml:53:68
               |
            53 |     tong: {nhan: TỔNG SỐ, vi_tri: dau, pham_vi: tat_ca, khai: {kh: 53652 triệu}}
               |                                                                    ^^^^^^^^^^^ phu_luc[0].tong.khai.kh
               |
               = gợi ý: số chỉ gồm chữ số, dấu chấm phân nhóm, dấu phẩy thập phân và dấu trừ ở đầu; đơn vị thì ghi ở `don_vi_tinh`

        "#]],
    );
}

#[test]
fn a_word_outside_a_choice_is_reported() {
    changed(
        "huong: len_tren",
        "huong: Lên trên",
        &expect![[r#"
            lỗi[gia-tri-la]: `huong` không nhận giá trị “Lên trên”
             --> ho_so.yaml:8:8
              |
            8 | huong: Lên trên
              |        ^^^^^^^^ huong
              |
              = gợi ý: có phải ý anh/chị là “len_tren”?

        "#]],
    );
    changed(
        "kho_giay: ngang",
        "kho_giay: A3",
        &expect![[r#"
            lỗi[gia-tri-la]: `kho_giay` không nhận giá trị “A3”
              --> ho_so.yaml:37:15
               |
            37 |     kho_giay: A3
               |               ^^ phu_luc[0].kho_giay
               |
               = gợi ý: chọn một trong: `doc`, `ngang`, `a3_doc`, `a3_ngang`

        "#]],
    );
    changed(
        "rong: 4",
        "rong: rộng",
        &expect![[r#"
        lỗi[gia-tri-la]: độ rộng “rộng” không phải số từ 1 đến 100
          --> ho_so.yaml:41:49
           |
        41 |       - {khoa: ten_du_an, ten: Tên dự án, rong: rộng}
           |                                                 ^^^^ phu_luc[0].cot[1].rong
           |
           = gợi ý: ghi một số nguyên, ví dụ `rong: 4`

    "#]],
    );
    changed(
        "phien_ban: 1",
        "phien_ban: 2",
        &expect![[r#"
        lỗi[phien-ban-la]: không biết phiên bản hồ sơ “2”
         --> ho_so.yaml:1:12
          |
        1 | phien_ban: 2
          |            ^ phien_ban
          |
          = gợi ý: ghi `phien_ban: 1`, hoặc dùng bản chương trình mới hơn

    "#]],
    );
}

#[test]
fn an_unknown_type_wording_or_agency_is_reported_with_a_guess() {
    changed(
        "loai: bao_cao",
        "loai: Báo cáo",
        &expect![[r#"
            lỗi[loai-la]: không có loại văn bản `Báo cáo`
             --> ho_so.yaml:2:7
              |
            2 | loai: Báo cáo
              |       ^^^^^^^ loai
              |
              = gợi ý: có phải ý anh/chị là “bao_cao”?

        "#]],
    );
    changed(
        "loai: bao_cao",
        "loai: to_trinh",
        &expect![[r#"
        lỗi[loai-la]: không có loại văn bản `to_trinh`
         --> ho_so.yaml:2:7
          |
        2 | loai: to_trinh
          |       ^^^^^^^^ loai
          |
          = gợi ý: chọn một trong: `bao_cao`, `thong_bao`

    "#]],
    );
    changed(
        "mau: du_an",
        "mau: duan",
        &expect![[r#"
            lỗi[mau-la]: loại `bao_cao` không có mẫu lời văn `duan`
             --> ho_so.yaml:3:6
              |
            3 | mau: duan
              |      ^^^^ mau
              |
              = gợi ý: có phải ý anh/chị là “du_an”?

        "#]],
    );
    changed(
        "co_quan: ubnd_tinh_kien_giang",
        "co_quan: UBND tỉnh Kiên Giang",
        &expect![[r#"
            lỗi[co-quan-la]: danh mục không có cơ quan `UBND tỉnh Kiên Giang`
             --> ho_so.yaml:4:10
              |
            4 | co_quan: UBND tỉnh Kiên Giang
              |          ^^^^^^^^^^^^^^^^^^^^ co_quan
              |
              = gợi ý: có phải ý anh/chị là “ubnd_tinh_kien_giang”? Nếu chưa có trong danh mục, viết đầy đủ ở `co_quan_khac`

        "#]],
    );
}

#[test]
fn an_agency_has_its_name_for_a_time() {
    changed(
        "ngay: 16/8/2022",
        "ngay: 1/7/2025",
        &expect![[r#"
        lỗi[co-quan-het-hieu-luc]: cơ quan `ubnd_tinh_kien_giang` mang tên này đến hết ngày 30/6/2025, không phải vào ngày của văn bản
         --> ho_so.yaml:4:10
          |
        4 | co_quan: ubnd_tinh_kien_giang
          |          ^^^^^^^^^^^^^^^^^^^^ co_quan
          |
          = gợi ý: kiểm tra `ngay`, hoặc chọn cơ quan mang tên mới trong danh mục

    "#]],
    );
    changed(
        "ngay: 16/8/2022",
        "ngay: …/7/2025",
        &expect![[r#"
        lỗi[co-quan-het-hieu-luc]: cơ quan `ubnd_tinh_kien_giang` mang tên này đến hết ngày 30/6/2025, không phải vào ngày của văn bản
         --> ho_so.yaml:4:10
          |
        4 | co_quan: ubnd_tinh_kien_giang
          |          ^^^^^^^^^^^^^^^^^^^^ co_quan
          |
          = gợi ý: kiểm tra `ngay`, hoặc chọn cơ quan mang tên mới trong danh mục

    "#]],
    );
}

#[test]
fn an_agency_is_given_once() {
    changed(
        "so: 325",
        "so: 325\nco_quan_khac: {ten: SỞ TÀI CHÍNH, ten_trong_cau: Sở Tài chính, ky_hieu: STC, dia_danh: An Giang}",
        &expect![[r#"
            lỗi[sai-kieu]: có cả `co_quan` và `co_quan_khac`
             --> ho_so.yaml:6:1
              |
            6 | co_quan_khac: {ten: SỞ TÀI CHÍNH, ten_trong_cau: Sở Tài chính, ky_hieu: STC, dia_danh: An Giang}
              | ^^^^^^^^^^^^ co_quan_khac
              |
              = gợi ý: giữ một khóa: cơ quan trong danh mục thì dùng `co_quan`

        "#]],
    );
}

#[test]
fn what_is_missing_is_listed_at_its_parent() {
    found(
        "loai: bao_cao\nhuong: len_tren\nnguoi_ky:\n  thay_mat: ỦY BAN NHÂN DÂN\nluu:\n",
        &expect![[r#"
            lỗi[thieu]: thiếu `chuc_vu` (chức vụ người ký)
             --> ho_so.yaml:3:1
              |
            3 | nguoi_ky:
              | ^^^^^^^^ nguoi_ky.chuc_vu
              |
              = gợi ý: ghi thêm dưới `nguoi_ky:`, ví dụ `chuc_vu: PHÓ CHỦ TỊCH`

            lỗi[thieu]: thiếu `ho_ten` (họ và tên người ký)
             --> ho_so.yaml:3:1
              |
            3 | nguoi_ky:
              | ^^^^^^^^ nguoi_ky.ho_ten
              |
              = gợi ý: ghi thêm dưới `nguoi_ky:`, ví dụ `ho_ten: Nguyễn Văn An`

            lỗi[thieu]: thiếu `noi_luu` (nơi lưu)
             --> ho_so.yaml:5:1
              |
            5 | luu:
              | ^^^ luu.noi_luu
              |
              = gợi ý: ghi thêm dưới `luu:`, ví dụ `noi_luu: VT`

            lỗi[thieu]: thiếu `co_quan` (cơ quan ban hành)
            --> ho_so.yaml
             = tại: co_quan
             = gợi ý: ghi thêm, ví dụ `co_quan: ubnd_tinh_an_giang`; cơ quan chưa có trong danh mục thì viết đầy đủ ở `co_quan_khac`

            lỗi[thieu]: thiếu `trich_yeu` (trích yếu)
            --> ho_so.yaml
             = tại: trich_yeu
             = gợi ý: ghi thêm, ví dụ `trich_yeu: Về tình hình thực hiện và giải ngân các dự án`

            lỗi[thieu]: thiếu `kinh_gui` (kính gửi)
            --> ho_so.yaml
             = tại: kinh_gui
             = gợi ý: ghi thêm khóa `kinh_gui`, dòng dưới thụt vào, ví dụ `- Bộ Kế hoạch và Đầu tư`

            lỗi[thieu]: thiếu `noi_nhan` (nơi nhận)
            --> ho_so.yaml
             = tại: noi_nhan
             = gợi ý: ghi thêm khóa `noi_nhan`, dòng dưới thụt vào, ví dụ `- Như trên`

        "#]],
    );
    found(
        "",
        &expect![[r#"
            lỗi[thieu]: hồ sơ chưa ghi gì
            --> ho_so.yaml
             = gợi ý: gõ `vanthu new bao_cao THƯ_MỤC` để có một hồ sơ mẫu mà điền

        "#]],
    );
    changed(
        "  linh_vuc: công nghệ thông tin\n",
        "",
        &expect![[r#"
            lỗi[thieu]: thiếu `linh_vuc` (lĩnh vực)
              --> ho_so.yaml:12:1
               |
            12 | noi_dung:
               | ^^^^^^^^ noi_dung.linh_vuc
               |
               = gợi ý: ghi thêm dưới `noi_dung:`, ví dụ `linh_vuc: công nghệ thông tin`

        "#]],
    );
    changed(
        "{ten: Cổng dữ liệu số, von: 14.906}",
        "{von: 14.906}",
        &expect![[r#"
            lỗi[thieu]: thiếu `ten` (tên dự án)
              --> ho_so.yaml:24:7
               |
            24 |     - {von: 14.906}
               |       ^^^^^^^^^^^^^ noi_dung.du_an[0].ten
               |
               = gợi ý: ghi thêm `ten` vào mục này

        "#]],
    );
    changed(
        "{loai: Công văn, so_ky_hieu: 4691/BKHĐT-KCHTĐT, ngay: 12/7/2022, co_quan: Bộ Kế hoạch và Đầu tư, trich_yeu: báo cáo tình hình}",
        "{ngay: 12/7/2022}",
        &expect![[r#"
            lỗi[thieu]: thiếu `so_ky_hieu` (số, ký hiệu của văn bản)
              --> ho_so.yaml:13:3
               |
            13 |   thuc_hien: {ngay: 12/7/2022}
               |   ^^^^^^^^^ noi_dung.thuc_hien.so_ky_hieu
               |
               = gợi ý: ghi thêm dưới `thuc_hien:`, ví dụ `so_ky_hieu: 4691/BKHĐT-KCHTĐT`

            lỗi[thieu]: thiếu `loai` (loại văn bản)
              --> ho_so.yaml:13:3
               |
            13 |   thuc_hien: {ngay: 12/7/2022}
               |   ^^^^^^^^^ noi_dung.thuc_hien.loai
               |
               = gợi ý: ghi thêm dưới `thuc_hien:`, ví dụ `loai: Công văn`

        "#]],
    );
    changed(
        "  - Bộ Kế hoạch và Đầu tư;",
        "  - ",
        &expect![[r#"
        lỗi[thieu]: mục này để trống
          --> ho_so.yaml:10:5
           |
        10 |   - 
           |     ^ kinh_gui[0]
           |
           = gợi ý: ghi nội dung của mục, hoặc xóa dấu `- `

    "#]],
    );
}

#[test]
fn a_draft_lacks_facts_without_an_error() {
    let read = read("loai: bao_cao\nmau: du_an\nco_quan: ubnd_tinh_an_giang\n", Mode::Draft);
    expect![[r#"
        thông tin[thieu]: thiếu `trich_yeu` (trích yếu)
        --> ho_so.yaml
         = tại: trich_yeu
         = gợi ý: ghi thêm, ví dụ `trich_yeu: Về tình hình thực hiện và giải ngân các dự án`

        thông tin[thieu]: thiếu `huong` (hướng gửi)
        --> ho_so.yaml
         = tại: huong
         = gợi ý: ghi thêm, ví dụ `huong: len_tren`

        thông tin[thieu]: thiếu `thuc_hien` (văn bản yêu cầu báo cáo)
        --> ho_so.yaml
         = tại: noi_dung.thuc_hien
         = gợi ý: ghi thêm dưới `noi_dung:`, ví dụ `thuc_hien: {loai: Công văn, so_ky_hieu: 12/BNV-VP}`

        thông tin[thieu]: thiếu `linh_vuc` (lĩnh vực)
        --> ho_so.yaml
         = tại: noi_dung.linh_vuc
         = gợi ý: ghi thêm dưới `noi_dung:`, ví dụ `linh_vuc: công nghệ thông tin`

        thông tin[thieu]: thiếu `kho_khan` (khó khăn, vướng mắc)
        --> ho_so.yaml
         = tại: noi_dung.kho_khan
         = gợi ý: ghi `kho_khan: |`, xuống dòng, thụt vào rồi viết các đoạn văn

        thông tin[thieu]: thiếu `chuc_vu` (chức vụ người ký)
        --> ho_so.yaml
         = tại: nguoi_ky.chuc_vu
         = gợi ý: ghi thêm dưới `nguoi_ky:`, ví dụ `chuc_vu: PHÓ CHỦ TỊCH`

        thông tin[thieu]: thiếu `ho_ten` (họ và tên người ký)
        --> ho_so.yaml
         = tại: nguoi_ky.ho_ten
         = gợi ý: ghi thêm dưới `nguoi_ky:`, ví dụ `ho_ten: Nguyễn Văn An`

        thông tin[thieu]: thiếu `noi_nhan` (nơi nhận)
        --> ho_so.yaml
         = tại: noi_nhan
         = gợi ý: ghi thêm khóa `noi_nhan`, dòng dưới thụt vào, ví dụ `- Như trên`

        thông tin[thieu]: thiếu `noi_luu` (nơi lưu)
        --> ho_so.yaml
         = tại: luu.noi_luu
         = gợi ý: ghi thêm dưới `luu:`, ví dụ `noi_luu: VT`

    "#]]
    .assert_eq(&plain(&read.diagnostics, &read.sources));
    let case = read.case.unwrap();
    assert!(crate::model::is_gap(&case.subject));
    expect![[r#"
        Signer {
            lines: [
                "\u{e010}[thiếu: nguoi_ky.chuc_vu]\u{e011}",
            ],
            full_name: "\u{e010}[thiếu: nguoi_ky.ho_ten]\u{e011}",
        }
        {
            "kho_khan": Passages(
                "\u{e010}[thiếu: noi_dung.kho_khan]\u{e011}",
            ),
            "linh_vuc": Text(
                "\u{e010}[thiếu: noi_dung.linh_vuc]\u{e011}",
            ),
            "thuc_hien": Text(
                "\u{e010}[thiếu: noi_dung.thuc_hien]\u{e011}",
            ),
        }"#]]
    .assert_eq(&format!("{:#?}\n{:#?}", case.signer, case.content));
}

#[test]
fn the_content_is_what_the_wording_asks_for() {
    changed(
        "  linh_vuc: công",
        "  lĩnh vực: công",
        &expect![[r#"
            lỗi[khoa-la]: không có khóa `lĩnh vực` ở đây
              --> ho_so.yaml:14:3
               |
            14 |   lĩnh vực: công nghệ thông tin
               |   ^^^^^^^^
               |
               = gợi ý: có phải ý anh/chị là “linh_vuc”?

        "#]],
    );
    changed(
        "  kien_nghi:\n    - Bố trí vốn",
        "  kien_nghi: Bố trí vốn",
        &expect![[r#"
        lỗi[sai-kieu]: `noi_dung.kien_nghi` cần một danh sách, ở đây là một giá trị
          --> ho_so.yaml:21:14
           |
        21 |   kien_nghi: Bố trí vốn
           |              ^^^^^^^^^^ noi_dung.kien_nghi
           |
           = gợi ý: xuống dòng, thụt vào, viết `- Bố trí vốn`

    "#]],
    );
    changed(
        "  thuc_hien: {loai: Công văn, so_ky_hieu: 4691/BKHĐT-KCHTĐT, ngay: 12/7/2022, co_quan: Bộ Kế hoạch và Đầu tư, trich_yeu: báo cáo tình hình}",
        "  thuc_hien: Công văn số 4691/BKHĐT-KCHTĐT",
        &expect![[r#"
            lỗi[sai-kieu]: `noi_dung.thuc_hien` cần các khóa con, ở đây là một giá trị
              --> ho_so.yaml:13:14
               |
            13 |   thuc_hien: Công văn số 4691/BKHĐT-KCHTĐT
               |              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ noi_dung.thuc_hien
               |
               = gợi ý: xuống dòng, thụt vào, viết mỗi dòng một khóa, ví dụ `loai: …`

        "#]],
    );
    changed(
        "    - {ten: Cổng dữ liệu số, von: 14.906}",
        "    - Cổng dữ liệu số",
        &expect![[r#"
            lỗi[sai-kieu]: `noi_dung.du_an[0]` cần các khóa con, ở đây là một giá trị
              --> ho_so.yaml:24:7
               |
            24 |     - Cổng dữ liệu số
               |       ^^^^^^^^^^^^^^^ noi_dung.du_an[0]
               |
               = gợi ý: xuống dòng, thụt vào, viết mỗi dòng một khóa, ví dụ `ten: …`

        "#]],
    );
    changed(
        "den_ngay: 31/7/2022",
        "den_ngay: tháng 7",
        &expect![[r#"
        lỗi[ngay-sai]: “tháng 7” không phải ngày viết theo thứ tự ngày/tháng/năm
          --> ho_so.yaml:16:13
           |
        16 |   den_ngay: tháng 7
           |             ^^^^^^^ noi_dung.den_ngay
           |
           = gợi ý: viết như “16/8/2022”, năm đủ bốn chữ số

    "#]],
    );
}

#[test]
fn a_signature_stack_follows_the_decree() {
    changed(
        "thay_mat: Ủy ban nhân dân",
        "thay_mat: TM. ỦY BAN NHÂN DÂN",
        &expect![[r#"
            lỗi[ky-sai]: “TM. ỦY BAN NHÂN DÂN” đã có “TM.”, mà chương trình tự ghi chữ viết tắt này
              --> ho_so.yaml:26:13
               |
            26 |   thay_mat: TM. ỦY BAN NHÂN DÂN
               |             ^^^^^^^^^^^^^^^^^^^ nguoi_ky.thay_mat
               |
               = gợi ý: ghi `thay_mat: ỦY BAN NHÂN DÂN`, không có “TM.”; chức vụ của người ký ghi ở `chuc_vu`

        "#]],
    );
    changed(
        "thay_mat: Ủy ban nhân dân",
        "thay_mat: CHỦ TỊCH",
        &expect![[r#"
        lỗi[ky-sai]: “CHỦ TỊCH” là chức vụ, TM. chỉ đứng trước tên tập thể
          --> ho_so.yaml:26:13
           |
        26 |   thay_mat: CHỦ TỊCH
           |             ^^^^^^^^ nguoi_ky.thay_mat
           |
           = gợi ý: ghi tên tập thể, ví dụ `thay_mat: ỦY BAN NHÂN DÂN`; cấp phó ký thay thì dùng `ky_thay`

    "#]],
    );
    changed(
        "  ky_thay: CHỦ TỊCH\n",
        "",
        &expect![[r#"
        lỗi[ky-sai]: cấp phó “PHÓ CHỦ TỊCH” ký mà không có dòng KT.
          --> ho_so.yaml:27:12
           |
        27 |   chuc_vu: PHÓ CHỦ TỊCH
           |            ^^^^^^^^^^^^ nguoi_ky.chuc_vu
           |
           = gợi ý: ghi chức vụ người đứng đầu ở `ky_thay`

    "#]],
    );
    changed(
        "chuc_vu: PHÓ CHỦ TỊCH",
        "chuc_vu: CHỦ TỊCH",
        &expect![[r#"
        lỗi[ky-sai]: ký thay “CHỦ TỊCH” mà chức vụ người ký cũng là “CHỦ TỊCH”
          --> ho_so.yaml:28:12
           |
        28 |   chuc_vu: CHỦ TỊCH
           |            ^^^^^^^^ nguoi_ky.chuc_vu
           |
           = gợi ý: `chuc_vu` ghi chức vụ của cấp phó, ví dụ `PHÓ CHỦ TỊCH`

    "#]],
    );
    changed(
        "  chuc_vu: PHÓ CHỦ TỊCH\n",
        "",
        &expect![[r#"
            lỗi[thieu]: thiếu `chuc_vu` (chức vụ người ký)
              --> ho_so.yaml:25:1
               |
            25 | nguoi_ky:
               | ^^^^^^^^ nguoi_ky.chuc_vu
               |
               = gợi ý: ghi thêm dưới `nguoi_ky:`, ví dụ `chuc_vu: PHÓ CHỦ TỊCH`

        "#]],
    );
    changed(
        "  ky_thay:",
        "  thua_lenh: CHỦ TỊCH\n  ky_thay:",
        &expect![[r#"
        lỗi[ky-sai]: có cả `thay_mat` và `thua_lenh`
          --> ho_so.yaml:27:14
           |
        27 |   thua_lenh: CHỦ TỊCH
           |              ^^^^^^^^ nguoi_ky.thua_lenh
           |
           = gợi ý: một người ký theo một thẩm quyền; giữ một khóa

    "#]],
    );
    changed(
        "  thay_mat: Ủy ban nhân dân",
        "  thua_uy_quyen: CHỦ TỊCH",
        &expect![[r#"
        lỗi[ky-sai]: người được ủy quyền không để cấp phó ký thay
          --> ho_so.yaml:27:12
           |
        27 |   ky_thay: CHỦ TỊCH
           |            ^^^^^^^^ nguoi_ky.ky_thay
           |
           = gợi ý: bỏ `ky_thay` hoặc `thua_uy_quyen`

    "#]],
    );
    changed(
        "  ky_thay:",
        "  quyen: co\n  ky_thay:",
        &expect![[r#"
        lỗi[ky-sai]: ký thay thì không ghi quyền chức vụ
          --> ho_so.yaml:27:10
           |
        27 |   quyen: co
           |          ^^ nguoi_ky.quyen
           |
           = gợi ý: bỏ `quyen` hoặc `ky_thay`

    "#]],
    );
    changed(
        "  ky_thay:",
        "  cac_dong:\n    - TM. ỦY BAN NHÂN DÂN\n  ky_thay:",
        &expect![[r#"
        lỗi[ky-sai]: có cả `cac_dong` và `thay_mat`
          --> ho_so.yaml:26:13
           |
        26 |   thay_mat: Ủy ban nhân dân
           |             ^^^^^^^^^^^^^^^ nguoi_ky.thay_mat
           |
           = gợi ý: `cac_dong` đã ghi đủ các dòng; giữ một cách viết

        lỗi[ky-sai]: có cả `cac_dong` và `ky_thay`
          --> ho_so.yaml:29:12
           |
        29 |   ky_thay: CHỦ TỊCH
           |            ^^^^^^^^ nguoi_ky.ky_thay
           |
           = gợi ý: `cac_dong` đã ghi đủ các dòng; giữ một cách viết

        lỗi[ky-sai]: có cả `cac_dong` và `chuc_vu`
          --> ho_so.yaml:30:12
           |
        30 |   chuc_vu: PHÓ CHỦ TỊCH
           |            ^^^^^^^^^^^^ nguoi_ky.chuc_vu
           |
           = gợi ý: `cac_dong` đã ghi đủ các dòng; giữ một cách viết

    "#]],
    );
}

#[test]
fn a_name_is_without_titles_and_in_small_letters() {
    changed(
        "ho_ten: Nguyễn",
        "ho_ten: TS. Nguyễn",
        &expect![[r#"
        cảnh báo[ho-ten-la]: trước họ tên có “TS”
          --> ho_so.yaml:29:11
           |
        29 |   ho_ten: TS. Nguyễn Thanh Nhân
           |           ^^^^^^^^^^^^^^^^^^^^^ nguoi_ky.ho_ten
           |
           = gợi ý: không ghi học hàm, học vị, danh hiệu trước họ tên

    "#]],
    );
    changed(
        "ho_ten: Nguyễn Thanh Nhân",
        "ho_ten: NGUYỄN THANH NHÂN",
        &expect![[r#"
        cảnh báo[ho-ten-la]: họ tên viết hoa toàn bộ
          --> ho_so.yaml:29:11
           |
        29 |   ho_ten: NGUYỄN THANH NHÂN
           |           ^^^^^^^^^^^^^^^^^ nguoi_ky.ho_ten
           |
           = gợi ý: ghi họ và tên, chữ thường, viết hoa chữ cái đầu

    "#]],
    );
    changed(
        "ho_ten: Nguyễn Thanh Nhân",
        "ho_ten: (Đã ký) Nguyễn Thanh Nhân",
        &expect![[r#"
        cảnh báo[ho-ten-la]: “(Đã ký) Nguyễn Thanh Nhân” không chỉ là họ tên
          --> ho_so.yaml:29:11
           |
        29 |   ho_ten: (Đã ký) Nguyễn Thanh Nhân
           |           ^^^^^^^^^^^^^^^^^^^^^^^^^ nguoi_ky.ho_ten
           |
           = gợi ý: ghi họ và tên, chữ thường, viết hoa chữ cái đầu

    "#]],
    );
}

#[test]
fn the_archive_line_has_its_own_key() {
    changed(
        "  - LĐVP, P. KT;",
        "  - \"Lưu: VT\"",
        &expect![[r#"
            lỗi[sai-kieu]: dòng Lưu viết trong `noi_nhan`
              --> ho_so.yaml:33:5
               |
            33 |   - "Lưu: VT"
               |     ^^^^^^^^^ noi_nhan[2]
               |
               = gợi ý: xóa dòng này, ghi ở khóa `luu`, ví dụ `luu: {noi_luu: VT, nguoi_soan: KSTT}`

        "#]],
    );
}

#[test]
fn an_acceptance_names_a_place_and_a_reason() {
    changed(
        "    tai: phu_luc[0].tong\n",
        "    tai: dòng tổng]\n",
        &expect![[r#"
        lỗi[gia-tri-la]: “dòng tổng]” không phải chỗ trong hồ sơ
          --> ho_so.yaml:56:10
           |
        56 |     tai: dòng tổng]
           |          ^^^^^^^^^^ chap_nhan[0].tai
           |
           = gợi ý: chép nguyên chỗ in cạnh dấu mũ, ví dụ `phu_luc[0].tong`

    "#]],
    );
    changed(
        "    ly_do: Số liệu đã in trong văn bản giấy\n",
        "",
        &expect![[r#"
            lỗi[thieu]: thiếu `ly_do` (lý do chấp nhận)
              --> ho_so.yaml:55:5
               |
            55 |   - id: tong-khong-khop
               |     ^^^^^^^^^^^^^^^^^^^ chap_nhan[0].ly_do
               |
               = gợi ý: ghi thêm vào mục này, ví dụ `ly_do: Số liệu đã in trong văn bản giấy`

        "#]],
    );
}

#[test]
fn a_table_is_consistent() {
    changed(
        "khoa: kh_dp, ten: NSĐP",
        "khoa: kh_tw, ten: NSĐP",
        &expect![[r#"
            lỗi[cot-la]: cột `kh` là tổng của `kh_dp`, mà không có cột số nào như vậy
              --> ho_so.yaml:44:66
               |
            44 |           - {khoa: kh, ten: Tổng số, kieu: so, tong_cua: [kh_tw, kh_dp]}
               |                                                                  ^^^^^ phu_luc[0].cot[2].cot[0].tong_cua[1]
               |
               = gợi ý: hiện chỉ có `kh_tw`

            lỗi[cau-truc-bang]: hai cột cùng có khóa `kh_tw`
              --> ho_so.yaml:46:20
               |
            46 |           - {khoa: kh_tw, ten: NSĐP, kieu: so}
               |                    ^^^^^ phu_luc[0].cot[2].cot[2].khoa
               |
               = gợi ý: mỗi cột một khóa riêng

            lỗi[cot-la]: bảng không có cột `kh_dp`, ghi ở 2 dòng
              --> ho_so.yaml:51:48
               |
            51 |       - {nhom: cu, stt: 1, ten_du_an: Hạ tầng, kh_dp: 29.747}
               |                                                ^^^^^ phu_luc[0].dong[0].kh_dp
               |
               = gợi ý: chọn một trong: `kh`, `kh_tw`, `stt`, `ten_du_an`

        "#]],
    );
    changed(
        "tong_cua: [kh_tw, kh_dp]",
        "tong_cua: [kh_tw, khdp]",
        &expect![[r#"
            lỗi[cot-la]: cột `kh` là tổng của `khdp`, mà không có cột số nào như vậy
              --> ho_so.yaml:44:66
               |
            44 |           - {khoa: kh, ten: Tổng số, kieu: so, tong_cua: [kh_tw, khdp]}
               |                                                                  ^^^^ phu_luc[0].cot[2].cot[0].tong_cua[1]
               |
               = gợi ý: có phải ý anh/chị là “kh_dp”?

        "#]],
    );
    changed(
        "tong_cua: [kh_tw, kh_dp]",
        "tong_cua: [kh]",
        &expect![[r#"
            lỗi[cau-truc-bang]: cột `kh` là tổng của chính nó
              --> ho_so.yaml:44:58
               |
            44 |           - {khoa: kh, ten: Tổng số, kieu: so, tong_cua: [kh]}
               |                                                          ^^^^ phu_luc[0].cot[2].cot[0].tong_cua
               |
               = gợi ý: bỏ `kh` khỏi `tong_cua`

        "#]],
    );
    changed(
        "khoa: ten_du_an, ten: Tên",
        "khoa: Tên dự án, ten: Tên",
        &expect![[r#"
            lỗi[cau-truc-bang]: khóa cột “Tên dự án” có dấu, dấu cách hoặc chữ hoa
              --> ho_so.yaml:41:16
               |
            41 |       - {khoa: Tên dự án, ten: Tên dự án, rong: 4}
               |                ^^^^^^^^^ phu_luc[0].cot[1].khoa
               |
               = gợi ý: viết `ten_du_an`

        "#]],
    );
    changed(
        "khai: {kh: 53.652}",
        "khai: {tong: 53.652}",
        &expect![[r#"
            lỗi[cot-la]: bảng không có cột số `tong`
              --> ho_so.yaml:53:64
               |
            53 |     tong: {nhan: TỔNG SỐ, vi_tri: dau, pham_vi: tat_ca, khai: {tong: 53.652}}
               |                                                                ^^^^ phu_luc[0].tong.khai.tong
               |
               = gợi ý: chọn một trong: `kh`, `kh_tw`, `kh_dp`

        "#]],
    );
    changed(
        "- {nhom: cu, stt: 1",
        "- {nhom: cũ, stt: 1",
        &expect![[r#"
            lỗi[nhom-la]: bảng không có nhóm `cũ`
              --> ho_so.yaml:51:16
               |
            51 |       - {nhom: cũ, stt: 1, ten_du_an: Hạ tầng, kh_dp: 29.747}
               |                ^^ phu_luc[0].dong[0].nhom
               |
               = gợi ý: có phải ý anh/chị là “cu”?

        "#]],
    );
    changed(
        "- {nhom: cu, stt: 1",
        "- {stt: 1",
        &expect![[r#"
        lỗi[nhom-la]: dòng chưa thuộc nhóm nào
          --> ho_so.yaml:51:9
           |
        51 |       - {stt: 1, ten_du_an: Hạ tầng, kh_dp: 29.747}
           |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ phu_luc[0].dong[0].nhom
           |
           = gợi ý: chọn một trong: `cu`, `moi`

    "#]],
    );
    changed(
        "- {nhom: cu, stt: 1",
        "- {nhom: cu, stt: 2",
        &expect![[r#"
        lỗi[stt-sai]: ghi số thứ tự 2, dòng này là dòng 1 của nhóm
          --> ho_so.yaml:51:25
           |
        51 |       - {nhom: cu, stt: 2, ten_du_an: Hạ tầng, kh_dp: 29.747}
           |                         ^ phu_luc[0].dong[0].stt
           |
           = gợi ý: bỏ trống ô này, chương trình tự đánh số

    "#]],
    );
    changed(
        "ten_du_an: Hạ tầng",
        "ten_duan: Hạ tầng",
        &expect![[r#"
            lỗi[cot-la]: bảng không có cột `ten_duan`
              --> ho_so.yaml:51:28
               |
            51 |       - {nhom: cu, stt: 1, ten_duan: Hạ tầng, kh_dp: 29.747}
               |                            ^^^^^^^^ phu_luc[0].dong[0].ten_duan
               |
               = gợi ý: có phải ý anh/chị là “ten_du_an”?

        "#]],
    );
    changed(
        "{khoa: moi, ten: Đề xuất",
        "{khoa: cu, ten: Đề xuất",
        &expect![[r#"
            lỗi[cau-truc-bang]: hai nhóm cùng có khóa `cu`
              --> ho_so.yaml:49:16
               |
            49 |       - {khoa: cu, ten: Đề xuất, cong: co}
               |                ^^ phu_luc[0].nhom[1].khoa
               |
               = gợi ý: mỗi nhóm một khóa riêng; nhóm con viết như `I.1`

            lỗi[nhom-la]: bảng không có nhóm `moi`
              --> ho_so.yaml:52:16
               |
            52 |       - {nhom: moi, ten_du_an: Hội nghị truyền hình, kh_dp: 25.000}
               |                ^^^ phu_luc[0].dong[1].nhom
               |
               = gợi ý: hiện chỉ có `cu`

        "#]],
    );
}

#[test]
fn letters_of_other_alphabets_are_told() {
    changed(
        "Về tình hình",
        "Về tình hình \u{d0}ồng \u{422}háp",
        &expect![[r#"
        cảnh báo[chu-giong-hinh]: chữ “Ð” (U+00D0) chỉ trông giống “Đ”, và 1 chữ khác trong giá trị này
         --> ho_so.yaml:7:25
          |
        7 | trich_yeu: Về tình hình Ðồng Тháp thực hiện và giải ngân các dự án
          |                         ^
          |
          = gợi ý: gõ lại chữ “Đ”

    "#]],
    );
}

#[test]
fn unseen_characters_are_refused() {
    changed(
        "Về tình hình",
        "Về\u{200b} tình hình",
        &expect![[r#"
            lỗi[ky-tu-cam]: có ký tự không nhìn thấy (U+200B) trong tệp
             --> ho_so.yaml:7:14
              |
            7 | trich_yeu: Về[U+200B] tình hình thực hiện và giải ngân các dự án
              |              ^
              |
              = gợi ý: xóa ký tự này: đặt con trỏ ngay sau nó rồi bấm phím xóa lùi

        "#]],
    );
    changed(
        "ho_ten: Nguyễn Thanh Nhân",
        "ho_ten: \"Nguyễn\\u200bThanh Nhân\"",
        &expect![[r#"
        lỗi[ky-tu-cam]: mã viết sau dấu `\` là ký tự không nhìn thấy (U+200B)
          --> ho_so.yaml:29:11
           |
        29 |   ho_ten: "Nguyễn\u200bThanh Nhân"
           |           ^^^^^^^^^^^^^^^^^^^^^^^^ nguoi_ky.ho_ten
           |
           = gợi ý: bỏ mã này; dấu `\` có nghĩa riêng trong dấu nháy kép, viết `\\` nếu cần chính nó

    "#]],
    );
    changed(
        "ho_ten: Nguyễn Thanh Nhân",
        "ho_ten: \u{e010}[thiếu]\u{e011}",
        &expect![[r#"
        lỗi[ky-tu-cam]: có ký tự riêng của một phông chữ (U+E010) trong tệp
          --> ho_so.yaml:29:11
           |
        29 |   ho_ten: [U+E010][thiếu][U+E011]
           |           ^
           |
           = gợi ý: xóa ký tự này: đặt con trỏ ngay sau nó rồi bấm phím xóa lùi

        lỗi[ky-tu-cam]: có ký tự riêng của một phông chữ (U+E011) trong tệp
          --> ho_so.yaml:29:19
           |
        29 |   ho_ten: [U+E010][thiếu][U+E011]
           |                   ^
           |
           = gợi ý: xóa ký tự này: đặt con trỏ ngay sau nó rồi bấm phím xóa lùi

    "#]],
    );
}

#[test]
fn text_of_an_old_font_is_reported() {
    changed(
        "linh_vuc: công nghệ thông tin",
        "linh_vuc: Céng hßa x· héi chñ nghÜa",
        &expect![[r#"
            lỗi[ma-cu]: chữ được gõ bằng mã cũ TCVN3 (phông .VnTime), không phải Unicode
              --> ho_so.yaml:14:13
               |
            14 |   linh_vuc: Céng hßa x· héi chñ nghÜa
               |             ^^^^^^^^^^^^^^^^^^^^^^^^^ noi_dung.linh_vuc
               |
               = gợi ý: chuyển mã sang Unicode bằng công cụ của bộ gõ rồi dán lại

        "#]],
    );
}

#[test]
fn decomposed_letters_are_composed_and_told() {
    let text: String = GOOD.replace("Kế", "Ke\u{302}\u{301}");
    let read = read(&text, Mode::Final);
    expect![[r#"
        thông tin[chua-nfc]: 4 dòng có dấu tiếng Việt viết rời (Unicode tổ hợp); chương trình đã ghép thành Unicode dựng sẵn
          --> ho_so.yaml:10:9
           |
        10 |   - Bộ Kế hoạch và Đầu tư;
           |         ^
           |
           = gợi ý: trong bộ gõ, chọn bảng mã “Unicode” (dựng sẵn)

    "#]].assert_eq(&plain(&read.diagnostics, &read.sources));
    assert_eq!(read.case.unwrap().to[0], "Bộ Kế hoạch và Đầu tư");
}

fn rows(csv: &str, expected: &Expect) {
    let start = GOOD.find("    dong:\n").unwrap();
    let end = GOOD.find("    tong:").unwrap();
    let text = format!("{}    dong_tu_tep: {{tep: so_lieu.csv}}\n{}", &GOOD[..start], &GOOD[end..]);
    let read = with_files(&text, Mode::Final, &[("so_lieu.csv", csv)]);
    expected.assert_eq(&plain(&read.diagnostics, &read.sources));
}

#[test]
fn a_csv_file_is_read_by_its_header() {
    rows(
        "\u{feff}nhom;ten_du_an;kh_tw;kh_dp\r\ncu;\"Hạ tầng; \"\"A\"\"\";;29.747\r\n;;;\r\nmoi;B;1;\r\n",
        &expect![""],
    );
    rows(
        "nhom,ten_du_an,kh_dp,ghi_chu,kh_dp\ncu,A,1,b,2\n",
        &expect![[r#"
            lỗi[cot-la]: dòng đầu của tệp thiếu cột `kh_tw`
             --> so_lieu.csv:1:1
              |
            1 | nhom,ten_du_an,kh_dp,ghi_chu,kh_dp
              | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = gợi ý: thêm cột vào tệp; ô không có số liệu thì để trống

            lỗi[cot-la]: bảng không có cột `ghi_chu`
             --> so_lieu.csv:1:22
              |
            1 | nhom,ten_du_an,kh_dp,ghi_chu,kh_dp
              |                      ^^^^^^^
              |
              = gợi ý: chọn một trong: `nhom`, `stt`, `ten_du_an`, `kh`, `kh_tw`, `kh_dp`

            lỗi[cot-la]: cột `kh_dp` có hai lần trong tệp
             --> so_lieu.csv:1:30
              |
            1 | nhom,ten_du_an,kh_dp,ghi_chu,kh_dp
              |                              ^^^^^
              |
              = gợi ý: giữ một cột, xóa cột kia

        "#]],
    );
    rows(
        "nhom,ten_du_an,kh_tw,kh_dp\ncu,A, B,1,2\nmoi,C,1\n",
        &expect![[r#"
            lỗi[csv-sai]: dòng có 5 ô, dòng đầu có 4 cột
             --> so_lieu.csv:2:1
              |
            2 | cu,A, B,1,2
              | ^^^^^^^^^^^
              |
              = gợi ý: ô có dấu phẩy phải đặt trong dấu nháy kép; ô trống vẫn cần dấu phẩy

            lỗi[csv-sai]: dòng có 3 ô, dòng đầu có 4 cột
             --> so_lieu.csv:3:1
              |
            3 | moi,C,1
              | ^^^^^^^
              |
              = gợi ý: ô có dấu phẩy phải đặt trong dấu nháy kép; ô trống vẫn cần dấu phẩy

        "#]],
    );
    rows(
        "nhom,ten_du_an,kh_tw,kh_dp\ncu,\"A,1,2\nmoi,C,1,2\n",
        &expect![[r#"
            lỗi[csv-sai]: dấu nháy kép mở ở đây không có dấu đóng
             --> so_lieu.csv:2:4
              |
            2 | cu,"A,1,2
              |    ^
              |
              = gợi ý: thêm dấu nháy kép ở cuối ô; dấu nháy bên trong ô viết hai lần ("")

        "#]],
    );
    rows(
        "nhom,ten_du_an,kh_tw,kh_dp\ncu,\"Các xã, phường\",12.5,1\nmới,\u{d0}ồng,1,1.000\n",
        &expect![[r#"
            lỗi[so-tien-sai]: “12.5” không phải số theo lối viết Việt Nam: dấu chấm phân nhóm ba chữ số, dấu phẩy trước phần thập phân
             --> so_lieu.csv:2:21
              |
            2 | cu,"Các xã, phường",12.5,1
              |                     ^^^^ phu_luc[0].dong[0].kh_tw
              |
              = gợi ý: nếu là mười hai phẩy năm, viết “12,5”

            lỗi[nhom-la]: bảng không có nhóm `mới`
             --> so_lieu.csv:3:1
              |
            3 | mới,Ðồng,1,1.000
              | ^^^ phu_luc[0].dong[1].nhom
              |
              = gợi ý: có phải ý anh/chị là “moi”?

            cảnh báo[chu-giong-hinh]: chữ “Ð” (U+00D0) chỉ trông giống “Đ”
             --> so_lieu.csv:3:5
              |
            3 | mới,Ðồng,1,1.000
              |     ^
              |
              = gợi ý: gõ lại chữ “Đ”

        "#]],
    );
    rows(
        "",
        &expect![[r#"
            lỗi[csv-sai]: tệp không có dòng nào
            --> so_lieu.csv
             = gợi ý: dòng đầu ghi khóa của các cột: `nhom,ten_du_an,kh_tw,kh_dp`

        "#]],
    );
}

#[test]
fn a_data_file_lies_in_the_case_folder() {
    let file = |name: &str| {
        let start = GOOD.find("    dong:\n").unwrap();
        let end = GOOD.find("    tong:").unwrap();
        format!("{}    dong_tu_tep: {{tep: {name}}}\n{}", &GOOD[..start], &GOOD[end..])
    };
    found(
        &file("../so_lieu.csv"),
        &expect![[r#"
        lỗi[tep-ngoai-ho-so]: `../so_lieu.csv` không nằm trong thư mục hồ sơ
          --> ho_so.yaml:50:24
           |
        50 |     dong_tu_tep: {tep: ../so_lieu.csv}
           |                        ^^^^^^^^^^^^^^ phu_luc[0].dong_tu_tep.tep
           |
           = gợi ý: chép tệp vào thư mục hồ sơ rồi chỉ ghi tên tệp; thư mục con viết với dấu `/`

    "#]],
    );
    found(
        &file("/etc/passwd"),
        &expect![[r#"
        lỗi[tep-ngoai-ho-so]: `/etc/passwd` không nằm trong thư mục hồ sơ
          --> ho_so.yaml:50:24
           |
        50 |     dong_tu_tep: {tep: /etc/passwd}
           |                        ^^^^^^^^^^^ phu_luc[0].dong_tu_tep.tep
           |
           = gợi ý: chép tệp vào thư mục hồ sơ rồi chỉ ghi tên tệp; thư mục con viết với dấu `/`

    "#]],
    );
    found(
        &file("'C:\\so_lieu.csv'"),
        &expect![[r#"
        lỗi[tep-ngoai-ho-so]: `C:\so_lieu.csv` không nằm trong thư mục hồ sơ
          --> ho_so.yaml:50:24
           |
        50 |     dong_tu_tep: {tep: 'C:\so_lieu.csv'}
           |                        ^^^^^^^^^^^^^^^^ phu_luc[0].dong_tu_tep.tep
           |
           = gợi ý: chép tệp vào thư mục hồ sơ rồi chỉ ghi tên tệp; thư mục con viết với dấu `/`

    "#]],
    );
    found(
        &file("so_lieu.xlsx"),
        &expect![[r#"
            lỗi[tep-khong-doc-duoc]: không đọc được `so_lieu.xlsx`: không có tệp này
              --> ho_so.yaml:50:24
               |
            50 |     dong_tu_tep: {tep: so_lieu.xlsx}
               |                        ^^^^^^^^^^^^ phu_luc[0].dong_tu_tep.tep
               |
               = gợi ý: tệp phải nằm trong thư mục hồ sơ; kiểm tra tên tệp

        "#]],
    );
    found(
        &file("so_lieu.csv"),
        &expect![[r#"
        lỗi[tep-khong-doc-duoc]: không đọc được `so_lieu.csv`: không có tệp này
          --> ho_so.yaml:50:24
           |
        50 |     dong_tu_tep: {tep: so_lieu.csv}
           |                        ^^^^^^^^^^^ phu_luc[0].dong_tu_tep.tep
           |
           = gợi ý: tệp phải nằm trong thư mục hồ sơ; kiểm tra tên tệp

    "#]],
    );
    changed(
        "    dong:\n",
        "    dong_tu_tep: {tep: a.csv}\n    dong:\n",
        &expect![[r#"
            lỗi[sai-kieu]: có cả `dong` và `dong_tu_tep`
              --> ho_so.yaml:50:5
               |
            50 |     dong_tu_tep: {tep: a.csv}
               |     ^^^^^^^^^^^ phu_luc[0].dong_tu_tep
               |
               = gợi ý: các dòng viết ở một chỗ; giữ một khóa

            lỗi[tep-khong-doc-duoc]: không đọc được `a.csv`: không có tệp này
              --> ho_so.yaml:50:24
               |
            50 |     dong_tu_tep: {tep: a.csv}
               |                        ^^^^^ phu_luc[0].dong_tu_tep.tep
               |
               = gợi ý: tệp phải nằm trong thư mục hồ sơ; kiểm tra tên tệp

        "#]],
    );
}

#[test]
fn a_fault_in_a_template_is_shown_in_the_template() {
    let templates = office()
        .with("bao_cao/du_an.md", "---\nmo_ta: A\ntruong:\n  - {khoa: von, kieu: tien, mo_ta: Vốn}\n  - {khoa: ten, kiểu: chu}\n---\nA: b: c\n")
        .with("chung/co_quan.yaml", "ubnd_tinh_kien_giang:\n  - ten: UBND\n    den_ngay: 31/6/2025\n");
    let read =
        read_texts("ho_so.yaml", GOOD.as_bytes(), &Catalog::new(templates), Mode::Final, |_| {
            Err(Unread::Outside)
        });
    expect![[r#"
        lỗi[gia-tri-la]: `kieu` không nhận giá trị “tien”
         --> templates/bao_cao/du_an.md:4:23
          |
        4 |   - {khoa: von, kieu: tien, mo_ta: Vốn}
          |                       ^^^^
          |
          = gợi ý: chọn một trong: `chu`, `so`, `ngay`, `doan`, `van_ban`, `danh_sach`

        lỗi[khoa-la]: không có khóa `kiểu` ở đây
         --> templates/bao_cao/du_an.md:5:17
          |
        5 |   - {khoa: ten, kiểu: chu}
          |                 ^^^^
          |
          = gợi ý: có phải ý anh/chị là “kieu”?

        lỗi[thieu]: thiếu `ten_trong_cau` (tên trong câu)
         --> templates/chung/co_quan.yaml:2:5
          |
        2 |   - ten: UBND
          |     ^^^^^^^^^
          |
          = gợi ý: ghi thêm `ten_trong_cau` vào mục này

        lỗi[thieu]: thiếu `ky_hieu` (chữ viết tắt tên cơ quan)
         --> templates/chung/co_quan.yaml:2:5
          |
        2 |   - ten: UBND
          |     ^^^^^^^^^
          |
          = gợi ý: ghi thêm `ky_hieu` vào mục này

        lỗi[thieu]: thiếu `dia_danh` (địa danh)
         --> templates/chung/co_quan.yaml:2:5
          |
        2 |   - ten: UBND
          |     ^^^^^^^^^
          |
          = gợi ý: ghi thêm `dia_danh` vào mục này

        lỗi[ngay-sai]: không có ngày 31/6/2025
         --> templates/chung/co_quan.yaml:3:15
          |
        3 |     den_ngay: 31/6/2025
          |               ^^^^^^^^^
          |
          = gợi ý: tháng 6 năm 2025 có 30 ngày

    "#]]
    .assert_eq(&plain(&read.diagnostics, &read.sources));
}

#[test]
fn the_attached_document_is_asked_for_when_the_wording_begins_one() {
    let notice = "loai: thong_bao\nmau: kem_quy_che\nco_quan: ubnd_tinh_an_giang\ntrich_yeu: Về x\n\
                  nguoi_ky: {chuc_vu: CHỦ TỊCH, ho_ten: Nguyễn Văn An}\nnoi_nhan:\n- Như Điều 2\nluu: {noi_luu: VT}\n";
    found(
        notice,
        &expect![[r#"
        lỗi[thieu]: thiếu `kem_theo` (văn bản kèm theo)
        --> ho_so.yaml
         = tại: kem_theo
         = gợi ý: lời văn này có dòng `[kem_theo]`; ghi thêm `kem_theo:`, hai dòng dưới thụt vào: `loai: Quy chế`, `trich_yeu: …`

    "#]],
    );
    let half = format!("{notice}kem_theo: {{loai: Quy chế}}\n");
    found(
        &half,
        &expect![[r#"
        lỗi[thieu]: thiếu `trich_yeu` (trích yếu văn bản kèm theo)
         --> ho_so.yaml:9:1
          |
        9 | kem_theo: {loai: Quy chế}
          | ^^^^^^^^ kem_theo.trich_yeu
          |
          = gợi ý: ghi thêm dưới `kem_theo:`, ví dụ `trich_yeu: Làm việc của Sở Nội vụ`

    "#]],
    );
    let draft = read(notice, Mode::Draft).case.unwrap().attached.unwrap();
    assert!(crate::model::is_gap(&draft.type_name) && crate::model::is_gap(&draft.subject));
    let whole = format!("{notice}kem_theo: {{loai: Quy chế, trich_yeu: Làm việc}}\n");
    let attached = read(&whole, Mode::Final).case.unwrap().attached;
    let expected =
        crate::model::Attached { type_name: "Quy chế".into(), subject: "Làm việc".into() };
    assert_eq!(attached, Some(expected));
    assert_eq!(read(GOOD, Mode::Final).case.unwrap().attached, None);
}

#[test]
fn circulation_is_one_of_two_and_the_address_follows_type_agency_and_case() {
    changed(
        "huong: len_tren",
        "huong: len_tren\nluu_hanh: mat",
        &expect![[r#"
        lỗi[gia-tri-la]: `luu_hanh` không nhận giá trị “mat”
         --> ho_so.yaml:9:11
          |
        9 | luu_hanh: mat
          |           ^^^ luu_hanh
          |
          = gợi ý: chọn một trong: `noi_bo`, `xem_xong_tra_lai`

    "#]],
    );
    changed(
        "huong: len_tren",
        "huong: len_tren\nlien_he: co",
        &expect![[r#"
        lỗi[gia-tri-la]: cơ quan chưa có địa chỉ liên hệ để in
         --> ho_so.yaml:9:10
          |
        9 | lien_he: co
          |          ^^ lien_he
          |
          = gợi ý: ghi các dòng ở `lien_he` của cơ quan, trong danh mục hoặc trong `co_quan_khac`

    "#]],
    );
    let internal = GOOD.replacen("huong: len_tren", "huong: len_tren\nluu_hanh: noi_bo", 1);
    let case = read(&internal, Mode::Final).case.unwrap();
    assert_eq!(case.circulation.map(|it| it.words()), Some("LƯU HÀNH NỘI BỘ"));

    let shows = |of_type: &str, of_case: &str| {
        let office = office()
            .with("thong_bao/loai.yaml", &format!("ten: Thông báo\nky_hieu: TB\nmau: \"1.4\"\nkinh_gui: khong\n{of_type}"))
            .with("chung/co_quan.yaml", "so:\n  - {ten: SỞ A, ten_trong_cau: Sở A, ky_hieu: SA, dia_danh: A, lien_he: [\"Địa chỉ: số 1.\"]}\n");
        let text = format!(
            "loai: thong_bao\nco_quan: so\ntrich_yeu: Về x\nnguoi_ky: {{chuc_vu: GIÁM ĐỐC, ho_ten: Nguyễn Văn An}}\nnoi_nhan:\n- Như trên\nluu: {{noi_luu: VT}}\n{of_case}"
        );
        let read =
            read_texts("ho_so.yaml", text.as_bytes(), &Catalog::new(office), Mode::Final, |_| {
                Err(Unread::Failed(String::new()))
            });
        let case =
            read.case.unwrap_or_else(|| panic!("{}", plain(&read.diagnostics, &read.sources)));
        assert_eq!(case.organ.contact, ["Địa chỉ: số 1"]);
        case.shows_contact
    };
    assert!(!shows("", "") && shows("lien_he: co\n", "") && shows("", "lien_he: co\n"));
    assert!(!shows("lien_he: co\n", "lien_he: khong\n"));
}
