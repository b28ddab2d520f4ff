//! Web archives (WARC): records one after another, each with a header that says how many bytes follow. A record that is
//! not a page (a redirect, an error, a picture, a revisit) is recognized by its first bytes and never held in memory;
//! requests and notes of the crawler are ignored.
//!
//! A record whose stated length is wrong ends where the next record begins; bytes that belong to no record are skipped
//! and reported once.

use std::io;

use memchr::memmem;

use super::cut::{Cut, RecordBytes};
use super::fault::Fault;
use super::headers::{self, Headers};
use super::input::{self, Input};
use super::web::{self, ArchiveCutter, ArchiveFormat, ArchiveState, Content};
use morgue_article::SkipReason;

/// The first bytes of each record; a version number follows.
const MAGIC: &[u8] = b"WARC/";

/// A longer header is damaged. Bytes.
const LONGEST_HEADER: usize = 64 << 10;

/// Bytes after a block that are needed to see whether a record begins there: two line ends and its first bytes.
const NEXT_START: usize = 4 + MAGIC.len() + 2;

/// Does a stream, or a record, begin here? As in `WARC/1.0`, `WARC/0.18`.
pub(super) fn is_warc(bytes: &[u8]) -> bool {
    matches!(bytes.strip_prefix(MAGIC), Some([digit, b'.', ..]) if digit.is_ascii_digit())
}

/// A cutter for a web archive.
pub(super) fn cutter() -> ArchiveCutter<Warc> {
    ArchiveCutter::default()
}

/// Cuts the records of a web archive.
#[derive(Debug, Default)]
pub(super) struct Warc {
    /// Returned after the record that was whole before it.
    pending: Option<Fault>,
}

impl ArchiveFormat for Warc {
    fn next_record(
        &mut self,
        state: &mut ArchiveState,
        input: &mut Input<'_>,
        limit: usize,
    ) -> io::Result<Option<Cut>> {
        if let Some(fault) = self.pending.take() {
            input.consume(input.window().len());
            return Ok(Some(Err(fault)));
        }
        let cut = self.cut(state, input, limit)?;
        state.strays_reported |= matches!(cut, Some(Err(_)));
        Ok(cut)
    }
}

impl Warc {
    /// Cuts one record; `None` where it is ignored, or at the end.
    fn cut(&mut self, state: &mut ArchiveState, input: &mut Input<'_>, limit: usize) -> io::Result<Option<Cut>> {
        let strays = seek_record(input)?;
        if strays > 0 && !state.strays_reported {
            return Ok(damaged(format!("{strays} bytes before unpacked byte {} belong to no record", input.offset())));
        }
        if input.window().is_empty() {
            state.ended = true;
            return Ok(None);
        }
        let Some(start) = header_end(input)? else {
            input.consume(MAGIC.len());
            return Ok(damaged("a header that does not end".to_owned()));
        };
        let length = Headers::new(&input.window()[..start]).content_length();
        if let Some(length) = length.filter(|&length| length > limit.saturating_sub(start) as u64) {
            return release_large_record(input, start, length, limit);
        }
        let stated_end = length.map(|length| start + length as usize);
        let (end, next) = match self.find_block_end(state, input, start, stated_end, limit)? {
            BlockEnd::Found { end, next } => (end, next),
            BlockEnd::CutOff => {
                let at = input.offset() + input.window().len() as u64;
                input.consume(input.window().len());
                return Ok(damaged(format!("the record is cut off after {at} unpacked bytes")));
            }
            BlockEnd::TooLarge => {
                input.consume(input.window().len());
                return Ok(Some(Err(Fault::too_large("a record of unknown length", limit))));
            }
        };
        let bytes = &input.window()[..end];
        let cut = match web::warc_content(&bytes[..start], &bytes[start..]) {
            Content::Page => Some(Ok(RecordBytes { bytes: bytes.to_vec(), line: 0 })),
            Content::NotAPage(why) => Some(Err(Fault::new(SkipReason::NotAPage, why))),
            Content::CrawlerRecord => None,
        };
        input.consume(next);
        state.strays_reported = false;
        Ok(cut)
    }

