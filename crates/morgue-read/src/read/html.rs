//! Saved web pages: the story without navigation and advertisements, and what the page says about it (title, byline,
//! day, source, captions and so on). A page that is not an article is a fault with that reason.
//!
//! One pass over the tags ([`page`]) collects everything outside the story and measures how deep the page nests. Only
//! then does the extractor of the story build its tree. Each field has a file of its own.

mod body;
mod byline;
mod day;
mod depth;
mod element_role;
mod hidden_element;
mod jsonld;
mod near_json;
mod page;
mod page_block;
mod publication_line;
mod rejection;
mod slim;
mod story_region;
mod title;

use std::borrow::Cow;
use std::io::Read;

use morgue_article::date::parse_published;
use morgue_article::text::letters_and_digits;
use morgue_article::{RawArticle, RawCaption, SkipReason};

use super::charset;
use super::fault::Fault;
use super::stated::{MAX_KEYWORDS, split_keywords};
use jsonld::JsonLd;
use page::Page;
use title::meta;

/// A larger page is not parsed, because the time for it cannot be predicted. Bytes.
pub(super) const LARGEST: usize = 8 << 20;

/// Reads a page. `charset` is the one that the server sent, `url` the address of the page and `fetched` the instant
/// of the fetch, where they are known.
///
/// # Errors
/// The page is not an article, or it cannot be parsed in bounded time.
pub(super) fn read(
    bytes: &[u8],
    charset: Option<&str>,
    url: Option<&str>,
    fetched: Option<&str>,
) -> Result<RawArticle, Fault> {
    if bytes.len() > LARGEST {
        let detail = format!("a page of {} bytes; at most {LARGEST} are parsed", bytes.len());
        return Err(Fault::new(SkipReason::TooLarge, detail));
    }
    let html = decode(bytes, charset);
    let page = page::read(&html)?;
    let stated = jsonld::read(&page.scripts);
    let Some(story) = body::extract(&html) else {
        return Err(Fault::new(SkipReason::Damaged, "the extractor of main text failed on it"));
    };
    let story = body::without_captions(story, &page);
    let mut article = describe(&page, &stated, url, fetched);
    let story = body::without_title(body_stated(&stated, story), article.title.as_deref());
    if let Some(why) = rejection::why_not_article(&page, &stated, article.title.as_deref(), &story) {
        return Err(Fault::new(SkipReason::NotAnArticle, why));
    }
    article.body = body::without_teasers(story, &page).join("\n\n");
    Ok(article)
}

/// Is this the start of a page? The name decides where it may be a fragment of a page.
pub(super) fn is_page(name: &str, start: &[u8]) -> bool {
    let named = [".html", ".htm", ".xhtml", ".shtml"].iter().any(|end| name.to_ascii_lowercase().ends_with(end));
    let start = String::from_utf8_lossy(&start[..start.len().min(4096)]);
    let mut rest = start.trim_start();
    // Comments and the XML declaration can come first.
    while let Some(end) = ["<!--", "<?"].iter().find(|mark| rest.starts_with(**mark)).and_then(|_| rest.find('>')) {
        rest = rest[end + 1..].trim_start();
    }
    let begins = |with: &&str| rest.get(..with.len()).is_some_and(|first| first.eq_ignore_ascii_case(with));
    PAGE_STARTS.iter().any(begins) || (named && rest.starts_with('<'))
}

const PAGE_STARTS: [&str; 6] = ["<!doctype html", "<html", "<head>", "<body", "<title>", "<meta "];

/// The text of a page. The charset is, in this order: that of the byte order mark, of the server, of the page's
/// declaration, or the one that fits the bytes.
fn decode<'b>(bytes: &'b [u8], charset: Option<&str>) -> Cow<'b, str> {
    if let Some(encoding) = charset::utf_16(bytes) {
        let mut text = Vec::new();
        // Reading from memory does not fail.
        let _ = charset::Utf16Reader::new(bytes, encoding).read_to_end(&mut text);
        return Cow::Owned(String::from_utf8_lossy(&text).into_owned());
    }
    let said = charset.filter(|charset| !charset.trim().eq_ignore_ascii_case("utf-8"));
    charset::decode(bytes, said.or_else(|| charset::declared(bytes)))
}

/// The story from JSON-LD if the page itself has almost no text, as when scripts fill in the story later.
fn body_stated(stated: &JsonLd, story: Vec<String>) -> Vec<String> {
    let found: usize = story.iter().map(String::len).sum();
    match &stated.body {
        Some(text) if found < 250 && text.len() > 2 * found => body::paragraphs(text),
        _ => story,
    }
}

