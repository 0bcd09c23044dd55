//! What the front matter of a wording says against what its text does.

use std::collections::BTreeSet;
use std::ops::Range;

use super::File;
use super::fault::{self, Fault};
use super::lex::Piece;
use super::lint::{Declared, Facts};
use crate::diag::{At, Route};
use crate::model::{Amount, Content, Field, FieldKind};
use crate::vi::date;

/// How like a line must be to be shown as the one that was meant, from 0 to 1.
const LIKE: f64 = 0.4;

/// Locked phrases that do not stand in the text, word for word but for white space.
pub fn locked(file: &File, declared: &Declared<'_>) -> Vec<Fault> {
    if declared.schema.locked.is_empty() {
        return vec![];
    }
    let text = own_text(file);
    let phrases = declared.schema.locked.iter().enumerate();
    let broken = phrases.filter(|(_, phrase)| !text.contains(&folded(phrase)));
    broken
        .map(|(index, phrase)| {
            let at = declared.place(&Route::root().key("cau_khoa").index(index));
            let message =
                format!("câu khóa không còn nguyên văn trong lời văn: “{}”", short(phrase));
            Fault::new(fault::LOCKED, &file.path, at, message).hint(nearest(file, phrase))
        })
        .collect()
}

/// The text without comments, its white space folded.
fn own_text(file: &File) -> String {
    let mut text = String::new();
    let mut from = file.from;
    for piece in &file.scan.pieces {
        if let Piece::Comment(tag) = piece {
            text.push_str(&file.text[from..tag.range.start]);
            from = tag.range.end;
        }
    }
    text.push_str(&file.text[from..]);
    folded(&text)
}

fn folded(text: &str) -> String {
    crate::vi::text::one_line(text)
}

fn short(phrase: &str) -> String {
    let phrase = folded(phrase);
    match phrase.char_indices().nth(80) {
        Some((end, _)) => format!("{} …", phrase[..end].trim_end()),
        None => phrase,
    }
}

/// The line of the text that is most like a phrase.
fn nearest(file: &File, phrase: &str) -> String {
    let phrase = folded(phrase);
    let before = file.text[..file.from].matches('\n').count();
    let lines = file.text[file.from..].lines().enumerate();
    let like = lines
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(number, line)| {
            (strsim::normalized_levenshtein(&folded(line), &phrase), number, line)
        })
        .max_by(|a, b| a.0.total_cmp(&b.0));
    match like {
        Some((score, number, line)) if score >= LIKE => format!(
            "dòng {} gần giống nhất: “{}”; sửa lại đúng nguyên văn, hoặc sửa `cau_khoa` nếu câu đổi thật",
            before + number + 1,
            short(line)
        ),
        _ => "viết lại câu này đúng nguyên văn, hoặc sửa `cau_khoa` nếu câu đổi thật".to_owned(),
    }
}

/// Examples that are not written in the notation of their kind.
pub fn examples(file: &File, declared: &Declared<'_>) -> Vec<Fault> {
    let mut faults = Vec::new();
    each_field(&declared.schema.fields, &Route::root().key("truong"), &mut |field, at, _| {
        let Some(example) = &field.example else { return };
        let refused = match field.kind {
            FieldKind::Amount => example.parse::<Amount>().err().map(|error| error.to_string()),
            FieldKind::Date => date::parse(example).err().map(|error| error.to_string()),
            FieldKind::Text | FieldKind::Passages | FieldKind::Cited | FieldKind::List(_) => None,
        };
        if let Some(reason) = refused {
            let message =
                format!("`vi_du` của trường `{}` không hợp với `kieu`: {reason}", field.key);
            let place = declared.place(&at.key("vi_du"));
            faults.push(
                Fault::new(fault::EXAMPLE, &file.path, place, message)
                    .hint("sửa `vi_du`, hoặc đổi `kieu`"),
            );
        }
    });
    faults
}

