//! Room that was left for words, and marks of a wording, in what goes out.

use crate::check::texts::Found;
use crate::check::{Report, Rule, Subject};
use crate::diag::Severity;
use crate::vi::proof::placeholder::placeholders;

pub const RULE: Rule = Rule {
    id: "cho-trong-con-sot",
    severity: Severity::Warning,
    explain: "\
Chữ trong hồ sơ còn chỗ để trống hoặc dấu của lời văn mẫu: `[…]`, `....`, `XXX`, `___`,
`???`, `<tên>`, `{tên}`, `{{ … }}`, `[^1]`, `.../BC-UBND`, `ngày ... tháng ... năm`.

Chỗ trống hay được để lại khi soạn rồi quên điền; văn bản phát hành sẽ in đúng như thế.
Chỗ cố ý để điền tay thì ghi ở `chap_nhan`. Số liệu của bảng trong đoạn văn, như
`{{ phu_luc[0].tong.von }}`, không bị báo.

Ví dụ: `Công văn số .../UBND-VX` phải ghi đủ số.",
    run,
};

fn run(subject: Subject<'_>, report: &mut Report<'_>) {
    Found::in_paragraphs(subject, placeholders).tell(subject, report);
}

#[cfg(test)]
mod tests {
    use super::super::testing::{case, found_in};
    use super::*;
    use crate::diag::Form;
    use expect_test::expect;

    #[test]
    fn room_is_told_at_its_place_and_an_ellipsis_is_not() {
        let texts = [
            ("noi_dung.ve", Form::Line, "kết quả [...] năm 2025"),
            (
                "noi_dung.mo_dau",
                Form::Passages,
                "Các sở, ngành, ...\n\nTheo Công văn số .../UBND-VX.",
            ),
        ];
        expect![[r#"
            noi_dung.ve: [...]: chỗ trống chưa điền: “quả [...] năm”
            noi_dung.mo_dau: ...: chỗ trống chưa điền: “số .../UBND-VX.”
        "#]]
        .assert_eq(&found_in(&RULE, &case(), &texts));
    }
}
