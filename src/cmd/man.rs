//! `morgue man`: the manual page, with the same text as `--help`.

use std::io::{self, Write};

use clap::{Args, CommandFactory};

use super::failure::Failure;
use super::{Cli, Exit};

/// Flags of `morgue man`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  morgue man | man -l -
  morgue man search > ~/.local/share/man/man1/morgue-search.1")]
pub(super) struct Flags {
    /// The command to describe; without it, the page of the whole program
    command: Option<String>,
}

/// Prints the page.
pub(super) fn run(flags: &Flags) -> Result<Exit, Failure> {
    let mut program = Cli::command();
    program.build();
    let page = match &flags.command {
        None => program,
        Some(name) => program
            .find_subcommand(name)
            .cloned()
            .ok_or_else(|| Failure::Usage(format!("there is no command `{name}`; `morgue help` lists the commands")))?,
    };
    let mut out = io::stdout().lock();
    clap_mangen::Man::new(page).render(&mut out)?;
    out.flush()?;
    Ok(Exit::Success)
}
