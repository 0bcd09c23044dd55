//! Pages made from the schema: the glossary `docs/ho_so.md` and a case to fill in.

use std::fmt::Write as _;

use super::calendar::DAYS_OFF;
use super::catalog::{Catalog, ORGANS, TYPE, WORDING};
use super::content::CITED;
use super::convert::DEFAULT_WORDING;
use super::door::example_text;
use super::schema::{CASE, Part, Schema, Shape};
use crate::model::{
    Addressing, DocumentType, Field, FieldKind, Opening, Signatures, Title, WordingSchema,
};

/// The glossary of a case file as a Markdown page.
pub fn reference() -> String {
    let mut page = INTRODUCTION.to_owned();
    records(&CASE, "", &mut page);
    page.push_str(CONTENT);
    for (key, term) in CITED {
        // Writing to a String cannot fail.
        let _ = writeln!(page, "| `{key}` | {term} |");
    }
    page.push_str(DATA_FILES);
    page.push_str("\n# Các tệp mẫu của cơ quan\n\nNgười giữ mẫu sửa các tệp này trong thư mục `templates/`.\n");
    records(&TYPE, "`<loại>/loai.yaml`: ", &mut page);
    records(&WORDING, "Đầu tệp `<loại>/<mẫu>.md`: ", &mut page);
    records(&ORGANS, "`chung/co_quan.yaml`: ", &mut page);
    records(&DAYS_OFF, "`chung/ngay_nghi.yaml`: ", &mut page);
    page
}

const INTRODUCTION: &str = "\
<!-- Sinh từ src/case/raw.rs; không sửa tay. -->
# Các khóa của hồ sơ

Hồ sơ là một thư mục có tệp `ho_so.yaml`. Mọi giá trị đều đọc như chữ: `20.000` là hai mươi nghìn, `05` giữ số 0.
Giá trị có dấu hai chấm hoặc ` #` thì đặt trong dấu nháy kép thẳng; đoạn dài thì viết sau dấu `|`.

Chương trình chỉ tự làm những việc sau, còn lại thì báo để người soạn sửa:

- ghép dấu tiếng Việt viết rời thành Unicode dựng sẵn (có báo);
- trong giá trị một dòng, coi xuống dòng là dấu cách;
- bỏ dấu `;` hoặc `.` ở cuối mỗi mục của danh sách (`kinh_gui`, `can_cu`, `noi_nhan`), vì thể thức tự đặt;
- viết hoa tên cơ quan ở đầu văn bản, chữ viết tắt tên cơ quan trong ký hiệu và các dòng quyền hạn, chức vụ, trừ `cac_dong`;
- bỏ qua dòng trống trong tệp CSV và tệp Excel.

Cột cuối của mỗi bảng là tên trường của Phụ lục VI, Nghị định 30/2020/NĐ-CP.
";

const CONTENT: &str = "
## `noi_dung`: Nội dung

Mỗi mẫu lời văn tự khai các khóa mà nó hỏi (`truong`). Kiểu của khóa cho biết cách viết:

| Kiểu | Cách viết | Ví dụ |
|---|---|---|
| `chu` | chữ trên một dòng | `công nghệ thông tin` |
| `so` | số theo lối Việt Nam | `1.250` hoặc `20,5` |
| `ngay` | ngày/tháng/năm | `31/7/2022` |
| `doan` | các đoạn văn, viết sau dấu `\\|` | |
| `van_ban` | văn bản viện dẫn, các khóa dưới đây | `{loai: Công văn, so_ky_hieu: 4691/BKHĐT-KCHTĐT, ngay: 12/7/2022, co_quan: Bộ Kế hoạch và Đầu tư, trich_yeu: báo cáo tình hình}` |
| `danh_sach` | danh sách chữ; hoặc danh sách mục có các khóa con, khi mẫu khai `truong` | |

Văn bản viện dẫn phải có `loai`, và `so_ky_hieu` hoặc `trich_yeu`:

| Khóa | Nghĩa |
|---|---|
";

const DATA_FILES: &str = "
## Tệp CSV và tệp Excel

Tệp nằm trong thư mục hồ sơ. Dòng đầu ghi khóa của các cột, hoặc `cot` chỉ ra cột nào của tệp ứng với khóa nào;
cột kiểu `stt` và cột có `tong_cua` được phép vắng. Ô trống khác với số 0. Nhiều nhất 100.000 dòng và 1.000.000 ô.

Tệp CSV lưu bằng UTF-8; ô cách nhau bằng dấu phẩy, dấu chấm phẩy hoặc Tab.

