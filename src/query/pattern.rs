//! A pattern over whole words: a wildcard, a fuzzy word or a regular expression, as an automaton that tests one word
//! or drives the scan of a dictionary.
//!
//! Regular expressions use a DFA of `regex-automata`. Wildcards and fuzzy words have automata of their own, whose state
//! is a set of bits (Wu and Manber, "Fast Text Searching Allowing Errors", 1992). Two alternatives were considered:
//!
//! - A DFA of `regex-automata` for wildcards: it is built for each pattern and limited in size, because `*` between
//!   characters multiplies its states. The bit sets have no build step and no size limit to report to the user. A regular
//!   expression also does not give the number of edits, so it does not cover fuzzy words.
//! - The crate `levenshtein_automata`: it builds a parametric DFA for each word and number of edits, and the index would
//!   need a second kind of automaton next to wildcards and expressions. With the bit sets, all three kinds have the same
//!   interface (`start`, `step`, `can_match`, `edits`), and it is the same for one word and for a dictionary.

use regex_automata::dfa::Automaton as _;
use regex_automata::util::primitives::StateID;
use regex_automata::{Anchored, util::start};

use super::chunk::Piece;
use super::regex;

/// A wildcard, fuzzy word or regular expression over whole exact folded words.
///
/// ```
/// use morgue::query::WordPattern;
///
/// let pattern = WordPattern::wildcard("collaps*");
/// assert!(pattern.matches("collapsed").is_some());
/// assert_eq!(pattern.prefix(), "collaps");
/// assert_eq!(WordPattern::fuzzy("colapse", 1).matches("collapse"), Some(1));
/// ```
#[derive(Debug, Clone)]
pub struct WordPattern {
    prefix: String,
    /// The end of every word that matches. It may be empty.
    suffix: String,
    kind: Kind,
}

#[derive(Debug, Clone)]
enum Kind {
    Wildcard(Wildcard),
    Fuzzy(Fuzzy),
    Regex(Box<regex::Automaton>),
    /// Matches no word.
    Nothing,
}

/// The state of a pattern after some bytes of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct PatternState {
    /// Bit `i` is set if the first `i` characters of the pattern may have been read. For a fuzzy word there is one set for
    /// each number of errors so far; other patterns use only the first set.
    reached: [u128; 3],
    /// The same for a fuzzy word in the middle of a swap. The index is the number of errors after the swap, minus one.
    swapping: [u128; 2],
    /// The state of a regular expression. For other patterns: the bits of a character whose bytes are not all read yet.
    id: u32,
    /// The number of bytes that this character still lacks.
    lacks: u8,
}

impl WordPattern {
    /// A wildcard: `*` is any characters, `?` any one. `text` is folded and holds one word.
    pub fn wildcard(text: &str) -> WordPattern {
        let pieces = text.split_inclusive(['*', '?']).flat_map(|piece| {
            let (text, wild) = match piece.char_indices().next_back() {
                Some((at, '*')) => (&piece[..at], Some(Piece::Any)),
                Some((at, '?')) => (&piece[..at], Some(Piece::One)),
                _ => (piece, None),
            };
            [Some(Piece::Text(text)), wild]
        });
        WordPattern::of_pieces(pieces.flatten())
    }

