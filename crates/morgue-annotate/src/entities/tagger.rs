//! Labels the words of an article. The Viterbi algorithm finds for every candidate the sequence of labels with the highest
//! score. The score is the sum of the weights of all features of the words and of all pairs of neighbouring labels.

use std::ops::Range;

use super::candidates;
use super::features::{FeatureExtractor, OccurrenceIndex};
use super::label::{LABELS, Label, OUTSIDE, may_end, may_follow};
use super::model::{ROW, TaggerModel};
use super::words::{self, ArticleWord};
use morgue_article::Article;
use morgue_article::token::Tokens;

/// The score of each label for one word.
pub(crate) type LabelScores = [i32; ROW];

/// The words of one article with everything that their features need. The buffers are reused for the next article.
#[derive(Debug, Clone, Default)]
pub(crate) struct TaggerInput {
    /// The words that can hold names.
    pub(crate) words: Vec<ArticleWord>,
    /// The candidates: ranges of words, ascending and disjoint.
    pub(crate) candidates: Vec<Range<usize>>,
    /// Where else in the article each word occurs.
    pub(crate) occurrences: OccurrenceIndex,
}

impl TaggerInput {
    /// Prepares an article. `tokens` are the tokens of this article.
    pub(crate) fn fill(&mut self, article: &Article, tokens: &Tokens) {
        words::fill(article, tokens, &mut self.words);
        candidates::fill(&article.text, &self.words, &mut self.candidates);
        self.occurrences.fill(&self.words);
    }
}

/// Labels words with a model. It holds scratch memory.
#[derive(Debug, Clone, Default)]
pub(super) struct Tagger {
    extractor: FeatureExtractor,
    scores: Vec<LabelScores>,
    viterbi: Viterbi,
}

impl Tagger {
    /// Fills `labels` with the label of every word of the input.
    pub(super) fn label(&mut self, text: &str, input: &TaggerInput, model: &TaggerModel, labels: &mut Vec<Label>) {
        labels.clear();
        labels.resize(input.words.len(), OUTSIDE);
        for candidate in &input.candidates {
            self.scores.clear();
            let scores = &mut self.scores;
            self.extractor.extract(text, input, candidate.clone(), &model.lexicon, |features| {
                scores.push(sum_weights(model, features.hashes()));
            });
            let follow = |before, after| model.follow(before, after);
            self.viterbi.best_sequence(&self.scores, follow, &mut labels[candidate.clone()]);
        }
    }
}

/// The score of each label: the sum of the label's weights of all features.
#[allow(clippy::needless_range_loop)] // The fixed bounds let the compiler add all labels of a row at once in registers.
fn sum_weights(model: &TaggerModel, hashes: &[u64]) -> LabelScores {
    // There are at most MOST_FEATURES features with weights of at most 127: the sum cannot overflow.
    let mut sums = [0i16; ROW];
    for &hash in hashes {
        let row = &model.weights[model.bucket(hash)];
        for label in 0..ROW {
            sums[label] += i16::from(row[label]);
        }
    }
    sums.map(i32::from)
}

/// Finds the best sequence of labels. It holds scratch memory.
#[derive(Debug, Clone, Default)]
pub(crate) struct Viterbi {
    /// For each word but the first, and each label of it: the best label of the word before.
    best_before: Vec<[Label; LABELS]>,
}

const IMPOSSIBLE: i32 = i32::MIN / 2;

/// For each label, the labels that may precede it and how many they are.
const MAY_PRECEDE: [([Label; LABELS], usize); LABELS] = {
    let mut table = [([0; LABELS], 0); LABELS];
    let mut after = 0;
    while after < LABELS {
        let mut before = 0;
        while before < LABELS {
            if may_follow(before as Label, after as Label) {
                let (labels, count) = &mut table[after];
                labels[*count] = before as Label;
                *count += 1;
            }
            before += 1;
        }
        after += 1;
    }
    table
};

impl Viterbi {
    /// Writes to `labels` the sequence with the highest sum of scores and of `follow(before, after)`. The words before
    /// and after the sequence count as outside of names. If several sequences are best, the first one wins.
    pub(crate) fn best_sequence(
        &mut self,
        scores: &[LabelScores],
        follow: impl Fn(Label, Label) -> i32,
        labels: &mut [Label],
    ) {
        let Some((first, later)) = scores.split_first() else { return };
        self.best_before.clear();
        let mut sums = [IMPOSSIBLE; LABELS];
        for after in (0..LABELS).filter(|&after| may_follow(OUTSIDE, after as Label)) {
            sums[after] = follow(OUTSIDE, after as Label) + first[after];
        }
        for (i, score) in later.iter().enumerate() {
            let last = i + 1 == later.len();
            let mut next = [IMPOSSIBLE; LABELS];
            let mut from = [OUTSIDE; LABELS];
            for after in 0..LABELS {
                if last && !may_end(after as Label) {
                    continue;
                }
                let (before, count) = &MAY_PRECEDE[after];
                for &before in &before[..*count] {
                    let sum = sums[before as usize] + follow(before, after as Label);
                    if sum > next[after] {
                        next[after] = sum;
                        from[after] = before;
                    }
                }
                next[after] = next[after].saturating_add(score[after]).max(IMPOSSIBLE);
            }
            self.best_before.push(from);
            sums = next;
        }
        let mut best = OUTSIDE;
        let mut highest = i32::MIN;
        for label in (0..LABELS as Label).filter(|&label| may_end(label)) {
            let sum = sums[label as usize] + follow(label, OUTSIDE);
            if sum > highest {
                (best, highest) = (label, sum);
            }
        }
        for (slot, from) in labels[1..].iter_mut().zip(&self.best_before).rev() {
            *slot = best;
            best = from[best as usize];
        }
        labels[0] = best;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_sequence_ends_its_names() {
        // Each word scores best as the inside of a person's name (label 2). One word alone cannot be that.
        let mut prefers_inside = [0; ROW];
        prefers_inside[2] = 10;
        let mut labels = [OUTSIDE; 3];
        Viterbi::default().best_sequence(&[prefers_inside; 3], |_, _| 0, &mut labels);
        assert_eq!(labels, [1, 2, 3]);
        let mut labels = [OUTSIDE; 1];
        Viterbi::default().best_sequence(&[prefers_inside; 1], |_, _| 0, &mut labels);
        assert_eq!(labels, [OUTSIDE]);
    }
}
