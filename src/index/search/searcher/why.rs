//! Explains how a query was understood and why an article has its score.

use super::Inner;
use super::ranking::{Matched, Statistics};
use crate::error::Result;
use crate::hit::{Became, Explanation, Part, Reason, Why};
use crate::index::request::Request;
use crate::index::search::clause::{ClauseMatches, Scored};
use crate::index::search::score::{self, Collection};
use crate::index::search::second_stage::{self, Word};
use crate::index::search::top::Ranked;
use crate::matching::{LeafId, Mark};
use crate::query::{Outline, Resolved};
use morgue_article::Article;
use morgue_article::text::one_line;

/// The greatest number of words or spellings that are listed for one pattern or name.
const LISTED: usize = 10;
/// The greatest number of spellings of one part that are listed for one article.
const LISTED_OF_HIT: usize = 5;

/// The data that explains the scores of one search.
pub(super) struct Reasons<'s> {
    searched: &'s Inner,
    resolved: &'s Resolved,
    matched: &'s Matched,
    statistics: &'s Statistics,
    /// The number of live articles that each leaf matches, indexed by leaf.
    frequencies: Vec<u64>,
    /// The weight of each leaf in the score, indexed by leaf.
    weights: Vec<f32>,
    /// The words that the second stage looks at.
    words: Vec<Word<'s>>,
}

/// The contribution of one leaf to the score of one document.
struct Share {
    leaf: LeafId,
    /// The number of occurrences of the leaf in the document.
    times: u32,
    points: f32,
}

impl Inner {
    /// Explains how the query was understood.
    pub(super) fn explanation(&self, resolved: &Resolved, request: &Request) -> Result<Explanation> {
        let patterns = resolved.expanded.iter().map(|pattern| Became {
            typed: pattern.typed.clone(),
            words: pattern.words.iter().take(LISTED).cloned().collect(),
            total: pattern.total,
        });
        let names = resolved.named.iter().map(|named| Became {
            typed: named.typed.clone(),
            words: named.names.iter().take(LISTED).map(|name| (name.name.clone(), name.docs)).collect(),
            total: named.names.len() as u64,
        });
        Ok(Explanation {
            tree: request.query.tree().to_string(),
            outline: self.part(resolved.outline(), request)?,
            patterns: patterns.collect(),
            names: names.collect(),
        })
    }

    /// A part of the query, with the number of articles that satisfy it by itself.
    fn part(&self, outline: Outline, request: &Request) -> Result<Part> {
        let articles = self.matching(&outline.clause, request)?.count;
        let parts = outline.parts.into_iter().map(|part| self.part(part, request)).collect::<Result<_>>()?;
        Ok(Part { says: outline.says, articles, parts })
    }

    /// Collects the data that explains the scores of `matched`.
    pub(super) fn reasons<'s>(&'s self, resolved: &'s Resolved, matched: &'s Matched) -> Result<Reasons<'s>> {
        let statistics = self.statistics()?;
        let frequencies = self.frequencies(resolved, matched);
        let weights = statistics.collection.weights(&resolved.leaves, &frequencies);
        let words = second_stage::words(&resolved.clause, &resolved.leaves);
        Ok(Reasons { searched: self, resolved, matched, statistics, frequencies, weights, words })
    }
}

impl Reasons<'_> {
    /// Explains the score of the article at `ranked`. `marks` are the marks of all leaves.
    pub(super) fn why(&self, ranked: &Ranked, article: &Article, marks: &[Mark]) -> Result<Why> {
        let ord = ranked.at.segment_ord as usize;
        let doc = ranked.at.doc_id;
        let Statistics { collection: Collection { articles, words }, norms, columns } = self.statistics;
        let mut shares = Vec::new();
        self.add_shares(&self.matched.segments[ord].0, doc, norms[ord][doc as usize], &mut shares);
        let mut sum = 0.0;
        let mut reasons = Vec::new();
        for Share { leaf, times, points } in shares {
            sum += f64::from(points);
            if points <= 0.0 {
                continue;
            }
            let marks_of_leaf = marks.iter().filter(|mark| mark.leaf == leaf);
            let mut found: Vec<String> = Vec::new();
            for mark in marks_of_leaf.clone() {
                let spelling = one_line(&article.text[mark.range.clone()]);
                if found.len() < LISTED_OF_HIT && !found.contains(&spelling) {
                    found.push(spelling);
                }
            }
            reasons.push(Reason {
                part: self.resolved.leaves[leaf.index()].typed.clone(),
                times: if times > 0 { u64::from(times) } else { marks_of_leaf.count().max(1) as u64 },
                found,
                articles: self.frequencies[leaf.index()],
                points: rounded(f64::from(points)),
            });
        }
        // Only the first articles of a ranking have gains of the second stage. A smaller rest is a rounding error.
        let has_gains = ranked.score as f64 / 1e4 - sum >= 0.0005;
        let gains =
            if has_gains { self.searched.gains(&[ranked.at], &self.words, norms, &self.weights)? } else { Vec::new() };
        let gain = gains.first().copied().unwrap_or_default();
        Ok(Why {
            reasons,
            nearness: rounded(gain.nearness.into()),
            lede: rounded(gain.lede.into()),
            names: rounded(gain.names.into()),
            words: columns[ord].length.first(doc).unwrap_or(0),
            average_words: words / (*articles).max(1),
        })
    }

    /// Adds the contributions of the leaves of `found` to the score of `doc`, in query order. A leaf contributes only if
    /// the document satisfies every clause around it.
    fn add_shares(&self, found: &ClauseMatches, doc: u32, norm: f32, shares: &mut Vec<Share>) {
        match &found.scored {
            Scored::Nothing => {}
            Scored::Parts(parts) => {
                if found.bits.contains(doc as usize) {
                    parts.iter().for_each(|part| self.add_shares(part, doc, norm, shares));
                }
            }
            Scored::Leaf { leaf, counts, by_length } => {
                let Ok(index) = counts.docs.binary_search(&doc) else { return };
                let times = counts.counts[index];
                let near = counts.near.as_ref().map(|near| near[index]);
                let norm = by_length.then_some(norm);
                let points = self.weights[leaf.index()] * score::occurrences(times, near, norm);
                shares.push(Share { leaf: *leaf, times, points });
            }
        }
    }
}

fn rounded(points: f64) -> f64 {
    (points * 1e4).round() / 1e4
}
