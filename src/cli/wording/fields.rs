//! `vanthu wording fields`: what a wording asks of a case.

use serde_json::json;

use super::args::FieldsArgs;
use crate::case::{self, fields};
use crate::cli::say::{say, say_json, warn};
use crate::cli::{Exit, choose, office, report};
use crate::render::Findings;

pub fn run(args: &FieldsArgs) -> Exit {
    let office = match office(args.root.as_deref()) {
        Ok(office) => office,
        Err(findings) => {
            warn(&report::text(&findings, &std::io::stderr()));
            return Exit::Unusable;
        }
    };
    let named = args.wording.trim_end_matches(".md").trim_end_matches('/');
    let (document_type, asked) = match named.split_once('/') {
        Some((document_type, wording)) => (document_type, Some(wording)),
        None => (named, None),
    };
    let Some(wording) = choose::wording(document_type, asked, &office) else {
        return Exit::Unusable;
    };
    let wording = wording.as_str();
    let mut findings = Findings::default();
    let schema = office
        .catalog
        .wording(document_type, wording)
        .and_then(|entry| entry.tell(&mut findings.sources, &mut findings.diagnostics));
    warn(&report::text(&findings, &std::io::stderr()));
    let Some(schema) = schema else { return Exit::Unusable };
    let name = format!("{document_type}/{wording}");
    let skeleton = skeleton(wording, &fields::skeleton(&schema.fields));
    if args.json {
        let page =
            json!({"loi_van": name, "truong": fields::data(&schema.fields), "khung": skeleton});
        say_json(&page);
        return Exit::Done;
    }
    if schema.fields.is_empty() {
        sayln!("Lời văn {name} không hỏi dữ kiện nào; hồ sơ không cần `noi_dung`.");
    } else {
        sayln!("Lời văn {name} hỏi những dữ kiện sau, ghi dưới `noi_dung:` của hồ sơ.\n");
        say(&fields::page(&schema.fields));
        sayln!(
            "\nChép các dòng dưới đây vào hồ sơ rồi sửa; khóa có dấu # ở đầu là khóa có thể bỏ, cần thì xóa dấu # và dấu cách sau nó.\n"
        );
        say(&skeleton);
    }
    let others = office.catalog.wordings(document_type);
    let others: Vec<&str> = others.into_iter().filter(|other| *other != wording).collect();
    if !others.is_empty() {
        sayln!("\nLời văn khác của loại {document_type}: {}.", others.join(", "));
    }
    Exit::Done
}

/// The lines to paste: which wording, where it is not the usual one, and its facts.
fn skeleton(wording: &str, content: &str) -> String {
    if wording == case::DEFAULT_WORDING {
        return content.to_owned();
    }
    format!("mau: {wording}\n{content}")
}
