//! The program `morgue` as a function: arguments in, exit code out. It is for programs that contain the command line,
//! such as a package for another language.
//!
//! ```
//! let exit_code = morgue::cli::run(["morgue", "--version"].map(Into::into));
//! assert_eq!(exit_code, 0);
//! ```

use std::ffi::OsString;

use crate::cmd;

/// Runs the program with the arguments `args`. The first argument is the name of the program, as in
/// [`std::env::args_os`].
///
/// Results go to the standard output, and messages to the standard error. The exit code is 0 after success, 1 when
/// nothing was found, and 2 after an error. A panic becomes a message and the exit code 2. While the function runs, the
/// panic hook of the process is replaced.
pub fn run(args: impl IntoIterator<Item = OsString>) -> u8 {
    let args: Vec<OsString> = args.into_iter().collect();
    cmd::run(args) as u8
}
