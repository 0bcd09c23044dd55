//! What the register knows of a number, as the ten columns of PL IV, Mẫu I.

use super::{Entry, Link, State};
use crate::model::RegisterRow;
use crate::vi;

/// The row of a number: what became of it, and what it has to do with others, stands in
/// Ghi chú in words.
pub fn register_row(entry: &Entry) -> RegisterRow {
    RegisterRow {
        code: code(entry),
        date: entry.date,
        title: visible(&title(&entry.type_name, &entry.subject)),
        signer: visible(&entry.signer),
        recipients: visible(&entry.recipients.join("; ")),
        kept_by: visible(&entry.kept_by),
        copies: entry.copies,
        sent: entry.sent,
        receipt: String::new(),
        note: visible(&notes(entry).join("; ")),
    }
}

/// A number that is only reserved may have no notation yet.
fn code(entry: &Entry) -> String {
    let code = visible(&entry.code);
    if code.is_empty() { entry.key.to_string() } else { code }
}

/// Tên loại and trích yếu as one text: `Báo cáo về tình hình …`, `Công văn V/v …`.
fn title(type_name: &str, subject: &str) -> String {
    let subject = match subject.split_once(' ') {
        Some(("Về", rest)) => format!("về {rest}"),
        _ if type_name == LETTER && !subject.is_empty() && !subject.starts_with("V/v") => {
            format!("V/v {subject}")
        }
        _ => subject.to_owned(),
    };
    format!("{type_name} {subject}").trim().to_owned()
}

/// Of a công văn the trích yếu begins with V/v, which the clerk does not type.
const LETTER: &str = "Công văn";

fn notes(entry: &Entry) -> Vec<String> {
    let mut notes: Vec<String> = state(entry).into_iter().collect();
    let mut links = |words: &str, links: &[Link]| {
        notes.extend(links.iter().map(|link| format!("{words} {}", cited(link))));
    };
    links("Thay thế", entry.replaces.as_slice());
    links("Đính chính", entry.corrects.as_slice());
    links("Được thay thế bởi", &entry.replaced_by);
    links("Được đính chính bởi", &entry.corrected_by);
    notes.extend(Some(entry.note.clone()).filter(|note| !note.is_empty()));
    notes
}

/// Nothing of a document that is issued, as it should be.
fn state(entry: &Entry) -> Option<String> {
    let for_reason = |act: &str| match entry.reason.as_str() {
        "" => act.to_owned(),
        reason => format!("{act}: {reason}"),
    };
    match entry.state {
        State::Issued => None,
        State::Reserved => Some("Đang giữ số, chưa phát hành".to_owned()),
        State::Awaiting => Some("Chờ ký".to_owned()),
        State::Void => Some(for_reason("Hủy số")),
        State::Recalled => Some(for_reason("Thu hồi")),
    }
}

/// `12/QĐ-SNV ngày 05/3/2026`
fn cited(link: &Link) -> String {
    format!("{} ngày {}", link.code, vi::date::short(link.date))
}

/// On one line; a character that is not seen, or that turns others round, by its number.
pub(super) fn visible(text: &str) -> String {
    vi::text::visible(&vi::text::one_line(text)).into_owned()
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use expect_test::{Expect, expect};

    use super::*;
    use crate::archive::testing::entry;

    fn check(entry: &Entry, expect: Expect) {
        expect.assert_eq(&register_row(entry).texts().join(" | "));
    }

    fn link(code: &str) -> Link {
        let date = NaiveDate::from_ymd_opt(2026, 3, 5).unwrap();
        Link { object: "vanthu:2026:a:chung:12".into(), code: code.into(), date }
    }

    #[test]
    fn an_issued_document_fills_its_columns_and_nothing_is_noted() {
        check(
            &entry(),
            expect![
                "05/BC-SNV | 12/8/2026 | Báo cáo về tình hình cải cách hành chính | Lê Văn An | Bộ Nội vụ; Như trên | VT, CCHC | 3 | 13/8/2026 |  | "
            ],
        );
    }

    #[test]
    fn a_letter_bears_v_v_before_its_subject() {
        let of = |type_name: &str, subject: &str| title(type_name, subject);
        assert_eq!(of("Công văn", "cử người tập huấn"), "Công văn V/v cử người tập huấn");
        assert_eq!(of("Công văn", ""), "Công văn");
        assert_eq!(of("Quyết định", "Về việc cử người"), "Quyết định về việc cử người");
        assert_eq!(of("Kế hoạch", "Tập huấn năm 2026"), "Kế hoạch Tập huấn năm 2026");
        assert_eq!(of("", "Giữ cho kế hoạch"), "Giữ cho kế hoạch");
    }

    #[test]
    fn a_number_without_a_notation_is_there_all_the_same() {
        let bare = Entry { code: String::new(), ..entry() };
        assert_eq!(register_row(&bare).code, "05");
    }

    #[test]
    fn the_note_says_what_became_of_the_number_and_why() {
        let reason = "ghi nhầm loại văn bản".to_owned();
        let noted = |state| {
            let reason = reason.clone();
            register_row(&Entry { state, reason, note: "Bản giấy".into(), ..entry() }).note
        };
        let states =
            [State::Reserved, State::Awaiting, State::Issued, State::Void, State::Recalled];
        expect![[r#"
            Đang giữ số, chưa phát hành; Bản giấy
            Chờ ký; Bản giấy
            Bản giấy
            Hủy số: ghi nhầm loại văn bản; Bản giấy
            Thu hồi: ghi nhầm loại văn bản; Bản giấy"#]]
        .assert_eq(&states.map(noted).join("\n"));
    }

    #[test]
    fn the_note_names_the_documents_that_it_has_to_do_with() {
        let linked = Entry {
            replaces: Some(link("01/QĐ-SNV")),
            corrects: Some(link("02/QĐ-SNV")),
            replaced_by: vec![link("12/QĐ-SNV"), link("13/QĐ-SNV")],
            corrected_by: vec![link("14/SNV-VP")],
            ..entry()
        };
        expect!["Thay thế 01/QĐ-SNV ngày 05/3/2026; Đính chính 02/QĐ-SNV ngày 05/3/2026; Được thay thế bởi 12/QĐ-SNV ngày 05/3/2026; Được thay thế bởi 13/QĐ-SNV ngày 05/3/2026; Được đính chính bởi 14/SNV-VP ngày 05/3/2026"]
            .assert_eq(&register_row(&linked).note);
    }

    #[test]
    fn what_is_not_seen_is_shown_by_its_number() {
        let odd = Entry { signer: "Lê\u{202e}An\u{0}\tB\u{200b}".into(), ..entry() };
        assert_eq!(register_row(&odd).signer, "Lê[U+202E]An[U+0000] B[U+200B]");
    }
}
