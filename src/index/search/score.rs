//! BM25 over what a clause found.
//!
//! Every leaf of the clause (a word, a phrase, a wildcard with all its expansions) counts as one term: its document
//! frequency is the number of live articles that it matches. Statistics count live articles only and lengths are exact,
//! so that scores depend on the articles alone, not on segments, deletes or merges; a document's score is summed leaf by
//! leaf in query order.
//!
//! Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), with the idf that is
//! positive for every frequency, ln(1 + (N - n + 0.5) / (n + 0.5)).

use fixedbitset::FixedBitSet;
use tantivy::SegmentReader;

use super::clause::{Found, Parts};

/// How soon more occurrences stop counting. Best of 0.9 and 1.2 on both development sets of news; see ARCHITECTURE.md.
const K1: f32 = 1.2;
/// How much longer articles count less; 0.75 as measured with [`K1`].
const B: f32 = 0.75;
/// What a word of less weight adds at most, as a share of what one occurrence of the word itself would.
const NEIGHBOR: f32 = 0.5;

/// What scores are measured against: all live articles.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Collection {
    /// Live articles.
    pub(crate) articles: u64,
    /// Their words together.
    pub(crate) words: u64,
}

impl Collection {
    /// The part of BM25's denominator that depends on an article's length alone, for every document of a segment.
    pub(crate) fn norms(&self, lengths: impl Iterator<Item = u64>) -> Vec<f32> {
        let average = (self.words as f32 / self.articles.max(1) as f32).max(1.0);
        lengths.map(|length| K1 * (1.0 - B + B * length as f32 / average)).collect()
    }

    /// The weight of a leaf that so many live articles match.
    pub(crate) fn idf(&self, frequency: u64) -> f32 {
        let (n, df) = (self.articles as f64, frequency as f64);
        (1.0 + (n - df + 0.5).max(0.0) / (df + 0.5)).ln() as f32
    }
}

/// Adds the live documents of every leaf to `frequencies`, leaf by leaf in query order.
pub(crate) fn count_leaves(found: &Found, segment: &SegmentReader, frequencies: &mut Vec<u64>) {
    fn visit(found: &Found, segment: &SegmentReader, frequencies: &mut Vec<u64>, leaf: &mut usize) {
        match &found.parts {
            Parts::None => {}
            Parts::Leaf { counts, .. } => {
                let live = match segment.alive_bitset() {
                    None => counts.docs.len() as u64,
                    Some(alive) => counts.docs.iter().filter(|&&doc| alive.is_alive(doc)).count() as u64,
                };
                if frequencies.len() == *leaf {
                    frequencies.push(0);
                }
                frequencies[*leaf] += live;
                *leaf += 1;
            }
            Parts::Several(parts) => parts.iter().for_each(|part| visit(part, segment, frequencies, leaf)),
            Parts::Boosted(part, _) => visit(part, segment, frequencies, leaf),
        }
    }
    visit(found, segment, frequencies, &mut 0);
}

/// The scores of a segment's documents, indexed by document; what is not in `found.bits` is of no meaning.
pub(crate) fn scores(found: &Found, mask: &FixedBitSet, norms: &[f32], idfs: &[f32]) -> Vec<f32> {
    let mut scores = vec![0.0; norms.len()];
    let mut sum = Sum { norms, idfs: idfs.iter(), scores: &mut scores };
    sum.add(found, mask, 1.0);
    scores
}

struct Sum<'s> {
    norms: &'s [f32],
    idfs: std::slice::Iter<'s, f32>,
    scores: &'s mut [f32],
}

impl Sum<'_> {
    /// Adds what `found` contributes to the documents of `mask`, which all satisfy it or take nothing from it.
    fn add(&mut self, found: &Found, mask: &FixedBitSet, boost: f32) {
        match &found.parts {
            Parts::None => {}
            Parts::Boosted(part, factor) => self.add(part, mask, boost * factor),
            Parts::Several(parts) => {
                let mut inside = mask.clone();
                inside.intersect_with(&found.bits);
                for part in parts {
                    self.add(part, &inside, boost);
                }
            }
            Parts::Leaf { counts, by_length } => {
                let idf = self.idfs.next().copied().unwrap_or(0.0) * boost;
                for (i, (&doc, &count)) in counts.docs.iter().zip(&counts.counts).enumerate() {
                    if !mask.contains(doc as usize) {
                        continue;
                    }
                    let near = counts.near.as_ref().map(|near| near[i]);
                    let norm = by_length.then(|| self.norms[doc as usize]);
                    self.scores[doc as usize] += idf * occurrences(count, near, norm);
                }
            }
        }
    }
}

/// What the occurrences of a leaf in one article count: of itself, and of neighbors of at most weight `near`. Without a
/// norm the length does not count.
pub(crate) fn occurrences(count: u32, near: Option<f32>, norm: Option<f32>) -> f32 {
    let norm = norm.unwrap_or(K1);
    let own = saturate(count as f32, norm);
    near.map_or(own, |near| own + NEIGHBOR * near * saturate(1.0, norm))
}

/// What so many occurrences count in an article of this length norm.
pub(crate) fn saturate(count: f32, norm: f32) -> f32 {
    count * (K1 + 1.0) / (count + norm)
}

/// A score as it is printed and compared: ten-thousandths. Scores are never negative.
pub(crate) fn rounded(score: f32) -> i64 {
    (f64::from(score) * 1e4 + 0.5) as i64
}

/// No score below this is rounded to `least` ten-thousandths or more.
pub(crate) fn floor(least: i64) -> f64 {
    (least - 1) as f64 / 1e4
}
