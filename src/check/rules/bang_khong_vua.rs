//! A table wider than its page even at the smallest size, or a word wider than its cell.

use std::collections::BTreeSet;

use crate::check::words::{self, Unbreakable};
use crate::check::{Report, Rule, Subject};
use crate::diag::{Route, Severity};
use crate::doc::{Block, Length};

pub const RULE: Rule = Rule {
    id: "bang-khong-vua",
    severity: Severity::Error,
    explain: "\
Bảng của phụ lục rộng hơn trang giấy, kể cả ở cỡ chữ nhỏ nhất cho phép.

Nghị định 30/2020/NĐ-CP không quy định cỡ chữ trong bảng; chương trình không in dưới cỡ
nhỏ nhất đặt trong cấu hình (6 pt) vì không còn đọc được.

Khi chỉ vì một từ quá dài không ngắt được (một đường dẫn, một mã nối bằng dấu gạch dưới) mà
bảng không vừa, thông báo chỉ vào ô có từ ấy.",
    run,
};

/// Words that are told one by one.
const MAX_TOLD: usize = 10;

fn run(subject: Subject<'_>, report: &mut Report<'_>) {
    let mut told = BTreeSet::new();
    for section in &subject.document.sections {
        let room = section.page.text_width() + Length::pt(1);
        for block in &section.blocks {
            let Block::Table(table) = block else { continue };
            if !told.insert(table.name.as_str()) {
                // A further part of one table.
                continue;
            }
            let over = table.columns.iter().copied().sum::<Length>() - room;
            let words = match over > Length::ZERO {
                true => words::too_wide(subject.document, table, subject.case, room),
                false => words::too_wide_for_cells(subject.document, table),
            };
            if over > Length::ZERO && words.is_empty() {
                let route = Route::parse(&table.name).unwrap_or_default();
                report.add(route.key("cot"), message(over), hint(&table.name));
            }
            let more = words.len().saturating_sub(MAX_TOLD);
            for (index, word) in words.iter().take(MAX_TOLD).enumerate() {
                let rest = match more {
                    more if more > 0 && index + 1 == MAX_TOLD => {
                        format!("; còn {more} chỗ dài như vậy nữa")
                    }
                    _ => String::new(),
                };
                report.add(
                    words::place(subject.case, &table.name, &word.text),
                    format!("{}{rest}", about(word, over)),
                    step(word),
                );
            }
        }
    }
}

/// `từ “DANH_MUC_DU_AN…” dài 140 chữ cái, không ngắt được, nên bảng thừa ra ngoài trang 31 mm`
fn about(word: &Unbreakable, over: Length) -> String {
    let shown: String = word.text.chars().take(40).collect();
    let dots = if word.letters() > 40 { "…" } else { "" };
    let others = match word.count - 1 {
        0 => String::new(),
        others => format!(" (và {others} ô khác)"),
    };
    let (what, why) = match word.whole_cell {
        true => ("ô", "cột không phải `kieu: chu` thì không xuống dòng"),
        false => ("từ", "không ngắt được"),
    };
    let effect = match over > Length::ZERO {
        true => format!("nên bảng thừa ra ngoài trang {:.0} mm", over.to_mm().ceil()),
        false => "nên không vừa ô của nó".to_owned(),
    };
    let count = word.letters();
    format!("{what} “{shown}{dots}”{others} dài {count} chữ cái, {why}, {effect}")
}

fn step(word: &Unbreakable) -> &'static str {
    match word.whole_cell {
        true => "đặt `kieu: chu` cho cột này, hoặc rút gọn chữ trong ô",
        false => "thêm dấu cách hoặc dấu nối vào chỗ ngắt được, hoặc viết gọn từ này",
    }
}

fn message(over: Length) -> String {
    let over = over.to_mm().ceil();
    format!("bảng thừa ra ngoài trang {over:.0} mm, kể cả ở cỡ chữ nhỏ nhất")
}

