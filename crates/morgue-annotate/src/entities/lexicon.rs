//! What is known of words before any article is read: the **name lists** (first names, cities, ...) that hold a word, and
//! the **clusters** of similar words that it belongs to. A word is identified by the hash of its folded form, a phrase of
//! several words by the hash of these hashes.

use super::words::ArticleWord;

/// What is known of one word or phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct LexiconEntry {
    /// Hash of the folded word, or of the phrase.
    pub(crate) hash: u32,
    /// One bit for each list that holds it, and [`STARTS_PHRASE`].
    pub(crate) lists: u16,
    /// Cluster ids, coarse to fine, counted from 1 and at most 64, 256 and 1024; 0 if the word has no cluster.
    pub(crate) clusters: [u16; 3],
}

/// The bit of words that start a phrase of some list.
pub(crate) const STARTS_PHRASE: u16 = 1 << 15;

/// The letters that name the lists in the source file. The position of a letter here is the bit of its list.
#[cfg(feature = "train")]
pub(crate) const LISTS: &[u8] = b"FLCNSTOD";

/// The longest phrase that is looked up, in words.
pub(crate) const LONGEST_PHRASE: usize = 4;

/// A hash table of entries with linear probing. It is never full. The slot of an entry is the high bits of its hash, so
/// that sorted entries are written to ascending slots.
#[derive(Debug, Clone, Default)]
pub(crate) struct NameLexicon {
    table: Vec<LexiconEntry>,
}

impl NameLexicon {
    /// Makes a lexicon of entries. Their hashes are different from each other and from 0.
    pub(crate) fn new(entries: impl ExactSizeIterator<Item = LexiconEntry>) -> NameLexicon {
        let mut table = vec![LexiconEntry::default(); (entries.len() * 3 / 2).next_power_of_two().max(2)];
        let mask = table.len() - 1;
        for entry in entries {
            let mut slot = first_slot(entry.hash, mask);
            while table[slot].hash != 0 {
                slot = (slot + 1) & mask;
            }
            table[slot] = entry;
        }
        NameLexicon { table }
    }

    /// The entry with this hash, or an empty entry.
    pub(crate) fn get(&self, hash: u32) -> LexiconEntry {
        let mask = self.table.len() - 1;
        let mut slot = first_slot(hash, mask);
        loop {
            let entry = self.table[slot];
            if entry.hash == hash || entry.hash == 0 {
                return entry;
            }
            slot = (slot + 1) & mask;
        }
    }

    /// The longest listed phrase of two words or more at the start of `words`: its number of words and its lists.
    pub(super) fn longest_phrase(&self, words: &[ArticleWord]) -> Option<(usize, u16)> {
        let mut longest = None;
        let mut phrase = words.first()?.hash;
        for (i, word) in words.iter().enumerate().take(LONGEST_PHRASE).skip(1) {
            phrase = extend_phrase_hash(phrase, word.hash);
            let lists = self.get(phrase).lists & !STARTS_PHRASE;
            if lists != 0 {
                longest = Some((i + 1, lists));
            }
        }
        longest
    }
}

fn first_slot(hash: u32, mask: usize) -> usize {
    (hash >> mask.leading_zeros().saturating_sub(usize::BITS - u32::BITS)) as usize
}

/// The hash of a phrase, given the hashes of its words. The hash of a phrase of one word is the hash of the word.
pub(crate) fn phrase_hash(words: impl Iterator<Item = u32>) -> Option<u32> {
    words.reduce(extend_phrase_hash)
}

/// The hash of a phrase with one more word at its end.
fn extend_phrase_hash(phrase: u32, word: u32) -> u32 {
    (phrase.rotate_left(7) ^ word).wrapping_mul(0x9e37_79b1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_found_by_their_words() {
        let words: Vec<ArticleWord> = [11, 12, 13].map(|hash| ArticleWord { hash, ..ArticleWord::default() }).to_vec();
        let entries = [
            LexiconEntry { hash: 11, lists: STARTS_PHRASE | 1, ..LexiconEntry::default() },
            LexiconEntry { hash: extend_phrase_hash(11, 12), lists: 4, ..LexiconEntry::default() },
        ];
        let lexicon = NameLexicon::new(entries.into_iter());
        assert_eq!(lexicon.get(11), entries[0]);
        assert_eq!(lexicon.get(99), LexiconEntry::default());
        assert_eq!(lexicon.longest_phrase(&words), Some((2, 4)));
        assert_eq!(lexicon.longest_phrase(&words[1..]), None);
    }
}
