//! The bytes of a file or stream as they come: a [`Source`] counts what is read of it, an [`Input`] is a window that
//! slides over unpacked bytes. What cuts records looks at the window, asks for more, and lets go of what it has used.

use std::io::{self, BufRead, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Bytes that one read asks for, and the window's first size.
const CHUNK: usize = 256 << 10;

/// Unpacked bytes below which no ratio is looked at: a file that unpacks to less harms nobody.
const BOMB_FLOOR: u64 = 64 << 20;

/// More unpacked bytes than this for each byte on disk is a bomb. Archives of news pack 3 to 20 times, logs 50.
const BOMB_RATIO: u64 = 200;

/// What has been read of one file, and what it has unpacked to; shared by all readers over it.
#[derive(Debug, Default)]
pub(super) struct Budget {
    read: AtomicU64,
    unpacked: AtomicU64,
    /// Bytes of the file; 0 when unknown.
    size: u64,
}

impl Budget {
    pub(super) fn new(size: u64) -> Arc<Self> {
        Arc::new(Budget { size, ..Budget::default() })
    }

    /// Bytes read of the file so far, as it lies on the disk; at most its size.
    pub(super) fn position(&self) -> u64 {
        let read = self.read.load(Ordering::Relaxed);
        if self.size == 0 { read } else { read.min(self.size) }
    }

    fn unpack(&self, bytes: usize) -> io::Result<()> {
        let unpacked = self.unpacked.fetch_add(bytes as u64, Ordering::Relaxed) + bytes as u64;
        if unpacked > BOMB_FLOOR && unpacked / BOMB_RATIO > self.position() {
            return Err(io::Error::other(Bomb { unpacked }));
        }
        Ok(())
    }
}

/// The error of a reader whose file unpacks to far more than it holds.
#[derive(Debug, thiserror::Error)]
#[error("unpacks to more than {unpacked} bytes, over {BOMB_RATIO} times what it holds")]
pub(super) struct Bomb {
    unpacked: u64,
}

/// The error of a reader that the operating system refused, as opposed to bytes that break a format's rules.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct Refused(io::Error);

/// The error of a reader one part of which is damaged: reading may go on after it, at the next part.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct Torn(io::Error);

/// Wraps the error of a damaged part; one of the operating system, or of a bomb, stays as it is.
pub(super) fn torn(error: io::Error) -> io::Error {
    match error.get_ref() {
        Some(inner) if inner.is::<Bomb>() || inner.is::<Refused>() || inner.is::<Torn>() => error,
        _ => io::Error::new(error.kind(), Torn(error)),
    }
}

/// Whether reading may go on after an error.
pub(super) fn is_torn(error: &io::Error) -> bool {
    error.get_ref().is_some_and(|inner| inner.is::<Torn>())
}

/// The file itself: counts what is read of it, and marks the errors of the operating system as such.
pub(super) struct Source<R> {
    inner: R,
    budget: Arc<Budget>,
}

impl<R: Read> Source<R> {
    pub(super) fn new(inner: R, budget: Arc<Budget>) -> Self {
        Source { inner, budget }
    }
}

impl<R: Read> Read for Source<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.inner.read(buffer) {
                Ok(read) => {
                    self.budget.read.fetch_add(read as u64, Ordering::Relaxed);
                    return Ok(read);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(io::Error::other(Refused(error))),
            }
        }
    }
}

/// Bytes that an unpacker gives: counted against the ratio that makes a bomb.
pub(super) struct Unpacked<R> {
    inner: R,
    budget: Arc<Budget>,
}

impl<R: Read> Unpacked<R> {
    pub(super) fn new(inner: R, budget: Arc<Budget>) -> Self {
        Unpacked { inner, budget }
    }
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.budget.unpack(read)?;
        Ok(read)
    }
}

/// A window that slides over the bytes of a reader.
pub(super) struct Input<'r> {
    source: Box<dyn Read + Send + 'r>,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    /// Bytes let go of so far.
    offset: u64,
    ended: bool,
    /// Met while looking ahead; told when the window has been used.
    failure: Option<io::Error>,
}

