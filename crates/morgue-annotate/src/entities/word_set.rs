//! Sets of words and phrases that are looked up by the hash of their folded form.

use super::lexicon::phrase_hash;
use super::words::{ArticleWord, hash};
use morgue_article::WordList;

/// A set of words and phrases, as sorted hashes.
#[derive(Debug, Clone)]
pub(super) struct WordSet {
    hashes: Vec<u32>,
}

impl WordSet {
    /// The set of these folded words and phrases.
    pub(super) fn new(entries: &[&str]) -> WordSet {
        let hash_of = |entry: &&str| phrase_hash(entry.split(' ').map(|word| hash(word.as_bytes())));
        let mut hashes: Vec<u32> = entries.iter().filter_map(hash_of).collect();
        hashes.sort_unstable();
        WordSet { hashes }
    }

    /// The set of the entries of a [`WordList`] with this text.
    pub(super) fn from_list(file: &'static str) -> WordSet {
        WordSet::new(WordList::new(file).entries())
    }

    /// Whether the set has the word or phrase with this hash.
    pub(super) fn has(&self, hash: u32) -> bool {
        self.hashes.binary_search(&hash).is_ok()
    }

    /// Whether the set has this folded word.
    pub(super) fn has_word(&self, word: &str) -> bool {
        self.has(hash(word.as_bytes()))
    }

    /// Whether the set has the phrase that these words make. No words make no phrase.
    pub(super) fn has_phrase(&self, words: &[ArticleWord]) -> bool {
        phrase_hash(words.iter().map(|word| word.hash)).is_some_and(|hash| self.has(hash))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_phrases_are_found_by_hash() {
        let set = WordSet::new(&["officer", "prime minister", "captain"]);
        let words: Vec<ArticleWord> = ["prime", "minister"]
            .map(|word| ArticleWord { hash: hash(word.as_bytes()), ..ArticleWord::default() })
            .to_vec();
        assert!(set.has_word("captain") && set.has_word("officer") && !set.has_word("prime"));
        assert!(set.has_phrase(&words) && !set.has_phrase(&words[..1]) && !set.has_phrase(&[]));
    }
}
