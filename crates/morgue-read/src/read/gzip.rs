//! Gzip: members one after another, as archives of the web have one for each record. After a damaged member, reading may
//! go on at the next.

use std::io::{self, BufRead, Read};

use flate2::bufread::GzDecoder;
use memchr::memmem;

use super::input::{self, Input};

/// How each member begins.
pub(super) const MAGIC: &[u8] = &[0x1f, 0x8b];

/// Packed bytes of a member that are kept, to look for the next one among them should this one be damaged: what is read
/// of a damaged member may reach far into the next.
const LOOK_BACK: usize = 1 << 20;

/// The unpacked bytes of all members; zeros that pad the end are no member. After an error that is [`input::is_torn`],
/// the next read goes on at the next member that can be seen.
pub(super) struct Members<'r> {
    state: State<'r>,
}

enum State<'r> {
    Inside(Box<GzDecoder<Held<'r>>>),
    Torn(Held<'r>),
    Ended,
}

impl<'r> Members<'r> {
    pub(super) fn new(input: Input<'r>) -> Self {
        Members { state: State::inside(Held { input, used: 0 }) }
    }

    /// Goes on after a member that has ended.
    fn pass(&mut self, mut held: Held<'r>) -> io::Result<()> {
        held.let_go();
        held.input.want(MAGIC.len());
        if held.input.window().starts_with(MAGIC) {
            self.state = State::inside(held);
            return Ok(());
        }
        while held.input.window().iter().all(|&byte| byte == 0) {
            held.input.consume(held.input.window().len());
            if !held.input.more()? {
                return Ok(());
            }
        }
        let what = format!("packed byte {} belongs to no gzip member", held.input.offset());
        self.state = State::Torn(held);
        Err(input::torn(io::Error::new(io::ErrorKind::InvalidData, what)))
    }
}

impl<'r> State<'r> {
    fn inside(held: Held<'r>) -> Self {
        State::Inside(Box::new(GzDecoder::new(held)))
    }
}

impl Read for Members<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            match std::mem::replace(&mut self.state, State::Ended) {
                State::Ended => return Ok(0),
                State::Torn(mut held) => {
                    if held.seek()? {
                        self.state = State::inside(held);
                    }
                }
                State::Inside(mut decoder) => match decoder.read(buffer) {
                    Ok(0) => self.pass(decoder.into_inner())?,
                    Ok(read) => {
                        self.state = State::Inside(decoder);
                        return Ok(read);
                    }
                    Err(error) => {
                        let error = input::torn(error);
                        if input::is_torn(&error) {
                            self.state = State::Torn(decoder.into_inner());
                        }
                        return Err(error);
                    }
                },
            }
        }
    }
}

/// An input that keeps what was used of the member at hand.
struct Held<'r> {
    input: Input<'r>,
    /// Bytes of the window that were used.
    used: usize,
}

impl Held<'_> {
    fn let_go(&mut self) {
        self.input.consume(self.used);
        self.used = 0;
    }

    /// Moves to the next start of a member after the one at hand; false where there is none.
    fn seek(&mut self) -> io::Result<bool> {
        self.used = 0;
        self.input.consume(1);
        loop {
            let window = self.input.window();
            let start = memmem::find_iter(window, MAGIC).find(|&at| is_header(&window[at..]));
            if let Some(start) = start {
                self.input.consume(start);
                return Ok(true);
            }
            self.input.consume(window.len().saturating_sub(HEADER - 1));
            if !self.input.more()? {
                return Ok(false);
            }
        }
    }
}

/// Bytes of a member's header at least.
const HEADER: usize = 10;

/// Whether bytes are a header for sure: its magic alone comes up by chance in packed bytes.
fn is_header(bytes: &[u8]) -> bool {
    let Some(header) = bytes.get(..HEADER) else { return false };
    header[2] == 8 && header[3] & 0xe0 == 0 && matches!(header[8], 0 | 2 | 4) && matches!(header[9], 0..=13 | 255)
}

impl Read for Held<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}

impl BufRead for Held<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.used == self.input.window().len() {
            if self.used > LOOK_BACK {
                self.let_go();
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

    /// What is read, and `!` for each error after which it goes on.
    fn read_on(bytes: &[u8]) -> String {
        let mut members = Members::new(Input::new(bytes));
        let mut text = Vec::new();
        loop {
            let mut buffer = [0; 100];
            match members.read(&mut buffer) {
                Ok(0) => return String::from_utf8_lossy(&text).into_owned(),
                Ok(read) => text.extend_from_slice(&buffer[..read]),
                Err(error) if input::is_torn(&error) => text.push(b'!'),
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
    fn reading_goes_on_after_a_damaged_member() {
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
