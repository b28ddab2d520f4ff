//! Words that a hyphen splits at a line's end are whole again, and compounds that only break there keep their hyphen.
//!
//! `bridge-` / `work` may be `bridgework` or `bridge-work`: the rest of the article tells when it has either. When it
//! has neither, an ending that is no word (`-tion`) tells that a word was split; else the hyphen is kept as written.

use std::hash::{Hash, Hasher};

use morgue_article::WordList;
use rustc_hash::{FxHashSet, FxHasher};

use super::characters::push_collapsed;

/// Endings that are no words by themselves: a line that opens with one goes on with the last line's word.
static ENDINGS: WordList = WordList::new(include_str!("words/word_endings.txt"));

/// A word's part before the hyphen is looked at no further back. Bytes.
const LONGEST_HEAD: usize = 64;

/// Joins lines, knowing the words of their article.
pub(super) struct Hyphens<'t> {
    body: &'t str,
    /// Hashes of the article's words, in lower case, found when first needed.
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

/// The two parts of a word about a hyphen at a line's end. A dash is no hyphen: `word -`, `word--`.
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

/// Hashes of all words, and of all compounds of two words, that a body writes within a line.
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
