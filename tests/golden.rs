//! The worked example and the samples, held to the letter.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::path::{Path, PathBuf};

use vanthu::doc::{Block, Document};
use vanthu::export::Format;
use vanthu::form::Stage;
use vanthu::render::{self, Office, Prepared};

#[test]
fn a_fresh_render_of_the_worked_example_is_the_committed_pair_byte_for_byte() {
    let folder = root().join("reports/kien_giang_2022");
    let prepared = prepare(&folder);
    let (files, _) = render::files(&prepared.document, &Format::ALL).unwrap();
    for file in files {
        let path = folder.join(format!("kien_giang_2022.{}", file.format.extension()));
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(&path, &file.bytes).unwrap();
        }
        let kept = std::fs::read(&path).unwrap();
        assert!(
            kept == file.bytes,
            "{} is not what is rendered now; if the change is meant, look at every page, then UPDATE_EXPECT=1 cargo test",
            path.display()
        );
    }
}

#[test]
fn the_document_tree_of_every_sample_is_as_kept() {
    for name in [
        "so_noi_vu_lam_dong",
        "so_y_te_hai_phu_luc",
        "so_tu_phap_bang_trong_bai",
        "so_nnmt_bieu_excel",
        "so_tai_chinh_nhom_long_nhau",
        "ubnd_xa_bang_chu",
        "hdnd_xa_nghi_quyet",
        "ubnd_tinh_cong_dien",
        "so_noi_vu_giay_gioi_thieu",
        "so_y_te_giay_nghi_phep",
        "so_noi_vu_quy_che",
    ] {
        let prepared = prepare(&root().join("tests/cases/samples").join(name));
        assert!(!prepared.findings.has_errors(), "{name}");
        let outline = outline(&prepared.document);
        expect_test::expect_file![root().join(format!("tests/cases/samples/{name}.txt"))]
            .assert_eq(&outline);
    }
}

#[test]
fn the_figures_in_the_prose_of_samples_are_those_of_their_tables() {
    // Typed by a clerk, for the general wording has no figures of its own to put there.
    let samples = [
        ("so_tu_phap_bang_trong_bai", "77,3"), // 2.058 of 2.662, two totals
        ("so_nnmt_bieu_excel", ""),
        ("so_tai_chinh_nhom_long_nhau", ""),
    ];
    for (name, computed) in samples {
        let prepared = prepare(&root().join("tests/cases/samples").join(name));
        let outline = outline(&prepared.document);
        let cells: Vec<&str> = outline.split(['|', '\n']).map(str::trim).collect();
        let prose = outline.lines().filter_map(|line| line.strip_prefix("NoiDung: "));
        let words = prose.flat_map(|line| line.split([' ', ';']));
        let figures = words.map(|word| word.trim_matches(|c: char| !c.is_ascii_digit()));
        // With a point or a comma: what is no year, day or count.
        let figures = figures.filter(|word| word.contains(['.', ',']) && !word.contains('/'));
        let figures: Vec<&str> = figures.filter(|word| *word != computed).collect();
        assert!(figures.len() >= 4, "{name}: {figures:?}");
        for figure in figures {
            assert!(cells.contains(&figure), "{name}: {figure} is in no table");
        }
    }
}

#[test]
fn rendering_twice_and_in_another_order_gives_the_same_bytes() {
    let example = prepare(&root().join("reports/kien_giang_2022")).document;
    let sample = prepare(&root().join("tests/cases/samples/so_noi_vu_lam_dong")).document;
    let bytes = |document: &Document| -> Vec<Vec<u8>> {
        let (files, _) = render::files(document, &Format::ALL).unwrap();
        files.into_iter().map(|file| file.bytes).collect()
    };
    let first = (bytes(&example), bytes(&sample));
    let second = (bytes(&sample), bytes(&example));
    assert!(first.0 == second.1 && first.1 == second.0);
}

#[test]
fn the_totals_that_leave_rows_out_are_named_and_nothing_else_is_found() {
    let prepared = prepare(&root().join("reports/kien_giang_2022"));
    let found: Vec<String> = prepared
        .findings
        .diagnostics
        .iter()
        .map(|found| format!("{:?} {} {}", found.severity, found.code, found.message))
        .collect();
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].starts_with("Info tong-khong-khop"));
    assert!(found[0].contains("14 ô"));
    assert!(
        found[0].contains(
            "số ghi bằng tổng các dòng I.1, I.2, I.3; chưa cộng I.4, I.5, II.1, II.2, II.3"
        )
    );
}

