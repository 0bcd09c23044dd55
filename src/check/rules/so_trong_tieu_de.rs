//! A heading or an item that begins with the number which the program gives it.

use crate::check::texts::{Found, Role};
use crate::check::{Report, Rule, Subject};
use crate::diag::Severity;
use crate::vi::proof::mark::{Numbered, numbered_twice, own_number};

pub const RULE: Rule = Rule {
    id: "so-trong-tieu-de",
    severity: Severity::Warning,
    explain: "\
Tiêu đề, tên nhóm hoặc mục bắt đầu bằng số của chính nó: `I. Kết quả`, `1. …`, `a) …`,
`Điều 5. …`, `Phụ lục I …`.

Số do chương trình đánh, nên tự ghi thì in ra hai lần: “I. I. KẾT QUẢ”.

Ví dụ: ghi `tieu_de: Kết quả thực hiện`, không ghi `tieu_de: I. Kết quả thực hiện`.",
    run,
};

fn run(subject: Subject<'_>, report: &mut Report<'_>) {
    let mut found = Found::default();
    for text in subject.texts.iter() {
        let numbered = match text.role {
            Role::Heading => Numbered::Heading,
            Role::Appendix => Numbered::Appendix,
            Role::Item => Numbered::Item,
            Role::Passages => {
                for paragraph in &text.paragraphs {
                    if let Some(slip) = numbered_twice(&text.text[paragraph.clone()]) {
                        found.add(subject, text, paragraph.start, slip);
                    }
                }
                continue;
            }
            Role::Post | Role::Other => continue,
        };
        if let Some(slip) = own_number(&text.text, numbered) {
            found.add(subject, text, 0, slip);
        }
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
    fn the_number_of_a_heading_is_the_programs() {
        let texts = [
            ("noi_dung.muc[0].tieu_de", Form::Line, "I. Kết quả"),
            ("noi_dung.muc[1].tieu_de", Form::Line, "Kết quả"),
            ("phu_luc[0].tieu_de", Form::Line, "PHỤ LỤC I DANH MỤC"),
            ("noi_dung.cam_ket[0]", Form::Line, "1. hoàn thành"),
            ("noi_dung.cam_ket[1]", Form::Line, "Điều 5 Luật Lưu trữ"),
            ("bang[0].tieu_de", Form::Line, "Bảng 1. Tiến độ"),
            ("noi_dung.mo_dau", Form::Passages, "1. 1. Kết quả\n\n2. Tồn tại"),
        ];
        expect![[r#"
            noi_dung.muc[0].tieu_de: I.: tự ghi số “I.”, mà chương trình đánh số chỗ này
            phu_luc[0].tieu_de: PHỤ LỤC I: tự ghi số “PHỤ LỤC I”, mà chương trình đánh số chỗ này
            noi_dung.cam_ket[0]: 1.: tự ghi số “1.”, mà chương trình đánh số chỗ này
            noi_dung.mo_dau: 1.: đầu mục ghi hai lần số: “1. 1.”
        "#]]
        .assert_eq(&found_in(&RULE, &case(), &texts));
    }
}
