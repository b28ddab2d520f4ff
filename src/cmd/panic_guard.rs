//! Turns a panic of the program into one clear message and the exit code 2. A panic that the library catches itself
//! (a parser of web pages can panic, for example) is recorded here and never printed.

use std::panic::{self, UnwindSafe};
use std::sync::Mutex;

use super::{Exit, console};

static LAST_PANIC: Mutex<Option<String>> = Mutex::new(None);

/// Runs the program. A panic that nobody catches is reported and ends it.
pub(super) fn guard(program: impl FnOnce() -> Exit + UnwindSafe) -> Exit {
    let previous_hook = panic::take_hook();
    panic::set_hook(Box::new(|info| {
        let place = info.location().map(|at| format!(" at {}:{}", at.file(), at.line())).unwrap_or_default();
        let payload = info.payload();
        let message = payload.downcast_ref::<&str>().copied();
        let message = message.or_else(|| payload.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message");
        if let Ok(mut last) = LAST_PANIC.lock() {
            *last = Some(format!("{message}{place}"));
        }
    }));
    let result = panic::catch_unwind(program);
    panic::set_hook(previous_hook);
    result.unwrap_or_else(|_| {
        let panic = LAST_PANIC.lock().ok().and_then(|mut last| last.take());
        let panic = panic.unwrap_or_else(|| "no message".to_owned());
        console::print_line(&format!(
            "error: this is a fault of morgue itself: {}\n  \
             what was committed to the index is safe; please report this line, with the command that led to it",
            panic.replace('\n', " ")
        ));
        Exit::Trouble
    })
}
