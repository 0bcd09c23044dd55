//! What is on the pages, read back from what typst laid out, and how the file is made.

use std::time::Instant;

use proptest::prelude::*;
use typst::layout::{Frame, FrameItem, Point};

use super::sample::{self, portrait, style};
use super::*;
use crate::doc::{
    Align, Block, Cell, Grid, Inline, Length, LineSpacing, NO_BREAK_HYPHEN, Paragraph, Role, Row,
    Run, Section, SignatureField, Style, StyleId, metrics,
};

/// What is printed on one line of one page.
#[derive(Debug)]
struct Line {
    page: usize,
    /// Of the first glyph, from the left edge of the page, in points.
    x: f64,
    /// Of the baseline, from the upper edge of the page, in points.
    y: f64,
    text: String,
}

fn lines(document: &Document) -> Vec<Line> {
    let pages = compile(&paper(document).unwrap()).unwrap();
    let mut lines: Vec<Line> = Vec::new();
    for (page, frame) in pages.pages().iter().map(|page| &page.frame).enumerate() {
        let mut found = Vec::new();
        collect(frame, Point::zero(), &mut found);
        for (x, y, text) in found {
            match lines.last_mut() {
                Some(line) if line.page == page && (line.y - y).abs() < 0.01 => line.text += &text,
                _ => lines.push(Line { page, x, y, text }),
            }
        }
    }
    lines
}

fn collect(frame: &Frame, origin: Point, found: &mut Vec<(f64, f64, String)>) {
    for (at, item) in frame.items() {
        let at = origin + *at;
        match item {
            FrameItem::Group(group) => collect(&group.frame, at, found),
            FrameItem::Text(text) => {
                found.push((at.x.to_pt(), at.y.to_pt(), text.text.to_string()))
            }
            _ => {}
        }
    }
}

fn page_text(document: &Document, page: usize) -> String {
    let lines = lines(document);
    let texts = lines.iter().filter(|line| line.page == page).map(|line| line.text.as_str());
    texts.collect::<Vec<_>>().join("\n")
}

fn pages(document: &Document) -> usize {
    write(document).unwrap().layout.unwrap().pages
}

/// As typst writes it.
fn exported(document: &Document) -> Vec<u8> {
    let paper = paper(document).unwrap();
    export(&paper, &compile(&paper).unwrap(), &document.meta).unwrap()
}

fn contains(bytes: &[u8], needle: &str) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle.as_bytes())
}

fn paragraph(style: &'static str, text: &str) -> Block {
    Block::Paragraph(Paragraph::text(StyleId::new(style), text))
}

/// A document of one section with these styles.
fn document(styles: Vec<Style>, blocks: Vec<Block>) -> Document {
    let styles = styles.into_iter().chain([style("page")]).collect();
    let sections = vec![Section::new(portrait(), blocks)];
    Document { styles, sections, ..sample::report(0) }
}

fn assert_near(actual: f64, expected: f64) {
    assert!((actual - expected).abs() < 0.01, "{actual} is not {expected}");
}

#[test]
fn the_same_document_gives_the_same_bytes_whatever_was_written_before() {
    let document = sample::report(14);
    let first = write(&document).unwrap().files.remove(0);
    assert_eq!(first, write(&document).unwrap().files.remove(0));
    write(&sample::report(3)).unwrap();
    assert_eq!(first, write(&document).unwrap().files.remove(0));
}

#[test]
fn a_file_ends_with_a_line_feed() {
    assert!(write(&sample::plain(&["a"])).unwrap().files.remove(0).ends_with(b"%%EOF\n"));
}

#[test]
fn a_change_to_a_file_shows() {
    let bytes = write(&sample::report(1)).unwrap().files.remove(0);
    assert!(is_untouched(&bytes));
    assert!(!is_untouched(&[&bytes[..], b"1 0 obj"].concat()), "something was appended");
    for at in [10, bytes.len() / 2, bytes.len() - 3] {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        assert!(!is_untouched(&changed), "byte {at}");
    }
    assert!(!is_untouched(b"") && !is_untouched(b"%PDF-1.7 trailer <</ID[(a)(b)]>>"));
}

