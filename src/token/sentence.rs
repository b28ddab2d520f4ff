//! Where sentences end: at `.`, `!`, `?`, `…` and their kin, unless what stands before is an abbreviation or what
//! follows does not look like the start of a sentence.

use std::ops::Range;

use super::Tokens;

/// Abbreviations after which no sentence ends: titles and the like, which stand before a name.
const BEFORE_NAMES: &[&str] = &[
    "adm", "amb", "atty", "brig", "capt", "cmdr", "col", "cpl", "cpt", "det", "dr", "fr", "gen", "gov", "hon", "insp",
    "lt", "maj", "messrs", "mme", "mr", "mrs", "ms", "msgr", "mt", "pfc", "pres", "prof", "pvt", "rep", "reps", "rev",
    "rt", "sen", "sens", "sgt", "sr", "ste", "supt", "vs",
];

/// Abbreviations after which one ends only before a word that starts sentences.
const ANYWHERE: &[&str] = &[
    "ala", "apr", "ariz", "ark", "assn", "aug", "ave", "bhd", "blvd", "bros", "calif", "cf", "co", "colo", "conn",
    "corp", "cos", "ct", "dec", "del", "dept", "dist", "est", "etc", "feb", "fla", "ft", "ga", "ill", "inc", "ind",
    "jan", "jr", "jul", "jun", "kan", "ky", "la", "ltd", "mass", "md", "mfg", "mich", "minn", "miss", "mo", "mont",
    "neb", "nev", "nov", "oct", "okla", "ont", "ore", "pa", "ph", "plc", "pp", "que", "rd", "sept", "sep", "st",
    "tenn", "tex", "univ", "va", "vt", "wash", "wis", "wyo",
];

/// Abbreviations after which none ends before a digit.
const BEFORE_NUMBERS: &[&str] = &["no", "nos", "vol", "art", "fig", "pp", "p", "ch", "sec"];

/// Words that start sentences more often than names.
const STARTERS: &[&str] = &[
    "a",
    "about",
    "according",
    "after",
    "all",
    "also",
    "although",
    "among",
    "an",
    "and",
    "another",
    "any",
    "as",
    "at",
    "because",
    "before",
    "both",
    "but",
    "by",
    "despite",
    "during",
    "each",
    "even",
    "every",
    "few",
    "for",
    "from",
    "he",
    "her",
    "here",
    "his",
    "how",
    "however",
    "i",
    "if",
    "in",
    "instead",
    "it",
    "its",
    "last",
    "later",
    "many",
    "meanwhile",
    "more",
    "most",
    "much",
    "my",
    "neither",
    "no",
    "none",
    "nor",
    "not",
    "now",
    "officials",
    "on",
    "once",
    "one",
    "only",
    "or",
    "other",
    "others",
    "our",
    "over",
    "police",
    "several",
    "she",
    "since",
    "so",
    "some",
    "still",
    "such",
    "than",
    "that",
    "the",
    "their",
    "then",
    "there",
    "these",
    "they",
    "this",
    "those",
    "though",
    "through",
    "to",
    "under",
    "unlike",
    "until",
    "we",
    "what",
    "when",
    "where",
    "whether",
    "which",
    "while",
    "who",
    "why",
    "with",
    "without",
    "yet",
    "you",
    "your",
];

/// Whether the gap between a word that ends at `end` and the next at `start` may hold a sentence's end: a quick look.
#[inline]
pub(super) fn may_end(bytes: &[u8], end: usize, start: usize) -> bool {
    start > end + 1 || start > end && (bytes[end] != b' ' || bytes[end - 1] == b'.')
}