/// All fields except the story.
fn describe(page: &Page<'_>, stated: &JsonLd, url: Option<&str>, fetched: Option<&str>) -> RawArticle {
    let address = address(page, stated, url);
    let language = language(page, stated);
    let known = day::DayContext {
        url: url.or(address.as_deref()),
        fetched: fetched.and_then(parse_published).map(|span| span.last()),
        order: day::order(language.as_deref(), url.or(address.as_deref())),
    };
    let source = byline::source(page, stated);
    let modified = day::modified(page, stated, known);
    let title = title::title(page, stated, source.as_deref());
    RawArticle {
        byline: byline::byline(page, stated, source.as_deref()),
        published: day::published(page, stated, title.as_deref(), known),
        title,
        version: fetched.map(str::to_owned).or_else(|| modified.clone()),
        modified,
        fetched: fetched.map(str::to_owned),
        source: source.or_else(|| known.url.and_then(host)),
        url: address,
        language,
        description: first(page, &["og:description", "description", "twitter:description"])
            .or_else(|| stated.description.clone()),
        section: first(page, &["article:section", "section", "parsely-section"]).or_else(|| stated.section.clone()),
        keywords: keywords(page, stated),
        captions: captions(page, stated),
        ..RawArticle::default()
    }
}

fn first(page: &Page<'_>, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| meta(page, name)).map(str::to_owned)
}

/// The canonical address if it is the address of an article, else the address that the page was fetched from.
fn address(page: &Page<'_>, stated: &JsonLd, url: Option<&str>) -> Option<String> {
    let shared = meta(page, "og:url");
    let candidates = [page.canonical.as_deref(), shared, stated.url.as_deref()];
    let own = candidates.into_iter().flatten().find(|address| {
        // Some pages state the address of their front page.
        let path = address.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path);
        address.starts_with("http") && !path.trim_matches('/').is_empty()
    });
    own.or(url).map(str::to_owned)
}

fn host(url: &str) -> Option<String> {
    let host = url.split_once("://")?.1.split(['/', '?', ':']).next()?;
    Some(host.strip_prefix("www.").unwrap_or(host).to_owned()).filter(|host| host.contains('.'))
}

fn language(page: &Page<'_>, stated: &JsonLd) -> Option<String> {
    let declared = [page.language.as_deref(), meta(page, "og:locale"), stated.language.as_deref()];
    let declared = declared.into_iter().chain([meta(page, "content-language"), meta(page, "language")]);
    declared.flatten().map(|tag| tag.trim().replace('_', "-")).find(|tag| is_language_tag(tag))
}

fn is_language_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let main = parts.next().unwrap_or_default();
    let is_main = (2..=3).contains(&main.len()) && main.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_main && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

fn keywords(page: &Page<'_>, stated: &JsonLd) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let tags = page.metas.iter().filter(|(name, _)| name == "article:tag").map(|(_, content)| content.as_str());
    let lists = ["news_keywords", "keywords", "parsely-tags"].into_iter().filter_map(|name| meta(page, name));
    let words = tags.chain(lists).flat_map(split_keywords).chain(stated.keywords.iter().map(String::as_str));
    for word in words.map(str::trim).filter(|word| !word.is_empty() && word.len() <= 100) {
        if found.len() < MAX_KEYWORDS && !found.iter().any(|known| known.eq_ignore_ascii_case(word)) {
            found.push(word.to_owned());
        }
    }
    found
}

fn captions(page: &Page<'_>, stated: &JsonLd) -> Vec<RawCaption> {
    let mut found: Vec<RawCaption> = Vec::new();
    let on_page = page.captions.iter().map(|caption| (caption.text.as_str(), caption.credit.as_str()));
    let in_json = stated.captions.iter().map(|text| (text.as_str(), ""));
    for (text, credit) in on_page.chain(in_json) {
        let key = letters_and_digits(text);
        // A caption is often on the page twice, once with its credit, and again in JSON-LD.
        let known = found.iter().any(|caption| {
            let known = letters_and_digits(&caption.text);
            known == key || (key.len() >= 20 && known.len() >= 20 && (known.contains(&key) || key.contains(&known)))
        });
        if !known && !key.is_empty() {
            let credit = Some(credit).filter(|credit| !credit.is_empty()).map(str::to_owned);
            found.push(RawCaption { text: text.to_owned(), credit });
        }
    }
    found
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod text_laws;
