//! ninjs 1.0 to 3.x, the JSON of news agencies, and similar formats of Superdesk and AP. It is recognized by the
//! fields for the status of an item. Pictures, recordings, events and plans are not articles.

use super::fault::Fault;
use super::markup;
use super::stated::{add_keyword, add_name};
use super::status::{self, Status};
use super::value::{Value, pick};
use super::{Options, xml};
use morgue_article::{DateOrigin, EntityKind, RawArticle, RawCaption, RawDate, SkipReason};

/// Objects around an item: the answers of AP's service.
const ENVELOPES: [&str; 2] = ["data", "item"];

/// Can this text be an item? Much cheaper than to parse it.
pub(super) fn may_be(json: &str) -> bool {
    let bytes = json.as_bytes();
    let has = |name: &str| memchr::memmem::find(bytes, name.as_bytes()).is_some();
    (has("\"uri\"") || has("\"guid\""))
        && [
            "\"pubstatus\"",
            "\"pubStatus\"",
            "\"versioncreated\"",
            "\"versionCreated\"",
            "\"ninjs\"",
            "\"eventDetails\"",
            "\"eventdetails\"",
        ]
        .iter()
        .any(|name| has(name))
}

/// The item that an object is or contains.
pub(super) fn item(value: &Value) -> Option<NinjsItem> {
    let Value::Map(map) = value else { return None };
    let fields: Vec<(String, Value)> =
        map.iter().map(|(name, value)| (name.to_ascii_lowercase(), value.clone())).collect();
    let is = |name: &str| fields.iter().any(|(known, value)| known == name && !value.is_empty());
    let standard = fields.iter().any(|(name, value)| name.ends_with("standard") && matches!(value, Value::Map(_)));
    let is_named = is("uri") || is("guid");
    if is_named && (is("pubstatus") || is("versioncreated") || standard || is("eventdetails")) {
        return Some(NinjsItem { fields });
    }
    let inner = fields
        .into_iter()
        .find(|(name, value)| ENVELOPES.contains(&name.as_str()) && matches!(value, Value::Map(_)))?;
    item(&inner.1)
}

/// The fields of an item, with names in lower case.
#[derive(Debug, Clone)]
pub(super) struct NinjsItem {
    fields: Vec<(String, Value)>,
}

impl NinjsItem {
    fn get(&self, name: &str) -> Value {
        self.fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone()).unwrap_or_default()
    }

    fn text(&self, name: &str) -> Option<String> {
        self.get(name).text()
    }

    /// The first of these fields that has a text.
    fn first(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| self.text(name))
    }

    /// The names in a list of persons, subjects and so on.
    fn names(&self, field: &str) -> Vec<String> {
        self.get(field).each().into_iter().filter_map(name).collect()
    }

    fn has(&self, name: &str) -> bool {
        !self.get(name).is_empty()
    }
}

/// The name of a value that is a name or an object with a name.
fn name(value: Value) -> Option<String> {
    match value {
        Value::Map(map) => pick(map, &["name", "label"]).and_then(Value::text),
        Value::Text(text) => Some(text),
        _ => None,
    }
}

