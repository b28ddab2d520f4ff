//! The program: argv in, an exit code out. What it can do is in `cmd/`, one file a subcommand.

use std::process::ExitCode;

mod cmd;

/// Documents are made on some threads and freed on others, at which the C library's allocator keeps what was freed.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cmd::fault::guard(|| match cmd::parse() {
        Ok(cli) => cmd::run(cli),
        Err(usage) => cmd::usage(&usage),
    })
}
