//! Finds the ends of sentences: `.`, `!`, `?`, `…` and the same marks of other scripts, unless an abbreviation is
//! before them or the text after them does not look like the start of a sentence.

use std::ops::Range;

use super::Tokens;
use crate::WordList;

/// Abbreviations after which no sentence ends: titles, which stand before a name.
static BEFORE_NAMES: WordList = WordList::new(include_str!("words/titles.txt"));

/// Abbreviations after which a sentence ends only before a word that starts sentences.
static ANYWHERE: WordList = WordList::new(include_str!("words/abbreviations.txt"));

/// Abbreviations after which no sentence ends before a digit.
static BEFORE_NUMBERS: WordList = WordList::new(include_str!("words/before_numbers.txt"));

/// Words that start sentences more often than names.
static STARTERS: WordList = WordList::new(include_str!("words/starters.txt"));

/// A quick test: can a sentence end between a word that ends at `end` and the next word at `start`?
#[inline]
pub(super) fn may_end(bytes: &[u8], end: usize, start: usize) -> bool {
    start > end + 1 || start > end && (bytes[end] != b' ' || bytes[end - 1] == b'.')
}

/// Does a sentence end between the word at `word` and the next word, which starts at `next`?
pub(super) fn ends(text: &str, word: Range<usize>, next: usize) -> bool {
    // The last dot of an initialism belongs to the word, and may also end the sentence.
    let dotted = text[word.clone()].ends_with('.');
    let gap = &text[word.end - usize::from(dotted)..next];
    let Some((at, stop)) = gap.char_indices().find(|&(_, c)| is_stop(c)) else { return false };
    if matches!(stop, '。' | '！' | '？' | '｡') {
        return true;
    }
    // Closing quotes and brackets, then a blank, then opening ones.
    let after = gap[at..].trim_start_matches(|c| is_stop(c) || is_closer(c));
    let following = &text[next..];
    let Some(first) = following.chars().next() else { return false };
    if gap == "." {
        // `said.The` is not a compound: a blank is missing.
        return first.is_uppercase() && text[..word.end].ends_with(char::is_lowercase);
    }
    if !after.starts_with(char::is_whitespace) {
        return false;
    }
    if first.is_lowercase() {
        return false;
    }
    if stop != '.' || at > 0 {
        return true;
    }
    let starter = || {
        let end = following.find(|c: char| !c.is_alphanumeric()).unwrap_or(following.len());
        contains(&STARTERS, &following[..end])
    };
    let word = &text[word];
    let one_letter = word.chars().nth(1).is_none() && word.starts_with(char::is_alphabetic);
    if dotted {
        let lower = word.starts_with(char::is_lowercase);
        return if lower { first.is_uppercase() } else { starter() };
    }
    // Several full stops are a pause, not an abbreviation.
    if gap[at + 1..].starts_with('.') {
        return true;
    }
    if contains(&BEFORE_NAMES, word) {
        return false;
    }
    if contains(&BEFORE_NUMBERS, word) && first.is_numeric() {
        return false;
    }
    if one_letter || contains(&ANYWHERE, word) {
        return starter();
    }
    true
}

