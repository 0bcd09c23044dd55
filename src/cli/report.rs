//! Findings on the terminal.

use crate::diag;
use crate::render::Findings;

/// The findings as text, coloured where the stream they go to is a terminal.
pub fn text(findings: &Findings, stream: &impl std::io::IsTerminal) -> String {
    if stream.is_terminal() && std::env::var_os("NO_COLOR").is_none() {
        diag::styled(&findings.diagnostics, &findings.sources)
    } else {
        diag::plain(&findings.diagnostics, &findings.sources)
    }
}
