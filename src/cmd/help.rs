//! `morgue help`: the help of a command, and the query language.

use std::io::{self, Write};

use clap::{Args, CommandFactory};

use super::failure::Failure;
use super::{Cli, Exit, print_clap_message};

/// The description of the query language, as `morgue help query` prints it.
const QUERY_LANGUAGE: &str = include_str!("../../docs/QUERY.md");

/// Flags of `morgue help`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  morgue help
  morgue help search
  morgue help query | less")]
pub(super) struct Flags {
    /// A command, or `query` for the query language
    topic: Option<String>,
}

/// Prints the help.
pub(super) fn run(flags: &Flags) -> Result<Exit, Failure> {
    match flags.topic.as_deref() {
        Some("query") => {
            let mut out = io::stdout().lock();
            out.write_all(QUERY_LANGUAGE.as_bytes())?;
            out.flush()?;
            Ok(Exit::Success)
        }
        Some(name) if !is_command(name) => {
            Err(Failure::Usage(format!("there is no command `{name}`; `morgue help` lists the commands")))
        }
        Some(name) => print_help(&["morgue", name, "--help"]),
        None => print_help(&["morgue", "--help"]),
    }
}

fn is_command(name: &str) -> bool {
    Cli::command().get_subcommands().any(|command| command.get_name_and_visible_aliases().contains(&name))
}

/// Prints what the program prints for the arguments `args`, which ask for help.
fn print_help(args: &[&str]) -> Result<Exit, Failure> {
    match Cli::command().try_get_matches_from(args) {
        Ok(_) => Ok(Exit::Success),
        Err(help) => Ok(print_clap_message(&help)),
    }
}
