//! How well a model finds names: exact ranges and kinds, as precision, recall and F1.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use morgue_annotate::entities::Finder;
use morgue_article::EntityKind;
use morgue_article::token::{Stemming, Tokenizer, Tokens};

use crate::gold::Gold;

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

    /// Of what was found, how much is right, in percent; 100 when nothing was.
    pub fn precision(&self) -> f64 {
        share(self.right, self.found)
    }

    /// Of what is right, how much was found, in percent; 100 when there is nothing to find.
    pub fn recall(&self) -> f64 {
        share(self.right, self.gold)
    }

    /// F1 in percent.
    pub fn f1(&self) -> f64 {
        200.0 * self.right as f64 / ((self.found + self.gold) as f64).max(1.0)
    }
}

fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 100.0 } else { 100.0 * part as f64 / whole as f64 }
}

/// Counts by kind.
pub type ByKind = BTreeMap<EntityKind, Counts>;

/// Compares what a finder finds with the gold.
pub fn spans(finder: &mut Finder, articles: &[Gold]) -> ByKind {
    let mut tokenizer = Tokenizer::new(Stemming::None);
    let mut tokens = Tokens::default();
    let mut counts = ByKind::new();
    for gold in articles {
        let text = &gold.article.text;
        // Whether the dot of an abbreviation belongs to the name is nobody's concern here.
        let undotted =
            |range: &Range<usize>| range.start..range.start + text[range.clone()].trim_end_matches('.').len();
        tokenizer.article(&gold.article, &mut tokens);
        let mut right = Vec::new();
        for (range, kind) in &gold.names {
            let Some(kind) = *kind else { continue };
            counts.entry(kind).or_default().gold += 1;
            right.push((undotted(range), kind));
        }
        for entity in finder.find(&gold.article, &tokens) {
            let counts = counts.entry(entity.kind).or_default();
            for range in &entity.mentions {
                counts.found += 1;
                counts.right += u64::from(right.contains(&(undotted(range), entity.kind)));
            }
        }
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
        writeln!(f, "{:16} {:>24} {:>24} {:>24} {:>24}", "F1/prec/recall, %", "all", "person", "org", "place")?;
        for (set, seeds) in &self.rows {
            let mean = |value: &dyn Fn(&ByKind) -> f64| seeds.iter().map(value).sum::<f64>() / seeds.len() as f64;
            write!(f, "{set:16}")?;
            for kind in [None].into_iter().chain(EntityKind::ALL.map(Some)) {
                let of = |counts: &ByKind| match kind {
                    Some(kind) => counts.get(&kind).copied().unwrap_or_default(),
                    None => counts.values().fold(Counts::default(), |mut sum, counts| {
                        sum.add(*counts);
                        sum
                    }),
                };
                let f1 = mean(&|counts| of(counts).f1());
                let precision = mean(&|counts| of(counts).precision());
                let recall = mean(&|counts| of(counts).recall());
                write!(f, " {:>24}", format!("{f1:6.2} {precision:6.2} {recall:6.2}"))?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}
