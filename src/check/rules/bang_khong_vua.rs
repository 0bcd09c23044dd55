//! A table wider than its page even at the smallest size.

use crate::check::{Report, Rule, Subject};
use crate::diag::{Route, Severity};
use crate::doc::{Block, Length};

pub const RULE: Rule = Rule {
    id: "bang-khong-vua",
    severity: Severity::Error,
    explain: "\
Bảng của phụ lục rộng hơn trang giấy, kể cả ở cỡ chữ nhỏ nhất cho phép.

Nghị định 30/2020/NĐ-CP không quy định cỡ chữ trong bảng; chương trình không in dưới cỡ
nhỏ nhất đặt trong cấu hình (6 pt) vì không còn đọc được.",
    run,
};

fn run(subject: Subject<'_>, report: &mut Report<'_>) {
    for section in &subject.document.sections {
        let room = section.page.text_width() + Length::pt(1);
        for block in &section.blocks {
            let Block::Table(table) = block else { continue };
            let over = table.columns.iter().copied().sum::<Length>() - room;
            if over > Length::ZERO {
                let route = Route::parse(&table.name).unwrap_or_default();
                report.add(route.key("cot"), message(over), hint(&table.name));
            }
        }
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
}
