//! `vanthu explain`: what a code means, why it matters, what to do.

use super::Exit;
use super::args::ExplainArgs;
use crate::vi::text::{fold, one_line};
use crate::{archive, case, check, ledger, render, wording};

/// Every code the program can report with its explanation, in order of the code.
pub fn codes() -> Vec<(&'static str, &'static str)> {
    let mut codes: Vec<(&str, &str)> =
        check::RULES.iter().map(|rule| (rule.id, rule.explain)).collect();
    codes.push((check::accept::STALE, check::accept::EXPLAIN));
    codes.extend(case::faults());
    codes.extend(wording::faults());
    codes.extend(ledger::faults());
    codes.extend(archive::faults());
    codes.extend(render::faults());
    codes.sort_unstable();
    codes.dedup_by_key(|(code, _)| *code);
    codes
}

pub fn run(args: &ExplainArgs) -> Exit {
    let codes = codes();
    let Some(wanted) = &args.id else {
        for (code, explanation) in &codes {
            sayln!("{code:28} {}", summary(explanation));
        }
        return Exit::Done;
    };
    let wanted = fold(wanted).replace([' ', '_'], "-");
    if let Some((code, explanation)) = codes.iter().find(|(code, _)| *code == wanted) {
        sayln!("{code}\n\n{explanation}");
        return Exit::Done;
    }
    warnln!("lỗi: không có mã “{wanted}”{}", guess(&codes, &wanted));
    warnln!("Gõ `vanthu explain` để xem mọi mã.");
    Exit::Unusable
}

/// The first paragraph of an explanation on one line.
fn summary(explanation: &str) -> String {
    let first = explanation.split("\n\n").next().unwrap_or_default();
    one_line(first)
}

fn guess(codes: &[(&str, &str)], wanted: &str) -> String {
    codes
        .iter()
        .map(|(code, _)| (strsim::damerau_levenshtein(code, wanted), code))
        .min()
        .filter(|(distance, _)| *distance <= 4)
        .map(|(_, code)| format!("; có phải ý anh/chị là “{code}”?"))
        .unwrap_or_default()
}
