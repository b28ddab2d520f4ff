//! Computes the **features** of every word of a candidate, as hashes. The features of a word are its own form, the words
//! and punctuation around it, the lexicon entries of these words, the words next to the candidate, and the words around
//! other occurrences of the same word in the article.

use std::ops::Range;

use super::lexicon::{LexiconEntry, NameLexicon, STARTS_PHRASE};
use super::tagger::TaggerInput;
use super::words::{ArticleWord, case, gap};

/// The capacity of [`Features`]. No word has that many features.
const MOST_FEATURES: usize = 96;

/// The hashes of the features of one word.
#[derive(Debug, Clone)]
pub(crate) struct Features {
    hashes: [u64; MOST_FEATURES],
    len: usize,
}

impl Default for Features {
    fn default() -> Features {
        Features { hashes: [0; MOST_FEATURES], len: 0 }
    }
}

impl Features {
    /// One hash for each feature.
    pub(crate) fn hashes(&self) -> &[u64] {
        &self.hashes[..self.len]
    }

    #[inline]
    fn add(&mut self, kind: u64, value: u64) {
        if self.len < MOST_FEATURES {
            self.hashes[self.len] = (value ^ (kind << 56)).wrapping_mul(0xff51_afd7_ed55_8ccd) ^ (value >> 29);
            self.len += 1;
        }
    }
}

/// The places of an article where each word is capitalised, and whether the word also occurs in lower case.
#[derive(Debug, Clone, Default)]
pub(crate) struct OccurrenceIndex {
    /// A hash table with linear probing.
    slots: Vec<OccurrenceSlot>,
    /// The number of the current article. Slots of earlier articles count as empty, so that the table need not be cleared.
    round: u32,
    /// For every word, the next capitalised word of the same form; `NONE` if there is no other.
    next: Vec<u32>,
}

#[derive(Debug, Clone, Copy, Default)]
struct OccurrenceSlot {
    hash: u32,
    /// The round in which it was filled.
    round: u32,
    /// The first capitalised word of this form.
    first: u32,
    /// Whether the word also occurs in lower case.
    lower: bool,
}

const NONE: u32 = u32::MAX;

/// The number of other occurrences of a word that give features: the first ones, because they introduce the name.
const MOST_OCCURRENCES: usize = 3;

impl OccurrenceIndex {
    /// Replaces the index by that of another article.
    pub(super) fn fill(&mut self, words: &[ArticleWord]) {
        let size = (words.len() * 2).next_power_of_two().max(64);
        if self.slots.len() < size {
            self.slots = vec![OccurrenceSlot::default(); size];
            self.round = 0;
        }
        self.round = self.round.wrapping_add(1);
        if self.round == 0 {
            self.slots.fill(OccurrenceSlot::default());
            self.round = 1;
        }
        self.next.clear();
        self.next.resize(words.len(), NONE);
        for (i, word) in words.iter().enumerate().rev() {
            if word.is(case::CAPITAL | case::INNER) {
                let (slot, round) = (self.slot(word.hash), self.round);
                let slot = &mut self.slots[slot];
                if slot.round != round {
                    *slot = OccurrenceSlot { hash: word.hash, round, first: NONE, lower: false };
                }
                self.next[i] = std::mem::replace(&mut slot.first, i as u32);
            }
        }
        for word in words {
            if word.case & (case::CAPITAL | case::INNER | case::LETTER) == case::LETTER {
                let slot = self.slot(word.hash);
                self.slots[slot].lower = true;
            }
        }
    }

    fn slot(&self, hash: u32) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = hash as usize & mask;
        while self.slots[slot].round == self.round && self.slots[slot].hash != hash {
            slot = (slot + 1) & mask;
        }
        slot
    }

    /// Whether the word occurs in lower case somewhere, and the places where it is capitalised, in order.
    fn occurrences_of(&self, word: &ArticleWord) -> (bool, impl Iterator<Item = usize>) {
        let slot = self.slots[self.slot(word.hash)];
        let (lower, mut at) = if slot.round == self.round { (slot.lower, slot.first) } else { (false, NONE) };
        let places = std::iter::from_fn(move || {
            let place = at;
            (place != NONE).then(|| {
                at = self.next[place as usize];
                place as usize
            })
        });
        (lower, places)
    }
}

/// A word in or next to a candidate, with the values that several features use.
#[derive(Debug, Clone, Copy, Default)]
struct NearbyWord {
    /// The hash of the word, or [`BEYOND_SENTENCE`].
    key: u64,
    entry: LexiconEntry,
    shape: u64,
    /// The gap before it.
    gap: u64,
    /// Its position in a listed phrase (1 first, 2 inside, 3 last) and the lists of the phrase.
    phrase: u64,
}

/// The key of places that are not in the sentence of the candidate.
const BEYOND_SENTENCE: u64 = 0xbe40_11d0;

