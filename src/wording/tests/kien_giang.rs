//! The report that started this: Báo cáo 325/BC-UBND of Kiên Giang, 16/8/2022.

use expect_test::expect;

use super::values::appendix;
use super::*;
use crate::model::{Cell, CitedDocument, Column, ColumnKind, Field, FieldKind, Group, Row, Table};

/// Numbering and field names of a shipped wording; what else its front matter says is
/// for the case.
pub fn schema(path: &str) -> WordingSchema {
    let templates = Templates::embedded();
    let (front, _) = split_front_matter(templates.get(path).unwrap());
    let front = front.unwrap();
    let numbering = front.split_once("danh_so: [").unwrap().1.split_once(']').unwrap().0;
    let mut chunks = front.split("khoa: ").skip(1);
    WordingSchema {
        numbering: numbering.split(", ").map(|mark| mark.trim_matches('"').to_owned()).collect(),
        fields: fields(&mut chunks),
        ..WordingSchema::default()
    }
}

/// The fields of a list stand behind it, and nothing behind them.
fn fields<'a>(chunks: &mut impl Iterator<Item = &'a str>) -> Vec<Field> {
    let mut read = Vec::new();
    while let Some(chunk) = chunks.next() {
        let word = |text: &str| text.split([',', '\n', '}']).next().unwrap().trim().to_owned();
        let kind = match word(chunk.split_once("kieu: ").unwrap().1).as_str() {
            "chu" => FieldKind::Text,
            "doan" => FieldKind::Passages,
            "van_ban" => FieldKind::Cited,
            "danh_sach" if chunk.contains("truong:") => FieldKind::List(fields(chunks)),
            _ => FieldKind::List(vec![]),
        };
        read.push(Field {
            key: word(chunk),
            kind,
            required: true,
            description: String::new(),
            example: None,
        });
    }
    read
}

fn proposed() -> Table {
    let names = [
        "Đầu tư, nâng cấp hệ thống Hội nghị truyền hình trực tuyến tỉnh Kiên Giang phục vụ các cuộc họp từ cấp tỉnh đến cấp xã",
        "Nâng cấp hạ tầng công nghệ thông tin tại Trung tâm dữ liệu tỉnh",
        "Triển khai kết nối hệ thống thông tin giải quyết thủ tục hành chính với các cơ sở dữ liệu của Bộ, ngành",
    ];
    let group = |key: &str| Group { key: key.into(), ..Group::default() };
    Table {
        columns: vec![Column {
            key: "ten_du_an".into(),
            kind: ColumnKind::Text,
            ..Column::default()
        }],
        groups: vec![group("I"), group("II")],
        rows: names
            .iter()
            .map(|&name| Row { group: Some(1), cells: vec![Cell::Text(name.to_owned())] })
            .collect(),
        ..Table::default()
    }
}

fn cited(kind: &str, code: &str, date: chrono::NaiveDate, organ: &str, subject: &str) -> Content {
    Content::Cited(CitedDocument {
        type_name: kind.into(),
        code: code.into(),
        date: Some(date),
        organ: organ.into(),
        subject: subject.into(),
    })
}

pub fn kien_giang() -> Case {
    let facts = [
        (
            "thuc_hien",
            cited(
                "Công văn",
                "4691/BKHĐT-KCHTĐT",
                day(2022, 7, 12),
                "Bộ Kế hoạch và Đầu tư",
                "về việc báo cáo tình hình thực hiện và giải ngân các dự án thuộc lĩnh vực công nghệ thông tin",
            ),
        ),
        ("linh_vuc", words("công nghệ thông tin")),
        ("dia_ban", words("tỉnh Kiên Giang")),
        ("giai_doan", words("2021-2025")),
        ("nam", Content::List(vec![words("2021"), words("2022")])),
        ("nam_toi", words("2023")),
        (
            "nguyen_tac",
            own(
                "Danh mục dự án công nghệ thông tin được lựa chọn dựa trên các mục tiêu, yêu cầu tại Nghị quyết số 17/NQ-CP ngày 07/03/2019 của Chính phủ về một số nhiệm vụ, giải pháp trọng tâm phát triển Chính phủ điện tử giai đoạn 2019 - 2020, định hướng đến 2025 và Quyết định số 749/QĐ-TTg ngày 03/6/2020 của Thủ tướng Chính phủ về việc phê duyệt “Chương trình Chuyển đổi số quốc gia đến năm 2025, định hướng đến năm 2030”.\n\nViệc cân đối, bố trí vốn cho các dự án công nghệ thông tin được thực hiện dựa trên mục tiêu, quy mô của từng dự án cụ thể và đảm bảo thực hiện hiệu quả, tiết kiệm ngân sách nhà nước. Ngoài ra, việc bố trí vốn còn phụ thuộc vào khả năng cân đối ngân sách của địa phương và các quy định hiện hành.\n",
            ),
        ),
        (
            "kho_khan",
            own(
                "Do diễn biến phức tạp của đại dịch Covid-19 tác động lớn đến các hoạt động của các dự án công nghệ thông tin trong quá trình khảo sát và thiết kế dự án.\n\nQuy trình, thủ tục đầu tư phải qua nhiều bước, lấy ý kiến của nhiều cơ quan, đơn vị, các chuyên gia về lĩnh vực công nghệ thông tin làm kéo dài thời gian hoàn thành dự án.\n",
            ),
        ),
        (
            "muc_tieu",
            words(
                "từng bước thực hiện chương trình chuyển đổi số quốc gia đến năm 2025, định hướng đến năm 2030",
            ),
        ),
        ("theo", cited("Quyết định", "749/QĐ-TTg", day(2020, 6, 3), "Thủ tướng Chính phủ", "")),
        (
            "boi_canh",
            words(
                "Hiện nhiều văn bản chỉ đạo của Chính phủ và các Bộ ngành Trung ương về triển khai chuyển đổi số và thực hiện Quyết định số 06/QĐ-TTg ngày 06/01/2022 của Thủ tướng Chính phủ (Đề án 06).",
            ),
        ),
    ];
    Case {
        wording: "giai_ngan_du_an".into(),
        organ: Organ { short_name: "UBND tỉnh Kiên Giang".into(), ..case().organ },
        to: vec!["Bộ Kế hoạch và Đầu tư".into(), "Bộ Thông tin và Truyền thông".into()],
        appendices: vec![appendix(proposed())],
        ..with(&facts)
    }
}

