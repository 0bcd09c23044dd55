//! A text, and what is said about it.

mod forms;
mod good;
mod hostile;
mod mended;
mod values;
mod yaml;

use std::collections::BTreeMap;

use expect_test::Expect;

use super::{Catalog, Mode, Read, Unread, read_texts};
use crate::diag::plain;
use crate::templates::Templates;

/// A small office: one type of document, one wording with a field of every kind.
pub fn office() -> Templates {
    Templates::default()
        .with("bao_cao/loai.yaml", "ten: Báo cáo\nky_hieu: BC\nmau: \"1.4\"\nkinh_gui: len_tren\n")
        .with("bao_cao/noi_dung.md", "Không hỏi gì.\n")
        .with("bao_cao/du_an.md", WORDING)
        .with("thong_bao/loai.yaml", "ten: Thông báo\nky_hieu: TB\nmau: \"1.4\"\nkinh_gui: khong\n")
        .with("thong_bao/noi_dung.md", "Không hỏi gì.\n")
        .with("thong_bao/kem_quy_che.md", "Điều 1. Ban hành.\n\n[kem_theo]\n\nNội dung.\n")
        .with("chung/co_quan.yaml", ORGANS)
}

const WORDING: &str = "\
---
mo_ta: Báo cáo dự án
danh_so: [\"1.\", \"a)\", \"-\"]
truong:
  - {khoa: thuc_hien, kieu: van_ban, bat_buoc: co, mo_ta: Văn bản yêu cầu báo cáo}
  - {khoa: linh_vuc, kieu: chu, bat_buoc: co, mo_ta: Lĩnh vực, vi_du: công nghệ thông tin}
  - {khoa: von, kieu: so, mo_ta: Tổng vốn}
  - {khoa: den_ngay, kieu: ngay, mo_ta: Ngày chốt số liệu}
  - {khoa: kho_khan, kieu: doan, bat_buoc: co, mo_ta: \"Khó khăn, vướng mắc\"}
  - {khoa: kien_nghi, kieu: danh_sach, mo_ta: Kiến nghị}
  - khoa: du_an
    kieu: danh_sach
    mo_ta: Dự án
    truong:
      - {khoa: ten, kieu: chu, bat_buoc: co, mo_ta: Tên dự án}
      - {khoa: von, kieu: so, mo_ta: Vốn}
---
Thực hiện.
";

const ORGANS: &str = "\
ubnd_tinh_kien_giang:
  - ten: |
      Ủy ban nhân dân
      tỉnh Kiên Giang
    ten_trong_cau: UBND tỉnh Kiên Giang
    ky_hieu: UBND
    dia_danh: Kiên Giang
    den_ngay: 30/6/2025
ubnd_tinh_an_giang:
  - ten: ỦY BAN NHÂN DÂN TỈNH AN GIANG
    ten_trong_cau: UBND tỉnh An Giang
    ky_hieu: UBND
    dia_danh: An Giang
";

/// The Kiên Giang report, shortened.
pub const GOOD: &str = "\
phien_ban: 1
loai: bao_cao
mau: du_an
co_quan: ubnd_tinh_kien_giang
so: 325
ngay: 16/8/2022
trich_yeu: Về tình hình thực hiện và giải ngân các dự án
huong: len_tren
kinh_gui:
  - Bộ Kế hoạch và Đầu tư;
  - Bộ Thông tin và Truyền thông.
noi_dung:
  thuc_hien: {loai: Công văn, so_ky_hieu: 4691/BKHĐT-KCHTĐT, ngay: 12/7/2022, co_quan: Bộ Kế hoạch và Đầu tư, trich_yeu: báo cáo tình hình}
  linh_vuc: công nghệ thông tin
  von: 53.652
  den_ngay: 31/7/2022
  kho_khan: |
    Do diễn biến phức tạp của đại dịch.

    - Thủ tục: nhiều bước.
  kien_nghi:
    - Bố trí vốn
  du_an:
    - {ten: Cổng dữ liệu số, von: 14.906}
nguoi_ky:
  thay_mat: Ủy ban nhân dân
  ky_thay: CHỦ TỊCH
  chuc_vu: PHÓ CHỦ TỊCH
  ho_ten: Nguyễn Thanh Nhân
noi_nhan:
  - Như trên;
  - \"Các Sở: Tài chính, Kế hoạch và Đầu tư\"
  - LĐVP, P. KT;
luu: {noi_luu: VT, nguoi_soan: nkguyen, so_ban: 01b}
phu_luc:
  - tieu_de: DANH MỤC CÁC DỰ ÁN
    kho_giay: ngang
    don_vi_tinh: triệu đồng
    cot:
      - {khoa: stt, ten: STT, kieu: stt}
      - {khoa: ten_du_an, ten: Tên dự án, rong: 4}
      - ten: Kế hoạch
        cot:
          - {khoa: kh, ten: Tổng số, kieu: so, tong_cua: [kh_tw, kh_dp]}
          - {khoa: kh_tw, ten: NSTW, kieu: so}
          - {khoa: kh_dp, ten: NSĐP, kieu: so}
    nhom:
      - {khoa: cu, ten: Đang thực hiện}
      - {khoa: moi, ten: Đề xuất, cong: co}
    dong:
      - {nhom: cu, stt: 1, ten_du_an: Hạ tầng, kh_dp: 29.747}
      - {nhom: moi, ten_du_an: Hội nghị truyền hình, kh_dp: 25.000}
    tong: {nhan: TỔNG SỐ, vi_tri: dau, pham_vi: tat_ca, khai: {kh: 53.652}}
chap_nhan:
  - id: tong-khong-khop
    tai: phu_luc[0].tong
    ly_do: Số liệu đã in trong văn bản giấy
";

pub fn read(text: &str, mode: Mode) -> Read {
    with_files(text, mode, &[])
}

pub fn with_files(text: &str, mode: Mode, files: &[(&str, &str)]) -> Read {
    let files: BTreeMap<&str, &str> = files.iter().copied().collect();
    read_texts("ho_so.yaml", text.as_bytes(), &Catalog::new(office()), mode, |name| {
        let found = files.get(name).map(|text| text.as_bytes().to_vec());
        found.ok_or_else(|| Unread::Failed("không có tệp này".to_owned()))
    })
}

/// The findings about a text.
pub fn found(text: &str, expected: &Expect) {
    let read = read(text, Mode::Final);
    let told = plain(&read.diagnostics, &read.sources);
    expected.assert_eq(&told);
}

/// The findings when one line of the good case is written otherwise.
pub fn changed(from: &str, to: &str, expected: &Expect) {
    assert!(GOOD.contains(from), "{from}");
    found(&GOOD.replacen(from, to, 1), expected);
}
