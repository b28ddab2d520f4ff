//! Trains the model that finds names, or measures how well a trained model would find them.
//!
//!     cargo run --release -p morgue-annotate --features train --bin train_names -- DATA OUT
//!     cargo run --release -p morgue-annotate --features train --bin train_names -- DATA --hold-out 07,15 --seeds 5
//!
//! The first command trains on everything and writes the model. The second one trains and measures only. DATA is a folder
//! with a folder `ner/` in it, as `src/entities/model/README.md` describes it. The same data and seed give the same bytes.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use morgue_annotate::train::{PairError, ScoreTable, Settings, TrainedModel, TrainingData, count_names, count_pairs};

#[derive(Parser)]
struct Args {
    /// The data folder.
    data: PathBuf,
    /// The file to write the model to. Without it, no model is written.
    out: Option<PathBuf>,
    /// Parts of news-gold to measure on instead of training on them.
    #[arg(long, value_delimiter = ',')]
    hold_out: Vec<String>,
    /// How many seeds to train and measure with. The scores are means over the seeds.
    #[arg(long, default_value_t = 1)]
    seeds: u64,
    /// The first seed.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Passes over the training data.
    #[arg(long, default_value_t = 15)]
    epochs: usize,
    /// How many learners make one model. The model is the mean of their weights.
    #[arg(long, default_value_t = 5)]
    learners: u64,
    /// Buckets of the model, as a power of two. 17 is half a point of F1 better than 16 and level with 18.
    #[arg(long, default_value_t = 17)]
    bits: u32,
    /// How many of 256 features are left out at random while training. Of 80, 100, 128 and 160, the first is the best
    /// on gum-news (68.1 F1; the others have 67.4, 66.5 and 66.1) and level with the others elsewhere.
    #[arg(long, default_value_t = 80)]
    dropout: u8,
    /// List the pairs of spellings that are grouped wrongly, and those that are missed.
    #[arg(long)]
    errors: bool,
}

fn main() -> ExitCode {
    match run(&Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("train_names: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(args: &Args) -> Result<(), Box<dyn Error>> {
    let data = TrainingData::read(&args.data, &args.hold_out, args.bits)?;
    let counts = data.example_counts();
    eprintln!("lexicon: {} entries", data.lexicon_entries());
    eprintln!(
        "{} examples; {} names, {} of them cut differently by the tokenizer, {} outside of candidates",
        data.examples(),
        counts.names,
        counts.cut_differently,
        counts.outside_candidates
    );

    let (mut names, mut pairs) = (ScoreTable::default(), ScoreTable::default());
    for seed in args.seed..args.seed + args.seeds {
        let settings = Settings { epochs: args.epochs, dropout: args.dropout, seed, learners: args.learners };
        let is_first = seed == args.seed;
        let model = data.learn(&settings);
        if let Some(out) = args.out.as_ref().filter(|_| is_first) {
            write_model(out, &model)?;
        }
        let mut finder = model.finder();
        for set in &data.held_out {
            names.add(&set.name, count_names(&mut finder, &set.articles));
            if set.entities.is_empty() {
                continue;
            }
            let counts = count_pairs(&mut finder, &set.articles, &set.entities, |error, one, other| {
                if args.errors && is_first {
                    let error = if error == PairError::Wrong { "wrong" } else { "missed" };
                    println!("{error}: {one} / {other}");
                }
            });
            pairs.add(&set.name, counts);
        }
    }
    println!("Names, exact ranges, means over {} seeds\n{names}", args.seeds);
    println!("Canonical names, pairs of spellings\n{pairs}");
    Ok(())
}

fn write_model(out: &Path, model: &TrainedModel) -> Result<(), Box<dyn Error>> {
    let bytes = model.to_bytes()?;
    eprintln!("{}: {} bytes", out.display(), bytes.len());
    fs::write(out, bytes).map_err(|error| format!("{}: {error}", out.display()).into())
}
