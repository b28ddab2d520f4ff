//! Names of fields in JSON and tables, and the fields of an article that they represent. Where a record has several names
//! for one field, the order in [`NAMES`] says which one is used.

use std::collections::BTreeMap;

use super::Options;
use super::body_value::BodyValue;
use super::json_path;
use super::markup;
use super::stated;
use super::user_fields::{EXTRA, user_field_of};
use super::value::{Value, pick};
use morgue_article::{DateOrigin, EntityKind, ExtraName, RawArticle, RawCaption, RawDate};

/// A field of an article that a name can represent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Id,
    Version,
    Url,
    Title,
    Body,
    Description,
    Captions,
    Byline,
    Dateline,
    Source,
    Published,
    Modified,
    Fetched,
    Language,
    Section,
    Keywords,
    Person,
    Org,
    Place,
}

const FIELDS: usize = 19;

/// Field, its name for `--map`, and the names it goes by, best first. Lower case, without `_`, `-` and blanks.
#[rustfmt::skip]
const NAMES: [(Field, &str, &[&str]); FIELDS] = [
    (Field::Id, "id", &[
        "id", "guid", "uid", "uuid", "articleid", "docid", "documentid", "docno", "storyid", "urn", "@id", "nid",
        "identifier", "coreid",
    ]),
    (Field::Version, "version", &["version", "versioncreated", "revision", "versionnumber"]),
    (Field::Url, "url", &[
        "url", "canonicalurl", "link", "weburl", "permalink", "articleurl", "sourceurl", "uri", "mainentityofpage",
        "externalurl", "href",
    ]),
    (Field::Title, "title", &["title", "headline", "webtitle", "headlines", "heading", "articletitle", "head"]),
    (Field::Body, "body", &[
        "articlebody", "maintext", "fulltext", "bodytext", "body", "articletext", "text", "content", "contenttext",
        "story", "bodyxhtml", "bodyhtml", "contenthtml", "contentelements", "plaintext", "cleanedtext", "document",
        "article", "contents", "html", "paragraphs", "blocks",
    ]),
    (Field::Description, "description", &[
        "description", "summary", "abstract", "standfirst", "dek", "excerpt", "trailtext", "leadparagraph", "lead",
        "teaser", "subheadline", "subtitle", "snippet",
    ]),
    (Field::Captions, "captions", &[
        "captions", "caption", "images", "image", "photos", "figures", "pictures", "multimedia", "media",
    ]),
    (Field::Byline, "byline", &[
        "byline", "authors", "author", "creator", "creators", "bylines", "writer", "writers", "by",
    ]),
    (Field::Dateline, "dateline", &["dateline"]),
    (Field::Source, "source", &[
        "source", "publisher", "publication", "newspaper", "site", "sitename", "sourcename", "outlet", "provider",
        "website", "sourcedomain", "domain", "copyrightholder", "journal",
    ]),
    (Field::Published, "published", &[
        "published", "publishedat", "datepublished", "publisheddate", "datepublish", "publishdate", "publicationdate",
        "publicationtime", "pubdate", "webpublicationdate", "firstpublished", "firstpublicationdate", "publishedon",
        "publishtime", "datetimepub", "displaydate", "firstcreated", "articledate", "storydate", "date", "datetime", "dateposted",
        "posted", "postdate", "issued", "issuedate", "created", "createdat", "datecreated", "timestamp", "time",
        "year",
    ]),
    (Field::Modified, "modified", &[
        "modified", "updated", "datemodified", "datemodify", "modifiedat", "updatedat", "lastmodified", "lastupdated",
        "dateupdated",
    ]),
    (Field::Fetched, "fetched", &[
        "fetched", "datedownload", "downloaded", "fetchedat", "crawled", "crawldate", "crawledat", "scraped",
        "scrapedat", "scrapedate", "retrieved", "retrievedat", "accessed",
    ]),
    (Field::Language, "language", &["language", "lang", "inlanguage", "locale"]),
    (Field::Section, "section", &[
        "section", "sectionname", "articlesection", "category", "desk", "newsdesk", "rubric", "department",
    ]),
    (Field::Keywords, "keywords", &[
        "keywords", "tags", "topics", "subjects", "subject", "categories", "keyword", "tag", "topic", "newskeywords",
    ]),
    (Field::Person, "person", &["person", "people", "persons"]),
    (Field::Org, "org", &["org", "orgs", "organisation", "organisations", "organization", "organizations"]),
    (Field::Place, "place", &["place", "places", "locations"]),
];

