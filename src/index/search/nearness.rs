//! Words of a bare list that stand close together raise the score of the articles at the head of the ranking.
//!
//! For every two neighbors in the list, matches one right after the other, and matches within a window in either
//! order, each count as a term of their own with a small weight: the sequential dependence model of Metzler and Croft,
//! "A Markov Random Field Model for Term Dependencies" (2005), with BM25's saturation. Only the first [`DEPTH`]
//! articles are looked at. What they gain is never negative, so they stay before all others, and pages fit together.

use tantivy::{DocAddress, SegmentReader};

use super::postings::Cursor;
use super::ranges::Range;
use super::score::saturate;
use crate::index::schema::Fields;
use crate::matching::{Clause, Pattern, Term};

/// How many articles are looked at: on both development sets nDCG@10 is the same for 20, 30 and 50.
pub(crate) const DEPTH: usize = 20;
/// Weights of pairs in order and of pairs in the window, and its width in positions. Best nDCG@10 on both development
/// sets of .1 to .4, 0 to .2 and 4 to 16; run `score_ranking` before changing them.
const ORDERED: f32 = 0.3;
const UNORDERED: f32 = 0.1;
const WINDOW: u32 = 8;

/// The words of a bare list, in order: what each stands for, and its place among the leaves that score. Empty where
/// the query is no list of two words or more.
pub(crate) fn words(clause: &Clause) -> Vec<(usize, &[Term])> {
    let Clause::List { required, optional, .. } = clause else { return Vec::new() };
    let mut words = Vec::new();
    let mut leaf = 0;
    for clause in required.iter().chain(optional) {
        if let Clause::Text { zone: None, pattern: Pattern::Terms(terms) } = clause {
            words.push((leaf, terms.as_slice()));
        }
        leaf += leaves(clause);
    }
    if words.len() < 2 { Vec::new() } else { words }
}

/// How many leaves of a clause score: the order is that of [`super::score::count_leaves`].
fn leaves(clause: &Clause) -> usize {
    match clause {
        Clause::All | Clause::Nothing | Clause::Days { .. } | Clause::Has(_) | Clause::Not(_) => 0,
        Clause::Text { .. } | Clause::Words { .. } | Clause::Name { .. } => 1,
        Clause::And(clauses) | Clause::Or(clauses) => clauses.iter().map(leaves).sum(),
        Clause::List { required, optional, .. } => required.iter().chain(optional).map(leaves).sum(),
        Clause::Boost { clause, .. } => leaves(clause),
    }
}

/// What the documents at `places` of one segment gain, in the same order; places ascend.
pub(crate) fn gains(
    segment: &SegmentReader,
    fields: &Fields,
    words: &[(usize, &[Term])],
    idfs: &[f32],
    norms: &[f32],
    places: &[DocAddress],
) -> tantivy::Result<Vec<f32>> {
    let mut cursors: Vec<(Cursor, Vec<Range>)> = Vec::with_capacity(words.len());
    for (_, terms) in words {
        cursors.push((Cursor::open(segment, fields.text, terms)?, Vec::new()));
    }
    let mut gains = Vec::with_capacity(places.len());
    for place in places {
        for (cursor, ranges) in &mut cursors {
            cursor.ranges(place.doc_id, ranges);
        }
        let norm = norms[place.doc_id as usize];
        let mut gain = 0.0;
        for (pair, neighbors) in cursors.windows(2).zip(words.windows(2)) {
            let (ordered, near) = count_pairs(&pair[0].1, &pair[1].1);
            if near > 0 {
                let idf = (idfs[neighbors[0].0] + idfs[neighbors[1].0]) / 2.0;
                gain += idf * (ORDERED * saturate(ordered as f32, norm) + UNORDERED * saturate(near as f32, norm));
            }
        }
        gains.push(gain);
    }
    Ok(gains)
}

/// How often `right` follows `left` at once, and how often one is within the window of the other. Both ascend.
fn count_pairs(left: &[Range], right: &[Range]) -> (u32, u32) {
    let (mut ordered, mut near) = (0, 0);
    let mut from = 0;
    for l in left {
        while from < right.len() && right[from].1 + WINDOW < l.0 {
            from += 1;
        }
        for r in right[from..].iter().take_while(|r| r.0 <= l.1 + WINDOW) {
            near += u32::from(r != l);
            ordered += u32::from(r.0 == l.1 + 1);
        }
    }
    (ordered, near)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_counted() {
        let words = |positions: &[u32]| positions.iter().map(|&at| (at, at)).collect::<Vec<Range>>();
        for (left, right, expected) in [
            (&[1][..], &[2][..], (1, 1)),
            (&[2], &[1], (0, 1)),
            (&[1], &[9], (0, 1)),
            (&[1], &[10], (0, 0)),
            (&[1, 20], &[2, 21, 100], (2, 2)),
            (&[1], &[1], (0, 0)),
        ] {
            assert_eq!(count_pairs(&words(left), &words(right)), expected, "{left:?} {right:?}");
        }
    }
}
