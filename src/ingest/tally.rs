//! The options of a run, and its tally: the outcomes of all records.

use std::collections::BTreeMap;

use crate::cancel::Cancel;
use crate::index::FileCounts;
use morgue_article::SkipReason;

/// How files are read into an index.
#[derive(Debug, Clone)]
pub struct Options {
    /// How records are read: limits, and names of fields.
    pub read: morgue_read::read::Options,
    /// Worker threads; 0 is one for each core.
    pub threads: usize,
    /// Whether articles are removed whose files no longer exist below the roots of this run.
    pub prune: Prune,
    /// Reads every file again, changed or not.
    pub reread: bool,
    /// Commits after this number of bytes of text, or after [`commit_seconds`](Options::commit_seconds), whichever is first.
    /// The default is 256 MiB.
    pub commit_bytes: u64,
    /// Commits after this number of seconds. The default is 30.
    pub commit_seconds: u64,
    /// Stops the run early, from another thread. The run commits what it has read, and the next run goes on there.
    pub cancel: Cancel,
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
            cancel: Cancel::new(),
        }
    }
}

impl Options {
    pub(super) fn worker_threads(&self) -> usize {
        crate::articles::thread_count(self.threads)
    }
}

/// Whether articles of files that no longer exist are removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Prune {
    /// They stay.
    #[default]
    No,
    /// They are removed, unless a root is empty or missing, or more than half would be removed.
    Yes,
    /// They are removed in any case.
    Force,
}

/// The outcomes of all records: `read` is the sum of `added`, `replaced`, `unchanged`, `same_id` and `skipped`.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize)]
pub struct Tally {
    /// Records of all files, including unchanged files.
    pub read: u64,
    /// New articles.
    pub added: u64,
    /// Articles that replaced another record of their id.
    pub replaced: u64,
    /// Records that the index holds already, byte for byte.
    pub unchanged: u64,
    /// Records that lost to another record of the same id.
    pub same_id: u64,
    /// Skipped records, by reason.
    pub skipped: BTreeMap<SkipReason, u64>,
    /// Files and folders that were skipped as a whole, by reason. They do not count in `read`.
    pub files_skipped: BTreeMap<SkipReason, u64>,
    /// Articles that were removed because their file or record no longer exists.
    pub removed: u64,
    /// Files found below the roots.
    pub files: u64,
    /// Files that were not read again because they had not changed.
    pub files_unchanged: u64,
    /// Size on disk of the files that were read, in bytes.
    pub bytes: u64,
    /// Bytes of text of the articles that were added or replaced others.
    pub text_bytes: u64,
    /// The roots as the index names them: each by the path under which it was first given.
    pub roots: Vec<String>,
    /// Whether the run was stopped before its end. What it had read is committed, and the next run goes on there.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub cancelled: bool,
}

impl Tally {
    /// Records that are articles, whatever their outcome.
    pub fn articles(&self) -> u64 {
        self.added + self.replaced + self.unchanged + self.same_id
    }

    /// Counts the records of a file, or of the part of a file, that is not read again.
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
