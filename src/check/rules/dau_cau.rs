//! Spaces, punctuation, brackets and quotes that slipped.

use crate::check::texts::Found;
use crate::check::{Report, Rule, Subject};
use crate::diag::Severity;
use crate::vi::proof::punctuation::{brackets, marks};

pub const RULE: Rule = Rule {
    id: "dau-cau",
    severity: Severity::Warning,
    explain: "\
Dấu cách thừa hoặc thiếu cạnh dấu câu, hai dấu cách hay hai dấu câu liền nhau, ngoặc hoặc
nháy mở mà không đóng, dấu nháy thẳng.

Dấu câu viết sát chữ đứng trước và cách chữ đứng sau một dấu cách; ngoặc và nháy viết sát
chữ bên trong. Số (1.234; 0,5), chữ viết tắt (TP.HCM, v.v.), địa chỉ thư và liên kết không
bị báo.

Ví dụ: “công tác ,văn thư” phải là “công tác, văn thư”; \"Đề án 06\" phải là “Đề án 06”.",
    run,
};

fn run(subject: Subject<'_>, report: &mut Report<'_>) {
    let mut found = Found::in_paragraphs(subject, marks);
    for text in subject.texts.iter() {
        for slip in brackets(&text.text) {
            found.add(subject, text, 0, slip);
        }
    }
    found.tell(subject, report);
}

#[cfg(test)]
mod tests {
    use super::super::testing::{case, found_in};
    use super::*;
    use crate::diag::Form;
    use expect_test::expect;

    #[test]
    fn marks_are_looked_for_in_paragraphs_and_brackets_in_the_whole() {
        let texts = [
            ("trich_yeu", Form::Line, "Kết quả công tác ,văn thư"),
            (
                "noi_dung.mo_dau",
                Form::Passages,
                "“Một đoạn\n\n“và đoạn nữa”.\n\nMở ( mà không đóng  cách.",
            ),
        ];
        expect![[r#"
            trich_yeu:  ,: dấu cách trước dấu câu: “tác ,văn”
            noi_dung.mo_dau: ( : dấu cách sau dấu mở ngoặc: “Mở ( mà”
            noi_dung.mo_dau:   : hai dấu cách liền nhau: “đóng  cách.”
            noi_dung.mo_dau: (: dấu mở “(” không có dấu đóng
        "#]]
        .assert_eq(&found_in(&RULE, &case(), &texts));
    }

    #[test]
    fn many_slips_of_one_sort_are_one_finding_and_accepted_ones_stand_alone() {
        let text = ["a  b"; 7].join(", rồi ");
        let accepted = crate::model::Accepted {
            id: "dau-cau".into(),
            at: "noi_dung.ve".into(),
            reason: "để nguyên".into(),
        };
        let case = crate::model::Case { accepted: vec![accepted], ..case() };
        let texts = [
            ("noi_dung.ve", Form::Line, "hai  cách"),
            ("noi_dung.mo_dau", Form::Passages, text.as_str()),
        ];
        expect![[r#"
            noi_dung.ve:   : hai dấu cách liền nhau: “hai  cách”
            noi_dung.mo_dau:   : hai dấu cách liền nhau: 7 chỗ
                ho_so.yaml:2:2: “a  b,”
                ho_so.yaml:2:12: “a  b,”
                ho_so.yaml:2:22: “a  b,”
                ho_so.yaml:2:32: “a  b,”
                ho_so.yaml:2:42: “a  b,”
                ho_so.yaml:2:52: “a  b,”
                ho_so.yaml:2:62: “a  b”
        "#]]
        .assert_eq(&found_in(&RULE, &case, &texts));
    }
}
