//! Gzip streams of many members, as web archives have one for each record. After a corrupt member, reading may go on at
//! the next one.

use std::io::{self, BufRead, Read};

use flate2::bufread::GzDecoder;
use memchr::memmem;

use super::input::{self, Input};

/// The first bytes of each member.
pub(super) const MAGIC: &[u8] = &[0x1f, 0x8b];

/// Compressed bytes of the current member that are kept, to search them for the next member if this one is corrupt:
/// reading a corrupt member may go far into the next.
const LOOK_BACK: usize = 1 << 20;

/// The unpacked bytes of all members. Zeros that pad the end of the file are ignored. After an error that
/// [`input::is_corrupt_member`], the next read goes on at the next member that can be recognized.
pub(super) struct Members<'r> {
    state: MemberState<'r>,
}

enum MemberState<'r> {
    Inside(Box<GzDecoder<MemberInput<'r>>>),
    AfterCorrupt(MemberInput<'r>),
    Ended,
}

impl<'r> Members<'r> {
    pub(super) fn new(input: Input<'r>) -> Self {
        Members { state: MemberState::inside(MemberInput { input, used: 0 }) }
    }

    /// Goes on after the end of a member.
    fn next_member(&mut self, mut input: MemberInput<'r>) -> io::Result<()> {
        input.release();
        input.input.want(MAGIC.len());
        if input.input.window().starts_with(MAGIC) {
            self.state = MemberState::inside(input);
            return Ok(());
        }
        while input.input.window().iter().all(|&byte| byte == 0) {
            input.input.consume(input.input.window().len());
            if !input.input.more()? {
                return Ok(());
            }
        }
        let what = format!("packed byte {} belongs to no gzip member", input.input.offset());
        self.state = MemberState::AfterCorrupt(input);
        Err(input::corrupt_member(io::Error::new(io::ErrorKind::InvalidData, what)))
    }
}

impl<'r> MemberState<'r> {
    fn inside(input: MemberInput<'r>) -> Self {
        MemberState::Inside(Box::new(GzDecoder::new(input)))
    }
}

impl Read for Members<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            match std::mem::replace(&mut self.state, MemberState::Ended) {
                MemberState::Ended => return Ok(0),
                MemberState::AfterCorrupt(mut input) => {
                    if input.seek_member()? {
                        self.state = MemberState::inside(input);
                    }
                }
                MemberState::Inside(mut decoder) => match decoder.read(buffer) {
                    Ok(0) => self.next_member(decoder.into_inner())?,
                    Ok(read) => {
                        self.state = MemberState::Inside(decoder);
                        return Ok(read);
                    }
                    Err(error) => {
                        let error = input::corrupt_member(error);
                        if input::is_corrupt_member(&error) {
                            self.state = MemberState::AfterCorrupt(decoder.into_inner());
                        }
                        return Err(error);
                    }
                },
            }
        }
    }
}

/// An input that keeps the bytes of the current member in its window after they were read.
struct MemberInput<'r> {
    input: Input<'r>,
    /// Bytes of the window that were read.
    used: usize,
}

impl MemberInput<'_> {
    fn release(&mut self) {
        self.input.consume(self.used);
        self.used = 0;
    }

    /// Moves to the start of the next member after the current one; false where there is none.
    fn seek_member(&mut self) -> io::Result<bool> {
        self.used = 0;
        self.input.consume(1);
        loop {
            let window = self.input.window();
            let start = memmem::find_iter(window, MAGIC).find(|&at| is_header(&window[at..]));
            if let Some(start) = start {
                self.input.consume(start);
                return Ok(true);
            }
            self.input.consume(window.len().saturating_sub(SHORTEST_HEADER - 1));
            if !self.input.more()? {
                return Ok(false);
            }
        }
    }
}

/// The shortest header of a member. Bytes.
const SHORTEST_HEADER: usize = 10;

/// Are these bytes surely a header? The magic alone also occurs by chance in compressed bytes.
fn is_header(bytes: &[u8]) -> bool {
    let Some(header) = bytes.get(..SHORTEST_HEADER) else { return false };
    header[2] == 8 && header[3] & 0xe0 == 0 && matches!(header[8], 0 | 2 | 4) && matches!(header[9], 0..=13 | 255)
}

impl Read for MemberInput<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}

impl BufRead for MemberInput<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.used == self.input.window().len() {
            if self.used > LOOK_BACK {
                self.release();
            }
            self.input.more()?;
        }
        Ok(&self.input.window()[self.used..])
    }

    fn consume(&mut self, bytes: usize) {
        self.used = (self.used + bytes).min(self.input.window().len());
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    pub(in super::super) fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    /// The text that is read, with `!` for each error after which reading goes on.
    fn read_on(bytes: &[u8]) -> String {
        let mut members = Members::new(Input::new(bytes));
        let mut text = Vec::new();
        loop {
            let mut buffer = [0; 100];
            match members.read(&mut buffer) {
                Ok(0) => return String::from_utf8_lossy(&text).into_owned(),
                Ok(read) => text.extend_from_slice(&buffer[..read]),
                Err(error) if input::is_corrupt_member(&error) => text.push(b'!'),
                Err(error) => panic!("{error}"),
            }
            assert!(text.len() < 1000);
        }
    }

    #[test]
    fn members_and_padding() {
        let bytes = [gzip(b"one "), gzip(b""), gzip(b"two"), vec![0; 700]].concat();
        assert_eq!(read_on(&bytes), "one two");
        assert_eq!(read_on(&[&bytes, &b"junk"[..]].concat()), "one two!");
    }

    #[test]
    fn reading_goes_on_after_a_corrupt_member() {
        let (one, two, three) = (gzip(b"one "), gzip(b"two "), gzip(b"three"));
        let with_wrong_sum = {
            let mut two = two.clone();
            let sum = two.len() - 8;
            two[sum] ^= 1;
            two
        };
        assert_eq!(read_on(&[&one, &with_wrong_sum, &three].map(Vec::as_slice).concat()), "one two !three");
        assert_eq!(read_on(&[&one[..], &two[..two.len() - 6], &three].concat()), "one two !three");
        assert_eq!(read_on(&[&one, &b"junk and more"[..], &three].concat()), "one !three");
        assert_eq!(read_on(&[&one, &two[..10]].concat()), "one !");
    }
}
