//! XML of news: feeds, NewsML of both generations, NITF and what some agencies send. Each record is one element (an
//! item, an entry), read together with what stood before the first of them.
//!
//! To add a dialect: its root's name in [`ROOTS`], a name for what its records are in [`RECORDS`], a file with
//! `read(item, ...)`, and its line in [`read`].

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

/// Roots of documents that are read.
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

/// Elements that are records, the outermost of them.
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

/// What bytes that begin like XML are.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Records of news.
    News,
    /// XML of some other kind.
    Other,
}

/// Whether these first bytes of a file begin a document of XML, and of which kind. HTML is none.
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

/// The name of the first element, behind declarations and comments.
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
                // Declarations of its own stand in brackets.
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
    // An element without elements says nothing: `<item/>`. Millions of them must not cost more than their bytes.
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
        "item" | "entry" => feed::read(item, &document),
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

/// Fills in an article from a text that is itself a document of NITF.
pub(super) fn fill_from_nitf(text: &str, article: &mut RawArticle) {
    if let Ok(document) = tree::parse(text)
        && let Some(nitf) = document.find("nitf")
    {
        nitf::fill(nitf, article);
    }
}

/// `gr/bp`: editors by their initials, who are nobody to a reader.
fn is_initials(name: &str) -> bool {
    name.len() <= 20
        && name.split('/').all(|part| (2..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_lowercase()))
}

/// The language that an element or one around its content states.
fn language(element: &Element) -> Option<&str> {
    element.attribute("xml:lang").or_else(|| element.attribute("lang")).filter(|tag| *tag != "x-default")
}

#[cfg(test)]
mod tests;
