//! The files of aliases and stop entities of a user, for `search` and `stats`.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::query::{Aliases, StopEntities};

use super::failure::Failure;

/// Flags about names. They hold for one run; nothing must be indexed again.
#[derive(Debug, Args)]
#[command(next_help_heading = "Names")]
pub(super) struct Naming {
    /// Treat two names as one, each line `name TAB another name`; in person: org: place: entity: and in counts of names
    #[arg(long, value_name = "FILE")]
    aliases: Option<PathBuf>,
    /// Ignore names, one per line, in the same places; `person:May` ignores people of that name only
    #[arg(long, value_name = "FILE")]
    stop_entities: Option<PathBuf>,
}

impl Naming {
    /// Reads the files.
    pub(super) fn read(&self) -> Result<(Aliases, StopEntities), Failure> {
        let aliases = match &self.aliases {
            Some(file) => aliases(file)?,
            None => Aliases::default(),
        };
        let stops = match &self.stop_entities {
            Some(file) => StopEntities::read(&text(file, "stop entities")?),
            None => StopEntities::default(),
        };
        Ok((aliases, stops))
    }
}

fn aliases(file: &Path) -> Result<Aliases, Failure> {
    Aliases::read(&text(file, "aliases")?)
        .map_err(|line| cannot_read(file, "aliases", &format!("line {line} has no TAB; write `name TAB another name`")))
}

fn text(file: &Path, what: &str) -> Result<String, Failure> {
    let text = std::fs::read_to_string(file).map_err(|error| cannot_read(file, what, &error.to_string()))?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

fn cannot_read(file: &Path, what: &str, why: &str) -> Failure {
    Failure::Usage(format!("cannot read the {what} of {}: {why}", file.display()))
}