/// The field that a name represents, and the rank of the name for it: 0 is the best.
pub(super) fn field_of(name: &str, map: &[(String, String)]) -> Option<(Field, u8)> {
    if let Some((field, _)) = map.iter().find(|(_, in_file)| in_file == name) {
        return field_named(field).map(|field| (field, 0));
    }
    let mut folded = [0u8; 24];
    let mut length = 0;
    // A namespace (`dc:`, `og:`) is ignored.
    for byte in name.rsplit(':').next().unwrap_or(name).bytes() {
        if !matches!(byte, b'_' | b'-' | b' ' | b'.') {
            *folded.get_mut(length)? = byte.to_ascii_lowercase();
            length += 1;
        }
    }
    let folded = std::str::from_utf8(&folded[..length]).ok()?;
    NAMES.iter().find_map(|&(field, _, names)| {
        let rank = names.iter().position(|known| *known == folded)?;
        Some((field, rank as u8 + 1))
    })
}

/// The fields of one record, each with the rank of its name.
#[derive(Debug, Default)]
pub(super) struct Fields {
    slots: [(u8, Value); FIELDS],
    /// The user fields.
    pub(super) extra: BTreeMap<String, Vec<String>>,
    /// The state of an article that its editorial system has not published.
    pub(super) unpublished: Option<String>,
}

impl Fields {
    /// The fields of an object.
    pub(super) fn of(map: Vec<(String, Value)>, options: &Options) -> Fields {
        let mut fields = Fields::default();
        for (name, value) in map {
            if let Some(extra) = user_field_of(&name, &options.map) {
                fields.put_extra(extra, value);
            } else if name == EXTRA {
                fields.put_extras(value);
            } else if let Some((field, rank)) = field_of(&name, &options.map) {
                fields.put(field, rank, value);
            }
        }
        fields
    }

    /// Keeps the values at the paths of the user's map.
    pub(super) fn put_paths(&mut self, value: &Value, options: &Options) {
        for (field, path) in options.map.iter().filter(|(_, name)| json_path::is_path(name)) {
            let found = json_path::value_at(value, path);
            if let Some(extra) = field.strip_prefix(ExtraName::PREFIX) {
                self.put_extra(extra, found);
            } else if let Some(field) = field_named(field) {
                self.put(field, 0, found);
            }
        }
    }

    /// Keeps a value, unless the field has one under a better name. Captions are kept from all names.
    pub(super) fn put(&mut self, field: Field, rank: u8, value: Value) {
        if value.is_empty() {
            return;
        }
        let slot = &mut self.slots[field as usize];
        if field == Field::Captions && !slot.1.is_empty() {
            let mut all = std::mem::take(&mut slot.1).each();
            all.extend(value.each());
            slot.1 = Value::List(all);
        } else if slot.1.is_empty() || rank < slot.0 {
            *slot = (rank, value);
        }
    }

    /// Takes another value for a field.
    pub(super) fn replace(&mut self, field: Field, value: Value) {
        self.slots[field as usize].1 = value;
    }

    /// Is there no text?
    pub(super) fn has_no_body(&self) -> bool {
        match &self.slots[Field::Body as usize].1 {
            Value::Nothing => true,
            Value::Text(text) => text.trim().is_empty(),
            blocks => BodyValue::of(blocks.clone()).len() == 0,
        }
    }