impl<'r> Input<'r> {
    pub(super) fn new(source: impl Read + Send + 'r) -> Self {
        let source = Box::new(source);
        Input { source, buffer: Vec::new(), start: 0, end: 0, offset: 0, ended: false, failure: None }
    }

    /// The window.
    pub(super) fn window(&self) -> &[u8] {
        &self.buffer[self.start..self.end]
    }

    /// Where the window begins: bytes from the start of the unpacked stream.
    pub(super) fn offset(&self) -> u64 {
        self.offset
    }

    /// Lets go of the window's first `bytes`.
    pub(super) fn consume(&mut self, bytes: usize) {
        let bytes = bytes.min(self.end - self.start);
        self.start += bytes;
        self.offset += bytes as u64;
        if self.start == self.end {
            self.start = 0;
            self.end = 0;
        }
    }

    /// Widens the window by one read; false at the end of the bytes. The window stays as it is on an error; after one that
    /// [`is_torn`], the next read goes on behind the damage.
    pub(super) fn more(&mut self) -> io::Result<bool> {
        if self.ended {
            return Ok(false);
        }
        if let Some(failure) = self.failure.take() {
            self.ended = !is_torn(&failure);
            return Err(failure);
        }
        if self.end + CHUNK > self.buffer.len() {
            self.make_room();
        }
        loop {
            match self.source.read(&mut self.buffer[self.end..]) {
                Ok(0) => {
                    self.ended = true;
                    return Ok(false);
                }
                Ok(read) => {
                    self.end += read;
                    return Ok(true);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.ended = !is_torn(&error);
                    return Err(error);
                }
            }
        }
    }

    /// Widens the window to `bytes`, or to what there is. An error is kept for the next call of `more`.
    pub(super) fn want(&mut self, bytes: usize) {
        while self.end - self.start < bytes && self.failure.is_none() {
            match self.more() {
                Ok(true) => {}
                Ok(false) => return,
                Err(error) => {
                    self.ended = false;
                    self.failure = Some(error);
                }
            }
        }
    }

    fn make_room(&mut self) {
        if self.start > 0 && self.start >= self.buffer.len() / 2 {
            self.buffer.copy_within(self.start..self.end, 0);
            self.end -= self.start;
            self.start = 0;
        }
        if self.end + CHUNK > self.buffer.len() {
            let room = (self.buffer.len() * 2).max(self.end + CHUNK);
            self.buffer.resize(room, 0);
        }
    }
}

impl Read for Input<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let window = self.fill_buf()?;
        let read = window.len().min(buffer.len());
        buffer[..read].copy_from_slice(&window[..read]);
        self.consume(read);
        Ok(read)
    }
}

impl BufRead for Input<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.start == self.end {
            self.more()?;
        }
        Ok(self.window())
    }

    fn consume(&mut self, bytes: usize) {
        Input::consume(self, bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_slides_and_grows() {
        let bytes: Vec<u8> = (0..2_000_000u32).map(|n| (n % 251) as u8).collect();
        let mut input = Input::new(&bytes[..]);
        let mut seen = Vec::new();
        while input.window().len() > 1000 || input.more().unwrap() {
            let take = input.window().len().div_ceil(3);
            seen.extend_from_slice(&input.window()[..take]);
            input.consume(take);
            assert_eq!(input.offset(), seen.len() as u64);
        }
        seen.extend_from_slice(input.window());
        assert!(seen == bytes);
    }

    #[test]
    fn a_bomb_is_stopped_and_a_log_is_not() {
        let unpack = |size: u64, unpacked: u64| {
            let budget = Budget::new(size);
            io::copy(&mut Source::new(io::repeat(1).take(size), budget.clone()), &mut io::sink()).unwrap();
            io::copy(&mut Unpacked::new(io::repeat(0).take(unpacked), budget), &mut io::sink())
        };
        assert!(unpack(1 << 20, 50 << 20).is_ok());
        assert!(unpack(1 << 10, 10 << 20).is_ok(), "small enough to harm nobody");
        assert!(unpack(1 << 10, 100 << 20).unwrap_err().get_ref().unwrap().is::<Bomb>());
    }
}
