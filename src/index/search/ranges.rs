//! Ranges of positions, and how operators combine them: the fast side of what `matching` defines.

use crate::query::Within;

/// Positions from the first to the second, both included.
pub(crate) type Range = (u32, u32);

/// Ends of sentences and paragraphs in one article, ascending.
#[derive(Debug, Default)]
pub(crate) struct Ends {
    pub(crate) sentences: Vec<u32>,
    pub(crate) paragraphs: Vec<u32>,
}

/// Sorts ranges and drops doubles.
pub(crate) fn settle(ranges: &mut Vec<Range>) {
    if !ranges.is_sorted_by(|a, b| a < b) {
        ranges.sort_unstable();
        ranges.dedup();
    }
}

/// Items in order, each beginning after the one before, with at most `slop` other words inside in all. Each item's
/// ranges are sorted by start; what stands beside them is not looked at.
pub(crate) fn phrase<T>(items: &[(T, Vec<Range>)], slop: u8, out: &mut Vec<Range>) {
    out.clear();
    let Some(((_, first), rest)) = items.split_first() else { return };
    // What is reached so far: start, end, other words used.
    let mut reached: Vec<(u32, u32, u32)> = first.iter().map(|&(start, end)| (start, end, 0)).collect();
    let mut next = Vec::new();
    for (_, item) in rest {
        next.clear();
        for &(start, end, used) in &reached {
            let latest = end.saturating_add(1 + u32::from(slop) - used);
            let from = item.partition_point(|range| range.0 <= end);
            for &(item_start, item_end) in item[from..].iter().take_while(|range| range.0 <= latest) {
                next.push((start, item_end, used + (item_start - end - 1)));
            }
        }
        // Of two ways to the same range, the one that used fewer words reaches further.
        next.sort_unstable();
        next.dedup_by_key(|way| (way.0, way.1));
        std::mem::swap(&mut reached, &mut next);
    }
    out.extend(reached.iter().map(|&(start, end, _)| (start, end)));
    settle(out);
}

/// Pairs of a left and a right range that do not overlap and are so near: the ranges that cover both.
pub(crate) fn near(left: &[Range], right: &[Range], within: Within, ends: &Ends, out: &mut Vec<Range>) {
    out.clear();
    each_pair(left, right, within, ends, |l, r| {
        out.push((l.0.min(r.0), l.1.max(r.1)));
        true
    });
    settle(out);
}

/// Left ranges without a right range that does not overlap them and is so near.
pub(crate) fn not_near(left: &[Range], right: &[Range], within: Within, ends: &Ends, out: &mut Vec<Range>) {
    out.clear();
    for &l in left {
        let mut alone = true;
        each_pair(&[l], right, within, ends, |_, _| {
            alone = false;
            false
        });
        if alone {
            out.push(l);
        }
    }
}

/// Calls `found` with every pair that is near enough, until it says false.
fn each_pair(
    left: &[Range],
    right: &[Range],
    within: Within,
    ends: &Ends,
    mut found: impl FnMut(Range, Range) -> bool,
) {
    let longest = right.iter().map(|range| range.1 - range.0).max().unwrap_or(0);
    for &l in left {
        // Everything on the right that begins in `window` may be near; what is too far or overlaps is then passed over.
        let window = match within {
            Within::Words(n) => (l.0.saturating_sub(u32::from(n) + longest), l.1 + u32::from(n)),
            Within::WordsInOrder(n) => (l.1 + 1, l.1 + u32::from(n)),
            Within::Sentence => match unit(&ends.sentences, l) {
                Some(window) => window,
                None => continue,
            },
            Within::Paragraph => match unit(&ends.paragraphs, l) {
                Some(window) => window,
                None => continue,
            },
        };
        let from = right.partition_point(|range| range.0 < window.0);
        for &r in right[from..].iter().take_while(|range| range.0 <= window.1) {
            let near = match within {
                Within::Words(n) => distance(l, r).is_some_and(|distance| distance <= u32::from(n)),
                Within::WordsInOrder(n) => r.0 > l.1 && r.0 - l.1 <= u32::from(n),
                Within::Sentence | Within::Paragraph => r.1 <= window.1 && distance(l, r).is_some(),
            };
            if near && !found(l, r) {
                return;
            }
        }
    }
}

/// Positions between the nearest ends; `None` where the ranges overlap.
fn distance(a: Range, b: Range) -> Option<u32> {
    if b.0 > a.1 {
        Some(b.0 - a.1)
    } else if a.0 > b.1 {
        Some(a.0 - b.1)
    } else {
        None
    }
}

/// The first and last position of the sentence or paragraph that holds the whole range.
fn unit(ends: &[u32], range: Range) -> Option<Range> {
    let place = ends.partition_point(|&end| end < range.0);
    let last = *ends.get(place)?;
    let first = if place == 0 { 0 } else { ends[place - 1] + 1 };
    (range.1 <= last).then_some((first, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(positions: &[u32]) -> Vec<Range> {
        positions.iter().map(|&position| (position, position)).collect()
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
            let items: Vec<((), Vec<Range>)> = items.into_iter().map(|ranges| ((), ranges)).collect();
            let mut out = Vec::new();
            phrase(&items, slop, &mut out);
            assert_eq!(out, expected, "{items:?}~{slop}");
        }
    }

    #[test]
    fn nearness() {
        let ends = Ends { sentences: vec![3, 9], paragraphs: vec![9] };
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
            near(&left, &right, within, &ends, &mut out);
            assert_eq!(out, expected, "{left:?} {within:?} {right:?}");
            not_near(&left, &right, within, &ends, &mut out);
            assert_eq!(out, if expected.is_empty() { left } else { vec![] });
        }
    }
}
