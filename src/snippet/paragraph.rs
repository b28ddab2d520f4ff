//! One paragraph with its sentences and marks, the windows of it that could be shown, and the ranges that are shown.

use std::ops::Range;

use crate::hit::Fragment;
use morgue_article::token::Tokens;
use morgue_article::{Article, Part, Zone};

use super::boundary::{first_cut, is_grapheme_boundary, last_cut};
use super::{LeafSet, MarkedRange};

/// In a cut sentence, one part in this number of the space around the marks goes before them.
const CONTEXT_BEFORE: usize = 3;

/// A paragraph that may be shown in part.
pub(super) struct Paragraph<'a> {
    text: &'a str,
    pub(super) zone: Zone,
    /// Bytes of the text, without blanks around.
    range: Range<usize>,
    sentences: Vec<TextRange>,
    pub(super) marks: Vec<ParagraphMark>,
    /// The ranges that are shown, in order.
    shown: Vec<Range<usize>>,
}

/// A range in bytes of the text and in characters of the paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
struct TextRange {
    bytes: Range<usize>,
    chars: Range<usize>,
}

/// A mark in a paragraph.
pub(super) struct ParagraphMark {
    pub(super) leaves: LeafSet,
    range: TextRange,
    /// The index of the sentence in which it starts.
    sentence: usize,
}

/// A part of a paragraph that could be shown: whole sentences if they fit, otherwise marks with text around them.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Window {
    /// Whether it consists of whole sentences.
    pub(super) whole: bool,
    /// The leaves of its marks.
    pub(super) leaves: LeafSet,
    /// The indices of its marks.
    pub(super) marks: Range<usize>,
    /// The indices of its sentences, or of those in which its marks start.
    sentences: Range<usize>,
    /// The bytes around it that are not shown yet.
    free: Range<usize>,
}

