//! Ranges of positions, and how the operators of a pattern combine them.

use super::Pattern;
use super::occurrences::Occurrences;
use crate::query::Within;

/// Positions from the first to the last, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Span {
    pub(super) first: u32,
    pub(super) last: u32,
}

/// More ranges than this of one pattern in one article are not listed. Only an article of tens of thousands of words
/// that repeats a query's words without end has as many.
const MOST: usize = 1 << 14;

/// Where a pattern is satisfied, and its parts by themselves.
#[derive(Debug)]
pub(super) struct Found {
    /// Sorted, each once.
    pub(super) spans: Vec<Span>,
    parts: Vec<Found>,
}

/// All ranges that satisfy `pattern`.
pub(super) fn find(pattern: &Pattern, terms: &mut impl Iterator<Item = u32>, text: &Occurrences) -> Found {
    match pattern {
        Pattern::Terms(list) => {
            let mut spans: Vec<Span> = terms.take(list.len()).flat_map(|term| text.of(term)).copied().collect();
            settle(&mut spans);
            Found { spans, parts: Vec::new() }
        }
        Pattern::Phrase { items, slop } => {
            let parts: Vec<Found> = items.iter().map(|item| find(item, terms, text)).collect();
            Found { spans: in_order(&parts, *slop), parts: Vec::new() }
        }
        Pattern::Or(patterns) => {
            let parts: Vec<Found> = patterns.iter().map(|pattern| find(pattern, terms, text)).collect();
            let mut spans = parts.iter().flat_map(|part| &part.spans).copied().collect();
            settle(&mut spans);
            Found { spans, parts }
        }
        Pattern::Near { left, right, within } => {
            let (left, right) = (find(left, terms, text), find(right, terms, text));
            let mut spans = Vec::new();
            each_pair(&left, &right, |l, r| {
                if spans.len() < MOST && is_near(l, r, *within, text) {
                    spans.push(cover(l, r));
                }
            });
            settle(&mut spans);
            Found { spans, parts: vec![left, right] }
        }
        Pattern::NotNear { left, right, within } => {
            let (left, right) = (find(left, terms, text), find(right, terms, text));
            let is_alone = |l: &&Span| !right.spans.iter().any(|r| is_near(**l, *r, *within, text));
            let spans = left.spans.iter().filter(is_alone).copied().collect();
            Found { spans, parts: vec![left] }
        }
    }
}

/// Sorts, each once.
fn settle(spans: &mut Vec<Span>) {
    spans.sort_unstable();
    spans.dedup();
}

fn each_pair(left: &Found, right: &Found, mut look: impl FnMut(Span, Span)) {
    for l in &left.spans {
        for r in &right.spans {
            look(*l, *r);
        }
    }
}

fn cover(a: Span, b: Span) -> Span {
    Span { first: a.first.min(b.first), last: a.last.max(b.last) }
}

/// Do the two not overlap, and are they so near?
fn is_near(left: Span, right: Span, within: Within, text: &Occurrences) -> bool {
    let (left_first, right_first) = (left.last < right.first, right.last < left.first);
    if !left_first && !right_first {
        return false;
    }
    let distance = if left_first { right.first - left.last } else { left.first - right.last };
    match within {
        Within::Words(n) => distance <= u32::from(n),
        Within::WordsInOrder(n) => left_first && distance <= u32::from(n),
        Within::Sentence => is_in_one(cover(left, right), &text.sentence_ends),
        Within::Paragraph => is_in_one(cover(left, right), &text.paragraph_ends),
    }
}

/// Is the range wholly inside one unit, of which `ends` are the last positions, ascending?
fn is_in_one(span: Span, ends: &[u32]) -> bool {
    let next = ends.partition_point(|end| *end < span.first);
    ends.get(next).is_none_or(|end| *end >= span.last)
}

/// Items in order, each after the one before, with at most `slop` other words between in all.
fn in_order(items: &[Found], slop: u8) -> Vec<Span> {
    let Some((first, rest)) = items.split_first() else { return Vec::new() };
    // What is reached so far, and how many other words are inside.
    let mut reached: Vec<(Span, u32)> = first.spans.iter().map(|span| (*span, 0)).collect();
    for item in rest {
        let mut next = Vec::new();
        for (span, others) in reached {
            for after in item.spans.iter().filter(|after| after.first > span.last) {
                let others = others + (after.first - span.last - 1);
                if others <= u32::from(slop) && next.len() < MOST {
                    next.push((cover(span, *after), others));
                }
            }
        }
        next.sort_unstable();
        // Of two ways to the same range, the one with fewer other words inside can do all that the other can.
        next.dedup_by_key(|(span, _)| *span);
        reached = next;
    }
    reached.into_iter().map(|(span, _)| span).collect()
}

/// The ranges to mark for those of `found` that count: a phrase as one, the sides of proximity by themselves.
pub(super) fn marks(pattern: &Pattern, found: &Found, counts: &[Span], text: &Occurrences, out: &mut Vec<Span>) {
    let is_counted = |span: &Span| counts.binary_search(span).is_ok();
    match (pattern, found.parts.as_slice()) {
        (Pattern::Or(patterns), parts) => {
            for (pattern, part) in patterns.iter().zip(parts) {
                let counts: Vec<Span> = part.spans.iter().copied().filter(is_counted).collect();
                marks(pattern, part, &counts, text, out);
            }
        }
        (Pattern::Near { left, right, within }, [left_found, right_found]) => {
            let (mut lefts, mut rights) = (Vec::new(), Vec::new());
            each_pair(left_found, right_found, |l, r| {
                if lefts.len() < MOST && is_near(l, r, *within, text) && is_counted(&cover(l, r)) {
                    lefts.push(l);
                    rights.push(r);
                }
            });
            settle(&mut lefts);
            settle(&mut rights);
            marks(left, left_found, &lefts, text, out);
            marks(right, right_found, &rights, text, out);
        }
        (Pattern::NotNear { left, .. }, [left_found]) => marks(left, left_found, counts, text, out),
        _ => out.extend_from_slice(counts),
    }
}
