//! Adds what the workers made, in the order of reading, counts it, and commits by size and time.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::event::{Event, Reporter};
use super::step::Step;
use super::tally::{Options, Tally};
use crate::error::{Error, Result};
use crate::index::{Added, FileStamp, Prepared, Preparer, Writer};
use morgue_article::Skip;
use morgue_read::read::File;

/// Adds, counts and commits. Which record of an id is in the index is the [`Writer`]'s decision.
pub(super) struct Adder<'a> {
    writer: Writer,
    tally: &'a mut Tally,
    reporter: Reporter<'a>,
    commit_bytes: u64,
    commit_after: Duration,
    /// The file that is being read; `None` for a stream.
    current: Option<File>,
    uncommitted_bytes: u64,
    committed_at: Instant,
    files_done_bytes: u64,
}

impl<'a> Adder<'a> {
    pub(super) fn new(
        mut writer: Writer,
        options: &Options,
        tally: &'a mut Tally,
        reporter: Reporter<'a>,
    ) -> Adder<'a> {
        writer.resume();
        Adder {
            writer,
            tally,
            reporter,
            commit_bytes: options.commit_bytes,
            commit_after: Duration::from_secs(options.commit_seconds),
            current: None,
            uncommitted_bytes: 0,
            committed_at: Instant::now(),
            files_done_bytes: 0,
        }
    }

    pub(super) fn preparer(&self) -> Preparer {
        self.writer.preparer()
    }

    /// The number of the first record of a file that has yet to be read.
    pub(super) fn first_record(&self, file: &File) -> u64 {
        self.writer.first_record(&file.name, stamp(file))
    }

    /// Takes the next step of reading. [`Error::Cancelled`] means that the run is to stop before it.
    pub(super) fn take(&mut self, step: Step) -> Result<()> {
        self.reporter.check()?;
        match step {
            Step::Begin(file) => {
                self.begin(file);
                Ok(())
            }
            Step::Article(article) => self.add(*article),
            Step::Skipped(skip) => {
                self.skip(&skip);
                Ok(())
            }
            Step::End { bytes } => self.end(bytes),
        }
    }

    /// [`Error::Cancelled`] if the run is to stop.
    pub(super) fn check(&self) -> Result<()> {
        self.reporter.check()
    }

    fn begin(&mut self, file: Option<File>) {
        if let Some(file) = &file {
            let read_before = self.writer.begin_file(file.name.clone(), stamp(file));
            self.tally.count_unchanged(&read_before);
        }
        self.current = file;
    }

    fn add(&mut self, article: Prepared) -> Result<()> {
        let bytes = article.text_bytes;
        let added = self.writer.add(article)?;
        self.tally.read += 1;
        let count = match added {
            Added::New => &mut self.tally.added,
            Added::Replaced => &mut self.tally.replaced,
            Added::Unchanged => &mut self.tally.unchanged,
            Added::SameId => &mut self.tally.same_id,
        };
        *count += 1;
        if matches!(added, Added::New | Added::Replaced) {
            self.tally.text_bytes += bytes;
            self.uncommitted_bytes += bytes;
        }
        self.report_progress();
        self.commit_when_due()
    }

    fn skip(&mut self, skip: &Skip) {
        self.reporter.report(Event::Skipped(skip));
        self.writer.skip(skip.record, skip.reason);
        if skip.record.is_some() {
            self.tally.read += 1;
            *self.tally.skipped.entry(skip.reason).or_default() += 1;
        } else {
            *self.tally.files_skipped.entry(skip.reason).or_default() += 1;
        }
    }

    fn end(&mut self, bytes: u64) -> Result<()> {
        self.tally.bytes += bytes;
        self.files_done_bytes += bytes;
        self.report_progress();
        let Some(file) = self.current.take() else { return Ok(()) };
        self.tally.removed += self.writer.end_file(|| file.digest().ok())?;
        self.commit_when_due()
    }

    /// Removes everything that was read from files that no longer exist.
    pub(super) fn remove_files(&mut self, gone: Vec<Arc<str>>) -> Result<()> {
        for path in gone {
            self.reporter.check()?;
            self.tally.removed += self.writer.remove_file(path)?;
        }
        Ok(())
    }

    /// The files that must be read again, because articles that had shadowed theirs were removed.
    pub(super) fn take_freed(&mut self) -> BTreeSet<Arc<str>> {
        self.writer.take_freed()
    }

    fn report_progress(&mut self) {
        let articles = self.tally.added + self.tally.replaced;
        self.reporter.report(Event::Progress { bytes: self.files_done_bytes, articles });
    }

    fn commit_when_due(&mut self) -> Result<()> {
        if self.uncommitted_bytes < self.commit_bytes && self.committed_at.elapsed() < self.commit_after {
            return Ok(());
        }
        self.commit()
    }

    fn commit(&mut self) -> Result<()> {
        self.writer.commit()?;
        self.uncommitted_bytes = 0;
        self.committed_at = Instant::now();
        self.reporter.report(Event::Committed);
        Ok(())
    }

    /// Commits the rest and waits for merges. `outcome` is that of the reading: a cancelled run commits, too, with the
    /// file in which it stopped.
    pub(super) fn finish(mut self, outcome: Result<()>) -> Result<()> {
        match outcome {
            Err(Error::Cancelled) => self.tally.cancelled = true,
            outcome => outcome?,
        }
        if self.writer.has_changes() {
            self.commit()?;
        }
        self.writer.finish()
    }
}

/// How the index recognizes that a file has not changed.
pub(super) fn stamp(file: &File) -> FileStamp {
    FileStamp { size: file.size, mtime_ns: file.mtime_ns }
}
