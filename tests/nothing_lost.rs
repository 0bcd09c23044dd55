//! Both files say all that the document says, or there are none: whatever is long flows, what
//! cannot flow is told at its place, and what was written is read back.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod program;

use std::collections::BTreeMap;
use std::path::Path;

use expect_test::expect;
use program::{document_xml, stderr, stdout, vanthu_in};
use vanthu::archive::ocfl::NewFile;
use vanthu::archive::place::Place;
use vanthu::archive::register::Wish;
use vanthu::archive::{Act, RequestId, Series, State, printed};
use vanthu::doc::{Block, Cell, Document, Grid, Length, Paragraph, Row, Rule, Section, Table};
use vanthu::export::{self, Format, pdf};
use vanthu::form::Stage;
use vanthu::issuing::{Who, Writer, paths, rerender};
use vanthu::render::{self, Incomplete, Office, Prepared};

/// A report in one file; a key that is given stands in the place of its own.
fn case(keys: &[(&str, &str)]) -> String {
    let own = [
        ("phien_ban", "1"),
        ("loai", "bao_cao"),
        ("mau", "noi_dung"),
        (
            "co_quan_khac",
            "{chu_quan: ỦY BAN NHÂN DÂN TỈNH AN GIANG, ten: SỞ KHOA HỌC VÀ CÔNG NGHỆ, ten_trong_cau: Sở Khoa học và Công nghệ, ky_hieu: SKHCN, dia_danh: An Giang}",
        ),
        ("so", "218"),
        ("ngay", "15/12/2025"),
        ("trich_yeu", "Kết quả công tác năm 2025"),
        ("huong", "ngang_cap"),
        ("noi_dung", "{ve: kết quả công tác, muc: [{tieu_de: Kết quả, noi_dung: Nội dung.}]}"),
        ("nguoi_ky", "{chuc_vu: GIÁM ĐỐC, ho_ten: Trần Minh Khoa}"),
        ("noi_nhan", "[\"Ủy ban nhân dân tỉnh\"]"),
        ("luu", "{noi_luu: VT}"),
    ];
    let mut all: BTreeMap<&str, &str> = own.into_iter().collect();
    all.extend(keys.iter().copied());
    all.iter().map(|(key, value)| format!("{key}: {value}\n")).collect()
}

/// A report with one appendix of these keys.
fn with_appendix(keys: &str) -> String {
    let body = "{ve: kết quả công tác, muc: [{tieu_de: Kết quả, noi_dung: Số liệu tại phụ lục kèm theo.}]}";
    let appendix = format!("[{{tieu_de: SỐ LIỆU, {keys}}}]");
    case(&[("noi_dung", body), ("phu_luc", &appendix)])
}

const TWO_COLUMNS: &str =
    "cot: [{khoa: ten, ten: Tên, kieu: chu}, {khoa: gc, ten: Ghi chú, kieu: chu}]";

fn sentences(count: usize) -> String {
    let one = |number| format!("Ý số {number} của nội dung công việc được liệt kê đầy đủ.");
    (1..=count).map(one).collect::<Vec<_>>().join(" ")
}

fn words(count: usize) -> String {
    (1..=count).map(|number| format!("việc {number}")).collect::<Vec<_>>().join(" ")
}

fn receivers(count: usize) -> String {
    list((1..=count).map(|number| format!("Ủy ban nhân dân xã số {number}")))
}

fn list(texts: impl IntoIterator<Item = String>) -> String {
    let quoted: Vec<String> = texts.into_iter().map(|text| format!("\"{text}\"")).collect();
    format!("[{}]", quoted.join(", "))
}

fn prepared(yaml: &str) -> Prepared {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("ho_so.yaml"), yaml).unwrap();
    let office = Office::open(None).ok().unwrap();
    let prepared = render::prepare(folder.path(), &office, Stage::Final).unwrap_or_else(|found| {
        panic!("{:#?}", found.diagnostics);
    });
    assert!(!prepared.findings.has_errors(), "{:#?}", prepared.findings.diagnostics);
    prepared
}

/// Renders a case; both files hold the letters of the tree, each as often as it does. The PDF is
/// read by its bytes and the DOCX by its XML.
fn is_whole(yaml: &str) -> Document {
    let document = prepared(yaml).document;
    let (files, _) = render::files(&document, &Format::ALL).unwrap();
    let wanted = counted(&document.plain());
    assert_eq!(counted(&printed::letters(&files[0].bytes).unwrap()), wanted, "PDF");
    assert_eq!(counted(&texts_of_docx(&files[1].bytes)), wanted, "DOCX");
    document
}

