//! Iterators over all hits of a request and over stored articles.

use std::collections::VecDeque;

use tantivy::DocAddress;

use super::ranking::Matched;
use super::{Inner, Searcher};
use crate::error::{Error, Result};
use crate::hit::{Hit, Hits, Stored};
use crate::index::request::Request;
use crate::index::search::top::Ranked;
use crate::matching::Matcher;
use crate::query::Resolved;

/// Hits that are made at a time. What is computed once for a batch costs less than one hit.
const BATCH: usize = 64;

/// All hits of a request in the order of their ranks: see [`Searcher::scan`].
///
/// The first error ends the iteration.
pub struct Scan {
    searcher: Searcher,
    request: Request,
    answer: Hits,
    resolved: Resolved,
    /// The sets of documents are large, so they are kept only if hits must be explained.
    matched: Option<Matched>,
    ranked: Vec<Ranked>,
    /// The place in `ranked` of the next hit to make.
    next: usize,
    made: VecDeque<Hit>,
}

impl Scan {
    pub(super) fn new(searcher: &Searcher, request: &Request) -> Result<Scan> {
        searcher.inner.guarded(|inner| {
            let resolved = inner.resolve(request);
            let matched = inner.matching_until(&resolved.clause, request, &searcher.cancel)?;
            let answer = inner.answer(&resolved, &matched, request)?;
            let ranked = inner.rank(&resolved, &matched, request.sort, usize::MAX)?;
            Ok(Scan {
                searcher: searcher.clone(),
                request: request.clone(),
                answer,
                resolved,
                matched: Some(matched).filter(|_| request.explain),
                ranked,
                next: 0,
                made: VecDeque::new(),
            })
        })
    }

    /// The answer without its hits: the number of matches, facets, timeline, notes and explanation.
    pub fn answer(&self) -> &Hits {
        &self.answer
    }

    /// Ends the iteration, and gives the answer without its hits.
    pub fn into_answer(self) -> Hits {
        self.answer
    }

    fn make_batch(&mut self) -> Result<()> {
        if self.searcher.cancel.is_cancelled() {
            return Err(Error::Cancelled);
        }
        let end = self.ranked.len().min(self.next + BATCH);
        let batch = self.searcher.inner.guarded(|inner| self.hits(inner, end))?;
        self.made.extend(batch);
        self.next = end;
        Ok(())
    }

    fn hits(&self, inner: &Inner, end: usize) -> Result<Vec<Hit>> {
        let reasons = self.matched.as_ref().map(|matched| inner.reasons(&self.resolved, matched)).transpose()?;
        let matcher = Matcher::new(&self.resolved.clause);
        inner.with_tokenizer(|tokenizer| {
            let places = self.next..end;
            places
                .map(|place| {
                    inner.hit(place, &self.ranked[place], &matcher, reasons.as_ref(), &self.request, tokenizer)
                })
                .collect()
        })
    }
}

impl Iterator for Scan {
    type Item = Result<Hit>;

    fn next(&mut self) -> Option<Result<Hit>> {
        if self.made.is_empty()
            && self.next < self.ranked.len()
            && let Err(error) = self.make_batch()
        {
            self.next = self.ranked.len();
            return Some(Err(error));
        }
        self.made.pop_front().map(Ok)
    }
}

impl std::iter::FusedIterator for Scan {}

/// Stored articles with their annotations: see [`Searcher::articles`] and [`Searcher::articles_of`].
///
/// An article that cannot be read back is an error in its place; the iteration goes on with the next one. Only
/// [`Error::Cancelled`] ends it.
pub struct StoredArticles {
    searcher: Searcher,
    places: Box<dyn Iterator<Item = DocAddress> + Send>,
    ended: bool,
}

impl StoredArticles {
    /// All articles, in the order of storage.
    pub(super) fn all(searcher: &Searcher) -> StoredArticles {
        let engine = searcher.inner.engine.clone();
        let segments = (0..engine.segment_readers().len() as u32).flat_map(move |ord| {
            let segment = engine.segment_reader(ord).clone();
            let alive = (0..segment.max_doc()).filter(move |&doc| !segment.is_deleted(doc));
            alive.map(move |doc| DocAddress::new(ord, doc))
        });
        StoredArticles { searcher: searcher.clone(), places: Box::new(segments), ended: false }
    }

    /// The articles that match, in the order of the request.
    pub(super) fn matching(searcher: &Searcher, request: &Request) -> Result<StoredArticles> {
        let ranked = searcher.inner.guarded(|inner| {
            let resolved = inner.resolve(request);
            let matched = inner.matching_until(&resolved.clause, request, &searcher.cancel)?;
            inner.rank(&resolved, &matched, request.sort, usize::MAX)
        })?;
        let places = ranked.into_iter().map(|ranked| ranked.at);
        Ok(StoredArticles { searcher: searcher.clone(), places: Box::new(places), ended: false })
    }
}

impl Iterator for StoredArticles {
    type Item = Result<Stored>;

    fn next(&mut self) -> Option<Result<Stored>> {
        if self.ended {
            return None;
        }
        if self.searcher.cancel.is_cancelled() {
            self.ended = true;
            return Some(Err(Error::Cancelled));
        }
        let place = self.places.next()?;
        Some(self.searcher.inner.guarded(|inner| inner.stored(place)))
    }
}