#[test]
fn without_the_declared_figures_the_totals_are_those_of_every_row() {
    let folder = root().join("reports/kien_giang_2022");
    let case = std::fs::read_to_string(folder.join("ho_so.yaml")).unwrap();
    let (kept, _) = case.split_once("      khai:").unwrap();
    let scratch = tempfile::tempdir().unwrap();
    std::fs::write(scratch.path().join("ho_so.yaml"), kept).unwrap();
    std::fs::copy(folder.join("phu_luc.csv"), scratch.path().join("phu_luc.csv")).unwrap();
    let prepared = prepare(scratch.path());
    assert!(prepared.findings.diagnostics.is_empty());
    let outline = outline(&prepared.document);
    let total = outline.lines().find(|line| line.trim().starts_with("TỔNG SỐ")).unwrap();
    assert_eq!(
        total.trim(),
        "TỔNG SỐ | 69.485 |  | 69.485 | 0 |  | 0 | 69.485 |  | 69.485 | 8.820 |  | 8.820 | 8.000 |  | 8.000 | 17.053 |  | 17.053 | 5.884 |  | 5.884 | 106.859 |  | 106.859"
    );
}

#[test]
fn a_long_table_in_volumes_is_several_pdf_files_and_one_docx() {
    let scratch = tempfile::tempdir().unwrap();
    let case =
        std::fs::read_to_string(root().join("tests/cases/samples/bang_dai/ho_so.yaml")).unwrap();
    let split = case.replacen("    cot:\n", "    chia_tap: 100\n    cot:\n", 1);
    assert_ne!(case, split);
    std::fs::write(scratch.path().join("ho_so.yaml"), split).unwrap();
    let csv =
        std::fs::read_to_string(root().join("tests/cases/samples/bang_dai/du_an.csv")).unwrap();
    let (head, rows) = csv.split_once('\n').unwrap();
    let rows: Vec<&str> = rows.lines().collect();
    let long: Vec<&str> = rows.iter().copied().cycle().take(rows.len() * 4).collect();
    std::fs::write(scratch.path().join("du_an.csv"), format!("{head}\n{}\n", long.join("\n")))
        .unwrap();
    let prepared = prepare(scratch.path());
    let (files, layout) = render::files(&prepared.document, &Format::ALL).unwrap();
    let names: Vec<(Format, usize)> = files.iter().map(|file| (file.format, file.volume)).collect();
    assert_eq!(names, [(Format::Pdf, 0), (Format::Pdf, 1), (Format::Pdf, 2), (Format::Docx, 0)]);
    assert!(layout.unwrap().pages > 3);
    let outline = outline(&prepared.document);
    for volume in ["(Tập 1 trong 3 tập)", "(Tập 2 trong 3 tập)", "(Tập 3 trong 3 tập)"]
    {
        assert!(outline.contains(volume), "{volume}");
    }
    assert_eq!(outline.matches("(Kèm theo").count(), 3);
}

/// One line for each paragraph, line and row: what a reader sees, in order.
fn outline(document: &Document) -> String {
    let mut out = String::new();
    for section in &document.sections {
        let page = &section.page;
        out.push_str(&format!("== {:.0} × {:.0} mm\n", page.width.to_mm(), page.height.to_mm()));
        for (name, margin) in [("top", &section.first_top), ("bottom", &section.first_bottom)] {
            if !margin.is_empty() {
                out.push_str(&format!("[{name} of the first page]\n"));
                blocks(margin, "    ", &mut out);
            }
        }
        blocks(&section.blocks, "", &mut out);
    }
    out
}

fn blocks(list: &[Block], indent: &str, out: &mut String) {
    for block in list {
        match block {
            Block::Paragraph(paragraph) => {
                let text = paragraph.plain().replace('\n', " ⏎ ");
                out.push_str(&format!("{indent}{}: {text}\n", paragraph.style));
            }
            Block::Rule(rule) => {
                out.push_str(&format!("{indent}——— {:.1} mm\n", rule.length.to_mm()));
            }
            Block::Grid(grid) => {
                for row in &grid.rows {
                    for (column, cell) in row.iter().enumerate() {
                        out.push_str(&format!("{indent}[{}]\n", column + 1));
                        blocks(cell, &format!("{indent}    "), out);
                    }
                }
            }
            Block::Table(table) => {
                let widths: Vec<String> =
                    table.columns.iter().map(|width| format!("{:.1}", width.to_mm())).collect();
                out.push_str(&format!("{indent}table {}\n", widths.join(" ")));
                for row in table.header.iter().chain(&table.rows) {
                    let cells: Vec<&str> =
                        row.cells.iter().map(|cell| cell.text.as_str()).collect();
                    out.push_str(&format!("{indent}    {}\n", cells.join(" | ")));
                }
            }
        }
    }
}

/// A case with a folder `templates` of its own is written with it laid over the embedded ones.
fn prepare(case: &Path) -> Prepared {
    let own = Some(case.join("templates")).filter(|own| own.is_dir());
    let office = Office::open(own.as_deref()).unwrap_or_else(|findings| {
        panic!("{}", vanthu::diag::plain(&findings.diagnostics, &findings.sources))
    });
    render::prepare(case, &office, Stage::Final).unwrap_or_else(|findings| {
        panic!("{}", vanthu::diag::plain(&findings.diagnostics, &findings.sources))
    })
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