pub(super) fn read(item: &NinjsItem, options: &Options) -> Result<RawArticle, Fault> {
    let (word, embargo) =
        (item.text("pubstatus").unwrap_or_default(), item.first(&["embargoed", "embargo"]).unwrap_or_default());
    Status { word: &word, embargo: &embargo }.check(options)?;
    let kind = item.text("type").unwrap_or_default().to_ascii_lowercase();
    if let Some(what) = why_not_article(item, &kind) {
        return Err(Fault::new(SkipReason::NotAnArticle, what));
    }
    let mut article = RawArticle {
        id: id(item),
        version: item.text("version"),
        url: item.first(&["canonicalurl", "uri", "guid"]).filter(|url| url.starts_with("http")),
        title: title(item),
        description: description(item),
        byline: byline(item),
        dateline: item.text("dateline"),
        source: item
            .first(&["source", "provider"])
            .or_else(|| item.names("infosource").into_iter().chain(item.names("infosources")).next())
            .or_else(|| item.text("copyrightholder")),
        modified: ["versioncreated", "contentmodified"].iter().filter_map(|name| item.text(name)).max(),
        language: item.text("language"),
        section: item.names("service").into_iter().chain(item.names("services")).next(),
        ..RawArticle::default()
    };
    let published = |made: Option<String>| {
        let text = status::published(made.as_deref(), &embargo)?.to_owned();
        Some(RawDate { text, from: DateOrigin::Metadata })
    };
    article.published = published(item.first(&["firstpublished", "firstcreated", "contentcreated"]));
    article.captions = captions(item);
    body(item, &mut article);
    // NITF inside the item can have a better day of first publication.
    article.published = article.published.or_else(|| published(item.text("versioncreated")));
    if article.dateline.is_none() && !has_dateline(&article.body) {
        article.dateline = item.text("located");
    }
    for field in ["keywords", "subject", "subjects"] {
        for word in item.names(field) {
            add_keyword(&mut article.keywords, &word);
        }
    }
    let kinds = [
        (EntityKind::Person, ["person", "people"]),
        (EntityKind::Org, ["organisation", "organisations"]),
        (EntityKind::Place, ["place", "places"]),
    ];
    for (kind, fields) in kinds {
        fields.iter().flat_map(|field| item.names(field)).for_each(|name| add_name(&mut article.stated, kind, &name));
    }
    if article.body.trim().is_empty() && article.description.is_none() {
        let why = if item.has("renditions") { "its text lies elsewhere" } else { "an item without a body" };
        return Err(Fault::new(SkipReason::NoText, why));
    }
    Ok(article)
}

fn why_not_article(item: &NinjsItem, kind: &str) -> Option<&'static str> {
    let media = item.text("mimetype").unwrap_or_default();
    match kind {
        "picture" | "photo" | "image" => Some("a picture"),
        "graphic" => Some("a graphic"),
        "audio" => Some("a sound recording"),
        "video" => Some("a video"),
        "animation" => Some("an animation"),
        "event" | "events" => Some("an event"),
        "planning" => Some("a plan for coverage"),
        "component" | "resource" => Some("a part of other items"),
        "" if media.starts_with("image/") => Some("a picture"),
        "" if item.has("eventdetails") => Some("an event"),
        "" if item.has("planning") || item.has("newscoverages") => Some("a plan for coverage"),
        _ => None,
    }
}

/// The id that all versions share. The addresses of AP contain the query, so its own id is preferred.
fn id(item: &NinjsItem) -> Option<String> {
    let own = match item.get("altids") {
        Value::Map(map) => pick(map, &["itemid"]).and_then(Value::text).filter(|id| !id.contains(' ')),
        _ => None,
    };
    own.or_else(|| item.first(&["guid", "uri"]))
}

/// The text with the first of these roles that is there, else the first text.
fn by_role(texts: Value, roles: &[&str]) -> Option<String> {
    let texts: Vec<(String, String)> = texts.each().into_iter().filter_map(roled).collect();
    let wanted = roles.iter().find_map(|role| texts.iter().find(|(known, _)| known == role));
    wanted.or(texts.first()).map(|(_, text)| text.clone())
}

/// The role of a text, and the text.
fn roled(value: Value) -> Option<(String, String)> {
    match value {
        Value::Map(map) => {
            let role = pick(map.clone(), &["role"]).and_then(Value::text).unwrap_or_default().to_ascii_lowercase();
            Some((role, pick(map, &["value", "text"]).and_then(Value::text)?))
        }
        other => Some((String::new(), other.text()?)),
    }
}

