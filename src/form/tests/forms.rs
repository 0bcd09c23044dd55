//! Each form of PL III: what stands in the case, and what is laid out.

use expect_test::{Expect, expect};

use super::{body, show};
use crate::case::{Catalog, Mode, Unread, read_texts};
use crate::doc::{Color, Document, Length};
use crate::form::{Stage, document, styles};
use crate::nd30::Preset;
use crate::templates::Templates;

/// Each type as its `loai.yaml` says it: folder, name, code, form, Kính gửi.
const TYPES: [(&str, &str, &str, &str, &str); 10] = [
    ("nghi_quyet", "Nghị quyết", "NQ", "1.1", "khong"),
    ("quyet_dinh", "Quyết định", "QĐ", "1.2", "khong"),
    ("quyet_dinh_ban_hanh", "Quyết định", "QĐ", "1.3", "khong"),
    ("to_trinh", "Tờ trình", "TTr", "1.4", "luon"),
    ("cong_van", "Công văn", "", "1.5", "luon"),
    ("cong_dien", "Công điện", "CĐ", "1.6", "luon"),
    ("giay_moi", "Giấy mời", "GM", "1.7", "khong"),
    ("giay_gioi_thieu", "Giấy giới thiệu", "GGT", "1.8", "khong"),
    ("bien_ban", "Biên bản", "BB", "1.9", "khong"),
    ("giay_nghi_phep", "Giấy nghỉ phép", "GNP", "1.10", "khong"),
];

fn office() -> Templates {
    TYPES.iter().fold(Templates::default(), |office, (folder, name, code, form, to)| {
        let code = if code.is_empty() { String::new() } else { format!("ky_hieu: {code}\n") };
        let said = format!("ten: {name}\n{code}mau: \"{form}\"\nkinh_gui: {to}\n");
        office
            .with(&format!("{folder}/loai.yaml"), &said)
            .with(&format!("{folder}/noi_dung.md"), "Không hỏi gì.\n")
    })
}

/// What every case below has; its own lines come before.
const COMMON: &str = "
co_quan_khac:
  chu_quan: ỦY BAN NHÂN DÂN TỈNH AN GIANG
  ten: SỞ NỘI VỤ
  ten_trong_cau: Sở Nội vụ tỉnh An Giang
  ky_hieu: SNV
  dia_danh: An Giang
so: 7
ngay: 12/12/2025
luu: {noi_luu: VT}
";

fn laid_out(case: &str, stage: Stage) -> Document {
    let mode = match stage {
        Stage::Draft => Mode::Draft,
        Stage::Final => Mode::Final,
    };
    let case = format!("{case}{COMMON}");
    let read = read_texts("ho_so.yaml", case.as_bytes(), &Catalog::new(office()), mode, |_| {
        Err(Unread::Outside)
    });
    let told = crate::diag::plain(&read.diagnostics, &read.sources);
    let case = read.case.unwrap_or_else(|| panic!("{told}"));
    document(&case, &body(&["Hết./."]), &Preset::default(), stage)
}

/// The case without Quốc hiệu and agency, which are the same in every form.
fn check(case: &str, expected: &Expect) {
    shown(&laid_out(case, Stage::Final), expected);
}

fn shown(document: &Document, expected: &Expect) {
    let mut out = format!("({})\n", document.meta.title);
    show(&document.sections[0].blocks, &mut out);
    let own: Vec<&str> = out.split_inclusive('\n').collect();
    let (title, rest) = own.split_at(1);
    expected.assert_eq(&[title, &rest[6..]].concat().concat());
}

