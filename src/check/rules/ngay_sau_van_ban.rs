//! A document that cites another which is dated after it.

use chrono::NaiveDate;

use crate::check::texts::Found;
use crate::check::{Report, Rule, Subject};
use crate::diag::{Route, Severity};
use crate::model::{Content, IssuedDate};
use crate::vi::date::short;
use crate::vi::proof::Slip;
use crate::vi::proof::cited::cited;

pub const RULE: Rule = Rule {
    id: "ngay-sau-van-ban",
    severity: Severity::Warning,
    explain: "\
Văn bản được viện dẫn ghi ngày sau ngày của chính văn bản này.

Không thể trả lời hay căn cứ một văn bản chưa ban hành; thường là gõ nhầm năm. Chỉ xét ngày
của văn bản viện dẫn (“số … ngày …”, luật trong căn cứ); thời hạn, kế hoạch về sau không bị
báo.

Ví dụ: báo cáo ngày 05/01/2026 viện dẫn “Công văn số 12/BNV-VP ngày 15/12/2026”.",
    run,
};

fn run(subject: Subject<'_>, report: &mut Report<'_>) {
    let IssuedDate::Whole(own) = subject.case.date else { return };
    let after = |text: &str| {
        let later = cited(text).into_iter().filter(|(_, date)| *date > own);
        later.map(|(range, date)| slip(range, date, own)).collect()
    };
    Found::in_paragraphs(subject, after).tell(subject, report);
    let mut dates = Vec::new();
    for (key, content) in &subject.case.content {
        collect(content, &Route::root().key("noi_dung").key(key), &mut dates);
    }
    for (key, earlier) in
        [("thay_the", &subject.case.replaces), ("dinh_chinh", &subject.case.corrects)]
    {
        let date = earlier.as_ref().and_then(|earlier| earlier.date);
        dates.extend(date.map(|date| (Route::root().key(key).key("ngay"), date)));
    }
    for (route, date) in dates.into_iter().filter(|(_, date)| *date > own) {
        let Slip { fact, step, .. } = slip(0..0, date, own);
        report.add(route, fact.unwrap_or_default(), step);
    }
}

fn slip(range: std::ops::Range<usize>, date: NaiveDate, own: NaiveDate) -> Slip {
    Slip {
        range,
        sort: "văn bản viện dẫn ghi ngày sau ngày của văn bản này",
        fact: Some(format!(
            "văn bản viện dẫn ngày {}, sau ngày của văn bản này ({})",
            short(date),
            short(own)
        )),
        step: "xem lại ngày, nhất là năm, của văn bản viện dẫn và `ngay` của văn bản này"
            .to_owned(),
    }
}

/// The days of the documents that the facts cite.
fn collect(content: &Content, route: &Route, dates: &mut Vec<(Route, NaiveDate)>) {
    match content {
        Content::Cited(cited) => dates.extend(cited.date.map(|date| (route.key("ngay"), date))),
        Content::List(items) => {
            for (index, item) in items.iter().enumerate() {
                collect(item, &route.index(index), dates);
            }
        }
        Content::Record(fields) => {
            for (key, field) in fields {
                collect(field, &route.key(key), dates);
            }
        }
        Content::Text(_) | Content::Amount(_) | Content::Date(_) | Content::Passages(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{case, found};
    use super::*;
    use crate::model::{Case, CitedDocument};
    use expect_test::expect;

    #[test]
    fn a_document_cannot_answer_one_that_is_dated_after_it() {
        let citing = |date: &str| Case {
            content: [(
                "thuc_hien".to_owned(),
                Content::Cited(CitedDocument {
                    date: crate::vi::date::parse(date).ok(),
                    ..CitedDocument::default()
                }),
            )]
            .into(),
            ..case()
        };
        assert_eq!(found(&RULE, &citing("16/8/2022"), "./."), "");
        expect![["noi_dung.thuc_hien.ngay: văn bản viện dẫn ngày 17/8/2022, sau ngày của văn bản này (16/8/2022)\n"]]
            .assert_eq(&found(&RULE, &citing("17/8/2022"), "./."));
    }
}
