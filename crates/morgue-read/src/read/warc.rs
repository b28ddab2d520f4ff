//! Web archives (WARC): records one after another, each a header that says how many bytes follow. What is no page
//! (a redirect, an error, a picture, a revisit) is told from the first bytes and never held; requests and notes of the
//! crawler are passed over in silence.
//!
//! A length that is wrong is mended where the start of the next record shows; what is beyond that is passed over.

use std::io;

use memchr::memmem;

use super::cut::{Cut, Piece};
use super::fault::Fault;
use super::input::{self, Input};
use super::web::{self, Headers, Kind};
use morgue_article::SkipReason;

/// How each record begins, and the version after it.
const MAGIC: &[u8] = b"WARC/";

/// Bytes of a header; a longer one is none.
const LONGEST_HEADER: usize = 64 << 10;

/// Bytes after a block that are looked at: two line ends and the next record's start.
const TAIL: usize = 4 + MAGIC.len() + 2;

/// Does a stream begin as a web archive does?
pub(super) fn is_warc(start: &[u8]) -> bool {
    is_start(start)
}

/// `WARC/1.0`, `WARC/0.18`.
fn is_start(bytes: &[u8]) -> bool {
    matches!(bytes.strip_prefix(MAGIC), Some([digit, b'.', ..]) if digit.is_ascii_digit())
}

/// Cuts a web archive.
#[derive(Debug, Default)]
pub(super) struct Warc {
    ended: bool,
    /// Bytes that belong to no record have been told since the last one.
    strayed: bool,
    /// To be told after the record that was whole before it.
    broken: Option<Fault>,
}

impl Warc {
    pub(super) fn next(&mut self, input: &mut Input<'_>, limit: usize) -> Option<Cut> {
        while !self.ended {
            if let Some(fault) = self.broken.take() {
                input.consume(input.window().len());
                return Some(Err(fault));
            }
            match self.step(input, limit) {
                Ok(None) => {}
                Ok(Some(cut)) => {
                    self.strayed |= cut.is_err();
                    return Some(cut);
                }
                Err(error) => {
                    let fault = Fault::io(&error, input);
                    input.consume(input.window().len());
                    self.ended = !input::is_torn(&error);
                    self.strayed = true;
                    return Some(Err(fault));
                }
            }
        }
        None
    }

    /// One record; nothing where it is of a kind that is not told, or at the end.
    fn step(&mut self, input: &mut Input<'_>, limit: usize) -> io::Result<Option<Cut>> {
        let strays = seek(input)?;
        if strays > 0 && !std::mem::replace(&mut self.strayed, true) {
            let what = format!("{strays} bytes before unpacked byte {} belong to no record", input.offset());
            return Ok(Some(Err(Fault::new(SkipReason::Damaged, what))));
        }
        if input.window().is_empty() {
            self.ended = true;
            return Ok(None);
        }
        let Some(start) = header_end(input)? else {
            input.consume(MAGIC.len());
            return Ok(Some(Err(Fault::new(SkipReason::Damaged, "a header that does not end"))));
        };
        let length = Headers::of(&input.window()[..start]).length();
        if let Some(length) = length.filter(|&length| length > (limit - limit.min(start)) as u64) {
            return self.too_long(input, start, length, limit);
        }
        let (end, next) = match self.block_end(input, start, length.map(|length| start + length as usize), limit)? {
            Block::Ends { end, next } => (end, next),
            Block::CutOff => {
                let at = input.offset() + input.window().len() as u64;
                input.consume(input.window().len());
                let what = format!("the record is cut off after {at} unpacked bytes");
                return Ok(Some(Err(Fault::new(SkipReason::Damaged, what))));
            }
            Block::TooLong => {
                input.consume(input.window().len());
                self.strayed = true;
                return Ok(Some(Err(Fault::too_large("a record of unknown length", limit))));
            }
        };
        let bytes = &input.window()[..end];
        let cut = match web::kind(&bytes[..start], &bytes[start..]) {
            Kind::Page => Some(Ok(Piece { bytes: bytes.to_vec(), line: 0 })),
            Kind::NoPage(why) => Some(Err(Fault::new(SkipReason::NotAPage, why))),
            Kind::Untold => None,
        };
        input.consume(next);
        self.strayed = false;
        Ok(cut)
    }

