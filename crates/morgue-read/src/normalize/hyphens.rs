//! Joins words that a hyphen splits at the end of a line, and keeps the hyphen of compounds.
//!
//! `bridge-` / `work` may be `bridgework` or `bridge-work`. If the article has one of them elsewhere, that is the
//! answer. If it has neither, an ending that is not a word (`-tion`) shows that a word was split; otherwise the hyphen
//! stays.

use std::hash::{Hash, Hasher};

use morgue_article::WordList;
use rustc_hash::{FxHashSet, FxHasher};

use super::characters::push_collapsed;

/// Endings of words that are not words themselves. A line that starts with one continues the last word of the line
/// before.
static ENDINGS: WordList = WordList::new(include_str!("words/word_endings.txt"));

/// The part of a word before the hyphen is not searched for further back. Bytes.
const LONGEST_HEAD: usize = 64;

/// Joins lines, with the words of their article as evidence.
pub(super) struct Hyphens<'t> {
    body: &'t str,
    /// Hashes of the words of the article, in lower case. They are computed on first use.
    words: Option<FxHashSet<u64>>,
}

impl<'t> Hyphens<'t> {
    pub(super) fn new(body: &'t str) -> Self {
        Hyphens { body, words: None }
    }

    /// Appends the next line of a paragraph.
    pub(super) fn join(&mut self, paragraph: &mut String, line: &str) {
        match split_word(paragraph, line) {
            None => paragraph.push(' '),
            Some((head, tail)) => {
                if self.is_one_word(head, tail) {
                    paragraph.pop();
                }
            }
        }
        push_collapsed(paragraph, line);
    }

    fn is_one_word(&mut self, head: &str, tail: &str) -> bool {
        if !tail.starts_with(char::is_lowercase) || !head.ends_with(char::is_alphabetic) {
            return false;
        }
        let words = self.words.get_or_insert_with(|| words(self.body));
        if words.contains(&word_hash(head.chars().chain(tail.chars()))) {
            return true;
        }
        let compound = head.chars().chain(['-']).chain(tail.chars());
        !words.contains(&word_hash(compound)) && ENDINGS.contains(tail)
    }
}

/// The two parts of a word before and after a hyphen at the end of a line. A dash is not a hyphen: `word -`, `word--`.
fn split_word<'p>(paragraph: &'p str, line: &'p str) -> Option<(&'p str, &'p str)> {
    let before = paragraph.strip_suffix('-')?;
    if !before.ends_with(char::is_alphanumeric) || !line.starts_with(char::is_alphanumeric) {
        return None;
    }
    let floor = before.floor_char_boundary(before.len().saturating_sub(LONGEST_HEAD));
    let head = before[floor..].rsplit(|c: char| !c.is_alphanumeric()).next()?;
    let tail = line.split(|c: char| !c.is_alphanumeric()).next()?;
    Some((head, tail))
}

/// Hashes of all words, and of all compounds of two words, that a body has inside of a line.
fn words(body: &str) -> FxHashSet<u64> {
    let mut words = FxHashSet::default();
    for chunk in body.split(|c: char| !(c.is_alphanumeric() || c == '-')) {
        let mut previous: Option<&str> = None;
        for word in chunk.split('-').filter(|word| !word.is_empty()) {
            words.insert(word_hash(word.chars()));
            if let Some(previous) = previous {
                words.insert(word_hash(previous.chars().chain(['-']).chain(word.chars())));
            }
            previous = Some(word);
        }
    }
    words
}

fn word_hash(word: impl Iterator<Item = char>) -> u64 {
    let mut hasher = FxHasher::default();
    word.flat_map(char::to_lowercase).for_each(|c| c.hash(&mut hasher));
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(article: &str, head: &str, tail: &str) -> String {
        let mut paragraph = head.to_owned();
        Hyphens::new(article).join(&mut paragraph, tail);
        paragraph
    }

    #[test]
    fn split_words_are_joined() {
        assert_eq!(joined("The bridgework is old.", "all bridge-", "work began"), "all bridgework began");
        assert_eq!(joined("", "the inven-", "tion of"), "the invention of");
    }

    #[test]
    fn compounds_and_dashes_keep_their_hyphen() {
        let table = [
            ("a long-term plan", "a long-", "term plan", "a long-term plan"),
            ("", "a long-", "term plan", "a long-term plan"),
            ("", "the Anglo-", "Irish treaty", "the Anglo-Irish treaty"),
            ("", "in 1986-", "87 it", "in 1986-87 it"),
            ("", "it ended -", "at last", "it ended - at last"),
            ("", "it ended--", "at last", "it ended-- at last"),
            ("bridgework and bridge work", "a bridge-", "Work plan", "a bridge-Work plan"),
        ];
        for (article, head, tail, expected) in table {
            assert_eq!(joined(article, head, tail), expected);
        }
    }
}
