//! How a query was understood, and why an article has its score.

use std::ops::Range;

use super::Inner;
use super::ranking::{Matched, Statistics};
use crate::error::Result;
use crate::hit::{Became, Explanation, Part, Reason, Why};
use crate::index::request::Request;
use crate::index::search::clause::{Found, Parts};
use crate::index::search::score::{self, Collection};
use crate::index::search::top::Ranked;
use crate::matching::Clause;
use crate::query::{Outline, Resolved};
use morgue_article::Article;

/// Most words and spellings that are listed of one pattern or name.
const LISTED: usize = 10;
/// Most spellings of one part that are listed of one article.
const LISTED_OF_HIT: usize = 5;

/// What tells why hits of one search have their scores.
pub(super) struct Reasons<'s> {
    matched: &'s Matched,
    statistics: &'s Statistics,
    /// Live articles, and the weight of each leaf that scores.
    leaves: Vec<Leaf<'s>>,
    idfs: Vec<f32>,
}

/// A leaf that scores.
struct Leaf<'s> {
    typed: &'s str,
    /// Its number among all leaves: that of its marks.
    number: usize,
    articles: u64,
}

impl Inner {
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

    /// A part of the query with the number of articles that satisfy it by itself.
    fn part(&self, outline: Outline, request: &Request) -> Result<Part> {
        let articles = self.matching(&outline.clause, request)?.count;
        let parts = outline.parts.into_iter().map(|part| self.part(part, request)).collect::<Result<_>>()?;
        Ok(Part { says: outline.says, articles, parts })
    }

    pub(super) fn reasons<'s>(&'s self, resolved: &'s Resolved, matched: &'s Matched) -> Result<Reasons<'s>> {
        let statistics = self.statistics()?;
        let mut frequencies = Vec::new();
        for ((found, _), segment) in matched.segments.iter().zip(self.engine.segment_readers()) {
            score::count_leaves(found, segment, &mut frequencies);
        }
        let mut numbers = Vec::new();
        number_leaves(&resolved.clause, true, &mut 0, &mut numbers);
        let leaf = |(number, &articles): (&usize, &u64)| Leaf {
            typed: resolved.leaves.get(*number).map_or("", String::as_str),
            number: *number,
            articles,
        };
        let idfs = frequencies.iter().map(|&frequency| statistics.collection.idf(frequency)).collect();
        Ok(Reasons { matched, statistics, leaves: numbers.iter().zip(&frequencies).map(leaf).collect(), idfs })
    }
}

impl Reasons<'_> {
    /// Why the article at `ranked` has its score; `marks` are those of all leaves.
    pub(super) fn why(&self, ranked: &Ranked, article: &Article, marks: &[(usize, Range<usize>)]) -> Why {
        let ord = ranked.at.segment_ord as usize;
        let doc = ranked.at.doc_id;
        let Statistics { collection: Collection { articles, words }, norms, columns } = self.statistics;
        let mut shares = Vec::new();
        let mut share = Share { doc, norm: norms[ord][doc as usize], idfs: self.idfs.iter(), shares: &mut shares };
        share.visit(&self.matched.segments[ord].0, true, 1.0);
        let mut sum = 0.0;
        let mut reasons = Vec::new();
        for (leaf, (times, points)) in self.leaves.iter().zip(shares) {
            sum += f64::from(points);
            if points <= 0.0 {
                continue;
            }
            let places = marks.iter().filter(|(number, _)| *number == leaf.number);
            let mut found: Vec<String> = Vec::new();
            for (_, range) in places.clone() {
                let spelling = article.text[range.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
                if found.len() < LISTED_OF_HIT && !found.contains(&spelling) {
                    found.push(spelling);
                }
            }
            reasons.push(Reason {
                part: leaf.typed.to_owned(),
                times: if times > 0 { u64::from(times) } else { places.count().max(1) as u64 },
                found,
                articles: leaf.articles,
                points: rounded(f64::from(points)),
            });
        }
        let rest = ranked.score as f64 / 1e4 - sum;
        Why {
            reasons,
            // Less than this is what rounding leaves.
            nearness: if rest < 0.0005 { 0.0 } else { rounded(rest) },
            words: columns[ord].length.first(doc).unwrap_or(0),
            average_words: words / (*articles).max(1),
        }
    }
}

fn rounded(points: f64) -> f64 {
    (points * 1e4).round() / 1e4
}

/// What every leaf that scores adds to one document: its occurrences there, and its points.
struct Share<'s> {
    doc: u32,
    norm: f32,
    idfs: std::slice::Iter<'s, f32>,
    shares: &'s mut Vec<(u32, f32)>,
}

impl Share<'_> {
    /// `counts`: whether all that this is part of is satisfied, as only then it counts.
    fn visit(&mut self, found: &Found, counts: bool, boost: f32) {
        match &found.parts {
            Parts::None => {}
            Parts::Boosted(part, factor) => self.visit(part, counts, boost * factor),
            Parts::Several(parts) => {
                let counts = counts && found.bits.contains(self.doc as usize);
                parts.iter().for_each(|part| self.visit(part, counts, boost));
            }
            Parts::Leaf { counts: occurrences, by_length } => {
                let idf = self.idfs.next().copied().unwrap_or(0.0) * boost;
                let place = occurrences.docs.binary_search(&self.doc).ok().filter(|_| counts);
                let share = place.map_or((0, 0.0), |place| {
                    let near = occurrences.near.as_ref().map(|near| near[place]);
                    let norm = by_length.then_some(self.norm);
                    (occurrences.counts[place], idf * score::occurrences(occurrences.counts[place], near, norm))
                });
                self.shares.push(share);
            }
        }
    }
}

/// The numbers, among all leaves of a clause, of those that score.
fn number_leaves(clause: &Clause, scores: bool, next: &mut usize, numbers: &mut Vec<usize>) {
    match clause {
        Clause::All | Clause::Nothing => {}
        Clause::Text { .. } | Clause::Words { .. } | Clause::Name { .. } => {
            if scores {
                numbers.push(*next);
            }
            *next += 1;
        }
        Clause::Days { .. } | Clause::Has(_) => *next += 1,
        Clause::And(clauses) | Clause::Or(clauses) => {
            clauses.iter().for_each(|clause| number_leaves(clause, scores, next, numbers));
        }
        Clause::Not(clause) => number_leaves(clause, false, next, numbers),
        Clause::Boost { clause, .. } => number_leaves(clause, scores, next, numbers),
        Clause::List { required, optional, excluded, .. } => {
            required.iter().chain(optional).for_each(|clause| number_leaves(clause, scores, next, numbers));
            excluded.iter().for_each(|clause| number_leaves(clause, false, next, numbers));
        }
    }
}