#[test]
fn the_digest_stands_in_the_trailer_and_in_the_metadata_and_nowhere_else() {
    let bytes = write(&sample::report(1)).unwrap().files.remove(0);
    let (objects, dictionary) = unpack::packed(&bytes);
    let (_, id) = dictionary.split_once(")(").unwrap();
    let (digest, _) = id.split_once(')').unwrap();
    let holders: Vec<&[u8]> =
        objects.values().map(Vec::as_slice).filter(|object| contains(object, digest)).collect();
    let [metadata, xref] = holders[..] else { panic!("{} objects hold it", holders.len()) };
    assert!(contains(metadata, "/Type/Metadata") && contains(xref, "/Type/XRef"));
}

#[test]
fn a_signature_appended_to_a_file_shows() {
    let bytes = write(&sample::report(1)).unwrap().files.remove(0);
    let (objects, dictionary) = unpack::packed(&bytes);
    let keys = dictionary.split_once("/Root").unwrap().1.split_once("/Filter").unwrap().0;
    let (number, place) = (objects.len() + 1, bytes.len());
    let size = number + 1;
    let update = format!(
        "{number} 0 obj\n<</Type/Sig>>\nendobj\nxref\n{number} 1\n{place:010} 00000 n\r\n\
         trailer\n<</Size {size}/Root{keys}>>\nstartxref\n{}\n%%EOF\n",
        place + format!("{number} 0 obj\n<</Type/Sig>>\nendobj\n").len(),
    );
    assert!(update.contains("/ID[("), "the update says that it is the same document");
    assert!(!is_untouched(&[&bytes[..], update.as_bytes()].concat()));
}

#[test]
fn a_file_from_before_files_were_packed_is_recognised() {
    let document = sample::plain(&["a"]);
    let mut bytes = exported(&document);
    bytes.push(b'\n');
    assert!(is_untouched(&sealed(bytes).unwrap()));
}

#[test]
fn every_object_is_found_again_through_the_cross_reference_stream() {
    let document = sample::report(60);
    let bytes = exported(&document);
    let (before, keys) = unpack::exported(&bytes);
    let (mut after, dictionary) = unpack::packed(&packed(&bytes).unwrap());
    assert!(dictionary.contains(&keys), "the trailer's keys: {keys}");
    let new = after.split_off(&(before.len() + 1));
    assert!(before == after, "an object was changed");
    // One more, since the last holds fewer, and the cross-reference itself.
    let streams = before.values().filter(|object| object.ends_with(b"\nendstream")).count();
    let expected = (before.len() - streams).div_ceil(200) + 1;
    assert_eq!(new.len(), expected);
    assert!(expected > 10, "several object streams");
}

#[test]
fn a_packed_file_begins_as_before_and_is_smaller() {
    let bytes = exported(&sample::report(60));
    let packed = packed(&bytes).unwrap();
    let header = b"%PDF-1.7\n%\x80\x80\x80\x80\n";
    assert!(bytes.starts_with(header) && packed.starts_with(header));
    assert!(packed.len() * 2 < bytes.len(), "{} of {}", packed.len(), bytes.len());
    assert_eq!(packed, self::packed(&bytes).unwrap());
}

/// A report with two fields around the name of who signs; they overlap.
fn with_fields() -> Document {
    let mut document = sample::report(1);
    let field = |name: &str, left, above| SignatureField {
        name: name.to_owned(),
        label: format!("Ô ký {name}"),
        left: Length::mm(left),
        above: Length::mm(above),
        width: Length::mm(40),
        height: Length::mm(20),
    };
    let grids = document.sections[0].blocks.iter_mut().rev();
    let grid =
        grids.filter_map(|block| if let Block::Grid(grid) = block { Some(grid) } else { None });
    let name = grid.filter_map(|grid| grid.rows.last_mut()?.last_mut()?.last_mut()).next();
    let Some(Block::Paragraph(name)) = name else { panic!("no name") };
    name.fields = vec![field("NguoiKy", 25, 2), field("CoQuan", 10, -1)];
    document
}

#[test]
fn signature_fields_move_nothing_on_the_pages() {
    let lines = |document| format!("{:#?}", lines(document));
    assert_eq!(lines(&with_fields()), lines(&sample::report(1)));
}

