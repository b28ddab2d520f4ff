//! XML of news: feeds, both generations of NewsML, NITF and formats of single agencies. A record is one element (an
//! item, an entry). It is parsed together with the bytes before the first record of its file.
//!
//! To add a dialect: add the name of its root to [`ROOTS`], the name of its records to [`RECORDS`], a file with
//! `read(item, ...)`, and a line in [`read`].

mod feed;
mod g2;
mod newsml;
mod nitf;
mod prose;
mod ritzau;
mod tree;
mod wordpress;

use super::fault::Fault;
use super::{Options, Record, charset};
use morgue_article::{RawArticle, SkipReason};
use tree::Element;

/// Names of root elements that are read.
const ROOTS: [&str; 16] = [
    "rss",
    "rdf",
    "feed",
    "entry",
    "channel",
    "newsml",
    "newsmessage",
    "newsitem",
    "packageitem",
    "conceptitem",
    "knowledgeitem",
    "planningitem",
    "catalogitem",
    "nitf",
    "rbnews",
    "xmlnewsqueuedresponse",
];

/// Names of elements that are records. Inside another record they are not.
pub(super) const RECORDS: [&str; 10] = [
    "item",
    "entry",
    "newsitem",
    "packageitem",
    "conceptitem",
    "knowledgeitem",
    "planningitem",
    "catalogitem",
    "nitf",
    "rbnews",
];

/// What XML contains.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Records of news.
    News,
    /// Something else.
    Other,
}

/// What XML these first bytes of a file begin; `None` if they are not XML. HTML is not XML here.
pub(super) fn kind(name: &str, start: &[u8]) -> Option<Kind> {
    let named = [".xml", ".nitf", ".rss", ".atom", ".rdf"].iter().any(|end| name.to_ascii_lowercase().ends_with(end));
    let declared = start.starts_with(b"<?xml") || named && start.starts_with(b"<");
    let root = root(start).unwrap_or_default().to_ascii_lowercase();
    let local = root.rsplit(':').next().unwrap_or_default();
    let has_nitf = || memchr::memmem::find(start, b"<nitf").is_some();
    match local {
        "html" => None,
        _ if ROOTS.contains(&local) => Some(Kind::News),
        _ if declared && has_nitf() => Some(Kind::News),
        _ if declared => Some(Kind::Other),
        _ => None,
    }
}

/// The name of the first element after declarations and comments.
fn root(start: &[u8]) -> Option<&str> {
    let mut rest = start;
    loop {
        rest = rest.trim_ascii_start();
        let skip = |end: &[u8]| memchr::memmem::find(rest, end).map(|at| at + end.len());
        let skipped = match rest {
            [b'<', b'?', ..] => skip(b"?>")?,
            [b'<', b'!', b'-', b'-', ..] => skip(b"-->")?,
            [b'<', b'!', ..] => {
                let plain = skip(b">")?;
                // A document type can contain declarations, in brackets.
                if rest[..plain].contains(&b'[') { skip(b"]>").or_else(|| skip(b"] >"))? } else { plain }
            }
            [b'<', ..] => break,
            _ => return None,
        };
        rest = &rest[skipped..];
    }
    let name = &rest[1..];
    let end = name.iter().position(|&byte| byte.is_ascii_whitespace() || b"/>".contains(&byte))?;
    std::str::from_utf8(&name[..end]).ok()
}

/// Reads one record.
pub(super) fn read(record: &Record, options: &Options) -> Result<RawArticle, Fault> {
    // An element without children, such as `<item/>`, says nothing. Millions of them must cost no more than their bytes.
    if memchr::memchr_iter(b'<', &record.bytes).nth(2).is_none() {
        return Err(Fault::new(SkipReason::NoText, "neither headline nor text"));
    }
    let before = record.shared_context.as_deref().unwrap_or_default();
    let mut bytes = Vec::with_capacity(before.len() + record.bytes.len());
    bytes.extend_from_slice(before);
    bytes.extend_from_slice(&record.bytes);
    let text = charset::decode(&bytes, charset::declared(before).or_else(|| charset::declared(&record.bytes)));
    let document = tree::parse(&text)?;
    let Some(item) = document.all().find(|element| RECORDS.contains(&element.name.as_str())) else {
        return Err(Fault::new(SkipReason::Damaged, "its tags do not nest"));
    };
    let mut article = match item.name.as_str() {
        "item" if item.child("wp:post_type").is_some() => wordpress::read(item, &document)?,
        "item" | "entry" => {
            let shared_by = record.shared_keys.as_ref().map(|keys| keys.shared_by(&record.bytes));
            feed::read(item, &document, shared_by.unwrap_or_default())
        }
        "newsitem" if document.find("newsml").is_some() => newsml::read(item, options)?,
        "nitf" => nitf::read(item, options)?,
        "rbnews" => ritzau::read(item)?,
        _ => g2::read(item, &document, options)?,
    };
    article.byline.retain(|name| !is_initials(name));
    if article.body.trim().is_empty() && article.title.is_none() && article.description.is_none() {
        return Err(Fault::new(SkipReason::NoText, "neither headline nor text"));
    }
    Ok(article)
}

/// Fills in an article from a text that is a whole NITF document.
pub(super) fn fill_from_nitf(text: &str, article: &mut RawArticle) {
    if let Ok(document) = tree::parse(text)
        && let Some(nitf) = document.find("nitf")
    {
        nitf::fill(nitf, article);
    }
}

/// Is it the initials of editors, as in `gr/bp`? They mean nothing to a reader.
fn is_initials(name: &str) -> bool {
    name.len() <= 20
        && name.split('/').all(|part| (2..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_lowercase()))
}

/// The language that an element states.
fn language(element: &Element) -> Option<&str> {
    element.attribute("xml:lang").or_else(|| element.attribute("lang")).filter(|tag| *tag != "x-default")
}

#[cfg(test)]
mod tests;
