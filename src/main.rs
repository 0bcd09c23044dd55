//! The program `vanthu`; everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    vanthu::cli::run(std::env::args_os())
}
