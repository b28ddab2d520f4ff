//! `morgue index`: reads articles into the index, and reports the result for every record.

use std::io;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::ingest::Prune;
use crate::{Index, Tally};

use super::console::Console;
use super::failure::Failure;
use super::print::{TextOrJson, print_json_object};
use super::reading::{Reading, STREAM, ingest_paths, size};
use super::tally;
use super::{Exit, Global};

/// Flags of `morgue index`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  morgue index                                corpus/ into index/
  morgue index ~/archive/2019 ~/archive/2020 --index ~/morgue
  morgue index export.csv --map body=story_text --map title=hed
  zcat dump.jsonl.gz | morgue index - --name dump
  morgue index ~/archive --prune              remove articles whose files are gone

Files that have not changed are not read again. When a run was interrupted, the same command
continues it.

Exit code: 0, or 2 after an error; with --strict 1 when a file or record was skipped.")]
pub(super) struct Flags {
    /// Files and folders to read, or - for standard input
    #[arg(value_name = "PATH", default_value = "corpus")]
    paths: Vec<PathBuf>,
    /// Remove articles whose files are gone from PATH; with `=force` even if PATH is empty, or if this removes more than
    /// half of its articles
    #[arg(
        long,
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "yes",
        value_name = "force",
        hide_possible_values = true
    )]
    prune: Option<PruneFlag>,
    /// The name of standard input in ids and paths, after `stdin/`. An article replaces an earlier one with the same name
    /// and id; different names keep streams apart that do not belong together
    #[arg(long, value_name = "NAME", value_parser = stream_name)]
    name: Option<String>,
    /// Commit after this size of text, and at least every 30 seconds; an interruption does not lose what is committed
    #[arg(long, value_name = "SIZE", value_parser = size, default_value = "256M")]
    commit: usize,
    /// Read every file again, changed or not
    #[arg(long)]
    reread: bool,
    /// End with exit code 1 when a file or record was skipped
    #[arg(long)]
    strict: bool,
    /// Name every file and record that is skipped
    #[arg(long, short)]
    verbose: bool,
    /// How the tally is printed: text (on standard error) or json (on standard output)
    #[arg(long, value_enum, default_value_t = TextOrJson::Text, value_name = "FORMAT", hide_possible_values = true)]
    format: TextOrJson,
    #[command(flatten)]
    reading: Reading,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum PruneFlag {
    Yes,
    Force,
}

/// Indexes, and prints the tally.
pub(super) fn run(flags: Flags, global: &Global, console: &Console) -> Result<Exit, Failure> {
    let index = Index::open_or_create(&global.index)?;
    let mut options = flags.reading.ingest_options();
    options.commit_bytes = flags.commit as u64;
    options.reread = flags.reread;
    options.prune = match flags.prune {
        None => Prune::No,
        Some(PruneFlag::Yes) => Prune::Yes,
        Some(PruneFlag::Force) => Prune::Force,
    };
    let reads_stream = flags.paths.iter().any(|path| path == Path::new("-"));
    if flags.name.is_some() && !reads_stream {
        return Err(Failure::Usage("--name is for standard input; write - for it among the paths".to_owned()));
    }
    let stream = flags.name.map_or_else(|| STREAM.to_owned(), |name| format!("{STREAM}/{name}"));
    let run = ingest_paths(&flags.paths, &stream, &index, &options, console, flags.verbose)?;
    match flags.format {
        TextOrJson::Text => tally::print(&run, &flags.paths, &index, flags.verbose, console),
        TextOrJson::Json => print_json_object(&mut io::stdout().lock(), "tally", &run.tally)?,
    }
    if run.tally.articles() == 0 {
        console.warn(&nothing_read(&flags.paths, &run.tally));
    }
    for skip in &run.watch.lost_roots {
        console.failure(&Failure::Usage(skip.to_string()));
    }
    let has_skips = !run.tally.skipped.is_empty() || !run.tally.files_skipped.is_empty();
    if !run.watch.lost_roots.is_empty() {
        Ok(Exit::Trouble)
    } else if flags.strict && has_skips {
        Ok(Exit::Nothing)
    } else {
        Ok(Exit::Success)
    }
}

/// The warning of a run that read no article.
fn nothing_read(paths: &[PathBuf], tally: &Tally) -> String {
    let paths: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
    let why = match (tally.files, tally.read) {
        (0, _) => "there is no file in it",
        (_, 0) => {
            "no file in it has a format of articles that morgue knows; --reread --verbose names each with the reason"
        }
        _ => "every record in it was skipped; --reread --verbose names each with the reason",
    };
    format!("no article was read from {}: {why}", paths.join(", "))
}

/// Parses the name of a stream.
fn stream_name(text: &str) -> Result<String, String> {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    if text.is_empty() || !text.chars().all(is_plain) {
        return Err("write letters, digits, - _ and . only".to_owned());
    }
    Ok(text.to_owned())
}
