//! The learner: an averaged structured perceptron. It labels every example with the current weights. If a label is wrong,
//! the weights of the features for the right label go up and those for the wrong label go down. Features are left out at
//! random (**dropout**), so that the result does not depend on a few of them. The learned weights are the averages of the
//! weights over all steps.

use crate::entities::label::{LABELS, Label, OTHER_FIRST, OUTSIDE};
use crate::entities::model::{ROW, TaggerModel};
use crate::entities::tagger::{LabelScores, Viterbi};

/// One candidate with its right labels.
pub(super) struct Example {
    /// For each word, the buckets of its features.
    pub(super) buckets: Vec<Vec<u32>>,
    /// The right labels.
    pub(super) labels: Vec<Label>,
    /// Whether the gold marks names of other kinds. If it does not, words outside of names may belong to such names.
    pub(super) marks_other_kinds: bool,
}

/// A small random generator (SplitMix64). The same seed gives the same numbers on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `bound`.
    fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.next()) * bound as u128) >> 64) as usize
    }
}

/// How a model is learned.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// The number of passes over the examples.
    pub epochs: usize,
    /// How many of 256 features are left out at random.
    pub dropout: u8,
    /// The seed of the random generator.
    pub seed: u64,
    /// The number of learners. Each has its own order of examples and its own dropout. The model is the mean of their
    /// weights.
    pub learners: u64,
}

/// The weights of one learner.
struct Weights {
    now: Vec<[i32; ROW]>,
    /// For each weight, the sum of all its changes times the steps at which they were made. It gives the average weight.
    late: Vec<[i64; ROW]>,
    follows: [[i32; LABELS]; LABELS],
    late_follows: [[i64; LABELS]; LABELS],
    step: i64,
}

impl Weights {
    fn change(&mut self, bucket: u32, label: Label, by: i32) {
        self.now[bucket as usize][label as usize] += by;
        self.late[bucket as usize][label as usize] += i64::from(by) * self.step;
    }

    fn change_follow(&mut self, before: Label, after: Label, by: i32) {
        self.follows[before as usize][after as usize] += by;
        self.late_follows[before as usize][after as usize] += i64::from(by) * self.step;
    }
}

/// Learns a model from examples. The lexicon of the model is empty.
pub(super) fn learn(examples: &[Example], bucket_bits: u32, settings: &Settings) -> TaggerModel {
    let buckets = 1 << bucket_bits;
    let mut mean = Mean::new(buckets);
    for learner in 0..settings.learners {
        // Runs with different seeds have no learner in common.
        let seed = settings.seed * 1000 + learner;
        mean.add(&learn_once(examples, buckets, settings, seed));
    }
    mean.model(bucket_bits)
}

fn learn_once(examples: &[Example], buckets: usize, settings: &Settings, seed: u64) -> Weights {
    let mut weights = Weights {
        now: vec![[0; ROW]; buckets],
        late: vec![[0; ROW]; buckets],
        follows: [[0; LABELS]; LABELS],
        late_follows: [[0; LABELS]; LABELS],
        step: 1,
    };
    let mut random = Random(seed);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut viterbi = Viterbi::default();
    let mut kept: Vec<Vec<u32>> = Vec::new();
    let mut scores: Vec<LabelScores> = Vec::new();
    let mut guess: Vec<Label> = Vec::new();
    let mut right: Vec<Label> = Vec::new();
    for _ in 0..settings.epochs {
        for i in (1..order.len()).rev() {
            order.swap(i, random.below(i + 1));
        }
        for &number in &order {
            let example = &examples[number];
            keep_some(example, settings.dropout, &mut random, &mut kept);
            scores.clear();
            scores.extend(kept[..example.labels.len()].iter().map(|buckets| score(&weights.now, buckets)));
            guess.clear();
            guess.resize(example.labels.len(), OUTSIDE);
            let follows = &weights.follows;
            let follow = |before: Label, after: Label| follows[before as usize][after as usize];
            viterbi.best_sequence(&scores, follow, &mut guess);
            right.clone_from(&example.labels);
            if !example.marks_other_kinds {
                for (right, &guess) in right.iter_mut().zip(&guess) {
                    if *right == OUTSIDE && guess >= OTHER_FIRST {
                        *right = guess;
                    }
                }
            }
            if guess != right {
                correct(&mut weights, &kept, &guess, &right);
            }
            weights.step += 1;
        }
    }
    weights
}

