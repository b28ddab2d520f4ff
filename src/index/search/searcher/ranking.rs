//! From a request to a ranked list: the query is resolved, the clause gives a set of documents in every segment, and the
//! sets are scored and sorted.

use fixedbitset::FixedBitSet;
use tantivy::DocAddress;

use super::Inner;
use crate::cancel::Cancel;
use crate::error::{Error, Result};
use crate::index::columns::Columns;
use crate::index::dictionary::EngineDictionary;
use crate::index::engine;
use crate::index::request::{Request, Sort};
use crate::index::search::clause::{ClauseMatches, Finder};
use crate::index::search::ranges::Effort;
use crate::index::search::score::{self, Collection};
use crate::index::search::second_stage::{self, Gain, Word};
use crate::index::search::top::{self, Ranked};
use crate::matching::Clause;
use crate::query::{DayField, Resolved, Resolving, resolve};

/// The data for scoring that does not depend on the query.
pub(super) struct Statistics {
    pub(super) collection: Collection,
    /// Length norms, by segment and document.
    pub(super) norms: Vec<Vec<f32>>,
    /// The columns of each segment.
    pub(super) columns: Vec<Columns>,
}

/// The matches of a clause in every segment.
pub(super) struct Matched {
    /// For each segment, the evaluated clause, and the live documents that match the whole request.
    pub(super) segments: Vec<(ClauseMatches, FixedBitSet)>,
    /// The number of live documents that match.
    pub(super) count: u64,
}

impl Inner {
    /// Resolves the request's query against this index.
    pub(super) fn resolve(&self, request: &Request) -> Resolved {
        let naming = request.naming();
        let (engine, fields, words) = (&self.engine, &self.fields, &self.words);
        let dictionary = EngineDictionary { engine, fields, naming: &naming, words };
        let with = Resolving { today: request.today, all: request.all, aliases: request.aliases.clone() };
        self.with_tokenizer(|tokenizer| resolve(&request.query, &mut tokenizer.tokenizer, &dictionary, &with))
    }

    /// Evaluates `clause` in every segment and applies the request's filters.
    pub(super) fn matching(&self, clause: &Clause, request: &Request) -> Result<Matched> {
        self.matching_until(clause, request, &Cancel::new())
    }

    /// The same as `matching`. Stops between two segments once `cancel` is cancelled.
    pub(super) fn matching_until(&self, clause: &Clause, request: &Request, cancel: &Cancel) -> Result<Matched> {
        let mut segments = Vec::new();
        let mut count = 0;
        let effort = Effort::for_articles(self.engine.num_docs());
        for segment in self.engine.segment_readers() {
            if cancel.is_cancelled() {
                return Err(Error::Cancelled);
            }
            let finder = Finder { segment, fields: &self.fields, effort: &effort };
            let find = || -> tantivy::Result<(ClauseMatches, FixedBitSet)> {
                let found = finder.find(clause)?;
                let mut bits = found.bits.clone();
                if let Some(alive) = segment.alive_bitset() {
                    let dead: Vec<usize> = bits.ones().filter(|&doc| alive.is_deleted(doc as u32)).collect();
                    dead.into_iter().for_each(|doc| bits.remove(doc));
                }
                if let Some(path) = &request.below {
                    bits.intersect_with(&finder.below(path)?);
                }
                if let Some(days) = request.published {
                    bits.intersect_with(&finder.days(DayField::Published, days.on(request.today))?);
                }
                Ok((found, bits))
            };
            let (found, bits) = find().map_err(engine("search a segment"))?;
            if effort.is_spent() {
                return Err(Error::QueryTooCostly);
            }
            count += bits.count_ones(..) as u64;
            segments.push((found, bits));
        }
        Ok(Matched { segments, count })
    }

