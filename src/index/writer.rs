//! Adds, replaces and removes articles, and decides which record of an id is in the index.
//!
//! # The rule
//!
//! The index holds one record for each id (*key*). Of several records with the same id the one with the greatest
//! [`Rank`] wins: the latest version, then the last path, then the last record, whatever the order of reading. One
//! exception: a file's new content replaces what the same file said before, unless that had a later version.
//!
//! | The index holds under the key         | The new record is                      | Result      | Remembered as shadowed |
//! |---------------------------------------|----------------------------------------|-------------|------------------------|
//! | nothing                               | any                                    | `New`       | -                      |
//! | the same content, version and path    | any                                    | `Unchanged` | -                      |
//! | a record of the same file             | not of an older version                | `Replaced`  | -                      |
//! | a record with a greater rank          | any                                    | `SameId`    | the new record         |
//! | a record of another file, lower rank  | any                                    | `Replaced`  | the old record         |
//!
//! What the index holds is the latest commit plus everything added and removed since (`pending`, `removed`), because
//! the engine has no primary key and shows only what is committed. To replace means to delete the key and add again.
//!
//! # Words
//!
//! - A file is **known** if the manifest has an entry for it: it was read before, and its articles may be in the index.
//! - A file is **fresh** if it is not known. Ids that are local to a fresh file (`path#...`) cannot be in the index, so
//!   looking them up in the latest commit is skipped.
//! - **Seen** are the keys that the current reading of a known file has met. Articles of the file whose keys were not
//!   seen by its end have vanished from it and are removed.
//! - A record is **shadowed** if it lost to a record of the same id with a greater rank, in another file or in its own.
//! - A file is **freed** when an article is removed whose id a shadowed record of that file has. The file must be read
//!   again, so that the record gets its chance.
//!
//! # Interruption
//!
//! A commit in the middle of a file says which file it is and which record is next (the *interrupted file*). The next
//! run resumes there if the file has not changed and was fresh.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::FxBuildHasher;
use tantivy::schema::Term;
use xxhash_rust::xxh3::xxh3_64;

use super::checkpoint::{Checkpoint, FileCounts, FileEntry, FileStamp, InterruptedFile};
use super::committed::{Committed, Standing};
use super::engine_writer::EngineWriter;
use super::manifest::Manifest;
use super::schema::{Fields, Prepared, Preparer};
use crate::cancel::Cancel;
use crate::error::Result;
use morgue_article::SkipReason;

/// Writes one index. Holds its lock.
pub(crate) struct Writer {
    index: tantivy::Index,
    fields: Fields,
    committed: Committed,
    /// Articles added since the last commit, by key.
    pending: HashMap<String, Standing, FxBuildHasher>,
    /// Keys that were removed since the last commit and that the commit still shows.
    removed: HashSet<String, FxBuildHasher>,
    manifest: Manifest,
    /// The file in which an earlier run was interrupted. Commits keep it until a run resumes it.
    interrupted: Option<InterruptedFile>,
    /// The same file once a run has taken it over.
    resumable: Option<InterruptedFile>,
    current: Option<CurrentFile>,
    freed: BTreeSet<Arc<str>>,
    changed: bool,
    engine: EngineWriter,
}

/// The result of adding an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Added {
    /// Its id is new.
    New,
    /// It replaced another record of its id.
    Replaced,
    /// The index already holds it, byte for byte.
    Unchanged,
    /// It is not indexed: the index holds a record of the same id that wins, because it has a later version, or the same
    /// version and a later path.
    SameId,
}

/// The file that is being read.
struct CurrentFile {
    path: Arc<str>,
    stamp: FileStamp,
    counts: FileCounts,
    next_record: u64,
    fresh: bool,
    /// Digests of the keys of its records; `None` if nothing can have vanished from it.
    seen: Option<HashSet<u64, FxBuildHasher>>,
}

