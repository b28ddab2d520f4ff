//! Which words of an article can hold names: **stretches** of capitalised words, with the short lower-case words and
//! numbers that stand between them. Everything else is outside without being looked at.

use std::ops::Range;
use std::sync::OnceLock;

use super::words::{Word, case, gap, hash, joins};

/// Short words that may stand inside a name.
const CONNECTORS: &[&str] = &[
    "a", "al", "an", "and", "as", "at", "by", "da", "das", "de", "del", "della", "den", "der", "des", "di", "do",
    "dos", "du", "e", "el", "en", "et", "for", "from", "in", "la", "las", "le", "les", "los", "of", "on", "or", "per",
    "te", "the", "to", "und", "upon", "van", "vom", "von", "with", "y", "zu", "zum", "zur",
];

/// Lower-case words that may start a name.
const PARTICLES: &[&str] = &[
    "abu", "ad", "al", "ap", "as", "ash", "at", "ben", "bin", "bint", "da", "de", "del", "della", "den", "der", "di",
    "do", "dos", "du", "el", "ibn", "la", "le", "st", "ter", "van", "von", "zu",
];

/// Words that begin sentences and name nothing when they stand alone.
const OPENERS: &[&str] = &[
    "a",
    "about",
    "according",
    "after",
    "again",
    "all",
    "also",
    "although",
    "among",
    "an",
    "and",
    "another",
    "any",
    "are",
    "as",
    "asked",
    "at",
    "because",
    "before",
    "both",
    "but",
    "by",
    "can",
    "could",
    "despite",
    "did",
    "do",
    "does",
    "don't",
    "during",
    "each",
    "earlier",
    "even",
    "every",
    "few",
    "finally",
    "first",
    "following",
    "for",
    "from",
    "given",
    "had",
    "has",
    "have",
    "he",
    "her",
    "here",
    "his",
    "how",
    "however",
    "i",
    "i'd",
    "i'll",
    "i'm",
    "i've",
    "if",
    "in",
    "instead",
    "is",
    "isn't",
    "it",
    "it's",
    "its",
    "just",
    "last",
    "later",
    "less",
    "let",
    "like",
    "many",
    "meanwhile",
    "more",
    "moreover",
    "most",
    "mr",
    "mrs",
    "much",
    "my",
    "never",
    "no",
    "nobody",
    "none",
    "nor",
    "not",
    "nothing",
    "now",
    "of",
    "on",
    "once",
    "one",
    "only",
    "or",
    "other",
    "others",
    "our",
    "over",
    "perhaps",
    "police",
    "several",
    "she",
    "should",
    "since",
    "so",
    "some",
    "sometimes",
    "soon",
    "still",
    "such",
    "than",
    "that",
    "that's",
    "the",
    "their",
    "then",
    "there",
    "there's",
    "therefore",
    "these",
    "they",
    "this",
    "those",
    "though",
    "three",
    "through",
    "thus",
    "to",
    "two",
    "under",
    "until",
    "up",
    "was",
    "we",
    "well",
    "were",
    "what",
    "when",
    "where",
    "whether",
    "which",
    "while",
    "who",
    "whose",
    "why",
    "with",
    "within",
    "without",
    "would",
    "yes",
    "yesterday",
    "yet",
    "you",
    "your",
];

/// The words above by their hashes: sorted.
struct Known {
    connectors: Vec<u32>,
    particles: Vec<u32>,
    openers: Vec<u32>,
}

fn known() -> &'static Known {
    static KNOWN: OnceLock<Known> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let hashes = |words: &[&str]| {
            let mut hashes: Vec<u32> = words.iter().map(|word| hash(word.as_bytes())).collect();
            hashes.sort_unstable();
            hashes
        };
        Known { connectors: hashes(CONNECTORS), particles: hashes(PARTICLES), openers: hashes(OPENERS) }
    })
}

/// The most connectors in a row.
const MOST_CONNECTORS: usize = 3;

/// Longer stretches are cut, so that a page of capitals is worked through in pieces.
const LONGEST: usize = 64;

/// Fills `stretches` with the stretches of an article's words: ranges of words, ascending and disjoint.
pub fn fill(text: &str, words: &[Word], stretches: &mut Vec<Range<usize>>) {
    stretches.clear();
    let known = known();
    let is = |list: &[u32], word: &Word| list.binary_search(&word.hash).is_ok();
    let connected =
        |i: usize| words[i].continues() && !words[i].is(case::FIRST) && joins(text, &words[i - 1], words[i].gap);
    let mut i = 0;
    while i < words.len() {
        if !holds_capital(&words[i]) {
            i += 1;
            continue;
        }
        let floor = stretches.last().map_or(0, |stretch| stretch.end);
        let mut start = i;
        while start > floor
            && connected(start)
            && starts_lower(&words[start - 1], words[start].gap, |word| is(&known.particles, word))
        {
            start -= 1;
        }
        let mut end = i + 1; // after the last word that surely belongs
        let mut connectors = 0;
        for (j, word) in words.iter().enumerate().skip(i + 1) {
            if j - start >= LONGEST || !connected(j) {
                break;
            }
            if holds_capital(word) || word.gap == gap::HYPHEN || (word.is(case::DIGIT) && connectors == 0) {
                end = j + 1;
                connectors = 0;
            } else if connectors < MOST_CONNECTORS && (is(&known.connectors, word) || is(&known.particles, word)) {
                connectors += 1;
            } else {
                break;
            }
        }
        let lone_opener =
            end - start == 1 && words[i].case & (case::ALL | case::DOTTED) == 0 && is(&known.openers, &words[i]);
        if !lone_opener {
            stretches.push(start..end);
        }
        i = end;
    }
}

fn holds_capital(word: &Word) -> bool {
    word.is(case::CAPITAL | case::INNER) || word.case & (case::DIGIT | case::LETTER) == case::DIGIT | case::LETTER
}

/// Whether this lower-case word or number may start the name that goes on after it.
fn starts_lower(word: &Word, gap_after: u16, particle: impl Fn(&Word) -> bool) -> bool {
    !word.is(case::POSSESSIVE) && (particle(word) || (word.is(case::DIGIT) && gap_after == gap::BLANK))
}
