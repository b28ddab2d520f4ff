//! Adds what the workers made, in the order of reading, and commits.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use xxhash_rust::xxh3::xxh3_64;

use super::Seen;
use super::pipeline::Step;
use super::tally::{Event, Options, Tally};
use crate::error::Result;
use crate::index::{Added, Counts, Entry, Partial, Prepared, Preparer, Stamp, Writer};
use morgue_article::{Skip, SkipReason};
use morgue_read::read::File;

/// Adds, counts and commits.
pub(super) struct Adder<'a> {
    writer: Writer,
    tally: &'a mut Tally,
    on_event: &'a mut dyn FnMut(Event<'_>),
    commit_bytes: u64,
    commit_after: Duration,
    current: Option<Current>,
    resume: Option<Partial>,
    uncommitted_bytes: u64,
    changed: bool,
    committed_at: Instant,
    files_done_bytes: u64,
    /// Files to be read again: they hold records of ids whose articles have gone.
    freed: BTreeSet<Arc<str>>,
}

/// The file that is being read.
struct Current {
    file: File,
    counts: Counts,
    next_record: u64,
    /// Whether no article of it can be in the index yet.
    fresh: bool,
    /// Keys of its records, where some may have vanished from it.
    seen: Option<Seen>,
}

/// Whether an interrupted run stopped in `file`, and the file is as it was.
pub(super) fn stopped_in(partial: &Partial, file: &File) -> bool {
    partial.path == file.name && partial.stamp == stamp(file)
}

