//! Labels the words of an article: for every stretch the best sequence of labels, by the weights of the features of its
//! words and of one label after another (the Viterbi algorithm).

use std::ops::Range;

use super::features::{Elsewhere, Looker};
use super::label::{LABELS, Label, OUTSIDE, closes, may_follow};
use super::model::{Model, ROW};
use super::stretch;
use super::words::{self, Word};
use morgue_article::Article;
use morgue_article::token::Tokens;

/// The scores of the labels for one word.
pub type Scores = [i32; ROW];

/// One article prepared for tagging, in reusable buffers.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// The words that can hold names.
    pub words: Vec<Word>,
    /// The stretches of capitalised words, ascending and disjoint.
    pub stretches: Vec<Range<usize>>,
    /// Where else the words stand.
    pub elsewhere: Elsewhere,
}

impl Sheet {
    /// Prepares an article of which `tokens` are the tokens.
    pub fn fill(&mut self, article: &Article, tokens: &Tokens) {
        words::fill(article, tokens, &mut self.words);
        stretch::fill(&article.text, &self.words, &mut self.stretches);
        self.elsewhere.fill(&self.words);
    }
}

/// Labels words by a model; holds scratch memory.
#[derive(Debug, Clone, Default)]
pub struct Tagger {
    looker: Looker,
    scores: Vec<Scores>,
    paths: Paths,
}

impl Tagger {
    /// Fills `labels` with the label of every word of the sheet.
    pub fn label(&mut self, text: &str, sheet: &Sheet, model: &Model, labels: &mut Vec<Label>) {
        labels.clear();
        labels.resize(sheet.words.len(), OUTSIDE);
        for stretch in &sheet.stretches {
            self.scores.clear();
            let scores = &mut self.scores;
            self.looker.look(text, &sheet.words, stretch.clone(), &sheet.elsewhere, &model.lexicon, |features| {
                scores.push(sum(model, features.hashes()));
            });
            self.paths.best(&self.scores, |before, after| model.follow(before, after), &mut labels[stretch.clone()]);
        }
    }
}

/// The sums of the weights of some features.
#[allow(clippy::needless_range_loop)] // Over fixed bounds, so that a row is added in registers, all labels at once.
fn sum(model: &Model, hashes: &[u64]) -> Scores {
    // At most MOST features of at most 127 each: no overflow.
    let mut sums = [0i16; ROW];
    for &hash in hashes {
        let row = &model.weights[model.bucket(hash)];
        for label in 0..ROW {
            sums[label] += i16::from(row[label]);
        }
    }
    sums.map(i32::from)
}

/// Finds the best sequence of labels; holds scratch memory.
#[derive(Debug, Clone, Default)]
pub struct Paths {
    from: Vec<[Label; LABELS]>,
}

const IMPOSSIBLE: i32 = i32::MIN / 2;

/// The labels that may stand before a label.
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

impl Paths {
    /// Writes into `labels` the sequence with the highest sum of scores and of `follow(before, after)`; the words
    /// before and after the sequence are outside. The first of equal sequences wins.
    pub fn best(&mut self, scores: &[Scores], follow: impl Fn(Label, Label) -> i32, labels: &mut [Label]) {
        let Some((first, later)) = scores.split_first() else { return };
        self.from.clear();
        let mut sums = [IMPOSSIBLE; LABELS];
        for after in (0..LABELS).filter(|&after| may_follow(OUTSIDE, after as Label)) {
            sums[after] = follow(OUTSIDE, after as Label) + first[after];
        }
        for (i, score) in later.iter().enumerate() {
            let last = i + 1 == later.len();
            let mut next = [IMPOSSIBLE; LABELS];
            let mut from = [OUTSIDE; LABELS];
            for after in 0..LABELS {
                if last && !closes(after as Label) {
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
            self.from.push(from);
            sums = next;
        }
        let mut best = OUTSIDE;
        let mut highest = i32::MIN;
        for label in (0..LABELS as Label).filter(|&label| closes(label)) {
            let sum = sums[label as usize] + follow(label, OUTSIDE);
            if sum > highest {
                (best, highest) = (label, sum);
            }
        }
        for (slot, from) in labels[1..].iter_mut().zip(&self.from).rev() {
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
    fn the_best_path_closes_its_names() {
        // Words that each like best to be inside a person's name (label 2): alone, that is not possible.
        let mut likes_inside = [0; ROW];
        likes_inside[2] = 10;
        let mut labels = [OUTSIDE; 3];
        Paths::default().best(&[likes_inside; 3], |_, _| 0, &mut labels);
        assert_eq!(labels, [1, 2, 3]);
        let mut labels = [OUTSIDE; 1];
        Paths::default().best(&[likes_inside; 1], |_, _| 0, &mut labels);
        assert_eq!(labels, [OUTSIDE]);
    }
}
