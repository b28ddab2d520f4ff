//! BM25 over the leaves of a clause.
//!
//! Every leaf of the clause (a word, a phrase, a wildcard with all its expansions) counts as one term. Its document
//! frequency is the number of live articles that it matches. Statistics count live articles only and lengths are exact,
//! so scores depend on the articles alone and not on segments, deletes or merges. A document's score is summed leaf by
//! leaf in query order.
//!
//! Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), with the idf that is
//! positive for every frequency, ln(1 + (N - n + 0.5) / (n + 0.5)).

use fixedbitset::FixedBitSet;
use tantivy::SegmentReader;

use super::clause::{ClauseMatches, Scored};
use crate::query::Leaf;

/// Term saturation: with a smaller value, further occurrences soon stop adding to the score. Best of 0.9 and 1.2 on both
/// development sets of news, `newsquiz` and `time` (measured with the example `score_ranking`).
const K1: f32 = 1.2;
/// Length normalisation, from 0 (none) to 1 (full); 0.75 as measured with [`K1`].
const B: f32 = 0.75;
/// The greatest contribution of a term of less weight (a fuzzy neighbor), as a share of the contribution of one occurrence
/// of the word itself.
const NEIGHBOR: f32 = 0.5;

/// The statistics of all live articles.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Collection {
    /// The number of live articles.
    pub(crate) articles: u64,
    /// The number of their words in total.
    pub(crate) words: u64,
}

impl Collection {
    /// The length norms of a segment's documents: the part of BM25's denominator that depends only on the length.
    pub(crate) fn norms(&self, lengths: impl Iterator<Item = u64>) -> Vec<f32> {
        let average = (self.words as f32 / self.articles.max(1) as f32).max(1.0);
        lengths.map(|length| K1 * (1.0 - B + B * length as f32 / average)).collect()
    }

    /// The inverse document frequency of a leaf that `frequency` live articles match.
    fn idf(&self, frequency: u64) -> f32 {
        let (n, df) = (self.articles as f64, frequency as f64);
        (1.0 + (n - df + 0.5).max(0.0) / (df + 0.5)).ln() as f32
    }

    /// The weight of each leaf in the score, indexed by leaf: its idf times its boost.
    pub(crate) fn weights(&self, leaves: &[Leaf], frequencies: &[u64]) -> Vec<f32> {
        leaves.iter().zip(frequencies).map(|(leaf, &frequency)| self.idf(frequency) * leaf.weight).collect()
    }
}

/// Adds the number of live documents of every scored leaf to `frequencies`, which is indexed by leaf.
pub(crate) fn add_frequencies(found: &ClauseMatches, segment: &SegmentReader, frequencies: &mut [u64]) {
    match &found.scored {
        Scored::Nothing => {}
        Scored::Leaf { leaf, counts, .. } => {
            frequencies[leaf.index()] += match segment.alive_bitset() {
                None => counts.docs.len() as u64,
                Some(alive) => counts.docs.iter().filter(|&&doc| alive.is_alive(doc)).count() as u64,
            };
        }
        Scored::Parts(parts) => parts.iter().for_each(|part| add_frequencies(part, segment, frequencies)),
    }
}

/// The scores of the documents of `mask`, indexed by document. The scores of other documents have no meaning. `weights`
/// is indexed by leaf.
pub(crate) fn scores(found: &ClauseMatches, mask: &FixedBitSet, norms: &[f32], weights: &[f32]) -> Vec<f32> {
    let mut scores = vec![0.0; norms.len()];
    add_scores(found, mask, norms, weights, &mut scores);
    scores
}

/// Adds the contribution of `found` to the scores of the documents of `mask`. A leaf contributes to a document only if
/// the document satisfies every clause around the leaf.
fn add_scores(found: &ClauseMatches, mask: &FixedBitSet, norms: &[f32], weights: &[f32], scores: &mut [f32]) {
    match &found.scored {
        Scored::Nothing => {}
        Scored::Parts(parts) => {
            let mut inside = mask.clone();
            inside.intersect_with(&found.bits);
            for part in parts {
                add_scores(part, &inside, norms, weights, scores);
            }
        }
        Scored::Leaf { leaf, counts, by_length } => {
            let weight = weights[leaf.index()];
            for (i, (&doc, &count)) in counts.docs.iter().zip(&counts.counts).enumerate() {
                if !mask.contains(doc as usize) {
                    continue;
                }
                let near = counts.near.as_ref().map(|near| near[i]);
                let norm = by_length.then(|| norms[doc as usize]);
                scores[doc as usize] += weight * occurrences(count, near, norm);
            }
        }
    }
}

/// The value of a leaf's occurrences in one article: `count` occurrences of the leaf itself, and fuzzy neighbors of which
/// the best has the weight `near`. Without a norm, the article's length does not matter.
pub(crate) fn occurrences(count: u32, near: Option<f32>, norm: Option<f32>) -> f32 {
    let norm = norm.unwrap_or(K1);
    let own = saturate(count as f32, norm);
    near.map_or(own, |near| own + NEIGHBOR * near * saturate(1.0, norm))
}

/// The value of `count` occurrences in an article with this length norm.
pub(crate) fn saturate(count: f32, norm: f32) -> f32 {
    count * (K1 + 1.0) / (count + norm)
}

/// A score as it is printed and compared, in ten-thousandths. Scores are never negative.
pub(crate) fn rounded(score: f32) -> i64 {
    (f64::from(score) * 1e4 + 0.5) as i64
}

/// A lower bound of the scores that are rounded to `least` ten-thousandths or more.
pub(crate) fn lower_bound(least: i64) -> f64 {
    (least - 1) as f64 / 1e4
}