    /// Is there neither a text nor a summary in its place?
    pub(super) fn has_no_text(&self) -> bool {
        self.has_no_body() && self.slots[Field::Description as usize].1.is_empty()
    }

    /// Are there neither a title nor a text?
    pub(super) fn is_empty(&self) -> bool {
        [Field::Title, Field::Body, Field::Description].iter().all(|&field| self.slots[field as usize].1.is_empty())
    }

    /// These fields; each that is empty is taken from `outer`.
    pub(super) fn or(mut self, outer: Fields) -> Fields {
        for (slot, other) in self.slots.iter_mut().zip(outer.slots) {
            if slot.1.is_empty() {
                *slot = other;
            }
        }
        for (name, values) in outer.extra {
            self.extra.entry(name).or_insert(values);
        }
        self
    }

    fn take(&mut self, field: Field) -> Value {
        std::mem::take(&mut self.slots[field as usize].1)
    }

    fn text(&mut self, field: Field) -> Option<String> {
        self.take(field).text()
    }

    /// The article with these fields; it has no origin yet.
    pub(super) fn into_article(mut self) -> RawArticle {
        let mut captions: Vec<RawCaption> = self.take(Field::Captions).each().into_iter().filter_map(caption).collect();
        let BodyValue { texts, pictures } = BodyValue::of(self.take(Field::Body));
        captions.extend(pictures.into_iter().filter_map(caption));
        let body = texts.into_iter().map(|text| markup::text_if_markup(text, &mut captions));
        let body = body.filter(|text| !text.trim().is_empty()).collect::<Vec<_>>().join("\n\n");
        let section = self.take(Field::Section);
        let mut keywords = keywords(self.take(Field::Keywords));
        let section = match section {
            Value::List(sections) => {
                let mut sections = sections.into_iter().filter_map(Value::text);
                let first = sections.next();
                keywords.extend(sections);
                first
            }
            one => one.text(),
        };
        let kinds =
            [(Field::Person, EntityKind::Person), (Field::Org, EntityKind::Org), (Field::Place, EntityKind::Place)];
        let mut stated = Vec::new();
        for (field, kind) in kinds {
            stated.extend(self.take(field).texts().into_iter().map(|name| (kind, name)));
        }
        let url = self.text(Field::Url);
        let id = self.text(Field::Id).filter(|id| !stated::is_no_id(id));
        RawArticle {
            id: id.or_else(|| stated::id_of_fragment(url.as_deref()?)),
            version: self.text(Field::Version),
            url,
            title: self.text(Field::Title).map(markup::line_if_markup),
            body,
            description: self.text(Field::Description).map(markup::line_if_markup),
            captions,
            byline: self.take(Field::Byline).texts().into_iter().filter(|name| !is_number(name)).collect(),
            dateline: self.text(Field::Dateline),
            source: self.text(Field::Source).map(markup::line_if_markup),
            published: self.text(Field::Published).map(|text| RawDate { text, from: DateOrigin::Metadata }),
            modified: self.text(Field::Modified),
            fetched: self.text(Field::Fetched),
            language: self.text(Field::Language),
            section,
            keywords,
            stated,
            extra: self.extra,
            ..RawArticle::default()
        }
    }
}

/// Is it the number of a writer in the database of the source, perhaps a hexadecimal one?
fn is_number(name: &str) -> bool {
    let has_digit = name.bytes().any(|byte| byte.is_ascii_digit());
    let is_hexadecimal = name.len() >= 12 && name.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    has_digit && (is_hexadecimal || !name.chars().any(char::is_alphabetic))
}

/// Entries of a picture that may be its caption, best first.
const CAPTION_TEXTS: [&str; 9] = [
    "caption",
    "fullcaption",
    "captiontext",
    "description_text",
    "body_text",
    "description",
    "alttext",
    "alt_text",
    "alt",
];

