//! What a stream is, by its first bytes; its name is a hint where they do not tell.

use memchr::memmem;
use serde::de::IgnoredAny;

use super::{Options, arc, html, json_cut, mail, pdf, table, text, trec, warc, wire, xml};
use morgue_article::SkipReason;

/// Bytes of a stream that are looked at.
pub(super) const HEAD: usize = 64 << 10;

/// A format that holds records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// Plain text, one article.
    Text,
    /// One JSON object a line.
    JsonLines,
    /// JSON values that may span lines: an object, an array, a container.
    Json,
    /// Reuters-21578 SGML.
    Reuters,
    /// A table, and what parts its fields.
    Table(u8),
    /// A message.
    Mail,
    /// Messages.
    Mbox,
    /// A Word file.
    Word,
    /// A PDF.
    Pdf,
    /// A page of the web.
    Html,
    /// An archive of the web.
    Warc,
    /// An archive of the web in the format before that.
    Arc,
    /// Feeds, NewsML, NITF and other XML of news.
    Xml,
    /// Documents of TREC.
    Trec,
    /// Messages of the wire: ANPA 1312, IPTC 7901.
    Wire,
}

/// The format of unpacked bytes that begin with `head`, or why they hold no articles.
pub(super) fn format(name: &str, head: &[u8], options: &Options) -> Result<Format, (SkipReason, &'static str)> {
    let start = head.trim_ascii_start();
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start();
    if warc::is_warc(start) {
        return Ok(Format::Warc);
    }
    if arc::is_arc(start) {
        return Ok(Format::Arc);
    }
    if start.starts_with(pdf::MAGIC) {
        return Ok(Format::Pdf);
    }
    if is_json(start) {
        return Ok(if is_json_lines(start, head.len() < HEAD) { Format::JsonLines } else { Format::Json });
    }
    if start.starts_with(b"<") && memmem::find(&start[..start.len().min(4096)], b"<REUTERS").is_some() {
        return Ok(Format::Reuters);
    }
    if trec::is_trec(start) {
        return Ok(Format::Trec);
    }
    match xml::kind(name, start) {
        Some(xml::Kind::News) => return Ok(Format::Xml),
        Some(xml::Kind::Other) if !html::is_page(name, start) => {
            return Err((SkipReason::NotAnArticle, "XML of no kind that is read: neither feed, NewsML nor NITF"));
        }
        _ => {}
    }
    if html::is_page(name, start) {
        return Ok(Format::Html);
    }
    if mail::is_mail(start) {
        return Ok(Format::Mail);
    }
    if mail::is_mbox(start) {
        return Ok(Format::Mbox);
    }
    if wire::is_message(head) {
        return Ok(Format::Wire);
    }
    match table::delimiter(name, start, options) {
        Some(Ok(delimiter)) => return Ok(Format::Table(delimiter)),
        Some(Err(why)) => return Err((SkipReason::NotAnArticle, why)),
        None => {}
    }
    if is_binary(head) {
        return Err((SkipReason::UnknownFormat, "neither text nor a format that is read"));
    }
    match text::why_not(name, head) {
        Some(why) => Err((SkipReason::NotAnArticle, why)),
        None => Ok(Format::Text),
    }
}

fn is_json(start: &[u8]) -> bool {
    let start = start.strip_prefix(b"\x1e").unwrap_or(start);
    let Some((&first, rest)) = start.split_first() else { return false };
    let next = rest.trim_ascii_start().first();
    match first {
        b'{' => matches!(next, None | Some(b'"' | b'}')),
        b'[' => matches!(next, None | Some(b'{' | b'[' | b']' | b'"' | b'0'..=b'9' | b'-')),
        _ => false,
    }
}

/// Whether each line is an object of its own. `is_all`: there is nothing after `start`.
fn is_json_lines(start: &[u8], is_all: bool) -> bool {
    let start = start.strip_prefix(b"\x1e").unwrap_or(start);
    let mut lines = start.split(|&byte| byte == b'\n');
    let first = lines.next().unwrap_or_default().trim_ascii();
    let is_cut_off = first.len() + 1 >= start.len() && !is_all;
    if is_cut_off || !first.starts_with(b"{") {
        return false;
    }
    match serde_json::from_slice::<IgnoredAny>(first) {
        Ok(_) => !json_cut::is_container(first),
        // A broken line among whole ones, or an object over many lines: the second line tells.
        Err(_) => lines.next().is_some_and(|second| second.starts_with(b"{\"")),
    }
}

/// Zero bytes, or more control characters than text has.
fn is_binary(head: &[u8]) -> bool {
    let head = &head[..head.len().min(4096)];
    let odd = head.iter().filter(|&&byte| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b)).count();
    memchr::memchr(0, head).is_some() || odd * 20 > head.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_by_their_first_bytes() {
        let prose = "Bridge opens\n\nIt opened on Monday. All came.";
        for (name, text, format) in [
            ("a", "{\"title\":\"x\"}\n{\"title\":\"y\"}", Some(Format::JsonLines)),
            ("a", "{\"title\":\"x\"}", Some(Format::JsonLines)),
            ("a", "{\n \"title\":\"x\"}", Some(Format::Json)),
            ("a", "{\"title\":\n{\"a\":\"x\"}}", Some(Format::JsonLines)),
            ("a", "{\"title\":\"x\"} oops\n{\"title\":\"y\"}", Some(Format::JsonLines)),
            ("a", "{\"articles\":[{\"title\":\"x\"}]}", Some(Format::Json)),
            ("a", "\u{feff} [{}]", Some(Format::Json)),
            ("a", "[]", Some(Format::Json)),
            ("a.txt", "[UPDATE] The bridge opened. All came.", Some(Format::Text)),
            ("a.txt", "{laughs} The bridge opened. All came.", Some(Format::Text)),
            ("a", "<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n<REUTERS A=\"b\">", Some(Format::Reuters)),
            ("a.txt", "<!doctype html><p>The bridge opened. All came.", Some(Format::Html)),
            ("a.html", "<p>The bridge opened. All came.", Some(Format::Html)),
            ("a", "WARC/1.1\r\nWARC-Type: warcinfo", Some(Format::Warc)),
            ("a", "filedesc://a.arc 0.0.0.0 2014", Some(Format::Arc)),
            ("a", "%PDF-1.7\n%\u{e2}\u{e3}", Some(Format::Pdf)),
            ("a.txt", "WARC/wet gives the text. It is no archive.", Some(Format::Text)),
            ("a.txt", prose, Some(Format::Text)),
            ("a.csv", prose, None),
            ("a.txt", "\0\0\0\x01binary. Yes. No.", None),
        ] {
            assert_eq!(super::format(name, text.as_bytes(), &Options::default()).ok(), format, "{text}");
        }
    }
}