fn counted(text: &str) -> BTreeMap<char, usize> {
    let mut counts = BTreeMap::new();
    for letter in text.chars().filter(|c| !c.is_whitespace()) {
        *counts.entry(letter).or_default() += 1;
    }
    counts
}

fn texts_of_docx(docx: &[u8]) -> String {
    let xml = document_xml(docx);
    let texts = xml.split("<w:t ").skip(1).map(|rest| {
        let (_, text) = rest.split_once('>').unwrap();
        text.split_once("</w:t>").unwrap().0
    });
    texts.collect::<String>().replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
}

/// The letters of each page.
fn pages(document: &Document) -> Vec<String> {
    let pages = pdf::compile(&pdf::paper(document).unwrap()).unwrap();
    pages.pages().iter().map(|page| letters_of(&page.frame)).collect()
}

fn letters_of(frame: &typst::layout::Frame) -> String {
    use typst::layout::FrameItem;
    let letters = |(_, item): &(_, FrameItem)| match item {
        FrameItem::Text(text) => text.text.to_string().replace([' ', '\u{a0}'], ""),
        FrameItem::Group(group) => letters_of(&group.frame),
        _ => String::new(),
    };
    frame.items().map(letters).collect()
}

/// The last grid of the document itself: signature and receivers.
fn closing(document: &Document) -> &Grid {
    let grid = |block: &'_ Block| matches!(block, Block::Grid(_));
    match document.sections[0].blocks.iter().rfind(|block| grid(block)) {
        Some(Block::Grid(grid)) => grid,
        _ => panic!("no closing grid"),
    }
}

// ── What is long flows ─────────────────────────────────────────────────────────────────────

#[test]
fn every_receiver_of_a_long_list_is_printed_and_the_line_of_the_archive_too() {
    for count in [1, 27, 28, 41, 56, 62, 70, 103, 200] {
        is_whole(&case(&[("noi_nhan", &receivers(count))]));
    }
}

#[test]
fn minutes_and_permits_list_all_their_receivers_too() {
    let minutes = "{ten_goi: cuộc họp, bat_dau: 8h00, ngay_hop: 18/11/2025, dia_diem: Phòng họp, tham_du: [\"Ông A\"], chu_tri: Ông B, thu_ky: Bà C, dien_bien: Nội dung., ket_luan: Xong., ket_thuc: 10h15, ngay_ket_thuc: 18/11/2025}";
    let permit = "{ngay_don: 26/1/2026, ho_ten: Lý Thanh Trúc, chuc_vu: Chuyên viên, thoi_gian: 05 ngày, tu_ngay: 2/2/2026, den_ngay: 6/2/2026, noi_nghi: xã Hòn Đất, nam: 2026}";
    for count in [2, 40, 103] {
        let to = receivers(count);
        let of = |kind, keys: &[(&'static str, &'static str)]| {
            let all = keys.iter().copied().chain([("loai", kind), ("noi_nhan", to.as_str())]);
            let yaml = case(&all.collect::<Vec<_>>());
            yaml.replace("huong: ngang_cap\n", "")
        };
        let chair = ("nguoi_ky", "{chuc_vu: CHỦ TỌA, ho_ten: Bùi Đức Thịnh}");
        let secretary = ("thu_ky", "{ho_ten: Lâm Thu Hà}");
        is_whole(&of("bien_ban", &[("noi_dung", minutes), chair, secretary]));
        let permit = of("giay_nghi_phep", &[("noi_dung", permit)]);
        is_whole(&permit.replace("trich_yeu: Kết quả công tác năm 2025\n", ""));
    }
}

#[test]
fn receivers_of_many_words_are_printed_whole() {
    let long = |number| format!("Ban Chỉ đạo số {number} về {}", words(30));
    is_whole(&case(&[("noi_nhan", &list((1..=40).map(long)))]));
}