Trong tệp Excel (`.xlsx`), số được đọc đúng 15 chữ số có nghĩa như Excel giữ, không theo cách hiển thị; ngày thành `16/08/2022`, phần trăm thành `25%`; công thức được đọc
theo kết quả đã lưu. Ô có lỗi (`#REF!`), công thức chưa tính, ô gộp trong vùng số liệu, ô ghi giờ và số dạng chữ đều bị báo. Dòng, cột ẩn vẫn được đọc và có nhắc. Không đọc tệp có macro, có mật khẩu, `.xls`, `.xlsb`, `.ods`.
";

fn records(schema: &Schema, file: &str, page: &mut String) {
    for record in schema.records() {
        let name = record.name();
        let heading = match file {
            "" if name == "ho_so" => "`ho_so.yaml`".to_owned(),
            "" => format!("`{name}`"),
            file => format!("{file}`{name}`"),
        };
        let _ = writeln!(
            page,
            "\n## {heading}: {}\n\n{}\n",
            record.record_title(),
            record.record_description()
        );
        page.push_str("| Khóa | Tên | Nghĩa | Kiểu | Bắt buộc | Ví dụ | NĐ 30 |\n|---|---|---|---|---|---|---|\n");
        for (key, field) in record.fields() {
            let needed = if record.requires(key) { "có" } else { field.needed() };
            let example = field
                .example()
                .map(|example| format!("`{}`", example_text(example)))
                .unwrap_or_default();
            let _ = writeln!(
                page,
                "| `{key}` | {} | {} | {} | {needed} | {example} | {} |",
                field.title(),
                field.description().replace('\n', " "),
                kind(field),
                field.decree_field()
            );
        }
    }
}

/// What a clerk writes there.
fn kind(field: Part<'_>) -> String {
    let choices = field.choices();
    if !choices.is_empty() {
        return choices.iter().map(|choice| format!("`{choice}`")).collect::<Vec<_>>().join(" ");
    }
    match field.shape() {
        Shape::Scalar { prose: true } if field.keeps_lines() => "chữ, giữ xuống dòng".to_owned(),
        Shape::Scalar { prose: true } => "chữ".to_owned(),
        Shape::Scalar { prose: false } => "mã, số hoặc ngày".to_owned(),
        Shape::List(items) => match items.shape() {
            Shape::Record(record) => format!("danh sách các mục `{}`", record.name()),
            Shape::Map(_) => "danh sách, mỗi mục là giá trị theo khóa cột".to_owned(),
            Shape::Scalar { .. } | Shape::List(_) | Shape::Free => "danh sách".to_owned(),
        },
        Shape::Record(record) => format!("các khóa con của `{}`", record.name()),
        Shape::Map(_) => match field.how_written() {
            "" => "số theo khóa cột".to_owned(),
            how => how.to_owned(),
        },
        Shape::Free => "theo mẫu lời văn".to_owned(),
    }
}

/// A case to fill in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Blank {
    /// The office's own sample for that wording.
    Sample(String),
    /// Made from the schema of a case and the fields of the wording, which has no sample.
    Made(String),
}

/// A commented case to fill in, for a wording of a document type.
pub fn blank(document_type: &str, wording: &str, catalog: &Catalog) -> Blank {
    match sample(document_type, wording, catalog) {
        Some(text) => Blank::Sample(text.to_owned()),
        None => Blank::Made(generated(document_type, wording, catalog)),
    }
}

/// The sample for a wording: the first file `ho_so_mau*.yaml` of the type whose `mau` names it.
fn sample<'a>(document_type: &str, wording: &str, catalog: &'a Catalog) -> Option<&'a str> {
    let templates = catalog.templates();
    let folder = format!("{document_type}/");
    let samples = templates.samples().into_iter().filter(|path| path.starts_with(&folder));
    samples.filter_map(|path| templates.get(path)).find(|text| wording_of(text) == wording)
}

/// The wording that a case names. A sample that cannot be read names what its line says.
pub fn wording_of(yaml: &str) -> &str {
    let named = yaml.lines().find_map(|line| line.strip_prefix("mau:"));
    let named = named.map(|rest| rest.split(" #").next().unwrap_or_default().trim());
    let named = named.map(|name| name.trim_matches(['"', '\'']));
    named.filter(|name| !name.is_empty()).unwrap_or(DEFAULT_WORDING)
}

