//! Old web archives (ARC): records one after another, each a line (address, IP address, time, type, length) and so many
//! bytes. A line that is wrong is passed over; the next that is right begins a record.

use std::io;

use super::Record;
use super::cut::{Cut, Piece};
use super::fault::Fault;
use super::input::{self, Input};
use super::web::{self, Kind};
use morgue_article::{RawArticle, SkipReason};

/// A longer line is none.
const LONGEST_LINE: usize = 16 << 10;

/// Bytes of a block from which is told what it is.
const HEAD: usize = 16 << 10;

/// Does a stream begin as such an archive does?
pub(super) fn is_arc(start: &[u8]) -> bool {
    start.starts_with(b"filedesc://")
}

/// Cuts an archive.
#[derive(Debug, Default)]
pub(super) struct Arc {
    ended: bool,
    /// Lines that are none have been told since the last record.
    strayed: bool,
}

impl Arc {
    pub(super) fn next(&mut self, input: &mut Input<'_>, limit: usize) -> Option<Cut> {
        while !self.ended {
            match self.step(input, limit) {
                Ok(None) => {}
                Ok(Some(cut)) => return Some(cut),
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

    fn step(&mut self, input: &mut Input<'_>, limit: usize) -> io::Result<Option<Cut>> {
        let Some(end) = line_end(input)? else {
            self.ended = true;
            return Ok(None);
        };
        let line = &input.window()[..end];
        if line.trim_ascii().is_empty() {
            input.consume(end);
            return Ok(None);
        }
        let Some(header) = Header::of(line) else {
            let told = std::mem::replace(&mut self.strayed, true);
            let what = format!("no record begins at unpacked byte {}", input.offset());
            input.consume(end);
            return Ok((!told).then(|| Err(Fault::new(SkipReason::Damaged, what))));
        };
        self.strayed = false;
        let is_description = is_arc(line);
        let (length, kind) = (header.length, header.kind.to_owned());
        input.want(end + HEAD.min(length.try_into().unwrap_or(HEAD)));
        let block = &input.window()[end..];
        let kind = web::fetched_kind(Some(&kind), &block[..block.len().min(length.try_into().unwrap_or(HEAD))]);
        let is_held = kind == Kind::Page && length <= limit as u64;
        let mut record = Vec::new();
        let mut left = length + end as u64;
        loop {
            let here = usize::try_from(left).unwrap_or(usize::MAX).min(input.window().len());
            if is_held {
                record.extend_from_slice(&input.window()[..here]);
            }
            input.consume(here);
            left -= here as u64;
            if left == 0 {
                break;
            }
            if !input.more()? {
                let what = format!("the record is cut off: {left} of its {length} bytes are missing");
                return Ok(Some(Err(Fault::new(SkipReason::Damaged, what))));
            }
        }
        Ok(match kind {
            _ if is_description => None,
            Kind::Page if is_held => Some(Ok(Piece { bytes: record, line: 0 })),
            Kind::Page => Some(Err(Fault::too_large("the page", limit))),
            Kind::NoPage(why) => Some(Err(Fault::new(SkipReason::NotAPage, why))),
            Kind::Untold => None,
        })
    }
}

/// The line before a block.
struct Header<'l> {
    url: &'l str,
    /// Digits: year, month, day, hour, minute, second.
    time: &'l str,
    kind: &'l str,
    length: u64,
}

impl<'l> Header<'l> {
    /// From the right, as addresses may have blanks in them.
    fn of(line: &'l [u8]) -> Option<Self> {
        let mut parts = std::str::from_utf8(line).ok()?.trim_end().rsplitn(5, ' ');
        let length = parts.next()?.parse().ok()?;
        let (kind, time, _, url) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        let is_time = (8..=14).contains(&time.len()) && time.bytes().all(|byte| byte.is_ascii_digit());
        (is_time && url.contains(':')).then_some(Header { url, time, kind, length })
    }

    fn instant(&self) -> String {
        let part = |from: usize| self.time.get(from..from + 2).unwrap_or("00");
        let (year, time) = (&self.time[..4], [part(8), part(10), part(12)].join(":"));
        format!("{year}-{}-{}T{time}Z", part(4), part(6))
    }
}

/// Where the line that begins the window ends, after its line end; at most so far as a line may be long.
fn line_end(input: &mut Input<'_>) -> io::Result<Option<usize>> {
    loop {
        let window = &input.window()[..input.window().len().min(LONGEST_LINE)];
        if let Some(end) = memchr::memchr(b'\n', window) {
            return Ok(Some(end + 1));
        }
        let seen = window.len();
        if seen == LONGEST_LINE || !input.more()? {
            return Ok(Some(seen).filter(|&seen| seen > 0));
        }
    }
}

/// Reads the page of a record that is one.
pub(super) fn read(record: &Record) -> Result<RawArticle, Fault> {
    let end = memchr::memchr(b'\n', &record.bytes).map_or(record.bytes.len(), |end| end + 1);
    let (line, block) = record.bytes.split_at(end);
    let Some(header) = Header::of(line) else { return Err(Fault::new(SkipReason::Damaged, "no header")) };
    let url = header.url.replace(' ', "%20");
    web::page(block, Some(&url), Some(&header.instant()), Some(header.kind))
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
    fn pages_and_what_is_none() {
        let outcomes = outcomes_of("a.arc", archive().as_bytes());
        let told: Vec<String> = outcomes
            .iter()
            .map(|outcome| match outcome {
                Ok(page) => {
                    format!("{} {} {}", page.origin.record, page.url.as_ref().unwrap(), page.fetched.as_ref().unwrap())
                }
                Err(skip) => format!("{} {}: {}", skip.record.unwrap(), skip.reason.describe(), skip.detail),
            })
            .collect();
        assert_eq!(told[0], "1 https://ledger.example/a%20b 2014-02-16T05:02:21Z");
        assert!(told[1].starts_with("2 damaged: no record begins at unpacked byte "), "{}", told[1]);
        assert_eq!(told[2], "3 not a page: a redirect: status 301 to /b");
        assert_eq!(told[3], "4 not a page: image/png");
        assert!(told[4].starts_with("5 damaged: the record is cut off: "), "{}", told[4]);
        assert_eq!(told.len(), 5);
    }
}
