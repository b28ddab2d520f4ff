//! What a user says of names: files of aliases and of stop entities, which `search` and `stats` share.

use std::path::{Path, PathBuf};

use clap::Args;
use morgue::query::{Aliases, StopEntities};

use super::failure::Failure;

/// Flags about names. They hold for one run; nothing is indexed again.
#[derive(Debug, Args)]
#[command(next_help_heading = "Names")]
pub struct Naming {
    /// Names that are one, for person: org: place: entity: and where names are counted: `name TAB another name` a line
    #[arg(long, value_name = "FILE")]
    aliases: Option<PathBuf>,
    /// Names that are none, likewise: a name a line; `person:May` means people of that name only
    #[arg(long, value_name = "FILE")]
    stop_entities: Option<PathBuf>,
}

impl Naming {
    /// Reads the files.
    pub fn read(&self) -> Result<(Aliases, StopEntities), Failure> {
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
        .map_err(|line| told(file, "aliases", &format!("line {line} has no TAB; write `name TAB another name`")))
}

fn text(file: &Path, what: &str) -> Result<String, Failure> {
    let text = std::fs::read_to_string(file).map_err(|error| told(file, what, &error.to_string()))?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

fn told(file: &Path, what: &str, why: &str) -> Failure {
    Failure::Usage(format!("cannot read the {what} of {}: {why}", file.display()))
}
