//! Choosing the text of an article that shows why it matches.
//!
//! A **mark** is a range of text that satisfies a clause of the query. A **fragment** is a run of one paragraph: whole
//! sentences where they fit the width, else cut at the ends of words. The best fragment shows the most different
//! clauses; between equals the body comes before captions, whole sentences before cut ones, what is rare in the
//! article before what is frequent, more marks before fewer, and earlier before later.

mod boundary;
mod paragraph;
#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::ops::Range;

use crate::hit::{Fragment, Snippet};
use morgue_article::token::Tokens;
use morgue_article::{Article, Zone};

use paragraph::{Mark, Paragraph, Window};

/// Chooses at most `fragments` runs of text, each of at most `width_chars` characters, in order of their place.
///
/// `tokens` are those of `article`; `marks` are bytes of its text, each with the number of the clause it satisfies.
/// Where no text but the title has marks, the snippet is the beginning of the lede, without marks, as a hit shows the
/// title and its marks anyway; an article with nothing but a title shows that.
pub fn snippet(
    article: &Article,
    tokens: &Tokens,
    marks: &[(usize, Range<usize>)],
    fragments: usize,
    width_chars: usize,
) -> Snippet {
    if fragments == 0 || width_chars == 0 {
        return Snippet::default();
    }
    let marks = in_order(&article.text, marks);
    let mut paragraphs = marked_paragraphs(article, tokens, &marks);
    if paragraphs.is_empty() {
        return Snippet { fragments: opening(article, tokens, &marks, width_chars).into_iter().collect() };
    }
    let rarity = rarity(&paragraphs);
    let mut covered = 0;
    for _ in 0..fragments {
        let Some((index, window)) = best(&paragraphs, covered, &rarity, width_chars) else { break };
        covered |= window.clauses;
        let shown = paragraphs[index].range(&window, width_chars);
        if shown.is_empty() {
            break;
        }
        paragraphs[index].show(shown);
    }
    Snippet { fragments: paragraphs.iter().flat_map(Paragraph::fragments).collect() }
}

/// The marks of the title: bytes of [`Article::title`], sorted and disjoint.
pub fn title_marks(article: &Article, marks: &[(usize, Range<usize>)]) -> Vec<Range<usize>> {
    let Some(title) = article.parts.first().filter(|part| part.zone == Zone::Title) else { return Vec::new() };
    let marks = in_order(&article.text, marks);
    let clipped = marks.iter().map(|(_, mark)| mark.start.max(title.range.start)..mark.end.min(title.range.end));
    let inside = clipped.filter(|mark| mark.start < mark.end);
    inside.map(|mark| mark.start - title.range.start..mark.end - title.range.start).collect()
}

/// The marks sorted and disjoint, each with the bits of its clauses. What is no range of the text is left out. A mark
/// inside another is part of it, so that a phrase stays one; of what overlaps the mark before it the rest remains. There
/// are 128 bits: clauses past them share the last.
fn in_order(text: &str, marks: &[(usize, Range<usize>)]) -> Vec<(u128, Range<usize>)> {
    let bit = |clause: usize| 1 << clause.min(127);
    let valid = marks.iter().filter(|(_, mark)| text.get(mark.clone()).is_some_and(|marked| !marked.is_empty()));
    let mut marks: Vec<(u128, Range<usize>)> = valid.map(|(clause, mark)| (bit(*clause), mark.clone())).collect();
    marks.sort_by_key(|(_, mark)| (mark.start, Reverse(mark.end)));
    let mut out: Vec<(u128, Range<usize>)> = Vec::with_capacity(marks.len());
    for (clause, mut mark) in marks {
        if let Some((clauses, last)) = out.last_mut() {
            if mark.end <= last.end {
                *clauses |= clause;
                continue;
            }
            if mark.start < last.end {
                let rest = &text[last.end..mark.end];
                mark.start = mark.end - rest.trim_start().len();
            }
        }
        if !mark.is_empty() {
            out.push((clause, mark));
        }
    }
    out
}

/// The paragraphs of body and captions that have marks. A mark that reaches over several is one in each.
fn marked_paragraphs<'a>(article: &'a Article, tokens: &Tokens, marks: &[(u128, Range<usize>)]) -> Vec<Paragraph<'a>> {
    let parts = article.parts.iter().filter(|part| part.zone != Zone::Title);
    let marked = parts.filter_map(|part| {
        let first = marks.partition_point(|(_, mark)| mark.end <= part.range.start);
        let inside = &marks[first..first + marks[first..].partition_point(|(_, mark)| mark.start < part.range.end)];
        (!inside.is_empty()).then(|| Paragraph::new(article, tokens, part, inside))
    });
    marked.filter(|paragraph| !paragraph.marks.is_empty()).collect()
}

/// How rare each clause is in the article: 1 divided by the number of its marks.
fn rarity(paragraphs: &[Paragraph]) -> [f32; 128] {
    let mut counts = [0u32; 128];
    for Mark { clauses, .. } in paragraphs.iter().flat_map(|paragraph| &paragraph.marks) {
        bits(*clauses).for_each(|clause| counts[clause] += 1);
    }
    counts.map(|count| if count == 0 { 0.0 } else { 1.0 / count as f32 })
}

/// The numbers of the bits that are set.
fn bits(mut set: u128) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let first = set.trailing_zeros() as usize;
        set &= set.wrapping_sub(1);
        (first < 128).then_some(first)
    })
}

/// The window that shows most, and its paragraph. `covered` are the clauses that other fragments show.
fn best(paragraphs: &[Paragraph], covered: u128, rarity: &[f32; 128], width: usize) -> Option<(usize, Window)> {
    let worth = |paragraph: &Paragraph, window: &Window| {
        let new = (window.clauses & !covered).count_ones();
        let rare: f32 = bits(window.clauses).map(|clause| rarity[clause]).sum();
        let body = paragraph.zone == Zone::Body;
        (new, window.clauses.count_ones(), body, window.whole, rare, window.marks.len())
    };
    let mut best: Option<(_, usize, Window)> = None;
    for (index, paragraph) in paragraphs.iter().enumerate() {
        paragraph.windows(width, |window| {
            let worth = worth(paragraph, &window);
            if best.as_ref().is_none_or(|(best, ..)| worth > *best) {
                best = Some((worth, index, window));
            }
        });
    }
    best.map(|(_, index, window)| (index, window))
}

/// The beginning of the lede; without a body that of the first caption; without captions that of the title.
fn opening(article: &Article, tokens: &Tokens, marks: &[(u128, Range<usize>)], width: usize) -> Option<Fragment> {
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
