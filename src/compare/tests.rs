//! Two texts, and what is told of their difference.

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::sentence::plain_tokens;
use super::{Change, Kind, Piece, Sentence, Token, Told, changes, changes_between, phrases};
use crate::doc::{
    Align, Block, Document, Inline, Length, LineSpacing, Meta, Page, Paragraph, Role, Row, Run,
    Section, Style, StyleId, Table,
};

const BODY: StyleId = StyleId::new("A");
const FIRST: StyleId = StyleId::new("B");
const SECOND: StyleId = StyleId::new("C");
const BASES: StyleId = StyleId::new("D");

/// A line each paragraph: `# ` and `## ` headings, `@ ` a box, `| ` a row, `==` a section.
fn document(text: &str) -> Document {
    let style = |id, name: &'static str, role| Style {
        id,
        name: name.into(),
        size: Length::pt(14),
        bold: false,
        italic: false,
        align: Align::Start,
        first_line: Length::ZERO,
        left: Length::ZERO,
        right: Length::ZERO,
        before: Length::ZERO,
        line: LineSpacing::Multiple(100),
        keep_next: false,
        keep_lines: false,
        boxed: false,
        box_air: (Length::ZERO, Length::ZERO),
        color: None,
        role,
    };
    let page = Page {
        width: Length::mm(210),
        height: Length::mm(297),
        top: Length::mm(20),
        right: Length::mm(15),
        bottom: Length::mm(20),
        left: Length::mm(30),
        number_style: BODY,
        number_top: Length::mm(10),
        foot: Length::mm(8),
    };
    let section = |text: &str| {
        Section::new(page.clone(), text.trim().lines().map(|line| block(line.trim())).collect())
    };
    Document {
        meta: Meta::default(),
        styles: vec![
            style(BODY, "Nội dung", Role::Text),
            style(FIRST, "Đề mục 1", Role::Heading(1)),
            style(SECOND, "Đề mục 2", Role::Heading(2)),
            style(BASES, "Căn cứ", Role::Text),
        ],
        sections: text.split("==").map(section).collect(),
    }
}

fn block(line: &str) -> Block {
    if let Some(cells) = line.strip_prefix("| ") {
        let cell = |text: &str| crate::doc::Cell {
            column: 0,
            columns: 1,
            rows: 1,
            style: BODY,
            text: text.to_owned(),
            upright: None,
        };
        let row = Row { cells: cells.split(" | ").map(cell).collect(), ..Row::default() };
        return Block::Table(Table { rows: vec![row], ..Table::default() });
    }
    let marks = [("## ", SECOND), ("# ", FIRST), ("@ ", BASES)];
    let found = marks.iter().find_map(|(mark, style)| Some((line.strip_prefix(mark)?, *style)));
    let (text, style) = found.unwrap_or((line, BODY));
    // `**` begins and ends bold, `⏎` is a line break.
    let runs = text.split("**").enumerate().flat_map(|(number, part)| {
        let run = move |text: &str| {
            Inline::Text(Run { text: text.to_owned(), bold: number % 2 == 1, ..Run::default() })
        };
        let lines: Vec<Inline> = part.split('⏎').map(run).collect();
        with_breaks(lines)
    });
    Block::Paragraph(Paragraph::new(style, runs.collect()))
}

/// The parts with a line break between them.
fn with_breaks(parts: Vec<Inline>) -> Vec<Inline> {
    let mut all = Vec::new();
    for part in parts {
        if !all.is_empty() {
            all.push(Inline::Break);
        }
        all.push(part);
    }
    all
}

fn told(changes: &[Change]) -> String {
    let mut out = String::new();
    for Change { place, told, .. } in changes {
        match told {
            Told::Added(sentence) => out.push_str(&format!("+ {place}: {}\n", sentence.plain())),
            Told::Removed(sentence) => out.push_str(&format!("- {place}: {}\n", sentence.plain())),
            Told::Renumbered { old, new } => {
                out.push_str(&format!("# {place}: {old:?} → {new:?}\n"))
            }
            Told::Reworded(pieces) => {
                for phrase in phrases(pieces) {
                    out.push_str(&format!("{place}: “{}” → “{}”\n", phrase.old, phrase.new));
                }
            }
        }
    }
    out
}

fn check(old: &str, new: &str, expected: Expect) {
    expected.assert_eq(&told(&changes(&document(old), &document(new))));
}

fn places(text: &str, expected: Expect) {
    let lines = super::sentences(&document(text)).into_iter();
    let lines = lines.map(|one| format!("{}: {}\n", one.place, one.plain()));
    expected.assert_eq(&lines.collect::<String>());
}

