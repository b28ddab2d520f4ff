//! The answer of a search, as plain data. The machine-readable output is a serialisation of these types.

mod explained;
mod names;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use morgue_article::date::{Date, DateSpan};
use morgue_article::{Annotations, Article, ExtraName, Zone};

pub use explained::{Became, Explanation, Part, Reason, Why};
pub use names::UnknownName;

/// A ranked article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Hit {
    /// The place in the ranking, from 1. It continues over pages.
    pub rank: u64,
    /// The score, rounded to 4 decimals. It is comparable within one query only.
    pub score: f64,
    /// The article's id, for `show` and `delete`.
    pub id: String,
    /// The source's own id.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub own_id: Option<String>,
    /// The headline; empty when there is none.
    pub title: String,
    /// Byte ranges of `title` that match, sorted and disjoint.
    pub title_marks: Vec<Range<usize>>,
    /// Who published it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub source: Option<String>,
    /// The day, month or year of publication.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub published: Option<DateSpan>,
    /// Who wrote it.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub byline: Vec<String>,
    /// The address of publication.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub url: Option<String>,
    /// The language.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub lang: Option<String>,
    /// The file that it was read from.
    pub path: String,
    /// The number of the record in the file, from 1.
    pub record: u64,
    /// Text of the article that shows why it matches.
    pub snippet: Snippet,
    /// The explanation of its score, if the request asked for it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub why: Option<Why>,
}

/// Text chosen from an article to show why it matches.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Snippet {
    /// The fragments in the order of the article. If one was requested, it is the best one.
    pub fragments: Vec<Fragment>,
}

/// One range of text from one zone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fragment {
    /// The zone.
    pub zone: Zone,
    /// The text, without ellipses.
    pub text: String,
    /// Byte ranges of `text` that match, sorted and disjoint; a phrase is one.
    pub marks: Vec<Range<usize>>,
    /// Whether text of the same paragraph was cut off before it.
    pub cut_before: bool,
    /// Whether text of the same paragraph was cut off after it.
    pub cut_after: bool,
}

impl Snippet {
    /// The text with `open` and `close` around every mark, ` … ` where text is cut.
    pub fn marked(&self, open: &str, close: &str) -> String {
        let mut out = String::new();
        let mut cut = false;
        for (i, fragment) in self.fragments.iter().enumerate() {
            if i > 0 {
                out.push(' ');
            }
            // One gap has one ellipsis.
            if fragment.cut_before && !cut {
                out.push_str("… ");
            }
            cut = fragment.cut_after;
            out.push_str(&mark(&fragment.text, &fragment.marks, open, close));
            if fragment.cut_after {
                out.push_str(" …");
            }
        }
        out
    }
}

/// `text` with `open` and `close` around every one of `marks`: byte ranges of `text`, sorted and disjoint.
///
/// # Panics
/// If the ranges are not sorted and disjoint, or if one is not a range of `text` between characters.
pub fn mark(text: &str, marks: &[Range<usize>], open: &str, close: &str) -> String {
    let mut out = String::with_capacity(text.len() + marks.len() * (open.len() + close.len()));
    let mut at = 0;
    for range in marks {
        out.push_str(&text[at..range.start]);
        out.push_str(open);
        out.push_str(&text[range.clone()]);
        out.push_str(close);
        at = range.end;
    }
    out.push_str(&text[at..]);
    out
}

/// The answer to a request.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Hits {
    /// The exact number of articles that match. All of them can be listed by paging to the end.
    pub count: u64,
    /// The number of these that have every word of a bare list; `None` if the query is not a list of two or more words.
    pub count_all_words: Option<u64>,
    /// The requested page, best hit first.
    pub hits: Vec<Hit>,
    /// Counts by value, one for each requested facet.
    pub facets: Vec<FacetCounts>,
    /// Counts by calendar unit, if requested.
    pub timeline: Option<Timeline>,
    /// Messages for the user: repairs, expansions and suggestions.
    pub notes: Vec<String>,
    /// The explanation of the query, if requested.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub explanation: Option<Explanation>,
}

impl<'h> IntoIterator for &'h Hits {
    type Item = &'h Hit;
    type IntoIter = std::slice::Iter<'h, Hit>;
    fn into_iter(self) -> Self::IntoIter {
        self.hits.iter()
    }
}

/// A field by whose values matches are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Facet {
    /// People.
    Person,
    /// Organisations.
    Org,
    /// Places.
    Place,
    /// Who published.
    Source,
    /// Who wrote.
    Byline,
    /// The language.
    Lang,
    /// A user field: `x.client`.
    Extra(ExtraName),
}

/// The number of matching articles for each value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FacetCounts {
    /// The facet.
    pub facet: Facet,
    /// Values with their number of articles: the greatest number first, then by value.
    pub values: Vec<(String, u64)>,
    /// The number of different values in all matches.
    pub distinct: u64,
    /// The number of matching articles without a value.
    pub without: u64,
}

/// A calendar unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// Calendar years.
    Year,
    /// Calendar months.
    Month,
    /// Weeks, Monday to Sunday.
    Week,
    /// Days.
    Day,
}

/// The number of matching articles in each calendar unit, by day of publication or by the days that they mention.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Timeline {
    /// The unit.
    pub unit: Unit,
    /// Whether mentioned days were counted instead of days of publication.
    pub of_mentions: bool,
    /// The first day of each unit and its number of articles, in order of time. Units without articles between the first and
    /// the last have 0.
    pub bins: Vec<(Date, u64)>,
    /// The number of matching articles whose day is unknown, or not known precisely enough for the unit.
    pub undated: u64,
}

/// An article as it is stored in the index.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Stored {
    /// The article.
    pub article: Article,
    /// The names and days found in it.
    pub annotations: Annotations,
}
