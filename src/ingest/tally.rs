//! How to ingest, what is told meanwhile, and what became of all records.

use std::collections::BTreeMap;

use crate::index::FileCounts;
use morgue_article::{Skip, SkipReason};

/// How to ingest.
#[derive(Debug, Clone)]
pub struct Options {
    /// How records are read: limits, and names of fields.
    pub read: morgue_read::read::Options,
    /// Worker threads; 0 is one for each core.
    pub threads: usize,
    /// Removes articles whose files are gone from below the roots of this run.
    pub prune: Prune,
    /// Reads every file again, changed or not.
    pub reread: bool,
    /// Commits after so many bytes of text.
    pub commit_bytes: u64,
    /// Commits after so many seconds.
    pub commit_seconds: u64,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            read: morgue_read::read::Options::default(),
            threads: 0,
            prune: Prune::No,
            reread: false,
            commit_bytes: 256 << 20,
            commit_seconds: 30,
        }
    }
}

impl Options {
    pub(super) fn worker_threads(&self) -> usize {
        crate::articles::thread_count(self.threads)
    }
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

/// What became of all records read: `read` is the sum of `added`, `replaced`, `unchanged`, `same_id` and `skipped`.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize)]
pub struct Tally {
    /// Records of all files, unchanged files among them.
    pub read: u64,
    /// New articles.
    pub added: u64,
    /// Articles put in the place of an older version of theirs.
    pub replaced: u64,
    /// Records that are in the index as they are.
    pub unchanged: u64,
    /// Records whose id another, later record has.
    pub same_id: u64,
    /// Records passed over, by reason.
    pub skipped: BTreeMap<SkipReason, u64>,
    /// Files and folders passed over whole, by reason; not among `read`.
    pub files_skipped: BTreeMap<SkipReason, u64>,
    /// Articles removed because their file or record is gone.
    pub removed: u64,
    /// Files seen.
    pub files: u64,
    /// Files not read again because they had not changed.
    pub files_unchanged: u64,
    /// Bytes of the files read, as they lie on the disk.
    pub bytes: u64,
    /// Bytes of text added or replaced.
    pub text_bytes: u64,
    /// The roots as the index names them: each by the path under which it was first given.
    pub roots: Vec<String>,
}

impl Tally {
    /// Records that are articles, whatever became of them.
    pub fn articles(&self) -> u64 {
        self.added + self.replaced + self.unchanged + self.same_id
    }

    /// Counts records that are not read again.
    pub(super) fn count_unchanged(&mut self, counts: &FileCounts) {
        self.read += counts.indexed + counts.same_id + counts.skipped.values().sum::<u64>();
        self.unchanged += counts.indexed;
        self.same_id += counts.same_id;
        for (reason, count) in &counts.skipped {
            *self.skipped.entry(*reason).or_default() += count;
        }
        if let Some(reason) = counts.whole {
            *self.files_skipped.entry(reason).or_default() += 1;
        }
    }
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
    /// So many files have been read to their end.
    Progress {
        /// Bytes on disk of the files read so far in this run.
        bytes: u64,
        /// Articles added or replaced.
        articles: u64,
    },
    /// Something was passed over.
    Skipped(&'e Skip),
    /// Everything before this moment is committed and synced.
    Committed,
}
