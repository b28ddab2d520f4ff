//! Turns articles with gold names into the examples that the learner learns from: one example for each candidate.

use std::ops::Range;

use morgue_article::token::{Stemming, Tokenizer, Tokens};

use super::gold_names::{GoldArticle, TaggedArticle};
use super::perceptron::Example;
use super::recase::recased_copy;
use crate::entities::features::FeatureExtractor;
use crate::entities::label::{self, Label, OUTSIDE};
use crate::entities::lexicon::NameLexicon;
use crate::entities::model::TaggerModel;
use crate::entities::tagger::TaggerInput;
use crate::entities::words::ArticleWord;

/// How many gold names the examples have, and how many they lack.
#[derive(Debug, Clone, Copy, Default)]
pub struct ExampleCounts {
    /// All gold names.
    pub names: usize,
    /// Names that start or end inside of a word of the tokenizer.
    pub cut_differently: usize,
    /// Names that are not inside of one candidate.
    pub outside_candidates: usize,
}

/// Collects examples from articles.
pub(super) struct ExampleBuilder<'a> {
    lexicon: &'a NameLexicon,
    /// A model without weights. It gives the buckets of features.
    buckets: TaggerModel,
    tokenizer: Tokenizer,
    tokens: Tokens,
    input: TaggerInput,
    extractor: FeatureExtractor,
    pub(super) examples: Vec<Example>,
    pub(super) counts: ExampleCounts,
}

impl<'a> ExampleBuilder<'a> {
    pub(super) fn new(lexicon: &'a NameLexicon, bucket_bits: u32) -> ExampleBuilder<'a> {
        ExampleBuilder {
            lexicon,
            buckets: TaggerModel { bucket_bits, ..TaggerModel::default() },
            tokenizer: Tokenizer::new(Stemming::None),
            tokens: Tokens::default(),
            input: TaggerInput::default(),
            extractor: FeatureExtractor::default(),
            examples: Vec::new(),
            counts: ExampleCounts::default(),
        }
    }

    /// Adds articles and their copies in other cases. `marks_other_kinds` says whether the gold marks names of other kinds.
    pub(super) fn add_all(&mut self, articles: &[TaggedArticle], has_titles: bool, marks_other_kinds: bool) {
        for (number, article) in articles.iter().enumerate() {
            self.add(&GoldArticle::rebuild(article, has_titles), marks_other_kinds);
            if let Some(copy) = recased_copy(article, number) {
                self.add(&GoldArticle::rebuild(&copy, has_titles), marks_other_kinds);
            }
        }
    }

    fn add(&mut self, gold: &GoldArticle, marks_other_kinds: bool) {
        self.tokenizer.article(&gold.article, &mut self.tokens);
        self.input.fill(&gold.article, &self.tokens);
        let labels = self.labels(gold);
        for candidate in &self.input.candidates {
            let mut buckets = Vec::with_capacity(candidate.len());
            let text = &gold.article.text;
            self.extractor.extract(text, &self.input, candidate.clone(), self.lexicon, |features| {
                let of_word = features.hashes().iter().map(|&hash| self.buckets.bucket(hash) as u32);
                buckets.push(of_word.collect());
            });
            let labels = labels[candidate.clone()].to_vec();
            self.examples.push(Example { buckets, labels, marks_other_kinds });
        }
    }

    /// The labels of the words of the current article.
    fn labels(&mut self, gold: &GoldArticle) -> Vec<Label> {
        let mut labels = vec![OUTSIDE; self.input.words.len()];
        for (range, kind) in &gold.names {
            self.counts.names += 1;
            let Some(words) = words_of(&self.input.words, range) else {
                self.counts.cut_differently += 1;
                continue;
            };
            let contains = |candidate: &Range<usize>| candidate.start <= words.start && words.end <= candidate.end;
            if !self.input.candidates.iter().any(contains) {
                self.counts.outside_candidates += 1;
                continue;
            }
            label::write_name(&mut labels[words], *kind);
        }
        labels
    }
}

/// The words in a range of the text. `None` if the range starts or ends inside of a word.
fn words_of(words: &[ArticleWord], range: &Range<usize>) -> Option<Range<usize>> {
    let start = words.partition_point(|word| (word.start as usize) < range.start);
    let end = words.partition_point(|word| (word.start as usize) < range.end);
    let (first, last) = (words.get(start)?, words.get(end.checked_sub(1)?)?);
    let fits = start < end && first.start as usize <= range.start + 1 && last.end as usize <= range.end + 1;
    fits.then_some(start..end)
}
