//! Words of a bare list that stand close together raise the score of the first articles of the ranking.
//!
//! For every two neighbors in the list, there are two additional terms with a small weight: occurrences of one right
//! after the other, and occurrences within a window in either order. This is the sequential dependence model of Metzler
//! and Croft, "A Markov Random Field Model for Term Dependencies" (2005), with BM25's saturation. Only the first
//! [`DEPTH`] articles are examined. The gain is never negative, so these articles stay before all others, and the pages
//! of a ranking fit together.

use tantivy::{DocAddress, SegmentReader};

use super::postings::TermsCursor;
use super::score::saturate;
use crate::index::schema::Fields;
use crate::matching::{Clause, LeafId, Pattern, PositionRange, Term};

/// The number of articles that are examined. On both development sets nDCG@10 is the same for 20, 30 and 50.
pub(crate) const DEPTH: usize = 20;
/// The weight of pairs in order, the weight of pairs in the window, and the window's width in positions. They gave the
/// best nDCG@10 on both development sets among .1 to .4, 0 to .2 and 4 to 16. Run `score_ranking` before changing them.
const ORDERED: f32 = 0.3;
const UNORDERED: f32 = 0.1;
const WINDOW: u32 = 8;

/// The words of a bare list in query order, each with its terms. Empty if the query is not a list with two or more words.
pub(crate) fn words(clause: &Clause) -> Vec<(LeafId, &[Term])> {
    let Clause::List { required, optional, .. } = clause else { return Vec::new() };
    let word = |clause| match clause {
        &Clause::Text { leaf, zone: None, pattern: Pattern::Terms(ref terms) } => Some((leaf, terms.as_slice())),
        _ => None,
    };
    let words: Vec<(LeafId, &[Term])> = required.iter().chain(optional).filter_map(word).collect();
    if words.len() < 2 { Vec::new() } else { words }
}

/// The gains of the documents at `places`, in the same order. The places are in one segment and ascend. `weights` is
/// indexed by leaf.
pub(crate) fn gains(
    segment: &SegmentReader,
    fields: &Fields,
    words: &[(LeafId, &[Term])],
    weights: &[f32],
    norms: &[f32],
    places: &[DocAddress],
) -> tantivy::Result<Vec<f32>> {
    let mut cursors: Vec<(TermsCursor, Vec<PositionRange>)> = Vec::with_capacity(words.len());
    for (_, terms) in words {
        cursors.push((TermsCursor::open(segment, fields.text, terms)?, Vec::new()));
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
                let weight = (weights[neighbors[0].0.index()] + weights[neighbors[1].0.index()]) / 2.0;
                gain += weight * (ORDERED * saturate(ordered as f32, norm) + UNORDERED * saturate(near as f32, norm));
            }
        }
        gains.push(gain);
    }
    Ok(gains)
}

/// The number of times that `right` comes right after `left`, and the number of pairs that are within the window of each
/// other. Both lists ascend.
fn count_pairs(left: &[PositionRange], right: &[PositionRange]) -> (u32, u32) {
    let (mut ordered, mut near) = (0, 0);
    let mut from = 0;
    for l in left {
        while from < right.len() && right[from].last + WINDOW < l.first {
            from += 1;
        }
        for r in right[from..].iter().take_while(|r| r.first <= l.last + WINDOW) {
            near += u32::from(r != l);
            ordered += u32::from(r.first == l.last + 1);
        }
    }
    (ordered, near)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_counted() {
        let words =
            |positions: &[u32]| positions.iter().map(|&at| PositionRange { first: at, last: at }).collect::<Vec<_>>();
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
