//! Findings as a clerk reads them, and as JSON for programs.

use std::fmt::Write as _;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde::Serialize;

use super::{At, Diagnostic, Place, Severity, Source, Sources};
use crate::vi::text::{forbidden_char, visible};

/// The findings as plain text, one after the other, with a blank line between.
pub fn plain(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    print(diagnostics, sources, &Renderer::plain())
}

/// The same, with the colours of a terminal.
pub fn styled(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    print(diagnostics, sources, &Renderer::styled())
}

fn print(diagnostics: &[Diagnostic], sources: &Sources, renderer: &Renderer) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        let report = groups(diagnostic, sources);
        let mut rendered = renderer.render(&report);
        if let Some((cell, with_position)) = cell_name(diagnostic, sources) {
            // The renderer adds a line and a column to every name; a cell has its own.
            rendered = rendered.replacen(&with_position, &cell, 1);
        }
        // Writing to a String cannot fail.
        let _ = writeln!(out, "{}\n", seen(rendered));
    }
    out
}

/// With the number of each character that nobody would see, in the lines of the file too. The
/// renderer has put a sign in the place of those that turn text round or steer a terminal;
/// what is left of these colours the text.
fn seen(rendered: String) -> String {
    let is_unseen = |c: char| !matches!(c, '\u{1b}' | '\u{fffd}') && forbidden_char(c).is_some();
    if !rendered.contains(is_unseen) {
        return rendered;
    }
    let shown = |c: char| match is_unseen(c) {
        true => format!("[U+{:04X}]", u32::from(c)),
        false => c.to_string(),
    };
    rendered.chars().map(shown).collect()
}

fn groups<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Vec<Group<'a>> {
    let title =
        level(diagnostic.severity).primary_title(diagnostic.message.as_str()).id(diagnostic.code);
    let mut group = match sources.find(&diagnostic.at) {
        Some(place) => {
            let source = sources.get(place.source);
            let shown = shown(source, place.range);
            let mut annotation = AnnotationKind::Primary.span(shown.range);
            if let At::Route(route) | At::Key(route) | At::Line(route, _) | At::Words { route, .. } =
                &diagnostic.at
                && !route.steps().is_empty()
            {
                annotation = annotation.label(route.to_string());
            }
            let snippet = Snippet::source(shown.text).annotation(annotation);
            title.element(match shown.cell {
                None => snippet.path(visible(&source.name)),
                Some((name, row)) => snippet.path(name).line_start(row),
            })
        }
        None => {
            let mut group = Group::with_title(title);
            if let Some(name) = file_name(&diagnostic.at, sources) {
                group = group.element(Origin::path(visible(name)));
            }
            match where_in_words(&diagnostic.at) {
                Some(place) => group.element(Level::NOTE.with_name("tại").message(place)),
                None => group,
            }
        }
    };
    if !diagnostic.details.is_empty() {
        group =
            group.element(Level::NOTE.with_name("chi tiết").message(diagnostic.details.join("\n")));
    }
    if let Some(reason) = &diagnostic.accepted {
        group = group.element(Level::NOTE.with_name("đã chấp nhận").message(reason.as_str()));
    }
    if let Some(hint) = &diagnostic.hint {
        group = group.element(Level::HELP.with_name("gợi ý").message(hint.as_str()));
    }
    vec![group]
}

/// A source as a clerk sees it: a file with its lines, or one row of a sheet.
struct Shown<'a> {
    text: &'a str,
    range: Range<usize>,
    /// What a cell is called, and the number of its row.
    cell: Option<(String, usize)>,
}

fn shown(source: &Source, range: Range<usize>) -> Shown<'_> {
    let range = first_line(&source.text, range);
    let Some((sheet, area)) = source.sheet.as_ref().and_then(|it| Some((it, it.area(&range)?)))
    else {
        return Shown { text: &source.text, range, cell: None };
    };
    let start = source.text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let text = source.text[start..].lines().next().unwrap_or_default();
    let origin = format!("{}, trang “{}”, ô {area}", visible(&source.name), visible(&sheet.name));
    let row = area.first.row as usize + 1;
    let range = range.start - start..range.end - start;
    Shown { text, range, cell: Some((origin, row)) }
}

/// The name of the cell of a finding, and the same as the renderer writes it.
fn cell_name(diagnostic: &Diagnostic, sources: &Sources) -> Option<(String, String)> {
    let place = sources.find(&diagnostic.at)?;
    let shown = shown(sources.get(place.source), place.range);
    let (name, row) = shown.cell?;
    let column = shown.text[..shown.range.start].chars().count() + 1;
    let with_position = format!("{name}:{row}:{column}");
    Some((name, with_position))
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR.with_name("lỗi"),
        Severity::Warning => Level::WARNING.with_name("cảnh báo"),
        Severity::Info => Level::INFO.with_name("thông tin"),
    }
}

fn where_in_words(at: &At) -> Option<String> {
    match at {
        At::Route(route) | At::Key(route) | At::Line(route, _) | At::Words { route, .. }
            if !route.steps().is_empty() =>
        {
            Some(route.to_string())
        }
        At::Route(_)
        | At::Key(_)
        | At::Line(..)
        | At::Words { .. }
        | At::Bytes { .. }
        | At::File(_) => None,
    }
}

/// The file of a finding that has no place in it: what is missing from a case altogether.
fn file_name<'a>(at: &'a At, sources: &'a Sources) -> Option<&'a str> {
    match at {
        At::File(name) => Some(name),
        At::Route(_) | At::Key(_) | At::Line(..) | At::Words { .. } => sources.main_name(),
        At::Bytes { .. } => None,
    }
}

