//! Cuts a stream into records without reading them. This file has the interface of all cutters ([`Cutter`]) and the three
//! simple ones: one record per line, per pair of markers, per stream.

use std::io;
use std::sync::Arc;

use memchr::{memchr, memmem};

use super::fault::Fault;
use super::feed_keys::SharedKeys;
use super::input::Input;
use morgue_article::SkipReason;

/// Cuts the bytes of one format into records.
pub(super) trait Cutter: Send {
    /// The next record, or the fault that takes its place; `None` at the end of the input. The cutter may go on after a
    /// fault. A record of more than `limit` bytes is a fault, and its bytes are dropped while they are read.
    fn next(&mut self, input: &mut Input<'_>, limit: usize) -> Option<Cut>;

    /// Context that the records cut so far share (feed header, header of a table), needed to read each of them.
    fn shared_context(&self) -> Option<Arc<[u8]>> {
        None
    }

    /// The ids and addresses that do not identify the items of a feed.
    fn shared_keys(&self) -> Option<Arc<SharedKeys>> {
        None
    }
}

/// What a cutter returns for one record.
pub(super) type Cut = Result<RecordBytes, Fault>;

/// The bytes of one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RecordBytes {
    /// The bytes, without the separator between this record and the next.
    pub(super) bytes: Vec<u8>,
    /// The line on which the record begins, from 1; 0 where lines are not counted.
    pub(super) line: u64,
}

/// Cuts one record per line. Blank lines are ignored.
#[derive(Debug, Default)]
pub(super) struct Lines {
    /// Lines read so far.
    line: u64,
    ended: bool,
}

impl Cutter for Lines {
    fn next(&mut self, input: &mut Input<'_>, limit: usize) -> Option<Cut> {
        let mut searched = 0;
        let mut dropped = false;
        while !self.ended {
            if let Some(end) = memchr(b'\n', &input.window()[searched..]).map(|at| searched + at) {
                let cut = self.cut_line(&input.window()[..end], dropped, limit);
                input.consume(end + 1);
                if cut.is_some() {
                    return cut;
                }
                searched = 0;
                continue;
            }
            searched = input.window().len();
            if searched > limit {
                dropped = true;
                input.consume(searched);
                searched = 0;
            }
            match input.more() {
                Ok(true) => {}
                Ok(false) => {
                    self.ended = true;
                    return self.cut_line(input.window(), dropped, limit);
                }
                Err(error) => {
                    self.ended = true;
                    return Some(Err(Fault::io(&error, input)));
                }
            }
        }
        None
    }
}

impl Lines {
    /// The record in one line; `dropped`: the start of the line was above the limit and is gone.
    fn cut_line(&mut self, line: &[u8], dropped: bool, limit: usize) -> Option<Cut> {
        self.line += 1;
        let line = line.trim_ascii();
        if dropped || line.len() > limit {
            return Some(Err(Fault::too_large(&format!("line {}", self.line), limit)));
        }
        if line.is_empty() {
            return None;
        }
        Some(Ok(RecordBytes { bytes: line.to_vec(), line: self.line }))
    }
}

/// Cuts records that have a start and an end marker, as in `<DOC>...</DOC>`. Both markers belong to the record; bytes
/// outside are ignored.
#[derive(Debug)]
pub(super) struct Between {
    start: memmem::Finder<'static>,
    end: memmem::Finder<'static>,
    /// The start marker is the beginning of a tag (`<DOC`), which may have attributes.
    is_tag: bool,
    ended: bool,
}

impl Between {
    /// Cuts between tags. `start` is written without its `>`, as it may have attributes.
    pub(super) fn tags(start: &'static str, end: &'static str) -> Self {
        Between { start: memmem::Finder::new(start), end: memmem::Finder::new(end), is_tag: true, ended: false }
    }

    /// Cuts between control characters.
    pub(super) fn control_characters(start: &'static str, end: &'static str) -> Self {
        Between { is_tag: false, ..Between::tags(start, end) }
    }

    fn unclosed(&self) -> Fault {
        let end = String::from_utf8_lossy(self.end.needle()).into_owned();
        let end = if self.is_tag { end } else { end.escape_default().to_string() };
        Fault::new(SkipReason::Damaged, format!("the record has no {end}"))
    }

    /// The offset of the next start marker. `<DOC` does not match in `<DOCNO>`.
    fn next_start(&self, window: &[u8]) -> Option<usize> {
        self.start.find_iter(window).find(|at| {
            let next = window.get(at + self.start.needle().len());
            !self.is_tag || next.is_none_or(|byte| byte.is_ascii_whitespace() || *byte == b'>')
        })
    }

    /// Moves the window to the next start marker; false where there is none.
    fn seek_start(&mut self, input: &mut Input<'_>) -> io::Result<bool> {
        loop {
            let window = input.window();
            if let Some(at) = self.next_start(window) {
                let is_sure = at + self.start.needle().len() < window.len();
                input.consume(at);
                if is_sure {
                    return Ok(true);
                }
            } else {
                let keep = self.start.needle().len() - 1;
                input.consume(window.len().saturating_sub(keep));
            }
            if !input.more()? {
                return Ok(false);
            }
        }
    }

