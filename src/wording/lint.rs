//! A whole folder of templates judged at once, without a case.

use std::collections::{BTreeMap, BTreeSet};

use super::fault::{self, Fault};
use super::judge::{self, Judged};
use super::kinds::Given;
use super::{Added, File, Wordings, front, numbering};
use crate::diag::{At, Diagnostic, Sources};
use crate::model::{Addressing, Content, DocumentType, WordingSchema, placed_table};

/// What is known of a template beside its text.
#[derive(Clone, Copy)]
pub struct Declared<'a> {
    pub schema: &'a WordingSchema,
    /// Where the front matter's keys and values stand.
    pub places: &'a Sources,
    /// Of a wording, not of a file that wordings share.
    pub serves: Option<Serves>,
}

/// The documents that a wording is for.
#[derive(Clone, Copy, Debug)]
pub struct Serves {
    /// Whether each has addressees.
    pub addressed: bool,
    /// Whether their type has a code.
    pub coded: bool,
}

impl Serves {
    pub fn of(document_type: &DocumentType) -> Self {
        Self {
            addressed: document_type.addressing == Addressing::Always,
            coded: document_type.code.is_some(),
        }
    }
}

/// What came of judging all templates.
#[derive(Default)]
pub struct Checked {
    pub diagnostics: Vec<Diagnostic>,
    /// The wordings that a case can be put into.
    pub sound: BTreeSet<String>,
}

impl Wordings {
    /// Every fault of every template, each once, in the order of the files. `declared`:
    /// of those whose front matter could be read.
    pub fn check_all(
        &self,
        declared: &BTreeMap<&str, Declared<'_>>,
        sources: &mut Sources,
    ) -> Checked {
        let mut faults: Vec<Fault> =
            self.files.values().flat_map(|file| file.faults.iter().cloned()).collect();
        faults.extend(self.files.values().flat_map(File::warnings));
        let both = self.files.values();
        let both = both.filter_map(|file| Some((file, declared.get(file.path.as_str())?)));
        faults.extend(both.flat_map(|(file, declared)| front::locked(file, declared)));
        let mut sound = BTreeSet::new();
        let mut used: BTreeSet<&str> = BTreeSet::new();
        let wordings = declared.iter().filter_map(|(path, declared)| {
            Some((self.files.get(*path)?, declared, declared.serves?))
        });
        for (file, declared, serves) in wordings {
            let given = Given { schema: Some(declared.schema), others: &[], serves };
            let before = faults.len();
            self.check_wording(file, declared, given, &mut faults);
            let closure = self.closure(&file.path);
            let refuses = |fault: &Fault| closure.contains(fault.file.as_str()) && !fault.warns;
            let own = faults[before..].iter().any(|fault| !fault.warns);
            if !own && !faults[..before].iter().any(refuses) {
                sound.insert(file.path.clone());
            }
            used.extend(closure);
        }
        let serves = Serves { addressed: true, coded: true };
        let nobodys = Given { schema: None, others: &[], serves };
        for file in self.files.values() {
            if !used.contains(file.path.as_str()) {
                faults.extend(self.prose_faults(file, nobodys));
                faults.extend(judge::judge(self, &file.path, nobodys).faults);
            }
        }
        in_order(&mut faults, "");
        Checked { diagnostics: self.diagnostics(faults, sources), sound }
    }

    fn check_wording(
        &self,
        file: &File,
        declared: &Declared<'_>,
        given: Given<'_>,
        faults: &mut Vec<Fault>,
    ) {
        let closure: Vec<&File> =
            self.closure(&file.path).iter().filter_map(|path| self.files.get(*path)).collect();
        for part in &closure {
            faults.extend(self.prose_faults(part, given));
        }
        let Judged { faults: judged, used, blurred } = judge::judge(self, &file.path, given);
        faults.extend(judged);
        faults.extend(front::examples(file, declared));
        // Where something cannot be understood, a field may be used after all.
        let of_closure = closure.iter().flat_map(|part| &part.faults);
        let unread = of_closure.chain(&*faults).any(|fault| {
            closure.iter().any(|part| part.path == fault.file) && hides_use(fault.code)
        });
        if !unread && !blurred {
            faults.extend(front::unused(file, declared, &used));
        }
    }