impl Tokens {
    /// The ranges of the sentences in one part of the text that these tokens were cut from, in bytes, without the
    /// blanks around them. They are in order and cover everything except blanks. A part without words is one sentence.
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

/// Does a list of lower-case ASCII words contain `word`, in any case?
fn contains(list: &WordList, word: &str) -> bool {
    // Longer than every word of the lists.
    let mut buffer = [0; 12];
    let Some(lower) = buffer.get_mut(..word.len()) else { return false };
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    std::str::from_utf8(lower).is_ok_and(|lower| list.contains(lower))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::{Stemming, Tokenizer};
    use crate::{Article, Zone};

    /// The sentences of a paragraph of the body.
    fn cut(text: &str) -> Vec<String> {
        let mut article = Article::default();
        article.push(Zone::Body, text);
        let mut tokens = Tokens::default();
        Tokenizer::new(Stemming::None).article(&article, &mut tokens);
        let sentences = tokens.sentences(&article.text, 0..text.len());
        sentences.into_iter().map(|sentence| article.text[sentence].to_string()).collect()
    }

    #[test]
    fn sentences_as_news_writes_them() {
        // A bar marks the end of each sentence.
        for text in [
            "The dam broke.|Nobody was hurt.",
            "Did it break?|Yes!|Nobody knew…|He left.",
            "Wait... |Nobody came.",
            "It cost 3.5 million.|Then 1,200 people left.",
            "In 1999.|2000 was better.",
            "It rose by 5%.|Rates fell.",
            "Mr. Jones met Dr. Smith and Sen. Lee.|They ate.",
            "Gov. Brown, Rep. Gray and Gen. White left.|Col. Black and Lt. Green stayed.",
            "Mrs. Jones and Ms. Poe saw Prof. Roe.|It was late.",
            "Ford Motor Co. said so.|Acme Inc. did not.",
            "He works for Acme Inc.|The firm is old.",
            "He works for Acme Corp. Chairman J. Doe knows.",
            "John Doe Jr. came.|So did Jane.",
            "Sammy Doe Jr.|He sang.",
            "On Jan. 5 it fell.|On Sept. 11 it rose.",
            "It opened in Dec.|The crowd was large.",
            "St. Louis lost to Ft. Worth.|Mt. Doom erupted.",
            "He lives on Main St.|It is a long street.",
            "It is No. 1.|No. 2 follows.",
            "He said no.|She said yes.",
            "Spain vs. Italy was dull.|Nobody scored.",
            "At 10 a.m. the sun rose.|At 9 p.m. it set.",
            "They met at 10 a.m.|Nobody spoke.",
            "It closes at 5 p.m. on Mondays.",
            "J. K. Doe wrote it.|J.R. Poe read it.",
            "The U.S. Army came.|The U.N. Security Council met.",
            "They left the U.S.|The others stayed.",
            "They left the U.S.|He stayed.",
            "He moved to the U.S. in 1990.|She did not.",
            "Washington, D.C.|It was cold.",
            "“It broke.”|“When?” he asked.|“At noon.”",
            "“It broke,” she said.|“At noon.”",
            "“Really?” he said.|“Really!”|She laughed.",
            "He left (at noon.)|She stayed (till one).|They ate.",
            "He said “no.”|(She agreed.)|Nobody else did.",
            "'It broke.'|'When?'",
            "He said: It broke.|Nobody else did.",
            "He said.|The dam broke.",
            "Prices fell 0.5 pct.|Oil rose.",
            "e.g. dams, i.e. walls, etc. and so on.|Next.",
            "Visit example.com.|It is free.",
            "Yahoo! shares rose.|EBay fell.",
            "Who? asked nobody.",
            "Plan A. |It failed.",
            "大坝倒塌了。|没有人受伤！|工程师说：“安全。”|他走了。",
            "彼は言った。|「安全だ。」|そして去った。",
            "Плотина рухнула.|Никто не спал.",
            "बांध टूट गया।|कोई नहीं मरा।",
            "انهار السد.|لم ينم أحد؟|نعم.",
            "The end",
            "",
            "— * —",
        ] {
            let expected: Vec<&str> = text.split('|').map(str::trim).filter(|sentence| !sentence.is_empty()).collect();
            let spaced = !text.contains(['。', '！']);
            let joined = text.replace('|', if spaced { " " } else { "" });
            assert_eq!(cut(joined.trim()), expected, "{text}");
        }
    }

    #[test]
    fn a_blank_left_out() {
        assert_eq!(cut("He said.The dam broke."), ["He said.", "The dam broke."]);
        assert_eq!(cut("See Example.com now."), ["See Example.com now."]);
    }

    #[test]
    fn titles_are_one_sentence() {
        let mut tokens = Tokens::default();
        Tokenizer::new(Stemming::None).text("It broke. Nobody came.", &mut tokens);
        assert_eq!(tokens.sentence_ends, [3]);
        assert_eq!(tokens.paragraph_ends, [3]);
    }
}
