//! A declared grand total that does not cover every row.

use crate::check::tables::{covered_rows, details, tables, wrong_figures};
use crate::check::{Report, Rule, Subject};
use crate::diag::Severity;
use crate::model::{Figures, Origin};

pub const RULE: Rule = Rule {
    id: "tong-khong-khop",
    severity: Severity::Error,
    explain: "\
Dòng tổng của phụ lục phải bằng tổng các dòng.

Người đọc cộng lại phụ lục trước khi đọc báo cáo; một tổng sai làm cả văn bản mất tin
cậy. Khi số ghi đúng bằng tổng của một phần các dòng, thông báo nêu phần đó và những
dòng còn thiếu, để biết phải sửa ở đâu. Bảng tới 40 dòng thì thử mọi cách chọn dòng; bảng
dài hơn chỉ thử bỏ một nhóm, các dòng cuối, một hoặc hai dòng, một đoạn dòng liền nhau.",
    run,
};

/// The next step where the totals stand in the file of the rows.
pub const IN_FILE: &str =
    "sửa số này trong tệp, hoặc sửa các dòng mà nó cộng; nếu cố ý, ghi vào `chap_nhan`";

fn run(subject: Subject<'_>, report: &mut Report<'_>) {
    for (route, table) in tables(subject.case) {
        let Some(total) = &table.total else { continue };
        let figures = Figures::new(table);
        let wrong = wrong_figures(&figures, &figures.total(), &total.declared);
        if wrong.is_empty() {
            continue;
        }
        let rows: Vec<_> = table.rows.iter().enumerate().collect();
        let covered = covered_rows(&figures, &total.declared, &table.names_of_rows(), &rows);
        let count = wrong.len();
        report.add_with(
            route.key("tong"),
            format!("dòng “{}” có {count} ô không bằng tổng các dòng{covered}", total.label),
            details(&figures, &wrong),
            match table.origin {
                Origin::FileWithTotals => IN_FILE,
                Origin::Case | Origin::File => "sửa các số khai, hoặc bỏ `khai` để chương trình tự cộng; nếu cố ý, ghi vào `chap_nhan`",
            },
        );
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{figures, found, table, with_table};
    use super::*;
    use crate::model::{Table, Total, TotalPlace};
    use expect_test::expect;

    fn declared(mut table: Table, values: &[(&str, &str)]) -> String {
        table.total = Some(Total {
            label: "TỔNG SỐ".into(),
            place: TotalPlace::First,
            declared: figures(values),
        });
        found(&RULE, &with_table(table), "./.")
    }

    fn rows() -> Table {
        table(&[&[("10", "1"), ("20", "2"), ("30", "4")], &[("5", "8"), ("7", "")]])
    }

    #[test]
    fn a_total_of_every_row_is_right() {
        assert_eq!(declared(rows(), &[("a", "72"), ("b", "15")]), "");
    }

    #[test]
    fn a_total_that_leaves_rows_out_names_those_it_covers() {
        expect![[r#"
            phu_luc[0].tong: dòng “TỔNG SỐ” có 2 ô không bằng tổng các dòng: số ghi bằng tổng các dòng I.1, I.2, I.3; chưa cộng II.1, II.2
                a: ghi 60, cộng được 72
                b: ghi 7, cộng được 15
        "#]]
        .assert_eq(&declared(rows(), &[("a", "60"), ("b", "7")]));
    }

    #[test]
    fn a_total_that_no_rows_explain_is_only_compared() {
        expect![[r#"
            phu_luc[0].tong: dòng “TỔNG SỐ” có 1 ô không bằng tổng các dòng
                a: ghi 61, cộng được 72
        "#]]
        .assert_eq(&declared(rows(), &[("a", "61")]));
    }

    #[test]
    fn when_two_choices_of_rows_explain_it_the_message_says_so() {
        let twins = table(&[&[("5", ""), ("5", "")]]);
        expect![[r#"
            phu_luc[0].tong: dòng “TỔNG SỐ” có 1 ô không bằng tổng các dòng: số ghi bằng tổng các dòng I.1; chưa cộng I.2 (có thể còn cách chọn khác)
                a: ghi 5, cộng được 10
        "#]]
        .assert_eq(&declared(twins, &[("a", "5")]));
    }

    #[test]
    fn amounts_below_nought_are_searched_too() {
        let table = table(&[&[("10", "1"), ("-4", "2"), ("7", "-3")]]);
        assert!(
            declared(table, &[("a", "6"), ("b", "3")])
                .contains("tổng các dòng I.1, I.2; chưa cộng I.3")
        );
    }

    #[test]
    fn in_a_long_table_a_group_left_out_is_still_named() {
        let first: Vec<(&str, &str)> = vec![("1", "1"); 30];
        let long = table(&[&first, &[("5", "8")]]);
        assert!(declared(long, &[("a", "30"), ("b", "30")]).contains("chưa cộng II.1"));
    }
}
