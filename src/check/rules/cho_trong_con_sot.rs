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
Chỗ cố ý để điền tay thì ghi ở `chap_nhan`.

Ví dụ: `Công văn số .../UBND-VX` phải ghi đủ số.",
    run,
};

fn run(subject: Subject<'_>, report: &mut Report<'_>) {
    Found::in_paragraphs(subject, placeholders).tell(subject, report);
}
