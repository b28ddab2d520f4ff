//! An article as one line of JSON, in the form that Morgue itself reads again, and a whole index as such lines.

use std::collections::BTreeMap;
use std::io::Write;

use morgue_article::date::{Date, DateSpan};
use morgue_article::{Article, DateOrigin, EntityKind, Zone};
use serde::Serialize;

use crate::error::{Error, Result};
use crate::index::Searcher;

/// Writes every article of an index as JSON Lines, one [`ArticleRecord`] in each line, in the order of storage. Returns
/// the number of articles. `out` is flushed at the end; it should be buffered.
///
/// [`ingest`](crate::ingest()) reads the lines back to the same articles. Ids that are local to a file become local to the
/// file with the lines; names and dates are found anew.
///
/// # Errors
/// [`Error::Output`] if `out` cannot be written; [`Error::Cancelled`]; and [`Error::Damaged`] or [`Error::Index`] if an
/// article cannot be read back. Each ends the export.
///
/// ```
/// use morgue::article::Zone;
/// use morgue::{Article, Index, export};
///
/// let folder = tempfile::tempdir()?;
/// let index = Index::open_or_create(folder.path().join("index"))?;
/// let mut writer = index.writer()?;
/// let mut article = Article { id: "urn:levee:1".into(), ..Article::default() };
/// article.push(Zone::Title, "Levee holds");
/// writer.add(article)?;
/// writer.commit()?;
///
/// let mut lines = Vec::new();
/// assert_eq!(export::write_articles(&index.searcher()?, &mut lines)?, 1);
/// assert_eq!(
///     String::from_utf8(lines)?,
///     "{\"id\":\"urn:levee:1\",\"path\":\"memory\",\"record\":1,\"title\":\"Levee holds\",\"body\":\"\"}\n"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn write_articles(searcher: &Searcher, out: &mut impl Write) -> Result<u64> {
    let output = |source| Error::Output { source };
    let mut count = 0;
    for stored in searcher.articles() {
        let line = ArticleRecord::new(&stored?.article).to_json();
        writeln!(out, "{line}").map_err(output)?;
        count += 1;
    }
    out.flush().map_err(output)?;
    Ok(count)
}

/// An article as `morgue read` prints it and `morgue index` reads it: its text cut into title, body and captions, and
/// the fields that the article has. It borrows from the [`Article`].
///
/// ```
/// use morgue::Article;
/// use morgue::article::Zone;
/// use morgue::export::ArticleRecord;
///
/// let mut article = Article { id: "a.txt#1".into(), ..Article::default() };
/// article.push(Zone::Title, "Bridge opens");
/// article.push(Zone::Body, "The bridge opened on Monday.");
/// article.push(Zone::Body, "It took ten years to build.");
/// assert_eq!(
///     ArticleRecord::new(&article).to_json(),
///     r#"{"id":"a.txt#1","path":"","record":0,"title":"Bridge opens","body":"The bridge opened on Monday.\n\nIt took ten years to build."}"#
/// );
/// ```
#[derive(Debug, Clone, Serialize)]
pub struct ArticleRecord<'a> {
    /// [`Article::id`].
    pub id: &'a str,
    /// [`Article::own_id`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub own_id: Option<&'a str>,
    /// [`Article::version`]; left out when it is 0.
    #[serde(skip_serializing_if = "is_zero")]
    pub version: u64,
    /// The file that the article was read from.
    pub path: &'a str,
    /// The number of its record in that file, from 1.
    pub record: u64,
    /// The headline; empty when there is none.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub title: &'a str,
    /// The day, month or year of publication.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<DateSpan>,
    /// Where the date of publication was read from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published_from: Option<DateOrigin>,
    /// The day of the last change.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modified: Option<Date>,
    /// The day when the article was fetched.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fetched: Option<Date>,
    /// Who published it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<&'a str>,
    /// Who wrote it, one person or agency each.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub byline: &'a [String],
    /// The dateline as printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dateline: Option<&'a str>,
    /// The address of publication.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<&'a str>,
    /// The language as a BCP 47 tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<&'a str>,
    /// The desk or section.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<&'a str>,
    /// Keywords, topics and subjects.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub keywords: &'a [String],
    /// People that the source itself names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub person: Vec<&'a str>,
    /// Organisations that the source itself names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub org: Vec<&'a str>,
    /// Places that the source itself names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub place: Vec<&'a str>,
    /// User fields: values by name, without the prefix `x.`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub extra: &'a BTreeMap<String, Vec<String>>,
    /// Paragraphs with blank lines between them.
    pub body: String,
    /// Captions.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub captions: Vec<CaptionRecord<'a>>,
}

/// One caption in an [`ArticleRecord`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CaptionRecord<'a> {
    /// The text; empty where only the credit is known.
    pub text: &'a str,
    /// The same text, under the name that the reader of JSON knows.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub caption: &'a str,
    /// Who made the picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credit: Option<&'a str>,
}

impl<'a> ArticleRecord<'a> {
    /// The record of an article.
    pub fn new(article: &'a Article) -> ArticleRecord<'a> {
        let body: Vec<&str> = article.texts(Zone::Body).collect();
        let stated = |kind: EntityKind| {
            let of_kind = article.stated.iter().filter(|(stated_kind, _)| *stated_kind == kind);
            of_kind.map(|(_, name)| name.as_str()).collect()
        };
        ArticleRecord {
            id: &article.id,
            own_id: article.own_id.as_deref(),
            version: article.version,
            path: &article.origin.path,
            record: article.origin.record,
            title: article.title(),
            published: article.published.map(|published| published.span),
            published_from: article.published.map(|published| published.from),
            modified: article.modified,
            fetched: article.fetched,
            source: article.source.as_deref(),
            byline: &article.byline,
            dateline: article.dateline.as_ref().map(|dateline| dateline.text.as_str()),
            url: article.url.as_deref(),
            language: article.language.as_deref(),
            section: article.section.as_deref(),
            keywords: &article.keywords,
            person: stated(EntityKind::Person),
            org: stated(EntityKind::Org),
            place: stated(EntityKind::Place),
            extra: &article.extra,
            body: body.join("\n\n"),
            captions: captions(article),
        }
    }

    /// The record as one line of JSON, without its line feed.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("strings and numbers are always JSON")
    }
}

fn is_zero(number: &u64) -> bool {
    *number == 0
}

/// The captions, each with the credit that follows it.
fn captions(article: &Article) -> Vec<CaptionRecord<'_>> {
    let mut captions: Vec<CaptionRecord<'_>> = Vec::new();
    for part in &article.parts {
        let text = &article.text[part.range.clone()];
        match (part.zone, captions.last_mut()) {
            (Zone::Credit, Some(caption)) if caption.credit.is_none() => caption.credit = Some(text),
            (Zone::Credit, _) => captions.push(CaptionRecord { text: "", caption: "", credit: Some(text) }),
            (Zone::Caption, _) => captions.push(CaptionRecord { text, caption: text, credit: None }),
            (Zone::Title | Zone::Body, _) => {}
        }
    }
    captions
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_credit_belongs_to_the_caption_before_it() {
        let mut article = Article::default();
        for (zone, text) in [(Zone::Credit, "Wire"), (Zone::Caption, "The dam."), (Zone::Credit, "Ann Lee")] {
            article.push(zone, text);
        }
        let expected = [("", Some("Wire")), ("The dam.", Some("Ann Lee"))];
        let captions: Vec<_> = captions(&article).iter().map(|caption| (caption.text, caption.credit)).collect();
        assert_eq!(captions, expected);
    }
}
