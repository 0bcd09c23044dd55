//! Kính gửi where the decree wants none, or none where it wants it.

use crate::check::{Report, Rule, Subject};
use crate::diag::{Route, Severity};
use crate::model::Addressing;

pub const RULE: Rule = Rule {
    id: "kinh-gui-sai-loai",
    severity: Severity::Error,
    explain: "\
Văn bản có “Kính gửi” mà loại văn bản không được có, hoặc thiếu mà loại văn bản phải có.

“Kính gửi” chỉ dùng trong công văn, tờ trình và báo cáo của cơ quan cấp dưới gửi cơ
quan cấp trên (Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II, khoản 9, điểm a).
Với báo cáo, hồ sơ ghi `huong: len_tren` khi gửi cấp trên. Công điện cũng dùng khóa
`kinh_gui` cho những nơi được điện (Phụ lục III, mẫu 1.6).",
    run,
};

fn run(subject: Subject<'_>, report: &mut Report<'_>) {
    let case = subject.case;
    let name = &case.document_type.name;
    let route = Route::root().key("kinh_gui");
    match (case.is_addressed(), case.to.is_empty()) {
        (true, true) => report.add(
            route,
            format!("{name} này phải có Kính gửi, hồ sơ chưa ghi nơi nào"),
            "thêm `kinh_gui:` và mỗi nơi một dòng bắt đầu bằng “- ”",
        ),
        (false, false) => report.add(
            route,
            unwanted(name, case.document_type.addressing),
            hint(case.document_type.addressing),
        ),
        (true, false) | (false, true) => {}
    }
}

fn unwanted(name: &str, addressing: Addressing) -> String {
    match addressing {
        Addressing::Upward => format!("{name} chỉ có Kính gửi khi gửi cơ quan cấp trên"),
        Addressing::Never | Addressing::Always => format!("{name} không có Kính gửi"),
    }
}

fn hint(addressing: Addressing) -> &'static str {
    match addressing {
        Addressing::Upward => {
            "nếu gửi cấp trên, ghi `huong: len_tren`; nếu không, chuyển các nơi này sang `noi_nhan`"
        }
        Addressing::Never | Addressing::Always => "chuyển các nơi này sang `noi_nhan`",
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{case, found};
    use super::*;
    use crate::model::{Case, Direction};
    use expect_test::expect;

    #[test]
    fn a_report_to_a_higher_body_needs_an_addressee() {
        let case = Case { to: vec![], ..case() };
        expect![["kinh_gui: Báo cáo này phải có Kính gửi, hồ sơ chưa ghi nơi nào\n"]]
            .assert_eq(&found(&RULE, &case, "./."));
    }

    #[test]
    fn a_report_to_lower_bodies_has_no_addressee() {
        let case = Case { direction: Some(Direction::Down), ..case() };
        expect![["kinh_gui: Báo cáo chỉ có Kính gửi khi gửi cơ quan cấp trên\n"]]
            .assert_eq(&found(&RULE, &case, "./."));
    }

    #[test]
    fn a_report_to_a_higher_body_with_an_addressee_is_right() {
        assert_eq!(found(&RULE, &case(), "./."), "");
    }
}
