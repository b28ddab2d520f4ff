//! Scores the embedded model on the gold names of the data folder, and times it.
//!
//!     cargo run --release --example score_names -- [--floors]
//!
//! The data folder is `$MORGUE_DATA`, or `../shared/data`. The embedded model has learned from news-gold, so its
//! figures there only show that it is the model it was, and works with the tokenizer as it is; gum-news it has never
//! seen. Honest figures for news-gold come from `train_names -- DATA --hold-out 07,15 --seeds 5`.

#[path = "train_names/gold.rs"]
mod gold;
#[path = "train_names/measure.rs"]
mod measure;
#[path = "train_names/same.rs"]
mod same;

use std::path::PathBuf;
use std::time::Instant;

use clap::Parser;
use morgue_annotate::entities::Finder;
use morgue_article::EntityKind;
use morgue_article::token::{Stemming, Tokenizer, Tokens};

use gold::{Gold, rebuild};
use measure::{Counts, Table};

#[derive(Parser)]
struct Args {
    /// Fail when a figure is below its floor.
    #[arg(long)]
    floors: bool,
    /// List the pairs of spellings that are put together wrongly or not at all.
    #[arg(long)]
    errors: bool,
}

/// F1 over all kinds, in percent, below which `--floors` fails.
const NAME_FLOORS: &[(&str, f64)] = &[("07", 92.0), ("15", 92.0), ("gum-news", 67.0)];

/// Precision and recall of pairs of spellings over 07 and 15, in percent, below which `--floors` fails.
const PAIR_FLOORS: &[(EntityKind, f64, f64)] =
    &[(EntityKind::Person, 98.0, 90.0), (EntityKind::Org, 96.0, 80.0), (EntityKind::Place, 98.0, 90.0)];

fn main() {
    match run(&Args::parse()) {
        Ok(true) => {}
        Ok(false) => std::process::exit(1),
        Err(error) => {
            eprintln!("score_names: {error}");
            std::process::exit(2);
        }
    }
}

fn run(args: &Args) -> Result<bool, String> {
    let data = std::env::var_os("MORGUE_DATA").map_or_else(|| PathBuf::from("../shared/data"), PathBuf::from);
    let ner = data.join("ner");
    let start = Instant::now();
    let mut finder = Finder::new();
    println!("model loaded in {:.1} ms", start.elapsed().as_secs_f64() * 1e3);

    let (mut spans, mut pairs) = (Table::default(), Table::default());
    let mut fine = true;
    let mut all: Vec<Gold> = Vec::new();
    let mut same: std::collections::BTreeMap<EntityKind, Counts> = Default::default();
    for (name, floor) in NAME_FLOORS {
        let file =
            if *name == "gum-news" { ner.join("gum-news.tsv") } else { ner.join(format!("news-gold/{name}.tsv")) };
        let titled = *name != "gum-news";
        let articles: Vec<Gold> = gold::read(&file)?.iter().map(|article| rebuild(article, titled)).collect();
        let counts = measure::spans(&mut finder, &articles);
        let mut whole = Counts::default();
        counts.values().for_each(|counts| whole.add(*counts));
        if whole.f1() < *floor {
            fine = false;
            eprintln!("names of {name}: F1 {:.2} is below its floor, {floor}", whole.f1());
        }
        spans.add(name, counts);
        if titled {
            let entities = same::read(&ner.join(format!("news-gold/{name}.jsonl")))?;
            let tell = |what: &str, one: &str, other: &str| {
                if args.errors {
                    println!("{what}: {one} / {other}");
                }
            };
            for (kind, counts) in same::pairs(&mut finder, &articles, &entities, tell) {
                same.entry(kind).or_default().add(counts);
            }
        }
        all.extend(articles);
    }
    for (kind, precision, recall) in PAIR_FLOORS {
        let counts = same.get(kind).copied().unwrap_or_default();
        if counts.precision() < *precision || counts.recall() < *recall {
            fine = false;
            let (found, had) = (counts.precision(), counts.recall());
            eprintln!(
                "spellings of a {}: {found:.2} and {had:.2} are below their floors, {precision} and {recall}",
                kind.name()
            );
        }
    }
    pairs.add("07 and 15", same);
    println!("Names, exact ranges\n{spans}");
    println!("Canonical names, pairs of spellings\n{pairs}");
    println!("Tagging and canonical names: {:.1} MB/s a thread, tokens given", speed(&mut finder, &all));
    Ok(fine || !args.floors)
}

/// Megabytes of text a second: for every article the best of some rounds over all of them, so that other work on the
/// machine does not count.
fn speed(finder: &mut Finder, articles: &[Gold]) -> f64 {
    let mut tokenizer = Tokenizer::new(Stemming::None);
    let cut = |gold: &Gold| {
        let mut tokens = Tokens::default();
        tokenizer.article(&gold.article, &mut tokens);
        tokens
    };
    let tokens: Vec<Tokens> = articles.iter().map(cut).collect();
    let bytes: usize = articles.iter().map(|gold| gold.article.text.len()).sum();
    let mut best = vec![f64::MAX; articles.len()];
    let mut mentions = 0;
    for _ in 0..20 {
        for ((gold, tokens), best) in articles.iter().zip(&tokens).zip(&mut best) {
            let start = Instant::now();
            mentions += finder.find(&gold.article, tokens).iter().map(|entity| entity.mentions.len()).sum::<usize>();
            *best = best.min(start.elapsed().as_secs_f64());
        }
    }
    assert!(mentions > 0, "there are names in the gold");
    bytes as f64 / 1e6 / best.iter().sum::<f64>()
}
