//! Web archives, what WARC and ARC have in common: which records hold a page ([`fetched_content`]), how their cutters go
//! on after an error ([`ArchiveCutter`]), and how a page is read from its record.

use std::borrow::Cow;
use std::io;

use super::cut::{Cut, Cutter};
use super::fault::Fault;
use super::headers::{Headers, split_headers};
use super::html;
use super::http::Response;
use super::input::{self, Input};
use super::{Record, charset};
use morgue_article::{RawArticle, SkipReason};

/// What one record of a web archive holds.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// A page.
    Page,
    /// Something else that was fetched, with a description of it; counted as a skip.
    NotAPage(String),
    /// A warcinfo, request or metadata record of the crawler; ignored without a skip.
    CrawlerRecord,
}

/// The content of a WARC record: `block` has at least its first bytes.
pub(super) fn warc_content(header: &[u8], block: &[u8]) -> Content {
    let header = Headers::new(header);
    let record_type = header.get("warc-type").unwrap_or_default();
    match record_type.to_ascii_lowercase().as_str() {
        "response" | "resource" => fetched_content(header.get("content-type"), block),
        "warcinfo" | "request" | "metadata" => Content::CrawlerRecord,
        "revisit" => Content::NotAPage("a revisit: the same as fetched before".to_owned()),
        "conversion" => {
            Content::NotAPage(format!("a conversion to {}", header.get("content-type").unwrap_or("an unknown type")))
        }
        "continuation" => Content::NotAPage("a later part of a record that was split".to_owned()),
        _ => Content::NotAPage(format!("a record of type {record_type:?}")),
    }
}

/// The content that was fetched: an HTTP response, or bytes of the type `stated`.
pub(super) fn fetched_content(stated: Option<&str>, block: &[u8]) -> Content {
    let Some(response) = Response::parse(block) else {
        return content_of_type(stated.filter(|stated| !stated.starts_with("application/http")), block);
    };
    match response.status {
        200 | 203 => content_of_type(response.headers.get("content-type"), response.encoded_body()),
        204 | 205 => Content::NotAPage(format!("an empty response: status {}", response.status)),
        206 => Content::NotAPage("a part of a page: status 206".to_owned()),
        304 => Content::NotAPage("not changed since it was fetched before: status 304".to_owned()),
        status @ 300..400 => {
            let target = response.headers.get("location").unwrap_or("an unknown address");
            Content::NotAPage(format!("a redirect: status {status} to {target}"))
        }
        status => Content::NotAPage(format!("an error: status {status}")),
    }
}

fn content_of_type(stated: Option<&str>, body: &[u8]) -> Content {
    let Some(stated) = stated else {
        if html::is_page("", body.trim_ascii_start()) {
            return Content::Page;
        }
        return Content::NotAPage("not HTML, and of no stated type".to_owned());
    };
    let essence = stated.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match essence.as_str() {
        "text/html" | "application/xhtml+xml" => Content::Page,
        _ => Content::NotAPage(essence),
    }
}

/// Cuts a web archive, record by record; goes on after a corrupt gzip member.
#[derive(Debug, Default)]
pub(super) struct ArchiveCutter<F> {
    format: F,
    state: ArchiveState,
}

/// How far a web archive has been cut.
#[derive(Debug, Default)]
pub(super) struct ArchiveState {
    pub(super) ended: bool,
    /// Bytes that belong to no record have been reported since the last record: one report is enough.
    pub(super) strays_reported: bool,
}

/// What is specific to WARC or to ARC.
pub(super) trait ArchiveFormat: Send {
    /// Cuts the next record; `None` where it is one that is ignored, or at the end.
    fn next_record(&mut self, state: &mut ArchiveState, input: &mut Input<'_>, limit: usize)
    -> io::Result<Option<Cut>>;
}

impl<F: ArchiveFormat> Cutter for ArchiveCutter<F> {
    fn next(&mut self, input: &mut Input<'_>, limit: usize) -> Option<Cut> {
        while !self.state.ended {
            match self.format.next_record(&mut self.state, input, limit) {
                Ok(None) => {}
                Ok(Some(cut)) => return Some(cut),
                Err(error) => {
                    let fault = Fault::io(&error, input);
                    input.consume(input.window().len());
                    self.state.ended = !input::is_corrupt_member(&error);
                    self.state.strays_reported = true;
                    return Some(Err(fault));
                }
            }
        }
        None
    }
}

/// Reads the page in a WARC record.
pub(super) fn read(record: &Record) -> Result<RawArticle, Fault> {
    let (header, block) = split_headers(&record.bytes);
    let header = Headers::new(header);
    // Some crawlers put addresses in angle brackets, or leave blanks in them.
    let url = header.get("warc-target-uri").map(|url| url.trim_matches(['<', '>']).trim().replace(' ', "%20"));
    read_page(block, url.as_deref(), header.get("warc-date"), header.get("content-type"))
}

/// Reads a page that was fetched: an HTTP response, or bytes of the type `stated`.
pub(super) fn read_page(
    block: &[u8],
    url: Option<&str>,
    fetched: Option<&str>,
    stated: Option<&str>,
) -> Result<RawArticle, Fault> {
    let response = Response::parse(block);
    let (body, stated) = match &response {
        Some(response) => (response.body(html::LARGEST), response.headers.get("content-type")),
        None => (Cow::Borrowed(block), stated),
    };
    if body.trim_ascii().is_empty() {
        return Err(Fault::new(SkipReason::NotAPage, "an empty page"));
    }
    let charset = stated.and_then(|stated| charset::declared(stated.as_bytes()));
    html::read(&body, charset, url, fetched)
}