/// Computes the features of the words of a candidate. It holds scratch memory.
#[derive(Debug, Clone, Default)]
pub(crate) struct FeatureExtractor {
    /// [`MARGIN`] words before the candidate, its own words, and [`MARGIN`] words after it.
    nearby: Vec<NearbyWord>,
    features: Features,
}

/// The number of words on each side of a candidate that give features.
const MARGIN: usize = 2;

impl FeatureExtractor {
    /// Calls `take` with the features of every word of the candidate, in order.
    pub(crate) fn extract(
        &mut self,
        text: &str,
        input: &TaggerInput,
        candidate: Range<usize>,
        lexicon: &NameLexicon,
        mut take: impl FnMut(&Features),
    ) {
        self.fill_nearby(text, &input.words, &candidate, lexicon);
        for i in candidate.clone() {
            self.features.len = 0;
            self.add_local(text, &input.words, &candidate, i);
            self.add_occurrences(&input.words, i, &input.occurrences, lexicon);
            take(&self.features);
        }
    }

    fn fill_nearby(&mut self, text: &str, words: &[ArticleWord], candidate: &Range<usize>, lexicon: &NameLexicon) {
        self.nearby.clear();
        let beyond = NearbyWord { key: BEYOND_SENTENCE, gap: u64::from(gap::PARAGRAPH), ..NearbyWord::default() };
        let mut same_sentence = true;
        for back in 1..=MARGIN {
            // A word before the candidate is in its sentence if no sentence starts between them.
            same_sentence &= candidate.start >= back && !words[candidate.start - back + 1].is(case::FIRST);
            self.nearby.push(if same_sentence {
                nearby_word(text, &words[candidate.start - back], lexicon)
            } else {
                beyond
            });
        }
        self.nearby.reverse();
        for word in &words[candidate.clone()] {
            self.nearby.push(nearby_word(text, word, lexicon));
        }
        let mut same_sentence = true;
        for i in candidate.end..candidate.end + MARGIN {
            same_sentence &= words.get(i).is_some_and(|word| !word.is(case::FIRST));
            self.nearby.push(if same_sentence { nearby_word(text, &words[i], lexicon) } else { beyond });
        }
        for i in candidate.clone() {
            if self.nearby[i - candidate.start + MARGIN].entry.lists & STARTS_PHRASE == 0 {
                continue;
            }
            if let Some((length, lists)) = lexicon.longest_phrase(&words[i..candidate.end]) {
                for k in 0..length {
                    let position = if k == 0 {
                        1
                    } else if k + 1 == length {
                        3
                    } else {
                        2
                    };
                    let slot = &mut self.nearby[i - candidate.start + MARGIN + k].phrase;
                    if *slot == 0 {
                        *slot = u64::from(lists) << 2 | position;
                    }
                }
            }
        }
    }

    /// Adds the features of word `i` that come from its form and its surroundings.
    fn add_local(&mut self, text: &str, words: &[ArticleWord], candidate: &Range<usize>, i: usize) {
        let f = &mut self.features;
        let word = &words[i];
        let at = i - candidate.start + MARGIN;
        let [b2, b1, me, a1, a2] = [-2isize, -1, 0, 1, 2].map(|offset| &self.nearby[at.wrapping_add_signed(offset)]);
        let first = u64::from(word.is(case::FIRST));
        let sentence_case = u64::from(word.case & (case::SHOUTED | case::HEADLINE));
        let lists = |word: &NearbyWord| u64::from(word.entry.lists & !STARTS_PHRASE);
        let cluster = |word: &NearbyWord, level: usize| u64::from(word.entry.clusters[level]);
        let pair = |a: u64, b: u64| a.wrapping_mul(0x0000_0001_0000_0193).rotate_left(17) ^ b;
        let last_in = i + 1 == candidate.end;

        f.add(0, first << 10 | sentence_case);
        f.add(1, me.key);
        f.add(2, pair(me.key, me.shape));
        f.add(3, me.shape);
        f.add(4, pair(me.shape, first << 10 | sentence_case));
        let spelled = &text.as_bytes()[word.range()];
        f.add(5, affix(spelled.iter().take(3)));
        f.add(6, affix(spelled.iter().take(5)));
        f.add(7, affix(spelled.iter().rev().take(2)));
        f.add(8, affix(spelled.iter().rev().take(3)));
        f.add(9, affix(spelled.iter().rev().take(4)));
        f.add(10, b1.key);
        f.add(11, a1.key);
        f.add(12, b2.key);
        f.add(13, a2.key);
        f.add(14, pair(b1.key, me.key));
        f.add(15, pair(me.key, a1.key));
        f.add(16, pair(b2.key, b1.key));
        f.add(17, pair(a1.key, a2.key));
        f.add(18, pair(b1.key, a1.key));
        let possessive = u64::from(word.is(case::POSSESSIVE));
        f.add(19, me.gap);
        f.add(20, a1.gap << 1 | possessive);
        f.add(21, pair(me.gap, b1.key));
        f.add(22, pair(a1.gap << 1 | possessive, a1.key));
        f.add(23, b1.shape);
        f.add(24, a1.shape);
        f.add(25, pair(pair(b1.shape, me.shape), a1.shape));

        let before = &self.nearby[MARGIN - 1];
        let after = &self.nearby[self.nearby.len() - MARGIN];
        let head = &self.nearby[MARGIN];
        let tail = &self.nearby[self.nearby.len() - MARGIN - 1];
        let from_start = (at - MARGIN).min(3) as u64;
        let to_end = (candidate.end - 1 - i).min(3) as u64;
        f.add(26, pair(before.key, from_start << 2 | to_end));
        f.add(27, pair(after.key, from_start << 2 | to_end));
        f.add(28, before.key);
        f.add(29, after.key);
        f.add(30, tail.key);
        f.add(31, head.key);
        f.add(32, from_start << 2 | to_end);
        f.add(33, pair(cluster(before, 2), cluster(after, 2)));
        f.add(34, pair(pair(after.gap, head.gap), from_start << 2 | to_end));

        f.add(35, lists(me));
        f.add(36, lists(b1));
        f.add(37, lists(a1));
        f.add(38, pair(lists(me), lists(a1)));
        f.add(39, pair(lists(b1), lists(me)));
        f.add(40, pair(pair(lists(b1), lists(me)), lists(a1)));
        f.add(41, me.phrase);
        f.add(42, pair(lists(me), from_start << 3 | to_end << 1 | u64::from(last_in)));

        f.add(43, cluster(me, 0));
        f.add(44, cluster(me, 1));
        f.add(45, cluster(me, 2));
        f.add(46, cluster(b1, 1));
        f.add(47, cluster(b1, 2));
        f.add(48, cluster(a1, 1));
        f.add(49, cluster(a1, 2));
        f.add(50, pair(cluster(b1, 1), cluster(me, 1)));
        f.add(51, pair(cluster(me, 1), cluster(a1, 1)));
        f.add(52, pair(cluster(before, 1), from_start));
        f.add(53, pair(cluster(after, 1), to_end));
        f.add(54, pair(cluster(tail, 1), to_end));
        f.add(55, pair(cluster(b2, 1), cluster(b1, 1)));
        f.add(56, pair(cluster(a1, 1), cluster(a2, 1)));
    }

