//! The engine's own writer together with the lock of the index: documents in, commits out, its errors translated.

use std::path::{Path, PathBuf};

use tantivy::indexer::LogMergePolicy;
use tantivy::schema::Term;
use tantivy::{IndexWriter, TantivyDocument, TantivyError};

use super::checkpoint::Checkpoint;
use super::engine;
use super::folder;
use super::lock::Lock;
use crate::cancel::Cancel;
use crate::error::{Error, Result};

/// Memory of the engine's threads together before they flush, in bytes. A flush can use about twice this budget.
const ENGINE_MEMORY: usize = 160 << 20;
/// The least memory that the engine accepts for one thread.
const ENGINE_THREAD_MEMORY: usize = 16 << 20;

/// Writes documents. Holds the lock of the index.
pub(super) struct EngineWriter {
    folder: PathBuf,
    engine: IndexWriter<TantivyDocument>,
    /// The last field, so that the lock is released after the engine has stopped.
    _lock: Lock,
}

impl EngineWriter {
    pub(super) fn open(folder: &Path, index: &tantivy::Index, threads: usize, cancel: &Cancel) -> Result<EngineWriter> {
        let lock = Lock::take(folder, cancel)?;
        let threads = threads.clamp(1, ENGINE_MEMORY / ENGINE_THREAD_MEMORY);
        let engine = index.writer_with_num_threads(threads, ENGINE_MEMORY);
        let engine = engine.map_err(|error| failure(folder, "open its writer", error))?;
        let mut policy = LogMergePolicy::default();
        // A segment is merged when a fifth of it is deleted; by default the engine never merges for that reason.
        policy.set_del_docs_ratio_before_merge(0.2);
        engine.set_merge_policy(Box::new(policy));
        Ok(EngineWriter { folder: folder.to_owned(), engine, _lock: lock })
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(super) fn add(&mut self, document: TantivyDocument) -> Result<()> {
        match self.engine.add_document(document) {
            Ok(_) => Ok(()),
            Err(error) => Err(self.failed("add an article", error)),
        }
    }

    /// Deletes the documents with a term that were added before.
    pub(super) fn delete(&mut self, term: Term) {
        self.engine.delete_term(term);
    }

    /// Commits everything given so far, durably.
    pub(super) fn commit(&mut self, checkpoint: &Checkpoint) -> Result<()> {
        let payload = serde_json::to_string(checkpoint).expect("a checkpoint always serializes");
        let committed = self.engine.prepare_commit().and_then(|mut commit| {
            commit.set_payload(&payload);
            commit.commit()
        });
        if let Err(error) = committed {
            return Err(self.failed("commit", error));
        }
        folder::sync(&self.folder)
    }

    /// Drops everything given since the last commit.
    pub(super) fn rollback(&mut self) -> Result<()> {
        match self.engine.rollback() {
            Ok(_) => Ok(()),
            Err(error) => Err(failure(&self.folder, "roll back", error)),
        }
    }

    /// Waits until the engine has merged the segments that it wants to merge.
    pub(super) fn finish(self) -> Result<()> {
        let EngineWriter { engine, folder, _lock } = self;
        engine.wait_merging_threads().map_err(|error| failure(&folder, "merge segments", error))?;
        folder::sync(&folder)
    }

    /// Translates an error of the engine. The engine says what one of its threads met only when the thread is joined.
    fn failed(&mut self, doing: &'static str, error: TantivyError) -> Error {
        let cause = match error {
            TantivyError::ErrorInThread(_) => self.engine.prepare_commit().err().unwrap_or(error),
            error => error,
        };
        failure(&self.folder, doing, cause)
    }
}

/// Translates an error of the engine. If it only says that a thread died, a test write finds out whether the disk is full.
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
