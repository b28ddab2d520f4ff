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

/// The address that all addresses of a page share. It has the scheme `https`, a host in lower case without `www.`,
/// `m.` or `amp.`, and a path without the slash at its end. It has no fragment, no parameters that only track the
/// reader or ask for another form of the page, and no marks of AMP. `None` if it is not a URL of the web.
///
/// An address with a port of its own keeps its scheme: it is the address of a test server, where these rules may not
/// hold.
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
    let scheme = if host.contains(':') { &scheme } else { "https" };
    let kept: Vec<&str> =
        query.split('&').filter(|pair| !pair.is_empty() && !tracks(pair) && !asks_for_form(pair)).collect();
    let query = if kept.is_empty() { String::new() } else { format!("?{}", kept.join("&")) };
    Some(format!("{scheme}://{}/{}{query}", main_host(host), main_path(path)))
}

/// The host without the first name that only says for which device the page is made.
fn main_host(host: &str) -> &str {
    const DEVICES: [&str; 4] = ["www.", "m.", "mobile.", "amp."];
    let bare = DEVICES.iter().find_map(|device| host.strip_prefix(device));
    bare.filter(|bare| bare.contains('.')).unwrap_or(host)
}

/// The path without slashes around it and without the marks of AMP: `/amp` before or after it, and `.amp` before or
/// after `.html`.
fn main_path(path: &str) -> String {
    let path = path.trim_matches('/');
    let path = path.strip_prefix("amp/").or_else(|| path.strip_suffix("/amp")).unwrap_or(path).trim_end_matches('/');
    match (path.strip_suffix(".amp.html"), path.strip_suffix(".amp")) {
        (Some(bare), _) => format!("{bare}.html"),
        (None, Some(bare)) => bare.to_owned(),
        (None, None) => path.to_owned(),
    }
}

/// Does a parameter ask for another form of the same page?
fn asks_for_form(pair: &str) -> bool {
    let pair = pair.to_ascii_lowercase();
    ["amp", "amp=", "amp=1", "amp=true", "outputtype=amp", "outputtype=default-amp"].contains(&pair.as_str())
}

/// Does a parameter say where the reader came from, and not which article it is?
fn tracks(pair: &str) -> bool {
    let name = pair.split('=').next().unwrap_or_default().to_ascii_lowercase();
    ["utm_", "mtm_", "pk_", "hsa_", "at_custom"].iter().any(|start| name.starts_with(start)) || TRACKERS.contains(&name)
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
            ("http://x.example:80/A?id=3", "https://x.example/A?id=3"),
            ("http://x.example:8080/a?", "http://x.example:8080/a"),
            ("http://x.example/a?b#c?d", "https://x.example/a?b"),
        ];
        for (url, expected) in table {
            assert_eq!(canonical_url(url).as_deref(), Some(expected));
        }
        for other in ["", "mailto:a@b.example", "https://", "https:///a", "see https://x.example/"] {
            assert_eq!(canonical_url(other), None);
        }
    }

    #[test]
    fn one_page_has_one_id_under_all_its_addresses() {
        for url in [
            "https://echo.example/bridge/1",
            "http://echo.example/bridge/1",
            "https://www.echo.example/bridge/1",
            "http://WWW.Echo.example:80/bridge/1/",
            "https://echo.example/bridge/1/",
            "https://echo.example/bridge/1#comments",
            "https://echo.example/bridge/1?utm_source=mail&utm_campaign=x",
            "https://echo.example/bridge/1/?fbclid=abc&gclid=1",
            "https://echo.example/bridge/1?mtm_campaign=x&_hsenc=p2",
            "https://m.echo.example/bridge/1",
            "https://mobile.echo.example/bridge/1",
            "https://amp.echo.example/bridge/1",
            "https://echo.example/bridge/1/amp",
            "https://echo.example/bridge/1/amp/",
            "https://echo.example/amp/bridge/1",
            "https://echo.example/bridge/1.amp",
            "https://echo.example/bridge/1?amp=1",
            "https://echo.example/bridge/1?amp",
            "https://echo.example/bridge/1?outputType=amp",
        ] {
            assert_eq!(canonical_url(url).as_deref(), Some("https://echo.example/bridge/1"), "{url}");
        }
        let others = [
            "https://echo.example/bridge/2",
            "https://echo.example/Bridge/1",
            "https://echo.example/bridge/1?page=2",
            "https://echo.example/bridge/1?id=1",
            "https://news.echo.example/bridge/1",
            "https://echo.example/bridge/1.html",
            "https://echo.example/guitar/amp-repair",
            "https://m.example/bridge/1",
            "https://wwwecho.example/bridge/1",
            "http://echo.example:8080/bridge/1",
            "https://echo.example/",
        ];
        let ids: std::collections::BTreeSet<_> = others.iter().filter_map(|url| canonical_url(url)).collect();
        assert_eq!(ids.len(), others.len());
        assert!(!ids.contains("https://echo.example/bridge/1"));
        assert_eq!(canonical_url("https://echo.example/a.amp.html").as_deref(), Some("https://echo.example/a.html"));
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
