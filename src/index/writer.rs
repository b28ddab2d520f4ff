//! Adding, replacing and removing articles, and committing them together with what has been read.
//!
//! The engine has no primary key: an article is replaced by deleting its key and adding it anew. Which of two records
//! of one id stands in the index is decided here, against what was added since the last commit (in memory) and what
//! was committed before (in the index): the latest version wins, then the latest path, whatever the order of reading.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::FxBuildHasher;
use tantivy::indexer::LogMergePolicy;
use tantivy::schema::Term;
use tantivy::{IndexWriter, TantivyDocument, TantivyError};

use super::committed::Committed;
use super::folder::{self, Lock};
use super::manifest::{Checkpoint, Entry, Manifest, Partial, Stamp, holds};
use super::schema::{Fields, Prepared, Preparer};
use super::{engine, load_checkpoint};
use crate::error::{Error, Result};

/// Memory of the engine's threads together, in bytes, before they flush; a flush can use about twice as much.
const ENGINE_MEMORY: usize = 160 << 20;
/// The least the engine takes for one thread.
const ENGINE_THREAD_MEMORY: usize = 16 << 20;

/// Writes one index. Holds its lock.
pub(crate) struct Writer {
    folder: PathBuf,
    fields: Fields,
    engine: IndexWriter<TantivyDocument>,
    committed: Committed,
    /// Articles added since the last commit, by key.
    pending: HashMap<String, Standing, FxBuildHasher>,
    /// Keys removed since the last commit, which the index still shows.
    removed: HashSet<String, FxBuildHasher>,
    pub(crate) manifest: Manifest,
    partial: Option<Partial>,
    _lock: Lock,
}

/// An article that stands in the index under a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Standing {
    /// Version, file and record: the greatest wins.
    pub(crate) rank: (u64, String, u64),
    pub(crate) digest: u64,
}

impl Standing {
    /// Whether an article is this one, the same in every byte.
    fn is_as(&self, article: &Prepared) -> bool {
        let (version, file, _) = &self.rank;
        self.digest == article.digest && (*version, file.as_str()) == (article.rank.0, article.rank.1.as_str())
    }
}

/// What became of an article given to [`Writer::add`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Added {
    /// It is new.
    New,
    /// It took the place of an older version.
    Replaced,
    /// It was there already, the same in every byte.
    Unchanged,
    /// Another record of this id wins.
    SameId,
}

impl Writer {
    pub(crate) fn open(folder: &Path, index: &tantivy::Index, fields: &Fields, threads: usize) -> Result<Writer> {
        let lock = Lock::take(folder)?;
        let threads = threads.clamp(1, ENGINE_MEMORY / ENGINE_THREAD_MEMORY);
        let engine = index.writer_with_num_threads(threads, ENGINE_MEMORY);
        let engine = engine.map_err(|error| failure(folder, "open its writer", error))?;
        let mut policy = LogMergePolicy::default();
        // A fifth of a segment deleted is worth a merge; the engine's default is never.
        policy.set_del_docs_ratio_before_merge(0.2);
        engine.set_merge_policy(Box::new(policy));
        let checkpoint = load_checkpoint(index)?;
        let mut manifest = Manifest::open(folder, &checkpoint)?;
        if let Some(partial) = checkpoint.partial.as_ref().filter(|partial| manifest.get(&partial.path).is_none()) {
            // Known from here on, whatever this run reads: some of its articles are in the index.
            let entry = Entry { stamp: Stamp::default(), digest: 0, counts: partial.counts.clone() };
            manifest.put(partial.path.clone(), entry)?;
        }
        let committed = Committed::open(index)?;
        Ok(Writer {
            folder: folder.to_owned(),
            fields: fields.clone(),
            engine,
            committed,
            pending: HashMap::default(),
            removed: HashSet::default(),
            manifest,
            partial: checkpoint.partial,
            _lock: lock,
        })
    }

    /// Where the run before this one was interrupted.
    pub(crate) fn partial(&self) -> Option<&Partial> {
        self.partial.as_ref()
    }

    /// Makes documents for this index.
    pub(crate) fn preparer(&self) -> Preparer {
        Preparer::new(self.fields.clone())
    }

