//! `morgue export`: prints the articles of the index as JSON Lines. `morgue index` reads each line again.

use std::io::{self, BufWriter};

use clap::Args;

use crate::export::write_articles;
use crate::{Error, Index};

use super::failure::Failure;
use super::{Exit, Global};

/// Flags of `morgue export`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  morgue export > articles.jsonl
  morgue export | jq -r .title

Each line is one article, as `morgue read` prints it; `morgue index articles.jsonl` reads the lines.
Exit code: 0, 1 when the index has no article, 2 after an error.")]
pub(super) struct Flags {}

/// Prints every article, in the order of storage.
pub(super) fn run(_flags: &Flags, global: &Global) -> Result<Exit, Failure> {
    let searcher = Index::open(&global.index)?.searcher()?;
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout());
    match write_articles(&searcher, &mut out) {
        Ok(0) => Ok(Exit::Nothing),
        Ok(_) => Ok(Exit::Success),
        Err(Error::Output { source }) => Err(Failure::Output(source)),
        Err(error) => Err(error.into()),
    }
}
