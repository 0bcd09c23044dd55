//! A document dated on a Saturday or Sunday.

use crate::check::{Report, Rule, Subject};
use crate::diag::{Route, Severity};
use crate::vi;

pub const RULE: Rule = Rule {
    id: "ngay-nghi",
    severity: Severity::Warning,
    explain: "\
Ngày của văn bản rơi vào thứ Bảy hoặc Chủ nhật.

Văn bản được đăng ký và gửi đi trong ngày ký, chậm nhất là ngày làm việc tiếp theo (Nghị
định 30/2020/NĐ-CP, Điều 18); ngày nghỉ thường là do gõ nhầm ngày.",
    run,
};

fn run(subject: Subject<'_>, report: &mut Report<'_>) {
    if let Some(date) = subject.case.date.whole().filter(|&date| vi::date::is_weekend(date)) {
        report.add(
            Route::root().key("ngay"),
            format!("{} là ngày nghỉ cuối tuần", vi::date::long(date)),
            "xem lại ngày; nếu đúng là ký ngày đó thì có thể để nguyên",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{case, found};
    use super::*;
    use crate::model::{Case, IssuedDate};
    use expect_test::expect;

    #[test]
    fn a_sunday_is_pointed_out_and_a_tuesday_is_not() {
        let sunday = IssuedDate::Whole(chrono::NaiveDate::from_ymd_opt(2022, 8, 14).unwrap());
        expect![["ngay: ngày 14 tháng 8 năm 2022 là ngày nghỉ cuối tuần\n"]].assert_eq(&found(
            &RULE,
            &Case { date: sunday, ..case() },
            "./.",
        ));
        assert_eq!(found(&RULE, &case(), "./."), "");
    }
}
