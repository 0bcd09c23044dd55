//! Cells of a table that were pasted as text: tabs and bars collapse into spaces.

use crate::check::texts::Found;
use crate::check::{Report, Rule, Subject};
use crate::diag::Severity;
use crate::vi::proof::columns::pasted_columns;

pub const RULE: Rule = Rule {
    id: "o-dan-nhieu-cot",
    severity: Severity::Warning,
    explain: "\
Chữ có dấu tab hoặc dấu gạch đứng `|` ở giữa, như khi dán nhiều ô của một bảng vào một chỗ.

Dấu tab được in thành một dấu cách và các dòng liền nhau thành một đoạn, nên bảng dán vào
chữ sẽ dính thành một dãy chữ và số.

Ví dụ: đưa số liệu vào `phu_luc`, hoặc vào `bang` rồi đặt bằng dòng `[bang KHÓA]`.",
    run,
};

fn run(subject: Subject<'_>, report: &mut Report<'_>) {
    Found::in_paragraphs(subject, |text| pasted_columns(text).into_iter().collect())
        .tell(subject, report);
}

#[cfg(test)]
mod tests {
    use super::super::testing::{case, found_in};
    use super::*;
    use crate::diag::Form;
    use expect_test::expect;

    #[test]
    fn a_tab_between_words_is_a_column() {
        let texts = [("noi_dung.mo_dau", Form::Passages, "Sở Y tế\t12\n\nmột | hai")];
        expect![[r#"
            noi_dung.mo_dau: 	: dấu tab giữa chữ được in thành một dấu cách
            noi_dung.mo_dau: |: dấu gạch đứng `|` giữa chữ, như khi dán các ô của một bảng
        "#]]
        .assert_eq(&found_in(&RULE, &case(), &texts));
    }

    #[test]
    fn a_figure_of_a_table_is_no_column() {
        let text =
            "Tổng {{ phu_luc[0].tong.von | so(\"a\") }} đồng, {{ phu_luc[0].dong | dem }} dự án.";
        let texts = [("noi_dung.mo_dau", Form::Passages, text)];
        assert_eq!(found_in(&RULE, &case(), &texts), "");
    }
}
