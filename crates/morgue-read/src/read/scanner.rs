//! A position that moves over the window of an [`Input`], for the cutters of JSON and XML. Bytes behind the position
//! stay in the window while they belong to a record, and are released otherwise, so that memory stays bounded.

use std::io;

use memchr::memmem;

use super::input::Input;

/// Moves over an input. What JSON and XML need beyond this is in `json_scan` and `element_cut`.
pub(super) struct Scanner<'i, 'r> {
    pub(super) input: &'i mut Input<'r>,
    /// The next byte to look at: an offset from the start of the window.
    pub(super) at: usize,
    /// The bytes passed belong to a record and stay in the window.
    pub(super) keeping: bool,
    /// Bytes of a record were released because the record is larger than `limit`.
    pub(super) overflowed: bool,
    limit: usize,
    /// Line ends in the bytes released and not yet counted by `release_passed`.
    lines: u64,
    /// Collects the first bytes that are released.
    prefix: Option<Prefix<'i>>,
}

/// Collects the first `limit` bytes that a scanner releases.
pub(super) struct Prefix<'i> {
    pub(super) bytes: &'i mut Vec<u8>,
    pub(super) limit: usize,
}

impl<'i, 'r> Scanner<'i, 'r> {
    /// A scanner that releases what it passes.
    pub(super) fn releasing(input: &'i mut Input<'r>, limit: usize) -> Self {
        Scanner { input, at: 0, keeping: false, overflowed: false, limit, lines: 0, prefix: None }
    }

    /// A scanner over a record: its first `at` bytes are known, and up to `limit` bytes are kept in the window.
    pub(super) fn keeping(input: &'i mut Input<'r>, at: usize, limit: usize) -> Self {
        Scanner { at, keeping: true, ..Scanner::releasing(input, limit) }
    }

    /// Collects the first bytes that are released from now on.
    pub(super) fn collecting(self, prefix: Prefix<'i>) -> Self {
        Scanner { prefix: Some(prefix), ..self }
    }

    /// The record that was passed, unless it is larger than the limit.
    pub(super) fn record(&self) -> Option<&[u8]> {
        let fits = !self.overflowed && self.at <= self.limit;
        if fits { Some(&self.input.window()[..self.at]) } else { None }
    }

    /// Releases the first `bytes` of the window.
    pub(super) fn release(&mut self, bytes: usize) {
        let released = &self.input.window()[..bytes];
        self.lines += memchr::memchr_iter(b'\n', released).count() as u64;
        if let Some(prefix) = &mut self.prefix {
            let room = prefix.limit.saturating_sub(prefix.bytes.len()).min(bytes);
            prefix.bytes.extend_from_slice(&released[..room]);
        }
        self.input.consume(bytes);
        self.at -= bytes;
    }

    /// Releases all bytes passed. Returns the number of line ends released since the last call.
    pub(super) fn release_passed(&mut self) -> u64 {
        // The position may be beyond the window, after a backslash at its end.
        self.release(self.at.min(self.input.window().len()));
        std::mem::take(&mut self.lines)
    }

    /// Reads more bytes into the window; false at the end of the input.
    pub(super) fn more(&mut self) -> io::Result<bool> {
        if self.keeping && self.at > self.limit {
            self.overflowed = true;
            self.keeping = false;
        }
        if !self.keeping {
            self.release(self.at.min(self.input.window().len()));
        }
        self.input.more()
    }

    /// The next byte, without passing it; `None` at the end of the input.
    pub(super) fn peek(&mut self) -> io::Result<Option<u8>> {
        while self.at >= self.input.window().len() {
            if !self.more()? {
                return Ok(None);
            }
        }
        Ok(Some(self.input.window()[self.at]))
    }

    /// The bytes of the window that are not yet passed.
    pub(super) fn rest(&self) -> &[u8] {
        &self.input.window()[self.at..]
    }

    /// Moves behind the next `mark`; false where the input ends before it.
    pub(super) fn seek(&mut self, mark: &[u8]) -> io::Result<bool> {
        let finder = memmem::Finder::new(mark);
        loop {
            let rest = self.rest();
            if let Some(found) = finder.find(rest) {
                self.at += found + mark.len();
                return Ok(true);
            }
            self.at += rest.len().saturating_sub(mark.len() - 1);
            if !self.more()? {
                return Ok(false);
            }
        }
    }
}
