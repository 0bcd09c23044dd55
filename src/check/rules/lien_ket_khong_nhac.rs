//! A document that replaces or corrects another and does not say so.

use super::body_text;
use crate::check::{Report, Rule, Subject};
use crate::diag::{Route, Severity};
use crate::vi::text::fold;

pub const RULE: Rule = Rule {
    id: "lien-ket-khong-nhac",
    severity: Severity::Warning,
    explain: "\
Văn bản thay thế hoặc đính chính một văn bản khác mà nội dung không nhắc tới số, ký hiệu của nó.

Khóa `thay_the`, `dinh_chinh` chỉ ghi mối liên hệ vào sổ đăng ký, không in ra. Người nhận
phải đọc thấy văn bản nào bị thay thế, đính chính (Nghị định 30/2020/NĐ-CP, Điều 18, khoản 3).",
    run,
};

fn run(subject: Subject<'_>, report: &mut Report<'_>) {
    let text = without_spaces(&body_text(subject.document));
    let links = [("thay_the", &subject.case.replaces), ("dinh_chinh", &subject.case.corrects)];
    for (key, earlier) in links {
        let Some(earlier) = earlier else { continue };
        if !text.contains(&without_spaces(&earlier.code)) {
            report.add(
                Route::root().key(key).key("so_ky_hieu"),
                format!("nội dung không nhắc tới {}", earlier.code),
                "ghi số, ký hiệu và ngày của văn bản đó vào nội dung",
            );
        }
    }
}

/// The space of `Số 125/ BC-UBND` and no-break spaces make no difference.
fn without_spaces(text: &str) -> String {
    fold(text).split_whitespace().collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{case, found};
    use super::*;
    use crate::model::Earlier;
    use expect_test::expect;

    #[test]
    fn what_replaces_a_document_names_it() {
        let mut new = case();
        new.replaces = Some(Earlier { code: "12/BC-SNV".to_owned(), date: None });
        expect![["thay_the.so_ky_hieu: nội dung không nhắc tới 12/BC-SNV\n"]].assert_eq(&found(
            &RULE,
            &new,
            "Báo cáo như sau./.",
        ));
        assert_eq!(found(&RULE, &new, "Thay thế Báo cáo số 12/BC-SNV./."), "");
    }

    #[test]
    fn what_corrects_a_document_names_it() {
        let mut new = case();
        new.corrects = Some(Earlier { code: "12/BC-SNV".to_owned(), date: None });
        expect![["dinh_chinh.so_ky_hieu: nội dung không nhắc tới 12/BC-SNV\n"]].assert_eq(&found(
            &RULE,
            &new,
            "Đính chính./.",
        ));
    }
}
