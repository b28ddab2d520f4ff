//! JSON-LD: a page's description of its article for programs, `{"@type": "NewsArticle", "headline": ...}`.

use super::near_json;
use serde_json::{Map, Value};

/// The fields of an article in JSON-LD.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct JsonLd {
    /// The type is that of an article, not of any page.
    pub(super) is_article: bool,
    pub(super) headline: Option<String>,
    pub(super) published: Option<String>,
    pub(super) created: Option<String>,
    pub(super) modified: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) publisher: Option<String>,
    pub(super) section: Option<String>,
    pub(super) keywords: Vec<String>,
    pub(super) language: Option<String>,
    pub(super) description: Option<String>,
    pub(super) url: Option<String>,
    pub(super) captions: Vec<String>,
    pub(super) body: Option<String>,
}

/// Types of schema.org that are articles. Other types that end in `Article` are articles, too.
const ARTICLES: [&str; 6] =
    ["BlogPosting", "LiveBlogPosting", "Report", "SocialMediaPosting", "DiscussionForumPosting", "Review"];
/// Types of pages and media around an article.
const PAGES: [&str; 5] = ["WebPage", "ItemPage", "VideoObject", "NewsMediaObject", "CreativeWork"];

/// Deeper values are ignored. Real ones nest ten deep.
const MAX_DEPTH: usize = 24;

/// Reads the scripts of a page: the fields of their first article, completed with the fields of the page.
pub(super) fn read(scripts: &[&str]) -> JsonLd {
    let values: Vec<Value> = scripts.iter().filter_map(|script| parse(script)).collect();
    let mut objects = Vec::new();
    for value in &values {
        collect(value, &mut objects, 0);
    }
    let article = objects.iter().find(|object| has_type(object, is_article_type));
    let page = objects.iter().find(|object| has_type(object, |name| PAGES.contains(&name)));
    let mut stated = article.map(|object| read_object(object, &objects)).unwrap_or_default();
    stated.is_article = article.is_some();
    if let Some(page) = page.map(|object| read_object(object, &objects)) {
        stated.complete(page);
    }
    if !stated.is_article
        && let Some(article) = salvage(scripts)
    {
        let page = std::mem::replace(&mut stated, article);
        stated.complete(page);
    }
    stated
}

impl JsonLd {
    fn complete(&mut self, page: JsonLd) {
        let published = page.published.filter(|_| self.published.is_none());
        self.published = self.published.take().or(published);
        self.modified = self.modified.take().or(page.modified);
        self.language = self.language.take().or(page.language);
        self.description = self.description.take().or(page.description);
        self.publisher = self.publisher.take().or(page.publisher);
        self.url = self.url.take().or(page.url);
    }
}

/// The value of a script, as JSON or as something near it ([`near_json`]).
fn parse(script: &str) -> Option<Value> {
    let text = near_json::without_wrapping(script);
    serde_json::from_str(text).ok().or_else(|| serde_json::from_str(&near_json::repaired(text)).ok())
}

fn collect<'v>(value: &'v Value, objects: &mut Vec<&'v Map<String, Value>>, depth: usize) {
    if depth > MAX_DEPTH {
        return;
    }
    match value {
        Value::Array(values) => values.iter().for_each(|value| collect(value, objects, depth + 1)),
        Value::Object(object) => {
            objects.push(object);
            for inner in ["@graph", "mainEntity", "mainEntityOfPage", "author", "publisher"] {
                if let Some(value) = object.get(inner) {
                    collect(value, objects, depth + 1);
                }
            }
        }
        _ => {}
    }
}

fn has_type(object: &Map<String, Value>, is: impl Fn(&str) -> bool) -> bool {
    let bare = |name: &str| is(name.rsplit(['/', ':']).next().unwrap_or(name));
    match object.get("@type") {
        Some(Value::String(name)) => bare(name),
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).any(bare),
        _ => false,
    }
}

fn is_article_type(name: &str) -> bool {
    name.ends_with("Article") || ARTICLES.contains(&name)
}

fn read_object(object: &Map<String, Value>, all: &[&Map<String, Value>]) -> JsonLd {
    let text = |field: &str| object.get(field).and_then(|value| name(value, all));
    let url = object.get("mainEntityOfPage").and_then(address).or_else(|| object.get("url").and_then(address));
    JsonLd {
        is_article: false,
        headline: text("headline").or_else(|| text("name")),
        published: text("datePublished").or_else(|| text("uploadDate")),
        created: text("dateCreated"),
        modified: text("dateModified"),
        authors: object.get("author").map(|value| names(value, all)).unwrap_or_default(),
        publisher: text("publisher"),
        section: text("articleSection"),
        keywords: object.get("keywords").map(keywords).unwrap_or_default(),
        language: text("inLanguage"),
        description: text("description"),
        url,
        captions: object.get("image").map(captions).unwrap_or_default(),
        body: text("articleBody"),
    }
}

/// The text of a value: a string, the name of an object (which may be elsewhere, under the same `@id`), or the first
/// text of an array.
fn name(value: &Value, all: &[&Map<String, Value>]) -> Option<String> {
    names(value, all).into_iter().next()
}

fn names(value: &Value, all: &[&Map<String, Value>]) -> Vec<String> {
    let mut found = Vec::new();
    let values = match value {
        Value::Array(values) => values.as_slice(),
        value => std::slice::from_ref(value),
    };
    for value in values.iter().take(50) {
        let text = match value {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            Value::Object(object) => object_name(object).or_else(|| {
                let id = object.get("@id")?;
                all.iter().filter(|other| other.get("@id") == Some(id)).find_map(|other| object_name(other))
            }),
            _ => None,
        };
        found.extend(text.map(|text| plain(&text)).filter(|text| !text.is_empty()));
    }
    found
}