/// A table within the document cannot turn its page.
fn hint(name: &str) -> &'static str {
    if name.starts_with("bang") {
        "bớt cột, hoặc chuyển bảng thành phụ lục"
    } else {
        "đặt `kho_giay: ngang`, ghi `an_cot_trong: co`, bớt cột, hoặc tách thành hai phụ lục"
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{found, table, with_table};
    use super::*;
    use crate::model::{Column, ColumnKind};
    use expect_test::expect;

    #[test]
    fn sixty_columns_of_money_do_not_fit_on_a_portrait_page() {
        let mut wide = table(&[&[("123.456.789", "2")]]);
        let amount = Column {
            key: "a".into(),
            name: "a".into(),
            kind: ColumnKind::Amount,
            ..Column::default()
        };
        wide.columns.extend(std::iter::repeat_n(amount, 60));
        let figure = wide.rows[0].cells[1].clone();
        wide.rows[0].cells.extend(std::iter::repeat_n(figure, 60));
        assert!(
            found(&RULE, &with_table(wide), "phụ lục./.")
                .starts_with("phu_luc[0].cot: bảng thừa ra ngoài trang")
        );
        assert_eq!(found(&RULE, &with_table(table(&[&[("1", "2")]])), "phụ lục./."), "");
    }

    /// Two columns of text, the cells of one row, and a group over both.
    fn of_texts(names: [&str; 2], cells: [&str; 2], group: &str) -> crate::model::Case {
        use crate::model::{Cell, Group, Row, Table};
        let column = |(key, name): (&str, &str)| Column {
            key: key.into(),
            name: name.into(),
            ..Column::default()
        };
        let text = |text: &str| Cell::Text(text.into());
        with_table(Table {
            columns: ["ten", "gc"].into_iter().zip(names).map(column).collect(),
            groups: vec![Group { key: "I".into(), name: group.into(), ..Group::default() }],
            rows: vec![
                Row { group: Some(0), cells: vec![text("Đường A"), text("Đạt")] },
                Row { group: Some(0), cells: cells.map(text).into() },
            ],
            ..Table::default()
        })
    }

    #[test]
    fn the_word_that_is_too_long_is_told_at_its_cell_its_head_or_its_group() {
        let word = "DANH_MUC_".repeat(20);
        expect![[r#"
            phu_luc[0].dong[1].gc: từ “DANH_MUC_DANH_MUC_DANH_MUC_DANH_MUC_DANH…” dài 180 chữ cái, không ngắt được, nên bảng thừa ra ngoài trang 105 mm
        "#]]
        .assert_eq(&found(&RULE, &of_texts(["Tên", "Ghi chú"], ["B", &word], "G"), "phụ lục./."));
        expect![[r#"
            phu_luc[0].cot[0].ten: từ “DANH_MUC_DANH_MUC_DANH_MUC_DANH_MUC_DANH…” dài 180 chữ cái, không ngắt được, nên bảng thừa ra ngoài trang 109 mm
        "#]]
        .assert_eq(&found(&RULE, &of_texts([&word, "Ghi chú"], ["B", "C"], "G"), "phụ lục./."));
        expect![[r#"
            phu_luc[0].nhom[0].ten: từ “DANH_MUC_DANH_MUC_DANH_MUC_DANH_MUC_DANH…” dài 180 chữ cái, không ngắt được, nên không vừa ô của nó
        "#]]
        .assert_eq(&found(&RULE, &of_texts(["Tên", "Ghi chú"], ["B", "C"], &word), "phụ lục./."));
        let short = "DANH_MUC_".repeat(4);
        assert_eq!(
            found(&RULE, &of_texts(["Tên", "Ghi chú"], [&short, "C"], &short), "phụ lục./."),
            ""
        );
    }

    #[test]
    fn a_text_in_a_column_that_does_not_wrap_is_told_as_a_cell() {
        let mut case = of_texts(["Tên", "Ghi chú"], ["B", &"rất dài ".repeat(40)], "G");
        let table = case.appendices[0].table.as_mut().unwrap();
        table.columns[1].kind = ColumnKind::Centered;
        let told = found(&RULE, &case, "phụ lục./.");
        assert!(told.starts_with("phu_luc[0].dong[1].gc: ô “rất dài rất dài"), "{told}");
    }
}