#[test]
fn signature_fields_are_widgets_with_a_tag_a_name_and_an_empty_look() {
    let bytes = write(&with_fields()).unwrap().files.remove(0);
    assert!(is_untouched(&bytes));
    assert_eq!(bytes, write(&with_fields()).unwrap().files.remove(0), "the same bytes again");
    let (objects, _) = unpack::packed(&bytes);
    let all = |part: &str| -> Vec<String> {
        let found = objects.values().filter(|object| contains(object, part));
        found.map(|object| String::from_utf8_lossy(object).into_owned()).collect()
    };
    assert!(
        all("/Subtype/Link").is_empty() && all("o-ky:").is_empty() && all("/S/Link").is_empty()
    );
    let number = |object: &str| {
        let is_it = |found: &&usize| objects[found] == object.as_bytes();
        objects.keys().find(is_it).copied().unwrap()
    };
    let widgets = all("/Subtype/Widget");
    let numbers: Vec<usize> = widgets.iter().map(|widget| number(widget)).collect();
    let [leader, agency] = numbers[..] else { panic!("{} widgets", numbers.len()) };
    assert!(widgets[0].contains("/FT/Sig/T(NguoiKy)/TU<FEFF00D400200"), "{}", widgets[0]);
    let catalog = &all("/Type/Catalog")[0];
    let form = format!("/AcroForm<</Fields[{leader} 0 R {agency} 0 R]/SigFlags 3>>>>");
    assert!(catalog.ends_with(&form), "{catalog}");
    let tags = all("/S/Form");
    assert!(tags[0].contains(&format!("/Obj {leader} 0 R")), "{}", tags[0]);
    assert_eq!((tags.len(), all("/Subtype/Form").len()), (2, 2));
}

#[test]
fn bytes_that_are_not_typsts_are_refused_with_what_is_wrong() {
    let bytes = exported(&sample::plain(&["a"]));
    let text = |part: &[u8]| String::from_utf8_lossy(part).into_owned();
    let tail = text(&bytes[bytes.len() - 40..]);
    let start = tail.lines().rev().nth(1).unwrap();
    let changed = |from: &str, to: &str| {
        let at = bytes.windows(from.len()).rposition(|window| window == from.as_bytes()).unwrap();
        [&bytes[..at], to.as_bytes(), &bytes[at + from.len()..]].concat()
    };
    let cases = [
        (Vec::new(), "no %%EOF at the end"),
        (bytes[..bytes.len() - 3].to_vec(), "no %%EOF at the end"),
        (changed("startxref\n", "startxref"), "no startxref"),
        (changed(start, "x"), "no number after startxref"),
        (changed(start, "99999999"), "startxref leads out of the file"),
        (changed(start, "17"), "no xref table at startxref"),
        (packed(&bytes).unwrap(), "no xref table at startxref"),
        (changed("xref\n0 ", "xref\n0 9"), "an xref table cut short"),
        (changed("trailer", "Trailer"), "no trailer after the table"),
        (changed("00000 n\r\n", "00001 n\r\n"), "an xref table with an entry that is none"),
        (changed("0000000016 ", "0000000017 "), "object 1 is not at 17 alone"),
        (changed("0000000016 ", "9900000016 "), "an object after the xref table"),
        (changed("\nendobj", " endobj"), "is not at"),
    ];
    for (bytes, expected) in cases {
        let error = format!("{:#}", packed(&bytes).unwrap_err());
        assert!(error.contains("fault of the program"), "{error}");
        assert!(error.contains(expected), "{error}, not {expected}");
    }
}

#[test]
fn a_broken_file_is_packed_or_refused_and_never_panics() {
    let bytes = exported(&sample::plain(&["a"]));
    for end in (0..bytes.len()).rev().step_by(97) {
        assert!(packed(&bytes[..end]).is_err(), "cut at {end}");
    }
    for at in (0..bytes.len()).rev().take(4_000).step_by(7) {
        let mut broken = bytes.clone();
        broken[at] ^= 1;
        let _ = packed(&broken);
    }
}