fn object_name(object: &Map<String, Value>) -> Option<String> {
    match object.get("name").or_else(|| object.get("@value")) {
        Some(Value::String(name)) => Some(name.clone()),
        Some(Value::Array(names)) => names.first().and_then(Value::as_str).map(str::to_owned),
        _ => None,
    }
}

fn address(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text,
        Value::Object(object) => object.get("@id").or_else(|| object.get("url"))?.as_str()?,
        _ => return None,
    };
    text.starts_with("http").then(|| text.to_owned())
}

fn keywords(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => text.split([',', ';']).map(plain).filter(|word| !word.is_empty()).collect(),
        Value::Array(values) => {
            values.iter().filter_map(Value::as_str).map(plain).filter(|word| !word.is_empty()).collect()
        }
        _ => Vec::new(),
    }
}

fn captions(value: &Value) -> Vec<String> {
    match value {
        Value::Array(values) => values.iter().take(50).flat_map(captions).collect(),
        Value::Object(object) => object.get("caption").and_then(Value::as_str).map(plain).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// The text without the character references that some programs write into JSON.
fn plain(text: &str) -> String {
    let text = if text.contains('&') { htmlize::unescape(text) } else { text.into() };
    text.trim().to_owned()
}

/// Fields from scripts that are not valid JSON: the strings after the most common names.
fn salvage(scripts: &[&str]) -> Option<JsonLd> {
    let field = |name: &str| {
        scripts.iter().find_map(|script| {
            let after = script.split_once(&format!("\"{name}\""))?.1.trim_start().strip_prefix(':')?.trim_start();
            let value = after.strip_prefix('"')?;
            Some(plain(&value[..value.find('"')?])).filter(|text| !text.is_empty())
        })
    };
    let is_article = scripts.iter().any(|script| script.contains("Article\"") && script.contains("\"headline\""));
    is_article.then(|| JsonLd {
        is_article,
        headline: field("headline"),
        published: field("datePublished"),
        modified: field("dateModified"),
        ..JsonLd::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_an_article_are_read() {
        let plain = r#"{"@context":"https://schema.org","@type":"NewsArticle","headline":"Bridge &amp; ferry",
            "datePublished":"2019-03-05T10:00:00Z","author":{"@type":"Person","name":"Ann Lund"},
            "publisher":{"name":"The Post"},"keywords":"bridge, ferry","image":{"caption":"The bridge"}}"#;
        let found = read(&[plain]);
        assert!(found.is_article);
        assert_eq!(found.headline.as_deref(), Some("Bridge & ferry"));
        assert_eq!(found.published.as_deref(), Some("2019-03-05T10:00:00Z"));
        assert_eq!(found.authors, ["Ann Lund"]);
        assert_eq!(found.publisher.as_deref(), Some("The Post"));
        assert_eq!(found.keywords, ["bridge", "ferry"]);
        assert_eq!(found.captions, ["The bridge"]);
    }

    #[test]
    fn references_within_a_graph_are_followed() {
        let graph = r##"{"@graph":[{"@type":"WebPage","datePublished":"2019-01-01","inLanguage":"en"},
            {"@type":["Article","Thing"],"headline":"A","author":{"@id":"#p"}},{"@type":"Person","@id":"#p","name":"Bo"}]}"##;
        let found = read(&[graph]);
        assert_eq!((found.headline.as_deref(), found.authors.as_slice()), (Some("A"), &["Bo".to_owned()][..]));
        assert_eq!((found.published.as_deref(), found.language.as_deref()), (Some("2019-01-01"), Some("en")));
    }

    #[test]
    fn scripts_that_are_nearly_json_are_read() {
        const FIELDS: &str = r#""@type":"NewsArticle","headline":"Bridge","author":{"name":"Ann Lund"}"#;
        for script in [
            format!("/* <![CDATA[ */\n{{{FIELDS}}}\n/* ]]> */"),
            format!("//<![CDATA[\n{{{FIELDS}}}\n//]]>"),
            format!("<!--//--><![CDATA[//><!--\n{{{FIELDS}}}\n//--><!]]>"),
            format!("{{{}}}", FIELDS.replace('"', "&quot;")),
            format!("{{{}}}", FIELDS.replace('"', "&#34;")),
            format!("{{{FIELDS},}}"),
            format!("{{{FIELDS}, // the end\n}}"),
            format!("{{/* first */{FIELDS},\"keywords\":[\"a\",],}}"),
            format!("{{{FIELDS},\"description\":\"Ann\\x27s and Bo\\'s\"}}"),
            format!("{{{FIELDS},\"description\":\"a\tb\nc // d /* e */ ,}}\"}};"),
            format!("\u{feff}{{{FIELDS}}}"),
            format!("{{{FIELDS}}}{{\"@type\":\"Thing\"}}"),
        ] {
            let found = read(&[&script]);
            assert_eq!(
                (found.headline.as_deref(), found.authors.join("|").as_str()),
                (Some("Bridge"), "Ann Lund"),
                "{script}"
            );
        }
    }

    #[test]
    fn fields_of_broken_scripts_are_read() {
        let line_end = "{\"@type\":\"Article\",\"headline\":\"A\nB\"};";
        assert_eq!(read(&[line_end]).headline.as_deref(), Some("A B"));
        let cut = "{\"@type\":\"NewsArticle\",\"headline\":\"A\",\"datePublished\": \"2019-01-02\",}";
        assert_eq!(read(&[cut]).published.as_deref(), Some("2019-01-02"));
        for other in ["", "{}", "[1,2]", "oops", "{\"@type\":\"Organization\",\"name\":\"x\"}"] {
            assert_eq!(read(&[other]), JsonLd::default(), "{other}");
        }
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(read(&[&deep]), JsonLd::default());
    }
}