impl<'a> Adder<'a> {
    pub(super) fn new(
        writer: Writer,
        options: &Options,
        tally: &'a mut Tally,
        on_event: &'a mut dyn FnMut(Event<'_>),
    ) -> Adder<'a> {
        Adder {
            // A file that had been read before is read from its start: only that tells what has vanished from it.
            resume: writer.partial().filter(|partial| !partial.known).cloned(),
            writer,
            tally,
            on_event,
            commit_bytes: options.commit_bytes,
            commit_after: Duration::from_secs(options.commit_seconds),
            current: None,
            uncommitted_bytes: 0,
            changed: false,
            committed_at: Instant::now(),
            files_done_bytes: 0,
            freed: BTreeSet::new(),
        }
    }

    pub(super) fn preparer(&self) -> Preparer {
        self.writer.preparer()
    }

    /// Where the run before was interrupted, as long as that is to be gone on with.
    pub(super) fn resume(&self) -> Option<Partial> {
        self.resume.clone()
    }

    /// Takes the next step of reading.
    pub(super) fn take(&mut self, step: Step) -> Result<()> {
        match step {
            Step::Begin(file) => {
                self.current = file.map(|file| self.begin(file));
                Ok(())
            }
            Step::Article(record, article) => self.add(record, *article),
            Step::Skipped(skip) => {
                self.skip(&skip);
                Ok(())
            }
            Step::End { bytes } => self.end(bytes),
        }
    }

    fn begin(&mut self, file: File) -> Current {
        let known = self.writer.manifest.get(&file.name).is_some();
        let resumed = self.resume.take_if(|partial| stopped_in(partial, &file));
        let (counts, next_record) = match &resumed {
            Some(partial) => (partial.counts.clone(), partial.next_record),
            None => (Counts::default(), 1),
        };
        self.tally.count_unchanged(&counts);
        Current { next_record, seen: (known && resumed.is_none()).then(Seen::default), fresh: !known, counts, file }
    }

    fn add(&mut self, record: u64, article: Prepared) -> Result<()> {
        let bytes = article.text_bytes;
        // An id local to a file cannot stand in the index before that file has been read.
        let local = |path: &str| article.key.strip_prefix(path).is_some_and(|rest| rest.starts_with('#'));
        let fresh = self.current.as_ref().is_some_and(|current| current.fresh && local(&current.file.name));
        if let Some(seen) = self.current.as_mut().and_then(|current| current.seen.as_mut()) {
            seen.insert(xxh3_64(article.key.as_bytes()));
        }
        let file =
            self.current.as_ref().map_or_else(|| article.rank.1.clone(), |current| current.file.name.to_string());
        let added = self.writer.add(article, &file, fresh)?;
        self.tally.read += 1;
        let tallied = match added {
            Added::New => &mut self.tally.added,
            Added::Replaced => &mut self.tally.replaced,
            Added::Unchanged => &mut self.tally.unchanged,
            Added::SameId => &mut self.tally.same_id,
        };
        *tallied += 1;
        if let Some(current) = &mut self.current {
            current.next_record = record + 1;
            match added {
                Added::SameId => current.counts.same_id += 1,
                Added::New | Added::Replaced | Added::Unchanged => current.counts.indexed += 1,
            }
        }
        if matches!(added, Added::New | Added::Replaced) {
            self.tally.text_bytes += bytes;
            self.uncommitted_bytes += bytes;
            self.changed = true;
        }
        self.tell_progress();
        self.commit_when_due()
    }

    fn skip(&mut self, skip: &Skip) {
        (self.on_event)(Event::Skipped(skip));
        let Some(record) = skip.record else {
            *self.tally.files_skipped.entry(skip.reason).or_default() += 1;
            if let Some(current) = &mut self.current {
                current.counts.whole = Some(skip.reason);
            }
            return;
        };
        self.tally.read += 1;
        *self.tally.skipped.entry(skip.reason).or_default() += 1;
        if let Some(current) = &mut self.current {
            *current.counts.skipped.entry(skip.reason).or_default() += 1;
            current.next_record = record + 1;
        }
    }

    fn end(&mut self, bytes: u64) -> Result<()> {
        self.tally.bytes += bytes;
        self.files_done_bytes += bytes;
        self.tell_progress();
        let Some(current) = self.current.take() else { return Ok(()) };
        let unreadable = current.counts.whole == Some(SkipReason::Unreadable);
        if unreadable {
            // Nothing is known of it: what the index has of it stays, and the next run tries again.
            return Ok(());
        }
        let cut_short = current.counts.whole.is_some() && current.counts.indexed > 0;
        if let Some(seen) = current.seen.filter(|_| !cut_short) {
            for key in self.writer.keys_of(&current.file.name)? {
                if !seen.contains(&xxh3_64(key.as_bytes())) {
                    self.remove(&key, &current.file.name)?;
                }
            }
        }
        let digest = current.file.digest().unwrap_or(0);
        let entry = Entry { stamp: stamp(&current.file), digest, counts: current.counts };
        self.changed = true;
        self.writer.manifest.put(current.file.name, entry)?;
        self.commit_when_due()
    }

    /// Removes everything read from files that are gone.
    pub(super) fn remove_files(&mut self, gone: Vec<Arc<str>>) -> Result<()> {
        for path in gone {
            for key in self.writer.keys_of(&path)? {
                self.remove(&key, &path)?;
            }
            self.writer.manifest.forget(path)?;
            self.changed = true;
        }
        Ok(())
    }

    /// Removes the article of `key` if it stands there from the file `path`.
    fn remove(&mut self, key: &str, path: &str) -> Result<()> {
        if !self.writer.stands_from(key, path)? {
            return Ok(());
        }
        self.writer.remove(key);
        self.tally.removed += 1;
        self.changed = true;
        let manifest = &mut self.writer.manifest;
        let others: BTreeSet<Arc<str>> = manifest.shadowed(key).map(|other| manifest.file_of(other)).collect();
        for other in others.into_iter().filter(|other| **other != *path) {
            manifest.forget(other.clone())?;
            self.freed.insert(other);
        }
        Ok(())
    }

    /// The files that are to be read again.
    pub(super) fn take_freed(&mut self) -> BTreeSet<Arc<str>> {
        std::mem::take(&mut self.freed)
    }

    fn tell_progress(&mut self) {
        let articles = self.tally.added + self.tally.replaced;
        (self.on_event)(Event::Progress { bytes: self.files_done_bytes, articles });
    }

    fn commit_when_due(&mut self) -> Result<()> {
        if self.uncommitted_bytes < self.commit_bytes && self.committed_at.elapsed() < self.commit_after {
            return Ok(());
        }
        self.commit()
    }

    fn commit(&mut self) -> Result<()> {
        let partial = self.current.as_ref().map(|current| Partial {
            path: current.file.name.clone(),
            stamp: stamp(&current.file),
            counts: current.counts.clone(),
            next_record: current.next_record,
            known: current.seen.is_some(),
        });
        self.writer.commit(partial)?;
        self.uncommitted_bytes = 0;
        self.committed_at = Instant::now();
        (self.on_event)(Event::Committed);
        Ok(())
    }

    /// Commits what is left and waits for merges.
    pub(super) fn finish(mut self) -> Result<()> {
        if self.changed || self.writer.partial().is_some() {
            self.commit()?;
        }
        self.writer.finish()
    }
}

fn stamp(file: &File) -> Stamp {
    Stamp { size: file.size, mtime_ns: file.mtime_ns }
}
