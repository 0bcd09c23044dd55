//! `vanthu wording`: what a clerk does with the wordings of the office. One file a command.

mod accept;
mod args;
mod check;
mod diff;
mod eject;
mod fields;
mod root;

pub use args::WordingArgs;

use super::Exit;
use args::Action;

pub fn run(args: &WordingArgs) -> Exit {
    match &args.action {
        Action::Accept(args) => accept::run(args),
        Action::Check(args) => check::run(args),
        Action::Diff(args) => diff::run(args),
        Action::Eject(args) => eject::run(args),
        Action::Fields(args) => fields::run(args),
    }
}
