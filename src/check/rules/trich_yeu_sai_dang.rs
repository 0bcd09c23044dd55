//! A trích yếu that ends in a full stop, is all capitals, or begins as another type's.

use crate::check::{Report, Rule, Subject};
use crate::diag::{Route, Severity};
use crate::model::Title;

pub const RULE: Rule = Rule {
    id: "trich-yeu-sai-dang",
    severity: Severity::Warning,
    explain: "\
Trích yếu kết thúc bằng dấu chấm, viết toàn chữ in hoa, bắt đầu bằng “V/v” trong văn bản
có tên loại, hoặc dài hơn 500 ký tự; trích yếu công văn đã có “V/v”, “Về việc” mà chương
trình tự ghi.

Trích yếu là một câu ngắn gọn hoặc một cụm từ, trình bày bằng chữ in thường; “V/v” chỉ
dùng cho công văn (Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II, khoản 5). Trường
trích yếu của hệ thống dài tối đa 500 ký tự (Phụ lục VI).",
    run,
};

/// PL VI, Phần II.I: Subject, at most 500 characters.
const MOST_CHARACTERS: usize = 500;

fn run(subject: Subject<'_>, report: &mut Report<'_>) {
    let case = subject.case;
    let text = case.subject.trim();
    let mut add =
        |message: &str, hint: &str| report.add(Route::root().key("trich_yeu"), message, hint);
    if text.ends_with('.') && !text.ends_with("...") {
        add("trích yếu kết thúc bằng dấu chấm", "bỏ dấu chấm cuối trích yếu");
    }
    if text.chars().any(char::is_lowercase) {
        opening(case.boxes().title, &text.to_lowercase(), &mut add);
    } else if text.chars().any(char::is_uppercase) {
        add(
            "trích yếu viết toàn chữ in hoa",
            "viết trích yếu bằng chữ in thường, chữ đầu viết hoa",
        );
    }
    if text.chars().count() > MOST_CHARACTERS {
        add("trích yếu dài hơn 500 ký tự", "rút gọn trích yếu thành một câu hoặc một cụm từ");
    }
}

/// “V/v” belongs to a công văn, where the form prints it. `text` in small letters.
fn opening(title: Title, text: &str, mut add: impl FnMut(&str, &str)) {
    let abbreviated = text.starts_with("v/v");
    match title {
        Title::TypeAndSubject | Title::Type if abbreviated => {
            add("văn bản có tên loại không ghi “V/v” ở trích yếu", "thay “V/v” bằng “Về việc”");
        }
        Title::UnderNumber if abbreviated => {
            add("trích yếu công văn đã có “V/v”, mà chương trình tự ghi chữ này", "bỏ “V/v”");
        }
        Title::UnderNumber if text.starts_with("về việc") => {
            add("trích yếu công văn bắt đầu bằng “Về việc” ngay sau “V/v”", "bỏ “Về việc”");
        }
        Title::TypeAndSubject | Title::Type | Title::UnderNumber => {}
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{case, found, of};
    use super::*;
    use crate::model::{Case, Mau};
    use expect_test::expect;

    fn subject(text: &str) -> String {
        found(&RULE, &Case { subject: text.into(), ..case() }, "./.")
    }

    #[test]
    fn a_phrase_in_small_letters_is_right() {
        assert_eq!(subject("Về tình hình thực hiện CNTT"), "");
    }

    #[test]
    fn full_stop_capitals_and_vv_are_found() {
        expect![["trich_yeu: trích yếu kết thúc bằng dấu chấm\n"]]
            .assert_eq(&subject("Về việc A."));
        expect![["trich_yeu: trích yếu viết toàn chữ in hoa\n"]].assert_eq(&subject("VỀ VIỆC A"));
        expect![["trich_yeu: văn bản có tên loại không ghi “V/v” ở trích yếu\n"]]
            .assert_eq(&subject("V/v báo cáo"));
        assert!(subject(&"dài ".repeat(200)).contains("500 ký tự"));
    }

    #[test]
    fn a_letter_has_its_vv_from_the_form() {
        let letter = |text: &str| Case { subject: text.into(), ..of(Mau::OfficialLetter) };
        assert_eq!(found(&RULE, &letter("báo cáo công tác"), "./."), "");
        expect![["trich_yeu: trích yếu công văn đã có “V/v”, mà chương trình tự ghi chữ này\n"]]
            .assert_eq(&found(&RULE, &letter("V/v báo cáo"), "./."));
        expect![["trich_yeu: trích yếu công văn bắt đầu bằng “Về việc” ngay sau “V/v”\n"]]
            .assert_eq(&found(&RULE, &letter("Về việc báo cáo"), "./."));
    }
}