    /// Finds the end of the block that begins at `start`: the stated end if it is true, else where the next record begins.
    fn find_block_end(
        &mut self,
        state: &mut ArchiveState,
        input: &mut Input<'_>,
        start: usize,
        stated_end: Option<usize>,
        limit: usize,
    ) -> io::Result<BlockEnd> {
        let wanted = stated_end.unwrap_or(start) + NEXT_START;
        let mut ended = false;
        while input.window().len() < wanted && !ended {
            match input.more() {
                Ok(more) => ended = !more,
                Err(error) => {
                    let is_block_whole = stated_end.is_some_and(|end| input.window().len() >= end);
                    if !is_block_whole || error.kind() != io::ErrorKind::UnexpectedEof {
                        return Err(error);
                    }
                    state.ended = !input::is_corrupt_member(&error);
                    self.pending = Some(Fault::io(&error, input)).filter(|_| !state.ended);
                    ended = true;
                }
            }
        }
        if let Some(end) = stated_end
            && let Some(next) = input.window().get(end..).and_then(|after| next_record_start(after, ended))
        {
            return Ok(BlockEnd::Found { end, next: end + next });
        }
        let finder = memmem::Finder::new(b"\nWARC/");
        let mut searched = start - 1;
        loop {
            let window = input.window();
            let mut starts = finder.find_iter(&window[searched..]).map(|at| searched + at + 1);
            if let Some(next) = starts.find(|&at| is_warc(&window[at..])) {
                return Ok(BlockEnd::Found { end: start + length_without_line_ends(&window[start..next]), next });
            }
            if ended {
                let is_whole = stated_end.is_none_or(|end| end <= window.len());
                let next = window.len();
                return Ok(if is_whole { BlockEnd::Found { end: next, next } } else { BlockEnd::CutOff });
            }
            if window.len() > limit {
                return Ok(BlockEnd::TooLarge);
            }
            searched = window.len().saturating_sub(MAGIC.len() + 3).max(start - 1);
            ended = !input.more()?;
        }
    }
}

/// How the search for the end of a block turned out.
enum BlockEnd {
    /// The end of the block and the start of the next record: offsets in the window.
    Found {
        end: usize,
        next: usize,
    },
    CutOff,
    TooLarge,
}

fn damaged(detail: String) -> Option<Cut> {
    Some(Err(Fault::new(SkipReason::Damaged, detail)))
}

/// Releases a record that is too large to be held, and says what it was.
fn release_large_record(input: &mut Input<'_>, start: usize, length: u64, limit: usize) -> io::Result<Option<Cut>> {
    input.want(start + LONGEST_HEADER);
    let window = input.window();
    let cut = match web::warc_content(&window[..start], &window[start..]) {
        Content::Page => Some(Err(Fault::too_large("the page", limit))),
        Content::NotAPage(why) => Some(Err(Fault::new(SkipReason::NotAPage, why))),
        Content::CrawlerRecord => None,
    };
    let missing = input.advance(length.saturating_add(start as u64), None)?;
    if missing > 0 {
        return Ok(damaged(format!("the record is cut off: {missing} of its {length} bytes are missing")));
    }
    Ok(cut)
}

/// The distance from the end of a block to the next record, if one begins there; at the end of the input there may be
/// none.
fn next_record_start(after: &[u8], ended: bool) -> Option<usize> {
    let blanks = after.iter().take_while(|&&byte| matches!(byte, b'\r' | b'\n')).count();
    let is_end = ended && blanks == after.len();
    (is_end || is_warc(&after[blanks..])).then_some(blanks)
}

/// The length of a block without the two line ends between it and the next record.
fn length_without_line_ends(block: &[u8]) -> usize {
    let without_one = |block: &[u8]| match block {
        [rest @ .., b'\r', b'\n'] | [rest @ .., b'\n'] => rest.len(),
        _ => block.len(),
    };
    without_one(&block[..without_one(block)])
}

/// Moves the window to the start of a record, or to the end. Returns how many bytes other than blanks were skipped.
fn seek_record(input: &mut Input<'_>) -> io::Result<u64> {
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
        if window.len() < NEXT_START && input.more()? {
            continue;
        }
        let window = input.window();
        if window.is_empty() || (at_line_start && is_warc(window)) {
            return Ok(strays);
        }
        at_line_start = false;
        let next = memchr::memchr(b'\n', window).unwrap_or(window.len());
        strays += next as u64;
        input.consume(next);
    }
}