fn title(item: &NinjsItem) -> Option<String> {
    let title = item.text("headline").or_else(|| by_role(item.get("headlines"), &["main", "headline"]));
    let extended = || {
        item.fields.iter().filter(|(name, _)| name.starts_with("headline_")).find_map(|(_, value)| value.clone().text())
    };
    title.or_else(extended).or_else(|| item.first(&["title", "name"])).map(markup::line_if_markup)
}

fn description(item: &NinjsItem) -> Option<String> {
    let plain = item.first(&["description_text", "description_html", "description_xhtml", "description"]);
    let roles = ["summary", "abstract", "lead", "text", "main"];
    plain
        .or_else(|| by_role(item.get("descriptions"), &roles))
        .map(markup::line_if_markup)
        .filter(|text| !text.is_empty())
}

fn byline(item: &NinjsItem) -> Vec<String> {
    let stated = item.first(&["byline", "by", "bylines"]);
    let roles = |value: &Value| match value {
        Value::Map(map) => pick(map.clone(), &["role"]).and_then(Value::text).unwrap_or_default(),
        _ => String::new(),
    };
    let writers = || {
        let all = ["authors", "contributors"].iter().flat_map(|field| item.get(field).each());
        all.filter(|value| ["", "writer", "author", "reporter"].contains(&roles(value).as_str()))
            .filter_map(name)
            .collect()
    };
    stated.map_or_else(writers, |byline| vec![markup::line_if_markup(byline)])
}

/// Does a text seem to begin with a dateline? It says more than the place of the item.
fn has_dateline(body: &str) -> bool {
    let start = &body[..body.floor_char_boundary(80)];
    [" -", " –", " —", "/"].iter().any(|mark| start.contains(mark))
}

/// Fills in the text from the form with marked paragraphs, else from the longest one.
fn body(item: &NinjsItem, article: &mut RawArticle) {
    let mut forms: Vec<(u8, String)> = Vec::new();
    for (name, rank) in
        [("body_html", 3), ("body_xhtml", 3), ("body_html5", 3), ("body_nitf", 2), ("body_text", 1), ("body", 1)]
    {
        forms.extend(item.text(name).map(|text| (rank, text)));
    }
    let others =
        item.fields.iter().filter(|(name, _)| name.starts_with("body_")).filter_map(|(_, value)| value.clone().text());
    forms.extend(others.map(|text| (0, text)));
    for form in item.get("bodies").each() {
        let Value::Map(map) = form else { continue };
        let kind =
            pick(map.clone(), &["contenttype", "role"]).and_then(Value::text).unwrap_or_default().to_ascii_lowercase();
        let rank = if kind.contains("html") {
            3
        } else if kind.contains("nitf") {
            2
        } else if kind.contains("text") || kind.contains("plain") {
            1
        } else {
            0
        };
        forms.extend(pick(map, &["value", "text"]).and_then(Value::text).map(|text| (rank, text)));
    }
    let Some((rank, text)) = forms.into_iter().max_by_key(|(rank, text)| (*rank, text.len())) else { return };
    match rank {
        _ if text.contains("<nitf") => xml::fill_from_nitf(&text, article),
        3 => article.body = markup::text(without_place_line(&text), &mut article.captions),
        _ => article.body = markup::text_if_markup(text, &mut article.captions),
    }
}

/// HTML without the line of place and agency that TT puts above it in an element of its own.
fn without_place_line(html: &str) -> &str {
    let line = html.split_once("<div class=\"dat\">").filter(|(before, _)| !before.contains("<p"));
    line.and_then(|(_, line)| line.split_once("</div>")).map_or(html, |(_, after)| after)
}

/// The captions of the pictures of an item.
fn captions(item: &NinjsItem) -> Vec<RawCaption> {
    let pictures = match item.get("associations") {
        Value::Map(map) => map.into_iter().map(|(_, value)| value).collect(),
        other => other.each(),
    };
    pictures.into_iter().filter_map(caption).collect()
}

