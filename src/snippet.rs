//! Chooses the text of an article that shows why it matches.
//!
//! A **mark** is a range of text that satisfies a leaf of the query. A **fragment** is a range of one paragraph: whole
//! sentences if they fit the width, otherwise cut at the ends of words. The best fragment shows the most leaves that no
//! earlier fragment shows, then the most leaves in total. Ties are broken by this order: the body before captions, whole
//! sentences before cut ones, leaves that are rare in the article before frequent ones, more marks before fewer, and
//! earlier before later.

mod boundary;
mod paragraph;
#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::ops::Range;

use crate::hit::{Fragment, Snippet};
use morgue_article::token::Tokens;
use morgue_article::{Article, Zone};

use crate::matching::Mark;
use paragraph::{Paragraph, ParagraphMark, Window};

/// A set of leaves, one bit each. There are 128 bits: all leaves after the 127th share the last one.
type LeafSet = u128;

/// A range of text with the leaves that it satisfies.
type MarkedRange = (LeafSet, Range<usize>);

/// Chooses at most `fragments` ranges of text, each of at most `width_chars` characters, in the order of the text.
///
/// `tokens` and `marks` must be those of `article`. If only the title has marks, the snippet is the beginning of the
/// lede, without marks, because a hit shows the title and its marks anyway. If the article has only a title, the snippet
/// is the title.
pub fn snippet(article: &Article, tokens: &Tokens, marks: &[Mark], fragments: usize, width_chars: usize) -> Snippet {
    if fragments == 0 || width_chars == 0 {
        return Snippet::default();
    }
    let marks = disjoint(&article.text, marks);
    let mut paragraphs = marked_paragraphs(article, tokens, &marks);
    if paragraphs.is_empty() {
        return Snippet { fragments: opening(article, tokens, &marks, width_chars).into_iter().collect() };
    }
    let rarity = rarity(&paragraphs);
    let mut covered = 0;
    for _ in 0..fragments {
        let Some((index, window)) = best(&paragraphs, covered, &rarity, width_chars) else { break };
        covered |= window.leaves;
        let shown = paragraphs[index].range(&window, width_chars);
        if shown.is_empty() {
            break;
        }
        paragraphs[index].show(shown);
    }
    Snippet { fragments: paragraphs.iter().flat_map(Paragraph::fragments).collect() }
}

/// The marks of the title: bytes of [`Article::title`], sorted and disjoint.
pub fn title_marks(article: &Article, marks: &[Mark]) -> Vec<Range<usize>> {
    let Some(title) = article.parts.first().filter(|part| part.zone == Zone::Title) else { return Vec::new() };
    let marks = disjoint(&article.text, marks);
    let clipped = marks.iter().map(|(_, mark)| mark.start.max(title.range.start)..mark.end.min(title.range.end));
    let inside = clipped.filter(|mark| mark.start < mark.end);
    inside.map(|mark| mark.start - title.range.start..mark.end - title.range.start).collect()
}

/// The marks sorted and disjoint, each with its leaves. A mark that is not a range of the text is dropped. A mark inside
/// another one becomes part of it, so that a phrase stays one mark. If a mark overlaps the one before it, the rest of it
/// remains.
fn disjoint(text: &str, marks: &[Mark]) -> Vec<MarkedRange> {
    let valid = marks.iter().filter(|mark| text.get(mark.range.clone()).is_some_and(|marked| !marked.is_empty()));
    let mut marks: Vec<MarkedRange> = valid.map(|mark| (1 << mark.leaf.index().min(127), mark.range.clone())).collect();
    marks.sort_by_key(|(_, mark)| (mark.start, Reverse(mark.end)));
    let mut out: Vec<MarkedRange> = Vec::with_capacity(marks.len());
    for (leaf, mut mark) in marks {
        if let Some((leaves, last)) = out.last_mut() {
            if mark.end <= last.end {
                *leaves |= leaf;
                continue;
            }
            if mark.start < last.end {
                let rest = &text[last.end..mark.end];
                mark.start = mark.end - rest.trim_start().len();
            }
        }
        if !mark.is_empty() {
            out.push((leaf, mark));
        }
    }
    out
}

/// The paragraphs of body and captions that have marks. A mark that covers several paragraphs is a mark in each.
fn marked_paragraphs<'a>(article: &'a Article, tokens: &Tokens, marks: &[MarkedRange]) -> Vec<Paragraph<'a>> {
    let parts = article.parts.iter().filter(|part| part.zone != Zone::Title);
    let marked = parts.filter_map(|part| {
        let first = marks.partition_point(|(_, mark)| mark.end <= part.range.start);
        let inside = &marks[first..first + marks[first..].partition_point(|(_, mark)| mark.start < part.range.end)];
        (!inside.is_empty()).then(|| Paragraph::new(article, tokens, part, inside))
    });
    marked.filter(|paragraph| !paragraph.marks.is_empty()).collect()
}

/// The rarity of each leaf in the article: 1 divided by the number of its marks.
fn rarity(paragraphs: &[Paragraph]) -> [f32; 128] {
    let mut counts = [0u32; 128];
    for ParagraphMark { leaves, .. } in paragraphs.iter().flat_map(|paragraph| &paragraph.marks) {
        bits(*leaves).for_each(|leaf| counts[leaf] += 1);
    }
    counts.map(|count| if count == 0 { 0.0 } else { 1.0 / count as f32 })
}

/// The numbers of the bits that are set.
fn bits(mut set: LeafSet) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let first = set.trailing_zeros() as usize;
        set &= set.wrapping_sub(1);
        (first < 128).then_some(first)
    })
}

/// The best window and the index of its paragraph. `covered` are the leaves that other fragments show.
fn best(paragraphs: &[Paragraph], covered: LeafSet, rarity: &[f32; 128], width: usize) -> Option<(usize, Window)> {
    let worth = |paragraph: &Paragraph, window: &Window| {
        let new = (window.leaves & !covered).count_ones();
        let rare: f32 = bits(window.leaves).map(|leaf| rarity[leaf]).sum();
        let body = paragraph.zone == Zone::Body;
        (new, window.leaves.count_ones(), body, window.whole, rare, window.marks.len())
    };
    let mut best: Option<(_, usize, Window)> = None;
    for (index, paragraph) in paragraphs.iter().enumerate() {
        for window in paragraph.windows(width) {
            let worth = worth(paragraph, &window);
            if best.as_ref().is_none_or(|(best, ..)| worth > *best) {
                best = Some((worth, index, window));
            }
        }
    }
    best.map(|(_, index, window)| (index, window))
}

/// The beginning of the lede. An article without a body has the beginning of the first caption instead, and one without
/// captions that of the title.
fn opening(article: &Article, tokens: &Tokens, marks: &[MarkedRange], width: usize) -> Option<Fragment> {
    let with_text = |zone: Zone| {
        let mut parts = article.parts.iter().filter(move |part| part.zone == zone);
        parts.find(|part| article.text.get(part.range.clone()).is_some_and(|text| !text.trim().is_empty()))
    };
    let part = with_text(Zone::Body).or_else(|| with_text(Zone::Caption)).or_else(|| with_text(Zone::Title))?;
    let marks = if part.zone == Zone::Title { marks } else { &[] };
    let mut paragraph = Paragraph::new(article, tokens, part, marks);
    let shown = paragraph.opening(width);
    if shown.is_empty() {
        return None;
    }
    paragraph.show(shown);
    paragraph.fragments().next()
}
