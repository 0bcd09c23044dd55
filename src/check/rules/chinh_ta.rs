//! Syllables that Vietnamese spelling cannot have.

use crate::check::texts::Found;
use crate::check::{Report, Rule, Subject};
use crate::diag::Severity;
use crate::vi::proof::spelling::misspelt;

pub const RULE: Rule = Rule {
    id: "chinh-ta",
    severity: Severity::Warning,
    explain: "\
Một chữ không thể có trong chính tả tiếng Việt: “nghành”, “kếhoạch”, “quyểt”, “ngiên cứu”.

Chương trình chỉ xét cách ghép phụ âm đầu, vần và dấu thanh, không có từ điển; chỉ xét chữ
thường có dấu. Tên riêng, chữ viết tắt, đơn vị đo, chữ nước ngoài, tên dân tộc thiểu số
không bị báo; “hòa” và “hoà” đều đúng.",
    run,
};

fn run(subject: Subject<'_>, report: &mut Report<'_>) {
    Found::in_paragraphs(subject, misspelt).tell(subject, report);
}

#[cfg(test)]
mod tests {
    use super::super::testing::{case, found_in};
    use super::*;
    use crate::diag::Form;
    use expect_test::expect;

    #[test]
    fn a_syllable_is_judged_and_a_name_is_not() {
        let texts = [("noi_dung.ve", Form::Line, "kếhoạch của nghành tại xã Ea H’Leo, Krông Pắc")];
        expect![[r#"
            noi_dung.ve: kếhoạch: chữ không có trong chính tả tiếng Việt: “kếhoạch”
            noi_dung.ve: nghành: chữ không có trong chính tả tiếng Việt: “nghành”
        "#]]
        .assert_eq(&found_in(&RULE, &case(), &texts));
    }
}
