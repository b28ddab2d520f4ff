//! Measures how well a finder finds names: exact ranges and kinds, as precision, recall and F1.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use morgue_article::EntityKind;
use morgue_article::token::{Stemming, Tokenizer, Tokens};

use super::gold_names::GoldArticle;
use crate::entities::EntityFinder;

/// The numbers of names (or pairs of spellings) that are found, in the gold, and in both.
#[derive(Debug, Clone, Copy, Default)]
pub struct NameCounts {
    /// Found, and in the gold.
    pub right: u64,
    /// Found.
    pub found: u64,
    /// In the gold.
    pub gold: u64,
}

impl NameCounts {
    /// Adds other counts.
    pub fn add(&mut self, other: NameCounts) {
        self.right += other.right;
        self.found += other.found;
        self.gold += other.gold;
    }

    /// The percentage of found names that are right; 100 if nothing was found.
    pub fn precision(&self) -> f64 {
        percentage(self.right, self.found)
    }

    /// The percentage of gold names that were found; 100 if the gold has no names.
    pub fn recall(&self) -> f64 {
        percentage(self.right, self.gold)
    }

    /// F1 in percent.
    pub fn f1(&self) -> f64 {
        200.0 * self.right as f64 / ((self.found + self.gold) as f64).max(1.0)
    }
}

fn percentage(part: u64, whole: u64) -> f64 {
    if whole == 0 { 100.0 } else { 100.0 * part as f64 / whole as f64 }
}

/// Counts of each kind.
pub type CountsByKind = BTreeMap<EntityKind, NameCounts>;

/// The sum of the counts of all kinds.
fn total(counts: &CountsByKind) -> NameCounts {
    let mut total = NameCounts::default();
    counts.values().for_each(|counts| total.add(*counts));
    total
}

/// Compares the names that a finder finds with the gold names.
pub fn count_names(finder: &mut EntityFinder, articles: &[GoldArticle]) -> CountsByKind {
    let mut tokenizer = Tokenizer::new(Stemming::None);
    let mut tokens = Tokens::default();
    let mut counts = CountsByKind::new();
    for gold in articles {
        let text = &gold.article.text;
        // A name with and without the dot of an abbreviation counts as the same.
        let without_dot =
            |range: &Range<usize>| range.start..range.start + text[range.clone()].trim_end_matches('.').len();
        tokenizer.article(&gold.article, &mut tokens);
        let mut right = Vec::new();
        for (range, kind) in &gold.names {
            let Some(kind) = *kind else { continue };
            counts.entry(kind).or_default().gold += 1;
            right.push((without_dot(range), kind));
        }
        for entity in finder.find(&gold.article, &tokens) {
            let counts = counts.entry(entity.kind).or_default();
            for range in &entity.mentions {
                counts.found += 1;
                counts.right += u64::from(right.contains(&(without_dot(range), entity.kind)));
            }
        }
    }
    counts
}

/// A table of scores with one row for each set of articles. If a set is added several times, its row has the means.
#[derive(Debug, Default)]
pub struct ScoreTable {
    rows: BTreeMap<String, Vec<CountsByKind>>,
}

impl ScoreTable {
    /// Adds the counts of a set.
    pub fn add(&mut self, set: &str, counts: CountsByKind) {
        self.rows.entry(set.to_owned()).or_default().push(counts);
    }
}

impl fmt::Display for ScoreTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:16} {:>24} {:>24} {:>24} {:>24}", "F1/prec/recall, %", "all", "person", "org", "place")?;
        for (set, runs) in &self.rows {
            write!(f, "{set:16}")?;
            for kind in [None].into_iter().chain(EntityKind::ALL.map(Some)) {
                let counts_of = |run: &CountsByKind| match kind {
                    Some(kind) => run.get(&kind).copied().unwrap_or_default(),
                    None => total(run),
                };
                let mean = |score: fn(&NameCounts) -> f64| {
                    runs.iter().map(|run| score(&counts_of(run))).sum::<f64>() / runs.len() as f64
                };
                let (f1, precision) = (mean(NameCounts::f1), mean(NameCounts::precision));
                let recall = mean(NameCounts::recall);
                write!(f, " {:>24}", format!("{f1:6.2} {precision:6.2} {recall:6.2}"))?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}
