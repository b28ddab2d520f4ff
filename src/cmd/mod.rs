//! The subcommands of the program, one file for each. Results go to the standard output, and messages to the standard
//! error. [`crate::cli`] is the public API of this module.

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

mod answers;
mod completions;
mod console;
mod delete;
mod eval;
mod export;
mod failure;
mod help;
mod index;
mod loss;
mod man;
mod naming;
mod panic_guard;
mod print;
mod progress;
mod queries;
mod read;
mod reading;
mod search;
mod show;
mod stats;
mod style;
mod tally;
mod terminal;
mod verify;

use console::Console;
use failure::Failure;
use terminal::ColorWhen;

/// Search archives of news articles
///
/// Morgue indexes folders of news articles in any format, and searches them: ranked hits with snippets, people,
/// organisations, places and dates. All data stays on this machine, in one folder.
#[derive(Debug, Parser)]
#[command(name = "morgue", version, max_term_width = 100, after_help = EXAMPLES, disable_help_subcommand = true)]
pub(super) struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    global: Global,
}

const EXAMPLES: &str = "\
Examples:
  morgue index ~/archive                      index a folder of articles into index/
  morgue search 'dam collapse'                the ten best articles
  morgue search '\"dam collapse\" -drill' --sort newest
  morgue search 'flood' --in corpus/          index corpus/ first, then search it
  morgue show 'corpus/harbor.jsonl#3'         one article, its names and dates marked

`morgue help COMMAND` says more about each command, `morgue help query` about queries.";

/// Flags of every command.
#[derive(Debug, Args)]
#[command(next_help_heading = "Everywhere")]
pub(super) struct Global {
    /// The folder of the index
    #[arg(long, global = true, value_name = "DIR", env = "MORGUE_INDEX", default_value = "index")]
    index: PathBuf,
    /// When to color the output: auto (on a terminal, unless NO_COLOR is set), always, never
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        value_enum,
        default_value_t = ColorWhen::Auto,
        hide_possible_values = true
    )]
    color: ColorWhen,
    /// Print results, warnings and errors only
    #[arg(long, short, global = true)]
    quiet: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Read articles into the index
    #[command(visible_alias = "ingest")]
    Index(index::Flags),
    /// Find articles
    #[command(visible_alias = "query")]
    Search(Box<search::Flags>),
    /// Print articles, with their names and dates marked
    Show(show::Flags),
    /// Print what is in the index
    Stats(stats::Flags),
    /// Remove articles from the index
    Delete(delete::Flags),
    /// Read the whole index back and report damage
    Verify(verify::Flags),
    /// Print the articles of files as JSON Lines, without an index
    Read(read::Flags),
    /// Print the articles of the index as JSON Lines
    Export(export::Flags),
    /// Measure how well judged queries are answered
    Eval(eval::Flags),
    /// Print completions for a shell
    Completions(completions::Flags),
    /// Print the manual page
    Man(man::Flags),
    /// Print the help of a command, or the query language (`morgue help query`)
    Help(help::Flags),
}

/// How a run ended. The value is the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Exit {
    /// Everything worked; for `search`: there are hits.
    Success = 0,
    /// Nothing was found; for `index --strict`: a file or record was skipped.
    Nothing = 1,
    /// An error, which was reported.
    Trouble = 2,
}

/// Runs the program. A panic becomes a message and [`Exit::Trouble`].
pub(super) fn run(args: Vec<OsString>) -> Exit {
    panic_guard::guard(|| parse_and_run(args))
}

fn parse_and_run(args: Vec<OsString>) -> Exit {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(message) => return print_clap_message(&message),
    };
    let console = Console::new(cli.global.quiet, cli.global.color);
    match run_command(cli, &console) {
        Ok(exit) => exit,
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Success,
        Err(failure) => {
            console.failure(&failure);
            Exit::Trouble
        }
    }
}

/// Prints a message of clap: help and version are a success, a wrong flag is an error.
fn print_clap_message(message: &clap::Error) -> Exit {
    let printed = message.print();
    let cannot_print = printed.is_err_and(|error| error.kind() != io::ErrorKind::BrokenPipe);
    if message.exit_code() == 0 && !cannot_print { Exit::Success } else { Exit::Trouble }
}

fn run_command(cli: Cli, console: &Console) -> Result<Exit, Failure> {
    let Cli { command, global } = cli;
    match command {
        Command::Index(flags) => index::run(flags, &global, console),
        Command::Search(flags) => search::run(*flags, &global, console),
        Command::Show(flags) => show::run(&flags, &global, console),
        Command::Stats(flags) => stats::run(&flags, &global, console),
        Command::Delete(flags) => delete::run(&flags, &global, console),
        Command::Verify(flags) => verify::run(&flags, &global, console),
        Command::Read(flags) => read::run(&flags, console),
        Command::Export(flags) => export::run(&flags, &global),
        Command::Eval(flags) => eval::run(&flags, &global, console),
        Command::Completions(flags) => completions::run(&flags),
        Command::Man(flags) => man::run(&flags),
        Command::Help(flags) => help::run(&flags),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_flags_do_not_conflict() {
        super::Cli::command().debug_assert();
    }
}
