//! A template and a case go in, the paragraphs or the faults come out.

mod faults;
mod kien_giang;
mod limits;
mod markup;
mod own;
mod properties;
mod values;

use std::collections::BTreeMap;

use expect_test::Expect;

use super::*;
use crate::diag;
use crate::doc::Inline;
use crate::doc::body::{Kind, Passage};
use crate::model::{
    Addressing, ArchiveLine, CodeNotation, Content, Direction, DocumentType, IssuedDate, Mau,
    Number, Organ, Signer,
};

/// A case of Sở Nội vụ with two addressees.
pub fn case() -> Case {
    Case {
        document_type: DocumentType {
            key: "bao_cao".into(),
            name: "Báo cáo".into(),
            code: Some("BC".into()),
            form: Mau::Named,
            addressing: Addressing::Always,
            contact: false,
        },
        wording: "thu".into(),
        organ: Organ {
            superior: None,
            name: "SỞ NỘI VỤ\nTỈNH A".into(),
            short_name: "Sở Nội vụ".into(),
            code: "SNV".into(),
            place: "Tỉnh A".into(),
            contact: vec![],
        },
        number: Number::parse("5"),
        notation: CodeNotation("BC-SNV".into()),
        date: IssuedDate::Whole(day(2026, 1, 5)),
        urgency: None,
        subject: "Về công tác văn thư".into(),
        direction: Some(Direction::Up),
        to: vec!["Bộ Nội vụ".into(), "UBND tỉnh A".into()],
        own_authority: None,
        bases: vec![],
        content: BTreeMap::new(),
        signer: Signer::default(),
        secretary: None,
        recipients: vec!["Như trên".into()],
        circulation: None,
        shows_contact: false,
        archive: ArchiveLine::default(),
        tables: vec![],
        appendices: vec![],
        attached: None,
        replaces: None,
        calendar_day: None,
        corrects: None,
        accepted: vec![],
    }
}

pub fn day(year: i32, month: u32, day: u32) -> chrono::NaiveDate {
    chrono::NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

pub fn with(facts: &[(&str, Content)]) -> Case {
    let content = facts.iter().map(|(key, fact)| ((*key).to_owned(), fact.clone())).collect();
    Case { content, ..case() }
}

pub fn words(text: &str) -> Content {
    Content::Text(text.to_owned())
}

pub fn own(text: &str) -> Content {
    Content::Passages(text.to_owned())
}

/// Templates that hold one wording, `bao_cao/thu.md`.
pub fn templates(text: &str) -> Templates {
    Templates::default().with("bao_cao/thu.md", text)
}

/// The body of a case with a wording, one line a passage; or its faults.
pub fn printed(text: &str, case: &Case) -> String {
    printed_with(&templates(text), &WordingSchema::default(), case)
}

pub fn printed_with(templates: &Templates, schema: &WordingSchema, case: &Case) -> String {
    let mut sources = Sources::default();
    match body(case, schema, templates, &mut sources) {
        Ok(body) => shown(&body),
        Err(faults) => short(&faults, &sources),
    }
}

/// Each passage: what it is, its mark, its words with **bold**, *italic* and ⟦gap⟧.
pub fn shown(body: &Body) -> String {
    body.iter().map(|passage| format!("{}\n", shown_passage(passage))).collect()
}

fn shown_passage(passage: &Passage) -> String {
    let kind = match passage.kind {
        Kind::Heading { level, caps, above } => {
            format!("#{level}{}{} ", if caps { "!" } else { "" }, if above { "^" } else { "" })
        }
        Kind::Text => String::new(),
        Kind::Article => "§ ".to_owned(),
        Kind::Item { level } => format!("·{level} "),
        Kind::Table => "⊞ ".to_owned(),
        Kind::Attached => "⎘".to_owned(),
    };
    let mark = passage.mark.as_ref().map(|mark| format!("{mark} ")).unwrap_or_default();
    let text: String = passage.content.iter().map(shown_inline).collect();
    format!("{kind}{mark}{text}")
}

fn shown_inline(inline: &Inline) -> String {
    let Inline::Text(run) = inline else { return "⏎".to_owned() };
    let text = if run.gap { format!("⟦{}⟧", run.text) } else { run.text.clone() };
    let text = if run.italic { format!("*{text}*") } else { text };
    if run.bold { format!("**{text}**") } else { text }
}

/// Faults as `file:line:column [code] message`.
pub fn short(faults: &[Diagnostic], sources: &Sources) -> String {
    let mut lines = String::new();
    for fault in faults {
        let place = sources.find(&fault.at).map_or_else(
            || match &fault.at {
                At::Route(route) => route.to_string(),
                _ => "?".to_owned(),
            },
            |place| {
                let source = sources.get(place.source);
                let before = &source.text[..place.range.start];
                let line = 1 + before.matches('\n').count();
                let column = 1 + before.chars().rev().take_while(|&c| c != '\n').count();
                format!("{}:{line}:{column}", source.name.trim_start_matches("templates/"))
            },
        );
        lines.push_str(&format!("{place} [{}] {}\n", fault.code, fault.message));
    }
    lines
}

pub fn check(text: &str, case: &Case, expect: Expect) {
    expect.assert_eq(&printed(text, case));
}
