//! The best documents of all segments, in an order that does not depend on the segments.

use std::cmp::{Ordering, Reverse};
use std::collections::HashMap;
use std::ops::Range;

use fixedbitset::FixedBitSet;
use tantivy::DocAddress;

use super::score::{lower_bound, rounded};
use crate::index::columns::Columns;
use crate::index::request::Sort;

/// A document that matches, with its sort keys.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ranked {
    /// The score in ten-thousandths.
    pub(crate) score: i64,
    /// The first day of publication.
    day: Option<i64>,
    /// The ordinal of its id among the ids of its segment.
    key: u64,
    pub(crate) at: DocAddress,
}

impl Ranked {
    /// The order of two documents, without the comparison of ids.
    fn order(&self, other: &Ranked, sort: Sort) -> Ordering {
        let by_score = || other.score.cmp(&self.score);
        let newest = || other.day.cmp(&self.day); // `None` is the least value, so undated documents come last
        match sort {
            Sort::Relevance => by_score().then_with(newest),
            Sort::Newest => newest().then_with(by_score),
            Sort::Oldest => {
                let undated = self.day.is_none().cmp(&other.day.is_none());
                undated.then(self.day.cmp(&other.day)).then_with(by_score)
            }
        }
    }
}

impl Ranked {
    /// Adds to the score.
    pub(crate) fn gain(&mut self, gain: f32) {
        self.score += rounded(gain);
    }
}

/// The first `limit` documents of one segment.
pub(crate) fn first_of_segment(
    columns: &Columns,
    ord: u32,
    bits: &FixedBitSet,
    scores: &[f32],
    sort: Sort,
    limit: usize,
) -> Vec<Ranked> {
    let mut first: Vec<Ranked> = Vec::new();
    let order = |a: &Ranked, b: &Ranked| a.order(b, sort).then(a.key.cmp(&b.key));
    let buffer_size = buffer_size(limit);
    let docs = match sort {
        Sort::Relevance => best_scored(bits, scores, limit),
        Sort::Newest | Sort::Oldest => bits.ones().map(|doc| doc as u32).collect(),
    };
    for doc in docs {
        let key = columns.key.as_ref().and_then(|keys| keys.term_ords(doc).next()).unwrap_or(0);
        let (score, at) = (rounded(scores[doc as usize]), DocAddress::new(ord, doc));
        first.push(Ranked { score, day: columns.first_day.first(doc), key, at });
        if first.len() == buffer_size {
            first.select_nth_unstable_by(limit - 1, order);
            first.truncate(limit);
        }
    }
    first.sort_unstable_by(order);
    first.truncate(limit);
    first
}

/// The documents with the `limit` highest scores, and all that tie with the last of these. They are not sorted.
fn best_scored(bits: &FixedBitSet, scores: &[f32], limit: usize) -> Vec<u32> {
    let cut = |best: &mut Vec<(i64, u32)>| {
        let (_, &mut (least, _), _) = best.select_nth_unstable_by_key(limit - 1, |&(score, _)| Reverse(score));
        best.retain(|&(score, _)| score >= least);
        lower_bound(least)
    };
    let mut best: Vec<(i64, u32)> = Vec::new();
    let mut least = f64::MIN;
    let mut buffer_size = buffer_size(limit);
    for doc in bits.ones() {
        if f64::from(scores[doc]) < least {
            continue;
        }
        best.push((rounded(scores[doc]), doc as u32));
        if best.len() == buffer_size {
            least = cut(&mut best);
            buffer_size = buffer_size.max(best.len() * 2); // all of them may tie
        }
    }
    if best.len() > limit {
        cut(&mut best);
    }
    best.into_iter().map(|(_, doc)| doc).collect()
}

/// The number of documents that are collected before they are cut to `limit`.
fn buffer_size(limit: usize) -> usize {
    limit.saturating_mul(2).max(64)
}

/// Merges the segments' lists into one ranking. Ties are broken by id only in runs for which `matters` is true.
pub(crate) fn merge(
    mut all: Vec<Ranked>,
    columns: &[Columns],
    sort: Sort,
    matters: impl Fn(&Range<usize>) -> bool,
) -> Vec<Ranked> {
    all.sort_by(|a, b| a.order(b, sort));
    // Ids are read only to break ties, because ids are long and ties are few.
    let mut start = 0;
    while start < all.len() {
        let end = start + all[start..].iter().take_while(|ranked| ranked.order(&all[start], sort).is_eq()).count();
        if end - start > 1 && matters(&(start..end)) {
            sort_by_key(&mut all[start..end], columns);
        }
        start = end;
    }
    all
}

fn sort_by_key(tied: &mut [Ranked], columns: &[Columns]) {
    let first = tied[0].at.segment_ord;
    if tied.iter().all(|ranked| ranked.at.segment_ord == first) {
        tied.sort_unstable_by_key(|ranked| ranked.key);
        return;
    }
    let mut keys: HashMap<DocAddress, String> = HashMap::with_capacity(tied.len());
    for ranked in tied.iter() {
        let mut key = String::new();
        if let Some(column) = &columns[ranked.at.segment_ord as usize].key {
            column.ord_to_str(ranked.key, &mut key).ok(); // a damaged column gives an empty id; `verify` reports it
        }
        keys.insert(ranked.at, key);
    }
    tied.sort_by(|a, b| keys[&a.at].cmp(&keys[&b.at]));
}
