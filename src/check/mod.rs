//! Rules about a case and its document. One rule, one file under `rules/`.
//!
//! A check never fails and never changes anything: it finds.

pub mod accept;
mod prose;
mod quoted;
mod rules;
mod subset;
mod tables;
mod texts;
mod words;

use crate::diag::{At, Diagnostic, Severity, Sources};
use crate::doc::Document;
use crate::model::Case;

pub use rules::RULES;
#[cfg(test)]
pub(crate) use rules::testing;
pub use texts::Texts;

/// What a rule sees.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    pub case: &'a Case,
    pub document: &'a Document,
    /// What the clerk wrote, as it was written.
    pub texts: &'a Texts<'a>,
    /// The texts that it was made of.
    pub sources: &'a Sources,
}

/// A rule: what it looks for, why, and the code that looks.
pub struct Rule {
    /// Names the fault, never the remedy.
    pub id: &'static str,
    pub severity: Severity,
    /// For `vanthu explain`: one sentence, why it matters with its source, an example. Vietnamese.
    pub explain: &'static str,
    pub run: fn(Subject<'_>, &mut Report<'_>),
}

/// Where a rule puts what it finds, under its own code and severity.
pub struct Report<'a> {
    rule: &'static Rule,
    findings: &'a mut Vec<Diagnostic>,
}

impl Report<'_> {
    /// One finding: place, fact, next step.
    pub fn add(&mut self, at: impl Into<At>, message: impl Into<String>, hint: impl Into<String>) {
        self.add_with(at, message, Vec::new(), hint);
    }

    /// The same, with the figures behind the fact.
    pub fn add_with(
        &mut self,
        at: impl Into<At>,
        message: impl Into<String>,
        details: Vec<String>,
        hint: impl Into<String>,
    ) {
        let found = Diagnostic::new(self.rule.severity, self.rule.id, at, message);
        self.findings.push(found.details(details).hint(hint));
    }
}

/// Every finding of every rule; what the office has accepted is for [`accept::apply`].
pub fn check(subject: Subject<'_>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for rule in RULES {
        (rule.run)(subject, &mut Report { rule, findings: &mut findings });
    }
    findings
}

/// The rule of that id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.id == id)
}
