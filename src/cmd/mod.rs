//! The subcommands: what each takes, and which file does it. Results go to standard output and all else to standard
//! error; exit codes are [`Exit`].

use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub mod fault;

mod answers;
mod completions;
mod console;
mod delete;
mod eval;
mod failure;
mod index;
mod loss;
mod man;
mod naming;
mod print;
mod progress;
mod queries;
mod read;
mod search;
mod show;
mod stats;
mod style;
mod tally;
mod verify;

use console::Console;
use failure::Failure;

/// Searches archives of news articles
///
/// Morgue indexes folders of news articles in whatever shape they were kept, and searches them: ranked hits with
/// snippets, people, organisations, places and dates. Everything stays on this machine, in one folder.
#[derive(Debug, Parser)]
#[command(name = "morgue", version, max_term_width = 100, after_help = EXAMPLES, disable_help_subcommand = true)]
pub struct Cli {
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

`morgue COMMAND --help` tells more of each command.";

/// What every command takes.
#[derive(Debug, Args)]
#[command(next_help_heading = "Everywhere")]
pub struct Global {
    /// The folder of the index
    #[arg(long, global = true, value_name = "DIR", env = "MORGUE_INDEX", default_value = "index")]
    index: PathBuf,
    /// When to color the output: auto (on a terminal, unless NO_COLOR is set), always, never
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value_t = When::Auto, hide_possible_values = true)]
    color: When,
    /// Say nothing beside results and errors
    #[arg(long, short, global = true)]
    quiet: bool,
}

/// When to color the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum When {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
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
    /// Tell what is in the index
    Stats(stats::Flags),
    /// Take articles out of the index
    Delete(delete::Flags),
    /// Read the whole index back and tell what is damaged
    Verify(verify::Flags),
    /// Print files as JSON Lines of articles, without an index
    Read(read::Flags),
    /// Measure how well judged queries are answered
    Eval(eval::Flags),
    /// Print completions for a shell
    Completions(completions::Flags),
    /// Print the manual page
    Man(man::Flags),
}

/// Columns of a terminal where there is none to ask.
const USUAL: usize = 80;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// All went well; of `search`: there are hits.
    Success,
    /// Nothing was found; of `index --strict`: something was passed over.
    Nothing,
    /// Something went wrong and was told.
    Trouble,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit as u8)
    }
}

/// Reads argv. The error is what clap has to say, help and version included.
pub fn parse() -> Result<Cli, clap::Error> {
    Cli::try_parse()
}

/// Prints what clap has to say: help is a success, a wrong flag is not.
pub fn usage(usage: &clap::Error) -> ExitCode {
    let printed = usage.print();
    match (usage.exit_code(), printed) {
        (0, Err(error)) if error.kind() != std::io::ErrorKind::BrokenPipe => Exit::Trouble.into(),
        (0, _) => Exit::Success.into(),
        _ => Exit::Trouble.into(),
    }
}

/// Runs the command.
pub fn run(cli: Cli) -> ExitCode {
    let console = Console::new(cli.global.quiet, cli.global.color);
    match dispatch(cli, &console) {
        Ok(exit) => exit.into(),
        Err(Failure::Output(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => Exit::Success.into(),
        Err(failure) => {
            console.failure(&failure);
            Exit::Trouble.into()
        }
    }
}

fn dispatch(cli: Cli, console: &Console) -> Result<Exit, Failure> {
    let Cli { command, global } = cli;
    match command {
        Command::Index(flags) => index::run(flags, &global, console),
        Command::Search(flags) => search::run(*flags, &global, console),
        Command::Show(flags) => show::run(&flags, &global, console),
        Command::Stats(flags) => stats::run(&flags, &global, console),
        Command::Delete(flags) => delete::run(&flags, &global, console),
        Command::Verify(flags) => verify::run(&flags, &global, console),
        Command::Read(flags) => read::run(&flags, console),
        Command::Eval(flags) => eval::run(&flags, &global, console),
        Command::Completions(flags) => completions::run(&flags),
        Command::Man(flags) => man::run(&flags),
    }
}

/// Whether to color what goes to `stream`.
fn colored(when: When, stream: &(impl IsTerminal + anstream::stream::RawStream)) -> bool {
    match when {
        When::Always => true,
        When::Never => false,
        When::Auto => anstream::AutoStream::choice(stream) != anstream::ColorChoice::Never,
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_flags_agree_with_each_other() {
        super::Cli::command().debug_assert();
    }
}
