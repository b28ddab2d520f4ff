//! The id of an article in an index, and its rank among the versions of that id.
//!
//! A URI, URN or agency GUID identifies an article everywhere. Any other id of a source (`1`, `business/001`) is local
//! to its file. Without an id, the URL is the id; without a URL, the number of the record in its file.

use morgue_article::{RawArticle, WordList};

use super::timestamp;

/// Parameters of addresses that only track the reader.
static TRACKERS: WordList = WordList::new(include_str!("words/trackers.txt"));

/// The id of an article.
pub(super) fn id(raw: &RawArticle) -> String {
    let own = raw.id.as_deref().map(str::trim).filter(|own| !own.is_empty());
    let url = raw.url.as_deref().and_then(canonical_url);
    match (own, url) {
        (Some(own), _) if is_web_address(own) => canonical_url(own).unwrap_or_else(|| own.to_owned()),
        (Some(own), _) if is_global(own) => own.to_owned(),
        (Some(own), _) => format!("{}#{own}", raw.origin.path),
        (None, Some(url)) => url,
        (None, None) => format!("{}#{}", raw.origin.path, raw.origin.record),
    }
}

/// Is an id unique everywhere? It is if it is a URI with a scheme, or a GUID.
fn is_global(id: &str) -> bool {
    is_uri(id) || is_guid(id)
}

fn is_uri(id: &str) -> bool {
    let Some((scheme, rest)) = id.split_once(':') else { return false };
    let known = ["urn", "tag", "doi", "info", "ni", "cid", "mid", "uuid", "http", "https", "ftp", "at"];
    let well_formed = !rest.is_empty() && !rest.contains(char::is_whitespace);
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'.' | b'-'));
    well_formed && is_scheme && (rest.starts_with("//") || known.iter().any(|k| scheme.eq_ignore_ascii_case(k)))
}

/// Is it a GUID as agencies write it: at least 32 hexadecimal digits, perhaps in groups and braces?
fn is_guid(id: &str) -> bool {
    let id = id.strip_prefix('{').and_then(|id| id.strip_suffix('}')).unwrap_or(id);
    let digits = id.bytes().filter(u8::is_ascii_hexdigit).count();
    let groups = id.bytes().filter(|&b| b == b'-').count();
    digits + groups == id.len() && (32..=64).contains(&digits) && (groups == 0 || groups == 4)
}

fn is_web_address(id: &str) -> bool {
    let scheme = id.split_once("://").map_or("", |(scheme, _)| scheme);
    scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
}

/// A URL without the parts that do not identify an article: its fragment, parameters that only track the reader, and
/// the default port. Scheme and host are in lower case. `None` if it is not a URL of the web.
pub(super) fn canonical_url(url: &str) -> Option<String> {
    let url = url.trim();
    if !is_web_address(url) || url.contains(char::is_whitespace) {
        return None;
    }
    let (scheme, rest) = url.split_once("://")?;
    let scheme = scheme.to_ascii_lowercase();
    let rest = rest.split('#').next().unwrap_or_default();
    let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    if host.is_empty() {
        return None;
    }
    let host = host.to_ascii_lowercase();
    let own_port = if scheme == "https" { ":443" } else { ":80" };
    let host = host.strip_suffix(own_port).unwrap_or(&host);
    let path = if path.is_empty() { "/" } else { path };
    let kept: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty() && !tracks(pair)).collect();
    let query = if kept.is_empty() { String::new() } else { format!("?{}", kept.join("&")) };
    Some(format!("{scheme}://{host}{path}{query}"))
}

/// Does a parameter say where the reader came from, and not which article it is?
fn tracks(pair: &str) -> bool {
    let name = pair.split('=').next().unwrap_or_default().to_ascii_lowercase();
    name.starts_with("utm_") || TRACKERS.contains(&name)
}

/// The rank of a version: a number stays as it is, a time becomes seconds since 1970. Without a version, the time of
/// the last change; without both, 0.
pub(super) fn version(raw: &RawArticle) -> u64 {
    let stated = raw.version.as_deref().and_then(version_number);
    let changed = || raw.modified.as_deref().and_then(timestamp::seconds);
    stated.or_else(changed).unwrap_or(0)
}

fn version_number(text: &str) -> Option<u64> {
    let text = text.trim();
    match text.parse() {
        Ok(number) => Some(number),
        Err(_) => timestamp::seconds(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use morgue_article::Origin;

    fn raw(id: &str, url: &str) -> RawArticle {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let origin = Origin { path: "news/a.jsonl".into(), record: 7 };
        RawArticle { origin, id: some(id), url: some(url), ..RawArticle::default() }
    }

    #[test]
    fn ids_are_global_or_local() {
        let table = [
            ("urn:newsml:brackwater.example:20190315:42", "", "urn:newsml:brackwater.example:20190315:42"),
            ("tag:brackwater.example,2019:42", "", "tag:brackwater.example,2019:42"),
            ("HTTPS://News.Example/a?utm_source=x#top", "", "https://news.example/a"),
            ("0f4d5cba-6686-40eb-8f5e-1234567890ab", "", "0f4d5cba-6686-40eb-8f5e-1234567890ab"),
            ("42", "https://news.example/a", "news/a.jsonl#42"),
            ("business/001", "", "news/a.jsonl#business/001"),
            ("note: this", "", "news/a.jsonl#note: this"),
            (" ", "https://news.example/a", "https://news.example/a"),
            ("", "https://news.example", "https://news.example/"),
            ("", "/a/b", "news/a.jsonl#7"),
            ("", "", "news/a.jsonl#7"),
        ];
        for (id, url, expected) in table {
            assert_eq!(super::id(&raw(id, url)), expected);
        }
    }

    #[test]
    fn addresses_lose_what_only_tracks() {
        let table = [
            ("https://X.example:443/A?id=3&utm_medium=mail&fbclid=9", "https://x.example/A?id=3"),
            ("http://x.example:8080/a?", "http://x.example:8080/a"),
            ("http://x.example/a?b#c?d", "http://x.example/a?b"),
        ];
        for (url, expected) in table {
            assert_eq!(canonical_url(url).as_deref(), Some(expected));
        }
        for other in ["", "mailto:a@b.example", "https://", "https:///a", "see https://x.example/"] {
            assert_eq!(canonical_url(other), None);
        }
    }

    #[test]
    fn versions_rank() {
        let with = |version: &str, modified: Option<&str>| {
            version_of(RawArticle {
                version: (!version.is_empty()).then(|| version.to_owned()),
                modified: modified.map(str::to_owned),
                ..RawArticle::default()
            })
        };
        fn version_of(raw: RawArticle) -> u64 {
            version(&raw)
        }
        assert_eq!(with("3", Some("2019-03-15")), 3);
        assert_eq!(with("2019-03-15T10:00:00Z", None), 1_552_644_000);
        assert_eq!(with("", Some("2019-03-15T11:00:00+01:00")), 1_552_644_000);
        assert_eq!(with("final", None), 0);
    }
}
