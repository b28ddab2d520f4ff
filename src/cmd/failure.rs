//! Why a command failed, and how that is told: what happened, where, its causes, what to do.

use std::error::Error as _;
use std::io;

use morgue::Error;
use morgue::query::QueryError;

/// Why a command failed.
#[derive(Debug)]
pub enum Failure {
    /// The library stopped.
    Morgue(Error),
    /// A query cannot be read; the text it stands in.
    Query {
        /// The whole query text.
        text: String,
        /// What is wrong with it.
        error: QueryError,
    },
    /// The results cannot be written. A broken pipe is no failure, which [`super::run`] knows.
    Output(io::Error),
    /// What was asked for cannot be done as asked.
    Usage(String),
}

impl Failure {
    /// What to print, a line each; the first says what happened.
    pub fn lines(&self) -> Vec<String> {
        match self {
            Failure::Morgue(error) => chain(error),
            Failure::Query { text, error } => {
                let mut lines = vec![format!("in the query: {}", error.message)];
                lines.extend(error.caret(text).lines().map(str::to_owned));
                if !error.remedy.is_empty() {
                    lines.push(error.remedy.clone());
                }
                lines
            }
            Failure::Output(error) => vec![format!("cannot write the results: {error}")],
            Failure::Usage(text) => vec![text.clone()],
        }
    }
}

/// What operating systems say when they take no more.
const DISK_FULL: [&str; 3] = ["No space left on device", "File too large", "not enough space on the disk"];

/// An error and its causes, none said twice.
fn chain(error: &Error) -> Vec<String> {
    let mut lines = vec![error.to_string()];
    let mut cause = error.source();
    while let Some(error) = cause {
        let line = format!("because: {error}");
        if lines.last() != Some(&line) {
            lines.push(line);
        }
        cause = error.source();
    }
    if lines.iter().any(|line| DISK_FULL.iter().any(|full| line.contains(full))) {
        lines.push("what was committed before is safe; make room, and run the same command again".to_owned());
    }
    lines
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        Failure::Morgue(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        Failure::Output(error)
    }
}
