//! A line above the signature that names two posts.

use crate::check::texts::{Found, Role};
use crate::check::{Report, Rule, Subject};
use crate::diag::Severity;
use crate::vi::proof::{Slip, post};

pub const RULE: Rule = Rule {
    id: "hai-chuc-vu",
    severity: Severity::Warning,
    explain: "\
Một dòng chức vụ ghi hai chức vụ: `chuc_vu: CHỦ TỊCH PHÓ CHỦ TỊCH`.

Cấp phó ký thay thì chức vụ người đứng đầu đứng sau “KT.” ở dòng trên, chức vụ của cấp phó
ở dòng dưới (Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II, khoản 7). Người giữ hai
chức vụ chỉ ghi chức vụ mà mình ký với tư cách ấy; “kiêm” không bị báo.

Ví dụ: `ky_thay: CHỦ TỊCH` và `chuc_vu: PHÓ CHỦ TỊCH`.",
    run,
};

fn run(subject: Subject<'_>, report: &mut Report<'_>) {
    let mut found = Found::default();
    for text in subject.texts.iter().filter(|text| text.role == Role::Post) {
        let Some(range) = post::second(&text.text) else { continue };
        let (first, second) = (text.text[..range.start].trim(), &text.text[range.clone()]);
        let first = first.trim_end_matches([',', ';', '/', '-', '–', ' ']);
        let step = format!(
            "cấp phó ký thay thì ghi `ky_thay: {first}` và `chuc_vu: {second}`; nếu không, chỉ giữ chức vụ của người ký"
        );
        let fact = format!("dòng này ghi hai chức vụ: “{first}” và “{second}”");
        let slip =
            Slip { range, sort: "hai chức vụ trên một dòng", fact: Some(fact), step };
        found.add(subject, text, 0, slip);
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
    fn one_line_names_one_post() {
        let texts = [
            ("nguoi_ky.chuc_vu", Form::Line, "GIÁM ĐỐC PHÓ GIÁM ĐỐC"),
            ("nguoi_ky.ky_thay", Form::Line, "GIÁM ĐỐC"),
            ("noi_dung.chuc_vu", Form::Line, "Giám đốc, Phó Giám đốc"),
        ];
        expect![[r#"
            nguoi_ky.chuc_vu: PHÓ GIÁM ĐỐC: dòng này ghi hai chức vụ: “GIÁM ĐỐC” và “PHÓ GIÁM ĐỐC”
        "#]]
        .assert_eq(&found_in(&RULE, &case(), &texts));
    }
}
