//! A table wider than its page even at the smallest size.

use crate::check::{Report, Rule, Subject};
use crate::diag::{Route, Severity};
use crate::doc::{Block, Length, Section};

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
    for (position, section) in subject.document.sections.iter().skip(1).enumerate() {
        if let Some(over) = overflow(section) {
            report.add(
                Route::root().key("phu_luc").index(position).key("cot"),
                format!(
                    "bảng thừa ra ngoài trang {:.0} mm, kể cả ở cỡ chữ nhỏ nhất",
                    over.to_mm().ceil()
                ),
                "đặt `kho_giay: ngang`, bớt cột, hoặc tách thành hai phụ lục",
            );
        }
    }
}

/// By how much the widest table of a section sticks out.
fn overflow(section: &Section) -> Option<Length> {
    let room = section.page.text_width() + Length::pt(1);
    section
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Table(table) => Some(table.columns.iter().copied().sum::<Length>() - room),
            Block::Paragraph(_) | Block::Rule(_) | Block::Grid(_) => None,
        })
        .max()
        .filter(|&over| over > Length::ZERO)
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
        assert!(
            found(&RULE, &with_table(wide), "phụ lục./.")
                .starts_with("phu_luc[0].cot: bảng thừa ra ngoài trang")
        );
        assert_eq!(found(&RULE, &with_table(table(&[&[("1", "2")]])), "phụ lục./."), "");
    }
}