impl CurrentFile {
    fn interrupted(&self) -> InterruptedFile {
        InterruptedFile {
            path: self.path.clone(),
            stamp: self.stamp,
            counts: self.counts.clone(),
            next_record: self.next_record,
            known: self.seen.is_some(),
        }
    }

    /// Whether `key` is local to this file: its path, `#`, and the source's own id or the record's number.
    fn is_local(&self, key: &str) -> bool {
        key.strip_prefix(&*self.path).is_some_and(|rest| rest.starts_with('#'))
    }
}

impl Writer {
    pub(crate) fn open(
        folder: &Path,
        index: &tantivy::Index,
        fields: &Fields,
        threads: usize,
        cancel: &Cancel,
    ) -> Result<Writer> {
        let engine = EngineWriter::open(folder, index, threads, cancel)?;
        let (manifest, interrupted) = open_manifest(folder, index)?;
        Ok(Writer {
            index: index.clone(),
            fields: fields.clone(),
            committed: Committed::open(index)?,
            pending: HashMap::default(),
            removed: HashSet::default(),
            manifest,
            interrupted,
            resumable: None,
            current: None,
            freed: BTreeSet::new(),
            changed: false,
            engine,
        })
    }

    /// Makes documents for this index.
    pub(crate) fn preparer(&self) -> Preparer {
        Preparer::new(self.fields.clone())
    }

    /// The name of a root: see [`Manifest::root_name`].
    pub(crate) fn root_name(&mut self, real: PathBuf, given: &str) -> Result<String> {
        self.manifest.root_name(real, given)
    }

