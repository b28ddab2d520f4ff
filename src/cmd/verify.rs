//! `morgue verify`: reads the whole index back, and reports damage.

use std::io::{self, Write};

use clap::Args;

use crate::{Error, Index};

use super::console::Console;
use super::failure::Failure;
use super::{Exit, Global};

/// Flags of `morgue verify`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  morgue verify --index ~/morgue

Each damage is one line on standard output. Exit code: 0 when the index is whole, 2 when it is not.")]
pub(super) struct Flags {}

/// Verifies the index, and prints what is damaged.
pub(super) fn run(_flags: &Flags, global: &Global, console: &Console) -> Result<Exit, Failure> {
    let damages = match Index::open(&global.index).and_then(|index| index.verify()) {
        Err(Error::Damaged { what, .. }) => vec![what],
        damages => damages?,
    };
    let mut out = io::stdout().lock();
    for damage in &damages {
        writeln!(out, "{damage}")?;
    }
    if damages.is_empty() {
        writeln!(out, "{} is whole", global.index.display())?;
    }
    out.flush()?;
    if damages.is_empty() {
        return Ok(Exit::Success);
    }
    console.warn(&format!(
        "{} is damaged; index into a new folder with `morgue index PATH --index NEW`",
        global.index.display()
    ));
    Ok(Exit::Trouble)
}
