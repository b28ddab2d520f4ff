//! Combines ranges of positions by the operators of a pattern. `matching` defines the result; this code is fast.

use std::cell::Cell;

use crate::matching::PositionRange;
use crate::query::Within;

/// The last positions of the sentences and paragraphs of one article, ascending.
#[derive(Debug, Default)]
pub(crate) struct UnitEnds {
    pub(crate) sentences: Vec<u32>,
    pub(crate) paragraphs: Vec<u32>,
}

/// The effort that one search may spend is `EFFORT_PER_ARTICLE` times the number of articles, but at least `LEAST_EFFORT`.
/// This is half a second to a second for 30,000 articles. It is a number of ranges, not a time, and deleted articles are
/// not examined, so the same query is accepted or refused alike on every machine and in every state of the index.
const EFFORT_PER_ARTICLE: u64 = 400;
const LEAST_EFFORT: u64 = 12_000_000;

/// The number of ranges and pairs of ranges that a search may still examine.
#[derive(Debug)]
pub(crate) struct Effort(Cell<u64>);

impl Effort {
    /// The effort for a search over this number of articles.
    pub(crate) fn for_articles(articles: u64) -> Effort {
        Effort(Cell::new(LEAST_EFFORT.max(articles.saturating_mul(EFFORT_PER_ARTICLE))))
    }

    pub(crate) fn spend(&self, ranges: usize) {
        self.0.set(self.0.get().saturating_sub(ranges as u64));
    }

    /// Whether no effort is left. In this case the matches that were found are not complete.
    pub(crate) fn is_spent(&self) -> bool {
        self.0.get() == 0
    }
}

/// Sorts ranges and removes duplicates.
pub(crate) fn sort_and_dedup(ranges: &mut Vec<PositionRange>) {
    if !ranges.is_sorted_by(|a, b| a < b) {
        ranges.sort_unstable();
        ranges.dedup();
    }
}

/// Finds items in order, each after the one before, with at most `slop` other words inside in total. The ranges of each
/// item must be sorted by start. The first part of each pair of `items` is ignored.
pub(crate) fn phrase<T>(items: &[(T, Vec<PositionRange>)], slop: u8, effort: &Effort, out: &mut Vec<PositionRange>) {
    out.clear();
    let Some(((_, first), rest)) = items.split_first() else { return };
    // Ranges from the first item to the current one, each with the number of other words inside.
    let mut reached: Vec<(PositionRange, u32)> = first.iter().map(|&range| (range, 0)).collect();
    let mut next = Vec::new();
    for (_, item) in rest {
        next.clear();
        for &(range, used) in &reached {
            if effort.is_spent() {
                break;
            }
            let before = next.len();
            let latest = range.last.saturating_add(1 + u32::from(slop) - used);
            let from = item.partition_point(|after| after.first <= range.last);
            for after in item[from..].iter().take_while(|after| after.first <= latest) {
                let longer = PositionRange { first: range.first, last: after.last };
                next.push((longer, used + (after.first - range.last - 1)));
            }
            effort.spend(next.len() - before);
        }
        // If the same range was reached twice, the one with fewer other words inside reaches further.
        next.sort_unstable();
        next.dedup_by_key(|(range, _)| *range);
        std::mem::swap(&mut reached, &mut next);
    }
    out.extend(reached.iter().map(|&(range, _)| range));
    sort_and_dedup(out);
}

/// Finds the pairs of a left and a right range that do not overlap and are near enough. A match is the range that covers
/// both.
pub(crate) fn near(
    left: &[PositionRange],
    right: &[PositionRange],
    within: Within,
    ends: &UnitEnds,
    effort: &Effort,
    out: &mut Vec<PositionRange>,
) {
    out.clear();
    each_pair(left, right, within, ends, effort, |l, r| {
        out.push(PositionRange { first: l.first.min(r.first), last: l.last.max(r.last) });
        true
    });
    sort_and_dedup(out);
}

/// Finds the left ranges that have no right range near them. A right range that overlaps the left one does not count.
pub(crate) fn not_near(
    left: &[PositionRange],
    right: &[PositionRange],
    within: Within,
    ends: &UnitEnds,
    effort: &Effort,
    out: &mut Vec<PositionRange>,
) {
    out.clear();
    for &l in left {
        let mut alone = true;
        each_pair(&[l], right, within, ends, effort, |_, _| {
            alone = false;
            false
        });
        if alone {
            out.push(l);
        }
    }
}