#[test]
fn the_signature_stands_whole_with_the_first_receivers_and_the_last_lines_of_the_body() {
    for paragraphs in 1..24 {
        let body: Vec<String> =
            (1..=paragraphs).map(|n| format!("Đoạn {n}. {}", words(20))).collect();
        let body = format!(
            "{{ve: kết quả, muc: [{{tieu_de: Kết quả, noi_dung: \"{}\"}}]}}",
            body.join("\\n\\n")
        );
        let document = is_whole(&case(&[("noi_dung", &body), ("noi_nhan", &receivers(70))]));
        let pages = pages(&document);
        let of = |text: &str| pages.iter().position(|page| page.contains(text)).unwrap();
        let signed = of("GIÁMĐỐC");
        assert_eq!(of("TrầnMinhKhoa"), signed, "{paragraphs}");
        assert_eq!(of("Nơinhận:"), signed, "{paragraphs}");
        assert_eq!(of("Trênđâylàbáocáo"), signed, "{paragraphs}");
        // The line of the archive never stands alone on its page.
        assert_eq!(of("-Lưu:VT."), of("xãsố70;"), "{paragraphs}");
    }
}

#[test]
fn a_list_that_needs_no_second_page_stays_in_one_piece() {
    assert!(!closing(&prepared(&case(&[("noi_nhan", &receivers(20))])).document).breaks);
    let long = prepared(&case(&[("noi_nhan", &receivers(70))])).document;
    let grid = closing(&long);
    assert!(grid.breaks);
    assert!(grid.rows.iter().skip(1).all(|row| row[1].is_empty()));
}

#[test]
fn a_row_higher_than_a_page_goes_on_over_pages() {
    for (lying, count) in [("doc", 60), ("doc", 220), ("doc", 400), ("ngang", 120), ("ngang", 500)]
    {
        let rows = format!(
            "dong: [{{ten: Đường A, gc: ngắn}}, {{ten: Đường B, gc: {}}}, {{ten: Đường C, gc: cuối}}]",
            sentences(count)
        );
        let document =
            is_whole(&with_appendix(&format!("kho_giay: {lying}, {TWO_COLUMNS}, {rows}")));
        let table = table(&document);
        assert!(!table.rows[0].breaks && !table.rows[2].breaks, "{lying} {count}");
    }
}

#[test]
fn rows_with_two_long_cells_group_names_and_labels_of_totals_are_printed_whole() {
    let both = format!(
        "{TWO_COLUMNS}, dong: [{{ten: {}, gc: {}}}, {{ten: {}, gc: x}}]",
        words(900),
        words(700),
        words(1500)
    );
    is_whole(&with_appendix(&both));
    for count in [60, 300, 1500] {
        let groups = format!(
            "cot: [{{khoa: stt, ten: STT, kieu: stt}}, {{khoa: ten, ten: Tên, kieu: chu}}, {{khoa: so, ten: Số, kieu: so}}], nhom: [{{khoa: I, ten: {0}, cong: co}}, {{khoa: II, ten: {0}}}], dong: [{{nhom: I, ten: A, so: 3}}, {{nhom: II, ten: {0}, so: 4}}], tong: {{nhan: TỔNG {0}, vi_tri: dau}}",
            words(count)
        );
        is_whole(&with_appendix(&groups));
        is_whole(&with_appendix(&groups.replace("vi_tri: dau", "vi_tri: cuoi")));
    }
}

#[test]
fn a_note_beside_twenty_columns_of_figures_is_printed_whole() {
    let columns: Vec<String> =
        (1..=20).map(|n| format!("{{khoa: c{n}, ten: Năm {n}, kieu: so}}")).collect();
    let figures: Vec<String> = (1..=20).map(|n| format!("c{n}: 123.456")).collect();
    for count in [30, 90, 250] {
        let row = format!("{{ten: A, {}, gc: {}}}", figures.join(", "), sentences(count));
        is_whole(&with_appendix(&format!(
            "kho_giay: ngang, cot: [{{khoa: ten, ten: Tên, kieu: chu}}, {}, {{khoa: gc, ten: Ghi chú, kieu: chu}}], dong: [{row}, {row}]",
            columns.join(", ")
        )));
    }
}