#[test]
fn a_place_is_what_a_clerk_would_call_it() {
    places(
        "@ Căn cứ Luật A;
         @ Căn cứ Luật B.
         Câu một. Câu hai.
         # I. TÌNH HÌNH
         Lời dẫn như sau:
         1. Về thu:
         a) Điểm a. Thêm một câu.
         - Gạch một;
         - Gạch hai.
         Sau các khoản.
         ## 1. Đề mục hai
         Dưới đề mục hai.
         # II. KIẾN NGHỊ
         - Một việc.
         Trên đây là báo cáo./.
         == PHỤ LỤC II
         | A | B
         | C | D",
        expect![[r#"
            căn cứ 1: Căn cứ Luật A;
            căn cứ 2: Căn cứ Luật B.
            mở đầu, câu 1: Câu một.
            mở đầu, câu 2: Câu hai.
            tên mục I: TÌNH HÌNH
            mục I, câu 1: Lời dẫn như sau:
            mục I, khoản 1, câu 1: Về thu:
            mục I, khoản 1, điểm a, câu 1: Điểm a.
            mục I, khoản 1, điểm a, câu 2: Thêm một câu.
            mục I, khoản 1, điểm a, gạch đầu dòng 1: Gạch một;
            mục I, khoản 1, điểm a, gạch đầu dòng 2: Gạch hai.
            mục I, câu 2: Sau các khoản.
            tên mục I, khoản 1: Đề mục hai
            mục I, khoản 1, câu 1: Dưới đề mục hai.
            tên mục II: KIẾN NGHỊ
            mục II, gạch đầu dòng 1: Một việc.
            câu kết: Trên đây là báo cáo./.
            phụ lục II, nội dung, câu 1: PHỤ LỤC II
            phụ lục II, bảng 1, hàng 1: A | B
            phụ lục II, bảng 2, hàng 1: C | D
        "#]],
    );
}

#[test]
fn articles_and_chapters_are_places() {
    places(
        "# Chương I⏎QUY ĐỊNH CHUNG
         ## Điều 1. Phạm vi
         1. Khoản một của Điều 1.
         ## Điều 2. Hiệu lực
         Quyết định có hiệu lực.
         Điều 3. Chánh Văn phòng thi hành. Câu hai.",
        expect![[r#"
            tên Chương I: QUY ĐỊNH CHUNG
            tên Chương I, Điều 1: Phạm vi
            Chương I, Điều 1, khoản 1, câu 1: Khoản một của Điều 1.
            tên Chương I, Điều 2: Hiệu lực
            Chương I, Điều 2, câu 1: Quyết định có hiệu lực.
            Chương I, Điều 3, câu 1: Chánh Văn phòng thi hành.
            Chương I, Điều 3, câu 2: Câu hai.
        "#]],
    );
}

#[test]
fn sentences_end_where_vietnamese_sentences_end() {
    places(
        "UBND TP. Rạch Giá, TP.HCM báo cáo 1.234.567,5 đồng; v.v. và các việc khác. Ông Nguyễn V. An ký KT. CHỦ TỊCH. “Đạt 85%.” Còn lại? Không! Đến 31/12/2025. Năm 2026 làm tiếp",
        expect![[r#"
            nội dung, câu 1: UBND TP. Rạch Giá, TP.HCM báo cáo 1.234.567,5 đồng; v.v. và các việc khác.
            nội dung, câu 2: Ông Nguyễn V. An ký KT. CHỦ TỊCH.
            nội dung, câu 3: “Đạt 85%.”
            nội dung, câu 4: Còn lại?
            nội dung, câu 5: Không!
            nội dung, câu 6: Đến 31/12/2025.
            nội dung, câu 7: Năm 2026 làm tiếp
        "#]],
    );
}

#[test]
fn a_changed_phrase_is_told_with_words_around_it() {
    check(
        "Ủy ban nhân dân tỉnh trân trọng đề nghị Bộ xem xét, quyết định. Câu này như cũ.",
        "Ủy ban nhân dân tỉnh trân trọng kiến nghị Bộ xem xét quyết định. Câu này như cũ.",
        expect![[r#"
            nội dung, câu 1: “… dân tỉnh trân trọng đề nghị Bộ xem xét, quyết định.” → “… dân tỉnh trân trọng kiến nghị Bộ xem xét quyết định.”
        "#]],
    );
}

#[test]
fn two_changes_far_apart_are_told_apart() {
    check(
        "Một hai ba bốn năm sáu bảy tám chín mười mười một mười hai.",
        "Mốt hai ba bốn năm sáu bảy tám chín mười mười một mười ba.",
        expect![[r#"
            nội dung, câu 1: “Một hai ba bốn năm …” → “Mốt hai ba bốn năm …”
            nội dung, câu 1: “… mười mười một mười hai.” → “… mười mười một mười ba.”
        "#]],
    );
}

#[test]
fn emphasis_and_marks_are_told() {
    check(
        "Số liệu đến **ngày 31/7** như sau:",
        "Số liệu đến ngày 31/7 như sau.",
        expect![[r#"
            nội dung, câu 1: “Số liệu đến **ngày 31/7** như sau:” → “Số liệu đến ngày 31/7 như sau.”
        "#]],
    );
}

#[test]
fn added_and_removed_sentences_are_told_as_such() {
    check(
        "Câu thứ nhất còn nguyên. Bỏ hẳn điều này đi. Câu cuối.",
        "Câu thứ nhất còn nguyên. Câu cuối. Nay có thêm việc mới.",
        expect![[r#"
            - nội dung, câu 2: Bỏ hẳn điều này đi.
            + nội dung, câu 3: Nay có thêm việc mới.
        "#]],
    );
}

#[test]
fn a_section_more_changes_no_sentence_after_it() {
    check(
        "# I. MỘT
         Câu của mục một.
         # II. HAI
         Câu của mục hai.",
        "# I. MỘT
         Câu của mục một.
         # II. GIỮA
         Câu mới hoàn toàn.
         # III. HAI
         Câu của mục hai.",
        expect![[r#"
            + tên mục II: GIỮA
            + mục II, câu 1: Câu mới hoàn toàn.
            # tên mục III: Some("II.") → Some("III.")
        "#]],
    );
}

#[test]
fn a_line_broken_elsewhere_is_no_change() {
    check("@ Căn cứ Luật⏎Ngân sách.", "@ Căn cứ⏎Luật Ngân sách.", expect![""]);
}

/// The old sentences, changed as was told.
fn apply(old: &[Sentence], changes: &[Change]) -> Vec<(Option<String>, Vec<Token>)> {
    let mut lines: Vec<Option<(Option<String>, Vec<Token>)>> =
        old.iter().map(|one| Some((one.mark.clone(), one.tokens.clone()))).collect();
    let mut added = std::collections::BTreeMap::new();
    for change in changes {
        match &change.told {
            Told::Removed(_) => lines[change.old] = None,
            Told::Added(sentence) => {
                added.insert(change.new, (sentence.mark.clone(), sentence.tokens.clone()));
            }
            Told::Renumbered { new, .. } => lines[change.old].as_mut().unwrap().0 = new.clone(),
            Told::Reworded(pieces) => {
                let old: Vec<Token> = pieces.iter().filter_map(Piece::before).cloned().collect();
                assert_eq!(old, lines[change.old].as_ref().unwrap().1);
                let new = pieces.iter().filter_map(Piece::after).cloned().collect();
                lines[change.old].as_mut().unwrap().1 = new;
            }
        }
    }
    let mut kept = lines.into_iter().flatten();
    let mut new = Vec::new();
    loop {
        match added.remove(&new.len()).or_else(|| kept.next()) {
            Some(line) => new.push(line),
            None => return new,
        }
    }
}

/// Sentences of few words, so that many are alike.
fn some_sentences() -> impl Strategy<Value = Vec<Sentence>> {
    let words = prop::collection::vec(prop::sample::select(vec!["a", "b", "c", "d,", "e"]), 1..9);
    let mark = prop::option::of(prop::sample::select(vec!["1.", "a)", "-"]));
    let one =
        (words, mark, any::<bool>(), any::<bool>()).prop_map(|(words, mark, heading, bold)| {
            let mut tokens = plain_tokens(&words.join(" "));
            tokens[0].bold = bold;
            Sentence {
                place: String::new(),
                kind: if heading { Kind::Heading } else { Kind::Text },
                mark: mark.map(ToOwned::to_owned),
                tokens,
            }
        });
    prop::collection::vec(one, 0..12)
}

proptest! {
    #[test]
    fn nothing_differs_from_itself(one in some_sentences()) {
        prop_assert!(changes_between(&one, &one).is_empty());
    }

    #[test]
    fn the_changes_make_the_new_sentences_of_the_old(old in some_sentences(), new in some_sentences()) {
        let changes = changes_between(&old, &new);
        let wanted: Vec<_> = new.iter().map(|one| (one.mark.clone(), one.tokens.clone())).collect();
        prop_assert_eq!(apply(&old, &changes), wanted);
        for change in &changes {
            if let Told::Reworded(pieces) = &change.told {
                prop_assert!(!phrases(pieces).is_empty());
                prop_assert!(phrases(pieces).iter().all(|phrase| phrase.old != phrase.new));
            }
        }
    }
}