    /// Cuts the record that begins at the start of the window.
    fn cut_record(&mut self, input: &mut Input<'_>, limit: usize) -> io::Result<Cut> {
        let start = self.start.needle().len();
        let end = self.end.needle().len();
        let mut searched = start;
        let mut dropped = false;
        loop {
            let window = input.window();
            if let Some(at) = self.end.find(&window[searched..]).map(|at| searched + at) {
                // A second start marker before the end: the first record has no end.
                let second = self.next_start(&window[start.min(at)..at]).map(|second| second + start);
                if let Some(second) = second.filter(|_| !dropped) {
                    input.consume(second);
                    return Ok(Err(self.unclosed()));
                }
                let whole = at + end;
                let bytes = if dropped || whole > limit { None } else { Some(window[..whole].to_vec()) };
                input.consume(whole);
                return Ok(match bytes {
                    Some(bytes) => Ok(RecordBytes { bytes, line: 0 }),
                    None => Err(Fault::too_large("the record", limit)),
                });
            }
            if window.len() > limit {
                dropped = true;
                input.consume(window.len() - (end - 1));
            }
            searched = input.window().len().saturating_sub(end - 1);
            if !input.more()? {
                self.ended = true;
                return Ok(Err(if dropped { Fault::too_large("the record", limit) } else { self.unclosed() }));
            }
        }
    }
}

impl Cutter for Between {
    fn next(&mut self, input: &mut Input<'_>, limit: usize) -> Option<Cut> {
        if self.ended {
            return None;
        }
        let cut = match self.seek_start(input) {
            Ok(true) => self.cut_record(input, limit).map(Some),
            Ok(false) => Ok(None),
            Err(error) => Err(error),
        };
        match cut {
            Ok(Some(cut)) => Some(cut),
            Ok(None) => {
                self.ended = true;
                None
            }
            Err(error) => {
                self.ended = true;
                Some(Err(Fault::io(&error, input)))
            }
        }
    }
}

/// Makes the whole stream one record.
#[derive(Debug, Default)]
pub(super) struct Whole {
    ended: bool,
}

impl Cutter for Whole {
    fn next(&mut self, input: &mut Input<'_>, limit: usize) -> Option<Cut> {
        if std::mem::replace(&mut self.ended, true) {
            return None;
        }
        loop {
            if input.window().len() > limit {
                return Some(Err(Fault::too_large("the file", limit).of_file()));
            }
            match input.more() {
                Ok(true) => {}
                Ok(false) => return Some(Ok(RecordBytes { bytes: input.window().to_vec(), line: 0 })),
                Err(error) => return Some(Err(Fault::io(&error, input))),
            }
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use std::io::Read;

    /// A reader that returns at most `step` bytes per read, and an error at its end if `broken`.
    pub(in super::super) struct Drip<'b> {
        pub(in super::super) bytes: &'b [u8],
        pub(in super::super) step: usize,
        pub(in super::super) broken: bool,
    }

    impl Read for Drip<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let read = self.step.min(self.bytes.len()).min(buffer.len());
            if read == 0 && self.broken {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            buffer[..read].copy_from_slice(&self.bytes[..read]);
            self.bytes = &self.bytes[read..];
            Ok(read)
        }
    }

    /// The outcomes of a cutter: records as text, faults as `!reason`. They must not depend on the size of the reads.
    fn outcomes(bytes: &[u8], broken: bool, limit: usize, cutter: impl Fn() -> Box<dyn Cutter>) -> Vec<String> {
        let mut all = Vec::new();
        for step in [1, 3, 1000] {
            let mut input = Input::new(Drip { bytes, step, broken });
            let mut cutter = cutter();
            let mut seen = Vec::new();
            while let Some(cut) = cutter.next(&mut input, limit) {
                seen.push(match cut {
                    Ok(record) => String::from_utf8(record.bytes).unwrap(),
                    Err(fault) => format!("!{}", fault.reason.describe()),
                });
                assert!(seen.len() < 100);
            }
            all.push(seen);
        }
        assert_eq!(all[0], all[1]);
        assert_eq!(all[0], all[2]);
        all.swap_remove(0)
    }

    #[test]
    fn one_record_per_line() {
        let cut = |text: &str, broken| outcomes(text.as_bytes(), broken, 10, || Box::new(Lines::default()));
        assert_eq!(cut("one\n\n two \r\nthree", false), ["one", "two", "three"]);
        assert_eq!(cut("one\na line above the limit\ntwo\n", false), ["one", "!too large", "two"]);
        assert_eq!(cut("a line above the limit", false), ["!too large"]);
        assert_eq!(cut("one\ntwo", true), ["one", "!damaged"]);
        assert_eq!(cut("", false), [""; 0]);
    }

    #[test]
    fn one_record_per_pair_of_markers() {
        let cut = |text: &str, broken| outcomes(text.as_bytes(), broken, 20, || Box::new(Between::tags("<D", "</D>")));
        assert_eq!(cut("x<D>1</D>y <D a=b>2</D>\n", false), ["<D>1</D>", "<D a=b>2</D>"]);
        assert_eq!(cut("<DX>no</DX><D>yes</D>", false), ["<D>yes</D>"]);
        assert_eq!(cut("<D>1<D>2</D>", false), ["!damaged", "<D>2</D>"]);
        assert_eq!(cut("<D>1</D><D>2", false), ["<D>1</D>", "!damaged"]);
        assert_eq!(cut("<D>1</D><D>2", true), ["<D>1</D>", "!damaged"]);
        assert_eq!(cut("<D>1</D>", true), ["<D>1</D>", "!damaged"]);
        assert_eq!(cut("<D>more than twenty bytes</D><D>2</D>", false), ["!too large", "<D>2</D>"]);
    }
}
