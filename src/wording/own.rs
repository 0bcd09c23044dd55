//! Figures in the clerk's own paragraphs: `{{ phu_luc[0].tong.von }}`, checked and filled in.
//!
//! A mark says what a wording can say between `{{ }}`, with the same names and filters. Each
//! is a wording of one tag, so the same judges see it and Tera runs it; what it prints is put
//! into the paragraph escaped, as the words it is. Conditions and loops stay the wording's.

use std::collections::BTreeMap;
use std::ops::Range;

use tera::{Context, Tera};

use super::context::{self, Passages};
use super::fault::{self, Fault};
use super::instrument::mark_index;
use super::kinds::Given;
use super::lint::Serves;
use super::{File, Wordings, fuel, inline, judge, running, translate};
use crate::diag::{At, Diagnostic, Route};
use crate::model::{Case, FigureMark, WordingSchema, figure_marks};

/// Marks of one case; a table belongs in an appendix and not, cell by cell, in a sentence.
const MAX_MARKS: usize = 500;
/// Bytes of one mark.
const MAX_BYTES: usize = 1_000;

/// A mark with the paragraphs that it stands in.
struct Mark {
    passages: usize,
    range: Range<usize>,
}

/// Puts the figures into some paragraphs of a case; what is wrong with a mark is told at its
/// words, and it prints nothing. `draft`: what a table does not say yet is a gap.
pub fn fill(
    own: &mut [Passages],
    case: &Case,
    schema: &WordingSchema,
    draft: bool,
) -> Vec<Diagnostic> {
    let found: Vec<Vec<FigureMark>> = own.iter().map(|own| figure_marks(&own.text)).collect();
    if found.iter().all(Vec::is_empty) {
        return vec![];
    }
    let _running = running::begin("trong đoạn văn của hồ sơ");
    let mut told = Vec::new();
    let mut marks = Vec::new();
    for (passages, found) in found.into_iter().enumerate() {
        for FigureMark { range, closed } in found {
            let mark = Mark { passages, range };
            match refused(&mark, closed, marks.len()) {
                Some(fault) => told.push(mark.tell(fault, own)),
                None => marks.push(mark),
            }
        }
    }
    let wordings = wordings(own, &marks);
    let declared = |key: &&String| schema.fields.iter().any(|field| field.key == **key);
    let others: Vec<&str> =
        case.content.keys().filter(|key| !declared(key)).map(String::as_str).collect();
    let serves = Serves { addressed: true, coded: true };
    let given = Given { schema: Some(schema), others: &others, serves };
    let (mut context, _) = context::context(case, schema, true);
    context.insert_value(context::OWN, tera::Value::from(true));
    if draft {
        let read: Vec<&[String]> = wordings.files.values().flat_map(File::read).collect();
        let tables = |keys: &&[String]| matches!(keys[0].as_str(), "phu_luc" | "bang");
        context::fill_gaps(&mut context, &read.into_iter().filter(tables).collect::<Vec<_>>());
    }
    fuel::fill(context::longest_list(case));
    let mut printed = Vec::with_capacity(marks.len());
    for (number, mark) in marks.iter().enumerate() {
        match print(&wordings, &path(number), given, &context) {
            Ok(text) => printed.push(Some(text)),
            Err(faults) => {
                told.extend(faults.into_iter().map(|fault| mark.tell(fault, own)));
                printed.push(None);
            }
        }
    }
    // From the last to the first, so that the places of the others stay. A mark that is told
    // prints nothing, so that the rest of its paragraph can be judged.
    for (mark, text) in marks.iter().zip(printed).rev() {
        let text = text.unwrap_or_default();
        own[mark.passages].text.replace_range(mark.range.clone(), &text);
    }
    told
}

fn refused(mark: &Mark, closed: bool, before: usize) -> Option<Fault> {
    let tell = |code, message: String, hint: &str| {
        Some(Fault::new(code, "", 0..mark.range.len(), message).hint(hint))
    };
    if !closed {
        let message = "`{{` mở ở đây không có `}}` đóng trên cùng một dòng".to_owned();
        return tell(fault::UNCLOSED, message, "thêm `}}`; hai dấu ngoặc thật thì viết `\\{{`");
    }
    if mark.range.len() > MAX_BYTES {
        let message = format!("`{{{{ … }}}}` này dài quá {MAX_BYTES} byte");
        return tell(fault::TOO_LARGE, message, "chia thành nhiều chỗ `{{ … }}`");
    }
    if before == MAX_MARKS {
        let message = format!("đoạn văn của hồ sơ có quá {MAX_MARKS} chỗ `{{{{ … }}}}`");
        return tell(fault::TOO_LARGE, message, "nhiều số liệu thì lập bảng");
    }
    (before > MAX_MARKS).then(|| Fault::new(fault::TOO_LARGE, "", 0..2, "quá nhiều chỗ `{{ … }}`"))
}

