//! `morgue completions`: a script that completes commands and flags in a shell.

use std::io::{self, Write};

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::failure::Failure;
use super::{Cli, Exit};

/// Flags of `morgue completions`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  morgue completions bash > ~/.local/share/bash-completion/completions/morgue
  morgue completions zsh > ~/.zfunc/_morgue
  morgue completions fish > ~/.config/fish/completions/morgue.fish")]
pub(super) struct Flags {
    /// The shell
    shell: Shell,
}

/// Prints the script.
pub(super) fn run(flags: &Flags) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(flags.shell, &mut Cli::command(), "morgue", &mut script);
    let mut out = io::stdout().lock();
    out.write_all(&script)?;
    out.flush()?;
    Ok(Exit::Success)
}
