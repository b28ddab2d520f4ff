//! `morgue read`: prints the articles of files as JSON Lines, without an index. `morgue index` reads each line again.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use crate::SkipReason;
use crate::articles::{self, Source, articles};
use crate::export::ArticleRecord;

use super::Exit;
use super::console::Console;
use super::failure::Failure;
use super::reading::{Reading, STREAM};

/// Flags of `morgue read`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  morgue read page.html
  morgue read archive.zip | jq -r .title
  morgue read export.csv --map body=story_text | head -1

What is skipped is reported on standard error. Exit code: 0, 1 when no article was read,
2 after an error.")]
pub(super) struct Flags {
    /// Files and folders, or - for standard input
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    reading: Reading,
}

/// Reads and prints, in the order of the files.
pub(super) fn run(flags: &Flags, console: &Console) -> Result<Exit, Failure> {
    let sources = flags.paths.iter().map(|path| source(path));
    let options = articles::Options {
        read: flags.reading.options(),
        threads: flags.reading.threads(),
        ..articles::Options::default()
    };
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout());
    let mut printed: u64 = 0;
    let mut is_path_unreadable = false;
    for outcome in articles(sources, &options) {
        match outcome {
            Ok((article, _)) => {
                printed += 1;
                writeln!(out, "{}", ArticleRecord::new(&article).to_json())?;
            }
            Err(skip) => {
                is_path_unreadable |=
                    skip.record.is_none() && skip.reason == SkipReason::Unreadable && flags.paths.contains(&skip.path);
                console.note(&format!("skipped: {skip}"));
            }
        }
    }
    out.flush()?;
    Ok(if is_path_unreadable {
        Exit::Trouble
    } else if printed == 0 {
        Exit::Nothing
    } else {
        Exit::Success
    })
}

fn source(path: &Path) -> Source {
    if path == Path::new("-") {
        return Source::Reader { name: STREAM.to_owned(), reader: Box::new(io::stdin()) };
    }
    Source::Path(path.to_owned())
}