    /// The statistics of this index. The first call computes them.
    pub(super) fn statistics(&self) -> Result<&Statistics> {
        if let Some(statistics) = self.statistics.get() {
            return Ok(statistics);
        }
        let readers = self.engine.segment_readers();
        let columns = readers.iter().map(Columns::open).collect::<tantivy::Result<Vec<Columns>>>();
        let columns = columns.map_err(engine("open its columns"))?;
        let mut collection = Collection { articles: 0, words: 0 };
        let mut lengths: Vec<Vec<u64>> = Vec::with_capacity(readers.len());
        for (segment, columns) in readers.iter().zip(&columns) {
            let values: Vec<u64> = (0..segment.max_doc()).map(|doc| columns.length.first(doc).unwrap_or(0)).collect();
            for doc in segment.doc_ids_alive() {
                collection.articles += 1;
                collection.words += values[doc as usize];
            }
            lengths.push(values);
        }
        let norms = lengths.into_iter().map(|values| collection.norms(values.into_iter())).collect();
        Ok(self.statistics.get_or_init(|| Statistics { collection, norms, columns }))
    }

    /// The first `limit` matches in the order of `sort`.
    pub(super) fn rank(&self, resolved: &Resolved, matched: &Matched, sort: Sort, limit: usize) -> Result<Vec<Ranked>> {
        if limit == 0 {
            return Ok(Vec::new());
        }
        let Statistics { collection, norms, columns } = self.statistics()?;
        let weights = collection.weights(&resolved.leaves, &self.frequencies(resolved, matched));
        let words = second_stage::words(&resolved.clause, &resolved.leaves);
        let depth = if words.is_empty() || sort != Sort::Relevance { limit } else { limit.max(second_stage::DEPTH) };
        let mut first = Vec::new();
        for (ord, (found, bits)) in matched.segments.iter().enumerate() {
            let scores = score::scores(found, bits, &norms[ord], &weights);
            first.extend(top::first_of_segment(&columns[ord], ord as u32, bits, &scores, sort, depth));
        }
        if !words.is_empty() && sort == Sort::Relevance {
            let head = first.len().min(second_stage::DEPTH);
            // The set of articles at the head must be exact; their order within the head does not matter yet.
            first = top::merge(first, columns, sort, |tied| tied.start < head && head < tied.end);
            self.add_gains(&mut first[..head], &words, norms, &weights)?;
        }
        let mut first = top::merge(first, columns, sort, |tied| tied.start < limit);
        first.truncate(limit);
        Ok(first)
    }

    /// The number of live articles that each leaf matches, indexed by leaf. It is 0 for leaves that do not score.
    pub(super) fn frequencies(&self, resolved: &Resolved, matched: &Matched) -> Vec<u64> {
        let mut frequencies = vec![0; resolved.leaves.len()];
        for ((found, _), segment) in matched.segments.iter().zip(self.engine.segment_readers()) {
            score::add_frequencies(found, segment, &mut frequencies);
        }
        frequencies
    }

    /// Raises the scores of the articles of `head` by the second stage.
    fn add_gains(&self, head: &mut [Ranked], words: &[Word<'_>], norms: &[Vec<f32>], weights: &[f32]) -> Result<()> {
        head.sort_unstable_by_key(|ranked| ranked.at);
        for ranked in head.chunk_by_mut(|a, b| a.at.segment_ord == b.at.segment_ord) {
            let places: Vec<DocAddress> = ranked.iter().map(|ranked| ranked.at).collect();
            let gains = self.gains(&places, words, norms, weights)?;
            ranked.iter_mut().zip(gains).for_each(|(ranked, gain)| ranked.gain(gain.sum()));
        }
        Ok(())
    }

    /// What the second stage adds to the scores of articles of one segment; `places` ascend.
    pub(super) fn gains(
        &self,
        places: &[DocAddress],
        words: &[Word<'_>],
        norms: &[Vec<f32>],
        weights: &[f32],
    ) -> Result<Vec<Gain>> {
        let Some(ord) = places.first().map(|place| place.segment_ord) else { return Ok(Vec::new()) };
        let segment = self.engine.segment_reader(ord);
        second_stage::gains(segment, &self.fields, words, weights, &norms[ord as usize], places)
            .map_err(engine("read positions"))
    }
}
