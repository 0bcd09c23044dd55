//! Chấp nhận: the one way in which a finding is accepted, with its reason.

use crate::diag::{At, Diagnostic, Route, Severity};
use crate::model::Accepted;

/// Code of an acceptance that no longer applies.
pub const STALE: &str = "chap-nhan-thua";

/// For `vanthu explain`.
pub const EXPLAIN: &str = "\
Một mục `chap_nhan` trong hồ sơ không còn khớp với lỗi nào.

Lỗi đã được sửa, hoặc mã lỗi (`id`) hay chỗ (`tai`) ghi chưa đúng. Một chấp nhận bị
quên lại có thể che một lỗi mới, nên chương trình nhắc để xóa đi.";

/// Turns accepted findings into information; reports acceptances that match nothing.
pub fn apply(accepted: &[Accepted], findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut used = vec![false; accepted.len()];
    let mut findings: Vec<Diagnostic> = findings
        .into_iter()
        .map(|finding| match position(accepted, &finding) {
            Some(position) => {
                used[position] = true;
                accept(finding, &accepted[position])
            }
            None => finding,
        })
        .collect();
    findings.extend(
        used.iter()
            .enumerate()
            .filter(|(_, used)| !**used)
            .map(|(position, _)| stale(accepted, position)),
    );
    findings
}

fn position(accepted: &[Accepted], finding: &Diagnostic) -> Option<usize> {
    let (At::Route(route) | At::Key(route) | At::Line(route, _) | At::Words { route, .. }) =
        &finding.at
    else {
        return None;
    };
    let route = route.to_string();
    accepted.iter().position(|accepted| accepted.id == finding.code && accepted.at == route)
}

fn accept(mut finding: Diagnostic, accepted: &Accepted) -> Diagnostic {
    finding.severity = Severity::Info;
    finding.hint = None;
    finding.accepted = Some(accepted.reason.clone());
    finding
}

fn stale(accepted: &[Accepted], position: usize) -> Diagnostic {
    let Accepted { id, at, .. } = &accepted[position];
    let route = Route::root().key("chap_nhan").index(position);
    if super::rule(id).is_none() {
        return Diagnostic::warning(STALE, route.key("id"), format!("không có mã kiểm tra `{id}`"))
            .hint("chép nguyên mã in trong ngoặc vuông của thông báo, ví dụ `tong-khong-khop`");
    }
    Diagnostic::warning(STALE, route, format!("không có lỗi `{id}` tại `{at}` để chấp nhận"))
        .hint("xóa mục này, hoặc sửa `id` và `tai` cho khớp với thông báo lỗi")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepted(id: &str, at: &str) -> Accepted {
        Accepted { id: id.into(), at: at.into(), reason: "đã in".into() }
    }

    #[test]
    fn an_accepted_error_becomes_information_with_its_reason() {
        let found = Diagnostic::error("a", Route::root().key("tong"), "sai");
        let found = apply(&[accepted("a", "tong")], vec![found]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].severity, Severity::Info);
        assert_eq!(found[0].accepted.as_deref(), Some("đã in"));
    }

    #[test]
    fn an_acceptance_of_another_place_accepts_nothing_and_is_reported() {
        let found = Diagnostic::error("a", Route::root().key("tong"), "sai");
        let found = apply(&[accepted("a", "nhom")], vec![found]);
        let codes: Vec<_> = found.iter().map(|found| (found.code, found.severity)).collect();
        assert_eq!(codes, [("a", Severity::Error), (STALE, Severity::Warning)]);
    }
}
