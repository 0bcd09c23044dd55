//! `- Như Điều 3` where Điều 3 is not the last, or a decision without such a line.

use super::body_text;
use crate::check::{Report, Rule, Subject};
use crate::diag::{Route, Severity};
use crate::model::Opening;
use crate::vi::text::fold;

pub const RULE: Rule = Rule {
    id: "nhu-dieu-khong-khop",
    severity: Severity::Error,
    explain: "\
Nơi nhận ghi “Như Điều …” mà đó không phải điều cuối của văn bản, hoặc nghị quyết, quyết
định không có dòng này ở đầu Nơi nhận.

Điều cuối nêu ai chịu trách nhiệm thi hành; “Như Điều …” gửi văn bản cho chính những nơi
ấy. Ghi sai số điều thì nơi phải thi hành không nhận được (Nghị định 30/2020/NĐ-CP, Phụ
lục III, mẫu 1.1, 1.2, 1.3).

Ví dụ: quyết định có ba điều thì dòng đầu của `noi_nhan` là `- Như Điều 3`.",
    run,
};

fn run(subject: Subject<'_>, report: &mut Report<'_>) {
    let case = subject.case;
    let last = last_article(&body_text(subject.document));
    let route = Route::root().key("noi_nhan");
    let mut named = false;
    for (position, recipient) in case.recipients.iter().enumerate() {
        let Some(number) = named_article(recipient) else { continue };
        named = true;
        if Some(number) == last {
            continue;
        }
        let (message, hint) = match last {
            Some(last) => (
                format!("Nơi nhận ghi “{recipient}” nhưng điều cuối của văn bản là Điều {last}"),
                format!("ghi “Như Điều {last}”"),
            ),
            None => (
                format!("Nơi nhận ghi “{recipient}” nhưng văn bản không có điều nào"),
                "ghi rõ tên cơ quan nhận".to_owned(),
            ),
        };
        report.add(route.index(position), message, hint);
    }
    match (case.boxes().opening, last) {
        (Opening::Enacting(_), Some(last)) if !named => report.add(
            route,
            format!("Nơi nhận không có dòng “Như Điều {last}”"),
            format!("thêm dòng đầu “- Như Điều {last}” vào `noi_nhan`"),
        ),
        (Opening::Enacting(_) | Opening::Bases | Opening::Wire, _) => {}
    }
}

/// The number of the last paragraph that begins as an Điều: `Điều 3. …`.
fn last_article(text: &str) -> Option<u32> {
    let number = |line: &str| line.strip_prefix("Điều ")?.split_once('.')?.0.parse().ok();
    text.lines().rev().find_map(number)
}

/// `Như Điều 3` → 3.
fn named_article(recipient: &str) -> Option<u32> {
    let folded = fold(recipient);
    let rest = folded.strip_prefix("nhu dieu ")?;
    let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    rest[..rest.len() - digits.len()].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{found, of};
    use super::*;
    use crate::model::{Case, Mau};
    use expect_test::expect;

    const TWO: &str = "Điều 1. Thành lập Tổ công tác.\nĐiều 2. Chánh Văn phòng thi hành./.";

    fn to(recipient: &str) -> Case {
        Case { recipients: vec![recipient.into()], ..of(Mau::Decision) }
    }

    #[test]
    fn the_last_article_is_named() {
        assert_eq!(found(&RULE, &to("Như Điều 2"), TWO), "");
        assert_eq!(found(&RULE, &to("như điều 2 (để t/h)"), TWO), "");
    }

    #[test]
    fn another_article_or_none_is_found() {
        expect![["noi_nhan[0]: Nơi nhận ghi “Như Điều 3” nhưng điều cuối của văn bản là Điều 2\n"]]
            .assert_eq(&found(&RULE, &to("Như Điều 3"), TWO));
        expect![["noi_nhan: Nơi nhận không có dòng “Như Điều 2”\n"]].assert_eq(&found(
            &RULE,
            &to("Sở Y tế"),
            TWO,
        ));
    }

    #[test]
    fn a_notice_without_articles_names_none() {
        let notice = Case { recipients: vec!["Như Điều 1".into()], ..of(Mau::Named) };
        expect![["noi_nhan[0]: Nơi nhận ghi “Như Điều 1” nhưng văn bản không có điều nào\n"]]
            .assert_eq(&found(&RULE, &notice, "Theo Điều 1 của Luật./."));
        let plain = Case { recipients: vec!["Sở Y tế".into()], ..of(Mau::Named) };
        assert_eq!(found(&RULE, &plain, "./."), "");
    }
}