    /// Adds the features of word `i` that come from other occurrences of the same word.
    fn add_occurrences(
        &mut self,
        words: &[ArticleWord],
        i: usize,
        occurrences: &OccurrenceIndex,
        lexicon: &NameLexicon,
    ) {
        let f = &mut self.features;
        let word = &words[i];
        let (lower, places) = occurrences.occurrences_of(word);
        let mut count = 0u64;
        for place in places.filter(|&place| place != i).take(MOST_OCCURRENCES) {
            count += 1;
            let there = &words[place];
            if !there.is(case::FIRST) && place > 0 {
                let before = &words[place - 1];
                let entry = lexicon.get(before.hash);
                f.add(60, u64::from(before.hash));
                f.add(61, u64::from(entry.clusters[2]));
                f.add(62, u64::from(entry.lists & !STARTS_PHRASE) << 16 | u64::from(there.gap));
            }
            if let Some(after) = words.get(place + 1).filter(|after| !after.is(case::FIRST)) {
                let entry = lexicon.get(after.hash);
                f.add(63, u64::from(after.hash));
                f.add(64, u64::from(entry.clusters[2]));
                let possessive = u64::from(there.is(case::POSSESSIVE));
                f.add(65, (u64::from(entry.lists & !STARTS_PHRASE) << 16 | u64::from(after.gap)) << 1 | possessive);
            }
        }
        let first = u64::from(word.is(case::FIRST));
        f.add(66, u64::from(lower) << 4 | count << 1 | first);
    }
}

fn nearby_word(text: &str, word: &ArticleWord, lexicon: &NameLexicon) -> NearbyWord {
    let shape = if word.is(case::SHOUTED) { 1 } else { shape(&text.as_bytes()[word.range()]) };
    NearbyWord { key: u64::from(word.hash), entry: lexicon.get(word.hash), shape, gap: u64::from(word.gap), phrase: 0 }
}

/// The shape of a word: the kinds of its characters, in order. Of three or more of one kind in a row, two count.
fn shape(word: &[u8]) -> u64 {
    let (mut shape, mut last, mut again) = (0u64, 0, 0);
    for &byte in word.iter().take(16) {
        let kind = match byte {
            b'a'..=b'z' => 1,
            b'A'..=b'Z' => 2,
            b'0'..=b'9' => 3,
            b'.' => 4,
            0x80.. => 5,
            _ => 6,
        };
        again = if kind == last { again + 1 } else { 0 };
        last = kind;
        if again < 2 {
            shape = shape.wrapping_mul(7) + kind;
        }
    }
    shape
}

/// The last eight of some bytes in ASCII lower case, as a number.
fn affix<'a>(bytes: impl Iterator<Item = &'a u8>) -> u64 {
    bytes.fold(0, |hash, byte| hash << 8 | u64::from(byte.to_ascii_lowercase()))
}
