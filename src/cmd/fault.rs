//! The last resort: a panic becomes one clear sentence and exit code 2. A panic that a stage catches itself (a parser
//! of web pages, say) is recorded here and never printed.

use std::panic::{self, UnwindSafe};
use std::process::ExitCode;
use std::sync::Mutex;

use super::console;

static LAST: Mutex<Option<String>> = Mutex::new(None);

/// Runs the program; a panic that comes this far is told and ends it.
pub fn guard(program: impl FnOnce() -> ExitCode + UnwindSafe) -> ExitCode {
    panic::set_hook(Box::new(|info| {
        let place = info.location().map(|at| format!(" at {}:{}", at.file(), at.line())).unwrap_or_default();
        let payload = info.payload();
        let message = payload.downcast_ref::<&str>().copied();
        let message = message.or_else(|| payload.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message");
        if let Ok(mut last) = LAST.lock() {
            *last = Some(format!("{message}{place}"));
        }
    }));
    panic::catch_unwind(program).unwrap_or_else(|_| {
        let what = LAST.lock().ok().and_then(|mut last| last.take()).unwrap_or_else(|| "no message".to_owned());
        console::tell(&format!(
            "error: this is a fault of morgue itself: {}\n  \
             what was committed to the index is safe; please report this line, with the command that led to it",
            what.replace('\n', " ")
        ));
        super::Exit::Trouble.into()
    })
}
