//! Cells of a table that were pasted as text: tabs and bars collapse into spaces.

use crate::check::texts::Found;
use crate::check::{Report, Rule, Subject};
use crate::diag::Severity;
use crate::vi::proof::columns::pasted_columns;

pub const RULE: Rule = Rule {
    id: "o-dan-nhieu-cot",
    severity: Severity::Warning,
    explain: "\
Chữ có dấu tab hoặc dấu gạch đứng `|` ở giữa, như khi dán nhiều ô của một bảng vào một chỗ.

Dấu tab được in thành một dấu cách và các dòng liền nhau thành một đoạn, nên bảng dán vào
chữ sẽ dính thành một dãy chữ và số.

Ví dụ: đưa số liệu vào `phu_luc`, hoặc vào `bang` rồi đặt bằng dòng `[bang KHÓA]`.",
    run,
};

fn run(subject: Subject<'_>, report: &mut Report<'_>) {
    Found::in_paragraphs(subject, |text| pasted_columns(text).into_iter().collect())
        .tell(subject, report);
}