/// The caption of a picture: a plain string that is not an address, or an object with a caption in it.
fn caption(value: Value) -> Option<RawCaption> {
    match value {
        Value::Text(text) if text.contains(' ') && !text.starts_with("http") => {
            Some(RawCaption { text: markup::line_if_markup(text), credit: None })
        }
        Value::Map(map) => {
            let credit = pick(map.clone(), &["credit", "creditline", "byline", "photographer", "copyright"])
                .and_then(Value::text);
            let text = pick(map, &CAPTION_TEXTS).and_then(Value::text)?;
            Some(RawCaption { text: markup::line_if_markup(text), credit })
        }
        _ => None,
    }
}

/// Keywords: a list, or one text with commas or semicolons between them.
fn keywords(value: Value) -> Vec<String> {
    match value {
        Value::Text(text) => {
            let part = if text.contains(';') { ';' } else { ',' };
            text.split(part).map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect()
        }
        other => other.texts(),
    }
}

/// The field with this name for `--map`: `captions`, or `caption`.
fn field_named(name: &str) -> Option<Field> {
    let is_name = |known: &str| known == name || known.strip_suffix('s') == Some(name);
    NAMES.iter().find(|(_, known, _)| is_name(known)).map(|&(field, ..)| field)
}

pub(super) fn check_field(name: &str) -> Result<(), UnknownField> {
    if field_named(name).is_some() || name.parse::<ExtraName>().is_ok() {
        return Ok(());
    }
    const USER_FIELDS: &str = "x.NAME (NAME: 1 to 31 lower-case letters, digits, _ and -)";
    let known = NAMES.iter().map(|(_, known, _)| *known).chain([USER_FIELDS]).collect();
    Err(UnknownField { name: name.to_owned(), known })
}

/// A name that is not a field of an article.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no field `{name}`; the fields are {}", .known.join(", "))]
pub struct UnknownField {
    /// The unknown name.
    pub name: String,
    /// All fields that there are.
    pub known: Vec<&'static str>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_folded() {
        for (name, field) in [
            ("title", Some(Field::Title)),
            ("Published_At", Some(Field::Published)),
            ("published-at", Some(Field::Published)),
            ("pubDate", Some(Field::Published)),
            ("dc:creator", Some(Field::Byline)),
            ("_id", Some(Field::Id)),
            ("title_truncated", None),
            ("a_name_that_is_far_too_long_to_be_one_of_ours", None),
            ("", None),
        ] {
            assert_eq!(field_of(name, &[]).map(|(field, _)| field), field, "{name}");
        }
    }

    #[test]
    fn the_users_names_win() {
        let map = [("body".to_owned(), "Nachricht".to_owned()), ("caption".to_owned(), "title".to_owned())];
        assert_eq!(field_of("Nachricht", &map), Some((Field::Body, 0)));
        assert_eq!(field_of("title", &map), Some((Field::Captions, 0)));
    }

    #[test]
    fn every_field_can_be_mapped_and_no_other_name() {
        assert!(NAMES.iter().all(|(_, name, _)| check_field(name).is_ok()));
        assert!(check_field("caption").is_ok());
        assert_eq!(check_field("bdy").unwrap_err().name, "bdy");
        assert!(check_field("x.client").is_ok());
        assert!(check_field("x.Client").unwrap_err().to_string().contains("lower-case letters"));
    }

    #[test]
    fn fields_have_the_order_of_the_list() {
        for (place, (field, ..)) in NAMES.iter().enumerate() {
            assert_eq!(*field as usize, place);
        }
    }

    #[test]
    fn keywords_are_split() {
        assert_eq!(keywords(Value::Text("a, b c ,,d".into())), ["a", "b c", "d"]);
        assert_eq!(keywords(Value::Text("Smith, John; x".into())), ["Smith, John", "x"]);
    }
}
