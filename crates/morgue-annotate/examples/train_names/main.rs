//! Trains the model that finds names, or measures how well it would do.
//!
//!     cargo run --release --example train_names -- DATA OUT            trains on everything, writes the model
//!     cargo run --release --example train_names -- DATA --hold-out 07,15 --seeds 5
//!
//! DATA is a folder that holds `ner/` as `src/annotate/entities/model/README.md` describes it. The same data and seed
//! give the same bytes.

mod gold;
mod learn;
mod measure;
mod recase;
mod same;
mod words;

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Parser;
use morgue_annotate::entities::Finder;
use morgue_annotate::entities::features::Looker;
use morgue_annotate::entities::label::{self, Label, OUTSIDE};
use morgue_annotate::entities::lexicon::{Entry, Lexicon};
use morgue_annotate::entities::model::Model;
use morgue_annotate::entities::tagger::Sheet;
use morgue_annotate::entities::words::Word;
use morgue_article::token::{Stemming, Tokenizer, Tokens};

use gold::{Gold, Sentences, rebuild};
use learn::{Example, Settings, learn};

#[derive(Parser)]
struct Args {
    /// The data folder.
    data: PathBuf,
    /// Where to write the model; left out, nothing is written.
    out: Option<PathBuf>,
    /// Parts of news-gold to measure on instead of training on them.
    #[arg(long, value_delimiter = ',')]
    hold_out: Vec<String>,
    /// How many seeds to measure with; means are told.
    #[arg(long, default_value_t = 1)]
    seeds: u64,
    /// The first seed.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Passes over the training data.
    #[arg(long, default_value_t = 15)]
    epochs: usize,
    /// How many learners make one model: the mean of their weights.
    #[arg(long, default_value_t = 5)]
    learners: u64,
    /// Buckets of the model, as a power of two. 17 is half a point of F1 better than 16 and level with 18.
    #[arg(long, default_value_t = 17)]
    bits: u32,
    /// Of 256 features, how many are left out at random while training. Of 80, 100, 128 and 160 the first is the best
    /// on gum-news (68.1 F1; 67.4, 66.5, 66.1) and level with the others elsewhere.
    #[arg(long, default_value_t = 80)]
    dropout: u8,
    /// List the pairs of spellings that are put together wrongly or not at all.
    #[arg(long)]
    errors: bool,
}

fn main() {
    if let Err(error) = run(&Args::parse()) {
        eprintln!("train_names: {error}");
        std::process::exit(2);
    }
}

fn run(args: &Args) -> Result<(), String> {
    let ner = args.data.join("ner");
    let entries = words::entries(&ner)?;
    let lexicon = Lexicon::new(entries.iter().copied());
    eprintln!("lexicon: {} entries", entries.len());

    let mut builder = Builder { bits: args.bits, lexicon: &lexicon, ..Builder::new(&lexicon) };
    let mut sets = Vec::new();
    for name in news_parts(&ner)? {
        let articles = gold::read(&ner.join("news-gold").join(format!("{name}.tsv")))?;
        if args.hold_out.contains(&name) {
            let entities = same::read(&ner.join("news-gold").join(format!("{name}.jsonl")))?;
            sets.push((name, articles.iter().map(|article| rebuild(article, true)).collect::<Vec<_>>(), entities));
        } else {
            builder.add_all(&articles, true, true);
        }
    }
    builder.add_all(&gold::read(&ner.join("wikigold.tsv"))?, false, true);
    builder.add_all(&gold::read(&ner.join("gum-open.tsv"))?, false, false);
    let gum_news = gold::read(&ner.join("gum-news.tsv"))?;
    sets.push(("gum-news".to_owned(), gum_news.iter().map(|article| rebuild(article, false)).collect(), vec![]));
    eprintln!(
        "{} stretches to learn from; {} names, {} of them cut otherwise than the words, {} outside of stretches",
        builder.examples.len(),
        builder.names,
        builder.cut_otherwise,
        builder.outside
    );

    let (mut spans, mut pairs) = (measure::Table::default(), measure::Table::default());
    for seed in args.seed..args.seed + args.seeds {
        let settings = Settings {
            bucket_bits: args.bits,
            epochs: args.epochs,
            dropout: args.dropout,
            seed,
            learners: args.learners,
        };
        let mut model = learn(&builder.examples, &settings);
        model.lexicon = lexicon.clone();
        if let (true, Some(out)) = (seed == args.seed, &args.out) {
            write(out, &model, &entries)?;
        }
        let mut finder = Finder::with(Arc::new(model));
        for (name, articles, entities) in &sets {
            spans.add(name, measure::spans(&mut finder, articles));
            if !entities.is_empty() {
                let tell = |what: &str, one: &str, other: &str| {
                    if args.errors && seed == args.seed {
                        println!("{what}: {one} / {other}");
                    }
                };
                pairs.add(name, same::pairs(&mut finder, articles, entities, tell));
            }
        }
    }
    println!("Names, exact ranges, means over {} seeds\n{spans}", args.seeds);
    println!("Canonical names, pairs of spellings\n{pairs}");
    Ok(())
}

