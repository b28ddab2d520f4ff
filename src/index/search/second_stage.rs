//! The second stage of ranking: what raises the scores of the first articles of a ranking beyond BM25.
//!
//! It applies to a single word and to the words of a bare list. Only the first [`DEPTH`] articles are examined. A gain is
//! never negative, so these articles stay before all others, and the pages of a ranking fit together. Three things add to
//! a score:
//!
//! 1. **Nearness.** For every two neighbors in the list there are two additional terms with a small weight: occurrences
//!    of one right after the other, and occurrences within a window in either order. This is the sequential dependence
//!    model of Metzler and Croft, "A Markov Random Field Model for Term Dependencies" (2005), with BM25's saturation.
//!    In addition, every pair of words gains by its smallest distance.
//! 2. **The lede.** News tells the most important first: words of the query that are in the title or at the beginning of
//!    the body say more than the same words further down.
//! 3. **Names.** The last word of a name in the query (a run of capitalized words) gains if it is in the title or at the
//!    beginning of the body. The last word of a name is the one by which news refers to a person.

use tantivy::{DocAddress, SegmentReader};

use super::postings::{PositionCursor, TermsCursor};
use super::score::saturate;
use crate::index::schema::{Fields, bound};
use crate::matching::{Clause, LeafId, Pattern, PositionRange, Term};
use crate::query::Leaf;
use morgue_article::token::ZONE_GAP;

/// The number of articles that are examined. On both development sets nDCG@10 is the same for 20, 30 and 50.
pub(crate) const DEPTH: usize = 20;

/// The weights. They are the best on two sets of judged questions (146 about news of 2022 to 2026, 79 of 1963) by
/// cross-validation over five folds. `morgue eval` shows what a change does; its `--run` compares with the run before.
mod weight {
    /// Neighbors of the list that follow each other at once. Best of .1 to .4.
    pub(super) const ORDERED: f32 = 0.3;
    /// Neighbors of the list within [`WINDOW`] positions. Best of 0 to .2.
    pub(super) const UNORDERED: f32 = 0.1;
    /// Best of 4 to 16.
    pub(super) const WINDOW: u32 = 8;
    /// Each pair of words, divided by the number of words: the smaller idf over the square root of the distance.
    pub(super) const PAIR: f32 = 2.4;
    /// The greatest distance of a pair.
    pub(super) const PAIR_DISTANCE: u32 = 20;
    /// A word in the title or the lede, times its idf.
    pub(super) const LEDE: f32 = 0.6;
    /// The words of the body that are its lede; the result is the same for 20 to 100.
    pub(super) const LEDE_WORDS: u32 = 60;
    /// The last word of a name in the title or the first words, times its idf. A weight of 1.2 is better on the two sets
    /// and worse for headlines as queries.
    pub(super) const NAME: f32 = 0.6;
    /// The first words of the body in which a name counts.
    pub(super) const NAME_WORDS: u32 = 40;
}

/// Pairs are counted among the first words of a query only: their number grows with the square of the words.
const PAIRED_WORDS: usize = 32;

/// A word of the query.
#[derive(Debug)]
pub(crate) struct Word<'c> {
    leaf: LeafId,
    terms: &'c [Term],
    ends_name: bool,
}

/// What the second stage adds to the score of one article.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Gain {
    pub(crate) nearness: f32,
    pub(crate) lede: f32,
    pub(crate) names: f32,
}

impl Gain {
    pub(crate) fn sum(self) -> f32 {
        self.nearness + self.lede + self.names
    }
}

/// The words of a query that is one word or a bare list, in query order; empty for other queries.
pub(crate) fn words<'c>(clause: &'c Clause, leaves: &[Leaf]) -> Vec<Word<'c>> {
    let word = |clause: &'c Clause| match clause {
        &Clause::Text { leaf, zone: None, pattern: Pattern::Terms(ref terms) } => {
            Some(Word { leaf, terms: terms.as_slice(), ends_name: false })
        }
        _ => None,
    };
    let mut words: Vec<Word<'c>> = match clause {
        Clause::List { required, optional, .. } => required.iter().chain(optional).filter_map(word).collect(),
        single => word(single).into_iter().collect(),
    };
    let typed: Vec<&str> = words.iter().map(|word| leaves[word.leaf.index()].typed.as_str()).collect();
    for (word, ends_name) in words.iter_mut().zip(name_ends(&typed)) {
        word.ends_name = ends_name;
    }
    words
}