#[test]
fn only_a_dated_document_claims_pdf_a_and_pdf_ua() {
    let dated = sample::plain(&["a"]);
    let undated = Document { meta: Meta { date: None, ..dated.meta.clone() }, ..dated.clone() };
    let [dated, undated] =
        [dated, undated].map(|document| write(&document).unwrap().files.remove(0));
    for claim in ["pdfaid:part", "pdfuaid:part", "2022-08-16T00:00:00+07:00"] {
        assert!(contains(&dated, claim), "no {claim}");
        assert!(!contains(&undated, claim), "{claim}");
    }
    let undated = unpack::text(&undated);
    assert!(contains(&undated, "/StructTreeRoot"), "an undated document is tagged too");
}

#[test]
fn title_author_language_and_creator_travel_in_the_file() {
    let bytes = unpack::text(&write(&sample::plain(&["a"])).unwrap().files.remove(0));
    let creator = concat!("vanthu ", env!("CARGO_PKG_VERSION"));
    for fact in ["Báo cáo về tình hình", "ỦY BAN NHÂN DÂN", "/Lang(vi-VN)", creator] {
        let spaced = fact.replace("/Lang(", "/Lang (");
        assert!(contains(&bytes, fact) || contains(&bytes, &spaced), "no {fact}");
    }
}

#[test]
fn text_is_never_read_as_markup() {
    let hostile = [
        "#[*_$<@\\",
        "= a",
        "//",
        "{{ x }}",
        "#import \"a\"",
        "- b",
        "/* c */",
        "`d`",
        "~",
        "--",
        "\"'",
    ];
    let styles = vec![
        style("body"),
        Style { role: Role::Heading(1), ..style("heading") },
        Style { role: Role::Title, ..style("title") },
    ];
    let mut blocks = Vec::new();
    for text in hostile {
        blocks.extend(["body", "heading", "title"].map(|style| paragraph(style, text)));
    }
    let mut document = document(styles, blocks);
    document.meta.title = hostile.concat();
    document.meta.keywords = hostile.map(String::from).to_vec();
    let printed: Vec<String> = lines(&document).into_iter().map(|line| line.text).collect();
    let expected: Vec<&str> = hostile.iter().flat_map(|text| [*text; 3]).collect();
    assert_eq!(printed, expected);
    assert_eq!(pages(&document), 1);
}

#[test]
fn a_document_without_a_heading_or_a_table_or_an_author_is_written_too() {
    let mut document = sample::plain(&["a"]);
    document.meta = Meta { title: "a".into(), date: document.meta.date, ..Meta::default() };
    assert_eq!(pages(&document), 1);
}

#[test]
fn a_tab_is_printed_as_a_space() {
    assert_eq!(page_text(&sample::plain(&["a\tb"]), 0), "a b");
}

#[test]
fn a_character_the_font_lacks_is_named() {
    let error = write(&sample::plain(&["tên 中"])).err().unwrap().to_string();
    assert_eq!(error, "phông chữ của văn bản không có ký tự “中” (U+4E2D), trong “tên 中”");
}

#[test]
fn numbers_begin_anew_in_each_section_and_its_first_page_shows_none() {
    let document = sample::report(60);
    let lines = lines(&document);
    let shown = |page: usize| {
        let top = lines.iter().filter(|line| line.page == page && line.y < 50.0);
        top.map(|line| line.text.as_str()).collect::<Vec<_>>()
    };
    let shown: Vec<_> = (0..pages(&document)).map(shown).collect();
    let expected: [&[&str]; 7] = [&[], &["2"], &["3"], &[], &["2"], &["3"], &["4"]];
    assert_eq!(shown, expected);
}

#[test]
fn a_number_is_centred_between_the_margins_at_its_place() {
    let document = sample::report(0);
    let lines = lines(&document);
    let number = lines.iter().find(|line| line.text == "2").unwrap();
    let width = metrics::width("2", Length::pt(14), metrics::Face4::REGULAR);
    assert_near(number.x, (Length::mm(30 + 195) - width).to_pt() / 2.0);
    assert_near(number.y, Length::mm(10).to_pt() + 0.8911 * 14.0);
}

