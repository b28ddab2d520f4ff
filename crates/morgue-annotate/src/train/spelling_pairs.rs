//! Measures how well a finder groups the spellings of one entity, article by article. Each pair of different spellings of
//! one kind counts: as found, if the finder gives both to one entity; as gold, if both belong to one entity of the gold.
//! A pair counts only if the finder finds both spellings and both are names of the gold, because [`count_names`]
//! measures whether names are found.
//!
//! [`count_names`]: super::count_names

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use morgue_article::EntityKind;
use morgue_article::token::{Stemming, Tokenizer, Tokens};

use super::DataError;
use super::gold_names::{GoldArticle, kind_of, read_text};
use super::measure::CountsByKind;
use crate::entities::EntityFinder;

/// The gold entities of one article: kinds and spellings. A spelling is reduced to its letters and digits.
pub type GoldEntities = Vec<(EntityKind, BTreeSet<String>)>;

/// A pair of spellings that a finder groups differently than the gold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PairError {
    /// The finder groups the pair, the gold does not.
    Wrong,
    /// The gold groups the pair, the finder does not.
    Missed,
}

/// The gold entities of the articles of a file, in order.
///
/// # Errors
///
/// If the file cannot be read, or a line is not valid JSON.
pub fn read_entities(path: &Path) -> Result<Vec<GoldEntities>, DataError> {
    let mut articles = Vec::new();
    for line in read_text(path)?.lines() {
        let article: serde_json::Value =
            serde_json::from_str(line).map_err(|source| DataError::Json { path: path.to_owned(), source })?;
        let entities = article["entities"].as_array().into_iter().flatten().filter_map(|entity| {
            let kind = kind_of(entity["kind"].as_str()?)?;
            let spellings = entity["as"].as_array()?.iter().filter_map(|spelling| Some(reduce(spelling.as_str()?)));
            Some((kind, spellings.collect()))
        });
        articles.push(entities.collect());
    }
    Ok(articles)
}

fn reduce(spelling: &str) -> String {
    spelling.chars().filter(|char| char.is_alphanumeric()).collect()
}

/// Counts the pairs of spellings of each kind. Calls `take_error` with every pair that is wrong or missed.
pub fn count_pairs(
    finder: &mut EntityFinder,
    articles: &[GoldArticle],
    gold: &[GoldEntities],
    mut take_error: impl FnMut(PairError, &str, &str),
) -> CountsByKind {
    let mut tokenizer = Tokenizer::new(Stemming::None);
    let mut tokens = Tokens::default();
    let mut counts = CountsByKind::new();
    for (article, gold) in articles.iter().zip(gold) {
        tokenizer.article(&article.article, &mut tokens);
        let gold_entity = |kind: EntityKind, spelling: &String| {
            gold.iter().position(|(gold_kind, spellings)| *gold_kind == kind && spellings.contains(spelling))
        };
        let found = found_spellings(finder, article, &tokens);
        for (i, (kind, one, entity)) in found.iter().enumerate() {
            for (other_kind, other, other_entity) in &found[i + 1..] {
                if kind != other_kind {
                    continue;
                }
                let (Some(gold_one), Some(gold_other)) = (gold_entity(*kind, one), gold_entity(*kind, other)) else {
                    continue;
                };
                let is_found = entity == other_entity;
                let is_gold = gold_one == gold_other;
                let counts = counts.entry(*kind).or_default();
                counts.found += u64::from(is_found);
                counts.gold += u64::from(is_gold);
                counts.right += u64::from(is_found && is_gold);
                if is_found != is_gold {
                    take_error(if is_found { PairError::Wrong } else { PairError::Missed }, one, other);
                }
            }
        }
    }
    counts
}

/// The spellings that a finder finds, each with its kind and the number of the entity that has most of its mentions.
fn found_spellings(
    finder: &mut EntityFinder,
    article: &GoldArticle,
    tokens: &Tokens,
) -> Vec<(EntityKind, String, Option<usize>)> {
    let article = &article.article;
    let mut mentions: BTreeMap<(EntityKind, String), BTreeMap<usize, usize>> = BTreeMap::new();
    for (number, entity) in finder.find(article, tokens).into_iter().enumerate() {
        for range in entity.mentions {
            let spelling = (entity.kind, reduce(&article.text[range]));
            *mentions.entry(spelling).or_default().entry(number).or_default() += 1;
        }
    }
    let with_entity = |((kind, spelling), numbers): ((EntityKind, String), BTreeMap<usize, usize>)| {
        let entity = numbers.iter().max_by_key(|(_, count)| **count).map(|(number, _)| *number);
        (kind, spelling, entity)
    };
    mentions.into_iter().map(with_entity).collect()
}