    fn of_pieces<'t>(pieces: impl Iterator<Item = Piece<'t>>) -> WordPattern {
        let mut wildcard = Wildcard { chars: Vec::new(), loops: 0 };
        let (mut prefix, mut suffix) = (String::new(), String::new());
        let mut is_prefix = true;
        for piece in pieces {
            is_prefix &= matches!(piece, Piece::Text(_));
            match piece {
                Piece::Text(text) => suffix.push_str(text),
                Piece::One | Piece::Any => suffix.clear(),
            }
            match piece {
                Piece::Text(text) => {
                    wildcard.chars.extend(text.chars().map(Some));
                    prefix.push_str(if is_prefix { text } else { "" });
                }
                Piece::One => wildcard.chars.push(None),
                Piece::Any if wildcard.chars.len() < LONGEST => wildcard.loops |= 1 << wildcard.chars.len(),
                Piece::Any => {}
            }
        }
        let kind = if wildcard.chars.len() < LONGEST { Kind::Wildcard(wildcard) } else { Kind::Nothing };
        WordPattern { prefix, suffix, kind }
    }

    /// The words within `edits` edits (at most 2) of `word`, which is folded. An edit is a wrong, missing or added letter,
    /// or a swap of two neighbors.
    pub fn fuzzy(word: &str, edits: u8) -> WordPattern {
        let chars: Vec<char> = word.chars().collect();
        let kind = if chars.len() < LONGEST { Kind::Fuzzy(Fuzzy::new(&chars, edits.min(2))) } else { Kind::Nothing };
        WordPattern { prefix: String::new(), suffix: String::new(), kind }
    }

    /// The words that a regular expression matches as a whole. The error has a message and a remedy.
    pub fn regex(source: &str) -> Result<WordPattern, (String, String)> {
        let automaton = regex::compile(source)?;
        Ok(WordPattern { prefix: regex::prefix(source), suffix: String::new(), kind: Kind::Regex(Box::new(automaton)) })
    }

    /// The beginning of every word that matches. It may be empty.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// Whether the first bytes of a word are enough to know that it cannot match. If so, a scan of a dictionary can skip
    /// most words.
    pub(crate) fn prunes(&self) -> bool {
        match &self.kind {
            Kind::Fuzzy(_) | Kind::Nothing => true,
            Kind::Wildcard(_) | Kind::Regex(_) => !self.prefix.is_empty(),
        }
    }

    /// The letters that a matching word has, the number of them that it may lack, and the number of other letters that it
    /// may have, if that is known.
    pub(crate) fn letters(&self) -> (String, u32, Option<u32>) {
        match &self.kind {
            Kind::Wildcard(wildcard) => (wildcard.chars.iter().copied().flatten().collect(), 0, None),
            Kind::Fuzzy(fuzzy) => {
                let edits = u32::from(fuzzy.edits);
                (fuzzy.places.iter().map(|(c, _)| *c).collect(), edits, Some(edits))
            }
            Kind::Regex(_) | Kind::Nothing => (String::new(), 0, None),
        }
    }

    /// The number of edits between the pattern and `word`, which is folded; `None` if it does not match. It is 0 for a
    /// pattern that is not fuzzy.
    pub fn matches(&self, word: &str) -> Option<u8> {
        if let Kind::Fuzzy(fuzzy) = &self.kind
            && word.is_ascii()
            && word.len().abs_diff(fuzzy.chars()) > usize::from(fuzzy.edits)
        {
            return None;
        }
        if !word.ends_with(&self.suffix) {
            return None; // this test is faster than the automaton
        }
        let mut state = self.start();
        for byte in word.bytes() {
            state = self.step(state, byte);
            if !self.can_match(state) {
                return None;
            }
        }
        self.edits(state)
    }

    /// The state before the first byte.
    pub(crate) fn start(&self) -> PatternState {
        let mut state = PatternState { reached: [0; 3], swapping: [0; 2], id: 0, lacks: 0 };
        match &self.kind {
            Kind::Wildcard(_) => state.reached[0] = 1,
            Kind::Fuzzy(fuzzy) => {
                for edits in 0..=usize::from(fuzzy.edits) {
                    state.reached[edits] = ((2 << edits) - 1) & fuzzy.all;
                }
            }
            Kind::Regex(automaton) => {
                let anchored = start::Config::new().anchored(Anchored::Yes);
                state.id = automaton.start_state(&anchored).map_or(0, |id| id.as_u32());
            }
            Kind::Nothing => {}
        }
        state
    }

    /// The state after one more byte of a word in UTF-8.
    pub(crate) fn step(&self, state: PatternState, byte: u8) -> PatternState {
        if let Kind::Regex(automaton) = &self.kind {
            let id = automaton.next_state(StateID::new_unchecked(state.id as usize), byte);
            return PatternState { id: id.as_u32(), ..state };
        }
        let (id, lacks) = match byte {
            0..=0x7f => (u32::from(byte), 0),
            0x80..=0xbf => (state.id << 6 | u32::from(byte & 0x3f), state.lacks.saturating_sub(1)),
            0xc0..=0xdf => (u32::from(byte & 0x1f), 1),
            0xe0..=0xef => (u32::from(byte & 0x0f), 2),
            _ => (u32::from(byte & 0x07), 3),
        };
        let state = PatternState { id, lacks, ..state };
        let c = match char::from_u32(id) {
            Some(c) if lacks == 0 => c,
            _ => return state,
        };
        match &self.kind {
            Kind::Wildcard(wildcard) => wildcard.step(state, c),
            Kind::Fuzzy(fuzzy) => fuzzy.step(state, c),
            _ => state,
        }
    }

    /// Whether a word that ends here, or continues from here, can match.
    pub(crate) fn can_match(&self, state: PatternState) -> bool {
        match &self.kind {
            Kind::Regex(automaton) => !automaton.is_dead_state(StateID::new_unchecked(state.id as usize)),
            // The sets are tested one after the other, because arrays would be compared byte by byte.
            Kind::Fuzzy(_) => state.reached.iter().chain(&state.swapping).any(|set| *set != 0),
            Kind::Wildcard(_) | Kind::Nothing => state.reached[0] != 0,
        }
    }

    /// The number of edits between the pattern and the word that ends here; `None` if it does not match.
    pub(crate) fn edits(&self, state: PatternState) -> Option<u8> {
        match &self.kind {
            Kind::Regex(automaton) => {
                let end = automaton.next_eoi_state(StateID::new_unchecked(state.id as usize));
                automaton.is_match_state(end).then_some(0)
            }
            _ if state.lacks > 0 => None,
            Kind::Wildcard(wildcard) => (state.reached[0] >> wildcard.chars.len() & 1 == 1).then_some(0),
            Kind::Fuzzy(fuzzy) => {
                let edits = state.reached.iter().position(|reached| reached & fuzzy.last != 0)?;
                u8::try_from(edits).ok()
            }
            Kind::Nothing => None,
        }
    }
}

