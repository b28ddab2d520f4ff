//! RSS 0.9 to 2.0, RSS 1.0 (RDF) and Atom: one item or entry of a feed.
//!
//! The crate feed-rs is not used: it needs the whole feed in memory, and archives of feeds are large; one broken item
//! loses the whole feed; and it converts dates to UTC, where the source's own day of publication is needed.

use super::super::markup;
use super::super::stated::{self, add_keyword};
use super::language;
use super::prose::prose;
use super::tree::Element;
use morgue_article::{RawArticle, RawCaption};

/// Fields with the day of the last change.
const CHANGED: [&str; 4] = ["updated", "modified", "dcterms:modified", "dc:modified"];

pub(super) fn read(item: &Element, document: &Element) -> RawArticle {
    let nothing = Element::default();
    let root = document.elements().next().unwrap_or(&nothing);
    // The fields of the feed are next to the entries in Atom, else in the channel.
    let feed = root.child("channel").unwrap_or(root);
    let feed = if feed.name == item.name { &nothing } else { feed };
    let first = |names: &[&str]| names.iter().find_map(|name| item.line_of(name));

    let mut captions = media(item);
    let (body, description) = texts(item, &mut captions);
    let url = address(item, feed);
    RawArticle {
        id: id(item, url.as_deref()),
        title: item.child("title").and_then(line).or_else(|| first(&["dc:title", "media:title"])),
        body,
        description,
        // In Atom, an entry without authors has those of the feed.
        byline: match byline(item) {
            names if names.is_empty() && item.name == "entry" => match item.child("source").map(byline) {
                Some(names) if !names.is_empty() => names,
                _ => byline(feed),
            },
            names => names,
        },
        source: source(item, feed),
        published: first(&[
            "pubdate",
            "published",
            "issued",
            "dc:date",
            "dcterms:issued",
            "dcterms:created",
            "created",
            "date",
        ])
        .or_else(|| first(&CHANGED))
        .as_deref()
        .and_then(stated::date),
        modified: first(&CHANGED),
        language: language(item)
            .or_else(|| language(item.child("content")?))
            .map(str::to_owned)
            .or_else(|| first(&["dc:language", "language"]))
            .or_else(|| feed.line_of("language").or_else(|| feed.line_of("dc:language")))
            .or_else(|| language(root).map(str::to_owned)),
        keywords: keywords(item),
        url,
        captions,
        ..RawArticle::default()
    }
}

/// The text, and its summary if both are there.
fn texts(item: &Element, captions: &mut Vec<RawCaption>) -> (String, Option<String>) {
    let whole = ["content:encoded", "content", "body", "xhtml:body", "fulltext"];
    let whole = whole.iter().flat_map(|name| item.each(name)).filter(|content| is_text(content));
    // Some feeds have three dots or the title in place of the text.
    let title = item.line_of("title");
    let says_more = |text: &String| text.chars().any(char::is_alphanumeric) && Some(text) != title.as_ref();
    let body = whole.map(|content| text(content, captions)).find(says_more);
    let short = ["description", "summary", "itunes:summary", "dc:description", "media:description"];
    let group = item.each("media:group").flat_map(|group| group.each("media:description"));
    let short = short.iter().flat_map(|name| item.each(name)).chain(group);
    let short = short.map(|part| text(part, captions)).find(|text| !text.is_empty());
    match (body, short) {
        (Some(body), short) => (body, short.filter(|short| !short.contains('\n'))),
        // A feed without full texts has its texts here.
        (None, Some(short)) => (short, None),
        (None, None) => (String::new(), None),
    }
}

/// Is it text, and in the feed itself?
fn is_text(content: &Element) -> bool {
    let kind = content.attribute("type").unwrap_or_default();
    content.attribute("src").is_none() && !kind.starts_with("image/") && !kind.starts_with("video/")
}

fn text(content: &Element, captions: &mut Vec<RawCaption>) -> String {
    let is_html = content.attribute("type").is_some_and(|kind| kind == "html" || kind == "text/html");
    if is_html && content.elements().next().is_none() {
        return markup::text(&content.text(), captions);
    }
    let plain = prose(content, captions);
    if plain.contains('&') { markup::unescape(&plain).into_owned() } else { plain }
}

/// A title without its markup.
fn line(title: &Element) -> Option<String> {
    title.line().map(markup::line_if_markup).filter(|title| !title.is_empty())
}

fn id(item: &Element, url: Option<&str>) -> Option<String> {
    let own = ["guid", "id", "dc:identifier"].iter().find_map(|name| item.line_of(name));
    let own = own.or_else(|| item.attribute("rdf:about").map(str::to_owned));
    // In some feeds the ids differ only in the fragment, which addresses do not keep.
    own.map(|id| id.replace('#', "%23")).filter(|id| Some(id.as_str()) != url)
}

