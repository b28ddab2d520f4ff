//! The error type of the library: it stops a call. One bad article never stops a run; it is a [`Skip`](crate::Skip).

use std::fmt::Display;
use std::io;
use std::path::{Path, PathBuf};

use crate::hit::UnknownName;
use crate::query::QueryError;
use morgue_article::ExtraNameError;

/// The result of every call that can fail.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a call failed.
///
/// The text ([`Display`]) says what happened and where. [`Error::remedy`] says what to do about it, [`Error::kind`] is
/// for programs that react, and [`source`](std::error::Error::source) is the cause below.
///
/// ```
/// use morgue::{ErrorKind, Index};
///
/// let error = Index::open("no/such/folder").err().unwrap();
/// assert_eq!(error.kind(), ErrorKind::NoIndex);
/// assert_eq!(error.to_string(), "there is no index in no/such/folder");
/// assert_eq!(error.remedy(), Some("create one there, or open another folder"));
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The file system refused.
    #[error("cannot {doing} {}", path.display())]
    Io {
        /// The operation: "read", "create", "sync".
        doing: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// The operating system's answer.
        source: io::Error,
    },
    /// The search engine inside failed.
    #[error("the index failed to {doing}")]
    Index {
        /// The operation: "commit", "open a segment".
        doing: &'static str,
        /// The engine's own error.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// There is no index in the folder.
    #[error("there is no index in {}", path.display())]
    NoIndex {
        /// The folder.
        path: PathBuf,
    },
    /// The folder holds something that Morgue did not make.
    #[error("{} is not an index folder: it holds {found} and no marker of morgue", path.display())]
    ForeignFolder {
        /// The folder.
        path: PathBuf,
        /// The first foreign thing found in it.
        found: String,
    },
    /// The index was made by another version.
    #[error("the index in {} has format {got}, this program reads {expected}", path.display())]
    Version {
        /// The folder.
        path: PathBuf,
        /// The format that this program reads.
        expected: String,
        /// The format found.
        got: String,
    },
    /// The index does not read back as it was written.
    #[error("the index in {} is damaged: {what}", path.display())]
    Damaged {
        /// The folder.
        path: PathBuf,
        /// What is damaged, and where.
        what: String,
    },
    /// Another writer has the index.
    #[error("the index in {} is being written by {holder}", path.display())]
    Locked {
        /// The folder.
        path: PathBuf,
        /// The holder of the lock, as far as it is known.
        holder: Holder,
    },
    /// The query text cannot be read.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// The query would take too much work.
    #[error("the query finds its words near each other in too many places to look at")]
    QueryTooCostly,
    /// A facet or a calendar unit with this name does not exist.
    #[error(transparent)]
    UnknownName(#[from] UnknownName),
    /// The ranges of an article lie outside its text, or overlap.
    #[error("the article {id} has ranges that do not fit its text")]
    InvalidArticle {
        /// The article's id.
        id: String,
    },
    /// A user field of an article has a name that no query can write.
    #[error("the article {id} has an invalid user field")]
    InvalidUserField {
        /// The article's id.
        id: String,
        /// The name, and the rule for names.
        source: ExtraNameError,
    },
    /// The output of a call cannot be written.
    #[error("cannot write the output")]
    Output {
        /// The answer of the writer.
        source: io::Error,
    },
    /// So many files are missing that their articles were not removed.
    #[error("nothing was pruned below {root}: {doubt}")]
    PruneRefused {
        /// The root, as the index names it.
        root: String,
        /// The reason for the doubt.
        doubt: String,
    },
    /// The caller asked the call to stop.
    #[error("the call was cancelled")]
    Cancelled,
}

/// The kinds of [`Error`], for programs that react to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The file system refused.
    Io,
    /// The search engine inside failed.
    Index,
    /// There is no index in the folder.
    NoIndex,
    /// The folder holds something that Morgue did not make.
    ForeignFolder,
    /// The index was made by another version.
    Version,
    /// The index does not read back as it was written.
    Damaged,
    /// Another writer has the index.
    Locked,
    /// The query text cannot be read.
    Query,
    /// The query would take too much work.
    QueryTooCostly,
    /// A facet or a calendar unit with this name does not exist.
    UnknownName,
    /// The ranges of an article lie outside its text, or overlap.
    InvalidArticle,
    /// A user field of an article has a name that no query can write.
    InvalidUserField,
    /// The output of a call cannot be written.
    Output,
    /// So many files are missing that their articles were not removed.
    PruneRefused,
    /// The caller asked the call to stop.
    Cancelled,
}