#[test]
fn a_table_within_the_document_and_the_last_paragraph_go_on_over_pages() {
    let body =
        "{ve: kết quả, muc: [{tieu_de: Kết quả, noi_dung: \"Như sau:\\n\\n[bang b]\\n\\nHết.\"}]}";
    let table = format!(
        "[{{khoa: b, tieu_de: Bảng, {TWO_COLUMNS}, dong: [{{ten: A, gc: {}}}]}}]",
        sentences(200)
    );
    is_whole(&case(&[("noi_dung", body), ("bang", &table)]));
    for count in [150, 600, 2000] {
        let body =
            format!("{{ve: kết quả, muc: [{{tieu_de: Kết quả, noi_dung: {}.}}]}}", words(count));
        is_whole(&case(&[("noi_dung", &body)]));
    }
}

fn table(document: &Document) -> &Table {
    let mut blocks = document.sections.iter().rev().flat_map(|section| section.blocks.iter().rev());
    blocks.find_map(|block| if let Block::Table(it) = block { Some(it) } else { None }).unwrap()
}

// ── What cannot flow is told ───────────────────────────────────────────────────────────────

/// The errors of `check` that say what does not fit: `code at: fact`.
fn told(yaml: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("ho_so.yaml"), yaml).unwrap();
    let out = vanthu_in(folder.path(), &["check", "."]);
    assert_eq!(out.status.code(), Some(1), "{}{}", stdout(&out), stderr(&out));
    let said = stdout(&out) + &stderr(&out);
    let errors = said.lines().filter(|line| line.starts_with("lỗi["));
    errors.collect::<Vec<_>>().join("\n")
}

#[test]
fn what_must_stand_whole_and_is_higher_than_a_page_is_told_with_its_name() {
    let organ = |key: &str| {
        let (superior, name) = match key {
            "chu_quan" => (words(500), "SỞ A".to_owned()),
            _ => ("TỈNH B".to_owned(), words(500)),
        };
        format!(
            "{{chu_quan: {superior}, ten: {name}, ten_trong_cau: Sở A, ky_hieu: SA, dia_danh: An Giang}}"
        )
    };
    let signer = |post: &str, name: &str| format!("{{chuc_vu: {post}, ho_ten: {name}}}");
    let heading = format!("{{ve: kết quả, muc: [{{tieu_de: {}, noi_dung: Xong.}}]}}", words(900));
    for (key, value, name) in [
        ("co_quan_khac", organ("chu_quan"), "Cơ quan chủ quản"),
        ("co_quan_khac", organ("ten"), "Cơ quan ban hành"),
        ("trich_yeu", words(900), "Trích yếu"),
        ("nguoi_ky", signer(&words(600), "Trần Minh Khoa"), "Quyền hạn"),
        ("nguoi_ky", signer("GIÁM ĐỐC", &words(600)), "Họ tên"),
        ("noi_nhan", list([words(900), "Sở B".to_owned()]), "Nơi nhận"),
        ("noi_dung", heading, "Đề mục 1"),
    ] {
        let told = told(&case(&[(key, &value)]));
        assert!(told.contains(&format!("lỗi[khoi-qua-trang]: “{name}” cao ")), "{key}: {told}");
    }
}

#[test]
fn a_head_that_leaves_no_room_for_a_row_is_told_at_its_table() {
    let head = |name: &str, kind: &str| {
        with_appendix(&format!(
            "kho_giay: ngang, cot: [{{khoa: ten, ten: Tên, kieu: chu}}, {{khoa: gc, ten: {name}, kieu: {kind}}}], dong: [{{ten: A, gc: 2}}]"
        ))
    };
    // One long word, which stands upright; and a long name over figures.
    for name in ["g".repeat(300), words(400)] {
        let told = told(&head(&name, "so"));
        assert!(told.starts_with("lỗi[khoi-qua-trang]: đầu bảng cao "), "{told}");
    }
    let told = told(&head(&words(2500), "chu"));
    assert!(told.starts_with("lỗi[khoi-qua-trang]: đầu bảng cao "), "{told}");
}

// ── What was written is read back ──────────────────────────────────────────────────────────

/// A subject that no page holds, and an office that wants it all the same.
fn accepted_loss() -> String {
    case(&[
        ("so", ""),
        ("ngay", "15/10/2026"),
        ("trich_yeu", &words(900)),
        ("chap_nhan", "[{id: khoi-qua-trang, tai: trich_yeu, ly_do: Lãnh đạo yêu cầu}]"),
    ])
}