/// Fields that are asked for and never used.
pub fn unused(file: &File, declared: &Declared<'_>, used: &BTreeSet<Vec<usize>>) -> Vec<Fault> {
    let mut faults = Vec::new();
    each_field(&declared.schema.fields, &Route::root().key("truong"), &mut |field, at, place| {
        let is_used = |place: &[usize]| used.contains(place);
        // Of a list that is never used, its fields need not be told too.
        let is_told = (1..place.len()).any(|length| !is_used(&place[..length]));
        if is_used(place) || is_told {
            return;
        }
        let message = format!("trường `{}` không được dùng trong lời văn", field.key);
        let fault = Fault::new(fault::UNUSED, &file.path, declared.place(&at.key("khoa")), message);
        faults.push(Fault {
            warns: true,
            ..fault.hint("dùng nó trong lời văn, hoặc xóa dòng khai báo này")
        });
    });
    faults
}

/// A wording that no sample shows.
pub fn no_sample(file: &File, declared: &Declared<'_>) -> Fault {
    let (folder, name) = file.path.split_once('/').unwrap_or_default();
    let name = name.trim_end_matches(".md");
    let sample = if name == "noi_dung" { String::new() } else { format!("_{name}") };
    let at = declared.place(&Route::root().key("mo_ta"));
    let fault = Fault::new(fault::NO_SAMPLE, &file.path, at, "lời văn này chưa có hồ sơ mẫu")
        .hint(format!("thêm tệp {folder}/ho_so_mau{sample}.yaml có dòng `mau: {name}`"));
    Fault { warns: true, ..fault }
}

/// Fields that no sample gives.
pub fn not_sampled(file: &File, declared: &Declared<'_>, samples: &[&Facts]) -> Vec<Fault> {
    let mut given = BTreeSet::new();
    let fields = &declared.schema.fields;
    samples.iter().for_each(|facts| given_fields(facts, fields, &[], &mut given));
    let mut faults = Vec::new();
    each_field(fields, &Route::root().key("truong"), &mut |field, at, place| {
        let is_told = (1..place.len()).any(|length| !given.contains(&place[..length]));
        if given.contains(place) || is_told {
            return;
        }
        let message = format!("không hồ sơ mẫu nào ghi trường `{}`", field.key);
        let fault =
            Fault::new(fault::NOT_SAMPLED, &file.path, declared.place(&at.key("khoa")), message)
                .hint("ghi trường này trong một hồ sơ mẫu của lời văn");
        faults.push(Fault { warns: true, ..fault });
    });
    faults
}

fn given_fields(
    facts: &Facts,
    fields: &[Field],
    above: &[usize],
    given: &mut BTreeSet<Vec<usize>>,
) {
    for (index, field) in fields.iter().enumerate() {
        let Some(fact) = facts.get(&field.key) else { continue };
        let place: Vec<usize> = above.iter().copied().chain([index]).collect();
        if let (Content::List(items), FieldKind::List(inner)) = (fact, &field.kind) {
            for item in items {
                if let Content::Record(facts) = item {
                    given_fields(facts, inner, &place, given);
                }
            }
        }
        given.insert(place);
    }
}

/// Every field with its route and its place in the declaration.
fn each_field<'a>(
    fields: &'a [Field],
    at: &Route,
    visit: &mut impl FnMut(&'a Field, &Route, &[usize]),
) {
    below(fields, at, &mut vec![], visit);
}

fn below<'a>(
    fields: &'a [Field],
    at: &Route,
    above: &mut Vec<usize>,
    visit: &mut impl FnMut(&'a Field, &Route, &[usize]),
) {
    for (index, field) in fields.iter().enumerate() {
        let at = at.index(index);
        above.push(index);
        visit(field, &at, above);
        if let FieldKind::List(inner) = &field.kind {
            below(inner, &at.key("truong"), above, visit);
        }
        above.pop();
    }
}

impl Declared<'_> {
    /// The bytes of a key or a value of the front matter.
    pub fn place(&self, route: &Route) -> Range<usize> {
        self.places.find(&At::Route(route.clone())).map_or(0..0, |place| place.range)
    }
}
