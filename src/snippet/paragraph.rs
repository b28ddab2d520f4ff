//! One paragraph with its sentences and marks, the windows of it that could be shown, and those that are.

use std::ops::Range;

use crate::hit::Fragment;
use morgue_article::token::Tokens;
use morgue_article::{Article, Part, Zone};

use super::boundary::{first_cut, last_cut, parts_graphemes};

/// Of the room around marks in a cut sentence, this part goes before them.
const CONTEXT_BEFORE: usize = 3;

/// A paragraph of which something may be shown.
pub(super) struct Paragraph<'a> {
    text: &'a str,
    pub(super) zone: Zone,
    /// Bytes of the text, without blanks around.
    range: Range<usize>,
    sentences: Vec<Run>,
    pub(super) marks: Vec<Mark>,
    /// What is shown, in order.
    shown: Vec<Range<usize>>,
}

/// A range in bytes of the text and in characters of the paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Run {
    bytes: Range<usize>,
    chars: Range<usize>,
}

/// A mark in a paragraph.
pub(super) struct Mark {
    /// Bits of its clauses.
    pub(super) clauses: u128,
    run: Run,
    /// Which sentence it starts in.
    sentence: usize,
}

/// What could be shown, as sentences if they fit whole, else as marks with room for them.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Window {
    /// Whether it is whole sentences.
    pub(super) whole: bool,
    /// Bits of the clauses shown.
    pub(super) clauses: u128,
    /// The marks shown.
    pub(super) marks: Range<usize>,
    /// The sentences shown, or those that the marks start in.
    sentences: Range<usize>,
    /// What of the paragraph is free.
    free: Range<usize>,
}

impl<'a> Paragraph<'a> {
    /// A part of the article and the marks that reach into it.
    pub(super) fn new(
        article: &'a Article,
        tokens: &Tokens,
        part: &Part,
        marks: &[(u128, Range<usize>)],
    ) -> Paragraph<'a> {
        let text = article.text.as_str();
        let mut sentences = tokens.sentences(text, part.range.clone());
        // A boundary inside a grapheme is none.
        sentences.dedup_by(|next, sentence| {
            let inside = !parts_graphemes(text, sentence.end) || !parts_graphemes(text, next.start);
            if inside {
                sentence.end = next.end;
            }
            inside
        });
        let range = sentences.first().map_or(0, |first| first.start)..sentences.last().map_or(0, |last| last.end);
        let mut count = Count { text, at: range.start, chars: 0 };
        let sentences: Vec<Run> = sentences.into_iter().map(|bytes| count.run(bytes)).collect();
        let mut count = Count { text, at: range.start, chars: 0 };
        let mut sentence = 0;
        let inside = marks.iter().filter_map(|(clauses, mark)| {
            let bytes = mark.start.max(range.start)..mark.end.min(range.end);
            if bytes.is_empty() {
                return None;
            }
            while sentences.get(sentence + 1).is_some_and(|next| next.bytes.start <= bytes.start) {
                sentence += 1;
            }
            Some(Mark { clauses: *clauses, run: count.run(bytes), sentence })
        });
        let marks = inside.collect();
        Paragraph { text, zone: part.zone, range, sentences, marks, shown: Vec::new() }
    }

    /// Gives every window of at most `width` characters that could be best: from each sentence with a mark as many
    /// whole sentences as fit, and from each mark as many marks as fit.
    pub(super) fn windows(&self, width: usize, mut give: impl FnMut(Window)) {
        let mut last_sentence = usize::MAX;
        for (first, mark) in self.marks.iter().enumerate() {
            let Some(free) = self.free_around(&mark.run.bytes) else { continue };
            if mark.sentence != last_sentence {
                last_sentence = mark.sentence;
                if let Some(window) = self.whole_window(first, free.clone(), width) {
                    give(window);
                }
            }
            let fits =
                |other: &&Mark| other.run.chars.end - mark.run.chars.start <= width && other.run.bytes.end <= free.end;
            let shown = self.marks[first..].iter().take_while(fits).count().max(1);
            let marks = first..first + shown;
            let clauses = self.clauses(marks.clone());
            let sentences = mark.sentence..self.marks[marks.end - 1].sentence + 1;
            give(Window { whole: false, clauses, marks, sentences, free });
        }
    }

    fn whole_window(&self, first: usize, free: Range<usize>, width: usize) -> Option<Window> {
        let start = self.marks[first].sentence;
        if self.sentences[start].bytes.start < free.start {
            return None;
        }
        let from = self.sentences[start].chars.start;
        let fits = |sentence: &&Run| sentence.chars.end - from <= width && sentence.bytes.end <= free.end;
        let sentences = start..start + self.sentences[start..].iter().take_while(fits).count();
        let end = self.sentences[sentences.clone()].last()?.bytes.end;
        let marks = first..first + self.marks[first..].iter().take_while(|mark| mark.run.bytes.end <= end).count();
        let clauses = self.clauses(marks.clone());
        (clauses != 0).then_some(Window { whole: true, clauses, marks, sentences, free })
    }

    /// Which bytes around a mark are not shown yet; `None` where it is itself.
    fn free_around(&self, mark: &Range<usize>) -> Option<Range<usize>> {
        let next = self.shown.partition_point(|shown| shown.end <= mark.start);
        let start = next.checked_sub(1).map_or(self.range.start, |last| self.shown[last].end);
        let end = self.shown.get(next).map_or(self.range.end, |shown| shown.start);
        (mark.end <= end).then_some(start..end)
    }

    fn clauses(&self, marks: Range<usize>) -> u128 {
        self.marks[marks].iter().fold(0, |clauses, mark| clauses | mark.clauses)
    }

    /// The bytes that a window shows: at most `width` characters.
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

    fn cut_range(&self, window: &Window, width: usize) -> Range<usize> {
        let (first, last) = (&self.marks[window.marks.start].run, &self.marks[window.marks.end - 1].run);
        let free = &window.free;
        let taken = last.chars.end - first.chars.start;
        let sentence = &self.sentences[window.sentences.start];
        let whole_start = sentence.bytes.start >= free.start && last.chars.end - sentence.chars.start <= width;
        let room_before = match () {
            _ if taken >= width => 0,
            _ if whole_start => first.chars.start - sentence.chars.start,
            _ => {
                // What is left free after the last sentence goes before.
                let sentence_end = self.sentences[window.sentences.end - 1].bytes.end.min(free.end);
                let after = chars(self.text, last.bytes.end.min(sentence_end)..sentence_end);
                ((width - taken) / CONTEXT_BEFORE).max((width - taken).saturating_sub(after))
            }
        };
        let start = match room_before {
            0 => first.bytes.start,
            _ if whole_start => sentence.bytes.start,
            room => {
                let earliest = back(self.text, free.start..first.bytes.start, room);
                if earliest == free.start { earliest } else { first_cut(self.text, earliest..first.bytes.start) }
            }
        };
        let latest = forth(self.text, start..free.end, width);
        // The end of the last sentence that fits, else that of the last word.
        let whole = self.sentences.iter().rev().map(|sentence| sentence.bytes.end).find(|&end| end <= latest);
        let end = match whole.filter(|&end| end >= last.bytes.end) {
            _ if latest == free.end => latest,
            Some(end) => end,
            None if taken > width => last_cut(self.text, start..latest),
            None => last_cut(self.text, last.bytes.end..latest),
        };
        within_graphemes(self.text, start..end)
    }

    /// The bytes of as many sentences from the start as fit `width` characters, or of the first as far as it does.
    pub(super) fn opening(&self, width: usize) -> Range<usize> {
        let whole = self.sentences.iter().take_while(|sentence| sentence.chars.end <= width).last();
        if let Some(last) = whole {
            return self.range.start..last.bytes.end;
        }
        let latest = forth(self.text, self.range.clone(), width);
        within_graphemes(self.text, self.range.start..last_cut(self.text, self.range.start..latest))
    }

    /// Notes that a range is shown.
    pub(super) fn show(&mut self, range: Range<usize>) {
        let at = self.shown.partition_point(|shown| shown.start < range.start);
        self.shown.insert(at, range);
    }

    /// What is shown, in order.
    pub(super) fn fragments(&self) -> impl Iterator<Item = Fragment> {
        self.shown.iter().enumerate().map(|(index, shown)| {
            let before = index.checked_sub(1).map_or(self.range.start, |before| self.shown[before].end);
            let after = self.shown.get(index + 1).map_or(self.range.end, |after| after.start);
            let clipped = self.marks.iter().map(|mark| {
                let Range { start, end } = &mark.run.bytes;
                (*start).max(shown.start)..(*end).min(shown.end)
            });
            let inside = clipped.filter(|mark| mark.start < mark.end);
            Fragment {
                zone: self.zone,
                text: self.text[shown.clone()].to_string(),
                marks: inside.map(|mark| mark.start - shown.start..mark.end - shown.start).collect(),
                cut_before: !self.text[before..shown.start].trim().is_empty(),
                cut_after: !self.text[shown.end..after].trim().is_empty(),
            }
        })
    }
}