/// Calls `found` with every pair that is near enough, until it returns false or the effort is spent.
fn each_pair(
    left: &[PositionRange],
    right: &[PositionRange],
    within: Within,
    ends: &UnitEnds,
    effort: &Effort,
    mut found: impl FnMut(PositionRange, PositionRange) -> bool,
) {
    let longest = right.iter().map(|range| range.last - range.first).max().unwrap_or(0);
    for &l in left {
        // A right range that is near enough begins in `window`. The converse is not true, so each one is checked below.
        let window = match within {
            Within::Words(n) => Some(PositionRange {
                first: l.first.saturating_sub(u32::from(n) + longest),
                last: l.last + u32::from(n),
            }),
            Within::WordsInOrder(n) => Some(PositionRange { first: l.last + 1, last: l.last + u32::from(n) }),
            Within::Sentence => unit(&ends.sentences, l),
            Within::Paragraph => unit(&ends.paragraphs, l),
        };
        let Some(window) = window else { continue };
        if effort.is_spent() {
            return;
        }
        let from = right.partition_point(|range| range.first < window.first);
        for &r in right[from..].iter().take_while(|range| range.first <= window.last) {
            effort.spend(1);
            let near = match within {
                Within::Words(n) => distance(l, r).is_some_and(|distance| distance <= u32::from(n)),
                Within::WordsInOrder(n) => r.first > l.last && r.first - l.last <= u32::from(n),
                Within::Sentence | Within::Paragraph => r.last <= window.last && distance(l, r).is_some(),
            };
            if near && !found(l, r) {
                return;
            }
        }
    }
}

/// The distance between the nearest ends; `None` if the ranges overlap.
fn distance(a: PositionRange, b: PositionRange) -> Option<u32> {
    if b.first > a.last {
        Some(b.first - a.last)
    } else if a.first > b.last {
        Some(a.first - b.last)
    } else {
        None
    }
}

/// The positions of the sentence or paragraph that contains the whole range. `ends` are the last positions of all.
fn unit(ends: &[u32], range: PositionRange) -> Option<PositionRange> {
    let index = ends.partition_point(|&end| end < range.first);
    let last = *ends.get(index)?;
    let first = if index == 0 { 0 } else { ends[index - 1] + 1 };
    (range.last <= last).then_some(PositionRange { first, last })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(positions: &[u32]) -> Vec<PositionRange> {
        positions.iter().map(|&position| PositionRange { first: position, last: position }).collect()
    }

    fn pairs(ranges: &[PositionRange]) -> Vec<(u32, u32)> {
        ranges.iter().map(|range| (range.first, range.last)).collect()
    }

    #[test]
    fn phrases() {
        for (items, slop, expected) in [
            (vec![words(&[1, 5]), words(&[2, 9])], 0, vec![(1, 2)]),
            (vec![words(&[1]), words(&[4])], 1, vec![]),
            (vec![words(&[1]), words(&[4])], 2, vec![(1, 4)]),
            (vec![words(&[1]), words(&[3]), words(&[5])], 1, vec![]),
            (vec![words(&[1]), words(&[3]), words(&[5])], 2, vec![(1, 5)]),
            (vec![words(&[5]), words(&[1])], 9, vec![]),
        ] {
            let items: Vec<((), Vec<PositionRange>)> = items.into_iter().map(|ranges| ((), ranges)).collect();
            let mut out = Vec::new();
            phrase(&items, slop, &Effort::for_articles(1), &mut out);
            assert_eq!(pairs(&out), expected, "{items:?}~{slop}");
        }
    }

    #[test]
    fn nearness() {
        let ends = UnitEnds { sentences: vec![3, 9], paragraphs: vec![9] };
        for (left, right, within, expected) in [
            (&[1][..], &[6][..], Within::Words(5), vec![(1, 6)]),
            (&[1], &[7], Within::Words(5), vec![]),
            (&[6], &[1], Within::Words(5), vec![(1, 6)]),
            (&[6], &[1], Within::WordsInOrder(5), vec![]),
            (&[1], &[1], Within::Words(5), vec![]),
            (&[1], &[3], Within::Sentence, vec![(1, 3)]),
            (&[3], &[4], Within::Sentence, vec![]),
            (&[3], &[4], Within::Paragraph, vec![(3, 4)]),
        ] {
            let (left, right) = (words(left), words(right));
            let mut out = Vec::new();
            near(&left, &right, within, &ends, &Effort::for_articles(1), &mut out);
            assert_eq!(pairs(&out), expected, "{left:?} {within:?} {right:?}");
            not_near(&left, &right, within, &ends, &Effort::for_articles(1), &mut out);
            assert_eq!(out, if expected.is_empty() { left } else { vec![] });
        }
    }
}
