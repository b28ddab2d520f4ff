//! Scores the embedded model on the gold names of the data folder, and measures its speed.
//!
//!     cargo run --release --example score_names -- [--floors]
//!
//! The data folder is `$MORGUE_DATA`, or `../shared/data`. The embedded model was trained on news-gold. Its scores there
//! only show that the model and the tokenizer have not changed. It was not trained on gum-news. Meaningful scores on
//! news-gold come from `train_names DATA --hold-out 07,15 --seeds 5`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use morgue_annotate::entities::EntityFinder;
use morgue_annotate::train::{
    CountsByKind, DataError, GoldArticle, NameCounts, PairError, ScoreTable, count_names, count_pairs, read_entities,
};
use morgue_article::EntityKind;
use morgue_article::token::{Stemming, Tokenizer, Tokens};

#[derive(Parser)]
struct Args {
    /// Fail if a score is below its floor.
    #[arg(long)]
    floors: bool,
    /// List the pairs of spellings that are grouped wrongly, and those that are missed.
    #[arg(long)]
    errors: bool,
}

/// Sets of articles, and the F1 over all kinds, in percent, below which `--floors` fails.
const NAME_FLOORS: &[(&str, f64)] = &[("07", 92.0), ("15", 92.0), ("gum-news", 67.0)];

/// Precision and recall of pairs of spellings over 07 and 15, in percent, below which `--floors` fails.
const PAIR_FLOORS: &[(EntityKind, f64, f64)] =
    &[(EntityKind::Person, 98.0, 90.0), (EntityKind::Org, 96.0, 80.0), (EntityKind::Place, 98.0, 90.0)];

fn main() -> ExitCode {
    match run(&Args::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("score_names: {error}");
            ExitCode::from(2)
        }
    }
}

/// Prints all scores. Returns `false` if a score is below its floor and floors are asked for.
fn run(args: &Args) -> Result<bool, DataError> {
    let data = std::env::var_os("MORGUE_DATA").map_or_else(|| PathBuf::from("../shared/data"), PathBuf::from);
    let ner = data.join("ner");
    let start = Instant::now();
    let mut finder = EntityFinder::new();
    println!("model loaded in {:.1} ms", start.elapsed().as_secs_f64() * 1e3);

    let (mut names, mut pairs) = (ScoreTable::default(), CountsByKind::new());
    let mut above_floors = true;
    let mut all: Vec<GoldArticle> = Vec::new();
    for (name, floor) in NAME_FLOORS {
        let is_news_gold = *name != "gum-news";
        let folder = if is_news_gold { ner.join("news-gold") } else { ner.clone() };
        let articles = GoldArticle::read_all(&folder.join(format!("{name}.tsv")), is_news_gold)?;
        let counts = count_names(&mut finder, &articles);
        above_floors &= is_above_floor(name, &counts, *floor);
        names.add(name, counts);
        if is_news_gold {
            add_pairs(args, &mut finder, &articles, &folder.join(format!("{name}.jsonl")), &mut pairs)?;
        }
        all.extend(articles);
    }
    above_floors &= are_pairs_above_floors(&pairs);
    let mut pair_table = ScoreTable::default();
    pair_table.add("07 and 15", pairs);
    println!("Names, exact ranges\n{names}");
    println!("Canonical names, pairs of spellings\n{pair_table}");
    println!("Tagging and canonical names: {:.1} MB/s on one thread, without tokenizing", speed(&mut finder, &all));
    Ok(above_floors || !args.floors)
}

/// Counts the pairs of spellings of a set of articles, whose gold entities are in the file `entities`.
fn add_pairs(
    args: &Args,
    finder: &mut EntityFinder,
    articles: &[GoldArticle],
    entities: &Path,
    pairs: &mut CountsByKind,
) -> Result<(), DataError> {
    let entities = read_entities(entities)?;
    let counts = count_pairs(finder, articles, &entities, |error, one, other| {
        if args.errors {
            let error = if error == PairError::Wrong { "wrong" } else { "missed" };
            println!("{error}: {one} / {other}");
        }
    });
    for (kind, counts) in counts {
        pairs.entry(kind).or_default().add(counts);
    }
    Ok(())
}

fn is_above_floor(set: &str, counts: &CountsByKind, floor: f64) -> bool {
    let mut total = NameCounts::default();
    counts.values().for_each(|counts| total.add(*counts));
    let is_above = total.f1() >= floor;
    if !is_above {
        eprintln!("names of {set}: F1 {:.2} is below its floor, {floor}", total.f1());
    }
    is_above
}

fn are_pairs_above_floors(pairs: &CountsByKind) -> bool {
    let mut are_above = true;
    for (kind, precision_floor, recall_floor) in PAIR_FLOORS {
        let counts = pairs.get(kind).copied().unwrap_or_default();
        let (precision, recall) = (counts.precision(), counts.recall());
        if precision < *precision_floor || recall < *recall_floor {
            are_above = false;
            eprintln!(
                "spellings of a {}: {precision:.2} and {recall:.2} are below their floors, {precision_floor} and {recall_floor}",
                kind.name()
            );
        }
    }
    are_above
}

/// The speed in megabytes of text per second. The time of each article is the best of 20 rounds, so that other work on the
/// machine does not count.
fn speed(finder: &mut EntityFinder, articles: &[GoldArticle]) -> f64 {
    const ROUNDS: usize = 20;
    let mut tokenizer = Tokenizer::new(Stemming::None);
    let tokenize = |gold: &GoldArticle| {
        let mut tokens = Tokens::default();
        tokenizer.article(&gold.article, &mut tokens);
        tokens
    };
    let tokens: Vec<Tokens> = articles.iter().map(tokenize).collect();
    let bytes: usize = articles.iter().map(|gold| gold.article.text.len()).sum();
    let mut best = vec![f64::MAX; articles.len()];
    let mut mentions = 0;
    for _ in 0..ROUNDS {
        for ((gold, tokens), best) in articles.iter().zip(&tokens).zip(&mut best) {
            let start = Instant::now();
            mentions += finder.find(&gold.article, tokens).iter().map(|entity| entity.mentions.len()).sum::<usize>();
            *best = best.min(start.elapsed().as_secs_f64());
        }
    }
    assert!(mentions > 0, "the gold has names");
    bytes as f64 / 1e6 / best.iter().sum::<f64>()
}
