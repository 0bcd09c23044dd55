//! `vanthu check`: findings, no files.

use std::path::Path;

use serde_json::{Value, json};

use super::args::CheckArgs;
use super::office::{refused, templates_of};
use super::say::{say, say_json, warn};
use super::{Exit, report};
use crate::diag::{self, Severity};
use crate::form::Stage;
use crate::render::{self, Findings, Office};
use crate::vi::text;

pub fn run(args: &CheckArgs) -> Exit {
    let root = match templates_of(args.root.as_deref(), &args.cases) {
        Ok(root) => root,
        Err(failure) => return refused(&failure),
    };
    super::near::tell_unused(root.as_deref(), &args.cases);
    let office = match super::office(root.as_deref()) {
        Ok(office) => office,
        Err(findings) => return unusable(&findings, args.json),
    };
    let mut exit = Exit::Done;
    let mut pages: Vec<Value> = Vec::new();
    for case in &args.cases {
        let (findings, one) = judge(case, &office);
        exit = exit.max(one);
        if args.json {
            pages.push(json!({
                "ho_so": case.display().to_string(),
                "ket_qua": diag::to_json(&findings.diagnostics, &findings.sources),
            }));
        } else {
            say(&report::text(&findings, &std::io::stdout()));
            say(&text::visible(&summary(case, &findings)));
        }
    }
    if args.json {
        say_json(&Value::Array(pages));
    }
    exit
}

fn judge(case: &Path, office: &Office) -> (Findings, Exit) {
    match render::prepare(case, office, Stage::Final) {
        Ok(prepared) => {
            let exit = if prepared.findings.has_errors() { Exit::Found } else { Exit::Done };
            (prepared.findings, exit)
        }
        Err(findings) => (findings, Exit::Unusable),
    }
}

fn unusable(findings: &Findings, json: bool) -> Exit {
    if json {
        say_json(&diag::to_json(&findings.diagnostics, &findings.sources));
    } else {
        warn(&report::text(findings, &std::io::stderr()));
    }
    Exit::Unusable
}

/// `reports/a: 1 lỗi, 2 cảnh báo, 0 thông tin`.
fn summary(case: &Path, findings: &Findings) -> String {
    format!(
        "{}: {} lỗi, {} cảnh báo, {} thông tin\n",
        case.display(),
        findings.count(Severity::Error),
        findings.count(Severity::Warning),
        findings.count(Severity::Info)
    )
}
