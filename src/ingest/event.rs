//! What a run reports while it goes on, and the caller's answer.

use std::ops::ControlFlow;

use crate::cancel::Cancel;
use crate::error::{Error, Result};
use morgue_article::Skip;

/// A report of a running [`ingest`](crate::ingest()).
#[derive(Debug)]
#[non_exhaustive]
pub enum Event<'e> {
    /// All files are found. This comes before the first file is read.
    Found {
        /// The number of files.
        files: u64,
        /// Their size on disk, in bytes.
        bytes: u64,
    },
    /// Work went on.
    Progress {
        /// Size on disk of the files that were read to their end in this run, in bytes.
        bytes: u64,
        /// Articles that were added or replaced others.
        articles: u64,
    },
    /// A record, or a whole file or folder, was skipped.
    Skipped(&'e Skip),
    /// Everything before this moment is committed and synced.
    Committed,
}

/// The caller's answer to an [`Event`]: to go on, which `()` means too, or to stop.
pub trait EventAnswer {
    /// [`ControlFlow::Break`] stops the run in the same way as [`Options::cancel`](super::Options::cancel).
    fn flow(self) -> ControlFlow<()>;
}

impl EventAnswer for () {
    fn flow(self) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

impl EventAnswer for ControlFlow<()> {
    fn flow(self) -> ControlFlow<()> {
        self
    }
}

/// Passes events to the caller, and remembers if the caller wants to stop.
pub(super) struct Reporter<'r> {
    on_event: &'r mut dyn FnMut(Event<'_>) -> ControlFlow<()>,
    cancel: Cancel,
    is_stopped: bool,
}

impl<'r> Reporter<'r> {
    pub(super) fn new(cancel: &Cancel, on_event: &'r mut dyn FnMut(Event<'_>) -> ControlFlow<()>) -> Reporter<'r> {
        Reporter { on_event, cancel: cancel.clone(), is_stopped: false }
    }

    pub(super) fn report(&mut self, event: Event<'_>) {
        self.is_stopped |= (self.on_event)(event).is_break();
    }

    /// [`Error::Cancelled`] once the caller wants to stop.
    pub(super) fn check(&self) -> Result<()> {
        if self.is_stopped || self.cancel.is_cancelled() { Err(Error::Cancelled) } else { Ok(()) }
    }
}