fn write(out: &Path, model: &Model, entries: &[Entry]) -> Result<(), String> {
    let told = |error: std::io::Error| format!("{}: {error}", out.display());
    let bytes = model.to_bytes(entries).map_err(told)?;
    eprintln!("{}: {} bytes", out.display(), bytes.len());
    std::fs::write(out, bytes).map_err(told)
}

/// The names of the parts of news-gold, sorted.
fn news_parts(ner: &Path) -> Result<Vec<String>, String> {
    let folder = ner.join("news-gold");
    let entries = std::fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let files = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut names: Vec<String> = files.filter_map(|name| Some(name.strip_suffix(".tsv")?.to_owned())).collect();
    names.sort_unstable();
    Ok(names)
}

/// Turns articles with their names into examples.
struct Builder<'a> {
    bits: u32,
    lexicon: &'a Lexicon,
    tokenizer: Tokenizer,
    tokens: Tokens,
    sheet: Sheet,
    looker: Looker,
    examples: Vec<Example>,
    names: usize,
    cut_otherwise: usize,
    outside: usize,
}

impl<'a> Builder<'a> {
    fn new(lexicon: &'a Lexicon) -> Builder<'a> {
        Builder {
            bits: 18,
            lexicon,
            tokenizer: Tokenizer::new(Stemming::None),
            tokens: Tokens::default(),
            sheet: Sheet::default(),
            looker: Looker::default(),
            examples: Vec::new(),
            names: 0,
            cut_otherwise: 0,
            outside: 0,
        }
    }

    fn add_all(&mut self, articles: &[Sentences], titled: bool, tells_others: bool) {
        for (number, article) in articles.iter().enumerate() {
            self.add(&rebuild(article, titled), tells_others);
            if let Some(copy) = recase::copy(article, number) {
                self.add(&rebuild(&copy, titled), tells_others);
            }
        }
    }

    fn add(&mut self, gold: &Gold, tells_others: bool) {
        self.tokenizer.article(&gold.article, &mut self.tokens);
        self.sheet.fill(&gold.article, &self.tokens);
        let mut labels = vec![OUTSIDE; self.sheet.words.len()];
        for (range, kind) in &gold.names {
            self.names += 1;
            let Some(words) = words_of(&self.sheet.words, range) else {
                self.cut_otherwise += 1;
                continue;
            };
            if !self.sheet.stretches.iter().any(|stretch| stretch.start <= words.start && words.end <= stretch.end) {
                self.outside += 1;
                continue;
            }
            label::write(&mut labels[words], *kind);
        }
        let model = Model { bucket_bits: self.bits, ..Model::default() };
        for stretch in &self.sheet.stretches {
            let mut buckets = Vec::with_capacity(stretch.len());
            let text = &gold.article.text;
            let (words, elsewhere) = (&self.sheet.words, &self.sheet.elsewhere);
            self.looker.look(text, words, stretch.clone(), elsewhere, self.lexicon, |features| {
                buckets.push(features.hashes().iter().map(|&hash| model.bucket(hash) as u32).collect());
            });
            let labels: Vec<Label> = labels[stretch.clone()].to_vec();
            self.examples.push(Example { buckets, labels, tells_others });
        }
    }
}

/// The words that a range of the text holds, where they begin and end with it; `None` where the cut goes elsewhere.
fn words_of(words: &[Word], range: &Range<usize>) -> Option<Range<usize>> {
    let start = words.partition_point(|word| (word.start as usize) < range.start);
    let end = words.partition_point(|word| (word.start as usize) < range.end);
    let (first, last) = (words.get(start)?, words.get(end.checked_sub(1)?)?);
    (start < end && first.start as usize <= range.start + 1 && last.end as usize <= range.end + 1).then_some(start..end)
}
