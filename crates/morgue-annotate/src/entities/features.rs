//! What the tagger looks at: for every word of a stretch, the hashes of its **features**. The features of a word are its
//! own form, the words and punctuation around it, what the lexicon knows of them, what stands just outside the
//! stretch, and what stands around the same word elsewhere in the article.

use std::ops::Range;

use super::lexicon::{Entry, Lexicon, STARTS_RUN};
use super::words::{Word, case, gap};

/// More than the features of any word.
pub const MOST: usize = 96;

/// The hashes of the features of one word.
#[derive(Debug, Clone)]
pub struct Features {
    hashes: [u64; MOST],
    len: usize,
}

impl Default for Features {
    fn default() -> Features {
        Features { hashes: [0; MOST], len: 0 }
    }
}

impl Features {
    /// The hashes, one a feature.
    pub fn hashes(&self) -> &[u64] {
        &self.hashes[..self.len]
    }

    #[inline]
    fn add(&mut self, kind: u64, value: u64) {
        if self.len < MOST {
            self.hashes[self.len] = (value ^ (kind << 56)).wrapping_mul(0xff51_afd7_ed55_8ccd) ^ (value >> 29);
            self.len += 1;
        }
    }
}

/// Where else in the article a word stands, for the words that are capitalised somewhere.
#[derive(Debug, Clone, Default)]
pub struct Elsewhere {
    slots: Vec<Slot>,
    round: u32,
    /// For every word, the next capitalised word of the same form; `NONE` at the end.
    next: Vec<u32>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    hash: u32,
    /// The round in which it was filled; older ones are empty.
    round: u32,
    first: u32,
    lower: bool,
}

const NONE: u32 = u32::MAX;

/// How many other places of a word are looked at: the first ones, which introduce it.
const PLACES: usize = 3;