/// The body of the report as received, its `./.` (read as `*l.m.u*`) mended.
const SEED: &str = "\
Thực hiện Công văn số 4691/BKHĐT-KCHTĐT ngày 12/7/2022 của Bộ Kế hoạch và Đầu tư về việc báo cáo tình hình thực hiện và giải ngân các dự án thuộc lĩnh vực công nghệ thông tin.
UBND tỉnh Kiên Giang báo cáo tình hình thực hiện như sau:
1. Nguyên tắc lựa chọn danh mục, mức vốn bố trí cho các dự án công nghệ thông tin kế hoạch đầu tư công trung hạn giai đoạn 2021-2025 từ nguồn ngân sách Trung ương và địa phương
Danh mục dự án công nghệ thông tin được lựa chọn dựa trên các mục tiêu, yêu cầu tại Nghị quyết số 17/NQ-CP ngày 07/03/2019 của Chính phủ về một số nhiệm vụ, giải pháp trọng tâm phát triển Chính phủ điện tử giai đoạn 2019 - 2020, định hướng đến 2025 và Quyết định số 749/QĐ-TTg ngày 03/6/2020 của Thủ tướng Chính phủ về việc phê duyệt “Chương trình Chuyển đổi số quốc gia đến năm 2025, định hướng đến năm 2030”.
Việc cân đối, bố trí vốn cho các dự án công nghệ thông tin được thực hiện dựa trên mục tiêu, quy mô của từng dự án cụ thể và đảm bảo thực hiện hiệu quả, tiết kiệm ngân sách nhà nước. Ngoài ra, việc bố trí vốn còn phụ thuộc vào khả năng cân đối ngân sách của địa phương và các quy định hiện hành.
2. Tình hình phân bổ kế hoạch đầu tư công năm 2021, 2022; giải ngân kế hoạch đầu tư năm 2021, năm 2022 (kèm theo phụ lục)
3. Dự kiến về phân bổ kế hoạch năm 2023 cho các dự án công nghệ thông tin (kèm theo phụ lục)
4. Đánh giá các khó khăn, vướng mắc khi thực hiện, giải ngân các dự án công nghệ thông tin
Do diễn biến phức tạp của đại dịch Covid-19 tác động lớn đến các hoạt động của các dự án công nghệ thông tin trong quá trình khảo sát và thiết kế dự án.
Quy trình, thủ tục đầu tư phải qua nhiều bước, lấy ý kiến của nhiều cơ quan, đơn vị, các chuyên gia về lĩnh vực công nghệ thông tin làm kéo dài thời gian hoàn thành dự án.
5. Đề xuất, kiến nghị
- Để từng bước thực hiện chương trình chuyển đổi số quốc gia đến năm 2025, định hướng đến năm 2030 theo Quyết định số 749/QĐ-TTg ngày 03/6/2020 của Thủ tướng Chính phủ, đề xuất 03 dự án trong giai đoạn tiếp theo gồm: (1) Đầu tư, nâng cấp hệ thống Hội nghị truyền hình trực tuyến tỉnh Kiên Giang phục vụ các cuộc họp từ cấp tỉnh đến cấp xã; (2) Nâng cấp hạ tầng công nghệ thông tin tại Trung tâm dữ liệu tỉnh; (3) Triển khai kết nối hệ thống thông tin giải quyết thủ tục hành chính với các cơ sở dữ liệu của Bộ, ngành.
- Hiện nhiều văn bản chỉ đạo của Chính phủ và các Bộ ngành Trung ương về triển khai chuyển đổi số và thực hiện Quyết định số 06/QĐ-TTg ngày 06/01/2022 của Thủ tướng Chính phủ (Đề án 06). Tuy nhiên, tỉnh Kiên Giang chưa được bố trí nguồn vốn đầu tư công từ ngân sách Trung ương để triển khai thực hiện các dự án công nghệ thông tin. Do đó, UBND tỉnh Kiên Giang kiến nghị Bộ Kế hoạch và Đầu tư, Bộ Thông tin và Truyền thông xem xét, bố trí nguồn vốn Trung ương để triển khai, thực hiện các dự án công nghệ thông tin trên địa bàn tỉnh Kiên Giang.
Trên đây là báo cáo tình hình thực hiện và giải ngân các dự án thuộc lĩnh vực công nghệ thông tin; UBND tỉnh Kiên Giang xin báo cáo Bộ Kế hoạch và Đầu tư, Bộ Thông tin và Truyền thông./.
";