/// Words with which questions begin. They are capitalized there and are no part of a name.
const QUESTION_WORDS: [&str; 24] = [
    "What", "Which", "Who", "Whose", "Whom", "When", "Where", "Why", "How", "Is", "Are", "Was", "Were", "Do", "Does",
    "Did", "Has", "Have", "Had", "Can", "Could", "Will", "Would", "In",
];

/// For each word, whether it is the last one of a run of capitalized words. Where all words are capitalized, or none,
/// capitals say nothing.
fn name_ends(typed: &[&str]) -> Vec<bool> {
    let is_capitalized = |at: usize| {
        let is_upper = typed[at].starts_with(char::is_uppercase);
        is_upper && !(at == 0 && QUESTION_WORDS.contains(&typed[at]))
    };
    let capitalized: Vec<bool> = (0..typed.len()).map(is_capitalized).collect();
    if typed.len() > 1 && capitalized.iter().all(|&capitalized| capitalized) {
        return vec![false; typed.len()];
    }
    let ends = |at: usize| {
        let begins_sentence = at == 0;
        capitalized[at] && !begins_sentence && !capitalized.get(at + 1).copied().unwrap_or(false)
    };
    (0..typed.len()).map(ends).collect()
}

/// The gains of the documents at `places`, in the same order. The places are in one segment and ascend. `weights` is
/// indexed by leaf.
pub(crate) fn gains(
    segment: &SegmentReader,
    fields: &Fields,
    words: &[Word<'_>],
    weights: &[f32],
    norms: &[f32],
    places: &[DocAddress],
) -> tantivy::Result<Vec<Gain>> {
    let mut cursors: Vec<TermsCursor> = Vec::with_capacity(words.len());
    for word in words {
        cursors.push(TermsCursor::open(segment, fields.text, word.terms)?);
    }
    let mut title_ends = PositionCursor::open(segment, fields.bounds, bound::TITLE)?;
    let weights: Vec<f32> = words.iter().map(|word| weights[word.leaf.index()]).collect();
    let mut ranges: Vec<Vec<PositionRange>> = vec![Vec::new(); words.len()];
    let mut title_end = Vec::new();
    let mut gains = Vec::with_capacity(places.len());
    for place in places {
        for (cursor, ranges) in cursors.iter_mut().zip(&mut ranges) {
            cursor.ranges(place.doc_id, ranges);
        }
        title_ends.positions(place.doc_id, &mut title_end);
        let body = title_end.last().map_or(0, |last| last + ZONE_GAP);
        let mut gain = Gain::default();
        for ((word, ranges), weight) in words.iter().zip(&ranges).zip(&weights) {
            let begins_within = |body_words: u32| ranges.first().is_some_and(|range| range.first < body + body_words);
            if begins_within(weight::LEDE_WORDS) {
                gain.lede += weight::LEDE * weight;
            }
            if word.ends_name && begins_within(weight::NAME_WORDS) {
                gain.names += weight::NAME * weight;
            }
        }
        gain.nearness = neighbors(&ranges, &weights, norms[place.doc_id as usize]) + pairs(&ranges, &weights);
        gains.push(gain);
    }
    Ok(gains)
}

/// The gain of words that are neighbors in the list.
fn neighbors(ranges: &[Vec<PositionRange>], weights: &[f32], norm: f32) -> f32 {
    let mut gain = 0.0;
    for (pair, weights) in ranges.windows(2).zip(weights.windows(2)) {
        let (ordered, near) = count_pairs(&pair[0], &pair[1]);
        if near > 0 {
            let weight = (weights[0] + weights[1]) / 2.0;
            let ordered = weight::ORDERED * saturate(ordered as f32, norm);
            gain += weight * (ordered + weight::UNORDERED * saturate(near as f32, norm));
        }
    }
    gain
}

/// The gain of all pairs of words by their smallest distance.
fn pairs(ranges: &[Vec<PositionRange>], weights: &[f32]) -> f32 {
    let count = ranges.len().min(PAIRED_WORDS);
    let mut gain = 0.0;
    for left in 0..count {
        for right in left + 1..count {
            if let Some(distance) = smallest_distance(&ranges[left], &ranges[right]) {
                gain += weights[left].min(weights[right]) / (distance as f32).sqrt();
            }
        }
    }
    weight::PAIR * gain / ranges.len().max(1) as f32
}

/// The smallest distance between the beginnings of two words, from 1; `None` if it is greater than
/// [`weight::PAIR_DISTANCE`] or 0. Both lists ascend.
fn smallest_distance(left: &[PositionRange], right: &[PositionRange]) -> Option<u32> {
    let mut smallest = weight::PAIR_DISTANCE + 1;
    let (mut l, mut r) = (0, 0);
    while l < left.len() && r < right.len() {
        let distance = left[l].first.abs_diff(right[r].first);
        if distance > 0 {
            smallest = smallest.min(distance);
        }
        if left[l].first < right[r].first { l += 1 } else { r += 1 }
    }
    (smallest <= weight::PAIR_DISTANCE).then_some(smallest)
}

/// The number of times that `right` comes right after `left`, and the number of pairs that are within the window of each
/// other. Both lists ascend.
fn count_pairs(left: &[PositionRange], right: &[PositionRange]) -> (u32, u32) {
    let (mut ordered, mut near) = (0, 0);
    let mut from = 0;
    for l in left {
        while from < right.len() && right[from].last + weight::WINDOW < l.first {
            from += 1;
        }
        for r in right[from..].iter().take_while(|r| r.first <= l.last + weight::WINDOW) {
            near += u32::from(r != l);
            ordered += u32::from(r.first == l.last + 1);
        }
    }
    (ordered, near)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(positions: &[u32]) -> Vec<PositionRange> {
        positions.iter().map(|&at| PositionRange { first: at, last: at }).collect()
    }

    #[test]
    fn pairs_are_counted() {
        for (left, right, expected) in [
            (&[1][..], &[2][..], (1, 1)),
            (&[2], &[1], (0, 1)),
            (&[1], &[9], (0, 1)),
            (&[1], &[10], (0, 0)),
            (&[1, 20], &[2, 21, 100], (2, 2)),
            (&[1], &[1], (0, 0)),
        ] {
            assert_eq!(count_pairs(&at(left), &at(right)), expected, "{left:?} {right:?}");
        }
    }

    #[test]
    fn the_smallest_distance_is_found() {
        for (left, right, expected) in [
            (&[1][..], &[2][..], Some(1)),
            (&[30], &[10], Some(20)),
            (&[31], &[10], None),
            (&[1, 50, 90], &[20, 57, 95], Some(5)),
            (&[7], &[7], None),
            (&[], &[7], None),
        ] {
            assert_eq!(smallest_distance(&at(left), &at(right)), expected, "{left:?} {right:?}");
        }
    }

    #[test]
    fn a_name_ends_where_its_capitals_end() {
        for (query, ends) in [
            ("Which film did Kofi Annan watch", &[4][..]),
            ("Kofi Annan resigns", &[1]),
            ("dam on the River Aske", &[4]),
            ("Floods in May", &[2]),
            ("Kofi Annan", &[]),
            ("DAM COLLAPSE", &[]),
            ("flood", &[]),
        ] {
            let typed: Vec<&str> = query.split(' ').collect();
            let found = name_ends(&typed);
            let found: Vec<usize> = (0..typed.len()).filter(|&at| found[at]).collect();
            assert_eq!(found, ends, "{query}");
        }
    }
}
