//! The command line: thin, on top of everything. Only here is anything printed.

#[macro_use]
mod say;

mod archive;
mod args;
mod check;
mod choose;
mod ending;
mod events;
pub mod explain;
mod init;
mod issue;
mod job;
mod look;
mod near;
mod new;
mod office;
mod output;
mod register;
mod render;
mod report;
mod schema;
mod watch;
mod watchdog;
mod wording;

use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

use clap::Parser;

use args::Command;
pub use args::{Cli, command};

use crate::diag::{At, Diagnostic};
use crate::render::{Findings, Office, guard};

/// How a command ends. Of several cases the highest counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Done; warnings and accepted findings may have been printed.
    Done = 0,
    /// A finding of severity error, or a file that must not be overwritten.
    Found = 1,
    /// The input or the call could not be used.
    Unusable = 2,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Runs one call of the program.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    guard::be_quiet();
    let exit = match Cli::try_parse_from(args) {
        Ok(cli) => {
            guard::guarded(|| dispatch(cli.command)).unwrap_or_else(|panicked| stopped(&panicked))
        }
        Err(error) => args::explain(&error),
    };
    exit.into()
}

/// Something panicked that belongs to no one document.
fn stopped(panicked: &guard::Panicked) -> Exit {
    warnln!("lỗi: {panicked}\n  = gợi ý: {}", guard::STEP);
    Exit::Unusable
}

/// The office of `--root`; what stands there may be no folder at all.
fn office(root: Option<&Path>) -> Result<Office, Findings> {
    let Some(missing) = root.filter(|root| !root.is_dir()) else { return Office::open(root) };
    let message = if missing.exists() {
        "đây là tệp, không phải thư mục mẫu"
    } else {
        "không có thư mục mẫu này"
    };
    let found = Diagnostic::error(
        "tep-khong-doc-duoc",
        At::File(missing.display().to_string()),
        message,
    )
    .hint("kiểm tra đường dẫn ghi sau --root; chưa có mẫu riêng thì gõ `vanthu wording eject THƯ_MỤC`");
    Err(Findings { diagnostics: vec![found], ..Findings::default() })
}

fn dispatch(command: Command) -> Exit {
    watchdog::start();
    match command {
        Command::Render(args) => render::run(&args),
        Command::Watch(args) => watch::run(&args),
        Command::Check(args) => check::run(&args),
        Command::New(args) => new::run(&args),
        Command::Init(args) => init::run(&args),
        Command::Issue(args) => issue::run(&args),
        Command::Register(args) => register::run(&args),
        Command::Archive(args) => archive::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Wording(args) => wording::run(&args),
        Command::Schema(args) => schema::run(&args),
        Command::Completions(args) => {
            let mut script = Vec::new();
            clap_complete::generate(args.shell, &mut args::command(), "vanthu", &mut script);
            say::say(&String::from_utf8_lossy(&script));
            Exit::Done
        }
    }
}
