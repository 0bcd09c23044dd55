//! Correct cases, written in the ways that clerks write.

use expect_test::expect;

use super::*;
use crate::case::Blank;
use crate::model::IssuedDate;

fn case(text: &str) -> crate::model::Case {
    let read = read(text, Mode::Final);
    assert_eq!(plain(&read.diagnostics, &read.sources), "");
    read.case.unwrap()
}

#[test]
fn a_correct_case_is_read_whole() {
    let case = case(GOOD);
    expect![[r#"
        Case {
            document_type: DocumentType {
                key: "bao_cao",
                name: "Báo cáo",
                code: Some(
                    "BC",
                ),
                form: Named,
                addressing: Upward,
                contact: false,
            },
            wording: "du_an",
            organ: Organ {
                superior: None,
                name: "ỦY BAN NHÂN DÂN\nTỈNH KIÊN GIANG",
                short_name: "UBND tỉnh Kiên Giang",
                code: "UBND",
                place: "Kiên Giang",
                contact: [],
            },
            number: Some(
                Number {
                    value: 325,
                    letter: None,
                },
            ),
            notation: CodeNotation(
                "BC-UBND",
            ),
            date: Whole(
                2022-08-16,
            ),
            calendar_day: None,
            urgency: None,
            subject: "Về tình hình thực hiện và giải ngân các dự án",
            direction: Some(
                Up,
            ),
            to: [
                "Bộ Kế hoạch và Đầu tư",
                "Bộ Thông tin và Truyền thông",
            ],
            own_authority: None,
            bases: [],
            content: {
                "den_ngay": Date(
                    2022-07-31,
                ),
                "du_an": List(
                    [
                        Record(
                            {
                                "ten": Text(
                                    "Cổng dữ liệu số",
                                ),
                                "von": Amount(
                                    Amount(
                                        14906,
                                    ),
                                ),
                            },
                        ),
                    ],
                ),
                "kho_khan": Passages(
                    "Do diễn biến phức tạp của đại dịch.\n\n- Thủ tục: nhiều bước.",
                ),
                "kien_nghi": List(
                    [
                        Text(
                            "Bố trí vốn",
                        ),
                    ],
                ),
                "linh_vuc": Text(
                    "công nghệ thông tin",
                ),
                "thuc_hien": Cited(
                    CitedDocument {
                        type_name: "Công văn",
                        code: "4691/BKHĐT-KCHTĐT",
                        date: Some(
                            2022-07-12,
                        ),
                        organ: "Bộ Kế hoạch và Đầu tư",
                        subject: "báo cáo tình hình",
                    },
                ),
                "von": Amount(
                    Amount(
                        53652,
                    ),
                ),
            },
            signer: Signer {
                lines: [
                    "TM. ỦY BAN NHÂN DÂN",
                    "KT. CHỦ TỊCH",
                    "PHÓ CHỦ TỊCH",
                ],
                full_name: "Nguyễn Thanh Nhân",
            },
            secretary: None,
            recipients: [
                "Như trên",
                "Các Sở: Tài chính, Kế hoạch và Đầu tư",
                "LĐVP, P. KT",
            ],
            archive: ArchiveLine {
                kept_by: "VT",
                drafter: Some(
                    "nkguyen",
                ),
                copies: Some(
                    "01b",
                ),
                issued_copies: None,
            },
            circulation: None,
            shows_contact: false,
            tables: [],
            appendices: [
                Appendix {
                    title: "DANH MỤC CÁC DỰ ÁN",
                    paper: A4,
                    orientation: Landscape,
                    text: None,
                    table: Some(
                        Table {
                            unit: Some(
                                "triệu đồng",
                            ),
                            columns: [
                                Column {
                                    key: "stt",
                                    name: "STT",
                                    unit: None,
                                    kind: Ordinal,
                                    weight: None,
                                    upright: None,
                                    align: None,
                                    formula: None,
                                    decimals: None,
                                    columns: [],
                                },
                                Column {
                                    key: "ten_du_an",
                                    name: "Tên dự án",
                                    unit: None,
                                    kind: Text,
                                    weight: Some(
                                        4,
                                    ),
                                    upright: None,
                                    align: None,
                                    formula: None,
                                    decimals: None,
                                    columns: [],
                                },
                                Column {
                                    key: "",
                                    name: "Kế hoạch",
                                    unit: None,
                                    kind: Text,
                                    weight: None,
                                    upright: None,
                                    align: None,
                                    formula: None,
                                    decimals: None,
                                    columns: [
                                        Column {
                                            key: "kh",
                                            name: "Tổng số",
                                            unit: None,
                                            kind: Amount,
                                            weight: None,
                                            upright: None,
                                            align: None,
                                            formula: Sum(
                                                [
                                                    "kh_tw",
                                                    "kh_dp",
                                                ],
                                            ),
                                            decimals: None,
                                            columns: [],
                                        },
                                        Column {
                                            key: "kh_tw",
                                            name: "NSTW",
                                            unit: None,
                                            kind: Amount,
                                            weight: None,
                                            upright: None,
                                            align: None,
                                            formula: None,
                                            decimals: None,
                                            columns: [],
                                        },
                                        Column {
                                            key: "kh_dp",
                                            name: "NSĐP",
                                            unit: None,
                                            kind: Amount,
                                            weight: None,
                                            upright: None,
                                            align: None,
                                            formula: None,
                                            decimals: None,
                                            columns: [],
                                        },
                                    ],
                                },
                            ],
                            numbered_columns: false,
                            folds_blank_columns: None,
                            groups: [
                                Group {
                                    key: "cu",
                                    name: "Đang thực hiện",
                                    total: None,
                                    parent: None,
                                },
                                Group {
                                    key: "moi",
                                    name: "Đề xuất",
                                    total: Computed,
                                    parent: None,
                                },
                            ],
                            rows: [
                                Row {
                                    group: Some(
                                        0,
                                    ),
                                    cells: [
                                        Blank,
                                        Text(
                                            "Hạ tầng",
                                        ),
                                        Blank,
                                        Blank,
                                        Amount(
                                            Amount(
                                                29747,
                                            ),
                                        ),
                                    ],
                                },
                                Row {
                                    group: Some(
                                        1,
                                    ),
                                    cells: [
                                        Blank,
                                        Text(
                                            "Hội nghị truyền hình",
                                        ),
                                        Blank,
                                        Blank,
                                        Amount(
                                            Amount(
                                                25000,
                                            ),
                                        ),
                                    ],
                                },
                            ],
                            total: Some(
                                Total {
                                    label: "TỔNG SỐ",
                                    place: First,
                                    declared: {
                                        "kh": Amount(
                                            53652,
                                        ),
                                    },
                                },
                            ),
                            origin: Case,
                            constraints: [],
                        },
                    ),
                    volume_rows: None,
                },
            ],
            attached: None,
            replaces: None,
            corrects: None,
            accepted: [
                Accepted {
                    id: "tong-khong-khop",
                    at: "phu_luc[0].tong",
                    reason: "Số liệu đã in trong văn bản giấy",
                },
            ],
        }"#]]
    .assert_eq(&format!("{case:#?}"));
}

#[test]
fn line_ends_and_a_mark_of_windows_make_no_difference() {
    let windows = format!("\u{feff}{}", GOOD.replace('\n', "\r\n"));
    assert_eq!(case(&windows), case(GOOD));
}

#[test]
fn a_value_may_be_quoted_folded_or_left_over_two_lines() {
    let plain = "trich_yeu: Về tình hình thực hiện và giải ngân các dự án";
    for written in [
        "trich_yeu: \"Về tình hình thực hiện và giải ngân các dự án\"",
        "\"trich_yeu\": 'Về tình hình thực hiện và giải ngân các dự án'",
        "trich_yeu: >\n  Về tình hình thực hiện\n  và giải ngân các dự án",
        "trich_yeu: |-\n  Về tình hình thực hiện\n  và giải ngân các dự án\n",
        "trich_yeu: Về tình hình\n  thực hiện và giải ngân các dự án",
        "trich_yeu:\n  Về tình hình thực hiện và giải ngân các dự án",
        "trich_yeu: \"Về tình hình\n  thực hiện và giải ngân các dự án\"   # ghi chú",
        "trich_yeu: Về tình hình thực hiện và giải ngân các dự án # ghi chú: đã duyệt",
        "# ghi chú: a\n\ntrich_yeu: Về tình hình thực hiện và giải ngân các dự án   ",
    ] {
        assert_eq!(case(&GOOD.replace(plain, written)).subject, case(GOOD).subject, "{written}");
    }
}

#[test]
fn lists_may_stand_at_the_indent_of_their_key() {
    let text = GOOD
        .replace("noi_nhan:\n  - Như trên;\n  - \"Các", "noi_nhan:\n- Như trên;\n- \"Các")
        .replace("  - LĐVP", "- LĐVP");
    assert_eq!(case(&text), case(GOOD));
}

#[test]
fn curly_brackets_may_run_over_lines() {
    let text = GOOD.replace(
        "luu: {noi_luu: VT, nguoi_soan: nkguyen, so_ban: 01b}",
        "luu: {\n  noi_luu: VT, # ghi chú\n  nguoi_soan: \"nkguyen\",\n  so_ban: 01b\n}",
    );
    assert_eq!(case(&text), case(GOOD));
}

#[test]
fn curly_quotes_and_colons_within_words_are_text() {
    let text =
        GOOD.replace("Về tình hình", "Về “tình hình” lúc 7:30, mục 4:a, tỷ lệ 1:2 và #3.A&B*");
    let text = text.replace("7:30, mục 4:a, tỷ lệ 1:2 và #3", "7:30, mục 4:a, tỷ lệ 1:2 và số#3");
    assert_eq!(
        case(&text).subject,
        "Về “tình hình” lúc 7:30, mục 4:a, tỷ lệ 1:2 và số#3.A&B* thực hiện và giải ngân các dự án"
    );
}

#[test]
fn a_date_may_lack_its_day_or_be_blank() {
    let dated = |date: &str| case(&GOOD.replace("16/8/2022", date)).date;
    assert_eq!(dated("/8/2022"), IssuedDate::NoDay { year: 2022, month: 8 });
    assert_eq!(dated("…/08/2022"), IssuedDate::NoDay { year: 2022, month: 8 });
    let undated = GOOD.replace("ngay: 16/8/2022", "ngay:").replace("kien_giang", "an_giang");
    assert_eq!(case(&undated).date, IssuedDate::Blank);
    assert_eq!(case(&undated).organ.place, "An Giang");
}

#[test]
fn a_number_keeps_its_zero_and_letter() {
    let numbered = |number: &str| case(&GOOD.replace("so: 325", number)).code();
    assert_eq!(numbered("so: 05"), "05/BC-UBND");
    assert_eq!(numbered("so: 5"), "05/BC-UBND");
    assert_eq!(numbered("so: 325a"), "325a/BC-UBND");
    assert!(numbered("so:").ends_with("\u{a0}/BC-UBND"));
}

#[test]
fn signature_lines_are_derived() {
    let stack = "  thay_mat: Ủy ban nhân dân\n  ky_thay: CHỦ TỊCH\n  chuc_vu: PHÓ CHỦ TỊCH\n";
    let lines = |written: &str| case(&GOOD.replace(stack, written)).signer.lines.join(" / ");
    assert_eq!(lines("  chuc_vu: Bộ trưởng\n"), "BỘ TRƯỞNG");
    assert_eq!(
        lines("  ky_thay: Bộ trưởng\n  chuc_vu: Thứ trưởng\n"),
        "KT. BỘ TRƯỞNG / THỨ TRƯỞNG"
    );
    assert_eq!(
        lines("  thua_lenh: CHỦ TỊCH\n  chuc_vu: CHÁNH VĂN PHÒNG\n"),
        "TL. CHỦ TỊCH / CHÁNH VĂN PHÒNG"
    );
    assert_eq!(
        lines("  thua_lenh: BỘ TRƯỞNG\n  ky_thay: VỤ TRƯỞNG\n  chuc_vu: PHÓ VỤ TRƯỞNG\n"),
        "TL. BỘ TRƯỞNG / KT. VỤ TRƯỞNG / PHÓ VỤ TRƯỞNG"
    );
    assert_eq!(
        lines("  thua_uy_quyen: CHỦ TỊCH\n  chuc_vu: GIÁM ĐỐC SỞ\n"),
        "TUQ. CHỦ TỊCH / GIÁM ĐỐC SỞ"
    );
    assert_eq!(lines("  quyen: co\n  chuc_vu: GIÁM ĐỐC\n"), "Q. GIÁM ĐỐC");
    assert_eq!(
        lines("  cac_dong:\n    - TM. BAN CHỈ ĐẠO\n    - TRƯỞNG BAN\n"),
        "TM. BAN CHỈ ĐẠO / TRƯỞNG BAN"
    );
}

#[test]
fn an_agency_may_be_written_out() {
    let text = GOOD.replace(
        "co_quan: ubnd_tinh_kien_giang",
        "co_quan_khac:\n  chu_quan: Ủy ban nhân dân tỉnh An Giang\n  ten: |\n    Sở Tài chính\n    tỉnh An Giang\n  ten_trong_cau: Sở Tài chính\n  ky_hieu: STC\n  dia_danh: An Giang",
    );
    let case = case(&text);
    assert_eq!(case.organ.superior.as_deref(), Some("ỦY BAN NHÂN DÂN TỈNH AN GIANG"));
    assert_eq!(case.organ.name, "SỞ TÀI CHÍNH\nTỈNH AN GIANG");
    assert_eq!(case.code(), "325/BC-STC");
}

#[test]
fn rows_of_a_file_are_found_where_they_stand() {
    let start = GOOD.find("    dong:\n").unwrap();
    let end = GOOD.find("    tong:").unwrap();
    let text = format!("{}    dong_tu_tep: {{tep: a.csv}}\n{}", &GOOD[..start], &GOOD[end..]);
    let csv = "nhom,stt,ten_du_an,kh_tw,kh_dp\ncu,1,Hạ tầng,,29.747\nmoi,,\"Hội nghị\",,25.000\n";
    let read = with_files(&text, Mode::Final, &[("a.csv", csv)]);
    assert_eq!(plain(&read.diagnostics, &read.sources), "");
    let route = crate::diag::Route::parse("phu_luc[0].dong[1].kh_dp").unwrap();
    let place = read.sources.find(&route.into()).unwrap();
    assert_eq!(&read.sources.get(place.source).text[place.range], "25.000");
    let table = read.case.unwrap().appendices.remove(0).table.unwrap();
    assert_eq!(table.rows.len(), 2);
    assert_eq!(*table.rows[1].cell(1), crate::model::Cell::Text("Hội nghị".into()));
}

#[test]
fn a_case_to_fill_in_can_be_read_as_a_draft() {
    for document_type in ["bao_cao", "thong_bao"] {
        let catalog = Catalog::new(office());
        let wording = catalog.wordings(document_type)[0];
        let Blank::Made(text) = super::super::blank(document_type, wording, &catalog) else {
            panic!("the office has no samples")
        };
        let read = read(&text, Mode::Draft);
        let faults: Vec<_> =
            read.diagnostics.iter().filter(|found| found.code != "thieu").collect();
        assert!(faults.is_empty(), "{text}\n{faults:#?}");
        assert!(read.case.is_some(), "{text}\n{}", plain(&read.diagnostics, &read.sources));
    }
}

#[test]
fn a_sample_is_for_the_wording_that_it_names() {
    let templates = Templates::default()
        .with("bao_cao/loai.yaml", "")
        .with("bao_cao/ho_so_mau.yaml", "loai: bao_cao\n")
        .with("bao_cao/ho_so_mau_a.yaml", "loai: bao_cao\nmau: giai_ngan # một mẫu\n")
        .with("bao_cao/ho_so_mau_b.yaml", "loai: bao_cao\nmau: \"khac\"\n");
    let catalog = Catalog::new(templates);
    for (wording, sample) in [
        ("noi_dung", "loai: bao_cao\n"),
        ("giai_ngan", "loai: bao_cao\nmau: giai_ngan # một mẫu\n"),
        ("khac", "loai: bao_cao\nmau: \"khac\"\n"),
    ] {
        let blank = super::super::blank("bao_cao", wording, &catalog);
        assert_eq!(blank, Blank::Sample(sample.to_owned()));
    }
    assert!(matches!(super::super::blank("bao_cao", "la", &catalog), Blank::Made(_)));
}

/// What a skeleton offers behind `#` is wanted too.
fn with_offers(skeleton: &str) -> String {
    let taken = |line: &str| {
        let indent = line.len() - line.trim_start().len();
        let rest = line[indent..].strip_prefix("# ").unwrap_or(&line[indent..]);
        format!("{}{rest}\n", &line[..indent])
    };
    skeleton.lines().map(taken).collect()
}

#[test]
fn the_skeleton_of_every_wording_can_be_pasted_into_a_case() {
    for templates in [office(), Templates::embedded()] {
        let catalog = Catalog::new(templates);
        for document_type in catalog.templates().document_types() {
            for wording in catalog.wordings(document_type) {
                let schema = catalog.wording(document_type, wording).unwrap().value.as_ref();
                let skeleton = super::super::fields::skeleton(&schema.unwrap().fields);
                for content in [with_offers(&skeleton), skeleton] {
                    let case = format!("loai: {document_type}\nmau: {wording}\n{content}");
                    let bytes = case.as_bytes();
                    let no_data = |_: &str| Err(Unread::Failed(String::new()));
                    let read = read_texts("ho_so.yaml", bytes, &catalog, Mode::Draft, no_data);
                    // A fact without an example is left for the clerk; all else is accepted.
                    let worse: Vec<_> =
                        read.diagnostics.iter().filter(|found| found.code != "thieu").collect();
                    assert!(worse.is_empty(), "{case}\n{worse:#?}");
                    assert!(read.case.is_some(), "{case}");
                }
            }
        }
    }
}

#[test]
fn a_skeleton_has_the_examples_and_offers_what_may_be_left_out() {
    let catalog = Catalog::new(office());
    let schema = catalog.wording("bao_cao", "du_an").unwrap().value.as_ref().unwrap();
    expect![[r#"
        noi_dung:
          thuc_hien:
            loai: Công văn
            so_ky_hieu: 4691/BKHĐT-KCHTĐT
            ngay: 12/7/2022
            co_quan: Bộ Kế hoạch và Đầu tư
            trich_yeu: về việc báo cáo tình hình
          linh_vuc: công nghệ thông tin
          # von:   # Tổng vốn: số
          # den_ngay:   # Ngày chốt số liệu: ngày/tháng/năm
          kho_khan:   # Khó khăn, vướng mắc: các đoạn văn, viết sau dấu |
          # kien_nghi:   # Kiến nghị: danh sách, mỗi mục một dòng chữ
          # du_an:
          #   - ten:   # Tên dự án: chữ trên một dòng
          #     # von:   # Vốn: số
    "#]]
    .assert_eq(&super::super::fields::skeleton(&schema.fields));
    expect![[r#"
        thuc_hien: văn bản viện dẫn, bắt buộc
            Văn bản yêu cầu báo cáo
            Gồm: `loai` (loại văn bản), `so_ky_hieu` (số, ký hiệu), `ngay` (ngày ban hành), `co_quan` (cơ quan ban hành), `trich_yeu` (trích yếu)
        linh_vuc: chữ trên một dòng, bắt buộc
            Lĩnh vực
            Ví dụ: công nghệ thông tin
        von: số, có thể bỏ
            Tổng vốn
        den_ngay: ngày/tháng/năm, có thể bỏ
            Ngày chốt số liệu
        kho_khan: các đoạn văn, viết sau dấu |, bắt buộc
            Khó khăn, vướng mắc
        kien_nghi: danh sách, mỗi mục một dòng chữ, có thể bỏ
            Kiến nghị
        du_an: danh sách, có thể bỏ; mỗi mục gồm:
            Dự án
            ten: chữ trên một dòng, bắt buộc
                Tên dự án
            von: số, có thể bỏ
                Vốn
    "#]]
    .assert_eq(&super::super::fields::page(&schema.fields));
}

#[test]
fn the_worked_example_is_read_from_its_folder() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("reports/kien_giang_2022");
    let read = super::super::read(&folder, &Catalog::new(Templates::embedded()), Mode::Draft);
    let worse: Vec<_> =
        read.diagnostics.iter().filter(|found| found.code != "thieu").cloned().collect();
    assert_eq!(plain(&worse, &read.sources), "");
    let table = read.case.unwrap().appendices.remove(0).table.unwrap();
    assert_eq!((table.leaves().len(), table.rows.len()), (29, 8));
}

#[test]
fn a_link_may_not_lead_out_of_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("ngoai.csv"), "nhom\n").unwrap();
    let case = folder.path().join("ho_so");
    std::fs::create_dir(&case).unwrap();
    std::fs::write(case.join("trong.csv"), "nhom\n").unwrap();
    let asked = std::cell::RefCell::new(Vec::new());
    assert_eq!(super::super::data_file(&case, "trong.csv", &asked), Ok(b"nhom\n".to_vec()));
    assert_eq!(super::super::data_file(&case, "../ngoai.csv", &asked), Err(Unread::Outside));
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("../ngoai.csv", case.join("lien_ket.csv")).unwrap();
        assert_eq!(super::super::data_file(&case, "lien_ket.csv", &asked), Err(Unread::Outside));
    }
}

#[test]
fn settings_lie_within_the_ranges_of_the_decree() {
    let told = |text: &str| {
        let mut sources = crate::diag::Sources::default();
        match super::super::settings("templates/cau_hinh.yaml", text, &mut sources) {
            Ok(_) => String::new(),
            Err(faults) => plain(&faults, &sources),
        }
    };
    assert_eq!(told("le_trai: 32,5\n"), "");
    assert_eq!(told("# chưa chọn gì\n"), "");
    expect![[r#"
        lỗi[cau-hinh-sai]: le_trai: 25 nằm ngoài khoảng cho phép
         --> templates/cau_hinh.yaml:1:10
          |
        1 | le_trai: 25
          |          ^^ le_trai
          |
          = gợi ý: chọn 30–35 mm (PL I, Phần I, Mục I, khoản 3)

        lỗi[khoa-la]: không có khóa `le_tria` trong cấu hình
         --> templates/cau_hinh.yaml:2:1
          |
        2 | le_tria: 30
          | ^^^^^^^ le_tria
          |
          = gợi ý: có phải ý anh/chị là “le_trai”?

        lỗi[so-tien-sai]: “20 mm” không phải số theo lối viết Việt Nam: dấu cách không thuộc một số
         --> templates/cau_hinh.yaml:3:10
          |
        3 | le_tren: 20 mm
          |          ^^^^^ le_tren
          |
          = gợi ý: số chỉ gồm chữ số, dấu chấm phân nhóm, dấu phẩy thập phân và dấu trừ ở đầu

    "#]]
    .assert_eq(&told("le_trai: 25\nle_tria: 30\nle_tren: 20 mm\n"));
}
