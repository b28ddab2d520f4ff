//! Plain data that one stage gives to the next. A [`RawArticle`] has every field as its source spelled it. An [`Article`]
//! is clean, and its text never changes again. [`Annotations`] are the names and days found in that text. A record that
//! cannot be used becomes a [`Skip`].

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::date::{Date, DateSpan};

/// Where a record was read: a file below a root, and the record's place in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Origin {
    /// The path of the file below the root that was given, with `/` between its parts. A member of an archive follows
    /// after `!/`: `news.zip!/1998/a.txt`. A stream has the name that the caller gave it; the program uses `stdin` for
    /// standard input.
    pub path: Arc<str>,
    /// The number of the record in the file, from 1. In an index it is the number at the time when the text was last
    /// added; it may differ from today's number.
    pub record: u64,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} record {}", self.path, self.record)
    }
}

/// One record as a reader found it. Every field is as the source spelled it; nothing is cleaned.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RawArticle {
    /// Where the record was read.
    pub origin: Origin,
    /// The source's own id.
    pub id: Option<String>,
    /// The source's own version of the article: a number, or a date and time. The latest wins.
    pub version: Option<String>,
    /// The address of publication.
    pub url: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// The text. Blank lines or line ends separate its paragraphs.
    pub body: String,
    /// A summary by the source, often one sentence. It becomes the body when there is no other text.
    pub description: Option<String>,
    /// Captions, with their credits where the source separates them.
    pub captions: Vec<RawCaption>,
    /// The writers, as printed.
    pub byline: Vec<String>,
    /// The dateline, where the source has a field for it.
    pub dateline: Option<String>,
    /// The publisher.
    pub source: Option<String>,
    /// The time of publication, in any spelling of a day, month, year or instant.
    pub published: Option<RawDate>,
    /// The time of the last change, in any spelling that `published` accepts.
    pub modified: Option<String>,
    /// The time when a page was fetched from the web, in any spelling that `published` accepts.
    pub fetched: Option<String>,
    /// The language as a BCP 47 tag or a name.
    pub language: Option<String>,
    /// The desk or section.
    pub section: Option<String>,
    /// Keywords, topics and subjects.
    pub keywords: Vec<String>,
    /// Names that the source itself states. They win over names found in the text.
    pub stated: Vec<(EntityKind, String)>,
    /// User fields: values by name, without the prefix `x.`. See [`ExtraName`](crate::ExtraName).
    pub extra: BTreeMap<String, Vec<String>>,
}

/// A caption as the source spelled it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RawCaption {
    /// The text.
    pub text: String,
    /// The maker of the picture, where the source separates it from the text.
    pub credit: Option<String>,
}

/// A date of publication as the source spelled it, and where the reader found it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RawDate {
    /// The spelling.
    pub text: String,
    /// Where the reader found it.
    pub from: DateOrigin,
}

/// Where a date of publication was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum DateOrigin {
    /// A field of the source for this purpose.
    Metadata,
    /// The dateline.
    Dateline,
    /// The address of publication.
    Url,
    /// The text.
    Text,
}

/// One published piece, cleaned. Its text never changes again: every later range is a byte range into
/// [`Article::text`].
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Article {
    /// Unique in an index. It is global when the source's own id is a URI, URN, canonical URL or agency GUID. Any other
    /// id is local: `path#own id`, `path#record`, or `path#hash of the content` for streams and memory. Without an own
    /// id, the canonical URL is the id.
    pub id: String,
    /// The source's own id, as it spelled it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub own_id: Option<String>,
    /// Where the record was read.
    pub origin: Origin,
    /// Rank among the versions of one id: the highest wins. It is a number as the source states it, or seconds since 1970;
    /// else the time of the last change; else 0.
    pub version: u64,
    /// The address of publication.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The publisher.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The writers: one person or agency in each entry.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub byline: Vec<String>,
    /// The dateline, which is removed from the body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dateline: Option<Dateline>,
    /// The language as a BCP 47 tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The desk or section.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// Keywords, topics and subjects.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<String>,
    /// The calendar day, month or year of publication.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<Published>,
    /// The day of the last change.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modified: Option<Date>,
    /// The day when a page was fetched.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fetched: Option<Date>,
    /// Names that the source itself states.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub stated: Vec<(EntityKind, String)>,
    /// User fields: values by name, without the prefix `x.`. See [`ExtraName`](crate::ExtraName).
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub extra: BTreeMap<String, Vec<String>>,
    /// The title, the paragraphs of the body, then captions and credits. A line feed ends each of them.
    pub text: String,
    /// The parts of `text`: sorted, disjoint, each without its line feed. There is at most one title, and it is first.
    pub parts: Vec<Part>,
}

/// The place and day of filing and the agency, from the opening `RIYADH, March 29 (AP) -`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Dateline {
    /// As printed, without the closing dash.
    pub text: String,
    /// The place of filing.
    pub place: Option<String>,
    /// The day of filing, if its year is known.
    pub day: Option<Date>,
    /// The agency.
    pub wire: Option<String>,
}

/// The calendar day, month or year of publication, and where it was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// A day, a month or a year.
    pub span: DateSpan,
    /// Where it was read from.
    pub from: DateOrigin,
}

/// One paragraph of an article's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// The kind of text.
    pub zone: Zone,
    /// The range in [`Article::text`], in bytes.
    pub range: Range<usize>,
}

