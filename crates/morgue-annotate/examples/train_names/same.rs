//! How well the spellings of one entity are put together, article by article: of all pairs of different spellings that
//! a finder gives one entity, how many belong together (precision), and of all pairs that belong together, how many it
//! has (recall). Pairs count where both spellings were found and are names of the gold at all: whether they are found
//! is measured elsewhere.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use morgue_annotate::entities::Finder;
use morgue_article::EntityKind;
use morgue_article::token::{Stemming, Tokenizer, Tokens};

use crate::gold::{Gold, kind_of};
use crate::measure::Counts;

/// The entities of one article: kind and spellings, each reduced to its letters and digits.
pub type Entities = Vec<(EntityKind, BTreeSet<String>)>;

/// The entities of the articles of a file of news-gold, in order.
pub fn read(path: &Path) -> Result<Vec<Entities>, String> {
    let mut articles = Vec::new();
    for line in crate::gold::text_of(path)?.lines() {
        let told = |error| format!("{}: {error}", path.display());
        let article: serde_json::Value = serde_json::from_str(line).map_err(told)?;
        let entities = article["entities"].as_array().into_iter().flatten().filter_map(|entity| {
            let kind = kind_of(entity["kind"].as_str()?)?;
            let spellings = entity["as"].as_array()?.iter().filter_map(|spelling| Some(reduced(spelling.as_str()?)));
            Some((kind, spellings.collect()))
        });
        articles.push(entities.collect());
    }
    Ok(articles)
}

fn reduced(spelling: &str) -> String {
    spelling.chars().filter(|char| char.is_alphanumeric()).collect()
}

/// Pairs that are right, found, and in the gold, by kind. `told` is called with every pair that is wrong or missed.
pub fn pairs(
    finder: &mut Finder,
    articles: &[Gold],
    gold: &[Entities],
    mut told: impl FnMut(&str, &str, &str),
) -> BTreeMap<EntityKind, Counts> {
    let mut tokenizer = Tokenizer::new(Stemming::None);
    let mut tokens = Tokens::default();
    let mut counts: BTreeMap<EntityKind, Counts> = BTreeMap::new();
    for (article, gold) in articles.iter().zip(gold) {
        let article = &article.article;
        tokenizer.article(article, &mut tokens);
        // A spelling belongs to the entity that has most of its mentions.
        let mut entity_of: BTreeMap<(EntityKind, String), BTreeMap<usize, usize>> = BTreeMap::new();
        for (number, entity) in finder.find(article, &tokens).into_iter().enumerate() {
            for range in entity.mentions {
                let spelling = (entity.kind, reduced(&article.text[range]));
                *entity_of.entry(spelling).or_default().entry(number).or_default() += 1;
            }
        }
        let most = |numbers: &BTreeMap<usize, usize>| {
            numbers.iter().max_by_key(|(_, count)| **count).map(|(number, _)| *number)
        };
        let entity_of: Vec<_> = entity_of.iter().map(|(spelling, numbers)| (spelling, most(numbers))).collect();
        let gold_of = |kind: EntityKind, spelling: &String| {
            gold.iter().position(|(of, spellings)| *of == kind && spellings.contains(spelling))
        };
        for (i, (one, entity)) in entity_of.iter().enumerate() {
            for (other, other_entity) in &entity_of[i + 1..] {
                let (kind, same) = (one.0, entity == other_entity);
                let (Some(right), Some(other_right)) = (gold_of(kind, &one.1), gold_of(other.0, &other.1)) else {
                    continue;
                };
                if kind != other.0 {
                    continue;
                }
                let right = right == other_right;
                let counts = counts.entry(kind).or_default();
                counts.found += u64::from(same);
                counts.gold += u64::from(right);
                counts.right += u64::from(same && right);
                if same != right {
                    told(if same { "wrong" } else { "missed" }, &one.1, &other.1);
                }
            }
        }
    }
    counts
}