impl<'a> Paragraph<'a> {
    /// A part of the article and the marks that overlap it.
    pub(super) fn new(article: &'a Article, tokens: &Tokens, part: &Part, marks: &[MarkedRange]) -> Paragraph<'a> {
        let text = article.text.as_str();
        let mut sentences = tokens.sentences(text, part.range.clone());
        // A boundary between sentences that is inside a grapheme does not count.
        sentences.dedup_by(|next, sentence| {
            let inside = !is_grapheme_boundary(text, sentence.end) || !is_grapheme_boundary(text, next.start);
            if inside {
                sentence.end = next.end;
            }
            inside
        });
        let range = sentences.first().map_or(0, |first| first.start)..sentences.last().map_or(0, |last| last.end);
        let mut counter = CharCounter { text, at: range.start, chars: 0 };
        let sentences: Vec<TextRange> = sentences.into_iter().map(|bytes| counter.range(bytes)).collect();
        let mut counter = CharCounter { text, at: range.start, chars: 0 };
        let mut sentence = 0;
        let inside = marks.iter().filter_map(|(leaves, mark)| {
            let bytes = mark.start.max(range.start)..mark.end.min(range.end);
            if bytes.is_empty() {
                return None;
            }
            while sentences.get(sentence + 1).is_some_and(|next| next.bytes.start <= bytes.start) {
                sentence += 1;
            }
            Some(ParagraphMark { leaves: *leaves, range: counter.range(bytes), sentence })
        });
        let marks = inside.collect();
        Paragraph { text, zone: part.zone, range, sentences, marks, shown: Vec::new() }
    }

    /// The windows of at most `width` characters that could be the best: from each sentence with a mark, as many whole
    /// sentences as fit; and from each mark, as many marks as fit.
    pub(super) fn windows(&self, width: usize) -> Vec<Window> {
        let mut windows = Vec::new();
        let mut last_sentence = usize::MAX;
        for (first, mark) in self.marks.iter().enumerate() {
            let Some(free) = self.free_around(&mark.range.bytes) else { continue };
            if mark.sentence != last_sentence {
                last_sentence = mark.sentence;
                windows.extend(self.whole_window(first, free.clone(), width));
            }
            let fits = |other: &&ParagraphMark| {
                other.range.chars.end - mark.range.chars.start <= width && other.range.bytes.end <= free.end
            };
            let shown = self.marks[first..].iter().take_while(fits).count().max(1);
            let marks = first..first + shown;
            let leaves = self.leaves(marks.clone());
            let sentences = mark.sentence..self.marks[marks.end - 1].sentence + 1;
            windows.push(Window { whole: false, leaves, marks, sentences, free });
        }
        windows
    }

    fn whole_window(&self, first: usize, free: Range<usize>, width: usize) -> Option<Window> {
        let start = self.marks[first].sentence;
        if self.sentences[start].bytes.start < free.start {
            return None;
        }
        let from = self.sentences[start].chars.start;
        let fits = |sentence: &&TextRange| sentence.chars.end - from <= width && sentence.bytes.end <= free.end;
        let sentences = start..start + self.sentences[start..].iter().take_while(fits).count();
        let end = self.sentences[sentences.clone()].last()?.bytes.end;
        let marks = first..first + self.marks[first..].iter().take_while(|mark| mark.range.bytes.end <= end).count();
        let leaves = self.leaves(marks.clone());
        (leaves != 0).then_some(Window { whole: true, leaves, marks, sentences, free })
    }

    /// The bytes around a mark that are not shown yet; `None` if the mark itself is shown.
    fn free_around(&self, mark: &Range<usize>) -> Option<Range<usize>> {
        let next = self.shown.partition_point(|shown| shown.end <= mark.start);
        let start = next.checked_sub(1).map_or(self.range.start, |last| self.shown[last].end);
        let end = self.shown.get(next).map_or(self.range.end, |shown| shown.start);
        (mark.end <= end).then_some(start..end)
    }

    fn leaves(&self, marks: Range<usize>) -> LeafSet {
        self.marks[marks].iter().fold(0, |leaves, mark| leaves | mark.leaves)
    }

    /// The bytes to show for a window: at most `width` characters.
    pub(super) fn range(&self, window: &Window, width: usize) -> Range<usize> {
        if window.whole {
            let Range { mut start, end } = window.sentences;
            let last = &self.sentences[end - 1];
            while let Some(before) = start.checked_sub(1).map(|before| &self.sentences[before])
                && before.bytes.start >= window.free.start
                && last.chars.end - before.chars.start <= width
            {
                start -= 1;
            }
            return self.sentences[start].bytes.start..last.bytes.end;
        }
        self.cut_range(window, width)
    }

    /// The bytes to show for a window of a cut sentence.
    fn cut_range(&self, window: &Window, width: usize) -> Range<usize> {
        let (first, last) = (&self.marks[window.marks.start].range, &self.marks[window.marks.end - 1].range);
        let free = &window.free;
        let taken = last.chars.end - first.chars.start;
        let sentence = &self.sentences[window.sentences.start];
        let whole_start = sentence.bytes.start >= free.start && last.chars.end - sentence.chars.start <= width;
        let start = if taken >= width {
            first.bytes.start
        } else if whole_start {
            sentence.bytes.start
        } else {
            // Space that is left after the last sentence is used before the marks.
            let sentence_end = self.sentences[window.sentences.end - 1].bytes.end.min(free.end);
            let after = chars(self.text, last.bytes.end.min(sentence_end)..sentence_end);
            let chars_before = ((width - taken) / CONTEXT_BEFORE).max((width - taken).saturating_sub(after));
            self.start_before(first.bytes.start, free.start, chars_before)
        };
        let latest = forth(self.text, start..free.end, width);
        // The end of the last sentence that fits, otherwise the end of the last word that fits.
        let whole = self.sentences.iter().rev().map(|sentence| sentence.bytes.end).find(|&end| end <= latest);
        let end = match whole.filter(|&end| end >= last.bytes.end) {
            _ if latest == free.end => latest,
            Some(end) => end,
            None if taken > width => last_cut(self.text, start..latest),
            None => last_cut(self.text, last.bytes.end..latest),
        };
        within_graphemes(self.text, start..end)
    }

    /// The place at most `count` characters before `at` where the text may be cut. It is not before `earliest`.
    fn start_before(&self, at: usize, earliest: usize, count: usize) -> usize {
        if count == 0 {
            return at;
        }
        let start = back(self.text, earliest..at, count);
        if start == earliest { start } else { first_cut(self.text, start..at) }
    }

    /// The bytes of as many sentences from the start as fit `width` characters. If the first one does not fit, it is cut.
    pub(super) fn opening(&self, width: usize) -> Range<usize> {
        let whole = self.sentences.iter().take_while(|sentence| sentence.chars.end <= width).last();
        if let Some(last) = whole {
            return self.range.start..last.bytes.end;
        }
        let latest = forth(self.text, self.range.clone(), width);
        within_graphemes(self.text, self.range.start..last_cut(self.text, self.range.start..latest))
    }

    /// Adds a range to those that are shown.
    pub(super) fn show(&mut self, range: Range<usize>) {
        let at = self.shown.partition_point(|shown| shown.start < range.start);
        self.shown.insert(at, range);
    }

    /// The ranges that are shown, in order.
    pub(super) fn fragments(&self) -> impl Iterator<Item = Fragment> {
        self.shown.iter().enumerate().map(|(index, shown)| {
            let before = index.checked_sub(1).map_or(self.range.start, |before| self.shown[before].end);
            let after = self.shown.get(index + 1).map_or(self.range.end, |after| after.start);
            let clipped = self.marks.iter().map(|mark| {
                let Range { start, end } = &mark.range.bytes;
                (*start).max(shown.start)..(*end).min(shown.end)
            });
            let inside = clipped.filter(|mark| mark.start < mark.end);
            Fragment {
                zone: self.zone,
                text: self.text[shown.clone()].to_owned(),
                marks: inside.map(|mark| mark.start - shown.start..mark.end - shown.start).collect(),
                cut_before: !self.text[before..shown.start].trim().is_empty(),
                cut_after: !self.text[shown.end..after].trim().is_empty(),
            }
        })
    }
}

/// Counts the characters of ascending ranges in one pass over the text.
struct CharCounter<'a> {
    text: &'a str,
    at: usize,
    chars: usize,
}

