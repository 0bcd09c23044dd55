//! The rules, in the order they report.

mod bang_khong_dat;
mod bang_khong_dong;
mod bang_khong_vua;
mod chinh_ta;
mod cho_trong_con_sot;
mod chu_lap;
mod cot_trong;
mod dau_cau;
mod dieu_kien_khong_dung;
mod dong_la_tong;
mod hai_chuc_vu;
mod hieu_ty_le_khong_khop;
mod kho_giay_a3;
mod khoi_qua_trang;
mod khong_co_chu;
mod kinh_gui_sai_loai;
mod lien_he_khong_vua;
mod lien_ket_khong_nhac;
mod muc_dinh_lien;
mod ngay_khong_co;
mod ngay_nghi;
mod ngay_sau_van_ban;
mod nhu_dieu_khong_khop;
mod nhu_tren_khong_khop;
mod noi_nhan_trung;
mod o_dan_nhieu_cot;
mod phu_luc_khong_nhac;
mod so_trong_loi_khac_bang;
mod so_trong_tieu_de;
mod thieu_can_cu;
mod thieu_dau_ket_thuc;
mod tong_hang_khong_khop;
mod tong_khong_khop;
mod tong_lech_lam_tron;
mod tong_nhom_khong_khop;
mod trich_yeu_sai_dang;

use super::Rule;

/// Every rule. A new rule is one file and one line here.
pub const RULES: &[&Rule] = &[
    &kinh_gui_sai_loai::RULE,
    &nhu_tren_khong_khop::RULE,
    &nhu_dieu_khong_khop::RULE,
    &noi_nhan_trung::RULE,
    &trich_yeu_sai_dang::RULE,
    &ngay_nghi::RULE,
    &thieu_can_cu::RULE,
    &thieu_dau_ket_thuc::RULE,
    &phu_luc_khong_nhac::RULE,
    &lien_ket_khong_nhac::RULE,
    &dong_la_tong::RULE,
    &tong_khong_khop::RULE,
    &tong_lech_lam_tron::RULE,
    &tong_nhom_khong_khop::RULE,
    &tong_hang_khong_khop::RULE,
    &hieu_ty_le_khong_khop::RULE,
    &so_trong_loi_khac_bang::RULE,
    &dieu_kien_khong_dung::RULE,
    &bang_khong_dat::RULE,
    &bang_khong_dong::RULE,
    &bang_khong_vua::RULE,
    &khoi_qua_trang::RULE,
    &cot_trong::RULE,
    &kho_giay_a3::RULE,
    &lien_he_khong_vua::RULE,
    &cho_trong_con_sot::RULE,
    &so_trong_tieu_de::RULE,
    &muc_dinh_lien::RULE,
    &o_dan_nhieu_cot::RULE,
    &ngay_khong_co::RULE,
    &ngay_sau_van_ban::RULE,
    &hai_chuc_vu::RULE,
    &chu_lap::RULE,
    &dau_cau::RULE,
    &chinh_ta::RULE,
    &khong_co_chu::RULE,
];

/// The plain text of the document's body: every paragraph of the first section.
fn body_text(document: &crate::doc::Document) -> String {
    text_of(document.sections.first().into_iter())
}

/// The same of the document that is attached to it, in the section after its own.
fn attached_text(subject: super::Subject<'_>) -> Option<String> {
    subject.case.attached.as_ref()?;
    Some(text_of(subject.document.sections.get(1..2)?.iter()))
}

/// The same with the appendices.
fn all_text(document: &crate::doc::Document) -> String {
    text_of(document.sections.iter())
}

fn text_of<'d>(sections: impl Iterator<Item = &'d crate::doc::Section>) -> String {
    use crate::doc::Block;
    let lines = sections.flat_map(|section| &section.blocks).filter_map(|block| match block {
        Block::Paragraph(paragraph) => Some(paragraph.plain()),
        Block::Rule(_) | Block::Grid(_) | Block::Table(_) => None,
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
pub(crate) mod testing;
