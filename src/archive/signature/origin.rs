//! A file that does not begin with the archived bytes: what it is instead.

use super::pdf::{File, Value, text_string};
use super::refusal::{Kin, Refusal};

/// Of the archived bytes, how many hundredths a damaged copy may differ in.
const ALTERED: usize = 2;

/// Why a PDF is no extension of the archived one.
pub fn tell(archived: &[u8], other: &[u8]) -> Refusal {
    let (Some(ours), theirs) = (Origin::of(archived), Origin::of(other)) else {
        return Refusal::Foreign { title: String::new() };
    };
    let is_same_file = theirs.as_ref().is_some_and(|theirs| theirs.id == ours.id);
    let other_print = theirs.as_ref().filter(|theirs| theirs.is_print && !is_same_file);
    if let Some(theirs) = other_print {
        let (title, code) = (theirs.title.clone(), theirs.code.clone());
        return Refusal::OtherPrint {
            title,
            code,
            kin: kin(&ours, theirs),
            signed: theirs.updated,
        };
    }
    let same = archived.iter().zip(other).filter(|(a, b)| a == b).count();
    let differing = archived.len() - same;
    if is_same_file || differing <= archived.len() * ALTERED / 100 {
        let at = archived.iter().zip(other).position(|(a, b)| a != b);
        return Refusal::Altered { at: at.unwrap_or_else(|| archived.len().min(other.len())) };
    }
    match theirs {
        Some(theirs) if theirs.is_copy_of(&ours) => Refusal::Resaved { program: theirs.producer },
        Some(theirs) => Refusal::Foreign { title: theirs.title },
        None => Refusal::Foreign { title: String::new() },
    }
}

fn kin(ours: &Origin, theirs: &Origin) -> Kin {
    let is_numbered = theirs.code.starts_with(|c: char| c.is_ascii_digit());
    let is_same = ours.subject == theirs.subject && ours.author == theirs.author;
    match (is_same, is_numbered) {
        (true, false) => Kin::BeforeNumber,
        (true, true) if ours.code == theirs.code => Kin::SameNumber,
        _ => Kin::Other,
    }
}

/// What a file says of itself, as its first revision left it.
struct Origin {
    /// Both halves of `/ID`.
    id: Vec<Vec<u8>>,
    title: String,
    subject: String,
    author: String,
    producer: String,
    /// Số, ký hiệu: the first keyword.
    code: String,
    /// Written by this program, and by no other after it.
    is_print: bool,
    updated: bool,
}

impl Origin {
    fn of(bytes: &[u8]) -> Option<Self> {
        let file = File::open(bytes).ok()?;
        let first = file.sections().first()?;
        let info = file.resolve(0, first.trailer.get(&b"Info"[..])).ok()?;
        let text = |key: &str| {
            let text = info.get(key).and_then(Value::text).map(text_string);
            super::one_line(&text.unwrap_or_default())
        };
        let halves = first.trailer.get(&b"ID"[..]).and_then(Value::array).unwrap_or_default();
        let id: Vec<Vec<u8>> = halves.iter().filter_map(Value::text).map(<[u8]>::to_vec).collect();
        // The seal: 24 hexadecimal digits (`export::pdf`), where others write 16 bytes.
        let is_digit = |byte: &u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(byte);
        let is_sealed = id.get(1).is_some_and(|half| half.len() == 24 && half.iter().all(is_digit));
        Some(Self {
            is_print: is_sealed && text("Creator").starts_with("vanthu "),
            id,
            title: text("Title"),
            subject: text("Subject"),
            author: text("Author"),
            producer: text("Producer"),
            code: text("Keywords").split(", ").next().unwrap_or_default().to_owned(),
            updated: file.sections().len() > 1,
        })
    }

    /// The first half of `/ID` stays with a file that is written anew; where a program gives
    /// it another, what the file says of itself does.
    fn is_copy_of(&self, ours: &Self) -> bool {
        let same_id = !self.id.is_empty() && self.id.first() == ours.id.first();
        same_id || (!self.title.is_empty() && self.title == ours.title && self.code == ours.code)
    }
}
