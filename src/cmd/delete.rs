//! `morgue delete`: take articles out of the index. Files are never touched.

use std::io::{self, Write};

use clap::Args;
use morgue::{Index, Query, Request};

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

Files are never touched. An article comes back when its file changes and is indexed again.
Exit code: 0, 1 when there was no such article, 2 on an error.")]
pub struct Flags {
    /// Ids as `search` prints them, or the sources' own ids
    #[arg(value_name = "ID", required_unless_present = "query", conflicts_with = "query")]
    ids: Vec<String>,
    /// Delete every article that matches
    #[arg(long, value_name = "QUERY")]
    query: Option<String>,
    /// Only tell how many it would be
    #[arg(long)]
    dry_run: bool,
}

/// Deletes, and tells how many.
pub fn run(flags: &Flags, global: &Global, console: &Console) -> Result<Exit, Failure> {
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
            match flags.dry_run {
                true => index.searcher()?.search(&Request::new(query).limit(0))?.count,
                false => index.delete_matching(&query)?,
            }
        }
        None => by_id(flags, &index, console)?,
    };
    let mut out = io::stdout().lock();
    let verb = if flags.dry_run { "would be deleted" } else { "deleted" };
    writeln!(out, "{} {verb}", count_of(count, "article"))?;
    out.flush()?;
    Ok(if count == 0 { Exit::Nothing } else { Exit::Success })
}

fn by_id(flags: &Flags, index: &Index, console: &Console) -> Result<u64, Failure> {
    let mut total = 0;
    for id in &flags.ids {
        let count = match flags.dry_run {
            true => u64::from(index.searcher()?.get(id)?.is_some()),
            false => index.delete(id)?,
        };
        if count == 0 {
            console.warn(&format!("{} has no article with the id {id}", index.path().display()));
        }
        total += count;
    }
    Ok(total)
}
