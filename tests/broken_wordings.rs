//! What is wrong with a wording, and what the check answers without a case.

use vanthu::render::{self, Office};
use vanthu::templates::Templates;

#[test]
fn the_shipped_wordings_are_sound() {
    let office = Office::of(Templates::embedded()).map_err(|found| found.diagnostics).unwrap();
    assert!(!render::check_wordings(&office).has_errors());
}
