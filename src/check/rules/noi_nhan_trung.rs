//! The same recipient twice.

use std::collections::BTreeMap;

use crate::check::{Report, Rule, Subject};
use crate::diag::{Route, Severity};
use crate::vi::text::fold;

pub const RULE: Rule = Rule {
    id: "noi-nhan-trung",
    severity: Severity::Warning,
    explain: "\
Một nơi được ghi hai lần, trong Nơi nhận hoặc cả ở Kính gửi và Nơi nhận.

Nơi đã ở Kính gửi thì Nơi nhận chỉ ghi “Như trên”; ghi hai lần thì nơi đó nhận hai bản.",
    run,
};

fn run(subject: Subject<'_>, report: &mut Report<'_>) {
    let case = subject.case;
    let routes = [("kinh_gui", &case.to), ("noi_nhan", &case.recipients)];
    let mut seen: BTreeMap<String, (&str, usize)> = BTreeMap::new();
    for (key, list) in routes {
        for (position, to) in list.iter().enumerate() {
            let route = Route::root().key(key).index(position);
            match seen.get(&fold(to)) {
                Some((first, line)) => report.add(
                    route,
                    format!("“{to}” đã có ở dòng thứ {line} của `{first}`"),
                    if *first == key {
                        "bỏ một trong hai dòng"
                    } else {
                        "bỏ dòng này; nơi đã có ở Kính gửi thì Nơi nhận chỉ ghi “Như trên”"
                    },
                ),
                None => {
                    seen.insert(fold(to), (key, position + 1));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{case, found};
    use super::*;
    use crate::model::Case;
    use expect_test::expect;

    #[test]
    fn an_addressee_is_not_repeated_among_the_recipients() {
        let case =
            Case { recipients: vec!["Như trên".into(), "Bộ Nội Vụ".into()], ..case() };
        expect![["noi_nhan[1]: “Bộ Nội Vụ” đã có ở dòng thứ 1 của `kinh_gui`\n"]]
            .assert_eq(&found(&RULE, &case, "./."));
    }

    #[test]
    fn different_recipients_are_right() {
        assert_eq!(found(&RULE, &case(), "./."), "");
    }
}