#[test]
fn a_resolution_is_the_collectives_whoever_signs() {
    check(
        "\
loai: nghi_quyet
trich_yeu: Về việc thành lập Đoàn giám sát
can_cu:
  - Căn cứ Luật Tổ chức chính quyền địa phương
  - Xét Tờ trình số 11/TTr-TTHĐND
nguoi_ky: {chuc_vu: Chủ tịch, ho_ten: Lê Hoàng Nam}
noi_nhan:
  - Như Điều 3",
        &expect![[r#"
            (NGHỊ QUYẾT Về việc thành lập Đoàn giám sát)
            SoKyHieu: Số: 07/NQ-SNV
            DiaDanhThoiGian: An Giang, ngày 12 tháng 12 năm 2025
            TenLoai: NGHỊ QUYẾT
            TrichYeu: Về việc thành lập Đoàn giám sát
            — 28.6 mm
            ThamQuyenBanHanh: SỞ NỘI VỤ
            CanCu: Căn cứ Luật Tổ chức chính quyền địa phương;
            CanCu: Xét Tờ trình số 11/TTr-TTHĐND.
            LoiBanHanh: QUYẾT NGHỊ:
            NoiDung: Hết./.
            NoiNhan: Nơi nhận:
            NoiNhanDong: - Như Điều 3;
            NoiNhanDong: - Lưu: VT.
            QuyenHanChucVu: CHỦ TỊCH
            HoTen: Lê Hoàng Nam
        "#]],
    );
}

const DECISION: &str = "\
trich_yeu: Về việc ban hành Quy chế làm việc
can_cu:
  - Theo đề nghị của Chánh Văn phòng
nguoi_ky: {ky_thay: Giám đốc, chuc_vu: Phó Giám đốc, ho_ten: Trần Minh Khoa}
noi_nhan:
  - Như Điều 3";

#[test]
fn a_decision_names_the_head_by_whose_authority_it_is_issued() {
    check(
        &format!("loai: quyet_dinh\n{DECISION}"),
        &expect![[r#"
            (QUYẾT ĐỊNH Về việc ban hành Quy chế làm việc)
            SoKyHieu: Số: 07/QĐ-SNV
            DiaDanhThoiGian: An Giang, ngày 12 tháng 12 năm 2025
            TenLoai: QUYẾT ĐỊNH
            TrichYeu: Về việc ban hành Quy chế làm việc
            — 30.9 mm
            ThamQuyenBanHanh: GIÁM ĐỐC SỞ NỘI VỤ
            CanCu: Theo đề nghị của Chánh Văn phòng.
            LoiBanHanh: QUYẾT ĐỊNH:
            NoiDung: Hết./.
            NoiNhan: Nơi nhận:
            NoiNhanDong: - Như Điều 3;
            NoiNhanDong: - Lưu: VT.
            QuyenHanChucVu: KT. GIÁM ĐỐC
            QuyenHanChucVu: PHÓ GIÁM ĐỐC
            HoTen: Trần Minh Khoa
        "#]],
    );
}

#[test]
fn a_decision_that_issues_another_document_is_laid_out_like_one_that_does_not() {
    let direct = laid_out(&format!("loai: quyet_dinh\n{DECISION}"), Stage::Final);
    let indirect = laid_out(&format!("loai: quyet_dinh_ban_hanh\n{DECISION}"), Stage::Final);
    assert_eq!(direct, indirect);
}

#[test]
fn an_authority_of_the_clerks_own_stands_as_written_in_capitals() {
    let own = laid_out(
        &format!("loai: quyet_dinh\ntham_quyen: Giám đốc Sở Nội vụ tỉnh An Giang\n{DECISION}"),
        Stage::Final,
    );
    let mut out = String::new();
    show(&own.sections[0].blocks, &mut out);
    assert!(out.contains("ThamQuyenBanHanh: GIÁM ĐỐC SỞ NỘI VỤ TỈNH AN GIANG\n"), "{out}");
}

#[test]
fn a_letter_has_its_subject_under_the_number_and_no_type() {
    check(
        "\
loai: cong_van
don_vi: VP
trich_yeu: báo cáo công tác văn thư năm 2025
do_khan: thuong_khan
kinh_gui:
  - Các phòng thuộc Sở
nguoi_ky: {thua_lenh: Giám đốc, chuc_vu: Chánh Văn phòng, ho_ten: Phạm Văn Bình}
noi_nhan:
  - Như trên",
        &expect![[r#"
            (Công văn số 07/SNV-VP V/v báo cáo công tác văn thư năm 2025)
            SoKyHieu: Số: 07/SNV-VP
            TrichYeuCongVan: V/v báo cáo công tác văn thư năm 2025
            DoKhan: THƯỢNG KHẨN
            DiaDanhThoiGian: An Giang, ngày 12 tháng 12 năm 2025
            KinhGui: Kính gửi: Các phòng thuộc Sở
            NoiDung: Hết./.
            NoiNhan: Nơi nhận:
            NoiNhanDong: - Như trên;
            NoiNhanDong: - Lưu: VT.
            QuyenHanChucVu: TL. GIÁM ĐỐC
            QuyenHanChucVu: CHÁNH VĂN PHÒNG
            HoTen: Phạm Văn Bình
        "#]],
    );
}

#[test]
fn a_telegram_lists_those_it_goes_to() {
    check(
        "\
loai: cong_dien
trich_yeu: Về việc ứng phó mưa lớn
do_khan: hoa_toc
kinh_gui:
  - Các phòng thuộc Sở
  - Trung tâm Lưu trữ lịch sử
nguoi_ky: {chuc_vu: Giám đốc, ho_ten: Trần Văn A}
noi_nhan:
  - Như trên",
        &expect![[r#"
            (CÔNG ĐIỆN Về việc ứng phó mưa lớn)
            SoKyHieu: Số: 07/CĐ-SNV
            DoKhan: HỎA TỐC
            DiaDanhThoiGian: An Giang, ngày 12 tháng 12 năm 2025
            TenLoai: CÔNG ĐIỆN
            TrichYeu: Về việc ứng phó mưa lớn
            — 22.1 mm
            CoQuanDien: GIÁM ĐỐC SỞ NỘI VỤ điện:
            NoiKinhGui: - Các phòng thuộc Sở;
            NoiKinhGui: - Trung tâm Lưu trữ lịch sử.
            NoiDung: Hết./.
            NoiNhan: Nơi nhận:
            NoiNhanDong: - Như trên;
            NoiNhanDong: - Lưu: VT.
            QuyenHanChucVu: GIÁM ĐỐC
            HoTen: Trần Văn A
        "#]],
    );
}

#[test]
fn an_invitation_has_no_addressee() {
    check(
        "\
loai: giay_moi
trich_yeu: Dự Hội nghị tổng kết năm 2025
nguoi_ky: {chuc_vu: Giám đốc, ho_ten: Trần Văn A}
noi_nhan:
  - Như thành phần mời",
        &expect![[r#"
            (GIẤY MỜI Dự Hội nghị tổng kết năm 2025)
            SoKyHieu: Số: 07/GM-SNV
            DiaDanhThoiGian: An Giang, ngày 12 tháng 12 năm 2025
            TenLoai: GIẤY MỜI
            TrichYeu: Dự Hội nghị tổng kết năm 2025
            — 27.8 mm
            NoiDung: Hết./.
            NoiNhan: Nơi nhận:
            NoiNhanDong: - Như thành phần mời;
            NoiNhanDong: - Lưu: VT.
            QuyenHanChucVu: GIÁM ĐỐC
            HoTen: Trần Văn A
        "#]],
    );
}

#[test]
fn a_letter_of_introduction_prints_no_subject() {
    check(
        "\
loai: giay_gioi_thieu
nguoi_ky: {chuc_vu: Giám đốc, ho_ten: Trần Văn A}
noi_nhan:
  - Như trên",
        &expect![[r#"
            (GIẤY GIỚI THIỆU số 07/GGT-SNV)
            SoKyHieu: Số: 07/GGT-SNV
            DiaDanhThoiGian: An Giang, ngày 12 tháng 12 năm 2025
            TenLoai: GIẤY GIỚI THIỆU
            — 18.0 mm
            NoiDung: Hết./.
            NoiNhan: Nơi nhận:
            NoiNhanDong: - Như trên;
            NoiNhanDong: - Lưu: VT.
            QuyenHanChucVu: GIÁM ĐỐC
            HoTen: Trần Văn A
        "#]],
    );
}

#[test]
fn minutes_have_no_place_and_date_and_are_signed_by_two() {
    check(
        "\
loai: bien_ban
trich_yeu: Họp rà soát tiến độ
nguoi_ky: {ho_ten: Trần Minh Khoa}
thu_ky: {ho_ten: Lê Thị Hạnh}
noi_nhan:
  - Lãnh đạo Sở",
        &expect![[r#"
            (BIÊN BẢN Họp rà soát tiến độ)
            SoKyHieu: Số: 07/BB-SNV
            TenLoai: BIÊN BẢN
            TrichYeu: Họp rà soát tiến độ
            — 16.9 mm
            NoiDung: Hết./.
            QuyenHanChucVu: THƯ KÝ
            HoTen: Lê Thị Hạnh
            QuyenHanChucVu: CHỦ TỌA
            HoTen: Trần Minh Khoa
            NoiNhan: Nơi nhận:
            NoiNhanDong: - Lãnh đạo Sở;
            NoiNhanDong: - Lưu: VT.
        "#]],
    );
}

#[test]
fn under_a_leave_permit_there_is_room_for_a_confirmation() {
    check(
        "\
loai: giay_nghi_phep
trich_yeu: Nghỉ phép năm 2026
nguoi_ky: {chuc_vu: Giám đốc, ho_ten: Trần Văn A}
noi_nhan:
  - Bà Nguyễn Thị Mai",
        &expect![[r#"
            (GIẤY NGHỈ PHÉP số 07/GNP-SNV Nghỉ phép năm 2026)
            SoKyHieu: Số: 07/GNP-SNV
            DiaDanhThoiGian: An Giang, ngày 12 tháng 12 năm 2025
            TenLoai: GIẤY NGHỈ PHÉP
            — 17.5 mm
            NoiDung: Hết./.
            NoiNhan: Nơi nhận:
            NoiNhanDong: - Bà Nguyễn Thị Mai;
            NoiNhanDong: - Lưu: VT.
            QuyenHanChucVu: GIÁM ĐỐC
            HoTen: Trần Văn A
            XacNhan: Xác nhận của cơ quan, tổ chức hoặc chính quyền địa phương nơi nghỉ phép (nếu cần)
            ChoKyXacNhan: 
        "#]],
    );
}

#[test]
fn a_draft_shows_the_gaps_of_every_form() {
    for (folder, ..) in TYPES {
        let document = laid_out(&format!("loai: {folder}"), Stage::Draft);
        let mut out = String::new();
        show(&document.sections[0].blocks, &mut out);
        assert!(out.contains("HoTen: [thiếu: nguoi_ky.ho_ten]\n"), "{folder}: {out}");
        let secretary = out.contains("HoTen: [thiếu: thu_ky.ho_ten]\n");
        assert_eq!(secretary, folder == "bien_ban", "{out}");
        let addressee = out.contains("[thiếu: kinh_gui]");
        assert_eq!(addressee, matches!(folder, "to_trinh" | "cong_van" | "cong_dien"), "{out}");
    }
}

#[test]
fn the_frame_of_urgency_is_red_and_as_wide_as_the_decree_says() {
    for (written, wide) in [("hoa_toc", 30), ("thuong_khan", 40), ("khan", 20)] {
        let case = format!("loai: quyet_dinh\ndo_khan: {written}\n{DECISION}");
        let document = laid_out(&case, Stage::Draft);
        let style = document.style(styles::URGENCY);
        assert_eq!(style.color, Some(Color::RED));
        let column = match &document.sections[0].blocks[0] {
            crate::doc::Block::Grid(grid) => grid.columns[0],
            block => panic!("{block:?}"),
        };
        let off = column - style.left - style.right - Length::mm(wide);
        assert!(off.to_mm().abs() < 0.01, "{written}: {off:?}");
        // Half a point of line above and below, as Word draws it.
        let high = style.pitch() + style.box_air.0 + style.box_air.1;
        let high = (high + Length::pt(1)).to_mm();
        assert!((high - 8.0).abs() < 0.2, "{high}");
    }
}
