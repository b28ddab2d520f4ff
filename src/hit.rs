//! What a search gives back, as plain data that serialises: the machine-readable output is these types.

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
    /// Place in the ranking, from 1; counts on through pages.
    pub rank: u64,
    /// How well it matches, rounded to 4 decimals; comparable within one query only.
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
    /// The file it was read from, and the record in it.
    pub path: String,
    /// From 1.
    pub record: u64,
    /// The text that shows why.
    pub snippet: Snippet,
    /// Why it has its score, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub why: Option<Why>,
}

/// Text chosen from an article to show why it matches.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Snippet {
    /// Pieces in order of their place in the article; the best one alone when one was asked for.
    pub fragments: Vec<Fragment>,
}

/// One run of text from one zone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fragment {
    /// Where it is from.
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

/// `text` with `open` and `close` around every one of `marks`.
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
    /// How many articles match: exactly those that can be listed by paging to the end.
    pub count: u64,
    /// How many of them have every word of a bare list; `None` where the query is no list of two or more.
    pub count_all_words: Option<u64>,
    /// The page asked for, best first.
    pub hits: Vec<Hit>,
    /// Counts by value, one for each facet asked for.
    pub facets: Vec<FacetCounts>,
    /// Counts by calendar unit, where asked for.
    pub timeline: Option<Timeline>,
    /// What was repaired, expanded or may have been meant, for the user to read.
    pub notes: Vec<String>,
    /// How the query was understood, where that was asked for.
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

/// What to count by.
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

/// How many matching articles have each value, most first, then by value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FacetCounts {
    /// What was counted by.
    pub facet: Facet,
    /// Value and number of articles.
    pub values: Vec<(String, u64)>,
    /// How many different values there are in all matches.
    pub distinct: u64,
    /// How many matching articles have no value.
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

/// How many matching articles fall into each calendar unit, by the day of publication or by the days they mention.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Timeline {
    /// The unit.
    pub unit: Unit,
    /// Whether days mentioned were counted, not days of publication.
    pub of_mentions: bool,
    /// First day of the unit and number of articles, in order of time; units without articles between the first and
    /// the last are present with 0.
    pub bins: Vec<(Date, u64)>,
    /// Matching articles whose day is not known finely enough for the unit, or not at all.
    pub undated: u64,
}

/// An article as it stands in the index.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Stored {
    /// The article.
    pub article: Article,
    /// What was found in it.
    pub annotations: Annotations,
}