#[test]
fn what_a_first_page_carries_in_its_margins_takes_no_room_and_is_read_with_the_text() {
    let text = |count: usize| (0..count).map(|_| paragraph("body", "chữ")).collect::<Vec<_>>();
    let styles = vec![style("body"), Style { before: Length::pt(9), ..style("margin") }];
    let plain = document(styles, text(120));
    let mut carrying = plain.clone();
    let section = &mut carrying.sections[0];
    section.first_top = vec![paragraph("margin", "trên")];
    section.first_bottom = vec![paragraph("body", "dưới một"), paragraph("body", "dưới hai")];
    let (page, pitch) = (section.page.clone(), 16.1);

    let carried = |line: &Line| line.text.starts_with("trên") || line.text.starts_with("dưới");
    let (own, body): (Vec<Line>, Vec<Line>) = lines(&carrying).into_iter().partition(carried);
    let places = |lines: &[Line]| lines.iter().map(|line| (line.page, line.y)).collect::<Vec<_>>();
    assert_eq!(places(&body), places(&lines(&plain)));

    let bottom = (page.height - page.foot).to_pt();
    let baseline = 0.8911 * 14.0;
    let expected = [
        page.number_top.to_pt() + baseline,
        bottom - pitch * 2.0 + baseline,
        bottom - pitch + baseline,
    ];
    assert_eq!(own.len(), 3);
    for (line, y) in own.iter().zip(expected) {
        assert_eq!(line.page, 0);
        assert_near(line.x, page.left.to_pt());
        assert_near(line.y, y);
    }
    let paragraphs =
        |document: &Document| String::from_utf8_lossy(&exported(document)).matches("/S/P/").count();
    assert_eq!(paragraphs(&carrying), paragraphs(&plain) + 3);
}

#[test]
fn every_section_has_pages_of_its_own_size_and_none_between_is_empty() {
    let document = sample::report(1);
    let pages = compile(&paper(&document).unwrap()).unwrap();
    let sizes: Vec<bool> =
        pages.pages().iter().map(|page| page.frame.width() > page.frame.height()).collect();
    assert_eq!(sizes, [false, false, false, true]);

    // The first section ends where its page does.
    let full = Style { line: LineSpacing::Multiple(100), ..style("body") };
    let page = portrait();
    let pitch = full.pitch();
    let rows = page.text_height().emu() / pitch.emu();
    let blocks: Vec<Block> = (0..rows).map(|_| paragraph("body", "a")).collect();
    let mut document = self::document(vec![full], blocks);
    document.sections.push(document.sections[0].clone());
    assert_eq!(self::pages(&document), 2);
}

#[test]
fn lines_lie_as_far_apart_as_in_word() {
    let styles = vec![
        Style { line: LineSpacing::Multiple(150), before: Length::pt(6), ..style("body") },
        Style { size: Length::pt(12), before: Length::pt(10), keep_next: true, ..style("small") },
    ];
    let two = Paragraph::new(
        StyleId::new("body"),
        vec![Inline::text("a"), Inline::Break, Inline::text("b")],
    );
    let blocks = vec![
        Block::Paragraph(two),
        paragraph("small", "c"),
        paragraph("small", ""),
        paragraph("body", "d"),
    ];
    let lines = lines(&document(styles, blocks));
    let [a, b, c, d] = lines.as_slice() else { panic!("{lines:?}") };
    // A section's first paragraph keeps its space above.
    assert_near(a.y, Length::mm(20).to_pt() + 6.0 + 0.8911 * 14.0);
    // Single lines of 14 and 12 pt are 322 and 276 twips.
    let pitch = 1.5 * 16.1;
    assert_near(b.y - a.y, pitch);
    assert_near(c.y - b.y, pitch + 10.0 + 0.8911 * (12.0 - 14.0));
    assert_near(d.y - c.y, 13.8 + 10.0 + 13.8 + 6.0 + 0.8911 * (14.0 - 12.0));
}

#[test]
fn space_above_is_dropped_at_the_top_of_a_page() {
    let styles = vec![Style { before: Length::pt(30), ..style("body") }];
    let blocks = (0..40).map(|n| paragraph("body", &n.to_string())).collect();
    let lines = lines(&document(styles, blocks));
    let first = lines.iter().find(|line| line.page == 1 && line.text != "2").unwrap();
    assert_near(first.y, Length::mm(20).to_pt() + 0.8911 * 14.0);
}