fn caption(picture: Value) -> Option<RawCaption> {
    let Value::Map(map) = picture else { return None };
    let fields = map.into_iter().map(|(name, value)| (name.to_ascii_lowercase(), value)).collect();
    let picture = NinjsItem { fields };
    let kind = picture.text("type").unwrap_or_default();
    if !matches!(kind.as_str(), "" | "picture" | "photo" | "graphic") {
        return None;
    }
    let text = picture.first(&["description_text", "body_text", "caption", "description_html"]);
    let text = text.or_else(|| by_role(picture.get("descriptions"), &["caption", "text", "main"]))?;
    let credit = picture.first(&["byline", "by", "creditline", "copyrightholder"]).map(markup::line_if_markup);
    Some(RawCaption { text: markup::line_if_markup(text), credit })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{article_of, outcomes_of, skip_of};
    use super::*;

    #[test]
    fn items_of_all_versions_are_read() {
        for json in [
            r#"{"uri":"urn:x:1","type":"text","version":"2","versioncreated":"2019-05-07T01:00:00+02:00","firstcreated":"2019-05-06",
                "pubstatus":"usable","headline":"Bridge opens","byline":"Ann Ode","body_text":"no","body_html":"<p>It opened.</p><p>All came.</p>",
                "source":"The Ledger","person":[{"name":"Bo Ek","rel":"about"}],"place":[{"name":"Nordhavn","code":"X"}],
                "subject":[{"code":"0400","name":"Transport"}],"service":[{"name":"Local","code":"l"}],
                "associations":{"main":{"type":"picture","description_text":"The bridge","byline":"Ek"}}}"#,
            r#"{"uri":"urn:x:1","type":"text","version":"2","versionCreated":"2019-05-07T01:00:00+02:00","firstCreated":"2019-05-06",
                "pubStatus":"usable","headlines":[{"role":"sub","value":"no"},{"role":"main","value":"Bridge opens"}],"by":"Ann Ode",
                "bodies":[{"role":"text","contentType":"text/plain","value":"It opened. All came, a longer text than the other one."},
                {"contentType":"text/html5","value":"<p>It opened.</p><p>All came.</p>"}],"infosources":[{"name":"The Ledger"}],
                "people":[{"name":"Bo Ek"}],"places":[{"name":"Nordhavn"}],"subjects":[{"literal":"0400","name":"Transport"}],
                "services":[{"name":"Local"}],"associations":[{"type":"picture","by":"Ek","descriptions":[{"value":"The bridge"}]}]}"#,
            r#"{"data":{"meta":{},"item":{"uri":"https://a.example/x?q=1","altids":{"itemid":"urn:x:1"},"type":"text","version":2,
                "versioncreated":"2019-05-07T01:00:00+02:00","firstcreated":"2019-05-06","headline":"Bridge opens","by":"Ann Ode","provider":"The Ledger",
                "body_nitf":"<nitf><body><body.content><p>It opened.</p><p>All came.</p></body.content></body></nitf>",
                "people":["Bo Ek"],"places":["Nordhavn"],"subject":[{"name":"Transport"}],"service":[{"name":"Local"}],
                "associations":{"1":{"type":"picture","caption":"The bridge","byline":"Ek"}}}}}"#,
        ] {
            let article = article_of("a.json", &json.replace('\n', " "));
            assert_eq!((article.id.as_deref(), article.version.as_deref()), (Some("urn:x:1"), Some("2")), "{json}");
            assert_eq!(
                (article.title.as_deref(), article.body.as_str()),
                (Some("Bridge opens"), "It opened.\n\nAll came.")
            );
            assert_eq!((article.byline[0].as_str(), article.source.as_deref()), ("Ann Ode", Some("The Ledger")));
            assert_eq!(article.published.as_ref().unwrap().text, "2019-05-06");
            assert_eq!(article.modified.as_deref(), Some("2019-05-07T01:00:00+02:00"));
            assert_eq!(
                (article.keywords.as_slice(), article.section.as_deref()),
                (&["Transport".to_owned()][..], Some("Local"))
            );
            assert_eq!(article.stated, [(EntityKind::Person, "Bo Ek".into()), (EntityKind::Place, "Nordhavn".into())]);
            assert_eq!(article.captions, [RawCaption { text: "The bridge".into(), credit: Some("Ek".into()) }]);
        }
    }

    #[test]
    fn items_that_are_not_articles_or_are_withheld_are_skipped() {
        for (fields, reason) in [
            (
                r#""type":"picture","headline":"The bridge","body_text":"The bridge. It opened.""#,
                SkipReason::NotAnArticle,
            ),
            (r#""type":"event","title":"A fair""#, SkipReason::NotAnArticle),
            (r#""title":"A fair","eventDetails":{"dates":{"startDate":"2019-05-06"}}"#, SkipReason::NotAnArticle),
            (
                r#""type":"text","pubstatus":"canceled","headline":"Bridge opens","body_text":"It opened.""#,
                SkipReason::Withheld,
            ),
            (
                r#""type":"text","pubstatus":"withheld","headline":"Bridge opens","body_text":"It opened.""#,
                SkipReason::Withheld,
            ),
            (
                r#""type":"text","embargoed":"2999-05-06","headline":"Bridge opens","body_text":"It opened.""#,
                SkipReason::Withheld,
            ),
            (r#""type":"text","headline":"Bridge opens""#, SkipReason::NoText),
        ] {
            let skip = skip_of("a.json", &format!(r#"{{"uri":"urn:x:1","versioncreated":"2019-05-06",{fields}}}"#));
            assert_eq!(skip.reason, reason, "{fields}");
        }
        let past = r#"{"uri":"urn:x:1","versioncreated":"2019-05-01","embargoed":"2019-05-06","headline":"T","body_text":"It opened."}"#;
        assert_eq!(article_of("a.json", past).published.unwrap().text, "2019-05-06");
    }

    #[test]
    fn alternative_fields_are_read() {
        let item = |fields: &str| {
            let json =
                format!(r#"{{"uri":"urn:x:1","versioncreated":"2019-05-06","headline":"Bridge opens",{fields}}}"#);
            article_of("a.json", &json)
        };
        let html = r#""body_html":"<div class=\"dat\"><span>Transport</span><span>TT</span></div><p>It opened.</p>""#;
        assert_eq!(item(html).body, "It opened.");
        let html = r#""body_html":"<p>It opened.</p><div class=\"dat\">All came.</div>""#;
        assert_eq!(item(html).body, "It opened.\n\nAll came.");
        let article = item(
            r#""located":"Nordhavn","body_text":"The bridge (the new one) opened.","contentmodified":"2019-05-07""#,
        );
        assert_eq!((article.dateline.as_deref(), article.modified.as_deref()), (Some("Nordhavn"), Some("2019-05-07")));
        let nitf = r#""body_nitf":"<nitf><head><docdata><date.issue norm=\"20190501+0100\"/></docdata></head><body><body.content><p>It opened.</p></body.content></body></nitf>""#;
        assert_eq!(item(nitf).published.unwrap().text, "20190501");
        assert_eq!(item(&format!(r#""firstcreated":"2019-05-02",{nitf}"#)).published.unwrap().text, "2019-05-02");
    }

    #[test]
    fn lists_of_items_are_cut() {
        let json = r#"{"total":2,"item":[{"uri":"urn:x:1","pubstatus":"usable","headline":"A","body_text":"One."},
            {"uri":"urn:x:2","pubstatus":"usable","headline":"B","body_text":"Two."}]}"#;
        let titles: Vec<_> =
            outcomes_of("a.json", json.as_bytes()).into_iter().map(|outcome| outcome.unwrap().title.unwrap()).collect();
        assert_eq!(titles, ["A", "B"]);
    }
}