fn generated(document_type: &str, wording: &str, catalog: &Catalog) -> String {
    let form = catalog.document_type(document_type).and_then(|entry| entry.value.as_ref());
    let mut text = String::from(
        "# Điền vào sau dấu hai chấm. Khóa nào chưa biết thì để trống.\n# Ý nghĩa các khóa: docs/ho_so.md\n",
    );
    for (key, field) in CASE.root().fields() {
        match key {
            "phien_ban" => text.push_str("phien_ban: 1\n"),
            "loai" => entry(&mut text, field, &format!("loai: {document_type}")),
            "mau" => entry(&mut text, field, &format!("mau: {wording}")),
            "noi_dung" => content(&mut text, document_type, wording, catalog),
            "co_quan_khac" | "phu_luc" | "kem_theo" | "chap_nhan" => {}
            "thay_the" | "dinh_chinh" => {}
            "do_khan" | "tham_quyen" | "luu_hanh" | "lien_he" => {}
            key if form.is_some_and(|form| !is_asked(key, form)) => {}
            key => blank_field(&mut text, key, field, ""),
        }
    }
    text
}

/// Whether a blank case of a type asks for a key that not every form has.
fn is_asked(key: &str, of: &DocumentType) -> bool {
    let boxes = of.form.boxes();
    match key {
        "don_vi" => of.code.is_none(),
        "huong" => of.addressing == Addressing::Upward,
        "kinh_gui" => of.addressing != Addressing::Never,
        "can_cu" => matches!(boxes.opening, Opening::Enacting(_)),
        "trich_yeu" => boxes.title != Title::Type,
        "thu_ky" => boxes.signatures == Signatures::SecretaryAndChair,
        _ => true,
    }
}

/// A key with what it means in a comment above it.
fn entry(text: &mut String, field: Part<'_>, line: &str) {
    let (title, description) = (field.title(), field.description());
    let about = match description.strip_prefix(title) {
        Some(_) => description.to_owned(),
        None => format!("{title}: {description}"),
    };
    let _ = writeln!(text, "\n# {about}\n{line}");
}

fn blank_field(text: &mut String, key: &str, field: Part<'_>, indent: &str) {
    let example = field.example().map(example_text).unwrap_or_default();
    match field.shape() {
        Shape::Record(record) => {
            let _ = writeln!(text, "\n# {}\n{key}:", field.title());
            for (key, field) in record.fields().into_iter().filter(|(key, _)| *key != "cac_dong") {
                blank_field(text, key, field, "  ");
            }
        }
        Shape::List(_) => entry(text, field, &format!("{key}:\n  # {example}")),
        _ if indent.is_empty() => entry(text, field, &format!("{key}:   # ví dụ: {example}")),
        _ => {
            let _ = writeln!(text, "{indent}{key}:   # {}; ví dụ: {example}", field.title());
        }
    }
}

fn content(text: &mut String, document_type: &str, wording: &str, catalog: &Catalog) {
    // Faults of the wording are told when a case is read.
    let schema = catalog.wording(document_type, wording).and_then(|entry| entry.value.as_ref());
    let Some(WordingSchema { fields, .. }) = schema.filter(|schema| !schema.fields.is_empty())
    else {
        return;
    };
    text.push_str("\n# Nội dung: dữ kiện mà mẫu lời văn hỏi.\nnoi_dung:\n");
    for field in fields {
        blank_fact(text, field);
    }
}

fn blank_fact(text: &mut String, field: &Field) {
    let example =
        field.example.as_deref().map(|example| format!("; ví dụ: {example}")).unwrap_or_default();
    let optional = if field.required { "" } else { " (có thể bỏ)" };
    let how = match &field.kind {
        FieldKind::Text | FieldKind::Amount | FieldKind::Date => "",
        FieldKind::Passages => "; các đoạn văn viết sau dấu |",
        FieldKind::List(_) => "; mỗi mục một dòng, bắt đầu bằng dấu -",
        FieldKind::Cited => "",
    };
    let about = one_line_comment(&format!("{}{optional}{example}{how}", field.description));
    let _ = writeln!(text, "  {}:   # {about}", field.key);
    match &field.kind {
        FieldKind::Cited => {
            for (key, term) in CITED {
                let _ = writeln!(text, "    {key}:   # {term}");
            }
        }
        FieldKind::List(fields) if !fields.is_empty() => {
            let keys: Vec<String> =
                fields.iter().map(|field| format!("{}: …", field.key)).collect();
            let _ = writeln!(text, "    # - {{{}}}", keys.join(", "));
        }
        FieldKind::Text
        | FieldKind::Amount
        | FieldKind::Date
        | FieldKind::Passages
        | FieldKind::List(_) => {}
    }
}

fn one_line_comment(text: &str) -> String {
    crate::vi::text::one_line(text)
}
