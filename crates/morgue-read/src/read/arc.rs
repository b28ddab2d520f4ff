//! Web archives in the older format (ARC): records one after another, each a line (address, IP address, time, type, length)
//! and that number of bytes. A line that is not a header is skipped; the next one that is begins a record.

use std::io;

use super::Record;
use super::cut::{Cut, RecordBytes};
use super::fault::Fault;
use super::input::Input;
use super::web::{self, ArchiveCutter, ArchiveFormat, ArchiveState, Content};
use morgue_article::{RawArticle, SkipReason};

/// A longer line is not a header. Bytes.
const LONGEST_LINE: usize = 16 << 10;

/// Bytes at the start of a block that say what it is.
const BLOCK_HEAD: usize = 16 << 10;

/// Does a stream begin as an ARC archive does?
pub(super) fn is_arc(start: &[u8]) -> bool {
    start.starts_with(b"filedesc://")
}

/// A cutter for an ARC archive.
pub(super) fn cutter() -> ArchiveCutter<Arc> {
    ArchiveCutter::default()
}

/// Cuts the records of an ARC archive.
#[derive(Debug, Default)]
pub(super) struct Arc;

impl ArchiveFormat for Arc {
    fn next_record(
        &mut self,
        state: &mut ArchiveState,
        input: &mut Input<'_>,
        limit: usize,
    ) -> io::Result<Option<Cut>> {
        let Some(line_end) = line_end(input)? else {
            state.ended = true;
            return Ok(None);
        };
        let line = &input.window()[..line_end];
        if line.trim_ascii().is_empty() {
            input.consume(line_end);
            return Ok(None);
        }
        let Some(header) = Header::parse(line) else {
            let is_reported = std::mem::replace(&mut state.strays_reported, true);
            let detail = format!("no record begins at unpacked byte {}", input.offset());
            input.consume(line_end);
            return Ok((!is_reported).then(|| Err(Fault::new(SkipReason::Damaged, detail))));
        };
        state.strays_reported = false;
        let is_description = is_arc(line);
        let (length, content_type) = (header.length, header.content_type.to_owned());
        let block_head = usize::try_from(length).unwrap_or(BLOCK_HEAD);
        input.want(line_end + BLOCK_HEAD.min(block_head));
        let block = &input.window()[line_end..];
        let content = web::fetched_content(Some(&content_type), &block[..block.len().min(block_head)]);
        let is_held = content == Content::Page && length <= limit as u64;
        let mut bytes = Vec::new();
        let missing = input.advance(length.saturating_add(line_end as u64), is_held.then_some(&mut bytes))?;
        if missing > 0 {
            let detail = format!("the record is cut off: {missing} of its {length} bytes are missing");
            return Ok(Some(Err(Fault::new(SkipReason::Damaged, detail))));
        }
        Ok(match content {
            _ if is_description => None,
            Content::Page if is_held => Some(Ok(RecordBytes { bytes, line: 0 })),
            Content::Page => Some(Err(Fault::too_large("the page", limit))),
            Content::NotAPage(why) => Some(Err(Fault::new(SkipReason::NotAPage, why))),
            Content::CrawlerRecord => None,
        })
    }
}

/// The line before a block.
struct Header<'l> {
    url: &'l str,
    /// Digits: year, month, day, and mostly hour, minute, second.
    time: &'l str,
    content_type: &'l str,
    /// Bytes of the block.
    length: u64,
}

impl<'l> Header<'l> {
    /// Parses from the right, as addresses may have blanks in them.
    fn parse(line: &'l [u8]) -> Option<Self> {
        let mut parts = std::str::from_utf8(line).ok()?.trim_end().rsplitn(5, ' ');
        let length = parts.next()?.parse().ok()?;
        let (content_type, time, _, url) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        let is_time = (8..=14).contains(&time.len()) && time.bytes().all(|byte| byte.is_ascii_digit());
        (is_time && url.contains(':')).then_some(Header { url, time, content_type, length })
    }

    /// The time as in `2014-02-16T05:02:21Z`.
    fn instant(&self) -> String {
        let part = |from: usize| self.time.get(from..from + 2).unwrap_or("00");
        let (year, time) = (&self.time[..4], [part(8), part(10), part(12)].join(":"));
        format!("{year}-{}-{}T{time}Z", part(4), part(6))
    }
}

/// The end of the line at the start of the window, after its line end or after [`LONGEST_LINE`] bytes; `None` at the end
/// of the input.
fn line_end(input: &mut Input<'_>) -> io::Result<Option<usize>> {
    loop {
        let window = &input.window()[..input.window().len().min(LONGEST_LINE)];
        if let Some(end) = memchr::memchr(b'\n', window) {
            return Ok(Some(end + 1));
        }
        let searched = window.len();
        if searched == LONGEST_LINE || !input.more()? {
            return Ok(Some(searched).filter(|&searched| searched > 0));
        }
    }
}

/// Reads the page in an ARC record.
pub(super) fn read(record: &Record) -> Result<RawArticle, Fault> {
    let line_end = memchr::memchr(b'\n', &record.bytes).map_or(record.bytes.len(), |end| end + 1);
    let (line, block) = record.bytes.split_at(line_end);
    let Some(header) = Header::parse(line) else { return Err(Fault::new(SkipReason::Damaged, "no header")) };
    let url = header.url.replace(' ', "%20");
    web::read_page(block, Some(&url), Some(&header.instant()), Some(header.content_type))
}

#[cfg(test)]
mod tests {
    use super::super::tests::outcomes_of;

    const PAGE: &str = "<html><title>Bridge opens</title><meta property=og:type content=article><h1>Bridge opens</h1>\
        <p>The bridge over the Aske opened on Monday, a year late. All of the town came to see it.</p></html>";

    fn archive() -> String {
        let response = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{PAGE}");
        let moved = "HTTP/1.1 301 Moved\r\nLocation: /b\r\n\r\n";
        format!(
            "filedesc://a.arc 127.0.0.1 20140216050221 text/plain 8\n1 0 Ann\n\n\
             https://ledger.example/a b 10.0.0.1 20140216050221 text/html {}\n{response}\n\
             https://ledger.example/b 10.0.0.1 20140216050221 text/html -1\n\n\
             https://ledger.example/c 10.0.0.1 20140216050222 text/html {}\n{moved}\n\
             https://ledger.example/d 10.0.0.1 20140216050223 image/png 3\nabc\n\
             https://ledger.example/e 10.0.0.1 20140216050224 text/html 999\n{response}",
            response.len(),
            moved.len(),
        )
    }

    #[test]
    fn pages_are_read_and_the_rest_is_described() {
        let outcomes = outcomes_of("a.arc", archive().as_bytes());
        let described: Vec<String> = outcomes
            .iter()
            .map(|outcome| match outcome {
                Ok(page) => {
                    format!("{} {} {}", page.origin.record, page.url.as_ref().unwrap(), page.fetched.as_ref().unwrap())
                }
                Err(skip) => format!("{} {}: {}", skip.record.unwrap(), skip.reason.describe(), skip.detail),
            })
            .collect();
        assert_eq!(described[0], "1 https://ledger.example/a%20b 2014-02-16T05:02:21Z");
        assert!(described[1].starts_with("2 damaged: no record begins at unpacked byte "), "{}", described[1]);
        assert_eq!(described[2], "3 not a page: a redirect: status 301 to /b");
        assert_eq!(described[3], "4 not a page: image/png");
        assert!(described[4].starts_with("5 damaged: the record is cut off: "), "{}", described[4]);
        assert_eq!(described.len(), 5);
    }
}