impl Elsewhere {
    /// Notes the words of an article.
    pub fn fill(&mut self, words: &[Word]) {
        let size = (words.len() * 2).next_power_of_two().max(64);
        if self.slots.len() < size {
            self.slots = vec![Slot::default(); size];
            self.round = 0;
        }
        self.round = self.round.wrapping_add(1);
        if self.round == 0 {
            self.slots.fill(Slot::default());
            self.round = 1;
        }
        self.next.clear();
        self.next.resize(words.len(), NONE);
        for (i, word) in words.iter().enumerate().rev() {
            if word.is(case::CAPITAL | case::INNER) {
                let (slot, round) = (self.slot(word.hash), self.round);
                let slot = &mut self.slots[slot];
                if slot.round != round {
                    *slot = Slot { hash: word.hash, round, first: NONE, lower: false };
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

    /// Whether the word stands in lower case somewhere, and where it is capitalised, in order.
    fn of(&self, word: &Word) -> (bool, impl Iterator<Item = usize>) {
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

/// A word near a stretch, with what is looked up once.
#[derive(Debug, Clone, Copy, Default)]
struct Near {
    /// The word's hash; a constant beyond the sentence.
    key: u64,
    entry: Entry,
    shape: u64,
    /// What stands before it.
    gap: u64,
    /// Its place in a run of words that a list holds (1 first, 2 inside, 3 last), and the lists.
    run: u64,
}

const BEYOND: u64 = 0xbe40_11d0;

/// Gives the features of the words of a stretch; holds scratch memory.
#[derive(Debug, Clone, Default)]
pub struct Looker {
    near: Vec<Near>,
    features: Features,
}

/// Words looked at on both sides of a stretch.
const MARGIN: usize = 2;

impl Looker {
    /// Calls `word` with the features of every word of the stretch, in order.
    pub fn look(
        &mut self,
        text: &str,
        words: &[Word],
        stretch: Range<usize>,
        elsewhere: &Elsewhere,
        lexicon: &Lexicon,
        mut word: impl FnMut(&Features),
    ) {
        self.fill_near(text, words, &stretch, lexicon);
        for i in stretch.clone() {
            self.features.len = 0;
            self.look_at(text, words, &stretch, i);
            self.look_elsewhere(words, i, elsewhere, lexicon);
            word(&self.features);
        }
    }

    fn fill_near(&mut self, text: &str, words: &[Word], stretch: &Range<usize>, lexicon: &Lexicon) {
        self.near.clear();
        let beyond = Near { key: BEYOND, gap: u64::from(gap::PARAGRAPH), ..Near::default() };
        let mut open = true;
        for back in 1..=MARGIN {
            // A word before is of the sentence when no sentence starts after it.
            open &= stretch.start >= back && !words[stretch.start - back + 1].is(case::FIRST);
            self.near.push(if open { near(text, &words[stretch.start - back], lexicon) } else { beyond });
        }
        self.near.reverse();
        for word in &words[stretch.clone()] {
            self.near.push(near(text, word, lexicon));
        }
        let mut open = true;
        for i in stretch.end..stretch.end + MARGIN {
            open &= words.get(i).is_some_and(|word| !word.is(case::FIRST));
            self.near.push(if open { near(text, &words[i], lexicon) } else { beyond });
        }
        for i in stretch.clone() {
            if self.near[i - stretch.start + MARGIN].entry.lists & STARTS_RUN == 0 {
                continue;
            }
            if let Some((length, lists)) = lexicon.longest_run(&words[i..stretch.end]) {
                for k in 0..length {
                    let place = if k == 0 {
                        1
                    } else if k + 1 == length {
                        3
                    } else {
                        2
                    };
                    let slot = &mut self.near[i - stretch.start + MARGIN + k].run;
                    if *slot == 0 {
                        *slot = u64::from(lists) << 2 | place;
                    }
                }
            }
        }
    }

    fn look_at(&mut self, text: &str, words: &[Word], stretch: &Range<usize>, i: usize) {
        let f = &mut self.features;
        let word = &words[i];
        let at = i - stretch.start + MARGIN;
        let [b2, b1, me, a1, a2] = [-2isize, -1, 0, 1, 2].map(|offset| &self.near[at.wrapping_add_signed(offset)]);
        let first = u64::from(word.is(case::FIRST));
        let mood = u64::from(word.case & (case::SHOUTED | case::HEADLINE));
        let lists = |near: &Near| u64::from(near.entry.lists & !STARTS_RUN);
        let cluster = |near: &Near, level: usize| u64::from(near.entry.clusters[level]);
        let pair = |a: u64, b: u64| a.wrapping_mul(0x0000_0001_0000_0193).rotate_left(17) ^ b;
        let last_in = i + 1 == stretch.end;

        f.add(0, first << 10 | mood);
        f.add(1, me.key);
        f.add(2, pair(me.key, me.shape));
        f.add(3, me.shape);
        f.add(4, pair(me.shape, first << 10 | mood));
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

        let before = &self.near[MARGIN - 1];
        let after = &self.near[self.near.len() - MARGIN];
        let head = &self.near[MARGIN];
        let tail = &self.near[self.near.len() - MARGIN - 1];
        let from_start = (at - MARGIN).min(3) as u64;
        let to_end = (stretch.end - 1 - i).min(3) as u64;
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
        f.add(41, me.run);
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

    fn look_elsewhere(&mut self, words: &[Word], i: usize, elsewhere: &Elsewhere, lexicon: &Lexicon) {
        let f = &mut self.features;
        let word = &words[i];
        let (lower, places) = elsewhere.of(word);
        let mut count = 0u64;
        for place in places.filter(|&place| place != i).take(PLACES) {
            count += 1;
            let there = &words[place];
            if !there.is(case::FIRST) && place > 0 {
                let before = &words[place - 1];
                let entry = lexicon.get(before.hash);
                f.add(60, u64::from(before.hash));
                f.add(61, u64::from(entry.clusters[2]));
                f.add(62, u64::from(entry.lists & !STARTS_RUN) << 16 | u64::from(there.gap));
            }
            if let Some(after) = words.get(place + 1).filter(|after| !after.is(case::FIRST)) {
                let entry = lexicon.get(after.hash);
                f.add(63, u64::from(after.hash));
                f.add(64, u64::from(entry.clusters[2]));
                let possessive = u64::from(there.is(case::POSSESSIVE));
                f.add(65, (u64::from(entry.lists & !STARTS_RUN) << 16 | u64::from(after.gap)) << 1 | possessive);
            }
        }
        let first = u64::from(word.is(case::FIRST));
        f.add(66, u64::from(lower) << 4 | count << 1 | first);
    }
}

fn near(text: &str, word: &Word, lexicon: &Lexicon) -> Near {
    let shape = if word.is(case::SHOUTED) { 1 } else { shape(&text.as_bytes()[word.range()]) };
    Near { key: u64::from(word.hash), entry: lexicon.get(word.hash), shape, gap: u64::from(word.gap), run: 0 }
}

/// The kinds of a word's letters, each repeated at most twice in a row.
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

/// A hash of some bytes in ASCII lower case.
fn affix<'a>(bytes: impl Iterator<Item = &'a u8>) -> u64 {
    bytes.fold(0, |hash, byte| hash << 8 | u64::from(byte.to_ascii_lowercase()))
}
