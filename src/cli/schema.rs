//! `vanthu schema`: the JSON Schema of a case, for editors.

use super::args::SchemaArgs;
use super::say::{say_json, warn};
use super::{Exit, report};
use crate::case;

pub fn run(args: &SchemaArgs) -> Exit {
    match super::office(args.root.as_deref()) {
        Ok(office) => {
            say_json(&case::schema(&office.catalog));
            Exit::Done
        }
        Err(findings) => {
            warn(&report::text(&findings, &std::io::stderr()));
            Exit::Unusable
        }
    }
}