fn address(item: &Element, feed: &Element) -> Option<String> {
    let linked = |wanted: &str| {
        let links = item.each("link").chain(item.each("atom:link"));
        let mut links = links.filter(move |link| link.attribute("rel").unwrap_or("alternate") == wanted);
        links.find_map(|link| link.attribute("href").map(str::to_owned))
    };
    let guid =
        || item.each("guid").filter(|guid| guid.attribute("ispermalink") != Some("false")).find_map(Element::line);
    let origin = ["feedburner:origlink", "pheedo:origlink"].iter().find_map(|name| item.line_of(name));
    let url = origin.or_else(|| item.line_of("link")).or_else(|| linked("alternate"));
    let url = url.or_else(|| guid().filter(|guid| guid.contains("://"))).or_else(|| linked("self"))?;
    if url.contains("://") {
        return Some(url);
    }
    let base = item.attribute("xml:base").or_else(|| feed.attribute("xml:base")).map(str::to_owned);
    let mut links =
        feed.each("link").filter_map(|link| link.attribute("href").map(str::to_owned).or_else(|| link.line()));
    let base = base.or_else(|| links.find(|link| link.contains("://")));
    resolve_address(&base?, &url)
}

/// Resolves a relative address.
fn resolve_address(base: &str, path: &str) -> Option<String> {
    let (scheme, rest) = base.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    let root = format!("{scheme}://{host}");
    if path.starts_with("//") {
        return Some(format!("{scheme}:{path}"));
    }
    if path.starts_with('/') {
        return Some(format!("{root}{path}"));
    }
    let folder = rest.get(host.len()..)?.split(['?', '#']).next()?;
    let folder = folder.rsplit_once('/').map_or("", |(folder, _)| folder);
    Some(format!("{root}{folder}/{path}"))
}

fn byline(item: &Element) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for author in ["author", "dc:creator", "itunes:author"].iter().flat_map(|name| item.each(name)) {
        let name =
            author.line_of("name").or_else(|| if author.elements().next().is_none() { author.line() } else { None });
        let Some(name) = name.map(|name| without_address(&name)).filter(|name| !name.is_empty()) else { continue };
        // `admin` is the first account of a site, not a name.
        if !names.contains(&name) && name != "admin" {
            names.push(name);
        }
        if author.name == "itunes:author" {
            break;
        }
    }
    names
}

/// `ann@ledger.example (Ann Ode)` -> `Ann Ode`. A mail address alone is not a name.
fn without_address(author: &str) -> String {
    let author = author.split(" (mailto:").next().unwrap_or(author);
    match author.split_once('(') {
        Some((before, name)) if before.contains('@') => name.trim_end_matches(')').trim().to_owned(),
        _ if author.contains('@') && !author.contains(' ') => String::new(),
        _ => author.to_owned(),
    }
}

fn source(item: &Element, feed: &Element) -> Option<String> {
    let own = item.child("source").and_then(|source| source.line_of("title").or_else(|| source.line()));
    let publisher = ["dc:source", "dc:publisher"].iter().find_map(|name| item.line_of(name));
    own.or(publisher.filter(|name| !name.contains("://"))).or_else(|| feed.child("title").and_then(line))
}

fn keywords(item: &Element) -> Vec<String> {
    let mut keywords = Vec::new();
    for category in ["category", "dc:subject", "media:category"].iter().flat_map(|name| item.each(name)) {
        let word = category.attribute("label").map(str::to_owned).or_else(|| category.line());
        let word = word.or_else(|| category.attribute("term").map(str::to_owned)).unwrap_or_default();
        add_keyword(&mut keywords, &markup::line_if_markup(word));
    }
    let lists = ["media:keywords", "itunes:keywords"].iter().filter_map(|name| item.line_of(name));
    lists.for_each(|list| list.split(',').for_each(|word| add_keyword(&mut keywords, word)));
    keywords
}

/// Captions in Media RSS.
fn media(item: &Element) -> Vec<RawCaption> {
    let mut captions: Vec<RawCaption> = Vec::new();
    for picture in item.all().filter(|inner| inner.name == "media:content" || inner.name == "media:thumbnail") {
        let is_picture = picture.attribute("medium").is_none_or(|medium| medium == "image")
            && picture.attribute("type").is_none_or(|kind| kind.starts_with("image/"));
        let text = ["media:description", "media:text"].iter().find_map(|name| picture.line_of(name));
        let Some(text) = text.filter(|_| is_picture).map(markup::line_if_markup) else { continue };
        let credit = picture.line_of("media:credit");
        if text.contains(' ') && !captions.iter().any(|known| known.text == text) {
            captions.push(RawCaption { text, credit });
        }
    }
    captions
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_addresses_are_resolved() {
        for (base, path, whole) in [
            ("https://x.example/news/feed.xml", "a.html", "https://x.example/news/a.html"),
            ("https://x.example", "a.html", "https://x.example/a.html"),
            ("https://x.example/news/?a=/b", "/c", "https://x.example/c"),
            ("https://x.example/", "//y.example/c", "https://y.example/c"),
        ] {
            assert_eq!(resolve_address(base, path).as_deref(), Some(whole));
        }
        assert_eq!(resolve_address("nowhere", "a"), None);
    }

    #[test]
    fn addresses_are_removed_from_authors() {
        for (author, name) in [
            ("ann@x.example (Ann Ode)", "Ann Ode"),
            ("ann@x.example", ""),
            ("Ann Ode (mailto:ann@x.example)", "Ann Ode"),
            ("Ann Ode (Eldham)", "Ann Ode (Eldham)"),
        ] {
            assert_eq!(without_address(author), name);
        }
    }
}
