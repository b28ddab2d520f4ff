//! The names of one article while they are put together: **mentions** (where a name occurs) and **spellings** (the
//! different ways in which the article writes names). The rules in `resolve.rs` and its siblings work on these types.

use std::ops::Range;

use super::lexicon::phrase_hash;
use super::roles;
use super::words::ArticleWord;
use morgue_article::EntityKind;

/// One mention of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NameMention {
    /// The words of the mention, as a range of the article's words.
    pub(super) words: Range<usize>,
    pub(super) kind: EntityKind,
    /// The index of its spelling. It is valid once `resolve::collect_spellings` has run.
    pub(super) spelling: usize,
}

/// One way in which an article writes a name. Mentions that differ only in case have the same spelling.
#[derive(Debug, Clone)]
pub(super) struct NameSpelling {
    /// The words of the mention that shows the spelling best: one that is not written in capitals only, if there is one.
    pub(super) words: Range<usize>,
    pub(super) kind: EntityKind,
    /// The number of mentions.
    pub(super) count: u32,
    /// The group of spellings that name the same entity.
    pub(super) group: usize,
}

/// The names of one article.
pub(super) struct ArticleNames<'a> {
    /// The article's text.
    pub(super) text: &'a str,
    /// The article's words.
    pub(super) words: &'a [ArticleWord],
    /// Ascending and disjoint.
    pub(super) mentions: Vec<NameMention>,
    /// In order of first mention.
    pub(super) spellings: Vec<NameSpelling>,
}

impl ArticleNames<'_> {
    /// The bytes of a run of words. A dot that ends an abbreviation (`Acme Inc.`) is included.
    pub(super) fn byte_range(&self, words: &Range<usize>) -> Range<usize> {
        let (start, last) = (self.words[words.start].start as usize, &self.words[words.end - 1]);
        let mut end = last.end as usize;
        let has_dot = self.text.as_bytes().get(end) == Some(&b'.');
        if has_dot && words.len() > 1 && roles::ends_with_dot(&self.text[last.range()]) {
            end += 1;
        }
        start..end
    }

    /// The text of a run of words.
    pub(super) fn text_of(&self, words: &Range<usize>) -> &str {
        &self.text[self.byte_range(words)]
    }

    /// The words of a spelling.
    pub(super) fn words_of(&self, spelling: &NameSpelling) -> &[ArticleWord] {
        &self.words[spelling.words.clone()]
    }

    /// Whether no other spelling is in the group of this one.
    pub(super) fn is_alone(&self, spelling: &NameSpelling) -> bool {
        self.spellings.iter().filter(|other| other.group == spelling.group).count() == 1
    }

    /// Puts the whole group of one spelling into the group of another.
    pub(super) fn join(&mut self, spelling: usize, into: usize) {
        let (from, to) = (self.spellings[spelling].group, self.spellings[into].group);
        for spelling in self.spellings.iter_mut().filter(|spelling| spelling.group == from) {
            spelling.group = to;
        }
    }
}

/// The hash of the words of a name. A leading `the` does not count.
pub(super) fn name_hash(words: &[ArticleWord]) -> u32 {
    let words = match words {
        [the, rest @ ..] if !rest.is_empty() && the.hash == roles::THE => rest,
        words => words,
    };
    phrase_hash(words.iter().map(|word| word.hash)).unwrap_or(0)
}
