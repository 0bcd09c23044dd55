//! The address at the foot of page 1 needs more room than the bottom margin has.

use crate::check::{Report, Rule, Subject};
use crate::diag::{At, Route, Severity};
use crate::doc::Length;

pub const RULE: Rule = Rule {
    id: "lien-he-khong-vua",
    severity: Severity::Error,
    explain: "\
Các dòng `lien_he` của cơ quan không vừa lề dưới của trang thứ nhất.

Địa chỉ liên hệ in trong lề dưới (20–25 mm), dưới một đường kẻ, cách mép giấy ít nhất 4,5 mm
để máy in không cắt mất: lề 20 mm vừa ba dòng cỡ chữ 11, lề 25 mm vừa bốn dòng. Dòng dài
quá chiều ngang của trang tính là hai dòng.",
    run,
};

/// What most printers cannot reach at the edge of the paper.
const EDGE: Length = Length::centi_mm(450);

fn run(subject: Subject<'_>, report: &mut Report<'_>) {
    let Some(section) = subject.document.sections.first() else { return };
    if section.first_bottom.is_empty() || section.page.foot >= EDGE {
        return;
    }
    let given = subject.case.organ.contact.len();
    report.add(
        At::Key(Route::root().key("co_quan")),
        format!("{given} dòng `lien_he` của cơ quan không vừa lề dưới của trang thứ nhất"),
        "gộp hoặc rút ngắn các dòng, tăng `le_duoi` trong cau_hinh.yaml, hoặc ghi `lien_he: khong` vào hồ sơ",
    );
}

#[cfg(test)]
mod tests {
    use super::super::testing::{case, found};
    use super::*;
    use crate::model::{Case, Organ};
    use expect_test::expect;

    fn with_lines(count: usize, line: &str) -> Case {
        let organ = Organ { contact: vec![line.to_owned(); count], ..case().organ };
        Case { organ, shows_contact: true, ..case() }
    }

    #[test]
    fn an_address_of_more_lines_than_the_margin_holds_is_told() {
        let line = "Địa chỉ: số 36, đường Trần Phú, phường Xuân Hương";
        assert_eq!(found(&RULE, &with_lines(3, line), "Hết./."), "");
        expect![[r#"
            co_quan: 4 dòng `lien_he` của cơ quan không vừa lề dưới của trang thứ nhất
        "#]]
        .assert_eq(&found(&RULE, &with_lines(4, line), "Hết./."));
        // Two that are broken are four.
        assert_ne!(found(&RULE, &with_lines(2, &format!("{line}; ").repeat(3)), "Hết./."), "");
        let hidden = Case { shows_contact: false, ..with_lines(9, line) };
        assert_eq!(found(&RULE, &hidden, "Hết./."), "");
    }
}
