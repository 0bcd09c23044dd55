//! A type or a wording by its name; of a name that nobody has, what may have been meant.

use crate::case::DEFAULT_WORDING;
use crate::render::Office;

/// The wording that is asked for, or `noi_dung`; of a type that has none of that name, its
/// first. Nothing, and said so, when the type or the wording is not there.
pub fn wording(document_type: &str, wanted: Option<&str>, office: &Office) -> Option<String> {
    let types = office.catalog.templates().document_types();
    if !types.contains(&document_type) {
        warnln!("lỗi: không có loại văn bản “{document_type}”");
        warnln!("  = gợi ý: {}", hint(document_type, &types, "các loại"));
        return None;
    }
    let known = office.catalog.wordings(document_type);
    let default = known.iter().find(|name| **name == DEFAULT_WORDING).or(known.first());
    let wording = wanted.or(default.copied()).unwrap_or(DEFAULT_WORDING);
    if !known.contains(&wording) {
        warnln!("lỗi: loại {document_type} không có lời văn “{wording}”");
        warnln!("  = gợi ý: {}", hint(wording, &known, "các lời văn"));
        return None;
    }
    Some(wording.to_owned())
}

/// `có phải ý anh/chị là “giai_ngan”? …`, or only the list.
pub fn hint(wanted: &str, known: &[&str], what: &str) -> String {
    let list = if known.is_empty() { "chưa có".to_owned() } else { known.join(", ") };
    match nearest(wanted, known) {
        Some(near) => format!("có phải ý anh/chị là “{near}”? {what}: {list}"),
        None => format!("{what}: {list}"),
    }
}

/// The known name that is written most like it, or that begins with it.
fn nearest<'a>(wanted: &str, known: &[&'a str]) -> Option<&'a str> {
    let wanted = crate::vi::text::fold(wanted).replace([' ', '-'], "_");
    let most = (wanted.chars().count() / 3).max(1);
    let beginning = known.iter().find(|name| wanted.len() > 2 && name.starts_with(&wanted));
    if let Some(name) = beginning {
        return Some(name);
    }
    known
        .iter()
        .map(|name| (strsim::damerau_levenshtein(name, &wanted), *name))
        .min()
        .filter(|(distance, _)| *distance <= most)
        .map(|(_, name)| name)
}