/// Fills `kept` with the buckets of the features that dropout leaves.
fn keep_some(example: &Example, dropout: u8, random: &mut Random, kept: &mut Vec<Vec<u32>>) {
    if kept.len() < example.buckets.len() {
        kept.resize(example.buckets.len(), Vec::new());
    }
    for (all, kept) in example.buckets.iter().zip(kept) {
        kept.clear();
        for eight in all.chunks(8) {
            let dice = random.next().to_le_bytes();
            kept.extend(eight.iter().zip(dice).filter(|(_, dice)| *dice >= dropout).map(|(bucket, _)| bucket));
        }
    }
}

/// The score of each label of one word.
fn score(weights: &[[i32; ROW]], buckets: &[u32]) -> LabelScores {
    let mut sums = [0; ROW];
    for &bucket in buckets {
        for (sum, weight) in sums.iter_mut().zip(&weights[bucket as usize]) {
            *sum += weight;
        }
    }
    sums
}

/// Changes the weights so that `right` scores higher and `guess` scores lower.
fn correct(weights: &mut Weights, kept: &[Vec<u32>], guess: &[Label], right: &[Label]) {
    let (mut last_guess, mut last_right) = (OUTSIDE, OUTSIDE);
    for ((&guess, &right), buckets) in guess.iter().zip(right).zip(kept) {
        if guess != right {
            for &bucket in buckets {
                weights.change(bucket, right, 1);
                weights.change(bucket, guess, -1);
            }
        }
        if (last_guess, guess) != (last_right, right) {
            weights.change_follow(last_right, right, 1);
            weights.change_follow(last_guess, guess, -1);
        }
        (last_guess, last_right) = (guess, right);
    }
    if last_guess != last_right {
        weights.change_follow(last_right, OUTSIDE, 1);
        weights.change_follow(last_guess, OUTSIDE, -1);
    }
}

/// The share of the weights that may be clamped to the largest value of a model.
const CUT_OFF: f64 = 0.00002;

/// The sums of the averaged weights of several learners.
struct Mean {
    weights: Vec<[f64; ROW]>,
    follows: [[f64; LABELS]; LABELS],
}

impl Mean {
    fn new(buckets: usize) -> Mean {
        Mean { weights: vec![[0.0; ROW]; buckets], follows: [[0.0; LABELS]; LABELS] }
    }

    fn add(&mut self, learned: &Weights) {
        let steps = learned.step as f64;
        let add = |sums: &mut [f64], now: &[i32], late: &[i64]| {
            for (sum, (&now, &late)) in sums.iter_mut().zip(now.iter().zip(late)) {
                *sum += f64::from(now) - late as f64 / steps;
            }
        };
        add(self.weights.as_flattened_mut(), learned.now.as_flattened(), learned.late.as_flattened());
        add(self.follows.as_flattened_mut(), learned.follows.as_flattened(), learned.late_follows.as_flattened());
    }

    /// The model with these weights, scaled to the range of its numbers.
    fn model(&self, bucket_bits: u32) -> TaggerModel {
        let mut sizes: Vec<f64> = self.weights.as_flattened().iter().map(|weight| weight.abs()).collect();
        sizes.retain(|&size| size > 0.0);
        sizes.sort_unstable_by(f64::total_cmp);
        let largest = sizes.get((sizes.len() as f64 * (1.0 - CUT_OFF)) as usize).copied().unwrap_or(1.0);
        let scale = 127.0 / largest;
        let mut model =
            TaggerModel { bucket_bits, weights: vec![[0; ROW]; self.weights.len()], ..TaggerModel::default() };
        for (weight, sum) in std::iter::zip(model.weights.as_flattened_mut(), self.weights.as_flattened()) {
            *weight = (sum * scale).round().clamp(-127.0, 127.0) as i8;
        }
        for (weight, sum) in std::iter::zip(model.follows.as_flattened_mut(), self.follows.as_flattened()) {
            *weight = (sum * scale).round().clamp(-32_000.0, 32_000.0) as i16;
        }
        model
    }
}
