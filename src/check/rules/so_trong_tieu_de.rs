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
                for paragraph in text.paragraphs() {
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