/// Whether a sentence ends between the word `word` and the next, which starts at `next`.
pub(super) fn ends(text: &str, word: Range<usize>, next: usize) -> bool {
    // The last dot of an initialism belongs to the word, and may end the sentence too.
    let dotted = text[word.clone()].ends_with('.');
    let gap = &text[word.end - usize::from(dotted)..next];
    let Some((at, stop)) = gap.char_indices().find(|&(_, c)| is_stop(c)) else { return false };
    if matches!(stop, '。' | '！' | '？' | '｡') {
        return true;
    }
    // Closing quotes and brackets, then a blank, then opening ones.
    let after = gap[at..].trim_start_matches(|c| is_stop(c) || is_closer(c));
    if !after.starts_with(char::is_whitespace) {
        return false;
    }
    let following = &text[next..];
    let Some(first) = following.chars().next() else { return false };
    if first.is_lowercase() {
        return false;
    }
    if stop != '.' || at > 0 {
        return true;
    }
    let starter = || {
        let end = following.find(|c: char| !c.is_alphanumeric()).unwrap_or(following.len());
        contains(STARTERS, &following[..end])
    };
    let word = &text[word];
    let one_letter = word.chars().nth(1).is_none() && word.starts_with(char::is_alphabetic);
    if dotted {
        let lower = word.starts_with(char::is_lowercase);
        return if lower { first.is_uppercase() } else { starter() };
    }
    // A short run of full stops is a pause, not an abbreviation.
    if gap[at + 1..].starts_with('.') {
        return true;
    }
    if contains(BEFORE_NAMES, word) {
        return false;
    }
    if contains(BEFORE_NUMBERS, word) && first.is_numeric() {
        return false;
    }
    if one_letter || contains(ANYWHERE, word) {
        return starter();
    }
    true
}

impl Tokens {
    /// Bytes of each sentence of one part of the text that these tokens were cut from, without the blanks around it.
    /// They are in order and miss nothing but blanks. A part without words is one sentence.
    pub fn sentences(&self, text: &str, part: Range<usize>) -> Vec<Range<usize>> {
        let Some(part_text) = text.get(part.clone()) else { return Vec::new() };
        let end = part.start + part_text.trim_end().len();
        let mut start = part.end - part_text.trim_start().len();
        let mut sentences = Vec::new();
        let first = self.tokens.partition_point(|token| (token.range.start as usize) < part.start);
        let tokens = &self.tokens[first..];
        let position = tokens.first().map_or(u32::MAX, |token| token.position);
        let first_end = self.sentence_ends.partition_point(|&last| last < position);
        for &last in &self.sentence_ends[first_end..] {
            let next = tokens.partition_point(|token| token.position <= last);
            let (Some(before), Some(after)) = (next.checked_sub(1).map(|at| &tokens[at]), tokens.get(next)) else {
                break;
            };
            let gap_start = before.range.end as usize;
            let Some(gap) = text.get(gap_start..after.range.start as usize) else { break };
            if after.range.start as usize >= end {
                break;
            }
            let stop = gap.char_indices().rev().find(|&(_, c)| is_stop(c)).map_or(0, |(at, c)| at + c.len_utf8());
            let closed = gap[stop..].trim_start_matches(is_closer_only);
            let boundary = gap_start + gap.len() - closed.len();
            if boundary > start {
                sentences.push(start..boundary);
            }
            start = boundary + closed.len() - closed.trim_start().len();
        }
        if start < end {
            sentences.push(start..end);
        }
        sentences
    }
}

fn is_closer_only(c: char) -> bool {
    is_closer(c) && !matches!(c, '“' | '‘' | '*')
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '｡' | '।' | '॥' | '؟' | '۔' | '‼' | '⁇' | '⁈' | '⁉')
}

fn is_closer(c: char) -> bool {
    matches!(c, '"' | '\'' | '’' | '”' | '»' | '›' | ')' | ']' | '}' | '“' | '‘' | '」' | '』' | '*')
}

/// Whether a sorted list of lower-case ASCII words holds `word`, whatever its case.
fn contains(list: &[&str], word: &str) -> bool {
    let lower = |word: &str| -> Option<[u8; 12]> {
        let mut bytes = [0; 12];
        bytes.get_mut(..word.len())?.copy_from_slice(word.as_bytes());
        bytes.make_ascii_lowercase();
        Some(bytes)
    };
    lower(word).is_some_and(|word| {
        let word = word.split(|&b| b == 0).next().unwrap_or(&[]);
        list.binary_search_by(|known| known.as_bytes().cmp(word)).is_ok()
    })
}