/// Counts characters along a text.
struct Count<'a> {
    text: &'a str,
    at: usize,
    chars: usize,
}

impl Count<'_> {
    /// The characters of a range that starts at or after the end of the one before.
    fn run(&mut self, bytes: Range<usize>) -> Run {
        let start = self.chars + chars(self.text, self.at..bytes.start);
        let end = start + chars(self.text, bytes.clone());
        (self.at, self.chars) = (bytes.end, end);
        Run { bytes, chars: start..end }
    }
}

fn chars(text: &str, range: Range<usize>) -> usize {
    text[range].chars().count()
}

/// The range without blanks and halves of graphemes at its ends.
fn within_graphemes(text: &str, range: Range<usize>) -> Range<usize> {
    let fits = |&at: &usize| text.is_char_boundary(at) && parts_graphemes(text, at);
    let start = (range.start..range.end).find(fits).unwrap_or(range.end);
    let end = (start..=range.end).rev().find(fits).unwrap_or(start);
    let shown = &text[start..end];
    let blanks = shown.len() - shown.trim_start().len();
    start + blanks..(start + shown.trim_end().len()).max(start + blanks)
}

/// The byte `room` characters before the end of `within`, or its start.
fn back(text: &str, within: Range<usize>, room: usize) -> usize {
    let at = text[within.clone()].char_indices().rev().take(room).last();
    at.map_or(within.end, |(offset, _)| within.start + offset)
}

/// The byte `room` characters after the start of `within`, or its end.
fn forth(text: &str, within: Range<usize>, room: usize) -> usize {
    text[within.clone()].char_indices().nth(room).map_or(within.end, |(offset, _)| within.start + offset)
}
