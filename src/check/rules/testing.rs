//! A case and its document for the tests of the rules.

use std::collections::BTreeMap;

use super::Rule;
use crate::check::{Report, Subject};
use crate::diag::At;
use crate::doc::body::{Kind, Passage};
use crate::doc::{Document, Inline};
use crate::form;
use crate::model::*;
use crate::nd30::Preset;

/// A correct report to one addressee, without appendices.
pub fn case() -> Case {
    Case {
        document_type: DocumentType {
            key: "bao_cao".into(),
            name: "Báo cáo".into(),
            code: Some("BC".into()),
            form: Mau::Named,
            addressing: Addressing::Upward,
        },
        wording: "noi_dung".into(),
        organ: Organ {
            superior: None,
            name: "SỞ NỘI VỤ".into(),
            short_name: "Sở Nội vụ".into(),
            code: "SNV".into(),
            place: "Kiên Giang".into(),
        },
        number: Number::parse("12"),
        notation: CodeNotation("BC-SNV".into()),
        date: IssuedDate::Whole(chrono::NaiveDate::from_ymd_opt(2022, 8, 16).unwrap()),
        subject: "Tình hình thực hiện".into(),
        direction: Some(Direction::Up),
        to: vec!["Bộ Nội vụ".into()],
        bases: vec![],
        content: BTreeMap::new(),
        signer: Signer { lines: vec!["GIÁM ĐỐC".into()], full_name: "Trần Văn A".into() },
        recipients: vec!["Như trên".into()],
        archive: ArchiveLine { kept_by: "VT".into(), ..ArchiveLine::default() },
        tables: vec![],
        appendices: vec![],
        attached: None,
        accepted: vec![],
    }
}

pub fn document(case: &Case, body: &str) -> Document {
    let passages = body.lines().map(|line| Passage {
        kind: Kind::Text,
        mark: None,
        content: vec![Inline::text(line)],
    });
    let texts = form::Texts { body: passages.collect(), appendices: vec![] };
    form::document(case, &texts, &Preset::default(), form::Stage::Final)
}

/// What a rule finds: `route: message`, one a line.
pub fn found(rule: &'static Rule, case: &Case, body: &str) -> String {
    let document = document(case, body);
    let mut findings = Vec::new();
    let subject = Subject { case, document: &document };
    (rule.run)(subject, &mut Report { rule, findings: &mut findings });
    let lines = findings.iter().map(|found| match &found.at {
        At::Route(route) | At::Key(route) | At::Line(route, _) => {
            let details: String =
                found.details.iter().map(|detail| format!("    {detail}\n")).collect();
            format!("{route}: {}\n{details}", found.message)
        }
        At::Bytes { .. } | At::File(_) => format!("{}\n", found.message),
    });
    lines.collect()
}

/// A table with the columns `a`, `b` of amounts and rows in groups I, II …
pub fn table(groups: &[&[(&str, &str)]]) -> Table {
    let column =
        |key: &str, kind| Column { key: key.into(), name: key.into(), kind, ..Column::default() };
    let rows = groups.iter().enumerate().flat_map(|(group, rows)| {
        rows.iter().map(move |&(a, b)| Row { group: Some(group), cells: cells(a, b) })
    });
    Table {
        columns: vec![
            column("stt", ColumnKind::Ordinal),
            column("a", ColumnKind::Amount),
            column("b", ColumnKind::Amount),
        ],
        groups: (1..=groups.len())
            .map(|n| Group {
                key: crate::vi::roman::to_roman(u32::try_from(n).unwrap()),
                name: format!("Nhóm {n}"),
                ..Group::default()
            })
            .collect(),
        rows: rows.collect(),
        ..Table::default()
    }
}

/// The cell of the row's number is blank: the program gives it.
fn cells(a: &str, b: &str) -> Vec<Cell> {
    let figure = |value: &str| match value {
        "" => Cell::Blank,
        value => Cell::Amount(value.parse().unwrap()),
    };
    vec![Cell::Blank, figure(a), figure(b)]
}

pub fn figures(figures: &[(&str, &str)]) -> BTreeMap<String, Amount> {
    figures.iter().map(|&(key, value)| (key.to_owned(), value.parse().unwrap())).collect()
}

pub fn with_table(table: Table) -> Case {
    let appendix = Appendix {
        title: "BẢNG".into(),
        paper: Paper::A4,
        orientation: Orientation::Portrait,
        text: None,
        table: Some(table),
        volume_rows: None,
    };
    Case { appendices: vec![appendix], ..case() }
}
