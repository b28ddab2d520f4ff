//! Fast helpers for scanning all names of an index: a filter that rejects most names by their letters, and a splitter of
//! names into words.
//!
//! The filter accepts every name that matches, and some that do not. Letters are cheaper to compare than words, and most
//! names lack a letter of the name in the query.

use crate::query::{NamePattern, NameWord, name_words_in};
use morgue_article::token::{LONGEST_FORM, Stemming, Tokenizer, Tokens};

/// The letters that a name must have to match a pattern.
pub(super) struct NameFilter {
    /// For each word of the pattern: its letters, and the number of them that a name may lack.
    words: Vec<(u32, u32)>,
    /// The letters of all words, and the number of other letters that a name may have; `None` if it may have any.
    others: Option<(u32, u32)>,
}

/// Bits of a letter set that do not represent a letter: any digit, any other ASCII sign, any byte that is not ASCII.
const DIGIT: u32 = 1 << 26;
const SIGN: u32 = 1 << 27;
const FOREIGN: u32 = 1 << 28;

/// The bit of each byte. A letter has the same bit in both cases; a blank has no bit.
const BITS: [u32; 256] = {
    let mut bits = [FOREIGN; 256];
    let mut byte = 0;
    while byte < 128 {
        bits[byte] = match byte as u8 {
            letter @ b'a'..=b'z' => 1 << (letter - b'a'),
            letter @ b'A'..=b'Z' => 1 << (letter - b'A'),
            b'0'..=b'9' => DIGIT,
            b' ' => 0,
            _ => SIGN,
        };
        byte += 1;
    }
    bits
};

impl NameFilter {
    /// The filter for names that match `pattern`, as a whole or in part ([`NamePattern::matches`]).
    pub(super) fn new(pattern: &NamePattern, whole: bool) -> NameFilter {
        let (mut words, mut others) = (Vec::new(), whole.then_some((0, 0)));
        for word in &pattern.words {
            let (letters, lacking, more) = match word {
                NameWord::Exact(exact) => (letters(exact), 0, Some(0)),
                NameWord::Pattern(pattern) => {
                    let (required, lacking, more) = pattern.letters();
                    (letters(&required), lacking, more)
                }
            };
            words.push((letters, lacking));
            others = others.zip(more).map(|((all, most), more)| (all | letters, most + more));
        }
        NameFilter { words, others }
    }

    /// Whether `name` may match. If this is false, it does not match.
    pub(super) fn accepts(&self, name: &[u8]) -> bool {
        let there = name.iter().fold(0, |set, &byte| set | BITS[usize::from(byte)]);
        if there & FOREIGN != 0 {
            return true; // letters with accents are folded to other letters
        }
        let lacks = |(letters, most): &(u32, u32)| (letters & !there).count_ones() > *most;
        // In a name with signs, letters may be dropped, for example a final 's.
        let has_others = |(letters, most): (u32, u32)| there & SIGN == 0 && (there & !letters).count_ones() > most;
        !self.words.iter().any(lacks) && !self.others.is_some_and(has_others)
    }
}

/// The letters of a word as a set of bits, with one bit for all digits. Other characters are not in the set.
fn letters(word: &str) -> u32 {
    word.bytes().fold(0, |set, byte| set | BITS[usize::from(byte)]) & !(SIGN | FOREIGN)
}

/// Splits many names into words. The result is the same as that of [`name_words`](crate::query::name_words).
pub(super) struct NameSplitter {
    tokenizer: Tokenizer,
    tokens: Tokens,
    lower: String,
}

impl NameSplitter {
    pub(super) fn new() -> NameSplitter {
        NameSplitter { tokenizer: Tokenizer::new(Stemming::None), tokens: Tokens::default(), lower: String::new() }
    }

    /// The words of one name.
    pub(super) fn words(&mut self, name: &str) -> Vec<&str> {
        // Most names are plain letters and blanks. The tokenizer would take longer for them than the search itself.
        if name.len() <= LONGEST_FORM && name.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b' ') {
            self.lower.clear();
            self.lower.push_str(name);
            self.lower.make_ascii_lowercase();
            return self.lower.split(' ').filter(|word| !word.is_empty()).collect();
        }
        name_words_in(&mut self.tokens, &mut self.tokenizer, name)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::query::{WordPattern, name_words};

    #[test]
    fn names_without_the_letters_are_rejected() {
        let exact = |word: &str| NameWord::Exact(word.to_owned());
        let fuzzy = |word, edits| NameWord::Pattern(WordPattern::fuzzy(word, edits));
        let table = [
            (vec![exact("putin")], "Vladimir Putin", true, false),
            (vec![exact("putin")], "PUTIN", true, true),
            (vec![exact("putin")], "Putin's", true, true),
            (vec![exact("putin")], "Tony Blair", false, false),
            (vec![exact("kofi"), exact("annan")], "Kofi Banner", true, false),
            (vec![exact("kofi"), exact("annan")], "John Banner", false, false),
            (vec![exact("muller")], "M\u{fc}ller", true, true),
            (vec![exact("team"), exact("6")], "Team 6", true, true),
            (vec![fuzzy("putin", 1)], "Putim", true, true),
            (vec![fuzzy("putin", 1)], "Rutim", false, false),
            (vec![fuzzy("putin", 2)], "Putin Park", true, false),
            (vec![NameWord::Pattern(WordPattern::wildcard("p*tin"))], "Blair", false, false),
            (vec![NameWord::Pattern(WordPattern::wildcard("p*tin"))], "Partington", true, true),
            (vec![NameWord::Pattern(WordPattern::regex("b.*").unwrap())], "Blair", true, true),
        ];
        for (words, name, somewhere, whole) in table {
            let pattern = NamePattern { words };
            let passes = |whole| NameFilter::new(&pattern, whole).accepts(name.as_bytes());
            assert_eq!((passes(false), passes(true)), (somewhere, whole), "{name}");
        }
    }

    proptest! {
        #[test]
        fn the_splitter_agrees_with_name_words(name in "[A-Za-z .'-]{0,40}", plain in "[A-Za-z ]{0,40}") {
            let mut splitter = NameSplitter::new();
            for name in [name, plain] {
                let expected = name_words(&mut Tokenizer::new(Stemming::English), &name);
                prop_assert_eq!(splitter.words(&name), expected);
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn every_match_is_accepted(
            name in "[A-Za-z0-9 .,'&$+#@/_-]{1,24}|[a-cA-C é.]{1,9}|[a-c1 ]{1,5}",
            asked in "[a-cé1]{1,4}",
            from_name in any::<bool>(),
            edits in 0u8..3,
            wild in any::<bool>(),
        ) {
            let words = name_words(&mut Tokenizer::new(Stemming::English), &name);
            let exact = if from_name { words.clone() } else { vec![asked] };
            let word = |exact: String| {
                let first = exact.chars().next().map_or(0, char::len_utf8);
                match (edits, wild) {
                    (0, true) => NameWord::Pattern(WordPattern::wildcard(&format!("*{}", &exact[first..]))),
                    (0, false) => NameWord::Exact(exact),
                    (edits, true) => NameWord::Pattern(WordPattern::fuzzy(&exact[first..], edits)),
                    (edits, false) => NameWord::Pattern(WordPattern::fuzzy(&exact.replacen('a', "x", 2), edits)),
                }
            };
            let pattern = NamePattern { words: exact.into_iter().map(word).collect() };
            for whole in [false, true] {
                let passes = NameFilter::new(&pattern, whole).accepts(name.as_bytes());
                prop_assert!(passes || !pattern.matches(&words, whole), "{name} {pattern:?} {whole}");
            }
        }
    }
}
