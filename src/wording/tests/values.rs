//! How facts of the case come out in the text.

use expect_test::expect;

use super::*;
use crate::model::{
    Appendix, Cell, CitedDocument, Column, ColumnKind, Field, FieldKind, Formula, Group, Row,
    Table, Total, TotalPlace, gap,
};

#[test]
fn the_facts_of_the_case_have_their_names() {
    check(
        "{{ so_ky_hieu }} | {{ ngay }} | {{ trich_yeu }} | {{ loai.ten }} {{ loai.ky_hieu }} | {{ co_quan.ten }} | {{ co_quan.ten_trong_cau }} | {{ co_quan.dia_danh }} | {{ kinh_gui | noi(cuoi=\" và \") }} | {{ noi_nhan | noi }} | {{ noi_dung.a }} | {{ noi_dung.b }} | {{ noi_dung.c }}",
        &with(&[
            ("a", words("chữ")),
            ("b", Content::Amount("1234567,50".parse().unwrap())),
            ("c", Content::Date(day(2022, 8, 16))),
        ]),
        expect![[r#"
            05/BC-SNV | 05/01/2026 | Về công tác văn thư | Báo cáo BC | SỞ NỘI VỤ TỈNH A | Sở Nội vụ | Tỉnh A | Bộ Nội vụ và UBND tỉnh A | Như trên | chữ | 1.234.567,50 | 16/8/2022
        "#]],
    );
}

#[test]
fn a_document_without_number_has_room_for_it() {
    let case = Case { number: None, date: IssuedDate::Blank, ..case() };
    let blank = crate::model::BLANK_NUMBER;
    assert_eq!(printed("{{ so_ky_hieu }}{{ ngay }}.", &case), format!("{blank}/BC-SNV.\n"));
}

#[test]
fn every_example_of_the_guide_prints_what_it_says() {
    let cited = CitedDocument {
        type_name: "Công văn".into(),
        code: "4691/BKHĐT-KCHTĐT".into(),
        date: Some(day(2022, 7, 12)),
        organ: "Bộ Kế hoạch và Đầu tư".into(),
        subject: "Về việc …".into(),
    };
    let case = with(&[("thuc_hien", Content::Cited(cited))]);
    let case = Case { appendices: vec![appendix(table())], ..case };
    let schema = WordingSchema {
        fields: vec![Field {
            key: "ghi_chu".into(),
            kind: FieldKind::Text,
            required: false,
            description: String::new(),
            example: None,
        }],
        ..WordingSchema::default()
    };
    for filter in filters() {
        let text = printed_with(&templates(filter.example), &schema, &case);
        assert_eq!(text.trim_end(), filter.prints, "{}", filter.name);
    }
}

#[test]
fn a_sentence_takes_its_figures_from_the_table() {
    let case = Case { appendices: vec![appendix(table())], ..with(&[]) };
    check(
        "Tổng {{ phu_luc[0].tong.tong | tien(don_vi=\"triệu đồng\") }}, nhóm I có {{ phu_luc[0].nhom.I | dem }} dự án, \
         {{ phu_luc[0].nhom.I.cong.tong | ty_le(cua=phu_luc[0].tong.tong) }} số vốn, lớn nhất là \
         {{ phu_luc[0] | lon_nhat(truong=\"tong\", lay=\"ten\") }} ({{ phu_luc[0] | lon_nhat(truong=\"tong\") }}), \
         tức {{ phu_luc[0].tong.tong | doi_don_vi(tu=\"triệu đồng\", sang=\"tỷ đồng\") }}.",
        &case,
        expect![[r#"
            Tổng 3.007,5 triệu đồng, nhóm I có 02 dự án, 99,77% số vốn, lớn nhất là Đường (2.000), tức 3,0075 tỷ đồng.
        "#]],
    );
}

#[test]
fn a_document_is_cited_in_full_first_and_in_short_later() {
    let cite = |kind: &str, code: &str, organ: &str, subject: &str| {
        Content::Cited(CitedDocument {
            type_name: kind.into(),
            code: code.into(),
            date: Some(day(2020, 3, 5)),
            organ: organ.into(),
            subject: subject.into(),
        })
    };
    let case = with(&[
        ("a", cite("Nghị định", "30/2020/NĐ-CP", "Chính phủ", "Về công tác văn thư")),
        ("b", cite("Luật", "80/2015/QH13", "Quốc hội", "Ban hành văn bản quy phạm pháp luật")),
        ("c", cite("Công văn", "1/A", "UBND tỉnh", "V/v báo cáo")),
        ("d", cite("Quyết định", "749/QĐ-TTg", "Thủ tướng Chính phủ", "Phê duyệt “Chương trình”")),
        ("e", cite("Quyết định", "2/QĐ", "", "UBND tỉnh giao vốn")),
    ]);
    check(
        "{{ noi_dung.a | vien_dan }}\n\n{{ noi_dung.a | vien_dan_lai }}\n\n{{ noi_dung.b | vien_dan }}\n\n{{ noi_dung.c | vien_dan }}\n\n{{ noi_dung.d | vien_dan }}\n\n{{ noi_dung.e | vien_dan }}",
        &case,
        expect![[r#"
            Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ về công tác văn thư
            Nghị định số 30/2020/NĐ-CP
            Luật Ban hành văn bản quy phạm pháp luật
            Công văn số 1/A ngày 05/3/2020 của UBND tỉnh về việc báo cáo
            Quyết định số 749/QĐ-TTg ngày 05/3/2020 của Thủ tướng Chính phủ về việc phê duyệt “Chương trình”
            Quyết định số 2/QĐ ngày 05/3/2020 về việc UBND tỉnh giao vốn
        "#]],
    );
}

/// Two groups, an ordinal, a text, and an amount that is the sum of two others.
pub fn table() -> Table {
    let column = |key: &str, kind, sum_of: &[&str]| Column {
        key: key.into(),
        name: key.into(),
        kind,
        formula: match sum_of {
            [] => Formula::None,
            parts => Formula::Sum(parts.iter().map(|&part| part.into()).collect()),
        },
        ..Column::default()
    };
    let row = |group, name: &str, amounts: &[(&str, &str)]| {
        let amount = |wanted: &str| match amounts.iter().find(|(key, _)| *key == wanted) {
            Some((_, amount)) => Cell::Amount(amount.parse().unwrap()),
            None => Cell::Blank,
        };
        let name = Cell::Text(name.to_owned());
        let cells = vec![Cell::Blank, name, amount("tong"), amount("a"), amount("b")];
        Row { group: Some(group), cells }
    };
    let group =
        |key: &str| Group { key: key.into(), name: format!("Nhóm {key}"), ..Group::default() };
    Table {
        unit: Some("triệu đồng".into()),
        columns: vec![
            column("stt", ColumnKind::Ordinal, &[]),
            column("ten", ColumnKind::Text, &[]),
            column("tong", ColumnKind::Amount, &["a", "b"]),
            column("a", ColumnKind::Amount, &[]),
            column("b", ColumnKind::Amount, &[]),
        ],
        groups: vec![group("I"), group("II")],
        rows: vec![
            row(0, "Cầu", &[("a", "1.000"), ("b", "0,5")]),
            row(0, "Đường", &[("a", "2.000")]),
            row(1, "Trường", &[("b", "7")]),
        ],
        ..Table::default()
    }
}

pub fn appendix(table: Table) -> Appendix {
    Appendix {
        title: "DANH MỤC".into(),
        paper: crate::model::Paper::A4,
        orientation: crate::model::Orientation::Landscape,
        text: None,
        table: Some(table),
        volume_rows: None,
    }
}

#[test]
fn the_rows_and_sums_of_an_appendix_can_be_named() {
    let case = Case { appendices: vec![appendix(table())], ..case() };
    check(
        "{{ phu_luc[0].ten }}: {{ phu_luc[0].tieu_de }}{% if phu_luc[0].don_vi_tinh %}, {{ phu_luc[0].don_vi_tinh }}{% endif %}

{% for d in phu_luc[0].dong %}
- {{ d.stt }} {{ d.ten }}{% if d.tong %} {{ d.tong }}{% endif %}{% if d.b %} ({{ d.b }}){% endif %}
{% endfor %}

{{ phu_luc[0].nhom.I.ten }} {{ phu_luc[0].nhom.I.cong.tong }}; {{ phu_luc[0].nhom.II.dong[0].stt }}; {{ phu_luc[0].tong.tong }} {{ phu_luc[0].tong.a | bang_chu(don_vi=\"triệu đồng\") }}",
        &case,
        expect![[r#"
            Phụ lục: DANH MỤC, triệu đồng
            ·1 - 1 Cầu 1.000,5 (0,5)
            ·1 - 2 Đường 2.000
            ·1 - 3 Trường 7 (7)
            Nhóm I 3.000,5; 1; 3.007,5 Ba nghìn triệu đồng
        "#]],
    );
}

#[test]
fn a_declared_total_is_printed_as_declared() {
    let total = Total {
        label: "TỔNG SỐ".into(),
        place: TotalPlace::First,
        declared: [("a".to_owned(), "1.000".parse().unwrap())].into(),
    };
    let case = Case {
        appendices: vec![appendix(Table { total: Some(total), ..table() }), appendix(table())],
        ..case()
    };
    check(
        "{{ phu_luc[0].tong.a }} {{ phu_luc[0].tong.b }} {{ phu_luc[1].ten }}",
        &case,
        expect![[r#"
        1.000 7,5 Phụ lục II
    "#]],
    );
}

#[test]
fn a_gap_keeps_its_place_and_its_shape() {
    let field = |key: &str, kind| Field {
        key: key.into(),
        kind,
        required: true,
        description: String::new(),
        example: None,
    };
    let schema = WordingSchema {
        fields: vec![
            field(
                "muc",
                FieldKind::List(vec![
                    field("ten", FieldKind::Text),
                    field("doan", FieldKind::Passages),
                ]),
            ),
            field("ds", FieldKind::List(vec![])),
            field("doan", FieldKind::Passages),
        ],
        ..WordingSchema::default()
    };
    let missing = |route: &str| Content::Text(gap(route));
    let case = with(&[
        ("a", missing("noi_dung.a")),
        ("muc", missing("noi_dung.muc")),
        ("ds", missing("noi_dung.ds")),
        ("doan", missing("noi_dung.doan")),
        ("cite", missing("noi_dung.cite")),
    ]);
    let text = "Có {{ noi_dung.a }}, {{ noi_dung.a | so(le=2) }}, {{ noi_dung.a | hoa }}, {{ \"5\" | ty_le(cua=noi_dung.a) }}, {{ noi_dung.cite | vien_dan }}; {{ noi_dung.ds | noi }}; {{ noi_dung.ds | liet_ke }}\n\n{{ noi_dung.doan }}\n\n{% for m in noi_dung.muc %}\n# {{ m.ten }}\n{{ m.doan }}\n{% endfor %}";
    expect![[r#"
        Có ⟦[thiếu: noi_dung.a]⟧, ⟦[thiếu: noi_dung.a]⟧, ⟦[thiếu: noi_dung.a]⟧, ⟦[thiếu: noi_dung.a]⟧, ⟦[thiếu: noi_dung.cite]⟧; ⟦[thiếu: noi_dung.ds]⟧; (1) ⟦[thiếu: noi_dung.ds]⟧
        ⟦[thiếu: noi_dung.doan]⟧
        #1! I. ⟦[thiếu: noi_dung.muc]⟧
        ⟦[thiếu: noi_dung.muc]⟧
    "#]]
    .assert_eq(&printed_with(&templates(text), &schema, &case));
}

#[test]
fn an_optional_fact_is_guarded() {
    let schema = WordingSchema {
        fields: vec![Field {
            key: "x".into(),
            kind: FieldKind::Text,
            required: false,
            description: String::new(),
            example: None,
        }],
        ..WordingSchema::default()
    };
    let text = "Có{% if noi_dung.x %} {{ noi_dung.x }}{% endif %} {{ noi_dung.x | mac_dinh(bang=\"không\") | hoa }} {{ noi_dung.x | default(value=\"-\") }}";
    expect![[r#"
        Có KHÔNG -
    "#]]
    .assert_eq(&printed_with(&templates(text), &schema, &case()));
}

#[test]
fn templates_include_and_extend_one_another() {
    let templates = templates("{% extends \"chung/khung.md\" %}\n{% block giua %}\nGiữa: {{ kinh_gui[0] }}.\n\n{% if true %}\n{{ super() }}\n{% endif %}\n{% endblock %}")
        .with("chung/khung.md", "---\na: b\n---\nĐầu.\n\n{% block giua %}{{ co_quan.ten_trong_cau }}{% endblock %}\n\n{% include \"chung/ket.md\" %}")
        .with("chung/ket.md", "---\na: b\n---\nKết {{ <ten x={co_quan.ten_trong_cau}/> }}./.")
        .with("chung/thanh_phan.md", "{% component ten(x) %}«{{ x }}»{% endcomponent %}");
    expect![[r#"
        Đầu.
        Giữa: Bộ Nội vụ.
        Sở Nội vụ
        Kết «Sở Nội vụ»./.
    "#]]
    .assert_eq(&printed_with(&templates, &WordingSchema::default(), &case()));
}

#[test]
fn a_fault_in_another_wording_does_not_stop_this_one() {
    let templates =
        templates("Tốt.").with("bao_cao/hong.md", "{% if %}").with("bao_cao/hong2.md", "{{ a b }}");
    assert_eq!(printed_with(&templates, &WordingSchema::default(), &case()), "Tốt.\n");
}

#[test]
fn two_components_of_one_name_spoil_only_the_later_file() {
    let component = "{% component ten(x) %}{{ x }}{% endcomponent %}";
    let templates = templates(&format!("Tốt {{{{ <ten x=\"A\"/> }}}}.{component}"))
        .with("chung/b.md", component);
    assert_eq!(printed_with(&templates, &WordingSchema::default(), &case()), "Tốt A.\n");
}

#[test]
fn private_characters_of_a_value_cannot_pass_for_paragraphs_or_marks() {
    let case =
        with(&[("a", words("x\u{f0000}\u{100000}\u{e001}\u{e002}y")), ("b", own("x\u{f0000}y"))]);
    check(
        "{{ noi_dung.a }}\n\n{{ noi_dung.b }}",
        &case,
        expect![[r#"
        x����y
        x�y
    "#]],
    );
}

#[test]
fn one_compilation_serves_many_threads() {
    let wordings = Wordings::new(&templates("Số {{ so_ky_hieu }}"));
    std::thread::scope(|scope| {
        for number in 1..5 {
            let wordings = &wordings;
            scope.spawn(move || {
                let case = Case { number: Number::parse(&number.to_string()), ..case() };
                let body = wordings.body(&case, &WordingSchema::default(), &mut Sources::default());
                assert_eq!(shown(&body.unwrap()), format!("Số 0{number}/BC-SNV\n"));
            });
        }
    });
}
