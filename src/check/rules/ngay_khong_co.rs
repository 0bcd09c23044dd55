//! A day in running text that the calendar does not have.

use crate::check::texts::Found;
use crate::check::{Report, Rule, Subject};
use crate::diag::Severity;
use crate::vi::proof::day::impossible;

pub const RULE: Rule = Rule {
    id: "ngay-khong-co",
    severity: Severity::Error,
    explain: "\
Trong câu văn có một ngày không có trên lịch: `31/4`, `29/02/2023`, `ngày 31 tháng 6`.

Thời hạn ghi một ngày không có thì không ai thi hành được. Phân số (12/13 nhiệm vụ) và số
văn bản (12/13/QĐ) không bị báo; `31/4` không có năm chỉ được xét khi đứng sau chữ “ngày”.

Ví dụ: “trước ngày 31 tháng 6 năm 2026” phải là “trước ngày 30 tháng 6 năm 2026”.",
    run,
};

fn run(subject: Subject<'_>, report: &mut Report<'_>) {
    Found::in_paragraphs(subject, impossible).tell(subject, report);
}

#[cfg(test)]
mod tests {
    use super::super::testing::{case, found_in};
    use super::*;
    use crate::diag::Form;
    use expect_test::expect;

    #[test]
    fn a_day_is_looked_up_in_the_calendar() {
        let texts = [
            ("noi_dung.ve", Form::Line, "việc xong trước ngày 31/6/2025"),
            ("noi_dung.mo_dau", Form::Passages, "Xong 12/13 việc, ngày 30/6/2025"),
        ];
        expect![[r#"
            noi_dung.ve: 31/6/2025: “31/6/2025”: không có ngày 31; tháng 6 năm 2025 có 30 ngày
        "#]]
        .assert_eq(&found_in(&RULE, &case(), &texts));
    }
}
