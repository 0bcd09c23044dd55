//! `vanthu wording`: what a clerk does with the wordings of the office. One file a command.

mod args;
mod diff;
mod eject;
mod fields;

pub use args::WordingArgs;

use super::Exit;
use args::Action;

pub fn run(args: &WordingArgs) -> Exit {
    match &args.action {
        Action::Diff(args) => diff::run(args),
        Action::Eject(args) => eject::run(args),
        Action::Fields(args) => fields::run(args),
    }
}
