//! `- Như trên` without Kính gửi, or Kính gửi without it.

use crate::check::{Report, Rule, Subject};
use crate::diag::{Route, Severity};
use crate::model::{Case, Mau, Opening, To};
use crate::vi::text::fold;

pub const RULE: Rule = Rule {
    id: "nhu-tren-khong-khop",
    severity: Severity::Error,
    explain: "\
Nơi nhận ghi “Như trên” mà văn bản không có Kính gửi, hoặc có Kính gửi mà dòng đầu của
Nơi nhận không phải “Như trên”.

“Như trên” trỏ về Kính gửi; không có Kính gửi thì không biết gửi ai (Nghị định
30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II, khoản 9, điểm b). Giấy giới thiệu và công điện
cũng được ghi “Như trên”, vì nơi gửi đến đã có trong nội dung (Phụ lục III, mẫu 1.6, 1.8).",
    run,
};

fn run(subject: Subject<'_>, report: &mut Report<'_>) {
    let case = subject.case;
    let route = Route::root().key("noi_nhan");
    let same = case.recipients.iter().position(|to| fold(to) == "nhu tren");
    match (duty(case), same) {
        // Addressees that must not be there are a finding of their own.
        (Duty::MustNot, Some(position)) if case.to.is_empty() => report.add(
            route.index(position),
            "Nơi nhận ghi “Như trên” nhưng văn bản không có Kính gửi",
            match case.boxes().to {
                To::Nobody => "ghi rõ tên cơ quan nhận; loại văn bản này không có Kính gửi",
                To::AsTyped | To::Somebody => "ghi rõ tên cơ quan nhận, hoặc thêm `kinh_gui`",
            },
        ),
        (Duty::Must, None) => report.add(
            route,
            "văn bản có Kính gửi nhưng Nơi nhận không có dòng “Như trên”",
            "thêm dòng đầu “- Như trên” vào `noi_nhan`",
        ),
        (Duty::Must | Duty::May, Some(position)) if position > 0 => report.add(
            route.index(position),
            "“Như trên” không đứng đầu Nơi nhận",
            "đưa dòng này lên đầu `noi_nhan`",
        ),
        (Duty::Must | Duty::May | Duty::MustNot, _) => {}
    }
}

/// Whether Nơi nhận begins with “Như trên”.
enum Duty {
    Must,
    /// Whom it means stands in the text.
    May,
    MustNot,
}

fn duty(case: &Case) -> Duty {
    let form = case.document_type.form;
    if form == Mau::Introduction || form.boxes().opening == Opening::Wire {
        Duty::May
    } else if case.is_addressed() {
        Duty::Must
    } else {
        Duty::MustNot
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{case, found, of};
    use super::*;
    use crate::model::Direction;
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

    #[test]
    fn a_letter_of_introduction_may_say_so_and_a_decision_may_not() {
        let same = || vec!["Như trên".into()];
        let introduction = Case { recipients: same(), ..of(Mau::Introduction) };
        assert_eq!(found(&RULE, &introduction, "./."), "");
        let decision = Case { recipients: same(), ..of(Mau::Decision) };
        expect![["noi_nhan[0]: Nơi nhận ghi “Như trên” nhưng văn bản không có Kính gửi\n"]]
            .assert_eq(&found(&RULE, &decision, "./."));
        let letter = Case { recipients: vec!["Sở Y tế".into()], ..of(Mau::OfficialLetter) };
        expect![["noi_nhan: văn bản có Kính gửi nhưng Nơi nhận không có dòng “Như trên”\n"]]
            .assert_eq(&found(&RULE, &letter, "./."));
    }
}