const PATH: &str = "bao_cao/giai_ngan_du_an.md";

#[test]
fn the_wording_prints_the_words_of_the_report_as_received() {
    let body = Wordings::new(&Templates::embedded())
        .body(&kien_giang(), &schema(PATH), &mut Sources::default())
        .unwrap();
    let text: String = body.iter().map(|passage| format!("{}\n", passage.plain())).collect();
    assert_eq!(text, SEED);
    let headings: Vec<_> =
        body.iter().filter(|passage| matches!(passage.kind, Kind::Heading { .. })).collect();
    assert_eq!(headings.len(), 5);
}

#[test]
fn another_province_and_another_sector_need_only_other_facts() {
    let mut case = with(&[
        (
            "thuc_hien",
            cited(
                "Công văn",
                "12/BYT-KH",
                day(2026, 3, 1),
                "Bộ Y tế",
                "về việc báo cáo giải ngân các dự án y tế",
            ),
        ),
        ("linh_vuc", words("y tế")),
        ("dia_ban", words("tỉnh Lào Cai")),
        ("giai_doan", words("2026-2030")),
        ("nguon_von", words("ngân sách địa phương")),
        ("nam", Content::List(vec![words("2026")])),
        ("nam_toi", words("2027")),
        ("nguyen_tac", own("Theo thứ tự:\n\na) dự án chuyển tiếp;\nb) dự án mới.")),
        ("du_kien", own("Xem phụ lục.")),
        ("kho_khan", own("Giá vật tư **tăng**.")),
        ("kien_nghi", own("- Bố trí vốn sớm.")),
    ]);
    case.to = vec!["Bộ Y tế".into()];
    case.wording = "giai_ngan_du_an".into();
    expect![[r#"
        Thực hiện Công văn số 12/BYT-KH ngày 01/3/2026 của Bộ Y tế về việc báo cáo giải ngân các dự án y tế.
        Sở Nội vụ báo cáo tình hình thực hiện như sau:
        #1 1. Nguyên tắc lựa chọn danh mục, mức vốn bố trí cho các dự án y tế kế hoạch đầu tư công trung hạn giai đoạn 2026-2030 từ nguồn ngân sách địa phương
        Theo thứ tự:
        ·1 a) dự án chuyển tiếp;
        ·1 b) dự án mới.
        #1 2. Tình hình phân bổ kế hoạch đầu tư công năm 2026; giải ngân kế hoạch đầu tư năm 2026 (kèm theo phụ lục)
        #1 3. Dự kiến về phân bổ kế hoạch năm 2027 cho các dự án y tế (kèm theo phụ lục)
        Xem phụ lục.
        #1 4. Đánh giá các khó khăn, vướng mắc khi thực hiện, giải ngân các dự án y tế
        Giá vật tư **tăng**.
        #1 5. Đề xuất, kiến nghị
        ·1 - Bố trí vốn sớm.
        Trên đây là báo cáo tình hình thực hiện và giải ngân các dự án thuộc lĩnh vực y tế; Sở Nội vụ xin báo cáo Bộ Y tế./.
    "#]].assert_eq(&printed_with(&Templates::embedded(), &schema(PATH), &case));
}

#[test]
fn the_general_report_prints_the_sections_of_the_case() {
    let section = |title: &str, text: &str| {
        Content::Record(
            [("tieu_de".to_owned(), words(title)), ("noi_dung".to_owned(), own(text))].into(),
        )
    };
    let mut case = with(&[
        ("ve", words("kết quả công tác văn thư năm 2025")),
        (
            "muc",
            Content::List(vec![
                section("Kết quả thực hiện", "Đã làm:\n\n1. Lập sổ;\n2. Lưu trữ."),
                section("Đề xuất, kiến nghị", "Không có."),
            ]),
        ),
    ]);
    case.wording = "noi_dung".into();
    expect![[r#"
        Sở Nội vụ báo cáo kết quả công tác văn thư năm 2025 như sau:
        #1! I. KẾT QUẢ THỰC HIỆN
        Đã làm:
        ·1 1. Lập sổ;
        ·1 2. Lưu trữ.
        #1! II. ĐỀ XUẤT, KIẾN NGHỊ
        Không có.
        Trên đây là báo cáo kết quả công tác văn thư năm 2025; Sở Nội vụ kính báo cáo Bộ Nội vụ, UBND tỉnh A./.
    "#]].assert_eq(&printed_with(&Templates::embedded(), &schema("bao_cao/noi_dung.md"), &case));
}
