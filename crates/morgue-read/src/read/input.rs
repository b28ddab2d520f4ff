//! The bytes of a file or stream. A [`Source`] counts the bytes read from the file, [`Unpacked`] counts the bytes that come
//! out of decompression, and an [`Input`] is a window that slides over the unpacked bytes: cutters look at the window,
//! widen it, and consume what they have used.

use std::io::{self, BufRead, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Bytes that one read asks for, and the first size of the window.
const CHUNK: usize = 256 << 10;

/// The ratio is checked above this number of unpacked bytes: a file that unpacks to less does no harm.
const MIN_BOMB_BYTES: u64 = 64 << 20;

/// A file that unpacks to more than this number of bytes per byte on disk is a bomb. News archives are compressed 3 to 20
/// times, logs 50 times.
const MAX_UNPACK_RATIO: u64 = 200;

/// How much has been read from one file, and how much it has unpacked to; shared by all readers of the file.
#[derive(Debug, Default)]
pub(super) struct Budget {
    read: AtomicU64,
    unpacked: AtomicU64,
    /// Bytes of the file; 0 where the size is unknown.
    size: u64,
}

impl Budget {
    /// The budget of a file of `size` bytes; 0 where the size is unknown.
    pub(super) fn new(size: u64) -> Arc<Self> {
        Arc::new(Budget { size, ..Budget::default() })
    }

    /// Bytes read from the file so far, before decompression; at most its size.
    pub(super) fn position(&self) -> u64 {
        let read = self.read.load(Ordering::Relaxed);
        if self.size == 0 { read } else { read.min(self.size) }
    }

    /// Counts `bytes` more unpacked bytes; an error where the file is a decompression bomb.
    fn count_unpacked(&self, bytes: usize) -> io::Result<()> {
        let unpacked = self.unpacked.fetch_add(bytes as u64, Ordering::Relaxed) + bytes as u64;
        if unpacked > MIN_BOMB_BYTES && unpacked / MAX_UNPACK_RATIO > self.position() {
            return Err(io::Error::other(Bomb { unpacked }));
        }
        Ok(())
    }
}

/// Read error: the file is a decompression bomb.
#[derive(Debug, thiserror::Error)]
#[error("unpacks to more than {unpacked} bytes, over {MAX_UNPACK_RATIO} times what it holds")]
pub(super) struct Bomb {
    unpacked: u64,
}

/// Read error: the operating system refused to read, as opposed to bytes that break the rules of a format.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct Refused(io::Error);

/// Read error: one part of the stream (a gzip member) is corrupt; reading may go on at the next part.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct CorruptMember(io::Error);

/// Marks the error of a corrupt member as such; an error of the operating system, or of a bomb, stays as it is.
pub(super) fn corrupt_member(error: io::Error) -> io::Error {
    match error.get_ref() {
        Some(inner) if inner.is::<Bomb>() || inner.is::<Refused>() || inner.is::<CorruptMember>() => error,
        _ => io::Error::new(error.kind(), CorruptMember(error)),
    }
}

/// May reading go on after the error?
pub(super) fn is_corrupt_member(error: &io::Error) -> bool {
    error.get_ref().is_some_and(|inner| inner.is::<CorruptMember>())
}

/// The file itself: counts the bytes read, and marks errors of the operating system as such.
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

/// Decompressed bytes, counted to detect decompression bombs.
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
        self.budget.count_unpacked(read)?;
        Ok(read)
    }
}

/// A window that slides over the bytes of a reader.
pub(super) struct Input<'r> {
    source: Box<dyn Read + Send + 'r>,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    /// Bytes consumed so far.
    offset: u64,
    ended: bool,
    /// An error met by `want`; returned by the next call of `more`.
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

    /// The start of the window: bytes from the start of the unpacked stream.
    pub(super) fn offset(&self) -> u64 {
        self.offset
    }

    /// Consumes the first `bytes` of the window.
    pub(super) fn consume(&mut self, bytes: usize) {
        let bytes = bytes.min(self.end - self.start);
        self.start += bytes;
        self.offset += bytes as u64;
        if self.start == self.end {
            self.start = 0;
            self.end = 0;
        }
    }

    /// Widens the window by one read; false at the end of the stream. On an error the window stays as it is; after an
    /// error that [`is_corrupt_member`], the next read goes on behind the damage.
    pub(super) fn more(&mut self) -> io::Result<bool> {
        if self.ended {
            return Ok(false);
        }
        if let Some(failure) = self.failure.take() {
            self.ended = !is_corrupt_member(&failure);
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
                    self.ended = !is_corrupt_member(&error);
                    return Err(error);
                }
            }
        }
    }

    /// Widens the window to `bytes`, or to the end of the stream. An error is kept for the next call of `more`.
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

    /// Consumes `bytes` bytes, reading on as needed, and appends them to `copy` if one is given. Returns how many bytes
    /// are missing at the end of the stream.
    pub(super) fn advance(&mut self, bytes: u64, mut copy: Option<&mut Vec<u8>>) -> io::Result<u64> {
        let mut left = bytes;
        loop {
            let here = usize::try_from(left).unwrap_or(usize::MAX).min(self.window().len());
            if let Some(copy) = &mut copy {
                copy.extend_from_slice(&self.window()[..here]);
            }
            self.consume(here);
            left -= here as u64;
            if left == 0 || !self.more()? {
                return Ok(left);
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
        assert!(unpack(1 << 10, 10 << 20).is_ok(), "small enough to do no harm");
        assert!(unpack(1 << 10, 100 << 20).unwrap_err().get_ref().unwrap().is::<Bomb>());
    }
}
