//! A panic of a library, caught for the one document that it was making.
//!
//! Nothing of ours panics (clippy sees to that). The layout library does now and then for
//! text that nobody thought of, and the other documents of a command are none the worse.

use std::panic::{AssertUnwindSafe, Location, catch_unwind};
use std::sync::{Mutex, PoisonError};

use crate::export::pdf;

/// A library stopped in the middle of a document. Printed, it tells a clerk what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Panicked {
    /// File and line of the library, for its developers; of a program that watches for it.
    place: Option<String>,
}

impl std::fmt::Display for Panicked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("chương trình gặp lỗi của chính nó khi làm văn bản này")?;
        match &self.place {
            Some(place) => write!(f, " (chỗ dừng: {place})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Panicked {}

/// The next step after such a stop.
pub const STEP: &str = "xem lại chữ lạ mới chép vào, thử bỏ dần từng đoạn; rồi gửi hồ sơ này cho người phát triển chương trình";

/// Where the last panic was, as the hook of [`be_quiet`] saw it.
static PLACE: Mutex<Option<String>> = Mutex::new(None);

/// From now on a panic prints nothing: whoever catches it says what happened.
pub fn be_quiet() {
    std::panic::set_hook(Box::new(|panic| {
        *PLACE.lock().unwrap_or_else(PoisonError::into_inner) = panic.location().map(shown);
    }));
}

/// The last parts of the path and the line: `inline/line.rs:512`.
fn shown(location: &Location<'_>) -> String {
    let parts: Vec<&str> = location.file().rsplit(['/', '\\']).take(2).collect();
    let file = parts.into_iter().rev().collect::<Vec<_>>().join("/");
    format!("{file}:{}", location.line())
}

/// Does the work on one document. What typst had put in its cache until it panicked goes, so
/// that the next document begins as if nothing had happened.
///
/// # Errors
/// When something in it panicked, on whatever thread.
pub fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, Panicked> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| {
        pdf::forget();
        let place = PLACE.lock().unwrap_or_else(PoisonError::into_inner).take();
        Panicked { place }
    })
}

#[cfg(test)]
#[allow(clippy::panic, reason = "what is caught has to be thrown")]
mod tests {
    use super::*;
    use crate::check::testing::{case, document};
    use crate::export::{self, Format};

    fn bytes(text: &str) -> Vec<Vec<u8>> {
        let written = export::write(&document(&case(), text), &Format::ALL).unwrap();
        written.into_iter().flat_map(|written| written.files).collect()
    }

    #[test]
    fn work_that_goes_well_gives_what_it_gave() {
        assert_eq!(guarded(|| 7), Ok(7));
    }

    #[test]
    fn after_a_panic_the_same_document_and_others_have_the_same_bytes() {
        let (first, second) = (bytes("Một./."), bytes("Hai./."));
        let caught = guarded(|| {
            // With a full cache, on a thread of the library's pool as on our own.
            let laid = export::pdf::lay_out(&document(&case(), "Một./.")).map(|_| ());
            std::thread::scope(|scope| {
                scope
                    .spawn(|| panic!("planted"))
                    .join()
                    .unwrap_or_else(|it| std::panic::resume_unwind(it));
            });
            laid
        });
        assert!(caught.is_err());
        assert_eq!((bytes("Một./."), bytes("Hai./.")), (first, second));
    }

    #[test]
    fn a_case_that_makes_a_library_panic_is_told_by_its_file() {
        let stopped = crate::render::unless_panicked("a/ho_so.yaml", || panic!("planted"));
        let findings = stopped.err().unwrap();
        let found = &findings.diagnostics[0];
        assert_eq!(found.at, crate::diag::At::File("a/ho_so.yaml".to_owned()));
        assert!(findings.has_errors() && !found.message.contains("planted"));
        // Every code has its explanation.
        assert!(crate::case::faults().iter().any(|(code, _)| *code == found.code));
    }

    #[test]
    fn a_clerk_is_told_in_vietnamese_and_a_developer_where() {
        let told =
            |place: Option<&str>| Panicked { place: place.map(ToOwned::to_owned) }.to_string();
        assert_eq!(told(None), "chương trình gặp lỗi của chính nó khi làm văn bản này");
        assert!(told(Some("inline/line.rs:512")).ends_with(" (chỗ dừng: inline/line.rs:512)"));
    }
}
