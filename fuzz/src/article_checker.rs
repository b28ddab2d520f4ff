//! Processes one article: tokens, names, days, marks and snippets. Every range must lie in the article's text.

use std::ops::Range;

use morgue::annotate::Annotator;
use morgue::article::EntityKind;
use morgue::matching::matches;
use morgue::query::{
    Aliases, Dictionary, ExpandedTerm, Expansion, Field, KnownName, NamePattern, Resolving, WordPattern, name_words,
    resolve,
};
use morgue::snippet::{snippet, title_marks};
use morgue::token::{Form, Stemming, Tokenizer, Tokens};
use morgue::{Annotations, Article, Query};

/// Tokenizer and annotator of one thread.
pub struct ArticleChecker {
    tokenizer: Tokenizer,
    tokens: Tokens,
    annotator: Annotator,
}

impl ArticleChecker {
    pub fn new() -> ArticleChecker {
        ArticleChecker { tokenizer: Tokenizer::new(Stemming::English), tokens: Tokens::default(), annotator: Annotator::new() }
    }

    /// Tokenizes and annotates an article; checks all ranges.
    pub fn annotate(&mut self, article: &Article) -> Annotations {
        self.tokenizer.article(article, &mut self.tokens);
        let annotations = self.annotator.annotate(article, &self.tokens);
        let tokens = self.tokens.tokens.iter().map(|token| token.range.start as usize..token.range.end as usize);
        let names = annotations.entities.iter().flat_map(|entity| entity.mentions.iter().cloned());
        let days = annotations.dates.iter().map(|mention| mention.range.clone());
        tokens.chain(names).chain(days).for_each(|range| check(&article.text, range));
        annotations
    }

    /// Searches an article for a query, and marks the matches.
    pub fn mark(&mut self, query: &Query, article: &Article) {
        let annotations = self.annotate(article);
        let dictionary = OneArticle { tokens: &self.tokens, annotations: &annotations };
        let today = crate::TODAY.parse().expect("a day");
        let with = Resolving { today, all: false, aliases: Aliases::default() };
        let resolved = resolve(query, &mut self.tokenizer, &dictionary, &with);
        resolved.outline();
        let ArticleChecker { tokenizer, tokens, .. } = self;
        let Some(marks) = matches(&resolved.clause, article, tokens, &annotations, tokenizer) else { return };
        marks.iter().for_each(|mark| check(&article.text, mark.range.clone()));
        morgue::hit::mark(article.title(), &title_marks(article, &marks), "[", "]");
        for width in [1, 40, 240] {
            snippet(article, tokens, &marks, 3, width).marked("[", "]");
        }
    }
}

/// Fails if a range is empty or not in the text.
fn check(text: &str, range: Range<usize>) {
    assert!(text.get(range.clone()).is_some_and(|part| !part.is_empty()), "{range:?} of {text:?}");
}

/// The words and names of one article.
struct OneArticle<'a> {
    tokens: &'a Tokens,
    annotations: &'a Annotations,
}

impl Dictionary for OneArticle<'_> {
    fn expand(&self, _: Option<Field>, pattern: &WordPattern, limit: usize) -> Expansion {
        let exact = self.tokens.tokens.iter().filter(|token| token.form == Form::Exact);
        let mut words: Vec<&str> = exact.map(|token| self.tokens.text(token)).collect();
        words.sort_unstable();
        words.dedup();
        let term = |text: &str| Some(ExpandedTerm { text: text.to_owned(), docs: 1, edits: pattern.matches(text)? });
        Expansion::of(words.into_iter().filter_map(term).collect(), limit)
    }

    fn docs(&self, _: Option<Field>, _: Form, _: &str) -> u64 {
        1
    }

    fn names(&self, kind: Option<EntityKind>, pattern: &NamePattern, whole: bool) -> Vec<KnownName> {
        let mut tokenizer = Tokenizer::new(Stemming::None);
        let of_kind = self.annotations.entities.iter().filter(|entity| kind.is_none_or(|kind| kind == entity.kind));
        let named = of_kind.filter(|entity| pattern.matches(&name_words(&mut tokenizer, &entity.name), whole));
        named.map(|entity| KnownName { key: entity.key.clone(), name: entity.name.clone(), docs: 1 }).collect()
    }
}