#[test]
fn lines_break_where_the_shared_measure_says() {
    let styles = vec![Style { align: Align::Justify, first_line: Length::mm(10), ..style("body") }];
    let sentence = "Quyết định số 280/QĐ-UBND ngày 20/01/2022 giai đoạn 2021-2025, 2019 - 2020 (CNTT), và/hoặc “x”? ";
    for shift in 0..30 {
        let text = format!("{}{}", "m".repeat(shift), sentence.repeat(6));
        let printed = lines(&document(styles.clone(), vec![paragraph("body", text.trim())]));
        let room = portrait().text_width();
        let expected = metrics::lines(
            text.trim(),
            Length::pt(14),
            metrics::Face4::REGULAR,
            room,
            -Length::mm(10),
        );
        let printed: Vec<&str> = printed.iter().map(|line| line.text.trim_end()).collect();
        assert_eq!(printed, expected);
    }
}

#[test]
fn indents_hang_and_shift_as_the_style_says() {
    let hanging = |id, role| Style {
        left: Length::mm(20),
        first_line: -Length::mm(5),
        right: Length::mm(60),
        role,
        ..style(id)
    };
    let simple = Style { right: Length::ZERO, ..hanging("simple", Role::Text) };
    let styles = vec![simple, hanging("text", Role::Text), hanging("heading", Role::Heading(2))];
    let text = "một hai ba bốn năm sáu bảy tám chín mười ".repeat(4);
    for style in ["simple", "text", "heading"] {
        let lines = lines(&document(styles.clone(), vec![paragraph(style, text.trim())]));
        assert_near(lines[0].x, Length::mm(30 + 15).to_pt());
        assert_near(lines[1].x, Length::mm(30 + 20).to_pt());
    }
}

#[test]
fn a_level_that_a_document_leaves_out_is_left_out_of_its_tags() {
    let level = |id, level| Style { role: Role::Heading(level), ..style(id) };
    let styles = vec![level("chuong", 1), level("muc", 2), level("dieu", 3)];
    let blocks = ["dieu", "chuong", "dieu", "dieu", "chuong", "muc", "dieu", "chuong", "dieu"];
    let blocks = blocks.iter().map(|&style| paragraph(style, "x")).collect();
    let bytes = exported(&document(styles, blocks));
    let text = String::from_utf8_lossy(&bytes);
    let levels = [1, 2, 3].map(|level| text.matches(&format!("/S/H{level}/")).count());
    assert_eq!(levels, [4, 4, 1]);
}

#[test]
fn a_heading_looks_like_a_paragraph_of_its_style() {
    let plain = Style {
        first_line: Length::mm(10),
        align: Align::Justify,
        line: LineSpacing::Multiple(120),
        before: Length::pt(6),
        ..style("x")
    };
    let text = "một hai ba bốn năm sáu bảy tám chín mười ".repeat(4);
    let blocks = vec![paragraph("x", "a"), paragraph("x", text.trim()), paragraph("x", "b")];
    let places = |role| {
        let lines = lines(&document(vec![Style { role, ..plain.clone() }], blocks.clone()));
        let places = lines.iter().map(|line| format!("{:.3} {:.3} {}", line.x, line.y, line.text));
        places.collect::<Vec<_>>()
    };
    let expected = places(Role::Text);
    for role in [Role::Title, Role::Heading(1), Role::Heading(2), Role::Heading(5)] {
        assert_eq!(places(role), expected, "{role:?}");
    }
}

#[test]
fn what_keeps_to_the_next_goes_to_its_page_with_it() {
    let styles = vec![
        style("body"),
        Style { keep_next: true, role: Role::Heading(1), ..style("heading") },
        Style { keep_lines: true, ..style("whole") },
    ];
    let filled = |last: Vec<Block>| {
        let mut blocks: Vec<Block> = (0..44).map(|_| paragraph("body", "a")).collect();
        blocks.extend(last);
        page_text(&document(styles.clone(), blocks), 1)
    };
    let two = Paragraph::new(
        StyleId::new("body"),
        vec![Inline::text("c"), Inline::Break, Inline::text("d")],
    );
    let kept = filled(vec![paragraph("heading", "b"), Block::Paragraph(two.clone())]);
    assert_eq!(kept, "2\nb\nc\nd");
    let whole = Paragraph { style: StyleId::new("whole"), ..two };
    assert_eq!(filled(vec![paragraph("body", "b"), Block::Paragraph(whole)]), "2\nc\nd");
}

