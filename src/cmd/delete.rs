//! `morgue delete`: removes articles from the index. It never changes files.

use std::io::{self, Write};

use clap::Args;

use crate::{Index, Query, Request};

use super::console::Console;
use super::failure::Failure;
use super::print::count_of;
use super::{Exit, Global};

/// Flags of `morgue delete`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  morgue delete 'corpus/harbor.jsonl#3'
  morgue delete --query 'source:\"Old Wire\" published:..1999' --dry-run

Files stay as they are. When a file changes and is indexed again, its articles are added again.
Exit code: 0, 1 when there was no such article, 2 after an error.")]
pub(super) struct Flags {
    /// Ids as `search` prints them, or ids of the source
    #[arg(value_name = "ID", required_unless_present = "query", conflicts_with = "query")]
    ids: Vec<String>,
    /// Delete every article that matches
    #[arg(long, value_name = "QUERY")]
    query: Option<String>,
    /// Print the number of articles only, and delete nothing
    #[arg(long)]
    dry_run: bool,
}

/// Deletes, and prints the number of articles.
pub(super) fn run(flags: &Flags, global: &Global, console: &Console) -> Result<Exit, Failure> {
    let index = Index::open(&global.index)?;
    let count = match &flags.query {
        Some(text) => {
            if text.trim().is_empty() {
                let why = "the query is empty, so nothing is deleted; `--query '*'` would delete every article";
                return Err(Failure::Usage(why.to_owned()));
            }
            let query = Query::parse(text).map_err(|error| Failure::Query { text: text.clone(), error })?;
            for note in query.notes() {
                console.warn(note);
            }
            if flags.dry_run {
                index.searcher()?.search(&Request::new(query).limit(0))?.count
            } else {
                index.delete_matching(&query)?
            }
        }
        None => delete_by_id(flags, &index, console)?,
    };
    let mut out = io::stdout().lock();
    let verb = if flags.dry_run { "would be deleted" } else { "deleted" };
    writeln!(out, "{} {verb}", count_of(count, "article"))?;
    out.flush()?;
    Ok(if count == 0 { Exit::Nothing } else { Exit::Success })
}

fn delete_by_id(flags: &Flags, index: &Index, console: &Console) -> Result<u64, Failure> {
    let mut total = 0;
    for id in &flags.ids {
        let count = if flags.dry_run { u64::from(index.searcher()?.get(id)?.is_some()) } else { index.delete(id)? };
        if count == 0 {
            console.warn(&format!("{} has no article with the id {id}", index.path().display()));
        }
        total += count;
    }
    Ok(total)
}
