//! The recipe: read -> normalize -> annotate -> add -> commit. Read this file first.

use std::collections::BTreeMap;
use std::path::Path;

use crate::article::{Skip, SkipReason};
use crate::error::Result;
use crate::index::Index;

/// How to ingest.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// How records are read: limits, and names of fields.
    pub read: crate::read::Options,
    /// Worker threads; 0 is one for each core.
    pub threads: usize,
    /// Removes articles whose files are gone from below the roots of this run.
    pub prune: Prune,
    /// Reads every file again, changed or not.
    pub reread: bool,
}

/// Whether articles of vanished files are removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Prune {
    /// They stay.
    #[default]
    No,
    /// They go, unless a root is empty or missing, or more than half would go.
    Yes,
    /// They go.
    Force,
}

/// What became of all records read: `read` is the sum of the others.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize)]
pub struct Tally {
    /// Records read, of files that were not passed over as unchanged, and records of unchanged files.
    pub read: u64,
    /// New articles.
    pub added: u64,
    /// Articles put in the place of an older version of theirs.
    pub replaced: u64,
    /// Records that are in the index as they are.
    pub unchanged: u64,
    /// Records whose id another, later record of the archive has.
    pub same_id: u64,
    /// Records passed over, by reason.
    pub skipped: BTreeMap<SkipReason, u64>,
    /// Files passed over whole, by reason; not among `read`.
    pub files_skipped: BTreeMap<SkipReason, u64>,
    /// Articles removed because their file or record is gone.
    pub removed: u64,
    /// Files seen.
    pub files: u64,
    /// Files not read again because they had not changed.
    pub files_unchanged: u64,
    /// Bytes of files read, as they lie on the disk.
    pub bytes: u64,
    /// Bytes of text added.
    pub text_bytes: u64,
}

/// What an ingest tells while it runs.
#[derive(Debug)]
#[non_exhaustive]
pub enum Event<'e> {
    /// The files to be looked at are known.
    Found {
        /// How many.
        files: u64,
        /// Their bytes on disk.
        bytes: u64,
    },
    /// So many bytes of files have been read.
    Progress {
        /// Bytes on disk since the run began, unchanged files included.
        bytes: u64,
        /// Articles added or replaced.
        articles: u64,
    },
    /// Something was passed over.
    Skipped(&'e Skip),
    /// Everything before this moment is committed and synced.
    Committed,
}

/// Reads all files below `roots` into `index`. `on_event` is called on the calling thread.
pub fn ingest<P: AsRef<Path>>(
    roots: impl IntoIterator<Item = P>,
    index: &Index,
    options: &Options,
    on_event: impl FnMut(Event<'_>),
) -> Result<Tally> {
    let _ = (roots.into_iter().count(), index, options, on_event);
    unimplemented!()
}

/// Reads one stream (standard input) into `index`; `name` stands for it in origins.
pub fn ingest_stream(
    name: &str,
    stream: impl std::io::Read + Send,
    index: &Index,
    options: &Options,
    on_event: impl FnMut(Event<'_>),
) -> Result<Tally> {
    let _ = (name, stream, index, options, on_event);
    unimplemented!()
}