#[test]
fn a_final_that_lost_words_is_not_written_and_takes_no_number_and_a_draft_warns() {
    let folder = tempfile::tempdir().unwrap();
    assert!(vanthu_in(folder.path(), &["init", "vp"]).status.success());
    let root = folder.path().join("vp");
    let lay = |name: &str, yaml: &str| {
        std::fs::create_dir_all(root.join("ho_so").join(name)).unwrap();
        std::fs::write(root.join("ho_so").join(name).join("ho_so.yaml"), yaml).unwrap();
    };
    lay("dai", &accepted_loss().replace("so: \n", "so: 9\n"));
    let run = |args: &[&str]| vanthu_in(&root, args);
    let kept = || std::fs::read_dir(root.join("ho_so/dai")).unwrap().count();

    let out = run(&["render", "ho_so/dai"]);
    assert_eq!((out.status.code(), kept()), (Some(1), 1));
    let said = stderr(&out);
    assert!(said.contains("lỗi[ban-in-thieu-chu]: bản PDF thiếu chữ ở 1 chỗ"), "{said}");
    assert!(said.contains("PDF, trích yếu: mất “"), "{said}");
    assert!(said.contains("chưa xuất, vì còn lỗi ở trên"), "{said}");

    let out = run(&["render", "--draft", "ho_so/dai"]);
    assert_eq!((out.status.code(), kept()), (Some(0), 3), "{}", stderr(&out));
    assert!(stderr(&out).contains("cảnh báo[ban-in-thieu-chu]"), "{}", stderr(&out));

    lay("khac", &accepted_loss());
    let out = run(&["issue", "ho_so/khac"]);
    assert_eq!(out.status.code(), Some(1));
    assert!(stderr(&out).contains("lỗi[ban-in-thieu-chu]"), "{}", stderr(&out));
    assert_eq!(std::fs::read_dir(root.join("ho_so/khac")).unwrap().count(), 1);

    lay("ngan", &case(&[("so", ""), ("ngay", "15/10/2026")]));
    let out = run(&["issue", "ho_so/ngan"]);
    assert!(stdout(&out).starts_with("Đã phát hành 01/BC-SKHCN"), "{}", stderr(&out));
}

/// A document of one section and these blocks, in the styles of a report.
fn of_blocks(change: impl FnOnce(&mut Section)) -> Document {
    let table = format!("{TWO_COLUMNS}, dong: [{{ten: A, gc: b}}, {{ten: C, gc: d}}]");
    let mut document = prepared(&with_appendix(&table)).document;
    let last = document.sections.len() - 1;
    document.sections.drain(..last);
    change(&mut document.sections[0]);
    document
}

fn high_paragraph(document: &Document) -> Paragraph {
    let style = document.styles[0].id;
    Paragraph { keep_lines: true, ..Paragraph::text(style, words(2500)) }
}

fn in_grid(blocks: Vec<Block>, page: &vanthu::doc::Page) -> Block {
    let columns = vec![page.text_width()];
    Block::Grid(Grid { columns, rows: vec![vec![blocks]], ..Grid::default() })
}

fn the_table(section: &mut Section) -> &mut Table {
    let mut blocks = section.blocks.iter_mut().rev();
    blocks.find_map(|block| if let Block::Table(it) = block { Some(it) } else { None }).unwrap()
}

fn first_cell(rows: &mut [Row]) -> &mut Cell {
    &mut rows[0].cells[0]
}

/// Writes a document whose pages lose something; gives what the refusal says.
fn refused(document: &Document) -> String {
    let Err(error) = render::files(document, &Format::ALL) else {
        return "nothing was refused".to_owned();
    };
    let Incomplete(found) = error.downcast_ref().unwrap();
    let details = found.details.first().unwrap();
    assert!(details.contains("mất “"), "{details}");
    format!("{}; {}", found.message, details.split(": mất").next().unwrap())
}