/// A value of many lines is marked on its first line only: the rest is not the news.
fn first_line(text: &str, range: Range<usize>) -> Range<usize> {
    let end = text[range.clone()].find('\n').map_or(range.end, |at| range.start + at);
    range.start..end.max(range.start)
}

/// A place in a few words, as findings head it: `ho_so.yaml:14:11`, or the name of a cell.
pub fn place_in_words(place: &Place, sources: &Sources) -> String {
    let source = sources.get(place.source);
    let name = visible(&source.name);
    if let Some((sheet, area)) =
        source.sheet.as_ref().and_then(|it| Some((it, it.area(&place.range)?)))
    {
        return format!("{name}, trang “{}”, ô {area}", visible(&sheet.name));
    }
    let (line, column) = position(&source.text, place.range.start);
    format!("{name}:{line}:{column}")
}

/// Line and column of a byte, counted from 1, columns in characters.
fn position(text: &str, at: usize) -> (usize, usize) {
    let before = &text[..at];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

#[derive(Serialize)]
struct Json<'a> {
    muc_do: &'static str,
    ma: &'static str,
    thong_bao: &'a str,
    chi_tiet: &'a [String],
    goi_y: Option<&'a str>,
    chap_nhan: Option<&'a str>,
    duong_dan: Option<String>,
    tep: Option<&'a str>,
    dong: Option<usize>,
    cot: Option<usize>,
    /// Of a workbook: the sheet, and the cell by its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    trang: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    o: Option<String>,
}

/// The findings as a JSON array; lines and columns count from 1, columns in characters.
/// In a sheet they are its rows and columns.
pub fn to_json(diagnostics: &[Diagnostic], sources: &Sources) -> serde_json::Value {
    diagnostics
        .iter()
        .map(|diagnostic| serde_json::to_value(json(diagnostic, sources)).unwrap_or_default())
        .collect()
}

fn json<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Json<'a> {
    let place = sources.find(&diagnostic.at);
    let cell = place.as_ref().and_then(|place| {
        let sheet = sources.get(place.source).sheet.as_ref()?;
        Some((sheet.name.as_str(), sheet.area(&place.range)?))
    });
    let position = place.as_ref().map(|place| {
        if let Some((_, area)) = cell {
            return (area.first.row as usize + 1, area.first.column as usize + 1);
        }
        position(&sources.get(place.source).text, place.range.start)
    });
    Json {
        muc_do: match diagnostic.severity {
            Severity::Error => "loi",
            Severity::Warning => "canh_bao",
            Severity::Info => "thong_tin",
        },
        ma: diagnostic.code,
        thong_bao: &diagnostic.message,
        chi_tiet: &diagnostic.details,
        goi_y: diagnostic.hint.as_deref(),
        chap_nhan: diagnostic.accepted.as_deref(),
        duong_dan: match &diagnostic.at {
            At::Route(route) | At::Key(route) | At::Line(route, _) | At::Words { route, .. } => {
                Some(route.to_string())
            }
            At::Bytes { .. } | At::File(_) => None,
        },
        tep: match &place {
            Some(place) => Some(sources.get(place.source).name.as_str()),
            None => file_name(&diagnostic.at, sources),
        },
        dong: position.map(|(line, _)| line),
        cot: position.map(|(_, column)| column),
        trang: cell.map(|(sheet, _)| sheet),
        o: cell.map(|(_, area)| area.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{CellName, Route, Sheet};
    use super::*;
    use expect_test::expect;

    #[test]
    fn a_finding_shows_the_place_the_fact_and_the_next_step() {
        let mut sources = Sources::default();
        let source = sources.add("ho_so.yaml", "loai: bao_cao\ntong: 53.652\n");
        let route = Route::root().key("tong");
        sources.place_value(route.clone(), Place { source, range: 20..26 });
        let found = Diagnostic::error(
            "tong-khong-khop",
            route,
            "tổng ghi 53.652, cộng các dòng được 69.485",
        )
        .hint("sửa `tong`, hoặc bỏ đi để chương trình tự cộng");
        expect![[r#"
            lỗi[tong-khong-khop]: tổng ghi 53.652, cộng các dòng được 69.485
             --> ho_so.yaml:2:7
              |
            2 | tong: 53.652
              |       ^^^^^^ tong
              |
              = gợi ý: sửa `tong`, hoặc bỏ đi để chương trình tự cộng

        "#]]
        .assert_eq(&plain(&[found], &sources));
    }

    #[test]
    fn a_finding_in_a_sheet_names_the_cell() {
        let mut sources = Sources::default();
        let cell = |row, column| CellName { row, column };
        let cells = vec![(0, cell(3, 0)), (14, cell(11, 0)), (28, cell(11, 2))];
        let sheet = Sheet { name: "Biểu 1".to_owned(), cells };
        let text = "Tên dự án\nĐường A | #REF!\n".to_owned();
        let source = sources.add_sheet("so_lieu.xlsx", text, sheet);
        let found = Diagnostic::error("o-sai", At::Bytes { source, range: 28..33 }, "ô có lỗi");
        expect![[r#"
            lỗi[o-sai]: ô có lỗi
              --> so_lieu.xlsx, trang “Biểu 1”, ô C12
               |
            12 | Đường A | #REF!
               |           ^^^^^

        "#]]
        .assert_eq(&plain(std::slice::from_ref(&found), &sources));
        let json = &to_json(&[found], &sources)[0];
        assert_eq!((&json["trang"], &json["o"]), (&"Biểu 1".into(), &"C12".into()));
        assert_eq!((&json["dong"], &json["cot"]), (&12.into(), &3.into()));
    }
}
