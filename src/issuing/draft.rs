//! Drafts that begin at an issued document: one that replaces it, one that corrects it.
//! Điều 18, khoản 3: a fault of content is mended by a document of the same kind, a slip of
//! form by a công văn đính chính.

use std::collections::BTreeMap;

use crate::archive::ocfl::Store;
use crate::archive::place::Place;
use crate::archive::{Entry, Failure, Result, State};
use crate::case::{self, Blank};
use crate::render::Office;
use crate::vi::date;

use super::record::paths;

/// A case to begin with, and its data files by name.
pub struct Replacement {
    pub case: String,
    pub data: BTreeMap<String, Vec<u8>>,
}

/// The case of a document as it was issued, without number and date, with a link to it.
///
/// # Errors
/// A document that was not issued; a record that is not whole.
pub fn replacement(place: &Place, entry: &Entry) -> Result<Replacement> {
    let mut files = kept(place, entry)?;
    let case = files.remove(paths::CASE).and_then(|case| String::from_utf8(case).ok());
    let case = case
        .ok_or_else(|| Failure::damaged(format!("hồ sơ lưu của {} không có hồ sơ", entry.code)))?;
    let data = files.into_iter();
    let data =
        data.filter_map(|(path, bytes)| Some((path.strip_prefix(paths::DATA)?.to_owned(), bytes)));
    let link = link("thay_the", "Văn bản này thay thế văn bản dưới đây", entry);
    Ok(Replacement { case: relinked(&case, &link), data: data.collect() })
}

/// A công văn đính chính: the office's sample of that wording, with what is known filled in.
///
/// # Errors
/// A document that was not issued; an office without that wording.
pub fn correction(place: &Place, entry: &Entry, office: &Office) -> Result<String> {
    const TYPE: &str = "cong_van";
    const WORDING: &str = "dinh_chinh";
    let files = kept(place, entry)?;
    if !office.catalog.wordings(TYPE).contains(&WORDING) {
        return Err(Failure::refused(
            "văn phòng này không có lời văn cong_van/dinh_chinh",
            "lấy lại bằng `vanthu wording eject`, hoặc lập công văn khác với khóa `dinh_chinh`",
        ));
    }
    let (Blank::Sample(text) | Blank::Made(text)) = case::blank(TYPE, WORDING, &office.catalog);
    let link = link("dinh_chinh", "Công văn này đính chính văn bản dưới đây", entry);
    let mut text = relinked(&text, &link);
    let kept = files.get(paths::CASE).map(|case| String::from_utf8_lossy(case).into_owned());
    let kept = kept.unwrap_or_default();
    for key in ["co_quan", "co_quan_khac"] {
        if let Some(own) = block(&kept, key) {
            text = with_block(&without_block(&text, "co_quan"), own);
        }
    }
    // To whom it goes and who signs it is as it was; what nobody knows yet is left open, so that
    // no example of the sample is issued.
    for key in ["kinh_gui", "nguoi_ky", "noi_nhan"] {
        let own = block(&kept, key).map_or(format!("{key}:\n"), ToOwned::to_owned);
        if let Some(sample) = block(&text, key) {
            text = text.replacen(sample, &format!("{}\n", own.trim_end()), 1);
        }
    }
    text = with_line(&text, "  ", "nguyen_nhan", "");
    text = with_items(&text, "  cho_sai:", "    - vi_tri:\n      da_in:\n      sua_thanh:\n");
    let name = format!("{} số {}", entry.type_name, entry.code);
    text = with_line(&text, "", "trich_yeu", &quoted(&format!("đính chính {name}")));
    let facts = [
        ("loai", quoted(&entry.type_name)),
        ("so_ky_hieu", quoted(&entry.code)),
        ("ngay", date::short(entry.date)),
        ("trich_yeu", quoted(&inside_a_sentence(&entry.subject))),
    ];
    Ok(with_facts(&text, "  dinh_chinh:", &facts))
}

/// `Về việc …` as it stands within a sentence.
fn inside_a_sentence(subject: &str) -> String {
    match subject.strip_prefix("Về ") {
        Some(rest) => format!("về {rest}"),
        None => subject.to_owned(),
    }
}

/// The files of the record's first version; of an issued document alone.
fn kept(place: &Place, entry: &Entry) -> Result<BTreeMap<String, Vec<u8>>> {
    if entry.state != State::Issued {
        return Err(Failure::refused(
            format!("số {} {}, không thay thế hay đính chính được", entry.key, entry.state.words()),
            "chỉ văn bản đã phát hành mới được thay thế, đính chính",
        ));
    }
    let id = entry.key.object_id();
    let store = Store::open(place)?;
    let missing = || Failure::damaged(format!("không có hồ sơ lưu {id}"));
    store.files(&store.object(&id)?.ok_or_else(missing)?, 1)
}

fn link(key: &str, what: &str, entry: &Entry) -> String {
    format!(
        "\n# {what}; sổ đăng ký ghi mối liên hệ cả hai chiều.\n{key}:\n  so_ky_hieu: {}\n  ngay: {}\n",
        quoted(&entry.code),
        date::short(entry.date)
    )
}

/// The case with number and date open, links of its own taken out and a new one at its end.
fn relinked(case: &str, link: &str) -> String {
    let text = without_block(&without_block(case, "thay_the"), "dinh_chinh");
    format!("{}\n{link}", unnumbered(&text).trim_end())
}

