//! The formats that hold articles. For each of them, side by side: how it is recognized ([`Format::recognize`]), how it
//! is cut into records ([`Format::cutter`]) and what reads one record ([`Format::read`]).
//!
//! To add a format: a file with its reader (and, if need be, its own cutter), a value of [`Format`], and a line in each
//! of the three functions below. Archives and compression are undone before a format is recognized; see `records`.

use super::cut::{Between, Cutter, Lines, Whole};
use super::element_cut::Elements;
use super::fault::Fault;
use super::feed_keys::FeedItems;
use super::json_cut::JsonValues;
use super::mail_embedded::Messages;
use super::table::Table;
use super::table_form::{self, TableForm};
use super::{Options, Record};
use super::{arc, docx, html, json, json_cut, mail, pdf, reuters, table, text, trec, warc, web, wire, xml};
use morgue_article::{RawArticle, SkipReason};

/// Bytes at the start of a stream by which its format is recognized.
pub(super) const HEAD: usize = 64 << 10;

/// A format that holds records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// Web archive.
    Warc,
    /// Web archive in the older format.
    Arc,
    /// PDF, one article.
    Pdf,
    /// Word file (.docx), one article.
    Word,
    /// JSON Lines: one object per line.
    JsonLines,
    /// JSON values that may span lines: an object, an array, a container.
    Json,
    /// Reuters-21578 SGML.
    Reuters,
    /// TREC SGML.
    Trec,
    /// Feeds, NewsML, NITF and other XML of news.
    Xml,
    /// Web page, one article.
    Html,
    /// One mail message.
    Mail,
    /// Many mail messages.
    Mbox,
    /// Messages of news agencies: ANPA 1312, IPTC 7901.
    Wire,
    /// Table (CSV, TSV and so on) that is written like this.
    Table(TableForm),
    /// Plain text, one article.
    Text,
}

impl Format {
    /// The format of unpacked bytes that begin with `head`. The most specific marks are checked first; the name of the
    /// file counts only where the bytes leave the format open. A Word file is recognized earlier, by the members of its
    /// zip archive (`Zip::content`).
    ///
    /// # Errors
    /// The reason why the bytes hold no articles.
    pub(super) fn recognize(name: &str, head: &[u8], options: &Options) -> Result<Format, Fault> {
        let start = head.trim_ascii_start();
        let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start();
        let is_whole = head.len() < HEAD;
        if warc::is_warc(start) {
            return Ok(Format::Warc);
        }
        if arc::is_arc(start) {
            return Ok(Format::Arc);
        }
        if start.starts_with(pdf::MAGIC) {
            return Ok(Format::Pdf);
        }
        if json_cut::is_json(start) {
            return Ok(if json_cut::is_json_lines(start, is_whole) { Format::JsonLines } else { Format::Json });
        }
        if reuters::is_reuters(start) {
            return Ok(Format::Reuters);
        }
        if trec::is_trec(start) {
            return Ok(Format::Trec);
        }
        match xml::kind(name, start) {
            Some(xml::Kind::News) => return Ok(Format::Xml),
            Some(xml::Kind::Other) if !html::is_page(name, start) => {
                let detail = "XML of another kind: neither a feed nor NewsML nor NITF";
                return Err(Fault::new(SkipReason::NotAnArticle, detail));
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
        if wire::is_wire_message(head) {
            return Ok(Format::Wire);
        }
        match table_form::recognize(name, start, options) {
            Some(Ok(form)) => return Ok(Format::Table(form)),
            Some(Err(why)) => return Err(Fault::new(SkipReason::NotAnArticle, why)),
            None => {}
        }
        if text::is_binary(head) {
            return Err(Fault::new(SkipReason::UnknownFormat, "neither text nor a known format"));
        }
        match text::why_not_an_article(name, head) {
            Some(why) => Err(Fault::new(SkipReason::NotAnArticle, why)),
            None => Ok(Format::Text),
        }
    }

    /// A cutter for a stream of this format.
    pub(super) fn cutter(self) -> Box<dyn Cutter> {
        match self {
            Format::Warc => Box::new(warc::cutter()),
            Format::Arc => Box::new(arc::cutter()),
            Format::Pdf | Format::Word | Format::Html | Format::Text => Box::new(Whole::default()),
            Format::JsonLines => Box::new(Lines::default()),
            Format::Json => Box::new(JsonValues::default()),
            Format::Reuters => Box::new(Between::tags("<REUTERS", "</REUTERS>")),
            Format::Trec => Box::new(Between::tags("<DOC", "</DOC>")),
            Format::Xml => Box::new(FeedItems::new(Elements::new(&xml::RECORDS))),
            Format::Mail => Box::new(Messages::new(Whole::default())),
            Format::Mbox => Box::new(Messages::new(mail::Mbox::default())),
            Format::Wire => Box::new(Between::control_characters(wire::START, wire::END)),
            Format::Table(form) => Box::new(Table::new(form)),
        }
    }

    /// Reads one record of this format. The article has no origin yet.
    ///
    /// # Errors
    /// The reason why the record is not an article.
    pub(super) fn read(self, record: &Record, options: &Options) -> Result<RawArticle, Fault> {
        match self {
            Format::Warc => web::read(record),
            Format::Arc => arc::read(record),
            Format::Pdf => pdf::read(record, options),
            Format::Word => docx::read(record),
            Format::JsonLines | Format::Json => json::read(record, options),
            Format::Reuters => reuters::read(record),
            Format::Trec => trec::read(record),
            Format::Xml => xml::read(record, options),
            Format::Html => html::read(&record.bytes, None, None, None),
            Format::Mail | Format::Mbox => mail::read(record, options),
            Format::Wire => wire::read(record),
            Format::Table(form) => table::read(record, form.delimiter, options),
            Format::Text => Ok(text::read(record)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_recognized_by_their_first_bytes() {
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
            assert_eq!(Format::recognize(name, text.as_bytes(), &Options::default()).ok(), format, "{text}");
        }
    }
}
