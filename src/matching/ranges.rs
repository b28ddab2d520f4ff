//! The operators of a pattern: they find ranges of positions and combine them.

use super::Pattern;
use super::occurrences::{Occurrences, PositionRange};
use crate::query::Within;

/// The greatest number of matches of one pattern in one article. Only an article of tens of thousands of words that
/// repeats a query's words again and again has more; the further ones are ignored.
const MAX_RANGES: usize = 1 << 14;

/// The matches of a pattern in one text.
#[derive(Debug)]
pub(super) struct PatternMatches {
    /// Sorted, without duplicates.
    pub(super) ranges: Vec<PositionRange>,
    /// The matches of the pattern's parts, as far as they are marked by themselves.
    parts: Vec<PatternMatches>,
}

/// Finds all ranges that satisfy `pattern`.
pub(super) fn find(pattern: &Pattern, text: &Occurrences<'_>) -> PatternMatches {
    match pattern {
        Pattern::Terms(terms) => {
            let ranges = terms.iter().flat_map(|term| text.of(term)).copied().collect();
            PatternMatches { ranges: sorted(ranges), parts: Vec::new() }
        }
        Pattern::Phrase { items, slop } => {
            let items: Vec<PatternMatches> = items.iter().map(|item| find(item, text)).collect();
            PatternMatches { ranges: in_order(&items, *slop), parts: Vec::new() }
        }
        Pattern::Or(patterns) => {
            let parts: Vec<PatternMatches> = patterns.iter().map(|pattern| find(pattern, text)).collect();
            let ranges = parts.iter().flat_map(|part| &part.ranges).copied().collect();
            PatternMatches { ranges: sorted(ranges), parts }
        }
        Pattern::Near { left, right, within } => {
            let (left, right) = (find(left, text), find(right, text));
            let mut ranges = Vec::new();
            each_pair(&left, &right, |l, r| {
                if ranges.len() < MAX_RANGES && is_near(l, r, *within, text) {
                    ranges.push(cover(l, r));
                }
            });
            PatternMatches { ranges: sorted(ranges), parts: vec![left, right] }
        }
        Pattern::NotNear { left, right, within } => {
            let (left, right) = (find(left, text), find(right, text));
            let is_alone = |l: &&PositionRange| !right.ranges.iter().any(|r| is_near(**l, *r, *within, text));
            let ranges = left.ranges.iter().filter(is_alone).copied().collect();
            PatternMatches { ranges, parts: vec![left] }
        }
    }
}

/// Sorts the ranges and removes duplicates.
fn sorted(mut ranges: Vec<PositionRange>) -> Vec<PositionRange> {
    ranges.sort_unstable();
    ranges.dedup();
    ranges
}

fn each_pair(left: &PatternMatches, right: &PatternMatches, mut visit: impl FnMut(PositionRange, PositionRange)) {
    for l in &left.ranges {
        for r in &right.ranges {
            visit(*l, *r);
        }
    }
}

/// The smallest range that covers both.
fn cover(a: PositionRange, b: PositionRange) -> PositionRange {
    PositionRange { first: a.first.min(b.first), last: a.last.max(b.last) }
}

/// Whether the two ranges do not overlap and are near enough.
fn is_near(left: PositionRange, right: PositionRange, within: Within, text: &Occurrences<'_>) -> bool {
    let (left_first, right_first) = (left.last < right.first, right.last < left.first);
    if !left_first && !right_first {
        return false;
    }
    let distance = if left_first { right.first - left.last } else { left.first - right.last };
    match within {
        Within::Words(n) => distance <= u32::from(n),
        Within::WordsInOrder(n) => left_first && distance <= u32::from(n),
        Within::Sentence => is_in_one_unit(cover(left, right), &text.sentence_ends),
        Within::Paragraph => is_in_one_unit(cover(left, right), &text.paragraph_ends),
    }
}

/// Whether the range is wholly inside one sentence or paragraph. `ends` are the last positions of all, ascending.
fn is_in_one_unit(range: PositionRange, ends: &[u32]) -> bool {
    let next = ends.partition_point(|end| *end < range.first);
    ends.get(next).is_none_or(|end| *end >= range.last)
}

/// Finds items in order, each after the one before, with at most `slop` other words between them in total.
fn in_order(items: &[PatternMatches], slop: u8) -> Vec<PositionRange> {
    let Some((first, rest)) = items.split_first() else { return Vec::new() };
    // Ranges from the first item to the current one, each with the number of other words inside.
    let mut reached: Vec<(PositionRange, u32)> = first.ranges.iter().map(|range| (*range, 0)).collect();
    for item in rest {
        let mut next = Vec::new();
        for (range, others) in reached {
            for after in item.ranges.iter().filter(|after| after.first > range.last) {
                let others = others + (after.first - range.last - 1);
                if others <= u32::from(slop) && next.len() < MAX_RANGES {
                    next.push((cover(range, *after), others));
                }
            }
        }
        next.sort_unstable();
        // If the same range was reached twice, the one with fewer other words inside can continue wherever the other
        // one can.
        next.dedup_by_key(|(range, _)| *range);
        reached = next;
    }
    reached.into_iter().map(|(range, _)| range).collect()
}

/// Finds the ranges to mark for those matches that are in `counted`. A phrase is marked as one range, proximity by its
/// sides.
pub(super) fn ranges_to_mark(
    pattern: &Pattern,
    found: &PatternMatches,
    counted: &[PositionRange],
    text: &Occurrences<'_>,
    out: &mut Vec<PositionRange>,
) {
    let is_counted = |range: &PositionRange| counted.binary_search(range).is_ok();
    match (pattern, found.parts.as_slice()) {
        (Pattern::Or(patterns), parts) => {
            for (pattern, part) in patterns.iter().zip(parts) {
                let counted: Vec<PositionRange> = part.ranges.iter().copied().filter(is_counted).collect();
                ranges_to_mark(pattern, part, &counted, text, out);
            }
        }
        (Pattern::Near { left, right, within }, [left_found, right_found]) => {
            let (mut lefts, mut rights) = (Vec::new(), Vec::new());
            each_pair(left_found, right_found, |l, r| {
                if lefts.len() < MAX_RANGES && is_near(l, r, *within, text) && is_counted(&cover(l, r)) {
                    lefts.push(l);
                    rights.push(r);
                }
            });
            ranges_to_mark(left, left_found, &sorted(lefts), text, out);
            ranges_to_mark(right, right_found, &sorted(rights), text, out);
        }
        (Pattern::NotNear { left, .. }, [left_found]) => ranges_to_mark(left, left_found, counted, text, out),
        _ => out.extend_from_slice(counted),
    }
}
