//! Tells whether a bare weekday is one to come: `The council will meet Thursday`.
//!
//! The verb nearest before the weekday in its sentence decides. If there is no verb before it, the first verb after it
//! does (`On Thursday the council will meet`). Words that are not in the lists decide nothing, and a weekday without a
//! deciding word is a past one: that is right for nine of ten in news.

use super::ExpressionParser;
use crate::dates::language::TenseWords;

/// In words. The search for a verb ends at this distance.
const REACH: usize = 14;

/// In bytes. The search for a verb ends at this distance.
const REACH_BYTES: usize = 160;

/// What a word says about the time of its clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tense {
    Past,
    Future,
}

impl ExpressionParser<'_> {
    /// Whether the weekday in the bytes from `start` to `end` is one to come.
    pub(super) fn is_to_come(&self, start: usize, end: usize) -> bool {
        let words = &self.lexicon.language.tense;
        let before = sentence_before(&self.text[..start]);
        let before: Vec<&str> = words_of(before).rev().take(REACH).collect();
        let tense = tense_before(words, &before).or_else(|| {
            let after: Vec<&str> = words_of(sentence_after(&self.text[end..])).take(REACH).collect();
            tense_after(words, &after)
        });
        tense == Some(Tense::Future)
    }
}

/// The tense by the words before a weekday, nearest first.
fn tense_before(words: &TenseWords, before: &[&str]) -> Option<Tense> {
    let word = |at: usize| before.get(at).copied().unwrap_or_default();
    let is = |at: usize, list: &[&str]| list.iter().any(|known| known.eq_ignore_ascii_case(word(at)));
    // Articles and prepositions between a verb and its weekday: `due on Friday`.
    let mut first = 0;
    while first < 2 && is(first, words.between) {
        first += 1;
    }
    if is(first, words.ahead) || is(first, &["of"]) && is(first + 1, words.ahead) {
        return Some(Tense::Future);
    }
    for at in first..before.len() {
        if is(at, words.future) {
            return Some(Tense::Future);
        }
        // Directly before a weekday, `to` is not before a verb: `Monday to Friday`.
        if at > 0 && is(at, &["to"]) {
            return tense_of_infinitive(words, &before[at + 1..]);
        }
        if is(at, words.expected) && at == first {
            return Some(if is(at + 1, words.past_auxiliaries) { Tense::Past } else { Tense::Future });
        }
        if is(at, words.scheduled_events) {
            return Some(Tense::Future);
        }
        let is_present = is(at, words.present_auxiliaries);
        if is_present && (at == first || word(at - 1).ends_with("ing")) {
            return Some(Tense::Future);
        }
        let is_participle = is(at + 1, &["be"]);
        if !is_participle && (is_past(words, word(at)) || is(at, words.clause_starts)) {
            return Some(Tense::Past);
        }
    }
    None
}

/// The tense of a verb with `to`, by the words before `to`, nearest first: `is expected to`, but not `failed to`.
fn tense_of_infinitive(words: &TenseWords, before: &[&str]) -> Option<Tense> {
    let is = |at: usize, list: &[&str]| {
        before.get(at).is_some_and(|word| list.iter().any(|known| known.eq_ignore_ascii_case(word)))
    };
    let is_expected = is(0, words.expected) || is(0, words.intended);
    // A headline leaves out `is`: `Foreign Minister to visit Geneva`.
    let is_headline = before.first().is_some_and(|word| word.starts_with(char::is_uppercase))
        && !before.iter().any(|word| is_past(words, word));
    if is(0, words.present_auxiliaries) || is_expected && !is(1, words.past_auxiliaries) || is_headline {
        Some(Tense::Future)
    } else {
        Some(Tense::Past)
    }
}

/// The tense by the words after a weekday, nearest first.
fn tense_after(words: &TenseWords, after: &[&str]) -> Option<Tense> {
    let is = |at: usize, list: &[&str]| {
        after.get(at).is_some_and(|word| list.iter().any(|known| known.eq_ignore_ascii_case(word)))
    };
    for (at, word) in after.iter().enumerate() {
        if is(at, words.future) || is(at, words.scheduled_events) {
            return Some(Tense::Future);
        }
        if is(at, words.present_auxiliaries) {
            let is_planned = is(at + 1, words.expected) || is(at + 1, &["to"]);
            return Some(if is_planned { Tense::Future } else { Tense::Past });
        }
        if is_past(words, word) || is(at, words.clause_starts) {
            return Some(Tense::Past);
        }
    }
    None
}

/// Whether a word is a verb of the past. Regular ones are known by their ending.
fn is_past(words: &TenseWords, word: &str) -> bool {
    let is_regular = word.len() > 4 && word.ends_with("ed") && word.starts_with(char::is_lowercase);
    is_regular || words.past.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// The end of `text` from the start of its last sentence or quotation on.
fn sentence_before(text: &str) -> &str {
    let mut from = text.len().saturating_sub(REACH_BYTES);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let near = &text[from..];
    let marks = ['!', '?', ';', ':', '"', '\n', '\u{201c}', '\u{201d}'];
    let mark = near.rfind(marks).map_or(0, |at| at + near[at..].chars().next().map_or(1, char::len_utf8));
    let near = &near[mark..];
    // A full stop ends a sentence if a lower-case word is before it: `met. Thursday`, but not `Sen. Smith`.
    let ends_sentence = |at: &usize| {
        near[..*at]
            .rsplit(' ')
            .next()
            .is_some_and(|word| word.len() > 1 && word.starts_with(char::is_lowercase) || word.ends_with(')'))
    };
    let mut stops = near.rmatch_indices(". ").map(|(at, _)| at);
    stops.find(ends_sentence).map_or(near, |at| &near[at + 2..])
}

/// The start of `text` up to the end of its first sentence or quotation.
fn sentence_after(text: &str) -> &str {
    let mut to = text.len().min(REACH_BYTES);
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    let near = &text[..to];
    let marks = ['!', '?', ';', ':', '"', '\n', '\u{201c}', '\u{201d}'];
    let mark = near.find(marks).unwrap_or(near.len());
    let stop = near.find(". ").unwrap_or(near.len());
    &near[..mark.min(stop)]
}

/// The words of `text`. A short form is one word with its apostrophe: `they'll`, also with a curly one.
fn words_of(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    let is_inside = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '\u{2019}' | '-');
    text.split(move |c: char| !is_inside(c))
        .filter(|word| !word.is_empty())
        .map(|word| if word.ends_with("'ll") || word.ends_with("\u{2019}ll") { "will" } else { word })
}