/// The kinds of text in an article. No phrase or proximity reaches from one zone to another, or from one caption to
/// another. The first `Body` part is the lede.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Zone {
    /// The headline.
    Title,
    /// A paragraph of the body.
    Body,
    /// A caption: the text of one picture.
    Caption,
    /// The maker of the picture of the caption before it. It is searched as part of the captions; names and
    /// dates are not searched in it.
    Credit,
}

impl Article {
    /// The headline; empty if the article has no title.
    ///
    /// # Panics
    /// If the first of [`Article::parts`] is not a range of the text.
    pub fn title(&self) -> &str {
        self.parts.first().filter(|part| part.zone == Zone::Title).map_or("", |part| &self.text[part.range.clone()])
    }

    /// The texts of one zone, in order.
    ///
    /// # Panics
    /// If one of [`Article::parts`] is not a range of the text.
    pub fn texts(&self, zone: Zone) -> impl Iterator<Item = &str> {
        self.parts.iter().filter(move |part| part.zone == zone).map(|part| &self.text[part.range.clone()])
    }

    /// Appends one paragraph to the text. An empty paragraph is ignored. A line feed inside `text` does not end the
    /// paragraph.
    pub fn push(&mut self, zone: Zone, text: &str) {
        if text.is_empty() {
            return;
        }
        let start = self.text.len();
        self.text.push_str(text);
        self.parts.push(Part { zone, range: start..self.text.len() });
        self.text.push('\n');
    }
}

/// A range of the article's text that names something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention<T> {
    /// Bytes of [`Article::text`].
    pub range: Range<usize>,
    /// What the text names.
    pub value: T,
}

/// The names and days that were found in an article's text.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Annotations {
    /// People, organisations and places, each once, in the order of their first mention.
    pub entities: Vec<Entity>,
    /// Expressions of time: sorted by range, disjoint. The value is `None` if the expression names no definite
    /// days (`now`) or cannot be resolved: neither the day of publication nor the day of the dateline is known, or it is
    /// not precise enough.
    pub dates: Vec<Mention<Option<DateSpan>>>,
}

/// A person, organisation or place that an article names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// What it is.
    pub kind: EntityKind,
    /// The fullest name that the article uses for it.
    pub name: String,
    /// Groups spellings across articles: `Sergei Kislyak` and `Sergey Kislyak` have the same key.
    pub key: String,
    /// The ranges that name it, in bytes of [`Article::text`], sorted. Empty for a name that is only in the source's
    /// fields.
    pub mentions: Vec<Range<usize>>,
}

/// The kinds of entities.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EntityKind {
    /// A person.
    Person,
    /// An organisation: a company, ministry, party, team, newspaper.
    Org,
    /// A place: a country, town, river, or a building that people visit.
    Place,
}

impl EntityKind {
    /// All kinds.
    pub const ALL: [EntityKind; 3] = [EntityKind::Person, EntityKind::Org, EntityKind::Place];

    /// The name of the field that holds entities of this kind: `person`, `org` or `place`.
    pub fn name(self) -> &'static str {
        match self {
            EntityKind::Person => "person",
            EntityKind::Org => "org",
            EntityKind::Place => "place",
        }
    }
}

/// One record, or one file, that was skipped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skip {
    /// The file, or the root folder that could not be read.
    pub path: PathBuf,
    /// The number of the record in the file, from 1; `None` where the whole file is skipped.
    pub record: Option<u64>,
    /// The reason.
    pub reason: SkipReason,
    /// The evidence in words: the position in the file, what was found, what to do. It may be empty.
    pub detail: String,
}

/// The reason why a record is skipped. Tallies count skips by reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum SkipReason {
    /// The file or record is empty.
    Empty,
    /// It is readable, but not news: a table of ids, a README, a word list, an index page.
    NotAnArticle,
    /// Morgue does not read this format.
    UnknownFormat,
    /// The operating system refused to open or read it.
    Unreadable,
    /// It violates the rules of its own format.
    Damaged,
    /// It is larger than the limit for one record.
    TooLarge,
    /// It unpacks to far more bytes than a real file of its size does.
    Bomb,
    /// It is nested deeper than the limit.
    TooDeep,
    /// The record has no text to index.
    NoText,
    /// Its source says that it must not be used: it is killed, cancelled or embargoed.
    Withheld,
    /// The web record is not a page but a redirect, an error or a revisit.
    NotAPage,
    /// A symbolic link that leads back to a folder above it.
    Loop,
    /// Reading, cleaning or annotating it panicked: a fault of Morgue.
    Fault,
}

impl SkipReason {
    /// The reason in words, as tallies print it.
    pub fn describe(self) -> &'static str {
        match self {
            SkipReason::Empty => "empty",
            SkipReason::NotAnArticle => "not an article",
            SkipReason::UnknownFormat => "unknown format",
            SkipReason::Unreadable => "unreadable",
            SkipReason::Damaged => "damaged",
            SkipReason::TooLarge => "too large",
            SkipReason::Bomb => "decompression bomb",
            SkipReason::TooDeep => "nested too deep",
            SkipReason::NoText => "no text",
            SkipReason::Withheld => "withheld by its source",
            SkipReason::NotAPage => "not a page",
            SkipReason::Loop => "a loop of links",
            SkipReason::Fault => "a fault of its reader",
        }
    }
}

impl std::error::Error for Skip {}

impl fmt::Display for Skip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path.display())?;
        if let Some(record) = self.record {
            write!(f, " record {record}")?;
        }
        write!(f, ": {}", self.reason.describe())?;
        if !self.detail.is_empty() {
            write!(f, ": {}", self.detail)?;
        }
        Ok(())
    }
}
