//! A case and its document for the tests of the rules.

use std::collections::BTreeMap;

use super::Rule;
use crate::check::{Report, Subject, Texts};
use crate::diag::{At, Form, Place, Route, Sources, Written};
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
            contact: false,
        },
        wording: "noi_dung".into(),
        organ: Organ {
            superior: None,
            name: "SỞ NỘI VỤ".into(),
            short_name: "Sở Nội vụ".into(),
            code: "SNV".into(),
            place: "Kiên Giang".into(),
            contact: vec![],
        },
        number: Number::parse("12"),
        notation: CodeNotation("BC-SNV".into()),
        date: IssuedDate::Whole(chrono::NaiveDate::from_ymd_opt(2022, 8, 16).unwrap()),
        urgency: None,
        subject: "Tình hình thực hiện".into(),
        direction: Some(Direction::Up),
        to: vec!["Bộ Nội vụ".into()],
        own_authority: None,
        bases: vec![],
        content: BTreeMap::new(),
        signer: Signer { lines: vec!["GIÁM ĐỐC".into()], full_name: "Trần Văn A".into() },
        secretary: None,
        recipients: vec!["Như trên".into()],
        circulation: None,
        shows_contact: false,
        archive: ArchiveLine { kept_by: "VT".into(), ..ArchiveLine::default() },
        tables: vec![],
        appendices: vec![],
        attached: None,
        replaces: None,
        calendar_day: None,
        corrects: None,
        accepted: vec![],
    }
}

/// The same agency's correct document of a form, to one addressee where it has any.
pub fn of(form: Mau) -> Case {
    let (name, code) = match form {
        Mau::Resolution => ("Nghị quyết", Some("NQ")),
        Mau::Decision | Mau::IndirectDecision => ("Quyết định", Some("QĐ")),
        Mau::Named => ("Thông báo", Some("TB")),
        Mau::OfficialLetter => ("Công văn", None),
        Mau::Telegram => ("Công điện", Some("CĐ")),
        Mau::Invitation => ("Giấy mời", Some("GM")),
        Mau::Introduction => ("Giấy giới thiệu", Some("GGT")),
        Mau::Minutes => ("Biên bản", Some("BB")),
        Mau::LeavePermit => ("Giấy nghỉ phép", Some("GNP")),
    };
    let boxes = form.boxes();
    let addressed = boxes.to == To::Somebody;
    let decides = matches!(boxes.opening, Opening::Enacting(_));
    let signer = |post: &str, name: &str| Signer {
        lines: vec![post.to_owned()],
        full_name: name.to_owned(),
    };
    let (chair, secretary) = match boxes.signatures {
        Signatures::Signer | Signatures::SignerAndConfirmation => ("GIÁM ĐỐC", None),
        Signatures::SecretaryAndChair => ("CHỦ TỌA", Some(signer("THƯ KÝ", "Lê Thị B"))),
    };
    Case {
        document_type: DocumentType {
            key: crate::vi::text::fold(name).replace(' ', "_"),
            name: name.to_owned(),
            code: code.map(ToOwned::to_owned),
            form,
            addressing: if addressed { Addressing::Always } else { Addressing::Never },
            contact: false,
        },
        notation: CodeNotation(code.map_or("SNV-VP".into(), |code| format!("{code}-SNV"))),
        direction: None,
        to: if addressed { vec!["Bộ Nội vụ".into()] } else { vec![] },
        bases: if decides { vec!["Căn cứ Luật Viên chức".into()] } else { vec![] },
        signer: signer(chair, "Trần Văn A"),
        secretary,
        recipients: vec![match (decides, addressed) {
            (true, _) => "Như Điều 1".into(),
            (false, true) => "Như trên".into(),
            (false, false) => "Sở Y tế".into(),
        }],
        ..case()
    }
}

pub fn document(case: &Case, body: &str) -> Document {
    let passages = body.lines().map(|line| Passage {
        kind: if line == "[kem_theo]" { Kind::Attached } else { Kind::Text },
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
    let sources = crate::diag::Sources::default();
    let texts = Texts::default();
    let subject = Subject { case, document: &document, sources: &sources, texts: &texts };
    (rule.run)(subject, &mut Report { rule, findings: &mut findings });
    let lines = findings.iter().map(|found| match &found.at {
        At::Route(route) | At::Key(route) | At::Line(route, _) | At::Words { route, .. } => {
            let details: String =
                found.details.iter().map(|detail| format!("    {detail}\n")).collect();
            format!("{route}: {}\n{details}", found.message)
        }
        At::Bytes { .. } | At::File(_) => format!("{}\n", found.message),
    });
    lines.collect()
}

/// What a rule finds in texts of a case file, each with its route: `route: words: message`.
pub fn found_in(rule: &'static Rule, case: &Case, texts: &[(&str, Form, &str)]) -> String {
    let mut sources = Sources::default();
    let file: String = texts.iter().map(|(_, _, text)| format!("{text}\n")).collect();
    let source = sources.add("ho_so.yaml", file);
    let mut start = 0;
    for &(route, form, text) in texts {
        let place = Place { source, range: start..start + text.len() };
        let (route, text) = (Route::parse(route).unwrap(), text.to_owned());
        start += text.len() + 1;
        sources.place_value(route.clone(), place.clone());
        sources.place_text(Written { route, place, text, form });
    }
    let texts = Texts::new(&sources, case);
    let document = document(case, "./.");
    let mut findings = Vec::new();
    let subject = Subject { case, document: &document, sources: &sources, texts: &texts };
    (rule.run)(subject, &mut Report { rule, findings: &mut findings });
    let lines = findings.iter().map(|found| {
        let words = sources.find(&found.at).map_or("", |place| sources.text_at(&place));
        let (At::Words { route, .. } | At::Route(route)) = &found.at else { return String::new() };
        let details: String =
            found.details.iter().map(|detail| format!("    {detail}\n")).collect();
        format!("{route}: {words}: {}\n{details}", found.message)
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