/// A case whose number and date are left to the register.
pub fn unnumbered(case: &str) -> String {
    with_line(&with_line(case, "", "so", ""), "", "ngay", "")
}

/// The lines of a key at the margin and what is indented below it.
fn block<'a>(yaml: &'a str, key: &str) -> Option<&'a str> {
    let lines: Vec<(usize, &str)> = with_places(yaml);
    let first = lines.iter().position(|(_, line)| line.starts_with(&format!("{key}:")))?;
    let after = &lines[first + 1..];
    let inside = |line: &str| line.starts_with([' ', '-']) || line.trim().is_empty();
    let end = after.iter().find(|(_, line)| !inside(line)).map_or(yaml.len(), |(at, _)| *at);
    Some(&yaml[lines[first].0..end])
}

/// Each line with the byte at which it begins.
fn with_places(text: &str) -> Vec<(usize, &str)> {
    let mut end = 0;
    let place = |line: &'_ str| {
        end += line.len();
        end - line.len()
    };
    let starts: Vec<usize> = text.split_inclusive('\n').map(place).collect();
    starts.into_iter().zip(text.split_inclusive('\n')).collect()
}

fn without_block(yaml: &str, key: &str) -> String {
    block(yaml, key).map_or_else(|| yaml.to_owned(), |own| yaml.replacen(own, "", 1))
}

/// With a block of another case after the line that names the wording.
fn with_block(yaml: &str, own: &str) -> String {
    let own = own.trim_end();
    match yaml.split_once("\nmau:") {
        Some((before, rest)) => {
            let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
            format!("{before}\nmau:{line}\n{own}\n{after}")
        }
        None => format!("{own}\n{yaml}"),
    }
}

/// Sets the value of a key that stands on one line.
fn with_line(yaml: &str, indent: &str, key: &str, value: &str) -> String {
    let start = format!("{indent}{key}:");
    let set = |line: &str| match line.starts_with(&start) {
        true => format!("{start} {value}").trim_end().to_owned() + "\n",
        false => line.to_owned(),
    };
    yaml.split_inclusive('\n').map(set).collect()
}

/// Puts other lines in the place of those that are indented below the line `head`.
fn with_items(yaml: &str, head: &str, items: &str) -> String {
    let lines = with_places(yaml);
    let Some(at) = lines.iter().position(|(_, line)| line.trim_end() == head) else {
        return yaml.to_owned();
    };
    let below = |line: &str| line.starts_with("    ");
    let first = lines.get(at + 1).map_or(yaml.len(), |(at, _)| *at);
    let after = lines[at + 1..].iter().find(|(_, line)| !below(line));
    let end = after.map_or(yaml.len(), |(at, _)| *at);
    format!("{}{items}{}", &yaml[..first], &yaml[end..])
}

/// Sets the values below the line `head`, as deep as they are indented there.
fn with_facts(yaml: &str, head: &str, facts: &[(&str, String)]) -> String {
    let mut inside = false;
    let set = |line: &str| {
        if line.trim_end() == head {
            inside = true;
        } else if inside && !line.starts_with("    ") {
            inside = false;
        }
        let fact = facts.iter().find(|(key, _)| line.starts_with(&format!("    {key}:")));
        match fact.filter(|_| inside) {
            Some((key, value)) => format!("    {key}: {value}\n"),
            None => line.to_owned(),
        }
    };
    yaml.split_inclusive('\n').map(set).collect()
}

/// A text as YAML has it, whatever it holds.
fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || " /-.,()".contains(c);
    let is_plain =
        text.chars().all(plain) && text.starts_with(char::is_alphanumeric) && !text.ends_with(' ');
    match is_plain {
        true => text.to_owned(),
        false => format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    #[test]
    fn a_case_that_replaces_another_has_no_number_and_no_older_link() {
        let case = "loai: bao_cao\nso: 12\nngay: 1/2/2026 # ngày ký\nthay_the:\n  so_ky_hieu: 3/BC-A\n  ngay: 1/1/2026\n# Nơi nhận\nnoi_nhan:\n  - A\n";
        let link = "thay_the:\n  so_ky_hieu: 12/BC-A\n";
        expect![["loai: bao_cao\nso:\nngay:\n# Nơi nhận\nnoi_nhan:\n  - A\nthay_the:\n  so_ky_hieu: 12/BC-A\n"]]
            .assert_eq(&relinked(case, link));
    }

    #[test]
    fn facts_are_set_where_they_belong_and_nowhere_else() {
        let yaml =
            "ngay: 1\nnoi_dung:\n  dinh_chinh:\n    ngay: 2\n    loai: B\n  khac:\n    ngay: 3\n";
        let set = with_facts(yaml, "  dinh_chinh:", &[("ngay", "9".to_owned())]);
        assert_eq!(set, yaml.replace("ngay: 2", "ngay: 9"));
    }

    #[test]
    fn a_text_that_yaml_would_read_otherwise_is_quoted() {
        assert_eq!(quoted("đính chính 12/BC-A"), "đính chính 12/BC-A");
        assert_eq!(quoted("a: b # c"), "\"a: b # c\"");
        assert_eq!(quoted("“x” \"y\" \\"), "\"“x” \\\"y\\\" \\\\\"");
    }
}
