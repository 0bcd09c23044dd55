//! The program `vanthu`; everything is in the library.

use std::process::ExitCode;

/// Typst makes and throws away some hundred thousand small things for each document, on
/// several threads; the system's allocator takes a tenth of the time of a report
/// (docs/benchmarks.md).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    vanthu::cli::run(std::env::args_os())
}