#[test]
fn a_grid_wider_than_the_text_is_centred_and_its_first_lines_are_level() {
    let styles = vec![
        Style { before: Length::pt(9), ..style("left") },
        Style { before: Length::pt(3), ..style("right") },
    ];
    let row = vec![vec![paragraph("left", "a")], vec![paragraph("right", "b")]];
    let grid = Grid {
        columns: vec![Length::mm(70), Length::mm(105)],
        rows: vec![row.clone(), row],
        before: Length::ZERO,
        breaks: false,
    };
    let pages = lines(&document(styles, vec![Block::Grid(grid)]));
    let [first, second] = pages.as_slice() else { panic!("{pages:?}") };
    assert_eq!([&first.text, &second.text], ["ab", "ab"]);
    assert_near(first.x, Length::mm(25).to_pt());
    // The wider space above counts for both.
    assert_near(first.y, Length::mm(20).to_pt() + 9.0 + 0.8911 * 14.0);
    assert_near(second.y - first.y, 1.1495 * 14.0 + 9.0);
}

#[test]
fn a_header_stands_on_every_page_of_its_table() {
    let document = sample::report(60);
    for page in 3..7 {
        assert_eq!(page_text(&document, page).matches("Địa điểm XD").count(), 1, "page {page}");
    }
    let all: String = (3..7).map(|page| page_text(&document, page)).collect();
    assert_eq!(all.matches("xã, phường, thị trấn trên").count(), 55, "one line of each row");
}

/// A cell as wide as the sample's table.
fn wide(text: &str) -> Cell {
    Cell {
        column: 0,
        columns: 29,
        rows: 1,
        style: StyleId::new("body"),
        text: text.into(),
        upright: None,
    }
}

/// A table under so many lines. Each row is its word and its height in millimetres; `I` and
/// `1` stay with the next.
fn grouped(above: usize, with_header: bool, rows: &[(&str, i64)]) -> Document {
    let row = |&(text, height): &(&str, i64)| Row {
        keep_next: text != "x",
        breaks: false,
        cells: vec![wide(text)],
        height: Some(Length::mm(height)),
    };
    let mut table = sample::table(0);
    table.rows = rows.iter().map(row).collect();
    if !with_header {
        table.header.clear();
    }
    let above = std::iter::repeat_n(paragraph("body", "-"), above);
    document(vec![style("body")], above.chain([Block::Table(table)]).collect())
}