    /// What the literal text of a file holds that it should not.
    pub(super) fn prose_faults(&self, file: &File, given: Given<'_>) -> Vec<Fault> {
        let prose = file.prose();
        let levels = given.schema.map_or(usize::MAX, |schema| numbering(schema).len());
        let deep = prose.headings.iter().filter(|(level, _)| *level > levels);
        let deep = deep.map(|(level, range)| {
            let message =
                format!("đề mục cấp {level} không có kiểu số: `danh_so` chỉ có {levels} cấp");
            Fault::new(fault::NUMBERING, &file.path, range.clone(), message)
                .hint("thêm một kiểu vào `danh_so` ở đầu tệp, hoặc bớt dấu `#`")
        });
        prose.faults.iter().cloned().chain(deep).collect()
    }

    /// The locked phrases of a wording and of what it includes that were changed.
    pub fn check_locked(
        &self,
        path: &str,
        declared: &BTreeMap<&str, Declared<'_>>,
        sources: &mut Sources,
    ) -> Vec<Diagnostic> {
        let files = self.parts(path).into_iter().filter_map(|path| self.files.get(path));
        let both = files.filter_map(|file| Some((file, declared.get(file.path.as_str())?)));
        let faults = both.flat_map(|(file, declared)| front::locked(file, declared)).collect();
        self.diagnostics(faults, sources)
    }

    /// The lines of a wording, and of what it includes, that place a table: key, place.
    pub fn table_lines(&self, path: &str, sources: &mut Sources) -> Vec<(String, At)> {
        let mut lines = Vec::new();
        let mut added = Added::default();
        for file in self.closure(path).into_iter().filter_map(|path| self.files.get(path)) {
            let mut at = file.from;
            for line in file.text[file.from..].split_inclusive('\n') {
                let words = line.trim();
                let start = at + line.len() - line.trim_start().len();
                at += line.len();
                if let Some(key) = placed_table(words) {
                    let source = added.source(&file.path, self, sources);
                    let place = At::Bytes { source, range: start..start + words.len() };
                    lines.push((key.to_owned(), place));
                }
            }
        }
        lines
    }

    /// A template and every file that it is put together from.
    pub fn parts(&self, path: &str) -> Vec<&str> {
        self.closure(path).into_iter().collect()
    }

    /// What the samples of a wording leave untried. `samples`: what each gives.
    pub fn check_samples(
        &self,
        path: &str,
        declared: &Declared<'_>,
        samples: &[&Facts],
        sources: &mut Sources,
    ) -> Vec<Diagnostic> {
        let faults = match self.files.get(path) {
            Some(file) if samples.is_empty() => vec![front::no_sample(file, declared)],
            Some(file) => front::not_sampled(file, declared, samples),
            None => vec![],
        };
        self.diagnostics(faults, sources)
    }
}

/// The facts of a case by their keys.
pub type Facts = BTreeMap<String, Content>;

/// Whether something with such a fault may have been meant to use a field.
fn hides_use(code: &str) -> bool {
    let plain = [
        fault::UNGUARDED,
        fault::PASSAGES_ALONE,
        fault::EMPHASIS,
        fault::HTML,
        fault::LINK,
        fault::FOREIGN_MARK,
        fault::NUMBERING,
        fault::TABLE_LINE,
        fault::ATTACHED,
        fault::EXAMPLE,
        fault::LOCKED,
        fault::UNUSED,
        fault::FORBIDDEN_CHARACTER,
        fault::LEGACY,
        fault::FALSE_LETTER,
    ];
    !plain.contains(&code)
}

/// By file, the given one first, then from top to bottom; what several wordings were
/// told of one place stands once.
pub fn in_order(faults: &mut Vec<Fault>, first: &str) {
    let key = |fault: &Fault| (fault.file != first, fault.file.clone(), fault.range.start);
    faults.sort_by_key(key);
    let mut told = BTreeSet::new();
    faults.retain(|fault| told.insert((fault.file.clone(), fault.range.start, fault.code)));
}