    /// Lets a record go by that is too large to be held.
    fn too_long(&mut self, input: &mut Input<'_>, start: usize, length: u64, limit: usize) -> io::Result<Option<Cut>> {
        input.want(start + LONGEST_HEADER);
        let window = input.window();
        let cut = match web::kind(&window[..start], &window[start..]) {
            Kind::Page => Some(Err(Fault::too_large("the page", limit))),
            Kind::NoPage(why) => Some(Err(Fault::new(SkipReason::NotAPage, why))),
            Kind::Untold => None,
        };
        let mut left = length.saturating_add(start as u64);
        loop {
            let here = left.min(input.window().len() as u64);
            input.consume(here as usize);
            left -= here;
            if left == 0 {
                return Ok(cut);
            }
            if !input.more()? {
                let what = format!("the record is cut off: {left} of its {length} bytes are missing");
                return Ok(Some(Err(Fault::new(SkipReason::Damaged, what))));
            }
        }
    }

    /// Where the block ends that begins at `start`, by the length that is `stated` if it is true.
    fn block_end(
        &mut self,
        input: &mut Input<'_>,
        start: usize,
        stated: Option<usize>,
        limit: usize,
    ) -> io::Result<Block> {
        let wanted = stated.unwrap_or(start) + TAIL;
        let mut ended = false;
        while input.window().len() < wanted && !ended {
            match input.more() {
                Ok(more) => ended = !more,
                Err(error) if stated.is_some_and(|end| input.window().len() >= end) && is_cut_off(&error) => {
                    self.ended = !input::is_torn(&error);
                    self.broken = Some(Fault::io(&error, input)).filter(|_| !self.ended);
                    ended = true;
                }
                Err(error) => return Err(error),
            }
        }
        if let Some(end) = stated
            && let Some(next) = input.window().get(end..).and_then(|after| next_start(after, ended))
        {
            return Ok(Block::Ends { end, next: end + next });
        }
        let finder = memmem::Finder::new(b"\nWARC/");
        let mut seen = start - 1;
        loop {
            let window = input.window();
            let found = finder.find_iter(&window[seen..]).map(|at| seen + at + 1).find(|&at| is_start(&window[at..]));
            if let Some(next) = found {
                return Ok(Block::Ends { end: start + without_line_ends(&window[start..next]), next });
            }
            if ended {
                let is_whole = stated.is_none_or(|end| end <= window.len());
                let next = window.len();
                return Ok(if is_whole { Block::Ends { end: next, next } } else { Block::CutOff });
            }
            if window.len() > limit {
                return Ok(Block::TooLong);
            }
            seen = window.len().saturating_sub(MAGIC.len() + 3).max(start - 1);
            ended = !input.more()?;
        }
    }
}

/// What is known of a block.
enum Block {
    /// Where it ends, and where the next record starts: bytes of the window.
    Ends {
        end: usize,
        next: usize,
    },
    CutOff,
    TooLong,
}

fn is_cut_off(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::UnexpectedEof
}

/// How far after a block the next record starts, if it does; at the end of all bytes there may be none.
fn next_start(after: &[u8], ended: bool) -> Option<usize> {
    let blanks = after.iter().take_while(|&&byte| matches!(byte, b'\r' | b'\n')).count();
    let is_end = ended && blanks == after.len();
    (is_end || is_start(&after[blanks..])).then_some(blanks)
}

/// The length of a block without the two line ends that part it from the next record.
fn without_line_ends(block: &[u8]) -> usize {
    let one = |block: &[u8]| match block {
        [rest @ .., b'\r', b'\n'] | [rest @ .., b'\n'] => rest.len(),
        _ => block.len(),
    };
    one(&block[..one(block)])
}