#[test]
fn a_loss_on_the_pages_is_refused_whatever_block_it_is_in() {
    let whole = of_blocks(|_| {});
    assert!(render::files(&whole, &Format::ALL).is_ok());
    let high = high_paragraph(&whole);
    let long = Paragraph { keep_lines: false, ..high.clone() };
    let block = || Block::Paragraph(high.clone());
    let last = || Block::Paragraph(Paragraph::text(whole.styles[0].id, "Dòng cuối."));
    let margin: Vec<Block> = (0..120).map(|_| last()).collect();
    let rule = |height| {
        let thickness = Length::pt(1);
        Block::Rule(Rule { length: Length::mm(20), thickness, before: Length::ZERO, height })
    };
    let blank = || {
        let lines = vec![vanthu::doc::Inline::Break; 70];
        Block::Paragraph(Paragraph::new(whole.styles[0].id, lines))
    };
    let mut told = Vec::new();
    let mut plant = |what: &str, change: Change<'_>| {
        told.push(format!("{what}: {}\n", refused(&of_blocks(change))));
    };
    plant("paragraph", &|it| it.blocks.push(block()));
    plant("grid cell", &|it| {
        let grid = in_grid(vec![Block::Paragraph(long.clone())], &it.page);
        it.blocks.push(grid);
    });
    plant("beside a rule", &|it| {
        let grid = in_grid(vec![rule(Length::mm(300)), last()], &it.page);
        it.blocks.push(grid);
    });
    plant("below a space", &|it| {
        let grid = in_grid(vec![blank(), last()], &it.page);
        it.blocks.push(grid);
    });
    plant("table cell", &|it| first_cell(&mut the_table(it).rows).text = words(3000));
    plant("head", &|it| {
        let table = the_table(it);
        table.header[0].height = None;
        first_cell(&mut table.header).text = words(3000);
    });
    plant("upright cell", &|it| {
        let cell = first_cell(&mut the_table(it).rows);
        (cell.text, cell.upright) = (words(400), Some(Length::mm(900)));
    });
    plant("first_top", &|it| it.first_top = margin.clone());
    plant("first_bottom", &|it| it.first_bottom = margin.clone());
    expect![[r#"
        paragraph: bản PDF thiếu chữ ở 1 chỗ; PDF, nội dung, câu 3
        grid cell: bản PDF thiếu chữ ở 1 chỗ; PDF, nội dung, câu 3
        beside a rule: bản PDF thiếu chữ ở 1 chỗ; PDF, nội dung, câu 3
        below a space: bản PDF thiếu chữ ở 1 chỗ; PDF, nội dung, câu 3
        table cell: bản PDF thiếu chữ ở 2 chỗ; PDF, bảng, hàng 1
        head: bản PDF thiếu chữ ở 6 chỗ; PDF, bảng, đầu bảng, hàng 1
        upright cell: bản PDF thiếu chữ ở 2 chỗ; PDF, bảng, hàng 1
        first_top: bản PDF thiếu chữ ở 83 chỗ; PDF, nội dung, câu 38
        first_bottom: bản PDF thiếu chữ ở 83 chỗ; PDF, nội dung, câu 3
    "#]]
    .assert_eq(&told.concat());
}

type Change<'a> = &'a dyn Fn(&mut Section);

/// What a format does not hold of a tree that says more than the document that is written.
fn lost_of(format: Format, change: Change<'_>) -> Vec<String> {
    let document = of_blocks(with_margins);
    let told = of_blocks(|section| {
        with_margins(section);
        change(section);
    });
    let written = export::write_as(&document, &told, &[format]).unwrap().remove(0);
    written.lost.into_iter().map(|lost| lost.words).collect()
}

fn with_margins(section: &mut Section) {
    let style = section.page.number_style;
    let line = |text| vec![Block::Paragraph(Paragraph::text(style, text))];
    (section.first_top, section.first_bottom) = (line("Ở trên"), line("Ở dưới"));
    let cells = vec![line("ô trái"), line("ô phải")];
    let columns = vec![Length::mm(60); 2];
    section.blocks.push(Block::Grid(Grid { columns, rows: vec![cells], ..Grid::default() }));
}

fn add(block: &mut Block) {
    match block {
        Block::Paragraph(paragraph) => {
            paragraph.content.push(vanthu::doc::Inline::text(" thêm một ý"));
        }
        Block::Grid(grid) => add(&mut grid.rows[0][1][0]),
        Block::Rule(_) | Block::Table(_) => panic!("no text of its own"),
    }
}

#[test]
fn each_format_is_held_against_every_text_of_the_tree() {
    for format in Format::ALL {
        assert_eq!(lost_of(format, &|_| {}), Vec::<String>::new(), "{format:?}");
        let changes: [(&str, Change<'_>); 7] = [
            ("paragraph", &|it| add(&mut it.blocks[0])),
            ("grid", &|it| add(it.blocks.last_mut().unwrap())),
            ("head", &|it| first_cell(&mut the_table(it).header).text.push_str(" thêm một ý")),
            ("cell", &|it| first_cell(&mut the_table(it).rows).text.push_str(" thêm một ý")),
            ("first_top", &|it| add(&mut it.first_top[0])),
            ("first_bottom", &|it| add(&mut it.first_bottom[0])),
            ("row", &|it| {
                let rows = &mut the_table(it).rows;
                let mut row = rows[1].clone();
                row.cells[0].text = "thêm một ý".to_owned();
                row.cells[1].text.clear();
                rows.push(row);
            }),
        ];
        for (what, change) in changes {
            let lost = lost_of(format, change);
            assert_eq!(lost.first().unwrap(), "thêm một ý", "{format:?}, {what}");
            // The texts after a row that one tree has more have other numbers.
            assert!(lost.len() == 1 || what == "row", "{format:?}, {what}: {lost:?}");
        }
    }
}

// ── Records of older programs ──────────────────────────────────────────────────────────────

#[test]
fn a_record_whose_pdf_says_less_than_its_words_is_found_and_named() {
    let folder = tempfile::tempdir().unwrap();
    assert!(vanthu_in(folder.path(), &["init", "vp"]).status.success());
    let place = Place::new(folder.path().canonicalize().unwrap().join("vp"));
    let whole = prepared(&case(&[("noi_nhan", &receivers(103))])).document;
    let cut = prepared(&case(&[("noi_nhan", &receivers(60))])).document;
    let (files, _) = render::files(&cut, &[Format::Pdf]).unwrap();
    record(
        &place,
        vec![
            NewFile { path: paths::rendered("pdf", 0), bytes: files[0].bytes.clone() },
            NewFile { path: paths::WORDS.to_owned(), bytes: whole.plain().into_bytes() },
        ],
    );
    let out = vanthu_in(place.root(), &["archive", "verify", "--deep"]);
    let said = stdout(&out) + &stderr(&out);
    assert_eq!(out.status.code(), Some(1), "{said}");
    let found = said.split("lỗi[luu-tru-thieu-chu]").nth(1).unwrap();
    let found = found.split("gợi ý").next().unwrap();
    for named in ["- Ủy ban nhân dân xã số 61;", "- Ủy ban nhân dân xã số 70;"] {
        assert!(found.contains(named), "{found}");
    }
    // Without --deep nothing is read of the files but their digests.
    let out = vanthu_in(place.root(), &["archive", "verify"]);
    assert!(out.status.success(), "{}{}", stdout(&out), stderr(&out));
}

/// An issued document with a record of these files.
fn record(place: &Place, files: Vec<NewFile>) {
    let who = Who {
        actor: "Trần Thị B".to_owned(),
        at: "2026-01-05T08:00:00+07:00".to_owned(),
        today: "2026-01-05".parse().unwrap(),
    };
    let series = Series { organ: "Sở A".to_owned(), label: "chung".to_owned(), year: 2026 };
    let wish = Wish {
        series,
        request: RequestId::of(1),
        date: who.today,
        number: None,
        at: who.at.clone(),
        actor: who.actor.clone(),
        subject: "Về việc cũ".to_owned(),
        type_name: "Công văn".to_owned(),
    };
    let mut writer = Writer::open(place).unwrap();
    let key = writer.reserve(&wish).unwrap().key;
    let mut entry = writer.register.by_key(&key).unwrap().unwrap().entry;
    entry.state = State::Issued;
    entry.code = format!("{key}/SA-VP");
    entry.case_sha256 = "0".repeat(64);
    writer.perform(Act::Issue, entry, files, &who).unwrap();
}

#[test]
fn the_letters_of_a_pdf_are_read_from_its_bytes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("reports/kien_giang_2022");
    let office = Office::open(None).ok().unwrap();
    let document = render::prepare(&folder, &office, Stage::Final).ok().unwrap().document;
    let pdf = std::fs::read(folder.join("kien_giang_2022.pdf")).unwrap();
    assert_eq!(counted(&printed::letters(&pdf).unwrap()), counted(&document.plain()));
    assert!(printed::letters(b"%PDF-1.7\n").is_err());
    assert!(printed::letters(&pdf[..pdf.len() / 2]).is_err());
    assert!(rerender(&BTreeMap::new()).is_err());
}
