//! How well a model finds names: exact ranges and kinds, as precision, recall and F1.

use std::collections::BTreeMap;
use std::fmt;

use morgue::annotate::entities::label;
use morgue::annotate::entities::model::Model;
use morgue::annotate::entities::tagger::{Sheet, Tagger};
use morgue::article::EntityKind;
use morgue::token::{Stemming, Tokenizer, Tokens};

use crate::gold::{Gold, words_of};

/// Names found and right, found, and in the gold.
#[derive(Debug, Clone, Copy, Default)]
pub struct Counts {
    pub right: u64,
    pub found: u64,
    pub gold: u64,
}

impl Counts {
    pub fn add(&mut self, other: Counts) {
        self.right += other.right;
        self.found += other.found;
        self.gold += other.gold;
    }

    /// F1 in percent.
    pub fn f1(&self) -> f64 {
        200.0 * self.right as f64 / ((self.found + self.gold) as f64).max(1.0)
    }
}

/// Counts by kind.
pub type ByKind = BTreeMap<EntityKind, Counts>;

/// Compares the labels that a model gives with the gold.
pub fn spans(model: &Model, articles: &[Gold]) -> ByKind {
    let mut tokenizer = Tokenizer::new(Stemming::None);
    let (mut tokens, mut sheet, mut tagger) = (Tokens::default(), Sheet::default(), Tagger::default());
    let mut labels = Vec::new();
    let mut counts = ByKind::new();
    for gold in articles {
        tokenizer.article(&gold.article, &mut tokens);
        sheet.fill(&gold.article, &tokens);
        tagger.label(&gold.article.text, &sheet, model, &mut labels);
        let mut right = Vec::new();
        for (range, kind) in &gold.names {
            let Some(kind) = *kind else { continue };
            counts.entry(kind).or_default().gold += 1;
            right.extend(words_of(&sheet.words, range).map(|words| (words, kind)));
        }
        label::read(&labels, |words, kind| {
            let counts = counts.entry(kind).or_default();
            counts.found += 1;
            counts.right += u64::from(right.contains(&(words, kind)));
        });
    }
    counts
}

/// Means over seeds, by set and kind.
#[derive(Default)]
pub struct Table {
    rows: BTreeMap<String, Vec<ByKind>>,
}

impl Table {
    pub fn add(&mut self, set: &str, counts: ByKind) {
        self.rows.entry(set.to_owned()).or_default().push(counts);
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:10} {:>6} {:>6} {:>6} {:>6}   precision recall  (means over seeds)", "F1", "all", "person", "org", "place")?;
        for (set, seeds) in &self.rows {
            let mean = |value: &dyn Fn(&ByKind) -> f64| seeds.iter().map(value).sum::<f64>() / seeds.len() as f64;
            let whole = |counts: &ByKind| {
                counts.values().fold(Counts::default(), |mut sum, counts| {
                    sum.add(*counts);
                    sum
                })
            };
            write!(f, "{set:10} {:6.2}", mean(&|counts| whole(counts).f1()))?;
            for kind in EntityKind::ALL {
                write!(f, " {:6.2}", mean(&|counts| counts.get(&kind).copied().unwrap_or_default().f1()))?;
            }
            let share = |of: u64, all: u64| 100.0 * of as f64 / all.max(1) as f64;
            let precision = mean(&|counts| share(whole(counts).right, whole(counts).found));
            let recall = mean(&|counts| share(whole(counts).right, whole(counts).gold));
            writeln!(f, "   {precision:9.2} {recall:6.2}")?;
        }
        Ok(())
    }
}
