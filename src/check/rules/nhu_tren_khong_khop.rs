//! `- Như trên` without Kính gửi, or Kính gửi without it.

use crate::check::{Report, Rule, Subject};
use crate::diag::{Route, Severity};
use crate::vi::text::fold;

pub const RULE: Rule = Rule {
    id: "nhu-tren-khong-khop",
    severity: Severity::Error,
    explain: "\
Nơi nhận ghi “Như trên” mà văn bản không có Kính gửi, hoặc có Kính gửi mà dòng đầu của
Nơi nhận không phải “Như trên”.

“Như trên” trỏ về Kính gửi; không có Kính gửi thì không biết gửi ai (Nghị định
30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II, khoản 9, điểm b).",
    run,
};

fn run(subject: Subject<'_>, report: &mut Report<'_>) {
    let case = subject.case;
    let route = Route::root().key("noi_nhan");
    let same = case.recipients.iter().position(|to| fold(to) == "nhu tren");
    match (case.is_addressed(), same) {
        // Addressees that must not be there are a finding of their own.
        (false, Some(position)) if case.to.is_empty() => report.add(
            route.index(position),
            "Nơi nhận ghi “Như trên” nhưng văn bản không có Kính gửi",
            "ghi rõ tên cơ quan nhận, hoặc thêm `kinh_gui`",
        ),
        (true, None) => report.add(
            route,
            "văn bản có Kính gửi nhưng Nơi nhận không có dòng “Như trên”",
            "thêm dòng đầu “- Như trên” vào `noi_nhan`",
        ),
        (true, Some(position)) if position > 0 => report.add(
            route.index(position),
            "“Như trên” không đứng đầu Nơi nhận",
            "đưa dòng này lên đầu `noi_nhan`",
        ),
        (true, Some(_)) | (false, _) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{case, found};
    use super::*;
    use crate::model::{Case, Direction};
    use expect_test::expect;

    #[test]
    fn nhu_tren_needs_a_kinh_gui_above_it() {
        let case = Case { direction: None, to: vec![], ..case() };
        expect![["noi_nhan[0]: Nơi nhận ghi “Như trên” nhưng văn bản không có Kính gửi\n"]]
            .assert_eq(&found(&RULE, &case, "./."));
    }

    #[test]
    fn a_kinh_gui_needs_nhu_tren_first() {
        let lacking =
            Case {
                direction: Some(Direction::Up), recipients: vec!["Sở Y tế".into()], ..case()
            };
        let late = Case { recipients: vec!["Sở Y tế".into(), "Như trên".into()], ..case() };
        expect![["noi_nhan: văn bản có Kính gửi nhưng Nơi nhận không có dòng “Như trên”\n"]]
            .assert_eq(&found(&RULE, &lacking, "./."));
        expect![["noi_nhan[1]: “Như trên” không đứng đầu Nơi nhận\n"]]
            .assert_eq(&found(&RULE, &late, "./."));
    }
}