/// Patterns with this number of characters or more match nothing, because no form of a word is as long.
const LONGEST: usize = 127;

/// Characters, with places between them where any other characters may be.
#[derive(Debug, Clone)]
struct Wildcard {
    /// The characters; `None` is `?`.
    chars: Vec<Option<char>>,
    /// Bit `i` is set if there is a `*` before character `i`.
    loops: u128,
}

impl Wildcard {
    fn step(&self, state: PatternState, c: char) -> PatternState {
        let mut next = state.reached[0] & self.loops;
        let mut rest = state.reached[0];
        while rest != 0 {
            let i = rest.trailing_zeros() as usize;
            rest &= rest - 1;
            if self.chars.get(i).is_some_and(|expected| expected.is_none_or(|expected| expected == c)) {
                next |= 1 << (i + 1);
            }
        }
        PatternState { reached: [next, 0, 0], ..state }
    }
}

/// A word and the number of edits allowed. The automaton of Wu and Manber (1992), extended by swaps.
#[derive(Debug, Clone)]
struct Fuzzy {
    /// For each different character of the word, the set of its places: bit `i` for character `i`. Sorted.
    places: Vec<(char, u128)>,
    edits: u8,
    /// The bit that is set when the whole word has been read.
    last: u128,
    /// All bits up to `last`.
    all: u128,
}

impl Fuzzy {
    fn new(chars: &[char], edits: u8) -> Fuzzy {
        let mut places: Vec<(char, u128)> = Vec::new();
        for (i, &c) in chars.iter().enumerate() {
            match places.iter_mut().find(|(known, _)| *known == c) {
                Some((_, set)) => *set |= 1 << i,
                None => places.push((c, 1 << i)),
            }
        }
        places.sort_unstable();
        let last = 1 << chars.len();
        Fuzzy { places, edits, last, all: last | (last - 1) }
    }

    /// The number of characters of the word.
    fn chars(&self) -> usize {
        self.last.trailing_zeros() as usize
    }