/// Rows of data of any height, each after up to three lower ones that stay with the next:
/// together less than the 50 mm that the form ever holds.
fn grouped_rows() -> impl Strategy<Value = Vec<(&'static str, i64)>> {
    let heads = prop::collection::vec((prop::sample::select(vec!["I", "1"]), 5..16_i64), 0..4);
    let group = (heads, prop_oneof![5..30_i64, 30..150_i64]).prop_map(|(mut rows, height)| {
        rows.push(("x", height));
        rows
    });
    prop::collection::vec(group, 1..20).prop_map(|groups| groups.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_row_that_stays_with_the_next_never_ends_a_page(
        above in 0..45_usize,
        with_header: bool,
        rows in grouped_rows(),
    ) {
        let lines = lines(&grouped(above, with_header, &rows));
        let printed = lines.iter().filter(|line| "I1x".contains(&line.text));
        let words: Vec<&str> = printed.map(|line| line.text.as_str()).collect();
        prop_assert_eq!(words, rows.iter().map(|(text, _)| *text).collect::<Vec<_>>());
        for pair in lines.windows(2).filter(|pair| pair[0].page < pair[1].page) {
            prop_assert!("-x".contains(&pair[0].text), "{pair:?}");
        }
    }
}

#[test]
fn a_row_that_stays_with_the_next_is_data_to_a_reader_of_the_structure() {
    let rows = [[("I", 5), ("1", 5), ("x", 30), ("x", 10)]; 30].concat();
    let tagged = grouped(0, true, &rows);
    let mut plain = tagged.clone();
    let Block::Table(table) = &mut plain.sections[0].blocks[0] else { panic!("no table") };
    table.rows.iter_mut().for_each(|row| row.keep_next = false);
    let count = |document: &Document| {
        let bytes = exported(document);
        let text = String::from_utf8_lossy(&bytes);
        ["TH", "THead", "TBody", "TR", "TD"].map(|tag| text.matches(&format!("/S/{tag}/")).count())
    };
    assert_eq!(count(&tagged), count(&plain));
    assert_eq!(count(&tagged)[3], 3 + rows.len());
}

#[test]
fn a_row_is_as_high_as_it_says_or_as_its_text() {
    let mut table = sample::table(0);
    table.header.clear();
    let row = |height, text| Row { cells: vec![wide(text)], height, ..Row::default() };
    table.rows =
        vec![row(Some(Length::mm(30)), "a"), row(Some(Length::mm(1)), "b"), row(None, "c")];
    let lines = lines(&document(vec![style("body")], vec![Block::Table(table.clone())]));
    let natural = 16.1 + 2.0 * table.padding_y.to_pt() + table.border.to_pt();
    let middle = (Length::mm(30).to_pt() + natural) / 2.0;
    assert_near(lines[1].y - lines[0].y, middle);
    assert_near(lines[2].y - lines[1].y, natural);
}

#[test]
fn a_gap_is_printed_with_its_text_unchanged() {
    let gap = Run { text: "[thiếu: ho_ten]".into(), gap: true, ..Run::default() };
    let content = vec![Inline::text("Ông "), Inline::Text(gap), Inline::text(", chủ tịch")];
    let block = Block::Paragraph(Paragraph::new(StyleId::new("body"), content));
    let document = document(vec![style("body")], vec![block]);
    assert_eq!(page_text(&document, 0), "Ông [thiếu: ho_ten], chủ tịch");
    write(&document).unwrap();
}

/// `VANTHU_SAMPLE=DIR cargo test --lib export::pdf -- --ignored` prints the sample
/// for the eye and for outside judges, and says how long it took.
#[test]
#[ignore = "writes files"]
fn sample_for_the_eye() {
    let Some(directory) = std::env::var_os("VANTHU_SAMPLE") else { return };
    let directory = std::path::PathBuf::from(directory);
    let dated = sample::report(60);
    let undated = Document { meta: Meta { date: None, ..dated.meta.clone() }, ..dated.clone() };
    for (name, document) in [("dated", dated), ("undated", undated)] {
        let start = Instant::now();
        let written = write(&document).unwrap();
        println!("{name}: {:?} {:?}", start.elapsed(), written.layout);
        std::fs::write(directory.join(name).with_extension("pdf"), &written.files[0]).unwrap();
    }
}

/// Letters of all scripts and categories, as far as the fonts go: in words, alone, beside
/// digits and hyphens, in a cell. One that typst stumbles over would be refused at the door.
#[test]
fn every_letter_that_is_drawn_is_laid_out_wherever_it_stands() {
    let all = '!'..='\u{ffff}';
    let is_let_in = |c: char| crate::vi::text::forbidden_char(c).is_none();
    let letters: Vec<char> = all.filter(|&c| metrics::is_drawn(c) && is_let_in(c)).collect();
    assert!(letters.len() > 2_500, "{}", letters.len());
    let line = |c: &char| format!("An{c}g {c} {c}{c}{c}, 12{c}34-{c} {c}-Giang/{c}");
    let texts: Vec<String> = letters.iter().map(line).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let document = sample::plain(&texts);
    let printed: String = lines(&document).into_iter().map(|line| line.text).collect();
    for c in letters {
        let c = if c == NO_BREAK_HYPHEN { '-' } else { c };
        assert!(printed.contains(c), "U+{:04X}", u32::from(c));
    }
}

#[test]
fn a_draft_shows_a_box_for_what_no_font_draws_and_nothing_else_is_written() {
    let mut document = sample::plain(&["Tên 中文 ☐ KT\u{2011}TH."]);
    assert!(write(&document).is_err());
    document.meta.is_draft = true;
    assert_eq!(page_text(&document, 0), "Tên ▯▯ ☐ KT-TH.");
    assert!(write(&document).is_ok());
}
