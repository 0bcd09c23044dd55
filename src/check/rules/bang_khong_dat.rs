//! A table of the document that its text never places, places twice, or places without
//! there being one.

use super::all_text;
use crate::check::{Report, Rule, Subject};
use crate::diag::{At, Route, Severity};
use crate::doc::Block;
use crate::model::{Case, Content, placed_table};
use crate::vi::text::fold;

pub const RULE: Rule = Rule {
    id: "bang-khong-dat",
    severity: Severity::Error,
    explain: "\
Hồ sơ có bảng (`bang`) mà không đoạn văn nào đặt nó, đặt nó hai lần, hoặc có dòng
`[bang …]` mà không có bảng mang khóa ấy.

Bảng không được đặt thì không in ra, người ký không thấy số liệu. Dòng `[bang tien_do]`
đứng riêng một dòng trong đoạn văn hoặc trong lời văn.",
    run,
};

fn run(subject: Subject<'_>, report: &mut Report<'_>) {
    let own = own_text(subject.case);
    let text = all_text(subject.document);
    let lines = || text.lines();
    let mut unplaced = Vec::new();
    for (position, table) in subject.case.tables.iter().enumerate() {
        let route = Route::root().key("bang").index(position);
        match times_placed(subject, &route.to_string()) {
            1 => {}
            0 if lines().any(|line| mentions(line, &table.key)) => {}
            0 => unplaced.push((route, table.key.as_str())),
            times => report.add(
                place(&own, |line| called(line) == Some(&table.key), 1),
                format!("bảng `{}` được đặt {times} lần", table.key),
                format!("giữ một dòng `[bang {}]`, ở chỗ bảng phải đứng", table.key),
            ),
        }
        for nth in 0..lines().filter(|line| mentions(line, &table.key)).count() {
            report.add(
                place(&own, |line| mentions(line, &table.key), nth),
                format!(
                    "`[bang {}]` không đứng riêng một dòng nên bảng không được đặt ở đó",
                    table.key
                ),
                "đưa xuống một dòng riêng, không có chữ hay dấu đầu dòng bên cạnh",
            );
        }
    }
    let is_known = |key: &str| subject.case.tables.iter().any(|table| table.key == key);
    let missing: Vec<&str> = lines().filter_map(called).filter(|key| !is_known(key)).collect();
    // Of one table and one line that miss each other, the line is probably misspelt.
    let meant = match (unplaced.as_slice(), missing.as_slice()) {
        ([(_, key)], [_]) => Some(*key),
        _ => None,
    };
    for (route, key) in unplaced.iter().filter(|_| meant.is_none()) {
        report.add(
            route.clone(),
            format!("bảng `{key}` không được đặt ở đâu trong văn bản"),
            format!("thêm một dòng `[bang {key}]` vào đoạn văn, ở chỗ bảng phải đứng"),
        );
    }
    for key in &missing {
        report.add(
            place(&own, |line| called(line) == Some(key), 0),
            format!("đoạn văn đặt bảng `{key}`, mà hồ sơ không có bảng nào mang khóa ấy"),
            match meant {
                Some(meant) => format!("có phải ý anh/chị là `[bang {meant}]`?"),
                None => "sửa khóa trong dòng `[bang …]`, hoặc thêm bảng vào `bang`".to_owned(),
            },
        );
    }
}

fn times_placed(subject: Subject<'_>, name: &str) -> usize {
    let blocks = subject.document.sections.iter().flat_map(|section| &section.blocks);
    blocks.filter(|block| matches!(block, Block::Table(table) if table.name == name)).count()
}

/// The key of the one table that the line places.
fn called(line: &str) -> Option<&str> {
    placed_table(line.trim()).filter(|key| !key.contains(['[', ']']))
}

/// Whether `[bang KEY]` stands in a line beside something else.
fn mentions(line: &str, key: &str) -> bool {
    let written = fold(line);
    called(line).is_none() && written.contains(&format!("[bang {}]", fold(key)))
}

/// The clerk's own paragraphs, with their routes.
fn own_text(case: &Case) -> Vec<(Route, &str)> {
    let mut own = Vec::new();
    for (key, content) in &case.content {
        passages(content, Route::root().key("noi_dung").key(key), &mut own);
    }
    let appendices = Route::root().key("phu_luc");
    for (index, appendix) in case.appendices.iter().enumerate() {
        let text = appendix.text.as_deref();
        own.extend(text.map(|text| (appendices.index(index).key("doan"), text)));
    }
    own
}

fn passages<'c>(content: &'c Content, at: Route, own: &mut Vec<(Route, &'c str)>) {
    match content {
        Content::Passages(text) => own.push((at, text)),
        Content::List(items) => {
            for (index, item) in items.iter().enumerate() {
                passages(item, at.index(index), own);
            }
        }
        Content::Record(fields) => {
            for (key, field) in fields {
                passages(field, at.key(key), own);
            }
        }
        Content::Text(_) | Content::Amount(_) | Content::Date(_) | Content::Cited(_) => {}
    }
}

/// Where in the clerk's own paragraphs such a line stands for the nth time; of one that a
/// wording has, the tables.
fn place(own: &[(Route, &str)], is: impl Fn(&str) -> bool, nth: usize) -> At {
    let lines = own.iter().flat_map(|(route, text)| {
        text.lines().enumerate().map(move |(number, line)| (route, number, line))
    });
    let found = lines.filter(|(_, _, line)| is(line)).nth(nth);
    match found {
        Some((route, number, _)) => At::Line(route.clone(), number),
        None => Route::root().key("bang").into(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{case, found, table};
    use super::*;
    use crate::model::BodyTable;
    use expect_test::expect;

    fn with_tables(keys: &[&str]) -> Case {
        let table = |key: &&str| BodyTable {
            key: (*key).to_owned(),
            title: None,
            table: table(&[&[("1", "2")]]),
        };
        Case { tables: keys.iter().map(table).collect(), ..case() }
    }

    #[test]
    fn a_table_that_is_not_placed_and_a_place_without_a_table_are_told() {
        expect![[r#"
            bang[0]: bảng `von` không được đặt ở đâu trong văn bản
            bang[1]: bảng `thu` không được đặt ở đâu trong văn bản
            bang: đoạn văn đặt bảng `vn`, mà hồ sơ không có bảng nào mang khóa ấy
        "#]]
        .assert_eq(&found(&RULE, &with_tables(&["von", "thu"]), "[bang vn]"));
        expect![[r#"
            bang: đoạn văn đặt bảng `vn`, mà hồ sơ không có bảng nào mang khóa ấy
        "#]]
        .assert_eq(&found(&RULE, &with_tables(&["von"]), "[bang vn]"));
    }

    #[test]
    fn a_place_that_is_no_line_of_its_own_is_told_at_its_line() {
        let mut with_text = with_tables(&["von"]);
        let text = "Như sau: [Bảng von]\n\n- [bang von]\n";
        with_text.content.insert("ve".into(), Content::Passages(text.into()));
        expect![[r#"
            noi_dung.ve: `[bang von]` không đứng riêng một dòng nên bảng không được đặt ở đó
            noi_dung.ve: `[bang von]` không đứng riêng một dòng nên bảng không được đặt ở đó
        "#]]
        .assert_eq(&found(&RULE, &with_text, "Như sau: [Bảng von]\n- [bang von]"));
    }
}