impl Mark {
    /// A fault of the tag at its words in the paragraph.
    fn tell(&self, fault: Fault, own: &[Passages]) -> Diagnostic {
        let Passages { route, text } = &own[self.passages];
        let range = match fault.range {
            // What Tera gives no place is wrong with the whole.
            range if range.is_empty() => self.range.clone(),
            range => self.range.start + range.start..self.range.start + range.end,
        };
        let route = Route::parse(route).unwrap_or_default();
        let at = At::words(route, text, range.start..range.end.min(self.range.end));
        let told = Diagnostic::error(fault.code, at, fault.message);
        let hint = fault
            .hint
            .map(for_a_clerk)
            .or_else(|| (fault.code == fault::UNKNOWN_NAME).then(|| UNKNOWN.to_owned()));
        Diagnostic { hint, ..told }
    }
}

const UNKNOWN: &str = "phụ lục thứ nhất là `phu_luc[0]`, dòng thứ nhất là `dong[0]`; cột, nhóm và \
                       bảng gọi bằng `khoa` của chúng";

/// Conditions and loops are for wordings.
fn for_a_clerk(hint: String) -> String {
    if hint.contains("{%") {
        return "viết như `{{ phu_luc[0].tong.KHÓA_CỘT }}`; danh sách thì nối bằng `| noi`".into();
    }
    hint
}

fn path(number: usize) -> String {
    format!("doan/{number}.md")
}

/// Every mark as a wording of its own.
fn wordings(own: &[Passages], marks: &[Mark]) -> Wordings {
    let mut wordings =
        Wordings { files: BTreeMap::new(), tera: Tera::default(), marks: vec![], paths: vec![] };
    for (number, mark) in marks.iter().enumerate() {
        let text = &own[mark.passages].text[mark.range.clone()];
        let file = read(&path(number), text, number, &mut wordings.marks);
        wordings.files.insert(path(number), file);
    }
    wordings.check_names();
    wordings.compile();
    wordings
}

fn read(path: &str, text: &str, number: usize, marks: &mut Vec<(usize, usize)>) -> File {
    let mut file = super::read(path, String::new(), text, number, marks);
    if let Some(call) = file.scan.calls.first() {
        let message = "thành phần không gọi được trong đoạn văn của hồ sơ";
        let fault = Fault::new(fault::FORBIDDEN, path, call.range.clone(), message)
            .hint("thành phần chỉ dùng trong lời văn, dưới templates/");
        file.faults.push(fault);
    }
    file
}

/// What a mark prints, escaped; or what is wrong with it.
fn print(
    wordings: &Wordings,
    path: &str,
    given: Given<'_>,
    context: &Context,
) -> Result<String, Vec<Fault>> {
    let mut faults = wordings.faults_of(path);
    let judged = judge::judge(wordings, path, given).faults;
    // A case is what it is: nothing in it may be left out.
    faults.extend(judged.into_iter().filter(|fault| fault.code != fault::UNGUARDED));
    if !faults.is_empty() {
        faults.sort_by_key(|fault| fault.range.start);
        faults.truncate(1);
        return Err(faults);
    }
    let mut out = fuel::Capped::default();
    if let Err(error) = wordings.tera.render_to(path, context, &mut out) {
        return Err(translate::faults(&error, path, wordings));
    }
    let text = String::from_utf8_lossy(&out.bytes);
    if inline::holds_token(&text) {
        let message = "một trường kiểu đoạn văn không đặt được trong đoạn văn khác";
        return Err(vec![
            Fault::new(fault::PASSAGES_ALONE, path, 0..0, message)
                .hint("chỉ đặt số liệu và dữ kiện một dòng trong `{{ … }}`"),
        ]);
    }
    Ok(text.chars().filter(|c| mark_index(*c).is_none()).collect())
}
