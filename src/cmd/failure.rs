//! Why a command failed, and how that is printed: what happened, where, the causes, and what to do.

use std::error::Error as _;
use std::io;

use crate::Error;
use crate::query::QueryError;

/// Why a command failed.
#[derive(Debug)]
pub(super) enum Failure {
    /// An error of the library.
    Morgue(Error),
    /// A query cannot be parsed.
    Query {
        /// The whole query text.
        text: String,
        /// What is wrong with it.
        error: QueryError,
    },
    /// The results cannot be written. A broken pipe is not a failure: [`super::run`] checks for it.
    Output(io::Error),
    /// The flags or arguments ask for something that is not possible.
    Usage(String),
}

impl Failure {
    /// The lines to print. The first line says what happened.
    pub(super) fn lines(&self) -> Vec<String> {
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

/// Messages of operating systems when the disk is full.
const DISK_FULL: [&str; 3] = ["No space left on device", "File too large", "not enough space on the disk"];

/// An error and its causes, each printed once.
fn chain(error: &Error) -> Vec<String> {
    let mut lines = vec![sentence(error)];
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

/// An error of the library and what to do about it, in the terms of this program.
pub(super) fn sentence(error: &Error) -> String {
    let remedy = match error {
        Error::NoIndex { path } => format!("make one with `morgue index PATH --index {}`", path.display()),
        Error::Damaged { .. } => "check it with `morgue verify`, or index into a new folder".to_owned(),
        Error::PruneRefused { .. } => "if that is meant, use --prune=force".to_owned(),
        Error::QueryTooCostly => return format!("{error}: {}", error.remedy().unwrap_or_default()),
        Error::Query(_) => String::new(), // printed apart, with the place in the query
        error => error.remedy().unwrap_or_default().to_owned(),
    };
    if remedy.is_empty() { error.to_string() } else { format!("{error}; {remedy}") }
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
