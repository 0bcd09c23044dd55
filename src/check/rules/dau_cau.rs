//! Spaces, punctuation, brackets and quotes that slipped.

use crate::check::texts::Found;
use crate::check::{Report, Rule, Subject};
use crate::diag::Severity;
use crate::vi::proof::punctuation::{brackets, marks};

pub const RULE: Rule = Rule {
    id: "dau-cau",
    severity: Severity::Warning,
    explain: "\
Dấu cách thừa hoặc thiếu cạnh dấu câu, hai dấu cách hay hai dấu câu liền nhau, ngoặc hoặc
nháy mở mà không đóng, dấu nháy thẳng.

Dấu câu viết sát chữ đứng trước và cách chữ đứng sau một dấu cách; ngoặc và nháy viết sát
chữ bên trong. Số (1.234; 0,5), chữ viết tắt (TP.HCM, v.v.), địa chỉ thư và liên kết không
bị báo.

Ví dụ: “công tác ,văn thư” phải là “công tác, văn thư”; \"Đề án 06\" phải là “Đề án 06”.",
    run,
};

fn run(subject: Subject<'_>, report: &mut Report<'_>) {
    let mut found = Found::in_paragraphs(subject, marks);
    for text in subject.texts.iter() {
        for slip in brackets(&text.text) {
            found.add(subject, text, 0, slip);
        }
    }
    found.tell(subject, report);
}