    /// Adds an article read from `file` (an archive, where it is read from a member), or finds that it need not be.
    /// `fresh` says that its key cannot be in the index yet.
    pub(crate) fn add(&mut self, article: Prepared, file: &str, fresh: bool) -> Result<Added> {
        let standing = if fresh { self.pending.get(&article.key).cloned() } else { self.standing(&article.key)? };
        let path: Arc<str> = article.rank.1.as_str().into();
        let added = match standing {
            None => Added::New,
            // The number of its record is no change: every record has another once the first of its file is gone.
            Some(standing) if standing.is_as(&article) => return Ok(Added::Unchanged),
            // A file's own new content takes the place of its old.
            Some(standing) if holds(file, &standing.rank.1) && standing.rank.0 <= article.rank.0 => Added::Replaced,
            Some(standing) if standing.rank > article.rank => {
                self.manifest.shadow(path, &article.key)?;
                return Ok(Added::SameId);
            }
            Some(standing) => {
                if !holds(file, &standing.rank.1) {
                    self.manifest.shadow(standing.rank.1.as_str().into(), &article.key)?;
                }
                Added::Replaced
            }
        };
        if added == Added::Replaced {
            self.engine.delete_term(Term::from_field_text(self.fields.key, &article.key));
        }
        if let Err(error) = self.engine.add_document(article.document) {
            return Err(self.failed("add an article", error));
        }
        self.pending.insert(article.key, Standing { rank: article.rank, digest: article.digest });
        Ok(added)
    }

    /// Removes the article with this key.
    pub(crate) fn remove(&mut self, key: &str) {
        self.engine.delete_term(Term::from_field_text(self.fields.key, key));
        self.pending.remove(key);
        self.removed.insert(key.to_owned());
    }

    /// What stands under `key`, with everything added and removed so far.
    fn standing(&self, key: &str) -> Result<Option<Standing>> {
        match self.pending.get(key) {
            Some(standing) => Ok(Some(standing.clone())),
            None if self.removed.contains(key) => Ok(None),
            None => self.committed.standing(key),
        }
    }

    /// Keys of the committed articles that were read from a file or its members.
    pub(crate) fn keys_of(&self, path: &str) -> Result<Vec<String>> {
        self.committed.keys_of(self.fields.file, path)
    }

    /// Whether an article of this key was added since the last commit from this file or a member of it, or stands in the
    /// index from there.
    pub(crate) fn stands_from(&self, key: &str, file: &str) -> Result<bool> {
        Ok(self.standing(key)?.is_some_and(|standing| holds(file, &standing.rank.1)))
    }

    /// Commits everything given so far, with the manifest, so that it survives a crash from here on. Articles of later
    /// records are not among what was given.
    pub(crate) fn commit(&mut self, partial: Option<Partial>) -> Result<()> {
        let checkpoint: Checkpoint = self.manifest.checkpoint(partial)?;
        let payload = serde_json::to_string(&checkpoint).expect("a checkpoint always serializes");
        let committed = self.engine.prepare_commit().and_then(|mut commit| {
            commit.set_payload(&payload);
            commit.commit()
        });
        if let Err(error) = committed {
            return Err(self.failed("commit", error));
        }
        folder::sync(&self.folder)?;
        self.manifest.sweep();
        self.pending.clear();
        self.removed.clear();
        self.committed.reload()
    }

    /// Waits until the engine has merged what it wants to merge.
    pub(crate) fn finish(self) -> Result<()> {
        let Writer { engine, folder, .. } = self;
        engine.wait_merging_threads().map_err(|error| failure(&folder, "merge segments", error))?;
        folder::sync(&folder)
    }

    /// Why the engine failed. What a thread of it met, it tells only when the thread is waited for.
    fn failed(&mut self, doing: &'static str, error: TantivyError) -> Error {
        let met = match error {
            TantivyError::ErrorInThread(_) => self.engine.prepare_commit().err().unwrap_or(error),
            error => error,
        };
        failure(&self.folder, doing, met)
    }
}

/// An error of the engine. It may say no more than that a thread of it died; then the disk is asked.
fn failure(folder: &Path, doing: &'static str, error: TantivyError) -> Error {
    let says_why = !matches!(error, TantivyError::ErrorInThread(_)) && !error.to_string().contains("panicked");
    if says_why {
        return engine(doing)(error);
    }
    let source = match folder::probe(folder) {
        Err(refused) => refused.into(),
        Ok(()) => "one of its threads died without saying why".into(),
    };
    Error::Index { doing, source }
}
