//! Plain data that the stages hand on: a [`RawArticle`] as its source spelled it, an [`Article`] whose text is
//! frozen, the [`Annotations`] found in it, and the [`Skip`] that a record becomes when it cannot be used.

use std::fmt;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::date::{Date, DateSpan};

/// Where a record was read: a file below a root, and the record's place in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Origin {
    /// The file's path as given and walked, `/` between its parts. A member of an archive follows after `!/`:
    /// `news.zip!/1998/a.txt`. A stream goes by
    /// the name it was given: the program calls standard input `stdin`.
    pub path: Arc<str>,
    /// The record's number in the file, from 1; in an index, that which it had when its text was last added.
    pub record: u64,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} record {}", self.path, self.record)
    }
}

/// One record as a reader found it: every field as the source spelled it, nothing cleaned.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RawArticle {
    /// Where it was read.
    pub origin: Origin,
    /// The source's own id.
    pub id: Option<String>,
    /// The source's own version of the article: a number, or a date and time. The latest wins.
    pub version: Option<String>,
    /// The address of publication.
    pub url: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// The text; blank lines or line ends part its paragraphs.
    pub body: String,
    /// What the source says the article is about, in a sentence. Used as the body when there is no other.
    pub description: Option<String>,
    /// Texts of pictures, with their credits when the source tells them apart.
    pub captions: Vec<RawCaption>,
    /// Who wrote it, as printed.
    pub byline: Vec<String>,
    /// The dateline, when the source keeps it apart.
    pub dateline: Option<String>,
    /// Who published it.
    pub source: Option<String>,
    /// When it was published: any spelling of a day, month, year or instant.
    pub published: Option<RawDate>,
    /// When it was last changed.
    pub modified: Option<String>,
    /// When it was fetched, for pages from the web.
    pub fetched: Option<String>,
    /// The language as a BCP 47 tag or a name.
    pub language: Option<String>,
    /// The desk or section.
    pub section: Option<String>,
    /// Keywords, topics and subjects.
    pub keywords: Vec<String>,
    /// Names that the source itself states, which win over guesses.
    pub stated: Vec<(EntityKind, String)>,
}

/// The text of a picture as the source spelled it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RawCaption {
    /// The text.
    pub text: String,
    /// Who made the picture, when told apart.
    pub credit: Option<String>,
}

/// A date of publication as the source spelled it, and where the reader found it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RawDate {
    /// The spelling.
    pub text: String,
    /// Where it stood.
    pub from: DateOrigin,
}

/// Where a date of publication was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum DateOrigin {
    /// A field of the source made for it.
    Metadata,
    /// The dateline.
    Dateline,
    /// The address of publication.
    Url,
    /// The text.
    Text,
}

/// One published piece, cleaned. Its text is frozen: every later range is a byte range into [`Article::text`].
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Article {
    /// Names this article and no other in an index. Global when the source's own id is a URI, URN, canonical URL or
    /// agency GUID; else local to its file: `path#own id` or `path#record`.
    pub id: String,
    /// The source's own id, as it spelled it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub own_id: Option<String>,
    /// Where it was read.
    pub origin: Origin,
    /// Rank among versions of the same id; the highest wins. 0 where the source states none.
    pub version: u64,
    /// The address of publication.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Who published it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Who wrote it, one person or agency each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub byline: Vec<String>,
    /// The dateline, taken off the body.
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
    /// The day it was fetched.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fetched: Option<Date>,
    /// Names that the source itself states.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub stated: Vec<(EntityKind, String)>,
    /// Title, paragraphs of the body, captions and credits, in this order, each ended by a line feed.
    pub text: String,
    /// What stands where in `text`: sorted, disjoint, each without its line feed. At most one title, and it is first.
    pub parts: Vec<Part>,
}

/// The opening `RIYADH, March 29 (AP) -`: place and day of filing and the wire.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Dateline {
    /// As printed, without the closing dash.
    pub text: String,
    /// Where it was filed.
    pub place: Option<String>,
    /// The day of filing, when it is stated with enough to know the year.
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
    /// What kind of text it is.
    pub zone: Zone,
    /// Bytes of the article's text.
    pub range: Range<usize>,
}

/// The kinds of text in an article. No phrase or proximity crosses from one zone to another, nor from one caption to
/// another. The first `Body` part is the lede.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Zone {
    /// The headline.
    Title,
    /// A paragraph of the body.
    Body,
    /// The text of one picture.
    Caption,
    /// Who made the picture of the caption before it; searched as part of captions, never read for names.
    Credit,
}

impl Article {
    /// The headline; empty when there is none.
    pub fn title(&self) -> &str {
        self.parts.first().filter(|part| part.zone == Zone::Title).map_or("", |part| &self.text[part.range.clone()])
    }

    /// The texts of one zone, in order.
    pub fn texts(&self, zone: Zone) -> impl Iterator<Item = &str> {
        self.parts.iter().filter(move |part| part.zone == zone).map(|part| &self.text[part.range.clone()])
    }

    /// Appends one paragraph to the text; an empty one is left out.
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
    /// What it names.
    pub value: T,
}

/// What was found in an article's text.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Annotations {
    /// Who and where, each once, in order of first mention.
    pub entities: Vec<Entity>,
    /// When: sorted by place, disjoint. `None` is an expression that cannot be resolved without a day of publication.
    pub dates: Vec<Mention<Option<DateSpan>>>,
}

/// A person, organisation or place that an article names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// What it is.
    pub kind: EntityKind,
    /// The fullest name that the article gives it.
    pub name: String,
    /// Groups spellings across articles: the same for `Sergei Kislyak` and `Sergey Kislyak`.
    pub key: String,
    /// Where it is named: bytes of [`Article::text`], sorted. Empty for a name that only the source's fields state.
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
    /// A place: a country, town, river, building that is gone to.
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

/// One record, or one file, passed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skip {
    /// The file, or the root that could not be walked.
    pub path: PathBuf,
    /// The record's number in the file, from 1; `None` where the whole file is passed over.
    pub record: Option<u64>,
    /// Why.
    pub reason: SkipReason,
    /// The evidence, in words: where in the file, what was found, what to do. May be empty.
    pub detail: String,
}

/// Why a record is passed over. Tallies count by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum SkipReason {
    /// Nothing in it.
    Empty,
    /// Readable, but not news: a table of ids, a README, a word list, an index page.
    NotAnArticle,
    /// A format that is not read here.
    UnknownFormat,
    /// The operating system refused it.
    Unreadable,
    /// It breaks the rules of its own format.
    Damaged,
    /// Larger than the limit for one record.
    TooLarge,
    /// Unpacks to far more than it holds.
    Bomb,
    /// Nested deeper than the limit.
    TooDeep,
    /// A record without text to index.
    NoText,
    /// The source says that it must not be used: killed, cancelled, embargoed.
    Withheld,
    /// A web record that is no page: a redirect, an error, a revisit.
    NotAPage,
    /// A symbolic link that leads back to where it stands.
    Loop,
    /// Its reader panicked.
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