/// Moves the window to the start of a record, or to the end. How many bytes were passed over that are no blanks.
fn seek(input: &mut Input<'_>) -> io::Result<u64> {
    let mut strays = 0;
    let mut at_line_start = true;
    loop {
        let window = input.window();
        let blanks = window.iter().take_while(|byte| byte.is_ascii_whitespace() || **byte == 0).count();
        at_line_start |= blanks > 0;
        if blanks > 0 {
            input.consume(blanks);
            continue;
        }
        if window.len() < TAIL && input.more()? {
            continue;
        }
        let window = input.window();
        if window.is_empty() || (at_line_start && is_start(window)) {
            return Ok(strays);
        }
        at_line_start = false;
        let next = memchr::memchr(b'\n', window).unwrap_or(window.len());
        strays += next as u64;
        input.consume(next);
    }
}

/// Where the header ends that the window begins with, after its empty line.
fn header_end(input: &mut Input<'_>) -> io::Result<Option<usize>> {
    let mut seen = 0;
    loop {
        let window = &input.window()[..input.window().len().min(LONGEST_HEADER)];
        for end in memchr::memchr_iter(b'\n', &window[seen..]).map(|at| seen + at) {
            match &window[end + 1..] {
                [b'\r', b'\n', ..] => return Ok(Some(end + 3)),
                [b'\n', ..] => return Ok(Some(end + 2)),
                _ => {}
            }
        }
        seen = window.len().saturating_sub(3);
        if window.len() == LONGEST_HEADER || !input.more()? {
            return Ok(None);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::gzip::tests::gzip;
    use super::super::hostile::zipped;
    use super::super::tests::outcomes_of;

    const PAGE: &str = "<html><title>Bridge opens</title><meta property=og:type content=article><h1>Bridge opens</h1>\
        <p>The bridge over the Aske opened on Monday, a year late. All of the town came to see it.</p></html>";

    fn record_of(kind: &str, more: &str, block: &str, length: usize) -> String {
        let head = format!("WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Date: 2019-05-06T10:00:00Z\r\n{more}");
        format!("{head}Content-Length: {length}\r\n\r\n{block}\r\n\r\n")
    }

    fn response(name: &str, head: &str, body: &str) -> String {
        let block = format!("HTTP/1.1 {head}\r\n\r\n{body}");
        record_of("response", &format!("WARC-Target-URI: https://ledger.example/{name}\r\n"), &block, block.len())
    }

    fn page(name: &str) -> String {
        response(name, "200 OK\r\nContent-Type: text/html; charset=utf-8", PAGE)
    }

    /// Each outcome: `record name` of a page, `record reason: detail` of a skip.
    fn told(bytes: &[u8]) -> Vec<String> {
        let outcomes = outcomes_of("a.warc", bytes).into_iter();
        let told = outcomes.map(|outcome| match outcome {
            Ok(page) => {
                assert_eq!(page.title.as_deref(), Some("Bridge opens"));
                assert_eq!(page.fetched.as_deref(), Some("2019-05-06T10:00:00Z"));
                assert_eq!(page.version, page.fetched);
                format!("{} {}", page.origin.record, page.url.unwrap().trim_start_matches("https://ledger.example/"))
            }
            Err(skip) => {
                let record = skip.record.map_or(String::new(), |record| record.to_string());
                format!("{record} {}: {}", skip.reason.describe(), skip.detail)
            }
        });
        told.collect()
    }

    #[test]
    fn pages_are_read_and_the_rest_is_told() {
        let archive = [
            record_of("warcinfo", "", "software: x", 11),
            record_of("request", "", "GET / HTTP/1.1\r\n\r\n", 18),
            page("a"),
            response("b", "301 Moved Permanently\r\nLocation: /a", ""),
            response("c", "404 Not Found\r\nContent-Type: text/html", "no"),
            response("d", "200 OK\r\nContent-Type: image/png", "\u{1}PNG"),
            response("e", "200 OK", PAGE),
            record_of("revisit", "", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", 45),
            record_of("conversion", "Content-Type: text/plain\r\n", "hello", 5),
            record_of(
                "resource",
                "Content-Type: text/html\r\nWARC-Target-URI: <https://ledger.example/f g>\r\n",
                PAGE,
                PAGE.len(),
            ),
            record_of("metadata", "", "a: b", 4),
        ];
        let expected = [
            "1 a",
            "2 not a page: a redirect: status 301 to /a",
            "3 not a page: an error: status 404",
            "4 not a page: image/png",
            "5 e",
            "6 not a page: a revisit: what was fetched before, unchanged",
            "7 not a page: a conversion to text/plain",
            "8 f%20g",
        ];
        assert_eq!(told(archive.concat().as_bytes()), expected);
        let members: Vec<u8> = archive.iter().flat_map(|record| gzip(record.as_bytes())).collect();
        assert_eq!(told(&members), expected);
        assert_eq!(told(&gzip(archive.concat().as_bytes())), expected);
        assert_eq!(told(&archive.concat().replace("\r\n", "\n").into_bytes()), expected, "line ends of Unix");
    }

    #[test]
    fn of_a_packed_archive_only_its_records_are_read() {
        let wacz = zipped(&[
            ("datapackage.json", b"{\"title\":\"An archive\"}"),
            ("pages/pages.jsonl", b"{\"title\":\"a page\",\"text\":\"Its text.\"}\n"),
            ("archive/data.warc.gz", &gzip(page("a").as_bytes())),
        ]);
        let outcomes = outcomes_of("a.wacz", &wacz);
        assert_eq!(outcomes.len(), 1);
        assert_eq!(&*outcomes[0].as_ref().unwrap().origin.path, "a.wacz!/archive/data.warc.gz");
    }

    #[test]
    fn damaged_members_are_passed_over() {
        let members = ["a", "b", "c", "d"].map(|name| gzip(page(name).as_bytes()));
        let mut bytes = members.concat();
        let middle = members[0].len() + members[1].len() - 8;
        bytes[middle] ^= 1;
        assert_eq!(told(&bytes)[..1], ["1 a"]);
        assert!(told(&bytes)[1].starts_with("2 damaged: "), "{:?}", told(&bytes));
        assert_eq!(told(&bytes)[2..], ["3 c", "4 d"]);
        let cut = &bytes[..bytes.len() - 40];
        assert!(told(cut)[3].starts_with("4 damaged: cut off after "), "{:?}", told(cut));
        // The whole archive in one member that is cut off: the pages before it are whole.
        let one = gzip(["a", "b", "c"].map(page).concat().as_bytes());
        let told = told(&one[..one.len() - 12]);
        assert_eq!(told[..2], ["1 a", "2 b"]);
        assert!(told.last().unwrap().contains("damaged: cut off after "), "{told:?}");
    }

    #[test]
    fn wrong_lengths_are_mended_where_the_next_record_shows() {
        let block = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{PAGE}");
        let uri = "WARC-Target-URI: https://ledger.example/wrong\r\n";
        for length in [0, 60, block.len() - 2, block.len() + 2, block.len() + 50, 9_000_000] {
            let archive = page("a") + &record_of("response", uri, &block, length) + &page("b");
            assert_eq!(told(archive.as_bytes()), ["1 a", "2 wrong", "3 b"], "{length}");
        }
        let last = page("a") + &record_of("response", uri, &block, block.len() + 50);
        assert_eq!(told(last.as_bytes())[0], "1 a");
        assert!(
            told(last.as_bytes())[1].starts_with("2 damaged: the record is cut off"),
            "{:?}",
            told(last.as_bytes())
        );
        let huge = record_of("response", uri, &block, 99_000_000_000);
        assert!(told(huge.as_bytes())[0].starts_with("1 damaged: the record is cut off"));
    }

    #[test]
    fn bytes_between_records_are_told_once() {
        let archive = page("a") + "junk\nmore junk\n\n" + &page("b") + "WARC/1.0\r\nWARC-Type: response\r\n";
        // Junk after a page looks like a wrong length of it, and is harmless there.
        assert_eq!(told(archive.as_bytes())[..2], ["1 a", "2 b"]);
        let start = format!("WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 1\r\n\r\nx\r\n\r\n{}", page("a"));
        assert_eq!(told(start.as_bytes()), ["1 a"]);
        assert_eq!(told(b"WARC/1.0 and nothing"), ["1 damaged: a header that does not end"]);
    }
}