impl CharCounter<'_> {
    /// The range in characters too. It must not start before the end of the previous one.
    fn range(&mut self, bytes: Range<usize>) -> TextRange {
        let start = self.chars + chars(self.text, self.at..bytes.start);
        let end = start + chars(self.text, bytes.clone());
        (self.at, self.chars) = (bytes.end, end);
        TextRange { bytes, chars: start..end }
    }
}

fn chars(text: &str, range: Range<usize>) -> usize {
    text[range].chars().count()
}

/// The range without blanks and parts of graphemes at its ends.
fn within_graphemes(text: &str, range: Range<usize>) -> Range<usize> {
    let fits = |&at: &usize| text.is_char_boundary(at) && is_grapheme_boundary(text, at);
    let start = (range.start..range.end).find(fits).unwrap_or(range.end);
    let end = (start..=range.end).rev().find(fits).unwrap_or(start);
    let shown = &text[start..end];
    let blanks = shown.len() - shown.trim_start().len();
    start + blanks..(start + shown.trim_end().len()).max(start + blanks)
}

/// The byte `count` characters before the end of `within`, or its start.
fn back(text: &str, within: Range<usize>, count: usize) -> usize {
    let at = text[within.clone()].char_indices().rev().take(count).last();
    at.map_or(within.end, |(offset, _)| within.start + offset)
}

/// The byte `count` characters after the start of `within`, or its end.
fn forth(text: &str, within: Range<usize>, count: usize) -> usize {
    text[within.clone()].char_indices().nth(count).map_or(within.end, |(offset, _)| within.start + offset)
}
