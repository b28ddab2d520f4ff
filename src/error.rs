//! What stops a run. One bad article never does: that is a [`Skip`](crate::Skip).

use std::io;
use std::path::{Path, PathBuf};

use crate::query::QueryError;

/// The result of everything that can stop.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a run stopped. Each message says its own layer's part and what to do; the cause is in `source()`.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The file system refused.
    #[error("cannot {doing} {}", path.display())]
    Io {
        /// What was being done: "read", "create", "sync".
        doing: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// The operating system's answer.
        source: io::Error,
    },
    /// The search engine underneath refused.
    #[error("the index failed to {doing}")]
    Index {
        /// What was being done: "commit", "open a segment".
        doing: &'static str,
        /// The engine's own error.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// There is no index in the folder.
    #[error("there is no index in {}; make one with `morgue index PATH --index {}`", path.display(), path.display())]
    NoIndex {
        /// The folder.
        path: PathBuf,
    },
    /// The folder holds something that Morgue did not make.
    #[error("{} is not an index folder: it holds {found} and no marker of morgue; name an empty or new folder", path.display())]
    ForeignFolder {
        /// The folder.
        path: PathBuf,
        /// The first foreign thing found in it.
        found: String,
    },
    /// The index was made by another version.
    #[error("the index in {} has format {got}, this program reads {expected}; index its files anew into a new folder", path.display())]
    Version {
        /// The folder.
        path: PathBuf,
        /// The format this program reads.
        expected: String,
        /// The format found.
        got: String,
    },
    /// The index does not read back as it was written.
    #[error("the index in {} is damaged: {what}; check it with `morgue verify`, or index into a new folder", path.display())]
    Damaged {
        /// The folder.
        path: PathBuf,
        /// What is damaged, and where.
        what: String,
    },
    /// Another writer has the index.
    #[error("the index in {} is being written by {holder}; try again when it is done", path.display())]
    Locked {
        /// The folder.
        path: PathBuf,
        /// Who holds the lock, as well as is known.
        holder: String,
    },
    /// The query text cannot be read.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// What was asked for cannot be done as asked.
    #[error("{0}")]
    Usage(String),
}

impl Error {
    /// An [`Error::Io`] for `path`, for use in `map_err`.
    pub(crate) fn io<'p>(doing: &'static str, path: &'p Path) -> impl FnOnce(io::Error) -> Error + use<'p> {
        move |source| Error::Io { doing, path: path.to_owned(), source }
    }
}
