//! Ends the program from a thread beside the work, never between two files of a document.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};
use std::time::Duration;

use super::Exit;

/// Held to read by who writes the files of a document, to write by who ends the program.
static WHOLE: RwLock<()> = RwLock::new(());

/// How often it is looked whether Ctrl-C was pressed.
const LOOK: Duration = Duration::from_millis(50);

/// Keeps the program alive until it is dropped: a document is written whole or not at all.
pub fn hold() -> RwLockReadGuard<'static, ()> {
    WHOLE.read().unwrap_or_else(PoisonError::into_inner)
}

/// Ends the program with a last word, as soon as no document is being written.
pub fn end(exit: Exit, last_word: impl FnOnce()) -> ! {
    let _whole = WHOLE.write().unwrap_or_else(PoisonError::into_inner);
    last_word();
    std::process::exit(exit as i32)
}

/// From now on Ctrl-C, or a request of the system to end, ends the program as done.
///
/// # Errors
/// When the system takes no wishes about signals.
pub fn on_ctrl_c(last_word: impl FnOnce() + Send + 'static) -> std::io::Result<()> {
    let asked = Arc::new(AtomicBool::new(false));
    for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM] {
        signal_hook::flag::register(signal, Arc::clone(&asked))?;
    }
    std::thread::Builder::new().name("ctrl-c".to_owned()).spawn(move || {
        while !asked.load(Ordering::Relaxed) {
            std::thread::sleep(LOOK);
        }
        end(Exit::Done, last_word)
    })?;
    Ok(())
}
