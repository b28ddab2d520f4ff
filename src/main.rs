//! The program: argv in, an exit code out. What it can do is in `cmd/`, one file a subcommand.

use std::process::ExitCode;

mod cmd;

fn main() -> ExitCode {
    cmd::fault::guard(|| match cmd::parse() {
        Ok(cli) => cmd::run(cli),
        Err(usage) => cmd::usage(&usage),
    })
}
