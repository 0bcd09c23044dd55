//! `vanthu schema`: the JSON Schema of a case, for editors.

use super::Exit;
use crate::case;

pub fn run() -> Exit {
    sayln!("{:#}", case::schema());
    Exit::Done
}
