//! Tar archives, read as a stream: each member is a header of 512 bytes, its content, and padding to the next 512 bytes.
//!
//! Why not the crate `tar`: there, a member borrows from the iterator over the archive (`tar::Entries`), but here both
//! are side by side on the stack of open archives (`records::Level`), and a member lives on while the archive waits.
//! The tests make their archives with that crate.

use std::io::{self, Read};
use std::sync::{Arc, Mutex};

use super::fault::Fault;
use super::input::Input;

const BLOCK: usize = 512;

/// A longer name is cut off: only a hostile archive has one. Bytes.
const LONGEST_NAME: usize = 64 << 10;

/// Do these bytes begin with the header of a tar archive? Its magic is at byte 257.
pub(super) fn is_tar(head: &[u8]) -> bool {
    head.len() >= BLOCK && &head[257..262] == b"ustar" && number(&head[124..136]).is_some()
}

/// The members of a tar archive.
pub(super) struct Tar<'r> {
    state: Arc<Mutex<TarState<'r>>>,
    ended: bool,
}

/// The position in the archive; shared by the archive and the current member.
struct TarState<'r> {
    input: Input<'r>,
    /// Bytes of the current member that have not been read, and the padding after them.
    left: u64,
    padding: u64,
}

/// The content of one member.
struct MemberBytes<'r> {
    state: Arc<Mutex<TarState<'r>>>,
}

impl<'r> Tar<'r> {
    pub(super) fn new(input: Input<'r>) -> Self {
        Tar { state: Arc::new(Mutex::new(TarState { input, left: 0, padding: 0 })), ended: false }
    }

    /// The next file: its name and content.
    pub(super) fn next(&mut self) -> Option<Result<(String, Input<'r>), Fault>> {
        if self.ended {
            return None;
        }
        let shared = self.state.clone();
        let Ok(mut state) = shared.lock() else { return None };
        match state.next_file() {
            Ok(Some(name)) => {
                let bytes = MemberBytes { state: self.state.clone() };
                Some(Ok((name, Input::new(bytes))))
            }
            Ok(None) => {
                self.ended = true;
                None
            }
            Err(error) => {
                self.ended = true;
                Some(Err(Fault::io(&error, &state.input)))
            }
        }
    }
}

impl TarState<'_> {
    fn next_file(&mut self) -> io::Result<Option<String>> {
        let mut long_name = None;
        loop {
            self.skip_member()?;
            let Some(header) = self.header()? else { return Ok(None) };
            let damaged = || io::Error::new(io::ErrorKind::InvalidData, "a wrong tar header");
            let size = number(&header[124..136]).ok_or_else(damaged)?;
            if !has_checksum(&header) {
                return Err(damaged());
            }
            self.left = size;
            self.padding = size.next_multiple_of(BLOCK as u64) - size;
            match header[156] {
                b'L' => long_name = Some(text(&self.content()?)),
                b'x' => long_name = pax_path(&self.content()?).or(long_name),
                b'0' | 0 | b'7' => {
                    let name = long_name.take().unwrap_or_else(|| short_name(&header));
                    let is_hidden = name.split('/').any(|part| part.starts_with('.') && !matches!(part, "." | ".."));
                    if !name.ends_with('/') && !is_hidden {
                        return Ok(Some(name.trim_start_matches("./").to_owned()));
                    }
                }
                // Folders, links, devices.
                _ => long_name = None,
            }
        }
    }

    /// Skips the rest of the current member.
    fn skip_member(&mut self) -> io::Result<()> {
        let rest = self.left + self.padding;
        (self.left, self.padding) = (0, 0);
        let missing = self.input.advance(rest, None)?;
        if missing > 0 { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(()) }
    }

    /// The next header; `None` at the end of the archive, which is a block of zeros or the end of the input.
    fn header(&mut self) -> io::Result<Option<[u8; BLOCK]>> {
        while self.input.window().len() < BLOCK {
            if !self.input.more()? {
                let is_end = self.input.window().iter().all(|&byte| byte == 0);
                return if is_end { Ok(None) } else { Err(io::ErrorKind::UnexpectedEof.into()) };
            }
        }
        let mut header = [0; BLOCK];
        header.copy_from_slice(&self.input.window()[..BLOCK]);
        if header.iter().all(|&byte| byte == 0) {
            return Ok(None);
        }
        self.input.consume(BLOCK);
        Ok(Some(header))
    }

    /// The content of a member that has the name of the next one, up to [`LONGEST_NAME`].
    fn content(&mut self) -> io::Result<Vec<u8>> {
        let mut content = Vec::new();
        let wanted = (self.left as usize).min(LONGEST_NAME);
        while content.len() < wanted {
            if self.input.window().is_empty() && !self.input.more()? {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            let here = self.input.window().len().min(wanted - content.len());
            content.extend_from_slice(&self.input.window()[..here]);
            self.input.consume(here);
            self.left -= here as u64;
        }
        Ok(content)
    }
}

impl Read for MemberBytes<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut state = self.state.lock().map_err(|_| io::Error::other("another reader panicked"))?;
        let wanted = buffer.len().min(usize::try_from(state.left).unwrap_or(usize::MAX));
        if wanted == 0 {
            return Ok(0);
        }
        let read = state.input.read(&mut buffer[..wanted])?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        state.left -= read as u64;
        Ok(read)
    }
}

/// A number in a header: octal digits, or binary where the first bit is set.
fn number(field: &[u8]) -> Option<u64> {
    if field.first()? & 0x80 != 0 {
        let (high, low) = field.split_at(field.len() - 8);
        let is_small = high.iter().skip(1).all(|&byte| byte == 0);
        return is_small
            .then(|| low.iter().fold(0u64, |sum, &byte| sum << 8 | u64::from(byte)))
            .filter(|&n| n < 1 << 60);
    }
    let digits = text(field);
    let digits = digits.trim();
    if digits.is_empty() { Some(0) } else { u64::from_str_radix(digits, 8).ok().filter(|&n| n < 1 << 60) }
}

fn has_checksum(header: &[u8; BLOCK]) -> bool {
    let blanked = |(at, &byte): (usize, &u8)| u64::from(if (148..156).contains(&at) { b' ' } else { byte });
    number(&header[148..156]) == Some(header.iter().enumerate().map(blanked).sum())
}

/// A field up to its first zero byte.
fn text(field: &[u8]) -> String {
    let end = memchr::memchr(0, field).unwrap_or(field.len());
    String::from_utf8_lossy(&field[..end]).into_owned()
}

fn short_name(header: &[u8; BLOCK]) -> String {
    let (name, prefix) = (text(&header[..100]), text(&header[345..500]));
    if prefix.is_empty() || &header[257..263] != b"ustar\0" { name } else { format!("{prefix}/{name}") }
}

/// The path in an extended header, which has lines of `length key=value`.
fn pax_path(content: &[u8]) -> Option<String> {
    let content = String::from_utf8_lossy(content);

    content.lines().find_map(|line| line.split_once(' ')?.1.strip_prefix("path=").map(str::to_owned))
}
