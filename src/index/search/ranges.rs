//! Ranges of positions, and how operators combine them: the fast side of what `matching` defines.

use std::cell::Cell;

use crate::query::Within;

/// Positions from the first to the second, both included.
pub(crate) type Range = (u32, u32);

/// Ends of sentences and paragraphs in one article, ascending.
#[derive(Debug, Default)]
pub(crate) struct Ends {
    pub(crate) sentences: Vec<u32>,
    pub(crate) paragraphs: Vec<u32>,
}

/// How many ranges, and pairs of them, one search may look at: so many for each article, and so many at least. Half a
/// second to a second for 30,000 articles. It is a number, not a time, and deleted articles are not looked at, so that
/// the same query is refused or not on every machine and in every state of the index.
const LOOKS_AN_ARTICLE: u64 = 400;
const LEAST_LOOKS: u64 = 12_000_000;

/// How many ranges and pairs of ranges a search may still look at.
#[derive(Debug)]
pub(crate) struct Effort(Cell<u64>);

impl Effort {
    /// For a search over so many articles.
    pub(crate) fn for_articles(articles: u64) -> Effort {
        Effort(Cell::new(LEAST_LOOKS.max(articles.saturating_mul(LOOKS_AN_ARTICLE))))
    }

    pub(crate) fn spend(&self, looks: usize) {
        self.0.set(self.0.get().saturating_sub(looks as u64));
    }

    /// Whether none is left: what was found is not all.
    pub(crate) fn is_spent(&self) -> bool {
        self.0.get() == 0
    }
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
pub(crate) fn phrase<T>(items: &[(T, Vec<Range>)], slop: u8, effort: &Effort, out: &mut Vec<Range>) {
    out.clear();
    let Some(((_, first), rest)) = items.split_first() else { return };
    // What is reached so far: start, end, other words used.
    let mut reached: Vec<(u32, u32, u32)> = first.iter().map(|&(start, end)| (start, end, 0)).collect();
    let mut next = Vec::new();
    for (_, item) in rest {
        next.clear();
        for &(start, end, used) in &reached {
            if effort.is_spent() {
                break;
            }
            let before = next.len();
            let latest = end.saturating_add(1 + u32::from(slop) - used);
            let from = item.partition_point(|range| range.0 <= end);
            for &(item_start, item_end) in item[from..].iter().take_while(|range| range.0 <= latest) {
                next.push((start, item_end, used + (item_start - end - 1)));
            }
            effort.spend(next.len() - before);
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
pub(crate) fn near(
    left: &[Range],
    right: &[Range],
    within: Within,
    ends: &Ends,
    effort: &Effort,
    out: &mut Vec<Range>,
) {
    out.clear();
    each_pair(left, right, within, ends, effort, |l, r| {
        out.push((l.0.min(r.0), l.1.max(r.1)));
        true
    });
    settle(out);
}

/// Left ranges without a right range that does not overlap them and is so near.
pub(crate) fn not_near(
    left: &[Range],
    right: &[Range],
    within: Within,
    ends: &Ends,
    effort: &Effort,
    out: &mut Vec<Range>,
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

/// Calls `found` with every pair that is near enough, until it says false or the effort is spent.
fn each_pair(
    left: &[Range],
    right: &[Range],
    within: Within,
    ends: &Ends,
    effort: &Effort,
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
        if effort.is_spent() {
            return;
        }
        let from = right.partition_point(|range| range.0 < window.0);
        for &r in right[from..].iter().take_while(|range| range.0 <= window.1) {
            effort.spend(1);
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
            phrase(&items, slop, &Effort::for_articles(1), &mut out);
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
            near(&left, &right, within, &ends, &Effort::for_articles(1), &mut out);
            assert_eq!(out, expected, "{left:?} {within:?} {right:?}");
            not_near(&left, &right, within, &ends, &Effort::for_articles(1), &mut out);
            assert_eq!(out, if expected.is_empty() { left } else { vec![] });
        }
    }
}