    fn step(&self, state: PatternState, c: char) -> PatternState {
        let place = self.places.binary_search_by_key(&c, |(known, _)| *known);
        let here = place.map_or(0, |i| self.places[i].1);
        let mut next = PatternState { reached: [0; 3], swapping: [0; 2], ..state };
        for edits in 0..=usize::from(self.edits) {
            // The right letter.
            let mut reached = (state.reached[edits] & here) << 1;
            if edits > 0 {
                let fewer = state.reached[edits - 1];
                // A letter added, or in place of the right one; the right one missing; the second letter of a swap.
                reached |= fewer | fewer << 1 | next.reached[edits - 1] << 1;
                reached |= (state.swapping[edits - 1] & here) << 2;
                // The first letter of a swap: the letter after the right one.
                next.swapping[edits - 1] = fewer & here >> 1;
            }
            next.reached[edits] = reached & self.all;
        }
        next
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn wildcards() {
        let table = [
            ("collaps*", "collapsed", true),
            ("collaps*", "collaps", true),
            ("collaps*", "colaps", false),
            ("*gate", "watergate", true),
            ("*gate", "gates", false),
            ("wom?n", "woman", true),
            ("wom?n", "womn", false),
            ("wom?n", "wom\u{e4}n", true),
            ("wom??n", "wom\u{1f30a}n", false),
            ("m*n", "mn", true),
            ("m*n", "man", true),
            ("m*a*n", "maan", true),
            ("m*a*n", "mn", false),
            ("**", "", true),
            ("水*", "水", true),
            ("?", "水", true),
            ("*水*", "東水西", true),
            ("dam", "dam", true),
            ("dam", "dams", false),
        ];
        for (pattern, word, expected) in table {
            assert_eq!(WordPattern::wildcard(pattern).matches(word).is_some(), expected, "{pattern} {word}");
        }
        assert_eq!(WordPattern::wildcard(&"?".repeat(126)).matches(&"a".repeat(126)), Some(0));
        assert_eq!(WordPattern::wildcard(&"a".repeat(400)).matches(&"a".repeat(400)), None);
        assert_eq!(WordPattern::wildcard(&"a*".repeat(400)).matches(&"a".repeat(400)), None);
    }

    #[test]
    fn expressions() {
        let table = [
            ("collaps(e|ed)", "collapsed", true),
            ("collaps(e|ed)", "collapses", false),
            ("collaps", "collapse", false),
            ("a|ab", "ab", true),
            ("a+?", "aaa", true),
            ("^dam$", "dam", true),
            ("CAFÉ", "cafe", true),
            (".", "水", true),
            ("[α-ω]+", "αβγ", true),
            ("", "", true),
        ];
        for (source, word, expected) in table {
            let pattern = WordPattern::regex(source).unwrap();
            assert_eq!(pattern.matches(word).is_some(), expected, "{source} {word}");
        }
    }

    #[test]
    fn prefixes() {
        assert_eq!(WordPattern::wildcard("wom?n*").prefix(), "wom");
        assert_eq!(WordPattern::wildcard("*gate").prefix(), "");
        assert_eq!(WordPattern::regex("collaps(e|ing)").unwrap().prefix(), "collaps");
        assert_eq!(WordPattern::regex("^dam").unwrap().prefix(), "dam");
        assert_eq!(WordPattern::regex("dam|levee").unwrap().prefix(), "");
        assert_eq!(WordPattern::regex("[水氷]").unwrap().prefix(), "");
        assert_eq!(WordPattern::regex(r"\w+").unwrap().prefix(), "");
    }

    /// Edits by the book: Levenshtein with swaps of neighbors (optimal string alignment).
    fn edits(a: &str, b: &str) -> usize {
        let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
        let mut d = vec![vec![0; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                d[i][j] = if i == 0 || j == 0 {
                    i + j
                } else {
                    let changed = usize::from(a[i - 1] != b[j - 1]);
                    let mut least = (d[i - 1][j] + 1).min(d[i][j - 1] + 1).min(d[i - 1][j - 1] + changed);
                    if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                        least = least.min(d[i - 2][j - 2] + 1);
                    }
                    least
                };
            }
        }
        d[a.len()][b.len()]
    }

    proptest! {
        #[test]
        fn fuzzy_counts_edits_by_the_book(a in "[abé水]{0,7}", b in "[abé水]{0,7}", most in 0u8..3) {
            let expected = Some(edits(&a, &b)).filter(|edits| *edits <= usize::from(most));
            prop_assert_eq!(WordPattern::fuzzy(&a, most).matches(&b).map(usize::from), expected);
        }

        #[test]
        fn wildcards_are_regular_expressions(pattern in "[ab*?]{1,8}", word in "[abc]{0,8}") {
            let source = pattern.replace('*', ".*").replace('?', ".");
            let expected = WordPattern::regex(&source).unwrap().matches(&word);
            prop_assert_eq!(WordPattern::wildcard(&pattern).matches(&word), expected);
        }

        #[test]
        fn what_matches_starts_with_the_prefix(source in "[ab]{0,3}(\\(a\\|b\\))?[ab]{0,2}[*?+]?", word in "[ab]{0,6}") {
            if let Ok(pattern) = WordPattern::regex(&source)
                && pattern.matches(&word).is_some()
            {
                prop_assert!(word.starts_with(pattern.prefix()), "{} {}", source, pattern.prefix());
            }
        }
    }
}
