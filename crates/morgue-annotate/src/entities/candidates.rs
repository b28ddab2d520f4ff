//! Finds the **candidates**: runs of words that may hold names. A candidate is made of capitalised words, with the short
//! lower-case words and numbers between them. The tagger looks at candidates only; all other words are outside of names.

use std::ops::Range;
use std::sync::LazyLock;

use super::word_set::WordSet;
use super::words::{ArticleWord, case, gap, joins};

/// Short words that may stand inside a name.
static CONNECTORS: LazyLock<WordSet> = LazyLock::new(|| WordSet::from_list(include_str!("word_lists/connectors.txt")));

/// Lower-case words that may start a name.
static PARTICLES: LazyLock<WordSet> = LazyLock::new(|| WordSet::from_list(include_str!("word_lists/particles.txt")));

/// Words that begin sentences and name nothing when they stand alone.
static SENTENCE_OPENERS: LazyLock<WordSet> =
    LazyLock::new(|| WordSet::from_list(include_str!("word_lists/sentence_openers.txt")));

/// The largest number of connectors in a row.
const MOST_CONNECTORS: usize = 3;

/// The largest number of words in a candidate. A longer run is cut, so that a page in capitals is tagged in pieces.
const LONGEST: usize = 64;

/// Fills `candidates` with the candidates of an article: ranges of `words`, ascending and disjoint.
pub(super) fn fill(text: &str, words: &[ArticleWord], candidates: &mut Vec<Range<usize>>) {
    candidates.clear();
    let (connectors, particles, openers) = (&*CONNECTORS, &*PARTICLES, &*SENTENCE_OPENERS);
    let continues_name =
        |i: usize| words[i].continues() && !words[i].is(case::FIRST) && joins(text, &words[i - 1], words[i].gap);
    let mut i = 0;
    while i < words.len() {
        if !has_capital(&words[i]) {
            i += 1;
            continue;
        }
        let earliest = candidates.last().map_or(0, |candidate| candidate.end);
        let mut start = i;
        while start > earliest
            && continues_name(start)
            && may_start_name(&words[start - 1], words[start].gap, particles)
        {
            start -= 1;
        }
        let mut end = i + 1; // After the last word that surely belongs to the candidate.
        let mut connectors_in_a_row = 0;
        for (j, word) in words.iter().enumerate().skip(i + 1) {
            if j - start >= LONGEST || !continues_name(j) {
                break;
            }
            let belongs =
                has_capital(word) || word.gap == gap::HYPHEN || (word.is(case::DIGIT) && connectors_in_a_row == 0);
            if belongs {
                end = j + 1;
                connectors_in_a_row = 0;
            } else if connectors_in_a_row < MOST_CONNECTORS && (connectors.has(word.hash) || particles.has(word.hash)) {
                connectors_in_a_row += 1;
            } else {
                break;
            }
        }
        let is_lone_opener =
            end - start == 1 && words[i].case & (case::ALL | case::DOTTED) == 0 && openers.has(words[i].hash);
        if !is_lone_opener {
            candidates.push(start..end);
        }
        i = end;
    }
}

/// Whether a word has a capital, or both letters and digits (`4th`).
fn has_capital(word: &ArticleWord) -> bool {
    word.is(case::CAPITAL | case::INNER) || word.case & (case::DIGIT | case::LETTER) == case::DIGIT | case::LETTER
}

/// Whether this lower-case word or number may start a name that continues after `gap_after`.
fn may_start_name(word: &ArticleWord, gap_after: u16, particles: &WordSet) -> bool {
    let is_number = word.is(case::DIGIT) && gap_after == gap::BLANK;
    !word.is(case::POSSESSIVE) && (particles.has(word.hash) || is_number)
}
