//! A record of a web archive -> the page in it. Which records hold one is told by [`kind`], from the record's header and
//! the first bytes of its block; only responses and resources that are HTML do.

use std::borrow::Cow;

use super::fault::Fault;
use super::html;
use super::http::Response;
use super::{Record, charset};
use morgue_article::{RawArticle, SkipReason};

/// Larger pages are not parsed. Bytes, unpacked.
const LARGEST: usize = 8 << 20;

/// Headers, of a record or of HTTP: lines of `Name: value` after a first line. Names are looked up in any case.
#[derive(Debug, Clone, Copy)]
pub(super) struct Headers<'b> {
    lines: &'b [u8],
}

impl<'b> Headers<'b> {
    pub(super) fn of(lines: &'b [u8]) -> Self {
        Headers { lines }
    }

    /// The first value of that name that is no empty one.
    pub(super) fn get(&self, name: &str) -> Option<&'b str> {
        let values = self.lines.split(|&byte| byte == b'\n').filter_map(|line| {
            let (found, value) = line.split_at_checked(memchr::memchr(b':', line)?)?;
            found.trim_ascii().eq_ignore_ascii_case(name.as_bytes()).then_some(value)
        });
        values
            .filter_map(|value| std::str::from_utf8(value.get(1..)?).ok())
            .map(str::trim)
            .find(|value| !value.is_empty())
    }

    /// The length that is stated.
    pub(super) fn length(&self) -> Option<u64> {
        self.get("content-length")?.parse().ok()
    }
}

/// What a record of a web archive is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A page.
    Page,
    /// Something else that was fetched, and what.
    NoPage(String),
    /// What the crawler sent or noted down.
    Untold,
}

/// What the record is whose block begins with `block`.
pub(super) fn kind(header: &[u8], block: &[u8]) -> Kind {
    let header = Headers::of(header);
    let kind = header.get("warc-type").unwrap_or_default();
    match kind.to_ascii_lowercase().as_str() {
        "response" | "resource" => {}
        "warcinfo" | "request" | "metadata" => return Kind::Untold,
        "revisit" => return Kind::NoPage("a revisit: what was fetched before, unchanged".to_owned()),
        "conversion" => return Kind::NoPage(format!("a conversion to {}", header.get("content-type").unwrap_or("?"))),
        "continuation" => return Kind::NoPage("a later part of a record that was cut".to_owned()),
        _ => return Kind::NoPage(format!("a record of type {kind:?}")),
    }
    fetched_kind(header.get("content-type"), block)
}

/// What was fetched: a response of HTTP, or bytes whose type is `stated`.
pub(super) fn fetched_kind(stated: Option<&str>, block: &[u8]) -> Kind {
    let Some(response) = Response::of(block) else {
        return of_type(stated.filter(|stated| !stated.starts_with("application/http")), block);
    };
    let target = response.headers.get("location").unwrap_or("?");
    match response.status {
        200 | 203 => of_type(response.headers.get("content-type"), response.packed()),
        204 | 205 => Kind::NoPage(format!("an empty response: status {}", response.status)),
        206 => Kind::NoPage("a part of a page: status 206".to_owned()),
        304 => Kind::NoPage("not changed since it was fetched before: status 304".to_owned()),
        status @ 300..400 => Kind::NoPage(format!("a redirect: status {status} to {target}")),
        status => Kind::NoPage(format!("an error: status {status}")),
    }
}

fn of_type(stated: Option<&str>, body: &[u8]) -> Kind {
    let Some(stated) = stated else {
        let is_page = html::is_page("", body.trim_ascii_start());
        return if is_page { Kind::Page } else { Kind::NoPage("of no stated type, and no HTML".to_owned()) };
    };
    let essence = stated.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match essence.as_str() {
        "text/html" | "application/xhtml+xml" => Kind::Page,
        _ => Kind::NoPage(essence),
    }
}

/// Reads the page of a record that is one.
pub(super) fn read(record: &Record) -> Result<RawArticle, Fault> {
    let (header, block) = record.bytes.split_at(header_length(&record.bytes));
    let header = Headers::of(header);
    // Some crawlers put addresses in angle brackets, or leave blanks in them.
    let url = header.get("warc-target-uri").map(|url| url.trim_matches(['<', '>']).trim().replace(' ', "%20"));
    page(block, url.as_deref(), header.get("warc-date"), header.get("content-type"))
}

/// Reads a page that was fetched.
pub(super) fn page(
    block: &[u8],
    url: Option<&str>,
    fetched: Option<&str>,
    kind: Option<&str>,
) -> Result<RawArticle, Fault> {
    let response = Response::of(block);
    let (body, kind) = match &response {
        Some(response) => (response.body(LARGEST), response.headers.get("content-type")),
        None => (Cow::Borrowed(block), kind),
    };
    if body.trim_ascii().is_empty() {
        return Err(Fault::new(SkipReason::NotAPage, "an empty page"));
    }
    let charset = kind.and_then(|kind| charset::declared(kind.as_bytes()));
    html::read(&body, charset, url, fetched)
}

fn header_length(record: &[u8]) -> usize {
    let ends = memchr::memchr_iter(b'\n', record);
    let mut ends = ends.filter_map(|end| match &record[end + 1..] {
        [b'\r', b'\n', ..] => Some(end + 3),
        [b'\n', ..] => Some(end + 2),
        _ => None,
    });
    ends.next().unwrap_or(record.len())
}
