//! What is known of words before any article is read: which **lists** of names (first names, cities, ...) hold them, and
//! which **clusters** of like words they belong to. Words are known by the hash of their folded form; names of several
//! words by the hash of the run.

use super::words::Word;

/// What is known of one word or run of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Entry {
    /// Hash of the folded form, or of the run.
    pub hash: u32,
    /// The lists that hold it, and [`STARTS_RUN`].
    pub lists: u16,
    /// Cluster ids, coarse to fine, below 64, 256 and 1024, from 1; 0 where the word has none.
    pub clusters: [u16; 3],
}

/// Some name of several words on a list starts with this word.
pub const STARTS_RUN: u16 = 1 << 15;

/// The letters that stand for the lists in the source file; a list's bit is its place here.
pub const LISTS: &[u8] = b"FLCNSTOD";

/// The longest run that is looked up, in words.
pub const LONGEST_RUN: usize = 4;

/// A hash table of entries with linear probing; never full. A slot is the high bits of a hash, so that entries that
/// come sorted are put one behind another.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    table: Vec<Entry>,
}

impl Lexicon {
    /// A lexicon of these entries, whose hashes differ and are not 0.
    pub fn new(entries: impl ExactSizeIterator<Item = Entry>) -> Lexicon {
        let mut table = vec![Entry::default(); (entries.len() * 3 / 2).next_power_of_two().max(2)];
        let mask = table.len() - 1;
        for entry in entries {
            let mut slot = first_slot(entry.hash, mask);
            while table[slot].hash != 0 {
                slot = (slot + 1) & mask;
            }
            table[slot] = entry;
        }
        Lexicon { table }
    }

    /// What is known of this hash; an empty entry when nothing is.
    pub fn get(&self, hash: u32) -> Entry {
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

    /// The longest run of two words or more at the head of `words` that a list holds: its length and lists.
    pub fn longest_run(&self, words: &[Word]) -> Option<(usize, u16)> {
        let mut found = None;
        let mut run = words.first()?.hash;
        for (i, word) in words.iter().enumerate().take(LONGEST_RUN).skip(1) {
            run = and_then(run, word.hash);
            let lists = self.get(run).lists & !STARTS_RUN;
            if lists != 0 {
                found = Some((i + 1, lists));
            }
        }
        found
    }
}

fn first_slot(hash: u32, mask: usize) -> usize {
    (hash >> mask.leading_zeros().saturating_sub(usize::BITS - u32::BITS)) as usize
}

/// The hash of a run that goes on with one more word.
pub fn and_then(run: u32, word: u32) -> u32 {
    (run.rotate_left(7) ^ word).wrapping_mul(0x9e37_79b1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_found_by_their_words() {
        let words: Vec<Word> = [11, 12, 13].map(|hash| Word { hash, ..Word::default() }).to_vec();
        let entries = [
            Entry { hash: 11, lists: STARTS_RUN | 1, ..Entry::default() },
            Entry { hash: and_then(11, 12), lists: 4, ..Entry::default() },
        ];
        let lexicon = Lexicon::new(entries.into_iter());
        assert_eq!(lexicon.get(11), entries[0]);
        assert_eq!(lexicon.get(99), Entry::default());
        assert_eq!(lexicon.longest_run(&words), Some((2, 4)));
        assert_eq!(lexicon.longest_run(&words[1..]), None);
    }
}
