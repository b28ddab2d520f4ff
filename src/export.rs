//! An article as one line of JSON, in the form that Morgue itself reads again.

use std::collections::BTreeMap;

use morgue_article::date::{Date, DateSpan};
use morgue_article::{Article, DateOrigin, Zone};
use serde::Serialize;

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
    /// User fields: values by name, without the prefix `x.`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub extra: &'a BTreeMap<String, Vec<String>>,
    /// Paragraphs with blank lines between them.
    pub body: String,
    /// The texts of pictures.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub captions: Vec<CaptionRecord<'a>>,
}

/// The text of one picture in an [`ArticleRecord`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CaptionRecord<'a> {
    /// The text; empty where only the credit is known.
    pub text: &'a str,
    /// Who made the picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credit: Option<&'a str>,
}

impl<'a> ArticleRecord<'a> {
    /// The record of an article.
    pub fn new(article: &'a Article) -> ArticleRecord<'a> {
        let body: Vec<&str> = article.texts(Zone::Body).collect();
        ArticleRecord {
            id: &article.id,
            own_id: article.own_id.as_deref(),
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

/// The captions, each with the credit that follows it.
fn captions(article: &Article) -> Vec<CaptionRecord<'_>> {
    let mut captions: Vec<CaptionRecord<'_>> = Vec::new();
    for part in &article.parts {
        let text = &article.text[part.range.clone()];
        match (part.zone, captions.last_mut()) {
            (Zone::Credit, Some(caption)) if caption.credit.is_none() => caption.credit = Some(text),
            (Zone::Credit, _) => captions.push(CaptionRecord { text: "", credit: Some(text) }),
            (Zone::Caption, _) => captions.push(CaptionRecord { text, credit: None }),
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
