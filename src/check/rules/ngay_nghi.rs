//! A document dated on a Saturday or Sunday, or on a public holiday.

use crate::check::{Report, Rule, Subject};
use crate::diag::{Route, Severity};
use crate::model::CalendarDay;
use crate::vi;

pub const RULE: Rule = Rule {
    id: "ngay-nghi",
    severity: Severity::Warning,
    explain: "\
Ngày của văn bản rơi vào thứ Bảy, Chủ nhật, hoặc ngày nghỉ lễ, tết.

Văn bản được đăng ký và gửi đi trong ngày ký, chậm nhất là ngày làm việc tiếp theo (Nghị
định 30/2020/NĐ-CP, Điều 18); ngày nghỉ thường là do gõ nhầm ngày. Ngày nghỉ lễ, tết (Bộ luật
Lao động 2019, Điều 112), ngày nghỉ bù và ngày làm bù lấy ở `templates/chung/ngay_nghi.yaml`;
cơ quan sửa bảng ấy được.",
    run,
};

fn run(subject: Subject<'_>, report: &mut Report<'_>) {
    let Some(date) = subject.case.date.whole() else { return };
    let off = match &subject.case.calendar_day {
        Some(CalendarDay::Off { name, is_expected: false }) => format!("ngày nghỉ: {name}"),
        Some(CalendarDay::Off { name, is_expected: true }) => {
            format!("ngày nghỉ dự kiến: {name}")
        }
        Some(CalendarDay::Worked) => return,
        None if vi::date::is_weekend(date) => "ngày nghỉ cuối tuần".to_owned(),
        None => return,
    };
    report.add(
        Route::root().key("ngay"),
        format!("{} là {off}", vi::date::long(date)),
        "xem lại ngày; nếu đúng là ký ngày đó thì có thể để nguyên",
    );
}

#[cfg(test)]
mod tests {
    use super::super::testing::{case, found};
    use super::*;
    use crate::model::{Case, IssuedDate};
    use expect_test::{Expect, expect};

    fn check(date: &str, calendar_day: Option<CalendarDay>, expected: Expect) {
        let date = IssuedDate::Whole(vi::date::parse(date).unwrap());
        expected.assert_eq(&found(&RULE, &Case { date, calendar_day, ..case() }, "./."));
    }

    #[test]
    fn a_sunday_is_pointed_out_and_a_tuesday_is_not() {
        let told = expect![["ngay: ngày 14 tháng 8 năm 2022 là ngày nghỉ cuối tuần\n"]];
        check("14/8/2022", None, told);
        check("16/8/2022", None, expect![[""]]);
    }

    #[test]
    fn a_holiday_is_called_by_its_name_and_told_from_one_that_is_expected() {
        let off =
            |name: &str, is_expected| Some(CalendarDay::Off { name: name.to_owned(), is_expected });
        check(
            "30/4/2026",
            off("Ngày Chiến thắng", false),
            expect![["ngay: ngày 30 tháng 4 năm 2026 là ngày nghỉ: Ngày Chiến thắng\n"]],
        );
        check(
            "3/9/2027",
            off("Quốc khánh", true),
            expect![["ngay: ngày 03 tháng 9 năm 2027 là ngày nghỉ dự kiến: Quốc khánh\n"]],
        );
    }

    #[test]
    fn a_saturday_that_is_worked_is_an_ordinary_day() {
        check("10/1/2026", Some(CalendarDay::Worked), expect![[""]]);
    }
}
