//! RSS 0.9 to 2.0, RSS 1.0 (RDF) and Atom: one item or entry of a feed.
//!
//! The crate feed-rs is not used: it needs the whole feed in memory, and archives of feeds are large; one broken item
//! loses the whole feed; and it converts dates to UTC, where the source's own day of publication is needed.

use super::super::feed_keys::SharedBy;
use super::super::markup;
use super::super::stated::{self, add_keyword};
use super::language;
use super::prose::prose;
use super::tree::Element;
use morgue_article::{RawArticle, RawCaption};

/// Fields with the day of the last change.
const CHANGED: [&str; 4] = ["updated", "modified", "dcterms:modified", "dc:modified"];

/// Reads an item; `shared_by` says what its id and address share with other items of the feed.
pub(super) fn read(item: &Element, document: &Element, shared_by: SharedBy) -> RawArticle {
    let nothing = Element::default();
    let root = document.elements().next().unwrap_or(&nothing);
    // The fields of the feed are next to the entries in Atom, else in the channel.
    let feed = root.child("channel").unwrap_or(root);
    let feed = if feed.name == item.name { &nothing } else { feed };
    let first = |names: &[&str]| names.iter().find_map(|name| item.line_of(name));

    let mut captions = media(item);
    let (body, description) = texts(item, &mut captions);
    let url = address(item, feed);
    let title = item.child("title").and_then(line).or_else(|| first(&["dc:title", "media:title"]));
    let home = feed.line_of("link");
    let identity =
        Identity { id: own_id(item, home.as_deref()), url: url.as_deref(), title: title.as_deref(), shared_by };
    RawArticle {
        id: identity.id(home.as_deref()),
        title,
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

/// The id that an item states, unless it identifies nothing: a zero, the home page.
fn own_id(item: &Element, home: Option<&str>) -> Option<String> {
    let own = ["guid", "id", "dc:identifier"].iter().find_map(|name| item.line_of(name));
    let own = own.or_else(|| item.attribute("rdf:about").map(str::to_owned));
    own.filter(|id| !stated::is_no_id(id) && !is_home_page(id, home))
}

/// Is it the address of a site, not of a page of it?
fn is_home_page(url: &str, home: Option<&str>) -> bool {
    let without_slash = |url: &str| url.trim_end_matches('/').to_ascii_lowercase();
    if home.is_some_and(|home| without_slash(home) == without_slash(url)) {
        return true;
    }
    url.split_once("://").is_some_and(|(_, rest)| !rest.trim_end_matches('/').contains(['/', '?', '#']))
}

/// What identifies an item of a feed. A feed is fetched many times, so that an item must have the same id in each file:
/// an id that is unique everywhere, else its address with the id of the feed, else its address.
struct Identity<'i> {
    id: Option<String>,
    url: Option<&'i str>,
    title: Option<&'i str>,
    shared_by: SharedBy,
}

impl Identity<'_> {
    /// The id; `None` where the address without its fragment is the id.
    fn id(self, home: Option<&str>) -> Option<String> {
        // In some feeds the ids differ only in the fragment, which addresses do not keep.
        let own = self.id.map(|id| id.replace('#', "%23")).filter(|id| Some(id.as_str()) != self.url);
        let is_url_of_site = own.is_none() && self.url.is_some_and(|url| is_home_page(url, home));
        let title = self.title.filter(|_| self.shared_by.address || is_url_of_site);
        let Some(url) = self.url else {
            // An id with a blank is local to its file.
            return Some(own? + &title.map_or_else(String::new, |title| format!(" {title}")));
        };
        let is_enough = !self.shared_by.id && title.is_none();
        if is_enough && own.as_deref().is_some_and(is_global) {
            return own;
        }
        match (own, title) {
            (None, None) => stated::id_of_fragment(url),
            (own, title) => {
                let guid = own.map(|own| ("guid", own));
                let title = title.map(|title| ("title", title.to_owned()));
                Some(with_parameters(url, guid.into_iter().chain(title)))
            }
        }
    }
}

/// Is an id unique everywhere? It is if it is an address, a URN or a GUID.
fn is_global(id: &str) -> bool {
    let is_guid = id.len() >= 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit() || b"-{}".contains(&byte));
    let schemes = ["urn:", "tag:", "doi:", "info:", "uuid:", "mid:", "cid:", "at:", "ni:"];
    is_guid || id.contains("://") || schemes.iter().any(|scheme| id.starts_with(scheme))
}

/// An address with more parameters, before those that it has.
fn with_parameters(url: &str, parameters: impl Iterator<Item = (&'static str, String)>) -> String {
    let url = url.split('#').next().unwrap_or(url);
    let (page, query) = url.split_once('?').unwrap_or((url, ""));
    let mut whole = format!("{page}?");
    for (name, value) in parameters {
        whole.push_str(&format!("{name}={}&", encoded(&value)));
    }
    whole.push_str(query);
    whole.trim_end_matches('&').to_owned()
}

/// A value of a parameter: characters that end it are written as `%XX`, blanks as `+`.
fn encoded(value: &str) -> String {
    let mut encoded = String::with_capacity(value.len());
    for letter in value.trim().chars() {
        match letter {
            letter if letter.is_whitespace() => encoded.push('+'),
            '%' | '&' | '#' | '+' => encoded.push_str(&format!("%{:02X}", u32::from(letter))),
            letter => encoded.push(letter),
        }
    }
    encoded
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