/// The writer that has the lock of an index.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Holder {
    /// A writer in this process.
    ThisProcess,
    /// The process with this number.
    Process(u32),
    /// A process whose number is not known.
    Unknown,
}

impl Display for Holder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Holder::ThisProcess => write!(f, "another writer of this process"),
            Holder::Process(number) => write!(f, "process {number}"),
            Holder::Unknown => write!(f, "another process"),
        }
    }
}

impl Error {
    /// The kind of the error.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Error::Io { .. } => ErrorKind::Io,
            Error::Index { .. } => ErrorKind::Index,
            Error::NoIndex { .. } => ErrorKind::NoIndex,
            Error::ForeignFolder { .. } => ErrorKind::ForeignFolder,
            Error::Version { .. } => ErrorKind::Version,
            Error::Damaged { .. } => ErrorKind::Damaged,
            Error::Locked { .. } => ErrorKind::Locked,
            Error::Query(_) => ErrorKind::Query,
            Error::QueryTooCostly => ErrorKind::QueryTooCostly,
            Error::UnknownName(_) => ErrorKind::UnknownName,
            Error::InvalidArticle { .. } => ErrorKind::InvalidArticle,
            Error::InvalidUserField { .. } => ErrorKind::InvalidUserField,
            Error::Output { .. } => ErrorKind::Output,
            Error::PruneRefused { .. } => ErrorKind::PruneRefused,
            Error::Cancelled => ErrorKind::Cancelled,
        }
    }

    /// The file or folder that the error is about.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Error::Io { path, .. }
            | Error::NoIndex { path }
            | Error::ForeignFolder { path, .. }
            | Error::Version { path, .. }
            | Error::Damaged { path, .. }
            | Error::Locked { path, .. } => Some(path),
            Error::PruneRefused { root, .. } => Some(Path::new(root)),
            Error::Index { .. }
            | Error::Query(_)
            | Error::QueryTooCostly
            | Error::UnknownName(_)
            | Error::InvalidArticle { .. }
            | Error::InvalidUserField { .. }
            | Error::Output { .. }
            | Error::Cancelled => None,
        }
    }

    /// What to do about it, if there is anything to say.
    pub fn remedy(&self) -> Option<&str> {
        match self {
            Error::NoIndex { .. } => Some("create one there, or open another folder"),
            Error::ForeignFolder { .. } => Some("name an empty or new folder"),
            Error::Version { .. } => Some("index its files anew into a new folder"),
            Error::Damaged { .. } => Some("verify it, or index into a new folder"),
            Error::Locked { holder: Holder::ThisProcess, .. } => Some("use that writer, or drop it first"),
            Error::Locked { .. } => Some("try again when it is done"),
            Error::Query(error) => Some(error.remedy.as_str()).filter(|remedy| !remedy.is_empty()),
            Error::QueryTooCostly => Some("write a smaller distance, or words that are rarer than these"),
            Error::PruneRefused { .. } => Some("force it if that is meant"),
            Error::Io { .. }
            | Error::Index { .. }
            | Error::UnknownName(_)
            | Error::InvalidArticle { .. }
            | Error::InvalidUserField { .. }
            | Error::Output { .. }
            | Error::Cancelled => None,
        }
    }

    /// Makes an [`Error::Io`] for `path`, for use in `map_err`.
    pub(crate) fn io<'p>(doing: &'static str, path: &'p Path) -> impl FnOnce(io::Error) -> Error + use<'p> {
        move |source| Error::Io { doing, path: path.to_owned(), source }
    }
}
