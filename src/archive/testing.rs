//! An entry for the tests of the archive's papers.

use chrono::NaiveDate;

use super::{Entry, Key, RequestId, Series, State};

/// Báo cáo số 05/BC-SNV, issued.
pub fn entry() -> Entry {
    let date = |day| NaiveDate::from_ymd_opt(2026, 8, day).unwrap_or_default();
    let series = Series { organ: "SỞ NỘI VỤ".into(), label: "chung".into(), year: 2026 };
    Entry {
        state: State::Issued,
        code: "05/BC-SNV".into(),
        type_name: "Báo cáo".into(),
        subject: "Về tình hình cải cách hành chính".into(),
        signer: "Lê Văn An".into(),
        position: "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC".into(),
        recipients: vec!["Bộ Nội vụ".into(), "Như trên".into()],
        kept_by: "VT, CCHC".into(),
        copies: Some(3),
        sent: Some(date(13)),
        pages: 7,
        case_sha256: "0".repeat(64),
        ..Entry::reserved(Key { series, number: 5, letter: None }, RequestId::of(5), date(12))
    }
}