    /// The known files below a folder, each with the number of articles read from it.
    pub(crate) fn known_below<'w>(&'w self, name: &'w str) -> impl Iterator<Item = (&'w Arc<str>, u64)> {
        self.manifest.below(name).map(|(path, entry)| (path, entry.counts.indexed))
    }

    /// The counts of a known file that has not changed since it was read; `None` if it must be read. `digest` is called
    /// only if the file was touched but has kept its size.
    pub(crate) fn unchanged(
        &mut self,
        path: &Arc<str>,
        stamp: FileStamp,
        digest: impl FnOnce() -> Option<u128>,
    ) -> Result<Option<FileCounts>> {
        let Some(entry) = self.manifest.get(path) else { return Ok(None) };
        let counts = entry.counts.clone();
        if entry.stamp == stamp {
            return Ok(Some(counts));
        }
        if entry.stamp.size != stamp.size || digest() != Some(entry.digest) {
            return Ok(None);
        }
        let restamped = FileEntry { stamp, ..entry.clone() };
        self.manifest.put(path.clone(), restamped)?;
        Ok(Some(counts))
    }

    /// Takes over the file in which the run before was interrupted, if any: from here on commits no longer keep it.
    pub(crate) fn resume(&mut self) {
        let interrupted = self.interrupted.take();
        self.changed |= interrupted.is_some();
        // A file that was known before is read from its start: only that shows what has vanished from it.
        self.resumable = interrupted.filter(|file| !file.known);
    }

    /// The number of the first record of a file that has yet to be read: 1, or a later one if the file is resumed.
    pub(crate) fn first_record(&self, path: &str, stamp: FileStamp) -> u64 {
        let resumed = self.resumable.as_ref().filter(|file| file.is(path, stamp));
        resumed.map_or(1, |file| file.next_record)
    }

    /// Begins to read a file from its [`first_record`](Writer::first_record) on. Gives the outcomes of the records
    /// before that one.
    pub(crate) fn begin_file(&mut self, path: Arc<str>, stamp: FileStamp) -> FileCounts {
        let known = self.manifest.get(&path).is_some();
        let resumed = self.resumable.take_if(|file| file.is(&path, stamp));
        let seen = (known && resumed.is_none()).then(HashSet::default);
        let (counts, next_record) = match resumed {
            Some(file) => (file.counts, file.next_record),
            None => (FileCounts::default(), 1),
        };
        self.current = Some(CurrentFile { path, stamp, counts: counts.clone(), next_record, fresh: !known, seen });
        counts
    }

    /// Adds a record of the current file, or an article that belongs to no file, by the rule above.
    pub(crate) fn add(&mut self, article: Prepared) -> Result<Added> {
        let (file, fresh) = match &mut self.current {
            Some(current) => {
                if let Some(seen) = &mut current.seen {
                    seen.insert(xxh3_64(article.key.as_bytes()));
                }
                current.next_record = article.rank.record + 1;
                (current.path.clone(), current.fresh && current.is_local(&article.key))
            }
            None => (article.rank.path.as_str().into(), false),
        };
        let added = self.place(article, &file, fresh)?;
        self.changed |= matches!(added, Added::New | Added::Replaced);
        if let Some(current) = &mut self.current {
            let count = if added == Added::SameId { &mut current.counts.same_id } else { &mut current.counts.indexed };
            *count += 1;
        }
        Ok(added)
    }

    /// Applies the table at the head of this file.
    fn place(&mut self, article: Prepared, file: &str, fresh: bool) -> Result<Added> {
        let standing = if fresh { self.pending.get(&article.key).cloned() } else { self.standing(&article.key)? };
        let added = match standing {
            None => Added::New,
            Some(standing) if standing.is_same_as(&article) => return Ok(Added::Unchanged),
            Some(standing) if standing.is_from(file) && standing.rank.version <= article.rank.version => {
                Added::Replaced
            }
            Some(standing) if standing.rank > article.rank => {
                self.manifest.shadow(article.rank.path.as_str().into(), &article.key)?;
                return Ok(Added::SameId);
            }
            Some(standing) => {
                if !standing.is_from(file) {
                    self.manifest.shadow(standing.rank.path.as_str().into(), &article.key)?;
                }
                Added::Replaced
            }
        };
        if added == Added::Replaced {
            self.engine.delete(Term::from_field_text(self.fields.key, &article.key));
        }
        self.engine.add(article.document)?;
        self.pending.insert(article.key, Standing { rank: article.rank, digest: article.digest });
        Ok(added)
    }

    /// Counts a skipped record of the current file, or with `None` that the rest of the file is skipped.
    pub(crate) fn skip(&mut self, record: Option<u64>, reason: SkipReason) {
        let Some(current) = &mut self.current else { return };
        let Some(record) = record else {
            current.counts.whole = Some(reason);
            return;
        };
        *current.counts.skipped.entry(reason).or_default() += 1;
        current.next_record = record + 1;
    }

    /// Ends the current file: removes the articles that have vanished from it, and makes it known. Gives how many
    /// articles were removed. A file that could not be read stays as the index has it, and the next run tries again.
    pub(crate) fn end_file(&mut self, digest: impl FnOnce() -> Option<u128>) -> Result<u64> {
        let Some(current) = self.current.take() else { return Ok(0) };
        if current.counts.whole == Some(SkipReason::Unreadable) {
            return Ok(0);
        }
        let is_cut_short = current.counts.whole.is_some() && current.counts.indexed > 0;
        let mut removed = 0;
        if let Some(seen) = current.seen.filter(|_| !is_cut_short) {
            for key in self.committed.keys_of(&current.path)? {
                if !seen.contains(&xxh3_64(key.as_bytes())) {
                    removed += u64::from(self.remove_from(&key, &current.path)?);
                }
            }
        }
        let entry = FileEntry { stamp: current.stamp, digest: digest().unwrap_or(0), counts: current.counts };
        self.manifest.put(current.path, entry)?;
        self.changed = true;
        Ok(removed)
    }

    /// Removes the articles of a file that no longer exists. Gives how many there were.
    pub(crate) fn remove_file(&mut self, path: Arc<str>) -> Result<u64> {
        let mut removed = 0;
        for key in self.committed.keys_of(&path)? {
            removed += u64::from(self.remove_from(&key, &path)?);
        }
        self.manifest.forget(path)?;
        self.changed = true;
        Ok(removed)
    }

    /// Removes the article under `key` if it comes from `file`, and frees the other files with a record of this id.
    fn remove_from(&mut self, key: &str, file: &str) -> Result<bool> {
        if !self.standing(key)?.is_some_and(|standing| standing.is_from(file)) {
            return Ok(false);
        }
        self.remove(key);
        let shadowed = self.manifest.shadowed(key).map(|path| self.manifest.file_of(path));
        let others: BTreeSet<Arc<str>> = shadowed.filter(|other| **other != *file).collect();
        for other in others {
            self.free(other)?;
        }
        Ok(true)
    }

    /// Makes a file be read again, in this run or, if it lies below another root, in a later one.
    fn free(&mut self, file: Arc<str>) -> Result<()> {
        self.manifest.forget(file.clone())?;
        self.freed.insert(file);
        Ok(())
    }

    /// The files that have been freed since the last call.
    pub(crate) fn take_freed(&mut self) -> BTreeSet<Arc<str>> {
        std::mem::take(&mut self.freed)
    }

    /// Removes the article under this key. Records that it shadowed stay away until their files are read again.
    pub(crate) fn remove(&mut self, key: &str) {
        self.engine.delete(Term::from_field_text(self.fields.key, key));
        self.pending.remove(key);
        self.removed.insert(key.to_owned());
        self.changed = true;
    }

    /// Whether an article under this key was added since the last commit.
    pub(crate) fn is_pending(&self, key: &str) -> bool {
        self.pending.contains_key(key)
    }

    /// Whether there is an article under this key, with everything added and removed so far.
    pub(crate) fn has(&self, key: &str) -> Result<bool> {
        Ok(self.standing(key)?.is_some())
    }

    /// The record under `key`, with everything added and removed so far.
    fn standing(&self, key: &str) -> Result<Option<Standing>> {
        match self.pending.get(key) {
            Some(standing) => Ok(Some(standing.clone())),
            None if self.removed.contains(key) => Ok(None),
            None => self.committed.standing(key),
        }
    }

    /// Whether a commit would store anything new.
    pub(crate) fn has_changes(&self) -> bool {
        self.changed
    }

    /// Commits everything given so far together with the manifest, so that it survives a crash from here on.
    pub(crate) fn commit(&mut self) -> Result<()> {
        let partial = self.current.as_ref().map(CurrentFile::interrupted).or_else(|| self.interrupted.clone());
        let checkpoint = self.manifest.checkpoint(partial)?;
        self.engine.commit(&checkpoint)?;
        self.manifest.remove_old();
        self.changed = false;
        self.pending.clear();
        self.removed.clear();
        self.committed.reload()
    }

    /// Drops everything given since the last commit.
    pub(crate) fn rollback(&mut self) -> Result<()> {
        self.engine.rollback()?;
        (self.manifest, self.interrupted) = open_manifest(self.engine.folder(), &self.index)?;
        self.resumable = None;
        self.current = None;
        self.freed.clear();
        self.changed = false;
        self.pending.clear();
        self.removed.clear();
        self.committed.reload()
    }

    /// Waits until the engine has merged the segments that it wants to merge.
    pub(crate) fn finish(self) -> Result<()> {
        self.engine.finish()
    }
}

/// The manifest of the latest commit, and the file in which that commit was made.
fn open_manifest(folder: &Path, index: &tantivy::Index) -> Result<(Manifest, Option<InterruptedFile>)> {
    let checkpoint = Checkpoint::load(index)?;
    let mut manifest = Manifest::open(folder, &checkpoint)?;
    if let Some(file) = checkpoint.partial.as_ref().filter(|file| manifest.get(&file.path).is_none()) {
        // The file is known from here on, whatever this run reads: some of its articles are in the index.
        let entry = FileEntry { stamp: FileStamp::default(), digest: 0, counts: file.counts.clone() };
        manifest.put(file.path.clone(), entry)?;
    }
    Ok((manifest, checkpoint.partial))
}
