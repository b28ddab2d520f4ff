//! Cutting a stream into records without reading them: by lines, by markers around each, or not at all. A *piece* is
//! the bytes of one record; a *fault* is what stands in place of one that cannot be had.

use std::io;

use memchr::{memchr, memmem};

use super::fault::Fault;
use super::input::Input;
use morgue_article::SkipReason;

/// The bytes of one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// The bytes, without what parts them from the next.
    pub(super) bytes: Vec<u8>,
    /// The line on which it begins, from 1; 0 where lines are not counted.
    pub(super) line: u64,
}

/// What a cutter gives next.
pub(super) type Cut = Result<Piece, Fault>;

/// One record a line.
#[derive(Debug, Default)]
pub(super) struct Lines {
    line: u64,
    ended: bool,
}

impl Lines {
    pub(super) fn next(&mut self, input: &mut Input<'_>, limit: usize) -> Option<Cut> {
        let mut seen = 0;
        let mut dropped = false;
        while !self.ended {
            if let Some(end) = memchr(b'\n', &input.window()[seen..]).map(|at| seen + at) {
                self.line += 1;
                let line = input.window()[..end].trim_ascii();
                let cut = if dropped || line.len() > limit {
                    Some(Err(Fault::too_large(&format!("line {}", self.line), limit)))
                } else if line.is_empty() {
                    None
                } else {
                    Some(Ok(Piece { bytes: line.to_vec(), line: self.line }))
                };
                input.consume(end + 1);
                if cut.is_some() {
                    return cut;
                }
                seen = 0;
                continue;
            }
            seen = input.window().len();
            if seen > limit {
                dropped = true;
                input.consume(seen);
                seen = 0;
            }
            match input.more() {
                Ok(true) => {}
                Ok(false) => {
                    self.ended = true;
                    self.line += 1;
                    let line = input.window().trim_ascii();
                    if dropped {
                        return Some(Err(Fault::too_large(&format!("line {}", self.line), limit)));
                    }
                    if !line.is_empty() {
                        return Some(Ok(Piece { bytes: line.to_vec(), line: self.line }));
                    }
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

/// Records between two markers, each its own start of one: `<DOC>` ... `</DOC>`. What stands outside is passed over.
#[derive(Debug)]
pub(super) struct Between {
    start: memmem::Finder<'static>,
    end: memmem::Finder<'static>,
    /// The start is the name of a tag, not whole in itself.
    is_tag: bool,
    ended: bool,
}

impl Between {
    /// Both markers are part of the piece. `start` is written without its `>`, as it may have attributes.
    pub(super) fn new(start: &'static str, end: &'static str) -> Self {
        Between { start: memmem::Finder::new(start), end: memmem::Finder::new(end), is_tag: true, ended: false }
    }

    /// Records between two marks that are no tags, but control characters.
    pub(super) fn marks(start: &'static str, end: &'static str) -> Self {
        Between { is_tag: false, ..Between::new(start, end) }
    }

    pub(super) fn next(&mut self, input: &mut Input<'_>, limit: usize) -> Option<Cut> {
        if self.ended {
            return None;
        }
        match self.seek_start(input) {
            Ok(true) => {}
            Ok(false) => {
                self.ended = true;
                return None;
            }
            Err(error) => return Some(Err(self.end(&error, input))),
        }
        let start = self.start.needle().len();
        let end = self.end.needle().len();
        let mut seen = start;
        let mut dropped = false;
        loop {
            let window = input.window();
            if let Some(at) = self.end.find(&window[seen..]).map(|at| seen + at) {
                if let Some(again) = self.next_start(&window[start.min(at)..at]).map(|again| again + start)
                    && !dropped
                {
                    input.consume(again);
                    return Some(Err(self.unclosed()));
                }
                let whole = at + end;
                let cut = if dropped || whole > limit {
                    Err(Fault::too_large("the record", limit))
                } else {
                    Ok(Piece { bytes: window[..whole].to_vec(), line: 0 })
                };
                input.consume(whole);
                return Some(cut);
            }
            if window.len() > limit {
                dropped = true;
                let keep = end - 1;
                input.consume(window.len() - keep);
            }
            seen = input.window().len().saturating_sub(end - 1);
            match input.more() {
                Ok(true) => {}
                Ok(false) => {
                    self.ended = true;
                    if dropped {
                        return Some(Err(Fault::too_large("the record", limit)));
                    }
                    return Some(Err(self.unclosed()));
                }
                Err(error) => return Some(Err(self.end(&error, input))),
            }
        }
    }

    fn unclosed(&self) -> Fault {
        let end = String::from_utf8_lossy(self.end.needle()).into_owned();
        let end = if self.is_tag { end } else { end.escape_default().to_string() };
        Fault::new(SkipReason::Damaged, format!("the record has no {end}"))
    }

    /// Where a start marker stands that is a whole tag's name.
    fn next_start(&self, window: &[u8]) -> Option<usize> {
        self.start.find_iter(window).find(|at| {
            !self.is_tag
                || window
                    .get(at + self.start.needle().len())
                    .is_none_or(|byte| byte.is_ascii_whitespace() || *byte == b'>')
        })
    }

    fn seek_start(&mut self, input: &mut Input<'_>) -> io::Result<bool> {
        loop {
            let window = input.window();
            if let Some(at) = self.next_start(window) {
                let after = at + self.start.needle().len();
                if after < window.len() {
                    input.consume(at);
                    return Ok(true);
                }
                input.consume(at);
            } else {
                let keep = self.start.needle().len() - 1;
                input.consume(window.len().saturating_sub(keep));
            }
            if !input.more()? {
                return Ok(false);
            }
        }
    }

    fn end(&mut self, error: &io::Error, input: &Input<'_>) -> Fault {
        self.ended = true;
        Fault::io(error, input)
    }
}

/// The whole stream is one record.
#[derive(Debug, Default)]
pub(super) struct Whole {
    ended: bool,
}

impl Whole {
    pub(super) fn next(&mut self, input: &mut Input<'_>, limit: usize) -> Option<Cut> {
        if std::mem::replace(&mut self.ended, true) {
            return None;
        }
        loop {
            if input.window().len() > limit {
                return Some(Err(Fault::too_large("the file", limit).of_file()));
            }
            match input.more() {
                Ok(true) => {}
                Ok(false) => return Some(Ok(Piece { bytes: input.window().to_vec(), line: 0 })),
                Err(error) => return Some(Err(Fault::io(&error, input))),
            }
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use std::io::Read;

    /// A reader that gives few bytes at a time, and an error at its end if `broken`.
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

    /// Pieces as text, faults as `!reason`, whatever the size of the reads.
    fn all(
        bytes: &[u8],
        broken: bool,
        mut next: impl FnMut() -> Box<dyn FnMut(&mut Input<'_>) -> Option<Cut>>,
    ) -> Vec<String> {
        let mut outcomes = Vec::new();
        for step in [1, 3, 1000] {
            let mut input = Input::new(Drip { bytes, step, broken });
            let mut next = next();
            let mut seen = Vec::new();
            while let Some(cut) = next(&mut input) {
                seen.push(match cut {
                    Ok(piece) => String::from_utf8(piece.bytes).unwrap(),
                    Err(fault) => format!("!{}", fault.reason.describe()),
                });
                assert!(seen.len() < 100);
            }
            outcomes.push(seen);
        }
        assert_eq!(outcomes[0], outcomes[1]);
        assert_eq!(outcomes[0], outcomes[2]);
        outcomes.swap_remove(0)
    }

    #[test]
    fn lines() {
        let cut = |text: &str, broken| {
            all(text.as_bytes(), broken, || {
                let mut lines = Lines::default();
                Box::new(move |input| lines.next(input, 10))
            })
        };
        assert_eq!(cut("one\n\n two \r\nthree", false), ["one", "two", "three"]);
        assert_eq!(cut("one\na line above the limit\ntwo\n", false), ["one", "!too large", "two"]);
        assert_eq!(cut("a line above the limit", false), ["!too large"]);
        assert_eq!(cut("one\ntwo", true), ["one", "!damaged"]);
        assert_eq!(cut("", false), [""; 0]);
    }

    #[test]
    fn between() {
        let cut = |text: &str, broken| {
            all(text.as_bytes(), broken, || {
                let mut between = Between::new("<D", "</D>");
                Box::new(move |input| between.next(input, 20))
            })
        };
        assert_eq!(cut("x<D>1</D>y <D a=b>2</D>\n", false), ["<D>1</D>", "<D a=b>2</D>"]);
        assert_eq!(cut("<DX>no</DX><D>yes</D>", false), ["<D>yes</D>"]);
        assert_eq!(cut("<D>1<D>2</D>", false), ["!damaged", "<D>2</D>"]);
        assert_eq!(cut("<D>1</D><D>2", false), ["<D>1</D>", "!damaged"]);
        assert_eq!(cut("<D>1</D><D>2", true), ["<D>1</D>", "!damaged"]);
        assert_eq!(cut("<D>1</D>", true), ["<D>1</D>", "!damaged"]);
        assert_eq!(cut("<D>more than twenty bytes</D><D>2</D>", false), ["!too large", "<D>2</D>"]);
    }
}
