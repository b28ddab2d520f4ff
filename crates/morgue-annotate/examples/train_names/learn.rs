//! The learner: an averaged structured perceptron. Every stretch is labelled by the weights as they are; where that goes
//! wrong, the weights of the features of the right labels go up and those of the wrong ones down. Of every word's
//! features each is left out at random (**dropout**), so that no few of them carry everything. The weights that count
//! in the end are the averages over all steps.

use morgue_annotate::entities::label::{LABELS, Label, OTHER_FIRST, OUTSIDE};
use morgue_annotate::entities::model::{Model, ROW};
use morgue_annotate::entities::tagger::{Paths, Scores};

/// One stretch to learn from.
pub struct Example {
    /// The buckets of the features of each word.
    pub buckets: Vec<Vec<u32>>,
    /// The right labels.
    pub labels: Vec<Label>,
    /// Whether names of other kinds are told apart from what is no name.
    pub tells_others: bool,
}

/// A small random generator (SplitMix64): the same numbers for the same seed, everywhere.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.next()) * bound as u128) >> 64) as usize
    }
}

/// How to learn.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    pub bucket_bits: u32,
    pub epochs: usize,
    /// Of 256 features, how many are left out.
    pub dropout: u8,
    pub seed: u64,
    /// How many learners, each with its own order and dropout; the model is the mean of what they learn.
    pub learners: u64,
}

struct Weights {
    now: Vec<[i32; ROW]>,
    /// Sums of each change times the step at which it was made.
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

/// Learns a model from examples. Its lexicon is left empty.
pub fn learn(examples: &[Example], settings: &Settings) -> Model {
    let mut mean = Mean::new(1 << settings.bucket_bits);
    for learner in 0..settings.learners {
        // Seeds of different runs share no learner.
        let seed = settings.seed * 1000 + learner;
        mean.add(&learn_once(examples, settings, seed));
    }
    mean.model(settings.bucket_bits)
}

fn learn_once(examples: &[Example], settings: &Settings, seed: u64) -> Weights {
    let buckets = 1usize << settings.bucket_bits;
    let mut weights = Weights {
        now: vec![[0; ROW]; buckets],
        late: vec![[0; ROW]; buckets],
        follows: [[0; LABELS]; LABELS],
        late_follows: [[0; LABELS]; LABELS],
        step: 1,
    };
    let mut random = Random(seed);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut paths = Paths::default();
    let mut kept: Vec<Vec<u32>> = Vec::new();
    let mut scores: Vec<Scores> = Vec::new();
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
            paths.best(&scores, |before, after| follows[before as usize][after as usize], &mut guess);
            right.clone_from(&example.labels);
            if !example.tells_others {
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

fn score(weights: &[[i32; ROW]], buckets: &[u32]) -> Scores {
    let mut sums = [0; ROW];
    for &bucket in buckets {
        for (sum, weight) in sums.iter_mut().zip(&weights[bucket as usize]) {
            *sum += weight;
        }
    }
    sums
}

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

/// The share of weights that may be cut off at the largest value.
const CUT_OFF: f64 = 0.00002;

/// Sums of averaged weights.
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

    /// The sums scaled to what a model holds.
    fn model(&self, bucket_bits: u32) -> Model {
        let mut sizes: Vec<f64> = self.weights.as_flattened().iter().map(|weight| weight.abs()).collect();
        sizes.retain(|&size| size > 0.0);
        sizes.sort_unstable_by(f64::total_cmp);
        let largest = sizes.get((sizes.len() as f64 * (1.0 - CUT_OFF)) as usize).copied().unwrap_or(1.0);
        let scale = 127.0 / largest;
        let mut model = Model { bucket_bits, weights: vec![[0; ROW]; self.weights.len()], ..Model::default() };
        for (weight, sum) in std::iter::zip(model.weights.as_flattened_mut(), self.weights.as_flattened()) {
            *weight = (sum * scale).round().clamp(-127.0, 127.0) as i8;
        }
        for (weight, sum) in std::iter::zip(model.follows.as_flattened_mut(), self.follows.as_flattened()) {
            *weight = (sum * scale).round().clamp(-32_000.0, 32_000.0) as i16;
        }
        model
    }
}
