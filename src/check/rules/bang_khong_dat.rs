//! A table of the document that its text never places, or places without there being one.

use std::collections::BTreeSet;

use super::body_text;
use crate::check::{Report, Rule, Subject};
use crate::diag::{Route, Severity};
use crate::doc::Block;

pub const RULE: Rule = Rule {
    id: "bang-khong-dat",
    severity: Severity::Error,
    explain: "\
Hồ sơ có bảng (`bang`) mà không đoạn văn nào đặt nó, hoặc có dòng `[bang …]` mà không có
bảng mang khóa ấy.

Bảng không được đặt thì không in ra, người ký không thấy số liệu. Dòng `[bang tien_do]`
đứng riêng một dòng trong đoạn văn hoặc trong lời văn.",
    run,
};

fn run(subject: Subject<'_>, report: &mut Report<'_>) {
    let blocks = subject.document.sections.iter().flat_map(|section| &section.blocks);
    let placed: BTreeSet<&str> = blocks
        .filter_map(|block| match block {
            Block::Table(table) => Some(table.name.as_str()),
            Block::Paragraph(_) | Block::Rule(_) | Block::Grid(_) => None,
        })
        .collect();
    for (position, table) in subject.case.tables.iter().enumerate() {
        let route = Route::root().key("bang").index(position);
        if !placed.contains(route.to_string().as_str()) {
            report.add(
                route,
                format!("bảng `{}` không được đặt ở đâu trong văn bản", table.key),
                format!("thêm một dòng `[bang {}]` vào đoạn văn, ở chỗ bảng phải đứng", table.key),
            );
        }
    }
    let text = body_text(subject.document);
    let missing = text.lines().filter_map(|line| line.strip_prefix("[bang ")?.strip_suffix(']'));
    for key in missing {
        report.add(
            Route::root().key("bang"),
            format!("đoạn văn đặt bảng `{key}`, mà hồ sơ không có bảng nào mang khóa ấy"),
            "sửa khóa trong dòng `[bang …]`, hoặc thêm bảng vào `bang`",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{case, found, table};
    use super::*;
    use crate::model::BodyTable;
    use expect_test::expect;

    #[test]
    fn a_table_that_is_not_placed_and_a_place_without_a_table_are_told() {
        let mut with_table = case();
        let body_table =
            BodyTable { key: "von".into(), title: None, table: table(&[&[("1", "2")]]) };
        with_table.tables.push(body_table);
        expect![[r#"
            bang[0]: bảng `von` không được đặt ở đâu trong văn bản
            bang: đoạn văn đặt bảng `vn`, mà hồ sơ không có bảng nào mang khóa ấy
        "#]]
        .assert_eq(&found(&RULE, &with_table, "[bang vn]"));
    }
}
