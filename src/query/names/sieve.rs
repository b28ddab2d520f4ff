//! Which names of an index are worth cutting into words: a **sieve** passes over those that lack a letter of what is
//! asked for. It lets through all that match; letters are cheaper to look at than words, and most names lack some.

use super::{NamePattern, NameWord};

/// What letters a name must have to match.
pub(crate) struct NameSieve {
    /// Of each word asked for, its letters, and how many of them a name may lack.
    words: Vec<(u32, u32)>,
    /// The letters of all words, and how many others a name may have; `None` where any.
    others: Option<(u32, u32)>,
}

/// The bits of a set of letters that are for no letter: for digits, for other signs, for what is not ASCII.
const DIGIT: u32 = 1 << 26;
const SIGN: u32 = 1 << 27;
const FOREIGN: u32 = 1 << 28;

/// Every byte's bit, the same for a letter in both cases; a blank has none.
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

impl NameSieve {
    /// The sieve for the names that match `pattern` somewhere, or as a `whole`.
    pub(crate) fn new(pattern: &NamePattern, whole: bool) -> NameSieve {
        let (mut words, mut others) = (Vec::new(), whole.then_some((0, 0)));
        for word in &pattern.words {
            let (letters, lacking, more) = match word {
                NameWord::Exact(exact) => (letters(exact), 0, Some(0)),
                NameWord::Pattern(pattern) => pattern.letters(),
            };
            words.push((letters, lacking));
            others = others.zip(more).map(|((all, most), more)| (all | letters, most + more));
        }
        NameSieve { words, others }
    }

    /// Whether `name` may match.
    pub(crate) fn lets_through(&self, name: &[u8]) -> bool {
        let there = name.iter().fold(0, |set, &byte| set | BITS[usize::from(byte)]);
        if there & FOREIGN != 0 {
            return true; // letters with accents fold to others
        }
        let lacks = |(letters, most): &(u32, u32)| (letters & !there).count_ones() > *most;
        // Of a name with signs, letters may fall, as a final 's.
        let has_others = |(letters, most): (u32, u32)| there & SIGN == 0 && (there & !letters).count_ones() > most;
        !self.words.iter().any(lacks) && !self.others.is_some_and(has_others)
    }
}

/// The letters of a word as a set of bits, with one for all digits; what else it has is not in it.
pub(crate) fn letters(word: &str) -> u32 {
    word.bytes().fold(0, |set, byte| set | BITS[usize::from(byte)]) & !(SIGN | FOREIGN)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::query::{WordPattern, name_words};
    use morgue_article::token::{Stemming, Tokenizer};

    #[test]
    fn names_without_the_letters_are_passed_over() {
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
            let passes = |whole| NameSieve::new(&pattern, whole).lets_through(name.as_bytes());
            assert_eq!((passes(false), passes(true)), (somewhere, whole), "{name}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn what_matches_is_let_through(
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
                let passes = NameSieve::new(&pattern, whole).lets_through(name.as_bytes());
                prop_assert!(passes || !pattern.matches(&words, whole), "{name} {pattern:?} {whole}");
            }
        }
    }
}