/// The end of the header at the start of the window, after its empty line; `None` where the header is too long.
fn header_end(input: &mut Input<'_>) -> io::Result<Option<usize>> {
    let mut searched = 0;
    loop {
        let window = &input.window()[..input.window().len().min(LONGEST_HEADER)];
        if let Some(end) = headers::header_end(window, searched) {
            return Ok(Some(end));
        }
        searched = window.len().saturating_sub(3);
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
    fn outcomes(bytes: &[u8]) -> Vec<String> {
        let outcomes = outcomes_of("a.warc", bytes).into_iter();
        let described = outcomes.map(|outcome| match outcome {
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
        described.collect()
    }

    #[test]
    fn pages_are_read_and_the_rest_is_described() {
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
            "6 not a page: a revisit: the same as fetched before",
            "7 not a page: a conversion to text/plain",
            "8 f%20g",
        ];
        assert_eq!(outcomes(archive.concat().as_bytes()), expected);
        let members: Vec<u8> = archive.iter().flat_map(|record| gzip(record.as_bytes())).collect();
        assert_eq!(outcomes(&members), expected);
        assert_eq!(outcomes(&gzip(archive.concat().as_bytes())), expected);
        assert_eq!(outcomes(&archive.concat().replace("\r\n", "\n").into_bytes()), expected, "line ends of Unix");
    }

    #[test]
    fn only_the_records_of_a_wacz_are_read() {
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
    fn corrupt_members_are_skipped() {
        let members = ["a", "b", "c", "d"].map(|name| gzip(page(name).as_bytes()));
        let mut bytes = members.concat();
        let middle = members[0].len() + members[1].len() - 8;
        bytes[middle] ^= 1;
        assert_eq!(outcomes(&bytes)[..1], ["1 a"]);
        assert!(outcomes(&bytes)[1].starts_with("2 damaged: "), "{:?}", outcomes(&bytes));
        assert_eq!(outcomes(&bytes)[2..], ["3 c", "4 d"]);
        let cut = &bytes[..bytes.len() - 40];
        assert!(outcomes(cut)[3].starts_with("4 damaged: cut off after "), "{:?}", outcomes(cut));
        // The whole archive in one member that is cut off: the pages before it are whole.
        let one = gzip(["a", "b", "c"].map(page).concat().as_bytes());
        let lines = outcomes(&one[..one.len() - 12]);
        assert_eq!(lines[..2], ["1 a", "2 b"]);
        assert!(lines.last().unwrap().contains("damaged: cut off after "), "{lines:?}");
    }

    #[test]
    fn wrong_lengths_are_mended_where_the_next_record_shows() {
        let block = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{PAGE}");
        let uri = "WARC-Target-URI: https://ledger.example/wrong\r\n";
        for length in [0, 60, block.len() - 2, block.len() + 2, block.len() + 50, 9_000_000] {
            let archive = page("a") + &record_of("response", uri, &block, length) + &page("b");
            assert_eq!(outcomes(archive.as_bytes()), ["1 a", "2 wrong", "3 b"], "{length}");
        }
        let last = page("a") + &record_of("response", uri, &block, block.len() + 50);
        assert_eq!(outcomes(last.as_bytes())[0], "1 a");
        assert!(
            outcomes(last.as_bytes())[1].starts_with("2 damaged: the record is cut off"),
            "{:?}",
            outcomes(last.as_bytes())
        );
        let huge = record_of("response", uri, &block, 99_000_000_000);
        assert!(outcomes(huge.as_bytes())[0].starts_with("1 damaged: the record is cut off"));
    }

    #[test]
    fn bytes_between_records_are_told_once() {
        let archive = page("a") + "junk\nmore junk\n\n" + &page("b") + "WARC/1.0\r\nWARC-Type: response\r\n";
        // Junk after a page looks like a wrong length of it, and is harmless there.
        assert_eq!(outcomes(archive.as_bytes())[..2], ["1 a", "2 b"]);
        let start = format!("WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 1\r\n\r\nx\r\n\r\n{}", page("a"));
        assert_eq!(outcomes(start.as_bytes()), ["1 a"]);
        assert_eq!(outcomes(b"WARC/1.0 and nothing"), ["1 damaged: a header that does not end"]);
    }
}
