//! A request to a searcher: a query, and the options of its answer.

use super::naming::Naming;
use crate::hit::{Facet, Unit};
use crate::query::{Aliases, Days, Query, StopEntities};
use morgue_article::date::Date;

/// A query, and the options of its answer.
///
/// ```
/// use morgue::hit::{Facet, Unit};
/// use morgue::{Query, Request, Sort};
///
/// let request = Request::new(Query::parse("levee published:2019")?)
///     .sort(Sort::Newest)
///     .limit(20)
///     .snippet(2, 160)
///     .facet(Facet::Person, 5)
///     .timeline(Unit::Month);
/// # Ok::<(), morgue::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Request {
    pub(crate) query: Query,
    pub(crate) limit: usize,
    pub(crate) offset: usize,
    pub(crate) sort: Sort,
    pub(crate) all: bool,
    pub(crate) facets: Vec<(Facet, usize)>,
    pub(crate) timeline: Option<(Unit, bool)>,
    pub(crate) today: Date,
    pub(crate) fragments: usize,
    pub(crate) width: usize,
    pub(crate) below: Option<String>,
    pub(crate) aliases: Aliases,
    pub(crate) stops: StopEntities,
    pub(crate) published: Option<Days>,
    pub(crate) explain: bool,
}

/// The order of hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// Best hit first.
    #[default]
    Relevance,
    /// Latest day of publication first; undated articles last.
    Newest,
    /// Earliest day of publication first; undated articles last.
    Oldest,
}

impl Request {
    /// The first 10 hits of `query`, best first, with one snippet each of about 240 characters.
    pub fn new(query: Query) -> Request {
        Request {
            query,
            limit: 10,
            offset: 0,
            sort: Sort::Relevance,
            all: false,
            facets: Vec::new(),
            timeline: None,
            today: Date::today(),
            fragments: 1,
            width: 240,
            below: None,
            aliases: Aliases::default(),
            stops: StopEntities::default(),
            published: None,
            explain: false,
        }
    }

    /// The largest number of hits; 10 by default. [`Searcher::scan`](super::Searcher::scan) gives all hits.
    pub fn limit(mut self, hits: usize) -> Request {
        self.limit = hits;
        self
    }

    /// The number of hits to skip at the start.
    pub fn offset(mut self, hits: usize) -> Request {
        self.offset = hits;
        self
    }

    /// The order of hits.
    pub fn sort(mut self, sort: Sort) -> Request {
        self.sort = sort;
        self
    }

    /// Requires all words of a bare list, as AND does.
    pub fn all(mut self, all: bool) -> Request {
        self.all = all;
        self
    }

    /// Counts all matches by the values of a facet, and lists the `top` most frequent values. Each call adds a facet.
    pub fn facet(mut self, facet: Facet, top: usize) -> Request {
        self.facets.push((facet, top));
        self
    }

    /// Counts all matches by calendar unit of the day of publication.
    pub fn timeline(mut self, unit: Unit) -> Request {
        self.timeline = Some((unit, false));
        self
    }

    /// Counts all matches by calendar unit of the days they mention.
    pub fn timeline_of_mentions(mut self, unit: Unit) -> Request {
        self.timeline = Some((unit, true));
        self
    }

    /// The current day, for queries such as `published:7d`. The default is the day of this machine.
    pub fn today(mut self, today: Date) -> Request {
        self.today = today;
        self
    }

    /// The largest number of fragments of a snippet (1 by default), and the largest width of each in characters (240 by
    /// default).
    pub fn snippet(mut self, fragments: usize, width_chars: usize) -> Request {
        self.fragments = fragments;
        self.width = width_chars;
        self
    }

    /// Groups of names of one entity, for `person:`, `org:`, `place:` and `entity:` and for facets.
    pub fn aliases(mut self, aliases: Aliases) -> Request {
        self.aliases = aliases;
        self
    }

    /// Names that are not to be treated as entities, in the same fields and facets.
    pub fn stop_entities(mut self, stops: StopEntities) -> Request {
        self.stops = stops;
        self
    }

    /// Only articles published in these days.
    pub fn published(mut self, days: Days) -> Request {
        self.published = Some(days);
        self
    }

    pub(crate) fn naming(&self) -> Naming {
        Naming::new(&self.aliases, &self.stops)
    }

    /// Explains how the query was understood ([`Hits::explanation`](crate::Hits)) and why each hit has its score
    /// ([`Hit::why`](crate::Hit)).
    pub fn explain(mut self, explain: bool) -> Request {
        self.explain = explain;
        self
    }

    /// Only articles read from this file, or from files below this folder. The path is written as in
    /// [`Hit::path`](crate::Hit::path): as it was given to `ingest`, with `/` between its parts.
    pub fn below(mut self, path: impl Into<String>) -> Request {
        self.below = Some(path.into());
        self
    }
}
